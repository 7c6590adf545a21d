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
    slack: null,
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
  // Of the two ways to connect Slack it shows both, and one is meant.
  const { SLACK_SIGNING_SECRET, ...socket } = set
  const { SLACK_APP_TOKEN, ...http } = set
  expect(configFrom(socket).slack).toMatchObject({ by: { socket: SLACK_APP_TOKEN } })
  expect(configFrom(http).slack).toMatchObject({ by: { signingSecret: SLACK_SIGNING_SECRET } })
})

describe('Slack', () => {
  const DATABASE_URL = 'file:data/quorate.db'
  const bot = 'xoxb-1-2-abc'
  const app = 'xapp-1-A1-2-abc'
  const secret = '0123456789abcdef0123456789abcdef'

  test('is connected by a socket or by requests', () => {
    const socket = configFrom({ DATABASE_URL, SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app })
    expect(socket.slack).toEqual({ botToken: bot, by: { socket: app }, apiUrl: null })
    const http = configFrom({
      DATABASE_URL,
      SLACK_BOT_TOKEN: bot,
      SLACK_SIGNING_SECRET: secret,
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
    })
    expect(http.slack).toEqual({ botToken: bot, by: { signingSecret: secret }, apiUrl: 'http://127.0.0.1:4000/api/' })
  })

  test.each([
    { set: { SLACK_BOT_TOKEN: 'xoxp-1' }, says: 'SLACK_BOT_TOKEN must be the bot’s token' },
    { set: { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: 'xoxb-1' }, says: 'SLACK_APP_TOKEN must be an app-level token' },
    { set: { SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: 'hush' }, says: 'SLACK_SIGNING_SECRET must be the signing secret' },
    { set: { SLACK_BOT_TOKEN: bot }, says: 'nothing says how Slack reaches Quorate' },
    { set: { SLACK_APP_TOKEN: app }, says: 'SLACK_APP_TOKEN is set and SLACK_BOT_TOKEN is not' },
    { set: { SLACK_SIGNING_SECRET: secret }, says: 'SLACK_SIGNING_SECRET is set and SLACK_BOT_TOKEN is not' },
    {
      set: { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret },
      says: 'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set',
    },
    {
      set: { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_API_URL: 'http://slack.example.org/api/' },
      says: 'SLACK_API_URL must be an https address',
    },
    {
      set: { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_API_URL: 'http://127.0.0.1.example.org/' },
      says: 'SLACK_API_URL must be an https address',
    },
  ])('$says', ({ set, says }) => {
    expect(() => configFrom({ DATABASE_URL, ...set })).toThrow(StartError)
    expect(() => configFrom({ DATABASE_URL, ...set })).toThrow(says)
  })

  test('is not connected to the demonstration', () => {
    expect(() => configFrom({ SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app })).toThrow('Name a database in DATABASE_URL')
  })
})
