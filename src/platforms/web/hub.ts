import { EventEmitter } from 'node:events'
import type { Db } from '../../db/schema.js'
import { changedSince, latestRevision, type Row } from './transcript.js'

/** What the open pages are told: a message posted or changed, the clock moved, or that the server ends. */
export type Event = { readonly event: 'message'; readonly row: Row } | { readonly event: 'clock' } | { readonly event: 'end' }

/** Passes on to the open pages what is posted to the transcript, by whichever process. */
export interface Hub {
  /** Begins with what is posted from now on. */
  follow(db: Db): Promise<void>
  /** Says that something may have been posted or changed. */
  changed(): void
  clockMoved(): void
  /** Lets every page go. */
  end(): void
  /** @returns how to stop listening */
  listen(each: (event: Event) => void): () => void
  readonly listeners: number
}

/** @param fault told when the transcript could not be read */
export function hub(fault: (error: unknown) => void): Hub {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  const publish = (event: Event) => void emitter.emit('event', event)
  let followed: { readonly db: Db; revision: number } | null = null
  let busy = false
  let again = false

  async function catchUp(): Promise<void> {
    again = true
    if (busy) return
    busy = true
    try {
      while (again) {
        again = false
        await publishNew()
      }
    } finally {
      busy = false
    }
  }

  async function publishNew(): Promise<void> {
    if (followed === null) return
    for (const row of await changedSince(followed.db, followed.revision)) {
      followed.revision = row.revision
      again = true
      publish({ event: 'message', row })
    }
  }

  return {
    async follow(db) {
      followed = { db, revision: await latestRevision(db) }
    },
    changed: () => void catchUp().catch(fault),
    clockMoved: () => publish({ event: 'clock' }),
    end: () => publish({ event: 'end' }),
    listen(each) {
      emitter.on('event', each)
      return () => void emitter.off('event', each)
    },
    get listeners() {
      return emitter.listenerCount('event')
    },
  }
}
