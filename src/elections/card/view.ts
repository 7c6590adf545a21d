import { mention } from '../../apologies/view.js'
import { hourAt } from '../../attendance/view.js'
import { basisNotes } from '../../boards/view.js'
import type { Audience } from '../../kernel/audience.js'
import {
  type Button,
  buttons,
  type Card,
  facts,
  list,
  type Node,
  note,
  progress,
  type Span,
  type Text,
  table,
  text,
} from '../../kernel/view.js'
import { AGAINST, type Method, type Tied } from '../counting.js'
import { candidatesIn, casterOf, type ElectionFacts, followingBallots, heldIn, nextCandidates, sittingState } from '../facts.js'
import { electedInWords, inOrder, papersInWords } from '../record/rules.js'
import {
  electionRuleOf,
  isOver,
  isSecret,
  type Nomination,
  OFFICE_NAMES,
  officeRule,
  type Round,
  roundName,
  underWay,
} from '../rules.js'

/** What somebody may do with an election. */
export interface May {
  /** presides, or is the clerk */
  readonly presides: boolean
  /** presides themselves: a casting vote is theirs alone */
  readonly inTheChair: boolean
}

/** Presses of candidates on one card; of more it is chosen from a form. */
const MOST_PRESSES = 8

const STATES = {
  nominations: 'nominations',
  balloting: 'ballot to come',
  tied: 'equal votes',
  elected: 'elected',
  'called off': 'called off',
} as const

/** "Election of the Vice-Chair" */
export const nameOf = ({ election }: Pick<ElectionFacts, 'election'>): string =>
  `Election of the ${OFFICE_NAMES[election.office]}`

function titleOf(shown: ElectionFacts): string {
  const { election, meeting } = shown
  const round = underWay(election)
  const state = round ? (round.state === 'open' ? `${roundName(round)} open` : 'the ballot is stuck') : STATES[election.state]
  return `${nameOf(shown)}: ${state} (${meeting.board.shortName})`
}

/** A press about an election, spoken with what it belongs to. */
export const electionPress = (
  shown: ElectionFacts,
  command: string,
  label: string,
  values: Readonly<Record<string, string>> = {},
): Button => ({
  command,
  subject: shown.election.id,
  label,
  spoken: `${label}: ${nameOf(shown)}, ${shown.meeting.board.shortName}`,
  ...(Object.keys(values).length > 0 ? { values } : {}),
})

const roundPress = (shown: ElectionFacts, round: Round, label: string, values: Readonly<Record<string, string>>): Button => ({
  ...electionPress(shown, 'elections.cast', label, values),
  subject: round.id,
})

const SAYS: Readonly<Record<Nomination['state'], string>> = {
  nominated: 'has not said yet whether they accept',
  accepted: 'has accepted',
  declined: 'has declined',
  withdrawn: 'has withdrawn',
}

const bodyOf = ({ eligible, seats }: ElectionFacts, person: string): string => {
  const seat = eligible.find((one) => one.person.id === person)?.seat
  return seat === undefined ? '' : (seats.get(seat)?.body ?? '')
}

/** "Ann Castle (Kent Police)" */
export function candidateName(shown: ElectionFacts, { id, name }: { readonly id: string; readonly name: string }): string {
  const body = bodyOf(shown, id)
  return body === '' ? name : `${name} (${body})`
}

function nominationLine(shown: ElectionFacts, { nominee, proposer, seconder, state }: Nomination): Text {
  const by: readonly Span[] =
    proposer.id === nominee.id
      ? [', by themselves']
      : [', proposed by ', mention(proposer), ...(seconder ? [', seconded by ', mention(seconder)] : [])]
  const body = bodyOf(shown, nominee.id)
  const gone = isGone(shown, nominee.id) ? ', and can be elected no more' : ''
  return [mention(nominee), body === '' ? '' : ` (${body})`, ...by, `: ${SAYS[state]}${gone}`]
}

/** Who represents no seat any more from which they could be elected. */
const isGone = ({ eligible }: ElectionFacts, person: string): boolean => !eligible.some((one) => one.person.id === person)

