import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { features } from '../../../src/features.js'
import { machineClock } from '../../../src/kernel/time.js'
import { type Card, text } from '../../../src/kernel/view.js'
import { type NotSent, type Posted, type Sender, Unreachable } from '../../../src/outbox/sender.js'
import { connectSlack } from '../../../src/platforms/slack/connect.js'
import { lossInWords } from '../../../src/platforms/slack/losses.js'
import { SCOPES } from '../../../src/platforms/slack/scopes.js'
import { openSlackHouse, type SlackHouse, wordsOf } from './setting.js'
import type { Fault } from './stand-in/faults.js'

const CLERK = 'Grace Holloway'
const MEMBER = 'Daniel Okafor'
/** Milliseconds that one call may take here. */
const TIMEOUT = 400
const LATE = 3 * TIMEOUT
const PACE = 1_000
/** As our clock and the stand-in's read the same moment. */
const READING = 15

let opened: SlackHouse
afterEach(() => opened.close())

interface Opening {
  readonly linked?: boolean
  readonly known?: boolean
}

/** A house with the scopes that it asks for; its channel linked, its people known, as asked. */
async function open({ linked = true, known = true }: Opening = {}): Promise<void> {
  opened = await openSlackHouse({ transport: 'http', callTimeout: TIMEOUT })
  opened.workspace.scopes = Object.keys(SCOPES)
  await opened.as(CLERK).command(linked ? opened.channel : 'direct', linked ? 'link KCSP' : 'help')
  if (known) await opened.slack.look()
  await opened.quiet()
}

/** Lets seconds pass for everybody at once, and all that waits be sent. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    opened.clock.forward({ seconds: 1 })
    opened.standIn.forward(1_000)
    await opened.quiet()
  }
}

async function callMeeting(): Promise<void> {
  await opened.as(CLERK).command('direct', 'call a meeting on 16 December 2026 at 10 am in Darent Room')
  await opened.quiet()
}

/** A meeting to which all are called, and which the channel shows. */
async function openCalled(): Promise<void> {
  await open()
  await callMeeting()
  await pass(3)
}

const CHOICES = ['apologies for the next meeting', 'I will be there for the next meeting']
let said = 0
/** Says something by which what others see changes each time. */
async function change(): Promise<void> {
  said += 1
  await opened.as(MEMBER).command('direct', CHOICES[said % 2] ?? '')
}

const calls = (method: string) => opened.standIn.calls.filter((call) => call.method === method)
const inChannel = () =>
  opened
    .as(CLERK)
    .conversation(opened.channel)
    .filter(({ ephemeral }) => !ephemeral)
const clerkReads = (words: string) =>
  opened
    .as(CLERK)
    .conversation()
    .map(wordsOf)
    .filter((message) => message.includes(words))

const card = (title: string): Card => ({ title, audience: { kind: 'public' }, body: [text('Something to read.')] })

const IN_TIME = new AbortController().signal

/** The sender alone, without the outbox. */
function sending() {
  const sender: Sender = opened.slack.sender(opened.house.handles.reading)
  const to = { platform: 'slack', workspace: opened.workspace.team, place: opened.channel }
  return {
    say: (title: string, replaces: Posted | null = null, key = title, again = false) =>
      sender.send(to, card(title), replaces, [key], again, IN_TIME),
    refused: async (title: string, replaces: Posted | null = null): Promise<NotSent> => {
      try {
        await sender.send(to, card(title), replaces, [title], false, IN_TIME)
      } catch (error) {
        return error as NotSent
      }
      throw new Error(`${title} was sent`)
    },
  }
}

describe('a method of which Slack wants to hear nothing yet', () => {
  test('rests for as long as it says, and no other with it', async () => {
    await open()
    const { say, refused } = sending()
    const before = await say('Before')
    opened.standIn.fail('chat.postMessage', { status: 429, retryAfter: 2 })
    expect((await refused('Too soon')).again).toBe(2_000)
    const limited = performance.now()
    const posts = calls('chat.postMessage').length
    await wait(500)
    const { again } = await refused('Still too soon')
    expect(again).toBeGreaterThan(1_000)
    expect(again).toBeLessThanOrEqual(1_500 + READING)
    expect(calls('chat.postMessage')).toHaveLength(posts)
    expect(await say('Changed meanwhile', before)).toEqual(before)
    await wait(2_000 - (performance.now() - limited) + READING)
    await say('In time')
    expect(
      inChannel()
        .map(wordsOf)
        .map((message) => message.split('\n')[0]),
    ).toEqual(['Changed meanwhile', 'In time'])
  })

  test('each method rests for itself', async () => {
    await open()
    const { say, refused } = sending()
    const before = await say('Before')
    opened.standIn.fail('chat.update', { status: 429, retryAfter: 2 })
    opened.standIn.fail('conversations.history', { status: 429, retryAfter: 30 })
    expect((await refused('Changed', before)).again).toBe(2_000)
    await say('Beside')
    expect((await refused('Changed', before)).again).toBeLessThanOrEqual(2_000)
    expect(calls('chat.update')).toHaveLength(1)
  })

  test('the outbox waits for it, and then sends once', async () => {
    await open({ known: false })
    opened.standIn.fail('chat.postMessage', { status: 429, retryAfter: 1 })
    await callMeeting()
    expect(inChannel()).toEqual([])
    await wait(1_100)
    await pass(2)
    expect(inChannel()).toHaveLength(1)
    expect(calls('chat.postMessage').filter(({ arguments: given }) => given.channel === opened.channel)).toHaveLength(2)
  })
})

