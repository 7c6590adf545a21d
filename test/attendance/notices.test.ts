import { afterEach, describe, expect, test } from 'vitest'
import { at, atTheMeeting, CHAIR, CLERK, FIRE, inSession, NHS, OPCC, POLICE, type Room } from './sitting.js'

let room: Room
afterEach(async () => {
  expect(room.house.faults).toEqual([])
  await room.house.close()
})

const TITLES =
  /^(?:The quorum is lost|The meeting is quorate|The meeting is not quorate|The quorum depends on the reading|No quorum for an item|The quorum for the item is back)/
/** What somebody was told of the quorum, title by title, since the room was opened. */
const toldOfQuorum = (name: string) =>
  room.house.sentTo(name).flatMap((plain) => (TITLES.test(plain) ? [plain.split('\n')[0]?.replace(/: KCSP.*/, '')] : []))

describe('the quorum', () => {
  test('reached, lost and regained: clerk and chair are told, once each, and nobody else', async () => {
    room = await inSession([CHAIR, POLICE, FIRE])
    expect(toldOfQuorum(CLERK)).toEqual([])
    await room.say('10:10', NHS, "I'm online")
    await room.deliver()
    await room.say('10:30', FIRE, "I'm leaving")
    await room.deliver()
    await room.say('10:40', FIRE, "I'm back")
    await room.deliver()
    const told = ['The meeting is quorate', 'The quorum is lost', 'The meeting is quorate']
    expect(toldOfQuorum(CLERK)).toEqual(told)
    expect(toldOfQuorum(CHAIR)).toEqual(told)
    expect(toldOfQuorum(POLICE)).toEqual([])
  })

  test('whoever presides in the chair’s absence is told, with what they may do', async () => {
    room = await inSession([OPCC, POLICE, FIRE, NHS])
    await room.say('10:05', CLERK, 'Daniel Okafor presides')
    await room.say('10:30', FIRE, "I'm leaving")
    await room.deliver()
    const told = room.house
      .sentTo(POLICE)
      .filter((plain) => plain.startsWith('The quorum is lost') || plain.startsWith('The meeting is not'))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('[Wait for a quorum] [Go on informally] [Adjourn]')
  })

  test('nothing is told when the meeting is closed', async () => {
    room = await inSession([CHAIR, POLICE, FIRE, NHS])
    await room.deliver()
    const before = toldOfQuorum(CLERK).length
    await room.say('11:00', CLERK, 'close the meeting, all the same')
    await room.deliver()
    expect(toldOfQuorum(CLERK)).toHaveLength(before)
  })

  test('a connection that does not come back loses it when the grace is over, and they are told then', async () => {
    room = await inSession([CHAIR, POLICE, NHS])
    await room.say('10:10', FIRE, "I'm online")
    await room.deliver()
    room.house.sent.length = 0
    await room.say('10:20', FIRE, 'my connection dropped')
    const tickAt = async (hour: string) => {
      room.house.clock.set(at(hour))
      await room.house.tick()
      await room.deliver()
    }
    await tickAt('10:24')
    expect(toldOfQuorum(CLERK)).toEqual([])
    await tickAt('10:25')
    expect(toldOfQuorum(CLERK)).toEqual(['The quorum is lost'])
    expect(toldOfQuorum(CHAIR)).toEqual(['The quorum is lost'])
    await tickAt('10:27')
    expect(toldOfQuorum(CLERK)).toEqual(['The quorum is lost'])
    expect(room.house.sent.filter(({ to }) => 'place' in to).at(-1)?.plain).toContain('Not quorate: 3')
  })

  test('two that are lost at once lose it once, and whoever brings it back is told of', async () => {
    room = await inSession([CHAIR, POLICE])
    for (const name of [FIRE, NHS]) await room.say('10:10', name, "I'm online")
    await room.deliver()
    room.house.sent.length = 0
    for (const name of [FIRE, NHS]) await room.say('10:20', name, 'my connection dropped')
    room.house.clock.set(at('10:26'))
    await room.house.tick()
    await room.deliver()
    expect(toldOfQuorum(CLERK)).toEqual(['The quorum is lost'])
    for (const name of [FIRE, NHS]) await room.say('10:40', name, "I'm back")
    await room.deliver()
    expect(toldOfQuorum(CLERK)).toEqual(['The quorum is lost', 'The meeting is quorate'])
    const rows = await room.house.handles.reading.selectFrom('quorum_entry').orderBy('seq').select('verdict').execute()
    expect(rows.slice(-4).map(({ verdict }) => verdict)).toEqual(['quorate', 'inquorate', 'inquorate', 'quorate'])
  })

  test('who withdraws for a second item says nothing new of the first', async () => {
    room = await inSession([CHAIR, POLICE, NHS, FIRE])
    const items = await room.house.handles.reading
      .selectFrom('item')
      .where('number', 'is not', null)
      .select('id')
      .limit(2)
      .execute()
    const declare = (item: string | undefined) =>
      room.press('10:05', POLICE, 'attendance.declare', { item: item ?? '', nature: 'x', does: 'withdraws now' })
    for (const { id } of items) await declare(id)
    await room.deliver()
    room.house.sent.length = 0
    await declare(items[0]?.id)
    await room.deliver()
    expect(toldOfQuorum(CLERK)).toEqual([])
  })

  test('one that is back in time loses nothing', async () => {
    room = await inSession([CHAIR, POLICE, NHS])
    await room.say('10:10', FIRE, "I'm online")
    await room.deliver()
    room.house.sent.length = 0
    await room.say('10:20', FIRE, 'my connection dropped')
    await room.say('10:24', FIRE, 'back')
    room.house.clock.set(at('10:30'))
    await room.house.tick()
    await room.deliver()
    expect(toldOfQuorum(CLERK)).toEqual([])
  })
})

