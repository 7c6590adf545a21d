import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHAIR, CLERK, called, clockTo, endsWell, type Player, POLICE, playerOf, settled } from './play.js'
import { type Connected, openSlackHouse, type SlackHouse, wordsOf } from './setting.js'
import { elementsOf } from './stand-in/blocks.js'
import type { Seen } from './stand-in/visitor.js'

/** Two tenants in one house: the same board under the same terms, people of the same names and addresses. */

const DEPUTY = 'Ruth Hale'

describe.each(['socket', 'http'] as const)('two tenants, by %s', (transport) => {
  let kent: SlackHouse
  let medway: SlackHouse
  const as = (house: SlackHouse, name: string): Player => playerOf(house, house.as(name))

  /** All that anybody has been told in a workspace, as it was sent. */
  const saidIn = ({ workspace }: Connected): string =>
    JSON.stringify(workspace.channels().flatMap(({ messages }) => messages.filter(({ byApp }) => byApp)))
  const entries = async (): Promise<ReadonlyMap<string, number>> => {
    const rows = await kent.house.handles.reading
      .selectFrom('journal')
      .innerJoin('board', 'board.id', 'journal.board_id')
      .innerJoin('workspace', 'workspace.tenant_id', 'board.tenant_id')
      .select('workspace.id')
      .execute()
    return new Map([kent, medway].map(({ workspace: { team } }) => [team, rows.filter(({ id }) => id === team).length]))
  }

  beforeAll(async () => {
    kent = await openSlackHouse({ transport, withBeside: true })
    if (!kent.beside) throw new Error('nobody is beside')
    medway = { ...kent, ...kent.beside }
    await called(kent)
    await called(medway)
  })
  afterAll(async () => {
    await endsWell(medway)
    await endsWell(kent)
    await kent.close()
  })

  test('everybody is found in their own workspace, as their own tenant’s', async () => {
    const rows = await kent.house.handles.reading
      .selectFrom('identity')
      .innerJoin('person', 'person.id', 'identity.person_id')
      .innerJoin('workspace', 'workspace.id', 'identity.workspace')
      .select(['identity.user_id', 'person.name', 'person.tenant_id as theirs', 'workspace.tenant_id as ours', 'workspace.id'])
      .execute()
    expect(rows.length).toBeGreaterThan(30)
    for (const { user_id, name, theirs, ours, id } of rows) {
      expect(theirs).toBe(ours)
      expect((id === kent.workspace.team ? kent : medway).userOf(name)).toBe(user_id)
    }
  })

  test('each place serves the board of its own tenant', async () => {
    const rows = await kent.house.handles.reading
      .selectFrom('place')
      .innerJoin('board', 'board.id', 'place.board_id')
      .innerJoin('workspace', 'workspace.id', 'place.workspace')
      .select(['place.id', 'board.tenant_id as theirs', 'workspace.tenant_id as ours'])
      .execute()
    expect(rows.map(({ id }) => id).sort()).toEqual([kent.channel, medway.channel].sort())
    for (const { theirs, ours } of rows) expect(theirs).toBe(ours)
  })

  test('what is answered in one is told there, and nowhere else', async () => {
    const before = saidIn(medway)
    const member = as(kent, POLICE)
    await member.press('Name a substitute')
    await member.send('Name a substitute', { 'Who comes in your place?': DEPUTY })
    await member.visitor.closeAll()
    expect(as(kent, DEPUTY).sees()).toContain('You are named as substitute')
    expect(as(kent, CLERK).sees()).toContain(`${POLICE} sends apologies. ${DEPUTY} will substitute.`)
    expect(as(kent, CLERK).sees(kent.channel)).toContain('1 of the 4 responsible authorities')
    expect(as(medway, DEPUTY).sees()).not.toContain('You are named as substitute')
    expect(as(medway, CLERK).sees(medway.channel)).toContain('0 of the 4 responsible authorities')
    expect(saidIn(medway)).toBe(before)
    await as(medway, POLICE).openHome()
    expect(as(medway, POLICE).home()).toContain('You have not answered yet.')
    await as(medway, CHAIR).say('who is coming')
    expect(as(medway, CHAIR).newest()).not.toContain(DEPUTY)
  })

  test('nobody is spoken of by an account of the other workspace', () => {
    const users = (house: SlackHouse) => house.workspace.users().map(({ id }) => id)
    for (const id of users(medway)) expect(saidIn(kent)).not.toContain(id)
    for (const id of users(kent)) expect(saidIn(medway)).not.toContain(id)
    expect(saidIn(kent)).not.toContain(medway.channel)
    expect(saidIn(medway)).not.toContain(kent.channel)
  })

  test('every button of one is refused in the other, to whom it is nothing', async () => {
    const before = await entries()
    const said = saidIn(kent)
    const pressers = [POLICE, CLERK, CHAIR]
    const carried = new Set<string>()
    for (const name of pressers) {
      const player = as(kent, name)
      for (const seen of [...player.visitor.conversation(), ...player.visitor.conversation(kent.channel)])
        for (const element of seen.blocks.flatMap(elementsOf))
          if (element.type === 'button' && element.value !== undefined) carried.add(JSON.stringify([name, seen, element.value]))
    }
    const pressed = new Set<string>()
    for (const one of carried) {
      const [name, seen, value] = JSON.parse(one) as [string, Seen, string]
      if (pressed.has(`${name} ${value}`)) continue
      pressed.add(`${name} ${value}`)
      const player = as(medway, name)
      const own = player.visitor.conversation()[0]
      if (!own) throw new Error('nothing was said')
      await player.visitor.press({ ...own, blocks: seen.blocks }, { value }, { stale: true, confirm: true })
      await settled(medway)
      expect(player.window()).toBe('')
      expect(player.newest()).toContain('Not done')
    }
    expect(pressed.size).toBeGreaterThan(10)
    expect(await entries()).toEqual(before)
    expect(saidIn(kent)).toBe(said)
  })

  test('a one-time code of one says nothing in the other', async () => {
    const clerk = as(kent, CLERK)
    await clerk.say(`code for ${POLICE}`)
    const code = /\b[A-Z0-9]{4,5}(?:-[A-Z0-9]{4,5})+\b/.exec(clerk.newest())?.[0] ?? ''
    expect(code).not.toBe('')
    const stranger = medway.workspace.addUser({ name: POLICE, email: 'other@example.org' })
    const visitor = playerOf(medway, medway.workspace.as(stranger))
    await visitor.say(code)
    expect(visitor.newest()).toContain('Not done')
    const row = await kent.house.handles.reading
      .selectFrom('identity')
      .select('user_id')
      .where('user_id', '=', stranger)
      .execute()
    expect(row).toEqual([])
  })

  test('somebody of one who is asked into the other is nobody there', async () => {
    const guest = medway.workspace.addUser({
      name: POLICE,
      email: 'daniel.okafor@example.org',
      foreignTeam: kent.workspace.team,
    })
    medway.workspace.invite(medway.channel, guest)
    const player = playerOf(medway, medway.workspace.as(guest))
    await player.say('who is coming')
    expect(player.newest()).toContain('Not done')
    await player.say('who is coming', medway.channel)
    expect(player.newest(medway.channel)).toContain('Not done')
  })

  test('reminders go to each in their own workspace', async () => {
    await clockTo(kent, '2026-12-11T09:00:00Z')
    await settled(medway)
    const reminded = (house: SlackHouse, name: string) => as(house, name).sees().includes('Please answer: KCSP')
    expect(reminded(kent, POLICE)).toBe(false)
    expect(reminded(medway, POLICE)).toBe(true)
    expect(reminded(kent, CHAIR) && reminded(medway, CHAIR)).toBe(true)
    const direct = medway.as(POLICE).conversation()
    expect(direct.filter((seen) => wordsOf(seen).includes('Please answer: KCSP'))).toHaveLength(1)
  })
})
