import { z } from 'zod'
import type { After } from '../../kernel/command.js'
import { lastMeeting } from '../../meetings/store.js'
import { electionFacts } from '../card/store.js'
import { postTo, turnElection } from '../notices.js'
import { underWay } from '../rules.js'
import { electionsOf } from '../store.js'
import { approvingMeeting, forgetChoices } from '../urn/store.js'

/** What is marked of people, and whether a ballot was under way: so that it costs nothing where there is none. */
const Marked = z.object({ marks: z.array(z.object({ person: z.string() })), voting: z.boolean().optional() })

/** Who comes while a ballot is open is asked for theirs; whoever comes, goes or withdraws, the card shows who may vote now. */
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
    'attendance.open',
  ],
  async run({ db, now }, { subject, outcome }) {
    const read = Marked.safeParse(outcome)
    if (read.success && !read.data.voting) return
    const people = read.success ? read.data.marks.map(({ person }) => person) : []
    for (const election of await electionsOf(db, subject)) {
      if (underWay(election)?.state === 'open') {
        const shown = await electionFacts(db, election.id, now)
        const may = shown?.roll.map(({ person }) => person.id) ?? []
        if (shown)
          await postTo(
            db,
            shown,
            [...new Set(people)].filter((person) => may.includes(person)),
          )
      }
      await turnElection(db, election.id, people)
    }
  },
}

const Decided = z.object({ entered: z.array(z.object({ decision: z.string(), outcome: z.string() })) })

/** A meeting that approves the notes of the one before it: no ballot of that one is counted again. */
export const forgetAfterApproval: After = {
  acts: [
    'votes.agree',
    'votes.cast',
    'votes.record',
    'votes.countersign',
    'votes.close',
    'votes.close_due',
    'votes.casting',
    'votes.ratify',
    'votes.concluded',
  ],
  async run({ db }, { board, outcome }) {
    const read = Decided.safeParse(outcome)
    const resolved = read.success ? read.data.entered.filter((one) => one.outcome === 'resolved') : []
    for (const { decision } of resolved) {
      const approving = await approvingMeeting(db, decision)
      const before = approving && (await lastMeeting(db, board, approving))
      if (before) await forgetChoices(db, before.id)
    }
  },
}
