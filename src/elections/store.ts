import type { Temporal } from 'temporal-polyfill'
import type { Count } from '../attendance/ledger.js'
import type { Named } from '../boards/rules.js'
import { termsFrom } from '../boards/store.js'
import type { Db, Schema, Tx } from '../db/schema.js'
import { newId } from '../kernel/ids.js'
import { Restricted } from '../kernel/restricted.js'
import { fromText, toText } from '../kernel/time.js'
import { opennessOf } from '../votes/store.js'
import type { Counted } from './counting.js'
import { type Account, byName, type Election, type Nomination, type Round, type Settled, type Voted } from './rules.js'

const electionRows = (db: Db) =>
  db
    .selectFrom('election')
    .innerJoin('item', 'item.id', 'election.item_id')
    .innerJoin('terms', 'terms.id', 'election.terms_id')
    .leftJoin('paper', 'paper.item_id', 'item.id')
    .selectAll('election')
    .select(['terms.document', 'item.letter', 'item.number', 'item.title', 'item.openness', 'paper.marking'])

type ElectionRow = Awaited<ReturnType<ReturnType<typeof electionRows>['execute']>>[number]

/** An election by its id, or null. */
export async function findElection(db: Db, id: string): Promise<Election | null> {
  const [election] = await withAll(db, await electionRows(db).where('election.id', '=', id).execute())
  return election ?? null
}

/** The elections of a meeting, in the order in which they began. */
export async function electionsOf(db: Db, meeting: string): Promise<readonly Election[]> {
  const rows = await electionRows(db).where('election.meeting_id', '=', meeting).orderBy('election.began_at').execute()
  return withAll(db, rows)
}

async function withAll(db: Db, rows: readonly ElectionRow[]): Promise<readonly Election[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const nominations = await db
    .selectFrom('nomination')
    .innerJoin('person', 'person.id', 'nomination.nominee_id')
    .selectAll('nomination')
    .where('election_id', 'in', ids)
    .orderBy('nomination.at')
    .orderBy('person.name')
    .execute()
  const ballots = await db.selectFrom('election_ballot').selectAll().where('election_id', 'in', ids).orderBy('number').execute()
  const beside = await besideBallots(
    db,
    ballots.map(({ id }) => id),
  )
  const named = await peopleNamed(db, [
    ...nominations.flatMap(({ nominee_id, proposer_id, seconder_id }) => [
      nominee_id,
      proposer_id,
      ...(seconder_id ? [seconder_id] : []),
    ]),
    ...beside.seeds.map(({ person_id }) => person_id),
    ...rows.flatMap(({ elected_id }) => elected_id ?? []),
    ...ballots.flatMap(({ candidates }) => idsFrom(candidates)),
  ])
  return rows.map(
    (row): Election => ({
      id: row.id,
      meeting: row.meeting_id,
      item: {
        id: row.item_id,
        letter: row.letter,
        number: row.number,
        title: row.openness === 'hidden' ? { hidden: new Restricted(row.title) } : { open: row.title },
      },
      openness: opennessOf(row.openness, row.marking),
      office: row.office,
      state: row.state,
      reading: row.reading,
      elected: row.elected_id === null ? null : named(row.elected_id),
      decision: row.decision_id,
      terms: termsFrom(row.document),
      termsId: row.terms_id,
      beganAt: fromText(row.began_at),
      nominations: nominations
        .filter(({ election_id }) => election_id === row.id)
        .map(
          (one): Nomination => ({
            nominee: named(one.nominee_id),
            proposer: named(one.proposer_id),
            seconder: one.seconder_id === null ? null : named(one.seconder_id),
            state: one.state,
          }),
        ),
      rounds: ballots.filter(({ election_id }) => election_id === row.id).map((one) => roundFrom(one, beside, named)),
    }),
  )
}

const idsFrom = (json: string): readonly string[] => JSON.parse(json) as string[]

/** What stands beside some ballots: who has voted, how ties fell, and who has given words for a lot. */
async function besideBallots(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return { voted: [], settled: [], seeds: [] }
  return {
    voted: await db.selectFrom('voted').selectAll().where('ballot_id', 'in', ids).orderBy('voter_id').execute(),
    settled: await db.selectFrom('tie_settled').selectAll().where('ballot_id', 'in', ids).orderBy('number').execute(),
    seeds: await db
      .selectFrom('lot_seed')
      .select(['ballot_id', 'number', 'person_id'])
      .where('ballot_id', 'in', ids)
      .orderBy('person_id')
      .execute(),
  }
}

