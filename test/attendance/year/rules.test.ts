import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  type Held,
  type Mark,
  type QuorumRow,
  quorateOf,
  type SeatThen,
  type SpellRow,
  standing,
  timesInWords,
  yearOf,
} from '../../../src/attendance/year/rules.js'

const at = (hour: string) => Temporal.Instant.from(`2025-07-23T${hour}:00Z`)

let written = 0
const spell = (over: Partial<Omit<SpellRow, 'from' | 'until'>> & { from?: string; until?: string | null } = {}): SpellRow => {
  written += 1
  const { from = '10:00', until = '12:00', ...rest } = over
  return {
    seq: written,
    id: `spell ${written}`,
    seat: 'police',
    capacity: 'representative',
    inPlaceOf: false,
    struck: false,
    ...rest,
    from: at(from),
    until: until === null ? null : at(until),
  }
}

const seat = (over: Partial<SeatThen> = {}): SeatThen => ({
  id: 'police',
  organisation: { id: 'kp', name: 'Kent Police' },
  invited: false,
  vacant: false,
  apologies: false,
  ...over,
})

const held = (over: Partial<Held> = {}): Held => ({
  id: 'meeting',
  day: Temporal.PlainDate.from('2025-07-23'),
  opened: at('10:00'),
  closed: at('12:00'),
  seats: [seat()],
  spells: [],
  quorum: [],
  ...over,
})

const board = { name: 'Kent Community Safety Partnership', shortName: 'KCSP' }
const marked = (over: Partial<Held>): Mark | undefined => yearOf(board, 2025, [held(over)]).members[0]?.marks[0]

describe('what becomes of an organisation at a meeting', () => {
  test.each<{ rule: string; seats?: readonly SeatThen[]; spells?: readonly SpellRow[]; is: Mark }>([
    { rule: 'its representative was there', spells: [spell()], is: 'representative' },
    { rule: 'they had not left when it was closed', spells: [spell({ until: null })], is: 'representative' },
    { rule: 'for a minute', spells: [spell({ from: '11:59' })], is: 'representative' },
    { rule: 'a substitute was there', spells: [spell({ capacity: 'substitute', inPlaceOf: true })], is: 'substitute' },
    { rule: 'its deputy was there', spells: [spell({ capacity: 'deputy' })], is: 'substitute' },
    { rule: 'somebody invited sat in for another', spells: [spell({ capacity: 'invited', inPlaceOf: true })], is: 'substitute' },
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
    { rule: 'struck afterwards', spells: [spell({ id: 'x' }), spell({ id: 'x', struck: true })], is: 'absent' },
    {
      rule: 'struck in an earlier row, and there after all',
      spells: [spell({ id: 'x', struck: true }), spell({ id: 'x' })],
      is: 'representative',
    },
    { rule: 'apologies', seats: [seat({ apologies: true })], is: 'apologies' },
    { rule: 'apologies, and there all the same', seats: [seat({ apologies: true })], spells: [spell()], is: 'representative' },
    { rule: 'no word', is: 'absent' },
    { rule: 'vacant', seats: [seat({ vacant: true })], is: 'vacant' },
    {
      rule: 'vacant, with a substitute',
      seats: [seat({ vacant: true })],
      spells: [spell({ capacity: 'substitute' })],
      is: 'substitute',
    },
    { rule: 'one seat of two', seats: [seat({ id: 'second' }), seat()], spells: [spell()], is: 'representative' },
    { rule: 'one vacant, one absent', seats: [seat({ id: 'second', vacant: true }), seat()], is: 'absent' },
    {
      rule: 'one vacant, one with apologies',
      seats: [seat({ id: 'second', vacant: true }), seat({ apologies: true })],
      is: 'apologies',
    },
    { rule: 'held jointly, one of them sent apologies', seats: [seat({ apologies: true }), seat()], is: 'apologies' },
  ])('$rule: $is', ({ seats = [seat()], spells = [], is }) => {
    expect(marked({ seats, spells })).toBe(is)
  })
})

