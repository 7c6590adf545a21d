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

test('one id from two people is two deliveries', async () => {
  await house.say('Daniel Okafor', 'apologies for the next meeting', { delivery: DELIVERY })
  await house.say('Helen Marsh', 'apologies for the next meeting', { delivery: DELIVERY })
  expect(await kept()).toBe(2)
})

test('an answer to a repeat shows how things stand then, and changes nothing', async () => {
  await house.say('Daniel Okafor', 'apologies for the next meeting', { delivery: DELIVERY })
  await house.say('Daniel Okafor', 'I can come after all')
  const again = await house.say('Daniel Okafor', 'apologies for the next meeting', { delivery: DELIVERY })
  expect(again).toMatchObject({ kind: 'reply', of: 'act' })
  expect(JSON.stringify(again)).toContain('You will be there.')
  expect(house.acts.at(-1)).toMatchObject({ outcome: 'repeated' })
})
