import { z } from 'zod'
import { mayPropose } from '../../agenda/command.js'
import { unansweredReminder } from '../../apologies/reminders/notices.js'
import { boardsOf } from '../../boards/part/store.js'
import { audienceOf } from '../../kernel/actor.js'
import { type Asking, type Command, cardReply, type Offers, query, type Words } from '../../kernel/command.js'
import type { Notice } from '../../kernel/notice.js'
import { plainOrder } from '../../kernel/sentence.js'
import { authorsReminder } from '../../papers/reminders/notices.js'
import { dutiesAt, soonest, standingsOf } from '../reminders/command.js'
import type { Owed } from '../reminders/view.js'
import { broughtTo, hasDuties, type Page } from './rules.js'
import { type Governed, pageOf } from './store.js'
import { homeCard } from './view.js'

/** What these remind of stands on the page already, where it is answered and sent. */
const SHOWN_ALREADY = [unansweredReminder.name, authorsReminder.name]

/** What is due of the next meeting of each board, and of the last. */
async function owedOn(asking: Asking, { boards }: Page, notices: readonly Notice[]): Promise<readonly Owed[]> {
  const asked = notices.filter(({ name, plan }) => plan && !SHOWN_ALREADY.includes(name))
  const each = boards.filter(hasDuties).map((one) => {
    const meetings = [...(one.last === null ? [] : [one.last]), ...one.coming.slice(0, 1).map(({ meeting }) => meeting.id)]
    return dutiesAt(asking, one, meetings, asked)
  })
  return (await Promise.all(each)).flat().sort(soonest)
}

/** One page for whoever asks: their meetings and answers, votes, papers, what is due, and their boards at a glance. */
export const home = (notices: readonly Notice[]): Command =>
  query({
    name: 'desk.home',
    input: z.object({ subject: z.literal('home') }),
    async load(asking): Promise<{ readonly page: Page; readonly standings: readonly Governed[] }> {
      const found = await standingsOf(asking)
      const standings = found.flatMap((one) => (one.inForce ? [{ ...one, inForce: one.inForce }] : []))
      return { page: await pageOf({ db: asking.db, person: asking.actor.person, now: asking.now }, standings), standings }
    },
    allow: () => true,
    async run(asking, _, { page, standings }) {
      const apologise = page.boards.some(({ coming }) =>
        coming.some((one) => one.meeting.sitting === 'not opened' && broughtTo(one, page.person).answers.length > 0),
      )
      const propose = standings.some(
        (one) => mayPropose(one) && page.boards.some(({ board, papers }) => papers && board.id === one.board.id),
      )
      return cardReply(homeCard(page, await owedOn(asking, page, notices), { apologise, propose }, audienceOf(asking.actor)))
    },
  })

const HOME = /^(?:(?:show |open )?(?:me )?(?:my )?(?:home|page|home page|overview))$/i

export const words: Words = async (_, sentence) =>
  HOME.test(plainOrder(sentence).replace(/[\s?!.]+$/, ''))
    ? [{ command: 'desk.home', input: { subject: 'home' }, label: 'Your page', certain: true }]
    : []

/** For whoever has anything to do with a board. */
export const offers: Offers = async ({ db, actor, now }) =>
  (await boardsOf(db, actor, now)).length > 0
    ? [{ words: 'home', does: 'see your meetings, votes and papers, and what is due, on one page' }]
    : []
