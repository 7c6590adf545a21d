import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { words } from '../../src/agenda/words.js'
import { readable } from '../../src/kernel/sentence.js'
import { boardCalled, GRAVESHAM_ROSTER, personCalled, sayIn, setUpBoard } from '../boards.js'
import { placeOf, type TestHouse, textOf } from '../house.js'
import { agendaOf, CLERK, callMeeting, DIRECTOR, done, openSettled, POLICE } from './setting.js'

let house: TestHouse
/** What each id is called in these tests. */
const called = new Map<string, string>()
let tenant: string

/** A member of the KCSP, and of no other board. */
const MEMBER = 'Helen Marsh'

beforeAll(async () => {
  house = await openSettled()
  const { reading } = house.handles
  const kcsp = agendaOf(house, await house.meeting())
  const board = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
  const gravesham = agendaOf(house, await callMeeting(house, board, '2027-01-20'))
  const kcspBoard = (await boardCalled(house, 'KCSP')) ?? ''
  const march = await callMeeting(house, kcspBoard, '2027-03-24')
  for (const title of ['Grant', 'Burglary', 'Safer Summer']) await kcsp.has(title, 'B')
  await kcsp.has('Vetting', 'X')
  await done(kcsp.press(MEMBER, 'agenda.propose', { title: 'Cyber crime' }))
  await gravesham.has('Street drinking', 'B')
  await done(kcsp.press(CLERK, 'agenda.invite', { name: 'Vera Lund', email: 'vera.lund@example.org' }))
  for (const { id } of await reading.selectFrom('invitation').select('id').execute()) called.set(id, 'Vera Lund’s')
  tenant = (await reading.selectFrom('tenant').select('id').executeTakeFirstOrThrow()).id
  for (const { id, name } of await reading.selectFrom('person').select(['id', 'name']).execute()) called.set(id, name)
  for (const { id, title } of await reading.selectFrom('item').select(['id', 'title']).execute()) called.set(id, title)
  for (const { id, title } of await reading
    .selectFrom('standing_item')
    .where('board_id', '=', kcspBoard)
    .select(['id', 'title'])
    .execute())
    called.set(id, title)
  const meetings = [
    [kcsp.meeting, 'KCSP, December'],
    [march, 'KCSP, March'],
    [gravesham.meeting, 'Gravesham, January'],
    [kcspBoard, 'KCSP'],
    [board, 'Gravesham'],
  ] as const
  for (const [id, name] of meetings) called.set(id, name)
}, 60_000)
afterAll(() => house.close())

/** "agenda.place Grant {letter: B}", each reading; one that is not certain begins with "perhaps". */
async function heard(sentence: string, name = MEMBER): Promise<readonly string[]> {
  const actor = { person: await personCalled(house, name), tenant, name }
  const asking = {
    db: house.handles.reading,
    actor,
    now: house.clock.now(),
    place: placeOf(name),
    file: null,
    publicUrl: null,
    vault: house.vault,
  }
  const nameOf = (value: unknown) => called.get(String(value)) ?? String(value)
  return (await words(asking, readable(sentence))).map(({ command, input: { subject, ...values }, certain }) => {
    const given = Object.entries(values).map(([key, value]) => `${key}: ${nameOf(value)}`)
    const about = `${command.replace('agenda.', '')} ${nameOf(subject)}${given.length > 0 ? ` {${given.join('; ')}}` : ''}`
    return certain ? about : `perhaps ${about}`
  })
}

