import type { Temporal } from 'temporal-polyfill'
import { type Said, saidIn } from './sentence/clause.js'
import type { Amount, When } from './sentence/days.js'
import { takeDays } from './sentence/days.js'
import { letterOf } from './sentence/letter.js'
import { type Body, type Known, type Mention, takeNames } from './sentence/names.js'
import { spelt } from './sentence/spelling.js'
import { clausesOf } from './sentence/split.js'

export type { Amount, When } from './sentence/days.js'
export type { Body, Known, Mention } from './sentence/names.js'

export type Act = 'apologise' | 'attend' | 'late' | 'leave' | 'coming' | 'choose'

/** For whom it is said: the speaker, one of those people, or somebody whom the sentence calls he or she and does not name. */
export type Whom = 'speaker' | 'unsaid' | Mention

/** Who sits in instead: nobody who was named, the speaker, one of those people, or a stranger by name. */
export type Instead = 'nobody' | 'speaker' | Mention | { readonly stranger: string }

/** What a sentence means. */
export interface Meaning {
  readonly act: Act
  readonly whom: Whom
  readonly instead: Instead
  /** none: the next meeting */
  readonly whens: readonly When[]
  /** hours that were said of the meeting itself */
  readonly hours: readonly Temporal.PlainTime[]
  /** of `late` and `leave`, where it was said */
  readonly amount: Amount | null
  /** it can mean nothing else */
  readonly certain: boolean
  /** it tells of something, and may ask for nothing: where no meeting fits it is none of this feature's */
  readonly merely: boolean
}

/** Whom a sentence may be about. */
export interface Cast {
  readonly speaker: { readonly id: string; readonly name: string }
  readonly people: readonly Known[]
  readonly bodies: readonly Body[]
}

/** What is only wished, feared or asked is not said: nothing is done about it. */
const UNDECIDED =
  /\b(?:if|unless|whether|might|may (?=have|need|not|be|miss)|may (?:well|possibly)|depends|depending|never|nobody has|not sure|unsure|try(?:ing)? to|hope to|hoping|should be|should i|would(?! like to| be grateful| you)|no need|hopefully|do not want to|assuming|could (?!you)|permitting|subject to|pending|provided|as long as|all being well|fingers crossed|touch wood|in case)\b/i
