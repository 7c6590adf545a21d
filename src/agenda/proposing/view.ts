import type { Audience } from '../../kernel/audience.js'
import type { Form } from '../../kernel/view.js'
import { type Called, meetingDay } from '../../meetings/rules.js'
import { proposalFields } from '../items/view.js'
import type { Agenda } from '../rules.js'

/** A meeting for whose agenda something may be proposed. */
export interface Proposable {
  readonly meeting: Called
  readonly agenda: Agenda['state']
}

/** Asks for which meeting an item is proposed; the next whose agenda is a draft stands there already. */
export function proposeFromForm(meetings: readonly Proposable[], title: string, audience: Audience): Form {
  const first = meetings.find(({ agenda }) => agenda === 'draft') ?? meetings[0]
  return {
    title: 'Propose an item',
    audience,
    command: 'agenda.propose_at',
    subject: 'words',
    intro: ['The clerk places it and tells you.'],
    fields: [
      {
        field: 'choice',
        name: 'meeting',
        label: 'For which meeting?',
        options: meetings.map(({ meeting, agenda }) => ({
          value: meeting.id,
          label: `${meeting.board.shortName}, ${meetingDay(meeting)}${agenda === 'agreed' ? ' (its agenda is agreed)' : ''}`,
        })),
        ...(first ? { value: first.meeting.id } : {}),
      },
      ...proposalFields(title),
    ],
    submit: 'Propose it',
    inWords: 'propose an item: TITLE',
  }
}
