import { describe, expect, test } from 'vitest'
import type { Place } from '../../../src/boards/quorum.js'
import type { Terms } from '../../../src/boards/terms.js'
import { Refusal } from '../../../src/kernel/refusal.js'
import { type Concluded, followsFrom } from '../../../src/votes/removal/following.js'
import {
  mayTakeAway,
  mustNotPreside,
  type Removable,
  type Removal,
  removalBasis,
  termsOfMotion,
  whoIsMeant,
} from '../../../src/votes/removal/rules.js'
import { type Choice, outcomeOf, talliesOf, voteRuleOf } from '../../../src/votes/rules.js'
import { termsOf } from '../../boards/roster/spreadsheet.js'
import { ballotOf, placeFor, votingFor } from '../made-up-terms.js'

const KCSP = termsOf('kcsp-2025.yaml')
const RULED = termsOfMotion(KCSP, 'vice-chair')
const LISTED = KCSP.standings[0]?.readings[0]?.bodies ?? []
const STATUTORY = KCSP.standings[0]?.readings[1]?.bodies ?? []
/** Listed, and no responsible authority by statute. */
const BESIDES = LISTED.filter((body) => !STATUTORY.includes(body))
const PLACES = LISTED.map((body) => placeFor(body))

/** @returns the tallies of a removal, that of the list first */
function counted(
  ayes: readonly string[],
  noes: readonly string[] = [],
  places: readonly Place[] = PLACES,
  silent: readonly string[] = [],
) {
  const cast = (seats: readonly string[], choice: Choice) => seats.map((seat) => ballotOf(seat, choice))
  const ballots = [...cast(ayes, 'for'), ...cast(noes, 'against')]
  return talliesOf(RULED, places, { ballots, present: [...ballots.map(({ seat }) => seat), ...silent].map(votingFor) })
}

test('eight are listed, and six of them by statute', () => {
  expect([LISTED.length, STATUTORY.length, BESIDES.length]).toEqual([8, 6, 2])
})

describe('more than 50% of the responsible authorities, of all and not of those present', () => {
  test.each([
    {
      vote: 'four of eight as listed, all of them by statute: the readings disagree',
      ayes: STATUTORY.slice(0, 4),
      is: 'disputed',
    },
    {
      vote: 'four of seven who vote are a majority of the votes, and no more',
      ayes: STATUTORY.slice(0, 4),
      noes: [...STATUTORY.slice(4), ...BESIDES.slice(0, 1)],
      is: 'disputed',
    },
    {
      vote: 'four of seven who vote, two of them not by statute',
      ayes: [...STATUTORY.slice(0, 2), ...BESIDES],
      noes: STATUTORY.slice(2, 5),
      is: 'not carried',
    },
    { vote: 'five of eight, four of them by statute', ayes: [...STATUTORY.slice(0, 4), ...BESIDES.slice(0, 1)], is: 'carried' },
    { vote: 'five of eight, three of them by statute', ayes: [...STATUTORY.slice(0, 3), ...BESIDES], is: 'disputed' },
    {
      vote: 'five of eight against three',
      ayes: STATUTORY.slice(0, 5),
      noes: [...STATUTORY.slice(5), ...BESIDES],
      is: 'carried',
    },
    { vote: 'three for and none against', ayes: STATUTORY.slice(0, 3), is: 'not carried' },
    {
      vote: 'half of either',
      ayes: [...STATUTORY.slice(0, 3), ...BESIDES.slice(0, 1)],
      noes: [...STATUTORY.slice(3), ...BESIDES.slice(1)],
      is: 'not carried',
    },
    { vote: 'all', ayes: LISTED, is: 'carried' },
    { vote: 'nobody', ayes: [], is: 'not carried' },
  ])('$vote: $is', ({ ayes, noes = [], is }) => {
    const tallies = counted(ayes, noes)
    expect(tallies.map(({ of, needed }) => `${needed} of ${of}`)).toEqual(['5 of 8', '4 of 6'])
    expect(outcomeOf(tallies, null)).toBe(is)
  })

  test('a disputed one is what the reading says that is ruled', () => {
    const tallies = counted(STATUTORY.slice(0, 4))
    expect(outcomeOf(tallies, 'by statute')).toBe('carried')
    expect(outcomeOf(tallies, 'as the terms list them')).toBe('not carried')
  })

  test('an authority whose seat is vacant, or that has none yet, counts in the whole', () => {
    const [first, ...others] = PLACES
    const vacant = [{ ...first, filled: false } as Place, ...others]
    for (const places of [vacant, others]) expect(counted([], [], places).map(({ of }) => of)).toEqual([8, 6])
  })

  test('a body with two seats is one, in the whole and in the vote', () => {
    const [one] = LISTED
    const second: Place = { ...placeFor(one ?? ''), seat: 'its second seat' }
    const tallies = counted([...LISTED.slice(0, 4), 'its second seat'], [], [...PLACES, second])
    expect(tallies[0]).toMatchObject({ for: 4, of: 8, outcome: 'not carried' })
  })

  test('a body that has succeeded two of them is one of seven', () => {
    const [one, two, ...rest] = LISTED
    const places = [{ ...placeFor('Successor'), formerly: [one ?? '', two ?? ''] }, ...rest.map((body) => placeFor(body))]
    expect(counted([], [], places)[0]).toMatchObject({ of: 7, needed: 4 })
  })

  test('an invited body has no voice in it', () => {
    expect(counted(['Kent Housing Group'], [], [...PLACES, placeFor('Kent Housing Group', true)])[0]).toMatchObject({
      for: 0,
      of: 8,
    })
  })

  test('no casting vote carries it', () => {
    expect(voteRuleOf(RULED)).toMatchObject({ equalVotes: 'not carried', provided: true, voters: 'responsible authorities' })
    expect(outcomeOf(counted(LISTED.slice(0, 4), LISTED.slice(4)).slice(0, 1), null)).toBe('not carried')
  })
})

