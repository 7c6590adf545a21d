import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { emailOf } from '../../src/demonstration/people.js'
import { newId } from '../../src/kernel/ids.js'
import { boardCalled, DARDR_ROSTER, GRAVESHAM_ROSTER, personCalled, sayIn, setUpBoard, WORKING_GROUP_ROSTER } from '../boards.js'
import { type TestHouse, textOf } from '../house.js'
import {
  agendaOf,
  CHAIR,
  CLERK,
  callMeeting,
  DIRECTOR,
  delivered,
  done,
  type OnAgenda,
  openSettled,
  POLICE,
  PORTFOLIO_HOLDER,
  sentInto,
  toldOf,
} from './setting.js'

let house: TestHouse
let kcsp: OnAgenda
beforeEach(async () => {
  house = await openSettled()
  kcsp = agendaOf(house, await house.meeting())
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const DRAFTED = [
  'A1 Introduction',
  'A2 Apologies and Substitutes',
  'A3 Declarations of Interest',
  'A4 Election of Vice-Chair',
  'C1 Dates of future meetings',
  'C2 Any other business',
]

const refused = (code: string) => ({ kind: 'refusal', refusal: { code } })

async function gravesham(): Promise<OnAgenda> {
  const board = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
  const agenda = agendaOf(house, await callMeeting(house, board, '2027-01-20'))
  await delivered(house)
  house.sent.length = 0
  return agenda
}

test('a called meeting has its agenda drafted', async () => {
  expect(await kcsp.shown()).toEqual(DRAFTED)
  expect(textOf(await house.say(CLERK, 'agenda'))).toContain('DRAFT, not yet agreed')
  const board = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
  expect(await agendaOf(house, await callMeeting(house, board, '2027-01-20')).shown()).toEqual([
    'A1 Introduction',
    'A2 Apologies and Substitutes',
    'A3 Declarations of Interest',
    'C1 Dates of future meetings',
    'C2 Any other business',
  ])
})

test('the meeting after it has its notes, no review right after one, and the review when the year is nearly over', async () => {
  const { board_id: board } = await house.handles.reading
    .selectFrom('meeting')
    .select('board_id')
    .where('id', '=', kcsp.meeting)
    .executeTakeFirstOrThrow()
  // In force from 22 November 2026; three a year.
  const titles = async (day: string) =>
    (await agendaOf(house, await callMeeting(house, board, day)).shown()).map((one) => one.slice(3))
  expect(await titles('2027-03-24')).toContain('Notes of meeting held on 16 December 2026')
  expect(await titles('2027-07-21')).not.toContain('Kent Community Safety Partnership Terms of Reference Review')
  const due = await titles('2027-07-28')
  expect(due).toContain('Kent Community Safety Partnership Terms of Reference Review')
  expect(due).toContain('Notes of meeting held on 21 July 2027')
  expect(await titles('2027-11-24')).not.toContain('Kent Community Safety Partnership Terms of Reference Review')
})

describe('the notes of the last meeting', () => {
  let board: string
  let march: OnAgenda
  beforeEach(async () => {
    board = (await boardCalled(house, 'KCSP')) ?? ''
    march = agendaOf(house, await callMeeting(house, board, '2027-03-24'))
    expect(await march.shown()).toContain('A4 Notes of meeting held on 16 December 2026')
  })

  test('are those of another when that meeting is moved, or one is called between', async () => {
    const move = { day: '2027-01-13', time: '10:00', allTheSame: 'yes' }
    await done(kcsp.press(CLERK, 'meetings.move', move))
    expect(await march.shown()).toContain('A4 Notes of meeting held on 13 January 2027')
    const between = await callMeeting(house, board, '2027-02-10')
    expect(await march.shown()).toContain('A4 Notes of meeting held on 10 February 2027')
    await done(house.press(CLERK, { command: 'meetings.cancel', subject: between, values: { why: 'Snow.' } }))
    expect(await march.shown()).toContain('A4 Notes of meeting held on 13 January 2027')
  })

  test('stand as they are on an agenda that is agreed', async () => {
    await done(march.press(CHAIR, 'agenda.agree'))
    await callMeeting(house, board, '2027-02-10')
    expect(await march.shown()).toContain('A4 Notes of meeting held on 16 December 2026')
  })

  test('that were withdrawn do not come back', async () => {
    await done(march.on(CLERK, 'A4', 'agenda.withdraw'))
    await callMeeting(house, board, '2027-02-10')
    expect((await march.shown()).filter((one) => /Notes/.test(one))).toEqual([
      'withdrawn: Notes of meeting held on 16 December 2026',
    ])
  })
})

test('an office in which somebody acts is still to be elected', async () => {
  const board = (await boardCalled(house, 'KCSP')) ?? ''
  const appoint = (acting: boolean) =>
    house.press(CLERK, {
      command: 'boards.appoint',
      subject: board,
      values: {
        name: 'Helen Marsh',
        email: emailOf('Helen Marsh'),
        to: JSON.stringify({ as: 'office', office: 'vice-chair', acting }),
      },
    })
  await done(appoint(true))
  expect(await kcsp.shown()).toContain('A4 Election of Vice-Chair')
  await done(appoint(false))
  expect(await kcsp.shown()).not.toContain('A4 Election of Vice-Chair')
  const next = agendaOf(house, await callMeeting(house, board, '2027-07-14'))
  expect((await next.shown()).filter((one) => /Election/.test(one))).toEqual([])
})

test('terms that were approved after the last review are not due right after', async () => {
  const { board_id: board } = await house.handles.reading
    .selectFrom('meeting')
    .select('board_id')
    .where('id', '=', kcsp.meeting)
    .executeTakeFirstOrThrow()
  await callMeeting(house, board, '2027-07-28')
  house.clock.set('2028-02-01T10:00:00Z')
  await setUpBoard(house, 'kcsp-2023', null)
  const agenda = agendaOf(house, await callMeeting(house, board, '2028-05-24'))
  expect((await agenda.shown()).filter((one) => /Review/.test(one))).toEqual([])
})

describe('who may propose an item', () => {
  const title = 'County lines'

  test.each([
    { name: CLERK, may: true },
    { name: CHAIR, may: true },
    { name: POLICE, may: true },
    { name: 'Cllr Owen Pryce', may: true },
    { name: 'Nadia Flynn', may: false },
  ])('to the KCSP, whose terms are silent: $name $may', async ({ name, may }) => {
    const answer = await kcsp.press(name, 'agenda.propose', { title })
    if (may) {
      expect(textOf(answer)).toContain('The item is proposed. The clerk places it and tells you.')
      expect(await kcsp.shown()).toEqual([...DRAFTED, `proposed: ${title}`])
    } else {
      expect(answer).toMatchObject(refused('not_permitted'))
      expect(textOf(answer)).toContain('By convention it is for the chair, the vice-chair, the clerk, a responsible authority')
      expect(textOf(answer)).not.toContain('Clause')
      expect(await kcsp.shown()).toEqual(DRAFTED)
    }
    expect((await kcsp.press(name, 'agenda.propose_form')).kind).toBe(may ? 'form' : 'refusal')
  })

  test('who has no part in the board is told of no board at all', async () => {
    const [there, nowhere] = [
      await kcsp.press('Ruth Hale', 'agenda.propose', { title }),
      await house.press('Ruth Hale', { command: 'agenda.propose', subject: newId(), values: { title } }),
    ]
    expect(there).toMatchObject(refused('not_found'))
    expect(textOf(there)).toBe(textOf(nowhere))
  })

  test('to Gravesham: core members, by the clause; and always the clerk', async () => {
    const agenda = await gravesham()
    const may = [CLERK, PORTFOLIO_HOLDER, POLICE, 'Mark Dunn', 'Leon Carter', 'April Stone', 'Harriet Boyle', 'Simon Vance']
    for (const name of may)
      expect((await agenda.press(name, 'agenda.propose', { title: `${title} of ${name}` })).kind).toBe('card')
    const mayNot = ['Cllr Desmond Achebe', DIRECTOR, 'Marcus Webb', 'Joseph Brand', 'Elliot Grange', 'Carol Finch']
    for (const name of mayNot) {
      const answer = await agenda.press(name, 'agenda.propose', { title: 'Another' })
      expect(answer, name).toMatchObject(refused('not_permitted'))
      expect(textOf(answer)).toContain('Only a core member may propose an item under the terms of this board.')
      expect(textOf(answer)).toContain(
        '“All core partners may request a particular issue to be itemised on a forthcoming Agenda.”',
      )
    }
    expect((await agenda.shown()).filter((one) => /^proposed/.test(one))).toHaveLength(may.length)
  })

  test('to the subgroups, whose terms are silent: their members and officers', async () => {
    const group = await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
    const steering = await setUpBoard(house, 'dardr-steering-group-2025', DARDR_ROSTER)
    const boards = [
      { board: group, may: [CLERK, 'Aisha Rahman', 'Moira Lennox', 'Ruth Hale'], mayNot: ['Tariq Aziz', 'Rob Tilley'] },
      { board: steering, may: [CLERK, 'Moira Lennox', POLICE, 'Priya Nand'], mayNot: ['Ruth Hale', 'Elliot Grange'] },
    ]
    for (const { board, may, mayNot } of boards) {
      const agenda = agendaOf(house, await callMeeting(house, board, '2027-01-20', board === group ? '10:00' : '14:00'))
      for (const name of may) expect((await agenda.press(name, 'agenda.propose', { title: name })).kind, name).toBe('card')
      for (const name of mayNot) {
        const answer = await agenda.press(name, 'agenda.propose', { title: name })
        expect(answer, name).toMatchObject(refused('not_permitted'))
        expect(textOf(answer)).toContain('By convention it is for')
      }
    }
  })
})

describe('a proposal', () => {
  test('is told to the clerk, with who and why; placed, its proposer is told where', async () => {
    await kcsp.press(POLICE, 'agenda.propose', { title: 'Burglary', purpose: 'decision', why: 'It doubled.' })
    await delivered(house)
    expect(toldOf(house, /Burglary/)).toEqual([emailOf(CLERK)])
    const [told] = house.sentTo(CLERK)
    expect(told).toContain('Daniel Okafor proposes an item for the agenda.')
    expect(told).toContain('Title: Burglary')
    expect(told).toContain('Comes as: paper, for decision')
    expect(told).toContain('Why: It doubled.')
    expect(told).toContain('[Place] [Decline]')
    await kcsp.on(CLERK, 'Burglary', 'agenda.place', { letter: 'b' })
    await delivered(house)
    expect(await kcsp.shown()).toEqual([...DRAFTED.slice(0, 4), 'B1 Burglary', ...DRAFTED.slice(4)])
    expect(house.sentTo(POLICE)).toEqual([
      'Your item is on the agenda\nBurglary is item B1 of KCSP, Wednesday 16 December 2026, 10:00.',
    ])
  })

  test('is seen by who proposed it, by the clerk and by those who agree the agenda; by nobody else', async () => {
    await kcsp.press(POLICE, 'agenda.propose', { title: 'Burglary' })
    for (const name of [POLICE, CLERK, CHAIR]) expect(textOf(await kcsp.press(name, 'agenda.show'))).toContain('P1  Burglary')
    for (const name of ['Helen Marsh', 'Nadia Flynn'])
      expect(textOf(await kcsp.press(name, 'agenda.show'))).not.toContain('Burglary')
    const sheet = await kcsp.press(CLERK, 'agenda.print')
    expect(textOf(sheet)).not.toContain('Burglary')
  })

  test('that is declined is told with the reason; placed no more', async () => {
    await kcsp.press(POLICE, 'agenda.propose', { title: 'Burglary' })
    expect(await kcsp.on(CLERK, 'Burglary', 'agenda.decline', { why: 'no' })).toMatchObject(refused('invalid'))
    await done(kcsp.on(CLERK, 'Burglary', 'agenda.decline', { why: 'The working group has it.' }))
    house.sent.length = 0
    await delivered(house)
    expect(house.sentTo(POLICE).at(-1)).toBe(
      'Your item is not on the agenda\nBurglary is not taken at KCSP, Wednesday 16 December 2026, 10:00.\nWhy: The working group has it.',
    )
    expect(await kcsp.on(CLERK, 'Burglary', 'agenda.place', { letter: 'B' })).toMatchObject(refused('conflict'))
    expect(await kcsp.shown()).toEqual([...DRAFTED, 'declined: Burglary'])
  })

  test('that the clerk withdraws, placed or not, is told to who proposed it, with the reason', async () => {
    for (const title of ['Burglary', 'Cyber crime']) await kcsp.press(POLICE, 'agenda.propose', { title })
    await done(kcsp.on(CLERK, 'Burglary', 'agenda.place', { letter: 'B' }))
    await delivered(house)
    house.sent.length = 0
    await done(kcsp.on(CLERK, 'B1', 'agenda.withdraw', { why: 'There is no time.' }))
    await done(kcsp.on(CLERK, 'Cyber crime', 'agenda.withdraw', { why: 'There is no paper.' }))
    await delivered(house)
    const not = 'is not taken at KCSP, Wednesday 16 December 2026, 10:00.'
    expect(house.sentTo(POLICE)).toEqual([
      `Your item is not on the agenda\nBurglary ${not}\nWhy: There is no time.`,
      `Your item is not on the agenda\nCyber crime ${not}\nWhy: There is no paper.`,
    ])
    expect(toldOf(house, /./)).toEqual([emailOf(POLICE)])
  })

  test('of the clerk is told to nobody, and neither is its placing', async () => {
    await kcsp.has('Grant', 'B')
    await delivered(house)
    expect(house.sent).toEqual([])
  })

  test('placed by the clerk alone', async () => {
    await kcsp.press(POLICE, 'agenda.propose', { title: 'Burglary' })
    for (const name of [POLICE, CHAIR, 'Nadia Flynn']) {
      for (const [command, values] of [
        ['agenda.place', { letter: 'B' }],
        ['agenda.place_form', {}],
        ['agenda.decline', { why: 'because' }],
        ['agenda.change', { title: 'Other' }],
        ['agenda.withdraw', {}],
      ] as const)
        expect(await kcsp.on(name, 'Burglary', command, values), `${name} ${command}`).toMatchObject(refused('not_permitted'))
      expect(await kcsp.press(name, 'agenda.edit')).toMatchObject(refused('not_permitted'))
    }
    expect(await kcsp.shown()).toEqual([...DRAFTED, 'proposed: Burglary'])
  })

  test('sent twice by one delivery is one', async () => {
    const press = { command: 'agenda.propose', subject: kcsp.meeting, values: { title: 'Burglary' } }
    for (const _ of [1, 2]) expect(textOf(await house.press(POLICE, press, { delivery: 'one' }))).toContain('P1  Burglary')
    expect(await kcsp.shown()).toEqual([...DRAFTED, 'proposed: Burglary'])
  })

  test.each([
    { what: 'a title of 2,000 characters', values: { title: 'x'.repeat(2_000) }, code: 'limit', field: 'title' },
    { what: 'a title of 6,000 characters', values: { title: 'x'.repeat(6_000) }, code: 'invalid', field: 'title' },
    { what: 'no title', values: {}, code: 'invalid', field: 'title' },
    { what: 'a blank title', values: { title: '  ' }, code: 'invalid', field: 'title' },
    { what: 'a form that there is not', values: { title: 'x', form: 'song' }, code: 'invalid', field: 'form' },
    { what: 'a reason of 501 characters', values: { title: 'x', why: 'y'.repeat(501) }, code: 'invalid', field: 'why' },
    { what: 'a presenter of 121', values: { title: 'x', presenter: 'y'.repeat(121) }, code: 'invalid', field: 'presenter' },
    { what: 'the title of another', values: { title: 'ANY OTHER  BUSINESS' }, code: 'conflict', field: 'title' },
  ])('with $what is refused at the field', async ({ values, code, field }) => {
    const answer = await kcsp.press(POLICE, 'agenda.propose', values)
    expect(answer).toMatchObject(refused(code))
    expect(Object.keys((answer.kind === 'refusal' && answer.refusal.fields) || {})).toEqual([field])
    expect(await kcsp.shown()).toEqual(DRAFTED)
  })
})

describe('an agenda is arranged', () => {
  test('by moving, changing and withdrawing; every step is in the journal, nothing is deleted', async () => {
    await kcsp.has('Grant', 'B')
    await kcsp.has('Burglary', 'B')
    await done(kcsp.on(CLERK, 'B2', 'agenda.place', { letter: 'B', number: '1' }))
    await done(
      kcsp.on(CLERK, 'B1', 'agenda.change', { title: 'Burglary and theft', pages: '9 to 20', presenter: 'Ms S Brinson' }),
    )
    await done(kcsp.on(CLERK, 'C2', 'agenda.withdraw', { why: 'There is no time.' }))
    expect(await kcsp.shown()).toEqual([
      ...DRAFTED.slice(0, 4),
      'B1 Burglary and theft',
      'B2 Grant',
      'C1 Dates of future meetings',
      'withdrawn: Any other business',
    ])
    expect(textOf(await kcsp.press('Nadia Flynn', 'agenda.show'))).toContain(
      'B1  Burglary and theft (pages 9 to 20) · Ms S Brinson',
    )
    const journal = await house.handles.reading.selectFrom('journal').select('command').orderBy('seq').execute()
    expect(journal.map(({ command }) => command)).toEqual([
      'demonstration.fill',
      ...Array.from({ length: 2 }, () => ['agenda.propose', 'agenda.place']).flat(),
      'agenda.place',
      'agenda.change',
      'agenda.withdraw',
    ])
  })

  test.each([
    { pages: '9 to 20', first: 9, last: 20 },
    { pages: '9-20', first: 9, last: 20 },
    { pages: 'pages 9 – 20', first: 9, last: 20 },
    { pages: 'p. 9', first: 9, last: 9 },
    { pages: '9', first: 9, last: 9 },
    { pages: ' ', first: null, last: null },
  ])('pages “$pages”', async ({ pages, first, last }) => {
    await done(kcsp.on(CLERK, 'A4', 'agenda.change', { pages }))
    const row = await house.handles.reading
      .selectFrom('item')
      .select(['first_page', 'last_page'])
      .where('id', '=', await kcsp.id('A4'))
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ first_page: first, last_page: last })
  })

  test.each(['0', '20 to 9', '9 20', 'nine', '9 to', '99999', '-1', '1.5'])('not pages “%s”', async (pages) => {
    const answer = await kcsp.on(CLERK, 'A4', 'agenda.change', { pages })
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'invalid', fields: { pages: expect.any(String) } } })
  })

  test.each([
    { number: '0' },
    { number: 'x' },
    { number: '1.5' },
    { number: '-1' },
    { letter: 'B2' },
    { letter: 'Y' },
    { letter: '' },
  ])('not to %o', async (values) => {
    const answer = await kcsp.on(CLERK, 'A4', 'agenda.place', { letter: 'B', ...values })
    expect(answer).toMatchObject(refused('invalid'))
    expect(await kcsp.shown()).toEqual(DRAFTED)
  })

  test('in forms that are filled with what stands there', async () => {
    await kcsp.has('Grant', 'B')
    const forms = {
      place: await kcsp.on(CLERK, 'B1', 'agenda.place_form'),
      change: await kcsp.on(CLERK, 'B1', 'agenda.change_form'),
      withdraw: await kcsp.on(CLERK, 'B1', 'agenda.withdraw_form'),
    }
    expect(textOf(forms.place)).toContain('A. Committee Business, B. Matters for Information/Discussion')
    expect(textOf(forms.place)).toContain('X. Not on the public agenda (members and officers alone see that it is there)')
    expect(textOf(forms.change)).toMatch(/^Change B1\n/)
    expect(textOf(forms.withdraw)).toContain('B1 Grant')
    const values = forms.place.kind === 'form' ? forms.place.form.fields.map(({ value }) => value) : []
    expect(values).toEqual(['B', '1'])
    expect(textOf(await kcsp.press(CLERK, 'agenda.edit'))).toContain('B1  Grant\n[Change] [Move] [Withdraw]')
  })
})

