import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { bot, type Inbound } from '../../src/bot.js'
import { features } from '../../src/features.js'
import { type Acting, act, type Command, cardReply, query } from '../../src/kernel/command.js'
import { newId } from '../../src/kernel/ids.js'
import { inbound, NO_PAPERS, openTestHouse, type TestHouse } from '../house.js'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const reached: string[] = []
beforeEach(() => {
  reached.length = 0
})
const card = cardReply({ title: 'Done', audience: { kind: 'public' }, body: [] })
const made = {
  name: 'made.up',
  input: z.object({ subject: z.string() }),
  load: async () => null,
  board: () => '',
  outside: {
    before: async () => reached.push('before'),
    after: async () => void reached.push('after'),
  },
  async run(_: Acting) {
    reached.push('run')
    return { reply: card, outcome: {} }
  },
  redraw: () => {
    reached.push('redraw')
    return card
  },
}
const asked = {
  name: 'made.up',
  input: made.input,
  load: made.load,
  async run() {
    reached.push('run')
    return card
  },
}

/** Presses it as the clerk, twice: a repeat is drawn anew. */
async function pressing(command: Command) {
  const door = bot({
    ...NO_PAPERS,
    reading: house.handles.reading,
    writer: house.writer,
    features: { ...features, commands: new Map([[command.name, command]]) },
    boardClock: house.clock,
    systemClock: house.clock,
    log: () => undefined,
    committed: () => undefined,
  })
  const press: Inbound = inbound('Grace Holloway', { press: { command: command.name, subject: 'x' } }, { delivery: newId() })
  return [await door.answer(press), await door.answer(press)]
}

const withoutAllow = {
  // @ts-expect-error an act that does not say who may do it is none
  act: act(made),
  // @ts-expect-error nor is a query
  query: query(asked),
}

test.each(Object.entries(withoutAllow))('an %s of which nobody has said who may do it is done for nobody', async (_, command) => {
  for (const answer of await pressing(command)) expect(answer.kind).toBe('fault')
  expect(reached).toEqual([])
})

test.each([
  ['act', act({ ...made, allow: () => false })],
  ['act that forgets to answer', act({ ...made, allow: () => undefined as unknown as boolean })],
  ['query', query({ ...asked, allow: () => false })],
  ['query that forgets to answer', query({ ...asked, allow: () => undefined as unknown as boolean })],
])('an %s whose allow does not say yes is refused, before anything is run, got or drawn', async (_, command) => {
  for (const answer of await pressing(command))
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
  expect(reached).toEqual([])
  const asking = { db: house.handles.reading, actor: { person: newId(), tenant: newId(), name: 'A' } } as never
  await expect(command.redraw?.(asking, { subject: 'x' }) ?? Promise.reject(new Error())).rejects.toThrow()
  expect(reached).toEqual([])
})