test('a motion that removes nobody is voted on as ever, and the rest of the terms stands', () => {
  expect(termsOfMotion(KCSP, null)).toBe(KCSP)
  expect({ ...RULED, votes: undefined }).toEqual({ ...KCSP, votes: undefined })
})

test('the rule of 2023 is that of 2025', () => {
  expect(voteRuleOf(termsOfMotion(termsOf('kcsp-2023.yaml'), 'chair'))).toMatchObject({ oneFor: 'organisation', provided: true })
})

const SILENT = ['kcsp-working-group-2025.yaml', 'dardr-steering-group-2025.yaml', 'gravesham.yaml']

test.each(SILENT)('where the terms are silent a convention stands in, with its source: %s', (file) => {
  const terms = termsOf(file)
  expect(termsOfMotion(terms, 'vice-chair')).toBe(terms)
  expect(removalBasis(terms)).toEqual({
    silent: { convention: expect.stringContaining('Who elects'), source: expect.stringContaining('the common law of meetings') },
  })
})

test.each<[string, string, Removable, boolean, string?]>([
  ['by its own rule also where it goes with a post', 'kcsp-2025.yaml', 'chair', true],
  ['the elected', 'kcsp-2025.yaml', 'vice-chair', true],
  ['whom the members elect', 'kcsp-working-group-2025.yaml', 'chair', true],
  ['whom the group itself appoints', 'dardr-steering-group-2025.yaml', 'vice-chair', true],
  ['not whom its parent nominates', 'dardr-steering-group-2025.yaml', 'chair', false, 'filled by KCSP'],
  ['not whose office goes with a post', 'gravesham.yaml', 'chair', false, 'goes with a post (Elected Member'],
  ['whom the core members elect', 'gravesham.yaml', 'vice-chair', true],
])('whom a board may remove: %s (%s, %s)', (_, file, office, may, why) => {
  const asked = () => mayTakeAway(termsOf(file), office)
  if (may) return expect(asked()).toEqual([])
  try {
    asked()
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal)
    expect(error).toMatchObject({
      code: 'not_permitted',
      clause: expect.anything(),
      sentence: expect.stringContaining(why ?? ''),
    })
  }
})

test('an office that goes with a post by convention alone is a doubt, and no refusal', () => {
  const silent = { convention: 'The council’s leader takes the chair.', source: 'the practice of the county' }
  const terms: Terms = {
    ...termsOf('gravesham.yaml'),
    offices: [{ office: 'chair', filled: 'ex officio', from: [], shared: false, silent }],
  }
  expect(mayTakeAway(terms, 'chair')).toEqual([expect.stringContaining('goes with a post')])
})

const ANN = { id: 'ann', name: 'Cllr Ann Reed' }
const BEN = { id: 'ben', name: 'Ben Reed' }
const HOLDERS: readonly Removal[] = [
  { office: 'chair', person: ANN },
  { office: 'vice-chair', person: BEN },
]

