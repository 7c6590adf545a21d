import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  arrive,
  arrivedBefore,
  correct,
  depart,
  lasts,
  type Marked,
  type Mode,
  type Sits,
  type Spell,
} from '../../src/attendance/rules.js'
import { Refusal } from '../../src/kernel/refusal.js'

const at = (hour: string) => Temporal.Instant.from(`2026-12-16T${hour.length === 5 ? `${hour}:00` : hour}Z`)
const GRACE = 5
const daniel = { id: 'daniel', name: 'Daniel Okafor' }
const police: Sits = { seat: 'police', capacity: 'representative', for: null }
const probation: Sits = { seat: 'probation', capacity: 'substitute', for: { id: 'june', name: 'June Whitfield' } }

const spell = (over: Partial<Omit<Spell, 'from' | 'until'>> & { from?: string; until?: string | null } = {}): Spell => {
  const { from = '10:00', until = null, ...rest } = over
  return {
    id: 'first',
    person: daniel,
    ...police,
    mode: 'online',
    dropped: false,
    listed: null,
    reason: null,
    ...rest,
    from: at(from),
    until: until === null ? null : at(until),
  }
}

/** "first: online 10:00 to 10:20" */
const said = ({ id, mode, seat, from, until, dropped, struck }: Marked): string => {
  const hour = (one: Temporal.Instant) => one.toString().slice(11, 16)
  const end = until ? ` to ${hour(until)}` : ''
  return `${id}: ${seat} ${mode} ${hour(from)}${end}${dropped ? ' dropped' : ''}${struck ? ' never' : ''}`
}

describe('how long a spell lasts', () => {
  test.each([
    { rule: 'not before it begins', of: spell(), when: '09:59', known: '10:30', is: false },
    { rule: 'from the instant at which it begins', of: spell(), when: '10:00', known: '10:30', is: true },
    { rule: 'as long as nobody ends it', of: spell(), when: '11:59', known: '11:59', is: true },
    { rule: 'not at its end', of: spell({ until: '10:20' }), when: '10:20', known: '10:20', is: false },
    {
      rule: 'a dropped connection is no departure yet',
      of: spell({ until: '10:20', dropped: true }),
      when: '10:22',
      known: '10:24',
      is: true,
    },
    {
      rule: 'nor within the last second of the grace',
      of: spell({ until: '10:20', dropped: true }),
      when: '10:20',
      known: '10:24:59',
      is: true,
    },
    {
      rule: 'after five minutes it was one from the beginning',
      of: spell({ until: '10:20', dropped: true }),
      when: '10:20',
      known: '10:25',
      is: false,
    },
    { rule: 'and not before', of: spell({ until: '10:20', dropped: true }), when: '10:19:59', known: '10:40', is: true },
  ])('$rule', ({ of, when, known, is }) => {
    expect(lasts(of, at(when), at(known), GRACE)).toBe(is)
  })
})

describe('who arrives', () => {
  test.each<{
    rule: string
    spells: readonly Spell[]
    sits?: readonly Sits[]
    mode?: Mode
    when: string
    marks: readonly string[]
  }>([
    { rule: 'is there from then on', spells: [], when: '10:02', marks: ['new: police online 10:02'] },
    { rule: 'once, however often they say so', spells: [spell()], when: '10:05', marks: [] },
    {
      rule: 'in both of their seats',
      spells: [],
      sits: [police, probation],
      when: '10:02',
      marks: ['new: police online 10:02', 'new: probation online 10:02'],
    },
    {
      rule: 'in a seat for which they were named since',
      spells: [spell()],
      sits: [police, probation],
      when: '10:09',
      marks: ['new: probation online 10:09'],
    },
    {
      rule: 'goes over into the room',
      spells: [spell()],
      mode: 'room',
      when: '10:30',
      marks: ['first: police online 10:00 to 10:30', 'new: police room 10:30'],
    },
    { rule: 'comes again', spells: [spell({ until: '10:20' })], when: '10:40', marks: ['new: police online 10:40'] },
    {
      rule: 'whose connection is back within the grace never left',
      spells: [spell({ until: '10:20', dropped: true })],
      when: '10:24:59',
      marks: ['first: police online 10:00'],
    },
    {
      rule: 'after the grace they come again',
      spells: [spell({ until: '10:20', dropped: true })],
      when: '10:25',
      marks: ['new: police online 10:25'],
    },
    {
      rule: 'back in the other manner within the grace they never left either',
      spells: [spell({ until: '10:20', dropped: true })],
      mode: 'room',
      when: '10:22',
      marks: ['first: police online 10:00 to 10:22', 'new: police room 10:22'],
    },
    {
      rule: 'goes over at the same instant: the first manner never was',
      spells: [spell()],
      mode: 'room',
      when: '10:00',
      marks: ['first: police online 10:00 to 10:00 never', 'new: police room 10:00'],
    },
  ])('$rule', ({ spells, sits = [police], mode = 'online', when, marks }) => {
    const made = arrive(spells, { person: daniel, sits, mode, at: at(when), grace: GRACE, newId: () => 'new' })
    expect(made.map(said)).toEqual(marks)
  })

  test('keeps the place in the notes that the clerk gave them', () => {
    const made = arrive([spell({ until: '10:20', listed: 'also present' })], {
      person: daniel,
      sits: [police],
      mode: 'online',
      at: at('10:40'),
      grace: GRACE,
      newId: () => 'new',
    })
    expect(made[0]?.listed).toBe('also present')
  })
})

