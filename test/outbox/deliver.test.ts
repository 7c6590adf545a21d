import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { migrate } from '../../src/db/migrate.js'
import { type Handles, openSqlite } from '../../src/db/open.js'
import { groupingWriter, type Writer } from '../../src/db/write.js'
import type { Audience } from '../../src/kernel/audience.js'
import { dispatch, type Loaded, live, type NoticeKind, reminder } from '../../src/kernel/notice.js'
import { type Card, text } from '../../src/kernel/view.js'
import { LATE_MS } from '../../src/outbox/attempt.js'
import { type Outbox, outbox as outboxOf } from '../../src/outbox/deliver.js'
import { NotSent, type Sender } from '../../src/outbox/sender.js'
import { notify, refresh, waitingAt } from '../../src/outbox/store.js'
import { BEGIN, standingClock } from '../house.js'

let folder: string
let handles: Handles
let writer: Writer
let outbox: Outbox
const clock = standingClock(BEGIN)
/** What the state says now, and what was sent of it. */
let state: Map<string, string | { gone: string }>
let sent: { to: string; says: string; replaces: string | null }[]
let send: Sender['send']

const facts = async (subject: string): Promise<Loaded<string>> => {
  const now = state.get(subject) ?? subject
  return typeof now === 'string' ? { facts: now } : now
}
const draw = (says: string, audience: Audience): Card => ({ title: says, audience, body: [text(says)] })

const LIVE = live<string>({ name: 'live', load: (_, subject) => facts(subject), draw, turns: async () => [] })
const DISPATCH = dispatch<string>({ name: 'dispatch', load: async (_, subject) => subject, draw })
const REMINDER = reminder<string>({
  name: 'reminder',
  about: 'a reminder',
  moments: async () => [],
  to: async () => ({ people: [] }),
  load: (_, subject) => facts(subject),
  draw,
})
const KINDS = { live: LIVE, dispatch: DISPATCH, reminder: REMINDER } as const

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-'))
  handles = openSqlite(join(folder, 'a.db'))
  await migrate(handles.writing)
  writer = groupingWriter(handles.writing, handles.inTransaction)
  clock.set(BEGIN)
  state = new Map()
  sent = []
  let number = 0
  send = async (to, card, replaces) => {
    number += 1
    sent.push({ to: 'user' in to ? to.user : to.place, says: card.title, replaces: replaces?.message ?? null })
    return replaces ?? { conversation: 'c', message: `m${number}` }
  }
  outbox = outboxOf({
    reading: handles.reading,
    writer,
    notices: [LIVE, DISPATCH, REMINDER],
    senders: [{ platform: 'web', send: (...given) => send(...given) }],
    boardClock: clock,
    systemClock: clock,
    log: () => undefined,
  })
  await writer.write(async (tx) => {
    await tx.insertInto('tenant').values({ id: 't', name: 't' }).execute()
    await tx.insertInto('workspace').values({ platform: 'web', id: 'w', tenant_id: 't' }).execute()
    await tx
      .insertInto('board')
      .values({ id: 'b', tenant_id: 't', name: 'b', short_name: 'b', zone: 'Europe/London', division: 'scotland' })
      .execute()
    for (const id of ['channel', ...Array.from({ length: 40 }, (_, n) => `p${n}`)])
      await tx.insertInto('place').values({ platform: 'web', workspace: 'w', id, board_id: 'b', kind: 'private' }).execute()
    for (const id of ['ann', 'bob', 'cat']) {
      await tx.insertInto('person').values({ id, tenant_id: 't', name: id, email: id }).execute()
      if (id !== 'cat')
        await tx
          .insertInto('identity')
          .values({ platform: 'web', workspace: 'w', user_id: id, person_id: id, preferred: 1 })
          .execute()
    }
  })
})
afterEach(async () => {
  await outbox.close()
  await writer.close()
  await handles.close()
  rmSync(folder, { recursive: true, force: true })
})

const PLACE = { place: { platform: 'web', workspace: 'w', id: 'channel' } }
const queue = (
  kind: NoticeKind,
  subject: string,
  to: Parameters<typeof notify>[1][number]['to'] = { person: 'ann' },
  date = '',
) => writer.write((tx) => notify(tx, [{ notice: KINDS[kind], subject, board: 'b', to, date }]))
const rows = () =>
  handles.reading
    .selectFrom('notice')
    .select(['subject', 'recipient', 'state', 'why', 'attempts'])
    .orderBy('subject')
    .orderBy('recipient')
    .execute()
