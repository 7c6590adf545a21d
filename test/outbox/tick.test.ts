import { Temporal } from 'temporal-polyfill'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Audience } from '../../src/kernel/audience.js'
import { type Moment, type Notice, reminder, type ToRemind } from '../../src/kernel/notice.js'
import { plainCard } from '../../src/kernel/plain.js'
import { fromText, toText } from '../../src/kernel/time.js'
import { type Card, text } from '../../src/kernel/view.js'
import { type Outbox, outbox as outboxOf } from '../../src/outbox/deliver.js'
import { planOne } from '../../src/outbox/plan.js'
import { NotSent, type Sender } from '../../src/outbox/sender.js'
import { tick } from '../../src/outbox/tick.js'
import { standingClock } from '../house.js'
import { addPeople, type Bare, openBare, wanted } from './bare.js'

const DUE = '2026-12-02T09:00:00.000Z'
const OVERTAKEN = 'a later one of the same fell due as well while nothing ran'

let bare: Bare
let outbox: Outbox
const clock = standingClock(DUE)
/** Whom each subject reminds, unless it says why nobody or throws; and whose reason has gone since. */
let to: Map<string, ToRemind | Error>
let gone: Set<string>
let sent: { key: string; to: string; says: string; message: string }[]
let faults: unknown[]
let send: Sender['send']

const draw = (subject: string, audience: Audience): Card => ({ title: subject, audience, body: [text(`about ${subject}`)] })
const reminding = (name: string): Notice =>
  reminder<string>({
    name,
    about: 'something',
    moments: async () => [],
    async to(_, subject) {
      const found = to.get(subject) ?? { people: ['ann'] }
      if (found instanceof Error) throw found
      return found
    },
    load: async (_, subject) => (gone.has(subject) ? { gone: 'its reason has gone' } : { facts: subject }),
    draw,
  })
const NOTICES = [reminding('of.this'), reminding('of.that')]

beforeEach(async () => {
  bare = await openBare()
  await bare.writer.write((tx) => addPeople(tx, ['ann', 'bob', 'cat']))
  clock.set(DUE)
  to = new Map()
  gone = new Set()
  sent = []
  faults = []
  send = async (address, card, _, [key = '']) => {
    const message = `m${sent.length + 1}`
    sent.push({ key, to: 'user' in address ? address.user : '', says: plainCard(card), message })
    return { conversation: 'c', message }
  }
  outbox = outboxOf({
    reading: bare.handles.reading,
    writer: bare.writer,
    notices: NOTICES,
    senders: [{ platform: 'web', send: (...given) => send(...given) }],
    boardClock: clock,
    systemClock: clock,
    log: () => undefined,
  })
})
afterEach(async () => {
  await outbox.close()
  await bare.close()
})

const day = (at: string): Moment => ({ at: fromText(at), date: at.slice(0, 10) })
const plan = (subject: string, { notice = 'of.this', at = DUE, person = null as string | null } = {}) =>
  bare.writer.write((tx) => planOne(tx, wanted(notice, subject, day(at), person)))
const ticking = async (notices: readonly Notice[] = NOTICES) => {
  await tick({ reading: bare.handles.reading, writer: bare.writer, notices }, clock, (error) => faults.push(error))
  await outbox.drain()
}
const tickAfter = async (duration: Temporal.DurationLike) => {
  clock.forward(duration)
  await ticking()
}
const planned = async () =>
  (await bare.handles.reading.selectFrom('reminder').selectAll().orderBy('due_at').orderBy('subject').execute()).map(
    ({ state, why }) => (why === null ? state : `${state}: ${why}`),
  )
const messages = () =>
  bare.handles.reading.selectFrom('notice').select(['subject', 'state', 'why', 'message']).orderBy('queued').execute()
const titles = () => sent.map(({ says }) => says.split('\n')[0])

