#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { ROSTER_TEMPLATE } from './boards/roster/text.js'
import { type PrintingAttendance, printAttendance } from './cli/attendance.js'
import { type Adopting, adopt, type Importing, importRoster, type Printing, printAgenda } from './cli/boards.js'
import { type PrintingCalendar, printCalendar } from './cli/calendar.js'
import { type ExportingDecisions, exportDecisions, type SearchingDecisions, searchDecisions } from './cli/decisions.js'
import { inbox, type Speaking, say } from './cli/demonstration.js'
import { doctor } from './cli/doctor.js'
import { complain, EXIT, print } from './cli/exit.js'
import { type Verifying, verify } from './cli/journal.js'
import { type AddingPaper, addPaper } from './cli/papers.js'
import { type Foretelling, foretell } from './cli/reminders.js'
import { check, diff, schema, show } from './cli/terms.js'
import { type Config, configFrom, DEMONSTRATION_FILE, environment } from './config.js'
import { newId } from './kernel/ids.js'
import { StartError } from './kernel/start-error.js'
import { machineClock } from './kernel/time.js'
import { logger } from './log.js'
import { pageSender } from './platforms/web/send.js'
import { type House, openHouse } from './wiring.js'

/** Opens the database for one command; only faults are logged, as the answer is the output. */
async function within(config: Config, work: (house: House) => Promise<number>): Promise<void> {
  const house = await openHouse({
    config,
    systemClock: machineClock(),
    log: logger('error'),
    senders: (writer, clock) => [pageSender(writer, clock, () => undefined)],
  })
  try {
    process.exitCode = await work(house)
  } finally {
    await house.close()
  }
}

