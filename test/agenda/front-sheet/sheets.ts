import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import type { FrontItem, FrontSection, FrontSheet } from '../../../src/agenda/front-sheet/rules.js'

export const item = (number: string, title: string, more: Partial<FrontItem> = {}): FrontItem => ({
  number,
  title,
  form: 'verbal',
  purpose: null,
  pages: null,
  presenter: null,
  late: null,
  withdrawn: false,
  ...more,
})

export const section = (letter: string, title: string, items: readonly FrontItem[], restricted = false): FrontSection => ({
  letter,
  title,
  restricted,
  items,
})

const paper = (first: number, last: number, more: Partial<FrontItem> = {}): Partial<FrontItem> => ({
  form: 'paper',
  pages: { first, last },
  ...more,
})

/** The county's front sheet of that day; the telephone number, which the scan lost, is made up. */
export const july2025: FrontSheet = {
  board: 'Kent Community Safety Partnership',
  startsAt: Temporal.PlainDateTime.from('2025-07-23T10:00'),
  venue: 'Online',
  clerk: { name: 'Gaetano Romagnuolo', telephone: '03000 000000', email: 'gaetano.romagnuolo@kent.gov.uk' },
  state: 'agreed',
  cancelled: false,
  sections: [
    section('A', 'Committee Business', [
      item('A1', 'Introduction'),
      item('A2', 'Apologies and Substitutes'),
      item('A3', 'Declarations of Interest'),
      item('A4', 'Notes of meeting held on 25 March 2025', paper(1, 8)),
      item('A5', 'Election of Vice-Chair', { purpose: 'decision' }),
    ]),
    section('B', 'Matters for Information/Discussion', [
      item('B1', 'Kent Community Safety Agreement Update', paper(9, 20, { purpose: 'information', presenter: 'Ms S Brinson' })),
      item('B2', 'Kent Community Safety Partnership Working Group Update', paper(21, 26, { purpose: 'information' })),
      item('B3', 'Kent Community Safety Partnership Terms of Reference Review', paper(27, 42, { purpose: 'decision' })),
      item('B4', 'Safer Summer and Hotspot Policing Plan Update', { form: 'presentation', purpose: 'information' }),
      item('B5', 'Domestic Abuse Update', { purpose: 'information' }),
    ]),
    section('C', 'Matters for Information', [item('C1', 'Dates of future meetings')]),
    section(
      'D',
      'Restricted item(s)',
      [
        item('D1', 'Kent and Medway Domestic Abuse Related Death Review Update'),
        item('D2', 'Kent and Medway PREVENT Duty Delivery Board Update'),
      ],
      true,
    ),
  ],
}

/** One section of these items, on the sheet of July 2025. */
export const sheetOf = (...items: readonly FrontItem[]): FrontSheet => ({
  ...july2025,
  sections: [section('A', 'Committee Business', items)],
})

/** 300 characters of words, with a space each tenth. */
export const LONG_TITLE = 'Community '.repeat(30).trim().padEnd(300, 'y')

export const hundredItems: FrontSheet = {
  ...july2025,
  sections: ['A', 'B', 'C', 'D'].map((letter) =>
    section(
      letter,
      `Section ${letter}`,
      Array.from({ length: 25 }, (_, n) => item(`${letter}${n + 1}`, LONG_TITLE, paper(n * 10 + 1, n * 10 + 10))),
      letter === 'D',
    ),
  ),
}

/** What no platform may take for markup. */
export const MARKUP =
  '<script>alert(1)</script> & "quotes" \'single\' *bold* <!channel> </title></style> <img src=x onerror=alert(1)> &amp; {{x}}'

/** Every typed text of the sheet is `MARKUP`. */
export const hostile: FrontSheet = {
  ...july2025,
  board: MARKUP,
  venue: MARKUP,
  clerk: { name: MARKUP, telephone: MARKUP, email: `"><script>alert(1)</script>@example.org` },
  sections: [
    section('A', MARKUP, [item('A1', MARKUP, { late: MARKUP, form: 'to follow' })]),
    section('B', MARKUP, [item('B1', MARKUP)], true),
  ],
}

const scanned = readFileSync(new URL('./front-sheet-2025-07-23.txt', import.meta.url), 'utf8')

/**
 * The words of the county's sheet, without what is the scanner's: a garbled first try at item A1's line, in Persian
 * digits; bullets and bold marks; Greek and Cyrillic letters for A; the e-mail address broken in two; and a full stop
 * read as a space and a hyphen.
 */
export const printedWords: readonly string[] = scanned
  .replace(/^[\u06F0-\u06F9\s]+Introduction$/m, '')
  .replace(/^- /gm, '')
  .replaceAll('**', '')
  .replace(/[\u0391\u0410]/g, 'A')
  .replace(/romagnuol\s+o@/, 'romagnuolo@')
  .replace('D -RESTRICTED', 'D. RESTRICTED')
  .split(/\s+/)
  .filter(Boolean)
