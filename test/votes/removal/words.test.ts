import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestHouse, textOf } from '../../house.js'
import { CLERK, type Deciding, KCSP, written } from '../setting.js'
import { EIGHT, removing } from './setting.js'

let here: Deciding
let house: TestHouse
beforeAll(async () => {
  here = await removing()
  house = here.house
  here.clock('10:05')
}, 60_000)
afterAll(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const MEANT: readonly (readonly [string, string])[] = [
  [KCSP.chair, 'remove the vice-chair'],
  [KCSP.chair, 'Remove the Vice Chair.'],
  [KCSP.chair, 'remove the vice-chair from office'],
  [KCSP.chair, 'please remove the vice-chair under B1'],
  [KCSP.chair, 'Remove The Vice-Chair, Daniel Okafor, from his office'],
  [KCSP.chair, 'remove Daniel Okafor from office'],
  [KCSP.chair, 'remove Daniel Okafor from the office of vice-chair'],
  [KCSP.chair, 'remove Mr Okafor from his office'],
  [KCSP.chair, 'dismiss the vice-chair'],
  [KCSP.chair, 'vote on the removal of the vice-chair'],
  [KCSP.chair, 'vote on removing the vice-chair'],
  [KCSP.chair, 'vote on whether to remove the vice-chair'],
  [KCSP.chair, 'vote on whether the vice-chair should be removed'],
  [KCSP.chair, "let's vote on the removal of the vice-chair"],
  [KCSP.chair, "we'll now take a vote on the removal of the vice-chair"],
  [KCSP.chair, 'take a vote to remove the vice-chair'],
  [KCSP.chair, 'call a vote on the removal of Daniel Okafor'],
  [KCSP.chair, 'hold the vote on removing Daniel Okafor as vice-chair'],
  [KCSP.chair, 'open the vote on the removal'],
  [KCSP.chair, 'put the removal to the vote'],
  [KCSP.chair, 'put the removal of the vice-chair to the vote'],
  [KCSP.chair, 'put the removal of Daniel Okafor as vice-chair to the vote for five minutes'],
  [KCSP.chair, 'put the removal of the vice-chair under B1 to the vote with the tally hidden'],
  [KCSP.chair, 'move the removal of the vice-chair'],
  [KCSP.chair, 'put B1 to the vote'],
  [KCSP.chair, 'vote on B1'],
  [KCSP.chair, 'B1 goes to the vote'],
  [CLERK, 'put the removal of the vice-chair to the vote for KCSP'],
  [CLERK, 'remove the vice-chair of KCSP'],
  [CLERK, 'Hi Quorate, could you put the removal of the Vice-Chair to the vote, thanks'],
]

test.each(MEANT)('%s: “%s” puts the removal to the vote', async (name, sentence) => {
  const answer = await house.say(name, sentence)
  expect(textOf(answer)).toContain('Moved: Daniel Okafor be removed from the office of Vice-Chair')
  expect(house.acts.at(-1)).toMatchObject({ outcome: 'done' })
  expect(['votes.remove', 'votes.open']).toContain(house.acts.at(-1)?.act)
  const motion = await here.motion()
  const withdrawn = await house.press(KCSP.chair, { command: 'votes.withdraw', subject: motion })
  expect(textOf(withdrawn)).toContain('It was withdrawn.')
})

const NOT_MEANT = [
  'we should remove the item',
  'remove me from the list',
  'remove the vice-chair from the mailing list',
  'remove the chairs from the room',
  "remove the chair's paper",
  'the vice-chair was removed last year',
  'should we remove the vice-chair?',
  'can we remove the vice-chair?',
  'shall we vote on the removal of the vice-chair?',
  'vote on the removal of the vice-chair?',
  'remove the vice-chair?',
  'is the removal of the vice-chair on the agenda?',
  'who wants to remove the vice-chair?',
  'I would not remove the vice-chair',
  'I am against the removal of the vice-chair',
  'I am against removing Daniel',
  'do not remove the vice-chair',
  "don't put the removal to the vote",
  'the removal of the vice-chair is a sad affair',
  'the removal of the vice-chair',
  'removal of the vice-chair',
  'we talked about the removal of the vice-chair',
  'remove the vice-chair from office next year',
  'remove the graffiti',
  'remove the wording about the vice-chair',
  'remove the barriers as the chair suggested',
  'vote on the removal of the bollards',
  'put the removal of the bollards to the vote',
  'remove the last line',
  'remove that',
  'remove it',
  'remove the motion',
  'remove my name from the minutes',
  'please remove my apologies',
  'remove Daniel',
  'remove Daniel Okafor',
  'remove Daniel from the group chat',
  'if the vice-chair is removed, who acts?',
  'when will we vote on the removal of the vice-chair?',
  'vote on the removal of the vice-chair at the next meeting',
  'put the removal of the vice-chair to the vote next year',
  'I propose we do not remove the vice-chair',
  'thank you for removing the heading',
  'dismiss this message',
  'dismiss',
  'the vice-chair cannot be removed by four votes',
  'remove the draft from the chair',
  'remove the names of the chairs',
]

test('at least 25 are meant and 40 are not', () => {
  expect(MEANT.length).toBeGreaterThanOrEqual(25)
  expect(NOT_MEANT.length).toBeGreaterThanOrEqual(40)
})

test.each(NOT_MEANT)('“%s” removes nobody, whoever says it', async (sentence) => {
  const before = await written(here)
  for (const name of [KCSP.chair, CLERK, KCSP.fire]) {
    const answer = await house.say(name, sentence)
    if ('of' in answer && answer.of === 'act') expect.unreachable(`${name}: ${house.acts.at(-1)?.act}`)
  }
  expect(await written(here)).toEqual(before)
})

test.each([KCSP.fire, EIGHT[1] ?? ''])('who does not preside is refused: %s', async (name) => {
  const before = await written(here)
  expect(textOf(await house.say(name, 'put the removal of the vice-chair to the vote'))).toContain('not yours to do')
  expect(await written(here)).toEqual(before)
})

test('of who holds no office it is said so', async () => {
  expect(textOf(await house.say(KCSP.chair, 'remove Tom Beresford from office'))).toContain('Whoever is named does not hold')
})

test('where no item gives notice of it, it is said what to do', async () => {
  const before = await written(here)
  expect(textOf(await house.say(KCSP.chair, 'remove the chair'))).toContain(
    'No item of this meeting gives notice of that removal.',
  )
  expect(await written(here)).toEqual(before)
})

test('what may also be the roster’s is asked about', async () => {
  const before = await written(here)
  expect(textOf(await house.say(CLERK, 'remove Daniel Okafor as vice-chair'))).toContain('Which do you mean?')
  expect(await written(here)).toEqual(before)
})
