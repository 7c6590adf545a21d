import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { heldOn, stillHeld } from '../../db/held.js'
import type { Db, Tx } from '../../db/schema.js'
import { newId } from '../../kernel/ids.js'
import { dayOf, fromText, toText } from '../../kernel/time.js'
import { namesFrom } from '../store.js'
import type { Change, SpannedChange, Who } from './changes.js'
import { dayBefore } from './days.js'
import { personKey } from './people.js'
import type { Roster } from './rules.js'

/** The day after a last day, as a column has it; null stays null. */
const untilOf = (lastDay: string | null): string | null =>
  lastDay === null ? null : Temporal.PlainDate.from(lastDay).add({ days: 1 }).toString()

const spanOf = ({ from_day, until_day }: { from_day: string; until_day: string | null }) => ({
  from: from_day,
  lastDay: until_day === null ? null : dayBefore(until_day),
})

/** Whether a row of days holds on a day or will: not what is over, nor what was taken back before it began. */
const lasts = (table: SpanTable, day: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${stillHeld(table, day)} and (${sql.ref(`${table}.until_day`)} is null or ${sql.ref(`${table}.until_day`)} > ${sql.ref(`${table}.from_day`)}))`

/** The roster of a board on a day, with what is to begin later; bodies are those of the whole tenant. */
export async function rosterOf(db: Db, tenant: string, board: string, day: string): Promise<Roster> {
  const holdings = await db
    .selectFrom('holding')
    .innerJoin('seat', 'seat.id', 'holding.seat_id')
    .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
    .innerJoin('person', 'person.id', 'holding.person_id')
    .where('seat.board_id', '=', board)
    .where(stillHeld('seat', day))
    .where(lasts('holding', day))
    .select(['organisation.name as organisation', 'seat.title', 'holding.person_id', 'holding.capacity'])
    .select(['holding.from_day', 'holding.until_day'])
    .orderBy('organisation.name')
    .orderBy('seat.title')
    .orderBy('holding.from_day')
    .orderBy('person.name')
    .execute()
  const assistants = await db
    .selectFrom('assistant')
    .selectAll()
    .where('board_id', '=', board)
    .where(lasts('assistant', day))
    .execute()
  const attending = await db
    .selectFrom('in_attendance')
    .selectAll()
    .where('board_id', '=', board)
    .where(lasts('in_attendance', day))
    .execute()
  const offices = await db
    .selectFrom('office')
    .selectAll()
    .where('board_id', '=', board)
    .where(lasts('office', day))
    .orderBy('from_day')
    .execute()
  const groups = await db
    .selectFrom('group_member')
    .selectAll()
    .where('board_id', '=', board)
    .where(lasts('group_member', day))
    .execute()
  const posts = await db
    .selectFrom('post')
    .innerJoin('organisation', 'organisation.id', 'post.organisation_id')
    .where('post.board_id', '=', board)
    .where(stillHeld('post', day))
    .select(['post.person_id', 'post.title', 'organisation.name as organisation'])
    .execute()
  const ids = [
    ...holdings.map(({ person_id }) => person_id),
    ...assistants.flatMap(({ assistant_id, principal_id }) => [assistant_id, principal_id]),
    ...[...attending, ...offices, ...groups, ...posts].map(({ person_id }) => person_id),
  ]
  const people = await peopleWith(db, ids)
  const keyOf = (id: string): string => people.get(id)?.key ?? id
  return {
    organisations: await organisationsOf(db, tenant, board, day),
    seats: await seatsOf(db, board, day),
    people: [...people.values()],
    posts: posts.map(({ person_id, organisation, title }) => ({ person: keyOf(person_id), organisation, title })),
    holdings: holdings.map(({ organisation, title, person_id, capacity, ...span }) => ({
      organisation,
      seat: title,
      person: keyOf(person_id),
      capacity,
      ...spanOf(span),
    })),
    assistants: assistants.map((row) => ({
      assistant: keyOf(row.assistant_id),
      principal: keyOf(row.principal_id),
      ...spanOf(row),
    })),
    attending: attending.map((row) => ({ person: keyOf(row.person_id), title: row.title, ...spanOf(row) })),
    offices: offices.map((row) => ({
      office: row.office,
      acting: row.acting === 1,
      person: keyOf(row.person_id),
      ...spanOf(row),
    })),
    groups: groups.map((row) => ({ group: row.name, person: keyOf(row.person_id), ...spanOf(row) })),
  }
}

/** The bodies of the tenant; with their earlier names as this board's seats have them. */
async function organisationsOf(db: Db, tenant: string, board: string, day: string): Promise<Roster['organisations']> {
  const rows = await db
    .selectFrom('organisation')
    .where('tenant_id', '=', tenant)
    .select(['id', 'name', 'short_name'])
    .orderBy('name')
    .execute()
  const formerly = await formerNames(db, board, day)
  return rows.map(({ id, name, short_name }) => ({ name, shortName: short_name, formerly: formerly.get(id) ?? [] }))
}

/** Earlier names of bodies, by the body's id, as a board's seats have them. */
async function formerNames(db: Db, board: string, day: string): Promise<Map<string, readonly string[]>> {
  const rows = await db
    .selectFrom('seat')
    .where('board_id', '=', board)
    .where(stillHeld('seat', day))
    .select(['organisation_id', 'formerly'])
    .execute()
  const names = new Map<string, readonly string[]>()
  for (const { organisation_id: id, formerly } of rows) {
    names.set(id, [...new Set([...(names.get(id) ?? []), ...namesFrom(formerly)])])
  }
  return names
}

async function seatsOf(db: Db, board: string, day: string): Promise<Roster['seats']> {
  const rows = await db
    .selectFrom('seat')
    .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
    .where('seat.board_id', '=', board)
    .where(stillHeld('seat', day))
    .select(['organisation.name', 'seat.title', 'seat.standing', 'seat.joint', 'seat.stands_for'])
    .orderBy('organisation.name')
    .orderBy('seat.title')
    .execute()
  return rows.map(({ name, title, standing, joint, stands_for }) => ({
    organisation: name,
    title,
    standing,
    joint: joint === 1,
    standsFor: namesFrom(stands_for),
  }))
}

async function peopleWith(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Roster['people'][number]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('person')
    .where('id', 'in', [...new Set(ids)])
    .select(['id', 'name', 'email', 'telephone'])
    .orderBy('name')
    .execute()
  return new Map(rows.map(({ id, name, email, telephone }) => [id, { key: personKey(name, email), name, email, telephone }]))
}

/** Everybody whom the house knows, for who is named without an address. */
export async function knownPeople(
  db: Db,
  tenant: string,
): Promise<readonly { readonly name: string; readonly email: string | null }[]> {
  return db.selectFrom('person').where('tenant_id', '=', tenant).select(['name', 'email']).execute()
}

/** Carries out what makes of a board's roster the one that is wanted. */
export async function applyChanges(
  tx: Tx,
  { tenant, board, day }: { readonly tenant: string; readonly board: string; readonly day: string },
  changes: readonly Change[],
): Promise<void> {
  const ids = await idsOf(tx, tenant, board, day)
  const former = await formerNames(tx, board, day)
  for (const change of changes) {
    switch (change.change) {
      case 'organisation added': {
        const id = newId()
        ids.organisations.set(change.name, id)
        const { name, shortName: short_name, formerly } = change
        former.set(id, formerly)
        await tx.insertInto('organisation').values({ id, tenant_id: tenant, name, short_name }).execute()
        break
      }
      case 'short name changed':
        await tx
          .updateTable('organisation')
          .set({ short_name: change.shortName })
          .where('id', '=', ids.organisation(change.organisation))
          .execute()
        break
      case 'former name added':
        await addFormerName(tx, board, ids.organisation(change.organisation), change.formerly, former)
        break
      case 'seat added': {
        const id = newId()
        const { organisation, title, standing, joint, standsFor } = change.seat
        ids.seats.set(seatKey(organisation, title), id)
        await tx
          .insertInto('seat')
          .values({
            id,
            board_id: board,
            organisation_id: ids.organisation(organisation),
            title,
            standing,
            joint: joint ? 1 : 0,
            stands_for: JSON.stringify(standsFor),
            formerly: JSON.stringify(former.get(ids.organisation(organisation)) ?? []),
            from_day: day,
            until_day: null,
          })
          .execute()
        break
      }
      case 'seat changed': {
        const { organisation, title, standing, joint, standsFor } = change.seat
        await tx
          .updateTable('seat')
          .set({ standing, joint: joint ? 1 : 0, stands_for: JSON.stringify(standsFor) })
          .where('id', '=', ids.seat(organisation, title))
          .execute()
        break
      }
      case 'seat ended':
        await tx
          .updateTable('seat')
          .set({ until_day: change.day })
          .where('id', '=', ids.seat(change.seat.organisation, change.seat.title))
          .execute()
        break
      case 'person added':
        ids.people.set(change.person.key, await personNewHere(tx, tenant, change.person, ids.own))
        break
      case 'person changed':
        await tx
          .updateTable('person')
          .set({ name: change.person.name, telephone: change.person.telephone })
          .where('id', '=', ids.person(change.person))
          .execute()
        break
      case 'post set':
        await setPost(tx, board, ids.person(change.person), ids.organisation(change.organisation), change.title)
        break
      case 'post ended':
        await tx
          .updateTable('post')
          .set({ until_day: change.day })
          .where('board_id', '=', board)
          .where('person_id', '=', ids.person(change.person))
          .where('organisation_id', '=', ids.organisation(change.organisation))
          .execute()
        break
      default:
        await applySpan(tx, board, ids, change)
    }
  }
}

const seatKey = (organisation: string, title: string): string => JSON.stringify([organisation, title])

/** Where the people, bodies and seats of a roster are found. */
interface Ids {
  readonly organisations: Map<string, string>
  readonly seats: Map<string, string>
  readonly people: Map<string, string>
  /** who is or was of this board */
  readonly own: ReadonlySet<string>
  organisation(name: string): string
  seat(organisation: string, title: string): string
  person(who: Who): string
}

async function idsOf(tx: Tx, tenant: string, board: string, day: string): Promise<Ids> {
  const bodies = await tx.selectFrom('organisation').where('tenant_id', '=', tenant).select(['id', 'name']).execute()
  const seated = await tx
    .selectFrom('seat')
    .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
    .where('seat.board_id', '=', board)
    .where(stillHeld('seat', day))
    .select(['seat.id', 'seat.title', 'organisation.name'])
    .execute()
  const persons = await tx.selectFrom('person').where('tenant_id', '=', tenant).select(['id', 'name', 'email']).execute()
  const organisations = new Map(bodies.map(({ id, name }) => [name, id]))
  const seats = new Map(seated.map(({ id, title, name }) => [seatKey(name, title), id]))
  // Several may have one name and no address: then whoever is of this board is meant, and comes last.
  const own = await peopleOfBoard(tx, board)
  const inOrder = [...persons.filter(({ id }) => !own.has(id)), ...persons.filter(({ id }) => own.has(id))]
  const people = new Map(inOrder.map(({ id, name, email }) => [personKey(name, email), id]))
  const found = (map: Map<string, string>, key: string): string => {
    const id = map.get(key)
    if (id === undefined) throw new Error('a roster names what it has not said')
    return id
  }
  return {
    organisations,
    seats,
    people,
    own,
    organisation: (name) => found(organisations, name),
    seat: (organisation, title) => found(seats, seatKey(organisation, title)),
    person: ({ key }) => found(people, key),
  }
}

async function peopleOfBoard(tx: Tx, board: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select person_id as id from holding join seat on seat.id = holding.seat_id where seat.board_id = ${board}
    union select person_id from post where board_id = ${board}
    union select person_id from office where board_id = ${board}
    union select person_id from in_attendance where board_id = ${board}
    union select person_id from group_member where board_id = ${board}
    union select assistant_id from assistant where board_id = ${board}
    union select principal_id from assistant where board_id = ${board}`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** Adds an earlier name to a body's seats of one board; a seat that is added later has it too. */
