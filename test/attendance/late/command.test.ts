import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rulingsAgree } from '../../../src/attendance/late/store.js'
import { payloadsOf, verifyChain } from '../../../src/db/journal.js'
import { CLERK, done } from '../../agenda/setting.js'
import { boardCalled } from '../../boards.js'
import { type TestHouse, textOf } from '../../house.js'
import { type OnPapers, openSettled, papersOf } from '../../papers/setting.js'

const CHAIR = 'Cllr Margaret Ashdown'
const POLICE = 'Daniel Okafor'
const AT = '2026-12-16T10:05:00Z'

let house: TestHouse
let papers: OnPapers

/** B1 went out in time, B2 came two working days late, B3 has not come; X1 came late, and is not on the public agenda. */
beforeEach(async () => {
  house = await openSettled()
  papers = papersOf(house, await house.meeting())
  for (const title of ['Grant', 'Burglary', 'Knife crime']) await papers.has(title, 'B')
  await papers.has('Vetting', 'X')
  await done(papers.send(CLERK, 'B1', 'grant.pdf'))
  await papers.circulate()
  house.clock.set('2026-12-10T12:00:00Z')
  await done(papers.send(CLERK, 'B2', 'burglary.pdf'))
  await done(papers.send(CLERK, 'X1', 'vetting.pdf'))
  await papers.circulate()
  house.clock.set('2026-12-16T09:50:00Z')
}, 30_000)
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const opened = async () => {
  house.clock.set('2026-12-16T10:00:00Z')
  await done(house.say(CLERK, 'open the meeting'))
  for (const name of [CHAIR, POLICE]) await done(house.say(name, "I'm here"))
  house.clock.set(AT)
}
const late = async (name = CLERK) => textOf(await house.say(name, 'late papers'))
const lineOf = (text: string, number: string) => text.split('\n').find((line) => line.startsWith(`${number} |`)) ?? ''
const rule = (name: string, item: string, values: Record<string, string>) =>
  papers
    .id(item)
    .then((id) =>
      house.press(name, { command: 'attendance.rule_late', subject: papers.meeting, values: { item: id, ...values } }),
    )

describe('what is late', () => {
  test('is what came after the latest moment, by how much, and what has not come', async () => {
    await opened()
    const text = await late()
    expect(lineOf(text, 'B1')).toBe('')
    expect(lineOf(text, 'B2')).toBe('B2 | Burglary | 2 working days late | not said yet')
    expect(lineOf(text, 'B3')).toBe('B3 | Knife crime | not in | not said yet')
    expect(lineOf(text, 'X1')).toBe('X1 | Vetting | 2 working days late | not said yet')
  })

  test('is a new version that came late, though the first was in time', async () => {
    await done(papers.send(CLERK, 'B1', 'again.pdf'))
    await opened()
    expect(lineOf(await late(), 'B1')).toBe('B1 | Grant | not sent out | not said yet')
  })

  test('is not shown of what somebody may not know', async () => {
    await opened()
    const text = await late('Nadia Flynn')
    expect(text).not.toContain('Vetting')
    expect(text).not.toContain('X1')
  })
})

