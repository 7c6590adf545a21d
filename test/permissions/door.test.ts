import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fits } from '../../src/platforms/slack/press.js'
import { filledIn, openWorld, PLACES, pressed, undoingBot, type World } from './ground.js'
import { MOMENTS, type Moment } from './moments.js'
import { PRESSES } from './presses.js'
import { ALL, isPlayer, NAMES } from './roles.js'
import { openSlackGround, type SlackGround } from './slack.js'

let ground: SlackGround
let world: World
beforeAll(async () => {
  ground = await openSlackGround()
  world = await openWorld(ground)
})
afterAll(async () => {
  expect(ground.faults).toEqual([])
  expect(ground.opened.standIn.complaints).toEqual([])
  await ground.close()
})

const MANY = 25
const players = ALL.filter(isPlayer)

/** Of a moment a press by somebody somewhere; not of a file, which no button carries. */
const cell = (moments: readonly Moment[]) =>
  fc.record({
    press: fc.constantFrom(...moments.flatMap((moment) => Object.entries(PRESSES[moment]))),
    role: fc.constantFrom(...players),
    where: fc.constantFrom(...PLACES),
  })

test.each<{ when: string; reached: readonly Moment[]; pressed: readonly Moment[] }>([
  { when: 'before the meeting', reached: ['before the meeting'], pressed: ['before the meeting'] },
  {
    when: 'at the meeting',
    reached: ['the papers are out', 'the meeting sits', 'interests are declared', 'a motion is put'],
    pressed: ['the papers are out', 'the meeting sits', 'interests are declared', 'a motion is put'],
  },
])(
  'by Slack it comes to what it comes to at the door: $when',
  async ({ reached, pressed: moments }) => {
    for (const moment of reached) await MOMENTS[moment](world)
    const door = undoingBot(ground)
    const property = fc.asyncProperty(cell(moments), async ({ press: [name, press], role, where }) => {
      const command = name.replace(/ \(.*/, '')
      const what = await filledIn(world, role, command, press)
      fc.pre(fits(what))
      const atTheDoor = await pressed(door, world, role, where, what)
      ground.heard.length = 0
      await ground.press(NAMES[role], where, what)
      const said = ground.heard.flatMap(({ inbound, outcome }) =>
        'press' in inbound.what && inbound.what.press.command === command
          ? [{ ...inbound, press: { values: {}, ...inbound.what.press }, outcome }]
          : [],
      )
      const { kind } = where === 'direct' ? ground.direct(NAMES[role]) : ground.place(where)
      expect(said[0]).toMatchObject({ from: ground.from(NAMES[role]), place: { kind }, press: what, outcome: atTheDoor })
    })
    await fc.assert(property, { numRuns: MANY })
  },
  120_000,
)
