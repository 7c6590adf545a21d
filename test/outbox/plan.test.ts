import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
import { dueAt, isOvertaken, type Planned, plannedFor, planOne, settle } from '../../src/outbox/plan.js'
import { lease, nextWaiting, waitingAt } from '../../src/outbox/store.js'
import { tick } from '../../src/outbox/tick.js'
import { boardCalled, setUpBoardOf } from '../boards.js'
import { openTestHouse, sendAll, type TestHouse, unexpected } from '../house.js'
import { type Bare, BOARD, openBare, wanted } from './bare.js'
import { stepsOf } from './searches.js'

const AT = Temporal.Instant.from('2026-12-02T09:00:00Z')
const NOW = '2026-12-02T09:00:00.000Z'

const onTheDay = (at: Temporal.Instant) => ({ at, date: at.toString().slice(0, 10) })

describe('what is asked at each tick is found by an index', () => {
  let bare: Bare
  let asked: string[]
  beforeEach(async () => {
    asked = []
    bare = await openBare({ executed: (sql) => asked.push(sql) })
    await bare.writer.write((tx) => planOne(tx, wanted('of.something', 'subject', onTheDay(AT))))
    asked.length = 0
  })
  afterEach(() => bare.close())

  const stepsAsked = () => asked.filter((sql) => /^(?:select|update|delete)/.test(sql)).map((sql) => stepsOf(bare.file, sql))

  test('what has fallen due: a search that ends there, in order as it is found', async () => {
    await dueAt(bare.handles.reading, NOW, 100).execute()
    expect(stepsAsked()).toEqual([['SEARCH reminder USING INDEX reminder_due (state=? AND due_at<?)']])
  })

  test('what is planned for a board: a search among its own', async () => {
    await plannedFor(bare.handles.reading, BOARD, NOW).execute()
    expect(stepsAsked()).toEqual([
      [
        'SEARCH reminder USING INDEX reminder_board (board_id=? AND state=? AND due_at<?)',
        // Several notices of one moment, by their names.
        'USE TEMP B-TREE FOR LAST TERM OF ORDER BY',
      ],
    ])
  })

  test('whether a later one overtakes it: a search among those of the same', async () => {
    const row = await bare.handles.reading.selectFrom('reminder').selectAll().executeTakeFirstOrThrow()
    asked.length = 0
    await isOvertaken(bare.handles.reading, row, NOW)
    expect(stepsAsked()).toEqual([
      ['SEARCH reminder USING INDEX sqlite_autoindex_reminder_2 (subject=? AND notice=? AND person_id=?)'],
    ])
  })

  test('what waits to be sent, when the next one does, and what goes with it', async () => {
    const { reading } = bare.handles
    await waitingAt(reading, NOW, ['["person","ann"]'], 80).execute()
    await nextWaiting(reading)
    const [waits, next] = stepsAsked()
    expect(waits).toContain('SEARCH notice USING INDEX notice_waiting (state=? AND not_before<?)')
    expect(waits).toContain('SEARCH earlier USING INDEX notice_recipient (recipient=? AND state=?)')
    expect(next).toEqual(['SEARCH notice USING COVERING INDEX notice_waiting (state=?)'])
  })

  test('nothing that a tick and a sending ask reads a whole table of reminders or messages', async () => {
    const { handles, writer } = bare
    await tick({ reading: handles.reading, writer, notices: [] }, { now: () => AT }, unexpected)
    await writer.write((tx) => lease(tx, ['one', 'two'], NOW, NOW))
    const steps = stepsAsked().flat()
    expect(steps.filter((step) => step.includes('reminder')).length).toBeGreaterThan(1)
    expect(steps.filter((step) => /^SCAN (?:reminder|notice|reminder_mute)\b/.test(step))).toEqual([])
  })
})

test('nor does a tick of the real house, at which reminders fall due, and the sending after it', async () => {
  const asked: string[] = []
  const house = await openTestHouse({ executed: (sql) => asked.push(sql) })
  try {
    house.clock.set(NOW)
    asked.length = 0
    await house.tick()
    await sendAll(house)
    expect(house.sent.filter(({ plain }) => /please answer/i.test(plain))).toHaveLength(6)
    const questions = [...new Set(asked.filter((sql) => /^(?:with|select|update|delete)/.test(sql)))]
    const scans = questions.flatMap((sql) =>
      stepsOf(house.file, sql)
        .filter((step) => /^SCAN (?:reminder|notice|reminder_mute|earlier|last)\b/.test(step))
        .map((step) => `${step}: ${sql}`),
    )
    expect(scans).toEqual([])
  } finally {
    await house.close()
  }
})

