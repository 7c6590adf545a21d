import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { emailOf } from '../../../src/demonstration/people.js'
import { CHAIR, CLERK, callMeeting, delivered, done, POLICE, sentInto } from '../../agenda/setting.js'
import { boardCalled, GRAVESHAM_ROSTER, personCalled, setUpBoard, setUpBoardOf } from '../../boards.js'
import { type TestHouse, textOf } from '../../house.js'
import {
  browserOf,
  COLLEAGUE,
  ENTITLED,
  FIRE,
  HOUSING,
  journaled,
  linked,
  type OnPapers,
  openSettled,
  PROBATION,
  papersOf,
  withItems,
} from '../setting.js'

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

/** All that is there but for one. */
async function sendThree(): Promise<void> {
  await done(papers.send(CLERK, 'B1', 'grant.pdf'))
  await done(papers.send(CLERK, 'D1', 'vetting.pdf'))
  await done(papers.send(CLERK, 'X1', 'hidden.pdf'))
}

/** What went to whom, as the record has it: "Papers: Daniel Okafor, by chat: B1 D1 X1". */
async function record(of = papers): Promise<readonly string[]> {
  const rows = await house.handles.reading
    .selectFrom('dispatch')
    .innerJoin('circulation', 'circulation.id', 'dispatch.circulation_id')
    .innerJoin('person', 'person.id', 'dispatch.person_id')
    .leftJoin('dispatch_paper', (join) =>
      join
        .onRef('dispatch_paper.circulation_id', '=', 'dispatch.circulation_id')
        .onRef('dispatch_paper.person_id', '=', 'dispatch.person_id'),
    )
    .leftJoin('circulation_paper', (join) =>
      join
        .onRef('circulation_paper.circulation_id', '=', 'dispatch.circulation_id')
        .onRef('circulation_paper.version_id', '=', 'dispatch_paper.version_id'),
    )
    .where('circulation.meeting_id', '=', of.meeting)
    .orderBy('circulation.number')
    .orderBy('person.name')
    .orderBy('circulation_paper.position')
    .select(['circulation.number', 'person.name', 'way', 'secure', 'item_number'])
    .execute()
  const lines = new Map<string, string[]>()
  for (const { number, name, way, secure, item_number } of rows) {
    const key = `${number}: ${name}, ${way}${secure ? `, ${secure}` : ''}`
    lines.set(key, [...(lines.get(key) ?? []), ...(item_number ? [item_number] : [])])
  }
  return [...lines].map(([key, items]) => [key, ...items].join(' '))
}

const told = (name: string) => house.sentTo(name).filter((plain) => /^(?:Papers|Supplement \d+): /.test(plain))
const clerksList = async () => textOf(await papers.press(CLERK, 'papers.dispatches'))
const lineOf = (text: string, name: string): string => text.split('\n').find((line) => line.startsWith(`${name} |`)) ?? ''

async function named(name: string): Promise<void> {
  await done(papers.press(POLICE, 'apologies.name_substitute', { substitute: await personCalled(house, name) }))
}

async function withoutChat(name: string): Promise<void> {
  const person = await personCalled(house, name)
  await house.writer.write((tx) => tx.deleteFrom('identity').where('person_id', '=', person).execute())
}

