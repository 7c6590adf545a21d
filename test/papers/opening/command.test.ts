import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CHAIR, CLERK, callMeeting, DIRECTOR, delivered, done, POLICE, PORTFOLIO_HOLDER } from '../../agenda/setting.js'
import { GRAVESHAM_ROSTER, personCalled, sayIn, setUpBoard } from '../../boards.js'
import { PUBLIC_URL, type TestHouse, textOf } from '../../house.js'
import { pdf } from '../../papers.js'
import {
  browserOf,
  bytesOf,
  COLLEAGUE,
  HOUSING,
  journaled,
  linked,
  type OnPapers,
  openSettled,
  papersOf,
  secretIn,
  withItems,
} from '../setting.js'

let house: TestHouse
let papers: OnPapers
/** the paper of an open item, and that of one closed to the public */
let open: string
let closed: string

const OPEN = pdf('The grant')
const CLOSED = pdf('The vetting')

async function setUp(publicUrl?: null): Promise<void> {
  house = await openSettled(publicUrl === null ? { publicUrl } : {})
  papers = papersOf(house, await house.meeting())
  await withItems(papers)
  await done(papers.send(CLERK, 'B1', 'grant.pdf', {}, OPEN))
  await done(papers.send(CLERK, 'D1', 'vetting.pdf', {}, CLOSED))
  open = await papers.version('B1')
  closed = await papers.version('D1')
}

beforeEach(() => setUp())
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const refused = (code: string) => ({ kind: 'refusal', refusal: { code } })
const NOTHING = { kind: 'page', status: 404 }
const asked = (by: string, version: string, inChannel = false) =>
  house.press(by, { command: 'papers.open', subject: version }, { inChannel })

const openings = () =>
  house.handles.reading
    .selectFrom('paper_opening')
    .innerJoin('person', 'person.id', 'paper_opening.person_id')
    .orderBy('paper_opening.at')
    .select(['version_id as version', 'person.name', 'outcome', 'paper_opening.at'])
    .execute()

