import { z } from 'zod'
import type { Answer, Bot } from '../../bot.js'
import { newId } from '../../kernel/ids.js'
import type { Answers } from './answers.js'
import type { Call } from './client.js'

/** The home pages of one workspace. */
export interface Homes {
  /** Draws somebody's, as things stand. @param page of a long one, counted from 1 */
  show(user: string, page?: number): Promise<void>
}

/** @param ask the house, for somebody's home page */
export const homes = (
  call: Call,
  answers: Answers,
  ask: (user: string, delivery: string) => ReturnType<Bot['answer']>,
): Homes => ({
  async show(user, page = 1) {
    const answer = await ask(user, newId())
    const ready = await answers.ready(asPage(answer), { surface: 'home', modal: false, page, user })
    if (ready.as === 'form') throw new Error('a home page was a form')
    await call('views.publish', { user_id: user, view: { type: 'home', blocks: ready.sheet.blocks } }, z.object({}))
  },
})

/** Whom the house does not know yet has asked for nothing: their page says what to do, and not that something was not done. */
function asPage(answer: Answer): Answer {
  if (answer.kind !== 'refusal') return answer
  const { tone: _, ...card } = answer.card
  return { kind: 'card', of: 'query', card: { ...card, title: 'Your page' } }
}
