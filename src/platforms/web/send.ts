import type { Writer } from '../../db/write.js'
import { newId } from '../../kernel/ids.js'
import { plainCard } from '../../kernel/plain.js'
import { type Clock, toText } from '../../kernel/time.js'
import type { Sender } from '../../outbox/sender.js'
import { directId, PLATFORM } from './places.js'
import { post } from './transcript.js'

/**
 * Sends to the page: a message is a row of its transcript, shown to whoever has the page open.
 * @param posted told of each message that was posted or changed
 */
export const pageSender = (writer: Writer, boardClock: Clock, posted: () => void): Sender => ({
  platform: PLATFORM,
  async send(to, card, replaces, [key = newId()]) {
    const place = 'user' in to ? directId(to.user) : to.place
    const viewer = 'user' in to ? to.user : null
    const id = replaces?.message ?? key
    const body = { card, plain: plainCard(card) }
    const at = toText(boardClock.now())
    const row = await writer.write((tx) => post(tx, { id, place, viewer, body, at }, replaces !== null))
    posted()
    return { conversation: place, message: row.id }
  },
})
