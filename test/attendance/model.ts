import assert from 'node:assert'
import { asKnown, type Moment, STATES } from './recorded.js'

/** What was said for a seat; seats are called by who holds them. */
type Answer = Readonly<{ seat: string; attending: boolean; substitute: string | null; by: string; at: Moment }>

/** A time for which somebody was there. */
export interface Stay {
  readonly person: string
  readonly seat: string | null
  readonly as: string
  mode: string
  from: Moment
  until: Moment | null
  /** their connection dropped, and may still be back */
  dropped: boolean
}

/** A time for which somebody was out of the room for an item. */
type Out = Pick<Stay, 'person' | 'from' | 'until'> & { readonly item: string }

/** Something that was accepted. */
export type Done =
  | ({ readonly act: 'answer' } & Omit<Answer, 'at'>)
  | { readonly act: 'say'; readonly what: string; readonly words: string | null }
  | { readonly act: 'arrive'; readonly person: string; readonly mode: string; readonly at?: Moment | undefined }
  | { readonly act: 'sit in'; readonly by: string; readonly seat: string; readonly person: string; readonly mode: string }
  | { readonly act: 'leave'; readonly person: string; readonly dropped: boolean; readonly at?: Moment | undefined }
  | { readonly act: 'correct'; readonly stay: Stay; readonly to: Partial<Stay> | 'never' }
  | { readonly act: 'out' | 'in'; readonly person: string; readonly item: string }

const GRACE = 5 * 60_000
const goesOn = (what: string): string => (what === 'opened' ? 'resumed' : what)

/** A meeting by what was accepted alone: every answer, who was there from when until when, and who withdrew; what would undo any of it is not accepted. */
export class Model {
  readonly answers: Answer[] = []
  stays: Stay[] = []
  readonly outs: Out[] = []
  readonly said: { readonly what: string; readonly at: Moment; readonly words: string | null }[] = []

  /** @param deputies for whose seat, by their own name */
  constructor(
    private readonly members: readonly string[],
    private readonly deputies: Readonly<Record<string, string>>,
  ) {}

  /** Whatever the clock says, it is not earlier than what was recorded last. */
  now(clock: Moment): Moment {
    const spans = [...this.stays, ...this.outs].flatMap(({ from, until }) => [from, until ?? from])
    return Math.max(clock, ...spans, ...this.said.map(({ at }) => at))
  }

  readonly when = (said: string): Moment | undefined => this.said.find(({ what }) => what === said)?.at
  /** The answer that stands for a seat is its last. */
  readonly standing = (seat: string): Answer | undefined => this.answers.findLast((one) => one.seat === seat)

  /** @param now as it was before the act, by `now` */
  follow(done: Done, clock: Moment, now: Moment): void {
    const before = this.stays.map((stay) => ({
      stay,
      was: { ...stay },
      known: JSON.stringify(Object.assign(stay, asKnown(this.said, stay, now))),
    }))
    if (done.act === 'answer') this.answer(done, clock)
    if (done.act === 'say') this.say(done.what, done.words, now)
    if (done.act === 'arrive') this.arrive(done.person, done.mode, done.at ?? now)
    if (done.act === 'sit in') this.answer({ ...done, attending: false, substitute: done.person }, clock)
    if (done.act === 'sit in') this.arrive(done.person, done.mode, now)
    if (done.act === 'leave') this.leave(done.person, done.dropped, done.at ?? null, now)
    if (done.act === 'correct') this.correct(done.stay, done.to)
    if (done.act === 'out' || done.act === 'in') this.withdraw(done.person, done.item, done.act === 'out', now)
    // Who went home as a meeting adjourned is recorded so where something else is recorded of them, and not before.
    for (const { stay, was, known } of before) if (JSON.stringify(stay) === known) Object.assign(stay, was)
  }

  private answer({ seat, attending, substitute, by }: Omit<Answer, 'at'>, at: Moment): void {
    const before = this.standing(seat)
    if (before?.attending === attending && before.substitute === substitute) return
    this.answers.push({ seat, attending, substitute, by, at })
  }

