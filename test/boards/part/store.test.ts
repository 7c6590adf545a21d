import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasPart, isClerk, isMember, mayDo, type Part } from '../../../src/boards/part/rules.js'
import { boardsMeant, boardsOf, clerkOfAny, peopleOf, standingIn } from '../../../src/boards/part/store.js'
import type { Terms } from '../../../src/boards/terms.js'
import { readTerms } from '../../../src/boards/terms-text.js'
import { type Actor, OPERATOR } from '../../../src/kernel/actor.js'
import { newId } from '../../../src/kernel/ids.js'
import { toText } from '../../../src/kernel/time.js'
import { directPlaceOf } from '../../../src/platforms/web/places.js'
import { NO_VAULT } from '../../house.js'
import { rosterFile, SHIPPED, type Shipped, termsText } from '../county.js'
import { type Ground, openGround, rosterIn } from '../ground.js'

const DAY = '2026-11-22'
const NOW = Temporal.Instant.from(`${DAY}T10:00:00Z`)
const RA = 'responsible authority'
const CORE = 'core member'

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground.close())

function termsIn(text: string): Terms {
  const read = readTerms(text)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.terms
}

interface Placed {
  readonly tenant: string
  readonly board: string
}

/** A board as it is shipped, with its roster, in a county of its own unless one is given. */
async function setUp(
  name: Shipped,
  { tenant, text = termsText(name) }: { tenant?: string; text?: string } = {},
): Promise<Placed> {
  const terms = termsIn(text)
  const of = tenant ?? (await ground.addTenant())
  const board = await ground.addBoard(of, terms)
  await ground.importRoster({ tenant: of, board, day: DAY }, rosterIn(rosterFile(name), terms))
  return { tenant: of, board }
}

async function actorOf({ tenant }: { readonly tenant: string }, name: string): Promise<Actor> {
  const person = await ground.db
    .selectFrom('person')
    .select('id')
    .where('tenant_id', '=', tenant)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return { person: person.id, tenant, name }
}

async function partOn(set: Placed, name: string, now = NOW): Promise<Part> {
  const standing = await standingIn(ground.db, set.board, await actorOf(set, name), now)
  if (!standing) throw new Error('no such board')
  return standing.part
}

/** The offices of a board that are held come to an end. */
const vacate = ({ board }: Placed, office: 'chair' | 'vice-chair') =>
  ground.writer.write((tx) =>
    tx.updateTable('office').set({ until_day: DAY }).where('board_id', '=', board).where('office', '=', office).execute(),
  )

interface Expected {
  readonly who: string
  readonly what: string
  readonly offices?: Part['offices']
  readonly standings?: Part['standings']
  readonly groups?: Part['groups']
  /** capacity and body, and whether it is a member's seat */
  readonly seats?: readonly string[]
  readonly attends?: true
}

const seatLine = ({ capacity, organisation, member }: Part['seats'][number]): string =>
  `${capacity} of ${organisation}${member ? '' : ', no member'}`

const ofPolice = ['representative of Kent Police']
const STEERING = ['the steering group']

