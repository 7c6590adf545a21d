import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
import { boardCalled } from '../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../house.js'
import {
  ASHDOWN,
  type Boards,
  CLERK,
  called,
  doubtOf,
  meetingRow,
  meetingsOf,
  openBoards,
  POLICE,
  settle,
  unchanged,
  versionsOf,
} from './calls.js'

const HOW = 'RESOLVED that the dates of meetings be agreed, 25 March 2026, item C1'

let house: TestHouse
let kcsp: string
beforeEach(async () => {
  house = await openTestHouse()
  kcsp = (await boardCalled(house, 'KCSP')) ?? ''
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const agree = (name: string, values: Record<string, string>, board = kcsp) =>
  house.press(name, {
    command: 'meetings.agree_cycle',
    subject: board,
    values: { year: '2027', time: '10:00', resolution: HOW, ...values },
  })

const THREE = { day1: '2027-03-24', day2: '2027-07-21', day3: '2027-11-24' }
const startsOf2027 = async () =>
  (await meetingsOf(house, kcsp)).map(({ starts_at }) => starts_at).filter((at) => at.startsWith('2027'))

describe('dates proposed', () => {
  test('“three times per year”: three, on the weekday and at the hour of the meeting that is called', async () => {
    const card = textOf(await house.say(CLERK, 'propose three meetings for 2027'))
    for (const day of ['Wednesday 24 March 2027, 10:00', 'Wednesday 21 July 2027, 10:00', 'Wednesday 24 November 2027, 10:00'])
      expect(card).toContain(`${day} | Wednesday at 10:00, as the last meetings`)
    expect(card).toContain('The KCSP shall meet three times per year')
    expect(card).toContain('[Record the board’s agreement]')
  })

  test('change nothing', async () => {
    await unchanged(house, () => house.say(CLERK, 'propose three meetings for 2027'))
  })

  test.each([
    { name: CLERK, who: 'the clerk', may: 'agree' },
    { name: ASHDOWN, who: 'the chair', may: 'agree' },
    { name: POLICE, who: 'a member', may: 'see' },
    { name: 'Nadia Flynn', who: 'of an invited body', may: 'neither' },
  ])('$name, $who, may $may them', async ({ name, may }) => {
    const answer = await house.press(name, { command: 'meetings.propose', subject: kcsp, values: { year: '2027' } })
    if (may === 'neither') expect(answer).toMatchObject({ refusal: { code: 'not_permitted' } })
    else expect(textOf(answer).includes('[Record the board’s agreement]')).toBe(may === 'agree')
    const form = await house.press(name, {
      command: 'meetings.cycle_form',
      subject: kcsp,
      values: { year: '2027', days: '2027-03-24T10:00' },
    })
    expect(form.kind).toBe(may === 'agree' ? 'form' : 'refusal')
    const agreed = await agree(name, { day1: '2027-03-24' })
    if (may === 'agree') expect(agreed).toMatchObject({ kind: 'card' })
    else expect(agreed).toMatchObject({ refusal: { code: 'not_permitted' } })
  })

  test('the button opens a form with each date, its hour and the place of the last meeting; the form calls them', async () => {
    const card = await house.say(CLERK, 'propose three meetings for 2027')
    if (card.kind !== 'card') throw new Error(textOf(card))
    const button = card.card.body.flatMap((node) => (node.node === 'buttons' ? node.buttons : []))[0]
    if (!button) throw new Error('no button')
    const answer = await house.press(CLERK, button)
    if (answer.kind !== 'form') throw new Error(textOf(answer))
    const { form } = answer
    const filled = Object.fromEntries(form.fields.flatMap((field) => ('value' in field ? [[field.name, field.value ?? '']] : [])))
    expect(filled).toEqual({ ...THREE, time: '10:00', venue: 'Online' })
    const values = { ...form.values, ...filled, resolution: HOW }
    expect(textOf(await house.press(CLERK, { command: form.command, subject: form.subject, values }))).toContain(
      '3 meetings of the Kent Community Safety Partnership called:',
    )
  })

  test('beside a meeting that is called already, the board is named as what meets then', async () => {
    await agree(CLERK, THREE)
    const card = textOf(await house.say(CLERK, 'propose dates for 2027'))
    expect(card).toContain('Wednesday 31 March 2027, 10:00 | ')
    expect(card).toContain('moved a week later: the KCSP meets on Wednesday 24 March 2027')
  })

  test.each([
    { count: '0', says: 'Say how many meetings.' },
    { count: '13', says: 'At most 12 meetings at once.' },
    { count: 'two', says: 'I cannot read that.' },
  ])('$count of them: $says', async ({ count, says }) => {
    const answer = await house.press(CLERK, { command: 'meetings.propose', subject: kcsp, values: { year: '2027', count } })
    expect(textOf(answer)).toContain(says)
  })
})

describe('the board’s agreement', () => {
  test('calls all of them, and is kept with its resolution, its terms and who recorded it', async () => {
    expect(textOf(await agree(CLERK, THREE))).toContain('- Wednesday 21 July 2027, 10:00, Online')
    expect(await startsOf2027()).toEqual(['2027-03-24T10:00:00.000Z', '2027-07-21T09:00:00.000Z', '2027-11-24T10:00:00.000Z'])
    const { reading } = house.handles
    const terms = await reading.selectFrom('terms').select('id').where('board_id', '=', kcsp).executeTakeFirstOrThrow()
    const clerk = await reading.selectFrom('person').select('id').where('name', '=', CLERK).executeTakeFirstOrThrow()
    const cycle = await reading.selectFrom('cycle').selectAll().executeTakeFirstOrThrow()
    expect(cycle).toMatchObject({ board_id: kcsp, year: 2027, resolution: HOW, terms_id: terms.id, by_person_id: clerk.id })
    const meetings = (await meetingsOf(house, kcsp)).filter(({ starts_at }) => starts_at.startsWith('2027'))
    const linked = await reading.selectFrom('cycle_meeting').select('meeting_id').where('cycle_id', '=', cycle.id).execute()
    expect(linked.map(({ meeting_id }) => meeting_id).sort()).toEqual(meetings.map(({ id }) => id).sort())
    for (const { id } of meetings) {
      expect(await versionsOf(house, id)).toMatchObject([{ revision: 1, terms_id: terms.id, why: HOW, state: 'called' }])
      const agenda = await reading.selectFrom('agenda').select('state').where('meeting_id', '=', id).executeTakeFirst()
      expect(agenda).toEqual({ state: 'draft' })
    }
  })

  test('everyone has a card of each meeting', async () => {
    await settle(house)
    house.sent.length = 0
    await agree(CLERK, THREE)
    await settle(house)
    expect(house.sentTo(POLICE).map((plain) => plain.split('\n')[0])).toEqual([
      'KCSP, Wednesday 24 March 2027',
      'KCSP, Wednesday 21 July 2027',
      'KCSP, Wednesday 24 November 2027',
    ])
    const place = house.sent.filter(({ to }) => 'place' in to)
    expect(place.map(({ plain }) => plain.split('\n')[0])).toHaveLength(3)
  })

  test.each([
    { bad: 'has passed', day: '2026-03-25', code: 'too_late', field: 'day2' },
    { bad: 'is far ahead', day: '2037-03-25', code: 'invalid', field: 'day2' },
    { bad: 'is none', day: '2027-02-30', code: 'invalid', field: 'day2' },
    { bad: 'is the first again', day: '2027-03-24', code: 'conflict', field: 'day2' },
    { bad: 'is that of a called meeting', day: '2026-12-16', code: 'conflict', field: 'day2' },
  ])('one date of three that $bad: no meeting is called, all the same or not', async ({ day, code, field }) => {
    for (const more of [{}, { allTheSame: 'yes' }]) {
      const answer = await unchanged(house, () => agree(CLERK, { ...THREE, day2: day, ...more }))
      expect(answer).toMatchObject({ kind: 'refusal', refusal: { code, fields: { [field]: expect.any(String) } } })
    }
    expect(await startsOf2027()).toEqual([])
  })

  test('at an hour that the clocks skip on one of the days: none', async () => {
    const answer = await unchanged(house, () => agree(CLERK, { ...THREE, day1: '2027-03-28', time: '01:30', allTheSame: 'yes' }))
    expect(textOf(answer)).toContain('There is no 01:30 on Sunday 28 March 2027')
  })

  test('an unwise date of three is asked about, and none is called before the answer', async () => {
    const answer = await unchanged(house, () => agree(CLERK, { ...THREE, day2: '2027-07-24', day3: '2027-12-28' }))
    const { sentence, ...press } = doubtOf(answer)
    expect(sentence).toContain('Saturday 24 July 2027 is at the weekend')
    expect(sentence).toContain('Tuesday 28 December 2027 is a bank holiday')
    expect(press.label).toBe('Call them all the same')
    expect(await house.press(CLERK, press)).toMatchObject({ kind: 'card' })
    expect(await startsOf2027()).toHaveLength(3)
    expect(await house.handles.reading.selectFrom('cycle').select('resolution').execute()).toEqual([{ resolution: HOW }])
  })

  test.each([
    { without: 'a resolution', values: { ...THREE, resolution: '' }, field: 'resolution', says: 'Say how the board agreed it' },
    { without: 'any date', values: {}, field: 'day1', says: 'Leave at least one date.' },
    { without: 'a year', values: { ...THREE, year: 'next' }, field: 'year', says: 'Say a year, as in 2027.' },
    { without: 'an hour', values: { ...THREE, time: '' }, field: 'time', says: 'Choose an hour.' },
  ])('without $without it is refused at the field', async ({ values, field, says }) => {
    const answer = await unchanged(house, () => agree(CLERK, values))
    expect(answer).toMatchObject({ refusal: { code: 'invalid', fields: { [field]: expect.stringContaining(says) } } })
  })

  test('dates left blank are left out', async () => {
    await agree(CLERK, { day1: '2027-03-24', day2: '', day3: '2027-11-24' })
    expect(await startsOf2027()).toHaveLength(2)
  })

  test('delivered twice is recorded once, and the answer names no other year', async () => {
    const delivery = newId()
    const pressed = {
      command: 'meetings.agree_cycle',
      subject: kcsp,
      values: { year: '2027', time: '10:00', resolution: HOW, ...THREE },
    }
    await house.press(CLERK, pressed, { delivery })
    const again = await unchanged(house, () => house.press(CLERK, pressed, { delivery }))
    expect(textOf(again)).toBe('The cycle of KCSP is agreed')
    expect(await startsOf2027()).toHaveLength(3)
  })

  test('in words: those that are proposed', async () => {
    expect(textOf(await house.say(CLERK, `agree the cycle of 2027: ${HOW}`))).toContain('The cycle of 2027 is agreed')
    expect(await startsOf2027()).toEqual(['2027-03-24T10:00:00.000Z', '2027-07-21T09:00:00.000Z', '2027-11-24T10:00:00.000Z'])
  })

  test('in words: others, which are days of its year, at an hour with minutes', async () => {
    await house.say(CLERK, `agree the cycle of 2028 on 22 March, 19 July and 22 November at 10:30: ${HOW}`)
    expect((await meetingsOf(house, kcsp)).map(({ starts_at }) => starts_at).slice(1)).toEqual([
      '2028-03-22T10:30:00.000Z',
      '2028-07-19T09:30:00.000Z',
      '2028-11-22T10:30:00.000Z',
    ])
    expect(await house.handles.reading.selectFrom('cycle').select(['year', 'resolution']).execute()).toEqual([
      { year: 2028, resolution: HOW },
    ])
  })

  test('in words with one date too many for a form is not cut short', async () => {
    const days = ['6 January', '3 February', '3 March', '7 April', '5 May', '2 June', '7 July', '4 August', '1 September']
    const all = [...days, '6 October', '3 November', '1 December', '8 December']
    const answer = await unchanged(house, () => house.say(CLERK, `agree the cycle of 2027 on ${all.join(', ')}: ${HOW}`))
    expect(textOf(answer)).toContain('Do you mean this?')
  })
})

describe('beside other boards', () => {
  let boards: Boards
  beforeEach(async () => {
    await house.close()
    const opened = await openBoards()
    house = opened.house
    boards = opened.boards
    kcsp = boards.kcsp
  })

  test('“ensuring that meetings take place prior to the KCSP”: the group’s dates follow the parent’s', async () => {
    await agree(CLERK, THREE)
    const card = textOf(await house.say(CLERK, 'propose dates for 2027 for the KCSP WG'))
    expect(card).toContain('14 working days before the KCSP of Wednesday 24 March 2027')
    expect(card).toContain('14 working days before the KCSP of Wednesday 21 July 2027')
    expect(card).toContain('14 working days before the KCSP of Wednesday 24 November 2027')
  })

  test('a day on which the same people meet elsewhere is left, with who they are', async () => {
    await called(house, 'Moira Lennox', boards.dardr, { day: '2027-03-24', time: '10:00' })
    const card = textOf(await house.say(CLERK, 'propose dates for 2027 for KCSP'))
    expect(card).toContain(
      'Wednesday 31 March 2027, 10:00 | Wednesday at 10:00, as the last meetings; moved a week later: the DARDR SG (with Daniel Okafor, Dr Simon Kerr, Grace Holloway and others) meets on Wednesday 24 March 2027',
    )
  })

  test('a date of the cycle on which they meet elsewhere is asked about', async () => {
    const other = await called(house, 'Moira Lennox', boards.dardr, { day: '2027-07-21', time: '11:00' })
    const { sentence } = doubtOf(await unchanged(house, () => agree(CLERK, THREE)))
    expect(sentence).toContain(
      'Daniel Okafor, Dr Simon Kerr, Grace Holloway and June Whitfield have the DARDR SG at 11:00 that day.',
    )
    expect(await meetingRow(house, other)).toMatchObject({ state: 'called' })
  })
})
