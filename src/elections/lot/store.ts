import type { Temporal } from 'temporal-polyfill'
import type { Db, Tx } from '../../db/schema.js'
import { toText } from '../../kernel/time.js'
import type { Counted, Drawn } from '../counting.js'
import type { Account, Settled } from '../rules.js'

/** Words that somebody gives for a lot; theirs alone, and others in their place until it is drawn. */
export async function saveSeed(
  tx: Tx,
  round: string,
  { number, person, words }: { readonly number: number; readonly person: string; readonly words: string },
): Promise<void> {
  await tx
    .insertInto('lot_seed')
    .values({ ballot_id: round, number, person_id: person, words })
    .onConflict((there) => there.columns(['ballot_id', 'number', 'person_id']).doUpdateSet({ words }))
    .execute()
}

/** The words that were given for a lot, with who gave them; read when it is drawn, and shown to nobody before. */
export async function seedsOf(
  db: Db,
  round: string,
  number: number,
): Promise<readonly { readonly name: string; readonly words: string }[]> {
  return db
    .selectFrom('lot_seed')
    .innerJoin('person', 'person.id', 'lot_seed.person_id')
    .where('lot_seed.ballot_id', '=', round)
    .where('lot_seed.number', '=', number)
    .orderBy('person.name')
    .select(['person.name', 'lot_seed.words'])
    .execute()
}

export interface NewSettled extends Drawn {
  readonly number: number
  readonly how: Settled['how']
  readonly account: Account
  /** the ballot counted with it */
  readonly counted: Counted
  readonly at: Temporal.Instant
  readonly by: string | null
}

/** Records how equal votes fell. */
export async function addSettled(
  tx: Tx,
  round: string,
  { number, how, among, drawn, account, counted, at, by }: NewSettled,
): Promise<void> {
  await tx
    .insertInto('tie_settled')
    .values({
      ballot_id: round,
      number,
      how,
      among: JSON.stringify(among),
      drawn_id: drawn,
      account: JSON.stringify(account),
      counted: JSON.stringify(counted),
      at: toText(at),
      by_person_id: by,
    })
    .execute()
}
