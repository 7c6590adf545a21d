import { z } from 'zod'
import { numberOf } from '../../agenda/rules.js'
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
import { ItemId, MotionId, PersonId } from '../../kernel/ids.js'
import { Doubt, Refusal } from '../../kernel/refusal.js'
import { hourInWords, toText } from '../../kernel/time.js'
import { motionFacts } from '../card/store.js'
import { type Closed, castVote, closeVote, hasEnded } from '../closing/command.js'
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
import { castingBy, countFor, countOnly, type MotionFacts, mayDecide, OFFICES } from '../facts.js'
import { itemNumber } from '../motion.js'
import { postMotion, turnMotion } from '../notices.js'
import { rollAt, standingBallots, type Voter } from '../roll.js'
import { type Ballot, CHOICES, isCounted, voteRuleOf } from '../rules.js'
import { addVote, countersignAll, saveBallots } from '../store.js'
import { castBy, mustSit } from './casting.js'
import { findPoll, type Poll, sitsFor, votesDue } from './store.js'
import { castCard, handsForm, isFree, LONGEST_VOTE, openForm, tooLateCard } from './view.js'

const UNKNOWN = 'I know of no such vote. Say “business” for what is before the meeting.'

const ofItems = {
  load: itemOr,
  board: ({ meeting }: OnItem) => meeting.board.id,
  allow: (_: unknown, { presides }: OnItem) => presides,
}

const minutes = z
  .string()
  .regex(/^\s*\d{0,4}\s*$/, 'Say a whole number of minutes, such as 5.')
  .transform((said) => (said.trim() === '' ? null : Number(said)))
  .refine(
    (count) => count === null || (count >= 1 && count <= LONGEST_VOTE),
    `Say a number of minutes from 1 to ${LONGEST_VOTE}, or leave it blank.`,
  )
  .optional()

const NO_VOTE =
  'The terms of this board provide for no vote: it decides by consensus. If the meeting has agreed to vote on this, press “The meeting agrees to vote”, and that is recorded.'

/** Opens a vote on the motion of an item, or on what its paper recommends. */
export const open = act({
  ...ofItems,
  name: 'votes.open',
  input: z.object({
    subject: ItemId,
    motion: MotionId.optional(),
    minutes,
    ends: z.enum(['all', 'hand']).default('all'),
    tally: z.enum(['shown', 'hidden']).default('shown'),
    byAgreement: z.enum(['yes', 'no']).optional(),
    allTheSame: z.literal('yes').optional(),
  }),
  redraw: (asking: Asking, seen: OnItem) => shownTo(asking, seen.motions.at(-1)?.id ?? '', seen.pass),
  async run(acting, { motion: named, minutes: count, ends, tally, byAgreement, allTheSame }, seen) {
    mustBeOpen(seen)
    const { db, actor } = acting
    const pending = pendingOn(seen, named)
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
    mayDecide(seen.facts, { entry: seen.entry, item: seen.item.id, now: seen.now }, terms, allTheSame ? null : press)
    if (!rule.provided && byAgreement !== 'yes')
      throw new Doubt(NO_VOTE, {
        ...press,
        values: { ...values, byAgreement: 'yes', ...(allTheSame ? { allTheSame } : {}) },
        label: 'The meeting agrees to vote',
      })
    const roll = rollAt(seen.facts, terms, seen.item.id, seen.now, seen.now)
    if (roll.length === 0)
      throw new Refusal('conflict', 'Nobody who may vote is marked as here. Mark who is here first.', rule.basis.clause)
    const motion = pending ?? (await putMoved(acting, seen))
    await addVote(db, motion.id, {
      openedAt: seen.now,
      closesAt: count ? seen.now.add({ minutes: count }) : null,
      byHand: ends === 'hand',
      hidden: tally === 'hidden',
      byAgreement: !rule.provided,
      quorumOpen: countOnly(countFor(seen.entry, seen.item.id)),
      by: personOf(actor),
      presiding: seen.entry.presiding?.person.id ?? null,
    })
    await postMotion(db, await shownNow(acting, motion.id))
    await turnMotion(db, motion.id, [])
    const outcome = { motion: motion.id, opened: toText(seen.now), voters: roll.map(({ voter }) => voter), terms: motion.termsId }
    return { reply: await shownTo(acting, motion.id, seen.pass), outcome }
  },
})