const later = async (seconds: number) => {
  clock.forward({ seconds })
  await outbox.drain()
}

describe('a dispatch', () => {
  test('is sent once, and keeps when, by which message and what', async () => {
    await queue('dispatch', 'one')
    await queue('dispatch', 'one')
    await outbox.drain()
    await outbox.drain()
    expect(sent).toEqual([{ to: 'ann', says: 'one', replaces: null }])
    const row = await handles.reading.selectFrom('notice').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({
      state: 'sent',
      platform: 'web',
      workspace: 'w',
      conversation: 'c',
      message: 'm1',
      sent_at: '2026-11-22T10:00:00.000Z',
    })
    expect(row.sent_hash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('is never merged with another: each goes, one a second a place', async () => {
    await queue('dispatch', 'one')
    await queue('dispatch', 'two')
    await outbox.drain()
    expect(sent.map((one) => one.says)).toEqual(['one'])
    await later(1)
    expect(sent.map((one) => one.says)).toEqual(['one', 'two'])
  })

  test('to an office goes to everyone who holds it today, each with a record of their own', async () => {
    const office = { board_id: 'b', office: 'clerk' } as const
    await writer.write((tx) =>
      tx
        .insertInto('office')
        .values([
          { ...office, person_id: 'ann', from_day: '2026-01-01', until_day: null },
          { ...office, person_id: 'bob', from_day: '2026-01-01', until_day: null },
          { ...office, person_id: 'cat', from_day: '2026-01-01', until_day: '2026-11-22' },
        ])
        .execute(),
    )
    await queue('dispatch', 'one', { office: 'clerk' })
    await outbox.drain()
    expect(sent.map(({ to }) => to).sort()).toEqual(['ann', 'bob'])
    expect((await rows()).map(({ recipient, state }) => [recipient, state])).toEqual([
      ['["person","ann"]', 'sent'],
      ['["person","bob"]', 'sent'],
    ])
  })

  test('to a vacant office waits, and says why', async () => {
    await queue('dispatch', 'one', { office: 'clerk' })
    await outbox.drain()
    expect(await rows()).toMatchObject([{ state: 'waiting', why: 'the office is vacant' }])
  })

  test('to somebody without a chat waits, and says why', async () => {
    await queue('dispatch', 'one', { person: 'cat' })
    await outbox.drain()
    expect(await rows()).toMatchObject([{ state: 'waiting', why: 'there is no chat in which to reach them' }])
  })
})

describe('a live message', () => {
  test('follows the state in one message: a hundred changes in a second are one update', async () => {
    await queue('live', 'vote', PLACE)
    await outbox.drain()
    for (let n = 1; n <= 100; n += 1) {
      state.set('vote', `state ${n}`)
      await writer.write((tx) => refresh(tx, 'vote', [LIVE]))
      outbox.wake()
    }
    await outbox.drain()
    expect(sent).toHaveLength(1)
    await later(1)
    expect(sent).toEqual([
      { to: 'channel', says: 'vote', replaces: null },
      { to: 'channel', says: 'state 100', replaces: 'm1' },
    ])
  })

  test('that changed while it was being sent is sent again', async () => {
    await queue('live', 'vote', PLACE)
    const plain = send
    send = async (...given) => {
      send = plain
      state.set('vote', 'newer')
      await writer.write((tx) => refresh(tx, 'vote', [LIVE]))
      return plain(...given)
    }
    await outbox.drain()
    await later(1)
    expect(sent.map((one) => one.says)).toEqual(['vote', 'newer'])
  })

  describe('that goes on changing', () => {
    let changes = 0
    const change = () => {
      changes += 1
      state.set('vote', `state ${changes}`)
      return writer.write((tx) => refresh(tx, 'vote', [LIVE]))
    }
    /** Has it change in each second. @returns in which of them it was sent, counted from the first change */
    async function changing(seconds: number): Promise<readonly number[]> {
      const at: number[] = []
      for (let second = 0; second < seconds; second += 1) {
        const before = sent.length
        await change()
        await outbox.drain()
        if (sent.length > before) at.push(second)
        clock.forward({ seconds: 1 })
      }
      return at
    }
    beforeEach(async () => {
      changes = 0
      await queue('live', 'vote', PLACE)
      await outbox.drain()
      clock.forward({ seconds: 1 })
    })

    test('is changed after 1, 2 and 4 seconds, and every 4 from then on; how it is last is shown within 4', async () => {
      expect(await changing(16)).toEqual([0, 1, 3, 7, 11, 15])
      await change()
      for (let second = 0; second < 4; second += 1) await later(1)
      expect(sent.at(-1)).toMatchObject({ says: `state ${changes}` })
    })

    test('is changed every second again once it has rested', async () => {
      await changing(8)
      clock.forward({ seconds: 5 })
      expect(await changing(4)).toEqual([0, 1, 3])
    })

    test('holds up nothing else to the same place', async () => {
      await changing(4)
      await queue('dispatch', 'for all', PLACE)
      await outbox.drain()
      expect(sent.at(-1)).toMatchObject({ says: 'for all' })
    })

    test('is changed at once on a clock that is set back', async () => {
      await changing(4)
      clock.forward({ hours: -24 })
      await change()
      await outbox.drain()
      expect(sent.at(-1)).toMatchObject({ says: `state ${changes}` })
    })
  })

  test('that looks as it did is not sent again', async () => {
    await queue('live', 'vote', PLACE)
    await outbox.drain()
    clock.forward({ seconds: 2 })
    await writer.write((tx) => refresh(tx, 'vote', [LIVE]))
    await outbox.drain()
    expect(sent).toHaveLength(1)
    expect(await rows()).toMatchObject([{ state: 'sent' }])
  })
})

describe('a reminder', () => {
  test('is unique to its day: a repeated tick queues nothing, another day does', async () => {
    await queue('reminder', 'meeting', { person: 'ann' }, '2026-12-11')
    await queue('reminder', 'meeting', { person: 'ann' }, '2026-12-11')
    await queue('reminder', 'meeting', { person: 'ann' }, '2027-01-08')
    expect(await rows()).toHaveLength(2)
  })

  test('whose reason has gone is dropped, with why', async () => {
    state.set('meeting', { gone: 'they have answered' })
    await queue('reminder', 'meeting')
    await outbox.drain()
    expect(sent).toEqual([])
    expect(await rows()).toMatchObject([{ state: 'dropped', why: 'they have answered' }])
  })
})

describe('when the platform will not take it', () => {
  test('it waits as long as the platform said, and others do not', async () => {
    const plain = send
    send = async (to, ...given) => {
      if ('user' in to && to.user === 'ann' && sent.length < 2) {
        sent.push({ to: 'ann', says: 'refused', replaces: null })
        throw new NotSent('slow down', 30_000)
      }
      return plain(to, ...given)
    }
    await queue('dispatch', 'one')
    await queue('dispatch', 'two', { person: 'bob' })
    await outbox.drain()
    await later(29)
    expect(sent.map((one) => one.says).sort()).toEqual(['refused', 'two'])
    await later(1)
    expect(sent.map((one) => one.says).at(-1)).toBe('one')
  })

  test('nothing else goes to the same place before its time either, not even what follows a state', async () => {
    const plain = send
    const asked: string[] = []
    send = async (...given) => {
      asked.push(given[1].title)
      throw new NotSent('slow down', 30_000)
    }
    await queue('dispatch', 'one', PLACE)
    await outbox.drain()
    await queue('live', 'vote', PLACE)
    await later(29)
    expect(asked).toEqual(['one'])
    send = plain
    await later(1)
    await later(1)
    expect(sent.map((one) => one.says).sort()).toEqual(['one', 'vote'])
  })

  test('what failed may have been taken all the same: nothing goes to the same place within the second', async () => {
    const plain = send
    send = async (...given) => {
      send = plain
      await plain(...given)
      throw new Error('timed out')
    }
    await queue('dispatch', 'one', PLACE)
    await queue('live', 'vote', PLACE)
    await outbox.drain()
    expect(sent.map((one) => one.says)).toEqual(['one'])
    await later(1)
    expect(sent).toHaveLength(2)
  })

  test('it is told when it is late, so that it begins nothing more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      let begun = false
      send = (_, __, ___, ____, _____, late) =>
        new Promise((_, reject) => {
          begun = true
          late.addEventListener('abort', () => reject(new NotSent('late', undefined, false)))
        })
      await queue('dispatch', 'one')
      const drained = outbox.drain()
      while (!begun) await new Promise(setImmediate)
      vi.advanceTimersByTime(LATE_MS)
      await drained
    } finally {
      vi.useRealTimers()
    }
    expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 1, why: 'late' }])
  })

  test('for ever, it has failed, with why', async () => {
    send = async () => {
      throw new NotSent('the channel is archived', null)
    }
    await queue('dispatch', 'one')
    await outbox.drain()
    expect(await rows()).toMatchObject([{ state: 'failed', why: 'the channel is archived' }])
  })

  test('for no known reason, it is tried again later and later', async () => {
    send = async () => {
      sent.push({ to: '', says: 'tried', replaces: null })
      throw new Error('connection reset')
    }
    await queue('dispatch', 'one')
    await outbox.drain()
    for (const seconds of [1, 2, 4, 8]) await later(seconds)
    expect(sent).toHaveLength(5)
    expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 5, why: 'web failed: Error' }])
  })
})