describe('is understood at once', () => {
  const DECEMBER = 'KCSP, December'

  test.each([
    ...[
      ...[
        'agenda',
        'the agenda',
        'Agenda please',
        'show me the agenda',
        "what's on the agenda?",
        'What is on the agenda',
        'draft agenda',
      ],
      ...[
        'agenda for the next meeting',
        'agenda of the December meeting',
        'the agenda for 16 December',
        'agenda of the meeting of 16 December',
      ],
      ...['agenda for KCSP', "KCSP's agenda", 'agenda of the Kent Community Safety Partnership'],
    ].map((said) => ({ said, means: `show ${DECEMBER}` })),
    { said: 'agenda of the March meeting', means: 'show KCSP, March' },
    { said: 'agenda for 24 March', means: 'show KCSP, March' },
    ...['print the agenda', 'Print the front sheet, thanks', 'download the agenda of the next meeting', 'export our agenda'].map(
      (said) => ({
        said,
        means: `print ${DECEMBER}`,
      }),
    ),
    { said: 'print the agenda for the March meeting', means: 'print KCSP, March' },
    { said: 'draft the agenda', means: `draft ${DECEMBER}` },
    { said: 'please draft an agenda for the March meeting', means: 'draft KCSP, March' },
  ])('asking for an agenda: “$said”', async ({ said, means }) => {
    expect(await heard(said)).toEqual([means])
  })

  test.each([
    { said: 'propose an item', means: `propose_form ${DECEMBER}` },
    { said: 'I would like to propose an item', means: `propose_form ${DECEMBER}` },
    { said: 'can you add an item for the next meeting?', means: `propose_form ${DECEMBER}` },
    { said: 'propose an item: Knife crime', means: `propose ${DECEMBER} {title: Knife crime}` },
    { said: 'suggest an agenda item: Knife crime', means: `propose ${DECEMBER} {title: Knife crime}` },
    { said: 'please add an item to the agenda: Knife crime', means: `propose ${DECEMBER} {title: Knife crime}` },
    { said: 'propose an item - “Knife crime”', means: `propose ${DECEMBER} {title: Knife crime}` },
    { said: 'propose an item "Knife crime, and hate crime"', means: `propose ${DECEMBER} {title: Knife crime, and hate crime}` },
    { said: "propose an item: 'Knife crime'", means: `propose ${DECEMBER} {title: Knife crime}` },
    { said: 'propose an item: The so-called “county lines”', means: `propose ${DECEMBER} {title: The so-called "county lines"}` },
    {
      said: 'propose an item for decision: Knife crime, hate crime, and what we do about them',
      means: `propose ${DECEMBER} {title: Knife crime, hate crime, and what we do about them; purpose: decision}`,
    },
    { said: 'propose an item for information: Grants', means: `propose ${DECEMBER} {title: Grants; purpose: information}` },
    { said: 'propose an item: Update: burglary', means: `propose ${DECEMBER} {title: Update: burglary}` },
    { said: 'propose an item: KCSP strategy for KCSP', means: `propose ${DECEMBER} {title: KCSP strategy for KCSP}` },
    { said: 'propose an item for KCSP: the KCSP strategy', means: `propose ${DECEMBER} {title: the KCSP strategy}` },
  ])('a proposal: “$said”', async ({ said, means }) => {
    expect(await heard(said)).toEqual([means])
  })

  test.each([
    { said: 'place P1 in B', means: 'place Cyber crime {letter: B}' },
    { said: 'place p1 in section b as number 2', means: 'place Cyber crime {letter: b; number: 2}' },
    { said: 'put P1 under B2', means: 'place Cyber crime {letter: B; number: 2}' },
    { said: 'place P1 in B because it rose by half', means: 'place Cyber crime {letter: B; reason: it rose by half}' },
    { said: 'place P1 in X', means: 'place Cyber crime {letter: X}' },
    { said: 'move B3 to B1', means: 'place Safer Summer {letter: B; number: 1}' },
    { said: 'move B1 to B3', means: 'place Grant {letter: B; number: 3}' },
    { said: 'move B3 before B1', means: 'place Safer Summer {letter: B; number: 1}' },
    { said: 'move B1 before B3', means: 'place Grant {letter: B; number: 2}' },
    { said: 'move B1 before C2', means: 'place Grant {letter: C; number: 2}' },
    { said: 'move b2 to d', means: 'place Burglary {letter: d}' },
    { said: 'hide B1', means: 'place Grant {letter: X}' },
    { said: 'hide P1', means: 'place Cyber crime {letter: X}' },
    { said: 'withdraw B2', means: 'withdraw Burglary' },
    { said: 'could you take off item B2?', means: 'withdraw Burglary' },
    { said: 'withdraw B2 because KCSP has no time', means: 'withdraw Burglary {why: KCSP has no time}' },
    { said: 'remove B2, the paper is not ready', means: 'withdraw Burglary {why: the paper is not ready}' },
    { said: 'withdraw P1 as it was a mistake', means: 'withdraw Cyber crime {why: it was a mistake}' },
    { said: 'decline P1', means: 'decline_form Cyber crime' },
    { said: 'decline P1 because the working group has it', means: 'decline Cyber crime {why: the working group has it}' },
    { said: 'reject proposal P1: not ours', means: 'decline Cyber crime {why: not ours}' },
  ])('arranging: “$said”', async ({ said, means }) => {
    expect(await heard(said)).toEqual([means])
  })

  test.each([
    {
      said: 'B1 is a paper for decision, pages 9 to 20, by Ms S Brinson',
      means: 'change Grant {form: paper; purpose: decision; pages: 9 to 20; presenter: Ms S Brinson}',
    },
    { said: 'B1: verbal', means: 'change Grant {form: verbal}' },
    { said: 'item B1 is a presentation', means: 'change Grant {form: presentation}' },
    { said: 'B1 is to follow', means: 'change Grant {form: to follow}' },
    { said: 'B1 is a paper to follow', means: 'change Grant {form: to follow}' },
    { said: 'B1, pages 9-20', means: 'change Grant {pages: 9-20}' },
    { said: 'B1 is on page 9', means: 'change Grant {pages: 9}' },
    { said: 'B1 comes as a verbal update for information', means: 'change Grant {form: verbal; purpose: information}' },
    { said: 'B1 is presented by the KCSP Working Group', means: 'change Grant {presenter: the KCSP Working Group}' },
  ])('describing: “$said”', async ({ said, means }) => {
    expect(await heard(said)).toEqual([means])
  })

  test.each([
    { said: 'agree the agenda', means: `agree ${DECEMBER}` },
    { said: 'We approve our agenda.', means: `agree ${DECEMBER}` },
    { said: 'agree the agenda of the March meeting', means: 'agree KCSP, March' },
    { said: 'agree the agenda all the same', means: `agree ${DECEMBER} {allTheSame: yes}` },
    { said: 'agree the agenda for Cllr Margaret Ashdown', means: `agree ${DECEMBER} {for: Cllr Margaret Ashdown}` },
    {
      said: 'agree the agenda for Ashdown, all the same',
      means: `agree ${DECEMBER} {for: Cllr Margaret Ashdown; allTheSame: yes}`,
    },
    { said: 'ask for agreement', means: `ask ${DECEMBER}` },
    { said: 'ask for the agreement of the agenda', means: `ask ${DECEMBER}` },
    { said: 'put the agenda to the chair', means: `ask ${DECEMBER}` },
    { said: 'put the agenda to the CSP Executive Group for agreement', means: `ask ${DECEMBER}` },
    { said: 'add a late item', means: `late_form ${DECEMBER}` },
    {
      said: 'add late item Surge in theft, and what we do to B because it rose by half',
      means: `add_late ${DECEMBER} {title: Surge in theft, and what we do; letter: B; reason: it rose by half}`,
    },
    {
      said: 'add late item: “KCSP audit” to section B, since it came today',
      means: `add_late ${DECEMBER} {title: KCSP audit; letter: B; reason: it came today}`,
    },
  ])('agreeing, and after: “$said”', async ({ said, means }) => {
    expect(await heard(said)).toEqual([means])
  })

  test.each([
    { said: 'invite somebody', means: `invite_form ${DECEMBER}` },
    {
      said: 'invite Ann Castle (ann.castle@example.org) of Victim Support for B2',
      means: `invite ${DECEMBER} {name: Ann Castle; email: ann.castle@example.org; organisation: Victim Support; item: Burglary}`,
    },
    { said: 'Please invite Ann Castle', means: `invite ${DECEMBER} {name: Ann Castle}` },
    { said: 'invite ann ann.castle@example.org', means: `invite ${DECEMBER} {name: ann; email: ann.castle@example.org}` },
    { said: 'invite Dr Ann O’Neill-Castle to B1', means: `invite ${DECEMBER} {name: Dr Ann O'Neill-Castle; item: Grant}` },
    { said: 'take back the invitation of Vera Lund', means: 'disinvite Vera Lund’s' },
    { said: 'please withdraw the invitation to Lund', means: 'disinvite Vera Lund’s' },
    { said: 'invite Ann Castle to the March meeting', means: 'invite KCSP, March {name: Ann Castle}' },
    { said: 'invite Ann Castle to the KCSP meeting', means: `invite ${DECEMBER} {name: Ann Castle}` },
    { said: 'invite Ann Castle of KCSP Watch', means: `invite ${DECEMBER} {name: Ann Castle; organisation: KCSP Watch}` },
  ])('inviting: “$said”', async ({ said, means }) => {
    expect(await heard(said)).toEqual([means])
  })

  test.each([
    { said: 'standing items', means: 'standing KCSP' },
    { said: 'show me our standing items', means: 'standing KCSP' },
    {
      said: 'add standing item Scrutiny dates to C: RESOLVED that it stand, 25 March',
      means: 'add_standing KCSP {title: Scrutiny dates; letter: C; decision: RESOLVED that it stand, 25 March}',
    },
    {
      said: 'add a standing item KCSP budget to C: RESOLVED',
      means: 'add_standing KCSP {title: KCSP budget; letter: C; decision: RESOLVED}',
    },
    {
      said: 'end standing item Any other business: RESOLVED that the chair take it',
      means: 'end_standing KCSP {item: Any other business; decision: RESOLVED that the chair take it}',
    },
    {
      said: 'set section B to KCSP matters: RESOLVED',
      means: 'set_section KCSP {letter: B; title: KCSP matters; decision: RESOLVED}',
    },
  ])('what stands: “$said”', async ({ said, means }) => {
    expect(await heard(said)).toEqual([means])
  })
})

