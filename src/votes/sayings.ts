import { minutesIn } from '../attendance/lengths.js'
import type { Removable } from './removal/rules.js'
import { removalSaid } from './removal/sayings.js'
import type { Choice } from './rules.js'

/** What is said of a motion or a vote; a number is that of an item, "B3". */
export type Said =
  | {
      readonly kind: 'agree'
      readonly how: 'agreed' | 'noted' | 'amended'
      readonly number: string | null
      readonly text: string | null
      /** it is decided with what was said against it recorded */
      readonly dissents: boolean
    }
  | { readonly kind: 'put'; readonly number: string | null; readonly text: string | null }
  | {
      readonly kind: 'vote'
      readonly number: string | null
      readonly minutes: number | null
      readonly hidden: boolean
      readonly byHand: boolean
    }
  | {
      readonly kind: 'remove'
      readonly number: string | null
      readonly office: Removable | null
      readonly name: string | null
      readonly minutes: number | null
      readonly hidden: boolean
      readonly byHand: boolean
    }
  | {
      readonly kind: 'cast'
      readonly choice: Choice
      readonly number: string | null
      readonly subject: boolean
      readonly certain: boolean
    }
  | { readonly kind: 'record'; readonly choice: Choice; readonly name: string; readonly number: string | null }
  | { readonly kind: 'close' | 'countersign' | 'withdraw' | 'defer' | 'content'; readonly number: string | null }
  | { readonly kind: 'casting'; readonly choice: 'for' | 'against'; readonly number: string | null }
  | { readonly kind: 'dissent'; readonly number: string | null; readonly why: string | null; readonly name: string | null }
  | { readonly kind: 'amend'; readonly number: string | null; readonly text: string }
  | { readonly kind: 'business' | 'between' | 'export' }
  | { readonly kind: 'decisions'; readonly looked: string | null; readonly which: string | null }
  | { readonly kind: 'entry'; readonly does: 'see' | 'correct' | 'publish' | 'ratify'; readonly entry: string }

const NUMBER = '(?:the )?(?:motion (?:on|under) |recommendations? (?:of|in) )?(?:item )?(?<number>[a-x]\\d{1,2})'
const ON = `(?:(?: (?:on|under|in|for|of|with|from|to))? ${NUMBER})?`
const THE_MOTION = '(?:the |this |that )?(?:motion|proposal|recommendations?|it)'
const TEXT = '(?:\\s*[:,–-]\\s*|\\s+that\\s+|\\s+to(?: read)?(?:\\s*:\\s*|\\s+))(?<text>.+)'
const WITH = '(?: (?:with|to) (?:(?:the|this) (?:motion|proposal)|the recommendations?))?'
const AGREED_HOW =
  '(?: (?:by (?:all|everyone|everybody|consensus)|as recommended|unanimously|nem con|without a vote|by the meeting))*'
const IT = '(?: (?:it|(?:the|this) (?:motion|proposal)))?'
const FOR = '(?:for|in favou?r(?: of (?:it|the motion))?|aye)'
const AGAINST = '(?:against|nay)'
const ABSTAIN = '(?:abstain(?:s|ed|ing)?|abstention)'
const CHOICE = `(?<choice>${FOR}|${AGAINST}|${ABSTAIN})`
/** What one does oneself, and now: “I abstained” tells of another vote. */
const MINE = `(?<choice>${FOR}|${AGAINST}|abstain(?:ing)?|abstention)`
const SUBJECT = '(?<subject>,? subject to (?:the )?approval.*)?'
const form = (says: string): RegExp => new RegExp(`^(?:${says})$`, 'iu')

function choiceOf(said: string): Choice {
  if (new RegExp(`^${ABSTAIN}`, 'i').test(said)) return 'abstain'
  return new RegExp(`^${AGAINST}`, 'i').test(said) ? 'against' : 'for'
}

type Groups = Readonly<Record<string, string | undefined>>
const number = ({ number: said }: Groups): string | null => said?.toUpperCase() ?? null

/** How a vote is opened: "for five minutes", "with the tally hidden", "closing by hand". */
const LENGTH = /[\s,]+for (?<length>[^,]*?(?:minutes?|mins?|hour))(?=$|[\s,])/i
const HIDDEN =
  /[\s,]+(?:with (?:the|a) (?:tally|count|figures) hidden|with a hidden (?:tally|count)|hidden(?: until the close)?)(?=$|[\s,])/i
