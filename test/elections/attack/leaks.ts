import { createHmac } from 'node:crypto'
import type Sqlite from 'better-sqlite3'
import { emailOf } from '../../../src/demonstration/people.js'
import type { Evidence, Row } from './evidence.js'
import type { HeldPoll } from './held.js'

/** What a house would have kept that tells of choices; and the attack that must find it. */
export interface Leak {
  readonly found: string
  of(held: HeldPoll): Evidence
}

type Alter = (database: Sqlite.Database, held: HeldPoll) => void

const chosen = ({ evidence, truth }: HeldPoll, who: number): readonly string[] => {
  const candidate = evidence.poll.candidates[truth[who] ?? -1]
  return candidate === undefined ? [] : [candidate]
}

const triggersOf = (database: Sqlite.Database): readonly string[] =>
  database.prepare("select name from sqlite_master where type = 'trigger'").pluck().all() as string[]

/** A leak in the tables. */
const kept = (found: string, alter: Alter): Leak => ({
  found,
  of: (held) => ({
    ...held.evidence,
    after: held.again((database) => {
      for (const trigger of triggersOf(database)) database.exec(`drop trigger "${trigger}"`)
      alter(database, held)
    }),
  }),
})

/** A leak in what the papers look like while they are sealed. */
const sealed = (found: string, alter: (paper: string, who: number, held: HeldPoll) => string): Leak => ({
  found,
  of: (held) => {
    const { midway, electors } = held.evidence
    const rows = midway.rows.map((one) => {
      const who = electors.findIndex(({ seat }) => seat === one.row.voter_id)
      if (one.table !== 'sealed_paper' || who < 0) return one
      const row: Row = { ...one.row, sealed: alter(String(one.row.sealed), who, held) }
      return { ...one, row, text: JSON.stringify(row) }
    })
    return { ...held.evidence, midway: { ...midway, rows } }
  },
})

/** Writes the choices anew in the order of these electors. */
function ordered(database: Sqlite.Database, held: HeldPoll, order: readonly number[]): void {
  const { ballot } = held.evidence.poll
  order.forEach((who, at) => {
    database
      .prepare('update counted_choice set choice = ? where ballot_id = ? and position = ?')
      .run(JSON.stringify(chosen(held, who)), ballot, at + 1)
  })
}

/** Each cast of the journal, as it would be written with what was chosen last. */
function casts(database: Sqlite.Database, held: HeldPoll) {
  const { poll, electors } = held.evidence
  const rows = database
    .prepare(
      `select journal.seq, journal.actor, payload, salt from journal join journal_payload as kept
         on kept.board_id = journal.board_id and kept.seq = journal.seq where command = 'elections.cast' and subject = ?`,
    )
    .all(poll.ballot) as { readonly seq: number; readonly actor: string; readonly payload: string; readonly salt: string }[]
  return rows.map((row) => {
    const who = electors.findIndex(({ person }) => person === row.actor)
    const payload = JSON.parse(row.payload) as { input: object }
    const choice = chosen(held, who)[0] ?? 'abstain'
    return { ...row, who, telling: JSON.stringify({ ...payload, input: { ...payload.input, choice } }) }
  })
}

