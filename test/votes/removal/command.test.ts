import { afterEach, describe, expect, test } from 'vitest'
import { delivered, done } from '../../agenda/setting.js'
import { textOf } from '../../house.js'
import {
  CLERK,
  CHAIR as COUNCILLOR,
  type Deciding,
  FIRE,
  graveshamInSession,
  KCSP,
  POLICE,
  PROBATION,
  recommends,
  written,
} from '../setting.js'
import { EIGHT, removing, VICE, vote } from './setting.js'

let here: Deciding
afterEach(async () => {
  expect(here.house.faults).toEqual([])
  await here.house.close()
})

const said = async (answering: ReturnType<Deciding['press']>) => textOf(await answering)
/** Those of the eight by their place: the first six are authorities by statute too, the second is the vice-chair. */
const those = (...places: readonly number[]): readonly string[] => places.map((place) => EIGHT[place - 1] ?? '')
const open = (hour = '10:05', how: Record<string, string> = {}) =>
  here.on(hour, KCSP.chair, 'B1', 'votes.remove', { ends: 'hand', ...how })
const close = (hour = '10:20') => said(here.press(hour, KCSP.chair, 'votes.close'))
const rule = (hour: string, reading: string, name: string = KCSP.chair) =>
  here.room(hour, name, 'attendance.count_by', { reading })

/** Nothing was changed by it, and it was refused so. */
async function refused(code: string, says: string, answering: () => ReturnType<Deciding['press']>): Promise<string> {
  const before = await written(here)
  const answer = await answering()
  expect(answer).toMatchObject({ kind: 'refusal', refusal: { code } })
  expect(textOf(answer)).toContain(says)
  expect(await written(here)).toEqual(before)
  return textOf(answer)
}

describe('a removal is put to the vote', () => {
  test('of the office that the item’s title names, with what is needed on each reading and the clause', async () => {
    here = await removing()
    const text = await said(open())
    for (const line of [
      'B1 Removal of the Vice-Chair: vote open (KCSP)',
      'Moved: Daniel Okafor be removed from the office of Vice-Chair',
      'Carried by: more than half of all the responsible authorities',
      'Needed: 5 of the 8 responsible authorities as the terms list them; 4 of the 6 responsible authorities by statute',
      'may only be removed from office if more than 50% of the responsible authorities so decide',
    ])
      expect(text).toContain(line)
    expect(text).not.toContain('provide for no vote')
  })

  test.each([
    ['“put B1 to the vote”', () => here.say('10:05', KCSP.chair, 'put B1 to the vote')],
    ['“Put to the vote”', () => here.on('10:05', KCSP.chair, 'B1', 'votes.open')],
    ['the clerk’s hand', () => here.on('10:05', CLERK, 'B1', 'votes.remove')],
  ])('by %s too', async (_, ask) => {
    here = await removing()
    expect(await said(ask())).toContain('Moved: Daniel Okafor be removed from the office of Vice-Chair')
  })

  test('in a form, in which whoever holds an office can be chosen', async () => {
    here = await removing()
    const form = await said(here.on('10:05', KCSP.chair, 'B1', 'votes.remove_form'))
    expect(form).toContain('Who is to be removed?: Chair: Cllr Margaret Ashdown, Vice-Chair: Daniel Okafor')
    expect(await said(here.room('10:05', KCSP.chair, 'votes.business'))).toContain('[Put the removal to the vote]')
  })

  test('once: said again, it changes nothing', async () => {
    here = await removing()
    await done(open())
    const before = await here.house.handles.reading.selectFrom('motion').selectAll().execute()
    expect(await said(open('10:06'))).toContain('vote open')
    expect(await here.house.handles.reading.selectFrom('motion').selectAll().execute()).toEqual(before)
  })

  test('by who presides and the clerk alone', async () => {
    here = await removing()
    for (const name of [VICE, KCSP.fire, KCSP.housing])
      await refused('not_permitted', 'not yours to do', () => here.on('10:05', name, 'B1', 'votes.remove'))
    await refused('not_permitted', 'not yours to do', () => here.on('10:05', KCSP.fire, 'B1', 'votes.remove_form'))
  })

  test('at a meeting with its quorum alone: a recommendation removes nobody', async () => {
    here = await removing(those(1, 2, 3))
    const text = await refused('not_quorate', 'it would be a recommendation, which takes no office away', () => open())
    expect(text).toContain('no less than four of the responsible authorities')
    await done(here.room('10:06', KCSP.chair, 'attendance.proceed', { how: 'informal' }))
    await refused('not_quorate', 'Nobody is removed without a quorum', () => open('10:07', { allTheSame: 'yes' }))
  })

  test('not while the meeting is adjourned, and not before it is opened or after it is closed', async () => {
    here = await removing()
    await done(here.room('10:04', KCSP.chair, 'attendance.proceed', { how: 'adjourned' }))
    await refused('conflict', 'The meeting is adjourned', () => open())
    await done(here.room('10:06', KCSP.chair, 'attendance.close', { allTheSame: 'yes' }))
    await refused('too_late', 'is closed', () => here.on('10:07', CLERK, 'B1', 'votes.remove'))
  })

  test('of an item that was withdrawn it is not', async () => {
    const title = 'Removal of the Vice-Chair'
    here = await removing(EIGHT, {
      before: ({ agenda }) => done(agenda.on(CLERK, title, 'agenda.withdraw', { why: 'It was settled.' })),
    })
    const subject = await here.agenda.id(title)
    here.clock('10:05')
    await refused('not_found', 'no such item', () => here.house.press(KCSP.chair, { command: 'votes.remove', subject }))
  })
})