type Beside = Awaited<ReturnType<typeof besideBallots>>

async function peopleNamed(db: Db, ids: readonly string[]): Promise<(id: string) => Named> {
  const wanted = [...new Set(ids)]
  const rows = wanted.length === 0 ? [] : await db.selectFrom('person').select(['id', 'name']).where('id', 'in', wanted).execute()
  const names = new Map(rows.map((row) => [row.id, row]))
  return (id) => names.get(id) ?? { id, name: '' }
}

function roundFrom(row: Schema['election_ballot'], { voted, settled, seeds }: Beside, named: (id: string) => Named): Round {
  const ties = settled.filter(({ ballot_id }) => ballot_id === row.id)
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    method: row.method,
    candidates: idsFrom(row.candidates).map(named),
    publicKey: row.public_key,
    checkWords: row.check_words === 1,
    openedAt: fromText(row.opened_at),
    closesAt: row.closes_at === null ? null : fromText(row.closes_at),
    byHand: row.by_hand === 1,
    quorumOpen: JSON.parse(row.quorum_open) as Count,
    closedAt: row.closed_at === null ? null : fromText(row.closed_at),
    quorumClose: row.quorum_close === null ? null : (JSON.parse(row.quorum_close) as Count),
    counted: countedIn(ties.at(-1)?.counted ?? row.counted),
    silent: row.silent === null ? [] : idsFrom(row.silent),
    why: row.why,
    voted: voted
      .filter(({ ballot_id }) => ballot_id === row.id)
      .map(({ voter_id, seat_id, person_id }): Voted => ({ voter: voter_id, seat: seat_id, person: person_id })),
    settled: ties.map(
      ({ how, among, drawn_id, account }): Settled => ({
        how,
        among: idsFrom(among),
        drawn: drawn_id,
        account: JSON.parse(account) as Account,
      }),
    ),
    seededBy: seeds
      .filter(({ ballot_id, number }) => ballot_id === row.id && number === ties.length + 1)
      .map(({ person_id }) => named(person_id))
      .sort(byName),
  }
}

const countedIn = (json: string | null): Counted | null => (json === null ? null : (JSON.parse(json) as Counted))

/** The meeting of an election, or null. */
export async function meetingOfElection(db: Db, election: string): Promise<string | null> {
  const row = await db.selectFrom('election').select('meeting_id').where('id', '=', election).executeTakeFirst()
  return row?.meeting_id ?? null
}

export interface NewElection {
  readonly meeting: string
  readonly item: string
  readonly office: Election['office']
  readonly termsId: string
  readonly at: Temporal.Instant
  readonly by: string | null
}

/** Begins an election; one that there is already is left as it is. @returns its id */
export async function addElection(tx: Tx, { meeting, item, office, termsId, at, by }: NewElection): Promise<string> {
  await tx
    .insertInto('election')
    .values({
      id: newId(),
      meeting_id: meeting,
      item_id: item,
      office,
      state: 'nominations',
      reading: null,
      terms_id: termsId,
      elected_id: null,
      decision_id: null,
      began_at: toText(at),
      by_person_id: by,
    })
    .onConflict((there) => there.columns(['item_id', 'office']).doNothing())
    .execute()
  const row = await tx
    .selectFrom('election')
    .select('id')
    .where('item_id', '=', item)
    .where('office', '=', office)
    .executeTakeFirstOrThrow()
  return row.id
}

/** What changes of an election as it goes on. */
export async function setElection(
  tx: Tx,
  election: string,
  to: Partial<Pick<Schema['election'], 'state' | 'reading' | 'terms_id' | 'elected_id' | 'decision_id'>>,
): Promise<void> {
  await tx.updateTable('election').set(to).where('id', '=', election).execute()
}

/** Writes a nomination, or how it stands by now. */
export async function saveNomination(
  tx: Tx,
  election: string,
  { nominee, proposer, seconder, state }: Nomination,
  { at, by }: { readonly at: Temporal.Instant; readonly by: string | null },
): Promise<void> {
  const seconded = { seconder_id: seconder?.id ?? null, state }
  await tx
    .insertInto('nomination')
    .values({
      election_id: election,
      nominee_id: nominee.id,
      proposer_id: proposer.id,
      ...seconded,
      at: toText(at),
      by_person_id: by,
    })
    .onConflict((there) => there.columns(['election_id', 'nominee_id']).doUpdateSet({ ...seconded, proposer_id: proposer.id }))
    .execute()
}
