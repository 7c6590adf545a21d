import type { Audience } from '../../kernel/audience.js'
import { buttons, type Card, type Form, facts, type Node, text } from '../../kernel/view.js'
import { type Called, meetingDay, meetingTime } from '../../meetings/rules.js'
import { meetingAt } from '../../meetings/view.js'
import { type Agenda, type Invited, type Item, numberOf } from '../rules.js'

export const inviteForm = (meeting: Called, agenda: Agenda, audience: Audience): Form => ({
  title: `Invite somebody to ${meetingDay(meeting)}`,
  audience,
  command: 'agenda.invite',
  subject: meeting.id,
  intro: ['They attend and do not count or vote. They see the public agenda.'],
  fields: [
    { field: 'text', name: 'name', label: 'Name', max: 120 },
    {
      field: 'text',
      name: 'email',
      label: 'Email',
      max: 200,
      oneLine: true,
      optional: true,
      hint: 'By it they are known in chat.',
    },
    { field: 'text', name: 'organisation', label: 'Of which body', max: 200, oneLine: true, optional: true },
    {
      field: 'choice',
      name: 'item',
      label: 'For which item',
      optional: true,
      hint: 'None: for the whole meeting.',
      options: agenda.items.flatMap((item) =>
        item.state === 'placed' && 'open' in item.title
          ? [{ value: item.id, label: `${numberOf(item)} ${item.title.open}` }]
          : [],
      ),
    },
  ],
  submit: 'Invite them',
  inWords: 'invite Ann Castle (ann.castle@example.org) of Victim Support for B2',
})

const forItem = (items: readonly Item[], id: string | null): string => {
  const item = items.find((one) => one.id === id)
  return item ? `, for item ${numberOf(item) ?? ''}` : ''
}

/** Who is invited, with the means to take it back. */
export function invitedNodes(agenda: Agenda, invited: readonly Invited[], may: { readonly invite: boolean }): readonly Node[] {
  if (invited.length === 0) return []
  const line = ({ person, organisation, item }: Invited) =>
    `${person.name}${organisation ? ` (${organisation})` : ''}${forItem(agenda.items, item)}`
  return [
    facts(['By invitation', [invited.map(line).join('; ')]]),
    ...(may.invite
      ? [
          buttons(
            ...invited.slice(0, 5).map((one) => ({
              command: 'agenda.disinvite',
              subject: one.id,
              label: `Take back: ${one.person.name}`,
            })),
          ),
        ]
      : []),
  ]
}

/** What somebody is told who is invited, or no longer. */
export const invitedCard = (
  meeting: Called,
  { item, withdrawn }: { readonly item: Item | null; readonly withdrawn: boolean },
  audience: Audience,
): Card => ({
  title: withdrawn ? 'Your invitation is taken back' : 'You are invited',
  audience,
  body: [
    text(
      withdrawn
        ? `You need not come to the meeting of the ${meeting.board.name} on ${meetingTime(meeting)}.`
        : `You are invited to the meeting of the ${meeting.board.name}${item && 'open' in item.title ? `, for item ${numberOf(item) ?? ''}, ${item.title.open}` : ''}.`,
    ),
    ...(withdrawn
      ? []
      : [
          facts(
            ['When', [meetingAt(meeting)]],
            ['Where', [meeting.venue]],
            ...(meeting.link ? [['Join', [meeting.link]] as const] : []),
          ),
          buttons({
            command: 'agenda.show',
            subject: meeting.id,
            label: 'Agenda',
            spoken: `Agenda: ${meetingDay(meeting)}`,
          }),
        ]),
  ],
})
