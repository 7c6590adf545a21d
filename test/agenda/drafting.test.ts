import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  CUSTOMARY_ITEMS,
  CUSTOMARY_SECTIONS,
  draftAgenda,
  electionsDue,
  type Occasion,
  reviewDue,
  type StandingItem,
} from '../../src/agenda/drafting.js'
import { type Agenda, agree, numberOf, type Section } from '../../src/agenda/rules.js'
import type { Tenure } from '../../src/boards/offices/rules.js'
import type { Terms } from '../../src/boards/terms.js'
import { readTerms } from '../../src/boards/terms-text.js'
import { newId } from '../../src/kernel/ids.js'

function shipped(name: string): Terms {
  const read = readTerms(readFileSync(new URL(`../../src/boards/terms/${name}.yaml`, import.meta.url), 'utf8'))
  if ('faults' in read) throw new Error(`${name} cannot be read`)
  return read.terms
}

const kcsp2025 = shipped('kcsp-2025')
const kcsp2023 = shipped('kcsp-2023')
const workingGroup = shipped('kcsp-working-group-2025')
const steeringGroup = shipped('dardr-steering-group-2025')
const gravesham = shipped('gravesham')

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)

/** Somebody elected to an office, for as long as nothing else is said. */
const held = (office: Tenure['office'], since: string): Tenure => ({ office, acting: false, since: day(since), until: null })

/** A meeting of 23 July 2025, of a board that has met, whose offices are held and whose terms were just reviewed. */
const occasion = (terms: Terms, more: Partial<Occasion> = {}): Occasion => ({
  terms,
  day: day('2025-07-23'),
  lastMeeting: day('2025-03-25'),
  tenures: [held('chair', '2025-01-01'), held('vice-chair', '2025-01-01')],
  elsewhere: [],
  lastReview: day('2025-07-01'),
  need: null,
  ...more,
})

/** The sections and items with which a board begins. */
function begun({ agenda }: Terms): { sections: readonly Section[]; items: readonly StandingItem[] } {
  const { sections } = agenda.standingItems
  return {
    sections,
    items: sections.flatMap(({ letter, items }) => items.map((item) => ({ ...item, letter, purpose: item.purpose ?? null }))),
  }
}

const draft = (sections: readonly Section[], items: readonly StandingItem[], on: Occasion): Agenda =>
  draftAgenda(sections, items, on, newId)

/** "A1 Introduction", as it is drafted, in its order. */
const shown = ({ items }: Agenda): readonly string[] =>
  items.map((item) => `${numberOf(item)} ${'open' in item.title ? item.title.open : '?'}`)

const drafted = (terms: Terms, more: Partial<Occasion> = {}): readonly string[] => {
  const { sections, items } = begun(terms)
  return shown(draft(sections, items, occasion(terms, more)))
}

const OPENING = ['A1 Introduction', 'A2 Apologies and Substitutes', 'A3 Declarations of Interest']
const NOTES = 'A4 Notes of meeting held on 25 March 2025'
const CLOSING = ['C1 Dates of future meetings', 'C2 Any other business']
const USUAL = [...OPENING, NOTES, ...CLOSING]
const NOBODY = { tenures: [] }
const VICE = 'Election of Vice-Chair'
const LONG_AGO = { lastReview: day('2024-07-01') }

