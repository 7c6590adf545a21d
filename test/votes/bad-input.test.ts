import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
import { setUpBoardOf } from '../boards.js'
import { textOf } from '../house.js'
import {
  at,
  CHAIR,
  CLERK,
  COUNTY,
  COUNTY_TOO,
  type Deciding,
  FIRE,
  graveshamInSession,
  KCSP,
  NHS,
  OPCC,
  POLICE,
  PROBATION,
  written,
} from './setting.js'

let here: Deciding
afterEach(async () => {
  expect(here.house.faults).toEqual([])
  await here.house.close()
})

const CORE = [CHAIR, FIRE, POLICE, PROBATION]
const CLAUSE = 'Each core member will have one vote.'

/** A vote on B1 is open since 10:05. */
async function voting(people: readonly string[] = CORE, how: Record<string, string> = { ends: 'hand' }): Promise<void> {
  here = await graveshamInSession(people)
  await here.on('10:04', CHAIR, 'B1', 'votes.put', { text: 'the lamps be lit' })
  await here.on('10:05', CHAIR, 'B1', 'votes.open', how)
}

/** Presses what is refused: nothing that is written changes. @returns what was said */
async function refused(hour: string, name: string, command: string, values: Record<string, string>, motion?: string) {
  const before = await written(here)
  const answer = await here.press(hour, name, command, values, motion)
  expect(answer.kind).toBe('refusal')
  expect(await written(here)).toEqual(before)
  return textOf(answer)
}

const FOR = { choice: 'for' }

test('a vote without a right: an invitee, with the clause', async () => {
  await voting([...CORE, OPCC])
  const text = await refused('10:06', OPCC, 'votes.cast', FOR)
  expect(text).toContain('Only the core members of this board vote.')
  expect(text).toContain(CLAUSE)
})

test('a vote without a right: the clerk', async () => {
  await voting()
  expect(await refused('10:06', CLERK, 'votes.cast', FOR)).toContain('You are not marked as here')
})

test('a vote of a member who is absent', async () => {
  await voting()
  expect(await refused('10:06', NHS, 'votes.cast', FOR)).toContain('who is absent has no vote')
})

test('a vote of a member who has left', async () => {
  await voting()
  await here.room('10:06', POLICE, 'attendance.leave')
  expect(await refused('10:07', POLICE, 'votes.cast', FOR)).toContain('who is absent has no vote')
})

test('a vote of who has withdrawn for an interest', async () => {
  await voting()
  await here.room('10:06', POLICE, 'attendance.declare', {
    item: await here.agenda.id('B1'),
    nature: 'a relation',
    does: 'withdraws now',
  })
  expect(await refused('10:07', POLICE, 'votes.cast', FOR)).toContain('You have withdrawn for B1, so you have no vote on it.')
})

test('a vote from another board: as if there were none', async () => {
  await voting()
  expect(await refused('10:06', KCSP.districts, 'votes.cast', FOR)).toContain('I know of no such')
})

test('a vote on what is no motion', async () => {
  await voting()
  expect(await refused('10:06', POLICE, 'votes.cast', FOR, newId())).toContain('I know of no such vote.')
})

test('a choice that is none', async () => {
  await voting()
  expect(await refused('10:06', POLICE, 'votes.cast', { choice: 'maybe' })).toContain('Say “for”, “against” or “abstain”.')
})

test('a vote after the close', async () => {
  await voting()
  await here.press('10:06', POLICE, 'votes.cast', FOR)
  await here.press('10:07', CHAIR, 'votes.close')
  expect(await refused('10:08', PROBATION, 'votes.cast', FOR)).toContain('was closed at 10:07')
})

test('a change of one’s vote after the close', async () => {
  await voting()
  await here.press('10:06', POLICE, 'votes.cast', FOR)
  await here.press('10:07', CHAIR, 'votes.close')
  expect(await refused('10:08', POLICE, 'votes.cast', { choice: 'against' })).toContain('no vote is cast or changed any more')
})

