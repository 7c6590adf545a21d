import { afterEach, describe, expect, test } from 'vitest'
import { callMeeting, delivered, done } from '../../agenda/setting.js'
import { assisted } from '../../apologies/assisted.js'
import { boardCalled, DARDR_ROSTER, GRAVESHAM_ROSTER, personCalled, setUpBoard, WORKING_GROUP_ROSTER } from '../../boards.js'
import { FIRE as CANDIDATE, inSession, OPCC as SECONDER, twoStand } from '../../elections/setting.js'
import { openTestHouse, type TestHouse, textOf } from '../../house.js'
import { papersOf, withItems } from '../../papers/setting.js'
import { KCSP, kcspInSession } from '../../votes/setting.js'

const CLERK = 'Grace Holloway'
const CHAIR = 'Cllr Margaret Ashdown'
const MEMBER = 'Daniel Okafor'
const INVITED = 'Nadia Flynn'

let house: TestHouse
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const page = async (name: string): Promise<string> => textOf(await house.say(name, 'home'))
/** How many nodes the page of somebody has. */
async function nodes(name: string): Promise<number> {
  const answer = await house.say(name, 'home')
  if (answer.kind !== 'card') throw new Error(textOf(answer))
  return answer.card.body.length
}
/** What stands under a heading, or on the whole page where there is none such. */
const under = (text: string, heading: string): string => text.split(`${heading}\n`)[1]?.split(/\n(?=[A-Z][A-Z ]+\n)/)[0] ?? ''

describe('my meetings and answers', () => {
  test('one that is not answered, with what answers it', async () => {
    house = await openTestHouse()
    expect(under(await page(MEMBER), 'YOUR MEETINGS')).toContain(
      'KCSP, Wednesday 16 December 2026, 10:00, Online. You have not answered yet. Will you come?\n' +
        "[I'll be there] [Send apologies] [Name a substitute] [Agenda]",
    )
  })

  test.each([
    { what: 'who comes', words: "I'll be there", says: 'You will be there. Thank you.\n[Send apologies] [Name a substitute]' },
    {
      what: 'who does not',
      words: 'apologies for the next meeting, Ruth Hale will substitute',
      says: 'You send apologies. Ruth Hale will substitute.\n[I can come after all] [Change the substitute]',
    },
  ])('of $what, what they have answered', async ({ words, says }) => {
    house = await openTestHouse()
    await house.say(MEMBER, words)
    expect(await page(MEMBER)).toContain(says)
  })

  test('a substitute sees for whom they sit; who has no part sees no meeting', async () => {
    house = await openTestHouse()
    expect(await page('Ruth Hale')).toBe('Your page\nYou have no seat or office on a board. Ask its clerk.\n[Help]')
    await house.say(MEMBER, 'apologies for the next meeting, Ruth Hale will substitute')
    expect(await page('Ruth Hale')).toContain('You substitute for Daniel Okafor, Kent Police.')
  })

  test('the one after the next stands below it, and no third; each is answered by its own press', async () => {
    house = await openTestHouse()
    const board = (await boardCalled(house, 'KCSP')) ?? ''
    for (const day of ['2027-01-20', '2027-02-17']) await callMeeting(house, board, day)
    const text = await page(MEMBER)
    expect(text).toContain('KCSP, Wednesday 20 January 2027, 10:00')
    expect(text).not.toContain('February')
  })

  test('those of several boards stand in the order in which they are held', async () => {
    house = await openTestHouse()
    await callMeeting(house, (await boardCalled(house, 'KCSP')) ?? '', '2027-01-20')
    await callMeeting(house, await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER), '2026-12-17')
    const days = [...(await page(MEMBER)).matchAll(/^(\w+)[\w ]*, \w+ (\d+ \w+ \d+), 10:00/gm)]
    expect(days.map(([, board, day]) => `${board} ${day}`)).toEqual([
      'KCSP 16 December 2026',
      'Gravesham 17 December 2026',
      'KCSP 20 January 2027',
    ])
  })

  test('who is of a subgroup alone sees no meeting of its parent; a guest sees theirs', async () => {
    house = await openTestHouse()
    await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
    expect(await page('Moira Lennox')).not.toContain('Wednesday 16 December 2026')
    const subject = await house.meeting()
    const guest = { name: 'Moira Lennox', email: 'moira.lennox@example.org' }
    await done(house.press(CHAIR, { command: 'agenda.invite', subject, values: guest }))
    expect(await page('Moira Lennox')).toContain('KCSP, Wednesday 16 December 2026, 10:00, Online.\n[Agenda]')
  })

  test('a deputy sees what stands for whom they deputise, and answers for them', async () => {
    house = await assisted({})
    expect(await page('Ruth Hale')).toContain(
      'KCSP, Wednesday 16 December 2026, 10:00, Online. Kent Police: Daniel Okafor has not answered yet.\n' +
        "[I'll be there] [Send apologies] [Name a substitute] [Agenda]",
    )
  })

  test('one that is far off stands there alone, and not after another', async () => {
    house = await openTestHouse()
    const board = (await boardCalled(house, 'KCSP')) ?? ''
    await callMeeting(house, board, '2027-07-14')
    expect(await page(MEMBER)).not.toContain('July')
    house.clock.set('2026-12-18T10:00:00Z')
    expect(await page(MEMBER)).toContain('KCSP, Wednesday 14 July 2027, 10:00')
  })

  test('while it sits, the way into the room; on its day, the way to join', async () => {
    house = await openTestHouse()
    await house.say(
      CLERK,
      'move the next meeting to 16 December 2026 at 10 am online at https://meet.example.org/x, all the same',
    )
    house.clock.set('2026-12-16T09:30:00Z')
    await house.say(CLERK, 'open the meeting')
    expect(await page(MEMBER)).toContain('It is in session.\n[The meeting now]')
  })
})