const METHODS: Readonly<Record<Method, string>> = {
  'absolute majority': 'more than half of the votes cast; else the last drops out and there is a fresh ballot',
  plurality: 'most votes',
  'ranked choices': 'ranked choices: who has more than half; else the last drops out and their ballots pass on',
  confirmation: 'more votes for than against',
}

/** Who was nominated, and from among whom they are. */
function nominationNodes(shown: ElectionFacts): readonly Node[] {
  const { election, terms } = shown
  const { nominations } = election
  const { disputed } = candidatesIn(shown)
  const rule = officeRule(terms, election.office)
  return [
    ...(nominations.length > 0
      ? [text({ strong: 'Nominated:' }), list(nominations.map((one) => nominationLine(shown, one)))]
      : [text('Nobody is nominated yet. Nominations are open.')]),
    ...(disputed.length > 0
      ? [
          note(
            `Whether ${disputed.map(({ name }) => name).join(' and ')} may be elected depends on how the terms are read: the person presiding rules.`,
          ),
        ]
      : []),
    ...(election.reading === null ? [] : [note(`Eligible: ${election.reading}, as the person presiding has ruled.`)]),
    ...(rule && election.rounds.length === 0 ? basisNotes(rule) : []),
  ]
}

const named = (shown: ElectionFacts, candidate: string): string => {
  if (candidate === AGAINST) return 'Against'
  const everyone = shown.election.nominations.map(({ nominee }) => nominee)
  return everyone.find(({ id }) => id === candidate)?.name ?? ''
}

/** "Ann, Bob and Carl": by name, as nothing goes by who was entered first */
function together(names: readonly string[]): string {
  const sorted = [...names].sort((one, other) => one.localeCompare(other, 'en'))
  return sorted.length < 2 ? sorted.join('') : `${sorted.slice(0, -1).join(', ')} and ${sorted.at(-1)}`
}

/** What a ballot came to, in a sentence. */
export function resultOf(shown: ElectionFacts, round: Round): string {
  if (round.state === 'void') return `Void: ${round.why ?? ''}.`
  const { counted } = round
  if (!counted) return ''
  const { result } = counted
  const names = (ids: readonly string[]) => together(ids.map((id) => named(shown, id)))
  switch (result.kind) {
    case 'elected':
      return `${named(shown, result.candidate)} is elected${result.byLot ? ', equal votes having been settled' : ''}.`
    case 'drops out':
      return `Nobody has more than half of the votes. ${names(result.candidates)} ${result.candidates.length === 1 ? 'drops' : 'drop'} out.`
    case 'tie':
      return `${names(result.among)} have equal votes${result.of === 'exclusion' ? ', and one of them drops out' : ''}.`
    case 'not confirmed':
      return 'There are not more votes for than against: nobody is elected.'
    case 'nobody':
      return 'Nobody was voted for: nobody is elected.'
    default:
      return result satisfies never
  }
}

/** The figures of the ballots that are over, a column each; of a ranked one a column a count. */
export function figureNodes(shown: ElectionFacts): readonly Node[] {
  const { rounds } = shown.election
  const over = rounds.filter(({ state }) => state === 'closed' || state === 'void')
  if (over.length === 0) return []
  const columns = over.flatMap((round) =>
    (round.counted?.stages ?? []).map((stage, at) => ({
      head: (round.counted?.stages.length ?? 0) > 1 ? `Ballot ${round.number}, count ${at + 1}` : `Ballot ${round.number}`,
      stage,
      abstained: round.counted?.abstained ?? 0,
    })),
  )
  const everyone = [
    ...new Set(columns.flatMap(({ stage }) => inOrder(stage.votes, (id) => named(shown, id)).map(({ candidate }) => candidate))),
  ]
  const votes = (candidate: string, { stage }: (typeof columns)[number]): string =>
    String(stage.votes.find((one) => one.candidate === candidate)?.votes ?? '')
  return [
    ...(columns.length > 0
      ? [
          table(
            ['Candidate', ...columns.map(({ head }) => head)],
            [
              ...everyone.map((candidate) => [[named(shown, candidate)], ...columns.map((one): Text => [votes(candidate, one)])]),
              [['Abstained'], ...columns.map(({ abstained }): Text => [String(abstained)])],
            ],
          ),
        ]
      : []),
    ...over.flatMap((round) => [
      text({ strong: `${capital(roundName(round))}: ` }, resultOf(shown, round)),
      ...papersInWords(round, shown).map((line) => note(line)),
    ]),
  ]
}

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

