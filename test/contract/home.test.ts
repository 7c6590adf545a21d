import { expect, test } from 'vitest'
import type { Answer } from '../../src/bot.js'
import { verifyChain } from '../../src/db/journal.js'
import type { Form } from '../../src/kernel/view.js'
import { boardCalled, GRAVESHAM_ROSTER, personCalled, setUpBoard } from '../boards.js'
import { textOf } from '../house.js'
import { type Opened, onPostgres, onSqlite } from './both.js'

const CLERK = 'Grace Holloway'
const POLICE = 'Daniel Okafor'
const OPCC = 'Helen Marsh'

/** What the pages show and the forms do on a database, step by step, without its ids. */
async function transcript(opened: Opened): Promise<readonly string[]> {
  const { reading, clock, press } = opened
  const gravesham = await setUpBoard(opened, 'gravesham', GRAVESHAM_ROSTER)
  const kcsp = (await boardCalled(opened, 'KCSP')) ?? ''
  const said: string[] = []
  const kept = (name: string, answer: Answer): Answer => {
    said.push(`${name}: ${textOf(answer)}`)
    return answer
  }
  const pages = async () => {
    for (const name of [POLICE, CLERK, OPCC, 'Nadia Flynn', 'Ruth Hale', 'Ann Castle'])
      kept(name, await press(name, { command: 'desk.home', subject: 'home' }))
  }
  /** Fills a form in as it stands, but for what is told. */
  const filled = async (name: string, answer: Answer, values: Record<string, string> = {}) => {
    if (answer.kind !== 'form') throw new Error(textOf(answer))
    const { command, subject, fields }: Form = answer.form
    const preset = Object.fromEntries(fields.flatMap((field) => (field.value ? [[field.name, field.value]] : [])))
    kept(name, await press(name, { command, subject, values: { ...preset, ...values } }))
  }
  await press(CLERK, {
    command: 'meetings.call',
    subject: gravesham,
    values: { day: '2026-12-17', time: '10:00', allTheSame: 'yes' },
  })
  await pages()
  await filled(POLICE, kept(POLICE, await press(POLICE, { command: 'apologies.apologise_form', subject: 'apologies' })), {
    substitute: 'Ruth Hale',
  })
  const words = { command: 'agenda.propose_from', subject: 'words', values: { title: 'Knife crime\nIt doubled.' } }
  await filled(POLICE, kept(POLICE, await press(POLICE, words)))
  const meeting = await reading.selectFrom('meeting').select('id').where('board_id', '=', kcsp).executeTakeFirstOrThrow()
  const item = await reading.selectFrom('item').select('id').where('title', '=', 'Knife crime').executeTakeFirstOrThrow()
  await press(CLERK, { command: 'agenda.place', subject: item.id, values: { letter: 'B' } })
  const author = await personCalled(opened, 'Ann Castle')
  await press(CLERK, { command: 'papers.describe', subject: item.id, values: { author } })
  await pages()
  clock.set('2026-12-16T10:00:00Z')
  await press(CLERK, { command: 'attendance.open', subject: meeting.id })
  for (const name of ['Cllr Margaret Ashdown', OPCC, 'Aisha Rahman', 'Dr Simon Kerr', 'Ruth Hale'])
    await press(name, { command: 'attendance.arrive', subject: meeting.id, values: { mode: 'online' } })
  await press(CLERK, { command: 'votes.put', subject: item.id, values: { text: 'Agree it' } })
  const motion = await reading.selectFrom('motion').select('id').executeTakeFirstOrThrow()
  const open = { motion: motion.id, byAgreement: 'yes', ends: 'hand', allTheSame: 'yes' }
  await press(CLERK, { command: 'votes.open', subject: item.id, values: open })
  const office = await reading
    .selectFrom('item')
    .select('id')
    .where('title', 'like', 'Election of Vice-Chair%')
    .executeTakeFirstOrThrow()
  const nominee = await personCalled(opened, OPCC)
  await press(OPCC, { command: 'elections.nominate', subject: office.id, values: { nominee } })
  await press('Aisha Rahman', { command: 'elections.nominate', subject: office.id, values: { nominee } })
  await pages()
  for (const board of [gravesham, kcsp]) expect(await verifyChain(reading, board)).toMatchObject({ faults: [] })
  return said
}

test('each person has their page on PostgreSQL as on SQLite', async () => {
  const [sqlite, postgres] = [await onSqlite(), await onPostgres()]
  try {
    const expected = await transcript(sqlite)
    expect(await transcript(postgres)).toEqual(expected)
    const all = expected.join('\n')
    expect(all).toContain('You send apologies. Ruth Hale will substitute.')
    expect(all).toContain('Send your paper: B1 Knife crime.')
    expect(all).toContain('B1 Knife crime (KCSP). Kent Police has not voted.')
    expect(all).toContain('GRAVESHAM CSP AT A GLANCE')
  } finally {
    await sqlite.close()
    await postgres.close()
  }
})
