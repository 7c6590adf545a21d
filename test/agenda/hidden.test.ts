import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Answer } from '../../src/bot.js'
import { printAgenda } from '../../src/cli/boards.js'
import { emailOf } from '../../src/demonstration/people.js'
import { newId } from '../../src/kernel/ids.js'
import { DARDR_ROSTER, GRAVESHAM_ROSTER, personCalled, sayIn, setUpBoard } from '../boards.js'
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
} from './setting.js'

/** A word of the hidden titles that stands nowhere else. */
const CANARY = 'Zygomorphic'
const LATE_CANARY = 'Quixotry'

/** Officers, who represents a member, and who substitutes for one at that meeting. */
const ENTITLED = [
  CLERK,
  PORTFOLIO_HOLDER,
  POLICE,
  'Mark Dunn',
  'Leon Carter',
  'April Stone',
  'Harriet Boyle',
  'Simon Vance',
  'Ruth Hale',
]
const NOT_ENTITLED = [
  ...['Cllr Desmond Achebe', 'Keira Nolan'], // deputies who do not substitute
  ...[DIRECTOR, 'Owen Tully'], // of the Executive Group, without a seat
  ...['Bethan Cole', 'Sunita Rao'], // colleagues
  'Marcus Webb', // a member's assistant
  'Yusuf Demir', // who is to represent a member later
  ...['Joseph Brand', 'Maureen Tate', 'Elliot Grange'], // invited bodies
  'Carol Finch', // of a group that is required to attend
  'Nora Quill', // in attendance
  ...['Vera Lund', 'Gil Frost', 'Ida Marsh'], // invited to an item, to one that is hidden since, to the meeting
  ...['Helen Marsh', 'Nadia Flynn'], // of another board
]

interface World {
  readonly house: TestHouse
  readonly agenda: OnAgenda
  /** what stands in X, by its id; null where nothing does */
  readonly hidden: { readonly id: string; readonly late: string } | null
}

/** Gravesham's meeting, with items that are not on its public agenda, or without them and all else the same. */
async function openWorld(withHidden: boolean): Promise<World> {
  const house = await openSettled()
  const board = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
  const attending = { name: 'Nora Quill', email: 'nora.quill@example.org', to: JSON.stringify({ as: 'in attendance' }) }
  await done(house.press(CLERK, { command: 'boards.appoint', subject: board, values: attending }))
  const agenda = agendaOf(house, await callMeeting(house, board, '2027-01-20'))
  await done(agenda.press(POLICE, 'apologies.name_substitute', { substitute: await personCalled(house, 'Ruth Hale') }))
  await agenda.has('Open item', 'B')
  await agenda.has('Item of Gil Frost', 'C')
  const invite = async (name: string, item: string | null) =>
    done(
      agenda.press(PORTFOLIO_HOLDER, 'agenda.invite', {
        name,
        email: emailOf(name),
        ...(item === null ? {} : { item: await agenda.id(item) }),
      }),
    )
  await invite('Vera Lund', 'B1')
  await invite('Gil Frost', 'Item of Gil Frost')
  await invite('Ida Marsh', null)
  await delivered(house)
  house.sent.length = 0
  house.acts.length = 0
  if (withHidden) {
    // It never was public: it has its title from when it is hidden.
    await agenda.has('Placeholder', 'X')
    await done(agenda.on(CLERK, 'X1', 'agenda.change', { title: `${CANARY} matter`, presenter: `${CANARY} Smith` }))
    await done(agenda.on(CLERK, 'Item of Gil Frost', 'agenda.place', { letter: 'X' }))
    await done(agenda.on(CLERK, 'X2', 'agenda.change', { title: `Second ${CANARY} matter` }))
  } else {
    await done(agenda.on(CLERK, 'Item of Gil Frost', 'agenda.withdraw', {}))
  }
  await done(agenda.press(CLERK, 'agenda.ask'))
  await done(agenda.press(PORTFOLIO_HOLDER, 'agenda.agree'))
  if (withHidden) {
    const reason = `The ${LATE_CANARY} cannot wait.`
    await done(agenda.press(CLERK, 'agenda.add_late', { title: `${LATE_CANARY} matter`, letter: 'X', reason }))
    await done(agenda.on(CLERK, 'X2', 'agenda.withdraw', { why: `It is ${CANARY}.` }))
  }
  await delivered(house)
  const hidden = withHidden ? { id: await agenda.id('X1'), late: await agenda.id('X3') } : null
  return { house, agenda, hidden }
}

