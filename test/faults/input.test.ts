import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer, Inbound, Pressed } from '../../src/bot.js'
import { features } from '../../src/features.js'
import type { RefusalCode } from '../../src/kernel/refusal.js'
import type { Card } from '../../src/kernel/view.js'
import { adaptiveCard } from '../../src/platforms/adaptive-card.js'
import { inbound, openTestHouse, type TestHouse, textOf } from '../house.js'
import { addOtherTenant } from './other-tenant.js'
import { answersOf, deliveriesThat, rowCounts } from './record.js'

const POLICE = 'Daniel Okafor'
const COLLEAGUE = 'Ruth Hale'
const MARKUP = '<!channel> *Bob* [x](javascript:alert(1)) <script>'
const NOBODY = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'

let house: TestHouse
let meeting: string

async function open(): Promise<void> {
  house = await openTestHouse()
  meeting = await house.meeting()
}

/** It is a refusal of this kind, nothing has changed, and the next apology works. */
async function expectRefused(ask: () => Promise<Answer>, code: RefusalCode): Promise<string> {
  const before = await rowCounts(house)
  const answer = await ask()
  expect(answer).toMatchObject({ kind: 'refusal', refusal: { code } })
  expect(await rowCounts(house)).toEqual(before)
  expect((await house.press(POLICE, { command: 'apologies.send', subject: meeting })).kind).toBe('card')
  expect(house.faults).toEqual([])
  return textOf(answer)
}

describe('what is said', () => {
  beforeEach(open)
  afterEach(() => house.close())

  test.each([
    { what: 'a hundred kilobytes of one letter', words: 'a'.repeat(100_000) },
    { what: 'apologies with a hundred kilobytes after them', words: `apologies, ${'Ruth Hale '.repeat(10_000)} will substitute` },
    { what: 'a hundred kilobytes of marks that cannot be seen', words: '\u202E'.repeat(100_000) },
  ])('$what are too many words', async ({ words }) => {
    expect(await expectRefused(() => house.say(POLICE, words), 'limit')).toContain('I read at most 2000.')
  })

  test.each([
    { what: 'a bell', mark: '\u0007' },
    { what: 'a null', mark: '\u0000' },
    { what: 'an escape', mark: '\u001B' },
    { what: 'a new line', mark: '\r\n' },
    { what: 'a right-to-left override', mark: '\u202E' },
    { what: 'a right-to-left isolate', mark: '\u2067' },
    { what: 'a zero-width space', mark: '\u200B' },
  ])('$what between words is a space, and is kept nowhere', async ({ mark }) => {
    const words = `${mark}apologies for${mark}the next meeting, Ruth${mark}Hale will substitute${mark}`
    const answer = await house.say(POLICE, words)
    expect(textOf(answer)).toContain('You send apologies. Ruth Hale will substitute.')
    expect(textOf(answer)).not.toContain(mark === '\r\n' ? '\r' : mark)
    const { payload } = await lastPayload()
    expect(payload).not.toContain(JSON.stringify(mark).slice(1, -1))
    const { id } = await house.handles.reading
      .selectFrom('person')
      .select('id')
      .where('name', '=', 'Ruth Hale')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(payload)).toMatchObject({ input: { subject: meeting }, outcome: { substitute: id } })
  })

  test.each([
    { what: 'a bell', mark: '\u0007' },
    { what: 'a right-to-left override', mark: '\u202E' },
    { what: 'a zero-width space', mark: '\u200B' },
    { what: 'half a character', mark: '\uD800' },
  ])('$what within a word makes it no word', async ({ mark }) => {
    await expectRefused(() => house.say(POLICE, `apol${mark}ogies for the next meeting`), 'unclear')
  })
})

