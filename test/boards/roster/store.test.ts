import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changesOf } from '../../../src/boards/roster/changes.js'
import { changeInWords } from '../../../src/boards/roster/changes-words.js'
import { personKey } from '../../../src/boards/roster/people.js'
import type { Roster, Span } from '../../../src/boards/roster/rules.js'
import { rosterOf } from '../../../src/boards/roster/store.js'
import { seatsOn } from '../../../src/boards/store.js'
import { type Ground, openGround } from '../ground.js'
import { keyOf } from './applied.js'
import { GRAVESHAM } from './spreadsheet.js'

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground.close())

const FIRST = '2026-11-22'
const dayAt = (day: number): string => Temporal.PlainDate.from(FIRST).add({ days: day }).toString()
const DAYS = 20

/** Spans of one thing that do not overlap; the first may have no first day. Often there are none. */
const spans: fc.Arbitrary<readonly Span[]> = fc
  .record({
    cuts: fc.uniqueArray(fc.integer({ min: -10, max: DAYS }), { maxLength: 4 }),
    undated: fc.boolean(),
    open: fc.boolean(),
  })
  .map(({ cuts, undated, open }) => {
    const days = [...cuts].sort((a, b) => a - b)
    const pairs = days.flatMap((day, at) => (at % 2 === 0 ? [[day, days[at + 1] ?? null] as const] : []))
    return pairs.map(([first, last], at) => ({
      from: at === 0 && undated ? null : dayAt(first),
      lastDay: last === null || (at === pairs.length - 1 && open) ? null : dayAt(last),
    }))
  })

const PEOPLE = [
  { name: 'Ann Lee', email: 'ann.lee@example.org' },
  { name: 'Ben Roy', email: 'ben.roy@example.org' },
  { name: 'Cat Dow', email: null },
  { name: 'Zoë Hart', email: null },
].map((person) => ({ ...person, key: personKey(person.name, person.email) }))
const KEYS = PEOPLE.map(({ key }) => key)
const SEATS = [
  { organisation: 'Kent Police', title: 'Member' },
  { organisation: 'Kent Police', title: 'Second' },
  { organisation: 'Medway Council', title: 'Member' },
]

/** Things with spans, each of them often absent. */
const ofEach = <Thing extends object>(things: readonly Thing[]): fc.Arbitrary<readonly (Thing & Span)[]> =>
  fc
    .tuple(
      ...things.map((thing) =>
        fc.oneof(fc.constant([]), spans).map((many: readonly Span[]) => many.map((span) => ({ ...thing, ...span }))),
      ),
    )
    .map((all) => all.flat())

/** The same, where each span may be called in one of two ways. */
const called = <Thing extends object, More extends object>(
  things: readonly Thing[],
  ways: readonly [More, More],
): fc.Arbitrary<readonly (Thing & More & Span)[]> =>
  fc
    .tuple(
      ...things.map((thing) =>
        fc
          .tuple(fc.oneof(fc.constant([]), spans), fc.tuple(fc.constantFrom(...ways), fc.constantFrom(...ways)))
          .map(([many, which]: [readonly Span[], readonly [More, More]]) =>
            many.map((span, at) => ({ ...thing, ...(at === 0 ? which[0] : which[1]), ...span })),
          ),
      ),
    )
    .map((all) => all.flat())