describe('whether it is taken', () => {
  beforeEach(opened)

  test('is said by the person presiding, and stands in the record with who presided', async () => {
    const answer = textOf(await house.say(CHAIR, 'take B2 although it is late'))
    expect(answer).toContain('B2 is taken.')
    expect(lineOf(answer, 'B2')).toBe('B2 | Burglary | 2 working days late | taken')
    expect(textOf(await house.say(CLERK, 'B3 is not taken because nobody has read it'))).toContain('B3 is not taken.')
    const record = textOf(await house.press(CLERK, { command: 'attendance.print', subject: papers.meeting }))
    expect(record).toContain('- B2 Burglary: 2 working days late; taken (Cllr Margaret Ashdown presiding)')
    expect(record).toContain('- B3 Knife crime: not in; not taken: nobody has read it (Cllr Margaret Ashdown presiding)')
    expect(record).not.toContain('Vetting')
  })

  test('is asked for with why, where it is not', async () => {
    expect(await house.say(CLERK, 'B3 is not taken')).toMatchObject({ kind: 'form' })
    expect(await rule(CLERK, 'B3', { taken: 'no' })).toMatchObject({
      kind: 'refusal',
      refusal: { fields: { why: 'Say why it is not taken, for the record.' } },
    })
  })

  test('may be said otherwise later; what was said first is kept, and the same again adds nothing', async () => {
    await done(rule(CLERK, 'B2', { taken: 'no', why: 'too late to read' }))
    await done(rule(CLERK, 'B2', { taken: 'no', why: 'too late to read' }))
    await done(rule(CLERK, 'B2', { taken: 'yes' }))
    expect(lineOf(await late(), 'B2')).toContain('| taken')
    const rows = await house.handles.reading.selectFrom('late_paper').orderBy('seq').select(['seq', 'taken', 'why']).execute()
    expect(rows).toEqual([
      { seq: 1, taken: 0, why: 'too late to read' },
      { seq: 2, taken: 1, why: null },
    ])
  })

  test('is not for a member to say', async () => {
    expect(await rule(POLICE, 'B2', { taken: 'yes' })).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
  })

  test('is not said of a paper that went out in time, nor in words of one that is of no agenda', async () => {
    expect(await rule(CLERK, 'B1', { taken: 'yes' })).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
    expect(await house.say(CLERK, 'B9 is taken')).toMatchObject({ kind: 'refusal', refusal: { code: 'unclear' } })
  })

  test('is recorded by the clerk after the close, and by nobody else', async () => {
    await done(house.say(CLERK, 'close the meeting, all the same'))
    expect(await rule(CHAIR, 'B2', { taken: 'yes' })).toMatchObject({ kind: 'refusal' })
    await done(rule(CLERK, 'B2', { taken: 'yes' }))
  })

  test('is told from the record as the journal has it, and not with why', async () => {
    await done(rule(CLERK, 'X1', { taken: 'no', why: 'the canary sings' }))
    const board = (await boardCalled(house, 'KCSP')) ?? ''
    const { reading } = house.handles
    const payloads = await payloadsOf(reading, board)
    expect(JSON.stringify(payloads)).not.toContain('canary')
    expect(await verifyChain(reading, board)).toMatchObject({ faults: [] })
    expect(await rulingsAgree(reading, board, payloads, true)).toEqual([])
    await house.writer.write((tx) => tx.updateTable('late_paper').set({ taken: 1 }).execute())
    expect(await rulingsAgree(reading, board, payloads, true)).toHaveLength(2)
  })
})

test('is not said before the meeting is open', async () => {
  expect(await rule(CLERK, 'B2', { taken: 'yes' })).toMatchObject({ kind: 'refusal', refusal: { code: 'too_early' } })
})

describe('in words', () => {
  beforeEach(opened)

  test.each([
    ['B2 is taken', 'B2 is taken.'],
    ['take item B2', 'B2 is taken.'],
    ["we'll take a break", null],
    ['B2 is taken into account by the report', null],
    ["don't take B2 because it came on Thursday", 'B2 is not taken.'],
    ['not taking B2, it came on Thursday', 'B2 is not taken.'],
    ["B2 won't be taken today because it came on Thursday", 'B2 is not taken.'],
    ['Daniel took B2 home', null],
    ['B2 takes too long', null],
    ['is B2 taken?', null],
  ])('%s', async (words, answer) => {
    const said = await house.say(CHAIR, words)
    if (answer === null) expect(said.kind === 'card' && said.of === 'act').toBe(false)
    else expect(textOf(said)).toContain(answer)
    expect(await house.handles.reading.selectFrom('late_paper').select('seq').execute()).toHaveLength(answer === null ? 0 : 1)
  })
})
