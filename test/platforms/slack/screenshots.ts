import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { dayInWords, dayOf, hourInWords, machineClock } from '../../../src/kernel/time.js'
import { startQuorate } from '../../server.js'
import { openTrial } from './stand-in/page/trial.js'
import { messageOf, PHONE, picture, say as type, visit } from './stand-in/page/visit.js'

const file = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const ZONE = 'Europe/London'
const ROSTER = file('src/demonstration/kcsp.csv')

/** Says something, and waits for an answer that holds some words. */
async function say(page: Page, words: string, answer: string): Promise<void> {
  await type(page, words)
  await messageOf(page, answer).waitFor()
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).last().click()

/** Ten minutes from now, as it is said: "22 November 2026 at 20:58". */
function soon(): string {
  const at = machineClock().now().add({ minutes: 10 })
  const [, ...day] = dayInWords(dayOf(at, ZONE)).split(' ')
  return `${day.join(' ')} at ${hourInWords(at, ZONE)}`
}

/** Takes the README's pictures of Slack, on the stand-in's page, at a meeting that begins ten minutes from now. */
export async function slackPictures(browser: Browser): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-'))
  const trial = await openTrial({ port: 0, roster: ROSTER, deliverTo: null })
  const address = trial.slack.url
  const environment = {
    DATABASE_URL: `file:${join(folder, 'quorate.db')}`,
    SLACK_API_URL: address,
    SLACK_BOT_TOKEN: trial.workspace.botToken,
    SLACK_APP_TOKEN: trial.workspace.appToken,
  }
  const cli = (...given: readonly string[]) =>
    execFileSync(process.execPath, [file('dist/src/cli.js'), ...given], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    })
  cli('terms', 'adopt', file('src/boards/terms/kcsp-2025.yaml'), '--resolution', 'RESOLVED that the terms be approved')
  cli('roster', 'import', ROSTER, '--board', 'KCSP')
  const quorate = await startQuorate({ folder, environment })
  const as = (name: string, place: string, viewport?: typeof PHONE) =>
    visit(browser, address, { as: `${name}@example.org`, place, ...(viewport ? { viewport } : {}) })
  try {
    const clerk = await as('grace.holloway', 'kcsp')
    await say(clerk, '/quorate link KCSP', 'This place serves Kent Community Safety Partnership.')
    await say(
      clerk,
      `/quorate call an extraordinary meeting on ${soon()} online because of a surge in violence, all the same`,
      'The meeting is called.',
    )
    await say(clerk, '/quorate propose an item: Serious violence duty', 'The item is proposed.')
    await say(clerk, '/quorate place P1 in B', 'The item is placed.')

    const member = await as('daniel.okafor', 'direct', { width: 1280, height: 720 })
    await messageOf(member, 'You have not answered yet.').waitFor({ timeout: 90_000 })
    await press(member, /^Name a substitute/)
    await member.getByLabel('Ruth Hale').check()
    await picture(member, 'docs/slack-form.png')
    await member.getByRole('dialog').getByRole('button', { name: 'Send apologies' }).click()
    await member.getByRole('dialog').getByText('will substitute').waitFor()
    await member.keyboard.press('Escape')

    await say(clerk, '/quorate open the meeting', 'Not quorate')
    await say(clerk, '/quorate Cllr Margaret Ashdown, Aisha Rahman, Dr Simon Kerr and Ruth Hale are here', 'Quorate: 4')
    await say(clerk, '/quorate move under B2: Agree the serious violence duty’s plan for 2027', 'Agree the serious')
    await say(clerk, '/quorate put it to the vote for ten minutes', 'The meeting agrees to vote')
    await press(clerk, /^The meeting agrees to vote/)
    await messageOf(clerk, '0 of 4 who may vote have voted.').waitFor()
    for (const [name, choice] of [
      ['aisha.rahman', /^For: B2/],
      ['margaret.ashdown', /^Against: B2/],
    ] as const) {
      const voter = await as(name, 'kcsp')
      await messageOf(voter, 'who may vote').waitFor()
      await press(voter, choice)
      await voter.waitForTimeout(1_500)
    }
    const onlooker = await as('simon.kerr', 'kcsp', { width: 1280, height: 860 })
    await messageOf(onlooker, '2 of 4 who may vote have voted.').waitFor()
    await picture(onlooker, 'docs/slack-vote.png', '2 of 4 who may vote have voted.')
    const home = await visit(browser, address, {
      as: 'grace.holloway@example.org',
      place: 'direct',
      tab: 'home',
      viewport: PHONE,
    })
    await home.getByText('at a glance').first().waitFor()
    await picture(home, 'docs/slack-home-phone.png')
  } finally {
    await quorate.stop()
    await trial.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
