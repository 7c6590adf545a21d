import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Received } from '../../src/bot.js'
import { keepUpload, uploadOf } from '../../src/db/upload.js'
import { emailOf } from '../../src/demonstration/people.js'
import { OPERATOR } from '../../src/kernel/actor.js'
import { newId } from '../../src/kernel/ids.js'
import { plainCard } from '../../src/kernel/plain.js'
import { userOf } from '../../src/platforms/web/places.js'
import { openTestHouse, type TestHouse } from '../house.js'
import { coming, pdf } from '../papers.js'

let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse()
})
afterEach(() => house.close())

const send = (name: string, file = 'Report.pdf', bytes: Uint8Array = pdf()): Promise<Received> =>
  house.bot.receive(userOf(emailOf(name)), file, coming(bytes))

const uploads = () => house.handles.reading.selectFrom('upload').selectAll().execute()

async function received(sent: Promise<Received>): Promise<string> {
  const answer = await sent
  if (answer.kind !== 'received') throw new Error(plainCard(answer.card))
  return answer.upload
}

async function personNamed(name: string) {
  const row = await house.handles.reading
    .selectFrom('person')
    .select(['id', 'tenant_id'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return { person: row.id, tenant: row.tenant_id }
}

const shelves = join('papers', 'demo.db')
const kept = (): readonly string[] =>
  readdirSync(join(dirname(house.file), shelves), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

describe('a file that is sent', () => {
  test('is kept beside the database, for its sender alone to use', async () => {
    const id = await received(send('Daniel Okafor', '../Burglaries.pdf'))
    const daniel = await personNamed('Daniel Okafor')
    const found = await uploadOf(house.handles.reading, id, daniel)
    expect(found).toEqual({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      bytes: pdf().length,
      type: 'application/pdf',
      name: 'Burglaries.pdf',
    })
    expect(kept()).toEqual([found?.sha256])
    expect(await house.files.has(found?.sha256 ?? '')).toBe(true)
    const { reading } = house.handles
    expect(await uploadOf(reading, id, await personNamed('Grace Holloway'))).toBeNull()
    expect(await uploadOf(reading, id, { ...daniel, tenant: newId() })).toBeNull()
    expect(await uploadOf(reading, id, { ...daniel, person: OPERATOR })).toBeNull()
    expect(await uploadOf(reading, newId(), daniel)).toBeNull()
    expect(house.acts).toEqual([{ act: 'upload', outcome: 'done', took: 0 }])
  })

  test('by the operator is the operator’s', async () => {
    const { person, tenant } = await personNamed('Grace Holloway')
    const id = await received(house.bot.receiveAsOperator(tenant, 'Report.pdf', coming(pdf())))
    expect(await uploadOf(house.handles.reading, id, { person: OPERATOR, tenant })).toMatchObject({ name: 'Report.pdf' })
    expect(await uploadOf(house.handles.reading, id, { person, tenant })).toBeNull()
  })

  test('by a stranger is not read', async () => {
    let read = false
    async function* unread() {
      read = true
      yield pdf()
    }
    const answer = await house.bot.receive(userOf('nobody@example.org'), 'Report.pdf', unread())
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
    expect(read).toBe(false)
    expect(await uploads()).toEqual([])
    expect(existsSync(join(dirname(house.file), 'papers'))).toBe(false)
  })

  test('and is refused leaves no trace, but a line in the log that says nothing of it', async () => {
    const answer = await send('Daniel Okafor', 'Secret plan.pdf', Buffer.from('no PDF'))
    expect(answer).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'invalid', fields: { file: expect.stringContaining('is not what its name says') } },
    })
    expect(await uploads()).toEqual([])
    expect(kept()).toEqual([])
    expect(house.acts).toEqual([{ act: 'upload', outcome: 'refused', code: 'invalid', took: 0 }])
  })
})

test('of one person fifty files wait at most, and those of others do not count', async () => {
  const daniel = await personNamed('Daniel Okafor')
  const file = { sha256: '0'.repeat(64), bytes: 1, type: 'application/pdf', name: 'a.pdf' }
  await house.writer.write(async (tx) => {
    for (let n = 1; n <= 50; n += 1) await keepUpload(tx, newId(), daniel, file, house.clock.now())
  })
  expect(await send('Daniel Okafor')).toMatchObject({
    kind: 'refusal',
    refusal: { code: 'limit', fields: { file: expect.stringContaining('You have sent 50 files') } },
  })
  await received(send('Grace Holloway'))
  house.clock.forward({ hours: 24, seconds: 1 })
  await received(send('Daniel Okafor'))
})

describe('what waits for a day', () => {
  test('is forgotten, and its file with it', async () => {
    await received(send('Daniel Okafor'))
    house.clock.forward({ hours: 24 })
    await house.tick()
    expect(await uploads()).toHaveLength(1)
    house.clock.forward({ seconds: 1 })
    await house.tick()
    expect(await uploads()).toEqual([])
    expect(kept()).toEqual([])
    expect(house.faults).toEqual([])
  })

  test('is forgotten, and its file stays where somebody else has sent the same since', async () => {
    await received(send('Daniel Okafor'))
    house.clock.forward({ hours: 23 })
    const id = await received(send('Grace Holloway'))
    house.clock.forward({ hours: 2 })
    await house.tick()
    expect((await uploads()).map((row) => row.id)).toEqual([id])
    expect(kept()).toHaveLength(1)
    house.clock.forward({ hours: 23 })
    await house.tick()
    expect(kept()).toEqual([])
  })
})
