import type { Temporal } from 'temporal-polyfill'
import { saidIn } from './sentence/clause.js'
import { takeDays } from './sentence/days.js'
import { letterOf } from './sentence/letter.js'
import type { Instead, Meaning } from './sentence/meaning.js'
import { type Body, type Known, takeNames } from './sentence/names.js'
import {
  amountIn,
  type Clause,
  datesIn,
  distinct,
  type Found,
  hoursIn,
  insteadOf,
  personIn,
  steadOf,
  toWhom,
  whensOf,
  whomOf,
} from './sentence/reference.js'
import { spelt } from './sentence/spelling.js'
import { clausesOf } from './sentence/split.js'

export type { Amount, When } from './sentence/days.js'
export type { Instead, Meaning } from './sentence/meaning.js'
export type { Body, Known, Mention } from './sentence/names.js'

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
const COMING =
  /^(?:who(?:'s| is| will be| comes| sent| gave| cannot| still| has (?:not|yet|still|answered|replied|responded)| have not| did not| answered| replied| responded| have we| has anyone)\b|how many\b|(?:(?:are there|have we|do we have)\b.*\b)?any apologies\b|(?:will|are|is|do) (?:we|it|there|the meeting)\b.*\bquor)/i

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

/** What the clauses come to together. */
function meant(clauses: readonly Clause[], found: Found): readonly Meaning[] {
  const of = (...kinds: readonly Clause['kind'][]) => clauses.filter(({ kind }) => kinds.includes(kind))
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
  const come = comesThemselves(clauses, found)
  if (come.length > 0)
    return [...come, ...(of('substitute').length > 0 ? apologising(absent, instead, clauses, found, true) : [])]
  const named = of('substitute', 'no substitute', 'to be named').filter(({ kind, stead }) => kind !== 'to be named' || stead)
  const alone = absent.length === 0 && named.every(({ kind, stead }) => kind !== 'substitute' || !stead)
  if (absent.length === 0 && named.length === 0) return []
  if (alone && strange) return []
  return apologising(absent, instead, clauses, found, doubtful || alone)
}

const followsReason = ([first]: readonly Clause[], clauses: readonly Clause[], found: Found): boolean =>
  first !== undefined &&
  clauses.slice(0, clauses.indexOf(first)).some(({ kind, words }) => kind === 'reason' && datesIn(words, found).length > 0)

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
  const choices = insteads.length === 0 ? [{ instead: 'unsaid' as const, or: false }] : insteads
  const people = choices.filter(({ instead }) => instead !== 'nobody' && instead !== 'unsaid')
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

/** "Simon Kerr can come after all": whoever holds a seat comes themselves; of whom else it is said, it asks for nothing. */
function comesThemselves(clauses: readonly Clause[], found: Found): readonly Meaning[] {
  const [one, another] = clauses.filter(({ kind }) => kind === 'comes' || kind === 'substitute')
  const alone = clauses.every((each) => each === one || ['aside', 'sorry', 'reason'].includes(each.kind))
  const plainly = one?.kind === 'comes' || /^\{p\d+\} (?:can|will)(?: be(?: there)?)?$/i.test(one?.words ?? '')
  if (!one || another || !alone || !plainly || one.stead || /\bgoing$/.test(one.words)) return []
  const [person, more] = personIn(one.sub ?? '', found)
  if (!person || more) return []
  const certain = /\bafter all\b|\b(?:can|will) now\b/.test(one.words) && one.kind === 'comes' && !found.doubtful && !one.asked
  return [
    {
      act: 'attend',
      whom: toWhom(person, found),
      instead: 'nobody',
      whens: whensOf([one], clauses, found),
      hours: hoursIn(one.words, found),
      amount: null,
      certain,
      merely: true,
    },
  ]
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

/** "I'm in court on the 16th" may be apologies; that somebody is not needed as substitute may mean either of two things. */
function mere(clauses: readonly Clause[], found: Found, strange: boolean): readonly Meaning[] {
  if (strange) return []
  const base = { instead: 'unsaid' as const, hours: [], amount: null, certain: false, merely: true }
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
