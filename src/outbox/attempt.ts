import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Db } from '../db/schema.js'
import type { Writer } from '../db/write.js'
import { type Audience, toPerson, toPlace } from '../kernel/audience.js'
import type { Notice } from '../kernel/notice.js'
import { type Clock, toText } from '../kernel/time.js'
import { type Card, divider, heading, text } from '../kernel/view.js'
import { addressOf, isLost, isTheirs, lostWhy, placeServing } from './reach.js'
import { recipientFrom } from './recipient.js'
import { type Address, LONGEST_CALL_MS, LONGEST_WAIT_MS, NotSent, type Posted, type Sender, Unreachable } from './sender.js'
import { isSaidLater, markEnded, markLater, markSent, type Waiting } from './store.js'

/** One line a message: nothing of whom it is for or what it says. */
export interface NoticeLine {
  readonly notice: string
  readonly outcome: 'sent' | 'unchanged' | 'dropped' | 'failed' | 'put off' | 'fault'
  readonly why?: string
}

/** What is not reached any more. */
export interface Loss {
  readonly to: Address
  readonly what: Unreachable['what']
  readonly why: string
}

export interface Posting {
  readonly reading: Db
  readonly writer: Writer
  readonly notices: readonly Notice[]
  readonly senders: readonly Sender[]
  readonly boardClock: Clock
  readonly systemClock: Clock
  /** Keeps that an address is not reached any more, before what was for it is given up; again, it changes nothing. */
  readonly lost?: (loss: Loss) => Promise<void>
  /** Keeps that a workspace is reached again, into which something was sent. */
  readonly found?: (workspace: Pick<Address, 'platform' | 'workspace'>) => Promise<void>
  /** told of each thing sent, dropped or put off; of a fault of ours with its error */
  readonly log: (line: NoticeLine, error?: unknown) => void
}

/** Between two messages to one recipient, in milliseconds: as often as platforms take one, and a person can read. */
export const PACE_MS = 1_000
/** After how many milliseconds a platform begins no further call for a message. */
export const LATE_MS = 15_000
/** How long a platform may take over one message, in milliseconds: over all that it began in time, and a little. */
export const LONGEST_SEND_MS = LATE_MS + LONGEST_CALL_MS + 3_000
/** How often a message is tried that is a fault of ours to draw. */
const MOST_FAULTS = 10

/** What the platform itself would not take, after it was asked. */
class Refused extends NotSent {
  constructor(
    why: string,
    again: number | null | undefined,
    taken: boolean,
    readonly lost: Loss | null,
  ) {
    super(why, again, taken)
  }
}

/** Why it is tried again at once. */
const ELSEWHERE = 'they are not reached there any more, and are elsewhere'

/** Why what is said in a place is not: it is linked to the board no more. */
const UNLINKED = 'the place serves the board no more'

/** Why what is said in a place is not: others than the board read there, and it is not for them. */
const OPEN = 'that place is open to others than the board'

/** Why of two reminders of the same, which wait for somebody together, the earlier is not said. */
const SAID_ONCE = 'a later one of the same goes in its stead'

/** What is to rest after an attempt. */
export interface Attempted {
  /** for how many milliseconds the recipient is to be left alone; 0 where no platform was asked */
  readonly rest: number
  /** the row of the live message that was changed in its place, if one was */
  readonly changed: string | null
}

/**
 * Sends what rows for one recipient ask for, as things stand now, in one message, and marks what became of each.
 * @param rows one; or several reminders that fell due together, the oldest first
 */
export async function attempt(posting: Posting, rows: readonly Waiting[]): Promise<Attempted> {
  const drawn: Drawn[] = []
  for (const row of rows) {
    try {
      const card = (await isSaidLater(posting.reading, row)) ? { gone: SAID_ONCE } : await draw(posting, row)
      if ('gone' in card) await end(posting, row, card.gone)
      else drawn.push({ row, card })
    } catch (error) {
      await putOff(posting, [row], error, false)
    }
  }
  const [first] = drawn
  if (!first) return { rest: 0, changed: null }
  try {
    const done = await send(posting, drawn, first)
    return { rest: done === 'unchanged' ? 0 : PACE_MS, changed: done === 'changed' ? first.row.id : null }
  } catch (error) {
    const rows = drawn.map(({ row }) => row)
    // What fails once a platform has taken a message is unclear as well: it is not known to have been sent.
    const taken = error instanceof Refused ? error.taken : !(error instanceof NotSent)
    const loss = error instanceof Refused ? error.lost : null
    const elsewhere = loss !== null && (await lose(posting, first.row, loss))
    await putOff(posting, rows, elsewhere ? new NotSent(ELSEWHERE, 0) : error, taken)
    return { rest: error instanceof Refused ? Math.max(PACE_MS, error.again ?? 0) : 0, changed: null }
  }
}

