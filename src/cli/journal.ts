import { answersAgree } from '../apologies/store.js'
import { rulingsAgree } from '../attendance/late/store.js'
import { attendanceAgrees } from '../attendance/record/store.js'
import { identitiesAgree } from '../boards/reach/identities/store.js'
import { chains, holdsHead, payloadsOf, verifyChain } from '../db/journal.js'
import { openToRead } from '../db/open.js'
import type { Db } from '../db/schema.js'
import { papersAgree } from '../elections/record/store.js'
import { StartError } from '../kernel/start-error.js'
import { circulationsAgree } from '../papers/circulation/store.js'
import { registerAgrees } from '../votes/register/store.js'
import { ballotsAgree } from '../votes/store.js'
import { EXIT, print } from './exit.js'

/** Which board's journal, and a head of it that was kept elsewhere. */
export interface Verifying {
  readonly board?: string
  readonly head?: string
}

/** Whether the journals of a database hold; what is wrong with those that do not. The file is only read: it may be evidence. */
export async function verify(file: string, verifying: Verifying): Promise<number> {
  const { reading, close } = openToRead(file)
  try {
    return await verifyBoards(reading, verifying)
  } finally {
    await close()
  }
}

async function verifyBoards(reading: Db, { board: wanted, head }: Verifying): Promise<number> {
  const kept = head?.trim().toLowerCase()
  if (kept !== undefined && !/^[0-9a-f]{64}$/.test(kept))
    throw new StartError('A head is 64 hexadecimal digits, as verify prints it.')
  const boards = await boardsNamed(reading, wanted)
  if (kept !== undefined && boards.length > 1) throw new StartError('A head belongs to one board: name it with --board.')
  let holds = true
  for (const board of boards) holds = (await verifyBoard(reading, board, kept)) && holds
  if (wanted === undefined) holds = (await noOrphans(reading, boards)) && holds
  if (wanted === undefined) holds = (await accountsHold(reading, boards)) && holds
  if (kept === undefined) {
    print('Whether the end was cut off, or the whole chain written anew, shows only against a head kept elsewhere:')
    print('quorate verify --board BOARD --head HASH')
  }
  return holds ? EXIT.answer : EXIT.refusal
}

interface Board {
  readonly id: string
  readonly short_name: string
}

async function boardsNamed(db: Db, wanted: string | undefined): Promise<readonly Board[]> {
  const all = await db.selectFrom('board').select(['id', 'short_name']).orderBy('short_name').execute()
  if (all.length === 0 && (await chains(db)).length === 0)
    throw new StartError('There is no board yet, so there is nothing to verify.')
  const named = wanted === undefined ? all : all.filter((board) => board.short_name === wanted)
  if (named.length > 0 || wanted === undefined) return named
  throw new StartError(`There is no board ${wanted}. There are: ${all.map((board) => board.short_name).join(', ')}.`)
}

/** A chain whose board is gone was not left behind by any act of ours. */
async function noOrphans(db: Db, boards: readonly Board[]): Promise<boolean> {
  const orphans = (await chains(db)).filter((chain) => !boards.some(({ id }) => id === chain))
  for (const orphan of orphans) print(`There is a journal of a board that is not there: ${orphan}.`)
  return orphans.length === 0
}

/** Somebody may have to do with several boards: whose an account is stands in the journals of all of them together. */
async function accountsHold(db: Db, boards: readonly Board[]): Promise<boolean> {
  // In a database that an older Quorate made nobody has an account.
  if (!(await db.introspection.getTables()).some(({ name }) => name === 'loss')) return true
  const payloads = (await Promise.all(boards.map(({ id }) => payloadsOf(db, id)))).flat()
  const erased = (await Promise.all(boards.map(({ id }) => verifyChain(db, id)))).some((verdict) => verdict.erased.length > 0)
  const faults = await identitiesAgree(db, payloads, !erased)
  for (const fault of faults) print(`  ${fault}`)
  return faults.length === 0
}

async function verifyBoard(db: Db, { id, short_name: name }: Board, kept: string | undefined): Promise<boolean> {
  const { entries, head, faults, erased } = await verifyChain(db, id)
  const record = faults.length === 0 ? await recordAgrees(db, id, erased.length === 0) : []
  const cut = kept !== undefined && !(await holdsHead(db, id, kept)) ? [CUT] : []
  const found = [...faults, ...record, ...cut]
  const verdict = found.length === 0 ? 'the journal holds' : 'THE JOURNAL DOES NOT HOLD'
  print(`${name}: ${entries} ${entries === 1 ? 'entry' : 'entries'}, ${verdict}`)
  for (const fault of found) print(`  ${fault}`)
  if (erased.length > 0) print(`  What was put into these was erased by an act: ${erased.join(', ')}.`)
  print(`  head ${head}`)
  return found.length === 0
}

/** Whether what stands in the record is what the journal says was recorded. */
async function recordAgrees(db: Db, board: string, complete: boolean): Promise<readonly string[]> {
  const payloads = await payloadsOf(db, board)
  const tables = await db.introspection.getTables()
  // A database that an older Quorate made has no attendance yet, and is only read here.
  const attends = tables.some(({ name }) => name === 'spell')
  const rules = tables.some(({ name }) => name === 'late_paper')
  const circulates = tables.some(({ name }) => name === 'circulation')
  const decides = tables.some(({ name }) => name === 'decision')
  const elects = tables.some(({ name }) => name === 'election')
  return [
    ...(await answersAgree(db, board, payloads)),
    ...(attends ? await attendanceAgrees(db, board, payloads, complete) : []),
    ...(rules ? await rulingsAgree(db, board, payloads, complete) : []),
    ...(circulates ? await circulationsAgree(db, board, payloads, complete) : []),
    ...(decides ? await registerAgrees(db, board, payloads, complete) : []),
    ...(decides ? await ballotsAgree(db, board, payloads, complete) : []),
    ...(elects ? await papersAgree(db, board, payloads, complete) : []),
  ]
}

const CUT = 'The head that you keep is not in the chain: its end was cut off, or it was written anew.'
