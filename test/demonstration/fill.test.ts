import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyChain } from '../../src/db/journal.js'
import { CHANNEL, fillDemonstration, isDemonstration, isEmpty } from '../../src/demonstration/fill.js'
import { CHAIR, CLERK, emailOf, FIRST } from '../../src/demonstration/people.js'
import { stageFor } from '../../src/demonstration/stage.js'
import type { Person } from '../../src/platforms/web/protocol.js'
import { cardOf, countyOf, rosterFile, termsText } from '../boards/county.js'
import { openGround } from '../boards/ground.js'
import { openTestHouse, type TestHouse } from '../house.js'

const ROSTER = new URL('../../src/demonstration/kcsp.csv', import.meta.url)

let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse()
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const stage = () => {
  const { demonstration } = house
  if (!demonstration) throw new Error('no demonstration')
  return stageFor(house.handles.reading, demonstration, () => house.tick())
}

/** As it was filled before its people came out of a roster: body, who represents it, who else is of it. */
const SEATS: readonly (readonly [body: string, representative: string, ...colleagues: string[]])[] = [
  ['Chairs of Local Community Safety Partnerships', 'Cllr Owen Pryce', 'Cllr Sian Moor'],
  ['Kent County Council', 'Cllr Margaret Ashdown', 'Cllr Peter Lyle'],
  ['Kent Fire and Rescue Service', 'Aisha Rahman', 'Mark Dunn'],
  ['Kent Housing Group', 'Nadia Flynn', 'Rob Tilley'],
  ['Kent Police', 'Daniel Okafor', 'Ruth Hale', 'Tariq Aziz'],
  ['Local Authorities (District / Borough Councils)', 'Tom Beresford', 'Ann Castle'],
  ['NHS Kent and Medway Integrated Care Board', 'Dr Simon Kerr', 'April Stone'],
  ['Office of the Police and Crime Commissioner', 'Helen Marsh', 'Joseph Brand'],
  ['The Probation Service', 'June Whitfield', 'Leon Carter'],
]

