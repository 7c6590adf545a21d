import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AT_ONCE, apologies, type Bench, checkActs, membersOf } from './apologies.js'
import { MEMBERS, makeBoards, sizeOf } from './boards.js'
import { openBenchHouse } from './house.js'
import { type Machine, machineAt } from './machine.js'
import { plainCommits } from './plain.js'
import { compare, type Figures, median, timed } from './rounds.js'
import { type Starts, starts } from './start.js'
import { type Statements, statementsAnApology } from './statements.js'
import { figure, ratio, table } from './table.js'

const FEW = 10
const MANY = 10_000
const ROUNDS = 7
/** How long each variant runs in each round, in milliseconds. */
const ROUND_MS = 1_000
const OPENINGS = 3

/** A database of so many boards: medians, in milliseconds, of what each start and each minute costs in it. */
interface Opened {
  readonly boards: number
  readonly file: string
  /** MiB, before anything was done in it */
  readonly size: number
  readonly open: number
  readonly tick: number
}

/** Opens both databases in turn, each several times: with its check of the whole file, and the minute's question of what is due. */
async function openings(folder: string): Promise<readonly Opened[]> {
  const made = [FEW, MANY].map((boards) => ({ boards, file: join(folder, `${boards}-boards.db`), open: [0], tick: [0] }))
  for (const { file, boards } of made) await makeBoards(file, boards)
  for (let opening = 0; opening <= OPENINGS; opening += 1) {
    for (const { file, open, tick } of made) {
      const began = performance.now()
      const house = await openBenchHouse(file)
      open[opening] = performance.now() - began
      // The first tick of a database only notes the time.
      await house.tick()
      tick[opening] = await timed(house.tick)
      await house.close()
    }
  }
  return made.map(({ boards, file, open, tick }) => ({
    boards,
    file,
    size: sizeOf(file),
    open: median(open.slice(1)),
    tick: median(tick.slice(1)),
  }))
}

const openBench = async ({ file, boards }: Opened): Promise<Bench> => ({
  house: await openBenchHouse(file),
  boards,
  known: new Map(),
  acts: 0,
})

/** What an apology asks of the database by itself, once the outbox is closed, and with what the outbox does meanwhile. */
async function statements(bench: Bench): Promise<{ alone: Statements; withOutbox: Statements }> {
  const members = await membersOf(bench, FEW)
  const withOutbox = await statementsAnApology(bench, members)
  await bench.house.outbox.close()
  return { withOutbox, alone: await statementsAnApology(bench, members) }
}

interface Measured {
  readonly plain: Figures
  /** by how it was said and how many at once, each alone before the same at once */
  readonly ways: readonly Figures[]
  /** a press, alone: in the smaller database, and in the larger by as many members of as many boards, and of many more */
  readonly press: Figures
  readonly amongMany: Figures
  readonly allOverMany: Figures
}

async function measured(folder: string, few: Bench, many: Bench): Promise<Measured> {
  const baseline = plainCommits(join(folder, 'plain.db'), ROUND_MS)
  const members = await membersOf(few, FEW)
  const alone = { members, lanes: 1, forMs: ROUND_MS } as const
  const atOnce = { ...alone, lanes: AT_ONCE } as const
  const figures = await compare(ROUNDS, [
    baseline,
    apologies(few, { ...alone, name: 'a press, alone', way: 'press' }),
    apologies(few, { ...atOnce, name: `a press, ${AT_ONCE} at once`, way: 'press' }),
    apologies(few, { ...alone, name: 'typed words, alone', way: 'words' }),
    apologies(few, { ...atOnce, name: `typed words, ${AT_ONCE} at once`, way: 'words' }),
    apologies(many, { ...alone, name: 'among many', way: 'press', members: await membersOf(many, FEW) }),
    apologies(many, { ...alone, name: 'all over many', way: 'press', members: await membersOf(many, MANY) }),
  ])
  baseline.close()
  const [plain, press, , , , amongMany, allOverMany] = figures
  if (!plain || !press || !amongMany || !allOverMany) throw new Error('there are no figures')
  return { plain, ways: figures.slice(1, 5), press, amongMany, allOverMany }
}

const progress = (line: string): void => void process.stderr.write(`${line} …\n`)
const print = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)

const inFull = (boards: number): string => `${boards.toLocaleString('en-GB')} boards`

function printMachine({ cpu, cores, node, folder, fileSystem, sync }: Machine): void {
  print(
    '',
    `${cpu}, ${cores} cores, Node ${node}; databases in ${folder} (${fileSystem}),`,
    `where one fsync of 4 KiB takes ${figure(sync.p50)} ms (p99 ${figure(sync.p99)} ms).`,
    `Medians of ${ROUNDS} rounds of ${ROUND_MS} ms each, interleaved.`,
  )
}

function printApologies({ plain, ways }: Measured): void {
  const row = ({ name, perSecond, p50, p99, cpu }: Figures) => [name, ...[perSecond, p50, p99, cpu].map(figure)]
  const rows = ways.map((one, index) => {
    const alone = ways[index - (index % 2)] ?? one
    return [...row(one), ratio(one.perSecond, plain.perSecond), one === alone ? '' : ratio(one.perSecond, alone.perSecond)]
  })
  const head = ['Apologies', 'a second', 'p50 ms', 'p99 ms', 'CPU ms', 'over plain', 'over alone']
  print('', table([head, row(plain), ...rows]))
}

function printBoards([few, many]: readonly Opened[], { press, amongMany, allOverMany }: Measured): void {
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

function printStatements({ alone, withOutbox }: Awaited<ReturnType<typeof statements>>): void {
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

function printStarts({ listening, bareNode, memory, rounds }: Starts): void {
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

const folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'))
try {
  const machine = await machineAt(folder)
  progress('Starting the demonstration')
  const started = await starts(folder)
  progress(`Making and opening ${inFull(FEW)} and ${inFull(MANY)}`)
  const opened = await openings(folder)
  const [few, many] = await Promise.all(opened.map(openBench))
  if (!few || !many) throw new Error('there are no boards')
  progress('Sending apologies')
  const figures = await measured(folder, few, many)
  const counted = await statements(few)
  for (const bench of [few, many]) {
    await checkActs(bench)
    await bench.house.close()
  }
  printMachine(machine)
  printApologies(figures)
  printBoards(opened, figures)
  printStatements(counted)
  printStarts(started)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
