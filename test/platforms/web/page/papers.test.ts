import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { pdf } from '../../../papers.js'
import { type Running, startQuorate } from '../../../server.js'
import { clockTo, faultsOf, fits, LOOKS, log, openVisits, press, say, shows, type Visits } from './visits.js'

const CLERK = 'grace.holloway@example.org'
const CHAIR = 'margaret.ashdown@example.org'
const POLICE = 'daniel.okafor@example.org'

/** A month before the meeting, which is put on Wednesday 16 December 2026 at 10:00: its papers go by 8 December at 17:00. */
const BEFORE = { QUORATE_NOW: '2026-11-16T10:00' }

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
  await page.getByRole('textbox', { name: /^Message/ }).waitFor()
  return page
}

async function pictured(page: Page, name: string): Promise<void> {
  if (!process.env.QUORATE_PICTURES) return
  await page.waitForTimeout(400)
  await page.screenshot({ path: `${process.env.QUORATE_PICTURES}/${name}.png` })
}

/** Puts an item on the agenda, and says who writes its paper. */
async function asksFor(clerk: Page): Promise<void> {
  await say(clerk, 'move the next meeting to 16 December 2026 at 10 am, all the same')
  await shows(clerk, 'Tuesday 8 December 2026')
  await say(clerk, 'propose an item: Knife crime')
  await shows(clerk, 'The item is proposed.')
  await say(clerk, 'place P1 in B')
  await shows(clerk, 'The item is placed.')
  await say(clerk, 'B1 is a paper for decision')
  await shows(clerk, 'For Decision')
  await say(clerk, 'Daniel Okafor writes B1')
  await shows(clerk, 'That is kept.')
}

/** Sends a paper in the form that is open. */
async function fills(page: Page, name: string): Promise<void> {
  const form = page.getByRole('dialog', { name: 'Send the paper of B1' })
  await form.getByLabel('The file').setInputFiles({ name, mimeType: 'application/pdf', buffer: pdf(name) })
  await form.getByLabel('Recommendations, one a line').fill('agree the plan\nnote the risk')
  await pictured(page, 'paper-form')
  await form.getByRole('button', { name: 'Send it' }).click()
  await form.waitFor({ state: 'hidden' })
}

