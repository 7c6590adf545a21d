import fc from 'fast-check'
import { CHAIR, CLERK, COUNTY, COUNTY_TOO, FIRE, NHS, OPCC, POLICE, PROBATION } from './setting.js'

export type Choice = 'for' | 'against' | 'abstain'
export type State = 'session' | 'waits' | 'informal' | 'adjourned' | 'closed'

/** A body of the board, which has one seat. */
export interface Body {
  readonly core: boolean
  /** one, or several who hold it jointly */
  readonly holders: readonly string[]
  readonly deputies: readonly string[]
}

/** By their short names. */
export const BODIES: Readonly<Record<string, Body>> = {
  GBC: { core: true, holders: [CHAIR], deputies: ['Cllr Desmond Achebe'] },
  'Kent Police': { core: true, holders: [POLICE], deputies: ['Ruth Hale'] },
  KFRS: { core: true, holders: [FIRE], deputies: ['Keira Nolan'] },
  Probation: { core: true, holders: [PROBATION], deputies: [] },
  NHS: { core: true, holders: [NHS], deputies: [] },
  KCC: { core: true, holders: [COUNTY, COUNTY_TOO], deputies: [] },
  'Kent OPCC': { core: false, holders: [OPCC], deputies: [] },
}
/** Who of which body may come in its place. */
const COLLEAGUES = [
  ['GBC', 'Philippa Stroud'],
  ['GBC', 'Cllr Desmond Achebe'],
  ['Kent Police', 'Bethan Cole'],
  ['Kent Police', 'Ruth Hale'],
  ['KFRS', 'Keira Nolan'],
  ['Probation', 'Sunita Rao'],
] as const
export const HOLDERS = Object.values(BODIES).flatMap(({ holders }) => holders)
const ANYBODY = [
  ...new Set([...HOLDERS, ...Object.values(BODIES).flatMap(({ deputies }) => deputies), 'Bethan Cole', 'Sunita Rao']),
]

/** What was typed of a motion, and how the notes have it. */
export interface Text {
  readonly said: string
  readonly reads: string
}

const BOARD = 'the Gravesham Community Safety Partnership'
const TEXTS: readonly Text[] = [
  { said: 'The grant be spent on street lighting', reads: 'that the grant be spent on street lighting.' },
  { said: 'RESOLVED that Note the report.', reads: `that ${BOARD} note the report.` },
  { said: 'a) Agree the plan;\nb) Note its costs.', reads: `that ${BOARD}:\n(a) agree the plan;\n(b) note its costs.` },
]

/** What somebody does; of a motion by its place among those that were put. */
export type Act =
  | { readonly act: 'arrive' | 'leave'; readonly person: string }
  | { readonly act: 'sit in'; readonly person: string; readonly body: string }
  | { readonly act: 'withdraw' | 'return'; readonly person: string; readonly item: number }
  | { readonly act: 'proceed'; readonly how: State }
  | { readonly act: 'put'; readonly item: number; readonly text: Text }
  | { readonly act: 'amend'; readonly motion: number; readonly text: Text }
  | { readonly act: 'open'; readonly motion: number; readonly byHand: boolean }
  | { readonly act: 'cast' | 'record'; readonly motion: number; readonly person: string; readonly choice: Choice }
  | { readonly act: 'casting'; readonly motion: number; readonly person: string; readonly choice: 'for' | 'against' }
  | { readonly act: 'dissent' | 'content'; readonly motion: number; readonly person: string }
  | { readonly act: 'countersign' | 'close' | 'agree'; readonly motion: number }

/** Of whom it is asked: somebody by name, whoever presides, or one of those who may vote, or are here, or are out, or dissent. */
export type Whose =
  | { readonly name: string }
  | 'presiding'
  | { readonly nth: number; readonly of: 'roll' | 'here' | 'out' | 'dissents' }

