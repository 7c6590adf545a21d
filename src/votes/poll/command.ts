import { z } from 'zod'
import { loadWholly, mustBeOpen } from '../../attendance/command.js'
import { ruleAt } from '../../attendance/ledger.js'
import { audienceOf, isTimer, personOf } from '../../kernel/actor.js'
import {
  type About,
  type Acted,
  type Acting,
  type Asking,
  act,
  besideReply,
  formReply,
  query,
  type Timed,
} from '../../kernel/command.js'
import { ItemId, MotionId } from '../../kernel/ids.js'
import { Doubt, Refusal } from '../../kernel/refusal.js'
import { hourInWords } from '../../kernel/time.js'
import { motionFacts } from '../card/store.js'
import { type Closed, closeVote, hasEnded } from '../closing/command.js'
import {
  customaryParts,
  itemOr,
  type OnItem,
  ofMotions,
  pendingOn,
  presidesOver,
  putMotion,
  shownNow,
  shownTo,
} from '../command.js'
import { type MotionFacts, mayDecide } from '../facts.js'
import { calledIn } from '../motion.js'
import { turnMotion } from '../notices.js'
import { mustHaveVoters, OPENING, openVote } from '../opening/command.js'
import { askWhom, gaveNotice, removeFrom } from '../removal/command.js'
import { mustNotBeTheirs } from '../removal/rules.js'
import { rollAt, standingBallots, type Voter } from '../roll.js'
import { type Ballot, CHOICES, isCounted, voteRuleOf } from '../rules.js'
import { saveBallots } from '../store.js'
import { castBy, mustSit } from './casting.js'
import { findPoll, type Poll, sitsFor, votesDue } from './store.js'
import { castCard, openForm, tooLateCard } from './view.js'

const UNKNOWN = 'I know of no such vote. Say “business” for what is before the meeting.'

const ofItems = {
  load: itemOr,
  board: ({ meeting }: OnItem) => meeting.board.id,
  allow: (_: unknown, { presides }: OnItem) => presides,
}

const NO_VOTE =
  'The terms of this board provide for no vote: it decides by consensus. If the meeting has agreed to vote on this, press “The meeting agrees to vote”, or say it again with “all the same” at the end, and that is recorded.'

/** Opens a vote on the motion of an item, or on what its paper recommends. */
export const open = act({
  ...ofItems,
  name: 'votes.open',
  input: z.object({
    subject: ItemId,
    motion: MotionId.optional(),
    ...OPENING,
    /** there is no quorum for the item, and it is voted on as a recommendation */
    withoutQuorum: z.literal('yes').optional(),
    /** said to the doubt that comes first: that the terms provide for no vote, else the quorum of the item */
    allTheSame: z.literal('yes').optional(),
  }),
  redraw: (asking: Asking, seen: OnItem) => shownTo(asking, seen.motions.at(-1)?.id ?? '', seen.pass),
  async run(acting, input, seen) {
    mustBeOpen(seen)
    const { motion: named, minutes: count, ends, tally, byAgreement, withoutQuorum, allTheSame } = input
    const pending = pendingOn(seen, named)
    if (!pending && gaveNotice(seen)) return removeFrom(acting, seen, input)
    if (pending?.vote) return { reply: await shownTo(acting, pending.id, seen.pass), outcome: { unchanged: true } }
    const terms = pending?.terms ?? ruleAt(seen.facts, seen.now).terms
    const rule = voteRuleOf(terms)
    const values = {
      ...(pending ? { motion: pending.id } : {}),
      ...(count ? { minutes: String(count) } : {}),
      ends,
      tally,
      ...(byAgreement ? { byAgreement } : {}),
    }
    const press = { command: 'votes.open', subject: seen.item.id, values, label: 'Vote on it as a recommendation' }
    const agreed = rule.provided || byAgreement === 'yes' || (allTheSame === 'yes' && byAgreement === undefined)
    if (!agreed)
      throw new Doubt(NO_VOTE, {
        ...press,
        values: { ...values, byAgreement: 'yes', ...(withoutQuorum ? { withoutQuorum } : {}) },
        label: 'The meeting agrees to vote',
      })
    const known = withoutQuorum === 'yes' || (allTheSame === 'yes' && rule.provided)
    const again = { ...press, values: { ...values, ...(rule.provided ? {} : { byAgreement: 'yes' }), withoutQuorum: 'yes' } }
    const bound = pending ? await shownNow(acting, pending.id) : null
    const entry = bound?.entry ?? seen.entry
    mayDecide(bound?.facts ?? seen.facts, { entry, item: seen.item.id, now: seen.now }, terms, known ? null : again)
    const room = { facts: bound?.facts ?? seen.facts, entry }
    mustHaveVoters(room.facts, terms, seen.item.id, seen.now)
    const motion = pending ?? (await putMoved(acting, seen))
    return openVote(acting, { ...seen, ...room }, motion, input)
  },
})

