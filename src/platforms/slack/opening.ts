import type { z } from 'zod'
import { asked, type Listening, nowhere } from './listening.js'
import { viewOf } from './modals.js'
import type { ShortcutBody } from './payloads.js'
import { namesOf } from './people.js'
import { isDirect } from './places.js'
import { mentionedIn, wordsIn } from './said.js'
import { LONGEST_TITLE } from './waits.js'

type Shortcut = z.infer<typeof ShortcutBody>

/** Opens the forms of the shortcuts of one workspace. */
export function opening(listening: Listening) {
  const { entrances, places, answers, modals, telling, reading, workspace } = listening

  /** The first line of a message, as it was typed. */
  async function titleOf(text: string): Promise<string> {
    const names = await namesOf(reading, workspace.id, mentionedIn(text))
    const [line = ''] = wordsIn(text, workspace.botUser, (user) => names.get(user) ?? null).split('\n')
    return line.slice(0, LONGEST_TITLE)
  }

  return {
    async shortcut(
      callback: 'send_apologies' | 'propose_item',
      { user, trigger_id: trigger, channel, message }: Shortcut,
      acknowledge: () => Promise<void>,
    ): Promise<void> {
      const there = channel ? await places.placeOf(channel.id, user.id) : null
      // The window is for whoever opened it: from a conversation of people with each other it is asked as from none.
      const theirs = there === null || (isDirect(there.id) && there.kind !== 'direct')
      const place = theirs ? nowhere(listening, user.id) : there
      const proposed = callback === 'propose_item' ? { title: await titleOf(message?.text ?? '') } : {}
      const press = { ...(callback === 'propose_item' ? entrances.propose : entrances.apologise), values: proposed }
      const asking = asked(listening, user.id, { delivery: trigger, place, what: { press } })
      const { answer, window } = await modals.patiently(asking, (waiting) => modals.open(trigger, waiting))
      await acknowledge()
      const from = theirs ? null : { channel: place.id, message: '' }
      const ready = await answers.ready(answer, { surface: 'modal', modal: true, from, user: user.id })
      const show = () => (window ? modals.update(window, viewOf(ready, from)) : modals.open(trigger, viewOf(ready, from)))
      await telling.inWindow(show, answer, ready, { user: user.id, address: undefined })
    },
  }
}
