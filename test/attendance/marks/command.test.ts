import { afterEach, describe, expect, test } from 'vitest'
import { textOf } from '../../house.js'
import { CHAIR, CLERK, FIRE, inSession, NHS, OPCC, POLICE, type Room } from '../sitting.js'

let room: Room
afterEach(async () => {
  expect(room.house.faults).toEqual([])
  await room.house.close()
})

const answered = async (hour: string, name: string, words: string) => textOf(await room.say(hour, name, words))
const spells = () =>
  room.house.handles.reading
    .selectFrom('spell')
    .innerJoin('person', 'person.id', 'spell.person_id')
    .orderBy('seq')
    .select([
      'person.name',
      'spell.mode',
      'spell.from_at',
      'spell.until_at',
      'spell.capacity',
      'spell.struck',
      'spell.reason',
      'spell.id',
    ])
    .execute()

describe('the clerk marks', () => {
  test('several at once, at the hour that is said', async () => {
    room = await inSession([])
    await room.say('10:10', CLERK, 'Daniel Okafor, Helen Marsh and Aisha Rahman are here')
    await room.say('10:30', CLERK, 'Helen Marsh left at 10:25')
    expect((await spells()).map(({ name, from_at, until_at }) => [name, from_at.slice(11, 16), until_at?.slice(11, 16)])).toEqual(
      [
        ['Daniel Okafor', '10:10', undefined],
        ['Helen Marsh', '10:10', undefined],
        ['Aisha Rahman', '10:10', undefined],
        ['Helen Marsh', '10:10', '10:25'],
      ],
    )
  })

  test('all of them or none', async () => {
    room = await inSession([])
    expect(await answered('10:10', CLERK, 'Daniel Okafor and Ruth Hale are here')).toContain('Nobody has named Ruth Hale')
    expect(await spells()).toEqual([])
  })

  test('a substitute for a member: recorded as that member’s late answer, who is told', async () => {
    room = await inSession([CHAIR])
    await room.say('10:10', CLERK, 'Ruth Hale is here for Daniel Okafor')
    await room.deliver()
    expect((await spells()).at(-1)).toMatchObject({ name: 'Ruth Hale', capacity: 'substitute' })
    expect(room.house.sentTo(POLICE).join('\n')).toContain('Grace Holloway has sent your apologies. Ruth Hale will substitute.')
    expect(await answered('10:11', CLERK, 'who is coming')).toContain('Ruth Hale (substitute for Daniel Okafor)')
  })

  test('a stranger as substitute, who is new and waits to be confirmed', async () => {
    room = await inSession([CHAIR])
    await room.say('10:10', CLERK, 'Jane Roe is here for Daniel Okafor')
    expect((await spells()).at(-1)).toMatchObject({ name: 'Jane Roe', capacity: 'substitute' })
    const { confirmed } = await room.house.handles.reading
      .selectFrom('person')
      .where('name', '=', 'Jane Roe')
      .select('confirmed')
      .executeTakeFirstOrThrow()
    expect(confirmed).toBe(0)
  })

  test('somebody with no part only when it is said twice, and then in attendance', async () => {
    room = await inSession([CHAIR])
    expect(await answered('10:10', CLERK, 'Jane Roe is here')).toContain('they would be in attendance, and not counted')
    await room.say('10:10', CLERK, 'Jane Roe is here, all the same')
    expect((await spells()).at(-1)).toMatchObject({ name: 'Jane Roe', capacity: 'in attendance' })
  })

  test('for nobody but the clerk', async () => {
    room = await inSession([CHAIR])
    expect(await room.say('10:10', POLICE, 'Helen Marsh is here')).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'not_permitted' },
    })
  })

  test.each([
    { rule: 'before the opening', words: 'Helen Marsh arrived at 09:30', says: 'The meeting was opened at 10:00' },
    { rule: 'in the future', words: 'Helen Marsh arrived at 11:30', says: 'say no hour after 10:20' },
    { rule: 'who was never there', words: 'Helen Marsh has left', says: 'Helen Marsh is not marked as here.' },
    { rule: 'whom nobody knows', words: 'Jane Roe has left', says: 'Nobody of that name is marked as here.' },
  ])('is refused: $rule', async ({ words, says }) => {
    room = await inSession([CHAIR])
    expect(await answered('10:20', CLERK, words)).toContain(says)
    expect(await spells()).toHaveLength(1)
  })
})

