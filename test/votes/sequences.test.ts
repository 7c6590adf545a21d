import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Pressed } from '../../src/bot.js'
import { verifyChain } from '../../src/db/journal.js'
import { newId } from '../../src/kernel/ids.js'
import { motionFacts } from '../../src/votes/card/store.js'
import { boardCalled } from '../boards.js'
import { textOf } from '../house.js'
import { mayDo } from './may.js'
import { Model } from './model.js'
import { at, CHAIR, CLERK, type Deciding, FIRE, graveshamInSession } from './setting.js'
import { type Act, BODIES, sequence, type Whose, type Wish } from './wishes.js'

let here: Deciding
let model: Model
let ids: ReadonlyMap<string, string>
/** B1 and B2. */
let items: readonly string[]
/** The ids of bodies' seats, by their short names. */
let seats: ReadonlyMap<string, string>
/** The ids of motions, in the order in which they were put. */
let motions: string[] = []
const accepted = new Map<string, number>()
const refused = new Map<string, number>()
const results = new Map<string, number>()
const tally = (of: Map<string, number>, what: string) => of.set(what, (of.get(what) ?? 0) + 1)

beforeAll(async () => {
  here = await graveshamInSession([])
  const { house, agenda, meeting } = here
  await house.outbox.close()
  const { writing, reading } = house.handles
  // Nothing is proved here of a machine that stops, nor of what the database itself refuses.
  await sql`pragma synchronous = off`.execute(writing)
  const { rows: triggers } = await sql<{ name: string }>`
    select name from sqlite_master where type = 'trigger' and tbl_name in
      ('vote', 'motion_wording', 'dissent', 'casting_vote', 'decision', 'decision_mark', 'ballot')`.execute(reading)
  for (const { name } of triggers) await sql`drop trigger ${sql.ref(name)}`.execute(writing)
  await forget()
  house.clock.set('2026-12-16T10:00:00Z')
  await agenda.has('Wardens', 'B')
  items = [await agenda.id('B1'), await agenda.id('B2')]
  ids = new Map((await reading.selectFrom('person').select(['name', 'id']).execute()).map(({ name, id }) => [name, id]))
  const { rows } = await sql<{ id: string; body: string; short: string }>`
    select seat.id, organisation.name as body, organisation.short_name as short from seat
      join organisation on organisation.id = seat.organisation_id
      join meeting on meeting.board_id = seat.board_id where meeting.id = ${meeting}`.execute(reading)
  seats = new Map(rows.map(({ id, body, short }) => [short || body, id]))
  for (const body of Object.keys(BODIES)) expect(seats.has(body)).toBe(true)
})
afterAll(() => here.house.close())

const TABLES = [
  'casting_vote',
  'ballot',
  'decision_mark',
  'decision',
  'vote',
  'dissent',
  'motion_wording',
  'motion',
  'quorum_entry',
  'spell',
  'sitting',
  'interest',
  'answer',
  'expectation',
  'delivery',
  'notice',
] as const

/** As before anybody said anything at the meeting. */
const forget = () =>
  here.house.writer.write(async (tx) => {
    for (const table of TABLES) await tx.deleteFrom(table).execute()
  })

/** The meeting as before anybody said anything at it; then it is opened at ten, with these people there. */
async function beginAnew(people: readonly string[]): Promise<void> {
  const { house } = here
  await forget()
  model = new Model(BODIES, [
    [CHAIR, 'Chair'],
    [FIRE, 'Vice-Chair'],
  ])
  motions = []
  house.clock.set(at('10:00'))
  await done(CLERK, roomPress('attendance.open'))
  house.clock.forward({ seconds: 1 })
  await done(CLERK, roomPress('attendance.mark', { name: people.join('; '), how: 'room', reason: 'as I saw it' }))
  for (const person of people) model.follow({ act: 'arrive', person })
}

async function done(by: string, pressed: Pressed): Promise<void> {
  const answer = await here.house.press(by, pressed)
  if (answer.kind !== 'card') throw new Error(textOf(answer))
}

