import { numberOf } from '../agenda/rules.js'
import { findAgenda } from '../agenda/store.js'
import { boardsMeant } from '../boards/part/store.js'
import { namedAs } from '../boards/rules.js'
import { colleaguesOn, type Ruled } from '../boards/store.js'
import type { Asking, Reading, Words } from '../kernel/command.js'
import { hoursIn, without } from '../kernel/said-time.js'
import { folded } from '../kernel/sentence.js'
import { type Called, isOnline, meetingDay } from '../meetings/rules.js'
import { inHand } from './store.js'

const BEFORE =
  /^(?:(?:hi|hello|good morning|good afternoon|morning|afternoon|please|ok|okay|right|quorate|sorry|can you|could you|i want to|i would like to|i'd like to|let's|let us|now)\b[\s,.!:-]*)+/i
const AFTER = /[\s,.!-]*(?:\b(?:many thanks|thanks|thank you|please|cheers|everyone|all|everybody|now|sorry)\b[\s,.!-]*)+$/i
const ALL_THE_SAME = /[\s,;-]*\ball the same\b[\s.!]*$/i

/** Every sentence of this feature holds one of these; others cost no reading. */
const CONCERNS =
  /\b(?:who|here|present|arrived|online|room|joined|joining|call|dialled|teams|back|leaving|left|off|go|going|went|connection|cut|dropped|quorum|quorate|attendance|open|start|begin|close|end|adjourn|adjourned|wait|waits|informally|resume|continue|chair|presides|presiding|preside|count|mark|correct|interests?|withdraw|return)\b/i
/** Whoever says this speaks of whether somebody comes, and not of the room. */
const ELSEWHERE = /\b(?:apol\w*|substitut\w*|can'?t|cannot|won'?t|unable)\b/i

const MEETING = "(?:the |our |this |today's )?(?:board |partnership )?meeting"
const I = "(?:i am|i'm|im|i have|i've|ive|we are|we're|i|just|have|am)"
const STILL = '(?: now| just now| again| at last)?'

