import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pdf } from '../../papers.js'
import { called, endsWell, type Player, POLICE, playerOf } from './play.js'
import { openSlackHouse, type SlackHouse, wordsOf } from './setting.js'

const PUBLIC_URL = 'https://quorate.example.org'
const OPEN = pdf('Knife crime')
const SENSITIVE = pdf('Informants')
/** of an item that is not on the public agenda */
const HIDDEN = 'Operation Heron'

/** Sends three papers by their form, of which one is OFFICIAL-SENSITIVE and one of a hidden item, and circulates them. */
async function circulated(opened: SlackHouse): Promise<Player> {
  const clerk = await called(opened)
  for (const [title, file, marking] of [
    ['Knife crime', OPEN, 'none'],
    ['Informants', SENSITIVE, 'OFFICIAL-SENSITIVE'],
    [HIDDEN, SENSITIVE, 'none'],
  ] as const) {
    await clerk.say(`propose an item: ${title}`)
    const number = { 'Knife crime': 'B1', Informants: 'B2', [HIDDEN]: 'X1' }[title]
    await clerk.say(`place P1 in ${number?.[0]}`)
    await clerk.command(`send the paper for ${number}`)
    await clerk.send(`Send the paper of ${number}`, {
      'The file': { file: { name: `${title}.pdf`, content: file, type: 'application/pdf' } },
      'Protective marking': marking,
    })
    expect(clerk.window()).toContain('Version 1 is in.')
    await clerk.visitor.closeAll()
  }
  await clerk.say('circulate the papers, all the same')
  expect(clerk.sees()).toContain('The papers go to')
  return clerk
}

describe.each([
  { transport: 'socket', publicUrl: PUBLIC_URL },
  { transport: 'http', publicUrl: null },
] as const)('by $transport, with $publicUrl', ({ transport, publicUrl }) => {
  let opened: SlackHouse
  let clerk: Player
  let member: Player
  const files = (player: Player, where = 'direct') => player.visitor.conversation(where).flatMap((seen) => seen.files)

  beforeAll(async () => {
    opened = await openSlackHouse({ transport, publicUrl })
    clerk = await circulated(opened)
    member = playerOf(opened, opened.as(POLICE))
  })
  afterAll(async () => {
    expect(files(clerk, opened.channel)).toEqual([])
    expect(clerk.sees(opened.channel)).not.toContain(PUBLIC_URL)
    await endsWell(opened)
    await opened.close()
  })

  test('what is not restricted comes as a file into the direct conversation of whoever opens it', async () => {
    await member.press('Open B1')
    const handed = member.visitor.conversation().findLast((seen) => seen.files.length > 0)
    expect(handed?.files[0]?.name).toBe('Knife crime.pdf')
    expect(handed && (await member.visitor.file(handed))).toEqual(OPEN)
    expect(member.newest()).toContain('That you have opened it is recorded.')
    await clerk.say('who has been sent what')
    expect(clerk.newest()).toContain('opened B1')
    expect(clerk.newest()).not.toContain('opened B2')
    // What comes as a file is nobody's to hand over; what cannot be opened without an address is the clerk's.
    expect(clerk.newest()).not.toContain('hand over the papers')
    if (publicUrl === null) expect(clerk.newest()).toContain('hand over the restricted papers')
    else expect(clerk.newest()).not.toContain('hand over')
  })

  test('it comes there too when it is opened in the channel, and nobody there sees so', async () => {
    const before = files(member).length
    await member.say('open B1', opened.channel)
    expect(files(member)).toHaveLength(before + 1)
    expect(member.visitor.conversation(opened.channel).at(-1)?.ephemeral).toBe(true)
    expect(clerk.sees(opened.channel)).not.toContain('That you have opened it is recorded.')
  })

  test('what is restricted comes by a link where there is an address, and else not at all', async () => {
    const before = files(member).length
    await member.press('Open B2')
    if (publicUrl === null) expect(member.newest()).toContain('I have no address from which papers can be opened in a browser.')
    else {
      expect(member.newest()).toContain('For you alone, in one browser')
      const blocks = JSON.stringify(member.visitor.conversation().at(-1)?.blocks)
      expect(blocks).toMatch(/https:\/\/quorate\.example\.org\/papers\/[\w-]{20,}/)
    }
    await member.say('open B2', opened.channel)
    expect(member.newest(opened.channel)).toContain('is not opened from a place that others read')
    expect(files(member)).toHaveLength(before)
  })

  test('what is not on the public agenda is known to the members, and to nobody else who reads there', async () => {
    const guest = playerOf(opened, opened.as('Nadia Flynn'))
    const everybody = [member, guest, playerOf(opened, opened.as('Rob Tilley'))]
    for (const player of everybody) {
      await player.say('agenda')
      await player.say('papers')
      await player.say('agenda', opened.channel)
      await player.openHome()
    }
    expect(member.sees()).toContain(HIDDEN)
    const standing = member.visitor.conversation(opened.channel).filter(({ ephemeral }) => !ephemeral)
    expect(standing.map(wordsOf).join()).not.toContain(HIDDEN)
    for (const player of everybody.slice(1))
      expect(player.sees() + player.sees(opened.channel) + player.home()).not.toContain(HIDDEN)
    for (const player of everybody.slice(1)) expect(player.visitor.notifications.join()).not.toContain(HIDDEN)
    expect(guest.sees()).toContain('Knife crime')
  })

  test('a guest of the meeting opens neither, and learns nothing of them', async () => {
    const invited = playerOf(opened, opened.as('Rob Tilley'))
    await invited.say('open B2')
    expect(files(invited)).toEqual([])
    expect(invited.sees()).not.toContain(PUBLIC_URL)
  })

  test('what Slack does not take is said, and can be asked for again', async () => {
    const before = files(member).length
    opened.standIn.fail('files.completeUploadExternal', { error: 'internal_error' })
    await member.press('Open B1')
    expect(member.newest()).toContain('Slack did not take the file')
    expect(files(member)).toHaveLength(before)
    await member.press('Open B1')
    expect(files(member)).toHaveLength(before + 1)
  })
})
