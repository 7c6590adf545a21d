import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { identitiesAgree } from '../../../src/boards/reach/identities/store.js'
import { payloadsOf } from '../../../src/db/journal.js'
import { KCSP_ROSTER } from '../../boards.js'
import { CHANNEL, COUNTY, codeOn, emailOf, OTHERS, openSlack, type Slack } from './slack.js'

const CLERK = 'Grace Holloway'
const POLICE = 'Daniel Okafor'

let slack: Slack
beforeEach(async () => {
  slack = await openSlack()
})
afterEach(() => slack.close())

const enter = (user: string, name: string) => slack.say(user, 'who am I', { email: emailOf(name) })

const codeFor = async (name: string): Promise<string> => codeOn(await slack.say('UCLERK', `code for ${name}`))

describe('who speaks is recognised', () => {
  test('by an address of the roster that the platform has verified, in whatever case, in the same delivery', async () => {
    const said = await slack.say('U1', 'when is the next meeting', { email: 'Daniel.OKAFOR@Example.org' })
    expect(said).toContain('16 December 2026')
    expect(await slack.accounts()).toEqual({ U1: POLICE })
    expect(await slack.byHouse()).toEqual(['boards.recognise'])
  })

  test('once: later no address is asked for', async () => {
    await enter('U1', POLICE)
    expect(await slack.say('U1', 'who am I', { email: emailOf('Ruth Hale') })).toContain('You are known here as Daniel Okafor')
  })

  test('by no second account of the same person, until a code says so, which takes the place of the first', async () => {
    await enter('UCLERK', CLERK)
    await enter('U1', POLICE)
    expect(await enter('U2', POLICE)).toContain('I do not know you yet.')
    const code = await codeFor(POLICE)
    expect(await slack.say('U2', `my code is ${code.toLowerCase().replaceAll('-', ' ')}`)).toContain(
      'You are known here as Daniel Okafor',
    )
    expect(await slack.accounts()).toEqual({ UCLERK: CLERK, U2: POLICE })
    expect(await enter('U1', POLICE)).toContain('I do not know you yet.')
  })

  test('by a code alone, of whatever spelling, said directly', async () => {
    await enter('UCLERK', CLERK)
    const code = await codeFor('Ruth Hale')
    expect(await slack.accounts()).toEqual({ UCLERK: CLERK })
    const delivery = 'once'
    for (const _ of [1, 2])
      expect(
        await slack.say('U3', `Code: ${code.replaceAll('-', '').replaceAll('0', 'o').replaceAll('1', 'l')}.`, { delivery }),
      ).toContain('You are known here as Ruth Hale')
    expect(await slack.byHouse()).toEqual(['boards.recognise', 'boards.recognise'])
  })

  test('by no code that others have read: said in a channel it is good no more, whoever says it', async () => {
    await enter('UCLERK', CLERK)
    await enter('U1', POLICE)
    for (const user of ['U3', 'U1']) {
      const code = await codeFor('Ruth Hale')
      expect(await slack.say(user, code.toLowerCase(), { place: CHANNEL })).toContain('it is good no more')
      expect(await slack.say('U3', `code ${code}`)).toContain('That code is not good')
    }
    expect(await slack.say('U3', 'code ABCD-EFGH-JKMN', { place: CHANNEL })).toContain('Say it to me in a direct message.')
    expect(await slack.accounts()).toEqual({ UCLERK: CLERK, U1: POLICE })
    expect((await slack.byHouse()).filter((command) => command === 'boards.spoil_code')).toHaveLength(2)
  })

  test('by their address in a channel, though what they say there has twelve letters', async () => {
    await enter('UCLERK', CLERK)
    await slack.say('UCLERK', 'link KCSP', { place: CHANNEL })
    expect(await slack.say('U1', 'link Assembly', { place: CHANNEL })).toContain('I do not know you yet.')
    expect(await slack.say('U1', 'link Assembly', { place: CHANNEL, email: emailOf(POLICE) })).toContain('“Assembly”')
    expect(await slack.accounts()).toHaveProperty('U1')
    const code = 'code 1234-EFGH-JKMN'
    await slack.say('U2', code, { place: CHANNEL, email: emailOf('Ruth Hale') })
    expect(await slack.accounts()).toHaveProperty('U2')
  })

  test('and may say their code again: they are known', async () => {
    await enter('UCLERK', CLERK)
    const code = await codeFor(POLICE)
    await slack.say('U1', `code ${code}`)
    expect(await slack.say('U1', `code ${code}`)).toContain('You are known here as Daniel Okafor')
    expect(await slack.say('U2', `code ${code}`)).toContain('That code is not good')
  })
})

