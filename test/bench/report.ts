import { AT_ONCE } from './apologies.js'
import { MEMBERS } from './boards.js'
import type { Machine } from './machine.js'
import { type Counted, FEW, type Measured, ROUND_MS, ROUNDS } from './measures.js'
import type { Opened } from './openings.js'
import { AMONG_FEW, AMONG_MANY, DUE, type Reminders } from './reminders.js'
import type { Figures } from './rounds.js'
import type { SlackClicks } from './slack.js'
import { VOTERS } from './slack-house.js'
import type { Starts } from './start.js'
import type { Statements } from './statements.js'
import { figure, ratio, table } from './table.js'
import { BESIDE, SEATS, type Votes } from './votes.js'

const print = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)

export const inFull = (boards: number): string => `${boards.toLocaleString('en-GB')} boards`

export function printMachine({ cpu, cores, node, load, folder, fileSystem, sync }: Machine): void {
  print(
    '',
    `${cpu}, ${cores} cores, Node ${node}; databases in ${folder} (${fileSystem}),`,
    `where one fsync of 4 KiB takes ${figure(sync.p50)} ms (p99 ${figure(sync.p99)} ms).`,
    `Medians of ${ROUNDS} rounds of ${ROUND_MS} ms each, interleaved. Load before it began: ${load.toFixed(1)}.`,
  )
}

export function printApologies({ plain, ways }: Measured): void {
  const row = ({ name, perSecond, p50, p99, cpu }: Figures) => [name, ...[perSecond, p50, p99, cpu].map(figure)]
  const rows = ways.map((one, index) => {
    const alone = ways[index - (index % 2)] ?? one
    return [...row(one), ratio(one.perSecond, plain.perSecond), one === alone ? '' : ratio(one.perSecond, alone.perSecond)]
  })
  const head = ['Apologies', 'a second', 'p50 ms', 'p99 ms', 'CPU ms', 'over plain', 'over alone']
  print('', table([head, row(plain), ...rows]))
}

export function printBoards([few, many]: readonly Opened[], { press, amongMany, allOverMany }: Measured): void {
  if (!few || !many) return
  const presses = (name: string, of: (figures: Figures) => number) => {
    const [a, b, c] = [of(press), of(amongMany), of(allOverMany)]
    return [name, figure(a), figure(b), ratio(b, a), figure(c), ratio(c, a)]
  }
  const row = (name: string, a: number, b: number) => [name, figure(a), figure(b), ratio(b, a)]
  print(
    '',
    table([
      [`Boards of ${MEMBERS} members`, inFull(few.boards), inFull(many.boards), 'ratio', 'all over them', 'ratio'],
      presses('a press, alone: a second', ({ perSecond }) => perSecond),
      presses('  p50 ms', ({ p50 }) => p50),
      presses('  p99 ms', ({ p99 }) => p99),
      presses('  CPU ms', ({ cpu }) => cpu),
      row('to open, with its check of the whole file: ms', few.open, many.open),
      row('the tick of each minute: ms', few.tick, many.tick),
      row('size of the file: MiB', few.size, many.size),
    ]),
    `The presses are of ${FEW} boards' members in both; "all over them", of 300 boards'.`,
  )
}

export function printReminders({ found, settled, sizes }: Reminders): void {
  const row = (name: string, few: number, many: number) => [name, figure(few), figure(many), ratio(many, few)]
  const among = [AMONG_FEW, AMONG_MANY].map((rows) => `among ${rows.toLocaleString('en-GB')}`)
  print(
    '',
    table([
      [`${DUE} reminders that are due`, ...among, 'ratio'],
      row('to find them: p50 ms', found[0].p50, found[1].p50),
      row('  p99 ms', found[0].p99, found[1].p99),
      row('to settle and queue them, with its commits: p50 ms', settled[0].p50, settled[1].p50),
      row('size of the file: MiB', ...sizes),
    ]),
  )
}

