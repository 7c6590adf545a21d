import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawLot, type Seed } from '../../src/elections/lot.js'
import { numbersFrom } from '../faults/numbers.js'

const BALLOT = 'Kent Community Safety Partnership / Chair / second ballot'
const TWO = [
  { id: 'a', name: 'Ada Young' },
  { id: 'b', name: 'Ben Okri' },
]
const SEEDS: readonly Seed[] = [
  { name: 'Sam Field', words: 'the tide turns at noon' },
  { name: 'Maria Abel', words: 'seven grey gulls' },
]

test('a lot says what it was drawn from', () => {
  const { seed, lines, drawn } = drawLot(BALLOT, TWO, SEEDS)
  expect(seed).toBe(`${BALLOT} / Maria Abel: seven grey gulls / Sam Field: the tide turns at noon`)
  expect(lines).toEqual([
    {
      candidate: 'a',
      name: 'Ada Young',
      text: `${seed} / Ada Young`,
      digest: 'a6cdfed269456482201e76da6e0e2737b294485e5351453fc1b4d8548356acf0',
    },
    {
      candidate: 'b',
      name: 'Ben Okri',
      text: `${seed} / Ben Okri`,
      digest: 'f678e2ae2c99362efed9e1fcb758ba89a5224caae82adc55cadcf42fc244a00d',
    },
  ])
  expect(drawn).toBe('a')
})

/** As somebody does who holds a card and has a shell. */
const byHand = (text: string): string =>
  execFileSync('sh', ['-c', `printf %s '${text.replaceAll("'", "'\\''")}' | sha256sum`], { encoding: 'utf8' }).slice(0, 64)

test.each([
  { what: 'plain names', names: ['Ada Young', 'Ben Okri'] },
  { what: 'apostrophes', names: ["Niamh O'Brien", 'Siân ap ’Rhys', "'; exit 1; '"] },
  { what: 'accents, composed and not', names: ['Zoë', 'Zoe\u0308 Smith', 'Łukasz Żółć', 'Nguyễn Thị Ánh'] },
  { what: 'what a shell or printf might read', names: ['100%s', '%d\\n', '$HOME', '`id`', '"!"', '-n', '*', '\\'] },
  { what: 'other scripts, and beyond U+FFFF', names: ['محمد', '王小明', '𠮷野家', '🗳️'] },
  { what: 'lines and tabs', names: ['Ada\nYoung', 'Ben\t\tOkri', ' Cay  Dee '] },
  { what: 'one name', names: ['Jo Bloggs', 'Jo Bloggs', 'Jo  Bloggs', 'Jo Other'] },
])('drawn again by hand: $what', ({ names }) => {
  const among = names.map((name, nth) => ({ id: `id-${nth}`, name }))
  const seeds = names.map((name, nth) => ({ name: `${name} ${nth}`, words: names.toReversed().join(' ') }))
  const { lines, drawn } = drawLot(names.join(' '), among, seeds)
  const digests = lines.map(({ text }) => byHand(text))
  expect(lines.map(({ digest }) => digest)).toEqual(digests)
  expect(lines.find(({ digest }) => digest === digests.toSorted()[0])?.candidate).toBe(drawn)
  for (const { text } of lines) expect(text).toBe(text.normalize('NFC'))
  expect(lines.map(({ candidate }) => candidate).sort()).toEqual(among.map(({ id }) => id))
})

test('seeds are taken by code points, where those of a string differ', () => {
  const { seed } = drawLot('B', TWO, [
    { name: '𠮷', words: 'one' },
    { name: '\uFF5E', words: 'two' },
    { name: 'b', words: 'three' },
    { name: 'B', words: 'five' },
    { name: 'B', words: 'and four' },
  ])
  expect(seed).toBe('B / B: and four / B: five / b: three / \uFF5E: two / 𠮷: one')
})

test('candidates of one name have their ids behind it, and others do not', () => {
  const among = [
    { id: 'y', name: 'Jo Bloggs' },
    { id: 'x', name: 'Jo Bloggs' },
    { id: 'z', name: 'Jo Other' },
  ]
  const { seed, lines } = drawLot(BALLOT, among, SEEDS)
  const texts = Object.fromEntries(lines.map(({ candidate, text }) => [candidate, text.slice(seed.length)]))
  expect(texts).toEqual({ x: ' / Jo Bloggs (x)', y: ' / Jo Bloggs (y)', z: ' / Jo Other' })
  expect(lines.map(({ name }) => name).sort()).toEqual(['Jo Bloggs', 'Jo Bloggs', 'Jo Other'])
})

