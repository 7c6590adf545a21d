import { boardsMeant } from '../../boards/part/store.js'
import { namedAs } from '../../boards/rules.js'
import { peopleOn, type Ruled } from '../../boards/store.js'
import type { Asking, Reading, Words } from '../../kernel/command.js'
import { type Notice, REMIND_NO_MORE, REMIND_TOMORROW } from '../../kernel/notice.js'
import { Refusal } from '../../kernel/refusal.js'
import { daysIn, hoursIn, without } from '../../kernel/said-time.js'
import { folded } from '../../kernel/sentence.js'
import { dayInWords, dayOf } from '../../kernel/time.js'
import { boardDay } from '../../meetings/rules.js'
import { inShort, SAID } from './rules.js'
import { findSaid, lastReminded } from './store.js'

const BEFORE = /^(?:(?:hi|hello|please|ok|okay|quorate|can you|could you|so|and)\b[\s,.!:-]*)+/i
const AFTER = /[\s,.!?-]*(?:\b(?:many thanks|thanks|thank you|please|cheers)\b[\s,.!?-]*)*$/i
/** Every sentence of this feature holds one of these; others cost no reading. */
const CONCERNS = /\b(?:due|remind|reminding|reminder|reminders|to do|duties|outstanding|not this one)\b/i

