import { readFileSync } from 'node:fs'
import type { Terms } from '../boards/terms.js'
import { readTerms, TERMS_JSON_SCHEMA } from '../boards/terms-text.js'
import { termsChanged, termsInWords } from '../boards/terms-words.js'
import { StartError } from '../kernel/start-error.js'
import { complain, EXIT, print } from './exit.js'

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new StartError(`${file} cannot be read${code}. Name a file of terms, as in kcsp.yaml.`)
  }
}

/** The terms of a file, or null after saying what is wrong with them, a line a fault. */
function termsOf(file: string): Terms | null {
  const read = readTerms(textOf(file))
  if ('terms' in read) return read.terms
  for (const { line, column, path, sentence } of read.faults)
    complain([`${file}:${line}:${column}`, path && `${path}:`, sentence].filter(Boolean).join(' '))
  return null
}

/** Whether files of terms can be read, and where they cannot. */
export function check(files: readonly string[]): number {
  const right = files.map((file) => {
    const terms = termsOf(file)
    if (terms) print(`${file}: ${terms.title}: nothing is wrong`)
    return terms !== null
  })
  return right.every(Boolean) ? EXIT.answer : EXIT.refusal
}

/** Every rule of a file of terms in words, with what it rests on. */
export function show(file: string): number {
  const terms = termsOf(file)
  if (!terms) return EXIT.refusal
  print(terms.title)
  for (const { about, says, rests } of termsInWords(terms)) print(`${about}: ${says}\n    ${rests}`)
  return EXIT.answer
}

/** What the second file says otherwise than the first, in words. */
export function diff(before: string, after: string): number {
  const [was, is] = [termsOf(before), termsOf(after)]
  if (!was || !is) return EXIT.refusal
  const changed = termsChanged(was, is)
  print(changed.length === 0 ? 'They say the same.' : changed.join('\n'))
  return EXIT.answer
}

/** The JSON Schema of terms, for editors to complete and check by. */
export function schema(): number {
  print(JSON.stringify(TERMS_JSON_SCHEMA, null, 2))
  return EXIT.answer
}