/** Of a ballot that is open: who is on it, who has voted, and how it is counted. Never how it stands. */
function openNodes(shown: ElectionFacts, round: Round): readonly Node[] {
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
      ['Closes', [round.closesAt && sat ? `at ${hourAt({ facts: sat, now }, round.closesAt)}, ${closes}` : closes]],
    ),
    note(
      isSecret(round)
        ? 'The ballot is secret: everybody sees who has voted, and nobody sees how. Should all vote alike, the figures would show how each has voted.'
        : 'The ballot is open: how each has voted is shown once it is closed, and not before.',
    ),
  ]
}

function tiedNodes(shown: ElectionFacts): readonly Node[] {
  const { election } = shown
  const following = followingBallots(shown)
  const round = heldIn(election).at(-1)?.round
  if (following?.kind !== 'lot' || !round) return []
  const names = together(following.among.map((id) => named(shown, id)))
  if (!fallsByLot(shown)) return [text(`${names} have equal votes. The person presiding has a casting vote.`)]
  const givers = round.seededBy.map(({ name }) => name)
  return [
    text(`${names} have equal votes: the lot decides who ${OF[following.of]}.`),
    text(
      'Several of those present give some words each, which nobody sees until the lot is drawn from all of them together. Anyone can draw it again by hand.',
    ),
    facts(['Words given by', [givers.length > 0 ? together(givers) : 'nobody yet']]),
  ]
}

const OF: Readonly<Record<Tied, string>> = { election: 'is elected', exclusion: 'drops out' }

/** How lots were drawn: all that it takes to draw them again. */
export function lotNodes({ election }: Pick<ElectionFacts, 'election'>): readonly Node[] {
  return election.rounds.flatMap(({ settled }) =>
    settled.flatMap(({ account }): readonly Node[] =>
      'seed' in account
        ? [
            text({ strong: 'The lot: ' }, `${account.lines[0]?.name ?? ''} is drawn, whose text has the lowest SHA-256.`),
            list(account.lines.map(({ text: line, digest }): Text => [`“${line}”: ${digest}`])),
            note("To draw it again, take the SHA-256 of each text without a line end, as by: printf %s 'TEXT' | sha256sum"),
          ]
        : [text({ strong: 'Casting vote: ' }, `${account.caster} (${account.office}).`)],
    ),
  )
}

function stuckNodes(round: Round): readonly Node[] {
  return [
    text({ strong: 'Nothing is counted: ' }, `${round.why ?? 'the ballot cannot be opened'}.`),
    text(
      'Whoever runs the server puts the key back into the folder of keys, and the ballot is closed again. Or the person presiding discards it, unopened, and a fresh ballot is held.',
    ),
  ]
}

/** Told to the clerk: nothing was counted, and what is to be done. */
export const stuckCard = (shown: ElectionFacts, audience: Audience): Card => {
  const round = underWay(shown.election)
  return {
    title: `${nameOf(shown)}: a secret ballot cannot be opened (${shown.meeting.board.shortName})`,
    audience,
    body: [
      ...(round?.state === 'stuck' ? stuckNodes(round) : [text('It could not be opened; since then it has been dealt with.')]),
      buttons({ ...electionPress(shown, 'elections.show', 'The election'), style: 'primary' }),
    ],
  }
}

function electedNodes({ election, decision }: ElectionFacts): readonly Node[] {
  if (!decision || !election.elected) return []
  return [
    text({ strong: electedInWords(election.elected, election.office) }),
    buttons({
      command: 'votes.decision',
      subject: decision.id,
      label: 'The whole entry',
      spoken: `The whole entry of the election of the ${OFFICE_NAMES[election.office]}`,
    }),
  ]
}

