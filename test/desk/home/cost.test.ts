import { afterEach, expect, test } from 'vitest'
import { callMeeting } from '../../agenda/setting.js'
import { boardCalled, DARDR_ROSTER, GRAVESHAM_ROSTER, setUpBoard } from '../../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../../house.js'

const MEMBER = 'Daniel Okafor'
const CLERK = 'Grace Holloway'

let house: TestHouse
let statements: string[] = []
afterEach(() => house.close())

/** The statements of the page of somebody, from the platform's door to the card. */
async function costOf(name: string): Promise<number> {
  statements = []
  const answer = await house.press(name, { command: 'desk.home', subject: 'home' })
  if (answer.kind !== 'card') throw new Error(textOf(answer))
  return statements.length
}

const open = async (): Promise<string> => {
  house = await openTestHouse({ executed: (sql) => statements.push(sql) })
  await house.outbox.close()
  return (await boardCalled(house, 'KCSP')) ?? ''
}

/** Two meetings of a board, which are as many as the page shows. */
const twoMeetings = async (board: string, days: readonly string[]): Promise<void> => {
  for (const day of days) await callMeeting(house, board, day)
}

test.each([
  { who: 'a member', name: MEMBER, one: 23, three: 75 },
  { who: 'the clerk', name: CLERK, one: 44, three: 118 },
])('the page of $who: $one statements for one board, $three for three', async ({ name, one, three }) => {
  const kcsp = await open()
  await twoMeetings(kcsp, ['2027-01-20'])
  expect(await costOf(name)).toBe(one)
  await twoMeetings(await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER), ['2026-12-17', '2027-01-21'])
  await twoMeetings(await setUpBoard(house, 'dardr-steering-group-2025', DARDR_ROSTER), ['2026-12-18', '2027-01-22'])
  expect(await costOf(name)).toBe(three)
})

test.each([MEMBER, CLERK])('however many meetings and people a board has, the page of %s costs the same', async (name) => {
  const kcsp = await open()
  await twoMeetings(kcsp, ['2027-01-20'])
  const before = await costOf(name)
  await twoMeetings(kcsp, ['2027-02-17', '2027-03-17', '2027-04-21', '2027-05-19', '2027-06-16', '2027-07-14'])
  expect(await costOf(name)).toBe(before)
  for (const person of ['Ada North', 'Ben South', 'Cat East']) {
    const to = JSON.stringify({ as: 'colleague', organisation: 'Kent Police' })
    await house.press(CLERK, { command: 'boards.appoint', subject: kcsp, values: { to, name: person } })
  }
  for (const member of ['Helen Marsh', 'Tom Beresford', 'Aisha Rahman', 'Dr Simon Kerr'])
    await house.say(member, "I'll be there on the 16th")
  expect(await costOf(name)).toBe(before)
})
