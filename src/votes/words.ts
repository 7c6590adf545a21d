import { numberOf, UNLISTED } from '../agenda/rules.js'
import { findAgenda, passFor } from '../agenda/store.js'
import { inHand } from '../attendance/sitting/store.js'
import { isOfficer, passOf } from '../boards/part/rules.js'
import { boardsMeant, partOf } from '../boards/part/store.js'
import { namedAs } from '../boards/rules.js'
import { peopleOn, type Ruled } from '../boards/store.js'
import type { Asking, Reading, Words } from '../kernel/command.js'
import { Refusal } from '../kernel/refusal.js'
import { isOrder, plainOrder, saysAllTheSame } from '../kernel/sentence.js'
import { dayInWords, dayOf } from '../kernel/time.js'
import { boardDay, type Called, meetingDay } from '../meetings/rules.js'
import { isPending, itemNumber, type Motion } from './motion.js'
import { meetingSaid } from './register/sayings.js'
import { decidedAt, entryNumbered, registerOf } from './register/store.js'
import { concerns, type Said, saidIn } from './sayings.js'
import { motionsOf } from './store.js'

/** In these a board's name is no more than a word. */
const OWN_WORDS = /[:].*$|\s[-–—]\s.*$|\b(?:because|that|about|mentioning)\b.*$/gi

/** What changes nothing is answered, however it was asked for. */
const LOOKS = ['business', 'decisions', 'entry', 'export']

/** Reads motions, votes and decisions. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const order = plainOrder(sentence)
  // "I agree" is what a member says, and nobody's silence or assent decides for the meeting.
  const own = /^\s*(?:yes,? )?i agree\b/i.test(sentence)
  if (own || !saidIn(order)) {
    const spoken = await dissenting(asking, sentence)
    return own || spoken.length > 0 ? spoken : naming(asking, sentence, order)
  }
  const { boards, rest } = await boardsMeant(asking, order, OWN_WORDS)
  const said = saidIn(rest) ?? saidIn(order)
  if (!said) return []
  return read(asking, sentence, said, boards)
}

/** Of these a board's name is no part: "against the KCSP" is no vote against what is voted on. */
const OF_ONESELF = ['cast', 'casting', 'content', 'dissent', 'record']

/** With these an order of this feature begins; who sends apologies pays for no reading of it. */
const BEGINS =
  /^(?:the |a |an |all |our |show |see |list |find |open |close |end |stop |call |take |hold |have |start |vote|put|move|motion|amend|defer|withdraw|resolved|agreed|approved|agree |noted|note |business|items for|decisions?|resolutions?|register|what|record|enter|report|correct|publish|ratify|export|print|download|recommendation|entry|item |[a-x]\d)|\b(?:decisions|resolutions|register|business)[\s?.!]*$/i

/** An order that is one only without the board's name: "put B1 to the vote for Gravesham CSP". */
async function naming(asking: Asking, sentence: string, order: string): Promise<readonly Reading[]> {
  if (!BEGINS.test(order) || !concerns(order) || asking.place.kind !== 'direct') return []
  const { boards, rest } = await boardsMeant(asking, order, OWN_WORDS)
  const said = saidIn(rest)
  return said && !OF_ONESELF.includes(said.kind) ? read(asking, sentence, said, boards) : []
}

/** What begins with "I" is stripped of it as an order, and is said of oneself. */
async function dissenting(asking: Asking, sentence: string): Promise<readonly Reading[]> {
  const said = saidIn(sentence.replace(/^(?:hi|hello|quorate)[\s,]+/i, ''))
  if (!said || !['dissent', 'content', 'cast', 'casting', 'countersign'].includes(said.kind)) return []
  const { boards } = await boardsMeant(asking, sentence, OWN_WORDS)
  return read(asking, sentence, said, boards)
}

async function read(asking: Asking, sentence: string, said: Said, boards: readonly Ruled[]): Promise<readonly Reading[]> {
  const ruled = boards.filter(({ inForce }) => inForce !== null)
  const found = (await Promise.all(ruled.map((one) => readingsIn(asking, one, said)))).flat()
  // A ballot may be that of an election, of which others hear.
  const elsewhere = /\bballot\b/i.test(sentence)
  const missing = found.length === 0 && ruled.length > 0 && !elsewhere ? MISSING[said.kind] : undefined
  if (missing) throw new Refusal('not_found', missing)
  const ordered = LOOKS.includes(said.kind) || (isOrder(sentence) && !isDoubtful(sentence, said))
  const again = saysAllTheSame(sentence)
  return found.map((one) => ({
    ...one,
    input: again && DOUBTED.includes(one.command) ? { ...one.input, allTheSame: 'yes' } : one.input,
    certain: one.certain && ordered,
  }))
}

