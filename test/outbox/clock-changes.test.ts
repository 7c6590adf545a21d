import { Temporal } from 'temporal-polyfill'
import { afterEach, describe, expect, test } from 'vitest'
import { boardCalled, KCSP_ROSTER, setUpBoardOf } from '../boards.js'
import { openTestHouse, sendAll, type TestHouse, textOf } from '../house.js'
import { termsIn } from './zones.js'

const CLERK = 'Grace Holloway'
const MEMBER = 'Daniel Okafor'
const OTHER = 'Helen Marsh'

let house: TestHouse
afterEach(() => house.close())

/** Has the clerk of a board reminded at a civil time. @returns what was answered */
async function add(board: string, day: string, time: string): Promise<string> {
  const subject = (await boardCalled(house, board)) ?? ''
  const values = { whom: 'clerk', day, time, words: `as said for ${day} ${time}` }
  return textOf(await house.press(CLERK, { command: 'desk.add_reminder', subject, values }))
}

/** What the messages since then remind of: as the clerk said it, or of the meeting. */
function reminded(from: number): readonly string[] {
  return house.sent.slice(from).flatMap(({ to, plain }) => {
    if (!('user' in to)) return []
    const said = [...plain.matchAll(/as said for (\S+ \S+)/g)].map(([, when]) => `said ${when}`)
    const name = to.user.startsWith('daniel') ? MEMBER : to.user.startsWith('helen') ? OTHER : null
    const ofMeeting = [...plain.matchAll(/please answer|tomorrow(?=:)|in an hour(?=:)/gi)].map(
      ([what]) => `${name}: ${what.toLowerCase()}`,
    )
    return [...said, ...(name === null ? [] : ofMeeting)]
  })
}

/** Ticks at each of these instants, in order. @returns what was said at which */
async function tickAt(instants: Iterable<string>): Promise<readonly string[]> {
  const heard: string[] = []
  for (const at of [...new Set(instants)].sort()) {
    house.clock.set(at)
    const from = house.sent.length
    await house.tick()
    await sendAll(house)
    heard.push(...reminded(from).map((what) => `${at.slice(0, 16)} ${what}`))
  }
  return heard
}

const minuteBefore = (at: string): string => Temporal.Instant.from(at).subtract({ minutes: 1 }).toString()

/** Half an hour apart, over twelve hours. */
const halfHoursFrom = (first: Temporal.Instant): readonly string[] =>
  Array.from({ length: 25 }, (_, half) => first.add({ minutes: 30 * half }).toString())

/** On which days the clocks of London go forward and back, at 01:00 in UTC: the last Sundays of March and October. */
const LONDON = `
2025-03-30 2025-10-26
2026-03-29 2026-10-25
2027-03-28 2027-10-31
2028-03-26 2028-10-29
2029-03-25 2029-10-28
2030-03-31 2030-10-27
2031-03-30 2031-10-26
2032-03-28 2032-10-31
2033-03-27 2033-10-30
2034-03-26 2034-10-29
2035-03-25 2035-10-28`
  .trim()
  .split('\n')
  .flatMap((line) => line.split(' ').map((sunday, at) => ({ sunday, way: at === 0 ? ('forward' as const) : ('back' as const) })))

/** Days from that Sunday: of the reminders ten and three working days before Wednesday's meeting, and of the one after Friday. */
const USUAL = { ten: -11, three: -2, afterFriday: 1 }
/** Good Friday is 26 March 2027, Easter Monday the 29th. */
const EASTER_2027 = { ten: -13, three: -4, afterFriday: 2 }

