import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse, textOf } from '../../house.js'
import { CLERK, type County, cardOf, countyOf, POLICE, rosterFile, termsText } from '../county.js'

const KCSP = readFileSync(new URL('../../../src/demonstration/kcsp.csv', import.meta.url), 'utf8')
const ROSTER = 'The roster of the Kent Community Safety Partnership\n'
const FORM = 'The roster of KCSP\nSend the roster as a CSV file.'

let house: TestHouse
let county: County

const open = async () => {
  house = await openTestHouse()
  county = countyOf(house)
  house.clock.forward({ seconds: 2 })
}

/** What a card lists: what changes, without what is to be looked at. */
const listed = (card: string): readonly string[] =>
  (card.split('\nTO LOOK AT')[0] ?? '').split('\n').flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : []))

describe('understood as a whole: who is on the board', () => {
  beforeAll(open)
  afterAll(() => house.close())

  test.each([
    { words: 'roster', shows: ROSTER },
    { words: 'Show me the roster, please', shows: ROSTER },
    { words: 'the membership', shows: ROSTER },
    { words: 'our members', shows: ROSTER },
    { words: 'Who is on the board?', shows: ROSTER },
    { words: "Who's on the roster?", shows: ROSTER },
    { words: 'who are members of the board', shows: ROSTER },
    { words: 'roster for KCSP', shows: ROSTER },
    { words: "KCSP's roster", shows: ROSTER },
    { words: 'the roster of the Kent Community Safety Partnership', shows: ROSTER },
    { words: 'read a roster', shows: FORM },
    { words: 'Send the roster', shows: FORM },
    { words: 'check our new roster', shows: FORM },
    { words: 'here is the roster', shows: FORM },
  ])('“$words”', async ({ words, shows }) => {
    expect(textOf(await house.say(CLERK, words))).toContain(shows)
    expect(house.faults).toEqual([])
  })

  test('a member may see it, and send none', async () => {
    expect(textOf(await house.say(POLICE, 'roster'))).toContain(ROSTER)
    for (const words of [
      'read a roster',
      'appoint Ruth Hale as deputy of Kent Police',
      'end Nadia Flynn as representative of Kent Housing Group',
    ])
      expect(await house.say(POLICE, words), words).toMatchObject({ refusal: { code: 'not_permitted' } })
  })
})

