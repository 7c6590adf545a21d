import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Running, startQuorate } from '../../../server.js'
import { faultsOf, fits, LOOKS, log, openVisits, say, shows, type Visits } from './visits.js'

const POLICE = 'daniel.okafor@example.org'
const CLERK = 'grace.holloway@example.org'
const CHAIR = 'margaret.ashdown@example.org'
const DEPUTY = 'ruth.hale@example.org'

let visits: Visits
let quorate: Running

beforeAll(async () => {
  visits = await openVisits()
})
afterAll(() => visits.close())
beforeEach(async () => {
  quorate = await startQuorate()
})
afterEach(async () => {
  const troubles = await visits.closePages()
  await quorate.stop()
  expect(troubles).toEqual([])
})

/** The page as one person has it open; anything that it complains of fails the test. */
async function open(as: string, place: 'direct' | 'kcsp' = 'direct', options: BrowserContextOptions = {}): Promise<Page> {
  const page = await visits.open(quorate.address, as, place, options)
  await page.getByRole('article').first().waitFor()
  return page
}

describe('a member, the clerk and the chair', () => {
  test('the member names a substitute in the form; the clerk is told, the channel and the chair see the quorum', async () => {
    const [member, clerk, chair] = await Promise.all([open(POLICE), open(CLERK, 'kcsp'), open(CHAIR)])
    await shows(clerk, '3 of the 4 responsible authorities needed say they will be represented')

    await member.getByRole('button', { name: /^Name a substitute/ }).click()
    const form = member.getByRole('dialog', { name: 'Name a substitute' })
    await form.getByLabel('Who comes in your place?').selectOption({ label: 'Ruth Hale' })
    await form.getByRole('button', { name: 'Send apologies' }).click()
    await form.waitFor({ state: 'hidden' })
    await shows(member, 'You send apologies.')
    await shows(member, '4 responsible authorities say they will be represented: enough for the quorum of 4.')

    await shows(clerk, '4 responsible authorities say they will be represented: enough for the quorum of 4.')
    expect(await log(clerk).getByRole('article').count()).toBe(1)
    await clerk.getByRole('link', { name: /Quorate/ }).click()
    await shows(clerk, 'Apologies received')
    await shows(clerk, 'Daniel Okafor')
    await clerk
      .getByRole('button', { name: /^Who is coming/ })
      .first()
      .click()
    await shows(clerk, ' (substitute for ')

    await say(chair, 'who is coming')
    await shows(chair, 'Who is coming on')
    const deputy = await open(DEPUTY)
    await shows(deputy, 'You are named as substitute')
  })

  test('the member presses on their own card, which changes in its place, and comes after all', async () => {
    const member = await open(POLICE)
    const cards = await log(member).getByRole('article').count()
    await member.getByRole('button', { name: /^Send apologies/ }).click()
    await shows(member, 'You have named no substitute.')
    await member.getByRole('button', { name: /^I can come after all/ }).click()
    await shows(member, 'You will be there.')
    expect(await log(member).getByRole('article').count()).toBe(cards)
    await member.reload()
    await shows(member, 'You will be there.')
  })

  test('from the channel’s card the member sees their answer alone', async () => {
    const [member, clerk] = await Promise.all([open(POLICE, 'kcsp'), open(CLERK, 'kcsp')])
    await member.getByRole('button', { name: /^I'll be there/ }).click()
    await shows(member, 'You will be there.')
    await member.getByText('Only visible to you').waitFor()
    await shows(clerk, '4 responsible authorities say they will be represented')
    expect(await log(clerk).getByText('You will be there.').count()).toBe(0)
  })

  test('people talk in the channel; the bot answers when it is mentioned', async () => {
    const [member, clerk] = await Promise.all([open(POLICE, 'kcsp'), open(CLERK, 'kcsp')])
    await say(member, 'Good morning all')
    await shows(clerk, 'Good morning all')
    await say(member, '@Quorate who is coming')
    await shows(member, 'Who is coming on')
    await shows(clerk, '@Quorate who is coming')
    expect(await log(clerk).getByText('Who is coming on').count()).toBe(0)
    expect(await log(member).getByText('Not done').count()).toBe(0)
  })

  test('the switch between people shows each their own conversation', async () => {
    const page = await open(POLICE)
    await page.getByLabel('You are').selectOption(CLERK)
    await page.getByText('Clerk, in attendance').first().waitFor()
    await page.getByLabel('You are').selectOption(POLICE)
    await shows(page, 'You have not answered yet. Will you come?')
  })

  test('the clock moves forward, and who has not answered is reminded', async () => {
    const member = await open(POLICE)
    await member.getByRole('button', { name: 'One day on' }).click()
    await member.getByText('Clock', { exact: true }).waitFor()
    const now = member.getByRole('status', { name: 'The time is' })
    const session = async () =>
      (await (await fetch(`${quorate.address}/api/session`)).json()) as { clock: { now: string; text: string } }
    const { clock } = await session()
    await now.getByText(clock.text.split(',')[0] ?? '').waitFor()
    // A Friday before the meeting's Wednesday: three working days before, at nine.
    const row = await (await fetch(`${quorate.address}/api/messages?as=${POLICE}&place=direct`)).text()
    const [, day, month, year] = /(\d+) (\w+) (\d{4}), 10:00/.exec(row) ?? []
    const meeting = new Date(`${day} ${month} ${year} 12:00 UTC`)
    const friday = new Date(meeting.getTime() - 5 * 86_400_000).toISOString().slice(0, 10)
    await member.getByLabel('Or a day and time of your choice').fill(`${friday}T09:00`)
    await member.getByRole('button', { name: 'Go' }).click()
    await shows(member, 'Please answer: KCSP')
  })
})

describe('tried wrong', () => {
  test('a form without a choice says so at the field, and nothing is sent', async () => {
    const member = await open(POLICE)
    await member.getByRole('button', { name: /^Name a substitute/ }).click()
    const form = member.getByRole('dialog')
    await form.getByRole('button', { name: 'Send apologies' }).click()
    await form.getByText('Choose who comes in your place.').waitFor()
    expect(await form.getByLabel('Who comes in your place?').getAttribute('aria-invalid')).toBe('true')
    await member.keyboard.press('Escape')
    await shows(member, 'You have not answered yet. Will you come?')
  })

  test('words that mean nothing to the bot change nothing, and it says so', async () => {
    const member = await open(POLICE)
    await say(member, 'Apologies for the confusion about the venue')
    await shows(member, 'I did not understand that, and so did nothing.')
    await shows(member, 'You have not answered yet. Will you come?')
  })

  test('markup in words is shown as it was typed', async () => {
    const member = await open(POLICE, 'kcsp')
    await say(member, '<img src=x onerror=alert(1)> *bold* <!channel>')
    await shows(member, '<img src=x onerror=alert(1)> *bold* <!channel>')
    expect(await log(member).locator('img[src="x"]').count()).toBe(0)
  })

  test('a press while the server is gone says so; nothing is lost', async () => {
    const member = await open(POLICE)
    await member.context().setOffline(true)
    await say(member, 'apologies for the next meeting')
    await member.getByRole('alert').waitFor()
    await member.context().setOffline(false)
    expect(await member.getByRole('textbox', { name: /^Message/ }).inputValue()).toBe('apologies for the next meeting')
    await member.getByRole('button', { name: 'Send', exact: true }).click()
    await shows(member, 'You have named no substitute.')
    visits.forgive(/ERR_INTERNET_DISCONNECTED/)
  })
})

test('the whole act by keyboard alone', async () => {
  const member = await open(POLICE)
  const reach = async (name: RegExp) => {
    for (let n = 0; n < 60; n += 1) {
      await member.keyboard.press('Tab')
      const at = await member.evaluate(() => {
        const focused = document.activeElement
        return `${focused?.tagName} ${focused?.getAttribute('aria-label') ?? focused?.textContent ?? ''}`
      })
      if (name.test(at)) return
    }
    throw new Error(`${name} was not reached`)
  }
  await reach(/^BUTTON Name a substitute/)
  await member.keyboard.press('Enter')
  await member.getByRole('dialog').waitFor()
  await member.keyboard.type('Ruth')
  await reach(/^BUTTON Send apologies/)
  await member.keyboard.press('Enter')
  await shows(member, 'You send apologies.')
})

describe('read by a screen reader, in light and dark, wide and narrow: no fault that axe can find', () => {
  test.each(LOOKS)('$colorScheme at $viewport.width', async (options) => {
    const member = await open(POLICE, 'direct', options)
    await say(member, 'who is coming')
    await shows(member, 'Who is coming on')
    await say(member, 'nonsense')
    await shows(member, 'Not done')
    expect(await faultsOf(member)).toEqual([])
    expect(await fits(member)).toBe(true)
    await say(member, 'name a substitute')
    await member.getByRole('dialog').waitFor()
    expect(await faultsOf(member)).toEqual([])
    const clerk = await open(CLERK, 'kcsp', options)
    expect(await faultsOf(clerk)).toEqual([])
  })
})
