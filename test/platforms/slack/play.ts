import { App } from '@slack/bolt'
import { expect } from 'vitest'
import { chains, verifyChain } from '../../../src/db/journal.js'
import { fromText } from '../../../src/kernel/time.js'
import { AT_ONCE, nextWaiting } from '../../../src/outbox/store.js'
import { type SlackHouse, wordsOf } from './setting.js'
import { type Block, elementsOf } from './stand-in/blocks.js'
import type { Seen, SentFile, Values, Visitor } from './stand-in/visitor.js'

/** One of the people of a journey. Each act ends when everybody has been told of it. */
export interface Player {
  readonly visitor: Visitor
  /** In a channel, to Quorate by name. */
  say(words: string, where?: string, files?: readonly SentFile[]): Promise<void>
  command(words: string, where?: string): Promise<void>
  /** The newest button that is read out so, or begins so. */
  press(label: string, where?: string): Promise<void>
  pressInWindow(label: string): Promise<void>
  pressAtHome(label: string): Promise<void>
  /** Sends the form that is open, which is called so. @returns what is then said at its fields */
  send(title: string, values: Values): Promise<Readonly<Record<string, string>> | undefined>
  openHome(): Promise<void>
  /** All that stands there for them, in words */
  sees(where?: string): string
  /** the newest that stands there for them, in words */
  newest(where?: string): string
  /** what the window says that is open; empty: none is */
  window(): string
  home(): string
}

type Stage = Pick<SlackHouse, 'house' | 'standIn' | 'clock' | 'workspace'>

/** Deliveries that are being dealt with: Quorate goes on after it has acknowledged one. */
let dealing = 0
const { processEvent } = App.prototype
App.prototype.processEvent = async function (event) {
  dealing += 1
  try {
    await processEvent.call(this, event)
  } finally {
    dealing -= 1
  }
}

/** Waits until nothing is delivered, dealt with or sent any more. */
async function quiet({ house, standIn }: Stage): Promise<void> {
  do {
    await standIn.quiet(5)
    await house.outbox.drain()
    await standIn.quiet(5)
  } while (dealing > 0)
}

/** Waits until all that may go has gone, a second to each message, without waiting for the seconds. */
export async function settled(stage: Stage): Promise<void> {
  const { house, standIn, clock } = stage
  for (let seconds = 0; seconds < 200; seconds += 1) {
    await quiet(stage)
    // People take a while between one act and the next.
    standIn.forward(1_000)
    const next = await nextWaiting(house.handles.reading)
    if (next === null || (next !== AT_ONCE && fromText(next).epochMilliseconds > clock.now().epochMilliseconds + 5_000)) return
    clock.forward({ seconds: 1 })
  }
  throw new Error('something waits that never goes')
}

/** Moves the clock to a time, as an hour or a month that goes by. */
export async function clockTo(stage: Stage, to: string): Promise<void> {
  stage.clock.set(to)
  stage.standIn.forward(3_600_000)
  await stage.house.tick()
  await settled(stage)
}

/** A minute goes by: what was to close has closed. */
export async function aMinute(stage: Stage): Promise<void> {
  stage.clock.forward({ minutes: 1 })
  await stage.house.tick()
  await settled(stage)
}

/** The value of the newest of the buttons that are read out so, or begin so; null: there is none. */
function carriedBy(blocks: readonly Block[], label: string): string | null {
  const all = blocks.flatMap(elementsOf).flatMap((element) => (element.type === 'button' ? [element] : []))
  const named = all.filter(({ text, accessibility_label }) =>
    [accessibility_label, text.text].some((said) => said?.startsWith(label)),
  )
  return named.at(-1)?.value ?? null
}

const buttonsOn = (blocks: readonly Block[]): readonly string[] =>
  blocks
    .flatMap(elementsOf)
    .flatMap((element) => (element.type === 'button' ? [element.accessibility_label ?? element.text.text] : []))

