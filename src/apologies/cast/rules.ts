import type { Temporal } from 'temporal-polyfill'
import type { Named } from '../../boards/rules.js'
import { dayInWords, dayOf } from '../../kernel/time.js'

export const NO_MEETING_OF_YOURS = 'I know of no coming meeting of yours. Ask the clerk when the next one is.'

/** By what right somebody answers for a seat. */
export type Right = 'own' | 'deputy' | 'assistant' | 'clerk'

export interface CastBoard {
  readonly id: string
  readonly name: string
  readonly shortName: string
  readonly zone: string
}

export interface CastMeeting {
  readonly id: string
  readonly board: CastBoard
  readonly startsAt: Temporal.Instant
  /** its hour has come: it is the meeting that is going on, and not the next one */
  readonly begun: boolean
}

/** Somebody who holds something on a board for a span of days; the until-day is the first on which they do not. */
export interface Part extends Named {
  readonly board: string
  readonly as: 'representative' | 'deputy' | 'assistant' | 'clerk' | 'colleague'
  /** of a representative or a deputy */
  readonly seat: string | null
  /** whom an assistant assists */
  readonly principal: string | null
  /** the body of a seat or of a colleague */
  readonly body: string | null
  readonly bodyShort: string | null
  readonly standsFor: readonly string[]
  readonly post: string
  readonly from: string | null
  readonly until: string | null
}

/** The coming meetings of somebody's boards and the people on them: what a sentence of theirs can be about. */
export interface Boards {
  /** soonest first */
  readonly meetings: readonly CastMeeting[]
  readonly parts: readonly Part[]
  /** the board that the place serves where it was said; null for none */
  readonly here: string | null
}

/** A seat for which somebody answers, of one meeting. */
export interface Voice {
  readonly meeting: CastMeeting
  readonly seat: string
  readonly body: string
  readonly standsFor: readonly string[]
  readonly representative: Named
  readonly right: Right
}

export const dayOfMeeting = ({ startsAt, board }: CastMeeting): Temporal.PlainDate => dayOf(startsAt, board.zone)

/** "KCSP, Wednesday 16 December 2026" */
export const meetingCalled = (meeting: CastMeeting): string => `${meeting.board.shortName}, ${dayInWords(dayOfMeeting(meeting))}`

const holds = ({ from, until }: Part, day: string): boolean => (from === null || from <= day) && (until === null || until > day)

/** The parts that hold on the day of a meeting. */
export function partsAt({ parts }: Boards, meeting: CastMeeting): readonly Part[] {
  const day = dayOfMeeting(meeting).toString()
  return parts.filter((part) => part.board === meeting.board.id && holds(part, day))
}

const RIGHTS: readonly Right[] = ['own', 'deputy', 'assistant', 'clerk']

/** Every seat that is represented at a meeting, and by what right somebody may answer for it; null: by none. */
export function seatsAt(
  boards: Boards,
  meeting: CastMeeting,
  person: string,
): readonly (Omit<Voice, 'right'> & { readonly right: Right | null })[] {
  const there = partsAt(boards, meeting)
  const clerk = there.some(({ as, id }) => as === 'clerk' && id === person)
  return there.flatMap(({ as, id, name, seat, body, standsFor }) => {
    if (as !== 'representative' || seat === null || body === null) return []
    const rights: Readonly<Record<Right, boolean>> = {
      own: id === person,
      deputy: there.some((one) => one.as === 'deputy' && one.seat === seat && one.id === person),
      assistant: there.some((one) => one.as === 'assistant' && one.principal === id && one.id === person),
      clerk,
    }
    const right = RIGHTS.find((one) => rights[one]) ?? null
    return [{ meeting, seat, body, standsFor, representative: { id, name }, right }]
  })
}

/** The people whom a seat may name: of its body or of those for which it sits, and its deputies. */
export const colleaguesAt = (boards: Boards, { meeting, seat, body, standsFor }: Omit<Voice, 'right'>): ReadonlySet<string> =>
  new Set(
    partsAt(boards, meeting).flatMap((part) =>
      (part.as === 'colleague' && part.body !== null && [body, ...standsFor].includes(part.body)) ||
      (part.as === 'deputy' && part.seat === seat)
        ? [part.id]
        : [],
    ),
  )
