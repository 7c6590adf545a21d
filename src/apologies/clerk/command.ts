import { z } from 'zod'
import { audienceOf } from '../../kernel/actor.js'
import { act, cardReply, formReply, query } from '../../kernel/command.js'
import { MeetingId, PersonId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { refresh } from '../../outbox/store.js'
import { allTheSame, apologise, comes, LONG_NAME, load, ofSeat } from '../command.js'
import { forecast as forecastNotice, invitation } from '../notices.js'
import { type AnsweredSeat, mayAnswer } from '../rules.js'
import { confirmPerson } from '../store.js'
import { comingCard } from '../view.js'
import { answerForm } from './view.js'

/** Opens the clerk's form that answers for somebody. */
export const answerAsk = query({
  name: 'apologies.answer_form',
  input: z.object({ subject: MeetingId }),
  load,
  allow: (_, { clerk }) => clerk,
  async run({ actor, now }, _, { meeting, seats }) {
    mayAnswer(meeting, { substitute: false }, now)
    const held = seats.filter(({ representative }) => representative !== null)
    if (held.length === 0) throw new Refusal('not_found', 'Nobody holds a seat on that day. Appoint somebody first.')
    return formReply(answerForm(meeting, held, audienceOf(actor)))
  },
})

const SEAT = 'Choose for which seat.'
const ANSWER = 'Choose what they answer.'

/** Answers for somebody who has told the clerk. */
export const answerFor = act({
  name: 'apologies.answer_for',
  ...ofSeat,
  allow: (_, { clerk }) => clerk,
  input: z.object({
    subject: MeetingId,
    holding: z.string(SEAT).regex(/^[0-9a-f-]{36} [0-9a-f-]{36}$/, SEAT),
    answer: z.enum(['attends', 'apologies', 'substitute'], ANSWER),
    substitute: z.string().trim().max(200, LONG_NAME).optional(),
    allTheSame,
  }),
  run(acting, input, replies) {
    const [seat, holder] = input.holding.split(' ')
    const meant = { seat, for: holder }
    if (input.answer === 'attends') return comes(acting, replies, meant)
    const name = input.answer === 'substitute' ? (input.substitute ?? '') : ''
    if (input.answer === 'substitute' && name === '') throw new Refusal('invalid', WHO, undefined, { substitute: WHO })
    const substitute = name === '' ? null : { name }
    return apologise(acting, replies, { ...meant, substitute, allTheSame: input.allTheSame === 'yes' })
  },
})

const WHO = 'Say who comes instead, by name.'

/** The clerk knows who was named: they are a colleague of that body from then on. */
export const confirm = act({
  name: 'apologies.confirm_person',
  ...ofSeat,
  allow: (_, { clerk }) => clerk,
  input: z.object({ subject: MeetingId, person: PersonId }),
  async run(acting, { person }, replies) {
    const { db, actor } = acting
    const { meeting } = replies
    const named = (one: AnsweredSeat) => one.answer?.substitute?.id === person
    const seat = replies.seats.find(named)
    if (!seat?.answer?.substitute)
      throw new Refusal('not_found', 'They are named for no seat of that meeting any more. Say “who is coming” to see who is.')
    if (seat.answer.substitute.confirmed) throw new Refusal('conflict', `${seat.answer.substitute.name} is confirmed already.`)
    await confirmPerson(db, meeting.board.id, person, seat.organisation.id)
    await refresh(db, meeting.id, [forecastNotice, invitation])
    const seats = replies.seats.map((one) =>
      one.answer?.substitute && named(one)
        ? { ...one, answer: { ...one.answer, substitute: { ...one.answer.substitute, confirmed: true } } }
        : one,
    )
    return {
      reply: cardReply(comingCard({ ...replies, seats }, audienceOf(actor))),
      outcome: { person, organisation: seat.organisation.id, seat: seat.id },
    }
  },
})