describe('my votes', () => {
  test('a vote that is open stands on the page of who may vote, and whether they have; never how', async () => {
    const kcsp = await kcspInSession([KCSP.chair, KCSP.police, KCSP.opcc, KCSP.fire, KCSP.nhs, KCSP.districts])
    house = kcsp.house
    await kcsp.on('10:05', KCSP.chair, 'B1', 'votes.put', { text: 'Agree the grant' })
    expect(await page(KCSP.police)).not.toContain('VOTES')
    await kcsp.on('10:06', CLERK, 'B1', 'votes.open', {
      motion: await kcsp.motion(),
      byAgreement: 'yes',
      ends: 'hand',
      allTheSame: 'yes',
    })
    expect(under(await page(KCSP.police), 'VOTES')).toContain('B1 Grant (KCSP). Kent Police has not voted.\n[Vote]')
    await done(kcsp.press('10:07', KCSP.police, 'votes.cast', { choice: 'against' }))
    const text = under(await page(KCSP.police), 'VOTES')
    expect(text).toContain('The vote of Kent Police is in.\n[See the vote]')
    expect(text).not.toMatch(/against/i)
    for (const name of [KCSP.housing, 'June Whitfield']) expect(await page(name)).not.toContain('B1 Grant')
    expect(under(await page(CLERK), 'KCSP AT A GLANCE')).toContain('Votes: 1 open')
  })

  test('of an item that is not on the public agenda, to who may vote alone', async () => {
    const kcsp = await kcspInSession([KCSP.chair, KCSP.police, KCSP.opcc, KCSP.fire, KCSP.nhs, KCSP.districts], {
      before: ({ agenda }) => agenda.has('Canary', 'X'),
    })
    house = kcsp.house
    await kcsp.on('10:05', KCSP.chair, 'X1', 'votes.put', { text: 'Agree it' })
    await kcsp.on('10:06', CLERK, 'X1', 'votes.open', {
      motion: await kcsp.motion(),
      byAgreement: 'yes',
      ends: 'hand',
      allTheSame: 'yes',
    })
    expect(await page(KCSP.police)).toContain('X1 Canary (KCSP). Kent Police has not voted.')
    for (const name of [KCSP.housing, 'Ruth Hale', 'June Whitfield']) expect(await page(name)).not.toMatch(/Canary|X1/)
  })

  test('a nomination is accepted or declined from the page', async () => {
    const to = await inSession()
    house = to.house
    const item = await to.agenda.id('A4')
    await done(to.press('10:01', SECONDER, 'elections.nominate', { nominee: await to.id(CANDIDATE) }, item))
    expect(under(await page(CANDIDATE), 'VOTES')).toContain('You are nominated for Vice-Chair (KCSP).\n[Accept or decline]')
    expect(await page(SECONDER)).not.toContain('nominated')
  })

  test('of a secret ballot it is shown whether their body has voted, and nothing else of it', async () => {
    const to = await twoStand()
    house = to.house
    await done(to.press('10:02', CLERK, 'elections.open', { ballot: 'secret', ends: 'hand', allTheSame: 'yes' }))
    expect((await to.facts()).election.rounds.at(-1)?.publicKey).not.toBeNull()
    expect(under(await page(MEMBER), 'VOTES')).toContain('Kent Police has not voted.\n[Vote]')
    const other = await page(CHAIR)
    await to.votes('10:03', MEMBER, CANDIDATE)
    expect(under(await page(MEMBER), 'VOTES')).toContain('The vote of Kent Police is in.\n[See the ballot]')
    expect(await page(MEMBER)).not.toContain(CANDIDATE)
    expect(await page(CHAIR)).toBe(other)
  })
})

