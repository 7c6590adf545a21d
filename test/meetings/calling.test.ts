import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
import { personCalled, setUpBoard } from '../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../house.js'
import {
  ASHDOWN,
  allTheSame,
  type Boards,
  CLERK,
  call,
  called,
  doubtOf,
  FAIRLEY,
  meetingRow,
  meetingsOf,
  openBoards,
  openGravesham,
  POLICE,
  settle,
  unchanged,
  versionsOf,
} from './calls.js'

const NEED = 'A surge in county lines violence'
const CLAUSE = { number: '5, Frequency of meetings and representation' }
/** A Wednesday with time for the papers, and with nothing against it. */
const PLAIN = { day: '2027-01-20', time: '14:00' }

describe('who may call a meeting', () => {
  let house: TestHouse
  let boards: Boards
  beforeAll(async () => {
    const opened = await openBoards()
    house = opened.house
    boards = opened.boards
  })
  afterAll(async () => {
    expect(house.faults).toEqual([])
    await house.close()
  })

  /** Each on a Wednesday of its own, half a year and more from now. */
  let weeks = 0
  const nextDay = () => {
    weeks += 1
    return new Date(Date.UTC(2027, 5, 2 + 7 * weeks)).toISOString().slice(0, 10)
  }

  /** What comes of a call that is made for the first time. */
  async function outcomeOf(name: string, board: keyof Boards, kind: 'ordinary' | 'extraordinary', need = NEED) {
    const answer = await call(house, name, boards[board], { kind, day: nextDay(), time: '10:00', need })
    if (answer.kind !== 'refusal') return answer.kind === 'card' ? 'called' : answer.kind
    const { code, clause } = answer.refusal
    if (code === 'unwise') return 'asked'
    return clause ? `${code}, clause ${clause.number}` : code
  }

  const REFUSED_BY_CLAUSE = `not_permitted, clause ${CLAUSE.number}`

  test.each([
    { name: POLICE, who: 'a core member', is: 'called' },
    { name: FAIRLEY, who: 'the chair, a core member', is: 'called' },
    { name: 'Mark Dunn', who: 'the vice-chair, a core member', is: 'called' },
    { name: 'Leon Carter', who: 'of a body that has succeeded a core member', is: 'called' },
    { name: 'April Stone', who: 'of the body that has succeeded another core member', is: 'called' },
    { name: 'Harriet Boyle', who: 'one of two who hold a core seat jointly', is: 'called' },
    { name: 'Simon Vance', who: 'the other of them', is: 'called' },
    { name: 'Joseph Brand', who: 'of an invited body', is: REFUSED_BY_CLAUSE },
    { name: 'Elliot Grange', who: 'of another invited body', is: REFUSED_BY_CLAUSE },
    { name: 'Carol Finch', who: 'of a group that is required to attend', is: REFUSED_BY_CLAUSE },
    { name: 'Ruth Hale', who: 'a deputy of a core member', is: REFUSED_BY_CLAUSE },
    { name: 'Philippa Stroud', who: 'of the Executive Group, without a seat', is: REFUSED_BY_CLAUSE },
    { name: 'Marcus Webb', who: 'an assistant of a core member', is: REFUSED_BY_CLAUSE },
    { name: CLERK, who: 'the clerk, by herself', is: REFUSED_BY_CLAUSE },
    { name: 'Bethan Cole', who: 'a colleague of a core member', is: 'not_found' },
    { name: 'Yusuf Demir', who: 'who takes a core seat in April', is: 'not_found' },
    { name: ASHDOWN, who: 'of another board', is: 'not_found' },
  ])('“an extraordinary meeting … may be called by any of the core members”: $name, $who: $is', async ({ name, is }) => {
    expect(await outcomeOf(name, 'gravesham', 'extraordinary')).toBe(is)
  })

  test.each([
    { name: FAIRLEY, who: 'the chair', is: 'called' },
    { name: CLERK, who: 'the clerk', is: 'called' },
    { name: 'Mark Dunn', who: 'the vice-chair, while there is a chair', is: 'asked' },
    { name: POLICE, who: 'a core member', is: 'not_permitted' },
    { name: 'Joseph Brand', who: 'of an invited body', is: 'not_permitted' },
    { name: 'Carol Finch', who: 'of a group that is required to attend', is: 'not_permitted' },
    { name: 'Ruth Hale', who: 'a deputy', is: 'not_permitted' },
    { name: ASHDOWN, who: 'of another board', is: 'not_found' },
  ])('Gravesham’s terms are silent on ordinary ones: $name, $who: $is', async ({ name, is }) => {
    expect(await outcomeOf(name, 'gravesham', 'ordinary')).toBe(is)
  })

  test.each([
    { board: 'kcsp', kind: 'ordinary', name: ASHDOWN, who: 'the chair', is: 'called' },
    { board: 'kcsp', kind: 'ordinary', name: CLERK, who: 'the clerk', is: 'called' },
    { board: 'kcsp', kind: 'ordinary', name: POLICE, who: 'a responsible authority', is: 'not_permitted' },
    { board: 'kcsp', kind: 'ordinary', name: 'Nadia Flynn', who: 'of an invited body', is: 'not_permitted' },
    { board: 'kcsp', kind: 'extraordinary', name: ASHDOWN, who: 'the chair', is: 'called' },
    { board: 'kcsp', kind: 'extraordinary', name: CLERK, who: 'the clerk', is: 'asked' },
    { board: 'kcsp', kind: 'extraordinary', name: POLICE, who: 'a responsible authority', is: 'not_permitted' },
    { board: 'kcsp', kind: 'extraordinary', name: 'Nadia Flynn', who: 'of an invited body', is: 'not_permitted' },
    { board: 'kcsp', kind: 'extraordinary', name: 'Tariq Aziz', who: 'a colleague', is: 'not_found' },
    { board: 'kcsp', kind: 'extraordinary', name: FAIRLEY, who: 'of another board', is: 'not_found' },
    { board: 'group', kind: 'ordinary', name: 'Aisha Rahman', who: 'the chair', is: 'called' },
    { board: 'group', kind: 'ordinary', name: CLERK, who: 'the clerk', is: 'called' },
    { board: 'group', kind: 'ordinary', name: 'Moira Lennox', who: 'the vice-chair', is: 'asked' },
    { board: 'group', kind: 'ordinary', name: 'Joseph Brand', who: 'a responsible authority', is: 'not_permitted' },
    { board: 'group', kind: 'extraordinary', name: 'Aisha Rahman', who: 'the chair', is: 'called' },
    { board: 'group', kind: 'extraordinary', name: 'Moira Lennox', who: 'the vice-chair', is: 'asked' },
    { board: 'group', kind: 'extraordinary', name: CLERK, who: 'the clerk', is: 'asked' },
    { board: 'group', kind: 'extraordinary', name: 'Tariq Aziz', who: 'a deputy', is: 'not_permitted' },
    { board: 'group', kind: 'extraordinary', name: 'Rob Tilley', who: 'of an invited body', is: 'not_permitted' },
    { board: 'group', kind: 'extraordinary', name: ASHDOWN, who: 'the parent’s chair', is: 'not_found' },
    { board: 'dardr', kind: 'ordinary', name: 'Moira Lennox', who: 'the chair', is: 'called' },
    { board: 'dardr', kind: 'ordinary', name: CLERK, who: 'the clerk', is: 'called' },
    { board: 'dardr', kind: 'ordinary', name: 'Priya Nand', who: 'a member', is: 'not_permitted' },
    { board: 'dardr', kind: 'extraordinary', name: 'Moira Lennox', who: 'the chair', is: 'called' },
    { board: 'dardr', kind: 'extraordinary', name: POLICE, who: 'the vice-chair', is: 'asked' },
    { board: 'dardr', kind: 'extraordinary', name: 'Priya Nand', who: 'a member', is: 'not_permitted' },
    { board: 'dardr', kind: 'extraordinary', name: 'Elliot Grange', who: 'of an invited body', is: 'not_permitted' },
  ] as const)('$board, whose terms are silent, $kind: $name, $who: $is', async ({ board, kind, name, is }) => {
    expect(await outcomeOf(name, board, kind)).toBe(is)
  })

  test('whoever runs the server, for any board', async () => {
    const { tenant_id } = await house.handles.reading.selectFrom('board').select('tenant_id').executeTakeFirstOrThrow()
    const values = { kind: 'extraordinary', day: nextDay(), time: '10:00', need: NEED }
    const answer = await house.bot.operate(tenant_id, { command: 'meetings.call', subject: boards.gravesham, values })
    expect(answer).toMatchObject({ kind: 'card' })
    const latest = (await meetingsOf(house, boards.gravesham)).at(-1)
    expect(await versionsOf(house, latest?.id ?? '')).toMatchObject([{ by_person_id: null, for_person_id: null }])
  })

  test('a member where the terms are silent is told the convention and its source, and no clause', async () => {
    const answer = await call(house, POLICE, boards.kcsp, { kind: 'extraordinary', day: nextDay(), time: '10:00' })
    expect(textOf(answer)).toContain(
      'The terms do not say who may call an extraordinary meeting. By convention it is for the chair: The chair calls a meeting outside the cycle. (the chair agrees the agenda of every meeting (clause 7)) Ask one of them, or the clerk.',
    )
    expect(textOf(answer)).not.toContain('Clause')
  })

  test('the clerk, asked once, is told the convention and its source; said all the same, it is called', async () => {
    const day = nextDay()
    const answer = await unchanged(house, () =>
      call(house, CLERK, boards.kcsp, { kind: 'extraordinary', day, time: '10:00', need: NEED, venue: 'Darent Room' }),
    )
    const { sentence, ...press } = doubtOf(answer)
    expect(sentence).toContain(
      'By convention: The chair calls a meeting outside the cycle. (the chair agrees the agenda of every meeting (clause 7))',
    )
    expect(textOf(answer)).toContain('[Call it all the same]')
    expect(textOf(await house.press(CLERK, press))).toContain(`Called for: ${NEED}`)
    const row = (await meetingsOf(house, boards.kcsp)).find(({ starts_at }) => starts_at.startsWith(day))
    expect(row).toMatchObject({ kind: 'extraordinary', venue: 'Darent Room', need: NEED })
  })

  test('a core member by right is asked nothing', async () => {
    const answer = await call(house, POLICE, boards.gravesham, {
      kind: 'extraordinary',
      day: nextDay(),
      time: '10:00',
      need: NEED,
    })
    expect(textOf(answer)).toContain('The meeting is called.')
    expect(textOf(answer)).toContain('Extraordinary meeting of the Gravesham Community Safety Partnership')
  })

  test('an invited body is told the clause in the terms’ own words', async () => {
    const answer = await call(house, 'Joseph Brand', boards.gravesham, { kind: 'extraordinary', ...PLAIN, need: NEED })
    expect(textOf(answer)).toContain('Only a core member may call an extraordinary meeting under the terms of this board.')
    expect(textOf(answer)).toContain(
      'Should an urgent and serious need arise, an extraordinary meeting of the Partnership may be called by any of the core members of the Partnership.',
    )
  })

  test('what exists and is none of theirs is answered as what does not exist', async () => {
    const values = { kind: 'ordinary', ...PLAIN }
    const [hidden, none] = [await call(house, FAIRLEY, boards.kcsp, values), await call(house, FAIRLEY, newId(), values)]
    expect(hidden).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
    expect(textOf(hidden)).toBe(textOf(none))
    const meeting = (await meetingsOf(house, boards.kcsp))[0]?.id ?? ''
    for (const [command, more] of [
      ['meetings.show', {}],
      ['meetings.move', { ...PLAIN }],
      ['meetings.move_form', {}],
      ['meetings.cancel', { why: 'None of mine' }],
      ['meetings.cancel_form', {}],
    ] as const) {
      const own = await house.press(FAIRLEY, { command, subject: meeting, values: more })
      const other = await house.press(FAIRLEY, { command, subject: newId(), values: more })
      expect(own).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
      expect(textOf(own)).toBe(textOf(other))
    }
    for (const command of ['meetings.coming', 'meetings.call_form', 'meetings.propose']) {
      const year: Record<string, string> = command === 'meetings.propose' ? { year: '2027' } : {}
      const own = await house.press(FAIRLEY, { command, subject: boards.kcsp, values: year })
      const other = await house.press(FAIRLEY, { command, subject: newId(), values: year })
      expect(own).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
      expect(textOf(own)).toBe(textOf(other))
    }
  })
})

