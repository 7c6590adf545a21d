import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openStaged, type Staged, saying } from './staged.js'
import { faultsOf, fits, LOOKS, log, messageBox, openVisits, say, shows, type Visits } from './visits.js'

const CLERK = 'grace.holloway@example.org'

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

const file = (name: string, bytes = 30) => ({ name, mimeType: 'text/csv', buffer: Buffer.alloc(bytes, 'Ann,Chair\n') })

async function attach(page: Page, chosen: ReturnType<typeof file>): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Attach a file' }).click(),
  ])
  await chooser.setFiles(chosen)
}

const open = (place = 'direct', look = {}) => visits.open(staged.address, CLERK, place, look)

test('a file goes with the words, and the conversation says so', async () => {
  const page = await open()
  await attach(page, file('gravesham.csv'))
  await page.getByText('gravesham.csv').waitFor()
  expect(await messageBox(page).evaluate((box) => box === document.activeElement)).toBe(true)
  await page.keyboard.type('set up our board')
  await page.keyboard.press('Enter')
  await shows(page, 'Heard')
  expect(staged.told).toEqual([
    { words: 'set up our board', file: { name: 'gravesham.csv', base64: file('').buffer.toString('base64') } },
  ])
  expect(await log(page).locator('.words').innerText()).toBe('set up our board\n(with gravesham.csv)')
  expect(await page.locator('.attached').count()).toBe(0)
  await say(page, 'thanks')
  await expect.poll(() => staged.told.at(-1)).toEqual({ words: 'thanks' })
})

test.each([
  { place: 'direct', heard: 'read this file', shown: 'read this file\n(with terms.yaml)' },
  { place: 'kcsp', heard: '  read this file', shown: '@Quorate read this file\n(with terms.yaml)' },
])('a file without words asks that it be read, in $place', async ({ place, heard, shown }) => {
  const page = await open(place)
  await attach(page, file('terms.yaml'))
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await shows(page, 'Heard')
  const [what] = staged.told
  expect(what && 'words' in what && what.words.trim()).toBe(heard.trim())
  expect(what && 'words' in what && what.file?.name).toBe('terms.yaml')
  expect(await log(page).locator('.words').innerText()).toBe(shown)
})

test('a file, words and Enter at once, before the page has drawn any of them, are sent together', async () => {
  const page = await open()
  await page.evaluate(() => {
    const chooser = document.querySelector<HTMLInputElement>('input[type="file"]')
    const box = document.querySelector<HTMLTextAreaElement>('textarea')
    if (!chooser || !box) throw new Error('there is nothing to write in')
    const chosen = new DataTransfer()
    chosen.items.add(new File(['a,b'], 'roster.csv', { type: 'text/csv' }))
    chooser.files = chosen.files
    chooser.dispatchEvent(new Event('change', { bubbles: true }))
    box.value = 'read this roster'
    box.dispatchEvent(new InputEvent('input', { bubbles: true }))
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  })
  await shows(page, 'Heard')
  expect(staged.told).toEqual([
    { words: 'read this roster', file: { name: 'roster.csv', base64: Buffer.from('a,b').toString('base64') } },
  ])
})

test('a file that was removed is not sent', async () => {
  const page = await open()
  await attach(page, file('wrong.csv'))
  await page.getByRole('button', { name: 'Remove wrong.csv' }).click()
  expect(await messageBox(page).evaluate((box) => box === document.activeElement)).toBe(true)
  await say(page, 'help')
  await shows(page, 'Heard')
  expect(staged.told).toEqual([{ words: 'help' }])
  await attach(page, file('wrong.csv'))
  await page.getByText('wrong.csv').waitFor()
})

test.each([
  { what: 'too large', chosen: file('roster.csv', 400 * 1024 + 1), says: 'That file has 401 KB; at most 400 KB are taken.' },
  {
    what: 'of another kind',
    chosen: file('roster.xlsx'),
    says: 'That file does not end in .csv, .yaml, .yml or .txt. Choose one that does.',
  },
])('a file that is $what is refused, and what was attached before stays', async ({ chosen, says }) => {
  const page = await open()
  await attach(page, file('good.csv', 400 * 1024))
  await attach(page, chosen)
  await page.getByRole('alert').filter({ hasText: says }).waitFor()
  await say(page, 'read it')
  await shows(page, 'Heard')
  const [what] = staged.told
  expect(what && 'words' in what && what.file?.name).toBe('good.csv')
  expect(Buffer.from((what && 'words' in what && what.file?.base64) || '', 'base64')).toHaveLength(400 * 1024)
})

test('what was typed and attached in one conversation is there when one comes back to it', async () => {
  const page = await open()
  await attach(page, file('gravesham.csv'))
  await messageBox(page).fill('our board')
  await page.getByRole('link', { name: /kcsp/ }).click()
  await page.getByRole('heading', { name: '# kcsp' }).waitFor()
  expect(await page.getByText('gravesham.csv').count()).toBe(0)
  await page.getByRole('link', { name: /Quorate/ }).click()
  await page.getByText('gravesham.csv').waitFor()
  expect(await messageBox(page).inputValue()).toBe('our board')
})

test('a send that does not arrive keeps the file', async () => {
  const page = await open()
  await attach(page, file('gravesham.csv'))
  await page.context().setOffline(true)
  await page.keyboard.press('Enter')
  await page.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor()
  await page.context().setOffline(false)
  await page.keyboard.press('Enter')
  await shows(page, 'Heard')
  const [what] = staged.told
  expect(what && 'words' in what && what.file?.name).toBe('gravesham.csv')
  visits.forgive(/ERR_INTERNET_DISCONNECTED/)
})

test('who is elsewhere by the time of the answer is left there', async () => {
  const page = await open()
  let answer = () => {}
  staged.answer = () =>
    new Promise((resolve) => {
      answer = () => resolve(saying('Heard'))
    })
  await say(page, 'help')
  await shows(page, 'help')
  const clock = page.getByRole('button', { name: 'One hour on' })
  await clock.focus()
  answer()
  await shows(page, 'Heard')
  await expect.poll(() => messageBox(page).inputValue()).toBe('')
  expect(await clock.evaluate((button) => button === document.activeElement)).toBe(true)
})

describe('no fault that axe can find with a long name attached and another refused', () => {
  test.each(LOOKS)('$colorScheme at $viewport.width', async (look) => {
    const page = await open('kcsp', look)
    await attach(page, file(`the roster of the ${'very '.repeat(20)}large board.csv`))
    await attach(page, file('roster.xlsx'))
    await page.getByRole('alert').filter({ hasText: 'does not end in' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    const remove = await page.getByRole('button', { name: /^Remove/ }).boundingBox()
    expect(remove && remove.x + remove.width <= look.viewport.width).toBe(true)
  })
})
