import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { withElection, withoutElection } from '../../../src/agenda/elections/placing.js'
import { type Coming, type Election, electionPlan, officesIn, outlookOf } from '../../../src/agenda/elections/rules.js'
import { type Agenda, type Item, itemsOf, numberOf } from '../../../src/agenda/rules.js'
import type { Tenure } from '../../../src/boards/offices/rules.js'
import type { Terms } from '../../../src/boards/terms.js'
import { readTerms } from '../../../src/boards/terms-text.js'

function shipped(name: string): Terms {
  const read = readTerms(readFileSync(new URL(`../../../src/boards/terms/${name}.yaml`, import.meta.url), 'utf8'))
  if ('faults' in read) throw new Error(`${name} cannot be read`)
  return read.terms
}
const kcsp = shipped('kcsp-2025')
const workingGroup = shipped('kcsp-working-group-2025')

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const vice = (since: string, until?: string): Tenure => ({
  office: 'vice-chair',
  acting: false,
  since: day(since),
  until: until === undefined ? null : day(until),
})

const election = (
  state: Election['state'],
  office: Election['office'] = 'vice-chair',
  item = `${office} ${state}`,
): Election => ({
  item,
  office,
  state,
})

/** A meeting by its day, whose agenda is a draft unless it is said otherwise. */
const on = (text: string, more: Partial<Coming> = {}): Coming => ({
  meeting: text,
  day: day(text),
  begun: false,
  agenda: 'draft',
  elections: [],
  ...more,
})

describe('which offices a title fills', () => {
  test.each([
    ['Election of Vice-Chair', ['vice-chair']],
    ['election of vice chair', ['vice-chair']],
    ['Election of a new Vice-Chairman', ['vice-chair']],
    ['Re-election of the Chair', ['chair']],
    ['Appointment of Vice-Chair', ['vice-chair']],
    ['Election of Chair and Vice-Chair', ['vice-chair', 'chair']],
    ['Election of Co-Chairs', ['co-chair']],
    ['Election of Chair, Vice-Chair', ['vice-chair', 'chair']],
    ['Appointment of a task group by the Chair', []],
    ['Election hustings', []],
    ['Police and Crime Commissioner election', []],
    ['Report of the Vice-Chair', []],
    ['Election of', []],
  ])('%s', (title, offices) => {
    expect(officesIn(title)).toEqual(offices)
  })
})