/** What is likely is asked about. */
const LIKELY: readonly (readonly [RegExp, string])[] = [
  [/\bi (?:do not|don't) think (?:that )?(?:i|we) (?:will|can|am going to|am)\b/gi, 'i will not'],
  [/\bi doubt (?:that |if |whether )?(?:i|we) (?:will|can|am going to)\b/gi, 'i will not'],
  [
    /[\s,]*\b(?:i think|i believe|i expect|just in case|probably|possibly|provisionally|perhaps|maybe|most likely|likely)\b/gi,
    '',
  ],
  [/\bi (?:hear|gather|understand|believe|am told)(?: that)? /gi, ''],
  [/(\{p\d+\}) (?:says|said|tells me|told me|has told me|has said|thinks)(?: that)? (?:he|she|they|it)\b/gi, '$1'],
]
const QUESTION =
  /^(?:who|what|where|when|which|how|why|is|are|do|does|did|has|have|should|shall|will(?! you)|would(?! you)|may|am)\b.*\?$/i
const COMING = /^who(?:'s| is| will be| comes)\b/i

/**
 * What a whole sentence means for apologies, each way in which it can be taken; none where it is about something else,
 * or holds what cannot be understood beside a mere politeness. Names are read before dates, and reasons are put aside.
 * @param today where the board is
 */
export function meaningsOf(sentence: string, cast: Cast, today: Temporal.PlainDate): readonly Meaning[] {
  const own = letterOf(sentence, cast.speaker.name)
  const named = takeNames(own, cast.people, cast.bodies)
  const words = spelt(named.text)
  if (QUESTION.test(words) && !COMING.test(words)) return []
  const likely = LIKELY.reduce((said, [form, plainly]) => said.replace(form, plainly), words)
  if (UNDECIDED.test(likely)) return []
  const dated = takeDays(likely, today)
  const clauses = clausesOf(dated.text)
  const said = clauses.map(({ said: one, asked }) => ({ ...saidIn(one), asked }))
  const doubtful = likely !== words
  return meant(said, { ...dated, mentions: named.mentions, speaker: cast.speaker.id, doubtful })
}

interface Found {
  readonly whens: readonly When[]
  readonly hours: readonly Temporal.PlainTime[]
  readonly minutes: readonly number[]
  readonly mentions: readonly Mention[]
  readonly speaker: string
  readonly doubtful: boolean
}

type Clause = Said & { readonly asked: boolean }

/** What the clauses come to together. */
function meant(clauses: readonly Clause[], found: Found): readonly Meaning[] {
  const of = (...kinds: readonly Said['kind'][]) => clauses.filter(({ kind }) => kinds.includes(kind))
  const acts = of('apologies', 'cannot', 'substitute', 'to be named', 'comes', 'attend', 'late', 'leave', 'coming', 'choose')
  const strange = of('strange').length > 0
  const doubtful = found.doubtful || strange || clauses.some((one) => one.doubtful || one.asked)
  if (of('coming', 'choose').length > 0) return question(of('coming', 'choose'), clauses, found)
  if (of('late', 'leave').length > 0) return delays(clauses, found, doubtful)
  if (acts.length === 0) return mere(clauses, found, strange)
  const attends = of('attend')
  const instead = of('substitute', 'comes', 'no substitute', 'to be named')
  const absent = of('apologies', 'cannot')
  // "Apologies, wrong link": by itself the word is politeness.
  const bare = absent.every(({ kind, firm, words }) => kind === 'apologies' && !firm && datesIn(words, found).length === 0)
  if (attends.length > 0) {
    const firm = absent.filter(({ kind, firm: one, words }) => kind === 'cannot' || one || datesIn(words, found).length > 0)
    return [
      ...attending(attends, clauses, found, doubtful || firm.length > 0 || instead.length > 0),
      ...(firm.length > 0 ? apologising(firm, instead, clauses, found, true) : []),
    ]
  }
  if (bare && absent.length > 0 && instead.length === 0) {
    if (strange) return []
    // "I'm on leave on the 16th so apologies": the day is said with the reason.
    return apologising(absent, instead, clauses, found, doubtful || !followsReason(absent, clauses, found))
  }
  const named = of('substitute', 'no substitute', 'to be named').filter(({ kind, stead }) => kind !== 'to be named' || stead)
  const alone = absent.length === 0 && named.every(({ kind, stead }) => kind !== 'substitute' || !stead)
  if (absent.length === 0 && named.length === 0) return []
  if (alone && strange) return []
  return apologising(absent, instead, clauses, found, doubtful || alone)
}

const followsReason = ([first]: readonly Clause[], clauses: readonly Clause[], found: Found): boolean =>
  first !== undefined &&
  clauses.slice(0, clauses.indexOf(first)).some(({ kind, words }) => kind === 'reason' && datesIn(words, found).length > 0)

const DAY = /\{d(\d+)\}/g

const hoursIn = (words: string, { hours }: Found): readonly Temporal.PlainTime[] =>
  [...words.matchAll(/\{h(\d+)\}/g)].flatMap(([, at]) => hours[Number(at)] ?? [])

const datesIn = (words: string, { whens }: Pick<Found, 'whens'>): readonly When[] =>
  [...words.matchAll(DAY)].flatMap(([, at]) => whens[Number(at)] ?? [])

/** The days that what is meant names; where it names none, those of the reasons. */
function whensOf(acts: readonly Clause[], clauses: readonly Clause[], found: Found): readonly When[] {
  const own = acts.flatMap(({ words }) => datesIn(words, found))
  if (own.length > 0) return own
  return clauses.filter(({ kind }) => kind === 'reason' || kind === 'strange').flatMap(({ words }) => datesIn(words, found))
}

function personIn(said: string, { mentions }: Found): readonly Mention[] {
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

const toWhom = (mention: Mention, { speaker }: Found): Whom =>
  mention.people.length === 1 && mention.people[0] === speaker ? 'speaker' : mention

/** Of whom a clause speaks; one without a subject goes on about whoever was spoken of, else the speaker. */
function whomOf(clause: Clause, clauses: readonly Clause[], found: Found): Whom {
  const { who } = clause
  const [named] = who ? personIn(who, found) : []
  if (named) return toWhom(named, found)
  if (who && !PRONOUN.test(who)) return 'speaker'
  const topic = clause.own ? null : topicBefore(clause, clauses, found)
  if (topic) return toWhom(topic, found)
  return who || clause.others ? 'unsaid' : 'speaker'
}

/** In whose stead somebody sits: said with it, or whose apologies they are. */
function steadOf(clause: Clause, clauses: readonly Clause[], found: Found): Whom | null {
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

const distinct = (all: readonly Whom[]): readonly Whom[] =>
  all.filter((one, at) => all.findIndex((other) => sameWhom(one, other)) === at)

/** Everybody whom a clause names as substitute: several may be meant, and are asked about. */
function insteadOf(clause: Clause, clauses: readonly Clause[], found: Found): readonly Instead[] {
  const { sub, kind } = clause
  if (kind === 'no substitute' || kind === 'to be named') return ['nobody']
  if (!sub || /^(?:i|we|me)$/i.test(sub)) return ['speaker']
  if (PRONOUN.test(sub)) return [topicBefore(clause, clauses, found) ?? 'nobody']
  const known = personIn(sub, found)
  if (known.length === 0) return [{ stranger: sub }]
  return known.map((mention) => (mention.people.length === 1 && mention.people[0] === found.speaker ? 'speaker' : mention))
}

function apologising(
  absent: readonly Clause[],
  naming: readonly Clause[],
  clauses: readonly Clause[],
  found: Found,
  doubtful: boolean,
): readonly Meaning[] {
  const steads = naming.flatMap((one) => steadOf(one, clauses, found) ?? [])
  const whoms = distinct([...absent.map((one) => whomOf(one, clauses, found)), ...steads])
  // "Daniel sends apologies, he can't come": one of them is said by name.
  const named = whoms.filter((one) => one !== 'unsaid')
  const [whom = 'speaker', another] = named.length > 0 ? named : whoms
  const insteads = naming.flatMap((one) => insteadOf(one, clauses, found).map((instead) => ({ instead, or: one.or })))
  const choices = insteads.length === 0 ? [{ instead: 'nobody' as const, or: false }] : insteads
  const people = choices.filter(({ instead }) => instead !== 'nobody')
  const contrary = people.length > 0 && people.length < choices.length && naming.some(({ kind }) => kind === 'no substitute')
  const meanings = (people.length > 0 ? people : choices.slice(0, 1)).filter(
    ({ instead }, at, all) => all.findIndex((other) => JSON.stringify(other.instead) === JSON.stringify(instead)) === at,
  )
  // Who sits in cannot be who sends apologies.
  const itself = (instead: Instead): boolean => instead === 'speaker' && whom === 'speaker'
  const loosely = typeof whom === 'object' && whom.loosely
  const certain = !doubtful && another === undefined && whom !== 'unsaid' && meanings.length === 1 && !contrary && !loosely
  return meanings
    .filter(({ instead }) => !itself(instead))
    .map(({ instead }) => ({
      act: 'apologise',
      whom,
      instead,
      whens: whensOf([...absent, ...naming], clauses, found),
      hours: absent.flatMap(({ words }) => hoursIn(words, found)),
      amount: null,
      certain,
      merely: doubtful && absent.some((one) => one.doubtful === true),
    }))
}

function attending(acts: readonly Clause[], clauses: readonly Clause[], found: Found, doubtful: boolean): readonly Meaning[] {
  const [whom = 'speaker', another] = distinct(acts.map((one) => whomOf(one, clauses, found)))
  const whens = whensOf(acts, clauses, found)
  const certain = !doubtful && another === undefined && whom !== 'unsaid'
  return [{ act: 'attend', whom, instead: 'nobody', whens, hours: [], amount: null, certain, merely: false }]
}

function question(acts: readonly Clause[], clauses: readonly Clause[], found: Found): readonly Meaning[] {
  const [one] = acts
  const alone = clauses.every(({ kind }) => ['coming', 'choose', 'aside'].includes(kind))
  if (!one || !alone) return []
  const act = one.kind === 'coming' ? 'coming' : 'choose'
  return [
    {
      act,
      whom: 'speaker',
      instead: 'nobody',
      whens: whensOf(acts, clauses, found),
      hours: [],
      amount: null,
      certain: true,
      merely: false,
    },
  ]
}

/** Who comes late or leaves early: of whatever else is said only whether they come matters, and that is no doubt. */
function delays(clauses: readonly Clause[], found: Found, doubtful: boolean): readonly Meaning[] {
  const late = clauses.filter(({ kind }) => kind === 'late' || kind === 'leave')
  const firm = clauses.some((one) => one.kind === 'substitute' || one.kind === 'cannot' || (one.kind === 'apologies' && one.firm))
  if (firm || clauses.some(({ kind }) => kind === 'strange')) return []
  const acts = (['late', 'leave'] as const).filter((act) => late.some(({ kind }) => kind === act))
  return acts.flatMap((act) => {
    const own = late.filter(({ kind }) => kind === act)
    const [one] = own
    if (!one) return []
    const asides = clauses.filter(({ kind }) => kind === 'aside')
    const amount = [...own, ...asides].flatMap((each) => amountIn(each.words, found) ?? [])[0] ?? null
    const whens = whensOf(
      clauses.filter(({ kind }) => kind !== 'strange'),
      clauses,
      found,
    )
    return [
      {
        act,
        whom: whomOf(one, clauses, found),
        instead: 'nobody' as const,
        whens,
        hours: [],
        amount,
        certain: !doubtful,
        merely: false,
      },
    ]
  })
}

function amountIn(words: string, { hours, minutes }: Found): Amount | null {
  const [, hour] = /\{h(\d+)\}/.exec(words) ?? []
  const at = hour === undefined ? undefined : hours[Number(hour)]
  if (at) return { at }
  if (/first hour/i.test(words)) return { minutes: 60 }
  const [, count] = /\{a(\d+)\}/.exec(words) ?? []
  const many = count === undefined ? undefined : minutes[Number(count)]
  return many === undefined ? null : { minutes: many }
}

/** "I'm in court on the 16th" may be apologies; that somebody is not needed as substitute may mean either of two things. */
function mere(clauses: readonly Clause[], found: Found, strange: boolean): readonly Meaning[] {
  if (strange) return []
  const base = { instead: 'nobody' as const, hours: [], amount: null, certain: false, merely: true }
  const needless = clauses.filter(({ kind }) => kind === 'needless')
  if (needless.length > 0) {
    const whens = whensOf(needless, clauses, found)
    return [
      { ...base, act: 'attend', whom: 'speaker', whens },
      { ...base, act: 'apologise', whom: 'speaker', whens },
    ]
  }
  const sorry = clauses.filter(({ kind }) => kind === 'sorry')
  const reasons = clauses.filter(({ kind, words }) => kind === 'reason' && datesIn(words, found).length > 0)
  if (sorry.length === 0 && reasons.length === 0) return []
  if (sorry.length > 0 && clauses.some(({ kind }) => kind !== 'sorry' && kind !== 'aside')) return []
  const about = reasons.flatMap(({ words }) => personIn(/^\{p\d+\}/.exec(words)?.[0] ?? '', found))
  const [someone] = about
  const own = reasons.every(({ words }) => /^(?:i |i am|we |on |in |at |away|off)/i.test(words))
  if (sorry.length === 0 && !someone && !own) return []
  return [
    { ...base, act: 'apologise', whom: someone ? toWhom(someone, found) : 'speaker', whens: whensOf(reasons, clauses, found) },
  ]
}
