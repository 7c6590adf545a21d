import { emailOf } from '../../../src/demonstration/people.js'
import { type Evidence, type Found, tokensOf } from './evidence.js'
import { changed, papersIn, places } from './files.js'
import { ABSTAINED, type Guess, ofElectors } from './guess.js'

/** Of each elector what may have to do with their choice: for whoever learns from elections of which they know the choices. */
export function traits(evidence: Evidence): readonly (readonly number[])[] {
  const { electors, after } = evidence
  const casts = ofElectors(evidence, after, 'delivery')
  const notices = ofElectors(evidence, after, 'notice')
  const journal = ofElectors(evidence, after, 'journal')
  const papers = papersIn(evidence)
  const bytes = changed(evidence, 'after')
  return electors.map((one, who) => {
    const own = (rows: readonly (Found & { readonly who: number })[]) => rows.filter((row) => row.who === who)
    const sealed = Buffer.from(papers.find((paper) => paper.who === who)?.sealed ?? '', 'base64url')
    return [
      casts.findIndex((row) => row.who === who),
      casts.findLastIndex((row) => row.who === who),
      own(casts).length,
      own(notices).reduce((sum, { text }) => sum + text.length, 0),
      Number(own(notices).at(-1)?.row.wanted ?? 0),
      own(journal).reduce((sum, { text }) => sum + text.length, 0),
      Number.parseInt(String(own(journal).at(-1)?.row.commitment ?? '0').slice(0, 4), 16),
      sealed.length,
      ...[12, 44, 45, 46, 60, 104, 108, 123].map((at) => sealed[at] ?? 0),
      evidence.sent.findLastIndex(({ to }) => 'user' in to && to.user === emailOf(one.name)),
      tokensOf(one).reduce((sum, token) => sum + places(bytes, token).length, 0),
      who,
    ]
  })
}

/** Rank of each among those of one election, in four parts. */
const parts = (of: readonly (readonly number[])[], trait: number): readonly number[] => {
  const values = of.map((one) => one[trait] ?? 0)
  const all = [...values].sort((one, other) => one - other)
  return values.map((value) => Math.floor((4 * all.indexOf(value)) / all.length))
}

/** An election of which the choices are known. */
export interface Known {
  readonly evidence: readonly (readonly number[])[]
  readonly truth: readonly number[]
}

/** Learns from some elections what goes with which choice, and guesses those of another (naive Bayes). */
export function learnt(known: readonly Known[], another: Known): Guess {
  const many = another.evidence[0]?.length ?? 0
  const seen = Array.from({ length: many }, () => [0, 1, 2, ABSTAINED].map(() => [1, 1, 1, 1]))
  for (const { evidence, truth } of known)
    for (let trait = 0; trait < many; trait += 1)
      parts(evidence, trait).forEach((part, who) => {
        const row = seen[trait]?.[truth[who] ?? 0]
        if (row) row[part] = (row[part] ?? 0) + 1
      })
  const likely = (who: number, choice: number): number =>
    seen.reduce((sum, of, trait) => {
      const row = of[choice] ?? []
      return sum + Math.log((row[own[trait]?.[who] ?? 0] ?? 1) / row.reduce((all, one) => all + one, 0))
    }, 0)
  const own = Array.from({ length: many }, (_, trait) => parts(another.evidence, trait))
  const left = [...another.truth]
  const guess = another.truth.map(() => -1)
  const scored = another.truth.flatMap((_, who) =>
    [0, 1, 2, ABSTAINED].map((choice) => {
      const others = [0, 1, 2, ABSTAINED].map((one) => likely(who, one))
      return { who, choice, score: likely(who, choice) - Math.log(others.reduce((sum, one) => sum + Math.exp(one), 0)) }
    }),
  )
  for (const { who, choice } of scored.sort((one, other) => other.score - one.score)) {
    const at = left.indexOf(choice)
    if (at < 0 || guess[who] !== -1) continue
    guess[who] = choice
    left.splice(at, 1)
  }
  return guess
}