test.each<readonly [string, (code: string) => Promise<string>]>([
  ['a name', () => slack.say('U9', 'I am Daniel Okafor', { email: null })],
  ['no address', () => slack.say('U9', 'next meeting', { email: null })],
  ['an empty address', () => slack.say('U9', 'next meeting', { email: '' })],
  ['an address of nobody', () => slack.say('U9', 'next meeting', { email: 'x@example.org' })],
  ['an address that only looks alike', () => slack.say('U9', 'next meeting', { email: 'daniel.o\u212Aafor@example.org' })],
  ['a pattern', () => slack.say('U9', 'next meeting', { email: '%@example.org' })],
  ['an address of another tenant', () => slack.say('U9', 'next meeting', { email: emailOf('Nobody Here') })],
  ['an address of the county’s, in the workspace of others', () => enterAt(OTHERS)],
  ['an address of the county’s, in a workspace that nobody knows', () => enterAt('T3')],
  ['a code of nobody', () => slack.say('U9', 'code ABCD-EFGH-JKMN')],
  ['a code in a channel', (code) => slack.say('U9', code, { place: CHANNEL })],
  ['a code in the workspace of others', (code) => slack.say('U9', code, { workspace: OTHERS })],
  ['half a code', (code) => slack.say('U9', `code ${code.slice(0, 9)}`)],
  [
    'a code that another has replaced',
    async (code) => {
      await codeFor(POLICE)
      return slack.say('U9', code)
    },
  ],
  [
    'a code that somebody has used',
    async (code) => {
      await slack.say('U8', code)
      await slack.house.writer.write((tx) => tx.deleteFrom('identity').where('user_id', '=', 'U8').execute())
      return slack.say('U9', code)
    },
  ],
  [
    'a code of seven days ago',
    async (code) => {
      slack.house.clock.forward({ hours: 7 * 24 })
      return slack.say('U9', code)
    },
  ],
  [
    'the act itself',
    async () =>
      slack.press('U9', 'boards.recognise', {
        subject: await slack.person(POLICE),
        platform: 'slack',
        workspace: COUNTY,
        user: 'U9',
        by: 'email',
        proof: emailOf(POLICE),
      }),
  ],
])('nobody is recognised by %s', async (_, tries) => {
  await enter('UCLERK', CLERK)
  const code = await codeFor(POLICE)
  await tries(code)
  expect(await slack.accounts()).not.toHaveProperty('U9')
})

const enterAt = (workspace: string) => slack.say('U9', 'next meeting', { email: emailOf(POLICE), workspace })

test('two people of one address, by case alone, are nobody', async () => {
  await slack.house.writer.write(async (tx) => {
    const { tenant_id } = await tx.selectFrom('board').select('tenant_id').where('id', '=', slack.board).executeTakeFirstOrThrow()
    await tx.insertInto('person').values({ id: 'twin', tenant_id, name: 'Twin', email: 'DANIEL.okafor@example.org' }).execute()
  })
  expect(await enter('U1', POLICE)).toContain('I do not know you yet.')
})

test('whose address the roster has corrected is themselves again by a code, and nobody else’s account is taken by one', async () => {
  await enter('UCLERK', CLERK)
  await enter('U1', POLICE)
  await enter('U2', 'Ruth Hale')
  const { house, board } = slack
  const corrected = KCSP_ROSTER.replaceAll('ruth.hale@example.org', 'r.hale@example.org')
  const values = { file: Buffer.from(corrected).toString('base64') }
  await slack.answer('UCLERK', { press: { command: 'boards.read_roster', subject: board, values } })
  const { id: file } = await house.handles.reading
    .selectFrom('roster_file')
    .where('state', '=', 'read')
    .select('id')
    .executeTakeFirstOrThrow()
  await slack.answer('UCLERK', { press: { command: 'boards.import_roster', subject: file } })
  const { id: person } = await house.handles.reading
    .selectFrom('person')
    .where('email', '=', 'r.hale@example.org')
    .select('id')
    .executeTakeFirstOrThrow()
  const code = codeOn(await slack.press('UCLERK', 'boards.code', { person }))
  // Whoever is of the board stays who they are, and leaves the code as good as it was.
  expect(await slack.say('U1', `code ${code}`)).toContain('You are known here as Daniel Okafor')
  expect(await slack.say('U2', `code ${code}`)).toContain('You are known here as Ruth Hale')
  const { person_id } = await house.handles.reading
    .selectFrom('identity')
    .where('platform', '=', 'slack')
    .where('user_id', '=', 'U2')
    .select('person_id')
    .executeTakeFirstOrThrow()
  expect(person_id).toBe(person)
})

