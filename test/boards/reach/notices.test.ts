import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Unreachable } from '../../../src/outbox/sender.js'
import { CHANNEL, COUNTY, emailOf, openSlack, type Slack } from './slack.js'

let slack: Slack
beforeEach(async () => {
  slack = await openSlack()
  await slack.say('UCLERK', 'who am I', { email: emailOf('Grace Holloway') })
  await slack.say('U1', 'who am I', { email: emailOf('Daniel Okafor') })
})
afterEach(() => slack.close())

const titles = (to: string) => slack.newFor(to).map(({ plain }) => plain.split('\n')[0])
const rowsFor = (recipient: string) =>
  slack.house.handles.reading
    .selectFrom('notice')
    .select(['state', 'why', 'notice'])
    .where('recipient', 'like', `%${recipient}%`)
    .execute()
const report = (what: { user?: string; place?: string }, state: 'lost' | 'found', why = 'deactivated') =>
  slack.house.bot.report({ platform: 'slack', workspace: COUNTY, ...what, state, why })
const losses = () => slack.house.handles.reading.selectFrom('loss').selectAll().execute()

describe('a place', () => {
  test('that is linked after a meeting was called has its card, once, and follows it', async () => {
    await slack.say('UCLERK', 'link KCSP', { place: CHANNEL })
    await slack.send()
    expect(titles('C1')).toEqual(['Next meeting: Wednesday 16 December 2026, 10:00'])
    await slack.say('UCLERK', 'link KCSP', { place: CHANNEL })
    await slack.send()
    expect(slack.newFor('C1')).toEqual([])
    await slack.say('U1', 'apologies for the next meeting')
    await slack.send()
    expect(slack.newFor('C1').map(({ replaces }) => replaces === null)).toEqual([false])
  })

  test('that is unlinked is sent nothing more, and is again once it is linked', async () => {
    await slack.say('UCLERK', 'link KCSP', { place: CHANNEL })
    await slack.send()
    await slack.say('UCLERK', 'unlink this channel all the same', { place: CHANNEL })
    slack.newFor('C1')
    await slack.say('U1', 'apologies for the next meeting')
    await slack.send()
    expect(slack.newFor('C1')).toEqual([])
    await slack.say('UCLERK', 'link KCSP', { place: CHANNEL })
    await slack.send()
    expect(titles('C1')).toEqual(['Next meeting: Wednesday 16 December 2026, 10:00'])
  })

  test.each([
    ['public', { kind: 'public' }, 'is public'],
    ['shared', { kind: 'shared' }, 'is shared with another organisation'],
    ['with guests', { guests: ['U1', 'G1', 'G2'] }, 'has 2 guests in it who are not of the board'],
  ] as const)('that is %s is linked with what will not appear there', async (_, how, said) => {
    const answer = await slack.say('UCLERK', 'link KCSP', { place: { ...CHANNEL, ...how } })
    expect(answer).toContain(said)
    expect(answer).toContain('Not there, but in direct messages to the people of the board:')
  })

  test('whose guests are all of the board is the board’s own', async () => {
    const answer = await slack.say('UCLERK', 'link KCSP', { place: { ...CHANNEL, guests: ['U1'] } })
    expect(answer).not.toContain('guest')
  })

  test('that is open to others is shown what anybody may see, and nothing else', async () => {
    await slack.say('UCLERK', 'link KCSP', { place: { ...CHANNEL, kind: 'public' } })
    await slack.press('UCLERK', 'attendance.open', { subject: await slack.house.meeting() })
    await slack.say('UCLERK', 'move the next meeting to 17 December 2026 at 10:00 because of a secret, all the same')
    await slack.send()
    expect((await rowsFor('C1')).filter(({ state }) => state === 'dropped').map(({ why }) => why)).not.toContain(null)
    expect(
      slack.posted
        .filter(({ to }) => to === 'C1')
        .map(({ plain }) => plain)
        .join('\n'),
    ).not.toMatch(/secret|in the room/)
  })

  test('to which others come is covered once and told of; once they have gone it is as it was', async () => {
    await slack.say('UCLERK', 'link KCSP', { place: CHANNEL })
    const meeting = await slack.house.meeting()
    slack.house.clock.set('2026-12-16T09:50:00Z')
    await slack.press('UCLERK', 'attendance.open', { subject: meeting })
    await slack.send()
    const room = slack.newFor('C1').find(({ plain }) => !plain.startsWith('Next meeting') && !plain.includes('has begun'))
    expect(room).toBeDefined()
    const changed = { platform: 'slack', workspace: COUNTY, ...CHANNEL }
    for (const _ of [1, 2]) await slack.house.bot.placeChanged({ ...changed, guests: ['G1'] })
    await slack.send()
    const cards = slack.posted.filter(({ plain }) => plain.includes('This place is open to others than the board.'))
    expect(cards).toHaveLength(1)
    expect(slack.posted.filter(({ to, plain }) => to === 'UCLERK' && plain.startsWith('Open to others: #kcsp'))).toHaveLength(1)
    slack.newFor('C1')
    await slack.press('U1', 'attendance.arrive', { subject: meeting, mode: 'room' })
    await slack.send()
    expect(slack.newFor('C1').filter(({ plain }) => plain.includes('Okafor'))).toEqual([])
    await slack.house.bot.placeChanged({ ...changed, guests: [] })
    await slack.send()
    expect(slack.newFor('C1').map(({ replaces }) => replaces !== null)).toContain(true)
    expect(await slack.byHouse()).toEqual([
      'boards.recognise',
      'boards.recognise',
      'boards.place_changed',
      'boards.place_changed',
    ])
  })

  test('is open once a guest in it is of the board no more by the calendar, and told of once', async () => {
    await slack.say('UCLERK', 'link KCSP', { place: { ...CHANNEL, guests: ['U1'] } })
    const open = async () =>
      (await slack.house.handles.reading.selectFrom('place').select('open_to').where('id', '=', 'C1').executeTakeFirstOrThrow())
        .open_to
    await slack.house.bot.doDue()
    expect(await open()).toBe('')
    const person = await slack.person('Daniel Okafor')
    await slack.house.writer.write(async (tx) => {
      for (const table of ['post', 'holding', 'office', 'group_member', 'in_attendance'] as const)
        await tx.updateTable(table).set({ until_day: '2026-12-01' }).where('person_id', '=', person).execute()
      await tx.deleteFrom('assistant').where('assistant_id', '=', person).execute()
    })
    slack.house.clock.set('2026-12-09T10:00:00Z')
    for (const _ of [1, 2]) await slack.house.bot.doDue()
    expect(await open()).toBe('guests')
    await slack.send()
    expect(slack.posted.filter(({ to, plain }) => to === 'UCLERK' && plain.startsWith('Open to others: #kcsp'))).toHaveLength(1)
  })
})