describe('the papers go', () => {
  test('to everyone entitled, each what is theirs to see: members and substitutes all of it, who is invited what is open', async () => {
    await sendThree()
    expect(await papers.circulate()).toContain('The papers go to 11 people.')
    expect(await record()).toEqual(
      [...ENTITLED.map((name) => `1: ${name}, chat, link B1 D1 X1`), `1: ${HOUSING}, chat B1`].sort(),
    )
    await delivered(house)
    for (const name of ENTITLED) {
      const [message, another] = told(name)
      expect(another).toBeUndefined()
      expect(message, name).toContain(
        '- B1 Grant\n- D1 Vetting, restricted\n- X1 Hidden matter, restricted\n[Open B1] [Open D1] [Open X1]',
      )
      expect(message, name).toContain('[Received] [Agenda] [All papers]')
    }
    expect(told(HOUSING)).toEqual([expect.stringContaining('- B1 Grant\n[Open B1]\n[Received]')])
  })

  test('in their public part into the board’s place', async () => {
    await sendThree()
    await papers.circulate()
    await delivered(house)
    const into = sentInto(house, 'kcsp').filter((plain) => plain.startsWith('Papers: '))
    expect(into).toEqual([
      [
        'Papers: KCSP, Wednesday 16 December 2026',
        'Meeting: Wednesday 16 December 2026, 10:00, Online',
        'Sent: Sunday 22 November 2026, 10:00',
        '- B1 Grant',
        '[Open B1]',
        '[Agenda] [All papers]',
      ].join('\n'),
    ])
  })

  test('to no deputy who does not substitute, and to no colleague', async () => {
    const board = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
    const gravesham = papersOf(house, await callMeeting(house, board, '2027-01-20'))
    await gravesham.has('Grant', 'B')
    await done(gravesham.send(CLERK, 'B1', 'grant.pdf'))
    await gravesham.circulate()
    expect((await record(gravesham)).map((line) => /^1: (.+?), (?:chat|by hand)/.exec(line)?.[1])).toEqual([
      'April Stone',
      'Carol Finch',
      'Cllr Imogen Fairley',
      'Daniel Okafor',
      'Elliot Grange',
      'Grace Holloway',
      'Harriet Boyle',
      'Joseph Brand',
      'Leon Carter',
      'Mark Dunn',
      'Maureen Tate',
      'Simon Vance',
    ])
  })

  test('to a deputy who has an office of their own', async () => {
    const roster = GRAVESHAM_ROSTER.replace(
      'deputy,Keira Nolan,Station Manager,keira.nolan@example.org,01632 960122,,,',
      'deputy,Keira Nolan,Station Manager,keira.nolan@example.org,01632 960122,,clerk,',
    )
    expect(roster).not.toBe(GRAVESHAM_ROSTER)
    const board = await setUpBoard(house, 'gravesham', roster)
    const gravesham = papersOf(house, await callMeeting(house, board, '2027-01-20'))
    await gravesham.circulate()
    expect(await record(gravesham)).toContain('1: Keira Nolan, chat')
  })

  test('after one question, where the agenda is a draft or something is missing', async () => {
    await sendThree()
    const doubt = await papers.press(CLERK, 'papers.circulate')
    expect(doubt).toMatchObject({ kind: 'refusal', card: { title: 'Are you sure?' } })
    expect(textOf(doubt)).toContain(
      'The agenda is a draft: nobody has agreed it yet. B2 is not in, and would follow as a supplement.',
    )
    expect(await record()).toEqual([])
    await done(papers.send(CLERK, 'B2', 'burglary.pdf'))
    await done(papers.press(CHAIR, 'agenda.agree'))
    expect(await done(papers.press(CLERK, 'papers.circulate'))).toContain('The papers go to 11 people.')
  })

  test('and the journal has what went to whom, and under which terms', async () => {
    await sendThree()
    await papers.circulate()
    const [entry] = await journaled(house, 'papers.circulate')
    const outcome = (entry as { outcome: { people: [string, string[]][]; versions: string[] } }).outcome
    expect(outcome).toMatchObject({
      circulation: await papers.circulation(1),
      number: 1,
      short: 0,
      at: house.clock.now().toString({ fractionalSecondDigits: 3 }),
      deadline: '2026-12-08T17:00:00.000Z',
    })
    expect(outcome.people).toHaveLength(11)
    expect(outcome.versions).toEqual([await papers.version('B1'), await papers.version('D1'), await papers.version('X1')])
    const housing = await personCalled(house, HOUSING)
    expect(outcome.people.find(([person]) => person === housing)?.[1]).toEqual([await papers.version('B1')])
  })

  test('with the notes of the last meeting, where there was one', async () => {
    house.clock.set('2026-12-17T10:00:00Z')
    const next = papersOf(house, await callMeeting(house, (await boardCalled(house, 'KCSP')) ?? '', '2027-03-24'))
    const notes = (await next.shown()).find((line) => line.includes('Notes of meeting held on 16 December 2026'))
    const number = notes?.split(' ')[0] ?? ''
    expect(textOf(await next.press(CLERK, 'papers.circulate'))).toContain(
      `${number} is not in, and would follow as a supplement.`,
    )
    await done(next.send(CLERK, number, 'notes.pdf'))
    await next.circulate()
    expect(await record(next)).toContain(`1: ${HOUSING}, chat ${number}`)
  })

  test('the agenda alone, where nothing is in yet', async () => {
    expect(await papers.circulate()).toContain('The papers go to 11 people.')
    await delivered(house)
    expect(told(POLICE)[0]).toContain('The agenda, and no paper for you yet.')
    expect(textOf(await papers.press(CLERK, 'papers.record'))).toContain('The agenda alone.')
  })

  test('not once the meeting is over', async () => {
    house.clock.set('2026-12-16T12:00:00Z')
    const answer = await papers.press(CLERK, 'papers.circulate', { allTheSame: 'yes' })
    expect(answer).toMatchObject(refused('too_late'))
    expect(textOf(answer)).toContain('The meeting is over, so that no papers go out for it. Say in its notes what came late.')
  })

  test('once a delivery, however often it comes', async () => {
    const press = { command: 'papers.circulate', subject: papers.meeting, values: { allTheSame: 'yes' } }
    for (let time = 0; time < 3; time += 1) await done(house.press(CLERK, press, { delivery: 'the same' }))
    expect((await record()).every((line) => line.startsWith('1: '))).toBe(true)
    await delivered(house)
    expect(told(POLICE)).toHaveLength(1)
  })
})

