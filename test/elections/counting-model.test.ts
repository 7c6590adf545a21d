import fc from 'fast-check'
import { expect, test } from 'vitest'
import { count, type Drawn, type Held, type Method, next } from '../../src/elections/counting.js'
import { numbersFrom } from '../faults/numbers.js'
import { choiceOf, nextSaid } from './ballots.js'
import { ReturningOfficer } from './returning-officer.js'

/** How many ballots it can take where somebody votes in each, by how many candidates there are. */
const AT_MOST: Readonly<Record<Method, (candidates: number) => number>> = {
  // For each of them who drops out a ballot and a fresh one, and so for the last two.
  'absolute majority': (candidates) => Math.max(1, 2 * (candidates - 1)),
  plurality: () => 2,
  'ranked choices': () => 2,
  confirmation: () => 1,
}

interface Sequence {
  readonly method: Method
  readonly candidates: number
  readonly voters: number
  readonly abstaining: number
  readonly lotAtOnce: boolean
  readonly seed: number
}

/** Few voters, so that ties are many. */
const sequenceBy = (method: Method): fc.Arbitrary<Sequence> =>
  fc.record({
    method: fc.constant(method),
    candidates: method === 'confirmation' ? fc.constant(1) : fc.integer({ min: 1, max: 7 }),
    voters: fc.integer({ min: 0, max: 9 }),
    abstaining: fc.constantFrom(0, 0, 0.1, 0.5),
    lotAtOnce: fc.boolean(),
    seed: fc.nat(),
  })

interface Played {
  readonly end: string
  readonly ballots: number
  readonly lots: number
}

/** Holds ballots of anything until the election is over, and asks both what follows. */
function play({ method, candidates, voters, abstaining, lotAtOnce, seed }: Sequence): Played {
  const number = numbersFrom(seed)
  const below = (most: number) => Math.floor(number() * most)
  const all = 'ABCDEFG'.slice(0, candidates)
  const officer = new ReturningOfficer(method, all, lotAtOnce)
  const shuffled = (letters: string): string[] => {
    const left = [...letters]
    return [...letters].map(() => left.splice(below(left.length), 1)[0] ?? '')
  }
  const paperOf = (letters: string): string => {
    if (number() < abstaining) return ''
    const preferred = shuffled(method === 'confirmation' ? `${letters}!` : letters)
    return preferred.slice(0, method === 'ranked choices' ? 1 + below(preferred.length) : 1).join('')
  }
  const ties = lotAtOnce ? 'lot' : 'fresh ballot, then lot'
  const held: Held[] = []
  let [open, lots] = [all, 0]
  for (;;) {
    const papers = Array.from({ length: voters }, () => paperOf(open))
    const choices = papers.map((paper) => choiceOf(paper || '-'))
    const drawn: Drawn[] = []
    const of = shuffled(open)
    held.push({ candidates: of, counted: count(method, of, choices, drawn) })
    let byHand = officer.close(papers)
    let follows = next(method, held, ties)
    expect(nextSaid(follows)).toBe(byHand)
    while (follows.kind === 'lot') {
      lots++
      const letter = follows.among[below(follows.among.length)] ?? ''
      drawn.push({ among: follows.among, drawn: letter })
      held.splice(-1, 1, { candidates: of, counted: count(method, of, choices, drawn) })
      byHand = officer.draw(letter)
      follows = next(method, held, ties)
      expect(nextSaid(follows)).toBe(byHand)
    }
    if (follows.kind !== 'ballot') return { end: byHand, ballots: held.length, lots }
    expect(held.length).toBeLessThan(2 * candidates)
    open = follows.candidates.join('')
    expect(open).toBe(officer.candidates)
  }
}

test.each<Method>(['absolute majority', 'plurality', 'ranked choices', 'confirmation'])(
  'an election by %s goes as it does by hand, and comes to an end',
  (method) => {
    let drawn = 0
    fc.assert(
      fc.property(sequenceBy(method), (sequence) => {
        const { end, ballots, lots } = play(sequence)
        drawn += lots
        expect(end).toMatch(/^(?:[A-G] elected|none)$/)
        expect(ballots).toBeLessThanOrEqual(AT_MOST[method](sequence.candidates))
        if (sequence.lotAtOnce)
          expect(ballots).toBeLessThanOrEqual(method === 'absolute majority' ? Math.max(1, sequence.candidates - 1) : 1)
        if (!sequence.lotAtOnce && lots > 0) expect(ballots).toBeGreaterThan(1)
        // Whoever votes elects somebody, but for a confirmation.
        if (sequence.voters > 0 && sequence.abstaining === 0 && method !== 'confirmation') expect(end).not.toBe('none')
      }),
      { numRuns: 5_000 },
    )
    // Else no lot was compared.
    if (method !== 'confirmation') expect(drawn).toBeGreaterThan(100)
  },
)
