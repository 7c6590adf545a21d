import { findAgenda, meetingOfItem } from '../agenda/store.js'
import { partOf } from '../boards/part/store.js'
import type { Db } from '../db/schema.js'
import type { Audience } from '../kernel/audience.js'
import { dispatch } from '../kernel/notice.js'
import { boardDay } from '../meetings/rules.js'
import { meetingAsItWas } from '../meetings/store.js'
import type { Paper } from './rules.js'
import { hasNotes, itemOfVersion, papersOf, passForPaper } from './store.js'
import { askedCard, noMoreAskedCard, type Pack, sentInCard } from './view.js'

/** The papers of a meeting as an audience may see them; one of them with its author's eyes, where it is theirs. */
export async function packFor(
  db: Db,
  of: string,
  audience: Audience,
  now: Pack['now'],
  which: (paper: Paper) => boolean = () => false,
): Promise<Pack> {
  const meeting = await meetingAsItWas(db, of, now)
  const agenda = await findAgenda(db, of)
  if (!agenda) throw new Error('the papers of a meeting without an agenda were told of')
  const papers = await papersOf(db, agenda)
  const own = papers.find(which) ?? { author: null }
  const { board, terms, termsId } = meeting
  const pass =
    audience.kind === 'person'
      ? await passForPaper(
          db,
          meeting,
          await partOf(db, { board, inForce: { terms, termsId } }, audience.person, boardDay(board, now), now),
          audience.person,
          own,
        )
      : null
  return { meeting, agenda, papers, notes: await hasNotes(db, meeting), pass, now }
}

interface OfPaper {
  readonly pack: Pack
  readonly paper: Paper
}

async function paperOf(db: Db, item: string, audience: Audience, now: Pack['now']): Promise<OfPaper> {
  const meeting = await meetingOfItem(db, item)
  if (meeting === null) throw new Error('a paper of no meeting was told of')
  const pack = await packFor(db, meeting, audience, now, (one) => one.item.id === item)
  const paper = pack.papers.find((one) => one.item.id === item)
  if (!paper) throw new Error('an item has gone from its agenda')
  return { pack, paper }
}

/** To an author: that they are asked for a paper. Its subject is the item. */
export const asked = dispatch<OfPaper>({
  name: 'papers.asked',
  load: paperOf,
  // It may have been corrected before this was sent.
  draw: ({ pack, paper }, audience) =>
    audience.kind === 'person' && paper.author?.id === audience.person
      ? askedCard(pack, paper, audience)
      : noMoreAskedCard(pack, audience),
})

/** To the clerk: that a paper has come. Its subject is the version. */
export const sentIn = dispatch<OfPaper & { readonly id: string }>({
  name: 'papers.sent_in',
  async load(db, id, audience, now) {
    const item = await itemOfVersion(db, id)
    if (item === null) throw new Error('a version of no paper was told of')
    return { ...(await paperOf(db, item, audience, now)), id }
  },
  draw({ pack, paper, id }, audience) {
    const version = paper.versions.find((one) => one.id === id)
    if (!version) throw new Error('a version has gone from its paper')
    return sentInCard(pack, paper, version, audience)
  },
})
