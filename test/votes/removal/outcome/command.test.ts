import { afterEach, describe, expect, test } from 'vitest'
import { callMeeting, done } from '../../../agenda/setting.js'
import { boardCalled, KCSP_ROSTER, setUpBoard, WORKING_GROUP_ROSTER } from '../../../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../../../house.js'
import {
  CLERK,
  CHAIR as COUNCILLOR,
  type Deciding,
  decidingAt,
  FIRE,
  graveshamInSession,
  KCSP,
  opened,
  POLICE,
  PROBATION,
  written,
} from '../../setting.js'
import { appointed, CHAIRS, EIGHT, holderOf, removing, VICE, vote } from '../setting.js'

let here: Deciding
afterEach(async () => {
  expect(here.house.faults).toEqual([])
  await here.house.close()
})

const said = async (answering: ReturnType<Deciding['press']>) => textOf(await answering)
/** Those of the eight by their place: the first six are authorities by statute too, the second is the vice-chair. */
const those = (...places: readonly number[]): readonly string[] => places.map((place) => EIGHT[place - 1] ?? '')
const open = (hour = '10:05', how: Record<string, string> = {}) =>
  here.on(hour, KCSP.chair, 'B1', 'votes.remove', { ends: 'hand', ...how })
const close = (hour = '10:20') => said(here.press(hour, KCSP.chair, 'votes.close'))
const rule = (hour: string, reading: string, name: string = KCSP.chair) =>
  here.room(hour, name, 'attendance.count_by', { reading })

/** Nothing was changed by it, and it was refused so. */
async function refused(code: string, says: string, answering: () => ReturnType<Deciding['press']>): Promise<string> {
  const before = await written(here)
  const answer = await answering()
  expect(answer).toMatchObject({ kind: 'refusal', refusal: { code } })
  expect(textOf(answer)).toContain(says)
  expect(await written(here)).toEqual(before)
  return textOf(answer)
}

/** The roster of the KCSP as this file has it. */
async function imported(house: TestHouse, roster: string): Promise<void> {
  const board = (await boardCalled(house, 'KCSP')) ?? ''
  const file = Buffer.from(roster).toString('base64')
  await done(house.press(CLERK, { command: 'boards.read_roster', subject: board, values: { file } }))
  const { id } = await house.handles.reading
    .selectFrom('roster_file')
    .where('board_id', '=', board)
    .where('state', '=', 'read')
    .select('id')
    .executeTakeFirstOrThrow()
  await done(house.press(CLERK, { command: 'boards.import_roster', subject: id }))
}

