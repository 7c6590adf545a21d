import { createHmac } from 'node:crypto'
import { emailOf } from '../../../src/demonstration/people.js'
import { NotOpened, open, openingKey } from '../../../src/elections/sealing.js'
import { shuffled } from '../../../src/elections/urn.js'
import { type Copied, type Evidence, elector, type Found, NUMBER, tokensOf } from './evidence.js'

/** For each elector the place on the ballot of whom they chose, or [ABSTAINED]; -1: no guess. */
export type Guess = readonly number[]
export type Attack = (evidence: Evidence) => Guess
export const ABSTAINED = 3

/** The choices as they were counted, in the order in which they are kept: known to all who have the file. */
export function counted({ after, poll }: Evidence): readonly number[] {
  const rows = after.rows.filter(({ table, row }) => table === 'counted_choice' && row.ballot_id === poll.ballot)
  return rows
    .sort((one, other) => Number(one.row.position) - Number(other.row.position))
    .map(({ row }) => placeOf(poll.candidates, JSON.parse(String(row.choice)) as string[]))
}

const placeOf = (candidates: readonly string[], [chosen]: readonly string[]): number =>
  chosen === undefined ? ABSTAINED : candidates.indexOf(chosen)

/** The same, sorted by who was chosen. */
const sorted = (evidence: Evidence): readonly number[] => [...counted(evidence)].sort((one, other) => one - other)

/** The first of these electors chose the first of these choices, and so on. */
function paired({ electors }: Evidence, order: readonly number[], choices: readonly number[]): Guess {
  const guess = electors.map(() => -1)
  const all = [...order, ...electors.keys()].filter((one, at, every) => every.indexOf(one) === at)
  all.forEach((who, at) => {
    guess[who] = choices[at] ?? -1
  })
  return guess
}

/** Gives out the choices that were counted, to whom they suit best first. @param score of an elector and a choice */
function assigned(evidence: Evidence, score: (elector: number, choice: number) => number): Guess {
  const left = [...counted(evidence)]
  const guess = evidence.electors.map(() => -1)
  const scored = evidence.electors.flatMap((_, who) =>
    [0, 1, 2, ABSTAINED].map((choice) => ({ who, choice, score: score(who, choice) })),
  )
  for (const { who, choice } of scored.sort((one, other) => other.score - one.score)) {
    const at = left.indexOf(choice)
    if (at < 0 || guess[who] !== -1) continue
    guess[who] = choice
    left.splice(at, 1)
  }
  return guess
}

const by =
  <One>(value: (one: One) => number | string) =>
  (one: One, other: One) => {
    const [first, second] = [value(one), value(other)]
    return first < second ? -1 : first > second ? 1 : 0
  }

/** Of these tables rows about other acts are left out than the casting of a vote. */
const ACTS = ['delivery', 'journal', 'journal_payload']

/** Rows of a table that name one elector each, with whom. */
function ofElectors({ electors, poll }: Evidence, { rows }: Pick<Copied, 'rows'>, table: string) {
  return rows.flatMap((found) => {
    if (found.table !== table || found.row.command === 'elections.close') return []
    if (ACTS.includes(table) && (!found.text.includes(poll.ballot) || found.text.includes('elected'))) return []
    const who = elector(electors, found.text)
    return who === null ? [] : [{ ...found, who }]
  })
}

type Of = 'midway' | 'after'

/** Who is named first was counted first; or who is named last, last; or first, from the end. */
function inOrder(of: Of, table: string, sort?: (found: Found) => number | string): readonly [string, Attack][] {
  const order = (evidence: Evidence) => {
    const rows = ofElectors(evidence, evidence[of], table)
    return (sort ? rows.sort(by((row) => sort(row))) : rows).map(({ who }) => who)
  }
  const name = `${table} ${of}${sort ? ` by ${sort.name}` : ''}`
  const last = (evidence: Evidence) => order(evidence).filter((who, at, all) => all.lastIndexOf(who) === at)
  return [
    [name, (evidence) => paired(evidence, order(evidence), counted(evidence))],
    [`${name}, by the last`, (evidence) => paired(evidence, last(evidence), counted(evidence))],
    [`${name}, from the end`, (evidence) => paired(evidence, last(evidence).reverse(), counted(evidence))],
    [`${name}, against the candidates' order`, (evidence) => paired(evidence, last(evidence), sorted(evidence))],
  ]
}

