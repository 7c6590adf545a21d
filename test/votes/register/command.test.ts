import { afterEach, describe, expect, test } from 'vitest'
import { payloadsOf, verifyChain } from '../../../src/db/journal.js'
import { registerAgrees } from '../../../src/votes/register/store.js'
import { callMeeting } from '../../agenda/setting.js'
import { boardCalled, sayIn } from '../../boards.js'
import { textOf } from '../../house.js'
import {
  CHAIR,
  CLERK,
  type Deciding,
  decidingAt,
  entryId,
  FIRE,
  graveshamInSession,
  OPCC,
  opened,
  POLICE,
  PROBATION,
  recommends,
  written,
} from '../setting.js'

let here: Deciding
afterEach(async () => {
  expect(here.house.faults).toEqual([])
  await here.house.close()
})

const CORE = [CHAIR, FIRE, POLICE, PROBATION]
const said = async (answering: ReturnType<Deciding['press']>) => textOf(await answering)
const onEntry = async (name: string, command: string, values: Record<string, string> = {}, number?: number) =>
  here.house.press(name, { command, subject: await entryId(here, number), values })
const board = async () => (await boardCalled(here.house, 'Gravesham CSP')) ?? ''
const registerFor = async (name: string, values: Record<string, string> = {}) =>
  here.house.press(name, { command: 'votes.decisions', subject: await board(), values })

/** A later meeting of Gravesham CSP, on Thursday 14 January 2027. */
async function later(people: readonly string[] = CORE): Promise<Deciding> {
  const meeting = await callMeeting(here.house, await board(), '2027-01-14')
  const next = decidingAt(here.house, meeting, (hour) => `2027-01-14T${hour}:00Z`)
  await next.agenda.has('What waits', 'B')
  return opened(next, people)
}

/** Decision 1 of B1, that the lamps be lit; decision 2, that the grant be spent. */
async function decided(): Promise<void> {
  here = await graveshamInSession(CORE)
  await here.on('10:05', CHAIR, 'B1', 'votes.agree', { text: 'the lamps be lit' })
  await here.on('10:06', CHAIR, 'B1', 'votes.agree', { text: 'the grant be spent' })
}

describe('the register', () => {
  test('has every entry, the last first', async () => {
    await decided()
    const text = textOf(await registerFor(POLICE))
    expect(text).toMatch(
      /Decision 2, Thursday 17 December 2026, B1 Street lighting\nRESOLVED that the grant be spent\.[\s\S]*Decision 1, /,
    )
    expect(text).toContain('Agreed without a vote; draft until the notes are approved.')
  })

  test('is searched by words, of which all must stand in an entry', async () => {
    await decided()
    const text = textOf(await registerFor(POLICE, { looked: 'LAMPS lit' }))
    expect(text).toContain('the lamps be lit')
    expect(text).not.toContain('the grant be spent')
    expect(textOf(await registerFor(POLICE, { looked: 'lamps grant' }))).toContain(
      'None of the entries that you may see says that.',
    )
  })

  test('is shown of one meeting', async () => {
    await decided()
    await here.room('10:30', CHAIR, 'attendance.close', { allTheSame: 'yes' })
    const next = await later()
    await next.on('10:05', CHAIR, 'B1', 'votes.agree', { text: 'the signs be moved' })
    const text = textOf(await registerFor(POLICE, { meeting: here.meeting }))
    expect(text).toContain('the lamps be lit')
    expect(text).not.toContain('the signs be moved')
    const spoken = textOf(await here.house.say(CHAIR, 'what did we decide on 14 January?'))
    expect(spoken).toContain('the signs be moved')
    expect(spoken).not.toContain('the lamps be lit')
  })

  test('is for the board: to others it is as if there were none', async () => {
    await decided()
    expect(textOf(await registerFor('Tom Beresford'))).toContain('I know of no such board.')
    expect(textOf(await onEntry('Tom Beresford', 'votes.decision'))).toContain('I know of no such decision.')
  })

  test('is as the journal has it', async () => {
    await decided()
    await onEntry(CLERK, 'votes.correct', { text: 'RESOLVED that the lamps be lit at six.', why: 'misheard' }, 1)
    const { reading } = here.house.handles
    const id = await board()
    expect(await verifyChain(reading, id)).toMatchObject({ faults: [] })
    expect(await registerAgrees(reading, id, await payloadsOf(reading, id), true)).toEqual([])
  })
})

