import type { Response } from 'express'
import { z } from 'zod'
import { pause } from './ground.js'
import { blocksOfMessage, changeMessage, holdWritten, putMessage, removeMessage, tellOfOwn, type Written } from './messages.js'
import { Refused } from './refused.js'
import type { Channel, Message, Team } from './team.js'

/** What an app says at a response_url, or in the acknowledgement of a slash command. */

const Said = z.strictObject({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
})

const LIVES_MS = 30 * 60 * 1_000
const MOST_USES = 5

/** Answers a post to a response_url. Not 200 where nothing came of it. */
export async function answerAtUrl(team: Team, id: string, body: unknown, response: Response): Promise<void> {
  const { ground } = team
  const note = (error: string | null): void => {
    const said = typeof body === 'object' && body !== null ? { ...body } : {}
    ground.calls.push({ method: 'response_url', team: team.id, arguments: said, ok: error === null, error, at: ground.now() })
  }
  const refuse = (status: number, error: string): void => {
    note(error)
    ground.complain(`response_url was answered ${error}`)
    response.status(status).json({ ok: false, error })
  }
  const fault = team.faults.take('response_url')
  if (fault && 'status' in fault) {
    note(`status ${fault.status}`)
    response.status(fault.status).send('')
    return
  }
  if (fault && 'error' in fault) {
    note(fault.error)
    response.status(400).json({ ok: false, error: fault.error })
    return
  }
  if (fault && 'reset' in fault) {
    note('reset')
    response.req.socket.resetAndDestroy()
    return
  }
  if (fault && 'hang' in fault) await pause(fault.hang)
  if (fault && 'hang' in fault && !fault.andDo) {
    note('internal_error')
    response.status(500).send('')
    return
  }
  const wrong = attempt(team, id, body)
  if (wrong) {
    refuse(...wrong)
    return
  }
  note(null)
  response.type('text').send('ok')
}

/** @returns why nothing came of it, if so: a status and an error */
function attempt(team: Team, id: string, body: unknown): readonly [number, string] | null {
  const { ground } = team
  const url = team.responseUrls.get(id)
  if (!url || ground.now() - url.issued > LIVES_MS) return [404, 'expired_url']
  if (url.uses >= MOST_USES) return [404, 'used_url']
  url.uses += 1
  const channel = team.channels.get(url.channel)
  if (!channel) return [404, 'channel_not_found']
  const original = channel.messages.find((message) => message.ts === url.message && isShownTo(message, url.user)) ?? null
  try {
    respond(team, channel, { user: url.user, original }, body)
    return null
  } catch (error) {
    if (error instanceof Refused) return [400, error.code]
    throw error
  }
}

const isShownTo = (message: Message, user: string): boolean => message.ephemeral === null || message.ephemeral === user

interface At {
  readonly user: string
  /** the message whose button was pressed */
  readonly original: Message | null
}

/** Does what was said: puts, replaces or removes. @throws Refused */
export function respond(team: Team, channel: Channel, { user, original }: At, raw: unknown): void {
  const read = Said.safeParse(raw)
  if (!read.success) throw new Refused('invalid_arguments', { response_metadata: { messages: [z.prettifyError(read.error)] } })
  const { response_type = 'ephemeral', replace_original, delete_original, ...rest } = read.data
  if (delete_original) {
    if (original) removeMessage(team, channel, original)
    return
  }
  const said: Written = { text: rest.text, blocks: blocksOfMessage(team, rest.blocks) }
  holdWritten(team, 'response_url', said)
  if (replace_original && original) {
    changeMessage(team, channel, original, said)
    return
  }
  const ephemeral = response_type === 'ephemeral' ? user : undefined
  const message = putMessage(team, channel, { ...said, user: team.botUser, ephemeral, thread: rest.thread_ts })
  if (ephemeral === undefined) tellOfOwn(team, channel, message)
}