describe('the clerk records a core member’s call', () => {
  let house: TestHouse
  let gravesham: string
  beforeEach(async () => {
    const opened = await openGravesham()
    house = opened.house
    gravesham = opened.gravesham
  })
  afterEach(async () => {
    expect(house.faults).toEqual([])
    await house.close()
  })

  const recorded = async (by: string, caller: string) =>
    call(house, by, gravesham, { kind: 'extraordinary', ...PLAIN, need: NEED, caller: await personCalled(house, caller) })

  test('as theirs: the record has both, and everyone is told whose call it was', async () => {
    await settle(house)
    house.sent.length = 0
    expect(textOf(await recorded(CLERK, POLICE))).toContain('The meeting is called.')
    const [meeting] = await meetingsOf(house, gravesham)
    expect(await versionsOf(house, meeting?.id ?? '')).toMatchObject([
      { by_person_id: await personCalled(house, CLERK), for_person_id: await personCalled(house, POLICE) },
    ])
    await settle(house)
    expect(house.sentTo('Ruth Hale')).toEqual([expect.stringContaining('Called by: Daniel Okafor')])
  })

  test.each([
    { caller: 'Joseph Brand', who: 'an invited body', code: 'not_permitted', clause: CLAUSE },
    { caller: 'Carol Finch', who: 'a group that is required to attend', code: 'not_permitted', clause: CLAUSE },
    { caller: 'Ruth Hale', who: 'a deputy', code: 'not_permitted', clause: CLAUSE },
    { caller: ASHDOWN, who: 'somebody of another board', code: 'not_found', clause: undefined },
  ])('not that of $who', async ({ caller, code, clause }) => {
    const answer = await unchanged(house, () => recorded(CLERK, caller))
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code } })
    if (answer.kind === 'refusal') expect(answer.refusal.clause?.number).toBe(clause?.number)
  })

  test('and nobody but the clerk', async () => {
    for (const name of [POLICE, FAIRLEY, 'Joseph Brand']) {
      const answer = await unchanged(house, () => recorded(name, 'April Stone'))
      expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
      expect(textOf(answer)).toContain('Only the clerk records that somebody else has called a meeting.')
    }
  })

  test('the form offers the clerk those who may call one, and nobody else is offered them', async () => {
    const form = await house.press(CLERK, { command: 'meetings.call_form', subject: gravesham })
    if (form.kind !== 'form') throw new Error(textOf(form))
    const callers = form.form.fields.flatMap((field) =>
      field.field === 'choice' && field.name === 'caller' ? field.options.map(({ label }) => label) : [],
    )
    expect(callers).toEqual([
      'April Stone',
      'Cllr Imogen Fairley',
      'Daniel Okafor',
      'Harriet Boyle',
      'Leon Carter',
      'Mark Dunn',
      'Simon Vance',
    ])
    const own = await house.press(POLICE, { command: 'meetings.call_form', subject: gravesham })
    expect(textOf(own)).not.toContain('Called by')
  })
})

