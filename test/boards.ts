import { readFileSync } from 'node:fs'
import { readTerms } from '../src/boards/terms-text.js'
import type { Pressed } from '../src/bot.js'
import type { Db } from '../src/db/schema.js'
import { newId } from '../src/kernel/ids.js'
import { channelOf } from '../src/platforms/web/places.js'
import { inbound, type TestHouse, textOf } from './house.js'

/** The texts of terms that are shipped, but for the demonstration's own. */
export type ShippedTerms = 'kcsp-2023' | 'kcsp-working-group-2025' | 'dardr-steering-group-2025' | 'gravesham'

const termsFile = (terms: ShippedTerms): Buffer => readFileSync(new URL(`../src/boards/terms/${terms}.yaml`, import.meta.url))

/** The one that docs has; its clerk is the demonstration's. */
export const GRAVESHAM_ROSTER = readFileSync(new URL('../docs/gravesham-roster.csv', import.meta.url), 'utf8')

const HEADER =
  'Organisation,Short name,Formerly,Stands for,Seat,Standing,Role,Name,Post,Email,Telephone,Answers for,Office,Group,From,Last day'

/** An invented roster; some of its people sit on the demonstration's board too, or substitute there. */
export const WORKING_GROUP_ROSTER = `${HEADER}
Kent Police,,,,,member,representative,Ruth Hale,Chief Superintendent,ruth.hale@example.org,,,,,,
Kent Police,,,,,,deputy,Tariq Aziz,"Superintendent, Partnerships",tariq.aziz@example.org,,,,,,
Office of the Police and Crime Commissioner,OPCC,,,,member,representative,Joseph Brand,Head of Policy,joseph.brand@example.org,,,,,,
Kent Fire and Rescue Service,KFRS,,,,member,representative,Aisha Rahman,Assistant Director,aisha.rahman@example.org,,,chair,,,
Kent County Council,KCC,,,,member,representative,Moira Lennox,Head of Community Safety,moira.lennox@example.org,,,vice-chair,,,
NHS Kent and Medway Integrated Care Board,NHS,,,,member,representative,Dr Simon Kerr,Director of Health Improvement,simon.kerr@example.org,,,,,,
The Probation Service,Probation,,,,member,representative,Leon Carter,Deputy Head,leon.carter@example.org,,,,,,
Kent Housing Group,KHG,,,,invited,representative,Rob Tilley,Vice-Chair,rob.tilley@example.org,,,,,,
Kent County Council,,,,,,in attendance,Grace Holloway,Democratic Services Officer,grace.holloway@example.org,01632 960099,,clerk,,,
`

/** Another; its chair is in no other board's way. */
export const DARDR_ROSTER = `${HEADER}
Kent County Council,KCC,,,,member,representative,Moira Lennox,Head of Community Safety,moira.lennox@example.org,,,chair,,,
Kent Police,,,,,member,representative,Daniel Okafor,Assistant Chief Constable,daniel.okafor@example.org,,,vice-chair,,,
Kent Police,,,,,,deputy,Ruth Hale,Chief Superintendent,ruth.hale@example.org,,,,,,
NHS Kent and Medway Integrated Care Board,NHS,,,,member,representative,Dr Simon Kerr,Director of Health Improvement,simon.kerr@example.org,,,,,,
The Probation Service,Probation,,,,member,representative,June Whitfield,Head of Probation Delivery Unit,june.whitfield@example.org,,,,,,
Medway Council,,,,,member,representative,Priya Nand,Head of Adult Safeguarding,priya.nand@example.org,,,,,,
Victim Support,,,,,invited,representative,Elliot Grange,Area Manager,elliot.grange@example.org,,,,,,
Kent County Council,,,,,,in attendance,Grace Holloway,Democratic Services Officer,grace.holloway@example.org,01632 960099,,clerk,,,
`

export const KCSP_ROSTER = readFileSync(new URL('../src/demonstration/kcsp.csv', import.meta.url), 'utf8')

const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64')

/** As much of a house as is needed, on whichever database. */
export type Door = Pick<TestHouse, 'press' | 'clock'> & { readonly handles: { readonly reading: Db } }

/** Presses, and goes on only where it was done. */
async function done(house: Door, by: string, pressed: Pressed): Promise<void> {
  const answer = await house.press(by, pressed)
  if (answer.kind !== 'card') throw new Error(`${pressed.command}: ${textOf(answer)}`)
}

/**
 * Sets up a board beside the demonstration, or has the demonstration's own board adopt another text, as a clerk does:
 * its terms are sent and approved, its roster is read and imported. Where another text rules, the clock goes on a
 * second, as no two texts take effect at one instant.
 * @param rosterCsv none: the board keeps the roster that it has
 * @returns the board's id
 */
export const setUpBoard = (house: Door, terms: ShippedTerms, rosterCsv: string | null, by?: string): Promise<string> =>
  setUpBoardOf(house, termsFile(terms), rosterCsv, by)

/** The same with a text of one's own. */
export async function setUpBoardOf(house: Door, file: Buffer, rosterCsv: string | null, by = 'Grace Holloway'): Promise<string> {
  const { reading } = house.handles
  const known = await boardCalled(house, shortNameIn(file))
  const board = known ?? newId()
  if (known) house.clock.forward({ seconds: 1 })
  await done(house, by, { command: 'boards.set_up', subject: board, values: { file: base64(file) } })
  const { id: draft } = await reading
    .selectFrom('terms')
    .select('id')
    .where('board_id', '=', board)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  await done(house, by, {
    command: 'boards.approve',
    subject: draft,
    values: { resolution: 'RESOLVED that the terms be approved' },
  })
  if (rosterCsv === null) return board
  await done(house, by, { command: 'boards.read_roster', subject: board, values: { file: base64(rosterCsv) } })
  const { id: roster } = await reading
    .selectFrom('roster_file')
    .select('id')
    .where('board_id', '=', board)
    .where('state', '=', 'read')
    .executeTakeFirstOrThrow()
  await done(house, by, { command: 'boards.import_roster', subject: roster })
  return board
}

function shortNameIn(file: Buffer): string {
  const read = readTerms(file.toString('utf8'))
  if ('faults' in read) throw new Error('the terms cannot be read')
  return read.terms.shortName
}

/** The id of a board by its short name, or null. */
export async function boardCalled(house: Door, shortName: string): Promise<string | null> {
  const row = await house.handles.reading.selectFrom('board').select('id').where('short_name', '=', shortName).executeTakeFirst()
  return row?.id ?? null
}

/** The id of a person by their name. */
export async function personCalled(house: Door, name: string): Promise<string> {
  const { id } = await house.handles.reading.selectFrom('person').select('id').where('name', '=', name).executeTakeFirstOrThrow()
  return id
}

/** Says something in a board's own place, by the place's name: "gravesham-csp". */
export const sayIn = (house: TestHouse, place: string, name: string, words: string) =>
  house.bot.answer({ ...inbound(name, { words }), place: channelOf(place) })

/** Has the clerk take who represents a body off the demonstration's board from today on: the seat, and the place among its people. */
export async function takeOff(house: Door, email: string, organisation: string): Promise<void> {
  const subject = (await boardCalled(house, 'KCSP')) ?? ''
  for (const of of [
    { as: 'representative', organisation, seat: 'Member' },
    { as: 'colleague', organisation },
  ]) {
    const part = JSON.stringify({ person: email, of })
    await done(house, 'Grace Holloway', { command: 'boards.end', subject, values: { part } })
  }
}
