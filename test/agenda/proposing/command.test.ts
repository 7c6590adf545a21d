import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../../src/bot.js'
import { newId } from '../../../src/kernel/ids.js'
import type { Form } from '../../../src/kernel/view.js'
import { channelOf } from '../../../src/platforms/web/places.js'
import { boardCalled, GRAVESHAM_ROSTER, setUpBoard } from '../../boards.js'
import { inbound, openTestHouse, type TestHouse, textOf } from '../../house.js'
import { CHAIR, CLERK, callMeeting, POLICE } from '../setting.js'

let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse()
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const asked = (name: string, values: Record<string, string> = {}): Promise<Answer> =>
  house.press(name, { command: 'agenda.propose_from', subject: 'words', values })

function formOf(answer: Answer): Form {
  if (answer.kind !== 'form') throw new Error(textOf(answer))
  return answer.form
}
const presetOf = (form: Form, name: string) => form.fields.find((one) => one.name === name)?.value
function labels(form: Form): readonly string[] {
  const found = form.fields.find(({ name }) => name === 'meeting')
  return found?.field === 'choice' ? found.options.map(({ label }) => label) : []
}

const proposals = async () =>
  house.handles.reading.selectFrom('item').where('state', '=', 'proposed').select(['meeting_id', 'title']).execute()

describe('where there is one meeting', () => {
  test('the form is that of the meeting, with the words as title', async () => {
    const form = formOf(await asked(POLICE, { title: 'Knife crime\nIt doubled.' }))
    expect(form).toMatchObject({ command: 'agenda.propose', subject: await house.meeting() })
    expect(presetOf(form, 'title')).toBe('Knife crime')
  })

  test('without words the title is blank', async () => {
    expect(presetOf(formOf(await asked(POLICE)), 'title')).toBeUndefined()
    expect(presetOf(formOf(await asked(POLICE, { title: ' \n ' })), 'title')).toBeUndefined()
  })

  test('the form of a meeting takes words too', async () => {
    const press = {
      command: 'agenda.propose_form',
      subject: await house.meeting(),
      values: { title: 'Knife crime\nIt doubled.' },
    }
    expect(presetOf(formOf(await house.press(POLICE, press)), 'title')).toBe('Knife crime')
  })
})

describe('where there are several', () => {
  let kcsp: string
  let gravesham: string
  beforeEach(async () => {
    kcsp = await house.meeting()
    gravesham = await callMeeting(house, await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER), '2026-12-17')
    await callMeeting(house, (await boardCalled(house, 'KCSP')) ?? '', '2027-03-24')
  })

  test.each([
    {
      who: 'a member of both boards',
      name: POLICE,
      of: ['KCSP, Wednesday 16 December 2026', 'Gravesham CSP, Thursday 17 December 2026', 'KCSP, Wednesday 24 March 2027'],
    },
    { who: 'the chair of one', name: CHAIR, of: ['KCSP, Wednesday 16 December 2026', 'KCSP, Wednesday 24 March 2027'] },
    {
      who: 'the clerk of both',
      name: CLERK,
      of: ['KCSP, Wednesday 16 December 2026', 'Gravesham CSP, Thursday 17 December 2026', 'KCSP, Wednesday 24 March 2027'],
    },
  ])('$who is asked for which of theirs', async ({ name, of }) => {
    const form = formOf(await asked(name, { title: 'Knife crime' }))
    expect(form).toMatchObject({ command: 'agenda.propose_at', subject: 'words' })
    expect(labels(form)).toEqual(of)
    expect(presetOf(form, 'meeting')).toBe(kcsp)
    expect(presetOf(form, 'title')).toBe('Knife crime')
  })

  test('the next whose agenda is a draft stands there already', async () => {
    await house.press(CHAIR, { command: 'agenda.agree', subject: kcsp, values: { allTheSame: 'yes' } })
    const form = formOf(await asked(POLICE))
    expect(presetOf(form, 'meeting')).toBe(gravesham)
    expect(labels(form)[0]).toBe('KCSP, Wednesday 16 December 2026 (its agenda is agreed)')
  })

  test('what is chosen is proposed for that meeting, once a delivery, and is in the journal of its board', async () => {
    const delivery = newId()
    const press = { command: 'agenda.propose_at', subject: 'words', values: { meeting: gravesham, title: 'Knife crime' } }
    const first = await house.press(POLICE, press, { delivery })
    expect(textOf(first)).toContain('The item is proposed. The clerk places it and tells you.')
    expect(textOf(await house.press(POLICE, press, { delivery }))).toContain('P1  Knife crime')
    expect(await proposals()).toEqual([{ meeting_id: gravesham, title: 'Knife crime' }])
    const rows = await house.handles.reading
      .selectFrom('journal')
      .innerJoin('board', 'board.id', 'journal.board_id')
      .where('command', '=', 'agenda.propose_at')
      .select(['board.short_name', 'journal.subject'])
      .execute()
    expect(rows).toEqual([{ short_name: 'Gravesham CSP', subject: gravesham }])
  })

  test('in a board’s own place it is that board’s', async () => {
    const press = { command: 'agenda.propose_from', subject: 'words', values: { title: 'Knife crime' } }
    const answer = await house.bot.answer({ ...inbound(POLICE, { press }), place: channelOf('gravesham-csp') })
    expect(formOf(answer)).toMatchObject({ command: 'agenda.propose', subject: gravesham })
  })
})

test.each([
  { what: 'no meeting', values: { title: 'Knife crime' }, field: 'meeting' },
  { what: 'no title', values: { meeting: newId() }, field: 'title' },
])('with $what it is refused at its field', async ({ values, field }) => {
  const answer = await house.press(POLICE, { command: 'agenda.propose_at', subject: 'words', values })
  expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'invalid' } })
  if (answer.kind === 'refusal') expect(Object.keys(answer.refusal.fields ?? {})).toContain(field)
})

test('who may not propose is refused with the rule, who is of no board as if there were none', async () => {
  expect(await asked('Nadia Flynn')).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
  const press = { command: 'agenda.propose_at', subject: 'words', values: { meeting: await house.meeting(), title: 'Mine' } }
  expect(await house.press('Nadia Flynn', press)).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
  expect(await asked('Ruth Hale')).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
  expect(await house.press('Ruth Hale', press)).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
  expect(await proposals()).toEqual([])
})

test('once the last meeting has begun there is none', async () => {
  house.clock.set('2026-12-16T10:00:00Z')
  expect(textOf(await asked(POLICE))).toContain('There is no coming meeting of yours')
})
