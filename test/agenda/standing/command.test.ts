import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { boardCalled, GRAVESHAM_ROSTER, setUpBoard } from '../../boards.js'
import { type TestHouse, textOf } from '../../house.js'
import { agendaOf, CHAIR, CLERK, callMeeting, done, openSettled, POLICE } from '../setting.js'

let house: TestHouse
let board: string
beforeEach(async () => {
  house = await openSettled()
  board = (await boardCalled(house, 'KCSP')) ?? ''
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const press = (name: string, command: string, values: Record<string, string> = {}) =>
  house.press(name, { command, subject: board, values })
const refused = (code: string) => ({ kind: 'refusal', refusal: { code } })
const decision = 'RESOLVED that it stand on every agenda, 22 November 2026, item C2'
const scrutiny = { title: 'Scrutiny dates', letter: 'C', decision }

const item = async (title: string) =>
  house.handles.reading
    .selectFrom('standing_item')
    .selectAll()
    .where('title', '=', title)
    .where('board_id', '=', board)
    .executeTakeFirstOrThrow()

const nextDay = () => house.clock.forward({ hours: 24 })
const drafted = async (day: string) => agendaOf(house, await callMeeting(house, board, day)).shown()

test('a board begins with the sections and items of the terms that it approves, and says so', async () => {
  const shows = textOf(await press(POLICE, 'agenda.standing'))
  expect(shows).toContain(
    'A. COMMITTEE BUSINESS\nSet by: begun with “Kent Community Safety Partnership, terms of reference 2025”',
  )
  expect(shows).toContain('D. RESTRICTED ITEM(S) (RESTRICTED)')
  expect(shows).toContain('Notes of the last meeting | begun with “Kent Community Safety Partnership, terms of reference 2025”')
  expect(shows).not.toContain('[')
  expect(textOf(await press(CLERK, 'agenda.standing'))).toContain('[Add a standing item] [End a standing item] [Set a section]')
})

test('the clause stands beside them where there is one', async () => {
  const gravesham = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
  const shows = textOf(await house.press(CLERK, { command: 'agenda.standing', subject: gravesham }))
  expect(shows).toContain(
    '“The inaugural meeting of the Gravesham Community Safety Partnership will determine whether there are specific items',
  )
})

test('of a board that is none of theirs nobody sees anything', async () => {
  const none = await house.press('Ruth Hale', { command: 'agenda.standing', subject: newId() })
  expect(JSON.stringify(await press('Ruth Hale', 'agenda.standing'))).toBe(JSON.stringify(none))
})

describe('a standing item', () => {
  test('that is added stands at the end of its section on later agendas, not on one that is drafted', async () => {
    const kcsp = agendaOf(house, await house.meeting())
    const before = await kcsp.shown()
    const shows = textOf(await press(CLERK, 'agenda.add_standing', { ...scrutiny, form: 'verbal', purpose: 'information' }))
    expect(shows).toContain(`Scrutiny dates | ${decision}`)
    expect(await kcsp.shown()).toEqual(before)
    expect(await drafted('2027-03-24')).toEqual([
      'A1 Introduction',
      'A2 Apologies and Substitutes',
      'A3 Declarations of Interest',
      'A4 Notes of meeting held on 16 December 2026',
      'C1 Dates of future meetings',
      'C2 Any other business',
      'C3 Scrutiny dates',
    ])
    expect(await item('Scrutiny dates')).toMatchObject({
      from_day: '2026-11-22',
      until_day: null,
      decision,
      form: 'verbal',
      purpose: 'information',
    })
  })

  test('that is ended stands on later agendas no more; its row stays, with both decisions', async () => {
    const ended = 'RESOLVED that other business be taken by the chair'
    nextDay()
    const { id } = await item('Any other business')
    const values = { item: id, decision: ended }
    expect(textOf(await press(CLERK, 'agenda.end_standing', values))).not.toContain('Any other business')
    expect(await agendaOf(house, await house.meeting()).shown()).toContain('C2 Any other business')
    expect(await drafted('2027-03-24')).not.toContain('C2 Any other business')
    expect(await item('Any other business')).toMatchObject({ from_day: '2026-11-22', until_day: '2026-11-23', ended_by: ended })
    expect(await press(CLERK, 'agenda.end_standing', values)).toMatchObject(refused('not_found'))
  })

  test('that was ended can be added anew', async () => {
    nextDay()
    const { id } = await item('Any other business')
    await done(press(CLERK, 'agenda.end_standing', { item: id, decision }))
    await done(press(CLERK, 'agenda.add_standing', { title: 'Any other business', letter: 'A', form: 'verbal', decision }))
    const rows = await house.handles.reading
      .selectFrom('standing_item')
      .select(['letter', 'until_day'])
      .where('title', '=', 'Any other business')
      .execute()
    expect(rows).toHaveLength(2)
    expect(await drafted('2027-03-24')).toContain('A5 Any other business')
  })

  test('for elections, once ended, still comes when there is one to hold', async () => {
    nextDay()
    const { id } = await item('Elections')
    await done(press(CLERK, 'agenda.end_standing', { item: id, decision }))
    // The next meeting is to hold it: one that comes sooner does, and not the other.
    expect(await drafted('2026-12-09')).toContain('A4 Election of Vice-Chair')
  })

  test.each([
    { what: 'no decision', values: { ...scrutiny, decision: '' }, field: 'decision' },
    { what: 'a decision left out', values: { title: 'Scrutiny dates', letter: 'C' }, field: 'decision' },
    { what: 'a decision of two letters', values: { ...scrutiny, decision: 'ok' }, field: 'decision' },
    { what: 'a decision of 501', values: { ...scrutiny, decision: 'x'.repeat(501) }, field: 'decision' },
    { what: 'a section that is not there', values: { ...scrutiny, letter: 'E' }, field: 'letter' },
    { what: 'the section that is not public', values: { ...scrutiny, letter: 'X' }, field: 'letter' },
    { what: 'a title of 301', values: { ...scrutiny, title: 'x'.repeat(301) }, field: 'title' },
    { what: 'no title', values: { ...scrutiny, title: ' ' }, field: 'title' },
    { what: 'the title of another', values: { ...scrutiny, title: 'INTRODUCTION' }, field: 'title' },
  ])('with $what is refused at the field', async ({ values, field }) => {
    const before = await house.handles.reading.selectFrom('standing_item').selectAll().execute()
    const answer = await press(CLERK, 'agenda.add_standing', values)
    expect(answer.kind).toBe('refusal')
    expect(Object.keys((answer.kind === 'refusal' && answer.refusal.fields) || {})).toEqual([field])
    expect(await house.handles.reading.selectFrom('standing_item').selectAll().execute()).toEqual(before)
  })

  test('is not ended without a decision, nor one of another board', async () => {
    const { id } = await item('Any other business')
    expect(await press(CLERK, 'agenda.end_standing', { item: id })).toMatchObject(refused('invalid'))
    const other = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
    expect(
      await house.press(CLERK, { command: 'agenda.end_standing', subject: other, values: { item: id, decision } }),
    ).toMatchObject(refused('not_found'))
    expect(await item('Any other business')).toMatchObject({ until_day: null, ended_by: null })
  })
})

describe('a section', () => {
  const rows = () =>
    house.handles.reading
      .selectFrom('section')
      .where('board_id', '=', board)
      .where('letter', 'in', ['B', 'E'])
      .orderBy('letter')
      .orderBy('from_day')
      .select(['letter', 'title', 'restricted', 'decision', 'from_day', 'until_day'])
      .execute()

  test('that gets another title has it on later agendas; how it was called stays in the record', async () => {
    const kcsp = agendaOf(house, await house.meeting())
    await kcsp.has('Grant', 'B')
    nextDay()
    const to = { letter: 'b', title: 'Matters for Decision', decision: 'RESOLVED that B be for decisions' }
    expect(textOf(await press(CLERK, 'agenda.set_section', to))).toContain(
      'B. MATTERS FOR DECISION\nSet by: RESOLVED that B be for decisions',
    )
    expect(textOf(await kcsp.press(POLICE, 'agenda.show'))).toContain('B. MATTERS FOR INFORMATION/DISCUSSION')
    const next = agendaOf(house, await callMeeting(house, board, '2027-03-24'))
    await next.has('Grant', 'B')
    expect(textOf(await next.press(POLICE, 'agenda.show'))).toContain('B. MATTERS FOR DECISION')
    expect(await rows()).toMatchObject([
      { letter: 'B', title: 'Matters for Information/Discussion', from_day: '2026-11-22', until_day: '2026-11-23' },
      { letter: 'B', title: 'Matters for Decision', from_day: '2026-11-23', until_day: null },
    ])
  })

  test('that is new can be closed to the public, and stands in the order of the letters', async () => {
    const values = { letter: 'E', title: 'Exempt items', restricted: 'yes', decision }
    await done(press(CLERK, 'agenda.set_section', values))
    const kcsp = agendaOf(house, await house.meeting())
    await kcsp.press(POLICE, 'agenda.propose', { title: 'Grant' })
    expect(await kcsp.on(CLERK, 'Grant', 'agenda.place', { letter: 'E' })).toMatchObject(refused('invalid'))
    const next = agendaOf(house, await callMeeting(house, board, '2027-03-24'))
    await next.has('Vetting', 'E')
    expect(textOf(await next.press('Nadia Flynn', 'agenda.print'))).toMatch(
      /E\. EXEMPT ITEMS\n\nMeeting not open to the press and public and reports not for publication\n\nE1 {3}Vetting$/,
    )
    const row = await house.handles.reading
      .selectFrom('item')
      .select('openness')
      .where('title', '=', 'Vetting')
      .executeTakeFirstOrThrow()
    expect(row.openness).toBe('restricted')
  })

  test.each([
    { what: 'no decision', values: { letter: 'B', title: 'Other' }, field: 'decision' },
    { what: 'no letter', values: { title: 'Other', decision }, field: 'letter' },
    { what: 'two letters', values: { letter: 'BB', title: 'Other', decision }, field: 'letter' },
    { what: 'the letter of what is not public', values: { letter: 'X', title: 'Other', decision }, field: 'letter' },
    { what: 'no title', values: { letter: 'B', title: ' ', decision }, field: 'title' },
  ])('with $what is refused at the field', async ({ values, field }) => {
    const before = await rows()
    const answer = await press(CLERK, 'agenda.set_section', values)
    expect(answer.kind).toBe('refusal')
    expect(Object.keys((answer.kind === 'refusal' && answer.refusal.fields) || {})).toEqual([field])
    expect(await rows()).toEqual(before)
  })
})

describe('who may', () => {
  test.each([CHAIR, POLICE, 'Nadia Flynn'])('not %s: the clerk records what the board decides', async (name) => {
    const { id } = await item('Any other business')
    for (const [command, values] of [
      ['agenda.add_standing', scrutiny],
      ['agenda.end_standing', { item: id, decision }],
      ['agenda.set_section', { letter: 'B', title: 'Other', decision }],
      ['agenda.standing_form', {}],
      ['agenda.end_standing_form', {}],
      ['agenda.section_form', {}],
    ] as const)
      expect(await press(name, command, values)).toMatchObject(refused('not_permitted'))
  })

  test('forms for the clerk', async () => {
    expect(textOf(await press(CLERK, 'agenda.standing_form'))).toContain('By which decision?')
    expect(textOf(await press(CLERK, 'agenda.end_standing_form'))).toContain('A: Introduction, A: Apologies and Substitutes')
    expect(textOf(await press(CLERK, 'agenda.section_form'))).toContain('Closed: its titles are printed, its papers are not')
  })
})

test('new terms change nothing of what the board has set', async () => {
  await done(press(CLERK, 'agenda.add_standing', scrutiny))
  nextDay()
  await setUpBoard(house, 'kcsp-2023', null)
  const shows = textOf(await press(CLERK, 'agenda.standing'))
  expect(shows).toContain('Scrutiny dates')
  expect(shows).toContain('begun with “Kent Community Safety Partnership, terms of reference 2025”')
  expect(shows).not.toContain('terms of reference 2023”')
})
