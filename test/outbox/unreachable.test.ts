import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dispatch, live, type Notice } from '../../src/kernel/notice.js'
import { text } from '../../src/kernel/view.js'
import type { Loss } from '../../src/outbox/attempt.js'
import { type Outbox, outbox as outboxOf } from '../../src/outbox/deliver.js'
import { startNewMessages } from '../../src/outbox/reach.js'
import { NotSent, type Sender, Unreachable } from '../../src/outbox/sender.js'
import { lease, notify, refresh } from '../../src/outbox/store.js'
import { BEGIN, standingClock } from '../house.js'
import { addPeople, type Bare, BOARD, openBare } from './bare.js'

let bare: Bare
let outbox: Outbox
let sent: { to: string; title: string; audience: string; again: boolean; replaces: boolean }[]
let losses: Loss[]
let found: string[]
let finding: Error | null
/** what the platform does next; once it has none of these left, it takes what it is sent */
let answers: (() => Promise<never>)[]
/** what happens next while a message is under way */
let meanwhile: () => Promise<void>
const clock = standingClock(BEGIN)

const draw = (title: string, audience: { kind: string }) => ({ title, audience: audience as never, body: [text(title)] })
const load = async (_: unknown, subject: string) => ({ facts: subject })
const SAID = dispatch<string>({ name: 'said', load: async (_, subject) => subject, draw })
const CARD = live<string>({ name: 'card', load, draw, turns: async () => [] })
const FOR_ALL = live<string>({ name: 'for_all', inOpenPlaces: true, load, draw, turns: async () => [] })
const ROOM = { place: { platform: 'web', workspace: 'w', id: 'room' } }

const sender: Sender = {
  platform: 'web',
  async send(to, card, replaces, _, again) {
    const next = answers.shift()
    sent.push({
      to: 'user' in to ? to.user : to.place,
      title: card.title,
      audience: card.audience.kind,
      again,
      replaces: replaces !== null,
    })
    if (next) return next()
    const during = meanwhile
    meanwhile = async () => undefined
    await during()
    return replaces ?? { conversation: 'c', message: `m${sent.length}` }
  },
}

const opened = () =>
  outboxOf({
    reading: bare.handles.reading,
    writer: bare.writer,
    notices: [SAID, CARD, FOR_ALL],
    senders: [sender],
    boardClock: clock,
    systemClock: clock,
    lost: async (loss) => {
      losses.push(loss)
      if (loss.what === 'workspace') return
      await bare.writer.write((tx) =>
        'user' in loss.to
          ? tx.updateTable('identity').set({ lost_at: 'then', lost_why: loss.why }).where('user_id', '=', loss.to.user).execute()
          : tx.updateTable('place').set({ lost_at: 'then', lost_why: loss.why }).execute(),
      )
    },
    found: async ({ platform, workspace }) => {
      if (finding) throw finding
      found.push(`${platform} ${workspace}`)
    },
    log: () => undefined,
  })

beforeEach(async () => {
  clock.set(BEGIN)
  bare = await openBare()
  sent = []
  losses = []
  found = []
  finding = null
  answers = []
  meanwhile = async () => undefined
  await bare.writer.write(async (tx) => {
    await addPeople(tx, ['ann', 'bob'])
    await tx
      .insertInto('place')
      .values({ platform: 'web', workspace: 'w', id: 'room', board_id: BOARD, kind: 'private' })
      .execute()
  })
  outbox = opened()
})
afterEach(async () => {
  await outbox.close()
  await bare.close()
})

const queue = (notice: Notice, subject: string, to: Parameters<typeof notify>[1][number]['to'] = { person: 'ann' }) =>
  bare.writer.write((tx) => notify(tx, [{ notice, subject, board: BOARD, to }]))
const later = async (seconds: number) => {
  clock.forward({ seconds })
  await outbox.drain()
}
const states = async () =>
  (await bare.handles.reading.selectFrom('notice').select(['subject', 'state', 'why']).orderBy('queued').execute()).map(
    ({ subject, state, why }) => `${subject}: ${state}${why ? `, ${why}` : ''}`,
  )
const fails = (error: unknown) => async () => {
  throw error
}

