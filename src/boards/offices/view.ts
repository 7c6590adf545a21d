import { Temporal } from 'temporal-polyfill'
import type { Audience } from '../../kernel/audience.js'
import { dayInWords } from '../../kernel/time.js'
import { type Card, text } from '../../kernel/view.js'
import { listed } from '../roster/spelling.js'
import type { Board } from '../rules.js'
import type { Passing } from './passing.js'
import { officeInWords } from './rules.js'

/** An office that has passed, with the names of those whom it concerns. */
export interface Passed extends Omit<Passing, 'to' | 'left'> {
  readonly board: Board
  readonly to: string | null
  readonly left: readonly string[]
}

/** "Handover: from Tuesday 1 December 2026 NAME is Vice-Chair, in succession to NAME." */
export function handoverCard({ board, office, to, left, acting, from }: Passed, audience: Audience): Card {
  const [day, what, those] = [dayInWords(Temporal.PlainDate.from(from)), officeInWords(office), listed(left)]
  const succeeds = left.length > 0 ? `, in succession to ${those}` : ''
  return {
    title: `${to === null ? what : 'Handover'}: ${board.shortName}`,
    audience,
    body: [
      to === null
        ? text(`From ${day} `, { strong: those }, ` is ${acting ? 'acting ' : ''}${what} no more.`)
        : text(`From ${day} `, { strong: to }, ` ${acting ? 'acts as' : 'is'} ${what}${succeeds}.`),
    ],
  }
}
