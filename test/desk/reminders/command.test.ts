import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { boardCalled, personCalled, setUpBoard, takeOff, WORKING_GROUP_ROSTER } from '../../boards.js'
import { openTestHouse, type Said, sendAll, type TestHouse, textOf } from '../../house.js'

const CLERK = 'Grace Holloway'
const CHAIR = 'Cllr Margaret Ashdown'
const MEMBER = 'Daniel Okafor'
const INVITED = 'Nadia Flynn'
const COLLEAGUE = 'Ruth Hale'

/** It is Sunday 22 November 2026, 10:00; the meeting is on Wednesday 16 December, 10:00. */
let house: TestHouse
let board: string
beforeEach(async () => {
  house = await openTestHouse()
  board = (await boardCalled(house, 'KCSP')) ?? ''
  await house.tick()
  await sendAll(house)
  house.sent.length = 0
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

type Values = Readonly<Record<string, string>>
const MONDAY: Values = { whom: 'everyone', day: '2026-11-23', time: '09:00', words: 'the scrutiny date' }

const add = (values: Values = {}, who = CLERK, options: Said = {}) =>
  house.press(who, { command: 'desk.add_reminder', subject: board, values: { ...MONDAY, ...values } }, options)
const planned = async (values: Values = {}, who = CLERK) =>
  expect(await add(values, who)).toMatchObject({ kind: 'card', of: 'act' })
const due = async (who: string, subject = 'all') => textOf(await house.press(who, { command: 'desk.due', subject }))
const stop = (reminder: string, who = CLERK, of = board) =>
  house.press(who, { command: 'desk.stop_reminder', subject: of, values: { reminder } })
const refused = (code: string) => ({ kind: 'refusal', refusal: { code } })

async function tickAt(at: string): Promise<void> {
  house.clock.set(at)
  await house.tick()
  await sendAll(house)
}

/** Who was told something with these words in it, by the order of their addresses. */
const toldOf = (words: string): readonly string[] =>
  house.sent
    .filter(({ plain }) => plain.includes(words))
    .map(({ to }) => ('user' in to ? to.user.split('@')[0] : to.place) ?? '')
    .sort()

const idOf = async (notice: string): Promise<string> => {
  const row = await house.handles.reading
    .selectFrom('reminder')
    .where('notice', '=', notice)
    .orderBy('due_at')
    .select('id')
    .executeTakeFirstOrThrow()
  return row.id
}

const rowsOf = (notice: string) =>
  house.handles.reading
    .selectFrom('reminder')
    .where('notice', '=', notice)
    .orderBy('due_at')
    .select(['due_at', 'state', 'why'])
    .execute()

describe('what is due', () => {
  test('for a member is what they have to do, with a button; once it is done, nothing', async () => {
    const answer = await house.press(MEMBER, { command: 'desk.due', subject: 'all' })
    expect(textOf(answer)).toBe(
      'What is due\nSay whether you come: KCSP, Wednesday 16 December 2026, by Wednesday 16 December 2026, 10:00.\n[I’ll be there]',
    )
    await house.press(MEMBER, { command: 'apologies.attend', subject: await house.meeting() })
    expect(await due(MEMBER)).toBe('What is due\nYou have nothing to do.')
  })

  test('is not of a meeting that has begun, or that was cancelled', async () => {
    house.clock.set('2026-12-16T10:00:00Z')
    expect(await due(MEMBER)).toBe('What is due\nYou have nothing to do.')
    house.clock.set('2026-12-10T10:00:00Z')
    await house.say(CLERK, 'cancel the next meeting because of snow')
    expect(await due(MEMBER)).toBe('What is due\nYou have nothing to do.')
  })

  test('for clerk and chair is also what will be said, when, and to how many', async () => {
    await planned()
    for (const officer of [CLERK, CHAIR]) {
      const lines = (await due(officer)).split('\n')
      expect(lines).toContain('REMINDERS OF KCSP')
      expect(lines).toContain('Monday 23 November 2026, 09:00 | “the scrutiny date”, to everyone | 10 people')
      expect(lines).toContain('Wednesday 2 December 2026, 09:00 | Will you come? To members who have not answered | 6 people')
    }
    expect(await due(MEMBER)).not.toContain('Reminders')
  })

  test('says why nobody would be reminded as things stand', async () => {
    const person = await personCalled(house, MEMBER)
    await planned({ whom: person })
    await takeOff(house, 'daniel.okafor@example.org', 'Kent Police')
    expect(await due(CLERK)).toContain('“the scrutiny date”, to Daniel Okafor | nobody: nobody of the board is meant any more')
  })

  test('of one board is of that alone, and of no other board of theirs', async () => {
    const group = await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
    const all = await due(CLERK)
    expect(all.match(/^REMINDERS OF /gm)).toHaveLength(2)
    expect((await due(CLERK, group)).match(/^REMINDERS OF /gm)).toHaveLength(1)
    expect(textOf(await house.say(CLERK, 'what is due for KCSP')).match(/^REMINDERS OF .*$/gm)).toEqual(['REMINDERS OF KCSP'])
  })

  test('of a board of others is answered as if there were none', async () => {
    const group = await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
    const [theirs, none] = [await due(INVITED, group), await due(INVITED, newId())]
    expect(theirs).toBe('Not done\nI know of no such board of yours. Say “what is due” to see what there is.')
    expect(none).toBe(theirs)
  })

  test('does not tell the clerk of what a member has themselves reminded of', async () => {
    await planned({ whom: await personCalled(house, MEMBER), words: 'my dentist' }, MEMBER)
    expect(await due(CLERK)).toContain('Monday 23 November 2026, 09:00 | What somebody has themselves reminded of | 1 person')
    const form = textOf(await house.press(CLERK, { command: 'desk.stop_reminder_form', subject: board }))
    expect(form).toContain('What somebody has themselves reminded of')
    expect(form).not.toContain('dentist')
  })
})

describe('a reminder in the clerk’s words', () => {
  test('goes to everyone of the board at its moment, once, each in a direct message', async () => {
    await planned()
    await tickAt('2026-11-23T08:59:00Z')
    expect(house.sent).toEqual([])
    await tickAt('2026-11-23T09:00:00Z')
    await tickAt('2026-11-23T09:01:00Z')
    expect(toldOf('the scrutiny date')).toEqual([
      'aisha.rahman',
      'daniel.okafor',
      'grace.holloway',
      'helen.marsh',
      'june.whitfield',
      'margaret.ashdown',
      'nadia.flynn',
      'owen.pryce',
      'simon.kerr',
      'tom.beresford',
    ])
    expect(house.sentTo(MEMBER)).toEqual([
      'A reminder\nthe scrutiny date\nGrace Holloway asked me to remind you.\n[Remind me tomorrow] [Not this one]',
    ])
  })

  test.each([
    { whom: 'chair', told: ['margaret.ashdown'] },
    { whom: 'clerk', told: ['grace.holloway'] },
    {
      whom: 'members',
      told: [
        'aisha.rahman',
        'daniel.okafor',
        'helen.marsh',
        'june.whitfield',
        'margaret.ashdown',
        'owen.pryce',
        'simon.kerr',
        'tom.beresford',
      ],
    },
  ])('for $whom goes to them alone', async ({ whom, told }) => {
    await planned({ whom })
    await tickAt('2026-11-23T09:00:00Z')
    expect(toldOf('the scrutiny date')).toEqual(told)
  })

  test('for somebody of the roster goes to them, though they have no seat', async () => {
    await planned({ whom: await personCalled(house, COLLEAGUE) })
    await tickAt('2026-11-23T09:00:00Z')
    expect(toldOf('the scrutiny date')).toEqual(['ruth.hale'])
  })

  test('for two of them at one moment is one message for who is meant by both', async () => {
    await planned()
    await planned({ whom: 'chair', words: 'your speech' })
    await tickAt('2026-11-23T09:00:00Z')
    expect(house.sentTo(CHAIR)).toEqual([expect.stringMatching(/^2 reminders\n.*the scrutiny date.*your speech/s)])
    expect(house.sentTo(MEMBER)).toHaveLength(1)
  })

  test('delivered twice is planned once', async () => {
    const delivery = newId()
    expect(textOf(await add({}, CLERK, { delivery }))).toContain('On Monday 23 November 2026, 09:00 I remind everyone')
    expect(textOf(await add({}, CLERK, { delivery }))).toContain('The reminder is planned')
    expect(await rowsOf('desk.said')).toHaveLength(1)
  })

  test.each<{ what: string; values: Values; code: string; field?: string; says: string | RegExp }>([
    { what: 'nobody', values: { whom: '' }, code: 'invalid', field: 'whom', says: 'Choose whom to remind.' },
    { what: 'a word for nobody', values: { whom: 'the public' }, code: 'invalid', field: 'whom', says: 'Choose whom to remind.' },
    {
      what: 'somebody unknown',
      values: { whom: '6d8a4f3e-52b4-4a35-9f0f-0c3f9d9b8e11' },
      code: 'not_found',
      says: 'Nobody of the board is meant by that. Choose somebody of its roster.',
    },
    { what: 'no day', values: { day: '' }, code: 'invalid', field: 'day', says: 'Choose the day.' },
    { what: 'a day that is none', values: { day: '2026-02-31' }, code: 'invalid', field: 'day', says: 'Choose the day.' },
    { what: 'an hour that is none', values: { time: '25:00' }, code: 'invalid', field: 'time', says: /^There is no hour 25:00/ },
    { what: 'an hour in words', values: { time: 'nine' }, code: 'invalid', field: 'time', says: /^There is no hour nine/ },
    {
      what: 'a day that has passed',
      values: { day: '2026-11-21' },
      code: 'invalid',
      field: 'day',
      says: 'Saturday 21 November 2026, 09:00 has passed. Choose a moment to come.',
    },
    {
      what: 'this very minute',
      values: { day: '2026-11-22', time: '10:00' },
      code: 'invalid',
      field: 'time',
      says: 'Sunday 22 November 2026, 10:00 has passed. Choose a moment to come.',
    },
    { what: 'a year too far', values: { day: '2062-11-23' }, code: 'invalid', field: 'day', says: /more than two years ahead/ },
    {
      what: 'an hour that the clocks skip',
      values: { day: '2027-03-28', time: '01:30' },
      code: 'invalid',
      field: 'time',
      says: 'There is no 01:30 on Sunday 28 March 2027: the clocks go forward. Choose another hour.',
    },
    { what: 'no words', values: { words: '  ' }, code: 'invalid', field: 'words', says: 'Say of what.' },
    {
      what: 'words too long',
      values: { words: 'x'.repeat(501) },
      code: 'invalid',
      field: 'words',
      says: 'That is too long: say it in at most 500 characters.',
    },
  ])('with $what is refused, and nothing is planned', async ({ values, code, field, says }) => {
    const answer = await add(values)
    expect(answer).toMatchObject(refused(code))
    if (answer.kind !== 'refusal') return
    expect(answer.refusal.message).toMatch(says)
    if (field) expect(answer.refusal.fields?.[field]).toMatch(says)
    expect(await rowsOf('desk.said')).toEqual([])
  })

  test('may have five hundred characters', async () => {
    await planned({ words: 'x'.repeat(500) })
  })

  test('is one of a hundred at most that wait; one that is stopped makes room', async () => {
    for (let n = 0; n < 100; n += 1) await planned({ words: `reminder ${n}` })
    const answer = await add()
    expect(answer).toMatchObject(refused('limit'))
    expect(textOf(answer)).toContain('100 reminders wait already. Stop one first: say “what is due”.')
    expect(await stop(await idOf('desk.said'))).toMatchObject({ kind: 'card' })
    await planned()
  })

  test('to oneself is one of twenty at most, and takes none of the clerk’s', async () => {
    const whom = await personCalled(house, MEMBER)
    for (let n = 0; n < 20; n += 1) await planned({ whom, words: `mine ${n}` }, MEMBER)
    const answer = await add({ whom }, MEMBER)
    expect(answer).toMatchObject(refused('limit'))
    expect(textOf(answer)).toContain('You have 20 reminders waiting already. Let some come first.')
    for (let n = 0; n < 100; n += 1) await planned({ words: `reminder ${n}` })
  })

  test('who has left the board before it falls due does not hear of it, and it is dropped with why', async () => {
    await planned()
    await planned({ whom: await personCalled(house, MEMBER), words: 'your figures' })
    await takeOff(house, 'daniel.okafor@example.org', 'Kent Police')
    await sendAll(house)
    house.sent.length = 0
    await tickAt('2026-11-23T09:00:00Z')
    expect(toldOf('the scrutiny date')).toHaveLength(9)
    expect(house.sentTo(MEMBER)).toEqual([])
    expect((await rowsOf('desk.said')).map(({ state, why }) => [state, why])).toEqual(
      expect.arrayContaining([
        ['queued', null],
        ['dropped', 'nobody of the board is meant any more'],
      ]),
    )
  })
})

describe('who may', () => {
  test('have others reminded: the clerk alone', async () => {
    for (const who of [CHAIR, MEMBER, INVITED]) {
      const answer = await add({}, who)
      expect(answer).toMatchObject(refused('not_permitted'))
      expect(textOf(answer)).toContain('Only the clerk has others reminded. You can have yourself reminded: “remind me …”.')
    }
    expect(await add({ whom: await personCalled(house, CHAIR) }, MEMBER)).toMatchObject(refused('not_permitted'))
  })

  test.each([CHAIR, MEMBER, INVITED, CLERK])('have themselves reminded: %s, and nobody else hears of it', async (who) => {
    expect(await house.say(who, 'remind me on Monday at 9 about my speech')).toMatchObject({ kind: 'card', of: 'act' })
    await tickAt('2026-11-23T09:00:00Z')
    expect(toldOf('my speech')).toHaveLength(1)
    expect(house.sentTo(who)).toEqual([expect.stringContaining('my speech')])
  })

  test('one who has no part in the board: neither, and it is said as if there were no such board', async () => {
    expect(await add({}, COLLEAGUE)).toMatchObject(refused('not_found'))
    expect(await add({ whom: await personCalled(house, COLLEAGUE) }, COLLEAGUE)).toMatchObject(refused('not_found'))
  })

  test('be shown the forms, and stop a reminder: the clerk alone', async () => {
    await planned()
    const reminder = await idOf('desk.said')
    for (const who of [CHAIR, MEMBER, INVITED]) {
      for (const command of ['desk.add_reminder_form', 'desk.stop_reminder_form'])
        expect(await house.press(who, { command, subject: board })).toMatchObject(refused('not_permitted'))
      expect(await stop(reminder, who)).toMatchObject(refused('not_permitted'))
    }
    expect((await rowsOf('desk.said')).map(({ state }) => state)).toEqual(['planned'])
  })
})

describe('the forms', () => {
  test('to add one offers those of the board and everybody of its roster', async () => {
    const form = textOf(await house.press(CLERK, { command: 'desk.add_reminder_form', subject: board }))
    expect(form).toContain('Whom: everyone, the members, the chair, the clerk, Aisha Rahman, Ann Castle')
    expect(form).toContain('In words: remind everyone on Monday at 9 about the scrutiny date')
  })

  test('to stop one offers each by when it falls due and what it is of', async () => {
    await planned()
    await planned({ words: 'the venue' })
    const form = textOf(await house.press(CLERK, { command: 'desk.stop_reminder_form', subject: board }))
    expect(form).toContain('Monday 23 November 2026, 09:00: “the scrutiny date”, to everyone')
    expect(form).toContain('Monday 23 November 2026, 09:00: “the venue”, to everyone')
  })

  test('to stop one is not shown where none is planned', async () => {
    await house.say(CLERK, 'cancel the next meeting because of snow')
    const answer = await house.press(CLERK, { command: 'desk.stop_reminder_form', subject: board })
    expect(answer).toMatchObject(refused('not_found'))
    expect(textOf(answer)).toContain('No reminder is planned.')
  })
})

describe('a reminder that the clerk stops', () => {
  test('is not said, and is kept with who stopped it', async () => {
    await planned()
    expect(textOf(await stop(await idOf('desk.said')))).toContain('The reminder is stopped')
    await tickAt('2026-11-23T09:00:00Z')
    expect(house.sent).toEqual([])
    expect(await rowsOf('desk.said')).toEqual([
      { due_at: '2026-11-23T09:00:00.000Z', state: 'stopped', why: 'stopped by Grace Holloway' },
    ])
  })

  test('is stopped once', async () => {
    await planned()
    const reminder = await idOf('desk.said')
    await stop(reminder)
    const again = await stop(reminder)
    expect(again).toMatchObject(refused('too_late'))
    expect(textOf(again)).toContain('That reminder is planned no more.')
  })

  test('may not have been said already', async () => {
    await planned()
    const reminder = await idOf('desk.said')
    await tickAt('2026-11-23T09:00:00Z')
    const late = await stop(reminder)
    expect(late).toMatchObject(refused('too_late'))
    expect(textOf(late)).toContain('That reminder has been said already.')
  })

  test('has to be chosen', async () => {
    const answer = await stop('')
    expect(answer).toMatchObject(refused('invalid'))
    expect(textOf(answer)).toContain('Choose which reminder to stop.')
  })

  test('is one of that board: of another, or of none, it is said that there is no such', async () => {
    const group = await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
    await planned()
    const reminder = await idOf('desk.said')
    const [elsewhere, nowhere] = [await stop(reminder, CLERK, group), await stop(newId())]
    expect(elsewhere).toMatchObject(refused('not_found'))
    expect(textOf(elsewhere)).toBe(textOf(nowhere))
    expect((await rowsOf('desk.said')).map(({ state }) => state)).toEqual(['planned'])
  })

  test('stays stopped when the meeting is planned anew', async () => {
    await stop(await idOf('apologies.unanswered'))
    await house.say(CLERK, 'move the next meeting to 16 December 2026 at 2 pm, all the same')
    expect((await rowsOf('apologies.unanswered')).map(({ state }) => state)).toEqual(['stopped', 'planned'])
  })
})

describe('what is pressed on a reminder', () => {
  const pleas = (name: string) => house.sentTo(name).filter((plain) => /please answer/i.test(plain))
  let which: string
  const press = (command: string, who = MEMBER, subject = which) => house.press(who, { command: `desk.${command}`, subject })
  beforeEach(async () => {
    await tickAt('2026-12-02T09:00:00Z')
    which = `apologies.unanswered ${await house.meeting()}`
  })

  test('“Remind me tomorrow” reminds once more, tomorrow at nine', async () => {
    expect(textOf(await press('remind_tomorrow'))).toBe(
      'I will remind you\nAgain on Thursday 3 December 2026, 09:00, if there is still reason to.',
    )
    await tickAt('2026-12-03T08:59:00Z')
    expect(pleas(MEMBER)).toHaveLength(1)
    await tickAt('2026-12-03T09:00:00Z')
    await tickAt('2026-12-04T09:00:00Z')
    expect(pleas(MEMBER)).toHaveLength(2)
  })

  test('“Not this one” reminds no more, but what is to be done stands; “Remind me after all” takes it back', async () => {
    expect(textOf(await press('remind_no_more'))).toContain('[Remind me after all]')
    expect(await due(MEMBER)).toContain('Say whether you come')
    await press('remind_again')
    await tickAt('2026-12-11T09:00:00Z')
    expect(pleas(MEMBER)).toHaveLength(2)
  })

  test('“Remind me tomorrow” takes back “Not this one”', async () => {
    await press('remind_no_more')
    await press('remind_tomorrow')
    await tickAt('2026-12-03T09:00:00Z')
    await tickAt('2026-12-11T09:00:00Z')
    expect(pleas(MEMBER)).toHaveLength(3)
  })

  test.each(['remind_tomorrow', 'remind_no_more', 'remind_again'])(
    '%s is refused of what they were not reminded of',
    async (command) => {
      for (const [who, subject] of [
        [CHAIR, which],
        [COLLEAGUE, which],
        [MEMBER, `apologies.unanswered ${newId()}`],
        [MEMBER, `apologies.invitation ${await house.meeting()}`],
      ] as const)
        expect(await press(command, who, subject)).toMatchObject(refused('not_found'))
      for (const subject of ['', 'apologies.unanswered', 'nonsense', `x ${'y'.repeat(300)}`])
        expect(await press(command, MEMBER, subject)).toMatchObject(refused('invalid'))
    },
  )

  test('when the meeting is tomorrow: they are reminded on its morning, together with what is said then', async () => {
    await tickAt('2026-12-15T09:00:00Z')
    const soon = `apologies.coming_soon ${await house.meeting()}`
    expect(textOf(await press('remind_tomorrow', MEMBER, soon))).toContain('Again on Wednesday 16 December 2026, 09:00')
    house.sent.length = 0
    await tickAt('2026-12-16T09:00:00Z')
    const [only, ...others] = house.sentTo(MEMBER)
    expect(others).toEqual([])
    expect(only).toMatch(/^2 reminders\n/)
    expect(only).toContain('TODAY: KCSP')
    expect(only).toContain('IN AN HOUR: KCSP')
  })

  test('on the day of the meeting it is said that there is nothing left to be reminded of', async () => {
    await tickAt('2026-12-16T09:00:00Z')
    const answer = await press('remind_tomorrow', MEMBER, `apologies.starting ${await house.meeting()}`)
    expect(answer).toMatchObject(refused('too_late'))
    expect(textOf(answer)).toContain(
      'On Thursday 17 December 2026, 09:00 there is nothing to remind you of: the meeting has begun.',
    )
    expect((await rowsOf('apologies.starting')).map(({ state }) => state)).toEqual(['queued'])
  })

  test('on a Friday it is Monday, and before Christmas the day after', async () => {
    await planned({ whom: 'chair', day: '2026-12-24', words: 'your speech' })
    await tickAt('2026-12-24T09:00:00Z')
    expect(textOf(await house.say(CHAIR, 'remind me tomorrow'))).toContain('Again on Tuesday 29 December 2026, 09:00')
  })
})
