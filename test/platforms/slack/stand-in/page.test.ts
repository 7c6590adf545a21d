import { App, LogLevel } from '@slack/bolt'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openChromium } from '../../../chromium.js'
import { faultsOf, fits } from '../../web/page/visits.js'
import { openStandIn, type StandIn } from './open.js'
import type { Entry } from './page/entries.js'
import { servePage } from './page/listen.js'
import { EVERY_BLOCK, EVERY_FIELD, FURTHER } from './page/sampler.js'
import { messageOf, PHONE, say, visit, WIDE } from './page/visit.js'
import type { Workspace } from './workspace.js'

const ENTRIES: readonly Entry[] = [
  { kind: 'command', command: '/quorate', hint: '' },
  { kind: 'shortcut', on: 'global', callbackId: 'send_apologies', name: 'Send apologies' },
  { kind: 'shortcut', on: 'message', callbackId: 'propose_item', name: 'Propose as agenda item' },
]

let browser: Browser
let slack: StandIn
let board: Workspace
let channel: string
let app: App
let stopPage: () => void
/** what reached the app, in its own words */
let heard: string[]
let troubles: string[]

beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser.close())

beforeEach(async () => {
  heard = []
  troubles = []
  slack = await openStandIn()
  slack.lenient = true
  board = slack.addWorkspace({ id: 'T0BOARD', name: 'The board' })
  const alice = board.addUser({ name: 'Alice Example', email: 'alice@example.org' })
  const bob = board.addUser({ name: 'Bob Example', email: 'bob@example.org' })
  channel = board.addChannel({ name: 'board', kind: 'private', members: [alice, bob] })
  stopPage = await servePage(slack, { workspace: board, name: 'The board', entries: ENTRIES })
  app = await startApp()
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
  await app.stop()
  stopPage()
  await slack.close()
  expect(troubles).toEqual([])
})

/** A bare Bolt app that shows one of everything, and notes what it hears. */
async function startApp(): Promise<App> {
  const bare = new App({
    token: board.botToken,
    appToken: board.appToken,
    socketMode: true,
    clientOptions: { slackApiUrl: slack.url },
    logLevel: LogLevel.ERROR,
  })
  bare.event('app_mention', async ({ event, say }) => {
    heard.push(`mention ${event.text}`)
    await say({ text: 'Everything', blocks: [...EVERY_BLOCK] })
  })
  bare.message(async ({ message, say }) => {
    const files = 'files' in message && message.files ? ` with ${message.files.map(({ name }) => name).join(', ')}` : ''
    heard.push(`words ${'text' in message ? message.text : ''}${files}`)
    if (!('text' in message && message.text === 'say nothing')) await say(`*Heard*, <@${'user' in message ? message.user : ''}>`)
  })
  bare.event('app_home_opened', async ({ event, client }) => {
    heard.push(`opened ${event.tab}`)
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Your board' } }] },
    })
  })
  bare.command('/quorate', async ({ ack, command }) => {
    heard.push(`command ${command.text}`)
    await ack(`You said ${command.text}`)
  })
  bare.action(/.*/, async ({ ack, action, body, client }) => {
    await ack()
    const id = 'action_id' in action ? action.action_id : ''
    heard.push(
      `${id} ${'value' in action ? action.value : 'selected_option' in action ? action.selected_option?.value : 'selected_date' in action ? action.selected_date : ''}`,
    )
    const trigger_id = 'trigger_id' in body ? body.trigger_id : ''
    if (id === 'open') await client.views.open({ trigger_id, view: EVERY_FIELD })
    if (id === 'further') await client.views.push({ trigger_id, view: FURTHER })
  })
  bare.shortcut(/.*/, async ({ ack, shortcut }) => {
    await ack()
    heard.push(`${shortcut.callback_id} ${'message' in shortcut ? shortcut.message.text : ''}`)
  })
  bare.view('everything', async ({ ack, view }) => {
    const held = Object.entries(view.state.values).map(([block, { v }]) => [
      block,
      v?.value ??
        v?.selected_date ??
        v?.selected_time ??
        v?.selected_user ??
        v?.selected_option?.value ??
        v?.selected_options?.map(({ value }) => value) ??
        v?.files?.map((file) => file.name) ??
        null,
    ])
    heard.push(JSON.stringify(Object.fromEntries(held.filter(([block]) => block !== 'further'))))
    const isTaken = view.state.values.name?.v?.value === 'Taken'
    await (isTaken ? ack({ response_action: 'errors', errors: { name: 'That name is taken. Give another.' } }) : ack())
  })
  await bare.start()
  await expect.poll(() => board.connected).toBe(true)
  return bare
}

