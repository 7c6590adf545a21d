import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { emailOf } from '../../src/demonstration/people.js'
import { userOf } from '../../src/platforms/web/places.js'
import { openTestHouse } from '../house.js'
import { pdf } from '../papers.js'
import { seatedMembers } from './members.js'

/*
 * A house in a process of its own, for the tests that kill it or fill its disk: `worker.ts DATABASE LOG`.
 * It says `ready`, opens the house at the first line of standard input, and takes a command of each line after;
 * it says `done` once it has opened, and once each command is done:
 *   one NAME    one member answers
 *   all NAME    all members answer at once; apologies, then "I'll be there", in turn
 *   send NAME   one member sends a file of eight pieces
 *   stall NAME  the same, of which the last piece never comes
 *   storm NAME  all members answer in three lanes each, again and again, until it is killed
 * To LOG it appends a line `ask DELIVERY` for each answer given, and `reply`, `refusal` or `fault DELIVERY` once it is known.
 */
const [file = '', log = ''] = process.argv.slice(2)
const SENTENCES = ['apologies for the next meeting', "I'll be there"] as const

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
process.stdout.write('ready\n')
await lines.next()
const house = await openTestHouse({ file })
const members = await seatedMembers(house)
let turns = 0

async function ask(name: string, delivery: string, turn: number): Promise<void> {
  appendFileSync(log, `ask ${delivery}\n`)
  const { kind } = await house.say(name, SENTENCES[turn % 2] ?? SENTENCES[0], { delivery })
  appendFileSync(log, `${kind} ${delivery}\n`)
}

async function lane(name: string, called: string): Promise<never> {
  for (let turn = 0; ; turn++) await ask(name, `${called}/${turn}`, turn)
}

const askAll = (some: readonly string[], called: string, turn: number) =>
  Promise.all(some.map((name, at) => ask(name, `${called}/${at}`, turn)))

async function storm(called: string): Promise<void> {
  await Promise.all([0, 1, 2].flatMap((side) => members.map((name, at) => lane(name, `${called}/${at}/${side}`))))
}

async function* pieces(stalls: boolean): AsyncGenerator<Uint8Array> {
  yield pdf()
  for (let piece = 1; piece < 7; piece++) yield Buffer.alloc(64 * 1024, ' ')
  if (stalls) {
    appendFileSync(log, 'stalled\n')
    await new Promise(() => undefined)
  }
  yield Buffer.alloc(64 * 1024, ' ')
}

async function send(called: string, stalls: boolean): Promise<void> {
  const sent = await house.bot.receive(userOf(emailOf(members[0] ?? '')), `${called}.pdf`, pieces(stalls))
  appendFileSync(log, `${sent.kind} ${called}${sent.kind === 'refusal' ? `: ${sent.refusal.fields?.file}` : ''}\n`)
}

const commands: Readonly<Record<string, (called: string) => Promise<unknown>>> = {
  one: (called) => askAll(members.slice(0, 1), called, turns++),
  all: (called) => askAll(members, called, turns++),
  send: (called) => send(called, false),
  stall: (called) => send(called, true),
  storm,
}

process.stdout.write('done\n')
for await (const line of lines) {
  const [command = '', called = ''] = line.split(' ')
  await commands[command]?.(called)
  process.stdout.write('done\n')
}
await house.close()
