import { z } from 'zod'
import { type Kept, titleFor } from '../agenda/rules.js'
import { findAgenda, meetingOfItem, passFor } from '../agenda/store.js'
import { hasPart, isClerk, isOfficer } from '../boards/part/rules.js'
import { offersPerBoard, standingIn } from '../boards/part/store.js'
import { peopleOn } from '../boards/store.js'
import { uploadOf } from '../db/upload.js'
import { audienceOf, isOperator, personOf } from '../kernel/actor.js'
import {
  type About,
  type Acting,
  type Asking,
  act,
  cardReply,
  formReply,
  type Offers,
  query,
  type Reply,
} from '../kernel/command.js'
import { ItemId, MeetingId, PersonId, UploadId } from '../kernel/ids.js'
import { Refusal } from '../kernel/refusal.js'
import { meetingOr, type Ruling, type Seen } from '../meetings/command.js'
import { isOver, meetingTime } from '../meetings/rules.js'
import { boardOfMeeting, meetingAsItWas } from '../meetings/store.js'
import { notify } from '../outbox/store.js'
import { asked, sentIn } from './notices.js'
import {
  type Author,
  LONGEST_RECOMMENDATION,
  MARKINGS,
  type Marking,
  MOST_RECOMMENDATIONS,
  MOST_VERSIONS,
  openedFor,
  type Paper,
  paperNumber,
  recommendationsFrom,
  standing,
  type Version,
} from './rules.js'
import {
  addVersion,
  describePaper,
  hasNotes,
  isAuthorAt,
  itemOfVersion,
  papersOf,
  passForPaper,
  postOn,
  retractVersion,
} from './store.js'
import { describeForm, type MayDo, type Pack, packCard, paperCard, retractForm, sendForm } from './view.js'

/** The papers of a meeting as somebody sees them, and what they may do. */
export interface OnPack extends Ruling, Pack {
  readonly agenda: Kept
  readonly may: MayDo
}

/** One of them. */
export interface OnPaper extends OnPack {
  readonly paper: Paper
}

const NO_ITEM = 'I know of no such paper. Say “papers” to see those there are.'

/** An author who is nobody else to the board sees their own papers alone. @throws Refusal `not_found` */
async function seenByAuthor(asking: Asking, meeting: string): Promise<Seen> {
  const { db, actor, now } = asking
  const board = await boardOfMeeting(db, meeting)
  const found = board === null ? null : await standingIn(db, board, actor, now)
  if (!found?.inForce || (!hasPart(found.part) && !(await isAuthorAt(db, actor.person, meeting))))
    throw new Refusal('not_found', NO_ITEM)
  return { ...found, inForce: found.inForce, meeting: await meetingAsItWas(db, meeting, now) }
}

/** @throws Refusal `not_found`, also while there is no agenda */
export async function packOf(asking: Asking, seen: Seen): Promise<OnPack> {
  const { db, actor, now } = asking
  const agenda = await findAgenda(db, seen.meeting.id)
  if (!agenda) throw new Refusal('not_found', 'The agenda of that meeting is not drafted yet, so that it has no papers.')
  const papers = await papersOf(db, agenda)
  const pass = await passFor(db, seen.meeting, seen.part, actor.person)
  const open = !seen.meeting.cancelled && !isOver(seen.meeting, now)
  const write = papers.flatMap(({ item, author, restricted, versions }) => {
    // Who sends it becomes its author: a proposer does not come so by what others have sent and they may not open.
    const proposed = author === null && item.proposedBy?.id === actor.person
    const own = author?.id === actor.person || (proposed && (pass !== null || !restricted || versions.length === 0))
    return open && (own || isClerk(seen.part)) ? [item.id] : []
  })
  const notes = await hasNotes(db, seen.meeting)
  return {
    ...seen,
    agenda,
    papers,
    pass,
    notes,
    now,
    may: { arrange: open && isClerk(seen.part), keep: isClerk(seen.part), write },
  }
}

/** @throws Refusal `not_found` */
export const packOr = async (asking: Asking, about: About): Promise<OnPack> => packOf(asking, await meetingOr(asking, about))

