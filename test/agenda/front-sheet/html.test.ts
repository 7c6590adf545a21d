import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { frontSheetInHtml } from '../../../src/agenda/front-sheet/html.js'
import type { FrontSheet } from '../../../src/agenda/front-sheet/rules.js'
import { frontSheetInText } from '../../../src/agenda/front-sheet/text.js'
import { openChromium } from '../../chromium.js'
import { hostile, hundredItems, item, july2025, LONG_TITLE, MARKUP, sheetOf } from './sheets.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const A4 = { width: 900, height: 1250 }
const PHONE = { width: 320, height: 640 }

let browser: Browser
let troubles: string[]

beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser.close())
beforeEach(() => {
  troubles = []
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
  expect(troubles).toEqual([])
})

/** The sheet in a browser; whatever it fetches, runs or complains of fails the test. */
async function shown(sheet: FrontSheet, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext({ viewport: A4, ...options })).newPage()
  page.on('request', (request) => troubles.push(request.url()))
  page.on('dialog', (dialog) => troubles.push(dialog.message()))
  page.on('console', (line) => troubles.push(line.text()))
  page.on('pageerror', (error) => troubles.push(error.message))
  await page.setContent(frontSheetInHtml(sheet))
  return page
}

const textsOf = (page: Page, selector: string): Promise<readonly string[]> =>
  page.locator(selector).evaluateAll((found) => found.map((one) => (one.textContent ?? '').replace(/\s+/g, ' ').trim()))

const sheetsOfPaper = async (page: Page): Promise<number> => {
  const pdf = await page.pdf({ preferCSSPageSize: true })
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}

async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(`${AXE};0`)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    const { violations } = await axe.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}

describe('the county’s sheet of 23 July 2025', () => {
  test('says what the text says', async () => {
    const page = await shown(july2025)
    const words = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean).sort()
    const unseen = await textsOf(page, '.unseen')
    expect(unseen).toEqual(['Email'])
    expect(words((await page.locator('body').innerText()).replace(/^Email$/m, ''))).toEqual(words(frontSheetInText(july2025)))
  })

  test('is one page in British English, with one title and its headings in order', async () => {
    const page = await shown(july2025)
    expect(await page.title()).toBe('Agenda: Kent Community Safety Partnership, Wednesday, 23rd July, 2025')
    expect(await page.locator('html').getAttribute('lang')).toBe('en-GB')
    expect(await page.locator('h1, h2, h3').evaluateAll((all) => all.map((one) => `${one.tagName} ${one.textContent}`))).toEqual([
      'H1 Agenda',
      'H2 Unrestricted items',
      'H3 A. Committee Business',
      'H3 B. Matters for Information/Discussion',
      'H3 C. Matters for Information',
      'H2 D. Restricted item(s)',
    ])
    expect(await page.getByRole('list').count()).toBe(4)
    expect(await textsOf(page, 'section:nth-of-type(2) li')).toEqual([
      'B1 Kent Community Safety Agreement Update (Pages 9 - 20)',
      'B2 Kent Community Safety Partnership Working Group Update (Pages 21 - 26)',
      'B3 Kent Community Safety Partnership Terms of Reference Review (Pages 27 - 42)',
      'B4 Safer Summer and Hotspot Policing Plan Update',
      'B5 Domestic Abuse Update',
    ])
    expect(await page.locator('time').getAttribute('datetime')).toBe('2025-07-23T10:00')
  })

  test('is printed on exactly one sheet of A4', async () => {
    const page = await shown(july2025)
    expect(await sheetsOfPaper(page)).toBe(1)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []
    expect([width, height].map((points) => Math.round((Number(points) / 72) * 25.4))).toEqual([210, 297])
  })
})

test('typed markup is text in every place', async () => {
  const page = await shown(hostile)
  expect(await page.locator('script, img').count()).toBe(0)
  expect(await textsOf(page, '.board')).toEqual([MARKUP])
  expect(await textsOf(page, '.address p:last-child')).toEqual([MARKUP])
  expect(await textsOf(page, 'dd')).toEqual([MARKUP, MARKUP, hostile.clerk?.email])
  expect(await textsOf(page, 'h3')).toEqual([`A. ${MARKUP}`])
  expect(await textsOf(page, 'section h2')).toEqual([`B. ${MARKUP}`])
  expect(await textsOf(page, 'li')).toEqual([`A1 ${MARKUP} (to follow) (late item: ${MARKUP})`, `B1 ${MARKUP}`])
  expect(await page.title()).toContain(MARKUP)
})

test('the e-mail address opens a letter to it, and to nobody else', async () => {
  const to = async (email: string) => {
    const page = await shown({ ...july2025, clerk: { name: 'Grace Holloway', telephone: null, email } })
    return page.locator('a').getAttribute('href')
  }
  expect(await to('grace.holloway@example.org')).toBe('mailto:grace.holloway@example.org')
  expect(await to('grace@example.org?bcc=other@example.org')).toBe('mailto:grace@example.org%3Fbcc%3Dother@example.org')
})

test('marks stand above the title; what is not known is not shown', async () => {
  const page = await shown({ ...july2025, clerk: null, state: 'draft', cancelled: true, sections: july2025.sections.slice(3) })
  expect(await textsOf(page, 'main > :first-child, main > :nth-child(2)')).toEqual(['CANCELLED', 'DRAFT, not yet agreed'])
  expect(await textsOf(page, 'h2')).toEqual(['D. Restricted item(s)'])
  expect(await page.locator('dl').count()).toBe(0)
})

test('a hundred items with titles of 300 characters take several sheets, and no item is lost', async () => {
  const page = await shown(hundredItems)
  expect(await textsOf(page, 'li')).toHaveLength(100)
  expect(await sheetsOfPaper(page)).toBeGreaterThan(10)
})

describe.each([
  { colorScheme: 'light', viewport: A4 },
  { colorScheme: 'dark', viewport: A4 },
  { colorScheme: 'dark', viewport: PHONE },
] as const)('$colorScheme, $viewport.width wide', (options) => {
  test.each([
    { of: 'July 2025', sheet: july2025 },
    { of: 'typed markup', sheet: { ...hostile, state: 'draft', cancelled: true } as FrontSheet },
    { of: 'no items', sheet: { ...july2025, sections: [] } },
    { of: 'words without a space', sheet: sheetOf(item('A1', LONG_TITLE.replaceAll(' ', ''), { withdrawn: true })) },
  ])('$of: black on white, nothing runs off the side, and axe finds no fault', async ({ sheet }) => {
    const page = await shown(sheet, options)
    const colours = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.documentElement)
      return [backgroundColor, color]
    })
    expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    expect(await faultsOf(page)).toEqual([])
  })
})