describe('it is carried', () => {
  test('by five of the eight: the office is left in the same instant, and it is said what follows', async () => {
    here = await removing()
    await done(open('10:05', { ends: 'all' }))
    await vote(here, '10:06', those(1, 3, 4, 5, 7), those(2, 6))
    expect(await holderOf(here, 'vice-chair')).toEqual([VICE])
    await vote(here, '10:07', [], [CHAIRS])
    expect(await holderOf(here, 'vice-chair')).toEqual([])
    expect(await here.register()).toEqual([
      'RESOLVED, by 5 votes to 3, that Daniel Okafor be removed from the office of Vice-Chair.',
    ])
    const card = await said(here.press('10:08', KCSP.chair, 'votes.motion'))
    expect(card).toContain('Daniel Okafor is Vice-Chair no more.')
    expect(card).toContain('The office of Vice-Chair is vacant until the board elects a successor at a meeting.')
    const entry = await said(here.say('10:09', KCSP.nhs, 'decision 1'))
    for (const line of [
      'as the terms list them: 5 for, 3 against, 0 abstained; 5 of the 8 responsible authorities were needed.',
      'by statute: 4 for, 2 against, 0 abstained; 4 of the 6 responsible authorities were needed.',
      'WHAT FOLLOWS',
      'Clause 6: “A Chair/Vice Chair may only be removed',
    ])
      expect(entry).toContain(line)
    expect(entry).not.toContain('consensus')
    expect(await said(here.say('10:10', KCSP.nhs, 'export the register'))).toContain('is vacant until the board elects')
  })

  test('and the handing over is journaled, and the room knows of it', async () => {
    here = await removing()
    await done(open())
    await vote(here, '10:06', those(1, 3, 4, 5, 6))
    await close()
    const acts = await here.house.handles.reading.selectFrom('journal').orderBy('seq').select('command').execute()
    expect(acts.map(({ command }) => command).slice(-2)).toEqual(['votes.close', 'boards.handed_over'])
    await done(here.room('10:21', KCSP.chair, 'attendance.leave'))
    expect(await said(here.room('10:22', CLERK, 'attendance.here'))).not.toContain('Presiding: Daniel Okafor')
  })

  test('of the chair: the vice-chair acts, and the office goes with a post', async () => {
    here = await removing(EIGHT, { title: 'Removal of the Chair' })
    await done(here.room('10:04', KCSP.chair, 'attendance.preside', { person: await here.id(VICE), allTheSame: 'yes' }))
    await done(here.on('10:05', VICE, 'B1', 'votes.remove'))
    await vote(here, '10:06', those(2, 3, 4, 5, 6))
    const text = await said(here.press('10:07', VICE, 'votes.close'))
    expect(text).toContain('Cllr Margaret Ashdown is Chair no more.')
    expect(text).toContain('attach the office of Chair to a post (Cabinet Member with responsibility for Community Safety')
    expect(text).toContain('Until then the Vice-Chair, Daniel Okafor, acts (by convention')
    expect(await holderOf(here, 'chair')).toEqual([])
    expect(await said(here.room('10:08', CLERK, 'attendance.here'))).toContain('Presiding: Daniel Okafor (Vice-Chair)')
  })

  test('not by four, though more for than against', async () => {
    here = await removing()
    await done(open())
    await vote(here, '10:06', those(1, 3, 7, 8), those(2, 4, 5))
    expect(await close()).toContain('Daniel Okafor stays Vice-Chair.')
    expect(await here.register()).toEqual([
      'NOT CARRIED, by 4 votes to 3, as 5 of 8 were needed, that Daniel Okafor be removed from the office of Vice-Chair.',
    ])
    expect(await holderOf(here, 'vice-chair')).toEqual([VICE])
    await refused('conflict', 'has voted on that removal already', () => open('10:30'))
  })

  test('not by five of whom one has withdrawn for an interest', async () => {
    here = await removing()
    await done(open())
    await vote(here, '10:06', those(1, 3, 4, 5, 6))
    const item = await here.agenda.id('B1')
    await done(here.room('10:07', KCSP.fire, 'attendance.declare', { item, nature: 'a friend', does: 'withdraws now' }))
    await close()
    await rule('10:21', 'as the terms list them')
    expect((await here.register())[0]).toContain('NOT CARRIED, by 4 votes to none')
  })

  test.each([
    ['by statute', 'RESOLVED, by 4 votes to none,', []],
    ['as the terms list them', 'NOT CARRIED, by 4 votes to none,', [VICE]],
  ])('by four of the six as it is ruled: %s', async (reading, words, holders) => {
    here = await removing()
    await done(open())
    await vote(here, '10:06', those(1, 3, 4, 5))
    const text = await close()
    expect(text).toContain('the result depends on the reading')
    expect(text).toContain('[Count as the terms list them] [Count by statute]')
    expect(await here.register()).toEqual([])
    expect(await holderOf(here, 'vice-chair')).toEqual([VICE])
    await done(rule('10:21', reading))
    expect((await here.register())[0]).toContain(words)
    expect(await holderOf(here, 'vice-chair')).toEqual(holders)
  })

  test('or by the words “count by statute”', async () => {
    here = await removing()
    await done(open())
    await vote(here, '10:06', those(1, 3, 4, 5))
    await close()
    await done(here.say('10:21', KCSP.chair, 'count by statute'))
    expect(await holderOf(here, 'vice-chair')).toEqual([])
  })

  test('and nobody rules before the meeting closes: it is not', async () => {
    here = await removing()
    await done(open())
    await vote(here, '10:06', those(1, 3, 4, 5))
    await close()
    await done(here.room('10:30', KCSP.chair, 'attendance.close', { allTheSame: 'yes' }))
    expect((await here.register())[0]).toContain(
      'NOT CARRIED, by 4 votes to none, as nobody ruled which reading of the terms counts,',
    )
    expect(await holderOf(here, 'vice-chair')).toEqual([VICE])
  })

  test('at its time, by nobody’s hand', async () => {
    here = await removing()
    await done(open('10:05', { minutes: '5' }))
    await vote(here, '10:06', those(1, 3, 4, 5, 6))
    here.clock('10:10')
    await here.house.tick()
    await here.house.bot.doDue()
    expect(await holderOf(here, 'vice-chair')).toEqual([])
  })

  test('with the meeting', async () => {
    here = await removing()
    await done(open())
    await vote(here, '10:06', those(1, 3, 4, 5, 6))
    await done(here.room('10:30', KCSP.chair, 'attendance.close', { allTheSame: 'yes' }))
    expect(await holderOf(here, 'vice-chair')).toEqual([])
    expect((await here.register())[0]).toContain('RESOLVED, by 5 votes to none')
  })

  test('not where the quorum is lost at the close: it is no recommendation either', async () => {
    here = await removing()
    await done(open())
    await vote(here, '10:06', those(1, 3, 4, 5, 6))
    for (const name of those(2, 4, 5, 6, 7, 8)) await done(here.room('10:07', name, 'attendance.leave'))
    const text = await close()
    expect(text).toContain('Nobody is removed, as there was no quorum')
    expect((await here.register())[0]).toContain('NOT CARRIED, by 5 votes to none, as there was no quorum, that Daniel Okafor')
    expect(await holderOf(here, 'vice-chair')).toEqual([VICE])
    expect(await said(here.room('10:21', KCSP.chair, 'votes.business'))).not.toContain('TO BE RATIFIED')
  })

  test('of who has left the office in its midst: there is nothing to take away', async () => {
    here = await removing()
    await done(open())
    await vote(here, '10:06', those(1, 3, 4, 5, 6))
    await appointed(here, KCSP.nhs, 'vice-chair')
    expect(await close()).toContain(
      'Daniel Okafor was Vice-Chair no more when the vote was closed: there was no office left to take away.',
    )
    expect(await holderOf(here, 'vice-chair')).toEqual([KCSP.nhs])
  })

  test('and another vote on it finds nobody who holds the office', async () => {
    here = await removing()
    await done(open())
    await vote(here, '10:06', those(1, 3, 4, 5, 6))
    await close()
    await refused('not_found', 'Nobody holds the office of Vice-Chair', () => open('10:30'))
  })

  test('not of a vote that was withdrawn', async () => {
    here = await removing()
    await done(open())
    await vote(here, '10:06', those(1, 3, 4, 5, 6))
    await done(here.press('10:07', KCSP.chair, 'votes.withdraw'))
    await done(here.room('10:30', KCSP.chair, 'attendance.close', { allTheSame: 'yes' }))
    expect(await here.register()).toEqual([])
    expect(await holderOf(here, 'vice-chair')).toEqual([VICE])
  })
})

