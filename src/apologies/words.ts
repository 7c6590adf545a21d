import { Temporal } from 'temporal-polyfill'
import { boardsNamed } from '../boards/naming.js'
import { UNLINKED } from '../boards/part/rules.js'
import type { Reading, Words } from '../kernel/command.js'
import { Refusal } from '../kernel/refusal.js'
import { dayOf } from '../kernel/time.js'
import { meetingsMeant } from './cast/meetings.js'
import {
  type Boards,
  type CastBoard,
  type CastMeeting,
  colleaguesAt,
  dayOfMeeting,
  meetingCalled,
  NO_MEETING_OF_YOURS,
  seatsAt,
} from './cast/rules.js'
import { castOf } from './cast/store.js'
import { letterOf } from './sentence/letter.js'
import type { Body, Instead, Known, Meaning, Mention } from './sentence.js'
import { meaningsOf } from './sentence.js'

/** Every sentence of this feature says one of these; others cost no reading. */
const CONCERNS =
  /\bap+o?l+[oi]?g?\w*(?:s|ies|ise|ize)\b|\bapol\w*|\b(?:sub|subs|subbing|substitut\w*|deput\w*|stand(?:ing)? in|sit(?:ting)? in|cover(?:ing)?|represent\w*|in my place|instead|not me)\b|\b(?:can'?t|cannot|can not|won'?t|will not|shan'?t|unable|able to|not going|isn't|not coming|not attending|unavailable|miss|out)\b|\b(?:come|comes|coming|atten\w*|be there|make it|i can make|count me|ill be|i'll be|will be|taking)\b|\blate\b|\b(?:leave|leaving|dash|shoot off|got to go|must go|have to go|need to go|stay|away|join|expect me)\b|\b(?:in|on|at) (?:court|leave)\b|doesn'?t (?:work|need)|\bno (?:from|for|can|longer)\b|\b(?:regrets|attendance|see you|head(?:ing)? off|pull(?:ing)? out|drop(?:ping)? out|got me|in court)\b|\bdoubt\b/i
/** Clashes of the diary, haste, and a change of mind. */
const CONCERNS_TOO =
  /\b(?:double[- ]?booked(?! in\b)|clash(?:es)?(?! of)|holiday|abroad|conference|joining|arriving|dialling in|logging on|can (?:now )?make|drop(?:ping)? off|be gone|give (?:it|the)\b.* a miss)\b|\b(?:(?:nip|pop|slip|duck) (?:out|off)|(?:to|must|ll) (?:shoot|dash|disappear|get away|drop|run|jump|hop))\b|\bback (?:on|in) (?:for|on)\b/i
/** Who has answered, and whether there will be a quorum. */
const ASKS =
  /^(?:(?:hi|hello|please)[ ,]+)?(?:who|how many)\b.*\b(?:coming|answer\w*|repl(?:y|ied)|respond\w*|heard?|said)\b|\b(?:will|going to)\b.*\bquor|\bquorum (?:for|on)\b/i
/** Sentences of other features begin so. */
const OTHERS =
  /^(?:(?:i'?m |i am )?(?:(?:here|present|online)\b|in the room\b)(?! (?:on|at|until|till|from)\b))|^(?:please )?(?:call|schedule|convene|arrange|move|postpone|bring forward|reschedule|cancel (?:the|our)|appoint|end|remove|import|agree|approve|propose|invite|place|hide|print|draft|add|set|show|roster|agenda|help)\b/i
const ALL_THE_SAME = /[\s,;-]*\ball the same\b[\s.!]*$/i

const CHOOSING: readonly Reading[] = [
  { command: 'apologies.apologise_form', input: { subject: 'apologies' }, label: 'Send apologies', certain: true },
]
/** Said alone it names no meeting, and nobody. */
const CHOOSE = /^(?:please )?send apologies[\s.!]*$/i

/** Reads apologies, who substitutes, who comes and who comes late, for the speaker or for whom they may answer. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  if (CHOOSE.test(sentence)) return CHOOSING
  if (![CONCERNS, CONCERNS_TOO, ASKS].some((form) => form.test(sentence)) || OTHERS.test(sentence)) return []
  const { actor, now, place } = asking
  const cast = await castOf(asking)
  const plain = letterOf(sentence.replace(ALL_THE_SAME, ''), actor.name)
  const here = place.kind === 'direct' ? null : cast.here
  const own = cast.meetings.filter(({ board }) => here === null || board.id === here)
  const boards = [...new Map(own.map(({ board }) => [board.id, board])).values()]
  const { boards: named, rest, named: isNamed } = boardsNamed(plain, boards)
  const zone = boards[0]?.zone ?? 'UTC'
  const meanings = meaningsOf(
    isNamed ? withoutNames(plain, named, rest) : plain,
    { speaker: { id: actor.person, name: actor.name }, ...people(cast) },
    dayOf(now, zone),
  )
  if (meanings.length === 0) return []
  if (place.kind !== 'direct' && cast.here === null) throw new Refusal('not_found', UNLINKED)
  if (own.length === 0) throw new Refusal('not_found', NO_MEETING_OF_YOURS)
  const meetings = own.filter(({ board }) => named.includes(board))
  const today = dayOf(now, zone)
  const speaking = { cast, meetings, speaker: actor.person, today, allTheSame: ALL_THE_SAME.test(sentence) }
  return readings(speaking, meanings)
}

/** "The next KCSP" is the next board meeting. */
function withoutNames(sentence: string, boards: readonly CastBoard[], rest: string): string {
  const names = boards.flatMap(({ name, shortName }) => [name, shortName]).sort((one, other) => other.length - one.length)
  const called = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const said = sentence.replace(
    new RegExp(`\\b(?:${called})(?:'s)?(?: board)?(?: meeting)?(?![\\p{L}\\p{N}])`, 'giu'),
    'board meeting',
  )
  return said === sentence ? rest : said
}

interface Speaking {
  readonly cast: Boards
  /** those that may be meant, soonest first */
  readonly meetings: readonly CastMeeting[]
  readonly speaker: string
  readonly today: Temporal.PlainDate
  readonly allTheSame: boolean
}

function people({ parts }: Boards): { readonly people: readonly Known[]; readonly bodies: readonly Body[] } {
  const known = new Map<string, Known>()
  for (const { id, name, post } of parts) {
    const posts = known.get(id)?.posts ?? []
    known.set(id, { id, name, posts: post === '' ? posts : [...posts, post] })
  }
  const bodies = new Map<string, Body>()
  for (const { body, bodyShort } of parts) if (body !== null) bodies.set(body, { name: body, called: [body, bodyShort ?? body] })
  return { people: [...known.values()], bodies: [...bodies.values()] }
}

/** The readings of every meaning; a refusal stands only where nothing else can be meant. */
function readings(speaking: Speaking, meanings: readonly Meaning[]): readonly Reading[] {
  const refused: Refusal[] = []
  const timely = meanings.map((meaning) => inTime(speaking, meaning))
  const found = timely.flatMap((meaning) => {
    try {
      return readingsOf(speaking, meaning)
    } catch (error) {
      if (error instanceof Refusal) refused.push(error)
      else throw error
      return []
    }
  })
  const [first] = refused
  if (found.length === 0 && first) throw first
  const named = found.filter(({ command }) => command !== 'apologies.answer_form')
  // Of whom it is said that they come is known: nobody need be chosen.
  if (meanings.some(isMereNews) && named.length > 0 && named.length < found.length) return named
  const several = meanings.length > 1 || refused.length > 0
  return found.map((reading) => (several ? { ...reading, certain: false } : reading))
}

const startOf = ({ startsAt, board }: CastMeeting): Temporal.PlainTime => startsAt.toZonedDateTimeISO(board.zone).toPlainTime()

/** A meeting that is going on is of today, on whatever day it began. */
const isOn = (meeting: CastMeeting, today: Temporal.PlainDate): boolean => meeting.begun || dayOfMeeting(meeting).equals(today)

/** "I'll be there at ten" is no lateness at a meeting that begins at ten. */
function inTime(speaking: Speaking, meaning: Meaning): Meaning {
  const { act, amount } = meaning
  if (act !== 'late' || amount === null || !('at' in amount)) return meaning
  const late = meetingsMeant(speaking.meetings, meaning).some(
    (meeting) => Temporal.PlainTime.compare(startOf(meeting), amount.at) < 0,
  )
  return late ? meaning : { ...meaning, act: 'attend', amount: null }
}

function readingsOf(speaking: Speaking, meaning: Meaning): readonly Reading[] {
  const meetings = meetingsMeant(speaking.meetings, meaning)
  const readings = meetings.flatMap((meeting) => {
    switch (meaning.act) {
      case 'coming':
        return [about('apologies.coming', meeting, 'Who is coming')]
      case 'choose':
        return [about('apologies.choose_substitute', meeting, 'Name a substitute')]
      case 'late':
      case 'leave':
        return delayed(speaking, meaning, meeting)
      default:
        return answers(speaking, meaning, meeting)
    }
  })
  const atAnother = meaning.hours.some((hour) => meetings.some((meeting) => !startOf(meeting).equals(hour)))
  // “Running ten minutes late”, said weeks ahead, is of something else, or of a day that was not said.
  const isDelay = meaning.act === 'late' || meaning.act === 'leave'
  const unsaid = isDelay && meaning.whens.length === 0 && !meetings.some((meeting) => isOn(meeting, speaking.today))
  return readings.map((reading) => (meaning.certain && !atAnother && !unsaid ? reading : { ...reading, certain: false }))
}

const about = (command: string, meeting: CastMeeting, label: string, values: object = {}, certain = true): Reading => ({
  command,
  input: { subject: meeting.id, ...values },
  label: `${label}: ${meetingCalled(meeting)}`,
  certain,
})

type Seat = ReturnType<typeof seatsAt>[number]

const isMeant = ({ people: those, body: named }: Mention, { representative, body }: Seat): boolean =>
  named === null ? those.includes(representative.id) : named === body

/** What may be meant of one meeting: for the seats of those whom the sentence names, else the speaker's own. */
function answers(speaking: Speaking, meaning: Meaning, meeting: CastMeeting): readonly Reading[] {
  const { cast, speaker } = speaking
  const seats = seatsAt(cast, meeting, speaker)
  const { whom } = meaning
  if (typeof whom === 'object') {
    const theirs = seats.filter((seat) => isMeant(whom, seat))
    const may = theirs.filter(({ right }) => right !== null)
    if (may.length === 0 && isMereNews(meaning)) return []
    if (theirs.length === 0) throw new Refusal('not_found', noSeat(whom.said, meeting))
    if (may.length === 0) throw new Refusal('not_permitted', notYours(theirs.map(({ representative }) => representative.name)))
    return choices(speaking, meaning, may)
  }
  const own = seats.filter(({ right }) => right === 'own')
  if (whom === 'speaker' && own.length > 0) return choices(speaking, meaning, own)
  const others = seats.filter(({ right }) => right === 'deputy' || right === 'assistant')
  if (whom === 'unsaid' && others.length === 0) throw new Refusal('unclear', WHOSE)
  if (others.length > 0) return doubtful(behalf(speaking, meaning, others))
  if (seats.some(({ right }) => right === 'clerk')) {
    return [about('apologies.answer_form', meeting, 'Answer for somebody', {}, false)]
  }
  throw new Refusal('not_permitted', NOT_A_MEMBER)
}

const doubtful = (readings: readonly Reading[]): readonly Reading[] => readings.map((one) => ({ ...one, certain: false }))

/** Who holds no seat and names nobody may mean whoever they answer for, or a deputy themselves. */
function behalf(speaking: Speaking, meaning: Meaning, others: readonly Seat[]): readonly Reading[] {
  const deputies = others.filter(({ right }) => right === 'deputy')
  if (meaning.act !== 'attend') return choices(speaking, meaning, others)
  if (deputies.length === 0) throw new Refusal('not_permitted', NOT_A_MEMBER)
  return choices(speaking, { ...meaning, act: 'apologise', instead: 'speaker' }, deputies)
}

/** Of whom it is only said that they come is told to nobody who may not answer for them. */
const isMereNews = ({ act, merely }: Meaning): boolean => act === 'attend' && merely

/** A deputy who says only that the representative cannot come may mean to come themselves. */
function choices(speaking: Speaking, meaning: Meaning, seats: readonly Seat[]): readonly Reading[] {
  const readings = seats.flatMap((seat) => {
    const one = answer(speaking, meaning, seat)
    const bare = meaning.act === 'apologise' && isNobody(meaning.instead) && seat.right === 'deputy'
    return bare ? doubtful([answer(speaking, { ...meaning, instead: 'speaker' }, seat), one]) : [one]
  })
  // Of several seats of one's own the command says which they are.
  const own = seats.every(({ right }) => right === 'own')
  return own ? readings.slice(0, 1) : readings
}

function answer({ cast, speaker, allTheSame }: Speaking, meaning: Meaning, seat: Seat): Reading {
  const own = seat.right === 'own'
  const alone = seatsAt(cast, seat.meeting, speaker).filter(({ right }) => right === 'own').length === 1
  const { values, who } = substituteIn(cast, speaker, meaning.instead, seat)
  const whose = own ? (alone ? { seat: seat.seat } : {}) : { seat: seat.seat, for: seat.representative.id }
  const { name } = seat.representative
  if (meaning.act === 'attend') {
    return about('apologies.attend', seat.meeting, own ? "I'll be there" : `${name} will be there`, whose)
  }
  const label = `${own ? 'Send apologies' : `Apologies from ${name}`}${who === null ? '' : `, ${who} will substitute`}`
  return about('apologies.send', seat.meeting, label, { ...whose, ...values, ...(allTheSame ? { allTheSame: 'yes' } : {}) })
}

const isNobody = (instead: Instead): boolean => instead === 'nobody' || instead === 'unsaid'

/** Who substitutes, as the command is told it; of several who may be meant those of the seat. */
function substituteIn(
  cast: Boards,
  speaker: string,
  instead: Instead,
  seat: Seat,
): { readonly values: Readonly<Record<string, string>>; readonly who: string | null } {
  if (instead === 'nobody') return { values: {}, who: null }
  if (instead === 'unsaid') return { values: { unsaid: 'yes' }, who: null }
  if (instead === 'speaker') return { values: { substitute: speaker }, who: 'you' }
  if ('stranger' in instead) return { values: { substituteNamed: instead.stranger }, who: instead.stranger }
  const colleagues = colleaguesAt(cast, seat)
  const fitting = instead.people.filter((id) => colleagues.has(id))
  const [one = instead.people[0], another] = fitting
  if (one === undefined || another !== undefined) return { values: { substituteNamed: instead.said }, who: instead.said }
  return { values: { substitute: one }, who: cast.parts.find(({ id }) => id === one)?.name ?? instead.said }
}

const WHOSE = 'Say for whom, by name, as in “apologies from Daniel Okafor”.'
const NOT_A_MEMBER = 'You hold no seat there, and answer for nobody who does. Ask who named you, or the clerk.'

const noSeat = (said: string, meeting: CastMeeting): string =>
  `${said.replace(/^(?:the|our) /i, 'The ')} holds no seat at ${meetingCalled(meeting)}, so there is nothing to answer for them. A substitute who cannot come tells who named them, or the clerk.`

const notYours = (names: readonly string[]): string =>
  `That is not yours to say: ${names.join(' or ')}, their deputy, their assistant or the clerk answers for that seat. Ask one of them.`

const DELAYS = { late: 'Coming late', leave: 'Leaving early' } as const

/** Who comes late or leaves early, and when; who does not say when is asked. */
function delayed({ cast, speaker }: Speaking, { act, whom, amount }: Meaning, meeting: CastMeeting): readonly Reading[] {
  if (act !== 'late' && act !== 'leave') return []
  if (whom === 'unsaid') throw new Refusal('unclear', WHOSE)
  const hour = amount === null ? null : clock('at' in amount ? amount.at : startOf(meeting).add({ minutes: amount.minutes }))
  const said = { kind: act === 'late' ? 'late' : 'leaves', ...(hour === null ? {} : { hour }) }
  const command = hour === null ? 'attendance.expect_form' : 'attendance.expect'
  const label = `${DELAYS[act]}${hour === null ? '' : `, at ${hour}`}`
  if (whom === 'speaker') return [about(command, meeting, label, said)]
  const theirs = seatsAt(cast, meeting, speaker).filter((seat) => isMeant(whom, seat))
  if (theirs.length === 0) throw new Refusal('not_found', noSeat(whom.said, meeting))
  const may = theirs.filter(({ right }) => right !== null)
  if (may.length === 0) throw new Refusal('not_permitted', notYours(theirs.map(({ representative }) => representative.name)))
  const people = new Map(may.map(({ representative: { id, name } }) => [id, name]))
  return [...people].map(([id, name]) => about(command, meeting, `${label}: ${name}`, { ...said, person: id }))
}

const clock = (time: Temporal.PlainTime): string => time.toString({ smallestUnit: 'minute' })
