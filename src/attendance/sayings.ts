import { Temporal } from 'temporal-polyfill'
import { daysIn, hoursIn, saidTime, without } from '../kernel/said-time.js'
import { folded } from '../kernel/sentence.js'
import { minutesIn } from './lengths.js'
import { ofSelf } from './own/sayings.js'

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

const ORDERED = /^(?:(?:hi|hello|please|quorate)\b[\s,.!:-]*)*(?:can|could|would|will) you\b/i
/** Whom somebody turns to in the room. */
const VOCATIVE = '(?:all|everyone|everybody|folks|guys|team|colleagues|(?:madam |mr )?chair)'
/** "Apologies, I have to go": politeness only before what somebody says of themselves. */
const PARDON =
  "(?:apologies|apols|my apologies)(?=(?: (?:all|everyone|folks|colleagues|chair))?[\\s,.!:–—-]+(?:but )?(?:i\\b|i'm|i've|got to|have to|need to|must))"
const BEFORE = new RegExp(
  `^(?:(?:(?:hi|hello|good morning|good afternoon|morning|afternoon|please|ok|okay|right|good|great|phew|made it|quorate|sorry i'm late|sorry for being late|(?:so |very )?sorry(?: but)?|i'm afraid|afraid|${PARDON}|finally|can you|could you|would you|i want to|i would like to|i'd like to|let's|lets|let us|now|and|but|well(?=,)|actually|for the record|(?:just )?to confirm|fyi)\\b[\\s,.!:–—-]*(?:${VOCATIVE}\\b[\\s,.!:–—-]*)?)|${VOCATIVE}\\s*[,:–—-]+\\s*)+`,
  'i',
)
const AFTER = new RegExp(
  `[\\s,.!–—-]*(?:\\b(?:many thanks|thanks|thank you|please|cheers|(?<!\\b(?:the|as|in|by) )${VOCATIVE}|now|(?:so |very )?sorry(?: about that)?|(?:so |very )?(?:sorry|apologies) (?:for|about) (?:the delay|the late arrival|my late arrival|being (?:so )?late|joining late|my lateness)|apologies (?:for|about) that|sorry (?:i'm|i am) (?:so )?late|i'm afraid|bye|goodbye|too|as well|at last|finally|after all|then)\\b[\\s,.!–—-]*)+$`,
  'i',
)
/** What was recorded is said to have been otherwise. */
const CORRECTION =
  /^(?:(?:a )?(?:small |quick )?correction|to correct (?:that|the record)|oops|whoops|(?:sorry,? )?my (?:mistake|error)|no,? wait|(?:please )?(?:scrap|ignore) that)\b[\s,.!:–—-]*/i
const ALL_THE_SAME = /[\s,;-]*\ball the same\b[\s.!]*$/i

/** Every sentence of this feature holds one of these; others cost no reading. */
const CONCERNS =
  /\b(?:who|how many|enough|here|in|attending|chamber|go|run|jump|hop|off|step\w*|waiting|present|arrived|came|come|online|room|joined|rejoined|joining|call|dialled|teams|back|leave|leaving|left|off|gone|went|dash|drop\w*|disappear|connection|cut|quorum|quorate|attendance|open|start|started|restart|going|that's me|begin|close|closed|end|adjourn|adjourned|adjournment|wait|waits|without|informally|resume|reconvene|session|continue|chair|presides|presiding|preside|count|mark|correct|interests?|declarations?|withdr\w*|return\w*|(?:i'?m|i am|me)(?: now)? on)\b|'s (?:here|back|left|online|gone)\b/i
/** Whoever says this speaks of whether somebody comes, and not of the room. */
const ELSEWHERE = /\b(?:apol\w*|substitut\w*(?! for)|can'?t|cannot|won'?t|unable)\b/i