test('from a month before to the hour: a paper is asked for, reminded of, sent, circulated, opened and acknowledged', async () => {
  const clerk = await open(CLERK)
  await asksFor(clerk)
  const author = await open(POLICE)
  await shows(author, 'You are asked for a paper: KCSP')

  await clockTo(clerk, '2026-11-24T09:00')
  await shows(author, 'Please send: your paper for KCSP')
  await pictured(author, 'paper-wanted')
  await press(author, 'Remind me tomorrow')
  await shows(author, 'Again on')
  await pictured(author, 'tomorrow')
  await expect.poll(() => log(author).getByText('Please send').count()).toBe(0)
  await clockTo(clerk, '2026-11-25T09:00')
  await shows(author, 'Please send: your paper for KCSP')
  await press(author, 'Send the paper')
  await fills(author, 'Knife crime.pdf')
  await shows(author, 'Version 1 is in.')
  await shows(author, '(b) note the risk')
  await shows(clerk, 'A paper is in: B1')

  const chair = await open(CHAIR)
  await clockTo(clerk, '2026-12-01T09:00')
  await shows(chair, 'Please agree: Agenda: KCSP')
  await press(chair, 'Agree the agenda')
  await shows(chair, 'Agreed on')

  await clockTo(clerk, '2026-12-04T09:00')
  await shows(clerk, 'Papers to circulate: KCSP')
  await pictured(clerk, 'to-circulate')
  const channel = await open(POLICE, 'kcsp')
  await press(clerk, 'Circulate the papers')
  await shows(clerk, 'The papers go to')
  await shows(author, 'Papers: KCSP, Wednesday 16 December 2026')
  await shows(channel, 'Papers: KCSP, Wednesday 16 December 2026')
  await pictured(author, 'papers-sent')

  await press(author, 'Open B1')
  const link = log(author).getByRole('link').last()
  await link.waitFor()
  await pictured(author, 'paper-link')
  const [opened] = await Promise.all([author.context().waitForEvent('page'), link.click()])
  await opened.getByText('This link was made for Daniel Okafor alone.').waitFor()
  await pictured(opened, 'paper-page')
  const [download] = await Promise.all([
    opened.waitForEvent('download', { timeout: 10_000 }),
    opened.getByRole('button', { name: 'Open the paper' }).click(),
  ])
  expect(await readFile(await download.path())).toEqual(pdf('Knife crime.pdf'))
  await press(author, 'Received')
  await shows(author, 'You acknowledged it')
  await say(clerk, 'who has been sent what')
  await shows(clerk, 'opened B1; received 09:00')
  await pictured(clerk, 'dispatches')
  await press(clerk, 'Dispatch record')
  const printed = clerk.getByRole('dialog', { name: /^Dispatch record/ })
  await printed.frameLocator('iframe').getByText('Daniel Okafor').first().waitFor()
  await pictured(clerk, 'dispatch-record')
  await clerk.keyboard.press('Escape')

  await clockTo(clerk, '2026-12-11T09:00')
  await shows(clerk, 'The quorum is at risk: KCSP')
  await shows(author, 'Please answer')
  await press(author, "I'll be there")
  await clockTo(clerk, '2026-12-15T09:00')
  await shows(author, 'Tomorrow: KCSP')
  await clockTo(clerk, '2026-12-16T09:00')
  await shows(author, 'In an hour: KCSP')
  await clockTo(clerk, '2026-12-16T09:45')
  await shows(clerk, 'To open: KCSP')
  await pictured(clerk, 'to-open')
  await press(clerk, 'Open the meeting')
  await shows(clerk, 'Not quorate')
}, 90_000)

test('late: the author is reminded daily, the paper goes marked with the days it is short, and the meeting says whether it is taken', async () => {
  const clerk = await open(CLERK)
  await asksFor(clerk)
  const author = await open(POLICE)
  await clockTo(clerk, '2026-12-09T09:00')
  await shows(author, 'Late: your paper for KCSP')
  await press(author, 'Send the paper')
  await fills(author, 'Late.pdf')
  await say(clerk, 'circulate the papers, all the same')
  await pictured(clerk, 'late-circulated')
  await shows(clerk, 'They go 1 working day late, and are marked so.')
  await shows(author, '1 working day late')
  await clockTo(clerk, '2026-12-16T09:55')
  await say(clerk, 'open the meeting')
  await shows(clerk, 'Not quorate')
  await say(clerk, 'late papers')
  await shows(clerk, 'not said yet')
  await pictured(clerk, 'late-list')
  await press(clerk, 'Take B1')
  await shows(clerk, 'B1 is taken.')
  await pictured(clerk, 'late-papers')
}, 60_000)

test.each(LOOKS)(
  'papers are for everybody to read and to send: $colorScheme, $viewport.width wide',
  async (look) => {
    const clerk = await open(CLERK)
    await asksFor(clerk)
    const page = await open(CLERK, 'direct', look)
    await say(page, 'paper for B1')
    await page.getByRole('dialog', { name: 'Send the paper of B1' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await fills(page, 'Knife crime.pdf')
    await say(page, 'papers')
    await shows(page, 'in, version 1, not sent out yet')
    await say(page, 'circulate the papers, all the same')
    await shows(page, 'The papers go to')
    await say(page, 'who has been sent what')
    await shows(page, 'Dispatch record')
    expect(await fits(page)).toBe(true)
    expect(await faultsOf(page)).toEqual([])
    await pictured(page, `papers-${look.colorScheme}-${look.viewport.width}`)
  },
  60_000,
)
