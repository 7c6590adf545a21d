import { titleFor } from '../agenda/rules.js'
import { findAgenda, passFor } from '../agenda/store.js'
import { inHand } from '../attendance/sitting/store.js'
import { officeInWords } from '../boards/offices/rules.js'
import { boardsMeant, partOf } from '../boards/part/store.js'
import { type Named, namedAs } from '../boards/rules.js'
import { peopleOn, type Ruled } from '../boards/store.js'
import type { Asking, Reading, Words } from '../kernel/command.js'
import { Refusal } from '../kernel/refusal.js'
import { isOrder, plainOrder, saysAllTheSame } from '../kernel/sentence.js'
import { boardDay, type Called, meetingDay } from '../meetings/rules.js'
import { meetingsOf } from '../meetings/store.js'
import { type Election, type Elective, isOver, isSecret, officesIn, standingIn, underWay } from './rules.js'
import { type Said, saidIn } from './sayings.js'
import { electionsOf } from './store.js'

/** In these a board's name is no more than a word. */
const OWN_WORDS = /[:].*$/g

/** Reads elections. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const spoken = sentence.replace(/^(?:hi|hello|please|quorate)[\s,]+/i, '').replace(/[\s,]*\ball the same\b[\s.!]*$/i, '')
  // What begins with "I" is stripped of it as an order, and is said of oneself.
  const first = saidIn(spoken) ?? saidIn(plainOrder(sentence))
  if (!first) return []
  const { boards, rest } = await boardsMeant(asking, spoken, OWN_WORDS)
  const said = saidIn(rest) ?? first
  const ruled = boards.filter(({ inForce }) => inForce !== null)
  const found = (await Promise.all(ruled.map((one) => readingsIn(asking, one, said)))).flat()
  const ordered = said.kind === 'show' || isOrder(sentence)
  const missing = found.length === 0 && ruled.length > 0 ? missingOf(said, sentence) : null
  if (missing) throw new Refusal('not_found', missing)
  const again = saysAllTheSame(sentence)
  return found.map((one) => ({
    ...one,
    input: again && DOUBTED.includes(one.command) ? { ...one.input, allTheSame: 'yes' } : one.input,
    certain: one.certain && ordered,
  }))
}

/** What is certainly meant for us, and cannot be done. */
function missingOf(said: Said, sentence: string): string | null {
  if (!isOrder(sentence)) return null
  switch (said.kind) {
    case 'show':
      return /\belection/i.test(sentence)
        ? 'Nobody is nominated yet, and no election is begun. It begins with “nominate NAME as vice-chair”, once the agenda has “Election of Vice-Chair”.'
        : null
    case 'open':
      return 'There is no ballot to open. Say “elections” for how it stands, or “nominate NAME as vice-chair”.'
    case 'close':
    case 'discard':
      return 'No ballot is open. Say “elections” for how it stands.'
    case 'draw':
    case 'seed':
      return 'No lot waits to be drawn. Say “elections” for how it stands.'
    default:
      return null
  }
}

const DOUBTED = ['elections.open', 'elections.elect', 'elections.close']

const reading = (command: string, subject: string, label: string, values: object = {}, certain = true): Reading => ({
  command,
  input: { subject, ...values },
  label,
  certain,
})

/** Meetings whose elections may be meant: the one that sits, or else those that are called. */
async function meetingsFor(asking: Asking, ruled: Ruled): Promise<readonly Called[]> {
  const hand = await inHand(asking.db, [ruled], 'elections.show', asking.now)
  const open = hand.filter(({ sitting }) => sitting === 'open')
  if (open.length > 0) return open
  const coming = await meetingsOf(asking.db, ruled.board.id, { from: asking.now })
  return [...hand, ...coming.filter(({ id }) => !hand.some((one) => one.id === id))]
}

async function readingsIn(asking: Asking, ruled: Ruled, said: Said): Promise<readonly Reading[]> {
  for (const meeting of await meetingsFor(asking, ruled)) {
    const found = await inMeeting(asking, ruled, meeting, said)
    if (found.length > 0) return found
  }
  return said.kind === 'nominate' && said.office !== null ? noElection(asking, ruled, said.office) : []
}

/** Of who is certainly nominated where there is no election: what is to be done first. */
async function noElection(asking: Asking, ruled: Ruled, office: Elective): Promise<readonly Reading[]> {
  if (!(await hasPartIn(asking, ruled))) return []
  throw new Refusal(
    'not_found',
    `No agenda of ${ruled.board.shortName} has the election of a ${officeInWords(office)}. The clerk adds “Election of ${officeInWords(office)}” to it first.`,
  )
}

async function hasPartIn({ db, actor, now }: Asking, ruled: Ruled): Promise<boolean> {
  const part = await partOf(db, ruled, actor.person, boardDay(ruled.board, now), now)
  return part.seats.length > 0 || part.offices.length > 0
}

