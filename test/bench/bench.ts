import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bench, checkActs } from './apologies.js'
import { openBenchHouse } from './house.js'
import { machineAt } from './machine.js'
import { FEW, MANY, measured, ROUNDS, statements } from './measures.js'
import { type Opened, openings } from './openings.js'
import { reminders } from './reminders.js'
import {
  inFull,
  printApologies,
  printBoards,
  printMachine,
  printReminders,
  printSlack,
  printStarts,
  printStatements,
  printVotes,
} from './report.js'
import { slackClicks } from './slack.js'
import { starts } from './start.js'
import { votes } from './votes.js'

const openBench = async ({ file, boards }: Opened): Promise<Bench> => ({
  house: await openBenchHouse(file),
  boards,
  known: new Map(),
  acts: 0,
})

const progress = (line: string): void => void process.stderr.write(`${line} …\n`)

const folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'))
try {
  const machine = await machineAt(folder)
  progress('Starting the demonstration')
  const started = await starts(folder)
  progress('Finding reminders')
  const reminded = await reminders(folder)
  progress('Casting and closing votes')
  const voted = await votes(folder)
  progress('Clicking in Slack')
  const clicked = await slackClicks(folder, ROUNDS)
  progress(`Making and opening ${inFull(FEW)} and ${inFull(MANY)}`)
  const opened = await openings(folder, [FEW, MANY])
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
  printReminders(reminded)
  printVotes(voted)
  printSlack(clicked)
  printStatements(counted)
  printStarts(started)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
