import { newId } from '../../src/kernel/ids.js'
import { machineClock } from '../../src/kernel/time.js'
import type { Logger } from '../../src/log.js'
import type { Sender } from '../../src/outbox/sender.js'
import { PLATFORM } from '../../src/platforms/web/places.js'
import { type House, openHouse } from '../../src/wiring.js'

/** A platform that takes everything at once. */
const accepting: Sender = {
  platform: PLATFORM,
  send: async (to, _, replaces) => replaces ?? { conversation: 'user' in to ? to.user : to.place, message: newId() },
}

/** Says nothing, and stops the bench at the first fault: figures of a house that fails are worth nothing. */
export const silent: Logger = {
  act: (_, error) => {
    if (error !== undefined) throw error
  },
  notice: ({ notice, outcome, why }) => {
    if (outcome !== 'sent' && outcome !== 'unchanged') throw new Error(`${notice}: ${outcome}, ${why}`)
  },
  event: () => undefined,
  fault: (_, error) => {
    throw error
  },
}

/** A house as `main` opens it, on a real file under the machine's clock, with no page and nobody to write to. */
export const openBenchHouse = (file: string): Promise<House> =>
  openHouse({
    config: {
      port: 0,
      file,
      demonstration: false,
      keys: null,
      publicUrl: null,
      now: null,
      log: 'silent',
      slack: null,
      unattended: true,
    },
    systemClock: machineClock(),
    log: silent,
    senders: () => [accepting],
  })
