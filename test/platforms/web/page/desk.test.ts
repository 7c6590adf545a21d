import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { post } from '../../../../src/platforms/web/transcript.js'
import { openStaged, type Staged, saying } from './staged.js'
import { faultsOf, LOOKS, log, messageBox, openVisits, say, shows, type Visits } from './visits.js'

const CLERK = 'grace.holloway@example.org'
const CHAIR = 'margaret.ashdown@example.org'
const GRAVESHAM = { id: 'gravesham', title: 'gravesham', kind: 'channel', board: 'Gravesham Board' } as const
const ANN = { email: 'ann.other@example.org', name: 'Ann Other', role: 'Clerk, Gravesham', board: 'Gravesham Board' }

let visits: Visits
let staged: Staged

beforeAll(async () => {
  visits = await openVisits()
})
afterAll(() => visits.close())
beforeEach(async () => {
  staged = await openStaged()
})
afterEach(async () => {
  const troubles = await visits.closePages()
  expect(await staged.close()).toEqual([])
  expect(troubles).toEqual([])
})

/** As when an act sets up a board with a channel, a person and a first message. */
async function setUp(): Promise<void> {
  staged.besides.people = [ANN]
  staged.besides.channels = [GRAVESHAM]
  await staged.house.writer.write((tx) =>
    post(
      tx,
      {
        id: 'greeting',
        place: GRAVESHAM.id,
        viewer: null,
        body: { words: 'Hello Gravesham', author: ANN.email },
        at: '2026-11-22T10:00:00.000Z',
      },
      false,
    ),
  )
}

const newChannel = (page: Page) => page.getByRole('link', { name: /gravesham/ })
const people = (page: Page) => page.getByLabel('You are').getByRole('option').allInnerTexts()

test('a board that is set up in chat appears with its people, to whoever has the page open', async () => {
  const [clerk, chair] = await Promise.all([
    visits.open(staged.address, CLERK, 'direct'),
    visits.open(staged.address, CHAIR, 'kcsp'),
  ])
  staged.answer = async () => {
    await setUp()
    return saying('Set up', 'act')
  }
  await say(clerk, 'set up Gravesham')
  await shows(clerk, 'Set up')
  for (const page of [clerk, chair]) {
    await newChannel(page).waitFor({ timeout: 5_000 })
    await newChannel(page).getByText('1 unread').waitFor()
    expect((await people(page)).at(-1)).toBe('Ann Other · Clerk, Gravesham')
  }
  await newChannel(chair).click()
  await shows(chair, 'Hello Gravesham')
  expect(await log(chair).getByRole('article').getAttribute('aria-label')).toBe('Ann Other at 10:00')
  await chair.getByLabel('You are').selectOption(ANN.email)
  await chair.locator('.me .role').filter({ hasText: 'Clerk, Gravesham' }).waitFor()
})

test('what one was at stays as it was: the words, the file, the focus, the place in the conversation', async () => {
  const page = await visits.open(staged.address, CLERK, 'direct')
  for (let n = 0; n < 12; n += 1) await say(page, `line ${n}`)
  await expect.poll(() => log(page).getByText('Heard').count()).toBe(12)
  await messageBox(page).fill('half a sentence')
  await page.locator('input[type="file"]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a') })
  await log(page).evaluate((box) => box.scrollTo(0, 120))
  await messageBox(page).evaluate((box: HTMLTextAreaElement) => box.setSelectionRange(4, 4))
  await setUp()
  staged.hub.changed()
  await newChannel(page).waitFor()
  expect(await messageBox(page).inputValue()).toBe('half a sentence')
  expect(
    await messageBox(page).evaluate((box: HTMLTextAreaElement) => [box === document.activeElement, box.selectionStart]),
  ).toEqual([true, 4])
  expect(await page.locator('.attached-name').innerText()).toContain('a.csv')
  expect(await log(page).evaluate((box) => box.scrollTop)).toBe(120)
})

test('the line to the server stands while the page learns of others', async () => {
  const page = await visits.open(staged.address, CLERK, 'direct')
  await expect.poll(() => staged.hub.listeners).toBe(1)
  // The server may know of the first line before this process is told of its request.
  await page.waitForTimeout(500)
  const lines: string[] = []
  page.on('request', (request) => request.url().includes('/api/events') && lines.push(request.url()))
  await setUp()
  staged.hub.changed()
  await newChannel(page).waitFor()
  await page.waitForTimeout(300)
  expect(lines).toEqual([])
})

test('what changed while the line was down is there once it stands again', async () => {
  const page = await visits.open(staged.address, CLERK, 'direct')
  await expect.poll(() => staged.hub.listeners).toBe(1)
  await page.context().setOffline(true)
  staged.cutLines()
  await expect.poll(() => staged.hub.listeners).toBe(0)
  await setUp()
  staged.hub.changed()
  await page.context().setOffline(false)
  await newChannel(page).waitFor({ timeout: 10_000 })
  expect(await people(page)).toContain('Ann Other · Clerk, Gravesham')
  await newChannel(page).click()
  await shows(page, 'Hello Gravesham')
  visits.forgive(/ERR_/)
})

describe('forty people in two boards', () => {
  test.each(LOOKS)('are in a group for each board, $colorScheme at $viewport.width', async (look) => {
    staged.besides.people = Array.from({ length: 20 }, (_, n) => ({ ...ANN, email: `p${n}@example.org`, name: `Person ${n}` }))
    const page = await visits.open(staged.address, CLERK, 'direct', look)
    const group = page.locator('select optgroup[label="Gravesham Board"]')
    await expect.poll(() => group.locator('option').count()).toBe(20)
    expect(await page.locator('select option').count()).toBe(40)
    const menu = page.getByRole('button', { name: 'Menu' })
    if (await menu.isVisible()) await menu.click()
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel('You are').selectOption('p7@example.org')
    await page.locator('.me strong').filter({ hasText: 'Person 7' }).waitFor()
  })
})
