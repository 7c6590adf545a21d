import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyChain } from '../../src/db/journal.js'
import { newId } from '../../src/kernel/ids.js'
import { personCalled, setUpBoard } from '../boards.js'
import { type SentCard, type TestHouse, textOf } from '../house.js'
import {
  ASHDOWN,
  CLERK,
  called,
  cancel,
  doubtOf,
  FAIRLEY,
  meetingRow,
  meetingsOf,
  move,
  openGravesham,
  POLICE,
  settle,
  unchanged,
  versionsOf,
} from './calls.js'

let house: TestHouse
let kcsp: string
let gravesham: string
beforeEach(async () => {
  const opened = await openGravesham()
  house = opened.house
  kcsp = opened.kcsp
  gravesham = opened.gravesham
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const press = (name: string, command: string, subject: string, values: Record<string, string> = {}) =>
  house.press(name, { command, subject, values })
const coming = async (meeting: string) => textOf(await press(CLERK, 'apologies.coming', meeting))
const show = async (name: string, meeting: string) => textOf(await press(name, 'meetings.show', meeting))

/** Sends all that waits, and forgets it. */
async function quiet(): Promise<void> {
  await settle(house)
  house.sent.length = 0
}

const toWhom = ({ to }: SentCard): string => ('user' in to ? to.user.replace('@example.org', '') : `#${to.place}`)
/** Who was told something that begins so, in order of name. */
const told = (begins: string) =>
  house.sent
    .filter(({ plain }) => plain.startsWith(begins))
    .map(toWhom)
    .sort()

/** Wednesday 20 January 2027, 14:00, of Gravesham. */
const JANUARY = { day: '2027-01-20', time: '14:00' }
const january = (by = CLERK) => called(house, by, gravesham, JANUARY)
const extraordinary = (by = POLICE) =>
  called(house, by, gravesham, { kind: 'extraordinary', ...JANUARY, need: 'A surge in violence' })

const SEATS = [
  'april.stone',
  'carol.finch',
  'daniel.okafor',
  'elliot.grange',
  'harriet.boyle',
  'imogen.fairley',
  'joseph.brand',
  'leon.carter',
  'mark.dunn',
  'maureen.tate',
  'simon.vance',
]
const DEPUTIES = ['desmond.achebe', 'keira.nolan', 'ruth.hale']

describe('who is told', () => {
  test('of a new meeting: seats and the board’s place by their own cards, deputies and who is in attendance besides', async () => {
    await quiet()
    const meeting = await january(FAIRLEY)
    await settle(house)
    expect(told('Called: Gravesham CSP, Wednesday 20 January 2027')).toEqual([...DEPUTIES, 'grace.holloway'].sort())
    expect(told('Gravesham CSP, Wednesday 20 January 2027')).toEqual(SEATS)
    expect(told('Next meeting: Wednesday 20 January 2027, 14:00')).toEqual(['#gravesham-csp'])
    expect(house.sent).toHaveLength(SEATS.length + DEPUTIES.length + 2)
    expect(house.sentTo(CLERK)[0]).toContain('Called by: Cllr Imogen Fairley')
    expect((await meetingRow(house, meeting)).state).toBe('called')
  })

  test('not who called it, but by the card of their own seat', async () => {
    await quiet()
    await extraordinary()
    await settle(house)
    expect(house.sentTo(POLICE)).toEqual([expect.stringContaining('You have not answered yet.')])
    expect(house.sentTo('Ruth Hale')).toEqual([
      expect.stringContaining('An extraordinary meeting of the Gravesham Community Safety Partnership is called'),
    ])
    expect(house.sentTo('Ruth Hale')[0]).toContain('Called for: A surge in violence')
  })

  test('of a move: seats, deputies, officers, in attendance, substitutes, invitees and the place; nobody else, and not the mover', async () => {
    const meeting = await january()
    await press(POLICE, 'apologies.name_substitute', meeting, { substitute: await personCalled(house, 'Bethan Cole') })
    await press(FAIRLEY, 'agenda.invite', meeting, { name: 'Zadie Guest', email: 'zadie.guest@example.org' })
    await quiet()
    expect(await move(house, FAIRLEY, meeting, { ...JANUARY, time: '15:00', why: 'The hall is taken' })).toMatchObject({
      kind: 'card',
    })
    await settle(house)
    const others = SEATS.filter((one) => one !== 'imogen.fairley')
    expect(told('Moved: Gravesham CSP, Wednesday 20 January 2027')).toEqual(
      ['#gravesham-csp', ...others, ...DEPUTIES, 'bethan.cole', 'grace.holloway', 'zadie.guest'].sort(),
    )
    expect(house.sentTo('Zadie Guest')[0]).toContain(
      'The meeting of Wednesday 20 January 2027, 14:00 is now on Wednesday 20 January 2027, 15:00.',
    )
    expect(house.sentTo('Zadie Guest')[0]).toContain('Why: The hall is taken')
    expect(house.sentTo('Zadie Guest')[0]).toContain('Moved by: Cllr Imogen Fairley')
  })

  test('of a cancellation the same, with the reason', async () => {
    const meeting = await january()
    await quiet()
    await cancel(house, CLERK, meeting, 'No business')
    await settle(house)
    expect(
      told(
        'Cancelled: Gravesham CSP, Wednesday 20 January 2027\nThe meeting of Wednesday 20 January 2027, 14:00 is cancelled.\nWhy',
      ),
    ).toEqual(['#gravesham-csp', ...SEATS, ...DEPUTIES].sort())
    expect(house.sentTo('Ruth Hale')[0]).toContain('Why: No business')
    expect(house.sentTo('Ruth Hale')[0]).toContain('Cancelled by: Grace Holloway')
  })

  test('of a move over the day on which a seat changes hands: who holds it before and who holds it after', async () => {
    const meeting = await called(house, CLERK, gravesham, { day: '2027-03-24', time: '14:00' })
    await quiet()
    await move(house, CLERK, meeting, { day: '2027-04-14', time: '14:00' })
    await settle(house)
    const moved = told('Moved: Gravesham CSP, Wednesday 14 April 2027')
    expect(moved).toContain('april.stone')
    expect(moved).toContain('yusuf.demir')
    expect(house.sentTo('Yusuf Demir')).toContainEqual(expect.stringContaining('You have not answered yet.'))
  })

  test('nobody of a refusal, a doubt or a repeat', async () => {
    const meeting = await january()
    const delivery = newId()
    await house.press(CLERK, { command: 'meetings.move', subject: meeting, values: { ...JANUARY, time: '15:00' } }, { delivery })
    await quiet()
    await house.press(CLERK, { command: 'meetings.move', subject: meeting, values: { ...JANUARY, time: '15:00' } }, { delivery })
    await move(house, CLERK, meeting, { day: '2027-01-23', time: '14:00' })
    await move(house, 'Joseph Brand', meeting, { ...JANUARY, time: '16:00' })
    await settle(house)
    expect(house.sent).toEqual([])
  })
})

describe('a move', () => {
  const answered = async () => {
    const meeting = await january()
    await press(POLICE, 'apologies.attend', meeting)
    await press('April Stone', 'apologies.send', meeting)
    return meeting
  }

  test.each([
    { about: 'only the hour', values: { ...JANUARY, time: '10:00' } },
    { about: 'only the place', values: { ...JANUARY, venue: 'Gravesend Old Town Hall' } },
    { about: 'only the link', values: { ...JANUARY, link: 'https://meet.example.org/1' } },
    { about: 'hour and place', values: { ...JANUARY, time: '09:00', venue: 'Gravesend Old Town Hall' } },
  ])('of $about leaves the answers as they are', async ({ values }) => {
    const meeting = await answered()
    const before = await coming(meeting)
    expect(before).toContain('Kent Police | Daniel Okafor\n')
    expect(await move(house, CLERK, meeting, values)).toMatchObject({ kind: 'card' })
    expect(await coming(meeting)).toBe(before)
  })

  test('to another day asks anew; back again, the answers stand as they were given', async () => {
    const meeting = await answered()
    const before = await coming(meeting)
    await move(house, CLERK, meeting, { day: '2027-01-27', time: '14:00' })
    expect(await coming(meeting)).toContain('Kent Police | Daniel Okafor has not answered')
    expect(await coming(meeting)).toContain('0 of the 3 core members needed')
    await settle(house)
    expect(house.sentTo(POLICE)).toContainEqual(
      expect.stringContaining('The meeting has been moved since you answered. Will you come on the new day?'),
    )
    await move(house, CLERK, meeting, JANUARY)
    expect(await coming(meeting)).toBe(before)
  })

  test('an answer for the new day is not one for the old', async () => {
    const meeting = await january()
    await move(house, CLERK, meeting, { day: '2027-01-27', time: '14:00' })
    await press(POLICE, 'apologies.attend', meeting)
    await move(house, CLERK, meeting, JANUARY)
    expect(await coming(meeting)).toContain('Kent Police | Daniel Okafor has not answered')
    await move(house, CLERK, meeting, { day: '2027-01-27', time: '10:00' })
    expect(await coming(meeting)).toContain('Kent Police | Daniel Okafor\n')
  })

  test('the cards that hang follow it, and keep their messages', async () => {
    const meeting = await january()
    await quiet()
    await move(house, CLERK, meeting, { day: '2027-01-27', time: '10:30', venue: 'Darent Room, Sessions House' })
    await settle(house)
    const place = house.sent.filter((one) => toWhom(one) === '#gravesham-csp')
    expect(place.map(({ plain, updates }) => [plain.split('\n')[0], updates])).toContainEqual([
      'Next meeting: Wednesday 27 January 2027, 10:30',
      true,
    ])
    const own = house.sent.filter((one) => toWhom(one) === 'daniel.okafor' && one.updates)
    expect(own).toHaveLength(1)
    expect(own[0]?.plain).toContain('When: Wednesday 27 January 2027, 10:30\nWhere: Darent Room, Sessions House')
  })

  test('keeps the need, the kind and what else is not said', async () => {
    const meeting = await called(house, CLERK, gravesham, {
      ...JANUARY,
      venue: 'Darent Room',
      link: 'https://meet.example.org/1',
    })
    await move(house, CLERK, meeting, { day: '2027-01-27', time: '14:00' })
    expect(await meetingRow(house, meeting)).toMatchObject({
      starts_at: '2027-01-27T14:00:00.000Z',
      venue: 'Darent Room',
      link: 'https://meet.example.org/1',
      revision: 2,
    })
    await move(house, CLERK, meeting, { day: '2027-01-27', time: '14:00', link: '' })
    expect(await meetingRow(house, meeting)).toMatchObject({ venue: 'Darent Room', link: null, revision: 3 })
  })

  test('of the place alone says so, and not that the hour has changed', async () => {
    const meeting = await january()
    await quiet()
    await move(house, CLERK, meeting, { ...JANUARY, venue: 'Darent Room' })
    await settle(house)
    expect(house.sentTo('Ruth Hale')[0]).toContain(
      'The meeting of Wednesday 20 January 2027, 14:00 stands; where it is held, or its link, has changed.\nWhere: Darent Room',
    )
    expect(house.sentTo('Ruth Hale')[0]).not.toContain('answer again')
  })

  test('across a change of the clocks keeps its civil hour', async () => {
    const meeting = await called(house, CLERK, gravesham, { day: '2027-03-24', time: '10:00' })
    expect(await meetingRow(house, meeting)).toMatchObject({ starts_at: '2027-03-24T10:00:00.000Z' })
    await house.say(CLERK, 'move the Gravesham meeting of 24 March to 31 March 2027')
    expect(await meetingRow(house, meeting)).toMatchObject({ starts_at: '2027-03-31T09:00:00.000Z' })
    expect(await show(CLERK, meeting)).toContain('When: Wednesday 31 March 2027, 10:00')
    await house.say(CLERK, 'move the Gravesham meeting of 31 March to 3 November 2027')
    expect(await meetingRow(house, meeting)).toMatchObject({ starts_at: '2027-11-03T10:00:00.000Z' })
  })

  test.each([
    { about: 'into the past', values: { day: '2026-11-21', time: '10:00' }, code: 'too_late', field: 'day' },
    { about: 'six years ahead', values: { day: '2032-12-01', time: '10:00' }, code: 'invalid', field: 'day' },
    { about: 'to an hour that the clocks skip', values: { day: '2027-03-28', time: '01:30' }, code: 'invalid', field: 'time' },
    { about: 'to no day at all', values: { day: '2027-02-29', time: '10:00' }, code: 'invalid', field: 'day' },
    { about: 'into another meeting', values: { day: '2027-02-03', time: '11:00' }, code: 'conflict', field: 'time' },
  ])('$about is refused, all the same or not', async ({ values, code, field }) => {
    const meeting = await january()
    await called(house, CLERK, gravesham, { day: '2027-02-03', time: '10:00' })
    for (const more of [{}, { allTheSame: 'yes' }]) {
      const answer = await unchanged(house, () => move(house, CLERK, meeting, { ...values, ...more }))
      expect(answer).toMatchObject({ kind: 'refusal', refusal: { code, fields: { [field]: expect.any(String) } } })
    }
  })

  test('within its own two hours is none into another meeting', async () => {
    const meeting = await january()
    expect(await move(house, CLERK, meeting, { ...JANUARY, time: '15:00' })).toMatchObject({ kind: 'card' })
  })

  test('to when and where it is already is refused', async () => {
    const meeting = await january()
    const answer = await unchanged(house, () => move(house, CLERK, meeting, JANUARY))
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'conflict' } })
    expect(textOf(answer)).toContain('That is when and where it is already.')
  })

  test('to an unwise day is asked about once, and the place alone never', async () => {
    const meeting = await called(house, CLERK, gravesham, { day: '2027-01-23', time: '14:00' })
    const { sentence, ...again } = doubtOf(
      await unchanged(house, () => move(house, CLERK, meeting, { day: '2027-01-30', time: '14:00', why: 'The hall is taken' })),
    )
    expect(sentence).toContain('Saturday 30 January 2027 is at the weekend')
    expect(again.label).toBe('Move it all the same')
    expect(await house.press(CLERK, again)).toMatchObject({ kind: 'card' })
    expect((await versionsOf(house, meeting)).at(-1)).toMatchObject({ why: 'The hall is taken' })
    expect(await move(house, CLERK, meeting, { day: '2027-01-30', time: '14:00', venue: 'Darent Room' })).toMatchObject({
      kind: 'card',
    })
  })

  test('until it begins, and not from then on', async () => {
    const meeting = await january()
    house.clock.set('2027-01-20T13:59:59.999Z')
    expect(await move(house, CLERK, meeting, { ...JANUARY, venue: 'Darent Room' })).toMatchObject({ kind: 'card' })
    house.clock.set('2027-01-20T14:00:00Z')
    const answer = await unchanged(house, () => move(house, CLERK, meeting, { day: '2027-01-27', time: '14:00' }))
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'too_late' } })
    expect(textOf(answer)).toContain(
      'The meeting began on Wednesday 20 January 2027, 14:00, and what has begun is not moved. Call another one.',
    )
    expect(await press(CLERK, 'meetings.move_form', meeting)).toMatchObject({ refusal: { code: 'too_late' } })
    expect(await show(CLERK, meeting)).not.toContain('[Move]')
  })
})

