import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MOST_CANDIDATES, NotOpened, open, openingKey, type SealedChoice, seal } from '../../src/elections/sealing.js'

function keys() {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

const { publicKey, pem } = keys()
const key = openingKey(pem, publicKey)
const OF = { ballot: 'd8f1a0c2-0000-4000-8000-000000000001', voter: 'd8f1a0c2-0000-4000-8000-000000000002' }
const CHOICE: SealedChoice = { places: [2], against: false, words: [17, 2047] }

const word = fc.integer({ min: 0, max: 2047 })
const words = fc.option(fc.tuple(word, word))
const chosen: fc.Arbitrary<SealedChoice> = fc.oneof(
  fc.record({
    places: fc.uniqueArray(fc.integer({ min: 0, max: MOST_CANDIDATES - 1 }), { maxLength: MOST_CANDIDATES }),
    against: fc.constant(false),
    words,
  }),
  fc.record({ places: fc.constant([]), against: fc.constant(true), words }),
)

test('what is sealed is opened as it was, and no two papers differ in length', () => {
  const { length } = seal(publicKey, CHOICE, OF)
  fc.assert(
    fc.property(chosen, fc.uuid(), fc.uuid(), (choice, ballot, voter) => {
      const sealed = seal(publicKey, choice, { ballot, voter })
      expect(open(key, sealed, { ballot, voter })).toEqual(choice)
      expect(sealed).toHaveLength(length)
    }),
    { numRuns: 300 },
  )
})

test('the same choice of the same voter is never sealed alike', () => {
  const papers = Array.from({ length: 50 }, () => Buffer.from(seal(publicKey, CHOICE, OF), 'base64url'))
  // After the prefix that every public key has, the bytes of any two agree no more than by chance.
  const bytes = papers.map((paper) => paper.subarray(12))
  const equal = bytes.flatMap((one, at) =>
    bytes.slice(at + 1).map((other) => one.filter((byte, place) => byte === other[place]).length),
  )
  expect(Math.max(...equal)).toBeLessThan(8)
})

test('a paper of which any bit of any byte was altered does not open', () => {
  const paper = Buffer.from(seal(publicKey, CHOICE, OF), 'base64url')
  const opened = [...paper].flatMap((_, at) =>
    [0, 3, 7].flatMap((bit) => {
      const altered = Buffer.from(paper)
      altered.writeUInt8(altered.readUInt8(at) ^ (1 << bit), at)
      return opens(altered.toString('base64url')) ? [at] : []
    }),
  )
  expect(opened).toEqual([])
})

function opens(sealed: string, of = OF, by = key): boolean {
  try {
    open(by, sealed, of)
    return true
  } catch (error) {
    expect(error).toBeInstanceOf(NotOpened)
    expect((error as Error).cause).toBeUndefined()
    return false
  }
}

describe('a paper opens for its own ballot, voter and key alone', () => {
  const sealed = seal(publicKey, CHOICE, OF)
  const other = keys()
  test.each([
    { what: 'another ballot', of: { ...OF, ballot: OF.voter }, by: key },
    { what: 'another voter', of: { ...OF, voter: OF.ballot }, by: key },
    { what: 'ballot and voter exchanged', of: { ballot: OF.voter, voter: OF.ballot }, by: key },
    { what: 'ballot and voter cut elsewhere', of: { ballot: `${OF.ballot} ${OF.voter}`, voter: '' }, by: key },
    { what: 'another key', of: OF, by: openingKey(other.pem, other.publicKey) },
  ])('$what', ({ of, by }) => {
    expect(opens(sealed, OF)).toBe(true)
    expect(opens(sealed, of, by)).toBe(false)
  })

  test.each([
    { what: 'nothing', paper: '' },
    { what: 'cut short', paper: sealed.slice(0, -4) },
    { what: 'made longer', paper: `${sealed}AAAA` },
    { what: 'noughts', paper: Buffer.alloc(124).toString('base64url') },
    { what: 'a public key of small order', paper: lowOrder(sealed) },
  ])('$what is no paper', ({ paper }) => {
    expect(opens(paper)).toBe(false)
  })
})

/** With a public key whose secret with any other is known to all. */
function lowOrder(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  bytes.fill(0, 12, 44)
  return bytes.toString('base64url')
}

const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

test.each([
  { what: 'cut short', file: pem.slice(0, 60), why: 'the key is damaged' },
  { what: 'empty', file: '', why: 'the key is damaged' },
  { what: 'of another kind', file: ed25519, why: 'the key is of another kind' },
  { what: "another ballot's", file: keys().pem, why: 'the key is that of another ballot' },
])('a key that is $what opens nothing, and says so', ({ file, why }) => {
  expect(() => openingKey(file, publicKey)).toThrow(new NotOpened(why))
})

test('a ballot with more candidates than a paper holds is not sealed', () => {
  const places = Array.from({ length: MOST_CANDIDATES + 1 }, (_, place) => place)
  expect(() => seal(publicKey, { places, against: false, words: null }, OF)).toThrow('more candidates than a ballot holds')
})
