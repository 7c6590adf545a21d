import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DOCUMENT_ROUTE, type Documents, documents, FILE_ROUTE } from '../../../src/platforms/web/documents.js'
import { ownPagesOnly } from '../../../src/platforms/web/guard.js'
import { type StandingClock, standingClock } from '../../house.js'

let clock: StandingClock
let kept: Documents
let server: Server
let host: string

beforeEach(async () => {
  clock = standingClock('2026-11-22T10:00:00Z')
  kept = documents(clock)
  server = createServer(express().use(ownPagesOnly).get(DOCUMENT_ROUTE, kept.show).get(FILE_ROUTE, kept.download))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const keep = (words: string): string =>
  kept.keep({ title: words, fileName: words, audience: { kind: 'public' }, html: `<p>${words}</p>`, plain: words }).address
const base64 = (words: string): string => Buffer.from(words).toString('base64')
const keepWithFiles = () =>
  kept.keep({
    title: 'Attendance',
    fileName: 'attendance',
    audience: { kind: 'public' },
    html: '<p>Attendance</p>',
    plain: 'Attendance',
    files: [
      { name: 'attendance.csv', type: 'text/csv; charset=utf-8', base64: base64('Organisation\r\n') },
      { name: 'année "2026".svg', type: 'image/svg+xml; charset=utf-8', base64: base64('<svg><script>alert(1)</script></svg>') },
    ],
  })
const shown = (address: string) => fetch(host + address)

test('a document is shown at its own address as it was given', async () => {
  const [agenda, minutes] = [keep('agenda'), keep('minutes')]
  expect(agenda).toMatch(/^\/documents\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  expect(await (await shown(agenda)).text()).toBe('<p>agenda</p>')
  expect(await (await shown(minutes)).text()).toBe('<p>minutes</p>')
})

describe('nothing in it runs, and no cache or link carries it on', () => {
  test.each([
    { what: 'a document', address: () => keep('agenda') },
    { what: 'no document', address: () => '/documents/none' },
    { what: 'no file', address: () => `${keep('agenda')}/files/1` },
  ])('$what', async ({ address }) => {
    const { headers } = await shown(address())
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })
})

describe('the files of a document', () => {
  test('each has an address of its own, below the document’s, and is downloaded and never shown', async () => {
    const { address, files } = keepWithFiles()
    expect(files).toEqual([
      { name: 'attendance.csv', address: `${address}/files/1` },
      { name: 'année "2026".svg', address: `${address}/files/2` },
    ])
    const [csv, svg] = await Promise.all(files.map((file) => shown(file.address)))
    expect(await csv?.text()).toBe('Organisation\r\n')
    expect(csv?.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv?.headers.get('content-disposition')).toBe('attachment; filename=attendance.csv')
    expect(svg?.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
    expect(svg?.headers.get('content-disposition')).toMatch(/^attachment; /)
    for (const response of [csv, svg]) {
      expect(response?.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(response?.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response?.headers.get('cache-control')).toBe('no-store')
      expect(response?.headers.get('referrer-policy')).toBe('no-referrer')
    }
  })

  test('are kept as long as the document', async () => {
    const { files } = keepWithFiles()
    clock.forward({ minutes: 9, seconds: 59 })
    expect((await shown(files[0]?.address ?? '')).status).toBe(200)
    clock.forward({ seconds: 1 })
    const gone = await shown(files[0]?.address ?? '')
    expect(gone.status).toBe(404)
    expect(gone.headers.get('content-disposition')).toBeNull()
    expect(await gone.text()).toContain('Ask Quorate for it again.')
  })

  test.each(['0', '3', '-1', '1.5', 'x', 'length', '__proto__', '1e0x'])('there is no file %s', async (place) => {
    const { address } = keepWithFiles()
    expect((await shown(`${address}/files/${place}`)).status).toBe(404)
  })
})

test('it is kept for ten minutes by the system’s clock', async () => {
  const agenda = keep('agenda')
  clock.forward({ minutes: 9, seconds: 59 })
  expect((await shown(agenda)).status).toBe(200)
  clock.forward({ seconds: 1 })
  const gone = await shown(agenda)
  expect(gone.status).toBe(404)
  expect(await gone.text()).toContain('A document is kept for 10 minutes. Ask Quorate for it again.')
})

test('of more than fifty the oldest is forgotten', async () => {
  const [first, second] = [keep('first'), keep('second')]
  for (let n = 3; n <= 51; n += 1) keep(`document ${n}`)
  expect((await shown(first)).status).toBe(404)
  expect((await shown(second)).status).toBe(200)
})

test.each(['/documents/none', '/documents/%00', '/documents/__proto__', '/documents/constructor'])(
  '%s is no document',
  async (address) => {
    expect((await shown(address)).status).toBe(404)
  },
)
