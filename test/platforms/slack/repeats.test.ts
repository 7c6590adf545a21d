import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pdf } from '../../papers.js'
import { called, endsWell, type Player, POLICE, playerOf, settled } from './play.js'
import { openSlackHouse, type SlackHouse } from './setting.js'
import type { Seen } from './stand-in/visitor.js'

/** The same is delivered thrice more. */
const AGAIN = { repeats: 3 }

describe.each(['socket', 'http'] as const)('delivered again and again by %s', (transport) => {
  let opened: SlackHouse
  let clerk: Player
  let member: Player
  let entries: number
  let messages: number
  let others: number

  const journal = async (): Promise<number> =>
    (await opened.house.handles.reading.selectFrom('journal').select('seq').execute()).length
  const withButton = (player: Player, label: string, where = 'direct'): Seen => {
    const found = player.visitor
      .conversation(where)
      .findLast(({ blocks, ephemeral }) => !ephemeral && JSON.stringify(blocks).includes(`"text":"${label}"`))
    if (!found) throw new Error(`there is no ${label}`)
    return found
  }
  /** How many entries of the journal and messages there are more than before, to the member and to everybody in the channel. */
  async function more(): Promise<{ entries: number; messages: number; others: number }> {
    await settled(opened)
    return {
      entries: (await journal()) - entries,
      messages: member.visitor.conversation().length - messages,
      others: member.visitor.conversation(opened.channel).length - others,
    }
  }

  beforeAll(async () => {
    opened = await openSlackHouse({ transport })
    clerk = await called(opened)
    member = playerOf(opened, opened.as(POLICE))
  })
  afterAll(async () => {
    await endsWell(opened)
    await opened.close()
  })
  beforeEach(async () => {
    await settled(opened)
    entries = await journal()
    messages = member.visitor.conversation().length
    others = member.visitor.conversation(opened.channel).length
  })

  test('words', async () => {
    await member.visitor.say('direct', 'apologies for the next meeting', AGAIN)
    expect(await more()).toEqual({ entries: 1, messages: 2, others: 0 })
  })

  test('words to its name', async () => {
    await member.visitor.say(opened.channel, `<@${opened.workspace.botUser}> I will be there`, AGAIN)
    expect(await more()).toEqual({ entries: 1, messages: 0, others: 2 })
  })

  test('a slash command', async () => {
    await member.visitor.command(opened.channel, 'apologies for the next meeting', '/quorate', AGAIN)
    expect(await more()).toEqual({ entries: 1, messages: 0, others: 1 })
  })

  test('a press on one’s own card, and on the channel’s', async () => {
    await member.visitor.press(withButton(member, 'I can come after all'), 'I can come after all', AGAIN)
    expect(await more()).toEqual({ entries: 1, messages: 0, others: 0 })
    await member.visitor.press(withButton(member, 'Send apologies', opened.channel), 'Send apologies', AGAIN)
    expect(await more()).toEqual({ entries: 2, messages: 0, others: 1 })
  })

  test('a press that opens a form, and the form', async () => {
    await member.visitor.press(withButton(member, 'Name a substitute'), 'Name a substitute', AGAIN)
    await settled(opened)
    expect(member.visitor.modals()).toHaveLength(1)
    expect(await member.visitor.submit({ 'Who comes in your place?': 'Ruth Hale' }, AGAIN)).toEqual({})
    expect(await more()).toMatchObject({ entries: 1, others: 0 })
    expect(member.visitor.modals()).toHaveLength(1)
    expect(member.window()).toContain('Ruth Hale will substitute.')
    expect(
      playerOf(opened, opened.as('Ruth Hale'))
        .sees()
        .match(/You are named as substitute/g),
    ).toHaveLength(1)
    await member.visitor.closeAll()
  })

  test('a form that is refused at a field', async () => {
    await clerk.command('call a meeting')
    const refused = await clerk.visitor.submit({ day: '2026-11-01' }, AGAIN)
    expect(refused.errors?.day).toContain('That time has passed')
    expect(await more()).toEqual({ entries: 0, messages: 0, others: 0 })
    expect(clerk.visitor.modals()).toHaveLength(1)
    await clerk.visitor.closeAll()
  })

  test('a form with a file', async () => {
    await clerk.say('propose an item: Knife crime')
    await clerk.say('place P1 in B')
    await clerk.command('send the paper for B1')
    entries = await journal()
    await clerk.visitor.submit({ 'The file': { file: { name: 'Plan.pdf', content: pdf(), type: 'application/pdf' } } }, AGAIN)
    expect(await more()).toEqual({ entries: 1, messages: 0, others: 0 })
    expect(clerk.window()).toContain('Version 1 is in.')
    expect(await opened.house.handles.reading.selectFrom('paper_version').select('id').execute()).toHaveLength(1)
    await clerk.visitor.closeAll()
  })

  test('a shortcut, the home page and a button on it', async () => {
    await member.visitor.shortcut('send_apologies', undefined, AGAIN)
    await settled(opened)
    expect(member.visitor.modals()).toHaveLength(1)
    await member.visitor.closeAll()
    const before = opened.standIn.calls.length
    await member.visitor.openHome(AGAIN)
    await settled(opened)
    expect(opened.standIn.calls.slice(before).filter(({ method }) => method === 'views.publish')).toHaveLength(1)
    expect(await more()).toEqual({ entries: 0, messages: 0, others: 0 })
  })

  test('pressed twice at once, it is done, and it stays done', async () => {
    const seen = withButton(member, 'I can come after all')
    await Promise.all([
      member.visitor.press(seen, 'I can come after all'),
      member.visitor.press(seen, 'I can come after all', { stale: true }),
    ])
    expect((await more()).others).toBe(0)
    expect(member.newest()).toContain('You will be there.')
    const meeting = await opened.house.handles.reading.selectFrom('answer').selectAll().execute()
    expect(meeting.length).toBeGreaterThan(0)
    expect(clerk.sees(opened.channel).match(/1 of the 4 responsible authorities/g)).toHaveLength(1)
  })
})
