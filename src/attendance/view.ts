import type { Temporal } from 'temporal-polyfill'
import { inTwoSeats } from '../apologies/rules.js'
import { cancelledCard, mention } from '../apologies/view.js'
import { countedStanding, type Figure } from '../boards/quorum.js'
import type { Terms } from '../boards/terms.js'
import { basisNotes } from '../boards/view.js'
import type { Audience } from '../kernel/audience.js'
import { hourInWords } from '../kernel/time.js'
import {
  type Button,
  buttons,
  type Card,
  facts,
  heading,
  type Node,
  note,
  progress,
  type Text,
  table,
  text,
} from '../kernel/view.js'
import { type Meeting, meetingDay, meetingTime } from '../meetings/rules.js'
import { type Count, closedAt, type Entry, entryAt, type Presiding, ruleAt, type State, thereAt, type Verdict } from './ledger.js'
import { expectedPeople, isOpen, type Listed, type Lists, listsOf, type Room, sitsOf } from './room.js'
import type { List, Mode, Spell } from './rules.js'
import { toTheYear } from './year/view.js'

export const MODES: Readonly<Record<Mode, string>> = { room: 'in the room', online: 'online' }

/** What the sitting is called in a title. */
const STATES: Readonly<Record<State, string>> = {
  'not open': 'not open yet',
  'in session': 'in session',
  waiting: 'waiting for a quorum',
  informal: 'going on informally',
  adjourned: 'adjourned',
  closed: 'closed',
}

export const hourAt = ({ meeting }: Pick<Room, 'meeting'>, at: Temporal.Instant): string => hourInWords(at, meeting.board.zone)

const enough = ({ represented, required }: Figure): boolean => represented >= required

/** "5 responsible authorities are represented, and 4 are needed" */
function figureInWords(terms: Terms, figure: Figure): string {
  const { name, plural } = countedStanding(terms)
  const { represented, required, conditions } = figure
  const unit = terms.quorum.countedBy === 'organisation' || terms.quorum.countedBy === 'seat' ? 'represented' : 'present'
  const number = `${represented} ${represented === 1 ? `${name} is` : `${plural} are`} ${unit}, and ${required} ${required === 1 ? 'is' : 'are'} needed`
  const unmet = conditions.filter(({ met }) => !met).map(({ words }) => words)
  return enough(figure) && unmet.length > 0 ? `${number}; missing is ${unmet.join(', and ')}` : number
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  quorate: 'Quorate',
  inquorate: 'Not quorate',
  disputed: 'Quorate by one reading and not by another',
}

/** Whether it is quorate, in one sentence. */
export function countInWords(terms: Terms, { figures, verdict }: Count): string {
  const [first] = figures
  if (!first) return ''
  if (verdict !== 'disputed') {
    const telling = figures.find(({ quorate }) => quorate === (verdict === 'quorate')) ?? first
    return `${VERDICTS[verdict]}: ${figureInWords(terms, telling)}.`
  }
  const each = figures.map((figure) => `${figure.reading}, ${figure.represented} of the ${figure.required} needed`)
  return `${VERDICTS.disputed}: ${each.join('; ')}. The person presiding rules which of them counts.`
}

/** The count now: the bar, every reading, and the clause. */
export function countNodes(terms: Terms, count: Count): readonly Node[] {
  const { figures } = count
  const [first, ...others] = figures
  if (!first) return []
  const least = Math.min(...figures.map(({ represented, required }) => Math.min(represented, required)))
  const readings = figures.map(({ reading, represented, of }) => `${represented} of ${of} ${reading}`)
  return [
    progress(least, first.required, countInWords(terms, count)),
    ...(others.length > 0 ? [note(`Counted both ways: ${readings.join('; ')}.`)] : []),
    ...basisNotes(terms.quorum),
  ]
}