describe('around each change of London’s clocks everything is said once, at its hour there', () => {
  test.each(LONDON)('$sunday, $way', async ({ sunday, way }) => {
    const day = (days: number) => Temporal.PlainDate.from(sunday).add({ days }).toString()
    const [zone, then] = way === 'forward' ? ['Z', '+01:00'] : ['+01:00', 'Z']
    /** A civil time of London: days from that Sunday, and whether the change is behind it. */
    const instant = (days: number, time: string, changed = days > 0) =>
      Temporal.Instant.from(`${day(days)}T${time}${changed ? then : zone}`).toString()
    house = await openTestHouse({ at: instant(-18, '10:00') })

    const said = [
      ...[-2, -1, 1, 2].flatMap((days) => ['01:30', '09:00'].map((time) => ({ days, time, changed: days > 0 }))),
      { days: 0, time: '00:30', changed: false },
      // Of the hour that comes twice the first; the one that is skipped is refused.
      ...(way === 'back' ? [{ days: 0, time: '01:30', changed: false }] : []),
      { days: 0, time: '02:30', changed: true },
      { days: 0, time: '09:00', changed: true },
    ]
    for (const { days, time } of said) expect(await add('KCSP', day(days), time)).toContain('The reminder is planned')
    if (way === 'forward')
      expect(await add('KCSP', day(0), '01:30')).toMatch(/There is no 01:30 on Sunday .*: the clocks go forward/)

    const { ten, three, afterFriday } = sunday === '2027-03-28' ? EASTER_2027 : USUAL
    const expected = [
      ...said.map(({ days, time, changed }) => ({ at: instant(days, time, changed), what: `said ${day(days)} ${time}` })),
      { at: instant(ten, '09:00'), what: `${MEMBER}: please answer` },
      { at: instant(ten, '09:00'), what: `${OTHER}: please answer` },
      { at: instant(three, '09:00'), what: `${MEMBER}: please answer` },
      { at: instant(three, '09:00'), what: `${OTHER}: please answer` },
      { at: instant(afterFriday, '09:00'), what: `${OTHER}: please answer` },
      ...[MEMBER, OTHER].flatMap((name) => [
        { at: instant(2, '09:00'), what: `${name}: tomorrow` },
        { at: instant(3, '09:00'), what: `${name}: in an hour` },
      ]),
    ]
    const times = expected.flatMap(({ at }) => [minuteBefore(at), at])
    const all = [...times, ...halfHoursFrom(Temporal.Instant.from(`${day(-1)}T19:00Z`)), instant(3, '12:00')]
    const friday = instant(-2, '12:00')
    const heard = await tickAt(all.filter((at) => at < friday))
    house.clock.set(friday)
    await house.press(OTHER, { command: 'desk.remind_tomorrow', subject: `apologies.unanswered ${await house.meeting()}` })
    const since = await tickAt(all.filter((at) => at > friday))
    expect([...heard, ...since].sort()).toEqual(expected.map(({ at, what }) => `${at.slice(0, 16)} ${what}`).sort())
  })
})

describe('a board in another zone has its reminders at its own hour', () => {
  test.each([
    {
      zone: 'America/New_York',
      times: [
        ['2026-03-06 09:00', '2026-03-06T14:00Z'],
        ['2026-03-08 01:30', '2026-03-08T06:30Z'],
        ['2026-03-08 03:30', '2026-03-08T07:30Z'],
        ['2026-03-09 09:00', '2026-03-09T13:00Z'],
        // London has changed its clocks, New York has not again.
        ['2026-03-30 09:00', '2026-03-30T13:00Z'],
        ['2026-10-30 09:00', '2026-10-30T13:00Z'],
        ['2026-11-01 01:30', '2026-11-01T05:30Z'],
        ['2026-11-02 09:00', '2026-11-02T14:00Z'],
      ],
      skipped: '2026-03-08 02:30',
    },
    {
      // Its clocks change by half an hour.
      zone: 'Australia/Lord_Howe',
      times: [
        ['2026-04-03 09:00', '2026-04-02T22:00Z'],
        ['2026-04-05 01:45', '2026-04-04T14:45Z'],
        ['2026-04-06 09:00', '2026-04-05T22:30Z'],
        ['2026-10-02 09:00', '2026-10-01T22:30Z'],
        ['2026-10-05 09:00', '2026-10-04T22:00Z'],
      ],
      skipped: '2026-10-04 02:15',
    },
    {
      zone: 'Asia/Kolkata',
      times: [
        ['2026-03-29 01:30', '2026-03-28T20:00Z'],
        ['2026-03-30 09:00', '2026-03-30T03:30Z'],
      ],
      skipped: null,
    },
  ])('$zone', async ({ zone, times, skipped }) => {
    house = await openTestHouse({ at: '2026-02-20T10:00:00Z' })
    await setUpBoardOf(house, termsIn(zone), KCSP_ROSTER)
    for (const [civil = ''] of times) {
      const [day = '', time = ''] = civil.split(' ')
      expect(await add('Elsewhere', day, time)).toContain('The reminder is planned')
    }
    if (skipped) {
      const [day = '', time = ''] = skipped.split(' ')
      expect(await add('Elsewhere', day, time)).toContain(`There is no ${time} on Sunday`)
    }
    const instants = times.map(([, at = '']) => Temporal.Instant.from(at).toString())
    const heard = await tickAt(
      instants.flatMap((at) => [minuteBefore(at), at, Temporal.Instant.from(at).add({ hours: 1 }).toString()]),
    )
    expect(heard.filter((one) => one.includes('said'))).toEqual(
      times.map(([civil, at = '']) => `${at.slice(0, 16)} said ${civil}`),
    )
  })
})