describe('what becomes of a reminder', () => {
  const GONE = { gone: 'everybody has answered' }
  test.each<{ when: string; late?: Temporal.DurationLike; reason?: ToRemind; earlier?: string; settled: string[]; goes: number }>(
    [
      { when: 'at its hour, with its reason', settled: ['queued'], goes: 1 },
      { when: 'at its hour, its reason gone', reason: GONE, settled: ['dropped: everybody has answered'], goes: 0 },
      { when: 'at its hour, with nobody', reason: { people: [] }, settled: ['dropped: nobody is left to be reminded'], goes: 0 },
      { when: 'at the next tick', late: { minutes: 1 }, settled: ['queued'], goes: 1 },
      {
        when: 'within the hour, its reason gone',
        late: { hours: 1 },
        reason: GONE,
        settled: ['dropped: everybody has answered'],
        goes: 0,
      },
      {
        when: 'an hour and a moment late, its reason gone',
        late: { hours: 1, milliseconds: 1 },
        reason: GONE,
        settled: ['missed: everybody has answered'],
        goes: 0,
      },
      { when: 'three days late, its reason standing', late: { hours: 72 }, settled: ['queued'], goes: 1 },
      {
        when: 'three days late, its reason gone',
        late: { hours: 72 },
        reason: GONE,
        settled: ['missed: everybody has answered'],
        goes: 0,
      },
      {
        when: 'three days late, with nobody',
        late: { hours: 72 },
        reason: { people: [] },
        settled: ['missed: nobody is left to be reminded'],
        goes: 0,
      },
      {
        when: 'late, overtaken by a later one of the same',
        earlier: '2026-11-30T09:00:00.000Z',
        settled: [`missed: ${OVERTAKEN}`, 'queued'],
        goes: 1,
      },
      {
        when: 'late, and so is the one that overtakes it',
        earlier: '2026-11-30T09:00:00.000Z',
        late: { hours: 72 },
        settled: [`missed: ${OVERTAKEN}`, 'queued'],
        goes: 1,
      },
      {
        when: 'late and overtaken, when the reason of both has gone',
        earlier: '2026-11-30T09:00:00.000Z',
        late: { hours: 72 },
        reason: GONE,
        settled: [`missed: ${OVERTAKEN}`, 'missed: everybody has answered'],
        goes: 0,
      },
    ],
  )('$when', async ({ late, reason, earlier, settled, goes }) => {
    if (reason) to.set('subject', reason)
    if (earlier) await plan('subject', { at: earlier })
    await plan('subject')
    clock.set(DUE)
    if (late) clock.forward(late)
    await ticking()
    expect(await planned()).toEqual(settled)
    expect(sent).toHaveLength(goes)
    for (let minute = 0; minute < 3; minute += 1) await tickAfter({ minutes: 1 })
    expect(await planned()).toEqual(settled)
    expect(sent).toHaveLength(goes)
  })

  test('before its hour nothing', async () => {
    await plan('subject')
    clock.set('2026-12-02T08:59:59.999Z')
    await ticking()
    expect(await planned()).toEqual(['planned'])
    expect(await messages()).toEqual([])
  })

  test('of another name it is not overtaken, nor of another subject or person', async () => {
    await plan('subject', { at: '2026-11-30T09:00:00.000Z' })
    await plan('subject', { notice: 'of.that' })
    await plan('other')
    await plan('subject', { person: 'ann' })
    await ticking()
    expect(await planned()).toEqual(['queued', 'queued', 'queued', 'queued'])
  })

  test('of what nothing is called any more, it says so', async () => {
    await plan('subject', { notice: 'of.old' })
    await plan('subject', { notice: 'of.old', at: '2026-11-30T09:00:00.000Z' })
    await ticking()
    expect(await planned()).toEqual(['missed: nothing is called of.old any more', 'dropped: nothing is called of.old any more'])
  })

  test('for one person it goes to them alone, and only while they are still to be reminded', async () => {
    to.set('subject', { people: ['ann', 'bob'] })
    await plan('subject', { person: 'bob' })
    await plan('subject', { person: 'cat' })
    await ticking()
    expect(sent.map((one) => one.to)).toEqual(['bob'])
    expect((await planned()).sort()).toEqual(['dropped: nobody is left to be reminded', 'queued'])
  })

  test('for one person and for all at once it goes to them once', async () => {
    await plan('subject')
    await plan('subject', { person: 'ann' })
    await ticking()
    await tickAfter({ seconds: 1 })
    expect(titles()).toEqual(['subject'])
  })
})

test('one that cannot be settled is told of, tried again at the next tick, and holds up no other', async () => {
  const broken = new Error('our bug')
  to.set('broken', broken)
  await plan('broken', { at: '2026-12-02T08:59:00.000Z' })
  for (let n = 0; n < 150; n += 1) await plan(`good ${n}`)
  await ticking()
  expect(faults).toEqual([broken])
  expect((await planned()).filter((state) => state === 'queued')).toHaveLength(150)
  await tickAfter({ minutes: 1 })
  expect(faults).toEqual([broken, broken])
  to.delete('broken')
  await tickAfter({ minutes: 1 })
  expect(faults).toEqual([broken, broken])
  expect(new Set(await planned())).toEqual(new Set(['queued']))
})

