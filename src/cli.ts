#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { type Answer, plainAnswer } from './bot.js'
import { type Config, configFrom, DEMONSTRATION_FILE, environment } from './config.js'
import { holdsHead, verifyChain } from './db/journal.js'
import { DEMONSTRATION_ZONE } from './demonstration/clock.js'
import type { Place } from './kernel/actor.js'
import { newId } from './kernel/ids.js'
import { StartError } from './kernel/start-error.js'
import { fromText, inWords, machineClock } from './kernel/time.js'
import { logger } from './log.js'
import { channelOf, directPlaceOf, PLATFORM, userOf } from './platforms/web/places.js'
import { pageSender } from './platforms/web/send.js'
import { conversation } from './platforms/web/transcript.js'
import { type House, openHouse } from './wiring.js'

/** How the process ends: an answer, a refusal (or a chain that does not hold), a fault. */
const EXIT = { answer: 0, refusal: 1, fault: 2 } as const

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const complain = (text: string): void => void process.stderr.write(`${text}\n`)

/** Opens the database for one command; the log stays silent, as the answer is the output. */
async function within(config: Config, work: (house: House) => Promise<number>): Promise<void> {
  const house = await openHouse({
    config,
    systemClock: machineClock(),
    log: logger('silent'),
    senders: (writer, clock) => [pageSender(writer, clock, () => undefined)],
  })
  try {
    process.exitCode = await work(house)
  } finally {
    await house.close()
  }
}

/** @throws StartError unless this is a demonstration, where anybody may be anybody */
function demonstrationOnly(house: House): void {
  if (house.demonstration) return
  throw new StartError(
    `--as works on a demonstration only: on a real database nobody speaks for another. Unset DATABASE_URL, or make one with quorate demo --at FILE.`,
  )
}

const placeOf = (user: string, named: string | undefined): Place => (named === undefined ? directPlaceOf(user) : channelOf(named))

async function placeKnown(house: House, place: Place): Promise<void> {
  if (place.kind === 'direct') return
  const rows = await house.handles.reading
    .selectFrom('place')
    .select('id')
    .where('platform', '=', PLATFORM)
    .orderBy('id')
    .execute()
  if (rows.some(({ id }) => id === place.id)) return
  throw new StartError(`There is no place ${place.id}. There are: ${rows.map(({ id }) => id).join(', ')}.`)
}

const EXITS: Readonly<Record<Answer['kind'], number>> = {
  card: EXIT.answer,
  form: EXIT.answer,
  refusal: EXIT.refusal,
  fault: EXIT.fault,
}

async function say(house: House, words: string, options: { as: string; in?: string }): Promise<number> {
  demonstrationOnly(house)
  const place = placeOf(options.as, options.in)
  await placeKnown(house, place)
  await house.tick()
  const from = userOf(options.as)
  const answer = await house.bot.answer({ delivery: newId(), from, place, what: { words } })
  await house.outbox.drain()
  print(plainAnswer(answer))
  return EXITS[answer.kind]
}

async function inbox(house: House, options: { as: string; in?: string }): Promise<number> {
  demonstrationOnly(house)
  const place = placeOf(options.as, options.in)
  await placeKnown(house, place)
  await house.tick()
  await house.outbox.drain()
  const rows = await conversation(house.handles.reading, place.id, options.as)
  const texts = rows.map(
    (row) => `${inWords(fromText(row.at), DEMONSTRATION_ZONE)}, ${row.author ?? 'Quorate'}:\n${row.plain ?? row.words ?? ''}`,
  )
  print(texts.length === 0 ? 'Nothing has been said here yet.' : texts.join('\n\n'))
  return EXIT.answer
}

