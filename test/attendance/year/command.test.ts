import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../../src/bot.js'
import { newId } from '../../../src/kernel/ids.js'
import type { Document } from '../../../src/kernel/view.js'
import { CHAIR, CLERK, done, POLICE } from '../../agenda/setting.js'
import { GRAVESHAM_ROSTER, setUpBoard } from '../../boards.js'
import { textOf } from '../../house.js'
import { type HeldYear, hold, joins, marks, openYear, strikes } from './held.js'

const GUEST = 'Nadia Flynn'
const SUBSTITUTE = 'Ruth Hale'
const COLLEAGUE = 'Mark Dunn'
const OTHER = 'Helen Marsh'
const FIRE = 'Aisha Rahman'
const NHS = 'Dr Simon Kerr'
const PROBATION = 'June Whitfield'
/** Of Gravesham alone. */
const ELSEWHERE = 'Cllr Imogen Fairley'

let kcsp: HeldYear
const ask = (name: string, year = '2025', subject = kcsp.board): Promise<Answer> =>
  kcsp.house.press(name, { command: 'attendance.year', subject, values: { year } })
const documentOf = (answer: Answer): Document => {
  if (answer.kind !== 'document') throw new Error(textOf(answer))
  return answer.document
}
const fileOf = ({ files = [] }: Document, ending: string): Buffer =>
  Buffer.from(files.find(({ name }) => name.endsWith(ending))?.base64 ?? '', 'base64')

beforeAll(async () => {
  kcsp = await openYear()
  const { house, board, meetings } = kcsp
  const [march, july, november] = meetings
  await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
  await done(house.say(FIRE, 'apologies for 23 July'))
  await done(house.say(POLICE, `apologies for 23 July, ${SUBSTITUTE} will substitute`))
  await done(house.say(NHS, 'apologies for 18 November, April Stone will substitute'))
  await joins(house, board, 'Medway Council', COLLEAGUE, '2025-07-01')
  const inMarch = [CHAIR, POLICE, NHS, GUEST, CLERK].map((person) => ({ person }))
  await hold(house, { meeting: march, day: '2025-03-25' }, { sat: [...inMarch, { person: FIRE, from: '10:05', until: '11:30' }] })
  const inJuly = [{ person: CHAIR }, { person: NHS }, { person: SUBSTITUTE, from: '11:00' }, { person: OTHER }]
  await hold(house, { meeting: july, day: '2025-07-23' }, { sat: inJuly })
  await strikes(house, july, OTHER)
  await marks(house, july, PROBATION, { how: 'room', hour: '10:00', reason: 'overlooked' })
  await hold(house, { meeting: november, day: '2025-11-18' }, { sat: [{ person: COLLEAGUE }] })
  house.clock.set('2025-12-01T10:00:00Z')
})
afterAll(async () => {
  expect(kcsp.house.faults).toEqual([])
  await kcsp.house.close()
})

test('the clerk is told who was represented at each meeting, and how often', async () => {
  const { plain, title, fileName } = documentOf(await ask(CLERK))
  expect([title, fileName]).toEqual(['Attendance 2025: KCSP', 'attendance-kcsp-2025'])
  expect(plain).toBe(`Attendance by organisation, 2025
Kent Community Safety Partnership

Organisation | 25 Mar | 23 Jul | 18 Nov | Represented
Chairs of Local Community Safety Partnerships | absent | absent | absent | 0 of 3
Kent County Council | present | present | absent | 2 of 3
Kent Fire and Rescue Service | present | apologies | absent | 1 of 3
Kent Police | present | substitute | absent | 2 of 3
Local Authorities (District / Borough Councils) | absent | absent | absent | 0 of 3
Medway Council | no seat | absent | present | 1 of 2
NHS Kent and Medway Integrated Care Board | present | present | apologies | 2 of 3
Office of the Police and Crime Commissioner | absent | absent | absent | 0 of 3
The Probation Service | absent | present | absent | 1 of 3

BY INVITATION
Kent Housing Group | present | absent | absent | 1 of 3

Quorum | quorate for a part | quorate throughout | not quorate

Present: by its own representative; a deputy counts as a substitute. Absent: without apologies. “2 of 3”: represented at 2 of the 3 meetings at which it had a seat, filled or vacant.`)
})

test('with it come the figures and the picture as files', async () => {
  const document = documentOf(await ask(CLERK))
  expect(document.files?.map(({ name, type }) => [name, type])).toEqual([
    ['attendance-kcsp-2025.csv', 'text/csv; charset=utf-8'],
    ['attendance-kcsp-2025.svg', 'image/svg+xml; charset=utf-8'],
    ['attendance-kcsp-2025.png', 'image/png'],
  ])
  expect(fileOf(document, '.csv').toString('utf8')).toContain('Kent Police,member,present,substitute,absent,2,3\r\n')
  expect(document.html).toContain(fileOf(document, '.svg').toString('utf8').trim())
  expect(fileOf(document, '.png').subarray(1, 4).toString('latin1')).toBe('PNG')
})

