import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { newId } from '../../src/kernel/ids.js'
import type { Posted } from './slack-api.js'
import { BOT_USER, CHANNEL, TEAM, userOf } from './slack-house.js'

export const SECRET = '0123456789abcdef0123456789abcdef'

/** A press of a button on the card of a vote, as Slack posts it. */
export interface Click {
  readonly voter: number
  readonly choice: string
  readonly card: Posted
  /** where the server answers to it */
  readonly respondTo: string
}

interface Button {
  readonly action_id: string
  readonly value?: string
}

/** The button of a card that casts a vote. @throws Error where there is none: the clicks would be of nothing */
function castingButton({ blocks }: Posted, choice: string): { readonly block_id: string | undefined; readonly button: Button } {
  for (const block of blocks as readonly { block_id?: string; elements?: readonly Button[]; accessory?: Button }[]) {
    for (const button of [...(block.elements ?? []), ...(block.accessory ? [block.accessory] : [])]) {
      if (button.value?.includes('"votes.cast"') && button.value.includes(`"${choice}"`))
        return { block_id: block.block_id, button }
    }
  }
  throw new Error(`the card has no button to vote ${choice}`)
}

function payloadOf({ voter, choice, card, respondTo }: Click): string {
  const { block_id, button } = castingButton(card, choice)
  const user = userOf(voter)
  const container = { type: 'message', message_ts: card.ts, channel_id: CHANNEL, is_ephemeral: false }
  const message = { type: 'message', user: BOT_USER, bot_id: 'B0QUORATE', app_id: 'A0BENCH', ts: card.ts, team: TEAM }
  return JSON.stringify({
    type: 'block_actions',
    user: { id: user, username: user, name: user, team_id: TEAM },
    api_app_id: 'A0BENCH',
    token: 'bench',
    team: { id: TEAM, domain: 'bench' },
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: newId(),
    actions: [{ ...button, type: 'button', block_id, action_ts: '1797501961.000000' }],
    container,
    channel: { id: CHANNEL, name: 'assembly' },
    message: { ...message, text: card.text, blocks: card.blocks },
    state: { values: {} },
    response_url: respondTo,
  })
}

/** Signs and posts presses to one server. */
export function clicker(port: number): { click(click: Click): Promise<void>; close(): void } {
  const agent = new Agent({ keepAlive: true })
  return {
    click(click) {
      const body = new URLSearchParams({ payload: payloadOf(click) }).toString()
      const timestamp = Math.floor(Date.now() / 1_000)
      const signature = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex')
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': `v0=${signature}`,
      }
      return new Promise((resolve, reject) => {
        const posted = request({ agent, host: '127.0.0.1', port, path: '/slack/events', method: 'POST', headers }, (response) => {
          response.resume()
          response.on('end', () =>
            response.statusCode === 200 ? resolve() : reject(new Error(`a click was answered with ${response.statusCode}`)),
          )
        })
        posted.on('error', reject)
        posted.end(body)
      })
    },
    close: () => agent.destroy(),
  }
}
