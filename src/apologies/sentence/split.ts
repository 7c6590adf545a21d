import { P, STRANGER } from './grammar.js'

/** One clause, without what is said out of politeness. */
export interface Clause {
  readonly said: string
  /** ends as a question that asks for no favour */
  readonly asked: boolean
}

const JOINED = new RegExp(
  [
    '\\s*(?:[,;:!()]+|\\.(?=\\s|$)|\\.{2,}|\\s[-–—]+\\s|[–—]|(?<=\\?)|\\s-|(?<=\\})-)\\s*',
    '\\s+(?=(?:so|but|because|due to|owing to|since|therefore|hence)\\b)',
    `\\s+(?=and (?!${P} both)(?!\\{p\\d+\\}$))`,
    `\\s+(?=as (?:i|we|he|she|they|it|am|is|in|on|there|${P} (?:is|has|will|cannot))\\b)`,
    '\\s+(?=(?:with )?no (?:sub|substitute|deputy)\\b)',
    '(?<=\\b(?:notice|reply|delay))\\s+(?=(?:i|cannot|unable|will not|am)\\b)',
    `\\s+(?=with ${P} (?:as|in|to|instead|subbing|standing|deputising|covering|attending)\\b)`,
    '(?<!name of(?: my| the)?)\\s+(?=(?:sub|substitute|name|deputy)(?: is)? (?:to follow|to be confirmed)\\b)',
    `(?<=\\{[dt]\\d*\\}|come|attend|make it|be there|sorry)\\s+(?=(?:and )?(?:${P}|${STRANGER}) (?:will|to|can|is|has|standing|sitting|deputising|subbing|covering|instead)\\b)`,
  ].join('|'),
  'u',
)
const APPOSITION = new RegExp(
  `(${P}|${STRANGER}), ((?!cannot|will not|am |is |has |sorry|apologies|no |not |and |but |so |as |who )[^,.;!?{}]{2,60}), (?=(?:will|to|is|can|has)\\b)`,
  'gu',
)
const MAY_THEY = /^(?:can|could|will|may|is) (\{p\d+\}) (.+)$/i
const SPOKEN = /^\{p\d+\}:/
const VOCATIVE = `(?:all|everyone|team|colleagues|folks|guys|both|chair|madam chair|${P})`
const FAVOUR =
  '(?:would you mind|(?:can|could|would|will) you(?: please| kindly)?|please|kindly|grateful if you (?:could|would)|i would be grateful if you (?:could|would))'
const BEFORE = new RegExp(
  `^(?:(?:and|but|so|then|also|therefore|hence|ok|okay|yes|yep|yeah|no(?=,? (?:i|we) (?:cannot|will not|am not|am unable)\\b)|well|just|hi|hiya|hello|hey|dear|(?:good )?(?:morning|afternoon|evening)|(?:so |very |really |many )?sorry(?: (?:to say|but|that))?|apologies(?= (?:but|i |we |all |everyone|${P} (?:i|but)))|unfortunately|regrettably|regretfully|sadly|alas|(?:i am )?(?:so |very |really )?(?:sorry|afraid)(?: (?:that|to say|but))?|(?:i )?regret(?: to say)?(?: that)?|gutted|annoyingly|frustratingly|just to (?:say|confirm|let you know)|to (?:confirm|let you know|say)|this is to (?:say|confirm)|(?:i am )?writing to (?:say|confirm)|(?:i can )?confirm(?:ing)?(?: that)?|(?:please )?(?:note|be advised)(?= that)|that|fyi|(?:good|great) news|now|actually|(?:please )?(?:scrap|ignore|forget|disregard) (?:that|this|what i (?:said|wrote|told you)|my (?:last|earlier|previous)(?: (?:message|one|note|email))?)(?=$|[\\s,.:;!-]+(?:i|we|apologies|${P})\\b)|in that case|as it (?:turns out|happens)|it (?:turns out|looks like|seems)(?: that)?|looks like|reminder(?= that)|${FAVOUR}|(?<=\\b(?:hi|hello|hey|dear|morning|afternoon|evening|sorry|thanks|apologies|please|hiya) )${VOCATIVE}(?=$| (?:i |we |my |something |please |sorry |apologies |just |unfortunately |(?:can|could|would) you ))|${VOCATIVE}(?= (?:i |something ))|something has (?:come|cropped) up(?= [^\\s{]))(?![\\p{L}\\p{N}])[\\s,]*)+`,
  'iu',
)
const AFTER = new RegExp(
  `(?:[\\s,]*\\b(?:(?:so |very )?sorry(?: (?:about (?:that|this)|all|everyone|${P}))?|please|thanks|thank you|many thanks|cheers|ta|(?:i am )?afraid|(?<!after )all|everyone|folks|now|too|then|though|unfortunately|again|x+|any ?more|either|ok|okay|as well|regrettably|sadly|this time around|also))+[.!\\s]*$`,
  'iu',
)

const stripped = (said: string): string => {
  const without = said.replace(BEFORE, '').replace(AFTER, '').trim()
  return without === said ? said : stripped(without)
}

/** The clauses of a sentence from which names and days have been taken out. */
export function clausesOf(sentence: string): readonly Clause[] {
  // "Daniel: I can't come" is what somebody else said.
  const whole = sentence.replace(APPOSITION, '$1 ').replace(SPOKEN, '§ ')
  return whole
    .split(JOINED)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const may = part.replace(MAY_THEY, '$1 can $2')
      if (may !== part) return { said: stripped(may.replace(/[?\s]+$/, '')), asked: true }
      const favour = new RegExp(`^(?:\\{p\\d+\\} )?${FAVOUR}`, 'i').test(part)
      return { said: dayLast(stripped(part.replace(/[?\s]+$/, ''))), asked: part.endsWith('?') && !favour }
    })
    .filter(({ said }) => said !== '')
}

/** "On the 16th I'll be late" is read as "I'll be late on the 16th". */
const dayLast = (said: string): string =>
  said.replace(/^((?:\{[dt]\d*\} )+)(?=(?:i|we|he|she|they|\{p\d+\}|apologies|cannot) )(.+)$/i, '$2 $1').trim()
