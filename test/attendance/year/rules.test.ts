import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { AnsweredSeat, SeatAnswer } from '../../../src/apologies/rules.js'
import type { Entry } from '../../../src/attendance/ledger.js'
import type { Spell } from '../../../src/attendance/rules.js'
import { type Held, type Mark, quorateOf, timesInWords, yearOf } from '../../../src/attendance/year/rules.js'

const at = (hour: string) => Temporal.Instant.from(`2025-07-23T${hour}:00Z`)
const OKAFOR = { id: 'okafor', name: 'Daniel Okafor' }

const spell = (over: Partial<Omit<Spell, 'from' | 'until'>> & { from?: string; until?: string | null } = {}): Spell => {
  const { from = '10:00', until = '12:00', ...rest } = over
  return {
    id: 'spell',
    person: OKAFOR,
    seat: 'police',
    capacity: 'representative',
    for: null,
    mode: 'room',
    dropped: false,
    listed: null,
    reason: null,
    ...rest,
    from: at(from),
    until: until === null ? null : at(until),
  }
}

const body = (id: string, name: string) => ({ id, name, shortName: name, formerly: [] })

const seat = (over: Partial<AnsweredSeat> = {}): AnsweredSeat => ({
  id: 'police',
  organisation: body('kp', 'Kent Police'),
  title: '',
  standing: 'member',
  standsFor: [],
  representative: OKAFOR,
  answer: null,
  versions: 0,
  movedSince: false,
  lapsed: null,
  right: null,
  ...over,
})
const apologies: SeatAnswer = { version: 1, attending: false, substitute: null, by: OKAFOR, late: false }

const held = (over: Partial<Held> = {}): Held => ({
  day: Temporal.PlainDate.from('2025-07-23'),
  opened: at('10:00'),
  closed: at('12:00'),
  seats: [seat()],
  spells: [],
  ledger: [],
  ...over,
})

const board = { name: 'Kent Community Safety Partnership', shortName: 'KCSP' }
const marked = (over: Partial<Held>): Mark | undefined => yearOf(board, 2025, [held(over)]).members[0]?.marks[0]

describe('what becomes of an organisation at a meeting', () => {
  test.each<{ rule: string; seats?: readonly AnsweredSeat[]; spells?: readonly Spell[]; is: Mark }>([
    { rule: 'its representative was there', spells: [spell()], is: 'representative' },
    { rule: 'they had not left when it was closed', spells: [spell({ until: null })], is: 'representative' },
    { rule: 'for a minute', spells: [spell({ from: '11:59' })], is: 'representative' },
    { rule: 'a substitute was there', spells: [spell({ capacity: 'substitute', for: OKAFOR })], is: 'substitute' },
    { rule: 'its deputy was there', spells: [spell({ capacity: 'deputy' })], is: 'substitute' },
    {
      rule: 'the representative came after the substitute',
      spells: [spell({ capacity: 'substitute', until: '11:00' }), spell({ from: '11:00' })],
      is: 'representative',
    },
    { rule: 'in attendance represents nobody', spells: [spell({ capacity: 'in attendance' })], is: 'absent' },
    { rule: 'of another seat', spells: [spell({ seat: 'fire' })], is: 'absent' },
    { rule: 'of no seat', spells: [spell({ seat: null })], is: 'absent' },
    { rule: 'gone before it was opened', spells: [spell({ from: '09:30', until: '10:00' })], is: 'absent' },
    { rule: 'there when it was opened', spells: [spell({ from: '09:30', until: '10:01' })], is: 'representative' },
    { rule: 'came when it was closed', spells: [spell({ from: '12:00', until: null })], is: 'absent' },
    { rule: 'for no time', spells: [spell({ from: '11:00', until: '11:00' })], is: 'absent' },
    { rule: 'apologies', seats: [seat({ answer: apologies })], is: 'apologies' },
    { rule: 'apologies, and there all the same', seats: [seat({ answer: apologies })], spells: [spell()], is: 'representative' },
    { rule: 'said that they come, and did not', seats: [seat({ answer: { ...apologies, attending: true } })], is: 'absent' },
    { rule: 'no word', is: 'absent' },
    { rule: 'vacant', seats: [seat({ representative: null })], is: 'vacant' },
    {
      rule: 'vacant, with a substitute',
      seats: [seat({ representative: null })],
      spells: [spell({ capacity: 'substitute' })],
      is: 'substitute',
    },
    { rule: 'one seat of two', seats: [seat({ id: 'second' }), seat()], spells: [spell()], is: 'representative' },
    { rule: 'one vacant, one absent', seats: [seat({ id: 'second', representative: null }), seat()], is: 'absent' },
    {
      rule: 'one vacant, one with apologies',
      seats: [seat({ id: 'second', representative: null }), seat({ answer: apologies })],
      is: 'apologies',
    },
    { rule: 'held jointly, one of them sent apologies', seats: [seat({ answer: apologies }), seat()], is: 'apologies' },
  ])('$rule: $is', ({ seats = [seat()], spells = [], is }) => {
    expect(marked({ seats, spells })).toBe(is)
  })
})

