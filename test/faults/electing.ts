import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { createInterface } from 'node:readline'
import { closePoll, openPoll, type Poll, pollingAgain } from '../elections/attack/polls.js'
import { openTestHouse } from '../house.js'

/*
 * A secret ballot in a process of its own, which kills itself in the midst of it: `electing.ts DATABASE`.
 * It says `ready`, and at the first line of standard input opens the house and does what it says:
 *   open WHEN    opens the ballot of the election that was made last
 *   close WHEN   closes the ballot that is open
 * WHEN it dies: `statement NUMBER`, once so many statements of the act were executed; `before` or `after` one of `make` (of the
 * key), `empty` (the log) and `unlink` (of the key). It says `done` where it lives.
 */
const [file = ''] = process.argv.slice(2)

function die(): void {
  process.kill(process.pid, 'SIGKILL')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
process.stdout.write('ready\n')
const [act = '', when = '', which = ''] = String((await lines.next()).value).split(' ')

let [acting, executed] = [false, 0]
const house = await openTestHouse({
  file,
  executed: () => {
    if (!acting) return
    executed += 1
    if (when === 'statement' && executed === Number(which)) die()
  },
})
// What is sent is tried elsewhere, and its statements are not those of the act.
await house.outbox.close()

/** Dies before or after some work, if it is to. */
function around<Input extends readonly unknown[], Output>(what: string, work: (...input: Input) => Output) {
  return (...input: Input): Output => {
    if (which === what && when === 'before') die()
    const output = work(...input)
    if (which === what && when === 'after' && !(output instanceof Promise)) die()
    if (which !== what || when !== 'after' || !(output instanceof Promise)) return output
    return output.then(die) as Output
  }
}

house.vault.make = around('make', house.vault.make)
house.handles.emptyLog = around('empty', house.handles.emptyLog)
fs.unlink = around('unlink', fs.unlink)
syncBuiltinESMExports()

const polling = await pollingAgain(house)
const { election, ballot } = await house.handles.reading
  .selectFrom('election')
  .leftJoin('election_ballot', 'election_ballot.election_id', 'election.id')
  .select(['election.id as election', 'election_ballot.id as ballot'])
  .executeTakeFirstOrThrow()
acting = true
if (act === 'open') await openPoll(polling, election)
else if (ballot !== null) await closePoll(polling, { election, ballot, candidates: [] } satisfies Poll)
else throw new Error('there is no ballot to close')
process.stdout.write('done\n')
await house.close()
