import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Answer } from '../../src/bot.js'
import { verifyChain } from '../../src/db/journal.js'
import { emailOf } from '../../src/demonstration/people.js'
import { done } from '../agenda/setting.js'
import { openTestHouse, textOf } from '../house.js'
import { CHAIR, CLERK } from '../votes/assembly.js'
import { castIn, closePoll, nominated, openPoll, openPolling, type Poll, type Polling, pollingAgain } from './attack/polls.js'

const SEATS = 7
/** Places of the two candidates; 2: nobody. */
const CHOSEN = [0, 0, 1, 0, 2, 1, 0]
const TALLY = [4, 2, 1]

interface Held {
  readonly polling: Polling
  readonly poll: Poll
}

async function ready(): Promise<Polling> {
  const polling = await openPolling(SEATS)
  onTestFinished(() => polling.house.close())
  return polling
}

async function opened(polling: Polling, ends?: 'hand' | 'all'): Promise<Held> {
  const election = await nominated(polling, polling.electors.slice(1, 3))
  return { polling, poll: await openPoll(polling, election, ends) }
}

/** A secret ballot in which everybody has voted, and which is open. */
async function voted(polling: Polling): Promise<Held> {
  const held = await opened(polling)
  for (const [who, one] of polling.electors.entries()) await castIn(polling, held.poll, one, choiceOf(held, who))
  return held
}

const choiceOf = ({ poll }: Held, who: number): string | null => poll.candidates[CHOSEN[who] ?? 2] ?? null

const keysOf = ({ house }: Polling): string => join(dirname(house.file), 'keys', basename(house.file))
const keyOf = ({ polling, poll }: Held): string => join(keysOf(polling), `${poll.ballot}.key`)
const namesOf = (polling: Polling): readonly string[] => (existsSync(keysOf(polling)) ? readdirSync(keysOf(polling)) : [])

/** Alters the database as somebody does who has the file, and not the house. */
function alter({ house }: Polling, sql: string, ...values: readonly unknown[]): void {
  const database = new Sqlite(house.file)
  const triggers = database.prepare("select name, sql from sqlite_master where type = 'trigger'").all() as {
    readonly name: string
    readonly sql: string
  }[]
  for (const { name } of triggers) database.exec(`drop trigger "${name}"`)
  database.prepare(sql).run(...values)
  for (const one of triggers) database.exec(one.sql)
  database.close()
}

async function stateOf({ polling, poll }: Held) {
  const { reading } = polling.house.handles
  const ballot = await reading.selectFrom('election_ballot').where('id', '=', poll.ballot).selectAll().executeTakeFirstOrThrow()
  const sealed = await reading.selectFrom('sealed_paper').where('ballot_id', '=', poll.ballot).select('sealed').execute()
  const rows = await reading.selectFrom('counted_choice').where('ballot_id', '=', poll.ballot).select('choice').execute()
  const kept = rows.map(({ choice }) => choice)
  const many = (choice: readonly string[]) => kept.filter((one) => one === JSON.stringify(choice)).length
  return {
    state: ballot.state,
    why: ballot.why,
    counted: ballot.counted === null ? null : [...poll.candidates.map((one) => many([one])), many([])],
    choices: kept.length,
    sealed: sealed.length,
    key: namesOf(polling).includes(`${poll.ballot}.key`),
  }
}

const CLOSED = { state: 'closed', why: null, counted: TALLY, choices: SEATS, sealed: 0, key: false }

interface Tampering {
  readonly what: string
  readonly why: string
  tamper(held: Held, other: Held): void
  /** papers in the ballot after it */
  readonly sealed?: number
  readonly key?: boolean
}

const SET_PAPER =
  'update sealed_paper set sealed = (select sealed from sealed_paper where ballot_id = ? and voter_id = ?) where ballot_id = ? and voter_id = ?'
