import { newId } from '../../../src/kernel/ids.js'
import { agendaOf, callMeeting, done } from '../../agenda/setting.js'
import type { TestHouse } from '../../house.js'
import { type Assembly, CLERK, putToVote, rosterOf, seatAll, settled, termsOf, voterOf } from '../../votes/assembly.js'
import { at } from '../../votes/setting.js'
import { openSlackHouse, type SlackHouse, type Transport } from './setting.js'

/** An assembly in session whose people are all in Slack, and a vote that is open there. */
export interface Assembled {
  readonly slack: SlackHouse
  readonly assembly: Assembly
  /** as the tests of votes know a house */
  readonly house: TestHouse
  readonly motion: string
}

interface Opening {
  readonly seats: number
  readonly transport: Transport
  readonly executed?: (sql: string) => void
}

export async function openAssembled({ seats, ...how }: Opening): Promise<Assembled> {
  const bodies = Array.from({ length: seats }, (_, index) => index + 1)
  const slack = await openSlackHouse({ ...how, board: { terms: termsOf(bodies, (terms) => terms), roster: rosterOf(bodies) } })
  slack.standIn.lenient = true
  await slack.slack.look()
  await slack.as(CLERK).command(slack.channel, 'link Assembly')
  const house = asTestHouse(slack)
  const { reading } = slack.house.handles
  const { id: board } = await reading.selectFrom('board').select('id').executeTakeFirstOrThrow()
  const meeting = await callMeeting(house, board, '2026-12-17')
  await agendaOf(house, meeting).has('Street lighting', 'B')
  const item = await agendaOf(house, meeting).id('B1')
  await settled(house)
  slack.clock.set(at('09:59'))
  await house.tick()
  await settled(house)
  slack.clock.set(at('10:00'))
  await done(house.press(CLERK, { command: 'attendance.open', subject: meeting }))
  const voters = bodies.map(voterOf)
  await seatAll(house, meeting, voters)
  await settled(house)
  slack.clock.set(at('10:05'))
  const assembly = { house, board, meeting, item, voters }
  const motion = await putToVote(assembly, { ends: 'hand' })
  await allSent(slack)
  slack.standIn.lenient = false
  return { slack, assembly, house, motion }
}

/** Lets time pass until nothing waits to be sent any more. */
export async function allSent(slack: SlackHouse): Promise<void> {
  const { reading } = slack.house.handles
  const waits = async () =>
    (await reading.selectFrom('notice').select('id').where('state', '=', 'waiting').limit(1).executeTakeFirst()) !== undefined
  for (let tries = 0; tries < 100 && (await waits()); tries += 1) {
    await slack.house.outbox.drain()
    slack.clock.forward({ seconds: 1 })
    slack.standIn.forward(1_000)
  }
  await slack.quiet()
}

/** The same house, as the tests of votes press in it: the presses are those of the same people, by no delivery of Slack's. */
function asTestHouse(slack: SlackHouse): TestHouse {
  const { house, workspace } = slack
  const inbound = (name: string) => {
    const user = slack.userOf(name)
    const here = { platform: 'slack', workspace: workspace.team }
    return { delivery: newId(), from: { ...here, user }, place: { ...here, id: `direct:${user}`, kind: 'direct' as const } }
  }
  return {
    ...house,
    file: '',
    clock: slack.clock,
    sent: [],
    acts: [],
    lines: slack.lines,
    faults: slack.faults,
    say: (name, words) => house.bot.answer({ ...inbound(name), what: { words } }),
    press: (name, press) => house.bot.answer({ ...inbound(name), what: { press } }),
    meeting: async () => (await house.handles.reading.selectFrom('meeting').select('id').executeTakeFirstOrThrow()).id,
    sentTo: () => [],
  }
}
