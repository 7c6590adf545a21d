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
import type { Guarded } from '../papers/rules.js'
import type { Casting, Dissent, Motion, MotionState, SeatCalled, Vote, Wording } from './motion.js'
import { type Removal, termsOfMotion } from './removal/rules.js'
import type { Ballot, Tally } from './rules.js'

const motionRows = (db: Db) =>
  db
    .selectFrom('motion')
    .innerJoin('item', 'item.id', 'motion.item_id')
    .innerJoin('terms', 'terms.id', 'motion.terms_id')
    .leftJoin('paper', 'paper.item_id', 'item.id')
    .leftJoin('person as removed', 'removed.id', 'motion.removes_person_id')
    .select(['motion.removes_office', 'removed.id as removed_id', 'removed.name as removed_name'])
    .select(['motion.id', 'motion.meeting_id', 'motion.item_id', 'motion.number', 'motion.state', 'motion.ratifies_id'])
    .select(['motion.terms_id', 'motion.put_at', 'terms.document'])
    .select(['item.letter', 'item.number as item_number', 'item.title', 'item.openness', 'paper.marking'])

type MotionRow = Awaited<ReturnType<ReturnType<typeof motionRows>['execute']>>[number]

/** Of an item and its paper: for whom what is decided of it is. */
export function opennessOf(openness: Schema['item']['openness'], marking: string | null): Motion['openness'] {
  if (openness === 'hidden') return 'hidden'
  return openness === 'restricted' || marking === 'OFFICIAL-SENSITIVE' ? 'restricted' : 'open'
}

/** A motion by its id, or null. */
export async function findMotion(db: Db, id: string): Promise<Motion | null> {
  const [motion] = await withAll(db, await motionRows(db).where('motion.id', '=', id).execute())
  return motion ?? null
}

/** The motions of a meeting in the order in which they were put. */
export async function motionsOf(db: Db, meeting: string): Promise<readonly Motion[]> {
  return withAll(db, await motionRows(db).where('motion.meeting_id', '=', meeting).orderBy('motion.number').execute())
}

async function withAll(db: Db, rows: readonly MotionRow[]): Promise<readonly Motion[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const wordings = await db.selectFrom('motion_wording').selectAll().where('motion_id', 'in', ids).orderBy('version').execute()
  const dissents = await dissentsOf(db, ids)
  const votes = await votesOf(db, ids)
  return rows.map((row) => {
    const openness = opennessOf(row.openness, row.marking)
    const said = wordings
      .filter(({ motion_id }) => motion_id === row.id)
      .map(({ version, parts, at }): Wording => ({ version, parts: JSON.parse(parts) as string[], at: fromText(at) }))
    return {
      id: row.id,
      meeting: row.meeting_id,
      item: {
        id: row.item_id,
        letter: row.letter,
        number: row.item_number,
        title: row.openness === 'hidden' ? { hidden: new Restricted(row.title) } : { open: row.title },
      },
      openness,
      number: row.number,
      state: row.state,
      ratifies: row.ratifies_id,
      removes: removalFrom(row),
      terms: termsOfMotion(termsFrom(row.document), row.removes_office),
      termsId: row.terms_id,
      putAt: fromText(row.put_at),
      wordings: guarded(said, openness),
      dissents: dissents.get(row.id) ?? [],
      vote: votes.get(row.id) ?? null,
    }
  })
}

const removalFrom = ({ removes_office: office, removed_id: id, removed_name: name }: MotionRow): Removal | null =>
  office !== null && id !== null && name !== null ? { office, person: { id, name } } : null

const guarded = <T>(content: T, openness: Motion['openness']): Guarded<T> =>
  openness === 'open' ? { open: content } : { hidden: new Restricted(content) }

/** Who does not agree with each of several motions: of each person's rows the last, where it stands. */
export async function dissentsOf(db: Db, motions: readonly string[]): Promise<ReadonlyMap<string, readonly Dissent[]>> {
  if (motions.length === 0) return new Map()
  const rows = await db
    .selectFrom('dissent')
    .innerJoin('person', 'person.id', 'dissent.person_id')
    .innerJoin('seat', 'seat.id', 'dissent.seat_id')
    .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
    .where('dissent.motion_id', 'in', motions)
    .orderBy('dissent.seq')
    .selectAll('dissent')
    .select(['person.name', 'organisation.short_name'])
    .execute()
  const last = new Map(rows.map((row) => [`${row.motion_id} ${row.person_id}`, row]))
  return grouped(
    [...last.values()].filter(({ stands }) => stands === 1),
    ({ motion_id }) => motion_id,
    (row): Dissent => ({
      person: { id: row.person_id, name: row.name },
      seat: row.seat_id,
      organisation: row.short_name,
      why: row.why,
      at: fromText(row.at),
    }),
  )
}