const TAMPERINGS: readonly Tampering[] = [
  {
    what: "a voter's paper of another ballot, put into this one",
    why: 'a ballot does not open',
    tamper: ({ polling, poll }, other) =>
      alter(polling, SET_PAPER, other.poll.ballot, seat(polling, 0), poll.ballot, seat(polling, 0)),
  },
  {
    what: 'the paper of one voter, given to another too',
    why: 'a ballot does not open',
    tamper: ({ polling, poll }) => alter(polling, SET_PAPER, poll.ballot, seat(polling, 2), poll.ballot, seat(polling, 0)),
  },
  {
    what: 'the papers of two voters, exchanged',
    why: 'a ballot does not open',
    tamper: ({ polling, poll }) =>
      alter(
        polling,
        `update sealed_paper set sealed = (select other.sealed from sealed_paper as other where other.ballot_id = @ballot
           and other.voter_id = case sealed_paper.voter_id when @one then @other else @one end)
         where ballot_id = @ballot and voter_id in (@one, @other)`,
        { ballot: poll.ballot, one: seat(polling, 0), other: seat(polling, 2) },
      ),
  },
  {
    what: 'a paper, taken away',
    why: 'a ballot paper is missing',
    sealed: SEATS - 1,
    tamper: ({ polling, poll }) =>
      alter(polling, 'delete from sealed_paper where ballot_id = ? and voter_id = ?', poll.ballot, seat(polling, 3)),
  },
  {
    what: 'a key that is cut short',
    why: 'the key is damaged',
    tamper: (held) => writeFileSync(keyOf(held), readFileSync(keyOf(held), 'utf8').slice(0, 70)),
  },
  {
    what: "another ballot's key",
    why: 'the key is that of another ballot',
    tamper: (held, other) => writeFileSync(keyOf(held), readFileSync(keyOf(other))),
  },
  { what: 'a key that is gone', why: 'the key is missing', key: false, tamper: (held) => rmSync(keyOf(held)) },
]

const seat = ({ electors }: Polling, who: number): string => electors[who]?.seat ?? ''

describe('an urn is whole or it is none: nothing is counted of', () => {
  test.each(TAMPERINGS)('$what', async ({ tamper, why, sealed = SEATS, key = true }) => {
    const polling = await ready()
    const [other, held] = [await voted(polling), await voted(polling)]
    const good = readFileSync(keyOf(held))
    tamper(held, other)
    await closePoll(polling, held.poll)
    expect(await stateOf(held)).toEqual({ state: 'stuck', why, counted: null, choices: 0, sealed, key })
    await polling.house.tick()
    expect(await stateOf(held)).toMatchObject({ state: 'stuck', sealed, key })
    if (why.includes('key')) {
      writeFileSync(keyOf(held), good)
      await closePoll(polling, held.poll)
      expect(await stateOf(held)).toEqual(CLOSED)
    } else {
      await done(polling.house.press(CHAIR, { command: 'elections.discard', subject: held.poll.election }))
      expect(await stateOf(held)).toMatchObject({ state: 'void', counted: null, choices: 0, sealed: 0, key: false })
    }
    await closePoll(polling, other.poll)
    expect(await stateOf(other)).toEqual(CLOSED)
    expect(polling.house.faults).toEqual([])
  })

  test('somebody who is said to have voted, and has no paper', async () => {
    const held = await opened(await ready())
    const { polling, poll } = held
    for (const [who, one] of polling.electors.slice(1).entries()) await castIn(polling, poll, one, choiceOf(held, who))
    const [absent] = polling.electors
    alter(polling, 'insert into voted values (?, ?, ?, ?)', poll.ballot, absent?.seat, absent?.seat, absent?.person)
    await closePoll(polling, poll)
    expect(await stateOf(held)).toMatchObject({ state: 'stuck', why: 'a ballot paper is missing', counted: null, choices: 0 })
  })
})

test('a paper of somebody who has not voted is not opened, and goes with the others', async () => {
  const held = await voted(await ready())
  const { polling, poll } = held
  alter(
    polling,
    'insert into sealed_paper select ballot_id, ?, sealed from sealed_paper where ballot_id = ? limit 1',
    'somebody else',
    poll.ballot,
  )
  await closePoll(polling, poll)
  expect(await stateOf(held)).toEqual(CLOSED)
})

test('two processes that close a ballot at once count it once', async () => {
  for (let round = 0; round < 5; round += 1) {
    const held = await voted(await ready())
    const { polling, poll } = held
    const another = await openTestHouse({ file: polling.house.file })
    const second = await pollingAgain(another)
    await Promise.all([closePoll(polling, poll), closePoll(second, poll), closePoll(polling, poll), closePoll(second, poll)])
    expect(await stateOf(held)).toEqual(CLOSED)
    const { reading } = polling.house.handles
    expect(await reading.selectFrom('decision').where('how', '=', 'election').select('id').execute()).toHaveLength(1)
    expect((await verifyChain(reading, polling.board)).faults).toEqual([])
    expect([polling.house.faults, another.faults]).toEqual([[], []])
    await another.close()
  }
})

