import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Terms } from '../../src/boards/terms.js'
import { readTerms } from '../../src/boards/terms-text.js'
import { eligibilityReadings, eligibleFor, judged, type Representing, whyNotElected } from '../../src/elections/eligibility.js'
import { type Elective, electionRuleOf, officesIn, roundName } from '../../src/elections/rules.js'

function shipped(name: string): Terms {
  const read = readTerms(readFileSync(new URL(`../../src/boards/terms/${name}.yaml`, import.meta.url), 'utf8'))
  if (!('terms' in read)) throw new Error(`${name} cannot be read`)
  return read.terms
}

const kcsp = shipped('kcsp-2025')
const gravesham = shipped('gravesham')
const dardr = shipped('dardr-steering-group-2025')
const workingGroup = shipped('kcsp-working-group-2025')

const represents = (name: string, organisation: string, invited = false, formerly: readonly string[] = []): Representing => ({
  person: { id: name, name },
  place: { seat: `seat of ${organisation}`, organisation, formerly, invited, filled: true },
})

const BOARD = [
  represents('Chair', 'Kent County Council'),
  represents('Police', 'Kent Police'),
  represents('OPCC', 'Office of the Police and Crime Commissioner'),
  represents('Parish', 'Kent Association of Local Councils'),
  represents('Housing', 'Kent Housing Group', true),
]

const who = (terms: Terms, office: Elective, chairs: readonly string[]) =>
  eligibleFor(terms, office, BOARD, chairs).map(({ person }) => person.name)

describe('who may be elected', () => {
  test.each([
    {
      board: 'KCSP: the other members, and not the chair',
      terms: kcsp,
      office: 'vice-chair',
      found: ['Police', 'OPCC', 'Parish'],
    },
    {
      board: 'a working group elects its chair from the members',
      terms: workingGroup,
      office: 'chair',
      // Nobody's office stands before it.
      chairs: [],
      found: ['Chair', 'Police', 'OPCC', 'Parish'],
    },
    { board: 'DARDR: the other statutory members', terms: dardr, office: 'vice-chair', found: ['Police', 'OPCC', 'Parish'] },
  ] as const)('$board', ({ terms, office, found, ...more }) => {
    expect(who(terms, office, 'chairs' in more ? more.chairs : ['Chair'])).toEqual(found)
  })

  test('Gravesham: the core membership alone', () => {
    const all = [represents('Police', 'Kent Police'), represents('OPCC', 'Office of the Police and Crime Commissioner', true)]
    expect(eligibleFor(gravesham, 'vice-chair', all, []).map(({ person }) => person.name)).toEqual(['Police'])
  })

  test('a body that was renamed stands where the terms name it as it was', () => {
    const nhs = represents('Health', 'Kent Health Board', false, ['NHS Kent and Medway Integrated Care Board'])
    const [found] = eligibleFor(kcsp, 'vice-chair', [nhs], [])
    expect(found?.readings).toHaveLength(2)
  })

  test('“members” bears two readings: whoever has a member’s seat, or the bodies that the terms list', () => {
    const readings = eligibilityReadings(kcsp, 'vice-chair')
    expect(readings.map(({ name }) => name)).toEqual(['every member', 'the responsible authorities, as the terms list them'])
    const [police, , parish] = eligibleFor(kcsp, 'vice-chair', BOARD, ['Chair'])
    expect([police?.readings, parish?.readings]).toEqual([readings.map(({ name }) => name), ['every member']])
  })

  test.each([
    { case: 'nobody has ruled, and the readings differ', ruled: null, eligible: ['Police', 'Parish'], disputed: ['Parish'] },
    { case: 'ruled: every member', ruled: 'every member', eligible: ['Police', 'Parish'], disputed: [] },
    {
      case: 'ruled: those listed',
      ruled: 'the responsible authorities, as the terms list them',
      eligible: ['Police'],
      disputed: [],
    },
  ])('$case', ({ ruled, eligible, disputed }) => {
    const candidates = ['Police', 'Parish', 'Housing'].map((name) => ({ id: name, name }))
    const found = judged(
      candidates,
      eligibleFor(kcsp, 'vice-chair', BOARD, ['Chair']),
      eligibilityReadings(kcsp, 'vice-chair'),
      ruled,
    )
    expect(found.eligible.map(({ name }) => name)).toEqual(eligible)
    expect(found.disputed.map(({ name }) => name)).toEqual(disputed)
  })
})

describe('what the terms say of the election', () => {
  test.each([
    { board: 'KCSP', terms: kcsp, office: 'chair', why: 'goes with a post' },
    { board: 'DARDR', terms: dardr, office: 'chair', why: 'nominated by KCSP' },
    { board: 'KCSP', terms: kcsp, office: 'co-chair', why: 'know no Co-Chair' },
    { board: 'KCSP', terms: kcsp, office: 'vice-chair', why: null },
    { board: 'DARDR', terms: dardr, office: 'vice-chair', why: null },
    { board: 'Working Group', terms: workingGroup, office: 'chair', why: null },
  ] as const)('whether $board elects a $office', ({ terms, office, why }) => {
    const found = whyNotElected(terms, office)
    if (why === null) expect(found).toBeNull()
    else expect(found).toContain(why)
  })

  test('where they are silent, the convention: open, by absolute majority, a fresh ballot and then the lot', () => {
    expect(electionRuleOf(kcsp, 'vice-chair')).toMatchObject({
      method: 'absolute majority',
      ballot: null,
      unopposed: 'elected',
      ties: 'fresh ballot, then lot',
      checkWords: false,
    })
    expect(electionRuleOf(kcsp, 'vice-chair').basis.clause).toBeUndefined()
  })
})

test.each([
  { title: 'Election of Vice-Chair', offices: ['vice-chair'] },
  { title: 'Election of the Vice Chairman', offices: ['vice-chair'] },
  { title: 'Election of Chair and Vice-Chair', offices: ['vice-chair', 'chair'] },
  { title: 'Appointment of a Co-Chair', offices: ['co-chair'] },
  { title: 'Election of Deputy Chair', offices: ['vice-chair'] },
  { title: 'Appointment of a task group by the Chair', offices: [] },
  { title: 'Chair’s report on the election of councillors', offices: [] },
  { title: 'Election of Clerk', offices: [] },
  { title: 'Update from the Vice-Chair', offices: [] },
  { title: 'Election purdah and the partnership', offices: [] },
])('the offices that “$title” elects to', ({ title, offices }) => {
  expect(officesIn(title)).toEqual(offices)
})

test.each([
  { number: 1, name: 'first ballot' },
  { number: 10, name: 'tenth ballot' },
  { number: 11, name: '11th ballot' },
])('ballot $number is the $name', ({ number, name }) => {
  expect(roundName({ number })).toBe(name)
})
