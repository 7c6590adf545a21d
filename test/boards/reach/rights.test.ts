import { afterEach, beforeEach, expect, test } from 'vitest'
import { textOf } from '../../house.js'
import { CHANNEL, COUNTY, emailOf, openSlack, type Slack } from './slack.js'

const PEOPLE = { UCLERK: 'Grace Holloway', U1: 'Daniel Okafor', UCHAIR: 'Cllr Margaret Ashdown' } as const

let slack: Slack
beforeEach(async () => {
  slack = await openSlack()
  for (const [user, name] of Object.entries(PEOPLE)) await slack.say(user, 'who am I', { email: emailOf(name) })
})
afterEach(() => slack.close())

const state = async () => {
  const { reading } = slack.house.handles
  return JSON.stringify([
    await reading.selectFrom('identity').selectAll().execute(),
    await reading.selectFrom('place').selectAll().execute(),
    await reading.selectFrom('workspace').selectAll().execute(),
    await reading.selectFrom('loss').selectAll().execute(),
    await reading.selectFrom('one_time_code').selectAll().execute(),
    await reading.selectFrom('journal').selectAll().execute(),
  ])
}

const about = { platform: 'slack', workspace: COUNTY, why: 'account_inactive' }
const BY_THE_HOUSE = [
  [
    'boards.recognise',
    async () => ({ subject: await slack.person('Ruth Hale'), ...about, user: 'U9', by: 'email', proof: emailOf('Ruth Hale') }),
  ],
  ['boards.lost', async () => ({ subject: await slack.person('Daniel Okafor'), ...about, user: 'U1' })],
  ['boards.lost', async () => ({ subject: slack.board, ...about, place: 'C1' })],
  ['boards.lost', async () => ({ subject: COUNTY, ...about })],
  ['boards.found', async () => ({ subject: await slack.person('Daniel Okafor'), ...about, user: 'U1' })],
  ['boards.spoil_code', async () => ({ subject: await slack.person('Daniel Okafor'), proof: 'x' })],
  ['boards.follow_readers', async () => ({ subject: slack.board })],
  ['boards.place_changed', async () => ({ subject: slack.board, ...about, place: 'C1', kind: 'public', name: '', guests: '[]' })],
] as const

test.each(BY_THE_HOUSE)('%s is done by the house alone', async (command, values) => {
  await slack.say('UCLERK', 'link KCSP', { place: CHANNEL })
  const before = await state()
  const { subject, ...rest } = await values()
  for (const user of ['UCLERK', 'U1', 'UCHAIR']) {
    const answer = await slack.answer(user, { press: { command, subject, values: rest } })
    expect(answer, user).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
  }
  const { tenant_id } = await slack.house.handles.reading.selectFrom('board').select('tenant_id').executeTakeFirstOrThrow()
  const operated = await slack.house.bot.operate(tenant_id, { command, subject, values: rest })
  expect(operated).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
  expect(await state()).toBe(before)
})

test.each([
  ['a member', 'U1'],
  ['the chair', 'UCHAIR'],
])('%s makes no code, links nothing and unlinks nobody', async (_, user) => {
  const before = await state()
  const person = await slack.person('Ruth Hale')
  expect(await slack.press(user, 'boards.code', { person })).toContain('not yours to do')
  expect(await slack.press(user, 'boards.forget_identity', { person })).toContain('not yours to do')
  expect(await slack.press(user, 'boards.link', {}, { place: CHANNEL })).toContain('not yours to do')
  expect(await slack.say(user, 'link KCSP', { place: CHANNEL })).toContain('not yours to do')
  expect(await state()).toBe(before)
})

test('officers see who can be reached, and members do not', async () => {
  expect(await slack.say('UCLERK', 'who can be reached')).toContain('Code for Ruth Hale')
  const chair = await slack.say('UCHAIR', 'who can be reached')
  expect(chair).toContain('Not known in chat')
  expect(chair).not.toContain('Code for')
  expect(await slack.say('U1', 'who can be reached')).toContain('not yours to do')
})

test('a place that serves a board is linked to no other; which it is, is said to who knows it', async () => {
  await slack.say('UCLERK', 'link KCSP', { place: CHANNEL })
  const { reading } = slack.house.handles
  const { tenant_id } = await reading.selectFrom('board').select('tenant_id').executeTakeFirstOrThrow()
  await slack.house.writer.write(async (tx) => {
    const values = { tenant_id, zone: 'Europe/London', division: 'scotland' }
    await tx
      .insertInto('board')
      .values({ ...values, id: 'b0000000-0000-4000-8000-000000000000', name: 'Other Board', short_name: 'OTB' })
      .execute()
    for (const user of ['Grace Holloway', 'Ruth Hale'])
      await tx
        .insertInto('office')
        .values({
          board_id: 'b0000000-0000-4000-8000-000000000000',
          office: 'clerk',
          person_id: (await tx.selectFrom('person').select('id').where('name', '=', user).executeTakeFirstOrThrow()).id,
          from_day: '2026-01-01',
          until_day: null,
          acting: 0,
        })
        .execute()
  })
  await slack.house.writer.write((tx) =>
    tx
      .deleteFrom('post')
      .where('person_id', 'in', tx.selectFrom('person').select('id').where('name', '=', 'Ruth Hale'))
      .execute(),
  )
  await slack.house.writer.write((tx) =>
    tx
      .deleteFrom('holding')
      .where('person_id', 'in', tx.selectFrom('person').select('id').where('name', '=', 'Ruth Hale'))
      .execute(),
  )
  await slack.say('U5', 'who am I', { email: emailOf('Ruth Hale') })
  expect(await slack.say('UCLERK', 'link OTB', { place: CHANNEL })).toContain('This place serves KCSP already.')
  expect(await slack.say('U5', 'link OTB', { place: CHANNEL })).toContain('This place serves another board already.')
})

test('two workspaces of two tenants never see each other', async () => {
  expect(await slack.say('UCLERK', 'link KCSP', { place: { ...CHANNEL, workspace: 'T2' } })).toContain('Not done')
  expect(
    textOf(await slack.answer('UCLERK', { words: 'roster' }, { workspace: 'T2', email: emailOf('Grace Holloway') })),
  ).toContain('I do not know you yet.')
  expect(await slack.say('UX', 'roster', { workspace: 'T2', email: emailOf('Nobody Here') })).not.toContain('Okafor')
})
