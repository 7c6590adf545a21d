import { z } from 'zod'
import type { After } from '../../kernel/command.js'
import { notify } from '../../outbox/store.js'
import { motionFacts } from '../card/store.js'
import { ownNotice, ownSubject, turnMotion } from '../notices.js'
import { motionsOn, undecidedVotes } from '../store.js'

/** What is marked of people, and whether a vote was under way: so that it costs nothing where there is none. */
const Marked = z.object({ marks: z.array(z.object({ person: z.string() })), voting: z.boolean().optional() })

/** Who comes while a vote is open is asked for theirs; whoever comes, goes or withdraws, the card shows who may vote now. */
export const followRoom: After = {
  acts: [
    'attendance.arrive',
    'attendance.leave',
    'attendance.mark',
    'attendance.table',
    'attendance.correct',
    'attendance.declare',
    'attendance.withdraw',
    'attendance.return',
    'attendance.preside',
    'attendance.proceed',
  ],
  async run({ db, now }, { board, subject, outcome }) {
    const read = Marked.safeParse(outcome)
    if (read.success && !read.data.voting) return
    const people = read.success ? read.data.marks.map(({ person }) => person) : []
    for (const motion of await undecidedVotes(db, subject)) {
      const shown = await motionFacts(db, motion, now)
      const may = shown?.motion.vote?.state === 'open' ? shown.roll.map(({ person }) => person.id) : []
      await notify(
        db,
        [...new Set(people)]
          .filter((person) => may.includes(person))
          .map((person) => ({ notice: ownNotice, subject: ownSubject(motion, person), board, to: { person } })),
      )
      await turnMotion(db, motion, people)
    }
  },
}

/** A paper that is marked otherwise, after its item was moved or decided: what the places show of it follows at once. */
export const followMarking: After = {
  acts: ['papers.describe'],
  async run({ db }, { subject }) {
    for (const id of await motionsOn(db, subject)) await turnMotion(db, id, [])
  },
}