export function playerOf(stage: Stage, visitor: Visitor): Player {
  const { workspace } = stage
  const blocksIn = (view: { readonly blocks?: unknown } | null): readonly Block[] => (view?.blocks ?? []) as readonly Block[]
  const pressed = (blocks: readonly Block[], label: string): string => {
    const value = carriedBy(blocks, label)
    if (value === null) throw new Error(`there is no button “${label}”, but ${buttonsOn(blocks).join(', ') || 'none'}`)
    return value
  }
  const holding = (label: string, where: string): Seen => {
    const all = visitor.conversation(where)
    const found = all.findLast(({ blocks }) => carriedBy(blocks, label) !== null)
    if (!found)
      throw new Error(`no message has a button “${label}”, but ${all.flatMap(({ blocks }) => buttonsOn(blocks)).join(', ')}`)
    return found
  }
  /** As its reader sees it: people by their names. */
  const worded = (words: string): string =>
    workspace.users().reduce((said, { id, name }) => said.replaceAll(`@${id}`, name), words)
  const said = (seen: Seen | undefined): string =>
    seen === undefined ? '' : worded(seen.blocks.length > 0 ? wordsOf(seen) : seen.text)
  return {
    visitor,
    async say(words, where = 'direct', files = []) {
      await visitor.say(where, where === 'direct' ? words : `<@${workspace.botUser}> ${words}`, { files })
      await settled(stage)
    },
    async command(words, where = 'direct') {
      await visitor.command(where, words)
      await settled(stage)
    },
    async press(label, where = 'direct') {
      const seen = holding(label, where)
      await visitor.press(seen, { value: pressed(seen.blocks, label) }, { confirm: true })
      await settled(stage)
    },
    async pressInWindow(label) {
      await visitor.pressInModal({ value: pressed(blocksIn(visitor.modal()), label) }, { confirm: true })
      await settled(stage)
    },
    async pressAtHome(label) {
      await visitor.pressAtHome({ value: pressed(blocksIn(visitor.home()), label) }, { confirm: true })
      await settled(stage)
    },
    async send(title, values) {
      expect(this.window()).toMatch(title)
      const { errors } = await visitor.submit(values)
      await settled(stage)
      return errors
    },
    async openHome() {
      await visitor.openHome()
      await settled(stage)
    },
    sees: (where = 'direct') => visitor.conversation(where).map(said).join('\n---\n'),
    newest: (where = 'direct') => said(visitor.conversation(where).at(-1)),
    window() {
      const view = visitor.modal()
      return view === null ? '' : worded(`${view.title?.text ?? ''}\n${wordsOf({ blocks: blocksIn(view) })}`)
    },
    home: () => worded(wordsOf({ blocks: blocksIn(visitor.home()) })),
  }
}

/** What holds at the end of every journey. */
export async function endsWell({ house, standIn, workspace, faults }: SlackHouse): Promise<void> {
  await standIn.quiet()
  expect(faults).toEqual([])
  expect(standIn.complaints).toEqual([])
  const ours = workspace.channels().flatMap(({ messages }) => messages.filter(({ byApp }) => byApp).map(({ ts }) => ts))
  const pings = workspace.pings.filter(({ who, ts }) => ['channel', 'here', 'everyone'].includes(who) && ours.includes(ts))
  expect(pings).toEqual([])
  const { reading } = house.handles
  for (const board of await chains(reading)) expect((await verifyChain(reading, board)).faults).toEqual([])
}

export const CLERK = 'Grace Holloway'
export const CHAIR = 'Cllr Margaret Ashdown'
export const POLICE = 'Daniel Okafor'

/** The meeting of the KCSP in session with its quorum, as the clerk has marked it. */
export async function inSession(opened: SlackHouse, clerk: Player, present: string): Promise<void> {
  await clockTo(opened, '2026-12-16T10:00:00Z')
  await clerk.say('open the meeting')
  expect(clerk.newest()).toContain('Presiding')
  await clerk.say(`${present} are here`)
  expect(clerk.sees()).toContain('Quorate: ')
}

/** Links the board's channel, has everybody of the roster looked for, and calls the meeting of 16 December 2026. */
export async function called(opened: SlackHouse): Promise<Player> {
  const clerk = playerOf(opened, opened.as(CLERK))
  await opened.slack.look()
  await clerk.command('link KCSP', opened.channel)
  await clerk.say('call a meeting on 16 December 2026 at 10 am online, all the same')
  expect(clerk.newest()).toContain('Wednesday 16 December 2026')
  return clerk
}
