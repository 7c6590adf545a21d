import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
import { directPlaceOf } from '../../src/platforms/web/places.js'
import { inbound, openTestHouse, type TestHouse, textOf } from '../house.js'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const POLICE = 'Daniel Okafor'

describe('understood as a whole', () => {
  test.each([
    { words: 'apologies for the next meeting', shows: 'You have named no substitute.' },
    { words: 'Apologies from me for the next meeting please', shows: 'You have named no substitute.' },
    { words: 'Sorry, apols for the next meeting. Thanks', shows: 'You have named no substitute.' },
    { words: 'Please accept my apologies', shows: 'Do you mean this?' },
    { words: 'please accept my apologies for the next meeting', shows: 'You have named no substitute.' },
    { words: "I'm afraid I can't come", shows: 'You have named no substitute.' },
    { words: "sorry but I can't attend the next meeting", shows: 'You have named no substitute.' },
    { words: "I won't be there", shows: 'You have named no substitute.' },
    { words: "I'm not coming", shows: 'You have named no substitute.' },
    { words: 'withdraw my apologies', shows: 'You will be there.' },
    { words: "sorry i can't make it to the next meeting", shows: 'You have named no substitute.' },
    { words: 'I can’t come', shows: 'You have named no substitute.' },
    { words: "I can't come but will send a substitute", shows: 'You have named no substitute.' },
    { words: 'apologies, no sub', shows: 'You have named no substitute.' },
    { words: 'apologies for the next meeting, Ruth Hale will substitute', shows: 'Ruth Hale will substitute.' },
    { words: 'Apologies for the next meeting - Tariq Aziz will stand in for me', shows: 'Tariq Aziz will substitute.' },
    { words: 'apologies; HALE will come instead, many thanks', shows: 'Ruth Hale will substitute.' },
    { words: "I can't make the next meeting", shows: 'Is nobody to substitute any more?' },
    { words: 'apologies, no substitute', shows: 'You have named no substitute.' },
    { words: "I can't make the next meeting", shows: 'You have named no substitute.' },
    { words: 'I can come after all', shows: 'You will be there.' },
    { words: "I'll be there", shows: 'You will be there.' },
    { words: 'who is coming', shows: 'Who is coming on Wednesday 16 December 2026' },
    { words: "Who's coming to the next meeting?", shows: 'Who is coming on Wednesday 16 December 2026' },
    { words: 'who sent apologies', shows: 'Who is coming on Wednesday 16 December 2026' },
    { words: "who hasn't answered", shows: 'Who is coming on Wednesday 16 December 2026' },
    { words: 'who has not replied yet?', shows: 'Who is coming on Wednesday 16 December 2026' },
    { words: 'who still has to answer?', shows: 'Who is coming on Wednesday 16 December 2026' },
    { words: "who's not coming?", shows: 'Who is coming on Wednesday 16 December 2026' },
    { words: "who can't make it?", shows: 'Who is coming on Wednesday 16 December 2026' },
    { words: 'any apologies for the 16th?', shows: 'Who is coming on Wednesday 16 December 2026' },
    { words: 'how many are coming?', shows: 'Who is coming on Wednesday 16 December 2026' },
    { words: 'will we be quorate on the 16th?', shows: 'Who is coming on Wednesday 16 December 2026' },
    { words: 'do we have a quorum for the next meeting?', shows: 'Who is coming on Wednesday 16 December 2026' },
    { words: 'name a substitute', shows: 'Who comes in your place?: Ruth Hale, Tariq Aziz' },
    { words: 'help', shows: 'What you can do here now' },
    { words: '?', shows: 'What you can do here now' },
  ])('“$words”', async ({ words, shows }) => {
    expect(textOf(await house.say(POLICE, words))).toContain(shows)
  })
})

