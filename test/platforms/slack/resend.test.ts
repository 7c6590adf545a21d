import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { machineClock } from '../../../src/kernel/time.js'
import { type Card, text } from '../../../src/kernel/view.js'
import { LATE_MS, LONGEST_SEND_MS } from '../../../src/outbox/attempt.js'
import { LEASE_MS } from '../../../src/outbox/deliver.js'
import { type Address, LONGEST_CALL_MS, NotSent, type Posted, type Sender, Unreachable } from '../../../src/outbox/sender.js'
import { type Call, callingWith, NoAnswer } from '../../../src/platforms/slack/client.js'
import { SCOPES } from '../../../src/platforms/slack/scopes.js'
import { slackSender } from '../../../src/platforms/slack/send.js'
import { CALL_TIMEOUT_MS } from '../../../src/platforms/slack/waits.js'
import { openSlackHouse, type SlackHouse, wordsOf } from './setting.js'

const MEMBER = 'Daniel Okafor'

const Opened = z.object({ channel: z.object({ id: z.string() }) })

let opened: SlackHouse
let asked: string[]
/** what becomes of a call instead, by its method and how often that was called before */
let instead: (method: string, before: number) => Promise<void>
let sender: Sender

beforeEach(async () => {
  opened = await openSlackHouse()
  opened.workspace.scopes = [...Object.keys(SCOPES), 'groups:history']
  asked = []
  instead = async () => undefined
  const really = callingWith(opened.workspace.botToken, opened.standIn.url, machineClock())
  const call: Call = async (method, given, answer) => {
    const before = asked.filter((one) => one === method).length
    asked.push(method)
    await instead(method, before)
    return really(method, given, answer)
  }
  const { workspace } = opened.slack
  const directWith = async (users: string) => (await call('conversations.open', { users }, Opened)).channel.id
  const zones = { of: () => null, learn: () => undefined }
  sender = slackSender({ call, workspace, reading: opened.house.handles.reading, zones, directWith })
})
afterEach(() => opened.close())

const to = () => ({ platform: 'slack', workspace: opened.workspace.team, place: opened.channel })
const card = (title: string, more: Partial<Card> = {}): Card => ({
  title,
  audience: { kind: 'public' },
  body: [text('Something to read.')],
  ...more,
})
/** More than one message holds. */
const long = (title: string): Card =>
  card(title, { body: Array.from({ length: 60 }, (_, nth) => text(`Paragraph ${nth}. ${'Words. '.repeat(60)}`)) })

interface Sending {
  readonly replaces?: Posted
  readonly keys?: readonly string[]
  readonly again?: boolean
  readonly where?: Address
  readonly late?: AbortSignal
}
const IN_TIME = new AbortController().signal
const send = (what: Card, { replaces, keys = ['k'], again = false, where = to(), late = IN_TIME }: Sending = {}) =>
  sender.send(where, what, replaces ?? null, keys, again, late)

const toMember = () => ({ platform: 'slack', workspace: opened.workspace.team, user: opened.userOf(MEMBER) })

const refused = async (sending: Promise<unknown>): Promise<NotSent> => {
  const error = await sending.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof NotSent) return error
  throw error ?? new Error('it was sent')
}

const inChannel = () => opened.as(MEMBER).conversation(opened.channel).map(wordsOf)

describe('a message of several parts', () => {
  test('of which Slack has the first is known to be there in part, whatever it says of the next', async () => {
    instead = async (method, before) => {
      if (method === 'chat.postMessage' && before === 1) throw new NoAnswer(method, 'ratelimited', 1_000, false)
    }
    expect(await refused(send(long('Minutes')))).toMatchObject({ again: 1_000, taken: true })
    await send(long('Minutes'), { again: true })
    const all = inChannel()
    const parts = [...all.join(' ').matchAll(/Paragraph (\d+)\./g)].map(([, nth]) => Number(nth))
    expect(parts).toEqual(Array.from({ length: 60 }, (_, nth) => nth))
  })

  test('of which Slack has none is not', async () => {
    instead = async (method) => {
      if (method === 'chat.postMessage') throw new NoAnswer(method, 'ratelimited', 1_000, false)
    }
    expect(await refused(send(long('Minutes')))).toMatchObject({ again: 1_000, taken: false })
  })
})