async function open(as = 'alice', place = 'board', more: { tab?: 'home'; viewport?: typeof WIDE } = {}): Promise<Page> {
  const page = await visit(browser, slack.url, { as: `${as}@example.org`, place, ...more })
  page.setDefaultTimeout(5_000)
  page.on('pageerror', (error) => troubles.push(error.message))
  await page.route('https://example.invalid/**', (route) => route.abort())
  return page
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function openForm(page: Page) {
  await say(page, '@Quorate everything')
  await button(page, 'Open: the form').click()
  return page.getByRole('dialog', { name: 'Every field' })
}

describe('a conversation', () => {
  test('draws every kind of block', async () => {
    const page = await open()
    await say(page, '@Quorate everything')
    const message = messageOf(page, 'A header')
    await message.waitFor()
    expect(heard).toEqual([`mention <@${board.botUser}> everything`])
    await message.getByRole('heading', { name: 'A header' }).waitFor()
    expect(await message.locator('.section b').allTextContents()).toEqual(['Bold', 'Right'])
    expect(await message.locator('.section i').allTextContents()).toEqual(['italic'])
    expect(await message.getByText('& <b>no markup</b>').count()).toBe(1)
    expect(await message.getByRole('link', { name: 'a link' }).getAttribute('href')).toBe('https://example.org')
    for (const [selector, words] of [
      ['.rich-text b', 'bold'],
      ['.rich-text s', ' struck'],
      ['.rich-text p code', ' code'],
      ['.rich-text ul > li', 'a point'],
      ['.rich-text ol.indent-1 > li', 'a step'],
      ['.rich-text blockquote', 'a quote'],
      ['.rich-text pre', 'a block of code'],
      ['.context', 'In small letters'],
      ['figcaption', 'The chart'],
    ] as const)
      expect(await message.locator(selector).textContent()).toBe(words)
    expect(await message.getByText('<i>plain</i>').count()).toBe(1)
    expect(await message.getByRole('columnheader').allTextContents()).toEqual(['Body', 'Votes'])
    expect(await message.getByRole('cell').allTextContents()).toEqual(['Police', '12'])
    await message.getByRole('img', { name: 'A chart of votes' }).waitFor()
    await message.getByRole('separator').waitFor()
  })

  test('what is pressed and chosen reaches the app; what asks first is asked', async () => {
    const page = await open()
    await say(page, '@Quorate everything')
    await button(page, 'End').click()
    const asking = page.getByRole('dialog', { name: 'End it?' })
    await asking.getByText('It cannot be begun again.').waitFor()
    await button(page, 'Leave it').click()
    await button(page, 'End').click()
    await button(page, 'End it').click()
    await page.getByLabel('A colour').selectOption('Blue')
    await page.getByLabel('A day').fill('2027-01-20')
    await page.getByRole('button', { name: 'More actions' }).first().click()
    await expect.poll(() => heard.slice(1)).toEqual(['end end', 'colour blue', 'day 2027-01-20'])
    await page.keyboard.press('Escape')
    await messageOf(page, 'A header').locator('.section').getByRole('button').click()
    await button(page, 'Rename').click()
    await expect.poll(() => heard.at(-1)).toBe('more rename')
  })

  test('a button that went meanwhile is said to be gone', async () => {
    const page = await open()
    await say(page, '@Quorate everything')
    const pressed = button(page, 'Open: the form')
    await pressed.waitFor()
    const ts = board.as(idOf('alice')).conversation(channel).at(-1)?.ts ?? ''
    await slack.quiet(200)
    await page.route('**/page/sight**', (route) => route.abort())
    await app.client.chat.update({ channel, ts, text: 'Nothing to press' })
    await pressed.click()
    await page.unroute('**/page/sight**')
    await page.getByRole('alert').getByText('That button is not there any more.').waitFor()
  })

  test('a command is answered to its giver alone, and an unknown one refused', async () => {
    const page = await open()
    await say(page, '/quorate what is due')
    await messageOf(page, 'You said what is due').getByText('Only visible to you').waitFor()
    await say(page, '/nonsense')
    await page.getByRole('alert').getByText('/nonsense is not a command here.').waitFor()
    await expect.poll(() => page.getByRole('textbox', { name: 'Message #board' }).inputValue()).toBe('/nonsense')
    const another = await open('bob')
    expect(await another.getByText('You said what is due').count()).toBe(0)
  })

  test('a file goes along and can be had again; an answer stands in its thread', async () => {
    const page = await open('alice', 'direct')
    await page.getByRole('textbox').fill('read this')
    await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') })
    await page.getByText('a.csv').waitFor()
    await button(page, 'Send').click()
    await expect.poll(() => heard).toContain('words read this with a.csv')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'a.csv' }).click()])
    expect(download.suggestedFilename()).toBe('a.csv')
    await page.getByText('Heard', { exact: true }).waitFor()
    await page.getByRole('button', { name: /^More actions for the message of Quorate/ }).click()
    await button(page, 'Reply in thread').click()
    await say(page, 'say nothing')
    await page.locator('.reply').getByText('say nothing').waitFor()
    await say(page, '/quorate help')
    await page.getByRole('alert').getByText('Slack takes no commands in threads.').waitFor()
  })

  test('the shortcuts reach the app, one with the message it was asked of', async () => {
    const page = await open()
    await button(page, 'Shortcuts').click()
    await button(page, 'Send apologies').click()
    await say(page, 'Knife crime')
    await page.getByRole('button', { name: /^More actions for the message of Alice/ }).click()
    await button(page, 'Propose as agenda item').click()
    await expect.poll(() => heard).toEqual(['send_apologies ', 'propose_item Knife crime'])
  })

  test('it follows what happens, counts what is unread, and marks what was edited', async () => {
    const page = await open('bob')
    await app.client.chat.postMessage({
      channel: (await app.client.conversations.open({ users: idOf('bob') })).channel?.id ?? '',
      text: 'To you',
    })
    await page.getByRole('button', { name: 'Quorate 1 unread' }).click()
    await messageOf(page, 'To you').waitFor()
    await expect.poll(() => page.getByRole('button', { name: /unread/ }).count()).toBe(0)
    const posted = await app.client.chat.postMessage({ channel, text: 'Before' })
    await page.getByRole('button', { name: 'board 1 unread' }).click()
    await app.client.chat.update({ channel, ts: posted.ts ?? '', text: 'After' })
    await messageOf(page, 'After').getByText('(edited)').waitFor()
    const alice = await open('alice')
    await alice.getByLabel('You are').selectOption('Bob Example')
    await alice.getByRole('heading', { name: '# board' }).waitFor()
    await expect.poll(() => alice.url()).toContain(idOf('bob'))
  })

  const idOf = (first: string) => board.users().find(({ email }) => email === `${first}@example.org`)?.id ?? ''
})

