import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isOperator, OPERATOR } from '../../../src/kernel/actor.js'
import { newId } from '../../../src/kernel/ids.js'
import { addOtherTenant } from '../../faults/other-tenant.js'
import { inbound, openTestHouse, type TestHouse, textOf } from '../../house.js'
import { base64, CHAIR, CLERK, type County, cardOf, countyOf, POLICE, rosterFile, termsText } from '../county.js'

const STRANGER = 'Nobody Atall'
const COLLEAGUE = 'Ruth Hale'
/** Of whom the demonstration knows nothing. */
const OTHER_CLERK = 'Kim Pattern'
const FIVE = ['atLeast: 4', 'atLeast: 5'] as const
const RETITLED = ['terms of reference 2025', 'terms of reference 2026'] as const

let house: TestHouse
let county: County
let kcsp: string
beforeEach(async () => {
  house = await openTestHouse()
  county = countyOf(house)
  kcsp = await county.boardCalled('KCSP')
  // No two texts take effect at one instant, and the demonstration's did so just now.
  house.clock.forward({ seconds: 2 })
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const tenant = async () =>
  (await house.handles.reading.selectFrom('tenant').select('id').orderBy('name', 'desc').executeTakeFirstOrThrow()).id

const boardRow = (id: string) => house.handles.reading.selectFrom('board').selectAll().where('id', '=', id).executeTakeFirst()

/** Nothing changed, and the answer is a refusal of this kind. @returns its sentence */
async function refused(code: string, ask: () => Promise<Awaited<ReturnType<County['setUp']>>>): Promise<string> {
  const before = await county.dump()
  const answer = await ask()
  expect(answer, textOf(answer)).toMatchObject({ kind: 'refusal', refusal: { code } })
  expect(await county.dump()).toEqual(before)
  return answer.kind === 'refusal' ? answer.refusal.sentence : ''
}

const lastPayload = async (board: string) => {
  const { payload } = await house.handles.reading
    .selectFrom('journal_payload')
    .select('payload')
    .where('board_id', '=', board)
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow()
  return JSON.parse(payload) as { outcome: Record<string, unknown> }
}

/** Gravesham with another clerk, who has nothing to do with the KCSP. */
async function otherClerks(): Promise<string> {
  const board = await county.found(CLERK, termsText('gravesham'))
  const roster = rosterFile('gravesham').toString().replace(CLERK, OTHER_CLERK).replace('grace.holloway', 'kim.pattern')
  await county.importRoster(CLERK, board, Buffer.from(roster))
  return board
}

describe('who sets a board up', () => {
  test('a clerk of another: the board is there with a draft, a place, and them as its clerk', async () => {
    const board = newId()
    const said = cardOf(await county.setUp(CLERK, termsText('gravesham'), board))
    expect(said).toContain('Draft: Gravesham Community Safety Partnership, terms of reference')
    expect(said).toContain('Nothing rests on it until its approval is recorded.')
    expect(said).toContain('Quorum: at least 3 core members, counted by organisation')
    expect(await boardRow(board)).toMatchObject({
      short_name: 'Gravesham CSP',
      name: 'Gravesham Community Safety Partnership',
      zone: 'Europe/London',
      parent_id: null,
    })
    expect(await county.textsOf(board)).toMatchObject([{ number: 1, state: 'draft', in_force_from: null }])
    const places = await house.handles.reading.selectFrom('place').select('id').where('board_id', '=', board).execute()
    expect(places).toEqual([{ id: 'gravesham-csp' }])
    const offices = await house.handles.reading.selectFrom('office').selectAll().where('board_id', '=', board).execute()
    expect(offices).toMatchObject([
      { office: 'clerk', person_id: await county.idOf(CLERK), from_day: '2026-11-22', until_day: null },
    ])
    const [text] = await county.textsOf(board)
    expect((await lastPayload(board)).outcome).toMatchObject({ board, terms: text?.id })
  })

  test.each([CHAIR, POLICE, COLLEAGUE, 'Nadia Flynn'])('not a member, nor the chair: %s', async (who) => {
    await refused('not_permitted', () => county.setUp(who, termsText('gravesham')))
    await refused('not_permitted', () => house.press(who, { command: 'boards.set_up_form', subject: newId() }))
  })

  test('not a stranger', async () => {
    expect(await refused('not_permitted', () => county.setUp(STRANGER, termsText('gravesham')))).toContain(
      'I do not know you yet.',
    )
  })

  test('the operator, who is clerk of nothing', async () => {
    const board = newId()
    const press = { command: 'boards.set_up', subject: board, values: { file: base64(termsText('gravesham')) } }
    expect((await house.bot.operate(await tenant(), press)).kind).toBe('card')
    expect(await house.handles.reading.selectFrom('office').selectAll().where('board_id', '=', board).execute()).toEqual([])
    const entry = await house.handles.reading
      .selectFrom('journal')
      .select('actor')
      .where('board_id', '=', board)
      .executeTakeFirst()
    expect(entry?.actor).toBe(OPERATOR)
    expect(isOperator({ person: entry?.actor ?? '', tenant: '', name: '' })).toBe(true)
  })

  test('once, however often it is delivered', async () => {
    const values = { file: base64(termsText('gravesham')) }
    const press = inbound(CLERK, { press: { command: 'boards.set_up', subject: newId(), values } })
    for (const again of [1, 2, 3]) expect((await house.bot.answer(press)).kind, String(again)).toBe('card')
    expect((await county.counts()).board).toBe(2)
    expect((await county.counts()).terms).toBe(2)
  })

  test('with a form that asks for the file', async () => {
    const form = await house.press(CLERK, { command: 'boards.set_up_form', subject: newId() })
    expect(form).toMatchObject({ kind: 'form', form: { command: 'boards.set_up', fields: [{ field: 'file', name: 'file' }] } })
    expect(textOf(form)).toContain('You are the clerk of the board until its roster says otherwise.')
  })
})

describe('a board that is there', () => {
  test.each([
    { what: 'its names', otherwise: [] },
    { what: 'its short name', otherwise: [['board: Kent Community Safety Partnership', 'board: Another']] },
    { what: 'its name', otherwise: [['shortName: KCSP', 'shortName: Kent CSP']] },
    {
      what: 'its short name written otherwise',
      otherwise: [
        ['board: Kent Community Safety Partnership', 'board: Another'],
        ['shortName: KCSP', 'shortName: The Kcsp'],
      ],
    },
    {
      what: 'its name written otherwise',
      otherwise: [
        ['shortName: KCSP', 'shortName: Kent'],
        ['board: Kent Community Safety Partnership', 'board: The Kent Community-Safety PARTNERSHIP'],
      ],
    },
  ] as readonly { what: string; otherwise: readonly (readonly [string, string])[] }[])(
    'is not set up again by $what',
    async ({ otherwise }) => {
      const text = termsText('kcsp-2025', ...otherwise)
      const sentence = await refused('conflict', () => county.setUp(CLERK, text))
      expect(sentence).toContain('There is a board KCSP already (Kent Community Safety Partnership).')
    },
  )

  test.each(['Agenda', 'the meeting', 'Roster', 'HELP'])('cannot be called by a word of the bot’s own: %s', async (name) => {
    const text = termsText('gravesham', ['shortName: Gravesham CSP', `shortName: ${name}`])
    await refused('conflict', () => county.setUp(CLERK, text))
  })

  test('is no subject for somebody else’s new board', async () => {
    await otherClerks()
    // A clerk, of another board: to them there is no such board.
    await refused('not_found', () => county.setUp(OTHER_CLERK, termsText('dardr-steering-group-2025'), kcsp))
    await refused('not_found', () => house.press(OTHER_CLERK, { command: 'boards.set_up_form', subject: kcsp }))
    // Who may set up none is told the same of a board that is there and of one that is not.
    const [there, none] = [
      await refused('not_permitted', () => county.setUp('Bethan Cole', termsText('gravesham'), kcsp)),
      await refused('not_permitted', () => county.setUp('Bethan Cole', termsText('gravesham'))),
    ]
    expect(there).toBe(none)
    // Its own members know it, and may not.
    await refused('not_permitted', () => county.setUp(POLICE, termsText('kcsp-2023'), kcsp))
  })

  test('is none of another tenant’s', async () => {
    const { meeting } = await addOtherTenant(house)
    const { board_id: theirs } = await house.handles.reading
      .selectFrom('meeting')
      .select('board_id')
      .where('id', '=', meeting)
      .executeTakeFirstOrThrow()
    const own = await refused('not_found', () => county.setUp(CLERK, termsText('gravesham'), theirs))
    expect(own).toContain('I know of no such board.')
    for (const command of ['boards.terms', 'boards.roster', 'boards.roster_form'])
      await refused('not_found', () => house.press(CLERK, { command, subject: theirs }))
  })

  test('beside one that differs in marks alone has a place of its own', async () => {
    const called = (shortName: string, name: string) =>
      termsText(
        'gravesham',
        ['shortName: Gravesham CSP', `shortName: ${shortName}`],
        ['board: Gravesham Community Safety Partnership', `board: ${name}`],
      )
    for (const [shortName, name] of [
      ['Dover & Deal', 'One'],
      ['Dover Deal', 'Two'],
    ] as const)
      cardOf(await county.setUp(CLERK, called(shortName, name)))
    const places = await house.handles.reading.selectFrom('place').select('id').orderBy('id').execute()
    expect(places.map(({ id }) => id)).toEqual(['dover-deal', 'dover-deal-2', 'kcsp'])
  })
})

describe('a file that cannot be read', () => {
  const broken = termsText('kcsp-2025', ['atLeast: 4', 'atLeast: four'], ['zone: Europe/London', 'zone: Kent'])

  test.each([
    { whose: 'a new board', subject: () => newId() },
    { whose: 'a board that is there', subject: () => kcsp },
  ])('says every fault with its line and column at the field, and keeps nothing: $whose', async ({ subject }) => {
    const at = (words: string) => broken.split('\n').findIndex((line) => line.includes(words)) + 1
    const before = await county.dump()
    const answer = await county.setUp(CLERK, broken, subject())
    expect(await county.dump()).toEqual(before)
    const sentence = answer.kind === 'refusal' ? (answer.refusal.fields?.file ?? '') : ''
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'invalid' } })
    expect(sentence).toContain(`${at('zone: Kent')}:1 zone: expected the name of a time zone, such as Europe/London.`)
    expect(sentence).toContain(`${at('atLeast: four')}:3 quorum.atLeast: expected a whole number of 1 or more, got "four".`)
    expect(sentence).toContain('nothing was kept')
  })

  test.each([
    { what: 'no YAML', text: 'quorum: [', says: 'is not YAML' },
    { what: 'nothing', text: '', says: 'Choose the file of the terms.' },
    { what: 'a letter', text: 'Dear clerk,', says: '1:1' },
    { what: 'a picture', text: '\u0089PNG\r\n\u001a\n\u0000\u0000', says: 'cannot be read as terms of reference' },
  ])('is none: $what', async ({ text, says }) => {
    expect(await refused('invalid', () => county.setUp(CLERK, text))).toContain(says)
  })

  test('too large is refused before it is read', async () => {
    const sentence = await refused('invalid', () => county.setUp(CLERK, `# ${'x'.repeat(128 * 1024)}`))
    expect(sentence).toContain('That file is larger than 128 KB')
    expect((await county.setUp(CLERK, `${termsText('gravesham')}\n#${'x'.repeat(100 * 1024)}`)).kind).toBe('card')
  })

  test('with very many faults names the first ten, and how many more there are', async () => {
    const many = termsText('kcsp-2025').replaceAll('silent:', 'slient:')
    const sentence = await refused('invalid', () => county.setUp(CLERK, many))
    expect(sentence.match(/\d+:\d+ /g)).toHaveLength(10)
    expect(sentence).toMatch(/And \d+ more\./)
  })
})

