import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { Insertable } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Terms } from '../../src/boards/terms.js'
import type { Schema } from '../../src/db/schema.js'
import { toText } from '../../src/kernel/time.js'
import { recipientText } from '../../src/outbox/recipient.js'
import { directId, PLATFORM, WORKSPACE } from '../../src/platforms/web/places.js'
import { openBenchHouse } from './house.js'

export const MEMBERS = 30
const QUORUM = 8
/** Boards that meet once a quarter, their next meetings spread over it. */
const QUARTER_DAYS = 90
const BOARDS_A_TRANSACTION = 10000

const member = (board: number, seat: number) => `Member ${seat} of Board ${board}`
const body = (board: number, seat: number) => `Authority ${seat} of County ${board}`
export const emailOf = (board: number, seat: number) => `member.${seat}@board-${board}.example.org`

/**
 * Makes a database with boards of 30 seats, each held by a person of its own; every board has its terms, a chair and a clerk,
 * a channel, and a called meeting whose cards stand there as sent.
 * @param file not there yet
 */
export async function makeBoards(file: string, boards: number): Promise<void> {
  await (await openBenchHouse(file)).close()
  const database = new Sqlite(file)
  // Only to be made quickly: the house sets its own when it opens the file.
  for (const pragma of [
    'journal_mode = OFF',
    'synchronous = OFF',
    'foreign_keys = OFF',
    'temp_store = MEMORY',
    'cache_size = -1000000',
  ]) {
    database.pragma(pragma)
  }
  const put = inserter(database)
  const now = Temporal.Now.instant()
  const tenant = randomUUID()
  put('tenant', [{ id: tenant, name: 'Bench' }])
  put('workspace', [{ platform: PLATFORM, id: WORKSPACE, tenant_id: tenant, ours: 1 }])
  const some = database.transaction((from: number, until: number) => {
    for (let number = from; number < until; number += 1) putBoard(put, tenant, number, now)
  })
  for (let from = 0; from < boards; from += BOARDS_A_TRANSACTION) some(from, Math.min(boards, from + BOARDS_A_TRANSACTION))
  database.close()
}

type Put = <Table extends keyof Schema>(table: Table, rows: readonly Insertable<Schema[Table]>[]) => void

/** Inserts all rows of a call in one statement, kept for the next call of as many. */
function inserter(database: Sqlite.Database): Put {
  const kept = new Map<string, Sqlite.Statement>()
  return (table, rows) => {
    const columns = Object.keys(rows[0] ?? {})
    const key = `${table} ${rows.length}`
    const row = `(${columns.map(() => '?').join(', ')})`
    const statement =
      kept.get(key) ??
      database.prepare(`insert into ${table} (${columns.join(', ')}) values ${Array(rows.length).fill(row).join(', ')}`)
    kept.set(key, statement)
    statement.run(rows.flatMap((one) => Object.values(one)))
  }
}

