import { titleFor } from '../../agenda/rules.js'
import type { Audience } from '../../kernel/audience.js'
import type { Pass } from '../../kernel/restricted.js'
import { type Button, buttons, type Card, type Form, type Text, table, text } from '../../kernel/view.js'
import { meetingDay } from '../../meetings/rules.js'
import { paperNumber } from '../../papers/rules.js'
import type { Room } from '../room.js'
import { type LatePaper, lateInWords, rulingInWords } from './rules.js'

export const LONGEST_WHY = 300

/** The papers that did not go out in time, and whether each is taken. */
export function lateCard(
  { meeting }: Room,
  late: readonly LatePaper[],
  { pass, rules }: { readonly pass: Pass | null; readonly rules: boolean },
  audience: Audience,
  said?: string,
): Card {
  const seen = late.filter(({ paper }) => titleFor(paper.item.title, pass) !== null)
  const rows = seen.map((one): readonly Text[] => [
    [{ strong: paperNumber(one.paper) }],
    [titleFor(one.paper.item.title, pass) ?? ''],
    [lateInWords(one)],
    // Why a restricted paper was not taken may say what stands in it.
    [one.ruling ? rulingInWords(pass || !one.paper.restricted ? one.ruling : { ...one.ruling, why: null }) : 'not said yet'],
  ])
  const press = (command: string, label: string, { paper }: LatePaper, values: Record<string, string> = {}): Button => ({
    command,
    subject: meeting.id,
    label: `${label} ${paperNumber(paper)}`,
    spoken: `${label} ${paperNumber(paper)}, the late paper`,
    values: { item: paper.item.id, ...values },
  })
  const waits = seen.filter(({ ruling }) => ruling === null).slice(0, 10)
  return {
    title: `Late papers: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      ...(said ? [text({ strong: said })] : []),
      rows.length === 0 ? text('Every paper went out in time.') : table(['Item', 'Title', 'Paper', 'At the meeting'], rows),
      ...(rules && rows.length > 0
        ? [
            buttons(...waits.map((one) => press('attendance.rule_late', 'Take', one, { taken: 'yes' })), {
              command: 'attendance.late_form',
              subject: meeting.id,
              label: 'Say of one whether it is taken',
            }),
          ]
        : []),
    ],
  }
}

export const lateForm = ({ meeting }: Room, late: readonly LatePaper[], pass: Pass | null, audience: Audience): Form => ({
  title: 'Is a late paper taken?',
  audience,
  command: 'attendance.rule_late',
  subject: meeting.id,
  intro: ['As the person presiding says. What was said before is kept.'],
  fields: [
    {
      field: 'choice',
      name: 'item',
      label: 'Which paper',
      options: late.flatMap((one) => {
        const title = titleFor(one.paper.item.title, pass)
        return title === null
          ? []
          : [{ value: one.paper.item.id, label: `${paperNumber(one.paper)} ${title}: ${lateInWords(one)}`.slice(0, 150) }]
      }),
    },
    {
      field: 'choice',
      name: 'taken',
      label: 'Is it taken',
      options: [
        { value: 'yes', label: 'Taken' },
        { value: 'no', label: 'Not taken' },
      ],
    },
    { field: 'text', name: 'why', label: 'Why', hint: 'Needed where it is not taken.', max: LONGEST_WHY, optional: true },
  ],
  submit: 'Record it',
  inWords: 'B3 is not taken because WHY',
})