describe('cancelling', () => {
  test.each(['', '  ', 'no'])('needs a reason: “%s” is refused at the field', async (why) => {
    const meeting = await january()
    const answer = await unchanged(house, () => cancel(house, CLERK, meeting, why))
    expect(answer).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'invalid', fields: { why: 'Say why, for those who had kept the day free.' } },
    })
  })

  test('the cards say Cancelled, and have no buttons', async () => {
    const meeting = await january()
    await quiet()
    expect(await press(POLICE, 'meetings.show', meeting)).toMatchObject({ kind: 'card' })
    await cancel(house, CLERK, meeting, 'No business')
    await settle(house)
    const cards = house.sent.filter(({ updates }) => updates)
    expect(cards.map(toWhom).sort()).toEqual(['#gravesham-csp', ...SEATS].sort())
    for (const { plain, card } of cards) {
      expect(plain).toMatch(/^Cancelled: Gravesham CSP, Wednesday 20 January 2027\n/)
      expect(card.body.some(({ node }) => node === 'buttons')).toBe(false)
    }
  })

  test('twice is refused, and so is a move after it', async () => {
    const meeting = await january()
    await cancel(house, CLERK, meeting, 'No business')
    for (const again of [
      () => cancel(house, CLERK, meeting, 'Still none'),
      () => move(house, CLERK, meeting, { day: '2027-01-27', time: '14:00' }),
      () => press(CLERK, 'meetings.move_form', meeting),
      () => press(CLERK, 'meetings.cancel_form', meeting),
    ]) {
      const answer = await unchanged(house, again)
      expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'conflict' } })
      expect(textOf(answer)).toContain('The meeting of Wednesday 20 January 2027, 14:00 is cancelled already. Call a new one.')
    }
  })

  test('is no more once the meeting has begun', async () => {
    const meeting = await january()
    house.clock.set('2027-01-20T14:00:00Z')
    const answer = await unchanged(house, () => cancel(house, CLERK, meeting, 'Nobody came'))
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'too_late' } })
  })

  test('leaves the meeting in the record, its agenda as it was, and no way to change either', async () => {
    const meeting = await january()
    const items = await house.handles.reading.selectFrom('item').selectAll().where('meeting_id', '=', meeting).execute()
    expect(items.length).toBeGreaterThan(3)
    await cancel(house, CLERK, meeting, 'No business')
    expect(await show(CLERK, meeting)).toContain('Cancelled: Gravesham CSP, Wednesday 20 January 2027')
    for (const button of ['[Move]', '[Cancel the meeting]']) expect(await show(CLERK, meeting)).not.toContain(button)
    expect(textOf(await press(CLERK, 'agenda.show', meeting))).toContain('Declarations of Interest')
    expect(await house.handles.reading.selectFrom('item').selectAll().where('meeting_id', '=', meeting).execute()).toEqual(items)
    expect(await press(CLERK, 'agenda.propose', meeting, { title: 'Too late' })).toMatchObject({ kind: 'refusal' })
    expect(await press(POLICE, 'apologies.attend', meeting)).toMatchObject({ refusal: { code: 'not_found' } })
    expect(textOf(await press(CLERK, 'meetings.coming', gravesham))).toContain('No meeting is called.')
  })

  test('nobody is reminded of it', async () => {
    await january()
    await cancel(house, CLERK, (await meetingsOf(house, gravesham))[0]?.id ?? '', 'No business')
    await quiet()
    house.clock.set('2027-01-15T09:00:00Z')
    await house.tick()
    await settle(house)
    expect(told('Please answer: Gravesham')).toEqual([])
  })
})

