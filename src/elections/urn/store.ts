import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Db, Tx } from '../../db/schema.js'
import { fromText } from '../../kernel/time.js'
import type { Choice } from '../counting.js'

/** The sealed papers of a secret ballot, by voter. */
export async function sealedPapers(
  db: Db,
  round: string,
): Promise<readonly { readonly voter: string; readonly sealed: string }[]> {
  const rows = await db.selectFrom('sealed_paper').selectAll().where('ballot_id', '=', round).orderBy('voter_id').execute()
  return rows.map(({ voter_id, sealed }) => ({ voter: voter_id, sealed }))
}

/** Takes the sealed papers out of a ballot that is not open any more. */
export async function removeSealed(tx: Tx, round: string): Promise<void> {
  await tx.deleteFrom('sealed_paper').where('ballot_id', '=', round).execute()
}

/** A choice of a secret ballot, without who made it. */
export interface CountedChoice {
  readonly choice: Choice
  /** by which its voter knows it */
  readonly words: string | null
}

/** Keeps the choices of a secret ballot for a recount. @param choices shuffled: their order is what is kept */
export async function keepChoices(tx: Tx, round: string, choices: readonly CountedChoice[]): Promise<void> {
  if (choices.length === 0) return
  await tx
    .insertInto('counted_choice')
    .values(
      choices.map(({ choice, words }, at) => ({ ballot_id: round, position: at + 1, choice: JSON.stringify(choice), words })),
    )
    .execute()
}

/** The choices of a secret ballot, in the order in which they were drawn from the urn; none once the notes are approved. */
export async function choicesOf(db: Db, round: string): Promise<readonly CountedChoice[]> {
  const rows = await db.selectFrom('counted_choice').selectAll().where('ballot_id', '=', round).orderBy('position').execute()
  return rows.map(({ choice, words }) => ({ choice: JSON.parse(choice) as Choice, words }))
}

/** When the meeting begins that resolved, by an entry of the register, that the notes of the one before it are correct; or null. */
export async function approvingMeeting(db: Db, decision: string): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('decision')
    .innerJoin('item', 'item.id', 'decision.item_id')
    .innerJoin('meeting', 'meeting.id', 'decision.meeting_id')
    .where('decision.id', '=', decision)
    .where('item.about', '=', 'notes')
    .where(sql`lower(decision.words)`, 'like', '%correct record%')
    .select('meeting.starts_at')
    .executeTakeFirst()
  return row ? fromText(row.starts_at) : null
}

/** Forgets the choices of every secret ballot of a meeting: its notes are approved, and nothing is counted again. */
export async function forgetChoices(tx: Tx, meeting: string): Promise<void> {
  await tx
    .deleteFrom('counted_choice')
    .where('ballot_id', 'in', (ballots) =>
      ballots
        .selectFrom('election_ballot')
        .innerJoin('election', 'election.id', 'election_ballot.election_id')
        .where('election.meeting_id', '=', meeting)
        .select('election_ballot.id'),
    )
    .execute()
}
