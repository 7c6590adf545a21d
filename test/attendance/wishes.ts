import fc from 'fast-check'

export const CLERK = 'Grace Holloway'
const CHAIR = 'Cllr Margaret Ashdown'

/** Who holds a seat, and who of their body may come in their place. */
const BODIES = {
  [CHAIR]: ['Cllr Peter Lyle'],
  'Daniel Okafor': ['Ruth Hale', 'Tariq Aziz'],
  'Helen Marsh': ['Joseph Brand'],
  'Tom Beresford': ['Ann Castle'],
  'Aisha Rahman': ['Mark Dunn'],
  'Dr Simon Kerr': ['April Stone', 'May Ferris'],
  'June Whitfield': ['Leon Carter'],
  'Cllr Owen Pryce': ['Cllr Sian Moor'],
  'Nadia Flynn': ['Rob Tilley'],
} as const
type Member = keyof typeof BODIES
export const MEMBERS = Object.keys(BODIES) as readonly Member[]
const COLLEAGUES = Object.values(BODIES).flat()
export const DEPUTIES = { 'Ruth Hale': 'Daniel Okafor' }
/** Of Daniel Okafor; and somebody of whom nobody has heard. */
const ASSISTANT = 'Priya Nair'
export const STRANGER = 'Zoe Quill'

/** What somebody would do, and how many seconds after what was done before. */
export type Wish = {
  readonly wait: number
  /** the platform delivers it twice */
  readonly twice: boolean
  readonly by: string
  /** which of those who have come would do it instead, or is marked, if there are any */
  readonly there?: number | null
} & (
  | { readonly act: 'answer'; readonly seat: Member; readonly attending: boolean; readonly substitute: string | null }
  | { readonly act: 'open' | 'close' }
  | { readonly act: 'arrive'; readonly mode: string }
  | { readonly act: 'leave'; readonly dropped: boolean }
  | { readonly act: 'mark'; readonly people: readonly string[]; readonly how: string; readonly ago: number | null }
  | { readonly act: 'sit in'; readonly seat: Member; readonly person: string; readonly mode: string }
  | { readonly act: 'correct'; readonly nth: number; readonly what: string; readonly hours: Hours; readonly mode: string }
  | { readonly act: 'interest'; readonly person: string; readonly item: number; readonly does: string }
  | { readonly act: 'proceed'; readonly how: string; readonly until: string | null }
  | { readonly act: 'preside'; readonly person: string }
)

/** Minutes ago, where they are said. */
interface Hours {
  readonly from: number | null
  readonly until: number | null
}

const nat = fc.nat(99)
const member = fc.constantFrom(...MEMBERS)
const colleague = fc.constantFrom<string>(...COLLEAGUES)
const anybody = fc.oneof({ weight: 5, arbitrary: member }, { weight: 2, arbitrary: colleague }, fc.constantFrom(CLERK, ASSISTANT))
const clerkly = fc.oneof({ weight: 8, arbitrary: fc.constant(CLERK) }, { weight: 1, arbitrary: anybody })
const presiding = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(CLERK, CHAIR) }, { weight: 1, arbitrary: anybody })
const ago = fc.option(fc.nat(12))
const place = fc.constantFrom('room', 'online')
/** Seconds or minutes, more than the grace now and then; and a clock that is put back. */
const wait = fc.oneof(
  { weight: 5, arbitrary: fc.nat(50) },
  { weight: 3, arbitrary: fc.integer({ min: 60, max: 299 }) },
  { weight: 2, arbitrary: fc.integer({ min: 300, max: 600 }) },
  { weight: 1, arbitrary: fc.constant(-60) },
)
const twice = fc.nat(9).map((one) => one === 0)
const timed = { wait, twice }
const is = <const Act extends string>(act: Act) => fc.constant(act)

