import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import express from 'express'
import type { Answer, Bot, Inbound } from '../../../../src/bot.js'
import { stageFor } from '../../../../src/demonstration/stage.js'
import type { Audience } from '../../../../src/kernel/audience.js'
import { cardReply, type Reply } from '../../../../src/kernel/command.js'
import { text } from '../../../../src/kernel/view.js'
import { ownPagesOnly } from '../../../../src/platforms/web/guard.js'
import { type Hub, hub, type Listing } from '../../../../src/platforms/web/hub.js'
import { mountPage } from '../../../../src/platforms/web/mount.js'
import { openTestHouse, type TestHouse } from '../../../house.js'

const PAGE = fileURLToPath(new URL('../../../../dist/src/platforms/web/page', import.meta.url))

/** The page over a real database, before a bot that answers what the test has it answer. */
export interface Staged {
  readonly address: string
  readonly house: TestHouse
  readonly hub: Hub
  /** what the bot was told, oldest first */
  readonly told: Inbound['what'][]
  /** how the bot answers from now on */
  answer: (what: Inbound['what']) => Answer | Promise<Answer>
  /** whom and where there is besides the demonstration's own */
  readonly besides: { people: Listing['people']; channels: Listing['channels'] }
  /** Lets go of the lines to the pages, as a server that is started again does. */
  cutLines(): void
  close(): Promise<readonly unknown[]>
}

export const ANYONE: Audience = { kind: 'public' }

export const answered = (reply: Reply, of: 'act' | 'query' = 'query'): Answer => ({ ...reply, of })

export const saying = (words: string, of: 'act' | 'query' = 'query'): Answer =>
  answered(cardReply({ title: words, audience: ANYONE, body: [text('That is all.')] }), of)

/** Starts it on a port of its own, with the page's files as they were last built. */
export async function openStaged(): Promise<Staged> {
  const house = await openTestHouse()
  const faults: unknown[] = []
  const pages = hub((error) => faults.push(error))
  const { reading } = house.handles
  await pages.follow(reading)
  if (!house.demonstration) throw new Error('not a demonstration')
  const own = stageFor(reading, house.demonstration, house.tick)
  const told: Inbound['what'][] = []
  const besides: Staged['besides'] = { people: [], channels: [] }
  const bot: Bot = {
    ...house.bot,
    async answer({ what }) {
      told.push(what)
      return staged.answer(what)
    },
  }
  const stage = {
    ...own,
    people: async () => [...(await own.people()), ...besides.people],
    channels: async () => [...(await own.channels()), ...besides.channels],
  }
  const app = express()
  app.use(ownPagesOnly, express.static(PAGE))
  mountPage(app, { ...house, bot, reading, hub: pages, systemClock: house.clock, stage }, (error) => faults.push(error))
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const staged: Staged = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    house,
    hub: pages,
    told,
    answer: () => saying('Heard'),
    besides,
    cutLines: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await house.close()
      return faults
    },
  }
  return staged
}