describe('a correction', () => {
  test('is a new entry that names the old, and the old stays', async () => {
    await decided()
    const before = await here.house.handles.reading.selectFrom('decision').orderBy('number').selectAll().execute()
    const text = textOf(
      await onEntry(CLERK, 'votes.correct', { text: 'RESOLVED that the lamps be lit at six.', why: 'misheard' }, 1),
    )
    for (const line of [
      'Correction 3',
      'CORRECTION of decision 1: RESOLVED that the lamps be lit at six.',
      'Corrects: entry 1',
      'Why it was corrected: misheard',
    ])
      expect(text).toContain(line)
    const after = await here.house.handles.reading.selectFrom('decision').orderBy('number').selectAll().execute()
    expect(after.slice(0, 2)).toEqual(before)
    expect(textOf(await onEntry(POLICE, 'votes.decision', {}, 1))).toContain('Standing: draft, corrected by 3')
  })

  test('is the clerk’s, needs a reason, and is made once', async () => {
    await decided()
    const wish = { text: 'RESOLVED that the lamps be lit at six.', why: 'misheard' }
    const before = await written(here)
    for (const name of [CHAIR, POLICE, OPCC]) expect((await onEntry(name, 'votes.correct', wish, 1)).kind).toBe('refusal')
    expect(textOf(await onEntry(CLERK, 'votes.correct', { ...wish, why: ' ' }, 1))).toContain('Say why, for the register.')
    expect(await written(here)).toEqual(before)
    await onEntry(CLERK, 'votes.correct', wish, 1)
    expect(textOf(await onEntry(CLERK, 'votes.correct', wish, 1))).toContain('Decision 1 is corrected by another already.')
    expect(await here.register()).toHaveLength(3)
  })
})

