import { randomBytes } from 'node:crypto'

/** One call of the Web API, as it came and as it was answered. */
export interface Call {
  readonly method: string
  /** the team of the token, where the token was good */
  readonly team: string | null
  /** without the token */
  readonly arguments: Readonly<Record<string, unknown>>
  readonly ok: boolean
  readonly error: string | null
  /** milliseconds on the stand-in’s clock */
  readonly at: number
}

/** What every part of the stand-in stands on: its clock, its ids, and what it noted. */
export interface Ground {
  /** where it listens, without a slash at the end */
  origin: string
  /** no rates are held */
  lenient: boolean
  latencyMs: number
  /** how long an acknowledgement may take, in milliseconds */
  patienceMs: number
  readonly calls: Call[]
  readonly complaints: string[]
  /** Told of each change of what people see. */
  readonly watchers: Set<() => void>
  now(): number
  forward(ms: number): void
  nextId(prefix: string): string
  /** A message’s time and id: seconds, six decimals, never twice. */
  nextTs(): string
  complain(what: string): void
  changed(): void
  /** Counts work that is under way, so that one can wait until nothing is. */
  track<T>(work: Promise<T>): Promise<T>
  underWay(): number
}

/** Slack’s own. */
const PATIENCE_MS = 3_000

export const secret = (prefix: string): string => `${prefix}${randomBytes(16).toString('hex')}`

export function newGround(latencyMs: number): Ground {
  let ahead = 0
  let ids = 0
  let lastTs = 0
  let working = 0
  const watchers = new Set<() => void>()
  const complaints: string[] = []
  const now = () => Date.now() + ahead
  return {
    origin: '',
    lenient: false,
    latencyMs,
    patienceMs: PATIENCE_MS,
    calls: [],
    complaints,
    watchers,
    now,
    forward: (ms) => {
      ahead += ms
    },
    nextId: (prefix) => {
      ids += 1
      return `${prefix}0${(36 ** 8 + ids * 7_919).toString(36).toUpperCase()}`
    },
    nextTs: () => {
      lastTs = Math.max(lastTs + 1, now() * 1_000)
      return `${Math.floor(lastTs / 1_000_000)}.${String(lastTs % 1_000_000).padStart(6, '0')}`
    },
    complain: (what) => {
      complaints.push(what)
    },
    changed: () => {
      for (const told of watchers) told()
    },
    track: async (work) => {
      working += 1
      try {
        return await work
      } finally {
        working -= 1
      }
    },
    underWay: () => working,
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