/** Who would do what, so many seconds after what was done before. */
export interface Wish {
  readonly wait: number
  /** the platform delivers it twice */
  readonly twice: boolean
  readonly by: Whose
  readonly does: Act['act']
  readonly whose: Whose
  readonly item: number
  /** counted back from the last that was put; of which most is done */
  readonly motion: number
  readonly choice: Choice
  readonly text: Text
  readonly body: string
  readonly how: State
  readonly byHand: boolean
}

const anybody = fc.constantFrom(...ANYBODY).map((name): Whose => ({ name }))
const oneOf = (of: 'roll' | 'here' | 'out' | 'dissents') => fc.nat(11).map((nth): Whose => ({ nth, of }))
const mostly = (most: fc.Arbitrary<Whose>) => fc.oneof({ weight: 6, arbitrary: most }, { weight: 1, arbitrary: anybody })
const clerk = fc.constant<Whose>({ name: CLERK })
const presiding = fc.oneof(
  { weight: 9, arbitrary: fc.oneof(clerk, fc.constant<Whose>('presiding')) },
  { weight: 1, arbitrary: anybody },
)

const wish = (does: Act['act'], by: fc.Arbitrary<Whose>, more: { [Key in keyof Wish]?: fc.Arbitrary<Wish[Key]> } = {}) =>
  fc.record<Wish>({
    wait: fc.integer({ min: 1, max: 40 }),
    twice: fc.nat(14).map((one) => one === 0),
    by,
    does: fc.constant(does),
    whose: anybody,
    item: fc.nat(4).map((one) => (one === 0 ? 1 : 0)),
    motion: fc.nat(9).map((one) => (one === 0 ? 1 : 0)),
    choice: fc.constantFrom('for', 'for', 'for', 'against', 'against', 'against', 'abstain'),
    text: fc.constantFrom(...TEXTS),
    body: fc.constant(''),
    how: fc.constant('session'),
    byHand: fc.boolean(),
    ...more,
  })

const arrive = wish('arrive', anybody)
const leave = wish('leave', mostly(oneOf('here')))
const sitIn = fc
  .constantFrom(...COLLEAGUES)
  .chain(([body, name]) => wish('sit in', clerk, { body: fc.constant(body), whose: fc.constant({ name }) }))
const withdraw = fc.oneof(wish('withdraw', mostly(oneOf('here'))), wish('withdraw', clerk, { whose: mostly(oneOf('here')) }))
const comeBack = wish('return', oneOf('out'))
const proceed = (...how: readonly State[]) => wish('proceed', presiding, { how: fc.constantFrom(...how) })
const put = wish('put', presiding)
const amend = wish('amend', presiding)
const open = wish('open', presiding)
const cast = wish('cast', mostly(oneOf('roll')))
const record = wish('record', clerk, { whose: mostly(oneOf('roll')) })
const countersign = wish('countersign', mostly(fc.constant('presiding')))
const close = wish('close', presiding)
const casting = wish('casting', mostly(fc.constant('presiding')))
const dissent = fc.oneof(wish('dissent', mostly(oneOf('here'))), wish('dissent', clerk, { whose: mostly(oneOf('here')) }))
const content = fc.oneof(wish('content', mostly(oneOf('dissents'))), wish('content', clerk, { whose: mostly(oneOf('dissents')) }))
const agree = wish('agree', presiding)
const ballots = fc.array(fc.oneof({ weight: 8, arbitrary: cast }, record, countersign), { minLength: 2, maxLength: 6 })

/** As many for as against, and one who abstains. */
const equal = fc
  .tuple(
    ...(['for', 'against', 'for', 'against'] as const).map((choice, nth) =>
      wish('cast', fc.constant<Whose>({ nth, of: 'roll' }), { choice: fc.constant(choice) }),
    ),
  )
  .chain((all) => fc.constantFrom(all, all.slice(0, 2)))

