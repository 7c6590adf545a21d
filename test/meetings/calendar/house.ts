import type { Answer } from '../../../src/bot.js'
import { features } from '../../../src/features.js'
import type { Found } from '../../../src/kernel/address.js'
import { PUBLIC_URL, type TestHouse, textOf } from '../../house.js'
import { allTheSame } from '../calls.js'
import { type Calendar, parsed } from './parsed.js'

/** The file that an answer gives. */
export function fileOf(answer: Answer): { readonly name: string; readonly text: string } {
  const [file] = answer.kind === 'document' ? (answer.document.files ?? []) : []
  if (!file) throw new Error(textOf(answer))
  return { name: file.name, text: Buffer.from(file.base64, 'base64').toString('utf8') }
}

/** The secret of the address that an answer shows, or null. */
export const secretIn = (answer: Answer): string | null =>
  new RegExp(`${PUBLIC_URL}/calendar/([\\w-]+)\\.ics`).exec(textOf(answer))?.[1] ?? null

/** Makes an address, in the place of one that stands. @returns its secret */
export async function subscribed(house: TestHouse, name: string, board: string, whose: 'board' | 'person'): Promise<string> {
  const press = { command: 'meetings.subscribe', subject: board, values: { whose } }
  const answer = await allTheSame(house, name, house.press(name, press))
  const secret = secretIn(answer)
  if (secret === null) throw new Error(textOf(answer))
  return secret
}

/** What a browser or a calendar program is shown at an address. */
export async function lookedAt(house: TestHouse, secret: string): Promise<Found> {
  const address = features.addresses.find(({ room }) => room === 'calendar')
  if (!address) throw new Error('there is no such room')
  return address.look(house.handles.reading, { secret, browser: null, now: house.clock.now() })
}

/** The calendar at an address. */
export async function feed(house: TestHouse, secret: string): Promise<Calendar> {
  const found = await lookedAt(house, secret)
  if (found.kind !== 'text') throw new Error('there is no calendar')
  return parsed(found.text)
}

/** Every row of the database, as text. */
export async function everyRow({ handles: { reading } }: TestHouse): Promise<string> {
  const tables = await reading.introspection.getTables()
  const rows = await Promise.all(
    tables.map(({ name }) =>
      reading
        .selectFrom(name as 'meeting')
        .selectAll()
        .execute(),
    ),
  )
  return JSON.stringify(rows)
}
