import type { Temporal } from 'temporal-polyfill'
import { entryAt } from '../../attendance/ledger.js'
import { sittingUnder } from '../../attendance/store.js'
import { holdersOn } from '../../boards/handover/store.js'
import { isInvited } from '../../boards/rules.js'
import { seatsOn } from '../../boards/store.js'
import type { Db } from '../../db/schema.js'
import { boardDay } from '../../meetings/rules.js'
import { meetingAsItWas } from '../../meetings/store.js'
import { findDecision } from '../../votes/register/store.js'
import { rollAt } from '../../votes/roll.js'
import { seatsCalled } from '../../votes/store.js'
import { openPapers } from '../balloting/store.js'
import { BEFORE, eligibilityReadings, eligibleFor, type Representing } from '../eligibility.js'
import type { ElectionFacts, Published } from '../facts.js'
import type { Election } from '../rules.js'
import { findElection } from '../store.js'
import { choicesOf } from '../urn/store.js'

/** An election with all that a card shows of it, or null. */
export async function electionFacts(db: Db, id: string, now: Temporal.Instant): Promise<ElectionFacts | null> {
  const election = await findElection(db, id)
  return election && factsOf(db, election, now)
}

/** The same of an election that was read already. */
export async function factsOf(db: Db, election: Election, now: Temporal.Instant): Promise<ElectionFacts> {
  const meeting = await meetingAsItWas(db, election.meeting, now)
  const { board } = meeting
  const { terms, termsId } = election.rounds.length > 0 || election.state === 'elected' ? election : meeting
  const rules = { from: election.beganAt, terms, termsId }
  const sat = await sittingUnder(db, { meeting: meeting.id, zone: board.zone, rules }, now)
  const at = notBefore(sat?.now ?? now, election)
  const holders = await holdersOn(db, board.id, boardDay(board, now))
  const representing = (await seatsOn(db, board.id, boardDay(board, now))).flatMap((seat): readonly Representing[] =>
    seat.representative
      ? [
          {
            person: seat.representative,
            place: {
              seat: seat.id,
              organisation: seat.organisation.name,
              formerly: seat.organisation.formerly,
              invited: isInvited(seat),
              filled: true,
            },
          },
        ]
      : [],
  )
  const chairs = holders.filter(({ office }) => BEFORE[election.office].includes(office)).map(({ person }) => person.id)
  return {
    election,
    meeting,
    terms,
    termsId,
    sat: sat?.facts ?? null,
    now: at,
    entry: sat && entryAt(sat.facts, at, at),
    roll: sat ? rollAt(sat.facts, terms, election.item.id, at, at) : [],
    seats: await seatsCalled(db, board.id),
    officers: holders.map(({ person, office }) => ({ person, office })),
    eligible: eligibleFor(terms, election.office, representing, chairs),
    readings: eligibilityReadings(terms, election.office),
    published: await publishedOf(db, election),
    decision: election.decision === null ? null : await findDecision(db, election.decision),
  }
}

/** What is published of each ballot that was counted: of a secret one nothing, unless its papers bear words. */
async function publishedOf(db: Db, { rounds }: Election): Promise<ReadonlyMap<string, Published>> {
  const found = new Map<string, Published>()
  for (const { id, publicKey, state, checkWords } of rounds) {
    if (state !== 'closed') continue
    if (publicKey === null) found.set(id, { byVoter: await openPapers(db, id) })
    else if (checkWords) found.set(id, { byWords: await choicesOf(db, id) })
  }
  return found
}

/** Never before what was recorded of an election last, whatever a clock that was put back says. */
function notBefore(now: Temporal.Instant, { rounds }: Election): Temporal.Instant {
  const recorded = rounds.flatMap(({ openedAt, closedAt }) => [openedAt, ...(closedAt ? [closedAt] : [])])
  return recorded.reduce((last, at) => (at.epochMilliseconds > last.epochMilliseconds ? at : last), now)
}
