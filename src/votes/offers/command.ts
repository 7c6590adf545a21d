import { inHand } from '../../attendance/sitting/store.js'
import { isMember, isOfficer } from '../../boards/part/rules.js'
import { boardsOf, standingIn } from '../../boards/part/store.js'
import type { Offers } from '../../kernel/command.js'

/** What a person may do now with motions, votes and decisions. */
export const offers: Offers = async ({ db, actor, now }) => {
  const boards = await boardsOf(db, actor, now)
  const each = boards.map(async (ruled) => {
    const standing = await standingIn(db, ruled.board.id, actor, now)
    if (!standing || !(isOfficer(standing.part) || isMember(standing.part))) return []
    const [meeting] = await inHand(db, [ruled], 'votes.business', now)
    const sits = meeting?.sitting === 'open'
    const offered = [
      ...(sits && isOfficer(standing.part)
        ? [
            { words: 'business', does: 'see what is to be decided, and decide it at a press' },
            { words: 'B3 agreed', does: 'record that the meeting agrees; or “B1 noted”, “B3 agreed as amended: …”' },
            { words: 'put B3 to the vote', does: 'open a vote; “for five minutes”, “with the tally hidden”' },
          ]
        : []),
      ...(sits && isMember(standing.part) ? [{ words: 'I do not agree with B3', does: 'be heard before it is decided' }] : []),
      { words: 'decisions', does: 'see the register; “decisions about WORDS” looks in it' },
    ]
    return boards.length > 1 ? offered.map((offer) => ({ ...offer, does: `${offer.does} (${ruled.board.shortName})` })) : offered
  })
  return (await Promise.all(each)).flat()
}
