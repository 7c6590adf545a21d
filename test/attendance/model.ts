/** Milliseconds since 1970. */
type Moment = number

/** What was said for a seat; seats are called by who holds them. */
interface Answer {
  readonly seat: string
  readonly attending: boolean
  readonly substitute: string | null
  readonly by: string
  readonly at: Moment
}

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

type Sits = Pick<Stay, 'seat' | 'as'>

/** A time for which somebody was out of the room for an item. */
type Out = Pick<Stay, 'person' | 'from' | 'until'> & { readonly item: string }

/** Something that was accepted. */
export type Done =
  | { readonly act: 'answer'; readonly by: string; readonly seat: string; readonly attending: boolean; substitute: string | null }
  | { readonly act: 'say'; readonly what: string }
  | { readonly act: 'arrive'; readonly person: string; readonly mode: string; readonly at?: Moment | undefined }
  | { readonly act: 'sit in'; readonly by: string; readonly seat: string; readonly person: string; readonly mode: string }
  | { readonly act: 'leave'; readonly person: string; readonly dropped: boolean; readonly at?: Moment | undefined }
  | { readonly act: 'correct'; readonly stay: Stay; readonly to: Partial<Stay> | 'never' }
  | { readonly act: 'out' | 'in'; readonly person: string; readonly item: string }

const GRACE = 5 * 60_000
const STATES = ['opened', 'waits', 'informal', 'adjourned', 'resumed', 'closed']
const goesOn = (what: string): string => (what === 'opened' ? 'resumed' : what)

/** A meeting by what was accepted alone: every answer, who was there from when until when, and who withdrew. */
export class Model {
  readonly answers: Answer[] = []
  stays: Stay[] = []
  readonly outs: Out[] = []
  readonly said: { readonly what: string; readonly at: Moment }[] = []

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
    if (done.act === 'answer') this.answer(done, clock)
    if (done.act === 'say') this.say(done.what, now)
    if (done.act === 'arrive') this.arrive(done.person, done.mode, this.hour(done.at, now), this.sits(done.person))
    if (done.act === 'sit in') {
      this.answer({ ...done, attending: false, substitute: done.person }, clock)
      this.arrive(done.person, done.mode, now, this.sits(done.person))
    }
    if (done.act === 'leave') this.leave(done.person, done.dropped, this.hour(done.at, now))
    if (done.act === 'correct') this.correct(done.stay, done.to)
    if (done.act === 'out' || done.act === 'in') this.withdraw(done.person, done.item, done.act === 'out', now)
  }

  private answer({ seat, attending, substitute, by }: Omit<Answer, 'at'>, at: Moment): void {
    const before = this.standing(seat)
    if (before?.attending === attending && before.substitute === substitute) return
    this.answers.push({ seat, attending, substitute, by, at })
  }

  private say(what: string, at: Moment): void {
    const last = this.said.findLast((one) => STATES.includes(one.what))?.what
    const unchanged = last && (what === 'opened' || (STATES.includes(what) && goesOn(last) === goesOn(what)))
    if (!unchanged) this.said.push({ what, at })
  }

  /** For what somebody sits: their own seat, those for which they are named now; else the one whose deputy they are. */
  private sits(person: string): readonly Sits[] {
    const all = this.members.flatMap((seat) => {
      if (seat === person) return [{ seat, as: 'representative' }]
      return this.standing(seat)?.substitute === person ? [{ seat, as: 'substitute' }] : []
    })
    if (all.length > 0) return all
    const seat = this.deputies[person]
    return [seat ? { seat, as: 'deputy' } : { seat: null, as: 'in attendance' }]
  }

  /** An hour that was said, but not before the opening; else now, or the close. */
  private hour(at: Moment | undefined, now: Moment): Moment {
    return at === undefined ? (this.when('closed') ?? now) : Math.max(at, this.when('opened') ?? at)
  }

  /** Whose connection is gone for less than the grace is there. */
  private isThere({ from, until, dropped }: Stay, at: Moment): boolean {
    return until === null || (at >= from && (at < until || (dropped && at < until + GRACE)))
  }

  private arrive(person: string, said: string, at: Moment, sits: readonly Sits[]): void {
    const theirs = this.stays.filter((stay) => stay.person === person)
    const last = [...theirs].sort((one, other) => one.from - other.from).at(-1)
    const mode = said === 'back' ? (last?.mode ?? 'online') : said
    const there = theirs.filter((stay) => this.isThere(stay, at))
    const stays = (stay: Stay) => stay.mode === mode && sits.some(({ seat }) => seat === stay.seat)
    for (const stay of there) this.end(stay, stays(stay) ? null : at, false)
    const begun = sits.filter(({ seat }) => !there.some((stay) => stay.seat === seat && stay.mode === mode))
    this.stays.push(...begun.map((one) => ({ ...one, person, mode, from: at, until: null, dropped: false })))
  }

  private leave(person: string, dropped: boolean, at: Moment): void {
    const theirs = this.stays.filter((stay) => stay.person === person && this.isThere(stay, at))
    const open = theirs.filter(({ until }) => until === null)
    for (const stay of open) this.end(stay, at, dropped)
    // Whose connection dropped and who then leaves has left when it dropped.
    if (open.length === 0 && !dropped) for (const stay of theirs) stay.dropped = false
  }

  /** What ends as it begins never was. */
  private end(stay: Stay, until: Moment | null, dropped: boolean): void {
    Object.assign(stay, { until, dropped })
    if (until !== null && until <= stay.from) this.stays = this.stays.filter((one) => one !== stay)
  }

  private correct(stay: Stay, to: Partial<Stay> | 'never'): void {
    if (to === 'never') this.stays = this.stays.filter((one) => one !== stay)
    else Object.assign(stay, { ...to, ...(to.from ? { from: this.hour(to.from, 0) } : {}), dropped: false })
  }

  private withdraw(person: string, item: string, out: boolean, at: Moment): void {
    const gone = this.outs.find((one) => one.person === person && one.item === item && one.until === null)
    if (gone && !out) gone.until = at
    if (!gone && out) this.outs.push({ person, item, from: at, until: null })
  }
}