const TABLE: Readonly<Record<Shipped, readonly Expected[]>> = {
  'kcsp-2023': [
    {
      who: 'Cllr Margaret Ashdown',
      what: 'chair',
      offices: ['chair'],
      standings: [RA],
      seats: ['representative of Kent County Council'],
    },
    { who: 'Daniel Okafor', what: 'a member', standings: [RA], seats: ofPolice },
    { who: 'Ruth Hale', what: 'a deputy', seats: ['deputy of Kent Police'] },
    { who: 'Marcus Webb', what: 'an assistant', attends: true },
    {
      who: 'Helen Marsh',
      what: 'of a body that is listed and no authority by statute',
      standings: [RA],
      seats: ['representative of Office of the Police and Crime Commissioner'],
    },
    {
      who: 'Aisha Rahman',
      what: 'vice-chair beside a chair',
      offices: ['vice-chair'],
      standings: [RA],
      seats: ['representative of Kent Fire and Rescue Service'],
    },
    {
      who: 'Cllr Owen Pryce',
      what: 'by standing invitation, and not listed in 2023',
      seats: ['representative of Chairs of Local Community Safety Partnerships, no member'],
    },
    { who: 'Grace Holloway', what: 'clerk, in attendance', offices: ['clerk'], attends: true },
  ],
  'kcsp-2025': [
    { who: 'Daniel Okafor', what: 'who sits jointly', standings: [RA], seats: ofPolice },
    { who: 'Tariq Aziz', what: 'who sits jointly with him', standings: [RA], seats: ofPolice },
    {
      who: 'Cllr Owen Pryce',
      what: 'listed in 2025',
      standings: [RA],
      seats: ['representative of Chairs of Local Community Safety Partnerships'],
    },
    { who: 'Nadia Flynn', what: 'by standing invitation', seats: ['representative of Kent Housing Group, no member'] },
    { who: 'Mark Dunn', what: 'a deputy', seats: ['deputy of Kent Fire and Rescue Service'] },
    { who: 'Ann Castle', what: 'a colleague, who has nothing to do with the board until named' },
  ],
  'kcsp-working-group-2025': [
    { who: 'Ruth Hale', what: 'acting chair', offices: ['chair'], standings: [RA], seats: ofPolice },
    {
      who: 'Jim Lucas',
      what: 'vice-chair beside an acting chair',
      offices: ['vice-chair'],
      standings: [RA],
      seats: ['representative of Kent County Council'],
    },
    { who: 'Carol Finch', what: 'by standing invitation', seats: ['representative of Violence Reduction Unit, no member'] },
    { who: 'Kim Pattern', what: 'clerk', offices: ['clerk'], attends: true },
  ],
  'dardr-steering-group-2025': [
    {
      who: 'Jim Lucas',
      what: 'chair, and of the steering group as each member is',
      offices: ['chair'],
      standings: ['member'],
      groups: STEERING,
      seats: ['representative of Kent County Council'],
    },
    {
      who: 'Sunita Rao',
      what: 'in the second seat of a body',
      standings: ['member'],
      groups: STEERING,
      seats: ['representative of NHS Kent and Medway Integrated Care Board'],
    },
    {
      who: 'Elliot Grange',
      what: 'a member without an address',
      standings: ['member'],
      groups: STEERING,
      seats: ['representative of Medway Council'],
    },
    { who: 'Marcus Webb', what: 'an assistant, who is none of the group', attends: true },
    { who: 'Kim Pattern', what: 'clerk, who is none of the group', offices: ['clerk'], attends: true },
  ],
  gravesham: [
    {
      who: 'Cllr Imogen Fairley',
      what: 'chair, core member, of the Executive Group',
      offices: ['chair'],
      standings: [CORE],
      groups: ['CSP Executive Group'],
      seats: ['representative of Gravesham Borough Council'],
    },
    { who: 'Philippa Stroud', what: 'of the Executive Group alone', groups: ['CSP Executive Group'] },
    {
      who: 'Leon Carter',
      what: 'of a body under the name that it had',
      standings: [CORE],
      seats: ['representative of The Probation Service'],
    },
    {
      who: 'April Stone',
      what: 'of a body that has succeeded the one in the terms',
      standings: [CORE],
      seats: ['representative of NHS Kent and Medway Integrated Care Board'],
    },
    { who: 'Yusuf Demir', what: 'who follows her in spring' },
    { who: 'Harriet Boyle', what: 'who sits jointly', standings: [CORE], seats: ['representative of Kent County Council'] },
    {
      who: 'Joseph Brand',
      what: 'by standing invitation',
      seats: ['representative of Office of the Kent Police and Crime Commissioner, no member'],
    },
    {
      who: 'Carol Finch',
      what: 'required to attend',
      seats: ['representative of Serious Violence Operational Group, no member'],
    },
    { who: 'Keira Nolan', what: 'a deputy', seats: ['deputy of Kent Fire and Rescue Service'] },
    { who: 'Sunita Rao', what: 'a colleague' },
    { who: 'Grace Holloway', what: 'clerk', offices: ['clerk'], attends: true },
  ],
}

