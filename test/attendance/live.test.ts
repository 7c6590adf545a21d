import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { emailOf } from '../../src/demonstration/people.js'
import { setUpBoardOf } from '../boards.js'
import { openTestHouse, type SentCard, type TestHouse, textOf } from '../house.js'
import { CLERK, called, settle } from '../meetings/calls.js'

const FIRST_NAMES = ['Ada', 'Ben', 'Cleo', 'Dora', 'Emil', 'Faye', 'Gus', 'Hana', 'Ivor', 'Jude']
const SURNAMES = ['Ashe', 'Birch', 'Cedar', 'Dale', 'Elder', 'Furze']
const MEMBERS = SURNAMES.flatMap((surname) => FIRST_NAMES.map((name) => `${name} ${surname}`))
const [CHAIR = ''] = MEMBERS
const bodyOf = (member: string): string => `Council of ${member}`
const QUORUM = 20
const PLACE = 'forum'

const GRAVESHAM = readFileSync(new URL('../../src/boards/terms/gravesham.yaml', import.meta.url), 'utf8')

/** An invented board of sixty bodies, under terms that are otherwise Gravesham's. */
const TERMS = GRAVESHAM.replace(/^board: .*$/m, 'board: Forum of Councils')
  .replace(/^shortName: .*$/m, 'shortName: Forum')
  .replace(/bodies:\n(?: {10}- .*\n)+/, `bodies:\n${MEMBERS.map((member) => `          - ${bodyOf(member)}\n`).join('')}`)
  .replace('atLeast: 3', `atLeast: ${QUORUM}`)

const HEADER =
  'Organisation,Short name,Formerly,Stands for,Seat,Standing,Role,Name,Post,Email,Telephone,Answers for,Office,Group,From,Last day'
const ROSTER = [
  HEADER,
  ...MEMBERS.map((member) => {
    const office = member === CHAIR ? 'chair' : ''
    return `${bodyOf(member)},${member},,,,member,representative,${member},Leader,${emailOf(member)},,,${office},,,`
  }),
  `Kent County Council,,,,,,in attendance,${CLERK},Democratic Services Officer,${emailOf(CLERK)},01632 960099,,clerk,,,`,
  '',
].join('\n')

/** When the meeting is opened: everything was sent of it, and a minute has gone by. */
const OPENED = Temporal.Instant.from('2027-01-20T14:00:00Z')

interface Live {
  readonly house: TestHouse
  readonly meeting: string
}

/** A meeting of the sixty that has just been opened. */
async function openForum(): Promise<Live> {
  const house = await openTestHouse()
  const board = await setUpBoardOf(house, Buffer.from(TERMS), ROSTER)
  const meeting = await called(house, CLERK, board, { day: '2027-01-20', time: '14:00' })
  await settle(house)
  house.clock.set(OPENED.subtract({ minutes: 1 }).toString())
  const opened = await house.press(CLERK, { command: 'attendance.open', subject: meeting })
  if (opened.kind !== 'card') throw new Error(textOf(opened))
  await settle(house)
  house.clock.set(OPENED.toString())
  house.sent.length = 0
  return { house, meeting }
}

const arrive = async ({ house, meeting }: Live, member: string): Promise<void> => {
  const answer = await house.press(member, { command: 'attendance.arrive', subject: meeting, values: { mode: 'online' } })
  if (answer.kind !== 'card') throw new Error(textOf(answer))
}

/** A message, and how many milliseconds after the opening it went out. */
interface Told {
  readonly after: number
  readonly card: SentCard
}

/** Does everything at its time; the outbox is woken by every act, and every tenth of a second besides. */
async function pass({ house }: Live, dues: readonly { readonly after: number; readonly act: () => Promise<void> }[]) {
  const told: Told[] = []
  const ticks = Array.from({ length: 131 }, (_, tenth) => 100 * tenth)
  for (const after of [...new Set([...ticks, ...dues.map((due) => due.after)])].sort((one, other) => one - other)) {
    house.clock.set(OPENED.add({ milliseconds: after }).toString())
    await Promise.all(dues.filter((due) => due.after === after).map(({ act }) => act()))
    await house.outbox.drain()
    told.push(...house.sent.slice(told.length).map((card) => ({ after, card })))
  }
  return told
}

const nameOf = ({ to }: SentCard): string => ('user' in to ? to.user : to.place)

/** That nobody is written to twice within a second, and that place and clerk end with all sixty. */
function expectPaced(told: readonly Told[], most: number): void {
  const gaps = [...new Set(told.map(({ card }) => nameOf(card)))].flatMap((name) => {
    const theirs = told.filter(({ card }) => nameOf(card) === name)
    return theirs.slice(1).map(({ after }, at) => after - (theirs[at]?.after ?? 0))
  })
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000)
  for (const name of [PLACE, emailOf(CLERK)]) {
    const updates = told.filter(({ card }) => nameOf(card) === name && card.updates)
    expect(updates.length).toBeLessThanOrEqual(most)
    const last = updates.at(-1)?.card.plain
    expect(last).toContain(`Quorate: 60 core members are represented, and ${QUORUM} are needed.`)
    if (name === PLACE) expect(last).toMatch(/People: 60$/m)
    else for (const member of MEMBERS) expect(last).toContain(member)
  }
}

test('sixty who arrive within ten seconds are at most one update a second, and the last one is right', async () => {
  const moments = fc.array(fc.nat(10_000), { minLength: MEMBERS.length, maxLength: MEMBERS.length })
  await fc.assert(
    fc.asyncProperty(moments, async (all) => {
      const live = await openForum()
      try {
        const told = await pass(
          live,
          MEMBERS.map((member, at) => ({ after: all[at] ?? 0, act: () => arrive(live, member) })),
        )
        expectPaced(told, 11)
        // It is followed while they come: not only at the end.
        expect(told.filter(({ card }) => nameOf(card) === PLACE).length).toBeGreaterThanOrEqual(5)
        expect(live.house.faults).toEqual([])
      } finally {
        await live.house.close()
      }
    }),
    { numRuns: 3, endOnFailure: true },
  )
}, 120_000)

test('sixty who arrive at once are two updates at most, and the last one is right', async () => {
  const live = await openForum()
  try {
    const told = await pass(live, [
      {
        after: 0,
        act: async () => {
          await Promise.all(MEMBERS.map((member) => arrive(live, member)))
        },
      },
    ])
    expectPaced(told, 2)
    expect(live.house.faults).toEqual([])
  } finally {
    await live.house.close()
  }
}, 60_000)
