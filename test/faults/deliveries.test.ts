import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Answer } from '../../src/bot.js'
import { newId } from '../../src/kernel/ids.js'
import { openTestHouse, type TestHouse, textOf } from '../house.js'
import { ownFolder } from './folder.js'
import { seatMembers } from './members.js'
import { answersOf, deliveriesThat, expectWhole, journaled, rowCounts } from './record.js'

const POLICE = 'Daniel Okafor'
const CLERK = 'Grace Holloway'
const APOLOGIES = 'apologies for the next meeting'
const NEWCOMER = 'Sam Newcombe'

const hundred = <T>(ask: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 100 }, ask))

async function inOneHouse(work: (house: TestHouse) => Promise<void>, file = join(ownFolder(), 'board.db')): Promise<void> {
  const house = await openTestHouse({ file })
  try {
    await work(house)
  } finally {
    await house.close()
  }
}

/** One answer, one entry, one notice to the clerk, however often it was asked for. */
async function expectOneApology(house: TestHouse, answers: readonly Answer[]): Promise<void> {
  expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['card']))
  const [card, ...others] = new Set(answers.map(textOf))
  expect(card).toContain('You send apologies. You have named no substitute.')
  expect(others).toEqual([])
  expect(await answersOf(house, POLICE)).toEqual(['1 apologies'])
  expect(await journaled(house)).toEqual(['apologies.send'])
  await house.outbox.drain()
  const notices = await house.handles.reading
    .selectFrom('notice')
    .select('id')
    .where('notice', '=', 'apologies.received')
    .execute()
  expect(notices).toHaveLength(1)
}

test('a delivery sent a hundred times at once, and again after a restart, is done once and answered each time', async () => {
  const file = join(ownFolder(), 'board.db')
  const delivery = newId()
  await inOneHouse(async (house) => {
    await expectOneApology(house, await hundred(() => house.say(POLICE, APOLOGIES, { delivery })))
    expect(house.sentTo(CLERK)).toHaveLength(1)
    expect(house.acts.map(({ outcome }) => outcome).sort()).toEqual(['done', ...Array(99).fill('repeated')])
  }, file)
  await inOneHouse(async (house) => {
    await expectOneApology(house, await hundred(() => house.say(POLICE, APOLOGIES, { delivery })))
    expect(house.sentTo(CLERK)).toEqual([])
    expect(await deliveriesThat('done', house)).toEqual([delivery])
    await expectWhole(house)
  }, file)
})

test('a repeated delivery is answered with the card as things stand, and takes nothing back', () =>
  inOneHouse(async (house) => {
    const delivery = newId()
    await house.say(POLICE, APOLOGIES, { delivery })
    await house.say(POLICE, 'I can come after all')
    const before = await rowCounts(house)
    for (const answer of await hundred(() => house.say(POLICE, APOLOGIES, { delivery }))) {
      expect(textOf(answer)).toContain('You will be there. Thank you.')
    }
    expect(await rowCounts(house)).toEqual(before)
    expect(await answersOf(house, POLICE)).toEqual(['1 apologies', '2 attending'])
  }))

test('the same delivery id of another person is another delivery', () =>
  inOneHouse(async (house) => {
    const delivery = newId()
    await house.say(POLICE, APOLOGIES, { delivery })
    await house.say('Helen Marsh', APOLOGIES, { delivery })
    expect(await answersOf(house, 'Helen Marsh')).toEqual(['1 apologies'])
  }))

test('a refused delivery is refused again in the same words, even once it would be allowed', () =>
  inOneHouse(async (house) => {
    // A surname alone is nobody's until somebody bears it.
    const press = { command: 'apologies.send', subject: await house.meeting(), values: { substituteNamed: 'Newcombe' } }
    const delivery = newId()
    const refused = await house.press(POLICE, press, { delivery })
    expect(refused).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
    await addColleague(house)
    const before = await rowCounts(house)
    for (const again of await hundred(() => house.press(POLICE, press, { delivery }))) {
      expect(again.kind).toBe('refusal')
      expect(textOf(again)).toBe(textOf(refused))
    }
    expect(await rowCounts(house)).toEqual(before)
    expect(textOf(await house.press(POLICE, press))).toContain(`${NEWCOMER} will substitute.`)
  }))