async function addFormerName(
  tx: Tx,
  board: string,
  organisation: string,
  name: string,
  former: Map<string, readonly string[]>,
): Promise<void> {
  const names = [...new Set([...(former.get(organisation) ?? []), name])]
  former.set(organisation, names)
  await tx
    .updateTable('seat')
    .set({ formerly: JSON.stringify(names) })
    .where('board_id', '=', board)
    .where('organisation_id', '=', organisation)
    .execute()
}

/** Who has an address, in whichever case it is written; or null. */
export async function personWith(db: Db, tenant: string, email: string): Promise<string | null> {
  const row = await db
    .selectFrom('person')
    .select('id')
    .where('tenant_id', '=', tenant)
    .where((one) => one(one.fn<string>('lower', ['email']), '=', email.toLowerCase()))
    .executeTakeFirst()
  return row?.id ?? null
}

/** Adds a person; in the house's own workspaces they are known by their address. @returns their id */
export async function addPerson(tx: Tx, tenant: string, { name, email, telephone }: Roster['people'][number]): Promise<string> {
  const id = newId()
  await tx.insertInto('person').values({ id, tenant_id: tenant, name, email, telephone }).execute()
  if (email === null) return id
  const workspaces = await tx
    .selectFrom('workspace')
    .select(['platform', 'id'])
    .where('tenant_id', '=', tenant)
    .where('ours', '=', 1)
    .execute()
  for (const { platform, id: workspace } of workspaces) {
    await tx.insertInto('identity').values({ platform, workspace, user_id: email, person_id: id, preferred: 1 }).execute()
  }
  return id
}