const BY_HAND = /[\s,]+(?:closing |closed |to be closed )?by hand(?=$|[\s,])/i

function vote(said: string): Said | null {
  const rest = said.replace(LENGTH, '').replace(HIDDEN, '').replace(BY_HAND, '')
  const found = OPEN.exec(rest)
  const removal = found ? null : removalSaid(rest)
  if (!found && !removal) return null
  const length = LENGTH.exec(said)?.groups?.length
  const minutes = length === undefined ? null : minutesIn(length.trim())
  if (length !== undefined && minutes === null) return null
  const how = { minutes, hidden: HIDDEN.test(said), byHand: BY_HAND.test(said) }
  return removal ? { kind: 'remove', ...removal, ...how } : { kind: 'vote', number: number(same(found?.groups ?? {})), ...how }
}
const VOTING = "(?:(?:'ll |will )?(?:now )?(?:take|hold|have|call|open|start) (?:a|the) vote)"
const OPEN = form(
  `put (?:${NUMBER}|${THE_MOTION}${ON.replace('number', 'number2')}) to (?:the|a) vote|(?:vote|${VOTING}) on (?:${NUMBER.replace('number', 'number3')}|${THE_MOTION})|vote now|${VOTING}(?: now)?|${NUMBER.replace('number', 'number4')} (?:goes |is put )?to the vote`,
)

const same = ({ number, number2, number3, number4, ...groups }: Groups): Groups => ({
  ...groups,
  number: number ?? number2 ?? number3 ?? number4,
})

