import { afterEach, describe, expect, test } from 'vitest'
import { callMeeting } from '../agenda/setting.js'
import { boardCalled } from '../boards.js'
import { openTestHouse, textOf } from '../house.js'
import {
  CHAIR,
  CLERK,
  COUNTY,
  type Deciding,
  decidingAt,
  FIRE,
  graveshamInSession,
  KCSP,
  kcspInSession,
  OPCC,
  opened,
  POLICE,
  PROBATION,
  recommends,
  written,
} from './setting.js'

let here: Deciding
afterEach(async () => {
  expect(here.house.faults).toEqual([])
  await here.house.close()
})

const CORE = [CHAIR, FIRE, POLICE, PROBATION]
const SIX = [KCSP.chair, KCSP.police, KCSP.opcc, KCSP.districts, KCSP.fire, KCSP.nhs]
const RECOMMENDATIONS = '(a) agree the priorities for 2027;\n(b) note the risks.'

const said = async (answering: ReturnType<Deciding['press']>) => textOf(await answering)

describe('a motion', () => {
  test('is what the paper recommends, lettered, at one press', async () => {
    here = await graveshamInSession(CORE, { before: recommends('B1', RECOMMENDATIONS) })
    const text = await said(here.on('10:05', CHAIR, 'B1', 'votes.put'))
    expect(text).toContain('B1 Street lighting: before the meeting')
    expect(text).toContain('- (a) agree the priorities for 2027\n- (b) note the risks')
  })

  test('is typed, with or without its letters and “RESOLVED that”', async () => {
    here = await graveshamInSession(CORE)
    const text = await said(
      here.on('10:05', CLERK, 'B1', 'votes.put', { text: 'RESOLVED that\n(a) the lamps be lit;\n(b) the grant be spent.' }),
    )
    expect(text).toContain('- (a) the lamps be lit\n- (b) the grant be spent')
  })

  test('of a paper that recommends nothing is not invented', async () => {
    here = await graveshamInSession(CORE)
    const before = await written(here)
    expect(await said(here.on('10:05', CHAIR, 'B1', 'votes.put'))).toContain('Nothing is recommended on B1.')
    expect(await written(here)).toEqual(before)
  })

  test('is amended, and how it read before is kept', async () => {
    here = await graveshamInSession(CORE)
    await here.on('10:05', CHAIR, 'B1', 'votes.put', { text: 'the lamps be lit' })
    expect(await said(here.press('10:06', CHAIR, 'votes.amend', { text: 'the lamps be lit until midnight' }))).toContain(
      'It reads as amended.',
    )
    await here.on('10:07', CHAIR, 'B1', 'votes.agree')
    expect(await here.register()).toEqual(['RESOLVED, as amended, that the lamps be lit until midnight.'])
    const wordings = await here.house.handles.reading.selectFrom('motion_wording').orderBy('version').select('parts').execute()
    expect(wordings.map(({ parts }) => parts)).toEqual(['["the lamps be lit"]', '["the lamps be lit until midnight"]'])
  })

  test('amended to what it says already is not amended', async () => {
    here = await graveshamInSession(CORE)
    await here.on('10:05', CHAIR, 'B1', 'votes.put', { text: 'the lamps be lit' })
    await here.press('10:06', CHAIR, 'votes.amend', { text: 'The lamps be lit'.replace('T', 't') })
    await here.on('10:07', CHAIR, 'B1', 'votes.agree')
    expect(await here.register()).toEqual(['RESOLVED that the lamps be lit.'])
  })

  test.each([
    ['votes.withdraw', 'withdrawn', 'It was withdrawn. Nothing is decided on it.'],
    ['votes.defer', 'deferred', 'It is deferred to a later meeting. Nothing is decided on it.'],
  ])('%s: nothing is decided on it, and said again it changes nothing', async (command, state, says) => {
    here = await graveshamInSession(CORE)
    await here.on('10:05', CHAIR, 'B1', 'votes.put', { text: 'the lamps be lit' })
    expect(await said(here.press('10:06', CHAIR, command))).toContain(says)
    await here.press('10:07', CLERK, command)
    const motion = await here.motion()
    const before = await written(here)
    expect(await said(here.on('10:08', CHAIR, 'B1', 'votes.agree', { motion }))).toContain(`That motion on B1 is ${state}.`)
    expect(await written(here)).toEqual(before)
    expect(await here.register()).toEqual([])
  })

  test('withdrawn with its vote open is not decided when the meeting closes', async () => {
    here = await graveshamInSession(CORE)
    await here.on('10:05', CHAIR, 'B1', 'votes.put', { text: 'the lamps be lit' })
    await here.on('10:06', CHAIR, 'B1', 'votes.open', { minutes: '5' })
    await here.press('10:07', POLICE, 'votes.cast', { choice: 'for' })
    await here.press('10:08', CHAIR, 'votes.withdraw')
    const before = await written(here)
    here.clock('10:20')
    await here.house.bot.doDue()
    expect(await written(here)).toEqual(before)
    await here.room('10:30', CHAIR, 'attendance.close', { allTheSame: 'yes' })
    expect(await here.register()).toEqual([])
    expect(await said(here.press('10:31', CHAIR, 'votes.motion'))).toContain('withdrawn')
  })

  test('of several on one item is the one that is pressed', async () => {
    here = await graveshamInSession(CORE)
    await here.on('10:05', CHAIR, 'B1', 'votes.put', { text: 'the lamps be lit' })
    const first = await here.motion()
    await here.on('10:06', CHAIR, 'B1', 'votes.put', { text: 'the lamps be dimmed' })
    expect(await said(here.on('10:07', CHAIR, 'B1', 'votes.agree'))).toContain('There are 2 motions on B1.')
    const business = await said(here.room('10:07', CHAIR, 'votes.business'))
    expect(business).toMatch(/Motion 1: .+\n\[Motion 1\]\nMotion 2: .+\n\[Motion 2\]/)
    await here.on('10:08', CHAIR, 'B1', 'votes.agree', { motion: first })
    expect(await here.register()).toEqual(['RESOLVED that the lamps be lit.'])
  })
})

