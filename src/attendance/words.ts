import { numberOf } from '../agenda/rules.js'
import { findAgenda } from '../agenda/store.js'
import { isClerk } from '../boards/part/rules.js'
import { boardsMeant, standingIn } from '../boards/part/store.js'
import { namedAs } from '../boards/rules.js'
import { peopleOn, type Ruled } from '../boards/store.js'
import type { Asking, Reading, Words } from '../kernel/command.js'
import { Refusal } from '../kernel/refusal.js'
import { hourInWords } from '../kernel/time.js'
import { boardDay, type Called, isOnline, meetingDay } from '../meetings/rules.js'
import { ofItemIn, type SaidOfItem } from './interests/sayings.js'
import { ofOthersIn, presidesIn, type SaidOfOthers } from './others.js'
import { leavesInMinutes, pastOfSelf } from './own/sayings.js'
import { NOBODY_NAMED } from './rules.js'
import { bareOf, type Said, saidIn } from './sayings.js'
import { inHand } from './sitting/store.js'

/** Its nature is the speaker's own words, in which the name of a board is no more than a word. */
const OWN_WORDS = /[:;].*$/g

/** Reads who comes and goes, the quorum, and what becomes of a meeting. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const bare = bareOf(sentence)
  if (!bare) return []
  const { boards, rest } = await boardsMeant(asking, bare.said, OWN_WORDS)
  const again = bare.allTheSame ? { allTheSame: 'yes' } : {}
  const hourIn = (minutes: number) => hourInWords(asking.now.add({ minutes }), boards[0]?.board.zone ?? 'UTC')
  const said = saidIn(rest, bare.asked, hourIn)
  if (said && boards.length === 0 && said.command === 'attendance.arrive') throw new Refusal('not_permitted', NOBODY_NAMED)
  if (said) {
    const meant = said.command === 'attendance.close' ? { ...said, values: again } : said
    return inEach(asking, boards, said.command, (meeting) => readingsOf(asking, meeting, meant))
  }
  if (bare.asked) return []
  const item = ofItemIn(rest)
  if (item) return inEach(asking, boards, item.command, (meeting) => ofItem(asking, meeting, item))
  const soon = leavesInMinutes(rest)
  if (soon) return leavingSoon(asking, boards, soon.certain, hourIn(soon.minutes))
  const past = pastOfSelf(rest)
  if (past) return ownPast(asking, boards, past)
  const name = presidesIn(rest)
  if (name) return inEach(asking, boards, 'attendance.preside', (meeting) => presiding(asking, meeting, name, again))
  const others = ofOthersIn(rest)
  if (!others) return []
  // Who is said to have come at another hour came to where they are.
  const meant = bare.corrects && others.how === 'here' && others.hour ? { ...others, how: 'back' } : others
  const found = await inEach(asking, boards, 'attendance.mark', (meeting) => marking(asking, meeting, meant, again))
  // A correction without an hour may be of something else than of how it stands now.
  return bare.corrects && others.hour === null ? found.map((one) => ({ ...one, certain: false })) : found
}

/** "Leaving in five minutes", of a meeting that sits: before it they may speak of their way to it. */
const leavingSoon = (asking: Asking, boards: readonly Ruled[], certain: boolean, hour: string): Promise<readonly Reading[]> =>
  inEach(asking, boards, 'attendance.expect', async (meeting) => {
    const said = { command: 'attendance.expect', label: `Leaving at ${hour}`, values: { kind: 'leaves', hour } }
    return meeting.sitting === 'open' ? [reading(meeting, said, certain)] : []
  })

const PASSED = (name: string, how: string, hour: string): string =>
  `An hour that has passed is for the clerk to record. Tell the clerk: “${name} ${how === 'left' ? 'left' : 'arrived'} at ${hour}”.`

/** "I left at 10:58", of a meeting that was opened: the clerk marks it, of themselves too; who is no clerk is told so. */
async function ownPast(
  asking: Asking,
  boards: readonly Ruled[],
  { how, hour }: { readonly how: string; readonly hour: string },
): Promise<readonly Reading[]> {
  const { db, actor, now } = asking
  const ofOthers: Called[] = []
  const found = await inEach(asking, boards, 'attendance.mark', async (meeting) => {
    if (meeting.sitting === 'not opened') return []
    const standing = await standingIn(db, meeting.board.id, actor, now)
    if (!standing || !isClerk(standing.part)) {
      ofOthers.push(meeting)
      return []
    }
    const label = `Mark as ${how === 'left' ? 'left' : 'here'} at ${hour}, ${actor.name}`
    return [reading(meeting, { command: 'attendance.mark', label, values: { person: actor.person, how, hour } })]
  })
  if (found.length === 0 && ofOthers.length > 0) throw new Refusal('not_permitted', PASSED(actor.name, how, hour))
  return found
}

