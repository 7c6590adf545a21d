import { createHash } from 'node:crypto'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Running, startQuorate } from '../../../server.js'
import { clockTo, faultsOf, fits, LOOKS, log, openVisits, press, say, shows, type Visits } from './visits.js'

const CLERK = 'grace.holloway@example.org'
const CHAIR = 'margaret.ashdown@example.org'
const POLICE = 'daniel.okafor@example.org'
const OPCC = 'helen.marsh@example.org'
const DISTRICTS = 'tom.beresford@example.org'
const FIRE = 'aisha.rahman@example.org'
const NHS = 'simon.kerr@example.org'
const PROBATION = 'june.whitfield@example.org'
const CSP = 'owen.pryce@example.org'

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

const EIGHT =
  'Cllr Margaret Ashdown, Daniel Okafor, Helen Marsh, Tom Beresford, Aisha Rahman, Dr Simon Kerr, June Whitfield and Cllr Owen Pryce are here'

async function inSession(clerk: Page): Promise<void> {
  await clockTo(clerk, '2026-12-16T10:00')
  await say(clerk, 'open the meeting')
  await shows(clerk, 'Presiding')
  await say(clerk, EIGHT)
  await shows(clerk, 'Quorate: 8')
}

/** One after another opens the page, presses in the board's channel, and is answered. */
async function each(pressing: readonly (readonly [who: string, label: string])[], answered: string): Promise<void> {
  for (const [who, label] of pressing) {
    const page = await open(who, 'kcsp')
    await page
      .getByRole('button', { name: new RegExp(`^${label}`) })
      .last()
      .waitFor()
    // What they were told of an earlier vote stays, and a window that is closed too soon takes its press with it.
    const before = await log(page).getByText(answered).count()
    await press(page, label)
    await log(page).getByText(answered).nth(before).waitFor()
    await page.context().close()
  }
}

/** They choose in the ballot that is open; each is told that they have voted in it, and not what. What an earlier ballot told stays. */
const vote = (ballot: string, pairs: readonly (readonly [who: string, whom: string])[]): Promise<void> =>
  each(
    pairs.map(([who, whom]) => [who, `${whom}: Election`] as const),
    `is in, by you, in the ${ballot}`,
  )

async function openSecretly(chair: Page): Promise<void> {
  await press(chair, 'Open the ballot')
  const form = chair.getByRole('dialog', { name: 'Open the ballot' })
  await form.getByLabel('Is it secret?').selectOption('secret')
  await form.getByRole('button', { name: 'Open the ballot' }).click()
  await form.waitFor({ state: 'hidden' })
}

const [KERR, RAHMAN, OKAFOR] = ['Dr Simon Kerr', 'Aisha Rahman', 'Daniel Okafor']

test('a vice-chair is nominated from the floor, and elected in secret over two ballots, a fresh one and the lot', async () => {
  const clerk = await open(CLERK)
  await inSession(clerk)
  const chair = await open(CHAIR)
  await say(clerk, `Helen Marsh nominates ${OKAFOR} as vice-chair, seconded by Tom Beresford`)
  await shows(clerk, `${OKAFOR} is nominated.`)
  const member = await open(OPCC, 'kcsp')
  await press(member, 'Nominate somebody')
  const form = member.getByRole('dialog', { name: 'Nominate a Vice-Chair' })
  await form.getByLabel('Whom?').selectOption({ label: `${RAHMAN} (KFRS)` })
  await form.getByRole('button', { name: 'Nominate' }).click()
  await form.waitFor({ state: 'hidden' })
  await shows(member, `${RAHMAN} (KFRS), proposed by Helen Marsh`)
  await say(clerk, `Tom Beresford nominates ${KERR}`)
  for (const who of [FIRE, POLICE, NHS]) {
    const page = await open(who)
    await press(page, 'I accept')
    await shows(page, 'You stand.')
    if (who === NHS) await pictured(page, 'election-own')
    await page.context().close()
  }
  await say(chair, 'elections')
  await shows(chair, 'has accepted')
  await openSecretly(chair)
  await shows(chair, 'first ballot open')
  await shows(member, 'first ballot open')
  await pictured(member, 'election-channel')
  await vote('first ballot', [
    [CHAIR, RAHMAN],
    [FIRE, RAHMAN],
    [CSP, RAHMAN],
    [POLICE, OKAFOR],
    [OPCC, OKAFOR],
    [PROBATION, OKAFOR],
    [NHS, KERR],
    [DISTRICTS, KERR],
  ])
  await shows(chair, `Nobody has more than half of the votes. ${KERR} drops out.`)
  for (const ballot of ['second ballot', 'third ballot']) {
    await openSecretly(chair)
    await shows(chair, `${ballot} open`)
    // The channel's card, in which they press, follows within seconds.
    await shows(member, `${ballot} open`)
    await vote(ballot, [
      [CHAIR, RAHMAN],
      [FIRE, RAHMAN],
      [CSP, RAHMAN],
      [NHS, RAHMAN],
      [POLICE, OKAFOR],
      [OPCC, OKAFOR],
      [PROBATION, OKAFOR],
      [DISTRICTS, OKAFOR],
    ])
  }
  await shows(chair, 'the lot decides who is elected')
  const giver = await open(OPCC)
  await say(giver, 'my words for the lot: blue heron')
  await shows(giver, 'Until the lot is drawn nobody sees them')
  await press(chair, 'Give words for the lot')
  const words = chair.getByRole('dialog', { name: 'Words for the lot' })
  await words.getByLabel('Your words').fill('tea and cake')
  await words.getByRole('button', { name: 'Give them' }).click()
  await words.waitFor({ state: 'hidden' })
  await say(chair, 'draw the lot')
  await shows(chair, 'The lot:')
  await pictured(chair, 'election-lot')
  // Anyone can draw it again: the lowest SHA-256 of the texts as they are published.
  const shown = await log(chair).innerText()
  const lines = [...shown.matchAll(/“(KCSP, Vice-Chair, [^”]+ \/ ([^/”]+))”: ([0-9a-f]{64})/g)]
  expect(lines.length).toBeGreaterThanOrEqual(2)
  for (const [, text = '', , digest] of lines) expect(createHash('sha256').update(text).digest('hex')).toBe(digest)
  const [lowest] = lines
    .map(([, , name, digest = '']) => ({ name, digest }))
    .sort((one, other) => (one.digest < other.digest ? -1 : 1))
  await shows(chair, `RESOLVED that ${lowest?.name} be elected Vice-Chair.`)
  await shows(member, `RESOLVED that ${lowest?.name} be elected Vice-Chair.`)
  await say(clerk, 'roster')
  await shows(clerk, 'Vice-Chair')
}, 240_000)