test('a close that fetched the key of a ballot which is discarded meanwhile does nothing to the one after it', async () => {
  const held = await voted(await ready())
  const { polling, poll } = held
  const { house } = polling
  const { read } = house.vault
  let fresh: Poll | null = null
  house.vault.read = async (name) => {
    house.vault.read = read
    const got = await read(name)
    await done(house.press(CHAIR, { command: 'elections.discard', subject: poll.election }))
    fresh = await openPoll(polling, poll.election)
    return got
  }
  const answer = await house.press(CHAIR, { command: 'elections.close', subject: poll.election })
  expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'conflict' } })
  expect(await stateOf({ polling, poll: fresh ?? poll })).toMatchObject({ state: 'open', key: true })
  expect(await stateOf(held)).toMatchObject({ state: 'void', sealed: 0, key: false })
})

const codeOf = (answer: Answer): string => (answer.kind === 'refusal' ? answer.refusal.code : answer.kind)

describe('who votes at the very instant', () => {
  test.each([0, 2, 4, 7])('of the close, the %i-th of them: what was acknowledged is counted, and nothing else', async (at) => {
    const held = await opened(await ready())
    const { polling, poll } = held
    const { house, electors } = polling
    const acts = electors.map(({ name }, who) => async () => {
      const choice = choiceOf(held, who) ?? 'abstain'
      const answer = await house.press(name, { command: 'elections.cast', subject: poll.ballot, values: { choice } })
      return [codeOf(answer), who] as const
    })
    const close = async () =>
      [codeOf(await house.press(CHAIR, { command: 'elections.close', subject: poll.election })), -1] as const
    const answers = await Promise.all([...acts.slice(0, at), close, ...acts.slice(at)].map((act) => act()))
    expect(answers.every(([code]) => code === 'card' || code === 'too_late')).toBe(true)
    const counted = [0, 1, 2].map((place) => answers.filter(([code, who]) => code === 'card' && CHOSEN[who] === place).length)
    expect(await stateOf(held)).toMatchObject({ state: 'closed', counted, sealed: 0, key: false })
    expect(house.faults).toEqual([])
  })

  test('of a discard: the ballot is void, and no paper is left', async () => {
    const held = await opened(await ready())
    const { polling, poll } = held
    const { house, electors } = polling
    const acts = electors.map(
      ({ name }) =>
        () =>
          house.press(name, { command: 'elections.cast', subject: poll.ballot, values: { choice: 'abstain' } }),
    )
    const discard = () => house.press(CHAIR, { command: 'elections.discard', subject: poll.election })
    const answers = await Promise.all([...acts.slice(0, 3), discard, ...acts.slice(3)].map((act) => act()))
    expect(answers.every((answer) => ['card', 'conflict'].includes(codeOf(answer)))).toBe(true)
    expect(await stateOf(held)).toMatchObject({ state: 'void', counted: null, choices: 0, sealed: 0, key: false })
  })

  test('that the last of them votes: it is counted by itself', async () => {
    const held = await opened(await ready(), 'all')
    const { polling, poll } = held
    await Promise.all(polling.electors.map((one, who) => castIn(polling, poll, one, choiceOf(held, who))))
    await Promise.all([polling.house.bot.doDue(), polling.house.bot.doDue()])
    expect(await stateOf(held)).toEqual(CLOSED)
    expect(polling.house.faults).toEqual([])
  })
})

test('a meeting that is closed with a secret ballot open: it is counted as of then, and the key goes', async () => {
  const held = await voted(await ready())
  const { polling, poll } = held
  const { house } = polling
  house.clock.forward({ minutes: 1 })
  const closedAt = house.clock.now()
  await done(house.press(CLERK, { command: 'attendance.close', subject: polling.meeting, values: { allTheSame: 'yes' } }))
  house.clock.forward({ minutes: 1 })
  const late = await house.press(polling.electors[0]?.name ?? '', {
    command: 'elections.cast',
    subject: poll.ballot,
    values: { choice: 'abstain' },
  })
  expect(codeOf(late)).toBe('too_late')
  await house.bot.doDue()
  expect(await stateOf(held)).toEqual(CLOSED)
  const { closed_at } = await house.handles.reading
    .selectFrom('election_ballot')
    .where('id', '=', poll.ballot)
    .select('closed_at')
    .executeTakeFirstOrThrow()
  expect(Date.parse(closed_at ?? '')).toBe(closedAt.epochMilliseconds)
  expect(house.faults).toEqual([])
})