test('the vice-chair has the chair’s right while there is none', async () => {
  const { house, boards } = await openBoards()
  const chair = { as: 'office', office: 'chair', acting: false }
  const part = JSON.stringify({ person: 'aisha.rahman@example.org', of: chair })
  const values = { kind: 'extraordinary', ...PLAIN, need: NEED }
  expect(await call(house, 'Moira Lennox', boards.group, values)).toMatchObject({ refusal: { code: 'unwise' } })
  expect(textOf(await house.press(CLERK, { command: 'boards.end', subject: boards.group, values: { part } }))).not.toContain(
    'Not done',
  )
  expect(await call(house, 'Moira Lennox', boards.group, values)).toMatchObject({ kind: 'card' })
  await house.close()
})

test('who takes a core seat may call from their first day, and who has left it no more', async () => {
  const { house, gravesham } = await openGravesham()
  const values = { kind: 'extraordinary', day: '2027-06-02', time: '10:00', need: NEED }
  house.clock.set('2027-03-31T22:59:00Z') // the last minute of 31 March, in summer time
  expect(await call(house, 'Yusuf Demir', gravesham, values)).toMatchObject({ refusal: { code: 'not_found' } })
  house.clock.set('2027-03-31T23:00:00Z')
  expect(await call(house, 'April Stone', gravesham, values)).toMatchObject({ refusal: { code: 'not_found' } })
  expect(await call(house, 'Yusuf Demir', gravesham, values)).toMatchObject({ kind: 'card' })
  await house.close()
})

