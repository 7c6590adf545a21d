import { distance } from 'fastest-levenshtein'

/** Words on which the meaning turns, as they are written right. */
const WORDS = [
  'apologies',
  'substitute',
  'substituting',
  'deputise',
  'deputising',
  'attend',
  'attending',
  'unable',
  'meeting',
  'unfortunately',
  'standing',
  'covering',
  'wednesday',
  'thursday',
  'tuesday',
  'saturday',
  'january',
  'february',
  'august',
  'september',
  'october',
  'november',
  'december',
]
/** Words of their own that are spelt much like those. */
const OTHERS = new Set(
  'apologised apologising apologise apologize attended attends attendance attendee deputies substitutes substituted meetings enable stable table landing sanding covering hovering coverings cutting meting'.split(
    ' ',
  ),
)

/** Other ways of writing a word that are no mistakes, and what hurry leaves out. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/\bapol(?:s|ogs?)\b\.?/gi, 'apologies'],
  [/\bapologi[sz]es?\b/gi, 'apologies'],
  [/\b(can|won|don|doesn|didn|isn|shan|couldn|wouldn|hasn|haven)t\b/gi, "$1't"],
  [/\bim\b/gi, "i'm"],
  [/\bive\b/gi, "i've"],
  [/\bil+ (?=be\b|join\b|come\b|attend\b|stand\b|have\b|miss\b|need\b|sub\b|cover\b|not\b)/gi, "i'll "],
  [/\b(?:pls|plz|plse)\b/gi, 'please'],
  [/\b(?:soz|sry)\b/gi, 'sorry'],
  [/\b(?:thx|tks|thnx)\b/gi, 'thanks'],
  [/\b(?:mtg|mtng)\b/gi, 'meeting'],
  [/\b(?:tbc|tba)\b/gi, 'to be confirmed'],
  [/\bdeputiz/gi, 'deputis'],
  [/\bgonna\b/gi, 'going to'],
  [/(\{p\d+\}) regrets (?:that )?(?:he|she|they)\b/gi, '$1'],
  [/\bregrets\b/gi, 'apologies'],
  [/(?<=\S),? \b(?:unfortunately|sadly|regrettably|regretfully|alas),?(?= )/gi, ''],
  [/\b(?:can|could|may) i (?:please |just )?(?=send|give|offer|submit)/gi, 'please i will '],
  [/\b(?:can|could|may) i (?:please |just )?(?:register|record|log|note) (?:my )?(?=apologies)/gi, 'please record my '],
  [/\b(sub|substitute|deputy)\s*[:=]\s*/gi, '$1 is '],
  [/\bgotta\b/gi, 'got to'],
  [/\b(?:tmrw|tomoz)\b/gi, 'tomorrow'],
]

const CONTRACTED: readonly (readonly [RegExp, string])[] = [
  [/\bcan't\b/gi, 'cannot'],
  [/\bcan not\b/gi, 'cannot'],
  [/\bwon't\b/gi, 'will not'],
  [/\bshan't\b/gi, 'will not'],
  [/\bshall not\b/gi, 'will not'],
  [/\bshall\b/gi, 'will'],
  [/\b(do|does|did|is|are|has|have)n't\b/gi, '$1 not'],
  [/\b(i|you|we|they)'ve\b/gi, '$1 have'],
  [/\bi'm\b/gi, 'i am'],
  [/\b(we|they)'re\b/gi, '$1 are'],
  [/\b(i|he|she|we|they|it|that|\{p\d+\})'ll\b/gi, '$1 will'],
  [/\bi'd\b/gi, 'i would'],
  [/\b(he|she|it|something|that)'s (?=(?:got|been|come|agreed|asked|cropped|just)\b)/gi, '$1 has '],
  [/\b(he|she|it|who)'s\b/gi, '$1 is'],
  [/(\{p\d+\})'s (?=(?:got|been|agreed|asked|offered|sent|just)\b)/gi, '$1 has '],
  [
    /(\{p\d+\})'s (?=(?:in|on|at|off|away|ill|sick|out|not|unable|covering|standing|sitting|coming|going|attending|subbing|deputising|taking|stepping|representing|my|double)\b)/gi,
    '$1 is ',
  ],
]

function corrected(word: string): string {
  const said = word.toLowerCase()
  if (said.length < 6 || WORDS.includes(said) || OTHERS.has(said)) return word
  const within = said.length < 8 ? 1 : 2
  return WORDS.find((right) => distance(said, right) <= (right.length < 8 ? 1 : within)) ?? word
}

/** The sentence with its hurried and mistyped words written out. Names have been taken out before: they are nobody's mistake. */
export function spelt(sentence: string): string {
  const written = SAME.reduce((said, [form, right]) => said.replace(form, right), sentence)
  const right = written.replace(/(?<!\{)\b[a-z]{6,}\b/gi, corrected)
  return CONTRACTED.reduce((said, [form, whole]) => said.replace(form, whole), right)
}