describe('the whole table in one form', () => {
  async function form(hour: string) {
    const answer = await room.press(hour, CLERK, 'attendance.table_form')
    if (answer.kind !== 'form') throw new Error(textOf(answer))
    return answer.form
  }

  test('marks what was changed, and nothing else', async () => {
    room = await inSession([CHAIR, POLICE])
    const { fields, values } = await form('10:05')
    const shown = Object.fromEntries(fields.map(({ name, value }) => [name, value ?? '']))
    const [police, opcc, fire] = [await room.id(POLICE), await room.id(OPCC), await room.id(FIRE)]
    expect([shown[police], shown[opcc]]).toEqual(['room', 'away'])
    await room.press('10:06', CLERK, 'attendance.table', {
      ...values,
      ...shown,
      [opcc]: 'room',
      [fire]: 'online',
      [police]: 'away',
    })
    expect((await spells()).slice(2).map(({ name, mode, until_at }) => [name, mode, until_at !== null])).toEqual(
      [
        ['Daniel Okafor', 'room', true],
        ['Helen Marsh', 'room', false],
        ['Aisha Rahman', 'online', false],
      ].sort(),
    )
  })

  test('what somebody has marked while it was open stands', async () => {
    room = await inSession([CHAIR, POLICE])
    const { fields, values } = await form('10:05')
    const shown = Object.fromEntries(fields.map(({ name, value }) => [name, value ?? '']))
    await room.say('10:06', POLICE, "I'm leaving")
    const answer = await room.press('10:07', CLERK, 'attendance.table', { ...values, ...shown, [await room.id(OPCC)]: 'room' })
    expect((await spells()).map(({ name, until_at }) => [name, until_at !== null])).toContainEqual(['Daniel Okafor', true])
    expect(textOf(answer)).not.toContain('Daniel Okafor | ')
    const crossed = await room.press('10:08', CLERK, 'attendance.table', {
      ...values,
      ...shown,
      [await room.id(POLICE)]: 'online',
    })
    expect(textOf(crossed)).toContain('somebody else marked Daniel Okafor: that stands')
  })
})

describe('a correction', () => {
  const correct = async (hour: string, name: string, values: Record<string, string>) => {
    const spell = (await spells()).find((one) => one.name === name)?.id ?? ''
    return room.press(hour, CLERK, 'attendance.correct', { spell, what: 'change', ...values })
  }

  test('says what of the quorum reads otherwise, and keeps what stood', async () => {
    room = await inSession([CHAIR, POLICE, FIRE, NHS])
    const before = await room.house.handles.reading.selectFrom('quorum_entry').orderBy('seq').selectAll().execute()
    const answer = textOf(await correct('10:40', POLICE, { until: '10:20', reason: 'the sign-in sheet' }))
    expect(answer).toContain('Corrected: the sign-in sheet. What stood before is kept.')
    expect(answer).toContain('From 10:20: Not quorate: 3 responsible authorities')
    const after = await room.house.handles.reading.selectFrom('quorum_entry').orderBy('seq').selectAll().execute()
    expect(after.slice(0, before.length)).toEqual(before)
    expect(await answered('10:41', CLERK, 'attendance record')).toContain('recorded at the time: quorate')
    expect(await spells()).toHaveLength(5)
  })

  test('after the close too; somebody who was forgotten is marked with an hour and a reason', async () => {
    room = await inSession([CHAIR, POLICE])
    await room.say('11:00', CLERK, 'close the meeting, all the same')
    await correct('11:10', POLICE, { what: 'never', reason: 'another Daniel' })
    const person = await room.id(OPCC)
    expect(textOf(await room.press('11:11', CLERK, 'attendance.mark', { person, how: 'room' }))).toContain('say at what hour')
    expect(textOf(await room.press('11:11', CLERK, 'attendance.mark', { person, how: 'room', hour: '10:10' }))).toContain(
      'Say why',
    )
    await room.press('11:12', CLERK, 'attendance.mark', { person, how: 'room', hour: '10:10', reason: 'forgotten' })
    expect(await answered('11:13', CLERK, 'attendance record')).toContain('PRESENT: Cllr Margaret Ashdown (Chair), Helen Marsh.')
  })

  test('places somebody in another list of the notes', async () => {
    room = await inSession([CHAIR, POLICE])
    await correct('10:30', POLICE, { listed: 'also present', reason: 'an invited speaker' })
    await room.say('11:00', CLERK, 'close the meeting, all the same')
    expect(await answered('11:01', CLERK, 'who was here')).toContain('ALSO PRESENT: Daniel Okafor.')
  })

  test.each([
    { rule: 'without a reason', values: { until: '10:20', reason: ' ' }, says: 'Say why, as it stands in the record' },
    { rule: 'that changes nothing', values: { from: '10:00', reason: 'x' }, says: 'That is how it stands already.' },
    { rule: 'to before the opening', values: { from: '09:30', reason: 'x' }, says: 'The meeting was opened at 10:00' },
  ])('is refused $rule', async ({ values, says }) => {
    room = await inSession([CHAIR, POLICE])
    expect(textOf(await correct('10:40', POLICE, values))).toContain(says)
    expect(await spells()).toHaveLength(2)
  })

  test('is for the clerk alone', async () => {
    room = await inSession([CHAIR, POLICE])
    const [first] = await spells()
    const values = { spell: first?.id ?? '', what: 'never', reason: 'x' }
    expect(await room.press('10:40', CHAIR, 'attendance.correct', values)).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'not_permitted' },
    })
  })
})
