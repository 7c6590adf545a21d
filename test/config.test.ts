import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { configFrom, Environment } from '../src/config.js'
import { StartError } from '../src/kernel/start-error.js'

test('with nothing set, the demonstration on port 3978', () => {
  expect(configFrom({})).toEqual({
    port: 3978,
    file: 'data/demo.db',
    demonstration: true,
    keys: null,
    publicUrl: null,
    now: null,
    log: 'info',
    unattended: false,
  })
})

test('a setting left blank is a setting not made', () => {
  expect(configFrom({ PORT: '', DATABASE_URL: ' ', QUORATE_NOW: '', QUORATE_LOG: '' })).toEqual(configFrom({}))
})

test('a named database is a real one', () => {
  expect(configFrom({ DATABASE_URL: 'file:/var/lib/quorate.db' })).toMatchObject({
    file: '/var/lib/quorate.db',
    demonstration: false,
  })
})

test.each([
  { set: 'https://quorate.example.org', url: 'https://quorate.example.org' },
  { set: ' http://10.0.0.7:8080/board// ', url: 'http://10.0.0.7:8080/board' },
])('PUBLIC_URL $set has no slash at its end', ({ set, url }) => {
  expect(configFrom({ PUBLIC_URL: set }).publicUrl).toBe(url)
})

describe('a wrong setting stops the start with a sentence that names it', () => {
  test.each([
    { set: { PORT: 'three' }, says: 'PORT must be a number.' },
    { set: { PORT: '70000' }, says: 'PORT must be at most 65535.' },
    { set: { PORT: '80.5' }, says: 'PORT must be a whole number.' },
    {
      set: { DATABASE_URL: 'quorate.db' },
      says: 'DATABASE_URL must begin with file: and name a file, as in file:data/quorate.db.',
    },
    ...['quorate.example.org', 'ftp://example.org', 'https://example.org/?a=b', 'https://a@example.org', 'https://'].map(
      (url) => ({
        set: { PUBLIC_URL: url },
        says: 'PUBLIC_URL must be an address without a question mark, as in https://quorate.example.org.',
      }),
    ),
    { set: { QUORATE_NOW: 'tomorrow' }, says: 'QUORATE_NOW must look like 2025-07-14T09:55.' },
    { set: { QUORATE_LOG: 'loud' }, says: 'QUORATE_LOG must be one of fatal, error, warn, info, debug, silent.' },
  ])('$says', ({ set, says }) => {
    expect(() => configFrom(set)).toThrow(StartError)
    expect(() => configFrom(set)).toThrow(says)
  })
})

test('the example settings hold every setting, and are right as they stand', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  // CI is the machine's, not ours to set.
  const ours = Object.keys(Environment.shape).filter((name) => name !== 'CI')
  expect(ours).toContain('DATABASE_URL')
  for (const name of ours) expect(example).toMatch(new RegExp(`^(?:# )?${name}=`, 'm'))
  const set = Object.fromEntries(
    [...example.matchAll(/^(?:# )?([A-Z_]+)=(.*)$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']),
  )
  expect(() => configFrom(set)).not.toThrow()
})
