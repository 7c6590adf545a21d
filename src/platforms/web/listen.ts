import express, { type Router } from 'express'
import { z } from 'zod'
import type { Answer, Bot, Inbound } from '../../bot.js'
import type { Db } from '../../db/schema.js'
import type { Writer } from '../../db/write.js'
import type { Place } from '../../kernel/actor.js'
import { plainCard } from '../../kernel/plain.js'
import { type Clock, civil, inWords, toText } from '../../kernel/time.js'
import type { Card } from '../../kernel/view.js'
import { DOCUMENT_ROUTE, documents, FILE_ROUTE } from './documents.js'
import { Declined, UNREADABLE, UPLOAD_ROUTE } from './guard.js'
import type { Hub } from './hub.js'
import { LARGEST_REQUEST, LONGEST_SHOWN, MOST_LISTENERS, MOST_UNREAD } from './limits.js'
import { channelOf, directId, directPlaceOf, userOf } from './places.js'
import type { Answered, ClockMove, ClockView, Message, Person, PlaceView, Session, Uploaded } from './protocol.js'
import { formView, messageView } from './render.js'
import { type Body, conversation, messageById, post, type Row } from './transcript.js'

/** What the page is given of the demonstration; it knows no feature of the bot. */
export interface Stage {
  readonly zone: string
  people(): Promise<readonly Person[]>
  channels(): Promise<readonly PlaceView[]>
  /** Moves the demonstration's clock forward. @throws Declined when that is not forward */
  moveClock(move: ClockMove): Promise<void>
}

/** What the page's routes stand on. */
export interface PageNeeds {
  readonly bot: Bot
  readonly reading: Db
  readonly writer: Writer
  readonly hub: Hub
  readonly boardClock: Clock
  /** for how long a document is kept */
  readonly systemClock: Clock
  readonly stage: Stage
}

const Said = z.object({
  as: z.email(),
  delivery: z.uuid(),
  place: z.string().max(200),
  words: z.string().min(1),
  file: z.object({ name: z.string().max(200), base64: z.base64() }).optional(),
})
const Acted = z.object({
  as: z.email(),
  delivery: z.uuid(),
  place: z.string().max(200),
  message: z.string().max(200),
  command: z.string().max(200),
  subject: z.string().max(200),
  values: z.record(z.string().max(200), z.string().max(LARGEST_REQUEST)),
})
const Sent = z.object({ as: z.email(), name: z.string().min(1).max(1_000) })
const Move = z.union([z.object({ by: z.enum(['hour', 'day', 'morning']) }), z.object({ to: z.string().max(40) })])
const MENTION = /(^|\s)@quorate\b[,:]?/i