/**
 * A person who is new to this board: whoever has the address on another one, called as this roster calls them; without an
 * address whoever of that name was of this board before; or a new one.
 */
async function personNewHere(
  tx: Tx,
  tenant: string,
  person: Roster['people'][number],
  own: ReadonlySet<string>,
): Promise<string> {
  const known = person.email === null ? await namesakeAmong(tx, own, person.key) : await personWith(tx, tenant, person.email)
  if (known === null) return addPerson(tx, tenant, person)
  const { name, telephone } = person
  await tx
    .updateTable('person')
    .set(telephone === null ? { name } : { name, telephone })
    .where('id', '=', known)
    .execute()
  return known
}

/** Who is known by a name alone among some, or null. */
async function namesakeAmong(db: Db, some: ReadonlySet<string>, key: string): Promise<string | null> {
  if (some.size === 0) return null
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...some])
    .where('email', 'is', null)
    .execute()
  return rows.find(({ name }) => personKey(name, null) === key)?.id ?? null
}

async function setPost(tx: Tx, board: string, person: string, organisation: string, title: string): Promise<void> {
  await tx
    .insertInto('post')
    .values({ board_id: board, person_id: person, organisation_id: organisation, title, until_day: null })
    .onConflict((known) => known.columns(['board_id', 'person_id', 'organisation_id']).doUpdateSet({ title, until_day: null }))
    .execute()
}

