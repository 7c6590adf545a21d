import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { Item, Title } from '../../src/agenda/rules.js'
import { Refusal } from '../../src/kernel/refusal.js'
import { Pass, Restricted } from '../../src/kernel/restricted.js'
import { type Dispatched, doubtsOf, going, HANDED, toHand } from '../../src/papers/circulation/rules.js'
import {
  authorInWords,
  isExpected,
  isRestricted,
  lettered,
  type Marking,
  openedFor,
  type Paper,
  paperNumber,
  recommendationsFrom,
  sizeInWords,
  standing,
  stateOf,
  toCirculate,
  type Version,
} from '../../src/papers/rules.js'

const at = Temporal.Instant.from('2026-12-01T10:00:00Z')
const open: Title = { open: 'Grant' }

const itemOf = (given: Partial<Item> = {}): Item => ({
  id: 'item',
  letter: 'B',
  number: 1,
  title: open,
  about: 'nothing',
  form: 'paper',
  purpose: null,
  state: 'placed',
  presenter: null,
  pages: null,
  proposedBy: null,
  late: null,
  why: null,
  ...given,
})

const versionOf = (number: number, given: Partial<Version> = {}): Version => ({
  id: `version ${number}`,
  number,
  at,
  by: null,
  isFile: true,
  inside: { open: { recommendations: [], content: { link: 'https://example.org' } } },
  retracted: null,
  circulated: [],
  ...given,
})

const paperOf = (versions: readonly Version[], given: Partial<Item> = {}): Paper => ({
  item: itemOf(given),
  restricted: false,
  author: null,
  marking: 'none',
  versions,
})

const retracted = { at, why: 'It is wrong.' }

describe('what is restricted', () => {
  const sections = [
    { letter: 'B', title: 'Matters', restricted: false },
    { letter: 'D', title: 'Restricted', restricted: true },
  ]
  test.each<{ what: string; letter: string | null; marking: Marking; is: boolean }>([
    { what: 'an open item', letter: 'B', marking: 'none', is: false },
    { what: 'an OFFICIAL paper of an open item', letter: 'B', marking: 'OFFICIAL', is: false },
    { what: 'an OFFICIAL-SENSITIVE paper of an open item', letter: 'B', marking: 'OFFICIAL-SENSITIVE', is: true },
    { what: 'an item closed to the public', letter: 'D', marking: 'none', is: true },
    { what: 'an item that is not on the public agenda', letter: 'X', marking: 'none', is: true },
    { what: 'an item that stands nowhere yet', letter: null, marking: 'none', is: true },
  ])('$what: $is', ({ letter, marking, is }) => {
    expect(isRestricted({ sections }, { letter }, marking)).toBe(is)
  })

  test('opens for who has a pass, and to nobody else', () => {
    expect(openedFor({ open: 'words' }, null)).toBe('words')
    expect(openedFor({ hidden: new Restricted('words') }, null)).toBeNull()
    expect(openedFor({ hidden: new Restricted('words') }, Pass.if(false))).toBeNull()
    expect(openedFor({ hidden: new Restricted('words') }, Pass.if(true))).toBe('words')
    expect(JSON.stringify({ hidden: new Restricted('words') })).not.toContain('words')
  })
})

test.each([
  { what: 'none', versions: [], stands: null },
  { what: 'the only one', versions: [versionOf(1)], stands: 1 },
  { what: 'the last', versions: [versionOf(1), versionOf(2)], stands: 2 },
  { what: 'the one before the last, which was taken back', versions: [versionOf(1), versionOf(2, { retracted })], stands: 1 },
  { what: 'none where all were', versions: [versionOf(1, { retracted })], stands: null },
])('of the versions stands $what', ({ versions, stands }) => {
  expect(standing(paperOf(versions))?.number ?? null).toBe(stands)
})