describe.each(SHIPPED)('what each is to the board of %s', (name) => {
  let set: Placed
  beforeAll(async () => {
    set = await setUp(name)
  })

  test.each(TABLE[name])(
    '$who: $what',
    async ({ who, offices = [], standings = [], groups = [], seats = [], attends = false }) => {
      const part = await partOn(set, who)
      expect({ ...part, seats: part.seats.map(seatLine) }).toEqual({
        operator: false,
        offices,
        standings,
        groups,
        seats,
        attends,
      })
      expect(hasPart(part)).toBe(attends || [offices, groups, seats].some((some) => some.length > 0))
      expect(isMember(part)).toBe(seats.some((line) => line.startsWith('representative') && !line.endsWith('no member')))
      expect(isClerk(part)).toBe(offices.includes('clerk'))
    },
  )
})

describe('with time', () => {
  let set: Placed
  beforeAll(async () => {
    set = await setUp('gravesham')
  })

  test.each([
    { at: '2027-03-31T22:59:59Z', april: [CORE], yusuf: [] },
    { at: '2027-03-31T23:00:00Z', april: [], yusuf: [CORE] },
  ])('a seat changes hands at midnight where the board is: $at', async ({ at, april, yusuf }) => {
    const now = Temporal.Instant.from(at)
    expect((await partOn(set, 'April Stone', now)).standings).toEqual(april)
    expect((await partOn(set, 'Yusuf Demir', now)).standings).toEqual(yusuf)
  })
})

describe('the vice-chair while there is no chair', () => {
  const powers = 'withChairsPowers: true'
  const order = 'inOrder: [vice-chair, a member whom those present choose]'

  test.each<{ rule: string; otherwise: readonly (readonly [string, string])[]; offices: Part['offices'] }>([
    { rule: 'has the chair’s powers where the terms give them', otherwise: [], offices: ['chair', 'vice-chair'] },
    { rule: 'has none where they do not', otherwise: [[powers, 'withChairsPowers: false']], offices: ['vice-chair'] },
    {
      rule: 'has none where another presides first',
      otherwise: [[order, 'inOrder: [a member whom those present choose, vice-chair]']],
      offices: ['vice-chair'],
    },
  ])('$rule', async ({ otherwise, offices }) => {
    const set = await setUp('kcsp-2023', { text: termsText('kcsp-2023', ...otherwise) })
    expect((await partOn(set, 'Aisha Rahman')).offices).toEqual(['vice-chair'])
    await vacate(set, 'chair')
    expect((await partOn(set, 'Aisha Rahman')).offices).toEqual(offices)
    expect((await partOn(set, 'Cllr Margaret Ashdown')).offices).toEqual([])
    expect((await partOn(set, 'Daniel Okafor')).offices).toEqual([])
  })

  test.each(SHIPPED.filter((name) => name !== 'kcsp-2025'))('agrees what only the chair may: %s', async (name) => {
    const set = await setUp(name)
    await vacate(set, 'chair')
    const [vice] = TABLE[name].filter(({ offices }) => offices?.includes('vice-chair'))
    const part = await partOn(set, vice?.who ?? (name === 'gravesham' ? 'Mark Dunn' : 'Bethan Cole'))
    const { nonMembers, calling } = termsIn(termsText(name))
    expect(part.offices).toEqual(['chair', 'vice-chair'])
    expect(mayDo({ ...nonMembers, by: nonMembers.atInvitationOf }, part, 'invite')).toBe('by right')
    expect(mayDo(calling.extraordinary, part, 'call')).toBe('by right')
  })

  test.each(['chair', 'co-chair'] as const)('has none while there is a %s, acting or not', async (office) => {
    const set = await setUp('kcsp-2023')
    await vacate(set, 'chair')
    const { person } = await actorOf(set, 'Daniel Okafor')
    const held = { board_id: set.board, office, person_id: person, acting: 1, from_day: DAY, until_day: null }
    await ground.writer.write((tx) => tx.insertInto('office').values(held).execute())
    expect((await partOn(set, 'Aisha Rahman')).offices).toEqual(['vice-chair'])
    expect((await partOn(set, 'Daniel Okafor')).offices).toEqual([office])
  })
})