test('nobody is written to more than once a second, and no message changed more often', async () => {
  await openCalled()
  const before = opened.standIn.calls.length
  for (let changes = 0; changes < 12; changes += 1) {
    await change()
    await wait(150)
  }
  await wait(2 * PACE)
  await opened.quiet()
  const sent = opened.standIn.calls.slice(before).filter(({ method }) => ['chat.postMessage', 'chat.update'].includes(method))
  const channels = [...new Set(sent.map(({ arguments: { channel } }) => String(channel)))]
  for (const channel of channels) {
    const at = sent.filter((call) => call.arguments.channel === channel).map((call) => call.at)
    const gaps = at.slice(1).map((one, nth) => one - (at[nth] ?? 0))
    expect(Math.min(...gaps, Number.POSITIVE_INFINITY), `${channel}: ${gaps.join(' ')}`).toBeGreaterThanOrEqual(PACE - READING)
  }
  expect(channels).toContain(opened.channel)
  expect(sent.filter(({ error }) => error !== null)).toEqual([])
  expect(opened.standIn.complaints).toEqual([])
}, 60_000)

/** What Slack may have done though it did not say so. */
const UNCLEAR: readonly { readonly what: string; readonly fault: Fault; readonly done: boolean }[] = [
  { what: 'a fault of Slack’s own', fault: { status: 503 }, done: false },
  { what: 'a connection that is reset', fault: { reset: true }, done: false },
  { what: 'no answer in time, and nothing posted', fault: { hang: LATE, andDo: false }, done: false },
  { what: 'no answer in time, and all the same posted', fault: { hang: LATE, andDo: true }, done: true },
]

describe.each(UNCLEAR)('after $what', ({ fault, done }) => {
  test('a message to a person is there once in the end', async () => {
    await open({ linked: false })
    opened.standIn.fail('chat.postMessage', fault, 2)
    await callMeeting()
    await wait(LATE)
    await pass(6)
    const reading = opened.house.handles.reading
    const told = await reading.selectFrom('notice').where('notice', '=', 'apologies.invitation').select('state').execute()
    expect(told.length).toBeGreaterThan(2)
    expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['sent']))
    const each = opened.workspace
      .channels()
      .filter(({ person }) => person !== null && person !== opened.userOf(CLERK))
      .map(({ messages }) => messages.filter(({ text: words }) => words.startsWith('KCSP, Wednesday')).length)
    expect(each.filter((many) => many > 0)).toEqual(told.map(() => 1))
    expect(calls('conversations.history').length).toBeGreaterThanOrEqual(1)
    expect(opened.standIn.complaints).toEqual([])
  }, 30_000)

  test('a message in a channel that may not be read is there twice at most, and once where it may', async () => {
    for (const scopes of [[], ['groups:history']]) {
      await open({ known: false })
      opened.workspace.scopes = [...Object.keys(SCOPES), ...scopes]
      opened.standIn.fail('chat.postMessage', fault)
      await callMeeting()
      await wait(LATE)
      await pass(6)
      expect(inChannel().length, scopes.join()).toBe(done && scopes.length === 0 ? 2 : 1)
      if (scopes.length === 0) await opened.close()
    }
  }, 30_000)
})