test('a body with two seats has one voice, and is one of the eight', async () => {
  const second = 'Kent Police,,,,Second seat,member,representative,Nora Quill,Commander,nora.quill@example.org,,,,,,\n'
  const vice = KCSP_ROSTER.replace('Kent Police,,,,,member', 'Kent Police,,,,First seat,member').replace(
    'okafor@example.org,,,,',
    'okafor@example.org,,,vice-chair,',
  )
  here = await removing(EIGHT, { before: ({ house }) => imported(house, vice + second) })
  await done(here.room('10:01', 'Nora Quill', 'attendance.arrive', { mode: 'room' }))
  const text = await said(open())
  expect(text).toContain('0 of 8 who may vote have voted.')
  expect(text).toContain('Needed: 5 of the 8 responsible authorities')
  await refused('conflict', 'Daniel Okafor speaks for Kent Police, and votes for it.', () =>
    here.press('10:06', 'Nora Quill', 'votes.cast', { choice: 'for' }),
  )
  await vote(here, '10:06', those(1, 3, 4, 7), [VICE])
  await done(here.room('10:07', VICE, 'attendance.leave'))
  await refused('conflict', 'that vote stands', () => here.press('10:08', 'Nora Quill', 'votes.cast', { choice: 'for' }))
  await close()
  expect((await here.register())[0]).toContain('NOT CARRIED, by 4 votes to 1')
})

