import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cardReply, documentReply } from '../../../../src/kernel/command.js'
import { buttons, type DocumentFile } from '../../../../src/kernel/view.js'
import { ANYONE, answered, openStaged, type Staged } from './staged.js'
import { faultsOf, fits, LOOKS, log, messageBox, openVisits, PHONE, say, type Visits } from './visits.js'

const CLERK = 'grace.holloway@example.org'

const FILES = [
  {
    name: 'attendance-kcsp-2026.csv',
    type: 'text/csv; charset=utf-8',
    base64: Buffer.from('Organisation\r\n').toString('base64'),
  },
  { name: 'attendance-kcsp-2026.svg', type: 'image/svg+xml; charset=utf-8', base64: Buffer.from('<svg/>').toString('base64') },
  { name: 'attendance-kcsp-2026.png', type: 'image/png', base64: 'iVBORw0KGgo=' },
]

const agenda = (body: string, files: readonly DocumentFile[] = []) =>
  answered(
    documentReply({
      title: 'Agenda of Wednesday 16 December 2026',
      fileName: 'agenda',
      audience: ANYONE,
      html: `<!doctype html><html lang="en-GB"><head><title>Agenda</title><style>h1 { color: rgb(1, 2, 3) }</style></head><body>${body}</body></html>`,
      plain: 'Agenda',
      files,
    }),
  )

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

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Agenda of Wednesday 16 December 2026' })
const paper = (page: Page) => page.frameLocator('dialog iframe')

async function opened(look = {}, files: readonly DocumentFile[] = []): Promise<Page> {
  staged.answer = () => agenda('<h1>Agenda</h1><p>1. Minutes</p>', files)
  const page = await visits.open(staged.address, CLERK, 'direct', look)
  await say(page, 'print the agenda')
  await dialog(page).waitFor()
  await paper(page).getByText('1. Minutes').waitFor()
  return page
}

test('a document opens over the conversation, with its own styles; Escape closes it, and one writes on', async () => {
  const page = await opened()
  // Nothing runs in the frame, not even what a test would have run there: it is looked at from outside.
  const colour = await page.locator('dialog iframe').evaluate((frame: HTMLIFrameElement) => {
    const heading = frame.contentDocument?.querySelector('h1')
    return heading && frame.contentWindow?.getComputedStyle(heading).color
  })
  expect(colour).toBe('rgb(1, 2, 3)')
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
  expect(await messageBox(page).evaluate((box) => box === document.activeElement)).toBe(true)
})

test('by keyboard one reaches the document, and then its buttons', async () => {
  const page = await opened()
  const at = () => page.evaluate(() => document.activeElement?.getAttribute('title') ?? document.activeElement?.textContent)
  const reached: unknown[] = [await at()]
  for (let n = 0; n < 4; n += 1) {
    await page.keyboard.press('Tab')
    reached.push(await at())
  }
  const name = 'Agenda of Wednesday 16 December 2026'
  expect(reached).toEqual([name, name, 'Open in a window of its own', 'Close', 'Print'])
})

test('by keyboard one reaches the files that come with it, each by its whole name, and downloads one', async () => {
  const page = await opened({}, FILES)
  const at = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)
  const reached: unknown[] = []
  for (let n = 0; n < 5; n += 1) {
    await page.keyboard.press('Tab')
    reached.push(await at())
  }
  const names = FILES.map(({ name }) => `Download ${name}`)
  expect(reached.slice(1)).toEqual([...names, 'Open in a window of its own'])
  await dialog(page).getByRole('link', { name: 'Download attendance-kcsp-2026.csv' }).focus()
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  expect(download.suggestedFilename()).toBe('attendance-kcsp-2026.csv')
  expect(readFileSync(await download.path(), 'utf8')).toBe('Organisation\r\n')
  await dialog(page).waitFor()
})

test('a document without files offers none', async () => {
  const page = await opened()
  expect(await dialog(page).getByText('Download').count()).toBe(0)
})

test('Escape closes it also while one reads in it', async () => {
  const page = await opened()
  await paper(page).getByText('1. Minutes').click()
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached', timeout: 3_000 })
})

test('opened by a button of a card, it gives the focus back to the button', async () => {
  const show = { command: 'agenda.print', subject: 'x', label: 'Print the agenda' }
  staged.answer = (what) =>
    'press' in what
      ? agenda('<p>1. Minutes</p>')
      : answered(cardReply({ title: 'Agenda', audience: ANYONE, body: [buttons(show)] }))
  const page = await visits.open(staged.address, CLERK, 'direct')
  await say(page, 'agenda')
  const button = log(page).getByRole('button', { name: 'Print the agenda' })
  await button.press('Enter')
  await dialog(page).waitFor()
  await dialog(page).getByRole('button', { name: 'Close' }).click()
  await dialog(page).waitFor({ state: 'detached' })
  expect(await button.evaluate((one) => one === document.activeElement)).toBe(true)
})

test('Print prints the document and not the page', async () => {
  const page = await opened()
  await page.evaluate(() => {
    const note = (what: string) => () => document.body.setAttribute('data-printed', what)
    addEventListener('beforeprint', note('page'))
    document.querySelector('iframe')?.contentWindow?.addEventListener('beforeprint', note('document'))
  })
  await dialog(page).getByRole('button', { name: 'Print' }).click()
  await expect.poll(() => page.locator('body').getAttribute('data-printed')).toBe('document')
})

test('it opens in a window of its own', async () => {
  const page = await opened()
  const [other] = await Promise.all([
    page.context().waitForEvent('page'),
    dialog(page).getByRole('link', { name: 'Open in a window of its own' }).click(),
  ])
  await other.getByText('1. Minutes').waitFor()
  expect(await other.evaluate(() => window.opener)).toBeNull()
})

test('nothing in it runs, and nothing is fetched for it', async () => {
  const responses: string[] = []
  staged.answer = () =>
    agenda(`<p>1. Minutes</p><script>parent.document.title = 'run'</script>
      <img src="/icon.svg?fetched" onerror="parent.document.title = 'run'">
      <img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" onload="parent.document.title = 'run'">`)
  const page = await visits.open(staged.address, CLERK, 'direct')
  page.context().on('response', (response) => responses.push(new URL(response.url()).search))
  await say(page, 'print the agenda')
  await paper(page).getByText('1. Minutes').waitFor()
  expect(await page.title()).toBe('Quorate · Quorate')
  const own = await page.context().newPage()
  await own.goto(`${staged.address}${await page.getByRole('link', { name: /own$/ }).getAttribute('href')}`)
  expect(await own.title()).toBe('Agenda')
  expect(responses).not.toContain('?fetched')
  visits.forgive(/Content Security Policy|sandboxed/)
})

test.each([
  { what: 'alone', files: [] },
  { what: 'with its files', files: FILES },
])('on a phone it fills the screen, $what', async ({ files }) => {
  const page = await opened({ viewport: PHONE }, files)
  expect(await dialog(page).boundingBox()).toEqual({ x: 0, y: 0, ...PHONE })
  expect(await fits(page)).toBe(true)
  const close = await dialog(page).getByRole('button', { name: 'Close' }).boundingBox()
  expect(close && close.y + close.height <= PHONE.height && close.x >= 0).toBe(true)
})

describe('no fault that axe can find', () => {
  test.each(LOOKS)('$colorScheme at $viewport.width', async (look) => {
    expect(await faultsOf(await opened(look, FILES))).toEqual([])
  })
})