describe('late papers go all the same', () => {
  test.each([
    { at: '2026-12-08T17:00:00Z', late: '' },
    { at: '2026-12-08T17:00:00.001Z', late: '1 working day late' },
    { at: '2026-12-09T17:00:00Z', late: '1 working day late' },
    { at: '2026-12-09T17:00:00.001Z', late: '2 working days late' },
    { at: '2026-12-12T12:00:00Z', late: '4 working days late' }, // a Saturday counts as the Monday
    { at: '2026-12-15T09:00:00Z', late: '5 working days late' },
    { at: '2026-12-16T09:59:00Z', late: '5 working days late' },
  ])('at $at: “$late”', async ({ at, late }) => {
    await sendThree()
    house.clock.set(at)
    const answer = await papers.circulate()
    await delivered(house)
    const printed = textOf(await papers.press(CLERK, 'papers.record'))
    if (late === '') {
      expect(answer).not.toContain('They go')
      expect(told(POLICE)[0]).not.toMatch(/ late\b/)
      expect(printed).toContain('by Grace Holloway, in time.')
    } else {
      expect(answer).toContain(`They go ${late}, and are marked so.`)
      expect(told(POLICE)[0]).toContain(`, ${late}\n`)
      expect(told(POLICE)[0]).toContain('Whether what came late is taken is for the meeting to say.')
      expect(printed).toContain(`by Grace Holloway, ${late.toUpperCase()}.`)
    }
    expect(printed).toContain('The latest moment in time was Tuesday 8 December 2026, 17:00.')
  })
})

