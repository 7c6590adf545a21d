import { minutesIn } from '../attendance/lengths.js'
import { type Elective, officeNamed } from './rules.js'

/** What is said of an election; `office` where one was named. */
export type Said =
  | { readonly kind: 'show'; readonly office: Elective | null }
  | {
      readonly kind: 'nominate'
      readonly office: Elective | null
      readonly nominee: string
      readonly proposer: string | null
      readonly seconder: string | null
    }
  | {
      readonly kind: 'second'
      readonly office: Elective | null
      /** null: whoever is not seconded yet */
      readonly nominee: string | null
      readonly seconder: string | null
    }
  | {
      readonly kind: 'answer'
      readonly office: Elective | null
      readonly answer: 'accepted' | 'declined' | 'withdrawn'
      /** null: the speaker */
      readonly nominee: string | null
    }
  | { readonly kind: 'elect'; readonly office: Elective | null; readonly name: string | null }
  | {
      readonly kind: 'open'
      readonly office: Elective | null
      readonly ballot: 'open' | 'secret' | null
      readonly minutes: number | null
      readonly byHand: boolean
    }
  | { readonly kind: 'close' | 'discard' | 'draw' | 'call off'; readonly office: Elective | null }
  /** null: they abstain */
  | { readonly kind: 'cast'; readonly office: Elective | null; readonly name: string | null }
  | { readonly kind: 'seed'; readonly office: Elective | null; readonly words: string }

/** @param group a name that stands once in a sentence */
const office = (group: 'office' | 'office2') => `(?:the |a |our |new )*(?<${group}>vice[- ]?|co[- ]?)?chair(?:man|woman|person)?`
const as = (group: 'office' | 'office2') => `(?: (?:as|for|to be|to the office of) ${office(group)})?`
const of = (group: 'office' | 'office2') => `(?: (?:of|for) ${office(group)})?`
const OFFICE = office('office')
const AS = as('office')
const OF = of('office')
/** A person's, and no item's or thing's. */
const NAME =
  '(?!(?:(?:an?|the|my|our|some\\w*|any\\w*|for|against|yes|no|now|on|to|by|in)\\b|(?:item )?[a-x]\\d{1,2}\\b))(?<name>[^,:;?]{2,60}?)'
const OTHER_NAME = '(?<name2>[^,:;?]{2,60}?)'
const form = (says: string): RegExp => new RegExp(`^(?:${says})$`, 'iu')

type Groups = Readonly<Record<string, string | undefined>>

const HAS_CHAIR = /\bchair(?:man|woman|person)?\b/i
/** The office that was named; of "chair" alone the group is empty. */
const officeSaid = (sentence: string, { office, office2 }: Groups): Elective | null =>
  HAS_CHAIR.test(sentence) ? officeNamed(office ?? office2 ?? '') : null

const LENGTH = /[\s,]+for (?<length>[^,]*?(?:minutes?|mins?|hour))(?=$|[\s,])/i
const BY_HAND = /[\s,]+(?:closing |closed |to be closed )?by hand(?=$|[\s,])/i
const SECRET = /[\s,]+(?:in secret|secretly|as a secret one)(?=$|[\s,])/i
const OPENLY = /[\s,]+(?:openly|in the open|as an open one)(?=$|[\s,])/i

const OPENING = form(
  `(?:open|hold|start|take|begin|have|call|go to|go on to|proceed to|move to)(?: (?:the|a|an|another|fresh|next|first|second|third|fourth))*(?<how> secret| open)? ballot${OF}(?: now)?|put the election${of('office2')} to (?:a|the) (?<how2>secret |open )?ballot`,
)

function opening(said: string): Said | null {
  const plain = said.replace(LENGTH, '').replace(BY_HAND, '').replace(SECRET, '').replace(OPENLY, '')
  const found = OPENING.exec(plain)
  if (!found) return null
  const length = LENGTH.exec(said)?.groups?.length
  const minutes = length === undefined ? null : minutesIn(length.trim())
  if (length !== undefined && minutes === null) return null
  const how = (found.groups?.how ?? found.groups?.how2 ?? '').trim().toLowerCase()
  const ballot = SECRET.test(said) || how === 'secret' ? 'secret' : OPENLY.test(said) || how === 'open' ? 'open' : null
  const groups = found.groups ?? {}
  return {
    kind: 'open',
    office: officeSaid(plain, groups),
    ballot,
    minutes,
    byHand: BY_HAND.test(said),
  }
}

const SECONDED = '(?:,? seconded by (?<seconder>[^,:;?]{2,60}?))?'

