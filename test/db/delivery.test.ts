import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../house.js'

let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse()
})
afterEach(() => house.close())

const DELIVERY = '6f3c1a9e-8d2b-4c57-9e41-0a7b5d2c8f13'
const kept = async () => (await house.handles.reading.selectFrom('delivery').select('id').execute()).length

test('a delivery is known for seven days, and then forgotten', async () => {
  await house.say('Daniel Okafor', 'apologies for the next meeting', { delivery: DELIVERY })
  house.clock.forward({ hours: 7 * 24 })
  await house.tick()
  expect(await kept()).toBe(1)
  house.clock.forward({ seconds: 1 })
  await house.tick()
  expect(await kept()).toBe(0)
})

test.each(['apologies.attend', 'apologies.send', 'apologies.name_substitute'])(
  'a repeat of %s is answered as the act was',
  async (command) => {
    const hale = await house.handles.reading
      .selectFrom('person')
      .select('id')
      .where('name', '=', 'Ruth Hale')
      .executeTakeFirstOrThrow()
    const press = { command, subject: await house.meeting(), values: { substitute: hale.id } }
    const first = await house.press('Daniel Okafor', press, { delivery: DELIVERY })
    expect(first).toMatchObject({ kind: 'card', of: 'act' })
    expect(await house.press('Daniel Okafor', press, { delivery: DELIVERY })).toEqual(first)
    expect(house.acts.at(-1)).toMatchObject({ outcome: 'repeated' })
  },
)

test('a delivery that is being refused is not done by its repeat, whatever is written between them', async () => {
  const press = { command: 'apologies.send', subject: await house.meeting(), values: { substituteNamed: 'Newcombe' } }
  const { id, tenant_id } = await house.handles.reading
    .selectFrom('organisation')
    .selectAll()
    .where('name', '=', 'Kent Police')
    .executeTakeFirstOrThrow()
  const addColleague = () =>
    house.writer.write(async (tx) => {
      await tx.insertInto('person').values({ id: 'sam', tenant_id, name: 'Sam Newcombe', email: 'sam@example.org' }).execute()
      const board = await tx.selectFrom('board').select('id').executeTakeFirstOrThrow()
      await tx
        .insertInto('post')
        .values({ board_id: board.id, person_id: 'sam', organisation_id: id, title: 'Inspector' })
        .execute()
    })
  const answers = await Promise.all([
    house.press('Daniel Okafor', press, { delivery: DELIVERY }),
    house.handles.reading.selectFrom('identity').select('person_id').execute().then(addColleague),
    house.press('Daniel Okafor', press, { delivery: DELIVERY }),
  ])
  expect([answers[0].kind, answers[2].kind]).toEqual(['refusal', 'refusal'])
})

test('a repeat of what was done is not refused to who has lost the right since', async () => {
  const press = { command: 'apologies.send', subject: await house.meeting() }
  await house.press('Daniel Okafor', press, { delivery: DELIVERY })
  await house.writer.write((tx) => tx.updateTable('holding').set({ until_day: '2026-11-22' }).execute())
  const again = await house.press('Daniel Okafor', press, { delivery: DELIVERY })
  expect(again).toMatchObject({ kind: 'card' })
  expect(JSON.stringify(again)).toContain('That was done when you first sent it.')
})