/** Has the removal of the vice-chair on the next meeting's agenda, as B1. */
async function removalOn(clerk: Page, times: number): Promise<void> {
  await say(clerk, 'propose an item: Removal of the Vice-Chair')
  await log(clerk)
    .getByText('The item is proposed.')
    .nth(times - 1)
    .waitFor()
  await say(clerk, 'place P1 in B')
  await log(clerk)
    .getByText('The item is placed.')
    .nth(times - 1)
    .waitFor()
}

const voteOn = (pairs: readonly (readonly [string, string])[]): Promise<void> =>
  each(
    pairs.map(([who, choice]) => [who, `${choice}: B1`] as const),
    'You have voted',
  )

test('a removal fails with four of eight and carries with five; the agenda of a meeting eleven months on gains its election', async () => {
  const clerk = await open(CLERK)
  await say(clerk, `appoint ${OKAFOR} as vice-chair from 1 December 2025`)
  await shows(clerk, 'vice-chair')
  await say(clerk, 'call a meeting on 20 January 2027 at 10:00, all the same')
  await shows(clerk, 'Wednesday 20 January 2027')
  // His two years end on 1 December 2027, within sixty days of that meeting.
  await say(clerk, 'call a meeting on 20 October 2027 at 10:00, all the same')
  await shows(clerk, 'Wednesday 20 October 2027')
  await say(clerk, 'agenda of the meeting of 20 October 2027')
  await shows(clerk, 'Election of Vice-Chair')
  await pictured(clerk, 'election-agenda')
  await removalOn(clerk, 1)
  await inSession(clerk)
  const chair = await open(CHAIR)
  await say(chair, 'put the removal of the Vice-Chair to the vote')
  await shows(chair, 'vote open')
  await voteOn([CHAIR, FIRE, NHS, CSP].map((who) => [who, 'For'] as const))
  await voteOn([POLICE, OPCC, PROBATION].map((who) => [who, 'Against'] as const))
  await say(chair, 'close the vote')
  await shows(
    chair,
    'NOT CARRIED, by 4 votes to 3, as 5 of 8 were needed, that Daniel Okafor be removed from the office of Vice-Chair.',
  )
  await shows(chair, 'Daniel Okafor stays Vice-Chair.')
  await pictured(chair, 'removal-failed')
  await say(clerk, 'close the meeting, all the same')
  await shows(clerk, 'closed')

  await removalOn(clerk, 2)
  await clockTo(clerk, '2027-01-20T10:00')
  await say(clerk, 'open the meeting')
  await shows(clerk, 'Wednesday 20 January 2027: in session')
  await say(clerk, EIGHT)
  // Her own card says so once everybody is marked; the first meeting's quorum stands in the clerk's log.
  await shows(chair, 'Wednesday 20 January 2027: in session')
  await say(chair, 'put the removal of the Vice-Chair to the vote')
  await shows(chair, '0 of 8 who may vote have voted.')
  await voteOn([CHAIR, FIRE, NHS, PROBATION, CSP].map((who) => [who, 'For'] as const))
  await say(chair, 'close the vote')
  await shows(chair, 'RESOLVED, by 5 votes to none, that Daniel Okafor be removed from the office of Vice-Chair.')
  await shows(chair, 'vacant')
  await pictured(chair, 'removal-carried')
}, 240_000)

test.each(LOOKS)(
  'a ballot is for everybody to use: $colorScheme, $viewport.width wide',
  async (look) => {
    const clerk = await open(CLERK)
    await inSession(clerk)
    for (const name of [RAHMAN, OKAFOR]) {
      await say(clerk, `Helen Marsh nominates ${name} as vice-chair`)
      await shows(clerk, `${name} is nominated.`)
      await say(clerk, `${name} accepts the nomination`)
      await shows(clerk, `${name} (`)
    }
    await say(clerk, 'hold a secret ballot')
    await shows(clerk, 'first ballot open')
    for (const [who, place] of [
      [CLERK, 'direct'],
      [POLICE, 'direct'],
      [POLICE, 'kcsp'],
    ] as const) {
      const page = await open(who, place, look)
      await shows(page, 'first ballot open')
      expect(await faultsOf(page)).toEqual([])
      expect(await fits(page)).toBe(true)
      await page.context().close()
    }
  },
  90_000,
)