async function putMoved(acting: Acting, seen: OnItem) {
  const parts = await customaryParts(acting, seen)
  if (parts.length > 0) return putMotion(acting, seen, parts)
  const number = numberOf(seen.item) ?? 'B3'
  throw new Refusal(
    'invalid',
    `Nothing is moved on ${number} yet. Say what is voted on, as in “move under ${number}: agree the priorities”.`,
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
  async run({ actor }, { motion: named, minutes: count, tally }, seen) {
    mustBeOpen(seen)
    const pending = pendingOn(seen, named)
    const rule = voteRuleOf(pending?.terms ?? ruleAt(seen.facts, seen.now).terms)
    const { item, meeting } = seen
    return formReply(
      openForm({ item, meeting, motion: pending?.id, rule, minutes: count, hidden: tally === 'hidden' }, audienceOf(actor)),
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

const ballotsIn = ({ vote, facts, item, now }: Poll): readonly Ballot[] => standingBallots(vote.ballots, facts, item, now)

const rollOf = ({ facts, terms, item, now }: Poll): readonly Voter[] => rollAt(facts, terms, item, now, now)

/** @throws Refusal `too_late` once it is closed, `conflict` where its motion was withdrawn */
function mustBeVoting({ state, vote, number, board }: Poll): void {
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
    if (hasEnded(poll.vote, poll.now)) return tooLate(acting, poll)
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
  const said = closed ? 'All have voted, and the vote is closed.' : null
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

async function closeNow(acting: Acting, motion: string): Promise<Closed> {
  return closeVote(acting, await shownNow(acting, motion), 'by itself')
}

/** A vote comes when the time of the vote is over, and nothing has closed it yet: it is closed by that, and counts what came in time. */
async function tooLate(acting: Acting, poll: Poll): Promise<Acted> {
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
      throw new Refusal('conflict', `No vote is open on ${itemNumber(motion)}. Say “put ${itemNumber(motion)} to the vote”.`)
    if (motion.state === 'withdrawn') throw new Refusal('conflict', 'That motion was withdrawn, and with it the vote.')
    if (vote.state !== 'open') return { reply: await shownTo(acting, motion.id, pass), outcome: { unchanged: true } }
    mustBeOpen(seen)
    const shown = await shownNow(acting, motion.id)
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
  async load({ db, now }, { subject }): Promise<MotionFacts> {
    const shown = await motionFacts(db, subject, now)
    if (!shown) throw new Refusal('not_found', UNKNOWN)
    return shown
  },
  allow: (actor) => isTimer(actor),
  board: ({ meeting }) => meeting.board.id,
  redraw: (asking, { motion }) => shownTo(asking, motion.id, null),
  async run(acting, _, shown) {
    const { vote, state } = shown.motion
    const reply = await shownTo(acting, shown.motion.id, null)
    // Another has closed it meanwhile, or the clock was put back.
    if (vote?.state !== 'open' || state !== 'in a vote' || !hasEnded(vote, shown.now))
      return { reply, outcome: { unchanged: true } }
    return { reply, outcome: { ...(await closeVote(acting, shown, 'by itself')) } }
  },
})

export const closings: Timed = {
  due: async (db, now) =>
    (await votesDue(db, now)).map(({ motion, tenant }) => ({ tenant, command: 'votes.close_due', subject: motion })),
}

/** The form for votes that are told to the clerk. */
export const recordAsk = query({
  ...ofMotions,
  name: 'votes.record_form',
  allow: (_, { clerk }) => clerk,
  input: z.object({ subject: MotionId }),
  async run(asking, _, { motion }) {
    const shown = await motionFacts(asking.db, motion.id, asking.now)
    if (motion.vote?.state !== 'open' || !shown) throw new Refusal('conflict', `No vote is open on ${itemNumber(motion)}.`)
    if (!shown.roll.some(({ voter }) => isFree(motion, voter)))
      throw new Refusal('conflict', 'Everybody who may vote has cast it themselves. There is nothing to record.')
    return formReply(handsForm(shown, shown.roll, shown.seats, audienceOf(asking.actor)))
  },
})

const CHOICE = ['for', 'against', 'abstain', 'none'] as const

/** The clerk records votes that they were told, each as its voter's: a whole show of hands, or of one person. */
export const record = act({
  ...ofMotions,
  name: 'votes.record',
  allow: (_, { clerk }) => clerk,
  input: z
    .object({ subject: MotionId, person: PersonId.optional(), choice: z.enum(['for', 'against', 'abstain']).optional() })
    .catchall(z.string().max(100)),
  // What was recorded stands in the outcome; whatever else was sent is nobody's record.
  journaled: ({ subject, person, choice }) => ({ subject, person, choice }),
  async run(acting, { subject, person, choice, ...fields }, seen) {
    mustBeOpen(seen)
    const { db, actor, now } = acting
    const { motion, pass } = seen
    const poll = await findPoll(db, subject, now)
    if (!poll) throw new Refusal('conflict', `No vote is open on ${itemNumber(motion)}.`)
    mustBeVoting(poll)
    if (hasEnded(poll.vote, poll.now)) return tooLate(acting, poll)
    mustSit(poll)
    const roll = rollOf(poll)
    const wanted = person === undefined ? fromForm(roll, fields) : fromName(roll, person, choice, itemNumber(motion))
    const ballots = wanted.flatMap(({ voter, choice: said }): readonly Ballot[] => {
      const before = ballotsIn(poll).find((one) => one.voter === voter.voter)
      const another = before !== undefined && before.person !== voter.person.id
      if (before && (another || !before.recorded)) {
        if (person === undefined) return []
        throw new Refusal(
          'conflict',
          another
            ? `${voter.organisation} has voted, by whoever spoke for it before ${voter.person.name}: that vote stands.`
            : `${voter.organisation} has cast its vote itself, and only ${voter.person.name} changes it.`,
        )
      }
      if (before?.choice === said) return []
      const { voter: key, seat } = voter
      return [
        {
          voter: key,
          seat,
          person: voter.person.id,
          choice: said,
          subjectToApproval: false,
          at: poll.now,
          recorded: true,
          countersigned: null,
        },
      ]
    })
    if (ballots.length === 0) return { reply: await shownTo(acting, motion.id, pass), outcome: { unchanged: true } }
    await saveBallots(db, motion.id, ballots, personOf(actor))
    await turnMotion(
      db,
      motion.id,
      ballots.map((one) => one.person),
    )
    const recorded = ballots.map(({ voter, choice: said }) => ({ voter, choice: said }))
    return { reply: await shownTo(acting, motion.id, pass, 'They are recorded.'), outcome: { recorded } }
  },
})

interface Told {
  readonly voter: Voter
  readonly choice: Ballot['choice']
}

const fromForm = (roll: readonly Voter[], fields: Readonly<Record<string, unknown>>): readonly Told[] =>
  roll.flatMap((voter) => {
    const said = CHOICE.find((one) => one === fields[voter.voter])
    return said === undefined || said === 'none' ? [] : [{ voter, choice: said }]
  })

function fromName(roll: readonly Voter[], person: string, choice: Ballot['choice'] | undefined, number: string): readonly Told[] {
  const theirs = roll.filter((one) => one.person.id === person)
  if (theirs.length === 0)
    throw new Refusal(
      'not_permitted',
      `They have no vote on ${number}: only who is marked as here, and speaks for a seat that votes, has one.`,
    )
  if (choice === undefined) throw new Refusal('invalid', 'Say how they vote: for, against, or abstaining.')
  return theirs.map((voter) => ({ voter, choice }))
}

/** The person presiding countersigns what the clerk has recorded: from then on it counts. */
export const countersign = act({
  ...ofMotions,
  name: 'votes.countersign',
  allow: () => true,
  input: z.object({ subject: MotionId }),
  async run(acting, _, seen) {
    mustBeOpen(seen)
    const { db, actor, now } = acting
    const { motion, pass, entry } = seen
    if (entry.presiding?.person.id !== actor.person)
      throw new Refusal('not_permitted', 'Only the person presiding countersigns what the clerk has recorded. Ask them.')
    const poll = await findPoll(db, motion.id, now)
    if (!poll) throw new Refusal('conflict', `No vote is open on ${itemNumber(motion)}.`)
    mustBeVoting(poll)
    if (hasEnded(poll.vote, poll.now)) return tooLate(acting, poll)
    const waiting = poll.vote.ballots.filter((ballot) => !isCounted(ballot))
    if (waiting.length === 0) return { reply: await shownTo(acting, motion.id, pass), outcome: { unchanged: true } }
    await countersignAll(db, motion.id, actor.person)
    const cast = ballotsIn(poll).map((ballot) => (isCounted(ballot) ? ballot : { ...ballot, countersigned: actor.person }))
    const all = rollOf(poll).every(({ voter }) => cast.some((ballot) => ballot.voter === voter))
    const closed = all && !poll.vote.byHand ? await closeNow(acting, motion.id) : null
    if (!closed)
      await turnMotion(
        db,
        motion.id,
        waiting.map(({ person }) => person),
      )
    return {
      reply: await shownTo(acting, motion.id, pass),
      outcome: { countersigned: waiting.map(({ voter }) => voter), ...(closed ?? {}) },
    }
  },
})

/** The second or casting vote of the chair, or of who presides with the chair's powers; it needs no first vote. */
export const casting = act({
  ...ofMotions,
  name: 'votes.casting',
  allow: () => true,
  input: z.object({
    subject: MotionId,
    choice: z.enum(['for', 'against'], 'Say “for” or “against”: nobody abstains with a casting vote.'),
  }),
  async run(acting, { choice }, seen) {
    const { motion, pass, entry, now } = seen
    const { vote, terms } = motion
    const number = itemNumber(motion)
    if (vote?.casting && vote.casting.person.id === acting.actor.person && vote.casting.choice === choice)
      return { reply: await shownTo(acting, motion.id, pass), outcome: { unchanged: true } }
    if (vote?.state !== 'equal')
      throw new Refusal('conflict', `The vote on ${number} does not wait for a casting vote. Say “business” for how it stands.`)
    mustBeOpen(seen)
    const rule = voteRuleOf(terms)
    const caster = castingBy(entry.presiding, terms)
    if (!caster || caster.person.id !== acting.actor.person)
      throw new Refusal(
        'not_permitted',
        'The casting vote is that of the person presiding alone, with the chair’s powers. Ask them.',
        rule.basis.clause,
      )
    const shown = await shownNow(acting, motion.id)
    const closed = await castVote(acting, shown, { person: caster.person, office: OFFICES[caster.as], choice, at: now })
    return { reply: await shownTo(acting, motion.id, pass), outcome: { casting: choice, office: caster.as, ...closed } }
  },
})