describe('the meeting agrees', () => {
  test('to what the paper recommends, at one press and in the words of the notes', async () => {
    here = await graveshamInSession(CORE, { before: recommends('B1', RECOMMENDATIONS) })
    await here.on('10:05', CHAIR, 'B1', 'votes.agree', { how: 'agreed' })
    expect(await here.register()).toEqual([
      'RESOLVED that the Gravesham Community Safety Partnership:\n(a) agree the priorities for 2027;\n(b) note the risks.',
    ])
  })

  test('to note a report, whatever it recommends', async () => {
    here = await graveshamInSession(CORE, { before: recommends('B1', RECOMMENDATIONS) })
    await here.on('10:05', CHAIR, 'B1', 'votes.agree', { how: 'noted' })
    expect(await here.register()).toEqual([
      'RESOLVED that the Gravesham Community Safety Partnership note the contents of the report.',
    ])
  })

  test('to it as amended', async () => {
    here = await graveshamInSession(CORE, { before: recommends('B1', RECOMMENDATIONS) })
    await here.on('10:05', CHAIR, 'B1', 'votes.agree', { how: 'amended', text: 'agree the priorities for 2027 and 2028' })
    expect(await here.register()).toEqual([
      'RESOLVED, as amended, that the Gravesham Community Safety Partnership agree the priorities for 2027 and 2028.',
    ])
  })

  test('as amended, and nobody has said how it reads: it is asked', async () => {
    here = await graveshamInSession(CORE, { before: recommends('B1', RECOMMENDATIONS) })
    expect(await said(here.on('10:05', CHAIR, 'B1', 'votes.agree', { how: 'amended' }))).toContain('Say how B1 reads as amended.')
    expect(await here.register()).toEqual([])
  })

  test('pressed twice by two hands, it is decided once', async () => {
    here = await graveshamInSession(CORE)
    await here.on('10:05', CHAIR, 'B1', 'votes.put', { text: 'the lamps be lit' })
    const motion = await here.motion()
    await here.on('10:06', CHAIR, 'B1', 'votes.agree', { motion })
    expect(await said(here.on('10:06', CLERK, 'B1', 'votes.agree', { motion }))).toContain('That motion on B1 is decided.')
    expect(await here.register()).toHaveLength(1)
  })

  test('and the entry says how, who presided, the quorum and the clause', async () => {
    here = await graveshamInSession(CORE)
    await here.on('10:05', CLERK, 'B1', 'votes.agree', { text: 'the lamps be lit' })
    const card = await said(here.say('10:06', POLICE, 'decision 1'))
    for (const line of [
      'How: agreed without a vote',
      'Standing: draft until the notes are approved',
      'Presiding: Cllr Imogen Fairley (Chair)',
      'Quorum: 4 represented, 3 needed',
      'Recorded by: Grace Holloway',
      'The quorum for Partnership meetings will be three core members.',
    ])
      expect(card).toContain(line)
  })

  test('by consensus, where the terms say so: who presides declares it', async () => {
    here = await kcspInSession(SIX)
    await here.on('10:05', KCSP.chair, 'B1', 'votes.agree', { text: 'agree the grant' })
    expect(await said(here.say('10:06', KCSP.police, 'decision 1'))).toContain('How: by consensus')
  })

  test('that the notes of the last meeting were a correct record, in the customary words', async () => {
    const house = await openTestHouse({ at: '2026-12-20T10:00:00Z' })
    const meeting = await callMeeting(house, (await boardCalled(house, 'KCSP')) ?? '', '2027-01-20')
    here = await opened(
      decidingAt(house, meeting, (hour) => `2027-01-20T${hour}:00Z`),
      SIX,
    )
    const notes = (await here.agenda.shown()).find((one) => /notes/i.test(one))?.split(' ')[0] ?? ''
    await here.on('10:05', KCSP.chair, notes, 'votes.agree', { how: 'agreed' })
    expect(await here.register()).toEqual([
      'RESOLVED that the notes of the meeting held on Wednesday 13 January 2027 were a correct record.',
    ])
  })

  test('what may not be decided by a member, an invitee, or somebody of another board', async () => {
    here = await graveshamInSession([...CORE, OPCC])
    const before = await written(here)
    for (const name of [POLICE, OPCC]) {
      const answer = await here.on('10:05', name, 'B1', 'votes.agree', { text: 'the lamps be lit' })
      expect(answer.kind).toBe('refusal')
    }
    expect(await said(here.on('10:05', KCSP.districts, 'B1', 'votes.agree', { text: 'x' }))).toContain('I know of no such')
    expect(await written(here)).toEqual(before)
  })
})

