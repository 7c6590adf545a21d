import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { features } from '../../src/features.js'
import { machineClock } from '../../src/kernel/time.js'
import { connectSlack } from '../../src/platforms/slack/connect.js'
import { openHouse } from '../../src/wiring.js'
import { runningClock } from '../platforms/slack/setting.js'
import { settle } from './apologies.js'
import { silent } from './house.js'
import { AT } from './slack-house.js'

/*
 * Quorate as it serves a workspace, for the bench: `slack-server DATABASE API SECRET`. It tells its parent the port on which it
 * takes requests, settles its outbox when it is told anything, and goes when the parent does.
 */
const [file = '', apiUrl = '', signingSecret = ''] = process.argv.slice(2)
const settings = { botToken: 'xoxb-bench', apiUrl, by: { signingSecret } }

const slack = await connectSlack({ settings, systemClock: machineClock(), fault: silent.fault })
const house = await openHouse({
  config: {
    port: 0,
    file,
    demonstration: false,
    keys: null,
    publicUrl: null,
    now: null,
    log: 'silent',
    slack: settings,
    unattended: true,
  },
  systemClock: runningClock(AT),
  log: silent,
  senders: (_writer, _clock, reading) => [slack.sender(reading)],
})
await slack.start({ ...house, reading: house.handles.reading, entrances: features.entrances })
const app = express().disable('x-powered-by')
if (slack.routes) app.use(slack.routes)
const server = createServer(app).listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
house.outbox.wake()

process.on('message', async () => {
  await settle(house)
  process.send?.('settled')
})
process.on('disconnect', () => process.exit())