describe('who may move and cancel', () => {
  test.each([
    { kind: 'ordinary', name: CLERK, who: 'the clerk', may: true },
    { kind: 'ordinary', name: FAIRLEY, who: 'the chair', may: true },
    { kind: 'ordinary', name: 'Mark Dunn', who: 'the vice-chair', may: true },
    { kind: 'ordinary', name: 'April Stone', who: 'a core member', may: false },
    { kind: 'ordinary', name: 'Joseph Brand', who: 'of an invited body', may: false },
    { kind: 'ordinary', name: 'Ruth Hale', who: 'a deputy', may: false },
    { kind: 'extraordinary', name: CLERK, who: 'the clerk', may: true },
    { kind: 'extraordinary', name: POLICE, who: 'who called it', may: true },
    { kind: 'extraordinary', name: 'April Stone', who: 'another core member', may: true },
    { kind: 'extraordinary', name: 'Joseph Brand', who: 'of an invited body', may: false },
    { kind: 'extraordinary', name: 'Carol Finch', who: 'of a group that is required to attend', may: false },
    { kind: 'extraordinary', name: 'Ruth Hale', who: 'a deputy', may: false },
  ])('an $kind one: $name, $who: $may', async ({ kind, name, may }) => {
    const meeting = kind === 'ordinary' ? await january() : await extraordinary()
    const acts = [
      () => press(name, 'meetings.move_form', meeting),
      () => press(name, 'meetings.cancel_form', meeting),
      () => move(house, name, meeting, { ...JANUARY, time: '15:00' }),
      () => cancel(house, name, meeting, 'No business'),
    ]
    for (const one of acts) {
      const answer = may ? await one() : await unchanged(house, one)
      if (may) expect(answer.kind).not.toBe('refusal')
      else expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted', clause: undefined } })
    }
  })

  test('no clause is quoted that says nothing of it, and the convention is named', async () => {
    const meeting = await extraordinary()
    expect(textOf(await cancel(house, 'Joseph Brand', meeting, 'Not needed'))).toContain(
      'The terms do not say who may cancel a meeting. By convention it is for its officers and for those who may call one: a core member.',
    )
  })

  test('the buttons are shown to those who may', async () => {
    const meeting = await january()
    for (const name of [CLERK, FAIRLEY, 'Mark Dunn']) expect(await show(name, meeting)).toContain('[Move] [Cancel the meeting]')
    for (const name of ['April Stone', 'Joseph Brand', 'Ruth Hale']) expect(await show(name, meeting)).not.toContain('[Move]')
  })
})

