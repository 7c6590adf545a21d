import { z } from 'zod'
import { UNLINKED } from '../../boards/part/rules.js'
import { audienceOf } from '../../kernel/actor.js'
import { type Asking, act, formReply, query } from '../../kernel/command.js'
import { Refusal } from '../../kernel/refusal.js'
import { type Boards, NO_MEETING_OF_YOURS, type Voice } from '../cast/rules.js'
import { castOf } from '../cast/store.js'
import { allTheSame, apologise as apologising, LONG_NAME, ofSeat } from '../command.js'
import { findReplies, substitutesFor } from '../store.js'
import { areOfOneSeat, choicesOf } from './rules.js'
import { apologiesForm, type Instead, NOBODY } from './view.js'

/** What can be meant here: in a board's own place that board alone. @throws Refusal in a place that serves none */
async function load(asking: Asking): Promise<Boards> {
  const cast = await castOf(asking)
  if (asking.place.kind === 'direct') return cast
  if (cast.here === null) throw new Refusal('not_found', UNLINKED)
  return { ...cast, meetings: cast.meetings.filter(({ board }) => board.id === cast.here) }
}

/** Opens the form that asks for which meeting, of whichever board, and who comes instead. */
export const apologiseAsk = query({
  name: 'apologies.apologise_form',
  input: z.object({ subject: z.literal('apologies') }),
  load,
  allow: () => true,
  async run(asking, _, cast) {
    const choices = choicesOf(cast, asking.actor.person)
    if (choices.length === 0) throw new Refusal('not_found', NO_MEETING_OF_YOURS)
    return formReply(apologiesForm(choices, await insteadOf(asking, choices), audienceOf(asking.actor)))
  },
})

/** Of one seat who may come instead is a list; of several it depends on which is chosen. */
async function insteadOf({ db, actor, now }: Asking, choices: readonly Voice[]): Promise<Instead> {
  const [first] = choices
  if (!first || !areOfOneSeat(choices)) return 'by name'
  const replies = await findReplies(db, first.meeting.id, now, actor.person)
  const seat = replies?.seats.find(
    ({ id, representative }) => id === first.seat && representative?.id === first.representative.id,
  )
  if (!replies || !seat) return 'by name'
  if (!replies.meeting.terms.substitutes.allowed) return 'not allowed'
  const colleagues = await substitutesFor(db, replies.meeting, seat)
  const list = first.right === 'deputy' ? colleagues.filter(({ id }) => id === actor.person) : colleagues
  return list.length > 0 ? { list } : 'by name'
}

const WHICH = 'Choose for which meeting.'
const isId = (said: string): boolean => z.uuid().safeParse(said).success

/** Apologies for whichever meeting is chosen, with a substitute of the list or by name, or without one. */
export const apologise = act({
  name: 'apologies.apologise',
  ...ofSeat,
  // What is chosen is what it is about: a repeat is answered with that meeting.
  input: z
    .object({
      subject: z.literal('apologies'),
      meeting: z.string(WHICH).refine((said) => said.split(' ').length === 3 && said.split(' ').every(isId), WHICH),
      substitute: z.string().trim().max(200, LONG_NAME).optional(),
      allTheSame,
    })
    .transform(({ meeting, substitute, ...rest }) => {
      const [subject = '', seat, holder] = meeting.split(' ')
      return { ...rest, subject, seat, for: holder, substitute: substitute === NOBODY ? undefined : substitute || undefined }
    }),
  run(acting, { substitute: said, allTheSame: again, ...input }, replies) {
    const substitute = said === undefined ? null : isId(said) ? { id: said } : { name: said }
    return apologising(acting, replies, { ...input, substitute, unsaid: said === undefined, allTheSame: again === 'yes' })
  },
})
