import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { marksOf, ordinal, printedDay, printedHour, printedSections, remarksOf } from '../../../src/agenda/front-sheet/rules.js'
import { item, july2025, section } from './sheets.js'

test.each([
  [1, '1st'],
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [10, '10th'],
  [11, '11th'],
  [12, '12th'],
  [13, '13th'],
  [14, '14th'],
  [20, '20th'],
  [21, '21st'],
  [22, '22nd'],
  [23, '23rd'],
  [24, '24th'],
  [30, '30th'],
  [31, '31st'],
])('the ordinal of %i is %s', (day, words) => {
  expect(ordinal(day)).toBe(words)
})

test.each([
  ['00:00', '12.00 midnight'],
  ['00:30', '12.30 am'],
  ['09:05', '9.05 am'],
  ['10:00', '10.00 am'],
  ['11:59', '11.59 am'],
  ['12:00', '12.00 noon'],
  ['12:01', '12.01 pm'],
  ['12:30', '12.30 pm'],
  ['13:00', '1.00 pm'],
  ['14:30', '2.30 pm'],
  ['23:59', '11.59 pm'],
])('%s is printed as %s', (time, words) => {
  expect(printedHour(Temporal.PlainDateTime.from(`2025-07-23T${time}`))).toBe(words)
})

test.each([
  ['2025-07-23', 'Wednesday, 23rd July, 2025'],
  ['2018-07-18', 'Wednesday, 18th July, 2018'],
  ['2024-02-29', 'Thursday, 29th February, 2024'],
  ['2026-01-01', 'Thursday, 1st January, 2026'],
])('%s is printed as %s', (day, words) => {
  expect(printedDay(Temporal.PlainDateTime.from(`${day}T10:00`))).toBe(words)
})

test.each([
  { when: 'nothing is known', more: {}, remarks: [] },
  { when: 'it has pages', more: { form: 'paper', pages: { first: 1, last: 8 } }, remarks: ['(Pages 1 - 8)'] },
  { when: 'it has one page', more: { form: 'paper', pages: { first: 9, last: 9 } }, remarks: ['(Page 9)'] },
  { when: 'its paper is to follow', more: { form: 'to follow' }, remarks: ['(to follow)'] },
  {
    when: 'what was to follow is there',
    more: { form: 'to follow', pages: { first: 9, last: 10 } },
    remarks: ['(Pages 9 - 10)'],
  },
  {
    when: 'it is late',
    more: { late: 'the Commissioner wrote on Monday' },
    remarks: ['(late item: the Commissioner wrote on Monday)'],
  },
  { when: 'it is late and no reason is known', more: { late: '' }, remarks: ['(late item)'] },
  { when: 'it is withdrawn, and nothing follows', more: { form: 'to follow', withdrawn: true }, remarks: ['(withdrawn)'] },
  {
    when: 'it came late with pages and was withdrawn',
    more: { pages: { first: 9, last: 10 }, late: 'urgent', withdrawn: true },
    remarks: ['(Pages 9 - 10)', '(late item: urgent)', '(withdrawn)'],
  },
  {
    when: 'its form, purpose and presenter are known',
    more: { form: 'presentation', purpose: 'decision', presenter: 'Ms B' },
    remarks: [],
  },
] as const)('after the title where $when', ({ more, remarks }) => {
  expect(remarksOf(item('B1', 'Update', more))).toEqual(remarks)
})

test.each([
  { state: 'agreed', cancelled: false, marks: [] },
  { state: 'draft', cancelled: false, marks: ['DRAFT, not yet agreed'] },
  { state: 'agreed', cancelled: true, marks: ['CANCELLED'] },
  { state: 'draft', cancelled: true, marks: ['CANCELLED', 'DRAFT, not yet agreed'] },
] as const)('at the top of one that is $state, cancelled: $cancelled', ({ marks, ...standing }) => {
  expect(marksOf({ ...july2025, ...standing })).toEqual(marks)
})

describe('sections', () => {
  const printed = (...sections: readonly ReturnType<typeof section>[]) =>
    printedSections({ ...july2025, sections }).map(({ letter, startsOpen }) => (startsOpen ? `open ${letter}` : letter))
  const open = (letter: string) => section(letter, 'Open', [item(`${letter}1`, 'Item')])
  const restricted = (letter: string) => section(letter, 'Restricted', [item(`${letter}1`, 'Item')], true)
  const empty = (letter: string) => section(letter, 'Empty', [])

  test.each([
    { with: 'open ones first', printed: printed(open('A'), open('B'), restricted('C')), are: ['open A', 'B', 'C'] },
    { with: 'an empty one', printed: printed(empty('A'), open('B'), empty('C'), open('D')), are: ['open B', 'D'] },
    { with: 'none open', printed: printed(restricted('A'), restricted('B')), are: ['A', 'B'] },
    {
      with: 'an open one after a restricted one',
      printed: printed(open('A'), restricted('B'), open('C')),
      are: ['open A', 'B', 'open C'],
    },
    { with: 'nothing', printed: printed(), are: [] },
  ])('with $with', (row) => {
    expect(row.printed).toEqual(row.are)
  })
})
