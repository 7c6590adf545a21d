import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openChatGround } from './chat.js'
import { filledIn, type Ground, openWorld, type Press, pressed, undoingBot, type Where, type World } from './ground.js'
import { MOMENTS } from './moments.js'
import { ABSENT, NAMES, type Player, PRINCIPAL, ROSTER } from './roles.js'

let ground: Ground
let world: World
beforeAll(async () => {
  ground = await openChatGround()
  world = await openWorld(ground)
  await MOMENTS['before the meeting'](world)
})
afterAll(async () => {
  expect(ground.faults).toEqual([])
  await ground.close()
})

const outcome = async (role: Player, command: string, press: Press, where: Where = 'direct') =>
  pressed(undoingBot(ground), world, role, where, await filledIn(world, role, command, press))

const board = () => world.ids.board ?? ''
const meeting = () => world.ids.meeting ?? ''
const ends = (person: string, of: Readonly<Record<string, unknown>>) =>
  world.operate('boards.end', board(), { part: JSON.stringify({ person: `${person}@example.org`, of }) })
const office = (name: string) => ({ as: 'office', office: name, acting: false })

/** The roster without somebody’s row. */
async function imported(without: string): Promise<void> {
  const rows = ROSTER.split('\n').filter((row) => !row.includes(without))
  await world.operate('boards.read_roster', board(), { file: Buffer.from(rows.join('\n')).toString('base64') })
  const { id } = await ground.house.handles.reading
    .selectFrom('roster_file')
    .where('board_id', '=', board())
    .where('state', '=', 'read')
    .orderBy('at', 'desc')
    .select('id')
    .executeTakeFirstOrThrow()
  await world.operate('boards.import_roster', id)
}

interface Ending {
  readonly role: Player
  readonly by: string
  readonly command: string
  readonly press: Press
  readonly after: 'no' | '–'
  end(): Promise<unknown>
}

/** In an order in which none of them takes from those after it. */
const ENDINGS: readonly Ending[] = [
  {
    role: 'assistant',
    by: 'a roster without them',
    command: 'apologies.send',
    press: { about: '{meeting}', with: { seat: '{police seat}', for: `{${PRINCIPAL}}`, allTheSame: 'yes' } },
    after: '–',
    end: () => imported('Marcus Webb'),
  },
  {
    role: 'deputy',
    by: 'the roster',
    command: 'boards.roster',
    press: { about: '{board}' },
    after: '–',
    end: () => ends('keira.nolan', { as: 'deputy', organisation: 'Kent Fire and Rescue Service', seat: 'Member' }),
  },
  {
    role: 'substitute',
    by: 'the member who comes after all',
    command: 'agenda.show',
    press: { about: '{meeting}' },
    after: '–',
    end: () => world.done(ABSENT, 'apologies.attend', meeting()),
  },
  {
    role: 'author',
    by: 'the clerk, who names another',
    command: 'papers.send_form',
    press: { about: '{restricted}' },
    after: '–',
    end: () => world.done(NAMES.clerk, 'papers.describe', world.ids.restricted ?? '', { author: world.ids.member ?? '' }),
  },
  {
    role: 'guest',
    by: 'the chair, who takes the invitation back',
    command: 'agenda.show',
    press: { about: '{meeting}' },
    after: '–',
    end: () => world.done(NAMES.chair, 'agenda.disinvite', world.ids.invitation ?? ''),
  },
  {
    role: 'group',
    by: 'the roster',
    command: 'votes.delegate_form',
    press: { about: '{board}' },
    after: '–',
    end: () => ends('philippa.stroud', { as: 'group', group: 'CSP Executive Group' }),
  },
  {
    role: 'member',
    by: 'the roster',
    command: 'agenda.propose_form',
    press: { about: '{meeting}' },
    after: '–',
    end: () =>
      ends('april.stone', {
        as: 'representative',
        organisation: 'NHS Kent and Medway Integrated Care Board',
        seat: 'Member',
      }),
  },
  {
    role: 'vice-chair',
    by: 'the roster',
    command: 'meetings.move_form',
    press: { about: '{meeting}' },
    after: 'no',
    end: () => ends('mark.dunn', office('vice-chair')),
  },
  {
    role: 'chair',
    by: 'the roster',
    command: 'agenda.invite_form',
    press: { about: '{meeting}' },
    after: 'no',
    end: () => ends('imogen.fairley', office('chair')),
  },
  {
    role: 'clerk',
    by: 'a handover',
    command: 'agenda.edit',
    press: { about: '{meeting}' },
    after: 'no',
    end: () => world.operate('boards.appoint', board(), { to: JSON.stringify(office('clerk')), name: NAMES.colleague }),
  },
]

describe('what was permitted a moment before is denied at the next press', () => {
  test('of a place that serves its board no more', async () => {
    const form: Press = { about: 'apologies' }
    expect(await outcome('member', 'apologies.apologise_form', form, 'private')).toBe('yes')
    await ground.house.bot.answer({
      delivery: 'unlinking',
      from: ground.from(NAMES.clerk),
      place: ground.place('private'),
      what: { press: { command: 'boards.unlink', subject: board(), values: { allTheSame: 'yes' } } },
    })
    expect(await outcome('member', 'apologies.apologise_form', form, 'private')).toBe('–')
  })

  test('of somebody whose account is taken from them', async () => {
    const terms: Press = { about: '{board}' }
    expect(await outcome('invited', 'boards.terms', terms)).toBe('yes')
    await world.done(NAMES.clerk, 'boards.forget_identity', board(), { person: world.ids.invited ?? '', allTheSame: 'yes' })
    expect(await outcome('invited', 'boards.terms', terms)).toBe('no')
    expect(await outcome('invited', 'boards.known', { about: '{invited}' })).toBe('no')
  })

  test.each(ENDINGS)('of the $role, ended by $by', async ({ role, command, press, after, end }) => {
    expect(await outcome(role, command, press)).toBe('yes')
    await end()
    expect(await outcome(role, command, press)).toBe(after)
  })

  test('and permitted to whom the office has passed', async () => {
    expect(await outcome('colleague', 'agenda.edit', { about: '{meeting}' })).toBe('yes')
  })
})

test('who was taken to be reached no more speaks for themselves: it takes nothing from them', async () => {
  const { platform, workspace, user } = ground.from(NAMES['vice-chair'])
  await ground.house.bot.report({ platform, workspace, user, state: 'lost', why: 'gone' })
  expect(await outcome('vice-chair', 'boards.terms', { about: '{board}' })).toBe('yes')
})

test('a place that has become public is one at once, and nothing restricted is opened in it', async () => {
  const place = ground.place('shared')
  const opening: Press = { about: '{version}' }
  expect(await outcome('vice-chair', 'papers.open', opening)).toBe('yes')
  await ground.house.bot.placeChanged({ ...place, kind: 'public', guests: [] })
  const { open_to } = await ground.house.handles.reading
    .selectFrom('place')
    .where('id', '=', place.id)
    .where('platform', '=', place.platform)
    .select('open_to')
    .executeTakeFirstOrThrow()
  expect(open_to).toBe('public')
  expect(await outcome('vice-chair', 'papers.open', opening, 'shared')).toBe('no')
  expect(await outcome('vice-chair', 'papers.open', { about: '{open version}' }, 'shared')).toBe('yes')
})