describe('which agendas gain and lose an election', () => {
  const [MARCH, JULY, NOVEMBER] = ['2027-03-24', '2027-07-14', '2027-11-24'] as const
  const NOBODY: readonly Tenure[] = []
  const AGREED = { agenda: 'settled' as const }

  test.each<{
    rule: string
    tenures: readonly Tenure[]
    coming: readonly Coming[]
    gains?: string[]
    loses?: string[]
    lacking?: string[]
  }>([
    { rule: 'vacant: the next meeting, and not the later ones', tenures: NOBODY, coming: [on(MARCH), on(JULY)], gains: [MARCH] },
    {
      rule: 'vacant, and the next has it: nothing',
      tenures: NOBODY,
      coming: [on(MARCH, { elections: [election('ours')] }), on(JULY)],
    },
    {
      rule: 'vacant, and both have it: the later loses it',
      tenures: NOBODY,
      coming: [on(MARCH, { elections: [election('ours')] }), on(JULY, { elections: [election('ours')] })],
      loses: [JULY],
    },
    {
      rule: 'vacant, and the later has it: it is held sooner',
      tenures: NOBODY,
      coming: [on(MARCH), on(JULY, { elections: [election('ours')] })],
      gains: [MARCH],
      loses: [JULY],
    },
    {
      rule: 'but what somebody has touched stays',
      tenures: NOBODY,
      coming: [on(MARCH), on(JULY, { elections: [election('stands')] })],
      gains: [MARCH],
    },
    {
      rule: 'filled: nobody has it any more',
      tenures: [vice('2027-01-01')],
      coming: [on(MARCH, { elections: [election('ours')] }), on(JULY, { elections: [election('stands')] })],
      loses: [MARCH],
    },
    {
      rule: 'filled from a day between two meetings',
      tenures: [vice('2027-05-01')],
      coming: [on(MARCH), on(JULY, { elections: [election('ours')] })],
      gains: [MARCH],
      loses: [JULY],
    },
    {
      rule: 'a term that ends within sixty days after a meeting',
      tenures: [vice('2025-09-12')],
      coming: [on(MARCH), on(JULY), on(NOVEMBER)],
      gains: [JULY],
    },
    {
      rule: 'a term that ends a day later: at the meeting after',
      tenures: [vice('2025-09-13')],
      coming: [on(MARCH), on(JULY), on(NOVEMBER)],
      gains: [NOVEMBER],
    },
    {
      rule: 'vacant, and the agenda of the next is agreed: the clerk is told, and the later one has it meanwhile',
      tenures: NOBODY,
      coming: [on(MARCH, AGREED), on(JULY)],
      gains: [JULY],
      lacking: [MARCH],
    },
    {
      rule: 'and where the clerk has added it: the later one has it no more',
      tenures: NOBODY,
      coming: [on(MARCH, { ...AGREED, elections: [election('stands')] }), on(JULY, { elections: [election('ours')] })],
      loses: [JULY],
    },
    {
      rule: 'an agreed agenda keeps what is not due any more',
      tenures: [vice('2027-01-01')],
      coming: [on(MARCH, { ...AGREED, elections: [election('ours')] })],
    },
    {
      rule: 'a meeting that sits has it: the later ones wait for it',
      tenures: NOBODY,
      coming: [on(MARCH, { begun: true, elections: [election('ours')] }), on(JULY)],
    },
    {
      rule: 'a meeting that sits gains nothing and loses nothing',
      tenures: NOBODY,
      coming: [on(MARCH, { begun: true }), on(JULY)],
      gains: [JULY],
    },
    {
      rule: 'filled while a meeting sits: it keeps the item',
      tenures: [vice('2027-03-24')],
      coming: [on(MARCH, { begun: true, elections: [election('ours')] }), on(JULY, { elections: [election('ours')] })],
      loses: [JULY],
    },
    {
      rule: 'what somebody has taken off stays off, and passes to the next',
      tenures: NOBODY,
      coming: [on(MARCH, { elections: [election('taken off')] }), on(JULY)],
      gains: [JULY],
    },
    {
      rule: 'what is not drafted yet is to have it',
      tenures: NOBODY,
      coming: [on(MARCH, { agenda: 'none' }), on(JULY)],
      gains: [MARCH],
    },
  ])('$rule', ({ tenures, coming, gains = [], loses = [], lacking = [] }) => {
    const plan = electionPlan(kcsp, tenures, coming)
    const meetings = (some: readonly { meeting: string }[]) => some.map(({ meeting }) => meeting)
    expect([plan.gains, plan.loses, plan.lacking].map(meetings)).toEqual([gains, loses, lacking])
  })

  test('each office by itself', () => {
    const coming = [on(MARCH, { elections: [election('ours')] }), on(JULY)]
    const { gains, loses } = electionPlan(workingGroup, [vice('2027-01-01')], coming)
    expect(gains.map(({ office, meeting }) => `${office} ${meeting}`)).toEqual([`chair ${MARCH}`])
    expect(loses.map(({ meeting }) => meeting)).toEqual([MARCH])
  })

  test('whatever there is: what is carried out leaves nothing to do, and no draft of ours has one that another has', () => {
    const anyDay = fc.integer({ min: 0, max: 1_500 }).map((days) => day('2026-01-01').add({ days }))
    const anyTenure = fc.record({ since: anyDay, days: fc.option(fc.integer({ min: 1, max: 800 })), acting: fc.boolean() }).map(
      ({ since, days, acting }): Tenure => ({
        office: 'vice-chair',
        acting,
        since,
        until: days === null ? null : since.add({ days }),
      }),
    )
    const anyMeeting = fc.record({
      on: anyDay,
      agenda: fc.constantFrom('draft' as const, 'settled' as const),
      has: fc.option(fc.constantFrom('ours' as const, 'stands' as const, 'taken off' as const)),
    })
    fc.assert(
      fc.property(fc.array(anyTenure, { maxLength: 4 }), fc.array(anyMeeting, { maxLength: 6 }), (tenures, meetings) => {
        const coming = [...meetings]
          .sort((one, other) => Temporal.PlainDate.compare(one.on, other.on))
          .map(({ on: that, agenda, has }, at) => ({
            ...on(that.toString()),
            meeting: `${at}`,
            agenda,
            elections: has === null ? [] : [election(has, 'vice-chair', `${at}`)],
          }))
        const plan = electionPlan(kcsp, tenures, coming)
        const done = coming.map((one) => ({
          ...one,
          elections: [
            ...one.elections.filter(({ item }) => !plan.loses.some((lost) => lost.item === item)),
            ...plan.gains.flatMap(({ meeting }) =>
              meeting === one.meeting ? [election('ours', 'vice-chair', `new ${meeting}`)] : [],
            ),
          ],
        }))
        const again = electionPlan(kcsp, tenures, done)
        expect([again.gains, again.loses]).toEqual([[], []])
        expect(again.lacking).toEqual(plan.lacking)
        const changed = [...plan.gains, ...plan.loses].map(({ meeting }) => coming.find((one) => one.meeting === meeting)?.agenda)
        expect(changed.every((agenda) => agenda === 'draft')).toBe(true)
        const { on: first } = outlookOf(kcsp, tenures, coming, 'vice-chair')
        expect(first?.meeting).toBe(done.find(({ elections }) => elections.some(({ state }) => state !== 'taken off'))?.meeting)
      }),
    )
  })
})

