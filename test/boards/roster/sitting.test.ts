import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { textOf } from '../../house.js'
import { CLERK, cardOf, POLICE } from '../county.js'
import {
  and,
  answer,
  appoint,
  but,
  COLLEAGUE,
  close,
  coming,
  county,
  GRAVESHAM,
  gravesham,
  house,
  KCSP,
  kcsp,
  listed,
  open,
  refused,
  representatives,
  seatOf,
} from './clerking.js'

beforeEach(open)
afterEach(close)

describe('a seat that is held jointly', () => {
  const SHARED = but(
    KCSP,
    ['member,representative,Daniel Okafor', 'member,joint representative,Daniel Okafor'],
    ['colleague,Ruth Hale', 'joint representative,Ruth Hale'],
  )
  beforeEach(async () => {
    expect(listed(await county.importRoster(CLERK, kcsp, SHARED))).toEqual([
      'The seat of Kent Police is a member’s, held jointly; it was a member’s.',
      'Ruth Hale represents Kent Police from 22 November 2026.',
    ])
  })

  test('is answered for by each, and counts once', async () => {
    cardOf(await answer(POLICE, 'attend'))
    expect(await coming()).toContain('4 responsible authorities say they will be represented')
    cardOf(await answer(COLLEAGUE, 'attend'))
    expect(await coming()).toContain('4 responsible authorities say they will be represented')
    expect(await coming()).toContain('Kent Police | Daniel Okafor\nKent Police | Ruth Hale')
  })

  test('is represented by one while the other sends apologies, whoever answers first or last', async () => {
    cardOf(await answer(POLICE, 'attend'))
    cardOf(await answer(COLLEAGUE, 'send'))
    expect(await coming()).toContain('4 responsible authorities say they will be represented')
    cardOf(await answer(POLICE, 'send'))
    expect(await coming()).toContain('3 of the 4 responsible authorities needed')
    cardOf(await answer(COLLEAGUE, 'attend'))
    expect(await coming()).toContain('4 responsible authorities say they will be represented')
    expect(await coming()).toContain('Kent Police | Apologies from Daniel Okafor\nKent Police | Ruth Hale')
  })

  test('has a substitute for one, who counts with it once', async () => {
    cardOf(await answer(COLLEAGUE, 'send'))
    expect(cardOf(await answer(POLICE, 'name_substitute', { substitute: await county.idOf('Tariq Aziz') }))).toContain(
      'Tariq Aziz will substitute.',
    )
    expect(await coming()).toContain('4 responsible authorities say they will be represented')
    // Who holds it jointly is nobody's substitute.
    await refused('not_found', async () => answer(POLICE, 'name_substitute', { substitute: await county.idOf(COLLEAGUE) }))
  })

  test('is added to by an appointment, and goes on with the others when one ends', async () => {
    cardOf(await appoint(seatOf('Kent Police'), 'Tariq Aziz'))
    expect((await representatives(kcsp, '2026-11-22')).filter((line) => line.startsWith('Kent Police'))).toHaveLength(3)
    const part = JSON.stringify({ person: 'daniel.okafor@example.org', of: seatOf('Kent Police') })
    cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    expect((await representatives(kcsp, '2026-11-22')).filter((line) => line.startsWith('Kent Police'))).toEqual([
      'Kent Police: Ruth Hale',
      'Kent Police: Tariq Aziz',
    ])
  })
})

describe('a body that was renamed, or has succeeded others', () => {
  const RENAMED = but(
    KCSP,
    ['The Probation Service,Probation,,', 'Probation Delivery Kent,Probation,The Probation Service,'],
    ['The Probation Service,,,,,,colleague', 'Probation Delivery Kent,,,,,,colleague'],
  )

  test('counts under the name that the terms use, for its seat and for who sits there', async () => {
    await county.importRoster(CLERK, kcsp, RENAMED)
    cardOf(await answer('June Whitfield', 'attend'))
    expect(await coming()).toContain('3 of the 4 responsible authorities needed')
    cardOf(await answer(POLICE, 'attend'))
    expect(await coming()).toContain('Counted both ways: 4 of 8 as the terms list them; 4 of 6 by statute.')
  })

  test('does not count where nothing says that it was called so', async () => {
    const said = await county.importRoster(
      CLERK,
      kcsp,
      but(RENAMED.toString(), ['Kent,Probation,The Probation Service,', 'Kent,Probation,,']),
    )
    expect(said).toContain('The quorum counts The Probation Service, and the roster has no member’s seat there')
    for (const who of ['June Whitfield', POLICE]) cardOf(await answer(who, 'attend'))
    expect(await coming()).toContain('3 of the 4 responsible authorities needed')
  })

  test('that has succeeded two listed ones counts once', async () => {
    const merged = but(
      KCSP,
      ['Kent Police,,,,,member', 'Kent Police and Fire Authority,KPFA,Kent Police; Kent Fire and Rescue Service,,,member'],
      ['Kent Police,,,,,,colleague,Ruth', 'Kent Police and Fire Authority,,,,,,colleague,Ruth'],
      ['Kent Police,,,,,,colleague,Tariq', 'Kent Police and Fire Authority,,,,,,colleague,Tariq'],
      [
        'Kent Fire and Rescue Service,KFRS,,,,member,representative,Aisha Rahman,Assistant Director,aisha.rahman@example.org,,,,,,\n',
        '',
      ],
      ['Kent Fire and Rescue Service,,,,,,colleague,Mark Dunn,Group Manager,mark.dunn@example.org,,,,,,\n', ''],
    )
    await county.importRoster(CLERK, kcsp, merged)
    cardOf(await answer(POLICE, 'attend'))
    // The chair and probation's substitute have answered; the fire service's seat is no more.
    expect(await coming()).toContain('Counted both ways: 3 of 7 as the terms list them; 3 of 5 by statute.')
  })

  test('on one board is so on that board alone', async () => {
    const board = await gravesham()
    await county.importRoster(
      CLERK,
      board,
      but(GRAVESHAM, ['Kent Police,,,,,member', 'Kent Police,,Office of the Police and Crime Commissioner,,,member']),
    )
    cardOf(await answer(POLICE, 'attend'))
    expect(await coming()).toContain('4 of 8 as the terms list them')
  })
})