function followingNodes(shown: ElectionFacts): readonly Node[] {
  const following = followingBallots(shown)
  if (shown.election.state !== 'balloting' || underWay(shown.election) || !following) return []
  const names = nextCandidates(shown).map(({ name }) => name)
  const why = following.kind === 'ballot' ? following.why : 'a ballot among who is left'
  return [text(names.length === 1 ? `Only ${together(names)} is left.` : `Next: ${why}: ${together(names)}.`)]
}

/** Whom most have chosen and who has left their seat meanwhile is not elected. */
function goneNodes(shown: ElectionFacts): readonly Node[] {
  const following = followingBallots(shown)
  if (following?.kind !== 'elected' || shown.election.state !== 'nominations') return []
  return [text(`${named(shown, following.candidate)} was chosen and can be elected no more: nobody is elected yet.`)]
}

function bodyNodes(shown: ElectionFacts): readonly Node[] {
  const { election } = shown
  const round = underWay(election)
  if (election.state === 'elected') return [...electedNodes(shown), ...figureNodes(shown), ...lotNodes(shown)]
  if (election.state === 'called off') return [text('It is called off. Nobody is elected.'), ...figureNodes(shown)]
  return [
    ...(election.state === 'nominations' && !round ? nominationNodes(shown) : []),
    ...figureNodes(shown),
    ...lotNodes(shown),
    ...(round ? (round.state === 'open' ? openNodes(shown, round) : stuckNodes(round)) : []),
    ...(election.state === 'tied' ? tiedNodes(shown) : []),
    ...followingNodes(shown),
    ...goneNodes(shown),
    ...(isClosed(shown)
      ? [note('The meeting is closed, and nobody is elected. Whoever holds the office stays until somebody is.')]
      : []),
  ]
}

const isClosed = (shown: ElectionFacts): boolean => sittingState(shown) === 'closed'
const sits = (shown: ElectionFacts): boolean => !['not open', 'closed'].includes(sittingState(shown))

