import type { Temporal } from 'temporal-polyfill'
import { type Agenda, type Item, numberOf, UNLISTED } from '../agenda/rules.js'
import type { Named } from '../boards/rules.js'
import { Refusal } from '../kernel/refusal.js'
import type { Pass, Restricted } from '../kernel/restricted.js'

/** How a paper may travel. It is not the restriction of an item, whose title is public. */
export type Marking = 'none' | 'OFFICIAL' | 'OFFICIAL-SENSITIVE'
export const MARKINGS: readonly Marking[] = ['none', 'OFFICIAL', 'OFFICIAL-SENSITIVE']

/** Characters of one recommendation. */
export const LONGEST_RECOMMENDATION = 500
/** Recommendations of one paper, (a) to (t). */
export const MOST_RECOMMENDATIONS = 20
/** Versions of one paper: a convention of ours. */
export const MOST_VERSIONS = 50

/** Who wrote it, as the front of the paper says. */
export interface Author {
  /** null: nobody whom the roster knows */
  readonly id: string | null
  readonly name: string
  readonly post: string | null
  readonly organisation: string | null
}

/** Where a version lies. */
export type Content =
  | { readonly file: { readonly sha256: string; readonly name: string; readonly type: string; readonly bytes: number } }
  | { readonly link: string }

/** What stands in a version. */
export interface Inside {
  /** lettered (a), (b) … */
  readonly recommendations: readonly string[]
  readonly content: Content
}

/** What everyone may read, or what only who has a pass can open. */
export type Guarded<T> = { readonly open: T } | { readonly hidden: Restricted<T> }

/** What a guarded thing says to who has this pass, or none; null: to them it is closed. */
export const openedFor = <T>(guarded: Guarded<T>, pass: Pass | null): T | null =>
  'open' in guarded ? guarded.open : guarded.hidden.open(pass)

export interface Version {
  readonly id: string
  /** 1, 2, 3 … */
  readonly number: number
  readonly at: Temporal.Instant
  readonly by: Named | null
  readonly inside: Guarded<Inside>
  /** it is kept here, and is no address elsewhere */
  readonly isFile: boolean
  /** taken back by the clerk: nobody opens it any more */
  readonly retracted: { readonly at: Temporal.Instant; readonly why: string } | null
  /** by which circulations it went, 1 being the first */
  readonly circulated: readonly number[]
}

/** An item that is a paper, or to which one was sent. */
export interface Paper {
  readonly item: Item
  /** who has no pass sees of it no more than the item's title */
  readonly restricted: boolean
  readonly author: Author | null
  readonly marking: Marking
  /** in the order of their numbers */
  readonly versions: readonly Version[]
}

/** Whether the papers of an item are for those alone who have a pass: closed to the public, not on the public agenda, or so marked. */
export const isRestricted = (
  { sections }: Pick<Agenda, 'sections'>,
  { letter }: Pick<Item, 'letter'>,
  marking: Marking,
): boolean =>
  marking === 'OFFICIAL-SENSITIVE' ||
  letter === null ||
  letter === UNLISTED ||
  sections.some((section) => section.letter === letter && section.restricted)

/** The version that stands: the last that was not taken back. */
export const standing = ({ versions }: Paper): Version | null => versions.findLast(({ retracted }) => retracted === null) ?? null

/**
 * Whether a paper is waited for. Verbal items and presentations are not, nor the notes of a last meeting where there was none.
 * @param notes whether there are notes of an earlier meeting to be approved
 */
export const isExpected = ({ state, form, about }: Item, notes: boolean): boolean =>
  state === 'placed' && (form === 'paper' || form === 'to follow' || (about === 'notes' && notes))

/** How a paper stands, for the clerk's one glance. */
export type State = 'in' | 'missing' | 'late' | 'not expected'

export function stateOf(paper: Paper, notes: boolean, deadline: Temporal.Instant, now: Temporal.Instant): State {
  if (standing(paper)) return 'in'
  if (!isExpected(paper.item, notes)) return 'not expected'
  return deadline.epochMilliseconds < now.epochMilliseconds ? 'late' : 'missing'
}

/** Those whose standing version nobody has been sent yet. */
export const toCirculate = (papers: readonly Paper[]): readonly { readonly paper: Paper; readonly version: Version }[] =>
  papers.flatMap((paper) => {
    const version = standing(paper)
    return version && version.circulated.length === 0 && paper.item.state === 'placed' ? [{ paper, version }] : []
  })

/** "B2"; what stands on no agenda has none. */
export const paperNumber = ({ item }: Paper): string => numberOf(item) ?? 'a proposal'

const wrong = (code: 'invalid' | 'limit', field: string, sentence: string): Refusal =>
  new Refusal(code, sentence, undefined, { [field]: sentence })

/** What was typed one a line, with or without letters before it; a capital with a full stop is somebody's initial. */
export const letteredLines = (said: string): readonly string[] =>
  said
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\(?[a-zA-Z]\)|[a-z]\.|[-*•])\s+/, '').trim())
    .filter((line) => line !== '')

/**
 * Recommendations as they were typed, one a line, with or without their letters.
 * @throws Refusal at the field `recommendations`
 */
export function recommendationsFrom(said: string): readonly string[] {
  const lines = letteredLines(said)
  if (lines.length > MOST_RECOMMENDATIONS)
    throw wrong(
      'limit',
      'recommendations',
      `There are ${lines.length} recommendations, and at most ${MOST_RECOMMENDATIONS} are taken. Join some.`,
    )
  const long = lines.find((line) => line.length > LONGEST_RECOMMENDATION)
  if (long)
    throw wrong(
      'limit',
      'recommendations',
      `A recommendation has at most ${LONGEST_RECOMMENDATION} characters. Leave the reasons to the paper.`,
    )
  return lines
}

/** "(a)", "(b)" … */
export const lettered = (recommendations: readonly string[]): readonly string[] =>
  recommendations.map((text, at) => `(${String.fromCharCode(97 + at)}) ${text}`)

/** "Ms S Brinson, Senior Adviser, Kent County Council" */
export const authorInWords = ({ name, post, organisation }: Author): string =>
  [name, post, organisation].filter(Boolean).join(', ')

/** "12 KB", "1.4 MB": rounded up. */
export function sizeInWords(bytes: number): string {
  const kilobytes = Math.ceil(bytes / 1024)
  return kilobytes < 1024 ? `${kilobytes} KB` : `${Math.ceil(bytes / 1024 / 102.4) / 10} MB`
}

/** "1 person", "3 people". */
export const peopleInWords = (count: number): string => (count === 1 ? '1 person' : `${count} people`)

/** "1 working day", "3 working days". */
export const workingDays = (count: number): string => `${count} working day${count === 1 ? '' : 's'}`