describe('understood as a whole: who comes and who goes', () => {
  beforeEach(async () => {
    await open()
    house.clock.set('2026-11-24T09:00:00Z')
  })
  afterEach(async () => {
    expect(house.faults).toEqual([])
    await house.close()
  })

  const FOLLOWS = 'Ann Lee represents Kent Police from 1 January 2027.'

  test.each([
    { words: 'appoint Ann Lee (ann.lee@example.org) as representative of Kent Police from 1 January 2027', says: FOLLOWS },
    {
      words: 'Please appoint Ann Lee <ann.lee@example.org> as the representative for Kent Police with effect from 1 January 2027',
      says: FOLLOWS,
    },
    { words: 'appoint Ann Lee to Kent Police from the 1st of January', says: FOLLOWS },
    { words: 'appoint Ann Lee as member for Kent Police as of 1/1/2027', says: FOLLOWS },
    { words: 'Ann Lee replaces Daniel Okafor from 1 January', says: FOLLOWS },
    { words: 'Ann Lee (ann.lee@example.org) takes over from Daniel Okafor on 1 January 2027', says: FOLLOWS },
    { words: 'Ann Lee will replace Okafor as representative of Kent Police from 1 January 2027', says: FOLLOWS },
    { words: 'Ruth Hale succeeds Daniel Okafor', says: 'Ruth Hale represents Kent Police from 24 November 2026.' },
    { words: 'Cllr Peter Lyle is to replace Margaret Ashdown as chair', says: 'Cllr Peter Lyle is chair from 24 November 2026.' },
    { words: 'appoint Hale as deputy of Kent Police', says: 'Ruth Hale is deputy for Kent Police from 24 November 2026.' },
    {
      words: 'I want to appoint Mark Dunn as deputy of KFRS, thanks',
      says: 'Mark Dunn is deputy for Kent Fire and Rescue Service from 24 November 2026.',
    },
    { words: 'appoint Mark Dunn as colleague at the Probation Service', says: 'Mark Dunn is of The Probation Service.' },
    { words: 'appoint Daniel Okafor as vice chair', says: 'Daniel Okafor is vice-chair from 24 November 2026.' },
    { words: 'appoint Daniel Okafor as acting chair from Monday', says: 'Daniel Okafor is acting chair from 30 November 2026.' },
    { words: 'appoint Ruth Hale as secretary', says: 'Ruth Hale is clerk from 24 November 2026.' },
    { words: 'appoint Ann Lee to be the clerk of KCSP from 1 February 2027', says: 'Ann Lee is clerk from 1 February 2027.' },
    { words: 'appoint Ann Lee as in attendance', says: 'Ann Lee is in attendance from 24 November 2026.' },
    {
      words: 'end Nadia Flynn as representative of Kent Housing Group',
      says: 'Nadia Flynn represents Kent Housing Group from 22 November 2026 until 23 November 2026; the roster had from 22 November 2026, until further notice.',
    },
    {
      words: 'end Nadia Flynn as representative of Kent Housing Group from 1 January 2027',
      says: 'Nadia Flynn represents Kent Housing Group from 22 November 2026 until 31 December 2026; the roster had from 22 November 2026, until further notice.',
    },
    {
      words: 'remove Ashdown from being chair',
      says: 'Cllr Margaret Ashdown is chair from 22 November 2026 until 23 November 2026; the roster had from 22 November 2026, until further notice.',
    },
    {
      words: 'end Rob Tilley as a colleague at Kent Housing Group',
      says: 'Rob Tilley is of Kent Housing Group no longer, from 24 November 2026.',
    },
  ])('“$words”', async ({ words, says }) => {
    const answer = await house.say(CLERK, words)
    expect(listed(cardOf(answer)), textOf(answer)).toContain(says)
  })

  test('a deputy can be ended as one is appointed', async () => {
    cardOf(await house.say(CLERK, 'appoint Ruth Hale as deputy of Kent Police'))
    expect(listed(cardOf(await house.say(CLERK, 'end Ruth Hale as deputy of Kent Police')))).toEqual([
      'Ruth Hale will not be deputy for Kent Police from 24 November 2026 after all.',
    ])
  })

  test('a file that waits is imported', async () => {
    const kcsp = await county.boardCalled('KCSP')
    expect(await house.say(CLERK, 'import the roster')).toMatchObject({ refusal: { code: 'unclear' } })
    await county.read(CLERK, kcsp, Buffer.from(KCSP.replace('Assistant Chief Constable', 'Chief Constable')))
    expect(listed(cardOf(await house.say(CLERK, 'Import the roster of KCSP')))).toEqual([
      'Daniel Okafor is of Kent Police: Chief Constable.',
    ])
    expect(await house.say(CLERK, 'import it')).toMatchObject({ refusal: { code: 'unclear' } })
  })

  test.each(['Read this roster', 'read the roster', 'here is our new roster', 'Please check this file', 'take this file'])(
    '“%s” with a file reads it',
    async (words) => {
      const said = cardOf(
        await county.sayWith(CLERK, words, 'Roster 2027.CSV', KCSP.replace('Assistant Chief Constable', 'Chief Constable')),
      )
      expect(listed(said)).toEqual(['Daniel Okafor is of Kent Police: Chief Constable.'])
      expect(said).toContain('[Import the roster]')
    },
  )

  test('with a file that is a workbook says what to send instead', async () => {
    expect(textOf(await county.sayWith(CLERK, 'read this roster', 'roster.xlsx', Buffer.from([0x50, 0x4b, 3, 4])))).toContain(
      FORM,
    )
    expect(textOf(await county.sayWith(CLERK, 'read this roster', 'roster.csv', Buffer.from([0x50, 0x4b, 3, 4])))).toContain(
      'That is an Excel workbook.',
    )
  })
})

describe('is asked about, and nothing is done meanwhile', () => {
  beforeAll(open)
  afterAll(() => house.close())

  test.each([
    {
      words: 'Ann Lee replaces Cllr Margaret Ashdown',
      asks: ['Ann Lee follows Cllr Margaret Ashdown as chair', 'representative of Kent County Council'],
    },
  ])('“$words”', async ({ words, asks }) => {
    const before = await county.dump()
    const said = textOf(await house.say(CLERK, words))
    expect(said).toContain('Which do you mean?')
    for (const asked of asks) expect(said).toContain(asked)
    expect(await county.dump()).toEqual(before)
  })
})