/** @throws Refusal `not_found`, alike for what is hidden, what is of a board that is none of theirs, and what does not exist */
export async function paperOr(asking: Asking, { subject }: About): Promise<OnPaper> {
  const meeting = await meetingOfItem(asking.db, subject)
  if (meeting === null) throw new Refusal('not_found', NO_ITEM)
  const pack = await packOf(asking, await seenByAuthor(asking, meeting))
  const paper = pack.papers.find(({ item }) => item.id === subject)
  if (!paper) throw new Refusal('not_found', NO_ITEM)
  const pass = await passForPaper(asking.db, pack.meeting, pack.part, asking.actor.person, paper)
  if (titleFor(paper.item.title, pass) === null || !isKnownTo(asking.actor.person, pack, paper))
    throw new Refusal('not_found', NO_ITEM)
  return { ...pack, pass, paper }
}

/** What stands on the agenda is known to all of the board; a proposal to its officers, and to whose it is. */
function isKnownTo(person: string, { part }: OnPack, { item, author }: Paper): boolean {
  const own = author?.id === person || item.proposedBy?.id === person
  return item.number === null ? isOfficer(part) || own : hasPart(part) || author?.id === person
}

/** @throws Refusal `not_found` */
export async function versionOr(asking: Asking, { subject }: About): Promise<OnPaper & { readonly version: Version }> {
  const item = await itemOfVersion(asking.db, subject)
  const seen = item === null ? null : await paperOr(asking, { subject: item })
  const version = seen?.paper.versions.find(({ id }) => id === subject)
  if (!seen || !version || openedFor(version.inside, seen.pass) === null) throw new Refusal('not_found', NO_ITEM)
  return { ...seen, version }
}

/** The paper as it stands after an act. */
async function shownPaper(asking: Asking, about: About, said?: string): Promise<Reply> {
  const seen = await paperOr(asking, about)
  return cardReply(paperCard(seen, seen.paper, seen.may, audienceOf(asking.actor), said))
}

/** What somebody may do about papers. */
export const offers: Offers = (asking) =>
  offersPerBoard(asking, ({ part, inForce }) =>
    inForce
      ? [
          { words: 'papers', does: 'see the papers of the next meeting, and open them' },
          ...(isClerk(part)
            ? [
                { words: 'circulate the papers', does: 'send them to everyone entitled' },
                { words: 'who has been sent what', does: 'see what went to whom, and tick off what you handed over' },
              ]
            : []),
        ]
      : [],
  )

const ofPaper = {
  load: paperOr,
  board: ({ board }: OnPaper) => board.id,
  redraw: ({ actor }: Asking, seen: OnPaper) => cardReply(paperCard(seen, seen.paper, seen.may, audienceOf(actor))),
}

const mayWrite = (_: unknown, { may, paper }: OnPaper): boolean => may.write.includes(paper.item.id)
const mayArrange = <Seen extends OnPack>(_: unknown, { may }: Seen): boolean => may.arrange
const mayKeep = <Seen extends OnPack>(_: unknown, { may }: Seen): boolean => may.keep

/** The papers of a meeting. */
export const show = query({
  name: 'papers.show',
  input: z.object({ subject: MeetingId }),
  load: packOr,
  allow: () => true,
  run: async ({ actor }, _, pack) => cardReply(packCard(pack, pack.may, audienceOf(actor))),
})

/** One paper. */
export const paper = query({
  name: 'papers.paper',
  input: z.object({ subject: ItemId }),
  load: paperOr,
  allow: () => true,
  run: (asking, { subject }) => shownPaper(asking, { subject }),
})

export const sendAsk = query({
  name: 'papers.send_form',
  input: z.object({ subject: ItemId }),
  load: paperOr,
  allow: mayWrite,
  run: async ({ actor, file }, _, seen) => formReply(sendForm(seen, seen.paper, audienceOf(actor), file !== null)),
})

const marking = z.enum(['none', 'OFFICIAL', 'OFFICIAL-SENSITIVE'], 'Choose a marking.')
const NOTHING_SENT = 'Choose a file, or say where the paper is.'

/** Where the new version lies. @throws Refusal at the field */
async function contentOf({ db, actor }: Acting, { file, link }: { file?: string | undefined; link?: string | undefined }) {
  const refused = (field: string, sentence: string) => new Refusal('invalid', sentence, undefined, { [field]: sentence })
  if (file && link) throw refused('link', 'Send a file or an address, not both.')
  if (link) return { link }
  if (!file) throw refused('file', NOTHING_SENT)
  const received = await uploadOf(db, file, actor)
  if (!received) throw refused('file', 'That file has not come, or has waited for more than a day. Choose it again.')
  return { file: received }
}

