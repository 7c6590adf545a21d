import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { passFor } from '../../src/agenda/store.js'
import { meetingAsItWas } from '../../src/meetings/store.js'
import { type TestHouse, textOf } from '../house.js'
import { assisted, forget } from './assisted.js'
import type { Labelled } from './outcome.js'

let house: TestHouse
beforeAll(async () => {
  house = await assisted()
})
beforeEach(() => forget(house))
afterAll(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

/** Whether somebody with no other part in the board may see all of a meeting's agenda. */
async function seesAll(meeting: string, person: string): Promise<boolean> {
  const none = { operator: false, offices: [], seats: [], standings: [], groups: [], attends: false }
  const db = house.handles.reading
  return (await passFor(db, await meetingAsItWas(db, meeting, house.clock.now()), none, person)) !== null
}

const CLERK = 'Grace Holloway'
const ASSISTANT = 'Priya Nair'
const DEPUTY = 'Ruth Hale'
const POLICE = 'Daniel Okafor'

const standing = () =>
  house.handles.reading
    .selectFrom('answer')
    .innerJoin('person as holder', 'holder.id', 'answer.for_person_id')
    .innerJoin('person as speaker', 'speaker.id', 'answer.by_person_id')
    .leftJoin('person as substitute', 'substitute.id', 'answer.substitute_id')
    .select(['holder.name as for', 'speaker.name as by', 'substitute.name as substitute', 'answer.attending'])
    .execute()

async function idOf(name: string): Promise<string> {
  const { id } = await house.handles.reading.selectFrom('person').select('id').where('name', '=', name).executeTakeFirstOrThrow()
  return id
}

const next = async (): Promise<string> => {
  const { id } = await house.handles.reading.selectFrom('meeting').select('id').orderBy('starts_at').executeTakeFirstOrThrow()
  return id
}

describe('who may answer for whom', () => {
  test.each([
    { by: POLICE, words: 'apologies for the 16th', for: POLICE, substitute: null },
    { by: DEPUTY, words: "Daniel can't come on the 16th, I'll stand in", for: POLICE, substitute: DEPUTY },
    { by: ASSISTANT, words: 'apologies from Daniel for the 16th', for: POLICE, substitute: null },
    { by: ASSISTANT, words: 'apologies from Daniel for the 16th, Tariq Aziz will sub', for: POLICE, substitute: 'Tariq Aziz' },
    { by: CLERK, words: 'apologies from Daniel for the 16th, Ruth will sub', for: POLICE, substitute: DEPUTY },
    { by: CLERK, words: 'apologies from Kent Police for the 16th', for: POLICE, substitute: null },
    { by: CLERK, words: 'apologies from Helen Marsh for the 16th', for: 'Helen Marsh', substitute: null },
  ])('$by: “$words”', async ({ by, words, for: holder, substitute }) => {
    await house.say(by, words)
    expect(await standing()).toEqual([{ for: holder, by, substitute, attending: 0 }])
  })

  test.each([
    { by: 'June Whitfield', words: 'apologies from Daniel for the 16th' },
    { by: 'Cllr Margaret Ashdown', words: 'apologies from Daniel for the 16th' },
    { by: 'Tariq Aziz', words: "Daniel can't come on the 16th, I'll stand in" },
    { by: ASSISTANT, words: 'apologies from Helen Marsh for the 16th' },
    { by: DEPUTY, words: 'apologies from Helen Marsh for the 16th' },
    { by: DEPUTY, words: 'apologies from Daniel for the 16th, Tariq will sub' },
  ])('not $by: “$words”', async ({ by, words }) => {
    expect((await house.say(by, words)).kind).toBe('refusal')
    expect(await standing()).toEqual([])
  })

  test('a deputy who names somebody else is told who may', async () => {
    expect(textOf(await house.say(DEPUTY, 'apologies from Daniel for the 16th, Tariq will sub'))).toContain(
      'A deputy answers with themselves or with nobody. Ask Daniel Okafor or the clerk to name Tariq Aziz.',
    )
  })

  test('by form: the clerk alone', async () => {
    const subject = await next()
    expect((await house.press(CLERK, { command: 'apologies.answer_form', subject })).kind).toBe('form')
    for (const name of [POLICE, DEPUTY, ASSISTANT])
      expect((await house.press(name, { command: 'apologies.answer_form', subject })).kind).toBe('refusal')
    const seat = await house.handles.reading
      .selectFrom('holding')
      .innerJoin('person', 'person.id', 'holding.person_id')
      .where('person.name', '=', 'Helen Marsh')
      .select(['seat_id', 'person_id'])
      .executeTakeFirstOrThrow()
    const values = { holding: `${seat.seat_id} ${seat.person_id}`, answer: 'substitute', substitute: 'Joseph Brand' }
    await house.press(CLERK, { command: 'apologies.answer_for', subject, values })
    expect(await standing()).toEqual([{ for: 'Helen Marsh', by: CLERK, substitute: 'Joseph Brand', attending: 0 }])
  })
})

describe('who is told', () => {
  let telling: TestHouse
  beforeEach(async () => {
    telling = await assisted({ delivers: true })
  })
  afterEach(async () => {
    expect(telling.faults).toEqual([])
    await telling.close()
  })

  test('clerk and representative, who said so', async () => {
    await telling.say(ASSISTANT, 'apologies from Daniel for the 16th, Tariq Aziz will sub')
    await telling.outbox.drain()
    expect(telling.sentTo(CLERK).at(-1)).toContain(
      'Daniel Okafor sends apologies, said by Priya Nair. Tariq Aziz will substitute.',
    )
    expect(telling.sentTo(POLICE).join('\n')).toContain('Priya Nair has sent your apologies. Tariq Aziz will substitute.')
    const coming = textOf(await telling.say(CLERK, 'who is coming'))
    expect(coming).toContain('Tariq Aziz (substitute for Daniel Okafor), said by Priya Nair')
  })

  test('the clerk, of a substitute whom nobody knows', async () => {
    await telling.say(POLICE, 'Apologies for the 16th, Neil Farrow will be there in my place')
    await telling.outbox.drain()
    const told = telling.sentTo(CLERK).at(-1) ?? ''
    expect(told).toContain('Neil Farrow is new to me. Until you confirm who they are, no restricted paper reaches them.')
    expect(told).toContain('[Confirm]')
  })
})

describe('a substitute whom nobody knows', () => {
  const say = () => house.say(POLICE, 'Apologies for the 16th, Neil Farrow will be there in my place')

  test('stands at once, counts, and waits for the clerk', async () => {
    expect(textOf(await say())).toContain(
      'Neil Farrow will substitute. That name is new to me: see that it is right, or change it.',
    )
    expect(textOf(await house.say(CLERK, 'who is coming'))).toContain(
      'Neil Farrow (substitute for Daniel Okafor); not yet confirmed',
    )
    expect(textOf(await house.say('Helen Marsh', 'who is coming'))).not.toContain('not yet confirmed')
  })

  test('named again is the same person', async () => {
    await say()
    await house.say(POLICE, 'Apologies for the 24th of March, Neil Farrow will sub')
    const people = await house.handles.reading.selectFrom('person').select('id').where('name', '=', 'Neil Farrow').execute()
    expect(people).toHaveLength(1)
  })

  test('is a colleague once the clerk has confirmed them, and nobody else can', async () => {
    await say()
    const press = { command: 'apologies.confirm_person', subject: await next(), values: { person: await idOf('Neil Farrow') } }
    for (const name of [POLICE, DEPUTY, ASSISTANT]) expect((await house.press(name, press)).kind).toBe('refusal')
    expect(await seesAll(press.subject, press.values.person)).toBe(false)
    expect(textOf(await say())).toContain('is new to me')
    expect(textOf(await house.press(CLERK, press))).not.toContain('not yet confirmed')
    expect(await seesAll(press.subject, press.values.person)).toBe(true)
    expect(textOf(await say())).not.toContain('is new to me')
    expect(textOf(await house.press(CLERK, press))).toContain('Neil Farrow is confirmed already.')
    const form = await house.press(POLICE, { command: 'apologies.choose_substitute', subject: await next() })
    expect(textOf(form)).toContain('Neil Farrow')
  })
})

test('who holds a seat of their own cannot sit for another, and is told why', async () => {
  const answer = textOf(await house.say(POLICE, 'apologies for the 16th, Aisha Rahman will sub'))
  expect(answer).toContain(
    'Aisha Rahman holds a seat of their own there, for Kent Fire and Rescue Service, and cannot sit for another',
  )
  expect(await standing()).toEqual([])
})

test('why somebody cannot come is kept nowhere', async () => {
  await house.say(POLICE, "Apologies for the 16th, I'm in hospital for chemotherapy that week so Ruth will sub")
  await house.say(POLICE, "I'm in hospital on the 16th so can't come")
  const payloads = await house.handles.reading.selectFrom('journal_payload').select('payload').execute()
  const notices = await house.handles.reading.selectFrom('notice').selectAll().execute()
  for (const kept of [payloads, notices, house.acts]) expect(JSON.stringify(kept)).not.toMatch(/hospital|chemo/i)
})

describe('whatever is put together of what officials write', () => {
  const rows = parse(readFileSync(new URL('./corpus.csv', import.meta.url)), { columns: true }) as readonly Labelled[]
  const fragments = [...new Set(rows.flatMap(({ sentence }) => sentence.split(/(?<=[,.;])\s+|\s+-\s+/)))]
  const speakers = [POLICE, 'Dr Simon Kerr', 'June Whitfield', DEPUTY, ASSISTANT, CLERK]
  const called: Readonly<Record<string, RegExp>> = {
    [POLICE]: /daniel|okafor|\bacc\b|chief constable|kent police|\bhe\b|\bhis\b|\bhim\b/i,
  }

  test('no answer is given for anybody but the speaker and those whom it names', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...speakers),
        fc.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 3 }),
        async (speaker, parts) => {
          const sentence = parts.join(' ')
          await house.say(speaker, sentence)
          const left = await standing()
          if (left.length === 0) return
          await forget(house)
          for (const { for: holder, substitute } of left) {
            if (holder !== speaker)
              expect(sentence).toMatch(called[holder] ?? new RegExp(holder.split(' ').slice(-2).join('|'), 'i'))
            if (substitute !== null && substitute !== speaker)
              expect(sentence).toMatch(new RegExp(substitute.split(' ').join('|'), 'i'))
          }
        },
      ),
      { numRuns: 400 },
    )
  })
})
