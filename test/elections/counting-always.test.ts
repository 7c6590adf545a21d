import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AGAINST, type Choice, count, isChoice, type Method } from '../../src/elections/counting.js'
import { saidOf, settled } from './ballots.js'

const METHODS: readonly Method[] = ['absolute majority', 'plurality', 'ranked choices', 'confirmation']

interface Ballot {
  readonly method: Method
  readonly candidates: readonly string[]
  readonly choices: readonly Choice[]
}

/** Few ballots, so that ties are many. */
const ballotBy = (...methods: readonly Method[]): fc.Arbitrary<Ballot> =>
  fc.tuple(fc.constantFrom(...methods), fc.integer({ min: 1, max: 6 })).chain(([method, number]) => {
    const candidates = [...'ABCDEF'].slice(0, method === 'confirmation' ? 1 : number)
    const choosable = method === 'confirmation' ? [...candidates, AGAINST] : candidates
    const maxLength = method === 'ranked choices' ? undefined : 1
    const choice = fc.shuffledSubarray(choosable, maxLength === undefined ? {} : { maxLength })
    return fc.record({
      method: fc.constant(method),
      candidates: fc.constant(candidates),
      choices: fc.array(choice, { maxLength: 14 }),
    })
  })

/** Draws one of those tied by a number alone. */
const pickBy = (number: number) => (among: readonly string[]) => among[number % among.length] ?? ''

const shuffled = <T>(those: readonly T[]) => fc.shuffledSubarray([...those], { minLength: those.length })

test('neither the order of candidates nor that of choices matters', () => {
  const reordered = ballotBy(...METHODS).chain((one) =>
    fc.tuple(fc.constant(one), shuffled(one.candidates), shuffled(one.choices), fc.nat(719)),
  )
  fc.assert(
    fc.property(reordered, ([{ method, candidates, choices }, others, otherwise, lot]) => {
      expect(count(method, others, otherwise, [])).toEqual(count(method, candidates, choices, []))
      expect(settled(method, others, otherwise, pickBy(lot))).toEqual(settled(method, candidates, choices, pickBy(lot)))
    }),
    { numRuns: 2_000 },
  )
})

test('nor how candidates are called', () => {
  const renamed = ballotBy('absolute majority', 'plurality', 'ranked choices').chain((one) =>
    fc.tuple(fc.constant(one), shuffled(one.candidates)),
  )
  fc.assert(
    fc.property(renamed, ([{ method, candidates, choices }, names]) => {
      const nameOf = (candidate: string) => names[candidates.indexOf(candidate)] ?? ''
      const { result } = count(method, candidates, choices, [])
      const named = count(
        method,
        names,
        choices.map((choice) => choice.map(nameOf)),
        [],
      ).result
      const sorted = (those: readonly string[]) => those.map(nameOf).sort()
      if (result.kind === 'elected') expect(named).toEqual({ ...result, candidate: nameOf(result.candidate) })
      else if (result.kind === 'tie') expect(named).toEqual({ ...result, among: sorted(result.among) })
      else if (result.kind === 'drops out')
        expect(named).toEqual({ ...result, candidates: sorted(result.candidates), left: sorted(result.left) })
      else expect(named).toEqual(result)
    }),
    { numRuns: 2_000 },
  )
})

test('every ballot is counted once in every stage, in whole numbers, and nobody is elected by fewer than they need', () => {
  fc.assert(
    fc.property(ballotBy(...METHODS), fc.nat(719), ({ method, candidates, choices }, lot) => {
      const { stages, cast, abstained, result } = settled(method, candidates, choices, pickBy(lot)).counted
      expect(cast + abstained).toBe(choices.length)
      expect(method === 'ranked choices' || stages.length === 1).toBe(true)
      stages.forEach(({ votes, exhausted }, nth) => {
        const inPlay = votes.reduce((sum, one) => sum + one.votes, 0)
        expect(inPlay + exhausted).toBe(cast)
        const gone = stages.slice(0, nth).flatMap(({ out }) => out)
        const still = [...candidates, ...(method === 'confirmation' ? [AGAINST] : [])].filter((one) => !gone.includes(one))
        expect(votes.map(({ candidate }) => candidate).sort()).toEqual(still.sort())
      })
      expect(result.kind === 'nobody').toBe(cast === 0)
      const last = stages.at(-1)?.votes ?? []
      if (result.kind === 'drops out') {
        expect([...result.candidates, ...result.left].sort()).toEqual([...candidates].sort())
        expect(result.left.length).toBeGreaterThanOrEqual(2)
      }
      if (result.kind !== 'elected') return
      const theirs = last.find(({ candidate }) => candidate === result.candidate)?.votes ?? 0
      expect(theirs).toBe(last[0]?.votes)
      const others = last.filter(({ candidate }) => candidate !== result.candidate).map(({ votes }) => votes)
      if (result.byLot) expect(Math.max(...others)).toBe(theirs)
      else if (method === 'plurality') expect(Math.max(0, ...others)).toBeLessThan(theirs)
      else expect(others.reduce((sum, votes) => sum + votes, 0)).toBeLessThan(theirs)
    }),
    { numRuns: 2_000 },
  )
})

