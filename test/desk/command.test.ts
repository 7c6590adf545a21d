import { afterEach, beforeEach, expect, test } from 'vitest'
import { Doubt } from '../../src/kernel/refusal.js'
import { openTestHouse, type TestHouse, textOf } from '../house.js'

let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse()
})
afterEach(() => house.close())

const offered = async (name: string) => {
  const lines = textOf(await house.say(name, 'help')).split('\n')
  return lines.filter((line) => line.includes(' | ') && !line.startsWith('Say')).map((line) => line.split(' | ')[0])
}

/** What every member may see and do at any time; the vice-chair is vacant, and the next agenda has the election. */
const MEMBERS = [
  'decisions',
  'nominate NAME as vice-chair',
  'papers',
  'agenda',
  'propose an item',
  'meetings',
  'my calendar',
  'what is due',
  'roster',
  'terms',
]

test('help offers a member what they have not done yet', async () => {
  expect(await offered('Daniel Okafor')).toEqual([
    'home',
    "I'll be there",
    'apologies for the next meeting',
    'apologies for the next meeting, NAME will substitute',
    'name a substitute',
    'who is coming',
    ...MEMBERS,
  ])
})

test('help offers one who has sent apologies to come after all', async () => {
  await house.say('Daniel Okafor', 'apologies for the next meeting')
  expect(await offered('Daniel Okafor')).toEqual([
    'home',
    'I can come after all',
    'apologies for the next meeting, NAME will substitute',
    'name a substitute',
    'who is coming',
    ...MEMBERS,
  ])
})

test('help offers the clerk what a clerk may do', async () => {
  expect(await offered('Grace Holloway')).toEqual([
    'home',
    'apologies from Cllr Owen Pryce for the next meeting',
    'who is coming',
    'decisions',
    'NAME nominates NAME as vice-chair',
    'papers',
    'circulate the papers',
    'who has been sent what',
    'agenda',
    'propose an item',
    'standing items',
    'meetings',
    'call a meeting',
    'propose dates for 2027',
    'my calendar',
    'calendar of KCSP',
    'what is due',
    'remind everyone tomorrow at 9 about WHAT',
    'roster',
    'terms',
    'read a roster',
    'new terms',
    'set up a board',
    'who can be reached',
    'code for NAME',
  ])
})

test('help says to one who has nothing to do here whom to ask', async () => {
  expect(textOf(await house.say('Ruth Hale', 'help'))).toContain('Ask its clerk.')
})

/** What is offered, of somebody of whom it can be said. */
const named = (words: string, speaker: string): string =>
  words
    .replace('NAME nominates NAME', 'Helen Marsh nominates Dr Simon Kerr')
    .replace('nominate NAME', 'nominate Aisha Rahman')
    .replace('NAME', speaker === 'Nadia Flynn' ? 'Rob Tilley' : 'Ruth Hale')

test('everything that help offers is understood', async () => {
  for (const name of ['Daniel Okafor', 'Grace Holloway', 'Nadia Flynn']) {
    for (const words of await offered(name)) {
      const answer = await house.say(name, named(words ?? '', name))
      // Of what is not taken back the bot asks first: the agenda is a draft.
      const asks = answer.kind === 'refusal' && answer.refusal instanceof Doubt
      expect({ words, kind: asks ? 'asks' : answer.kind, text: textOf(answer) }).not.toMatchObject({ kind: 'refusal' })
    }
  }
})

const OF_THE_ROOM =
  /^(?:I'm here|my connection|who is here|are we quorate|declare|mark|NAME (?:is|presides)|no declarations|correct|agenda)/

test('at the meeting help offers what can be said in the room, and all of it is understood', async () => {
  house.clock.set('2026-12-16T10:00:00Z')
  await house.say('Grace Holloway', 'open the meeting')
  await house.say('Cllr Margaret Ashdown', "I'm here")
  expect(await offered('Daniel Okafor')).toContain("I'm here")
  expect(await offered('Cllr Margaret Ashdown')).toContain("I'm leaving")
  house.clock.set('2026-12-16T10:55:00Z')
  for (const name of ['Grace Holloway', 'Daniel Okafor', 'Cllr Margaret Ashdown']) {
    for (const words of (await offered(name)).filter((one) => OF_THE_ROOM.test(one ?? ''))) {
      const answer = await house.say(name, (words ?? '').replace('NAME', 'Cllr Margaret Ashdown'))
      const code = answer.kind === 'refusal' ? answer.refusal.code : 'done'
      expect({ words, code }).not.toMatchObject({ code: 'unclear' })
    }
  }
})
