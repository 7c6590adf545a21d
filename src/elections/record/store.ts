import { z } from 'zod'
import type { Db } from '../../db/schema.js'

const Cast = z.object({
  input: z.object({ subject: z.string() }),
  outcome: z.object({ papers: z.array(z.object({ voter: z.string(), choice: z.array(z.string()).optional() })) }),
})

/** Where who has voted, or how in an open ballot, is not as the journal has it last; a sentence each. */
export async function papersAgree(
  db: Db,
  board: string,
  payloads: readonly unknown[],
  complete: boolean,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('voted')
    .innerJoin('election_ballot', 'election_ballot.id', 'voted.ballot_id')
    .innerJoin('election', 'election.id', 'election_ballot.election_id')
    .innerJoin('meeting', 'meeting.id', 'election.meeting_id')
    .leftJoin('open_paper', (join) =>
      join.onRef('open_paper.ballot_id', '=', 'voted.ballot_id').onRef('open_paper.voter_id', '=', 'voted.voter_id'),
    )
    .where('meeting.board_id', '=', board)
    .select(['voted.ballot_id', 'voted.voter_id', 'open_paper.choice'])
    .execute()
  const kept = new Map(rows.map(({ ballot_id, voter_id, choice }) => [`${ballot_id} ${voter_id}`, choice ?? 'sealed']))
  const said = new Map<string, string>()
  for (const payload of payloads) {
    const read = Cast.safeParse(payload)
    if (!read.success) continue
    for (const { voter, choice } of read.data.outcome.papers)
      said.set(`${read.data.input.subject} ${voter}`, choice ? JSON.stringify(choice) : 'sealed')
  }
  return [
    ...[...said]
      .filter(([key, choice]) => kept.get(key) !== choice)
      .map(([key]) => `The ballot paper ${key} is not as it was journaled, or has gone.`),
    ...(complete ? [...kept.keys()] : [])
      .filter((key) => !said.has(key))
      .map((key) => `There is a ballot paper ${key} that the journal does not know.`),
  ]
}
