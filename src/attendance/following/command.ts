import { personOf } from '../../kernel/actor.js'
import type { After } from '../../kernel/command.js'
import { settle } from '../command.js'
import { openMeetings, saveSitting } from '../sitting/store.js'
import { roomAsItWas, rosterNow } from '../store.js'

/** A roster that changes in the midst of a meeting changes it from then on: what was before stands. */
export const followRoster: After = {
  acts: ['boards.import_roster', 'boards.appoint', 'boards.end', 'boards.handed_over'],
  async run(acting, { board }) {
    const { db, actor, now } = acting
    for (const { id } of await openMeetings(db, board, now)) {
      const before = await roomAsItWas(db, id, now)
      const roster = await rosterNow(db, id, now)
      await saveSitting(db, id, { act: 'roster', at: before.now, person: null, words: null, roster, by: personOf(actor) })
      await settle(acting, before, await roomAsItWas(db, id, now), [])
    }
  },
}

/** Other terms count otherwise from the instant at which they rule. */
export const followTerms: After = {
  acts: ['boards.approve'],
  async run(acting, { board }) {
    const { db, now } = acting
    for (const { id } of await openMeetings(db, board, now)) {
      const room = await roomAsItWas(db, id, now)
      const before = { ...room, facts: { ...room.facts, rules: room.facts.rules.filter(({ from }) => !from.equals(now)) } }
      await settle(acting, before.facts.rules.length > 0 ? before : room, room, [])
    }
  },
}