/** How a paper travels is the clerk's to loosen; an author may only make it stricter. @throws Refusal at the field */
function mustNotLower({ part, paper }: OnPaper, marking: Marking | undefined): void {
  if (marking === undefined || isClerk(part) || MARKINGS.indexOf(marking) >= MARKINGS.indexOf(paper.marking)) return
  const sentence = `It is marked ${paper.marking}, which only the clerk takes off. Ask the clerk, or leave it so.`
  throw new Refusal('not_permitted', sentence, undefined, { marking: sentence })
}

/** Sends a paper, or a new version of it: its author, or the clerk. */
export const send = act({
  ...ofPaper,
  name: 'papers.send',
  allow: mayWrite,
  lines: ['recommendations'],
  input: z.object({
    subject: ItemId,
    file: UploadId.optional(),
    link: z
      .union([
        z.literal(''),
        z.url({ protocol: /^https?$/, error: 'That is no web address. Give one that begins with https://.' }).max(500),
      ])
      .optional(),
    recommendations: z
      .string()
      .max(LONGEST_RECOMMENDATION * MOST_RECOMMENDATIONS, 'That is too long for recommendations.')
      .optional(),
    marking: marking.optional(),
  }),
  // What a paper recommends may be restricted: the journal keeps which version it is, and the version says the rest.
  journaled: ({ subject, file, marking: as }) => ({ subject, file, marking: as }),
  async run(acting, input, seen) {
    const { db, actor, now } = acting
    mustNotLower(seen, input.marking)
    const before = standing(seen.paper)
    const was = before && openedFor(before.inside, seen.pass)
    const content = await contentOf(acting, input)
    const recommendations =
      input.recommendations === undefined ? (was?.recommendations ?? []) : recommendationsFrom(input.recommendations)
    const same =
      was && 'file' in was.content && 'file' in content
        ? was.content.file.sha256 === content.file.sha256
        : was && 'link' in was.content && 'link' in content && was.content.link === content.link
    if (before && same && was?.recommendations.join('\n') === recommendations.join('\n')) {
      if (input.marking === undefined || input.marking === seen.paper.marking)
        throw new Refusal(
          'conflict',
          `That is version ${before.number} already, the same to the letter. There is nothing to add.`,
        )
      await describePaper(db, seen.paper.item.id, { author: seen.paper.author, marking: input.marking })
      const said = `Version ${before.number} stands, the same to the letter. Its marking is ${input.marking} now.`
      return {
        reply: await shownPaper(acting, { subject: seen.paper.item.id }, said),
        outcome: { version: before.id, number: before.number, marking: input.marking },
      }
    }
    if (seen.paper.versions.length >= MOST_VERSIONS)
      throw new Refusal('limit', `A paper has at most ${MOST_VERSIONS} versions. Ask the clerk for an item of its own.`)
    const number = (seen.paper.versions.at(-1)?.number ?? 0) + 1
    const author = seen.paper.author ?? (await authorAs(acting, seen))
    await describePaper(db, seen.paper.item.id, { author, marking: input.marking ?? seen.paper.marking })
    const version = await addVersion(db, {
      item: seen.paper.item,
      number,
      recommendations,
      content,
      at: now,
      by: personOf(actor),
    })
    if (!isClerk(seen.part))
      await notify(db, [{ notice: sentIn, subject: version, board: seen.board.id, to: { office: 'clerk' } }])
    const said = `Version ${number} is in.${before?.circulated.length ? ' The earlier one has gone out: this one goes when the clerk circulates a supplement.' : ''}`
    return {
      reply: await shownPaper(acting, { subject: seen.paper.item.id }, said),
      outcome: { version, number, ...('file' in content ? { sha256: content.file.sha256 } : {}) },
    }
  },
})

/** Whoever sends a paper that has no author is its author, but for the clerk, who sends what others wrote. */
async function authorAs({ db, actor }: Acting, { part, board, day }: OnPaper): Promise<Author | null> {
  if (isOperator(actor) || isClerk(part)) return null
  return { id: actor.person, name: actor.name, ...(await postOn(db, board.id, actor.person, day)) }
}

export const describeAsk = query({
  name: 'papers.describe_form',
  input: z.object({ subject: ItemId }),
  load: paperOr,
  allow: mayArrange,
  run: async ({ db, actor }, _, seen) =>
    formReply(describeForm(seen, seen.paper, await peopleOn(db, seen.board.id, seen.day), audienceOf(actor))),
})

const short = (most: number) => z.string().trim().max(most, `That is too long: at most ${most} characters.`).optional()

