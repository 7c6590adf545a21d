import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../../src/bot.js'
import { newId } from '../../../src/kernel/ids.js'
import type { Field, Form } from '../../../src/kernel/view.js'
import { callMeeting } from '../../agenda/setting.js'
import { boardCalled, GRAVESHAM_ROSTER, personCalled, sayIn, setUpBoard } from '../../boards.js'
import { openTestHouse, sendAll, type TestHouse, textOf } from '../../house.js'
import { assisted } from '../assisted.js'

const MEMBER = 'Daniel Okafor'
const COLLEAGUE = 'Ruth Hale'
const CLERK = 'Grace Holloway'

let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse()
})
afterEach(() => house.close())

const asked = (name: string, of = house): Promise<Answer> =>
  of.press(name, { command: 'apologies.apologise_form', subject: 'apologies' })

function formOf(answer: Answer): Form {
  if (answer.kind !== 'form') throw new Error(textOf(answer))
  return answer.form
}
const field = (form: Form, name: string): Field | undefined => form.fields.find((one) => one.name === name)
function optionsOf(form: Form, name: string) {
  const found = field(form, name)
  return found?.field === 'choice' ? found.options : []
}
const labels = (form: Form, name: string) => optionsOf(form, name).map(({ label }) => label)

/** Fills the form in as it stands, but for what is told. */
async function sent(name: string, values: Record<string, string> = {}, delivery = newId()): Promise<Answer> {
  const form = formOf(await asked(name))
  const preset = Object.fromEntries(form.fields.flatMap((one) => (one.value ? [[one.name, one.value]] : [])))
  return house.press(name, { command: form.command, subject: form.subject, values: { ...preset, ...values } }, { delivery })
}

const answers = () =>
  house.handles.reading
    .selectFrom('answer')
    .innerJoin('person', 'person.id', 'answer.for_person_id')
    .leftJoin('person as substitute', 'substitute.id', 'answer.substitute_id')
    .where('person.name', '=', MEMBER)
    .orderBy('answer.at')
    .select(['answer.meeting_id', 'answer.attending', 'substitute.name'])
    .execute()

describe('of one board and one meeting', () => {
  test('the form stands filled in with that meeting, and with nobody instead', async () => {
    const form = formOf(await asked(MEMBER))
    expect(form).toMatchObject({ command: 'apologies.apologise', subject: 'apologies', submit: 'Send apologies' })
    expect(labels(form, 'meeting')).toEqual(['KCSP, Wednesday 16 December 2026'])
    expect(field(form, 'meeting')?.value).toBe(optionsOf(form, 'meeting')[0]?.value)
    expect(labels(form, 'substitute')).toEqual(['Nobody', COLLEAGUE, 'Tariq Aziz'])
    expect(field(form, 'substitute')?.value).toBe('nobody')
  })

  test('submitted as it stands it sends apologies, and tells the clerk', async () => {
    expect(textOf(await sent(MEMBER))).toContain('You send apologies. You have named no substitute.')
    expect(await answers()).toEqual([{ meeting_id: await house.meeting(), attending: 0, name: null }])
    await sendAll(house)
    expect(house.sentTo(CLERK).join('\n')).toContain(MEMBER)
  })

  test('with somebody of the list it names them', async () => {
    const answer = await sent(MEMBER, { substitute: await personCalled(house, COLLEAGUE) })
    expect(textOf(answer)).toContain(`You send apologies. ${COLLEAGUE} will substitute.`)
    await sendAll(house)
    expect(house.sentTo(COLLEAGUE).join('\n')).toContain('substitute')
  })

  test('sent twice as one delivery it is done once, and shown again', async () => {
    const delivery = newId()
    const first = await sent(MEMBER, {}, delivery)
    expect(textOf(await sent(MEMBER, {}, delivery))).toBe(textOf(first))
    expect(await answers()).toHaveLength(1)
  })

  test('nobody instead of somebody who is named is asked about once', async () => {
    await sent(MEMBER, { substitute: await personCalled(house, COLLEAGUE) })
    expect(textOf(await sent(MEMBER))).toContain('Is nobody to substitute any more?')
    expect((await answers()).at(-1)?.name).toBe(COLLEAGUE)
  })

  test.each([
    { what: 'no meeting', values: { meeting: '' }, code: 'invalid', field: 'meeting', says: 'Choose for which meeting.' },
    { what: 'what is no meeting', values: { meeting: 'x y z' }, code: 'invalid', field: 'meeting', says: 'Choose for which' },
    { what: 'a name too long', values: { substitute: 'x'.repeat(201) }, code: 'invalid', field: 'substitute', says: 'too long' },
    {
      what: 'a first name of nobody',
      values: { substitute: 'Zebedee' },
      code: 'not_found',
      field: 'substitute',
      says: 'I know nobody',
    },
  ])('with $what it is refused at its field, and nothing is sent', async ({ values, code, field: at, says }) => {
    const answer = await sent(MEMBER, values)
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code } })
    if (answer.kind === 'refusal') expect(answer.refusal.fields?.[at]).toContain(says)
    expect(await answers()).toEqual([])
  })

  test('a seat that is another’s is refused', async () => {
    const [own] = optionsOf(formOf(await asked('Helen Marsh')), 'meeting')
    const answer = await sent(MEMBER, { meeting: own?.value ?? '' })
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
  })

  test('who has no seat anywhere is told whom to ask', async () => {
    expect(textOf(await asked(COLLEAGUE))).toContain('I know of no coming meeting of yours. Ask the clerk')
  })

  test('the clerk chooses whose apologies they are', async () => {
    const form = formOf(await asked(CLERK))
    expect(labels(form, 'meeting')).toHaveLength(9)
    expect(labels(form, 'meeting')).toContain(`KCSP, Wednesday 16 December 2026: ${MEMBER}, Kent Police`)
    expect(field(form, 'substitute')?.field).toBe('text')
    const police = optionsOf(form, 'meeting').find(({ label }) => label.includes(MEMBER))?.value ?? ''
    await sent(CLERK, { meeting: police, substitute: COLLEAGUE })
    expect(await answers()).toEqual([{ meeting_id: await house.meeting(), attending: 0, name: COLLEAGUE }])
  })
})