describe('nothing is decided', () => {
  test.each([
    ['waits', 'The meeting waits for a quorum: nothing is decided meanwhile.'],
    ['adjourned', 'The meeting is adjourned: nothing is decided meanwhile.'],
  ])('while the meeting %s', async (how, says) => {
    here = await graveshamInSession(how === 'waits' ? [CHAIR, FIRE] : CORE)
    await here.room('10:05', CHAIR, 'attendance.proceed', { how })
    expect(await said(here.on('10:06', CHAIR, 'B1', 'votes.agree', { text: 'the lamps be lit' }))).toContain(says)
    expect(await here.register()).toEqual([])
  })

  test('before it is opened, and after it is closed', async () => {
    here = await graveshamInSession(CORE)
    await here.room('10:05', CHAIR, 'attendance.close', { allTheSame: 'yes' })
    expect(await said(here.on('10:06', CLERK, 'B1', 'votes.agree', { text: 'the lamps be lit' }))).toContain('is closed')
    expect(await here.register()).toEqual([])
  })

  test('where nobody presides', async () => {
    here = await graveshamInSession([POLICE, PROBATION, COUNTY])
    expect(await said(here.on('10:05', CLERK, 'B1', 'votes.agree', { text: 'the lamps be lit' }))).toContain(
      'Nobody presides. Those present choose one of them',
    )
    await here.room('10:06', CLERK, 'attendance.preside', { person: await here.id(POLICE), allTheSame: 'yes' })
    await here.on('10:07', POLICE, 'B1', 'votes.agree', { text: 'the lamps be lit' })
    expect(await said(here.say('10:08', CLERK, 'decision 1'))).toContain('Presiding: Daniel Okafor (member presiding)')
  })

  test('without a quorum, with the clause; informally it is a recommendation for ratification', async () => {
    here = await graveshamInSession([CHAIR, FIRE])
    const refused = await said(here.on('10:05', CHAIR, 'B1', 'votes.agree', { text: 'agree the lamps' }))
    expect(refused).toContain('The meeting has no quorum.')
    expect(refused).toContain('The quorum for Partnership meetings will be three core members.')
    await here.room('10:06', CHAIR, 'attendance.proceed', { how: 'informal' })
    await here.on('10:07', CHAIR, 'B1', 'votes.agree', { text: 'agree the lamps' })
    expect(await here.register()).toEqual([
      'RECOMMENDED, for ratification by a later meeting, as there was no quorum, that the Gravesham Community Safety Partnership agree the lamps.',
    ])
  })

  test('while the item alone has no quorum, until it is said that it is a recommendation', async () => {
    here = await graveshamInSession([CHAIR, FIRE, POLICE])
    const item = await here.agenda.id('B1')
    await here.room('10:05', POLICE, 'attendance.declare', { item, nature: 'a relation', does: 'withdraws now' })
    const doubt = await here.on('10:06', CHAIR, 'B1', 'votes.agree', { text: 'agree the lamps' })
    expect(textOf(doubt)).toContain('Without those who have withdrawn there is no quorum for this item')
    expect(await here.register()).toEqual([])
    await here.on('10:07', CHAIR, 'B1', 'votes.agree', { text: 'agree the lamps', withoutQuorum: 'yes' })
    expect((await here.register())[0]).toContain('RECOMMENDED, for ratification')
  })
})