describe('the cards', () => {
  test('of an opened meeting go to the place, the officers, and everybody who may come', async () => {
    room = await atTheMeeting()
    await room.say('10:00', CLERK, 'open the meeting')
    await room.deliver()
    const opened = room.house.sent.filter(({ plain }) => plain.startsWith('KCSP, Wednesday 16 December 2026: in session'))
    const to = opened.map(({ to: one }) => ('user' in one ? one.user : one.place)).sort()
    expect([...new Set(to)]).toEqual(
      [
        'kcsp',
        'margaret.ashdown@example.org',
        'grace.holloway@example.org',
        'daniel.okafor@example.org',
        'helen.marsh@example.org',
        'tom.beresford@example.org',
        'aisha.rahman@example.org',
        'simon.kerr@example.org',
        'owen.pryce@example.org',
        'nadia.flynn@example.org',
        'leon.carter@example.org',
      ].sort(),
    )
    // June Whitfield has sent apologies, and is not asked to say that she is there.
    expect(to).not.toContain('june.whitfield@example.org')
  })

  test('the place’s has figures and bodies, and no names but of who presides', async () => {
    room = await inSession([CHAIR, POLICE])
    const card = room.house.sent.filter(({ to }) => 'place' in to).at(-1)?.plain ?? ''
    expect(card).toContain('Represented: KCC, Kent Police')
    expect(card).toContain('People: 2')
    expect(card).not.toContain('Okafor')
  })

  test('one who is named in the meeting has a card of their own', async () => {
    room = await inSession([CHAIR])
    await room.say('10:05', POLICE, "sorry I can't make it, Ruth Hale will substitute")
    await room.deliver()
    expect(room.house.sentTo('Ruth Hale').at(-1)).toContain('The meeting is open. Press when you are there.')
  })

  test('an arrival turns the own card of who has arrived, and nobody else’s', async () => {
    room = await inSession([CHAIR])
    room.house.sent.length = 0
    await room.say('10:05', POLICE, "I'm in the room")
    await room.deliver()
    expect(room.house.sentTo(POLICE).at(-1)).toContain('You are in the room, since 10:05.')
    expect(room.house.sentTo(FIRE)).toEqual([])
  })

  test('what was said of a meeting that is cancelled since can still be drawn', async () => {
    room = await atTheMeeting()
    room.house.clock.set('2026-12-15T10:00:00Z')
    for (const name of [POLICE, FIRE]) await room.house.say(name, 'running ten minutes late on the 16th')
    await room.house.press(CHAIR, {
      command: 'meetings.cancel',
      subject: room.meeting,
      values: { why: 'snow', allTheSame: 'yes' },
    })
    await room.deliver()
    expect(room.house.sentTo(CLERK).filter((plain) => plain.startsWith('Somebody'))).toHaveLength(2)
  })

  test('a guest of another meeting sees nothing of this one', async () => {
    room = await inSession([CHAIR])
    const board = await room.house.handles.reading.selectFrom('board').select('id').executeTakeFirstOrThrow()
    const called = { day: '2027-03-24', time: '10:00', venue: 'Online', allTheSame: 'yes' }
    await room.house.press(CLERK, { command: 'meetings.call', subject: board.id, values: called })
    const { id } = await room.house.handles.reading
      .selectFrom('meeting')
      .where('starts_at', 'like', '2027%')
      .select('id')
      .executeTakeFirstOrThrow()
    const values = { name: 'Rob Tilley', email: 'rob.tilley@example.org', allTheSame: 'yes' }
    await room.house.press(CLERK, { command: 'agenda.invite', subject: id, values })
    for (const command of ['attendance.here', 'attendance.quorum', 'attendance.interests', 'attendance.print'])
      expect(await room.press('10:05', 'Rob Tilley', command), command).toMatchObject({
        kind: 'refusal',
        refusal: { code: 'not_found' },
      })
  })

  test('the clerk hears who comes late and who leaves early, once', async () => {
    room = await atTheMeeting()
    await room.say('09:51', POLICE, 'running ten minutes late')
    await room.say('09:51', POLICE, 'running ten minutes late')
    await room.say('09:52', POLICE, 'have to leave at eleven')
    await room.deliver()
    const told = room.house.sentTo(CLERK).filter((plain) => plain.startsWith('Somebody'))
    expect(told.map((plain) => plain.split('\n').at(-1))).toEqual([
      'Daniel Okafor comes at 10:10.',
      'Daniel Okafor leaves at 11:00.',
    ])
  })
})
