import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { Answer } from '../../src/bot.js'
import { newId } from '../../src/kernel/ids.js'
import type { TestHouse } from '../house.js'
import { CLERK, meetingsOf, openGravesham, versionsOf } from './calls.js'

/** One of few hours on one of few days, so that meetings come into each other's way. */
interface Slot {
  readonly day: number
  readonly hour: number
}

type Act =
  | { readonly act: 'call'; readonly to: Slot }
  | { readonly act: 'move'; readonly which: number; readonly to: Slot; readonly venue: string }
  | { readonly act: 'cancel'; readonly which: number }
  | { readonly act: 'wait'; readonly hours: number }

const slot: fc.Arbitrary<Slot> = fc.record({ day: fc.integer({ min: 0, max: 4 }), hour: fc.integer({ min: 9, max: 15 }) })
const which = fc.nat({ max: 5 })
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('call' as const), to: slot }) },
  {
    weight: 5,
    arbitrary: fc.record({ act: fc.constant('move' as const), which, to: slot, venue: fc.constantFrom('Online', 'Darent Room') }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('cancel' as const), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 40 }) }) },
)

/** The day before the first of the days, at noon. */
const BEGIN = '2027-01-11T12:00:00Z'
const startOf = ({ day, hour }: Slot): Temporal.ZonedDateTime =>
  Temporal.PlainDate.from('2027-01-11')
    .add({ days: day })
    .toZonedDateTime({
      timeZone: 'Europe/London',
      plainTime: Temporal.PlainTime.from({ hour }),
    })

interface Known {
  readonly id: string
  startsAt: number
  venue: string
  cancelled: boolean
  revision: number
}

const MINUTE = 60_000
const overlaps = (one: number, other: number): boolean => Math.abs(one - other) < 120 * MINUTE

/** What each act should come to, by the rules alone; and the meetings as they should then stand. */
function expected(known: readonly Known[], wish: Act, now: number): 'done' | 'conflict' | 'too_late' {
  const taken = (at: number, except?: Known) =>
    known.some((one) => one !== except && !one.cancelled && overlaps(one.startsAt, at))
  if (wish.act === 'wait') return 'done'
  if (wish.act === 'call') {
    const at = startOf(wish.to).epochMilliseconds
    return at <= now ? 'too_late' : taken(at) ? 'conflict' : 'done'
  }
  const meeting = known[wish.which]
  if (!meeting || meeting.cancelled) return 'conflict'
  if (meeting.startsAt <= now) return 'too_late'
  if (wish.act === 'cancel') return 'done'
  const at = startOf(wish.to).epochMilliseconds
  if (at === meeting.startsAt) return wish.venue === meeting.venue ? 'conflict' : 'done'
  return at <= now ? 'too_late' : taken(at, meeting) ? 'conflict' : 'done'
}

async function perform(house: TestHouse, board: string, known: readonly Known[], wish: Act): Promise<Answer | null> {
  if (wish.act === 'wait') {
    house.clock.forward({ hours: wish.hours })
    return null
  }
  const time = (to: Slot) => ({
    day: startOf(to).toPlainDate().toString(),
    time: startOf(to).toPlainTime().toString({ smallestUnit: 'minute' }),
    allTheSame: 'yes',
  })
  // A platform may deliver anything twice: the second time changes nothing.
  const delivery = newId()
  const pressed =
    wish.act === 'call'
      ? { command: 'meetings.call', subject: board, values: time(wish.to) }
      : wish.act === 'move'
        ? { command: 'meetings.move', subject: known[wish.which]?.id ?? '', values: { ...time(wish.to), venue: wish.venue } }
        : { command: 'meetings.cancel', subject: known[wish.which]?.id ?? '', values: { why: 'No business' } }
  const answer = await house.press(CLERK, pressed, { delivery })
  await house.press(CLERK, pressed, { delivery })
  return answer
}

async function follow(house: TestHouse, board: string, known: Known[], wish: Act): Promise<void> {
  const row = 'to' in wish ? startOf(wish.to).epochMilliseconds : 0
  if (wish.act === 'call') {
    const [added] = (await meetingsOf(house, board)).filter(({ id }) => !known.some((one) => one.id === id))
    known.push({ id: added?.id ?? '', startsAt: row, venue: 'Online', cancelled: false, revision: 1 })
  }
  const meeting = 'which' in wish ? known[wish.which] : undefined
  if (!meeting) return
  meeting.revision += 1
  if (wish.act === 'cancel') meeting.cancelled = true
  if (wish.act === 'move') {
    meeting.startsAt = row
    meeting.venue = wish.venue
  }
}

async function stands(house: TestHouse, board: string, known: readonly Known[]): Promise<void> {
  const rows = await meetingsOf(house, board)
  expect(rows.map(({ id }) => id).sort()).toEqual(known.map(({ id }) => id).sort())
  for (const { id, startsAt, venue, cancelled, revision } of known) {
    const state = cancelled ? 'cancelled' : 'called'
    const at = Temporal.Instant.fromEpochMilliseconds(startsAt).toString({ fractionalSecondDigits: 3 })
    expect(rows.find((one) => one.id === id)).toMatchObject({ starts_at: at, venue, state, revision })
    const versions = await versionsOf(house, id)
    expect(versions.map((one) => one.revision)).toEqual(Array.from({ length: revision }, (_, index) => index + 1))
    expect(versions.at(-1)).toMatchObject({ starts_at: at, venue, state })
    expect(versions.slice(0, -1).every((one) => one.state === 'called')).toBe(true)
  }
  const starts = rows
    .filter(({ state }) => state === 'called')
    .map(({ starts_at }) => Temporal.Instant.from(starts_at).epochMilliseconds)
  for (const [at, one] of starts.entries()) for (const other of starts.slice(at + 1)) expect(overlaps(one, other)).toBe(false)
}

test('whatever is called, moved and cancelled: no gap in the revisions, a version each, never two meetings at one time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 16 }), async (wishes) => {
      const { house, gravesham } = await openGravesham()
      try {
        house.clock.set(BEGIN)
        const known: Known[] = []
        for (const wish of wishes) {
          if ('which' in wish && !known[wish.which]) continue
          const should = expected(known, wish, house.clock.now().epochMilliseconds)
          const answer = await perform(house, gravesham, known, wish)
          const is =
            answer === null || answer.kind === 'card' ? 'done' : answer.kind === 'refusal' ? answer.refusal.code : 'fault'
          expect(is).toBe(should)
          if (should === 'done') await follow(house, gravesham, known, wish)
          await stands(house, gravesham, known)
        }
        expect(house.faults).toEqual([])
      } finally {
        await house.close()
      }
    }),
    { numRuns: 25 },
  )
}, 120_000)
