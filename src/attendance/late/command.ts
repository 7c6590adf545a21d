import { z } from 'zod'
import { titleFor } from '../../agenda/rules.js'
import { passFor } from '../../agenda/store.js'
import { standingIn } from '../../boards/part/store.js'
import { audienceOf, personOf } from '../../kernel/actor.js'
import { type About, type Asking, act, cardReply, formReply, query } from '../../kernel/command.js'
import { ItemId, MeetingId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import type { Pass } from '../../kernel/restricted.js'
import { toText } from '../../kernel/time.js'
import { paperNumber } from '../../papers/rules.js'
import { loadWholly, mustBeOpen, type There } from '../command.js'
import { entryAt } from '../ledger.js'
import { stateOf } from '../room.js'
import { type LatePaper, rulingInWords } from './rules.js'
import { latePapersOf, saveRuling } from './store.js'
import { LONGEST_WHY, lateCard, lateForm } from './view.js'

interface OnLate extends There {
  readonly late: readonly LatePaper[]
  readonly pass: Pass | null
}

async function withLate(asking: Asking, room: There): Promise<OnLate> {
  const { db, actor, now } = asking
  const standing = await standingIn(db, room.meeting.board.id, actor, now)
  const pass = standing ? await passFor(db, room.meeting, standing.part, actor.person) : null
  return { ...room, late: await latePapersOf(db, room.meeting), pass }
}

const card = ({ actor }: Asking, room: OnLate, said?: string) =>
  cardReply(lateCard(room, room.late, { pass: room.pass, rules: room.presides }, audienceOf(actor), said))

const ofLate = {
  load: async (asking: Asking, about: About): Promise<OnLate> => withLate(asking, await loadWholly(asking, about)),
  board: ({ meeting }: OnLate) => meeting.board.id,
  redraw: (asking: Asking, room: OnLate) => card(asking, room),
}

/** The papers that did not go out in time, and whether each is taken. */
export const late = query({
  ...ofLate,
  name: 'attendance.late',
  input: z.object({ subject: MeetingId }),
  allow: () => true,
  run: async (asking, _, room) => card(asking, room),
})

export const lateAsk = query({
  ...ofLate,
  name: 'attendance.late_form',
  input: z.object({ subject: MeetingId }),
  allow: (_, { presides }) => presides,
  async run({ actor }, _, room) {
    mustStillRule(room)
    if (room.late.length === 0) throw new Refusal('conflict', 'Every paper went out in time. There is nothing to say of any.')
    return formReply(lateForm(room, room.late, room.pass, audienceOf(actor)))
  },
})

/** The clerk may record it afterwards. @throws Refusal `too_early`, `too_late` */
function mustStillRule(room: OnLate): void {
  if (!(room.clerk && stateOf(room) === 'closed')) mustBeOpen(room)
}

const WHY = 'Say why it is not taken, for the record.'

/** Records whether a late paper is taken, as the person presiding says. */
export const ruleLate = act({
  ...ofLate,
  name: 'attendance.rule_late',
  allow: (_, { presides }) => presides,
  input: z
    .object({
      subject: MeetingId,
      item: ItemId,
      taken: z.enum(['yes', 'no'], 'Choose whether it is taken.'),
      why: z.string().trim().max(LONGEST_WHY, `Shorten it to ${LONGEST_WHY} characters.`).optional(),
    })
    .refine(({ taken, why }) => taken === 'yes' || (why ?? '').length >= 3, { path: ['why'], error: WHY }),
  // Why may say what stands in a restricted paper: the record keeps it, and the journal does not.
  journaled: ({ subject, item, taken }) => ({ subject, item, taken }),
  async run(acting, { item, taken, why }, room) {
    const { db, actor, now } = acting
    mustStillRule(room)
    const found = room.late.find(({ paper }) => paper.item.id === item)
    if (!found || titleFor(found.paper.item.title, room.pass) === null)
      throw new Refusal('not_found', 'That paper is not late. Say “late papers” for those that are.')
    const { presiding } = entryAt(room.facts, now, now)
    const ruling = { item, taken: taken === 'yes', why: why || null, presiding: presiding?.person ?? null, at: now }
    if (found.ruling?.taken === ruling.taken && found.ruling.why === ruling.why)
      return { reply: card(acting, room), outcome: { unchanged: true } }
    await saveRuling(db, room.meeting.id, ruling, personOf(actor))
    return {
      reply: card(
        acting,
        await withLate(acting, room),
        `${paperNumber(found.paper)} is ${rulingInWords({ ...ruling, why: null })}.`,
      ),
      outcome: { late: item, taken: ruling.taken, presiding: ruling.presiding?.id ?? null, at: toText(now) },
    }
  },
})
