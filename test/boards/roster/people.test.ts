import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { textOf } from '../../house.js'
import { CLERK, cardOf, POLICE, termsText } from '../county.js'
import {
  and,
  answer,
  appoint,
  but,
  COLLEAGUE,
  close,
  county,
  GRAVESHAM,
  gravesham,
  house,
  KCSP,
  kcsp,
  listed,
  open,
  representatives,
  seatOf,
} from './clerking.js'

beforeEach(open)
afterEach(close)

describe('a person', () => {
  const identities = async (email: string) =>
    (await house.handles.reading.selectFrom('identity').select('person_id').where('user_id', '=', email).execute()).length

  test('on two boards is one, and neither roster ends their part in the other', async () => {
    const before = await county.counts()
    const board = await gravesham()
    expect((await county.counts()).person).toBe((before.person ?? 0) + 14)
    expect(await identities('daniel.okafor@example.org')).toBe(1)
    expect(await representatives(kcsp, '2026-11-22')).toContain('Kent Police: Daniel Okafor')
    expect(await representatives(board, '2026-11-22')).toContain('Kent Police: Daniel Okafor')
    // Ruth Hale, who is nobody in Gravesham now, may still substitute on the KCSP.
    await county.importRoster(
      CLERK,
      board,
      but(
        GRAVESHAM,
        ['Kent Police,,,,,,deputy,Ruth Hale,Chief Superintendent,ruth.hale@example.org,01632 960112,,,,,\n', ''],
        ['Daniel Okafor,Assistant', 'Ann Lee,Assistant'],
        ['daniel.okafor@', 'ann.lee@'],
        ['Daniel Okafor', 'Ann Lee'],
      ),
    )
    expect(await representatives(board, '2026-11-22')).toContain('Kent Police: Ann Lee')
    expect(await representatives(kcsp, '2026-11-22')).toContain('Kent Police: Daniel Okafor')
    expect(cardOf(await answer(POLICE, 'name_substitute', { substitute: await county.idOf(COLLEAGUE) }))).toContain(
      'Ruth Hale will substitute.',
    )
    // The clerk of both says two numbers of herself, and the last one said stands.
    expect(listed(cardOf(await county.read(CLERK, kcsp, Buffer.from(KCSP))))).toEqual([
      'Grace Holloway has the telephone 01632 960099.',
    ])
  })

  test('whose clerk is another’s keeps their name and telephone', async () => {
    const board = await county.found(CLERK, termsText('gravesham'))
    await county.importRoster(CLERK, board, but(GRAVESHAM, ['Grace Holloway', 'Kim Pattern'], ['grace.holloway', 'kim.pattern']))
    const said = cardOf(
      await county.read(
        'Kim Pattern',
        board,
        but(
          GRAVESHAM,
          ['Grace Holloway', 'Kim Pattern'],
          ['grace.holloway', 'kim.pattern'],
          ['Daniel Okafor,Assistant', 'Dan Okafor,Assistant'],
          ['Daniel Okafor', 'Dan Okafor'],
        ),
      ),
    )
    expect(said).toContain('Dan Okafor is Daniel Okafor on another board, whose clerk you are not: that name stays.')
    expect(listed(said)).toEqual([])
  })

  test('without an email is one of the board’s, is told apart by name, and is reached by nobody', async () => {
    const nameless = but(KCSP, ['Tariq Aziz,"Superintendent, Partnerships",tariq.aziz@example.org', 'Zoë Hart,Superintendent,'])
    const said = await county.importRoster(CLERK, kcsp, nameless)
    expect(listed(said)).toContain('Zoë Hart is new here, and has no email.')
    expect(said).toContain('One person has no email and cannot be reached in chat: Zoë Hart.')
    expect(
      textOf(await house.press(POLICE, { command: 'apologies.choose_substitute', subject: await house.meeting() })),
    ).toContain('Ruth Hale, Zoë Hart')
    expect(listed(cardOf(await county.read(CLERK, kcsp, but(nameless.toString(), ['Zoë Hart', 'ZOE HART']))))).toEqual([
      'Zoë Hart is called ZOE HART.',
    ])
    cardOf(await appoint(seatOf('Kent Police'), 'zoë hart'))
    expect(await representatives(kcsp, '2026-11-22')).toContain('Kent Police: Zoë Hart')
    expect((await county.counts()).person).toBe(21)
    await house.outbox.drain()
    const failed = await house.handles.reading.selectFrom('notice').select('why').where('state', '=', 'failed').execute()
    expect(failed.length).toBeLessThanOrEqual(1)
  })

  test('without an email who comes back is the same', async () => {
    const nameless = but(KCSP, ['Tariq Aziz,"Superintendent, Partnerships",tariq.aziz@example.org', 'Zoë Hart,Superintendent,'])
    for (const file of [nameless, Buffer.from(KCSP), nameless, Buffer.from(KCSP), nameless]) {
      house.clock.forward({ hours: 24 })
      await county.importRoster(CLERK, kcsp, file)
    }
    expect((await county.counts()).person).toBe(21)
    expect(listed(cardOf(await county.read(CLERK, kcsp, nameless)))).toEqual([])
  })

  test('whose only row is over is not made anew by each import', async () => {
    const past = and(KCSP, ',,,,,,in attendance,Zoë Hart,Presenter,,,,,,01/01/2026,30/06/2026')
    for (const _ of [1, 2, 3]) expect(await county.importRoster(CLERK, kcsp, past)).toContain('The roster stands as it was.')
    expect((await county.counts()).person).toBe(20)
  })

  test('whose email is written in another case is the same', async () => {
    const shouted = but(KCSP, ['daniel.okafor@example.org', 'Daniel.OKAFOR@Example.org'])
    expect(listed(cardOf(await county.read(CLERK, kcsp, shouted)))).toEqual([])
    const board = await county.found(CLERK, termsText('gravesham'))
    await county.importRoster(CLERK, board, but(GRAVESHAM, ['daniel.okafor@example.org', 'DANIEL.OKAFOR@EXAMPLE.ORG']))
    expect(await identities('daniel.okafor@example.org')).toBe(1)
    expect(await identities('DANIEL.OKAFOR@EXAMPLE.ORG')).toBe(0)
    expect(cardOf(await house.press(POLICE, { command: 'boards.roster', subject: board }))).toContain(
      'Kent Police | Daniel Okafor | Ruth Hale',
    )
  })

  test('whose email was first written in another case is the same on the next board', async () => {
    cardOf(await appoint({ as: 'in attendance' }, 'Bethan Cole', { email: 'Bethan.Cole@Example.ORG' }))
    await gravesham()
    const people = await house.handles.reading.selectFrom('person').select('email').where('name', '=', 'Bethan Cole').execute()
    expect(people).toEqual([{ email: 'Bethan.Cole@Example.ORG' }])
  })

  test.each([
    { name: 'Ann Lee', email: 'daniel.okafor@example.org', says: 'daniel.okafor@example.org is the address of Daniel Okafor.' },
    { name: 'Ann Lee', email: 'IMOGEN.FAIRLEY@example.org', says: 'is the address of Cllr Imogen Fairley.' },
  ])('is not appointed under the address of another: $email', async ({ name, email, says }) => {
    await gravesham()
    const answered = await appoint(seatOf('Kent Police', 'deputy'), name, { email })
    expect(answered).toMatchObject({ refusal: { code: 'conflict', fields: { email: expect.stringContaining(says) } } })
  })

  test('is called as they are known, whatever their style', async () => {
    await gravesham()
    for (const [name, email] of [
      ['Imogen Fairley', 'imogen.fairley@example.org'],
      ['Supt Ruth Hale', 'ruth.hale@example.org'],
    ] as const) {
      cardOf(await appoint(seatOf('Kent Police', 'deputy'), name, { email }))
    }
    expect(cardOf(await house.press(CLERK, { command: 'boards.roster', subject: kcsp }))).toContain(
      'Daniel Okafor | Cllr Imogen Fairley; Ruth Hale',
    )
    expect(
      await house.handles.reading.selectFrom('person').select('name').where('email', '=', 'imogen.fairley@example.org').execute(),
    ).toEqual([{ name: 'Cllr Imogen Fairley' }])
  })

  test('whose name several have is asked about', async () => {
    const board = await gravesham()
    cardOf(await appoint({ as: 'in attendance' }, 'Mark Dunn', { email: 'another.dunn@example.org' }, CLERK, board))
    const answered = await appoint({ as: 'office', office: 'vice-chair', acting: false }, 'mark dunn', {}, CLERK, board)
    expect(answered).toMatchObject({
      refusal: { code: 'unclear', fields: { email: expect.stringContaining('Several people are called mark dunn.') } },
    })
  })
})
