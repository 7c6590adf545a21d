import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestHouse } from '../house.js'
import { assisted } from './assisted.js'
import { type Labelled, outcomeOf } from './outcome.js'

let house: TestHouse
beforeAll(async () => {
  house = await assisted()
})
afterAll(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const read = (file: string) => parse(readFileSync(new URL(file, import.meta.url)), { columns: true }) as readonly Labelled[]
const rows = read('./corpus.csv')

test('at least 300 sentences, of all kinds', () => {
  expect(rows.length).toBeGreaterThanOrEqual(300)
})

describe('what officials write', () => {
  test('not one false act, and nine of ten of the true ones understood at once', { timeout: 120_000 }, async () => {
    const outcomes: Awaited<ReturnType<typeof outcomeOf>>[] = []
    for (const row of rows) outcomes.push(await outcomeOf(house, row))
    const wrong = outcomes.filter(({ came }) => came === 'wrong')
    expect(wrong.map(({ row, shown }) => `${row.speaker}: ${row.sentence} => ${shown}`)).toEqual([])
    const truth = outcomes.filter(({ row }) => row.means !== 'ask' && row.means !== 'nothing')
    const understood = truth.filter(({ came }) => came === 'understood')
    expect(understood.length / truth.length).toBeGreaterThanOrEqual(0.9)
    // All the others are asked about, or refused with what to do.
    const lost = truth.filter(({ came }) => came === 'not understood')
    expect(lost.map(({ row }) => `${row.speaker}: ${row.sentence}`)).toEqual([])
    const doubtful = outcomes.filter(({ row }) => row.means === 'ask')
    const asked = doubtful.filter(({ came }) => came === 'asked' || came === 'refused')
    expect(asked.length / doubtful.length).toBeGreaterThanOrEqual(0.9)
    // What is about something else is not even asked about.
    const bothered = outcomes.filter(({ row, came }) => row.means === 'nothing' && came === 'asked')
    expect(bothered.map(({ row }) => `${row.speaker}: ${row.sentence}`)).toEqual([])
    if (process.env.QUORATE_FIGURES)
      console.log({
        all: rows.length,
        truth: truth.length,
        understood: understood.length,
        doubtful: doubtful.length,
        asked: asked.length,
      })
  })
})

/** Written after the reader, and read by it before it was bettered: 45, 60 and 53 of a hundred true ones at the first go, nothing falsely. */
test('of what was written later nothing is done falsely, and three of four are understood at once', {
  timeout: 60_000,
}, async () => {
  const outcomes: Awaited<ReturnType<typeof outcomeOf>>[] = []
  for (const row of read('./further.csv')) outcomes.push(await outcomeOf(house, row))
  const wrong = outcomes.filter(({ came }) => came === 'wrong')
  expect(wrong.map(({ row, shown }) => `${row.speaker}: ${row.sentence} => ${shown}`)).toEqual([])
  const truth = outcomes.filter(({ row }) => row.means !== 'ask' && row.means !== 'nothing')
  if (process.env.QUORATE_FIGURES)
    console.log({
      later: outcomes.length,
      truth: truth.length,
      understood: truth.filter(({ came }) => came === 'understood').length,
      asked: truth.filter(({ came }) => came === 'asked').length,
    })
  expect(truth.filter(({ came }) => came === 'understood').length / truth.length).toBeGreaterThanOrEqual(0.75)
})
