import { afterEach, describe, expect, test } from 'vitest'
import { type Call, NoAnswer } from '../../../src/platforms/slack/client.js'
import { userIn, userWith } from '../../../src/platforms/slack/people.js'
import { openSlackHouse, type SlackHouse } from './setting.js'

const asked: string[] = []

/** Slack, as it says of one user what each method is to say. */
const saying =
  (said: Readonly<Record<string, object>>): Call =>
  async (method, _, answer) => {
    asked.push(method)
    const user = { id: 'U1', team_id: 'T1', profile: { email: 'ann@example.org' }, ...said[method] }
    return answer.parse({ user })
  }

describe('an address', () => {
  test.each([
    ['that is confirmed is vouched for', { is_email_confirmed: true }, 'ann@example.org'],
    ['of which nothing is said is not', {}, null],
    ['that is not confirmed is not', { is_email_confirmed: false }, null],
    ['of another workspace is not', { is_email_confirmed: true, team_id: 'T2' }, null],
  ])('%s', async (_, said, email) => {
    expect((await userIn(saying({ 'users.info': said }), 'T1', 'U1'))?.email).toBe(email)
  })

  test('that is found by itself is asked about where nothing is said of it', async () => {
    const confirmed = { is_email_confirmed: true }
    expect((await userWith(saying({ 'users.info': confirmed }), 'T1', 'ann@example.org'))?.email).toBe('ann@example.org')
    expect(await userWith(saying({}), 'T1', 'ann@example.org')).toBeNull()
    asked.length = 0
    expect(await userWith(saying({ 'users.lookupByEmail': confirmed }), 'T1', 'ann@example.org')).not.toBeNull()
    expect(asked).toEqual(['users.lookupByEmail'])
  })
})

test('whom Slack does not know is nobody; of whom it could not be asked is not', async () => {
  const failing =
    (why: string): Call =>
    async (method) => {
      throw new NoAnswer(method, why, null, false)
    }
  expect(await userIn(failing('user_not_found'), 'T1', 'U1')).toBeNull()
  await expect(userIn(failing('ratelimited'), 'T1', 'U1')).rejects.toThrow('ratelimited')
})

describe('the people of a roster', () => {
  let opened: SlackHouse
  afterEach(() => opened.close())

  test('are found, though Slack takes one of their addresses for wrong', async () => {
    opened = await openSlackHouse()
    const { reading } = opened.house.handles
    const known = async () => (await reading.selectFrom('identity').select('user_id').execute()).length
    opened.standIn.lenient = true
    opened.standIn.fail('users.lookupByEmail', { error: 'invalid_arguments' })
    await opened.slack.look()
    const { length: all } = await reading.selectFrom('person').where('email', 'is not', null).select('id').execute()
    expect(await known()).toBe(all - 1)
  })
})
