import type { Temporal } from 'temporal-polyfill'
import { fallsDue, type OfficeDue, type Tenure } from '../../boards/offices/rules.js'
import type { Office } from '../../boards/part/rules.js'
import type { Terms } from '../../boards/terms.js'
import { folded } from '../../kernel/sentence.js'

/** An item by which an office is filled. */
export interface Election {
  readonly item: string
  readonly office: Office
  /**
   * - stands: it is on the agenda, or proposed for it
   * - ours: the same; we put it there, and nobody has touched it since
   * - taken off: by somebody who did not want it there
   */
  readonly state: 'stands' | 'ours' | 'taken off'
}

/** A meeting that is not over, as far as elections go. */
export interface Coming {
  readonly meeting: string
  readonly day: Temporal.PlainDate
  /** its hour has come, or it is open: nothing is added to it any more */
  readonly begun: boolean
  /** settled: agreed or circulated, and so not ours to change; none: it is not drafted yet */
  readonly agenda: 'draft' | 'settled' | 'none'
  readonly elections: readonly Election[]
}

/** What the elections that fall due make of the agendas of a board. */
export interface ElectionPlan {
  /** the meetings whose draft gains an election */
  readonly gains: readonly (OfficeDue & { readonly meeting: string })[]
  /** the items that a draft loses */
  readonly loses: readonly { readonly meeting: string; readonly item: string }[]
  /** the meetings whose agenda stands without one that is due: for the clerk to add */
  readonly lacking: readonly (OfficeDue & { readonly meeting: string })[]
}

const OF = /^(?:re-?)?(?:elections?|appointments?|nominations?)\s+(?:of|for)\s+(?<whom>.+)$/
const NAMED: readonly (readonly [Office, RegExp])[] = [
  ['vice-chair', /\b(?:vice|deputy)[\s-]?chair(?:man|woman|person)?s?\b/g],
  ['co-chair', /\bco[\s-]?chair(?:man|woman|person)?s?\b/g],
  ['chair', /\bchair(?:man|woman|person)?s?\b/g],
  ['clerk', /\b(?:clerk|secretary)\b/g],
]

/** The offices that an item of this title fills: none where it says anything else, as "Appointment of a task group" does. */
export function officesIn(title: string): readonly Office[] {
  let left = OF.exec(folded(title).trim())?.groups?.whom ?? ''
  const found: Office[] = []
  for (const [office, named] of NAMED) {
    const without = left.replace(named, ' ')
    if (without !== left) found.push(office)
    left = without
  }
  return /^(?:\s|,|&|\b(?:a|an|the|new|and)\b)*$/.test(left) ? found : []
}

/**
 * Which agendas gain or lose an election. It stands at the first meeting to come at which it is due and which can still
 * have it: later ones do not have it besides, and gain it where that one ends without. What the clerk has taken off stays
 * off, what somebody has touched stays on, and an agenda that is agreed or circulated stays as it is.
 * @param coming the board's meetings that are not over, soonest first
 */
export function electionPlan(terms: Terms, tenures: readonly Tenure[], coming: readonly Coming[]): ElectionPlan {
  const settled = new Set<Office>()
  const gains: (OfficeDue & { meeting: string })[] = []
  const lacking: (OfficeDue & { meeting: string })[] = []
  const loses: { meeting: string; item: string }[] = []
  for (const { meeting, day, begun, agenda, elections } of coming) {
    const due = fallsDue(terms, tenures, day).filter(({ office }) => !settled.has(office))
    const stand = elections.filter(({ state }) => state !== 'taken off')
    if (agenda === 'draft' && !begun) {
      const idle = stand.filter(({ state, office }) => state === 'ours' && !due.some((one) => one.office === office))
      loses.push(...idle.map(({ item }) => ({ meeting, item })))
    }
    for (const one of due) {
      if (stand.some(({ office }) => office === one.office)) settled.add(one.office)
      else if (begun || elections.some(({ office }) => office === one.office)) continue
      else if (agenda === 'settled') lacking.push({ ...one, meeting })
      else {
        settled.add(one.office)
        gains.push({ ...one, meeting })
      }
    }
  }
  return { gains, loses, lacking }
}

/** A meeting as far as it may elect. */
export interface Stands {
  readonly meeting: string
  readonly day: Temporal.PlainDate
}

/** Where an office comes to be filled, as things stand. */
export interface Outlook {
  /** the first meeting that has it on its agenda, or whose agenda is to have it */
  readonly on: Stands | null
  /** the first whose agenda stands without it, though it is due there */
  readonly lacking: Stands | null
  /** whether any meeting is called */
  readonly called: boolean
}

/** Where an office comes to be filled. */
export function outlookOf(terms: Terms, tenures: readonly Tenure[], coming: readonly Coming[], office: Office): Outlook {
  const { gains, loses, lacking } = electionPlan(terms, tenures, coming)
  const among = (found: readonly { readonly office: Office; readonly meeting: string }[], meeting: string) =>
    found.some((one) => one.office === office && one.meeting === meeting)
  const stands = ({ item, office: of, state }: Election): boolean =>
    of === office && state !== 'taken off' && !loses.some((one) => one.item === item)
  const on = coming.find(({ meeting, elections }) => among(gains, meeting) || elections.some(stands))
  const without = coming.find(({ meeting }) => among(lacking, meeting))
  return { on: on ?? null, lacking: without ?? null, called: coming.some(({ begun }) => !begun) }
}