describe('whether it was quorate', () => {
  const entry = (hour: string, verdict: Entry['verdict'], state: Entry['state'] = 'in session'): Entry => ({
    at: at(hour),
    state,
    verdict,
    figures: [],
    presiding: null,
    items: [],
    ruled: null,
    termsId: 'terms',
  })
  const close = entry('12:00', 'inquorate', 'closed')
  test.each<{ rule: string; ledger: readonly Entry[]; is: ReturnType<typeof quorateOf> }>([
    { rule: 'closed as it was opened', ledger: [], is: null },
    { rule: 'from the opening to the close', ledger: [entry('10:00', 'quorate')], is: 'throughout' },
    {
      rule: 'people arrive one after another',
      ledger: [entry('10:00', 'inquorate'), entry('10:02', 'inquorate'), entry('10:05', 'quorate')],
      is: 'throughout',
    },
    { rule: 'disputed, and then quorate', ledger: [entry('10:00', 'disputed'), entry('11:00', 'quorate')], is: 'throughout' },
    {
      rule: 'somebody more came and went',
      ledger: [entry('10:00', 'quorate'), entry('10:30', 'quorate'), entry('11:30', 'quorate')],
      is: 'throughout',
    },
    { rule: 'it was lost', ledger: [entry('10:00', 'quorate'), entry('11:30', 'inquorate')], is: 'for a part' },
    {
      rule: 'it was lost and regained',
      ledger: [entry('10:00', 'quorate'), entry('11:00', 'inquorate'), entry('11:01', 'quorate')],
      is: 'for a part',
    },
    {
      rule: 'one left in the instant in which another came',
      ledger: [entry('10:00', 'quorate'), entry('11:00', 'inquorate'), entry('11:00', 'quorate')],
      is: 'throughout',
    },
    { rule: 'quorate for no time', ledger: [entry('10:00', 'quorate'), entry('10:00', 'inquorate')], is: 'not' },
    { rule: 'it became disputed', ledger: [entry('10:00', 'quorate'), entry('11:00', 'disputed')], is: 'for a part' },
    {
      rule: 'it waited, and sat with a quorum alone',
      ledger: [entry('10:00', 'inquorate', 'waiting'), entry('10:20', 'quorate', 'waiting'), entry('10:21', 'quorate')],
      is: 'throughout',
    },
    {
      rule: 'it waited as soon as it was lost, until it was back',
      ledger: [entry('10:00', 'quorate'), entry('11:00', 'inquorate', 'waiting'), entry('11:10', 'quorate')],
      is: 'throughout',
    },
    {
      rule: 'everybody was away while it was adjourned',
      ledger: [entry('10:00', 'quorate'), entry('11:00', 'inquorate', 'adjourned'), entry('11:30', 'quorate')],
      is: 'throughout',
    },
    {
      rule: 'it went on informally at once when it was lost',
      ledger: [entry('10:00', 'quorate'), entry('11:00', 'inquorate', 'informal')],
      is: 'for a part',
    },
    {
      rule: 'it was informal before it was quorate for the first time',
      ledger: [entry('10:00', 'inquorate', 'informal'), entry('10:30', 'quorate')],
      is: 'throughout',
    },
    { rule: 'it was informal from the beginning', ledger: [entry('10:00', 'inquorate', 'informal')], is: 'not' },
    { rule: 'it never was', ledger: [entry('10:00', 'inquorate')], is: 'not' },
    { rule: 'it waited in vain', ledger: [entry('10:00', 'inquorate', 'waiting')], is: 'not' },
    { rule: 'quorate only while it was adjourned', ledger: [entry('10:00', 'quorate', 'adjourned')], is: 'not' },
    { rule: 'nobody ruled by which reading', ledger: [entry('10:00', 'disputed'), entry('11:00', 'inquorate')], is: 'disputed' },
    { rule: 'disputed only while it was adjourned', ledger: [entry('10:00', 'disputed', 'adjourned')], is: 'not' },
  ])('$rule: $is', ({ ledger, is }) => {
    expect(quorateOf([...ledger, close])).toBe(is)
  })
})

describe('over a year', () => {
  const fire = seat({ id: 'fire', organisation: body('kfrs', 'Kent Fire and Rescue Service') })
  const housing = seat({ id: 'housing', organisation: body('khg', 'Kent Housing Group'), standing: 'invited' })
  const year = yearOf(board, 2025, [
    held({ seats: [seat()], spells: [spell()] }),
    held({
      seats: [seat(), fire, housing],
      spells: [spell({ capacity: 'substitute' }), spell({ seat: 'housing' })],
    }),
    held({ seats: [fire, seat({ representative: null })], spells: [spell({ seat: 'fire' })] }),
  ])

  test('an organisation is counted of the meetings at which it had a seat, filled or vacant', () => {
    expect(year.members.map((one) => [one.organisation, timesInWords(one), one.marks])).toEqual([
      ['Kent Fire and Rescue Service', '1 of 2', ['no seat', 'absent', 'representative']],
      ['Kent Police', '2 of 3', ['representative', 'substitute', 'vacant']],
    ])
  })

  test('who is there by invitation stands apart', () => {
    expect(year.invited).toEqual([
      { organisation: 'Kent Housing Group', marks: ['no seat', 'representative', 'no seat'], represented: 1, of: 1 },
    ])
  })

  test('a body with a member’s seat and one by invitation is counted in each part by that seat alone', () => {
    const both = yearOf(board, 2025, [
      held({ seats: [seat(), seat({ id: 'guest', standing: 'invited' })], spells: [spell({ seat: 'guest' })] }),
    ])
    expect([both.members[0]?.marks, both.invited[0]?.marks]).toEqual([['absent'], ['representative']])
  })

  test('each bears one name, that of the last meeting read', () => {
    const renamed = seat({ organisation: body('kp', 'Kent Constabulary') })
    const { members } = yearOf(board, 2025, [held(), held({ seats: [renamed] })])
    expect(members.map(({ organisation }) => organisation)).toEqual(['Kent Constabulary'])
  })
})
