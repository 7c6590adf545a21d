import type { Answered, ClockMove, ClockView, Message, SentFile, Session, Uploaded } from '../protocol.js'
import { UnreadableFile } from './chosen-file.js'

/** The server answered, and said no. Its sentence is for the person who reads the page. */
export class Declined extends Error {
  override readonly name = 'Declined'
}

/** No answer came: the network, the server, or what lies between. Whether the request was heard is unknown. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** What a person said, or pressed. `message` is empty where no card was pressed (a form that words opened). */
export interface Said {
  readonly as: string
  readonly place: string
  readonly words: string
  readonly file?: SentFile
}

export interface Act {
  readonly as: string
  readonly place: string
  readonly message: string
  readonly command: string
  readonly subject: string
  readonly values: Readonly<Record<string, string>>
}

const patience = 20_000 // milliseconds until a silent server counts as unreachable
const longPatience = 300_000 // the same while a large file is on its way

export const session = (as: string | null) => get<Session>('/api/session', as === null ? {} : { as })

export const messages = async (as: string, place: string): Promise<readonly Message[]> =>
  (await get<{ readonly messages: readonly Message[] }>('/api/messages', { as, place })).messages

export const say = (said: Said) => deliver('/api/say', said)
export const act = (pressed: Act) => deliver('/api/act', pressed)
export const moveClock = (move: ClockMove) => post<ClockView>('/api/clock', move)

/** Sends a file ahead of the form that it is for. @returns its id, or what is wrong with it @throws Declined, Unreachable */
export async function upload(as: string, file: File): Promise<{ readonly id: string } | { readonly refusal: string }> {
  const path = `/api/upload?${new URLSearchParams({ as, name: file.name })}`
  const request = { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file }
  const answered = await ask<Uploaded>(path, request, longPatience)
  return answered.kind === 'received' ? { id: answered.upload } : { refusal: Object.values(answered.fields).join(' ') }
}

const get = <T>(path: string, query: Record<string, string>) => ask<T>(`${path}?${new URLSearchParams(query)}`, {})

const post = <T>(path: string, body: object) =>
  ask<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** Deliveries without an answer yet, by what they say: saying the same again at once is the same delivery. */
const unanswered = new Map<string, string>()

async function deliver(path: string, request: Said | Act): Promise<Answered> {
  const same = path + JSON.stringify(request)
  const delivery = unanswered.get(same) ?? crypto.randomUUID()
  unanswered.set(same, delivery)
  const answered = await post<Answered>(path, { ...request, delivery })
  // Whatever was answered since, the same words said again later are meant anew.
  unanswered.clear()
  return answered
}

/** @throws Declined, Unreachable */
async function ask<T>(path: string, request: RequestInit, within = patience): Promise<T> {
  let response: Response
  let answer: unknown
  try {
    response = await fetch(path, { ...request, signal: AbortSignal.timeout(within) })
    answer = await response.json()
  } catch (cause) {
    throw new Unreachable('Quorate cannot be reached. Nothing you typed is lost: please try again in a moment.', { cause })
  }
  if (isRefusal(answer)) throw new Declined(answer.error)
  if (!response.ok) throw new Unreachable(`Quorate could not answer (${response.status}). Please try again in a moment.`)
  return answer as T
}

const isRefusal = (answer: unknown): answer is { readonly error: string } =>
  typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'string'

/** What to tell the person of anything that was thrown. */
export const sentenceOf = (thrown: unknown): string =>
  thrown instanceof Declined || thrown instanceof Unreachable || thrown instanceof UnreadableFile
    ? thrown.message
    : 'This page has made a mistake. Nothing was sent: please load it again.'