/** What decides is done for what decides, and not for a courtesy, a report of what was, or a question however it is put. */
function isDoubtful(sentence: string, said: Said): boolean {
  const asked = /\?\s*$/.test(sentence)
  if (said.kind === 'cast') return asked
  if (said.kind !== 'agree') return false
  const courtesy = said.how === 'noted' && said.number === null
  return asked || courtesy || /^\s*(?:(?:ok|okay|yes|right)[\s,]+)?(?:i agreed|it was|that was|this was)\b/i.test(sentence)
}

/** What is certainly meant for us, and cannot be done. */
const MISSING: Readonly<Partial<Record<Said['kind'], string>>> = {
  close: 'No vote is open. Say “business” for what is before the meeting.',
  casting: 'No vote waits for a casting vote. Say “business” for what is before the meeting.',
  countersign: 'No vote is open in which anything was recorded. Say “business” for what is before the meeting.',
  entry: 'I know of no such decision. Say “decisions” for the register.',
}

const DOUBTED = ['votes.agree', 'votes.open', 'votes.close']

const reading = (command: string, subject: string, label: string, values: object = {}, certain = true): Reading => ({
  command,
  input: { subject, ...values },
  label,
  certain,
})

async function readingsIn(asking: Asking, ruled: Ruled, said: Said): Promise<readonly Reading[]> {
  const { board } = ruled
  switch (said.kind) {
    case 'decisions':
      return register(asking, ruled, said)
    case 'export':
      return [reading('votes.export', board.id, `The register of ${board.shortName}`)]
    case 'between':
      return [reading('votes.delegate_form', board.id, `A decision between meetings: ${board.shortName}`)]
    case 'entry':
      return entry(asking, ruled, said)
    case 'business': {
      const meetings = await inHand(asking.db, [ruled], 'votes.business', asking.now)
      return meetings.map((meeting) =>
        reading('votes.business', meeting.id, `Business: ${board.shortName}, ${meetingDay(meeting)}`),
      )
    }
    default: {
      const meetings = await inHand(asking.db, [ruled], 'votes.agree', asking.now)
      const open = meetings.filter(({ sitting }) => sitting === 'open')
      return (await Promise.all(open.map((meeting) => inMeeting(asking, ruled, meeting, said)))).flat()
    }
  }
}

type OfMeeting = Exclude<Said, { kind: 'decisions' | 'export' | 'between' | 'entry' | 'business' }>

/** What is said while a meeting sits. */
async function inMeeting(asking: Asking, ruled: Ruled, meeting: Called, said: OfMeeting): Promise<readonly Reading[]> {
  const all = await motionsOf(asking.db, meeting.id)
  const asked = all.some(({ openness }) => openness === 'hidden') || said.number?.[0] === UNLISTED
  const sees = await seesHidden(asking, ruled, meeting, asked)
  const motions = all.filter(
    (one) => (sees || one.openness !== 'hidden') && (said.number === null || itemNumber(one) === said.number),
  )
  const about = (motion: Motion, label: string) => `${label}: ${itemNumber(motion)}, ${meeting.board.shortName}`
  const pending = motions.filter(isPending)
  const voting = pending.filter(({ vote }) => vote?.state === 'open')
  const each = (of: readonly Motion[], command: string, label: string, values: object = {}): readonly Reading[] =>
    of.map((motion) => reading(command, motion.id, about(motion, label), values))
  switch (said.kind) {
    case 'agree':
    case 'put':
    case 'vote':
      return ofItems(asking, ruled, meeting, said, { pending, sees })
    case 'cast':
      return each(votedOn(voting, motions), 'votes.cast', `Vote ${said.choice}`, {
        choice: said.choice,
        ...(said.subject ? { subjectToApproval: 'yes' } : {}),
      })
    case 'record':
      return recording(asking, meeting, said, voting, about)
    case 'close':
      return each(voting, 'votes.close', 'Close the vote')
    case 'countersign':
      return each(voting, 'votes.countersign', 'Countersign')
    case 'casting':
      return each(
        pending.filter(({ vote }) => vote?.state === 'equal'),
        'votes.casting',
        `Casting vote ${said.choice}`,
        { choice: said.choice },
      )
    case 'withdraw':
      return each(pending, 'votes.withdraw', 'Withdraw the motion')
    case 'defer':
      return each(
        pending.filter(({ vote }) => vote === null),
        'votes.defer',
        'Defer',
      )
    case 'amend':
      return each(pending, 'votes.amend', 'Amend the motion', { text: said.text })
    case 'content':
      return each(pending, 'votes.content', 'Content after all')
    case 'dissent':
      return disagreeing(asking, meeting, said, motions, about)
    default:
      return said satisfies never
  }
}