test('what was said to someone is not overtaken by what was said to them later', async () => {
  const plain = send
  send = async () => {
    throw new NotSent('slow down', 5_000)
  }
  await queue('dispatch', 'first')
  await outbox.drain()
  send = plain
  await queue('dispatch', 'second')
  await later(1)
  expect(sent).toEqual([])
  await later(4)
  await later(1)
  expect(sent.map((one) => one.says)).toEqual(['first', 'second'])
})

test('a fault of ours is told apart from the platform’s, and tried again', async () => {
  const faulty = dispatch<string>({
    name: 'live',
    load: async () => {
      throw new Error('our bug')
    },
    draw,
  })
  const lines: string[] = []
  const own = outboxOf({
    reading: handles.reading,
    writer,
    notices: [faulty],
    senders: [],
    boardClock: clock,
    systemClock: clock,
    log: ({ outcome }, error) => lines.push(`${outcome}: ${error instanceof Error ? error.message : ''}`),
  })
  await queue('live', 'broken')
  await own.drain()
  await own.close()
  expect(lines).toEqual(['fault: our bug'])
  expect(await rows()).toMatchObject([{ state: 'waiting', why: 'a fault of ours: see the log' }])
})

test('what was leased by a process that died is taken up when the lease ends', async () => {
  await queue('dispatch', 'one')
  await writer.write((tx) => tx.updateTable('notice').set({ not_before: '2026-11-22T10:01:00.000Z' }).execute())
  await outbox.drain()
  expect(sent).toEqual([])
  await later(60)
  expect(sent).toHaveLength(1)
})

