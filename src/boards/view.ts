import { clauseNote, type Node, note, progress } from '../kernel/view.js'
import { countedStanding, type Figure } from './quorum.js'
import type { Basis, Terms } from './terms.js'

/** The count in words, with what the standing is called; where the readings disagree, it says so first. */
export function forecastInWords(terms: Terms, figures: readonly Figure[]): string {
  const { name, plural } = countedStanding(terms)
  const enough = figures.filter(({ represented, required }) => represented >= required)
  const short = figures.filter(({ represented, required }) => represented < required)
  if (enough.length > 0 && short.length > 0) {
    const those = enough.map(({ reading, represented }) => `${represented} ${reading}`).join(', ')
    const these = short
      .map(({ reading, represented, required }) => `${represented} of the ${required} needed ${reading}`)
      .join(', ')
    return `The readings of “${name}” disagree: ${those} say they will be represented, which is enough; ${these}, which is not`
  }
  const [first] = figures
  if (!first) return ''
  const { represented, required } = first
  const verb = represented === 1 ? 'says it' : 'say they'
  if (short.length === 0) {
    return `${represented} ${represented === 1 ? name : plural} ${verb} will be represented: enough for the quorum of ${required}`
  }
  return `${represented} of the ${required} ${plural} needed ${verb} will be represented`
}

/** On what a rule rests: the clause, or that the terms are silent and which convention stands in. */
export const basisNotes = ({ clause, silent }: Basis): readonly Node[] => {
  if (clause) return [clauseNote(clause)]
  return silent ? [note(`The terms are silent. ${silent.convention} (${silent.source})`)] : []
}

/** The figures as a card shows them: the first reading in full, the others beside it, and the clause. */
export function figureNodes(terms: Terms, figures: readonly Figure[]): readonly Node[] {
  const [first, ...others] = figures
  if (!first) return []
  // The bar is full only when the quorum stands on every reading.
  const least = Math.min(...figures.map(({ represented, required }) => Math.min(represented, required)))
  const readings = [first, ...others].map(({ reading, represented, of }) => `${represented} of ${of} ${reading}`)
  return [
    progress(least, first.required, `${forecastInWords(terms, figures)}.`),
    ...(others.length > 0
      ? [note(`Counted both ways: ${readings.join('; ')}. The person presiding rules which of them counts.`)]
      : []),
    ...(first.conditions.length > 0
      ? [note(`The quorum also needs ${first.conditions.map(({ words }) => words).join(', and ')}.`)]
      : []),
    ...basisNotes(terms.quorum),
  ]
}
