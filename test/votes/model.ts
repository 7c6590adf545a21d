import type { Moved } from './moved.js'
import type { Act, Body, Choice, State } from './wishes.js'
import { worded } from './worded.js'

const RANK = ['holder', 'substitute', 'deputy']
const WHY: readonly (string | null)[] = ['there was no quorum', 'the meeting sat informally', 'the meeting was adjourned', null]

/** A meeting of Gravesham by what was accepted alone: three core members are a quorum, each has one vote, and equal votes fall to who presides. */
export class Model {
  state: State = 'session'
  readonly motions: Moved[] = []
  readonly register: { readonly words: string; readonly dissents: readonly string[] }[] = []
  stays: { readonly person: string; readonly body: string; readonly as: string }[] = []
  private readonly named = new Map<string, string>()
  private readonly outs = new Set<string>()

  constructor(
    private readonly bodies: Readonly<Record<string, Body>>,
    private readonly offices: readonly (readonly [string, string])[],
  ) {}

  readonly isOut = (person: string, item: number): boolean => this.outs.has(`${person} ${item}`)
  readonly core = (body: string): boolean => this.bodies[body]?.core === true

  private left(item: number | null) {
    return this.stays.filter(({ person, body }) => this.core(body) && (item === null || !this.isOut(person, item)))
  }

  /** The core members that are represented, without who has withdrawn for the item. */
  represented(item: number | null): number {
    return new Set(this.left(item).map(({ body }) => body)).size
  }

  /** Who may vote: for each core member its voice, by the body. */
  roll(item: number): ReadonlyMap<string, string> {
    const inTurn = RANK.flatMap((rank) => this.left(item).filter(({ as }) => as === rank)).reverse()
    return new Map(inTurn.map(({ body, person }) => [body, person]))
  }

  /** Chair, or vice-chair: there, and not out of the room for any item. */
  presiding(): readonly [string, string] | null {
    const sits = (person: string) =>
      this.stays.some((stay) => stay.person === person) && ![0, 1].some((item) => this.isOut(person, item))
    return (this.state !== 'closed' && this.offices.find(([person]) => sits(person))) || null
  }

  private sits(person: string): readonly { readonly body: string; readonly as: string }[] {
    const where = (as: string, is: (of: Body, body: string) => boolean) =>
      Object.entries(this.bodies).flatMap(([body, of]) => (is(of, body) ? [{ body, as }] : []))
    const named = where('substitute', ({ holders }, body) => !holders.includes(person) && this.named.get(body) === person)
    const own = [...where('holder', ({ holders }) => holders.includes(person)), ...named]
    return own.length > 0 ? own : where('deputy', ({ deputies }) => deputies.includes(person))
  }

  follow(one: Act): void {
    if (one.act === 'sit in') this.named.set(one.body, one.person)
    if (one.act === 'arrive' || one.act === 'sit in') {
      const sits = this.sits(one.person)
      this.stays = this.stays.filter(({ person, body }) => person !== one.person || sits.some((seat) => seat.body === body))
      const begun = sits.filter(({ body }) => !this.stays.some((stay) => stay.person === one.person && stay.body === body))
      this.stays.push(...begun.map((seat) => ({ ...seat, person: one.person })))
    }
    if (one.act === 'leave') this.stays = this.stays.filter(({ person }) => person !== one.person)
    if (one.act === 'withdraw') this.outs.add(`${one.person} ${one.item}`)
    if (one.act === 'return') this.outs.delete(`${one.person} ${one.item}`)
    if (one.act === 'put')
      this.motions.push({ item: one.item, text: one.text, amended: false, decided: false, dissents: new Set(), vote: null })
    if (one.act === 'proceed' && one.how === 'closed') for (const motion of this.motions) this.end(motion, true)
    if (one.act === 'proceed') this.state = one.how
    const motion = 'motion' in one ? this.motions[one.motion] : undefined
    if (motion) this.decide(one, motion)
  }

