import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse, textOf } from '../house.js'

let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse()
  await house.outbox.drain()
  house.sent.length = 0
  house.clock.forward({ seconds: 2 })
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const CLERK = 'Grace Holloway'
const CHAIR = 'Cllr Margaret Ashdown'
const POLICE = 'Daniel Okafor'
const HOUSING = 'Nadia Flynn'
const DEPUTY = 'Ruth Hale'

const press = async (name: string, command: string, values: Record<string, string> = {}) =>
  house.press(name, { command, subject: await house.meeting(), values })

async function idOf(name: string): Promise<string> {
  const { id } = await house.handles.reading.selectFrom('person').select('id').where('name', '=', name).executeTakeFirstOrThrow()
  return id
}

const versions = async () =>
  house.handles.reading
    .selectFrom('answer')
    .innerJoin('person', 'person.id', 'answer.by_person_id')
    .where('person.name', '=', POLICE)
    .select(['version', 'attending', 'substitute_id'])
    .orderBy('version')
    .execute()

describe('a member', () => {
  test('names a substitute in the form: the seat will be represented, and makes the quorum', async () => {
    const form = await press(POLICE, 'apologies.choose_substitute')
    expect(textOf(form)).toContain('Who comes in your place?: Ruth Hale, Tariq Aziz')
    const answer = await press(POLICE, 'apologies.name_substitute', { substitute: await idOf(DEPUTY) })
    expect(textOf(answer)).toContain('You send apologies. Ruth Hale will substitute.')
    expect(textOf(answer)).toContain('4 responsible authorities say they will be represented: enough for the quorum of 4.')
  })

  test('who chooses nobody in the form is told so at the field, and nothing is sent', async () => {
    const answer = await press(POLICE, 'apologies.name_substitute')
    expect(answer).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'invalid', fields: { substitute: 'Choose who comes in your place.' } },
    })
    expect(await versions()).toEqual([])
  })

  test('cannot name somebody of another body, or who has a seat of their own', async () => {
    for (const name of ['Mark Dunn', 'Aisha Rahman', CLERK]) {
      const answer = await press(POLICE, 'apologies.name_substitute', { substitute: await idOf(name) })
      expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
    }
    expect(await versions()).toEqual([])
  })

  test('changes their mind as often as they like: the last answer stands, the earlier ones are kept', async () => {
    await press(POLICE, 'apologies.send')
    await press(POLICE, 'apologies.name_substitute', { substitute: await idOf(DEPUTY) })
    await press(POLICE, 'apologies.attend')
    const substitute = await idOf(DEPUTY)
    expect(await versions()).toEqual([
      { version: 1, attending: 0, substitute_id: null },
      { version: 2, attending: 0, substitute_id: substitute },
      { version: 3, attending: 1, substitute_id: null },
    ])
  })

  test('who says the same again changes nothing', async () => {
    await press(POLICE, 'apologies.send')
    await press(POLICE, 'apologies.send')
    expect(await versions()).toHaveLength(1)
  })

  test('cannot answer once the meeting has begun', async () => {
    house.clock.set('2026-12-16T10:00:00Z')
    const answer = await press(POLICE, 'apologies.send')
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'too_late' } })
    expect(textOf(answer)).toContain('The meeting began on Wednesday 16 December 2026, 10:00. Tell the clerk')
  })

  test('is not offered the form once the meeting has begun', async () => {
    house.clock.set('2026-12-16T10:00:00Z')
    expect(await press(POLICE, 'apologies.choose_substitute')).toMatchObject({ kind: 'refusal', refusal: { code: 'too_late' } })
  })

  test('can answer until it begins', async () => {
    house.clock.set('2026-12-16T09:59:59.999Z')
    expect(await press(POLICE, 'apologies.send')).toMatchObject({ kind: 'card' })
  })
})

describe('who is told', () => {
  test('the clerk of apologies, the substitute that they are one; both in words of their own', async () => {
    await press(POLICE, 'apologies.name_substitute', { substitute: await idOf(DEPUTY) })
    await house.outbox.drain()
    expect(house.sentTo(CLERK)).toEqual([expect.stringContaining('Daniel Okafor sends apologies. Ruth Hale will substitute.')])
    expect(house.sentTo(DEPUTY)).toEqual([expect.stringContaining('has named you to sit for Kent Police')])
  })

  test('the clerk when apologies are withdrawn, and the substitute that they are needed no more', async () => {
    await press(POLICE, 'apologies.name_substitute', { substitute: await idOf(DEPUTY) })
    await house.outbox.drain()
    house.clock.forward({ seconds: 2 })
    await press(POLICE, 'apologies.attend')
    await house.outbox.drain()
    expect(house.sentTo(CLERK).at(-1)).toContain('Daniel Okafor can come after all.')
    expect(house.sentTo(DEPUTY).at(-1)).toContain('you are no longer asked to sit in')
  })

  test('nobody of a plain “I’ll be there”, but on the cards', async () => {
    await press(POLICE, 'apologies.attend')
    await house.outbox.drain()
    expect(house.sentTo(CLERK)).toEqual([])
    expect(house.sentTo(POLICE)).toEqual([expect.stringContaining('You will be there.')])
    const channel = house.sent.filter(({ to }) => 'place' in to)
    expect(channel).toHaveLength(1)
    expect(channel[0]?.plain).toContain('4 responsible authorities say they will be represented')
    expect(channel[0]?.updates).toBe(true)
  })

  test('the board’s place sees figures and no names', async () => {
    await press(POLICE, 'apologies.name_substitute', { substitute: await idOf(DEPUTY) })
    await house.outbox.drain()
    const channel = house.sent.filter(({ to }) => 'place' in to).at(-1)?.plain ?? ''
    const names = await house.handles.reading.selectFrom('person').select('name').execute()
    for (const { name } of names) expect(channel).not.toContain(name)
  })
})

