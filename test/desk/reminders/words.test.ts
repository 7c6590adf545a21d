import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setUpBoard, WORKING_GROUP_ROSTER } from '../../boards.js'
import { openTestHouse, sendAll, type TestHouse, textOf } from '../../house.js'

const CLERK = 'Grace Holloway'
const MEMBER = 'Daniel Okafor'

/** It is Sunday 22 November 2026, 10:00. */
let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse()
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const said = async (who: string, words: string) => textOf(await house.say(who, words))

describe('whom, when and of what are read in any of these ways', () => {
  test.each([
    [
      'remind everyone on Monday at 9 about the scrutiny date',
      'On Monday 23 November 2026, 09:00 I remind everyone: the scrutiny date',
    ],
    [
      'Hi Quorate, could you please remind everyone on Monday at 9 about the scrutiny date, thanks!',
      'On Monday 23 November 2026, 09:00 I remind everyone: the scrutiny date',
    ],
    ['can you remind everyone on Monday at 9 about the venue?', 'On Monday 23 November 2026, 09:00 I remind everyone: the venue'],
    [
      'remind everyone about the scrutiny date on Monday at 9',
      'On Monday 23 November 2026, 09:00 I remind everyone: the scrutiny date',
    ],
    ['remind everybody tomorrow of the venue', 'On Monday 23 November 2026, 09:00 I remind everyone: the venue'],
    [
      'remind the members on 3 December at half past two that the venue has changed',
      'On Thursday 3 December 2026, 14:30 I remind the members: the venue has changed',
    ],
    ['remind the chair on Friday at noon about her speech', 'On Friday 27 November 2026, 12:00 I remind the chair: her speech'],
    ['remind me tomorrow at 9.15 to ring the police', 'On Monday 23 November 2026, 09:15 I remind you: ring the police'],
    [
      'remind Daniel Okafor on 3 December to bring the figures',
      'On Thursday 3 December 2026, 09:00 I remind Daniel Okafor: bring the figures',
    ],
    [
      'remind Mr Okafor on 3 December to bring the figures',
      'On Thursday 3 December 2026, 09:00 I remind Daniel Okafor: bring the figures',
    ],
    // On the roster, with no seat.
    [
      'remind Ruth Hale on 3 December to bring the figures',
      'On Thursday 3 December 2026, 09:00 I remind Ruth Hale: bring the figures',
    ],
    // Of what is not read for a day.
    [
      'remind everyone on Tuesday about the meeting on Wednesday',
      'On Tuesday 24 November 2026, 09:00 I remind everyone: the meeting on Wednesday',
    ],
    ['remind everyone today at 11 about the fire drill', 'On Sunday 22 November 2026, 11:00 I remind everyone: the fire drill'],
  ])('%s', async (words, planned) => {
    expect(await said(CLERK, words)).toBe(`The reminder is planned\n${planned}`)
  })
})

describe('a day that is none is said to be none, and nothing is planned', () => {
  test.each([
    ['remind everyone on 31 February about the venue', 'There is no 31 February. Say the right day.'],
    [
      'remind everyone on Tuesday 2 December 2026 about the venue',
      '2 December 2026 is a Wednesday, not a Tuesday. Say the right day.',
    ],
    ['remind everyone on 1 November 2026 about the venue', 'Sunday 1 November 2026, 09:00 has passed. Choose a moment to come.'],
    ['remind everyone today at 9 about the venue', 'Sunday 22 November 2026, 09:00 has passed. Choose a moment to come.'],
    ['remind everyone on 22 November 2028 at 9 about x', null],
    ['remind everyone on 23 November 2028 about x', 'Thursday 23 November 2028 is more than two years ahead: check the year.'],
    [
      'remind everyone on 28 March 2027 at 01:30 about x',
      'There is no 01:30 on Sunday 28 March 2027: the clocks go forward. Choose another hour.',
    ],
  ])('%s', async (words, wrong) => {
    const answer = await said(CLERK, words)
    if (wrong === null) expect(answer).toMatch(/^The reminder is planned/)
    else expect(answer).toBe(`Not done\n${wrong}`)
    const rows = await house.handles.reading.selectFrom('said_reminder').selectAll().execute()
    expect(rows).toHaveLength(wrong === null ? 1 : 0)
  })
})

