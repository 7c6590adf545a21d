import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { termsFrom } from '../../boards/store.js'
import { heldOn } from '../../db/held.js'
import type { Db, Tx } from '../../db/schema.js'
import { newId } from '../../kernel/ids.js'
import { fromText, toText } from '../../kernel/time.js'
import { boardDay, type Called } from '../../meetings/rules.js'
import type { Circulated, Circulation, Dispatched, Handed } from './rules.js'

interface NewCirculation {
  readonly meeting: string
  readonly revision: number
  readonly number: number
  readonly agenda: 'draft' | 'agreed'
  readonly deadline: Temporal.Instant
  readonly short: number
  readonly papers: readonly { readonly version: string; readonly itemNumber: string }[]
  readonly at: Temporal.Instant
  readonly by: string | null
  readonly termsId: string
}

/** Puts a circulation on the record. @returns its id */
export async function addCirculation(tx: Tx, circulation: NewCirculation): Promise<string> {
  const id = newId()
  await tx
    .insertInto('circulation')
    .values({
      id,
      meeting_id: circulation.meeting,
      number: circulation.number,
      meeting_revision: circulation.revision,
      agenda: circulation.agenda,
      deadline_at: toText(circulation.deadline),
      days_short: circulation.short,
      at: toText(circulation.at),
      by_person_id: circulation.by,
      terms_id: circulation.termsId,
    })
    .execute()
  if (circulation.papers.length > 0) {
    const rows = circulation.papers.map(({ version, itemNumber }, position) => ({
      circulation_id: id,
      version_id: version,
      item_number: itemNumber,
      position,
    }))
    await tx.insertInto('circulation_paper').values(rows).execute()
  }
  return id
}

/**
 * Everyone to whom the papers of a meeting go: who on its day represents a seat, holds an office or is in attendance, who is
 * invited, and who substitutes. A deputy is none of these before they substitute.
 */
export async function readersOf(db: Db, { id, board, startsAt }: Called): Promise<readonly string[]> {
  const day = boardDay(board, startsAt)
  const { rows } = await sql<{ person: string }>`
    select holding.person_id as person from holding join seat on seat.id = holding.seat_id
      where seat.board_id = ${board.id} and holding.capacity = 'representative'
        and ${heldOn('holding', day)} and ${heldOn('seat', day)}
    union select person_id from office where board_id = ${board.id} and ${heldOn('office', day)}
    union select person_id from in_attendance where board_id = ${board.id} and ${heldOn('in_attendance', day)}
    union select person_id from invitation where meeting_id = ${id} and state = 'invited'
    union select answer.substitute_id from answer
      join holding on holding.seat_id = answer.seat_id and holding.person_id = answer.for_person_id
      join seat on seat.id = answer.seat_id
      join person on person.id = answer.substitute_id
      where answer.meeting_id = ${id} and holding.capacity = 'representative' and person.confirmed = 1
        and ${heldOn('holding', day)} and ${heldOn('seat', day)}
        and (answer.for_day is null or answer.for_day = ${day})
        and not exists (select 1 from answer later where later.meeting_id = answer.meeting_id
          and later.seat_id = answer.seat_id and later.for_person_id = answer.for_person_id
          and later.version > answer.version)`.execute(db)
  return rows.map(({ person }) => person)
}

export interface NewDispatch {
  readonly person: string
  readonly way: 'chat' | 'chat without files' | 'by hand'
  readonly secure: 'link' | 'by hand' | null
  /** versions */
  readonly papers: readonly string[]
}

/** Puts on the record what goes to whom. Who has a dispatch notice of this circulation keeps it. */
export async function addDispatches(
  tx: Tx,
  circulation: string,
  people: readonly NewDispatch[],
  at: Temporal.Instant,
): Promise<void> {
  if (people.length === 0) return
  await tx
    .insertInto('dispatch')
    .values(
      people.map(({ person, way, secure }) => ({ circulation_id: circulation, person_id: person, way, secure, at: toText(at) })),
    )
    .execute()
  const papers = people.flatMap((one) =>
    one.papers.map((version) => ({ circulation_id: circulation, person_id: one.person, version_id: version })),
  )
  // A statement holds so many values and no more.
  for (let from = 0; from < papers.length; from += 300)
    await tx
      .insertInto('dispatch_paper')
      .values(papers.slice(from, from + 300))
      .execute()
}

