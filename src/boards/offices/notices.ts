import { z } from 'zod'
import type { Tx } from '../../db/schema.js'
import type { After } from '../../kernel/command.js'
import { dispatch } from '../../kernel/notice.js'
import { notify } from '../../outbox/store.js'
import { boardFrom, boardRows, placesOf } from '../store.js'
import { Office } from '../terms.js'
import type { Passing } from './passing.js'
import { namesOf } from './store.js'
import { handoverCard, type Passed } from './view.js'

/** Board, office, who takes it, who leave it, whether they act, from which day: what was said once, and never changes. */
const Subject = z.tuple([z.string(), Office, z.string().nullable(), z.array(z.string()).readonly(), z.boolean(), z.string()])

const subjectOf = (board: string, { office, to, left, acting, from }: Passing): string =>
  JSON.stringify([board, office, to, left, acting, from] satisfies z.infer<typeof Subject>)

/** To the board's places: that an office passes. Its subject says who and when, and is another where another takes it. */
export const handover = dispatch<Passed>({
  name: 'boards.handover',
  async load(db, subject) {
    const [id, office, to, left, acting, from] = Subject.parse(JSON.parse(subject))
    const board = boardFrom(await boardRows(db).where('board.id', '=', id).executeTakeFirstOrThrow())
    const names = await namesOf(db, to === null ? left : [to, ...left])
    const nameOf = (person: string): string => names.get(person) ?? ''
    return { board, office, to: to === null ? null : nameOf(to), left: left.map(nameOf), acting, from }
  },
  draw: handoverCard,
})

/** Says in the board's places that an office passes; the same again changes nothing. */
async function announce(tx: Tx, board: string, passed: readonly Passing[]): Promise<void> {
  if (passed.length === 0) return
  const places = await placesOf(tx, board)
  await notify(
    tx,
    passed.flatMap((one) => places.map((place) => ({ notice: handover, subject: subjectOf(board, one), board, to: { place } }))),
  )
}

const Passings = z.array(
  z.object({
    office: Office,
    to: z.string().nullable(),
    left: z.array(z.string()),
    acting: z.boolean(),
    from: z.string(),
  }),
)
const ByRoster = z.object({ passed: Passings })
const ByHand = z.object({ office: Office, to: z.string().nullable(), left: z.array(z.string()), from: z.string() })

/** What a change of the roster made pass is said. */
export const announceRoster: After = {
  acts: ['boards.import_roster', 'boards.appoint', 'boards.end'],
  run: ({ db }, { board, outcome }) => announce(db, board, ByRoster.parse(outcome).passed),
}

/** What was handed over is said: not where whoever held it is elected again, nor where nobody leaves an office to nobody. */
export const announceHandover: After = {
  acts: ['boards.handed_over'],
  async run({ db }, { board, outcome }) {
    const { office, to, left, from } = ByHand.parse(outcome)
    const others = left.filter((person) => person !== to)
    const passes = to === null ? left.length > 0 : !left.includes(to)
    await announce(db, board, passes ? [{ office, to, left: others, acting: false, from }] : [])
  },
}