describe('does nothing', () => {
  beforeAll(open)
  afterAll(() => house.close())

  test.each([
    'make me a coffee',
    'who replaces the printer toner',
    'Daniel Okafor replaces the batteries',
    'the new chair replaces the old one',
    'replace Daniel Okafor',
    'Ann Lee replaces Nobody Atall',
    'Ann Lee replaces Ruth Hale',
    'succeed or fail',
    'nothing succeeds like success',
    'who is on holiday',
    'who is on the phone',
    'who is on the parish council',
    'a member of the public called',
    'membership fees are due',
    'the members were late',
    'the roster is wrong',
    'I read the roster yesterday',
    'the rota for the kitchen',
    'import tariffs',
    'import the goods',
    'end the discussion',
    'end of story',
    'remove the old chairs',
    'remove Daniel Okafor',
    'remove the item as agreed',
    'end Daniel Okafor as deputy of Kent Police',
    'end Nobody Atall as chair',
    'end Daniel Okafor as chair',
    'appoint somebody',
    'appoint a time for lunch',
    'appoint a committee',
    'appoint Ann Lee as treasurer',
    'appoint Ann Lee as king of Kent',
    'appoint Ann Lee as representative of Medway Council',
    'appoint Ann Lee as representative of Kent Police from whenever',
    'appoint Ann Lee as representative of Kent Police from 1 January or 1 February 2027',
    'do not appoint Ann Lee as deputy of Kent Police',
    'should we appoint Ruth Hale as deputy of Kent Police?',
    'we might end Daniel Okafor as representative of Kent Police',
    'the file is on the desk',
    'read the file on the desk',
  ])('“%s”', async (words) => {
    const before = await county.dump()
    const answer = await house.say(CLERK, words)
    expect(answer, textOf(answer)).toMatchObject({ kind: 'refusal', refusal: { code: 'unclear' } })
    expect(await county.dump()).toEqual(before)
    expect(house.faults).toEqual([])
  })

  test.each(['look at this', 'lunch menu', 'who is coming'])('“%s” is not about the file', async (words) => {
    await county.sayWith(CLERK, words, 'roster.csv', KCSP)
    expect((await county.counts()).roster_file).toBe(0)
  })
})

describe('of several boards', () => {
  beforeAll(async () => {
    await open()
    const gravesham = await county.found(CLERK, termsText('gravesham'))
    await county.importRoster(CLERK, gravesham, rosterFile('gravesham'))
  })
  afterAll(() => house.close())

  test('the one that is named is meant, else it is asked which', async () => {
    expect(textOf(await house.say(CLERK, 'roster'))).toContain('Which do you mean?')
    expect(textOf(await house.say(CLERK, 'roster for Gravesham'))).toContain(
      'The roster of the Gravesham Community Safety Partnership',
    )
    expect(textOf(await house.say(CLERK, 'roster of the KCSP'))).toContain(ROSTER)
    expect(textOf(await house.say(CLERK, 'roster', { inChannel: true }))).toContain(ROSTER)
    expect(textOf(await house.say('Philippa Stroud', 'roster'))).toContain(
      'The roster of the Gravesham Community Safety Partnership',
    )
  })

  test('a body may be called as the board is', async () => {
    const words = 'appoint Owen Tully as representative of Gravesham Borough Council from 1 January 2027'
    expect(listed(cardOf(await house.say(CLERK, words)))).toContain(
      'Owen Tully represents Gravesham Borough Council from 1 January 2027.',
    )
  })

  test('a seat of both is asked about', async () => {
    const said = textOf(await house.say(CLERK, 'appoint Bethan Cole as deputy of Kent Police'))
    expect(said).toContain('Which do you mean?')
  })

  test('a group of the board, and a part in it that ends', async () => {
    expect(listed(cardOf(await house.say(CLERK, 'appoint Leon Carter to the CSP Executive Group')))).toEqual([
      'Leon Carter is in the CSP Executive Group from 22 November 2026.',
    ])
    expect(listed(cardOf(await house.say(CLERK, 'end Philippa Stroud as member of the CSP Executive Group')))).toHaveLength(1)
  })
})