function grouped<Row, Of>(rows: readonly Row[], key: (row: Row) => string, of: (row: Row) => Of): ReadonlyMap<string, Of[]> {
  const found = new Map<string, Of[]>()
  for (const row of rows) found.set(key(row), [...(found.get(key(row)) ?? []), of(row)])
  return found
}

async function votesOf(db: Db, motions: readonly string[]): Promise<ReadonlyMap<string, Vote>> {
  const rows = await db.selectFrom('vote').selectAll().where('motion_id', 'in', motions).execute()
  if (rows.length === 0) return new Map()
  const ballots = grouped(
    await db.selectFrom('ballot').selectAll().where('motion_id', 'in', motions).orderBy('voter_id').execute(),
    ({ motion_id }) => motion_id,
    ballotFrom,
  )
  const castings = await db
    .selectFrom('casting_vote')
    .innerJoin('person', 'person.id', 'casting_vote.person_id')
    .where('motion_id', 'in', motions)
    .selectAll('casting_vote')
    .select('person.name')
    .execute()
  return new Map(
    rows.map((row) => {
      const cast = castings.find(({ motion_id }) => motion_id === row.motion_id)
      const casting: Casting | null = cast
        ? { person: { id: cast.person_id, name: cast.name }, office: cast.office, choice: cast.choice, at: fromText(cast.at) }
        : null
      return [row.motion_id, voteFrom(row, ballots.get(row.motion_id) ?? [], casting)]
    }),
  )
}

export const voteFrom = (row: Schema['vote'], ballots: readonly Ballot[], casting: Casting | null): Vote => ({
  state: row.state,
  openedAt: fromText(row.opened_at),
  closesAt: row.closes_at === null ? null : fromText(row.closes_at),
  byHand: row.by_hand === 1,
  hidden: row.hidden === 1,
  byAgreement: row.by_agreement === 1,
  quorumOpen: JSON.parse(row.quorum_open) as Count,
  closedAt: row.closed_at === null ? null : fromText(row.closed_at),
  quorumClose: row.quorum_close === null ? null : (JSON.parse(row.quorum_close) as Count),
  tallies: row.tallies === null ? [] : (JSON.parse(row.tallies) as Tally[]),
  ballots,
  casting,
})

const ballotFrom = (row: Schema['ballot']): Ballot => ({
  voter: row.voter_id,
  seat: row.seat_id,
  person: row.person_id,
  choice: row.choice,
  subjectToApproval: row.subject_to_approval === 1,
  at: fromText(row.at),
  recorded: row.recorded === 1,
  countersigned: row.countersigned_id,
})

/** The ballots of a vote, by voter. */
export async function ballotsOf(db: Db, motion: string): Promise<readonly Ballot[]> {
  return (await db.selectFrom('ballot').selectAll().where('motion_id', '=', motion).orderBy('voter_id').execute()).map(ballotFrom)
}

/** The motions on an item. */
export async function motionsOn(db: Db, item: string): Promise<readonly string[]> {
  return (await db.selectFrom('motion').select('id').where('item_id', '=', item).execute()).map(({ id }) => id)
}

/** The meeting of a motion, or null. */
export async function meetingOfMotion(db: Db, motion: string): Promise<string | null> {
  const row = await db.selectFrom('motion').select('meeting_id').where('id', '=', motion).executeTakeFirst()
  return row?.meeting_id ?? null
}

export interface NewMotion {
  readonly meeting: string
  readonly item: string
  readonly parts: readonly string[]
  readonly ratifies: string | null
  readonly removes: Removal | null
  readonly termsId: string
  readonly at: Temporal.Instant
  readonly by: string | null
}

