import { SocketModeReceiver } from '@slack/bolt'
import { WebAPIPlatformError } from '@slack/web-api'
import { StartError } from '../../kernel/start-error.js'
import { clientOptions, SILENT } from './client.js'
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

const refused = (why: string): string =>
  `Slack does not take SLACK_APP_TOKEN (${why}). Make an app-level token with the scope connections:write under Basic Information of the app, turn Socket Mode on, and start again.`