  private decide(one: Act, motion: Moved): void {
    const { item, vote } = motion
    if (one.act === 'amend') Object.assign(motion, { text: one.text, amended: motion.amended || one.text !== motion.text })
    if (one.act === 'open')
      motion.vote ??= { state: 'open', byHand: one.byHand, why: this.why(item), ballots: new Map(), cast: null, tally: null }
    if (one.act === 'dissent' || one.act === 'content') motion.dissents[one.act === 'dissent' ? 'add' : 'delete'](one.person)
    if (one.act === 'agree') this.enter(motion, true, this.why(item))
    if (one.act === 'casting' && vote?.tally && vote.state === 'equal') {
      Object.assign(vote, { state: 'closed', cast: one })
      this.enter(motion, one.choice === 'for', vote.why, this.presiding()?.[1])
    }
    if (!vote) return
    if (one.act === 'close') this.end(motion, false)
    const written = one.act === 'cast' || one.act === 'record' ? this.ballot(motion, one, this.roll(item)) : 0
    const signed = one.act === 'countersign' ? [...vote.ballots.values()].filter(({ counts }) => !counts) : []
    for (const ballot of signed) ballot.counts = true
    const all = [...this.roll(item).keys()].every((body) => this.standing(motion).get(body)?.counts)
    if (all && !vote.byHand && (one.act === 'cast' ? written > 0 : signed.length > 0)) this.end(motion, false)
  }

  /** Somebody's votes, for each body of which they are the voice; where a colleague has voted for it, that stands. */
  private ballot(motion: Moved, one: Extract<Act, { act: 'cast' | 'record' }>, roll: ReadonlyMap<string, string>): number {
    const recorded = one.act === 'record'
    const theirs = [...roll].filter(([body, person]) => {
      const before = this.standing(motion).get(body)
      const same = before?.choice === one.choice && before.recorded === recorded
      return person === one.person && !same && (!before || before.person === person || (!recorded && !before.counts))
    })
    for (const [body, person] of theirs)
      motion.vote?.ballots.set(body, { person, choice: one.choice, recorded, counts: !recorded })
    return theirs.length
  }

  /** @param last the meeting is closed with it, and nobody casts any more */
  private end(motion: Moved, last: boolean): void {
    const { vote, item } = motion
    if (!vote || vote.state === 'closed') return
    if (vote.state === 'open') {
      const counted = [...this.standing(motion)].filter(([, { counts }]) => counts)
      const number = (choice: Choice) => counted.filter(([, ballot]) => ballot.choice === choice).length
      const there = new Set([...this.roll(item).keys(), ...counted.map(([body]) => body)])
      vote.tally = [number('for'), number('against'), number('abstain'), there.size]
      vote.why = [vote.why, this.why(item)].sort((one, other) => WHY.indexOf(one) - WHY.indexOf(other))[0] ?? null
    }
    const [ayes, noes] = vote.tally ?? [0, 0]
    vote.state = ayes === noes && ayes > 0 && !last ? 'equal' : 'closed'
    if (vote.state === 'closed') this.enter(motion, ayes > noes, vote.why)
  }

  /** The ballots of who is not out of the room for the item. */
  standing = ({ vote, item }: Moved) => new Map([...(vote?.ballots ?? [])].filter(([, { person }]) => !this.isOut(person, item)))

  private why(item: number): string | null {
    if (this.represented(item) < 3) return WHY[0] ?? null
    return this.state === 'session' ? null : (WHY[this.state === 'informal' ? 1 : 2] ?? null)
  }

  private enter(motion: Moved, carried: boolean, why: string | null, casting?: string): void {
    motion.decided = true
    const [ayes, noes, abstained] = motion.vote?.tally ?? [0, 0, 0]
    const votes = motion.vote && ([ayes, noes, abstained] as const)
    const words = worded(motion.text.reads, { carried, why, amended: motion.amended, votes, casting })
    this.register.push({ words, dissents: [...motion.dissents].sort() })
  }
}