describe('a link', () => {
  test('is given to who may see the paper, and opens it', async () => {
    const answer = await asked(POLICE, closed)
    const secret = secretIn(answer) ?? ''
    expect(textOf(answer)).toContain(`Open D1: ${PUBLIC_URL}/papers/${secret}`)
    expect(textOf(answer)).toContain(
      'For you alone, in one browser, until 10:15. That you open it is recorded. Do not pass it on.',
    )
    const browser = browserOf(house)
    expect(await browser.look(secret)).toEqual({
      kind: 'page',
      status: 200,
      title: 'A paper of KCSP',
      sentences: [
        'This link was made for Daniel Okafor alone. That it is opened is recorded as theirs.',
        'If you are somebody else, close this page and ask Quorate for a link of your own.',
      ],
      press: 'Open the paper',
      browser: expect.stringMatching(/^[\w-]{43}$/),
    })
    const found = await browser.press(secret)
    expect(found).toMatchObject({ kind: 'file', name: 'vetting.pdf', type: 'application/pdf' })
    expect((await bytesOf(house, found)).equals(CLOSED)).toBe(true)
  })

  test('is not spent, and nothing is recorded, by a program that only looks at it', async () => {
    const secret = await linked(house, POLICE, closed)
    for (let look = 0; look < 3; look += 1) await browserOf(house).look(secret)
    expect(await openings()).toEqual([])
    expect(await browserOf(house).press(secret)).toMatchObject({ kind: 'file' })
  })

  test('opens again in the same browser, each time on the record', async () => {
    const secret = await linked(house, POLICE, closed)
    const browser = browserOf(house)
    expect(await browser.press(secret)).toMatchObject({ kind: 'file', browser: expect.any(String) })
    house.clock.forward({ minutes: 5 })
    expect(await browser.press(secret)).toMatchObject({ kind: 'file', browser: null })
    expect(await openings()).toMatchObject([
      { version: closed, name: POLICE, outcome: 'opened' },
      { version: closed, name: POLICE, outcome: 'opened' },
    ])
  })

  test('opens for who presses twice, before the first answer has come', async () => {
    const secret = await linked(house, POLICE, closed)
    const browser = browserOf(house)
    await browser.look(secret)
    const found = await Promise.all([browser.press(secret), browser.press(secret)])
    expect(found).toMatchObject([{ kind: 'file' }, { kind: 'file' }])
    expect(await journaled(house, 'papers.opened')).toMatchObject([
      { outcome: { outcome: 'opened' } },
      { outcome: { outcome: 'opened' } },
    ])
    expect(await browserOf(house).look(secret)).toMatchObject({ status: 403, title: 'This link was opened elsewhere' })
  })

  test('that was passed on is refused in another browser, and that is on the record too', async () => {
    const secret = await linked(house, POLICE, closed)
    await browserOf(house).press(secret)
    house.clock.forward({ seconds: 1 })
    for (const browser of [browserOf(house), await used()]) {
      expect(await browser.press(secret)).toMatchObject({ kind: 'page', status: 403, title: 'This link was opened elsewhere' })
      house.clock.forward({ seconds: 1 })
    }
    expect((await openings()).map(({ outcome }) => outcome)).toEqual(['opened', 'opened', 'refused', 'refused'])
  })

  /** A browser in which somebody else has opened a link of their own. */
  async function used() {
    const browser = browserOf(house)
    await browser.press(await linked(house, CHAIR, closed))
    return browser
  }

  test('opens until a quarter of an hour is over, and not at that moment', async () => {
    const secret = await linked(house, POLICE, closed)
    const browser = browserOf(house)
    house.clock.forward({ minutes: 14, seconds: 59 })
    expect(await browser.press(secret)).toMatchObject({ kind: 'file' })
    house.clock.forward({ seconds: 1 })
    for (const found of [await browser.look(secret), await browser.press(secret), await browserOf(house).look(secret)])
      expect(found).toMatchObject(NOTHING)
    expect(await openings()).toHaveLength(1)
  })

  test.each([
    { what: 'guessed', secret: 'A'.repeat(43) },
    { what: 'empty', secret: '' },
    { what: 'a path', secret: '../../etc/passwd' },
    { what: 'the mark of another', secret: '0'.repeat(64) },
    { what: 'much too long', secret: 'x'.repeat(10_000) },
  ])('that is $what is answered as one that is over', async ({ secret }) => {
    const over = await linked(house, POLICE, closed)
    house.clock.forward({ minutes: 15 })
    for (const found of [await browserOf(house).look(secret), await browserOf(house).press(secret)])
      expect(JSON.stringify(found)).toBe(JSON.stringify(await browserOf(house).look(over)))
    expect(await openings()).toEqual([])
  })

  test('is 43 characters that nobody guesses, another each time, and kept nowhere', async () => {
    const secrets = [await linked(house, POLICE, closed), await linked(house, POLICE, closed), await linked(house, CHAIR, closed)]
    expect(new Set(secrets).size).toBe(3)
    const tables = await house.handles.reading.introspection.getTables()
    const rows = await Promise.all(
      tables.map(({ name }) =>
        house.handles.reading
          .selectFrom(name as 'paper_link')
          .selectAll()
          .execute(),
      ),
    )
    for (const secret of secrets) {
      expect(secret).toMatch(/^[\w-]{43}$/)
      expect(JSON.stringify(rows)).not.toContain(secret)
      expect(JSON.stringify(house.acts)).not.toContain(secret)
    }
  })

  test('to the hash that is kept of it opens nothing', async () => {
    await linked(house, POLICE, closed)
    const { secret_hash } = await house.handles.reading.selectFrom('paper_link').select('secret_hash').executeTakeFirstOrThrow()
    expect(await browserOf(house).look(secret_hash)).toMatchObject(NOTHING)
  })

  test('to a version that is taken back since says so, and opens nothing', async () => {
    const secret = await linked(house, POLICE, closed)
    await done(house.press(CLERK, { command: 'papers.retract', subject: closed, values: { why: 'It is wrong.' } }))
    for (const found of [await browserOf(house).look(secret), await browserOf(house).press(secret)]) {
      expect(found).toMatchObject({ kind: 'page', status: 410, title: 'This version was taken back' })
      expect(JSON.stringify(found)).not.toContain('It is wrong')
    }
    expect(await openings()).toEqual([])
  })

  test('of who has no right to it any more is one that never was', async () => {
    const secret = await linked(house, POLICE, closed)
    const person = await personCalled(house, POLICE)
    await house.writer.write((tx) =>
      tx.updateTable('holding').set({ until_day: '2026-11-21' }).where('person_id', '=', person).execute(),
    )
    for (const found of [await browserOf(house).look(secret), await browserOf(house).press(secret)])
      expect(JSON.stringify(found)).toBe(JSON.stringify(await browserOf(house).look('A'.repeat(43))))
    expect(await asked(POLICE, closed)).toMatchObject(refused('not_found'))
    expect(await openings()).toEqual([])
  })

  test('to a paper that has been closed to its person since opens nothing', async () => {
    const secret = await linked(house, HOUSING, open)
    await done(papers.on(CLERK, 'B1', 'papers.describe', { marking: 'OFFICIAL-SENSITIVE' }))
    expect(await browserOf(house).press(secret)).toMatchObject(NOTHING)
    expect(await openings()).toEqual([])
  })

  test('is not given again to a repeat of what was asked, as it is kept nowhere', async () => {
    const delivery = 'the same'
    const press = { command: 'papers.open', subject: closed }
    expect(secretIn(await house.press(POLICE, press, { delivery }))).not.toBeNull()
    const again = await house.press(POLICE, press, { delivery })
    expect(secretIn(again)).toBeNull()
    expect(textOf(again)).toContain('You have been given a link. If you have it no more, ask for another.\n[Open D1]')
  })
})