describe('whether it may have been taken before', () => {
  test.each([
    ['a first sending', [], [false]],
    ['after it was told to wait', [fails(new NotSent('slow down', 1_000))], [false, false]],
    ['after it was told to wait with a part of it taken', [fails(new NotSent('slow down', 1_000, true))], [false, true]],
    ['after a failure before it was asked', [fails(new NotSent('no connection', undefined, false))], [false, false]],
    ['after a failure that says nothing', [fails(new NotSent('503', undefined))], [false, true]],
    ['after a connection that broke', [fails(new Error('ECONNRESET'))], [false, true]],
    [
      'after a broken connection, and then being told to wait',
      [fails(new Error('x')), fails(new NotSent('wait', 1_000))],
      [false, true, true],
    ],
    [
      'after being told to wait, and then a broken connection',
      [fails(new NotSent('wait', 1_000)), fails(new Error('x'))],
      [false, false, true],
    ],
  ] as const)('%s', async (_, first, again) => {
    answers = [...first]
    await queue(SAID, 'one')
    await outbox.drain()
    for (const _ of first) await later(5)
    expect(sent.map((one) => one.again)).toEqual(again)
    expect(await states()).toEqual(['one: sent'])
  })

  test('after a crash between sending and marking: the lease has run out', async () => {
    await queue(SAID, 'one')
    const { id } = await bare.handles.reading.selectFrom('notice').select('id').executeTakeFirstOrThrow()
    const now = clock.now().toString({ fractionalSecondDigits: 3 })
    const until = clock.now().add({ seconds: 60 }).toString({ fractionalSecondDigits: 3 })
    await bare.writer.write((tx) => lease(tx, [id], now, until))
    await later(61)
    expect(sent.map((one) => one.again)).toEqual([true])
  })

  test('no more once it is known to have been: its next state is a first sending', async () => {
    answers = [fails(new Error('x'))]
    await queue(CARD, 'one')
    await outbox.drain()
    await later(5)
    await bare.writer.write((tx) => refresh(tx, 'one', [CARD]))
    await bare.writer.write((tx) => tx.updateTable('notice').set({ sent_hash: 'another' }).execute())
    await later(5)
    expect(sent.map((one) => one.again)).toEqual([false, true, false])
  })
})

describe('who or what is reached no more', () => {
  test('somebody: it is passed on once, and what is queued later ends at once', async () => {
    answers = [fails(new Unreachable('person', 'account_inactive'))]
    await queue(SAID, 'one')
    await queue(SAID, 'two')
    await outbox.drain()
    await later(5)
    await queue(SAID, 'three')
    await later(5)
    expect(sent).toHaveLength(1)
    expect(losses).toEqual([{ to: { platform: 'web', workspace: 'w', user: 'ann' }, what: 'person', why: 'account_inactive' }])
    const why = 'not reached any more: account_inactive'
    expect(await states()).toEqual(['one: failed, account_inactive', `two: failed, ${why}`, `three: failed, ${why}`])
  })

  test('somebody who has another account is written to there, at once', async () => {
    await bare.writer.write(async (tx) => {
      await tx.insertInto('workspace').values({ platform: 'web', id: 'v', tenant_id: 't' }).execute()
      await tx
        .insertInto('identity')
        .values({ platform: 'web', workspace: 'v', user_id: 'ann2', person_id: 'ann', preferred: 0 })
        .execute()
    })
    answers = [fails(new Unreachable('person', 'account_inactive'))]
    await queue(SAID, 'one')
    await outbox.drain()
    await later(2)
    expect(sent.map(({ to }) => to)).toEqual(['ann', 'ann2'])
    expect(await states()).toEqual(['one: sent'])
  })

  test('a message that stands elsewhere is not updated there from here', async () => {
    await queue(CARD, 'one')
    await outbox.drain()
    await bare.writer.write(async (tx) => {
      await tx.insertInto('workspace').values({ platform: 'web', id: 'v', tenant_id: 't' }).execute()
      await tx.updateTable('identity').set({ workspace: 'v' }).where('person_id', '=', 'ann').execute()
      await tx.updateTable('notice').set({ sent_hash: 'another' }).execute()
      await refresh(tx, 'one', [CARD])
    })
    await later(5)
    expect(sent.map(({ replaces }) => replaces)).toEqual([false, false])
  })

  test('what was in flight to an account when it was taken from them stands with them no more', async () => {
    await queue(CARD, 'one')
    await outbox.drain()
    await bare.writer.write(async (tx) => {
      await tx.updateTable('notice').set({ sent_hash: 'another' }).execute()
      await refresh(tx, 'one', [CARD])
    })
    meanwhile = () =>
      bare.writer.write(async (tx) => {
        await tx.deleteFrom('identity').where('user_id', '=', 'ann').execute()
        await startNewMessages(tx, { person: 'ann' }, { platform: 'web', workspace: 'w' })
        await tx
          .insertInto('identity')
          .values({ platform: 'web', workspace: 'w', user_id: 'ann2', person_id: 'ann', preferred: 1 })
          .execute()
      })
    await later(2)
    await bare.writer.write((tx) => refresh(tx, 'one', [CARD]))
    await later(5)
    expect(sent.map(({ to, replaces }) => ({ to, replaces }))).toEqual([
      { to: 'ann', replaces: false },
      { to: 'ann', replaces: true },
      { to: 'ann2', replaces: false },
    ])
  })

  test('letting go of what stands in one workspace leaves what stands in another', async () => {
    await queue(CARD, 'one')
    await queue(CARD, 'two')
    await outbox.drain()
    await later(2)
    await bare.writer.write(async (tx) => {
      await tx.updateTable('notice').set({ workspace: 'v' }).where('subject', '=', 'two').execute()
      await startNewMessages(tx, { person: 'ann' }, { platform: 'web', workspace: 'w' })
    })
    const rows = await bare.handles.reading.selectFrom('notice').select(['subject', 'message']).orderBy('subject').execute()
    expect(rows).toEqual([
      { subject: 'one', message: null },
      { subject: 'two', message: 'm2' },
    ])
  })

  test('a place', async () => {
    answers = [fails(new Unreachable('place', 'is_archived'))]
    await queue(CARD, 'one', ROOM)
    await outbox.drain()
    await queue(CARD, 'two', ROOM)
    await later(5)
    expect(sent).toHaveLength(1)
    expect(await states()).toEqual(['one: failed, is_archived', 'two: failed, not reached any more: is_archived'])
  })

  test('a workspace: what is for it waits, and is looked at again after ten minutes', async () => {
    answers = [fails(new Unreachable('workspace', 'token_revoked'))]
    await queue(SAID, 'one')
    await outbox.drain()
    await later(599)
    expect(sent).toHaveLength(1)
    await later(2)
    expect(sent.map((one) => one.again)).toEqual([false, false])
    expect(await states()).toEqual(['one: sent'])
  })
})

