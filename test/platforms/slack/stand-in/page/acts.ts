import { z } from 'zod'
import { NotAcknowledged } from '../delivery.js'
import { type Given, NotTaken } from '../fields.js'
import { Impossible } from '../pointing.js'
import type { Seen, SentFile, Visitor } from '../visitor.js'
import { type Looking, placesOf } from './sight.js'
import { typed, withMentions } from './typed.js'

/** What people do on the page, each through the hands of a Visitor. */

const FileSent = z.strictObject({ name: z.string().min(1), type: z.string(), base64: z.base64() })
const Words = z.union([z.string(), z.array(z.string())])
const Filled = z.record(z.string(), z.union([Words, z.strictObject({ files: z.array(FileSent) })]))
const At = z.strictObject({ channel: z.string(), ts: z.string() })
const On = z.union([z.literal('modal'), z.literal('home'), At])
/** what was put into the other fields and not told yet */
const others = z.record(z.string(), Words).default({})

export const Act = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.literal('say'),
    in: z.string(),
    text: z.string(),
    thread: z.string().optional(),
    files: z.array(FileSent).default([]),
  }),
  z.strictObject({ act: z.literal('press'), on: On, block_id: z.string(), action_id: z.string(), others }),
  z.strictObject({ act: z.literal('choose'), on: On, field: z.string(), given: Words, others }),
  z.strictObject({ act: z.literal('submit'), filled: Filled }),
  z.strictObject({ act: z.literal('close'), all: z.boolean() }),
  z.strictObject({ act: z.literal('shortcut'), callbackId: z.string(), on: At.optional() }),
  z.strictObject({ act: z.literal('open'), tab: z.enum(['home', 'messages']) }),
  z.strictObject({ act: z.literal('read'), in: z.string() }),
])
export type Act = z.infer<typeof Act>
/** As the page sends it. */
export type ActSent = z.input<typeof Act>
export type On = z.infer<typeof On>

export interface Done {
  /** what is shown beneath fields, by block */
  readonly errors?: Readonly<Record<string, string>>
  /** what went wrong, in a sentence */
  readonly problem?: string
  /** nothing was said: the words are still to be sent */
  readonly undone?: boolean
}

/** Does it, as far as Slack’s client would let one. */
export async function perform(looking: Looking, user: string, act: Act): Promise<Done> {
  try {
    return await done(looking, looking.workspace.as(user), act)
  } catch (error) {
    if (error instanceof NotAcknowledged) return { problem: unanswered(error, looking.workspace.connected) }
    // It was named by its ids, as it was seen: it can only be gone.
    if (error instanceof Impossible && act.act === 'press') return { problem: GONE }
    if (error instanceof Impossible || error instanceof NotTaken) return { problem: error.message, undone: true }
    throw error
  }
}

const GONE = 'That button is not there any more. Look at what stands there now.'

const unanswered = (error: NotAcknowledged, connected: boolean): string =>
  connected
    ? `Quorate did not take that: ${error.message}. Look at its log.`
    : 'No app is connected. Start Quorate with npm start, then do that again.'

const fileOf = ({ name, type, base64 }: z.infer<typeof FileSent>): SentFile => ({
  name,
  type: type || 'application/octet-stream',
  content: Buffer.from(base64, 'base64'),
})

function seenAt(visitor: Visitor, { channel, ts }: z.infer<typeof At>): Seen {
  const direct = visitor.conversation('direct').find((seen) => seen.channel === channel && seen.ts === ts)
  const seen = direct ?? visitor.conversation(channel).find((one) => one.ts === ts)
  if (!seen) throw new Impossible('That message is gone.')
  return seen
}

async function done(looking: Looking, visitor: Visitor, act: Act): Promise<Done> {
  switch (act.act) {
    case 'say':
      await say(looking, visitor, act)
      return {}
    case 'press': {
      const label = { block_id: act.block_id, action_id: act.action_id }
      // The page has asked what the button asks before it comes here.
      const said = { confirm: true }
      await putAll(visitor, act.on, act.others)
      if (act.on === 'modal') await visitor.pressInModal(label, said)
      else if (act.on === 'home') await visitor.pressAtHome(label, said)
      else await visitor.press(seenAt(visitor, act.on), label, said)
      return {}
    }
    case 'choose':
      await putAll(visitor, act.on, act.others)
      await choose(visitor, act.on, act.field, act.given)
      return {}
    case 'submit': {
      const filled = Object.entries(act.filled).map(([key, given]) => [
        key,
        typeof given === 'object' && 'files' in given ? { files: given.files.map(fileOf) } : given,
      ])
      return visitor.submit(Object.fromEntries(filled))
    }
    case 'close':
      await (act.all ? visitor.closeAll() : visitor.closeModal())
      return {}
    case 'shortcut':
      await visitor.shortcut(act.callbackId, act.on && seenAt(visitor, act.on))
      return {}
    case 'open':
      await (act.tab === 'home' ? visitor.openHome() : visitor.openMessages())
      return {}
    case 'read':
      looking.read.mark(visitor.user, act.in, visitor.conversation(act.in))
      return {}
    default:
      return act satisfies never
  }
}

async function choose(visitor: Visitor, on: On, field: string, given: Given): Promise<void> {
  if (on === 'modal') await visitor.chooseInModal(field, given)
  else if (on === 'home') await visitor.chooseAtHome(field, given)
  else await visitor.choose(seenAt(visitor, on), field, given)
}

/** What cannot stand in a field yet is said when the form is sent, as Slack says it. */
async function putAll(visitor: Visitor, on: On, values: Readonly<Record<string, Given>>): Promise<void> {
  for (const [field, given] of Object.entries(values))
    await choose(visitor, on, field, given).catch((error: unknown) => {
      if (!(error instanceof NotTaken)) throw error
    })
}

async function say({ workspace, entries }: Looking, visitor: Visitor, said: Extract<Act, { act: 'say' }>): Promise<void> {
  const text = withMentions(said.text, workspace.users(), placesOf(workspace, visitor.user).slice(1))
  const reading = typed(text, entries)
  if (reading.kind !== 'words' && said.thread !== undefined)
    throw new Impossible('Slack takes no commands in threads. Give it in the conversation itself.')
  switch (reading.kind) {
    case 'words':
      if (reading.text.trim() === '' && said.files.length === 0) throw new Impossible('Type something first.')
      await visitor.say(said.in, reading.text, {
        files: said.files.map(fileOf),
        ...(said.thread === undefined ? {} : { thread: said.thread }),
      })
      return
    case 'command':
      if (said.files.length > 0) throw new Impossible('Slack sends no files with a command. Attach them to a message.')
      await visitor.command(said.in, reading.text, reading.command)
      return
    case 'invite':
      if (said.in === 'direct' || reading.who === '')
        throw new Impossible('Say in a channel whom to invite, as in /invite @Quorate.')
      workspace.invite(said.in, reading.who)
      return
    case 'unknown':
      throw new Impossible(`${reading.command} is not a command here. To say it as words, put something before the slash.`)
    default:
      return reading satisfies never
  }
}
