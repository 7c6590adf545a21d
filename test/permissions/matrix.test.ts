import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Bot } from '../../src/bot.js'
import { features } from '../../src/features.js'
import { openChatGround } from './chat.js'
import { isAsExpected, placesOf, readExpected } from './expected.js'
import { everywhere, filledIn, type Ground, openWorld, undoingBot, type World } from './ground.js'
import { MOMENTS, type Moment } from './moments.js'
import { PRESSES } from './presses.js'
import { ALL } from './roles.js'

const expected = readExpected()
const names = Object.values(PRESSES).flatMap((presses) => Object.keys(presses))
const commandOf = (name: string): string => name.replace(/ \(.*/, '')

/** What nobody can do any more: an agenda is drafted when its meeting is called. */
const NOBODYS = ['agenda.draft']

describe('the table has a row', () => {
  test('for every command, and no other', () =>
    expect([...new Set([...expected.keys()].map(commandOf))].sort()).toEqual([...features.commands.keys()].sort()))
  test('for everything that is pressed, and nothing else', () => expect([...expected.keys()].sort()).toEqual([...names].sort()))
  test('in which somebody may do it', () => {
    const denied = [...expected].filter(([, row]) => !Object.values(row).some((cells) => Object.values(cells).includes('yes')))
    expect(denied.map(([name]) => name)).toEqual(NOBODYS)
  })
})

let ground: Ground
let world: World
let door: Bot
beforeAll(async () => {
  ground = await openChatGround()
  world = await openWorld(ground)
  door = undoingBot(ground)
})
afterAll(async () => {
  expect(ground.faults).toEqual([])
  await ground.close()
})

describe.each(Object.keys(MOMENTS) as Moment[])('when %s', (moment) => {
  beforeAll(() => MOMENTS[moment](world))

  test.each(Object.entries(PRESSES[moment]))('%s', async (name, press) => {
    const wrong: string[] = []
    for (const role of ALL) {
      const found = await everywhere(door, world, role, await filledIn(world, role, commandOf(name), press))
      for (const where of placesOf(role)) {
        const cell = expected.get(name)?.[role][where]
        if (!isAsExpected(cell, found[where])) wrong.push(`${role}, ${where}: ${found[where]}, not ${cell ?? 'denied'}`)
      }
    }
    expect(wrong).toEqual([])
  })
})