test('who has to do with no board is nobody, though the house knows them', async () => {
  await slack.house.writer.write(async (tx) => {
    const { tenant_id } = await tx.selectFrom('board').select('tenant_id').where('id', '=', slack.board).executeTakeFirstOrThrow()
    await tx.insertInto('person').values({ id: 'stray', tenant_id, name: 'Stray', email: 'stray@example.org' }).execute()
  })
  expect(await slack.say('U1', 'help', { email: 'stray@example.org' })).toContain('I do not know you yet.')
})

describe('a code', () => {
  beforeEach(() => enter('UCLERK', CLERK))

  test('is shown once, kept as a hash alone, and stands in no journal', async () => {
    const delivery = 'asked'
    const code = codeOn(await slack.say('UCLERK', 'one-time code for Daniel Okafor', { delivery }))
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    expect(await slack.say('UCLERK', 'one-time code for Daniel Okafor', { delivery })).toContain('was shown when it was made')
    const { reading } = slack.house.handles
    const all = JSON.stringify([
      await reading.selectFrom('one_time_code').selectAll().execute(),
      await reading.selectFrom('journal_payload').selectAll().execute(),
      await reading.selectFrom('delivery').selectAll().execute(),
      slack.house.lines,
    ])
    expect(all).not.toContain(code)
    expect(all).not.toContain(code.replaceAll('-', ''))
    await slack.say('U1', `code ${code}`)
    const payloads = await reading.selectFrom('journal_payload').select('payload').execute()
    expect(JSON.stringify(payloads.slice(-2))).not.toMatch(/daniel\.okafor@|proof/)
  })

  test('is asked for directly', async () => {
    await slack.say('UCLERK', 'link KCSP', { place: CHANNEL })
    expect(await slack.say('UCLERK', 'code for Daniel Okafor', { place: CHANNEL })).toContain('for your eyes alone')
  })
})

describe('an account that is not theirs', () => {
  beforeEach(async () => {
    await enter('UCLERK', CLERK)
    await enter('U1', POLICE)
  })

  test('is taken from them, asked once, and no address makes it theirs again', async () => {
    expect(await slack.say('UCLERK', 'unlink Daniel Okafor from chat')).toContain('all the same')
    expect(await slack.accounts()).toHaveProperty('U1')
    expect(await slack.say('UCLERK', "Daniel Okafor's chat account is not theirs, all the same")).toContain(
      'Unlinked: Daniel Okafor',
    )
    expect(await slack.accounts()).toEqual({ UCLERK: CLERK })
    expect(await enter('U1', POLICE)).toContain('I do not know you yet.')
    expect(await slack.say('U1', `code ${await codeFor(POLICE)}`)).toContain('You are known here as Daniel Okafor')
  })

  test('what stood in its conversation is turned there no more', async () => {
    await slack.house.writer.write((tx) =>
      tx.updateTable('notice').set({ state: 'waiting', not_before: '0' }).where('notice', '=', 'apologies.invitation').execute(),
    )
    await slack.send()
    expect(slack.newFor('U1')).toHaveLength(1)
    await slack.say('U2', `code ${await codeFor(POLICE)}`)
    await slack.say('U2', 'I will attend the next meeting')
    await slack.send()
    expect(slack.newFor('U1')).toEqual([])
    expect(slack.posted.filter(({ to }) => to === 'U2').map(({ replaces }) => replaces)).toEqual([null])
  })
})

test('an account that nobody was recognised by is a fault of the record, and one that was is none', async () => {
  await enter('UCLERK', CLERK)
  await enter('U1', POLICE)
  const { reading } = slack.house.handles
  const payloads = await payloadsOf(reading, slack.board)
  expect(await identitiesAgree(reading, payloads, true)).toEqual([])
  const person_id = await slack.person('Ruth Hale')
  const made = { platform: 'slack', workspace: COUNTY, user_id: 'U9', person_id, preferred: 1 }
  await slack.house.writer.write((tx) => tx.insertInto('identity').values(made).execute())
  expect(await identitiesAgree(reading, payloads, true)).toEqual([
    'Ruth Hale is known in slack as U9, and no entry says who recognised them.',
  ])
})

test('what has waited for somebody whom nobody knew goes out once they are', async () => {
  await slack.house.writer.write((tx) =>
    tx.updateTable('notice').set({ state: 'waiting', not_before: '0' }).where('notice', '=', 'apologies.invitation').execute(),
  )
  await slack.send()
  expect(slack.newFor('U1')).toEqual([])
  await enter('U1', POLICE)
  await slack.send()
  expect(slack.newFor('U1')).toHaveLength(1)
})
