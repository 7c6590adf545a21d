import type { Browser, Page } from 'playwright-core'

/** Where somebody looks on the stand-in’s page, and through what window. */
export interface Visit {
  /** their address, or their id */
  readonly as: string
  /** `direct`, or a channel’s name */
  readonly place: string
  /** of the conversation with the app */
  readonly tab?: 'home' | 'messages'
  readonly viewport?: typeof WIDE
}

export const WIDE = { width: 1280, height: 800 }
export const PHONE = { width: 390, height: 844 }

/** Opens the page as one person, in a browser of its own settings. @param address of the stand-in, as in http://127.0.0.1:4000/ */
export async function visit(browser: Browser, address: string, { as, place, tab, viewport = WIDE }: Visit): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme: 'light', locale: 'en-GB', timezoneId: 'Europe/London' })
  const page = await context.newPage()
  const asked = new URLSearchParams({ as, in: place, ...(tab ? { tab } : {}) })
  await page.goto(`${new URL('/', address).href}?${asked}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

export async function say(page: Page, words: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Message/ }).fill(words)
  await page.keyboard.press('Enter')
}

/** The last message of Quorate’s that says it. */
export const messageOf = (page: Page, words: string) => page.getByRole('article').filter({ hasText: words }).last()

/** Takes a picture of the whole page as it stands; with words, from the top of the last message that says them. */
export async function picture(page: Page, path: string, from?: string): Promise<void> {
  if (from !== undefined) await messageOf(page, from).evaluate((one) => one.scrollIntoView({ block: 'start' }))
  await page.mouse.move(0, 0)
  await page.waitForTimeout(300)
  await page.screenshot({ path })
}