/** Everything that somebody can ask about the agenda without knowing an id: said and pressed. */
async function probed({ house, agenda }: World, name: string): Promise<readonly Answer[]> {
  const words = [
    ...['agenda', 'agenda for Gravesham CSP', 'print the agenda', 'who is coming', 'meetings', 'help', 'standing items'],
    ...[
      'X1: verbal',
      'withdraw X1',
      'withdraw X2',
      'withdraw X9',
      'move X1 to B',
      'hide X1',
      'item X3, pages 1 to 8',
      'decline P1',
    ],
    ...['place X1 in B1', 'invite Ann Castle (ann.castle@example.net) for X1', 'withdraw B1', 'show X1', 'X1'],
  ]
  const presses = [
    ...[
      'agenda.show',
      'agenda.print',
      'agenda.edit',
      'agenda.propose_form',
      'agenda.invite_form',
      'agenda.late_form',
      'agenda.agree',
    ],
    ...['agenda.ask', 'agenda.draft', 'meetings.show', 'apologies.coming', 'apologies.attend'],
  ]
  const answers: Answer[] = []
  for (const one of words) answers.push(await house.say(name, one))
  for (const one of words) answers.push(await sayIn(house, 'gravesham-csp', name, one))
  for (const command of presses) answers.push(await agenda.press(name, command))
  // A title that is taken by something hidden is not refused for it.
  const same = { title: `${CANARY} matter` }
  const proposing = await agenda.press(name, 'agenda.propose', same)
  if (proposing.kind === 'refusal') answers.push(proposing)
  return answers
}

/** Without what differs between any two databases. */
const comparable = (what: unknown): string =>
  JSON.stringify(what).replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')

async function fromTheCommandLine(house: TestHouse, how: { html?: true }): Promise<string> {
  const written: string[] = []
  const spied = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
  try {
    await printAgenda(house, { board: 'Gravesham CSP', ...how })
  } finally {
    spied.mockRestore()
  }
  return written.join('')
}

const sentTo = ({ house }: World, name: string): readonly string[] =>
  house.sent.filter(({ to }) => 'user' in to && to.user === emailOf(name)).map(({ card }) => comparable(card))