describe.each([
  { board: 'KCSP 2025', terms: kcsp2025, fills: ['Election of Vice-Chair'] },
  { board: 'KCSP 2023', terms: kcsp2023, fills: ['Election of Vice-Chair'] },
  { board: 'KCSP Working Group', terms: workingGroup, fills: ['Election of Chair', 'Election of Vice-Chair'] },
  // Its chair is nominated by its parent; its vice-chair by itself, “nominated and appointed from the other Statutory members”.
  { board: 'DARDR Steering Group', terms: steeringGroup, fills: ['Appointment of Vice-Chair'] },
  { board: 'Gravesham CSP', terms: gravesham, fills: ['Election of Vice-Chair'] },
])('$board', ({ terms, fills }) => {
  const elections = fills.map((title, at) => `A${5 + at} ${title}`)

  test('the usual items, where nothing falls due', () => {
    expect(drafted(terms)).toEqual(USUAL)
  })

  test('a first meeting has no notes to approve', () => {
    expect(drafted(terms, { lastMeeting: null })).toEqual([...OPENING, ...CLOSING])
  })

  test('elections of the offices that it fills and that are vacant, and of no other', () => {
    expect(drafted(terms, NOBODY)).toEqual([...OPENING, NOTES, ...elections, ...CLOSING])
  })

  test('its terms for review, by the name of the board, when they fall due', () => {
    expect(drafted(terms, LONG_AGO)).toEqual([...OPENING, NOTES, `B1 ${terms.board} Terms of Reference Review`, ...CLOSING])
  })

  test('all of it at once: each thing once', () => {
    expect(drafted(terms, { ...NOBODY, ...LONG_AGO })).toEqual([
      ...OPENING,
      NOTES,
      ...elections,
      `B1 ${terms.board} Terms of Reference Review`,
      ...CLOSING,
    ])
  })

  test('is a draft whose sections are those of the terms, and can be agreed as it is', () => {
    const { sections, items } = begun(terms)
    const agenda = draft(sections, items, occasion(terms))
    expect(agenda.state).toBe('draft')
    expect(agenda.sections.map(({ letter, title, restricted }) => ({ letter, title, restricted }))).toEqual([
      { letter: 'A', title: expect.stringMatching(/ Business$/), restricted: false },
      { letter: 'B', title: 'Matters for Information/Discussion', restricted: false },
      { letter: 'C', title: 'Matters for Information', restricted: false },
      { letter: 'D', title: 'Restricted item(s)', restricted: true },
    ])
    expect(agree(agenda).items).toEqual(agenda.items)
  })
})

test('what each item is for and how it comes, for the drawing of the sheet and the notes', () => {
  const { sections, items } = begun(kcsp2025)
  const agenda = draft(sections, items, occasion(kcsp2025, { ...NOBODY, ...LONG_AGO }))
  const facts = agenda.items.map(({ about, form, purpose }) => [about, form, purpose])
  expect(facts).toEqual([
    ['introduction', 'verbal', null],
    ['apologies', 'verbal', null],
    ['interests', 'verbal', null],
    ['notes', 'paper', 'decision'],
    ['elections', 'verbal', 'decision'],
    ['review', 'paper', 'decision'],
    ['dates', 'verbal', 'information'],
    ['other business', 'verbal', null],
  ])
  for (const item of agenda.items) {
    expect(item).toMatchObject({ state: 'placed', presenter: null, pages: null, late: null, why: null, proposedBy: null })
  }
})

describe('the notes of the last meeting bear its day as the county writes it', () => {
  test.each([
    { held: '2025-03-25', title: 'Notes of meeting held on 25 March 2025' },
    { held: '2024-11-21', title: 'Notes of meeting held on 21 November 2024' },
    { held: '2026-01-01', title: 'Notes of meeting held on 1 January 2026' },
  ])('$held', ({ held, title }) => {
    expect(drafted(kcsp2025, { lastMeeting: day(held) })).toContain(`A4 ${title}`)
  })
})

