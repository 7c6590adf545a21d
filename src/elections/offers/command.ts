import { titleFor } from '../../agenda/rules.js'
import { findAgenda } from '../../agenda/store.js'
import { inHand } from '../../attendance/sitting/store.js'
import { isMember, isOfficer } from '../../boards/part/rules.js'
import { boardsOf, standingIn } from '../../boards/part/store.js'
import type { Ruled } from '../../boards/store.js'
import type { Asking, Offer, Offers } from '../../kernel/command.js'
import type { Called } from '../../meetings/rules.js'
import { meetingsOf } from '../../meetings/store.js'
import { isOver, officesIn, underWay } from '../rules.js'
import { electionsOf } from '../store.js'

/** The meeting that sits, else the next. */
async function meetingFor({ db, now }: Asking, ruled: Ruled): Promise<Called | undefined> {
  const [sits] = (await inHand(db, [ruled], 'elections.show', now)).filter(({ sitting }) => sitting === 'open')
  return sits ?? (await meetingsOf(db, ruled.board.id, { from: now }))[0]
}

/** What a person may do now with elections: nothing is offered where the agenda has none. */
export const offers: Offers = async (asking) => {
  const { db, actor, now } = asking
  const boards = await boardsOf(db, actor, now)
  const each = boards.map(async (ruled): Promise<readonly Offer[]> => {
    const standing = await standingIn(db, ruled.board.id, actor, now)
    const meeting = await meetingFor(asking, ruled)
    if (!standing || !meeting) return []
    const agenda = await findAgenda(db, meeting.id)
    const [office] = (agenda?.items ?? [])
      .filter(({ state }) => state === 'placed')
      .flatMap(({ title }) => officesIn(titleFor(title, null) ?? ''))
    const elections = (await electionsOf(db, meeting.id)).filter((one) => !isOver(one) && one.openness !== 'hidden')
    if (office === undefined && elections.length === 0) return []
    const which = elections[0]?.office ?? office ?? 'vice-chair'
    const nominates = elections.length === 0 || elections.some(({ state }) => state === 'nominations')
    const offered = [
      ...(elections.length > 0 ? [{ words: 'elections', does: 'see who stands, and how it goes' }] : []),
      ...(isMember(standing.part) && nominates
        ? [{ words: `nominate NAME as ${which}`, does: 'nominate somebody; in advance, or at the meeting' }]
        : []),
      ...(isOfficer(standing.part) && nominates
        ? [{ words: `NAME nominates NAME as ${which}`, does: 'record a nomination, as who presides or as the clerk' }]
        : []),
      ...(isOfficer(standing.part) && meeting.sitting === 'open' && elections.some((one) => underWay(one) === null)
        ? [
            { words: 'no other nominations', does: 'have who stands alone elected' },
            { words: 'open the ballot', does: 'have the members vote; “in secret”, “for five minutes”' },
          ]
        : []),
    ]
    return boards.length > 1 ? offered.map((offer) => ({ ...offer, does: `${offer.does} (${ruled.board.shortName})` })) : offered
  })
  return (await Promise.all(each)).flat()
}
