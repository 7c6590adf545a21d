import type Sqlite from 'better-sqlite3'
import type { House } from '../../../src/wiring.js'
import { at } from '../../votes/setting.js'
import { type Copied, copied, type Evidence, keysBeside } from './evidence.js'
import { ABSTAINED } from './guess.js'
import { castIn, closePoll, type Elector, nominated, openPoll, openPolling, type Polling } from './polls.js'

/** An election that was held, with what nobody but the test knows. */
export interface HeldPoll {
  readonly evidence: Evidence
  /** for each elector the place on the ballot of whom they chose, or [ABSTAINED] */
  readonly truth: readonly number[]
  /** places of electors, in the order in which they voted last */
  readonly order: readonly number[]
  /** every paper that ever was in the ballot, those that were replaced too */
  readonly papers: readonly string[]
  /** the key as it was while the ballot was open */
  readonly key: string
  /** Copies the database again, and alters the copy before it is read, as if the house kept what it must not. */
  again(alter: (database: Sqlite.Database) => void): Copied
}

const SEATS = 15
const CANDIDATES = 3

/** Holds so many elections one after another, and hands over what an attacker has of each. */
export async function* held(elections: number, random: () => number): AsyncGenerator<HeldPoll> {
  const to = await openPolling(SEATS)
  try {
    let known = copied(to.house.file, new Set())
    for (let number = 0; number < elections; number += 1) {
      const [one, after] = await hold(to, known, random)
      yield one
      known = after
    }
  } finally {
    await to.house.close()
  }
}

type Whole = Copied & { readonly all: ReadonlySet<string> }

async function hold(to: Polling, known: Whole, random: () => number): Promise<[HeldPoll, Whole]> {
  const { house, electors } = to
  const { file, clock, sent, lines } = house
  clock.set(at('10:05'))
  // Whoever is in the chair already is not eligible.
  const candidates = mixed(electors.slice(1), random).slice(0, CANDIDATES)
  const election = await nominated(to, candidates)
  const poll = await openPoll(to, election)
  if (poll.candidates.length !== CANDIDATES) throw new Error('not all who are nominated stand')
  const [messages, logged] = [sent.length, lines.length]
  const key = keysBeside(file)[0] ?? ''
  const weights = Array.from({ length: CANDIDATES + 1 }, (_, place) => random() * (place === ABSTAINED ? 0.5 : 1))
  const casts = castsOf(electors, weights, random)
  const papers = new Set<string>()
  const truth = electors.map(() => -1)
  for (const { who, place } of casts) {
    clock.forward({ seconds: 1 + Math.floor(random() * 20) })
    const elector = electors[who]
    if (!elector) throw new Error('nobody')
    await castIn(to, poll, elector, poll.candidates[place] ?? null)
    truth[who] = place
    for (const paper of await papersOf(house)) papers.add(paper)
  }
  const order = casts.map(({ who }) => who).filter((who, at, all) => all.lastIndexOf(who) === at)
  const midway = copied(file, known.all)
  clock.forward({ seconds: 30 })
  await closePoll(to, poll)
  const keys = keysBeside(file)
  // What goes out then tells too.
  for (let second = 0; second < 2; second += 1) {
    clock.forward({ seconds: 2 })
    await house.outbox.drain()
  }
  const after = copied(file, known.all)
  const evidence = {
    electors,
    poll,
    before: known,
    midway,
    after,
    keys,
    sent: sent.slice(messages),
    lines: lines.slice(logged),
  }
  return [{ evidence, truth, order, papers: [...papers], key, again: (alter) => copied(file, known.all, alter) }, after]
}

async function papersOf({ handles }: Pick<House, 'handles'>): Promise<readonly string[]> {
  const rows = await handles.reading.selectFrom('sealed_paper').select('sealed').execute()
  return rows.map(({ sealed }) => sealed)
}

/** Everybody votes in an order of chance, and some of them again. */
function castsOf(electors: readonly Elector[], weights: readonly number[], random: () => number) {
  const again = electors.flatMap((_, who) => (random() < 0.2 ? [who] : []))
  const all = weights.reduce((sum, one) => sum + one, 0)
  const choose = () => {
    const drawn = random() * all
    return weights.findIndex((_, place) => drawn < weights.slice(0, place + 1).reduce((sum, one) => sum + one, 0))
  }
  return [...mixed([...electors.keys()], random), ...mixed(again, random)].map((who) => ({ who, place: choose() }))
}

export function mixed<One>(all: readonly One[], random: () => number): readonly One[] {
  const left = [...all]
  return all.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as One)
}