async function inMeeting(asking: Asking, ruled: Ruled, meeting: Called, said: Said): Promise<readonly Reading[]> {
  const all = (await electionsOf(asking.db, meeting.id)).filter(({ office }) => said.office === null || office === said.office)
  const elections = await seenOf(asking, ruled, meeting, all)
  const about = ({ office }: Pick<Election, 'office'>, label: string) =>
    `${label}: ${officeInWords(office)}, ${meeting.board.shortName}, ${meetingDay(meeting)}`
  const each = (of: readonly Election[], command: string, label: string, values: object = {}): readonly Reading[] =>
    of.map((one) => reading(command, one.id, about(one, label), values))
  const going = elections.filter((one) => !isOver(one))
  switch (said.kind) {
    case 'show':
      return each(elections, 'elections.show', 'See the election')
    case 'nominate':
      return nominating(asking, ruled, meeting, said, elections)
    case 'second':
      return seconding(asking, meeting, said, going, each)
    case 'answer':
      return answering(asking, meeting, said, going, each)
    case 'elect': {
      const person = said.name === null ? null : await one(asking, meeting, said.name)
      if (said.name !== null && !person) return []
      const of = going.filter((election) => !person || standingIn(election).some(({ id }) => id === person.id))
      return each(of, 'elections.elect', 'Elected unopposed')
    }
    case 'open': {
      const { ballot, minutes, byHand } = said
      const values = {
        ...(ballot ? { ballot } : {}),
        ...(minutes ? { minutes: String(minutes) } : {}),
        ...(byHand ? { ends: 'hand' } : {}),
      }
      const how = { secret: 'Open the ballot in secret', open: 'Open the ballot openly' }
      return each(going, 'elections.open', ballot ? how[ballot] : 'Open the ballot', values)
    }
    case 'close':
      return each(withBallot(going), 'elections.close', 'Close the ballot')
    case 'discard':
      return each(withBallot(going), 'elections.discard', 'Stop the ballot uncounted')
    case 'draw':
      return each(
        going.filter(({ state }) => state === 'tied'),
        'elections.draw',
        'Draw the lot',
      )
    case 'call off':
      return each(going, 'elections.call_off', 'Call off the election')
    case 'seed':
      if (asking.place.kind !== 'direct' && going.some(({ state }) => state === 'tied'))
        throw new Refusal(
          'invalid',
          'Others read what is said here, and words for the lot are kept from everybody until it is drawn. Say it to me directly, or press “Give words for the lot”.',
        )
      return each(
        going.filter(({ state }) => state === 'tied'),
        'elections.seed',
        'Give words for the lot',
        { words: said.words },
      )
    case 'cast':
      return casting(asking, said, going, about)
    default:
      return said satisfies never
  }
}

const withBallot = (elections: readonly Election[]): readonly Election[] => elections.filter((one) => underWay(one) !== null)

/** Of elections on items that are not on the public agenda only who may know of them hears. */
async function seenOf(asking: Asking, ruled: Ruled, meeting: Called, all: readonly Election[]): Promise<readonly Election[]> {
  if (all.every(({ openness }) => openness !== 'hidden')) return all
  const { db, actor, now } = asking
  const part = await partOf(db, ruled, actor.person, boardDay(ruled.board, now), now)
  const sees = (await passFor(db, meeting, part, actor.person)) !== null
  return all.filter(({ openness }) => sees || openness !== 'hidden')
}

/** The one person of the board who is meant by a name; null: nobody, or one of several. */
async function one({ db, actor }: Asking, meeting: Called, name: string): Promise<Named | null> {
  if (/^(?:myself|me)$/i.test(name)) return { id: actor.person, name: actor.name }
  const found = namedAs(await peopleOn(db, meeting.board.id, boardDay(meeting.board, meeting.startsAt)), name)
  return found.length === 1 ? (found[0] ?? null) : null
}

