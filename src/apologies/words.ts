import { boardOfPlace } from '../boards/store.js'
import type { Reading, Words } from '../kernel/command.js'
import { Refusal } from '../kernel/refusal.js'
import { folded } from '../kernel/sentence.js'
import { type Meeting, meetingDay } from '../meetings/rules.js'
import { nextMeetingsOf } from '../meetings/store.js'

/** What busy people put before and after what they mean. */
const BEFORE =
  /^(?:(?:hi|hello|hey|dear quorate|good (?:morning|afternoon|evening)|morning|afternoon|sorry|so sorry|please|ok|okay)\b[\s,.!:-]*)*/
const AFTER = /[\s,.!-]*(?:\b(?:thanks|many thanks|thank you|please|cheers|ta|kind regards|regards|sorry)\b[\s,.!-]*)*$/

const MEETING = `(?: (?:for|to|at) (?:the |our )?(?:next |coming )?(?:meeting|board))?`

const APOLOGIES = new RegExp(
  `^(?:please )?(?:(?:send|record|accept|note|give|take) )?(?:i(?:'d like to| would like to|'m)? send(?:ing)? )?(?:my |our )?(?:apologies|apols)(?: from me)?${MEETING}(?<rest>.*)$`,
)
const CANNOT = new RegExp(
  `^i (?:can't|cannot|can not|won't be able to|am unable to) (?:come|make it|attend|be there)${MEETING}(?<rest>.*)$`,
)
const NO_SUBSTITUTE = /^[\s,.;-]*(?:(?:and |with )?no (?:sub|substitute|deputy))?$/
const SUBSTITUTE =
  /^[\s,.;-]*(?:but |and |with )?(?<name>.+?) (?:will|is going to|to)? ?(?:be )?(?:my |the |a )?(?:substitute|sub|substituting|standing in|stand in|deputise|come instead|attend instead|come in my place|attend in my place|coming instead)(?: for me)?$/
const ATTEND = new RegExp(
  `^(?:i can (?:come|make it|attend)(?: after all)?|i(?:'ll| will) (?:be there|come|attend)(?: after all)?|i(?:'m| am) (?:coming|attending)(?: after all)?|count me in)${MEETING}$`,
)
const COMING = new RegExp(`^(?:who(?:'s| is| will be) (?:coming|attending|there)|who comes)${MEETING}$`)
const NAME = /^(?:name|choose|change) (?:a|my|the) (?:substitute|sub)$/

interface Meant {
  readonly command: string
  readonly values: Readonly<Record<string, string>>
}

/** What a whole sentence asks of this feature, or null. */
function meant(sentence: string): Meant | null {
  const bare = sentence.replace(/[?]+$/, '').trim()
  const said = folded(bare).replace(BEFORE, '').replace(AFTER, '')
  if (ATTEND.test(said)) return { command: 'apologies.attend', values: {} }
  if (COMING.test(said)) return { command: 'apologies.coming', values: {} }
  if (NAME.test(said)) return { command: 'apologies.choose_substitute', values: {} }
  const rest = (APOLOGIES.exec(said) ?? CANNOT.exec(said))?.groups?.rest
  if (rest === undefined) return null
  if (NO_SUBSTITUTE.test(rest)) return { command: 'apologies.send', values: {} }
  const name = SUBSTITUTE.exec(rest)?.groups?.name
  return name === undefined ? null : { command: 'apologies.send', values: { substituteNamed: name } }
}

const labelOf = (meeting: Meeting): string => `${meeting.board.shortName}, ${meetingDay(meeting)}`

/** Reads apologies, their withdrawal, and who is coming; "apologies for the confusion" is none of them. */
export const words: Words = async ({ db, actor, now, place }, sentence): Promise<readonly Reading[]> => {
  const wish = meant(sentence)
  if (wish === null) return []
  const board = place.kind === 'direct' ? null : await boardOfPlace(db, place)
  const meetings = (await nextMeetingsOf(db, actor.person, now)).filter((meeting) => board === null || meeting.board.id === board)
  if (meetings.length === 0)
    throw new Refusal('not_found', 'I know of no coming meeting of yours. Ask the clerk when the next one is.')
  return meetings.map((meeting) => ({
    command: wish.command,
    input: { subject: meeting.id, ...wish.values },
    label: labelOf(meeting),
  }))
}
