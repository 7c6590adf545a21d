import { EventEmitter } from 'node:events'
import type { Db } from '../../db/schema.js'
import type { Person, PlaceView } from './protocol.js'
import { changedSince, latestRevision, type Row } from './transcript.js'

/** Who and what the pages list. */
export interface Listing {
  readonly people: readonly Person[]
  readonly channels: readonly PlaceView[]
}

/** What the open pages are told: a message posted or changed, others to be or places to go, the clock moved, or the server's end. */
export type Event =
  | { readonly event: 'message'; readonly row: Row }
  | { readonly event: 'listing'; readonly listing: Listing }
  | { readonly event: 'clock' }
  | { readonly event: 'end' }

/** Passes on to the open pages what is posted to the transcript, by whichever process. */
export interface Hub {
  /** Begins with what is posted from now on. */
  follow(db: Db): Promise<void>
  /** Looks at what the pages list each time that something may have changed, and tells them where it has. */
  watch(list: () => Promise<Listing>): void
  /** Says that something may have been posted or changed. */
  changed(): void
  clockMoved(): void
  /** Lets every page go. */
  end(): void
  /** @returns how to stop listening */
  listen(each: (event: Event) => void): () => void
  readonly listeners: number
}

/** @param fault told when the transcript or the listing could not be read */
export function hub(fault: (error: unknown) => void): Hub {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  const publish = (event: Event) => void emitter.emit('event', event)
  let followed: { readonly db: Db; revision: number } | null = null
  let watched: { list(): Promise<Listing>; told: string } | null = null
  let busy = false
  let again = false

  async function catchUp(): Promise<void> {
    again = true
    if (busy) return
    busy = true
    try {
      while (again) {
        again = false
        // What could not be listed holds up no message.
        await publishListing().catch(fault)
        await publishNew()
      }
    } finally {
      busy = false
    }
  }

  async function publishNew(): Promise<void> {
    if (followed === null) return
    let rows: readonly Row[]
    do {
      rows = await changedSince(followed.db, followed.revision)
      for (const row of rows) {
        followed.revision = row.revision
        publish({ event: 'message', row })
      }
    } while (rows.length > 0)
  }

  async function publishListing(): Promise<void> {
    if (watched === null || emitter.listenerCount('event') === 0) return
    const listing = await watched.list()
    const told = JSON.stringify(listing)
    if (told === watched.told) return
    watched.told = told
    publish({ event: 'listing', listing })
  }

  return {
    async follow(db) {
      followed = { db, revision: await latestRevision(db) }
    },
    watch(list) {
      watched = { list, told: '' }
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
