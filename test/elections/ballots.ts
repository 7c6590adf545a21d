import {
  AGAINST,
  type Choice,
  type Counted,
  count,
  type Drawn,
  type Held,
  type Method,
  type Next,
  next,
} from '../../src/elections/counting.js'

/** "3 AB, 1 -" is three ballots that prefer A to B and an abstention; "!" is against. Candidates are capital letters. */
export const ballots = (words: string): readonly Choice[] =>
  (words === '' ? [] : words.split(', ')).flatMap((some) => {
    const [number = '', preferences = ''] = some.split(' ')
    return Array.from({ length: Number(number) }, () => choiceOf(preferences))
  })

export const choiceOf = (letters: string): Choice =>
  letters === '-' ? [] : [...letters].map((letter) => (letter === '!' ? AGAINST : letter))

/** "AB", A drawn of both, is "A of AB". */
export const lots = (words: string): readonly Drawn[] =>
  (words === '' ? [] : words.split(', ')).map((lot) => {
    const [drawn = '', among = ''] = lot.split(' of ')
    return { among: [...among], drawn }
  })

/** What a ballot came to, in words. */
export function saidOf({ result }: Pick<Counted, 'result'>): string {
  const by = 'byLot' in result && result.byLot ? ' by lot' : ''
  switch (result.kind) {
    case 'elected':
      return `${result.candidate} elected${by}`
    case 'drops out':
      return `${result.candidates.join('')} out${by}, ${result.left.join('')} left`
    case 'tie':
      return `${result.of}: ${result.among.join('')}`
    default:
      return result.kind
  }
}

/** "A3 B1 (1) -B" is a stage with a ballot exhausted, after which B drops out; "*" is by lot. */
export const stagesSaid = ({ stages }: Counted): string =>
  stages
    .map(({ votes, exhausted, out, byLot }) =>
      [
        ...votes.map((one) => `${one.candidate === AGAINST ? '!' : one.candidate}${one.votes}`),
        ...(exhausted > 0 ? [`(${exhausted})`] : []),
        ...(out.length > 0 ? [`-${out.join('')}`] : []),
        ...(byLot ? ['*'] : []),
      ].join(' '),
    )
    .join('; ')

/** What follows, in words. */
export function nextSaid(follows: Next): string {
  switch (follows.kind) {
    case 'elected':
      return `${follows.candidate} elected`
    case 'ballot':
      return `ballot of ${follows.candidates.join('')}: ${follows.why}`
    case 'lot':
      return `lot of ${follows.of}: ${follows.among.join('')}`
    case 'none':
      return 'none'
  }
}

/** Counts a ballot with as many lots as it takes. @param pick draws one of those tied, who are by id */
export function settled(
  method: Method,
  candidates: readonly string[],
  choices: readonly Choice[],
  pick: (among: readonly string[]) => string,
): { readonly counted: Counted; readonly drawn: readonly Drawn[] } {
  const drawn: Drawn[] = []
  for (;;) {
    const counted = count(method, candidates, choices, drawn)
    if (counted.result.kind !== 'tie') return { counted, drawn }
    const { among } = counted.result
    drawn.push({ among, drawn: pick(among) })
  }
}

type Ties = Parameters<typeof next>[2]

/** What follows ballots that were each of these candidates, with these choices, and in the last of which these lots were drawn. */
export function following(
  method: Method,
  held: readonly (readonly [of: string, words: string])[],
  ties: Ties,
  drawn = '',
): string {
  const ofAll = held.map(([of, words], nth): Held => {
    const candidates = [...of]
    return { candidates, counted: count(method, candidates, ballots(words), nth === held.length - 1 ? lots(drawn) : []) }
  })
  return nextSaid(next(method, ofAll, ties))
}
