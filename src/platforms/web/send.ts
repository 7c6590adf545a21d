import type { Writer } from '../../db/write.js'
import { newId } from '../../kernel/ids.js'
import { plainCard } from '../../kernel/plain.js'
import { type Clock, toText } from '../../kernel/time.js'
import type { Sender } from '../../outbox/attempt.js'
import { directId, PLATFORM } from './places.js'
import { post, type Row } from './transcript.js'

/**
 * Sends to the page: a message is a row of its transcript, shown to whoever has the page open.
 * @param posted told of each message that was posted or changed
 */
export const pageSender = (writer: Writer, boardClock: Clock, posted: (row: Row) => void): Sender => ({
  platform: PLATFORM,
  async send(to, card, replaces) {
    const place = 'user' in to ? directId(to.user) : to.place
    const viewer = 'user' in to ? to.user : null
    const id = replaces?.message ?? newId()
    const body = { card, plain: plainCard(card) }
    const at = toText(boardClock.now())
    const row = await writer.write((tx) => post(tx, { id, place, viewer, body, at }, replaces !== null))
    posted(row)
    return { conversation: place, message: row.id }
  },
})
