import { afterEach, expect, test } from 'vitest'
import { openTrial, type Trial } from './trial.js'

let trial: Trial
afterEach(() => trial.close())

const ROSTER = 'src/demonstration/kcsp.csv'
const open = async (): Promise<Trial> => {
  trial = await openTrial({ port: 0, roster: ROSTER, deliverTo: null })
  return trial
}

test('the people of the roster are there, once each, and all of them in the board’s channel with the app', async () => {
  const { workspace } = await open()
  const everybody = workspace.users().filter(({ bot }) => !bot)
  const people = everybody.filter(({ email }) => email?.endsWith('@example.org'))
  expect(people).toHaveLength(20)
  // Somebody with another address, and a guest.
  expect(everybody).toHaveLength(22)
  expect(people).toContainEqual(expect.objectContaining({ name: 'Grace Holloway', email: 'grace.holloway@example.org' }))
  const kcsp = workspace.channels().find(({ name }) => name === 'kcsp')
  expect(kcsp?.kind).toBe('private')
  expect([...(kcsp?.members ?? [])].sort()).toEqual([...people.map(({ id }) => id), workspace.botUser].sort())
})

test('opened again it is the same to the app: its people, its conversations, its tokens', async () => {
  const known = ({ workspace, told }: Trial) => ({
    users: workspace.users().map(({ id }) => id),
    channels: workspace.channels().map(({ id }) => id),
    told: told.replaceAll(/127\.0\.0\.1:\d+/g, 'HERE'),
  })
  const before = known(await open())
  await trial.close()
  expect(known(await open())).toEqual(before)
})

test('what is told holds the settings to copy', async () => {
  const { told, slack, workspace } = await open()
  expect(told.split('\n')).toEqual(
    expect.arrayContaining([
      `SLACK_API_URL=${slack.url}`,
      `SLACK_BOT_TOKEN=${workspace.botToken}`,
      `SLACK_APP_TOKEN=${workspace.appToken}`,
      `npx quorate roster import ${ROSTER} --board KCSP`,
    ]),
  )
})

test('by requests it waits until the app answers there', async () => {
  trial = await openTrial({ port: 0, roster: ROSTER, deliverTo: 'http://127.0.0.1:9/slack/events' })
  expect(trial.told).toContain(`SLACK_SIGNING_SECRET=${trial.workspace.signingSecret}`)
  expect(trial.told).not.toContain('SLACK_APP_TOKEN')
  expect(trial.workspace.connected).toBe(false)
})
