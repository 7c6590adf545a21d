import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { openTestHouse, textOf } from '../house.js'
import { CHAIR, type Choice, putToVote, reopened } from '../votes/assembly.js'
import { numbersFrom } from './numbers.js'

/*
 * The assembly of test/votes/assembly.ts in a process of its own, for the test that kills it: `voting.ts DATABASE LOG`.
 * It says `ready`, opens the house at the first line of standard input, and takes a command of each line after;
 * it says `done` once it has opened, and once each command is done:
 *   turn NUMBER   everybody votes once, one after another
 *   storm NUMBER  everybody votes ten times at once, and somebody closes the vote meanwhile; again and again, until it is killed
 * To LOG it appends a line for each thing that was acknowledged: `cast DELIVERY`, `late DELIVERY` and `closed MOTION`;
 * and `asked DELIVERY` before each vote.
 */
const [file = '', log = ''] = process.argv.slice(2)
const TIMES = 10
/** The part of the votes among which the close comes. */
const CLOSED_BY = 0.4
const CHOICES: readonly Choice[] = ['for', 'against', 'abstain']

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
process.stdout.write('ready\n')
await lines.next()
const house = await openTestHouse({ file })
// What is sent of a vote is tried elsewhere.
await house.outbox.close()
const assembly = await reopened(house)

const tell = (line: string): void => appendFileSync(log, `${line}\n`)

/** The vote that a storm before this one left open, or a new one. */
async function openVote(ends: 'all' | 'hand'): Promise<string> {
  const left = await house.handles.reading.selectFrom('vote').where('state', '=', 'open').select('motion_id').executeTakeFirst()
  return left?.motion_id ?? putToVote(assembly, { ends })
}

async function vote(motion: string, name: string, choice: Choice, delivery: string): Promise<void> {
  tell(`asked ${delivery}`)
  const press = { command: 'votes.cast', subject: motion, values: { choice } }
  const answer = await house.press(name, press, { delivery })
  if (answer.kind === 'card') tell(`cast ${delivery}`)
  else if (answer.kind === 'refusal' && answer.refusal.code === 'too_late') tell(`late ${delivery}`)
  else throw new Error(textOf(answer))
}

async function close(motion: string): Promise<void> {
  const answer = await house.press(CHAIR, { command: 'votes.close', subject: motion, values: {} })
  if (answer.kind !== 'card') throw new Error(textOf(answer))
  tell(`closed ${motion}`)
}

async function storm(number: number): Promise<never> {
  const random = numbersFrom(number)
  for (let round = 0; ; round += 1) {
    const motion = await openVote(random() < 0.5 ? 'all' : 'hand')
    const votes = assembly.voters.flatMap((name, voter) =>
      Array.from({ length: TIMES }, (_, time) => () => {
        const choice = CHOICES[(voter + time) % CHOICES.length] ?? 'for'
        return vote(motion, name, choice, `${number}/${round}/${voter}/${time}`)
      }),
    )
    const acts = votes.map((act) => ({ act, at: random() }))
    acts.push({ act: () => close(motion), at: random() * CLOSED_BY })
    await Promise.all(acts.sort((one, other) => one.at - other.at).map(({ act }) => act()))
  }
}

async function turn(number: number): Promise<void> {
  const motion = await openVote('hand')
  for (const [voter, name] of assembly.voters.entries())
    await vote(motion, name, CHOICES[number % CHOICES.length] ?? 'for', `${number}/${voter}`)
}

const commands: Readonly<Record<string, (number: number) => Promise<void>>> = { turn, storm }

process.stdout.write('done\n')
for await (const line of lines) {
  const [command = '', number = ''] = line.split(' ')
  await commands[command]?.(Number(number))
  process.stdout.write('done\n')
}
await house.close()
