import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type Answer, plainAnswer } from '../bot.js'
import { DEMONSTRATION_ZONE } from '../demonstration/clock.js'
import type { Place } from '../kernel/actor.js'
import { newId } from '../kernel/ids.js'
import { StartError } from '../kernel/start-error.js'
import { fromText, inWords } from '../kernel/time.js'
import type { DocumentFile } from '../kernel/view.js'
import { channelOf, directPlaceOf, PLATFORM, userOf } from '../platforms/web/places.js'
import { conversation } from '../platforms/web/transcript.js'
import type { House } from '../wiring.js'
import { bytesOf } from './boards.js'
import { EXIT, print } from './exit.js'

/** Who speaks or reads, and where: a place, or the direct conversation. */
export interface Speaking {
  readonly as: string
  readonly in?: string
  /** a file that goes with the words */
  readonly file?: string
  /** where a document that is answered is kept, as HTML */
  readonly save?: string
}

/** @throws StartError unless this is a demonstration, where anybody may be anybody */
function demonstrationOnly(house: House): void {
  if (house.demonstration) return
  throw new StartError(
    '--as works on a demonstration only: on a real database nobody speaks for another. Unset DATABASE_URL, or make one with quorate demo --at FILE.',
  )
}

const placeOf = (user: string, named: string | undefined): Place => (named === undefined ? directPlaceOf(user) : channelOf(named))

async function placeKnown(house: House, place: Place): Promise<void> {
  if (place.kind === 'direct') return
  const rows = await house.handles.reading
    .selectFrom('place')
    .select('id')
    .where('platform', '=', PLATFORM)
    .orderBy('id')
    .execute()
  if (rows.some(({ id }) => id === place.id)) return
  throw new StartError(`There is no place ${place.id}. There are: ${rows.map(({ id }) => id).join(', ')}.`)
}

const EXITS: Readonly<Record<Answer['kind'], number>> = {
  card: EXIT.answer,
  document: EXIT.answer,
  file: EXIT.answer,
  form: EXIT.answer,
  refusal: EXIT.refusal,
  fault: EXIT.fault,
}

/** What the bot answers to one of the people of a demonstration. */
export async function say(house: House, words: string, options: Speaking): Promise<number> {
  demonstrationOnly(house)
  const place = placeOf(options.as, options.in)
  await placeKnown(house, place)
  await house.tick()
  const from = userOf(options.as)
  const file =
    options.file === undefined ? null : { name: basename(options.file), base64: bytesOf(options.file).toString('base64') }
  const answer = await house.bot.answer({ delivery: newId(), from, place, what: { words, ...(file ? { file } : {}) } })
  await house.outbox.drain()
  print(plainAnswer(answer))
  if (answer.kind === 'document' && answer.document.files) print(`\n${filesInWords(answer.document.files)}`)
  if (answer.kind === 'document' && options.save !== undefined) writeFileSync(options.save, answer.document.html)
  return EXITS[answer.kind]
}

const filesInWords = (files: readonly DocumentFile[]): string =>
  `With it come ${files.map(({ name }) => name).join(', ')}: download them on the page. --save keeps the page alone.`

/** What stands in a conversation of a demonstration. */
export async function inbox(house: House, options: Speaking): Promise<number> {
  demonstrationOnly(house)
  const place = placeOf(options.as, options.in)
  await placeKnown(house, place)
  await house.tick()
  await house.outbox.drain()
  const rows = await conversation(house.handles.reading, place.id, options.as)
  const texts = rows.map(
    (row) => `${inWords(fromText(row.at), DEMONSTRATION_ZONE)}, ${row.author ?? 'Quorate'}:\n${row.plain ?? row.words ?? ''}`,
  )
  print(texts.length === 0 ? 'Nothing has been said here yet.' : texts.join('\n\n'))
  return EXIT.answer
}