/** Every sentence of this feature, in the order in which it is tried. */
const SENTENCES: readonly (readonly [RegExp, (groups: Groups, sentence: string) => Said])[] = [
  [
    form(
      `(?:show (?:me )?)?(?:the )?(?:elections?|candidates|nominations|nominees)${OF}|(?:the )?(?<before>vice[- ]?chair|chair|co[- ]?chair)(?:'s)? election|who (?:is standing|stands|are the candidates|is nominated|has been nominated)${of('office2')}|(?:i declare )?(?:the )?nominations (?:are )?(?:now )?closed|close (?:the )?nominations|who has(?:n't| not)?(?: yet)? voted(?: yet)?|how many (?:votes|have voted)(?: so far)?|how did (?:people|everybody|everyone|they) vote`,
    ),
    (groups, sentence) => ({
      kind: 'show',
      office: officeSaid(sentence, { ...groups, office: groups.office ?? groups.before }),
    }),
  ],
  [
    form(
      `(?:(?:can |may )?i (?:would like to |wish to |want to |hereby )?|i'd (?:like|be pleased) to )?(?:nominate|propose|put forward|put up) (?!an? item|a motion|that )${NAME}(?: (?:as|for|to be|for the office of) ${OFFICE})${SECONDED}`,
    ),
    ({ name, seconder, ...groups }, sentence) => ({
      kind: 'nominate',
      office: officeSaid(sentence, groups),
      nominee: name ?? '',
      proposer: null,
      seconder: seconder ?? null,
    }),
  ],
  [
    form(
      `(?:(?:can |may )?i (?:would like to |wish to |want to |hereby )?|i'd (?:like|be pleased) to )?nominate ${NAME}${SECONDED}`,
    ),
    ({ name, seconder }) => ({ kind: 'nominate', office: null, nominee: name ?? '', proposer: null, seconder: seconder ?? null }),
  ],
  [
    form(
      `(?:i (?:would like to |wish to |want to )?|i'd like to )?put ${NAME} forward(?: (?:as|for|to be) ${OFFICE})?${SECONDED}`,
    ),
    ({ name, seconder, ...groups }, sentence) => ({
      kind: 'nominate',
      office: officeSaid(sentence, groups),
      nominee: name ?? '',
      proposer: null,
      seconder: seconder ?? null,
    }),
  ],
  [
    form('(?:i )?second(?:ed| (?:that|it|this)(?: nomination)?| the nomination)'),
    () => ({ kind: 'second', office: null, nominee: null, seconder: null }),
  ],
  [
    form(`(?<proposer>[^,:;?]{2,60}?) (?:nominates|nominated|proposes|proposed) ${NAME}${AS}${SECONDED}`),
    ({ name, proposer, seconder, ...groups }, sentence) => ({
      kind: 'nominate',
      office: officeSaid(sentence, groups),
      nominee: name ?? '',
      proposer: proposer ?? null,
      seconder: seconder ?? null,
    }),
  ],
  [
    form(`(?:i )?second (?:the nomination of )?${NAME}(?:'s nomination)?${AS}`),
    ({ name, ...groups }, sentence) => ({
      kind: 'second',
      office: officeSaid(sentence, groups),
      nominee: name ?? '',
      seconder: null,
    }),
  ],
  [
    form(`(?<seconder>[^,:;?]{2,60}?) (?:seconds|seconded) (?:the nomination of )?${NAME}(?:'s nomination)?${AS}`),
    ({ name, seconder, ...groups }, sentence) => ({
      kind: 'second',
      office: officeSaid(sentence, groups),
      nominee: name ?? '',
      seconder: seconder ?? null,
    }),
  ],
  [
    form(
      `(?:i|i'll|i will|i am|i'm|(?:i'm |i am |i'd be |i would be )?(?:happy|willing|glad|pleased) to) ?(?:accept|stand|willing to stand)(?: (?:my|the|that|this) nomination)?${AS}`,
    ),
    (groups, sentence) => ({ kind: 'answer', office: officeSaid(sentence, groups), answer: 'accepted', nominee: null }),
  ],
  [
    form(
      `i (?:decline|do not accept|don't accept|will not stand|won't stand|do not want to (?:stand|be nominated)|don't want to (?:stand|be nominated))(?: (?:my|the|that|this) nomination)?${AS}`,
    ),
    (groups, sentence) => ({ kind: 'answer', office: officeSaid(sentence, groups), answer: 'declined', nominee: null }),
  ],
  [
    form(
      `(?:i )?(?:withdraw|take back) my (?:nomination|candidacy|name)(?: from the (?:ballot|election))?${AS}|i (?:no longer stand|stand down from the election)${as('office2')}`,
    ),
    (groups, sentence) => ({ kind: 'answer', office: officeSaid(sentence, groups), answer: 'withdrawn', nominee: null }),
  ],
  [
    form(
      `${NAME} (?<how>accepts|accepted|has accepted|declines|declined|has declined|withdraws|withdrew|has withdrawn)(?: (?:the|his|her|their) (?:nomination|candidacy))?`,
    ),
    ({ name, how }) => ({
      kind: 'answer',
      office: null,
      answer: /accept/i.test(how ?? '') ? 'accepted' : /declin/i.test(how ?? '') ? 'declined' : 'withdrawn',
      nominee: name ?? '',
    }),
  ],
  [
    form(
      `(?:i )?declare ${NAME.replace('<name>', '<name3>')} (?:duly )?elected|${NAME} (?:is|be) (?:declared )?elected(?: unopposed)?${AS}(?:,? (?:there being )?no other nominations)?|elect ${OTHER_NAME}(?: as| to be) ${office('office2')}`,
    ),
    ({ name, name2, name3, ...groups }, sentence) => ({
      kind: 'elect',
      office: officeSaid(sentence, groups),
      name: name ?? name2 ?? name3 ?? null,
    }),
  ],
  [
    form(`(?:there are |there being )?no (?:other|further|more) nominations${AS}`),
    (groups, sentence) => ({ kind: 'elect', office: officeSaid(sentence, groups), name: null }),
  ],
  [
    form(
      `(?:close|end) (?:the )?(?:secret |open |first |second |third )*ballot${OF}(?: now)?|(?:the )?ballot${of('office2')} is (?:now )?closed`,
    ),
    (groups, sentence) => ({ kind: 'close', office: officeSaid(sentence, groups) }),
  ],
  [
    form(`(?:stop|discard|void|destroy|scrap) (?:the )?ballot(?: (?:uncounted|unopened))?${OF}`),
    (groups, sentence) => ({ kind: 'discard', office: officeSaid(sentence, groups) }),
  ],
  [form(`draw (?:the )?lots?${OF}(?: now)?`), (groups, sentence) => ({ kind: 'draw', office: officeSaid(sentence, groups) })],
  [
    form(`(?:call off|abandon|cancel|postpone|defer) (?:the )?election${OF}`),
    (groups, sentence) => ({ kind: 'call off', office: officeSaid(sentence, groups) }),
  ],
  [
    form('(?:my )?(?:words|seed)(?: for (?:the )?lot(?: are| is)?(?: ?:)?| are:?|:) (?<words>.+)'),
    ({ words }) => ({ kind: 'seed', office: null, words: words ?? '' }),
  ],
  [
    form(
      `(?:i |i'm |i am )?(?:vote|voting|cast my (?:vote|ballot))(?: for)? ${NAME}${AS}|my (?:vote|ballot) (?:is|goes) (?:for|to) ${OTHER_NAME}`,
    ),
    ({ name, name2, ...groups }, sentence) => ({ kind: 'cast', office: officeSaid(sentence, groups), name: name ?? name2 ?? '' }),
  ],
]