describe('reminders sent together', () => {
  test('are known by any of them: what stands is not said again where the first was dropped', async () => {
    const reminders = card('2 reminders', { several: true })
    await send(reminders, { keys: ['one', 'two'] })
    const found = await send(card('The second'), { keys: ['two'], again: true })
    expect(inChannel()).toHaveLength(1)
    expect(found.message).toBe(opened.as(MEMBER).conversation(opened.channel)[0]?.ts)
    await send(card('Another'), { keys: ['twofold'], again: true })
    expect(inChannel()).toHaveLength(2)
  })
})

describe('a message in a direct conversation that the app is not in any more', () => {
  test.each(['channel_not_found', 'not_in_channel'])('is said anew where the person is reached now: %s', async (why) => {
    const replaces = { conversation: 'D0BEFORE', message: '1.1' }
    instead = async (method) => {
      if (method === 'chat.update') throw new NoAnswer(method, why, null, false)
    }
    const posted = await send(card('Your reply', { follows: true }), { replaces, where: toMember() })
    expect(posted.conversation).not.toBe(replaces.conversation)
    expect(opened.as(MEMBER).conversation().map(wordsOf)).toEqual([expect.stringContaining('Your reply')])
    expect(await refused(send(card('The vote'), { replaces }))).toMatchObject({ what: 'place' })
  })

  test('a person who is not reached where they are now either is reached no more', async () => {
    instead = async (method) => {
      if (method.startsWith('chat.')) throw new NoAnswer(method, 'channel_not_found', null, false)
    }
    const failed = await refused(send(card('Your reply'), { where: toMember() }))
    expect(failed).toBeInstanceOf(Unreachable)
    expect(failed).toMatchObject({ what: 'person' })
  })
})

describe('what may have been posted before, and is found again', () => {
  const posted = async (more: Partial<Card>) => {
    const before = await send(card('Before', more))
    const after = await send(card('After', more), { again: true })
    return { before, after, shown: inChannel().map((words) => words.split('\n')[0]) }
  }

  test('shows what is so now, where it follows a state', async () => {
    const { before, after, shown } = await posted({ follows: true })
    expect(after).toEqual(before)
    expect(shown).toEqual(['After'])
  })

  test('stands as it was said, where it does not', async () => {
    const { before, after, shown } = await posted({})
    expect(after).toEqual(before)
    expect(shown).toEqual(['Before'])
    expect(asked).not.toContain('chat.update')
  })

  test('is said anew where it was deleted before it could be changed', async () => {
    instead = async (method) => {
      if (method === 'chat.update') throw new NoAnswer(method, 'message_not_found', null, false)
    }
    const { before, after } = await posted({ follows: true })
    expect(after.message).not.toBe(before.message)
  })
})

describe('a sending that is late', () => {
  const lateAt = (method: string, nth = 0): AbortSignal => {
    const late = new AbortController()
    instead = async (called, before) => {
      if (called === method && before === nth) late.abort()
    }
    return late.signal
  }

  test('posts nothing once the conversation was slow to open, and nothing is there', async () => {
    const late = lateAt('conversations.open')
    expect(await refused(send(card('The vote'), { where: toMember(), late }))).toMatchObject({ again: undefined, taken: false })
    expect(asked).toEqual(['conversations.open'])
    expect(opened.as(MEMBER).conversation()).toEqual([])
  })

  test('opens no conversation once what stood was slow to be missed', async () => {
    const late = lateAt('chat.update')
    const replaces = { conversation: 'D0BEFORE', message: '1.1' }
    await refused(send(card('The vote', { follows: true }), { where: toMember(), replaces, late }))
    expect(asked).toEqual(['chat.update'])
  })

  test('posts no further part, and is known to be there in part', async () => {
    const late = lateAt('chat.postMessage')
    expect(await refused(send(long('Minutes'), { late }))).toMatchObject({ taken: true })
    expect(asked).toEqual(['chat.postMessage'])
    expect(inChannel()).toHaveLength(1)
  })

  test('has ended before its lease, however long the last call takes that it began in time', () => {
    expect(CALL_TIMEOUT_MS).toBeLessThanOrEqual(LONGEST_CALL_MS)
    expect(LATE_MS + LONGEST_CALL_MS).toBeLessThan(LONGEST_SEND_MS)
    expect(LONGEST_SEND_MS + 10_000).toBeLessThan(LEASE_MS)
  })
})
