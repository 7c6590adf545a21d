export type Method = 'absolute majority' | 'plurality' | 'ranked choices' | 'confirmation'

/**
 * Candidates' ids by preference, the first preferred; with every method but ranked choices at most one. [AGAINST] is against
 * the sole candidate of a confirmation. None: an abstention.
 */
export type Choice = readonly string[]
export const AGAINST = 'against'

/** What a lot has settled: of those tied, the one drawn, who is elected in a tie for the election, and else drops out. */
export interface Drawn {
  readonly among: readonly string[]
  readonly drawn: string
}

/** One count. Whole numbers of votes. */
export interface Stage {
  /** of each candidate still in it, and of AGAINST in a confirmation: the most first, and equal ones by id */
  readonly votes: readonly { readonly candidate: string; readonly votes: number }[]
  /** ballots without a preference for anybody still in it */
  readonly exhausted: number
  /** who drops out after it, by id; several together where it does not matter in which order, or where none has a vote */
  readonly out: readonly string[]
  /** a lot has settled who drops out after it, or, after the last, who is elected */
  readonly byLot: boolean
}

export interface Counted {
  /** one, but for ranked choices */
  readonly stages: readonly Stage[]
  /** ballots that chose somebody, or were against */
  readonly cast: number
  readonly abstained: number
  readonly result: Result
}

/** What a tie is about: who is elected, or who drops out. */
export type Tied = 'election' | 'exclusion'

/** What a ballot came to. Every list of candidates is by id. */
export type Result =
  | { readonly kind: 'elected'; readonly candidate: string; readonly byLot: boolean }
  /** nobody has the absolute majority: those with fewest votes drop out, and there is a fresh ballot among who are left */
  | {
      readonly kind: 'drops out'
      readonly candidates: readonly string[]
      readonly left: readonly string[]
      readonly byLot: boolean
    }
  /** needs a fresh ballot or a lot */
  | { readonly kind: 'tie'; readonly of: Tied; readonly among: readonly string[] }
  | { readonly kind: 'not confirmed' }
  /** all abstained, or nobody voted */
  | { readonly kind: 'nobody' }

/** Whether somebody may choose so, by this method among these candidates. */
export function isChoice(method: Method, candidates: readonly string[], choice: Choice): boolean {
  if (new Set(choice).size < choice.length) return false
  if (method !== 'ranked choices' && choice.length > 1) return false
  return choice.every((chosen) => candidates.includes(chosen) || (method === 'confirmation' && chosen === AGAINST))
}

/**
 * Counts one ballot. The order of candidates and of choices does not matter.
 *
 * Absolute majority: who has more than half of the votes cast is elected, and an abstention is no vote cast. Else the last drops
 * out, and several without a vote drop out together: nobody wanted them, and at least two others have votes, or one of those
 * would have them all. Plurality: most votes. Confirmation: more votes for than against. Ranked choices: who has more than half
 * of the votes still in play is elected, else the last drops out, and their ballots pass to the next preference still in.
 * @param drawn what lots have settled in it, in the order in which they were needed
 * @throws Error where candidates or choices are none that could be, and on a lot about anything but a tie of this ballot
 */
export function count(
  method: Method,
  candidates: readonly string[],
  choices: readonly Choice[],
  drawn: readonly Drawn[],
): Counted {
  if (candidates.length === 0 || new Set([...candidates, AGAINST]).size <= candidates.length)
    throw new Error(`no candidates of a ballot: ${candidates.join(', ') || 'none'}`)
  if (method === 'confirmation' && candidates.length > 1) throw new Error('a confirmation is of one candidate')
  const wrong = choices.find((choice) => !isChoice(method, candidates, choice))
  if (wrong) throw new Error(`no choice by ${method}: ${wrong.join(', ')}`)
  const cast = choices.filter((choice) => choice.length > 0)
  const counted = stagesOf(method, method === 'confirmation' ? [...candidates, AGAINST] : candidates, cast, drawn)
  return { ...counted, cast: cast.length, abstained: choices.length - cast.length }
}

type Votes = Stage['votes']

/** What a stage alone says. */
type Said =
  | { readonly kind: 'elected'; readonly candidate: string }
  | { readonly kind: 'out'; readonly candidates: readonly string[] }
  | Extract<Result, { kind: 'tie' | 'not confirmed' | 'nobody' }>

/** The stages from one with these candidates on, to the result. */
function stagesOf(
  method: Method,
  candidates: readonly string[],
  cast: readonly Choice[],
  drawn: readonly Drawn[],
): Pick<Counted, 'stages' | 'result'> {
  const votes = votesOf(candidates, cast)
  const exhausted = cast.length - sum(votes)
  const first = said(method, votes)
  const [lot, ...later] = drawn
  const byLot = first.kind === 'tie' && lot !== undefined
  const settled = byLot ? settledBy(lot, first) : first
  const rest = byLot ? later : drawn
  const stage: Stage = { votes, exhausted, out: settled.kind === 'out' ? settled.candidates : [], byLot }
  const left = candidates.filter((candidate) => !stage.out.includes(candidate)).sort()
  if (settled.kind === 'out' && method === 'ranked choices') {
    const { stages, result } = stagesOf(method, left, cast, rest)
    return { stages: [stage, ...stages], result }
  }
  if (rest.length > 0) throw new Error(`a lot among ${rest[0]?.among.join(', ')} where none was needed`)
  if (settled.kind === 'out')
    return { stages: [stage], result: { kind: 'drops out', candidates: settled.candidates, left, byLot } }
  return { stages: [stage], result: settled.kind === 'elected' ? { ...settled, byLot } : settled }
}

const sum = (votes: Votes): number => votes.reduce((before, one) => before + one.votes, 0)

