import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { type ActLine, type Answer, type Inbound, type Pressed, plainAnswer } from '../src/bot.js'
import { filesOnDisk } from '../src/db/files.js'
import { vaultOnDisk } from '../src/db/vault.js'
import { CHANNEL } from '../src/demonstration/fill.js'
import { emailOf } from '../src/demonstration/people.js'
import type { Place } from '../src/kernel/actor.js'
import { newId } from '../src/kernel/ids.js'
import { plainCard } from '../src/kernel/plain.js'
import type { Clock } from '../src/kernel/time.js'
import type { Card } from '../src/kernel/view.js'
import type { Logger } from '../src/log.js'
import type { Address, Sender } from '../src/outbox/sender.js'
import { channelOf, directPlaceOf, PLATFORM, userOf } from '../src/platforms/web/places.js'
import { type House, openHouse } from '../src/wiring.js'

/** A clock that stands until it is moved. */
export interface StandingClock extends Clock {
  set(instant: string): void
  forward(duration: Temporal.DurationLike): void
}

export function standingClock(at: string): StandingClock {
  let now = Temporal.Instant.from(at)
  return {
    now: () => now,
    set: (instant) => {
      now = Temporal.Instant.from(instant)
    },
    forward: (duration) => {
      now = now.add(duration)
    },
  }
}

/** What went out: each message as it was sent, in order. */
export interface SentCard {
  readonly to: Address
  readonly card: Card
  readonly plain: string
  readonly updates: boolean
}

export interface TestHouse extends House {
  readonly file: string
  readonly clock: StandingClock
  readonly sent: SentCard[]
  readonly acts: ActLine[]
  /** every line of the log: of acts, of messages and of what else happened */
  readonly lines: unknown[]
  readonly faults: unknown[]
  say(name: string, words: string, options?: Said): Promise<Answer>
  press(name: string, pressed: Pressed, options?: Said): Promise<Answer>
  /** the demonstration's one meeting */
  meeting(): Promise<string>
  /** the plain text of what was sent to a person, newest last */
  sentTo(name: string): readonly string[]
}

export interface Said {
  readonly delivery?: string
  /** in the board's channel, not in the direct conversation */
  readonly inChannel?: boolean
}

/** Sends all that waits: a message a second to each, until nothing goes any more. */
export async function sendAll(house: TestHouse): Promise<void> {
  for (let before = -1; before < house.sent.length; ) {
    before = house.sent.length
    await house.outbox.drain()
    house.clock.forward({ seconds: 1 })
  }
}

/** Told of a fault that no test means to happen. */
export const unexpected = (error: unknown): never => {
  throw error
}

/** When the tests begin, unless they say otherwise: the demonstration's meeting is then on Wednesday 16 December 2026. */
export const BEGIN = '2026-11-22T10:00:00Z'

/** Under which the addresses that people open are reached. */
export const PUBLIC_URL = 'http://127.0.0.1:3978'

export const placeOf = (name: string, inChannel = false): Place => (inChannel ? channelOf(CHANNEL) : directPlaceOf(emailOf(name)))

export const inbound = (name: string, what: Inbound['what'], { delivery = newId(), inChannel = false }: Said = {}): Inbound => ({
  delivery,
  from: userOf(emailOf(name)),
  place: placeOf(name, inChannel),
  what,
})

/** For a bot that holds no secret ballot. */
export const NO_VAULT = vaultOnDisk(join(tmpdir(), 'quorate-none'), async () => undefined)

/** For a bot that is sent no files, and prints no addresses. */
export const NO_PAPERS = {
  files: filesOnDisk(join(tmpdir(), 'quorate-none'), standingClock(BEGIN)),
  publicUrl: () => null,
  vault: NO_VAULT,
}

/** What was answered, in words. */
export const textOf = plainAnswer

/** Opens the demonstration in a folder of its own, on a real file, with a clock that stands and a sender that keeps what it is given. */
export async function openTestHouse({
  file,
  at = BEGIN,
  publicUrl = PUBLIC_URL,
  executed,
  taking,
  also = [],
}: {
  file?: string
  at?: string
  /** null: it has no address that people can open */
  publicUrl?: string | null
  executed?: (sql: string) => void
  /** what the platform does with a message before it says that it has it */
  taking?: (message: SentCard) => Promise<void>
  /** other platforms' ways of sending */
  also?: readonly Sender[]
} = {}): Promise<TestHouse> {
  const folder = file === undefined ? mkdtempSync(join(tmpdir(), 'quorate-')) : null
  const path = file ?? join(folder ?? '', 'demo.db')
  const clock = standingClock(at)
  const sent: SentCard[] = []
  const acts: ActLine[] = []
  const lines: unknown[] = []
  const faults: unknown[] = []
  const keeper: Sender = {
    platform: PLATFORM,
    async send(to, card, replaces) {
      const message = { to, card, plain: plainCard(card), updates: replaces !== null }
      await taking?.(message)
      sent.push(message)
      return replaces ?? { conversation: 'user' in to ? to.user : to.place, message: newId() }
    },
  }
  const log: Logger = {
    act: (line, error) => {
      acts.push(line)
      lines.push(line)
      if (error !== undefined) faults.push(error)
    },
    notice: (line, error) => {
      lines.push(line)
      if (line.outcome === 'fault') faults.push(error)
    },
    event: (event, detail) => lines.push({ event, ...detail }),
    fault: (_, error) => faults.push(error),
  }
  const config = {
    port: 0,
    file: path,
    demonstration: true,
    keys: null,
    publicUrl,
    now: null,
    log: 'silent',
    slack: null,
    unattended: true,
  }
  const house = await openHouse({
    config,
    systemClock: clock,
    log,
    senders: () => [keeper, ...also],
    ...(executed ? { executed } : {}),
  })
  return {
    ...house,
    file: path,
    clock,
    sent,
    acts,
    lines,
    faults,
    say: (name, words, options) => house.bot.answer(inbound(name, { words }, options)),
    press: (name, press, options) => house.bot.answer(inbound(name, { press }, options)),
    async meeting() {
      const row = await house.handles.reading.selectFrom('meeting').select('id').executeTakeFirstOrThrow()
      return row.id
    },
    sentTo: (name) => sent.filter(({ to }) => 'user' in to && to.user === emailOf(name)).map(({ plain }) => plain),
    async close() {
      await house.close()
      if (folder) rmSync(folder, { recursive: true, force: true })
    },
  }
}
