import type { Temporal } from 'temporal-polyfill'
import type { Count, Presiding } from '../../attendance/ledger.js'
import type { Named } from '../../boards/rules.js'
import { personOf } from '../../kernel/actor.js'
import type { Acting } from '../../kernel/command.js'
import { Refusal } from '../../kernel/refusal.js'
import { toText } from '../../kernel/time.js'
import { OFFICES } from '../facts.js'
import type { Dissent, Motion } from '../motion.js'
import { type Account, type DecisionOutcome, type How, type RecordedDissent, type Rest, restOn } from '../register/rules.js'
import { addDecision, type Entered, findDecision } from '../register/store.js'
import { removalBasis } from '../removal/rules.js'
import { resolutionInWords } from '../resolution.js'
import { type Tally, voteRuleOf } from '../rules.js'
import { setState } from '../store.js'

/** How a motion was decided. */
export interface Deciding {
  /** the board's id and full name */
  readonly board: Named
  readonly motion: Motion
  /** as they read when it was decided */
  readonly parts: readonly string[]
  readonly outcome: DecisionOutcome
  /** why it does not bind, or was not counted; null: there is nothing to say */
  readonly why: string | null
  readonly how: Exclude<How, 'delegated' | 'correction'>
  readonly amended: boolean
  readonly presiding: Presiding | null
  readonly quorum: { readonly opening: Count | null; readonly closing: Count }
  readonly vote: Account['vote']
  /** the tally that told */
  readonly tally: Tally | null
  readonly at: Temporal.Instant
  /** what follows from it at once, a sentence each */
  readonly follows?: readonly string[]
  /** nobody's hand: a vote that closed when all had voted, or at its time */
  readonly byItself?: boolean
}

export const presidingOf = (presiding: Presiding | null): Account['presiding'] =>
  presiding && { name: presiding.person.name, as: OFFICES[presiding.as] }

/** Enters what became of a motion into the register: in the words of the notes, with all that it takes to count it again. */
export async function enter(acting: Acting, deciding: Deciding): Promise<Entered> {
  const { db, actor } = acting
  const {
    board,
    motion,
    parts,
    outcome,
    why,
    how,
    amended,
    presiding,
    quorum,
    vote,
    tally,
    at,
    byItself,
    follows = [],
  } = deciding
  const { terms } = motion
  const ratified = motion.ratifies === null ? null : await findDecision(db, motion.ratifies)
  if (ratified && ratified.ratifiedBy !== null)
    throw new Refusal('conflict', 'That recommendation is ratified by another entry already. Withdraw the motion.')
  const words = resolutionInWords(parts, {
    board: board.name,
    outcome,
    amended,
    tally,
    castingBy: vote?.casting?.office ?? null,
    why,
    ratifies: ratified?.number ?? null,
    delegatedTo: null,
  })
  const rests: readonly Rest[] = [
    // Of a removal it is not said that the board decides by consensus: it takes a vote.
    ...(motion.removes ? [] : [restOn('decisions', terms.decisions)]),
    ...(vote ? [restOn('votes', voteRuleOf(terms).basis)] : []),
    ...(motion.removes && !terms.removal ? [restOn('removal', removalBasis(terms))] : []),
    restOn('quorum', terms.quorum),
  ]
  const account: Account = {
    presiding: presidingOf(presiding),
    quorum: { ...quorum, at: vote?.closedAt ?? toText(at) },
    dissents: motion.dissents.map(dissentOf),
    vote,
    delegated: null,
    reason: null,
    rests,
    ...(follows.length > 0 ? { follows } : {}),
  }
  const entered = await addDecision(db, {
    board: board.id,
    meeting: motion.meeting,
    item: motion.item.id,
    motion: motion.id,
    outcome,
    how,
    words,
    openness: motion.openness,
    account,
    corrects: null,
    ratifies: outcome === 'resolved' ? motion.ratifies : null,
    termsId: motion.termsId,
    at,
    by: byItself ? null : personOf(actor),
  })
  await setState(db, motion.id, 'decided')
  return entered
}

const dissentOf = ({ organisation, person, why }: Dissent): RecordedDissent => ({ organisation, person: person.name, why })
