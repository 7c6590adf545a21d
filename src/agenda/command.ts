import { z } from 'zod'
import { tenuresOf } from '../boards/offices/store.js'
import { askOnce, isAmong, isClerk, isMember, isOfficer, mayDo, type Part } from '../boards/part/rules.js'
import { offersPerBoard, partOf, peopleOf } from '../boards/part/store.js'
import type { Tx } from '../db/schema.js'
import { audienceOf, isOperator, personOf } from '../kernel/actor.js'
import {
  type About,
  type Acted,
  type Acting,
  type After,
  type Asking,
  act,
  cardReply,
  documentReply,
  formReply,
  type Offers,
  query,
  type Reply,
} from '../kernel/command.js'
import { MeetingId, newId, PersonId } from '../kernel/ids.js'
import { Refusal } from '../kernel/refusal.js'
import type { Pass } from '../kernel/restricted.js'
import { dayOf, toText } from '../kernel/time.js'
import { meetingOr, type Ruling, type Seen } from '../meetings/command.js'
import { hasBegun, type Meeting, meetingTime } from '../meetings/rules.js'
import { lastMeeting, meetingAsItWas, meetingsOf } from '../meetings/store.js'
import { notify } from '../outbox/store.js'
import { isNotesOf, notesOf } from './drafting.js'
import { electionPlan } from './elections/rules.js'
import { comingOf } from './elections/store.js'
import { frontSheetInHtml } from './front-sheet/html.js'
import { frontSheetInText } from './front-sheet/text.js'
import { invitedTo } from './invitations/store.js'
import { editCard, lateForm } from './items/view.js'
import { agreed, late, pleaseAgree, proposed, tellAll, tellOfItem } from './notices.js'
import { freshAgenda } from './occasion/store.js'
import type { Invited, Kept } from './rules.js'
import * as rules from './rules.js'
import { addAgenda, clerkOn, findAgenda, markAgreed, passFor, saveAgenda } from './store.js'
import { agendaCard, type Clerk, type MayDo, sheetOf, shortDate } from './view.js'

/** A meeting's agenda as somebody sees it. */
export interface OnAgenda extends Seen {
  readonly agenda: Kept
  readonly clerk: Clerk
  readonly pass: Pass | null
  readonly invited: readonly Invited[]
}

const NO_AGENDA = 'The agenda of that meeting is not drafted yet. The clerk drafts it: say “draft the agenda”.'

export async function agendaOr(asking: Asking, about: About): Promise<OnAgenda> {
  const seen = await meetingOr(asking, about)
  const agenda = await findAgenda(asking.db, seen.meeting.id)
  if (!agenda) throw new Refusal('not_found', NO_AGENDA)
  return {
    ...seen,
    agenda,
    clerk: await clerkOn(asking.db, seen.board.id, seen.day),
    pass: await passFor(asking.db, seen.meeting, seen.part, asking.actor.person),
    invited: await invitedTo(asking.db, seen.meeting.id),
  }
}

/** What was found; null where a refusal says that there is no such thing. */
export async function unlessNotFound<Found>(finding: Promise<Found>): Promise<Found | null> {
  try {
    return await finding
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return null
    throw error
  }
}

export const mayPropose = ({ inForce, part }: Pick<Ruling, 'inForce' | 'part'>): boolean =>
  isOfficer(part) || isMember(part) || isAmong(inForce.terms.agenda.proposed.by, part)
const mayAgree = ({ inForce, part }: Seen): boolean => isAmong(inForce.terms.agenda.agreed.by, part)
const isChair = ({ offices }: Part): boolean => offices.includes('chair') || offices.includes('co-chair')

function mayOf(seen: Seen, now: Asking['now']): MayDo {
  const open = !seen.meeting.cancelled && !hasBegun(seen.meeting, now)
  const arrange = open && isClerk(seen.part)
  return {
    arrange,
    propose: open && mayPropose(seen),
    agree: open && mayAgree(seen),
    addLate: open && (arrange || isChair(seen.part) || mayAgree(seen)),
    invite: open && (arrange || isAmong(seen.inForce.terms.nonMembers.atInvitationOf, seen.part)),
  }
}

export const shown = (asking: Asking, seen: OnAgenda, said?: string): Reply =>
  cardReply(
    agendaCard(
      seen.meeting,
      { ...seen, may: mayOf(seen, asking.now) },
      seen.inForce.terms,
      personOf(asking.actor),
      audienceOf(asking.actor),
      said,
    ),
  )

