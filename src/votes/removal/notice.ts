import { folded } from '../../kernel/sentence.js'
import type { Removable } from './rules.js'

/** What a title, a motion or a sentence says of a removal. */
export interface SaidRemoval {
  readonly office: Removable | null
  /** who is named, where somebody is */
  readonly name: string | null
}

const ACT =
  '(?:remov(?:e|es|ed|ing|al(?: of)?)|dismiss(?:es|ed|ing|al(?: of)?)?|depos(?:e|es|ed|ing)|oust(?:s|ed|ing)?|unseat(?:s|ed|ing)?)'
/** Not "the chair's paper", and not "chairs of local partnerships". */
export const CHAIR = "(?:vice[ -]?|deputy[ -]|co-?)?chair(?:man|woman|person|ship)?(?![\\p{L}'’])"
/** Where one sits: "from office", "from the chair". */
export const POST = `(?:the |his |her |their )?(?:office|position|post|role|chair)(?![\\p{L}'’])`
/** "removed from the mailing list" takes no office away. */
const NOT_ELSEWHERE = `(?! from (?!${POST}))`
const END = '(?=\\s*(?:$|[.,;:)]|(?:of|from|and|with|at|on|by|under|because|since|until|in|forthwith|now)\\b))'
const NAMED = '(?:, [^,]{2,60},)?'
const OF_THE_BOARD = '(?! of (?!(?:the |this |our )?(?:board|partnership|group|kcsp)))'

const REMOVALS = [
  `${ACT} (?:the |our |its )?${CHAIR}${NAMED}${OF_THE_BOARD}${NOT_ELSEWHERE}`,
  `${ACT}(?: [^.;:]{2,80}?)? (?:as|from being|from (?:the |his |her |their )?(?:office|position|post|role)(?: of| as)?) (?:the |our )?${CHAIR}${END}`,
  `${ACT}(?: [^.;:]{2,80}?)? from ${POST}`,
  `${CHAIR}${NAMED} (?:(?:is|be|should be|shall be|must be|to be|has to be) )?(?:hereby )?(?:removed|dismissed|deposed|ousted|unseated)(?! [a-z]+ from)${NOT_ELSEWHERE}`,
  `ceases? to (?:be|act as|hold the office of) (?:the |our )?${CHAIR}`,
  `office of (?:the )?${CHAIR} (?:be |is )?(?:hereby )?(?:declared )?vacant`,
].map((says) => new RegExp(`(?<![\\p{L}])${says}`, 'iu'))

/** Which office is named; null: none, or several. */
export function officeIn(said: string): Removable | null {
  const named = (words: string) =>
    [...words.matchAll(new RegExp(`(?<![\\p{L}-])${CHAIR}`, 'giu'))].map(([one]): Removable => {
      if (/^(?:vice|deputy)/i.test(one)) return 'vice-chair'
      return /^co/i.test(one) ? 'co-chair' : 'chair'
    })
  // "removed from the chair as Vice-Chair": the chair is where one sits.
  const offices = named(said.replace(/\bfrom (?:the|his|her|their) chair\b/gi, ''))
  const [only, another] = new Set(offices.length > 0 ? offices : named(said))
  return another === undefined ? (only ?? null) : null
}

/** Whether somebody would be removed from an office by what is moved. */
export const removesIn = (part: string): boolean => REMOVALS.some((one) => one.test(folded(part)))

const OF_SOMEBODY =
  /(?:removal of|dismissal of|remove|dismiss|removing) (?<name>.{2,80}?),? (?:as|from)(?![\p{L}])|(?:removal of|dismissal of) (?<name2>[^,:;–-]{2,80})$/iu

/** Who is named as the one to be removed: with a capital letter, and no office. */
export function nameIn(said: string): string | null {
  const { name, name2 } = OF_SOMEBODY.exec(said)?.groups ?? {}
  const rest = (name ?? name2 ?? '').replace(new RegExp(`(?:the |our )?${CHAIR}[\\s,]*`, 'giu'), '').trim()
  return /^\p{Lu}[\p{L}'’.-]*(?: \p{L}[\p{L}'’.-]*)*$/u.test(rest) ? rest : null
}

const NOTICE = /\b(?:removal|removing|remove|dismissal|dismiss)\b/i

/** Of what removal an item gives notice; null: of none. */
export function noticeIn(title: string): SaidRemoval | null {
  const elsewhere = new RegExp(`\\bfrom (?!${POST}|being\\b)`, 'iu').test(folded(title))
  const says =
    removesIn(title) || (NOTICE.test(title) && !elsewhere && new RegExp(`(?<![\\p{L}])${CHAIR}`, 'iu').test(folded(title)))
  return says ? { office: officeIn(title), name: nameIn(title) } : null
}
