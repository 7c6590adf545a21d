import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inbound, openTestHouse, type TestHouse, textOf } from '../../house.js'
import { base64, CLERK, type County, cardOf, countyOf, POLICE, rosterFile, termsText } from '../county.js'

const NEXT = termsText('kcsp-2025', ['atLeast: 4', 'atLeast: 5'], ['terms of reference 2025', 'terms of reference 2026'])
const SET_UP = 'Set up a board\n'
const NEW_TERMS = 'New terms of KCSP\n'
const IN_FORCE = 'Kent Community Safety Partnership, terms of reference 2025\nIn force, from Sunday 22 November 2026.'
const APPROVAL = 'Record an approval\nKent Community Safety Partnership, terms of reference 2026, of Kent'

describe('understood as a whole', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse()
    house.clock.forward({ seconds: 2 })
    const county = countyOf(house)
    cardOf(await county.setUp(CLERK, NEXT, await county.boardCalled('KCSP')))
  })
  afterAll(() => house.close())

  test.each([
    { words: 'set up a board', shows: SET_UP },
    { words: 'Please set up a new board.', shows: SET_UP },
    { words: 'add another board', shows: SET_UP },
    { words: 'Create a board!', shows: SET_UP },
    { words: 'make the new board', shows: SET_UP },
    { words: 'start a board', shows: SET_UP },
    { words: 'new terms', shows: NEW_TERMS },
    { words: 'New terms of reference', shows: NEW_TERMS },
    { words: 'Here are the new terms', shows: NEW_TERMS },
    { words: 'send new terms', shows: NEW_TERMS },
    { words: 'please adopt the new terms of reference', shows: NEW_TERMS },
    { words: 'new terms for KCSP', shows: NEW_TERMS },
    { words: 'new terms of the Kent Community Safety Partnership', shows: NEW_TERMS },
    { words: 'terms', shows: IN_FORCE },
    { words: 'Our terms?', shows: IN_FORCE },
    { words: 'the terms of reference', shows: IN_FORCE },
    { words: 'show me the terms', shows: IN_FORCE },
    { words: 'What are our terms of reference?', shows: IN_FORCE },
    { words: 'please read the terms of reference in force', shows: IN_FORCE },
    { words: 'KCSP terms', shows: IN_FORCE },
    { words: "see the KCSP's terms", shows: IN_FORCE },
    { words: 'approve the terms', shows: APPROVAL },
    { words: 'Please approve the draft terms of reference', shows: APPROVAL },
    { words: 'record the approval of the new terms', shows: APPROVAL },
    { words: 'approval of the terms of reference for KCSP', shows: APPROVAL },
    { words: 'approve the terms of KCSP', shows: APPROVAL },
  ])('“$words”', async ({ words, shows }) => {
    expect(textOf(await house.say(CLERK, words))).toContain(shows)
    expect(house.faults).toEqual([])
  })

  test.each([
    'approve the terms from some day or other: RESOLVED that they be approved',
    'approve the terms from 1 January or 1 February 2027: RESOLVED that they be approved',
    'approve the terms once the chair agrees: RESOLVED that they be approved',
    'approve the terms from Friday 2 January 2027: RESOLVED that they be approved',
  ])('is asked about, and nothing is done meanwhile: “%s”', async (words) => {
    const before = await countyOf(house).dump()
    expect(textOf(await house.say(CLERK, words))).toContain('Do you mean this?')
    expect(await countyOf(house).dump()).toEqual(before)
  })

  test.each([
    'set up a board game for Friday',
    'set up a meeting room',
    'set up the projector',
    'make a boardroom booking',
    'on what terms do we meet',
    'terms and conditions apply',
    'we are on good terms with the police',
    'the new terms start in September',
    'new terms for the school',
    'approve the minutes',
    'approve the terms of the grant',
    'approve of the terms',
    'do not approve the terms',
    'who approved the terms',
    'I disapprove of the terms: they are too long',
    'terms of reference of the parish council',
    'the terms are wrong',
    'read this file',
    'the file is on the desk',
  ])('does nothing: “%s”', async (words) => {
    const before = await countyOf(house).dump()
    const answer = await house.say(CLERK, words)
    expect(answer, textOf(answer)).toMatchObject({ kind: 'refusal', refusal: { code: 'unclear' } })
    expect(await countyOf(house).dump()).toEqual(before)
  })

  test('of a member opens nothing that is the clerk’s', async () => {
    expect(textOf(await house.say(POLICE, 'terms'))).toContain(IN_FORCE)
    for (const words of ['set up a board', 'new terms', 'approve the terms'])
      expect(await house.say(POLICE, words), words).toMatchObject({ refusal: { code: 'not_permitted' } })
    expect(await house.say('Ruth Hale', 'terms')).toMatchObject({ kind: 'refusal', refusal: { code: 'unclear' } })
  })

  test('in the board’s channel is of that board', async () => {
    expect(textOf(await house.say(CLERK, 'terms', { inChannel: true }))).toContain(IN_FORCE)
  })
})