describe('what is not open', () => {
  const sensitive = async () => {
    here = await graveshamInSession([...CORE, OPCC], { before: recommends('B1', 'agree the sites', 'OFFICIAL-SENSITIVE') })
    await here.on('10:05', CHAIR, 'B1', 'votes.agree')
  }
  const hidden = async () => {
    here = await graveshamInSession([...CORE, OPCC], { before: ({ agenda }) => agenda.has('Vetting of X', 'X') })
    await here.on('10:05', CHAIR, 'X1', 'votes.agree', { text: 'agree the vetting' })
  }

  test('restricted: its words are for members and officers alone, until the clerk publishes them', async () => {
    await sensitive()
    for (const name of [CHAIR, POLICE, CLERK]) expect(textOf(await registerFor(name))).toContain('agree the sites')
    const closed = textOf(await registerFor(OPCC))
    expect(closed).toContain('It is restricted: its words are shown to those alone who may see the item.')
    expect(closed).not.toContain('agree the sites')
    expect(textOf(await onEntry(OPCC, 'votes.decision'))).not.toContain('agree the sites')
    expect(textOf(await registerFor(OPCC, { looked: 'sites' }))).toContain('None of the entries')
    expect((await onEntry(CHAIR, 'votes.publish')).kind).toBe('refusal')
    await onEntry(CLERK, 'votes.publish')
    expect(textOf(await registerFor(OPCC))).toContain('agree the sites')
  })

  test('hidden: nobody else is told that there is a decision, and it is not published', async () => {
    await hidden()
    expect(textOf(await registerFor(POLICE))).toContain('agree the vetting')
    expect(textOf(await registerFor(OPCC))).toContain('Nothing has been decided yet.')
    expect(textOf(await onEntry(OPCC, 'votes.decision'))).toContain('I know of no such decision.')
    expect(textOf(await onEntry(CLERK, 'votes.publish'))).toContain('nothing of it is published')
  })

  test.each([
    ['restricted', sensitive, 'agree the sites'],
    ['hidden', hidden, 'agree the vetting'],
  ])('%s: never in the board’s place', async (_, make, words) => {
    await make()
    await here.house.outbox.drain()
    for (const { to, plain } of here.house.sent) if ('place' in to) expect(plain).not.toContain(words)
    const told = await sayIn(here.house, 'gravesham-csp', OPCC, 'decisions')
    expect(textOf(told)).not.toContain(words)
  })

  test('is not in the journal’s words', async () => {
    await sensitive()
    const rows = await here.house.handles.reading.selectFrom('journal_payload').select('payload').execute()
    expect(rows.map(({ payload }) => payload).join()).not.toContain('agree the sites')
  })

  test('is exported only to who may see it, and only when they ask for it', async () => {
    await sensitive()
    const exported = async (name: string, values: Record<string, string> = {}) =>
      here.house.press(name, { command: 'votes.export', subject: await board(), values })
    expect(textOf(await exported(CHAIR))).toContain('Restricted: its words are shown')
    expect(textOf(await exported(CHAIR))).not.toContain('agree the sites')
    expect(textOf(await exported(CHAIR, { restricted: 'yes' }))).toContain('agree the sites')
    expect((await exported(OPCC, { restricted: 'yes' })).kind).toBe('refusal')
  })
})

test('the register is exported as a document, as CSV and as JSON', async () => {
  here = await graveshamInSession(CORE)
  await here.on('10:04', CHAIR, 'B1', 'votes.put', { text: 'the lamps, all of them, be lit' })
  await here.on('10:05', CHAIR, 'B1', 'votes.open', { ends: 'hand' })
  await here.press('10:06', POLICE, 'votes.cast', { choice: 'for' })
  await here.press('10:07', CHAIR, 'votes.close')
  const answer = await here.house.press(POLICE, { command: 'votes.export', subject: await board() })
  if (answer.kind !== 'document') throw new Error(textOf(answer))
  const [csv, json] = (answer.document.files ?? []).map(({ base64 }) => Buffer.from(base64, 'base64').toString('utf8'))
  const words = 'RESOLVED, by 1 vote to none, that the lamps, all of them, be lit.'
  expect(csv?.split('\r\n')[1]).toBe(
    `1,Thursday 17 December 2026,B1,Street lighting,resolved,on a vote,"${words}",1,0,0,draft until the notes are approved,,,open,`,
  )
  expect(JSON.parse(json ?? '')).toMatchObject([
    { number: '1', board: 'Gravesham CSP', words, outcome: 'resolved', account: { vote: { names: [{ person: POLICE }] } } },
  ])
  expect(answer.document.plain).toContain('1 for, 0 against, 0 abstained; 1 of the 1 votes cast was needed.')
})

test('who says after it was decided that they do not agree is told beside it, in every form', async () => {
  here = await graveshamInSession([CHAIR, FIRE, POLICE])
  await here.on('10:05', CHAIR, 'B1', 'votes.agree', { text: 'the lamps be lit' })
  await here.press('10:06', POLICE, 'votes.dissent', { why: 'it costs too much' })
  const answer = await here.house.press(FIRE, { command: 'votes.export', subject: await board() })
  if (answer.kind !== 'document') throw new Error(textOf(answer))
  const [csv, json] = (answer.document.files ?? []).map(({ base64 }) => Buffer.from(base64, 'base64').toString('utf8'))
  expect(csv?.split('\r\n')[1]).toMatch(/,open,Kent Police \(since\)$/)
  expect(JSON.parse(json ?? '')).toMatchObject([
    { account: { dissents: [] }, dissentSince: [{ organisation: 'Kent Police', person: POLICE, why: 'it costs too much' }] },
  ])
  expect(answer.document.plain).toContain('Dissent said since: Kent Police.')
})

