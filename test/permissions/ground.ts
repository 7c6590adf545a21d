import { Readable } from 'node:stream'
import { type Answer, type Bot, bot, type Pressed, plainAnswer } from '../../src/bot.js'
import type { Tx } from '../../src/db/schema.js'
import type { Writer } from '../../src/db/write.js'
import { emailOf } from '../../src/demonstration/people.js'
import { features } from '../../src/features.js'
import { type Actor, type From, HOUSE, type Place, TIMER } from '../../src/kernel/actor.js'
import type { Asking } from '../../src/kernel/command.js'
import { newId } from '../../src/kernel/ids.js'
import { Refusal } from '../../src/kernel/refusal.js'
import type { Clock } from '../../src/kernel/time.js'
import type { House } from '../../src/wiring.js'
import { addElsewhere } from '../papers/elsewhere.js'
import { pdf } from '../papers.js'
import { ABSENT, ALL, CODE, isPlayer, JOINT, NAMES, PRINCIPAL, ROSTER, type Role, TERMS, UNREACHED } from './roles.js'

/** Where it is pressed, by what the place is to the board. */
export const PLACES = ['direct', 'private', 'public', 'shared', 'other', 'unlinked'] as const
export type Where = (typeof PLACES)[number]

/** A house on which the matrix is played: the demonstration, or one that is connected to Slack. */
export interface Ground {
  readonly house: House
  readonly clock: Clock & { set(instant: string): void }
  /** who somebody is there, by their name */
  from(name: string): From
  place(where: Exclude<Where, 'direct'>): Place
  direct(name: string): Place
  readonly faults: unknown[]
  close(): Promise<void>
}

/** What becomes of a press. `rule`: refused, and not for who asks or where. */
export type Outcome = 'yes' | 'no' | '–' | 'rule'

/** What was answered, as the expected file says it. @throws where it was a fault */
export function outcomeOf(answer: Answer): Outcome {
  if (answer.kind === 'fault') throw new Error('a fault')
  return answer.kind === 'refusal' ? outcomeOfRefusal(answer.refusal) : 'yes'
}

const outcomeOfRefusal = ({ code }: Refusal): Outcome => (code === 'not_permitted' ? 'no' : code === 'not_found' ? '–' : 'rule')

class Undone {
  constructor(readonly result: unknown) {}
}

/** Does everything that is asked of it, and leaves nothing of it. */
export const undoing = (writer: Writer): Writer => ({
  ...writer,
  async write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    try {
      return await writer.write(async (tx): Promise<Result> => {
        throw new Undone(await work(tx))
      })
    } catch (error) {
      if (error instanceof Undone) return error.result as Result
      throw error
    }
  },
})

/** The same door, behind which nothing lasts. */
export const undoingBot = ({ house, clock, faults }: Ground): Bot =>
  bot({
    reading: house.handles.reading,
    writer: undoing(house.writer),
    features,
    files: house.files,
    vault: house.vault,
    publicUrl: house.publicUrl,
    boardClock: house.boardClock,
    systemClock: clock,
    log: (_, error) => error !== undefined && faults.push(error),
    committed: () => undefined,
  })