describe('which text may be a board’s', () => {
  test.each([
    {
      what: 'another board’s',
      text: () => termsText('gravesham'),
      says: 'This text is for Gravesham CSP, and the board is KCSP.',
    },
    {
      what: 'of another zone',
      text: () => termsText('kcsp-2023', ['zone: Europe/London', 'zone: Europe/Dublin']),
      says: 'this text says Europe/Dublin and england-and-wales.',
    },
    {
      what: 'of another division',
      text: () => termsText('kcsp-2023', ['division: england-and-wales', 'division: scotland']),
      says: 'this text says Europe/London and scotland.',
    },
    {
      what: 'the one in force',
      text: () => termsText('kcsp-2025'),
      says: 'terms of reference 2025 as it is in force. Send the text that differs.',
    },
    {
      what: 'the one in force, with other comments',
      text: () => `# a comment\n${termsText('kcsp-2025')}`,
      says: 'Send the text that differs.',
    },
  ])('not one that is $what', async ({ text, says }) => {
    const answer = await county.setUp(CLERK, text(), kcsp)
    expect(answer).toMatchObject({ refusal: { code: 'conflict', fields: { file: expect.stringContaining(says) } } })
    expect(await county.textsOf(kcsp)).toHaveLength(1)
  })

  test('says otherwise what it says otherwise, and is a draft', async () => {
    const said = cardOf(await county.setUp(CLERK, termsText('kcsp-2023'), kcsp))
    expect(said).toContain('AGAINST KENT COMMUNITY SAFETY PARTNERSHIP, TERMS OF REFERENCE 2025, IN FORCE NOW')
    expect(said).toContain('responsible authorities as the terms list them: drops Chairs of Local Community Safety Partnerships')
    expect(await county.textsOf(kcsp)).toMatchObject([
      { number: 1, state: 'approved' },
      { number: 2, state: 'draft' },
    ])
  })

  test('is for its clerk to send', async () => {
    for (const who of [CHAIR, POLICE]) await refused('not_permitted', () => county.setUp(who, termsText('kcsp-2023'), kcsp))
  })
})

