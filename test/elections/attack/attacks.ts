import { createHmac } from 'node:crypto'
import { emailOf } from '../../../src/demonstration/people.js'
import { shuffled } from '../../../src/elections/urn.js'
import { type Evidence, elector, type Found, NUMBER } from './evidence.js'
import { alike, looks, lying, near, opened } from './files.js'
import {
  ABSTAINED,
  type Attack,
  assigned,
  by,
  counted,
  type Guess,
  type Of,
  ofElectors,
  paired,
  placeOf,
  sorted,
} from './guess.js'

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