  private say(what: string, words: string | null, at: Moment): void {
    const last = this.said.findLast((one) => STATES.includes(one.what))?.what
    const again = what === 'adjourned' && words !== null && this.said.findLast((one) => one.what === what)?.words !== words
    const unchanged = last && (what === 'opened' || (STATES.includes(what) && goesOn(last) === goesOn(what)))
    if (!unchanged || again) this.said.push({ what, at, words })
  }

  /** For what somebody sits: their own seat, those for which they are named now; else the one whose deputy they are. */
  private sits(person: string): readonly Pick<Stay, 'seat' | 'as'>[] {
    const all = this.members.flatMap((seat) => {
      if (seat === person) return [{ seat, as: 'representative' }]
      return this.standing(seat)?.substitute === person ? [{ seat, as: 'substitute' }] : []
    })
    if (all.length > 0) return all
    const seat = this.deputies[person]
    return [seat ? { seat, as: 'deputy' } : { seat: null, as: 'in attendance' }]
  }

  /** Whose connection is gone for less than the grace is there. */
  private isThere({ from, until, dropped }: Stay, at: Moment): boolean {
    return until === null || (at >= from && (at < until || (dropped && at < until + GRACE)))
  }

  private arrive(person: string, said: string, at: Moment): void {
    const sits = this.sits(person)
    const theirs = this.stays.filter((stay) => stay.person === person)
    const last = [...theirs].sort((one, other) => one.from - other.from).at(-1)
    const mode = said === 'back' ? (last?.mode ?? 'online') : said
    const stays = (stay: Stay) => stay.mode === mode && sits.some(({ seat }) => seat === stay.seat)
    const since = theirs.filter(({ from, until }) => from > at || (until ?? at) > at)
    assert(since.every((stay) => stay.until === null && stays(stay)))
    for (const stay of since) stay.from = at
    if (since.length > 0) return
    const there = theirs.filter((stay) => this.isThere(stay, at))
    for (const stay of there) Object.assign(stay, { until: stays(stay) ? null : at, dropped: false })
    // Who goes over in the instant in which they came was never there in the first manner.
    this.stays = this.stays.filter((stay) => !there.includes(stay) || stay.until !== stay.from)
    const begun = sits.filter(({ seat }) => !there.some((stay) => stay.seat === seat && stay.mode === mode))
    this.stays.push(...begun.map((one) => ({ ...one, person, mode, from: at, until: null, dropped: false })))
  }

  /** @param said the hour, where one was said */
  private leave(person: string, dropped: boolean, said: Moment | null, now: Moment): void {
    const theirs = this.stays.filter((stay) => stay.person === person)
    const [open, at] = [theirs.filter(({ until }) => until === null), said ?? now]
    assert(theirs.length > 0 && open.every(({ from }) => from <= at))
    assert(!dropped || open.length === 0 || open.some(({ mode }) => mode === 'online'))
    for (const stay of open) Object.assign(stay, { until: at, dropped })
    if (open.length > 0) return
    // Whose connection dropped and who then leaves has left when it dropped; or when it is said that they left.
    if (said === null) for (const stay of dropped ? [] : theirs) stay.dropped &&= !this.isThere(stay, at)
    const [from, end] = [Math.max(...theirs.map((one) => one.from)), Math.max(at, ...theirs.map(({ until }) => until ?? at))]
    const last = theirs.filter((stay) => said && (stay.until === end || (end === at && stay.from === from)))
    assert(last.every((stay) => stay.from < at))
    for (const stay of last) if (stay.until !== at) Object.assign(stay, { until: at, dropped: false })
  }

  private correct(stay: Stay, to: Partial<Stay> | 'never'): void {
    if (to === 'never') this.stays = this.stays.filter((one) => one !== stay)
    else Object.assign(stay, to, { dropped: stay.dropped && to.until === undefined })
  }

  private withdraw(person: string, item: string, out: boolean, at: Moment): void {
    const gone = this.outs.find((one) => one.person === person && one.item === item && one.until === null)
    if (gone && !out) gone.until = at
    if (!gone && out) this.outs.push({ person, item, from: at, until: null })
  }
}
