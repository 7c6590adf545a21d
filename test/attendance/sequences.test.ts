import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Entry, type Facts, ledgerOf } from '../../src/attendance/ledger.js'
import { findRoom } from '../../src/attendance/store.js'
import { allWritten } from '../../src/attendance/written/store.js'
import type { Pressed } from '../../src/bot.js'
import { verifyChain } from '../../src/db/journal.js'
import { newId } from '../../src/kernel/ids.js'
import { assisted, forget } from '../apologies/assisted.js'
import { termsOf } from '../boards/roster/spreadsheet.js'
import { boardCalled } from '../boards.js'
import type { TestHouse } from '../house.js'
import { type Done, Model, type Stay } from './model.js'
import { type Amounts, amounts, factsFrom, happened, type Recorded, recorded } from './recorded.js'
import { referenceOf } from './reference.js'
import { DEPUTIES, MEMBERS, STRANGER, sequence, type Wish } from './wishes.js'

const TERMS = termsOf('kcsp-2025.yaml')
let house: TestHouse
let meeting: string
let model: Model
/** What stands in the database by now. */
let standing: Recorded
let ids: ReadonlyMap<string, string>
let items: readonly string[]
let places: Facts['places']
let lasting: Pick<Facts, 'rules' | 'offices'>
/** Who holds each seat. */
let holders: ReadonlyMap<string, string>
const accepted = new Map<string, number>()
const refused = new Map<string, number>()
const verdicts = new Set<string>()
const tally = (of: Map<string, number>, act: string) => of.set(act, (of.get(act) ?? 0) + 1)

beforeAll(async () => {
  house = await assisted()
  // Nothing is proved here of a machine that stops: each commit need not wait for the disk.
  await sql`pragma synchronous = off`.execute(house.handles.writing)
  const { reading } = house.handles
  meeting = (await reading.selectFrom('meeting').select('id').where('starts_at', 'like', '2026-12-16%').executeTakeFirstOrThrow())
    .id
  ids = new Map((await reading.selectFrom('person').select(['name', 'id']).execute()).map(({ name, id }) => [name, id]))
  const room = await findRoom(reading, meeting, house.clock.now())
  if (!room) throw new Error('there is no meeting')
  lasting = { rules: room.facts.rules, offices: room.facts.offices }
  const agenda = await reading.selectFrom('item').select('id').where('meeting_id', '=', meeting).orderBy('number').execute()
  items = agenda.slice(0, 2).map(({ id }) => id)
  const { rows } = await sql<{ seat: string; body: string; formerly: string; standing: string; holder: string }>`
    select seat.id as seat, organisation.name as body, seat.formerly, seat.standing, person.name as holder from seat
      join organisation on organisation.id = seat.organisation_id
      join holding on holding.seat_id = seat.id and holding.capacity = 'representative'
      join person on person.id = holding.person_id`.execute(reading)
  expect(rows.map(({ holder }) => holder).sort()).toEqual([...MEMBERS].sort())
  holders = new Map(rows.map(({ seat, holder }) => [seat, holder]))
  places = rows.map(({ seat, body, formerly, standing }) => ({
    seat,
    organisation: body,
    formerly: JSON.parse(formerly) as string[],
    invited: standing !== 'member',
    filled: true,
  }))
})
afterAll(() => house.close())

/** The meeting as before anybody said anything of it, five minutes before ten. */
async function beginAnew(): Promise<void> {
  await forget(house)
  await house.writer.write(async (tx) => {
    for (const table of ['quorum_entry', 'spell', 'sitting', 'interest', 'delivery'] as const)
      await tx.deleteFrom(table).execute()
  })
  house.clock.set('2026-12-16T09:55:00Z')
  model = new Model(MEMBERS, DEPUTIES)
  standing = { spells: [], outs: [], sittings: [] }
}