/** @throws Refusal once the meeting has begun, or is cancelled: then its agenda stands */
export function stillOpen({ meeting }: Seen, now: Asking['now']): void {
  if (meeting.cancelled) throw new Refusal('conflict', `The meeting of ${meetingTime(meeting)} is cancelled.`)
  if (hasBegun(meeting, now)) {
    throw new Refusal(
      'too_late',
      `The meeting began on ${meetingTime(meeting)}, and its agenda stands. Raise it at the meeting, or for the next.`,
    )
  }
}

/** Writes what a rule has made of the agenda, and shows it. */
export async function written(
  acting: Acting,
  seen: OnAgenda,
  after: rules.Agenda,
  said: string,
  outcome: Acted['outcome'],
): Promise<Acted> {
  await saveAgenda(acting.db, seen.meeting.id, seen.agenda, after, acting.now)
  const agenda = await findAgenda(acting.db, seen.meeting.id)
  if (!agenda) throw new Error('an agenda has gone')
  return {
    reply: shown(acting, { ...seen, agenda }, said),
    outcome: { meeting: seen.meeting.id, ...outcome, terms: seen.inForce.termsId },
  }
}

export const ofAgenda = {
  load: agendaOr,
  allow: () => true,
  board: ({ board }: OnAgenda) => board.id,
  redraw: (asking: Asking, seen: OnAgenda) => shown(asking, seen),
}

export const title = z.string('Give the item a title.').max(5_000)
export const form = z.enum(['paper', 'verbal', 'presentation', 'to follow']).default('paper')
export const purpose = z.enum(['decision', 'information']).optional()
export const presenter = z.string().trim().max(120, 'That is too long to be a name and a post.').optional()
export const why = z
  .string()
  .trim()
  .max(rules.LONGEST_WHY, `That is too long: say it in at most ${rules.LONGEST_WHY} characters.`)
export const letter = z
  .string('Choose a section.')
  .trim()
  .toUpperCase()
  .regex(/^[A-X]$/, 'Choose a section by its letter.')

/** The agenda of a meeting. */
export const show = query({
  name: 'agenda.show',
  input: z.object({ subject: MeetingId }),
  load: agendaOr,
  allow: () => true,
  run: async (asking, _, seen) => shown(asking, seen),
})

/** The front sheet, to print or to keep. */
export const print = query({
  name: 'agenda.print',
  input: z.object({ subject: MeetingId }),
  load: agendaOr,
  allow: () => true,
  async run({ actor }, _, { meeting, agenda, clerk }) {
    // What is printed leaves the house: only what the public may see stands on it, whoever prints it.
    const sheet = sheetOf(meeting, agenda, clerk, null)
    return documentReply({
      title: `Agenda: ${meeting.board.shortName}, ${shortDate(meeting)}`,
      fileName: `agenda-${meeting.board.shortName.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${dayOf(meeting.startsAt, meeting.board.zone).toString()}`,
      audience: audienceOf(actor),
      html: frontSheetInHtml(sheet),
      plain: frontSheetInText(sheet),
    })
  },
})

const newItem = (
  acting: Acting,
  input: {
    title: string
    form: rules.Form
    purpose?: rules.Purpose | undefined
    presenter?: string | undefined
    why?: string | undefined
  },
): rules.NewItem => ({
  id: newId(),
  title: input.title,
  form: input.form,
  purpose: input.purpose ?? null,
  presenter: input.presenter || null,
  why: input.why || null,
  proposedBy: isOperator(acting.actor) ? null : { id: acting.actor.person, name: acting.actor.name },
})

/** The clerk, who arranges the agenda, puts items to it too. @throws Refusal with the clause */
export function proposable({ inForce, part }: Ruling): void {
  if (!isClerk(part)) mayDo(inForce.terms.agenda.proposed, part, 'propose an item')
}

/** What is asked of a proposal. */
export const proposal = z.object({ subject: MeetingId, title, form, purpose, presenter, why: why.optional() })

/** Puts a proposal beside the agenda, and tells the clerk. */
export async function putForward(
  acting: Acting,
  input: Omit<z.output<typeof proposal>, 'subject'>,
  seen: OnAgenda,
): Promise<Acted> {
  const { db, now, actor } = acting
  proposable(seen)
  stillOpen(seen, now)
  const item = newItem(acting, input)
  const after = rules.propose(seen.agenda, item)
  const acted = await written(acting, seen, after, 'The item is proposed. The clerk places it and tells you.', {
    item: item.id,
  })
  if (!isClerk(seen.part) || isOperator(actor)) {
    await notify(db, [{ notice: proposed, subject: item.id, board: seen.board.id, to: { office: 'clerk' } }])
  }
  return acted
}

/** Proposes an item, for the clerk to place. Who may is for the terms to say. */
export const propose = act({ ...ofAgenda, name: 'agenda.propose', input: proposal, run: putForward })

