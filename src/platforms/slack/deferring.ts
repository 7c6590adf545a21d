import type { Receiver, ReceiverEvent } from '@slack/bolt'

/**
 * A receiver whose events are acknowledged by whoever deals with them, once what they ask for is done: Bolt itself
 * acknowledges an event as soon as it comes, and one that is cut off then would never come again. What nobody has
 * acknowledged is acknowledged with nothing when it has been dealt with.
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

const ACKNOWLEDGE = 'acknowledgeEvent'

/** Acknowledges the event of a context, once. */
export const acknowledgementOf = (context: StringIndexed): (() => Promise<void>) => {
  const acknowledge: unknown = context[ACKNOWLEDGE]
  return async () => {
    if (typeof acknowledge === 'function') await acknowledge()
  }
}

type StringIndexed = Readonly<Record<string, unknown>>

async function dealtWith(event: ReceiverEvent, deal: (event: ReceiverEvent) => Promise<void>): Promise<void> {
  const { body } = event as { readonly body: unknown }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return event.ack()
  let acknowledged = false
  const acknowledge: ReceiverEvent['ack'] = async (told) => {
    if (acknowledged) return
    acknowledged = true
    await event.ack(told)
  }
  const ofEvent = 'event' in body
  try {
    await deal({
      ...event,
      ack: ofEvent ? async () => undefined : acknowledge,
      // Bolt hands a listener of events no way to acknowledge one; this it hands on.
      customProperties: { ...event.customProperties, ...(ofEvent ? { [ACKNOWLEDGE]: acknowledge } : {}) },
    })
  } finally {
    // A fault is logged with its number, and would be the same again.
    await acknowledge()
  }
}