/** What is pressed to vote: a candidate, or that nobody is; of many, or of ranked choices, a form. */
function votingNodes(shown: ElectionFacts, values: Readonly<Record<string, string>> = {}): readonly Node[] {
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

const mayNominate = ({ election }: ElectionFacts): boolean => election.state === 'nominations' && underWay(election) === null

/** Of an election on an item that is closed to the public: that there is one, and nothing of who stands. */
export const closedCard = (shown: ElectionFacts, audience: Audience): Card => ({
  title: titleOf(shown),
  audience,
  body: [text('It is restricted: who stands and how it goes is shown to those alone who may see the item.')],
})

/** The card in the board's own place. */
export function placeCard(shown: ElectionFacts, audience: Audience): Card {
  if (shown.election.openness !== 'open') return closedCard(shown, audience)
  const voting = votingNodes(shown)
  return {
    title: titleOf(shown),
    audience,
    body: [
      ...bodyNodes(shown),
      ...voting,
      ...(voting.length > 0 ? [note('Press again to change your ballot: it can be replaced until the close.')] : []),
      ...(mayNominate(shown) && !isClosed(shown)
        ? [buttons(electionPress(shown, 'elections.nominate_form', 'Nominate somebody'))]
        : []),
      ...(shown.election.state === 'tied' && sits(shown) && fallsByLot(shown)
        ? [buttons(electionPress(shown, 'elections.seed_form', 'Give words for the lot'))]
        : []),
    ],
  }
}

/** Whether equal votes wait for the lot, and for nobody's casting vote. */
function fallsByLot(shown: ElectionFacts): boolean {
  const following = followingBallots(shown)
  return following?.kind !== 'lot' || casterOf(shown, following.among) === null
}

/** The card of who presides and of the clerk: the same, and what they can do. */
export const deskCard = (shown: ElectionFacts, may: May, audience: Audience, said?: string): Card => ({
  title: titleOf(shown),
  audience,
  body: [...(said ? [text({ strong: said })] : []), ...bodyNodes(shown), ...controls(shown, may)],
})

function controls(shown: ElectionFacts, { presides, inTheChair }: May): readonly Node[] {
  const { election, readings } = shown
  const press = (command: string, label: string, values?: Readonly<Record<string, string>>) =>
    electionPress(shown, command, label, values)
  if (!presides || isOver(election)) return []
  const round = underWay(election)
  if (round?.state === 'stuck')
    return [
      buttons(
        { ...press('elections.close', 'Open it again'), style: 'primary' },
        { ...press('elections.discard', 'Discard it unopened'), style: 'danger' },
      ),
    ]
  if (!sits(shown))
    return mayNominate(shown) && !isClosed(shown) ? [buttons(press('elections.nominate_form', 'Nominate somebody'))] : []
  if (round)
    return [
      buttons(
        { ...press('elections.close', 'Close the ballot'), style: 'danger' },
        press('elections.discard', 'Stop it uncounted'),
      ),
    ]
  if (election.state === 'tied') return [tiedControls(shown, inTheChair)]
  const { disputed } = candidatesIn(shown)
  const standing = nextCandidates(shown)
  const unopposed = standing.length === 1 && electionRuleOf(shown.terms, election.office).unopposed === 'elected'
  return [
    ...(disputed.length > 0 || (election.reading !== null && election.rounds.length === 0)
      ? [buttons(...readings.map(({ name }) => press('elections.rule', `Eligible: ${name}`, { reading: name })))]
      : []),
    buttons(
      ...(unopposed ? [{ ...press('elections.elect', 'Elected, no other nominations'), style: 'primary' as const }] : []),
      ...(standing.length > 1 || (standing.length === 1 && !unopposed)
        ? [{ ...press('elections.open_form', 'Open the ballot'), style: 'primary' as const }]
        : []),
      ...(mayNominate(shown) ? [press('elections.nominate_form', 'Nominate somebody')] : []),
      press('elections.call_off', 'Call it off'),
    ),
  ]
}

function tiedControls(shown: ElectionFacts, inTheChair: boolean): Node {
  const following = followingBallots(shown)
  const { among, of } = following?.kind === 'lot' ? following : { among: [], of: 'election' as const }
  const off = electionPress(shown, 'elections.call_off', 'Call it off')
  if (!fallsByLot(shown))
    return buttons(
      ...(inTheChair
        ? among.map((candidate) =>
            electionPress(shown, 'elections.casting', `Casting vote: ${named(shown, candidate)} ${OF[of]}`, { candidate }),
          )
        : []),
      off,
    )
  return buttons(
    electionPress(shown, 'elections.seed_form', 'Give words for the lot'),
    { ...electionPress(shown, 'elections.draw', 'Draw the lot'), style: 'primary' },
    off,
  )
}

/** Somebody's own card: whether they accept, and whether they have voted; never how. */
export function ownCard(shown: ElectionFacts, person: string, audience: Audience): Card {
  const { election, roll, seats } = shown
  const round = underWay(election)
  const mine = election.nominations.find(({ nominee }) => nominee.id === person)
  const answers =
    mine && !isOver(election) && round === null
      ? mine.state === 'nominated'
        ? [
            text({ strong: `You are nominated for ${OFFICE_NAMES[election.office]}, by ` }, mention(mine.proposer), '.'),
            buttons(
              { ...electionPress(shown, 'elections.answer', 'I accept', { answer: 'accepted' }), style: 'primary' as const },
              electionPress(shown, 'elections.answer', 'I decline', { answer: 'declined' }),
            ),
          ]
        : mine.state === 'accepted'
          ? [text('You stand.'), buttons(electionPress(shown, 'elections.answer', 'Withdraw', { answer: 'withdrawn' }))]
          : []
      : []
  const votes = round?.state === 'open' ? roll.filter((one) => one.person.id === person) : []
  const voting = votes.flatMap(({ voter, seat }): readonly Node[] => {
    const cast = round?.voted.find((one) => one.voter === voter)
    const body = seats.get(seat)?.body ?? ''
    if (cast && cast.person !== person) return [text({ strong: `${body} has voted, by a colleague of yours.` })]
    return [
      text({ strong: cast ? `The vote of ${body} is in, by you.` : `${body} has not voted.` }),
      ...votingNodes(shown, votes.length > 1 ? { voter } : {}),
      ...(cast ? [note('Press again to replace your ballot: it can be replaced until the close.')] : []),
    ]
  })
  return { title: titleOf(shown), audience, body: [...bodyNodes(shown), ...answers, ...voting] }
}
