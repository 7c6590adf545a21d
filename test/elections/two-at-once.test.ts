import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Answer } from '../../src/bot.js'
import { agendaOf, callMeeting } from '../agenda/setting.js'
import { personCalled, setUpBoard, WORKING_GROUP_ROSTER } from '../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../house.js'
import { refusal } from './setting.js'

const CLERK = 'Grace Holloway'
const [FIRE, COUNTY, HEALTH, POLICE, OPCC, PROBATION] = [
  'Aisha Rahman',
  'Moira Lennox',
  'Dr Simon Kerr',
  'Ruth Hale',
  'Joseph Brand',
  'Leon Carter',
] as const
/** The working group elects its chair and its vice-chair: Aisha Rahman is in the chair. */
const EVERYBODY = [FIRE, COUNTY, HEALTH, POLICE, OPCC, PROBATION]

let house: TestHouse
let meeting: string
const at = (hour: string) => house.clock.set(`2027-01-14T${hour}:00Z`)
const say = (hour: string, name: string, words: string): Promise<Answer> => {
  at(hour)
  return house.say(name, words)
}

beforeEach(async () => {
  house = await openTestHouse()
  const board = await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
  meeting = await callMeeting(house, board, '2027-01-14')
  const agenda = agendaOf(house, meeting)
  for (const title of ['Election of Chair', 'Election of Vice-Chair']) await agenda.has(title, 'B')
  at('10:00')
  await house.press(CLERK, { command: 'attendance.open', subject: meeting })
  for (const name of EVERYBODY)
    await house.press(name, { command: 'attendance.arrive', subject: meeting, values: { mode: 'room' } })
  for (const [title, names] of [
    ['Election of Chair', [HEALTH, COUNTY]],
    ['Election of Vice-Chair', [POLICE, OPCC]],
  ] as const)
    for (const name of names) {
      const subject = await agenda.id(title)
      await house.press(PROBATION, {
        command: 'elections.nominate',
        subject,
        values: { nominee: await personCalled(house, name) },
      })
      const election = await electionTo(title === 'Election of Chair' ? 'chair' : 'vice-chair')
      await house.press(name, { command: 'elections.answer', subject: election, values: { answer: 'accepted' } })
    }
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const electionTo = async (office: 'chair' | 'vice-chair'): Promise<string> =>
  (await house.handles.reading.selectFrom('election').select('id').where('office', '=', office).executeTakeFirstOrThrow()).id

const ballotOf = async (office: 'chair' | 'vice-chair'): Promise<string> =>
  (
    await house.handles.reading
      .selectFrom('election_ballot')
      .select('id')
      .where('election_id', '=', await electionTo(office))
      .executeTakeFirstOrThrow()
  ).id

test('which of two ballots is meant is asked, and a choice of the one is none of the other', async () => {
  expect(textOf(await say('10:05', FIRE, 'open the ballot closing by hand'))).toContain('Which do you mean?')
  await say('10:05', FIRE, 'open the ballot for chair in secret closing by hand')
  await say('10:05', FIRE, 'open the ballot for vice-chair closing by hand')
  expect(textOf(await say('10:06', FIRE, 'close the ballot'))).toContain('Which do you mean?')
  const kerr = { choice: await personCalled(house, HEALTH) }
  expect(
    refusal(await house.press(FIRE, { command: 'elections.cast', subject: await ballotOf('vice-chair'), values: kerr })).code,
  ).toBe('invalid')
  for (const name of EVERYBODY)
    await house.press(name, { command: 'elections.cast', subject: await ballotOf('chair'), values: kerr })
  expect(textOf(await say('10:07', FIRE, 'I vote for Ruth Hale'))).toContain('The vote of KFRS is in, by you')
  expect(textOf(await say('10:08', FIRE, 'close the ballot for chair'))).toContain(
    'RESOLVED that Dr Simon Kerr be elected Chair.',
  )
  // He presides from then on.
  expect(refusal(await say('10:09', FIRE, 'close the ballot')).code).toBe('not_permitted')
  expect(textOf(await say('10:09', HEALTH, 'close the ballot'))).toContain('RESOLVED that Ruth Hale be elected Vice-Chair.')
  const held = await house.handles.reading
    .selectFrom('office')
    .innerJoin('person', 'person.id', 'office.person_id')
    .where('until_day', 'is', null)
    .where('office.office', '!=', 'clerk')
    .select(['office.office', 'person.name'])
    .execute()
  expect(held).toContainEqual({ office: 'chair', name: HEALTH })
  expect(held).toContainEqual({ office: 'vice-chair', name: POLICE })
  expect(held).not.toContainEqual({ office: 'chair', name: FIRE })
})

test('a vice-chair who is elected chair leaves the vice-chair vacant', async () => {
  at('10:05')
  const chair = await electionTo('chair')
  await house.press(HEALTH, { command: 'elections.answer', subject: chair, values: { answer: 'withdrawn' } })
  expect(textOf(await house.press(FIRE, { command: 'elections.elect', subject: chair }))).toContain(
    'Moira Lennox be elected Chair',
  )
  const held = await house.handles.reading
    .selectFrom('office')
    .innerJoin('person', 'person.id', 'office.person_id')
    .where('person.name', '=', COUNTY)
    .select(['office.office', 'until_day'])
    .execute()
  expect(held).toContainEqual({ office: 'chair', until_day: null })
  expect(held).toContainEqual({ office: 'vice-chair', until_day: '2027-01-14' })
})
