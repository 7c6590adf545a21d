import { z } from 'zod'
import type { Answer } from '../../bot.js'
import type { Attached } from '../../kernel/command.js'
import { notDone } from '../../kernel/view.js'
import { NoAnswer } from './client.js'
import type { SentFile } from './filled-in.js'
import { asked, type Listening, nowhere } from './listening.js'
import { viewOf } from './modals.js'
import type { CommandBody, SaidEvent } from './payloads.js'
import { namesOf } from './people.js'
import { isDirect } from './places.js'
import type { Sheet } from './render.js'
import { AS_IT_IS, answerOf } from './respond.js'
import { mentionedIn, wordsIn } from './said.js'
import { LARGEST_FILE } from './waits.js'

export interface Saying {
  /** `/quorate WORDS`: answered to the speaker alone */
  command(body: z.infer<typeof CommandBody>, acknowledge: () => Promise<void>): Promise<void>
  /** `@Quorate WORDS` in a conversation, or anything in a direct one */
  said(event: z.infer<typeof SaidEvent>, delivery: string, acknowledge: () => Promise<void>): Promise<void>
}

/** Hears what is said in one workspace. */
export function saying(listening: Listening): Saying {
  const { reading, call, workspace, places, answers, modals, files, telling } = listening

  async function heard(words: string): Promise<string> {
    const names = await namesOf(reading, workspace.id, mentionedIn(words))
    return wordsIn(words, workspace.botUser, (user) => names.get(user) ?? null)
  }

  async function post(
    channel: string,
    sheet: Sheet,
    to: { readonly user: string; readonly thread: string | undefined },
  ): Promise<void> {
    const within = to.thread === undefined ? {} : { thread_ts: to.thread }
    const direct = isDirect(channel)
    await call(
      direct ? 'chat.postMessage' : 'chat.postEphemeral',
      { ...answerOf(sheet), channel, ...within, ...(direct ? AS_IT_IS : { user: to.user }) },
      z.object({}),
    )
  }

  return {
    async command({ user_id: user, channel_id: channel, text: words, trigger_id, response_url }, acknowledge) {
      const asking = (async () => {
        const [place, said] = await Promise.all([places.placeOf(channel, user), heard(words)])
        return asked(listening, user, { delivery: trigger_id, place, what: { words: said || 'help' } })
      })()
      const { answer, window } = await modals.patiently(asking, (waiting) => modals.open(trigger_id, waiting))
      await acknowledge()
      const from = { channel, message: '' }
      const ready = await answers.ready(answer, { surface: window ? 'modal' : 'message', modal: true, from, user })
      const to = { user, address: response_url }
      if (window) return telling.inWindow(() => modals.update(window, viewOf(ready, from)), answer, ready, to)
      if (ready.as === 'form') return telling.inWindow(() => modals.open(trigger_id, ready.view), answer, ready, to)
      await telling.tell(ready, to)
    },

    async said({ user, channel, text: words, thread_ts, files: sent }, delivery, acknowledge) {
      // Of direct conversations Slack tells what is said in Quorate's own alone.
      const place = isDirect(channel) ? { ...nowhere(listening, user), id: channel } : await places.placeOf(channel, user)
      const said = await heard(words)
      const file = await attached(sent ?? [], said)
      const answer =
        file && 'refused' in file
          ? file.refused
          : await asked(listening, user, {
              delivery,
              place,
              what: { words: said || 'help', ...(file ? { file } : {}) },
            })
      await acknowledge()
      const ready = await answers.ready(answer, { surface: 'message', modal: false, user })
      if (ready.as === 'form') throw new Error('a form was opened where none can be')
      for (const sheet of [ready.sheet, ...ready.further]) await post(channel, sheet, { user, thread: thread_ts })
    },
  }

  /** The file that came with words, as far as it may be one. */
  async function attached(sent: readonly SentFile[], words: string): Promise<Attached | { readonly refused: Answer } | null> {
    const [one, another] = sent
    if (!one) return null
    if (words === '') return { refused: refused(NOT_SAID) }
    if (another)
      return { refused: refused('Several files came at once, and none was read. Send one at a time, with what to do with it.') }
    const bytes: Buffer[] = []
    let size = 0
    try {
      for await (const piece of files.download(one)) {
        size += piece.length
        if (size > LARGEST_FILE) return { refused: refused(TOO_LARGE) }
        bytes.push(Buffer.from(piece))
      }
    } catch (error) {
      if (error instanceof NoAnswer) return { refused: refused(UNREAD) }
      throw error
    }
    return { name: one.name.slice(0, 200), base64: Buffer.concat(bytes).toString('base64') }
  }
}

const refused = (sentence: string): Answer => ({ kind: 'card', of: 'query', card: notDone(sentence) })

const NOT_SAID =
  'A file came without a word of what it is, and was not read. Send it again with what to do: “read this roster”, “new terms”, “set up a board”. A paper is sent by its form: say “paper for B2”.'
const TOO_LARGE = `That file is larger than ${LARGEST_FILE / 1024} KB, and neither terms nor a roster are. A paper is sent by its form: say “paper for B2”.`
const UNREAD =
  'I could not read that file from Slack, and have done nothing. Send it again; if it stays so, tell whoever runs Quorate.'