describe('who may agree the agenda', () => {
  test('of the KCSP: the chair; from then on it bears no DRAFT, and says when and by whom it was agreed', async () => {
    const answer = textOf(await kcsp.press(CHAIR, 'agenda.agree'))
    expect(answer).toContain('The agenda is agreed, and everyone concerned has it.')
    expect(answer).toMatch(/Agreed on Sunday 22 November 2026, 10:00 by Cllr Margaret Ashdown\./)
    expect(answer).not.toContain('DRAFT')
    expect(textOf(await kcsp.press(CHAIR, 'agenda.print'))).not.toContain('DRAFT')
    expect(await kcsp.press(CHAIR, 'agenda.agree')).toMatchObject(refused('conflict'))
  })

  test.each([POLICE, 'Nadia Flynn', CLERK])('of the KCSP, not %s: with the clause', async (name) => {
    const answer = await kcsp.press(name, 'agenda.agree')
    expect(answer).toMatchObject(refused('not_permitted'))
    expect(textOf(answer)).toContain('Only the chair may agree the agenda under the terms of this board.')
    expect(textOf(answer)).toContain('Clause 7: “The Chair of the KCSP will agree the agenda prior to the meetings')
    expect(textOf(await kcsp.press(CHAIR, 'agenda.show'))).toContain('DRAFT')
  })

  test('the clerk records it for the chair: as the chair’s right, by the clerk’s hand, under the terms in force', async () => {
    const chair = await personCalled(house, CHAIR)
    expect(textOf(await kcsp.press(CLERK, 'agenda.agree', { for: chair }))).toMatch(/ by Cllr Margaret Ashdown\./)
    const row = await house.handles.reading
      .selectFrom('agenda')
      .innerJoin('terms', 'terms.id', 'agenda.terms_id')
      .where('meeting_id', '=', kcsp.meeting)
      .select(['agreed_by_id', 'recorded_by_id', 'terms.state'])
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ agreed_by_id: chair, recorded_by_id: await personCalled(house, CLERK), state: 'approved' })
  })

  test('the clerk does not record it for one who may not; and nobody else records it for another', async () => {
    const wrong = await kcsp.press(CLERK, 'agenda.agree', { for: await personCalled(house, POLICE) })
    expect(wrong).toMatchObject(refused('not_permitted'))
    expect(textOf(wrong)).toContain('Clause 7')
    expect(await kcsp.press(CLERK, 'agenda.agree', { for: newId() })).toMatchObject(refused('not_permitted'))
    const another = await kcsp.press(POLICE, 'agenda.agree', { for: await personCalled(house, CHAIR) })
    expect(textOf(another)).toContain('Only the clerk records that somebody else has agreed the agenda.')
    expect(textOf(await kcsp.press(CHAIR, 'agenda.show'))).toContain('DRAFT')
  })

  test('of Gravesham: one of its Executive Group, with or without a seat; a core member not, with the clause', async () => {
    const agenda = await gravesham()
    for (const name of [POLICE, 'Mark Dunn', 'Elliot Grange', CLERK]) {
      const answer = await agenda.press(name, 'agenda.agree')
      expect(answer, name).toMatchObject(refused('not_permitted'))
      expect(textOf(answer)).toContain('Only the CSP Executive Group may agree the agenda')
      expect(textOf(answer)).toContain('“A CSP Executive Group will meet (or consult with each other remotely) in advance')
    }
    expect(await agenda.press(CLERK, 'agenda.agree', { for: await personCalled(house, POLICE) })).toMatchObject(
      refused('not_permitted'),
    )
    expect(textOf(await agenda.press(DIRECTOR, 'agenda.agree'))).toMatch(/ by Philippa Stroud\./)
  })

  test('where the terms are silent: by convention the chair; no other officer, and the clerk records it for the chair alone', async () => {
    const board = await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
    const agenda = agendaOf(house, await callMeeting(house, board, '2027-01-20'))
    const forOther = (name: string) => async () => agenda.press(CLERK, 'agenda.agree', { for: await personCalled(house, name) })
    for (const act of [
      () => agenda.press('Ruth Hale', 'agenda.agree'),
      () => agenda.press('Moira Lennox', 'agenda.agree'),
      () => agenda.press(CLERK, 'agenda.agree'),
      forOther('Moira Lennox'),
      forOther('Ruth Hale'),
    ]) {
      const answer = await act()
      expect(answer).toMatchObject(refused('not_permitted'))
      expect(textOf(answer)).toContain('The chair agrees the agenda. (terms of the KCSP 2025, clause 7)')
      expect(textOf(answer)).not.toContain('Clause ')
    }
    expect(textOf(await forOther('Aisha Rahman')())).toMatch(/ by Aisha Rahman\./)
  })

  test('while the chair is vacant: the vice-chair, who presides with its powers', async () => {
    const vice = { name: 'Helen Marsh', email: emailOf('Helen Marsh') }
    const to = JSON.stringify({ as: 'office', office: 'vice-chair', acting: false })
    const board = (await boardCalled(house, 'KCSP')) ?? ''
    await done(house.press(CLERK, { command: 'boards.appoint', subject: board, values: { ...vice, to } }))
    expect(await kcsp.press('Helen Marsh', 'agenda.agree')).toMatchObject(refused('not_permitted'))
    await house.writer.write((tx) =>
      tx.updateTable('office').set({ until_day: '2026-11-22' }).where('office', '=', 'chair').execute(),
    )
    expect(await kcsp.press(CHAIR, 'agenda.agree')).toMatchObject(refused('not_permitted'))
    expect(textOf(await kcsp.press('Helen Marsh', 'agenda.agree'))).toMatch(/ by Helen Marsh\./)
  })

  test('from the command line it is agreed by nobody on the roster', async () => {
    const { tenant_id: tenant } = await house.handles.reading.selectFrom('board').select('tenant_id').executeTakeFirstOrThrow()
    const answer = textOf(await house.bot.operate(tenant, { command: 'agenda.agree', subject: kcsp.meeting }))
    expect(answer).toMatch(/Agreed on Sunday 22 November 2026, \d\d:\d\d\./)
  })

  test('proposals that wait are asked about once, and stay proposals', async () => {
    await kcsp.press(POLICE, 'agenda.propose', { title: 'Burglary' })
    const asked = await kcsp.press(CHAIR, 'agenda.agree')
    expect(asked).toMatchObject(refused('unwise'))
    expect(textOf(asked)).toContain('One proposal is not placed, and is not on it.')
    expect(textOf(await kcsp.press(CHAIR, 'agenda.show'))).toContain('DRAFT')
    expect(textOf(await kcsp.press(CHAIR, 'agenda.agree', { allTheSame: 'yes' }))).toContain('The agenda is agreed')
    expect(await kcsp.shown()).toEqual([...DRAFTED, 'proposed: Burglary'])
  })

  test('who may not is told so, and not asked', async () => {
    await kcsp.press(POLICE, 'agenda.propose', { title: 'Burglary' })
    for (const values of [{}, { allTheSame: 'yes' }])
      expect(await kcsp.press(POLICE, 'agenda.agree', values)).toMatchObject(refused('not_permitted'))
  })

  test('and what is pressed all the same keeps for whom it was', async () => {
    await kcsp.press(POLICE, 'agenda.propose', { title: 'Burglary' })
    const chair = await personCalled(house, CHAIR)
    const asked = await kcsp.press(CLERK, 'agenda.agree', { for: chair })
    const again = asked.kind === 'refusal' ? (asked.refusal as unknown as { allTheSame: { values: object } }).allTheSame : null
    expect(again).toMatchObject({ command: 'agenda.agree', subject: kcsp.meeting, values: { for: chair, allTheSame: 'yes' } })
  })
})

