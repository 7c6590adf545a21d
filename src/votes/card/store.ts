import type { Temporal } from 'temporal-polyfill'
import { entryAt } from '../../attendance/ledger.js'
import { sittingUnder } from '../../attendance/store.js'
import { heldOn } from '../../db/held.js'
import type { Db } from '../../db/schema.js'
import { Pass } from '../../kernel/restricted.js'
import { boardDay } from '../../meetings/rules.js'
import { meetingAsItWas } from '../../meetings/store.js'
import { countFor, type MotionFacts } from '../facts.js'
import type { Motion } from '../motion.js'
import { notBefore } from '../poll/store.js'
import { decisionOn } from '../register/store.js'
import { rollAt } from '../roll.js'
import { findMotion, peopleCalled, seatsCalled } from '../store.js'

/** A motion with all that a card shows of it, or null. */
export async function motionFacts(db: Db, id: string, now: Temporal.Instant): Promise<MotionFacts | null> {
  const motion = await findMotion(db, id)
  return motion && factsOf(db, motion, now)
}

/** The same of a motion that was read already. */
export async function factsOf(db: Db, motion: Motion, now: Temporal.Instant): Promise<MotionFacts | null> {
  const meeting = await meetingAsItWas(db, motion.meeting, now)
  const { board } = meeting
  const rules = { from: motion.putAt, terms: motion.terms, termsId: motion.termsId }
  const sat = await sittingUnder(db, { meeting: motion.meeting, zone: board.zone, rules }, now)
  if (!sat) return null
  const at = motion.vote ? notBefore(sat.now, motion.vote) : sat.now
  const entry = entryAt(sat.facts, at, at)
  const voted = motion.vote?.ballots.map(({ person }) => person) ?? []
  return {
    motion,
    meeting,
    facts: sat.facts,
    now: at,
    entry,
    count: countFor(entry, motion.item.id),
    roll: rollAt(sat.facts, motion.terms, motion.item.id, at, at),
    seats: await seatsCalled(db, board.id),
    people: await peopleCalled(db, [...new Set(voted)]),
    officers: await officersOn(db, board.id, boardDay(board, now)),
    decision: await decisionOn(db, motion.id),
  }
}

async function officersOn(db: Db, board: string, day: string): Promise<MotionFacts['officers']> {
  const rows = await db
    .selectFrom('office')
    .innerJoin('person', 'person.id', 'office.person_id')
    .where('office.board_id', '=', board)
    .where(heldOn('office', day))
    .select(['office.office', 'person.id', 'person.name'])
    .execute()
  return rows.map(({ office, id, name }) => ({ office, person: { id, name } }))
}

/** Opens a motion for who is sent a card of it: the board's officers, who presides, and who may vote on it or has. */
export function passIn({ officers, entry, roll, motion }: MotionFacts, person: string): Pass | null {
  const officer = officers.some((one) => one.person.id === person) || entry.presiding?.person.id === person
  const votes = roll.some((one) => one.person.id === person) || motion.vote?.ballots.some((one) => one.person === person)
  return Pass.if(officer || votes === true)
}