function program(): Command {
  const quorate = new Command('quorate')
    .description('Runs the business of boards: apologies and substitutes, attendance against the quorum, and the record.')
    .showHelpAfterError()
    // What stands after a command is that command's.
    .enablePositionalOptions()
    .addHelpText(
      'after',
      `
Exit code: 0 for an answer, 1 for a refusal, 2 for a fault.
The database is the demonstration's, ${DEMONSTRATION_FILE}, unless DATABASE_URL names another, as in file:data/quorate.db.

Try:
  quorate say --as daniel.okafor@example.org "apologies for the next meeting, Ruth Hale will substitute"
  quorate say --as grace.holloway@example.org "who is coming"
  quorate inbox --as grace.holloway@example.org
  QUORATE_NOW=2025-07-14T09:55 quorate demo --at july.db`,
    )
  const run = (work: (config: Config) => Promise<void>) => work(configFrom(environment()))
  quorate
    .command('say')
    .summary('say something to the bot as one of the people of a demonstration')
    .description('Answers as the bot would, in plain text. On a demonstration only.')
    .argument('<words>', 'what to say, in quotes')
    .requiredOption('--as <email>', 'who speaks')
    .option('--in <place>', 'in which place, as in kcsp; without it, in the direct conversation with the bot')
    .option('--file <file>', 'a file that goes with the words: terms of reference, or a roster')
    .option('--save <file>', 'where to keep a document that is answered, as HTML')
    .action((words: string, options: Speaking) => run((config) => within(config, (house) => say(house, words, options))))
  quorate
    .command('inbox')
    .summary('read what stands in a conversation of a demonstration')
    .description(
      'Shows a conversation as plain text: what the bot told this person, or what stands in a place. On a demonstration only.',
    )
    .requiredOption('--as <email>', 'who reads')
    .option('--in <place>', 'which place, as in kcsp; without it, the direct conversation with the bot')
    .action((options: Speaking) => run((config) => within(config, (house) => inbox(house, options))))
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
    .action((options: Verifying) =>
      run(async ({ file }) => {
        if (!existsSync(file))
          throw new StartError(`There is no database ${file}. Name it in DATABASE_URL, as in file:data/quorate.db.`)
        process.exitCode = await verify(file, options)
      }),
    )
  quorate
    .command('doctor')
    .summary('say what is to be mended before a board can use this')
    .description('Looks at the database, its boards, and the chat that is connected: token, scopes, clock, address, places.')
    .action(() =>
      run(async (config) => {
        // A demonstration would be made by looking for it, and is nothing that a board can use.
        if (config.demonstration)
          throw new StartError('No database is named. Name that of your boards in DATABASE_URL, as in file:data/quorate.db.')
        await within(config, (house) => doctor(house, config, machineClock()))
      }),
    )
  const terms = quorate
    .command('terms')
    .summary('check, read and compare terms of reference')
    .description('Terms of reference, as files in YAML. Only adopt opens a database.')
  terms
    .command('check')
    .description('Says whether files of terms can be read, and where they cannot: FILE:LINE:COLUMN KEY: what is wrong.')
    .argument('<files...>', 'files of terms')
    .action((files: readonly string[]) => end(check(files)))
  terms
    .command('show')
    .description('Says every rule of a file of terms in words, with the clause or the convention it rests on.')
    .argument('<file>', 'a file of terms')
    .action((file: string) => end(show(file)))
  terms
    .command('diff')
    .description('Says in words what the second file of terms says otherwise than the first.')
    .argument('<before>', 'a file of terms')
    .argument('<after>', 'another')
    .action((before: string, after: string) => end(diff(before, after)))
  terms
    .command('schema')
    .description('Prints the JSON Schema of terms, by which an editor completes and checks them.')
    .action(() => end(schema()))
  terms
    .command('adopt')
    .summary('set up a board from its terms, or give it new ones')
    .description('Works on the database, as its operator. The text is kept as a draft, and its approval recorded.')
    .argument('<file>', 'a file of terms')
    .option('--resolution <words>', 'how it was approved, as the notes have it')
    .option('--from <day>', 'from which day it is in force, as in 2027-01-31; without it, from this instant')
    .option('--draft', 'keep it as a draft')
    .action((file: string, options: Adopting) => run((config) => within(config, (house) => adopt(house, file, options))))
  const roster = quorate
    .command('roster')
    .summary('say who is on a board')
    .description('The roster of a board, as a CSV file out of a spreadsheet.')
  roster
    .command('template')
    .description('Prints a roster to fill in, with a few lines as examples.')
    .action(() => print(ROSTER_TEMPLATE.trimEnd()))
  roster
    .command('import')
    .summary('make a roster what a file says')
    .description('All or nothing: every fault is told with its row and column, and a second import says what it changes.')
    .argument('<file>', 'a roster in CSV')
    .requiredOption('--board <short name>', 'of which board, as in KCSP')
    .option('--dry-run', 'only say what it would change')
    .action((file: string, options: Importing) => run((config) => within(config, (house) => importRoster(house, file, options))))
  quorate
    .command('agenda')
    .summary('print the front sheet of a meeting')
    .description('What the public may see of the agenda, as text or as HTML.')
    .requiredOption('--board <short name>', 'of which board, as in KCSP')
    .option('--on <day>', 'of the meeting on that day, as in 2027-01-20; without it, of the next')
    .option('--html', 'as a page to print')
    .action((options: Printing) => run((config) => within(config, (house) => printAgenda(house, options))))
  quorate
    .command('paper')
    .summary('send the papers of a meeting')
    .description('The papers of a meeting, of which each belongs to an item of its agenda.')
    .command('add')
    .description(
      'Sends the paper of an item out of a file, or a new version of it. It is checked by its content, and at most 25 MB.',
    )
    .argument('<file>', 'the paper: a PDF, a Word, Excel, PowerPoint or OpenDocument file, or a picture')
    .requiredOption('--board <short name>', 'of which board, as in KCSP')
    .requiredOption('--item <number>', 'of which item, as in B2')
    .option('--on <day>', 'of the meeting on that day, as in 2027-01-20; without it, of the next')
    .option('--marking <marking>', 'none, OFFICIAL or OFFICIAL-SENSITIVE')
    .option('--author <name>', 'who wrote it')
    .option('--recommend <recommendation...>', 'what it recommends, each in quotes; they are lettered (a), (b) …')
    .action((file: string, options: AddingPaper) => run((config) => within(config, (house) => addPaper(house, file, options))))
  quorate
    .command('reminders')
    .summary('say what will be sent when, and to how many')
    .description('The reminders that are planned for a board, each with how many it would go to as things stand.')
    .requiredOption('--board <short name>', 'of which board, as in KCSP')
    .requiredOption('--until <day>', 'up to which day, as in 2027-03-31')
    .action((options: Foretelling) => run((config) => within(config, (house) => foretell(house, options))))
  quorate
    .command('attendance')
    .summary('print who was represented over a year')
    .description(
      'The attendance of a board by organisation, at its meetings of a year that were opened and closed; as text, or as a file.',
    )
    .requiredOption('--board <short name>', 'of which board, as in KCSP')
    .requiredOption('--year <year>', 'of which year, as in 2026')
    .option('--csv', 'the figures, for a spreadsheet')
    .option('--svg', 'the picture, as a drawing')
    .option('--png', 'the picture, in dots')
    .option('--out <file>', 'where to write it; without it, to standard output')
    .action((options: PrintingAttendance) => run((config) => within(config, (house) => printAttendance(house, options))))
  const decisions = quorate
    .command('decisions')
    .summary('look in the register of decisions, or export it')
    .description(
      'The register of what a board has decided, the last entry first: all of it, of one meeting, or what says some words.',
    )
    .argument('[words...]', 'what it says, as in crime reduction grant')
    // Not required of the command itself: an option that is would be asked of what stands beneath it too.
    .option('--board <short name>', 'of which board, as in KCSP; it has to be named')
    .option('--on <day>', 'at the meeting on that day, as in 2027-01-20')
    .action((words: readonly string[], options: SearchingDecisions) =>
      run((config) => within(config, (house) => searchDecisions(house, words, options))),
    )
  decisions
    .enablePositionalOptions()
    .command('export')
    .summary('export the register')
    .description(
      'The register in the order in which it was written: CSV for a spreadsheet, or JSON with every figure, name and clause.',
    )
    .requiredOption('--board <short name>', 'of which board, as in KCSP')
    .option('--csv', 'for a spreadsheet; so it is without an option')
    .option('--json', 'with every figure, name and clause')
    .option('--restricted', 'with the words of those that are restricted: keep the file as you keep them')
    .option('--out <file>', 'where to write it; without it, to standard output')
    .action((options: ExportingDecisions) => run((config) => within(config, (house) => exportDecisions(house, options))))
  quorate
    .command('calendar')
    .summary('print the meetings of a board for calendar programs')
    .description('The meetings of a board from a year back on, as an iCalendar file. Nothing that only some may see is in it.')
    .requiredOption('--board <short name>', 'of which board, as in KCSP')
    .option('--out <file>', 'where to write it, as in kcsp.ics; without it, to standard output')
    .action((options: PrintingCalendar) => run((config) => within(config, (house) => printCalendar(house, options))))
  return quorate
}

const end = (code: number): void => {
  process.exitCode = code
}

// A reader that has read enough, such as `head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

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
