import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { Audience } from '../../src/kernel/audience.js'
import { dispatch, live, type Notice, reminder } from '../../src/kernel/notice.js'
import { plainCard } from '../../src/kernel/plain.js'
import { type Card, text } from '../../src/kernel/view.js'
import { outbox } from '../../src/outbox/deliver.js'
import { type Address, NotSent, type Posted, type Sender } from '../../src/outbox/sender.js'
import { nextWaiting, notify, type ToSend } from '../../src/outbox/store.js'
import { BEGIN, standingClock } from '../house.js'
import { addPeople, BOARD, openBare } from '../outbox/bare.js'
import { numbersFrom, seedOf } from './numbers.js'

const SENDS = 5_000
const PEOPLE = 400
const PLACES = 100
/** Of a hundred sends, how many are refused. */
const REFUSED = 30

/** One time that the platform was asked, by its own log. Milliseconds of the system's clock. */
interface Asked {
  readonly to: string
  readonly key: string
  readonly subjects: readonly string[]
  readonly at: number
  readonly answer: 'taken' | 'taken, then timed out' | 'slow down' | 'broken' | 'reset'
  /** until when it wants to hear no more for this recipient */
  readonly until: number
}

/** A platform that refuses in every way, keeps a log of all that it was asked, and shows what it has taken. */
function refusingPlatform(random: () => number, now: () => Temporal.Instant) {
  const log: Asked[] = []
  const flying = { now: 0, most: 0 }
  const send = async (to: Address, card: Card, before: Posted | null, [key = '']: readonly string[]): Promise<Posted> => {
    flying.now += 1
    flying.most = Math.max(flying.most, flying.now)
    const at = now().epochMilliseconds
    // Others come and go meanwhile.
    for (let turns = Math.floor(random() * 4); turns >= 0; turns -= 1) await new Promise(setImmediate)
    flying.now -= 1
    const recipient = 'user' in to ? to.user : to.place
    const subjects = [...plainCard(card).matchAll(/about (\d+)/g)].flatMap(([, subject]) => subject ?? [])
    const keep = (answer: Asked['answer'], until = at) => log.push({ to: recipient, key, subjects, at, answer, until })
    const refuses = random() * 100 < REFUSED
    const how = Math.floor(random() * 4)
    if (!refuses) {
      keep('taken')
      return before ?? { conversation: recipient, message: `m${log.length}` }
    }
    if (how === 0) {
      const seconds = 1 + Math.floor(random() * 60)
      keep('slow down', at + seconds * 1_000)
      throw new NotSent('429', seconds * 1_000)
    }
    if (how === 1) {
      keep('broken')
      throw new NotSent('503', undefined)
    }
    if (how === 2) {
      keep('reset')
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
    }
    keep('taken, then timed out')
    throw new DOMException('The operation timed out.', 'TimeoutError')
  }
  return { log, flying, sender: { platform: 'web', send } satisfies Sender }
}

const draw = (subject: string, audience: Audience): Card => ({ title: subject, audience, body: [text(`about ${subject}`)] })
const load = async (_: unknown, subject: string) => ({ facts: subject })
const DISPATCH = dispatch<string>({ name: 'a.dispatch', load: async (_, subject) => subject, draw })
const LIVE = live<string>({ name: 'a.live', load, draw, turns: async () => [] })
const REMINDER = reminder<string>({
  name: 'a.reminder',
  about: 'something',
  moments: async () => [],
  to: async () => ({ people: [] }),
  load,
  draw,
})
const NOTICES: readonly Notice[] = [DISPATCH, LIVE, REMINDER]

const recipientOf = (n: number): ToSend['to'] => {
  const at = n % (PEOPLE + PLACES)
  return at < PEOPLE ? { person: `p${at}` } : { place: { platform: 'web', workspace: 'w', id: `place${at}` } }
}

/** A person has dispatches and reminders by turns, a place dispatches and live messages. */
function noticeFor(n: number): Notice {
  const odd = Math.floor(n / (PEOPLE + PLACES)) % 2 === 1
  if (!odd) return DISPATCH
  return 'person' in recipientOf(n) ? REMINDER : LIVE
}

