import { z } from 'zod'
import { isAmong, isClerk, isOfficer, mayDo } from '../../boards/part/rules.js'
import { partOf } from '../../boards/part/store.js'
import { addPerson, personWith } from '../../boards/roster/store.js'
import { audienceOf, personOf } from '../../kernel/actor.js'
import { type About, type Asking, act, formReply, query } from '../../kernel/command.js'
import { MeetingId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { folded } from '../../kernel/sentence.js'
import { meetingTime } from '../../meetings/rules.js'
import { peopleNamed } from '../../meetings/store.js'
import { notify } from '../../outbox/store.js'
import { agendaOr, type OnAgenda, shown, stillOpen, unlessNotFound } from '../command.js'
import { titleFor } from '../rules.js'
import { disinvited, invited } from './notices.js'
import { addBody, addInvitation, bodyNamed, findInvitation, invitedTo, peopleCalled, withdrawInvitation } from './store.js'
import { inviteForm } from './view.js'

/** Whoever invites non-members by the terms, or the clerk for them. @throws Refusal with the clause */
function mayInvite({ inForce, part }: OnAgenda): void {
  const { atInvitationOf: by, ...rule } = inForce.terms.nonMembers
  if (!isClerk(part)) mayDo({ ...rule, by }, part, 'invite non-members')
}

const NAME = 'Say whom, by name.'

const isNamed = async ({ db }: Asking, { board, day }: OnAgenda, name: string): Promise<boolean> =>
  (await peopleNamed(db, board, name, day)).length > 0

async function isOn({ db, now }: Asking, seen: OnAgenda, person: string): Promise<boolean> {
  const part = await partOf(db, seen, person, seen.day, now)
  return isOfficer(part) || part.seats.length > 0
}

/** Invites somebody who is no member, to a meeting or to an item of it. */
export const invite = act({
  name: 'agenda.invite',
  input: z.object({
    subject: MeetingId,
    name: z.string(NAME).trim().min(2, NAME).max(120, 'That is too long to be a name.'),
    email: z
      .union([z.literal(''), z.email('That is no email address. Write it as in ann.castle@example.org, or leave it blank.')])
      .optional(),
    organisation: z.string().trim().max(200, 'That is too long to be the name of a body.').optional(),
    item: z.uuid('Choose an item from the list.').optional(),
  }),
  load: agendaOr,
  allow: () => true,
  board: ({ board }) => board.id,
  async run(acting, input, seen) {
    const { db, actor, now } = acting
    mayInvite(seen)
    stillOpen(seen, now)
    const item =
      input.item === undefined
        ? null
        : seen.agenda.items.find(
            ({ id, state, title }) => id === input.item && state === 'placed' && titleFor(title, seen.pass) !== null,
          )
    if (item === undefined) throw new Refusal('not_found', 'I know of no such item. Choose one from the list.')
    const { tenant } = seen.board
    const email = input.email || null
    const known = email === null ? await onlyOneCalled(acting, seen, input.name) : await personWith(db, tenant, email)
    const sits = known === null ? email === null && (await isNamed(acting, seen, input.name)) : await isOn(acting, seen, known)
    if (sits) throw new Refusal('conflict', `${input.name} is on the board, and needs no invitation.`)
    const person = known ?? (await addPerson(db, tenant, { key: '', name: input.name, email, telephone: null }))
    if ((await invitedTo(db, seen.meeting.id)).some((one) => one.person.id === person && one.item === (item?.id ?? null))) {
      throw new Refusal('conflict', `${input.name} is invited already.`)
    }
    const body = input.organisation
      ? ((await bodyNamed(db, tenant, input.organisation)) ?? (await addBody(db, tenant, input.organisation)))
      : null
    const id = await addInvitation(db, {
      meeting: seen.meeting.id,
      person,
      organisation: body,
      item: item?.id ?? null,
      at: now,
      by: personOf(actor),
      termsId: seen.inForce.termsId,
    })
    await notify(db, [{ notice: invited, subject: id, board: seen.board.id, to: { person } }])
    const again = await agendaOr(acting, { subject: seen.meeting.id })
    return {
      reply: shown(acting, again, `${input.name} is invited.`),
      outcome: { invitation: id, person, item: item?.id ?? null, terms: seen.inForce.termsId },
    }
  },
  redraw: (asking, seen) => shown(asking, seen),
})

/** Whom a name without an address means: who is invited already, or the only one of that name; null for somebody new. @throws Refusal */
async function onlyOneCalled({ db }: Asking, { meeting, board }: OnAgenda, name: string): Promise<string | null> {
  const invitee = (await invitedTo(db, meeting.id)).find(({ person }) => folded(person.name) === folded(name))
  if (invitee) return invitee.person.id
  const [one, another] = await peopleCalled(db, board.tenant, name)
  if (!another) return one ?? null
  const sentence = `Several people are called ${name}. Give the email of the one whom you mean.`
  throw new Refusal('unclear', sentence, undefined, { email: sentence })
}

export const inviteAsk = query({
  name: 'agenda.invite_form',
  input: z.object({ subject: MeetingId }),
  load: agendaOr,
  allow: () => true,
  async run({ actor, now }, _, seen) {
    mayInvite(seen)
    stillOpen(seen, now)
    return formReply(inviteForm(seen.meeting, seen.agenda, audienceOf(actor)))
  },
})

interface OfInvitation extends OnAgenda {
  readonly invitation: NonNullable<Awaited<ReturnType<typeof findInvitation>>>
}

async function invitationOr(asking: Asking, { subject }: About): Promise<OfInvitation> {
  const invitation = await findInvitation(asking.db, subject)
  const seen = invitation ? await unlessNotFound(agendaOr(asking, { subject: invitation.meeting_id })) : null
  if (!invitation || !seen) throw new Refusal('not_found', 'I know of no such invitation. Say “agenda” to see who is invited.')
  return { ...seen, invitation }
}

/** Takes an invitation back. */
export const disinvite = act({
  name: 'agenda.disinvite',
  input: z.object({ subject: z.uuid() }),
  load: invitationOr,
  allow: (_, { part, inForce }) => isClerk(part) || isAmong(inForce.terms.nonMembers.atInvitationOf, part),
  board: ({ board }) => board.id,
  async run(acting, _, seen) {
    const { db, now } = acting
    stillOpen(seen, now)
    const { id, state, person_id: person, name } = seen.invitation
    if (state === 'withdrawn')
      throw new Refusal('conflict', `The invitation of ${name} to ${meetingTime(seen.meeting)} is taken back already.`)
    await withdrawInvitation(db, id)
    await notify(db, [{ notice: disinvited, subject: id, board: seen.board.id, to: { person } }])
    const again = await agendaOr(acting, { subject: seen.meeting.id })
    return {
      reply: shown(acting, again, `The invitation of ${name} is taken back.`),
      outcome: { invitation: id, terms: seen.inForce.termsId },
    }
  },
  redraw: (asking, seen) => shown(asking, seen),
})
