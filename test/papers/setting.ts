import { Readable } from 'node:stream'
import type { Answer, Received } from '../../src/bot.js'
import { features } from '../../src/features.js'
import type { Found } from '../../src/kernel/address.js'
import { agendaOf, CLERK, delivered, done, type OnAgenda } from '../agenda/setting.js'
import { inbound, openTestHouse, PUBLIC_URL, type TestHouse } from '../house.js'
import { coming, pdf } from '../papers.js'

/** Invited to the KCSP by standing invitation. */
export const HOUSING = 'Nadia Flynn'
/** A colleague of a member, who can be named as substitute. */
export const COLLEAGUE = 'Ruth Hale'
export const FIRE = 'Aisha Rahman'
export const PROBATION = 'June Whitfield'

/** To whom what is restricted goes too: who represents a member, who substitutes for one, and the clerk. */
export const ENTITLED: readonly string[] = [
  'Aisha Rahman',
  'Cllr Margaret Ashdown',
  'Cllr Owen Pryce',
  'Daniel Okafor',
  'Dr Simon Kerr',
  'Grace Holloway',
  'Helen Marsh',
  'June Whitfield',
  'Leon Carter',
  'Tom Beresford',
]

/** The demonstration, when the messages with which it begins have gone out, with or without an address of its own. */
export async function openSettled({ at, publicUrl }: { at?: string; publicUrl?: string | null } = {}): Promise<TestHouse> {
  const house = await openTestHouse({ ...(at ? { at } : {}), ...(publicUrl === undefined ? {} : { publicUrl }) })
  await delivered(house)
  house.sent.length = 0
  return house
}

/** Sends a file ahead, as the page does. */
export const receiving = (house: TestHouse, by: string, name: string, bytes: Uint8Array = pdf(name)): Promise<Received> =>
  house.bot.receive(inbound(by, { words: '' }).from, name, coming(bytes))

/** The id under which a file that was sent ahead waits. */
export async function uploaded(house: TestHouse, by: string, name: string, bytes?: Uint8Array): Promise<string> {
  const received = await receiving(house, by, name, bytes)
  if (received.kind !== 'received') throw new Error(`${name} was not received: ${JSON.stringify(received)}`)
  return received.upload
}

/** What is sent with a paper, besides its file. */
export type With = Partial<Record<'recommendations' | 'marking' | 'link', string>>

/** The papers of one meeting, in a test's hands. */
export interface OnPapers extends OnAgenda {
  readonly house: TestHouse
  /** sends a paper of an item with a file of this name, which has the name for its words unless it is told */
  send(by: string, item: string, file: string, what?: With, bytes?: Uint8Array): Promise<Answer>
  /** the id of a version, the last unless it is told */
  version(item: string, number?: number): Promise<string>
  /** circulates, whatever speaks against it */
  circulate(by?: string): Promise<string>
  /** the id of a circulation, 1 being the first */
  circulation(number: number): Promise<string>
}

export function papersOf(house: TestHouse, meeting: string): OnPapers {
  const agenda = agendaOf(house, meeting)
  const { reading } = house.handles
  return {
    ...agenda,
    house,
    async send(by, item, file, what = {}, bytes) {
      return agenda.on(by, item, 'papers.send', { ...what, file: await uploaded(house, by, file, bytes) })
    },
    async version(item, number) {
      const all = await reading
        .selectFrom('paper_version')
        .where('item_id', '=', await agenda.id(item))
        .orderBy('number')
        .select(['id', 'number'])
        .execute()
      const found = number === undefined ? all.at(-1) : all.find((one) => one.number === number)
      if (!found) throw new Error(`${item} has no such version`)
      return found.id
    },
    circulate: (by = CLERK) => done(agenda.press(by, 'papers.circulate', { allTheSame: 'yes' })),
    async circulation(number) {
      const { id } = await reading
        .selectFrom('circulation')
        .where('meeting_id', '=', meeting)
        .where('number', '=', number)
        .select('id')
        .executeTakeFirstOrThrow()
      return id
    },
  }
}

/** Two open items, a restricted one and one that is hidden, each a paper; none of them in. */
export async function withItems(papers: OnPapers): Promise<void> {
  await papers.has('Grant', 'B')
  await papers.has('Burglary', 'B')
  await papers.has('Vetting', 'D')
  await papers.has('Hidden matter', 'X')
}

/** The secret of the link that an answer shows, or null. */
export const secretIn = (answer: Answer): string | null =>
  new RegExp(`${PUBLIC_URL}/papers/([\\w-]+)`).exec(JSON.stringify(answer))?.[1] ?? null

/** Asks for a link to a version in a direct message. @returns its secret */
export async function linked(house: TestHouse, by: string, version: string): Promise<string> {
  const answer = await house.press(by, { command: 'papers.open', subject: version })
  const secret = secretIn(answer)
  if (secret === null) throw new Error(JSON.stringify(answer))
  return secret
}

/** A browser: it keeps what was left with it. */
export interface Browser {
  look(secret: string): Promise<Found>
  press(secret: string): Promise<Found>
}

export function browserOf(house: TestHouse): Browser {
  let kept: string | null = null
  const address = features.addresses.find(({ room }) => room === 'papers')
  const pressing = address?.press
  if (!address || !pressing) throw new Error('there is no such room')
  return {
    async look(secret) {
      const found = await address.look(house.handles.reading, { secret, browser: kept, now: house.clock.now() })
      if (found.kind === 'page' && found.browser) kept = found.browser
      return found
    },
    async press(secret) {
      const found = await house.writer.write((tx) => pressing(tx, { secret, browser: kept, now: house.clock.now() }))
      if (found.kind === 'file' && found.browser !== null) kept = found.browser
      return found
    },
  }
}

/** The bytes of a file that was found. */
export async function bytesOf(house: TestHouse, found: Found): Promise<Buffer> {
  if (found.kind !== 'file') throw new Error(`no file was found: ${JSON.stringify(found)}`)
  const { content } = await house.files.open(found.sha256)
  return Buffer.concat(await Readable.from(content).toArray())
}

/** The payloads of the acts of a name, the first first. */
export async function journaled(house: TestHouse, command: string): Promise<readonly unknown[]> {
  const rows = await house.handles.reading
    .selectFrom('journal')
    .innerJoin('journal_payload', (join) =>
      join.onRef('journal_payload.board_id', '=', 'journal.board_id').onRef('journal_payload.seq', '=', 'journal.seq'),
    )
    .where('journal.command', '=', command)
    .orderBy('journal.seq')
    .select('payload')
    .execute()
  return rows.map(({ payload }) => JSON.parse(payload))
}
