import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { last, openSlackHouse, type SlackHouse, wordsOf } from './setting.js'

const CLERK = 'Grace Holloway'
const MEMBER = 'Daniel Okafor'

let opened: SlackHouse
afterEach(() => opened.close())

const calls = (method: string) => opened.standIn.calls.filter((call) => call.method === method)

async function openOf(channel = opened.channel): Promise<string> {
  const { reading } = opened.house.handles
  const row = await reading.selectFrom('place').select('open_to').where('id', '=', channel).executeTakeFirst()
  return row?.open_to ?? 'not linked'
}

describe('a conversation of two', () => {
  test('is direct where Quorate is the other', async () => {
    opened = await openSlackHouse()
    await opened.as(CLERK).command('direct', `code for ${MEMBER}`)
    await opened.quiet()
    expect(wordsOf(last(opened.as(CLERK)))).toContain(`One-time code for ${MEMBER}`)
  })

  test('is not where two people speak to each other: what is for one is not said there', async () => {
    opened = await openSlackHouse()
    const theirs = opened.workspace.addDirect(opened.userOf(CLERK), opened.userOf(MEMBER))
    await opened.as(CLERK).command(theirs, `code for ${MEMBER}`)
    await opened.quiet()
    expect(wordsOf(last(opened.as(CLERK), theirs))).not.toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)
    expect(opened.as(MEMBER).conversation(theirs)).toEqual([])
    await opened.as(CLERK).command(theirs, 'help')
    await opened.quiet()
    expect(opened.as(MEMBER).conversation(theirs)).toEqual([])
  })
})

test.each(['private', 'public'] as const)('a %s channel in which Quorate is not is not linked', async (kind) => {
  opened = await openSlackHouse()
  const members = [opened.userOf(CLERK)]
  const elsewhere = opened.workspace.addChannel({ name: 'elsewhere', kind, members, withBot: false })
  await opened.as(CLERK).command(elsewhere, 'link KCSP')
  await opened.quiet()
  expect(wordsOf(last(opened.as(CLERK), elsewhere))).toContain('I am not in this channel, and could post nothing here. Invite me')
  expect(await openOf(elsewhere)).toBe('not linked')
})

describe('who reads in a place', () => {
  test('is looked up where it is linked, each time, and for nothing else that is said there', async () => {
    opened = await openSlackHouse()
    const { channel, workspace } = opened
    await opened.as(CLERK).command(channel, 'help')
    await opened.quiet()
    expect(calls('conversations.members')).toHaveLength(0)
    await opened.as(CLERK).command(channel, 'link KCSP')
    await opened.quiet()
    expect(await openOf()).toBe('')
    const looked = calls('conversations.members').length
    expect(looked).toBeGreaterThan(0)
    workspace.events = []
    workspace.invite(channel, workspace.addUser({ name: 'Guest', restricted: true }))
    await opened.as(CLERK).command(channel, 'link KCSP')
    await opened.quiet()
    expect(await openOf()).toBe('guests')
  })

  test('is looked up where its link is pressed', async () => {
    opened = await openSlackHouse()
    const { channel, workspace } = opened
    workspace.invite(channel, workspace.addUser({ name: 'Guest', restricted: true }))
    const user = opened.userOf(CLERK)
    await opened.as(CLERK).command('direct', 'help')
    await opened.quiet()
    const { reading } = opened.house.handles
    const { id: subject } = await reading.selectFrom('board').select('id').executeTakeFirstOrThrow()
    const place = { platform: 'slack', workspace: workspace.team, id: channel, kind: 'private' } as const
    const press = { command: 'boards.link', subject, values: {} }
    const from = { platform: 'slack', workspace: workspace.team, user }
    // What could not be looked at is open.
    await opened.house.bot.answer({ delivery: 'one', from, place, what: { press }, inspect: async () => place })
    expect(await openOf()).toBe('shared')
    const inspect = async () => ({ ...place, guests: ['U0GUEST'] })
    await opened.house.bot.answer({ delivery: 'two', from, place, what: { press }, inspect })
    expect(await openOf()).toBe('guests')
  })

  test('is not said to be guests where Slack could not be asked about them: the place is open', async () => {
    opened = await openSlackHouse()
    await opened.as(CLERK).command('direct', 'help')
    await opened.quiet()
    opened.standIn.fail('users.info', { error: 'internal_error' }, 30)
    await opened.as(CLERK).command(opened.channel, 'link KCSP')
    await opened.quiet()
    expect(await openOf()).toBe('shared')
  })

  test('is waited for where Slack wants to hear nothing yet', async () => {
    opened = await openSlackHouse()
    opened.standIn.fail('conversations.members', { status: 429, retryAfter: 1 })
    await opened.as(CLERK).command(opened.channel, 'link KCSP')
    await opened.quiet()
    await wait(1_500)
    await opened.quiet()
    expect(await openOf()).toBe('')
  })
})