describe('what is not wholly understood does nothing', () => {
  test.each([
    'remind everyone about the venue',
    'remind everyone on Monday',
    'remind everyone on Monday or Tuesday about the venue',
    'remind everyone on Monday at 9 and at 10 about the venue',
    'remind everyone some day about the venue',
    'remind everyone yesterday about the venue',
    'remind nobody on Monday at 9 about it',
    'remind Zebedee on Monday at 9 about it',
    'remind everyone on Monday at 9 about the venue?',
    'that reminds me of the scrutiny date on Monday',
    'apologies, this is due to illness',
  ])('%s', async (words) => {
    expect(await house.say(CLERK, words)).toMatchObject({ kind: 'refusal', refusal: { code: 'unclear' } })
    expect(await house.handles.reading.selectFrom('said_reminder').selectAll().execute()).toEqual([])
  })
})

test('of a day that may be two it is asked which', async () => {
  house.clock.set('2026-11-25T08:00:00Z')
  const answer = await said(CLERK, 'remind everyone this Wednesday at 9 about the venue')
  expect(answer).toContain('[KCSP: remind everyone on Wednesday 25 November 2026, 09:00]')
  expect(answer).toContain('[KCSP: remind everyone on Wednesday 2 December 2026, 09:00]')
  expect(await house.handles.reading.selectFrom('said_reminder').selectAll().execute()).toEqual([])
})

test('of two boards it is asked which, unless it is said', async () => {
  await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
  const answer = await said(CLERK, 'remind everyone on Monday at 9 about the venue')
  expect(answer).toContain('[KCSP: remind everyone on Monday 23 November 2026, 09:00]')
  expect(answer.match(/\[[^\]]*: remind everyone on /g)).toHaveLength(2)
  expect(await said(CLERK, 'KCSP: remind everyone on Monday at 9 about the venue')).toMatch(/^The reminder is planned/)
})

describe('what is due', () => {
  test.each([
    'what is due',
    "what's due?",
    'What is due for me?',
    'what is outstanding',
    'what do I have to do?',
    'my duties',
    'show the planned reminders',
    'Please, what is still due? Thanks',
    'what is due for KCSP',
    'what is due for the Kent Community Safety Partnership?',
  ])('%s', async (words) => {
    expect(await said(MEMBER, words)).toContain('Say whether you come: KCSP, Wednesday 16 December 2026')
  })
})

describe('said after a reminder', () => {
  beforeEach(async () => {
    await house.tick()
    await sendAll(house)
    house.clock.set('2026-12-02T09:00:00Z')
    await house.tick()
    await sendAll(house)
  })

  test.each(['remind me tomorrow', 'Please remind me again tomorrow', 'remind me the next working day'])('%s', async (words) => {
    expect(await said(MEMBER, words)).toBe(
      'I will remind you\nAgain on Thursday 3 December 2026, 09:00, if there is still reason to.',
    )
  })

  test.each(['not this one', "don't remind me of this again", 'stop reminding me about this'])('%s', async (words) => {
    expect(await said(MEMBER, words)).toContain('I remind you of this no more. What you have to do stands.')
  })

  test('about a message of several it is asked which, each by its own words', async () => {
    for (const words of ['the venue', 'the scrutiny date']) await said(CLERK, `remind the chair on Friday at 9 about ${words}`)
    house.clock.set('2026-12-04T09:00:00Z')
    await house.tick()
    await sendAll(house)
    const answer = await said('Cllr Margaret Ashdown', 'remind me tomorrow')
    expect(answer).toContain('[Remind me tomorrow: “the venue”]')
    expect(answer).toContain('[Remind me tomorrow: “the scrutiny date”]')
  })
})

test.each(['remind me tomorrow', 'not this one'])('“%s” by one who was reminded of nothing', async (words) => {
  expect(await said(MEMBER, words)).toBe('Not done\nI have not reminded you of anything yet.')
})
