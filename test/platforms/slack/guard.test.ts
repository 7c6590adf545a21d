import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { App, ReceiverEvent } from '@slack/bolt'
import express from 'express'
import { Temporal } from 'temporal-polyfill'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { guarded } from '../../../src/platforms/slack/guard.js'
import { FORM_TYPE, JSON_TYPE, type Sent, sendingTo, signatureOf } from './signed.js'

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'
const NOW = Temporal.Instant.from('2026-11-23T10:00:00.400Z')
const SECONDS = Math.floor(NOW.epochMilliseconds / 1_000)
const FIVE_MINUTES = 300
const FOUR_MB = 4 * 1024 * 1024

interface Door {
  readonly port: number
  readonly server: Server
  /** bodies that came through */
  readonly let: unknown[]
}

async function openDoor(secret: string): Promise<Door> {
  const { receiver, routes } = guarded(secret, { now: () => NOW })
  const let_: unknown[] = []
  const app = {
    processEvent: async ({ body, ack }: ReceiverEvent) => {
      let_.push(body)
      await ack()
    },
  }
  receiver.init(app as unknown as App)
  const server = createServer(express().use(routes))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, server, let: let_ }
}

interface Case extends Sent {
  readonly name: string
}

/** Bodies as Slack sends them, each with its type. */
const BODIES: readonly (readonly [type: string, body: string])[] = [
  [JSON_TYPE, '{"type":"event_callback","event":{"type":"message","text":"Genügt – ja"}}'],
  [FORM_TYPE, 'command=%2Fquorate&text=help+me'],
  [FORM_TYPE, `payload=${encodeURIComponent('{"type":"block_actions","actions":[]}')}`],
]
const [[, EVENT] = ['', '']] = BODIES

const at = (seconds: number): string => String(SECONDS + seconds)

const TIMESTAMPS: readonly (readonly [name: string, timestamp: string])[] = [
  ...[-301, -300, -299, -150, -1, 0, 1, 150, 299, 300, 301, -302, 302, -298, 298, -3_600, 3_600, -86_400, 86_400].map(
    (off) => [`${off} s`, at(off)] as const,
  ),
  ['1970', '0'],
  ['a second after 1970', '1'],
  ['negative', `-${SECONDS}`],
  ['minus zero', '-0'],
  ['with a plus', `+${SECONDS}`],
  ['a float', `${SECONDS}.0`],
  ['a float with a half', `${SECONDS}.5`],
  ['hexadecimal', `0x${SECONDS.toString(16)}`],
  ['octal', `0o${SECONDS.toString(8)}`],
  ['with an exponent', `${SECONDS / 1_000_000_000}e9`],
  ['with an exponent of nothing', `${SECONDS}e0`],
  ['spaces around', ` ${SECONDS} `],
  ['a space within', `${at(0).slice(0, 5)} ${at(0).slice(5)}`],
  ['a leading zero', `0${SECONDS}`],
  ['leading zeros', `000${SECONDS}`],
  ['in milliseconds', `${SECONDS}000`],
  ['empty', ''],
  ['a word', 'now'],
  ['NaN', 'NaN'],
  ['Infinity', 'Infinity'],
  ['with a separator', at(0).replace(/(...)$/, ',$1')],
  ['with an underscore', at(0).replace(/(...)$/, '_$1')],
  ['a letter behind', `${SECONDS}s`],
  ['two in one', `${SECONDS},${SECONDS}`],
  ['very long', '9'.repeat(400)],
  ['a date', 'Mon, 23 Nov 2026 10:00:00 GMT'],
]

type Sign = (timestamp: string, body: Buffer) => readonly string[]
const TS = 'x-slack-request-timestamp'
const SIG = 'x-slack-signature'
const right = (timestamp: string, body: Buffer): string => signatureOf(SECRET, timestamp, body)
const hex = (signature: string): string => signature.slice('v0='.length)

