import type { Temporal } from 'temporal-polyfill'
import { type Sat, sittingUnder } from '../../attendance/store.js'
import { termsFrom } from '../../boards/store.js'
import type { Terms } from '../../boards/terms.js'
import type { Db } from '../../db/schema.js'
import { Restricted } from '../../kernel/restricted.js'
import { fromText, toText } from '../../kernel/time.js'
import { calledIn, type Motion, type Vote } from '../motion.js'
import { termsOfMotion } from '../removal/rules.js'
import { ballotsOf, voteFrom } from '../store.js'

/** A vote with what it takes to vote in it; nothing of what the motion says. */
export interface Poll extends Sat {
  readonly motion: string
  readonly state: Motion['state']
  readonly meeting: string
  readonly item: string
  /** "B3"; as it is called where it may be hidden */
  readonly number: string
  readonly board: { readonly id: string; readonly tenant: string; readonly zone: string; readonly shortName: string }
  readonly terms: Terms
  readonly termsId: string
  readonly vote: Vote
}

/** A vote of a meeting that is called, in five readings however many people vote; or null. */
export async function findPoll(db: Db, motion: string, now: Temporal.Instant): Promise<Poll | null> {
  const row = await db
    .selectFrom('vote')
    .innerJoin('motion', 'motion.id', 'vote.motion_id')
    .innerJoin('item', 'item.id', 'motion.item_id')
    .innerJoin('meeting', 'meeting.id', 'motion.meeting_id')
    .innerJoin('board', 'board.id', 'meeting.board_id')
    .innerJoin('terms', 'terms.id', 'motion.terms_id')
    .where('vote.motion_id', '=', motion)
    .where('meeting.state', '=', 'called')
    .selectAll('vote')
    .select(['motion.state as motion_state', 'motion.meeting_id', 'motion.item_id', 'motion.terms_id', 'motion.put_at'])
    .select('motion.removes_office')
    .select(['item.letter', 'item.number', 'item.openness', 'terms.document'])
    .select(['board.id as board_id', 'board.tenant_id', 'board.zone', 'board.short_name'])
    .executeTakeFirst()
  if (!row) return null
  const terms = termsOfMotion(termsFrom(row.document), row.removes_office)
  const rules = { from: fromText(row.put_at), terms, termsId: row.terms_id }
  const sat = await sittingUnder(db, { meeting: row.meeting_id, zone: row.zone, rules }, now)
  if (!sat) return null
  const vote = voteFrom(row, await ballotsOf(db, motion), null)
  return {
    facts: sat.facts,
    now: notBefore(sat.now, vote),
    motion,
    state: row.motion_state,
    meeting: row.meeting_id,
    item: row.item_id,
    number: calledIn({ id: row.item_id, letter: row.letter, number: row.number, title: titleOf(row.openness) }),
    board: { id: row.board_id, tenant: row.tenant_id, zone: row.zone, shortName: row.short_name },
    terms,
    termsId: row.terms_id,
    vote,
  }
}

/** Its words are not read here: only whether they are hidden. */
const titleOf = (openness: string): Motion['item']['title'] =>
  openness === 'hidden' ? { hidden: new Restricted('') } : { open: '' }

/** Never before what was recorded of a vote last, whatever a clock that was put back says. */
export function notBefore(now: Temporal.Instant, { openedAt, closedAt, ballots }: Vote): Temporal.Instant {
  const recorded = [openedAt, ...(closedAt ? [closedAt] : []), ...ballots.map(({ at }) => at)]
  return recorded.reduce((last, at) => (at.epochMilliseconds > last.epochMilliseconds ? at : last), now)
}

/** Open votes whose time has come, with whose tenant each is. */
export async function votesDue(
  db: Db,
  now: Temporal.Instant,
): Promise<readonly { readonly motion: string; readonly tenant: string }[]> {
  return (
    db
      .selectFrom('vote')
      .innerJoin('motion', 'motion.id', 'vote.motion_id')
      .innerJoin('meeting', 'meeting.id', 'motion.meeting_id')
      .innerJoin('board', 'board.id', 'meeting.board_id')
      .where('vote.state', '=', 'open')
      .where('motion.state', '=', 'in a vote')
      // A meeting that was cancelled decides nothing.
      .where('meeting.state', '=', 'called')
      .where('vote.closes_at', '<=', toText(now))
      .select(['vote.motion_id as motion', 'board.tenant_id as tenant'])
      .execute()
  )
}

/** The bodies for which a seat sits collectively, besides its own. */
export async function sitsFor(db: Db, seat: string): Promise<readonly string[]> {
  const row = await db.selectFrom('seat').select('stands_for').where('id', '=', seat).executeTakeFirst()
  return row ? (JSON.parse(row.stands_for) as string[]) : []
}