/** Writes a motion that is put. @returns its id */
export async function addMotion(
  tx: Tx,
  { meeting, item, parts, ratifies, removes, termsId, at, by }: NewMotion,
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('motion')
    .values((row) => ({
      id,
      meeting_id: meeting,
      item_id: item,
      number: row
        .selectFrom('motion')
        .where('meeting_id', '=', meeting)
        .select((last) => sql<number>`coalesce(${last.fn.max('number')}, 0) + 1`.as('next')),
      state: 'before the meeting' as const,
      ratifies_id: ratifies,
      removes_office: removes?.office ?? null,
      removes_person_id: removes?.person.id ?? null,
      terms_id: termsId,
      put_at: toText(at),
      by_person_id: by,
    }))
    .execute()
  await addWording(tx, id, { version: 1, parts, at }, by)
  return id
}

/** Writes how a motion reads from now on; how it read before is kept. */
export async function addWording(tx: Tx, motion: string, { version, parts, at }: Wording, by: string | null): Promise<void> {
  await tx
    .insertInto('motion_wording')
    .values({ motion_id: motion, version, parts: JSON.stringify(parts), at: toText(at), by_person_id: by })
    .execute()
}

/** How a motion reads last, for the register: who may read it there is kept beside it. */
export async function lastWording(db: Db, motion: string): Promise<Wording> {
  const row = await db
    .selectFrom('motion_wording')
    .where('motion_id', '=', motion)
    .orderBy('version', 'desc')
    .selectAll()
    .executeTakeFirstOrThrow()
  return { version: row.version, parts: JSON.parse(row.parts) as string[], at: fromText(row.at) }
}

export async function setState(tx: Tx, motion: string, state: MotionState): Promise<void> {
  await tx.updateTable('motion').set({ state }).where('id', '=', motion).execute()
}

export interface NewDissent {
  readonly person: string
  readonly seat: string
  readonly stands: boolean
  readonly why: string | null
  readonly at: Temporal.Instant
  readonly by: string | null
}

/** Records that somebody does not agree, or is content after all; what they said before is kept. */
export async function addDissent(tx: Tx, motion: string, { person, seat, stands, why, at, by }: NewDissent): Promise<void> {
  await tx
    .insertInto('dissent')
    .values((row) => ({
      motion_id: motion,
      seq: row
        .selectFrom('dissent')
        .where('motion_id', '=', motion)
        .select((last) => sql<number>`coalesce(${last.fn.max('seq')}, 0) + 1`.as('next')),
      person_id: person,
      seat_id: seat,
      stands: stands ? 1 : 0,
      why,
      at: toText(at),
      by_person_id: by,
    }))
    .execute()
}

export interface NewVote extends Pick<Vote, 'openedAt' | 'closesAt' | 'byHand' | 'hidden' | 'byAgreement' | 'quorumOpen'> {
  readonly by: string | null
}

/** Opens a vote on a motion. */
export async function addVote(tx: Tx, motion: string, vote: NewVote): Promise<void> {
  await tx
    .insertInto('vote')
    .values({
      motion_id: motion,
      state: 'open',
      opened_at: toText(vote.openedAt),
      closes_at: vote.closesAt && toText(vote.closesAt),
      by_hand: vote.byHand ? 1 : 0,
      hidden: vote.hidden ? 1 : 0,
      by_agreement: vote.byAgreement ? 1 : 0,
      opened_by_id: vote.by,
      quorum_open: JSON.stringify(vote.quorumOpen),
      closed_at: null,
      quorum_close: null,
      tallies: null,
    })
    .execute()
  await setState(tx, motion, 'in a vote')
}

/** Writes a ballot, or what stands in its place; one a voter. */
export async function saveBallots(tx: Tx, motion: string, ballots: readonly Ballot[], by: string | null): Promise<void> {
  if (ballots.length === 0) return
  await tx
    .insertInto('ballot')
    .values(
      ballots.map((ballot) => ({
        motion_id: motion,
        voter_id: ballot.voter,
        seat_id: ballot.seat,
        person_id: ballot.person,
        choice: ballot.choice,
        subject_to_approval: ballot.subjectToApproval ? 1 : 0,
        at: toText(ballot.at),
        recorded: ballot.recorded ? 1 : 0,
        by_person_id: by,
        countersigned_id: ballot.countersigned,
      })),
    )
    .onConflict((one) =>
      one.columns(['motion_id', 'voter_id']).doUpdateSet((row) => ({
        seat_id: row.ref('excluded.seat_id'),
        person_id: row.ref('excluded.person_id'),
        choice: row.ref('excluded.choice'),
        subject_to_approval: row.ref('excluded.subject_to_approval'),
        at: row.ref('excluded.at'),
        recorded: row.ref('excluded.recorded'),
        by_person_id: row.ref('excluded.by_person_id'),
        countersigned_id: row.ref('excluded.countersigned_id'),
      })),
    )
    .execute()
}