describe('who is invited', () => {
  const startsAt = Temporal.Instant.from('2026-12-16T10:00:00Z')

  async function invited(state: 'invited' | 'withdrawn'): Promise<{ set: Placed; actor: Actor }> {
    const set = await setUp('kcsp-2025')
    const ids = { meeting: newId(), person: newId() }
    await ground.writer.write(async (tx) => {
      const terms = await tx.selectFrom('terms').select('id').where('board_id', '=', set.board).executeTakeFirstOrThrow()
      const at = toText(NOW)
      await tx
        .insertInto('meeting')
        .values({ id: ids.meeting, board_id: set.board, starts_at: toText(startsAt), venue: 'Online', state: 'called' })
        .execute()
      const person = { id: ids.person, tenant_id: set.tenant, name: 'Prof Ada Byrne', email: null, telephone: null }
      await tx.insertInto('person').values(person).execute()
      const about = { meeting_id: ids.meeting, person_id: ids.person, organisation_id: null, item_id: null, by_person_id: null }
      await tx
        .insertInto('invitation')
        .values({ ...about, id: newId(), state, at, terms_id: terms.id })
        .execute()
    })
    return { set, actor: { person: ids.person, tenant: set.tenant, name: 'Prof Ada Byrne' } }
  }

  test.each([
    { when: 'before', at: NOW, attends: true },
    { when: 'during', at: startsAt.add({ hours: 1 }), attends: true },
    { when: 'to the end of a day after it began', at: startsAt.add({ hours: 24 }).subtract({ milliseconds: 1 }), attends: true },
    { when: 'no longer', at: startsAt.add({ hours: 24 }), attends: false },
  ])('has a part $when: $attends', async ({ at, attends }) => {
    const { set, actor } = await invited('invited')
    const standing = await standingIn(ground.db, set.board, actor, at)
    expect(standing?.part).toEqual({ operator: false, offices: [], seats: [], standings: [], groups: [], attends })
    expect(await boardsOf(ground.db, actor, at)).toHaveLength(attends ? 1 : 0)
  })

  test('has none once the invitation is taken back', async () => {
    const { set, actor } = await invited('withdrawn')
    expect((await standingIn(ground.db, set.board, actor, NOW))?.part.attends).toBe(false)
    expect(await boardsOf(ground.db, actor, NOW)).toEqual([])
  })
})

describe('the members of a subgroup', () => {
  let parent: Placed
  let group: Placed
  beforeAll(async () => {
    parent = await setUp('kcsp-2025')
    group = await setUp('kcsp-working-group-2025', parent)
  })

  const names = ['Kent Community Safety Partnership Working Group', 'KCSP WG', 'KCSP Working Group']

  test.each([
    { who: 'Leon Carter', what: 'a representative' },
    { who: 'Ruth Hale', what: 'its acting chair' },
    { who: 'Kim Pattern', what: 'its clerk' },
  ])('$who, $what, is of it on the board above by each of its names, and may propose an item', async ({ who }) => {
    const part = await partOn(parent, who)
    expect(part).toMatchObject({ offices: [], seats: [], standings: [], groups: names, attends: false })
    expect(mayDo(termsIn(termsText('kcsp-2025')).agenda.proposed, part, 'propose an item')).toBe('by right')
    const boards = await boardsOf(ground.db, await actorOf(parent, who), NOW)
    expect(boards.map(({ board }) => board.shortName)).toEqual(['KCSP', 'KCSP WG'])
  })

  test('who is of both is of the group on the board above, and nothing more below', async () => {
    expect((await partOn(parent, 'Mark Dunn')).groups).toEqual(names)
    expect((await partOn(group, 'Mark Dunn')).groups).toEqual([])
    expect(await partOn(group, 'Daniel Okafor')).toMatchObject({ seats: [], groups: [] })
  })

  test.each([
    { words: 'propose an item for KCSP: cycling', boards: ['KCSP'], rest: 'propose an item : cycling' },
    { words: 'the roster of the KCSP WG', boards: ['KCSP WG'], rest: 'the roster' },
    { words: "KCSP's roster", boards: ['KCSP'], rest: 'roster' },
    { words: 'Kent Community Safety Partnership Working Group: roster', boards: ['KCSP WG'], rest: 'roster' },
    { words: 'roster for the Kent Community Safety Partnership', boards: ['KCSP'], rest: 'roster' },
    { words: 'roster', boards: ['KCSP', 'KCSP WG'], rest: 'roster' },
    { words: 'roster of KCSPs', boards: ['KCSP', 'KCSP WG'], rest: 'roster of KCSPs' },
  ])('tell the two boards apart by name: “$words”', async ({ words, boards, rest }) => {
    const actor = await actorOf(parent, 'Leon Carter')
    const asking = {
      db: ground.db,
      actor,
      now: NOW,
      place: directPlaceOf('leon.carter@example.org'),
      file: null,
      publicUrl: null,
      vault: NO_VAULT,
    }
    const meant = await boardsMeant(asking, words)
    expect(meant.boards.map(({ board }) => board.shortName)).toEqual(boards)
    expect(meant.rest).toBe(rest)
  })

  test('only on the board under which it is', async () => {
    const other = await setUp('kcsp-2025')
    const there = await standingIn(ground.db, other.board, await actorOf(parent, 'Leon Carter'), NOW)
    expect(there).toBeNull()
  })
})

