import type { Request, Response } from 'express'
import type { Fault } from './faults.js'
import { type Ground, pause } from './ground.js'
import { AUTH } from './methods/auth.js'
import { CHAT } from './methods/chat.js'
import { CONVERSATIONS } from './methods/conversations.js'
import { FILES } from './methods/files.js'
import { type Answer, type Method, structure } from './methods/method.js'
import { USERS } from './methods/users.js'
import { VIEWS } from './methods/views.js'
import { Refused } from './refused.js'
import type { Team } from './team.js'

/** The Web API: one POST a method, always answered 200 but where too much was asked. */

const METHODS: Readonly<Record<string, Method>> = { ...AUTH, ...CHAT, ...CONVERSATIONS, ...FILES, ...USERS, ...VIEWS }

/** Answers that an app has itself to thank for: they are noted, whoever asked. */
const OF_THE_APP = [
  'cannot_dm_bot',
  'exchanged_trigger_id',
  'expired_trigger_id',
  'invalid_arguments',
  'invalid_attachments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'invalid_trigger_id',
  'metadata_too_large',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'not_allowed_token_type',
  'not_authed',
  'push_limit_reached',
  'unknown_method',
  'view_too_large',
]

export type Arguments = Readonly<Record<string, unknown>>

/** A form, JSON or multipart: as the client happens to send them. */
export async function argumentsOf(request: Request): Promise<Arguments> {
  const body: unknown = request.body
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  const type = request.headers['content-type'] ?? ''
  const query = Object.fromEntries(new URL(request.originalUrl, 'http://localhost').searchParams)
  if (bytes.length === 0) return query
  if (type.startsWith('application/json')) {
    const read: unknown = JSON.parse(bytes.toString())
    return { ...query, ...(typeof read === 'object' ? read : {}) }
  }
  if (type.startsWith('multipart/form-data')) {
    const form = await new globalThis.Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
    return { ...query, ...Object.fromEntries([...form.entries()].map(([key, value]) => [key, value])) }
  }
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { ...query, ...Object.fromEntries(new URLSearchParams(bytes.toString())) }
  throw new Refused('invalid_post_type')
}

const tokenIn = (request: Request, args: Arguments): string | null =>
  /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? (typeof args.token === 'string' ? args.token : null)

/** Whose token it is. @throws Refused not_authed, invalid_auth, token_revoked, not_allowed_token_type */
function teamOf(teams: readonly Team[], token: string | null, method: Method | undefined): Team {
  if (token === null) throw new Refused('not_authed')
  const team = teams.find((one) => one.botToken === token || one.app.appToken === token)
  if (!team) throw new Refused('invalid_auth')
  if (method && method.ofApp !== (token === team.app.appToken)) throw new Refused('not_allowed_token_type')
  if (team.revoked && !method?.ofApp) throw new Refused('token_revoked')
  return team
}

/** What one may do once a second only: post in a channel, change a message. */
function rateOf(name: string, args: Arguments): string | null {
  if (name === 'chat.postMessage') return `post ${String(args.channel)}`
  if (name === 'chat.update') return `update ${String(args.channel)} ${String(args.ts)}`
  return null
}

/** As they are kept: without the token, and structures as structures. */
const readable = ({ token: _token, ...args }: Arguments): Arguments =>
  Object.fromEntries(
    Object.entries(args).map(([key, value]) => [key, STRUCTURES.includes(key) ? (structure.parse(value) ?? value) : value]),
  )
const STRUCTURES = ['blocks', 'files', 'metadata', 'view']

/** Answers one call as Slack would, with what is to go wrong. */
export async function answerCall(ground: Ground, teams: readonly Team[], request: Request, response: Response): Promise<void> {
  const name = String(request.params.method)
  let args: Arguments = {}
  let team: Team | null = null
  const note = (answer: Answer): void => {
    const error = typeof answer.error === 'string' ? answer.error : null
    ground.calls.push({
      method: name,
      team: team?.id ?? null,
      arguments: readable(args),
      ok: error === null,
      error,
      at: ground.now(),
    })
    if (error !== null && OF_THE_APP.includes(error))
      ground.complain(`${name} was answered ${error} ${JSON.stringify(answer.response_metadata ?? '')}`)
  }
  const answerWith = (answer: Answer): void => {
    if (team) response.set('x-oauth-scopes', team.scopes.join(','))
    response
      .set('x-accepted-oauth-scopes', METHODS[name]?.scopes.join(',') ?? '')
      .json({ ok: answer.error === undefined, ...answer })
  }
  const limited = (seconds: number): void => {
    note({ error: 'ratelimited' })
    response.status(429).set('retry-after', String(seconds)).json({ ok: false, error: 'ratelimited' })
  }
  const run = (): Answer => {
    try {
      // Bolt says of every call which team it is for.
      const { token: _token, team_id: _team, ...rest } = args
      const method = METHODS[name]
      if (!method) throw new Refused('unknown_method', { req_method: name })
      if (!team) throw new Refused('not_authed')
      return method.call(team, rest)
    } catch (error) {
      if (error instanceof Refused) return { error: error.code, ...error.more }
      throw error
    }
  }

  if (ground.latencyMs > 0) await pause(ground.latencyMs)
  try {
    args = await argumentsOf(request)
    team = teamOf(teams, tokenIn(request, args), METHODS[name])
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const answer = { error: error.code, ...error.more }
    note(answer)
    return answerWith(answer)
  }
  const fault = team.faults.take(name)
  if (fault) return meet(fault)
  const rate = rateOf(name, args)
  if (rate !== null && !team.rates.allows(`${team.id} ${rate}`)) return limited(1)
  const answer = run()
  note(answer)
  answerWith(answer)

  async function meet(met: Fault): Promise<void> {
    if ('error' in met) {
      note({ error: met.error })
      return answerWith({ error: met.error })
    }
    if ('status' in met) {
      if (met.status === 429) return limited(met.retryAfter ?? 1)
      note({ error: `status ${met.status}` })
      response.status(met.status).send('')
      return
    }
    if ('reset' in met) {
      note({ error: 'reset' })
      request.socket.resetAndDestroy()
      return
    }
    const late = met.andDo ? run() : { error: 'internal_error' }
    note(late)
    await pause(met.hang)
    if (!response.destroyed) answerWith(late)
  }
}
