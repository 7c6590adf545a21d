import { titleFor } from '../../agenda/rules.js'
import { boardsMeant, partOf } from '../../boards/part/store.js'
import type { Ruled } from '../../boards/store.js'
import type { Asking, Reading, Words } from '../../kernel/command.js'
import { isOrder, plainOrder } from '../../kernel/sentence.js'
import { boardDay, meetingDay } from '../../meetings/rules.js'
import { meetingsGoingOn, meetingsMeant } from '../../meetings/store.js'
import { paperNumber } from '../../papers/rules.js'
import { passForPaper } from '../../papers/store.js'
import { latePapersOf } from './store.js'

const LATE =
  /^(?:(?:show|see|list)(?: me)? |what are |which are )?(?:the )?late papers$|^(?:what|which) papers (?:came|were|went out) late$/i
const NUMBER = '(?:the )?(?:late )?(?:paper )?(?:for |of )?(?:item )?(?<number>[a-x]\\d{1,2})'
const BECAUSE = '(?:\\s*(?:,|:|\\bbecause\\b|\\bas\\b)\\s*(?:because )?(?<why>.+))?'
const NOT_TAKEN = new RegExp(
  `^(?:${NUMBER} (?:(?:is|will|shall) not|isn't|won't) (?:be )?taken(?: today)?|(?:do not|don't|will not|won't|not) tak(?:e|ing) ${NUMBER.replace('number', 'other')})${BECAUSE}$`,
  'i',
)
const TAKEN = new RegExp(
  `^(?:${NUMBER} (?:is|will be|shall be) taken(?: all the same| although it is late| today)?|take ${NUMBER.replace('number', 'other')}(?: although it is late| today)?)${BECAUSE}$`,
  'i',
)

/** Every sentence of this feature says one of these; others cost no reading. */
const CONCERNS = /\blate papers\b|\bpapers\b.*\blate\b|\b(?:take|taking|taken)\b/i
/** In these a board's name is no more than a word. */
const OWN_WORDS = /\bbecause\b.*$|[,:].*$/gi

/** Reads whether a late paper is taken, said while the meeting sits; and which are late. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const said = plainOrder(sentence)
  if (!CONCERNS.test(said)) return []
  const { boards, rest } = await boardsMeant(asking, said, OWN_WORDS)
  const ruled = boards.filter(({ inForce }) => inForce !== null)
  if (LATE.test(rest)) return (await Promise.all(ruled.map((one) => showing(asking, one)))).flat()
  const not = NOT_TAKEN.exec(rest)?.groups
  const found = not ?? TAKEN.exec(rest)?.groups
  if (!found) return []
  const number = found.number ?? found.other
  const about = { taken: not ? 'no' : 'yes', ...(found.why ? { why: found.why } : {}) }
  const readings = (await Promise.all(ruled.map((one) => ruling(asking, one, number, about)))).flat()
  return readings.map((one) => ({ ...one, certain: one.certain && isOrder(sentence) }))
}

/** The meetings that sit now, or the next. */
async function meetingsFor({ db, now }: Asking, { board }: Ruled) {
  const going = await meetingsGoingOn(db, board, now)
  return going.length > 0 ? going : meetingsMeant(db, board, 'next meeting', now)
}

const showing = async (asking: Asking, ruled: Ruled): Promise<readonly Reading[]> =>
  (await meetingsFor(asking, ruled)).map((meeting) => ({
    command: 'attendance.late',
    input: { subject: meeting.id },
    label: `Late papers: ${ruled.board.shortName}, ${meetingDay(meeting)}`,
    certain: true,
  }))

/** Of a paper of a meeting that sits now, and that is late: others nobody takes or does not take in these words. */
async function ruling(
  asking: Asking,
  ruled: Ruled,
  number = '',
  { taken, why }: { readonly taken: string; readonly why?: string | undefined },
): Promise<readonly Reading[]> {
  const { db, actor, now } = asking
  const [meeting] = await meetingsGoingOn(db, ruled.board, now)
  const late = meeting ? await latePapersOf(db, meeting) : []
  const found = late.find(({ paper }) => paperNumber(paper) === number.toUpperCase())
  if (!meeting || !found) return []
  const part = await partOf(db, ruled, actor.person, boardDay(ruled.board, now), now)
  const pass = await passForPaper(db, meeting, part, actor.person, found.paper)
  if (titleFor(found.paper.item.title, pass) === null) return []
  const about = `${number.toUpperCase()} is ${taken === 'yes' ? 'taken' : 'not taken'}: ${ruled.board.shortName}`
  const item = found.paper.item.id
  // Why it is not taken stands in the record: without it the form asks.
  if (taken === 'no' && why === undefined)
    return [{ command: 'attendance.late_form', input: { subject: meeting.id }, label: about, certain: true }]
  const values: object = { item, taken, ...(why ? { why } : {}) }
  return [{ command: 'attendance.rule_late', input: { subject: meeting.id, ...values }, label: about, certain: true }]
}