describe('who cannot be reached', () => {
  const wake = () =>
    slack.house.writer.write((tx) =>
      tx.updateTable('notice').set({ state: 'waiting', not_before: '0' }).where('notice', '=', 'apologies.invitation').execute(),
    )

  test('is not tried again, and the clerk hears of it once', async () => {
    slack.unreachable.set('U1', new Unreachable('person', 'deactivated'))
    await wake()
    await slack.send()
    expect(slack.posted.filter(({ to }) => to === 'U1')).toEqual([])
    expect((await rowsFor(await slack.person('Daniel Okafor'))).filter(({ state }) => state === 'waiting')).toEqual([])
    const told = slack.posted.filter(
      ({ to, plain }) => to === 'UCLERK' && plain.startsWith('Not reached any more: Daniel Okafor'),
    )
    expect(told).toHaveLength(1)
    expect(told[0]?.plain).toContain('their account was deactivated or removed')
    slack.unreachable.clear()
    await wake()
    await slack.send()
    expect(slack.posted.filter(({ to }) => to === 'U1')).toEqual([])
    for (const _ of [1, 2]) await report({ user: 'U1' }, 'lost')
    expect(await losses()).toHaveLength(1)
    expect(await slack.byHouse()).toEqual(['boards.recognise', 'boards.recognise', 'boards.lost'])
  })

  test('is again once they speak, and hears how things stand', async () => {
    await report({ user: 'U1' }, 'lost')
    await wake()
    await slack.send()
    expect(slack.newFor('U1')).toEqual([])
    expect(await slack.say('UCLERK', 'who can be reached')).toContain('their account was deactivated or removed')
    expect(await slack.say('U1', 'who am I')).toContain('Daniel Okafor')
    await slack.send()
    expect(slack.newFor('U1')).toHaveLength(1)
    expect((await losses()).map(({ ended_at }) => ended_at === null)).toEqual([false])
    await report({ user: 'U1' }, 'lost')
    expect(await losses()).toHaveLength(2)
  })

  test('is not again by something that says nothing of why they were lost', async () => {
    const found = {
      platform: 'slack',
      workspace: COUNTY,
      user: 'U1',
      state: 'found',
      why: 'reactivated',
      lostFor: 'deactivated',
    } as const
    await report({ user: 'U1' }, 'lost', 'no_direct_messages')
    await slack.house.bot.report(found)
    expect((await losses()).map(({ ended_at }) => ended_at)).toEqual([null])
    await slack.say('U1', 'who am I')
    await report({ user: 'U1' }, 'lost', 'deactivated')
    await slack.house.bot.report(found)
    expect((await losses()).map(({ ended_at }) => ended_at === null)).toEqual([false, false])
  })

  test('who has to do with no board for now is known to be so, and again not, and no clerk hears of it', async () => {
    const person = await slack.person('Daniel Okafor')
    await slack.house.writer.write(async (tx) => {
      const { tenant_id } = await tx.selectFrom('person').select('tenant_id').where('id', '=', person).executeTakeFirstOrThrow()
      await tx.insertInto('person').values({ id: 'stray', tenant_id, name: 'Stray' }).execute()
      await tx.updateTable('identity').set({ person_id: 'stray' }).where('user_id', '=', 'U1').execute()
    })
    const lost = () =>
      slack.house.handles.reading.selectFrom('identity').where('user_id', '=', 'U1').select(['lost_at', 'lost_why']).execute()
    await report({ user: 'U1' }, 'lost')
    expect(await lost()).toEqual([{ lost_at: expect.any(String), lost_why: 'deactivated' }])
    expect(await losses()).toEqual([])
    await slack.say('U1', 'who am I')
    expect(await lost()).toEqual([{ lost_at: null, lost_why: null }])
  })

  test('where it is the clerk, the chair hears of it', async () => {
    const chair = await slack.house.handles.reading
      .selectFrom('office')
      .innerJoin('person', 'person.id', 'office.person_id')
      .where('office', '=', 'chair')
      .select('person.email')
      .executeTakeFirstOrThrow()
    await slack.say('UCHAIR', 'who am I', { email: chair.email })
    await report({ user: 'UCLERK' }, 'lost')
    await slack.send()
    expect(titles('UCHAIR')).toEqual(['Not reached any more: Grace Holloway'])
  })

  test('a place: nothing more is posted there, until I am invited again', async () => {
    await slack.say('UCLERK', 'link KCSP', { place: CHANNEL })
    slack.unreachable.set('C1', new Unreachable('place', 'archived'))
    await slack.send()
    expect(titles('UCLERK')).toContain('Not reached any more: #kcsp')
    slack.unreachable.clear()
    await slack.say('U1', 'apologies for the next meeting')
    await slack.send()
    expect(slack.newFor('C1')).toEqual([])
    await report({ place: 'C1' }, 'found', 'invited')
    await slack.send()
    expect(titles('C1')).toEqual(['Next meeting: Wednesday 16 December 2026, 10:00'])
  })

  test('a workspace: what is to be said waits, and goes out once it is reached', async () => {
    slack.unreachable.set(COUNTY, new Unreachable('workspace', 'disconnected'))
    await wake()
    await slack.send()
    expect(slack.posted).toEqual([])
    expect(await losses()).toHaveLength(1)
    expect((await rowsFor(await slack.person('Daniel Okafor'))).map(({ state }) => state)).toContain('waiting')
    slack.unreachable.clear()
    await report({}, 'found', 'installed')
    slack.house.clock.forward({ minutes: 11 })
    await slack.send()
    expect(slack.posted.filter(({ to }) => to === 'U1')).toHaveLength(1)
  })
})