describe('it is asked for', () => {
  test.each([CLERK, CHAIR, POLICE])('in a direct message only, where the paper is restricted: %s', async (by) => {
    const answer = await asked(by, closed, true)
    expect(answer).toMatchObject(refused('not_permitted'))
    expect(textOf(answer)).toContain('is not opened from a place that others read. Ask me for it in a direct message.')
    expect(textOf(answer)).not.toMatch(/Vetting|vetting\.pdf/)
    expect(secretIn(answer)).toBeNull()
    expect(await house.handles.reading.selectFrom('paper_link').selectAll().execute()).toEqual([])
  })

  test('anywhere, where it is open', async () => {
    expect(secretIn(await asked(HOUSING, open, true))).not.toBeNull()
  })

  test('by nobody who may not see it, as if there were none', async () => {
    const none = await asked(HOUSING, '00000000-0000-4000-8000-000000000000')
    expect(none).toMatchObject(refused('not_found'))
    for (const by of [HOUSING, COLLEAGUE])
      for (const inChannel of [true, false])
        expect(JSON.stringify(await asked(by, closed, inChannel)), by).toBe(JSON.stringify(none))
  })

  test('by a deputy while they substitute, and no longer', async () => {
    const board = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
    const gravesham = papersOf(house, await callMeeting(house, board, '2027-01-20'))
    await gravesham.has('Vetting', 'X')
    await done(gravesham.send(CLERK, 'X1', 'vetting.pdf'))
    const version = await gravesham.version('X1')
    for (const by of [COLLEAGUE, DIRECTOR]) expect(await asked(by, version), by).toMatchObject(refused('not_found'))
    const substitute = await personCalled(house, COLLEAGUE)
    await done(gravesham.press(POLICE, 'apologies.name_substitute', { substitute }))
    const secret = await linked(house, COLLEAGUE, version)
    expect(await browserOf(house).press(secret)).toMatchObject({ kind: 'file' })
    const unused = await linked(house, COLLEAGUE, version)
    await done(gravesham.press(POLICE, 'apologies.attend'))
    expect(await asked(COLLEAGUE, version)).toMatchObject(refused('not_found'))
    expect(await browserOf(house).press(unused)).toMatchObject(NOTHING)
    expect(secretIn(await asked(PORTFOLIO_HOLDER, version))).not.toBeNull()
    expect(await sayIn(house, 'gravesham-csp', CLERK, 'help')).toMatchObject({ kind: 'card' })
  })
})

