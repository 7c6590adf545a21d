import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stageFor } from '../../../src/demonstration/stage.js'
import { LARGEST_PAPER } from '../../../src/kernel/files.js'
import { newId } from '../../../src/kernel/ids.js'
import { hub } from '../../../src/platforms/web/hub.js'
import { LARGEST_FILE } from '../../../src/platforms/web/limits.js'
import { mountPage } from '../../../src/platforms/web/mount.js'
import type { Answered, ClockView, Message, Session, Uploaded } from '../../../src/platforms/web/protocol.js'
import { openTestHouse, type TestHouse } from '../../house.js'
import { pdf } from '../../papers.js'

const POLICE = 'daniel.okafor@example.org'
const CLERK = 'grace.holloway@example.org'

let house: TestHouse
let server: Server
let address: string
let faults: unknown[]

beforeEach(async () => {
  house = await openTestHouse()
  faults = []
  const app = express()
  const clock = house.demonstration
  if (!clock) throw new Error('not a demonstration')
  const pages = hub((error) => faults.push(error))
  await pages.follow(house.handles.reading)
  const stage = stageFor(house.handles.reading, clock, house.tick)
  const { reading } = house.handles
  mountPage(app, { ...house, reading, hub: pages, systemClock: house.clock, stage }, (error) => faults.push(error))
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await house.close()
})

async function ask<Result>(path: string): Promise<Result> {
  return (await (await fetch(address + path)).json()) as Result
}

