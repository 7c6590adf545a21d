import { addElection, saveNomination } from '../../../src/elections/store.js'
import { newId } from '../../../src/kernel/ids.js'
import { done } from '../../agenda/setting.js'
import { type Assembly, CHAIR, openAssembly, reopened } from '../../votes/assembly.js'

/** Somebody who votes, by every name that the record has for them. */
export interface Elector {
  readonly name: string
  readonly person: string
  readonly seat: string
}

/** An assembly that elects its vice-chair in secret, again and again: each time on an item of its own. */
export interface Polling extends Assembly {
  readonly electors: readonly Elector[]
}

/** A ballot that is open. */
export interface Poll {
  readonly election: string
  readonly ballot: string
  /** people's ids, as they stand on it */
  readonly candidates: readonly string[]
}

const CHECKED = `  - office: vice-chair
    filled: elected
    from: [core member]
    election:
      method: plurality
      ballot: secret
      checkWords: true
      clause: *chair
`

/** Terms by which each paper has two words, as what is kept of them could tell whose it was. */
const amended = (terms: string): string =>
  terms.replace(/ {2}- office: vice-chair\n {4}filled: elected\n {4}from: \[core member\]\n/, CHECKED)

export async function openPolling(seats: number, options: { readonly file?: string } = {}): Promise<Polling> {
  return polling(await openAssembly({ seats, amended, ...options }))
}

/** The same in a house that was opened on its database again. */
export const pollingAgain = async (house: Assembly['house']): Promise<Polling> => polling(await reopened(house))

async function polling(assembly: Assembly): Promise<Polling> {
  const rows = await assembly.house.handles.reading
    .selectFrom('holding')
    .innerJoin('person', 'person.id', 'holding.person_id')
    .innerJoin('seat', 'seat.id', 'holding.seat_id')
    .where('seat.board_id', '=', assembly.board)
    .select(['person.name', 'person.id as person', 'seat.id as seat'])
    .execute()
  const electors = assembly.voters.map((name) => {
    const one = rows.find((row) => row.name === name)
    if (!one) throw new Error(`${name} has no seat`)
    return one
  })
  return { ...assembly, electors }
}

/** Begins an election among some of the voters, who have accepted; the ballot is not open yet. @returns its id */
export async function nominated({ house, meeting, board, item }: Polling, candidates: readonly Elector[]): Promise<string> {
  const { writer, clock, handles } = house
  const terms = await handles.reading
    .selectFrom('terms')
    .where('board_id', '=', board)
    .where('state', '=', 'approved')
    .select('id')
    .executeTakeFirstOrThrow()
  return writer.write(async (tx) => {
    const row = await tx.selectFrom('item').where('id', '=', item).selectAll().executeTakeFirstOrThrow()
    const { last } = await tx
      .selectFrom('item')
      .where('meeting_id', '=', meeting)
      .where('letter', '=', row.letter)
      .select((of) => of.fn.max('number').as('last'))
      .executeTakeFirstOrThrow()
    const id = newId()
    await tx
      .insertInto('item')
      .values({ ...row, id, title: 'Election of Vice-Chair', number: (last ?? 0) + 1 })
      .execute()
    const about = { at: clock.now(), by: null }
    const election = await addElection(tx, { meeting, item: id, office: 'vice-chair', termsId: terms.id, ...about })
    for (const { person, name } of candidates) {
      const nominee = { id: person, name }
      await saveNomination(tx, election, { nominee, proposer: nominee, seconder: null, state: 'accepted' }, about)
    }
    return election
  })
}

/** Opens the ballot of an election, in secret. @param ends when it closes: by hand alone, or once all have voted */
export async function openPoll({ house }: Polling, election: string, ends: 'hand' | 'all' = 'hand'): Promise<Poll> {
  await done(house.press(CHAIR, { command: 'elections.open', subject: election, values: { ballot: 'secret', ends } }))
  const row = await house.handles.reading
    .selectFrom('election_ballot')
    .where('election_id', '=', election)
    .orderBy('number', 'desc')
    .select(['id', 'candidates'])
    .executeTakeFirstOrThrow()
  return { election, ballot: row.id, candidates: JSON.parse(row.candidates) as string[] }
}

/** Somebody votes; null abstains. @throws Error with what was said, where it was not done */
export async function castIn({ house }: Polling, { ballot }: Poll, { name }: Elector, choice: string | null): Promise<void> {
  await done(house.press(name, { command: 'elections.cast', subject: ballot, values: { choice: choice ?? 'abstain' } }))
}

export async function closePoll({ house }: Polling, { election }: Poll): Promise<void> {
  await done(house.press(CHAIR, { command: 'elections.close', subject: election, values: { allTheSame: 'yes' } }))
}