test.each([
  ['the office', { office: 'vice-chair', name: null, person: null }, 'ben'],
  ['the office and the name', { office: 'chair', name: 'Cllr Reed', person: null }, 'ann'],
  ['the name alone', { office: null, name: 'Ann Reed', person: null }, 'ann'],
  ['the person', { office: null, name: null, person: 'ben' }, 'ben'],
  ['a name of both', { office: null, name: 'Reed', person: null }, 'unclear'],
  ['nothing', { office: null, name: null, person: null }, 'unclear'],
  ['an office that nobody holds', { office: 'co-chair', name: null, person: null }, 'not_found'],
  ['who holds another', { office: 'chair', name: null, person: 'ben' }, 'not_found'],
  ['who holds none', { office: null, name: 'Cyd Lane', person: null }, 'not_found'],
] as const)('who is meant: %s', (_, asked, is) => {
  try {
    expect(whoIsMeant(HOLDERS, asked).person.id).toBe(is)
  } catch (error) {
    expect(error).toMatchObject({ code: is })
  }
})

test('the person concerned does not preside, and is not named where the item is not public', () => {
  const removal: Removal = { office: 'chair', person: ANN }
  const asked = (person: typeof ANN, hidden: boolean) => () => mustNotPreside(removal, { person, as: 'chair' }, hidden)
  expect(asked(BEN, false)).not.toThrow()
  expect(() => mustNotPreside(removal, null, false)).not.toThrow()
  expect(asked(ANN, false)).toThrow('Cllr Ann Reed does not preside over their own removal.')
  expect(asked(ANN, true)).toThrow('The person concerned does not preside')
})

const done: Concluded = { removed: true, why: null, held: true, holders: HOLDERS }
const chair: Removal = { office: 'chair', person: ANN }
const vice: Removal = { office: 'vice-chair', person: BEN }
const others = (office: Removable) => HOLDERS.filter((one) => one.office !== office)

test.each<[string, string, Removal, Partial<Concluded>, readonly (string | RegExp)[]]>([
  [
    'an elected vice-chair',
    'kcsp-2025.yaml',
    vice,
    {},
    ['Ben Reed is Vice-Chair no more.', 'The office of Vice-Chair is vacant until the board elects a successor at a meeting.'],
  ],
  [
    'a chair whose office goes with a post',
    'kcsp-2025.yaml',
    chair,
    { holders: others('chair') },
    [
      'Cllr Ann Reed is Chair no more.',
      /goes|attach the office of Chair to a post \(Cabinet Member/,
      /^Until then the Vice-Chair, Ben Reed, acts \(by convention: /,
    ],
  ],
  [
    'a chair, and there is no vice-chair',
    'kcsp-2025.yaml',
    chair,
    { holders: [] },
    [/./, /./, /^Until then those present choose one of them to preside, meeting by meeting/],
  ],
  [
    'an elected chair',
    'kcsp-working-group-2025.yaml',
    chair,
    { holders: others('chair') },
    [/./, /until the board elects a successor/, /Vice-Chair, Ben Reed, acts/],
  ],
  [
    'a nominated vice-chair',
    'dardr-steering-group-2025.yaml',
    vice,
    {},
    [/./, 'The office of Vice-Chair is vacant until the steering group nominates a successor.'],
  ],
  ['not carried', 'kcsp-2025.yaml', vice, { removed: false }, ['Ben Reed stays Vice-Chair.']],
  [
    'carried without a quorum',
    'kcsp-2025.yaml',
    vice,
    { removed: false, why: 'there was no quorum' },
    [
      'Nobody is removed, as there was no quorum: what is no resolution of the meeting takes no office away.',
      'Ben Reed stays Vice-Chair.',
    ],
  ],
  ['carried, and they had left before', 'kcsp-2025.yaml', vice, { held: false }, [/there was no office left to take away/]],
  [
    'not carried, and they had left before',
    'kcsp-2025.yaml',
    vice,
    { removed: false, held: false },
    ['Ben Reed was Vice-Chair no more when the vote was closed.'],
  ],
])('what follows: %s', (_, file, removal, concluded, says) => {
  const { holders = others(removal.office) } = concluded
  const found = followsFrom(termsOf(file), removal, { ...done, holders, ...concluded })
  expect(found).toHaveLength(says.length)
  for (const [at, one] of says.entries()) expect(found[at]).toMatch(one)
})

test('of a shared office it is said who holds it on', () => {
  const removal: Removal = { office: 'co-chair', person: ANN }
  const holders = [{ office: 'co-chair', person: BEN }]
  expect(followsFrom(KCSP, removal, { ...done, holders })).toEqual([
    'Cllr Ann Reed is Co-Chair no more.',
    'The office of Co-Chair is held by Ben Reed.',
  ])
})