describe('who may', () => {
  test.each([
    { name: CLERK, may: true },
    { name: CHAIR, may: true },
    { name: POLICE, may: true },
    { name: HOUSING, may: true },
    { name: DEPUTY, may: false },
  ])('see who is coming: $name $may', async ({ name, may }) => {
    const answer = await press(name, 'apologies.coming')
    expect(answer.kind).toBe(may ? 'card' : 'refusal')
  })

  test('a substitute may see who is coming from when they are named, and no longer than that', async () => {
    await press(POLICE, 'apologies.name_substitute', { substitute: await idOf(DEPUTY) })
    expect(await press(DEPUTY, 'apologies.coming')).toMatchObject({ kind: 'card' })
    expect(textOf(await house.say(DEPUTY, 'who is coming'))).toContain('Ruth Hale (substitute for Daniel Okafor)')
    expect(textOf(await house.say(DEPUTY, 'help'))).toContain('who is coming')
    await press(POLICE, 'apologies.attend')
    expect(await press(DEPUTY, 'apologies.coming')).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
  })

  test('answer for a seat: nobody but who holds it', async () => {
    const { seat_id: seat } = await house.handles.reading
      .selectFrom('holding')
      .innerJoin('person', 'person.id', 'holding.person_id')
      .where('person.name', '=', POLICE)
      .select('seat_id')
      .executeTakeFirstOrThrow()
    for (const name of [CLERK, CHAIR, HOUSING, DEPUTY]) {
      expect(await press(name, 'apologies.send', { seat })).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
    }
    expect(await versions()).toEqual([])
  })

  test('a holding that ended yesterday gives no right today', async () => {
    await house.writer.write(async (tx) => {
      const person = await tx.selectFrom('person').select('id').where('name', '=', POLICE).executeTakeFirstOrThrow()
      await tx.updateTable('holding').set({ until_day: '2026-11-22' }).where('person_id', '=', person.id).execute()
    })
    expect(await press(POLICE, 'apologies.send')).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
  })

  test('a seat that changed hands has not answered: what its last holder said stands for nobody else', async () => {
    await press(POLICE, 'apologies.attend')
    const successor = await idOf(DEPUTY)
    await house.writer.write(async (tx) => {
      const { id } = await tx.selectFrom('person').select('id').where('name', '=', POLICE).executeTakeFirstOrThrow()
      await tx.updateTable('holding').set({ person_id: successor }).where('person_id', '=', id).execute()
    })
    const coming = textOf(await press(CLERK, 'apologies.coming'))
    expect(coming).toContain('Kent Police | Ruth Hale has not answered')
    expect(coming).toContain('3 of the 4 responsible authorities needed')
    expect(textOf(await press(DEPUTY, 'apologies.attend'))).toContain('4 responsible authorities say they will be represented')
  })

  test('an invited body answers too, and does not count', async () => {
    const answer = await press(HOUSING, 'apologies.attend')
    expect(textOf(answer)).toContain('You will be there.')
    expect(textOf(answer)).toContain('3 of the 4 responsible authorities needed say they will be represented.')
  })
})

test('someone who holds two seats is asked for which, and can answer for each', async () => {
  const police = await idOf(POLICE)
  const second = await house.writer.write(async (tx) => {
    const opcc = await tx.selectFrom('person').select('id').where('name', '=', 'Helen Marsh').executeTakeFirstOrThrow()
    const { seat_id } = await tx
      .selectFrom('holding')
      .select('seat_id')
      .where('person_id', '=', opcc.id)
      .executeTakeFirstOrThrow()
    await tx.updateTable('holding').set({ person_id: police }).where('seat_id', '=', seat_id).execute()
    return seat_id
  })
  expect(textOf(await press(POLICE, 'apologies.send'))).toContain('You hold seats for Kent Police and Office of the Police')
  expect(textOf(await press(POLICE, 'apologies.attend', { seat: second }))).toContain('You will be there.')
  const own = await press(POLICE, 'apologies.attend', { seat: second })
  expect(textOf(own)).toContain('KENT POLICE\nYou have not answered yet.')
})