describe('my papers', () => {
  const sent = async () => {
    house = await openTestHouse()
    const papers = papersOf(house, await house.meeting())
    await withItems(papers)
    for (const item of ['B1', 'D1', 'X1']) await done(papers.send(CLERK, item, `${item}.pdf`))
    return papers
  }

  test.each([
    { who: 'a member', name: MEMBER, opens: ['B1', 'D1', 'X1'] },
    { who: 'the clerk', name: CLERK, opens: ['B1', 'D1', 'X1'] },
    { who: 'an invited body', name: INVITED, opens: ['B1'] },
    { who: 'a colleague without a part', name: 'Ruth Hale', opens: [] },
  ])('$who opens what is theirs of the next meeting', async ({ name, opens }) => {
    await sent()
    const text = await page(name)
    expect([...text.matchAll(/\[Open (\w+)\]/g)].map(([, number]) => number)).toEqual(opens)
    if (opens.includes('B1')) expect(text).toContain('KCSP, Wednesday 16 December 2026: B1 Grant')
    if (!opens.includes('X1')) expect(text).not.toMatch(/Hidden matter|X1/)
  })

  test('an author sends what is asked of them, also one who is nobody else to the board', async () => {
    const papers = await sent()
    await done(papers.on(CLERK, 'B2', 'papers.describe', { author: await personCalled(house, 'Ann Castle') }))
    expect(under(await page('Ann Castle'), 'PAPERS')).toContain(
      'Send your paper: B2 Burglary. For KCSP, Wednesday 16 December 2026, by Tuesday 8 December 2026, 17:00.\n[Send the paper]',
    )
    expect(await page('Ann Castle')).not.toMatch(/B1|YOUR MEETINGS|GLANCE/)
    house.clock.set('2026-12-09T10:00:00Z')
    expect(await page('Ann Castle')).toContain('late: it was due by Tuesday 8 December 2026, 17:00.')
    house.clock.set('2026-12-01T10:00:00Z')
    await done(papers.send('Ann Castle', 'B2', 'B2.pdf'))
    expect(await page('Ann Castle')).not.toContain('Send your paper')
  })
})