describe('a workspace that was taken as lost', () => {
  const lose = () => bare.writer.write((tx) => tx.updateTable('workspace').set({ lost_at: 'then' }).execute())

  test('is found once a message is taken there, and not by one that is not', async () => {
    await lose()
    answers = [fails(new Unreachable('workspace', 'invalid_auth'))]
    await queue(SAID, 'one')
    await outbox.drain()
    expect(found).toEqual([])
    await later(601)
    expect(found).toEqual(['web w'])
    await bare.writer.write((tx) => tx.updateTable('workspace').set({ lost_at: null }).execute())
    await queue(SAID, 'two')
    await later(2)
    expect(await states()).toEqual(['one: sent', 'two: sent'])
    expect(found).toEqual(['web w'])
  })

  test('is not found by what was under way when it was lost', async () => {
    meanwhile = async () => void (await lose())
    await queue(SAID, 'one')
    await outbox.drain()
    expect(await states()).toEqual(['one: sent'])
    expect(found).toEqual([])
  })

  test('what was sent there stands where that cannot be kept', async () => {
    await lose()
    finding = new Error('the disk is full')
    await queue(SAID, 'one')
    await outbox.drain()
    await later(5)
    expect(sent).toHaveLength(1)
    expect(await states()).toEqual(['one: sent'])
  })
})

describe('a place that is open to others', () => {
  const open = (to: 'public' | '') => bare.writer.write((tx) => tx.updateTable('place').set({ open_to: to }).execute())

  test('is shown what anybody may see, drawn for anybody, and nothing else', async () => {
    await open('public')
    await queue(CARD, 'one', ROOM)
    await queue(FOR_ALL, 'two', ROOM)
    await outbox.drain()
    await later(2)
    expect(sent).toEqual([{ to: 'room', title: 'two', audience: 'public', again: false, replaces: false }])
    expect(await states()).toEqual(['one: dropped, that place is open to others than the board', 'two: sent'])
  })

  test('what stood there before is covered once', async () => {
    await queue(CARD, 'one', ROOM)
    await outbox.drain()
    await open('public')
    for (let n = 0; n < 3; n += 1) {
      await bare.writer.write((tx) => refresh(tx, 'one', [CARD]))
      await later(2)
    }
    expect(sent.map(({ title }) => title)).toEqual(['one', 'Shown in direct messages'])
    await open('')
    await bare.writer.write((tx) => refresh(tx, 'one', [CARD]))
    await later(2)
    expect(sent.at(-1)).toMatchObject({ title: 'one', audience: 'place', replaces: true })
  })

  test('what may stand there since before is covered too', async () => {
    answers = [fails(new Error('timed out after it was taken')), fails(new NotSent('slow down', 1_000))]
    await queue(CARD, 'one', ROOM)
    await outbox.drain()
    await open('public')
    await later(2)
    await later(2)
    expect(sent.map(({ title, again }) => ({ title, again }))).toEqual([
      { title: 'one', again: false },
      { title: 'Shown in direct messages', again: true },
      { title: 'Shown in direct messages', again: true },
    ])
  })

  test('what was told to wait there before is dropped', async () => {
    answers = [fails(new NotSent('slow down', 1_000))]
    await queue(CARD, 'one', ROOM)
    await outbox.drain()
    await open('public')
    await later(2)
    expect(await states()).toEqual(['one: dropped, that place is open to others than the board'])
  })

  test('nothing goes to a place that serves the board no more', async () => {
    await queue(FOR_ALL, 'one', ROOM)
    await bare.writer.write((tx) => tx.deleteFrom('place').execute())
    await outbox.drain()
    expect(await states()).toEqual(['one: dropped, the place serves the board no more'])
  })
})