test(`of ${SENDS} that a platform refuses in every way, none is lost, and none is pressed upon it`, async () => {
  const random = numbersFrom(seedOf('refusals'))
  const clock = standingClock(BEGIN)
  const bare = await openBare()
  try {
    const { reading, writing } = bare.handles
    // Nothing is proved here of a machine that stops: each commit need not wait for the disk.
    await sql`pragma synchronous = off`.execute(writing)
    await bare.writer.write(async (tx) => {
      await addPeople(
        tx,
        Array.from({ length: PEOPLE }, (_, at) => `p${at}`),
      )
      const places = Array.from({ length: PLACES }, (_, at) => `place${at + PEOPLE}`)
      await tx
        .insertInto('place')
        .values(places.map((id) => ({ platform: 'web', workspace: 'w', id, board_id: BOARD, kind: 'private' as const })))
        .execute()
      for (let from = 0; from < SENDS; from += 250) {
        const rows = Array.from({ length: 250 }, (_, at) => from + at)
        await notify(
          tx,
          rows.map((n) => ({ notice: noticeFor(n), subject: `${n}`, board: BOARD, to: recipientOf(n) })),
        )
      }
    })
    const { log, flying, sender } = refusingPlatform(random, clock.now)
    const faults: unknown[] = []
    const sending = outbox({
      reading,
      writer: bare.writer,
      notices: NOTICES,
      senders: [sender],
      boardClock: clock,
      systemClock: clock,
      log: ({ outcome }, error) => {
        if (outcome === 'fault') faults.push(error)
      },
    })
    for (let seconds = 0; (await nextWaiting(reading)) !== null; seconds += 1) {
      if (seconds > 20_000) throw new Error('it never ends')
      await sending.drain()
      clock.forward({ milliseconds: 500 })
    }
    await sending.close()
    const rows = await reading.selectFrom('notice').select(['subject', 'state']).execute()

    expect(faults).toEqual([])
    expect(rows).toHaveLength(SENDS)
    expect(rows.filter(({ state }) => state !== 'sent')).toEqual([])
    expectEveryWay(log)
    expect(flying.most).toBe(8)
    expectEachTaken(log)
    expectPaced(log)
    expectNobodyHeldUp(log)
  } finally {
    await bare.close()
  }
}, 180_000)

/** The platform did refuse about as much as it was to, in each of its ways. */
function expectEveryWay(log: readonly Asked[]): void {
  const count = (answer: Asked['answer']) => log.filter((one) => one.answer === answer).length
  const taken = count('taken')
  expect(taken / log.length).toBeGreaterThan(0.65)
  expect(taken / log.length).toBeLessThan(0.75)
  for (const answer of ['slow down', 'broken', 'reset', 'taken, then timed out'] as const)
    expect(count(answer) / log.length).toBeGreaterThan(0.05)
}

/** Each was taken; twice only where it was taken and the answer never came, and then under the same key. */
function expectEachTaken(log: readonly Asked[]): void {
  const shown = new Map<string, Asked[]>()
  for (const asked of log) {
    if (!asked.answer.startsWith('taken')) continue
    for (const subject of asked.subjects) shown.set(subject, [...(shown.get(subject) ?? []), asked])
  }
  expect(shown.size).toBe(SENDS)
  for (const asked of shown.values()) {
    expect(asked.slice(0, -1).filter(({ answer }) => answer !== 'taken, then timed out')).toEqual([])
    expect(asked.at(-1)?.answer).toBe('taken')
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1)
    // Known by its key, it would have shown all that it showed when it was taken first.
    expect(new Set(asked.map(({ subjects }) => subjects.join())).size).toBe(1)
  }
}

/** To nobody and no place more often than once a second, and never before the platform wants to hear of them again. */
function expectPaced(log: readonly Asked[]): void {
  const last = new Map<string, Asked>()
  const tooSoon: string[] = []
  for (const asked of [...log].sort((one, other) => one.at - other.at)) {
    const before = last.get(asked.to)
    if (before && (asked.at - before.at < 1_000 || asked.at < before.until))
      tooSoon.push(`${before.answer} ${asked.at - before.at}`)
    last.set(asked.to, asked)
  }
  expect(tooSoon).toEqual([])
}

/** Who was refused nothing has all that is for them a second apiece after it began, however long others are to wait. */
function expectNobodyHeldUp(log: readonly Asked[]): void {
  const began = Temporal.Instant.from(BEGIN).epochMilliseconds
  const theirs = new Map<string, Asked[]>()
  for (const asked of log) theirs.set(asked.to, [...(theirs.get(asked.to) ?? []), asked])
  const lucky = [...theirs.values()].filter((all) => all.every(({ answer }) => answer === 'taken'))
  expect(lucky.length).toBeGreaterThan(0)
  const late = lucky.flatMap((all) => all.filter(({ at }, n) => at - began > n * 1_000))
  expect(late).toEqual([])
}
