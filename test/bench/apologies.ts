import type { Pressed } from '../../src/bot.js'
import { newId } from '../../src/kernel/ids.js'
import { directPlaceOf, PLATFORM, userOf, WORKSPACE } from '../../src/platforms/web/places.js'
import type { House } from '../../src/wiring.js'
import { emailOf, MEMBERS } from './boards.js'
import { repeat, type Variant } from './rounds.js'

/** A seat holder who changes their mind with every message, so that each one is an act. */
export interface Member {
  readonly user: string
  readonly seat: string
  readonly meeting: string
  comes: boolean
}

/** A house of so many boards, and what was done in it. */
export interface Bench {
  readonly house: House
  readonly boards: number
  readonly known: Map<string, Member>
  acts: number
}

const MOST_MEMBERS = 300
export const AT_ONCE = 64

/** Up to 300 members, of so many of the boards; neighbours in the list sit on different boards. */
export async function membersOf({ house, boards, known }: Bench, among: number): Promise<readonly Member[]> {
  const of = Math.min(among, MOST_MEMBERS)
  const members: Member[] = []
  for (let index = 0; index < MOST_MEMBERS; index += 1) {
    const board = Math.floor(((index % of) * boards) / of)
    const user = emailOf(board, (index + Math.floor(index / of)) % MEMBERS)
    const member = known.get(user) ?? (await memberOf(house, user))
    known.set(user, member)
    members.push(member)
  }
  return members
}

async function memberOf({ handles }: House, user: string): Promise<Member> {
  const { seat, meeting } = await handles.reading
    .selectFrom('identity')
    .innerJoin('holding', 'holding.person_id', 'identity.person_id')
    .innerJoin('seat', 'seat.id', 'holding.seat_id')
    .innerJoin('meeting', 'meeting.board_id', 'seat.board_id')
    .where('identity.platform', '=', PLATFORM)
    .where('identity.workspace', '=', WORKSPACE)
    .where('identity.user_id', '=', user)
    .select(['seat.id as seat', 'meeting.id as meeting'])
    .executeTakeFirstOrThrow()
  return { user, seat, meeting, comes: true }
}

type Way = 'press' | 'words'

const pressed = ({ comes, meeting, seat }: Member): { press: Pressed } => ({
  press: { command: comes ? 'apologies.attend' : 'apologies.send', subject: meeting, values: { seat } },
})

const said = ({ comes }: Member) => ({ words: comes ? 'I can come after all' : 'Apologies for the next meeting' })

/** One apology, or its withdrawal, as a platform hands it over. @throws Error when it was not done */
export async function answer(bench: Bench, member: Member, way: Way): Promise<void> {
  member.comes = !member.comes
  const { kind } = await bench.house.bot.answer({
    delivery: newId(),
    from: userOf(member.user),
    place: directPlaceOf(member.user),
    what: way === 'press' ? pressed(member) : said(member),
  })
  if (kind !== 'card') throw new Error(`${member.user} was answered with a ${kind}`)
  bench.acts += 1
}

interface Run {
  readonly name: string
  readonly members: readonly Member[]
  readonly way: Way
  /** 1: each awaited before the next; no member is in two lanes */
  readonly lanes: 1 | typeof AT_ONCE
  /** milliseconds a round */
  readonly forMs: number
}

/** Apologies and their withdrawals, by one member after another in each lane. */
export function apologies(bench: Bench, { name, members, way, lanes, forMs }: Run): Variant {
  const ofLane = Array.from({ length: lanes }, (_, lane) => members.filter((_, index) => index % lanes === lane))
  const turn = ofLane.map(() => 0)
  return {
    name,
    async round() {
      const round = await repeat(forMs, lanes, async (lane) => {
        const own = ofLane[lane] ?? []
        const at = turn[lane] ?? 0
        turn[lane] = at + 1
        const member = own[at % own.length]
        if (member) await answer(bench, member, way)
      })
      await settle(bench.house)
      return round
    },
  }
}

/** Takes what waits in the outbox as sent: nothing is left to be sent while something else is measured. */
export async function settle({ writer }: House): Promise<void> {
  await writer.write((tx) => tx.updateTable('notice').set({ state: 'sent' }).where('state', '=', 'waiting').execute())
}

/** @throws Error unless each act changed a seat's answer */
export async function checkActs({ house, acts }: Bench): Promise<void> {
  const { kept } = await house.handles.reading
    .selectFrom('answer')
    .select((row) => row.fn.countAll<number>().as('kept'))
    .executeTakeFirstOrThrow()
  if (kept !== acts) throw new Error(`${acts} acts were done and ${kept} answers are kept: the figures are of something else`)
}
