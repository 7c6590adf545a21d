import type { Pressed } from '../../src/bot.js'
import { newId } from '../../src/kernel/ids.js'
import { PLATFORM, WORKSPACE } from '../../src/platforms/web/send.js'
import { directPlace } from '../../src/platforms/web/transcript.js'
import type { House } from '../../src/wiring.js'
import { emailOf, MEMBERS } from './boards.js'
import { repeat, type Variant } from './rounds.js'

/** A seat holder who changes their mind with every message, so that each one is an act. */
interface Member {
  readonly user: string
  readonly seat: string
  readonly meeting: string
  comes: boolean
}

/** Members of a bench database, and how many acts they have done. */
export interface Bench {
  readonly house: House
  readonly members: readonly Member[]
  acts: number
}

const MOST_MEMBERS = 10 * MEMBERS
export const AT_ONCE = 64

/** Members of as many boards as there are, up to 300 members in all; neighbours in the list sit on different boards. */
export async function membersOf(house: House, boards: number): Promise<Bench> {
  const among = Math.min(boards, MOST_MEMBERS)
  const members = Array.from({ length: MOST_MEMBERS }, (_, index) => {
    const board = Math.floor(((index % among) * boards) / among)
    return memberOf(house, emailOf(board, (index + Math.floor(index / among)) % MEMBERS))
  })
  return { house, members: await Promise.all(members), acts: 0 }
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
    from: { platform: PLATFORM, workspace: WORKSPACE, user: member.user },
    place: { platform: PLATFORM, workspace: WORKSPACE, id: directPlace(member.user), kind: 'direct' },
    what: way === 'press' ? pressed(member) : said(member),
  })
  if (kind !== 'reply') throw new Error(`${member.user} was answered with a ${kind}`)
  bench.acts += 1
}

/** Rounds of apologies, by one member after another in each of `lanes` lanes; no member is in two lanes. */
export function apologies(bench: Bench, way: Way, lanes: 1 | typeof AT_ONCE, forMs: number): Variant {
  const ofLane = Array.from({ length: lanes }, (_, lane) => bench.members.filter((_, index) => index % lanes === lane))
  const turn = ofLane.map(() => 0)
  return {
    name: `${way === 'press' ? 'a press' : 'typed words'}, ${lanes === 1 ? 'alone' : `${lanes} at once`}`,
    async round() {
      const round = await repeat(forMs, lanes, async (lane) => {
        const members = ofLane[lane] ?? []
        const at = turn[lane] ?? 0
        turn[lane] = at + 1
        const member = members[at % members.length]
        if (member) await answer(bench, member, way)
      })
      await settle(bench.house)
      return round
    },
  }
}

/** Takes what waits in the outbox as sent: nothing is left to be sent while something else is measured. */
export async function settle({ writer }: House): Promise<void> {
  await writer.write((tx) =>
    tx
      .updateTable('notice')
      .set((row) => ({ state: 'sent', shown: row.ref('wanted') }))
      .where('state', '=', 'waiting')
      .execute(),
  )
}

/** @throws Error unless each act changed a seat's answer */
export async function checkActs({ house, acts }: Bench): Promise<void> {
  const { kept } = await house.handles.reading
    .selectFrom('answer')
    .select((row) => row.fn.countAll<number>().as('kept'))
    .executeTakeFirstOrThrow()
  if (kept !== acts) throw new Error(`${acts} acts were done and ${kept} answers are kept: the figures are of something else`)
}
