import { Temporal } from 'temporal-polyfill'
import type { Answer, Inbound, Introduction } from '../../../src/bot.js'
import { verifyChain } from '../../../src/db/journal.js'
import type { Place } from '../../../src/kernel/actor.js'
import { newId } from '../../../src/kernel/ids.js'
import { plainCard } from '../../../src/kernel/plain.js'
import type { Address, Posted, Unreachable } from '../../../src/outbox/sender.js'
import { boardCalled } from '../../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../../house.js'

/** Workspaces of two tenants: the county's, and another's in which somebody has an address of the county's. */
export const COUNTY = 'T1'
export const OTHERS = 'T2'

export interface Said {
  readonly email?: string | null
  readonly place?: Partial<Place>
  readonly workspace?: string
  readonly delivery?: string
}

export interface Posting {
  readonly to: string
  readonly plain: string
  readonly replaces: string | null
  readonly again: boolean
}

/** The demonstration's board in a made-up Slack: its people are known there once they are recognised, and nowhere else. */
export interface Slack {
  readonly house: TestHouse
  readonly board: string
  readonly posted: Posting[]
  /** who or what the platform says it does not reach, by user, place or workspace */
  readonly unreachable: Map<string, Unreachable>
  say(user: string, words: string, said?: Said): Promise<string>
  answer(user: string, what: Inbound['what'], said?: Said): Promise<Answer>
  press(user: string, command: string, values?: Readonly<Record<string, string>>, said?: Said): Promise<string>
  person(name: string): Promise<string>
  /** everybody whom an account is, by the account */
  accounts(): Promise<Readonly<Record<string, string>>>
  /** sends all that waits */
  send(): Promise<void>
  /** what was posted to a user or in a place since this was last asked */
  newFor(to: string): readonly Posting[]
  /** the journal of the board: what the house did, in order; and that it holds */
  byHouse(): Promise<readonly string[]>
  close(): Promise<void>
}

export const emailOf = (name: string): string =>
  `${name
    .toLowerCase()
    .replace(/^(?:dr|cllr) /, '')
    .replace(' ', '.')}@example.org`

export const CHANNEL = { id: 'C1', kind: 'private', name: '#kcsp' } as const

export async function openSlack(): Promise<Slack> {
  const posted: Posting[] = []
  const unreachable = new Map<string, Unreachable>()
  let number = 0
  const addressed = (to: Address) => ('user' in to ? to.user : to.place)
  const house = await openTestHouse({
    also: [
      {
        platform: 'slack',
        async send(to, card, replaces, _, again): Promise<Posted> {
          const refused = unreachable.get(addressed(to)) ?? unreachable.get(to.workspace)
          if (refused) throw refused
          posted.push({ to: addressed(to), plain: plainCard(card), replaces: replaces?.message ?? null, again })
          number += 1
          return replaces ?? { conversation: `D-${addressed(to)}`, message: `m${number}` }
        },
      },
    ],
  })
  const board = (await boardCalled(house, 'KCSP')) ?? ''
  const { reading } = house.handles
  const { tenant_id: tenant } = await reading
    .selectFrom('board')
    .select('tenant_id')
    .where('id', '=', board)
    .executeTakeFirstOrThrow()
  const other = newId()
  await house.writer.write(async (tx) => {
    await tx.insertInto('tenant').values({ id: other, name: 'Others' }).execute()
    await tx.insertInto('workspace').values({ platform: 'slack', id: COUNTY, tenant_id: tenant }).execute()
    await tx.insertInto('workspace').values({ platform: 'slack', id: OTHERS, tenant_id: other }).execute()
    await tx
      .insertInto('person')
      .values({ id: newId(), tenant_id: other, name: 'Someone Else', email: emailOf('Nobody Here') })
      .execute()
    await tx.deleteFrom('identity').execute()
    await tx.deleteFrom('place').execute()
    await tx.updateTable('notice').set({ state: 'dropped' }).execute()
  })
  const introduced =
    (email: string | null): (() => Promise<Introduction>) =>
    async () => ({ email })
  const answer: Slack['answer'] = (user, what, { email = null, place = {}, workspace = COUNTY, delivery = newId() } = {}) =>
    house.bot.answer({
      delivery,
      from: { platform: 'slack', workspace, user },
      place: { platform: 'slack', workspace, id: `D-${user}`, kind: 'direct', ...place },
      what,
      introduction: introduced(email),
    })
  let seen = 0
  return {
    house,
    board,
    posted,
    unreachable,
    answer,
    say: async (user, words, said) => textOf(await answer(user, { words }, said)),
    press: async (user, command, { subject = board, ...values } = {}, said = {}) =>
      textOf(await answer(user, { press: { command, subject, values } }, said)),
    async person(name) {
      const { id } = await reading.selectFrom('person').select('id').where('name', '=', name).executeTakeFirstOrThrow()
      return id
    },
    async accounts() {
      const rows = await reading
        .selectFrom('identity')
        .innerJoin('person', 'person.id', 'identity.person_id')
        .where('platform', '=', 'slack')
        .select(['user_id', 'name'])
        .execute()
      return Object.fromEntries(rows.map(({ user_id, name }) => [user_id, name]))
    },
    async send() {
      for (let before = -1; before < posted.length; ) {
        before = posted.length
        await house.outbox.drain()
        house.clock.forward(Temporal.Duration.from({ seconds: 1 }))
      }
    },
    newFor(to) {
      const fresh = posted.slice(seen).filter((one) => one.to === to)
      seen = posted.length
      return fresh
    },
    async byHouse() {
      const rows = await reading
        .selectFrom('journal')
        .where('board_id', '=', board)
        .where('actor', '=', 'house')
        .orderBy('seq')
        .select('command')
        .execute()
      const { faults } = await verifyChain(reading, board)
      if (faults.length > 0) throw new Error(faults.join(' '))
      return rows.map(({ command }) => command)
    },
    close: () => house.close(),
  }
}

/** The code on the card that shows it. */
export const codeOn = (card: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(card)?.[0] ?? ''
