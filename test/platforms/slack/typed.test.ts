import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KCSP_ROSTER } from '../../boards.js'
import { CHAIR, called, clockTo, endsWell, type Player, POLICE, playerOf } from './play.js'
import { openSlackHouse, type SlackHouse } from './setting.js'

/** What people may type where they are asked for a title: each is shown as it stands here, but for marks that cannot be seen. */
const TYPED = [
  'Tell <!channel> & <!here>: <@U0NOBODY|all>, <#C0NOWHERE> and <!subteam^S0ALL>',
  '*bold* _it_ ~gone~ `code` > quoted',
  '&lt;b&gt; &amp; <https://example.org|here>',
  '🚨 :tada: שלום \u200fעולם\u200e naïve',
] as const

/** The house keeps no marks of direction. */
const shown = (title: string): string => title.replaceAll(/[\u200e\u200f]/g, '')

const ODD = '<!channel> *Zoë* O’Neil'

describe.each(['socket', 'http'] as const)('what was typed, by %s', (transport) => {
  let opened: SlackHouse
  let clerk: Player
  let member: Player
  let chair: Player

  beforeAll(async () => {
    opened = await openSlackHouse({ transport })
    clerk = await called(opened)
    member = playerOf(opened, opened.as(POLICE))
    chair = playerOf(opened, opened.as(CHAIR))
    for (const title of TYPED) {
      await member.command('propose an item')
      await member.send('Propose an item', { Title: title, Why: title })
      expect(member.window()).toContain(shown(title))
      await member.visitor.closeAll()
    }
  })
  afterAll(async () => {
    await endsWell(opened)
    await opened.close()
  })

  /** As a phone shows a notification. */
  const notified = (player: Player) =>
    player.visitor.notifications.join('\n').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

  test('titles are shown as they were typed, in messages, windows, pages and notifications', async () => {
    for (const title of TYPED) {
      expect(member.sees()).toContain(shown(title))
      expect(clerk.sees()).toContain(shown(title))
      expect(notified(clerk)).toContain(shown(title))
    }
    for (const _ of TYPED) await clerk.say('place P1 in B')
    await clerk.say('agenda')
    for (const title of TYPED) expect(clerk.newest()).toContain(shown(title))
    await clerk.press('Change items')
    for (const title of TYPED) expect(clerk.newest()).toContain(shown(title))
    await clerk.press('Ask for agreement')
    await chair.openHome()
    await clerk.openHome()
    await chair.press('Agree the agenda')
    await clerk.say('circulate the papers, all the same')
    await member.say('agenda', opened.channel)
    for (const title of TYPED) expect(member.newest(opened.channel)).toContain(shown(title))
    expect(chair.home() + clerk.home()).toContain('KCSP')
  })

  test('a message shortcut takes a message’s first line as it was typed', async () => {
    const words = 'Cost of *lights* &amp; the `A2`\nand more'
    await member.visitor.say(opened.channel, words)
    const said = member.visitor.conversation(opened.channel).findLast(({ user }) => user === member.visitor.user)
    if (said) await member.visitor.shortcut('propose_item', said)
    await opened.quiet()
    expect(member.window()).toContain('Title: [Cost of *lights* &amp; the `A2`]')
    expect(member.window()).not.toContain('and more')
    await member.visitor.closeAll()
  })

  test('a title that is too long is said to be, and is not taken', async () => {
    const before = (await opened.house.handles.reading.selectFrom('journal').select('seq').execute()).length
    await member.say(`propose an item: ${'street '.repeat(428)}lights`)
    expect(member.newest()).toContain('Not done')
    await member.command('propose an item')
    const errors = await member.send('Propose an item', { Title: 'x'.repeat(3_000) })
    expect(errors?.title).toMatch(/at most \d+ characters/)
    await member.visitor.closeAll()
    const after = (await opened.house.handles.reading.selectFrom('journal').select('seq').execute()).length
    expect(after).toBe(before)
  })

  test('a name that reads like markup calls nobody, wherever it is shown', async () => {
    const row = `Kent Police,,,,,,colleague,"${ODD}",Sergeant,zoe@example.org,,,,,,\n`
    const roster = { name: 'roster.csv', content: Buffer.from(KCSP_ROSTER + row), type: 'text/csv' }
    await clerk.say('read this roster', 'direct', [roster])
    expect(clerk.newest()).toContain(ODD)
    await clerk.press('Import')
    await member.press('Name a substitute')
    expect(await member.send('Name a substitute', { 'Who comes in your place?': ODD })).toBeUndefined()
    await member.visitor.closeAll()
    expect(member.sees()).toContain(`${ODD} will substitute.`)
    expect(clerk.sees()).toContain(`${ODD} will substitute.`)
    expect(notified(clerk)).toContain(`${ODD} will substitute.`)
    await chair.say('who is coming', opened.channel)
    expect(chair.newest(opened.channel)).toContain(ODD)
    await member.openHome()
    expect(member.home()).toContain(ODD)
  })

  test('a motion that calls everybody is moved in front of everybody, and calls nobody', async () => {
    await clockTo(opened, '2026-12-16T10:00:00Z')
    await clerk.say('open the meeting')
    await clerk.say('Cllr Margaret Ashdown, Daniel Okafor, Aisha Rahman and Dr Simon Kerr are here')
    await chair.say('move under C1: <!here> be *told* of <!channel> & more')
    expect(member.sees(opened.channel)).toContain('@here be *told* of @channel & more')
    await chair.say('put it to the vote')
    await chair.press('The meeting agrees to vote')
    expect(member.sees()).toContain('@here be *told* of @channel & more')
  })
})
