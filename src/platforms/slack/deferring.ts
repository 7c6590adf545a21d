import type { Receiver, ReceiverEvent } from '@slack/bolt'

/**
 * A receiver whose deliveries are acknowledged when they have been dealt with: Bolt itself acknowledges an event as soon as
 * it comes, and one that is cut off then would never come again. What nobody acknowledged is acknowledged with nothing.
 */
export const deferring = (receiver: Receiver): Receiver => ({
  init: (app) =>
    receiver.init(
      Object.assign(Object.create(app), {
        processEvent: (event: ReceiverEvent) => dealtWith(event, (one) => app.processEvent(one)),
      }),
    ),
  start: (...given) => receiver.start(...given),
  stop: (...given) => receiver.stop(...given),
})

async function dealtWith(event: ReceiverEvent, deal: (event: ReceiverEvent) => Promise<void>): Promise<void> {
  const { body } = event as { readonly body: unknown }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return event.ack()
  let acknowledged = false
  const acknowledge: ReceiverEvent['ack'] = async (told) => {
    if (acknowledged) return
    acknowledged = true
    await event.ack(told)
  }
  const early: ReceiverEvent['ack'] = 'event' in body ? async () => undefined : acknowledge
  try {
    await deal({ ...event, ack: early })
  } finally {
    // A fault is logged with its number, and would be the same again.
    await acknowledge()
  }
}
