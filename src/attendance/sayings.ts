import { Temporal } from 'temporal-polyfill'
import { daysIn, hoursIn, saidTime, without } from '../kernel/said-time.js'
import { folded } from '../kernel/sentence.js'

/** What a sentence asks for: a command, how a question calls it, and what it says besides. */
export interface Said {
  readonly command: string
  readonly label: string
  /** `person: speaker` is whoever speaks; `mode: here` where the meeting is held */
  readonly values: Readonly<Record<string, string>>
  /** for whom they sit, as they called them */
  readonly whom?: string
  /** not all of it could be read: it is asked about */
  readonly doubtful?: true
}

/** What is said of an interest in an item. */
export interface SaidOfItem {
  readonly command: string
  readonly label: string
  /** "B3" */
  readonly number: string
  readonly nature: string | null
  /** what they do, as the command has it; null where they did not say */
  readonly does: string | null
  /** whose, by name; null: the speaker's own */
  readonly name: string | null
}

const ORDERED = /^(?:(?:hi|hello|please|quorate)\b[\s,.!:-]*)*(?:can|could|would|will) you\b/i
const BEFORE =
  /^(?:(?:hi|hello|good morning|good afternoon|morning|afternoon|please|ok|okay|right|good|great|phew|made it|quorate|sorry i'm late|sorry for being late|sorry|finally|can you|could you|would you|i want to|i would like to|i'd like to|let's|lets|let us|now|and)\b[\s,.!:-]*(?:(?:all|everyone|everybody)\b[\s,.!:-]*)?)+/i
const AFTER =
  /[\s,.!-]*(?:\b(?:many thanks|thanks|thank you|please|cheers|everyone|all|everybody|now|sorry|bye|goodbye|too|as well|at last|finally|after all)\b[\s,.!-]*)+$/i
const ALL_THE_SAME = /[\s,;-]*\ball the same\b[\s.!]*$/i

/** Every sentence of this feature holds one of these; others cost no reading. */
const CONCERNS =
  /\b(?:who|how many|here|in|attending|chamber|go|present|arrived|came|come|online|room|joined|rejoined|joining|call|dialled|teams|back|leave|leaving|left|off|gone|went|dash|dropping|connection|cut|dropped|quorum|quorate|attendance|open|start|begin|close|closed|end|adjourn|adjourned|adjournment|wait|waits|informally|resume|reconvene|session|continue|chair|presides|presiding|preside|count|mark|correct|interests?|declarations?|withdraw|return)\b|'s (?:here|back|left|online|gone)\b/i
/** Whoever says this speaks of whether somebody comes, and not of the room. */
const ELSEWHERE = /\b(?:apol\w*|substitut\w*(?! for)|can'?t|cannot|won'?t|unable)\b/i

const THE_MEETING = "(?:the |our |this |today's )?(?:board |partnership )?meeting"
/** What goes before it; said at most four times, so that nothing said without end is read without end. */
const I = "(?:(?:i am|i'm|im|i have|i've|ive|i|just|have|am|already) ){0,4}"
const STILL = '(?: just now| again| early)?'
/** For whom a substitute says that they are there: the roster knows it, or they are refused. */
const FOR =
  "(?:,? (?:standing in |sitting in |sitting |substituting |subbing |covering |deputising )?for (?<whom>[a-z'’. -]{2,60}?))?(?:,? (?:sorry|apologies)(?:[ ,].{0,100})?)?"

/** What somebody says of the meeting: the whole sentence. */
const SAID: readonly (readonly [command: string, label: string, form: string, values?: Readonly<Record<string, string>>])[] = [
  ['attendance.open', 'Open the meeting', `(?:open|start|begin) (?:up )?${THE_MEETING}`],
  [
    'attendance.close',
    'Close the meeting',
    `(?:i )?(?:close|end) ${THE_MEETING}|(?:i declare )?${THE_MEETING}(?: is)? closed|meeting closed`,
  ],
  [
    'attendance.proceed',
    'Wait for a quorum',
    `(?:we |to )?(?:wait|waits|will wait)(?: for (?:a |the )?quorum| until we are quorate| until it is quorate)?|${THE_MEETING} waits(?: for (?:a |the )?quorum)?`,
    { how: 'waits' },
  ],
  [
    'attendance.proceed',
    'Go on informally',
    '(?:we )?(?:go on|carry on|continue|proceed|will go on|will continue) informally',
    { how: 'informal' },
  ],
  [
    'attendance.proceed',
    'Go on with the meeting',
    `(?:we )?(?:resume|reconvene|continue|go on with|carry on with)(?: with)? ${THE_MEETING}|(?:we )?(?:resume|reconvene|continue|go on|carry on)|(?:we are|we're) back(?: in session)?|back in session`,
    { how: 'resumed' },
  ],
  [
    'attendance.preside',
    'Take the chair',
    "(?:i|i'll|i will|i'm|i am) (?:take|taking|now take) the chair|i (?:preside|am presiding|will preside)|i'm presiding",
    { person: 'speaker' },
  ],
  ['attendance.preside', 'The chair presides', 'the chair (?:resumes|is back in the chair|presides|takes the chair(?: again)?)'],
  [
    'attendance.here',
    'Who is here',
    "who(?:'s| is| are| was) (?:here|there|present|in the room|online|in attendance|at the meeting|missing|not here)|who(?:'s| has| have) (?:arrived|come|joined|turned up|left)|how many (?:are we|are here|of us are here)|(?:show )?(?:the )?attendance(?: so far)?|(?:the )?attendance list",
  ],
  [
    'attendance.quorum',
    'The quorum',
    "are we (?:still )?quorate(?: yet)?|is (?:it|the meeting) (?:still )?quorate(?: yet)?|do we (?:still )?have (?:a |the )?quorum(?: yet)?|is there (?:still )?a quorum(?: yet)?|have we (?:got )?a quorum(?: yet)?|(?:the |what is the |what's the |show the )?quorum|how many (?:more )?do we need(?: for (?:a |the )?quorum)?",
  ],
  [
    'attendance.print',
    'Attendance and quorum',
    '(?:print|show)?(?: me)? ?(?:the )?(?:attendance record|record of (?:the )?attendance|quorum ledger|ledger|attendance and (?:the )?quorum|attendance list to print)|print (?:the )?attendance',
  ],
  [
    'attendance.table_form',
    'Mark the table',
    'mark (?:the (?:whole )?table|attendance|everyone|everybody|the attendance)|(?:everyone|everybody) is (?:here|present)|all (?:are )?(?:here|present)',
  ],
  ['attendance.mark_form', 'Mark somebody', 'mark (?:somebody|someone)'],
  ['attendance.correct_form', 'Correct the attendance', 'correct (?:the )?attendance'],
  [
    'attendance.interests',
    'Declarations of interest',
    '(?:show )?(?:the )?(?:declarations of interests?|interests|declared interests)',
  ],
  [
    'attendance.declare_form',
    'Declare an interest',
    '(?:i )?(?:want to |wish to |have to |must )?declare an interest|i have an interest(?: to declare)?',
  ],
  [
    'attendance.no_interests',
    'No declarations of interest',
    '(?:there (?:are|were) )?no (?:declarations?(?: of interests?)?|interests)(?: (?:were |was )?(?:made|received|declared))?',
  ],
]
const WHOLLY = SAID.map(([command, label, form, values = {}]) => ({ command, label, values, form: new RegExp(`^(?:${form})$`) }))

const ROOM = new RegExp(
  `^${I}(?:here|present)?,? ?(?:in|in the|at the) (?:the )?(?:meeting |council |committee )?(?:room|chamber)${STILL}${FOR}$`,
)
const ONLINE = new RegExp(
  `^${I}(?:(?:here|present)(?: at last| after all| now)?)?,? ?(?:online|joined (?:you )?(?:online|the call|on teams|by teams|via teams|remotely)|joining (?:you )?(?:online|remotely)|on the call|on (?:the )?teams(?: call)?|dialled in|attending (?:online|remotely))${STILL}${FOR}$`,
)
const HERE = new RegExp(`^${I}(?:here|present|arrived|joined|joined you|in|in the meeting)${STILL}${FOR}$`)
const BACK = new RegExp(
  `^${I}(?:back|rejoined)(?: (?:in|on|online|the (?:meeting|call)|in the (?:room|meeting|call)|on the call|with you))?${STILL}(?:,? sorry\\b.{0,100})?$`,
)
const LEFT = new RegExp(
  `^(?:${I}(?:leaving|off|left|gone|heading off|signing off|logging off|dropping off|got to (?:go|leave|dash|drop off|shoot off|head off))|(?:i ?)?(?:have to|must|need to|will have to|have got to|'ve got to|ve got to) (?:go|leave|dash|drop off|shoot off|head off))(?: (?:the meeting|you|the call|the room))?${STILL}$`,
)
const DROPPED =
  /^(?:my (?:connection|line|internet|wifi|wi-fi|teams|call) (?:has )?(?:dropped|cut out|failed|went|gone down|went down|froze)|i (?:have )?(?:lost (?:my |the )?connection|was cut off|got cut off|dropped off(?: the call)?|dropped out)|lost (?:my |the )?connection)$/

const ADJOURN =
  /^(?:(?:we |i |we'll |we will |i'll )?(?:adjourn|are adjourned)|the meeting is adjourned|adjourned|extend (?:the )?adjournment)(?: the meeting)?(?: (?<until>(?:until|till|to|for|by) .{1,60}))?$/i
const LENGTH = /^(?:for|by) (?:(?:another|a further|about|around) )?(?<length>.+?)(?: more)?(?: or so)?$/i
const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  five: 5,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  'forty-five': 45,
}
const COUNTED = `(?<many>\\d{1,3}|${Object.keys(NUMBERS).join('|')})`
const MINUTES = new RegExp(`^${COUNTED}(?: more)? ?(?:minutes?|mins?)$`, 'i')
const HOURS = new RegExp(`^${COUNTED} hours?(?: (?:and )?(?<odd>\\d{1,2})(?: ?(?:minutes?|mins?))?)?$`, 'i')
const COUNT = /^(?:(?:the chair rules|i rule|rule) that )?(?:we )?(?:count|go) (?:the quorum )?(?<reading>(?:as|by) .{3,80})$/i
const INTEREST = 'an? (?:\\w+ )?interest in (?:item )?(?<item>[a-w]\\d{1,2})'
const REST = '(?:\\s*[:,;-]\\s*(?<rest>.{3,600}))?$'
const DECLARE = new RegExp(`^(?:i )?(?:want to |wish to |must |have to )?(?:declare|declaring|have) ${INTEREST}${REST}`, 'i')
const DECLARES = new RegExp(
  `^(?<name>\\p{L}[\\p{L}'’. -]{1,60}?) (?:declares|declared|has|has declared) ${INTEREST}${REST}`,
  'iu',
)
const WITHDRAW =
  /^(?:i |i'm |i am )?(?:withdraw|withdrawing|will withdraw now)(?: now)? (?:for|from) (?:item )?(?<item>[a-w]\d{1,2})$/i
const RETURN = /^(?:i )?(?:return|am back|am returning|have returned) (?:for|to|after|from) (?:item )?(?<item>[a-w]\d{1,2})$/i
/** What they do, after the nature: "…; I withdraw now". */
const DOES: readonly (readonly [does: string, form: RegExp])[] = [
  [
    'withdraws now',
    /[;,.]\s*(?:and )?(?:i |they |he |she )?(?:withdraw|withdraws|withdrew|will withdraw|am withdrawing) now\s*$/i,
  ],
  [
    'withdraws',
    /[;,.]\s*(?:and )?(?:i |they |he |she )?(?:withdraw|withdraws|will withdraw|shall withdraw)(?: for it| for the item)?\s*$/i,
  ],
  [
    'speaks',
    /[;,.]\s*(?:and )?(?:i |they |he |she )?(?:(?:will )?(?:stay|stays) and (?:speak|speaks)|(?:will )?(?:speak|speaks))\s*$/i,
  ],
  ['stays', /[;,.]\s*(?:and )?(?:i |they |he |she )?(?:will )?(?:stay|stays|remain|remains)\s*$/i],
]

/** A sentence without politeness, and how it was said. */
export interface Bare {
  readonly said: string
  readonly allTheSame: boolean
  readonly asked: boolean
}

/** What is left of a sentence without politeness; null where it cannot be about the room. */
export function bareOf(sentence: string): Bare | null {
  const said = sentence
    .replace(ALL_THE_SAME, '')
    .replace(/[\s.!?]+$/, '')
    .replace(AFTER, '')
    .replace(BEFORE, '')
  if (said.length > LONGEST || !CONCERNS.test(said) || ELSEWHERE.test(said)) return null
  const asked = /\?\s*$/.test(sentence) && !ORDERED.test(sentence)
  return { said, allTheSame: ALL_THE_SAME.test(sentence), asked }
}

const LONGEST = 700
const QUESTIONS = ['attendance.here', 'attendance.quorum', 'attendance.print', 'attendance.interests']
const OF_THE_MEETING = new RegExp(`^(.*?) (?:of|at|for|in|to) ${THE_MEETING}$`, 'i')

/**
 * What somebody says of themselves or of the meeting; what is asked is no order.
 * @param hourIn tells the hour of the clock so many minutes from now, `HH:MM`
 */
export function saidIn(rest: string, asked: boolean, hourIn: (minutes: number) => string): Said | null {
  const plain = folded(rest)
  const said =
    wholly(plain) ?? wholly(plain.replace(OF_THE_MEETING, '$1')) ?? ofSelf(plain) ?? adjourning(rest, hourIn) ?? counting(rest)
  return said && asked && !QUESTIONS.includes(said.command) ? null : said
}

function wholly(plain: string): Said | null {
  const found = WHOLLY.find(({ form }) => form.test(plain))
  return found ? { command: found.command, label: found.label, values: found.values } : null
}

/** What somebody says of themselves: where, or whether they are there at all. */
function ofSelf(plain: string): Said | null {
  const arrive = (mode: string, label: string): Said => ({ command: 'attendance.arrive', label, values: { mode } })
  for (const [form, mode, label] of ARRIVALS) {
    const found = form.exec(plain)
    const whom = found?.groups?.whom
    if (found) return whom ? { ...arrive(mode, label), whom } : arrive(mode, label)
  }
  if (BACK.test(plain)) return arrive('back', "I'm back")
  if (LEFT.test(plain)) return { command: 'attendance.leave', label: "I'm leaving", values: {} }
  if (DROPPED.test(plain)) return { command: 'attendance.leave', label: 'My connection dropped', values: { dropped: 'yes' } }
  return null
}

const ARRIVALS = [
  [ROOM, 'room', "I'm in the room"],
  [ONLINE, 'online', "I'm online"],
  [HERE, 'here', "I'm here"],
] as const

/** "Adjourn until 11:15", "adjourn for ten minutes", "adjourn until 20 January at 10": until when, as the card says it. */
function adjourning(rest: string, hourIn: (minutes: number) => string): Said | null {
  const found = ADJOURN.exec(rest)?.groups
  if (!found) return null
  const until = found.until ? untilWhen(found.until, hourIn) : null
  const said = {
    command: 'attendance.proceed',
    label: `Adjourn${until ? ` ${until}` : ''}`,
    values: { how: 'adjourned', ...(until ? { until } : {}) },
  }
  return found.until && until === null ? { ...said, doubtful: true } : said
}

/** "until 11:15", "for lunch"; null where it names a length or an hour that cannot be read. */
function untilWhen(phrase: string, hourIn: (minutes: number) => string): string | null {
  const length = LENGTH.exec(phrase)?.groups?.length
  if (length !== undefined) {
    const minutes = minutesIn(length)
    if (minutes !== null) return `until ${hourIn(minutes)}`
    return BREAK.test(length) ? `for ${length}` : null
  }
  const what = phrase.replace(/^(?:until|till|to) /i, '')
  const hour = saidTime(what)
  if (hour) return `until ${hour.toString({ smallestUnit: 'minute' })}`
  return WHEN.test(what) || isDay(what) ? `until ${what}` : null
}

/** A break that is none of the clock's, and a time that is. */
const BREAK = /^(?:a |the )?(?:(?:short|brief|quick|comfort|lunch|coffee|tea) )?(?:break|lunch|coffee|tea|recess)$/i
const WHEN =
  /^(?:further notice|after (?:lunch|the break)|later(?: today)?|this afternoon|(?:we have |there is )?a quorum|(?:we are|it is) quorate|the next meeting|a (?:later|new) (?:date|day))$/i

/** "20 January", "tomorrow at 10", "Monday afternoon": a day, an hour perhaps, and nothing besides. */
function isDay(what: string): boolean {
  // Which day it is does not matter here: only that nothing else is said.
  const days = daysIn(`on ${what}`, ANY_DAY)
  const undated = without(`on ${what}`, days)
  const left = without(undated, hoursIn(undated)).replace(/\b(?:on|at|from|in the|morning|afternoon)\b|[\s,]/gi, '')
  return left === '' && days.some(({ said }) => 'days' in said)
}
const ANY_DAY = Temporal.PlainDate.from('2026-01-01')

function minutesIn(length: string): number | null {
  if (/^(?:a )?quarter of an hour$/i.test(length)) return 15
  if (/^half an hour$/i.test(length)) return 30
  const count = (many = '') => NUMBERS[many.toLowerCase()] ?? Number(many)
  const minutes = MINUTES.exec(length)?.groups
  if (minutes) return count(minutes.many)
  const hours = HOURS.exec(length)?.groups
  return hours ? 60 * count(hours.many) + Number(hours.odd ?? 0) : null
}

function counting(rest: string): Said | null {
  const reading = COUNT.exec(rest)?.groups?.reading
  return reading ? { command: 'attendance.count_by', label: `Count ${reading}`, values: { reading } } : null
}

/** What is said of an interest: "declare an interest in B3: …; I withdraw", "I withdraw for B3". */
export function ofItemIn(rest: string): SaidOfItem | null {
  const declared = (DECLARE.exec(rest) ?? DECLARES.exec(rest))?.groups
  const [withdrawn, returned] = [WITHDRAW, RETURN].map((form) => form.exec(rest)?.groups)
  const number = (declared ?? withdrawn ?? returned)?.item?.toUpperCase()
  if (number === undefined) return null
  const bare = { number, nature: null, does: null, name: null }
  if (!declared) {
    return withdrawn
      ? { ...bare, command: 'attendance.withdraw', label: `Withdraw for ${number}` }
      : { ...bare, command: 'attendance.return', label: `Return after ${number}` }
  }
  const said = declared.rest ?? ''
  const [does = null, form] = DOES.find(([, ending]) => ending.test(said)) ?? []
  const nature = (form ? said.replace(form, '') : said).trim()
  const whole = does !== null && nature !== ''
  return {
    command: whole ? 'attendance.declare' : 'attendance.declare_form',
    label: `Declare an interest in ${number}`,
    number,
    nature: nature === '' ? null : nature,
    does,
    name: declared.name ?? null,
  }
}