/** Somebody votes and goes, and another of their body comes, and would vote. */
const replaced = fc
  .constantFrom([CHAIR, 'Cllr Desmond Achebe'], [POLICE, 'Ruth Hale'], [FIRE, 'Keira Nolan'], [COUNTY, COUNTY_TOO])
  .chain(([name = '', another = '']) => {
    const [first, second] = [fc.constant<Whose>({ name }), fc.constant<Whose>({ name: another })]
    return fc.tuple(
      wish('arrive', first),
      wish('cast', first),
      fc.oneof(wish('leave', first), wish('withdraw', first)),
      wish('arrive', second),
      wish('cast', second),
    )
  })

const leaves = wish('leave', oneOf('roll'))
const withdraws = wish('withdraw', oneOf('roll'))
const comes = wish(
  'arrive',
  fc.constantFrom(...HOLDERS).map((name) => ({ name })),
)
const informal = wish('proceed', clerk, { how: fc.constant('informal') })
/** Now and then the quorum is lost meanwhile: of the meeting, which may go on informally though it has it again, or of the item alone. */
const lost = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  fc.tuple(withdraws, withdraws),
  fc.tuple(leaves, leaves),
  fc.tuple(leaves, leaves, informal),
  fc.tuple(leaves, leaves, informal, comes, comes, comes),
)

/** Whatever may happen while a motion is before the meeting. */
const meanwhile = fc.oneof(
  { weight: 3, arbitrary: arrive },
  { weight: 3, arbitrary: leave },
  { weight: 2, arbitrary: sitIn },
  { weight: 3, arbitrary: withdraw },
  { weight: 2, arbitrary: comeBack },
  { weight: 1, arbitrary: proceed('adjourned', 'informal', 'waits') },
  { weight: 1, arbitrary: proceed('session') },
  { weight: 2, arbitrary: dissent },
  { weight: 1, arbitrary: content },
  { weight: 2, arbitrary: amend },
  { weight: 3, arbitrary: cast },
  { weight: 1, arbitrary: casting },
  { weight: 1, arbitrary: agree },
  { weight: 1, arbitrary: close },
  { weight: 1, arbitrary: put },
)
const some = (most: number) => fc.array(meanwhile, { maxLength: most })

const voted = fc
  .tuple(
    fc.tuple(put, open),
    some(2),
    fc.oneof({ weight: 3, arbitrary: ballots }, { weight: 3, arbitrary: equal }, replaced),
    lost,
    some(1),
    fc.tuple(close),
    fc.oneof(fc.constant([]), some(1)),
    fc.tuple(casting),
  )
  .map((parts) => parts.flat())
/** It was put without a quorum of the meeting or of the item, and some come or return before the close. */
const regained = fc
  .tuple(
    fc.tuple(put),
    fc.oneof(fc.tuple(withdraws, withdraws), fc.tuple(leaves, leaves, informal)),
    fc.tuple(open),
    fc.oneof(ballots, equal),
    fc.array(fc.oneof(comes, comeBack), { minLength: 2, maxLength: 5 }),
    fc.oneof(fc.constant([]), fc.tuple(proceed('session'))),
    fc.tuple(close, casting),
  )
  .map((parts) => parts.flat())
const agreed = fc.tuple(fc.tuple(put, dissent), some(2), lost, fc.tuple(content, agree), some(1)).map((parts) => parts.flat())

/**
 * Some are there from the opening; then mostly a motion is put, voted on and decided, while others come, go, withdraw and
 * change their minds; now and then one is agreed to; some meetings are closed in the midst of it.
 */
export const sequence = fc.record({
  /** each of another body */
  there: fc
    .tuple(fc.subarray([CHAIR, FIRE, POLICE, PROBATION, NHS, COUNTY], { minLength: 3, maxLength: 5 }), fc.subarray([OPCC]))
    .map((parts) => parts.flat()),
  wishes: fc
    .tuple(
      some(1),
      fc.oneof(
        { weight: 8, arbitrary: voted },
        { weight: 2, arbitrary: regained },
        { weight: 2, arbitrary: agreed },
        { weight: 1, arbitrary: some(8) },
      ),
      some(2),
      fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.tuple(proceed('closed'), meanwhile)),
    )
    .map((parts): readonly Wish[] => parts.flat()),
})