describe('the demonstration', () => {
  test('has nine seats with their people, one of them there by invitation', async () => {
    const db = house.handles.reading
    const seats = await db
      .selectFrom('seat')
      .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
      .innerJoin('holding', 'holding.seat_id', 'seat.id')
      .innerJoin('person', 'person.id', 'holding.person_id')
      .select(['organisation.name as body', 'person.name as holder', 'holding.capacity', 'seat.standing', 'holding.from_day'])
      .orderBy('organisation.name')
      .execute()
    expect(seats).toEqual(
      SEATS.map(([body, holder]) => ({
        body,
        holder,
        capacity: 'representative',
        standing: body === 'Kent Housing Group' ? 'invited' : 'member',
        from_day: '2026-11-22',
      })),
    )
    const posts = await db
      .selectFrom('post')
      .innerJoin('organisation', 'organisation.id', 'post.organisation_id')
      .innerJoin('person', 'person.id', 'post.person_id')
      .select(['organisation.name as body', 'person.name'])
      .execute()
    const line = (body: string, name: string) => `${body}: ${name}`
    expect(posts.map(({ body, name }) => line(body, name)).sort()).toEqual(
      SEATS.flatMap(([body, ...people]) => people.map((name) => line(body, name))).sort(),
    )
  })

  test('has a chair and a clerk, everybody reached under their address, and one place', async () => {
    const db = house.handles.reading
    const offices = await db
      .selectFrom('office')
      .innerJoin('person', 'person.id', 'office.person_id')
      .select(['office', 'person.name', 'acting', 'until_day'])
      .orderBy('office')
      .execute()
    expect(offices).toEqual([
      { office: 'chair', name: CHAIR, acting: 0, until_day: null },
      { office: 'clerk', name: CLERK, acting: 0, until_day: null },
    ])
    const people = await db
      .selectFrom('person')
      .innerJoin('identity', 'identity.person_id', 'person.id')
      .select(['name', 'email', 'user_id'])
      .execute()
    expect(people).toHaveLength(20)
    for (const { name, email, user_id } of people) expect([email, user_id]).toEqual([emailOf(name), emailOf(name)])
    expect(await db.selectFrom('place').select(['id', 'kind']).execute()).toEqual([{ id: CHANNEL, kind: 'private' }])
    expect(await isDemonstration(db)).toBe(true)
  })

  test('has three answers to its meeting, which lack one of the four needed', async () => {
    const answers = await house.handles.reading
      .selectFrom('answer')
      .innerJoin('person', 'person.id', 'answer.for_person_id')
      .leftJoin('person as substitute', 'substitute.id', 'answer.substitute_id')
      .select(['person.name', 'attending', 'substitute.name as substitute', 'version', 'for_day'])
      .orderBy('person.name')
      .execute()
    const given = { version: 1, for_day: '2026-12-16' }
    expect(answers).toEqual([
      { name: 'Aisha Rahman', attending: 1, substitute: null, ...given },
      { name: CHAIR, attending: 1, substitute: null, ...given },
      { name: 'June Whitfield', attending: 0, substitute: 'Leon Carter', ...given },
    ])
    const coming = await house.press(CLERK, { command: 'apologies.coming', subject: await house.meeting() })
    expect(cardOf(coming)).toContain('3 of the 4 responsible authorities needed say they will be represented.')
  })

  test('has a record that holds, and a roster that its own file does not change', async () => {
    const county = countyOf(house)
    const kcsp = await county.boardCalled('KCSP')
    expect(await verifyChain(house.handles.reading, kcsp)).toMatchObject({ entries: 1, faults: [] })
    expect(cardOf(await county.read(CLERK, kcsp, readFileSync(ROSTER)))).toContain('It says what the roster says already.')
  })

  test('has the cards of its meeting: one in its place and one for each who sits', async () => {
    await house.outbox.drain()
    expect(house.sent.filter(({ to }) => 'place' in to)).toHaveLength(1)
    for (const [, holder] of SEATS) expect(house.sentTo(holder), holder).toHaveLength(1)
    expect(house.sent.filter(({ to }) => 'user' in to).length).toBeGreaterThanOrEqual(SEATS.length)
  })

  test.each([
    { at: '2026-11-22T10:00:00Z', meets: '2026-12-16T10:00:00.000Z' },
    { at: '2026-12-01T10:00:00Z', meets: '2026-12-23T10:00:00.000Z' },
    // The Wednesday after three weeks is Christmas Day.
    { at: '2024-12-04T10:00:00Z', meets: '2025-01-08T10:00:00.000Z' },
    { at: '2026-06-10T23:30:00Z', meets: '2026-07-08T09:00:00.000Z' },
  ])('begun $at meets on a Wednesday that is no holiday: $meets', async ({ at, meets }) => {
    const other = await openTestHouse({ at })
    const { starts_at } = await other.handles.reading.selectFrom('meeting').select('starts_at').executeTakeFirstOrThrow()
    expect(starts_at).toBe(meets)
    await other.close()
  })

  test('is filled once: what is there is left alone', async () => {
    const county = countyOf(house)
    const before = await county.dump()
    const again = await openTestHouse({ file: house.file })
    expect(await county.dump()).toEqual(before)
    await again.close()
  })

  test('fills a database of its own, and nothing but one that is empty', async () => {
    const ground = await openGround()
    expect(await isEmpty(ground.db)).toBe(true)
    await ground.writer.write((tx) => fillDemonstration(tx, house.clock.now(), 0))
    expect(await isEmpty(ground.db)).toBe(false)
    await ground.close()
  })
})

