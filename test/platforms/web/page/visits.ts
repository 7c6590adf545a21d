import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openChromium } from '../../../chromium.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const WIDE = { width: 1280, height: 800 }
export const PHONE = { width: 390, height: 844 }

/** How the page is looked at where its looks matter. */
export const LOOKS = [
  { colorScheme: 'light', viewport: WIDE },
  { colorScheme: 'dark', viewport: WIDE },
  { colorScheme: 'light', viewport: PHONE },
  { colorScheme: 'dark', viewport: PHONE },
] as const

/** A browser in which people have the page open. */
export interface Visits {
  /** The page as one person has it open in a conversation; anything that it complains of is kept. */
  open(address: string, as: string, place: string, options?: BrowserContextOptions): Promise<Page>
  /** Forgets complaints of the pages that were to be expected. */
  forgive(expected: RegExp): void
  /** @returns what the pages have complained of, and was not forgiven */
  closePages(): Promise<readonly string[]>
  close(): Promise<void>
}

export async function openVisits(): Promise<Visits> {
  const browser: Browser = await openChromium()
  let troubles: string[] = []
  return {
    async open(address, as, place, options = {}) {
      const context = await browser.newContext({ viewport: WIDE, ...options })
      const page = await context.newPage()
      page.on('pageerror', (error) => troubles.push(error.message))
      page.on('console', (line) => line.type() === 'error' && troubles.push(line.text()))
      await page.goto(`${address}/?as=${as}&place=${place}`)
      await page.getByRole('log').waitFor()
      return page
    },
    forgive(expected) {
      troubles = troubles.filter((line) => !expected.test(line))
    },
    async closePages() {
      await Promise.all(browser.contexts().map((context) => context.close()))
      const told = troubles
      troubles = []
      return told
    },
    close: () => browser.close(),
  }
}

export const log = (page: Page) => page.getByRole('log')

/** Waits until the log says it; how soon is for the bench, since the machine may be busy. */
export const shows = (page: Page, text: string) => log(page).getByText(text).first().waitFor()

export const messageBox = (page: Page) => page.getByRole('textbox', { name: /^Message/ })

export async function say(page: Page, words: string): Promise<void> {
  await messageBox(page).fill(words)
  await page.keyboard.press('Enter')
}

/** Moves the demonstration's clock, as whoever looks at the page does. */
export async function clockTo(page: Page, to: string): Promise<void> {
  await page.getByLabel('Or a day and time of your choice').fill(to)
  await page.getByRole('button', { name: 'Go', exact: true }).click()
  await page.getByRole('status', { name: 'The time is' }).getByText(to.slice(11)).waitFor()
}

/** Presses the last button whose name begins so. */
export const press = (page: Page, label: string) =>
  page
    .getByRole('button', { name: new RegExp(`^${label}`) })
    .last()
    .click()

/** What axe finds wrong with the page as it stands. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(`${AXE};0`)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    const { violations } = await axe.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}

/** Whether nothing of the page stands out of the window to the right. */
export const fits = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
