import type { Temporal } from 'temporal-polyfill'
import { type Part, passOf } from '../boards/part/rules.js'
import { heldOn, stillHeld } from '../db/held.js'
import type { Db, Schema, Tx } from '../db/schema.js'
import { Pass, Restricted } from '../kernel/restricted.js'
import { fromText, toText } from '../kernel/time.js'
import { boardDay, type Called } from '../meetings/rules.js'
import { type Agenda, type Item, type Kept, type Section, UNLISTED } from './rules.js'

const itemFrom = (row: Schema['item'] & { proposer: string | null }): Item => ({
  id: row.id,
  letter: row.letter,
  number: row.number,
  title: row.openness === 'hidden' ? { hidden: new Restricted(row.title) } : { open: row.title },
  about: row.about,
  form: row.form,
  purpose: row.purpose,
  state: row.state,
  presenter: row.presenter,
  pages: row.first_page === null || row.last_page === null ? null : { first: row.first_page, last: row.last_page },
  late: row.late_reason,
  why: row.why,
  proposedBy: row.proposed_by_id && row.proposer ? { id: row.proposed_by_id, name: row.proposer } : null,
})

/** Of one meeting; items in the order in which they were proposed. */
export async function findAgenda(db: Db, meeting: string): Promise<Kept | null> {
  const row = await db
    .selectFrom('agenda')
    .leftJoin('person', 'person.id', 'agenda.agreed_by_id')
    .where('meeting_id', '=', meeting)
    .select(['agenda.state', 'agenda.agreed_at', 'person.name as agreed_by'])
    .executeTakeFirst()
  if (!row) return null
  const sections = await db
    .selectFrom('agenda_section')
    .where('meeting_id', '=', meeting)
    .orderBy('letter')
    .select(['letter', 'title', 'restricted'])
    .execute()
  const items = await db
    .selectFrom('item')
    .leftJoin('person', 'person.id', 'item.proposed_by_id')
    .where('meeting_id', '=', meeting)
    .orderBy('proposed_at')
    .orderBy('item.id')
    .selectAll('item')
    .select('person.name as proposer')
    .execute()
  return {
    state: row.state,
    sections: sections.map(({ letter, title, restricted }) => ({ letter, title, restricted: restricted === 1 })),
    items: items.map(itemFrom),
    agreed: row.agreed_at === null ? null : { at: fromText(row.agreed_at), by: row.agreed_by },
  }
}

/** An item that is read no more than it is written: its title as the database has it. */
const titleOf = ({ title }: Item, kept: ReadonlyMap<string, string>, id: string): string =>
  'open' in title ? title.open : (kept.get(id) ?? '')

const columnsOf = (item: Item, sections: readonly Section[], kept: ReadonlyMap<string, string>) => ({
  letter: item.letter,
  number: item.number,
  title: titleOf(item, kept, item.id),
  about: item.about,
  form: item.form,
  purpose: item.purpose,
  openness: opennessOf(item, sections),
  state: item.state,
  presenter: item.presenter,
  first_page: item.pages?.first ?? null,
  last_page: item.pages?.last ?? null,
  late_reason: item.late,
  why: item.why,
})

/** What is restricted is so by the section in which it stands. */
function opennessOf({ letter }: Item, sections: readonly Section[]): Schema['item']['openness'] {
  if (letter === UNLISTED) return 'hidden'
  return sections.some((section) => section.letter === letter && section.restricted) ? 'restricted' : 'open'
}

/** Writes a new agenda. */
export async function addAgenda(tx: Tx, meeting: string, agenda: Agenda, at: Temporal.Instant): Promise<void> {
  await tx
    .insertInto('agenda')
    .values({
      meeting_id: meeting,
      state: agenda.state,
      agreed_at: null,
      agreed_by_id: null,
      recorded_by_id: null,
      terms_id: null,
    })
    .execute()
  await tx
    .insertInto('agenda_section')
    .values(
      agenda.sections.map(({ letter, title, restricted }) => ({
        meeting_id: meeting,
        letter,
        title,
        restricted: restricted ? 1 : 0,
      })),
    )
    .execute()
  await saveAgenda(tx, meeting, { ...agenda, items: [] }, agenda, at)
}

/** Writes what has changed of the items of an agenda; what it has lost is a fault, for nothing is ever deleted. */
export async function saveAgenda(tx: Tx, meeting: string, before: Agenda, after: Agenda, at: Temporal.Instant): Promise<void> {
  const was = new Map(before.items.map((item) => [item.id, item]))
  if (before.items.some(({ id }) => !after.items.some((item) => item.id === id)))
    throw new Error('an item has gone from an agenda')
  const added = after.items.filter(({ id }) => !was.has(id))
  const changed = after.items.filter((item) => was.has(item.id) && was.get(item.id) !== item)
  const kept = await hiddenTitles(tx, changed)
  // Numbers are unique in a section at every moment: what moves lets go of its number first.
  const moved = changed.filter((item) => was.get(item.id)?.number !== item.number || was.get(item.id)?.letter !== item.letter)
  if (moved.length > 0) {
    await tx
      .updateTable('item')
      .set({ number: null })
      .where('meeting_id', '=', meeting)
      .where(
        'id',
        'in',
        moved.map(({ id }) => id),
      )
      .execute()
  }
  for (const item of changed) {
    await tx
      .updateTable('item')
      .set(columnsOf(item, after.sections, kept))
      .where('id', '=', item.id)
      .execute()
  }
  if (added.length === 0) return
  const rows = added.map((item) => ({
    id: item.id,
    meeting_id: meeting,
    ...columnsOf(item, after.sections, kept),
    proposed_by_id: item.proposedBy?.id ?? null,
    proposed_at: toText(at),
  }))
  await tx.insertInto('item').values(rows).execute()
}