test('the operator may do everything; in another tenant there is no such board, for anybody', async () => {
  const set = await setUp('gravesham')
  const operator: Actor = { person: OPERATOR, tenant: set.tenant, name: 'the operator' }
  const terms = termsIn(termsText('gravesham'))
  const standing = await standingIn(ground.db, set.board, operator, NOW)
  expect(standing?.part).toMatchObject({ operator: true, offices: [] })
  expect(mayDo(terms.agenda.agreed, standing?.part as Part, 'agree the agenda')).toBe('by right')
  const elsewhere = await ground.addTenant()
  expect(await standingIn(ground.db, set.board, { ...operator, tenant: elsewhere }, NOW)).toBeNull()
  const clerk = await actorOf(set, 'Grace Holloway')
  expect(await standingIn(ground.db, set.board, { ...clerk, tenant: elsewhere }, NOW)).toBeNull()
  expect(await standingIn(ground.db, newId(), clerk, NOW)).toBeNull()
})

test('a stranger has nothing to do with any board; clerk of any is who is clerk of one', async () => {
  const set = await setUp('gravesham')
  const stranger: Actor = { person: newId(), tenant: set.tenant, name: 'Nobody' }
  expect(await boardsOf(ground.db, stranger, NOW)).toEqual([])
  expect(hasPart((await standingIn(ground.db, set.board, stranger, NOW))?.part as Part)).toBe(false)
  for (const [who, is] of [
    ['Grace Holloway', true],
    ['Cllr Imogen Fairley', false],
    ['Philippa Stroud', false],
  ] as const)
    expect(await clerkOfAny(ground.db, await actorOf(set, who), NOW), who).toBe(is)
})

test('everybody with an office, a seat or a group, and what they are', async () => {
  const set = await setUp('gravesham')
  const clerk = await actorOf(set, 'Grace Holloway')
  const standing = await standingIn(ground.db, set.board, clerk, NOW)
  if (!standing) throw new Error('no such board')
  const people = await peopleOf(ground.db, standing, DAY, NOW)
  const names = people.map(({ name }) => name)
  expect(names).toEqual([...names].sort())
  for (const who of ['Grace Holloway', 'Philippa Stroud', 'Daniel Okafor', 'Carol Finch']) expect(names).toContain(who)
  for (const who of ['Ruth Hale', 'Marcus Webb', 'Sunita Rao', 'Yusuf Demir']) expect(names).not.toContain(who)
  expect(people.find(({ name }) => name === 'Philippa Stroud')?.part.groups).toEqual(['CSP Executive Group'])
})
