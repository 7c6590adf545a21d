import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readable } from '../../src/kernel/sentence.js'
import { words } from '../../src/papers/words.js'
import { agendaOf, CLERK, done, openSettled, POLICE } from '../agenda/setting.js'
import { boardCalled, personCalled } from '../boards.js'
import { placeOf, type TestHouse, textOf } from '../house.js'

let house: TestHouse
/** What each id is called in these tests. */
const called = new Map<string, string>()
let tenant: string
const MEMBER = 'Helen Marsh'
const LINK = 'https://example.org/burglary.pdf'

/** The KCSP of 16 December 2026: B1 Grant is not in, B2 Burglary is, X1 is not on the public agenda; and what is in went out. */
beforeAll(async () => {
  house = await openSettled()
  const { reading } = house.handles
  const kcsp = agendaOf(house, await house.meeting())
  called.set(kcsp.meeting, 'December')
  called.set((await boardCalled(house, 'KCSP')) ?? '', 'KCSP')
  for (const title of ['Grant', 'Burglary']) await kcsp.has(title, 'B')
  await kcsp.has('Vetting', 'X')
  const items = await reading.selectFrom('item').select(['id', 'title']).execute()
  for (const { id, title } of items) called.set(id, title)
  const burglary = items.find(({ title }) => title === 'Burglary')?.id ?? ''
  await done(house.press(CLERK, { command: 'papers.send', subject: burglary, values: { link: LINK } }))
  const circulate = { command: 'papers.circulate', subject: kcsp.meeting, values: { allTheSame: 'yes' } }
  await done(house.press(CLERK, circulate))
  const { id: version } = await reading.selectFrom('paper_version').select('id').executeTakeFirstOrThrow()
  called.set(version, 'version 1 of Burglary')
  const { id: circulation } = await reading.selectFrom('circulation').select('id').executeTakeFirstOrThrow()
  called.set(circulation, 'what went out')
  tenant = (await reading.selectFrom('tenant').select('id').executeTakeFirstOrThrow()).id
  for (const { id, name } of await reading.selectFrom('person').select(['id', 'name']).execute()) called.set(id, name)
}, 60_000)
afterAll(() => house.close())

/** "describe Grant {author: Daniel Okafor}", each reading; one that is not certain begins with "perhaps". */
async function heard(sentence: string, name = CLERK): Promise<readonly string[]> {
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
    const about = `${command.replace('papers.', '')} ${nameOf(subject)}${given.length > 0 ? ` {${given.join('; ')}}` : ''}`
    return certain ? about : `perhaps ${about}`
  })
}

describe('is understood at once', () => {
  const each = (meant: string, ...said: string[]) => said.map((sentence) => ({ sentence, meant }))

  test.each([
    ...each(
      'show December',
      'papers',
      'the papers',
      'Papers please',
      'show me the papers',
      'papers for December',
      'papers for the next meeting',
      'papers of the 16 December meeting',
      'what papers are missing?',
      'Which papers are late',
      'are all the papers in?',
      'have the papers gone out?',
      "what's missing from the papers",
      'where are the papers?',
    ),
    ...each(
      'circulate December',
      'circulate the papers',
      'Could you circulate the papers please?',
      'send out the agenda and the papers',
      'send the papers round',
      'circulate the supplement',
      'please send the papers to everyone now',
      'circulate the papers for December',
    ),
    ...each('circulate December {allTheSame: yes}', 'circulate the papers, all the same'),
    ...each(
      'dispatches December',
      'who has been sent what',
      'who has received the papers?',
      'who has not opened the papers yet?',
      'who has read their papers',
    ),
    ...each('record December', 'dispatch record', 'print the dispatch record', 'the dispatch record for December'),
    ...each('received what went out', 'papers received', "I've got the papers, thanks", 'received all the papers safely'),
    ...each('paper Burglary', 'show me the paper for B2', 'show B2', 'paper B2'),
    ...each('open version 1 of Burglary', 'open B2', 'open the paper for B2', 'send me B2', 'read item B2'),
    ...each('paper Grant', 'open B1'),
    ...each('send_form Grant', 'paper for B1', 'send the paper for B1', "here's my paper for B1", 'upload B1'),
    ...each(
      'send Grant {link: https://example.org/grant.pdf}',
      'paper for B1: https://example.org/grant.pdf',
      'here is B1 https://example.org/grant.pdf',
    ),
    ...each(
      'describe Grant {author: Daniel Okafor}',
      'Daniel Okafor writes B1',
      'B1 is written by Daniel Okafor',
      'B1 will be written by Daniel',
      'the author of B1 is Daniel Okafor',
      'ask Daniel for the paper for B1',
    ),
    ...each(
      'describe Grant {marking: OFFICIAL-SENSITIVE}',
      'mark B1 official-sensitive',
      'B1 is OFFICIAL SENSITIVE',
      'mark the paper for B1 as Official-Sensitive',
    ),
    ...each('describe Grant {marking: none}', 'B1 is not marked'),
    ...each(
      'retract version 1 of Burglary {why: the figures are wrong}',
      'take back B2 because the figures are wrong',
      'retract B2: the figures are wrong',
    ),
    ...each('retract_form version 1 of Burglary', 'take back B2'),
  ])('$sentence', async ({ sentence, meant }) => {
    expect(await heard(sentence)).toEqual([meant])
  })
})

describe('is asked about', () => {
  test.each([
    ['Sarah Brinson writes B1', 'perhaps describe Grant {name: Sarah Brinson}'],
    ['circulate the papers?', 'perhaps circulate December'],
    ['take back B2 because of the figures?', 'perhaps retract version 1 of Burglary {why: of the figures}'],
  ])('%s', async (sentence, meant) => {
    expect(await heard(sentence)).toEqual([meant])
  })
})

describe('is not a sentence of the papers', () => {
  test.each([
    'thanks for the papers',
    'the papers were very good',
    'I have not had the papers',
    "I haven't received the papers",
    'the papers are too long',
    'I read about it in the papers',
    'who writes B1?',
    'everybody writes B1',
    'I write B1 tomorrow',
    'open B9',
    'show me X9',
    'B2 or not B2',
    'papers for breakfast',
    'circulate the biscuits',
    'circulate the papers once the chair has read them',
    'take back what you said because it hurt',
    'send B2 to the printers',
    'Daniel has the papers by his bed',
    'has everyone got the papers, and is the room booked?',
    'Paper B2 is not to be circulated',
  ])('%s', async (sentence) => {
    expect(await heard(sentence)).toEqual([])
  })

  test('where it is of an item that the speaker may not know of', async () => {
    expect(await heard('show X1')).toEqual(['paper Vetting'])
    expect(await heard('show X1', 'Nadia Flynn')).toEqual([])
  })

  test('where nothing was sent to the speaker', async () => {
    expect(await heard('papers received', 'Ruth Hale')).toEqual([])
  })
})

test('what is said is done: in chat alone a paper is asked for, comes, goes out, and is acknowledged', async () => {
  expect(textOf(await house.say(CLERK, 'Daniel Okafor writes B1'))).toContain('That is kept.')
  expect(textOf(await house.say(POLICE, 'paper for B1: https://example.org/grant.pdf'))).toContain('Version 1 is in.')
  expect(textOf(await house.say(CLERK, 'circulate the supplement'))).toContain('The supplement goes to')
  expect(textOf(await house.say(MEMBER, 'papers received'))).toContain('You acknowledged it')
  expect(textOf(await house.say(CLERK, 'who has been sent what'))).toContain('received')
})
