import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import type { Terms } from '../../src/boards/terms.js'
import { readTerms } from '../../src/boards/terms-text.js'
import type { Division } from '../../src/kernel/working-days.js'
import type { Timed } from '../../src/meetings/reminding.js'

const read = readTerms(readFileSync(new URL('../../src/boards/terms/kcsp-2025.yaml', import.meta.url), 'utf8'))
if (!('terms' in read)) throw new Error('the shipped terms cannot be read')

/** The demonstration's terms: papers five whole working days before, until 17:00; reminders at 9:00. */
const KCSP: Terms = read.terms

/** A board and when it meets. */
export interface Where {
  /** an instant */
  readonly meets: string
  readonly zone?: string
  readonly division?: Division
}

export const timed = ({ meets, zone = 'Europe/London', division = 'england-and-wales' }: Where): Timed => ({
  terms: { ...KCSP, zone, division },
  startsAt: Temporal.Instant.from(meets),
})
