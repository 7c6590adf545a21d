import { filledHere, ruleOf } from '../boards/offices/rules.js'
import type { Terms } from '../boards/terms.js'
import { Refusal } from '../kernel/refusal.js'
import { folded } from '../kernel/sentence.js'

const ELECTS =
  /(?<![\p{L}])(?:re-?)?(?:elect(?:ed|s)?|appoint(?:ed|s)?)\b[^.;:]{0,80}?(?<![\p{L}])(?<kind>vice[ -]?|deputy[ -]|co-?)?chair(?:man|woman|person)?(?=\s*(?:$|[.,;:)]|(?:of (?:the |this |our )?(?:board|partnership|group|kcsp)|for|until|from|with|at|by|forthwith|and)\b))/iu

/**
 * Refuses a motion that would fill an office of the board: that takes an election, with nominations and a ballot.
 * @throws Refusal `conflict`, with the clause of the office
 */
export function mustElectNobody(parts: readonly string[], terms: Terms): void {
  for (const part of parts) {
    const found = ELECTS.exec(folded(part))
    if (!found) continue
    const kind = found.groups?.kind ?? ''
    const rule = ruleOf(terms, /^(?:vice|deputy)/.test(kind) ? 'vice-chair' : /^co/.test(kind) ? 'co-chair' : 'chair')
    if (!rule || !filledHere(terms, rule)) continue
    const sentence = `That would fill the office of ${rule.office}, which takes an election and no motion. Say “nominate NAME as ${rule.office}”, and “elections” for how it stands. If something else is meant, say it in other words.`
    throw new Refusal('conflict', sentence, rule.clause, { text: sentence })
  }
}
