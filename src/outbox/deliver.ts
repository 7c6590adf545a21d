import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Db } from '../db/schema.js'
import type { Writer } from '../db/write.js'
import { type Audience, toPerson, toPlace } from '../kernel/audience.js'
import type { Notice } from '../kernel/notice.js'
import { type Clock, fromText, toText } from '../kernel/time.js'
import type { Card } from '../kernel/view.js'
import {
  AT_ONCE,
  addressOf,
  holdersOf,
  lease,
  markEnded,
  markLater,
  markSent,
  nextWaiting,
  passToHolders,
  type Waiting,
  waitingAt,
} from './store.js'

/** Where a message goes: to a person, or into a place. */
export type Address = { readonly platform: string; readonly workspace: string } & (
  | { readonly user: string }
  | { readonly place: string }
)

/** The platform would not take it. Thrown by a sender; anything else thrown is tried again later. */
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

/** A platform's way of sending; it draws the card in its own manner. */
export interface Sender {
  readonly platform: string
  /**
   * @param replaces the conversation and message of an earlier state, to be updated in place
   * @throws NotSent
   */
  send(
    to: Address,
    card: Card,
    replaces: { conversation: string; message: string } | null,
  ): Promise<{ conversation: string; message: string }>
}

export interface Delivery {
  /** Says that something may be waiting: it is looked at once, however often this is said. */
  wake(): void
  /** Sends all that may be sent by now; for the command line and tests. */
  drain(): Promise<void>
  /** Finishes what is in flight; takes nothing up after. */
  close(): Promise<void>
}

interface Needs {
  readonly reading: Db
  readonly writer: Writer
  readonly notices: readonly Notice[]
  readonly senders: readonly Sender[]
  readonly boardClock: Clock
  readonly systemClock: Clock
  /** told of each thing sent, dropped or put off */
  readonly log: (line: { notice: string; outcome: string; why?: string }) => void
}

const PlaceName = z.tuple([z.string(), z.string(), z.string()])

const AT_MOST_IN_FLIGHT = 8
/** Between two messages to one place, in milliseconds: Slack's limit, and as often as a person can read. */
const PACE_MS = 1_000
const LEASE_MS = 60_000
const LONGEST_WAIT_MS = 600_000