async function verify(house: House, options: { board?: string; head?: string }): Promise<number> {
  const { reading } = house.handles
  const all = await reading.selectFrom('board').select(['id', 'name', 'short_name']).orderBy('short_name').execute()
  const boards = options.board === undefined ? all : all.filter((board) => board.short_name === options.board)
  if (boards.length === 0)
    throw new StartError(
      options.board
        ? `There is no board ${options.board}. There are: ${all.map((b) => b.short_name).join(', ')}.`
        : 'There is no board yet, so there is nothing to verify.',
    )
  if (options.head !== undefined && boards.length > 1) throw new StartError('A head belongs to one board: name it with --board.')
  let holds = true
  for (const board of boards) {
    const { entries, head, faults } = await verifyChain(reading, board.id)
    const cut = options.head !== undefined && !(await holdsHead(reading, board.id, options.head))
    const found = cut ? [...faults, 'The head that you keep is not in the chain: its end was cut off or written anew.'] : faults
    holds &&= found.length === 0
    print(
      `${board.short_name}: ${entries} ${entries === 1 ? 'entry' : 'entries'}, ${found.length === 0 ? 'the journal holds' : 'THE JOURNAL DOES NOT HOLD'}`,
    )
    for (const fault of found) print(`  ${fault}`)
    print(`  head ${head}`)
  }
  if (options.head === undefined)
    print('Whether the end was cut off shows only against a head kept elsewhere: quorate verify --board BOARD --head HASH')
  return holds ? EXIT.answer : EXIT.refusal
}

function program(): Command {
  const quorate = new Command('quorate')
    .description('Runs the business of boards: apologies and substitutes, attendance against the quorum, and the record.')
    .showHelpAfterError()
    .addHelpText(
      'after',
      `
Exit code: 0 for an answer, 1 for a refusal, 2 for a fault.
The database is the demonstration's, ${DEMONSTRATION_FILE}, unless DATABASE_URL names another, as in file:data/quorate.db.

Try:
  quorate say --as daniel.okafor@example.org "apologies for the next meeting, Ruth Hale will substitute"
  quorate say --as grace.holloway@example.org "who is coming"
  quorate inbox --as grace.holloway@example.org
  QUORATE_NOW=2027-01-05T09:55 quorate say --as daniel.okafor@example.org "help"`,
    )
  const run = (work: (config: Config) => Promise<void>) => work(configFrom(environment()))
  quorate
    .command('say')
    .summary('say something to the bot as one of the people of a demonstration')
    .description('Answers as the bot would, in plain text. On a demonstration only.')
    .argument('<words>', 'what to say, in quotes')
    .requiredOption('--as <email>', 'who speaks')
    .option('--in <place>', 'in which place, as in kcsp; without it, in the direct conversation with the bot')
    .action((words: string, options: { as: string; in?: string }) =>
      run((config) => within(config, (house) => say(house, words, options))),
    )
  quorate
    .command('inbox')
    .summary('read what stands in a conversation of a demonstration')
    .description(
      'Shows a conversation as plain text: what the bot told this person, or what stands in a place. On a demonstration only.',
    )
    .requiredOption('--as <email>', 'who reads')
    .option('--in <place>', 'which place, as in kcsp; without it, the direct conversation with the bot')
    .action((options: { as: string; in?: string }) => run((config) => within(config, (house) => inbox(house, options))))
  quorate
    .command('demo')
    .summary('make another demonstration')
    .description('Makes a demonstration with invented people in a new file. QUORATE_NOW says when it begins.')
    .requiredOption('--at <file>', 'the file to make')
    .action((options: { at: string }) =>
      run(async (config) => {
        if (existsSync(options.at)) throw new StartError(`${options.at} is there already. Name a file that is not.`)
        await within({ ...config, file: options.at, demonstration: true }, async () => EXIT.answer)
        print(`${options.at} is made. Use it with DATABASE_URL=file:${options.at}`)
      }),
    )
  quorate
    .command('verify')
    .summary('check that the journal of each board holds')
    .description('Reads every chain of the journal and says what was edited, removed or reordered.')
    .option('--board <short name>', 'only this board, as in KCSP')
    .option('--head <hash>', 'a head that you keep elsewhere: shows whether the end was cut off since')
    .action((options: { board?: string; head?: string }) => run((config) => within(config, (house) => verify(house, options))))
  return quorate
}

try {
  await program().parseAsync()
} catch (error) {
  if (error instanceof StartError) {
    complain(error.message)
    process.exitCode = EXIT.refusal
  } else {
    const fault = newId()
    logger('error').fault(fault, error)
    complain(`That did not work. If it stays so, report this number with the line above: ${fault}`)
    process.exitCode = EXIT.fault
  }
}
