/** Where what somebody else wrote begins: nothing after it is the speaker's. */
const QUOTED =
  /\bOn (?:\w{3,9},? )?\d{1,2} \w{3,9},? \d{4}\b.{0,60}?\bwrote:.*$|\bFrom: .{1,120}?\b(?:Sent|Date|To): .*$|-{2,} ?(?:Original|Forwarded) Message.*$|\bBegin forwarded message.*$|_{5,}.*$|(?:^|\s)>\s?.*$/i
const AUTOMATIC = /^\s*(?:re: )?(?:automatic reply|auto-?reply|out of office)\b/i
const BY_MACHINE =
  /\b(?:this (?:e-?mail|message|communication)\b.{0,60}?\b(?:confidential|intended|privileged)\b|sent from my \w+|sent from (?:outlook|mail|yahoo|gmail)\b|get outlook for \w+|disclaimer:|please consider the environment).*$/i
const PLAIN_CLOSE =
  /(?:^|[\s,.!?-])(?:(?:with )?(?:kind(?:est)?|warm(?:est)?|best|many) (?:regards|wishes)|regards|rgds|best|yours (?:sincerely|faithfully|truly|ever)|sincerely)\s*[,.!].*$|(?:^|[\s,.!?-])(?:(?:kind(?:est)?|warm(?:est)?|best) (?:regards|wishes)|regards|rgds)\s*$/i
const THANKED =
  '(?:(?:many|with) )?(?:thanks|thank you|thx|cheers|ta|best|all the best|yours|yrs|bw|kr|regards|rgds|kind regards|best wishes)'
const QUOTATION = /"[^"]*"|«[^»]*»/g
/** Stands where something was quoted: no clause can hold it. */
export const QUOTATION_MARK = '§'

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What somebody signs with: their whole name, their first, with or without what they are called by. */
function signaturesOf(name: string): readonly string[] {
  const plain = name.replace(/^(?:(?:cllr|dr|mr|mrs|ms|miss|sir|prof|rev)\.? )+/i, '')
  const [first = plain] = plain.split(' ')
  const last = plain.split(' ').at(-1) ?? plain
  return [name, plain, first, `${first.charAt(0)} ${last}`, `${first.charAt(0)}. ${last}`]
}

/**
 * What the speaker has said, without what stands around it in a message: quoted replies, signature, disclaimers. Empty
 * for what a machine has sent in their name.
 * @param speaker their name, by which a signature is known
 */
export function letterOf(message: string, speaker: string): string {
  if (AUTOMATIC.test(message)) return ''
  const own = message
    .replace(QUOTED, ' ')
    .replace(BY_MACHINE, ' ')
    .replace(/\p{Extended_Pictographic}|\uFE0F/gu, ' ')
    .replace(/[{}]/g, ' ')
    .replace(QUOTATION, ` ${QUOTATION_MARK} `)
    .replace(/[\s,]+$/, '')
  const names = signaturesOf(speaker).map(escaped).join('|')
  const thanked = new RegExp(`(?:^|[\\s,.!?-])${THANKED}[\\s,.!-]*(?:${names})\\b.*$`, 'i')
  const initial = new RegExp(
    `(?<=[.!?])\\s+${speaker.replace(/^(?:(?:cllr|dr|mr|mrs|ms|miss|sir|prof|rev)\.? )+/i, '').charAt(0)}\\.?$`,
  )
  const signed = new RegExp(`(?:[.!?,;]|\\s[-–—])\\s*(?:${names})\\s*[.!]?$`, 'i')
  return own.replace(PLAIN_CLOSE, '').replace(thanked, '').replace(signed, '').replace(initial, '').replace(/\s+/g, ' ').trim()
}
