import { z } from 'zod'
import { type Item, titleFor } from '../../agenda/rules.js'
import { mustBeOpen } from '../../attendance/command.js'
import { type Entry, ruleAt } from '../../attendance/ledger.js'
import { personOf } from '../../kernel/actor.js'
import { type Acted, type Acting, act, cardReply } from '../../kernel/command.js'
import { ItemId, MotionId } from '../../kernel/ids.js'
import { Doubt, Refusal } from '../../kernel/refusal.js'
import { standing } from '../../papers/rules.js'
import { businessOf } from '../business/command.js'
import {
  cardFor,
  customaryParts,
  mustLeaveOffices,
  NOTED,
  NOTHING_MOVED,
  type OnItem,
  ofItems,
  pendingOn,
  putMotion,
  shownNow,
  text,
} from '../command.js'
import { enter } from '../entering/command.js'
import { countFor, countOnly, mayDecide } from '../facts.js'
import { calledIn, type Motion, partsFrom, saysTheSame, wordingFor } from '../motion.js'
import { postMotion, turnMotion } from '../notices.js'
import { contentFor } from '../register/rules.js'
import { decisionOn } from '../register/store.js'
import { noticeIn } from '../removal/notice.js'
import { takesAVote } from '../removal/rules.js'
import { addWording, findMotion } from '../store.js'

/** What was pressed, to be pressed again with a doubt answered. */
type Values = Readonly<Record<string, string>>

/**
 * A member does not agree: what can be done about it is said before anything is decided.
 * @param values of the press by which it is decided and the dissents recorded; null where what was typed would be lost in it
 * @throws Doubt, or Refusal `conflict`
 */
function mustHear({ dissents }: Motion, item: Item, values: Values | null): never {
  const bodies = [...new Set(dissents.map(({ organisation }) => organisation))].join(', ')
  const number = calledIn(item)
  const choices = `${bodies}: not agreed. Go on discussing it; say “defer ${number}”; or “put ${number} to the vote”, where the terms or the meeting provide for one.`
  if (!values)
    throw new Refusal(
      'conflict',
      `${choices} Or have the dissent recorded, and decide: say it again with “all the same” at the end.`,
    )
  throw new Doubt(
    `${choices} Or have the dissent recorded, and decide: press “Record the dissent and decide”, or say it again with “all the same” at the end.`,
    {
      command: 'votes.agree',
      subject: item.id,
      values: { ...values, dissents: 'recorded', heard: String(dissents.length) },
      label: 'Record the dissent and decide',
    },
  )
}

const SINCE = 'since that card was drawn. Look at it as it stands (“business”), and decide then.'

/** What was pressed on a card that says no longer how it stands decides nothing. @throws Refusal `conflict` */
function asSeen(motion: Motion, { pass }: OnItem, version: string | undefined, heard: string | undefined): void {
  if (version !== undefined && Number(version) !== wordingFor(motion, pass)?.version)
    throw new Refusal('conflict', `The motion on ${calledIn(motion.item)} was amended ${SINCE}`)
  if (heard !== undefined && Number(heard) < motion.dissents.length)
    throw new Refusal('conflict', `Another member has said that they do not agree ${SINCE}`)
}

const counted = z.string().regex(/^\d{1,4}$/)

/**
 * The meeting agrees, or notes: the person presiding declares it, the clerk records it; nobody's silence decides anything.
 * A member who does not agree is heard first. Said again of what is decided, it changes nothing.
 */