describe('an election falls due', () => {
  const since = (day: string, office: Tenure['office'] = 'vice-chair') => ({ tenures: [held(office, day)] })

  test.each([
    { rule: 'while the office is vacant', terms: kcsp2025, more: NOBODY, due: [VICE] },
    { rule: 'not a year after the last, of two', terms: kcsp2025, more: since('2024-07-23'), due: [] },
    // The meeting is on 23 July 2025: sixty days after it is 21 September.
    { rule: 'not sixty-one days before the end', terms: kcsp2025, more: since('2023-09-22'), due: [] },
    { rule: 'sixty days before the end', terms: kcsp2025, more: since('2023-09-21'), due: [VICE] },
    { rule: 'on the last day of the two years', terms: kcsp2025, more: since('2023-07-24'), due: [VICE] },
    { rule: 'two years after the last, to the day', terms: kcsp2025, more: since('2023-07-23'), due: [VICE] },
    { rule: 'and when they are long over', terms: kcsp2025, more: since('2019-01-01'), due: [VICE] },
    { rule: 'where no term is stated, while it is vacant', terms: kcsp2023, more: NOBODY, due: [VICE] },
    { rule: 'where no term is stated, never while it is held', terms: kcsp2023, more: since('1999-01-01'), due: [] },
    { rule: 'Gravesham states none either', terms: gravesham, more: since('1999-01-01'), due: [] },
    { rule: 'of each office by itself', terms: workingGroup, more: since('2024-07-23'), due: ['Election of Chair'] },
    { rule: 'of both', terms: workingGroup, more: NOBODY, due: ['Election of Chair', VICE] },
    { rule: 'not of an office ex officio', terms: kcsp2025, more: since('2024-07-23'), due: [] },
    {
      rule: 'not of one that the parent nominates, but of one that the board does',
      terms: steeringGroup,
      more: NOBODY,
      due: ['Appointment of Vice-Chair'],
    },
    {
      rule: 'not where another meeting is to hold it',
      terms: workingGroup,
      more: { ...NOBODY, elsewhere: ['vice-chair' as const] },
      due: ['Election of Chair'],
    },
  ])('$rule', ({ terms, more, due }) => {
    expect(electionsDue(occasion(terms, more))).toEqual(due)
  })

  test('a term from 29 February ends on 28 February', () => {
    // Sixty days before 28 February 2026 is 30 December 2025.
    const leap = since('2024-02-29')
    expect(electionsDue(occasion(kcsp2025, { ...leap, day: day('2025-12-29') }))).toEqual([])
    expect(electionsDue(occasion(kcsp2025, { ...leap, day: day('2025-12-30') }))).toEqual(['Election of Vice-Chair'])
  })

  test('of an office that several share, once, when the first of them falls due', () => {
    const shared = {
      ...kcsp2025,
      offices: [{ office: 'co-chair', filled: 'elected', from: [], years: 2, shared: true }],
    } as Terms
    const tenures = ['2023-01-01', '2025-01-01'].map((from) => held('co-chair', from))
    expect(electionsDue(occasion(shared, { tenures }))).toEqual(['Election of Co-Chair'])
  })
})

describe('the terms are on the agenda at least once a year', () => {
  test.each([
    // Three a year: the meeting after this one is four months on.
    { rule: 'not right after a review', terms: kcsp2025, on: '2025-07-23', last: '2025-07-22', due: false },
    { rule: 'not on the day of one', terms: kcsp2025, on: '2025-07-23', last: '2025-07-23', due: false },
    { rule: 'not at the next meeting', terms: kcsp2025, on: '2025-11-19', last: '2025-07-23', due: false },
    {
      rule: 'not where the meeting after would be just in time',
      terms: kcsp2025,
      on: '2026-03-23',
      last: '2025-07-23',
      due: false,
    },
    {
      rule: 'where waiting for the meeting after would be a day too long',
      terms: kcsp2025,
      on: '2026-03-24',
      last: '2025-07-23',
      due: true,
    },
    { rule: 'when the year is over', terms: kcsp2025, on: '2026-07-24', last: '2025-07-23', due: true },
    { rule: 'when years are over', terms: kcsp2025, on: '2026-07-24', last: '2019-01-01', due: true },
    // Four a year: three months on.
    {
      rule: 'with four meetings a year, not eight months after',
      terms: gravesham,
      on: '2026-04-01',
      last: '2025-07-23',
      due: false,
    },
    {
      rule: 'with four meetings a year, nine months after and a day',
      terms: gravesham,
      on: '2026-04-24',
      last: '2025-07-23',
      due: true,
    },
    {
      rule: 'with four meetings a year, not just in time',
      terms: workingGroup,
      on: '2026-04-23',
      last: '2025-07-23',
      due: false,
    },
    { rule: 'over the turn of a year', terms: steeringGroup, on: '2026-01-02', last: '2025-04-01', due: true },
  ])('$rule', ({ terms, on, last, due }) => {
    expect(reviewDue(occasion(terms, { day: day(on), lastReview: day(last) }))).toBe(due)
  })

  test('that are reviewed every two years are left until then', () => {
    const every2 = { ...kcsp2025, review: { ...kcsp2025.review, everyYears: 2 } }
    expect(reviewDue(occasion(every2, { lastReview: day('2024-07-01') }))).toBe(false)
    expect(reviewDue(occasion(every2, { lastReview: day('2023-11-22') }))).toBe(true)
  })

  test('however many meetings a year and whenever they are: no year without, and never at two meetings running of three or more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 12 }), fc.integer({ min: 0, max: 364 }), (aYear, offset) => {
        const terms = { ...kcsp2025, meetings: { ...kcsp2025.meetings, aYear } }
        const step = { months: Math.ceil(12 / aYear) }
        let on = day('2025-01-01').add({ days: offset })
        let last = on
        let before = false
        for (let meeting = 0; meeting < 40; meeting += 1) {
          on = on.add(step)
          const due = reviewDue(occasion(terms, { day: on, lastReview: last }))
          expect(due && before).toBe(false)
          if (due) {
            expect(Temporal.PlainDate.compare(on, last.add({ years: 1 })), `${last} to ${on}`).toBeLessThanOrEqual(0)
            last = on
          }
          before = due
        }
      }),
    )
  })
})