export function delivery(needs: Needs): Delivery {
  const { reading, writer, systemClock, log } = needs
  const byName = new Map(needs.notices.map((notice) => [notice.name, notice]))
  const byPlatform = new Map(needs.senders.map((sender) => [sender.platform, sender]))
  const free = new Map<string, Temporal.Instant>()
  let working: Promise<void> | null = null
  let again = false
  let closed = false
  let timer: NodeJS.Timeout | null = null

  async function round(): Promise<boolean> {
    const now = systemClock.now()
    for (const [place, from] of free) if (from.epochMilliseconds <= now.epochMilliseconds) free.delete(place)
    const waiting = await waitingAt(reading, toText(now), [...free.keys()], 10 * AT_MOST_IN_FLIGHT).execute()
    const chosen = new Map<string, string>()
    for (const row of waiting) {
      if (chosen.size === AT_MOST_IN_FLIGHT) break
      if (!chosen.has(row.recipient)) chosen.set(row.recipient, row.id)
    }
    if (chosen.size === 0) return false
    const until = toText(now.add({ milliseconds: LEASE_MS }))
    const taken = await writer.write((tx) => lease(tx, [...chosen.values()], toText(now), until))
    await Promise.all(taken.map(sendOne))
    return true
  }

  async function sendOne(row: Waiting): Promise<void> {
    try {
      await attempt(row)
    } catch (error) {
      const never = error instanceof NotSent && error.again === null
      const why = error instanceof Error ? error.message : String(error)
      if (never) {
        await writer.write((tx) => markEnded(tx, row.id, 'failed', why))
        log({ notice: row.notice, outcome: 'failed', why })
        return
      }
      const backoff = Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** row.attempts)
      const pause = error instanceof NotSent && error.again !== null ? error.again : backoff
      const next = toText(systemClock.now().add({ milliseconds: pause }))
      await writer.write((tx) => markLater(tx, row, next, why))
      log({ notice: row.notice, outcome: 'put off', why })
    }
  }

  async function attempt(row: Waiting): Promise<void> {
    const notice = byName.get(row.notice)
    if (!notice) throw new NotSent(`nothing is called ${row.notice} any more`, null)
    const whom = await resolve(needs, row)
    if (whom === null) return
    const { to, audience } = whom
    const card = await notice.show(reading, row.subject, audience, needs.boardClock.now())
    if ('gone' in card) {
      await writer.write((tx) => markEnded(tx, row.id, 'dropped', card.gone))
      log({ notice: row.notice, outcome: 'dropped', why: card.gone })
      return
    }
    const sender = byPlatform.get(to.platform)
    if (!sender) throw new NotSent(`${to.platform} is not connected`, LONGEST_WAIT_MS)
    const hash = createHash('sha256').update(JSON.stringify(card)).digest('hex')
    const before = row.conversation && row.message ? { conversation: row.conversation, message: row.message } : null
    const unchanged = before !== null && row.sent_hash === hash
    const posted = unchanged ? before : await sender.send(to, card, before)
    const at = systemClock.now()
    const notBefore = at.add({ milliseconds: PACE_MS })
    if (!unchanged) free.set(row.recipient, notBefore)
    await writer.write((tx) =>
      markSent(tx, row, {
        ...posted,
        platform: to.platform,
        workspace: to.workspace,
        hash,
        at: toText(at),
        notBefore: toText(notBefore),
      }),
    )
    log({ notice: row.notice, outcome: unchanged ? 'unchanged' : 'sent' })
  }

  async function workOff(): Promise<void> {
    do {
      again = false
      while (!closed && (await round())) again = false
    } while (again && !closed)
    if (!closed) await setAlarm()
  }

  async function setAlarm(): Promise<void> {
    const next = await nextWaiting(reading)
    if (next === null) return
    const now = systemClock.now().epochMilliseconds
    const waits = next === AT_ONCE ? 0 : fromText(next).epochMilliseconds - now
    // What could go now and was not taken up is for a place that was written to within the second.
    const paced = Math.min(...[...free.values()].map((at) => at.epochMilliseconds - now))
    timer = setTimeout(wake, Math.min(60_000, Math.max(20, waits, Number.isFinite(paced) ? paced : 0)))
    timer.unref()
  }

  function wake(): void {
    if (closed) return
    again = true
    if (timer) clearTimeout(timer)
    working ??= workOff()
      .catch((error: unknown) =>
        log({ notice: 'all', outcome: 'fault', why: error instanceof Error ? error.message : String(error) }),
      )
      .finally(() => {
        working = null
        if (again) wake()
      })
  }

  return {
    wake,
    async drain() {
      wake()
      while (working) {
        await working
        await wait(0)
      }
    },
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
      await working
    },
  }
}

/** Where a row goes today, and for whom it is drawn; null once it has been passed to an office's holders. */
async function resolve(
  { reading, writer, boardClock }: Needs,
  row: Waiting,
): Promise<{ to: Address; audience: Audience } | null> {
  const colon = row.recipient.indexOf(':')
  const name = row.recipient.slice(colon + 1)
  switch (row.recipient.slice(0, colon)) {
    case 'place': {
      const [platform, workspace, place] = PlaceName.parse(JSON.parse(name))
      return { to: { platform, workspace, place }, audience: toPlace(row.board_id) }
    }
    case 'office': {
      const [office = ''] = name.split(':')
      const holders = await holdersOf(reading, row.board_id, office, boardClock.now())
      if (holders.length === 0) throw new NotSent(`the office of ${office} is vacant`, LONGEST_WAIT_MS)
      await writer.write((tx) => passToHolders(tx, row, holders))
      return null
    }
    default: {
      const address = await addressOf(reading, name)
      if (!address) throw new NotSent('there is no chat in which to reach them', LONGEST_WAIT_MS)
      const { platform, workspace, user_id: user } = address
      return { to: { platform, workspace, user }, audience: toPerson(name) }
    }
  }
}