const anyRoster: fc.Arbitrary<Roster> = fc
  .record({
    seats: fc.subarray(SEATS).chain((seats) =>
      fc.tuple(
        ...seats.map((seat) =>
          fc.record({
            organisation: fc.constant(seat.organisation),
            title: fc.constant(seat.title),
            standing: fc.constantFrom('member' as const, 'invited' as const),
            joint: fc.boolean(),
            standsFor: fc.shuffledSubarray(['Dover District Council', 'Swale Borough Council']),
          }),
        ),
      ),
    ),
    telephones: fc.tuple(...KEYS.map(() => fc.constantFrom(null, '01632 960001', '01632 960002'))),
    formerly: fc.subarray(['Kent Constabulary', 'County Police']),
    posts: fc.subarray(KEYS).chain((keys) =>
      fc.tuple(
        ...keys.map((person) =>
          fc.record({
            person: fc.constant(person),
            organisation: fc.constantFrom('Kent Police', 'Medway Council'),
            title: fc.constantFrom('', 'Head', 'Inspector'),
          }),
        ),
      ),
    ),
    held: ofEach(
      SEATS.flatMap(({ organisation, title: seat }) =>
        KEYS.flatMap((person) =>
          (['representative', 'deputy'] as const).map((capacity) => ({ organisation, seat, person, capacity })),
        ),
      ),
    ),
    assistants: ofEach([
      { assistant: KEYS[3] ?? '', principal: KEYS[0] ?? '' },
      { assistant: KEYS[1] ?? '', principal: KEYS[2] ?? '' },
    ]),
    attending: called(
      KEYS.slice(2).map((person) => ({ person })),
      [{ title: 'Presenter' }, { title: 'Observer' }],
    ),
    offices: called(
      KEYS.slice(1).flatMap((person) => [
        { office: 'chair' as const, person },
        { office: 'clerk' as const, person },
      ]),
      [{ acting: true }, { acting: false }],
    ),
    groups: ofEach(KEYS.map((person) => ({ group: 'CSP Executive Group', person }))),
  })
  .map(({ held, telephones, formerly, ...more }) => {
    const holdings = held.filter(({ organisation, seat }) =>
      more.seats.some((one) => one.organisation === organisation && one.title === seat),
    )
    // Whoever sits for a body is of it, as a file says in the same row.
    const sitting = holdings.map(({ person, organisation }) => ({ person, organisation, title: '' }))
    const posts = [...new Map([...sitting, ...more.posts].map((post) => [`${post.person} ${post.organisation}`, post])).values()]
    const named = new Set([
      ...[...holdings, ...posts, ...more.attending, ...more.offices, ...more.groups].map(({ person }) => person),
      ...more.assistants.flatMap(({ assistant, principal }) => [assistant, principal]),
    ])
    const people = PEOPLE.map((person, at) => ({ ...person, telephone: telephones[at] ?? null })).filter(({ key }) =>
      named.has(key),
    )
    const bodies = [...new Set([...more.seats, ...posts].map(({ organisation }) => organisation))]
    const organisations = bodies.map((name) => ({ name, shortName: name, formerly: name === 'Kent Police' ? formerly : [] }))
    return { ...more, organisations, people, posts, holdings }
  })

const SPANNED = ['holdings', 'assistants', 'attending', 'offices', 'groups'] as const

/** Everything that holds or will, a line each; `*` where the file gave no first day. */
function linesOf(roster: Roster, day: string, wanted: Roster): readonly string[] {
  return SPANNED.flatMap((part) => {
    const undated = new Set(
      (wanted[part] as readonly Span[]).filter(({ from }) => from === null).map((one) => `${keyOf(one)} ${one.lastDay}`),
    )
    return (roster[part] as readonly Span[])
      .filter(({ lastDay }) => lastDay === null || lastDay >= day)
      .map((one) => {
        const open = one.from === null || (one.from <= day && undated.has(`${keyOf(one)} ${one.lastDay}`))
        return `${part} ${keyOf(one)} ${open ? '*' : one.from} ${one.lastDay}`
      })
  }).sort()
}

const seatLines = ({ seats }: Roster): readonly string[] =>
  seats.map((seat) => JSON.stringify({ ...seat, standsFor: [...seat.standsFor].sort() })).sort()

const postLines = ({ posts }: Roster): readonly string[] =>
  posts.map(({ person, organisation }) => `${person} of ${organisation}`).sort()

/** Who has any part in a roster on a day, or will have. */
const partakers = (roster: Roster, day: string): readonly string[] => {
  const lasting = SPANNED.flatMap((part) =>
    (roster[part] as readonly (Span & { person?: string; assistant?: string; principal?: string })[])
      .filter(({ lastDay }) => lastDay === null || lastDay >= day)
      .flatMap(({ person, assistant, principal }) => [person, assistant, principal].flatMap((key) => key ?? [])),
  )
  return [...new Set([...lasting, ...roster.posts.map(({ person }) => person)])].sort()
}

/** Who held a seat on a day on which the board had no such seat. */
async function unseated(board: string): Promise<readonly object[]> {
  return ground.db
    .selectFrom('holding')
    .innerJoin('seat', 'seat.id', 'holding.seat_id')
    .where('seat.board_id', '=', board)
    .where((row) => row.or([row('holding.until_day', 'is', null), row('holding.until_day', '>', row.ref('holding.from_day'))]))
    .whereRef('holding.from_day', '<', 'seat.from_day')
    .select(['holding.from_day', 'seat.from_day as seat_from'])
    .execute()
}