test.each<{ what: string; given: Partial<Item>; notes: boolean; is: boolean }>([
  { what: 'a paper', given: {}, notes: false, is: true },
  { what: 'what is to follow', given: { form: 'to follow' }, notes: false, is: true },
  { what: 'a verbal item', given: { form: 'verbal' }, notes: true, is: false },
  { what: 'a presentation', given: { form: 'presentation' }, notes: true, is: false },
  { what: 'a proposal', given: { state: 'proposed' }, notes: true, is: false },
  { what: 'what was withdrawn', given: { state: 'withdrawn' }, notes: true, is: false },
  { what: 'the notes of the last meeting', given: { form: 'verbal', about: 'notes' }, notes: true, is: true },
  { what: 'the notes where there was none', given: { form: 'verbal', about: 'notes' }, notes: false, is: false },
])('$what is waited for: $is', ({ given, notes, is }) => {
  expect(isExpected(itemOf(given), notes)).toBe(is)
})

test.each([
  { what: 'in, however late', versions: [versionOf(1)], after: 1, state: 'in' },
  { what: 'missing up to the latest moment', versions: [], after: 0, state: 'missing' },
  { what: 'late a millisecond after it', versions: [], after: 1, state: 'late' },
  { what: 'late where what was in was taken back', versions: [versionOf(1, { retracted })], after: 1, state: 'late' },
] as const)('a paper is $what', ({ versions, after, state }) => {
  expect(stateOf(paperOf(versions), false, at, at.add({ milliseconds: after }))).toBe(state)
})

test('what nobody waits for is not late', () => {
  expect(stateOf(paperOf([], { form: 'verbal' }), true, at, at.add({ hours: 1 }))).toBe('not expected')
})

describe('what goes out', () => {
  test.each([
    { what: 'what is in', paper: paperOf([versionOf(1)]), goes: [1] },
    { what: 'the last version alone', paper: paperOf([versionOf(1), versionOf(2)]), goes: [2] },
    { what: 'not what has gone', paper: paperOf([versionOf(1, { circulated: [1] })]), goes: [] },
    { what: 'a new version of what has gone', paper: paperOf([versionOf(1, { circulated: [1] }), versionOf(2)]), goes: [2] },
    { what: 'not what was taken back', paper: paperOf([versionOf(1, { retracted })]), goes: [] },
    {
      what: 'not again what has gone, where a later one was taken back',
      paper: paperOf([versionOf(1, { circulated: [1] }), versionOf(2, { retracted })]),
      goes: [],
    },
    { what: 'not what is only proposed', paper: paperOf([versionOf(1)], { state: 'proposed' }), goes: [] },
    { what: 'not what was withdrawn', paper: paperOf([versionOf(1)], { state: 'withdrawn' }), goes: [] },
  ])('$what', ({ paper, goes }) => {
    expect(toCirculate([paper]).map(({ version }) => version.number)).toEqual(goes)
  })

  test('the agenda alone goes once; after that there must be something new', () => {
    expect(going([paperOf([])], 0)).toEqual({ number: 1, papers: [] })
    expect(() => going([paperOf([])], 1)).toThrow(Refusal)
    expect(going([paperOf([versionOf(1)])], 2)).toMatchObject({ number: 3 })
  })

  test.each([
    { what: 'nothing', state: 'agreed', papers: [paperOf([versionOf(1)])], number: 1, doubts: [] },
    { what: 'a draft', state: 'draft', papers: [], number: 1, doubts: ['The agenda is a draft: nobody has agreed it yet.'] },
    {
      what: 'one that is missing',
      state: 'agreed',
      papers: [paperOf([])],
      number: 1,
      doubts: ['B1 is not in, and would follow as a supplement.'],
    },
    {
      what: 'three that are missing',
      state: 'agreed',
      papers: [paperOf([]), paperOf([], { number: 2 }), paperOf([], { letter: 'D' })],
      number: 1,
      doubts: ['B1, B2 and D1 are not in, and would follow as a supplement.'],
    },
    { what: 'nothing of that of a supplement', state: 'draft', papers: [paperOf([])], number: 2, doubts: [] },
  ] as const)('against it speaks $what', ({ state, papers, number, doubts }) => {
    expect(doubtsOf({ state }, papers, { number, papers: [] }, false)).toEqual(doubts)
  })
})