const rowid = ({ row }: Found) => Number(row[NUMBER] ?? 0)
const length = ({ text }: Found) => text.length
/** the instant, as far as it goes, or whatever looks like one */
const time = ({ text }: Found) => /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(text)?.[0] ?? ''
const digest = ({ text }: Found) => /"([0-9a-f]{64})"/.exec(text)?.[1] ?? ''

/** Whatever stands in a row with one elector alone, and names one candidate or an abstention. */
function named(evidence: Evidence, tables: (table: string) => boolean): Guess {
  const { electors, poll } = evidence
  const rows = [...evidence.midway.rows, ...evidence.after.rows].filter(({ table }) => tables(table))
  const score = electors.map(() => [0, 0, 0, 0])
  for (const { text, row } of rows) {
    const own = electors.flatMap((one, at) => (text.includes(one.seat) || text.includes(emailOf(one.name)) ? [at] : []))
    const who = own.length === 1 ? own[0] : elector(electors, text)
    if (who === undefined || who === null) continue
    const except = electors[who]?.person ?? ''
    poll.candidates.forEach((candidate, place) => {
      const times = text.split(candidate).length - 1
      // An elector who stands names themselves in rows of their own.
      if (times > (candidate === except && text.includes(String(row.actor)) ? 1 : 0)) (score[who] as number[])[place] = times
    })
    if (/\[\]|abstain/.test(text)) (score[who] as number[])[ABSTAINED] = 1
  }
  return assigned(evidence, (who, choice) => score[who]?.[choice] ?? 0)
}

/** Tries which choice, put into what the journal keeps of a cast, makes the mark by which the journal knows it. */
function committed(evidence: Evidence): Guess {
  const { poll } = evidence
  const rows = evidence.after.rows
  const kept = ofElectors(evidence, evidence.after, 'journal_payload')
  const marks = new Map(rows.filter(({ table }) => table === 'journal').map(({ row }) => [row.seq, String(row.commitment)]))
  return assigned(evidence, (who, place) => {
    const choice = poll.candidates[place] ?? 'abstain'
    const hit = kept
      .filter((one) => one.who === who)
      .some(({ row }) => {
        const payload = JSON.parse(String(row.payload)) as { input?: object; outcome?: { papers?: object[] } }
        const list = choice === 'abstain' ? [] : [choice]
        const papers = payload.outcome?.papers?.map((paper) => ({ ...paper, choice: list }))
        const tries = [
          { ...payload, input: { ...payload.input, choice } },
          { ...payload, outcome: { ...payload.outcome, papers } },
          { ...payload, input: { ...payload.input, choice }, outcome: { ...payload.outcome, papers } },
          { ...payload, outcome: { ...payload.outcome, choice } },
          { ...payload, choice },
        ]
        return tries.some(
          (one) => createHmac('sha256', String(row.salt)).update(JSON.stringify(one)).digest('hex') === marks.get(row.seq),
        )
      })
    return hit ? 1 : 0
  })
}

/** Choices that have a time of their own, against when each has voted last. */
function timed(evidence: Evidence): Guess {
  const { poll } = evidence
  const choices = evidence.after.rows
    .filter(({ table, row }) => table === 'counted_choice' && row.ballot_id === poll.ballot)
    .map((found) => ({ at: time(found), place: placeOf(poll.candidates, JSON.parse(String(found.row.choice)) as string[]) }))
    .sort(by(({ at }) => at))
  const last = new Map<number, string>()
  for (const found of ofElectors(evidence, evidence.after, 'delivery')) last.set(found.who, time(found))
  const order = [...last].sort(by(([, at]) => at)).map(([who]) => who)
  return paired(
    evidence,
    order,
    choices.map(({ place }) => place),
  )
}

/** Pages of the file that are not as they were before the ballot, and the log. */
function changed({ before, after, midway }: Evidence, of: Of): Buffer {
  const { db, log } = of === 'after' ? after : midway
  const size = db.length >= 18 ? db.readUInt16BE(16) : 0
  const pages: Buffer[] = []
  for (let at = 0; size > 0 && at < db.length; at += size) {
    const page = db.subarray(at, at + size)
    if (!page.equals(before.db.subarray(at, at + size))) pages.push(page)
  }
  return Buffer.concat([...pages, log])
}