/** The signatures that a request comes with: one, none or two. */
const SIGNATURES: readonly (readonly [name: string, sign: Sign])[] = [
  ['right', (timestamp, body) => [right(timestamp, body)]],
  ['right once more', (timestamp, body) => [right(timestamp.trim(), body)]],
  ['by another secret', (timestamp, body) => [signatureOf(`${SECRET}0`, timestamp, body)]],
  ['by no secret', (timestamp, body) => [signatureOf('', timestamp, body)]],
  ['cut', (timestamp, body) => [right(timestamp, body).slice(0, -1)]],
  ['lengthened', (timestamp, body) => [`${right(timestamp, body)}0`]],
  ['upper case', (timestamp, body) => [`v0=${hex(right(timestamp, body)).toUpperCase()}`]],
  ['another version', (timestamp, body) => [`v1=${hex(right(timestamp, body))}`]],
  ['without a version', (timestamp, body) => [hex(right(timestamp, body))]],
  ['with more behind', (timestamp, body) => [`${right(timestamp, body)}=v0`]],
  ['of nothing', () => ['v0=']],
  ['empty', () => ['']],
  ['missing', () => []],
  ['doubled, the right one first', (timestamp, body) => [right(timestamp, body), `v0=${'0'.repeat(64)}`]],
  ['doubled, the right one last', (timestamp, body) => [`v0=${'0'.repeat(64)}`, right(timestamp, body)]],
  ['doubled, both right', (timestamp, body) => [right(timestamp, body), right(timestamp, body)]],
  ['of a body without its last byte', (timestamp, body) => [right(timestamp, body.subarray(0, -1))]],
  ['of no timestamp', (_, body) => [right('', body)]],
  ['of the timestamp a second later', (timestamp, body) => [right(String(Number(timestamp) + 1), body)]],
  ['of the body alone', (_, body) => [`v0=${createHmac('sha256', SECRET).update(body).digest('hex')}`]],
]

const requestOf = (
  name: string,
  {
    type = JSON_TYPE,
    body = Buffer.from(EVENT),
    times = [at(0)],
    sign = SIGNATURES[0]?.[1],
    more = [],
    method = 'POST',
    chunked = false,
  }: {
    type?: string | null
    body?: Buffer
    times?: readonly string[]
    sign?: Sign | undefined
    more?: Sent['headers']
    method?: string
    chunked?: boolean
  } = {},
): Case => ({
  name,
  method,
  body,
  chunked,
  headers: [
    ...(type === null ? [] : [['content-type', type] as const]),
    ...times.map((time) => [TS, time] as const),
    ...(sign?.(times[0] ?? '', body) ?? []).map((one) => [SIG, one] as const),
    ...more,
  ],
})

const combined: readonly Case[] = TIMESTAMPS.flatMap(([time, timestamp]) =>
  SIGNATURES.flatMap(([signature, sign], nth) => {
    const [type, body] = BODIES[nth % BODIES.length] ?? [JSON_TYPE, EVENT]
    return [requestOf(`${time}, ${signature}`, { type, body: Buffer.from(body), times: [timestamp], sign })]
  }),
)

/** Bodies that are not what was signed. */
const altered: readonly Case[] = [...Buffer.from(EVENT)].flatMap((byte, position) => {
  const body = Buffer.from(EVENT)
  body[position] = byte ^ 1
  const sign: Sign = (timestamp) => [right(timestamp, Buffer.from(EVENT))]
  return [requestOf(`byte ${position} altered`, { body, sign })]
})

const signedAs =
  (signed: Buffer | string): Sign =>
  (timestamp) => [right(timestamp, Buffer.from(signed))]
const NOT_TEXT = Buffer.from([...Buffer.from('{"a":"'), 0xff, 0xc3, 0x28, ...Buffer.from('"}')])