const [SAM, MARIA] = [
  { name: 'Sam', words: 'x' },
  { name: 'Maria', words: 'x' },
]
test.each([
  { what: 'no seeds', among: TWO, seeds: [], why: 'two people' },
  { what: 'one seed', among: TWO, seeds: [SAM], why: 'two people' },
  { what: 'two seeds by one', among: TWO, seeds: [SAM, { name: ' Sam', words: 'y' }], why: 'two people' },
  { what: 'no words', among: TWO, seeds: [SAM, { name: 'Maria', words: ' \n' }], why: 'without' },
  { what: 'no name', among: TWO, seeds: [SAM, MARIA, { name: '\u200B', words: 'y' }], why: 'without' },
  { what: 'one candidate', among: TWO.slice(1), seeds: [SAM, MARIA], why: 'among two' },
  { what: 'a candidate twice', among: [...TWO, ...TWO], seeds: [SAM, MARIA], why: 'told apart' },
  {
    what: 'one called as another is with the id',
    among: [
      { id: 'x', name: 'Jo' },
      { id: 'y', name: 'Jo' },
      { id: 'z', name: 'Jo (x)' },
    ],
    seeds: [SAM, MARIA],
    why: 'told apart',
  },
])('no lot is drawn: $what', ({ among, seeds, why }) => {
  expect(() => drawLot(BALLOT, among, seeds)).toThrow(why)
})

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map((some) => `w${some}`)
const given = fc
  .array(fc.record({ name: words, words }), { minLength: 2, maxLength: 6 })
  .map((seeds) => seeds.map((seed, nth) => ({ ...seed, name: `${seed.name}${nth}` })))
const candidate = fc.record({ id: fc.uuid(), name: fc.oneof(words, fc.constantFrom('Jo', 'Al')) })
const candidates = fc.uniqueArray(candidate, { minLength: 2, maxLength: 6, selector: ({ id }) => id })
const shuffled = <T>(those: readonly T[]) => fc.shuffledSubarray([...those], { minLength: those.length })

test('neither the order of candidates nor that of seeds matters', () => {
  const lot = fc
    .tuple(candidates, given)
    .chain(([among, seeds]) => fc.tuple(fc.constant([among, seeds] as const), shuffled(among), shuffled(seeds)))
  fc.assert(
    fc.property(lot, ([[among, seeds], others, otherwise]) => {
      expect(drawLot(BALLOT, others, otherwise)).toEqual(drawLot(BALLOT, among, seeds))
    }),
    { numRuns: 1_000 },
  )
})

test('another ballot, or other words by anybody, is another lot', () => {
  const { seed } = drawLot(BALLOT, TWO, SEEDS)
  expect(drawLot('another', TWO, SEEDS).seed).not.toBe(seed)
  expect(drawLot(BALLOT, TWO, SEEDS.with(0, { name: 'Sam Field', words: 'another' })).seed).not.toBe(seed)
})

/** Chi-square above which an even lot falls once in a million times, by degrees of freedom. */
const ONCE_IN_A_MILLION: Readonly<Record<number, number>> = { 1: 23.93, 2: 27.64, 4: 33.38 }

test.each([
  { of: 'two', names: ['Ada', 'Ben'] },
  { of: 'three', names: ['Ada', 'Ben', 'Cay'] },
  { of: 'five', names: ['Ada', 'Ben', 'Cay', 'Dee', 'Eli'] },
  { of: 'three, of whom two have one name', names: ['Ada', 'Ada', 'Cay'] },
])('each of $of is drawn as often as the others', ({ names }) => {
  const draws = 20_000
  const number = numbersFrom(names.length)
  const anything = () => Math.floor(number() * 2 ** 32).toString(36)
  const among = names.map((name, nth) => ({ id: `${nth}`, name }))
  const times = names.map(() => 0)
  for (let nth = 0; nth < draws; nth++) {
    const drawn = Number(
      drawLot(BALLOT, among, [
        { name: 'Sam', words: anything() },
        { name: 'Maria', words: anything() },
      ]).drawn,
    )
    times[drawn] = (times[drawn] ?? 0) + 1
  }
  const even = draws / names.length
  const chiSquare = times.reduce((sum, time) => sum + (time - even) ** 2 / even, 0)
  expect(chiSquare).toBeLessThan(ONCE_IN_A_MILLION[names.length - 1] ?? 0)
})