interface Drawn {
  readonly row: Waiting
  readonly card: Card
}

async function end({ writer, log }: Posting, { id, notice }: Waiting, why: string): Promise<void> {
  await writer.write((tx) => markEnded(tx, id, 'dropped', why))
  log({ notice, outcome: 'dropped', why })
}

async function draw({ reading, notices, boardClock }: Posting, row: Waiting): Promise<Card | { gone: string }> {
  const notice = notices.find(({ name }) => name === row.notice)
  if (!notice) throw new NotSent(`nothing is called ${row.notice} any more`, null)
  const recipient = recipientFrom(row.recipient)
  let audience = audienceFor(row)
  if ('place' in recipient) {
    const place = await placeServing(reading, recipient.place, row.board_id)
    if (!place) return { gone: UNLINKED }
    if (place.lost_at !== null) throw new NotSent(notReached(place.lost_why), null)
    // What stands there already, or may, is covered once, and stays so.
    const stands = row.message !== null || row.begun > 1
    if (place.open_to !== '' && !notice.inOpenPlaces) return stands ? COVERED : { gone: OPEN }
    // Where anybody may read, it is drawn for anybody.
    if (place.open_to !== '') audience = { kind: 'public' }
  }
  return notice.show(reading, row.subject, audience, boardClock.now())
}

const notReached = (why: string | null): string => `not reached any more: ${why ?? 'no reason was given'}`

/** In the place of what stood in a place before others came to read there. */
const COVERED: Card = {
  title: 'Shown in direct messages',
  audience: { kind: 'public' },
  follows: true,
  body: [text('This place is open to others than the board. What stood here is shown to its people in direct messages.')],
}

/** Several reminders as one message, each under its own title. */
function together(cards: readonly Card[], first: Card): Card {
  if (cards.length === 1) return first
  return {
    ...first,
    title: `${cards.length} reminders`,
    several: true,
    body: cards.flatMap(({ title, body }, at) => [...(at === 0 ? [] : [divider]), heading(title), ...body]),
  }
}

/** @returns whether it was posted, or changed in its place; or stands there as it is */
async function send(
  posting: Posting,
  drawn: readonly Drawn[],
  { row: first, card: own }: Drawn,
): Promise<'posted' | 'changed' | 'unchanged'> {
  const { reading, writer, senders, boardClock, log } = posting
  const to = await addressFor(reading, first)
  const sender = senders.find(({ platform, workspace = to.workspace }) => platform === to.platform && workspace === to.workspace)
  if (!sender) throw new NotSent(`${to.platform} is not connected`, LONGEST_WAIT_MS)
  const card = together(
    drawn.map((one) => one.card),
    own,
  )
  const again = drawn.some(({ row }) => row.begun > 1)
  const keys = drawn.map(({ row }) => row.id)
  const hash = createHash('sha256').update(JSON.stringify(card)).digest('hex')
  // What stands on another platform, or in another workspace, is no earlier state of what is said here.
  const here = first.platform === to.platform && first.workspace === to.workspace
  const before = here && first.conversation && first.message ? { conversation: first.conversation, message: first.message } : null
  // What was under way when it was lost proves nothing.
  const lost = await isLost(reading, to)
  const unchanged = before !== null && first.sent_hash === hash
  const posted = unchanged ? before : await post((late) => sender.send(to, card, before, keys, again, late), to)
  // The record is kept on the board's clock, as all that is done is.
  const at = unchanged && first.sent_at ? first.sent_at : toText(boardClock.now())
  const sent = { ...posted, platform: to.platform, workspace: to.workspace, hash, at }
  await writer.write(async (tx) => {
    // A live message in the conversation of an account that was taken from them meanwhile turns no more.
    const letGo = first.kind === 'live' && !(await stillTheirs(tx, first, to))
    const kept = letGo ? { ...sent, conversation: null, message: null, hash: null } : sent
    for (const { row } of drawn) await markSent(tx, row, kept)
  })
  for (const { row } of drawn) log({ notice: row.notice, outcome: unchanged ? 'unchanged' : 'sent' })
  if (lost && !unchanged) await find(posting, first, to)
  return unchanged ? 'unchanged' : before === null ? 'posted' : 'changed'
}