test('who said it since of what is restricted is exported to nobody without the restricted entries', async () => {
  here = await graveshamInSession([CHAIR, FIRE, POLICE], { before: recommends('B1', 'agree the sites', 'OFFICIAL-SENSITIVE') })
  await here.on('10:05', CHAIR, 'B1', 'votes.agree')
  await here.press('10:06', POLICE, 'votes.dissent', { why: 'it costs too much' })
  const exported = async (values: object) =>
    JSON.stringify(await here.house.press(FIRE, { command: 'votes.export', subject: await board(), values: { ...values } }))
  const readable = async (values: object) =>
    Buffer.from(/"base64":"([^"]+)"\}\]/.exec(await exported(values))?.[1] ?? '', 'base64').toString('utf8')
  expect(await readable({})).toContain('"dissentSince": []')
  expect(await exported({})).not.toContain('Dissent said since')
  expect(await readable({ restricted: 'yes' })).toContain('it costs too much')
})

test('a correction of the attendance undoes no decision: it is counted anew beside it', async () => {
  here = await graveshamInSession([CHAIR, FIRE, POLICE])
  await here.on('10:05', CHAIR, 'B1', 'votes.agree', { text: 'the lamps be lit' })
  const { id: spell } = await here.house.handles.reading
    .selectFrom('spell')
    .where('person_id', '=', await here.id(POLICE))
    .select('id')
    .executeTakeFirstOrThrow()
  await here.room('10:06', CLERK, 'attendance.correct', { spell, what: 'never', reason: 'it was somebody else' })
  const text = await said(onEntry(FIRE, 'votes.decision'))
  expect(text).toContain('The attendance was corrected since: counted anew, 2 were represented, and 3 are needed.')
  expect(text).toContain('RESOLVED that the lamps be lit.')
  expect(text).toContain('Quorum: 3 represented, 3 needed')
})

test('of a restricted decision likewise, to who may see it', async () => {
  here = await graveshamInSession([CHAIR, FIRE, POLICE], { before: recommends('B1', 'agree the sites', 'OFFICIAL-SENSITIVE') })
  await here.on('10:05', CHAIR, 'B1', 'votes.agree')
  const { id: spell } = await here.house.handles.reading
    .selectFrom('spell')
    .where('person_id', '=', await here.id(POLICE))
    .select('id')
    .executeTakeFirstOrThrow()
  await here.room('10:06', CLERK, 'attendance.correct', { spell, what: 'never', reason: 'it was somebody else' })
  expect(await said(onEntry(FIRE, 'votes.decision'))).toContain('The attendance was corrected since')
  expect(await said(onEntry(OPCC, 'votes.decision'))).not.toContain('The attendance was corrected since')
})

test('a dissent that comes late is shown beside the entry, which stays', async () => {
  await decided()
  const first = await here.house.handles.reading
    .selectFrom('motion')
    .where('number', '=', 1)
    .select('id')
    .executeTakeFirstOrThrow()
  const before = await here.register()
  await here.press('10:10', POLICE, 'votes.dissent', { why: 'not lit' }, first.id)
  expect(await said(onEntry(CLERK, 'votes.decision', {}, 1))).toContain('Kent Police (Daniel Okafor), said since')
  expect(await here.register()).toEqual(before)
})