describe('a repeated delivery', () => {
  const twice = async (name: string, pressed: Parameters<TestHouse['press']>[1]) => {
    const delivery = newId()
    const first = await house.press(name, pressed, { delivery })
    const second = await unchanged(house, () => house.press(name, pressed, { delivery }))
    return [first, second]
  }

  test('of a call calls once', async () => {
    const answers = await twice(CLERK, { command: 'meetings.call', subject: gravesham, values: JANUARY })
    expect(answers.map(({ kind }) => kind)).toEqual(['card', 'card'])
    expect(await meetingsOf(house, gravesham)).toHaveLength(1)
  })

  test('of a move moves once', async () => {
    const meeting = await january()
    const answers = await twice(CLERK, { command: 'meetings.move', subject: meeting, values: { ...JANUARY, time: '15:00' } })
    for (const answer of answers) expect(textOf(answer)).toContain('When: Wednesday 20 January 2027, 15:00')
    expect(await meetingRow(house, meeting)).toMatchObject({ revision: 2 })
  })

  test('of a cancellation cancels once, and is not told that it is cancelled already', async () => {
    const meeting = await january()
    const answers = await twice(CLERK, { command: 'meetings.cancel', subject: meeting, values: { why: 'No business' } })
    for (const answer of answers) expect(textOf(answer)).toContain('Cancelled: Gravesham CSP')
    expect(await meetingRow(house, meeting)).toMatchObject({ revision: 2 })
  })

  test('of a refusal is refused again, though it could be done by now', async () => {
    const delivery = newId()
    const pressed = { command: 'meetings.call', subject: gravesham, values: JANUARY }
    await called(house, CLERK, gravesham, JANUARY)
    expect(await house.press(CLERK, pressed, { delivery })).toMatchObject({ refusal: { code: 'conflict' } })
    await cancel(house, CLERK, (await meetingsOf(house, gravesham))[0]?.id ?? '', 'No business')
    expect(await house.press(CLERK, pressed, { delivery })).toMatchObject({ refusal: { code: 'conflict' } })
    expect(await house.press(CLERK, pressed)).toMatchObject({ kind: 'card' })
  })

  test('of a doubt is asked again, with the same button', async () => {
    const delivery = newId()
    const pressed = { command: 'meetings.call', subject: gravesham, values: { day: '2027-01-23', time: '14:00' } }
    const [first, second] = [await house.press(CLERK, pressed, { delivery }), await house.press(CLERK, pressed, { delivery })]
    expect(doubtOf(second)).toEqual(doubtOf(first))
  })
})

