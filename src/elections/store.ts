import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Count } from '../attendance/ledger.js'
import type { Named } from '../boards/rules.js'
import { termsFrom } from '../boards/store.js'
import type { Db, Schema, Tx } from '../db/schema.js'
import { newId } from '../kernel/ids.js'
import { Restricted } from '../kernel/restricted.js'
import { fromText, toText } from '../kernel/time.js'
import { opennessOf } from '../votes/store.js'
import type { Choice, Counted, Drawn } from './counting.js'
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

/** The election of a ballot, or null. */
export async function electionOfRound(db: Db, round: string): Promise<string | null> {
  const row = await db.selectFrom('election_ballot').select('election_id').where('id', '=', round).executeTakeFirst()
  return row?.election_id ?? null
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

export interface NewRound
  extends Pick<Round, 'id' | 'method' | 'publicKey' | 'checkWords' | 'openedAt' | 'closesAt' | 'byHand' | 'quorumOpen'> {
  readonly number: number
  readonly candidates: readonly string[]
  readonly by: string | null
}

/** Opens a ballot. */
export async function addRound(tx: Tx, election: string, round: NewRound): Promise<void> {
  await tx
    .insertInto('election_ballot')
    .values({
      id: round.id,
      election_id: election,
      number: round.number,
      state: 'open',
      method: round.method,
      candidates: JSON.stringify(round.candidates),
      public_key: round.publicKey,
      check_words: round.checkWords ? 1 : 0,
      opened_at: toText(round.openedAt),
      closes_at: round.closesAt && toText(round.closesAt),
      by_hand: round.byHand ? 1 : 0,
      opened_by_id: round.by,
      quorum_open: JSON.stringify(round.quorumOpen),
      closed_at: null,
      quorum_close: null,
      counted: null,
      silent: null,
      why: null,
    })
    .execute()
}

/** Lets an open ballot close at an instant. */
export async function closeAt(tx: Tx, round: string, at: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('election_ballot')
    .set({ closes_at: toText(at) })
    .where('id', '=', round)
    .execute()
}

export interface Ended {
  readonly state: Exclude<Round['state'], 'open'>
  readonly closedAt: Temporal.Instant
  readonly quorumClose: Count
  readonly counted: Counted | null
  /** seats that could vote and had not */
  readonly silent: readonly string[]
  readonly why: string | null
}

/** Writes how a ballot ended. */
export async function endRound(
  tx: Tx,
  round: string,
  { state, closedAt, quorumClose, counted, silent, why }: Ended,
): Promise<void> {
  await tx
    .updateTable('election_ballot')
    .set({
      state,
      closed_at: toText(closedAt),
      quorum_close: JSON.stringify(quorumClose),
      counted: counted && JSON.stringify(counted),
      silent: JSON.stringify(silent),
      why,
    })
    .where('id', '=', round)
    .execute()
}

/** How somebody voted: in an open ballot as it is, in a secret one sealed. */
export type Paper = { readonly choice: Choice } | { readonly sealed: string }

/** Puts papers into a ballot, or others in their place; who has voted stands apart from how. */
export async function savePapers(tx: Tx, round: string, papers: readonly (Voted & { readonly paper: Paper })[]): Promise<void> {
  for (const { voter, seat, person, paper } of papers) {
    await tx
      .insertInto('voted')
      .values({ ballot_id: round, voter_id: voter, seat_id: seat, person_id: person })
      .onConflict((there) => there.columns(['ballot_id', 'voter_id']).doUpdateSet({ seat_id: seat, person_id: person }))
      .execute()
    if ('sealed' in paper)
      await tx
        .insertInto('sealed_paper')
        .values({ ballot_id: round, voter_id: voter, sealed: paper.sealed })
        .onConflict((there) => there.columns(['ballot_id', 'voter_id']).doUpdateSet({ sealed: paper.sealed }))
        .execute()
    else {
      const choice = JSON.stringify(paper.choice)
      await tx
        .insertInto('open_paper')
        .values({ ballot_id: round, voter_id: voter, choice })
        .onConflict((there) => there.columns(['ballot_id', 'voter_id']).doUpdateSet({ choice }))
        .execute()
    }
  }
}

/** The papers of an open ballot, by voter. */
export async function openPapers(db: Db, round: string): Promise<ReadonlyMap<string, Choice>> {
  const rows = await db.selectFrom('open_paper').selectAll().where('ballot_id', '=', round).orderBy('voter_id').execute()
  return new Map(rows.map(({ voter_id, choice }) => [voter_id, JSON.parse(choice) as Choice]))
}

/** The sealed papers of a secret ballot, by voter. */
export async function sealedPapers(
  db: Db,
  round: string,
): Promise<readonly { readonly voter: string; readonly sealed: string }[]> {
  const rows = await db.selectFrom('sealed_paper').selectAll().where('ballot_id', '=', round).orderBy('voter_id').execute()
  return rows.map(({ voter_id, sealed }) => ({ voter: voter_id, sealed }))
}

/** Takes the sealed papers out of a ballot that is not open any more. */
export async function removeSealed(tx: Tx, round: string): Promise<void> {
  await tx.deleteFrom('sealed_paper').where('ballot_id', '=', round).execute()
}

/** A choice of a secret ballot, without who made it. */
export interface CountedChoice {
  readonly choice: Choice
  /** by which its voter knows it */
  readonly words: string | null
}

/** Keeps the choices of a secret ballot for a recount. @param choices shuffled: their order is what is kept */
export async function keepChoices(tx: Tx, round: string, choices: readonly CountedChoice[]): Promise<void> {
  if (choices.length === 0) return
  await tx
    .insertInto('counted_choice')
    .values(
      choices.map(({ choice, words }, at) => ({ ballot_id: round, position: at + 1, choice: JSON.stringify(choice), words })),
    )
    .execute()
}

/** The choices of a secret ballot, in the order in which they were drawn from the urn; none once the notes are approved. */
export async function choicesOf(db: Db, round: string): Promise<readonly CountedChoice[]> {
  const rows = await db.selectFrom('counted_choice').selectAll().where('ballot_id', '=', round).orderBy('position').execute()
  return rows.map(({ choice, words }) => ({ choice: JSON.parse(choice) as Choice, words }))
}

/** When the meeting begins that resolved, by an entry of the register, that the notes of the one before it are correct; or null. */
export async function approvingMeeting(db: Db, decision: string): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('decision')
    .innerJoin('item', 'item.id', 'decision.item_id')
    .innerJoin('meeting', 'meeting.id', 'decision.meeting_id')
    .where('decision.id', '=', decision)
    .where('item.about', '=', 'notes')
    .where(sql`lower(decision.words)`, 'like', '%correct record%')
    .select('meeting.starts_at')
    .executeTakeFirst()
  return row ? fromText(row.starts_at) : null
}