export function printVotes({ cast, closed, sizes }: Votes): void {
  const row = (name: string, { perSecond, p50, p99, cpu }: Figures) => [name, ...[perSecond, p50, p99, cpu].map(figure)]
  const [smaller] = cast
  const rows = cast.flatMap(({ seats, alone, atOnce }) => [
    [...row(`${seats} seats, alone`, alone), '', smaller ? ratio(alone.cpu, smaller.alone.cpu) : ''],
    [
      ...row(`${seats} seats, ${AT_ONCE} at once`, atOnce),
      ratio(atOnce.perSecond, alone.perSecond),
      smaller ? ratio(atOnce.cpu, smaller.atOnce.cpu) : '',
    ],
  ])
  const among = BESIDE.map((ballots) => `beside ${ballots.toLocaleString('en-GB')} ballots`)
  const figures = (name: string, few: number, many: number) => [name, figure(few), figure(many), ratio(many, few)]
  print(
    '',
    table([
      ['Votes cast (a press)', 'a second', 'p50 ms', 'p99 ms', 'CPU ms', 'over alone', `CPU over ${SEATS[0]} seats`],
      ...rows,
    ]),
    '',
    table([
      [`A vote of ${SEATS[1]} seats closed`, ...among, 'ratio'],
      figures('its tally and its entry, to the acknowledgement: p50 ms', closed[0].p50, closed[1].p50),
      figures('  p99 ms', closed[0].p99, closed[1].p99),
      figures('  CPU ms', closed[0].cpu, closed[1].cpu),
      figures('size of the file: MiB', ...sizes),
    ]),
  )
}

/** What is aimed at, beside what was measured. */
const AIMS = { rate: 0.45, p99: 3, grouped: 8 } as const

export function printSlack(clicks: SlackClicks | null): void {
  if (!clicks) {
    print('', 'Clicks in Slack are measured on Linux only, where a process can be given a core of its own.')
    return
  }
  const { bare, vote, slowDisk } = clicks
  const row = (name: string, { perSecond, p50, p99, cpu }: Figures) => [name, ...[perSecond, p50, p99, cpu].map(figure)]
  const beside = (name: string, one: Figures, other: Figures) => [
    ...row(name, one),
    ratio(one.perSecond, other.perSecond),
    ratio(one.p99, other.p99),
    ratio(one.cpu, other.cpu),
  ]
  const none = ['', '', '']
  print(
    '',
    table([
      [
        `Clicks in Slack, ${VOTERS} seats`,
        'a second',
        'p50 ms',
        'p99 ms',
        'server’s CPU ms',
        'rate over',
        'p99 over',
        'CPU over',
      ],
      [...row('a bare Bolt app, alone', bare.alone), ...none],
      beside('a vote, alone', vote.alone, bare.alone),
      [...row(`a bare Bolt app, ${VOTERS} at once`, bare.atOnce), ...none],
      beside(`a vote, ${VOTERS} at once`, vote.atOnce, bare.atOnce),
      [...row(`a commit for each act, syncs 5 ms slower, ${VOTERS} at once`, slowDisk.alone), ...none],
      beside(`a vote, syncs 5 ms slower, ${VOTERS} at once`, slowDisk.grouped, slowDisk.alone),
    ]),
    `Aims: over a bare app a rate of × ${AIMS.rate} and a p99 of × ${AIMS.p99}; on the slow disk a rate of × ${AIMS.grouped}.`,
  )
}

export function printStatements({ alone, withOutbox }: Counted): void {
  const row = (name: string, { reads, writes, commits }: Statements) => [name, ...[reads, writes, commits].map(figure)]
  print(
    '',
    table([
      ['Statements of one apology (a press)', 'reads', 'writes', 'commits'],
      row('by itself', alone),
      row('with what the outbox does meanwhile', withOutbox),
    ]),
  )
}

export function printStarts({ listening, bareNode, memory, rounds }: Starts): void {
  print(
    '',
    table([
      [`Start of the demonstration, ${rounds} times`, 'median'],
      ['spawn to listening: ms', figure(listening)],
      ['a bare node -e "": ms', figure(bareNode)],
      ['listening over bare', ratio(listening, bareNode)],
      ['resident a second after: MiB', memory === null ? 'not known here' : figure(memory)],
    ]),
  )
}