test('a board without approved terms calls no meeting', async () => {
  const house = await openTestHouse()
  const board = newId()
  const file = readFileSync(new URL('../../src/boards/terms/gravesham.yaml', import.meta.url)).toString('base64')
  await house.press(CLERK, { command: 'boards.set_up', subject: board, values: { file } })
  const answer = await unchanged(house, () => call(house, CLERK, board, PLAIN))
  expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'conflict' } })
  expect(textOf(answer)).toContain('This board has no approved terms of reference yet')
  await house.close()
})

test('the text of 2023 says the same of calling as that of 2025', async () => {
  const house = await openTestHouse()
  const kcsp = await setUpBoard(house, 'kcsp-2023', null)
  expect(await call(house, POLICE, kcsp, PLAIN)).toMatchObject({ refusal: { code: 'not_permitted', clause: undefined } })
  expect(await call(house, CLERK, kcsp, { kind: 'extraordinary', ...PLAIN })).toMatchObject({ refusal: { code: 'unwise' } })
  expect(await call(house, ASHDOWN, kcsp, { kind: 'extraordinary', ...PLAIN })).toMatchObject({ kind: 'card' })
  await house.close()
})

describe('on Gravesham, with the KCSP on Wednesday 16 December 2026 from 10:00 to 12:00', () => {
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

  const asClerk = (values: Readonly<Record<string, string>>) => call(house, CLERK, gravesham, values)
  const extraordinary = (values: Readonly<Record<string, string>>) =>
    call(house, POLICE, gravesham, { kind: 'extraordinary', ...PLAIN, ...values })

  describe('“should an urgent and serious need arise”', () => {
    test.each([{}, { need: '' }, { need: '   ' }])(
      'without one it is refused, with the clause and at the field: %o',
      async (values) => {
        const answer = await unchanged(house, () => extraordinary(values))
        expect(answer).toMatchObject({
          kind: 'refusal',
          refusal: {
            code: 'invalid',
            clause: CLAUSE,
            fields: { need: 'An extraordinary meeting is for an urgent and serious need. Say what it is.' },
          },
        })
      },
    )

    test('all the same does not help', async () => {
      expect(await extraordinary({ allTheSame: 'yes' })).toMatchObject({ refusal: { code: 'invalid' } })
    })

    test('the need is kept and shown', async () => {
      expect(textOf(await extraordinary({ need: ` ${NEED} ` }))).toContain(`Called for: ${NEED}\n`)
      expect(await meetingsOf(house, gravesham)).toMatchObject([{ need: NEED, kind: 'extraordinary' }])
    })

    test('an ordinary one needs none', async () => {
      expect(await asClerk(PLAIN)).toMatchObject({ kind: 'card' })
    })
  })

  describe('is advised at once, asked once, and called all the same', () => {
    test.each([
      { about: 'a Saturday', day: '2027-01-23', says: 'Saturday 23 January 2027 is at the weekend' },
      { about: 'a Sunday', day: '2027-01-24', says: 'Sunday 24 January 2027 is at the weekend' },
      { about: 'New Year’s Day', day: '2027-01-01', says: 'Friday 1 January 2027 is a bank holiday' },
      { about: 'Good Friday', day: '2027-03-26', says: 'Friday 26 March 2027 is a bank holiday' },
      { about: 'a substitute day', day: '2026-12-28', says: 'Monday 28 December 2026 is a bank holiday' },
      {
        about: 'too few days for the papers',
        day: '2026-11-27',
        says: 'the last hour for that was Thursday 19 November 2026, 17:00. Late papers go marked as late.',
      },
      { about: 'an early hour', day: '2027-01-20', time: '07:30', says: '07:30 is early: boards meet between 08:00 and 20:00.' },
      { about: 'a late hour', day: '2027-01-20', time: '20:30', says: '20:30 is late: boards meet between 08:00 and 20:00.' },
      {
        about: 'people who are elsewhere',
        day: '2026-12-16',
        time: '11:00',
        says: 'Daniel Okafor and Grace Holloway have the KCSP at 10:00 that day.',
      },
    ])('$about', async ({ day, time = '14:00', says }) => {
      const answer = await unchanged(house, () => asClerk({ day, time }))
      const { sentence, ...press } = doubtOf(answer)
      expect(sentence).toContain(says)
      expect(sentence).toContain('If you mean it, press “Call it all the same”, or say it again with “all the same” at the end.')
      expect(await meetingsOf(house, gravesham)).toEqual([])
      expect(await house.press(CLERK, press)).toMatchObject({ kind: 'card' })
      expect(await meetingsOf(house, gravesham)).toHaveLength(1)
    })

    test('several doubts in one question', async () => {
      const { sentence } = doubtOf(await asClerk({ day: '2026-11-28', time: '07:00' }))
      for (const said of ['at the weekend', '07:00 is early', 'Its papers go at least 5 working days before'])
        expect(sentence).toContain(said)
    })

    test.each([
      { time: '08:00', clash: false, says: 'ends as the other begins' },
      { time: '08:01', clash: true, says: 'ends a minute into it' },
      { time: '11:59', clash: true, says: 'begins a minute before its end' },
      { time: '12:00', clash: false, says: 'begins as the other ends' },
    ])('people are elsewhere: a meeting at $time $says', async ({ time, clash }) => {
      const answer = await asClerk({ day: '2026-12-16', time })
      expect(answer.kind).toBe(clash ? 'refusal' : 'card')
      if (clash) expect(doubtOf(answer).sentence).toContain('have the KCSP at 10:00 that day.')
    })

    test('a meeting that is cancelled keeps nobody away', async () => {
      await house.press(CLERK, { command: 'meetings.cancel', subject: await house.meeting(), values: { why: 'no business' } })
      expect(await asClerk({ day: '2026-12-16', time: '10:00' })).toMatchObject({ kind: 'card' })
    })

    test('and so is the other board, of this one', async () => {
      await called(house, CLERK, gravesham, { day: '2027-02-03', time: '10:00' })
      const { sentence } = doubtOf(await call(house, CLERK, kcsp, { day: '2027-02-03', time: '11:30' }))
      expect(sentence).toContain('Daniel Okafor and Grace Holloway have the Gravesham CSP at 10:00 that day.')
    })
  })

  test('with time for the papers, and people who are free, nothing is asked', async () => {
    expect(await asClerk({ day: '2026-12-02', time: '10:00' })).toMatchObject({ kind: 'card' })
  })

  test('a minute after the hour by which papers go, it is asked', async () => {
    house.clock.set('2026-11-24T17:00:00Z')
    expect(await asClerk({ day: '2026-12-02', time: '10:00' })).toMatchObject({ kind: 'card' })
    house.clock.forward({ minutes: 1 })
    expect(await asClerk({ day: '2026-12-02', time: '14:00' })).toMatchObject({ refusal: { code: 'unwise' } })
  })

  describe('is refused, all the same or not', () => {
    test.each([
      { about: 'yesterday', day: '2026-11-21', time: '10:00', code: 'too_late', field: 'day', says: 'That time has passed' },
      { about: 'this very instant', day: '2026-11-22', time: '10:00', code: 'too_late', field: 'day', says: 'has passed' },
      { about: 'six years ahead', day: '2032-11-24', time: '10:00', code: 'invalid', field: 'day', says: 'check the year' },
      {
        about: 'an hour that the clocks skip',
        day: '2027-03-28',
        time: '01:30',
        code: 'invalid',
        field: 'time',
        says: 'There is no 01:30 on Sunday 28 March 2027: the clocks go forward. Choose another hour.',
      },
      {
        about: '30 February',
        day: '2027-02-30',
        time: '10:00',
        code: 'invalid',
        field: 'day',
        says: 'There is no day 2027-02-30',
      },
      { about: '29 February 2027', day: '2027-02-29', time: '10:00', code: 'invalid', field: 'day', says: 'There is no day' },
      { about: 'no day', day: '', time: '10:00', code: 'invalid', field: 'day', says: 'Choose a day.' },
      { about: 'the last day that there is', day: '+275760-09-13', time: '10:00', code: 'invalid', field: 'day', says: 'no day' },
      { about: 'the first', day: '-271821-04-19', time: '10:00', code: 'invalid', field: 'day', says: 'There is no day' },
      { about: 'a day before the calendar', day: '0000-01-01', time: '10:00', code: 'invalid', field: 'day', says: 'no day' },
      { about: 'words for a day', day: 'soon', time: '10:00', code: 'invalid', field: 'day', says: 'There is no day soon.' },
      { about: 'no hour', day: '2027-01-20', time: '', code: 'invalid', field: 'time', says: 'Choose an hour.' },
      { about: '25:00', day: '2027-01-20', time: '25:00', code: 'invalid', field: 'time', says: 'There is no hour 25:00.' },
    ])('$about', async ({ day, time, code, field, says }) => {
      for (const more of [{}, { allTheSame: 'yes' }]) {
        const answer = await unchanged(house, () => asClerk({ day, time, ...more }))
        expect(answer).toMatchObject({ kind: 'refusal', refusal: { code, fields: { [field]: expect.stringContaining(says) } } })
      }
    })

    test.each([
      { field: 'venue', value: 'x'.repeat(201), says: 'at most 200 characters' },
      { field: 'need', value: 'x'.repeat(501), says: 'at most 500 characters' },
      { field: 'link', value: 'javascript:alert(1)', says: 'That is no web address.' },
      { field: 'link', value: `https://meet.example.org/${'x'.repeat(500)}`, says: 'at most 500 characters' },
      { field: 'kind', value: 'festive', says: 'I cannot read that.' },
      { field: 'caller', value: 'Daniel', says: 'That is not one of my ids.' },
    ])('a $field that cannot be one', async ({ field, value, says }) => {
      const answer = await unchanged(house, () => asClerk({ ...PLAIN, [field]: value }))
      expect(answer).toMatchObject({ refusal: { code: 'invalid', fields: { [field]: expect.stringContaining(says) } } })
    })

    test.each([
      { time: '12:01', other: false },
      { time: '13:59', other: false },
      { time: '14:00', other: false },
      { time: '15:59', other: false },
      { time: '12:00', other: true },
      { time: '16:00', other: true },
    ])('two meetings at one time: beside one at 14:00, another at $time can be: $other', async ({ time, other }) => {
      await called(house, CLERK, gravesham, PLAIN)
      const answer = await asClerk({ day: PLAIN.day, time, allTheSame: 'yes' })
      expect(answer.kind).toBe(other ? 'card' : 'refusal')
      if (!other) {
        expect(answer).toMatchObject({ refusal: { code: 'conflict', fields: { time: expect.any(String) } } })
        expect(textOf(answer)).toContain('The board meets at that time already: on Wednesday 20 January 2027, 14:00.')
      }
    })

    test('not where the other one is cancelled', async () => {
      const meeting = await called(house, CLERK, gravesham, PLAIN)
      await house.press(CLERK, { command: 'meetings.cancel', subject: meeting, values: { why: 'no business' } })
      expect(await asClerk(PLAIN)).toMatchObject({ kind: 'card' })
    })
  })

  describe('the clocks of the board', () => {
    test.each([
      { day: '2027-03-27', time: '10:00', at: '2027-03-27T10:00:00.000Z', says: 'in winter' },
      { day: '2027-03-28', time: '10:00', at: '2027-03-28T09:00:00.000Z', says: 'on the day the clocks go forward' },
      { day: '2027-03-28', time: '02:00', at: '2027-03-28T01:00:00.000Z', says: 'at the first moment after the gap' },
      { day: '2027-07-14', time: '10:00', at: '2027-07-14T09:00:00.000Z', says: 'in summer' },
      { day: '2027-10-31', time: '10:00', at: '2027-10-31T10:00:00.000Z', says: 'on the day the clocks go back' },
      { day: '2027-10-31', time: '01:30', at: '2027-10-31T00:30:00.000Z', says: 'of an hour that comes twice, the first' },
    ])('$day at $time is kept as the instant $at: $says', async ({ day, time, at }) => {
      const id = await called(house, CLERK, gravesham, { day, time })
      expect(await meetingRow(house, id)).toMatchObject({ starts_at: at })
      expect(textOf(await house.press(CLERK, { command: 'meetings.show', subject: id }))).toContain(`2027, ${time}`)
    })
  })

  test('what is not said is online, for two hours, without a link', async () => {
    const id = await called(house, CLERK, gravesham, PLAIN)
    expect(await meetingRow(house, id)).toMatchObject({ venue: 'Online', minutes: 120, link: null, need: null, revision: 1 })
  })

  test('an hour is kept to the minute', async () => {
    const id = await called(house, CLERK, gravesham, { day: '2027-01-20', time: '14:00:59' })
    expect(await meetingRow(house, id)).toMatchObject({ starts_at: '2027-01-20T14:00:00.000Z' })
  })

  test('a room and a link are kept as they were said', async () => {
    const link = 'https://meet.example.org/csp?x=1'
    const id = await called(house, CLERK, gravesham, { ...PLAIN, venue: ' Darent Room, Sessions House ', link })
    expect(await meetingRow(house, id)).toMatchObject({ venue: 'Darent Room, Sessions House', link })
  })

  test('a doubt and a right together: both are asked about in one question', async () => {
    const answer = await call(house, 'Mark Dunn', gravesham, { day: '2027-01-23', time: '10:00' })
    const { sentence } = doubtOf(answer)
    expect(sentence).toContain('By convention: The Community Safety Unit')
    expect(sentence).toContain('at the weekend')
    expect(await allTheSame(house, 'Mark Dunn', Promise.resolve(answer))).toMatchObject({ kind: 'card' })
  })
})
