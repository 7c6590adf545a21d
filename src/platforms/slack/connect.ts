import { App, type Receiver } from '@slack/bolt'
import type { Router } from 'express'
import { z } from 'zod'
import type { Bot } from '../../bot.js'
import type { Db } from '../../db/schema.js'
import type { Writer } from '../../db/write.js'
import type { Files } from '../../kernel/files.js'
import type { Clock } from '../../kernel/time.js'
import type { Sender } from '../../outbox/sender.js'
import { answers as answersFor } from './answers.js'
import { type Call, callingWith, clientOptions, patiently, SILENT } from './client.js'
import { deferring } from './deferring.js'
import { slackFiles } from './files.js'
import { guarded } from './guard.js'
import { homes as homesFor } from './home.js'
import { listen } from './listen.js'
import { asked, type Entrances, type Listening, nowhere } from './listening.js'
import { looking as lookingFor } from './looking.js'
import { matching } from './matching.js'
import { modals as modalsFor } from './modals.js'
import { places as placesFor } from './places.js'
import { responding } from './respond.js'
import { slackSender } from './send.js'
import type { SlackSettings } from './settings.js'
import { socket } from './socket.js'
import { telling } from './telling.js'
import { claimed, PLATFORM, type Workspace, workspaceOf } from './workspace.js'
import { zones as zonesOf } from './zones.js'

/** A workspace that is connected: what sends into it, and how it is listened to. */
export interface Slack {
  readonly workspace: Workspace
  sender(reading: Db): Sender
  /** Begins to listen. */
  start(house: Housed): Promise<void>
  /** Looks for the people of the rosters whom it does not know yet, and whether places and people are as they were; for each minute. */
  look(): Promise<void>
  /** where Slack sends requests; null: by a socket of ours */
  readonly routes: Router | null
  stop(): Promise<void>
}

/** What is listened for. */
export interface Housed {
  readonly bot: Bot
  readonly reading: Db
  readonly writer: Writer
  /** the papers that were sent to it */
  readonly files: Files
  readonly entrances: Entrances
}

interface Needs {
  readonly settings: SlackSettings
  readonly systemClock: Clock
  /** how long Slack may take over one call, in milliseconds; without it, CALL_TIMEOUT_MS */
  readonly callTimeout?: number
  fault(where: string, error: unknown): void
}

const OpenedConversation = z.object({ channel: z.object({ id: z.string() }) })

/**
 * Connects one workspace: asks Slack who we are, and nothing else until it is started.
 * @throws StartError where Slack does not take the token, or cannot be reached
 */
export async function connectSlack({ settings, systemClock, callTimeout, fault }: Needs): Promise<Slack> {
  const { botToken, apiUrl, by } = settings
  const call = callingWith(botToken, apiUrl, systemClock, callTimeout)
  const workspace = await workspaceOf(call)
  const directWith = directConversations(call)
  const directPatiently = directConversations(patiently(call))
  const zones = zonesOf(call, workspace.id)
  const http = 'signingSecret' in by ? guarded(by.signingSecret, systemClock) : null
  const open = 'socket' in by ? socket(by.socket, apiUrl, (error) => fault('slack socket', error)) : null
  const receiver: Receiver | undefined = http?.receiver ?? open?.receiver
  if (!receiver) throw new Error('nothing says how Slack reaches Quorate')
  let look = async (): Promise<void> => undefined
  return {
    workspace,
    look: () => look(),
    routes: http?.routes ?? null,
    sender: (reading) => slackSender({ call, workspace, reading, zones, directWith }),
    async start({ bot, reading, writer, files: kept, entrances }) {
      await claimed(writer, workspace)
      const files = slackFiles(call, botToken, apiUrl)
      const respond = responding(apiUrl)
      const answers = answersFor({ reading, workspace: workspace.id, files, kept, zones, directWith: directPatiently })
      const places = placesFor({ call, workspace: workspace.id, systemClock, directWith })
      const looking = lookingFor({ bot, reading, call, places, workspace, systemClock })
      const match = matching({ bot, reading, call, workspace, zones, systemClock })
      const listening: Listening = {
        bot,
        reading,
        call: patiently(call),
        workspace,
        files,
        answers,
        entrances,
        directWith: directPatiently,
        fault,
        places,
        looking,
        modals: modalsFor(call),
        respond,
        telling: telling({ call: patiently(call), answers, respond, directWith: directPatiently }),
        homes: homesFor(patiently(call), answers, (user, delivery) =>
          asked(listening, user, { delivery, place: nowhere(listening, user), what: { press: entrances.home } }),
        ),
      }
      const app = new App({
        receiver: deferring(receiver),
        authorize: async ({ teamId }) => {
          if (teamId !== workspace.id) throw new Error('another workspace')
          return { botToken, botUserId: workspace.botUser, teamId }
        },
        logger: SILENT,
        clientOptions: clientOptions(apiUrl),
        ignoreSelf: false,
        convoStore: false,
      })
      app.error(async (error) => fault('slack', error))
      listen(app, listening)
      await bot.report({ platform: PLATFORM, workspace: workspace.id, state: 'found', why: 'connected again' })
      look = async () => void (await Promise.all([match(), looking.around()]))
      await open?.start()
    },
    async stop() {
      await open?.stop()
    },
  }
}

/** Opens each direct conversation once: it stays the same. */
function directConversations(call: Call): (user: string) => Promise<string> {
  const known = new Map<string, string>()
  return async (user) => {
    const before = known.get(user)
    if (before !== undefined) return before
    const { channel } = await call('conversations.open', { users: user }, OpenedConversation)
    known.set(user, channel.id)
    return channel.id
  }
}