/** The readings for the meeting in hand of each board that may be meant. */
async function inEach(
  { db, now }: Asking,
  boards: readonly Ruled[],
  command: string,
  read: (meeting: Called) => Promise<readonly Reading[]>,
): Promise<readonly Reading[]> {
  const meetings = await inHand(db, boards, command, now)
  return (await Promise.all(meetings.map(read))).flat()
}

const reading = (meeting: Called, { command, label, values }: Said, certain = true): Reading => ({
  command,
  input: { subject: meeting.id, ...values },
  label: `${label}: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
  certain,
})

async function readingsOf(asking: Asking, meeting: Called, said: Said): Promise<readonly Reading[]> {
  const { values, whom } = said
  if (whom === undefined) return inMode(asking, meeting, said)
  // "I'm here for Daniel" names somebody; "I'm here for the biscuits" says nothing to us.
  const people = namedAs(await peopleOn(asking.db, meeting.board.id, boardDay(meeting.board, meeting.startsAt)), whom)
  return people.flatMap(({ id }) => inMode(asking, meeting, { ...said, values: { ...values, for: id } }))
}

function inMode({ actor }: Asking, meeting: Called, said: Said): readonly Reading[] {
  const { values } = said
  if (said.doubtful) return [reading(meeting, said, false)]
  if (values.person === 'speaker') return [reading(meeting, { ...said, values: { person: actor.person } })]
  if (values.mode !== 'here') return [reading(meeting, said)]
  const where = (mode: string, label = said.label): Said => ({ ...said, label, values: { ...values, mode } })
  // "I'm here" says where only of a meeting that is held in one manner.
  if (isOnline(meeting)) return [reading(meeting, where('online'))]
  if (meeting.link === null) return [reading(meeting, where('room'))]
  return [reading(meeting, where('room', "I'm in the room"), false), reading(meeting, where('online', "I'm online"), false)]
}

async function ofItem({ db }: Asking, meeting: Called, said: SaidOfItem): Promise<readonly Reading[]> {
  const { command, label, number, nature, does, name, doubtful } = said
  // An item that is not on the public agenda is not there to who asks by its number.
  const item = (await findAgenda(db, meeting.id))?.items.find((one) => numberOf(one) === number && 'open' in one.title)
  const people =
    name === null ? null : namedAs(await peopleOn(db, meeting.board.id, boardDay(meeting.board, meeting.startsAt)), name)
  if (people && people.length !== 1) return []
  const declares = command === 'attendance.declare' || command === 'attendance.declare_form'
  const person = people?.[0] ? { person: people[0].id } : {}
  const typed = { ...(nature ? { nature } : {}), ...(does ? { does } : {}), ...person }
  // The form asks in which item, and keeps what was said of it.
  if (!item) return declares ? [reading(meeting, { command: 'attendance.declare_form', label, values: typed })] : []
  const values = { item: item.id, ...typed }
  return [reading(meeting, { command, label, values }, !doubtful)]
}

type Again = Readonly<Record<string, string>>

async function presiding({ db }: Asking, meeting: Called, name: string, again: Again): Promise<readonly Reading[]> {
  const people = namedAs(await peopleOn(db, meeting.board.id, boardDay(meeting.board, meeting.startsAt)), name)
  return people.map(({ id, name: whole }) =>
    reading(
      meeting,
      { command: 'attendance.preside', label: `${whole} presides`, values: { person: id, ...again } },
      people.length === 1,
    ),
  )
}

const CAPITAL = /^\p{Lu}/u

async function marking({ db }: Asking, meeting: Called, said: SaidOfOthers, again: Again): Promise<readonly Reading[]> {
  const { how, label, names, whom, hour, reason } = said
  const known = await peopleOn(db, meeting.board.id, boardDay(meeting.board, meeting.startsAt))
  const isName = (name: string) =>
    namedAs(known, name).length > 0 || (name.includes(' ') && name.split(' ').every((word) => CAPITAL.test(word)))
  if (!names.every(isName)) return []
  // "Is standing in for" is said of what is to come as well, and of much besides a seat.
  if (how === 'stands in' && (meeting.sitting !== 'open' || namedAs(known, whom ?? '').length === 0)) return []
  // "Is here" says where by how the meeting is held; where it is held both ways the clerk means the room that they see.
  const mode = how === 'here' || how === 'stands in' ? (isOnline(meeting) ? 'online' : 'room') : how
  const values = {
    name: names.join('; '),
    how: mode,
    ...(hour ? { hour } : {}),
    ...(whom ? { forNamed: whom } : {}),
    ...(reason ? { reason } : {}),
    ...again,
  }
  return [reading(meeting, { command: 'attendance.mark', label: `${label}, ${names.join(' and ')}`, values })]
}
