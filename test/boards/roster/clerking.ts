import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { seatsOn } from '../../../src/boards/store.js'
import type { Answer } from '../../../src/bot.js'
import { openTestHouse, type TestHouse, textOf } from '../../house.js'
import { CLERK, type County, countyOf, rosterFile, termsText } from '../county.js'

export const COLLEAGUE = 'Ruth Hale'
/** The demonstration's own roster: what the KCSP has. */
export const KCSP = readFileSync(new URL('../../../src/demonstration/kcsp.csv', import.meta.url), 'utf8').replaceAll('\r\n', '\n')
export const GRAVESHAM = rosterFile('gravesham').toString()

/** The house of the test that runs, what its clerk does, and the demonstration's board. */
export let house: TestHouse
export let county: County
export let kcsp: string

/** Before each: the demonstration, its first messages sent. */
export async function open(): Promise<void> {
  house = await openTestHouse()
  county = countyOf(house)
  kcsp = await county.boardCalled('KCSP')
  await house.outbox.drain()
  house.sent.length = 0
  house.clock.forward({ seconds: 2 })
}

/** After each: nothing broke. */
export async function close(): Promise<void> {
  expect(house.faults).toEqual([])
  await house.close()
}

/** A file with something in it written otherwise. */
export function but(file: string, ...otherwise: readonly (readonly [written: string, instead: string])[]): Buffer {
  return Buffer.from(
    otherwise.reduce((changed, [written, instead]) => {
      expect(changed).toContain(written)
      return changed.replace(written, instead)
    }, file),
  )
}

export const and = (file: string, ...rows: readonly string[]): Buffer => Buffer.from(`${file.trimEnd()}\n${rows.join('\n')}\n`)

/** The list of a card: what a file would change, or has changed. */
export const listed = (card: string): readonly string[] =>
  card
    .split('\nTO LOOK AT')[0]
    ?.split('\n')
    .flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : [])) ?? []

/** Nothing changed, and the answer is a refusal of this kind. @returns its sentence */
export async function refused(code: string, ask: () => Promise<Answer>): Promise<string> {
  const before = await county.dump()
  const answer = await ask()
  expect(answer, textOf(answer)).toMatchObject({ kind: 'refusal', refusal: { code } })
  expect(await county.dump()).toEqual(before)
  return answer.kind === 'refusal' ? answer.refusal.sentence : ''
}

export const gravesham = async (): Promise<string> => {
  const board = await county.found(CLERK, termsText('gravesham'))
  await county.importRoster(CLERK, board, rosterFile('gravesham'))
  return board
}

export const representatives = async (board: string, day: string): Promise<readonly string[]> =>
  (await seatsOn(house.handles.reading, board, day)).map(
    ({ organisation, representative }) => `${organisation.shortName}: ${representative?.name ?? 'vacant'}`,
  )

export const officers = async (board: string, day: string): Promise<readonly string[]> => {
  const rows = await house.handles.reading
    .selectFrom('office')
    .innerJoin('person', 'person.id', 'office.person_id')
    .where('board_id', '=', board)
    .where('from_day', '<=', day)
    .where((row) => row.or([row('until_day', 'is', null), row('until_day', '>', day)]))
    .select(['office', 'acting', 'person.name'])
    .orderBy('office')
    .orderBy('person.name')
    .execute()
  return rows.map(({ office, acting, name }) => `${acting ? 'acting ' : ''}${office}: ${name}`)
}

export const appoint = (to: object, name: string, more: Readonly<Record<string, string>> = {}, who = CLERK, board = kcsp) =>
  house.press(who, { command: 'boards.appoint', subject: board, values: { to: JSON.stringify(to), name, ...more } })

export const seatOf = (organisation: string, as = 'representative', seat = 'Member') => ({ as, organisation, seat })

export const coming = async () =>
  textOf(await house.press(CLERK, { command: 'apologies.coming', subject: await house.meeting() }))

export const answer = async (who: string, command: 'attend' | 'send' | 'name_substitute', values: Record<string, string> = {}) =>
  house.press(who, { command: `apologies.${command}`, subject: await house.meeting(), values })