test('more than are settled at once that all cannot be settled hold up nobody either', async () => {
  for (let n = 0; n < 250; n += 1) {
    to.set(`broken ${n}`, new Error('our bug'))
    await plan(`broken ${n}`, { at: '2026-12-02T08:59:00.000Z' })
  }
  await plan('good')
  await ticking()
  expect(faults).toHaveLength(250)
  expect(titles()).toEqual(['good'])
})

describe('several for one person', () => {
  test('that fall due together are one message, each sent with its id, and others have their own', async () => {
    to.set('two', { people: ['ann', 'bob'] })
    for (const subject of ['one', 'two', 'three']) await plan(subject)
    await ticking()
    expect(sent.map(({ to: person, says }) => [person, says.split('\n')[0]]).sort()).toEqual([
      ['ann', '3 reminders'],
      ['bob', 'two'],
    ])
    const rows = await messages()
    const toAnn = sent.find((one) => one.to === 'ann')
    expect(rows.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'sent'])
    expect(
      rows
        .filter(({ message }) => message === toAnn?.message)
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(['one', 'three', 'two'])
    for (const subject of ['one', 'two', 'three']) expect(toAnn?.says).toContain(`about ${subject}`)
  })

  test('of which one has gone in between go without it, and it alone is dropped', async () => {
    for (const subject of ['one', 'two', 'three']) await plan(subject)
    gone.add('one')
    await ticking()
    expect(sent).toMatchObject([{ says: expect.stringMatching(/^2 reminders\n/) }])
    expect(sent[0]?.says).not.toContain('about one')
    expect((await messages()).map(({ subject, state, why }) => [subject, state, why]).sort()).toEqual([
      ['one', 'dropped', 'its reason has gone'],
      ['three', 'sent', null],
      ['two', 'sent', null],
    ])
  })

  test('of which all but one have gone is that one, as it is by itself', async () => {
    for (const subject of ['one', 'two']) await plan(subject)
    gone.add('one')
    await ticking()
    expect(titles()).toEqual(['two'])
  })

  test('more than eight are two messages, a second apart, and none is said twice', async () => {
    for (let n = 0; n < 11; n += 1) await plan(`subject ${n}`)
    await ticking()
    expect(titles()).toEqual(['8 reminders'])
    clock.forward({ seconds: 1 })
    await outbox.drain()
    expect(titles()).toEqual(['8 reminders', '3 reminders'])
    const said = sent.flatMap(({ says }) => [...says.matchAll(/about (subject \d+)/g)].map(([, subject]) => subject))
    expect(new Set(said).size).toBe(11)
    expect(said).toHaveLength(11)
  })

  test('two of the same, kept waiting over their days, are one, and the earlier is dropped', async () => {
    const plain = send
    send = async () => {
      throw new NotSent('web is not connected', 48 * 3_600_000)
    }
    await plan('subject')
    await plan('subject', { at: '2026-12-03T09:00:00.000Z' })
    await ticking()
    await tickAfter({ hours: 24 })
    send = plain
    for (let hour = 0; hour < 30; hour += 1) await tickAfter({ hours: 1 })
    expect(titles()).toEqual(['subject'])
    expect((await messages()).map(({ state, why }) => [state, why])).toEqual([
      ['dropped', 'a later one of the same goes in its stead'],
      ['sent', null],
    ])
  })
})