describe('that it was opened', () => {
  test('is on the record, in the dispatch record and in the journal, with whose link it was', async () => {
    await papers.circulate()
    const secret = await linked(house, POLICE, closed)
    house.clock.forward({ minutes: 7 })
    await browserOf(house).press(secret)
    await browserOf(house).press(secret)
    const person = await personCalled(house, POLICE)
    expect(await journaled(house, 'papers.opened')).toEqual([
      { outcome: { version: closed, person, outcome: 'opened' } },
      { outcome: { version: closed, person, outcome: 'refused' } },
    ])
    expect(await journaled(house, 'papers.open')).toMatchObject([{ outcome: { version: closed, person } }])
    expect(textOf(await papers.press(CLERK, 'papers.dispatches'))).toMatch(/^Daniel Okafor \| .*: B1, D1 \| opened D1$/m)
    const lines = textOf(await papers.press(CLERK, 'papers.record')).split('\n')
    expect(lines.find((line) => line.startsWith('Daniel Okafor'))).toContain('| D1 Sunday 22 November 2026, 10:07 |')
  })

  test('of what lies elsewhere is recorded when the address is given', async () => {
    await done(papers.on(CLERK, 'B2', 'papers.send', { link: 'https://example.org/burglary' }))
    const version = await papers.version('B2')
    const answer = textOf(await asked(HOUSING, version))
    expect(answer).toContain('Open B2: https://example.org/burglary')
    expect(answer).toContain('whether you may see it there is for whoever keeps it to say.')
    expect(await openings()).toMatchObject([{ version, name: HOUSING, outcome: 'opened' }])
  })

  test('cannot be altered or removed', async () => {
    await browserOf(house).press(await linked(house, POLICE, closed))
    await expect(
      house.writer.write((tx) => tx.updateTable('paper_opening').set({ outcome: 'refused' }).execute()),
    ).rejects.toThrow('the record of paper_opening is never altered')
    await expect(house.writer.write((tx) => tx.deleteFrom('paper_opening').execute())).rejects.toThrow(
      'the record of paper_opening is never altered',
    )
    expect(await openings()).toMatchObject([{ outcome: 'opened' }])
  })
})

describe('without an address that people can open', () => {
  beforeEach(async () => {
    await house.close()
    await setUp(null)
  })

  test('nobody is given a link: the clerk has a secure method of their own', async () => {
    const answer = await asked(POLICE, closed)
    expect(answer).toMatchObject(refused('not_found'))
    expect(textOf(answer)).toContain('The clerk sends it to you by a secure method of their own: ask them.')
  })

  test('what is restricted is listed for the clerk, and ticked off by a secure method or in person alone', async () => {
    expect(await papers.circulate()).toContain('To 10 of them you have to hand something over yourself: see who.')
    await delivered(house)
    const person = await personCalled(house, POLICE)
    const listed = textOf(await papers.press(CLERK, 'papers.dispatches'))
    expect(listed).toMatch(/^Daniel Okafor \| .*\| hand over the papers$/m)
    // The open ones too: nobody can open them without an address. The clerk has what they send.
    expect(listed).toMatch(/^Nadia Flynn .*\| hand over the papers$/m)
    expect(listed).not.toMatch(/^Grace Holloway .*hand over/m)
    const hand = async (how: string) =>
      house.press(CLERK, { command: 'papers.hand', subject: await papers.circulation(1), values: { person, how } })
    const emailed = textOf(await hand('email'))
    expect(emailed).toMatch(/^Daniel Okafor \| 10:00: B1, D1 \| email 10:00; hand over the restricted papers$/m)
    for (const how of ['email', 'post'])
      expect(await hand(how)).toMatchObject({
        kind: 'refusal',
        refusal: { code: 'invalid', fields: { how: expect.any(String) } },
      })
    const ticked = textOf(await hand('secure method'))
    expect(ticked).toContain('That Daniel Okafor has it is recorded.')
    expect(ticked).toMatch(/^Daniel Okafor \| 10:00: B1, D1 \| email 10:00; secure method 10:00$/m)
    expect(await journaled(house, 'papers.hand')).toMatchObject([
      { outcome: { handed: person, how: 'email' } },
      { outcome: { handed: person, how: 'secure method' } },
    ])
  })
})