describe('the terms under which a meeting was called', () => {
  const inForce = async () => {
    const rows = await house.handles.reading
      .selectFrom('terms')
      .selectAll()
      .where('board_id', '=', kcsp)
      .orderBy('number')
      .execute()
    return rows.map(({ id }) => id)
  }

  test('are kept with it, while new ones come into force and rule what is done later', async () => {
    const meeting = await called(house, CLERK, kcsp, JANUARY)
    await setUpBoard(house, 'kcsp-2023', null)
    const [of2025, of2023] = await inForce()
    expect(await versionsOf(house, meeting)).toMatchObject([{ revision: 1, terms_id: of2025 }])
    await move(house, CLERK, meeting, { ...JANUARY, time: '15:00' })
    const after = await called(house, CLERK, kcsp, { day: '2027-02-03', time: '10:00' })
    expect(await versionsOf(house, meeting)).toMatchObject([{ terms_id: of2025 }, { terms_id: of2023 }])
    expect(await versionsOf(house, after)).toMatchObject([{ terms_id: of2023 }])
  })

  test('a text that is approved for a later day does not rule before', async () => {
    const file = readFileSync(new URL('../../src/boards/terms/kcsp-2023.yaml', import.meta.url)).toString('base64')
    await press(CLERK, 'boards.set_up', kcsp, { file })
    const [of2025, of2023] = await inForce()
    await press(CLERK, 'boards.approve', of2023 ?? '', { resolution: 'RESOLVED that …', from: '2027-01-01' })
    house.clock.set('2026-12-31T23:59:59.999Z')
    const before = await called(house, CLERK, kcsp, JANUARY)
    expect(await versionsOf(house, before)).toMatchObject([{ terms_id: of2025 }])
    house.clock.set('2027-01-01T00:00:00Z')
    await cancel(house, CLERK, before, 'No business')
    expect(await versionsOf(house, before)).toMatchObject([{ terms_id: of2025 }, { terms_id: of2023, state: 'cancelled' }])
  })
})