const post = (path: string, body: string | object, type = 'application/json') =>
  fetch(address + path, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const say = async (as: string, words: string, place = 'direct', delivery = newId()): Promise<Answered> =>
  (await (await post('/api/say', { as, delivery, place, words })).json()) as Answered

const messages = async (as: string, place = 'direct') =>
  (await ask<{ messages: Message[] }>(`/api/messages?as=${as}&place=${place}`)).messages

describe('the page is told', () => {
  test('who there is, where they may talk, and the time', async () => {
    const session = await ask<Session>('/api/session')
    expect(session.me).toEqual({ email: POLICE, name: 'Daniel Okafor', role: 'Kent Police' })
    expect(session.people).toHaveLength(20)
    expect(session.places.map(({ id }) => id)).toEqual(['kcsp', 'direct'])
    expect(session.clock.text).toBe('Sunday 22 November 2026, 10:00')
  })

  test('a conversation in the order in which it was held, the question before its answer', async () => {
    await say(POLICE, 'help')
    await say(POLICE, 'who is coming')
    const shown = (await messages(POLICE)).map(({ body }) => ('words' in body ? body.words : body.plain.split('\n')[0]))
    expect(shown).toEqual(['help', 'What you can do here now', 'who is coming', 'Who is coming on Wednesday 16 December 2026'])
  })

  test('of events as they happen, each to whom they are for', async () => {
    const stream = await fetch(`${address}/api/events?as=${CLERK}`)
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    await say(POLICE, 'help')
    await say(POLICE, 'Good morning all', 'kcsp')
    let heard = ''
    while (!heard.includes('Good morning all')) heard += (await reader?.read())?.value ?? ''
    expect(heard).not.toContain('What you can do here now')
    await reader?.cancel()
  })
})

test('a file of the largest size is taken, and the conversation names it', async () => {
  const file = { name: 'gravesham.csv', base64: Buffer.alloc(LARGEST_FILE, 'a').toString('base64') }
  const response = await post('/api/say', { as: POLICE, delivery: newId(), place: 'direct', words: 'x'.repeat(5_000), file })
  expect(response.status).toBe(200)
  const [said] = await messages(POLICE)
  expect(said?.body).toEqual({ words: `${'x'.repeat(4_000)}\n(with gravesham.csv)` })
})

test('who there is and where is told anew when it has changed, and not otherwise', async () => {
  const stream = await fetch(`${address}/api/events?as=${CLERK}`)
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const hear = async (what: string) => {
    while (!heard.includes(what)) heard += (await reader?.read())?.value ?? ''
  }
  const times = () => heard.split('event: session').length - 1
  await say(POLICE, 'Good morning', 'kcsp')
  await hear('Good morning')
  const before = times()
  await say(POLICE, 'Good morning again', 'kcsp')
  await hear('again')
  expect(times()).toBe(before)
  const { reading } = house.handles
  const { id: board } = await reading.selectFrom('board').select('id').executeTakeFirstOrThrow()
  const gravesham = { platform: 'web', workspace: 'demonstration', id: 'gravesham', board_id: board, kind: 'private' } as const
  await house.writer.write(async (tx) => {
    await tx.insertInto('place').values(gravesham).execute()
    await tx.updateTable('person').set({ name: 'Ann Other' }).where('email', '=', POLICE).execute()
  })
  await say(POLICE, 'Hello all', 'gravesham')
  await hear('Hello all')
  expect(times()).toBe(before + 1)
  expect(heard).toContain('"author":{"kind":"person","name":"Ann Other"}')
  await reader?.cancel()
})

describe('a repeated delivery', () => {
  test('of words is answered again, done once, and shown once', async () => {
    const delivery = newId()
    const first = await say(POLICE, 'apologies for the next meeting', 'direct', delivery)
    const second = await say(POLICE, 'apologies for the next meeting', 'direct', delivery)
    expect(second).toEqual(first)
    expect(await messages(POLICE)).toHaveLength(2)
    const kept = await house.handles.reading.selectFrom('journal').select('seq').execute()
    expect(kept).toHaveLength(2)
  })
})

describe('what the page sends wrong is answered with a sentence, and changes nothing', () => {
  test.each([
    { what: 'no JSON', path: '/api/say', body: '{', status: 400 },
    { what: 'null', path: '/api/say', body: 'null', status: 400 },
    {
      what: 'nobody of the demonstration',
      path: '/api/say',
      body: { as: 'x@example.org', delivery: newId(), place: 'direct', words: 'help' },
      status: 404,
    },
    {
      what: 'no such place',
      path: '/api/say',
      body: { as: POLICE, delivery: newId(), place: 'other', words: 'help' },
      status: 404,
    },
    { what: 'no delivery', path: '/api/say', body: { as: POLICE, place: 'direct', words: 'help' }, status: 400 },
    {
      what: 'a file that is not in base64',
      path: '/api/say',
      body: { as: POLICE, delivery: newId(), place: 'direct', words: 'read this', file: { name: 'a.csv', base64: 'é,ü' } },
      status: 400,
    },
    {
      what: 'a file with a name without end',
      path: '/api/say',
      body: { as: POLICE, delivery: newId(), place: 'direct', words: 'read this', file: { name: 'a'.repeat(201), base64: '' } },
      status: 400,
    },
    { what: 'no words', path: '/api/say', body: { as: POLICE, delivery: newId(), place: 'direct', words: '' }, status: 400 },
    {
      what: 'more than a megabyte',
      path: '/api/say',
      body: { as: POLICE, delivery: newId(), place: 'direct', words: 'a'.repeat(1_100_000) },
      status: 413,
    },
    {
      what: 'values that are no text',
      path: '/api/act',
      body: { as: POLICE, delivery: newId(), place: 'direct', message: '', command: 'x', subject: 'x', values: { a: 1 } },
      status: 400,
    },
    { what: 'a clock that goes back', path: '/api/clock', body: { to: '2020-01-01T09:00' }, status: 400 },
    { what: 'a time that there is not', path: '/api/clock', body: { to: 'tomorrow' }, status: 400 },
  ])('$what', async ({ path, body, status }) => {
    const response = await post(path, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ error: expect.stringMatching(/^[A-Z].*\.$/) })
    expect(await messages(POLICE)).toEqual([])
    expect(faults).toEqual([])
  })

  test('a form of another site', async () => {
    expect((await post('/api/clock', 'by=day', 'application/x-www-form-urlencoded')).status).toBe(415)
  })

  test('words of 100 kB are answered by the bot, as on any platform', async () => {
    const answered = await say(POLICE, 'a'.repeat(100_000))
    expect(answered).toMatchObject({
      kind: 'message',
      message: { body: { plain: expect.stringContaining('I read at most 2000') } },
    })
  })
})

