import type { Change, SpannedChange } from './changes.js'
import { inDays } from './days.js'
import type { RosterSeat, Span } from './rules.js'
import { titleUntold } from './seats.js'
import { inSpan } from './spans.js'
import { listed, shown } from './spelling.js'

/** A change of a roster as its clerk would say it, one sentence or two. */
export function changeInWords(change: Change): string {
  switch (change.change) {
    case 'organisation added': {
      const short = change.shortName === change.name ? '' : `, in short ${change.shortName}`
      const formerly = change.formerly.length === 0 ? '' : `, formerly ${listed(change.formerly)}`
      return `${change.name} is a new body here${short}${formerly}.`
    }
    case 'short name changed':
      return `${change.organisation} is called ${change.shortName} in short, no longer ${change.was}.`
    case 'former name added':
      return `${change.organisation} was formerly ${change.formerly}.`
    case 'seat added':
      return `${seatOf(change.seat)} is new: ${nature(change.seat)}.`
    case 'seat changed':
      return `${seatOf(change.seat)} is ${nature(change.seat)}; it was ${nature(change.was)}.`
    case 'seat ended':
      return `${seatOf(change.seat)} is there no longer, from ${inDays(change.day)}.`
    case 'person added':
      return `${change.person.name} is new here${change.person.email === null ? ', and has no email' : `: ${change.person.email}`}.`
    case 'person changed':
      return personChanged(change)
    case 'post set':
      return `${change.person.name} is of ${change.organisation}${change.title === '' ? '' : `: ${change.title}`}.`
    case 'post ended':
      return `${change.person.name} is of ${change.organisation} no longer, from ${inDays(change.day)}.`
    default:
      return spanInWords(change)
  }
}

const seatOf = ({ organisation, title }: RosterSeat): string =>
  `The seat of ${organisation}${titleUntold(title) ? '' : ` called ${shown(title)}`}`

const STANDINGS: Readonly<Record<RosterSeat['standing'], string>> = {
  member: 'a member’s',
  invited: 'by standing invitation',
  required: 'required to attend',
}

const nature = ({ standing, joint, standsFor }: RosterSeat): string =>
  `${STANDINGS[standing]}${joint ? ', held jointly' : ''}${standsFor.length === 0 ? '' : `, also for ${listed(standsFor)}`}`

function personChanged({ was, person }: Extract<Change, { change: 'person changed' }>): string {
  const renamed = was.name === person.name ? [] : [`${was.name} is called ${person.name}.`]
  const called = was.telephone === person.telephone ? [] : [`${person.name} has the telephone ${person.telephone}.`]
  return [...renamed, ...called].join(' ')
}

interface Doing {
  readonly name: string
  /** "represents Kent Police" */
  readonly does: string
  /** "represent Kent Police" */
  readonly todo: string
}

function doing(change: SpannedChange): Doing {
  switch (change.change) {
    case 'holding begins':
    case 'holding changes':
    case 'holding ends': {
      const seat = `${change.organisation}${titleUntold(change.seat) ? '' : ` (${change.seat})`}`
      const [does, todo] = change.capacity === 'deputy' ? ['is deputy for', 'be deputy for'] : ['represents', 'represent']
      return { name: change.person.name, does: `${does} ${seat}`, todo: `${todo} ${seat}` }
    }
    case 'assistant begins':
    case 'assistant changes':
    case 'assistant ends': {
      const { assistant, principal } = change
      return { name: assistant.name, does: `may answer for ${principal.name}`, todo: `answer for ${principal.name}` }
    }
    case 'attending begins':
    case 'attending changes':
    case 'attending ends': {
      const as = change.title === '' ? '' : ` (${change.title})`
      return { name: change.person.name, does: `is in attendance${as}`, todo: `be in attendance${as}` }
    }
    case 'office begins':
    case 'office changes':
    case 'office ends': {
      const office = `${change.acting ? 'acting ' : ''}${change.office}`
      return { name: change.person.name, does: `is ${office}`, todo: `be ${office}` }
    }
    case 'group begins':
    case 'group changes':
    case 'group ends': {
      const group = change.group.replace(/^the /i, '')
      return { name: change.person.name, does: `is in the ${group}`, todo: `be in the ${group}` }
    }
    default:
      return change satisfies never
  }
}

function spanInWords(change: SpannedChange): string {
  const { name, does, todo } = doing(change)
  if ('day' in change) {
    const never = change.was.from !== null && change.was.from >= change.day
    return never
      ? `${name} will not ${todo} from ${inDays(change.day)} after all.`
      : `${name} ${does} no longer, from ${inDays(change.day)}.`
  }
  const now = `${name} ${does}${inSpan(change)}`
  if (!('was' in change)) return `${now}.`
  return `${now}${change.lastDay === null ? ', until further notice' : ''}; the roster had ${days(change.was)}.`
}

const days = (span: Span): string => `${inSpan(span).trim() || 'no day'}${span.lastDay === null ? ', until further notice' : ''}`
