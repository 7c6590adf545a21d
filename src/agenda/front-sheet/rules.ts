import type { Temporal } from 'temporal-polyfill'
import { dayInWords } from '../../kernel/time.js'

/** How an item comes before the meeting. */
export type ItemForm = 'paper' | 'verbal' | 'presentation' | 'to follow'

/** An item as the front sheet prints it. */
export interface FrontItem {
  /** "B2": the section's letter and the item's number in it */
  readonly number: string
  readonly title: string
  readonly form: ItemForm
  /** null where it is neither, as an introduction */
  readonly purpose: 'decision' | 'information' | null
  /** of the pack, whole numbers */
  readonly pages: { readonly first: number; readonly last: number } | null
  /** who presents it */
  readonly presenter: string | null
  /** the chair's reason, where it was added after the agenda was agreed */
  readonly late: string | null
  /** taken off after the agenda was agreed: it keeps its number */
  readonly withdrawn: boolean
}

export interface FrontSection {
  readonly letter: string
  readonly title: string
  /** "Meeting not open to the press and public and reports not for publication" */
  readonly restricted: boolean
  readonly items: readonly FrontItem[]
}

/** The first sheet of a pack: what the meeting will deal with, as one audience may see it. */
export interface FrontSheet {
  readonly board: string
  /** in the board's own zone */
  readonly startsAt: Temporal.PlainDateTime
  /** "Online", a room, or both */
  readonly venue: string
  /** whom to ask; null while there is no clerk */
  readonly clerk: { readonly name: string; readonly telephone: string | null; readonly email: string | null } | null
  readonly state: 'draft' | 'agreed'
  readonly cancelled: boolean
  readonly sections: readonly FrontSection[]
}

/** Printed once, above the sections that the public may hear. */
export const OPEN_TO_THE_PUBLIC = 'During these items the meeting is likely to be open to the public'
/** Printed under the title of a restricted section. */
export const NOT_OPEN_TO_THE_PUBLIC = 'Meeting not open to the press and public and reports not for publication'

/** "23rd". */
export function ordinal(day: number): string {
  const teen = day % 100 >= 11 && day % 100 <= 13
  return `${day}${(!teen && ['th', 'st', 'nd', 'rd'][day % 10]) || 'th'}`
}

/** "10.00 am", "2.30 pm", "12.00 noon": the hour as the county prints it. */
export function printedHour({ hour, minute }: Pick<Temporal.PlainDateTime, 'hour' | 'minute'>): string {
  const figures = `${hour % 12 || 12}.${String(minute).padStart(2, '0')}`
  if (minute === 0 && hour % 12 === 0) return `${figures} ${hour === 12 ? 'noon' : 'midnight'}`
  return `${figures} ${hour < 12 ? 'am' : 'pm'}`
}

/** "Wednesday, 23rd July, 2025". */
export function printedDay(startsAt: Temporal.PlainDateTime): string {
  const day = startsAt.toPlainDate()
  const [weekday, , month, year] = dayInWords(day).split(' ')
  return `${weekday}, ${ordinal(day.day)} ${month}, ${year}`
}

/** What must be seen before anything else; nothing where the agenda is agreed and the meeting stands. */
export const marksOf = ({ cancelled, state }: FrontSheet): readonly string[] => [
  ...(cancelled ? ['CANCELLED'] : []),
  ...(state === 'draft' ? ['DRAFT, not yet agreed'] : []),
]

/** "late item: REASON"; null for an item that was on the agenda when it was agreed. */
export const lateInWords = ({ late }: FrontItem): string | null =>
  late === null ? null : late ? `late item: ${late}` : 'late item'

/** What the sheet says after an item's title, each in brackets. Pages that are there no longer follow. */
export function remarksOf(item: FrontItem): readonly string[] {
  const { pages, form, withdrawn } = item
  const remarks = [
    pages && (pages.first === pages.last ? `Page ${pages.first}` : `Pages ${pages.first} - ${pages.last}`),
    form === 'to follow' && !pages && !withdrawn ? 'to follow' : null,
    lateInWords(item),
    withdrawn ? 'withdrawn' : null,
  ]
  return remarks.filter((remark) => remark !== null).map((remark) => `(${remark})`)
}

/** A section on the sheet; before one that `startsOpen` stands UNRESTRICTED ITEMS. */
export interface PrintedSection extends FrontSection {
  readonly startsOpen: boolean
}

/** The sections that have items. Where an open one follows a restricted one, the sheet says again that it is open. */
export const printedSections = ({ sections }: FrontSheet): readonly PrintedSection[] =>
  sections
    .filter(({ items }) => items.length > 0)
    .map((section, place, all) => ({ ...section, startsOpen: !section.restricted && all[place - 1]?.restricted !== false }))
