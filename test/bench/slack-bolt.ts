import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'

/*
 * An app of Bolt that acknowledges each press and does nothing else, for the bench: `slack-bolt - API SECRET`. It is spoken to
 * as slack-server is.
 */
const [, apiUrl = '', signingSecret = ''] = process.argv.slice(2)
const receiver = new HTTPReceiver({ signingSecret, endpoints: '/slack/events', logLevel: LogLevel.ERROR })
const app = new App({
  receiver,
  authorize: async () => ({ botToken: 'xoxb-bench', botUserId: 'U0QUORATE' }),
  clientOptions: { slackApiUrl: apiUrl },
  logLevel: LogLevel.ERROR,
})
app.action(/.*/, async ({ ack }) => ack())
const server = (await app.start({ port: 0, host: '127.0.0.1' })) as Server
process.send?.((server.address() as AddressInfo).port)
process.on('message', () => process.send?.('settled'))
process.on('disconnect', () => process.exit())