describe('a file sent ahead of its form', () => {
  const send = (bytes: Uint8Array, headers: Record<string, string> = {}, query = `as=${CLERK}&name=Report.pdf`) =>
    fetch(`${address}/api/upload?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', ...headers },
      body: Buffer.from(bytes),
    })
  const uploads = () => house.handles.reading.selectFrom('upload').selectAll().execute()

  test('is taken in as it is, and answered with its id', async () => {
    const sent = (await (await send(pdf('Long', 3_000_000))).json()) as Uploaded
    const [row] = await uploads()
    expect(sent).toEqual({ kind: 'received', upload: row?.id, name: 'Report.pdf', bytes: 3_000_000 })
  })

  test.each([
    { what: 'too large', bytes: pdf('x', LARGEST_PAPER + 1), says: 'more than 25 MB' },
    { what: 'far too large', bytes: pdf('x', 2 * LARGEST_PAPER), says: 'more than 25 MB' },
    { what: 'no PDF', bytes: Buffer.from('MZ'), says: 'is not what its name says' },
    { what: 'empty', bytes: Buffer.alloc(0), says: 'is empty' },
  ])('that is $what is refused at its field', async ({ bytes, says }) => {
    const response = await send(bytes)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ kind: 'fields', fields: { file: expect.stringContaining(says) } })
    expect(await uploads()).toEqual([])
    expect(faults).toEqual([])
  })

  test.each([
    { what: 'by another site’s page', headers: { origin: 'https://example.org' }, status: 403 },
    { what: 'by another site’s form', headers: { 'content-type': 'multipart/form-data; boundary=x' }, status: 415 },
    { what: 'as words', headers: { 'content-type': 'text/plain' }, status: 415 },
    { what: 'as JSON', headers: { 'content-type': 'application/json' }, status: 415 },
    { what: 'by nobody', query: 'name=a.pdf', status: 400 },
    { what: 'by a stranger', query: 'as=nobody@example.org&name=a.pdf', status: 404 },
    { what: 'without a name', query: `as=${CLERK}`, status: 400 },
  ])('$what is not taken', async ({ headers = {}, query, status }) => {
    const response = await send(pdf(), headers, query)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ error: expect.stringMatching(/^[A-Z].*\.$/) })
    expect(await uploads()).toEqual([])
  })

  test('what is no file is not sent as one', async () => {
    expect((await post('/api/say', '{}', 'application/octet-stream')).status).toBe(415)
  })
})

test('a message of another person cannot be changed by a press on it', async () => {
  const sent = await say(CLERK, 'help')
  const message = sent.kind === 'message' ? sent.message.id : ''
  await post('/api/act', {
    as: POLICE,
    delivery: newId(),
    place: 'direct',
    message,
    command: 'apologies.send',
    subject: await house.meeting(),
    values: {},
  })
  expect((await messages(CLERK)).find(({ id }) => id === message)?.body).toMatchObject({
    plain: expect.stringContaining('What you can do'),
  })
})

test('the clock moves by an hour, a day, to the next working morning, and to a time', async () => {
  const move = async (by: object) => ((await (await post('/api/clock', by)).json()) as ClockView).text
  expect(await move({ by: 'hour' })).toBe('Sunday 22 November 2026, 11:00')
  expect(await move({ by: 'day' })).toBe('Monday 23 November 2026, 11:00')
  expect(await move({ by: 'morning' })).toBe('Tuesday 24 November 2026, 09:00')
  expect(await move({ to: '2026-12-24T17:00' })).toBe('Thursday 24 December 2026, 17:00')
  expect(await move({ by: 'morning' })).toBe('Tuesday 29 December 2026, 09:00')
})

test('the page’s policy lets nothing from elsewhere run', async () => {
  const { headers } = await fetch(`${address}/api/session`)
  expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('nobody can write over another’s message by its id', async () => {
  const delivery = newId()
  await say(POLICE, 'I support it', 'kcsp', delivery)
  const [first] = await messages(POLICE, 'kcsp')
  await say(CLERK, 'I oppose it', 'kcsp', delivery)
  const shown = await messages(POLICE, 'kcsp')
  expect(shown).toHaveLength(2)
  expect(shown[0]).toEqual(first)
})

test('the clock goes no further than boards do', async () => {
  expect((await post('/api/clock', { to: '9999-01-01T09:00' })).status).toBe(400)
})