async function putMoved(acting: Acting, seen: OnItem) {
  const parts = await customaryParts(acting, seen)
  if (seen.motions.some(({ state }) => state === 'decided'))
    throw new Refusal(
      'conflict',
      `${calledIn(seen.item)} is decided already. Say what else is voted on, as in “move under B3: agree the priorities”.`,
    )
  if (parts.length > 0) return putMotion(acting, seen, parts)
  const number = calledIn(seen.item)
  throw new Refusal(
    'invalid',
    `Nothing is moved on ${number} yet. Say what is voted on, as in “move under B3: agree the priorities”.`,
  )
}

export const openAsk = query({
  ...ofItems,
  name: 'votes.open_form',
  input: z.object({
    subject: ItemId,
    motion: MotionId.optional(),
    minutes: z.string().max(4).optional(),
    tally: z.enum(['shown', 'hidden']).optional(),
  }),
  async run(asking, { motion: named, minutes: count, tally }, seen) {
    mustBeOpen(seen)
    const pending = pendingOn(seen, named)
    if (!pending && gaveNotice(seen)) return askWhom(asking, seen, { minutes: count, tally })
    const rule = voteRuleOf(pending?.terms ?? ruleAt(seen.facts, seen.now).terms)
    const { item, meeting } = seen
    return formReply(
      openForm(
        { item, meeting, motion: pending?.id, rule, minutes: count, hidden: tally === 'hidden' },
        audienceOf(asking.actor),
      ),
    )
  },
})

/** A vote, to who has anything to do with its board: who may vote is for the vote itself to say. */
async function pollOr(asking: Asking, { subject }: About): Promise<Poll> {
  const { db, actor, now } = asking
  const poll = await findPoll(db, subject, now)
  if (poll?.board.tenant !== actor.tenant) throw new Refusal('not_found', UNKNOWN)
  // Who was never marked as here is asked for by the board itself; a vote of who is there reads no more than it must.
  if (!poll.facts.spells.some(({ person }) => person.id === actor.person)) await loadWholly(asking, { subject: poll.meeting })
  return poll
}

export const ballotsIn = ({ vote, facts, item, now }: Poll): readonly Ballot[] => standingBallots(vote.ballots, facts, item, now)

export const rollOf = ({ facts, terms, item, now }: Poll): readonly Voter[] => rollAt(facts, terms, item, now, now)

/** @throws Refusal `too_late` once it is closed, `conflict` where its motion was withdrawn */
export function mustBeVoting({ state, vote, number, board }: Poll): void {
  if (state === 'withdrawn')
    throw new Refusal('conflict', `The motion on ${number} was withdrawn, and with it the vote. Nothing is decided on it.`)
  if (vote.state === 'open') return
  const at = vote.closedAt ? ` at ${hourInWords(vote.closedAt, board.zone)}` : ''
  throw new Refusal(
    'too_late',
    `The vote on ${number} was closed${at}: no vote is cast or changed any more. Say “decisions” for the result.`,
  )
}