test('each act is in the journal of its board, with who did it and under which terms, and the chain holds', async () => {
  const meeting = await january()
  await move(house, FAIRLEY, meeting, { ...JANUARY, time: '15:00' })
  await cancel(house, CLERK, meeting, 'No business')
  const rows = await house.handles.reading
    .selectFrom('journal')
    .innerJoin('journal_payload', (join) =>
      join.onRef('journal_payload.board_id', '=', 'journal.board_id').onRef('journal_payload.seq', '=', 'journal.seq'),
    )
    .where('journal.board_id', '=', gravesham)
    .where('command', 'like', 'meetings.%')
    .orderBy('journal.seq')
    .select(['command', 'actor', 'payload'])
    .execute()
  const [clerk, chair] = [await personCalled(house, CLERK), await personCalled(house, FAIRLEY)]
  expect(rows.map(({ command, actor }) => [command, actor])).toEqual([
    ['meetings.call', clerk],
    ['meetings.move', chair],
    ['meetings.cancel', clerk],
  ])
  const terms = await house.handles.reading.selectFrom('terms').select('id').where('board_id', '=', gravesham).executeTakeFirst()
  for (const { payload } of rows) {
    expect(JSON.parse(payload)).toMatchObject({ outcome: { meetings: [meeting], terms: terms?.id } })
  }
  expect(await verifyChain(house.handles.reading, gravesham)).toMatchObject({ faults: [] })
})

