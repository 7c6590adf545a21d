import { z } from 'zod'
import { mustBeOpen } from '../../attendance/command.js'
import type { Db } from '../../db/schema.js'
import { audienceOf, personOf } from '../../kernel/actor.js'
import { act, formReply, query } from '../../kernel/command.js'
import { MotionId, PersonId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { motionFacts } from '../card/store.js'
import { hasEnded } from '../closing/command.js'
import { ofMotions, shownNow, shownTo } from '../command.js'
import { calledIn } from '../motion.js'
import { turnMotion } from '../notices.js'
import { mustSit } from '../poll/casting.js'
import { ballotsIn, closeNow, mustBeVoting, rollOf, tooLate } from '../poll/command.js'
import { findPoll, type Poll } from '../poll/store.js'
import { mustNotBeTheirs } from '../removal/rules.js'
import { standingBallots, type Voter } from '../roll.js'
import { type Ballot, isCounted } from '../rules.js'
import { countersignAll, peopleCalled, saveBallots } from '../store.js'
import { handsForm } from './view.js'

/** The form for votes that are told to the clerk. */
export const recordAsk = query({
  ...ofMotions,
  name: 'votes.record_form',
  allow: (_, { clerk }) => clerk,
  input: z.object({ subject: MotionId }),
  async run({ db, actor, now }, _, { motion }) {
    const shown = await motionFacts(db, motion.id, now)
    if (motion.vote?.state !== 'open' || !shown) throw new Refusal('conflict', `No vote is open on ${calledIn(motion.item)}.`)
    const ballots = standingBallots(motion.vote.ballots, shown.facts, motion.item.id, shown.now)
    const toRecord = shown.roll.flatMap((voter) => {
      const before = ballots.find((one) => one.voter === voter.voter)
      return isOpenTo(voter, before) ? [{ voter, recorded: before?.choice ?? null }] : []
    })
    if (toRecord.length === 0)
      throw new Refusal('conflict', 'Everybody who may vote has cast it themselves. There is nothing to record.')
    return formReply(handsForm(shown, toRecord, audienceOf(actor)))
  },
})

/** Nobody has cast it themselves, and no colleague's vote stands in its place. */
const isOpenTo = ({ person }: Voter, before: Ballot | undefined): boolean =>
  before === undefined || (before.recorded && before.person === person.id)

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
    if (!poll) throw new Refusal('conflict', `No vote is open on ${calledIn(motion.item)}.`)
    mustBeVoting(poll)
    if (hasEnded(poll.vote, poll.facts, poll.now)) return tooLate(acting, poll)
    mustSit(poll)
    const roll = rollOf(poll)
    const wanted = person === undefined ? fromForm(roll, fields) : fromName(roll, person, choice, calledIn(motion.item))
    const ballots: Ballot[] = []
    for (const { voter, choice: said } of wanted) {
      const before = ballotsIn(poll).find((one) => one.voter === voter.voter)
      if (before && !isOpenTo(voter, before)) {
        if (person === undefined) continue
        throw new Refusal('conflict', await whoseItIs(db, voter, before))
      }
      if (before?.choice !== said) ballots.push(recordedOf(voter, said, poll))
    }
    if (ballots.length === 0) return { reply: await shownTo(acting, motion.id, pass), outcome: { unchanged: true } }
    await saveBallots(db, motion.id, ballots, personOf(actor))
    const people = ballots.map((one) => one.person)
    await turnMotion(db, motion.id, people)
    const recorded = ballots.map(({ voter, choice: said }) => ({ voter, choice: said }))
    return {
      reply: await shownTo(acting, motion.id, pass, ballots.length === 1 ? 'It is recorded.' : 'They are recorded.'),
      outcome: { recorded },
    }
  },
})

const recordedOf = ({ voter, seat, person }: Voter, choice: Ballot['choice'], { now }: Poll): Ballot => ({
  voter,
  seat,
  person: person.id,
  choice,
  subjectToApproval: false,
  at: now,
  recorded: true,
  countersigned: null,
})

async function whoseItIs(db: Db, { organisation }: Voter, { person, recorded }: Ballot): Promise<string> {
  const [who] = await peopleCalled(db, [person])
  const cast = recorded
    ? `${who?.name ?? 'A colleague'} has voted for ${organisation}`
    : `${organisation} has cast its vote itself, by ${who?.name ?? 'a colleague'}`
  return `${cast}. Colleagues do not overturn each other: that vote stands.`
}

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
    const { motion, pass } = seen
    const { entry } = await shownNow(acting, motion.id)
    if (entry.presiding?.person.id !== actor.person)
      throw new Refusal('not_permitted', 'Only the person presiding countersigns what the clerk has recorded. Ask them.')
    mustNotBeTheirs(motion.removes, actor.person)
    const poll = await findPoll(db, motion.id, now)
    if (!poll) throw new Refusal('conflict', `No vote is open on ${calledIn(motion.item)}.`)
    mustBeVoting(poll)
    if (hasEnded(poll.vote, poll.facts, poll.now)) return tooLate(acting, poll)
    mustSit(poll)
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
