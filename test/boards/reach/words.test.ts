import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeIn, newCode } from '../../../src/kernel/one-time-code.js'
import { CHANNEL, emailOf, openSlack, type Slack } from './slack.js'

let slack: Slack
beforeAll(async () => {
  slack = await openSlack()
  await slack.say('UCLERK', 'who am I', { email: emailOf('Grace Holloway') })
})
afterAll(() => slack.close())

test.each([
  'ABCD-EFGH-JKMN',
  'code ABCD-EFGH-JKMN',
  'my code is abcd efgh jkmn.',
  'Code: ABCDEFGHJKMN',
  'Hi Quorate, my code is abcd–efgh–jkmn',
  'the one-time code "ABCD-EFGH-JKMN"',
])('a code is read: %s', (said) => expect(codeIn(said)?.code).toBe('ABCD-EFGH-JKMN'))

test.each([
  'code for Daniel Okafor',
  'code for Jane Smith',
  'my code is lost',
  'apologies for the next meeting',
  'ABCD-EFGH',
  'ABCD-EFGH-JKMN-PQRS',
  'my code is ABCD-EFGH-JKMU',
])('no code is read: %s', (said) => expect(codeIn(said)).toBeNull())

test('every code that is made is read as it is', () => {
  for (let n = 0; n < 500; n += 1) {
    const code = newCode()
    expect(codeIn(`code ${code}`)).toEqual({ code, certain: true })
    expect(codeIn(code.toLowerCase())?.code).toBe(code)
  }
})

test('three words of four letters are a code only where they are called one', () => {
  expect(codeIn('send them back')?.certain).toBe(false)
  expect(codeIn('link Assembly')?.certain).toBe(false)
  expect(codeIn('code send them back')?.certain).toBe(true)
  expect(codeIn('ABCD-EFGH-JKMN')?.certain).toBe(true)
})

test.each([
  ['who am I?', 'You are known here as Grace Holloway'],
  ['code for Daniel Okafor', 'One-time code for Daniel Okafor'],
  ['Could you make a new one-time code for Ruth Hale, please', 'One-time code for Ruth Hale'],
  ['code for Okafor', 'One-time code for Daniel Okafor'],
  ['code for Nobody Atall', 'I know of nobody called “Nobody Atall”'],
  ['unlink Ruth Hale from chat', 'Ruth Hale is not known in this chat'],
  ['who can be reached', 'Who can be reached: KCSP'],
  ['places', 'Who can be reached: KCSP'],
  ['which places', 'Who can be reached: KCSP'],
  ['link KCSP', 'A direct message serves no board.'],
  ['unlink this channel', 'a direct message serves no board'],
  ['code of conduct', 'I did not understand that'],
  ['the places at the table are taken', 'I did not understand that'],
  ['link the actions to the plan', 'I know of no board of yours'],
])('directly: %s', async (said, answered) => expect(await slack.say('UCLERK', said)).toContain(answered))

test('in a place that serves no board only its link is understood', async () => {
  const place = { ...CHANNEL, id: 'C7' }
  expect(await slack.say('UCLERK', 'roster', { place })).toContain('Nobody has linked this place to a board.')
  expect(await slack.say('UCLERK', 'places', { place })).toContain('“link KCSP”')
  expect(await slack.say('UCLERK', 'unlink this channel', { place })).toContain('linked to no board of yours')
  expect(await slack.say('UCLERK', 'link Nowhere', { place })).toContain('I know of no board of yours called “Nowhere”.')
  expect(await slack.say('UCLERK', 'link this channel to the KCSP please', { place })).toContain('Linked to KCSP')
  expect(await slack.say('UCLERK', 'link KCSP', { place })).toContain('Linked to KCSP')
  expect(await slack.say('UCLERK', 'roster', { place })).toContain('Daniel Okafor')
  expect(await slack.say('UCLERK', 'unlink this channel', { place })).toContain('all the same')
  expect(await slack.say('UCLERK', 'unlink this channel, all the same', { place })).toContain('#kcsp serves KCSP no more')
  expect(await slack.say('UCLERK', 'roster', { place })).toContain('Nobody has linked this place to a board.')
  expect(await slack.say('UCLERK', 'link this place', { place })).toContain('Linked to KCSP')
})

test('help offers a clerk a code directly, and the link in a place that serves no board', async () => {
  expect(await slack.say('UCLERK', 'help')).toContain('code for NAME')
  expect(await slack.say('UCLERK', 'help', { place: { ...CHANNEL, id: 'C8' } })).toContain('link KCSP')
})