/** Begins, ends or redates what holds for a span of days. */
async function applySpan(tx: Tx, board: string, ids: Ids, change: SpannedChange): Promise<void> {
  const row = rowOf(board, ids, change)
  if (change.change === 'holding begins' || change.change === 'holding changes')
    await seatSince(tx, ids.seat(change.organisation, change.seat), change.from)
  const [, act] = change.change.split(' ')
  const wasFrom = 'was' in change ? change.was.from : null
  if (act === 'ends' && 'day' in change) {
    await setSpan(tx, row, wasFrom, { until_day: change.day })
  } else if (act === 'changes' && 'from' in change) {
    await setSpan(tx, row, wasFrom, { from_day: change.from, until_day: untilOf(change.lastDay) })
  } else if ('from' in change) {
    const span = { from_day: change.from, until_day: untilOf(change.lastDay) }
    await tx
      .insertInto(row.table)
      .values({ ...row.key, ...row.more, ...span })
      .onConflict((known) =>
        known.columns([...(Object.keys(row.key) as never[]), 'from_day' as never]).doUpdateSet({ ...row.more, ...span }),
      )
      .execute()
  }
}

/** A seat is there from the first day on which anybody holds it. */
async function seatSince(tx: Tx, seat: string, day: string): Promise<void> {
  await tx.updateTable('seat').set({ from_day: day }).where('id', '=', seat).where('from_day', '>', day).execute()
}

