import { z } from 'zod'
import { unlessNotFound } from '../../agenda/command.js'
import { askOnce, isOfficer } from '../../boards/part/rules.js'
import { audienceOf, isOperator, personOf } from '../../kernel/actor.js'
import { type About, type Asking, act, cardReply, documentReply, formReply, query, type Reply } from '../../kernel/command.js'
import { MeetingId, PersonId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { inWords, toText } from '../../kernel/time.js'
import { meetingOr } from '../../meetings/command.js'
import { daysShort, papersDeadline } from '../../meetings/deadline.js'
import { isOver, meetingTime } from '../../meetings/rules.js'
import { type OnPack, packOf, packOr } from '../command.js'
import { dispatchRecord } from '../record/view.js'
import { paperNumber, peopleInWords, workingDays } from '../rules.js'
import { packCard } from '../view.js'
import { circulated, entitled, havingSome, sendOut, tellPlaces } from './notices.js'
import { type Circulated, doubtsOf, going, HANDED, toHand } from './rules.js'
import {
  addCirculation,
  dispatchesOf,
  dispatchTo,
  markDispatch,
  meetingOfCirculation,
  readersOf,
  timesCirculated,
} from './store.js'
import { dispatchesCard, handForm } from './view.js'

const mayArrange = <Seen extends OnPack>(_: unknown, { may }: Seen): boolean => may.arrange
const mayKeep = <Seen extends OnPack>(_: unknown, { may }: Seen): boolean => may.keep

/** Sends the agenda and the papers to everyone entitled to each; again, what is new since, as a supplement. */
export const circulate = act({
  name: 'papers.circulate',
  input: z.object({ subject: MeetingId, allTheSame: z.literal('yes').optional() }),
  load: packOr,
  // Of a meeting that is over or cancelled it is said why, whoever asks.
  allow: (_, pack) => mayArrange(_, pack) || isOver(pack.meeting, pack.now) || pack.meeting.cancelled,
  board: ({ board }) => board.id,
  redraw: ({ actor }, pack) => cardReply(packCard(pack, pack.may, audienceOf(actor))),
  async run(acting, input, pack) {
    const { db, actor, now, publicUrl } = acting
    const { meeting, agenda, inForce, board } = pack
    if (meeting.cancelled) throw new Refusal('conflict', `The meeting of ${meetingTime(meeting)} is cancelled.`)
    if (isOver(meeting, now))
      throw new Refusal('too_late', 'The meeting is over, so that no papers go out for it. Say in its notes what came late.')
    const goes = going(pack.papers, await timesCirculated(db, meeting.id))
    askOnce(doubtsOf(agenda, pack.papers, goes, pack.notes), input.allTheSame === 'yes', {
      command: 'papers.circulate',
      subject: meeting.id,
      values: {},
      label: 'Circulate all the same',
    })
    const { at: deadline } = papersDeadline(inForce.terms, meeting.startsAt)
    const short = daysShort(inForce.terms, meeting.startsAt, now)
    const papers = goes.papers.map(({ paper, version }) => ({ version: version.id, itemNumber: paperNumber(paper) }))
    const circulation = await addCirculation(db, {
      meeting: meeting.id,
      revision: meeting.revision,
      number: goes.number,
      agenda: agenda.state,
      deadline,
      short,
      papers,
      at: now,
      by: personOf(actor),
      termsId: inForce.termsId,
    })
    const readers = await readersOf(db, meeting)
    const people = havingSome(
      goes.number,
      await entitled(db, meeting, readers, goes.papers, { links: publicUrl !== null, by: personOf(actor), now }),
    )
    await sendOut(db, circulation, board.id, people, now)
    if (goes.number === 1 || goes.papers.some(({ paper }) => !paper.restricted)) await tellPlaces(db, circulation, board.id)
    const left = people.filter(({ way, secure }) => way !== 'chat' || secure === 'by hand').length
    const said = [
      goes.number === 1
        ? `The papers go to ${peopleInWords(people.length)}.`
        : `The supplement goes to ${peopleInWords(people.length)}.`,
      short > 0 ? `They go ${workingDays(short)} late, and are marked so.` : '',
      left > 0 ? `To ${left} of them you have to hand something over yourself: see who.` : '',
    ]
    const after = await packOf(acting, pack)
    return {
      reply: cardReply(packCard(after, after.may, audienceOf(actor), said.filter(Boolean).join(' '))),
      outcome: {
        circulation,
        number: goes.number,
        at: toText(now),
        deadline: toText(deadline),
        short,
        versions: papers.map(({ version }) => version),
        people: people.map(({ person, papers: own }) => [person, own]),
        terms: inForce.termsId,
      },
    }
  },
})

interface OnDispatches extends OnPack {
  readonly circulations: readonly Circulated[]
}

async function dispatchesOr(asking: Asking, about: About): Promise<OnDispatches> {
  const pack = await packOr(asking, about)
  return { ...pack, circulations: await dispatchesOf(asking.db, pack.meeting.id) }
}

/** Who has been sent what, and what has become of it. */
export const dispatches = query({
  name: 'papers.dispatches',
  input: z.object({ subject: MeetingId }),
  load: dispatchesOr,
  allow: (_, { part }) => isOfficer(part),
  run: async ({ actor }, _, { meeting, circulations, may }) =>
    cardReply(dispatchesCard(meeting, circulations, may, audienceOf(actor))),
})

/** The dispatch record, to print or to keep. */
export const record = query({
  name: 'papers.record',
  input: z.object({ subject: MeetingId }),
  load: dispatchesOr,
  allow: (_, { part }) => isOfficer(part),
  async run({ actor, now }, _, { meeting, circulations, board }) {
    return documentReply(dispatchRecord(meeting, circulations, inWords(now, board.zone), audienceOf(actor)))
  },
})

interface OnCirculation extends OnDispatches {
  readonly circulation: Circulated
}

const NONE = 'I know of no such papers. Say “papers” to see those there are.'

/** @throws Refusal `not_found`, alike for what is of a board that is none of theirs, and what does not exist */
async function circulationOr(asking: Asking, { subject }: About): Promise<OnCirculation> {
  const meeting = await meetingOfCirculation(asking.db, subject)
  const seen = meeting === null ? null : await unlessNotFound(dispatchesOr(asking, { subject: meeting }))
  const circulation = seen?.circulations.find(({ id }) => id === subject)
  if (!seen || !circulation) throw new Refusal('not_found', NONE)
  return { ...seen, circulation }
}

/** What was sent, as it stands for somebody. */
async function sentTo({ db, actor, now }: Asking, circulation: string): Promise<Reply> {
  const shown = await circulated.show(db, circulation, audienceOf(actor), now)
  if ('gone' in shown) throw new Error('what was sent has gone')
  return cardReply(shown)
}

/** That this person has received what was sent to them. */
export const received = act({
  name: 'papers.received',
  input: z.object({ subject: z.uuid() }),
  async load(asking, { subject }) {
    const own = await dispatchTo(asking.db, subject, asking.actor.person)
    const of = own && (await meetingOfCirculation(asking.db, subject))
    const seen = of ? await unlessNotFound(meetingOr(asking, { subject: of })) : null
    if (!seen) throw new Refusal('not_found', NONE)
    return { ...seen, circulation: subject }
  },
  allow: (actor) => !isOperator(actor),
  board: ({ board }) => board.id,
  redraw: (asking, { circulation }) => sentTo(asking, circulation),
  async run(acting, { subject: circulation }) {
    const { db, actor, now } = acting
    await markDispatch(db, { circulation, person: actor.person, mark: 'received', by: actor.person }, now)
    return { reply: await sentTo(acting, circulation), outcome: { circulation, received: actor.person } }
  },
})

export const handAsk = query({
  name: 'papers.hand_form',
  input: z.object({ subject: z.uuid() }),
  load: circulationOr,
  allow: mayKeep,
  async run({ actor }, _, { circulation }) {
    if (!circulation.people.some((one) => toHand(one) !== null))
      throw new Refusal('conflict', 'Everybody has theirs. There is nobody to tick off.')
    return formReply(handForm(circulation, audienceOf(actor)))
  },
})

/** The clerk has handed over what no chat could bring, or what travels by a secure method only. */
export const hand = act({
  name: 'papers.hand',
  input: z.object({ subject: z.uuid(), person: PersonId, how: z.enum(HANDED, 'Choose how it was handed over.') }),
  load: circulationOr,
  allow: mayKeep,
  board: ({ board }) => board.id,
  redraw: ({ actor }, { meeting, circulations, may }) => cardReply(dispatchesCard(meeting, circulations, may, audienceOf(actor))),
  async run({ db, actor, now }, { person, how }, { circulation, meeting, may }) {
    const to = circulation.people.find((one) => one.person.id === person)
    if (!to) throw new Refusal('not_found', 'Nothing of this was for them. Say “who has been sent what” to see for whom it was.')
    if (to.secure !== null && (how === 'email' || how === 'post') && toHand(to) === 'the restricted papers')
      throw new Refusal(
        'invalid',
        'Restricted papers travel by a secure method, or from hand to hand. Tick off how it was.',
        undefined,
        {
          how: 'Choose a secure method, or in person.',
        },
      )
    await markDispatch(db, { circulation: circulation.id, person, mark: how, by: personOf(actor) }, now)
    const circulations = await dispatchesOf(db, meeting.id)
    const said = `That ${to.person.name} has it is recorded.`
    return {
      reply: cardReply(dispatchesCard(meeting, circulations, may, audienceOf(actor), said)),
      outcome: { circulation: circulation.id, handed: person, how },
    }
  },
})
