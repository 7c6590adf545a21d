import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pictureOf } from '../../../src/attendance/year/picture.js'
import type { Year } from '../../../src/attendance/year/rules.js'
import { yearDocument } from '../../../src/attendance/year/view.js'
import { openChromium } from '../../chromium.js'
import { faultsOf, fits } from '../../platforms/web/page/visits.js'
import { HOSTILE, hostileYear, monthly, year2025 } from './years.js'

let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser.close())

const htmlOf = (year: Year): string =>
  yearDocument(year, { svg: pictureOf(year), png: new Uint8Array() }, { kind: 'public' }).html

async function opened<T>(year: Year, width: number, look: (page: Page) => Promise<T>, media: 'screen' | 'print' = 'screen') {
  const page = await browser.newPage({ viewport: { width, height: 844 } })
  try {
    await page.emulateMedia({ media })
    await page.setContent(htmlOf(year))
    return await look(page)
  } finally {
    await page.close()
  }
}

test('the figures stand beside the picture as a table with heads of rows and columns', async () => {
  const figures = await opened(year2025, 1280, async (page) => {
    const [picture, table] = await Promise.all(['figure', 'table'].map((name) => page.locator(name).boundingBox()))
    const rows = await page.getByRole('row').allInnerTexts()
    const heads = await page.getByRole('rowheader').count()
    return { beside: picture && table && picture.x + picture.width <= table.x, rows, heads }
  })
  expect(figures.beside).toBe(true)
  expect(figures.heads).toBe(6)
  expect(figures.rows.map((row) => row.split('\t'))).toEqual([
    ['Organisation', '25 Mar', '23 Jul', '18 Nov', 'Represented'],
    ['Kent Fire and Rescue Service', 'no seat', 'vacant', 'present', '1 of 2'],
    ['Kent Police', 'present', 'substitute', 'absent', '2 of 3'],
    ['NHS Kent and Medway Integrated Care Board', 'present', 'apologies', 'present', '2 of 3'],
    ['By invitation'],
    ['Kent Housing Group', 'present', 'apologies', 'no seat', '1 of 2'],
    ['Quorum', 'quorate throughout', 'quorate for a part', 'not quorate', ''],
  ])
})

describe('no fault that axe can find, and nothing out of the window', () => {
  test.each([
    { what: 'on a screen', year: year2025, width: 1280 },
    { what: 'on a phone', year: year2025, width: 390 },
    { what: 'of monthly meetings', year: monthly, width: 1280 },
    { what: 'of monthly meetings on a phone', year: monthly, width: 390 },
  ])('$what', async ({ year, width }) => {
    expect(await opened(year, width, faultsOf)).toEqual([])
    expect(await opened(year, width, fits)).toBe(true)
  })
})

test.each([
  { what: 'of three meetings', year: year2025, width: 680 },
  { what: 'of monthly meetings, on its side', year: monthly, width: 1009 },
])('$what it is no broader than a sheet of A4 within its margins', async ({ year, width }) => {
  expect(await opened(year, width, fits, 'print')).toBe(true)
  expect(htmlOf(year)).toContain(width > 700 ? 'A4 landscape' : 'A4 portrait')
})

test('a name is only ever text', async () => {
  const names = await opened(hostileYear, 1280, async (page) => {
    expect(await page.locator('script, i').count()).toBe(0)
    return page.locator('tbody th').allTextContents()
  })
  expect(names).toEqual(HOSTILE)
})

test('nothing in it is fetched', () => {
  expect(htmlOf(hostileYear)).not.toMatch(/<[^>]*\b(?:src|href)=|url\(|@import/)
})