/** Marks that somebody has received theirs, or that the clerk has handed it to them; again, it changes nothing. */
export async function markDispatch(
  tx: Tx,
  {
    circulation,
    person,
    mark,
    by,
  }: { readonly circulation: string; readonly person: string; readonly mark: Handed | 'received'; readonly by: string | null },
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('dispatch_mark')
    .values({ circulation_id: circulation, person_id: person, mark, at: toText(at), by_person_id: by })
    .onConflict((once) => once.columns(['circulation_id', 'person_id', 'mark']).doNothing())
    .execute()
}

/** The meeting of a circulation, or null. */
export async function meetingOfCirculation(db: Db, circulation: string): Promise<string | null> {
  const row = await db.selectFrom('circulation').select('meeting_id').where('id', '=', circulation).executeTakeFirst()
  return row?.meeting_id ?? null
}

/** How often the papers of a meeting have gone out. */
export async function timesCirculated(db: Db, meeting: string): Promise<number> {
  const { times } = await db
    .selectFrom('circulation')
    .where('meeting_id', '=', meeting)
    .select((row) => row.fn.countAll<number | string>().as('times'))
    .executeTakeFirstOrThrow()
  return Number(times)
}

/** The name under which the outbox sends it. */
export const CIRCULATED = 'papers.circulated'

const circulationRows = (db: Db) =>
  db
    .selectFrom('circulation')
    .innerJoin('terms', 'terms.id', 'circulation.terms_id')
    .innerJoin('meeting_version', (join) =>
      join
        .onRef('meeting_version.meeting_id', '=', 'circulation.meeting_id')
        .onRef('meeting_version.revision', '=', 'circulation.meeting_revision'),
    )
    .leftJoin('person', 'person.id', 'circulation.by_person_id')
    .orderBy('circulation.number')
    .selectAll('circulation')
    .select(['person.name as by', 'terms.document', 'meeting_version.starts_at'])

type CirculationRow = Awaited<ReturnType<ReturnType<typeof circulationRows>['execute']>>[number]

const circulationFrom = async (db: Db, row: CirculationRow): Promise<Circulation> => ({
  id: row.id,
  number: row.number,
  at: fromText(row.at),
  by: row.by,
  meetingAt: fromText(row.starts_at),
  deadline: fromText(row.deadline_at),
  short: row.days_short,
  basis: termsFrom(row.document).papers,
  papers: await papersIn(db, row.id),
})

/** One circulation, or null. */
export async function findCirculation(db: Db, id: string): Promise<Circulation | null> {
  const row = await circulationRows(db).where('circulation.id', '=', id).executeTakeFirst()
  return row ? circulationFrom(db, row) : null
}

/** What was sent of a meeting's papers, the first first. */
export async function circulationsOf(db: Db, meeting: string): Promise<readonly Circulation[]> {
  const rows = await circulationRows(db).where('circulation.meeting_id', '=', meeting).execute()
  return Promise.all(rows.map((row) => circulationFrom(db, row)))
}

/** The same with everybody to whom it went. */
export async function dispatchesOf(db: Db, meeting: string): Promise<readonly Circulated[]> {
  const circulations = await circulationsOf(db, meeting)
  return Promise.all(circulations.map(async (one) => ({ ...one, people: await peopleIn(db, one.id) })))
}

/** To whom something of a circulation went, by id. */
export async function dispatchedIn(db: Db, circulation: string): Promise<readonly string[]> {
  const rows = await db.selectFrom('dispatch').where('circulation_id', '=', circulation).select('person_id').execute()
  return rows.map(({ person_id }) => person_id)
}