/** Forgets the choices of every secret ballot of a meeting: its notes are approved, and nothing is counted again. */
export async function forgetChoices(tx: Tx, meeting: string): Promise<void> {
  await tx
    .deleteFrom('counted_choice')
    .where('ballot_id', 'in', (ballots) =>
      ballots
        .selectFrom('election_ballot')
        .innerJoin('election', 'election.id', 'election_ballot.election_id')
        .where('election.meeting_id', '=', meeting)
        .select('election_ballot.id'),
    )
    .execute()
}

/** Words that somebody gives for a lot; theirs alone, and others in their place until it is drawn. */
export async function saveSeed(
  tx: Tx,
  round: string,
  { number, person, words }: { readonly number: number; readonly person: string; readonly words: string },
): Promise<void> {
  await tx
    .insertInto('lot_seed')
    .values({ ballot_id: round, number, person_id: person, words })
    .onConflict((there) => there.columns(['ballot_id', 'number', 'person_id']).doUpdateSet({ words }))
    .execute()
}

/** The words that were given for a lot, with who gave them; read when it is drawn, and shown to nobody before. */
export async function seedsOf(
  db: Db,
  round: string,
  number: number,
): Promise<readonly { readonly name: string; readonly words: string }[]> {
  return db
    .selectFrom('lot_seed')
    .innerJoin('person', 'person.id', 'lot_seed.person_id')
    .where('lot_seed.ballot_id', '=', round)
    .where('lot_seed.number', '=', number)
    .orderBy('person.name')
    .select(['person.name', 'lot_seed.words'])
    .execute()
}