test('however much waits for one person, it holds up nobody else', async () => {
  await writer.write((tx) =>
    notify(
      tx,
      Array.from({ length: 200 }, (_, n) => ({
        notice: DISPATCH,
        subject: `s${n}`,
        board: 'b',
        to: { person: 'ann' },
      })),
    ),
  )
  await queue('dispatch', 'for bob', { person: 'bob' })
  await outbox.drain()
  expect(sent.map(({ to }) => to).sort()).toEqual(['ann', 'bob'])
  await later(1)
  expect(sent.map(({ to }) => to).sort()).toEqual(['ann', 'ann', 'bob'])
})

test('a clock that is set back holds up nobody who has just been written to', async () => {
  await queue('dispatch', 'one')
  await outbox.drain()
  clock.forward({ hours: -24 })
  await queue('dispatch', 'two')
  await outbox.drain()
  expect(sent.map((one) => one.says)).toEqual(['one', 'two'])
})

test('at most eight are in flight', async () => {
  let flying = 0
  let most = 0
  send = async (to) => {
    flying += 1
    most = Math.max(most, flying)
    await new Promise((resolve) => setTimeout(resolve, 5))
    flying -= 1
    sent.push({ to: 'place' in to ? to.place : '', says: '', replaces: null })
    return { conversation: 'c', message: 'm' }
  }
  for (let n = 0; n < 40; n += 1) await queue('dispatch', `s${n}`, { place: { ...PLACE.place, id: `p${n}` } })
  await outbox.drain()
  expect(sent).toHaveLength(40)
  expect(most).toBe(8)
})

test('what waits is found by its index, not by reading every notice', async () => {
  const { sql, parameters } = waitingAt(handles.reading, '2026-11-22T10:00:00.000Z', ['["person","ann"]'], 8).compile()
  const plan = await handles.reading.executeQuery<{ detail: string }>({
    sql: `explain query plan ${sql}`,
    parameters,
    query: { kind: 'RawNode' } as never,
    queryId: { queryId: 'plan' },
  })
  const steps = plan.rows.map(({ detail }) => detail)
  expect(steps).toContain('SEARCH notice USING INDEX notice_waiting (state=? AND not_before<?)')
  expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([])
})