const particular: readonly Case[] = [
  ...['\n', '\r\n', ' ', '\0'].flatMap((tail) => [
    requestOf(`with ${JSON.stringify(tail)} behind, which was not signed`, {
      body: Buffer.from(EVENT + tail),
      sign: signedAs(EVENT),
    }),
    requestOf(`with ${JSON.stringify(tail)} behind, which was signed`, { body: Buffer.from(EVENT + tail) }),
  ]),
  requestOf('no text, signed as bytes', { body: NOT_TEXT }),
  requestOf('no text, signed as the text that is made of it', { body: NOT_TEXT, sign: signedAs(NOT_TEXT.toString('utf8')) }),
  requestOf('no text in a form', {
    type: FORM_TYPE,
    body: Buffer.concat([Buffer.from('text='), Buffer.from([0xff])]),
    sign: signedAs('text=\ufffd'),
  }),
  requestOf('beginning with a byte order mark', { body: Buffer.from(`\ufeff${EVENT}`) }),
  ...[
    'text/plain',
    'text/xml',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    '',
    'text/json',
    'application/xml',
  ].map((type) => requestOf(`as ${type}`, { type })),
  requestOf('as nothing', { type: null }),
  requestOf('as JSON with a charset', { type: 'application/json; charset=utf-8' }),
  requestOf('as a form with a charset', { type: `${FORM_TYPE}; charset=utf-8`, body: Buffer.from('command=%2Fquorate') }),
  ...['gzip', 'deflate', 'br', 'x-gzip', 'zstd'].map((encoding) =>
    requestOf(`encoded as ${encoding}`, { more: [['content-encoding', encoding]] }),
  ),
  requestOf('in chunks', { chunked: true }),
  requestOf('in chunks, signed wrongly', { chunked: true, sign: () => [`v0=${'0'.repeat(64)}`] }),
  ...['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => requestOf(method, { method })),
  ...([[at(0), at(-400)], [at(-400), at(0)], [at(0), at(0)], [at(0), ''], []] as const).map((times) =>
    requestOf(`timestamps ${times.join(' and ') || 'missing'}`, { times }),
  ),
  ...(
    [
      [at(-400), at(0)],
      [at(0), at(-400)],
    ] as const
  ).map((times) =>
    requestOf(`timestamps ${times.join(' and ')}, signed for the last`, { times, sign: (_, body) => [right(times[1], body)] }),
  ),
  ...['', 'null', '[]', '1', '"text"', '{', 'true'].map((body) =>
    requestOf(`${body || 'nothing'}, rightly signed`, { body: Buffer.from(body) }),
  ),
  requestOf(`a body of ${FOUR_MB} bytes`, { body: Buffer.from(`{"a":"${'x'.repeat(FOUR_MB - 8)}"}`) }),
  requestOf(`a body of ${FOUR_MB + 1} bytes`, { body: Buffer.from(`{"a":"${'x'.repeat(FOUR_MB - 7)}"}`) }),
  requestOf(`a body of ${FOUR_MB + 1} bytes in chunks`, {
    body: Buffer.from(`{"a":"${'x'.repeat(FOUR_MB - 7)}"}`),
    chunked: true,
  }),
]

const CASES: readonly Case[] = [...combined, ...altered, ...particular]

/**
 * Whether a request is to be let in, by what Slack says that it sends: nothing here is shared with what is tried. A header's
 * value has no spaces around it [RFC 9110, 5.5].
 */
function isFromSlack({ method, headers, body }: Sent): boolean {
  const valuesOf = (name: string) => headers.filter(([one]) => one === name).map(([, value]) => value.trim())
  const [[timestamp = '', ...times], [signature = '', ...signatures]] = [valuesOf(TS), valuesOf(SIG)]
  const [type = ''] = valuesOf('content-type')
  if (method !== 'POST' || times.length > 0 || signatures.length > 0 || valuesOf('content-encoding').length > 0) return false
  if (body.length > FOUR_MB || ![JSON_TYPE, FORM_TYPE].includes(type.split(';')[0] ?? '')) return false
  const seconds = BigInt(/^[1-9][0-9]*$/.test(timestamp) ? timestamp : 0)
  if (seconds < BigInt(SECONDS - FIVE_MINUTES) || seconds > BigInt(SECONDS + FIVE_MINUTES)) return false
  const bytes = Buffer.concat([Buffer.from(`v0:${timestamp}:`), body])
  if (signature !== `v0=${createHmac('sha256', SECRET).update(bytes).digest('hex')}`) return false
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
    if (type.startsWith(FORM_TYPE)) return true
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read)
  } catch {
    return false
  }
}

let door: Door
beforeEach(async () => {
  door = await openDoor(SECRET)
})
afterEach(() => {
  door.server.closeAllConnections()
  door.server.close()
})

test(`of ${CASES.length} requests exactly those are let in that Slack has signed within five minutes`, async () => {
  expect(CASES.length).toBeGreaterThanOrEqual(1_000)
  const { send, close } = sendingTo(door.port, '/slack/events')
  const wrong: string[] = []
  const counts = { in: 0, out: 0 }
  for (const one of CASES) {
    const before = door.let.length
    const { status, body } = await send(one)
    const letIn = door.let.length > before
    counts[letIn ? 'in' : 'out'] += 1
    if (letIn !== isFromSlack(one)) wrong.push(`${one.name}: ${letIn ? 'let in' : `kept out by ${status}`}`)
    // Who is kept out is told nothing, and who is let in no more than that.
    if (letIn !== (status === 200) || body !== '') if (one.method === 'POST') wrong.push(`${one.name}: ${status} ${body}`)
  }
  close()
  console.info(`${CASES.length} requests: ${counts.in} let in, ${counts.out} kept out`)
  expect(wrong).toEqual([])
  expect(counts.in).toBeGreaterThan(20)
})

test('without a secret nobody is let in', async () => {
  const open = await openDoor('')
  const { send, close } = sendingTo(open.port, '/slack/events')
  const got = await send(requestOf('signed with nothing', { sign: (timestamp, body) => [signatureOf('', timestamp, body)] }))
  close()
  open.server.close()
  expect(got.status).toBe(401)
  expect(open.let).toEqual([])
})
