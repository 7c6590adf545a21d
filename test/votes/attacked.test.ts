import { afterEach, expect, test } from 'vitest'
import { callMeeting, delivered, done } from '../agenda/setting.js'
import { boardCalled } from '../boards.js'
import { textOf } from '../house.js'
import {
  CHAIR,
  CLERK,
  type Deciding,
  decidingAt,
  entryId,
  FIRE,
  graveshamInSession,
  NHS,
  OPCC,
  opened,
  POLICE,
  recommends,
} from './setting.js'

let here: Deciding
afterEach(async () => {
  expect(here.house.faults).toEqual([])
  await here.house.close()
})

const CORE = [CHAIR, FIRE, POLICE, NHS]
const said = async (answering: ReturnType<Deciding['press']>) => textOf(await answering)

/** A meeting that recommends, as it sits informally, and a later one that has its quorum and B1 “Street lighting again”. */
async function afterARecommendation(item: string, text: string): Promise<Deciding> {
  here = await graveshamInSession([CHAIR, FIRE], { before: ({ agenda }) => agenda.has('Hidden matter', 'X') })
  await here.room('10:01', CHAIR, 'attendance.proceed', { how: 'informal' })
  await done(here.on('10:05', CHAIR, item, 'votes.agree', { text }))
  await here.room('10:50', CHAIR, 'attendance.close', { allTheSame: 'yes' })
  const meeting = await callMeeting(here.house, (await boardCalled(here.house, 'Gravesham CSP')) ?? '', '2026-12-18')
  const later = decidingAt(here.house, meeting, (hour) => `2026-12-18T${hour}:00Z`)
  await later.agenda.has('Street lighting again', 'B')
  await opened(later, CORE)
  return later
}

test('chair and clerk who press “Agreed” at once enter one decision', async () => {
  here = await graveshamInSession(CORE, { before: recommends('B1', 'agree the lamps') })
  here.clock('10:05')
  const subject = await here.agenda.id('B1')
  await Promise.all([CHAIR, CLERK].map((name) => here.house.press(name, { command: 'votes.agree', subject })))
  await here.say('10:06', CHAIR, 'B1 agreed')
  expect(await here.register()).toEqual(['RESOLVED that the Gravesham Community Safety Partnership agree the lamps.'])
})

test('an old card neither resolves nor reopens what was decided otherwise', async () => {
  here = await graveshamInSession(CORE, { before: recommends('B1', 'agree the lamps') })
  await here.on('10:05', CHAIR, 'B1', 'votes.open', { ends: 'all' })
  for (const name of CORE) await here.press('10:06', name, 'votes.cast', { choice: 'against' })
  expect(await said(here.on('10:07', CHAIR, 'B1', 'votes.open'))).toContain('B1 is decided already.')
  await here.on('10:08', CHAIR, 'B1', 'votes.agree', { how: 'agreed', from: 'business' })
  expect(await here.register()).toEqual([expect.stringMatching(/^NOT CARRIED, by no votes to 4/)])
})

test('what was amended, or disagreed with, since a card was drawn is not agreed by a press on it', async () => {
  here = await graveshamInSession(CORE)
  await here.on('10:05', CHAIR, 'B1', 'votes.put', { text: 'The grant be spent' })
  const motion = await here.motion()
  const old = { motion, how: 'agreed', version: '1', heard: '0' }
  await here.press('10:06', CLERK, 'votes.amend', { text: 'Half the grant be spent' })
  expect(await said(here.on('10:07', CHAIR, 'B1', 'votes.agree', old))).toContain('was amended since that card was drawn')
  await here.press('10:08', POLICE, 'votes.dissent')
  const newer = { ...old, version: '2', dissents: 'recorded' }
  expect(await said(here.on('10:09', CHAIR, 'B1', 'votes.agree', newer))).toContain(
    'Another member has said that they do not agree',
  )
  expect(await here.register()).toEqual([])
})

test('what is hidden is not ratified where everybody reads it, and its entry leaves no gap', async () => {
  const later = await afterARecommendation('X1', 'agree the SECRET settlement')
  const recommendation = await entryId(later)
  const refused = await later.press('10:05', CLERK, 'votes.ratify', { item: await later.agenda.id('B1') }, recommendation)
  expect(textOf(refused)).toContain('ratify it under an item that is as closed as its own')
  await done(later.on('10:06', CHAIR, 'B1', 'votes.agree', { text: 'the lamps be lit' }))
  const read = await said(later.say('10:07', OPCC, 'decisions'))
  expect(read).toContain('Decision 1')
  expect(read).not.toMatch(/SECRET|X1|Decision 2/)
  expect(await said(later.say('10:07', OPCC, 'business'))).not.toMatch(/ratified|Recommendation/i)
  const unknown = await said(later.say('10:07', OPCC, 'decision X9'))
  expect(await said(later.say('10:07', OPCC, 'decision X1'))).toBe(unknown)
  expect(await said(later.say('10:07', CHAIR, 'decision X1'))).toContain('SECRET')
})

