import { afterEach, describe, expect, test } from 'vitest'
import { textOf } from '../house.js'
import { atTheMeeting, CHAIR, CLERK, DISTRICTS, FIRE, inSession, NHS, OPCC, POLICE, PROBATION, type Room } from './sitting.js'

let room: Room
afterEach(async () => {
  expect(room.house.faults).toEqual([])
  await room.house.close()
})

const quorumAt = async (hour: string) => textOf(await room.say(hour, CHAIR, 'are we quorate?')).split('\n')[1]

test('from an inquorate start over a late substitute to a departure that loses it, and the lists as the notes print them', async () => {
  room = await atTheMeeting()
  await room.say('09:55', CLERK, 'open the meeting')
  await room.say('10:00', CHAIR, "I'm in the room")
  await room.say('10:00', FIRE, "I've joined online")
  await room.say('10:01', PROBATION, 'here')
  expect(await quorumAt('10:02')).toBe('Not quorate: 3 responsible authorities are represented, and 4 are needed.')
  await room.say('10:03', CLERK, 'wait for a quorum')
  await room.say('10:04', NHS, "sorry, can't make it, April Stone will substitute")
  await room.say('10:08', 'April Stone', "I'm online")
  expect(await quorumAt('10:09')).toBe('Quorate: 4 responsible authorities are represented, and 4 are needed.')
  await room.say('10:09', CLERK, 'go on with the meeting')
  await room.say('10:50', FIRE, 'I have to leave now')
  expect(await quorumAt('10:51')).toBe('Not quorate: 3 responsible authorities are represented, and 4 are needed.')
  await room.say('11:00', CLERK, 'close the meeting, all the same')
  const printed = textOf(await room.say('11:05', CLERK, 'attendance record')).split('\n')
  expect(printed).toContain(
    'PRESENT: Cllr Margaret Ashdown (Chair), Leon Carter (Substitute for June Whitfield), Aisha Rahman, April Stone (Substitute for Dr Simon Kerr).',
  )
  const ledger = printed
    .slice(printed.indexOf('The quorum, from one change to the next') + 2)
    .filter((line) => line.startsWith('- '))
  expect(ledger.map((line) => `${line.slice(2, 7)} ${line.split(': ').at(-1)}`)).toEqual([
    '09:55 not quorate',
    '10:00 not quorate',
    '10:01 not quorate',
    '10:03 not quorate',
    '10:08 quorate',
    '10:09 quorate',
    '10:50 not quorate',
    '11:00 not quorate',
  ])
})

describe('who arrives', () => {
  test('before the meeting is opened is told when', async () => {
    room = await atTheMeeting()
    expect(textOf(await room.say('09:52', POLICE, "I'm here"))).toContain('is not open yet. The clerk opens it')
  })

  test('is marked once, whatever else they say', async () => {
    room = await inSession([POLICE])
    await room.say('10:05', POLICE, "I'm in the room")
    const rows = await room.house.handles.reading.selectFrom('spell').selectAll().execute()
    expect(rows).toHaveLength(1)
  })

  test('whom nobody has named is refused, and told what to do', async () => {
    room = await inSession([])
    const answer = await room.say('10:05', 'Ruth Hale', "I'm here")
    expect(answer).toMatchObject({ kind: 'refusal' })
    const pressed = await room.press('10:05', 'Ruth Hale', 'attendance.arrive', { mode: 'room' })
    expect(pressed).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
  })

  test('the clerk is in attendance, and not counted', async () => {
    room = await inSession([CLERK])
    expect(await quorumAt('10:05')).toContain('0 responsible authorities are represented')
    expect(textOf(await room.say('10:06', CLERK, 'who is here'))).toContain(
      'Grace Holloway | in attendance | in the room since 10:00',
    )
  })

  test('a connection that is back within five minutes never left', async () => {
    room = await inSession([CHAIR, POLICE, NHS])
    await room.say('10:10', FIRE, "I'm online")
    await room.say('10:20', FIRE, 'my connection dropped')
    expect(await quorumAt('10:24')).toContain('Quorate: 4')
    await room.say('10:24', FIRE, "I'm back")
    expect(await quorumAt('10:40')).toContain('Quorate: 4')
    const [row, another] = await room.house.handles.reading
      .selectFrom('spell')
      .where('person_id', '=', await room.id(FIRE))
      .select('id')
      .distinct()
      .execute()
    expect([row?.id, another]).toEqual([expect.any(String), undefined])
  })

  test('one that is not back was gone from the beginning', async () => {
    room = await inSession([CHAIR, POLICE, NHS])
    await room.say('10:10', FIRE, "I'm online")
    await room.say('10:20', FIRE, 'my connection dropped')
    expect(await quorumAt('10:25')).toContain('Not quorate: 3')
  })
})

test('two people of one body are counted once, and a substitute beside the representative', async () => {
  room = await inSession([CHAIR, POLICE, NHS, FIRE])
  await room.say('10:05', CLERK, 'Ruth Hale is here for Daniel Okafor, all the same')
  expect(await quorumAt('10:06')).toContain('4 responsible authorities are represented')
})

test('where the readings disagree the person presiding rules, and it is kept', async () => {
  room = await inSession([CHAIR, POLICE, NHS, OPCC])
  expect(await quorumAt('10:05')).toContain('Quorate by one reading and not by another')
  expect(textOf(await room.say('10:05', POLICE, 'count by statute'))).toContain('That is for the person presiding to say.')
  await room.say('10:06', CHAIR, 'count as the terms list them')
  expect(await quorumAt('10:07')).toContain('Quorate: 4 responsible authorities are represented')
  await room.say('10:08', CHAIR, 'count by statute')
  expect(await quorumAt('10:09')).toContain('Not quorate: 3 responsible authorities are represented')
})

test('nothing is ruled while nobody presides, by the clerk neither: the record would say who presides has', async () => {
  room = await inSession([POLICE, NHS, OPCC])
  const ruling = await room.say('10:05', CLERK, 'count as the terms list them')
  expect(ruling).toMatchObject({ kind: 'refusal', refusal: { code: 'conflict' } })
  expect(textOf(ruling)).toContain('Nobody presides')
  await room.say('10:06', CHAIR, "I'm here")
  await room.say('10:07', CLERK, 'count as the terms list them')
  expect(await quorumAt('10:08')).toContain('Quorate: 4 responsible authorities are represented')
})

test('who has nothing to do with the board learns nothing of its room', async () => {
  room = await inSession([CHAIR])
  for (const command of ['attendance.here', 'attendance.quorum', 'attendance.print', 'attendance.interests'])
    expect(await room.press('10:05', 'Ruth Hale', command), command).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'not_found' },
    })
})

test('an arrival said late by a clock that was put back counts all the same', async () => {
  room = await inSession([CHAIR, POLICE, NHS])
  await room.press('10:30', DISTRICTS, 'attendance.arrive', { mode: 'online' })
  expect(await quorumAt('09:58')).toContain('Quorate: 4')
})
