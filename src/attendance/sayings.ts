import { hoursIn, without } from '../kernel/said-time.js'
import { folded } from '../kernel/sentence.js'

/** What a sentence asks for: a command, how a question calls it, and what it says besides. */
export interface Said {
  readonly command: string
  readonly label: string
  /** `person: speaker` is whoever speaks; `mode: here` where the meeting is held */
  readonly values: Readonly<Record<string, string>>
}

/** What is said of others: who, by name, and what is marked of them. */
export interface SaidOfOthers {
  readonly how: string
  readonly label: string
  readonly names: readonly string[]
  /** for whom they sit, as they were called */
  readonly whom: string | null
  /** `HH:MM` */
  readonly hour: string | null
}

/** What is said of an interest in an item. */
export interface SaidOfItem {
  readonly command: string
  readonly label: string
  /** "B3" */
  readonly number: string
  readonly nature: string | null
}

const BEFORE =
  /^(?:(?:hi|hello|good morning|good afternoon|morning|afternoon|please|ok|okay|right|quorate|sorry|can you|could you|i want to|i would like to|i'd like to|let's|let us|now)\b[\s,.!:-]*)+/i
const AFTER = /[\s,.!-]*(?:\b(?:many thanks|thanks|thank you|please|cheers|everyone|all|everybody|now|sorry)\b[\s,.!-]*)+$/i
const ALL_THE_SAME = /[\s,;-]*\ball the same\b[\s.!]*$/i

/** Every sentence of this feature holds one of these; others cost no reading. */
const CONCERNS =
  /\b(?:who|here|attending|chamber|go|present|arrived|online|room|joined|joining|call|dialled|teams|back|leave|leaving|left|off|go|gone|went|dash|connection|cut|dropped|quorum|quorate|attendance|open|start|begin|close|end|adjourn|adjourned|wait|waits|informally|resume|continue|chair|presides|presiding|preside|count|mark|correct|interests?|withdraw|return)\b/i
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
  `^(?:(?:${I} )*(?:leaving|off|left|gone|heading off|signing off|logging off)|(?:i ?)?(?:have to|must|need to|will have to|got to|have got to|'ve got to|ve got to) (?:go|leave|dash|drop off|shoot off|head off))(?: (?:the meeting|you|the call|the room))?${STILL}$`,
)
const DROPPED =
  /^(?:my (?:connection|line|internet|wifi|wi-fi|teams|call) (?:has )?(?:dropped|cut out|failed|went|gone down|went down|froze)|i (?:lost (?:my |the )?connection|was cut off|got cut off|dropped off(?: the call)?|dropped out)|lost (?:my |the )?connection)$/