test('a vote on a withdrawn motion', async () => {
  await voting()
  await here.press('10:06', CHAIR, 'votes.withdraw')
  expect(await refused('10:07', POLICE, 'votes.cast', FOR)).toContain('was withdrawn, and with it the vote')
})

test('a press on an old card, when another motion on the item is before the meeting', async () => {
  await voting()
  const old = await here.motion()
  await here.press('10:06', CHAIR, 'votes.withdraw')
  await here.on('10:07', CHAIR, 'B1', 'votes.put', { text: 'the lamps be dimmed' })
  await here.on('10:08', CHAIR, 'B1', 'votes.open')
  expect(await refused('10:09', POLICE, 'votes.cast', FOR, old)).toContain('was withdrawn')
  expect(await refused('10:09', CHAIR, 'votes.close', {}, old)).toContain('That motion was withdrawn, and with it the vote.')
  expect(await refused('10:09', CHAIR, 'votes.amend', { text: 'the lamps be lit at six' }, old)).toContain('is withdrawn')
})

test('a vote for another’s seat', async () => {
  await voting()
  const seat = await seatOf('Kent Fire and Rescue Service')
  expect(await refused('10:06', POLICE, 'votes.cast', { ...FOR, voter: seat })).toContain(
    'Mark Dunn speaks for Kent Fire and Rescue Service, and votes for it. Yours is the vote of Kent Police.',
  )
})

const seatOf = async (name: string) => {
  const { reading } = here.house.handles
  const { id } = await reading
    .selectFrom('seat')
    .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
    .innerJoin('board', 'board.id', 'seat.board_id')
    .where('organisation.name', '=', name)
    .where('board.short_name', '=', 'Gravesham CSP')
    .select('seat.id')
    .executeTakeFirstOrThrow()
  return id
}

test('a vote for a seat that is no id', async () => {
  await voting()
  expect(await refused('10:06', POLICE, 'votes.cast', { ...FOR, voter: 'police' })).toContain('not one of my ids')
})

test('a vote subject to approval, for a seat that sits for one body alone', async () => {
  await voting()
  expect(await refused('10:06', POLICE, 'votes.cast', { ...FOR, subjectToApproval: 'yes' })).toContain(
    'Only a seat that represents many bodies collectively',
  )
})

test('two closers: the second changes nothing', async () => {
  await voting()
  await here.press('10:06', POLICE, 'votes.cast', FOR)
  await here.press('10:07', CHAIR, 'votes.close')
  const before = (await written(here)) as { seq: number }
  const answer = await here.press('10:07', CLERK, 'votes.close')
  expect(answer.kind).toBe('card')
  expect(await written(here)).toEqual({ ...before, seq: before.seq + 1 })
  expect(await here.register()).toHaveLength(1)
})

test('two closers in one instant, and the clock beside them', async () => {
  await voting(CORE, { minutes: '5' })
  await here.press('10:06', POLICE, 'votes.cast', FOR)
  here.clock('10:10')
  const subject = await here.motion()
  await Promise.all([
    here.house.press(CHAIR, { command: 'votes.close', subject }),
    here.house.press(CLERK, { command: 'votes.close', subject }),
    here.house.bot.doDue(),
  ])
  expect(await here.register()).toEqual(['RESOLVED, by 1 vote to none, that the lamps be lit.'])
})

test('a close by who does not preside', async () => {
  await voting()
  expect(await refused('10:06', POLICE, 'votes.close', {})).not.toBe('')
})

test('a clock stepped back over the closing time does not open the vote again', async () => {
  await voting(CORE, { minutes: '5' })
  await here.press('10:06', POLICE, 'votes.cast', FOR)
  here.clock('10:10')
  await here.house.bot.doDue()
  expect(await here.register()).toHaveLength(1)
  expect(await refused('10:07', PROBATION, 'votes.cast', { choice: 'against' })).toContain('was closed at 10:10')
  await here.house.bot.doDue()
  expect(await here.register()).toHaveLength(1)
})