export const agree = act({
  ...ofItems,
  name: 'votes.agree',
  input: z.object({
    subject: ItemId,
    motion: MotionId.optional(),
    how: z.enum(['agreed', 'noted', 'amended'], 'Say whether it is agreed, noted, or agreed as amended.').default('agreed'),
    /** what is resolved, where that is typed */
    text: text.optional(),
    /** how the motion read, and how many did not agree, on the card that was pressed */
    version: counted.optional(),
    /** which version of the paper the card showed whose recommendations are agreed */
    paper: counted.optional(),
    heard: counted.optional(),
    dissents: z.literal('recorded').optional(),
    /** there is no quorum for the item, and it is agreed as a recommendation */
    withoutQuorum: z.literal('yes').optional(),
    /** said to the doubt that comes first: the dissent, else the quorum of the item */
    allTheSame: z.literal('yes').optional(),
    /** pressed on the card of the meeting's business, which goes on */
    from: z.literal('business').optional(),
  }),
  lines: ['text'],
  journaled: ({ subject, motion, how, dissents }) => ({ subject, motion, how, dissents }),
  async run(acting, input, seen) {
    mustBeOpen(seen)
    const { motion: named, how, text: said, version, paper, heard, dissents, withoutQuorum, allTheSame, from } = input
    const pending = pendingOn(seen, named)
    const { terms } = pending ?? ruleAt(seen.facts, seen.now)
    const title = titleFor(seen.item.title, seen.pass) ?? ''
    const noticed = !pending && said === undefined && how !== 'noted' && noticeIn(title) !== null
    if (pending?.removes || noticed) throw takesAVote(terms, calledIn(seen.item))
    if (pending) {
      notInAVote(pending)
      asSeen(pending, seen, version, heard)
    } else if (paper !== undefined && Number(paper) !== (seen.paper && standing(seen.paper)?.number))
      throw new Refusal('conflict', `The paper of ${calledIn(seen.item)} was replaced ${SINCE}`)
    const parts = await partsToDecide(acting, seen, pending, how, said)
    mustLeaveOffices(parts, terms)
    const again = pending ? null : await decidedAlready(acting, seen, parts, said !== undefined)
    if (again) return shownAgain(acting, seen, again, from)
    const values = {
      how: how === 'amended' ? 'agreed' : how,
      ...(pending ? { motion: pending.id } : {}),
      ...(from ? { from } : {}),
    }
    const disagreed = pending !== null && pending.dissents.length > 0
    if (disagreed && !dissents && !allTheSame) mustHear(pending, seen.item, said ? null : values)
    const press = {
      command: 'votes.agree',
      subject: seen.item.id,
      values: { ...values, ...(disagreed ? { dissents: 'recorded' } : {}), withoutQuorum: 'yes' },
      label: 'Agree it as a recommendation',
    }
    const known = withoutQuorum === 'yes' || (allTheSame === 'yes' && !disagreed)
    const doubt = known ? null : said ? ('say it again' as const) : press
    return decide(acting, seen, { pending, parts, amended: how === 'amended', doubt, from })
  },
})

interface Agreed {
  readonly pending: Motion | null
  readonly parts: readonly string[]
  readonly amended: boolean
  readonly doubt: Doubt['allTheSame'] | 'say it again' | null
  readonly from: 'business' | undefined
}

async function decide(acting: Acting, seen: OnItem, { pending, parts, amended, doubt, from }: Agreed): Promise<Acted> {
  const { db, actor } = acting
  // A motion is bound to the terms in force when it was put: by them the quorum is counted, too.
  const bound = pending ? await shownNow(acting, pending.id) : null
  const facts = bound?.facts ?? seen.facts
  const entry: Entry = bound?.entry ?? seen.entry
  const terms = pending?.terms ?? ruleAt(seen.facts, seen.now).terms
  const { outcome, why } = mayDecide(facts, { entry, item: seen.item.id, now: seen.now }, terms, doubt)
  const motion = await asDecided(acting, seen, pending, parts)
  const entered = await enter(acting, {
    board: seen.meeting.board,
    motion,
    parts,
    outcome,
    why,
    how: terms.decisions.by === 'consensus' ? 'consensus' : 'agreed',
    amended: amended || (wordingFor(motion, seen.pass)?.version ?? 1) > 1,
    presiding: entry.presiding,
    quorum: { opening: null, closing: countOnly(countFor(entry, seen.item.id)) },
    vote: null,
    tally: null,
    at: seen.now,
  })
  const shown = await shownNow(acting, motion.id)
  await postMotion(db, shown)
  await turnMotion(db, motion.id, [actor.person])
  const words = shown.decision && contentFor(shown.decision, seen.pass)?.words
  const card = from ? await businessOf(acting, seen, seen.pass, words ?? undefined) : cardFor(acting, shown, seen.pass)
  return { reply: cardReply(card), outcome: { motion: motion.id, entered: [entered], terms: motion.termsId } }
}

