import { titleFor } from '../../agenda/rules.js'
import { mention } from '../../apologies/view.js'
import { rosterAt, stateAt } from '../../attendance/ledger.js'
import { countInWords, hourAt } from '../../attendance/view.js'
import { basisNotes } from '../../boards/view.js'
import type { Audience } from '../../kernel/audience.js'
import type { Pass } from '../../kernel/restricted.js'
import {
  at,
  type Button,
  buttons,
  type Card,
  facts,
  list,
  type Node,
  note,
  progress,
  type Text,
  text,
} from '../../kernel/view.js'
import { castingBy, type MotionFacts, OFFICES } from '../facts.js'
import { isPending, itemNumber, wordingFor } from '../motion.js'
import { contentFor, decisionName } from '../register/rules.js'
import { removalBasis } from '../removal/rules.js'
import { figuresInWords } from '../resolution.js'
import { standingBallots } from '../roll.js'
import {
  type Ballot,
  type Choice,
  isCounted,
  least,
  readingsFor,
  type Tally,
  telling,
  type VoteRule,
  voteRuleOf,
  wholeOf,
} from '../rules.js'

/** What somebody may do with a motion. */
export interface May {
  /** presides, or is the clerk */
  readonly presides: boolean
  readonly clerk: boolean
  /** presides themselves: the casting vote and the countersignature are theirs alone */
  readonly inTheChair: boolean
  readonly pass: Pass | null
}

type About = Pick<MotionFacts, 'motion' | 'meeting'>

/** A press about a motion, spoken with the item that it belongs to. */
export const motionPress = (
  { motion, meeting }: About,
  command: string,
  label: string,
  values: Readonly<Record<string, string>> = {},
): Button => ({
  command,
  subject: motion.id,
  label,
  spoken: `${label}: ${itemNumber(motion)}, ${meeting.board.shortName}`,
  ...(Object.keys(values).length > 0 ? { values } : {}),
})

/** "B3 Crime Reduction Grant"; without its title for who may not read it. */
export function itemTitle({ motion }: Pick<MotionFacts, 'motion'>, pass: Pass | null): string {
  const title = titleFor(motion.item.title, pass)
  return title === null ? 'An item that is not on the public agenda' : `${itemNumber(motion)} ${title}`
}

const letter = (at: number): string => `(${String.fromCharCode(97 + at)})`

/** What the motion says, a line a part; to who may not see it, that it is restricted. */
export function motionNodes({ motion }: Pick<MotionFacts, 'motion'>, pass: Pass | null): readonly Node[] {
  const wording = wordingFor(motion, pass)
  if (!wording) return [note('What is moved is restricted, and is shown to those alone who may see the item.')]
  const { parts, version } = wording
  const amended = version > 1 ? [note('It reads as amended.')] : []
  const [only, another] = parts
  if (only !== undefined && another === undefined) return [text({ strong: 'Moved: ' }, only), ...amended]
  return [text({ strong: 'Moved:' }), list(parts.map((part, at): Text => [`${letter(at)} ${part}`])), ...amended]
}

const STATES = {
  'before the meeting': 'before the meeting',
  'in a vote': 'vote open',
  decided: 'decided',
  withdrawn: 'withdrawn',
  deferred: 'deferred',
} as const

const titleOf = (shown: MotionFacts, pass: Pass | null): string => {
  const { motion, meeting } = shown
  const state = motion.vote && motion.state === 'in a vote' ? VOTE_STATES[motion.vote.state] : STATES[motion.state]
  return `${itemTitle(shown, pass)}: ${state} (${meeting.board.shortName})`
}

const VOTE_STATES = {
  open: 'vote open',
  equal: 'equal votes',
  disputed: 'the result depends on the reading',
  closed: 'vote closed',
} as const

const MEASURES: Readonly<Record<VoteRule['carriedBy']['of'], string>> = {
  'votes cast': 'votes cast',
  'those present': 'who may vote and were there',
  all: 'who may vote, there or not',
}

/** Of what the measure is taken: "votes cast"; of all bodies, by what they are: "responsible authorities". */
export const ofWhat = ({ carriedBy, oneFor, voters }: VoteRule): string =>
  carriedBy.of === 'all' && oneFor === 'organisation' ? voters : MEASURES[carriedBy.of]

/** Whether the motion is decided by more votes for than against, or by what else. */
function measureInWords(rule: VoteRule): string {
  const { measure, part, of } = rule.carriedBy
  const half = part.over === 1 && part.under === 2
  const share = half ? 'half' : `${part.over}/${part.under}`
  if (half && measure === 'more than' && of === 'votes cast') return 'more votes for than against'
  return `${measure} ${share} of ${of === 'votes cast' ? 'the votes cast' : `all ${ofWhat(rule) === rule.voters ? 'the ' : ''}${ofWhat(rule)}`}`
}

