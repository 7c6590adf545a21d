import { describe, expect, test } from 'vitest'
import {
  askOnce,
  byConvention,
  type Entitling,
  hasPart,
  isClerk,
  isMember,
  isOfficer,
  mayDo,
  type Part,
  passOf,
} from '../../../src/boards/part/rules.js'
import type { Terms } from '../../../src/boards/terms.js'
import { Doubt, Refusal } from '../../../src/kernel/refusal.js'
import { SHIPPED, type Shipped } from '../county.js'
import { termsOf } from '../roster/spreadsheet.js'

const NOTHING: Part = { operator: false, offices: [], seats: [], standings: [], groups: [], attends: false }
const member = { seat: 's', organisation: 'Kent Police', capacity: 'representative' as const, member: true }
const guest = { ...member, member: false }
const deputy = { ...member, capacity: 'deputy' as const }

/** Everybody whom a rule may name or leave out; the member has the standing that the board's own terms count. */
const peopleOf = ({ standings }: Terms) =>
  ({
    chair: { ...NOTHING, offices: ['chair'] },
    'vice-chair': { ...NOTHING, offices: ['vice-chair'] },
    clerk: { ...NOTHING, offices: ['clerk'] },
    member: { ...NOTHING, seats: [member], standings: [standings[0]?.name ?? ''] },
    guest: { ...NOTHING, seats: [guest] },
    deputy: { ...NOTHING, seats: [deputy] },
    'CSP Executive Group': { ...NOTHING, groups: ['CSP Executive Group'] },
    'KCSP Working Group': { ...NOTHING, groups: ['KCSP Working Group'] },
    'the steering group': { ...NOTHING, groups: ['the steering group'] },
    operator: { ...NOTHING, operator: true },
  }) satisfies Record<string, Part>

type Kind = keyof ReturnType<typeof peopleOf>

const RULES = {
  'agree the agenda': ({ agenda }: Terms): Entitling => agenda.agreed,
  'propose an item': ({ agenda }: Terms): Entitling => agenda.proposed,
  'call a meeting': ({ calling }: Terms): Entitling => calling.ordinary,
  'call an extraordinary meeting': ({ calling }: Terms): Entitling => calling.extraordinary,
  'invite non-members': ({ nonMembers }: Terms): Entitling => ({ ...nonMembers, by: nonMembers.atInvitationOf }),
}

type Act = keyof typeof RULES

/** Who does it by right, and how the others are answered: with a clause; or without one, officers beside the convention. */
interface Entitled {
  readonly act: Act
  readonly right: readonly Kind[]
  readonly clause: string | null
}

const OFFICERS: readonly Kind[] = ['chair', 'vice-chair', 'clerk']

const AGREED_BY_CHAIR: Entitled = { act: 'agree the agenda', right: ['chair'], clause: null }
const PROPOSED_BY_ALL: Entitled = { act: 'propose an item', right: [...OFFICERS, 'member'], clause: null }
const CALLED_BY_TWO: Entitled = { act: 'call a meeting', right: ['chair', 'clerk'], clause: null }
const CALLED_BY_CHAIR: Entitled = { act: 'call an extraordinary meeting', right: ['chair'], clause: null }
const INVITED_BY_CHAIR: Entitled = { act: 'invite non-members', right: ['chair'], clause: '7' }

const TABLE: Readonly<Record<Shipped, readonly Entitled[]>> = {
  'kcsp-2023': [{ ...AGREED_BY_CHAIR, clause: '7' }, PROPOSED_BY_ALL, CALLED_BY_TWO, CALLED_BY_CHAIR, INVITED_BY_CHAIR],
  'kcsp-2025': [
    { ...AGREED_BY_CHAIR, clause: '7' },
    { ...PROPOSED_BY_ALL, right: [...PROPOSED_BY_ALL.right, 'KCSP Working Group'] },
    CALLED_BY_TWO,
    CALLED_BY_CHAIR,
    INVITED_BY_CHAIR,
  ],
  'kcsp-working-group-2025': [
    AGREED_BY_CHAIR,
    PROPOSED_BY_ALL,
    CALLED_BY_TWO,
    CALLED_BY_CHAIR,
    { ...INVITED_BY_CHAIR, clause: '5' },
  ],
  'dardr-steering-group-2025': [
    AGREED_BY_CHAIR,
    PROPOSED_BY_ALL,
    CALLED_BY_TWO,
    CALLED_BY_CHAIR,
    { act: 'invite non-members', right: ['the steering group'], clause: 'Membership' },
  ],
  gravesham: [
    { act: 'agree the agenda', right: ['CSP Executive Group'], clause: '5, Agenda-setting and Administration' },
    { act: 'propose an item', right: ['member'], clause: '5, Agenda-setting and Administration' },
    CALLED_BY_TWO,
    {
      act: 'call an extraordinary meeting',
      right: ['member'],
      clause: '5, Frequency of meetings and representation',
    },
    { ...INVITED_BY_CHAIR, clause: '4.1' },
  ],
}

