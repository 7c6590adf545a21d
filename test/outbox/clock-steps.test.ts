import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { features } from '../../src/features.js'
import { NotSent } from '../../src/outbox/sender.js'
import { tick } from '../../src/outbox/tick.js'
import { boardCalled, personCalled, takeOff } from '../boards.js'
import { ownFolder } from '../faults/folder.js'
import { openTestHouse, type SentCard, sendAll, type TestHouse, unexpected } from '../house.js'

const CLERK = 'Grace Holloway'
const MEMBER = 'Daniel Okafor'

let house: TestHouse
let file: string
let taking: (message: SentCard) => Promise<void>
beforeEach(() => {
  file = `${ownFolder()}/demo.db`
  taking = async () => undefined
})
afterEach(() => house.close())

/** Opens the house on the same file. What was sent before is not in it. */
async function open(at?: string): Promise<void> {
  house = await openTestHouse({ file, ...(at === undefined ? {} : { at }), taking: (message) => taking(message) })
}

async function add(day: string, time: string, whom = 'clerk'): Promise<void> {
  const values = { whom, day, time, words: `said for ${day} ${time}` }
  const subject = (await boardCalled(house, 'KCSP')) ?? ''
  expect(await house.press(CLERK, { command: 'desk.add_reminder', subject, values })).toMatchObject({ kind: 'card', of: 'act' })
}

/** What was said to whom since then of what the clerk had planned. */
const saidSince = (from: number): readonly string[] =>
  house.sent.slice(from).flatMap(({ plain }) => [...plain.matchAll(/said for (\S+ \S+)/g)].flatMap(([, when]) => when ?? []))

/** Ticks once then, and sends what may go. @returns what was said of what the clerk had planned */
async function tickAt(at: string): Promise<readonly string[]> {
  house.clock.set(at)
  const from = house.sent.length
  await house.tick()
  await sendAll(house)
  return saidSince(from)
}

const rows = () =>
  house.handles.reading
    .selectFrom('reminder')
    .select(['notice', 'due_at', 'state', 'why'])
    .orderBy('due_at')
    .orderBy('notice')
    .execute()

async function becameOf(notice: string): Promise<readonly string[]> {
  const those = (await rows()).filter((row) => row.notice === notice)
  return those.map(({ due_at, state, why }) => `${due_at.slice(0, 16)} ${state}${why === null ? '' : `: ${why}`}`)
}

describe('a clock that is stepped', () => {
  const [NINE, TEN, NEXT] = ['2026-11-23 09:00', '2026-11-23 10:00', '2026-11-24 09:00'] as const
  beforeEach(async () => {
    await open()
    for (const when of [NINE, TEN, NEXT]) await add(...(when.split(' ') as [string, string]))
  })

  test.each<{ step: string; ticks: readonly (readonly [at: string, ...said: string[]])[] }>([
    {
      step: 'an hour forwards, over an hour at which something falls due',
      ticks: [['23T08:30'], ['23T09:30', NINE], ['23T09:59'], ['23T10:00', TEN], ['24T09:00', NEXT]],
    },
    {
      step: 'an hour forwards, onto two hours at once',
      ticks: [['23T08:59'], ['23T10:00', NINE, TEN], ['23T10:01'], ['24T09:00', NEXT]],
    },
    {
      step: 'an hour back, once something has been said',
      ticks: [['23T09:00', NINE], ['23T08:00'], ['23T08:59'], ['23T09:00'], ['23T09:01'], ['23T10:00', TEN], ['24T09:00', NEXT]],
    },
    {
      step: 'an hour forwards and back again',
      ticks: [['23T08:30'], ['23T09:30', NINE], ['23T08:31'], ['23T09:00'], ['23T09:31'], ['23T10:00', TEN], ['24T09:00', NEXT]],
    },
    {
      step: 'a day forwards',
      ticks: [['23T08:30'], ['24T08:30', NINE, TEN], ['24T08:31'], ['24T09:00', NEXT], ['25T09:00']],
    },
    {
      step: 'a day back, once something has been said',
      ticks: [['23T09:00', NINE], ['22T09:00'], ['22T10:00'], ['23T08:59'], ['23T09:00'], ['23T10:00', TEN], ['24T09:00', NEXT]],
    },
    {
      step: 'a day forwards and back again',
      ticks: [['23T08:30'], ['24T09:00', NINE, TEN, NEXT], ['23T08:31'], ['23T09:00'], ['23T10:00'], ['24T09:00'], ['24T09:01']],
    },
  ])('$step', async ({ ticks }) => {
    const heard = []
    for (const [at] of ticks) heard.push([at, ...(await tickAt(`2026-11-${at}:00Z`))])
    expect(heard).toEqual(ticks)
    expect((await becameOf('desk.said')).map((one) => one.split(' ')[1])).toEqual(['queued', 'queued', 'queued'])
  })

  test.each([
    { step: 'an hour back', to: '2026-11-23T08:00:30Z', again: '2026-11-23T09:01:00Z' },
    { step: 'a day back', to: '2026-11-22T09:00:30Z', again: '2026-11-23T09:01:00Z' },
    { step: 'an hour forwards', to: '2026-11-23T10:00:00Z', again: '2026-11-23T10:00:00Z' },
    { step: 'a day forwards', to: '2026-11-24T09:00:00Z', again: '2026-11-24T09:00:00Z' },
  ])('$step, while a platform wants to hear nothing for half a minute, has it sent once all the same', async ({ to, again }) => {
    await tickAt('2026-11-23T08:00:00Z')
    taking = async () => {
      throw new NotSent('slow down', 30_000)
    }
    house.clock.set('2026-11-23T09:00:00Z')
    await house.tick()
    await house.outbox.drain()
    taking = async () => undefined
    const heard = [...(await tickAt(to)), ...(to === again ? [] : await tickAt(again)), ...(await tickAt('2026-11-24T09:05:00Z'))]
    expect(heard.filter((one) => one === NINE)).toEqual([NINE])
    expect([...heard].sort()).toEqual([NINE, TEN, NEXT])
  })
})