describe('who is said afterwards to have arrived', () => {
  const arrived = (spells: readonly Spell[], when: string, mode: Mode = 'online') =>
    arrivedBefore(
      spells,
      { person: daniel, sits: [police], mode, at: at(when), grace: GRACE, newId: () => 'new' },
      'said later',
    ).map(said)

  test.each([
    { rule: 'came then, where nothing is recorded', spells: [], when: '10:02', marks: ['new: police online 10:02'] },
    {
      rule: 'came earlier than they were marked',
      spells: [spell({ from: '10:20' })],
      when: '10:02',
      marks: ['first: police online 10:02'],
    },
    { rule: 'was there already', spells: [spell()], when: '10:02', marks: [] },
    {
      rule: 'came again after they had left',
      spells: [spell({ until: '10:20' })],
      when: '10:30',
      marks: ['new: police online 10:30'],
    },
  ])('$rule', ({ spells, when, marks }) => {
    expect(arrived(spells, when)).toEqual(marks)
  })

  test.each([
    { rule: 'a departure since', spells: [spell({ until: '11:00' })], when: '10:30', mode: 'online' as const },
    {
      rule: 'a later coming and going',
      spells: [spell({ from: '11:00', until: '11:20' })],
      when: '10:30',
      mode: 'online' as const,
    },
    {
      rule: 'a later coming in another manner',
      spells: [spell({ from: '11:00', mode: 'room' as const })],
      when: '10:30',
      mode: 'online' as const,
    },
  ])('undoes nothing: $rule', ({ spells, when, mode }) => {
    expect(() => arrived(spells, when, mode)).toThrow('Something else is recorded of Daniel Okafor after that hour.')
  })
})