describe('what is not on the public agenda', () => {
  let shown: World
  let without: World
  beforeAll(async () => {
    shown = await openWorld(true)
    without = await openWorld(false)
    return async () => {
      for (const { house } of [shown, without]) {
        expect(house.faults).toEqual([])
        await house.close()
      }
    }
  }, 120_000)

  test('is there at all', async () => {
    expect((await shown.agenda.shown()).slice(-3)).toEqual([
      `X1 ${CANARY} matter`,
      `X2 Second ${CANARY} matter (withdrawn)`,
      `X3 ${LATE_CANARY} matter`,
    ])
  })

  test.each(ENTITLED)('is seen by %s, in the answer, in what was sent once it was agreed, and of the late item', async (name) => {
    const answer = textOf(await shown.agenda.press(name, 'agenda.show'))
    expect(answer).toContain(`X1  ${CANARY} matter · paper · ${CANARY} Smith`)
    expect(answer).toContain(`X3  ${LATE_CANARY} matter`)
    const sent = shown.house.sentTo(name).filter((plain) => /^Agenda: /.test(plain))
    // Who agreed the agenda, and who added the late item, are not told of what they did.
    if (name !== PORTFOLIO_HOLDER) expect(sent.some((plain) => plain.includes(`X1  ${CANARY} matter`))).toBe(true)
    if (name === CLERK) return
    expect(sent.filter((plain) => plain.includes(`A late item was added: X3 ${LATE_CANARY} matter.`))).toHaveLength(1)
    expect(sent.filter((plain) => plain.includes(`An item was withdrawn: X2 Second ${CANARY} matter.`))).toHaveLength(1)
  })

  test.each(NOT_ENTITLED)('leaves no trace for %s: every answer is as where there is no such item', async (name) => {
    const [here, there] = [await probed(shown, name), await probed(without, name)]
    expect(here.length).toBeGreaterThan(50)
    for (const [at, answer] of here.entries()) {
      expect(comparable(answer)).toBe(comparable(there[at]))
      expect(`${JSON.stringify(answer)}${textOf(answer)}`).not.toMatch(/Quixotry|X[123]\b/)
    }
  })

  test.each(NOT_ENTITLED)('leaves no trace in what was sent to %s', (name) => {
    const sent = sentTo(shown, name)
    expect(sent).toEqual(sentTo(without, name))
    for (const one of sent) expect(one).not.toMatch(/Zygomorphic|Quixotry|X[123]\b|late item|was withdrawn/)
  })

  test('nor in what was sent into the board’s place', () => {
    const into = ({ house }: World) => house.sent.filter(({ to }) => 'place' in to).map(({ to, card }) => comparable([to, card]))
    expect(into(shown)).toEqual(into(without))
    expect(into(shown).length).toBeGreaterThan(0)
    expect(into(shown).join()).not.toMatch(/Zygomorphic|Quixotry|late item|was withdrawn/)
  })

  test.each([...ENTITLED, 'Elliot Grange', DIRECTOR])('is not on the sheet that %s prints, in text or in HTML', async (name) => {
    const [here, there] = [await shown.agenda.press(name, 'agenda.print'), await without.agenda.press(name, 'agenda.print')]
    expect(here.kind).toBe('document')
    expect(comparable(here)).toBe(comparable(there))
    expect(JSON.stringify(here)).not.toMatch(/Zygomorphic|Quixotry/)
  })

  test('is not on the sheet that the command line prints', async () => {
    for (const how of [{}, { html: true }] as const) {
      const printed = await fromTheCommandLine(shown.house, how)
      expect(printed).toContain('Open item')
      expect(printed).toBe(await fromTheCommandLine(without.house, how))
      expect(printed).not.toMatch(/Zygomorphic|Quixotry/)
    }
  })

  test('is in no line of the log, and in no row that waits to be sent', async () => {
    expect(shown.house.acts.length).toBeGreaterThan(100)
    expect(JSON.stringify(shown.house.acts)).not.toMatch(/Zygomorphic|Quixotry/)
    const rows = await shown.house.handles.reading.selectFrom('notice').selectAll().execute()
    expect(JSON.stringify(rows)).not.toMatch(/Zygomorphic|Quixotry/)
  })

  test.each(NOT_ENTITLED)('pressed by its id by %s is what does not exist, in every command', async (name) => {
    if (!shown.hidden) throw new Error('nothing is hidden')
    const commands = {
      'agenda.place': { letter: 'B', number: '1', reason: 'It is urgent.' },
      'agenda.change': { title: 'Open', pages: '1 to 8' },
      'agenda.withdraw': { why: 'It is late.' },
      'agenda.decline': { why: 'It is late.' },
      'agenda.place_form': {},
      'agenda.change_form': {},
      'agenda.withdraw_form': {},
      'agenda.decline_form': {},
      'agenda.show': {},
      'agenda.disinvite': {},
    }
    for (const [command, values] of Object.entries(commands)) {
      const none = await shown.house.press(name, { command, subject: newId(), values })
      expect(none).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
      for (const subject of [shown.hidden.id, shown.hidden.late]) {
        const answer = await shown.house.press(name, { command, subject, values })
        expect(JSON.stringify(answer), command).toBe(JSON.stringify(none))
        expect(textOf(answer)).toBe(textOf(none))
      }
    }
    const inviting = (item: string) => shown.agenda.press(name, 'agenda.invite', { name: 'Ann Castle', item })
    expect(JSON.stringify(await inviting(shown.hidden.id))).toBe(JSON.stringify(await inviting(newId())))
  })

  test('nothing of it was changed by all that', async () => {
    expect((await shown.agenda.shown()).slice(0, 2)).toEqual(['A1 Introduction', 'A2 Apologies and Substitutes'])
    const rows = await shown.house.handles.reading.selectFrom('item').where('letter', '=', 'X').selectAll().execute()
    expect(rows.map(({ openness }) => openness)).toEqual(['hidden', 'hidden', 'hidden'])
  })
})

