import { emailOf } from '../../src/demonstration/people.js'
import { learnPeople, type World } from './ground.js'
import { ABSENT, JOINT, NAMES, PRINCIPAL, ROSTER, TERMS } from './roles.js'

const { clerk, chair, member, author, substitute } = NAMES
const vice = NAMES['vice-chair']
const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** The moments of a board in whose order everything is pressed, each with what brings it about. */
export const MOMENTS = {
  'before the meeting': beforeTheMeeting,
  'the papers are out': papersOut,
  'the meeting sits': sits,
  'interests are declared': declared,
  'a motion is put': motionPut,
  'a vote is open': voteOpen,
  'the votes are equal': votesEqual,
  'it is decided': decided,
  'people are nominated': nominated,
  'two stand': twoStand,
  'a ballot is open': ballotOpen,
  'its votes are equal': ballotEqual,
  'equal, with a casting vote': castingBallot,
} as const satisfies Readonly<Record<string, (world: World) => Promise<void>>>
export type Moment = keyof typeof MOMENTS

const reading = ({ ground }: World) => ground.house.handles.reading
const at = ({ ground }: World, instant: string): void => ground.clock.set(instant)

const item = async (world: World, title: string, meeting = 'meeting'): Promise<string> => {
  const row = await reading(world)
    .selectFrom('item')
    .where('meeting_id', '=', world.ids[meeting] ?? '')
    .where('title', '=', title)
    .select('id')
    .executeTakeFirstOrThrow()
  return row.id
}

const seatOf = async (world: World, representative: string): Promise<string> => {
  const row = await reading(world)
    .selectFrom('holding')
    .innerJoin('seat', 'seat.id', 'holding.seat_id')
    .where('seat.board_id', '=', world.ids.board ?? '')
    .where('holding.person_id', '=', world.ids[representative] ?? '')
    .where('holding.capacity', '=', 'representative')
    .select('seat.id')
    .executeTakeFirstOrThrow()
  return row.id
}

const lastMotion = async (world: World): Promise<string> =>
  (
    await reading(world)
      .selectFrom('motion')
      .select('id')
      .orderBy('put_at', 'desc')
      .orderBy('number', 'desc')
      .executeTakeFirstOrThrow()
  ).id

async function placed(world: World, title: string, letter: string, meeting = 'meeting'): Promise<string> {
  await world.done(clerk, 'agenda.propose', world.ids[meeting] ?? '', { title })
  const id = await item(world, title, meeting)
  await world.done(clerk, 'agenda.place', id, { letter })
  return id
}

