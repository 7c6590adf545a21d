import { Temporal } from 'temporal-polyfill'
import type { Db } from '../db/schema.js'
import { atHour, dayOf } from '../kernel/time.js'
import { isWorkingDay } from '../kernel/working-days.js'
import { Declined } from '../platforms/web/guard.js'
import type { Stage } from '../platforms/web/listen.js'
import { PLATFORM, WORKSPACE } from '../platforms/web/places.js'
import type { ClockMove } from '../platforms/web/protocol.js'
import { boardTime, DEMONSTRATION_ZONE, type DemonstrationClock } from './clock.js'
import { FIRST } from './roster.js'

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

/** The people whom the page can be, with what they are to the board: a member first, then the clerk, the chair and the others. */
async function demonstrationPeople(db: Db) {
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

/** The next working morning at nine after an instant. */
function nextMorning(now: Temporal.Instant): Temporal.Instant {
  let day = dayOf(now, DEMONSTRATION_ZONE)
  if (Temporal.Instant.compare(atHour(day, 9, DEMONSTRATION_ZONE), now) <= 0) day = day.add({ days: 1 })
  while (!isWorkingDay(day, 'england-and-wales')) day = day.add({ days: 1 })
  return atHour(day, 9, DEMONSTRATION_ZONE)
}
