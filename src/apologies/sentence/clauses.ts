import {
  APOLOGIES,
  ATTENDS,
  BODY,
  CAN,
  CANNOT,
  COMES,
  COMING,
  clause,
  DAY,
  DEPUTISES,
  DEPUTISING,
  P,
  STEAD,
  STRANGER,
  SUBJECT,
  SUBSTITUTE,
  WHEN,
} from './grammar.js'

/** What one clause of a sentence says. */
export type Kind =
  | 'apologies'
  /** "apologies" and no more: may be politeness */
  | 'sorry'
  | 'cannot'
  | 'substitute'
  /** comes, and whether in whose place is said elsewhere, or nowhere */
  | 'comes'
  | 'no substitute'
  | 'to be named'
  | 'attend'
  | 'needless'
  | 'late'
  | 'leave'
  | 'coming'
  | 'choose'
  /** why, or politeness: said beside what is meant */
  | 'aside'
  /** the same, with who or when in it */
  | 'reason'

export interface Form {
  readonly kind: Kind
  readonly form: RegExp
  /** understood, and not plainly enough to be done unasked */
  readonly doubtful?: true
}

const GIVE =
  '(?:send|give|offer|tender|submit|make|pass on|register|record|log|note|accept|take|put in|(?:send|record|register|not|pass|giv|accept|logg)ing(?: on)?)'
const I_GIVE =
  '(?:i |we )(?:send|give|offer|tender|submit)|(?:i |we )?(?:would like to |have to |must |need to |want to |will have to |wish to |will |am going to have to |having to )(?:send|give|offer|tender|submit|make)|(?:i am |we are )?(?:sending|giving|offering)'
const THEY_GIVE = `(?:(?:has|have) asked (?:me|us) to (?:send|give|pass on)|asks? (?:me|us) to (?:send|give|pass on)|sends|gives|(?:has|have) (?:sent|given)|sent|offers|would like to send|wishes to send|is sending|has to (?:send|give)|needs to (?:send|give)|must send)`
const ITS = '(?:his |her |their |its |the )?'
const REPORTED = '(?: in| received| have come in| come in| recieved)?'
/** To whom they are sent is said with a day, or it is politeness. */
const ALL = '(?: to (?:the )?(?:board|chair|group|partnership|all|everyone)(?= \\{[dt]))?'
const APPROX = '(?:about |around |approximately |approx |roughly |some |up to |at least )?'
const HOUR = '(?:(?: until| till| by| at| for| around| about)?(?: just)?(?: after| before)? \\{h\\d+\\})'
const GOES =
  '(?:leave|go|be away|be off|be leaving|be gone|dash off|dash|shoot off|shoot|head off|slip (?:away|out)|step out|duck out|nip (?:out|off)|pop out|get away|depart|drop off|drop|jump off|hop off|be out|exit|disappear|run|sign off|log off)'
const MUST =
  '(?:(?:will )?(?:have|need|has|needs) to|must|have got to|(?:am |is )?going to have to|got to|will|(?:am |is )?going to|can)'
const ANSWERED = '(?:answered|replied|responded|answer|reply|respond)'
const A_BIT = '(?:(?:a |just a )?(?:bit|little|touch|tad|few minutes|few mins|couple of minutes) )?'
const JOINING = '(?:joining(?: you)?|arriving|getting there|logging on|dialling in|join(?: you)?|arrive|get there|log on|dial in)'
const FOR_SOMETHING = '(?: (?:for|to catch|to get|because of|due to) [^{}§]{2,40})?'

