import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { textOf } from '../../house.js'
import { atTheMeeting, CHAIR, CLERK, POLICE, type Room } from '../sitting.js'

let room: Room
beforeEach(async () => {
  room = await atTheMeeting()
})
afterEach(async () => {
  expect(room.house.faults).toEqual([])
  await room.house.close()
})

const answered = async (hour: string, name: string, words: string) => textOf(await room.say(hour, name, words))

describe('who comes late or leaves early', () => {
  test('says so, and the last that they say stands', async () => {
    expect(await answered('09:50', POLICE, 'running ten minutes late')).toContain('Daniel Okafor comes at 10:10.')
    expect(await answered('09:55', POLICE, "I'll be 20 minutes late")).toContain('Daniel Okafor comes at 10:20.')
    await room.say('10:00', CLERK, 'open the meeting')
    expect(await answered('10:01', CLERK, 'who is here')).toContain('Daniel Okafor, Kent Police: late, expected at 10:20')
  })

  test('is asked whether they mean it, where it is said on another day and of none', async () => {
    room.house.clock.set('2026-12-08T09:00:00Z')
    for (const words of [
      'running ten minutes late',
      "and I'll have to dash off at half eleven",
      'Daniel Okafor will be ten minutes late',
    ]) {
      const answer = await room.house.say(words.startsWith('Daniel') ? CLERK : POLICE, words)
      expect(answer, words).toMatchObject({ kind: 'card', of: 'query' })
      expect(textOf(answer), words).toContain('Wednesday 16 December 2026')
    }
    expect(await room.house.handles.reading.selectFrom('expectation').select('kind').execute()).toEqual([])
    expect(textOf(await room.house.say(POLICE, 'running ten minutes late on the 16th'))).toContain(
      'Daniel Okafor comes at 10:10.',
    )
  })

  test('is expected no more once they are there', async () => {
    await room.say('09:50', POLICE, 'running ten minutes late')
    await room.say('10:00', CLERK, 'open the meeting')
    await room.say('10:08', POLICE, "I'm here")
    expect(await answered('10:09', CLERK, 'who is here')).not.toContain('expected at')
  })

  test('says so in the meeting too', async () => {
    await room.say('10:00', CLERK, 'open the meeting')
    expect(await answered('10:05', POLICE, 'have to leave at eleven')).toContain('Daniel Okafor leaves at 11:00.')
  })

  test('is shown to leave until that hour, and until they have left', async () => {
    await room.say('10:00', CLERK, 'open the meeting')
    for (const name of [POLICE, CHAIR]) await room.say('10:01', name, "I'm here")
    await room.say('10:05', POLICE, 'have to leave at eleven')
    await room.say('10:05', CHAIR, 'have to leave at 11:30')
    expect(await answered('10:59', CLERK, 'who is here')).toContain('leaves at 11:00')
    expect(await answered('11:00', CLERK, 'who is here')).not.toContain('leaves at 11:00')
    expect(await answered('11:01', CLERK, 'who is here')).toContain('leaves at 11:30')
    await room.say('11:02', CHAIR, 'my connection dropped')
    expect(await answered('11:03', CLERK, 'who is here')).toContain('connection dropped at 11:02')
    expect(await answered('11:03', CLERK, 'who is here')).not.toContain('leaves at 11:30')
  })

  test('in so many minutes is expected to leave then', async () => {
    await room.say('10:00', CLERK, 'open the meeting')
    await room.say('10:01', POLICE, "I'm here")
    expect(await answered('10:20', POLICE, 'sorry all, I need to leave in ten minutes')).toContain(
      'Daniel Okafor leaves at 10:30.',
    )
    expect(await answered('10:21', CLERK, 'who is here')).toContain('leaves at 10:30')
  })

  test('does not count, and answers nothing', async () => {
    await room.say('09:50', POLICE, 'running ten minutes late')
    const rows = await room.house.handles.reading
      .selectFrom('answer')
      .where('by_person_id', '=', await room.id(POLICE))
      .select('id')
      .execute()
    expect(rows).toEqual([])
  })

  test('the clerk says it for somebody, and is not told by themselves', async () => {
    expect(await answered('09:50', CLERK, 'Daniel Okafor will be ten minutes late')).toContain('Daniel Okafor comes at 10:10.')
    await room.deliver()
    expect(room.house.sentTo(CLERK).filter((plain) => plain.startsWith('Somebody'))).toEqual([])
  })

  test.each([
    { rule: 'who is not expected there', name: 'Ruth Hale', hour: '10:10', kind: 'late', says: 'I know of no such meeting.' },
    { rule: 'an hour that is not late', name: POLICE, hour: '09:30', kind: 'late', says: 'that is not late' },
    { rule: 'leaving before it begins', name: POLICE, hour: '09:30', kind: 'leaves', says: 'or send apologies' },
    { rule: 'no hour of the clock', name: POLICE, hour: '25:99', kind: 'late', says: '25:99 is no hour of the clock.' },
  ])('is refused: $rule', async ({ name, hour, kind, says }) => {
    expect(textOf(await room.press('09:50', name, 'attendance.expect', { kind, hour }))).toContain(says)
  })

  test('is refused for others by whom they have not asked', async () => {
    const person = await room.id(CHAIR)
    expect(textOf(await room.press('09:50', POLICE, 'attendance.expect', { kind: 'late', hour: '10:10', person }))).toContain(
      'not yours to say',
    )
  })

  test('is asked when, where they do not say', async () => {
    expect(await room.say('09:50', POLICE, "I'll be late today")).toMatchObject({
      kind: 'form',
      form: { command: 'attendance.expect' },
    })
  })
})