export interface NewSettled extends Drawn {
  readonly number: number
  readonly how: Settled['how']
  readonly account: Account
  /** the ballot counted with it */
  readonly counted: Counted
  readonly at: Temporal.Instant
  readonly by: string | null
}

/** Records how equal votes fell. */
export async function addSettled(
  tx: Tx,
  round: string,
  { number, how, among, drawn, account, counted, at, by }: NewSettled,
): Promise<void> {
  await tx
    .insertInto('tie_settled')
    .values({
      ballot_id: round,
      number,
      how,
      among: JSON.stringify(among),
      drawn_id: drawn,
      account: JSON.stringify(account),
      counted: JSON.stringify(counted),
      at: toText(at),
      by_person_id: by,
    })
    .execute()
}

/** Secret ballots that are over, of those whose keys are named. */
export async function overAmong(db: Db, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return []
  const rows = await db
    .selectFrom('election_ballot')
    .select('id')
    .where('id', 'in', names)
    .where('state', 'in', ['closed', 'void'])
    .execute()
  return rows.map(({ id }) => id)
}

/** Open ballots whose time has come, with whose tenant each is. */
export async function roundsDue(
  db: Db,
  now: Temporal.Instant,
): Promise<readonly { readonly round: string; readonly election: string; readonly tenant: string }[]> {
  return db
    .selectFrom('election_ballot')
    .innerJoin('election', 'election.id', 'election_ballot.election_id')
    .innerJoin('meeting', 'meeting.id', 'election.meeting_id')
    .innerJoin('board', 'board.id', 'meeting.board_id')
    .where('election_ballot.state', '=', 'open')
    .where('election_ballot.closes_at', '<=', toText(now))
    .where('meeting.state', '=', 'called')
    .select(['election_ballot.id as round', 'election.id as election', 'board.tenant_id as tenant'])
    .execute()
}

const Cast = z.object({
  input: z.object({ subject: z.string() }),
  outcome: z.object({ papers: z.array(z.object({ voter: z.string(), choice: z.array(z.string()).optional() })) }),
})

/** Where who has voted, or how in an open ballot, is not as the journal has it last; a sentence each. */
export async function papersAgree(
  db: Db,
  board: string,
  payloads: readonly unknown[],
  complete: boolean,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('voted')
    .innerJoin('election_ballot', 'election_ballot.id', 'voted.ballot_id')
    .innerJoin('election', 'election.id', 'election_ballot.election_id')
    .innerJoin('meeting', 'meeting.id', 'election.meeting_id')
    .leftJoin('open_paper', (join) =>
      join.onRef('open_paper.ballot_id', '=', 'voted.ballot_id').onRef('open_paper.voter_id', '=', 'voted.voter_id'),
    )
    .where('meeting.board_id', '=', board)
    .select(['voted.ballot_id', 'voted.voter_id', 'open_paper.choice'])
    .execute()
  const kept = new Map(rows.map(({ ballot_id, voter_id, choice }) => [`${ballot_id} ${voter_id}`, choice ?? 'sealed']))
  const said = new Map<string, string>()
  for (const payload of payloads) {
    const read = Cast.safeParse(payload)
    if (!read.success) continue
    for (const { voter, choice } of read.data.outcome.papers)
      said.set(`${read.data.input.subject} ${voter}`, choice ? JSON.stringify(choice) : 'sealed')
  }
  return [
    ...[...said]
      .filter(([key, choice]) => kept.get(key) !== choice)
      .map(([key]) => `The ballot paper ${key} is not as it was journaled, or has gone.`),
    ...(complete ? [...kept.keys()] : [])
      .filter((key) => !said.has(key))
      .map((key) => `There is a ballot paper ${key} that the journal does not know.`),
  ]
}
