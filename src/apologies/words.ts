import { boardOfPlace } from '../boards/store.js'
import type { Reading, Words } from '../kernel/command.js'
import { Refusal } from '../kernel/refusal.js'
import { folded } from '../kernel/sentence.js'
import { type Meeting, meetingDay } from '../meetings/rules.js'
import { nextMeetingsOf } from '../meetings/store.js'

/** What busy people put before and after what they mean. */
const BEFORE =
  /^(?:(?:hi|hello|hey|dear quorate|good (?:morning|afternoon|evening)|morning|afternoon|so sorry|sorry|please|ok|okay|but|unfortunately|i'm afraid(?: that)?|i am afraid(?: that)?)\b[\s,.!:-]*)*/
const AFTER = /[\s,.!-]*(?:\b(?:many thanks|thanks|thank you|please|cheers|ta|kind regards|regards|sorry)\b[\s,.!-]*)*$/

const THE_MEETING = '(?:the |our )?(?:next |coming )?meeting'

/** Apologies that can be nothing else: of a meeting, or the speaker's own, sent. */
const SENT = new RegExp(
  `^(?:(?:i(?:'d like to| would like to|'m|'ll| will)? )?send(?:ing)? (?:my )?(?:apologies|apols)|(?:(?:please )?(?:record|accept|note|take|give) my )?(?:apologies|apols)(?: from me)? for (?:my absence (?:at|from) )?${THE_MEETING}|my (?:apologies|apols) for ${THE_MEETING}|(?:apologies|apols) for ${THE_MEETING} from me)(?: for ${THE_MEETING})?(?<rest>.*)$`,
)
/** Apologies that may be mere politeness, unless a substitute is named. */
const BARE = /^(?:(?:record|accept|note|take|give) my |my )?(?:apologies|apols)(?: from me)?(?: for (?:my )?absence)?(?<rest>.*)$/
const CANNOT = new RegExp(
  `^i(?:'m| am) not coming(?: to ${THE_MEETING})?(?<not>.*)$|^i (?:can't|cannot|can not|won't be able to|will not be able to|am unable to|won't|will not) (?:come|make it|make|attend|be there)(?:(?: (?:to|at|for))? ${THE_MEETING})?(?<rest>.*)$`,
)
const NOTHING_MORE = /^[\s,.;!-]*(?:(?:and |with )?no (?:sub|substitute|deputy))?$/
const SUBSTITUTE =
  /^(?:\s*[,.;:-]\s*(?:but |and |with )?|\s+(?:but|and|with) )(?<name>.+?) (?:(?:will|is going to|can) (?:be (?:my |the )?(?:substitute|sub)|substitute|sub|stand in|deputise|come instead|attend instead|come in my place|attend in my place)|is (?:my (?:substitute|sub)|substituting|standing in|coming instead))(?: for me)?$/
const ATTEND = new RegExp(
  `^(?:i can (?:come|make it|attend)(?: after all)?|i(?:'ll| will) (?:be there|come|attend)(?: after all)?|i(?:'m| am) (?:coming|attending)(?: after all)?|count me in|(?:i )?(?:withdraw|take back) my apologies)(?:(?: (?:to|at|for))? ${THE_MEETING})?$`,
)
const COMING = new RegExp(`^(?:who(?:'s| is| will be) (?:coming|attending|there)|who comes)(?: (?:to|at) ${THE_MEETING})?$`)
const NAME = /^(?:name|choose|change) (?:a|my|the) (?:substitute|sub)$/

interface Meant {
  readonly command: string
  readonly values: Readonly<Record<string, string>>
  /** it can mean nothing else: otherwise the speaker is asked */
  readonly certain: boolean
}

/** What a whole sentence asks of this feature, or null. */
function meant(sentence: string): Meant | null {
  const asked = /\?\s*$/.test(sentence)
  const said = folded(sentence.replace(/[?\s]+$/, ''))
    .replace(BEFORE, '')
    .replace(AFTER, '')
  if (COMING.test(said)) return { command: 'apologies.coming', values: {}, certain: true }
  if (NAME.test(said)) return { command: 'apologies.choose_substitute', values: {}, certain: true }
  // Who asks "apologies for the next meeting?" may want to know who has sent some.
  if (ATTEND.test(said)) return { command: 'apologies.attend', values: {}, certain: !asked }
  const sent = SENT.exec(said)?.groups
  const cannot = CANNOT.exec(said)?.groups
  const clear = sent?.rest ?? cannot?.rest ?? cannot?.not
  const rest = clear ?? BARE.exec(said)?.groups?.rest
  if (rest === undefined) return null
  const plainly = clear !== undefined && !asked
  if (NOTHING_MORE.test(rest)) return { command: 'apologies.send', values: {}, certain: plainly || /no (?:sub|dep)/.test(rest) }
  const name = SUBSTITUTE.exec(rest)?.groups?.name
  return name === undefined ? null : { command: 'apologies.send', values: { substituteNamed: name }, certain: !asked }
}

const ACTS: Readonly<Record<string, string>> = {
  'apologies.attend': "I'll be there",
  'apologies.send': 'Send apologies',
  'apologies.coming': 'Who is coming',
  'apologies.choose_substitute': 'Name a substitute',
}

const labelOf = ({ command, values }: Meant, meeting: Meeting): string => {
  const named = values.substituteNamed ? `, ${values.substituteNamed} will substitute` : ''
  return `${ACTS[command]}${named}: ${meeting.board.shortName}, ${meetingDay(meeting)}`
}

const UNLINKED = 'Nobody has linked this place to a board. Ask its clerk, or say it to me directly.'

/** Reads apologies, their withdrawal, and who is coming; "apologies for the confusion" is none of them. */
export const words: Words = async ({ db, actor, now, place }, sentence): Promise<readonly Reading[]> => {
  const wish = meant(sentence)
  if (wish === null) return []
  const board = place.kind === 'direct' ? null : await boardOfPlace(db, place)
  if (board === null && place.kind !== 'direct') throw new Refusal('not_found', UNLINKED)
  const meetings = (await nextMeetingsOf(db, actor.person, now)).filter((meeting) => board === null || meeting.board.id === board)
  if (meetings.length === 0)
    throw new Refusal('not_found', 'I know of no coming meeting of yours. Ask the clerk when the next one is.')
  return meetings.map((meeting) => ({
    command: wish.command,
    input: { subject: meeting.id, ...wish.values },
    label: labelOf(wish, meeting),
    certain: wish.certain,
  }))
}