describe('a seat that stands for many bodies', () => {
  const COLLECTIVE = and(
    KCSP,
    'Ashford Borough Council,Ashford,,,,,colleague,Priya Nand,Head of Safety,priya.nand@example.org,,,,,,',
    'Medway Council,,,,,,colleague,Bo Reed,Head of Safety,bo.reed@example.org,,,,,,',
  )

  test('may name a substitute from any of them, and from no other', async () => {
    const said = await county.importRoster(CLERK, kcsp, COLLECTIVE)
    expect(said).toContain('Medway Council has no seat here, so Bo Reed can be named as nobody’s substitute.')
    expect(said).not.toContain('Priya Nand can be named as nobody’s')
    const form = await house.press('Tom Beresford', { command: 'apologies.choose_substitute', subject: await house.meeting() })
    expect(textOf(form)).toContain('Who comes in your place?: Ann Castle, Priya Nand\n')
    await refused('not_found', async () =>
      answer('Tom Beresford', 'name_substitute', { substitute: await county.idOf('Bo Reed') }),
    )
    expect(cardOf(await answer('Tom Beresford', 'name_substitute', { substitute: await county.idOf('Priya Nand') }))).toContain(
      'Priya Nand will substitute.',
    )
  })

  test('is represented by such a substitute', async () => {
    await county.importRoster(CLERK, kcsp, COLLECTIVE)
    cardOf(await answer('Tom Beresford', 'name_substitute', { substitute: await county.idOf('Priya Nand') }))
    expect(await coming()).toContain(
      'Local Authorities (District / Borough Councils) | Priya Nand (substitute for Tom Beresford)',
    )
    expect(await coming()).toContain('4 responsible authorities say they will be represented')
  })
})

describe('while a meeting is called', () => {
  test('a new representative has its card, and the cards of the others follow', async () => {
    cardOf(await answer(POLICE, 'attend'))
    await house.outbox.drain()
    house.sent.length = 0
    house.clock.forward({ seconds: 2 })
    await county.importRoster(
      CLERK,
      kcsp,
      but(KCSP, ['Daniel Okafor,Assistant', 'Ann Lee,Assistant'], ['daniel.okafor@', 'ann.lee@']),
    )
    await house.outbox.drain()
    expect(house.sentTo('Ann Lee')).toEqual([
      expect.stringContaining('You sit for: Kent Police\nYou have not answered yet. Will you come?'),
    ])
    const channel = house.sent.filter(({ to }) => 'place' in to).at(-1)
    expect(channel).toMatchObject({ updates: true, plain: expect.stringContaining('3 of the 4 responsible authorities needed') })
    expect(house.sentTo('Helen Marsh').at(-1)).toContain('3 of the 4 responsible authorities needed')
    expect(cardOf(await answer('Ann Lee', 'attend'))).toContain('4 responsible authorities say they will be represented')
  })

  test('by appointment and by ending too', async () => {
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { email: 'ann.lee@example.org', from: '2026-12-16' }))
    await house.outbox.drain()
    expect(house.sentTo('Ann Lee')).toHaveLength(1)
    house.clock.forward({ seconds: 2 })
    const part = JSON.stringify({ person: 'ann.lee@example.org', of: seatOf('Kent Police') })
    cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    await house.outbox.drain()
    const channel = house.sent.filter(({ to }) => 'place' in to).at(-1)
    expect(channel?.plain).toContain('5 seats have not answered yet.')
  })

  test('who has left is told so on their card, and no figures more', async () => {
    await county.importRoster(
      CLERK,
      kcsp,
      but(KCSP, ['Daniel Okafor,Assistant', 'Ann Lee,Assistant'], ['daniel.okafor@', 'ann.lee@']),
    )
    await house.outbox.drain()
    expect(house.sentTo(POLICE)).toEqual([expect.stringContaining('You hold no seat here on that day.')])
    expect(house.sentTo(POLICE)[0]).not.toContain('responsible authorities')
  })

  test('who follows only after it has no card of it', async () => {
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { email: 'ann.lee@example.org', from: '2026-12-17' }))
    await house.outbox.drain()
    expect(house.sentTo('Ann Lee')).toEqual([])
  })
})
