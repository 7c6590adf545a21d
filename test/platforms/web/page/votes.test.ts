import { readFileSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { pdf } from '../../../papers.js'
import { type Running, startQuorate } from '../../../server.js'
import { clockTo, faultsOf, fits, LOOKS, log, openVisits, press, say, shows, type Visits } from './visits.js'

const CLERK = 'grace.holloway@example.org'
const CHAIR = 'margaret.ashdown@example.org'
const POLICE = 'daniel.okafor@example.org'
const FAIRLEY = 'imogen.fairley@example.org'
const DUNN = 'mark.dunn@example.org'
const CARTER = 'leon.carter@example.org'

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

async function open(as: string, place = 'direct', options: BrowserContextOptions = {}): Promise<Page> {
  const page = await visits.open(quorate.address, as, place, options)
  await page.getByRole('textbox', { name: /^Message/ }).waitFor()
  return page
}

async function pictured(page: Page, name: string): Promise<void> {
  if (!process.env.QUORATE_PICTURES) return
  await page.waitForTimeout(700)
  await page.screenshot({ path: `${process.env.QUORATE_PICTURES}/${name}.png` })
}

/** Has a paper with two recommendations on B1, as the clerk does. */
async function paperOn(clerk: Page): Promise<void> {
  await say(clerk, 'propose an item: Knife crime action plan')
  await shows(clerk, 'The item is proposed.')
  await say(clerk, 'place P1 in B')
  await shows(clerk, 'The item is placed.')
  await say(clerk, 'send the paper for B1')
  const form = clerk.getByRole('dialog', { name: 'Send the paper of B1' })
  await form.getByLabel('The file').setInputFiles({ name: 'Plan.pdf', mimeType: 'application/pdf', buffer: pdf('Plan') })
  await form.getByLabel('Recommendations, one a line').fill('agree the plan\nnote the risk')
  await form.getByRole('button', { name: 'Send it' }).click()
  await shows(clerk, 'Version 1 is in.')
}

/** The meeting of the KCSP in session with its quorum, as the clerk has marked it. */
async function inSession(clerk: Page): Promise<void> {
  await clockTo(clerk, '2026-12-16T10:00')
  await say(clerk, 'open the meeting')
  await shows(clerk, 'Presiding')
  await say(clerk, 'Cllr Margaret Ashdown, Daniel Okafor, Aisha Rahman and Dr Simon Kerr are here')
  await shows(clerk, 'Quorate: 4')
}

const RESOLVED = 'RESOLVED that the Kent Community Safety Partnership:'

test('the recommendations of a paper are agreed at a press; a dissent is heard, and recorded; the register reads like the notes', async () => {
  const clerk = await open(CLERK)
  await paperOn(clerk)
  await inSession(clerk)
  const [chair, channel] = await Promise.all([open(CHAIR), open(POLICE, 'kcsp')])
  await say(chair, 'business')
  await shows(chair, 'B1 Knife crime action plan')
  await log(chair).evaluate((box) => box.scrollTo(0, 0))
  await pictured(chair, 'business')
  await press(chair, 'Agreed: B1')
  await shows(chair, RESOLVED)
  await shows(channel, RESOLVED)
  await shows(channel, '(a) agree the plan;')
  await pictured(channel, 'agreed-channel')

  await say(chair, 'move under C1: the partnership meet in May')
  await shows(chair, 'before the meeting')
  await shows(channel, 'the partnership meet in May')
  await press(channel, 'I do not agree')
  const form = channel.getByRole('dialog', { name: /^I do not agree/ })
  await form.getByLabel('Why').fill('May is too early for the data.')
  await form.getByRole('button', { name: 'I do not agree' }).click()
  await form.waitFor({ state: 'hidden' })
  await shows(chair, 'Not agreed by: Kent Police.')
  await say(chair, 'agreed')
  await shows(chair, 'Or have the dissent recorded, and decide')
  await pictured(chair, 'dissent')
  await press(chair, 'Record the dissent and decide')
  await shows(chair, 'RESOLVED that the partnership meet in May.')
  await shows(channel, 'Kent Police did not agree, which is recorded.')

  await say(clerk, 'decisions')
  await shows(clerk, 'Decisions: KCSP')
  await pictured(clerk, 'register')
  await press(clerk, 'See 2')
  await shows(clerk, 'Kent Police (Daniel Okafor): May is too early for the data.')
  await pictured(clerk, 'entry')
}, 90_000)

/** Sets Gravesham up on the page as its clerk does, and opens its meeting with these there. */
async function gravesham(clerk: Page): Promise<void> {
  const file = async (path: string, words: string, shown: string) => {
    const name = path.split('/').at(-1) ?? ''
    const buffer = readFileSync(new URL(`../../../../${path}`, import.meta.url))
    await clerk.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/plain', buffer })
    await say(clerk, words)
    await shows(clerk, shown)
  }
  await file('src/boards/terms/gravesham.yaml', 'set up a board', 'Gravesham Community Safety Partnership')
  await say(clerk, 'approve the terms: RESOLVED that the terms be approved')
  await shows(clerk, 'in force')
  await file('docs/gravesham-roster.csv', 'read this roster for Gravesham CSP', 'Cllr Imogen Fairley')
  await press(clerk, 'Import')
  await say(clerk, 'call a meeting of Gravesham CSP on 17 December 2026 at 10:00, all the same')
  await shows(clerk, 'Thursday 17 December 2026')
  await say(clerk, 'propose an item for Gravesham CSP: Street lighting')
  await shows(clerk, 'Street lighting')
  await say(clerk, 'place P1 in B for Gravesham CSP')
  await shows(clerk, 'The item is placed.')
  await clockTo(clerk, '2026-12-17T10:00')
  await say(clerk, 'open the meeting of Gravesham CSP')
  await shows(clerk, 'Gravesham CSP, Thursday 17 December 2026: in session')
  await say(clerk, 'Cllr Imogen Fairley, Mark Dunn, Daniel Okafor and Leon Carter are here')
  await shows(clerk, 'Quorate: 4')
}

test('at Gravesham equal votes fall to the chair, and a vote that loses its quorum ends as a recommendation', async () => {
  const clerk = await open(CLERK)
  await gravesham(clerk)
  const [chair, fire, police, probation] = await Promise.all([open(FAIRLEY), open(DUNN), open(POLICE), open(CARTER)])
  await say(chair, 'move under B1: the grant be spent on street lighting')
  await shows(chair, 'before the meeting')
  await say(chair, 'put it to the vote closing by hand')
  await shows(chair, '0 of 4 who may vote have voted.')
  for (const [voter, choice] of [
    [fire, 'For'],
    [police, 'Against'],
    [probation, 'Against'],
  ] as const) {
    await shows(voter, 'has not voted.')
    await press(voter, `${choice}: B1`)
    await shows(voter, 'You have voted')
  }
  await press(chair, 'For: B1')
  await shows(chair, '4 of 4 who may vote have voted.')
  await pictured(chair, 'vote-open')
  const channel = await open(POLICE, 'gravesham-csp')
  await shows(channel, '4 of 4 who may vote have voted.')
  await pictured(channel, 'vote-channel')
  await press(chair, 'Close the vote')
  await shows(chair, 'has a second or casting vote.')
  await pictured(chair, 'equal')
  await press(chair, 'Casting vote for')
  const resolved =
    'RESOLVED, on the Chair’s casting vote (2 votes for and 2 against), that the grant be spent on street lighting.'
  await shows(chair, resolved)
  await shows(channel, resolved)

  await say(chair, 'move under C1: the partnership meet in May')
  await shows(chair, 'the partnership meet in May')
  await say(chair, 'put C1 to the vote')
  await shows(police, 'the partnership meet in May')
  await press(police, 'For: C1')
  await shows(police, 'You have voted “for” for Kent Police.')
  await press(chair, 'For: C1')
  await say(fire, "I'm leaving")
  await say(probation, "I'm leaving")
  await shows(clerk, 'The quorum is lost')
  await press(chair, 'Close the vote')
  await shows(chair, 'RECOMMENDED, by 2 votes to none, for ratification by a later meeting, as there was no quorum')
  await pictured(chair, 'recommended')
  await say(clerk, 'decision 2 for Gravesham CSP')
  await shows(clerk, 'The quorum for Partnership meetings will be three core members.')
}, 90_000)

test.each(LOOKS)(
  'a vote is for everybody to use: $colorScheme, $viewport.width wide',
  async (look) => {
    const clerk = await open(CLERK)
    await inSession(clerk)
    await say(clerk, 'move under C1: the partnership meet in May')
    await shows(clerk, 'before the meeting')
    await say(clerk, 'put it to the vote')
    await press(clerk, 'The meeting agrees to vote')
    await shows(clerk, '0 of 4 who may vote have voted.')
    for (const [who, place] of [
      [CLERK, 'direct'],
      [POLICE, 'direct'],
      [POLICE, 'kcsp'],
    ] as const) {
      const page = await open(who, place, look)
      await shows(page, '0 of 4 who may vote have voted.')
      expect(await fits(page)).toBe(true)
      expect(await faultsOf(page)).toEqual([])
      const names = await log(page)
        .getByRole('button')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent))
      expect(names.every((name) => (name ?? '').length > 3)).toBe(true)
      await pictured(page, `vote-${place}-${who.split('.')[0]}-${look.colorScheme}-${look.viewport.width}`)
    }
    await press(clerk, 'Record votes')
    await clerk.getByRole('dialog', { name: 'Record votes on C1' }).waitFor()
    expect(await faultsOf(clerk)).toEqual([])
    await clerk.keyboard.press('Escape')
    await say(clerk, 'business')
    await shows(clerk, 'Business: KCSP')
    expect(await faultsOf(clerk)).toEqual([])
  },
  60_000,
)
