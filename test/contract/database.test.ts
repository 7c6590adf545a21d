import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bot, bot } from '../../src/bot.js'
import { verifyChain } from '../../src/db/journal.js'
import { migrate } from '../../src/db/migrate.js'
import { fillDemonstration } from '../../src/demonstration/fill.js'
import { features } from '../../src/features.js'
import { type Outbox, outbox as outboxOf } from '../../src/outbox/deliver.js'
import { tick } from '../../src/outbox/tick.js'
import { BEGIN, inbound, standingClock, textOf } from '../house.js'
import { type Bare, barePostgres, bareSqlite } from './both.js'

describe.each([
  { database: 'SQLite', open: bareSqlite },
  { database: 'PostgreSQL', open: barePostgres },
])('the same act on $database', ({ open }) => {
  let opened: Bare
  let quorate: Bot
  let outbox: Outbox
  let sent: string[]
  const clock = standingClock(BEGIN)

  beforeEach(async () => {
    clock.set(BEGIN)
    sent = []
    opened = await open()
    const { db, writer } = opened
    await migrate(db)
    await writer.write((tx) => fillDemonstration(tx, clock.now(), 0))
    const both = { reading: db, writer, boardClock: clock, systemClock: clock }
    outbox = outboxOf({
      ...both,
      notices: features.notices,
      log: () => undefined,
      senders: [
        {
          platform: 'web',
          send: async (to, card, replaces) => {
            sent.push(`${'user' in to ? to.user : to.place}: ${card.title}`)
            return replaces ?? { conversation: 'c', message: 'm' }
          },
        },
      ],
    })
    const faults = (_: unknown, error: unknown) => {
      if (error !== undefined) throw error
    }
    quorate = bot({ ...both, features, publicUrl: null, log: faults, committed: () => undefined })
  })
  afterEach(async () => {
    await outbox.close()
    await opened.close()
  })

  test('apologies with a substitute: answered, journaled, told, and once for a repeated delivery', async () => {
    const words = { words: 'apologies for the next meeting, Ruth Hale will substitute' }
    const said = inbound('Daniel Okafor', words)
    for (const answer of [await quorate.answer(said), await quorate.answer(said)]) {
      expect(textOf(answer)).toContain('You send apologies. Ruth Hale will substitute.')
      expect(textOf(answer)).toContain('4 responsible authorities say they will be represented')
    }
    const coming = await quorate.answer(inbound('Grace Holloway', { words: 'who is coming' }))
    expect(textOf(coming)).toContain('Kent Police | Ruth Hale (substitute for Daniel Okafor)')
    const { id } = await opened.db.selectFrom('board').select('id').executeTakeFirstOrThrow()
    expect(await verifyChain(opened.db, id)).toMatchObject({ entries: 2, faults: [] })
    await outbox.drain()
    expect(sent).toContain('grace.holloway@example.org: Apologies received')
    expect(sent).toContain('ruth.hale@example.org: You are named as substitute')
  })

  test('the clerk answers for somebody, and confirms a substitute whom nobody knew', async () => {
    const words = 'apologies from Daniel for the next meeting, Neil Farrow will sub'
    const answer = await quorate.answer(inbound('Grace Holloway', { words }))
    expect(textOf(answer)).toContain('Daniel Okafor sends apologies, said by Grace Holloway. Neil Farrow will substitute.')
    const meeting = await opened.db.selectFrom('meeting').select('id').executeTakeFirstOrThrow()
    const { id: person } = await opened.db.selectFrom('person').select('id').where('confirmed', '=', 0).executeTakeFirstOrThrow()
    const press = { command: 'apologies.confirm_person', subject: meeting.id, values: { person } }
    expect(textOf(await quorate.answer(inbound('Grace Holloway', { press })))).toContain(
      'Neil Farrow (substitute for Daniel Okafor)',
    )
    expect(await opened.db.selectFrom('person').select('id').where('confirmed', '=', 0).execute()).toEqual([])
  })

  test('a refusal changes nothing and is refused again', async () => {
    clock.set('2026-12-16T12:00:00Z')
    const meeting = await opened.db.selectFrom('meeting').select('id').executeTakeFirstOrThrow()
    const pressed = inbound('Daniel Okafor', { press: { command: 'apologies.send', subject: meeting.id } })
    expect(await quorate.answer(pressed)).toMatchObject({ kind: 'refusal', refusal: { code: 'too_late' } })
    clock.set(BEGIN)
    expect(await quorate.answer(pressed)).toMatchObject({ kind: 'refusal', refusal: { code: 'too_late' } })
    expect(await opened.db.selectFrom('answer').select('id').execute()).toHaveLength(3)
  })

  test('reminders fall due once', async () => {
    const asked = { reading: opened.db, writer: opened.writer, notices: features.notices }
    await tick(asked, clock)
    clock.set('2026-12-11T09:00:00Z')
    await tick(asked, clock)
    await tick(asked, clock)
    const due = await opened.db.selectFrom('notice').select('id').where('notice', '=', 'apologies.unanswered').execute()
    expect(due).toHaveLength(6)
  })
})
