import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../house.js'

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

test('every table that grows is searched by an index: an apology reads none of them through', async () => {
  await press('Daniel Okafor', 'apologies.send')
  const seen = [...new Set(statements)].filter((sql) => /^(?:select|insert|update|delete)/.test(sql))
  const plans = await Promise.all(
    seen.map(async (sql) => {
      const parameters = Array.from({ length: sql.split('?').length - 1 }, () => 'x')
      const { rows } = await house.handles.reading.executeQuery<{ detail: string }>(
        CompiledQuery.raw(`explain query plan ${sql}`, parameters),
      )
      return {
        sql,
        scans: rows.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN')),
      }
    }),
  )
  expect(seen.length).toBeGreaterThan(8)
  expect(plans.filter(({ scans }) => scans.length > 0)).toEqual([])
})