describe('a supplement', () => {
  beforeEach(async () => {
    await sendThree()
    await papers.circulate()
    await delivered(house)
    house.sent.length = 0
  })

  test('has what has come since, and that alone', async () => {
    await done(papers.send(CLERK, 'B2', 'burglary.pdf'))
    await done(papers.send(CLERK, 'D1', 'vetting 2.pdf'))
    expect(textOf(await papers.press(CLERK, 'papers.show'))).toContain('[Circulate the supplement (2)]')
    expect(await done(papers.press(CLERK, 'papers.circulate'))).toContain('The supplement goes to 11 people.')
    await delivered(house)
    expect(told(POLICE)).toEqual([
      expect.stringContaining(
        'Supplement 1: KCSP, Wednesday 16 December 2026\nMeeting: Wednesday 16 December 2026, 10:00, Online\nSent: Sunday 22 November 2026, 10:00\n- B2 Burglary\n- D1 Vetting, restricted, version 2\n[Open B2] [Open D1]',
      ),
    ])
    expect(told(HOUSING)[0]).toContain('- B2 Burglary\n[Open B2]\n')
    expect((await record()).filter((line) => line.startsWith('2: '))).toHaveLength(11)
  })

  test('of what is restricted alone goes to nobody who may not see it, and not into the board’s place', async () => {
    await done(papers.send(CLERK, 'D1', 'vetting 2.pdf'))
    await done(papers.send(CLERK, 'X1', 'hidden 2.pdf'))
    expect(await papers.circulate()).toContain('The supplement goes to 10 people.')
    await done(papers.press(CHAIR, 'agenda.invite', { name: 'Vera Lund', email: emailOf('Vera Lund') }))
    await named(COLLEAGUE)
    await delivered(house)
    expect((await record()).filter((line) => line.startsWith('2: '))).toEqual(
      [...ENTITLED, COLLEAGUE].sort().map((name) => `2: ${name}, chat, link D1 X1`),
    )
    expect(told(HOUSING)).toEqual([])
    expect(told('Vera Lund').map((plain) => plain.split(':')[0])).toEqual(['Papers'])
    expect(sentInto(house, 'kcsp').filter((plain) => plain.startsWith('Supplement'))).toEqual([])
  })

  test('of nothing is refused', async () => {
    const answer = await papers.press(CLERK, 'papers.circulate', { allTheSame: 'yes' })
    expect(answer).toMatchObject(refused('conflict'))
    expect(textOf(answer)).toContain('All that is in has been sent out already. What comes later goes as a supplement.')
    expect((await record()).some((line) => line.startsWith('2: '))).toBe(false)
  })

  test('is announced to the clerk by what an author sends in after the papers went', async () => {
    await done(papers.on(CLERK, 'B1', 'papers.describe', { author: await personCalled(house, FIRE) }))
    expect(textOf(await papers.send(FIRE, 'B1', 'grant 2.pdf'))).toContain(
      'Version 2 is in. The earlier one has gone out: this one goes when the clerk circulates a supplement.',
    )
    await delivered(house)
    expect(house.sentTo(CLERK).at(-1)).toContain('An earlier version has been sent out: this one goes as a supplement.')
  })

  test('a version that was taken back before the message went out is not opened from it', async () => {
    await done(papers.send(CLERK, 'B2', 'burglary.pdf'))
    await done(papers.press(CLERK, 'papers.circulate'))
    const values = { why: 'It is wrong.' }
    await done(house.press(CLERK, { command: 'papers.retract', subject: await papers.version('B2'), values }))
    await delivered(house)
    expect(told(POLICE)[0]).toContain('- B2 Burglary: taken back since\n[Received]')
  })
})

describe('who says that they have it', () => {
  beforeEach(async () => {
    await sendThree()
    await papers.circulate()
    await delivered(house)
  })
  const received = async (by: string) => house.press(by, { command: 'papers.received', subject: await papers.circulation(1) })

  test('is on the record with the hour, once', async () => {
    house.clock.set('2026-11-23T09:30:00Z')
    expect(await done(received(POLICE))).toContain('You acknowledged it: Monday 23 November 2026, 09:30.')
    house.clock.forward({ hours: 1 })
    await done(received(POLICE))
    expect(lineOf(await clerksList(), POLICE)).toMatch(/\| received 23 November, 09:30$/)
    expect(textOf(await papers.press(CHAIR, 'papers.record'))).toContain('| received Monday 23 November 2026, 09:30 |')
  })

  test('is nobody to whom nothing went', async () => {
    for (const by of [COLLEAGUE, 'Rob Tilley']) expect(await received(by), by).toMatchObject(refused('not_found'))
    expect(await house.handles.reading.selectFrom('dispatch_mark').selectAll().execute()).toEqual([])
  })

  test('is not offered it again in what is sent later', async () => {
    await done(received(POLICE))
    await done(papers.send(CLERK, 'B2', 'burglary.pdf'))
    await papers.circulate()
    await delivered(house)
    expect(told(POLICE).at(-1)).toContain('[Received]')
    expect(told(POLICE)).toHaveLength(2)
  })
})

