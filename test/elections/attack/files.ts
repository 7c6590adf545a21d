import { NotOpened, open, openingKey } from '../../../src/elections/sealing.js'
import type { Evidence } from './evidence.js'
import { ABSTAINED, type Attack, assigned, by, counted, type Guess, type Of, paired, sorted } from './guess.js'

/** Pages of the file that are not as they were before the ballot, and the log. */
export function changed({ before, after, midway }: Evidence, of: Of): Buffer {
  const { db, log } = of === 'after' ? after : midway
  const size = db.length >= 18 ? db.readUInt16BE(16) : 0
  const pages: Buffer[] = []
  for (let at = 0; size > 0 && at < db.length; at += size) {
    const page = db.subarray(at, at + size)
    if (!page.equals(before.db.subarray(at, at + size))) pages.push(page)
  }
  return Buffer.concat([...pages, log])
}

export function places(bytes: Buffer, token: string): readonly number[] {
  const found: number[] = []
  for (let at = bytes.indexOf(token); at >= 0; at = bytes.indexOf(token, at + 1)) found.push(at)
  return found
}

const NEAR = 400

/** @param one places in order, as the others are */
function nearest(one: readonly number[], others: readonly number[]): number {
  let [best, at] = [NEAR, 0]
  for (const place of one) {
    while (at + 1 < others.length && Math.abs((others[at + 1] ?? 0) - place) <= Math.abs((others[at] ?? 0) - place)) at += 1
    best = Math.min(best, Math.abs((others[at] ?? place + NEAR) - place))
  }
  return best
}

/** Whose id lies nearest to a candidate's, anywhere in the bytes: also in what was deleted. */
export function near(of: Of): Attack {
  return (evidence) => {
    const bytes = changed(evidence, of)
    const candidates = evidence.poll.candidates.map((candidate) => places(bytes, candidate))
    const distance = evidence.electors.map((one) => {
      const own = places(bytes, one.seat)
      return candidates.map((other) => nearest(own, other))
    })
    return assigned(evidence, (who, choice) => (choice === ABSTAINED ? -NEAR : -(distance[who]?.[choice] ?? NEAR)))
  }
}

/** Where electors lie in the bytes, against the order of the choices. */
export function lying(of: Of): readonly [string, Attack][] {
  const order = (evidence: Evidence) => {
    const bytes = changed(evidence, of)
    return evidence.electors
      .map(({ seat }, who) => ({ who, at: bytes.lastIndexOf(`${evidence.poll.ballot}${seat}`) }))
      .sort(by(({ at }) => at))
      .map(({ who }) => who)
  }
  return [
    [`papers in the pages ${of}`, (evidence) => paired(evidence, order(evidence), counted(evidence))],
    [`papers in the pages ${of}, from the end`, (evidence) => paired(evidence, order(evidence).reverse(), counted(evidence))],
  ]
}

/** Those that are alike together, the most first. */
function grouped<One>(all: readonly One[], key: (one: One) => string): readonly One[] {
  const many = (one: One) => all.filter((other) => key(other) === key(one)).length
  return [...all].sort((one, other) => many(other) - many(one) || (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0))
}

export const papersIn = (evidence: Evidence) =>
  evidence.midway.rows.flatMap(({ table, row }) => {
    const who = evidence.electors.findIndex(({ seat }) => seat === row.voter_id)
    return table === 'sealed_paper' && who >= 0 ? [{ who, sealed: String(row.sealed) }] : []
  })

/** Papers of which any part is as in another's hold the same. */
export function alike(evidence: Evidence): Guess {
  const papers = papersIn(evidence)
  const looked = [
    (sealed: string) => sealed.slice(-86, -22),
    (sealed: string) => sealed.slice(-22),
    (sealed: string) => sealed.slice(16, 60),
  ]
  const kinds = (part: (sealed: string) => string) => new Set(papers.map(({ sealed }) => part(sealed))).size
  const [key = String] = looked.sort((one, other) => kinds(one) - kinds(other))
  return paired(
    evidence,
    grouped(papers, ({ sealed }) => key(sealed)).map(({ who }) => who),
    grouped(counted(evidence), String),
  )
}

/** Papers in the order of what they look like. */
export const looks: Attack = (evidence) =>
  paired(
    evidence,
    papersIn(evidence)
      .sort(by(({ sealed }) => sealed.slice(16)))
      .map(({ who }) => who),
    sorted(evidence),
  )

/** Papers of the backup, opened with whatever key lies anywhere: in the folder of keys, in the file or in the log. */
export function opened(evidence: Evidence): Guess {
  const { poll, electors, after, midway } = evidence
  const all = [after.db, after.log, midway.db, midway.log].map((bytes) => bytes.toString('latin1')).join('\n')
  const keys = [...evidence.keys, ...(all.match(/-----BEGIN PRIVATE KEY-----[^-]*-----END PRIVATE KEY-----/g) ?? [])]
  const ballot = after.rows.find(({ table, row }) => table === 'election_ballot' && row.id === poll.ballot)
  const inside = papersIn(evidence).map(({ who, sealed }) => {
    for (const pem of keys) {
      try {
        const key = openingKey(pem, String(ballot?.row.public_key))
        const { places: chosen } = open(key, sealed, { ballot: poll.ballot, voter: electors[who]?.seat ?? '' })
        return { who, place: chosen[0] ?? ABSTAINED }
      } catch (error) {
        if (!(error instanceof NotOpened)) throw error
      }
    }
    return { who, place: -1 }
  })
  return assigned(evidence, (who, choice) => (inside.some((one) => one.who === who && one.place === choice) ? 1 : 0))
}
