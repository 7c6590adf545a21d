import { expect, test } from 'vitest'
import { FirstPastThePost, InstantRunoff } from 'votes'
import { type Choice, type Counted, count } from '../../src/elections/counting.js'
import { numbersFrom } from '../faults/numbers.js'

const SETS = 10_000

interface BallotSet {
  readonly candidates: string[]
  readonly choices: readonly Choice[]
}

/** Ballots without end: of two to seven candidates, by up to sixty voters, some of whom abstain or do not rank everybody. */
function* setsFrom(seed: number, preferences: 'one' | 'several'): Generator<BallotSet> {
  const number = numbersFrom(seed)
  const below = (most: number) => Math.floor(number() * most)
  for (;;) {
    const candidates = [...'ABCDEFG'].slice(0, 2 + below(6))
    const choices = Array.from({ length: 1 + below(60) }, () => {
      if (below(10) === 0) return []
      const left = [...candidates]
      return Array.from(
        { length: preferences === 'one' ? 1 : 1 + below(left.length) },
        () => left.splice(below(left.length), 1)[0] ?? '',
      )
    })
    yield { candidates, choices }
  }
}

/** As the library wants them: candidates in one rank are equal to it. */
const theirs = ({ candidates, choices }: BallotSet) => ({
  candidates,
  ballots: choices.map((choice) => ({ ranking: choice.map((one) => [one]), weight: 1 })),
})

const votesIn = (stage: Counted['stages'][number] | undefined) =>
  Object.fromEntries(stage?.votes.map(({ candidate, votes }) => [candidate, votes]) ?? [])

test('plurality elects whom another library puts first past the post', () => {
  let compared = 0
  for (const set of setsFrom(1, 'one')) {
    const { result, stages } = count('plurality', set.candidates, set.choices, [])
    const post = new FirstPastThePost(theirs(set))
    if (result.kind === 'nobody') continue
    expect(votesIn(stages[0])).toEqual(post.scores())
    const first = post.ranking()[0]
    expect(first?.toSorted()).toEqual(result.kind === 'tie' ? result.among : [result.kind === 'elected' && result.candidate])
    if (result.kind === 'elected' && ++compared === SETS) break
  }
  expect(compared).toBe(SETS)
})

test('ranked choices elect whom another library’s instant run-off does, stage by stage', () => {
  let compared = 0
  for (const set of setsFrom(2, 'several')) {
    const { result, stages } = count('ranked choices', set.candidates, set.choices, [])
    // The library lets all who are tied drop out together.
    if (result.kind !== 'elected' || stages.some(({ out }) => out.length > 1)) continue
    // It also counts on when somebody has the majority, until one is left.
    const runoff = new InstantRunoff(theirs(set)).computeRounds()
    if (runoff.some(({ roundResult: { eliminated } }) => eliminated.length > 1)) continue
    expect(runoff.at(-1)?.candidates).toEqual([result.candidate])
    stages.forEach((stage, nth) => {
      const round = runoff[nth]?.roundResult
      expect(votesIn(stage)).toEqual(round?.scores)
      if (nth < stages.length - 1) expect(stage.out).toEqual(round?.eliminated)
    })
    if (++compared === SETS) break
  }
  expect(compared).toBe(SETS)
})

// Where all who are tied drop out together, as they do there, but for some who follow them a stage later.
test('where several drop out together without a lot, it elects the same', () => {
  let compared = 0
  for (const set of setsFrom(3, 'several')) {
    const { result, stages } = count('ranked choices', set.candidates, set.choices, [])
    if (result.kind !== 'elected' || stages.every(({ out }) => out.length <= 1)) continue
    const runoff = new InstantRunoff(theirs(set)).computeRounds()
    expect(runoff.at(-1)?.candidates).toEqual([result.candidate])
    if (++compared === SETS / 10) break
  }
  expect(compared).toBe(SETS / 10)
})