/** Names that several people of a tenant have; each of the generated has their own. */
async function namesakes(tenant: string): Promise<readonly string[]> {
  const people = await ground.db.selectFrom('person').where('tenant_id', '=', tenant).select('name').execute()
  const names = people.map(({ name }) => name)
  return names.filter((name, at) => names.indexOf(name) !== at)
}

const imports = fc.array(fc.record({ wanted: anyRoster, later: fc.nat(8) }), { minLength: 1, maxLength: 5 })

describe('rosters imported one after another', () => {
  test('each time the roster is what was wanted, and the same file again changes nothing, then or later', async () => {
    await fc.assert(
      fc.asyncProperty(imports, fc.nat(12), async (many, after) => {
        const tenant = await ground.addTenant()
        const board = await ground.addBoard(tenant, GRAVESHAM)
        let on = 0
        for (const { wanted, later } of many) {
          on += later
          const day = dayAt(on)
          await ground.importRoster({ tenant, board, day }, wanted)
          const found = await rosterOf(ground.db, tenant, board, day)
          expect(linesOf(found, day, wanted)).toEqual(linesOf(wanted, day, wanted))
          expect(seatLines(found)).toEqual(seatLines(wanted))
          expect(postLines(found)).toEqual(postLines(wanted))
          expect(found.people.map(({ key }) => key).sort()).toEqual(partakers(wanted, day))
          expect(await unseated(board)).toEqual([])
          expect(await namesakes(tenant)).toEqual([])
          for (const when of [day, dayAt(on + after)]) {
            const stands = await rosterOf(ground.db, tenant, board, when)
            expect(changesOf(stands, wanted, when).map(changeInWords)).toEqual([])
          }
        }
      }),
      { numRuns: 150 },
    )
  }, 120_000)
})

/** A roster of the police's one seat. */
const police = (...holdings: readonly (Span & { readonly person: string })[]): Roster => ({
  organisations: [{ name: 'Kent Police', shortName: 'Kent Police', formerly: [] }],
  seats: [{ organisation: 'Kent Police', title: 'Member', standing: 'member', joint: false, standsFor: [] }],
  people: PEOPLE.map((person) => ({ ...person, telephone: null })),
  posts: PEOPLE.map(({ key: person }) => ({ person, organisation: 'Kent Police', title: '' })),
  holdings: holdings.map((one) => ({ ...one, organisation: 'Kent Police', seat: 'Member', capacity: 'representative' })),
  assistants: [],
  attending: [],
  offices: [],
  groups: [],
})
const ANN = 'ann.lee@example.org'
const BEN = 'ben.roy@example.org'

