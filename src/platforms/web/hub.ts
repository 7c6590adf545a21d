import { EventEmitter } from 'node:events'
import type { Row } from './transcript.js'

/** What the open pages are told: a message posted or changed, or the clock moved. */
export type Event = { readonly event: 'message'; readonly row: Row } | { readonly event: 'clock' }

export interface Hub {
  publish(event: Event): void
  /** @returns how to stop listening */
  listen(each: (event: Event) => void): () => void
  readonly listeners: number
}

/** Passes events to the pages open on this process; the messages themselves are in the database. */
export function hub(): Hub {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  return {
    publish: (event) => void emitter.emit('event', event),
    listen(each) {
      emitter.on('event', each)
      return () => void emitter.off('event', each)
    },
    get listeners() {
      return emitter.listenerCount('event')
    },
  }
}