describe('who is asked and told', () => {
  test('the draft is put to those who agree it; asked again, it is said anew, as it may have changed', async () => {
    expect(await kcsp.press(POLICE, 'agenda.ask')).toMatchObject(refused('not_permitted'))
    const ask = { command: 'agenda.ask', subject: kcsp.meeting }
    expect(textOf(await house.press(CLERK, ask, { delivery: 'one' }))).toContain('The draft is put to Cllr Margaret Ashdown.')
    await done(house.press(CLERK, ask, { delivery: 'one' }))
    await delivered(house)
    expect(toldOf(house, /Please agree/)).toEqual([emailOf(CHAIR)])
    expect(house.sentTo(CHAIR)).toHaveLength(1)
    expect(house.sentTo(CHAIR)[0]).toContain('[Agree the agenda]')
    await kcsp.has('Grant', 'B')
    await done(kcsp.press(CLERK, 'agenda.ask'))
    await delivered(house)
    expect(house.sentTo(CHAIR)).toHaveLength(2)
    expect(house.sentTo(CHAIR)[1]).toContain('B1  Grant')
  })

  test('of Gravesham: each of its Executive Group', async () => {
    const agenda = await gravesham()
    await done(agenda.press(CLERK, 'agenda.ask'))
    await delivered(house)
    expect(toldOf(house, /Please agree/)).toEqual([DIRECTOR, PORTFOLIO_HOLDER, 'Owen Tully'].map(emailOf).sort())
  })

  test('nobody is asked about what is agreed', async () => {
    await kcsp.press(CHAIR, 'agenda.agree')
    expect(await kcsp.press(CLERK, 'agenda.ask')).toMatchObject(refused('conflict'))
  })

  test('everyone concerned and the board’s place have the agreed agenda, but for who agreed it', async () => {
    const agenda = await gravesham()
    await agenda.press(PORTFOLIO_HOLDER, 'agenda.agree')
    await delivered(house)
    const told = toldOf(house, /^Agenda: Gravesham CSP/)
    const concerned = [
      ...['Cllr Desmond Achebe', POLICE, 'Ruth Hale', 'Mark Dunn', 'Keira Nolan', 'Leon Carter', 'April Stone'],
      ...['Harriet Boyle', 'Simon Vance', 'Joseph Brand', 'Maureen Tate', 'Elliot Grange', 'Carol Finch', CLERK],
    ]
    expect(told).toEqual([...concerned.map(emailOf), 'gravesham-csp'].sort())
    expect(sentInto(house, 'gravesham-csp')).toHaveLength(1)
    expect(sentInto(house, 'gravesham-csp')[0]).not.toMatch(/\[(?:Agree|Propose|Change|Invite)/)
    expect(house.sentTo(PORTFOLIO_HOLDER)).toEqual([])
    house.sent.length = 0
    await agenda.press(PORTFOLIO_HOLDER, 'agenda.agree')
    await delivered(house)
    expect(house.sent).toEqual([])
  })

  test('the chair too, where the clerk has recorded it', async () => {
    await kcsp.press(CLERK, 'agenda.agree', { for: await personCalled(house, CHAIR) })
    await delivered(house)
    expect(toldOf(house, /^Agenda: KCSP/)).toContain(emailOf(CHAIR))
    expect(toldOf(house, /^Agenda: KCSP/)).not.toContain(emailOf(CLERK))
  })
})

describe('once the agenda is agreed', () => {
  beforeEach(async () => {
    await kcsp.has('Grant', 'B')
    await kcsp.has('Knife crime', 'B')
    await done(kcsp.on(CLERK, 'B1', 'agenda.change', { purpose: 'information' }))
    await done(kcsp.press(CHAIR, 'agenda.agree'))
    await delivered(house)
    house.sent.length = 0
  })

  test.each([
    { what: 'its title', command: 'agenda.change', values: { title: 'Grants' } },
    { what: 'its purpose', command: 'agenda.change', values: { purpose: 'decision' } },
    { what: 'its title among what may change', command: 'agenda.change', values: { title: 'Grants', pages: '1 to 8' } },
    { what: 'its number', command: 'agenda.place', values: { letter: 'B', number: '2' } },
    { what: 'its section', command: 'agenda.place', values: { letter: 'C' } },
    { what: 'whether it is on the public agenda', command: 'agenda.place', values: { letter: 'X' } },
    {
      what: 'its number, whatever the reason',
      command: 'agenda.place',
      values: { letter: 'B', number: '2', reason: 'It is urgent.' },
    },
  ])('$what stands', async ({ command, values }) => {
    const before = await kcsp.shown()
    const answer = await kcsp.on(CLERK, 'B1', command, values)
    expect(answer).toMatchObject(refused('too_late'))
    expect(textOf(answer)).toContain('The agenda is agreed, and its items and their numbers stand.')
    expect(await kcsp.shown()).toEqual(before)
  })

  test('its pages, presenter and form can be changed, in a form that gives the rest as it is', async () => {
    const values = { title: 'Grant', purpose: 'information', form: 'to follow', presenter: 'Ms S Brinson', pages: '9 to 20' }
    expect(textOf(await kcsp.on(CLERK, 'B1', 'agenda.change', values))).toContain(
      'B1  Grant (pages 9 to 20) · for information · Ms S Brinson',
    )
  })

  test('an item that is withdrawn keeps its number, is shown as withdrawn, and everyone is told', async () => {
    await done(kcsp.on(CLERK, 'B1', 'agenda.withdraw', { why: 'The paper is not ready.' }))
    expect((await kcsp.shown()).slice(4, 6)).toEqual(['B1 Grant (withdrawn)', 'B2 Knife crime'])
    expect(textOf(await kcsp.press(POLICE, 'agenda.show'))).toContain('B1  Grant · withdrawn')
    expect(textOf(await kcsp.press(POLICE, 'agenda.print'))).toContain('B1   Grant (withdrawn)')
    await delivered(house)
    const told = toldOf(house, /An item was withdrawn: B1 Grant\./)
    for (const name of [CHAIR, POLICE, 'Nadia Flynn']) expect(told).toContain(emailOf(name))
    expect(told).toContain('kcsp')
    expect(told).not.toContain(emailOf(CLERK))
  })

  test('a late item needs the chair’s reason, goes after the others, and everyone is told', async () => {
    const late = { title: 'Surge in theft', letter: 'B' }
    const reason = 'It rose by half this week.'
    for (const values of [late, { ...late, reason: '' }, { ...late, reason: ' x ' }]) {
      expect(await kcsp.press(CHAIR, 'agenda.add_late', values)).toMatchObject({
        kind: 'refusal',
        refusal: { code: 'invalid', fields: { reason: expect.any(String) } },
      })
    }
    expect(textOf(await kcsp.press(CHAIR, 'agenda.add_late', { ...late, reason }))).toContain(
      'B3  Surge in theft · paper · late item: It rose by half this week.',
    )
    await delivered(house)
    const told = toldOf(house, /A late item was added: B3 Surge in theft\./)
    expect(told).toContain('kcsp')
    for (const name of [CLERK, POLICE, 'Nadia Flynn', 'Aisha Rahman']) expect(told).toContain(emailOf(name))
    expect(told).not.toContain(emailOf(CHAIR))
    expect(textOf(await kcsp.press(CHAIR, 'agenda.print')).replace(/\s+/g, ' ')).toContain(
      'B3 Surge in theft (late item: It rose by half this week.)',
    )
  })

  test('the clerk may record a late item; a member and an invited body may not', async () => {
    const values = { title: 'Surge in theft', letter: 'B', reason: 'It rose by half.' }
    for (const name of [POLICE, 'Nadia Flynn']) {
      expect(await kcsp.press(name, 'agenda.add_late', values)).toMatchObject(refused('not_permitted'))
      expect(await kcsp.press(name, 'agenda.late_form')).toMatchObject(refused('not_permitted'))
    }
    expect((await kcsp.press(CLERK, 'agenda.late_form')).kind).toBe('form')
    expect((await kcsp.press(CLERK, 'agenda.add_late', values)).kind).toBe('card')
  })

  test('a proposal can still be made; placed, it is a late item with the reason, and everyone is told once', async () => {
    await done(kcsp.press(POLICE, 'agenda.propose', { title: 'Burglary' }))
    expect(await kcsp.on(CLERK, 'Burglary', 'agenda.place', { letter: 'B' })).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'too_late', fields: { reason: expect.any(String) } },
    })
    expect(textOf(await kcsp.on(CLERK, 'Burglary', 'agenda.place_form'))).toContain('The chair’s reason')
    const placed = await kcsp.on(CLERK, 'Burglary', 'agenda.place', { letter: 'B', number: '1', reason: 'It doubled.' })
    expect(textOf(placed)).toContain('The item is added as a late item, and everyone concerned is told.')
    expect(textOf(placed)).toContain('B3  Burglary · paper · late item: It doubled.')
    house.sent.length = 0
    await delivered(house)
    expect(house.sentTo(POLICE).filter((plain) => /Your item is on the agenda/.test(plain))).toHaveLength(1)
    expect(house.sentTo(POLICE).filter((plain) => /A late item was added/.test(plain))).toHaveLength(1)
    expect(sentInto(house, 'kcsp').filter((plain) => /A late item was added/.test(plain))).toHaveLength(1)
  })
})