export const LEAKS: ReadonlyMap<string, Leak> = new Map<string, Leak>([
  [
    'choices in the order of votes',
    kept('delivery after by rowid, by the last', (database, held) => ordered(database, held, held.order)),
  ],
  [
    'choices in the order of the roll',
    kept('voted after', (database, held) => {
      const { electors } = held.evidence
      const seats = electors.map(({ seat }) => seat)
      ordered(
        database,
        held,
        [...seats].sort().map((seat) => seats.indexOf(seat)),
      )
    }),
  ],
  [
    'a time beside each choice',
    kept('times beside the choices', (database, held) => {
      const { poll, electors } = held.evidence
      const last = (who: number) =>
        database
          .prepare('select max(at) from delivery where subject = ? and user_id = ?')
          .pluck()
          .get(poll.ballot, emailOf(electors[who]?.name ?? '')) as string
      const times = database.prepare('select position, choice from counted_choice where ballot_id = ?').all(poll.ballot) as {
        readonly position: number
        readonly choice: string
      }[]
      const left = [...held.order]
      database.exec('alter table counted_choice add column at text')
      for (const { position, choice } of times) {
        const at = left.findIndex((who) => JSON.stringify(chosen(held, who)) === choice)
        const [who = 0] = left.splice(at, 1)
        database
          .prepare('update counted_choice set at = ? where ballot_id = ? and position = ?')
          .run(last(who), poll.ballot, position)
      }
    }),
  ],
  [
    'the choice in the journal',
    kept('named in the journal', (database, held) => {
      for (const { seq, telling } of casts(database, held))
        database.prepare('update journal_payload set payload = ? where seq = ?').run(telling, seq)
    }),
  ],
  [
    'a mark in the journal that commits to the choice',
    kept('what the journal commits to', (database, held) => {
      for (const { seq, telling, salt } of casts(database, held))
        database
          .prepare('update journal set commitment = ? where seq = ? and subject = ?')
          .run(createHmac('sha256', salt).update(telling).digest('hex'), seq, held.evidence.poll.ballot)
    }),
  ],
  [
    'the choice in what is kept of a press',
    kept('named in the deliveries', (database, held) => {
      held.evidence.electors.forEach(({ name }, who) => {
        database
          .prepare('update delivery set refusal = ? where subject = ? and user_id = ?')
          .run(JSON.stringify(chosen(held, who)), held.evidence.poll.ballot, emailOf(name))
      })
    }),
  ],
  [
    'a row that was deleted and not overwritten',
    kept('near in the bytes after', (database, held) => {
      database.pragma('secure_delete = OFF')
      database.exec('create table gone (voter text, choice text)')
      held.evidence.electors.forEach(({ seat }, who) => {
        database.prepare('insert into gone values (?, ?)').run(seat, chosen(held, who)[0] ?? 'nobody')
        // Each on a page of its own, as papers are that come one after another among other things.
        database.prepare('insert into gone values (?, ?)').run(' '.repeat(900), '')
      })
      database.exec('delete from gone')
    }),
  ],
  [
    'a count that goes with the choice',
    kept('learnt from the other half', (database, held) => {
      held.evidence.electors.forEach(({ person }, who) => {
        database
          .prepare("update notice set wanted = wanted + ? where notice = 'elections.own' and subject = ?")
          .run(10 * (held.truth[who] ?? 0), `${held.evidence.poll.election} ${person}`)
      })
    }),
  ],
  [
    'papers of several lengths',
    sealed(
      "sealed_paper midway by length, against the candidates' order",
      (paper, who, { truth }) => paper + 'A'.repeat(truth[who] ?? 0),
    ),
  ],
  [
    'papers that are alike where the choice is',
    sealed('papers alike in the backup', (paper, who, { truth }) => paper.slice(0, -22) + String(truth[who]).repeat(22)),
  ],
  [
    'a key that was not removed',
    { found: 'papers of the backup opened', of: (held) => ({ ...held.evidence, keys: [held.key] }) },
  ],
  [
    'a key in the log of the database',
    {
      found: 'papers of the backup opened',
      of: (held) => {
        const { after } = held.evidence
        return { ...held.evidence, after: { ...after, log: Buffer.concat([after.log, Buffer.from(held.key)]) } }
      },
    },
  ],
  [
    'a message that tells',
    {
      found: 'told in messages',
      of: (held) => {
        const { electors, sent, poll } = held.evidence
        const names = poll.candidates.map((id) => electors.find(({ person }) => person === id)?.name ?? '')
        const told = sent.map((one) => {
          const who = electors.findIndex(({ name }) => 'user' in one.to && one.to.user === emailOf(name))
          return who < 0 ? one : { ...one, plain: `${one.plain} ${names[held.truth[who] ?? -1] ?? 'You abstained'}` }
        })
        return { ...held.evidence, sent: told }
      },
    },
  ],
  [
    'a line of the log that tells',
    {
      found: 'lines of the log',
      of: (held) => {
        const casters = castersOf(held)
        let cast = 0
        const lines = held.evidence.lines.map((line) => {
          if (!JSON.stringify(line).includes('elections.cast')) return line
          const who = casters[cast] ?? 0
          cast += 1
          return { ...(line as object), choice: chosen(held, who)[0] ?? 'abstain' }
        })
        return { ...held.evidence, lines }
      },
    },
  ],
])

const castersOf = ({ evidence }: HeldPoll): readonly number[] =>
  evidence.after.rows
    .filter(({ table, row }) => table === 'delivery' && row.command === 'elections.cast')
    .sort((one, other) => Number(one.row['#']) - Number(other.row['#']))
    .map(({ row }) => evidence.electors.findIndex(({ name }) => emailOf(name) === row.user_id))
