import { expect, test } from 'vitest'
import { frontSheetInText } from '../../src/agenda/front-sheet/text.js'
import { boardCalled, KCSP_ROSTER } from '../boards.js'
import { openTestHouse, textOf } from '../house.js'
import { july2025, printedWords } from './front-sheet/sheets.js'
import { agendaOf, CHAIR, CLERK, callMeeting, done } from './setting.js'

/** The clerk of that day; the telephone number, which the scan lost, is made up. */
const ROSTER = `${KCSP_ROSTER.trimEnd()
  .split('\n')
  .filter((line) => !line.includes(CLERK))
  .join('\n')}
Kent County Council,,,,,,in attendance,Gaetano Romagnuolo,Democratic Services Officer,gaetano.romagnuolo@kent.gov.uk,03000 000000,,clerk,,,
`

test('the front sheet of 23 July 2025, made as a clerk makes it, is the county’s word for word', async () => {
  const house = await openTestHouse({ at: '2025-02-03T10:00:00Z' })
  const board = (await boardCalled(house, 'KCSP')) ?? ''
  const march = { day: '2025-03-25', time: '10:00', allTheSame: 'yes' }
  await done(house.press(CLERK, { command: 'meetings.move', subject: await house.meeting(), values: march }))
  const meeting = await callMeeting(house, board, '2025-07-23')
  // Nobody opens the meeting of March here: the election that it was to hold passes on to this one.
  house.clock.set('2025-03-25T13:00:00Z')
  await house.bot.doDue()
  house.clock.set('2025-07-01T09:00:00Z')
  const agenda = agendaOf(house, meeting)
  expect(await agenda.shown()).toEqual([
    'A1 Introduction',
    'A2 Apologies and Substitutes',
    'A3 Declarations of Interest',
    'A4 Notes of meeting held on 25 March 2025',
    'A5 Election of Vice-Chair',
    'C1 Dates of future meetings',
    'C2 Any other business',
  ])
  for (const words of [
    'propose an item for information: Kent Community Safety Agreement Update',
    'place P1 in B',
    'B1 is a paper for information, pages 9 to 20, by Ms S Brinson',
    'propose an item for decision: Kent Community Safety Partnership Terms of Reference Review',
    'place P1 in B',
    'B2: pages 27-42',
    'propose an item for information: “Kent Community Safety Partnership Working Group Update”',
    'place P1 in B as number 2',
    'item B2, pages 21 to 26',
    'propose an item: Safer Summer and Hotspot Policing Plan Update',
    'propose an item: Domestic Abuse Update',
    'place P2 in B',
    'place P1 in section B as 4',
    'B4 is a presentation for information',
    'propose an item: Kent and Medway PREVENT Duty Delivery Board Update',
    'put P1 under D',
    'propose an item: Kent and Medway Domestic Abuse Related Death Review Update',
    'put P1 in D',
    'move D2 before D1',
    'A4, pages 1 to 8',
    'withdraw C2 because the chair takes it under C1',
  ]) {
    // What is proposed at one instant has no order.
    house.clock.forward({ seconds: 1 })
    expect((await done(house.say(CLERK, words))).split('\n')[1], words).toMatch(/^The item is /)
  }
  await done(
    house.press(CLERK, {
      command: 'boards.read_roster',
      subject: board,
      values: { file: Buffer.from(ROSTER).toString('base64') },
    }),
  )
  const { id: file } = await house.handles.reading.selectFrom('roster_file').select('id').executeTakeFirstOrThrow()
  await done(house.press(CLERK, { command: 'boards.import_roster', subject: file }))
  expect(await done(house.say(CHAIR, 'agree the agenda'))).toContain('The agenda is agreed')

  const printed = textOf(await agenda.press(CHAIR, 'agenda.print'))
  expect(printed.replace(' 03000 000000', '').split(/\s+/).filter(Boolean)).toEqual(printedWords)
  expect(printed).toBe(frontSheetInText(july2025))
  const sheet = await house.say(CHAIR, 'print the agenda')
  expect(sheet.kind === 'document' && sheet.document.fileName).toBe('agenda-kcsp-2025-07-23')
  expect(sheet.kind === 'document' && sheet.document.html).toContain('mailto:gaetano.romagnuolo@kent.gov.uk')
  expect(house.faults).toEqual([])
  await house.close()
})