describe('whom it concerns', () => {
  test('does not preside over it: another does, and then it is opened', async () => {
    here = await removing(EIGHT, { title: 'Removal of the Chair' })
    await refused('not_permitted', 'Cllr Margaret Ashdown does not preside over their own removal. Say “NAME presides”', () =>
      open(),
    )
    await refused('not_permitted', 'does not preside over their own removal', () => here.on('10:06', CLERK, 'B1', 'votes.remove'))
    await done(here.room('10:07', KCSP.chair, 'attendance.preside', { person: await here.id(VICE), allTheSame: 'yes' }))
    expect(await said(here.on('10:08', VICE, 'B1', 'votes.remove'))).toContain(
      'Cllr Margaret Ashdown be removed from the office of Chair',
    )
  })

  test('and who comes to preside in its midst has no hand in it; the clerk has', async () => {
    here = await removing(EIGHT)
    await done(open())
    await done(here.room('10:06', KCSP.chair, 'attendance.leave'))
    await vote(here, '10:07', those(3, 4, 5, 6, 7))
    for (const command of ['votes.close', 'votes.withdraw'])
      await refused('not_permitted', 'Nobody presides over their own removal', () => here.press('10:08', VICE, command))
    expect(await said(here.press('10:08', VICE, 'votes.motion'))).not.toContain('[Close the vote]')
    expect(await said(here.press('10:09', CLERK, 'votes.close'))).toContain('RESOLVED, by 5 votes to none')
  })

  test('does not close the meeting in its midst either', async () => {
    here = await removing(EIGHT)
    await done(open())
    await done(here.room('10:06', KCSP.chair, 'attendance.leave'))
    const closing = (name: string) => here.room('10:07', name, 'attendance.close', { allTheSame: 'yes' })
    await refused('not_permitted', 'Nobody presides over their own removal', () => closing(VICE))
    await done(closing(CLERK))
  })

  test('is not named to others, nor in what is refused, where the item is not public', async () => {
    here = await removing(EIGHT, { title: 'Removal of the Chair', letter: 'X' })
    const put = (name: string) => here.on('10:05', name, 'X1', 'votes.remove')
    const text = await refused('not_permitted', 'The person concerned does not preside', () => put(KCSP.chair))
    expect(text).not.toContain('Ashdown')
    await done(here.room('10:06', KCSP.chair, 'attendance.preside', { person: await here.id(VICE), allTheSame: 'yes' }))
    await done(put(VICE))
    await vote(here, '10:07', those(2, 3, 4, 5, 6))
    await done(here.press('10:08', VICE, 'votes.close'))
    await delivered(here.house)
    for (const { to, plain } of here.house.sent) if ('place' in to) expect(plain).not.toMatch(/remov/i)
    expect(await said(here.say('10:10', KCSP.housing, 'decisions'))).not.toMatch(/remov/i)
    expect(await said(here.say('10:11', KCSP.nhs, 'decisions'))).toContain('RESOLVED, by 5 votes to none')
  })

  test('countersigns nothing of it', async () => {
    here = await removing(EIGHT)
    await done(open())
    await done(here.press('10:06', CLERK, 'votes.record', { person: await here.id(KCSP.fire), choice: 'against' }))
    await done(here.room('10:07', KCSP.chair, 'attendance.leave'))
    await refused('not_permitted', 'Nobody presides over their own removal', () => here.press('10:08', VICE, 'votes.countersign'))
  })

  test('does not rule which reading counts, nor does the clerk for them', async () => {
    here = await removing(EIGHT)
    await done(open())
    await vote(here, '10:06', those(3, 4, 5, 6))
    await close('10:07')
    await done(here.room('10:08', KCSP.chair, 'attendance.leave'))
    for (const name of [VICE, CLERK])
      await refused('not_permitted', 'does not preside over their own removal', () =>
        rule('10:09', 'as the terms list them', name),
      )
  })

  test('votes for their own body, as nothing in the terms bars them', async () => {
    here = await removing()
    await done(open())
    await vote(here, '10:06', [], [VICE])
    await close()
    expect(await here.register()).toEqual([
      'NOT CARRIED, by no votes to 1, that Daniel Okafor be removed from the office of Vice-Chair.',
    ])
  })
})