describe('a recommendation', () => {
  const recommended = async (text: string) => {
    here = await graveshamInSession([CHAIR, FIRE])
    await here.room('10:04', CHAIR, 'attendance.proceed', { how: 'informal' })
    await here.on('10:05', CHAIR, 'B1', 'votes.agree', { text })
    await here.room('10:30', CHAIR, 'attendance.close', { allTheSame: 'yes' })
  }
  const ratifies = async (next: Deciding, name: string, hour = '10:05', values: Record<string, string> = {}) => {
    next.clock(hour)
    return onEntry(name, 'votes.ratify', { item: await next.agenda.id('B1'), ...values }, 1)
  }

  test.each([
    ['agree the lamps', 'that the Gravesham Community Safety Partnership agree the lamps.'],
    [
      'agree the lamps\nnote the cost',
      'that the Gravesham Community Safety Partnership:\n(a) agree the lamps;\n(b) note the cost.',
    ],
    ['the lamps be lit', 'that the lamps be lit.'],
    ['the lamps be lit\nthe grant be spent', 'that:\n(a) the lamps be lit;\n(b) the grant be spent.'],
  ])('“%s” is ratified by a later meeting, which names it', async (text, words) => {
    await recommended(text)
    expect((await here.register())[0]).toContain(words)
    const next = await later()
    const business = await said(next.room('10:04', CHAIR, 'votes.business'))
    expect(business).toContain('TO BE RATIFIED')
    await ratifies(next, CHAIR)
    expect((await here.register())[1]).toBe(`RESOLVED, in ratification of recommendation 1, ${words}`)
    expect(textOf(await onEntry(POLICE, 'votes.decision', {}, 1))).toContain('Standing: ratified by 2')
    expect(await said(next.room('10:06', CHAIR, 'votes.business'))).not.toContain('TO BE RATIFIED')
    expect(textOf(await ratifies(next, CHAIR, '10:07'))).toContain('It is ratified by another entry already.')
  })

  test('is not ratified by the meeting that made it, without a quorum, by a member, or when the meeting is closed', async () => {
    await recommended('agree the lamps')
    const next = await later([CHAIR, FIRE])
    const before = await here.register()
    expect(textOf(await onEntry(CLERK, 'votes.ratify', { item: await here.agenda.id('B1') }))).toContain('Not done')
    expect(textOf(await ratifies(next, CHAIR))).toContain('The meeting has no quorum.')
    await next.room('10:06', CHAIR, 'attendance.proceed', { how: 'informal' })
    const informal = textOf(await ratifies(next, CHAIR, '10:07'))
    expect(informal).toContain('Without a quorum nothing is ratified')
    expect(informal).toContain('The quorum for Partnership meetings will be three core members.')
    expect((await ratifies(next, POLICE, '10:08')).kind).toBe('refusal')
    await next.room('10:09', CHAIR, 'attendance.close', { allTheSame: 'yes' })
    expect(textOf(await ratifies(next, CLERK, '10:10'))).toContain('is closed')
    expect(await here.register()).toEqual(before)
  })

  test('may be put before the meeting, and voted on', async () => {
    await recommended('agree the lamps')
    const next = await later()
    await ratifies(next, CHAIR, '10:05', { how: 'put' })
    await next.on('10:06', CHAIR, 'B1', 'votes.open', { ends: 'hand' })
    await next.press('10:07', POLICE, 'votes.cast', { choice: 'for' })
    await next.press('10:08', CHAIR, 'votes.close')
    expect((await here.register())[1]).toContain('in ratification of recommendation 1, by 1 vote to none')
  })

  test('that was corrected is ratified in its correction', async () => {
    await recommended('agree the lamps')
    await onEntry(CLERK, 'votes.correct', { text: 'RECOMMENDED that the Partnership agree the new lamps.', why: 'misheard' }, 1)
    const next = await later()
    expect(textOf(await ratifies(next, CHAIR))).toContain('Recommendation 1 is corrected by another: ratify that one.')
    await onEntry(CHAIR, 'votes.ratify', { item: await next.agenda.id('B1') }, 2)
    expect((await here.register())[2]).toBe(
      'RESOLVED, in ratification of recommendation 2, that the Partnership agree the new lamps.',
    )
  })
})