/** The board of the matrix at a moment of its life. */
export interface World {
  readonly ground: Ground
  readonly tenant: string
  /** whatever is pressed about, by what it is to the board */
  readonly ids: Record<string, string>
  /** Presses for good, and goes on only where it was done. */
  done(name: string, command: string, subject: string, values?: Readonly<Record<string, string>>): Promise<void>
  operate(command: string, subject: string, values?: Readonly<Record<string, string>>): Promise<void>
  /** @param name null: the operator’s */
  upload(name: string | null): Promise<string>
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A ground with the board of the matrix on it: its terms are approved, its roster is imported, and its places are linked. */
export async function openWorld(ground: Ground): Promise<World> {
  const { house } = ground
  const { reading } = house.handles
  const { tenant_id: tenant, id: other } = await reading
    .selectFrom('board')
    .where('short_name', '=', 'KCSP')
    .selectAll()
    .executeTakeFirstOrThrow()
  const board = newId()
  const ids: Record<string, string> = { board, other }
  const must = (command: string, answer: Answer): void => {
    if (answer.kind === 'refusal' || answer.kind === 'fault') throw new Error(`${command}: ${plainAnswer(answer)}`)
  }
  const world: World = {
    ground,
    tenant,
    ids,
    async done(name, command, subject, values = {}) {
      const what = { press: { command, subject, values } }
      must(command, await house.bot.answer({ delivery: newId(), from: ground.from(name), place: ground.direct(name), what }))
    },
    async operate(command, subject, values = {}) {
      must(command, await house.bot.operate(tenant, { command, subject, values }))
    },
    async upload(name) {
      const content = Readable.from(pdf(newId()))
      const received = await (name === null
        ? house.bot.receiveAsOperator(tenant, 'Paper.pdf', content)
        : house.bot.receive(ground.from(name), 'Paper.pdf', content))
      return received.kind === 'received' ? received.upload : newId()
    },
  }
  await world.operate('boards.set_up', board, { file: base64(TERMS) })
  const { id: terms } = await reading.selectFrom('terms').where('board_id', '=', board).select('id').executeTakeFirstOrThrow()
  await world.operate('boards.approve', terms, { resolution: 'RESOLVED that the terms be approved' })
  await world.operate('boards.read_roster', board, { file: base64(ROSTER) })
  const { id: roster } = await reading
    .selectFrom('roster_file')
    .where('board_id', '=', board)
    .select('id')
    .executeTakeFirstOrThrow()
  await world.operate('boards.import_roster', roster)
  for (const name of [...Object.values(NAMES), JOINT, ABSENT, PRINCIPAL])
    await house.bot.introduce(ground.from(name), emailOf(name))
  const unknown = await reading.selectFrom('person').where('name', '=', UNREACHED).select('id').executeTakeFirstOrThrow()
  await house.writer.write(async (tx) => {
    await tx.deleteFrom('identity').where('person_id', '=', unknown.id).execute()
    const code = { person_id: unknown.id, hash: CODE, board_id: board, good_until: '2100-01-01T00:00:00.000Z' }
    await tx.insertInto('one_time_code').values(code).execute()
  })
  const { elsewhere } = NAMES
  ids.elsewhere = (await addElsewhere(house, { name: elsewhere, email: emailOf(elsewhere), from: ground.from(elsewhere) })).board
  await house.writer.write(async (tx) => {
    for (const [where, id] of [
      ['private', board],
      ['public', board],
      ['shared', board],
      ['other', other],
    ] as const) {
      const { platform, workspace, id: place, kind } = ground.place(where)
      await tx
        .insertInto('place')
        .values({
          platform,
          workspace,
          id: place,
          board_id: id,
          kind: kind === 'direct' ? 'private' : kind,
          open_to: where === 'public' || where === 'shared' ? where : '',
        })
        .onConflict((known) => known.columns(['platform', 'workspace', 'id']).doNothing())
        .execute()
    }
  })
  await learnPeople(world)
  const { platform, workspace, id: place } = ground.place('private')
  Object.assign(ids, { platform, workspace, 'private place': place, 'user of member': ground.from(NAMES.member).user })
  return world
}

/** Everybody who plays, and whoever else is pressed about, by their role or their name. */
export async function learnPeople({ ground, ids }: World): Promise<void> {
  const people = await ground.house.handles.reading.selectFrom('person').select(['id', 'name']).execute()
  for (const role of ALL) {
    const person = isPlayer(role) ? people.find(({ name }) => name === NAMES[role]) : undefined
    if (person) ids[role] = person.id
  }
  for (const { id, name } of people) ids[name] = id
}

/** One thing that is pressed, with what stands in braces to be filled in from what the world knows. */
export interface Press {
  readonly about: string
  readonly with?: Readonly<Record<string, string>>
}

/** Fills in what stands in braces: `{self}` is whoever presses, `{upload}` a file of theirs, `{file:…}` text as a file. */
export async function filledIn(world: World, role: Role, command: string, { about, with: given = {} }: Press): Promise<Pressed> {
  const { ids } = world
  const known = (name: string): string => {
    const self = isPlayer(role) ? ids[role] : undefined
    const value = name === 'self' ? (self ?? newId()) : ids[name]
    if (value === undefined) throw new Error(`${command} is about ${name}, which is not there yet`)
    return value
  }
  const values: Record<string, string> = {}
  for (const [name, text] of Object.entries(given)) {
    if (text === '{upload}') values[name] = await world.upload(isPlayer(role) ? NAMES[role] : null)
    else values[name] = text.replace(/\{([^{}":]+)\}/g, (_, one: string) => known(one))
  }
  return { command, subject: about.replace(/\{([^{}]+)\}/g, (_, one: string) => known(one)), values }
}

/** Presses as somebody, somewhere, and leaves nothing of it. @param looked told when anything is asked of the place */
export async function pressed(
  door: Bot,
  { ground, tenant }: World,
  role: Role,
  where: Where,
  press: Pressed,
  looked = (): void => undefined,
): Promise<Outcome> {
  if (role === 'operator') return outcomeOf(await door.operate(tenant, press))
  if (role === 'house' || role === 'timer') return byNobody(ground, tenant, role, press)
  const name = NAMES[role]
  const place = watched(where === 'direct' ? ground.direct(name) : ground.place(where), looked)
  return outcomeOf(await door.answer({ delivery: newId(), from: ground.from(name), place, what: { press } }))
}

const watched = (place: Place, looked: () => void): Place =>
  new Proxy(place, {
    get(of, name) {
      looked()
      return Reflect.get(of, name)
    },
    ownKeys(of) {
      looked()
      return Reflect.ownKeys(of)
    },
  })

/** What comes of it in each place. What asks nothing of the place where it is pressed comes to the same in every other. */
export async function everywhere(door: Bot, world: World, role: Role, press: Pressed): Promise<Readonly<Record<Where, Outcome>>> {
  let depends = false
  const direct = await pressed(door, world, role, 'direct', press, () => {
    depends = true
  })
  const found: Record<Where, Outcome> = {
    direct,
    private: direct,
    public: direct,
    shared: direct,
    other: direct,
    unlinked: direct,
  }
  if (depends) for (const where of PLACES) found[where] = await pressed(door, world, role, where, press)
  return found
}

/** As the house and the clock do it, who come to the door of their own accord and not by what anybody sends. */
async function byNobody({ house, clock }: Ground, tenant: string, role: 'house' | 'timer', press: Pressed): Promise<Outcome> {
  const actor: Actor = { person: role === 'house' ? HOUSE : TIMER, tenant, name: role }
  const place: Place = { platform: 'command line', workspace: tenant, id: actor.person, kind: 'direct' }
  const asking: Asking = {
    db: house.handles.reading,
    actor,
    now: clock.now(),
    place,
    file: null,
    publicUrl: house.publicUrl(),
    vault: house.vault,
  }
  try {
    const prepared = features.commands.get(press.command)?.prepare({ ...press.values, subject: press.subject })
    if (prepared?.kind === 'query') await prepared.perform(asking)
    else await undoing(house.writer).write(async (db) => prepared?.perform({ ...asking, db, did: () => undefined }))
    return 'yes'
  } catch (error) {
    if (error instanceof Refusal) return outcomeOfRefusal(error)
    throw error
  }
}
