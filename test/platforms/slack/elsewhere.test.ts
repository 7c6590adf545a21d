import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pdf } from '../../papers.js'
import { called, endsWell, type Player, POLICE, playerOf, settled } from './play.js'
import { openSlackHouse, type SlackHouse } from './setting.js'
import { elementsOf } from './stand-in/blocks.js'

const FIRE = 'Aisha Rahman'
/** Of two people with each other: Slack takes commands there too, and calls it as it calls the conversations with Quorate. */
const PEOPLES = 'D0PEOPLES'

describe.each(['socket', 'http'] as const)('in a direct conversation of two people, by %s', (transport) => {
  let opened: SlackHouse
  let member: Player
  let other: Player

  beforeAll(async () => {
    opened = await openSlackHouse({ transport, publicUrl: 'https://quorate.example.org' })
    const clerk = await called(opened)
    await clerk.say('propose an item: Informants')
    await clerk.say('place P1 in B')
    await clerk.command('send the paper for B1')
    await clerk.send('Send the paper of B1', {
      'The file': { file: { name: 'Informants.pdf', content: pdf(), type: 'application/pdf' } },
      'Protective marking': 'OFFICIAL-SENSITIVE',
    })
    await clerk.visitor.closeAll()
    await clerk.say('circulate the papers, all the same')
    const members = [POLICE, FIRE].map(opened.userOf)
    opened.workspace.addChannel({ id: PEOPLES, name: 'people', kind: 'private', members, withBot: false })
    member = playerOf(opened, opened.as(POLICE))
    other = playerOf(opened, opened.as(FIRE))
  })
  afterAll(async () => {
    await endsWell(opened)
    await opened.close()
  })

  test('a command is answered to the speaker alone, as in a place that serves no board', async () => {
    for (const words of ['agenda of KCSP', 'open B1', 'name a substitute']) {
      await member.command(words, PEOPLES)
      expect(member.visitor.conversation(PEOPLES).at(-1)?.ephemeral).toBe(true)
      expect(member.newest(PEOPLES)).toContain('Until then say it to me directly.')
    }
    expect(other.visitor.conversation(PEOPLES)).toEqual([])
  })

  test('so is what is pressed there, and what is restricted is not opened', async () => {
    await member.command('help', PEOPLES)
    const there = member.visitor.conversation(PEOPLES).at(-1)
    const own = member.visitor.conversation().findLast(({ blocks }) => JSON.stringify(blocks).includes('papers.open'))
    const value = own?.blocks
      .flatMap(elementsOf)
      .flatMap((element) => (element.type === 'button' && element.value?.includes('papers.open') ? [element.value] : []))[0]
    if (!there || !own || value === undefined) throw new Error('there is nothing to press')
    await member.visitor.press({ ...there, blocks: own.blocks }, { value }, { stale: true })
    await settled(opened)
    expect(member.newest(PEOPLES)).toContain('That paper is restricted, and is not opened from a place that others read.')
    expect(other.visitor.conversation(PEOPLES)).toEqual([])
  })

  test('an item is proposed from what was said there, and nothing of that is posted where Quorate is not', async () => {
    const before = opened.standIn.calls.length
    await member.visitor.say(PEOPLES, 'Street lighting')
    const said = member.visitor.conversation(PEOPLES).findLast(({ user }) => user === member.visitor.user)
    if (said) await member.visitor.shortcut('propose_item', said)
    await settled(opened)
    expect(await member.send('Propose an item', {})).toBeUndefined()
    expect(member.window()).toContain('The item is proposed.')
    const posted = opened.standIn.calls.slice(before).filter(({ arguments: { channel } }) => channel === PEOPLES)
    expect(posted.filter(({ method }) => method.startsWith('chat.'))).toEqual([])
  })
})
