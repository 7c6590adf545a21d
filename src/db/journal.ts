import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Db, Tx } from './schema.js'

/** What was done: the input is kept beside it, so that it can be erased and the chain still verifies. */
export interface Entry {
  readonly board: string
  /** instant, UTC, three decimals */
  readonly at: string
  /** a person's id, or `operator` */
  readonly actor: string
  readonly command: string
  readonly subject: string
  /** the input; null where it is secret, and then nothing of it is kept */
  readonly payload: unknown
}

/** Before the first entry of a chain. */
const NOTHING = '0'.repeat(64)

/** The command whose entry accounts for a payload that is gone; its subject is the entry's number. */
const ERASE = 'journal.erase'

interface Row {
  board_id: string
  seq: number
  at: string
  actor: string
  command: string
  subject: string
  commitment: string | null
  previous: string
}

const hashOf = ({ board_id, seq, at, actor, command, subject, commitment, previous }: Row): string =>
  createHash('sha256')
    .update(JSON.stringify([previous, board_id, seq, at, actor, command, subject, commitment]))
    .digest('hex')

const commitmentOf = (salt: string, payload: string): string => createHmac('sha256', salt).update(payload).digest('hex')

/** Writes the next entry of the board's chain, in the transaction of the act. */
export async function append(tx: Tx, { board, at, actor, command, subject, payload }: Entry): Promise<void> {
  const head = await headOf(tx, board)
  const kept = payload === null ? null : { salt: randomBytes(32).toString('hex'), payload: JSON.stringify(payload) }
  const row: Row = {
    board_id: board,
    seq: head.seq + 1,
    at,
    actor,
    command,
    subject,
    commitment: kept && commitmentOf(kept.salt, kept.payload),
    previous: head.hash,
  }
  await tx
    .insertInto('journal')
    .values({ ...row, hash: hashOf(row) })
    .execute()
  if (kept)
    await tx
      .insertInto('journal_payload')
      .values({ board_id: board, seq: row.seq, ...kept })
      .execute()
}

/** Takes away what was put into an act, and says so in the chain. The act itself stays. */
export async function erasePayload(tx: Tx, { board, seq, at, actor }: { board: string; seq: number; at: string; actor: string }) {
  await tx.deleteFrom('journal_payload').where('board_id', '=', board).where('seq', '=', seq).execute()
  await append(tx, { board, at, actor, command: ERASE, subject: String(seq), payload: null })
}

async function headOf(db: Db, board: string): Promise<{ seq: number; hash: string }> {
  const last = await db
    .selectFrom('journal')
    .select(['seq', 'hash'])
    .where('board_id', '=', board)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? { seq: 0, hash: NOTHING }
}

export interface Verdict {
  readonly board: string
  readonly entries: number
  /** of the last entry; kept elsewhere, it shows later whether the end was cut off */
  readonly head: string
  /** one sentence each; none when the chain holds */
  readonly faults: readonly string[]
  /** whose inputs were erased by an act of the chain, by number: no fault, but to be known */
  readonly erased: readonly number[]
}

/** Reads a board's whole chain and says what was edited, removed, reordered or taken away. */
export async function verifyChain(db: Db, board: string): Promise<Verdict> {
  const rows = await db.selectFrom('journal').selectAll().where('board_id', '=', board).orderBy('seq').execute()
  const payloads = new Map(
    (await db.selectFrom('journal_payload').selectAll().where('board_id', '=', board).execute()).map((kept) => [kept.seq, kept]),
  )
  const erased = new Set(rows.filter((row) => row.command === ERASE).map((row) => Number(row.subject)))
  const faults: string[] = rows.length === 0 ? ['There is no entry: a board has one from when it is made.'] : []
  let previous = NOTHING
  let expected = 1
  for (const row of rows) {
    if (row.seq !== expected) faults.push(`Entry ${expected} is missing.`)
    if (row.previous !== previous) faults.push(`Entry ${row.seq} does not follow the one before it.`)
    if (row.hash !== hashOf(row)) faults.push(`Entry ${row.seq} was edited.`)
    const kept = payloads.get(row.seq)
    if (row.commitment && !kept && !erased.has(row.seq)) faults.push(`What was put into entry ${row.seq} is missing.`)
    if (kept && !same(row.commitment ?? '', commitmentOf(kept.salt, kept.payload))) {
      faults.push(`What was put into entry ${row.seq} was edited.`)
    }
    payloads.delete(row.seq)
    previous = row.hash
    expected = row.seq + 1
  }
  for (const seq of payloads.keys()) faults.push(`There is an input for entry ${seq}, which is not in the chain.`)
  return { board, entries: rows.length, head: previous, faults, erased: [...erased].sort((a, b) => a - b) }
}

function same(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** The boards that have a chain, whether they are there or not. */
export async function chains(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('journal').select('board_id').distinct().execute()
  return rows.map((row) => row.board_id)
}

/** What was put into each act of a board and what came of it, by the entries whose inputs are kept. */
export async function payloadsOf(db: Db, board: string): Promise<readonly unknown[]> {
  const rows = await db.selectFrom('journal_payload').select('payload').where('board_id', '=', board).orderBy('seq').execute()
  return rows.map((row) => JSON.parse(row.payload) as unknown)
}

/** Whether a head that was kept elsewhere is still in the chain: if not, the end was cut off or written anew. */
export async function holdsHead(db: Db, board: string, head: string): Promise<boolean> {
  if (head === NOTHING) return true
  const row = await db
    .selectFrom('journal')
    .select('seq')
    .where('board_id', '=', board)
    .where('hash', '=', head)
    .executeTakeFirst()
  return row !== undefined
}