describe('its notice', () => {
  test('came late: it is asked about once, with the convention, and no clause', async () => {
    here = await removing(EIGHT, { late: true })
    const doubt = await refused('unwise', 'B1 came onto the agenda late. By convention nobody is removed', () => open())
    expect(doubt).not.toContain('Clause')
    expect(doubt).toContain('[Put the removal to the vote]')
    expect(await said(open('10:06', { allTheSame: 'yes' }))).toContain('vote open')
  })

  test('is that of the item: another item gives none', async () => {
    here = await removing()
    const asked = (values: Record<string, string> = {}) =>
      here.on('10:05', KCSP.chair, 'C2', 'votes.remove', { office: 'vice-chair', ...values })
    await refused('unwise', 'C2 gives no notice of this removal', () => asked())
    expect(await said(asked({ allTheSame: 'yes' }))).toContain('vote open')
  })

  test('is of the office that it names', async () => {
    here = await removing(EIGHT, { title: 'Removal of the Chair' })
    await refused('unwise', 'B1 gives no notice of this removal', () => open('10:05', { office: 'vice-chair' }))
  })

  test('names somebody who does not hold the office', async () => {
    here = await removing(EIGHT, { title: 'Removal of Tom Beresford as Vice-Chair' })
    await refused('not_found', 'Whoever is named does not hold the office of Vice-Chair', () => open())
  })

  test.each([
    ['who holds none', async () => `vice-chair ${await here.id(KCSP.fire)}`, 'not_found', 'does not hold the office'],
    ['who holds another', async () => `chair ${await here.id(VICE)}`, 'not_found', 'does not hold the office of Chair'],
    [
      'an office that nobody holds',
      async () => `co-chair ${await here.id(VICE)}`,
      'not_found',
      'Nobody holds the office of Co-Chair',
    ],
    ['the clerk', async () => `clerk ${await here.id(CLERK)}`, 'invalid', 'Choose who is to be removed.'],
    ['nonsense', async () => 'x'.repeat(200), 'invalid', 'Choose who is to be removed.'],
  ])('what is chosen is wrong: %s', async (_, holder, code, says) => {
    here = await removing()
    const chosen = await holder()
    await refused(code, says, () => open('10:05', { holder: chosen }))
  })

  test('an item about the removal of both asks which', async () => {
    here = await removing(EIGHT, { title: 'Removal of the Chair and of the Vice-Chair' })
    await refused('unclear', 'Say from which office', () => open())
    expect(await said(open('10:06', { office: 'vice-chair' }))).toContain('Daniel Okafor be removed')
  })
})

describe('nobody is removed without that vote', () => {
  const CLAUSE = 'may only be removed from office if more than 50%'

  test('by agreement, before it or in its midst', async () => {
    here = await removing()
    expect(
      await refused('conflict', 'A removal from office takes a vote', () => here.say('10:04', KCSP.chair, 'B1 agreed')),
    ).toContain(CLAUSE)
    await done(open())
    const motion = await here.motion()
    for (const how of ['agreed', 'noted', 'amended'])
      expect(
        await refused('conflict', 'A removal from office takes a vote', () =>
          here.on('10:06', KCSP.chair, 'B1', 'votes.agree', { motion, how, text: 'thank the Vice-Chair' }),
        ),
      ).toContain(CLAUSE)
  })

  test('by being amended into something else', async () => {
    here = await removing()
    await done(open())
    await refused('conflict', 'A removal from office takes a vote', () =>
      here.press('10:06', KCSP.chair, 'votes.amend', { text: 'thank the Vice-Chair' }),
    )
  })

  test.each([
    ['put', () => here.say('10:05', KCSP.chair, 'move under C2: remove the Vice-Chair')],
    ['resolved', () => here.say('10:05', KCSP.chair, 'resolved C2: that Daniel Okafor be removed from the office of Vice-Chair')],
    [
      'agreed as amended',
      () => here.on('10:05', KCSP.chair, 'C2', 'votes.agree', { how: 'agreed', text: 'remove Daniel Okafor as vice-chair' }),
    ],
  ])('by what is typed: %s', async (_, ask) => {
    here = await removing()
    expect(await refused('conflict', 'Say “put the removal of the Vice-Chair to the vote”', ask)).toContain(CLAUSE)
  })

  test('by a motion that is amended into one', async () => {
    here = await removing()
    await done(here.on('10:04', KCSP.chair, 'C2', 'votes.put', { text: 'thank the Vice-Chair' }))
    await refused('conflict', 'That would remove somebody from office', () =>
      here.press('10:05', KCSP.chair, 'votes.amend', { text: 'remove the Vice-Chair' }),
    )
  })

  test('by what a paper recommends', async () => {
    here = await graveshamInSession([COUNCILLOR, FIRE, POLICE, PROBATION], {
      before: recommends('B1', 'remove the Vice-Chair from office'),
    })
    for (const command of ['votes.agree', 'votes.open', 'votes.put'])
      await refused('conflict', 'That would remove somebody from office', () => here.on('10:05', COUNCILLOR, 'B1', command))
  })

  test('though what else is decided under its item is', async () => {
    here = await removing()
    await done(here.say('10:05', KCSP.chair, 'resolved B1: defer the matter to the next meeting'))
    expect((await here.register())[0]).toContain('defer the matter to the next meeting')
  })
})
