import { afterEach, beforeEach, expect, test } from 'vitest'
import { agendaOf, callMeeting, done } from '../../../agenda/setting.js'
import { boardCalled, GRAVESHAM_ROSTER, setUpBoard } from '../../../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../../../house.js'
import { CHAIR, CLERK, COUNTY, decidingAt, FIRE, POLICE } from '../../setting.js'

/** Of the Executive Group, without a seat. */
const DIRECTOR = 'Philippa Stroud'
const REPORT = 'Report of Decision 1, taken between meetings'

let house: TestHouse
let board: string
beforeEach(async () => {
  house = await openTestHouse()
  board = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const decide = () =>
  done(
    house.press(DIRECTOR, {
      command: 'votes.delegate',
      subject: board,
      values: {
        text: 'The grant be spent at once',
        trigger: 'The offer ends on Friday.',
        consulted: 'Kent Police, by telephone.',
      },
    }),
  )
const agenda = async (meeting: string) => (await agendaOf(house, meeting).shown()).filter((title) => title.includes('Report of'))

test('what was decided between meetings stands on the agenda of the next, once', async () => {
  const meeting = await callMeeting(house, board, '2026-12-17')
  await decide()
  expect(await agenda(meeting)).toEqual([`B1 ${REPORT}`])
  const later = await callMeeting(house, board, '2027-01-20')
  expect(await agenda(later)).toEqual([])
  expect(await agenda(meeting)).toEqual([`B1 ${REPORT}`])
})

test('a meeting that is called afterwards is given it', async () => {
  await decide()
  const meeting = await callMeeting(house, board, '2026-12-17')
  expect(await agenda(meeting)).toEqual([`B1 ${REPORT}`])
})

test('where the next meeting is cancelled it goes to the one after', async () => {
  const meeting = await callMeeting(house, board, '2026-12-17')
  const later = await callMeeting(house, board, '2027-01-20')
  await decide()
  await done(house.press(CLERK, { command: 'meetings.cancel', subject: meeting, values: { why: 'No business.' } }))
  expect(await agenda(later)).toEqual([`B1 ${REPORT}`])
})

test('an agreed agenda takes it as a late item, which says why', async () => {
  const meeting = await callMeeting(house, board, '2026-12-17')
  await done(house.press(DIRECTOR, { command: 'agenda.agree', subject: meeting, values: { allTheSame: 'yes' } }))
  await decide()
  expect(await agenda(meeting)).toEqual([`B1 ${REPORT}`])
  const row = await house.handles.reading
    .selectFrom('item')
    .where('title', '=', REPORT)
    .select('late_reason')
    .executeTakeFirstOrThrow()
  expect(row.late_reason).toBe(
    'It was decided between meetings, on Sunday 22 November 2026, and is reported to the next meeting.',
  )
})

test('at the meeting it waits until it is reported, and to an earlier meeting nothing is', async () => {
  const meeting = await callMeeting(house, board, '2026-12-17')
  await decide()
  const here = decidingAt(house, meeting)
  await here.room('10:00', CLERK, 'attendance.open')
  for (const name of [CHAIR, FIRE, POLICE, COUNTY]) await here.room('10:00', name, 'attendance.arrive', { mode: 'room' })
  expect(textOf(await here.say('10:01', CHAIR, 'business'))).toContain('DECIDED BETWEEN MEETINGS, TO BE REPORTED')
  const { id } = await house.handles.reading.selectFrom('decision').select('id').executeTakeFirstOrThrow()
  const kcsp = await house.handles.reading
    .selectFrom('meeting')
    .where('board_id', '=', (await boardCalled(house, 'KCSP')) ?? '')
    .select('id')
    .executeTakeFirstOrThrow()
  const report = (to: string) => house.press(CHAIR, { command: 'votes.report', subject: id, values: { meeting: to } })
  expect(textOf(await report(kcsp.id))).toContain('It is reported to a meeting that was opened after it was decided.')
  await done(report(meeting))
  expect(textOf(await here.say('10:02', CHAIR, 'business'))).not.toContain('TO BE REPORTED')
})
