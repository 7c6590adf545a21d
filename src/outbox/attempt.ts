import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Db } from '../db/schema.js'
import type { Writer } from '../db/write.js'
import { type Audience, toPerson, toPlace } from '../kernel/audience.js'
import type { Notice } from '../kernel/notice.js'
import { type Clock, toText } from '../kernel/time.js'
import type { Card } from '../kernel/view.js'
import { addressOf, markEnded, markLater, markSent, type Waiting } from './store.js'

/** Where a message goes: to a person, or into a place. */
export type Address = { readonly platform: string; readonly workspace: string } & (
  | { readonly user: string }
  | { readonly place: string }
)

/** The platform would not take it. Thrown by a sender; anything else thrown is tried again later and later. */
export class NotSent extends Error {
  override readonly name = 'NotSent'

  /** @param again milliseconds until it may be tried again, or null if it never will be taken */
  constructor(
    why: string,
    readonly again: number | null,
  ) {
    super(why)
  }
}

/** A message as the platform calls it. */
export interface Posted {
  readonly conversation: string
  readonly message: string
}

/** A platform's way of sending; it draws the card in its own manner. */
export interface Sender {
  readonly platform: string
  /**
   * @param replaces the message of an earlier state, to be updated in its place
   * @throws NotSent
   */
  send(to: Address, card: Card, replaces: Posted | null): Promise<Posted>
}

export interface Posting {
  readonly reading: Db
  readonly writer: Writer
  readonly notices: readonly Notice[]
  readonly senders: readonly Sender[]
  readonly boardClock: Clock
  readonly systemClock: Clock
  /** told of each thing sent, dropped or put off */
  readonly log: (line: { notice: string; outcome: string; why?: string }) => void
}

/** Between two messages to one recipient, in milliseconds: Slack's limit, and as often as a person can read. */
export const PACE_MS = 1_000
/** Until what cannot be sent for now is looked at again, in milliseconds. */
export const LONGEST_WAIT_MS = 600_000

const PlaceName = z.tuple([z.string(), z.string(), z.string()])

/** Sends what one row asks for, as things stand now, and marks what became of it. @returns whether anything went out */
export async function attempt(posting: Posting, row: Waiting): Promise<boolean> {
  const { writer, systemClock, log } = posting
  try {
    return await send(posting, row)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    if (error instanceof NotSent && error.again === null) {
      await writer.write((tx) => markEnded(tx, row.id, 'failed', why))
      log({ notice: row.notice, outcome: 'failed', why })
      return false
    }
    const backoff = Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** row.attempts)
    const pause = error instanceof NotSent && error.again !== null ? error.again : backoff
    const next = toText(systemClock.now().add({ milliseconds: pause }))
    await writer.write((tx) => markLater(tx, row, next, why))
    log({ notice: row.notice, outcome: 'put off', why: error instanceof NotSent ? why : 'the platform failed' })
    return false
  }
}

async function send(posting: Posting, row: Waiting): Promise<boolean> {
  const { reading, writer, notices, senders, boardClock, systemClock, log } = posting
  const notice = notices.find(({ name }) => name === row.notice)
  if (!notice) throw new NotSent(`nothing is called ${row.notice} any more`, null)
  const { to, audience } = await resolve(reading, row)
  const card = await notice.show(reading, row.subject, audience, boardClock.now())
  if ('gone' in card) {
    await writer.write((tx) => markEnded(tx, row.id, 'dropped', card.gone))
    log({ notice: row.notice, outcome: 'dropped', why: card.gone })
    return false
  }
  const sender = senders.find(({ platform }) => platform === to.platform)
  if (!sender) throw new NotSent(`${to.platform} is not connected`, LONGEST_WAIT_MS)
  const hash = createHash('sha256').update(JSON.stringify(card)).digest('hex')
  const before = row.conversation && row.message ? { conversation: row.conversation, message: row.message } : null
  const unchanged = before !== null && row.sent_hash === hash
  const posted = unchanged ? before : await sender.send(to, card, before)
  const now = systemClock.now()
  const at = unchanged && row.sent_at ? row.sent_at : toText(now)
  const notBefore = toText(now.add({ milliseconds: PACE_MS }))
  const { platform, workspace } = to
  await writer.write((tx) => markSent(tx, row, { ...posted, platform, workspace, hash, at, notBefore }))
  log({ notice: row.notice, outcome: unchanged ? 'unchanged' : 'sent' })
  return !unchanged
}

/** Where a row goes today, and for whom it is drawn. */
async function resolve(db: Db, row: Waiting): Promise<{ to: Address; audience: Audience }> {
  const colon = row.recipient.indexOf(':')
  const name = row.recipient.slice(colon + 1)
  if (row.recipient.startsWith('place:')) {
    const [platform, workspace, place] = PlaceName.parse(JSON.parse(name))
    return { to: { platform, workspace, place }, audience: toPlace(row.board_id) }
  }
  const address = await addressOf(db, name)
  if (!address) throw new NotSent('there is no chat in which to reach them', LONGEST_WAIT_MS)
  const { platform, workspace, user_id: user } = address
  return { to: { platform, workspace, user }, audience: toPerson(name) }
}
