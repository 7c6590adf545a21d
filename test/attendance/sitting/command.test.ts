import { afterEach, describe, expect, test } from 'vitest'
import { textOf } from '../../house.js'
import { atTheMeeting, CHAIR, CLERK, FIRE, inSession, NHS, OPCC, POLICE, PROBATION, type Room } from '../sitting.js'

let room: Room
afterEach(async () => {
  expect(room.house.faults).toEqual([])
  await room.house.close()
})

const answered = async (hour: string, name: string, words: string) => textOf(await room.say(hour, name, words))

describe('the opening', () => {
  test.each([
    { rule: 'not two hours before', hour: '08:00', name: CLERK, says: 'can be opened from an hour before' },
    { rule: 'not by a member', hour: '10:00', name: POLICE, says: 'not yours to do here' },
  ])('$rule', async ({ hour, name, says }) => {
    room = await atTheMeeting()
    expect(await answered(hour, name, 'open the meeting')).toContain(says)
  })

  test('by the chair too; said again it changes nothing', async () => {
    room = await atTheMeeting()
    expect(await answered('09:00', CHAIR, 'open the meeting')).toContain('in session')
    await room.say('10:00', CLERK, 'open the meeting')
    const rows = await room.house.handles.reading.selectFrom('sitting').select('at').execute()
    expect(rows).toEqual([{ at: '2026-12-16T09:00:00.000Z' }])
  })

  test('a meeting that was closed is not opened again', async () => {
    room = await inSession([CHAIR])
    await room.say('11:00', CHAIR, 'close the meeting, all the same')
    expect(await answered('11:01', CLERK, 'open the meeting')).toContain('was opened and closed')
  })

  test('what is open is not moved or cancelled', async () => {
    room = await atTheMeeting()
    await room.say('09:30', CLERK, 'open the meeting')
    expect(await room.press('09:31', CHAIR, 'meetings.cancel', { why: 'snow' })).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'too_late' },
    })
  })
})

describe('without a quorum', () => {
  test('it waits, goes on informally or adjourns, as the person presiding says', async () => {
    room = await inSession([CHAIR, POLICE])
    expect(await answered('10:05', POLICE, 'go on informally')).toContain('That is for the person presiding to say.')
    expect(await answered('10:06', CHAIR, 'we wait')).toContain('It waits for a quorum.')
    expect(await answered('10:15', CHAIR, 'resume the meeting')).toContain('The meeting has no quorum yet.')
    expect(await answered('10:16', CHAIR, 'continue informally')).toContain('a recommendation for a later meeting to ratify')
    expect(await answered('10:30', CHAIR, 'adjourn until 11:00')).toContain('It is adjourned until 11:00.')
    expect(await answered('11:00', CHAIR, 'resume')).toContain('in session')
  })

  test('with one it need not', async () => {
    room = await inSession([CHAIR, POLICE, FIRE, NHS])
    const answer = await room.say('10:05', CHAIR, 'wait for a quorum')
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'conflict', clause: { number: '7' } } })
  })

  test('the ledger keeps what was said', async () => {
    room = await inSession([CHAIR, POLICE])
    await room.say('10:06', CLERK, 'wait for a quorum')
    await room.say('10:20', CLERK, 'go on informally')
    const rows = await room.house.handles.reading.selectFrom('quorum_entry').orderBy('seq').select(['state', 'verdict']).execute()
    expect(rows.slice(-2)).toEqual([
      { state: 'waiting', verdict: 'inquorate' },
      { state: 'informal', verdict: 'inquorate' },
    ])
  })
})

describe('who presides', () => {
  const presiding = async (hour: string) => /Presiding: (.*)/.exec(await answered(hour, CLERK, 'who is here'))?.[1]

  test('the chair, as soon as they are there and for as long', async () => {
    room = await inSession([POLICE])
    expect(await presiding('10:01')).toContain('nobody yet')
    await room.say('10:05', CHAIR, "I'm in the room")
    expect(await presiding('10:06')).toBe('Cllr Margaret Ashdown (Chair)')
    await room.say('10:30', CHAIR, "I'm leaving")
    expect(await presiding('10:31')).toContain('nobody')
  })

  test('failing the chair, one whom those present choose, until the chair comes', async () => {
    room = await inSession([POLICE, OPCC])
    await room.say('10:02', CLERK, 'Helen Marsh takes the chair')
    expect(await presiding('10:03')).toBe('Helen Marsh (chosen by those present)')
    expect(await answered('10:04', OPCC, 'wait for a quorum')).toContain('It waits for a quorum.')
    await room.say('10:05', CHAIR, "I'm in the room")
    expect(await presiding('10:06')).toBe('Cllr Margaret Ashdown (Chair)')
    await room.say('10:50', CHAIR, "I'm leaving")
    expect(await presiding('10:51')).toContain('Helen Marsh')
  })

  test('beside the chair only when it is said twice, and with the convention', async () => {
    room = await inSession([CHAIR, OPCC])
    expect(await answered('10:05', CLERK, 'Helen Marsh presides')).toContain('By convention: In the chair')
    await room.say('10:06', CLERK, 'Helen Marsh presides, all the same')
    expect(await presiding('10:07')).toBe('Helen Marsh (chosen by those present)')
    await room.say('10:20', CLERK, 'the chair resumes')
    expect(await presiding('10:21')).toBe('Cllr Margaret Ashdown (Chair)')
  })

  test('nobody who is not there, and nobody without a seat', async () => {
    room = await inSession([POLICE, CLERK])
    expect(await answered('10:05', CLERK, 'Helen Marsh presides')).toContain('Helen Marsh is not marked as here.')
    expect(await answered('10:05', CLERK, 'Grace Holloway presides')).toContain('has no member’s seat at this board')
  })

  test('a substitute may be chosen', async () => {
    room = await inSession([PROBATION])
    expect(await answered('10:05', CLERK, 'Leon Carter is in the chair')).toContain(
      'Presiding: Leon Carter (chosen by those present)',
    )
  })
})

test('the close ends it: nobody comes or goes after it', async () => {
  room = await inSession([CHAIR, POLICE])
  expect(await answered('11:00', POLICE, 'close the meeting, all the same')).toContain('That is for the person presiding to say.')
  await room.say('11:00', CHAIR, 'close the meeting, all the same')
  expect(await answered('11:01', OPCC, "I'm here")).toContain('is closed. Ask the clerk to correct the attendance.')
  expect(await answered('11:01', OPCC, 'apologies for today')).toContain('I know of no coming meeting of yours.')
})
