import { type Boards, type CastMeeting, seatsAt, type Voice } from '../cast/rules.js'

/** What a list of choices holds. */
export const MOST_CHOICES = 100

/**
 * The seats for which somebody may send apologies, of each meeting the soonest first: their own and those of whom they are
 * deputy or assistant. Who answers for nobody so, and is clerk, answers for everybody at the next meeting of each board.
 */
export function choicesOf(boards: Boards, person: string): readonly Voice[] {
  const all = boards.meetings.flatMap((meeting) =>
    seatsAt(boards, meeting, person).flatMap(({ right, ...seat }) => (right === null ? [] : [{ ...seat, right }])),
  )
  const theirs = all.filter(({ right }) => right !== 'clerk')
  return (theirs.length > 0 ? theirs : all.filter(({ meeting }) => isNext(boards, meeting))).slice(0, MOST_CHOICES)
}

const isNext = ({ meetings }: Boards, meeting: CastMeeting): boolean =>
  meetings.find(({ board }) => board.id === meeting.board.id) === meeting

/** Whether all are of one seat, held by one person: then who may come instead is known. */
export const areOfOneSeat = (choices: readonly Voice[]): boolean =>
  new Set(choices.map(({ seat, representative }) => `${seat} ${representative.id}`)).size === 1

/** Which meeting and seat, and who holds it, as the form gives it back. */
export const choiceOf = ({ meeting, seat, representative }: Voice): string => `${meeting.id} ${seat} ${representative.id}`
