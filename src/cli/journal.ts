import { holdsHead, verifyChain } from '../db/journal.js'
import type { Db } from '../db/schema.js'
import { StartError } from '../kernel/start-error.js'
import type { House } from '../wiring.js'
import { EXIT, print } from './exit.js'

/** Which board's journal, and a head of it that was kept elsewhere. */
export interface Verifying {
  readonly board?: string
  readonly head?: string
}

/** Whether the journals hold; what is wrong with those that do not. */
export async function verify({ handles: { reading } }: House, { board: wanted, head: kept }: Verifying): Promise<number> {
  const boards = await boardsNamed(reading, wanted)
  if (kept !== undefined && boards.length > 1) throw new StartError('A head belongs to one board: name it with --board.')
  let holds = true
  for (const board of boards) holds = (await verifyBoard(reading, board, kept)) && holds
  if (kept === undefined) {
    print('Whether the end was cut off shows only against a head kept elsewhere: quorate verify --board BOARD --head HASH')
  }
  return holds ? EXIT.answer : EXIT.refusal
}

interface Board {
  readonly id: string
  readonly short_name: string
}

async function boardsNamed(db: Db, wanted: string | undefined): Promise<readonly Board[]> {
  const all = await db.selectFrom('board').select(['id', 'short_name']).orderBy('short_name').execute()
  if (all.length === 0) throw new StartError('There is no board yet, so there is nothing to verify.')
  const named = wanted === undefined ? all : all.filter((board) => board.short_name === wanted)
  if (named.length > 0) return named
  throw new StartError(`There is no board ${wanted}. There are: ${all.map((board) => board.short_name).join(', ')}.`)
}

async function verifyBoard(db: Db, { id, short_name: name }: Board, kept: string | undefined): Promise<boolean> {
  const { entries, head, faults } = await verifyChain(db, id)
  const cut = kept !== undefined && !(await holdsHead(db, id, kept))
  const found = cut ? [...faults, 'The head that you keep is not in the chain: its end was cut off or written anew.'] : faults
  const verdict = found.length === 0 ? 'the journal holds' : 'THE JOURNAL DOES NOT HOLD'
  print(`${name}: ${entries} ${entries === 1 ? 'entry' : 'entries'}, ${verdict}`)
  for (const fault of found) print(`  ${fault}`)
  print(`  head ${head}`)
  return found.length === 0
}
