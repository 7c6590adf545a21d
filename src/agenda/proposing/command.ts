import { z } from 'zod'
import { hasPart } from '../../boards/part/rules.js'
import { boardsMeant, standingIn } from '../../boards/part/store.js'
import { audienceOf } from '../../kernel/actor.js'
import { type Asking, act, formReply, query } from '../../kernel/command.js'
import { MeetingId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import type { Ruling } from '../../meetings/command.js'
import { hasBegun } from '../../meetings/rules.js'
import { meetingsOf } from '../../meetings/store.js'
import { agendaOr, ofAgenda, proposable, proposal, putForward, stillOpen } from '../command.js'
import { proposeForm } from '../items/view.js'
import { titleIn } from './rules.js'
import { agendaStates } from './store.js'
import { type Proposable, proposeFromForm } from './view.js'

/** What stands in the title already: of somebody's words the first line. */
const title = z
  .string()
  .optional()
  .transform((words = '') => titleIn(words))

/** Opens the form for one meeting. */
export const proposeAsk = query({
  name: 'agenda.propose_form',
  input: z.object({ subject: MeetingId, title }),
  lines: ['title'],
  load: agendaOr,
  allow: () => true,
  async run({ actor, now }, { title: words }, seen) {
    proposable(seen)
    stillOpen(seen, now)
    return formReply(proposeForm(seen.meeting, words, audienceOf(actor)))
  },
})

const NONE =
  'There is no coming meeting of yours for whose agenda you could propose it. Ask the clerk, who calls meetings and drafts their agendas.'
/** What a list of choices holds. */
const MOST_CHOICES = 100

/** The boards that may be meant: in a board's own place that board alone. */
async function standingsOf(asking: Asking): Promise<readonly Ruling[]> {
  const { boards } = await boardsMeant(asking, '')
  const found = await Promise.all(boards.map(({ board }) => standingIn(asking.db, board.id, asking.actor, asking.now)))
  return found.flatMap((one) => (one?.inForce && hasPart(one.part) ? [{ ...one, inForce: one.inForce }] : []))
}

/** Those of them where somebody may propose. @throws Refusal with the clause, where that is none of theirs */
function mayProposeOn(standings: readonly Ruling[]): readonly Ruling[] {
  const refused: Refusal[] = []
  const may = standings.filter((standing) => {
    try {
      proposable(standing)
      return true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push(error)
      return false
    }
  })
  if (may.length === 0 && refused[0]) throw refused[0]
  return may
}

/** The coming meetings of some boards that have an agenda, the soonest first. */
async function meetingsFor({ db, now }: Asking, standings: readonly Ruling[]): Promise<readonly Proposable[]> {
  const all = await Promise.all(standings.map(({ board }) => meetingsOf(db, board.id, { from: now })))
  const coming = all
    .flat()
    .filter((meeting) => !hasBegun(meeting, now))
    .sort((one, other) => one.startsAt.epochMilliseconds - other.startsAt.epochMilliseconds)
  const states = await agendaStates(
    db,
    coming.map(({ id }) => id),
  )
  return coming.flatMap((meeting) => {
    const agenda = states.get(meeting.id)
    return agenda ? [{ meeting, agenda }] : []
  })
}

/** Opens the form with somebody's words as its title: for the one meeting that there is, or asking for which. */
export const proposeFrom = query({
  name: 'agenda.propose_from',
  input: z.object({ subject: z.literal('words'), title }),
  lines: ['title'],
  load: standingsOf,
  allow: () => true,
  async run(asking, { title: words }, standings) {
    const audience = audienceOf(asking.actor)
    const meetings = (await meetingsFor(asking, mayProposeOn(standings))).slice(0, MOST_CHOICES)
    const [only, another] = meetings
    if (!only) throw new Refusal('not_found', NONE)
    return formReply(another ? proposeFromForm(meetings, words, audience) : proposeForm(only.meeting, words, audience))
  },
})

/** Proposes an item for whichever meeting is chosen. */
export const proposeAt = act({
  ...ofAgenda,
  name: 'agenda.propose_at',
  // What is chosen is what it is about: a repeat is answered with that meeting's agenda.
  input: proposal
    .extend({ subject: z.literal('words'), meeting: z.uuid('Choose for which meeting.') })
    .transform(({ meeting, ...item }) => ({ ...item, subject: meeting })),
  run: putForward,
})