const idOf = (name: string): string => ids.get(name) ?? newId()
const seatOf = (member: string): string => [...holders].find(([, holder]) => holder === member)?.[0] ?? ''
const clock = (): number => house.clock.now().epochMilliseconds
const textOf = (at: number): string => Temporal.Instant.fromEpochMilliseconds(at).toString({ fractionalSecondDigits: 3 })

/** The hour of the clock so many minutes ago, it is London's in winter; the day before's where the meeting was over by then. */
function hourOf(minutesAgo: number | null): { readonly hour: string; readonly at: number } | null {
  if (minutesAgo === null) return null
  const at = Math.floor((model.now(clock()) - minutesAgo * 60_000) / 60_000) * 60_000
  const sat = at > (model.when('closed') ?? at) ? at - 24 * 3_600_000 : at
  // A minute that was begun when it was opened is one of the meeting.
  return { hour: textOf(at).slice(11, 16), at: Math.max(sat, model.when('opened') ?? sat) }
}

interface Meant {
  readonly press: Pressed
  /** what of it the model follows, if it is accepted */
  readonly done: readonly Done[]
}

const press = (command: string, values: Readonly<Record<string, string>> = {}): Pressed => ({ command, subject: meeting, values })

/** What somebody presses, and what it means; null where there is nothing to press. */
function meantBy(wish: Wish, spells: Recorded['spells']): Meant | null {
  const { by } = wish
  switch (wish.act) {
    case 'answer': {
      const { seat, attending, substitute } = wish
      const whose = { seat: seatOf(seat), ...(by === seat ? {} : { for: idOf(seat) }) }
      const done: Done = { act: 'answer', by, seat, attending, substitute: attending ? null : substitute }
      if (attending) return { press: press('apologies.attend', whose), done: [done] }
      if (substitute === null) return { press: press('apologies.send', { ...whose, allTheSame: 'yes' }), done: [done] }
      const named = substitute === STRANGER ? { substituteNamed: STRANGER } : { substitute: idOf(substitute) }
      const command = substitute === STRANGER ? 'apologies.send' : 'apologies.name_substitute'
      return { press: press(command, { ...whose, ...named, allTheSame: 'yes' }), done: [done] }
    }
    case 'open':
      return { press: press('attendance.open'), done: [{ act: 'say', what: 'opened', words: null }] }
    case 'close':
      return { press: press('attendance.close', { allTheSame: 'yes' }), done: [{ act: 'say', what: 'closed', words: null }] }
    case 'proceed':
      return {
        press: press('attendance.proceed', { how: wish.how, ...(wish.until ? { until: wish.until } : {}) }),
        done: [{ act: 'say', what: wish.how, words: wish.until }],
      }
    case 'preside': {
      const values = { person: idOf(wish.person), allTheSame: 'yes' }
      return { press: press('attendance.preside', values), done: [{ act: 'say', what: 'presides', words: null }] }
    }
    case 'arrive':
      return { press: press('attendance.arrive', { mode: wish.mode }), done: [{ act: 'arrive', person: by, mode: wish.mode }] }
    case 'leave':
      return {
        press: press('attendance.leave', wish.dropped ? { dropped: 'yes' } : {}),
        done: [{ act: 'leave', person: by, dropped: wish.dropped }],
      }
    case 'mark': {
      const hour = hourOf(wish.ago)
      const arrives = ['room', 'online', 'back'].includes(wish.how)
      const said = { ...(hour ? { hour: hour.hour } : {}), ...(hour || arrives ? { reason: 'as I saw it' } : {}) }
      const values = { how: wish.how, allTheSame: 'yes', ...said }
      const [one, another] = wish.people
      const who = another === undefined ? { person: idOf(one ?? '') } : { name: wish.people.join('; ') }
      const done = wish.people.map((person): Done => {
        const at = hour?.at
        return arrives
          ? { act: 'arrive', person, mode: wish.how, at }
          : { act: 'leave', person, dropped: wish.how === 'dropped', at }
      })
      return { press: press('attendance.mark', { ...values, ...who }), done }
    }
    case 'sit in': {
      const { seat, person, mode } = wish
      const values = { how: mode, seat: seatOf(seat), for: idOf(seat), person: idOf(person), allTheSame: 'yes' }
      return { press: press('attendance.mark', values), done: [{ act: 'sit in', by, seat, person, mode }] }
    }
    case 'correct': {
      const row = spells[wish.nth % Math.max(1, spells.length)]
      if (!row) return null
      const [from, until] = [hourOf(wish.hours.from), hourOf(wish.hours.until)]
      const { what, mode } = wish
      const hours = { ...(from ? { from: from.hour } : {}), ...(until ? { until: until.hour } : {}) }
      const values = { spell: row.id, what, mode, reason: 'as the clerk found', ...hours }
      const to = {
        ...(from ? { from: from.at } : {}),
        ...(what === 'stayed' ? { until: null } : until ? { until: until.at } : {}),
        ...(mode === '' ? {} : { mode }),
      }
      const stay = model.stays.find((one) => stayText(one) === spellText(row))
      if (!stay) throw new Error(`the model knows nothing of ${spellText(row)}`)
      return {
        press: press('attendance.correct', values),
        done: [{ act: 'correct', stay, to: what === 'never' ? 'never' : to }],
      }
    }
    case 'interest': {
      const { person, does } = wish
      const item = items[wish.item] ?? ''
      const act = ['withdraws now', 'withdraw'].includes(does) ? 'out' : 'in'
      const done: Done = { act, person, item }
      if (does === 'withdraw' || does === 'return')
        return { press: press(`attendance.${does}`, { item }), done: [{ ...done, person: by }] }
      const whose = person === by ? {} : { person: idOf(person) }
      return { press: press('attendance.declare', { item, nature: 'a grant', does, ...whose }), done: [done] }
    }
  }
}