describe('a modal', () => {
  test('is filled in and sent, and its errors stand at their fields', async () => {
    const page = await open()
    const form = await openForm(page)
    const name = form.getByRole('textbox', { name: 'Name' })
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
    await button(page, 'Send it').click()
    await expect
      .poll(() => form.locator('.error').allTextContents())
      .toEqual(Array(3).fill('Please complete this required field.'))
    expect(heard).toHaveLength(2)
    await name.fill('Taken')
    await form.getByRole('textbox', { name: 'Why' }).fill('First\nsecond')
    await form.getByRole('textbox', { name: 'How many' }).fill('4')
    await form.getByLabel('Menu').selectOption('Blue')
    await form.getByLabel('Several').selectOption(['Red', 'Blue'])
    await form.getByRole('radio', { name: 'Blue' }).check()
    await form.getByRole('checkbox', { name: 'Red' }).check()
    await form.getByLabel('Day').fill('2027-01-20')
    await form.getByLabel('Hour').fill('14:30')
    await form.getByLabel('Who').selectOption('Bob Example')
    await form.getByLabel('File').setInputFiles({ name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from('a') })
    await button(page, 'Send it').click()
    await form.getByText('That name is taken. Give another.').waitFor()
    expect(await name.getAttribute('aria-invalid')).toBe('true')
    expect(await name.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await form.getByLabel('Day').inputValue()).toBe('2027-01-20')
    await name.fill('Free')
    await page.keyboard.press('Enter')
    await form.waitFor({ state: 'hidden' })
    expect(JSON.parse(heard.at(-1) ?? '')).toMatchObject({
      name: 'Free',
      why: 'First\nsecond',
      count: '4',
      menu: 'blue',
      several: ['red', 'blue'],
      one: 'blue',
      some: ['red'],
      day: '2027-01-20',
      hour: '14:30',
      file: ['roster.csv'],
    })
  })

  test('lies on another, with a way back to what was typed; Escape closes all', async () => {
    const page = await open()
    const form = await openForm(page)
    await form.getByRole('textbox', { name: 'Name' }).fill('Half a na')
    await button(page, 'Further').click()
    await page.getByRole('dialog', { name: 'Further' }).getByText('A second sheet.').waitFor()
    await button(page, 'Back').click()
    expect(await form.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Half a na')
    await button(page, 'Further').click()
    await page.getByRole('dialog', { name: 'Further' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  })
})

test('the home of the app is opened, and drawn', async () => {
  const page = await open('alice', 'direct', { tab: 'home' })
  await page.getByRole('heading', { name: 'Your board' }).waitFor()
  await button(page, 'Messages').click()
  await expect.poll(() => heard).toEqual(['opened home', 'opened messages'])
})

test('what is wrong about the app, and that there is none, is said', async () => {
  const page = await open()
  await app.client.chat.postMessage({ channel, text: '' }).catch(() => null)
  await page.getByRole('region', { name: 'Complaints about the app' }).getByText('no_text').first().waitFor()
  await button(page, 'Put the complaints away').click()
  await expect.poll(() => page.getByText('no_text').count()).toBe(0)
  await app.stop()
  await page.getByText('No app is connected: npm start').waitFor()
  await say(page, '/quorate help')
  await page.getByRole('alert').getByText('Start Quorate with npm start').waitFor()
  app = await startApp()
  await say(page, '/quorate again')
  await messageOf(page, 'You said again').waitFor()
})

describe('no fault that axe can find', () => {
  test.each([WIDE, PHONE])('at $width', async (viewport) => {
    const page = await open('alice', 'board', { viewport })
    const form = await openForm(page)
    await button(page, 'Send it').click()
    await form.getByText('Please complete this required field.').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'hidden' })
    await say(page, '/nonsense')
    await page.getByRole('alert').waitFor()
    expect(await faultsOf(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    const home = await open('alice', 'direct', { tab: 'home', viewport })
    await home.getByRole('heading', { name: 'Your board' }).waitFor()
    expect(await faultsOf(home)).toEqual([])
  })
})
