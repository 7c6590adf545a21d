import { z } from 'zod'
import { type Card, text } from '../../kernel/view.js'
import { NoAnswer } from './client.js'
import type { Listening } from './listening.js'
import { REACTIVATED } from './looking.js'
import type { MemberJoined, UserChanged } from './payloads.js'
import { isLinked } from './places.js'
import { sheets } from './render.js'
import { answerOf } from './respond.js'
import { PLATFORM } from './workspace.js'

const WELCOME: Card = {
  title: 'Thank you for asking me in',
  audience: { kind: 'public' },
  body: [
    text(
      'The clerk of a board links this channel to it: ',
      { strong: '/quorate link' },
      ' and the short name of the board, as in /quorate link KCSP.',
    ),
  ],
}

/** Passes on what changes about the people and places of one workspace. */
export function changing({ bot, reading, call, places, looking, workspace }: Listening) {
  const here = { platform: PLATFORM, workspace: workspace.id }

  async function welcomed(channel: string, inviter: string): Promise<void> {
    const [sheet] = sheets(WELCOME, 'message', () => undefined)
    if (!sheet) return
    await call('chat.postEphemeral', { ...answerOf(sheet), channel, user: inviter }, z.object({})).catch((error: unknown) => {
      // Who asked it in need not be told.
      if (!(error instanceof NoAnswer)) throw error
    })
  }

  /** A place is reached again, if it serves a board. */
  async function back(channel: string, why: 'invited' | 'unarchived'): Promise<void> {
    places.forget(channel)
    if (await isLinked(reading, workspace.id, channel)) await looking.back(channel, why)
  }

  return {
    back,

    person: ({ id: user, deleted }: z.infer<typeof UserChanged>['user']): Promise<void> =>
      bot.report({
        ...here,
        user,
        ...(deleted ? { state: 'lost', why: 'deactivated' } : REACTIVATED),
      }),

    /** Who reads in a place may be others than before. */
    async place(channel: string): Promise<void> {
      places.forget(channel)
      if (await isLinked(reading, workspace.id, channel)) await looking.at(channel)
    },

    async gone(channel: string, why: 'archived' | 'removed'): Promise<void> {
      places.forget(channel)
      await bot.report({ ...here, place: channel, state: 'lost', why })
    },

    /** Quorate was asked into a channel, or back into one. */
    async joined({ channel, inviter }: z.infer<typeof MemberJoined>): Promise<void> {
      places.forget(channel)
      if (!(await isLinked(reading, workspace.id, channel))) return inviter === undefined ? undefined : welcomed(channel, inviter)
      await back(channel, 'invited')
    },

    disconnected: (): Promise<void> => bot.report({ ...here, state: 'lost', why: 'disconnected' }),
  }
}
