import { Temporal } from 'temporal-polyfill'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { machineClock } from '../../../src/kernel/time.js'
import { slackFindings } from '../../../src/platforms/slack/doctor.js'
import { SCOPES } from '../../../src/platforms/slack/scopes.js'
import { openSlackHouse, type SlackHouse } from './setting.js'

let opened: SlackHouse

beforeEach(async () => {
  opened = await openSlackHouse()
  opened.workspace.scopes = Object.keys(SCOPES)
})
afterEach(() => opened.close())

/** What is to be mended, and what is well. */
async function looked(given: Partial<Parameters<typeof slackFindings>[0]> = {}) {
  const { workspace, standIn, house } = opened
  const findings = await slackFindings({
    settings: { botToken: workspace.botToken, by: { socket: workspace.appToken }, apiUrl: standIn.url },
    reading: house.handles.reading,
    publicUrl: null,
    systemClock: machineClock(),
    ...given,
  })
  return { ill: findings.filter(({ mend }) => mend !== null), well: findings.filter(({ mend }) => mend === null) }
}

const settings = (changed: object) => ({
  settings: {
    botToken: opened.workspace.botToken,
    by: { socket: opened.workspace.appToken },
    apiUrl: opened.standIn.url,
    ...changed,
  },
})

test('nothing is to be mended once a place is linked', async () => {
  expect((await looked()).ill).toMatchObject([{ about: 'places', mend: expect.stringContaining('/quorate link KCSP') }])
  await opened.as('Grace Holloway').command(opened.channel, 'link KCSP')
  await opened.quiet()
  const { ill, well } = await looked()
  expect(ill).toEqual([])
  expect(well.map(({ about }) => about)).toEqual(['token', 'scopes', 'clock', 'address', `place ${opened.channel}`, 'people'])
})

describe('what is to be mended is said', () => {
  test('a token that Slack does not take', async () => {
    const { ill } = await looked(settings({ botToken: 'xoxb-wrong' }))
    expect(ill).toMatchObject([{ about: 'token', says: 'Slack does not take SLACK_BOT_TOKEN: it knows no such token' }])
  })

  test('a Slack that is not reached', async () => {
    const { ill } = await looked(settings({ apiUrl: 'http://127.0.0.1:1/api/' }))
    expect(ill).toMatchObject([{ about: 'token', says: 'Slack cannot be reached (connection)' }])
  })

  test('an app-level token that it does not take', async () => {
    const { ill } = await looked(settings({ by: { socket: 'xapp-wrong' } }))
    expect(ill).toContainEqual(
      expect.objectContaining({ about: 'address', says: 'Slack does not take SLACK_APP_TOKEN (invalid_auth)' }),
    )
  })

  test('scopes that are missing, and scopes that are too many', async () => {
    opened.workspace.scopes = [
      ...Object.keys(SCOPES).filter((scope) => scope !== 'users:read.email'),
      'admin',
      'channels:history',
    ]
    const { ill } = await looked()
    const said = ill.filter(({ about }) => about === 'scopes').map(({ says }) => says)
    expect(said).toEqual(['missing: users:read.email', 'not needed: admin'])
  })

  test.each([400, -400])('a clock that is %i seconds from Slack’s', async (seconds) => {
    const systemClock = { now: () => Temporal.Now.instant().add({ seconds }) }
    const { ill } = await looked({ systemClock })
    expect(ill).toContainEqual(
      expect.objectContaining({ about: 'clock', says: expect.stringMatching(/^(?:399|400|401) s from Slack’s/) }),
    )
  })

  test('requests over HTTP without an address, or with one that does not answer', async () => {
    const by = { signingSecret: opened.workspace.signingSecret }
    expect((await looked(settings({ by }))).ill).toContainEqual(
      expect.objectContaining({ about: 'address', says: 'PUBLIC_URL is not set' }),
    )
    expect((await looked({ ...settings({ by }), publicUrl: 'http://127.0.0.1:1' })).ill).toContainEqual(
      expect.objectContaining({ about: 'address', says: 'http://127.0.0.1:1/healthz does not answer' }),
    )
  })

  test('a place that Quorate has left, or that others read by now', async () => {
    const { workspace, channel } = opened
    await opened.as('Grace Holloway').command(channel, 'link KCSP')
    await opened.quiet()
    workspace.remove(channel, workspace.botUser)
    await opened.quiet()
    const { ill } = await looked()
    expect(ill).toContainEqual(expect.objectContaining({ about: `place ${channel}` }))
  })
})
