import { CHAIR, officeIn, POST } from './notice.js'
import type { Removable } from './rules.js'

/** A removal that is to be put to the vote, as it was said; null: of whom, or under which item, was not said. */
export interface RemovalSaid {
  readonly number: string | null
  readonly office: Removable | null
  readonly name: string | null
}

const form = (says: string): RegExp => new RegExp(`^(?:${says})$`, 'iu')
const under = (group: string): string => `(?:,? (?:under|on|in) (?:the )?(?:item )?(?<${group}>[a-x]\\d{1,2}))?`
const WHOM = '(?<whom>.{2,100}?)'
const REMOVAL = `(?:the |this )?removal(?: from office)?(?: of ${WHOM})?`
const TAKE = "(?:(?:'ll |will )?(?:now )?(?:take|hold|have|call|open|start|call for) (?:a|the) vote)"

/** A vote that is asked for: of whom need not be said, where an item of the meeting says it. */
const VOTES = [
  `put ${REMOVAL}${under('number')} to (?:the|a) vote${under('number2')}`,
  `(?:vote|${TAKE}) on ${REMOVAL}${under('number')}`,
  `(?:vote|${TAKE}) (?:on removing|on whether to remove|to remove) ${WHOM}${under('number')}`,
  `(?:vote|${TAKE}) on whether ${WHOM} (?:is|be|should be|is to be) removed(?: from office)?${under('number')}`,
  `${REMOVAL}${under('number')} (?:goes|is put) to the vote`,
].map(form)

/** What need be no more than talk of something else: whom it removes must be said wholly. */
const ORDERS = [
  `(?:move to |propose to )?(?:remove|dismiss) ${WHOM}${under('number')}`,
  `(?:move|propose) (?:the )?removal of ${WHOM}${under('number')}`,
].map(form)

const OFFICE = form(
  `(?:the |our |its )?${CHAIR}(?:,? (?<name>(?!from\\b)[^,]{2,60}?),?)?(?: from (?:being |${POST}(?: of (?:the )?${CHAIR})?)?)?`,
)
const NAMED = form(
  `(?<name>[^,]{2,60}?),? (?:as|from being|from (?:the |his |her |their )?(?:office|position|post|role)(?: of| as)?) (?:the |our )?${CHAIR}`,
)
const FROM_OFFICE = form(`(?<name>[^,]{2,60}?) from ${POST}`)

/** Who is meant by "the Vice-Chair", "NAME as Vice-Chair", "NAME from office"; null: nobody who holds an office. */
function whomIn(said: string): Pick<RemovalSaid, 'office' | 'name'> | null {
  const found = OFFICE.exec(said)
  const who = found?.groups?.name ?? null
  if (found) return who === null || isName(who) ? { office: officeIn(said), name: who } : null
  const named = (NAMED.exec(said) ?? FROM_OFFICE.exec(said))?.groups?.name
  return named !== undefined && isName(named) ? { office: officeIn(said.slice(named.length)), name: named } : null
}

const isName = (said: string): boolean => /^\p{Lu}/u.test(said)

/** What a whole sentence says of a removal, without how the vote is to be taken; null where it is about something else. */
export function removalSaid(sentence: string): RemovalSaid | null {
  for (const [forms, freely] of [[VOTES, true] as const, [ORDERS, false] as const]) {
    for (const one of forms) {
      const groups = one.exec(sentence)?.groups
      if (!groups) continue
      const number = (groups.number ?? groups.number2)?.toUpperCase() ?? null
      const { whom } = groups
      const meant = whom === undefined ? { office: null, name: null } : whomIn(whom)
      if (meant) return { number, ...meant }
      if (freely && whom !== undefined && isName(whom)) return { number, office: null, name: whom }
    }
  }
  return null
}
