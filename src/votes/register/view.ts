import type { Count } from '../../attendance/ledger.js'
import type { Board } from '../../boards/rules.js'
import type { Audience } from '../../kernel/audience.js'
import type { Pass } from '../../kernel/restricted.js'
import { dayInWords, dayOf, inWords } from '../../kernel/time.js'
import {
  buttons,
  type Card,
  clauseNote,
  divider,
  type Form,
  facts,
  heading,
  list,
  type Node,
  note,
  type Text,
  text,
} from '../../kernel/view.js'
import { figuresInWords } from '../resolution.js'
import { pressDecision } from '../view.js'
import { type Account, contentFor, type Decision, decisionName, HOW, type NamedVote, standingOf } from './rules.js'

/** Entries shown at once: what is more is looked for in fewer words. */
export const SHOWN_AT_ONCE = 15

export const whenOf = ({ meeting, at }: Decision, { zone }: Pick<Board, 'zone'>): string =>
  meeting ? dayInWords(dayOf(meeting.startsAt, zone)) : `${dayInWords(dayOf(at, zone))}, between meetings`

/** The register of a board, or what of it was looked for; the last entry first. */
export function registerCard(
  board: Board,
  decisions: readonly Decision[],
  { pass, looked }: { readonly pass: Pass | null; readonly looked: string | null },
  audience: Audience,
): Card {
  const shown = decisions.slice(0, SHOWN_AT_ONCE)
  const about = looked === null ? '' : `, “${looked}”`
  return {
    title: `Decisions: ${board.shortName}${about}`,
    audience,
    body: [
      ...(decisions.length === 0
        ? [text(looked === null ? 'Nothing has been decided yet.' : 'None of the entries that you may see says that.')]
        : shown.flatMap((one) => entryNodes(board, one, pass))),
      ...(decisions.length > SHOWN_AT_ONCE
        ? [note(`These are the last ${SHOWN_AT_ONCE} of ${decisions.length}. Say “decisions about WORDS” for others.`)]
        : []),
      ...(shown.length > 0
        ? [buttons(...shown.slice(0, 5).map((one) => pressDecision(one, 'votes.decision', `See ${one.number}`)))]
        : []),
    ],
  }
}