describe('nothing that is kept says what was chosen', () => {
  /** What stands in the tables about one person's presses on the ballot, and in the log. */
  async function keptOf({ polling, poll }: Held, name: string): Promise<string> {
    const { house } = polling
    const deliveries = await house.handles.reading
      .selectFrom('delivery')
      .where('user_id', '=', emailOf(name))
      .where('command', '=', 'elections.cast')
      .selectAll()
      .execute()
    const payloads = await house.handles.reading
      .selectFrom('journal')
      .innerJoin('journal_payload as inside', (join) =>
        join.onRef('inside.board_id', '=', 'journal.board_id').onRef('inside.seq', '=', 'journal.seq'),
      )
      .where('journal.command', '=', 'elections.cast')
      .where('journal.subject', '=', poll.ballot)
      .select('inside.payload')
      .execute()
    return JSON.stringify([deliveries, payloads, house.lines])
  }

  const secret = 'c0ffee00-0000-4000-8000-00000000beef'

  test.each([
    { what: 'what is not on the ballot', values: { choice: secret } },
    { what: 'two ways of choosing at once', values: { choice: 'abstain', rank1: secret } },
    { what: 'somebody twice', values: { rank1: secret, rank2: secret } },
    { what: 'what is too long', values: { choice: secret.repeat(3) } },
    { what: "another's vote", values: { choice: 'abstain', voter: secret } },
  ])('of $what, which is refused', async ({ values }) => {
    const held = await opened(await ready())
    const { house, electors } = held.polling
    const name = electors[4]?.name ?? ''
    const answer = await house.press(name, { command: 'elections.cast', subject: held.poll.ballot, values })
    expect(answer.kind).toBe('refusal')
    expect(textOf(answer)).not.toContain(secret)
    expect(await keptOf(held, name)).not.toContain(secret)
    for (const file of [house.file, `${house.file}-wal`]) expect(readFileSync(file).includes(secret)).toBe(false)
  })

  test('of a vote that comes too late, or comes again', async () => {
    const held = await voted(await ready())
    const { polling, poll } = held
    const name = polling.electors[4]?.name ?? ''
    const choice = poll.candidates[0] ?? ''
    const cast = (delivery: string) =>
      polling.house.press(name, { command: 'elections.cast', subject: poll.ballot, values: { choice } }, { delivery })
    await closePoll(polling, poll)
    const answers = [await cast('late'), await cast('late')]
    expect(answers.map(codeOf)).toEqual(['too_late', 'too_late'])
    expect(await keptOf(held, name)).not.toContain(choice)
    expect(await stateOf(held)).toEqual(CLOSED)
  })

  test('of a vote that a fault has stopped', async () => {
    const held = await opened(await ready())
    const { polling, poll } = held
    const name = polling.electors[4]?.name ?? ''
    const choice = poll.candidates[0] ?? ''
    const database = new Sqlite(polling.house.file)
    database.exec("create trigger broken before insert on sealed_paper begin select raise(abort, 'broken'); end")
    database.close()
    const answer = await polling.house.press(name, { command: 'elections.cast', subject: poll.ballot, values: { choice } })
    expect(answer.kind).toBe('fault')
    expect(textOf(answer)).not.toContain(choice)
    expect(await keptOf(held, name)).not.toContain(choice)
    expect(String(polling.house.faults[0])).not.toContain(choice)
    expect(await stateOf(held)).toMatchObject({ state: 'open', sealed: 0 })
  })

  test('of a vote that is typed', async () => {
    const held = await opened(await ready())
    const { house, electors } = held.polling
    const [candidate] = held.poll.candidates
    const called = electors.find(({ person }) => person === candidate)?.name ?? ''
    const answer = await house.say(electors[4]?.name ?? '', `I vote for ${called}`)
    expect(codeOf(answer)).toBe('invalid')
    expect(JSON.stringify(house.lines)).not.toContain(called)
    expect(await stateOf(held)).toMatchObject({ state: 'open', sealed: 0 })
  })

  test('of a delivery that comes again with another choice: the first stands', async () => {
    const held = await opened(await ready())
    const { polling, poll } = held
    const name = polling.electors[4]?.name ?? ''
    const cast = (choice: string) =>
      polling.house.press(name, { command: 'elections.cast', subject: poll.ballot, values: { choice } }, { delivery: 'same' })
    await done(cast(poll.candidates[1] ?? ''))
    await done(cast(poll.candidates[0] ?? ''))
    await closePoll(polling, poll)
    expect(await stateOf(held)).toMatchObject({ counted: [0, 1, 0] })
  })
})