const FORMS: readonly (readonly [Kind, string, true?])[] = [
  ['coming', `(?:who (?:is|are|will be) (?:not )?(?:coming|attending|there|joining)|who comes)${WHEN}`],
  ['coming', `how many (?:people |members |of us )?(?:are|will be) (?:coming|attending|there)${WHEN}`],
  ['coming', `who (?:sent|gave|sends) (?:in )?(?:their )?${APOLOGIES}${WHEN}`],
  ['coming', `who (?:cannot|is not able to|is unable to|will not be able to) (?:come|attend|make it|be there|join)${WHEN}`],
  ['coming', `who (?:else )?(?:has|have|did|is)(?: still)? not (?:yet )?${ANSWERED}(?: yet| so far)?${WHEN}`],
  ['coming', `who (?:still (?:has|needs)|has still|has yet|is (?:still |yet )?) ?to (?:answer|reply|respond)${WHEN}`],
  ['coming', `who (?:have|has) (?:we|anyone)(?: still)? (?:not |yet |to |still )*(?:hear|heard) (?:back )?from(?: yet)?${WHEN}`],
  ['coming', `who (?:is|has|have) (?:said|saying) (?:no|yes)(?: so far| yet)?${WHEN}`],
  ['coming', `who (?:has |have )?(?:answered|replied|responded)(?: yet| so far)?${WHEN}`],
  [
    'coming',
    `(?:are there |have we |have we had |have we got |do we have |did we have )?any apologies(?: yet| so far| received)?${WHEN}`,
  ],
  ['coming', `(?:will|are|is|do) (?:we|it|the meeting|\\{t\\}) (?:going to )?(?:be quorate|have (?:a |the )?quorum)${WHEN}`],
  ['coming', `(?:will|is) there (?:going to )?be a quorum${WHEN}`],
  ['choose', '(?:name|choose|change) (?:a|my|the) (?:substitute|sub)'],

  [
    'late',
    `(?:${SUBJECT} )?(?:(?:am|is|are|will be|be|going to be) )*(?:running )?${A_BIT}${APPROX}(?:\\{a\\d+\\} )?late(?: (?:for|to|joining))?${WHEN}${FOR_SOMETHING}`,
  ],
  ['late', `(?:${SUBJECT} )?(?:(?:am|is|are|will be|be|going to be) )*(?:running )?late(?: by)? ${APPROX}\\{a\\d+\\}${WHEN}`],
  [
    'late',
    `(?:${SUBJECT} )?(?:(?:am|is|are|will|be|going to|have to|need to) )*${JOINING} ${A_BIT}${APPROX}(?:\\{a\\d+\\} )?late${WHEN}${FOR_SOMETHING}`,
  ],
  ['late', `(?:${SUBJECT} )?(?:(?:am|is|are|will be) )?(?:joining(?: you)?|arriving|dialling in)${WHEN}${HOUR}${WHEN}`],
  ['late', `running ${A_BIT}${APPROX}(?:\\{a\\d+\\} )?(?:late|behind)${WHEN}`],
  ['late', `(?:please )?expect (?<who>me|${P}) ${APPROX}(?:\\{a\\d+\\} )late${WHEN}`],
  [
    'late',
    `(?:${SUBJECT} )?(?:${CANNOT}) (?:get there|arrive|join|be there|be with you|make it|come|start)${WHEN} until${WHEN}${HOUR}${WHEN}`,
  ],
  [
    'late',
    `(?:${SUBJECT} )?(?:(?:will|can|can only|should be able to|am going to) )(?:join|arrive|get there|be joining|be arriving|join you|log on|dial in)${WHEN}${HOUR}${WHEN}`,
  ],
  [
    'late',
    `(?:${SUBJECT} )?(?:will|can|can only) (?:join|arrive|be there|get there|be joining|be arriving|be with you) ${APPROX}\\{a\\d+\\} (?:in|after the start|late)${WHEN}`,
  ],
  [
    'late',
    `(?:${SUBJECT} )?(?:${CANNOT}|will miss) (?:(?:be there|join|make|attend|get there)(?: at| for)? )?(?:the )?(?:start|beginning|first \\{a\\d+\\})(?: of)?${WHEN}`,
  ],

  ['leave', `(?:${SUBJECT} )?${MUST} (?:only )?${GOES}(?: the call)?(?: early)?${WHEN}${HOUR}${WHEN}${FOR_SOMETHING}`],
  ['leave', `(?:${SUBJECT} )?${MUST} (?:leave|go|be leaving|head off|slip away) early${WHEN}${FOR_SOMETHING}`],
  // By the meeting's own hour it is no lateness: whoever knows the meeting says which.
  [
    'late',
    `(?:${SUBJECT} )?(?:can|will|am able to|should) (?:now )?(?:be there|be here|come|attend|make it|be with you)${WHEN}${HOUR}${WHEN}`,
  ],
  [
    'leave',
    `(?:${SUBJECT} )?(?:am |is |will be )?(?:leaving|heading off|shooting off|dropping off|signing off|logging off|going)(?: early)?${WHEN}${HOUR}${WHEN}${FOR_SOMETHING}`,
  ],
  ['leave', `(?:${SUBJECT} )?(?:am |is |will be )?leaving early${WHEN}`],
  [
    'leave',
    `(?:${SUBJECT} )?(?:can|will|am) (?:only )?(?:able to )?(?:stay|be there|attend|be with you|remain)${WHEN}(?: until)?${HOUR}${WHEN}`,
  ],
  [
    'leave',
    `(?:${SUBJECT} )?(?:can|will|am) (?:only )?(?:able to )?(?:stay|be there|attend|remain) for (?:the )?first (?:hour|\\{a\\d+\\})${WHEN}`,
  ],
  ['leave', `(?:${SUBJECT} )?(?:can|will) only (?:stay|be there|attend) for (?:an hour|\\{a\\d+\\})${WHEN}`],

  [
    'no substitute',
    '(?:(?:with |there (?:is|will be) )?no(?:body)? (?:sub|substitute|deputy|replacement)|without (?:a |any )?(?:sub|substitute|deputy)|not sending (?:a|anyone|anybody|any) ?(?:sub|substitute|deputy)?|nobody (?:can|to|will|is able to|is available to) (?:sub|cover|stand in|attend instead|deputise)(?: for me)?|no one (?:can|to|will) (?:sub|cover|stand in)(?: for me)?|(?:there is )?(?:no one|nobody) (?:is )?(?:available|free)(?: to (?:sub|cover|stand in|come|attend|deputise)(?: for me)?)?|(?:no|nobody) (?:available|free) to (?:sub|cover|stand in))(?: this time| available| i am afraid| can (?:come|attend))?',
  ],
  [
    'to be named',
    '(?:(?:the |my )?name of (?:my |the )?(?:sub|substitute|deputy)|(?:my )?(?:sub|substitute|deputy)|name|details)(?: is| are)? (?:to follow|to be confirmed|to be advised|will follow|to come)|(?:i )?(?:will|am going to|hope to) (?:send|name|find|arrange|confirm|get|let you know) (?:a|the|my|who the) (?:sub|substitute|deputy|replacement)(?: is)?(?: (?:later|separately|in due course|shortly))?|(?:i )?will (?:confirm|let you know) (?:who|a sub|the sub|my sub).{0,30}',
  ],

  [
    'apologies',
    `(?:${I_GIVE}|(?:put|mark|count) me down (?:as|for)|i am|it (?:is|will be)|mine are) (?:my |our )?${APOLOGIES}(?: from me| from us)?${ALL}${WHEN}(?: from me)?`,
  ],
  ['apologies', `(?:${GIVE} )?(?:my |our )${APOLOGIES}${ALL}${WHEN}(?: from me)?`],
  ['apologies', `(?:${GIVE} )?${APOLOGIES} from (?:me|us|myself)${ALL}${WHEN}`],
  ['apologies', `${GIVE} (?:the (?:board|chair|group|members)|everyone|members|colleagues|all) (?:my|our) ${APOLOGIES}${WHEN}`],
  ['apologies', `${GIVE} (?:this|these) as my ${APOLOGIES}${WHEN}`],
  ['apologies', `${GIVE} (?:the )?${APOLOGIES}${WHEN} for (?<who>${P})${WHEN}`],
  ['apologies', `${GIVE} (?:his|her|their) ${APOLOGIES}${ALL}${WHEN}`],
  ['apologies', `${APOLOGIES}${WHEN}(?: from me)?`],
  ['apologies', `(?:my )?${APOLOGIES} in advance${WHEN}`, true],
  ['apologies', `i have (?:already )?(?:sent|given) (?:you )?my apologies${WHEN}`, true],
  [
    'apologies',
    `(?:(?:i am |we are )?sending|i (?:send|have)|(?:i )?(?:pass|passing) on|here are|we have|${GIVE}) (?:the )?${APOLOGIES}${REPORTED}${WHEN} (?:from|on behalf of) (?<who>${P}|${BODY})(?: (?:of|from|at) \\{o\\d+\\})?${WHEN}`,
  ],
  [
    'apologies',
    `(?:the )?${APOLOGIES}${REPORTED}(?: also)?${WHEN} (?:from|on behalf of) (?<who>${P}|${BODY}|him|her|them)(?: (?:of|from|at) \\{o\\d+\\})?${WHEN}`,
  ],
  [
    'apologies',
    `(?<who>${P}|${BODY}|he|she)(?:'s (?:office|pa|team|secretary|assistant))?(?: (?:of|from|at) \\{o\\d+\\})? (?:also )?(?:${THEY_GIVE}|send) (?:you |me )?${ITS}${APOLOGIES}${ALL}${WHEN}`,
  ],
  ['apologies', `${THEY_GIVE} ${ITS}${APOLOGIES}${WHEN}`],
  ['apologies', `\\{o\\d+\\} (?:${THEY_GIVE}|send) ${ITS}${APOLOGIES}${WHEN}(?: (?:for|from|on behalf of) (?<who>${P}))${WHEN}`],
  ['apologies', `(?<who>${P}|${BODY})(?:'s)? ${APOLOGIES}${WHEN}`],
  ['apologies', `(?<who>me|${P}) down (?:as|for) apologies${WHEN}`],

  ['cannot', `(?:${SUBJECT}(?: (?:of|from|at) \\{o\\d+\\})? )?${CANNOT} ${ATTENDS}${WHEN}`],
  [
    'cannot',
    `(?:${SUBJECT} )?(?:am |is |are |will be )?(?:not|no longer) (?:able to ${ATTENDS}|coming|attending|going|there|available|free|about|around)${WHEN}`,
  ],
  ['cannot', `(?:${SUBJECT} )?(?:am |is |are |will be )?unavailable${WHEN}`],
  ['cannot', `(?:${SUBJECT} )?cannot${WHEN} make it${WHEN}`],
  [
    'cannot',
    `(?:${SUBJECT} )?(?:(?:will |am going to |is going to )?(?:have|having) to (?:miss|skip)|will (?:miss|skip|be missing|be absent)|must miss|has to miss|am going to miss|am missing|is missing|will not now be|will not be)(?: from)?${WHEN}`,
  ],
  ['cannot', `(?:(?:it is |that is )?(?:a )?no (?:from|for) me|no can do|(?:please )?count me out|i am out)${WHEN}`],
  [
    'cannot',
    `(?:${SUBJECT} )?(?:(?:need|have|needs|has|will have|am going to have) to |must |am |is )?(?:pull|drop|bow|pulling|dropping|bowing) out(?: of| for| on)?${WHEN}`,
  ],
  ['cannot', `to (?:miss|be missing)${WHEN}`],
  [
    'cannot',
    `(?:${SUBJECT} )?(?:(?:am |is |will |am going to |is going to )?(?:(?:have|has|need|needs) to )?)giv(?:e|ing)${DAY} a miss`,
  ],
  ['cannot', `\\{d\\d+\\}(?: is|'s) (?:a )?(?:no(?: go)?|out|not possible|impossible)(?: (?:from|for) me)?`],
  ['cannot', `(?:${SUBJECT} )?cannot`, true],
  ['cannot', `not${WHEN}`, true],
  [
    'cannot',
    `\\{[dt]\\d*\\} (?:does not|is not going to|will not) work(?: for me)?|(?:i )?(?:do not|cannot) (?:work|manage) \\{d\\d+\\}`,
    true,
  ],

  [
    'substitute',
    `${SUBSTITUTE} (?:(?:(?:will|to|can|is to|is going to|would|is able to|is (?:happy|free|available|due) to|has (?:very )?kindly (?:agreed|offered) to|has (?:agreed|offered) to|kindly agreed to|will now|will kindly)) )(?:kindly )?${DEPUTISES}${STEAD}*${WHEN}${STEAD}*${WHEN}`,
  ],
  [
    'substitute',
    `${SUBSTITUTE} (?:(?:(?:will|to|can|is to|is going to|is able to|is (?:happy|free|available|due) to|has (?:very )?kindly (?:agreed|offered) to|has (?:agreed|offered) to|will now)) )(?:kindly )?${ATTENDS}${WHEN}${STEAD}+${WHEN}`,
  ],
  ['substitute', `${SUBSTITUTE} (?:is |will be |has been )?${DEPUTISING}${STEAD}*${WHEN}${STEAD}*${WHEN}`],
  ['substitute', `${SUBSTITUTE} (?:is |will be )?${COMING}${WHEN}${STEAD}+${WHEN}`],
  ['substitute', `${SUBSTITUTE}${STEAD}+${WHEN}`],
  ['substitute', `${SUBSTITUTE} (?:(?:is|will be|as) )(?:my|the|his|her|their) (?:sub|substitute|deputy|stand-in)${WHEN}`],
  [
    'substitute',
    `(?:(?:and |with )?(?:my |the |his |her )?(?:sub|substitute|deputy|stand-in)(?: is| will be|)|with) ${SUBSTITUTE}${STEAD}*${WHEN}`,
  ],
  [
    'substitute',
    `(?:(?:i|we|he|she|they) (?:am|are|is|will be|will)? ?|is )?(?:sending|send) ${SUBSTITUTE}(?: (?:along|to attend|to cover|to sub|to deputise))?${STEAD}*${WHEN}`,
  ],
  [
    'substitute',
    `(?:i |we )?(?:have )?(?:asked|arranged for|nominated|appointed|got|name|nominate) ${SUBSTITUTE} to (?:${DEPUTISES}|${ATTENDS})${WHEN}${STEAD}*${WHEN}`,
  ],
  ['substitute', `(?:i |we )?(?:nominate|name|have nominated|am nominating|nominating) ${SUBSTITUTE}${STEAD}*${WHEN}`],
  ['substitute', `(?:so )?(?:it|that) (?:will be|is) ${SUBSTITUTE}(?: not me|${STEAD})+${WHEN}`],
  ['substitute', `${SUBSTITUTE} not me${WHEN}`],
  ['substitute', `(?:pencil|put) ${SUBSTITUTE} (?:in|down) as my (?:sub|substitute|deputy)${WHEN}`, true],
  ['substitute', `${SUBSTITUTE} (?:can|will)(?: do(?: it)?| be(?: there)?)?`],
  [
    'comes',
    `${SUBSTITUTE} (?:(?:(?:will|to|can|is going to|is able to|has agreed to|is due to|is happy to)) )(?:${ATTENDS})${WHEN}`,
  ],
  ['comes', `${SUBSTITUTE} (?:is |will be )?${COMING}${WHEN}`],
  [
    'substitute',
    `(?<sub>i|we) (?:(?:will|can|am going to|will be able to|have agreed to|have been asked to|am to|am happy to|am able to) )(?:kindly )?(?:${DEPUTISES}${STEAD}*|${COMES}${STEAD}+)${WHEN}${STEAD}*${WHEN}`,
  ],
  ['substitute', `(?:(?<sub>i|we) (?:am |will be )?)?(?:${DEPUTISING}${STEAD}*|${COMING}${STEAD}+)${WHEN}${STEAD}*${WHEN}`],

  ['substitute', `(?:you have|you will have|you have got|you get|you will get) (?<sub>me|${P}) instead${WHEN}`],
  [
    'substitute',
    `(?<sub>he|she|they) (?:(?:will|can|is going to|has agreed to|is happy to) )(?:${DEPUTISES}${STEAD}*|${ATTENDS}${WHEN}${STEAD}+)${WHEN}${STEAD}*${WHEN}`,
  ],

  [
    'needless',
    `${SUBSTITUTE} (?:is )?(?:no longer (?:needed|required|has to (?:sub|cover|come|attend))|not (?:needed|required)(?: any more| now)?|does not (?:need|have) to (?:${DEPUTISES}|${ATTENDS})${STEAD}*|need not (?:${DEPUTISES}|${ATTENDS})${STEAD}*|can stand down)${WHEN}`,
  ],

  [
    'attend',
    `(?:(?:ignore|withdraw|cancel|take back|disregard|scrap|retract|rescind) |i (?:would like to |want to |hereby )?(?:withdraw|take back|retract) )(?:my |the |${P}'s |his |her )(?:earlier |previous )?apologies${WHEN}`,
  ],
  ['attend', `(?:${SUBJECT} )?${CAN} (?:now )?${ATTENDS}${WHEN}(?: in person| online| remotely)?`],
  ['attend', `(?:${SUBJECT} )?(?:am|is|are) (?:now )?(?:coming|attending)(?: in person)?${WHEN}`],
  ['attend', `(?:i )?(?:am )?(?:now )?(?:free|available)${WHEN}`, true],
  ['attend', `(?:(?:happy|pleased|glad|able) to )?(?:confirm(?:ing)? )?my attendance${WHEN}`],
  ['attend', `(?:i will |will )?see (?:you|everyone)(?: all)?${WHEN}`, true],
  ['attend', `(?:put|mark) me down (?:as|for) (?:attending|coming|present|attendance)${WHEN}`],
  ['attend', `(?:now )?attending${WHEN}`],
  ['attend', `(?:please )?count me in${WHEN}`],
  ['attend', `i am in${WHEN}`, true],
  ['attend', `(?:i am )?back (?:on|in)(?= \\{[dt])${WHEN}`, true],

  ['sorry', `(?:${GIVE} (?:my |our )|many |my |our |a thousand |with (?:my )?|)${APOLOGIES}(?: again)?`],
  ['sorry', `(?:${GIVE} )?(?:my )?apologies (?:all|everyone|${P})`],
  [
    'aside',
    '(?:(?:sorry|apologies|thanks|thank you)(?: again)? )?(?:for|about) (?:the |any |my |such )?(?:(?:very |rather )?(?:late|short|inconvenience|delay|confusion|trouble|messing)(?: (?:notice|reply|response|caused|you about))?|(?:notice|reply|response) being (?:so )?late)',
  ],
  ['aside', '(?:sorry|thanks|thank you|yes|yep|no|\\{t\\})(?: again)?(?: all| everyone)?'],
  ['aside', `(?:by )?${APPROX}\\{a\\d+\\}(?: or so)?`],
  [
    'aside',
    '(?:change of plans?|update|quick (?:one|note|update)|as (?:discussed|agreed)|further to (?:my|your) (?:email|message|note))',
  ],
  ['aside', `${P} is (?:free|available|around|able to|happy to(?: do it)?)`],
  [
    'aside',
    "(?:please )?(?:do )?start without me|have a good (?:meeting|one)|hope (?:it|the meeting) goes well|see you (?:there|then|all then|next time)|speak soon|enjoy|will (?:catch up|read the (?:notes|minutes))(?: after(?:wards)?| later)?|hope (?:that is|this is|you are) (?:ok|okay|alright|well|all well)|hope that (?:is|'s) (?:ok|okay|alright)|let me know if (?:that is|there are) .{0,30}|will be in touch",
  ],
  [
    'aside',
    `${P} has (?:rung|called|phoned|emailed|been in touch|just rung|let me know|told me|written|messaged)|${P} (?:rang|phoned|emailed|called)(?: (?:in|me|to say))?`,
  ],
]