async function hiddenTitles(tx: Tx, items: readonly Item[]): Promise<ReadonlyMap<string, string>> {
  const hidden = items.filter(({ title }) => 'hidden' in title).map(({ id }) => id)
  if (hidden.length === 0) return new Map()
  const rows = await tx.selectFrom('item').select(['id', 'title']).where('id', 'in', hidden).execute()
  return new Map(rows.map(({ id, title }) => [id, title]))
}

/** Records that an agenda was agreed: by whose right, by whose hand, and under which rules. */
export async function markAgreed(
  tx: Tx,
  meeting: string,
  { by, hand, at, termsId }: { by: string | null; hand: string | null; at: Temporal.Instant; termsId: string },
): Promise<void> {
  await tx
    .updateTable('agenda')
    .set({ state: 'agreed', agreed_at: toText(at), agreed_by_id: by, recorded_by_id: hand, terms_id: termsId })
    .where('meeting_id', '=', meeting)
    .execute()
}

/** The meeting on whose agenda an item stands, or null. */
export async function meetingOfItem(db: Db, item: string): Promise<string | null> {
  const row = await db.selectFrom('item').select('meeting_id').where('id', '=', item).executeTakeFirst()
  return row?.meeting_id ?? null
}

/** Who holds the offices of a board on a day, since when. */
export async function officeHolders(db: Db, board: string, day: string) {
  return db
    .selectFrom('office')
    .innerJoin('person', 'person.id', 'office.person_id')
    .where('board_id', '=', board)
    .where(heldOn('office', day))
    .select(['office.office', 'office.acting', 'office.from_day', 'person.id', 'person.name', 'person.email', 'person.telephone'])
    .orderBy('office.from_day')
    .execute()
}

/** The clerk of a board on a day as the front sheet names them, or null. */
export async function clerkOn(db: Db, board: string, day: string) {
  const clerk = (await officeHolders(db, board, day)).find(({ office }) => office === 'clerk')
  return clerk ? { name: clerk.name, telephone: clerk.telephone, email: clerk.email } : null
}

/** The day of the last meeting before an instant on whose agenda the terms stood for review, or null. */
export async function lastReviewed(db: Db, board: string, before: Temporal.Instant): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('item')
    .innerJoin('meeting', 'meeting.id', 'item.meeting_id')
    .where('meeting.board_id', '=', board)
    .where('meeting.state', '=', 'called')
    .where('meeting.starts_at', '<', toText(before))
    .where('item.about', '=', 'review')
    .where('item.state', '=', 'placed')
    .select((max) => max.fn.max('meeting.starts_at').as('at'))
    .executeTakeFirst()
  return row?.at ? fromText(row.at) : null
}

/** The instant from which the terms in force of a board rule. */
export async function inForceSince(db: Db, terms: string): Promise<Temporal.Instant> {
  const { in_force_from } = await db.selectFrom('terms').select('in_force_from').where('id', '=', terms).executeTakeFirstOrThrow()
  if (in_force_from === null) throw new Error('a draft is not in force')
  return fromText(in_force_from)
}

/** Opens all of an agenda: for officers, who represents a member, and for the meeting who sits in for one. */
export async function passFor(db: Db, meeting: Called, part: Part, person: string): Promise<Pass | null> {
  return passOf(part) ?? Pass.if(await substitutes(db, meeting, person))
}

/**
 * Whether somebody is to sit in for a member at a meeting: whoever represents its seat on that day has named them for
 * that day, has taken nothing back since, and they are still of its people and known to the clerk.
 */
async function substitutes(db: Db, { id, board, startsAt }: Called, person: string): Promise<boolean> {
  const day = boardDay(board, startsAt)
  const row = await db
    .selectFrom('answer')
    .innerJoin('seat', 'seat.id', 'answer.seat_id')
    .innerJoin('holding', (join) =>
      join
        .onRef('holding.seat_id', '=', 'answer.seat_id')
        .onRef('holding.person_id', '=', 'answer.for_person_id')
        .on('holding.capacity', '=', 'representative')
        .on(heldOn('holding', day)),
    )
    .innerJoin('post', (join) =>
      join
        .onRef('post.board_id', '=', 'seat.board_id')
        .onRef('post.person_id', '=', 'answer.substitute_id')
        .on((on) => on.or([on('post.organisation_id', '=', on.ref('seat.organisation_id')), on('seat.stands_for', '!=', '[]')]))
        .on(stillHeld('post', day)),
    )
    .innerJoin('person', 'person.id', 'answer.substitute_id')
    .where('answer.meeting_id', '=', id)
    .where('person.confirmed', '=', 1)
    .where('answer.substitute_id', '=', person)
    .where('seat.standing', '=', 'member')
    .where(heldOn('seat', day))
    .where((either) => either.or([either('answer.for_day', 'is', null), either('answer.for_day', '=', day)]))
    .where((one) =>
      one.not(
        one.exists(
          one
            .selectFrom('answer as later')
            .whereRef('later.meeting_id', '=', 'answer.meeting_id')
            .whereRef('later.seat_id', '=', 'answer.seat_id')
            .whereRef('later.for_person_id', '=', 'answer.for_person_id')
            .whereRef('later.version', '>', 'answer.version')
            .select('later.id'),
        ),
      ),
    )
    .select('answer.id')
    .executeTakeFirst()
  return row !== undefined
}