describe('a draft', () => {
  const coming = async () => textOf(await house.press(CLERK, { command: 'apologies.coming', subject: await house.meeting() }))

  test('decides nothing, and is read by whoever is of the board', async () => {
    cardOf(await county.setUp(CLERK, termsText('kcsp-2025', FIVE, RETITLED), kcsp))
    expect(await coming()).toContain('3 of the 4 responsible authorities needed')
    const terms = cardOf(await house.press(POLICE, { command: 'boards.terms', subject: kcsp }))
    expect(terms).toContain('In force, from Sunday 22 November 2026.')
    expect(terms).toContain('terms of reference 2026: draft: nothing rests on it yet')
    expect(terms).toContain('Quorum | at least 4 responsible authorities')
    const draft = cardOf(await house.press(POLICE, { command: 'boards.read_terms', subject: await county.lastText(kcsp) }))
    expect(draft).toContain('Draft: nothing rests on it yet.')
    expect(draft).toContain('Quorum | at least 5 responsible authorities')
  })

  test('of a new board leaves it without rules: nothing that needs them is done', async () => {
    const board = newId()
    await county.setUp(CLERK, termsText('gravesham'), board)
    for (const command of ['boards.roster', 'boards.roster_form', 'boards.appoint_form', 'meetings.call_form'])
      expect(await refused('conflict', () => house.press(CLERK, { command, subject: board }))).toContain(
        'This board has no approved terms of reference yet',
      )
    await refused('conflict', () => county.read(CLERK, board, rosterFile('gravesham')))
    expect(cardOf(await house.press(CLERK, { command: 'boards.terms', subject: board }))).toContain('has no approved terms yet')
  })

  test.each(['Nadia Flynn', 'Mark Dunn'])('is not read by who is no member: %s', async (who) => {
    await house.press(CLERK, {
      command: 'boards.appoint',
      subject: kcsp,
      values: {
        to: JSON.stringify({ as: 'deputy', organisation: 'Kent Fire and Rescue Service', seat: 'Member' }),
        name: 'Mark Dunn',
      },
    })
    cardOf(await county.setUp(CLERK, termsText('kcsp-2025', FIVE, RETITLED), kcsp))
    const draft = await county.lastText(kcsp)
    await refused('not_found', () => house.press(who, { command: 'boards.read_terms', subject: draft }))
    expect(cardOf(await house.press(who, { command: 'boards.terms', subject: kcsp }))).not.toContain('terms of reference 2026')
  })

  test('is to nobody else as if there were none', async () => {
    cardOf(await county.setUp(CLERK, termsText('kcsp-2023'), kcsp))
    const draft = await county.lastText(kcsp)
    const [there, none] = [
      await refused('not_found', () => house.press(COLLEAGUE, { command: 'boards.read_terms', subject: draft })),
      await refused('not_found', () => house.press(COLLEAGUE, { command: 'boards.read_terms', subject: newId() })),
    ]
    expect(there).toBe(none)
  })
})