/** What is voted on; else what was last, so that who votes too late is told so. */
const votedOn = (voting: readonly Motion[], motions: readonly Motion[]): readonly Motion[] =>
  voting.length > 0 ? voting : motions.filter(({ vote }) => vote !== null).slice(-1)

/** Of a motion that is before the meeting; else it is asked whether what was decided last is meant, which another may be. */
async function disagreeing(
  asking: Asking,
  meeting: Called,
  said: Extract<Said, { kind: 'dissent' }>,
  motions: readonly Motion[],
  about: (motion: Motion, label: string) => string,
): Promise<readonly Reading[]> {
  const pending = motions.filter(isPending)
  const of = pending.length > 0 ? pending : motions.filter(({ state }) => state === 'decided').slice(-1)
  const people = said.name === null ? null : await named(asking, meeting, said.name)
  if (people && people.length !== 1) return []
  const values = { ...(said.why ? { why: said.why } : {}), ...(people?.[0] ? { person: people[0].id } : {}) }
  const certain = pending.length > 0 || said.number !== null
  return of.map((motion) =>
    reading(
      'votes.dissent',
      motion.id,
      about(motion, people?.[0] ? `${people[0].name} does not agree` : 'I do not agree'),
      values,
      certain,
    ),
  )
}

const named = async ({ db }: Asking, meeting: Called, name: string) =>
  namedAs(await peopleOn(db, meeting.board.id, boardDay(meeting.board, meeting.startsAt)), name)

async function recording(
  asking: Asking,
  meeting: Called,
  said: Extract<Said, { kind: 'record' }>,
  voting: readonly Motion[],
  about: (motion: Motion, label: string) => string,
): Promise<readonly Reading[]> {
  const people = await named(asking, meeting, said.name)
  const [person, another] = people
  if (!person || another) return []
  return voting.map((motion) =>
    reading('votes.record', motion.id, about(motion, `Record ${person.name}, ${said.choice}`), {
      person: person.id,
      choice: said.choice,
    }),
  )
}

type OfItem = Extract<Said, { kind: 'agree' | 'put' | 'vote' }>

/** Whether somebody may know of what is not on the public agenda; asked only where there is such a thing. */
async function seesHidden({ db, actor, now }: Asking, ruled: Ruled, meeting: Called, asked: boolean): Promise<boolean> {
  if (!asked) return false
  const part = await partOf(db, ruled, actor.person, boardDay(ruled.board, now), now)
  return (await passFor(db, meeting, part, actor.person)) !== null
}

const NOTHING_MOVED = 'Nothing is before the meeting that could be voted on. Say which item you mean, as in “put B3 to the vote”.'

/** Items of which nobody is asked whether they are agreed. */
const OF_ITSELF = ['introduction', 'apologies', 'interests']

/** What is said of an item: of the one that is named, else of that on which a motion is before the meeting; else it is asked of which. */
async function ofItems(
  asking: Asking,
  ruled: Ruled,
  meeting: Called,
  said: OfItem,
  { pending, sees }: { readonly pending: readonly Motion[]; readonly sees: boolean },
): Promise<readonly Reading[]> {
  const before = pending.filter(({ vote }) => vote === null)
  if (said.number === null && before.length > 0)
    // While a vote is open on another, "agreed" may be said of that.
    return before.map((motion) => {
      const one = ofItem(meeting, said, motion.item.id, itemNumber(motion), motion.id)
      return before.length < pending.length ? { ...one, certain: false } : one
    })
  const agenda = await findAgenda(asking.db, meeting.id)
  const items = (agenda?.items ?? []).filter(({ state, title }) => state === 'placed' && (sees || 'open' in title))
  if (said.number !== null) {
    const item = items.find((one) => numberOf(one) === said.number)
    return item ? [ofItem(meeting, said, item.id, said.number, undefined)] : []
  }
  if (said.kind === 'vote') throw new Refusal('conflict', NOTHING_MOVED)
  if (said.kind === 'put') return []
  // It is asked of which only to who may say it.
  if (!(await mayDecide(asking, ruled, meeting))) return []
  const decided = await decidedAt(asking.db, meeting.id)
  return items
    .filter((item) => !OF_ITSELF.includes(item.about) && !decided.some((one) => one.item?.id === item.id))
    .sort((one, other) => (numberOf(one) ?? '').localeCompare(numberOf(other) ?? '', 'en', { numeric: true }))
    .slice(0, MOST_ASKED)
    .map((item) => ({ ...ofItem(meeting, said, item.id, numberOf(item) ?? '', undefined), certain: false }))
}