test('a further vote for who is elected turns no plurality or majority', () => {
  fc.assert(
    fc.property(ballotBy('plurality', 'absolute majority', 'confirmation'), ({ method, candidates, choices }) => {
      const { result } = count(method, candidates, choices, [])
      if (result.kind === 'elected')
        expect(count(method, candidates, [...choices, [result.candidate]], []).result).toEqual(result)
    }),
    { numRuns: 2_000 },
  )
})

/** Whom the lot can elect, where each tie at the bottom is settled by one, whether or not it matters. */
function electable(left: readonly string[], choices: readonly Choice[]): ReadonlySet<string> {
  const firsts = choices.flatMap((choice) => choice.find((one) => left.includes(one)) ?? [])
  const votes = (candidate: string) => firsts.filter((first) => first === candidate).length
  const majority = left.find((candidate) => votes(candidate) * 2 > firsts.length)
  if (majority !== undefined) return new Set([majority])
  const fewest = Math.min(...left.map(votes))
  const last = left.filter((candidate) => votes(candidate) === fewest)
  return new Set(
    last.flatMap((out) => [
      ...electable(
        left.filter((one) => one !== out),
        choices,
      ),
    ]),
  )
}

/** Whom the lot can elect, where it is drawn only when count asks for it. */
function elected(candidates: readonly string[], choices: readonly Choice[], drawn: Parameters<typeof count>[3] = []): string[] {
  const { result } = count('ranked choices', candidates, choices, drawn)
  if (result.kind === 'elected') return [result.candidate]
  if (result.kind !== 'tie') throw new Error(saidOf({ result }))
  const { among } = result
  return among.flatMap((one) => elected(candidates, choices, [...drawn, { among, drawn: one }]))
}

/** Two with most of the votes, so that those behind are often beaten together. */
const lopsided = fc
  .tuple(fc.array(fc.constantFrom(['A'], ['B'], ['A', 'B'], ['B', 'A']), { maxLength: 9 }), ballotBy('ranked choices'))
  .map(([leading, { choices }]) => [...leading, ...choices].filter((choice) => choice.length > 0))
  .filter((choices) => choices.length > 0)

test('ranked choices: a lot that is not asked for could not have mattered', () => {
  let together = 0
  fc.assert(
    fc.property(lopsided, (choices) => {
      const candidates = [...'ABCDEF']
      const { stages } = count('ranked choices', candidates, choices, [])
      if (stages.some(({ votes, out }) => out.length > 1 && votes.some((one) => out.includes(one.candidate) && one.votes > 0)))
        together++
      expect(new Set(elected(candidates, choices))).toEqual(electable(candidates, choices))
    }),
    { numRuns: 2_000 },
  )
  // Else nothing was shown.
  expect(together).toBeGreaterThan(20)
})

test('ranked choices of one preference each elect who has most of the votes, or one of those', () => {
  fc.assert(
    fc.property(ballotBy('plurality'), ({ candidates, choices }) => {
      const most = count('plurality', candidates, choices, []).result
      const ranked = settled('ranked choices', candidates, choices, pickBy(0)).counted.result
      if (most.kind === 'elected') expect(ranked).toMatchObject({ kind: 'elected', candidate: most.candidate })
      if (most.kind === 'tie') expect(most.among).toContain(ranked.kind === 'elected' && ranked.candidate)
    }),
    { numRuns: 1_000 },
  )
})

test('what may be chosen is counted, and what may not throws', () => {
  const anything = fc.tuple(ballotBy(...METHODS), fc.array(fc.constantFrom(...'ABCDEFG', AGAINST), { maxLength: 4 }))
  fc.assert(
    fc.property(anything, ([{ method, candidates, choices }, choice]) => {
      const counting = () => count(method, candidates, [...choices, choice], [])
      if (isChoice(method, candidates, choice)) expect(counting).not.toThrow()
      else expect(counting).toThrow('no choice by')
    }),
  )
})
