import type { Tally } from './rules.js'

/** Words with which a recommendation asks the board itself to do something: "Agree the priorities". */
const ASKS = new Set(
  (
    'accept acknowledge adopt advise agree allocate amend appoint approve arrange ask assign authorise award begin buy cease circulate ' +
    'close commend comment commission commit confirm consider consult contact continue defer delegate determine develop direct ' +
    'discuss elect encourage endorse ensure establish explore extend fund give hold identify implement instruct invite issue ' +
    'lead make meet monitor name nominate note oppose pay permit prepare progress promote propose provide publish put ratify ' +
    'receive recognise recommend refer reject release remove renew report request require resolve respond review revise ' +
    'scrutinise seek select send set share sign spend submit subscribe support suspend take thank transfer undertake update urge ' +
    'welcome withdraw write'
  ).split(' '),
)

const firstWord = (part: string): string => /^\p{L}+/u.exec(part)?.[0].toLowerCase() ?? ''

/** Whether a part asks the board to do something, and so is read after its name. */
export const asksTheBoard = (part: string): boolean => ASKS.has(firstWord(part)) && !SAYS_WHAT_IS.test(part)

/** "Progress be noted": what looks like a request is a noun. */
const SAYS_WHAT_IS = /^\p{L}+ (?:be|is|are|was|were|has|have)\b/iu

/** Words that are small within a sentence; others may be names. */
const SMALL = new Set('the a an this that these those all each every any no its their members partners there it'.split(' '))

const within = (part: string): string =>
  asksTheBoard(part) || SMALL.has(firstWord(part)) ? `${part.charAt(0).toLowerCase()}${part.slice(1)}` : part

const letter = (at: number): string => `(${String.fromCharCode(97 + at)})`

/**
 * What was resolved, as the notes have it: "that the Kent Community Safety Partnership note the contents of the report";
 * of several parts each on a line of its own, lettered.
 * @param board its full name
 */
export function thatInWords(board: string, parts: readonly string[]): string {
  const name = /^the /i.test(board) ? `the ${board.slice(4)}` : `the ${board}`
  const all = parts.every(asksTheBoard)
  const [only, another] = parts
  if (only !== undefined && another === undefined) return `that ${all ? `${name} ` : ''}${within(only)}.`
  const last = parts.length - 1
  return [
    `that${all ? ` ${name}` : ''}:`,
    ...parts.map((part, at) => `${letter(at)} ${within(part)}${at === last ? '.' : ';'}`),
  ].join('\n')
}

/** "1 vote", "3 votes". */
const votes = (count: number): string => `${count === 0 ? 'no' : count} vote${count === 1 ? '' : 's'}`

/** "3 votes to 2, with 1 abstention" */
export function byVotes({ for: ayes, against, abstained }: Pick<Tally, 'for' | 'against' | 'abstained'>): string {
  const abstentions = abstained === 0 ? '' : `, with ${abstained} abstention${abstained === 1 ? '' : 's'}`
  return `${votes(ayes)} to ${against === 0 ? 'none' : against}${abstentions}`
}

/** "3 for, 2 against, 1 abstained; 3 of the 5 votes cast were needed". @param casting the casting vote is one of those */
export function figuresInWords({ for: ayes, against, abstained, of, needed }: Tally, ofWhat: string, casting = false): string {
  return `${ayes} for, ${against} against, ${abstained} abstained; ${needed} of the ${of} ${ofWhat}${casting ? ', the casting vote among them,' : ''} ${needed === 1 ? 'was' : 'were'} needed`
}

/** How something was decided, as far as the words of the notes say it. */
export interface Manner {
  readonly board: string
  readonly outcome: 'resolved' | 'recommended' | 'not carried'
  readonly amended: boolean
  /** of a vote: the tally that told */
  readonly tally: Pick<Tally, 'for' | 'against' | 'abstained'> | null
  /** "Chair", of who gave the casting vote */
  readonly castingBy: string | null
  /** why it does not bind, or was not counted, in words that follow “as”; null: there is nothing to say */
  readonly why: string | null
  /** number of the recommendation that is ratified */
  readonly ratifies: string | null
  /** "CSP Executive Group": who decided between meetings */
  readonly delegatedTo: string | null
}

/** The words of the register and of the notes. */
export function resolutionInWords(parts: readonly string[], manner: Manner): string {
  const { board, outcome, amended, tally, castingBy, why, ratifies, delegatedTo } = manner
  const equal = tally && `${votes(tally.for)} for and ${tally.against} against`
  const how = [
    delegatedTo && `by the ${delegatedTo.replace(/^the /i, '')} on behalf of the board`,
    ratifies !== null && `in ratification of recommendation ${ratifies}`,
    amended && 'as amended',
    castingBy !== null && `on the ${castingBy}’s casting vote (${equal})`,
    castingBy === null && tally && tally.for > 0 && tally.for === tally.against && `the votes being equal (${equal})`,
    castingBy === null && tally && (tally.for === 0 || tally.for !== tally.against) && `by ${byVotes(tally)}`,
    outcome === 'recommended' && `for ratification by a later meeting, as ${why ?? 'there was no quorum'}`,
    outcome === 'not carried' && why !== null && `as ${why}`,
  ].filter((one) => typeof one === 'string')
  const lead = { resolved: 'RESOLVED', recommended: 'RECOMMENDED', 'not carried': 'NOT CARRIED' }[outcome]
  const that = thatInWords(board, parts)
  return how.length === 0 ? `${lead} ${that}` : `${lead}, ${how.join(', ')}, ${that}`
}