describe('by and by', () => {
  let house: TestHouse
  beforeEach(async () => {
    house = await openSettled()
  })
  afterEach(async () => {
    expect(house.faults).toEqual([])
    await house.close()
  })

  /** Gravesham’s meeting with one hidden item. */
  async function withHidden(): Promise<OnAgenda> {
    const agenda = agendaOf(house, await callMeeting(house, await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER), '2027-01-20'))
    await agenda.has(`${CANARY} matter`, 'X')
    return agenda
  }

  const seenBy = async (agenda: OnAgenda, name: string): Promise<boolean> =>
    textOf(await agenda.press(name, 'agenda.show')).includes(CANARY)

  test('a deputy sees it from when they are named as substitute until that is taken back', async () => {
    const agenda = await withHidden()
    expect(await seenBy(agenda, 'Ruth Hale')).toBe(false)
    await done(agenda.press(POLICE, 'apologies.name_substitute', { substitute: await personCalled(house, 'Ruth Hale') }))
    expect(await seenBy(agenda, 'Ruth Hale')).toBe(true)
    expect(await seenBy(agenda, 'Keira Nolan')).toBe(false)
    await done(agenda.press(POLICE, 'apologies.attend'))
    expect(await seenBy(agenda, 'Ruth Hale')).toBe(false)
  })

  test('a substitute at one meeting sees nothing of another', async () => {
    const agenda = await withHidden()
    const { board_id: board } = await house.handles.reading
      .selectFrom('meeting')
      .select('board_id')
      .where('id', '=', agenda.meeting)
      .executeTakeFirstOrThrow()
    const next = agendaOf(house, await callMeeting(house, board, '2027-03-17'))
    await next.has(`${CANARY} matter`, 'X')
    await done(agenda.press(POLICE, 'apologies.name_substitute', { substitute: await personCalled(house, 'Ruth Hale') }))
    expect(await seenBy(next, 'Ruth Hale')).toBe(false)
  })

  test('a substitute of a seat that has changed hands, whose holder has not answered, sees nothing', async () => {
    const agenda = await withHidden()
    await done(agenda.press(POLICE, 'apologies.name_substitute', { substitute: await personCalled(house, 'Ruth Hale') }))
    const [police, cole] = [await personCalled(house, POLICE), await personCalled(house, 'Bethan Cole')]
    await house.writer.write(async (tx) => {
      const seats = tx
        .selectFrom('seat')
        .innerJoin('board', 'board.id', 'seat.board_id')
        .where('board.short_name', '=', 'Gravesham CSP')
      await tx
        .updateTable('holding')
        .set({ person_id: cole })
        .where('person_id', '=', police)
        .where('seat_id', 'in', seats.select('seat.id'))
        .execute()
    })
    expect(await seenBy(agenda, 'Bethan Cole')).toBe(true)
    expect(await seenBy(agenda, 'Ruth Hale')).toBe(false)
  })

  test('a substitute for a day from which the meeting has been moved sees nothing until they are named anew', async () => {
    const agenda = await withHidden()
    const named = async () =>
      agenda.press(POLICE, 'apologies.name_substitute', { substitute: await personCalled(house, 'Ruth Hale') })
    await done(named())
    await done(agenda.press(CLERK, 'meetings.move', { day: '2027-01-27', time: '10:00', allTheSame: 'yes' }))
    expect(await seenBy(agenda, 'Ruth Hale')).toBe(false)
    await done(named())
    expect(await seenBy(agenda, 'Ruth Hale')).toBe(true)
  })

  test('a substitute who has left their body sees nothing', async () => {
    const agenda = await withHidden()
    const ruth = await personCalled(house, 'Ruth Hale')
    await done(agenda.press(POLICE, 'apologies.name_substitute', { substitute: ruth }))
    await house.writer.write((tx) =>
      tx.updateTable('post').set({ until_day: '2026-11-22' }).where('person_id', '=', ruth).execute(),
    )
    expect(await seenBy(agenda, 'Ruth Hale')).toBe(false)
  })

  test('the substitute of an invited body sees no more than the body', async () => {
    const roster = `${GRAVESHAM_ROSTER.trimEnd()}\nVictim Support,,,,,,deputy,Tess Oram,Deputy Manager,tess.oram@example.org,,,,,,\n`
    const agenda = agendaOf(house, await callMeeting(house, await setUpBoard(house, 'gravesham', roster), '2027-01-20'))
    await agenda.has(`${CANARY} matter`, 'X')
    await done(agenda.press('Elliot Grange', 'apologies.name_substitute', { substitute: await personCalled(house, 'Tess Oram') }))
    for (const name of ['Elliot Grange', 'Tess Oram']) expect(await seenBy(agenda, name)).toBe(false)
    expect(textOf(await agenda.press('Tess Oram', 'agenda.show'))).toContain('A1  Introduction')
  })

  test('a colleague who is named as substitute sees the agenda, and all of it, until that is taken back', async () => {
    const kcsp = agendaOf(house, await house.meeting())
    await kcsp.has(`${CANARY} matter`, 'X')
    const none = JSON.stringify(await house.press('Ruth Hale', { command: 'agenda.show', subject: newId() }))
    expect(JSON.stringify(await kcsp.press('Ruth Hale', 'agenda.show'))).toBe(none)
    await done(kcsp.press(POLICE, 'apologies.name_substitute', { substitute: await personCalled(house, 'Ruth Hale') }))
    expect(await seenBy(kcsp, 'Ruth Hale')).toBe(true)
    expect(textOf(await house.say('Ruth Hale', 'agenda'))).toContain(CANARY)
    await done(kcsp.press(POLICE, 'apologies.attend'))
    expect(JSON.stringify(await kcsp.press('Ruth Hale', 'agenda.show'))).toBe(none)
  })

  test('who is of a subgroup, or has it from there to propose, sees the public agenda of the parent alone', async () => {
    await setUpBoard(house, 'dardr-steering-group-2025', DARDR_ROSTER)
    const kcsp = agendaOf(house, await house.meeting())
    await kcsp.has(`${CANARY} matter`, 'X')
    for (const name of ['Moira Lennox', 'Priya Nand']) {
      const answer = await kcsp.press(name, 'agenda.show')
      expect(answer.kind).toBe('card')
      expect(textOf(answer)).not.toContain(CANARY)
    }
  })

  test('who invites non-members without being a member can invite nobody to what they may not see', async () => {
    const group = 'Kent Police,,,,,,colleague,Tariq Aziz,Superintendent,tariq.aziz@example.org,,,,the steering group,,'
    const board = await setUpBoard(house, 'dardr-steering-group-2025', `${DARDR_ROSTER.trimEnd()}\n${group}\n`)
    const agenda = agendaOf(house, await callMeeting(house, board, '2027-01-20'))
    await agenda.has('Open item', 'B')
    await agenda.has(`${CANARY} matter`, 'X')
    const inviting = (item: string) => agenda.press('Tariq Aziz', 'agenda.invite', { name: 'Ann Castle', item })
    expect(textOf(await agenda.press('Tariq Aziz', 'agenda.invite_form'))).not.toContain(CANARY)
    const [hidden, none] = [await inviting(await agenda.id('X1')), await inviting(newId())]
    expect(hidden).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
    expect(JSON.stringify(hidden)).toBe(JSON.stringify(none))
    expect((await inviting(await agenda.id('B1'))).kind).toBe('card')
  })

  test('who proposed what is hidden without a right to see it is told that it is placed, and neither where nor beside what', async () => {
    const board = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
    const agenda = agendaOf(house, await callMeeting(house, board, '2027-01-20'))
    await agenda.press(POLICE, 'agenda.propose', { title: `${CANARY} matter` })
    await agenda.has('Other', 'X')
    await agenda.on(CLERK, `${CANARY} matter`, 'agenda.place', { letter: 'X' })
    // Who was a member then is one no more.
    await house.writer.write(async (tx) => {
      const id = await personCalled(house, POLICE)
      await tx.updateTable('holding').set({ capacity: 'deputy' }).where('person_id', '=', id).execute()
    })
    await delivered(house)
    const told = house.sentTo(POLICE).filter((plain) => /^Your item/.test(plain))
    expect(told).toEqual([
      'Your item is on the agenda\nYour item is on the agenda of Gravesham CSP, Wednesday 20 January 2027, 10:00.',
    ])
  })

  test('what is made public again is seen by all, under its title', async () => {
    const kcsp = agendaOf(house, await house.meeting())
    await kcsp.has(`${CANARY} matter`, 'X')
    await kcsp.has('Another', 'X')
    await done(kcsp.on(CLERK, 'X1', 'agenda.place', { letter: 'B' }))
    expect(textOf(await kcsp.press('Nadia Flynn', 'agenda.show'))).toContain(`B1  ${CANARY} matter`)
    expect((await kcsp.shown()).slice(-1)).toEqual(['X1 Another'])
    expect(textOf(await kcsp.press(CHAIR, 'agenda.print'))).toContain(`B1   ${CANARY} matter`)
  })

  test('moving and withdrawing others leaves a hidden title as it is', async () => {
    const kcsp = agendaOf(house, await house.meeting())
    await kcsp.has(`${CANARY} matter`, 'X')
    await kcsp.has('Another', 'X')
    await done(kcsp.on(CLERK, 'X2', 'agenda.place', { letter: 'X', number: '1' }))
    expect((await kcsp.shown()).slice(-2)).toEqual(['X1 Another', `X2 ${CANARY} matter`])
    await done(kcsp.on(CLERK, 'X1', 'agenda.withdraw'))
    await done(kcsp.on(CLERK, 'X1', 'agenda.change', { pages: '1 to 8' }))
    expect(await kcsp.shown()).toContain(`X1 ${CANARY} matter`)
    const form = await kcsp.on(CLERK, 'X1', 'agenda.change_form')
    expect(form.kind === 'form' && form.form.fields[0]?.value).toBe(`${CANARY} matter`)
  })

  test('the title of a restricted section is public: that is printed', async () => {
    const kcsp = agendaOf(house, await house.meeting())
    await kcsp.has('PREVENT Duty Delivery Board Update', 'D')
    for (const name of ['Nadia Flynn', CHAIR]) {
      expect(textOf(await kcsp.press(name, 'agenda.show'))).toContain('D1  PREVENT Duty Delivery Board Update')
      expect(textOf(await kcsp.press(name, 'agenda.print'))).toContain('D1   PREVENT Duty Delivery Board Update')
    }
    const row = await house.handles.reading
      .selectFrom('item')
      .select('openness')
      .where('letter', '=', 'D')
      .executeTakeFirstOrThrow()
    expect(row.openness).toBe('restricted')
  })
})
