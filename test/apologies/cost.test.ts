import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../house.js'
import { assisted } from './assisted.js'

/** At most this many SQL statements an apology, from the platform's door to the acknowledgement. */
const MOST_STATEMENTS = 14

let house: TestHouse
let statements: string[]
const MEMBERS = [
  'Daniel Okafor',
  'Helen Marsh',
  'Tom Beresford',
  'Dr Simon Kerr',
  'Cllr Owen Pryce',
  'Aisha Rahman',
  'June Whitfield',
]

beforeEach(async () => {
  statements = []
  house = await openTestHouse({ executed: (sql) => statements.push(sql) })
  await house.outbox.close()
  statements = []
})
afterEach(() => house.close())

const press = async (name: string, command: string, values: Record<string, string> = {}) => {
  const subject = await house.meeting()
  const person = await house.handles.reading
    .selectFrom('person')
    .select(['id', 'name'])
    .where('name', '=', 'Ruth Hale')
    .executeTakeFirstOrThrow()
  statements = []
  return house.press(name, {
    command,
    subject,
    values: { ...values, ...(values.substitute ? { substitute: person.id } : {}) },
  })
}

describe(`at most ${MOST_STATEMENTS} statements, alone, with its own begin and commit`, () => {
  test.each([
    { what: 'a press', act: () => press('Daniel Okafor', 'apologies.send') },
    {
      what: 'a form with a substitute',
      act: () => press('Daniel Okafor', 'apologies.name_substitute', { substitute: 'Ruth Hale' }),
    },
    { what: 'words', act: () => house.say('Daniel Okafor', 'apologies for the next meeting') },
    {
      what: 'words with a substitute',
      act: () => house.say('Daniel Okafor', 'apologies for the next meeting, Ruth Hale will substitute'),
    },
    {
      what: 'words in the channel',
      act: () => house.say('Daniel Okafor', 'apologies for the next meeting', { inChannel: true }),
    },
  ])('$what', async ({ act }) => {
    const answer = await act()
    expect(answer.kind).toBe('card')
    expect(statements[0]).toContain('identity')
    expect(statements.at(-1)).toBe('commit')
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(MOST_STATEMENTS)
  })
})

test('64 at once: as many statements each, and one commit a group', async () => {
  const subject = await house.meeting()
  statements = []
  const presses = Array.from({ length: 64 }, (_, n) => {
    const command = n < MEMBERS.length ? 'apologies.send' : n % 2 === 0 ? 'apologies.send' : 'apologies.attend'
    return house.press(MEMBERS[n % MEMBERS.length] ?? '', { command, subject })
  })
  const answers = await Promise.all(presses)
  expect(answers.every(({ kind }) => kind === 'card')).toBe(true)
  expect(statements.length / 64).toBeLessThanOrEqual(MOST_STATEMENTS)
  expect(statements.filter((sql) => sql === 'commit').length).toBeLessThanOrEqual(2)
})

/** The statements that read a table through. */
async function scansOf({ handles }: TestHouse, all: readonly string[]) {
  const seen = [...new Set(all)].map((sql) => sql.trim()).filter((sql) => /^(?:select|insert|update|delete)/.test(sql))
  expect(seen.length).toBeGreaterThan(8)
  const plans = await Promise.all(
    seen.map(async (sql) => {
      const parameters = Array.from({ length: sql.split('?').length - 1 }, () => 'x')
      const { rows } = await handles.reading.executeQuery<{ detail: string }>(
        CompiledQuery.raw(`explain query plan ${sql}`, parameters),
      )
      return { sql, scans: rows.map(({ detail }) => detail).filter((detail) => /^SCAN (?!\d+ CONSTANT)/.test(detail)) }
    }),
  )
  return plans.filter(({ scans }) => scans.length > 0)
}

test('every table that grows is searched by an index: an apology reads none of them through', async () => {
  await press('Daniel Okafor', 'apologies.send')
  expect(await scansOf(house, statements)).toEqual([])
})

describe('words of those who answer for others', () => {
  let house: TestHouse
  let statements: string[] = []
  beforeEach(async () => {
    house = await assisted({ executed: (sql) => statements.push(sql) })
    statements = []
  })
  afterEach(() => house.close())

  test.each([
    { what: 'a deputy', by: 'Ruth Hale', words: "Daniel can't come on the 16th, I'll stand in", most: MOST_STATEMENTS },
    { what: 'an assistant', by: 'Priya Nair', words: 'apologies from Daniel for March, Tariq will sub', most: MOST_STATEMENTS },
    { what: 'the clerk', by: 'Grace Holloway', words: 'apologies from June for the 16th, Leon will sub', most: MOST_STATEMENTS },
    // One more writes down who is new.
    { what: 'a stranger', by: 'Daniel Okafor', words: 'apologies for the 16th, Neil Farrow will sub', most: MOST_STATEMENTS + 1 },
  ])('$what', async ({ by, words, most }) => {
    expect(await house.say(by, words)).toMatchObject({ kind: 'card', of: 'act' })
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(most)
    const scans = await scansOf(house, statements)
    expect(scans).toEqual([])
  })

  test.each(['terms', 'roster', 'standing items', 'print the agenda', 'call a meeting on 5 May 2027 at 10', 'help'])(
    '“%s” is no apology, and costs no reading of them',
    async (words) => {
      await house.say('Grace Holloway', words)
      expect(statements.filter((sql) => sql.includes("'meeting' as kind"))).toEqual([])
    },
  )
})