describe('what is planned', () => {
  let bare: Bare
  beforeEach(async () => {
    bare = await openBare()
  })
  afterEach(() => bare.close())

  const rows = () => bare.handles.reading.selectFrom('reminder').selectAll().execute()

  test('is planned once for its date, however often it is asked for', async () => {
    const same = wanted('of.something', 'subject', onTheDay(AT))
    await bare.writer.write(async (tx) => {
      await planOne(tx, same)
      await planOne(tx, { ...same, moment: { ...same.moment, at: AT.add({ minutes: 5 }) } })
    })
    expect(await rows()).toMatchObject([{ due_at: NOW, state: 'planned' }])
  })

  test('falls due at its instant, and not a millisecond before', async () => {
    await bare.writer.write((tx) => planOne(tx, wanted('of.something', 'subject', onTheDay(AT))))
    const { reading } = bare.handles
    expect(await dueAt(reading, '2026-12-02T08:59:59.999Z', 100).execute()).toEqual([])
    expect(await dueAt(reading, NOW, 100).execute()).toHaveLength(1)
  })

  test('is settled by one of two who settle it at once, and stays as that one settled it', async () => {
    const ids = await bare.writer.write((tx) =>
      Promise.all(Array.from({ length: 40 }, (_, n) => planOne(tx, wanted('of.something', `subject ${n}`, onTheDay(AT))))),
    )
    const other = await openBare({ file: bare.file })
    const settledBy = ({ writer }: Bare, why: string) =>
      Promise.all(ids.map((id) => writer.write((tx) => settle(tx, [id], 'dropped', why, AT))))
    const [ours, theirs] = await Promise.all([settledBy(bare, 'ours'), settledBy(other, 'theirs')])
    await other.close()
    expect([...ours, ...theirs].flat().sort()).toEqual([...ids].sort())
    const whys = new Map((await rows()).map(({ id, why }) => [id, why]))
    expect(ours.flat().every((id) => whys.get(id) === 'ours')).toBe(true)
    expect(theirs.flat().every((id) => whys.get(id) === 'theirs')).toBe(true)
  })

  test.each(['queued', 'dropped', 'missed', 'stopped'] as const)('is settled no more once it is %s', async (state) => {
    const id = await bare.writer.write((tx) => planOne(tx, wanted('of.something', 'subject', onTheDay(AT))))
    expect(await bare.writer.write((tx) => settle(tx, [id], state, 'first', AT))).toEqual([id])
    expect(await bare.writer.write((tx) => settle(tx, [id], 'queued', 'second', AT.add({ minutes: 1 })))).toEqual([])
    expect(await rows()).toMatchObject([{ state, why: 'first', settled_at: NOW }])
  })
})