describe('what Slack says is not reached any more', () => {
  const CHANNEL = ['channel_not_found', 'is_archived', 'not_in_channel']
  const back: Readonly<Record<string, () => void>> = {
    channel_not_found: () => opened.workspace.invite(opened.channel, opened.workspace.botUser),
    is_archived: () => opened.workspace.unarchive(opened.channel),
    not_in_channel: () => opened.workspace.invite(opened.channel, opened.workspace.botUser),
  }

  test.each(CHANNEL)(
    'a channel: %s',
    async (why) => {
      await openCalled()
      opened.standIn.fail('chat.update', { error: why })
      // The channel's card stands first in the outbox; whoever else is told is told after it.
      await change()
      await pass(3)
      const told = clerkReads('Not reached any more: #kcsp')
      expect(told).toHaveLength(1)
      expect(told[0]).not.toContain(why)
      expect(told[0]).toMatch(/Why: (?:the channel was archived|I was removed from it|it was deleted)/)
      const asked = () => opened.standIn.calls.filter(({ arguments: { channel } }) => channel === opened.channel).length
      const before = asked()
      await change()
      await pass(5)
      expect(asked()).toBe(before)
      expect(clerkReads('Not reached any more')).toHaveLength(1)
      back[why]?.()
      await pass(3)
      const updates = calls('chat.update').length
      await change()
      await pass(3)
      expect(asked()).toBeGreaterThan(before)
      expect(calls('chat.update').length).toBeGreaterThan(updates)
      expect(clerkReads('Not reached any more')).toHaveLength(1)
      expect(opened.standIn.complaints).toEqual([])
    },
    30_000,
  )

  test('a person whose account was deactivated', async () => {
    await open({ linked: false })
    const user = opened.userOf(MEMBER)
    opened.standIn.fail('conversations.open', { error: 'user_disabled' })
    await callMeeting()
    await pass(4)
    const told = clerkReads('Not reached any more')
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('Why: their account was deactivated or removed')
    const { reading } = opened.house.handles
    const lost = await reading.selectFrom('identity').where('lost_at', 'is not', null).select('user_id').execute()
    expect(lost).toHaveLength(1)
    const [{ user_id: who } = { user_id: user }] = lost
    const opens = () => calls('conversations.open').filter(({ arguments: { users } }) => users === who).length
    const before = opens()
    await opened.as(CLERK).command('direct', 'move the next meeting to 17 December 2026 at 10 am')
    await pass(4)
    expect(opens()).toBe(before)
    expect(clerkReads('Not reached any more')).toHaveLength(1)
    opened.workspace.reactivate(who)
    await pass(4)
    expect(await reading.selectFrom('identity').where('lost_at', 'is not', null).select('user_id').execute()).toEqual([])
    expect(opens()).toBeGreaterThan(before)
  }, 30_000)

  test.each(['token_revoked', 'account_inactive'])(
    'the workspace: %s',
    async (why) => {
      await openCalled()
      for (const method of ['chat.update', 'chat.postMessage']) opened.standIn.fail(method, { error: why }, 1_000)
      await change()
      await pass(3)
      const { reading } = opened.house.handles
      const lost = () => reading.selectFrom('workspace').where('lost_at', 'is not', null).select('lost_why').execute()
      expect(await lost()).toEqual([{ lost_why: lossInWords(why) }])
      const before = opened.standIn.calls.length
      await opened.house.tick()
      await pass(5)
      expect(opened.standIn.calls.slice(before).map(({ method }) => method)).toEqual([])
      opened.standIn.mend()
      const settings = {
        botToken: opened.workspace.botToken,
        apiUrl: opened.standIn.url,
        by: { signingSecret: opened.workspace.signingSecret },
      }
      const anew = await connectSlack({ settings, systemClock: machineClock(), fault: (_, error) => opened.faults.push(error) })
      await anew.start({ ...opened.house, reading, entrances: features.entrances })
      opened.clock.forward({ minutes: 11 })
      await pass(3)
      expect(await lost()).toEqual([])
      expect(clerkReads('Not reached any more')).toHaveLength(1)
      const waiting = await reading.selectFrom('notice').where('state', '=', 'waiting').select('notice').execute()
      expect(waiting).toEqual([])
      await anew.stop()
    },
    30_000,
  )

  test('the workspace, by mistake: it is found by the next message that is taken there', async () => {
    await openCalled()
    for (const method of ['chat.update', 'chat.postMessage']) opened.standIn.fail(method, { error: 'invalid_auth' }, 1_000)
    await change()
    await pass(2)
    opened.standIn.mend()
    opened.clock.forward({ minutes: 11 })
    await pass(3)
    const { reading } = opened.house.handles
    expect(await reading.selectFrom('workspace').where('lost_at', 'is not', null).select('id').execute()).toEqual([])
    expect(await reading.selectFrom('loss').select(['why', 'ended_at']).execute()).toEqual([
      { why: 'disconnected', ended_at: expect.any(String) },
    ])
  }, 30_000)

  test('what is ended says so, and what is wrong with the message itself is not sent again', async () => {
    await open()
    const { refused } = sending()
    for (const [error, what] of [
      ['channel_not_found', 'place'],
      ['is_archived', 'place'],
      ['not_in_channel', 'place'],
      ['restricted_action', 'place'],
      ['restricted_action_read_only_channel', 'place'],
      ['posting_to_general_channel_denied', 'place'],
      ['token_revoked', 'workspace'],
      ['account_inactive', 'workspace'],
      ['invalid_auth', 'workspace'],
    ] as const) {
      opened.standIn.fail('chat.postMessage', { error })
      const failed = await refused(error)
      expect(failed).toBeInstanceOf(Unreachable)
      expect(failed).toMatchObject({ what, why: lossInWords(error) })
    }
    for (const error of ['invalid_blocks', 'msg_too_long', 'no_text', 'restricted_action_thread_locked']) {
      opened.standIn.fail('chat.postMessage', { error })
      expect((await refused(error)).again).toBeNull()
    }
    opened.standIn.fail('chat.postMessage', { error: 'missing_scope' })
    expect((await refused('missing_scope')).again).toBeGreaterThanOrEqual(60_000)
  })
})
