import { hoursIn, without } from '../../kernel/said-time.js'
import { folded } from '../../kernel/sentence.js'
import { minutesIn } from '../lengths.js'
import type { Said } from '../sayings.js'

/** What goes before it; said at most four times, so that nothing said without end is read without end. */
const I = "(?:(?:that's me|thats me|that is me|i am|i'm|im|i have|i've|ive|i|just|have|am|already) ){0,4}"
const STILL = '(?: just now| now| again| early)?'
/** For whom a substitute says that they are there: the roster knows it, or they are refused. */
const FOR =
  "(?:,? (?:standing in |sitting in |sitting |substituting |subbing |covering |deputising )?for (?<whom>[a-z'’. -]{2,60}?))?(?:,? (?:sorry|apologies)(?:[ ,].{0,100})?)?"

const ROOM = new RegExp(
  `^${I}(?:here|present)?,? ?(?:in|in the|at the) (?:the )?(?:meeting |council |committee )?(?:room|chamber)${STILL}${FOR}$`,
)
const ONLINE = new RegExp(
  `^${I}(?:(?:here|present)(?: at last| after all| now)?)?,? ?(?:online|joined (?:you )?(?:online|the call|on teams|by teams|via teams|remotely)|joining (?:you )?(?:online|remotely)|on the call|on (?:the )?teams(?: call)?|dialled in|(?:dialling|calling) in(?: (?:now|today))?|attending (?:online|remotely)|(?:joining|dialling in|calling in)(?: (?:you|online|remotely))? from (?:the |my |a )?(?:train|bus|car|home|office|phone|mobile|station|hotel|court|road|work)(?:,? online)?)${STILL}${FOR}$`,
)
const HERE = new RegExp(
  `^(?:${I}(?:here|present|arrived|joined|joined you|in|in the meeting)|(?:i'm|i am|im|that's me)(?: now)? on)${STILL}${FOR}$`,
)
const BACK = new RegExp(
  `^(?:(?:i )?(?:lost you(?: all)?|(?:dropped|cut) (?:off|out)|(?:lost (?:my |the )?connection))(?: there)?(?: for a (?:minute|moment|second|bit))?,? (?:but )?)?${I}(?:now )?(?:back|rejoined)(?: now)?(?: (?:in|on|online|the (?:meeting|call)|in the (?:room|meeting|call)|on the call|with you|with us|on teams))?${STILL}(?:,? (?:so |very )?sorry\\b.{0,100})?$`,
)
const GO =
  '(?:go|leave|dash|run|shoot off|shoot|head off|drop off|drop out|drop|jump off|hop off|jump|sign off|log off|be off|get off|get going|disappear|slip away)'
const GOING =
  '(?:leaving|off|left|gone|heading off|shooting off|dashing off|signing off|logging off|dropping off|dropping out|jumping off|hopping off)'
const MUST = "(?:have to|must|need to|have got to|'ve got to|ve got to|got to|gotta|am going to have to|'m going to have to)"
/** What is left behind. */
const MEETING = '(?: (?:the meeting|the call|the room|the chamber|you|you all|teams))?'
const MUST_GO = `(?:i ?)?(?:(?:really|just) )?(?:will |'ll |ll )?${MUST} (?:really )?${GO}`
const LEFT = new RegExp(`^(?:${I}${GOING}|${MUST_GO})${MEETING}${STILL}$`)
/** Said of a moment that may be now, or of one to come. */
const WILL_LEAVE = new RegExp(
  `^that's me (?:away|going)$|^(?:i'll|i will|ill|i shall|i'm going to|i am going to|time for me to|i'd better|i had better|i should) (?:leave|go|be off|be leaving|be going|head off|drop off|dash|sign off|log off|jump off)${MEETING}${STILL}$`,
)
const LEAVES_IN = new RegExp(
  `^(?:(?:${I}|i'll be |i will be )(?<going>going|leaving|off|heading off|dropping off|signing off|logging off)|${MUST_GO}|(?:i'll|i will) ${GO})${MEETING} (?:in|within)(?: the next)? (?:about |around |roughly )?(?<length>.{1,30}?)(?: or so| time)?$`,
)
const DROPPED =
  /^(?:my (?:connection|line|internet|wifi|wi-fi|teams|call) (?:has )?(?:dropped|cut out|failed|went|gone down|went down|froze)|i (?:have )?(?:lost (?:my |the )?connection|was cut off|got cut off|dropped off(?: the call)?|dropped out)|lost (?:my |the )?connection)$/

/** What somebody says of themselves: where, or whether they are there at all. */
export function ofSelf(plain: string): Said | null {
  const arrive = (mode: string, label: string): Said => ({ command: 'attendance.arrive', label, values: { mode } })
  for (const [form, mode, label] of ARRIVALS) {
    const found = form.exec(plain)
    const whom = found?.groups?.whom
    if (found) return whom ? { ...arrive(mode, label), whom } : arrive(mode, label)
  }
  if (BACK.test(plain)) return arrive('back', "I'm back")
  const leave = { command: 'attendance.leave', label: "I'm leaving", values: {} }
  if (LEFT.test(plain)) return leave
  if (WILL_LEAVE.test(plain)) return { ...leave, label: "I'm leaving now", doubtful: true }
  if (DROPPED.test(plain)) return { command: 'attendance.leave', label: 'My connection dropped', values: { dropped: 'yes' } }
  return null
}

const ARRIVALS = [
  [ROOM, 'room', "I'm in the room"],
  [ONLINE, 'online', "I'm online"],
  [HERE, 'here', "I'm here"],
] as const

/** "Leaving in five minutes": a word to the clerk, and no departure yet. */
export function leavesInMinutes(rest: string): { readonly minutes: number; readonly certain: boolean } | null {
  const { length, going } = LEAVES_IN.exec(folded(rest))?.groups ?? {}
  if (length === undefined) return null
  const minutes = minutesIn(length)
  // "Going in ten minutes" may be about where they go in.
  if (minutes !== null) return { minutes, certain: going !== 'going' }
  const bare = /^(?:\d{1,2}|five|ten|fifteen|twenty)$/i.test(length) ? minutesIn(`${length} minutes`) : null
  return bare === null ? null : { minutes: bare, certain: false }
}

/** "I left at 10:58": what has passed, of the speaker. */
export function pastOfSelf(rest: string): { readonly how: string; readonly hour: string } | null {
  const [hour, another] = hoursIn(rest)
  if (!hour || another) return null
  const plain = folded(without(rest, [hour]).replace(/[\s,]+(?:at|since|from)?$/, ''))
  const at = hour.said.toString({ smallestUnit: 'minute' })
  if (LEFT_THEN.test(plain)) return { how: 'left', hour: at }
  // They came to where they are.
  return CAME_THEN.test(plain) ? { how: 'back', hour: at } : null
}
const LEFT_THEN = new RegExp(`^i (?:already |actually |only )?(?:left|went|dropped off|logged off|signed off)${MEETING}$`)
const CAME_THEN =
  /^i (?:already |actually |only )?(?:arrived|joined|came|came in|got here|have been here|was here)(?: (?:the meeting|the call))?$/
