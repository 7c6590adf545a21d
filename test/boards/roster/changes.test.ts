import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { changesOf } from '../../../src/boards/roster/changes.js'
import { changeInWords } from '../../../src/boards/roster/changes-words.js'
import { type Roster, rosterFrom } from '../../../src/boards/roster/rules.js'
import { apply, NOBODY } from './applied.js'
import { GRAVESHAM, judged, linesOf, type Row } from './spreadsheet.js'

const row = (Organisation: string, Role: string, Name: string, more: Row = {}): Row => ({ Organisation, Role, Name, ...more })

/** The roster that rows say, whatever else is to be said of them. */
function rosterOf(...rows: readonly Row[]): Roster {
  const { roster, faults } = judged(rows, GRAVESHAM)
  if (!roster) throw new Error(faults.join('\n'))
  return roster
}

describe('what an import does, in words', () => {
  const DAY = '2026-11-22'
  const okafor = row('Kent Police', 'representative', 'Daniel Okafor')
  const stands = apply(NOBODY, changesOf(NOBODY, rosterOf(okafor), '2025-04-01'))
  const said = (...rows: readonly Row[]) => changesOf(stands, rosterOf(...rows), DAY).map(changeInWords)

  test.each<{ what: string; rows: readonly Row[]; says: readonly string[] }>([
    { what: 'the same', rows: [okafor], says: [] },
    {
      what: 'another representative',
      rows: [row('Kent Police', 'representative', 'Ruth Hale', { Email: 'ruth.hale@example.org', Post: 'Superintendent' })],
      says: [
        'Ruth Hale is new here: ruth.hale@example.org.',
        'Ruth Hale is of Kent Police: Superintendent.',
        'Daniel Okafor represents Kent Police no longer, from 22 November 2026.',
        'Ruth Hale represents Kent Police from 22 November 2026.',
        'Daniel Okafor is of Kent Police no longer, from 22 November 2026.',
      ],
    },
    {
      what: 'a successor planned ahead',
      rows: [{ ...okafor, 'Last day': '31/12/2026' }, row('Kent Police', 'representative', 'Ruth Hale', { From: '1/1/2027' })],
      says: [
        'Ruth Hale is new here, and has no email.',
        'Ruth Hale is of Kent Police.',
        'Daniel Okafor represents Kent Police from 1 April 2025 until 31 December 2026; the roster had from 1 April 2025, until further notice.',
        'Ruth Hale represents Kent Police from 1 January 2027.',
      ],
    },
    {
      what: 'a first day in the past is kept as it is written',
      rows: [{ ...okafor, From: '1/1/2020' }],
      says: [
        'Daniel Okafor represents Kent Police from 1 January 2020, until further notice; the roster had from 1 April 2025, until further notice.',
      ],
    },
    {
      what: 'who was to have gone already',
      rows: [{ ...okafor, 'Last day': '31/10/2026' }],
      says: [
        'Daniel Okafor represents Kent Police from 1 April 2025 until 31 October 2026; the roster had from 1 April 2025, until further notice.',
      ],
    },
    {
      what: 'who is to come back later goes first',
      rows: [{ ...okafor, From: '1/1/2027' }],
      says: [
        'Daniel Okafor represents Kent Police no longer, from 22 November 2026.',
        'Daniel Okafor represents Kent Police from 1 January 2027.',
      ],
    },
    {
      what: 'what was over before it was ever written down is left alone',
      rows: [okafor, row('Kent Police', 'deputy', 'Daniel Okafor', { From: '1/1/2020', 'Last day': '1/1/2021' })],
      says: [],
    },
    {
      what: 'offices, groups, deputies, assistants and those in attendance',
      rows: [
        { ...okafor, Office: 'chair', Group: 'CSP Executive Group' },
        row('Kent Police', 'deputy', 'Daniel Okafor', { From: '1/12/2026' }),
        row('', 'assistant', 'Marcus Webb', { 'Answers for': 'Daniel Okafor' }),
        row('', 'in attendance', 'Daniel Okafor', { Post: 'Presenter', Office: 'clerk' }),
      ],
      says: [
        'Marcus Webb is new here, and has no email.',
        'Daniel Okafor is deputy for Kent Police from 1 December 2026.',
        'Marcus Webb may answer for Daniel Okafor from 22 November 2026.',
        'Daniel Okafor is in attendance (Presenter) from 22 November 2026.',
        'Daniel Okafor is chair from 22 November 2026.',
        'Daniel Okafor is clerk from 22 November 2026.',
        'Daniel Okafor is in the CSP Executive Group from 22 November 2026.',
      ],
    },
    {
      what: 'names, telephones, seats',
      rows: [
        { ...okafor, Name: 'DANIEL Okafor', Telephone: '01622 690690', 'Short name': 'KP', Formerly: 'Kent Constabulary' },
        row('Victim Support', 'vacant', '', { Standing: 'invited', 'Stands for': 'Citizens Advice' }),
      ].map((one) => ({ ...one, Role: one.Role === 'representative' ? 'joint' : (one.Role ?? '') })),
      says: [
        'Kent Police is called KP in short, no longer Kent Police.',
        'Kent Police was formerly Kent Constabulary.',
        'Victim Support is a new body here.',
        'Daniel Okafor is called DANIEL Okafor. DANIEL Okafor has the telephone 01622 690690.',
        'The seat of Kent Police is a member’s, held jointly; it was a member’s.',
        'The seat of Victim Support is new: by standing invitation, also for Citizens Advice.',
      ],
    },
    {
      what: 'a body with another seat',
      rows: [{ ...okafor, Seat: 'Borough commander' }],
      says: [
        'The seat of Kent Police called "Borough commander" is new: a member’s.',
        'Daniel Okafor represents Kent Police no longer, from 22 November 2026.',
        'Daniel Okafor represents Kent Police (Borough commander) from 22 November 2026.',
        'The seat of Kent Police is there no longer, from 22 November 2026.',
      ],
    },
  ])('$what', ({ rows, says }) => {
    expect(said(...rows)).toEqual(says)
  })

  test('what was planned and is wanted no more never begins', () => {
    const later = row('Kent Police', 'deputy', 'Ruth Hale', { From: '1/1/2027' })
    const planned = apply(stands, changesOf(stands, rosterOf(okafor, later), DAY))
    const changes = changesOf(planned, rosterOf(okafor), '2026-12-01')
    expect(changes.map(changeInWords)).toEqual([
      'Ruth Hale will not be deputy for Kent Police from 1 January 2027 after all.',
      'Ruth Hale is of Kent Police no longer, from 1 December 2026.',
    ])
    expect(apply(planned, changes).holdings).toEqual(stands.holdings)
    const kept = planned.holdings.map((one) => (one.from === '2027-01-01' ? { ...one, lastDay: '2026-12-31' } : one))
    expect(changesOf({ ...planned, holdings: kept, posts: stands.posts }, rosterOf(okafor), '2026-12-01')).toEqual([])
  })

  test('what the file leaves out of a person or body stays', () => {
    const rich = rosterOf({
      ...okafor,
      Telephone: '01622 690690',
      Post: 'Superintendent',
      'Short name': 'KP',
      Formerly: 'Kent Constabulary',
    })
    const after = apply(NOBODY, changesOf(NOBODY, rich, DAY))
    expect(changesOf(after, rosterOf(okafor), DAY)).toEqual([])
  })

  test('bodies, people and seats come before what rests on them; endings before beginnings', () => {
    const changes = changesOf(stands, rosterOf(row('Victim Support', 'representative', 'Ann Lee')), DAY)
    expect(changes.map(({ change }) => change)).toEqual([
      'organisation added',
      'person added',
      'seat added',
      'post set',
      'holding ends',
      'holding begins',
      'post ended',
      'seat ended',
    ])
  })
})

test('the shipped example, imported twice', () => {
  const file = readFileSync(new URL('../../../docs/gravesham-roster.csv', import.meta.url))
  const answer = rosterFrom(linesOf(file), GRAVESHAM, { people: [] })
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults))
  const after = apply(NOBODY, changesOf(NOBODY, answer.roster, '2026-11-22'))
  expect(changesOf(after, answer.roster, '2026-11-22')).toEqual([])
  expect(changesOf(after, answer.roster, '2027-06-01')).toEqual([])
})