test('a recommendation is ratified once, though it was put twice', async () => {
  const later = await afterARecommendation('B1', 'agree the lamps')
  const [item, recommendation] = [await later.agenda.id('B1'), await entryId(later)]
  const put = async () => {
    await done(later.press('10:05', CHAIR, 'votes.ratify', { item, how: 'put' }, recommendation))
    return later.motion()
  }
  const [one, other] = [await put(), await put()]
  await done(later.on('10:06', CHAIR, 'B1', 'votes.agree', { motion: one }))
  expect(await said(later.on('10:06', CHAIR, 'B1', 'votes.agree', { motion: other }))).toContain(
    'ratified by another entry already',
  )
})

test('the agenda of another board’s meeting is no list to ratify under', async () => {
  const later = await afterARecommendation('B1', 'agree the lamps')
  const kcsp = await later.house.handles.reading
    .selectFrom('meeting')
    .where('board_id', '=', (await boardCalled(later.house, 'KCSP')) ?? '')
    .select('id')
    .executeTakeFirstOrThrow()
  const asked = await later.press('10:05', FIRE, 'votes.ratify_form', { meeting: kcsp.id }, await entryId(later))
  expect(asked.kind).toBe('refusal')
})

test('what was typed is not lost in the doubt about the quorum of an item', async () => {
  here = await graveshamInSession([CHAIR, FIRE, POLICE], { before: recommends('B1', 'spend £9,000') })
  const item = await here.agenda.id('B1')
  await here.room('10:02', POLICE, 'attendance.declare', { item, nature: 'a grant', does: 'withdraws now' })
  const doubt = await here.say('10:03', CHAIR, 'resolved B1: spend £10')
  expect(textOf(doubt)).toContain('say it again with “all the same” at the end')
  expect(JSON.stringify(doubt)).not.toContain('Agree it as a recommendation')
  await here.say('10:04', CHAIR, 'resolved B1: spend £10 all the same')
  expect(await here.register()).toEqual([
    'RECOMMENDED, for ratification by a later meeting, as there was no quorum, that the Gravesham Community Safety Partnership spend £10.',
  ])
})

test('publishing the words of a decision publishes no reasons of who did not agree', async () => {
  here = await graveshamInSession([...CORE, OPCC], { before: recommends('B1', 'agree the sites', 'OFFICIAL-SENSITIVE') })
  await here.on('10:05', CHAIR, 'B1', 'votes.put')
  await here.press('10:06', POLICE, 'votes.dissent', { why: 'the informant lives there' })
  await here.on('10:07', CHAIR, 'B1', 'votes.agree', { dissents: 'recorded' })
  const entry = await entryId(here)
  await here.press('10:08', CLERK, 'votes.publish', {}, entry)
  expect(await said(here.press('10:09', OPCC, 'votes.decision', {}, entry))).toMatch(/agree the sites[\s\S]*Kent Police/)
  expect(await said(here.press('10:09', OPCC, 'votes.decision', {}, entry))).not.toContain('informant')
  expect(await said(here.press('10:09', CHAIR, 'votes.decision', {}, entry))).toContain('informant')
})

test('a paper that is marked OFFICIAL-SENSITIVE afterwards closes what was decided on it', async () => {
  here = await graveshamInSession([...CORE, OPCC], { before: recommends('B1', 'agree the sites') })
  await here.on('10:05', CHAIR, 'B1', 'votes.agree')
  expect(await said(here.say('10:06', OPCC, 'decisions'))).toContain('agree the sites')
  await delivered(here.house)
  await done(here.on('10:07', CLERK, 'B1', 'papers.describe', { marking: 'OFFICIAL-SENSITIVE' }))
  expect(await said(here.say('10:08', OPCC, 'decisions'))).not.toContain('agree the sites')
  here.house.sent.length = 0
  await delivered(here.house)
  const posted = here.house.sent.filter(({ to }) => 'place' in to).map(({ plain }) => plain)
  expect(posted.length).toBeGreaterThan(0)
  expect(posted.join('\n')).not.toContain('agree the sites')
})

test('a vote of a meeting that was cancelled is not decided by its time', async () => {
  here = await graveshamInSession(CORE)
  await here.on('10:05', CHAIR, 'B1', 'votes.put', { text: 'the lamps be lit' })
  await here.on('10:05', CHAIR, 'B1', 'votes.open', { ends: 'hand', minutes: '10' })
  await here.press('10:06', CHAIR, 'votes.cast', { choice: 'for' })
  await here.house.writer.write((tx) =>
    tx.updateTable('meeting').set({ state: 'cancelled' }).where('id', '=', here.meeting).execute(),
  )
  here.clock('10:30')
  await here.house.tick()
  expect(await here.register()).toEqual([])
})

test('what cannot be seen is not entered', async () => {
  here = await graveshamInSession(CORE)
  await here.on('10:05', CHAIR, 'B1', 'votes.agree', { text: 'agree the \u202Elamps\u0000 of \u0007Gravesend' })
  expect(await here.register()).toEqual([
    'RESOLVED that the Gravesham Community Safety Partnership agree the lamps of Gravesend.',
  ])
  const long = Array.from({ length: 12 }, () => `agree ${'x'.repeat(900)}\u202E`).join('\n')
  expect(await said(here.on('10:06', CHAIR, 'B1', 'votes.agree', { text: long }))).toContain('at most 10,000 characters')
})