/** An officer of the board, one of whom presides or records it. */
const mayDecide = async ({ db, actor, now }: Asking, ruled: Ruled, { startsAt }: Called): Promise<boolean> =>
  isOfficer(await partOf(db, ruled, actor.person, boardDay(ruled.board, startsAt), now))

/** Buttons of one question. */
const MOST_ASKED = 8

function ofItem({ board }: Called, said: OfItem, item: string, number: string, motion: string | undefined): Reading {
  const which = motion ? { motion } : {}
  const about = (label: string) => `${label}: ${number}, ${board.shortName}`
  if (said.kind === 'vote') {
    const how = {
      ...(said.minutes ? { minutes: String(said.minutes) } : {}),
      ...(said.hidden ? { tally: 'hidden' } : {}),
      ...(said.byHand ? { ends: 'hand' } : {}),
    }
    return reading('votes.open', item, about('Put to the vote'), { ...which, ...how })
  }
  if (said.kind === 'put') return reading('votes.put', item, about('Put a motion'), said.text === null ? {} : { text: said.text })
  if (said.how === 'amended' && said.text === null && !motion)
    return reading('votes.put_form', item, about('Agreed as amended'), { what: 'amended' })
  const label = { agreed: 'Agreed', noted: 'Noted', amended: 'Agreed as amended' }[said.how]
  return reading('votes.agree', item, about(label), {
    ...which,
    how: said.how,
    ...(said.dissents ? { dissents: 'recorded' } : {}),
    ...(said.text === null ? {} : { text: said.text }),
  })
}

/** The register: of a meeting, where a day or a meeting was said; else what says some words, or all of it. */
async function register(
  { db, now }: Asking,
  { board }: Ruled,
  { looked, which }: Extract<Said, { kind: 'decisions' }>,
): Promise<readonly Reading[]> {
  const label = `Decisions: ${board.shortName}`
  const phrase = which ?? looked
  if (phrase === null) return [reading('votes.decisions', board.id, label)]
  const meeting = meetingSaid(await registerOf(db, board.id), phrase, board.zone, dayOf(now, board.zone))
  if (meeting) {
    const day = dayInWords(dayOf(meeting.startsAt, board.zone))
    return [reading('votes.decisions', board.id, `${label}, ${day}`, { meeting: meeting.id })]
  }
  return looked === null ? [] : [reading('votes.decisions', board.id, label, { looked })]
}

const isEntitled = async ({ db, actor, now }: Asking, ruled: Ruled): Promise<boolean> =>
  passOf(await partOf(db, ruled, actor.person, boardDay(ruled.board, now), now)) !== null

async function entry(
  asking: Asking,
  ruled: Ruled,
  { does, entry: number }: Extract<Said, { kind: 'entry' }>,
): Promise<readonly Reading[]> {
  const found = await entryNumbered(asking.db, ruled.board.id, number)
  // Of an item that is not on the public agenda not even that there is an entry is told.
  if (!found || (found.openness === 'hidden' && !(await isEntitled(asking, ruled)))) return []
  const label = `${does === 'see' ? 'See' : does} ${number} of ${ruled.board.shortName}`
  if (does === 'see') return [reading('votes.decision', found.id, label)]
  if (does === 'correct') return [reading('votes.correct_form', found.id, label)]
  if (does === 'publish') return [reading('votes.publish', found.id, label)]
  const meetings = await inHand(asking.db, [ruled], 'votes.ratify', asking.now)
  return meetings.slice(0, 1).map((meeting) => reading('votes.ratify_form', found.id, label, { meeting: meeting.id }))
}