/** The ballots that stand now: who has withdrawn for the item has no vote on it. */
const standingIn = ({ motion, facts: sat, now }: MotionFacts): readonly Ballot[] =>
  motion.vote ? standingBallots(motion.vote.ballots, sat, motion.item.id, now) : []

/** Who may vote, how many have, the quorum, and when it closes. */
function pollNodes(shown: MotionFacts): readonly Node[] {
  const { motion, roll, seats, count, now, facts: sat } = shown
  const { vote, terms } = motion
  if (!vote) return []
  const rule = voteRuleOf(terms)
  const body = (seat: string) => seats.get(seat)?.body ?? 'a seat'
  const ballots = standingIn(shown)
  const voted = new Set(ballots.map(({ voter }) => voter))
  const waiting = roll.filter(({ voter }) => !voted.has(voter))
  const uncounted = ballots.filter((ballot) => !isCounted(ballot))
  const may = new Set([...roll, ...ballots].map(({ voter }) => voter)).size
  const listed = (of: readonly string[]) => [...new Set(of.map(body))].join(', ') || 'nobody'
  const hand = vote.byHand ? 'by hand' : 'when the last of them votes, or by hand'
  const closes: Text = vote.closesAt
    ? ['at ', at(vote.closesAt, hourAt({ facts: sat, now }, vote.closesAt)), `, ${vote.byHand ? 'or by hand' : hand}`]
    : [hand]
  const number = (choice: Choice) => ballots.filter((one) => one.choice === choice && isCounted(one)).length
  return [
    progress(voted.size, Math.max(1, may), `${voted.size} of ${may} who may vote ${voted.size === 1 ? 'has' : 'have'} voted.`),
    facts(
      ['May vote', [listed([...roll.map(({ seat }) => seat), ...ballots.map(({ seat }) => seat)])]],
      ['Not yet', [listed(waiting.map(({ seat }) => seat))]],
      ...(vote.hidden
        ? [['So far', ['shown when it is closed']] as const]
        : [['So far', [`${number('for')} for, ${number('against')} against, ${number('abstain')} abstaining`]] as const]),
      ['Carried by', [measureInWords(rule)]],
      ...neededFacts(shown, rule),
      ['Quorum', [countInWords(terms, count)]],
      ['Closes', closes],
    ),
    ...(uncounted.length > 0
      ? [
          note(
            `Recorded by the clerk, and not counted before the person presiding countersigns: ${listed(uncounted.map(({ seat }) => seat))}.`,
          ),
        ]
      : []),
    ...(vote.byAgreement ? [note('The terms provide for no vote. The meeting has agreed to this one.')] : []),
    ...basisNotes(rule.basis),
    ...(motion.removes && !terms.removal ? basisNotes(removalBasis(terms)) : []),
  ]
}

/** Where the measure is taken of all, there or not, how many that is on each reading: "5 of the 8 responsible authorities". */
function neededFacts({ motion: { terms }, facts: sat, now }: MotionFacts, rule: VoteRule): readonly (readonly [string, Text])[] {
  if (rule.carriedBy.of !== 'all' || rule.oneFor === 'person') return []
  const readings = readingsFor(terms, rule)
  const needed = readings.map((reading) => {
    const all = wholeOf(rule, reading, rosterAt(sat, now).places, 0)
    const on = readings.length > 1 ? ` ${reading.name}` : ''
    return `${least(rule.carriedBy, all)} of the ${all} ${rule.oneFor === 'organisation' ? rule.voters : 'seats that vote'}${on}`
  })
  return [['Needed', [needed.join('; ')]]]
}

/** What equal votes, or two readings, wait for. */
function waitingNodes(shown: MotionFacts): readonly Node[] {
  const { motion, entry } = shown
  const { vote, terms } = motion
  if (!vote || vote.state === 'open' || vote.state === 'closed') return []
  const rule = voteRuleOf(terms)
  const ruled = vote.quorumClose?.ruled ?? null
  const lines = telling(vote.tallies, ruled).map(
    (tally): Text => [`${vote.tallies.length > 1 ? `${tally.reading}: ` : ''}${figuresInWords(tally, ofWhat(rule))}`],
  )
  if (vote.state === 'disputed')
    return [
      list(lines),
      note(
        `The result differs by how the terms are read. The person presiding rules which counts: ${vote.tallies.map(({ reading }) => `“count ${reading}”`).join(' or ')}.`,
      ),
      ...basisNotes(rule.basis),
    ]
  const caster = castingBy(entry.presiding, terms)
  return [
    list(lines),
    caster
      ? text('The votes are equal. ', mention(caster.person), ` (${OFFICES[caster.as]}) has a second or casting vote.`)
      : text('The votes are equal, and nobody presides who has a casting vote.'),
    ...basisNotes(rule.basis),
  ]
}

