import { hoursIn, without } from '../kernel/said-time.js'

/** What is said of others: who, by name, and what is marked of them. */
export interface SaidOfOthers {
  readonly how: string
  readonly label: string
  readonly names: readonly string[]
  /** for whom they sit, as they were called */
  readonly whom: string | null
  /** `HH:MM` */
  readonly hour: string | null
  /** why it is marked now, where that was said */
  readonly reason: string | null
}

const TITLE = '(?:Cllr|Dr|Mr|Mrs|Ms|Miss|Prof|Supt|Insp|DCI|DI|PC|ACC|Ch Insp|Rev)\\.?'
/** No name is one of the words between names and what is said of them. */
const WORD = "(?!(?:and|is|are|has|have|just|for)\\b)\\p{L}[\\p{L}'’-]{0,40}"
const NAME = `(?:${TITLE} )?${WORD}(?: ${WORD}){0,3}?`
const NAMES = `(?<names>${NAME}(?:(?:,| and|, and| &) ${NAME}){0,9}?)`
/** Whoever is new may be called with their body. */
const OF = '(?: (?:from|of) [^,;:]{2,60}?)?'
const ARE = "(?:(?:is|are) |'s |’s )(?:now |also )?"
const HAVE = "(?:(?:has|have|just|now|also|'s|’s) ){0,3}"
const STANDS_IN = '(?:substituting|standing in|sitting in|subbing|deputising|covering|filling in|stepping in)'
const FOR = `(?:,? (?:for|in place of|instead of|on behalf of|${STANDS_IN} for) (?<whom>.+))?`
const MEETING = '(?: (?:the meeting|the room|the call|us))?'
const WE_HAVE = "(?:that's|that is|we have|we've got|i have|i've got)(?: now| also)?"
const ROOM = '(?:in the (?:room|chamber))'
const ONLINE = '(?:online|on the call|on teams)'

const form = (says: string): RegExp => new RegExp(`^${says}$`, 'iu')

/** What is said of others, by the clerk: each with who it is about. */
const OTHERS: readonly (readonly [form: RegExp, how: string, label: string])[] = [
  [form(`mark ${NAMES} (?:as )?(?:(?:here|present),? )?${ROOM}`), 'room', 'Mark as here'],
  [form(`mark ${NAMES} (?:as )?(?:here|present|in)`), 'here', 'Mark as here'],
  [form(`mark ${NAMES} (?:as )?(?:(?:here|present),? )?${ONLINE}`), 'online', 'Mark as online'],
  [form(`mark ${NAMES} (?:as )?(?:having )?(?:left|gone|away)`), 'left', 'Mark as left'],
  [form(`mark ${NAMES} (?:as )?(?:being )?back`), 'back', 'Mark as back'],
  [form(`mark ${NAMES} (?:as )?(?:having )?(?:arrived|joined)`), 'here', 'Mark as here'],
  [form(`${NAMES}${OF} ?${ARE}${STANDS_IN} for (?<whom>.+)`), 'stands in', 'Mark as here'],
  [form(`${NAMES}${OF} ?${ARE}(?:here,? |present,? )?${ROOM}${FOR}`), 'room', 'Mark as here'],
  [form(`${NAMES}${OF} ?${ARE}(?:here,? |present,? )?${ONLINE}${FOR}`), 'online', 'Mark as online'],
  [
    form(`${NAMES}${OF} ?${HAVE}(?:joined|dialled in|come in) ?(?:online|the call|on teams|remotely|by telephone)${FOR}`),
    'online',
    'Mark as online',
  ],
  [form(`${NAMES}${OF} ?${HAVE}dialled in`), 'online', 'Mark as online'],
  [form(`${NAMES}${OF} ?${ARE}(?:here|present|in|there)(?: too| as well| now)?${FOR}`), 'here', 'Mark as here'],
  [form(`${NAMES}${OF} ?${HAVE}(?:arrived|come in|come|came in|came|turned up|joined us|joined)${FOR}`), 'here', 'Mark as here'],
  [form(`${NAMES} present`), 'here', 'Mark as here'],
  [form(`${WE_HAVE} ${NAMES} (?:(?:here|present),? )?${ONLINE}`), 'online', 'Mark as online'],
  [form(`${WE_HAVE} ${NAMES} (?:(?:here|present),? )?${ROOM}`), 'room', 'Mark as here'],
  [form(`${WE_HAVE} ${NAMES} (?:here|present|in)`), 'here', 'Mark as here'],
  [form(`${NAMES} ?(?:${ARE}|was |were )(?:back|with us again)`), 'back', 'Mark as back'],
  [form(`${NAMES} ?${HAVE}(?:returned|come back|came back|rejoined)`), 'back', 'Mark as back'],
  [form(`${NAMES} ?${HAVE}(?:left|gone home|gone|had to (?:leave|go))${MEETING}`), 'left', 'Mark as left'],
  [form(`${NAMES} ?${ARE}(?:leaving|off)`), 'left', 'Mark as left'],
  [
    form(
      `${NAMES}(?:'s|’s)? (?:connection (?:has )?dropped|${HAVE}(?:dropped off|dropped out|dropped off (?:the call|the line|teams)|lost (?:his |her |their |the )?connection|been cut off)|was cut off)`,
    ),
    'dropped',
    'Mark as dropped',
  ],
]
/** "Please note that Helen Marsh left at 10:50". */
const NOTE = /^(?:(?:note|record|minute)(?: that)?|for the minutes)[,:]? /i
const PRESIDES = form(
  `(?<names>${NAME}) (?:takes the chair|will take the chair|presides|is presiding|will preside|is in the chair|chairs|will chair|is chairing)`,
)
const REASON = /(?:,? (?<link>because|since|as(?= (?:he|she|they|i|it|we)\b)) |\s*[:;] |\s*\()(?<reason>[^()]{3,500})\)?$/i

/** "Helen Marsh takes the chair": her name, as it was said. */
export const presidesIn = (rest: string): string | null => PRESIDES.exec(rest)?.groups?.names ?? null

/** "Daniel Okafor and Helen Marsh are here", "Ruth Hale is here for Daniel Okafor", "Tom Beresford left at 10:50, because he told me so". */
export function ofOthersIn(rest: string): SaidOfOthers | null {
  const { link, reason: words = null } = REASON.exec(rest)?.groups ?? {}
  // "Since 10:05" says when, and not why.
  const says = (when: string) => /\d/.test(when) || hoursIn(when).length > 0
  const reason = link?.toLowerCase() === 'since' && words !== null && says(words) ? null : words
  const plain = (reason === null ? rest : rest.replace(REASON, '')).replace(NOTE, '').replace(/\bsince (?=\d)/i, 'at ')
  const [hour, another] = hoursIn(plain)
  if (another) return null
  const untimed = hour ? without(plain, [hour]).replace(/[\s,]+(?:at|since|from)?$/, '') : plain
  for (const [said, how, label] of OTHERS) {
    const groups = said.exec(untimed)?.groups
    if (!groups?.names) continue
    const names = groups.names.split(/,? and |, ?| & /i).map((name) => name.replace(/['’]s$/, ''))
    const at = hour?.said.toString({ smallestUnit: 'minute' }) ?? null
    return { how, label, names, whom: groups.whom ?? null, hour: at, reason }
  }
  return null
}
