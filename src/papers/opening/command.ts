import { z } from 'zod'
import { hasPart } from '../../boards/part/rules.js'
import { partOf } from '../../boards/part/store.js'
import { append } from '../../db/journal.js'
import type { Db } from '../../db/schema.js'
import { audienceOf, isOperator } from '../../kernel/actor.js'
import type { Address, Found, Visit } from '../../kernel/address.js'
import { act, besideReply, fileReply } from '../../kernel/command.js'
import { Refusal } from '../../kernel/refusal.js'
import { newSecret } from '../../kernel/secret.js'
import { toText } from '../../kernel/time.js'
import { boardDay } from '../../meetings/rules.js'
import { notRetracted, versionOr } from '../command.js'
import { packFor } from '../notices.js'
import { openedFor, type Paper, type Version } from '../rules.js'
import { itemOfVersion, meetingOfVersion } from '../store.js'
import type { Pack } from '../view.js'
import { bindLink, findLink, keepLink, LINK_MINUTES, type PaperLink, recordOpening } from './store.js'
import { askAgainCard, elsewhereCard, handedCard, linkCard } from './view.js'

const IN_DIRECT = 'That paper is restricted, and is not opened from a place that others read. Ask me for it in a direct message.'
const NO_ADDRESS =
  'I have no address from which papers can be opened in a browser. The clerk sends it to you by a secure method of their own: ask them.'

/**
 * Gives somebody a paper: the file itself where its marking allows it to be kept elsewhere and the platform can hand it to
 * them alone; else a link for them alone, in one browser, for a quarter of an hour.
 */
export const open = act({
  name: 'papers.open',
  input: z.object({ subject: z.uuid() }),
  load: versionOr,
  allow: (actor) => !isOperator(actor),
  board: ({ board }) => board.id,
  redraw: ({ actor }, { paper, version }) => besideReply(askAgainCard(paper, version, audienceOf(actor))),
  async run({ db, actor, now, place, publicUrl, takesFiles }, { subject }, { paper, version, board, pass }) {
    notRetracted(version)
    if (paper.restricted && place.kind !== 'direct') throw new Refusal('not_permitted', IN_DIRECT)
    const inside = openedFor(version.inside, pass)
    if (!inside) throw new Error('a version was opened without a pass')
    const about = { version: subject, person: actor.person }
    if ('link' in inside.content) {
      await recordOpening(db, { ...about, outcome: 'opened' }, now)
      return {
        reply: besideReply(elsewhereCard(paper, inside.content.link, audienceOf(actor))),
        outcome: { ...about, opened: true },
      }
    }
    if (takesFiles && !paper.restricted) {
      await recordOpening(db, { ...about, outcome: 'opened' }, now)
      const { sha256, name } = inside.content.file
      return {
        reply: fileReply({ sha256, name }, handedCard(paper, audienceOf(actor))),
        outcome: { ...about, opened: true, handed: true },
      }
    }
    if (publicUrl === null) throw new Refusal('not_found', NO_ADDRESS)
    const secret = newSecret()
    const until = await keepLink(db, { ...about, secret }, now)
    const url = `${publicUrl}/papers/${secret}`
    const reply = besideReply(linkCard(paper, { url, until, zone: board.zone }, audienceOf(actor)))
    // The link itself stands in the answer alone: not in the journal, and not in the database.
    return { reply, outcome: about }
  },
})

const NOTHING_HERE: Found = {
  kind: 'page',
  status: 404,
  title: 'No paper here',
  sentences: [
    `This link leads to no paper. A link opens for ${LINK_MINUTES} minutes, for whoever asked for it.`,
    'Ask Quorate for another, in your direct conversation: press “Open” beside the paper.',
  ],
}
const TAKEN_BACK: Found = {
  kind: 'page',
  status: 410,
  title: 'This version was taken back',
  sentences: ['The clerk has taken this version back. Say “papers” to Quorate to see what stands.'],
}
const ELSEWHERE: Found = {
  kind: 'page',
  status: 403,
  title: 'This link was opened elsewhere',
  sentences: [
    'A link opens in one browser only, and this one was opened in another. That it was tried here is recorded.',
    'Ask Quorate for one of your own, in your direct conversation.',
  ],
}

interface ForOne {
  readonly pack: Pack
  readonly paper: Paper
  readonly version: Version
}

/** What a link leads to, as its person may see it now; null where they may no more. */
async function leadsTo(db: Db, { version: id, person }: PaperLink, now: Visit['now']): Promise<ForOne | null> {
  const item = await itemOfVersion(db, id)
  const meeting = await meetingOfVersion(db, id)
  if (item === null || meeting === null) return null
  const pack = await packFor(db, meeting, { kind: 'person', person: person.id }, now, (one) => one.item.id === item)
  const paper = pack.papers.find((one) => one.item.id === item)
  const version = paper?.versions.find((one) => one.id === id)
  if (!paper || !version || openedFor(version.inside, pack.pass) === null) return null
  const { board, terms, termsId } = pack.meeting
  const part = await partOf(db, { board, inForce: { terms, termsId } }, person.id, boardDay(board, now), now)
  return hasPart(part) || paper.author?.id === person.id ? { pack, paper, version } : null
}

/** What this browser was left with by a page of ours; null: nothing. */
const keptBy = ({ browser }: Visit): string | null => (browser !== null && /^[\w-]{43}$/.test(browser) ? browser : null)

/** What is found at `/papers/<secret>`: a page that asks to be pressed, as programs look at links too, and then the paper. */
export const papersAddress: Address = {
  room: 'papers',
  async look(db, visit) {
    const link = await findLink(db, visit)
    const found = link && (await leadsTo(db, link, visit.now))
    if (!link || !found) return NOTHING_HERE
    if (found.version.retracted) return TAKEN_BACK
    if (link.bound && !link.same) return ELSEWHERE
    return {
      kind: 'page',
      status: 200,
      title: `A paper of ${found.pack.meeting.board.shortName}`,
      sentences: [
        `This link was made for ${link.person.name} alone. That it is opened is recorded as theirs.`,
        'If you are somebody else, close this page and ask Quorate for a link of your own.',
      ],
      press: 'Open the paper',
      // Left before anything is pressed: who presses twice is one browser, and not two.
      ...(keptBy(visit) === null ? { browser: newSecret() } : {}),
    }
  },
  async press(tx, visit) {
    const link = await findLink(tx, visit)
    const found = link && (await leadsTo(tx, link, visit.now))
    const inside = found && openedFor(found.version.inside, found.pack.pass)
    if (!link || !found || !inside || !('file' in inside.content)) return NOTHING_HERE
    if (found.version.retracted) return TAKEN_BACK
    const elsewhere = link.bound && !link.same
    const opening = {
      version: link.version,
      person: link.person.id,
      outcome: elsewhere ? ('refused' as const) : ('opened' as const),
    }
    await recordOpening(tx, opening, visit.now)
    await append(tx, {
      board: found.pack.meeting.board.id,
      at: toText(visit.now),
      actor: link.person.id,
      command: 'papers.opened',
      subject: link.version,
      payload: { outcome: opening },
    })
    if (elsewhere) return ELSEWHERE
    const kept = keptBy(visit)
    const browser = kept ?? newSecret()
    if (!link.bound) await bindLink(tx, visit.secret, browser)
    const { sha256, name, type } = inside.content.file
    return { kind: 'file', sha256, name, type, browser: kept === null ? browser : null }
  },
}