type SpanTable = 'holding' | 'assistant' | 'in_attendance' | 'office' | 'group_member'

interface SpanRow {
  readonly table: SpanTable
  readonly key: Readonly<Record<string, string>>
  readonly more: Readonly<Record<string, string | number>>
}

function rowOf(board: string, ids: Ids, change: SpannedChange): SpanRow {
  switch (change.change) {
    case 'holding begins':
    case 'holding ends':
    case 'holding changes': {
      const { organisation, seat, person, capacity } = change
      return {
        table: 'holding',
        key: { seat_id: ids.seat(organisation, seat), capacity, person_id: ids.person(person) },
        more: {},
      }
    }
    case 'assistant begins':
    case 'assistant ends':
    case 'assistant changes': {
      const people = { assistant_id: ids.person(change.assistant), principal_id: ids.person(change.principal) }
      return { table: 'assistant', key: { board_id: board, ...people }, more: {} }
    }
    case 'attending begins':
    case 'attending ends':
    case 'attending changes':
      return {
        table: 'in_attendance',
        key: { board_id: board, person_id: ids.person(change.person) },
        more: { title: change.title },
      }
    case 'office begins':
    case 'office ends':
    case 'office changes': {
      const key = { board_id: board, office: change.office, person_id: ids.person(change.person) }
      return { table: 'office', key, more: { acting: change.acting ? 1 : 0 } }
    }
    case 'group begins':
    case 'group ends':
    case 'group changes':
      return {
        table: 'group_member',
        key: { board_id: board, name: change.group, person_id: ids.person(change.person) },
        more: {},
      }
    default:
      return change satisfies never
  }
}

/** Gives one row other days. One that is over and began on the new first day is part of it, and makes way. */
async function setSpan(
  tx: Tx,
  { table, key }: SpanRow,
  from: string | null,
  span: Partial<{ from_day: string; until_day: string | null }>,
): Promise<void> {
  const rows = Object.entries(key)
  if (span.from_day !== undefined && span.from_day !== from) {
    let past = tx.deleteFrom(table).where('from_day' as never, '=', span.from_day as never)
    for (const [column, value] of rows) past = past.where(column as never, '=', value as never)
    await past.execute()
  }
  let update = tx.updateTable(table).set(span)
  for (const [column, value] of rows) update = update.where(column as never, '=', value as never)
  if (from !== null) update = update.where('from_day' as never, '=', from as never)
  const { numUpdatedRows } = await update.executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Error(`${numUpdatedRows} rows of ${table} where one was to change`)
}