function putBoard(put: Put, tenant: string, number: number, now: Temporal.Instant): void {
  const [board, meeting] = [randomUUID(), randomUUID()]
  const made = { person: '', organisation: '', seat: '' }
  const ids = Array.from({ length: MEMBERS }, () => ({
    ...made,
    person: randomUUID(),
    organisation: randomUUID(),
    seat: randomUUID(),
  }))
  const today = toText(now).slice(0, 10)
  const terms = termsOf(number)
  const { board: name, shortName, zone, division } = terms
  put('board', [{ id: board, tenant_id: tenant, name, short_name: shortName, zone, division }])
  put('place', [{ platform: PLATFORM, workspace: WORKSPACE, id: shortName, board_id: board, kind: 'private' }])
  const document = JSON.stringify(terms)
  put('terms', [{ id: randomUUID(), board_id: board, state: 'approved', in_force_from: toText(now), document }])
  put(
    'person',
    ids.map(({ person: id }, seat) => ({ id, tenant_id: tenant, name: member(number, seat), email: emailOf(number, seat) })),
  )
  put(
    'identity',
    ids.map(({ person }, seat) => ({
      platform: PLATFORM,
      workspace: WORKSPACE,
      user_id: emailOf(number, seat),
      person_id: person,
      preferred: 1,
    })),
  )
  put(
    'organisation',
    ids.map(({ organisation: id }, seat) => ({ id, tenant_id: tenant, name: body(number, seat), short_name: `A${seat}` })),
  )
  put(
    'post',
    ids.map(({ person, organisation }) => ({
      board_id: board,
      person_id: person,
      organisation_id: organisation,
      title: 'Director',
    })),
  )
  put(
    'seat',
    ids.map(({ seat: id, organisation }) => ({
      id,
      board_id: board,
      organisation_id: organisation,
      title: 'Director',
    })),
  )
  put(
    'holding',
    ids.map(({ seat, person }) => ({
      seat_id: seat,
      person_id: person,
      capacity: 'representative',
      from_day: today,
      until_day: null,
    })),
  )
  const [chair, clerk] = [ids[0]?.person ?? '', ids[1]?.person ?? '']
  put('office', [
    { board_id: board, office: 'chair', person_id: chair, from_day: today, until_day: null },
    { board_id: board, office: 'clerk', person_id: clerk, from_day: today, until_day: null },
  ])
  const startsAt = now.add({ hours: 24 * (1 + (number % QUARTER_DAYS)) })
  put('meeting', [{ id: meeting, board_id: board, starts_at: toText(startsAt), venue: 'Online', state: 'called' }])
  const sent = { subject: meeting, board_id: board, at: toText(now) }
  put('notice', [
    sentCard({
      ...sent,
      notice: 'apologies.forecast',
      recipient: recipientText({ place: { platform: PLATFORM, workspace: WORKSPACE, id: shortName } }, board),
      conversation: shortName,
    }),
    ...ids.map(({ person }, seat) =>
      sentCard({
        ...sent,
        notice: 'apologies.invitation',
        recipient: recipientText({ person }, board),
        conversation: directId(emailOf(number, seat)),
      }),
    ),
  ])
}

function termsOf(number: number): Terms {
  const clause = { number: '1', words: 'The board is quorate when no less than eight of its member authorities are represented.' }
  const bodies = Array.from({ length: MEMBERS }, (_, seat) => body(number, seat))
  return {
    title: `Terms of reference of Board ${number}`,
    board: `Board ${number}`,
    shortName: `B${number}`,
    zone: 'Europe/London',
    division: 'england-and-wales',
    standings: [
      {
        name: 'member authority',
        plural: 'member authorities',
        clause,
        readings: [{ name: 'as the terms list them', source: 'clause 1', bodies }],
      },
    ],
    quorum: { atLeast: QUORUM, of: ['member authority'], countedBy: 'organisation', present: [], clause },
    offices: [],
    presiding: { inOrder: ['vice-chair'], withChairsPowers: true, clause },
    decisions: { by: 'consensus', clause },
    delegated: [],
    meetings: { aYear: 4, orAsDecided: false, clause },
    calling: { ordinary: { by: CHAIR, clause }, extraordinary: { by: CHAIR, clause } },
    notice: { workingDays: 5, clause },
    papers: { workingDays: 5, cutOff: '17:00', include: [], clause },
    agenda: {
      agreed: { by: CHAIR, clause },
      proposed: { by: CHAIR, clause },
      standingItems: { setBy: 'the chair', sections: [], clause },
    },
    substitutes: { allowed: true, clause },
    attendance: { graceMinutes: 5, clause },
    reminders: {
      hour: '09:00',
      authorsDays: [14, 0],
      agendaWorkingDays: [5, 2],
      clerkWorkingDays: [2, 1, 0],
      membersWorkingDays: [10, 3],
      everyoneWorkingDays: [1],
      everyoneMinutes: [60],
      openingMinutes: [15, 0],
      notesDays: [10],
      clause,
    },
    nonMembers: { atInvitationOf: CHAIR, clause },
    review: { everyYears: 1, by: 'the board itself', clause },
  }
}

const CHAIR = { offices: ['chair' as const], standings: [], groups: [] }

type Standing = Pick<Schema['notice'], 'notice' | 'subject' | 'board_id' | 'recipient'> & { conversation: string; at: string }

const sentCard = ({ at, conversation, ...what }: Standing): Schema['notice'] => ({
  id: randomUUID(),
  ...what,
  kind: 'live',
  due_date: '',
  queued: 1,
  wanted: 1,
  state: 'sent',
  not_before: at,
  attempts: 0,
  begun: 0,
  platform: PLATFORM,
  workspace: WORKSPACE,
  conversation,
  message: randomUUID(),
  sent_at: at,
  sent_hash: '0'.repeat(64),
  why: null,
})

/** MiB. */
export const sizeOf = (file: string): number => statSync(file).size / 2 ** 20