const roomPress = (command: string, values: Readonly<Record<string, string>> = {}): Pressed => ({
  command,
  subject: here.meeting,
  values,
})

const nth = (of: readonly string[], at: number): string => of[at % Math.max(1, of.length)] ?? CLERK

/** Who is meant, by how it stands. */
function named(whose: Whose, item: number, motion: number): string {
  if (whose === 'presiding') return model.presiding()?.[0] ?? CLERK
  if ('name' in whose) return whose.name
  const people = model.stays.map(({ person }) => person)
  if (whose.of === 'roll') return nth([...model.roll(item).values()], whose.nth)
  if (whose.of === 'here') return nth(people, whose.nth)
  if (whose.of === 'dissents') return nth([...(model.motions[motion]?.dissents ?? [])], whose.nth)
  return nth(
    [...ids.keys()].filter((name) => model.isOut(name, item)),
    whose.nth,
  )
}

interface Meant {
  readonly by: string
  readonly press: Pressed
  readonly act: Act
}

const HOW = { session: 'resumed', waits: 'waits', informal: 'informal', adjourned: 'adjourned' } as const

/** What somebody presses, and what it means; null where there is no motion to press on. */
function meantBy(wish: Wish): Meant | null {
  const motion = model.motions.length - 1 - wish.motion
  const item = model.motions[motion]?.item ?? wish.item
  const by = named(wish.by, item, motion)
  const idOf = (name: string) => ids.get(name) ?? newId()
  const { choice, text, how, byHand, body } = wish
  switch (wish.does) {
    case 'arrive':
      return { by, press: roomPress('attendance.arrive', { mode: 'room' }), act: { act: 'arrive', person: by } }
    case 'leave':
      return { by, press: roomPress('attendance.leave'), act: { act: 'leave', person: by } }
    case 'sit in': {
      const person = named(wish.whose, item, motion)
      const holder = idOf(BODIES[body]?.holders[0] ?? '')
      const values = { how: 'room', seat: seats.get(body) ?? '', for: holder, person: idOf(person), allTheSame: 'yes' }
      return {
        by,
        press: roomPress('attendance.mark', { ...values, reason: 'as I saw it' }),
        act: { act: 'sit in', person, body },
      }
    }
    case 'withdraw': {
      const person = by === CLERK ? named(wish.whose, item, motion) : by
      const values = { item: items[item] ?? '', nature: 'a grant', does: 'withdraws now', person: idOf(person) }
      return { by, press: roomPress('attendance.declare', values), act: { act: 'withdraw', person, item } }
    }
    case 'return':
      return {
        by,
        press: roomPress('attendance.return', { item: items[item] ?? '' }),
        act: { act: 'return', person: by, item },
      }
    case 'proceed': {
      const closes = how === 'closed'
      const values = closes ? { allTheSame: 'yes' } : { how: HOW[how] }
      return { by, press: roomPress(closes ? 'attendance.close' : 'attendance.proceed', values), act: { act: 'proceed', how } }
    }
    case 'put': {
      const subject = items[wish.item] ?? ''
      return {
        by,
        press: { command: 'votes.put', subject, values: { text: text.said } },
        act: { act: 'put', item: wish.item, text },
      }
    }
  }
  const id = motions[motion]
  if (id === undefined) return null
  const press = (command: string, values: Readonly<Record<string, string>> = {}): Pressed => ({ command, subject: id, values })
  const onItem = (command: string, values: Readonly<Record<string, string>>): Pressed => ({
    command,
    subject: items[item] ?? '',
    values: { motion: id, ...values },
  })
  const person = by === CLERK ? named(wish.whose, item, motion) : by
  const whose = by === CLERK ? { person: idOf(person) } : {}
  switch (wish.does) {
    case 'amend':
      return { by, press: press('votes.amend', { text: text.said }), act: { act: 'amend', motion, text } }
    case 'open':
      return {
        by,
        press: onItem('votes.open', { ends: byHand ? 'hand' : 'all', allTheSame: 'yes' }),
        act: { act: 'open', motion, byHand },
      }
    case 'cast':
      return { by, press: press('votes.cast', { choice }), act: { act: 'cast', motion, person: by, choice } }
    case 'record':
      return {
        by,
        press: press('votes.record', { person: idOf(person), choice }),
        act: { act: 'record', motion, person, choice },
      }
    case 'countersign':
      return { by, press: press('votes.countersign'), act: { act: 'countersign', motion } }
    case 'close':
      return { by, press: press('votes.close', { allTheSame: 'yes' }), act: { act: 'close', motion } }
    case 'casting': {
      const cast = choice === 'abstain' ? 'for' : choice
      return { by, press: press('votes.casting', { choice: cast }), act: { act: 'casting', motion, person: by, choice: cast } }
    }
    case 'dissent':
    case 'content':
      return { by, press: press(`votes.${wish.does}`, whose), act: { act: wish.does, motion, person } }
    case 'agree':
      return { by, press: onItem('votes.agree', { dissents: 'recorded', withoutQuorum: 'yes' }), act: { act: 'agree', motion } }
  }
}

