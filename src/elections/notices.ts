import type { Temporal } from 'temporal-polyfill'
import { openMeetings } from '../attendance/sitting/store.js'
import { COMES_TO_SERVE, placeComing } from '../boards/reach/places/rules.js'
import { placesOf } from '../boards/store.js'
import type { Db, Tx } from '../db/schema.js'
import type { Audience } from '../kernel/audience.js'
import type { After } from '../kernel/command.js'
import { dispatch, type Loaded, live } from '../kernel/notice.js'
import { meetingsOf } from '../meetings/store.js'
import { notify, refresh } from '../outbox/store.js'
import { electionOfRound } from './balloting/store.js'
import { electionFacts } from './card/store.js'
import { deskCard, type May, ownCard, placeCard } from './card/view.js'
import { stuckCard } from './closing/view.js'
import type { ElectionFacts } from './facts.js'
import { isOver, underWay } from './rules.js'
import { electionsOf } from './store.js'

async function shownOf(db: Db, election: string, audience: Audience, now: Temporal.Instant): Promise<Loaded<ElectionFacts>> {
  const shown = await electionFacts(db, election, now)
  if (!shown) return { gone: 'there is no such election' }
  // Of an item that is not on the public agenda nothing stands in any place.
  if (audience.kind !== 'person' && shown.election.openness === 'hidden') return { gone: 'its item is not on the public agenda' }
  return shown.meeting.cancelled ? { gone: 'the meeting is cancelled' } : { facts: shown }
}

/** Of a notice that only ever goes to people. */
function readerOf(audience: Audience): string {
  if (audience.kind === 'person') return audience.person
  throw new Error('a personal notice for a place')
}

/** The one card in the board's place: from the first nomination to who was elected. */
export const electionNotice = live<ElectionFacts>({
  name: 'elections.card',
  load: shownOf,
  turns: async () => [],
  draw: placeCard,
})

/** What the holder of an office, or who presides, may do. */
export function mayOf({ officers, entry }: ElectionFacts, person: string): May {
  const inTheChair = entry?.presiding?.person.id === person
  const clerk = officers.some((one) => one.person.id === person && one.office === 'clerk')
  return { inTheChair, presides: clerk || inTheChair }
}

/** The card of the clerk and of who may preside. */
export const deskNotice = live<ElectionFacts>({
  name: 'elections.desk',
  load: shownOf,
  turns: async () => [],
  draw: (shown, audience) => deskCard(shown, mayOf(shown, readerOf(audience)), audience),
})

/** Of a card of one person's own: what they do turns that card alone. */
export const ownSubject = (election: string, person: string): string => `${election} ${person}`

/** Each voter's own card, and each nominee's. */
export const ownNotice = live<ElectionFacts>({
  name: 'elections.own',
  load: (db, subject, audience, now) => shownOf(db, subject.split(' ')[0] ?? '', audience, now),
  turns: async () => [],
  draw: (shown, audience) => ownCard(shown, readerOf(audience), audience),
})

/** Told to the clerk: a secret ballot that cannot be opened. Its subject is the ballot. */
export const stuckNotice = dispatch<ElectionFacts>({
  name: 'elections.stuck',
  async load(db, ballot, _, now) {
    const election = await electionOfRound(db, ballot)
    const shown = election === null ? null : await electionFacts(db, election, now)
    if (!shown) throw new Error('a ballot that is stuck is not there')
    return shown
  },
  draw: stuckCard,
})

/** Tells the clerk that a ballot cannot be opened. */
export const tellStuck = (tx: Tx, { officers, meeting }: ElectionFacts, ballot: string): Promise<void> =>
  notify(
    tx,
    officers
      .filter(({ office }) => office === 'clerk')
      .map(({ person }) => ({ notice: stuckNotice, subject: ballot, board: meeting.board.id, to: { person: person.id } })),
  )

const DESK = ['chair', 'co-chair', 'vice-chair', 'clerk']

/** Who is sent the desk's card: the officers, and who presides. */
const deskOf = ({ officers, entry }: ElectionFacts): readonly string[] => [
  ...new Set([
    ...officers.filter(({ office }) => DESK.includes(office)).map(({ person }) => person.id),
    ...(entry?.presiding ? [entry.presiding.person.id] : []),
  ]),
]

/** Posts an election in the board's places and to its officers; while a ballot is open, to everybody who may vote. */
export async function postElection(tx: Tx, shown: ElectionFacts): Promise<void> {
  const { election, meeting, roll } = shown
  const about = { subject: election.id, board: meeting.board.id }
  const places = election.openness === 'hidden' ? [] : await placesOf(tx, meeting.board.id)
  const voters = underWay(election)?.state === 'open' ? [...new Set(roll.map(({ person }) => person.id))] : []
  await notify(tx, [
    ...places.map((place) => ({ ...about, notice: electionNotice, to: { place } })),
    ...(isOver(election) ? [] : deskOf(shown)).map((person) => ({ ...about, notice: deskNotice, to: { person } })),
    ...voters.map((person) => toOne(shown, person)),
  ])
  await turnElection(tx, election.id, everyoneIn(shown))
}

/** Whoever has a card of their own: who may vote, who has voted and left, and who was nominated. */
const everyoneIn = ({ election, roll }: ElectionFacts): readonly string[] => [
  ...roll.map(({ person }) => person.id),
  ...election.rounds.flatMap(({ voted }) => voted.map(({ person }) => person)),
  ...election.nominations.map(({ nominee }) => nominee.id),
]

const toOne = ({ election, meeting }: ElectionFacts, person: string) => ({
  notice: ownNotice,
  subject: ownSubject(election.id, person),
  board: meeting.board.id,
  to: { person },
})

/** Asks somebody whether they accept, or shows those who come that they may vote. */
export const postTo = (tx: Tx, shown: ElectionFacts, people: readonly string[]): Promise<void> =>
  notify(
    tx,
    people.map((person) => toOne(shown, person)),
  )

/** Turns the cards of an election, and the own cards of these people. */
export async function turnElection(tx: Tx, election: string, people: readonly string[]): Promise<void> {
  const own = [...new Set(people)].map((person) => ownSubject(election, person))
  await refresh(tx, [election, ...own], [electionNotice, deskNotice, ownNotice])
}

/** A place that comes to serve the board has the cards of its elections: they begin before their meeting does. */
export const followPlace: After = {
  acts: COMES_TO_SERVE,
  async run({ db, now }, { board, outcome }) {
    const place = placeComing(outcome)
    if (!place) return
    const meetings = [...(await openMeetings(db, board, now)), ...(await meetingsOf(db, board, { from: now }))].map(
      ({ id }) => id,
    )
    for (const meeting of new Set(meetings)) {
      const current = (await electionsOf(db, meeting)).filter((one) => !isOver(one) && one.openness !== 'hidden')
      for (const { id } of current) {
        await notify(db, [{ notice: electionNotice, subject: id, board, to: { place } }])
        await refresh(db, id, [electionNotice])
      }
    }
  },
}