describe('a board with sections of its own', () => {
  const own: readonly Section[] = [
    { letter: 'A', title: 'Confidential opening', restricted: true },
    { letter: 'C', title: 'For decision', restricted: false },
    { letter: 'K', title: 'For noting', restricted: false },
  ]
  const item = (letter: string, title: string, about: StandingItem['about'] = 'nothing'): StandingItem => ({
    letter,
    title,
    about,
    form: 'verbal',
    purpose: null,
  })

  test('has its own items in the order in which they stand, by its own letters', () => {
    const items = [item('K', 'Scrutiny dates'), item('C', 'Grant'), item('C', 'Burglary'), item('A', 'Vetting')]
    expect(shown(draft(own, items, occasion(kcsp2025)))).toEqual(['A1 Vetting', 'C1 Grant', 'C2 Burglary', 'K1 Scrutiny dates'])
  })

  test('still gets what falls due without a standing item for it, in the first section that is open', () => {
    const items = [item('C', 'Grant'), item('K', 'Scrutiny dates')]
    expect(shown(draft(own, items, occasion(workingGroup, { ...NOBODY, ...LONG_AGO })))).toEqual([
      'C1 Grant',
      'C2 Election of Chair',
      'C3 Election of Vice-Chair',
      'C4 Kent Community Safety Partnership Working Group Terms of Reference Review',
      'K1 Scrutiny dates',
    ])
  })

  test('and nothing else of what is customary: neither notes nor other business', () => {
    expect(shown(draft(own, [], occasion(kcsp2025)))).toEqual([])
  })

  test('with a standing item for elections has them there, and not twice', () => {
    const items = [item('K', 'Elections', 'elections'), item('K', 'Review of our terms', 'review')]
    expect(shown(draft(own, items, occasion(kcsp2025, { ...NOBODY, ...LONG_AGO })))).toEqual([
      'K1 Election of Vice-Chair',
      'K2 Kent Community Safety Partnership Review of our terms',
    ])
  })

  test('all closed to the public: in the first', () => {
    const closed = own.map((section) => ({ ...section, restricted: true }))
    expect(shown(draft(closed, [], occasion(kcsp2025, NOBODY)))).toEqual(['A1 Election of Vice-Chair'])
  })

  test('without any items: in the order of its sections, numbered from 1 in each', () => {
    const items = own.flatMap(({ letter }) => [1, 2, 3].map((n) => item(letter, `${letter} ${n}`)))
    expect(draft(own, items, occasion(kcsp2025)).items.map(numberOf)).toEqual('A1 A2 A3 C1 C2 C3 K1 K2 K3'.split(' '))
  })
})