describe('what the clerk has to hand over', () => {
  const marked = (marks: readonly string[], given: Partial<Dispatched>): Dispatched => ({
    person: { id: 'person', name: 'Ann' },
    way: 'chat',
    secure: null,
    at,
    sent: null,
    papers: [],
    opened: [],
    marks: marks.map((mark) => ({ mark, at })),
    ...given,
  })
  test.each<{ what: string; given: Partial<Dispatched>; marks: readonly string[]; left: string | null }>([
    { what: 'nothing to whom a chat reaches', given: {}, marks: [], left: null },
    { what: 'nothing that a link opens', given: { secure: 'link' }, marks: [], left: null },
    { what: 'all of it to whom none does', given: { way: 'by hand' }, marks: [], left: 'all of it' },
    { what: 'nothing once it went by post', given: { way: 'by hand' }, marks: ['post'], left: null },
    {
      what: 'all of it still, though they say that they have it',
      given: { way: 'by hand' },
      marks: ['received'],
      left: 'all of it',
    },
    {
      what: 'what is restricted, where there are no links',
      given: { secure: 'by hand' },
      marks: [],
      left: 'the restricted papers',
    },
    {
      what: 'what is restricted, which no email brings',
      given: { way: 'by hand', secure: 'by hand' },
      marks: ['email'],
      left: 'the restricted papers',
    },
    {
      what: 'nothing once it went by a secure method',
      given: { way: 'by hand', secure: 'by hand' },
      marks: ['secure method'],
      left: null,
    },
    { what: 'nothing once it was handed over', given: { secure: 'by hand' }, marks: ['in person'], left: null },
  ])('$what', ({ given, marks, left }) => {
    expect(toHand(marked(marks, given))).toBe(left)
  })
  test('in four ways', () => expect(HANDED).toEqual(['email', 'post', 'secure method', 'in person']))
})

describe('recommendations', () => {
  test.each([
    { said: '', read: [] },
    { said: '\n  \n', read: [] },
    { said: 'Agree it.', read: ['Agree it.'] },
    { said: '(a) Agree it.\n(b) Note it.', read: ['Agree it.', 'Note it.'] },
    {
      said: 'a) Agree it.\nb. Note it.\n- Thank them.\n• Publish it.',
      read: ['Agree it.', 'Note it.', 'Thank them.', 'Publish it.'],
    },
    { said: 'A grant is agreed.', read: ['A grant is agreed.'] },
    { said: 'I.e. this.', read: ['I.e. this.'] },
    { said: '(see B1) Agree it.', read: ['(see B1) Agree it.'] },
  ])('“$said”', ({ said, read }) => {
    expect(recommendationsFrom(said)).toEqual(read)
  })

  test('twenty are taken, of 500 characters each, and no more', () => {
    const most = Array(20).fill('x'.repeat(500)).join('\n')
    expect(recommendationsFrom(most)).toHaveLength(20)
    expect(() => recommendationsFrom(`${most}\nAgree.`)).toThrow(
      'There are 21 recommendations, and at most 20 are taken. Join some.',
    )
    expect(() => recommendationsFrom('x'.repeat(501))).toThrow(
      'A recommendation has at most 500 characters. Leave the reasons to the paper.',
    )
  })

  test('are lettered in their order, to the twentieth', () => {
    const all = lettered(Array(20).fill('Agree.'))
    expect([all[0], all[1], all[19]]).toEqual(['(a) Agree.', '(b) Agree.', '(t) Agree.'])
  })
})

test.each([
  { author: { post: null, organisation: null }, words: 'Ms S Brinson' },
  { author: { post: 'Senior Adviser', organisation: null }, words: 'Ms S Brinson, Senior Adviser' },
  { author: { post: null, organisation: 'Kent County Council' }, words: 'Ms S Brinson, Kent County Council' },
  {
    author: { post: 'Senior Adviser', organisation: 'Kent County Council' },
    words: 'Ms S Brinson, Senior Adviser, Kent County Council',
  },
])('an author is “$words”', ({ author, words }) => {
  expect(authorInWords({ id: null, name: 'Ms S Brinson', ...author })).toBe(words)
})

test.each([
  [1, '1 KB'],
  [1024, '1 KB'],
  [1025, '2 KB'],
  [1023 * 1024, '1023 KB'],
  [1024 * 1024, '1 MB'],
  [1024 * 1024 + 1, '1.1 MB'],
  [25 * 1024 * 1024, '25 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words)
})

test('a paper is called by where it stands', () => {
  expect(paperNumber(paperOf([]))).toBe('B1')
  expect(paperNumber(paperOf([], { letter: null, number: null, state: 'proposed' }))).toBe('a proposal')
})