test('two different answers for one seat at once are both acknowledged: versions 1 and 2, and the last stands', () =>
  inOneHouse(async (house) => {
    const both = await Promise.all([house.say(POLICE, APOLOGIES), house.say(POLICE, "I'll be there")])
    expect(both.map(({ kind }) => kind)).toEqual(['card', 'card'])
    expect(await answersOf(house, POLICE)).toEqual(['1 apologies', '2 attending'])
    expect(await journaled(house)).toEqual(['apologies.send', 'apologies.attend'])
    expect(textOf(await house.say(CLERK, 'who is coming'))).toContain(`Kent Police | ${POLICE}\n`)
  }))

test('of sixty-four in one transaction, the one that fails is undone alone and sixty-three are kept', () =>
  inOneHouse(async (house) => {
    const members = await seatMembers(house, 63)
    const subject = await house.meeting()
    const before = await rowCounts(house)
    const apologise = (name: string) => house.press(name, { command: 'apologies.send', subject })
    const [first, seen, last] = await Promise.all([
      Promise.all(members.slice(0, 31).map(apologise)),
      failAmongOthers(house),
      Promise.all(members.slice(31).map(apologise)),
    ])
    expect(seen).toEqual({ inTheTransaction: 31, onTheDisk: 0 })
    expect([...first, ...last].map(({ kind }) => kind)).toEqual(Array(63).fill('card'))
    const after = await rowCounts(house)
    expect(after).toMatchObject({ answer: (before.answer ?? 0) + 63, journal: (before.journal ?? 0) + 63 })
    expect(await tenants(house)).toEqual(['Demonstration'])
    await expectWhole(house)
  }))

test.each([
  { when: 'alone', others: 0 },
  { when: 'among others', others: 20 },
])('what throws, $when, leaves nothing of what it wrote', ({ others }) =>
  inOneHouse(async (house) => {
    const before = await rowCounts(house)
    const failing = () =>
      house.writer.write(async (tx) => {
        for (const name of ['one', 'two', 'three']) await tx.insertInto('tenant').values({ id: newId(), name }).execute()
        await tx.deleteFrom('notice').execute()
        throw new Error('no')
      })
    const harmless = Array.from({ length: others }, () => house.writer.write(async () => 'done'))
    await expect(failing()).rejects.toThrow('no')
    expect(await Promise.all(harmless)).toEqual(Array(others).fill('done'))
    expect(await rowCounts(house)).toEqual(before)
    expect(await tenants(house)).toEqual(['Demonstration'])
  }),
)

/** Writes, sees who has written before it in the same transaction, and throws. */
async function failAmongOthers(house: TestHouse): Promise<{ inTheTransaction: number; onTheDisk: number }> {
  const seen = { inTheTransaction: 0, onTheDisk: 0 }
  // A person is looked up before each act is written: so that this one stands in the same queue.
  await house.handles.reading.selectFrom('identity').select('person_id').execute()
  const work = house.writer.write(async (tx) => {
    seen.inTheTransaction = (await tx.selectFrom('delivery').select('id').execute()).length
    seen.onTheDisk = (await deliveriesThat('done', house)).length
    await tx.insertInto('tenant').values({ id: newId(), name: 'Half done' }).execute()
    throw new Error('broken in the middle')
  })
  await expect(work).rejects.toThrow('broken in the middle')
  return seen
}

async function tenants({ handles }: TestHouse): Promise<readonly string[]> {
  return (await handles.reading.selectFrom('tenant').select('name').execute()).map(({ name }) => name)
}

/** Somebody whom the police may name as substitute from now on. */
async function addColleague({ handles, writer }: TestHouse): Promise<void> {
  const police = await handles.reading
    .selectFrom('organisation')
    .select(['id', 'tenant_id'])
    .where('short_name', '=', 'Kent Police')
    .executeTakeFirstOrThrow()
  await writer.write(async (tx) => {
    const id = newId()
    const email = 'sam.newcombe@example.org'
    await tx.insertInto('person').values({ id, tenant_id: police.tenant_id, name: NEWCOMER, email }).execute()
    const board = await tx.selectFrom('board').select('id').executeTakeFirstOrThrow()
    await tx
      .insertInto('post')
      .values({ board_id: board.id, person_id: id, organisation_id: police.id, title: 'Inspector' })
      .execute()
  })
}