function places(bytes: Buffer, token: string): readonly number[] {
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
function near(of: Of): Attack {
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
function lying(of: Of): readonly [string, Attack][] {
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

const papersIn = (evidence: Evidence) =>
  evidence.midway.rows.flatMap(({ table, row }) => {
    const who = evidence.electors.findIndex(({ seat }) => seat === row.voter_id)
    return table === 'sealed_paper' && who >= 0 ? [{ who, sealed: String(row.sealed) }] : []
  })

/** Papers of which any part is as in another's hold the same. */
function alike(evidence: Evidence): Guess {
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
const looks: Attack = (evidence) =>
  paired(
    evidence,
    papersIn(evidence)
      .sort(by(({ sealed }) => sealed.slice(16)))
      .map(({ who }) => who),
    sorted(evidence),
  )

/** Papers of the backup, opened with whatever key lies anywhere: in the folder of keys, in the file or in the log. */
function opened(evidence: Evidence): Guess {
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

/** Whom what was sent to somebody names more often than what was sent to the others. */
function told(evidence: Evidence): Guess {
  const { electors, poll, sent } = evidence
  const names = poll.candidates.map((id) => electors.find(({ person }) => person === id)?.name ?? '')
  const times = electors.map(({ name }) => {
    const own = sent
      .filter(({ to }) => 'user' in to && to.user === emailOf(name))
      .map(({ plain, card }) => plain + JSON.stringify(card))
    return [...names.map((one) => new RegExp(`\\b${one}\\b`, 'g')), /\babstain/gi].map(
      (one) => own.reduce((sum, text) => sum + (text.match(one)?.length ?? 0), 0) / Math.max(1, own.length),
    )
  })
  const mean = [0, 1, 2, ABSTAINED].map((at) => times.reduce((sum, one) => sum + (one[at] ?? 0), 0) / electors.length)
  return assigned(evidence, (who, choice) => (times[who]?.[choice] ?? 0) - (mean[choice] ?? 0))
}

/** In which order, and at what length, people were written to. */
const written =
  (sort: 'order' | 'length'): Attack =>
  (evidence) => {
    const last = evidence.electors.map(({ name }, who) => {
      const at = evidence.sent.findLastIndex(({ to }) => 'user' in to && to.user === emailOf(name))
      return { who, at, length: evidence.sent[at]?.plain.length ?? 0 }
    })
    const order = last.sort(by(({ at, length: long }) => (sort === 'order' ? at : long))).map(({ who }) => who)
    return paired(evidence, order, sort === 'order' ? counted(evidence) : sorted(evidence))
  }

/** Lines of the log: the n-th of a cast is that of the n-th who voted; what differs between them against who was chosen. */
function logged(evidence: Evidence): Guess {
  const casters = ofElectors(evidence, evidence.after, 'delivery')
    .sort(by(rowid))
    .map(({ who }) => who)
  const lines = evidence.lines.map((line) => JSON.stringify(line)).filter((line) => line.includes('elections.cast'))
  const last = new Map(casters.map((who, at) => [who, lines[at] ?? '']))
  const without = (line: string) => line.replace(/"took":\d+/, '')
  const named = evidence.poll.candidates.map((candidate) => candidate)
  if (lines.some((line) => named.some((one) => line.includes(one))))
    return assigned(evidence, (who, choice) => (last.get(who)?.includes(named[choice] ?? 'abstain') ? 1 : 0))
  const order = [...last].sort(by(([, line]) => `${String(line.length).padStart(6, '0')}${without(line)}${line}`))
  return paired(
    evidence,
    order.map(([who]) => who),
    sorted(evidence),
  )
}

/** What knows the tally alone. */
const guessing: Attack = (evidence) => paired(evidence, shuffled([...evidence.electors.keys()]), counted(evidence))

export const ATTACKS: ReadonlyMap<string, Attack> = new Map<string, Attack>([
  ['guessing by the tally', guessing],
  ...inOrder('after', 'voted'),
  ...inOrder('midway', 'sealed_paper'),
  ...['delivery', 'journal', 'journal_payload', 'notice'].flatMap((table) => [
    ...inOrder('after', table, rowid),
    ...inOrder('after', table, length),
  ]),
  ...['delivery', 'journal', 'notice'].flatMap((table) => inOrder('after', table, time)),
  ...['journal', 'notice'].flatMap((table) => inOrder('after', table, digest)),
  ...inOrder('midway', 'sealed_paper', length),
  ['times beside the choices', timed],
  ['named in one row', (evidence) => named(evidence, () => true)],
  ['named in the journal', (evidence) => named(evidence, (table) => table.startsWith('journal'))],
  ['named in the deliveries', (evidence) => named(evidence, (table) => table === 'delivery')],
  ['what the journal commits to', committed],
  ['near in the bytes midway', near('midway')],
  ['near in the bytes after', near('after')],
  ...lying('midway'),
  ...lying('after'),
  ['papers alike in the backup', alike],
  ['papers of the backup by their looks', looks],
  ['papers of the backup opened', opened],
  ['told in messages', told],
  ['messages in order', written('order')],
  ['messages by length', written('length')],
  ['lines of the log', logged],
])

/** Of each elector what may have to do with their choice: for whoever learns from elections of which they know the choices. */
export function traits(evidence: Evidence): readonly (readonly number[])[] {
  const { electors, after } = evidence
  const casts = ofElectors(evidence, after, 'delivery')
  const notices = ofElectors(evidence, after, 'notice')
  const journal = ofElectors(evidence, after, 'journal')
  const papers = papersIn(evidence)
  const bytes = changed(evidence, 'after')
  return electors.map((one, who) => {
    const own = (rows: readonly (Found & { readonly who: number })[]) => rows.filter((row) => row.who === who)
    const sealed = Buffer.from(papers.find((paper) => paper.who === who)?.sealed ?? '', 'base64url')
    return [
      casts.findIndex((row) => row.who === who),
      casts.findLastIndex((row) => row.who === who),
      own(casts).length,
      own(notices).reduce((sum, { text }) => sum + text.length, 0),
      Number(own(notices).at(-1)?.row.wanted ?? 0),
      own(journal).reduce((sum, { text }) => sum + text.length, 0),
      Number.parseInt(String(own(journal).at(-1)?.row.commitment ?? '0').slice(0, 4), 16),
      sealed.length,
      ...[12, 44, 45, 46, 60, 104, 108, 123].map((at) => sealed[at] ?? 0),
      evidence.sent.findLastIndex(({ to }) => 'user' in to && to.user === emailOf(one.name)),
      tokensOf(one).reduce((sum, token) => sum + places(bytes, token).length, 0),
      who,
    ]
  })
}

/** Rank of each among those of one election, in four parts. */
const parts = (of: readonly (readonly number[])[], trait: number): readonly number[] => {
  const values = of.map((one) => one[trait] ?? 0)
  const all = [...values].sort((one, other) => one - other)
  return values.map((value) => Math.floor((4 * all.indexOf(value)) / all.length))
}

/** An election of which the choices are known. */
export interface Known {
  readonly evidence: readonly (readonly number[])[]
  readonly truth: readonly number[]
}

/** Learns from some elections what goes with which choice, and guesses those of another (naive Bayes). */
export function learnt(known: readonly Known[], another: Known): Guess {
  const many = another.evidence[0]?.length ?? 0
  const seen = Array.from({ length: many }, () => [0, 1, 2, ABSTAINED].map(() => [1, 1, 1, 1]))
  for (const { evidence, truth } of known)
    for (let trait = 0; trait < many; trait += 1)
      parts(evidence, trait).forEach((part, who) => {
        const row = seen[trait]?.[truth[who] ?? 0]
        if (row) row[part] = (row[part] ?? 0) + 1
      })
  const likely = (who: number, choice: number): number =>
    seen.reduce((sum, of, trait) => {
      const row = of[choice] ?? []
      return sum + Math.log((row[own[trait]?.[who] ?? 0] ?? 1) / row.reduce((all, one) => all + one, 0))
    }, 0)
  const own = Array.from({ length: many }, (_, trait) => parts(another.evidence, trait))
  const left = [...another.truth]
  const guess = another.truth.map(() => -1)
  const scored = another.truth.flatMap((_, who) =>
    [0, 1, 2, ABSTAINED].map((choice) => {
      const others = [0, 1, 2, ABSTAINED].map((one) => likely(who, one))
      return { who, choice, score: likely(who, choice) - Math.log(others.reduce((sum, one) => sum + Math.exp(one), 0)) }
    }),
  )
  for (const { who, choice } of scored.sort((one, other) => other.score - one.score)) {
    const at = left.indexOf(choice)
    if (at < 0 || guess[who] !== -1) continue
    guess[who] = choice
    left.splice(at, 1)
  }
  return guess
}
