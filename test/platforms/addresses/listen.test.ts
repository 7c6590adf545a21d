import { rmSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import express from 'express'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Address, Found, Visit } from '../../../src/kernel/address.js'
import { NOTHING_HERE } from '../../../src/kernel/address.js'
import { Refusal, type RefusalCode } from '../../../src/kernel/refusal.js'
import { addressRoutes } from '../../../src/platforms/addresses/listen.js'
import { openTestHouse, PUBLIC_URL, type TestHouse } from '../../house.js'
import { coming, pdf } from '../../papers.js'

const SECRET = 'Zq3_made-up_secret_of_43_characters_exactly'
const NAME = 'Réport “A” 2026.pdf'

let house: TestHouse
let server: Server
let host: string
let visits: Visit[]
let faults: [string, unknown][]
let publicUrl: string
/** what is found at SECRET */
let found: () => Found | Promise<Found>
let pressed: () => Found | Promise<Found>

const isHere = ({ secret }: Visit): boolean => secret === SECRET

const papers: Address = {
  room: 'papers',
  async look(_, visit) {
    visits.push(visit)
    return isHere(visit) ? found() : NOTHING_HERE
  },
  async press(tx, visit) {
    visits.push(visit)
    if (!isHere(visit)) return NOTHING_HERE
    await tx
      .insertInto('tenant')
      .values({ id: `pressed ${visits.length}`, name: 'x' })
      .execute()
    return pressed()
  },
}

const calendar: Address = {
  room: 'calendar',
  look: async (_, visit) =>
    isHere(visit)
      ? { kind: 'text', type: 'text/calendar; charset=utf-8', name: 'kcsp.ics', text: 'BEGIN:VCALENDAR' }
      : NOTHING_HERE,
  press: null,
}

const page = (given: Partial<Extract<Found, { kind: 'page' }>> = {}): Found => ({
  kind: 'page',
  status: 200,
  title: 'A paper for you',
  sentences: ['It opens once.'],
  ...given,
})

async function listen(onlyHere: boolean): Promise<void> {
  const needs = {
    ...house,
    addresses: [papers, calendar],
    reading: house.handles.reading,
    onlyHere,
    publicUrl: () => publicUrl,
    log: (fault: string, error: unknown) => void faults.push([fault, error]),
  }
  server = createServer(express().disable('x-powered-by').use(addressRoutes(needs)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function stop(): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

beforeEach(async () => {
  house = await openTestHouse()
  visits = []
  faults = []
  publicUrl = PUBLIC_URL
  found = () => page()
  pressed = () => page({ title: 'Pressed' })
  await listen(true)
})
afterEach(async () => {
  await stop()
  await house.close()
})

const get = (path: string, init: RequestInit = {}) => fetch(host + path, init)
const post = (path: string) => get(path, { method: 'POST', body: new URLSearchParams() })

async function kept(name = NAME, browser: string | null = null, type?: string): Promise<Found> {
  const file = await house.files.receive('a.pdf', coming(pdf('Minutes', 300_000)))
  return { kind: 'file', sha256: file.sha256, name, type: type ?? file.type, browser }
}

describe('a page', () => {
  test('says what was found, as words, with a button where there is one to press', async () => {
    const hostile = '<script>alert("1")</script> & *x*'
    found = () => page({ title: hostile, sentences: [hostile], press: hostile })
    const response = await get(`/papers/${SECRET}`)
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text).not.toContain('<script>')
    expect(text).toContain('<h1>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; *x*</h1>')
    expect(text.match(/<(?:main|form|button)[ >]/g)).toEqual(['<main>', '<form ', '<button '])
    expect(text).not.toContain(SECRET)
    expect(visits).toEqual([{ secret: SECRET, browser: null, now: house.clock.now() }])
  })

  test.each([200, 403, 404, 410] as const)('has its status, %i', async (status) => {
    found = () => page({ status })
    expect((await get(`/papers/${SECRET}`)).status).toBe(status)
  })

  test.each([
    { what: 'without a button', press: undefined, may: "form-action 'none'" },
    { what: 'with one', press: 'Open it', may: "form-action 'self'" },
  ])('$what is kept by nobody, runs nothing and sends itself nowhere else', async ({ press, may }) => {
    found = () => page(press === undefined ? {} : { press })
    const { headers } = await get(`/papers/${SECRET}`)
    const policy = headers.get('content-security-policy')
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /)
    expect(policy).toContain(may)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    })
    expect(headers.get('set-cookie')).toBeNull()
  })
})