function dissentNodes({ motion }: MotionFacts, pass: Pass | null): readonly Node[] {
  if (motion.dissents.length === 0 || motion.state === 'decided') return []
  return [
    text({ strong: 'Not agreed by: ' }, motion.dissents.map(({ organisation }) => organisation).join(', '), '.'),
    ...motion.dissents.flatMap(({ organisation, why }) =>
      why !== null && (motion.openness === 'open' || pass) ? [note(`${organisation}: ${why}`)] : [],
    ),
  ]
}

/** The result in the words of the notes; lettered parts stand on lines of their own. */
function decidedNodes(shown: MotionFacts, pass: Pass | null): readonly Node[] {
  const { decision, motion } = shown
  if (!decision) return []
  const content = contentFor(decision, pass)
  const later = motion.dissents.filter(
    ({ at, person }) =>
      at.epochMilliseconds > decision.at.epochMilliseconds &&
      !content?.account.dissents.some((one) => one.person === person.name),
  )
  return [
    text({ strong: decisionName(decision) }),
    ...(decision.correctedBy === null
      ? []
      : [note(`It was corrected: entry ${decision.correctedBy} of the register says how it is to be read.`)]),
    ...(content
      ? content.words.split('\n').map((line) => text(line))
      : [note('It is restricted: its words are shown to those alone who may see the item.')]),
    ...(content?.account.follows?.map((one) => text(one)) ?? []),
    ...(content?.account.dissents.map(({ organisation }) => note(`${organisation} did not agree, which is recorded.`)) ?? []),
    ...later.map(({ organisation }) => note(`${organisation} has since said that it does not agree, which is recorded.`)),
    buttons({
      command: 'votes.decision',
      subject: decision.id,
      label: 'The whole entry',
      spoken: `The whole entry of ${decisionName(decision)}`,
    }),
  ]
}

const bodyOf = (shown: MotionFacts, pass: Pass | null): readonly Node[] => {
  const { motion } = shown
  if (motion.state === 'decided') return decidedNodes(shown, pass)
  const open = motion.vote?.state === 'open'
  return [
    ...motionNodes(shown, pass),
    ...dissentNodes(shown, pass),
    ...(open && motion.state === 'in a vote' ? pollNodes(shown) : []),
    ...(motion.state === 'in a vote' ? waitingNodes(shown) : []),
    ...(motion.state === 'before the meeting' && isOver(shown)
      ? [text('The meeting was closed before anything was decided on it.')]
      : []),
    ...(motion.state === 'withdrawn' ? [text('It was withdrawn. Nothing is decided on it.')] : []),
    ...(motion.state === 'deferred' ? [text('It is deferred to a later meeting. Nothing is decided on it.')] : []),
  ]
}

const votingButtons = (shown: MotionFacts, values: Readonly<Record<string, string>> = {}): readonly Button[] => [
  { ...motionPress(shown, 'votes.cast', 'For', { choice: 'for', ...values }), style: 'primary' },
  motionPress(shown, 'votes.cast', 'Against', { choice: 'against', ...values }),
  motionPress(shown, 'votes.cast', 'Abstain', { choice: 'abstain', ...values }),
]

/** Of a seat that sits for many bodies, which may have to be asked first. */
const subjectButtons = (shown: MotionFacts, voter: string): readonly Button[] => [
  motionPress(shown, 'votes.cast', 'For, subject to approval', { choice: 'for', voter, subjectToApproval: 'yes' }),
  motionPress(shown, 'votes.cast', 'Against, subject to approval', { choice: 'against', voter, subjectToApproval: 'yes' }),
]

const isOver = ({ facts: sat, now }: MotionFacts): boolean => stateAt(sat.sittings, now) === 'closed'

const isOpen = ({ motion }: MotionFacts): boolean => motion.state === 'in a vote' && motion.vote?.state === 'open'

/** The card in the board's own place: what all there may see. */
export function placeCard(shown: MotionFacts, audience: Audience): Card {
  const pressed = isOpen(shown)
    ? [buttons(...votingButtons(shown)), note('Press again to change your vote: it can be changed until the close.')]
    : shown.motion.state === 'before the meeting' && !isOver(shown)
      ? [buttons(motionPress(shown, 'votes.dissent_form', 'I do not agree'))]
      : []
  return { title: titleOf(shown, null), audience, body: [...bodyOf(shown, null), ...pressed] }
}