describe('a message of several that is not taken', () => {
  const refusing = (error: () => Error) => {
    const plain = send
    const refused: string[] = []
    send = async (_, card, __, [key = '']) => {
      refused.push(`${key} ${plainCard(card).split('\n')[0]}`)
      throw error()
    }
    return {
      refused,
      relent: () => {
        send = plain
      },
    }
  }

  test('puts all of them off, and later all are sent once, in one message known by one key', async () => {
    for (const subject of ['one', 'two', 'three']) await plan(subject)
    const { refused, relent } = refusing(() => new NotSent('slow down', 30_000))
    await ticking()
    expect((await messages()).map(({ state, why }) => [state, why])).toEqual(Array(3).fill(['waiting', 'slow down']))
    relent()
    clock.forward({ seconds: 29 })
    await outbox.drain()
    expect(sent).toEqual([])
    clock.forward({ seconds: 1 })
    await outbox.drain()
    clock.forward({ minutes: 1 })
    await outbox.drain()
    expect(titles()).toEqual(['3 reminders'])
    expect(refused).toEqual([`${sent[0]?.key} 3 reminders`])
    expect(new Set((await messages()).map(({ state, message }) => `${state} ${message}`))).toEqual(new Set(['sent m1']))
  })

  test('on a clock that goes on between two writes puts all of them off until one moment', async () => {
    for (const subject of ['one', 'two', 'three']) await plan(subject)
    const now = clock.now
    let read = 0
    clock.now = () => {
      read += 1
      return now().add({ milliseconds: read })
    }
    try {
      refusing(() => new Error('connection reset'))
      await ticking()
    } finally {
      clock.now = now
    }
    const rows = await bare.handles.reading.selectFrom('notice').select(['not_before', 'attempts']).execute()
    expect(new Set(rows.map(({ not_before }) => not_before)).size).toBe(1)
    expect(rows.map(({ attempts }) => attempts)).toEqual([1, 1, 1])
  })

  test('is joined by nothing that falls due meanwhile: a platform that knows its key loses none', async () => {
    const known = new Map<string, string[]>()
    const subjectsIn = (card: Card) => [...plainCard(card).matchAll(/about (\w+)/g)].flatMap(([, subject]) => subject ?? [])
    let answers = false
    send = async (_, card, __, [key = '']) => {
      // Who knows a key shows nothing anew.
      if (!known.has(key)) known.set(key, subjectsIn(card))
      if (!answers) throw new Error('timed out after it was taken')
      return { conversation: 'c', message: key }
    }
    for (const subject of ['one', 'two']) await plan(subject)
    await plan('three', { at: '2026-12-02T09:01:00.000Z' })
    await ticking()
    clock.set('2026-12-02T09:01:00Z')
    await tick({ reading: bare.handles.reading, writer: bare.writer, notices: NOTICES }, clock, (error) => faults.push(error))
    answers = true
    for (let second = 0; second < 5; second += 1) {
      await outbox.drain()
      clock.forward({ seconds: 1 })
    }
    expect([...known.values()].flat().sort()).toEqual(['one', 'three', 'two'])
    expect((await messages()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent'])
  })

  test('of which the first is dropped before it goes again is known by any of the others', async () => {
    const known: string[][] = []
    send = async (_, __, ___, keys) => {
      known.push([...keys])
      if (known.length < 2) throw new Error('timed out after it was taken')
      return { conversation: 'c', message: 'm' }
    }
    for (const subject of ['one', 'two']) await plan(subject)
    await ticking()
    gone.add('one')
    clock.forward({ seconds: 2 })
    await outbox.drain()
    const [first = [], next = []] = known
    expect(first).toHaveLength(2)
    expect(next).toEqual(first.slice(1))
    expect((await messages()).map(({ state }) => state)).toEqual(['dropped', 'sent'])
  })

  test('that never will be taken has failed, each with why', async () => {
    for (const subject of ['one', 'two']) await plan(subject)
    refusing(() => new NotSent('they have left', null))
    await ticking()
    expect((await messages()).map(({ state, why }) => `${state}: ${why}`)).toEqual(Array(2).fill('failed: they have left'))
  })
})

test('a tick that is run by two at once settles each once, and says each once', async () => {
  for (let n = 0; n < 230; n += 1) await plan(`subject ${n}`)
  to = new Map(Array.from({ length: 230 }, (_, n) => [`subject ${n}`, { people: ['ann', 'bob'] }]))
  const other = await openBare({ file: bare.file })
  const at = { now: () => fromText(DUE) }
  await Promise.all(
    [bare, other].map(({ handles, writer }) =>
      tick({ reading: handles.reading, writer, notices: NOTICES }, at, (error) => faults.push(error)),
    ),
  )
  await other.close()
  expect(faults).toEqual([])
  expect(new Set(await planned())).toEqual(new Set(['queued']))
  expect(await messages()).toHaveLength(460)
})

test('what is settled is kept with when it was', async () => {
  await plan('subject')
  clock.set('2026-12-02T09:00:41.5Z')
  await ticking()
  const row = await bare.handles.reading.selectFrom('reminder').select(['due_at', 'settled_at']).executeTakeFirstOrThrow()
  expect(row).toEqual({ due_at: DUE, settled_at: toText(Temporal.Instant.from('2026-12-02T09:00:41.5Z')) })
})