const stayText = ({ person, seat, as, mode, from, until, dropped }: Stay): string =>
  JSON.stringify([person, seat, as, mode, textOf(from), until === null ? null : textOf(until), dropped])

function spellText({
  person,
  seat_id,
  capacity,
  principal,
  mode,
  from_at,
  until_at,
  dropped,
}: Recorded['spells'][number]): string {
  const seat = seat_id === null ? null : (holders.get(seat_id) ?? '')
  if (['substitute', 'deputy'].includes(capacity)) expect(principal).toBe(seat)
  return JSON.stringify([person, seat, capacity, mode, from_at, until_at, dropped === 1])
}

interface Said {
  readonly figures: readonly { readonly represented: number; readonly required: number; readonly of: number; quorate: boolean }[]
}

/** Figures as both the code and the reference have them. */
const figured = ({ figures, items: of }: Said & { readonly items: readonly (Said & { readonly item: string })[] }) => {
  const short = (one: Said) => one.figures.map((each) => [each.represented, each.required, each.of, each.quorate])
  return { room: short({ figures }), items: Object.fromEntries(of.map((one) => [one.item, short(one)])) }
}

/** The same from scratch. */
function recounted(rows: Recorded, at: Temporal.Instant, asOf: Temporal.Instant): ReturnType<typeof figured> {
  const facts = factsFrom(rows, places, asOf)
  const passed = (then: Temporal.Instant) => then.epochMilliseconds <= at.epochMilliseconds
  const out = facts.withdrawals.filter(({ from, until }) => passed(from) && !(until && passed(until))).map(({ item }) => item)
  return figured({
    figures: referenceOf(TERMS, facts, at, asOf),
    items: [...new Set(out)].map((item) => ({ item, figures: referenceOf(TERMS, facts, at, asOf, item) })),
  })
}

/**
 * After an act in the room: what it wrote in the ledger is what was known then, first what time alone had changed; what is
 * written last is how it stands.
 * @param entries how many there were before it
 */