describe('whom no chat reaches', () => {
  test('is listed for the clerk, and ticked off when it is done', async () => {
    await withoutChat(HOUSING)
    await sendThree()
    expect(await papers.circulate()).toContain('To 1 of them you have to hand something over yourself: see who.')
    await delivered(house)
    const subject = await papers.circulation(1)
    const listed = await clerksList()
    expect(lineOf(listed, HOUSING)).toBe(`${HOUSING} | no chat: B1 | hand over all of it`)
    expect(listed).toContain(`You have to hand it to ${HOUSING}. Tick each off when it is done.`)
    expect(textOf(await papers.press(CLERK, 'papers.record'))).toContain(`${HOUSING} | no chat; NOT YET HANDED OVER: all of it |`)
    const form = textOf(await house.press(CLERK, { command: 'papers.hand_form', subject }))
    expect(form).toContain('To whom: Nadia Flynn: all of it\nHow: email, post, secure method, in person')
    house.clock.set('2026-11-24T11:00:00Z')
    const values = { person: await personCalled(house, HOUSING), how: 'post' }
    const ticked = await done(house.press(CLERK, { command: 'papers.hand', subject, values }))
    expect(lineOf(ticked, HOUSING)).toBe(`${HOUSING} | no chat: B1 | post 24 November, 11:00`)
    expect(ticked).not.toContain('You have to hand it')
    expect(await house.press(CLERK, { command: 'papers.hand_form', subject })).toMatchObject(refused('conflict'))
  })

  test('and has restricted papers has them by a secure method or in person', async () => {
    await withoutChat(FIRE)
    await sendThree()
    await papers.circulate()
    expect(await record()).toContain(`1: ${FIRE}, by hand, by hand B1 D1 X1`)
    const subject = await papers.circulation(1)
    const person = await personCalled(house, FIRE)
    const by = (how: string) => house.press(CLERK, { command: 'papers.hand', subject, values: { person, how } })
    expect(lineOf(await clerksList(), FIRE)).toContain('hand over all of it')
    await done(by('in person'))
    expect(lineOf(await clerksList(), FIRE)).not.toContain('hand over')
  })

  test.each(['email', 'post'])('is sent the open ones by %s, and what is restricted is still to be handed over', async (how) => {
    await withoutChat(FIRE)
    await sendThree()
    await papers.circulate()
    const subject = await papers.circulation(1)
    const person = await personCalled(house, FIRE)
    const by = (way: string) => house.press(CLERK, { command: 'papers.hand', subject, values: { person, how: way } })
    await done(by(how))
    expect(lineOf(await clerksList(), FIRE)).toContain('hand over the restricted papers')
    expect(await by(how)).toMatchObject(refused('invalid', 'how'))
  })

  test.each([
    { what: 'somebody to whom nothing went', values: { how: 'post' }, code: 'not_found' },
    { what: 'in a way that there is not', values: { how: 'pigeon' }, code: 'invalid' },
  ])('not $what', async ({ values, code }) => {
    await papers.circulate()
    const person = await personCalled(house, COLLEAGUE)
    const subject = await papers.circulation(1)
    expect(await house.press(CLERK, { command: 'papers.hand', subject, values: { person, ...values } })).toMatchObject(
      refused(code),
    )
    expect(await house.handles.reading.selectFrom('dispatch_mark').selectAll().execute()).toEqual([])
  })
})

