import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { emailOf } from '../../src/demonstration/people.js'
import { toText } from '../../src/kernel/time.js'
import { dueAt } from '../../src/outbox/plan.js'
import { waitingAt } from '../../src/outbox/store.js'
import { userOf } from '../../src/platforms/web/places.js'
import { openTestHouse, type SentCard } from '../house.js'
import { pdf } from '../papers.js'
import { seatedMembers } from './members.js'
import { numberIn } from './reminded.js'

/*
 * A house in a process of its own, for the tests that kill it or fill its disk: `worker.ts DATABASE LOG`.
 * It says `ready`, opens the house at the first line of standard input, and takes a command of each line after;
 * it says `done` once it has opened, and once each command is done:
 *   one NAME    one member answers
 *   all NAME    all members answer at once; apologies, then "I'll be there", in turn
 *   send NAME   one member sends a file of eight pieces
 *   stall NAME  the same, of which the last piece never comes
 *   storm NAME  all members answer in three lanes each, again and again, until it is killed
 *   clock TIME  its clock is moved, and stands there
 *   remind NAME it settles and sends what has fallen due, until nothing of it is left that may go by now
 * To LOG it appends a line `ask DELIVERY` for each answer given, and `reply`, `refusal` or `fault DELIVERY` once it is known;
 * and `taken NAME NUMBER` for each reminder that the platform took, which says so a while later only.
 */
const [file = '', log = ''] = process.argv.slice(2)
/** For how long the platform keeps what it took before it says so, in milliseconds. */
const TAKES_MS = Number(process.env.TAKES_MS ?? 0)
const SENTENCES = ['apologies for the next meeting', "I'll be there"] as const

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
process.stdout.write('ready\n')
await lines.next()
let reminding = ''
const house = await openTestHouse({ file, taking })
const members = await seatedMembers(house)
let turns = 0

async function ask(name: string, delivery: string, turn: number): Promise<void> {
  appendFileSync(log, `ask ${delivery}\n`)
  const { kind } = await house.say(name, SENTENCES[turn % 2] ?? SENTENCES[0], { delivery })
  appendFileSync(log, `${kind} ${delivery}\n`)
}

async function taking({ plain }: SentCard): Promise<void> {
  const number = numberIn(plain)
  if (number === null) return
  appendFileSync(log, `taken ${reminding} ${number}\n`)
  await wait(TAKES_MS)
}

async function remind(called: string): Promise<void> {
  reminding = called
  const { reading } = house.handles
  for (let left = true; left; ) {
    await house.tick()
    await house.outbox.drain()
    const now = toText(house.clock.now())
    const due = await dueAt(reading, now, 1).execute()
    const waiting = await waitingAt(reading, now, [], 1).execute()
    left = due.length > 0 || waiting.length > 0
  }
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
  clock: async (time) => house.clock.set(time),
  remind,
}

process.stdout.write('done\n')
for await (const line of lines) {
  const [command = '', called = ''] = line.split(' ')
  await commands[command]?.(called)
  process.stdout.write('done\n')
}
await house.close()
