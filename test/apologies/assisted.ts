import { readFileSync } from 'node:fs'
import { openTestHouse, type TestHouse } from '../house.js'

const CLERK = 'Grace Holloway'
const ROSTER = new URL('../../src/demonstration/kcsp.csv', import.meta.url)

/** As the demonstration's roster, with who answers for others and two colleagues called like months. */
const roster = (): string =>
  readFileSync(ROSTER, 'utf8')
    .replace('Kent Police,,,,,,colleague,Ruth Hale', 'Kent Police,,,,,,deputy,Ruth Hale')
    .trimEnd()
    .concat(
      '\nKent Police,,,,,,assistant,Priya Nair,,priya.nair@example.org,,daniel.okafor@example.org,,,,',
      '\nNHS Kent and Medway Integrated Care Board,,,,,,colleague,May Ferris,Deputy Director of Nursing,may.ferris@example.org,,,,,,\n',
    )

/** What was done, or the card that says why not. */
async function done(house: TestHouse, command: string, values: Record<string, string>): Promise<void> {
  const { id } = await house.handles.reading.selectFrom('board').select('id').executeTakeFirstOrThrow()
  const answer = await house.press(CLERK, { command, subject: id, values })
  if (answer.kind !== 'card') throw new Error(JSON.stringify(answer))
}

/**
 * The demonstration on Sunday 22 November 2026, with meetings of the KCSP on 16 December, 24 March and 21 July: Ruth Hale
 * is deputy of Kent Police, Priya Nair assists its representative, and nobody has answered.
 * @param delivers whether messages go out: what is forgotten cannot be drawn
 */
export async function assisted({
  delivers,
  ...options
}: {
  executed?: (sql: string) => void
  delivers?: true
} = {}): Promise<TestHouse> {
  const house = await openTestHouse(options)
  if (!delivers) await house.outbox.close()
  await done(house, 'boards.read_roster', { file: Buffer.from(roster()).toString('base64') })
  const file = await house.handles.reading.selectFrom('roster_file').select('id').executeTakeFirstOrThrow()
  const imported = await house.press(CLERK, { command: 'boards.import_roster', subject: file.id })
  if (imported.kind !== 'card') throw new Error(JSON.stringify(imported))
  for (const day of ['2027-03-24', '2027-07-21']) {
    await done(house, 'meetings.call', { day, time: '10:00', venue: 'Online', allTheSame: 'yes' })
  }
  if (delivers) await house.outbox.drain()
  await forget(house)
  house.clock.forward({ seconds: 2 })
  house.sent.length = 0
  return house
}

/** As before anybody answered. */
export async function forget(house: TestHouse): Promise<void> {
  await house.writer.write(async (tx) => {
    await tx.deleteFrom('answer').execute()
    await tx.deleteFrom('expectation').execute()
    await tx.deleteFrom('notice').execute()
    await tx.deleteFrom('person').where('confirmed', '=', 0).execute()
  })
}
