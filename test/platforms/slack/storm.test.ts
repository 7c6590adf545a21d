import { afterEach, describe, expect, test } from 'vitest'
import { payloadsOf } from '../../../src/db/journal.js'
import { type Assembled, allSent, openAssembled } from './assembled.js'
import { wordsOf } from './setting.js'

const SEATS = 40
/** Each presses again and again, and changes their mind each time. */
const PRESSES = 1_000
/** How long Slack takes over each call, in milliseconds. */
const LATENCY = 120
/** Between two updates of one message, in milliseconds, however many press. */
const PACE = 1_000
/** Statements of a vote that is cast, from the bot's door to the acknowledgement [test/votes/cost.test.ts]. */
const OF_THE_VOTE = 14
/** What Slack's door asks besides: whom the people are whom the answer mentions. */
const OF_THE_DOOR = 1
const CHOICES = ['For', 'Against', 'Abstain'] as const

let opened: Assembled
let statements: string[] = []
afterEach(() => opened.slack.close())

const choiceOf = (voter: number, time: number) => CHOICES[(voter + time) % CHOICES.length] ?? 'For'

/** The press of one of the buttons of the vote's card in the channel, by somebody. */
function pressing(name: string) {
  const visitor = opened.slack.as(name)
  const card = visitor.conversation(opened.slack.channel).find((seen) => wordsOf(seen).includes('[Against'))
  if (!card) throw new Error(`${name} has no vote to cast`)
  return (choice: (typeof CHOICES)[number]) => visitor.press(card, choice)
}

/** The ballots as they are kept, and as the journal has each voter's last. */
async function kept() {
  const { reading } = opened.slack.house.handles
  const ballots = await reading
    .selectFrom('ballot')
    .where('motion_id', '=', opened.motion)
    .select(['voter_id', 'choice'])
    .execute()
  const payloads = (await payloadsOf(reading, opened.assembly.board)) as {
    outcome?: { ballots?: { voter: string; choice: string }[] }
  }[]
  const journaled = payloads.flatMap(({ outcome }) => outcome?.ballots ?? [])
  return { ballots, journaled, last: new Map(journaled.map(({ voter, choice }) => [voter, choice])) }
}

describe.each(['socket'] as const)('by %s', (transport) => {
  test(`${PRESSES} presses, ${SEATS} at once, are all kept, acknowledged in time, and shown by an update a second at most`, async () => {
    opened = await openAssembled({ seats: SEATS, transport })
    const { slack, assembly } = opened
    slack.standIn.latency(LATENCY)
    const before = slack.standIn.calls.length
    const presses = assembly.voters.map(pressing)
    const took: number[] = []
    const began = performance.now()
    const pressAgainAndAgain = async (press: (typeof presses)[number], voter: number): Promise<void> => {
      for (let time = 0; time < PRESSES / SEATS; time += 1) {
        const pressed = performance.now()
        await press(choiceOf(voter, time))
        took.push(performance.now() - pressed)
      }
    }
    const settled = await Promise.allSettled(presses.map(pressAgainAndAgain))
    const all = performance.now() - began
    const refused = settled.filter(({ status }) => status === 'rejected')
    await allSent(slack)
    const updates = slack.standIn.calls
      .slice(before)
      .filter(({ method, arguments: { channel } }) => method === 'chat.update' && channel === slack.channel)
    console.info(
      `${PRESSES} presses by ${transport}: acknowledged after ${Math.round(Math.min(...took))} to ${Math.round(Math.max(...took))} ms, ${Math.round(all)} ms in all; ${refused.length} not; ${updates.length} updates in the channel`,
    )
    expect([...new Set(slack.standIn.complaints)]).toEqual([])
    expect(refused.length).toBe(0)
    expect(slack.faults).toEqual([])
    const { ballots, journaled, last } = await kept()
    expect(journaled).toHaveLength(PRESSES)
    expect(ballots).toHaveLength(SEATS)
    expect(new Map(ballots.map(({ voter_id, choice }) => [voter_id, choice as string]))).toEqual(last)
    const shown = slack
      .as('Voter 2')
      .conversation(slack.channel)
      .map(wordsOf)
      .find((words) => words.includes('vote open'))
    const many = (choice: string) => ballots.filter((one) => one.choice === choice).length
    expect(shown).toContain(`${SEATS} of ${SEATS} who may vote have voted.`)
    expect(shown).toContain(`${many('for')} for, ${many('against')} against, ${many('abstain')} abstaining`)
    expect(updates.length).toBeGreaterThan(0)
    expect(updates.length).toBeLessThanOrEqual(all / PACE + 2)
  }, 240_000)
})

test(`a press is ${OF_THE_VOTE} statements and ${OF_THE_DOOR} of Slack’s door at most, and one commit`, async () => {
  opened = await openAssembled({ seats: 40, transport: 'socket', executed: (sql) => statements.push(sql) })
  const { slack, assembly } = opened
  // Nothing is sent of it, as where a vote's own cost is counted.
  await slack.house.outbox.close()
  const [first, second, ...others] = assembly.voters.map(pressing)
  await second?.('For')
  await slack.standIn.quiet()
  statements = []
  await first?.('Against')
  await slack.standIn.quiet()
  expect(statements.filter((sql) => sql === 'commit')).toHaveLength(1)
  expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(OF_THE_VOTE + OF_THE_DOOR)
  statements = []
  await Promise.all(others.map((press) => press('For')))
  await slack.standIn.quiet()
  const commits = statements.filter((sql) => sql === 'commit').length
  console.info(`${others.length} presses at once: ${statements.length / others.length} statements each, ${commits} commits`)
  expect(statements.length / others.length).toBeLessThanOrEqual(OF_THE_VOTE + OF_THE_DOOR + 1)
  expect(commits).toBeLessThanOrEqual(others.length / 4)
}, 60_000)