describe('an approval in words', () => {
  let house: TestHouse
  let county: County
  let kcsp: string
  beforeEach(async () => {
    house = await openTestHouse()
    house.clock.forward({ seconds: 2 })
    county = countyOf(house)
    kcsp = await county.boardCalled('KCSP')
    cardOf(await county.setUp(CLERK, NEXT, kcsp))
  })
  afterEach(async () => {
    expect(house.faults).toEqual([])
    await house.close()
  })

  const HOW = 'RESOLVED that the terms be approved, 23 July 2025, item B3'

  test.each([
    { words: `approve the terms: ${HOW}`, from: '2026-11-22T10:00:02.000Z' },
    { words: `Please approve the new terms of reference for KCSP: ${HOW}`, from: '2026-11-22T10:00:02.000Z' },
    { words: `approve the terms from 1 January 2027: ${HOW}`, from: '2027-01-01T00:00:00.000Z' },
    { words: `record the approval of the terms with effect from 1 June 2027 as ${HOW}`, from: '2027-05-31T23:00:00.000Z' },
    { words: `approve the draft terms in force from the 1st of next month: ${HOW}`, from: '2026-12-01T00:00:00.000Z' },
  ])('“$words”', async ({ words, from }) => {
    cardOf(await house.say(CLERK, words))
    const text = await house.handles.reading
      .selectFrom('terms')
      .selectAll()
      .where('id', '=', await county.lastText(kcsp))
      .executeTakeFirstOrThrow()
    expect(text).toMatchObject({ state: 'approved', in_force_from: from, resolution: HOW })
  })

  test('is of the last draft', async () => {
    cardOf(await county.setUp(CLERK, termsText('kcsp-2023'), kcsp))
    expect(cardOf(await house.say(CLERK, `approve the terms: ${HOW}`))).toContain(
      'Approved: Kent Community Safety Partnership, terms of reference 2023',
    )
    expect((await county.textsOf(kcsp)).map(({ state }) => state)).toEqual(['approved', 'draft', 'approved'])
  })

  test('means nothing where there is no draft', async () => {
    cardOf(await house.say(CLERK, `approve the terms: ${HOW}`))
    expect(await house.say(CLERK, `approve the terms: ${HOW}`)).toMatchObject({ refusal: { code: 'unclear' } })
  })
})

describe('words with a file', () => {
  let house: TestHouse
  let county: County
  beforeEach(async () => {
    house = await openTestHouse()
    county = countyOf(house)
  })
  afterEach(async () => {
    expect(house.faults).toEqual([])
    await house.close()
  })

  test.each(['set up a board', 'new terms', 'Please read this file', 'here is the file', 'take this file'])(
    '“%s” keeps the terms of a new board as a draft',
    async (words) => {
      expect(cardOf(await county.sayWith(CLERK, words, 'gravesham.yaml', termsText('gravesham')))).toContain('Draft: Gravesham')
      expect(await county.textsOf(await county.boardCalled('Gravesham CSP'))).toMatchObject([{ state: 'draft' }])
    },
  )

  test.each(['new terms', 'set up a board', 'read the file'])('“%s” keeps new terms of a board that is theirs', async (words) => {
    cardOf(await county.sayWith(CLERK, words, 'KCSP.YML', NEXT))
    expect((await county.counts()).board).toBe(1)
    expect(await county.textsOf(await county.boardCalled('KCSP'))).toMatchObject([{ state: 'approved' }, { state: 'draft' }])
  })

  test.each(['look at this', 'lunch menu', 'apologies for the next meeting'])('“%s” is not about the file', async (words) => {
    await county.sayWith(CLERK, words, 'gravesham.yaml', termsText('gravesham'))
    expect((await county.counts()).terms).toBe(1)
  })

  test('of a board whose clerk another is are refused as a second of that name', async () => {
    const gravesham = await county.found(CLERK, termsText('gravesham'))
    const roster = rosterFile('gravesham').toString().replace(CLERK, 'Kim Pattern').replace('grace.holloway', 'kim.pattern')
    await county.importRoster(CLERK, gravesham, Buffer.from(roster))
    for (const who of [CLERK, 'Kim Pattern']) {
      const text = who === CLERK ? termsText('gravesham', ['atLeast: 3', 'atLeast: 4']) : NEXT
      const answer = await county.sayWith(who, 'new terms', 'terms.yaml', text)
      expect(answer, who).toMatchObject({ refusal: { code: 'conflict', sentence: expect.stringContaining('There is a board') } })
    }
  })

  test('broken, with every fault at its line', async () => {
    const answer = await county.sayWith(CLERK, 'set up a board', 'a.yaml', termsText('gravesham', ['atLeast: 3', 'atLaest: 3']))
    expect(answer).toMatchObject({
      refusal: {
        code: 'invalid',
        sentence: expect.stringMatching(/\d+:3 quorum\.atLaest: is not known here: did you mean atLeast\?/),
      },
    })
    expect((await county.counts()).board).toBe(1)
  })

  test('that repeat are done once', async () => {
    const file = { name: 'gravesham.yaml', base64: base64(termsText('gravesham')) }
    const said = inbound(CLERK, { words: 'set up a board', file })
    for (const again of [1, 2]) expect((await house.bot.answer(said)).kind, String(again)).toBe('card')
    expect((await county.counts()).board).toBe(2)
  })
})