test('a clock stepped back before the opening closes nothing early, and no vote is before the opening', async () => {
  await voting(CORE, { minutes: '5' })
  await here.press('10:04', POLICE, 'votes.cast', FOR)
  await here.house.bot.doDue()
  const [ballot] = await here.house.handles.reading.selectFrom('ballot').select('at').execute()
  expect(ballot?.at).toBe('2026-12-17T10:05:00.000Z')
  expect(await here.register()).toEqual([])
})

test('a vote that comes when its time is over, and nothing has closed it: it is closed, and does not count', async () => {
  await voting(CORE, { minutes: '5' })
  await here.press('10:06', POLICE, 'votes.cast', FOR)
  const answer = textOf(await here.press('10:11', PROBATION, 'votes.cast', { choice: 'against' }))
  expect(answer).toContain('It closed at 10:10, before your vote came. Your vote is not counted.')
  expect(await here.register()).toEqual(['RESOLVED, by 1 vote to none, that the lamps be lit.'])
})

test('a substitute arriving when the seat has voted: the vote stands', async () => {
  await voting()
  await here.press('10:06', POLICE, 'votes.cast', FOR)
  await here.room('10:07', POLICE, 'attendance.leave')
  await here.room('10:08', CLERK, 'attendance.mark', {
    person: await here.id('Ruth Hale'),
    how: 'room',
    for: await here.id(POLICE),
  })
  expect(await refused('10:09', 'Ruth Hale', 'votes.cast', { choice: 'against' })).toContain(
    'Kent Police has voted on B1, by whoever spoke for it before you.',
  )
  await here.press('10:10', CHAIR, 'votes.close')
  expect(await here.register()).toEqual(['RESOLVED, by 1 vote to none, that the lamps be lit.'])
})

test('a colleague who shares the seat, and is not its voice', async () => {
  await voting([CHAIR, FIRE, COUNTY, COUNTY_TOO])
  expect(await refused('10:06', COUNTY_TOO, 'votes.cast', FOR)).toContain(
    'Harriet Boyle speaks for Kent County Council, and votes for it. Ask them.',
  )
})

const WITHOUT_CASTING = readFileSync(new URL('../../src/boards/terms/gravesham.yaml', import.meta.url), 'utf8').replace(
  'equalVotes: second or casting vote of the chair',
  'equalVotes: not carried',
)

test('terms replaced while the vote is open: it goes on under those in force when it was put', async () => {
  await voting()
  const motion = await here.motion()
  await here.press('10:06', CHAIR, 'votes.cast', FOR)
  await here.press('10:06', FIRE, 'votes.cast', FOR)
  await here.press('10:06', POLICE, 'votes.cast', { choice: 'against' })
  await here.press('10:06', PROBATION, 'votes.cast', { choice: 'against' })
  here.clock('10:07')
  await setUpBoardOf(here.house, Buffer.from(WITHOUT_CASTING), null)
  const texts = await here.house.handles.reading.selectFrom('motion').where('id', '=', motion).select('terms_id').execute()
  await here.press('10:08', CHAIR, 'votes.close')
  await here.press('10:09', CHAIR, 'votes.casting', FOR)
  expect((await here.register())[0]).toContain('RESOLVED, on the Chair’s casting vote (2 votes for and 2 against)')
  const decided = await here.house.handles.reading.selectFrom('decision').select('terms_id').execute()
  expect(decided).toEqual(texts)
  const all = await here.house.handles.reading
    .selectFrom('terms')
    .innerJoin('board', 'board.id', 'terms.board_id')
    .where('board.short_name', '=', 'Gravesham CSP')
    .select('terms.id')
    .execute()
  expect(all).toHaveLength(2)
})

test('a casting vote where votes are not equal', async () => {
  await voting()
  await here.press('10:06', POLICE, 'votes.cast', FOR)
  await here.press('10:07', CHAIR, 'votes.close')
  expect(await refused('10:08', CHAIR, 'votes.casting', FOR)).toContain('does not wait for a casting vote')
})

