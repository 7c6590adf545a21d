import type { Kysely, Transaction } from 'kysely'

/**
 * The tables, as Kysely sees them. Instants are UTC text with three decimals, days are `YYYY-MM-DD`,
 * ids random UUIDs, booleans 0 and 1. The migrations say the same to the database.
 */
export interface Schema {
  tenant: { id: string; name: string }
  workspace: { platform: string; id: string; tenant_id: string }
  person: { id: string; tenant_id: string; name: string; email: string }
  identity: { platform: string; workspace: string; user_id: string; person_id: string; preferred: number }
  place: { platform: string; workspace: string; id: string; board_id: string; kind: 'private' | 'public' | 'shared' }

  delivery: {
    platform: string
    workspace: string
    user_id: string
    id: string
    command: string
    /** with the command, enough to draw the answer to a repeat as things stand then */
    subject: string
    outcome: 'done' | 'refused'
    /** JSON of the refusal */
    refusal: string | null
    at: string
  }
  journal: {
    board_id: string
    seq: number
    at: string
    actor: string
    command: string
    subject: string
    commitment: string | null
    previous: string
    hash: string
  }
  journal_payload: { board_id: string; seq: number; salt: string; payload: string }

  organisation: { id: string; tenant_id: string; name: string; short_name: string }
  post: { person_id: string; organisation_id: string; title: string }
  board: { id: string; tenant_id: string; name: string; short_name: string; zone: string; division: string }
  terms: {
    id: string
    board_id: string
    state: 'draft' | 'approved' | 'superseded'
    in_force_from: string | null
    document: string
  }
  seat: { id: string; board_id: string; organisation_id: string; title: string; invited: number }
  holding: {
    seat_id: string
    person_id: string
    capacity: 'representative' | 'deputy'
    from_day: string
    until_day: string | null
  }
  office: {
    board_id: string
    office: 'chair' | 'vice-chair' | 'clerk'
    person_id: string
    from_day: string
    until_day: string | null
  }

  meeting: { id: string; board_id: string; starts_at: string; venue: string; state: 'called' | 'cancelled' }
  answer: {
    id: string
    meeting_id: string
    seat_id: string
    /** 1, 2, 3 … : the highest stands */
    version: number
    attending: number
    substitute_id: string | null
    /** who held the seat then: the answer stands for nobody else */
    for_person_id: string
    by_person_id: string
    at: string
  }

  notice: {
    id: string
    queued: number
    notice: string
    kind: 'live' | 'reminder' | 'dispatch'
    subject: string
    board_id: string
    /** as outbox/recipient.ts writes it */
    recipient: string
    /** day of the board's zone on which it fell due; empty for what falls due at once */
    due_date: string
    /** rises with each change of what a live message shows */
    wanted: number
    state: 'waiting' | 'sent' | 'dropped' | 'failed'
    /** system clock: when it may be taken up; while it is being sent, when its lease ends */
    not_before: string
    attempts: number
    platform: string | null
    workspace: string | null
    /** the conversation and the message as the platform calls them */
    conversation: string | null
    message: string | null
    sent_at: string | null
    sent_hash: string | null
    why: string | null
  }
  tick: { notice: string; until: string }

  demonstration: { stamp: string; clock_ahead_ms: number }
  page_message: {
    id: string
    position: number
    revision: number
    place: string
    /** the one person who sees it, or null for all who read the place */
    viewer: string | null
    author: string | null
    words: string | null
    card: string | null
    plain: string | null
    at: string
    edited: number
  }
}

/** Reads. */
export type Db = Kysely<Schema>

/** Reads and writes, inside the one transaction of an act. */
export type Tx = Transaction<Schema>
