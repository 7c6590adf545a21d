import { hourAt } from '../../attendance/view.js'
import type { Audience } from '../../kernel/audience.js'
import {
  at,
  type Button,
  buttons,
  type Card,
  type Field,
  type Form,
  facts,
  type Node,
  note,
  progress,
  text,
} from '../../kernel/view.js'
import { meetingTime } from '../../meetings/rules.js'
import { closingFields } from '../../votes/poll/view.js'
import { AGAINST, type Method } from '../counting.js'
import type { ElectionFacts } from '../facts.js'
import { type ElectionRule, isSecret, type Round, roundName, underWay } from '../rules.js'
import { candidateName, electionPress, nameOf } from '../view.js'

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
    ...closingFields(),
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

/** Presses of candidates on one card; of more it is chosen from a form. */
const MOST_PRESSES = 8

export const roundPress = (
  shown: ElectionFacts,
  round: Round,
  label: string,
  values: Readonly<Record<string, string>>,
): Button => ({
  ...electionPress(shown, 'elections.cast', label, values),
  subject: round.id,
})

const METHODS: Readonly<Record<Method, string>> = {
  'absolute majority': 'more than half of the votes cast; else the last drops out and there is a fresh ballot',
  plurality: 'most votes',
  'ranked choices': 'ranked choices: who has more than half; else the last drops out and their ballots pass on',
  confirmation: 'more votes for than against',
}

/** Of a ballot that is open: who is on it, who has voted, and how it is counted. Never how it stands. */
export function openNodes(shown: ElectionFacts, round: Round): readonly Node[] {
  const { roll, seats, sat, now } = shown
  const body = (seat: string) => seats.get(seat)?.body ?? 'a seat'
  const voted = new Set(round.voted.map(({ voter }) => voter))
  const waiting = roll.filter(({ voter }) => !voted.has(voter))
  const may = new Set([...roll.map(({ voter }) => voter), ...voted]).size
  const closes = round.byHand ? 'by hand' : 'when the last of them votes, or by hand'
  const listed = (of: readonly string[]) => [...new Set(of.map(body))].join(', ') || 'nobody'
  return [
    text(
      { strong: round.candidates.length === 1 ? 'Candidate: ' : 'Candidates: ' },
      round.candidates.map((one) => candidateName(shown, one)).join(', '),
    ),
    progress(voted.size, Math.max(1, may), `${voted.size} of ${may} who may vote ${voted.size === 1 ? 'has' : 'have'} voted.`),
    facts(
      ['Not yet', [listed(waiting.map(({ seat }) => seat))]],
      ['Elected by', [METHODS[round.method]]],
      [
        'Closes',
        round.closesAt && sat
          ? ['at ', at(round.closesAt, hourAt({ facts: sat, now }, round.closesAt)), `, ${closes}`]
          : [closes],
      ],
    ),
    note(
      isSecret(round)
        ? 'The ballot is secret: everybody sees who has voted, and nobody sees how. Should all vote alike, the figures would show how each has voted.'
        : 'The ballot is open: how each has voted is shown once it is closed, and not before.',
    ),
  ]
}

/** What is pressed to vote: a candidate, or that nobody is; of many, or of ranked choices, a form. */
export function votingNodes(shown: ElectionFacts, values: Readonly<Record<string, string>> = {}): readonly Node[] {
  const round = underWay(shown.election)
  if (round?.state !== 'open') return []
  const press = (label: string, choice: string) => roundPress(shown, round, label, { choice, ...values })
  if (round.method === 'ranked choices' || round.candidates.length > MOST_PRESSES)
    return [
      buttons(
        { ...roundPress(shown, round, 'Fill in the ballot', values), command: 'elections.cast_form', style: 'primary' },
        press('Abstain', 'abstain'),
      ),
    ]
  if (round.method === 'confirmation')
    return [
      buttons(
        ...round.candidates.map(({ id, name }) => press(`For ${name}`, id)),
        press('Against', AGAINST),
        press('Abstain', 'abstain'),
      ),
    ]
  return [buttons(...round.candidates.map(({ id, name }) => press(name, id)), press('Abstain', 'abstain'))]
}