describe('where the terms do not say how', () => {
  const CORE = [COUNCILLOR, FIRE, POLICE, PROBATION]
  const put = (values: Record<string, string> = {}) =>
    here.on('10:05', COUNCILLOR, 'B2', 'votes.remove', { ends: 'hand', ...values })
  const inGravesham = async (title: string) => {
    here = await graveshamInSession(CORE, { before: ({ agenda }) => agenda.has(title, 'B') })
  }
  const holds = async () => {
    const rows = await here.house.handles.reading
      .selectFrom('office')
      .innerJoin('board', 'board.id', 'office.board_id')
      .where('board.short_name', '=', 'Gravesham CSP')
      .where('office.office', '=', 'vice-chair')
      .select('office.until_day')
      .execute()
    return rows.map(({ until_day }) => until_day)
  }

  test('the board votes on it by its ordinary rule, by the convention that is named', async () => {
    await inGravesham('Removal of the Vice-Chair')
    const text = await said(put())
    expect(text).toContain('Mark Dunn be removed from the office of Vice-Chair')
    expect(text).toContain('Carried by: more votes for than against')
    expect(text).toContain('The terms are silent. Who elects to an office may also remove from it')
    await vote(here, '10:06', [POLICE, PROBATION], [FIRE])
    await done(here.press('10:07', COUNCILLOR, 'votes.close'))
    expect(await here.register()).toEqual(['RESOLVED, by 2 votes to 1, that Mark Dunn be removed from the office of Vice-Chair.'])
    expect((await holds()).every((until) => until !== null && until <= '2026-12-17')).toBe(true)
    expect(await said(here.say('10:08', POLICE, 'decision 1'))).toContain('Who elects to an office may also remove from it')
  })

  test('equal votes wait for the casting vote, which is never that of the person concerned', async () => {
    await inGravesham('Removal of the Vice-Chair')
    await done(put())
    await vote(here, '10:06', [POLICE], [FIRE])
    await done(here.press('10:07', COUNCILLOR, 'votes.close'))
    await done(here.room('10:08', COUNCILLOR, 'attendance.leave'))
    await refused('not_permitted', 'Nobody presides over their own removal', () =>
      here.press('10:09', FIRE, 'votes.casting', { choice: 'against' }),
    )
    await done(here.room('10:10', COUNCILLOR, 'attendance.arrive', { mode: 'room' }))
    await done(here.press('10:11', COUNCILLOR, 'votes.casting', { choice: 'for' }))
    expect((await here.register())[0]).toContain('on the Chair’s casting vote')
    expect((await holds()).every((until) => until !== null)).toBe(true)
  })

  test('an office that goes with a post is not the board’s to take away: the clause says whose it is', async () => {
    await inGravesham('Removal of the Chair')
    const text = await refused('not_permitted', 'goes with a post', () => put())
    expect(text).toContain('Gravesham Borough Council’s'.replace('’', "'"))
  })

  test('and provide for no vote, the meeting has to agree to one, which is recorded', async () => {
    const [chair, vice, ...members] = [
      'Aisha Rahman',
      'Moira Lennox',
      'Ruth Hale',
      'Joseph Brand',
      'Dr Simon Kerr',
      'Leon Carter',
    ]
    const house = await openTestHouse()
    const board = await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
    here = decidingAt(house, await callMeeting(house, board, '2026-12-17'))
    const title = 'Removal of the Vice-Chair'
    await here.agenda.has(title, 'A')
    await opened(here, [chair ?? '', vice ?? '', ...members])
    const subject = await here.agenda.id(title)
    const asked = (values: Record<string, string>) => house.press(chair ?? '', { command: 'votes.remove', subject, values })
    here.clock('10:05')
    await refused('unwise', 'The terms of this board provide for no vote, and a removal takes one', () => asked({}))
    await refused('unwise', 'the meeting has to agree to it', () => asked({ byAgreement: 'no', allTheSame: 'yes' }))
    expect(await said(asked({ byAgreement: 'yes', ends: 'hand' }))).toContain('The meeting has agreed to this one.')
    await vote(here, '10:06', members.slice(0, 3), [vice ?? ''])
    expect(await said(here.press('10:07', chair ?? '', 'votes.close'))).toContain('Moira Lennox is Vice-Chair no more.')
    expect((await here.register()).at(-1)).toContain('RESOLVED, by 3 votes to 1, that Moira Lennox be removed')
  })

  test('with too few for the item, when others have withdrawn, nobody is', async () => {
    await inGravesham('Removal of the Vice-Chair')
    const item = await here.agenda.id('B2')
    for (const name of [POLICE, PROBATION])
      await done(here.room('10:03', name, 'attendance.declare', { item, nature: 'a friend', does: 'withdraws now' }))
    await refused('not_quorate', 'Nobody is removed without a quorum', () => put({ allTheSame: 'yes' }))
  })
})