async function papersIn(db: Db, circulation: string): Promise<Circulated['papers']> {
  const rows = await db
    .selectFrom('circulation_paper')
    .innerJoin('paper_version', 'paper_version.id', 'circulation_paper.version_id')
    .where('circulation_id', '=', circulation)
    .orderBy('position')
    .select(['version_id', 'item_number', 'paper_version.number', 'paper_version.item_id'])
    .execute()
  return rows.map(({ version_id, item_number, number, item_id }) => ({
    version: version_id,
    item: item_id,
    itemNumber: item_number,
    number,
  }))
}

async function peopleIn(db: Db, circulation: string): Promise<readonly Dispatched[]> {
  const people = await db
    .selectFrom('dispatch')
    .innerJoin('person', 'person.id', 'dispatch.person_id')
    .where('circulation_id', '=', circulation)
    .orderBy('person.name')
    .select(['person.id', 'person.name', 'dispatch.way', 'dispatch.secure', 'dispatch.at'])
    .execute()
  const messages = await db
    .selectFrom('notice')
    .where('subject', '=', circulation)
    .where('notice', '=', CIRCULATED)
    // So put, they are looked for by their subject, however many messages were sent of others.
    .where('state', 'not in', ['waiting', 'dropped', 'failed'])
    .select(['recipient', 'sent_at', 'message', 'sent_hash'])
    .execute()
  const papers = await db
    .selectFrom('dispatch_paper')
    .innerJoin('circulation_paper', (join) =>
      join
        .onRef('circulation_paper.version_id', '=', 'dispatch_paper.version_id')
        .onRef('circulation_paper.circulation_id', '=', 'dispatch_paper.circulation_id'),
    )
    .innerJoin('paper_version', 'paper_version.id', 'dispatch_paper.version_id')
    .where('dispatch_paper.circulation_id', '=', circulation)
    .orderBy('circulation_paper.position')
    .select(['dispatch_paper.person_id', 'item_number', 'paper_version.number'])
    .execute()
  const openings = await db
    .selectFrom('paper_opening')
    .innerJoin('circulation_paper', 'circulation_paper.version_id', 'paper_opening.version_id')
    .where('circulation_id', '=', circulation)
    .where('outcome', '=', 'opened')
    .orderBy('paper_opening.at')
    .select(['person_id', 'item_number', 'paper_opening.at'])
    .execute()
  const marks = await db
    .selectFrom('dispatch_mark')
    .where('circulation_id', '=', circulation)
    .orderBy('at')
    .select(['person_id', 'mark', 'at'])
    .execute()
  const of = <Row extends { readonly person_id: string }>(rows: readonly Row[], person: string): readonly Row[] =>
    rows.filter(({ person_id }) => person_id === person)
  return people.map(({ id, name, way, secure, at }) => {
    const sent = messages.find(({ recipient }) => recipient === JSON.stringify(['person', id]))
    return {
      person: { id, name },
      way,
      secure,
      at: fromText(at),
      sent:
        sent?.sent_at && sent.message ? { at: fromText(sent.sent_at), message: sent.message, hash: sent.sent_hash ?? '' } : null,
      papers: of(papers, id).map(({ item_number, number }) => ({ itemNumber: item_number, number })),
      opened: of(openings, id).map((one) => ({ paper: one.item_number, at: fromText(one.at) })),
      marks: of(marks, id).map((one) => ({ mark: one.mark, at: fromText(one.at) })),
    }
  })
}

