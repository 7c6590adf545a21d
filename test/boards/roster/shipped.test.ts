import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { quorumOf } from '../../../src/boards/quorum.js'
import { rosterFrom } from '../../../src/boards/roster/rules.js'
import { ROSTER_TEMPLATE } from '../../../src/boards/roster/text.js'
import { bytesOf, GRAVESHAM, linesOf } from './spreadsheet.js'

const example = readFileSync(new URL('../../../docs/gravesham-roster.csv', import.meta.url))

function rosterOf(bytes: Uint8Array) {
  const answer = rosterFrom(linesOf(bytes), GRAVESHAM, { people: [] })
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults))
  return answer
}

describe('the example of Gravesham', () => {
  const { roster, warnings } = rosterOf(example)

  test('is right, and nothing is to be said of it', () => {
    expect(warnings).toEqual([])
    expect(roster.organisations).toHaveLength(11)
  })

  test('has everybody at example.org', () => {
    expect(roster.people.filter(({ email }) => !email?.endsWith('@example.org'))).toEqual([])
  })

  test('has every body that the quorum counts, by a name that the terms know', () => {
    const places = roster.seats.map(({ organisation, standing }, at) => {
      const formerly = roster.organisations.find(({ name }) => name === organisation)?.formerly ?? []
      const filled = roster.holdings.some((one) => one.organisation === organisation && one.capacity === 'representative')
      return { seat: String(at), organisation, formerly, invited: standing !== 'member', filled }
    })
    const present = places
      .filter(({ filled }) => filled)
      .map(({ seat, organisation }) => ({ person: seat, seat, organisation, offices: [] }))
    expect(quorumOf(GRAVESHAM, places, present)).toMatchObject([{ represented: 6, required: 3, of: 6, quorate: true }])
  })
})

test('the template imports, and only says that its invented board is not this one', () => {
  const { roster, warnings } = rosterOf(bytesOf(ROSTER_TEMPLATE, 'UTF-8'))
  expect(roster.people).toHaveLength(3)
  expect(warnings.filter((said) => !/^The quorum counts|does not count for the quorum|^The terms name/.test(said))).toEqual([])
})