/** The items with what the clerk may do about each. */
export const edit = query({
  name: 'agenda.edit',
  input: z.object({ subject: MeetingId }),
  load: agendaOr,
  allow: (_, { part }) => isClerk(part),
  async run({ actor, now }, _, seen) {
    stillOpen(seen, now)
    return cardReply(editCard(seen.meeting, seen.agenda, seen.pass, audienceOf(actor)))
  },
})

/** Agrees the agenda: whoever the terms name, or the clerk for one of them, recorded so. */
export const agree = act({
  ...ofAgenda,
  name: 'agenda.agree',
  input: z.object({ subject: MeetingId, for: PersonId.optional(), allTheSame: z.literal('yes').optional() }),
  async run(acting, input, seen) {
    const { db, actor, now } = acting
    stillOpen(seen, now)
    const owner = await whoAgrees(acting, seen, input.for)
    const after = rules.agree(seen.agenda)
    const waiting = rules.proposalsOf(seen.agenda).length
    const left =
      waiting === 1 ? 'One proposal is not placed, and is not on it.' : `${waiting} proposals are not placed, and are not on it.`
    askOnce(
      waiting === 0 ? [] : [`${left} Once the agenda is agreed they can only be taken as late items.`],
      input.allTheSame === 'yes',
      {
        command: 'agenda.agree',
        subject: seen.meeting.id,
        values: input.for === undefined ? {} : { for: input.for },
        label: 'Agree it all the same',
      },
    )
    await markAgreed(db, seen.meeting.id, { by: owner, hand: personOf(actor), at: now, termsId: seen.inForce.termsId })
    await tellAll(db, seen.meeting, agreed, seen.meeting.id, personOf(actor))
    return written(acting, seen, { ...after, items: seen.agenda.items }, 'The agenda is agreed, and everyone concerned has it.', {
      by: owner,
    })
  },
})

/** In whose right an agenda is agreed. @throws Refusal with the clause */
async function whoAgrees(
  { db, actor, now }: Acting,
  { board, inForce, part, day }: OnAgenda,
  named: string | undefined,
): Promise<string | null> {
  const rule = inForce.terms.agenda.agreed
  const other = named !== undefined && named !== actor.person ? named : null
  if (other !== null && !isClerk(part))
    throw new Refusal('not_permitted', 'Only the clerk records that somebody else has agreed the agenda.')
  const whose = other === null ? part : await partOf(db, { board, inForce }, other, day, now)
  if (mayDo(rule, whose, 'agree the agenda') === 'by right') return other ?? personOf(actor)
  throw new Refusal(
    'not_permitted',
    `By convention the agenda is for others to agree: ${rule.silent?.convention ?? ''} (${rule.silent?.source ?? ''}) Ask them, or say for whom you record it, as in “agree the agenda for NAME”.`,
  )
}

/** Puts the draft to those whose it is to agree it. */
export const ask = act({
  ...ofAgenda,
  name: 'agenda.ask',
  allow: (_, { part }) => isClerk(part),
  input: z.object({ subject: MeetingId }),
  async run(acting, _, seen) {
    const { db, now, actor } = acting
    stillOpen(seen, now)
    if (seen.agenda.state === 'agreed') throw new Refusal('conflict', 'The agenda is agreed already.')
    const rule = seen.inForce.terms.agenda.agreed
    const people = (await peopleOf(db, seen, seen.day, now)).filter(
      ({ id, part }) => id !== actor.person && isAmong(rule.by, part),
    )
    if (people.length === 0) {
      throw new Refusal(
        'not_found',
        'Nobody on the roster is one of those who agree the agenda. Add them to the roster first.',
        rule.clause,
      )
    }
    // Each asking is said anew, as the draft may have changed since the last.
    const about = { notice: pleaseAgree, subject: seen.meeting.id, board: seen.board.id, date: toText(now) }
    await notify(
      db,
      people.map(({ id }) => ({ ...about, to: { person: id } })),
    )
    const names = people.map(({ name }) => name).join(', ')
    return {
      reply: shown(acting, seen, `The draft is put to ${names}.`),
      outcome: { meeting: seen.meeting.id, asked: people.map(({ id }) => id) },
    }
  },
})

const REASON = "Say why it cannot wait, for the record: a late item carries the chair's reason."