test('the coming meetings: soonest first, the cancelled left out, the last one named', async () => {
  const later = await called(house, CLERK, gravesham, { day: '2027-02-17', time: '10:00' })
  await january()
  const off = await called(house, CLERK, gravesham, { day: '2027-02-03', time: '10:00' })
  await cancel(house, CLERK, off, 'No business')
  const list = textOf(await press(POLICE, 'meetings.coming', gravesham))
  expect(list).toContain(
    'Wednesday 20 January 2027, 14:00 | Online | ordinary\nWednesday 17 February 2027, 10:00 | Online | ordinary',
  )
  expect(list).not.toContain('3 February')
  house.clock.set('2027-01-20T14:00:01Z')
  expect(textOf(await press(POLICE, 'meetings.coming', gravesham))).toContain(
    'The last one began on Wednesday 20 January 2027, 14:00.',
  )
  expect(await show(POLICE, later)).toContain('Papers out by: Tuesday 9 February 2027, 17:00')
})

test('who is to call one is offered to, in help and in the list; who is not, is not', async () => {
  for (const { name, may } of [
    { name: FAIRLEY, may: true },
    { name: 'April Stone', may: true },
    { name: 'Joseph Brand', may: false },
    { name: ASHDOWN, may: true },
    { name: 'Nadia Flynn', may: false },
  ]) {
    const help = textOf(await house.say(name, 'help'))
    if (may) expect(help).toContain('call a meeting')
    else expect(help).not.toContain('call a meeting')
  }
  const list = textOf(await press('Joseph Brand', 'meetings.coming', gravesham))
  expect(list).not.toContain('[Call a meeting]')
})
