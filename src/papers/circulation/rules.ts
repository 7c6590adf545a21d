import type { Temporal } from 'temporal-polyfill'
import type { Kept } from '../../agenda/rules.js'
import type { Named } from '../../boards/rules.js'
import type { Basis } from '../../boards/terms.js'
import { Refusal } from '../../kernel/refusal.js'
import { isExpected, type Paper, paperNumber, standing, toCirculate, type Version } from '../rules.js'

/** How a clerk has handed papers to somebody whom no chat reaches, or whose papers travel by a secure method only. */
export const HANDED = ['email', 'post', 'secure method', 'in person'] as const
export type Handed = (typeof HANDED)[number]

/** What goes out. */
export interface Going {
  /** 1; from 2 on a supplement */
  readonly number: number
  readonly papers: readonly { readonly paper: Paper; readonly version: Version }[]
}

/**
 * What there is to circulate.
 * @param circulated how many circulations there have been
 * @throws Refusal `conflict` where nothing is new
 */
export function going(papers: readonly Paper[], circulated: number): Going {
  const fresh = toCirculate(papers)
  if (circulated > 0 && fresh.length === 0)
    throw new Refusal('conflict', 'All that is in has been sent out already. What comes later goes as a supplement.')
  return { number: circulated + 1, papers: fresh }
}

const and = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** What speaks against circulating now, a sentence each: nothing that goes out is taken back. */
export function doubtsOf(
  agenda: Pick<Kept, 'state'>,
  papers: readonly Paper[],
  { number }: Going,
  notes: boolean,
): readonly string[] {
  const missing = papers.filter((paper) => isExpected(paper.item, notes) && standing(paper) === null).map(paperNumber)
  return [
    ...(number === 1 && agenda.state === 'draft' ? ['The agenda is a draft: nobody has agreed it yet.'] : []),
    ...(number === 1 && missing.length > 0
      ? [`${and(missing)} ${missing.length === 1 ? 'is' : 'are'} not in, and would follow as a supplement.`]
      : []),
  ]
}

/** "Papers" of the first circulation, "Supplement 1" of the second. */
export const circulationName = (number: number): string => (number === 1 ? 'Papers' : `Supplement ${number - 1}`)

/** One person's part of a circulation, as it was sent and what is known of it since. */
export interface Dispatched {
  readonly person: Named
  /** without an address from which files can be opened, a message says what goes, and the clerk hands over the files */
  readonly way: 'chat' | 'chat without files' | 'by hand'
  readonly secure: 'link' | 'by hand' | null
  readonly at: Temporal.Instant
  /** by which message, once it went; null: it waits, or goes by hand */
  readonly sent: { readonly at: Temporal.Instant; readonly message: string; readonly hash: string } | null
  readonly papers: readonly Went[]
  readonly opened: readonly { readonly paper: string; readonly at: Temporal.Instant }[]
  readonly marks: readonly { readonly mark: string; readonly at: Temporal.Instant }[]
}

/** A paper that went, as it then stood. */
interface Went {
  readonly itemNumber: string
  /** of the version */
  readonly number: number
}

/** A circulation as the record has it. */
export interface Circulation {
  readonly id: string
  readonly number: number
  readonly at: Temporal.Instant
  readonly by: string | null
  /** when the meeting was to begin, as it then was */
  readonly meetingAt: Temporal.Instant
  readonly deadline: Temporal.Instant
  readonly short: number
  /** the rule under which it went */
  readonly basis: Basis
  readonly papers: readonly (Went & { readonly version: string; readonly item: string })[]
}

/** The same with all to whom it went. */
export interface Circulated extends Circulation {
  readonly people: readonly Dispatched[]
}

const isMarked = ({ marks }: Dispatched, those: readonly string[]): boolean => marks.some(({ mark }) => those.includes(mark))

/** What the clerk still has to hand over to somebody; null: nothing. */
export function toHand(one: Dispatched): 'all of it' | 'the papers' | 'the restricted papers' | null {
  if (one.way !== 'chat' && !isMarked(one, HANDED)) return one.way === 'by hand' ? 'all of it' : 'the papers'
  return one.secure === 'by hand' && !isMarked(one, ['secure method', 'in person']) ? 'the restricted papers' : null
}