describe('the dispatch record', () => {
  test('says what version, when, by which message, that it was opened, and that it was received', async () => {
    await sendThree()
    await papers.circulate()
    await delivered(house)
    house.clock.set('2026-11-23T09:00:00Z')
    await browserOf(house).press(await linked(house, POLICE, await papers.version('D1')))
    await done(house.press(POLICE, { command: 'papers.received', subject: await papers.circulation(1) }))
    const answer = await papers.press(CLERK, 'papers.record')
    if (answer.kind !== 'document') throw new Error(textOf(answer))
    const message = await house.handles.reading
      .selectFrom('notice')
      .where('notice', '=', 'papers.circulated')
      .where('recipient', '=', JSON.stringify(['person', await personCalled(house, POLICE)]))
      .select(['message', 'sent_hash'])
      .executeTakeFirstOrThrow()
    const line = lineOf(answer.document.plain, POLICE)
    expect(line).toMatch(
      /^Daniel Okafor \| sent Sunday 22 November 2026, 10:00 \| B1 \(version 1\), D1 \(version 1\), X1 \(version 1\) \| D1 Monday 23 November 2026, 09:00 \| received Monday 23 November 2026, 09:00 \| /,
    )
    expect(line).toContain(`${message.message} ${message.sent_hash?.slice(0, 16)}`)
    expect(message.sent_hash).toMatch(/^[0-9a-f]{64}$/)
    expect(answer.document.fileName).toBe('dispatch-kcsp-2026-12-16')
    expect(answer.document.plain).toContain('Clause 7: “KCSP papers will be circulated at least five working days prior')
    expect(answer.document.plain).toContain('As it stood on Monday 23 November 2026, 09:00.')
    for (const cell of line.split(' | ').filter(Boolean)) expect(answer.document.html).toContain(cell)
    expect(answer.document.html).not.toContain('<script')
  })

  test('has nothing yet', async () => {
    expect(textOf(await papers.press(CLERK, 'papers.record'))).toContain('Nothing has been sent out.')
    expect(await clerksList()).toContain('Nothing has been sent out yet.')
  })

  test.each(['circulation', 'circulation_paper', 'dispatch', 'dispatch_paper', 'dispatch_mark'] as const)(
    'has no row of %s altered or removed',
    async (table) => {
      await sendThree()
      await papers.circulate()
      await done(house.press(POLICE, { command: 'papers.received', subject: await papers.circulation(1) }))
      const before = await house.handles.reading.selectFrom(table).selectAll().execute()
      expect(before.length).toBeGreaterThan(0)
      const column = Object.keys(before[0] ?? {})[1] as never
      const changes = [
        house.writer.write((tx) =>
          tx
            .updateTable(table as 'circulation')
            .set((row) => ({ [column]: row.ref(column) }))
            .execute(),
        ),
        house.writer.write((tx) => tx.deleteFrom(table).execute()),
      ]
      for (const change of changes) await expect(change).rejects.toThrow(`the record of ${table} is never altered`)
      expect(await house.handles.reading.selectFrom(table).selectAll().execute()).toEqual(before)
    },
  )
})