test('a body bears the name that it bears now', async () => {
  const { house } = kcsp
  const named = (name: string) =>
    house.writer.write((tx) => tx.updateTable('organisation').set({ name }).where('short_name', '=', 'KFRS').execute())
  await named('Fire & <Rescue>')
  const { plain, html } = documentOf(await ask(CLERK))
  await named('Kent Fire and Rescue Service')
  expect(plain).toContain('Fire & <Rescue> | present | apologies')
  expect(html).toContain('<th scope="row">Fire &amp; &lt;Rescue&gt;</th>')
  expect(html).not.toContain('<Rescue>')
})

describe('who may ask', () => {
  test.each([
    { who: CHAIR, as: 'an officer' },
    { who: CLERK, as: 'the clerk' },
    { who: POLICE, as: 'a member' },
  ])('$as', async ({ who }) => {
    expect((await ask(who)).kind).toBe('document')
  })

  test('the operator', async () => {
    const { tenant_id: tenant } = await kcsp.house.handles.reading
      .selectFrom('board')
      .select('tenant_id')
      .executeTakeFirstOrThrow()
    const answer = await kcsp.house.bot.operate(tenant, {
      command: 'attendance.year',
      subject: kcsp.board,
      values: { year: '2025' },
    })
    expect(answer.kind).toBe('document')
  })

  test('not who is only invited', async () => {
    expect(await ask(GUEST)).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
  })

  test('to who has nothing to do with the board it is as if there were none', async () => {
    const [hidden, none] = [await ask(ELSEWHERE), await ask(ELSEWHERE, '2025', newId())]
    expect(hidden).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
    expect(textOf(hidden)).toBe(textOf(none))
  })
})

describe('what cannot be shown is refused with what to do', () => {
  test.each([
    {
      what: 'a year in which no meeting was closed',
      year: '2024',
      code: 'not_found',
      says: /No meeting of KCSP in 2024 has been opened and closed here/,
    },
    { what: 'a year that has not begun', year: '2026', code: 'too_early', says: /2026 has not begun\. Ask for 2025/ },
    { what: 'a year before any', year: '0000', code: 'not_found', says: /Ask for another year/ },
    { what: 'no year', year: '25', code: 'invalid', says: /Say the year in four digits/ },
  ])('$what', async ({ year, code, says }) => {
    const answer = await ask(CLERK, year)
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code } })
    expect(textOf(answer)).toMatch(says)
  })
})

const buttonOf = async (name: string, meeting: string, { house } = kcsp) => {
  const answer = await house.press(name, { command: 'attendance.here', subject: meeting })
  if (answer.kind !== 'card') throw new Error(textOf(answer))
  const all = answer.card.body.flatMap((node) => (node.node === 'buttons' ? node.buttons : []))
  return all.find(({ command }) => command === 'attendance.year') ?? null
}

test('a meeting that was opened and not closed is not counted, nor one of another year where the board is', async () => {
  const year = await openYear()
  const { house, board, meetings } = year
  const midnight = { day: '2026-01-01', time: '00:00', allTheSame: 'yes' }
  await done(house.press(CLERK, { command: 'meetings.move', subject: meetings[2], values: midnight }))
  await hold(house, { meeting: meetings[0], day: '2025-03-25' }, { sat: [] })
  await hold(house, { meeting: meetings[1], day: '2025-07-23' }, { sat: [], closed: false })
  await hold(house, { meeting: meetings[2], day: '2026-01-01' }, { sat: [] })
  const heads = async (asked: string) => {
    const answer = await house.press(CLERK, { command: 'attendance.year', subject: board, values: { year: asked } })
    return documentOf(answer).plain.split('\n')[3]
  }
  expect(await heads('2025')).toBe('Organisation | 25 Mar | Represented')
  expect(await heads('2026')).toBe('Organisation | 1 Jan | Represented')
  expect(await buttonOf(CLERK, meetings[1], year)).toBeNull()
  expect(await buttonOf(CLERK, meetings[2], year)).toMatchObject({ values: { year: '2026' } })
  expect(house.faults).toEqual([])
  await house.close()
})

describe('the card of a closed meeting leads to its year', () => {
  test.each([CLERK, CHAIR, POLICE])('of %s', async (who) => {
    const button = await buttonOf(who, kcsp.meetings[1])
    expect(button).toMatchObject({ subject: kcsp.board, label: 'Attendance over the year', values: { year: '2025' } })
    if (button) expect((await kcsp.house.press(who, button)).kind).toBe('document')
  })

  test.each([GUEST, SUBSTITUTE])('not of %s, to whom it would not be shown', async (who) => {
    expect(await buttonOf(who, kcsp.meetings[1])).toBeNull()
  })
})