/** Every sentence of this feature, in the order in which it is tried. */
const SENTENCES: readonly (readonly [RegExp, (groups: Groups) => Said])[] = [
  [
    form(
      `${NUMBER}(?: is| are| was)?:? (?:agreed|approved) as amended(?:${TEXT})?|(?:agreed|approved) as amended${ON.replace('number', 'number2')}(?:${TEXT.replace('text', 'text2')})?`,
    ),
    (groups) => ({
      kind: 'agree',
      how: 'amended',
      number: number(groups),
      text: groups.text ?? groups.text2 ?? null,
      dissents: false,
    }),
  ],
  [
    form(
      `resolved(?: (?:on|under))? ${NUMBER}${TEXT}|${NUMBER.replace('number', 'number2')}:? resolved${TEXT.replace('text', 'text2')}`,
    ),
    (groups) => ({
      kind: 'agree',
      how: 'agreed',
      number: number(groups),
      text: groups.text ?? groups.text2 ?? null,
      dissents: false,
    }),
  ],
  [
    form(
      `(?:(?:we )?(?:are|have) |(?:it|that|this|the (?:motion|proposal|recommendations?))(?:'s| is| was| are| were) )?(?:all )?(?:agreed|approved)${AGREED_HOW}${ON}(?<dissents>,? (?:with )?(?:the |his |her |their )?dissents?(?: (?:is|are|being|to be))? recorded)?|${NUMBER.replace('number', 'number2')}(?:'s| is| are| was| were)?(?: ?[:–-])? (?:all )?(?:agreed|approved)${AGREED_HOW}|(?:everyone|everybody) agrees|(?:we )?all agree|agree (?:to )?${NUMBER.replace('number', 'number3')}|the meeting (?:agrees|agreed)${ON.replace('number', 'number4')}`,
    ),
    (groups) => ({ kind: 'agree', how: 'agreed', number: number(groups), text: null, dissents: groups.dissents !== undefined }),
  ],
  [
    form(
      `(?:(?:it|that|this|the report|the update)(?:'s| is| was) )?noted${ON}|${NUMBER.replace('number', 'number2')}(?:'s| is| was)?(?: ?[:–-])? noted|note ${NUMBER.replace('number', 'number3')}`,
    ),
    (groups) => ({ kind: 'agree', how: 'noted', number: number(groups), text: null, dissents: false }),
  ],
  [
    form(`(?:record|mark|minute) ${NUMBER} as (?<how>agreed|approved|noted)`),
    (groups) => ({
      kind: 'agree',
      how: groups.how?.toLowerCase() === 'noted' ? 'noted' : 'agreed',
      number: number(groups),
      text: null,
      dissents: false,
    }),
  ],
  [
    form(
      `(?:move|put|propose)(?: a motion)? (?:on|under) ${NUMBER}${TEXT}|motion (?:on|under) ${NUMBER.replace('number', 'number2')}${TEXT.replace('text', 'text2')}|(?:move|put|propose) ${NUMBER.replace('number', 'number3')}\\s*:\\s*(?<text3>.+)`,
    ),
    (groups) => ({ kind: 'put', number: number(groups), text: groups.text ?? groups.text2 ?? groups.text3 ?? null }),
  ],
  [form(`(?:put|move) (?:a motion (?:on|under) )?${NUMBER}`), (groups) => ({ kind: 'put', number: number(groups), text: null })],
  [
    form(
      `(?:my |the )?casting vote(?: is| goes| ?:)? (?<choice>for|against)${IT}${ON}|(?:i )?(?:give|cast|use) (?:my |the )?casting vote (?<choice2>for|against)${IT}${ON.replace('number', 'number2')}`,
    ),
    (groups) => ({
      kind: 'casting',
      choice: (groups.choice ?? groups.choice2)?.toLowerCase() === 'against' ? 'against' : 'for',
      number: number(groups),
    }),
  ],
  [
    form(
      `(?:i |we |i'm |i am )?(?:(?:wish|choose) to )?(?:vote |voting |cast my vote )?${MINE}${SUBJECT}${IT}${ON}|(?:(?:record )?my vote(?: ?:| is| as)|(?:put me down|count me|record me) as) ${MINE.replace('choice', 'choice2')}${ON.replace('number', 'number2')}`,
    ),
    (groups) => ({
      kind: 'cast',
      choice: choiceOf(groups.choice ?? groups.choice2 ?? ''),
      number: number(groups),
      subject: groups.subject !== undefined,
      certain: true,
    }),
  ],
  [
    form(`(?:i )?vote (?<choice>yes|no)${ON}`),
    (groups) => ({
      kind: 'cast',
      choice: groups.choice?.toLowerCase() === 'no' ? 'against' : 'for',
      number: number(groups),
      subject: false,
      certain: true,
    }),
  ],
  [
    form(`(?:change my vote|make (?:it|that|my vote)) (?:to )?${CHOICE}${ON}`),
    (groups) => ({ kind: 'cast', choice: choiceOf(groups.choice ?? ''), number: number(groups), subject: false, certain: true }),
  ],
  [
    form(
      `(?:close|end|stop) (?:the )?(?:vote|voting|ballot|poll)${ON}(?: now)?|(?:the )?(?:vote|voting)${ON.replace('number', 'number2')} is (?:now )?closed`,
    ),
    (groups) => ({ kind: 'close', number: number(groups) }),
  ],
  [
    form(`(?:i )?countersign(?: (?:it|them|the (?:recorded )?votes?|what the clerk (?:has )?recorded))?${ON}`),
    (groups) => ({ kind: 'countersign', number: number(groups) }),
  ],
  [
    form(
      `record (?!that\\b)(?<name>.{2,60}?)(?:'s vote)? (?:as )?(?:voting )?${CHOICE}${ON}|(?:record that )?(?<name2>.{2,60}?) (?:votes|voted|is voting|has voted) ${CHOICE.replace('choice', 'choice2')}${ON.replace('number', 'number2')}|(?<name3>.{2,60}?) (?:abstains|abstained|is abstaining)${ON.replace('number', 'number3')}`,
    ),
    (groups) => ({
      kind: 'record',
      choice: choiceOf(groups.choice ?? groups.choice2 ?? 'abstain'),
      name: groups.name ?? groups.name2 ?? groups.name3 ?? '',
      number: number(groups),
    }),
  ],
  [
    form(
      `(?:i (?:dissent|disagree|object|do not agree|don't agree)|i am not content|i'm not content|(?:record|note) my dissent|my dissent is to be recorded)${WITH}${ON}(?:(?:,|:)? (?:because|as|since) (?<why>.+)|\\s*[:,]\\s*(?<why2>.+))?`,
    ),
    (groups) => ({ kind: 'dissent', number: number(groups), why: groups.why ?? groups.why2 ?? null, name: null }),
  ],
  [
    form(
      `(?:record that )?(?<name>.{2,60}?) (?:dissents|objects|does not agree|doesn't agree|is not content)${WITH}${ON}(?:(?:,|:)? (?:because|as|since) (?<why>.+))?`,
    ),
    (groups) => ({ kind: 'dissent', number: number(groups), why: groups.why ?? null, name: groups.name ?? null }),
  ],
  [
    form(
      `(?:i am|i'm) (?:now )?content(?: now| after all)?${ON}|(?:i )?withdraw my (?:dissent|objection)${ON.replace('number', 'number2')}`,
    ),
    (groups) => ({ kind: 'content', number: number(groups) }),
  ],
  [
    form(
      `withdraw (?:(?:the|this) (?:motion|vote)${ON}|${NUMBER.replace('number', 'number3')})|the motion${ON.replace('number', 'number2')} is withdrawn`,
    ),
    (groups) => ({ kind: 'withdraw', number: number(groups) }),
  ],
  [
    form(
      `defer (?:${NUMBER}|${THE_MOTION})(?: (?:to|until) (?:the next|a later) meeting)?|(?:${NUMBER.replace('number', 'number2')}|the motion) is deferred(?: (?:to|until) (?:the next|a later) meeting)?`,
    ),
    (groups) => ({ kind: 'defer', number: number(groups) }),
  ],
  [
    form(`amend (?:the motion(?: (?:on|under) ${NUMBER})?|${NUMBER.replace('number', 'number2')})${TEXT}`),
    (groups) => ({ kind: 'amend', number: number(groups), text: groups.text ?? '' }),
  ],
  [
    form(
      "(?:show (?:me )?)?(?:the )?(?:business|items for decision)(?: of the meeting)?|what(?:'s| is) before (?:the meeting|us)|what (?:do we have|have we|is there)(?: still)? to decide(?: today)?|what is (?:left|still) to (?:be decided|decide)",
    ),
    () => ({ kind: 'business' }),
  ],
  [
    form(
      '(?:record|enter|report) (?:a|the) decision (?:taken )?between (?:the )?meetings|(?:a )?decision between meetings|(?:record|enter) an? (?:urgent|delegated) decision',
    ),
    () => ({ kind: 'between' }),
  ],
  [form('(?:export|print|download) (?:the )?(?:register(?: of decisions)?|decisions)'), () => ({ kind: 'export' })],
  [
    form('(?:show (?:me )?|see |open )?(?:decision|recommendation|entry) (?:no\\.? |number )?(?<entry>x?\\d{1,6})'),
    ({ entry }) => ({ kind: 'entry', does: 'see', entry: (entry ?? '').toUpperCase() }),
  ],
  [
    form('(?<does>correct|publish|ratify) (?:decision|recommendation|entry) (?:no\\.? |number )?(?<entry>x?\\d{1,6})'),
    ({ does, entry }) => ({
      kind: 'entry',
      does: does?.toLowerCase() === 'publish' ? 'publish' : does?.toLowerCase() === 'ratify' ? 'ratify' : 'correct',
      entry: (entry ?? '').toUpperCase(),
    }),
  ],
  [
    form(
      '(?:show (?:me )?|see |list |find )?(?:the |our |all )*(?:decisions?|resolutions?|register(?: of decisions)?)(?: (?:about|on|mentioning|with) (?<looked>.+)| (?:of|at|from) (?:the )?(?<which>.+))?',
    ),
    ({ looked, which }) => ({ kind: 'decisions', looked: looked ?? null, which: which ?? null }),
  ],
  [
    form(
      'what (?:did we|have we|has the board|did the board|was|has been) (?:decide|decided|resolve|resolved|agree|agreed)(?: (?:about|on) (?<looked>.+)| (?:at|in) (?:the )?(?<which>.+))?',
    ),
    ({ looked, which }) => ({ kind: 'decisions', looked: looked ?? null, which: which ?? null }),
  ],
]

/** Every sentence of this feature holds one of these; others cost no reading. */
const CONCERNS =
  /\b(?:agreed?|agrees|approved|noted?|resolved?|motion|move|put|vot(?:e|es|ed|ing)|for|favou?r|aye|nay|before|against|abstain\w*|casting|countersign|dissents?|disagree|object\w*|content|defer(?:red)?|amend|withdraw|business|decisions?|decided?|resolutions?|register|recommendations?|propos(?:e|al)|poll|ballot|agree|entry|ratify|record|remov(?:e|al|ing)|dismiss)\b/i

/** Whether a sentence holds a word of this feature. */
export const concerns = (sentence: string): boolean => CONCERNS.test(sentence)

/** What a whole sentence says of motions, votes and decisions; null where it is about something else. */
export function saidIn(sentence: string): Said | null {
  if (!concerns(sentence)) return null
  const plain = sentence.replace(/[\s.!]+$/, '')
  const opened = vote(plain)
  if (opened) return opened
  for (const [said, read] of SENTENCES) {
    const found = said.exec(plain)
    if (found) return read(same(found.groups ?? {}))
  }
  return null
}