/** The page's routes. Bound to loopback by the server that mounts them, and answering to no other name. */
export function pageRoutes(needs: PageNeeds): Router {
  const { bot, reading, writer, hub, boardClock, systemClock, stage } = needs
  const router = express.Router()
  const kept = documents(systemClock)
  hub.watch(async () => ({ people: await stage.people(), channels: await stage.channels() }))

  const named = async () => namesIn(await stage.people())
  const shown = async (row: Row, user: string): Promise<Message> => messageView(row, user, stage.zone, await named())
  const clock = (): ClockView => {
    const now = boardClock.now()
    return { now: toText(now), text: inWords(now, stage.zone), local: civil(now, stage.zone) }
  }

  async function personAs(as: unknown): Promise<Person> {
    const people = await stage.people()
    const found = as === undefined ? people[0] : people.find(({ email }) => email === as)
    if (!found) throw new Declined(404, 'Nobody in the demonstration has that address. Choose one of its people.')
    return found
  }

  async function placeFor(id: string, user: string): Promise<{ stored: string; place: Place }> {
    if (id === 'direct') return { stored: directId(user), place: directPlaceOf(user) }
    const channel = (await stage.channels()).find((one) => one.id === id)
    if (!channel) throw new Declined(404, 'There is no such conversation. Choose one on the left.')
    return { stored: id, place: channelOf(id) }
  }

  /** Posts and tells the pages that are open. */
  async function put(posting: { id: string; place: string; viewer: string | null; body: Body }, edits = false): Promise<Row> {
    const row = await writer.write((tx) => post(tx, { ...posting, at: toText(boardClock.now()) }, edits))
    hub.changed()
    return row
  }

  /** The answer under its question; one that was done by a press on the speaker's own card takes that card's place. */
  async function reply(
    answer: Answer,
    request: { as: string; delivery: string; stored: string; over: string | null },
  ): Promise<Answered> {
    const { as, delivery, stored, over } = request
    if (answer.kind === 'form') return { kind: 'form', form: formView(answer.form) }
    if (answer.kind === 'document') {
      return { kind: 'document', title: answer.document.title, ...kept.keep(answer.document) }
    }
    const { card } = answer
    const done = answer.kind === 'card' && answer.of === 'act' && !answer.beside
    const pressed = done && over !== null ? await messageById(reading, over) : undefined
    const own = pressed?.viewer === as && pressed.card !== null && !(JSON.parse(pressed.card) as Card).several
    const id = own ? pressed.id : `reply:${as}:${delivery}`
    const row = await put({ id, place: stored, viewer: as, body: { card, plain: plainCard(card) } }, own)
    return { kind: 'message', message: await shown(row, as) }
  }

  router.get('/api/session', async (request, response) => {
    const me = await personAs(request.query.as)
    const channels = await stage.channels()
    const direct: PlaceView = {
      id: 'direct',
      title: 'Quorate',
      kind: 'direct',
      board: channels.length === 1 ? (channels[0]?.board ?? '') : '',
    }
    response.json({ me, people: await stage.people(), places: [...channels, direct], clock: clock() } satisfies Session)
  })

  router.get('/api/messages', async (request, response) => {
    const { email } = await personAs(request.query.as)
    const { stored } = await placeFor(String(request.query.place), email)
    const nameOf = await named()
    const rows = await conversation(reading, stored, email)
    response.json({ messages: rows.map((row) => messageView(row, email, stage.zone, nameOf)) })
  })

  router.get('/api/events', async (request, response) => {
    const { email } = await personAs(request.query.as)
    if (hub.listeners >= MOST_LISTENERS) throw new Declined(503, 'Too many pages are open. Close one and load this again.')
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders()
    const push = (event: string, data: object) => {
      // Who does not read is let go: the page comes back by itself, and fetches what it missed.
      if (response.writableLength > MOST_UNREAD) response.destroy()
      else response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    }
    let nameOf = await named()
    const stop = hub.listen((event) => {
      if (event.event === 'end') response.end()
      else if (event.event === 'clock') push('clock', clock())
      else if (event.event === 'listing') {
        nameOf = namesIn(event.listing.people)
        push('session', {})
      } else if (isFor(event.row, email)) push('message', messageView(event.row, email, stage.zone, nameOf))
    })
    push('clock', clock())
    response.on('close', stop)
  })

  router.post('/api/say', async (request, response) => {
    const { as, delivery, place: id, words, file } = read(Said, request.body)
    await personAs(as)
    const { stored, place } = await placeFor(id, as)
    const direct = place.kind === 'direct'
    await put({
      id: `said:${as}:${delivery}`,
      place: stored,
      viewer: direct ? as : null,
      body: { words: words.slice(0, LONGEST_SHOWN) + (file ? `\n(with ${file.name})` : ''), author: as },
    })
    if (!direct && !MENTION.test(words)) return void response.json({ kind: 'silent' } satisfies Answered)
    const answer = await bot.answer({
      ...inbound(as, delivery, place),
      what: { words: direct ? words : words.replace(MENTION, ' '), ...(file ? { file } : {}) },
    })
    response.json(await reply(answer, { as, delivery, stored, over: null }))
  })

  router.post('/api/act', async (request, response) => {
    const { as, delivery, place: id, message, command, subject, values } = read(Acted, request.body)
    await personAs(as)
    const { stored, place } = await placeFor(id, as)
    const answer = await bot.answer({ ...inbound(as, delivery, place), what: { press: { command, subject, values } } })
    if (answer.kind === 'refusal' && answer.refusal.fields) {
      return void response.json({ kind: 'fields', fields: answer.refusal.fields } satisfies Answered)
    }
    response.json(await reply(answer, { as, delivery, stored, over: message === '' ? null : message }))
  })

  router.post(UPLOAD_ROUTE, async (request, response) => {
    const { as, name } = read(Sent, request.query)
    await personAs(as)
    // A file that is refused halfway leaves the line open for the answer.
    const received = await bot.receive(userOf(as), name, request.iterator({ destroyOnReturn: false }))
    if (received.kind === 'fault') throw new Declined(500, plainCard(received.card))
    if (received.kind === 'received') return void response.json(received satisfies Uploaded)
    const { fields, sentence } = received.refusal
    response.json({ kind: 'fields', fields: fields ?? { file: sentence } } satisfies Uploaded)
  })

  router.get(DOCUMENT_ROUTE, kept.show)
  router.get(FILE_ROUTE, kept.download)

  router.post('/api/clock', async (request, response) => {
    await stage.moveClock(read(Move, request.body))
    hub.clockMoved()
    response.json(clock())
  })

  return router
}

const isFor = (row: Row, user: string): boolean => row.viewer === null || row.viewer === user

const namesIn =
  (people: readonly Person[]) =>
  (user: string): string =>
    people.find(({ email }) => email === user)?.name ?? user

const inbound = (user: string, delivery: string, place: Place): Omit<Inbound, 'what'> => ({
  delivery,
  place,
  from: userOf(user),
})

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw new Declined(400, UNREADABLE)
}