async function ledgerKept(before: Recorded, rows: Recorded, entries: number, now: Temporal.Instant): Promise<void> {
  const written = await allWritten(house.handles.reading, meeting)
  expect(written.map(({ seq }) => seq)).toEqual(written.map((_, index) => index + 1))
  const [kept, added] = [written.slice(0, entries).at(-1), written.slice(entries)]
  expect(added.length).toBeLessThanOrEqual(kept ? 2 : 1)
  const last = written.at(-1)
  if (!last) return
  // The ledger ends with the close: what is recorded since is counted as it was then.
  const closing = (of: Recorded) => {
    const close = of.sittings.find(({ act }) => act === 'closed')
    return close ? Temporal.Instant.from(close.at) : now
  }
  expect(figured(last)).toEqual(recounted(rows, closing(rows), closing(rows)))
  if (kept) expect([kept, ...added].slice(0, 2).map(figured)).toContainEqual(recounted(before, closing(before), closing(before)))
  verdicts.add(last.verdict)
  // A clock that was put back puts no entry before another.
  const at = Math.max(now.epochMilliseconds, kept?.at.epochMilliseconds ?? 0)
  expect(added.map((one) => one.at.epochMilliseconds)).toEqual(added.map(() => at))
  if (added.length === 0) return
  const entry = ledgerOf({ ...factsFrom(rows, places, now), ...lasting }, now).at(-1)
  if (!entry) throw new Error('an entry was written of a ledger that has none')
  expect(whole({ ...last, by: last.presiding })).toEqual(whole({ ...entry, by: entry.presiding?.person.id ?? null }))
}

/** All that an entry says but for when. */
const whole = ({ state, verdict, ruled, figures, items: each, by }: Omit<Entry, 'at' | 'presiding'> & { by: string | null }) => ({
  state,
  verdict,
  ruled,
  figures,
  items: each,
  by,
})

const count = (of: Amounts, ...tables: readonly string[]): number => tables.reduce((sum, table) => sum + (of[table] ?? 0), 0)

/** The same, done by one of those who have come, or of them, where one of them is to do it. */
function placed(wish: Wish): Wish {
  if (wish.there === undefined || wish.there === null) return wish
  const person = model.stays[wish.there % Math.max(1, model.stays.length)]?.person ?? wish.by
  if (wish.act === 'mark') return { ...wish, people: [person] }
  return wish.act === 'interest' ? { ...wish, by: person, person } : { ...wish, by: person }
}

/** @returns how much there is in the database after it */
async function perform(wished: Wish, before: Amounts): Promise<Amounts> {
  const { reading } = house.handles
  house.clock.forward({ seconds: wished.wait })
  const wish = placed(wished)
  const meant = meantBy(wish, standing.spells)
  if (!meant) return before
  // A correction may take back what was recorded last: then the act was at an instant of which nothing is left.
  const now = Temporal.Instant.fromEpochMilliseconds(model.now(clock()))
  const delivery = newId()
  const answered = await house.press(wish.by, meant.press, { delivery })
  const after = await amounts(reading, meeting)
  if (answered.kind === 'refusal') {
    tally(refused, wish.act)
    expect(after).toEqual(before)
  } else {
    expect(answered.kind).toBe('card')
    tally(accepted, wish.act)
    // Who presides is not the model's: that it was said is, where it was.
    const said = wish.act !== 'preside' || count(after, 'sittings') > count(before, 'sittings')
    if (said) for (const done of meant.done) model.follow(done, clock(), now.epochMilliseconds)
  }
  if (wish.twice) {
    await house.press(wish.by, meant.press, { delivery })
    expect(await amounts(reading, meeting)).toEqual(after)
  }
  const marked = ['spells', 'sittings', 'interests', 'entries']
  if (count(after, ...marked) > count(before, ...marked)) {
    const rows = await recorded(reading, meeting)
    // An interest that is recorded after the close changes nothing of the ledger.
    if (wish.act === 'interest' && model.when('closed') !== undefined)
      expect(count(after, 'entries')).toBe(count(before, 'entries'))
    else await ledgerKept(standing, rows, count(before, 'entries'), now)
    standing = rows
  }
  return after
}

