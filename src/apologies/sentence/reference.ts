import type { Temporal } from 'temporal-polyfill'
import type { Said } from './clause.js'
import type { Amount, When } from './days.js'
import type { Instead, Whom } from './meaning.js'
import type { Mention } from './names.js'

/** What stands in the braces of a sentence, and who speaks. */
export interface Found {
  readonly whens: readonly When[]
  readonly hours: readonly Temporal.PlainTime[]
  readonly minutes: readonly number[]
  readonly mentions: readonly Mention[]
  readonly speaker: string
  readonly doubtful: boolean
}

export type Clause = Said & { readonly asked: boolean }

const DAY = /\{d(\d+)\}/g

export const hoursIn = (words: string, { hours }: Found): readonly Temporal.PlainTime[] =>
  [...words.matchAll(/\{h(\d+)\}/g)].flatMap(([, at]) => hours[Number(at)] ?? [])

export const datesIn = (words: string, { whens }: Pick<Found, 'whens'>): readonly When[] =>
  [...words.matchAll(DAY)].flatMap(([, at]) => whens[Number(at)] ?? [])

/** The days that what is meant names; where it names none, those of the reasons. */
export function whensOf(acts: readonly Clause[], clauses: readonly Clause[], found: Found): readonly When[] {
  const own = acts.flatMap(({ words }) => datesIn(words, found))
  if (own.length > 0) return own
  return clauses.filter(({ kind }) => kind === 'reason' || kind === 'strange').flatMap(({ words }) => datesIn(words, found))
}

export function personIn(said: string, { mentions }: Found): readonly Mention[] {
  return [...said.matchAll(/\{[op](\d+)\}/g)].flatMap(([, at]) => mentions[Number(at)] ?? [])
}

const PRONOUN = /^(?:he|she|they|him|her|them)$/i

/** Of whom the clauses before one have spoken last. */
function topicBefore(clause: Clause, clauses: readonly Clause[], found: Found): Mention | null {
  const before = clauses.slice(0, clauses.indexOf(clause))
  const spoken = before.flatMap((one) =>
    one.who && !PRONOUN.test(one.who) && !/^(?:i|we|me)$/i.test(one.who)
      ? personIn(one.who, found)
      : one.kind === 'reason' || one.kind === 'aside'
        ? personIn(/^\{p\d+\}/.exec(one.words)?.[0] ?? '', found)
        : [],
  )
  return spoken.at(-1) ?? null
}

export const toWhom = (mention: Mention, { speaker }: Found): Whom =>
  mention.people.length === 1 && mention.people[0] === speaker ? 'speaker' : mention

/** Of whom a clause speaks; one without a subject goes on about whoever was spoken of, else the speaker. */
export function whomOf(clause: Clause, clauses: readonly Clause[], found: Found): Whom {
  const { who } = clause
  const [named] = who ? personIn(who, found) : []
  if (named) return toWhom(named, found)
  if (who && !PRONOUN.test(who)) return 'speaker'
  const topic = clause.own ? null : topicBefore(clause, clauses, found)
  if (topic) return toWhom(topic, found)
  return who || clause.others ? 'unsaid' : 'speaker'
}

/** In whose stead somebody sits: said with it, or whose apologies they are. */
export function steadOf(clause: Clause, clauses: readonly Clause[], found: Found): Whom | null {
  if (!clause.stead) return null
  const [named] = personIn(clause.stead, found).filter(({ body }) => body === null)
  if (named) return toWhom(named, found)
  if (/\b(?:me|my|us|our)\b/i.test(clause.stead)) return 'speaker'
  if (/\b(?:him|her|them|his|their)\b/i.test(clause.stead)) {
    const topic = topicBefore(clause, clauses, found)
    return topic ? toWhom(topic, found) : 'unsaid'
  }
  if (clause.stead !== 'instead') return null
  const topic = topicBefore(clause, clauses, found)
  return topic ? toWhom(topic, found) : null
}

const sameWhom = (one: Whom, other: Whom): boolean =>
  one === other ||
  (typeof one === 'object' && typeof other === 'object' && one.body === other.body && String(one.people) === String(other.people))

export const distinct = (all: readonly Whom[]): readonly Whom[] =>
  all.filter((one, at) => all.findIndex((other) => sameWhom(one, other)) === at)

/** Everybody whom a clause names as substitute: several may be meant, and are asked about. */
export function insteadOf(clause: Clause, clauses: readonly Clause[], found: Found): readonly Instead[] {
  const { sub, kind } = clause
  if (kind === 'no substitute') return ['nobody']
  if (kind === 'to be named') return ['unsaid']
  // "Leon Carter is on the call, sitting in for June"
  const before = sub ? undefined : clauses[clauses.indexOf(clause) - 1]
  const [someone] = before?.kind === 'strange' ? personIn(/^\{p\d+\}/.exec(before.words)?.[0] ?? '', found) : []
  if (someone) return [someone]
  if (!sub || /^(?:i|we|me)$/i.test(sub)) return ['speaker']
  if (PRONOUN.test(sub)) return [topicBefore(clause, clauses, found) ?? 'unsaid']
  const known = personIn(sub, found)
  if (known.length === 0) return [{ stranger: sub }]
  return known.map((mention) => (mention.people.length === 1 && mention.people[0] === found.speaker ? 'speaker' : mention))
}

export function amountIn(words: string, { hours, minutes }: Found): Amount | null {
  const [, hour] = /\{h(\d+)\}/.exec(words) ?? []
  const at = hour === undefined ? undefined : hours[Number(hour)]
  if (at) return { at }
  if (/first hour/i.test(words)) return { minutes: 60 }
  const [, count] = /\{a(\d+)\}/.exec(words) ?? []
  const many = count === undefined ? undefined : minutes[Number(count)]
  return many === undefined ? null : { minutes: many }
}