describe('what an extraordinary meeting is called for', () => {
  const need = 'a surge in county lines'

  test('stands first of the matters, before what else falls due there', () => {
    expect(drafted(gravesham, { need, ...NOBODY, ...LONG_AGO })).toEqual([
      ...OPENING,
      NOTES,
      'A5 Election of Vice-Chair',
      'B1 A surge in county lines',
      'B2 Gravesham Community Safety Partnership Terms of Reference Review',
      ...CLOSING,
    ])
  })

  test('is for decision, and open to the public', () => {
    const { sections, items } = begun(gravesham)
    const item = draft(sections, items, occasion(gravesham, { need })).items.find((one) => numberOf(one) === 'B1')
    expect(item).toMatchObject({
      form: 'paper',
      purpose: 'decision',
      about: 'nothing',
      title: { open: 'A surge in county lines' },
    })
  })

  test('has a title as long as a front sheet has room for, whatever is said', () => {
    const line = drafted(gravesham, { need: 'x'.repeat(500) }).find((one) => one.startsWith('B1 '))
    expect(line).toBe(`B1 X${'x'.repeat(298)}…`)
    expect(drafted(gravesham, { need: 'x'.repeat(300) })).toContain(`B1 X${'x'.repeat(299)}`)
  })

  test('where the board has one open section alone, stands there', () => {
    const one: readonly Section[] = [
      { letter: 'A', title: 'Everything', restricted: false },
      { letter: 'D', title: 'Closed', restricted: true },
    ]
    expect(shown(draft(one, [], occasion(gravesham, { need })))).toEqual(['A1 A surge in county lines'])
  })
})

describe('a board that has set nothing', () => {
  test('is drafted for as is customary', () => {
    const agenda = draft([], [], occasion(gravesham, { ...NOBODY, ...LONG_AGO }))
    expect(agenda.sections).toEqual(CUSTOMARY_SECTIONS)
    expect(shown(agenda)).toEqual([
      ...OPENING,
      NOTES,
      'A5 Election of Vice-Chair',
      'B1 Gravesham Community Safety Partnership Terms of Reference Review',
      ...CLOSING,
    ])
  })

  test('what is customary is what the shipped terms of the KCSP begin with', () => {
    expect(begun(kcsp2025).items).toEqual(CUSTOMARY_ITEMS)
  })
})

test('every item has an id of its own', () => {
  const { sections, items } = begun(workingGroup)
  const agenda = draft(sections, items, occasion(workingGroup, { ...NOBODY, ...LONG_AGO }))
  expect(new Set(agenda.items.map(({ id }) => id)).size).toBe(agenda.items.length)
})

test('nothing falls due twice, whatever a board has set', () => {
  const about = fc.constantFrom(...CUSTOMARY_ITEMS.map((one) => one.about))
  fc.assert(
    fc.property(
      fc.uniqueArray(about),
      fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 8, maxLength: 8 }),
      fc.constantFrom(kcsp2025, kcsp2023, workingGroup, steeringGroup, gravesham),
      fc.boolean(),
      (abouts, letters, terms, vacant) => {
        const items = abouts.map(
          (one, at) => ({ letter: letters[at] ?? 'A', title: one, about: one, form: 'verbal', purpose: null }) as const,
        )
        const titles = shown(draft(CUSTOMARY_SECTIONS, items, occasion(terms, { ...LONG_AGO, ...(vacant ? NOBODY : {}) }))).map(
          (line) => line.replace(/^\S+ /, ''),
        )
        expect(new Set(titles).size).toBe(titles.length)
        expect(titles.filter((title) => /^Election of/.test(title))).toHaveLength(
          vacant ? terms.offices.filter(({ filled }) => filled === 'elected').length : 0,
        )
        expect(titles.filter((title) => /Terms of Reference Review$|review$/.test(title))).toHaveLength(1)
      },
    ),
  )
})
