import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../../src/kernel/ids.js'
import { buttons, type Card, text } from '../../../../src/kernel/view.js'
import type { Address, Posted } from '../../../../src/outbox/sender.js'
import { pageSender } from '../../../../src/platforms/web/send.js'
import { ANYONE, openStaged, type Staged } from './staged.js'
import { openVisits, shows, type Visits } from './visits.js'

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

const tally = (said: string) => ({
  title: 'Tally',
  audience: ANYONE,
  body: [text(said), buttons({ command: 'vote.cast', subject: 'a', label: 'For' })],
})

test('a card that changes between the two halves of a press is pressed all the same, and changes then', async () => {
  const { house, hub } = staged
  const sender = pageSender(house.writer, house.clock, () => hub.changed())
  const page = await visits.open(staged.address, CLERK, 'direct')
  const here = { platform: 'page', workspace: 'page' }
  const to = { ...here, user: CLERK }
  const show = (address: Address, card: Card, replaces: Posted | null = null) =>
    sender.send(address, card, replaces, [newId()], false, new AbortController().signal)
  const sent = await show(to, tally('1 vote'))
  await page.getByRole('button', { name: 'For', exact: true }).hover()
  await page.mouse.down()
  await show(to, tally('2 votes'), sent)
  // Which comes after, and moves nothing under the pointer.
  await show({ ...here, place: 'kcsp' }, tally('Elsewhere'))
  await page.getByText('1 unread').waitFor()
  expect(staged.told).toEqual([])
  await page.mouse.up()
  await expect.poll(() => staged.told.map((what) => 'press' in what && what.press.command)).toEqual(['vote.cast'])
  await shows(page, '2 votes')
}, 60_000)