describe('who leaves', () => {
  const leave = (spells: readonly Spell[], when: string, dropped = false, reason: string | null = null) =>
    depart(spells, { person: daniel, at: at(when), dropped, grace: GRACE, zone: 'Europe/London', reason })

  test.each([
    { rule: 'is there no more', spells: [spell()], when: '10:20', marks: ['first: police online 10:00 to 10:20'] },
    {
      rule: 'from both seats',
      spells: [spell(), spell({ id: 'second', ...probation })],
      when: '10:20',
      marks: ['first: police online 10:00 to 10:20', 'second: probation online 10:00 to 10:20'],
    },
    { rule: 'once', spells: [spell({ until: '10:20' })], when: '10:30', marks: [] },
    {
      rule: 'as they come: they were there for no time',
      spells: [spell()],
      when: '10:00',
      marks: ['first: police online 10:00 to 10:00'],
    },
    {
      rule: 'whose connection had dropped left when it did',
      spells: [spell({ until: '10:20', dropped: true })],
      when: '10:22',
      marks: ['first: police online 10:00 to 10:20'],
    },
  ])('$rule', ({ spells, when, marks }) => {
    expect(leave(spells, when).map(said)).toEqual(marks)
  })

  test('a connection drops, and drops once', () => {
    expect(leave([spell()], '10:20', true).map(said)).toEqual(['first: police online 10:00 to 10:20 dropped'])
    expect(leave([spell({ until: '10:20', dropped: true })], '10:21', true)).toEqual([])
  })

  test.each([
    {
      rule: 'at another hour than is recorded',
      spells: [spell({ until: '10:40' })],
      when: '10:30',
      marks: ['first: police online 10:00 to 10:30'],
    },
    { rule: 'at the hour that is recorded', spells: [spell({ until: '10:40' })], when: '10:40', marks: [] },
    {
      rule: 'after their connection was lost',
      spells: [spell({ until: '10:20', dropped: true })],
      when: '10:30',
      marks: ['first: police online 10:00 to 10:30'],
    },
  ])('said afterwards: $rule', ({ spells, when, marks }) => {
    expect(leave(spells, when, false, 'said later').map(said)).toEqual(marks)
  })

  test('said afterwards, an hour before they came last undoes nothing', () => {
    const twice = [spell({ until: '10:20' }), spell({ id: 'second', from: '11:00', until: '11:30' })]
    expect(() => leave(twice, '10:30', false, 'said later')).toThrow('They came after that hour')
  })

  test.each([
    { rule: 'who was never there', spells: [], when: '10:20', dropped: false, says: 'Daniel Okafor is not marked as here.' },
    {
      rule: 'before they came',
      spells: [spell()],
      when: '09:55',
      dropped: false,
      says: 'Daniel Okafor came at 10:00: say a later hour',
    },
    {
      rule: 'a connection in the room',
      spells: [spell({ mode: 'room' })],
      when: '10:20',
      dropped: true,
      says: 'where no connection drops',
    },
  ])('is refused: $rule', ({ spells, when, dropped, says }) => {
    expect(() => leave(spells, when, dropped)).toThrow(says)
  })
})

describe('a correction', () => {
  const within = { opened: at('10:00'), latest: at('12:00'), zone: 'Europe/London' }
  const first = spell({ until: '10:40' })
  const to = (over: { from?: string; until?: string | null; struck?: boolean; mode?: Mode } = {}) => ({
    from: at(over.from ?? '10:00'),
    until: over.until === null ? null : at(over.until ?? '10:40'),
    mode: over.mode ?? ('online' as const),
    listed: null,
    struck: over.struck ?? false,
    dropped: false,
    reason: 'the sign-in sheet',
  })

  test.each([
    { rule: 'of when they left', change: to({ until: '11:00' }), is: 'first: police online 10:00 to 11:00' },
    { rule: 'they did not leave', change: to({ until: null }), is: 'first: police online 10:00' },
    { rule: 'they were in the room', change: to({ mode: 'room' }), is: 'first: police room 10:00 to 10:40' },
    { rule: 'they were never there', change: to({ struck: true }), is: 'first: police online 10:00 to 10:40 never' },
  ])('$rule', ({ change, is }) => {
    const made = correct([first], first, change, within)
    expect(made && said(made)).toBe(is)
    expect(made?.reason).toBe('the sign-in sheet')
  })

  test('that changes nothing is none', () => {
    expect(correct([first], first, to(), within)).toBeNull()
  })

  test.each([
    { rule: 'before the opening', change: to({ from: '09:59' }), says: 'The meeting was opened at 10:00' },
    { rule: 'after the close', change: to({ until: '12:01' }), says: 'say no hour after 12:00' },
    { rule: 'leaving before coming', change: to({ from: '10:30', until: '10:20' }), says: 'They cannot leave before they came' },
    { rule: 'leaving as they come', change: to({ from: '10:30', until: '10:30' }), says: 'They cannot leave before they came' },
  ])('is refused: $rule', ({ change, says }) => {
    expect(() => correct([first], first, change, within)).toThrow(says)
    expect(() => correct([first], first, change, within)).toThrow(Refusal)
  })

  test('is refused where they are recorded as there already', () => {
    const second = spell({ id: 'second', from: '11:00' })
    expect(() => correct([first, second], first, to({ until: null }), within)).toThrow('recorded as there from 11:00 already')
    expect(() => correct([first, second], first, to({ until: '11:00' }), within)).not.toThrow()
  })
})