/** The card of who presides and of the clerk: the same, and what they can do. */
export const deskCard = (shown: MotionFacts, may: May, audience: Audience, said?: string): Card => ({
  title: titleOf(shown, may.pass),
  audience,
  body: [...(said ? [text({ strong: said })] : []), ...bodyOf(shown, may.pass), ...controls(shown, may)],
})

/** What who presides, or the clerk for them, can do with a motion now. */
export function controls(shown: MotionFacts, { presides, clerk, inTheChair, pass }: May): readonly Node[] {
  const { motion } = shown
  const { vote, item } = motion
  const press = (command: string, label: string, values?: Readonly<Record<string, string>>) =>
    motionPress(shown, command, label, values)
  const ofItem = (command: string, label: string, values: Readonly<Record<string, string>> = {}): Button => ({
    ...press(command, label, { motion: motion.id, ...values }),
    subject: item.id,
  })
  if (!presides || !isPending(motion) || isOver(shown)) return []
  const seen = { how: 'agreed', version: String(wordingFor(motion, pass)?.version ?? 0), heard: String(motion.dissents.length) }
  if (motion.state === 'before the meeting')
    return [
      buttons(
        motion.dissents.length === 0
          ? { ...ofItem('votes.agree', 'Agreed', seen), style: 'primary' }
          : ofItem('votes.agree', 'Agreed, the dissent recorded', { ...seen, dissents: 'recorded' }),
        press('votes.amend_form', 'Amend'),
        ofItem('votes.open_form', 'Put to the vote'),
      ),
      buttons(press('votes.defer', 'Defer'), press('votes.withdraw', 'Withdraw')),
    ]
  if (vote?.state === 'open') {
    const waits = vote.ballots.some((ballot) => !isCounted(ballot))
    return [
      buttons(
        ...(waits && inTheChair ? [press('votes.countersign', 'Countersign')] : []),
        { ...press('votes.close', 'Close the vote'), style: 'danger' },
        ...(clerk ? [press('votes.record_form', 'Record votes')] : []),
        press('votes.withdraw', 'Withdraw'),
      ),
    ]
  }
  if (vote?.state === 'disputed') {
    const known = vote.tallies.filter(({ reading }) => shown.count.figures.some((one) => one.reading === reading))
    const rule = ({ reading }: Tally): Button => ({
      ...press('attendance.count_by', `Count ${reading}`, { reading }),
      subject: motion.meeting,
    })
    return known.length > 0 ? [buttons(...known.map(rule))] : []
  }
  if (vote?.state === 'equal' && inTheChair)
    return [
      buttons(
        press('votes.casting', 'Casting vote for', { choice: 'for' }),
        press('votes.casting', 'Casting vote against', { choice: 'against' }),
      ),
    ]
  return []
}

/** Somebody's own card: what they have voted for each seat, and how to vote or to change it. */
export function ownCard(shown: MotionFacts, person: string, pass: Pass | null, audience: Audience): Card {
  const { motion, roll, seats } = shown
  const ballots = standingIn(shown)
  const mine = motion.vote ? roll.filter((one) => one.person.id === person) : []
  const open = isOpen(shown)
  const lines = mine.flatMap(({ voter, seat }): readonly Node[] => {
    const ballot = ballots.find((one) => one.voter === voter)
    const { body, collective } = seats.get(seat) ?? { body: '', collective: false }
    const said = !ballot
      ? `${body} has not voted.`
      : ballot.person === person
        ? `You have voted ${voteInWords(ballot.choice, ballot.subjectToApproval)} for ${body}.`
        : `${body} has voted, by a colleague of yours.`
    return [
      text({ strong: said }),
      ...(open && (!ballot || ballot.person === person)
        ? [
            buttons(
              ...votingButtons(shown, mine.length > 1 ? { voter } : {}),
              ...(collective ? subjectButtons(shown, voter) : []),
            ),
          ]
        : []),
    ]
  })
  const cast = mine.length === 0 ? ballots.filter((one) => one.person === person) : []
  return {
    title: titleOf(shown, pass),
    audience,
    body: [
      ...bodyOf(shown, pass),
      ...lines,
      ...cast.map(({ choice, subjectToApproval, seat }) =>
        text(`You have voted ${voteInWords(choice, subjectToApproval)} for ${seats.get(seat)?.body ?? ''}.`),
      ),
      ...(open && mine.length > 0 ? [note('It can be changed until the close.')] : []),
    ],
  }
}

/** "for", "against, subject to approval", "to abstain" */
export const voteInWords = (choice: Choice, subjectToApproval: boolean): string =>
  `${choice === 'abstain' ? 'to abstain' : `“${choice}”`}${subjectToApproval ? ', subject to approval,' : ''}`