/** Adds a late item, with the chair's reason: the chair, or the clerk who records it. */
export const addLate = act({
  ...ofAgenda,
  name: 'agenda.add_late',
  allow: (_, seen) => isClerk(seen.part) || isChair(seen.part) || mayAgree(seen),
  input: z.object({ subject: MeetingId, title, form, purpose, presenter, letter, reason: why.min(3, REASON) }),
  async run(acting, input, seen) {
    stillOpen(seen, acting.now)
    const item = newItem(acting, input)
    const after = rules.addLate(seen.agenda, item, input.letter, input.reason)
    const put = after.items.find(({ id }) => id === item.id)
    const outcome = { item: item.id, number: put && rules.numberOf(put), reason: input.reason }
    const acted = await written(acting, seen, after, 'The late item is added, and everyone concerned is told.', outcome)
    if (put) await tellOfItem(acting, late, seen.meeting, put)
    return acted
  },
})

export const lateAsk = query({
  name: 'agenda.late_form',
  input: z.object({ subject: MeetingId }),
  load: agendaOr,
  allow: (_, seen) => isClerk(seen.part) || isChair(seen.part) || mayAgree(seen),
  async run({ actor, now }, _, seen) {
    stillOpen(seen, now)
    return formReply(lateForm(seen.meeting, seen.agenda, audienceOf(actor)))
  },
})

/** Drafts the agenda of a meeting from the board's sections and standing items, with the elections that fall to it. */
async function draftFor(tx: Tx, meeting: Meeting, now: Asking['now']): Promise<void> {
  const { board, terms } = meeting
  const tenures = await tenuresOf(tx, board.id)
  const { gains } = electionPlan(terms, tenures, await comingOf(tx, board, terms, now))
  const offices = gains.flatMap((one) => (one.meeting === meeting.id ? [one.office] : []))
  await addAgenda(tx, meeting.id, await freshAgenda(tx, meeting, { tenures, offices }), now)
}

/** Drafts an agenda where there is none: for meetings that were called before agendas were drafted. */
export const draft = act({
  name: 'agenda.draft',
  input: z.object({ subject: MeetingId }),
  load: meetingOr,
  allow: (_, { part }) => isClerk(part),
  board: ({ board }) => board.id,
  async run(acting, _, seen) {
    stillOpen(seen, acting.now)
    if (await findAgenda(acting.db, seen.meeting.id))
      throw new Refusal('conflict', 'The agenda is drafted already. Say “agenda” to see it.')
    await draftFor(acting.db, seen.meeting, acting.now)
    const drafted = await agendaOr(acting, { subject: seen.meeting.id })
    return { reply: shown(acting, drafted, 'The agenda is drafted.'), outcome: { meeting: seen.meeting.id } }
  },
  redraw: (asking, seen) =>
    cardReply({ title: `The agenda of ${meetingTime(seen.meeting)} is drafted`, audience: audienceOf(asking.actor), body: [] }),
})

/** A called meeting has its agenda drafted with it. */
export const draftAfterCall: After = {
  acts: ['meetings.call', 'meetings.agree_cycle', 'demonstration.fill'],
  async run({ db, now }, { outcome }) {
    for (const id of z.array(z.string()).parse(outcome.meetings)) await draftFor(db, await meetingAsItWas(db, id, now), now)
  },
}

/**
 * Where a meeting is called, moved or cancelled, the drafts of those after it name the notes of another: their titles
 * follow. What is agreed stands as it was agreed.
 */
export const notesAfterChange: After = {
  acts: ['meetings.call', 'meetings.agree_cycle', 'meetings.move', 'meetings.cancel'],
  async run({ db, now }, { board }) {
    for (const meeting of await meetingsOf(db, board, { from: now })) {
      const agenda = await findAgenda(db, meeting.id)
      const notes = agenda?.items.find(({ about, state }) => about === 'notes' && state === 'placed')
      const before = await lastMeeting(db, board, meeting.startsAt)
      if (!agenda || agenda.state === 'agreed' || !notes || !before) continue
      const title = notesOf(dayOf(before.startsAt, before.board.zone))
      // A title of the clerk's own stands.
      if (!('open' in notes.title) || notes.title.open === title || !isNotesOf(notes.title.open)) continue
      await saveAgenda(db, meeting.id, agenda, rules.change(agenda, notes.id, { title }), now)
    }
  },
}

/** What may be done about agendas. */
export const offers: Offers = (asking) =>
  offersPerBoard(asking, ({ part, inForce }) => {
    if (!inForce) return []
    const { agreed: agreeing, proposed: proposing } = inForce.terms.agenda
    return [
      { words: 'agenda', does: 'see the agenda of the next meeting' },
      ...(isOfficer(part) || isMember(part) || isAmong(proposing.by, part)
        ? [{ words: 'propose an item', does: 'propose something for it' }]
        : []),
      ...(isAmong(agreeing.by, part) ? [{ words: 'agree the agenda', does: 'agree it as it stands' }] : []),
      ...(isClerk(part) ? [{ words: 'standing items', does: 'see and change what stands on every agenda' }] : []),
    ]
  })