test('a late item is refused while the agenda is a draft', async () => {
  const answer = await kcsp.press(CHAIR, 'agenda.add_late', { title: 'Surge', letter: 'B', reason: 'It rose.' })
  expect(answer).toMatchObject(refused('too_early'))
})

describe('nothing changes', () => {
  const acts = async (item: string, proposal: string, invitation: string): Promise<readonly (() => Promise<unknown>)[]> => [
    () => kcsp.press(POLICE, 'agenda.propose', { title: 'Cyber crime' }),
    () => kcsp.press(POLICE, 'agenda.propose_form'),
    () => kcsp.press(CLERK, 'agenda.edit'),
    () => kcsp.press(CHAIR, 'agenda.agree'),
    () => kcsp.press(CLERK, 'agenda.ask'),
    () => kcsp.press(CHAIR, 'agenda.add_late', { title: 'Surge', letter: 'B', reason: 'It rose.' }),
    () => kcsp.press(CHAIR, 'agenda.late_form'),
    () => kcsp.press(CHAIR, 'agenda.invite', { name: 'Ann Castle' }),
    () => kcsp.press(CHAIR, 'agenda.invite_form'),
    () => house.press(CHAIR, { command: 'agenda.disinvite', subject: invitation }),
    ...['place', 'change', 'withdraw'].flatMap((act) => [
      () => house.press(CLERK, { command: `agenda.${act}`, subject: item, values: { letter: 'B', pages: '1 to 8' } }),
      () => house.press(CLERK, { command: `agenda.${act}_form`, subject: item }),
    ]),
    () => house.press(CLERK, { command: 'agenda.decline', subject: proposal, values: { why: 'It is late.' } }),
    () => house.press(CLERK, { command: 'agenda.place', subject: proposal, values: { letter: 'B', reason: 'It is late.' } }),
  ]

  test.each([
    {
      when: 'once the meeting has begun',
      code: 'too_late',
      says: 'The meeting began on Wednesday 16 December 2026, 10:00, and its agenda stands.',
      become: async () => house.clock.set('2026-12-16T10:00:00Z'),
    },
    {
      when: 'once it is cancelled',
      code: 'conflict',
      says: 'The meeting of Wednesday 16 December 2026, 10:00 is cancelled.',
      become: async () =>
        void (await done(house.press(CLERK, { command: 'meetings.cancel', subject: kcsp.meeting, values: { why: 'Snow.' } }))),
    },
  ])('$when', async ({ code, says, become }) => {
    await kcsp.press(POLICE, 'agenda.propose', { title: 'Burglary' })
    await done(kcsp.press(CHAIR, 'agenda.invite', { name: 'Sam Porter' }))
    const { id: invitation } = await house.handles.reading.selectFrom('invitation').select('id').executeTakeFirstOrThrow()
    await become()
    const state = async () => ({
      items: await house.handles.reading.selectFrom('item').selectAll().execute(),
      agenda: await house.handles.reading.selectFrom('agenda').selectAll().execute(),
      invitations: await house.handles.reading.selectFrom('invitation').selectAll().execute(),
    })
    const before = await state()
    for (const [at, act] of (await acts(await kcsp.id('A1'), await kcsp.id('Burglary'), invitation)).entries()) {
      const answer = (await act()) as Parameters<typeof textOf>[0]
      expect(answer, `act ${at}`).toMatchObject(refused(code))
      expect(textOf(answer)).toContain(says)
    }
    expect(await state()).toEqual(before)
    const shows = textOf(await kcsp.press(CHAIR, 'agenda.show'))
    expect(shows).toContain('A1  Introduction')
    expect(shows).not.toMatch(/\[(?:Agree|Propose|Change|Add|Invite|Take back)/)
    expect((await kcsp.press(POLICE, 'agenda.print')).kind).toBe('document')
  })

  test('until it begins: a second before, all of it can be done', async () => {
    house.clock.set('2026-12-16T09:59:59Z')
    expect((await kcsp.press(POLICE, 'agenda.propose', { title: 'Cyber crime' })).kind).toBe('card')
    expect((await kcsp.press(CHAIR, 'agenda.agree', { allTheSame: 'yes' })).kind).toBe('card')
  })

  test('an agenda that was never drafted is not drafted then', async () => {
    const agendaless = async () => {
      await house.writer.write(async (tx) => {
        for (const table of ['item', 'agenda_section', 'agenda'] as const)
          await tx.deleteFrom(table).where('meeting_id', '=', kcsp.meeting).execute()
      })
    }
    await agendaless()
    const none = await kcsp.press(POLICE, 'agenda.show')
    expect(none).toMatchObject(refused('not_found'))
    expect(textOf(none)).toContain('The agenda of that meeting is not drafted yet.')
    expect(await kcsp.press(POLICE, 'agenda.draft')).toMatchObject(refused('not_permitted'))
    expect(textOf(await kcsp.press(CLERK, 'agenda.draft'))).toContain('The agenda is drafted.')
    expect(await kcsp.shown()).toEqual(DRAFTED)
    expect(await kcsp.press(CLERK, 'agenda.draft')).toMatchObject(refused('conflict'))
    await agendaless()
    house.clock.set('2026-12-16T10:00:00Z')
    expect(await kcsp.press(CLERK, 'agenda.draft')).toMatchObject(refused('too_late'))
  })
})

describe('what is offered', () => {
  test.each([
    { name: CLERK, offered: ['Propose an item', 'Change items', 'Ask for agreement', 'Invite somebody', 'Papers', 'Print'] },
    { name: CHAIR, offered: ['Agree the agenda', 'Propose an item', 'Invite somebody', 'Papers', 'Print'] },
    { name: POLICE, offered: ['Propose an item', 'Papers', 'Print'] },
    { name: 'Nadia Flynn', offered: ['Papers', 'Print'] },
  ])('on a draft, to $name', async ({ name, offered }) => {
    const shows = textOf(await kcsp.press(name, 'agenda.show'))
    expect(shows.split('\n').at(-1)).toBe(offered.map((label) => `[${label}]`).join(' '))
  })

  test('on an agreed agenda, and nobody can agree it again', async () => {
    await kcsp.press(CHAIR, 'agenda.agree')
    const last = async (name: string) =>
      textOf(await kcsp.press(name, 'agenda.show'))
        .split('\n')
        .at(-1)
    expect(await last(CLERK)).toBe('[Propose an item] [Change items] [Add a late item] [Invite somebody] [Papers] [Print]')
    expect(await last(CHAIR)).toBe('[Propose an item] [Add a late item] [Invite somebody] [Papers] [Print]')
    expect(await last(POLICE)).toBe('[Propose an item] [Papers] [Print]')
  })

  test('in the board’s place, for that board alone', async () => {
    await gravesham()
    expect(textOf(await sayIn(house, 'gravesham-csp', CLERK, 'agenda'))).toMatch(/^Agenda: Gravesham CSP/)
    expect(textOf(await sayIn(house, 'kcsp', CLERK, 'agenda'))).toMatch(/^Agenda: KCSP/)
    expect(textOf(await house.say(CLERK, 'agenda'))).toContain('Which do you mean?')
  })
})

test('a hundred items stand on an agenda and no more; moving among them keeps every number', { timeout: 60_000 }, async () => {
  for (let n = DRAFTED.length + 1; n <= 100; n += 1) {
    await done(kcsp.press(CLERK, 'agenda.propose', { title: `Item ${n}` }))
    await done(kcsp.on(CLERK, `Item ${n}`, 'agenda.place', { letter: 'B' }))
  }
  expect(await kcsp.press(CLERK, 'agenda.propose', { title: 'One more' })).toMatchObject(refused('limit'))
  await done(kcsp.on(CLERK, 'B94', 'agenda.place', { letter: 'B', number: '1' }))
  await done(kcsp.on(CLERK, 'B50', 'agenda.place', { letter: 'D' }))
  const shown = await kcsp.shown()
  expect(shown).toHaveLength(100)
  expect(shown.filter((one) => /^B\d/.test(one)).map((one) => one.split(' ')[0])).toHaveLength(93)
  expect(shown).toContain('B1 Item 100')
  expect(shown).toContain('D1 Item 55')
  expect(textOf(await kcsp.press(POLICE, 'agenda.print'))).toContain('B93   Item 99')
})
