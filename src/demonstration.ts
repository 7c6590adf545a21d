import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { parse } from 'yaml'
import { invite } from './apologies/notices.js'
import { saveAnswer } from './apologies/store.js'
import { Terms } from './boards/terms.js'
import { append } from './db/journal.js'
import type { Db, Tx } from './db/schema.js'
import { newId } from './kernel/ids.js'
import { atHour, type Clock, dayOf, toText } from './kernel/time.js'
import { isWorkingDay } from './kernel/working-days.js'
import { findMeeting } from './meetings/store.js'
import { Declined } from './platforms/web/guard.js'
import type { Stage } from './platforms/web/listen.js'
import type { ClockMove } from './platforms/web/protocol.js'
import { PLATFORM, WORKSPACE } from './platforms/web/send.js'

const STAMP = 'quorate demonstration'
export const DEMONSTRATION_ZONE = 'Europe/London'

/** The board's channel on the page. */
export const CHANNEL = 'kcsp'

interface DemoSeat {
  readonly organisation: string
  readonly short: string
  readonly title: string
  readonly representative: string
  readonly colleagues: readonly (readonly [name: string, post: string])[]
  readonly invited?: true
}

/** Invented people in the seats that the terms of 2025 name. */
const SEATS: readonly DemoSeat[] = [
  {
    organisation: 'Kent County Council',
    short: 'KCC',
    title: 'Cabinet Member for Community Safety',
    representative: 'Cllr Margaret Ashdown',
    colleagues: [['Cllr Peter Lyle', 'Deputy Cabinet Member']],
  },
  {
    organisation: 'Kent Police',
    short: 'Kent Police',
    title: 'Assistant Chief Constable',
    representative: 'Daniel Okafor',
    colleagues: [
      ['Ruth Hale', 'Chief Superintendent'],
      ['Tariq Aziz', 'Superintendent, Partnerships'],
    ],
  },
  {
    organisation: 'Office of the Police and Crime Commissioner',
    short: 'OPCC',
    title: 'Chief Executive',
    representative: 'Helen Marsh',
    colleagues: [['Joseph Brand', 'Head of Policy']],
  },
  {
    organisation: 'Local Authorities (District / Borough Councils)',
    short: 'Districts',
    title: 'Chief Executive, nominated by the districts and boroughs',
    representative: 'Tom Beresford',
    colleagues: [['Ann Castle', 'Director of Communities']],
  },
  {
    organisation: 'Kent Fire and Rescue Service',
    short: 'KFRS',
    title: 'Assistant Director',
    representative: 'Aisha Rahman',
    colleagues: [['Mark Dunn', 'Group Manager']],
  },
  {
    organisation: 'NHS Kent and Medway Integrated Care Board',
    short: 'NHS',
    title: 'Director of Health Improvement',
    representative: 'Dr Simon Kerr',
    colleagues: [['April Stone', 'Head of Safeguarding']],
  },
  {
    organisation: 'The Probation Service',
    short: 'Probation',
    title: 'Head of Probation Delivery Unit',
    representative: 'June Whitfield',
    colleagues: [['Leon Carter', 'Deputy Head']],
  },
  {
    organisation: 'Chairs of Local Community Safety Partnerships',
    short: 'CSP Chairs',
    title: 'Chair of a local partnership',
    representative: 'Cllr Owen Pryce',
    colleagues: [['Cllr Sian Moor', 'Vice-Chair of a local partnership']],
  },
  {
    organisation: 'Kent Housing Group',
    short: 'KHG',
    title: 'Chair',
    representative: 'Nadia Flynn',
    colleagues: [['Rob Tilley', 'Vice-Chair']],
    invited: true,
  },
]

const CLERK = 'Grace Holloway'
const CHAIR = 'Cllr Margaret Ashdown'

/** What some have answered already when the demonstration opens: three of the four needed. */
const ANSWERED: Readonly<Record<string, { readonly attending: boolean; readonly substitute?: string }>> = {
  'Cllr Margaret Ashdown': { attending: true },
  'Aisha Rahman': { attending: true },
  'June Whitfield': { attending: false, substitute: 'Leon Carter' },
}

/** "Cllr Margaret Ashdown" is reached at margaret.ashdown@example.org. */
export const emailOf = (name: string): string =>
  `${name
    .replace(/^(?:Cllr|Dr) /, '')
    .toLowerCase()
    .replace(/\s+/g, '.')}@example.org`

const TERMS_FILE = new URL('./boards/terms/kcsp-2025.yaml', import.meta.url)

/** Whether this database may be shown and its clock moved: it was stamped when it was made. */
export async function isDemonstration(db: Db): Promise<boolean> {
  const row = await db.selectFrom('demonstration').select('stamp').where('stamp', '=', STAMP).executeTakeFirst()
  return row !== undefined
}

