import { Temporal } from 'temporal-polyfill'
import { fromText, toText } from '../kernel/time.js'
import { type Attempted, attempt, PACE_MS, type Posting } from './attempt.js'
import { holdersOf, passToHolders, waitForHolders } from './offices.js'
import { recipientFrom } from './recipient.js'
import { LONGEST_WAIT_MS } from './sender.js'
import { AT_ONCE, lease, nextWaiting, type Waiting, waitingAt } from './store.js'

/** The bot's way of telling others. */
export interface Outbox {
  /** Says that something may be waiting: it is looked at once, however often this is said. */
  wake(): void
  /** Sends all that may be sent by now; for the command line and tests. */
  drain(): Promise<void>
  /** Finishes what is in flight; takes nothing up after. */
  close(): Promise<void>
}

const AT_MOST_IN_FLIGHT = 8
/** Rows looked at in one go: enough to find eight recipients among them nearly always. */
const ROWS_AT_ONCE = 80
/** Longer than a sending may take, with what is drawn before it and written after it. */
export const LEASE_MS = 60_000

/** Between two changes of one live message, in milliseconds, however long it goes on changing: Slack takes about 50 a minute. */
const LONGEST_REST_MS = 4_000

/** From when until when something is to be left alone. */
interface Rest {
  readonly since: Temporal.Instant
  readonly until: Temporal.Instant
}

/** Whether a rest holds; a clock that was set back holds up nobody. @param past how long after its end it still counts, in milliseconds */
const holds = ({ since, until }: Rest, now: Temporal.Instant, past = 0): boolean =>
  Temporal.Instant.compare(since, now) <= 0 && Temporal.Instant.compare(now, until.add({ milliseconds: past })) < 0

function byRecipient(rows: readonly Waiting[]): ReadonlyMap<string, readonly Waiting[]> {
  const found = new Map<string, Waiting[]>()
  for (const row of rows) found.set(row.recipient, [...(found.get(row.recipient) ?? []), row])
  return found
}

/**
 * Sends what waits: at most eight at once, one at a time and one a second to each recipient, and none to one of whom the
 * platform wants to hear nothing yet; a slow one holds up no other. A live message that goes on changing is changed less and
 * less often.
 */
export function outbox(posting: Posting): Outbox {
  const { reading, writer, systemClock, boardClock, log } = posting
  const flying = new Map<string, Promise<void>>()
  /** Who is to be left alone. */
  const paced = new Map<string, Rest>()
  /** The live messages that were changed of late, by their rows. */
  const resting = new Map<string, Rest & { readonly ms: number }>()
  let working: Promise<void> | null = null
  /** when what waits was last looked at, in milliseconds since the epoch */
  let looked = 0
  let again = false
  let closed = false
  let timer: NodeJS.Timeout | null = null

  /** Takes up what may go now. @returns whether there may be more */
  async function takeUp(): Promise<boolean> {
    const now = systemClock.now()
    looked = now.epochMilliseconds
    for (const [recipient, rest] of paced) if (!holds(rest, now)) paced.delete(recipient)
    for (const [row, rest] of resting) if (!holds(rest, now, PACE_MS)) resting.delete(row)
    const room = AT_MOST_IN_FLIGHT - flying.size
    if (room === 0) return false
    const still = [...resting].filter(([, rest]) => holds(rest, now)).map(([row]) => row)
    const waiting = await waitingAt(reading, toText(now), [...flying.keys(), ...paced.keys()], ROWS_AT_ONCE, still).execute()
    const offices = new Map(
      waiting.filter(({ recipient }) => 'office' in recipientFrom(recipient)).map((row) => [row.recipient, row]),
    )
    for (const office of offices.values()) await passOn(office)
    if (offices.size > 0) return true
    const chosen = new Map<string, string>()
    for (const { recipient, id } of waiting) {
      if (chosen.size < room && !chosen.has(recipient)) chosen.set(recipient, id)
    }
    if (chosen.size === 0) return false
    const until = toText(now.add({ milliseconds: LEASE_MS }))
    const leased = await writer.write((tx) => lease(tx, [...chosen.values()], toText(now), until))
    for (const [recipient, rows] of byRecipient(leased)) flying.set(recipient, fly(recipient, attempt(posting, rows)))
    return flying.size < AT_MOST_IN_FLIGHT
  }

  async function fly(recipient: string, sending: Promise<Attempted>): Promise<void> {
    try {
      const { rest, changed } = await sending
      const since = systemClock.now()
      if (rest > 0) paced.set(recipient, { since, until: since.add({ milliseconds: rest }) })
      if (changed !== null) {
        // One that is still known has hardly rested since it was changed before.
        const before = resting.get(changed)
        const ms = before ? Math.min(LONGEST_REST_MS, 2 * before.ms) : PACE_MS
        resting.set(changed, { since, until: since.add({ milliseconds: ms }), ms })
      }
    } catch (error) {
      fault(error)
    } finally {
      flying.delete(recipient)
      wake()
    }
  }

  /** Makes of what waits for an office of a board a row for each who holds it today; a vacant office waits. */
  async function passOn({ recipient, board_id: board }: { recipient: string; board_id: string }): Promise<void> {
    const to = recipientFrom(recipient)
    if (!('office' in to)) return
    const holders = await holdersOf(reading, board, to.office, boardClock.now())
    const later = toText(systemClock.now().add({ milliseconds: LONGEST_WAIT_MS }))
    await writer.write((tx) =>
      holders.length > 0 ? passToHolders(tx, recipient, holders) : waitForHolders(tx, recipient, later),
    )
  }

  async function workOff(): Promise<void> {
    do {
      again = false
      while (!closed && (await takeUp())) again = false
    } while (again && !closed)
    if (!closed) await setAlarm()
  }

  async function setAlarm(): Promise<void> {
    const next = await nextWaiting(reading)
    if (next === null) return
    const now = systemClock.now().epochMilliseconds
    const waits = next === AT_ONCE ? 0 : fromText(next).epochMilliseconds - now
    // What could go now and was not taken up is for who was written to within the second, or of whom the platform wants to hear nothing yet; or it was changed of late.
    const rests = [...paced.values(), ...resting.values()].map(({ until }) => until.epochMilliseconds)
    const pace = Math.min(PACE_MS, ...rests.filter((until) => until > looked).map((until) => until - now))
    timer = setTimeout(wake, Math.min(60_000, Math.max(20, waits, pace)))
    timer.unref()
  }

  function fault(error: unknown): void {
    log({ notice: 'all', outcome: 'fault' }, error)
  }

  function wake(): void {
    if (closed) return
    again = true
    if (timer) clearTimeout(timer)
    working ??= workOff()
      .catch(fault)
      .finally(() => {
        working = null
        if (again) wake()
      })
  }

  return {
    wake,
    async drain() {
      wake()
      while (working !== null || flying.size > 0) await Promise.all([working, ...flying.values()])
    },
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
      await working
      await Promise.all(flying.values())
    },
  }
}