describe('of several boards', () => {
  test.each([
    { said: 'agenda for Gravesham', means: ['show Gravesham, January'] },
    { said: 'the KCSP agenda', means: ['show KCSP, December'] },
    { said: 'agenda', means: ['show Gravesham, January', 'show KCSP, December'] },
    { said: 'withdraw B1', means: ['withdraw Street drinking', 'withdraw Grant'] },
    { said: 'withdraw B1 of KCSP because Gravesham CSP has it', means: ['withdraw Grant {why: Gravesham CSP has it}'] },
    { said: 'withdraw B2', means: ['withdraw Burglary'] },
    { said: 'B1 of Gravesham CSP is verbal', means: ['change Street drinking {form: verbal}'] },
    {
      said: 'propose an item for Gravesham CSP: Knife crime at KCSP',
      means: ['propose Gravesham, January {title: Knife crime at KCSP}'],
    },
    {
      said: 'propose an item to KCSP for decision: Gravesham’s knife crime',
      means: ["propose KCSP, December {title: Gravesham's knife crime; purpose: decision}"],
    },
    {
      said: 'propose an item: Knife crime at Gravesham CSP',
      means: [
        'propose Gravesham, January {title: Knife crime at Gravesham CSP}',
        'propose KCSP, December {title: Knife crime at Gravesham CSP}',
      ],
    },
    {
      said: 'add late item Gravesham floods to B for KCSP because the Gravesham CSP asks',
      means: ['add_late KCSP, December {title: Gravesham floods; letter: B; reason: the Gravesham CSP asks}'],
    },
    { said: 'agree the agenda of Gravesham CSP for Philippa Stroud', means: ['agree Gravesham, January {for: Philippa Stroud}'] },
    { said: 'agree the agenda for Imogen Fairley', means: ['agree Gravesham, January {for: Cllr Imogen Fairley}'] },
    {
      said: 'invite Ann Castle of Gravesham Borough Council to the KCSP meeting',
      means: ['invite KCSP, December {name: Ann Castle; organisation: Gravesham Borough Council}'],
    },
    { said: 'standing items of Gravesham', means: ['standing Gravesham'] },
  ])('“$said”', async ({ said, means }) => {
    expect(await heard(said, POLICE)).toEqual(means)
  })

  test('it is asked which, and nothing is done; in a board’s own place it is that board', async () => {
    const asked = textOf(await house.say(CLERK, 'withdraw B1 because there is no time'))
    expect(asked).toContain('Which do you mean?')
    expect(asked).toContain('[Withdraw B1: Gravesham CSP] [Withdraw B1: KCSP]')
    expect(textOf(await sayIn(house, 'gravesham-csp', CLERK, 'agenda'))).toMatch(/^Agenda: Gravesham CSP/)
    expect(await house.handles.reading.selectFrom('item').select('id').where('state', '=', 'withdrawn').execute()).toEqual([])
  })
})

