import { boardsMeant } from '../../boards/part/store.js'
import type { Reading, Words } from '../../kernel/command.js'
import { folded } from '../../kernel/sentence.js'
import { dayOf } from '../../kernel/time.js'

const BEFORE =
  /^(?:(?:hi|hello|please|ok|okay|quorate|can you|could you|can i|could i|can we|i want to|i would like to|i'd like to|let's|let us|we|i)\b[\s,.!:-]*)*/i
const AFTER = /[\s,.!?-]*(?:\b(?:many thanks|thanks|thank you|please|cheers)\b[\s,.!-]*)*$/i

/** Every sentence of this feature says both; others cost no reading. */
const CONCERNS = /\battendance\b.*\b(?:\d{4}|year)\b|\b(?:year(?:ly|'s)?|annual|\d{4})\b.*\battendance\b/i

const SHOW = '(?:(?:show|see|give|send|print|export|download|draw)(?: me| us)? |what (?:was|is|were) )?'
const ATTENDANCE = 'attendance(?: (?:records?|figures|table|picture|chart|summary))?(?: by (?:organisation|body))?'
const WHEN = '(?<year>\\d{4}|this year|last year|(?:the |this )?(?:whole |current )?year)'
const AS = '(?: as (?:an? )?(?:csv|svg|png|picture|table|spreadsheet)(?: file)?)?'

/** "Attendance for 2026", "our attendance record this year": of the board, never of somebody. */
const AFTERWARDS = new RegExp(
  `^${SHOW}(?:the |our )?(?:board's )?${ATTENDANCE} (?:(?:for|in|of|over|during|throughout) )?(?:the year )?${WHEN}${AS}$`,
)
/** "The 2026 attendance", "last year's attendance". */
const FIRST = new RegExp(`^${SHOW}(?:the |our )?(?<year>\\d{4}|this year|last year)(?:'s)? ${ATTENDANCE}${AS}$`)
/** "The annual attendance record": of this year. */
const ANNUAL = new RegExp(`^${SHOW}(?:the |our )?(?:annual|yearly|year's) ${ATTENDANCE}(?: (?:for|in|of) ${WHEN})?${AS}$`)

/** Reads who asks for the attendance over a year. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const said = sentence.replace(BEFORE, '').replace(AFTER, '')
  if (!CONCERNS.test(said)) return []
  const { boards, rest } = await boardsMeant(asking, said)
  const plain = folded(rest)
  const found = [AFTERWARDS, FIRST, ANNUAL].map((form) => form.exec(plain)).find((one) => one !== null)
  if (!found) return []
  return boards.map(({ board }) => {
    const year = yearMeant(found.groups?.year, dayOf(asking.now, board.zone).year)
    return {
      command: 'attendance.year',
      input: { subject: board.id, year },
      label: `Attendance ${year}: ${board.shortName}`,
      certain: true,
    }
  })
}

/** `YYYY`: as it was said, or this year or the last where the board is. */
function yearMeant(said: string | undefined, now: number): string {
  if (said !== undefined && /^\d{4}$/.test(said)) return said
  return String(said === 'last year' ? now - 1 : now)
}
