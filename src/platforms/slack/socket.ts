import { SocketModeReceiver } from '@slack/bolt'
import { WebAPIPlatformError } from '@slack/web-api'
import { z } from 'zod'
import { StartError } from '../../kernel/start-error.js'
import { clientOptions, SILENT } from './client.js'
import { jsonOf } from './press.js'
import { LONGEST_RECONNECT_MS } from './waits.js'

/** A connection that Quorate opens to Slack, and keeps open. */
export interface Socket {
  readonly receiver: SocketModeReceiver
  /** @throws StartError where Slack does not take the token */
  start(): Promise<void>
  stop(): Promise<void>
}

/**
 * Bolt's own receiver, held open by us: its client gives up by a rejection that nobody hears where Slack cannot be reached
 * just when it connects anew, and that would end the process.
 */
export function socket(appToken: string, apiUrl: string | null, fault: (error: unknown) => void): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: SILENT,
    autoReconnectEnabled: false,
    // Bolt's own writes what came into a line of its log, and falls over what is no word.
    processEventErrorHandler: async ({ error }) => {
      fault(error)
      return true
    },
    installerOptions: { clientOptions: clientOptions(apiUrl) },
  })
  const { client } = receiver
  let stopped = false
  let tries = 0
  let timer: NodeJS.Timeout | undefined

  function later(): void {
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(connect, Math.min(LONGEST_RECONNECT_MS, 250 * 2 ** tries))
    tries += 1
  }

  function connect(): void {
    if (stopped) return
    client.start().then(
      () => {
        tries = 0
      },
      (error: unknown) => {
        fault(error)
        later()
      },
    )
  }

  // The client looks into what is said unasked, and nobody hears how that ends.
  const hearing = client.listeners('ws_message')
  client.removeAllListeners('ws_message')
  client.on('ws_message', (said: unknown) => {
    if (!isEnvelope(said, client.eventNames())) return
    for (const hear of hearing) Promise.resolve(hear.call(client, said, false)).catch(fault)
  })
  // Slack asks for a new connection every few hours; else the network has failed.
  client.on('disconnected', later)
  return {
    receiver,
    async start() {
      try {
        await client.start()
      } catch (error) {
        // What is wrong with the token is said now, and not tried for ever.
        if (error instanceof WebAPIPlatformError) throw new StartError(refused(error.data.error))
        fault(error)
        later()
      }
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await client.disconnect()
    },
  }
}

/** What Slack says over a socket, as far as the client takes it for granted. */
const Envelope = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['hello', 'disconnect']) }),
  z.object({ type: z.enum(['interactive', 'slash_commands']), envelope_id: z.string(), payload: z.looseObject({}) }),
  z.object({
    type: z.literal('events_api'),
    envelope_id: z.string(),
    payload: z.looseObject({ event: z.looseObject({ type: z.string() }) }),
  }),
])

/** @param own the names under which the client tells itself of its own affairs: no event of Slack's is called so */
function isEnvelope(said: unknown, own: readonly unknown[]): boolean {
  const read = Envelope.safeParse(typeof said === 'string' ? jsonOf(said) : undefined)
  return read.success && (read.data.type !== 'events_api' || !own.includes(read.data.payload.event.type))
}

const refused = (why: string): string =>
  `Slack does not take SLACK_APP_TOKEN (${why}). Make an app-level token with the scope connections:write under Basic Information of the app, turn Socket Mode on, and start again.`