describe('is asked about, and nothing is done meanwhile', () => {
  test.each([
    { said: 'agree the agenda?', perhaps: 'agree KCSP, December' },
    { said: 'withdraw B1?', perhaps: 'withdraw Grant' },
    { said: 'shall I hide B1?', perhaps: null },
    { said: 'propose an item: Who pays?', perhaps: 'propose KCSP, December {title: Who pays}' },
    { said: 'invite Ann', perhaps: 'invite KCSP, December {name: Ann}' },
    { said: 'invite ann castle', perhaps: 'invite KCSP, December {name: ann castle}' },
    { said: 'B1, by far the best', perhaps: 'change Grant {presenter: far the best}' },
    { said: 'B1, by the way', perhaps: 'change Grant {presenter: the way}' },
  ])('“$said”', async ({ said, perhaps }) => {
    expect(await heard(said)).toEqual(perhaps === null ? [] : [`perhaps ${perhaps}`])
    const before = await house.handles.reading.selectFrom('journal').select('seq').execute()
    const answer = await house.say(MEMBER, said)
    expect(textOf(answer)).toContain(perhaps === null ? 'I did not understand that' : 'I am not sure, and have done nothing yet.')
    expect(await house.handles.reading.selectFrom('journal').select('seq').execute()).toEqual(before)
  })
})