const AS: Readonly<Record<Presiding['as'], string>> = {
  chair: 'Chair',
  'co-chair': 'Co-Chair',
  'vice-chair': 'Vice-Chair',
  chosen: 'chosen by those present',
}

const presidingInWords = (presiding: Presiding | null): Text =>
  presiding
    ? [mention(presiding.person), ` (${AS[presiding.as]})`]
    : ['nobody: those present choose one of them, and the clerk says “NAME presides”']

/** Of whom their spells say that they are there. */
const spellOf = (there: readonly Spell[], person: string): Spell | null =>
  there.find((spell) => spell.person.id === person) ?? null

export const pressOf = (
  meeting: Meeting,
  command: string,
  label: string,
  values: Readonly<Record<string, string>> = {},
): Button => ({
  command,
  subject: meeting.id,
  label,
  spoken: `${label}: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
  ...(Object.keys(values).length > 0 ? { values } : {}),
})

const arriving = (meeting: Meeting): readonly Button[] => [
  { ...pressOf(meeting, 'attendance.arrive', "I'm in the room", { mode: 'room' }), style: 'primary' },
  pressOf(meeting, 'attendance.arrive', "I'm online", { mode: 'online' }),
]

const leaving = (meeting: Meeting, mode: Mode): readonly Button[] => [
  pressOf(meeting, 'attendance.leave', "I'm leaving"),
  mode === 'room'
    ? pressOf(meeting, 'attendance.arrive', 'I have gone online', { mode: 'online' })
    : pressOf(meeting, 'attendance.arrive', 'I have come into the room', { mode: 'room' }),
]

const whoIsHere = (meeting: Meeting): Button => pressOf(meeting, 'attendance.here', 'Who is here')

const titleOf = (room: Room, state: State): string =>
  `${room.meeting.board.shortName}, ${meetingDay(room.meeting)}: ${STATES[state]}`

/** Somebody's own card: where they are marked, and how to say otherwise. */
export function ownCard(room: Room, person: string, audience: Audience): Card {
  const { meeting, facts: all, now } = room
  if (meeting.cancelled) return cancelledCard(meeting, audience)
  const entry = entryAt(all, now, now)
  const spell = spellOf(thereAt(all, now, now), person)
  const sits = sitsOf(room, person).flatMap(({ seat }) => room.seats.find(({ id }) => id === seat)?.organisation.name ?? [])
  return {
    title: titleOf(room, entry.state),
    audience,
    body: [
      facts(
        ['Where', [meeting.venue]],
        ...(meeting.link ? [['Join', [meeting.link]] as const] : []),
        ...(sits.length > 0 ? [['You sit for', [[...new Set(sits)].join(', ')]] as const] : []),
      ),
      text(...ownState(room, person, spell)),
      ...(isOpen(room) ? [buttons(...(spell ? leaving(meeting, spell.mode) : arriving(meeting)), whoIsHere(meeting))] : []),
    ],
  }
}

function ownState(room: Room, person: string, spell: Spell | null): Text {
  const closed = closedAt(room.facts.sittings)
  if (closed) return [`The meeting was closed at ${hourAt(room, closed)}. Thank you.`]
  if (spell?.until) return [`Your connection dropped at ${hourAt(room, spell.until)}. Say when you are back.`]
  if (spell) return [{ strong: `You are ${MODES[spell.mode]}` }, `, since ${hourAt(room, spell.from)}.`]
  const last = room.facts.spells.findLast((one) => one.person.id === person)
  if (last?.until) return [`You left at ${hourAt(room, last.until)}.`]
  const late = room.expected.find((one) => one.person.id === person && one.kind === 'late')
  if (late?.at) return [`You have said that you will come at ${hourAt(room, late.at)}. Press when you are there.`]
  return ['The meeting is open. Press when you are there.']
}

/** The card in the board's own place: figures and bodies, no names. */
export function roomCard(room: Room, audience: Audience): Card {
  const { meeting, facts: all, now } = room
  if (meeting.cancelled) return cancelledCard(meeting, audience)
  const entry = entryAt(all, now, now)
  const there = thereAt(all, now, now)
  const bodies = room.seats
    .filter(({ id }) => there.some(({ seat }) => seat === id))
    .map(({ organisation }) => organisation.shortName)
  const open = isOpen(room)
  return {
    title: titleOf(room, entry.state),
    audience,
    body: [
      ...(open ? countNodes(ruleAt(all, now).terms, entry) : []),
      facts(
        ...(open ? [['Presiding', presidingInWords(entry.presiding)] as const] : []),
        ['Represented', [bodies.length > 0 ? [...new Set(bodies)].join(', ') : 'nobody yet']],
        ['People', [String(new Set(there.map(({ person }) => person.id)).size)]],
      ),
      ...stateNodes(room, entry),
      ...(open ? [buttons(...arriving(meeting), pressOf(meeting, 'attendance.leave', "I'm leaving"), whoIsHere(meeting))] : []),
    ],
  }
}

/** What it means that a meeting waits, is adjourned or goes on informally. */
function stateNodes(room: Room, { state, verdict }: Entry): readonly Node[] {
  const { sittings } = room.facts
  const until = sittings.findLast(({ act }) => act === 'adjourned')?.words
  switch (state) {
    case 'waiting':
      return [
        note(
          verdict === 'quorate'
            ? 'The quorum that it waits for is there: the person presiding goes on with the meeting.'
            : 'It waits for a quorum. Nothing is decided meanwhile.',
        ),
      ]
    case 'informal':
      return [
        note(
          'It goes on without a quorum: what is agreed is a recommendation for a later meeting to ratify. What was decided before stands.',
        ),
      ]
    case 'adjourned':
      return [note(until ? `It is adjourned until ${until}.` : 'It is adjourned.')]
    case 'not open':
    case 'in session':
    case 'closed':
      return []
    default:
      return state satisfies never
  }
}

const LISTS: Readonly<Record<List, string>> = {
  present: 'PRESENT',
  'also present': 'ALSO PRESENT',
  'in attendance': 'IN ATTENDANCE',
}

const listedInWords = ({ person, notes }: Listed): string => `${person.name}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`

/** The lists as the notes print them: "PRESENT: Cllr Margaret Ashdown (Chair), …"; those that are empty are left out. */
export const listsInWords = (lists: Lists): readonly string[] =>
  (Object.keys(LISTS) as List[]).flatMap((list) =>
    lists[list].length > 0 ? [`${LISTS[list]}: ${lists[list].map(listedInWords).join(', ')}.`] : [],
  )

/** What a row of the table says of somebody. */
function whereabouts(room: Room, spell: Spell): string {
  const since = `${MODES[spell.mode]} since ${hourAt(room, spell.from)}`
  if (!spell.until) return since
  return spell.dropped
    ? `connection dropped at ${hourAt(room, spell.until)}; still counted`
    : `left at ${hourAt(room, spell.until)}`
}

const sitsAs = (room: Room, { seat, capacity, for: whom }: Spell): Text => {
  const body = room.seats.find(({ id }) => id === seat)?.organisation.name
  if (capacity === 'substitute' || capacity === 'deputy')
    return [`${body ?? ''}, ${capacity === 'substitute' ? 'substitute' : 'deputy'}`, ...(whom ? [' for ', mention(whom)] : [])]
  return [body ?? (capacity === 'invited' ? 'invited' : 'in attendance')]
}

interface May {
  /** keeps the attendance */
  readonly clerk: boolean
  /** says what becomes of the meeting */
  readonly presides: boolean
}

/** Who is here, by name, with the quorum; for the clerk and who presides with what they may do. */
export function hereCard(room: Room, may: May, audience: Audience): Card {
  const { facts: all, now } = room
  const entry = entryAt(all, now, now)
  const there = thereAt(all, now, now)
  const closed = entry.state === 'closed'
  const { terms } = ruleAt(all, now)
  return {
    title: titleOf(room, entry.state),
    audience,
    body: [
      ...(closed || entry.state === 'not open' ? [] : countNodes(terms, entry)),
      ...entry.items.map((item) => note(`Without those who have withdrawn for an item: ${countInWords(terms, item)}`)),
      ...(closed ? [] : [facts(['Presiding', presidingInWords(entry.presiding)])]),
      ...stateNodes(room, entry),
      ...(closed
        ? listsInWords(listsOf(room)).map((line) => text(line))
        : there.length > 0
          ? [
              table(
                ['Who', 'For', 'Where'],
                there.map((spell) => [[mention(spell.person)], sitsAs(room, spell), [whereabouts(room, spell)]]),
              ),
            ]
          : [text('Nobody is marked yet.')]),
      ...twoHats(room, there),
      ...(closed ? [] : missingNodes(room, there)),
      ...(may.clerk || may.presides ? controls(room, entry, may) : []),
      ...(closed ? toTheYear(room, may.clerk, audience) : []),
    ],
  }
}

const twoHats = (room: Room, there: readonly Spell[]): readonly Node[] =>
  inTwoSeats(
    room.seats.map((seat) => {
      const voice = there.find((spell) => spell.seat === seat.id)
      return { ...seat, representative: voice?.person ?? null, answer: voice ? HERE : null }
    }),
  ).map(({ who, bodies }) =>
    note(
      mention(who),
      ` sits for ${[...new Set(bodies)].join(' and ')}: both are counted, unless the person presiding rules otherwise.`,
    ),
  )

const HERE = { version: 1, attending: true, substitute: null, by: { id: '', name: '' }, late: false }

/** Who has not come: those who said that they will be late, those who were expected, and whose apologies there are. */
function missingNodes(room: Room, there: readonly Spell[]): readonly Node[] {
  const away = room.seats.filter(({ id, representative }) => representative && !there.some(({ seat }) => seat === id))
  if (away.length === 0) return []
  const lines = away.map(({ organisation, representative, answer }): Text => {
    const who = representative ? mention(representative) : ''
    const late = room.expected.find(({ person, kind }) => kind === 'late' && person.id === representative?.id)
    if (late) return [who, `, ${organisation.shortName}: late${late.at ? `, expected at ${hourAt(room, late.at)}` : ''}`]
    if (answer && !answer.attending)
      return [
        who,
        `, ${organisation.shortName}: apologies${answer.late ? ' (late)' : ''}`,
        ...(answer.substitute ? ['; ', mention(answer.substitute), ' substitutes and is not here yet'] : []),
      ]
    return [who, `, ${organisation.shortName}${answer ? ': said that they will come' : ''}`]
  })
  return [heading('Not here'), { node: 'list', items: lines }]
}

/** What the clerk and the person presiding may do now. */
function controls(room: Room, { state, verdict, figures }: Entry, { clerk }: May): readonly Node[] {
  const { meeting } = room
  const press = (command: string, label: string, values?: Readonly<Record<string, string>>) =>
    pressOf(meeting, command, label, values)
  const proceed = (how: string, label: string) => press('attendance.proceed', label, { how })
  const open = !['not open', 'closed'].includes(state)
  const keeps = clerk
    ? [
        ...(open ? [press('attendance.table_form', 'Mark the table'), press('attendance.mark_form', 'Mark somebody')] : []),
        ...(state === 'not open' ? [press('attendance.open', 'Open the meeting')] : []),
        ...(room.facts.spells.length > 0 ? [press('attendance.correct_form', 'Correct the attendance')] : []),
      ]
    : []
  const says = [
    ...(verdict === 'disputed' && open
      ? figures.map(({ reading }) => press('attendance.count_by', `Count ${reading}`, { reading }))
      : []),
    ...(verdict !== 'quorate' && ['in session', 'informal'].includes(state) ? [proceed('waits', 'Wait for a quorum')] : []),
    ...(verdict !== 'quorate' && ['in session', 'waiting'].includes(state) ? [proceed('informal', 'Go on informally')] : []),
    ...(['waiting', 'informal', 'adjourned'].includes(state) ? [proceed('resumed', 'Go on with the meeting')] : []),
    ...(open && state !== 'adjourned' ? [proceed('adjourned', 'Adjourn')] : []),
    ...(open ? [{ ...press('attendance.close', 'Close the meeting'), style: 'danger' as const }] : []),
  ]
  const seen =
    state === 'not open'
      ? []
      : [press('attendance.interests', 'Interests'), press('attendance.print', 'Attendance and quorum, to print')]
  return [
    ...(keeps.length > 0 ? [buttons(...keeps)] : []),
    ...(says.length > 0 ? [buttons(...says)] : []),
    ...(seen.length > 0 ? [buttons(...seen)] : []),
  ]
}

/** Whether a meeting is quorate, by which clause, and whom it counts. */
export function quorumCard(room: Room, may: May, audience: Audience): Card {
  const entry = entryAt(room.facts, room.now, room.now)
  const { terms } = ruleAt(room.facts, room.now)
  const open = isOpen(room)
  return {
    title: `The quorum of ${room.meeting.board.shortName}, ${meetingTime(room.meeting)}`,
    audience,
    body: open
      ? [
          ...countNodes(terms, entry),
          ...entry.items.map((item) => note(`Without those who have withdrawn for an item: ${countInWords(terms, item)}`)),
          ...stateNodes(room, entry),
          buttons(whoIsHere(room.meeting)),
          ...(may.presides ? controls(room, entry, { ...may, clerk: false }) : []),
        ]
      : [
          text(
            entry.state === 'closed' ? 'The meeting is closed.' : 'The meeting is not open yet: nobody is counted before that.',
          ),
          buttons(
            entry.state === 'closed'
              ? pressOf(room.meeting, 'attendance.print', 'Attendance and quorum, to print')
              : pressOf(room.meeting, 'apologies.coming', 'Who is coming'),
          ),
        ],
  }
}

/** How many of those who may be there are not marked. */
export const unmarked = (room: Room, there: readonly Spell[]): number =>
  expectedPeople(room).filter(({ id }) => !there.some(({ person }) => person.id === id)).length

/** What clerk and chair are told when the quorum is lost or regained. */
export function quorumChanged(
  room: Room,
  written: { readonly at: Temporal.Instant; readonly state: State } & Count & Pick<Entry, 'items'>,
  before: Verdict | null,
  terms: Terms,
  may: May,
  audience: Audience,
): Card {
  const { verdict, items, at } = written
  const short = items.filter((item) => item.verdict !== 'quorate')
  const title =
    verdict === 'quorate'
      ? short.length > 0
        ? 'No quorum for an item'
        : before === 'quorate'
          ? 'The quorum for the item is back'
          : 'The meeting is quorate'
      : verdict === 'disputed'
        ? 'The quorum depends on the reading'
        : before === 'inquorate' || before === null
          ? 'The meeting is not quorate'
          : 'The quorum is lost'
  const told = short[0] && verdict === 'quorate' ? short[0] : written
  return {
    title: `${title}: ${room.meeting.board.shortName}, ${hourAt(room, at)}`,
    audience,
    body: [
      text(countInWords(terms, told)),
      ...basisNotes(terms.quorum),
      ...(verdict === 'quorate'
        ? []
        : [
            note(
              'Until it is back the meeting waits, adjourns, or goes on informally, as the person presiding says. What was decided before stands.',
            ),
          ]),
      buttons(whoIsHere(room.meeting)),
      ...(may.presides ? controls(room, { ...written, presiding: null, termsId: '' }, { ...may, clerk: false }) : []),
    ],
  }
}
