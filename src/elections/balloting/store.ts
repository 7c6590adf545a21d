import type { Temporal } from 'temporal-polyfill'
import type { Count } from '../../attendance/ledger.js'
import type { Db, Tx } from '../../db/schema.js'
import { toText } from '../../kernel/time.js'
import type { Choice, Counted } from '../counting.js'
import type { Round, Voted } from '../rules.js'

/** The election of a ballot, or null. */
export async function electionOfRound(db: Db, round: string): Promise<string | null> {
  const row = await db.selectFrom('election_ballot').select('election_id').where('id', '=', round).executeTakeFirst()
  return row?.election_id ?? null
}

export interface NewRound
  extends Pick<Round, 'id' | 'method' | 'publicKey' | 'checkWords' | 'openedAt' | 'closesAt' | 'byHand' | 'quorumOpen'> {
  readonly number: number
  readonly candidates: readonly string[]
  readonly by: string | null
}

/** Opens a ballot. */
export async function addRound(tx: Tx, election: string, round: NewRound): Promise<void> {
  await tx
    .insertInto('election_ballot')
    .values({
      id: round.id,
      election_id: election,
      number: round.number,
      state: 'open',
      method: round.method,
      candidates: JSON.stringify(round.candidates),
      public_key: round.publicKey,
      check_words: round.checkWords ? 1 : 0,
      opened_at: toText(round.openedAt),
      closes_at: round.closesAt && toText(round.closesAt),
      by_hand: round.byHand ? 1 : 0,
      opened_by_id: round.by,
      quorum_open: JSON.stringify(round.quorumOpen),
      closed_at: null,
      quorum_close: null,
      counted: null,
      silent: null,
      why: null,
    })
    .execute()
}

/** Lets an open ballot close at an instant. */
export async function closeAt(tx: Tx, round: string, at: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('election_ballot')
    .set({ closes_at: toText(at) })
    .where('id', '=', round)
    .execute()
}

export interface Ended {
  readonly state: Exclude<Round['state'], 'open'>
  readonly closedAt: Temporal.Instant
  readonly quorumClose: Count
  readonly counted: Counted | null
  /** seats that could vote and had not */
  readonly silent: readonly string[]
  readonly why: string | null
}

/** Writes how a ballot ended. */
export async function endRound(
  tx: Tx,
  round: string,
  { state, closedAt, quorumClose, counted, silent, why }: Ended,
): Promise<void> {
  await tx
    .updateTable('election_ballot')
    .set({
      state,
      closed_at: toText(closedAt),
      quorum_close: JSON.stringify(quorumClose),
      counted: counted && JSON.stringify(counted),
      silent: JSON.stringify(silent),
      why,
    })
    .where('id', '=', round)
    .execute()
}

/** How somebody voted: in an open ballot as it is, in a secret one sealed. */
export type Paper = { readonly choice: Choice } | { readonly sealed: string }

/** Puts papers into a ballot, or others in their place; who has voted stands apart from how. */
export async function savePapers(tx: Tx, round: string, papers: readonly (Voted & { readonly paper: Paper })[]): Promise<void> {
  for (const { voter, seat, person, paper } of papers) {
    await tx
      .insertInto('voted')
      .values({ ballot_id: round, voter_id: voter, seat_id: seat, person_id: person })
      .onConflict((there) => there.columns(['ballot_id', 'voter_id']).doUpdateSet({ seat_id: seat, person_id: person }))
      .execute()
    if ('sealed' in paper)
      await tx
        .insertInto('sealed_paper')
        .values({ ballot_id: round, voter_id: voter, sealed: paper.sealed })
        .onConflict((there) => there.columns(['ballot_id', 'voter_id']).doUpdateSet({ sealed: paper.sealed }))
        .execute()
    else {
      const choice = JSON.stringify(paper.choice)
      await tx
        .insertInto('open_paper')
        .values({ ballot_id: round, voter_id: voter, choice })
        .onConflict((there) => there.columns(['ballot_id', 'voter_id']).doUpdateSet({ choice }))
        .execute()
    }
  }
}

/** The papers of an open ballot, by voter. */
export async function openPapers(db: Db, round: string): Promise<ReadonlyMap<string, Choice>> {
  const rows = await db.selectFrom('open_paper').selectAll().where('ballot_id', '=', round).orderBy('voter_id').execute()
  return new Map(rows.map(({ voter_id, choice }) => [voter_id, JSON.parse(choice) as Choice]))
}

/** Open ballots whose time has come, with whose tenant each is. */
export async function roundsDue(
  db: Db,
  now: Temporal.Instant,
): Promise<readonly { readonly round: string; readonly election: string; readonly tenant: string }[]> {
  return db
    .selectFrom('election_ballot')
    .innerJoin('election', 'election.id', 'election_ballot.election_id')
    .innerJoin('meeting', 'meeting.id', 'election.meeting_id')
    .innerJoin('board', 'board.id', 'meeting.board_id')
    .where('election_ballot.state', '=', 'open')
    .where('election_ballot.closes_at', '<=', toText(now))
    .where('meeting.state', '=', 'called')
    .select(['election_ballot.id as round', 'election.id as election', 'board.tenant_id as tenant'])
    .execute()
}