const answer = member.chain((seat) =>
  fc.record({
    ...timed,
    act: is('answer'),
    seat: fc.constant(seat),
    by: fc.oneof(
      { weight: 5, arbitrary: fc.constant<string>(seat) },
      { weight: 1, arbitrary: fc.constantFrom(CLERK, ASSISTANT, 'Ruth Hale') },
      { weight: 1, arbitrary: anybody },
    ),
    attending: fc.nat(2).map((one) => one === 0),
    substitute: fc.option(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom<string>(...BODIES[seat]) },
        { weight: 1, arbitrary: anybody },
        { weight: 1, arbitrary: fc.constant(STRANGER) },
      ),
    ),
  }),
)
const open = fc.record({ ...timed, act: is('open'), by: clerkly })
const arrive = fc.record({
  ...timed,
  act: is('arrive'),
  by: anybody,
  there: fc.option(fc.nat(2), { freq: 2 }),
  mode: fc.oneof(place, fc.constant('back')),
})
/** Of few, so that who withdraws also returns, and who leaves comes back. */
const there = fc.option(fc.nat(2), { freq: 3 })
const leave = fc.record({ ...timed, there, act: is('leave'), by: anybody, dropped: fc.boolean() })
const several = fc.uniqueArray(member, { minLength: 3, maxLength: 7 })
const gather = fc.record({
  ...timed,
  act: is('mark'),
  by: fc.constant(CLERK),
  people: several,
  how: place,
  ago: fc.constant(null),
})
const mark = fc.record({
  ...timed,
  act: is('mark'),
  by: clerkly,
  people: fc.oneof(fc.tuple(anybody), several),
  how: fc.constantFrom('room', 'online', 'back', 'left', 'dropped'),
  ago,
})
/** Of who has come, at an hour that is said afterwards. */
const markAfterwards = fc.record({
  ...timed,
  there: fc.nat(2),
  act: is('mark'),
  by: fc.constant(CLERK),
  people: fc.tuple(member),
  how: fc.constantFrom('room', 'online', 'left', 'left', 'dropped'),
  ago: fc.nat(12),
})
const sitIn = member.chain((seat) =>
  fc.record({
    ...timed,
    act: is('sit in'),
    by: clerkly,
    seat: fc.constant(seat),
    person: fc.constantFrom<string>(...BODIES[seat]),
    mode: place,
  }),
)
const correct = fc.record({
  ...timed,
  act: is('correct'),
  by: clerkly,
  nth: nat,
  what: fc.constantFrom('change', 'change', 'stayed', 'never'),
  hours: fc.record({ from: ago, until: ago }),
  mode: fc.constantFrom('', '', 'room', 'online'),
})
const interest = fc.record({
  ...timed,
  act: is('interest'),
  by: anybody,
  person: anybody,
  item: fc.nat(1),
  does: fc.constantFrom('withdraws now', 'withdraws now', 'withdraws now', 'stays', 'withdraw', 'return', 'return'),
})
/** Of one's own interest, or of anybody's, as the clerk records it. */
const ownInterest = fc.oneof(
  fc.tuple(interest, there).map(([one, there]) => ({ ...one, there, person: one.by })),
  interest.map((one) => ({ ...one, by: CLERK })),
  interest,
)
const proceed = fc.record({
  ...timed,
  act: is('proceed'),
  by: presiding,
  how: fc.constantFrom('waits', 'informal', 'adjourned', 'resumed'),
  until: fc.option(fc.constantFrom('until 11:15', 'for lunch'), { freq: 2 }),
})
const preside = fc.record({ ...timed, act: is('preside'), by: presiding, person: member })
const close = fc.record({ ...timed, act: is('close'), by: presiding })

const early: fc.Arbitrary<Wish> = fc.oneof({ weight: 6, arbitrary: answer }, arrive, mark, ownInterest)
const sitting: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 6, arbitrary: arrive },
  { weight: 5, arbitrary: leave },
  { weight: 3, arbitrary: answer },
  { weight: 2, arbitrary: gather },
  { weight: 3, arbitrary: mark },
  { weight: 2, arbitrary: markAfterwards },
  { weight: 2, arbitrary: sitIn },
  { weight: 4, arbitrary: correct },
  { weight: 4, arbitrary: ownInterest },
  { weight: 2, arbitrary: proceed },
  preside,
  open,
  close,
)
const byClerk = <One extends Wish>(of: fc.Arbitrary<One>): fc.Arbitrary<Wish> => of.map((one) => ({ ...one, by: CLERK }))
const says = (how: string) => byClerk(proceed.map((one) => ({ ...one, how })))
const adjourn = says('adjourned')
/** The same after hours: not quite six, six, or beyond midnight. */
const late = (of: fc.Arbitrary<Wish>): fc.Arbitrary<Wish> =>
  fc.tuple(of, fc.constantFrom(21_599, 21_600, 25_200, 54_000)).map(([one, wait]) => ({ ...one, wait }))
const ending = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  fc.tuple(byClerk(close)),
  fc.tuple(adjourn, byClerk(close)),
  fc.tuple(adjourn, late(byClerk(close))),
)
/** The meeting adjourns for long, and goes on; some come, go or are marked before it does. */
const apart = fc
  .tuple(
    fc.array(sitting, { minLength: 1, maxLength: 2 }),
    adjourn,
    fc.oneof(fc.constant([]), fc.tuple(sitting), fc.tuple(adjourn)),
    late(fc.oneof(says('resumed'), sitting)),
    fc.array(fc.oneof(sitting, correct, says('resumed')), { minLength: 1, maxLength: 3 }),
  )
  .map(([before, pause, meanwhile, then, after]) => [...before, pause, ...meanwhile, then, ...after])
/** Somebody withdraws for an item, returns, and withdraws again; others do something meanwhile. */
const again = fc.nat(2).chain((there) => {
  const does = (what: string) => interest.map((one): Wish => ({ ...one, there, item: 0, does: what }))
  return fc.tuple(sitting, does('withdraws now'), sitting, does('return'), does('withdraw'), sitting)
})
/**
 * Some say whether they come, mostly the clerk opens the meeting, sometimes many come at once; then whatever may happen,
 * and after the end as well: 5 to 16 acts.
 */
export const sequence: fc.Arbitrary<readonly Wish[]> = fc
  .tuple(
    fc.array(early, { maxLength: 3 }),
    fc.oneof({ weight: 12, arbitrary: fc.tuple(byClerk(open)) }, fc.constant([])),
    fc.oneof(fc.tuple(gather), fc.constant([])),
    fc.oneof({ weight: 8, arbitrary: fc.array(sitting, { minLength: 4, maxLength: 6 }) }, { weight: 2, arbitrary: again }, apart),
    ending,
    fc.tuple(sitting),
  )
  .map((parts) => parts.flat())
