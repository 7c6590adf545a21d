import { readFileSync } from 'node:fs'
import type { Temporal } from 'temporal-polyfill'
import { invite } from '../apologies/notices.js'
import { saveAnswer } from '../apologies/store.js'
import { readTerms } from '../boards/terms-text.js'
import { append } from '../db/journal.js'
import type { Db, Tx } from '../db/schema.js'
import { newId } from '../kernel/ids.js'
import { atHour, dayOf, toText } from '../kernel/time.js'
import { isWorkingDay } from '../kernel/working-days.js'
import { findMeeting } from '../meetings/store.js'
import { PLATFORM, WORKSPACE } from '../platforms/web/places.js'
import { DEMONSTRATION_ZONE, STAMP } from './clock.js'
import { ANSWERED, CHAIR, CLERK, emailOf, SEATS } from './roster.js'

/** The board's channel on the page. */
export const CHANNEL = 'kcsp'

const TERMS_FILE = new URL('../boards/terms/kcsp-2025.yaml', import.meta.url)

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
export async function fillDemonstration(tx: Tx, now: Temporal.Instant, aheadMs: number): Promise<void> {
  const read = readTerms(readFileSync(TERMS_FILE, 'utf8'))
  if (!('terms' in read)) throw new Error('the shipped terms cannot be read')
  const { terms } = read
  const today = dayOf(now, DEMONSTRATION_ZONE).toString()
  const [tenant, board, meeting] = [newId(), newId(), newId()]
  await tx.insertInto('demonstration').values({ stamp: STAMP, clock_ahead_ms: aheadMs }).execute()
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
  if (called) await invite(tx, called)
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