/** Keeps a file that a clerk sent, in place of one that was read and not imported. @returns its id */
export async function keepFile(
  tx: Tx,
  { board, name, content, at, by }: { board: string; name: string; content: string; at: Temporal.Instant; by: string | null },
): Promise<string> {
  const id = newId()
  await tx
    .updateTable('roster_file')
    .set({ state: 'replaced', content: '' })
    .where('board_id', '=', board)
    .where('state', '=', 'read')
    .execute()
  await tx
    .insertInto('roster_file')
    .values({ id, board_id: board, name, content, state: 'read', at: toText(at), by_person_id: by })
    .execute()
  return id
}

export async function findFile(db: Db, id: string) {
  return db.selectFrom('roster_file').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The file of a board that was read and not imported yet, or null. */
export async function waitingFile(db: Db, board: string): Promise<string | null> {
  const row = await db
    .selectFrom('roster_file')
    .select('id')
    .where('board_id', '=', board)
    .where('state', '=', 'read')
    .executeTakeFirst()
  return row?.id ?? null
}

export async function markImported(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('roster_file').set({ state: 'imported', content: '' }).where('id', '=', id).execute()
}

/**
 * A roster that leaves alone what is another board's to say: names and telephones of people, and short names of bodies,
 * who are on a board of which whoever sends it is not clerk.
 * @returns with a warning for each that the file would have changed
 */
export async function deferring(
  db: Db,
  roster: Roster,
  {
    tenant,
    board,
    clerk,
    day,
  }: { readonly tenant: string; readonly board: string; readonly clerk: string; readonly day: string },
): Promise<{ readonly roster: Roster; readonly warnings: readonly string[] }> {
  const people = await sql<{ name: string; email: string; telephone: string | null }>`
    select distinct person.name, person.email, person.telephone from person
    join (select person_id, board_id from office
          union select holding.person_id, seat.board_id from holding join seat on seat.id = holding.seat_id
          union select person_id, board_id from in_attendance union select person_id, board_id from group_member
          union select assistant_id, board_id from assistant
          union select person_id, board_id from post) part on part.person_id = person.id
    where person.tenant_id = ${tenant} and person.email is not null and part.board_id != ${board}
      and not exists (select 1 from office where office.board_id = part.board_id and office.office = 'clerk'
        and office.person_id = ${clerk} and ${heldOn('office', day)})`.execute(db)
  const bodies = await sql<{ name: string; short_name: string }>`
    select distinct organisation.name, organisation.short_name from organisation
    join seat on seat.organisation_id = organisation.id
    where organisation.tenant_id = ${tenant} and seat.board_id != ${board}
      and not exists (select 1 from office where office.board_id = seat.board_id and office.office = 'clerk'
        and office.person_id = ${clerk} and ${heldOn('office', day)})`.execute(db)
  const known = new Map(people.rows.map((person) => [personKey(person.name, person.email), person]))
  const short = new Map(bodies.rows.map(({ name, short_name }) => [name, short_name]))
  const renamed = roster.people.filter(({ key, name }) => known.has(key) && known.get(key)?.name !== name)
  return {
    roster: {
      ...roster,
      people: roster.people.map((person) => {
        const theirs = known.get(person.key)
        return theirs ? { ...person, name: theirs.name, telephone: theirs.telephone } : person
      }),
      organisations: roster.organisations.map((body) => ({ ...body, shortName: short.get(body.name) ?? body.shortName })),
    },
    warnings: renamed.map(
      ({ key, name }) => `${name} is ${known.get(key)?.name ?? ''} on another board, whose clerk you are not: that name stays.`,
    ),
  }
}

/** The day, where the board is, on which its last meeting began; null before any. */
export async function lastMeetingDay(db: Db, board: string, zone: string, now: Temporal.Instant): Promise<string | null> {
  const row = await db
    .selectFrom('meeting')
    .where('board_id', '=', board)
    .where('state', '=', 'called')
    .where('starts_at', '<=', toText(now))
    .select((max) => max.fn.max('starts_at').as('at'))
    .executeTakeFirst()
  return row?.at ? dayOf(fromText(row.at), zone).toString() : null
}
