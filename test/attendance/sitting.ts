import type { Pressed } from '../../src/bot.js'
import { personCalled } from '../boards.js'
import { openTestHouse, type TestHouse } from '../house.js'

export const CLERK = 'Grace Holloway'
export const CHAIR = 'Cllr Margaret Ashdown'
export const POLICE = 'Daniel Okafor'
export const OPCC = 'Helen Marsh'
export const DISTRICTS = 'Tom Beresford'
export const FIRE = 'Aisha Rahman'
export const NHS = 'Dr Simon Kerr'
/** substitutes for June Whitfield, who sent apologies before */
export const PROBATION = 'Leon Carter'

/** The demonstration's meeting is on Wednesday 16 December 2026 at 10:00, online. */
export const at = (hour: string): string => `2026-12-16T${hour.length === 5 ? `${hour}:00` : hour}Z`

export interface Room {
  readonly house: TestHouse
  readonly meeting: string
  /** presses at an hour of that day */
  press(hour: string, name: string, command: string, values?: Pressed['values']): ReturnType<TestHouse['press']>
  say(hour: string, name: string, words: string): ReturnType<TestHouse['say']>
  id(name: string): Promise<string>
  /** lets all that waits be sent, a second a message */
  deliver(): Promise<void>
}

/** The demonstration on the morning of its meeting, with its clock at ten minutes to ten. */
export async function atTheMeeting(options: { executed?: (sql: string) => void } = {}): Promise<Room> {
  const house = await openTestHouse(options)
  const meeting = await house.meeting()
  house.clock.set(at('09:50'))
  await house.tick()
  await house.outbox.drain()
  house.sent.length = 0
  const set = (hour: string) => house.clock.set(at(hour))
  return {
    house,
    meeting,
    press(hour, name, command, values) {
      set(hour)
      return house.press(name, { command, subject: meeting, ...(values ? { values } : {}) })
    },
    say(hour, name, words) {
      set(hour)
      return house.say(name, words)
    },
    id: (name) => personCalled(house, name),
    async deliver() {
      for (let second = 0; second < 12; second += 1) {
        await house.outbox.drain()
        house.clock.forward({ seconds: 1 })
      }
    },
  }
}

/** The same, opened at ten, with these people in the room from then on. */
export async function inSession(people: readonly string[], options: { executed?: (sql: string) => void } = {}): Promise<Room> {
  const room = await atTheMeeting(options)
  await room.press('10:00', CLERK, 'attendance.open')
  for (const name of people) await room.press('10:00', name, 'attendance.arrive', { mode: 'room' })
  await room.deliver()
  return room
}
