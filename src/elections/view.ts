import type { Audience } from '../kernel/audience.js'
import { buttons, type Card, type Field, type Form, note, type Text, text } from '../kernel/view.js'
import { meetingTime } from '../meetings/rules.js'
import { candidateName, nameOf } from './card/view.js'
import type { ElectionFacts } from './facts.js'
import { type ElectionRule, type Elective, type Eligible, LONGEST_SEED, OFFICE_NAMES, type Round, roundName } from './rules.js'

interface Nominating {
  /** the item, or the election where there is one */
  readonly subject: string
  readonly office: Elective
  readonly when: Text
  readonly eligible: readonly (Eligible & { readonly body: string })[]
  /** by whom it may be; one: by nobody but the speaker */
  readonly proposers: readonly { readonly id: string; readonly name: string }[]
}

/** The form in which somebody is nominated. */
export const nominateForm = ({ subject, office, when, eligible, proposers }: Nominating, audience: Audience): Form => ({
  title: `Nominate a ${OFFICE_NAMES[office]}`,
  audience,
  command: 'elections.nominate',
  subject,
  values: { office },
  intro: when,
  fields: [
    {
      field: 'choice',
      name: 'nominee',
      label: 'Whom?',
      options: eligible.map(({ person, body }) => ({ value: person.id, label: `${person.name} (${body})`.slice(0, 150) })),
    },
    ...(proposers.length > 1
      ? [
          {
            field: 'choice' as const,
            name: 'proposer',
            label: 'Proposed by',
            options: proposers.map(({ id, name }) => ({ value: id, label: name })),
          },
          {
            field: 'choice' as const,
            name: 'seconder',
            label: 'Seconded by',
            optional: true as const,
            options: proposers.map(({ id, name }) => ({ value: id, label: name })),
          },
        ]
      : []),
  ],
  submit: 'Nominate',
  inWords: `nominate Ann Castle as ${office}`,
})

const secrecy = (secret: boolean): Field => ({
  field: 'choice',
  name: 'ballot',
  label: 'Is it secret?',
  value: secret ? 'secret' : 'open',
  options: [
    { value: 'open', label: 'Open: how each has voted is shown once it is closed' },
    { value: 'secret', label: 'Secret: who has voted is shown, and how is not' },
  ],
})

/** The form in which a ballot is opened. */
export const openForm = (
  shown: ElectionFacts,
  {
    rule,
    candidates,
  }: { readonly rule: ElectionRule; readonly candidates: readonly { readonly id: string; readonly name: string }[] },
  audience: Audience,
): Form => {
  const rounds = shown.election.rounds
  const before = rounds.at(-1)
  const secret = before ? before.publicKey !== null : rule.ballot === 'secret'
  const fields: readonly Field[] = [
    ...(rule.ballot === null ? [secrecy(secret)] : []),
    ...(candidates.length > 1 && !before && !rule.fixed
      ? [
          {
            field: 'choice' as const,
            name: 'method',
            label: 'Who is elected?',
            value: rule.method,
            options: [
              {
                value: 'absolute majority',
                label: 'Whoever has more than half of the votes; else a fresh ballot without the last',
              },
              { value: 'plurality', label: 'Whoever has the most votes' },
              { value: 'ranked choices', label: 'By ranked choices (instant run-off)' },
            ],
          },
        ]
      : []),
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
      hint: 'Leave it blank for no time limit.',
      max: 4,
      oneLine: true,
      optional: true,
    },
  ]
  return {
    title: 'Open the ballot',
    audience,
    command: 'elections.open',
    subject: shown.election.id,
    intro: [`${nameOf(shown)}, ${meetingTime(shown.meeting)}. On it: ${candidates.map(({ name }) => name).join(', ')}.`],
    fields,
    submit: 'Open the ballot',
    inWords: 'open the ballot in secret for five minutes',
  }
}

/** The form of a ballot with ranked choices, or with more candidates than a card has presses for. */
export const ballotForm = (shown: ElectionFacts, round: Round, voter: string | undefined, audience: Audience): Form => {
  const options = round.candidates.map((one) => ({ value: one.id, label: candidateName(shown, one).slice(0, 150) }))
  const ranked = round.method === 'ranked choices'
  const ranks = ranked ? round.candidates.length : 1
  return {
    title: 'Your ballot',
    audience,
    command: 'elections.cast',
    subject: round.id,
    ...(voter ? { values: { voter } } : {}),
    intro: [`${nameOf(shown)}, ${roundName(round)}. All left blank is an abstention.`],
    fields: Array.from({ length: ranks }, (_, at): Field => {
      const label = ranked ? `Choice ${at + 1}` : 'Your choice'
      return { field: 'choice', name: `rank${at + 1}`, label, options, optional: true }
    }),
    submit: 'Vote',
    inWords: ranked ? 'ranked choices are given in this form only' : 'I vote for Ann Castle',
  }
}

/** The form in which somebody gives words for a lot; what is said in a chat is read by others. */
export const seedForm = (shown: ElectionFacts, audience: Audience): Form => ({
  title: 'Words for the lot',
  audience,
  command: 'elections.seed',
  subject: shown.election.id,
  intro: [`${nameOf(shown)}. Any words that come to you: nobody sees them until the lot is drawn, and then everybody does.`],
  fields: [{ field: 'text', name: 'words', label: 'Your words', max: LONGEST_SEED, oneLine: true }],
  submit: 'Give them',
  inWords: 'my words for the lot: blue heron at noon',
})

/** What somebody is told whose ballot was taken: that it was, and never what is in it. */
export const castCard = (
  shown: ElectionFacts,
  round: Round,
  { bodies, words, last }: { readonly bodies: readonly string[]; readonly words: readonly string[]; readonly last: boolean },
  audience: Audience,
): Card => ({
  title: `Your ballot: ${nameOf(shown)} (${shown.meeting.board.shortName})`,
  audience,
  body: [
    text({ strong: `The vote of ${bodies.join(' and ')} is in, by you, in the ${roundName(round)}.` }),
    ...words.map((two) =>
      text(
        'The words of your ballot are ',
        { strong: two },
        '. They are published beside its choice once it is counted: write them down.',
      ),
    ),
    note(
      last
        ? 'All have voted: the ballot is being counted.'
        : `${round.publicKey === null ? 'How you voted is shown once it is closed.' : 'It is sealed.'} It can be replaced until the close: press again.`,
    ),
    buttons({
      command: 'elections.show',
      subject: shown.election.id,
      label: 'The election',
      spoken: nameOf(shown),
    }),
  ],
})
