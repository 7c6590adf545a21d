import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { verify } from '../../../src/cli/journal.js'
import { CLERK, done, POLICE } from '../../agenda/setting.js'
import { personCalled } from '../../boards.js'
import type { TestHouse } from '../../house.js'
import { COLLEAGUE, type OnPapers, openSettled, papersOf, withItems } from '../setting.js'

let house: TestHouse
let papers: OnPapers
beforeEach(async () => {
  house = await openSettled()
  papers = papersOf(house, await house.meeting())
  await withItems(papers)
  await done(papers.send(CLERK, 'B1', 'grant.pdf'))
  await done(papers.send(CLERK, 'D1', 'vetting.pdf'))
  house.clock.set('2026-12-10T10:00:00Z')
  await papers.circulate()
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

async function verified(): Promise<{ readonly code: number; readonly out: string }> {
  const written: string[] = []
  const spied = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
  try {
    return { code: await verify(house.file, { board: 'KCSP' }), out: written.join('') }
  } finally {
    spied.mockRestore()
  }
}

/** What somebody does who has the database in their hands. */
async function forged(statement: string): Promise<void> {
  await house.writer.write(async (tx) => {
    for (const table of ['circulation', 'circulation_paper', 'dispatch', 'dispatch_paper'])
      for (const change of ['update', 'delete']) await sql.raw(`drop trigger ${table}_no_${change}`).execute(tx)
    await sql.raw(statement).execute(tx)
  })
}

test('a circulation as it went holds, and holds when somebody has come later and a supplement has gone', async () => {
  expect(await verified()).toMatchObject({ code: 0 })
  house.clock.forward({ minutes: 1 })
  await done(papers.press(POLICE, 'apologies.name_substitute', { substitute: await personCalled(house, COLLEAGUE) }))
  await done(papers.send(CLERK, 'B2', 'burglary.pdf'))
  await papers.circulate()
  const { code, out } = await verified()
  expect(out).toContain('the journal holds')
  expect(code).toBe(0)
})

test.each([
  {
    what: 'a late one is made to have been in time',
    by: 'update circulation set days_short = 0',
    says: 'or whether in time, is not what the journal has',
  },
  {
    what: 'the latest moment is put off',
    by: "update circulation set deadline_at = '2026-12-11T17:00:00.000Z'",
    says: 'or whether in time, is not what the journal has',
  },
  {
    what: 'it is dated earlier, with all that went',
    by: "update circulation set at = '2026-12-01T10:00:00.000Z'",
    says: 'When the circulation',
  },
  {
    what: 'what went to somebody is dated later',
    by: `update dispatch set at = '2026-12-11T10:00:00.000Z' where person_id = (select id from person where name = '${POLICE}')`,
    says: 'says was sent to whom is not what the journal has',
  },
  {
    what: 'a paper that went to somebody is gone',
    by: `delete from dispatch_paper where person_id = (select id from person where name = '${POLICE}')`,
    says: 'says was sent to whom is not what the journal has',
  },
  {
    what: 'somebody has what they were not sent',
    by: `insert into dispatch_paper select circulation_id, (select id from person where name = 'Nadia Flynn'), version_id
      from circulation_paper where item_number = 'D1'`,
    says: 'says was sent to whom is not what the journal has',
  },
  {
    what: 'somebody was sent it who was not',
    by: `insert into dispatch select id, (select id from person where name = '${COLLEAGUE}'), 'chat', null, at from circulation`,
    says: 'says was sent to whom is not what the journal has',
  },
  {
    what: 'a paper is gone from it',
    by: "delete from circulation_paper where item_number = 'B1'",
    says: 'says was sent to whom is not what the journal has',
  },
  {
    what: 'there is another that nobody sent',
    by: `insert into circulation select 'forged', meeting_id, 2, meeting_revision, agenda, deadline_at, 0, at, by_person_id, terms_id
      from circulation`,
    says: 'There is a circulation forged that no act of the journal has made.',
  },
])('$what: it is said, and the journal does not hold', async ({ by, says }) => {
  await forged(by)
  const { code, out } = await verified()
  expect(out).toContain('THE JOURNAL DOES NOT HOLD')
  expect(out).toContain(says)
  expect(code).toBe(1)
})

test('one that is gone is missed', async () => {
  await forged('delete from dispatch_paper')
  await house.writer.write(async (tx) => {
    for (const table of ['dispatch', 'circulation_paper', 'circulation']) await sql.raw(`delete from ${table}`).execute(tx)
  })
  expect((await verified()).out).toMatch(/The journal has a circulation [0-9a-f-]{36} that is not in the record\./)
})