async function stillTheirs(db: Db, row: Waiting, to: Address): Promise<boolean> {
  const recipient = recipientFrom(row.recipient)
  return !('person' in recipient && 'user' in to) || isTheirs(db, recipient.person, to)
}

/** @throws Refused also for what a platform throws besides, as it may pass */
async function post(sending: (late: AbortSignal) => Promise<Posted>, to: Address): Promise<Posted> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), LATE_MS)
  const done = new AbortController()
  try {
    const tooLong = wait(LONGEST_SEND_MS, null, { signal: done.signal, ref: false })
    const posted = await Promise.race([sending(late.signal), tooLong])
    if (posted !== null) return posted
    throw new NotSent(`${to.platform} did not answer in time`, undefined)
  } catch (error) {
    if (error instanceof NotSent) {
      const lost = error instanceof Unreachable ? { to, what: error.what, why: error.why } : null
      throw new Refused(error.message, error.again, error.taken, lost)
    }
    // What a platform says of an error may hold what it was sent: only its kind is kept.
    throw new Refused(`${to.platform} failed: ${error instanceof Error ? error.name : typeof error}`, undefined, true, null)
  } finally {
    clearTimeout(timer)
    done.abort()
  }
}

/** Has it kept that an address is not reached any more. @returns whether they are reached at another */
async function lose({ reading, lost }: Posting, row: Waiting, loss: Loss): Promise<boolean> {
  await lost?.(loss)
  if (loss.what !== 'person') return false
  const next = await addressFor(reading, row).catch(() => null)
  return next !== null && JSON.stringify(next) !== JSON.stringify(loss.to)
}

/** Has it kept that a workspace is reached again. What was sent stands, whatever becomes of that. */
async function find({ found, log }: Posting, { notice }: Waiting, { platform, workspace }: Address): Promise<void> {
  try {
    await found?.({ platform, workspace })
  } catch (error) {
    log({ notice, outcome: 'fault' }, error)
  }
}

/**
 * Marks what was not sent: ended if it never will be taken, else to be tried again; a fault of ours is logged as one.
 * @param rows of one message, tried as often as each other: they are put off until one moment, and so go together again
 * @param taken whether the platform may have taken it all the same
 */
async function putOff(
  { writer, systemClock, log }: Posting,
  rows: readonly Waiting[],
  error: unknown,
  taken: boolean,
): Promise<void> {
  const tell = (outcome: NoticeLine['outcome'], why?: string) => {
    for (const { notice } of rows)
      log({ notice, outcome, ...(why === undefined ? {} : { why }) }, why === undefined ? error : undefined)
  }
  const endAll = (why: string) =>
    writer.write(async (tx) => {
      for (const { id } of rows) await markEnded(tx, id, 'failed', why)
    })
  const attempts = Math.max(...rows.map((row) => row.attempts))
  if (error instanceof NotSent && error.again === null) {
    await endAll(error.message)
    return tell('failed', error.message)
  }
  const ours = 'a fault of ours: see the log'
  // What we cannot draw ourselves is given up, or it would hold up all that is said to the same person after it.
  if (!(error instanceof NotSent) && attempts + 1 >= MOST_FAULTS) {
    await endAll(ours)
    return tell('fault')
  }
  const again = error instanceof NotSent ? error.again : undefined
  const until = systemClock.now().add({ milliseconds: again ?? Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** attempts) })
  const why = error instanceof NotSent ? error.message : ours
  await writer.write(async (tx) => {
    for (const row of rows) await markLater(tx, row, toText(until), why, taken)
  })
  if (error instanceof NotSent) tell('put off', why)
  else tell('fault')
}

/** For whom a row is drawn. An office's rows were passed to its holders before. */
function audienceFor(row: Waiting): Audience {
  const recipient = recipientFrom(row.recipient)
  if ('office' in recipient) throw new Error('a row for an office was taken up')
  return 'place' in recipient ? toPlace(row.board_id) : toPerson(recipient.person)
}

/** Where a row goes today. */
async function addressFor(db: Db, row: Waiting): Promise<Address> {
  const recipient = recipientFrom(row.recipient)
  if ('office' in recipient) throw new Error('a row for an office was taken up')
  if ('place' in recipient) {
    const { platform, workspace, id: place } = recipient.place
    return { platform, workspace, place }
  }
  const address = await addressOf(db, recipient.person)
  if (!address) {
    const why = await lostWhy(db, recipient.person)
    if (why !== null) throw new NotSent(notReached(why), null)
    throw new NotSent('there is no chat in which to reach them', LONGEST_WAIT_MS)
  }
  const { platform, workspace, user_id: user } = address
  return { platform, workspace, user }
}