/** Whether nothing has been put into this database yet. */
export async function isEmpty(db: Db): Promise<boolean> {
  return (await db.selectFrom('tenant').select('id').limit(1).executeTakeFirst()) === undefined
}

/** A Wednesday at ten, three to four weeks on, that is no bank holiday. */
function firstMeeting(now: Temporal.Instant): Temporal.Instant {
  let day = dayOf(now, DEMONSTRATION_ZONE).add({ days: 21 })
  while (day.dayOfWeek !== 3 || !isWorkingDay(day, 'england-and-wales')) day = day.add({ days: 1 })
  return atHour(day, 10, DEMONSTRATION_ZONE)
}

/** Fills an empty database with a board under the terms of 2025, its people and its next meeting; stamped as what it is. */
export async function fillDemonstration(tx: Tx, now: Temporal.Instant): Promise<void> {
  const terms = Terms.parse(parse(readFileSync(TERMS_FILE, 'utf8')))
  const today = dayOf(now, DEMONSTRATION_ZONE).toString()
  const [tenant, board, meeting] = [newId(), newId(), newId()]
  await tx.insertInto('demonstration').values({ stamp: STAMP, clock_ahead_ms: 0 }).execute()
  await tx.insertInto('tenant').values({ id: tenant, name: 'Demonstration' }).execute()
  await tx.insertInto('workspace').values({ platform: PLATFORM, id: WORKSPACE, tenant_id: tenant }).execute()
  const { board: name, shortName, zone, division } = terms
  await tx.insertInto('board').values({ id: board, tenant_id: tenant, name, short_name: shortName, zone, division }).execute()
  await tx
    .insertInto('place')
    .values({ platform: PLATFORM, workspace: WORKSPACE, id: CHANNEL, board_id: board, kind: 'private' })
    .execute()
  await tx
    .insertInto('terms')
    .values({ id: newId(), board_id: board, state: 'approved', in_force_from: toText(now), document: JSON.stringify(terms) })
    .execute()

  const people = new Map<string, string>()
  const seats = new Map<string, string>()
  for (const seat of SEATS) {
    const organisation = newId()
    await tx
      .insertInto('organisation')
      .values({ id: organisation, tenant_id: tenant, name: seat.organisation, short_name: seat.short })
      .execute()
    for (const [person, post] of [[seat.representative, seat.title] as const, ...seat.colleagues]) {
      people.set(person, await addPerson(tx, tenant, person))
      await tx
        .insertInto('post')
        .values({ person_id: idOf(people, person), organisation_id: organisation, title: post })
        .execute()
    }
    const id = newId()
    seats.set(seat.representative, id)
    const invited = seat.invited ? 1 : 0
    await tx
      .insertInto('seat')
      .values({ id, board_id: board, organisation_id: organisation, title: seat.title, invited })
      .execute()
    await tx
      .insertInto('holding')
      .values({
        seat_id: id,
        person_id: idOf(people, seat.representative),
        capacity: 'representative',
        from_day: today,
        until_day: null,
      })
      .execute()
  }
  people.set(CLERK, await addPerson(tx, tenant, CLERK))
  const office = (held: 'chair' | 'clerk', person: string) =>
    ({ board_id: board, office: held, person_id: idOf(people, person), from_day: today, until_day: null }) as const
  await tx
    .insertInto('office')
    .values([office('chair', CHAIR), office('clerk', CLERK)])
    .execute()

  const startsAt = firstMeeting(now)
  await tx
    .insertInto('meeting')
    .values({ id: meeting, board_id: board, starts_at: toText(startsAt), venue: 'Online', state: 'called' })
    .execute()
  for (const [who, { attending, substitute }] of Object.entries(ANSWERED)) {
    const named = substitute ? { id: idOf(people, substitute), name: substitute } : null
    await saveAnswer(tx, {
      id: newId(),
      meeting,
      seat: idOf(seats, who),
      version: 1,
      attending,
      substitute: named,
      for: idOf(people, who),
      by: idOf(people, who),
      at: now,
    })
  }
  const called = await findMeeting(tx, meeting, now)
  if (called) await invite(tx, called, now)
  await append(tx, {
    board,
    at: toText(now),
    actor: 'operator',
    command: 'demonstration.fill',
    subject: meeting,
    payload: { terms: terms.title },
  })
}

function idOf(known: ReadonlyMap<string, string>, name: string): string {
  const id = known.get(name)
  if (id === undefined) throw new Error(`${name} is not in the demonstration`)
  return id
}

async function addPerson(tx: Tx, tenant: string, name: string): Promise<string> {
  const id = newId()
  const email = emailOf(name)
  await tx.insertInto('person').values({ id, tenant_id: tenant, name, email }).execute()
  await tx
    .insertInto('identity')
    .values({ platform: PLATFORM, workspace: WORKSPACE, user_id: email, person_id: id, preferred: 1 })
    .execute()
  return id
}