describe('an approval', () => {
  /** A draft of the KCSP's that asks for five. */
  async function drafted(...otherwise: readonly (readonly [string, string])[]): Promise<string> {
    cardOf(await county.setUp(CLERK, termsText('kcsp-2025', FIVE, RETITLED, ...otherwise), kcsp))
    return county.lastText(kcsp)
  }
  const inForceFrom = async (text: string) => (await county.textsOf(kcsp)).find(({ id }) => id === text)?.in_force_from

  test('without a day is from that instant', async () => {
    const text = await drafted()
    house.clock.set('2026-11-23T09:30:00.250Z')
    const said = cardOf(await county.approve(CLERK, text))
    expect(said).toContain('It is in force from Monday 23 November 2026, 09:30.')
    const row = await house.handles.reading.selectFrom('terms').selectAll().where('id', '=', text).executeTakeFirstOrThrow()
    expect(row).toMatchObject({
      state: 'approved',
      in_force_from: '2026-11-23T09:30:00.250Z',
      approved_at: '2026-11-23T09:30:00.250Z',
      resolution: 'RESOLVED that the terms be approved',
      by_person_id: await county.idOf(CLERK),
    })
    expect((await lastPayload(kcsp)).outcome).toEqual({
      board: kcsp,
      terms: text,
      from: '2026-11-23T09:30:00.25Z',
      resolution: 'RESOLVED that the terms be approved',
    })
  })

  test.each([
    { day: '2027-01-01', from: '2027-01-01T00:00:00.000Z', says: 'Friday 1 January 2027, 00:00' },
    { day: '2027-06-01', from: '2027-05-31T23:00:00.000Z', says: 'Tuesday 1 June 2027, 00:00' },
  ])('from a day is from its midnight where the board is: $day', async ({ day, from, says }) => {
    const text = await drafted()
    const said = cardOf(await county.approve(CLERK, text, day))
    expect(said).toContain(`It takes effect on ${says}. Until then the terms before it rule.`)
    expect(await inForceFrom(text)).toBe(from)
  })

  test('from a day that is past is refused where a text rules, at the field', async () => {
    const text = await drafted()
    for (const day of ['2026-11-22', '2026-01-01'])
      expect(await county.approve(CLERK, text, day)).toMatchObject({
        refusal: { code: 'too_late', fields: { from: expect.stringContaining('what was decided under them stays so') } },
      })
    expect(await inForceFrom(text)).toBeNull()
  })

  test('from a day that is past is taken where nothing ruled yet', async () => {
    const board = newId()
    await county.setUp(CLERK, termsText('gravesham'), board)
    expect(cardOf(await county.approve(CLERK, await county.lastText(board), '2018-04-01'))).toContain(
      'It is in force from Sunday 1 April 2018, 00:00.',
    )
    expect(await county.textsOf(board)).toMatchObject([{ in_force_from: '2018-03-31T23:00:00.000Z' }])
  })

  test('twice is refused', async () => {
    const text = await drafted()
    await county.approve(CLERK, text, '2027-01-01')
    expect(await refused('conflict', () => county.approve(CLERK, text, '2027-02-01'))).toContain(
      'This text was approved already, in force from Friday 1 January 2027, 00:00.',
    )
  })

  test.each(['2027-02-30', 'soon', '0001-01-01', '2027-01-01T10:00'])('from no day at all is refused: %s', async (day) => {
    const text = await drafted()
    if (day === '2027-01-01T10:00') {
      // The day of a time is a day.
      expect((await county.approve(CLERK, text, day)).kind).toBe('card')
      return
    }
    expect(await county.approve(CLERK, text, day)).toMatchObject({
      refusal: { code: 'invalid', fields: { from: expect.stringContaining(`There is no day ${day}.`) } },
    })
  })

  test.each(['', '  ', 'ok', 'x'.repeat(501)])('says how: “%.10s”', async (resolution) => {
    const text = await drafted()
    const answer = await house.press(CLERK, { command: 'boards.approve', subject: text, values: { resolution } })
    expect(answer).toMatchObject({ refusal: { code: 'invalid', fields: { resolution: expect.anything() } } })
  })

  test('is for the clerk to record', async () => {
    const text = await drafted()
    for (const who of [CHAIR, POLICE]) await refused('not_permitted', () => county.approve(who, text))
    await refused('not_found', () => county.approve(COLLEAGUE, text))
    await refused('not_found', () => house.press(COLLEAGUE, { command: 'boards.approval', subject: text }))
    expect(await house.press(CLERK, { command: 'boards.approval', subject: text })).toMatchObject({
      kind: 'form',
      form: { command: 'boards.approve', fields: [{ name: 'resolution' }, { name: 'from', optional: true }] },
    })
  })

  describe('of two from one instant', () => {
    test('the second is refused at the field', async () => {
      const [one, other] = [await drafted(), await drafted(['aYear: 3', 'aYear: 4'])]
      await county.approve(CLERK, one, '2027-01-01')
      expect(await county.approve(CLERK, other, '2027-01-01')).toMatchObject({
        refusal: {
          code: 'conflict',
          fields: { from: expect.stringContaining('take effect at that very instant. Choose another day.') },
        },
      })
      expect((await county.approve(CLERK, other, '2027-01-02')).kind).toBe('card')
    })

    test.each([{ from: undefined }, { from: '2027-01-01' }])('at once, one of them stands: $from', async ({ from }) => {
      const texts = [await drafted(), await drafted(['aYear: 3', 'aYear: 4']), await drafted(['aYear: 3', 'aYear: 6'])]
      const answers = await Promise.all(texts.map((text) => county.approve(CLERK, text, from)))
      expect(answers.map(({ kind }) => kind).sort()).toEqual(['card', 'refusal', 'refusal'])
      expect((await county.textsOf(kcsp)).filter(({ state }) => state === 'approved')).toHaveLength(2)
    })

    test('the database itself keeps them apart', async () => {
      const [one, other] = [await drafted(), await drafted(['aYear: 3', 'aYear: 4'])]
      await county.approve(CLERK, one, '2027-01-01')
      const forced = house.writer.write((tx) =>
        tx
          .updateTable('terms')
          .set({ state: 'approved', in_force_from: '2027-01-01T00:00:00.000Z' })
          .where('id', '=', other)
          .execute(),
      )
      await expect(forced).rejects.toThrow('UNIQUE constraint failed: terms.board_id, terms.in_force_from')
    })
  })

  describe('that takes effect', () => {
    const coming = async () => textOf(await house.press(CLERK, { command: 'apologies.coming', subject: await house.meeting() }))
    const answered = async (who: string) => {
      await house.press(who, { command: 'apologies.attend', subject: await house.meeting() })
      return (await lastPayload(kcsp)).outcome.terms
    }

    test('is superseded by the next from its first instant on, and nothing is written for it', async () => {
      const text = await drafted()
      await county.approve(CLERK, text, '2027-01-01')
      const stands = async () => cardOf(await house.press(POLICE, { command: 'boards.terms', subject: kcsp }))
      house.clock.set('2026-12-31T23:59:59.999Z')
      const before = await county.dump()
      expect(await stands()).toContain('terms of reference 2026: approved, and not in force yet, from Friday 1 January 2027')
      expect(await stands()).toMatch(/^Kent Community Safety Partnership, terms of reference 2025\nIn force/)
      house.clock.set('2027-01-01T00:00:00Z')
      expect(await stands()).toMatch(/^Kent Community Safety Partnership, terms of reference 2026\nIn force/)
      expect(await stands()).toContain('terms of reference 2025: superseded, from Sunday 22 November 2026')
      expect(await county.dump()).toEqual(before)
    })

    test('at once in the middle of a meeting: the card says so', async () => {
      const text = await drafted()
      house.clock.set('2026-12-16T11:00:00Z')
      expect(await coming()).toContain('3 of the 4 responsible authorities needed')
      const said = cardOf(await county.approve(CLERK, text))
      expect(said).toContain(
        'They take effect during the meeting of Wednesday 16 December 2026, 10:00: what it decides before that instant rests on the terms before, and what it decides after on these.',
      )
      expect(await coming()).toContain('3 of the 5 responsible authorities needed')
    })

    test.each([
      { at: '2026-12-16T10:00:00Z', what: 'as it begins' },
      { at: '2026-12-16T12:00:00Z', what: 'as it ends' },
      { at: '2026-12-16T09:59:59Z', what: 'before it' },
    ])('is not in the middle of it $what', async ({ at }) => {
      const text = await drafted()
      house.clock.set(at)
      expect(cardOf(await county.approve(CLERK, text))).not.toContain('during the meeting')
    })

    test('in the middle of a meeting at midnight: it counts by the old text a second before, and by the new a second after', async () => {
      await house.writer.write(async (tx) => {
        await tx.updateTable('meeting').set({ starts_at: '2026-12-15T23:00:00.000Z' }).execute()
        await tx.updateTable('answer').set({ for_day: '2026-12-15' }).execute()
      })
      const [old] = await county.textsOf(kcsp)
      const text = await drafted()
      expect(cardOf(await county.approve(CLERK, text, '2026-12-16'))).toContain(
        'They take effect during the meeting of Tuesday 15 December 2026, 23:00',
      )
      house.clock.set('2026-12-15T22:59:58Z')
      expect(await answered(POLICE)).toBe(old?.id)
      house.clock.set('2026-12-15T23:59:59Z')
      expect(await coming()).toContain('4 responsible authorities say they will be represented: enough for the quorum of 4.')
      house.clock.set('2026-12-16T00:00:00Z')
      expect(await coming()).toContain('4 of the 5 responsible authorities needed say they will be represented.')
    })

    test('an answer keeps the text under which it was given', async () => {
      const [old] = await county.textsOf(kcsp)
      const text = await drafted()
      await county.approve(CLERK, text, '2026-12-01')
      house.clock.set('2026-11-30T23:59:59Z')
      expect(await answered(POLICE)).toBe(old?.id)
      house.clock.set('2026-12-01T00:00:01Z')
      expect(await answered('Helen Marsh')).toBe(text)
      const payloads = await house.handles.reading
        .selectFrom('journal_payload')
        .innerJoin('journal', (on) =>
          on.onRef('journal.seq', '=', 'journal_payload.seq').onRef('journal.board_id', '=', 'journal_payload.board_id'),
        )
        .where('journal.command', '=', 'apologies.attend')
        .select('payload')
        .orderBy('journal.seq')
        .execute()
      expect(payloads.map(({ payload }) => (JSON.parse(payload) as { outcome: { terms: string } }).outcome.terms)).toEqual([
        old?.id,
        text,
      ])
    })

    test('turns the cards of the coming meeting', async () => {
      const text = await drafted()
      await house.outbox.drain()
      house.sent.length = 0
      house.clock.forward({ seconds: 2 })
      await county.approve(CLERK, text)
      await house.outbox.drain()
      const channel = house.sent.filter(({ to }) => 'place' in to).at(-1)
      expect(channel?.updates).toBe(true)
      expect(channel?.plain).toContain('3 of the 5 responsible authorities needed')
    })

    test('turns them when it takes effect, where that is later', async () => {
      const text = await drafted()
      await county.approve(CLERK, text, '2026-12-01')
      const settle = async () => {
        for (const _ of [1, 2, 3]) {
          await house.tick()
          await house.outbox.drain()
          house.clock.forward({ seconds: 5 })
        }
      }
      await settle()
      house.sent.length = 0
      house.clock.set('2026-11-30T23:59:00Z')
      await settle()
      expect(house.sent).toEqual([])
      house.clock.set('2026-12-01T00:00:30Z')
      await settle()
      const channel = house.sent.filter(({ to }) => 'place' in to).at(-1)
      expect(channel).toMatchObject({
        updates: true,
        plain: expect.stringContaining('3 of the 5 responsible authorities needed'),
      })
    })

    test('from a later day leaves the board its name until then', async () => {
      const renamed = 'Kent and Medway Community Safety Partnership'
      const text = await drafted(['board: Kent Community Safety Partnership', `board: ${renamed}`])
      await county.approve(CLERK, text, '2027-01-01')
      expect(await boardRow(kcsp)).toMatchObject({ name: 'Kent Community Safety Partnership' })
    })

    test('calls the board as the text does', async () => {
      const text = await drafted([
        'board: Kent Community Safety Partnership',
        'board: Kent and Medway Community Safety Partnership',
      ])
      await county.approve(CLERK, text)
      expect(await boardRow(kcsp)).toMatchObject({ name: 'Kent and Medway Community Safety Partnership', short_name: 'KCSP' })
    })
  })
})