/** What somebody says of themselves, or of the meeting: the whole sentence. */
const SAID: readonly (readonly [form: RegExp, command: string, label: string, values?: Readonly<Record<string, string>>])[] = [
  [/^(?:open|start|begin) (?:up )?(?:the |our |today's )?(?:board )?(?:meeting)$/, 'attendance.open', 'Open the meeting'],
  [
    /^(?:(?:i )?(?:close|end) (?:the |our |today's )?(?:board )?meeting|meeting closed|the meeting is closed)$/,
    'attendance.close',
    'Close the meeting',
  ],
  [
    /^(?:(?:we |to )?(?:wait|waits|will wait)|the meeting waits)(?: for (?:a |the )?quorum)?$/,
    'attendance.proceed',
    'Wait for a quorum',
    { how: 'waits' },
  ],
  [
    /^(?:we )?(?:go on|carry on|continue|proceed|will go on|will continue) informally$/,
    'attendance.proceed',
    'Go on informally',
    { how: 'informal' },
  ],
  [
    /^(?:we )?(?:resume|reconvene|continue|go on with|carry on with)(?: with)?(?: the| our)? ?meeting$|^(?:we )?(?:resume|reconvene)$/,
    'attendance.proceed',
    'Go on with the meeting',
    { how: 'resumed' },
  ],
  [
    /^(?:i|i'll|i will|i'm|i am) (?:take|taking|now take) the chair$|^i (?:preside|am presiding|will preside)$|^i'm presiding$/,
    'attendance.preside',
    'Take the chair',
    { person: 'speaker' },
  ],
  [
    /^the chair (?:resumes|is back in the chair|presides|takes the chair(?: again)?)$/,
    'attendance.preside',
    'The chair presides',
  ],
  [
    /^(?:who(?:'s| is| are| was) (?:here|there|present|in the room|online|in attendance|at the meeting)|who(?:'s| has| have) (?:arrived|come|joined|turned up)|(?:show )?(?:the )?attendance(?: so far)?|(?:the )?attendance list)$/,
    'attendance.here',
    'Who is here',
  ],
  [
    /^(?:are we (?:still )?quorate(?: yet)?|is (?:it|the meeting) (?:still )?quorate(?: yet)?|do we (?:still )?have (?:a |the )?quorum(?: yet)?|is there (?:still )?a quorum(?: yet)?|have we (?:got )?a quorum(?: yet)?|(?:the |what is the |what's the |show the )?quorum|how many (?:more )?do we need(?: for (?:a |the )?quorum)?)$/,
    'attendance.quorum',
    'The quorum',
  ],
  [
    /^(?:print|show)?(?: me)? ?(?:the )?(?:attendance record|record of (?:the )?attendance|quorum ledger|ledger|attendance and (?:the )?quorum|attendance list to print)$|^print (?:the )?attendance$/,
    'attendance.print',
    'Attendance and quorum',
  ],
  [/^mark (?:the (?:whole )?table|attendance|everyone|everybody|the attendance)$/, 'attendance.table_form', 'Mark the table'],
  [/^mark (?:somebody|someone)$/, 'attendance.mark_form', 'Mark somebody'],
  [/^correct (?:the )?attendance$/, 'attendance.correct_form', 'Correct the attendance'],
  [
    /^(?:show )?(?:the )?(?:declarations of interests?|interests|declared interests)$/,
    'attendance.interests',
    'Declarations of interest',
  ],
  [
    /^(?:i )?(?:want to |wish to |have to |must )?declare an interest$|^i have an interest(?: to declare)?$/,
    'attendance.declare_form',
    'Declare an interest',
  ],
  [
    /^(?:there (?:are|were) )?no (?:declarations? of interests?|interests(?: (?:were )?declared)?)(?: (?:were|was) (?:made|received|declared))?$/,
    'attendance.no_interests',
    'No declarations of interest',
  ],
]

const ROOM = new RegExp(
  `^(?:${I} )*(?:here|present)? ?(?:in|in the|at the) (?:the )?(?:meeting |council |committee )?(?:room|chamber)${STILL}$`,
)
const ONLINE = new RegExp(
  `^(?:${I} )*(?:here |present )?(?:online|joined (?:you )?(?:online|the call|on teams|by teams|via teams|remotely)|joining (?:you )?(?:online|remotely)|on the call|on (?:the )?teams(?: call)?|dialled in|attending (?:online|remotely))${STILL}$`,
)
const HERE = new RegExp(`^(?:${I} )*(?:here|present|arrived|joined|joined you|in the meeting)${STILL}$`)
const BACK = new RegExp(`^(?:${I} )*back(?: (?:in|online|in the (?:room|meeting|call)|on the call|with you))?${STILL}$`)
const LEFT = new RegExp(
  `^(?:(?:${I} )*(?:leaving|off|left|going|gone)|(?:i )?(?:have to|must|need to|will have to|got to|have got to|'ve got to|ve got to) (?:go|leave|dash|drop off|shoot off|head off))(?: (?:the meeting|you|the call|the room))?${STILL}$`,
)
const DROPPED =
  /^(?:my (?:connection|line|internet|wifi|wi-fi|teams|call) (?:has )?(?:dropped|cut out|failed|went|gone down|went down|froze)|i (?:lost (?:my |the )?connection|was cut off|got cut off|dropped off(?: the call)?|dropped out)|lost (?:my |the )?connection)$/

const TITLE = '(?:Cllr|Dr|Mr|Mrs|Ms|Miss|Prof|Supt|Insp|DCI|DI|PC|ACC|Ch Insp|Rev)\\.?'
const NAME = `(?:${TITLE} )?\\p{L}[\\p{L}'’-]*(?: \\p{L}[\\p{L}'’-]*){0,3}`
const NAMES = `(?<names>${NAME}(?:(?:,| and|, and| &) ${NAME}){0,9})`
/** What is said of others, by the clerk: each with who it is about. */
const OTHERS: readonly (readonly [form: RegExp, how: string, label: string])[] = [
  [
    new RegExp(
      `^${NAMES} (?:is|are) (?:here|present|in|in the room|there)(?: (?:for|in place of|instead of|substituting for) (?<whom>.+))?$`,
      'iu',
    ),
    'here',
    'Mark as here',
  ],
  [
    new RegExp(`^${NAMES} (?:has |have |just )*(?:arrived|come|come in|turned up|joined|joined us)$`, 'iu'),
    'here',
    'Mark as here',
  ],
  [new RegExp(`^${NAMES} (?:is|are) (?:back|with us again)$`, 'iu'), 'back', 'Mark as back'],
  [new RegExp(`^${NAMES} (?:has |have )?(?:returned|come back)$`, 'iu'), 'back', 'Mark as back'],
  [
    new RegExp(
      `^${NAMES} (?:(?:is|are) (?:here |present )?(?:online|on the call|on teams)|(?:has |have |just )*joined (?:online|the call|on teams|remotely))(?: for (?<whom>.+))?$`,
      'iu',
    ),
    'online',
    'Mark as online',
  ],
  [
    new RegExp(`^${NAMES} (?:has |have |just )*(?:left|gone|gone home)(?: (?:the meeting|the room|the call|us))?$`, 'iu'),
    'left',
    'Mark as left',
  ],
  [new RegExp(`^${NAMES} (?:is|are) (?:leaving|off)$`, 'iu'), 'left', 'Mark as left'],
  [
    new RegExp(
      `^${NAMES}(?:'s)? (?:connection (?:has )?dropped|(?:has |have )?(?:dropped off|dropped out|lost connection|been cut off)|was cut off)$`,
      'iu',
    ),
    'dropped',
    'Mark as dropped',
  ],
  [new RegExp(`^mark ${NAMES} (?:as )?(?:here|present|in|in the room)$`, 'iu'), 'room', 'Mark as here'],
  [new RegExp(`^mark ${NAMES} (?:as )?online$`, 'iu'), 'online', 'Mark as online'],
  [new RegExp(`^mark ${NAMES} (?:as )?(?:left|gone|away)$`, 'iu'), 'left', 'Mark as left'],
]
const PRESIDES = new RegExp(
  `^(?<names>${NAME}) (?:takes the chair|will take the chair|presides|is presiding|will preside|is in the chair|chairs|will chair|is chairing)$`,
  'iu',
)
const ADJOURN =
  /^(?:we |i )?(?:adjourn|are adjourned|the meeting is adjourned|is adjourned)(?: the meeting)?(?: (?:until|till|to|for) (?<until>.{1,60}))?$/i
const COUNT = /^(?:count|we count|rule that we count) (?:the quorum )?(?<reading>(?:as|by) .{3,80})$/i
const DECLARE =
  /^(?:i )?(?:want to |wish to |must |have to )?(?:declare|have) an interest in (?:item )?(?<item>[a-w]\d{1,2})(?:\s*[:,;-]\s*(?<nature>.{3,500}))?$/i
const WITHDRAW = /^(?:i )?(?:withdraw|am withdrawing|will withdraw now)(?: now)? (?:for|from) (?:item )?(?<item>[a-w]\d{1,2})$/i
const RETURN = /^(?:i )?(?:return|am back|am returning|have returned) (?:for|to|after|from) (?:item )?(?<item>[a-w]\d{1,2})$/i

/** Reads who comes and goes, the quorum, and what becomes of a meeting. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const allTheSame = ALL_THE_SAME.test(sentence)
  const asked = /\?\s*$/.test(sentence)
  const said = sentence
    .replace(ALL_THE_SAME, '')
    .replace(/[\s.!?]+$/, '')
    .replace(AFTER, '')
    .replace(BEFORE, '')
  if (said.length > 600 || !CONCERNS.test(said) || ELSEWHERE.test(said)) return []
  const { boards, rest } = await boardsMeant(asking, said, OWN_WORDS)
  const plain = rest.replace(new RegExp(`^(.*?) (?:of|at|for|in|to) ${MEETING}$`, 'i'), '$1')
  const meant = saidOf(folded(rest)) ?? saidOf(folded(plain))
  const self = meant ? null : selfOf(folded(rest))
  if (meant || self) {
    if (asked && !QUESTIONS.includes(meant?.command ?? '')) return []
    return readings(asking, boards, meant ?? self ?? EMPTY, true)
  }
  if (asked) return []
  return others(asking, boards, rest, allTheSame)
}

/** Its nature is the speaker's own words, in which the name of a board is no more than a word. */
const OWN_WORDS = /[:;].*$/g

const QUESTIONS = ['attendance.here', 'attendance.quorum', 'attendance.print', 'attendance.interests']

interface Said {
  readonly command: string
  readonly label: string
  readonly values: Readonly<Record<string, string>>
}

const EMPTY: Said = { command: '', label: '', values: {} }

function saidOf(plain: string): Said | null {
  const found = SAID.find(([form]) => form.test(plain))
  return found ? { command: found[1], label: found[2], values: found[3] ?? {} } : null
}

/** What somebody says of themselves: where, or whether they are there at all. */
function selfOf(plain: string): Said | null {
  const arrive = (mode: string, label: string): Said => ({ command: 'attendance.arrive', label, values: { mode } })
  if (ROOM.test(plain)) return arrive('room', "I'm in the room")
  if (ONLINE.test(plain)) return arrive('online', "I'm online")
  if (HERE.test(plain)) return arrive('here', "I'm here")
  if (BACK.test(plain)) return arrive('back', "I'm back")
  if (LEFT.test(plain)) return { command: 'attendance.leave', label: "I'm leaving", values: {} }
  if (DROPPED.test(plain)) return { command: 'attendance.leave', label: 'My connection dropped', values: { dropped: 'yes' } }
  return null
}

/** A reading for the meeting in hand of each board that may be meant. */
async function readings(asking: Asking, boards: readonly Ruled[], said: Said, certain: boolean): Promise<readonly Reading[]> {
  const meetings = await inHand(asking.db, boards, said.command, asking.now)
  return meetings.flatMap((meeting) => forMeeting(asking, meeting, said, certain))
}

function forMeeting({ actor }: Asking, meeting: Called, { command, label, values }: Said, certain: boolean): readonly Reading[] {
  const about = (more: Readonly<Record<string, string>>, as = label, sure = certain): Reading => ({
    command,
    input: { subject: meeting.id, ...more },
    label: `${as}: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
    certain: sure,
  })
  if (values.person === 'speaker') return [about({ person: actor.person })]
  if (values.mode !== 'here') return [about(values)]
  // "I'm here" says where only of a meeting that is held in one manner.
  if (isOnline(meeting)) return [about({ ...values, mode: 'online' })]
  if (meeting.link === null) return [about({ ...values, mode: 'room' })]
  return [about({ ...values, mode: 'room' }, "I'm in the room", false), about({ ...values, mode: 'online' }, "I'm online", false)]
}

/** What the clerk says of others, and what has more in it than a form of words. */
async function others(asking: Asking, boards: readonly Ruled[], rest: string, allTheSame: boolean): Promise<readonly Reading[]> {
  const again = allTheSame ? { allTheSame: 'yes' } : {}
  const adjourn = ADJOURN.exec(rest)?.groups
  if (adjourn) {
    const until = adjourn.until ? { until: adjourn.until } : {}
    return readings(
      asking,
      boards,
      { command: 'attendance.proceed', label: 'Adjourn', values: { how: 'adjourned', ...until } },
      true,
    )
  }
  const counted = COUNT.exec(rest)?.groups?.reading
  if (counted)
    return readings(
      asking,
      boards,
      { command: 'attendance.count_by', label: `Count ${counted}`, values: { reading: counted } },
      true,
    )
  const item = await ofItem(asking, boards, rest)
  if (item.length > 0) return item
  const presides = PRESIDES.exec(rest)?.groups?.names
  if (presides) return presiding(asking, boards, presides, again)
  return marking(asking, boards, rest, again)
}

async function ofItem(asking: Asking, boards: readonly Ruled[], rest: string): Promise<readonly Reading[]> {
  const declared = DECLARE.exec(rest)?.groups
  const withdrawn = WITHDRAW.exec(rest)?.groups
  const returned = RETURN.exec(rest)?.groups
  const number = (declared ?? withdrawn ?? returned)?.item?.toUpperCase()
  if (number === undefined) return []
  const command = declared ? 'attendance.declare_form' : withdrawn ? 'attendance.withdraw' : 'attendance.return'
  const label = declared ? `Declare an interest in ${number}` : withdrawn ? `Withdraw for ${number}` : `Return after ${number}`
  const meetings = await inHand(asking.db, boards, command, asking.now)
  const found = await Promise.all(
    meetings.map(async (meeting) => {
      const item = (await findAgenda(asking.db, meeting.id))?.items.find((one) => numberOf(one) === number && 'open' in one.title)
      if (!item) return declared ? forMeeting(asking, meeting, { command, label, values: {} }, true) : []
      const values = { item: item.id, ...(declared?.nature ? { nature: declared.nature } : {}) }
      return forMeeting(asking, meeting, { command, label, values }, true)
    }),
  )
  return found.flat()
}

async function presiding(
  asking: Asking,
  boards: readonly Ruled[],
  name: string,
  again: Readonly<Record<string, string>>,
): Promise<readonly Reading[]> {
  const meetings = await inHand(asking.db, boards, 'attendance.preside', asking.now)
  const found = await Promise.all(
    meetings.map(async (meeting) => {
      const people = namedAs(await colleaguesOn(asking.db, meeting.board.id), name)
      return people.flatMap(({ id, name: whole }) =>
        forMeeting(
          asking,
          meeting,
          { command: 'attendance.preside', label: `${whole} presides`, values: { person: id, ...again } },
          people.length === 1,
        ),
      )
    }),
  )
  return found.flat()
}

const CAPITAL = /^\p{Lu}/u

/** "Daniel Okafor and Helen Marsh are here", "Ruth Hale is here for Daniel Okafor", "Tom Beresford left at 10:50". */
async function marking(
  asking: Asking,
  boards: readonly Ruled[],
  rest: string,
  again: Readonly<Record<string, string>>,
): Promise<readonly Reading[]> {
  const [hour, another] = hoursIn(rest)
  if (another) return []
  const untimed = hour ? without(rest, [hour]).replace(/[\s,]+(?:at|since|from)?$/, '') : rest
  const found = OTHERS.flatMap(([form, how, label]) => {
    const groups = form.exec(untimed)?.groups
    return groups?.names ? [{ how, label, names: groups.names.split(/,? and |, ?| & /i), whom: groups.whom }] : []
  })[0]
  if (!found) return []
  const { how, label, names, whom } = found
  const meetings = await inHand(asking.db, boards, 'attendance.mark', asking.now)
  const made = await Promise.all(
    meetings.map(async (meeting) => {
      const known = await colleaguesOn(asking.db, meeting.board.id)
      const isName = (name: string) =>
        namedAs(known, name).length > 0 || (name.split(' ').length > 1 && name.split(' ').every((word) => CAPITAL.test(word)))
      if (!names.every(isName)) return []
      const values = {
        name: names.join('; '),
        ...(hour ? { hour: hour.said.toString({ smallestUnit: 'minute' }) } : {}),
        ...(whom ? { forNamed: whom } : {}),
        ...again,
      }
      const as = `${label}, ${names.join(' and ')}`
      return forMeeting(
        asking,
        meeting,
        { command: 'attendance.mark', label: as, values: { ...values, how: howOf(meeting, how) } },
        true,
      )
    }),
  )
  return made.flat()
}

/** "Is here" says where by how the meeting is held; where it is held both ways the clerk means the room that they see. */
const howOf = (meeting: Called, how: string): string => (how === 'here' ? (isOnline(meeting) ? 'online' : 'room') : how)
