import type { Temporal } from 'temporal-polyfill'
import { electionTitle, fallsDue, ruleOf, type Tenure } from '../boards/offices/rules.js'
import type { Office } from '../boards/part/rules.js'
import type { Terms } from '../boards/terms.js'
import { dayInWords } from '../kernel/time.js'
import { type Agenda, type Form, type Item, LONGEST_TITLE, type Purpose, type Section } from './rules.js'

export type About = Terms['agenda']['standingItems']['sections'][number]['items'][number]['about']

/** An item that stands on every agenda of a board, until the board decides otherwise. */
export interface StandingItem {
  readonly letter: string
  readonly title: string
  readonly about: About
  readonly form: Form
  readonly purpose: Purpose | null
}

/** What the drafting of an agenda is told of its board and of the meeting. */
export interface Occasion {
  readonly terms: Terms
  /** the day of the meeting */
  readonly day: Temporal.PlainDate
  /** when the meeting before it was held, or null */
  readonly lastMeeting: Temporal.PlainDate | null
  /** who was, is and will be in the offices of the board */
  readonly tenures: readonly Tenure[]
  /** offices that another meeting to come is to fill */
  readonly elsewhere: readonly Office[]
  /** for what it is called, where it is extraordinary */
  readonly need: string | null
  /** when the terms were last before the board: approved, or reviewed */
  readonly lastReview: Temporal.PlainDate
}

/** Where a board has set no sections and items of its own. */
export const CUSTOMARY_SECTIONS: readonly Section[] = [
  { letter: 'A', title: 'Committee Business', restricted: false },
  { letter: 'B', title: 'Matters for Information/Discussion', restricted: false },
  { letter: 'C', title: 'Matters for Information', restricted: false },
  { letter: 'D', title: 'Restricted item(s)', restricted: true },
]

const customary = (
  letter: string,
  title: string,
  about: About,
  form: Form = 'verbal',
  purpose: Purpose | null = null,
): StandingItem => ({
  letter,
  title,
  about,
  form,
  purpose,
})

export const CUSTOMARY_ITEMS: readonly StandingItem[] = [
  customary('A', 'Introduction', 'introduction'),
  customary('A', 'Apologies and Substitutes', 'apologies'),
  customary('A', 'Declarations of Interest', 'interests'),
  customary('A', 'Notes of the last meeting', 'notes', 'paper', 'decision'),
  customary('A', 'Elections', 'elections', 'verbal', 'decision'),
  customary('B', 'Terms of Reference Review', 'review', 'paper', 'decision'),
  customary('C', 'Dates of future meetings', 'dates', 'verbal', 'information'),
  customary('C', 'Any other business', 'other business'),
]

/**
 * The elections of a meeting, by their titles: of the offices that are vacant on its day, or held for a term that ends within
 * sixty days after it, or has ended; but for those that another meeting is to fill.
 */
export function electionsDue({ terms, day, tenures, elsewhere }: Occasion): readonly string[] {
  const due = fallsDue(terms, tenures, day).filter(({ office }) => !elsewhere.includes(office))
  return due.flatMap(({ office }) => {
    const rule = ruleOf(terms, office)
    return rule ? [electionTitle(rule)] : []
  })
}

/** Whether the terms fall due for review: waiting for the meeting after this one would be too long. */
export function reviewDue({ terms, day, lastReview }: Occasion): boolean {
  const monthsBetween = Math.ceil(12 / terms.meetings.aYear)
  return isBefore(lastReview.add({ years: terms.review.everyYears }), day.add({ months: monthsBetween }))
}

const isBefore = (one: Temporal.PlainDate, other: Temporal.PlainDate): boolean =>
  one.year !== other.year ? one.year < other.year : one.dayOfYear < other.dayOfYear

/** "25 March 2025" */
const date = (day: Temporal.PlainDate): string => dayInWords(day).split(' ').slice(1).join(' ')

/** "Notes of meeting held on 25 March 2025" */
export const notesOf = (day: Temporal.PlainDate): string => `Notes of meeting held on ${date(day)}`

/** Whether a title is one of these, and none of the clerk's own. */
export const isNotesOf = (title: string): boolean => /^Notes of meeting held on \d{1,2} \p{L}+ \d{4}$/u.test(title)

/** The titles that a standing item has on this occasion: none where it does not fall due. */
function titlesOf({ about, title }: StandingItem, occasion: Occasion): readonly string[] {
  switch (about) {
    case 'notes':
      return occasion.lastMeeting ? [notesOf(occasion.lastMeeting)] : []
    case 'elections':
      return electionsDue(occasion)
    case 'review':
      return reviewDue(occasion) ? [`${occasion.terms.board} ${title}`] : []
    case 'introduction':
    case 'apologies':
    case 'interests':
    case 'dates':
    case 'other business':
    case 'nothing':
      return [title]
    default:
      return about satisfies never
  }
}

/** What an extraordinary meeting is called for leads the first open section after the opening one. */
function neededFirst(sections: readonly Section[], first: string, need: string | null): readonly StandingItem[] {
  if (need === null) return []
  const letter = sections.find((section) => !section.restricted && section.letter !== first)?.letter ?? first
  const title = need.length > LONGEST_TITLE ? `${need.slice(0, LONGEST_TITLE - 1)}…` : need
  return [
    { letter, title: `${title.charAt(0).toUpperCase()}${title.slice(1)}`, about: 'nothing', form: 'paper', purpose: 'decision' },
  ]
}

/**
 * The agenda of a new meeting: the board's sections, its standing items as they fall due, what falls due without one in
 * the first section that is open, and what an extraordinary meeting is called for.
 * @param newId makes the id of an item
 */
export function draftAgenda(
  sections: readonly Section[],
  standing: readonly StandingItem[],
  occasion: Occasion,
  newId: () => string,
): Agenda {
  const own = sections.length > 0 ? sections : CUSTOMARY_SECTIONS
  const items = sections.length > 0 ? standing : CUSTOMARY_ITEMS
  const first = own.find(({ restricted }) => !restricted)?.letter ?? own[0]?.letter ?? 'A'
  const fallsDue = CUSTOMARY_ITEMS.filter(
    ({ about }) => (about === 'elections' || about === 'review') && !items.some((item) => item.about === about),
  )
  const all = [...neededFirst(own, first, occasion.need), ...items, ...fallsDue.map((item) => ({ ...item, letter: first }))]
  const drafted = own.flatMap(({ letter }) =>
    all
      .filter((item) => item.letter === letter)
      .flatMap((item) => titlesOf(item, occasion).map((title) => ({ ...item, title })))
      .map(
        ({ title, about, form, purpose }, at): Item => ({
          id: newId(),
          letter,
          number: at + 1,
          title: { open: title },
          about,
          form,
          purpose,
          state: 'placed',
          presenter: null,
          pages: null,
          late: null,
          why: null,
          proposedBy: null,
        }),
      ),
  )
  return { state: 'draft', sections: own, items: drafted }
}