describe('after three days in which nothing ran', () => {
  /** The meeting is on Wednesday 16 December 2026 at 10:00; who has not answered is reminded on Friday 11 December at 9:00. */
  const stopped = { before: '2026-12-10T20:00:00Z', after: '2026-12-13T20:00:00Z' }

  async function stopThenStart(before: string, after: string): Promise<void> {
    await tickAt(before)
    await house.close()
    await open(after)
  }

  const pleas = (name: string) => house.sentTo(name).filter((plain) => /please answer/i.test(plain))

  test('what has its reason still is said once, at the start', async () => {
    await open()
    await stopThenStart(stopped.before, stopped.after)
    await tickAt(stopped.after)
    for (const later of ['2026-12-13T20:01:00Z', '2026-12-14T09:00:00Z']) await tickAt(later)
    expect(pleas(MEMBER)).toHaveLength(1)
    expect(pleas('Helen Marsh')).toHaveLength(1)
    expect(await becameOf('apologies.unanswered')).toEqual(['2026-12-02T09:00 queued', '2026-12-11T09:00 queued'])
  })

  test('who has answered is not reminded; and where all have, it is recorded as missed, with why', async () => {
    await open()
    await tickAt('2026-12-02T09:00:00Z')
    for (const name of [MEMBER, 'Helen Marsh', 'Tom Beresford', 'Dr Simon Kerr', 'Cllr Owen Pryce', 'Nadia Flynn'])
      await house.say(name, "I'll be there")
    await stopThenStart(stopped.before, stopped.after)
    await tickAt(stopped.after)
    expect(house.sent.filter(({ plain }) => /please answer/i.test(plain))).toEqual([])
    expect(await becameOf('apologies.unanswered')).toEqual([
      '2026-12-02T09:00 queued',
      '2026-12-11T09:00 missed: everybody has answered',
    ])
  })

  test('of a meeting that is over nothing is said, and all is recorded as missed', async () => {
    await open()
    await stopThenStart('2026-12-15T08:00:00Z', '2026-12-18T08:00:00Z')
    await tickAt('2026-12-18T08:00:00Z')
    expect(house.sent.filter(({ plain }) => /^(?:Tomorrow|Today|In .*):/.test(plain))).toEqual([])
    expect(await becameOf('apologies.coming_soon')).toEqual(['2026-12-15T09:00 missed: the meeting has begun'])
    expect(await becameOf('apologies.starting')).toEqual(['2026-12-16T09:00 missed: the meeting has begun'])
  })

  test('what waited to be sent already, and has lost its reason, is dropped with why', async () => {
    await open()
    await tickAt('2026-12-16T08:59:00Z')
    house.clock.set('2026-12-16T09:00:00Z')
    const { handles, writer } = house
    await tick({ reading: handles.reading, writer, notices: features.notices }, house.clock, unexpected)
    expect(await becameOf('apologies.starting')).toEqual(['2026-12-16T09:00 queued'])
    await house.close()
    await open('2026-12-19T09:00:00Z')
    await tickAt('2026-12-19T09:00:00Z')
    const messages = await house.handles.reading
      .selectFrom('notice')
      .where('notice', '=', 'apologies.starting')
      .select(['state', 'why'])
      .execute()
    expect(messages.length).toBeGreaterThan(0)
    expect(new Set(messages.map(({ state, why }) => `${state}: ${why}`))).toEqual(new Set(['dropped: the meeting has begun']))
    expect(house.sent.filter(({ plain }) => /^In an hour:/.test(plain))).toEqual([])
  })

  test('what somebody was to be reminded of who has left the board meanwhile is recorded as missed', async () => {
    await open()
    await add('2026-12-11', '09:00', await personCalled(house, MEMBER))
    await tickAt(stopped.before)
    await takeOff(house, 'daniel.okafor@example.org', 'Kent Police')
    await house.close()
    await open(stopped.after)
    await tickAt(stopped.after)
    expect(await becameOf('desk.said')).toEqual(['2026-12-11T09:00 missed: nobody of the board is meant any more'])
    expect(house.sentTo(MEMBER)).toEqual([])
  })

  test.each([
    {
      clocks: 'forward',
      at: '2026-03-10T10:00:00Z',
      before: '2026-03-27T18:00:00Z',
      days: ['2026-03-29', '2026-03-31'],
      next: '2026-03-31T08:00:00Z',
    },
    {
      clocks: 'back',
      at: '2026-10-06T10:00:00Z',
      before: '2026-10-23T17:00:00Z',
      days: ['2026-10-25', '2026-10-27'],
      next: '2026-10-27T09:00:00Z',
    },
  ])(
    'over which the clocks went $clocks, what fell due is said once, and what is to come at its hour',
    async ({ at, before, days, next }) => {
      await open(at)
      const [sunday = '', tuesday = ''] = days
      for (const day of days) await add(day, '09:00')
      await tickAt(before)
      const after = new Date(Date.parse(before) + 72 * 3_600_000).toISOString()
      await house.close()
      await open(after)
      expect(await tickAt(after)).toEqual([`${sunday} 09:00`])
      expect(await tickAt(new Date(Date.parse(next) - 60_000).toISOString())).toEqual([])
      expect(await tickAt(next)).toEqual([`${tuesday} 09:00`])
    },
  )
})