describe('a subgroup finds its parent', () => {
  const group = () => termsText('kcsp-working-group-2025', ['parent: KCSP', 'parent: Gravesham CSP'])
  const parent = () => termsText('gravesham')

  test.each([
    { order: 'set up after it', texts: [parent, group] },
    { order: 'set up before it', texts: [group, parent] },
  ])('$order', async ({ texts }) => {
    for (const text of texts) cardOf(await county.setUp(CLERK, text()))
    const below = await boardRow(await county.boardCalled('KCSP WG'))
    expect(below?.parent_id).toBe(await county.boardCalled('Gravesham CSP'))
  })

  test('named by its short name or its whole', async () => {
    const text = termsText('kcsp-working-group-2025', ['parent: KCSP', 'parent: Kent Community Safety Partnership'])
    cardOf(await county.setUp(CLERK, text))
    expect((await boardRow(await county.boardCalled('KCSP WG')))?.parent_id).toBe(kcsp)
  })

  test('only where one clerk has both: nobody puts a board of theirs under another’s', async () => {
    await otherClerks()
    cardOf(await county.setUp(OTHER_CLERK, termsText('kcsp-working-group-2025')))
    expect((await boardRow(await county.boardCalled('KCSP WG')))?.parent_id).toBeNull()
  })
})
