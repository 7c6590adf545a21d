import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { emailOf } from '../../../src/demonstration/people.js'
import { newId } from '../../../src/kernel/ids.js'
import { boardCalled, GRAVESHAM_ROSTER, personCalled, setUpBoard, WORKING_GROUP_ROSTER } from '../../boards.js'
import { type TestHouse, textOf } from '../../house.js'
import {
  agendaOf,
  CHAIR,
  CLERK,
  callMeeting,
  DIRECTOR,
  delivered,
  done,
  type OnAgenda,
  openSettled,
  POLICE,
  PORTFOLIO_HOLDER,
} from '../setting.js'

let house: TestHouse
let kcsp: OnAgenda
beforeEach(async () => {
  house = await openSettled()
  kcsp = agendaOf(house, await house.meeting())
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const GUEST = 'Vera Lund'
const email = emailOf(GUEST)
const refused = (code: string) => ({ kind: 'refusal', refusal: { code } })

const invitations = () =>
  house.handles.reading
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .leftJoin('organisation', 'organisation.id', 'invitation.organisation_id')
    .select(['invitation.id', 'person.name', 'organisation.name as body', 'invitation.state', 'item_id'])
    .orderBy('invitation.at')
    .execute()

describe('who may invite a non-member', () => {
  test.each([CHAIR, CLERK])('to the KCSP: %s', async (name) => {
    expect((await kcsp.press(name, 'agenda.invite_form')).kind).toBe('form')
    expect(textOf(await kcsp.press(name, 'agenda.invite', { name: GUEST, email }))).toContain('Vera Lund is invited.')
    expect(await invitations()).toMatchObject([{ name: GUEST, state: 'invited', item_id: null, body: null }])
  })

  test.each([POLICE, 'Nadia Flynn'])('not %s, with the clause', async (name) => {
    for (const command of ['agenda.invite', 'agenda.invite_form']) {
      const answer = await kcsp.press(name, command, { name: GUEST, email })
      expect(answer).toMatchObject(refused('not_permitted'))
      expect(textOf(answer)).toContain('Only the chair may invite non-members under the terms of this board.')
      expect(textOf(answer)).toContain('Clause 7: “Attendance by non-members is at the invitation of the Chair.”')
    }
    expect(await invitations()).toEqual([])
  })

  test('to Gravesham and to the working group: the chair, no other officer or member; and the clerk', async () => {
    const gravesham = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
    const group = await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
    const boards = [
      {
        board: gravesham,
        time: '10:00',
        may: [PORTFOLIO_HOLDER, CLERK],
        mayNot: ['Mark Dunn', POLICE, DIRECTOR, 'Elliot Grange'],
      },
      { board: group, time: '14:00', may: ['Aisha Rahman', CLERK], mayNot: ['Moira Lennox', 'Ruth Hale', 'Rob Tilley'] },
    ]
    for (const { board, time, may, mayNot } of boards) {
      const agenda = agendaOf(house, await callMeeting(house, board, '2027-01-20', time))
      for (const name of mayNot) {
        const answer = await agenda.press(name, 'agenda.invite', { name: GUEST, email })
        expect(answer, name).toMatchObject(refused('not_permitted'))
        expect(textOf(answer)).toContain('Clause ')
      }
      for (const [at, name] of may.entries()) {
        expect((await agenda.press(name, 'agenda.invite', { name: `Guest ${'AB'[at]}` })).kind, name).toBe('card')
      }
    }
  })
})

describe('who is invited to the meeting', () => {
  beforeEach(async () => {
    await done(kcsp.press(CHAIR, 'agenda.invite', { name: GUEST, email, organisation: 'Victim Support' }))
    await delivered(house)
  })

  test('is told when and where', () => {
    expect(house.sentTo(GUEST)).toEqual([
      [
        'You are invited',
        'You are invited to the meeting of the Kent Community Safety Partnership.',
        'When: Wednesday 16 December 2026, 10:00\nWhere: Online',
        '[Agenda]',
      ].join('\n'),
    ])
    expect(house.sent).toHaveLength(1)
  })

  test('sees the public agenda, and can print it; of who is invited, and of what is proposed, nothing', async () => {
    await kcsp.press(POLICE, 'agenda.propose', { title: 'Burglary' })
    for (const answer of [await kcsp.press(GUEST, 'agenda.show'), await house.say(GUEST, 'agenda')]) {
      const shows = textOf(answer)
      expect(shows).toContain('A1  Introduction')
      expect(shows).not.toMatch(/By invitation|Burglary/)
      expect(shows).toMatch(/\n\[Papers\] \[Print\]$/)
    }
    expect((await kcsp.press(GUEST, 'agenda.print')).kind).toBe('document')
  })

  test('can do nothing about it', async () => {
    expect(await kcsp.press(GUEST, 'agenda.propose', { title: 'Mine' })).toMatchObject(refused('not_permitted'))
    expect(await kcsp.press(GUEST, 'agenda.agree')).toMatchObject(refused('not_permitted'))
    expect(await kcsp.press(GUEST, 'agenda.invite', { name: 'Another Guest' })).toMatchObject(refused('not_permitted'))
    expect(await kcsp.on(GUEST, 'A1', 'agenda.withdraw')).toMatchObject(refused('not_permitted'))
  })

  test('has the agreed agenda and late items like everyone concerned', async () => {
    await done(kcsp.press(CHAIR, 'agenda.agree'))
    await done(kcsp.press(CHAIR, 'agenda.add_late', { title: 'Surge', letter: 'B', reason: 'It rose.' }))
    house.sent.length = 0
    await delivered(house)
    expect(house.sentTo(GUEST).map((plain) => /A late item was added/.test(plain))).toEqual([false, true])
  })

  test('is shown to officers and members, with the body; to nobody else', async () => {
    for (const name of [CLERK, CHAIR, POLICE])
      expect(textOf(await kcsp.press(name, 'agenda.show'))).toContain('By invitation: Vera Lund (Victim Support)')
    expect(textOf(await kcsp.press('Nadia Flynn', 'agenda.show'))).not.toContain('Vera Lund')
    for (const name of [CLERK, CHAIR]) expect(textOf(await kcsp.press(name, 'agenda.show'))).toContain('[Take back: Vera Lund]')
    expect(textOf(await kcsp.press(POLICE, 'agenda.show'))).not.toContain('[Take back')
  })

  test('is of the board until a day after the meeting began, and then no more', async () => {
    house.clock.set('2026-12-17T09:59:00Z')
    expect((await kcsp.press(GUEST, 'agenda.show')).kind).toBe('card')
    house.clock.set('2026-12-17T10:00:00Z')
    expect(await kcsp.press(GUEST, 'agenda.show')).toMatchObject(refused('not_found'))
  })

  test('is not invited twice, by either name or address; and can be invited for an item besides', async () => {
    for (const values of [
      { name: GUEST, email },
      { name: 'V. Lund', email: email.toUpperCase() },
    ])
      expect(await kcsp.press(CLERK, 'agenda.invite', values)).toMatchObject(refused('conflict'))
    const item = await kcsp.id('A1')
    expect((await kcsp.press(CLERK, 'agenda.invite', { name: GUEST, email, item })).kind).toBe('card')
    expect(await invitations()).toHaveLength(2)
  })

  describe('and then no more', () => {
    let invitation: string
    beforeEach(async () => {
      invitation = (await invitations())[0]?.id ?? ''
      house.sent.length = 0
    })
    const takenBackBy = (name: string) => house.press(name, { command: 'agenda.disinvite', subject: invitation })

    test.each([CHAIR, CLERK])('by %s: is told so, and sees what does not exist', async (name) => {
      expect(textOf(await takenBackBy(name))).toContain('The invitation of Vera Lund is taken back.')
      await delivered(house)
      expect(house.sentTo(GUEST)).toEqual([
        'Your invitation is taken back\nYou need not come to the meeting of the Kent Community Safety Partnership on Wednesday 16 December 2026, 10:00.',
      ])
      for (const command of ['agenda.show', 'agenda.print', 'meetings.show', 'agenda.propose_form']) {
        const answer = await kcsp.press(GUEST, command)
        const none = await house.press(GUEST, { command, subject: newId() })
        expect(answer).toMatchObject(refused('not_found'))
        expect(JSON.stringify(answer)).toBe(JSON.stringify(none))
      }
      expect(JSON.stringify(await house.say(GUEST, 'agenda'))).toBe(JSON.stringify(await house.say('Ruth Hale', 'agenda')))
      expect(await invitations()).toMatchObject([{ id: invitation, state: 'withdrawn' }])
    })

    test('is told nothing of the meeting any more', async () => {
      await takenBackBy(CHAIR)
      await delivered(house)
      house.sent.length = 0
      await kcsp.press(CHAIR, 'agenda.agree')
      await delivered(house)
      expect(house.sentTo(GUEST)).toEqual([])
    })

    test('not by a member; nor twice', async () => {
      expect(await takenBackBy(POLICE)).toMatchObject(refused('not_permitted'))
      await takenBackBy(CHAIR)
      expect(await takenBackBy(CHAIR)).toMatchObject(refused('conflict'))
    })

    test('to who has nothing to do with the board it is as if there were none', async () => {
      const none = await house.press('Ruth Hale', { command: 'agenda.disinvite', subject: newId() })
      expect(await takenBackBy('Ruth Hale')).toMatchObject(refused('not_found'))
      expect(JSON.stringify(await takenBackBy('Ruth Hale'))).toBe(JSON.stringify(none))
    })

    test('can be invited anew', async () => {
      await takenBackBy(CHAIR)
      expect((await kcsp.press(CHAIR, 'agenda.invite', { name: GUEST, email })).kind).toBe('card')
      expect((await kcsp.press(GUEST, 'agenda.show')).kind).toBe('card')
      expect((await invitations()).map(({ state }) => state)).toEqual(['withdrawn', 'invited'])
    })
  })
})

describe('who is invited for an item', () => {
  test('is told which, and all see for which', async () => {
    await kcsp.has('Grant', 'B')
    await done(kcsp.press(CLERK, 'agenda.invite', { name: GUEST, email, item: await kcsp.id('B1') }))
    await delivered(house)
    expect(house.sentTo(GUEST)[0]).toContain(
      'You are invited to the meeting of the Kent Community Safety Partnership, for item B1, Grant.',
    )
    expect(textOf(await kcsp.press(POLICE, 'agenda.show'))).toContain('By invitation: Vera Lund, for item B1')
    expect(textOf(await kcsp.press(GUEST, 'agenda.show'))).toContain('A1  Introduction')
  })

  test('is told by the number that it has when the message goes out', async () => {
    await kcsp.has('Grant', 'B')
    await done(kcsp.press(CLERK, 'agenda.invite', { name: GUEST, email, item: await kcsp.id('B1') }))
    await kcsp.has('Burglary', 'B')
    await done(kcsp.on(CLERK, 'B2', 'agenda.place', { letter: 'B', number: '1' }))
    expect(textOf(await kcsp.press(CLERK, 'agenda.show'))).toContain('Vera Lund, for item B2')
  })

  test('that is not there, waits only, or was withdrawn: refused', async () => {
    await kcsp.press(POLICE, 'agenda.propose', { title: 'Burglary' })
    const withdrawn = await kcsp.id('C2')
    await done(kcsp.on(CLERK, 'C2', 'agenda.withdraw'))
    for (const item of [newId(), await kcsp.id('Burglary'), withdrawn])
      expect(await kcsp.press(CHAIR, 'agenda.invite', { name: GUEST, email, item })).toMatchObject(refused('not_found'))
    expect(await invitations()).toEqual([])
  })

  test('is chosen from the items that are on the public agenda', async () => {
    await kcsp.has('Vetting', 'X')
    const form = textOf(await kcsp.press(CHAIR, 'agenda.invite_form'))
    expect(form).toContain('A1 Introduction')
    expect(form).not.toContain('Vetting')
  })
})

describe('whom', () => {
  test.each([
    { who: 'a member, by name', values: { name: POLICE } },
    { who: 'a member, by a part of the name', values: { name: 'Okafor' } },
    { who: 'a member, by address', values: { name: 'Somebody Else', email: emailOf(POLICE) } },
    { who: 'an invited body’s representative', values: { name: 'Nadia Flynn', email: emailOf('Nadia Flynn') } },
    { who: 'the clerk', values: { name: CLERK } },
  ])('not $who: they are on the board already', async ({ values }) => {
    const answer = await kcsp.press(CHAIR, 'agenda.invite', values)
    expect(answer).toMatchObject(refused('conflict'))
    expect(textOf(answer)).toContain('is on the board, and needs no invitation.')
  })

  test('someone of another board is the same person there and here, and so is their body', async () => {
    await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
    const before = await personCalled(house, 'Elliot Grange')
    const values = { name: 'Elliot Grange', email: emailOf('Elliot Grange'), organisation: 'Victim Support' }
    await done(kcsp.press(CHAIR, 'agenda.invite', values))
    expect(await personCalled(house, 'Elliot Grange')).toBe(before)
    const bodies = await house.handles.reading
      .selectFrom('organisation')
      .select('id')
      .where('name', '=', 'Victim Support')
      .execute()
    expect(bodies).toHaveLength(1)
    expect(await invitations()).toMatchObject([{ name: 'Elliot Grange', body: 'Victim Support' }])
  })

  test('a name alone means the only one whom the house knows by it; of several the address is asked for', async () => {
    await done(kcsp.press(CHAIR, 'agenda.invite', { name: 'Ann Castle' }))
    const castle = await personCalled(house, 'Ann Castle')
    expect(await house.handles.reading.selectFrom('invitation').select('person_id').execute()).toEqual([{ person_id: castle }])
    expect((await kcsp.press('Ann Castle', 'agenda.show')).kind).toBe('card')
    expect(await kcsp.press(CHAIR, 'agenda.invite', { name: 'ann castle' })).toMatchObject(refused('conflict'))
    for (const address of ['a@example.org', 'b@example.org'])
      await done(kcsp.press(CHAIR, 'agenda.invite', { name: 'Sam Porter', email: address }))
    const next = agendaOf(house, await callMeeting(house, (await boardCalled(house, 'KCSP')) ?? '', '2027-03-24'))
    expect(await next.press(CHAIR, 'agenda.invite', { name: 'Sam Porter' })).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'unclear', fields: { email: expect.any(String) } },
    })
  })

  test('somebody new is one person, however often they are invited by name alone', async () => {
    await done(kcsp.press(CHAIR, 'agenda.invite', { name: 'Nobody Known' }))
    expect(await kcsp.press(CHAIR, 'agenda.invite', { name: 'Nobody Known' })).toMatchObject(refused('conflict'))
    expect(await invitations()).toHaveLength(1)
  })

  test.each([
    { what: 'no name', values: {}, field: 'name' },
    { what: 'a name of one letter', values: { name: 'V' }, field: 'name' },
    { what: 'a name of 121', values: { name: 'V'.repeat(121) }, field: 'name' },
    { what: 'what is no address', values: { name: GUEST, email: 'vera' }, field: 'email' },
    { what: 'a body of 201 letters', values: { name: GUEST, organisation: 'x'.repeat(201) }, field: 'organisation' },
    { what: 'an item that is none', values: { name: GUEST, item: 'B1' }, field: 'item' },
  ])('$what is refused at the field', async ({ values, field }) => {
    const answer = await kcsp.press(CHAIR, 'agenda.invite', values)
    expect(answer).toMatchObject(refused('invalid'))
    expect(Object.keys((answer.kind === 'refusal' && answer.refusal.fields) || {})).toEqual([field])
  })

  test('a blank address is none', async () => {
    expect((await kcsp.press(CHAIR, 'agenda.invite', { name: GUEST, email: '', organisation: '' })).kind).toBe('card')
  })
})