/** Countersigns what the clerk has recorded and nobody has countersigned. */
export async function countersignAll(tx: Tx, motion: string, by: string): Promise<void> {
  await tx
    .updateTable('ballot')
    .set({ countersigned_id: by })
    .where('motion_id', '=', motion)
    .where('recorded', '=', 1)
    .where('countersigned_id', 'is', null)
    .execute()
}

export interface Closing {
  readonly state: Exclude<Vote['state'], 'open'>
  readonly closedAt: Temporal.Instant
  readonly quorumClose: Count
  readonly tallies: readonly Tally[]
}

/** Writes how a vote was closed, or what it came to since. */
export async function saveClosing(tx: Tx, motion: string, { state, closedAt, quorumClose, tallies }: Closing): Promise<void> {
  await tx
    .updateTable('vote')
    .set({
      state,
      closed_at: toText(closedAt),
      quorum_close: JSON.stringify(quorumClose),
      tallies: JSON.stringify(tallies),
    })
    .where('motion_id', '=', motion)
    .execute()
}

export async function addCasting(tx: Tx, motion: string, { person, office, choice, at }: Casting): Promise<void> {
  await tx
    .insertInto('casting_vote')
    .values({ motion_id: motion, person_id: person.id, office, choice, at: toText(at) })
    .execute()
}

/** Motions of a meeting of which a vote is open, or waits for a casting vote or a ruling; what was withdrawn waits for nothing. */
export async function undecidedVotes(db: Db, meeting: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('vote')
    .innerJoin('motion', 'motion.id', 'vote.motion_id')
    .where('motion.meeting_id', '=', meeting)
    .where('motion.state', '=', 'in a vote')
    .where('vote.state', '!=', 'closed')
    .orderBy('motion.number')
    .select('motion.id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The seats of a board: the body in short, and whether it sits for many collectively. */
export async function seatsCalled(db: Db, board: string): Promise<ReadonlyMap<string, SeatCalled>> {
  const rows = await db
    .selectFrom('seat')
    .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
    .where('seat.board_id', '=', board)
    .select(['seat.id', 'seat.stands_for', 'organisation.short_name'])
    .execute()
  return new Map(rows.map(({ id, short_name, stands_for }) => [id, { body: short_name, collective: stands_for !== '[]' }]))
}

/** People by their ids. */
export async function peopleCalled(db: Db, ids: readonly string[]): Promise<readonly Named[]> {
  if (ids.length === 0) return []
  return db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute()
}

const Cast = z.object({
  input: z.object({ subject: z.string() }),
  outcome: z.object({
    ballots: z.array(z.object({ voter: z.string(), choice: z.string() })).optional(),
    recorded: z.array(z.object({ voter: z.string(), choice: z.string() })).optional(),
  }),
})

/** Where a ballot is not as the journal has it last; a sentence each. */
export async function ballotsAgree(
  db: Db,
  board: string,
  payloads: readonly unknown[],
  complete: boolean,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('ballot')
    .innerJoin('motion', 'motion.id', 'ballot.motion_id')
    .innerJoin('meeting', 'meeting.id', 'motion.meeting_id')
    .where('meeting.board_id', '=', board)
    .select(['ballot.motion_id', 'ballot.voter_id', 'ballot.choice'])
    .execute()
  const keyOf = (motion: string, voter: string) => `${motion} ${voter}`
  const kept = new Map(rows.map((row) => [keyOf(row.motion_id, row.voter_id), row.choice as string]))
  const said = new Map<string, string>()
  for (const payload of payloads) {
    const read = Cast.safeParse(payload)
    if (!read.success) continue
    const { input, outcome } = read.data
    for (const { voter, choice } of [...(outcome.ballots ?? []), ...(outcome.recorded ?? [])])
      said.set(keyOf(input.subject, voter), choice)
  }
  return [
    ...[...said]
      .filter(([key, choice]) => kept.get(key) !== choice)
      .map(([key]) => `The vote ${key} is not as it was journaled, or has gone.`),
    ...(complete ? [...kept.keys()] : [])
      .filter((key) => !said.has(key))
      .map((key) => `There is a vote ${key} that the journal does not know.`),
  ]
}
