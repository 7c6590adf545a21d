import { afterEach, expect, test } from 'vitest'
import { delivered } from '../agenda/setting.js'
import { textOf } from '../house.js'
import { CHAIR, CLERK, type Deciding, FIRE, graveshamInSession, NHS, POLICE, PROBATION } from './setting.js'

let here: Deciding
afterEach(() => here.house.close())

const FOUR = [CHAIR, FIRE, POLICE, PROBATION]

async function putToTheVote(ends: 'hand' | 'all' = 'hand'): Promise<void> {
  await here.on('10:05', CHAIR, 'B1', 'votes.put', { text: 'The grant be spent on street lighting' })
  await here.on('10:06', CHAIR, 'B1', 'votes.open', { ends })
}
const cast = (name: string, choice: string) => here.press('10:07', name, 'votes.cast', { choice })

test('a motion that was withdrawn in its vote is not decided by the close of the meeting', async () => {
  here = await graveshamInSession(FOUR)
  await putToTheVote()
  for (const name of [CHAIR, FIRE]) await cast(name, 'for')
  expect(textOf(await here.press('10:08', CHAIR, 'votes.withdraw'))).toContain('withdrawn')
  await here.room('10:30', CHAIR, 'attendance.close', { allTheSame: 'yes' })
  expect(await here.register()).toEqual([])
  expect(await stateOfMotion()).toBe('withdrawn')
})

async function stateOfMotion(): Promise<string> {
  const { state } = await here.house.handles.reading
    .selectFrom('motion')
    .where('meeting_id', '=', here.meeting)
    .select('state')
    .executeTakeFirstOrThrow()
  return state
}

test('who comes after a motion was withdrawn is told nothing of it', async () => {
  here = await graveshamInSession(FOUR)
  await putToTheVote()
  await here.press('10:08', CHAIR, 'votes.withdraw')
  await delivered(here.house)
  here.house.sent.length = 0
  await here.room('10:10', NHS, 'attendance.arrive', { mode: 'room' })
  await delivered(here.house)
  expect(here.house.sentTo(NHS).filter((plain) => plain.includes('B1 Street lighting'))).toEqual([])
})

test('a vote that was withdrawn is not closed at its time, minute by minute', async () => {
  here = await graveshamInSession(FOUR)
  await here.on('10:05', CHAIR, 'B1', 'votes.put', { text: 'The grant be spent on street lighting' })
  await here.on('10:06', CHAIR, 'B1', 'votes.open', { minutes: '5' })
  await here.press('10:08', CHAIR, 'votes.withdraw')
  for (const minute of ['10:11', '10:12', '10:13']) {
    here.clock(minute)
    await here.house.bot.doDue()
  }
  const acts = await here.house.handles.reading.selectFrom('journal').select('command').execute()
  expect(acts.filter(({ command }) => command === 'votes.close_due')).toEqual([])
})

test('nobody gives a casting vote while the meeting is adjourned', async () => {
  here = await graveshamInSession(FOUR)
  await putToTheVote()
  for (const name of [CHAIR, FIRE]) await cast(name, 'for')
  for (const name of [POLICE, PROBATION]) await cast(name, 'against')
  await here.press('10:08', CHAIR, 'votes.close')
  await here.room('10:09', CHAIR, 'attendance.proceed', { how: 'adjourned' })
  await here.press('10:10', CHAIR, 'votes.casting', { choice: 'for' })
  expect(await here.register()).toEqual([])
})

test('nothing is resolved by closing a vote while the meeting is adjourned', async () => {
  here = await graveshamInSession(FOUR)
  await putToTheVote()
  for (const name of [CHAIR, FIRE]) await cast(name, 'for')
  await here.room('10:08', CHAIR, 'attendance.proceed', { how: 'adjourned' })
  await here.press('10:09', CHAIR, 'votes.close')
  expect(await here.register()).toEqual([])
})

test('nothing is resolved by countersigning while the meeting is adjourned', async () => {
  here = await graveshamInSession(FOUR)
  await putToTheVote('all')
  for (const name of [CHAIR, FIRE, POLICE]) await cast(name, 'for')
  const id = await here.id(PROBATION)
  await here.press('10:07', CLERK, 'votes.record', { person: id, choice: 'for' })
  await here.room('10:08', CHAIR, 'attendance.proceed', { how: 'adjourned' })
  await here.press('10:09', CHAIR, 'votes.countersign')
  expect(await here.register()).toEqual([])
})

test('what was put to the vote at an informal meeting is a recommendation, though the quorum is back at the close', async () => {
  here = await graveshamInSession([CHAIR, FIRE])
  await here.room('10:02', CHAIR, 'attendance.proceed', { how: 'informal' })
  await here.room('10:03', POLICE, 'attendance.arrive', { mode: 'room' })
  await putToTheVote()
  for (const name of [CHAIR, FIRE]) await cast(name, 'for')
  await here.room('10:08', CHAIR, 'attendance.proceed', { how: 'resumed' })
  await here.press('10:09', CHAIR, 'votes.close')
  const [words] = await here.register()
  expect(words).toMatch(/^RECOMMENDED/)
})

test('who presides and withdraws for the item has no casting vote, and who presides then has', async () => {
  here = await graveshamInSession([CHAIR, FIRE, POLICE, PROBATION, NHS])
  await putToTheVote()
  for (const name of [CHAIR, FIRE]) await cast(name, 'for')
  for (const name of [POLICE, PROBATION]) await cast(name, 'against')
  await here.press('10:08', CHAIR, 'votes.close')
  const item = await here.agenda.id('B1')
  await here.room('10:09', CHAIR, 'attendance.declare', { item, nature: 'a grant', does: 'withdraws now' })
  expect(textOf(await here.press('10:10', CHAIR, 'votes.casting', { choice: 'for' }))).toContain('person presiding alone')
  await here.press('10:11', FIRE, 'votes.casting', { choice: 'for' })
  expect(await here.register()).toEqual([expect.stringContaining('on the Vice-Chair’s casting vote (2 votes for and 2 against)')])
})