describe('a member does not agree', () => {
  const put = async (people: readonly string[] = SIX) => {
    here = await kcspInSession(people)
    await here.on('10:05', KCSP.chair, 'B1', 'votes.put', { text: 'agree the grant' })
  }

  test('and is offered discussion, deferral, a vote, or being recorded', async () => {
    await put()
    expect(await said(here.press('10:06', KCSP.police, 'votes.dissent', { why: 'the sum is too small' }))).toContain(
      'Not agreed by: Kent Police.',
    )
    const doubt = await here.on('10:07', KCSP.chair, 'B1', 'votes.agree')
    const text = textOf(doubt)
    for (const offered of ['Go on discussing it', '“defer B1”', '“put B1 to the vote”', 'Record the dissent and decide'])
      expect(text).toContain(offered)
    expect(await here.register()).toEqual([])
    await here.on('10:08', KCSP.chair, 'B1', 'votes.agree', { motion: await here.motion(), dissents: 'recorded' })
    const card = await said(here.say('10:09', KCSP.police, 'decision 1'))
    expect(card).toContain('Kent Police (Daniel Okafor): the sum is too small')
  })

  test('said again it changes nothing, and who is content after all is heard', async () => {
    await put()
    await here.press('10:06', KCSP.police, 'votes.dissent')
    await here.press('10:07', KCSP.police, 'votes.dissent')
    expect(await here.house.handles.reading.selectFrom('dissent').select('seq').execute()).toHaveLength(1)
    await here.press('10:08', KCSP.police, 'votes.content')
    await here.on('10:09', KCSP.chair, 'B1', 'votes.agree')
    expect(await said(here.say('10:10', KCSP.police, 'decision 1'))).not.toContain('DISSENT')
  })

  test('typed after a decision, which may be about something else, it is asked about, and recorded beside it', async () => {
    await put()
    await here.on('10:06', KCSP.chair, 'B1', 'votes.agree')
    const before = await written(here)
    const doubt = await here.say('10:07', KCSP.police, 'I disagree, the sum is too small')
    expect(textOf(doubt)).toContain('I am not sure, and have done nothing yet.')
    expect(await written(here)).toEqual(before)
    await here.say('10:08', KCSP.police, 'I disagree with B1, the sum is too small')
    expect(await said(here.say('10:09', KCSP.police, 'decision 1'))).toContain(
      'Kent Police (Daniel Okafor), said since: the sum is too small',
    )
  })

  test('an invitee’s is none', async () => {
    await put([...SIX, KCSP.housing])
    const before = await written(here)
    expect(await said(here.press('10:06', KCSP.housing, 'votes.dissent'))).toContain('Only who sits for a member has a say')
    expect(await written(here)).toEqual(before)
  })

  test('is recorded by the clerk for who says it, and by nobody else', async () => {
    await put()
    const person = await here.id(KCSP.fire)
    expect(await said(here.press('10:06', KCSP.police, 'votes.dissent', { person }))).toContain('Only the clerk records')
    expect(await said(here.press('10:07', CLERK, 'votes.dissent', { person }))).toContain('Not agreed by: KFRS.')
  })

  test('who has withdrawn for the item has no say in it', async () => {
    await put()
    const item = await here.agenda.id('B1')
    await here.room('10:06', KCSP.police, 'attendance.declare', { item, nature: 'a relation', does: 'withdraws now' })
    expect(await said(here.press('10:07', KCSP.police, 'votes.dissent'))).toContain('has no say in it')
  })

  test('what is typed with it decided is not lost: it is said again', async () => {
    await put()
    await here.press('10:06', KCSP.police, 'votes.dissent')
    const text = await said(here.on('10:07', KCSP.chair, 'B1', 'votes.agree', { how: 'amended', text: 'agree half' }))
    expect(text).toContain('say it again with “all the same” at the end')
    await here.on('10:08', KCSP.chair, 'B1', 'votes.agree', { how: 'amended', text: 'agree half', allTheSame: 'yes' })
    expect(await here.register()).toEqual(['RESOLVED, as amended, that the Kent Community Safety Partnership agree half.'])
  })
})

test('the card of the business shows what is moved, and what was decided', async () => {
  here = await graveshamInSession(CORE, { before: recommends('B1', RECOMMENDATIONS) })
  const before = await said(here.room('10:05', CHAIR, 'votes.business'))
  expect(before).toContain('B1 Street lighting\n[Agreed] [Noted] [Agreed as amended] [Put a motion] [Put to the vote]')
  expect(await said(here.room('10:05', POLICE, 'votes.business'))).not.toContain('[Agreed]')
  await here.on('10:06', CHAIR, 'B1', 'votes.agree')
  expect(await said(here.room('10:07', CHAIR, 'votes.business'))).toContain('Decision 1: RESOLVED that')
})
