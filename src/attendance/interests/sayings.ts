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
  /** of now, or of a moment to come */
  readonly doubtful?: true
}

const INTEREST = 'an? (?:\\w+ )?interest in (?:item )?(?<item>[a-w]\\d{1,2})'
const REST = '(?:\\s*[:,;-]\\s*(?<rest>.{3,600}))?$'
const DECLARE = new RegExp(
  `^(?:i )?(?:want to |wish to |must |have to )?(?<ought>should |ought to |need to |had better )?(?:declare|declaring|have) ${INTEREST}${REST}`,
  'i',
)
const DECLARES = new RegExp(
  `^(?<name>\\p{L}[\\p{L}'’. -]{1,60}?) (?:declares|declared|has|has declared) ${INTEREST}${REST}`,
  'iu',
)
const OF_ITEM = '(?:item |agenda item )?(?<item>[a-w]\\d{1,2})(?: now)?$'
const ME = "(?:that's me |i am |i'm |im |i have |i've |i )?(?:now |just )?"
const STEPS_OUT = 'step(?:ping|ped)? (?:out|outside|away)|leav(?:e|ing)(?: the room| the meeting| the call)?|left the room'
const WITHDRAW = new RegExp(
  `^(?:${ME}(?:withdraw|withdrawing|withdrawn|will withdraw now|${STEPS_OUT})|${ME}(?:have to|need to|must) (?:withdraw|step out|leave(?: the room)?))(?: now)? (?:for|from|during) ${OF_ITEM}`,
  'i',
)
/** Now, or when the item is reached. */
const WILL_WITHDRAW = new RegExp(
  `^(?:i'll|i will|ill|i shall|i'm going to|i am going to) (?:withdraw|step out|step outside|leave|leave the room|be out|sit out|go out)(?: for| from| during) ${OF_ITEM}`,
  'i',
)
const RETURN = new RegExp(
  `^${ME}(?:return|returning|returned|am back|back|come back|came back)(?: now)?(?: (?:in|in the room|in the meeting|on the call|with you))? (?:for|to|after|from|following) ${OF_ITEM}`,
  'i',
)
/** "Back after A4" may as well be a promise, "returning to A4" and "leave for A4" be said of what is spoken about. */
const OF_NOBODY = /^(?:back|return|returning|leave|leaving)(?! the)\b/i
/** What they do, after the nature: "…; I withdraw now". */
const DOES: readonly (readonly [does: string, form: RegExp])[] = [
  [
    'withdraws now',
    /[;,.]\s*(?:and )?(?:i |they |he |she )?(?:withdraw|withdraws|withdrew|will withdraw|am withdrawing) now\s*$/i,
  ],
  [
    'withdraws',
    /[;,.]\s*(?:and )?(?:i |they |he |she )?(?:withdraw|withdraws|(?:will |shall |i'll |i will )?(?:withdraw|step out|leave the room))(?: for it| for the item| for that)?\s*$/i,
  ],
  [
    'speaks',
    /[;,.]\s*(?:and )?(?:i |i'll |they |he |she )?(?:(?:will )?(?:stay|stays) and (?:speak|speaks)|(?:will )?(?:speak|speaks))\s*$/i,
  ],
  ['stays', /[;,.]\s*(?:and )?(?:i |i'll |they |he |she )?(?:will )?(?:stay|stays|remain|remains)\s*$/i],
]

/** What is said of an interest: "declare an interest in B3: …; I withdraw", "I withdraw for B3". */
export function ofItemIn(rest: string): SaidOfItem | null {
  const declared = (DECLARE.exec(rest) ?? DECLARES.exec(rest))?.groups
  const [now, later, returned] = [WITHDRAW, WILL_WITHDRAW, RETURN].map((form) => form.exec(rest)?.groups)
  const withdrawn = now ?? later
  const number = (declared ?? withdrawn ?? returned)?.item?.toUpperCase()
  if (number === undefined) return null
  const bare = { number, nature: null, does: null, name: null }
  if (!declared) {
    const doubtful = later || OF_NOBODY.test(rest) ? { doubtful: true as const } : {}
    return withdrawn
      ? { ...bare, ...doubtful, command: 'attendance.withdraw', label: `Withdraw ${later ? 'now ' : ''}for ${number}` }
      : { ...bare, ...doubtful, command: 'attendance.return', label: `Return after ${number}` }
  }
  const said = declared.rest ?? ''
  const [does = null, form] = DOES.find(([, ending]) => ending.test(said)) ?? []
  const nature = (form ? said.replace(form, '') : said).trim()
  // "I should declare an interest" is on the way to it: the form asks.
  const whole = does !== null && nature !== '' && declared.ought === undefined
  return {
    command: whole ? 'attendance.declare' : 'attendance.declare_form',
    label: `Declare an interest in ${number}`,
    number,
    nature: nature === '' ? null : nature,
    does,
    name: declared.name ?? null,
  }
}