/** Who the author is, as it was filled in. @throws Refusal at the field */
async function authorFrom(
  { db }: Acting,
  { board, day, paper: { author: before } }: OnPaper,
  input: { author?: string | undefined; name?: string | undefined; post?: string | undefined; organisation?: string | undefined },
): Promise<Author | null> {
  // What the form was filled with of another author is not said of this one.
  const anew = input.author ? input.author !== before?.id : input.name !== before?.name
  const detail = (said: string | undefined, was: string | null | undefined) => (anew && said === was ? null : said || null)
  const details = { post: detail(input.post, before?.post), organisation: detail(input.organisation, before?.organisation) }
  const otherName = input.name && !(before?.id === null && input.name === before.name)
  if (input.author && otherName) {
    const sentence = 'Choose somebody of the board, or write a name: not both.'
    throw new Refusal('invalid', sentence, undefined, { name: sentence })
  }
  if (!input.author) return input.name ? { id: null, name: input.name, ...details } : null
  const person = (await peopleOn(db, board.id, day)).find(({ id }) => id === input.author)
  if (!person) {
    const sentence = 'That is nobody of this board. Choose somebody of its roster, or write the name.'
    throw new Refusal('not_found', sentence, undefined, { author: sentence })
  }
  const known = await postOn(db, board.id, person.id, day)
  return { ...person, post: details.post ?? known.post, organisation: details.organisation ?? known.organisation }
}

/** Says who the author is, who is asked for the paper, and how it is marked. */
export const describe = act({
  ...ofPaper,
  name: 'papers.describe',
  allow: mayArrange,
  input: z.object({
    subject: ItemId,
    author: z.union([z.literal(''), PersonId]).optional(),
    name: short(120),
    post: short(120),
    organisation: short(150),
    marking: marking.optional(),
  }),
  // Who wrote what is restricted may be so too: of a name that no roster has the journal keeps that there was one.
  journaled: ({ subject, author, name, marking: as }) => ({ subject, author, named: Boolean(name), marking: as }),
  async run(acting, input, seen) {
    const { db, actor } = acting
    const said = [input.author, input.name, input.post, input.organisation].some((one) => one !== undefined)
    const author = said ? await authorFrom(acting, seen, input) : seen.paper.author
    await describePaper(db, seen.paper.item.id, { author, marking: input.marking ?? seen.paper.marking })
    const anew = author?.id && author.id !== seen.paper.author?.id && author.id !== actor.person && !standing(seen.paper)
    if (anew && author?.id)
      await notify(db, [{ notice: asked, subject: seen.paper.item.id, board: seen.board.id, to: { person: author.id } }])
    const outcome = { item: seen.paper.item.id, author: author?.id ?? null }
    return { reply: await shownPaper(acting, { subject: seen.paper.item.id }, 'That is kept.'), outcome }
  },
})

export const retractAsk = query({
  name: 'papers.retract_form',
  input: z.object({ subject: z.uuid() }),
  load: versionOr,
  allow: mayKeep,
  async run({ actor }, _, { paper: of, version }) {
    notRetracted(version)
    return formReply(retractForm(of, version, audienceOf(actor)))
  },
})

/** @throws Refusal `conflict` */
export function notRetracted({ number, retracted }: Version): void {
  if (retracted) throw new Refusal('conflict', `Version ${number} was taken back. Say “papers” to see what stands.`)
}

/** Takes a version back: nobody opens it any more, and it stays on the record. */
export const retract = act({
  name: 'papers.retract',
  load: versionOr,
  allow: mayKeep,
  board: ({ board }) => board.id,
  input: z.object({ subject: z.uuid(), why: z.string().trim().min(3, 'Say why, for the record.').max(500) }),
  // Why may be restricted as the paper is: it stands beside the version.
  journaled: ({ subject }) => ({ subject }),
  redraw: ({ actor }, seen) => cardReply(paperCard(seen, seen.paper, seen.may, audienceOf(actor))),
  async run(acting, { why }, { paper: of, version, meeting }) {
    notRetracted(version)
    await retractVersion(acting.db, version.id, { why, at: acting.now, by: personOf(acting.actor) })
    const said = `Version ${version.number} of ${paperNumber(of)} is taken back. Nobody opens it any more.`
    return {
      reply: await shownPaper(acting, { subject: of.item.id }, said),
      outcome: { version: version.id, meeting: meeting.id, at: meetingTime(meeting) },
    }
  },
})
