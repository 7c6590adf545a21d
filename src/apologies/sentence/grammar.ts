/** The pieces of which clauses are made, as regular expressions. People, days and hours stand in braces by now. */
export const P = '\\{p\\d+\\}'
export const BODY = '\\{o\\d+\\}'
const LIST = `${P}(?:(?:,? (?:or|and|&) |/)${P})*`
/** Somebody who is unknown, by two names at least. */
export const STRANGER = "(?:(?:Dr|Mr|Mrs|Ms|Cllr|Supt|Insp|DCI|DI|PC|Prof)\\.? )?\\p{Lu}[\\p{Ll}'-]+(?: \\p{Lu}[\\p{L}'-]+){1,2}"
/** When, in a row; "it" is the meeting. */
export const WHEN =
  '(?:(?: (?:on|to|at|for|in|from|of|or|and|or on|and on))?(?: (?:\\{[dh]\\d+\\}|\\{t\\}|it))| after all| as planned| this time)*'
/** The meeting, named by its day or as such. */
export const DAY = '(?: (?:\\{d\\d+\\}|\\{t\\}))'
const WHOSE = `(?:my|his|her|their|our|the|${P}'s|\\{o\\d+\\}'s)`
/** In whose stead. */
export const STEAD = `(?: (?:for|on behalf of) (?:me|us|him|her|them|${P}|\\{o\\d+\\})| (?:in|on) ${WHOSE} (?:behalf|place|stead|absence|seat)| instead(?: of (?:me|him|her|${P}))?| as ${WHOSE} (?:sub|substitute|deputy|stand-in))`
const TAKES = `take ${WHOSE} (?:place|seat)`
const STANDS = 'sub in|sub|substitute|deputise|stand in|sit in|cover|step in|fill in|stand'
const STANDING = 'subbing in|subbing|substituting|deputising|standing in|sitting in|covering|stepping in|filling in'
const REPRESENT = `represent(?: (?:us|me|him|her|them|\\{o\\d+\\}|${P}))?`
/** What only a substitute does. */
export const DEPUTISES = `(?:${STANDS}|${TAKES}|${REPRESENT}|be ${WHOSE} (?:sub|substitute|deputy|stand-in)|act for(?= me| him| her| \\{p)|be (?:${STANDING}|representing(?: (?:us|me|\\{o\\d+\\}|${P}))?|taking ${WHOSE} (?:place|seat)))`
export const DEPUTISING = `(?:${STANDING}|representing(?: (?:us|me|\\{o\\d+\\}|${P}))?|taking ${WHOSE} (?:place|seat)|acting as ${WHOSE} (?:sub|substitute|deputy))`
/** What whoever comes does. */
export const COMES =
  '(?:attend|come along|come|go|be there|be here|join(?: you| us| in)?|take part|be attending|be coming|be going|be present|be(?= \\{[dt]))'
export const COMING = '(?:attending|coming|going|joining)'
export const ATTENDS = `(?:make it|make|do it|do|get there|get to|get(?= \\{[dt])|manage|be able to (?:come|attend|make it|make|join|do)|be with (?:you|us)|be joining|be at|participate|${COMES})`
export const CANNOT =
  '(?:cannot|can no longer|(?:am |is )?no longer able to|(?:am |is |are )?(?:now )?(?:unable|not able) to|will (?:now )?(?:be unable|not be able) to|(?:am |is |are )?not going to(?: be able to)?|will not(?: now)?|is not able to|am not able to)'
export const CAN =
  '(?:can|will|am able to|am going to|is able to|will be able to|can now|am now able to|will now|am now going to|can definitely|will definitely|intend to|plan to)'
/** Who substitutes: known, a stranger, or the speaker. */
export const SUBSTITUTE = `(?<sub>${LIST}|${STRANGER}|\\p{Lu}[\\p{Ll}'-]+)`
export const SUBJECT = `(?<who>i|we|he|she|they|${P})`
export const APOLOGIES =
  '(?:sincere |sincerest |full |formal )?apologies(?: for (?:my |his |her |their )?(?:absence|non-attendance))?'

export const clause = (form: string): RegExp => new RegExp(`^${form}$`, 'iu')