const DUE =
  /^(?:what(?:'s| is) (?:still )?(?:due|outstanding)(?: (?:for|from) me)?|what (?:do|have) i (?:have |got |need )?(?:still )?to do|(?:show )?(?:me )?my (?:duties|to do list)|what is to do|(?:show |list )?(?:the )?(?:planned |coming )?reminders)(?: for| of)?$/
const TOMORROW = /^remind me (?:again )?(?:tomorrow|the next working day)$/
const NO_MORE = /^(?:not this one|(?:do not|don't|stop) remind(?:ing)? me (?:of|about) (?:this|that)(?: again| any ?more)?)$/
const REMIND = /^remind (?<rest>.+)$/i
const WHOM: Readonly<Record<string, string>> = {
  everyone: 'everyone',
  everybody: 'everyone',
  all: 'everyone',
  'all members': 'members',
  members: 'members',
  'the members': 'members',
  'the chair': 'chair',
  'the clerk': 'clerk',
}
/** "on Monday at 9 about the scrutiny date"; "about the scrutiny date on Monday at 9" */
const WHEN_FIRST = /^(?<when>.+?) (?:about|that|of|to) (?<words>.+)$/i
const WORDS_FIRST = /^(?:about|that|of|to) (?<words>.+?),? (?<when>(?:on|at|tomorrow|today|next|this|in) .+|tomorrow|today)$/i

/** Reads what is due, and who is to be reminded of what. */
export const reminderWords =
  (notices: readonly Notice[]): Words =>
  async (asking, sentence) => {
    const said = sentence.replace(BEFORE, '').replace(AFTER, '')
    if (said.length > 700 || !CONCERNS.test(said)) return []
    const plain = folded(said).replace(/’/g, "'").trim()
    if (TOMORROW.test(plain)) return ofTheLast(asking, notices, REMIND_TOMORROW, 'Remind me tomorrow')
    if (NO_MORE.test(plain)) return ofTheLast(asking, notices, REMIND_NO_MORE, 'Not this one')
    const { boards, rest } = await boardsMeant(asking, said, /\b(?:about|that|of|to)\b.*$/gi)
    const [only, another] = boards
    if (DUE.test(folded(rest).replace(/’/g, "'").trim())) {
      const named = rest.trim() !== said.trim() && only && !another
      return [reading('desk.due', named ? only.board.id : 'all', 'What is due')]
    }
    const remind = REMIND.exec(rest)?.groups
    if (!remind || (/\?\s*$/.test(sentence) && !/\b(?:can|could) you\b/i.test(sentence))) return []
    return (await Promise.all(boards.map((one) => reminding(asking, one, remind.rest ?? '')))).flat()
  }

const reading = (command: string, subject: string, label: string, values: object = {}): Reading => ({
  command,
  input: { subject, ...values },
  label,
  certain: true,
})

/** About what went out in the last message that reminded them; of several it is asked which. @throws Refusal */
async function ofTheLast(
  { db, actor }: Asking,
  notices: readonly Notice[],
  command: string,
  label: string,
): Promise<readonly Reading[]> {
  const last = await lastReminded(db, JSON.stringify(['person', actor.person]))
  if (last.length === 0) throw new Refusal('not_found', 'I have not reminded you of anything yet.')
  return Promise.all(
    last.map(async ({ notice, subject }) => {
      const said = notice === SAID ? await findSaid(db, subject) : null
      const about = said ? inShort(said.words) : notices.find(({ name }) => name === notice)?.plan?.about
      return reading(command, `${notice} ${subject}`, about ? `${label}: ${about}` : label)
    }),
  )
}

/** "everyone on Monday at 9 about the scrutiny date", of one board; of a day that may be two, a reading for each. */
async function reminding(asking: Asking, { board, inForce }: Ruled, said: string): Promise<readonly Reading[]> {
  if (!inForce) return []
  const whom = await whomMeant(asking, { board, inForce }, said)
  if (!whom) return []
  const found = WORDS_FIRST.exec(whom.rest)?.groups ?? WHEN_FIRST.exec(whom.rest)?.groups
  if (!found) return []
  return momentsIn(found.when ?? '', asking, board.zone, inForce.terms.reminders.hour).map(({ day, time, label }) => {
    const values = { whom: whom.id, day, time, words: found.words ?? '' }
    return reading('desk.add_reminder', board.id, `${board.shortName}: remind ${whom.name} on ${label}`, values)
  })
}

async function whomMeant(
  { db, actor, now }: Asking,
  { board }: Ruled,
  said: string,
): Promise<{ readonly id: string; readonly name: string; readonly rest: string } | null> {
  const plain = folded(said)
  const word = Object.keys(WHOM)
    .sort((one, other) => other.length - one.length)
    .find((one) => plain.startsWith(`${one} `))
  if (word) return { id: WHOM[word] ?? '', name: word, rest: said.slice(word.length).trim() }
  if (plain.startsWith('me ')) return { id: actor.person, name: 'me', rest: said.slice(2).trim() }
  const name = /^(?<name>\p{L}[\p{L}'’. -]{1,60}?) (?=(?:on|at|tomorrow|today|next|this|in|about|that|of|to)\b)/iu.exec(said)
    ?.groups?.name
  const people = name ? namedAs(await peopleOn(db, board.id, boardDay(board, now)), name) : []
  const [person, another] = people
  return name && person && !another ? { ...person, rest: said.slice(name.length).trim() } : null
}

interface Moment {
  readonly day: string
  readonly time: string
  readonly label: string
}

/**
 * One day, and an hour or the board's own for reminders; nothing besides. "This Wednesday" said on a Wednesday may be two.
 * @throws Refusal where there is no such day
 */
function momentsIn(said: string, { now }: Asking, zone: string, usual: string): readonly Moment[] {
  const days = daysIn(said, dayOf(now, zone))
  const undated = without(said, days)
  const hours = hoursIn(undated)
  const left = without(undated, hours).replace(/\b(?:on|at|from|in the|morning)\b|[\s,]/gi, '')
  const [day] = days
  if (left !== '' || !day || days.length > 1 || hours.length > 1) return []
  if ('wrong' in day.said) throw new Refusal('invalid', day.said.wrong)
  const time = hours[0]?.said.toString({ smallestUnit: 'minute' }) ?? usual
  return day.said.days.map((on) => ({ day: on.toString(), time, label: `${dayInWords(on)}, ${time}` }))
}
