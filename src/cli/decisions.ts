import { plainAnswer } from '../bot.js'
import { StartError } from '../kernel/start-error.js'
import type { House } from '../wiring.js'
import { keep } from './attendance.js'
import { boardOf, meetingOn, operate, tenantOf } from './boards.js'
import { complain, EXIT } from './exit.js'

export interface SearchingDecisions {
  readonly board?: string
  /** `YYYY-MM-DD`: of the meeting on that day */
  readonly on?: string
}

/** Looks in the register of a board: all of it, of one meeting, or what says some words. */
export async function searchDecisions(
  house: House,
  words: readonly string[],
  { board: named, on }: SearchingDecisions,
): Promise<number> {
  if (named === undefined) throw new StartError('Name the board, as in --board KCSP.')
  const tenant = await tenantOf(house)
  const board = await boardOf(house, tenant, named)
  const values = {
    ...(words.length > 0 ? { looked: words.join(' ') } : {}),
    ...(on === undefined ? {} : { meeting: (await meetingOn(house, board, on)).id }),
  }
  return (await operate(house, tenant, { command: 'votes.decisions', subject: board.id, values })).code
}

export interface ExportingDecisions {
  readonly board: string
  readonly csv?: true
  readonly json?: true
  /** with the words of those that are restricted */
  readonly restricted?: true
  /** the file to write, rather than standard output */
  readonly out?: string
}

/** Exports the register of a board, byte for byte: CSV, or JSON with every figure, name and clause. */
export async function exportDecisions(
  house: House,
  { board: named, csv, json, restricted, out }: ExportingDecisions,
): Promise<number> {
  if (csv && json) throw new StartError('Ask for one of --csv and --json at a time.')
  const tenant = await tenantOf(house)
  const { id: subject } = await boardOf(house, tenant, named)
  const press = { command: 'votes.export', subject, values: restricted ? { restricted: 'yes' } : {} }
  const answer = await house.bot.operate(tenant, press)
  if (answer.kind !== 'document') {
    complain(plainAnswer(answer))
    return answer.kind === 'fault' ? EXIT.fault : EXIT.refusal
  }
  const file = answer.document.files?.find(({ name }) => name.endsWith(json ? '.json' : '.csv'))
  if (!file) throw new Error('the register has no such file')
  const bytes = Buffer.from(file.base64, 'base64')
  if (out === undefined) process.stdout.write(bytes)
  else keep(out, bytes)
  return EXIT.answer
}