const THE_MEETING = "(?:the |our |this |today's )?(?:board |partnership )?meeting"
const WHERE = '(?:here|there|present|in the room|online|on the call|in attendance|at the meeting)'
/** It ends when the person presiding says so; this only says why it does not yet. */
const MEANWHILE =
  "(?: for(?: now)?| meanwhile| in the meantime| for the time being| (?:until|till) [\\p{L}' -]{2,40} (?:is|are|gets?|comes?|arrives?|joins?|rejoins?|returns?)(?: back| here| in| online)?| (?:until|till) (?:we|we've|it) [\\p{L}' ]{2,20} (?:quorate|quorum))?"
const WE = "(?:we'll |we will |we shall |we |to )?"
const GO_ON = '(?:go on|carry on|continue|proceed|press on|keep going|start|begin)'
const UNTIL_QUORATE =
  " for (?:a |the |our )?quorum| (?:until|till) (?:we are|we're|it is|it's) quorate| (?:until|till) (?:we have|we've got|there is|there's) (?:a |the )?quorum"

/** What somebody says of the meeting: the whole sentence. */
const SAID: readonly (readonly [
  command: string,
  label: string,
  form: string,
  values?: Readonly<Record<string, string>>,
  doubtful?: 'asked',
])[] = [
  ['attendance.open', 'Open the meeting', `(?:open|start|begin) (?:up )?${THE_MEETING}`],
  [
    'attendance.close',
    'Close the meeting',
    `(?:i )?(?:close|end) ${THE_MEETING}|(?:i declare )?${THE_MEETING}(?: is)? closed|meeting closed`,
  ],
  [
    'attendance.proceed',
    'Wait for a quorum',
    `${WE}(?:(?:pause|stop|hold)(?: there| here)? and )?(?:wait|waits|are waiting)(?:${UNTIL_QUORATE})?|waiting(?:${UNTIL_QUORATE})|${THE_MEETING} waits(?:${UNTIL_QUORATE})?`,
    { how: 'waits' },
  ],
  [
    'attendance.proceed',
    'Go on informally',
    `${WE}${GO_ON}(?: with ${THE_MEETING})? (?:informally|on an informal basis)${MEANWHILE}|${WE}meet informally`,
    { how: 'informal' },
  ],
  ['attendance.proceed', 'Go on informally', `${WE}${GO_ON} without (?:a |the |our )?quorum`, { how: 'informal' }, 'asked'],
  [
    'attendance.proceed',
    'Go on with the meeting',
    `(?:we )?(?:resume|reconvene|continue|go on with|carry on with)(?: with)? ${THE_MEETING}|${WE}(?:resume|reconvene|continue|go on|carry on|(?:get going|start|begin|get started) again|restart)|(?:we are|we're) back(?: in session)?|back in session`,
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
    `who(?:'s| is| are| was| do we have| have we got)(?: still| all)? (?:${WHERE}|missing|absent|away|not ${WHERE}|not in|(?:still )?to come)(?: yet| so far)?|who (?:do we have|have we got|are we (?:still )?(?:missing|waiting for))(?: ${WHERE})?(?: yet| so far)?|who(?:'s| is| has| have|'s not| is not| has not| hasn't) (?:arrived|come|joined|turned up|left|gone|dropped off)(?: yet| so far)?|how many (?:people )?(?:are we|are(?: there)? ${WHERE}|(?:of us )?are(?: there)? ${WHERE}|of us are there|are there of us|do we have|have we got|have joined|have arrived|are missing)(?: ${WHERE})?(?: so far| yet)?|is (?:everyone|everybody) ${WHERE}(?: yet)?|are (?:we all|we all now|all of us) ${WHERE}|(?:show )?(?:the )?attendance(?: so far)?|(?:the )?attendance list`,
  ],
  [
    'attendance.quorum',
    'The quorum',
    "are we (?:still )?quorate(?: yet)?|is (?:it|the meeting) (?:still )?quorate(?: yet)?|do we (?:still )?have (?:a |the )?quorum(?: yet)?|is there (?:still )?a quorum(?: yet)?|have we (?:got )?a quorum(?: yet)?|(?:the |what is the |what's the |show the )?quorum|(?:do we have|have we got|are there) enough (?:people|members|of us)(?: here)?(?: (?:yet|now|to start|to go on|to continue|to be quorate|for (?:a |the )?quorum))?|how many (?:more )?do we need(?: for (?:a |the )?quorum)?",
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
const WHOLLY = SAID.map(([command, label, form, values = {}, doubtful]) => ({
  said: { command, label, values, ...(doubtful ? { doubtful: true as const } : {}) },
  form: new RegExp(`^(?:${form})$`, 'u'),
}))

const ADJOURN =
  /^(?:(?:we |i |we'll |we will |i'll )?(?:adjourn|are adjourned)|the meeting is adjourned|adjourned|extend (?:the )?adjournment)(?: the meeting)?(?: (?<until>(?:until|till|to|for|by) .{1,60}))?$/i
const LENGTH = /^(?:for|by) (?:(?:another|a further|about|around) )?(?<length>.+?)(?: more)?(?: or so)?$/i
const COUNT = /^(?:(?:the chair rules|i rule|rule) that )?(?:we )?(?:count|go) (?:the quorum )?(?<reading>(?:as|by) .{3,80})$/i
/** A sentence without politeness, and how it was said. */
export interface Bare {
  readonly said: string
  readonly allTheSame: boolean
  readonly asked: boolean
  /** what was recorded is said to have been otherwise */
  readonly corrects: boolean
}

/** What is left of a sentence without politeness; null where it cannot be about the room. */
export function bareOf(sentence: string): Bare | null {
  if (MADE_IT.test(sentence)) return { said: 'here', allTheSame: false, asked: false, corrects: false }
  const said = sentence
    .replace(ALL_THE_SAME, '')
    .replace(CORRECTION, '')
    .replace(/[\s.!?]+$/, '')
    .replace(AFTER, '')
    .replace(BEFORE, '')
  if (said.length > LONGEST || !CONCERNS.test(said) || ELSEWHERE.test(said)) return null
  const asked = /\?\s*$/.test(sentence) && !ORDERED.test(sentence)
  return { said, allTheSame: ALL_THE_SAME.test(sentence), asked, corrects: CORRECTION.test(sentence) }
}

const LONGEST = 700
/** Said on the way in, with why they are late. */
const MADE_IT = new RegExp(
  `^(?:(?:phew|finally|hi|hello|morning|sorry)[\\s,!.]+(?:${VOCATIVE}[\\s,!.]+)?)?(?:i've |i have )?(?:just |finally )?made it[\\s,.!–—-]*(?:(?:so |very )?sorry (?:i'm|i am|to be|for being|about being) (?:so )?late\\b[^?:;]{0,60})?[\\s.!]*$`,
  'i',
)
const QUESTIONS = ['attendance.here', 'attendance.quorum', 'attendance.print', 'attendance.interests']
const OF_THE_MEETING = new RegExp(`^(.*?) (?:of|at|for|in|to) ${THE_MEETING}$`, 'i')

/**
 * What somebody says of themselves or of the meeting; what is asked is no order.
 * @param hourIn tells the hour of the clock so many minutes from now, `HH:MM`
 */
export function saidIn(rest: string, asked: boolean, hourIn: (minutes: number) => string): Said | null {
  const plain = folded(rest)
    .replace(/\s*[()]\s*/g, ' ')
    .trim()
  const said =
    wholly(plain) ?? wholly(plain.replace(OF_THE_MEETING, '$1')) ?? ofSelf(plain) ?? adjourning(rest, hourIn) ?? counting(rest)
  return said && asked && !QUESTIONS.includes(said.command) ? null : said
}

function wholly(plain: string): Said | null {
  return WHOLLY.find(({ form }) => form.test(plain))?.said ?? null
}

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

function counting(rest: string): Said | null {
  const reading = COUNT.exec(rest)?.groups?.reading
  return reading ? { command: 'attendance.count_by', label: `Count ${reading}`, values: { reading } } : null
}
