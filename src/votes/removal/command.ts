import { z } from 'zod'
import { titleFor } from '../../agenda/rules.js'
import { mustBeOpen } from '../../attendance/command.js'
import { ruleAt } from '../../attendance/ledger.js'
import { askOnce } from '../../boards/part/rules.js'
import { namedAs } from '../../boards/rules.js'
import type { Terms } from '../../boards/terms.js'
import { audienceOf } from '../../kernel/actor.js'
import { type Acted, type Acting, type Asking, act, formReply, query, type Reply } from '../../kernel/command.js'
import { ItemId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { boardDay } from '../../meetings/rules.js'
import { type OnItem, ofItems, putMotion, shownTo } from '../command.js'
import { countFor, mayDecide } from '../facts.js'
import { calledIn } from '../motion.js'
import { mustHaveVoters, OPENING, type Opening, openVote } from '../opening/command.js'
import { voteRuleOf } from '../rules.js'
import { motionsOf } from '../store.js'
import { noticeIn, type SaidRemoval } from './notice.js'
import {
  holderKey,
  mayTakeAway,
  mustNotPreside,
  REMOVABLE,
  type Removable,
  type Removal,
  removalInWords,
  sameRemoval,
  termsOfMotion,
  whoIsMeant,
} from './rules.js'
import { removableOn } from './store.js'
import { removeForm } from './view.js'

const noticeOf = ({ item, pass }: OnItem): SaidRemoval | null => {
  const title = titleFor(item.title, pass)
  return title === null ? null : noticeIn(title)
}

/** Whether an item's title gives notice of a removal. */
export const gaveNotice = (seen: OnItem): boolean => noticeOf(seen) !== null

const holdersIn = ({ db }: Asking, { meeting, now }: OnItem): Promise<readonly Removal[]> =>
  removableOn(db, meeting.board.id, boardDay(meeting.board, now))

interface Wanted extends Partial<Opening> {
  readonly office?: Removable | undefined
  /** the office and the person's id */
  readonly holder?: string | undefined
  readonly byAgreement?: 'yes' | 'no' | undefined
  readonly allTheSame?: 'yes' | undefined
}

/** Whose removal is meant: who was chosen, or the holder of the office that was said, or that the title names. */
function meant(holders: readonly Removal[], seen: OnItem, { office, holder }: Wanted): Removal {
  const notice = noticeOf(seen)
  const [chosen, person = null] = holder?.split(' ') ?? []
  const said = REMOVABLE.find((one) => one === chosen) ?? office ?? notice?.office ?? null
  const named = person === null && (notice?.office ?? said) === said ? (notice?.name ?? null) : null
  return whoIsMeant(holders, { office: said, name: named, person, hidden: 'hidden' in seen.item.title })
}

/** Whether the agenda gave notice of this removal, in time. */
function doubtsOfNotice(seen: OnItem, { office, person }: Removal): readonly string[] {
  const notice = noticeOf(seen)
  const { item } = seen
  const gives =
    notice &&
    (notice.office === null || notice.office === office) &&
    (notice.name === null || namedAs([person], notice.name).length > 0)
  const number = calledIn(item)
  if (gives && item.late === null) return []
  const lacks = gives ? `${number} came onto the agenda late` : `${number} gives no notice of this removal`
  return [`${lacks}. By convention nobody is removed by business of which no notice was given with the agenda. ${SOURCE}`]
}
const SOURCE = '(the common law of meetings: a member may stay away from what they were not told of)'

const NO_VOTE = 'The terms of this board provide for no vote, and a removal takes one: the meeting has to agree to it.'

/** @throws Refusal `not_quorate`: a recommendation removes nobody */
function mustResolve(seen: OnItem, terms: Terms): void {
  const { entry, item, facts, now } = seen
  const without = new Refusal(
    'not_quorate',
    'Nobody is removed without a quorum of the meeting: it would be a recommendation, which takes no office away. Wait for the quorum, or take it to a later meeting.',
    terms.quorum.clause,
  )
  const sits = ['in session', 'informal'].includes(entry.state)
  if (sits && countFor(entry, item.id).verdict === 'inquorate') throw without
  const { outcome } = mayDecide(facts, { entry, item: item.id, now }, terms, null)
  if (outcome === 'recommended')
    throw new Refusal(
      'conflict',
      'The meeting sits informally, and nobody is removed by what is no resolution of it. Say “resume the meeting” first.',
    )
}

/** Puts the removal of somebody from office to the vote. Said again while it is voted on, it changes nothing. */
export async function removeFrom(acting: Acting, seen: OnItem, wanted: Wanted): Promise<Acted> {
  const { item, pass } = seen
  const removal = meant(await holdersIn(acting, seen), seen, wanted)
  const before = (await motionsOf(acting.db, seen.meeting.id)).filter(({ removes }) => sameRemoval(removes, removal))
  const running = before.find(({ state }) => state === 'in a vote')
  if (running) return { reply: await shownTo(acting, running.id, pass), outcome: { unchanged: true } }
  if (before.some(({ state }) => state === 'decided'))
    throw new Refusal('conflict', 'This meeting has voted on that removal already. Say “decisions” for the result.')
  const terms = termsOfMotion(ruleAt(seen.facts, seen.now).terms, removal.office)
  const hidden = 'hidden' in item.title
  const doubts = mayTakeAway(terms, removal.office, hidden)
  mustNotPreside(removal, seen.entry.presiding, hidden)
  mustResolve(seen, terms)
  mustHaveVoters(seen.facts, terms, item.id, seen.now)
  const { allTheSame, byAgreement } = wanted
  const agreed = voteRuleOf(terms).provided || byAgreement === 'yes'
  const known = allTheSame === 'yes' && byAgreement !== 'no'
  askOnce([...(agreed ? [] : [NO_VOTE]), ...doubts, ...doubtsOfNotice(seen, removal)], known, pressOf(seen, removal, wanted))
  const motion = await putMotion(acting, seen, [removalInWords(removal)], { removes: removal })
  const { ends = 'all', tally = 'shown', minutes } = wanted
  const { reply, outcome } = await openVote(acting, seen, motion, { ends, tally, minutes })
  return { reply, outcome: { ...outcome, removes: { office: removal.office, person: removal.person.id } } }
}

const pressOf = ({ item }: OnItem, removal: Removal, { minutes, ends, tally }: Wanted) => ({
  command: 'votes.remove',
  subject: item.id,
  values: {
    holder: holderKey(removal),
    ...(minutes ? { minutes: String(minutes) } : {}),
    ...(ends ? { ends } : {}),
    ...(tally ? { tally } : {}),
  },
  label: 'Put the removal to the vote',
})

/** The form in which it is chosen who is to be removed, and how the vote is taken. */
export async function askWhom(
  asking: Asking,
  seen: OnItem,
  { minutes, tally }: { readonly minutes: string | undefined; readonly tally: 'shown' | 'hidden' | undefined },
): Promise<Reply> {
  const holders = await holdersIn(asking, seen)
  const notice = noticeOf(seen)
  const noticed = holders.filter(({ office }) => office === notice?.office)
  const [first] = noticed.length === 1 ? noticed : holders
  if (!first)
    throw new Refusal('not_found', 'Nobody holds an office from which they could be removed. Say “roster” for who holds what.')
  const { item, meeting } = seen
  const rule = voteRuleOf(termsOfMotion(ruleAt(seen.facts, seen.now).terms, first.office))
  const asked = {
    item,
    meeting,
    holders,
    noticed: noticed.length === 1 ? first : null,
    rule,
    minutes,
    hidden: tally === 'hidden',
  }
  return formReply(removeForm(asked, audienceOf(asking.actor)))
}

/** Puts the removal of a chair or vice-chair to the vote, as the person presiding says. */
export const remove = act({
  ...ofItems,
  name: 'votes.remove',
  input: z.object({
    subject: ItemId,
    office: z.enum(['chair', 'vice-chair', 'co-chair'], 'Say from which office: chair, vice-chair or co-chair.').optional(),
    holder: z
      .string()
      .regex(/^(?:chair|vice-chair|co-chair) [0-9a-f-]{36}$/, 'Choose who is to be removed.')
      .optional(),
    ...OPENING,
    allTheSame: z.literal('yes').optional(),
  }),
  async run(acting, input, seen) {
    mustBeOpen(seen)
    return removeFrom(acting, seen, input)
  },
})

export const removeAsk = query({
  ...ofItems,
  name: 'votes.remove_form',
  input: z.object({ subject: ItemId, minutes: z.string().max(4).optional(), tally: z.enum(['shown', 'hidden']).optional() }),
  async run(asking, { minutes, tally }, seen) {
    mustBeOpen(seen)
    return askWhom(asking, seen, { minutes, tally })
  },
})