const TITLE = '(?:Cllr|Dr|Mr|Mrs|Ms|Miss|Prof|Supt|Insp|DCI|DI|PC|ACC|Ch Insp|Rev)\\.?'
const NAME = `(?:${TITLE} )?\\p{L}[\\p{L}'’-]*(?: \\p{L}[\\p{L}'’-]*){0,3}?`
const NAMES = `(?<names>${NAME}(?:(?:,| and|, and| &) ${NAME}){0,9}?)`
/** What is said of others, by the clerk: each with who it is about. */
const OTHERS: readonly (readonly [form: RegExp, how: string, label: string])[] = [
  [
    new RegExp(
      `^${NAMES} (?:is|are) in the (?:room|chamber)(?: (?:for|in place of|instead of|substituting for) (?<whom>.+))?$`,
      'iu',
    ),
    'room',
    'Mark as here',
  ],
  [
    new RegExp(
      `^${NAMES} (?:is|are) (?:here|present|in|there)(?: (?:for|in place of|instead of|substituting for) (?<whom>.+))?$`,
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

/** What is left of a sentence without politeness; null where it cannot be about the room. */
export function bareOf(
  sentence: string,
): { readonly said: string; readonly allTheSame: boolean; readonly asked: boolean } | null {
  const said = sentence
    .replace(ALL_THE_SAME, '')
    .replace(/[\s.!?]+$/, '')
    .replace(AFTER, '')
    .replace(BEFORE, '')
  if (said.length > LONGEST || !CONCERNS.test(said) || ELSEWHERE.test(said)) return null
  return { said, allTheSame: ALL_THE_SAME.test(sentence), asked: /\?\s*$/.test(sentence) }
}

const LONGEST = 600
const QUESTIONS = ['attendance.here', 'attendance.quorum', 'attendance.print', 'attendance.interests']
const OF_THE_MEETING = new RegExp(`^(.*?) (?:of|at|for|in|to) ${MEETING}$`, 'i')

/** What somebody says of themselves or of the meeting; what is asked is no order. */
export function saidIn(rest: string, asked: boolean): Said | null {
  const plain = folded(rest)
  const said = wholly(plain) ?? wholly(plain.replace(OF_THE_MEETING, '$1')) ?? ofSelf(plain) ?? adjourning(rest) ?? counting(rest)
  return said && asked && !QUESTIONS.includes(said.command) ? null : said
}

function wholly(plain: string): Said | null {
  const found = SAID.find(([form]) => form.test(plain))
  return found ? { command: found[1], label: found[2], values: found[3] ?? {} } : null
}

/** What somebody says of themselves: where, or whether they are there at all. */
function ofSelf(plain: string): Said | null {
  const arrive = (mode: string, label: string): Said => ({ command: 'attendance.arrive', label, values: { mode } })
  if (ROOM.test(plain)) return arrive('room', "I'm in the room")
  if (ONLINE.test(plain)) return arrive('online', "I'm online")
  if (HERE.test(plain)) return arrive('here', "I'm here")
  if (BACK.test(plain)) return arrive('back', "I'm back")
  if (LEFT.test(plain)) return { command: 'attendance.leave', label: "I'm leaving", values: {} }
  if (DROPPED.test(plain)) return { command: 'attendance.leave', label: 'My connection dropped', values: { dropped: 'yes' } }
  return null
}

function adjourning(rest: string): Said | null {
  const found = ADJOURN.exec(rest)?.groups
  if (!found) return null
  const { until } = found
  return { command: 'attendance.proceed', label: 'Adjourn', values: { how: 'adjourned', ...(until ? { until } : {}) } }
}

function counting(rest: string): Said | null {
  const reading = COUNT.exec(rest)?.groups?.reading
  return reading ? { command: 'attendance.count_by', label: `Count ${reading}`, values: { reading } } : null
}

/** "Helen Marsh takes the chair": her name, as it was said. */
export const presidesIn = (rest: string): string | null => PRESIDES.exec(rest)?.groups?.names ?? null

/** What is said of an interest: "declare an interest in B3: …", "I withdraw for B3". */
export function ofItemIn(rest: string): SaidOfItem | null {
  const [declared, withdrawn, returned] = [DECLARE, WITHDRAW, RETURN].map((form) => form.exec(rest)?.groups)
  const number = (declared ?? withdrawn ?? returned)?.item?.toUpperCase()
  if (number === undefined) return null
  const nature = declared?.nature ?? null
  if (declared) return { command: 'attendance.declare_form', label: `Declare an interest in ${number}`, number, nature }
  return withdrawn
    ? { command: 'attendance.withdraw', label: `Withdraw for ${number}`, number, nature }
    : { command: 'attendance.return', label: `Return after ${number}`, number, nature }
}

/** "Daniel Okafor and Helen Marsh are here", "Ruth Hale is here for Daniel Okafor", "Tom Beresford left at 10:50". */
export function ofOthersIn(rest: string): SaidOfOthers | null {
  const [hour, another] = hoursIn(rest)
  if (another) return null
  const untimed = hour ? without(rest, [hour]).replace(/[\s,]+(?:at|since|from)?$/, '') : rest
  for (const [form, how, label] of OTHERS) {
    const groups = form.exec(untimed)?.groups
    if (!groups?.names) continue
    const names = groups.names.split(/,? and |, ?| & /i).map((name) => name.replace(/['’]s$/, ''))
    return { how, label, names, whom: groups.whom ?? null, hour: hour?.said.toString({ smallestUnit: 'minute' }) ?? null }
  }
  return null
}
