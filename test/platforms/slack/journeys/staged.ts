import type { Answer, Inbound } from '../../../../src/bot.js'
import type { Audience } from '../../../../src/kernel/audience.js'
import { cardReply, type Reply } from '../../../../src/kernel/command.js'
import { text } from '../../../../src/kernel/view.js'
import { openSlackHouse, type SlackHouse, type Transport } from '../setting.js'

/** Slack before a bot that answers what the test has it answer. */
export interface Staged extends SlackHouse {
  /** what the bot was told, oldest first */
  readonly told: Inbound['what'][]
  /** how the bot answers from now on */
  answer: (what: Inbound['what']) => Answer | Promise<Answer>
}

export const ANYONE: Audience = { kind: 'public' }

export const answered = (reply: Reply, of: 'act' | 'query' = 'query'): Answer => ({ ...reply, of })

export const saying = (words: string, of: 'act' | 'query' = 'query'): Answer =>
  answered(cardReply({ title: words, audience: ANYONE, body: [text('That is all.')] }), of)

export async function openStaged(transport: Transport): Promise<Staged> {
  const told: Inbound['what'][] = []
  const answering = { answer: (): Answer | Promise<Answer> => saying('Heard') } as Pick<Staged, 'answer'>
  const opened = await openSlackHouse({
    transport,
    answering: (bot) => ({
      ...bot,
      async answer({ what }) {
        told.push(what)
        return answering.answer(what)
      },
    }),
  })
  return Object.assign(answering, opened, { told })
}
