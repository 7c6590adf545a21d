import type { ModalView } from '@slack/types'
import { z } from 'zod'
import type { Answer } from '../../bot.js'
import type { Ready } from './answers.js'
import type { Call } from './client.js'
import { cardView, type Kept, waitingView } from './form.js'
import { MOST_WAITING, PATIENCE_MS } from './waits.js'

const Opened = z.object({ view: z.object({ id: z.string() }) })

/** The windows of one workspace. */
export interface Modals {
  open(trigger: string, view: ModalView): Promise<string>
  /** Opens one upon another that is open. */
  push(trigger: string, view: ModalView): Promise<string>
  update(view: string, to: ModalView): Promise<void>
  /** Waits for an answer; where it does not come soon, opens a window that says so, while that can be done. */
  patiently(answering: Promise<Answer>, open: (waiting: ModalView) => Promise<string>): Promise<Waited>
}

export interface Waited {
  readonly answer: Answer
  /** the window that says that an answer is coming; null: it came soon */
  readonly window: string | null
}

export const viewOf = (ready: Ready, from: Kept['from'] = null): ModalView =>
  ready.as === 'form' ? ready.view : cardView(ready.sheet, ready.title, from)

export const WAITING = waitingView('Quorate', 'One moment. What you asked for is being done.')

export function modals(call: Call): Modals {
  let waiting = 0
  const shown = async (method: string, given: Readonly<Record<string, unknown>>): Promise<string> =>
    (await call(method, given, Opened)).view.id
  return {
    open: (trigger_id, view) => shown('views.open', { trigger_id, view }),
    push: (trigger_id, view) => shown('views.push', { trigger_id, view }),
    async update(view_id, view) {
      await shown('views.update', { view_id, view })
    },
    async patiently(answering, open) {
      if (waiting >= MOST_WAITING) return { answer: await answering, window: null }
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), PATIENCE_MS)
      })
      const soon = await Promise.race([answering, late])
      clearTimeout(timer)
      if (soon) return { answer: soon, window: null }
      // Without the window the answer still comes, as a message where that can be.
      waiting += 1
      try {
        const window = await open(WAITING).catch(() => null)
        return { answer: await answering, window }
      } finally {
        waiting -= 1
      }
    },
  }
}