describe('does nothing', () => {
  test.each([
    'agenda item 3 was good',
    'I propose we have lunch',
    'propose a toast',
    'suggest a date',
    'B2 or not B2',
    "what's on at the cinema",
    'The agenda was sent out yesterday',
    'I agree the agenda is too long',
    'I agree with the agenda item on knife crime',
    'agree the notes',
    'agree the agenda for nobody',
    'put the agenda to bed',
    'put the agenda to one side',
    'B1 was good',
    'B1 is fine',
    'B1 is a paper that I have not read',
    'item 3 is a paper',
    'B1',
    'P1',
    'section B',
    'items',
    'withdraw B9',
    'withdraw my objection to B1',
    'decline P9 because it is late',
    'place P9 in B',
    'place P1 in Z',
    'place P1 on the table',
    'move B1 to Maidstone',
    'move on to item B2',
    'hide and seek',
    'remove item',
    'we remove B1 and B2',
    'invite everyone to the party',
    'invite the police to comment',
    'invite Ann Castle to lunch',
    'invite Ann Castle of Victim Support to the party',
    'invite Ann Castle for B9',
    'invite comments on B2',
    'take back the invitation of Ann Castle',
    'I had to decline the invitation to lunch',
    'standing ovation',
    'add late item Surge in theft to B',
    'end standing item Nothing: RESOLVED',
    'set section X to Secret: RESOLVED',
    'set fire to section B: now',
    'add an item of clothing',
    'request information about item B2',
    'agenda for January',
    'a hidden agenda',
    'I have no agenda',
    'what a long agenda!',
  ])('“%s”', async (said) => {
    expect(await heard(said)).toEqual([])
    expect(await house.say(MEMBER, said)).toMatchObject({ kind: 'refusal', refusal: { code: 'unclear' } })
  })
})

describe('who may not see what is hidden', () => {
  const OF_X1 = [
    'withdraw X1',
    'X1: verbal',
    'move X1 to B',
    'hide X1',
    'decline X1 because',
    'place X1 in B',
    'invite Ann Castle for X1',
  ]

  test.each(OF_X1)('is heard as of nothing: “%s”', async (said) => {
    expect(await heard(said, 'Nadia Flynn')).toEqual(await heard(said.replace('X1', 'X9'), 'Nadia Flynn'))
    expect(await heard(said, 'Nadia Flynn')).toEqual([])
    expect(await heard(said, DIRECTOR)).toEqual([])
  })

  test('nor who is invited', async () => {
    for (const name of ['Vera Lund', 'Ann Castle'])
      expect(await heard(`take back the invitation of ${name}`, 'Nadia Flynn')).toEqual([])
  })

  test('who may is heard', async () => {
    expect(await heard('withdraw X1')).toEqual(['withdraw Vetting'])
  })
})

test('who has no board is heard as of none', async () => {
  for (const said of ['agenda', 'withdraw B1', 'propose an item: Knife crime', 'standing items']) {
    expect(await heard(said, 'Bethan Cole')).toEqual([])
  }
})

test('a sentence of 2,000 characters, or of marks alone, is read in no time', async () => {
  const long = [
    `propose an item: ${'a, '.repeat(660)}`,
    `invite ${'Ann '.repeat(490)}`,
    `B1 is ${'a paper, '.repeat(220)}`,
    `add late item ${'to B '.repeat(395)}`,
    `agree the agenda for ${'the '.repeat(490)}`,
    `withdraw B1 ${'as '.repeat(660)}`,
    'B1'.repeat(1_000),
    '"'.repeat(2_000),
    `invite ${"a-'.".repeat(490)}`,
  ]
  const began = process.hrtime.bigint()
  for (const said of long) await heard(said.slice(0, 2_000))
  expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(2_000)
})
