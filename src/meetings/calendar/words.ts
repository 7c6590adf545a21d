import { boardsMeant } from '../../boards/part/store.js'
import type { Asking, Reading, Words } from '../../kernel/command.js'
import { Refusal } from '../../kernel/refusal.js'
import { folded } from '../../kernel/sentence.js'
import { meetingDay } from '../rules.js'
import { meetingsMeant } from '../store.js'

const BEFORE =
  /^(?:(?:hi|hello|please|ok|okay|quorate|can you|could you|can i|could i|i want to|i would like to|i'd like to|let's|let us)\b[\s,.!:-]*)*/i
const AFTER = /[\s,.!?-]*(?:\b(?:many thanks|thanks|thank you|please|cheers)\b[\s,.!-]*)*$/i
/** "Stop my calendar?" is no order; "could you stop my calendar?" is one. */
const ASKED = /\?\s*$/
const ORDERED = /\b(?:can|could) (?:you|i)\b/i

/** Every sentence of this feature says it; others cost no reading. */
const CONCERNS = /\bcalendar\b/i

const SHOW = '(?:(?:show|see|give|send|get|make|download|have)(?: me| us)? )?'
const ADDRESS = '(?: (?:link|address|feed|subscription))'

/** "Calendar for December", "calendar file for the next meeting", "the calendar entry of 16 December". */
const FILE = new RegExp(`^${SHOW}(?:an? |the )?calendar(?: (?:file|entry))?(?: (?:for|of|on))? (?<which>.+)$`)
/** "Calendar file": of the next meeting. */
const NEXT_FILE = new RegExp(`^${SHOW}(?:an? |the )?calendar (?:file|entry)$`)
/** "Add the December meeting to my calendar". */
const ADD = /^(?:add|put|save|copy) (?<which>.+) (?:to|in|into|on) (?:my|our|the) calendar$/
const MY = new RegExp(`^(?:${SHOW}|subscribe(?: me)? to |make )(?:(?:a )?(?:new )?)?my (?:own )?(?:new )?calendar${ADDRESS}?$`)
const THE = new RegExp(`^(?:${SHOW}|subscribe(?: me)? to |make )(?:(?:the|our|an?) )?(?:new )?calendar${ADDRESS}?$`)
const SUBSCRIBED = new RegExp(`^subscribe|${ADDRESS}$`)
const STOP = new RegExp(
  `^(?:stop|revoke|cancel|end|unsubscribe(?: me)? from)(?: (?<my>my(?: own)?)| the| our)? calendar${ADDRESS}?$`,
)

/** Reads who wants meetings in a calendar: as a file, or by an address. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const said = sentence.replace(BEFORE, '').replace(AFTER, '')
  if (!CONCERNS.test(said)) return []
  const { boards, rest } = await boardsMeant(asking, said)
  const plain = folded(rest)
  const certain = !ASKED.test(sentence) || ORDERED.test(sentence)
  const named = rest !== said
  const the = (command: string, label: string) =>
    boards.map(({ board }) => reading(command, board.id, `${label}: ${board.shortName}`, { whose: 'board' }, certain))
  const own = (command: string, label: string, sure = certain) =>
    reading(command, anyOf(boards.map(({ board }) => board.id)), label, { whose: 'person' }, sure)

  const stop = STOP.exec(plain)
  if (stop) {
    if (named && stop.groups?.my === undefined) return the('meetings.unsubscribe', 'Stop the address of the calendar')
    return [own('meetings.unsubscribe', 'Stop the address of my calendar')]
  }
  if (MY.test(plain)) return [own('meetings.subscribe', 'An address for my calendar')]
  if (THE.test(plain)) {
    if (named) return the('meetings.subscribe', 'An address of the calendar')
    return [own('meetings.subscribe', 'An address for my calendar', certain && SUBSCRIBED.test(plain))]
  }
  const which = NEXT_FILE.test(plain) ? 'next meeting' : (ADD.exec(plain) ?? FILE.exec(plain))?.groups?.which
  return which === undefined ? [] : files(asking, boards, which)
}

const reading = (command: string, subject: string, label: string, values: object, certain: boolean): Reading => ({
  command,
  input: { subject, ...values },
  label,
  certain,
})

/** A person's own address is journaled by one of their boards, the same each time. @throws Refusal */
function anyOf([board]: readonly string[]): string {
  if (board !== undefined) return board
  throw new Refusal('not_found', 'You have to do with no board that I know of, so that there is no calendar. Ask its clerk.')
}

async function files(
  { db, now }: Asking,
  boards: Awaited<ReturnType<typeof boardsMeant>>['boards'],
  which: string,
): Promise<readonly Reading[]> {
  const bare = which.replace(/^(?:the|our) /, '')
  const phrase = /\bmeeting\b/.test(bare) ? bare : `meeting of ${bare}`
  const found = await Promise.all(
    boards.map(async ({ board }) => (await meetingsMeant(db, board, phrase, now)).map((meeting) => ({ board, meeting }))),
  )
  return found.flat().map(({ board, meeting }) => ({
    command: 'meetings.calendar',
    input: { subject: meeting.id },
    label: `Calendar: ${board.shortName}, ${meetingDay(meeting)}`,
    certain: true,
  }))
}