test('an amendment while the vote is open', async () => {
  await voting()
  expect(await refused('10:06', CHAIR, 'votes.amend', { text: 'the lamps be dimmed' })).toContain(
    'what is voted on does not change',
  )
})

test('a second vote on what is voted on', async () => {
  await voting()
  const before = (await written(here)) as { seq: number }
  await here.on('10:06', CLERK, 'B1', 'votes.open', { minutes: '1' })
  expect(await written(here)).toEqual({ ...before, seq: before.seq + 1 })
})

test('a vote of no minutes, and of too many', async () => {
  here = await graveshamInSession(CORE)
  await here.on('10:04', CHAIR, 'B1', 'votes.put', { text: 'the lamps be lit' })
  const before = await written(here)
  for (const minutes of ['0', '601', '-1', '1.5', 'five'])
    expect((await here.on('10:05', CHAIR, 'B1', 'votes.open', { minutes })).kind).toBe('refusal')
  expect(await written(here)).toEqual(before)
})

test('a vote while the meeting is adjourned', async () => {
  await voting()
  await here.room('10:06', CHAIR, 'attendance.proceed', { how: 'adjourned' })
  expect(await refused('10:07', POLICE, 'votes.cast', FOR)).toContain('The meeting is adjourned: nobody votes meanwhile.')
})

test('a vote recorded by who is no clerk, or over what somebody has cast themselves', async () => {
  await voting()
  const person = await here.id(POLICE)
  expect(await refused('10:06', CHAIR, 'votes.record', { person, ...FOR })).not.toBe('')
  await here.press('10:07', POLICE, 'votes.cast', FOR)
  expect(await refused('10:08', CLERK, 'votes.record', { person, choice: 'against' })).toContain('has cast its vote itself')
})

test('a vote recorded for a substitute, when the seat’s was recorded before', async () => {
  await voting()
  await here.press('10:06', CLERK, 'votes.record', { person: await here.id(POLICE), ...FOR })
  await here.room('10:07', POLICE, 'attendance.leave')
  const person = await here.id('Ruth Hale')
  await here.room('10:08', CLERK, 'attendance.mark', { person, how: 'room', for: await here.id(POLICE) })
  expect(await refused('10:09', CLERK, 'votes.record', { person, choice: 'against' })).toContain(
    'Daniel Okafor has voted for Kent Police. Colleagues do not overturn each other: that vote stands.',
  )
})

test('a vote recorded for who is absent', async () => {
  await voting()
  expect(await refused('10:06', CLERK, 'votes.record', { person: await here.id(NHS), ...FOR })).toContain(
    'They have no vote on B1',
  )
})

test('a countersignature by who does not preside', async () => {
  await voting()
  await here.press('10:06', CLERK, 'votes.record', { person: await here.id(POLICE), ...FOR })
  expect(await refused('10:07', CLERK, 'votes.countersign', {})).toContain('Only the person presiding countersigns')
})

test('a delivery repeated counts once, whatever was changed since', async () => {
  await voting()
  const subject = await here.motion()
  here.clock('10:06')
  const press = (choice: string, delivery: string) =>
    here.house.press(POLICE, { command: 'votes.cast', subject, values: { choice } }, { delivery })
  await press('for', 'one')
  await press('against', 'two')
  const before = await written(here)
  await press('for', 'one')
  expect(await written(here)).toEqual(before)
})

test('two hands on one seat at once: one ballot', async () => {
  await voting([CHAIR, FIRE, POLICE])
  const subject = await here.motion()
  here.house.clock.set(at('10:06'))
  await Promise.all(
    ['for', 'against', 'abstain'].map((choice) =>
      here.house.press(POLICE, { command: 'votes.cast', subject, values: { choice } }),
    ),
  )
  expect(await here.house.handles.reading.selectFrom('ballot').select('choice').execute()).toHaveLength(1)
})