describe('a name', () => {
  beforeEach(async () => {
    await open()
    await house.writer.write((tx) => tx.updateTable('person').set({ name: MARKUP }).where('name', '=', COLLEAGUE).execute())
  })
  afterEach(() => house.close())

  const substitute = async () => {
    const { id } = await house.handles.reading
      .selectFrom('person')
      .select('id')
      .where('name', '=', MARKUP)
      .executeTakeFirstOrThrow()
    return house.press(POLICE, { command: 'apologies.name_substitute', subject: meeting, values: { substitute: id } })
  }

  test('with markup in it is shown in words as it is written', async () => {
    expect(textOf(await substitute())).toContain(`You send apologies. ${MARKUP} will substitute.`)
    expect(textOf(await house.say('Grace Holloway', 'who is coming'))).toContain(`${MARKUP} (substitute for ${POLICE})`)
  })

  test('with markup in it is drawn as a run of text and never as markup', async () => {
    const answered = [await substitute(), await house.say('Grace Holloway', 'who is coming')].map(cardOf)
    await house.outbox.drain()
    const cards = [...answered, ...house.sent.map(({ card }) => card)].map((card) => adaptiveCard(card, (heading) => heading))
    const shown = cards.flatMap((card) => textsIn(card)).filter(({ text }) => text.includes('javascript:'))
    expect(shown.length).toBeGreaterThanOrEqual(3)
    for (const { type, text } of shown) expect({ type, text }).toEqual({ type: 'TextRun', text: MARKUP })
  })
})

describe('a press', () => {
  beforeEach(open)
  afterEach(() => house.close())

  const press = (pressed: Pressed, name = POLICE) => house.press(name, pressed)

  test.each(['apologies.approve', '', '__proto__', 'constructor', 'apologies.send ', 'a'.repeat(100_000)])(
    'of an unknown command is refused: %.20s',
    async (command) => {
      await expectRefused(() => press({ command, subject: meeting }), 'not_found')
    },
  )

  test.each(['', 'help', '../../etc/passwd', "' or 1=1 --", 'a'.repeat(100_000), '\u0000'])(
    'about something that is no id is refused: %.20s',
    async (subject) => {
      await expectRefused(() => press({ command: 'apologies.send', subject }), 'invalid')
    },
  )

  test.each(['apologies.send', 'apologies.attend', 'apologies.choose_substitute', 'apologies.coming'])(
    "of %s about another tenant's meeting is answered as if there were none",
    async (command) => {
      const other = await addOtherTenant(house)
      const hidden = await expectRefused(() => press({ command, subject: other.meeting }), 'not_found')
      expect(await expectRefused(() => press({ command, subject: NOBODY }), 'not_found')).toBe(hidden)
    },
  )

  test("for another member's seat is answered as if there were no such seat", async () => {
    const seat = await seatOf('Helen Marsh')
    const command = 'apologies.send'
    const others = await expectRefused(() => press({ command, subject: meeting, values: { seat } }), 'not_permitted')
    const none = await expectRefused(() => press({ command, subject: meeting, values: { seat: NOBODY } }), 'not_permitted')
    expect(others).toBe(none)
    expect(await answersOf(house, 'Helen Marsh')).toEqual([])
  })

  test('that names a substitute of another body is refused', async () => {
    const { id } = await house.handles.reading
      .selectFrom('person')
      .select('id')
      .where('name', '=', 'Joseph Brand')
      .executeTakeFirstOrThrow()
    const pressed = { command: 'apologies.name_substitute', subject: meeting, values: { substitute: id } }
    await expectRefused(() => press(pressed), 'not_found')
  })

  test('with ten thousand values is refused where one of them is wrong, and keeps none that is not asked for', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`key${at}`, 'x'.repeat(100)]))
    await expectRefused(() => press({ command: 'apologies.send', subject: meeting, values: { ...many, seat: 'x' } }), 'invalid')
    expect((await press({ command: 'apologies.attend', subject: meeting, values: many })).kind).toBe('card')
    expect((JSON.parse((await lastPayload()).payload) as { input: unknown }).input).toEqual({ subject: meeting })
  })

  test.each(['__proto__', 'constructor', 'toString', 'subject'])(
    'with a value called %s is the press without it',
    async (key) => {
      const values = JSON.parse(`{"${key}": "${NOBODY}"}`) as Record<string, string>
      expect((await press({ command: 'apologies.send', subject: meeting, values })).kind).toBe('card')
      expect((JSON.parse((await lastPayload()).payload) as { input: unknown }).input).toEqual({ subject: meeting })
      expect(Object.keys(Object.prototype)).toEqual([])
    },
  )

  test('or a word of a stranger is refused, and nothing of it is kept', async () => {
    const pressed = { command: 'apologies.send', subject: meeting }
    const refused = await expectRefused(() => press(pressed, 'Mallory Stranger'), 'not_permitted')
    expect(refused).toContain('I do not know you yet.')
    await expectRefused(() => house.say('Mallory Stranger', 'who is coming'), 'not_permitted')
    expect(await deliveriesThat('refused', house)).toEqual([])
  })

  test('of a known name in another workspace or on another platform is that of a stranger', async () => {
    const known = inbound(POLICE, { press: { command: 'apologies.send', subject: meeting } })
    for (const from of [
      { ...known.from, workspace: 'elsewhere' },
      { ...known.from, platform: 'slack' },
    ]) {
      await expectRefused(() => house.bot.answer({ ...known, from }), 'not_permitted')
    }
  })
})