describe('of two boards', () => {
  let gravesham: string
  beforeEach(async () => {
    gravesham = await callMeeting(house, await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER), '2026-12-17')
    await callMeeting(house, (await boardCalled(house, 'KCSP')) ?? '', '2027-03-24')
  })

  test('every coming meeting can be chosen, the next first, and who comes instead is said by name', async () => {
    const form = formOf(await asked(MEMBER))
    expect(labels(form, 'meeting')).toEqual([
      'KCSP, Wednesday 16 December 2026',
      'Gravesham CSP, Thursday 17 December 2026',
      'KCSP, Wednesday 24 March 2027',
    ])
    expect(field(form, 'substitute')?.field).toBe('text')
  })

  test('the one that is chosen is meant, and no other', async () => {
    const of = optionsOf(formOf(await asked(MEMBER)), 'meeting').find(({ value }) => value.startsWith(gravesham))
    await sent(MEMBER, { meeting: of?.value ?? '' })
    expect(await answers()).toEqual([{ meeting_id: gravesham, attending: 0, name: null }])
  })

  test('in a board’s own place it is that board’s', async () => {
    const here = await sayIn(house, 'gravesham-csp', MEMBER, 'send apologies')
    expect(here.kind === 'form' ? labels(here.form, 'meeting') : textOf(here)).toContain(
      'Gravesham CSP, Thursday 17 December 2026',
    )
  })
})

describe('for another', () => {
  let house: TestHouse
  beforeEach(async () => {
    house = await assisted({})
  })
  afterEach(() => house.close())

  test.each([
    { who: 'an assistant', name: 'Priya Nair' },
    { who: 'a deputy', name: 'Ruth Hale' },
  ])('$who chooses the meetings of whom they answer for, by their name', async ({ name }) => {
    const form = formOf(await asked(name, house))
    expect(labels(form, 'meeting').every((label) => label.endsWith(': Daniel Okafor, Kent Police'))).toBe(true)
    expect(labels(form, 'meeting').length).toBeGreaterThan(0)
  })

  test('a deputy names themselves or nobody', async () => {
    expect(labels(formOf(await asked('Ruth Hale', house)), 'substitute')).toEqual(['Nobody', 'Ruth Hale'])
  })
})

test.each(['send apologies', 'Please send apologies.', 'Send apologies'])('“%s” opens it', async (words) => {
  expect(await house.say(MEMBER, words)).toMatchObject({ kind: 'form', form: { command: 'apologies.apologise' } })
})

test.each(['I may have to send apologies', 'Please send apologies for the 16th by Friday', 'How late can I send apologies?'])(
  '“%s” does not',
  async (words) => {
    expect((await house.say(MEMBER, words)).kind).not.toBe('form')
  },
)