describe('where a draft has an election that it gains', () => {
  const item = (letter: string, number: number, title: string, about = 'nothing'): Item => ({
    id: title,
    letter,
    number,
    title: { open: title },
    about,
    form: 'verbal',
    purpose: null,
    state: 'placed',
    presenter: null,
    pages: null,
    late: null,
    why: null,
    proposedBy: null,
  })
  const SECTIONS = [
    { letter: 'A', title: 'Business', restricted: false },
    { letter: 'B', title: 'Matters', restricted: false },
  ]
  const agenda = (...items: Item[]): Agenda => ({ state: 'draft', sections: SECTIONS, items })
  const vote = item('A', 3, 'Election of Vice-Chair', 'elections')
  const fresh = agenda(
    item('A', 1, 'Welcome', 'introduction'),
    item('A', 2, 'Notes of 1 May', 'notes'),
    vote,
    item('A', 4, 'Dates'),
  )
  const shown = (made: Agenda) =>
    made.sections.flatMap(({ letter }) =>
      itemsOf(made, letter).map((one) => `${numberOf(one)} ${'open' in one.title ? one.title.open : ''}`),
    )

  test.each([
    {
      rule: 'after what comes before it',
      has: [
        item('A', 1, 'Hello', 'introduction'),
        item('A', 2, 'Notes of 2 June', 'notes'),
        item('A', 3, 'Ours'),
        item('A', 4, 'Dates'),
      ],
      shows: ['A1 Hello', 'A2 Notes of 2 June', 'A3 Election of Vice-Chair', 'A4 Ours', 'A5 Dates'],
    },
    {
      rule: 'before what comes after it, where nothing that comes before is there',
      has: [item('A', 1, 'Ours'), item('A', 2, 'Dates')],
      shows: ['A1 Ours', 'A2 Election of Vice-Chair', 'A3 Dates'],
    },
    { rule: 'at the end, where nothing is', has: [item('A', 1, 'Ours')], shows: ['A1 Ours', 'A2 Election of Vice-Chair'] },
    { rule: 'first, where there is nothing', has: [item('B', 1, 'Ours')], shows: ['A1 Election of Vice-Chair', 'B1 Ours'] },
  ])('$rule', ({ has, shows }) => {
    expect(shown(withElection(agenda(...has), vote, fresh))).toEqual(shows)
  })

  test('in the first open section, where the draft has no such section', () => {
    const without = { ...agenda(item('B', 1, 'Ours')), sections: SECTIONS.slice(1) }
    expect(shown(withElection(without, vote, fresh))).toEqual(['B1 Ours', 'B2 Election of Vice-Chair'])
  })

  test('and off again the others close up; the item is kept', () => {
    const back = withoutElection(withElection(agenda(item('A', 1, 'Dates')), vote, fresh), vote.id)
    expect(shown(back)).toEqual(['A1 Dates'])
    expect(back.items.find(({ id }) => id === vote.id)).toMatchObject({ state: 'withdrawn', number: null })
  })
})
