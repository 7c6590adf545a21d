import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callingWith } from '../../../src/platforms/slack/client.js'
import { looking } from '../../../src/platforms/slack/looking.js'
import { places } from '../../../src/platforms/slack/places.js'
import { openSlackHouse, type SlackHouse, wordsOf } from './setting.js'

const CLERK = 'Grace Holloway'
const MEMBER = 'Daniel Okafor'

let opened: SlackHouse
beforeEach(async () => {
  opened = await openSlackHouse()
  await opened.as(CLERK).command(opened.channel, 'link KCSP')
  await opened.as(CLERK).command('direct', 'call a meeting on 16 December 2026 at 10 am in Darent Room')
  await opened.quiet()
})
afterEach(() => opened.close())

const calls = (method: string) => opened.standIn.calls.filter((call) => call.method === method)
const clerkReads = (words: string) =>
  opened
    .as(CLERK)
    .conversation()
    .map(wordsOf)
    .filter((message) => message.includes(words))
const kept = () =>
  opened.house.handles.reading
    .selectFrom('place')
    .select(['open_to', 'name', 'lost_why'])
    .where('id', '=', opened.channel)
    .executeTakeFirstOrThrow()
const guest = () => opened.workspace.addUser({ name: 'Guest', restricted: true })

/** As after a start: nothing has been looked at yet. */
function started() {
  const { house, slack, workspace, standIn, clock } = opened
  const call = callingWith(workspace.botToken, standIn.url, clock)
  const directWith = async () => 'D0NOBODY'
  return looking({
    bot: house.bot,
    reading: house.handles.reading,
    call,
    workspace: slack.workspace,
    systemClock: clock,
    places: places({ call, workspace: workspace.team, directWith, systemClock: clock }),
  })
}

describe('what happened while nothing was heard', () => {
  beforeEach(() => {
    opened.workspace.events = []
  })

  test('a guest who came, and another name', async () => {
    opened.workspace.invite(opened.channel, guest())
    opened.workspace.renameChannel(opened.channel, 'partnership')
    await started().around()
    await opened.quiet()
    expect(await kept()).toMatchObject({ open_to: 'guests', name: '#partnership' })
    expect(clerkReads('Open to others: #partnership')).toHaveLength(1)
  })

  test('is seen at the start, and then in its turn', async () => {
    const looks = started()
    for (const _ of [1, 2]) await looks.around()
    const before = calls('conversations.members').length
    opened.workspace.invite(opened.channel, guest())
    opened.clock.forward({ minutes: 14 })
    await looks.around()
    expect(calls('conversations.members')).toHaveLength(before)
    opened.clock.forward({ minutes: 1 })
    await looks.around()
    expect(calls('conversations.members')).toHaveLength(before + 1)
    expect(await kept()).toMatchObject({ open_to: 'guests' })
  })

  test('a channel that was archived and is not', async () => {
    const { slack, house, channel } = opened
    const place = { platform: 'slack', workspace: slack.workspace.id, place: channel } as const
    await house.bot.report({ ...place, state: 'lost', why: 'archived' })
    opened.workspace.archive(channel)
    await started().around()
    expect(await kept()).toMatchObject({ lost_why: 'archived' })
    opened.workspace.unarchive(channel)
    await started().around()
    expect(await kept()).toMatchObject({ lost_why: null })
  })

  test('somebody who has their account again, and asked of once in hours', async () => {
    const { slack, house, workspace } = opened
    const user = opened.userOf(MEMBER)
    await opened.slack.look()
    const lost = async () =>
      (await house.handles.reading.selectFrom('identity').select('user_id').where('lost_at', 'is not', null).execute()).length
    await house.bot.report({ platform: 'slack', workspace: slack.workspace.id, user, state: 'lost', why: 'deactivated' })
    workspace.deactivate(user)
    const looks = started()
    await looks.around()
    workspace.reactivate(user)
    opened.clock.forward({ hours: 5 })
    await looks.around()
    expect(await lost()).toBe(1)
    opened.clock.forward({ hours: 1 })
    await looks.around()
    expect(await lost()).toBe(0)
  })
})

describe('where Slack does not say who reads in a place', () => {
  test('nothing is taken for known: nobody is told, and it is asked again a minute later', async () => {
    opened.standIn.fail('users.info', { error: 'internal_error' }, 60)
    const looks = started()
    opened.workspace.events = []
    opened.workspace.invite(opened.channel, guest())
    await looks.around()
    await opened.quiet()
    expect(await kept()).toMatchObject({ open_to: '' })
    expect(clerkReads('Open to others')).toEqual([])
    while (!(await looks.at(opened.channel)));
    expect(await kept()).toMatchObject({ open_to: 'guests' })
  })

  test('a slow answer is waited for', async () => {
    opened.standIn.latency(1_200)
    opened.workspace.invite(opened.channel, guest())
    await opened.quiet()
    opened.standIn.latency(0)
    await opened.quiet()
    expect(await kept()).toMatchObject({ open_to: 'guests' })
    expect(clerkReads('is shared with another organisation')).toEqual([])
  })
})

test('a place that Quorate is asked back into is posted into once it is known who reads there', async () => {
  const { workspace, channel } = opened
  workspace.remove(channel, workspace.botUser)
  await opened.quiet()
  expect(await kept()).toMatchObject({ lost_why: 'removed' })
  workspace.invite(channel, guest())
  const before = opened.standIn.calls.length
  workspace.invite(channel, workspace.botUser)
  await opened.quiet()
  opened.clock.forward({ seconds: 2 })
  await opened.quiet()
  const since = opened.standIn.calls.slice(before)
  const first = (found: (method: string) => boolean) => since.findIndex(({ method }) => found(method))
  expect(first((method) => method === 'conversations.members')).toBeGreaterThanOrEqual(0)
  expect(first((method) => method === 'chat.postMessage' || method === 'chat.update')).toBeGreaterThan(
    first((method) => method === 'conversations.members'),
  )
  expect(await kept()).toMatchObject({ lost_why: null, open_to: 'guests' })
})

test('that Quorate has left is not asked about as if another had', async () => {
  const { workspace, channel } = opened
  const before = calls('conversations.info').length
  workspace.remove(channel, workspace.botUser)
  await opened.quiet()
  expect(calls('conversations.info')).toHaveLength(before)
  expect(opened.faults).toEqual([])
})
