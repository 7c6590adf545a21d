import { readFileSync } from 'node:fs'
import { GRAVESHAM_ROSTER } from '../boards.js'

/** Who presses, by what they are to the board. */
export const ROLES = {
  stranger: 'whom the house does not know',
  elsewhere: 'the clerk of a board of another tenant',
  neighbour: 'the clerk of another board of the tenant',
  colleague: 'of a member’s body, without a part in the board',
  guest: 'invited to the meeting',
  invited: 'represents an invited body',
  deputy: 'a deputy who does not substitute',
  substitute: 'sits in for a member at the meeting',
  assistant: 'answers for a member',
  author: 'wrote a restricted paper of the meeting, and has no other part in the board',
  group: 'of the group to which the terms delegate, without a seat',
  member: 'represents a member',
  'vice-chair': 'the vice-chair, for a member',
  chair: 'in the chair, for a member',
  clerk: 'the clerk',
  operator: 'runs the server, at its command line',
  house: 'what the platform has found out',
  timer: 'what is done because its time has come',
} as const
export type Role = keyof typeof ROLES
export const ALL = Object.keys(ROLES) as readonly Role[]

/** Those who are people. */
export type Player = Exclude<Role, 'operator' | 'house' | 'timer'>

export const NAMES: Readonly<Record<Player, string>> = {
  stranger: 'Una Known',
  elsewhere: 'Otto Elsewhere',
  neighbour: 'Grace Holloway',
  colleague: 'Bethan Cole',
  guest: 'Vera Lund',
  invited: 'Maureen Tate',
  deputy: 'Keira Nolan',
  substitute: 'Sunita Rao',
  assistant: 'Marcus Webb',
  author: 'Ann Castle',
  group: 'Philippa Stroud',
  member: 'April Stone',
  'vice-chair': 'Mark Dunn',
  chair: 'Cllr Imogen Fairley',
  clerk: 'Ingrid Vale',
}
export const isPlayer = (role: Role): role is Player => role in NAMES

/** For whom the assistant answers. */
export const PRINCIPAL = 'Daniel Okafor'
/** Whom the substitute sits in for. */
export const ABSENT = 'Leon Carter'
/** One of two who hold a seat jointly. */
export const JOINT = 'Harriet Boyle'
/** The other, who is known in no chat. */
export const UNREACHED = 'Simon Vance'
/** The hash of the code that was made for them. */
export const CODE = 'a hash'

/** As docs has it, with a clerk of its own and somebody who writes and does nothing else. */
export const ROSTER = `${GRAVESHAM_ROSTER.replaceAll('Grace Holloway', NAMES.clerk).replaceAll('grace.holloway', 'ingrid.vale')}Gravesham Borough Council,,,,,,colleague,${NAMES.author},Director of Communities,ann.castle@example.org,,,,,,
`

/**
 * As they are shipped, with two readings of who is a core member, with a lot for equal votes in electing the vice-chair, and
 * with a co-chair, in whose election who presides has a casting vote: so that there is nothing that nobody may do.
 */
export const TERMS = (() => {
  const text = readFileSync(new URL('../../src/boards/terms/gravesham.yaml', import.meta.url), 'utf8')
  const bodies = /( {6}- name: as the terms list them\n[\s\S]*?)\nquorum:/.exec(text)?.[1] ?? ''
  const changed = text
    .replace(bodies, `${bodies}${bodies.replace('as the terms list them', 'by statute').replace('clause 4.1', 'the Act')}`)
    .replace(
      /( {2}- office: vice-chair\n {4}filled: elected\n)( {4}from: \[core member\]\n)( {4}clause: \*chair\n)/,
      `$1$2    election: { ties: lot, clause: *chair }\n$3  - office: co-chair\n    filled: elected\n$2    election: { ties: casting vote of the person presiding, clause: *chair }\n$3`,
    )
  if (!/by statute/.test(changed) || !/co-chair/.test(changed)) throw new Error('the shipped terms read otherwise')
  return changed
})()
