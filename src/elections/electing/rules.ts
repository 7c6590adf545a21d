import { Temporal } from 'temporal-polyfill'
import type { Terms } from '../../boards/terms.js'

/** Who holds an office and since when, `YYYY-MM-DD`. */
interface Holding {
  readonly person: { readonly id: string }
  readonly acting: boolean
  readonly since: string
}

/**
 * Of those who share an office, who leaves it as somebody else is elected: who only acts, and whose stated years are over.
 * An office that is not shared passes whole: nobody is named here.
 * @param day of the election, `YYYY-MM-DD`
 */
export function leaving(
  rule: Pick<Terms['offices'][number], 'shared' | 'years'> | undefined,
  holders: readonly Holding[],
  day: string,
): readonly string[] {
  if (!rule?.shared) return []
  const { years } = rule
  const isOver = (since: string) =>
    years !== undefined &&
    Temporal.PlainDate.compare(Temporal.PlainDate.from(since).add({ years }), Temporal.PlainDate.from(day)) <= 0
  return holders.filter(({ acting, since }) => acting || isOver(since)).map(({ person }) => person.id)
}
