import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Running, startQuorate } from '../../../server.js'
import { clockTo, faultsOf, fits, LOOKS, log, openVisits, press, say, shows, type Visits } from './visits.js'

const CLERK = 'grace.holloway@example.org'
const CHAIR = 'margaret.ashdown@example.org'
const POLICE = 'daniel.okafor@example.org'
const NHS = 'simon.kerr@example.org'
const STONE = 'april.stone@example.org'

/** The demonstration's meeting is then on Wednesday 16 December 2026 at 10:00, online. */
const BEFORE = { QUORATE_NOW: '2026-11-23T09:00' }

let visits: Visits
let quorate: Running

beforeAll(async () => {
  visits = await openVisits()
})
afterAll(() => visits.close())
beforeEach(async () => {
  quorate = await startQuorate({ environment: BEFORE })
})
afterEach(async () => {
  const troubles = await visits.closePages()
  await quorate.stop()
  expect(troubles).toEqual([])
})

async function open(as: string, place: 'direct' | 'kcsp' = 'direct', options: BrowserContextOptions = {}): Promise<Page> {
  const page = await visits.open(quorate.address, as, place, options)
  // Nobody has written to the clerk before the meeting.
  await page.getByRole('textbox', { name: /^Message/ }).waitFor()
  return page
}

test('a meeting from its opening to its record, by buttons and forms', async () => {
  const clerk = await open(CLERK)
  await clockTo(clerk, '2026-12-16T09:55')
  await say(clerk, 'open the meeting')
  await shows(clerk, 'Not quorate: 0 responsible authorities are represented, and 4 are needed.')

  const [chair, channel, member] = await Promise.all([open(CHAIR), open(POLICE, 'kcsp'), open(POLICE)])
  await shows(channel, 'in session')
  await press(chair, "I'm online")
  await shows(chair, 'Cllr Margaret Ashdown')
  await press(member, "I'm online")
  await shows(member, 'You are online')
  await shows(channel, '2 responsible authorities are represented')

  await press(clerk, 'Mark the table')
  const form = clerk.getByRole('dialog', { name: 'Mark the table' })
  expect(await form.getByLabel('Daniel Okafor, Kent Police').inputValue()).toBe('online')
  await form.getByLabel('Aisha Rahman, KFRS').selectOption({ label: 'Online' })
  await form.getByRole('button', { name: 'Mark', exact: true }).click()
  await form.waitFor({ state: 'hidden' })
  await shows(clerk, 'Not quorate: 3 responsible authorities are represented, and 4 are needed.')
  await press(clerk, 'Wait for a quorum')
  await shows(clerk, 'It waits for a quorum.')

  const nhs = await open(NHS)
  await say(nhs, "sorry, I can't make it, April Stone will substitute")
  await shows(nhs, 'April Stone')
  const stone = await open(STONE)
  await shows(stone, 'The meeting is open. Press when you are there.')
  await press(stone, "I'm online")
  await shows(channel, 'Quorate: 4 responsible authorities are represented, and 4 are needed.')
  await shows(chair, 'The meeting is quorate')
  await press(chair, 'Go on with the meeting')

  await press(member, "I'm leaving")
  await shows(clerk, 'The quorum is lost')
  await shows(channel, 'Not quorate: 3')
  await press(clerk, 'Close the meeting')
  await shows(clerk, 'Once it is closed it is not opened again')
  await press(clerk, 'Close the meeting')
  await shows(clerk, 'PRESENT: Cllr Margaret Ashdown (Chair)')

  await press(clerk, 'Attendance and quorum, to print')
  const printed = clerk.getByRole('dialog', { name: /^Attendance and quorum/ })
  await printed.waitFor()
  await printed.frameLocator('iframe').getByText('April Stone (Substitute for Dr Simon Kerr)').first().waitFor()
}, 60_000)

test.each(LOOKS)(
  'the room is for everybody to use: $colorScheme, $viewport.width wide',
  async (look) => {
    const clerk = await open(CLERK)
    await clockTo(clerk, '2026-12-16T09:55')
    await say(clerk, 'open the meeting')
    await shows(clerk, 'Presiding')
    await say(clerk, 'Cllr Margaret Ashdown, Daniel Okafor, Aisha Rahman and Dr Simon Kerr are here')
    await shows(clerk, 'Quorate: 4')
    const page = await open(CLERK, 'direct', look)
    await shows(page, 'Quorate: 4')
    expect(await fits(page)).toBe(true)
    expect(await faultsOf(page)).toEqual([])
    await press(page, 'Mark the table')
    await page.getByRole('dialog', { name: 'Mark the table' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    if (process.env.QUORATE_PICTURES)
      await page.screenshot({ path: `${process.env.QUORATE_PICTURES}/table-${look.colorScheme}-${look.viewport.width}.png` })
    await page.keyboard.press('Escape')
    const names = await log(page)
      .getByRole('button')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent))
    expect(names.every((name) => (name ?? '').length > 3)).toBe(true)
    if (process.env.QUORATE_PICTURES)
      await page.screenshot({ path: `${process.env.QUORATE_PICTURES}/room-${look.colorScheme}-${look.viewport.width}.png` })
  },
  60_000,
)