describe('what is due, and the board at a glance', () => {
  test.each([
    { who: 'the clerk', name: CLERK, due: 'Circulate the papers', glance: true },
    { who: 'the chair', name: CHAIR, due: 'Agree the agenda', glance: true },
    { who: 'a member', name: MEMBER, due: '', glance: false },
    { who: 'an invited body', name: INVITED, due: '', glance: false },
  ])('$who', async ({ name, due, glance }) => {
    house = await openTestHouse()
    const text = await page(name)
    expect(under(text, 'WHAT IS DUE').slice(0, due.length + 2)).toBe(due && `- ${due}`)
    expect(text.includes('KCSP AT A GLANCE')).toBe(glance)
  })

  test('before the meeting: the forecast, who is silent, the agenda and the papers', async () => {
    house = await openTestHouse()
    const papers = papersOf(house, await house.meeting())
    await withItems(papers)
    await done(papers.send(CLERK, 'B1', 'B1.pdf'))
    await done(house.press(MEMBER, { command: 'agenda.propose', subject: papers.meeting, values: { title: 'Knives' } }))
    expect(under(await page(CHAIR), 'KCSP AT A GLANCE')).toContain(
      [
        'Next meeting: Wednesday 16 December 2026, 10:00, Online',
        'Quorum: 3 of the 4 responsible authorities needed say they will be represented.',
        'Not answered: 6 of 9 seats',
        'Agenda: a draft, 1 proposal to place',
        'Papers: 1 in, 3 awaited, not sent out yet',
        '[Who is coming] [Agenda] [Papers]',
      ].join('\n'),
    )
    await papers.circulate()
    await delivered(house)
    expect(await page(CHAIR)).toContain('awaited, sent out')
  })

  test('an hour before it, the clerk opens it; while it sits, the business', async () => {
    house = await openTestHouse()
    house.clock.set('2026-12-16T09:10:00Z')
    expect(under(await page(CLERK), 'KCSP AT A GLANCE')).toContain('[Open the meeting] [Who is coming]')
    expect(under(await page(CHAIR), 'KCSP AT A GLANCE')).not.toContain('[Open the meeting]')
    house.clock.set('2026-12-16T10:00:00Z')
    await house.say(CLERK, 'open the meeting')
    const text = under(await page(CLERK), 'KCSP AT A GLANCE')
    expect(text).toContain('In session: Wednesday 16 December 2026, 10:00, Online')
    expect(text).toContain('[Who is here] [Business] [Agenda] [Papers]')
    expect(text).not.toContain('Quorum')
  })

  test('once it is over the notes are due, and the next is called from the page', async () => {
    house = await openTestHouse()
    house.clock.set('2026-12-16T10:00:00Z')
    await house.say(CLERK, 'open the meeting')
    house.clock.set('2026-12-16T11:00:00Z')
    await house.say(CLERK, 'close the meeting, all the same')
    const text = await page(CLERK)
    expect(under(text, 'WHAT IS DUE')).toContain('Draft the notes: KCSP, Wednesday 16 December 2026')
    expect(under(text, 'KCSP AT A GLANCE')).toContain('No meeting is called.\n[Call a meeting]')
    expect(await page(MEMBER)).toContain('No meeting of yours is called, and nothing is due.')
  })
})

test.each(['home', 'Home', 'my page', 'overview', 'show my page', 'Please open my home page'])('“%s” opens it', async (words) => {
  house = await openTestHouse()
  expect(textOf(await house.say(MEMBER, words))).toMatch(/^Your page/)
})

test.each(['I am at home', 'home office', 'overview of crime', 'the page is blank'])('“%s” does not', async (words) => {
  house = await openTestHouse()
  expect(textOf(await house.say(MEMBER, words))).not.toMatch(/^Your page/)
})

test('somebody on three boards, with all that there may be, has a page of forty nodes at most', async () => {
  house = await openTestHouse()
  const others = [
    await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER),
    await setUpBoard(house, 'dardr-steering-group-2025', DARDR_ROSTER),
  ]
  const boards = [(await boardCalled(house, 'KCSP')) ?? '', ...others]
  const days = ['2026-12-17', '2026-12-18', '2027-01-20', '2027-01-21', '2027-01-22']
  const meetings = [await house.meeting()]
  for (const [at, day] of days.entries()) meetings.push(await callMeeting(house, boards[(at + 1) % 3] ?? '', day))
  for (const meeting of meetings.slice(0, 3)) {
    const papers = papersOf(house, meeting)
    await papers.has('Grant', 'B')
    await papers.has('Vetting', 'B')
    await done(papers.on(CLERK, 'B2', 'papers.describe', { author: await personCalled(house, MEMBER) }))
    await done(papers.send(CLERK, 'B1', 'B1.pdf'))
  }
  const text = await page(MEMBER)
  for (const board of ['KCSP', 'Gravesham CSP', 'DARDR SG']) expect(text).toContain(`${board}, `)
  expect(text.match(/Send your paper/g)).toHaveLength(3)
  expect(await nodes(MEMBER)).toBeLessThanOrEqual(40)
  expect(await nodes(CLERK)).toBeLessThanOrEqual(40)
})
