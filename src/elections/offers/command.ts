import { inHand } from '../../attendance/sitting/store.js'
import { isMember, isOfficer } from '../../boards/part/rules.js'
import { boardsOf, standingIn } from '../../boards/part/store.js'
import type { Offer, Offers } from '../../kernel/command.js'
import { isOver, underWay } from '../rules.js'
import { electionsOf } from '../store.js'

/** What a person may do now with elections: nothing is offered where there is none. */
export const offers: Offers = async ({ db, actor, now }) => {
  const boards = await boardsOf(db, actor, now)
  const each = boards.map(async (ruled): Promise<readonly Offer[]> => {
    const standing = await standingIn(db, ruled.board.id, actor, now)
    const [meeting] = await inHand(db, [ruled], 'elections.show', now)
    if (!standing || !meeting) return []
    const elections = (await electionsOf(db, meeting.id)).filter((one) => !isOver(one) && one.openness !== 'hidden')
    if (elections.length === 0) return []
    const offered = [
      { words: 'elections', does: 'see who stands, and how it goes' },
      ...(isMember(standing.part) && elections.some(({ state }) => state === 'nominations')
        ? [{ words: 'nominate NAME as vice-chair', does: 'nominate somebody' }]
        : []),
      ...(isOfficer(standing.part) && meeting.sitting === 'open' && elections.every((one) => underWay(one) === null)
        ? [{ words: 'open the ballot', does: 'have the members vote; “in secret”, “for five minutes”' }]
        : []),
    ]
    return boards.length > 1 ? offered.map((offer) => ({ ...offer, does: `${offer.does} (${ruled.board.shortName})` })) : offered
  })
  return (await Promise.all(each)).flat()
}