describe('a button', () => {
  const tenants = async () => (await house.handles.reading.selectFrom('tenant').select('id').execute()).map(({ id }) => id)

  test('is pressed in a transaction, and its answer is shown', async () => {
    expect(await (await post(`/papers/${SECRET}`)).text()).toContain('<h1>Pressed</h1>')
    expect(await tenants()).toContain('pressed 1')
  })

  test('that is refused changes nothing', async () => {
    pressed = () => {
      throw new Refusal('too_late', 'It was opened at 10:04. Ask your clerk.')
    }
    const response = await post(`/papers/${SECRET}`)
    expect(response.status).toBe(410)
    expect(await response.text()).toContain('<p>It was opened at 10:04. Ask your clerk.</p>')
    expect(await tenants()).not.toContain('pressed 1')
    expect(faults).toEqual([])
  })

  test('is not pressed by a look, with or without its content', async () => {
    await get(`/papers/${SECRET}`)
    await get(`/papers/${SECRET}`, { method: 'HEAD' })
    expect((await tenants()).filter((id) => id.startsWith('pressed'))).toEqual([])
  })
})

describe('a file', () => {
  test('comes whole, under its name, and is kept by nobody on the way', async () => {
    found = () => kept()
    const response = await get(`/papers/${SECRET}`)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(pdf('Minutes', 300_000))
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '300000',
      'content-disposition': expect.stringContaining("filename*=UTF-8''R%C3%A9port%20%E2%80%9CA%E2%80%9D%202026.pdf"),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    })
  })

  test.each([
    { type: 'application/pdf', as: 'inline', sandbox: false },
    { type: 'image/png', as: 'inline', sandbox: true },
    { type: 'image/jpeg', as: 'inline', sandbox: true },
    { type: 'application/vnd.oasis.opendocument.text', as: 'attachment', sandbox: true },
    { type: 'text/html', as: 'attachment', sandbox: true },
    { type: 'image/svg+xml', as: 'attachment', sandbox: true },
  ])('of type $type is $as', async ({ type, as, sandbox }) => {
    found = () => kept('a.pdf', null, type)
    const { headers, body } = await get(`/papers/${SECRET}`)
    expect(headers.get('content-disposition')).toBe(`${as}; filename=a.pdf`)
    expect(headers.get('content-type')).toContain(type)
    expect(headers.get('content-security-policy')?.includes('sandbox')).toBe(sandbox)
    await body?.cancel()
  })

  test('is told of without being sent', async () => {
    found = () => kept()
    const response = await get(`/papers/${SECRET}`, { method: 'HEAD' })
    expect(response.headers.get('content-length')).toBe('300000')
    expect(await response.text()).toBe('')
  })

  test('that has gone from the disk is a fault with a sentence', async () => {
    const { sha256 } = await house.files.receive('a.pdf', coming(pdf()))
    found = () => ({ kind: 'file', sha256, name: 'a.pdf', type: 'application/pdf', browser: 'b' })
    rmSync(join(dirname(house.file), 'papers'), { recursive: true })
    const response = await get(`/papers/${SECRET}`)
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('put it back from a backup')
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(faults).toHaveLength(1)
  })
})

describe('what is left with a browser', () => {
  test('comes back at this one address, for a quarter of an hour, and to no script', async () => {
    found = () => kept('a.pdf', 'a b;c')
    const left = (await get(`/papers/${SECRET}`)).headers.get('set-cookie') ?? ''
    expect(left.split('; ').filter((part) => !part.startsWith('Expires'))).toEqual([
      'quorate=a%20b%3Bc',
      'Max-Age=900',
      `Path=/papers/${SECRET}`,
      'HttpOnly',
      'SameSite=Strict',
    ])
    await get(`/papers/${SECRET}`, { headers: { cookie: `other=1; ${left.split(';')[0]}` } })
    await get(`/papers/${SECRET}`, { headers: { cookie: 'quorate=%E0%A4%A; xquorate=1' } })
    expect(visits.map(({ browser }) => browser)).toEqual([null, 'a b;c', null])
  })

  test('goes over https alone where that is the address, and below what stands before us', async () => {
    publicUrl = 'https://example.org/board'
    found = () => kept('a.pdf', 'b')
    const left = (await get(`/papers/${SECRET}`)).headers.get('set-cookie')
    expect(left).toContain('; Secure')
    expect(left).toContain(`; Path=/board/papers/${SECRET};`)
  })

  test('is left by a button too', async () => {
    pressed = () => kept('a.pdf', 'b')
    expect((await post(`/papers/${SECRET}`)).headers.get('set-cookie')).toContain('quorate=b')
  })
})