async function nominating(
  asking: Asking,
  ruled: Ruled,
  meeting: Called,
  { nominee, proposer, seconder, office }: Extract<Said, { kind: 'nominate' }>,
  elections: readonly Election[],
): Promise<readonly Reading[]> {
  const person = await one(asking, meeting, nominee)
  const by = proposer === null ? null : await one(asking, meeting, proposer)
  const second = seconder === null ? null : await one(asking, meeting, seconder)
  const items = await officesOn(asking, ruled, meeting)
  const known = person && (proposer === null || by) && (seconder === null || second)
  if (!known) {
    if (items.length === 0 || office === null || !(await hasPartIn(asking, ruled))) return []
    throw new Refusal(
      'not_found',
      'I know nobody of that name on the roster, or several. Say the whole name, or press “Nominate somebody”.',
    )
  }
  const values = {
    nominee: person.id,
    ...(by ? { proposer: by.id } : {}),
    ...(second ? { seconder: second.id } : {}),
  }
  const label = (which: Elective) =>
    `Nominate ${person.name} as ${officeInWords(which)}: ${meeting.board.shortName}, ${meetingDay(meeting)}`
  const meant = items.filter((item) => office === null || item.office === office)
  const begun = elections.filter(
    (election) => !meant.some((item) => item.id === election.item.id && item.office === election.office),
  )
  return [
    ...meant.map((item) => reading('elections.nominate', item.id, label(item.office), { ...values, office: item.office })),
    ...begun.map((election) =>
      reading('elections.nominate', election.item.id, label(election.office), { ...values, office: election.office }),
    ),
  ]
}

/** The items of a meeting's agenda that elect to an office, as somebody may see them. */
async function officesOn(
  { db, actor, now }: Asking,
  ruled: Ruled,
  meeting: Called,
): Promise<readonly { readonly id: string; readonly office: Elective }[]> {
  const agenda = await findAgenda(db, meeting.id)
  const part = await partOf(db, ruled, actor.person, boardDay(ruled.board, now), now)
  const pass = await passFor(db, meeting, part, actor.person)
  return (agenda?.items ?? [])
    .filter(({ state }) => state === 'placed')
    .flatMap(({ id, title }) => officesIn(titleFor(title, pass) ?? '').map((office) => ({ id, office })))
}

type Each = (of: readonly Election[], command: string, label: string, values?: object) => readonly Reading[]

/** The nomination of somebody, or the one that nobody has seconded yet. */
async function seconding(
  asking: Asking,
  meeting: Called,
  { nominee, seconder }: Extract<Said, { kind: 'second' }>,
  going: readonly Election[],
  each: Each,
): Promise<readonly Reading[]> {
  if (nominee === null)
    return going.flatMap((election) =>
      election.nominations
        .filter(
          (one) => one.seconder === null && one.proposer.id !== asking.actor.person && one.nominee.id !== asking.actor.person,
        )
        .flatMap((one) => each([election], 'elections.second', `Second ${one.nominee.name}`, { nominee: one.nominee.id })),
    )
  const person = await one(asking, meeting, nominee)
  const by = seconder === null ? null : await one(asking, meeting, seconder)
  if (!person || (seconder !== null && !by)) return []
  const of = going.filter(({ nominations }) => nominations.some((one) => one.nominee.id === person.id))
  return each(of, 'elections.second', `Second ${person.name}`, { nominee: person.id, ...(by ? { seconder: by.id } : {}) })
}

async function answering(
  asking: Asking,
  meeting: Called,
  { nominee, answer }: Extract<Said, { kind: 'answer' }>,
  going: readonly Election[],
  each: Each,
): Promise<readonly Reading[]> {
  const person = nominee === null ? null : await one(asking, meeting, nominee)
  if (nominee !== null && !person) return []
  const whom = person?.id ?? asking.actor.person
  const of = going.filter(({ nominations }) => nominations.some((one) => one.nominee.id === whom))
  const label = { accepted: 'Accept the nomination', declined: 'Decline the nomination', withdrawn: 'Withdraw' }[answer]
  return each(of, 'elections.answer', person ? `${label} for ${person.name}` : label, {
    answer,
    ...(person ? { nominee: person.id } : {}),
  })
}

/** A vote for somebody by name, in a ballot that is open. What is typed is kept by the chat: a secret ballot takes none of it. */
function casting(
  { actor }: Asking,
  { name }: Extract<Said, { kind: 'cast' }>,
  going: readonly Election[],
  about: (of: Pick<Election, 'office'>, label: string) => string,
): readonly Reading[] {
  const voting = going.flatMap((election) => {
    const round = underWay(election)
    return round?.state === 'open' ? [{ election, round }] : []
  })
  return voting.flatMap(({ election, round }) => {
    const [candidate, other] =
      name === null ? [null] : namedAs(round.candidates, /^(?:myself|me)$/i.test(name) ? actor.name : name)
    if (candidate === undefined || other) return []
    if (isSecret(round))
      throw new Refusal(
        'invalid',
        'This ballot is secret, and what is typed stays in the chat. Nothing was taken of it: delete it, and press a candidate on your card instead.',
      )
    if (round.method === 'ranked choices')
      return [reading('elections.cast_form', round.id, about(election, 'Fill in the ballot'))]
    return [
      candidate === null
        ? reading('elections.cast', round.id, about(election, 'Abstain'), { choice: 'abstain' })
        : reading('elections.cast', round.id, about(election, `Vote for ${candidate.name}`), { choice: candidate.id }),
    ]
  })
}
