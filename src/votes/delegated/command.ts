import { z } from 'zod'
import { officeHolders } from '../../agenda/store.js'
import { hasPart, isClerk, passOf } from '../../boards/part/rules.js'
import { type Standing, standingIn } from '../../boards/part/store.js'
import type { Terms } from '../../boards/terms.js'
import { audienceOf, personOf } from '../../kernel/actor.js'
import { type About, type Asking, act, cardReply, formReply, query } from '../../kernel/command.js'
import { BoardId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { notify } from '../../outbox/store.js'
import { mustLeaveOffices, text } from '../command.js'
import { partsFrom } from '../motion.js'
import { restOn } from '../register/rules.js'
import { addDecision, findDecision, registerOf } from '../register/store.js'
import { registerCard } from '../register/view.js'
import { resolutionInWords } from '../resolution.js'
import { betweenNotice } from './notices.js'
import { reportToNext } from './reporting/command.js'
import { betweenCard, delegatedForm, LONGEST_OCCASION } from './view.js'

const NO_BOARD = 'I know of no such board. Say “meetings” for those that you are on.'

interface Ruled extends Standing {
  readonly terms: Terms
  readonly termsId: string
}

async function load({ db, actor, now }: Asking, { subject }: About): Promise<Ruled> {
  const standing = await standingIn(db, subject, actor, now)
  if (!standing || !hasPart(standing.part) || !standing.inForce) throw new Refusal('not_found', NO_BOARD)
  return { ...standing, ...standing.inForce }
}

const NOTHING_DELEGATED =
  'The terms of this board delegate nothing: between meetings nobody decides for it. Call an extraordinary meeting, or put it on the next agenda.'

/** The delegations by which somebody may decide: as one of the group to which it is delegated, or as the clerk who records it. */
function delegatedTo({ terms, part }: Ruled): Terms['delegated'] {
  if (terms.delegated.length === 0) throw new Refusal('not_permitted', NOTHING_DELEGATED)
  const theirs = terms.delegated.filter(({ to }) => isClerk(part) || part.groups.includes(to))
  if (theirs.length > 0) return theirs
  const [{ to, clause } = { to: 'group that the terms name', clause: undefined }] = terms.delegated
  throw new Refusal(
    'not_permitted',
    `Only the ${to} decides between meetings. Ask one of it, or the clerk, who records it.`,
    clause,
  )
}

export const delegateAsk = query({
  name: 'votes.delegate_form',
  input: z.object({ subject: BoardId }),
  load,
  allow: () => true,
  run: async ({ actor }, _, ruled) => formReply(delegatedForm(ruled.board, delegatedTo(ruled), audienceOf(actor))),
})

const occasion = (sentence: string) =>
  z.string(sentence).trim().min(3, sentence).max(LONGEST_OCCASION, `Shorten it to ${LONGEST_OCCASION} characters.`)

/** Enters a decision taken between meetings, as the terms delegate it. */
export const delegate = act({
  name: 'votes.delegate',
  load,
  allow: () => true,
  board: ({ board }) => board.id,
  input: z.object({
    subject: BoardId,
    under: z.string().regex(/^\d$/).default('0'),
    text,
    trigger: occasion('Say what makes it necessary now.'),
    consulted: occasion('Say who was consulted, and how.'),
  }),
  lines: ['text'],
  journaled: ({ subject, under }) => ({ subject, under }),
  async redraw({ db, actor }, { board, part }) {
    const pass = passOf(part)
    const own = (await registerOf(db, board.id)).filter(
      ({ how, by }) => how === 'delegated' && (by?.id ?? null) === personOf(actor),
    )
    return cardReply(registerCard(board, own.slice(0, 1), { pass, looked: null }, audienceOf(actor)))
  },
  async run(acting, { under, text: said, trigger, consulted }, ruled) {
    const { db, actor, now } = acting
    const { board, terms, termsId, day } = ruled
    const rule = delegatedTo(ruled)[Number(under)]
    if (!rule) throw new Refusal('invalid', 'Choose by whom it was decided.', undefined, { under: 'Choose by whom.' })
    const { to, when, consulting } = rule
    const parts = partsFrom(said)
    mustLeaveOffices(parts, terms)
    const words = resolutionInWords(parts, {
      board: board.name,
      outcome: 'resolved',
      amended: false,
      tally: null,
      castingBy: null,
      why: null,
      ratifies: null,
      delegatedTo: to,
    })
    const account = {
      presiding: null,
      quorum: null,
      dissents: [],
      vote: null,
      delegated: { to, when, consulting, trigger, consulted },
      reason: null,
      rests: [restOn('delegation', rule), restOn('decisions', terms.decisions)],
    }
    const entered = await addDecision(db, {
      board: board.id,
      meeting: null,
      item: null,
      motion: null,
      outcome: 'resolved',
      how: 'delegated',
      words,
      openness: 'open',
      account,
      corrects: null,
      ratifies: null,
      termsId,
      at: now,
      by: personOf(actor),
    })
    const told = (await officeHolders(db, board.id, day)).map(({ id }) => id).filter((id) => id !== actor.person)
    await notify(
      db,
      [...new Set(told)].map((person) => ({ notice: betweenNotice, subject: entered.decision, board: board.id, to: { person } })),
    )
    await reportToNext(acting, board.id, board.zone)
    const decision = await findDecision(db, entered.decision)
    if (!decision) throw new Error('a decision that was just entered is not there')
    return {
      reply: cardReply(betweenCard(board, decision, audienceOf(actor))),
      outcome: { entered: [entered], terms: termsId },
    }
  },
})