describe('is asked about, and nothing is done meanwhile', () => {
  test.each([
    'Apologies for the next meeting?',
    'Apologies?',
    "I can't come to the next meeting?",
    'I can come?',
    "I'll be there?",
    'My apologies!',
    'Sorry, my apologies',
    'So sorry, apologies',
    'apologies for absence',
    'apologies, Ruth Hale will substitute?',
  ])('“%s”', async (words) => {
    const before = await house.handles.reading.selectFrom('answer').select('id').execute()
    const answer = await house.say('Helen Marsh', words)
    expect(textOf(answer)).toContain('I am not sure, and have done nothing yet.')
    expect(await house.handles.reading.selectFrom('answer').select('id').execute()).toEqual(before)
  })
})

describe('does nothing', () => {
  test.each([
    'Apologies for the confusion about the venue',
    'apologies for the late reply',
    'no apologies received',
    'please take apologies at the next meeting',
    'note apologies for the next meeting',
    'Please record apologies for the next meeting',
    'accept apologies',
    'My apologies to the board.',
    'apologies for the sub',
    'do not send my apologies',
    "I won't send apologies",
    'apologies, Cllr will substitute',
    'apologies to Ruth Hale for the mix-up',
    'Ruth sends her apologies for the noise',
    'I can come after all this is over to your office',
    'will there be apologies?',
    'who is coming to fix the printer',
    'I will be there in spirit',
    'apologies for the next meeting of the parish council',
    'please tell Ruth that apologies are due',
    'I am not coming round to that view',
    'who sent this round?',
    'who sent apologies in 2019',
    'who answered the phone?',
    "who hasn't answered my email?",
    'any apologies would be welcome',
    'how many are coming to the dinner?',
    'will we be quorate if I leave?',
    'who can sub for me?',
    'who still has to pay?',
  ])('“%s”', async (words) => {
    const before = await house.handles.reading.selectFrom('answer').select('id').execute()
    const answer = await house.say(POLICE, words)
    expect(answer.kind).toBe('refusal')
    expect(await house.handles.reading.selectFrom('answer').select('id').execute()).toEqual(before)
  })
})

test('a substitute who may be several is asked about, not guessed', async () => {
  const { id } = await house.handles.reading
    .selectFrom('organisation')
    .select('id')
    .where('name', '=', 'Kent Police')
    .executeTakeFirstOrThrow()
  const another = newId()
  await house.writer.write(async (tx) => {
    const tenant = await tx.selectFrom('tenant').select('id').executeTakeFirstOrThrow()
    await tx
      .insertInto('person')
      .values({ id: another, tenant_id: tenant.id, name: 'Ruth Mercer', email: 'ruth.mercer@example.org' })
      .execute()
    const board = await tx.selectFrom('board').select('id').executeTakeFirstOrThrow()
    await tx
      .insertInto('post')
      .values({ board_id: board.id, person_id: another, organisation_id: id, title: 'Inspector' })
      .execute()
  })
  expect(textOf(await house.say(POLICE, 'apologies, Ruth will substitute'))).toContain(
    'That could be Ruth Hale or Ruth Mercer. Say the whole name.',
  )
  expect(textOf(await house.say(POLICE, 'apologies, Ruth Mercer will substitute'))).toContain('Ruth Mercer will substitute.')
})

test('words too long to be a name are refused in our own words', async () => {
  const answer = await house.say(POLICE, `apologies, ${'Ruth '.repeat(50)}will substitute`)
  expect(textOf(answer)).toContain('That is too long to be a name.')
})

test('half a name that nobody bears is refused, and the answer stands as it was', async () => {
  const answer = await house.say(POLICE, 'apologies for the next meeting, Wendy will substitute')
  expect(answer.kind).toBe('refusal')
  expect(textOf(await house.say('Grace Holloway', 'who is coming'))).toContain('Ruth Mercer (substitute for Daniel Okafor)')
})

test('in a place that nobody has linked to a board, nothing is said and nothing is done', async () => {
  const place = { ...directPlaceOf('x@example.org'), id: 'elsewhere', kind: 'public' as const }
  const answer = await house.bot.answer({ ...inbound(POLICE, { words: 'who is coming' }), place })
  expect(textOf(answer)).toContain('Nobody has linked this place to a board.')
})
