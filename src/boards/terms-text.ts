import { closest, distance } from 'fastest-levenshtein'
import { type Document, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import { Terms } from './terms.js'

/** What is wrong with a text of terms, as a clerk's editor would point at it: `kcsp.yaml:14:3 quorum.atLeast: …`. */
export interface Fault {
  /** from 1 */
  readonly line: number
  readonly column: number
  /** `quorum.atLeast`; empty for the text as a whole */
  readonly path: string
  readonly sentence: string
}

export type Read = { readonly terms: Terms } | { readonly faults: readonly Fault[] }

/** Reads terms of reference from YAML. Nothing is guessed: an unknown key is a fault, with the nearest known one. */
export function readTerms(text: string): Read {
  const lines = new LineCounter()
  if (text.length > LONGEST) {
    return {
      faults: [{ line: 1, column: 1, path: '', sentence: `has ${text.length} characters, and terms have at most ${LONGEST}` }],
    }
  }
  // The library compares every key with every other, which a long text turns into minutes: doubles are looked for below.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const [broken] = document.errors
  if (broken) return { faults: [{ ...at(broken.pos[0]), path: '', sentence: `is not YAML: ${broken.message}` }] }
  const doubled = doubledKey(document)
  if (doubled) return { faults: [{ ...at(doubled.at), path: doubled.key, sentence: 'is written twice: keep one' }] }
  const content = contentOf(document)
  if ('wrong' in content) return { faults: [{ line: 1, column: 1, path: '', sentence: content.wrong }] }
  const result = Terms.safeParse(content.js, { error: (issue) => sentenceOf(issue) })
  if (result.success) return { terms: result.data }
  const faults = result.error.issues.flatMap(({ path, ...issue }) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null]
    return keys.map((key) => {
      const full = [...path, ...(key === null ? [] : [key])]
      return {
        ...at(offsetOf(document, full)),
        path: full.join('.'),
        sentence: key === null ? issue.message : `is not known here${suggestion(path, key)}`,
      }
    })
  })
  return { faults: faults.sort((a, b) => a.line - b.line || a.column - b.column) }
}

/** Characters of a text of terms. */
const LONGEST = 128 * 1024

/** The first key that stands twice in one block. */
function doubledKey(document: Document): { readonly key: string; readonly at: number } | null {
  let found: { key: string; at: number } | null = null
  visit(document, {
    Map(_, map) {
      const known = new Set<unknown>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        if (known.has(key.value)) found ??= { key: String(key.value), at: key.range?.[0] ?? 0 }
        known.add(key.value)
      }
      return isMap(map) && found === null ? undefined : visit.BREAK
    },
  })
  return found
}

/** What a text says; anchors are followed as far as the library holds to be safe. */
function contentOf(document: Document): { readonly js: unknown } | { readonly wrong: string } {
  try {
    return { js: document.toJS() }
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof RangeError || error instanceof TypeError)
      return { wrong: `is not YAML that can be read: ${error.message}` }
    throw error
  }
}

/** Where a path stands in the text: its key where it has one, else the nearest part of it that is there. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const holder = document.getIn(path.slice(0, length - 1), true)
    const last = path[length - 1]
    const pairs = typeof holder === 'object' && holder !== null && 'items' in holder ? (holder.items as readonly unknown[]) : []
    const found = typeof last === 'number' ? pairs[last] : pairs.find((pair) => keyOf(pair) === last)
    const start = startOf(found)
    if (start !== null) return start
  }
  return 0
}

interface Ranged {
  readonly range?: readonly [number, number, number] | null
  readonly value?: unknown
  readonly key?: Ranged
}

const keyOf = (pair: unknown): unknown => (pair as Ranged | undefined)?.key?.value

function startOf(node: unknown): number | null {
  const ranged = node as Ranged | undefined
  return ranged?.key?.range?.[0] ?? ranged?.range?.[0] ?? null
}

const shown = (input: unknown): string => (input === undefined ? 'nothing' : JSON.stringify(input))

const NOUNS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of keys',
}

/** What was expected, and what was there; undefined leaves the schema its own words. */
function sentenceOf(issue: z.core.$ZodRawIssue): string | undefined {
  const got = `got ${shown(issue.input)}`
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `expected ${NOUNS[issue.expected] ?? issue.expected}, ${got}`
    case 'too_small':
      return issue.origin === 'string'
        ? 'expected text, got none'
        : `expected ${issue.origin === 'array' ? 'a list of at least' : 'a whole number of'} ${issue.minimum}${issue.origin === 'array' ? '' : ' or more'}, ${got}`
    case 'invalid_value':
      return `expected ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}, ${got}`
    case 'invalid_union':
      return `is none of the forms that are known here, ${got}`
    default:
      return undefined
  }
}

/** `, did you mean \`atLeast\`?` where a known key is near. */
function suggestion(path: readonly PropertyKey[], key: string): string {
  const known = keysAt(TERMS_JSON_SCHEMA, path)
  const near = known.length > 0 ? closest(key, known) : null
  return near !== null && distance(key.toLowerCase(), near.toLowerCase()) <= Math.max(2, Math.ceil(key.length / 3))
    ? `: did you mean ${near}?`
    : `: expected one of ${known.join(', ')}`
}

type JsonSchema = z.core.JSONSchema.BaseSchema

/** The schema of terms as JSON Schema, for editors to complete and check by. */
export const TERMS_JSON_SCHEMA: JsonSchema = z.toJSONSchema(Terms, { io: 'input' })

/** The keys that are known at a place of the schema. */
function keysAt(schema: JsonSchema, path: readonly PropertyKey[]): string[] {
  const [next, ...rest] = path
  if (next === undefined) return Object.keys(schema.properties ?? {})
  const inner = typeof next === 'number' ? schema.items : schema.properties?.[String(next)]
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? keysAt(inner as JsonSchema, rest) : []
}