export const CLAUSES: readonly Form[] = FORMS.map(([kind, form, doubtful]) => ({
  kind,
  form: clause(`(?:${form})`),
  ...(doubtful ? { doubtful } : {}),
}))

/** What keeps officials from meetings. */
const REASONS =
  /\b(?:court|leave|holidays?|away|clinics?|clash(?:es|ing)?|conflicts?|double[- ]?booked|booked|conference|training|course|inspections?|inspectors?|hearings?|tribunal|trial|sick|ill|unwell|poorly|hospital|appointments?|surgery|funeral|childcare|school|trains?|traffic|strike|station|on call|off|out of (?:the )?office|abroad|diary|exercise|operation(?:al)?|commitments?|emergency|come up|came up|cropped up|committed|elsewhere|interviews?|busy|committee|cabinet|council|collapsed|cancelled|vacated|moved|jury|dentist|doctor|gp|wedding|flight|visit|audit|event|workshop|deadline|another (?:meeting|engagement)|prior engagement|engagement|retreat|rota|shift|duty|on shift|nights|covid|car|snow|flood|weather|budget|board meeting|panel|business|stuck|delayed|roadworks|motorway|m\d{1,3}|retire)\b|\{r\}/i
const BECAUSE =
  /^(?:because(?: of)?|due to|owing to|as (?=i |we |he |she |they |it |\{p|my |am |is |in |on |there)|since|on account of|thanks to)\b/i
/** In a clause that holds one of these nothing is set aside unread. */
const TELLS = new RegExp(
  `\\b(?:apologies|sub|substitute|deputy|deput\\w+|stand(?:ing)? in|instead|attend\\w*|cannot|(?:drop(?:ping)?|log(?:ging)?|sign(?:ing)?|head(?:ing)?) off|unable|late|if|unless|was|were|had|please|agenda|item|minutes|paper|papers|notes|slides|page|who|what|when|which|where)\\b|§|\\{o\\d+\\} (?:will|can)|${STRANGER} (?:will|to)`,
  'iu',
)
const LONGEST_REASON = 16

/** Whether a clause only says why; what it says is put aside and kept nowhere. */
export function isReason(said: string): boolean {
  if (said.split(' ').length > LONGEST_REASON) return false
  if (BECAUSE.test(said)) return !/\b(?:if|unless)\b|§/i.test(said)
  return REASONS.test(said) && !TELLS.test(said)
}
