import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { askOnce, byConvention } from '../../boards/part/rules.js'
import { personOf } from '../../kernel/actor.js'
import { type Acted, type Acting, act } from '../../kernel/command.js'
import { MeetingId, PersonId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { dayOf } from '../../kernel/time.js'
import { meetingTime } from '../../meetings/rules.js'
import { inTheRoom, mustBeOpen, mustBePresided, seenBy, settle, shown, type There } from '../command.js'
import { entryAt, ruleAt, type Said, type Sitting, type State, thereAt } from '../ledger.js'
import { postCards } from '../notices.js'
import { expectedPeople, stateOf } from '../room.js'
import { mayPreside, mayProceed, mustBeAhead, opensFrom, type Proceeding } from './rules.js'
import { saveSitting } from './store.js'

/** Records what is said of the sitting, keeps the ledger, and shows how it stands now. */
async function say(acting: Acting, room: There, said: Pick<Sitting, 'act' | 'person' | 'words'>): Promise<Acted> {
  const { db, actor } = acting
  const { now } = room
  const { sittings, places, offices } = room.facts
  const { act: what, person, words } = said
  const roster = what === 'opened' ? { places, offices } : null
  await saveSitting(db, room.meeting.id, { act: what, at: now, person: person?.id ?? null, words, roster, by: personOf(actor) })
  const facts = { ...room.facts, sittings: [...sittings, { ...said, at: now }] }
  const after = seenBy({ ...room, facts }, actor)
  if (what === 'opened') await postCards(db, after)
  const turned = TURNS_ALL.includes(what) ? expectedPeople(room).map(({ id }) => id) : []
  const { verdict, state } = await settle(acting, room, after, what === 'opened' ? [] : turned)
  return {
    reply: shown(actor, after),
    outcome: { said: what, person: person?.id ?? null, words, verdict, state, terms: ruleAt(facts, now).termsId },
  }
}

/** What everybody's own card says. */
const TURNS_ALL: readonly Said[] = ['waits', 'informal', 'adjourned', 'resumed', 'closed']

const unchanged = ({ actor }: Acting, room: There): Acted => ({
  reply: shown(actor, room),
  outcome: { unchanged: true },
})

/** The clerk opens the meeting: from then on people are marked, and the quorum is counted. */
export const open = act({
  name: 'attendance.open',
  ...inTheRoom,
  allow: (_, { officer }) => officer,
  input: z.object({ subject: MeetingId }),
  async run(acting, _, room) {
    const { now } = room
    const { startsAt, board } = room.meeting
    const state = stateOf(room)
    if (state === 'closed')
      throw new Refusal(
        'too_late',
        `The meeting of ${meetingTime(room.meeting)} was opened and closed. Correct its attendance instead.`,
      )
    if (state === 'adjourned')
      throw new Refusal('conflict', 'The meeting is adjourned. Say “resume the meeting” to go on with it.')
    if (state !== 'not open') return unchanged(acting, room)
    if (now.epochMilliseconds < opensFrom(room.meeting).epochMilliseconds)
      throw new Refusal(
        'too_early',
        `The meeting is on ${meetingTime(room.meeting)}, and can be opened from an hour before. Say it again then.`,
      )
    if (Temporal.PlainDate.compare(dayOf(now, board.zone), dayOf(startsAt, board.zone)) > 0)
      throw new Refusal(
        'too_late',
        `The meeting was on ${meetingTime(room.meeting)}: it cannot be opened on another day. Call another meeting.`,
      )
    return say(acting, room, { act: 'opened', person: null, words: null })
  },
})

const WHO_SAYS = 'That is for the person presiding to say. Ask them, or the clerk, who records what they say.'

/** What only the person presiding says, or the clerk for them. */
function mustPreside({ presides }: There): void {
  if (!presides) throw new Refusal('not_permitted', WHO_SAYS)
}

/** What becomes of a meeting without a quorum, and what of one that has it again: as the person presiding says. */
export const proceed = act({
  name: 'attendance.proceed',
  ...inTheRoom,
  allow: () => true,
  input: z.object({
    subject: MeetingId,
    how: z.enum(['waits', 'informal', 'adjourned', 'resumed']),
    /** "until 11:15", "for lunch" */
    until: z.string().max(100, 'That is too long. Say only until when, as in “adjourn until 11:15”.').optional(),
  }),
  async run(acting, { how, until }, room) {
    const { now } = room
    mustBeOpen(room)
    mustPreside(room)
    if (how === 'adjourned' && until !== undefined) mustBeAhead(room, until)
    const last = room.facts.sittings.findLast(({ act: what }) => what === 'adjourned')
    const again = how === 'adjourned' && until !== undefined && until !== last?.words
    if (stateOf(room) === MEANS[how] && !again) return unchanged(acting, room)
    mayProceed(how, entryAt(room.facts, now, now), ruleAt(room.facts, now).terms)
    return say(acting, room, { act: how, person: null, words: until ?? null })
  },
})

const MEANS: Readonly<Record<Proceeding, State>> = {
  waits: 'waiting',
  informal: 'informal',
  adjourned: 'adjourned',
  resumed: 'in session',
}

/** The meeting is over: nobody arrives or leaves after it. */
export const close = act({
  name: 'attendance.close',
  ...inTheRoom,
  allow: () => true,
  input: z.object({ subject: MeetingId, allTheSame: z.literal('yes').optional() }),
  async run(acting, { allTheSame }, room) {
    if (stateOf(room) === 'closed') return unchanged(acting, room)
    mustBeOpen(room)
    mustPreside(room)
    const here = new Set(thereAt(room.facts, room.now, room.now).map(({ person }) => person.id)).size
    const doubt = `Once it is closed it is not opened again, and nobody comes or goes: ${here === 1 ? 'one person is' : `${here} people are`} marked as here.`
    const press = { command: 'attendance.close', subject: room.meeting.id, values: {}, label: 'Close the meeting' }
    askOnce([doubt], allTheSame === 'yes', press)
    return say(acting, room, { act: 'closed', person: null, words: null })
  },
})

/** Somebody takes the chair, or leaves it to who presides by the terms. */
export const preside = act({
  name: 'attendance.preside',
  ...inTheRoom,
  allow: () => true,
  input: z.object({ subject: MeetingId, person: PersonId.optional(), allTheSame: z.literal('yes').optional() }),
  async run(acting, { person: id, allTheSame }, room) {
    const { actor } = acting
    const { now } = room
    mustBeOpen(room)
    const { facts, meeting } = room
    const { presiding } = entryAt(facts, now, now)
    const chosen = id === undefined ? null : (expectedPeople(room).find((one) => one.id === id) ?? null)
    if (id !== undefined && !chosen)
      throw new Refusal('not_found', 'I know nobody of that name at the meeting. Say the whole name.')
    // Where nobody presides yet, an officer of the board may say that they do.
    if (!room.presides && !(presiding === null && room.officer && chosen?.id === actor.person))
      throw new Refusal('not_permitted', WHO_SAYS)
    if (chosen === null) {
      const choice = facts.sittings.findLast((one) => one.act === 'presides')
      return choice?.person ? say(acting, room, { act: 'presides', person: null, words: null }) : unchanged(acting, room)
    }
    if (presiding?.person.id === chosen.id) return unchanged(acting, room)
    const { terms } = ruleAt(facts, now)
    mayPreside(room, chosen, terms)
    const chair = presiding && presiding.as !== 'chosen' && presiding.person.id !== actor.person ? presiding : null
    const doubt = chair
      ? [`${chair.person.name} is here and presides as ${chair.as}. ${byConvention(terms.presiding)}`.trim()]
      : []
    const press = {
      command: 'attendance.preside',
      subject: meeting.id,
      values: { person: chosen.id },
      label: `${chosen.name} presides`,
    }
    askOnce(doubt, allTheSame === 'yes', press)
    return say(acting, room, { act: 'presides', person: chosen, words: null })
  },
})

/** By which of the readings that the terms bear the quorum is counted, as the person presiding rules. */
export const countBy = act({
  name: 'attendance.count_by',
  ...inTheRoom,
  allow: () => true,
  input: z.object({ subject: MeetingId, reading: z.string().max(4_000) }),
  async run(acting, { reading }, room) {
    const { now } = room
    mustBeOpen(room)
    mustPreside(room)
    mustBePresided(room)
    const { figures } = entryAt(room.facts, now, now)
    if (figures.length < 2) throw new Refusal('conflict', 'The terms can be read in one way only: there is nothing to rule.')
    if (!figures.some((one) => one.reading === reading)) {
      const known = figures.map((one) => `“${one.reading}”`).join(' or ')
      throw new Refusal('not_found', `The terms cannot be read so. Choose ${known}.`)
    }
    if (room.facts.sittings.findLast(({ act: what }) => what === 'counts by')?.words === reading) return unchanged(acting, room)
    return say(acting, room, { act: 'counts by', person: null, words: reading })
  },
})
