import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { emailOf } from '../../src/demonstration/people.js'
import { LARGEST_PAPER } from '../../src/kernel/files.js'
import { newId } from '../../src/kernel/ids.js'
import { CHAIR, CLERK, delivered, done, POLICE } from '../agenda/setting.js'
import { personCalled, setUpBoard, WORKING_GROUP_ROSTER } from '../boards.js'
import { type TestHouse, textOf } from '../house.js'
import { coming, MACROS, PAPERS, pdf } from '../papers.js'
import {
  COLLEAGUE,
  FIRE,
  HOUSING,
  journaled,
  linked,
  type OnPapers,
  openSettled,
  papersOf,
  receiving,
  secretIn,
  uploaded,
  withItems,
} from './setting.js'

let house: TestHouse
let papers: OnPapers
beforeEach(async () => {
  house = await openSettled()
  papers = papersOf(house, await house.meeting())
  await withItems(papers)
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const refused = (code: string, field?: string) => ({
  kind: 'refusal',
  refusal: { code, ...(field === undefined ? {} : { fields: { [field]: expect.any(String) } }) },
})
const versions = () => house.handles.reading.selectFrom('paper_version').selectAll().orderBy('number').execute()
const files = () => house.handles.reading.selectFrom('paper_file').select(['name', 'bytes', 'type']).orderBy('name').execute()
const lineOf = (text: string, item: string): string => text.split('\n').find((line) => line.startsWith(`${item} |`)) ?? ''
const shown = async (by = CLERK) => textOf(await papers.press(by, 'papers.show'))

describe('a paper is sent', () => {
  test('as a file that was sent ahead, and its words are kept as they came', async () => {
    const answer = await papers.send(CLERK, 'B1', 'Grant report.pdf', {}, pdf('Grant', 3_000))
    expect(textOf(answer)).toContain('Version 1 is in.')
    expect(textOf(answer)).toContain(
      '1 | Grant report.pdf, 3 KB | Sunday 22 November 2026, 10:00 | Grace Holloway | not sent out yet',
    )
    expect(await files()).toEqual([{ name: 'Grant report.pdf', bytes: 3_000, type: 'application/pdf' }])
  })

  test('as an address where it lies', async () => {
    const answer = await papers.on(CLERK, 'B1', 'papers.send', { link: 'https://example.org/grant' })
    expect(textOf(answer)).toContain('1 | https://example.org/grant | ')
    expect(await files()).toEqual([])
  })

  test.each([
    { what: 'neither a file nor an address', values: {}, code: 'invalid', field: 'file' },
    { what: 'what is no address', values: { link: 'grant' }, code: 'invalid', field: 'link' },
    { what: 'an address that runs something', values: { link: 'javascript:alert(1)' }, code: 'invalid', field: 'link' },
    { what: 'an address on a disk', values: { link: 'file:///etc/passwd' }, code: 'invalid', field: 'link' },
    {
      what: 'a marking that there is not',
      values: { link: 'https://example.org', marking: 'SECRET' },
      code: 'invalid',
      field: 'marking',
    },
    { what: 'an upload that there is not', values: { file: newId() }, code: 'invalid', field: 'file' },
    {
      what: 'more recommendations than there are letters for',
      values: { link: 'https://example.org', recommendations: 'Agree.\n'.repeat(21) },
      code: 'limit',
      field: 'recommendations',
    },
    {
      what: 'a recommendation of 501 characters',
      values: { link: 'https://example.org', recommendations: 'x'.repeat(501) },
      code: 'limit',
      field: 'recommendations',
    },
  ])('not $what', async ({ values, code, field }) => {
    expect(await papers.on(CLERK, 'B1', 'papers.send', values)).toMatchObject(refused(code, field))
    expect(await versions()).toEqual([])
  })

  test('not both a file and an address', async () => {
    const answer = await papers.send(CLERK, 'B1', 'a.pdf', { link: 'https://example.org/a' })
    expect(answer).toMatchObject(refused('invalid', 'link'))
    expect(await versions()).toEqual([])
  })

  test('not with a file that somebody else has sent ahead', async () => {
    const file = await uploaded(house, POLICE, 'theirs.pdf')
    expect(await papers.on(CLERK, 'B1', 'papers.send', { file })).toMatchObject(refused('invalid', 'file'))
    expect(await versions()).toEqual([])
  })

  test('not with a file that has waited for longer than a day', async () => {
    const file = await uploaded(house, CLERK, 'waits.pdf')
    house.clock.forward({ hours: 24, seconds: 1 })
    await house.tick()
    const answer = await papers.on(CLERK, 'B1', 'papers.send', { file })
    expect(answer).toMatchObject(refused('invalid', 'file'))
    expect(textOf(answer)).toContain('That file has not come, or has waited for more than a day. Choose it again.')
  })

  test('and what it keeps outlasts the day for which files wait', async () => {
    await done(papers.send(CLERK, 'B1', 'kept.pdf'))
    house.clock.forward({ hours: 25 })
    await house.tick()
    const { sha256 } = await house.handles.reading.selectFrom('paper_file').select('sha256').executeTakeFirstOrThrow()
    expect(await house.files.has(sha256)).toBe(true)
  })

  test('once a delivery, however often it comes', async () => {
    const file = await uploaded(house, CLERK, 'once.pdf')
    const subject = await papers.id('B1')
    const again = () => house.press(CLERK, { command: 'papers.send', subject, values: { file } }, { delivery: 'the same' })
    await again()
    expect(textOf(await again())).toContain('Paper: in, version 1, not sent out yet')
    expect(await versions()).toHaveLength(1)
  })

  test('anew: the earlier version stays, and the later one stands', async () => {
    await done(papers.send(CLERK, 'B1', 'first.pdf', { recommendations: 'Agree it.' }))
    const answer = textOf(await papers.send(CLERK, 'B1', 'second.pdf'))
    expect(answer).toContain('Version 2 is in.')
    expect(answer).toContain('Paper: in, version 2, not sent out yet')
    expect(answer).toMatch(/1 \| first\.pdf.*\n2 \| second\.pdf/)
    // What a version does not say of recommendations is as it was.
    expect((await versions()).map(({ recommendations }) => JSON.parse(recommendations))).toEqual([['Agree it.'], ['Agree it.']])
  })

  test('the same to the letter only once; with other recommendations it is another version', async () => {
    const bytes = pdf('the same')
    await done(papers.send(CLERK, 'B1', 'a.pdf', { recommendations: 'Agree it.' }, bytes))
    const again = await papers.send(CLERK, 'B1', 'another name.pdf', { recommendations: 'Agree it.' }, bytes)
    expect(again).toMatchObject(refused('conflict'))
    expect(textOf(again)).toContain('That is version 1 already, the same to the letter. There is nothing to add.')
    await done(papers.send(CLERK, 'B1', 'a.pdf', { recommendations: 'Note it.' }, bytes))
    expect(await versions()).toHaveLength(2)
  })

  test('the same to the letter, marked otherwise: the version stands, and what it is marked counts', async () => {
    const bytes = pdf('the same')
    await done(papers.send(CLERK, 'B1', 'a.pdf', {}, bytes))
    const answer = textOf(await papers.send(CLERK, 'B1', 'a.pdf', { marking: 'OFFICIAL-SENSITIVE' }, bytes))
    expect(answer).toContain('Version 1 stands, the same to the letter. Its marking is OFFICIAL-SENSITIVE now.')
    expect(answer).toContain('Marking: OFFICIAL-SENSITIVE, restricted')
    expect(await versions()).toHaveLength(1)
    const again = await papers.send(CLERK, 'B1', 'a.pdf', { marking: 'OFFICIAL-SENSITIVE' }, bytes)
    expect(again).toMatchObject(refused('conflict'))
  })

  test('the same file for two items is two papers', async () => {
    const bytes = pdf('the same')
    await done(papers.send(CLERK, 'B1', 'a.pdf', {}, bytes))
    await done(papers.send(CLERK, 'B2', 'b.pdf', {}, bytes))
    expect((await files()).map(({ name }) => name)).toEqual(['a.pdf', 'b.pdf'])
  })

  test('with recommendations, one a line, lettered in their order', async () => {
    const recommendations = '(a) Agree the grant.\n(b)  Note the risks.\r\n\n- Thank the officers.'
    const answer = textOf(await papers.send(CLERK, 'B1', 'a.pdf', { recommendations }))
    expect(answer).toContain('RECOMMENDATIONS\n- (a) Agree the grant.\n- (b) Note the risks.\n- (c) Thank the officers.')
  })

  test('at most fifty times', async () => {
    for (let number = 1; number <= 50; number += 1)
      await done(papers.on(CLERK, 'B1', 'papers.send', { link: `https://example.org/${number}` }))
    expect(await papers.on(CLERK, 'B1', 'papers.send', { link: 'https://example.org/51' })).toMatchObject(refused('limit'))
  }, 60_000)

  test('late as well, and after the meeting is called off or over not at all', async () => {
    house.clock.set('2026-12-16T09:00:00Z')
    await done(papers.send(CLERK, 'B1', 'late.pdf'))
    house.clock.set('2026-12-16T12:00:00Z')
    expect(await papers.send(CLERK, 'B1', 'later.pdf')).toMatchObject(refused('not_permitted'))
  })

  test('for a cancelled meeting not at all', async () => {
    await done(papers.press(CLERK, 'meetings.cancel', { why: 'No business.', allTheSame: 'yes' }))
    expect(await papers.send(CLERK, 'B1', 'a.pdf')).toMatchObject(refused('not_permitted'))
  })

  test('and the journal has which file it was, by its mark, and nothing of what stands in it', async () => {
    await done(papers.send(CLERK, 'D1', 'Canary.pdf', { recommendations: 'Canary.' }))
    const { sha256 } = await house.handles.reading.selectFrom('paper_file').select('sha256').executeTakeFirstOrThrow()
    const [entry] = await journaled(house, 'papers.send')
    expect(entry).toMatchObject({ outcome: { version: await papers.version('D1'), number: 1, sha256 } })
    expect(JSON.stringify(entry)).not.toContain('Canary')
  })
})

describe('a file is taken in', () => {
  test.each(Object.entries(PAPERS))('as .%s', async (ending, { bytes, type }) => {
    await done(papers.send(CLERK, 'B1', `paper.${ending}`, {}, bytes))
    expect(await files()).toEqual([{ name: `paper.${ending}`, bytes: bytes.length, type }])
  })

  test.each([
    { what: 'of 0 bytes', name: 'a.pdf', bytes: Buffer.alloc(0), code: 'invalid', says: 'That file is empty.' },
    {
      what: 'a program that calls itself .pdf',
      name: 'a.pdf',
      bytes: Buffer.from('MZ\x90\x00\x03'.padEnd(600, '\0'), 'latin1'),
      code: 'invalid',
      says: 'is not what its name says',
    },
    {
      what: 'a script that calls itself .pdf',
      name: 'a.pdf',
      bytes: Buffer.from('#!/bin/sh\nrm -rf /\n'),
      code: 'invalid',
      says: 'is not what its name says',
    },
    { what: 'a program by its own name', name: 'a.exe', bytes: pdf(), code: 'invalid', says: 'Papers end in .pdf' },
    {
      what: 'a Word document that holds a program',
      name: 'a.docx',
      bytes: MACROS,
      code: 'invalid',
      says: 'is not what its name says',
    },
    {
      what: 'a picture that calls itself .pdf',
      name: 'a.pdf',
      bytes: PAPERS.png?.bytes ?? Buffer.alloc(0),
      code: 'invalid',
      says: 'is a PNG picture',
    },
    {
      what: 'of 25 MB and one byte',
      name: 'a.pdf',
      bytes: pdf('large', LARGEST_PAPER + 1),
      code: 'limit',
      says: 'more than 25 MB',
    },
  ])('not $what', async ({ name, bytes, code, says }) => {
    const answer = await receiving(house, CLERK, name, bytes)
    expect(answer).toMatchObject(refused(code, 'file'))
    expect(answer.kind === 'refusal' && answer.refusal.sentence).toContain(says)
    expect(await house.handles.reading.selectFrom('upload').selectAll().execute()).toEqual([])
  })

  test('of 25 MB to the byte', async () => {
    const answer = await receiving(house, CLERK, 'a.pdf', pdf('large', LARGEST_PAPER))
    expect(answer).toMatchObject({ kind: 'received', bytes: LARGEST_PAPER })
  })

  test.each([
    { sent: '../../../etc/cron.d/paper.pdf', kept: 'paper.pdf' },
    { sent: '..\\..\\windows\\paper.pdf', kept: 'paper.pdf' },
    { sent: '/etc/passwd/..pdf', kept: 'paper.pdf' },
    { sent: 'C:\\fakepath\\paper.pdf', kept: 'paper.pdf' },
  ])('“$sent” is shown and kept as “$kept”', async ({ sent, kept }) => {
    const answer = textOf(await papers.send(CLERK, 'B1', sent))
    expect(answer).toContain(`1 | ${kept}, `)
    expect(answer).not.toMatch(/\.\.[/\\]|etc|windows|fakepath/)
    expect(await files()).toMatchObject([{ name: kept }])
  })

  test('from nobody whom the house does not know', async () => {
    const from = { platform: 'web', workspace: 'demonstration', user: 'stranger@example.org' }
    expect(await house.bot.receive(from, 'a.pdf', coming(pdf()))).toMatchObject(refused('not_permitted'))
  })
})

describe('who writes it', () => {
  test('a person of the board, who is asked for it, and can send it though they have no seat', async () => {
    const author = await personCalled(house, COLLEAGUE)
    const answer = textOf(
      await papers.on(CLERK, 'D1', 'papers.describe', { author, post: 'Chief Superintendent', organisation: 'Kent Police' }),
    )
    expect(answer).toContain('Author: Ruth Hale, Chief Superintendent, Kent Police')
    await delivered(house)
    expect(house.sentTo(COLLEAGUE)).toEqual([
      expect.stringContaining('The clerk names you as author of the paper for D1 Vetting.'),
    ])
    expect(house.sentTo(COLLEAGUE)[0]).toContain(
      'In by: Tuesday 8 December 2026, 17:00: 5 whole working days lie between it and the meeting.',
    )
    expect(textOf(await papers.send(COLLEAGUE, 'D1', 'vetting.pdf'))).toContain('Version 1 is in.')
    await delivered(house)
    const told = house.sentTo(CLERK).at(-1)
    expect(told).toContain('Ruth Hale has sent version 1 of the paper of D1 for KCSP, Wednesday 16 December 2026.')
    expect(told).not.toContain('Vetting')
  })

  test('who writes and has no part in the board sees in what is due what they write, and may not loosen its marking', async () => {
    const author = await personCalled(house, COLLEAGUE)
    await done(papers.on(CLERK, 'B1', 'papers.describe', { author, marking: 'OFFICIAL-SENSITIVE' }))
    expect(textOf(await house.say(COLLEAGUE, 'what is due'))).toContain('Send the paper of B1')
    const lower = await papers.send(COLLEAGUE, 'B1', 'grant.pdf', { marking: 'OFFICIAL' })
    expect(lower).toMatchObject({
      kind: 'refusal',
      refusal: {
        fields: { marking: 'It is marked OFFICIAL-SENSITIVE, which only the clerk takes off. Ask the clerk, or leave it so.' },
      },
    })
    await done(papers.send(COLLEAGUE, 'B1', 'grant.pdf', { marking: 'OFFICIAL-SENSITIVE' }))
    await done(papers.on(CLERK, 'B1', 'papers.describe', { marking: 'none' }))
  })

  test('who is author no more when they are told learns of no paper', async () => {
    const author = await personCalled(house, COLLEAGUE)
    await done(papers.on(CLERK, 'X1', 'papers.describe', { author }))
    await done(papers.on(CLERK, 'X1', 'papers.describe', { name: 'Ann Castle' }))
    await delivered(house)
    expect(house.sentTo(COLLEAGUE)).toEqual([expect.stringContaining('and are so no more')])
    expect(house.sentTo(COLLEAGUE)[0]).not.toContain('X1')
  })

  test('and who has sent it can open it, and no other', async () => {
    await done(papers.on(CLERK, 'D1', 'papers.describe', { author: await personCalled(house, COLLEAGUE) }))
    await done(papers.send(COLLEAGUE, 'D1', 'vetting.pdf'))
    await linked(house, COLLEAGUE, await papers.version('D1'))
    await done(papers.send(CLERK, 'X1', 'hidden.pdf'))
    expect(await house.press(COLLEAGUE, { command: 'papers.open', subject: await papers.version('X1') })).toMatchObject(
      refused('not_found'),
    )
  })

  test('somebody else, by name, whom nobody can ask', async () => {
    house.sent.length = 0
    const name = 'Ms S Brinson'
    const answer = textOf(
      await papers.on(CLERK, 'B1', 'papers.describe', { name, post: 'Senior Adviser', organisation: 'Kent County Council' }),
    )
    expect(answer).toContain('Author: Ms S Brinson, Senior Adviser, Kent County Council')
    expect(lineOf(await shown(), 'B1')).toContain('| Ms S Brinson, Senior Adviser, Kent County Council |')
    await delivered(house)
    expect(house.sent).toEqual([])
  })

  test('nobody any more, once that is said; and what is not said stays', async () => {
    const author = await personCalled(house, FIRE)
    await done(papers.on(CLERK, 'B1', 'papers.describe', { author }))
    expect(textOf(await papers.on(CLERK, 'B1', 'papers.describe', { marking: 'OFFICIAL' }))).toContain('Author: Aisha Rahman')
    const without = textOf(await papers.on(CLERK, 'B1', 'papers.describe', { author: '' }))
    expect(without).toContain('Author: not said yet')
    expect(without).toContain('Marking: OFFICIAL')
    expect(await papers.send(FIRE, 'B1', 'a.pdf')).toMatchObject(refused('not_permitted'))
  })

  test('not somebody who is nobody to this board', async () => {
    const id = newId()
    await house.writer.write(async (tx) => {
      const { tenant_id } = await tx.selectFrom('board').select('tenant_id').executeTakeFirstOrThrow()
      await tx
        .insertInto('person')
        .values({ id, tenant_id, name: 'Vera Lund', email: null, telephone: null, confirmed: 1 })
        .execute()
    })
    expect(await papers.on(CLERK, 'B1', 'papers.describe', { author: id })).toMatchObject(refused('not_found', 'author'))
  })

  test('is not asked again for what is in, nor for what they have been asked for', async () => {
    const author = await personCalled(house, FIRE)
    await done(papers.on(CLERK, 'B1', 'papers.describe', { author }))
    await done(papers.on(CLERK, 'B1', 'papers.describe', { author, post: 'Assistant Director' }))
    await done(papers.send(CLERK, 'B2', 'in.pdf'))
    await done(papers.on(CLERK, 'B2', 'papers.describe', { author }))
    await delivered(house)
    expect(house.sentTo(FIRE)).toHaveLength(1)
  })

  test('whoever proposed the item and sends its paper is its author; the clerk sends what others wrote', async () => {
    await done(papers.press(POLICE, 'agenda.propose', { title: 'Theft' }))
    await done(papers.on(CLERK, 'Theft', 'agenda.place', { letter: 'B' }))
    expect(textOf(await papers.send(POLICE, 'B3', 'theft.pdf'))).toContain('Author: Daniel Okafor')
    expect(textOf(await papers.send(CLERK, 'B1', 'grant.pdf'))).toContain('Author: not said yet')
  })

  test('a proposer without a right to it does not come to read what the clerk has sent by sending something', async () => {
    await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
    const proposer = 'Moira Lennox'
    await done(papers.press(proposer, 'agenda.propose', { title: 'Knives' }))
    await done(papers.on(CLERK, 'Knives', 'agenda.place', { letter: 'D' }))
    await done(papers.send(CLERK, 'D2', 'confidential.pdf'))
    expect(await papers.send(proposer, 'D2', 'anything.pdf')).toMatchObject(refused('not_permitted'))
    expect(await house.press(proposer, { command: 'papers.open', subject: await papers.version('D2') })).toMatchObject(
      refused('not_found'),
    )
  })
})

describe('how it is marked', () => {
  test.each(['none', 'OFFICIAL', 'OFFICIAL-SENSITIVE'])('%s', async (marking) => {
    await done(papers.send(CLERK, 'B1', 'a.pdf', { marking }))
    const wanted = { none: '', OFFICIAL: 'OFFICIAL', 'OFFICIAL-SENSITIVE': 'OFFICIAL-SENSITIVE, restricted' }[marking]
    expect(lineOf(await shown(), 'B1')).toBe(`B1 | Grant |  |  | ${wanted} | in, version 1, not sent out yet`)
  })

  test('what is OFFICIAL-SENSITIVE is closed at once to who has no right to it, though it was open', async () => {
    await done(papers.send(CLERK, 'B1', 'a.pdf', { recommendations: 'Agree it.' }))
    const version = await papers.version('B1')
    await linked(house, HOUSING, version)
    await done(papers.on(CLERK, 'B1', 'papers.describe', { marking: 'OFFICIAL-SENSITIVE' }))
    expect(await house.press(HOUSING, { command: 'papers.open', subject: version })).toMatchObject(refused('not_found'))
    expect(textOf(await papers.on(HOUSING, 'B1', 'papers.paper'))).not.toMatch(/Agree it|a\.pdf/)
    await linked(house, POLICE, version)
  })

  test('an item that is moved into the restricted section takes its paper with it', async () => {
    await done(papers.send(CLERK, 'B1', 'a.pdf'))
    const version = await papers.version('B1')
    await done(papers.on(CLERK, 'B1', 'agenda.place', { letter: 'D' }))
    expect(await house.press(HOUSING, { command: 'papers.open', subject: version })).toMatchObject(refused('not_found'))
  })
})

describe('a version is taken back', () => {
  test('by the clerk, with why: it stays on the record, nobody opens it, and the one before stands again', async () => {
    await done(papers.send(CLERK, 'B1', 'first.pdf'))
    await done(papers.send(CLERK, 'B1', 'second.pdf'))
    const second = await papers.version('B1')
    expect((await house.press(CLERK, { command: 'papers.retract_form', subject: second })).kind).toBe('form')
    const answer = textOf(
      await house.press(CLERK, { command: 'papers.retract', subject: second, values: { why: 'The figures are wrong.' } }),
    )
    expect(answer).toContain('Version 2 of B1 is taken back. Nobody opens it any more.')
    expect(answer).toContain('Paper: in, version 1, not sent out yet')
    expect(answer).toMatch(/2 \| second\.pdf.*\| taken back: The figures are wrong\.$/m)
    for (const by of [CLERK, CHAIR, POLICE]) {
      const opening = await house.press(by, { command: 'papers.open', subject: second })
      expect(opening).toMatchObject(refused('conflict'))
      expect(secretIn(opening)).toBeNull()
    }
  })

  test('only once, and with a reason', async () => {
    await done(papers.send(CLERK, 'B1', 'first.pdf'))
    const subject = await papers.version('B1')
    const retracting = (why: string) => house.press(CLERK, { command: 'papers.retract', subject, values: { why } })
    expect(await retracting('x')).toMatchObject(refused('invalid', 'why'))
    await done(retracting('The figures are wrong.'))
    expect(await retracting('The figures are wrong.')).toMatchObject(refused('conflict'))
    expect(await house.press(CLERK, { command: 'papers.retract_form', subject })).toMatchObject(refused('conflict'))
    expect(lineOf(await shown(), 'B1')).toContain('| not in yet')
  })

  test('and the next is a new version, with a number of its own', async () => {
    const bytes = pdf('the same')
    await done(papers.send(CLERK, 'B1', 'a.pdf', {}, bytes))
    const values = { why: 'Too early.' }
    await done(house.press(CLERK, { command: 'papers.retract', subject: await papers.version('B1'), values }))
    expect(textOf(await papers.send(CLERK, 'B1', 'a.pdf', {}, bytes))).toContain('Version 2 is in.')
  })

  test('and the journal has which, while why stands beside the version', async () => {
    await done(papers.send(CLERK, 'D1', 'a.pdf'))
    const subject = await papers.version('D1')
    await done(house.press(CLERK, { command: 'papers.retract', subject, values: { why: 'Canary.' } }))
    const [entry] = await journaled(house, 'papers.retract')
    expect(entry).toMatchObject({ input: { subject }, outcome: { version: subject } })
    expect(JSON.stringify(entry)).not.toContain('Canary')
    expect(await house.handles.reading.selectFrom('paper_retraction').select(['version_id', 'why']).execute()).toEqual([
      { version_id: subject, why: 'Canary.' },
    ])
  })
})

describe('the clerk sees at a glance', () => {
  test('what is in, missing, restricted, and what nobody waits for', async () => {
    await done(papers.send(CLERK, 'B1', 'a.pdf'))
    await done(papers.send(CLERK, 'D1', 'd.pdf'))
    const text = await shown()
    expect(text).toContain(
      'Latest moment in time: Tuesday 8 December 2026, 17:00: 5 whole working days lie between it and the meeting.',
    )
    expect(text).toContain('Clause 7: “KCSP papers will be circulated at least five working days prior to meetings')
    expect(lineOf(text, 'A1')).toBe('')
    expect(text).toContain('No paper is expected of A1,')
    expect(lineOf(text, 'B1')).toBe('B1 | Grant |  |  |  | in, version 1, not sent out yet')
    expect(lineOf(text, 'B2')).toBe('B2 | Burglary |  |  |  | not in yet')
    expect(lineOf(text, 'D1')).toBe('D1 | Vetting |  |  | restricted | in, version 1, not sent out yet')
    expect(lineOf(text, 'X1')).toBe('X1 | Hidden matter |  |  | restricted | not in yet')
  })

  test('what is late from the moment after the latest', async () => {
    house.clock.set('2026-12-08T17:00:00Z')
    expect(lineOf(await shown(), 'B2')).toContain('| not in yet')
    house.clock.set('2026-12-08T17:00:00.001Z')
    expect(lineOf(await shown(), 'B2')).toContain('| not in: LATE')
    await done(papers.on(CLERK, 'B2', 'agenda.change', { form: 'presentation' }))
    expect(lineOf(await shown(), 'B2')).toBe('')
    expect(await shown()).toContain('B2, ')
  })

  test('and may send, describe and take back; a member may look and open', async () => {
    await done(papers.send(CLERK, 'B1', 'a.pdf'))
    expect(await shown()).toContain('[Circulate the papers] [Who has been sent what] [Dispatch record]')
    expect(await shown(POLICE)).toMatch(/\n\[Open B1\]$/)
    expect(textOf(await papers.on(CLERK, 'B1', 'papers.paper'))).toMatch(
      /\[Open B1\] \[Send a new version\] \[Author and marking\] \[Take the version back\]$/,
    )
    expect(textOf(await papers.on(POLICE, 'B1', 'papers.paper'))).toMatch(/\[Open B1\]$/)
  })
})

describe('who may', () => {
  beforeEach(async () => {
    await done(papers.send(CLERK, 'B1', 'a.pdf'))
  })

  test.each([CHAIR, POLICE, HOUSING])('%s cannot send, describe, take back, circulate or tick off', async (by) => {
    const subject = await papers.version('B1')
    expect(await papers.send(by, 'B1', 'mine.pdf')).toMatchObject(refused('not_permitted'))
    for (const command of ['papers.send_form', 'papers.describe_form', 'papers.describe'])
      expect(await papers.on(by, 'B1', command), command).toMatchObject(refused('not_permitted'))
    for (const command of ['papers.retract_form', 'papers.retract'])
      expect(await house.press(by, { command, subject, values: { why: 'I want to.' } }), command).toMatchObject(
        refused('not_permitted'),
      )
    expect(await papers.press(by, 'papers.circulate', { allTheSame: 'yes' })).toMatchObject(refused('not_permitted'))
    await papers.circulate()
    const circulation = await papers.circulation(1)
    const values = { person: await personCalled(house, POLICE), how: 'post' }
    for (const command of ['papers.hand_form', 'papers.hand'])
      expect(await house.press(by, { command, subject: circulation, values }), command).toMatchObject(refused('not_permitted'))
    const officer = by === CHAIR
    for (const command of ['papers.dispatches', 'papers.record'])
      expect((await papers.press(by, command)).kind === 'refusal', command).toBe(!officer)
    expect(await versions()).toHaveLength(1)
  })

  test('to who is nothing to the board, every act is about what does not exist', async () => {
    await papers.circulate()
    const subjects = {
      'papers.show': papers.meeting,
      'papers.dispatches': papers.meeting,
      'papers.record': papers.meeting,
      'papers.circulate': papers.meeting,
      'papers.paper': await papers.id('B1'),
      'papers.send_form': await papers.id('B1'),
      'papers.send': await papers.id('B1'),
      'papers.describe_form': await papers.id('B1'),
      'papers.describe': await papers.id('B1'),
      'papers.retract_form': await papers.version('B1'),
      'papers.retract': await papers.version('B1'),
      'papers.open': await papers.version('B1'),
      'papers.received': await papers.circulation(1),
      'papers.hand_form': await papers.circulation(1),
      'papers.hand': await papers.circulation(1),
    }
    const values = { why: 'I want to.', person: await personCalled(house, POLICE), how: 'post', link: 'https://example.org' }
    for (const [command, subject] of Object.entries(subjects)) {
      const [there, nowhere] = [
        await house.press(COLLEAGUE, { command, subject, values }),
        await house.press(COLLEAGUE, { command, subject: newId(), values }),
      ]
      expect(there, command).toMatchObject(refused('not_found'))
      expect(JSON.stringify(there), command).toBe(JSON.stringify(nowhere))
    }
  })

  test('what is only proposed is known to its proposer and to officers', async () => {
    await done(papers.press(POLICE, 'agenda.propose', { title: 'Canary' }))
    const subject = await papers.id('Canary')
    const paper = (by: string) => house.press(by, { command: 'papers.paper', subject })
    for (const by of [CLERK, CHAIR, POLICE]) expect((await paper(by)).kind, by).toBe('card')
    await done(papers.press(CHAIR, 'agenda.invite', { name: 'Vera Lund', email: emailOf('Vera Lund') }))
    const none = await house.press(HOUSING, { command: 'papers.paper', subject: newId() })
    for (const by of [HOUSING, FIRE, 'Vera Lund']) expect(JSON.stringify(await paper(by)), by).toBe(JSON.stringify(none))
  })

  test('whoever runs the server may send a paper, and is in the journal as such', async () => {
    const { tenant_id: tenant } = await house.handles.reading.selectFrom('board').select('tenant_id').executeTakeFirstOrThrow()
    const received = await house.bot.receiveAsOperator(tenant, 'operator.pdf', coming(pdf('operator')))
    if (received.kind !== 'received') throw new Error('the file was refused')
    const press = { command: 'papers.send', subject: await papers.id('B2'), values: { file: received.upload } }
    expect(textOf(await house.bot.operate(tenant, press))).toContain('| the operator | not sent out yet')
    const open = { command: 'papers.open', subject: await papers.version('B2') }
    expect(await house.bot.operate(tenant, open)).toMatchObject(refused('not_permitted'))
  })
})