describe('who comes later', () => {
  beforeEach(async () => {
    await sendThree()
    await papers.circulate()
    await done(papers.send(CLERK, 'B2', 'burglary.pdf'))
    await papers.circulate()
    await delivered(house)
    house.sent.length = 0
    house.clock.forward({ hours: 1 })
  })

  test('a substitute is sent what the member had', async () => {
    await named(COLLEAGUE)
    await delivered(house)
    expect((await record()).filter((line) => line.includes(COLLEAGUE))).toEqual([
      `1: ${COLLEAGUE}, chat, link B1 D1 X1`,
      `2: ${COLLEAGUE}, chat B2`,
    ])
    expect(told(COLLEAGUE)).toHaveLength(2)
    expect(told(COLLEAGUE)[0]).toContain('- D1 Vetting, restricted')
    for (const name of [POLICE, FIRE, CLERK]) expect(told(name)).toEqual([])
  })

  test('a substitute who is none any more is sent no supplement, and is sent nothing twice', async () => {
    await named(COLLEAGUE)
    await done(papers.press(POLICE, 'apologies.attend'))
    await done(papers.send(CLERK, 'B2', 'burglary 2.pdf'))
    await papers.circulate()
    await named(COLLEAGUE)
    await delivered(house)
    expect((await record()).filter((line) => line.includes(COLLEAGUE)).map((line) => line[0])).toEqual(['1', '2', '3'])
    expect(told(COLLEAGUE)).toHaveLength(3)
  })

  test('somebody who is invited is sent what is open', async () => {
    await done(papers.press(CHAIR, 'agenda.invite', { name: 'Vera Lund', email: emailOf('Vera Lund') }))
    await delivered(house)
    expect((await record()).filter((line) => line.includes('Vera Lund'))).toEqual([
      '1: Vera Lund, chat B1',
      '2: Vera Lund, chat B2',
    ])
    expect(told('Vera Lund').join()).not.toMatch(/Vetting|Hidden/)
  })

  test('a new member is sent all of it, in what they have of ways', async () => {
    const board = (await boardCalled(house, 'KCSP')) ?? ''
    const to = JSON.stringify({ as: 'representative', organisation: 'Kent Police', seat: 'Member' })
    await done(
      house.press(CLERK, {
        command: 'boards.appoint',
        subject: board,
        values: { to, name: 'Ann Lee', email: 'ann.lee@example.org' },
      }),
    )
    await delivered(house)
    expect((await record()).filter((line) => line.includes('Ann Lee'))).toEqual([
      '1: Ann Lee, chat, link B1 D1 X1',
      '2: Ann Lee, chat B2',
    ])
    expect(told('Ann Lee')).toHaveLength(2)
  })

  test('has nothing of what was taken back in the meantime', async () => {
    const values = { why: 'It is wrong.' }
    await done(house.press(CLERK, { command: 'papers.retract', subject: await papers.version('D1'), values }))
    await named(COLLEAGUE)
    expect((await record()).filter((line) => line.includes(COLLEAGUE))).toContain(`1: ${COLLEAGUE}, chat, link B1 X1`)
  })

  test('the record has when it was', async () => {
    await named(COLLEAGUE)
    const { at } = await house.handles.reading
      .selectFrom('dispatch')
      .where('person_id', '=', await personCalled(house, COLLEAGUE))
      .select('at')
      .executeTakeFirstOrThrow()
    expect(at).toBe(house.clock.now().toString({ fractionalSecondDigits: 3 }))
  })
})