describe('the people whom the page can be', () => {
  const people = async (): Promise<readonly Person[]> => stage().people()
  const roleOf = (all: readonly Person[], name: string) => all.find((person) => person.name === name)

  test('have roles: a member who has not answered first, then the clerk and the chair, then the others', async () => {
    const all = await people()
    expect(all).toHaveLength(20)
    expect(all.slice(0, 3).map(({ name, role }) => `${name}: ${role}`)).toEqual([
      `${FIRST}: Kent Police`,
      `${CLERK}: Clerk, in attendance`,
      `${CHAIR}: Chair, KCC`,
    ])
    expect(roleOf(all, 'Helen Marsh')?.role).toBe('OPCC')
    expect(roleOf(all, 'Nadia Flynn')?.role).toBe('KHG')
    expect(roleOf(all, 'Ruth Hale')?.role).toBe('Chief Superintendent, Kent Police')
    expect(all.filter(({ role }) => role === '')).toEqual([])
    expect(all.filter((person) => 'board' in person)).toEqual([])
    const [seated, others] = [all.slice(3, 10), all.slice(10)]
    expect(seated.map(({ name }) => name).sort()).toEqual(
      SEATS.map(([, holder]) => holder)
        .filter((name) => ![FIRST, CHAIR].includes(name))
        .sort(),
    )
    expect(others).toHaveLength(10)
  })

  test('with a second board are grouped by it, and say on which they are what', async () => {
    const county = countyOf(house)
    const gravesham = await county.found(CLERK, termsText('gravesham'))
    await county.importRoster(CLERK, gravesham, rosterFile('gravesham'))
    const all = await people()
    expect(all).toHaveLength(34)
    expect(roleOf(all, FIRST)).toMatchObject({ role: 'Kent Police (KCSP); Kent Police (Gravesham CSP)', board: 'KCSP' })
    expect(roleOf(all, CLERK)?.role).toBe('Clerk, in attendance (KCSP); Clerk, in attendance (Gravesham CSP)')
    expect(roleOf(all, 'Cllr Imogen Fairley')).toMatchObject({ role: 'Chair, GBC (Gravesham CSP)', board: 'Gravesham CSP' })
    expect(roleOf(all, 'Mark Dunn')?.role).toBe('Group Manager, KFRS (KCSP); Vice-chair, KFRS (Gravesham CSP)')
    expect(roleOf(all, 'Keira Nolan')?.role).toBe('Deputy, KFRS (Gravesham CSP)')
    expect(roleOf(all, 'Marcus Webb')?.role).toMatch(/^Assistant, .*\(Gravesham CSP\)$/)
    expect(roleOf(all, 'Philippa Stroud')?.role).toBe('Director (Communities), GBC (Gravesham CSP)')
    expect(new Set(all.map(({ board }) => board))).toEqual(new Set(['KCSP', 'Gravesham CSP']))
    const channels = await stage().channels()
    expect(channels).toEqual([
      { id: 'gravesham-csp', title: 'gravesham-csp', kind: 'channel', board: 'Gravesham Community Safety Partnership' },
      { id: 'kcsp', title: 'kcsp', kind: 'channel', board: 'Kent Community Safety Partnership' },
    ])
  })

  test('who are on no board any more are there by invitation, and come last', async () => {
    const county = countyOf(house)
    const kcsp = await county.boardCalled('KCSP')
    const file = readFileSync(ROSTER, 'utf8')
    await county.importRoster(
      CLERK,
      kcsp,
      Buffer.from(
        file
          .split('\n')
          .filter((line) => !line.includes('Rob Tilley'))
          .join('\n'),
      ),
    )
    expect((await people()).at(-1)).toMatchObject({ name: 'Rob Tilley', role: 'by invitation' })
  })

  test('are those of the day that the clock shows', async () => {
    const county = countyOf(house)
    const gravesham = await county.found(CLERK, termsText('gravesham'))
    await county.importRoster(CLERK, gravesham, rosterFile('gravesham'))
    house.clock.set('2027-04-01T09:00:00Z')
    const all = await people()
    expect(roleOf(all, 'Yusuf Demir')?.role).toBe('NHS (Gravesham CSP)')
    expect(roleOf(all, 'April Stone')?.role).toBe('Head of Safeguarding, NHS (KCSP); Head of Safeguarding, NHS (Gravesham CSP)')
  })
})
