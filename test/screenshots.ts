import type { Browser, Page } from 'playwright-core'
import { openChromium } from './chromium.js'
import { slackPictures } from './platforms/slack/screenshots.js'
import { type Running, startQuorate } from './server.js'

/** Makes the pictures of the README anew: `npm run screenshots`; `npm run screenshots slack` those of Slack alone. */
const CLOCK = { QUORATE_NOW: '2026-11-23T09:00' }
const WIDE = { width: 1280, height: 860 }
const PHONE = { width: 390, height: 844 }

async function page(
  browser: Browser,
  quorate: Running,
  as: string,
  place: string,
  look: { colorScheme: 'light' | 'dark'; viewport: typeof WIDE },
) {
  const context = await browser.newContext({ ...look, locale: 'en-GB' })
  const opened = await context.newPage()
  await opened.goto(`${quorate.address}/?as=${as}@example.org&place=${place}`)
  await opened.getByRole('article').first().waitFor()
  return opened
}

async function say(opened: Page, words: string, answer: string): Promise<void> {
  await opened.getByRole('textbox', { name: /^Message/ }).fill(words)
  await opened.keyboard.press('Enter')
  await opened.getByText(answer).first().waitFor()
}

const settle = (opened: Page) => opened.waitForTimeout(600)

const browser = await openChromium()
if (process.argv[2] === 'slack') {
  await slackPictures(browser)
  await browser.close()
  process.exit()
}
const quorate = await startQuorate({ environment: CLOCK })
try {
  const member = await page(browser, quorate, 'daniel.okafor', 'direct', { colorScheme: 'light', viewport: WIDE })
  await say(member, 'apologies for the next meeting, Ruth Hale will substitute', 'You send apologies.')
  await settle(member)
  await member.screenshot({ path: 'docs/member-light.png' })

  const clerk = await page(browser, quorate, 'grace.holloway', 'direct', { colorScheme: 'dark', viewport: WIDE })
  await clerk.getByText('Apologies received').first().waitFor()
  await say(clerk, 'who is coming', 'Who is coming on')
  await settle(clerk)
  await clerk.screenshot({ path: 'docs/clerk-dark.png' })

  const channel = await page(browser, quorate, 'margaret.ashdown', 'kcsp', { colorScheme: 'light', viewport: PHONE })
  await settle(channel)
  await channel.screenshot({ path: 'docs/channel-phone.png' })

  for (const [words, answer] of [
    ['propose an item: Serious violence duty', 'The item is proposed.'],
    ['place P1 in B', 'The item is placed.'],
    ['B1 is a paper for decision', 'B1'],
    ['B1 is written by Daniel Okafor', 'That is kept.'],
    ['propose an item: Hate crime', 'The item is proposed.'],
    ['place P1 in B', 'The item is placed.'],
    ['paper for B1: https://example.org/serious-violence.pdf', 'Version 1 is in.'],
    ['paper for B2: https://example.org/hate-crime.pdf', 'Version 1 is in.'],
    ['circulate the papers, all the same', 'The papers go to'],
  ] as const)
    await say(clerk, words, answer)
  const papers = await page(browser, quorate, 'helen.marsh', 'direct', {
    colorScheme: 'light',
    viewport: { width: 1280, height: 640 },
  })
  await papers.getByText('Papers: KCSP').first().waitFor()
  await settle(papers)
  await papers.screenshot({ path: 'docs/papers-light.png' })

  await clerk.getByLabel('Or a day and time of your choice').fill('2026-12-16T09:55')
  await clerk.getByRole('button', { name: 'Go' }).click()
  await clerk.getByRole('status', { name: 'The time is' }).getByText('09:55').waitFor()
  await say(clerk, 'open the meeting', 'Not quorate')
  await say(clerk, 'Cllr Margaret Ashdown, Aisha Rahman and Dr Simon Kerr are here', 'Not quorate: 3')
  const substitute = await page(browser, quorate, 'ruth.hale', 'direct', { colorScheme: 'light', viewport: PHONE })
  await substitute
    .getByRole('button', { name: /^I'm online/ })
    .last()
    .click()
  await substitute.getByText('You are online').first().waitFor()
  const room = await page(browser, quorate, 'grace.holloway', 'direct', {
    colorScheme: 'light',
    viewport: { width: 1280, height: 1080 },
  })
  await room.getByText('Quorate: 4').first().waitFor()
  await settle(room)
  await room.screenshot({ path: 'docs/room-light.png' })

  const pressed = async (opened: Page, name: RegExp) => opened.getByRole('button', { name }).last().click()
  await say(room, 'move under B1: Agree the serious violence duty’s plan for 2027', 'before the meeting')
  await say(room, 'put it to the vote for ten minutes', 'The meeting agrees to vote')
  await pressed(room, /^The meeting agrees to vote/)
  await room.getByText('0 of 4 who may vote have voted.').first().waitFor()
  const voting = await page(browser, quorate, 'aisha.rahman', 'kcsp', {
    colorScheme: 'light',
    viewport: { width: 1280, height: 820 },
  })
  await voting.getByText('0 of 4 who may vote have voted.').first().waitFor()
  await pressed(voting, /^For: B1/)
  await voting.getByText('1 of 4 who may vote has voted.').first().waitFor()
  const another = await page(browser, quorate, 'margaret.ashdown', 'kcsp', { colorScheme: 'light', viewport: WIDE })
  await pressed(another, /^Against: B1/)
  await voting.getByText('2 of 4 who may vote have voted.').first().waitFor()
  const onlooker = await page(browser, quorate, 'simon.kerr', 'kcsp', {
    colorScheme: 'light',
    viewport: { width: 1280, height: 820 },
  })
  await onlooker.getByText('2 of 4 who may vote have voted.').first().waitFor()
  await settle(onlooker)
  await onlooker.screenshot({ path: 'docs/vote-light.png' })

  await say(room, 'close the vote', 'NOT CARRIED')
  for (const name of ['Helen Marsh', 'Tom Beresford']) {
    await say(room, `Aisha Rahman nominates ${name} as vice-chair`, `${name} is nominated.`)
    await say(room, `${name} accepts the nomination`, `${name} (`)
  }
  const chosen = [
    ['margaret.ashdown', 'Helen Marsh'],
    ['aisha.rahman', 'Helen Marsh'],
    ['simon.kerr', 'Tom Beresford'],
    ['ruth.hale', 'Tom Beresford'],
  ] as const
  for (const ballot of ['first', 'second']) {
    await say(room, 'open the ballot', `${ballot} ballot open`)
    for (const [who, candidate] of chosen) {
      const voter = await page(browser, quorate, who, 'kcsp', { colorScheme: 'light', viewport: WIDE })
      await pressed(voter, new RegExp(`^${candidate}: Election`))
      await voter.getByText('is in, by you').last().waitFor()
      await voter.context().close()
    }
    await room
      .getByText(`${ballot === 'first' ? 'First' : 'Second'} ballot:`)
      .first()
      .waitFor()
  }
  for (const [who, words] of [
    ['margaret.ashdown', 'blue heron'],
    ['simon.kerr', 'tea and cake'],
  ] as const) {
    const giver = await page(browser, quorate, who, 'direct', { colorScheme: 'light', viewport: WIDE })
    await say(giver, `my words for the lot: ${words}`, 'They are kept.')
    await giver.context().close()
  }
  await say(room, 'draw the lot', 'The lot:')
  const elected = await page(browser, quorate, 'tom.beresford', 'kcsp', {
    colorScheme: 'light',
    viewport: { width: 1280, height: 900 },
  })
  await elected.getByText('The lot:').last().scrollIntoViewIfNeeded()
  await settle(elected)
  await elected.screenshot({ path: 'docs/election-light.png' })

  await slackPictures(browser)
} finally {
  await browser.close()
  await quorate.stop()
}