/** Each ballot is a vote for the first of its preferences who is still in. */
function votesOf(candidates: readonly string[], cast: readonly Choice[]): Votes {
  const votes = new Map([...candidates].sort().map((candidate) => [candidate, 0]))
  for (const choice of cast) {
    const chosen = choice.find((preferred) => votes.has(preferred))
    if (chosen !== undefined) votes.set(chosen, (votes.get(chosen) ?? 0) + 1)
  }
  return [...votes].map(([candidate, number]) => ({ candidate, votes: number })).sort((one, other) => other.votes - one.votes)
}

/** @param votes of one stage, the most first */
function said(method: Method, votes: Votes): Said {
  const [first] = votes
  const all = sum(votes)
  if (!first || all === 0) return { kind: 'nobody' }
  const level = (number: number) => votes.filter((one) => one.votes === number).map(({ candidate }) => candidate)
  if (method === 'plurality') {
    const most = level(first.votes)
    return most.length > 1 ? { kind: 'tie', of: 'election', among: most } : { kind: 'elected', candidate: first.candidate }
  }
  const majority = first.votes * 2 > all
  if (method === 'confirmation')
    return majority && first.candidate !== AGAINST ? { kind: 'elected', candidate: first.candidate } : { kind: 'not confirmed' }
  if (majority) return { kind: 'elected', candidate: first.candidate }
  const fewest = votes.at(-1)?.votes ?? 0
  const last = level(fewest)
  // Nobody has a majority of two only where they are equal.
  if (votes.length === 2) return { kind: 'tie', of: 'election', among: last }
  if (last.length === 1 || fewest === 0) return { kind: 'out', candidates: last }
  const hopeless = method === 'ranked choices' ? hopelessOf(votes, last.length) : []
  return hopeless.length > 0 ? { kind: 'out', candidates: hopeless } : { kind: 'tie', of: 'exclusion', among: last }
}

/**
 * The last, among them all who are tied, who together have fewer votes than anybody else: whatever passes among them, they all
 * drop out before anybody else does, or somebody else has the majority before, who has it after. So no lot among them matters.
 * @returns the fewest of whom that is true; none: of nobody
 */
function hopelessOf(votes: Votes, tied: number): readonly string[] {
  for (let from = votes.length - tied; from > 0; from--) {
    const last = votes.slice(from)
    if (sum(last) < (votes[from - 1]?.votes ?? 0)) return last.map(({ candidate }) => candidate).sort()
  }
  return []
}

/** @throws Error where the lot is about others */
function settledBy({ among, drawn }: Drawn, tie: Extract<Result, { kind: 'tie' }>): Said {
  const same = [...among].sort().join('\n') === tie.among.join('\n')
  if (!same || !among.includes(drawn)) throw new Error(`a lot among ${among.join(', ')} where ${tie.among.join(', ')} are tied`)
  return tie.of === 'election' ? { kind: 'elected', candidate: drawn } : { kind: 'out', candidates: [drawn] }
}

/** Who is on the ballot that follows a tie. */
const freshCandidates = (
  method: Method,
  { candidates }: Held,
  { of, among }: Extract<Result, { kind: 'tie' }>,
): readonly string[] => (of === 'election' && method !== 'ranked choices' ? among : [...candidates].sort())

/** Whether a ballot was held because votes were equal in the one before, and among whom it was to be: where somebody withdrew meanwhile, it is another. */
function isFreshAfter(method: Method, before: Held | undefined, last: Held): boolean {
  if (before?.counted.result.kind !== 'tie') return false
  return freshCandidates(method, before, before.counted.result).join('\n') === [...last.candidates].sort().join('\n')
}

/** One ballot that was closed. */
export interface Held {
  readonly candidates: readonly string[]
  /** with what lots have settled in it since */
  readonly counted: Counted
}

/** Every list of candidates is by id. */
export type Next =
  | { readonly kind: 'elected'; readonly candidate: string }
  | {
      readonly kind: 'ballot'
      readonly candidates: readonly string[]
      readonly why: 'a fresh ballot, as votes were equal' | 'a fresh ballot without who had fewest'
    }
  | { readonly kind: 'lot'; readonly of: Tied; readonly among: readonly string[] }
  /** nobody was elected: not confirmed, or nobody voted */
  | { readonly kind: 'none' }

/**
 * What follows the ballots that were held. Equal votes are followed by a fresh ballot: among those tied where they are tied for
 * the election by plurality or absolute majority, else among the same as before. If votes are equal in that one too, the lot
 * decides among those tied in it. Once it is drawn, its ballot is counted again with what it has settled, and may need another.
 * Where somebody withdrew after a tie, the ballot among who are left is no fresh ballot for that tie.
 * @param held the last of which is the last
 * @param ties 'fresh ballot, then lot' is the convention
 * @throws Error where none was held
 */
export function next(method: Method, held: readonly Held[], ties: 'fresh ballot, then lot' | 'lot'): Next {
  const [last, before] = [held.at(-1), held.at(-2)]
  if (!last) throw new Error('nothing follows no ballot')
  const { result } = last.counted
  switch (result.kind) {
    case 'elected':
      return { kind: 'elected', candidate: result.candidate }
    case 'drops out':
      return { kind: 'ballot', candidates: result.left, why: 'a fresh ballot without who had fewest' }
    case 'tie': {
      const { of, among } = result
      if (ties === 'lot' || isFreshAfter(method, before, last)) return { kind: 'lot', of, among }
      return { kind: 'ballot', candidates: freshCandidates(method, last, result), why: 'a fresh ballot, as votes were equal' }
    }
    case 'not confirmed':
    case 'nobody':
      return { kind: 'none' }
  }
}
