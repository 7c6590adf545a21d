import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHAIR, called, clockTo, endsWell, type Player, POLICE, playerOf } from '../play.js'
import { openSlackHouse, type SlackHouse } from '../setting.js'

/**
 * The page’s walk, in Slack. The page’s own are left out: its switch between people, its panel that moves the clock, its
 * keyboard, its looks, and what it says while its server is away.
 */

const DEPUTY = 'Ruth Hale'
const OTHER = 'Helen Marsh'
const PROBATION = 'June Whitfield'
const LATECOMER = 'Tom Beresford'

let opened: SlackHouse

const as = (name: string): Player => playerOf(opened, opened.as(name))

describe.each(['socket', 'http'] as const)('a member, the clerk and the chair, by %s', (transport) => {
  let clerk: Player
  let channel: string

  /** A meeting to which three of the four responsible authorities that are needed will come. */
  beforeAll(async () => {
    opened = await openSlackHouse({ transport })
    channel = opened.channel
    clerk = await called(opened)
    for (const name of [CHAIR, 'Aisha Rahman', 'Dr Simon Kerr']) await as(name).press("I'll be there")
  })
  afterAll(async () => {
    await endsWell(opened)
    await opened.close()
  })

  test('tried wrong: a form without a choice, and words that mean nothing, change nothing', async () => {
    const member = as(POLICE)
    await member.press('Name a substitute')
    expect(Object.keys((await member.send('Name a substitute', {})) ?? {})).toEqual(['substitute'])
    await member.visitor.closeModal()
    expect(member.sees()).toContain('You have not answered yet. Will you come?')
    await member.say('Apologies for the confusion about the venue')
    expect(member.newest()).toContain('I did not understand that, and so did nothing.')
    expect(member.sees()).toContain('You have not answered yet. Will you come?')
  })

  test('the member names a substitute in the form; the clerk is told, the channel and the chair see the quorum', async () => {
    expect(clerk.sees(channel)).toContain('3 of the 4 responsible authorities needed say they will be represented')

    const member = as(POLICE)
    await member.press('Name a substitute')
    expect(await member.send('Name a substitute', { 'Who comes in your place?': DEPUTY })).toBeUndefined()
    expect(member.window()).toContain(`You send apologies. ${DEPUTY} will substitute.`)
    await member.visitor.closeAll()
    expect(member.sees()).toContain('You send apologies.')
    expect(member.sees()).toContain('4 responsible authorities say they will be represented: enough for the quorum of 4.')

    expect(clerk.sees(channel)).toContain('4 responsible authorities say they will be represented: enough for the quorum of 4.')
    expect(clerk.sees(channel).match(/say they will be represented/g)).toHaveLength(1)
    expect(clerk.sees()).toContain(`Apologies received`)
    expect(clerk.sees()).toContain(`${POLICE} sends apologies. ${DEPUTY} will substitute.`)
    await clerk.press('Who is coming')
    expect(clerk.newest()).toContain(`${DEPUTY} (substitute for ${POLICE})`)

    const chair = as(CHAIR)
    await chair.say('who is coming')
    expect(chair.newest()).toContain('Who is coming on')
    expect(as(DEPUTY).sees()).toContain('You are named as substitute')
    expect(as(OTHER).sees()).not.toContain('substitute.')
    expect(as(OTHER).sees(channel)).not.toContain(DEPUTY)
  })

  test('another presses on their own card, which changes in its place, and comes after all; from the channel’s card they see their answer alone', async () => {
    const member = as(PROBATION)
    const cards = member.visitor.conversation().length
    await member.press('Send apologies')
    expect(member.newest()).toContain('You have named no substitute.')
    await member.press('I can come after all')
    expect(member.newest()).toContain('You will be there.')
    expect(member.visitor.conversation()).toHaveLength(cards)

    const other = as(OTHER)
    await other.press("I'll be there", channel)
    const answer = other.visitor.conversation(channel).at(-1)
    expect(answer?.ephemeral).toBe(true)
    expect(other.newest(channel)).toContain('You will be there.')
    expect(clerk.sees(channel)).toContain('6 responsible authorities say they will be represented')
    for (const one of [clerk, member]) expect(one.sees(channel)).not.toContain('You will be there.')
  })

  test('people talk in the channel; Quorate answers when it is spoken to by name, and only to whoever spoke', async () => {
    const member = as(LATECOMER)
    const before = opened.standIn.calls.length
    await member.visitor.say(channel, 'Good morning all, who is coming? <!channel> *bold* <img src=x>')
    await opened.quiet()
    expect(opened.standIn.calls).toHaveLength(before)
    await member.say('who is coming', channel)
    expect(member.newest(channel)).toContain('Who is coming on')
    await member.command('who is coming', channel)
    expect(member.sees(channel).match(/Who is coming on/g)).toHaveLength(2)
    expect(clerk.sees(channel)).not.toContain('Who is coming on')
    expect(member.sees()).not.toContain('Not done')

    opened.clock.set('2026-12-11T08:59:00Z')
    await clockTo(opened, '2026-12-11T09:00:00Z')
    expect(member.sees()).toContain('Please answer: KCSP')
    expect(as(CHAIR).sees()).not.toContain('Please answer')
  })
})