/** Casts a vote, or changes it. Pressed again it changes nothing. */
export const cast = act({
  name: 'votes.cast',
  load: pollOr,
  allow: () => true,
  board: ({ board }) => board.id,
  input: z.object({
    subject: MotionId,
    choice: z.enum(CHOICES as ['for', 'against', 'abstain'], 'Say “for”, “against” or “abstain”.'),
    voter: z.uuid('That is not one of my ids. Press a button of a newer message.').optional(),
    subjectToApproval: z.literal('yes').optional(),
  }),
  redraw: async ({ actor }, poll) => besideReply(cardOf(poll, actor.person, null, audienceOf(actor))),
  async run(acting, { choice, voter = null, subjectToApproval }, poll) {
    const { actor } = acting
    mustBeVoting(poll)
    if (hasEnded(poll.vote, poll.facts, poll.now)) return tooLate(acting, poll)
    mustSit(poll)
    const roll = rollOf(poll)
    const wanted = { choice, voter, subjectToApproval: subjectToApproval === 'yes' }
    const ballots = castBy(actor.person, wanted, { ...poll, roll, ballots: poll.vote.ballots })
    if (subjectToApproval) for (const { seat } of ballots) await mustBeCollective(acting, seat)
    if (ballots.length === 0)
      return {
        reply: besideReply(cardOf(poll, actor.person, 'That is your vote already.', audienceOf(actor))),
        outcome: { unchanged: true },
      }
    return voted(acting, poll, roll, ballots)
  },
})

async function mustBeCollective({ db }: Acting, seat: string): Promise<void> {
  if ((await sitsFor(db, seat)).length > 0) return
  throw new Refusal(
    'not_permitted',
    'Only a seat that represents many bodies collectively votes subject to their approval. Vote for, against, or abstain.',
  )
}

/** Writes ballots, turns the cards, and closes the vote where all have voted. */
async function voted(acting: Acting, poll: Poll, roll: readonly Voter[], ballots: readonly Ballot[]): Promise<Acted> {
  const { db, actor } = acting
  await saveBallots(db, poll.motion, ballots, personOf(actor))
  const cast = [...ballotsIn(poll).filter(({ voter }) => !ballots.some((one) => one.voter === voter)), ...ballots]
  const voting = { ...poll.vote, ballots: cast }
  const all = roll.every(({ voter }) => cast.some((ballot) => ballot.voter === voter && isCounted(ballot)))
  const closed = all && !poll.vote.byHand ? await closeNow(acting, poll.motion) : null
  if (!closed)
    await turnMotion(
      db,
      poll.motion,
      ballots.map(({ person }) => person),
    )
  const said = closed ? closedInWords(closed) : null
  return {
    reply: besideReply(
      cardOf({ ...poll, vote: closed ? { ...voting, state: 'closed' } : voting }, actor.person, said, audienceOf(actor)),
    ),
    outcome: {
      ballots: ballots.map(({ voter, choice, subjectToApproval, recorded }) => ({ voter, choice, subjectToApproval, recorded })),
      ...(closed ?? {}),
    },
  }
}

/** What is told to whose vote was the last. */
function closedInWords({ vote, entered }: Closed): string {
  if (vote === 'equal') return 'All have voted, and the votes are equal: the casting vote of the person presiding decides.'
  if (vote === 'disputed') return 'All have voted. The result depends on how the terms are read: the person presiding rules.'
  return entered.some(({ outcome }) => outcome === 'recommended')
    ? 'All have voted, and the vote is closed. What comes of it is a recommendation.'
    : 'All have voted, and the vote is closed.'
}