describe('a meeting', () => {
  const CLERK = 'Grace Holloway'
  const MOVED = 'it falls due at another time now, or not at all'
  /** As it is called: Wednesday 16 December 2026 at 10:00. */
  const CALLED = [
    'apologies.quorum_at_risk 2026-12-02T09:00',
    'apologies.unanswered 2026-12-02T09:00',
    'apologies.quorum_at_risk 2026-12-11T09:00',
    'apologies.unanswered 2026-12-11T09:00',
    'apologies.coming_soon 2026-12-15T09:00',
    'apologies.starting 2026-12-16T09:00',
  ]
  let house: TestHouse
  beforeEach(async () => {
    house = await openTestHouse()
  })
  afterEach(() => house.close())

  /** Of the answers, as an example of all: what else there is, is planned in the same way. */
  async function those(state: Planned['state'], why?: string, of = 'apologies.%'): Promise<readonly string[]> {
    const rows = await house.handles.reading
      .selectFrom('reminder')
      .where('state', '=', state)
      .where('notice', 'like', of)
      .$if(why !== undefined, (query) => query.where('why', '=', why ?? ''))
      .orderBy('due_at')
      .orderBy('notice')
      .select(['notice', 'due_at'])
      .execute()
    return rows.map(({ notice, due_at }) => `${notice} ${due_at.slice(0, 16)}`)
  }

  async function say(words: string): Promise<void> {
    expect(await house.say(CLERK, words)).toMatchObject({ kind: 'card', of: 'act' })
  }

  async function tickAt(at: string): Promise<void> {
    house.clock.set(at)
    await house.tick()
    await sendAll(house)
  }

  test('that is called has its reminders by the terms, each at nine of a working day but the last', async () => {
    expect(await those('planned')).toEqual(CALLED)
    expect((await those('planned', undefined, '%')).filter((one) => !one.startsWith('apologies.'))).toEqual([
      // Two weeks before 8 December, the last day for its papers; on that day; and daily from then on.
      'papers.wanted 2026-11-24T09:00',
      'agenda.to_agree 2026-12-01T09:00',
      'agenda.to_agree 2026-12-04T09:00',
      'papers.to_circulate 2026-12-04T09:00',
      'papers.to_circulate 2026-12-07T09:00',
      'papers.to_circulate 2026-12-08T09:00',
      'papers.wanted 2026-12-08T09:00',
      'papers.wanted 2026-12-09T09:00',
      'papers.wanted 2026-12-10T09:00',
      'papers.wanted 2026-12-11T09:00',
      'papers.wanted 2026-12-14T09:00',
      'papers.wanted 2026-12-15T09:00',
      'papers.wanted 2026-12-16T09:00',
      'attendance.to_open 2026-12-16T09:45',
      'attendance.to_open 2026-12-16T10:00',
      // The tenth day after it is Boxing Day, and the Monday a bank holiday in its place.
      'attendance.notes_due 2026-12-29T09:00',
    ])
  })

  test('that is moved is reminded of by its new day alone', async () => {
    await say('move the next meeting to 13 January 2027 at 10 am, all the same')
    expect(await those('dropped', MOVED)).toEqual(CALLED)
    expect(await those('planned')).toEqual([
      'apologies.quorum_at_risk 2026-12-29T09:00',
      'apologies.unanswered 2026-12-29T09:00',
      'apologies.quorum_at_risk 2027-01-08T09:00',
      'apologies.unanswered 2027-01-08T09:00',
      'apologies.coming_soon 2027-01-12T09:00',
      'apologies.starting 2027-01-13T09:00',
    ])
  })

  test('that is moved within its day keeps what falls due on days, and says anew what falls due minutes before', async () => {
    await say('move the next meeting to 16 December 2026 at 2 pm, all the same')
    expect(await those('planned')).toEqual([...CALLED.slice(0, -1), 'apologies.starting 2026-12-16T13:00'])
    expect(await those('dropped', MOVED)).toEqual(['apologies.starting 2026-12-16T09:00'])
  })

  test('that is moved an hour on once its reminder has gone out is reminded of an hour on too', async () => {
    await tickAt('2026-12-16T09:00:00Z')
    await say('move the next meeting to 16 December 2026 at 11 am, all the same')
    expect(await those('planned')).toEqual(['apologies.starting 2026-12-16T10:00'])
    expect(await those('queued')).toContain('apologies.starting 2026-12-16T09:00')
  })

  test('that is moved and moved back is planned anew as it was', async () => {
    await say('move the next meeting to 13 January 2027 at 10 am, all the same')
    await say('move the next meeting to 16 December 2026 at 10 am, all the same')
    expect(await those('planned')).toEqual(CALLED)
    expect(await those('dropped')).toHaveLength(CALLED.length)
  })

  test('of which something has been said already does not say it again, however it is moved', async () => {
    await tickAt('2026-12-02T09:00:00Z')
    await say('move the next meeting to 13 January 2027 at 10 am, all the same')
    await say('move the next meeting to 16 December 2026 at 10 am, all the same')
    expect(await those('queued')).toEqual(CALLED.slice(0, 2))
    expect(await those('planned')).toEqual(CALLED.slice(2))
    const sent = house.sent.length
    await tickAt('2026-12-02T09:05:00Z')
    expect(house.sent.slice(sent).filter(({ plain }) => /please answer/i.test(plain))).toEqual([])
  })

  test('that is moved nearer does not make up for what would have fallen due already', async () => {
    house.clock.set('2026-12-04T12:00:00Z')
    await say('move the next meeting to 10 December 2026 at 10 am, all the same')
    expect(await those('planned')).toEqual([
      'apologies.quorum_at_risk 2026-12-07T09:00',
      'apologies.unanswered 2026-12-07T09:00',
      'apologies.coming_soon 2026-12-09T09:00',
      'apologies.starting 2026-12-10T09:00',
    ])
  })

  test('that is cancelled has none', async () => {
    await say('cancel the next meeting because of snow')
    expect(await those('planned')).toEqual([])
    expect(await those('dropped', MOVED)).toEqual(CALLED)
  })

  const TERMS = readFileSync(new URL('../../src/boards/terms/kcsp-2025.yaml', import.meta.url), 'utf8')
  const remindingAt = (hour: string, members: string) =>
    Buffer.from(`${TERMS}
reminders:
  hour: "${hour}"
  authorsDays: [14, 0]
  agendaWorkingDays: [5, 2]
  clerkWorkingDays: [2, 1, 0]
  membersWorkingDays: [${members}]
  everyoneWorkingDays: [1]
  everyoneMinutes: [60]
  notesDays: [10]
  silent:
    convention: People are reminded early.
    source: ours
`)

  test('is reminded of at the hour, and on the days, that new terms say', async () => {
    await setUpBoardOf(house, remindingAt('08:30', '5, 3'), null)
    expect(await those('planned')).toEqual([
      'apologies.quorum_at_risk 2026-12-09T08:30',
      'apologies.unanswered 2026-12-09T08:30',
      'apologies.quorum_at_risk 2026-12-11T08:30',
      'apologies.unanswered 2026-12-11T08:30',
      'apologies.coming_soon 2026-12-15T08:30',
      'apologies.starting 2026-12-16T09:00',
    ])
    expect(await those('dropped', MOVED)).toEqual(CALLED.slice(0, 2))
  })

  test('keeps what fell due this minute when new terms say the same of it, and says it at the tick', async () => {
    house.clock.set('2026-12-02T09:00:20Z')
    await setUpBoardOf(house, remindingAt('09:00', '10, 3'), null)
    expect(await those('planned')).toEqual(CALLED)
    await tickAt('2026-12-02T09:01:00Z')
    expect(await those('queued')).toContain('apologies.unanswered 2026-12-02T09:00')
  })

  test('that is moved when something fell due this minute drops that', async () => {
    house.clock.set('2026-12-02T09:00:20Z')
    await say('move the next meeting to 13 January 2027 at 10 am, all the same')
    expect(await those('dropped', MOVED)).toEqual(CALLED)
  })

  test('that was called before there was a plan is planned at the first tick', async () => {
    await house.writer.write((tx) => tx.deleteFrom('reminder').execute())
    await house.tick()
    expect(await those('planned')).toEqual(CALLED)
  })

  describe('of which somebody was reminded', () => {
    const POLICE = 'Daniel Okafor'
    let which: string
    beforeEach(async () => {
      await tickAt('2026-12-02T09:00:00Z')
      which = `apologies.unanswered ${await house.meeting()}`
    })

    const pleas = (name: string) => house.sentTo(name).filter((plain) => /please answer/i.test(plain))

    test('reminds who will not hear of it no more, and the others all the same', async () => {
      await house.press(POLICE, { command: 'desk.remind_no_more', subject: which })
      await house.press(POLICE, { command: 'desk.remind_no_more', subject: which })
      expect(await house.handles.reading.selectFrom('reminder_mute').selectAll().execute()).toHaveLength(1)
      await tickAt('2026-12-11T09:00:00Z')
      expect(pleas(POLICE)).toHaveLength(1)
      expect(pleas('Helen Marsh')).toHaveLength(2)
    })

    test('reminds who asked for it on the next working day, alone and once', async () => {
      const friday = '2026-12-04T10:00:00Z'
      house.clock.set(friday)
      await house.press(POLICE, { command: 'desk.remind_tomorrow', subject: which })
      await house.press(POLICE, { command: 'desk.remind_tomorrow', subject: which })
      expect(await those('planned')).toContain('apologies.unanswered 2026-12-07T09:00')
      await tickAt('2026-12-07T09:00:00Z')
      await tickAt('2026-12-07T09:01:00Z')
      expect(pleas(POLICE)).toHaveLength(2)
      expect(pleas('Helen Marsh')).toHaveLength(1)
    })

    test('does not remind who asked for it and has answered since', async () => {
      await house.press(POLICE, { command: 'desk.remind_tomorrow', subject: which })
      await house.say(POLICE, 'I will be there')
      await tickAt('2026-12-03T09:00:00Z')
      expect(pleas(POLICE)).toHaveLength(1)
      expect(await those('dropped', 'nobody is left to be reminded')).toEqual(['apologies.unanswered 2026-12-03T09:00'])
    })

    test('reminds nobody of what the clerk has stopped', async () => {
      const board = await boardCalled(house, 'KCSP')
      const { id } = await house.handles.reading
        .selectFrom('reminder')
        .select('id')
        .where('notice', '=', 'apologies.unanswered')
        .where('state', '=', 'planned')
        .executeTakeFirstOrThrow()
      const stop = { command: 'desk.stop_reminder', subject: board ?? newId(), values: { reminder: id } }
      expect(await house.press(CLERK, stop)).toMatchObject({ kind: 'card' })
      await tickAt('2026-12-11T09:00:00Z')
      expect(await those('stopped', `stopped by ${CLERK}`)).toEqual(['apologies.unanswered 2026-12-11T09:00'])
      expect(pleas('Helen Marsh')).toHaveLength(1)
    })
  })
})
