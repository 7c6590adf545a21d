import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLERK, PORTFOLIO_HOLDER } from '../../agenda/setting.js'
import { GRAVESHAM_ROSTER, setUpBoard } from '../../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../../house.js'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
  await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
})
afterAll(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

/** Nothing was held: a sentence that was understood says so of its board and year. */
const about = async (sentence: string, who = CLERK): Promise<string> => {
  const said = textOf(await house.say(who, sentence))
  return /No meeting of (.+ in \d{4}) has been/.exec(said)?.[1] ?? /\d{4} has not begun/.exec(said)?.[0] ?? said
}

describe('who asks for the attendance of a year is understood', () => {
  test.each([
    ['attendance for 2026, KCSP', 'KCSP in 2026'],
    ['attendance of KCSP for 2026', 'KCSP in 2026'],
    ['attendance record of KCSP for 2026', 'KCSP in 2026'],
    ['KCSP attendance in 2025', 'KCSP in 2025'],
    ['Show attendance over the year for KCSP', 'KCSP in 2026'],
    ['Please show me the attendance figures of the KCSP for 2025, thanks', 'KCSP in 2025'],
    ["Gravesham CSP's attendance by organisation last year", 'Gravesham CSP in 2025'],
    ['the 2025 attendance of Gravesham CSP', 'Gravesham CSP in 2025'],
    ['annual attendance for KCSP', 'KCSP in 2026'],
    ['attendance for the year 2024 for KCSP', 'KCSP in 2024'],
    ['What was the attendance of KCSP in 2025?', 'KCSP in 2025'],
    ['could you export the attendance of KCSP for 2025 as CSV?', 'KCSP in 2025'],
    ['attendance for 2027 of KCSP', '2027 has not begun'],
  ])('%s', async (sentence, is) => {
    expect(await about(sentence)).toBe(is)
  })

  test.each(['attendance for 2026', 'attendance in 2026', 'show attendance over the year', 'our attendance this year'])(
    '%s: by who has to do with one board',
    async (sentence) => {
      expect(await about(sentence, PORTFOLIO_HOLDER)).toBe('Gravesham CSP in 2026')
    },
  )

  test('who has to do with several boards and names none is asked which', async () => {
    const asked = textOf(await house.say(CLERK, 'attendance for 2026'))
    expect(asked).toContain('Which do you mean?')
    expect(asked).toContain('[Attendance 2026: Gravesham CSP] [Attendance 2026: KCSP]')
  })

  test('in a board’s own place it is that board', async () => {
    expect(textOf(await house.say(CLERK, 'attendance for 2026', { inChannel: true }))).toContain('No meeting of KCSP in 2026')
  })
})

describe('what only looks so is not', () => {
  test.each([
    'your attendance at the meeting of 2026 is required',
    'your attendance in 2026',
    'my attendance this year',
    "Daniel Okafor's attendance in 2026",
    'attendance in 2026 was poor',
    'the attendance of the last year has been a disgrace',
    'attendance for the meeting of 20 January 2026',
    'attendance on 20 January 2026',
    'attendance for 16 December',
    'attendance for 20260',
    'attendance for 2025 and 2026',
    'no attendance for 2026',
    'do not show attendance for 2026',
    'attendance allowance for 2026',
    'thank you for your attendance this year',
    'attendance next year',
    'attendance is expected all year',
  ])('%s', async (sentence) => {
    expect(await about(sentence)).not.toMatch(/^(?:KCSP|Gravesham CSP) in|has not begun|Attendance \d/)
  })
})