describe('anything at all', () => {
  beforeEach(open)
  afterEach(() => house.close())

  const mostly = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: other })
  const anyone = mostly(fc.constantFrom(POLICE, 'Helen Marsh', COLLEAGUE, 'Grace Holloway'), fc.string())
  const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }))

  /** Never a fault; and where it is no reply to an act, nothing has changed. */
  const neverBreaks = async (asked: Inbound): Promise<void> => {
    const before = await rowCounts(house)
    const answer = await house.bot.answer(asked)
    expect(answer.kind).not.toBe('fault')
    if (answer.kind === 'refusal' || answer.kind === 'fault' || answer.of === 'query')
      expect(await rowCounts(house)).toEqual(before)
  }

  test('pressed is a reply or a refusal, and changes nothing unless it is a reply', async () => {
    const command = mostly(
      fc.constantFrom(...features.commands.keys()),
      fc.oneof(fc.constantFrom('__proto__', 'apologies.'), anyText),
    )
    const id = mostly(fc.constant(meeting), fc.oneof(fc.constantFrom(await seatOf(POLICE), NOBODY, 'help'), fc.uuid(), anyText))
    const key = mostly(anyText, fc.constantFrom('seat', 'substitute', 'substituteNamed', 'subject', '__proto__'))
    const values = fc.option(fc.dictionary(key, id, { maxKeys: 5 }), { nil: {} })
    const asked = fc.record({ name: anyone, command, subject: id, values })
    await fc.assert(
      fc.asyncProperty(asked, ({ name, ...press }) => neverBreaks(inbound(name, { press }))),
      { numRuns: 1_000 },
    )
    expect(house.acts.some(({ outcome }) => outcome === 'done')).toBe(true)
  })

  test('said is a reply or a refusal, and changes nothing unless it is a reply', async () => {
    const parts = ['apologies', ' for the next meeting', ', Ruth Hale will substitute', "I'll be there", 'who is coming', 'help']
    const pieced = fc.array(mostly(fc.constantFrom(...parts), anyText), { maxLength: 4 }).map((some) => some.join(''))
    const words = mostly(pieced, fc.oneof(anyText, fc.string({ unit: 'binary', minLength: 2_001, maxLength: 3_000 })))
    const asked = fc.record({ name: anyone, words, delivery: fc.string({ unit: 'binary' }), inChannel: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(asked, ({ name, words, ...options }) => neverBreaks(inbound(name, { words }, options))),
      { numRuns: 1_000 },
    )
    expect(house.acts.some(({ outcome }) => outcome === 'done')).toBe(true)
  })
})

function cardOf(answer: Answer): Card {
  if (answer.kind === 'form' || answer.kind === 'document') throw new Error(`a ${answer.kind}`)
  return answer.card
}

/** Every text in a drawn card, with the type of the element that holds it. */
function textsIn(drawn: unknown): readonly { type: unknown; text: string }[] {
  if (drawn === null || typeof drawn !== 'object') return []
  const type = 'type' in drawn ? drawn.type : null
  return Object.values(drawn).flatMap((value: unknown) => (typeof value === 'string' ? [{ type, text: value }] : textsIn(value)))
}

async function seatOf(name: string): Promise<string> {
  const row = await house.handles.reading
    .selectFrom('holding')
    .innerJoin('person', 'person.id', 'holding.person_id')
    .select('holding.seat_id')
    .where('person.name', '=', name)
    .executeTakeFirstOrThrow()
  return row.seat_id
}

const lastPayload = () =>
  house.handles.reading.selectFrom('journal_payload').select('payload').orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow()
