import { z } from 'zod'
import { numberOf, titleFor } from '../../agenda/rules.js'
import { findAgenda } from '../../agenda/store.js'
import { loadWholly, mustBeOpen } from '../../attendance/command.js'
import { entryAt } from '../../attendance/ledger.js'
import { sittingUnder } from '../../attendance/store.js'
import { hasPart, isClerk, isMember, isOfficer, passOf } from '../../boards/part/rules.js'
import { type Standing, standingIn } from '../../boards/part/store.js'
import { termsFrom } from '../../boards/store.js'
import type { Db } from '../../db/schema.js'
import { audienceOf, personOf } from '../../kernel/actor.js'
import {
  type About,
  type Asking,
  act,
  besideReply,
  cardReply,
  documentReply,
  formReply,
  query,
  type Reply,
} from '../../kernel/command.js'
import { BoardId, DecisionId, ItemId, MeetingId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import type { Pass } from '../../kernel/restricted.js'
import { fromText } from '../../kernel/time.js'
import { itemOr, putMotion, shownNow, shownTo } from '../command.js'
import { enter } from '../entering/command.js'
import { countFor, countOnly, mayDecide } from '../facts.js'
import { type Dissent, partsFrom } from '../motion.js'
import { postMotion, turnMotion } from '../notices.js'
import { dissentsOf, lastWording } from '../store.js'
import { registerDocument } from './printed/view.js'
import { contentFor, type Decision, decisionName, entryCalled, says } from './rules.js'
import { addDecision, CLOSED, findDecision, markDecision, registerOf } from './store.js'
import { correctForm, decisionCard, LONGEST_WHY, ratifyForm, registerCard, type Since } from './view.js'

const UNKNOWN = 'I know of no such decision. Say “decisions” for the register.'
const NO_BOARD = 'I know of no such board. Say “meetings” for those that you are on.'

interface OfBoard extends Standing {
  readonly pass: Pass | null
}

/** The board and what opens its restricted entries: for its officers and who represents a member, and for nobody else. */
async function boardOr({ db, actor, now }: Asking, board: string, unknown: string): Promise<OfBoard> {
  const standing = await standingIn(db, board, actor, now)
  if (!standing || !hasPart(standing.part)) throw new Refusal('not_found', unknown)
  return { ...standing, pass: passOf(standing.part) }
}

interface OfDecision extends OfBoard {
  readonly decision: Decision
}

async function decisionOr(asking: Asking, { subject }: About): Promise<OfDecision> {
  const decision = await findDecision(asking.db, subject)
  if (!decision) throw new Refusal('not_found', UNKNOWN)
  const seen = await boardOr(asking, decision.board, UNKNOWN)
  // Of an item that is not on the public agenda not even that there is a decision is told.
  if (decision.openness === 'hidden' && !seen.pass) throw new Refusal('not_found', UNKNOWN)
  return { ...seen, decision }
}

const seenIn = (decisions: readonly Decision[], pass: Pass | null): readonly Decision[] =>
  decisions.filter(({ openness }) => openness !== 'hidden' || pass !== null)

/** Of the board itself: a guest of one meeting reads no register. */
const reads = (_: unknown, { part }: OfBoard): boolean => isOfficer(part) || isMember(part) || part.seats.length > 0

/** The register of a board: all of it, of a meeting, or what says some words. */
export const decisions = query({
  name: 'votes.decisions',
  input: z.object({ subject: BoardId, looked: z.string().max(200).optional(), meeting: MeetingId.optional() }),
  load: (asking, { subject }) => boardOr(asking, subject, NO_BOARD),
  allow: reads,
  async run({ db, actor }, { subject, looked, meeting }, { board, pass }) {
    const all = seenIn(await registerOf(db, subject), pass)
    const found = all
      .filter((one) => meeting === undefined || one.meeting?.id === meeting)
      .filter((one) => looked === undefined || says(one, pass, looked))
    return cardReply(registerCard(board, found, { pass, looked: looked ?? null }, audienceOf(actor)))
  },
})

const ofDecisions = {
  load: decisionOr,
  board: ({ board }: OfDecision) => board.id,
  redraw: (asking: Asking, seen: OfDecision): Promise<Reply> => shown(asking, seen.decision.id),
}
const byClerk = (_: unknown, { part }: OfDecision): boolean => isClerk(part)

const beside = (reply: Reply): Reply => (reply.kind === 'card' ? besideReply(reply.card) : reply)

async function shown(asking: Asking, id: string): Promise<Reply> {
  const { db, actor } = asking
  const { decision, board, pass, part } = await decisionOr(asking, { subject: id })
  const seen = {
    pass,
    clerk: isClerk(part),
    since: (await sinceThen(db, [decision], pass)).get(id) ?? [],
    recount: await recountOf(asking, decision, pass),
  }
  return cardReply(decisionCard(board, decision, seen, audienceOf(actor)))
}

/** Who has said after each was decided that they do not agree, by the id of the entry. */
async function sinceThen(
  db: Db,
  entries: readonly Decision[],
  pass: Pass | null,
): Promise<ReadonlyMap<string, readonly Since[]>> {
  const dissents = await dissentsOf(
    db,
    entries.flatMap(({ motion }) => motion ?? []),
  )
  return new Map(entries.map((entry) => [entry.id, laterOf(entry, dissents.get(entry.motion ?? '') ?? [], pass)]))
}

function laterOf(entry: Decision, dissents: readonly Dissent[], pass: Pass | null): readonly Since[] {
  const recorded = contentFor(entry, pass)?.account.dissents ?? []
  return dissents
    .filter(({ at }) => at.epochMilliseconds > entry.at.epochMilliseconds)
    .map(({ organisation, person, why }) => ({
      organisation,
      person: person.name,
      why: entry.openness === 'open' || pass ? why : null,
    }))
    .filter(({ person }) => !recorded.some((one) => one.person === person))
}

/** What a correction of the attendance since has made of the quorum: it undoes no decision, and is told beside it. */
async function recountOf({ db, now }: Asking, entry: Decision, pass: Pass | null): Promise<string | null> {
  const { item, meeting, how, termsId } = entry
  const kept = contentFor(entry, pass)?.account.quorum ?? null
  // The account of a correction is that of the entry which it corrects.
  if (!item || !meeting || !kept || how === 'correction') return null
  const { zone } = await db
    .selectFrom('meeting')
    .innerJoin('board', 'board.id', 'meeting.board_id')
    .where('meeting.id', '=', meeting.id)
    .select('board.zone')
    .executeTakeFirstOrThrow()
  const { document } = await db.selectFrom('terms').select('document').where('id', '=', termsId).executeTakeFirstOrThrow()
  const rules = { from: meeting.startsAt, terms: termsFrom(document), termsId }
  const sat = await sittingUnder(db, { meeting: meeting.id, zone, rules }, now)
  if (!sat) return null
  // As it was counted then, but for what is recorded otherwise since: whose connection had dropped was still there.
  const at = fromText(kept.at)
  const { figures } = countFor(entryAt(sat.facts, at, at), item.id)
  const others = figures.filter(
    ({ reading, represented }) => kept.closing.figures.find((one) => one.reading === reading)?.represented !== represented,
  )
  if (others.length === 0) return null
  const told = others.map(
    ({ reading, represented, required }) =>
      `${represented} ${represented === 1 ? 'was' : 'were'} represented${figures.length > 1 ? ` ${reading}` : ''}, and ${required} ${required === 1 ? 'is' : 'are'} needed`,
  )
  return `The attendance was corrected since: counted anew, ${told.join('; ')}. The entry stands as it was made.`
}

/** An entry of the register, whole. */
export const decision = query({
  name: 'votes.decision',
  input: z.object({ subject: DecisionId }),
  load: decisionOr,
  allow: reads,
  // It is asked for from cards that say more, and leaves them standing.
  run: async (asking, { subject }) => beside(await shown(asking, subject)),
})

export const correctAsk = query({
  ...ofDecisions,
  name: 'votes.correct_form',
  allow: byClerk,
  input: z.object({ subject: DecisionId }),
  run: async ({ actor }, _, { board, decision: entry, pass }) => formReply(correctForm(board, entry, pass, audienceOf(actor))),
})

/** Corrects an entry: it stays, and a new one names it, and says how it is to be read and why. */
export const correct = act({
  ...ofDecisions,
  name: 'votes.correct',
  allow: byClerk,
  input: z.object({
    subject: DecisionId,
    text: z
      .string('Say how it is to be read.')
      .trim()
      .min(10, 'Say how it is to be read, whole.')
      .max(10_000, 'Shorten it to 10,000 characters.'),
    why: z
      .string('Say why, for the register.')
      .trim()
      .min(3, 'Say why, for the register.')
      .max(LONGEST_WHY, `Shorten it to ${LONGEST_WHY} characters.`),
  }),
  lines: ['text'],
  // What is resolved may be restricted: the register keeps it, and the journal its mark.
  journaled: ({ subject }) => ({ subject }),
  async run(acting, { text, why }, { decision: entry, board, pass }) {
    const { db, actor, now } = acting
    if (entry.correctedBy !== null)
      throw new Refusal('conflict', `${entryCalled(entry)} is corrected by another already. Correct that one.`)
    if (entry.ratifiedBy !== null)
      throw new Refusal('conflict', `${entryCalled(entry)} is ratified by another. Correct that one.`)
    const account = contentFor(entry, pass)?.account
    if (!account) throw new Refusal('not_found', UNKNOWN)
    const entered = await addDecision(db, {
      board: board.id,
      meeting: entry.meeting?.id ?? null,
      item: entry.item?.id ?? null,
      motion: entry.motion,
      outcome: entry.outcome,
      how: 'correction',
      words: `CORRECTION of ${decisionName(entry).toLowerCase()}: ${text}`,
      openness: entry.openness,
      account: { ...account, reason: why },
      corrects: entry.id,
      ratifies: null,
      termsId: entry.termsId,
      at: now,
      by: personOf(actor),
    })
    if (entry.motion) await turnMotion(db, entry.motion, [])
    return { reply: await shown(acting, entered.decision), outcome: { entered: [entered], corrects: entry.id } }
  },
})

/** Publishes the words of a decision of a restricted item: from then on everybody of the board reads them, in its places too. */
export const publish = act({
  ...ofDecisions,
  name: 'votes.publish',
  allow: byClerk,
  input: z.object({ subject: DecisionId }),
  async run(acting, { subject }, { decision: entry }) {
    const { db, actor, now } = acting
    if (entry.openness === 'hidden')
      throw new Refusal('not_permitted', 'Its item is not on the public agenda, and nothing of it is published.')
    if (entry.openness === 'open' || entry.published) return { reply: await shown(acting, subject), outcome: { unchanged: true } }
    await markDecision(db, subject, 'published', { meeting: null, at: now, by: personOf(actor) })
    if (entry.motion) await turnMotion(db, entry.motion, [])
    return { reply: await shown(acting, subject), outcome: { published: true } }
  },
})

/** Records that a decision taken between meetings was reported to a meeting. */
export const report = act({
  ...ofDecisions,
  name: 'votes.report',
  allow: (_, { part }) => isOfficer(part),
  input: z.object({ subject: DecisionId, meeting: MeetingId }),
  async run(acting, { subject, meeting }, { decision: entry, board }) {
    const { db, actor, now } = acting
    if (entry.how !== 'delegated') throw new Refusal('conflict', 'That was decided at a meeting: there is nothing to report.')
    if (entry.reported !== null) return { reply: await shown(acting, subject), outcome: { unchanged: true } }
    const sits = await db
      .selectFrom('sitting')
      .innerJoin('meeting', 'meeting.id', 'sitting.meeting_id')
      .where('meeting.id', '=', meeting)
      .where('meeting.board_id', '=', board.id)
      .where('sitting.act', '=', 'opened')
      .select(['sitting.at'])
      .executeTakeFirst()
    if (!sits || fromText(sits.at).epochMilliseconds < entry.at.epochMilliseconds)
      throw new Refusal('too_early', 'It is reported to a meeting that was opened after it was decided. Say it again then.')
    await markDecision(db, subject, 'reported', { meeting, at: now, by: personOf(actor) })
    return { reply: await shown(acting, subject), outcome: { reported: meeting } }
  },
})

function toRatify({ decision: entry, pass }: OfDecision) {
  if (entry.outcome !== 'recommended') throw new Refusal('conflict', 'That is no recommendation: there is nothing to ratify.')
  if (entry.ratifiedBy !== null) throw new Refusal('conflict', 'It is ratified by another entry already. Say “decisions” for it.')
  if (entry.correctedBy !== null) throw new Refusal('conflict', `${entryCalled(entry)} is corrected by another: ratify that one.`)
  const words = contentFor(entry, pass)?.words
  if (!words) throw new Refusal('not_found', UNKNOWN)
  return words
}

export const ratifyAsk = query({
  ...ofDecisions,
  name: 'votes.ratify_form',
  allow: (_, { part }) => isOfficer(part),
  input: z.object({ subject: DecisionId, meeting: MeetingId }),
  async run(asking, { meeting }, seen) {
    toRatify(seen)
    const room = await loadWholly(asking, { subject: meeting })
    if (room.meeting.board.id !== seen.board.id) throw new Refusal('not_found', UNKNOWN)
    const agenda = await findAgenda(asking.db, meeting)
    const items = (agenda?.items ?? []).flatMap((item) => {
      const title = titleFor(item.title, seen.pass)
      const number = numberOf(item)
      return item.state === 'placed' && number !== null && title !== null ? [{ id: item.id, label: `${number} ${title}` }] : []
    })
    if (items.length === 0) throw new Refusal('not_found', 'That meeting has no agenda under which it could be ratified.')
    return formReply(ratifyForm(seen.decision, items, audienceOf(asking.actor)))
  },
})

/** Ratifies what an earlier meeting without a quorum recommended: this meeting decides it, and names it. */
export const ratify = act({
  ...ofDecisions,
  name: 'votes.ratify',
  allow: (_, { part }) => isOfficer(part),
  input: z.object({ subject: DecisionId, item: ItemId, how: z.enum(['agreed', 'put']).default('agreed') }),
  async run(acting, { item, how }, seen) {
    const { db } = acting
    const words = toRatify(seen)
    const on = await itemOr(acting, { subject: item })
    if (!on.presides)
      throw new Refusal('not_permitted', 'That is for the person presiding to say. Ask them, or the clerk, who records it.')
    if (on.meeting.board.id !== seen.board.id || on.meeting.id === seen.decision.meeting?.id)
      throw new Refusal('conflict', 'A later meeting of the same board ratifies what was recommended. Choose an item of it.')
    mustBeOpen(on)
    const place = { entry: on.entry, item, now: on.now }
    const { terms } = on.meeting
    const { outcome, why } = mayDecide(on.facts, place, terms, null)
    if (outcome === 'recommended')
      throw new Refusal(
        'not_quorate',
        'Without a quorum nothing is ratified: it would be a recommendation again.',
        terms.quorum.clause,
      )
    const parts = await partsRecommended(db, seen, words)
    const motion = await putMotion(acting, on, parts, { ratifies: seen.decision.id })
    if (CLOSED.indexOf(motion.openness) < CLOSED.indexOf(seen.decision.openness) && !seen.decision.published)
      throw new Refusal(
        'not_permitted',
        'What was recommended is restricted: ratify it under an item that is as closed as its own.',
      )
    const entered =
      how === 'put'
        ? null
        : await enter(acting, {
            board: on.meeting.board,
            motion,
            parts,
            outcome,
            why,
            how: terms.decisions.by === 'consensus' ? 'consensus' : 'agreed',
            amended: false,
            presiding: on.entry.presiding,
            quorum: { opening: null, closing: countOnly(countFor(on.entry, item)) },
            vote: null,
            tally: null,
            at: on.now,
          })
    await postMotion(db, await shownNow(acting, motion.id))
    return {
      reply: entered ? await shown(acting, entered.decision) : await shownTo(acting, motion.id, on.pass),
      outcome: { motion: motion.id, ratifies: seen.decision.id, ...(entered ? { entered: [entered] } : {}) },
    }
  },
})

/** What was recommended: as the motion reads, or a correction without the words that say what it is. */
async function partsRecommended(db: Db, { decision: entry, board }: OfDecision, words: string): Promise<readonly string[]> {
  if (entry.motion !== null && entry.how !== 'correction') return (await lastWording(db, entry.motion)).parts
  const said = words.replace(/^CORRECTION of [^:]*:\s*/, '')
  const that = /^(?:RESOLVED|RECOMMENDED)\b/.test(said) ? said.replace(/^[\s\S]*?\bthat\b:?\s*/, '') : said
  const [, named = that] = that.split(new RegExp(`^(?:the )?${board.name.replace(/[^\w ]/g, '\\$&')}:?\\s*`, 'i'))
  return partsFrom(named)
}

/** The register as a document, with its figures for a spreadsheet and as JSON. */
export const exportRegister = query({
  name: 'votes.export',
  input: z.object({ subject: BoardId, restricted: z.literal('yes').optional() }),
  load: (asking, { subject }) => boardOr(asking, subject, NO_BOARD),
  allow: reads,
  async run({ db, actor }, { subject, restricted }, { board, pass }) {
    if (restricted && !pass)
      throw new Refusal(
        'not_permitted',
        'Restricted entries are for those alone who may see them. Export the register without them.',
      )
    const with_ = restricted ? pass : null
    const all = seenIn(await registerOf(db, subject), with_)
    const since = await sinceThen(db, all, with_)
    return documentReply(registerDocument(board, [...all].reverse(), { pass: with_, since }, audienceOf(actor)))
  },
})