const ABSTAINS = /^(?:i |i'm |i am )?abstain(?:ing)?$/i

/** Every sentence of this feature holds one of these; others cost no reading. */
const CONCERNS =
  /\b(?:elect(?:ed|ions?)?|nominat\w*|nominees?|candidates?|candidacy|proposes?d?|put (?:forward|up)|seconds?|seconded|accepts?|accepted|declines?|declined|stands?|standing|withdraws?|withdrawn|ballot|lots?|votes?|voted|voting|abstain(?:ing)?|forward|words)\b/i

/** The courtesies of a meeting, around what is said. */
const BEFORE = /^(?:(?:yes|ok|okay|right|well|thank you|thanks|chair|madam chair|please)[\s,.!]+)+/i
const AFTER = /[\s,.!]*(?:(?:\b(?:please|thanks|thank you|many thanks)\b|,\s*chair\b)[\s,.!]*)*$/i

/** What a whole sentence says of an election; null where it is about something else. */
export function saidIn(sentence: string): Said | null {
  if (!CONCERNS.test(sentence)) return null
  const plain = sentence.replace(BEFORE, '').replace(AFTER, '')
  if (ABSTAINS.test(plain)) return { kind: 'cast', office: null, name: null }
  const opened = opening(plain)
  if (opened) return opened
  for (const [said, read] of SENTENCES) {
    const found = said.exec(plain)
    if (found) return read(found.groups ?? {}, plain)
  }
  return null
}
