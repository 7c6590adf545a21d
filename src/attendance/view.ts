import type { Temporal } from 'temporal-polyfill'
import { mention } from '../apologies/view.js'
import { countedStanding, type Figure } from '../boards/quorum.js'
import type { Terms } from '../boards/terms.js'
import { basisNotes } from '../boards/view.js'
import { dayInWords, dayOf, hourInWords } from '../kernel/time.js'
import { type Button, type Node, note, progress, type Text } from '../kernel/view.js'
import { type Meeting, meetingDay } from '../meetings/rules.js'
import { type Count, closedAt, type Entry, type Presiding, type State, type Verdict } from './ledger.js'
import type { Listed, Lists, Room } from './room.js'
import type { List, Mode } from './rules.js'

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

/** "10:05"; of another day than that on which the meeting sits or was closed, "17 December, 10:05". */
export function hourAt({ facts, now }: Pick<Room, 'facts' | 'now'>, at: Temporal.Instant): string {
  const { zone } = facts
  const day = dayOf(at, zone)
  const hour = hourInWords(at, zone)
  return day.equals(dayOf(closedAt(facts.sittings) ?? now, zone))
    ? hour
    : `${dayInWords(day).split(' ').slice(1, 3).join(' ')}, ${hour}`
}

const enough = ({ represented, required }: Figure): boolean => represented >= required

/** "5 responsible authorities are represented, and 4 are needed" */
function figureInWords(terms: Terms, figure: Figure): string {
  const { name, plural } = countedStanding(terms)
  const { represented, required, conditions } = figure
  const unit = terms.quorum.countedBy === 'organisation' || terms.quorum.countedBy === 'seat' ? 'represented' : 'present'
  const number = `${represented} ${represented === 1 ? `${name} is` : `${plural} are`} ${unit}, and ${required} ${required === 1 ? 'is' : 'are'} needed`
  const unmet = conditions.filter(({ met }) => !met).map(({ words }) => words)
  return enough(figure) && unmet.length > 0 ? `${number}; still missing: ${unmet.join(', and ')}` : number
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
    ...(count.ruled ? [note(`It is counted ${count.ruled}, as the person presiding has ruled.`)] : []),
    ...basisNotes(terms.quorum),
  ]
}

const AS: Readonly<Record<Presiding['as'], string>> = {
  chair: 'Chair',
  'co-chair': 'Co-Chair',
  'vice-chair': 'Vice-Chair',
  chosen: 'chosen by those present',
}

export const presidingInWords = (presiding: Presiding | null): Text =>
  presiding
    ? [mention(presiding.person), ` (${AS[presiding.as]})`]
    : ['nobody yet: failing chair and vice-chair those present choose one of them (“NAME presides”)']

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

export const titleOf = (room: Room, state: State): string =>
  `${room.meeting.board.shortName}, ${meetingDay(room.meeting)}: ${STATES[state]}`

/** What it means that a meeting waits, is adjourned or goes on informally. */
export function stateNodes(room: Room, { state, verdict }: Entry): readonly Node[] {
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
          'It goes on informally: what is agreed is a recommendation for a later meeting to ratify. What was decided before stands.',
        ),
      ]
    case 'adjourned':
      return [note(until ? `It is adjourned ${until}.` : 'It is adjourned.')]
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

export const whoIsHere = (meeting: Meeting): Button => pressOf(meeting, 'attendance.here', 'Who is here')

/** What somebody may do in the room. */
export interface May {
  /** keeps the attendance */
  readonly clerk: boolean
  /** says what becomes of the meeting */
  readonly presides: boolean
  /** knows of every item, those among them that are not on the public agenda */
  readonly sees: boolean
}