describe('after they went', () => {
  beforeEach(async () => {
    await sendThree()
    await papers.circulate()
  })

  test('the meeting is moved: all who were sent them are told, the record stays, and what is new has the new latest moment', async () => {
    await delivered(house)
    house.sent.length = 0
    const before = await record()
    await done(papers.press(CLERK, 'meetings.move', { day: '2027-01-27', time: '10:00', allTheSame: 'yes' }))
    await delivered(house)
    // Who moved it knows.
    for (const name of [...ENTITLED, HOUSING].filter((one) => one !== CLERK))
      expect(
        house.sentTo(name).some((plain) => plain.includes('Wednesday 27 January 2027')),
        name,
      ).toBe(true)
    expect(await record()).toEqual(before)
    const printed = textOf(await papers.press(CLERK, 'papers.record'))
    expect(printed).toContain('The latest moment in time was Tuesday 8 December 2026, 17:00.')
    expect(printed).toContain('by Grace Holloway, in time.')
    expect(textOf(await papers.press(CLERK, 'papers.show'))).toContain('Latest moment in time: Tuesday 19 January 2027, 17:00')
    house.clock.set('2026-12-20T10:00:00Z')
    await done(papers.send(CLERK, 'B2', 'burglary.pdf'))
    expect(await papers.circulate()).not.toContain('They go')
    const rows = await house.handles.reading
      .selectFrom('circulation')
      .select(['number', 'meeting_revision', 'deadline_at'])
      .orderBy('number')
      .execute()
    expect(rows).toEqual([
      { number: 1, meeting_revision: 1, deadline_at: '2026-12-08T17:00:00.000Z' },
      { number: 2, meeting_revision: 2, deadline_at: '2027-01-19T17:00:00.000Z' },
    ])
  })

  test('the meeting is cancelled within the hour: what was said was said, nothing more goes, and it can be printed', async () => {
    await done(papers.press(CLERK, 'meetings.cancel', { why: 'The building is closed.', allTheSame: 'yes' }))
    await delivered(house)
    for (const name of [POLICE, HOUSING]) {
      const all = house.sentTo(name)
      expect(
        all.some((plain) => plain.startsWith('Papers: ')),
        name,
      ).toBe(true)
      expect(
        all.some((plain) => /cancelled/i.test(plain)),
        name,
      ).toBe(true)
    }
    await expect(papers.circulate()).rejects.toThrow('The meeting of Wednesday 16 December 2026, 10:00 is cancelled.')
    const people = (await record()).length
    await named(COLLEAGUE).catch(() => undefined)
    expect(await record()).toHaveLength(people)
    expect((await papers.press(CLERK, 'papers.record')).kind).toBe('document')
  })

  test('a person leaves before their message goes: they have no more than is open, and the record stays', async () => {
    const person = await personCalled(house, POLICE)
    await house.writer.write((tx) =>
      tx.updateTable('holding').set({ until_day: '2026-11-21' }).where('person_id', '=', person).execute(),
    )
    await delivered(house)
    expect(told(POLICE)).toHaveLength(1)
    expect(told(POLICE)[0]).not.toMatch(/Vetting|Hidden|D1|X1/)
    expect(await house.press(POLICE, { command: 'papers.received', subject: await papers.circulation(1) })).toMatchObject(
      refused('not_found'),
    )
    expect(await record()).toContain(`1: ${POLICE}, chat, link B1 D1 X1`)
    await done(papers.send(CLERK, 'B2', 'burglary.pdf'))
    await papers.circulate()
    expect((await record()).filter((line) => line.startsWith('2: ') && line.includes(POLICE))).toEqual([])
  })

  test('an author without a right to the rest has their own paper in it, and no other', async () => {
    await done(papers.on(CLERK, 'D1', 'papers.describe', { author: await personCalled(house, HOUSING) }))
    await done(papers.send(HOUSING, 'D1', 'vetting 2.pdf'))
    await done(papers.send(CLERK, 'X1', 'hidden 2.pdf'))
    await papers.circulate()
    expect(await record()).toContain(`2: ${HOUSING}, chat, link D1`)
    await delivered(house)
    expect(told(HOUSING).at(-1)).toContain('- D1 Vetting, restricted, version 2\n[Open D1]\n')
  })

  test('one who sent apologies still has them: they may read what they do not hear', async () => {
    expect(await record()).toContain(`1: ${PROBATION}, chat, link B1 D1 X1`)
  })
})

describe('a board elsewhere', () => {
  const county = readFileSync(new URL('../../../src/boards/terms/gravesham.yaml', import.meta.url), 'utf8')
  test.each([
    { zone: 'America/New_York', deadline: '2027-01-12T22:00:00.000Z', said: 'Tuesday 12 January 2027, 17:00' },
    { zone: 'Pacific/Auckland', deadline: '2027-01-12T04:00:00.000Z', said: 'Tuesday 12 January 2027, 17:00' },
  ])('in $zone counts its own days and hours', async ({ zone, deadline, said }) => {
    const terms = county.replace('zone: Europe/London', `zone: ${zone}`)
    expect(terms).not.toBe(county)
    const board = await setUpBoardOf(house, Buffer.from(terms), GRAVESHAM_ROSTER)
    const there = papersOf(house, await callMeeting(house, board, '2027-01-20'))
    await there.has('Grant', 'B')
    await done(there.send(CLERK, 'B1', 'grant.pdf'))
    expect(textOf(await there.press(CLERK, 'papers.show'))).toContain(`Latest moment in time: ${said}: 5 whole working days`)
    house.clock.set(deadline)
    expect(await there.circulate()).not.toContain('They go')
    await done(there.send(CLERK, 'B1', 'grant 2.pdf'))
    house.clock.forward({ milliseconds: 1 })
    expect(await there.circulate()).toContain('They go 1 working day late, and are marked so.')
    const printed = textOf(await there.press(CLERK, 'papers.record'))
    expect(printed).toContain(`The latest moment in time was ${said}.`)
    expect(printed).toContain(`Circulated on ${said} by Grace Holloway, in time.`)
  })
})