async function called(world: World, day: string): Promise<string> {
  await world.done(clerk, 'meetings.call', world.ids.board ?? '', { day, time: '10:00', allTheSame: 'yes' })
  const row = await reading(world)
    .selectFrom('meeting')
    .where('board_id', '=', world.ids.board ?? '')
    .orderBy('starts_at', 'desc')
    .select('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** A meeting without a quorum recommended something; the next is called, with papers, a guest, and answers. */
async function beforeTheMeeting(world: World): Promise<void> {
  const { ids, done } = world
  const board = ids.board ?? ''
  const db = reading(world)
  at(world, '2026-11-25T10:00:00Z')
  ids.earlier = await called(world, '2026-12-02')
  ids['earlier item'] = await placed(world, 'Grants', 'B', 'earlier')
  at(world, '2026-12-02T10:00:00Z')
  await done(clerk, 'attendance.open', ids.earlier)
  for (const name of [chair, vice]) await done(name, 'attendance.arrive', ids.earlier, { mode: 'room' })
  await done(chair, 'attendance.proceed', ids.earlier, { how: 'informal' })
  await done(clerk, 'votes.agree', ids['earlier item'], { text: 'the grant be spent', allTheSame: 'yes', withoutQuorum: 'yes' })
  ids.recommended = (await db.selectFrom('decision').where('board_id', '=', board).select('id').executeTakeFirstOrThrow()).id
  await done(clerk, 'attendance.close', ids.earlier, { allTheSame: 'yes' })
  at(world, '2026-12-02T15:00:00Z')
  ids.meeting = await called(world, '2026-12-17')
  const invited = await db.selectFrom('person').where('name', '=', NAMES.guest).select('id').executeTakeFirst()
  if (!invited) await done(chair, 'agenda.invite', ids.meeting, { name: NAMES.guest, email: emailOf(NAMES.guest) })
  await world.ground.house.bot.introduce(world.ground.from(NAMES.guest), emailOf(NAMES.guest))
  ids.invitation = (
    await db.selectFrom('invitation').where('meeting_id', '=', ids.meeting).select('id').executeTakeFirstOrThrow()
  ).id
  await learnPeople(world)
  ids.open = await placed(world, 'Street lighting', 'B')
  ids.restricted = await placed(world, 'Vetting', 'D')
  ids.further = await placed(world, 'Car parks', 'B')
  ids['of the vice-chair'] = await placed(world, 'Election of Vice-Chair', 'A')
  // The co-chair’s office is vacant: the agenda has its election already.
  ids['of the co-chair'] = await item(world, 'Election of Co-Chair')
  ids.removal = await placed(world, 'Removal of the Vice-Chair', 'B')
  await done(member, 'agenda.propose', ids.meeting, { title: 'Fly tipping' })
  ids.proposed = await item(world, 'Fly tipping')
  await done(clerk, 'papers.describe', ids.restricted, { author: ids.author ?? '' })
  await done(author, 'papers.send', ids.restricted, { file: await world.upload(author), recommendations: 'Agree it.' })
  await done(clerk, 'papers.send', ids.open, { file: await world.upload(clerk), recommendations: 'Agree it.' })
  ids.version = (
    await db.selectFrom('paper_version').where('item_id', '=', ids.restricted).select('id').executeTakeFirstOrThrow()
  ).id
  ids['open version'] = (
    await db.selectFrom('paper_version').where('item_id', '=', ids.open).select('id').executeTakeFirstOrThrow()
  ).id
  await done(ABSENT, 'apologies.name_substitute', ids.meeting, { substitute: ids.substitute ?? '', allTheSame: 'yes' })
  await done(JOINT, 'apologies.send', ids.meeting, { substituteNamed: 'Basil Newman', allTheSame: 'yes' })
  await learnPeople(world)
  ids['member seat'] = await seatOf(world, 'member')
  ids['police seat'] = await seatOf(world, PRINCIPAL)
  await done(NAMES.group, 'votes.delegate', board, {
    text: 'the grant be moved',
    trigger: 'It lapses on Friday.',
    consulted: 'Kent Police.',
  })
  ids.delegated = (await db.selectFrom('decision').where('how', '=', 'delegated').select('id').executeTakeFirstOrThrow()).id
  ids['standing item'] = (
    await db
      .selectFrom('standing_item')
      .where('board_id', '=', board)
      .where('title', '=', 'Dates of future meetings')
      .select('id')
      .executeTakeFirstOrThrow()
  ).id
  await done(clerk, 'boards.set_up', board, { file: base64(TERMS.replace('atLeast: 3', 'atLeast: 4')) })
  ids.draft = (
    await db.selectFrom('terms').where('board_id', '=', board).where('state', '=', 'draft').select('id').executeTakeFirstOrThrow()
  ).id
  await done(clerk, 'boards.read_roster', board, { file: base64(ROSTER.replace('Inspector (Gravesend)', 'Chief Inspector')) })
  ids['roster file'] = (
    await db
      .selectFrom('roster_file')
      .where('board_id', '=', board)
      .where('state', '=', 'read')
      .select('id')
      .executeTakeFirstOrThrow()
  ).id
  ids['terms in force'] = (
    await db
      .selectFrom('terms')
      .where('board_id', '=', board)
      .where('state', '!=', 'draft')
      .select('id')
      .executeTakeFirstOrThrow()
  ).id
  ids['terms file'] = base64(TERMS.replace('atLeast: 3', 'atLeast: 2'))
  ids['new terms file'] = base64(
    TERMS.replaceAll('Gravesham Community Safety Partnership', 'Dover Partnership').replace(
      'shortName: Gravesham CSP',
      'shortName: Dover',
    ),
  )
  ids['roster csv'] = base64(ROSTER.replace('Inspector (Gravesend)', 'Superintendent'))
  ids['new board'] = '5a0cbd77-7f86-4a04-9d5c-7b53c3a3a7a1'
  await done(member, 'desk.add_reminder', board, {
    whom: ids.member ?? '',
    day: '2026-12-04',
    time: '09:00',
    words: 'Read them.',
  })
  await done(clerk, 'desk.add_reminder', board, { whom: 'members', day: '2026-12-16', time: '09:00', words: 'Read them.' })
  await done(member, 'meetings.subscribe', board, { whose: 'person', allTheSame: 'yes' })
  await world.ground.house.tick()
  await reminded(world, '2026-12-03T09:0')
  const due = await db.selectFrom('reminder').where('due_at', '>', '2026-12-15').selectAll().execute()
  ids.reminder = due.find(({ notice }) => notice === 'desk.said')?.id ?? ''
}

/** Lets fall due what falls due in the ten minutes of a morning, and sends it: one message a second to each. */
async function reminded(world: World, morning: string): Promise<void> {
  const { house } = world.ground
  for (let minute = 0; minute < 10; minute += 1) {
    at(world, `${morning}${minute}:00Z`)
    await house.tick()
    await house.outbox.drain()
  }
}

async function papersOut(world: World): Promise<void> {
  const { ids, done } = world
  await done(chair, 'agenda.agree', ids.meeting ?? '', { allTheSame: 'yes' })
  await done(clerk, 'papers.circulate', ids.meeting ?? '', { allTheSame: 'yes' })
  ids.circulation = (
    await reading(world)
      .selectFrom('circulation')
      .where('meeting_id', '=', ids.meeting ?? '')
      .select('id')
      .executeTakeFirstOrThrow()
  ).id
}

async function sits(world: World): Promise<void> {
  const { ids, done } = world
  const meeting = ids.meeting ?? ''
  at(world, '2026-12-15T10:00:00Z')
  await done(clerk, 'papers.send', ids.restricted ?? '', { file: await world.upload(clerk), recommendations: 'Agree it late.' })
  await done(clerk, 'papers.circulate', meeting, { allTheSame: 'yes' })
  at(world, '2026-12-17T10:00:00Z')
  await done(clerk, 'attendance.open', meeting)
  for (const name of [chair, vice, member, substitute, PRINCIPAL, JOINT, NAMES.invited, NAMES.guest])
    await done(name, 'attendance.arrive', meeting, { mode: 'room' })
  const db = reading(world)
  ids.spell = (
    await db
      .selectFrom('spell')
      .where('meeting_id', '=', meeting)
      .where('person_id', '=', ids.invited ?? '')
      .select('id')
      .executeTakeFirstOrThrow()
  ).id
  ids.seq = '1'
  ids.reading = 'by statute'
}

async function declared(world: World): Promise<void> {
  const { ids, done } = world
  const meeting = ids.meeting ?? ''
  const db = reading(world)
  await done(member, 'attendance.declare', meeting, { item: ids.open ?? '', nature: 'A director of it.', does: 'stays' })
  await done(PRINCIPAL, 'attendance.declare', meeting, { item: ids.further ?? '', nature: 'A director.', does: 'withdraws now' })
  const interests = await db.selectFrom('interest').where('meeting_id', '=', meeting).selectAll().execute()
  ids.interest = interests.find(({ person_id }) => person_id === ids.member)?.id ?? ''
  ids['interest of another'] = interests.find(({ person_id }) => person_id !== ids.member)?.id ?? ''
}

async function motionPut(world: World): Promise<void> {
  const { ids, done } = world
  await done(clerk, 'votes.put', ids.open ?? '', { text: 'the lamps be lit' })
  ids.motion = await lastMotion(world)
  await done(member, 'votes.dissent', ids.motion, { why: 'It is too dear.' })
}

async function voteOpen(world: World): Promise<void> {
  const { ids, done } = world
  await done(chair, 'votes.open', ids.open ?? '', { motion: ids.motion ?? '', ends: 'hand', allTheSame: 'yes' })
  await done(clerk, 'votes.record', ids.motion ?? '', { person: ids[JOINT] ?? '', choice: 'for' })
}

async function votesEqual(world: World): Promise<void> {
  const { ids, done } = world
  const motion = ids.motion ?? ''
  await done(chair, 'votes.countersign', motion)
  await done(chair, 'votes.cast', motion, { choice: 'for' })
  for (const name of [vice, substitute]) await done(name, 'votes.cast', motion, { choice: 'against' })
  await done(chair, 'votes.close', motion, { allTheSame: 'yes' })
}

async function decided(world: World): Promise<void> {
  const { ids, done } = world
  await done(chair, 'votes.casting', ids.motion ?? '', { choice: 'for' })
  const db = reading(world)
  ids.decision = (
    await db
      .selectFrom('decision')
      .where('item_id', '=', ids.open ?? '')
      .select('id')
      .executeTakeFirstOrThrow()
  ).id
  await done(chair, 'votes.agree', ids.restricted ?? '', { text: 'the checks be made', allTheSame: 'yes' })
  ids['restricted decision'] = (
    await db
      .selectFrom('decision')
      .where('item_id', '=', ids.restricted ?? '')
      .select('id')
      .executeTakeFirstOrThrow()
  ).id
}

const electionOn = async (world: World, on: string): Promise<string> =>
  (
    await reading(world)
      .selectFrom('election')
      .where('item_id', '=', world.ids[on] ?? '')
      .select('id')
      .executeTakeFirstOrThrow()
  ).id

async function nominated(world: World): Promise<void> {
  const { ids, done } = world
  const on = ids['of the vice-chair'] ?? ''
  await done(chair, 'elections.nominate', on, { nominee: ids['vice-chair'] ?? '' })
  ids.election = await electionOn(world, 'of the vice-chair')
  await done(vice, 'elections.answer', ids.election, { answer: 'accepted' })
  await done(chair, 'elections.nominate', on, { nominee: ids.member ?? '' })
}

const lastBallot = async (world: World, election: string): Promise<string> =>
  (
    await reading(world)
      .selectFrom('election_ballot')
      .where('election_id', '=', world.ids[election] ?? '')
      .orderBy('number', 'desc')
      .select('id')
      .executeTakeFirstOrThrow()
  ).id

async function twoStand({ ids, done }: World): Promise<void> {
  await done(member, 'elections.answer', ids.election ?? '', { answer: 'accepted' })
}

async function ballotOpen(world: World): Promise<void> {
  const { ids, done } = world
  await done(chair, 'elections.open', ids.election ?? '', { ballot: 'open', ends: 'hand', presides: 'yes', allTheSame: 'yes' })
  ids.ballot = await lastBallot(world, 'election')
}

async function ballotEqual(world: World): Promise<void> {
  const { ids, done } = world
  for (const name of [chair, vice]) await done(name, 'elections.cast', ids.ballot ?? '', { choice: ids['vice-chair'] ?? '' })
  for (const name of [member, substitute]) await done(name, 'elections.cast', ids.ballot ?? '', { choice: ids.member ?? '' })
  await done(chair, 'elections.close', ids.election ?? '', { allTheSame: 'yes' })
  await done(chair, 'elections.seed', ids.election ?? '', { words: 'blue heron' })
  await done(substitute, 'elections.seed', ids.election ?? '', { words: 'at noon' })
}

async function castingBallot(world: World): Promise<void> {
  const { ids, done } = world
  const on = ids['of the co-chair'] ?? ''
  await done(vice, 'elections.nominate', on, { nominee: ids['vice-chair'] ?? '' })
  ids['other election'] = await electionOn(world, 'of the co-chair')
  await done(vice, 'elections.answer', ids['other election'], { answer: 'accepted' })
  await done(vice, 'elections.nominate', on, { nominee: ids.member ?? '' })
  await done(member, 'elections.answer', ids['other election'], { answer: 'accepted' })
  await done(chair, 'elections.open', ids['other election'], { ballot: 'open', ends: 'hand', allTheSame: 'yes' })
  const ballot = await lastBallot(world, 'other election')
  for (const name of [chair, vice]) await done(name, 'elections.cast', ballot, { choice: ids['vice-chair'] ?? '' })
  for (const name of [member, substitute]) await done(name, 'elections.cast', ballot, { choice: ids.member ?? '' })
  await done(chair, 'elections.close', ids['other election'], { allTheSame: 'yes' })
}