function cardOf(poll: Poll, person: string, said: string | null, audience: ReturnType<typeof audienceOf>) {
  const { places } = poll.facts
  const organisation = (seat: string) => places.find((place) => place.seat === seat)?.organisation ?? ''
  const mine = poll.vote.ballots.filter((ballot) => ballot.person === person)
  return castCard(
    { id: poll.motion, number: poll.number, board: poll.board.shortName },
    mine.map((ballot) => ({ organisation: organisation(ballot.seat), ballot })),
    { said, open: poll.vote.state === 'open' },
    audience,
  )
}

export async function closeNow(acting: Acting, motion: string): Promise<Closed> {
  return closeVote(acting, await shownNow(acting, motion), 'by itself')
}

/** A vote comes when the time of the vote is over, and nothing has closed it yet: it is closed by that, and counts what came in time. */
export async function tooLate(acting: Acting, poll: Poll): Promise<Acted> {
  const closed = await closeNow(acting, poll.motion)
  const hour = hourInWords(poll.vote.closesAt ?? poll.now, poll.board.zone)
  return {
    reply: besideReply(tooLateCard(poll.number, hour, poll.motion, audienceOf(acting.actor))),
    outcome: { tooLate: true, ...closed },
  }
}

/** Closes a vote by hand, as the person presiding says. Said again it changes nothing. */
export const close = act({
  ...ofMotions,
  name: 'votes.close',
  allow: presidesOver,
  input: z.object({ subject: MotionId, allTheSame: z.literal('yes').optional() }),
  async run(acting, { allTheSame }, seen) {
    const { motion, pass } = seen
    const { vote } = motion
    if (!vote)
      throw new Refusal('conflict', `No vote is open on ${calledIn(motion.item)}. Say “put B3 to the vote”, with its number.`)
    if (motion.state === 'withdrawn') throw new Refusal('conflict', 'That motion was withdrawn, and with it the vote.')
    if (vote.state !== 'open') return { reply: await shownTo(acting, motion.id, pass), outcome: { unchanged: true } }
    mustBeOpen(seen)
    mustNotBeTheirs(motion.removes, acting.actor.person)
    const shown = await shownNow(acting, motion.id)
    mustSit(shown)
    const waits = vote.ballots.filter((ballot) => !isCounted(ballot)).length
    if (waits > 0 && !allTheSame)
      throw new Doubt(
        `${waits === 1 ? 'One vote that the clerk has recorded is' : `${waits} votes that the clerk has recorded are`} not countersigned, and would not count. The person presiding presses “Countersign” first; or press “Close without them”.`,
        { command: 'votes.close', subject: motion.id, values: { allTheSame: 'yes' }, label: 'Close without them' },
      )
    const closed = await closeVote(acting, shown, 'by hand')
    return { reply: await shownTo(acting, motion.id, pass), outcome: { ...closed } }
  },
})

/** A vote whose time has come closes by itself. */
export const closeDue = act({
  name: 'votes.close_due',
  input: z.object({ subject: MotionId }),
  async load({ db, actor, now }, { subject }): Promise<MotionFacts> {
    const shown = isTimer(actor) ? await motionFacts(db, subject, now) : null
    if (!shown || shown.meeting.cancelled) throw new Refusal('not_found', UNKNOWN)
    return shown
  },
  allow: (actor) => isTimer(actor),
  board: ({ meeting }) => meeting.board.id,
  redraw: (asking, { motion }) => shownTo(asking, motion.id, null),
  async run(acting, _, shown) {
    const { vote, state } = shown.motion
    const reply = await shownTo(acting, shown.motion.id, null)
    // Another has closed it meanwhile, or the clock was put back.
    if (vote?.state !== 'open' || state !== 'in a vote' || !hasEnded(vote, shown.facts, shown.now))
      return { reply, outcome: { unchanged: true } }
    return { reply, outcome: { ...(await closeVote(acting, shown, 'by itself')) } }
  },
})

export const closings: Timed = {
  due: async (db, now) =>
    (await votesDue(db, now)).map(({ motion, tenant }) => ({ tenant, command: 'votes.close_due', subject: motion })),
}
