import { z } from 'zod'
import type { Answer } from '../../bot.js'
import type { Answers, Ready } from './answers.js'
import { type Call, NoAnswer } from './client.js'
import { AS_IT_IS, answerOf, type Respond, type Said } from './respond.js'

/** Who is answered, and by which address that came with what they said or pressed. */
export interface Speaker {
  readonly user: string
  readonly address: string | undefined
}

/** Says answers as messages, whatever has become of what asked for them. */
export interface Telling {
  /** In return to what was said or pressed; where Slack takes that no more, in the direct conversation. */
  tell(ready: Extract<Ready, { as: 'sheet' }>, to: Speaker, how?: Said): Promise<void>
  /** Shows an answer in a window; where that is closed by now, or it is too late to open one, says it as a message. */
  inWindow(show: () => Promise<unknown>, answer: Answer, ready: Ready, to: Speaker): Promise<void>
}

interface Needs {
  readonly call: Call
  readonly answers: Answers
  readonly respond: Respond
  directWith(user: string): Promise<string>
}

export function telling({ call, answers, respond, directWith }: Needs): Telling {
  const tell: Telling['tell'] = async ({ sheet, further }, { user, address }, how = {}) => {
    for (const [at, one] of [sheet, ...further].entries()) {
      if (await respond(address, one, at === 0 ? how : { ...how, instead: false })) continue
      await call('chat.postMessage', { ...answerOf(one), ...AS_IT_IS, channel: await directWith(user) }, z.object({}))
    }
  }
  return {
    tell,
    async inWindow(show, answer, ready, to) {
      try {
        await show()
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        // What was handed over is not handed over again.
        const handed = answer.kind === 'document' || answer.kind === 'file'
        const message =
          handed && ready.as === 'sheet'
            ? ready
            : await answers.ready(answer, { surface: 'message', modal: false, user: to.user })
        if (message.as === 'sheet') await tell(message, to)
      }
    },
  }
}