/** An entry as it is listed: when and on what, its words, and how it stands. */
function entryNodes(board: Board, one: Decision, pass: Pass | null): readonly Node[] {
  const content = contentFor(one, pass)
  const title = content?.title ?? one.item?.title ?? ''
  const about = one.item ? `, ${`${one.item.number} ${title}`.trim()}` : ''
  return [
    divider,
    text({ strong: decisionName(one) }, `, ${whenOf(one, board)}${about}`),
    ...(content?.words ?? RESTRICTED).split('\n').map((line) => text(line)),
    note(`${capital(HOW[one.how])}; ${standingOf(one)}.`),
  ]
}

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`
const RESTRICTED = 'It is restricted: its words are shown to those alone who may see the item.'

const countInFigures = ({ figures, ruled }: Count): string =>
  figures
    .filter(({ reading }) => ruled === null || reading === ruled)
    .map(
      ({ reading, represented, required }) =>
        `${represented} represented, ${required} needed${figures.length > 1 ? ` (${reading})` : ''}`,
    )
    .join('; ')

const CHOICES: Readonly<Record<NamedVote['choice'], string>> = { for: 'For', against: 'Against', abstain: 'Abstained' }

const namedInWords = ({ organisation, person, subjectToApproval, recorded }: NamedVote): string => {
  const remarks = [
    person,
    subjectToApproval && 'subject to approval',
    recorded === 'countersigned' && 'recorded by the clerk, countersigned',
    recorded === 'not countersigned' && 'recorded by the clerk, not countersigned and not counted',
  ].filter(Boolean)
  return `${organisation} (${remarks.join('; ')})`
}

function voteNodes(vote: NonNullable<Account['vote']>): readonly Node[] {
  const by = (choice: NamedVote['choice']) => vote.names.filter((one) => one.choice === choice)
  const named = (['for', 'against', 'abstain'] as const).flatMap((choice) => {
    const those = by(choice)
    return those.length > 0 ? [[CHOICES[choice], [those.map(namedInWords).join(', ')]] as const] : []
  })
  return [
    heading('The vote'),
    ...vote.tallies.map((tally) =>
      text(`${vote.tallies.length > 1 ? `${tally.reading}: ` : ''}${figuresInWords(tally, vote.of, vote.casting !== null)}.`),
    ),
    ...(vote.ruled ? [note(`It was counted ${vote.ruled}, as the person presiding ruled.`)] : []),
    facts(
      ...named,
      ...(vote.silent.length > 0 ? [['Did not vote', [vote.silent.join(', ')]] as const] : []),
      ...(vote.withdrawn.length > 0 ? [['Withdrew for an interest', [vote.withdrawn.join(', ')]] as const] : []),
      ...(vote.casting
        ? [['Casting vote', [`${vote.casting.choice}, by ${vote.casting.name} (${vote.casting.office})`]] as const]
        : []),
    ),
    ...(vote.equal ? [note(vote.equal)] : []),
    ...(vote.byAgreement ? [note('The terms provide for no vote. The meeting agreed to this one.')] : []),
  ]
}

const restNodes = ({ rests }: Account): readonly Node[] => [
  heading('On what it rests'),
  ...rests.flatMap(({ clause, convention }) =>
    clause ? [clauseNote(clause)] : convention ? [note(`The terms are silent. ${convention}`)] : [],
  ),
]

/** Somebody who has said since that they do not agree, as the register tells it beside the entry. */
export interface Since {
  readonly organisation: string
  readonly person: string
  /** null: they did not say, or not to who reads */
  readonly why: string | null
}

/** An entry of the register, whole. */
export function decisionCard(
  board: Board,
  decision: Decision,
  {
    pass,
    clerk,
    since,
    recount,
  }: { readonly pass: Pass | null; readonly clerk: boolean; readonly since: readonly Since[]; readonly recount: string | null },
  audience: Audience,
): Card {
  const content = contentFor(decision, pass)
  const { item, openness, published, number } = decision
  const title = content?.title ?? item?.title ?? null
  const account = content?.account
  return {
    title: `${decisionName(decision)}: ${board.shortName}`,
    audience,
    body: [
      ...(content ? content.words.split('\n').map((line, at) => text(at === 0 ? { strong: line } : line)) : [text(RESTRICTED)]),
      facts(
        ['When', [decision.meeting ? inWords(decision.at, board.zone) : whenOf(decision, board)]],
        ...(item && title !== null ? [['Item', [`${item.number} ${title}`]] as const] : []),
        ['How', [HOW[decision.how]]],
        ['Standing', [standingOf(decision)]],
        ...(account?.presiding ? [['Presiding', [`${account.presiding.name} (${account.presiding.as})`]] as const] : []),
        ...(account?.quorum?.opening ? [['Quorum at the opening', [countInFigures(account.quorum.opening)]] as const] : []),
        ...(account?.quorum
          ? [[account.quorum.opening ? 'Quorum at the close' : 'Quorum', [countInFigures(account.quorum.closing)]] as const]
          : []),
        ...(decision.by ? [['Recorded by', [decision.by.name]] as const] : []),
        ...(decision.corrects !== null ? [['Corrects', [`entry ${decision.corrects}`]] as const] : []),
        ...(decision.ratifies !== null ? [['Ratifies', [`recommendation ${decision.ratifies}`]] as const] : []),
      ),
      ...(recount ? [note(recount)] : []),
      ...(account ? accountNodes(account, since) : []),
      ...(clerk
        ? [
            buttons(
              pressDecision(decision, 'votes.correct_form', 'Correct it'),
              ...(openness === 'restricted' && !published ? [pressDecision(decision, 'votes.publish', 'Publish its words')] : []),
            ),
            ...(openness === 'restricted' && !published
              ? [
                  note(
                    'It is of a restricted item: until its words are published they are shown to those alone who may see the item.',
                  ),
                ]
              : []),
          ]
        : []),
      buttons({ command: 'votes.decisions', subject: board.id, label: 'The register', spoken: `The register, from ${number}` }),
    ],
  }
}

function accountNodes(account: Account, since: readonly Since[]): readonly Node[] {
  const { dissents, vote, delegated, reason } = account
  return [
    ...(reason ? [text({ strong: 'Why it was corrected: ' }, reason)] : []),
    ...(delegated
      ? [
          facts(
            ['Decided by', [delegated.to]],
            ['Because', [delegated.trigger]],
            ['Consulted', [delegated.consulted]],
            ['Delegated when', [delegated.when]],
          ),
        ]
      : []),
    ...(dissents.length + since.length > 0
      ? [
          heading('Dissent'),
          list([
            ...dissents.map(({ organisation, person, why }): Text => [`${organisation} (${person})${why ? `: ${why}` : ''}`]),
            ...since.map(
              ({ organisation, person, why }): Text => [`${organisation} (${person}), said since${why ? `: ${why}` : ''}`],
            ),
          ]),
        ]
      : []),
    ...(vote ? voteNodes(vote) : []),
    ...(account.election ? [heading('Election'), list(account.election.map((line): Text => [line]))] : []),
    ...restNodes(account),
  ]
}

export const LONGEST_WHY = 500

export const correctForm = (board: Board, decision: Decision, pass: Pass | null, audience: Audience): Form => ({
  title: `Correct ${decisionName(decision).toLowerCase()}`,
  audience,
  command: 'votes.correct',
  subject: decision.id,
  intro: [`Of ${board.shortName}. The entry stays as it is: a new one names it, and says how it is to be read.`],
  fields: [
    {
      field: 'text',
      name: 'text',
      label: 'As it is to be read',
      max: 10_000,
      value: contentFor(decision, pass)?.words ?? '',
    },
    { field: 'text', name: 'why', label: 'Why', hint: 'It stands in the register.', max: LONGEST_WHY },
  ],
  submit: 'Enter the correction',
  inWords: `correct decision ${decision.number}`,
})

/** The form in which a meeting ratifies what an earlier one without a quorum recommended. */
export const ratifyForm = (
  decision: Decision,
  items: readonly { readonly id: string; readonly label: string }[],
  audience: Audience,
): Form => ({
  title: `Ratify ${decisionName(decision).toLowerCase()}`,
  audience,
  command: 'votes.ratify',
  subject: decision.id,
  intro: ['It is decided by this meeting, under one of its items, and names what it ratifies.'],
  fields: [
    {
      field: 'choice',
      name: 'item',
      label: 'Under which item?',
      options: items.map(({ id, label }) => ({ value: id, label: label.slice(0, 150) })),
    },
    {
      field: 'choice',
      name: 'how',
      label: 'How?',
      value: 'agreed',
      options: [
        { value: 'agreed', label: 'It is ratified' },
        { value: 'put', label: 'Put it before the meeting as a motion' },
      ],
    },
  ],
  submit: 'Go on',
  inWords: `ratify recommendation ${decision.number}`,
})