function notInAVote({ vote, item }: Motion): void {
  if (!vote) return
  const number = calledIn(item)
  throw new Refusal(
    'conflict',
    vote.state === 'open'
      ? `A vote on ${number} is open. Close it (“close the vote”), or withdraw the motion.`
      : `The vote on ${number} is closed, and waits for ${vote.state === 'equal' ? 'the casting vote' : 'the ruling which reading counts'}.`,
  )
}

/**
 * The motion by which an item was decided so already; null: it was not.
 * @throws Refusal `conflict` where it was decided otherwise, and nothing is typed that would be another decision
 */
async function decidedAlready(acting: Acting, seen: OnItem, parts: readonly string[], typed: boolean): Promise<Motion | null> {
  const decided = seen.motions.filter(({ state }) => state === 'decided')
  const same = decided.findLast((motion) => saysTheSame(wordingFor(motion, seen.pass)?.parts ?? [], parts))
  if (same) return same
  const last = typed ? undefined : decided.at(-1)
  if (!last) return null
  const decision = await decisionOn(acting.db, last.id)
  throw new Refusal(
    'conflict',
    `${calledIn(seen.item)} is decided already${decision && decision.openness !== 'hidden' ? ` (entry ${decision.number} of the register)` : ''}. Say what else is resolved on it, as in “resolved B3: …”.`,
  )
}

async function shownAgain(acting: Acting, seen: OnItem, motion: Motion, from: 'business' | undefined): Promise<Acted> {
  const card = from ? await businessOf(acting, seen, seen.pass) : cardFor(acting, await shownNow(acting, motion.id), seen.pass)
  return { reply: cardReply(card), outcome: { unchanged: true } }
}

/** What is decided, as it reads: the motion, what was typed, or what is customary. */
async function partsToDecide(
  acting: Acting,
  seen: OnItem,
  pending: Motion | null,
  how: 'agreed' | 'noted' | 'amended',
  said: string | undefined,
): Promise<readonly string[]> {
  if (said) return partsFrom(said)
  const number = calledIn(seen.item)
  const moved = pending && wordingFor(pending, seen.pass)
  if (how === 'amended' && !moved)
    throw new Refusal('invalid', `Say how ${number} reads as amended.`, undefined, { text: 'Say how it reads.' })
  if (how === 'noted') {
    if (moved && !moved.parts.every(notes))
      throw new Refusal(
        'conflict',
        `A motion is before the meeting on ${number} that asks for more than to note. Agree it as it reads, amend it or withdraw it.`,
      )
    const customary = moved?.parts ?? (await customaryParts(acting, seen))
    return customary.length > 0 && customary.every(notes) ? customary : [NOTED(seen.item)]
  }
  const parts = moved?.parts ?? (await customaryParts(acting, seen))
  if (parts.length === 0) throw new Refusal('invalid', NOTHING_MOVED(number), undefined, { text: 'Say what is resolved.' })
  return parts
}

const notes = (part: string): boolean => /^note\b/i.test(part)

/** The motion that is decided, reading as it is decided: put now where none was, amended where it read otherwise. */
async function asDecided(acting: Acting, seen: OnItem, pending: Motion | null, parts: readonly string[]): Promise<Motion> {
  const { db, actor } = acting
  if (!pending) return putMotion(acting, seen, parts)
  const wording = wordingFor(pending, seen.pass)
  if (wording && saysTheSame(wording.parts, parts)) return pending
  await addWording(db, pending.id, { version: (wording?.version ?? 1) + 1, parts, at: seen.now }, personOf(actor))
  return (await findMotion(db, pending.id)) ?? pending
}