/** No answer is lost, and who was there is who the model says. */
async function agrees(rows: Recorded): Promise<void> {
  const { rows: answers } = await sql<Record<string, string | number | null>>`
    select answer.seat_id as seat, version, attending, substitute.name as substitute, speaker.name as "by", answer.at,
        holder.name as "for" from answer
      join person as speaker on speaker.id = by_person_id join person as holder on holder.id = for_person_id
      left join person as substitute on substitute.id = substitute_id
    where meeting_id = ${meeting} order by answer.rowid`.execute(house.handles.reading)
  expect(answers).toEqual(
    model.answers.map(({ seat, attending, substitute, by, at }, index) => ({
      seat: seatOf(seat),
      version: model.answers.slice(0, index + 1).filter((one) => one.seat === seat).length,
      attending: attending ? 1 : 0,
      substitute,
      by,
      at: textOf(at),
      for: seat,
    })),
  )
  expect(rows.spells.map(spellText).sort()).toEqual(model.stays.map(stayText).sort())
  expect(rows.sittings.map(({ act, at, words }) => ({ act, at, words }))).toEqual(
    model.said.map(({ what, at, words }) => ({ act: what, at: textOf(at), words })),
  )
  const outs = rows.outs.map(({ person, item_id: item, withdrew_at: from, returned_at: until }) => [person, item, from, until])
  const gone = model.outs.map(({ person, item, from, until }) => [
    person,
    item,
    textOf(from),
    until === null ? null : textOf(until),
  ])
  const thatLasted = (all: readonly (readonly (string | null)[])[]) =>
    all.flatMap((one) => (one[2] === one[3] ? [] : JSON.stringify(one))).sort()
  expect(thatLasted(outs)).toEqual(thatLasted(gone))
}

async function holds(): Promise<void> {
  const { reading } = house.handles
  const rows = await recorded(reading, meeting)
  await agrees(rows)
  const room = await findRoom(reading, meeting, house.clock.now())
  if (!room) throw new Error('the meeting is gone')
  expect(room.now.epochMilliseconds).toBe(model.now(clock()))
  for (const { representative, answer: stands } of room.seats) {
    const said = model.standing(representative?.name ?? '')
    expect(stands && { attending: stands.attending, substitute: stands.substitute?.name ?? null }).toEqual(
      said ? { attending: said.attending, substitute: said.substitute } : null,
    )
  }
  const ledger = ledgerOf(room.facts, room.now)
  // Whose connection had dropped as it was closed had no time to come back.
  const known = Temporal.Instant.fromEpochMilliseconds(model.when('closed') ?? model.now(clock()))
  for (const at of happened(rows, room.now)) {
    const entry = ledger.findLast((one) => one.at.epochMilliseconds <= at.epochMilliseconds)
    expect(entry && figured(entry)).toEqual(recounted(rows, at, known))
  }
  expect(house.faults).toEqual([])
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
  'in whatever order people answer, come and go: part %i of 4',
  async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (wishes) => {
        await beginAnew()
        let before = await amounts(house.handles.reading, meeting)
        for (const wish of wishes) before = await perform(wish, before)
        await holds()
      }),
      { numRuns: EACH },
    )
  },
  300_000,
)

test('the sequences are no formality, and the journal of all of them holds', async () => {
  const often = (of: ReadonlyMap<string, number>) => [...of].flatMap(([act, times]) => (times > 20 ? act : [])).sort()
  const acts = ['answer', 'arrive', 'close', 'correct', 'interest', 'leave', 'mark', 'open', 'preside', 'proceed', 'sit in']
  expect(often(accepted)).toEqual(acts)
  expect(often(refused)).toEqual(expect.arrayContaining(acts.filter((act) => act !== 'open')))
  expect([...verdicts].sort()).toEqual(['disputed', 'inquorate', 'quorate'])
  const board = (await boardCalled(house, 'KCSP')) ?? ''
  expect((await verifyChain(house.handles.reading, board)).faults).toEqual([])
})
