import { numberOf } from '../agenda/rules.js'
import { findAgenda } from '../agenda/store.js'
import { boardsMeant } from '../boards/part/store.js'
import { namedAs } from '../boards/rules.js'
import { peopleOn, type Ruled } from '../boards/store.js'
import type { Asking, Reading, Words } from '../kernel/command.js'
import { Refusal } from '../kernel/refusal.js'
import { hourInWords } from '../kernel/time.js'
import { boardDay, type Called, isOnline, meetingDay } from '../meetings/rules.js'
import { ofOthersIn, presidesIn, type SaidOfOthers } from './others.js'
import { NOBODY_NAMED } from './rules.js'
import { bareOf, ofItemIn, type Said, type SaidOfItem, saidIn } from './sayings.js'
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
  const name = presidesIn(rest)
  if (name) return inEach(asking, boards, 'attendance.preside', (meeting) => presiding(asking, meeting, name, again))
  const others = ofOthersIn(rest)
  return others ? inEach(asking, boards, 'attendance.mark', (meeting) => marking(asking, meeting, others, again)) : []
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
  const { command, label, number, nature, does, name } = said
  // An item that is not on the public agenda is not there to who asks by its number.
  const item = (await findAgenda(db, meeting.id))?.items.find((one) => numberOf(one) === number && 'open' in one.title)
  if (!item) return command === 'attendance.declare_form' ? [reading(meeting, { command, label, values: {} })] : []
  const people =
    name === null ? null : namedAs(await peopleOn(db, meeting.board.id, boardDay(meeting.board, meeting.startsAt)), name)
  if (people && people.length !== 1) return []
  const person = people?.[0] ? { person: people[0].id } : {}
  const values = { item: item.id, ...(nature ? { nature } : {}), ...(does ? { does } : {}), ...person }
  return [reading(meeting, { command, label, values })]
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
  // "Is here" says where by how the meeting is held; where it is held both ways the clerk means the room that they see.
  const mode = how === 'here' ? (isOnline(meeting) ? 'online' : 'room') : how
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
