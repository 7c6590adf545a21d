import { Temporal } from 'temporal-polyfill'
import { personKey } from '../boards/roster/people.js'
import type { Roster } from '../boards/roster/rules.js'
import { rosterOf } from '../boards/roster/store.js'
import type { Db } from '../db/schema.js'
import { atHour, dayOf } from '../kernel/time.js'
import { isWorkingDay } from '../kernel/working-days.js'
import { Declined } from '../platforms/web/guard.js'
import type { Stage } from '../platforms/web/listen.js'
import { PLATFORM, WORKSPACE } from '../platforms/web/places.js'
import type { ClockMove, Person } from '../platforms/web/protocol.js'
import { boardTime, DEMONSTRATION_ZONE, type DemonstrationClock } from './clock.js'
import { FIRST } from './people.js'

/** What the page is given of the demonstration. */
export const stageFor = (db: Db, clock: DemonstrationClock, ticked: () => Promise<void>): Stage => ({
  zone: DEMONSTRATION_ZONE,
  people: () => demonstrationPeople(db, dayOf(clock.now(), DEMONSTRATION_ZONE).toString()),
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

/** The people whom the page can be, by board: a member first, then the clerk, the chair and the others. */
async function demonstrationPeople(db: Db, today: string): Promise<readonly Person[]> {
  const people = await db
    .selectFrom('identity')
    .innerJoin('person', 'person.id', 'identity.person_id')
    .where('identity.platform', '=', PLATFORM)
    .where('identity.workspace', '=', WORKSPACE)
    .select(['person.name', 'identity.user_id'])
    .orderBy('person.name')
    .execute()
  const boards = await db.selectFrom('board').select(['id', 'short_name', 'tenant_id']).execute()
  const rosters = await Promise.all(boards.map(({ id, tenant_id }) => rosterOf(db, tenant_id, id, today)))
  const shown = people.map(({ name, user_id: email }) => {
    const parts = boards.flatMap(({ short_name }, at) => {
      const roster = rosters[at]
      const role = roster && roleIn(roster, personKey(name, email))
      return role ? [{ board: short_name, ...role }] : []
    })
    const role = parts.map((part) => (boards.length > 1 ? `${part.role} (${part.board})` : part.role)).join('; ')
    const rank = name === FIRST ? 0 : Math.min(5, ...parts.map((part) => part.rank))
    return { email, name, role: role || 'by invitation', board: parts[0]?.board ?? 'Others', rank }
  })
  return shown
    .sort((a, b) => a.rank - b.rank)
    .map(({ email, name, role, board }) => ({ email, name, role, ...(boards.length > 1 ? { board } : {}) }))
}

/** What somebody is to one board, in a few words; null: nothing. */
function roleIn(roster: Roster, key: string): { readonly role: string; readonly rank: number } | null {
  const short = (name: string): string => roster.organisations.find((one) => one.name === name)?.shortName ?? name
  const office = roster.offices.find(({ person }) => person === key)
  const holding = roster.holdings.find(({ person }) => person === key)
  const post = roster.posts.find(({ person }) => person === key)
  const assists = roster.assistants.some(({ assistant }) => assistant === key)
  const attends = roster.attending.find(({ person }) => person === key)
  const body = holding ? short(holding.organisation) : post ? short(post.organisation) : 'in attendance'
  if (office) {
    const name = `${office.office.charAt(0).toUpperCase()}${office.office.slice(1)}`
    return { role: `${name}, ${body}`, rank: office.office === 'clerk' ? 1 : 2 }
  }
  if (holding) return { role: holding.capacity === 'deputy' ? `Deputy, ${body}` : body, rank: 3 }
  if (assists) return { role: `Assistant, ${body}`, rank: 4 }
  if (post) return { role: [post.title, body].filter(Boolean).join(', '), rank: 4 }
  return attends ? { role: attends.title || 'in attendance', rank: 4 } : null
}

/** The next working morning at nine after an instant. */
function nextMorning(now: Temporal.Instant): Temporal.Instant {
  let day = dayOf(now, DEMONSTRATION_ZONE)
  if (Temporal.Instant.compare(atHour(day, 9, DEMONSTRATION_ZONE), now) <= 0) day = day.add({ days: 1 })
  while (!isWorkingDay(day, 'england-and-wales')) day = day.add({ days: 1 })
  return atHour(day, 9, DEMONSTRATION_ZONE)
}