describe('words for a program', () => {
  test('are saved under their name', async () => {
    const response = await get(`/calendar/${SECRET}.ics`)
    expect(await response.text()).toBe('BEGIN:VCALENDAR')
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=kcsp.ics')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
})

describe('where there is nothing, all is answered alike', () => {
  const GUESSED = 'Zq3_made-up_secret_of_43_characters_exactlY'

  test.each([
    { what: 'a secret that was guessed', ask: () => get(`/papers/${GUESSED}`), looks: 1 },
    { what: 'one that is too short', ask: () => get('/papers/short'), looks: 0 },
    { what: 'one that is too long', ask: () => get(`/papers/${'a'.repeat(101)}`), looks: 0 },
    { what: 'one of other characters', ask: () => get(`/papers/${'%2e%2e%2f'.repeat(8)}`), looks: 0 },
    { what: 'a button with a guess', ask: () => post(`/papers/${GUESSED}`), looks: 1 },
    { what: 'a button with none', ask: () => post('/papers/short'), looks: 0 },
    { what: 'a button where there is none', ask: () => post(`/calendar/${SECRET}.ics`), looks: 0 },
    { what: 'a calendar', ask: () => get(`/calendar/${GUESSED}.ics`), looks: 0 },
  ])('$what', async ({ ask, looks }) => {
    const nothing = await get(`/papers/${'n'.repeat(43)}`)
    visits = []
    const response = await ask()
    expect(response.status).toBe(404)
    expect(await response.text()).toBe(await nothing.text())
    const unlike = ['date', 'connection', 'keep-alive']
    const told = ({ headers }: Response) => [...headers].filter(([name]) => !unlike.includes(name))
    expect(told(response)).toEqual(told(nothing))
    expect(visits).toHaveLength(looks)
    expect(faults).toEqual([])
  })

  test.each(['/papers', '/papers/', `/papers/${SECRET}/x`, `/calendar/${SECRET}`, '/'])('%s is no address', async (path) => {
    expect((await get(path)).status).toBe(404)
    expect(visits).toEqual([])
  })
})

test.each<[RefusalCode, number]>([
  ['not_found', 404],
  ['not_permitted', 403],
  ['too_late', 410],
  ['limit', 403],
])('a refusal, %s, is a page with its sentence and the status %i', async (code, status) => {
  found = () => {
    throw new Refusal(code, 'This <paper> is not yours. Ask your clerk.')
  }
  const response = await get(`/papers/${SECRET}`)
  expect(response.status).toBe(status)
  expect(await response.text()).toContain('<p>This &lt;paper&gt; is not yours. Ask your clerk.</p>')
})

test('a fault is logged under a number, and the visitor is told that and no more', async () => {
  const error = new Error(`SQLITE_IOERR at ${SECRET}`)
  found = () => {
    throw error
  }
  const response = await get(`/papers/${SECRET}`)
  const text = await response.text()
  expect(response.status).toBe(500)
  expect(faults).toEqual([[expect.stringMatching(/^[0-9a-f-]{36}$/), error]])
  expect(text).toContain(faults[0]?.[0])
  expect(text).not.toContain('SQLITE')
})

describe('by a name that somebody else may point here', () => {
  const askedAs = (name: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(host)
      request({ host: '127.0.0.1', port, path: `/papers/${SECRET}`, headers: { host: name } }, (response) =>
        resolve(response.resume().statusCode),
      )
        .once('error', reject)
        .end()
    })

  test('a demonstration does not answer', async () => {
    expect(await askedAs('localhost:3978')).toBe(200)
    expect(await askedAs('quorate.example.org')).toBe(403)
    expect(visits).toHaveLength(1)
  })

  test('a real board, which is reached by its own name, does', async () => {
    await stop()
    await listen(false)
    expect(await askedAs('quorate.example.org')).toBe(200)
  })
})
