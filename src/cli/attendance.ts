import { writeFileSync } from 'node:fs'
import { plainAnswer } from '../bot.js'
import { StartError } from '../kernel/start-error.js'
import type { Document } from '../kernel/view.js'
import type { House } from '../wiring.js'
import { boardOf, tenantOf } from './boards.js'
import { complain, EXIT, print } from './exit.js'

export interface PrintingAttendance {
  readonly board: string
  /** `YYYY` */
  readonly year: string
  readonly csv?: true
  readonly svg?: true
  readonly png?: true
  /** the file to write, rather than standard output */
  readonly out?: string
}

/** Prints the attendance of a board over a year: as text, or one of the files that go with it, byte for byte. */
export async function printAttendance(house: House, wanted: PrintingAttendance): Promise<number> {
  const ending = endingOf(wanted)
  if (ending === 'png' && wanted.out === undefined && process.stdout.isTTY)
    throw new StartError('A PNG is no text to show here. Name a file for it, as in --out attendance.png.')
  const tenant = await tenantOf(house)
  const { id: subject } = await boardOf(house, tenant, wanted.board)
  const answer = await house.bot.operate(tenant, { command: 'attendance.year', subject, values: { year: wanted.year } })
  if (answer.kind !== 'document') {
    complain(plainAnswer(answer))
    return answer.kind === 'fault' ? EXIT.fault : EXIT.refusal
  }
  const bytes = ending === null ? Buffer.from(`${answer.document.plain}\n`) : fileOf(answer.document, ending)
  if (wanted.out === undefined) process.stdout.write(bytes)
  else keep(wanted.out, bytes)
  return EXIT.answer
}

/** @throws StartError where more than one is asked for */
function endingOf({ csv, svg, png }: PrintingAttendance): 'csv' | 'svg' | 'png' | null {
  const [one, another] = [csv && ('csv' as const), svg && ('svg' as const), png && ('png' as const)].filter(
    (said) => said !== undefined,
  )
  if (one && another) throw new StartError('Ask for one of --csv, --svg and --png at a time.')
  return one ?? null
}

function fileOf({ files = [] }: Document, ending: string): Buffer {
  const file = files.find(({ name }) => name.endsWith(`.${ending}`))
  if (!file) throw new Error(`the document has no ${ending}`)
  return Buffer.from(file.base64, 'base64')
}

/** Writes a file, and says so. @throws StartError where it cannot be written */
export function keep(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new StartError(`${file} cannot be written${code}. Name another file.`)
  }
  print(`${file} is written.`)
}