type Amounts = Readonly<Record<string, number | string | null>>

/** How much there is of all that an act on a motion may write. */
async function amounts(): Promise<Amounts> {
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from motion) as motions, (select count(*) from motion_wording) as wordings,
      (select count(*) from dissent) as dissents, (select count(*) from vote where state = 'open') as open,
      (select count(*) from vote) as votes, (select count(*) from ballot) as ballots, (select max(at) from ballot) as cast,
      (select count(*) from casting_vote) as castings, (select count(*) from decision) as decisions,
      (select count(*) from spell) as spells, (select count(*) from sitting) as sittings,
      (select max(rowid) from journal) as journal`.execute(here.house.handles.reading)
  return rows[0] ?? {}
}

/** @param before how much there was before it. @returns how much there is after it */
async function perform(wish: Wish, before: Amounts): Promise<Amounts> {
  const { house, meeting } = here
  house.clock.forward({ seconds: wish.wait })
  const meant = meantBy(wish)
  if (!meant) return before
  const { by, press, act } = meant
  const may = mayDo(model, act, by, CLERK)
  const delivery = newId()
  const answer = await house.press(by, press, { delivery })
  if (answer.kind !== 'refusal') expect(answer.kind).toBe('card')
  const said = `${by}: ${JSON.stringify(act)}: ${textOf(answer)}`
  if (may !== null && may !== (answer.kind === 'card')) throw new Error(`${may ? 'refused' : 'accepted'}: ${said}`)
  if (answer.kind === 'refusal') {
    tally(refused, act.act)
    expect(await amounts()).toEqual(before)
    return before
  }
  tally(accepted, act.act)
  model.follow(act)
  if (act.act === 'put') {
    const { reading } = house.handles
    const rows = await reading.selectFrom('motion').where('meeting_id', '=', meeting).orderBy('number').select('id').execute()
    motions = rows.map(({ id }) => id)
  }
  const after = await amounts()
  if (!wish.twice) return after
  await house.press(by, press, { delivery })
  expect(await amounts()).toEqual(after)
  return after
}

const sorted = (all: readonly (readonly unknown[])[]): readonly string[] => all.map((one) => JSON.stringify(one)).sort()

/** How many are represented, who may vote, and how each voted, are as the model says. */
async function agrees(): Promise<void> {
  const { house } = here
  const { reading } = house.handles
  const bodyOf = new Map([...seats].map(([body, id]) => [id, body]))
  for (const [index, motion] of model.motions.entries()) {
    const shown = await motionFacts(reading, motions[index] ?? '', house.clock.now())
    if (!shown) throw new Error('a motion is gone')
    const { vote, state, dissents } = shown.motion
    expect(state).toBe(motion.decided ? 'decided' : motion.vote ? 'in a vote' : 'before the meeting')
    expect(shown.entry.figures.map(({ represented }) => represented)).toEqual([model.represented(null)])
    expect(shown.count.figures.map(({ represented, required }) => [represented, required])).toEqual([
      [model.represented(motion.item), 3],
    ])
    expect(sorted(shown.roll.map(({ seat, person }) => [bodyOf.get(seat), person.name]))).toEqual(
      sorted([...model.roll(motion.item)]),
    )
    expect(shown.entry.presiding?.person.name ?? null).toBe(model.presiding()?.[0] ?? null)
    expect(dissents.map(({ person }) => person.name).sort()).toEqual([...motion.dissents].sort())
    expect(vote?.state).toBe(motion.vote?.state)
    const names = new Map([...ids].map(([name, id]) => [id, name]))
    const ballots = vote?.ballots.map((one) => [
      bodyOf.get(one.seat),
      names.get(one.person),
      one.choice,
      one.recorded,
      !one.recorded || one.countersigned !== null,
    ])
    const cast = [...(motion.vote?.ballots ?? [])].map(([body, one]) => [body, one.person, one.choice, one.recorded, one.counts])
    expect(sorted(ballots ?? [])).toEqual(sorted(cast))
    expect(vote?.tallies.map((one) => [one.for, one.against, one.abstained, one.present]) ?? []).toEqual(
      motion.vote?.tally ? [motion.vote.tally] : [],
    )
    if (motion.vote?.cast) expect(vote?.casting).toMatchObject({ choice: motion.vote.cast.choice })
  }
}

async function holds(): Promise<void> {
  await agrees()
  const entered = await here.house.handles.reading
    .selectFrom('decision')
    .orderBy('number')
    .select(['words', 'account', 'outcome', 'how'])
    .execute()
  const dissents = (account: string) => (JSON.parse(account) as { dissents: { person: string }[] }).dissents
  expect(
    entered.map(({ words, account }) => ({
      words,
      dissents: dissents(account)
        .map(({ person }) => person)
        .sort(),
    })),
  ).toEqual(model.register)
  for (const { outcome, how } of entered) tally(results, `${outcome}: ${how}`)
  expect(here.house.faults).toEqual([])
}

/** Sequences in each of four parts: 2,000 in all. */
const EACH = 500

test('the model is at most 150 lines', () => {
  const lines = readFileSync(new URL('model.ts', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  expect(lines.length).toBeLessThanOrEqual(150)
})

test.each([1, 2, 3, 4])(
  'in whatever order people come, go, vote and change their minds: part %i of 4',
  async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async ({ there, wishes }) => {
        await beginAnew(there)
        let before = await amounts()
        for (const wish of wishes) before = await perform(wish, before)
        await holds()
      }),
      { numRuns: EACH },
    )
  },
  300_000,
)

const ACTS = [
  'agree',
  'amend',
  'arrive',
  'cast',
  'casting',
  'close',
  'content',
  'countersign',
  'dissent',
  'leave',
  'open',
  'proceed',
  'put',
  'record',
  'return',
  'sit in',
  'withdraw',
]
const RESULTS = [
  'not carried: casting vote',
  'not carried: vote',
  'recommended: agreed',
  'recommended: casting vote',
  'recommended: vote',
  'resolved: agreed',
  'resolved: casting vote',
  'resolved: vote',
]

test('the sequences are no formality, and the journal of all of them holds', async () => {
  console.log(
    Object.fromEntries([...accepted].sort()),
    Object.fromEntries([...refused].sort()),
    Object.fromEntries([...results].sort()),
  )
  const moreThan = (count: number, of: ReadonlyMap<string, number>) =>
    [...of].flatMap(([what, times]) => (times > count ? what : [])).sort()
  expect(moreThan(20, accepted)).toEqual(ACTS)
  expect(moreThan(20, refused)).toEqual(ACTS)
  expect(moreThan(5, results)).toEqual(RESULTS)
  const board = (await boardCalled(here.house, 'Gravesham CSP')) ?? ''
  expect((await verifyChain(here.house.handles.reading, board)).faults).toEqual([])
})
