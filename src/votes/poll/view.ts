import { type Item, numberOf } from '../../agenda/rules.js'
import type { Audience } from '../../kernel/audience.js'
import { buttons, type Card, type Field, type Form, note, text } from '../../kernel/view.js'
import { type Called, meetingTime } from '../../meetings/rules.js'
import { voteInWords } from '../card/view.js'
import type { Ballot, VoteRule } from '../rules.js'

/** Minutes that a vote may stay open: as long as a meeting may last. */
export const LONGEST_VOTE = 600

interface Opening {
  readonly item: Item
  readonly meeting: Called
  readonly motion: string | undefined
  /** the terms provide for votes */
  readonly rule: VoteRule
  readonly minutes: string | undefined
  readonly hidden: boolean
}

/** How a vote is opened: whether it was agreed to, when it closes, and whether it is shown how it stands. */
export const howFields = ({ rule, minutes, hidden }: Pick<Opening, 'rule' | 'minutes' | 'hidden'>): Form['fields'] => [
  ...(rule.provided
    ? []
    : [
        {
          field: 'choice' as const,
          name: 'byAgreement',
          label: 'Has the meeting agreed to a vote?',
          options: [
            { value: 'yes', label: 'Yes, it has' },
            { value: 'no', label: 'No' },
          ],
        },
      ]),
  ...closingFields(minutes),
  {
    field: 'choice',
    name: 'tally',
    label: 'Is it shown how the vote stands?',
    value: hidden ? 'hidden' : 'shown',
    options: [
      { value: 'shown', label: 'Shown as it goes' },
      { value: 'hidden', label: 'Hidden until the close' },
    ],
  },
]

/** When what is opened closes. */
export const closingFields = (minutes?: string): readonly Field[] => [
  {
    field: 'choice',
    name: 'ends',
    label: 'When does it close?',
    value: 'all',
    options: [
      { value: 'all', label: 'When all have voted, or by hand' },
      { value: 'hand', label: 'By hand alone' },
    ],
  },
  {
    field: 'text',
    name: 'minutes',
    label: 'At the latest after how many minutes?',
    hint: 'Left blank: at no time of its own.',
    max: 4,
    oneLine: true,
    optional: true,
    ...(minutes ? { value: minutes } : {}),
  },
]

/** The form in which a vote is opened otherwise than by one press. */
export const openForm = ({ item, meeting, motion, rule, minutes, hidden }: Opening, audience: Audience): Form => ({
  title: `Put ${numberOf(item) ?? 'it'} to the vote`,
  audience,
  command: 'votes.open',
  subject: item.id,
  ...(motion ? { values: { motion } } : {}),
  intro: [
    `For the meeting of ${meetingTime(meeting)}. It can be closed by hand at any time.`,
    ...(rule.provided
      ? []
      : [' The terms of this board provide for no vote, so the meeting has to agree to one, and that is recorded.']),
  ],
  fields: howFields({ rule, minutes, hidden }),
  submit: 'Open the vote',
  inWords: `put ${numberOf(item) ?? 'B3'} to the vote for five minutes`,
})

/** What somebody is told whose vote was taken down: how it stands, and how to change it. */
export const castCard = (
  motion: { readonly id: string; readonly number: string; readonly board: string },
  cast: readonly { readonly organisation: string; readonly ballot: Ballot }[],
  { said, open }: { readonly said: string | null; readonly open: boolean },
  audience: Audience,
): Card => ({
  title: `Your vote on ${motion.number} (${motion.board})`,
  audience,
  body: [
    ...(said ? [text(said)] : []),
    ...cast.map(({ organisation, ballot }) =>
      text({ strong: `You have voted ${voteInWords(ballot.choice, ballot.subjectToApproval)} for ${organisation}.` }),
    ),
    ...(open ? [note('It can be changed until the vote is closed: press again, or say “for”, “against” or “abstain”.')] : []),
    buttons({ command: 'votes.motion', subject: motion.id, label: 'The vote', spoken: `The vote on ${motion.number}` }),
  ],
})

/** Told to who votes when the vote has closed at its time, and nobody had looked yet. */
export const tooLateCard = (number: string, hour: string, motion: string, audience: Audience): Card => ({
  title: `The vote on ${number} is closed`,
  audience,
  body: [
    text(`It closed at ${hour}, before your vote came. Your vote is not counted.`),
    buttons({ command: 'votes.motion', subject: motion, label: 'The result', spoken: `The result of the vote on ${number}` }),
  ],
})