test('of the rows of a spell the highest stands, in whatever order they come', () => {
  const [first, second, third] = [spell({ id: 'x' }), spell({ id: 'x', until: null }), spell({ id: 'y' })]
  expect(standing([second, third, first])).toEqual([second, third])
})

describe('whether it was quorate', () => {
  const row = (hour: string, verdict: QuorumRow['verdict'], state: QuorumRow['state'] = 'in session'): QuorumRow => ({
    at: at(hour),
    state,
    verdict,
  })
  test.each([
    { rule: 'nothing is known', quorum: [], is: null },
    {
      rule: 'from the opening to the close',
      quorum: [row('10:00', 'quorate'), row('12:00', 'inquorate', 'closed')],
      is: 'throughout',
    },
    { rule: 'with no row of the close', quorum: [row('10:00', 'quorate')], is: 'throughout' },
    {
      rule: 'people are marked one after another at the opening',
      quorum: [row('10:00', 'inquorate'), row('10:00', 'inquorate'), row('10:00', 'quorate')],
      is: 'throughout',
    },
    { rule: 'it was reached later', quorum: [row('10:00', 'inquorate'), row('10:05', 'quorate')], is: 'for a part' },
    { rule: 'it was lost', quorum: [row('10:00', 'quorate'), row('11:30', 'inquorate')], is: 'for a part' },
    {
      rule: 'it waited, and sat with a quorum alone',
      quorum: [row('10:00', 'inquorate', 'waiting'), row('10:20', 'quorate')],
      is: 'throughout',
    },
    {
      rule: 'it went on informally at once when it was lost',
      quorum: [row('10:00', 'quorate'), row('11:00', 'inquorate', 'informal')],
      is: 'for a part',
    },
    { rule: 'it was informal from the beginning', quorum: [row('10:00', 'inquorate', 'informal')], is: 'not' },
    { rule: 'it never was', quorum: [row('10:00', 'inquorate')], is: 'not' },
    { rule: 'nobody ruled by which reading', quorum: [row('10:00', 'disputed'), row('11:00', 'inquorate')], is: 'disputed' },
    { rule: 'disputed, and then quorate', quorum: [row('10:00', 'disputed'), row('11:00', 'quorate')], is: 'for a part' },
    { rule: 'only adjourned', quorum: [row('10:00', 'quorate', 'adjourned')], is: null },
  ])('$rule: $is', ({ quorum, is }) => {
    expect(quorateOf({ quorum, closed: at('12:00') })).toBe(is)
  })
})

describe('over a year', () => {
  const fire = seat({ id: 'fire', organisation: { id: 'kfrs', name: 'Kent Fire and Rescue Service' } })
  const housing = seat({ id: 'housing', organisation: { id: 'khg', name: 'Kent Housing Group' }, invited: true })
  const year = yearOf(board, 2025, [
    held({ seats: [seat()], spells: [spell()] }),
    held({
      seats: [seat(), fire, housing],
      spells: [spell({ capacity: 'substitute' }), spell({ seat: 'housing', capacity: 'invited' })],
    }),
    held({ seats: [fire, seat({ vacant: true })], spells: [spell({ seat: 'fire' })] }),
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
      held({ seats: [seat(), seat({ id: 'guest', invited: true })], spells: [spell({ seat: 'guest' })] }),
    ])
    expect([both.members[0]?.marks, both.invited[0]?.marks]).toEqual([['absent'], ['representative']])
  })

  test('each bears one name, that of the last meeting read', () => {
    const renamed = seat({ organisation: { id: 'kp', name: 'Kent Constabulary' } })
    const { members } = yearOf(board, 2025, [held(), held({ seats: [renamed] })])
    expect(members.map(({ organisation }) => organisation)).toEqual(['Kent Constabulary'])
  })
})