describe('spans that meet rows of the past', () => {
  let at: { tenant: string; board: string }
  beforeEach(async () => {
    const tenant = await ground.addTenant()
    at = { tenant, board: await ground.addBoard(tenant, GRAVESHAM) }
  })

  const importOn = (day: string, roster: Roster) => ground.importRoster({ ...at, day }, roster)
  const spansOf = async () =>
    ground.db
      .selectFrom('holding')
      .innerJoin('seat', 'seat.id', 'holding.seat_id')
      .innerJoin('person', 'person.id', 'holding.person_id')
      .where('seat.board_id', '=', at.board)
      .select(['person.name', 'holding.from_day as from', 'holding.until_day as until'])
      .orderBy('holding.from_day')
      .orderBy('person.name')
      .execute()
  const representative = async (day: string) =>
    (await seatsOn(ground.db, at.board, day)).map((seat) => seat.representative?.name ?? null)

  test('one that is over and began on the new first day is part of the longer one', async () => {
    await importOn('2026-01-01', police({ person: ANN, from: null, lastDay: null }))
    await importOn('2026-06-01', police({ person: BEN, from: null, lastDay: null }))
    await importOn('2026-11-01', police({ person: ANN, from: null, lastDay: null }))
    await importOn('2026-11-22', police({ person: ANN, from: '2026-01-01', lastDay: null }))
    expect(await spansOf()).toEqual([
      { name: 'Ann Lee', from: '2026-01-01', until: null },
      { name: 'Ben Roy', from: '2026-06-01', until: '2026-11-01' },
    ])
  })

  test('one that was taken back before it began makes way for another that begins then', async () => {
    await importOn('2026-11-01', police({ person: ANN, from: '2027-01-01', lastDay: null }))
    await importOn('2026-11-02', police())
    expect((await rosterOf(ground.db, at.tenant, at.board, '2026-11-02')).holdings).toEqual([])
    await importOn('2026-11-03', police({ person: ANN, from: '2027-02-01', lastDay: null }))
    await importOn('2026-11-04', police({ person: ANN, from: '2027-01-01', lastDay: null }))
    expect(await spansOf()).toEqual([{ name: 'Ann Lee', from: '2027-01-01', until: null }])
    for (const day of ['2026-12-31', '2027-01-01']) expect(await representative(day)).toEqual([day < '2027' ? null : 'Ann Lee'])
  })

  test('a seat is there from the first day on which the roster has anybody in it, however late that is said', async () => {
    await importOn('2026-11-22', police({ person: ANN, from: null, lastDay: null }))
    expect(await representative('2026-11-21')).toEqual([])
    await importOn('2026-11-23', police({ person: ANN, from: '2024-05-01', lastDay: null }))
    expect(await representative('2024-04-30')).toEqual([])
    expect(await representative('2024-05-01')).toEqual(['Ann Lee'])
    await importOn(
      '2026-11-24',
      police({ person: ANN, from: '2025-05-01', lastDay: null }, { person: BEN, from: '2024-01-01', lastDay: '2025-04-30' }),
    )
    expect(await representative('2026-11-24')).toEqual(['Ann Lee'])
  })

  test('a seat that ended and is there again is another; who sat in the first is found still', async () => {
    await importOn('2026-01-01', police({ person: ANN, from: null, lastDay: null }))
    await importOn('2026-06-01', { ...police(), seats: [] })
    expect(await representative('2026-06-01')).toEqual([])
    await importOn('2026-11-01', police({ person: BEN, from: null, lastDay: null }))
    expect(await representative('2026-05-31')).toEqual(['Ann Lee'])
    expect(await representative('2026-10-31')).toEqual([])
    expect(await representative('2026-11-01')).toEqual(['Ben Roy'])
  })

  test('on one day, back and forth: what was never for a day leaves no trace', async () => {
    for (const person of [ANN, BEN, ANN, BEN, ANN]) await importOn('2026-11-22', police({ person, from: null, lastDay: null }))
    expect(await representative('2026-11-22')).toEqual(['Ann Lee'])
    const stands = await rosterOf(ground.db, at.tenant, at.board, '2026-11-22')
    expect(stands.holdings.map(({ person, from, lastDay }) => ({ person, from, lastDay }))).toEqual([
      { person: ANN, from: '2026-11-22', lastDay: null },
    ])
  })
})

test('where files give no days, nothing that was is ever changed', async () => {
  const undated = anyRoster.map((roster) => {
    const once = (part: (typeof SPANNED)[number]) => [
      ...new Map((roster[part] as readonly Span[]).map((one) => [keyOf(one), { ...one, from: null, lastDay: null }])).values(),
    ]
    return { ...roster, ...Object.fromEntries(SPANNED.map((part) => [part, once(part)])) } as Roster
  })
  const held = async (board: string, day: string) =>
    (await seatsOn(ground.db, board, day))
      .map(({ organisation, title, representative }) => `${organisation.name} ${title} ${representative?.name}`)
      .sort()
  await fc.assert(
    fc.asyncProperty(fc.array(undated, { minLength: 2, maxLength: 5 }), async (many) => {
      const tenant = await ground.addTenant()
      const board = await ground.addBoard(tenant, GRAVESHAM)
      const was = new Map<string, readonly string[]>()
      for (const [at, wanted] of many.entries()) {
        const day = dayAt(at * 3)
        await ground.importRoster({ tenant, board, day }, wanted)
        for (const [earlier, then] of was) expect(await held(board, earlier), earlier).toEqual(then)
        for (const on of [day, dayAt(at * 3 + 2)]) was.set(on, await held(board, on))
      }
    }),
    { numRuns: 60 },
  )
}, 120_000)
