import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
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

  test('answers late once the meeting has begun, and the clerk is told that it is late', async () => {
    house.clock.set('2026-12-16T10:00:00Z')
    expect(textOf(await press(POLICE, 'apologies.send'))).toContain(
      'The meeting has begun: what you answer now is recorded as late.',
    )
    await house.outbox.drain()
    expect(house.sentTo(CLERK).at(-1)).toContain('Late apologies')
    expect(textOf(await house.say(CLERK, 'who is coming'))).toContain('Apologies from Daniel Okafor (late)')
  })

  test('cannot answer once the meeting is over', async () => {
    house.clock.set('2026-12-16T12:00:00Z')
    const answer = await press(POLICE, 'apologies.send')
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'too_late' } })
    expect(textOf(answer)).toContain('The meeting of Wednesday 16 December 2026, 10:00 is over. Tell the clerk')
  })

  test('is not offered the form once the meeting is over', async () => {
    house.clock.set('2026-12-16T12:00:00Z')
    expect(await press(POLICE, 'apologies.choose_substitute')).toMatchObject({ kind: 'refusal', refusal: { code: 'too_late' } })
  })

  test('can answer until it is over', async () => {
    house.clock.set('2026-12-16T11:59:59.999Z')
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
    expect(await press(DEPUTY, 'apologies.coming')).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
  })

  test('answer for a seat: no other member, no officer but the clerk, and nobody of its body', async () => {
    const { seat_id: seat } = await house.handles.reading
      .selectFrom('holding')
      .innerJoin('person', 'person.id', 'holding.person_id')
      .where('person.name', '=', POLICE)
      .select('seat_id')
      .executeTakeFirstOrThrow()
    for (const name of [CHAIR, HOUSING, DEPUTY]) {
      expect(await press(name, 'apologies.send', { seat })).toMatchObject({
        kind: 'refusal',
        refusal: { code: name === DEPUTY ? 'not_found' : 'not_permitted' },
      })
    }
    expect(await versions()).toEqual([])
  })

  test('a holding that ended yesterday gives no right today', async () => {
    await house.writer.write(async (tx) => {
      const person = await tx.selectFrom('person').select('id').where('name', '=', POLICE).executeTakeFirstOrThrow()
      await tx.updateTable('holding').set({ until_day: '2026-11-22' }).where('person_id', '=', person.id).execute()
    })
    expect(await press(POLICE, 'apologies.send')).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
  })

  test('what exists and is none of theirs is answered as what does not exist', async () => {
    const [hidden, none] = [
      await press(DEPUTY, 'apologies.coming'),
      await house.press(DEPUTY, { command: 'apologies.coming', subject: newId() }),
    ]
    expect(textOf(hidden)).toBe(textOf(none))
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

describe('the forecast is of the day of the meeting', () => {
  const holdingOf = async (name: string, set: { until_day?: string; from_day?: string }) => {
    const person_id = await idOf(name)
    await house.writer.write((tx) => tx.updateTable('holding').set(set).where('person_id', '=', person_id).execute())
  }

  test('who will hold the seat no more is not counted, however they answered', async () => {
    await press(POLICE, 'apologies.attend')
    await holdingOf(POLICE, { until_day: '2026-12-01' })
    expect(textOf(await press(CLERK, 'apologies.coming'))).toContain('3 of the 4 responsible authorities needed')
  })

  test('who holds it by then may answer before', async () => {
    await holdingOf(POLICE, { from_day: '2026-12-10' })
    expect(await press(POLICE, 'apologies.attend')).toMatchObject({ kind: 'card' })
  })

  test('a substitute who has left the body is not counted, and member and clerk see it', async () => {
    await press(POLICE, 'apologies.name_substitute', { substitute: await idOf(DEPUTY) })
    const person_id = await idOf(DEPUTY)
    await house.writer.write((tx) => tx.deleteFrom('post').where('person_id', '=', person_id).execute())
    const coming = textOf(await press(CLERK, 'apologies.coming'))
    expect(coming).toContain('3 of the 4 responsible authorities needed')
    expect(coming).toContain('Ruth Hale, who was named, can no longer substitute')
  })

  test('a substitute who has come to hold a seat of their own sits for that alone', async () => {
    await press(POLICE, 'apologies.name_substitute', { substitute: await idOf(DEPUTY) })
    const [deputy, nhs] = [await idOf(DEPUTY), await idOf('Dr Simon Kerr')]
    await house.writer.write((tx) => tx.updateTable('holding').set({ person_id: deputy }).where('person_id', '=', nhs).execute())
    await press(DEPUTY, 'apologies.attend')
    expect(textOf(await press(CLERK, 'apologies.coming'))).toContain('4 responsible authorities say they will be represented')
  })

  test('one who sits for two bodies is named, so that the person presiding can rule', async () => {
    const [deputy, opcc] = [await idOf(DEPUTY), 'Office of the Police and Crime Commissioner']
    await house.writer.write(async (tx) => {
      const { id } = await tx.selectFrom('organisation').select('id').where('name', '=', opcc).executeTakeFirstOrThrow()
      const board = await tx.selectFrom('board').select('id').executeTakeFirstOrThrow()
      await tx
        .insertInto('post')
        .values({ board_id: board.id, person_id: deputy, organisation_id: id, title: 'Seconded' })
        .execute()
    })
    await press(POLICE, 'apologies.name_substitute', { substitute: deputy })
    const asked = textOf(await press('Helen Marsh', 'apologies.name_substitute', { substitute: deputy }))
    expect(asked).toContain('Ruth Hale substitutes for Kent Police at that meeting already: both bodies are counted, unless')
    await press('Helen Marsh', 'apologies.name_substitute', { substitute: deputy, allTheSame: 'yes' })
    expect(textOf(await press(CLERK, 'apologies.coming'))).toContain(
      `Ruth Hale sits for Kent Police and ${opcc}: both are counted`,
    )
  })

  test('a renewed holding that overlaps the old one is one seat', async () => {
    const person_id = await idOf(POLICE)
    await house.writer.write(async (tx) => {
      const held = await tx.selectFrom('holding').selectAll().where('person_id', '=', person_id).executeTakeFirstOrThrow()
      await tx
        .insertInto('holding')
        .values({ ...held, from_day: '2026-11-20' })
        .execute()
    })
    expect(textOf(await press(POLICE, 'apologies.attend'))).toContain('You sit for: Kent Police\n')
  })
})

test('where the readings disagree the headline says so, and does not call it a quorum', async () => {
  await press('Helen Marsh', 'apologies.attend')
  await press('June Whitfield', 'apologies.send')
  const answer = await press('Cllr Owen Pryce', 'apologies.attend')
  expect(textOf(answer)).toContain(
    'The readings of “responsible authority” disagree: 4 as the terms list them say they will be represented, which is enough; 2 of the 4 needed by statute, which is not.',
  )
  expect(textOf(answer)).not.toContain('enough for the quorum')
})

test('every card of the meeting follows: other members see the new figures too', async () => {
  await press(POLICE, 'apologies.attend')
  await house.outbox.drain()
  expect(house.sentTo('Helen Marsh').at(-1)).toContain('4 responsible authorities say they will be represented')
})

test('the journal alone says what was done: for which seat, by whom in whose place', async () => {
  await house.say(POLICE, 'apologies for the next meeting, Hale will substitute')
  const { payload } = await house.handles.reading
    .selectFrom('journal_payload')
    .select('payload')
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow()
  expect(JSON.parse(payload)).toMatchObject({ outcome: { version: 1, attending: false, substitute: await idOf(DEPUTY) } })
})