/** The circulation itself, and what of it went to one person; null: nothing went to them. */
export async function dispatchTo(
  db: Db,
  circulation: string,
  person: string,
): Promise<{
  readonly way: NewDispatch['way']
  readonly secure: 'link' | 'by hand' | null
  readonly versions: readonly string[]
  /** when they pressed “Received”; null: not yet */
  readonly received: Temporal.Instant | null
} | null> {
  const row = await db
    .selectFrom('dispatch')
    .where('circulation_id', '=', circulation)
    .where('person_id', '=', person)
    .select(['way', 'secure'])
    .executeTakeFirst()
  if (!row) return null
  const versions = await db
    .selectFrom('dispatch_paper')
    .where('circulation_id', '=', circulation)
    .where('person_id', '=', person)
    .select('version_id')
    .execute()
  const received = await db
    .selectFrom('dispatch_mark')
    .where('circulation_id', '=', circulation)
    .where('person_id', '=', person)
    .where('mark', '=', 'received')
    .select('at')
    .executeTakeFirst()
  return {
    way: row.way,
    secure: row.secure,
    versions: versions.map(({ version_id }) => version_id),
    received: received ? fromText(received.at) : null,
  }
}

const Sent = z.object({
  outcome: z.object({
    circulation: z.string(),
    number: z.number(),
    at: z.string(),
    deadline: z.string(),
    short: z.number(),
    versions: z.array(z.string()),
    people: z.array(z.tuple([z.string(), z.array(z.string())])),
  }),
})

/** Where what was sent to whom is not as the journal has it; a sentence each. */
export async function circulationsAgree(
  db: Db,
  board: string,
  payloads: readonly unknown[],
  complete: boolean,
): Promise<readonly string[]> {
  const journaled = payloads.flatMap((payload) => {
    const read = Sent.safeParse(payload)
    return read.success ? [read.data.outcome] : []
  })
  const kept = await db
    .selectFrom('circulation')
    .innerJoin('meeting', 'meeting.id', 'circulation.meeting_id')
    .where('meeting.board_id', '=', board)
    .select(['circulation.id', 'circulation.number', 'circulation.at', 'deadline_at', 'days_short'])
    .execute()
  const faults: string[] = []
  for (const { circulation, number, at, deadline, short, versions, people } of journaled) {
    const row = kept.find(({ id }) => id === circulation)
    if (!row) faults.push(`The journal has a circulation ${circulation} that is not in the record.`)
    else if (row.number !== number || row.at !== at || row.deadline_at !== deadline || row.days_short !== short)
      faults.push(`When the circulation ${circulation} went, or whether in time, is not what the journal has.`)
    else if (!(await isAsSent(db, { circulation, at: row.at, versions, people })))
      faults.push(`What the circulation ${circulation} says was sent to whom is not what the journal has.`)
  }
  const unknown = complete ? kept.filter(({ id }) => !journaled.some(({ circulation }) => circulation === id)) : []
  return [...faults, ...unknown.map(({ id }) => `There is a circulation ${id} that no act of the journal has made.`)]
}

async function isAsSent(
  db: Db,
  sent: {
    readonly circulation: string
    readonly at: string
    readonly versions: readonly string[]
    readonly people: readonly (readonly [string, readonly string[]])[]
  },
): Promise<boolean> {
  const versions = await db
    .selectFrom('circulation_paper')
    .where('circulation_id', '=', sent.circulation)
    .select('version_id')
    .execute()
  // Who came to the board later was given theirs later.
  const people = await db
    .selectFrom('dispatch')
    .leftJoin('dispatch_paper', (join) =>
      join
        .onRef('dispatch_paper.circulation_id', '=', 'dispatch.circulation_id')
        .onRef('dispatch_paper.person_id', '=', 'dispatch.person_id'),
    )
    .where('dispatch.circulation_id', '=', sent.circulation)
    .where('dispatch.at', '=', sent.at)
    .select(['dispatch.person_id', 'dispatch_paper.version_id'])
    .execute()
  const said = sent.people.flatMap(([person, papers]) =>
    papers.length === 0 ? [person] : papers.map((one) => `${person} ${one}`),
  )
  const found = people.map(({ person_id, version_id }) => (version_id === null ? person_id : `${person_id} ${version_id}`))
  return (
    sameSet(
      versions.map(({ version_id }) => version_id),
      sent.versions,
    ) && sameSet(found, said)
  )
}

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && [...one].sort().join() === [...other].sort().join()