/** The people whom the page can be, with what they are to the board: a member first, then the clerk, the chair and the others. */
export async function demonstrationPeople(db: Db) {
  const rows = await db
    .selectFrom('identity')
    .innerJoin('person', 'person.id', 'identity.person_id')
    .leftJoin('holding', 'holding.person_id', 'person.id')
    .leftJoin('post', 'post.person_id', 'person.id')
    .leftJoin('organisation', 'organisation.id', 'post.organisation_id')
    .leftJoin('office', 'office.person_id', 'person.id')
    .where('identity.platform', '=', PLATFORM)
    .where('identity.workspace', '=', WORKSPACE)
    .select(['person.name', 'person.email', 'organisation.short_name', 'post.title', 'office.office', 'holding.capacity'])
    .orderBy('person.name')
    .execute()
  const people = rows.map(({ name, email, short_name, title, office, capacity }) => {
    const body = short_name ?? 'in attendance'
    const role = office ? `${office === 'clerk' ? 'Clerk' : 'Chair'}, ${body}` : capacity ? body : `${title}, ${body}`
    return { email, name, role, rank: name === FIRST ? 0 : office === 'clerk' ? 1 : office ? 2 : capacity ? 3 : 4 }
  })
  return people.sort((a, b) => a.rank - b.rank).map(({ email, name, role }) => ({ email, name, role }))
}

/** Whom the page shows first: a member who has not answered. */
const FIRST = 'Daniel Okafor'

export interface DemonstrationClock extends Clock {
  /** Moves to an instant, and stays as far ahead over restarts. */
  moveTo(instant: Temporal.Instant): Promise<void>
}

/** The board's clock of the demonstration: the system's, and as far ahead as it was moved. */
export async function demonstrationClock(
  db: Db,
  save: (aheadMs: number) => Promise<void>,
  systemClock: Clock,
): Promise<DemonstrationClock> {
  const row = await db.selectFrom('demonstration').select('clock_ahead_ms').where('stamp', '=', STAMP).executeTakeFirst()
  let ahead = Number(row?.clock_ahead_ms ?? 0)
  const now = () => systemClock.now().add({ milliseconds: ahead })
  return {
    now,
    async moveTo(instant) {
      const moved = instant.epochMilliseconds - systemClock.now().epochMilliseconds
      await save(moved)
      ahead = moved
    },
  }
}

export const saveClock = async (tx: Tx, aheadMs: number): Promise<void> => {
  await tx.updateTable('demonstration').set({ clock_ahead_ms: aheadMs }).where('stamp', '=', STAMP).execute()
}

/** The next working morning at nine after an instant. */
export function nextMorning(now: Temporal.Instant): Temporal.Instant {
  let day = dayOf(now, DEMONSTRATION_ZONE)
  if (Temporal.Instant.compare(atHour(day, 9, DEMONSTRATION_ZONE), now) <= 0) day = day.add({ days: 1 })
  while (!isWorkingDay(day, 'england-and-wales')) day = day.add({ days: 1 })
  return atHour(day, 9, DEMONSTRATION_ZONE)
}

/** `2025-07-14T09:55` in the board's zone, or null when there is no such time. */
export function boardTime(text: string): Temporal.Instant | null {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(DEMONSTRATION_ZONE).toInstant()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** What the page is given of the demonstration. */
export const stageFor = (db: Db, clock: DemonstrationClock, ticked: () => Promise<void>): Stage => ({
  zone: DEMONSTRATION_ZONE,
  people: () => demonstrationPeople(db),
  async channels() {
    const rows = await db
      .selectFrom('place')
      .innerJoin('board', 'board.id', 'place.board_id')
      .where('place.platform', '=', PLATFORM)
      .where('place.workspace', '=', WORKSPACE)
      .select(['place.id', 'board.name'])
      .orderBy('place.id')
      .execute()
    return rows.map(({ id, name }) => ({ id, title: id, kind: 'channel', board: name }))
  },
  async moveClock(move) {
    const target = moved(clock.now(), move)
    if (target === null) throw new Declined(400, 'There is no such day and time. Choose another.')
    if (Temporal.Instant.compare(target, clock.now()) <= 0) {
      throw new Declined(
        400,
        'The clock only moves forward. Choose a later time, or make a new demonstration with quorate demo --at FILE.',
      )
    }
    await clock.moveTo(target)
    await ticked()
  },
})

function moved(now: Temporal.Instant, move: ClockMove): Temporal.Instant | null {
  if ('to' in move) return boardTime(move.to)
  switch (move.by) {
    case 'hour':
      return now.add({ hours: 1 })
    case 'day':
      return now.toZonedDateTimeISO(DEMONSTRATION_ZONE).add({ days: 1 }).toInstant()
    case 'morning':
      return nextMorning(now)
    default:
      return move.by satisfies never
  }
}
