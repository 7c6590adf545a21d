import { Doubt, Refusal } from '../../kernel/refusal.js'
import { Pass } from '../../kernel/restricted.js'
import type { Named } from '../rules.js'
import type { Basis, Terms } from '../terms.js'
import { whoInWords } from '../terms-words.js'

/** Said of a place that serves no board. */
export const UNLINKED =
  'Nobody has linked this place to a board. Its clerk does it by saying “link” to me here with the short name of the board, as in “link KCSP”. Until then say it to me directly.'

export type Office = Terms['offices'][number]['office']
export type Who = Terms['nonMembers']['atInvitationOf']

/** A seat in which a person has a part. */
export interface SeatPart {
  readonly seat: string
  readonly organisation: string
  readonly capacity: 'representative' | 'deputy'
  readonly member: boolean
}

/** What a person is to a board on a day. */
export interface Part {
  /** the operator, who runs the server and may do what any officer may */
  readonly operator: boolean
  /** with the office that falls to them while it is vacant, where the terms give its powers to who presides */
  readonly offices: readonly Office[]
  readonly seats: readonly SeatPart[]
  /** of the seats that they represent, on any reading of the terms */
  readonly standings: readonly string[]
  /** groups by the names that the terms use, and subgroups of the board */
  readonly groups: readonly string[]
  /** in attendance, an assistant, or invited to a meeting that is still to come */
  readonly attends: boolean
}

export const isClerk = ({ operator, offices }: Part): boolean => operator || offices.includes('clerk')

/** Holds an office of the board. */
export const isOfficer = ({ operator, offices }: Part): boolean => operator || offices.length > 0

/** Represents a member. */
export const isMember = ({ seats }: Part): boolean =>
  seats.some(({ capacity, member }) => capacity === 'representative' && member)

/** Opens what is restricted for those whom the board trusts with it: its officers, and who represents a member. */
export const passOf = (part: Part): Pass | null => Pass.if(isOfficer(part) || isMember(part))

/** Has anything to do with the board. To anyone else it is as if there were none. */
export const hasPart = (part: Part): boolean => isOfficer(part) || part.seats.length > 0 || part.groups.length > 0 || part.attends

/** Whether somebody is one of those whom a rule names. */
export const isAmong = ({ offices, standings, groups }: Who, part: Part): boolean =>
  offices.some((office) => part.offices.includes(office)) ||
  standings.some((standing) => part.standings.includes(standing)) ||
  groups.some((group) => part.groups.includes(group))

/** A rule that says who may do something. */
export type Entitling = Basis & { readonly by: Who }

/**
 * Whether somebody may do what a rule entitles some to, and on what that rests.
 * @param act as in "call an extraordinary meeting"
 * @returns `by right`; or `beside the convention`, where the terms are silent and an officer does what by convention is another's
 * @throws Refusal `not_permitted`: with the clause where the terms have one, else naming the convention
 */
export function mayDo(rule: Entitling, part: Part, act: string): 'by right' | 'beside the convention' {
  if (part.operator || isAmong(rule.by, part)) return 'by right'
  const those = whoInWords(rule.by, 'a')
  if (rule.clause)
    throw new Refusal('not_permitted', `Only ${those} may ${act} under the terms of this board. Ask one of them.`, rule.clause)
  if (isOfficer(part)) return 'beside the convention'
  const { convention = '', source = '' } = rule.silent ?? {}
  throw new Refusal(
    'not_permitted',
    `The terms do not say who may ${act}. By convention it is for ${those}: ${convention} (${source}) Ask one of them, or the clerk.`,
  )
}

/** What a doubt rests on, where the terms are silent: "By convention …". */
export const byConvention = ({ silent }: Basis): string =>
  silent ? `By convention: ${silent.convention} (${silent.source})` : ''

/** People to choose from, by who they are. */
export interface Entitled extends Named {
  /** "Kent Police", "Chair" */
  readonly as: string
}

/**
 * Asks once about what no rule forbids.
 * @param doubts what is unwise, a sentence each; none: nothing is asked
 * @param said whether it was asked for all the same
 */
export function askOnce(doubts: readonly string[], said: boolean, press: Doubt['allTheSame']): void {
  if (doubts.length === 0 || said) return
  throw new Doubt(`${doubts.join(' ')} If you mean it, press “${press.label}”, or say it again with “all the same” at the end.`, {
    ...press,
    values: { ...press.values, allTheSame: 'yes' },
  })
}
