import { CLAUSES, isReason, type Kind } from './clauses.js'

/** What a clause says, and of whom. */
export interface Said {
  /** `strange` is not understood */
  readonly kind: Kind | 'strange'
  /** the whole clause */
  readonly words: string
  /** its subject, as it stands there: "i", "he", `{p0}` */
  readonly who: string | null
  /** who substitutes, as it stands there */
  readonly sub: string | null
  /** several, one of whom is meant */
  readonly or: boolean
  /** in whose place, where that is said */
  readonly stead: string | null
  /** the speaker's own beyond doubt: "my apologies" */
  readonly own: boolean
  /** somebody's who is no speaker: "his apologies" */
  readonly others: boolean
  /** can be no mere politeness */
  readonly firm: boolean
  readonly doubtful: boolean
}

const NOBODY: Omit<Said, 'kind' | 'words'> = {
  who: null,
  sub: null,
  or: false,
  stead: null,
  own: false,
  others: false,
  firm: false,
  doubtful: false,
}

const IN_STEAD =
  /\b(?:for|on behalf of) (?:me|us|him|her|them|\{p\d+\}|\{o\d+\})|\b(?:my|his|her|their|our|\{p\d+\}'s|\{o\d+\}'s) (?:behalf|place|stead|absence|seat|sub|substitute|deputy|stand-in)\b|\{p\d+\}'s (?:behalf|place|stead|absence|seat)|\binstead of (?:me|him|her|\{p\d+\})|\bnot me\b|\brepresent(?:ing)? (?:me|us|him|her|\{p\d+\})/gi
/** Said only by who sends apologies: "will come instead", "in the place of" nobody who is named. */
const INSTEAD = /\binstead\b|\brepresent(?:ing)?\b/i
const UNNAMED =
  /^(?:my|a|an|the|our|one of|another|some|any|no) |^(?:somebody|someone|anybody|anyone|nobody|everybody|everyone|people|who|which|that|this|there|it|he|she|they|we|i|you)\b/i
const DEPUTY =
  /^(?:my|a|an|our|one of my|another) (?:deputy|colleague|substitute|sub|colleagues|team|number two|member of .{2,20})$|^(?:someone|somebody)(?: else)?(?: from .{2,20})?$/i
const STRANGER = /^(?:(?:dr|mr|mrs|ms|cllr|supt|insp|dci|di|pc|prof)\.? )?\p{Lu}[\p{Ll}'-]+(?: \p{Lu}[\p{L}'-]+){0,2}$/u
const TITLE_FIRST = /^(?:Dr|Mr|Mrs|Ms|Cllr|Supt|Insp|DCI|DI|PC|Prof)\.? /
const TITLE =
  /^(?:Dr|Mr|Mrs|Ms|Cllr|Supt|Insp|DCI|DI|PC|Prof|Sorry|Thanks|Apologies|Sub|Substitute|Deputy|Court|Clinic|Traffic)$/i
/** "Will do", "I'm out", "it's a no from me": of a meeting only where a day is said. */
const NEEDS_DAY =
  /(?:\b(?:do|manage|make|get to|participate|be|out|free|available|unavailable|missing|miss|absent|no (?:from|for) me|can do)|\b(?:do|manage) it|\bi am in|\bsee (?:you|everyone)(?: all)?|\bpull(?:ing)? out|\bdrop(?:ping)? out)$/i
/** What nobody is called: a post, or the first word of a sentence. */
const A_POST =
  /^(?:station|group|area|watch|crew|commander|manager|officer|head|director|deputy|assistant|chief|constable|superintendent|inspector|sergeant|councillor|leader|chair|executive|colleague|service|team|office|business|\p{L}+ing|\p{L}+ed)$/iu
const SOMEBODY = /\{[op]\d+\}/
const PERSON = /\{p\d+\}/

/** Reads one clause; what names as substitute nobody who could be one is not understood. */
export function saidIn(words: string): Said {
  for (const { kind, form, doubtful } of CLAUSES) {
    const groups = form.exec(words)?.groups
    if (groups === undefined && !form.test(words)) continue
    const sub = groups?.sub ?? null
    const naming = sub === null || PERSON.test(sub) || /^(?:i|we|me|he|she|they)$/i.test(sub) ? 'known' : strangerIn(sub)
    if (naming === 'none') continue
    if ((kind === 'cannot' || kind === 'attend') && NEEDS_DAY.test(words) && !/\{[dt]/.test(words)) continue
    const who = groups?.who ?? null
    const stead = [...words.matchAll(IN_STEAD)].map(([one]) => one).join(' ') || (INSTEAD.test(words) ? 'instead' : null)
    return {
      kind: naming === 'unnamed' ? 'to be named' : kind,
      words,
      who,
      sub,
      or: sub !== null && /\bor\b|\//i.test(sub),
      stead: ['substitute', 'comes'].includes(kind) ? stead : null,
      own: /\bmy\b|\bfrom (?:me|us)\b|^i /i.test(words) && !SOMEBODY.test(who ?? ''),
      others:
        /\b(?:his|her|their) apologies\b/i.test(words) ||
        (kind === 'apologies' && /^(?:sends|has sent|gives|has asked)/i.test(words)),
      firm: isFirm(kind, words, who),
      doubtful: doubtful === true || naming === 'unnamed',
    }
  }
  return { ...NOBODY, kind: isReason(words) ? 'reason' : 'strange', words }
}

/** What stands where a substitute is named and is nobody whom the house knows. */
function strangerIn(sub: string): 'stranger' | 'unnamed' | 'none' {
  if (DEPUTY.test(sub)) return 'unnamed'
  if (UNNAMED.test(sub)) return 'none'
  if (sub.split(' ').every((word) => A_POST.test(word))) return 'none'
  if (STRANGER.test(sub)) return TITLE.test(sub) || (TITLE_FIRST.test(sub) && sub.split(' ').length < 3) ? 'none' : 'stranger'
  return 'none'
}

const isFirm = (kind: Kind, words: string, who: string | null): boolean =>
  kind === 'cannot' ||
  (kind === 'apologies' &&
    (/\{t\}|\bme down\b|\bfrom \{|\bbehalf\b/i.test(words) ||
      SOMEBODY.test(who ?? '') ||
      /^(?:i |i am |we |we are )?(?:would like to |have to |must |need to |want to |will have to |wish to |will |am going to have to )?(?:send|sending|sends|has sent) /i.test(
        words,
      )))