/** How somebody is answered: `by right`, `beside the convention`, the clause, or the convention. */
function answerTo(rule: Entitling, part: Part, act: Act): string {
  try {
    return mayDo(rule, part, act)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.code).toBe('not_permitted')
    if (error.clause) {
      expect(error.clause).toEqual(rule.clause)
      expect(error.sentence).toMatch(new RegExp(`^Only .+ may ${act} under the terms of this board\\. Ask one of them\\.$`))
      return `clause ${error.clause.number}`
    }
    expect(error.sentence).toContain(`The terms do not say who may ${act}. By convention it is for `)
    expect(error.sentence).toContain(`${rule.silent?.convention} (${rule.silent?.source})`)
    return 'the convention'
  }
}

describe.each(SHIPPED)('under the terms %s', (file) => {
  const terms = termsOf(`${file}.yaml`)

  describe.each(TABLE[file])('to $act', ({ act, right, clause }) => {
    test.each(Object.entries(peopleOf(terms)) as readonly (readonly [Kind, Part])[])('%s', (kind, part) => {
      const officer = OFFICERS.includes(kind)
      const otherwise = clause !== null ? `clause ${clause}` : officer ? 'beside the convention' : 'the convention'
      const expected = kind === 'operator' || right.includes(kind) ? 'by right' : otherwise
      expect(answerTo(RULES[act](terms), part, act)).toBe(expected)
    })
  })
})

test('who is named in a refusal, in the words of the terms', () => {
  const refusal = (file: string, act: Act) => {
    try {
      return mayDo(RULES[act](termsOf(file)), NOTHING, act)
    } catch (error) {
      return error instanceof Refusal ? error.sentence : ''
    }
  }
  expect(refusal('gravesham.yaml', 'agree the agenda')).toContain('Only the CSP Executive Group may agree the agenda')
  expect(refusal('gravesham.yaml', 'call an extraordinary meeting')).toContain('Only a core member may call')
  expect(refusal('dardr-steering-group-2025.yaml', 'invite non-members')).toContain('Only the steering group may invite')
  expect(refusal('kcsp-2025.yaml', 'propose an item')).toContain(
    'By convention it is for the chair, the vice-chair, the clerk, a responsible authority or the KCSP Working Group: Any member proposes an item to the clerk; the working group escalates themes. (terms of the KCSP Working Group 2025, clause 8) Ask one of them, or the clerk.',
  )
})

describe('what somebody is', () => {
  test.each<{ who: string; part: Partial<Part>; clerk?: true; officer?: true; member?: true; has?: false }>([
    { who: 'the operator', part: { operator: true }, clerk: true, officer: true },
    { who: 'the clerk', part: { offices: ['clerk'] }, clerk: true, officer: true },
    { who: 'the chair', part: { offices: ['chair'] }, officer: true },
    {
      who: 'a vice-chair who represents a member',
      part: { offices: ['vice-chair'], seats: [member] },
      officer: true,
      member: true,
    },
    { who: 'a co-chair', part: { offices: ['co-chair'] }, officer: true },
    { who: 'a member', part: { seats: [member] }, member: true },
    { who: 'the representative of an invited body', part: { seats: [guest] } },
    { who: 'a deputy', part: { seats: [deputy] } },
    { who: 'one of a group', part: { groups: ['CSP Executive Group'] } },
    { who: 'somebody in attendance', part: { attends: true } },
    { who: 'a stranger', part: {}, has: false },
  ])('$who', ({ part: some, clerk = false, officer = false, member: sits = false, has = true }) => {
    const part = { ...NOTHING, ...some }
    expect(isClerk(part)).toBe(clerk)
    expect(isOfficer(part)).toBe(officer)
    expect(isMember(part)).toBe(sits)
    expect(hasPart(part)).toBe(has)
    // What is restricted is opened to officers and to who represents a member, and to nobody else.
    expect(passOf(part) !== null).toBe(officer || sits)
  })
})

describe('what is unwise is asked about once', () => {
  const press = { command: 'meetings.call', subject: 's', values: { day: '2027-01-20' }, label: 'Call it all the same' }

  test('not where there is no doubt, nor where it was said all the same', () => {
    askOnce([], false, press)
    askOnce(['It is a bank holiday.'], true, press)
  })

  test('with a press that does the same, the doubt answered', () => {
    try {
      askOnce(['It is a bank holiday.', 'The KCSP meets.'], false, press)
      expect.unreachable()
    } catch (error) {
      if (!(error instanceof Doubt)) throw error
      expect(error.sentence).toMatch(/^It is a bank holiday\. The KCSP meets\. If you mean it, press “Call it all the same”/)
      expect(error.allTheSame).toEqual({ ...press, values: { day: '2027-01-20', allTheSame: 'yes' } })
    }
  })

  test('naming the convention beside which it is', () => {
    const { calling } = termsOf('kcsp-2025.yaml')
    expect(byConvention(calling.extraordinary)).toBe(
      'By convention: The chair calls a meeting outside the cycle. (the chair agrees the agenda of every meeting (clause 7))',
    )
    expect(byConvention(termsOf('gravesham.yaml').calling.extraordinary)).toBe('')
  })
})
