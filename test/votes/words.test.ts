import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse, textOf } from '../house.js'
import { at, CHAIR, CLERK, type Deciding, FIRE, graveshamInSession, POLICE, PROBATION, recommends, written } from './setting.js'

/** What is said, by whom and in which situation, and the command that it must run; `nothing`: it must change nothing. */
interface Said {
  readonly situation: keyof typeof SITUATIONS
  readonly speaker: string
  readonly sentence: string
  readonly command: string
}

const read = (file: string) => parse(readFileSync(new URL(file, import.meta.url)), { columns: true }) as readonly Said[]
const corpus = read('./corpus.csv')
/** Written after the reader, and read by it before it was bettered: 57 of 91 meant at the first go, none wrong; of 149 not meant one act. */
const further = read('./further.csv')
const meant = corpus.filter(({ command }) => command !== 'nothing')
const notMeant = [...corpus, ...further].filter(({ command }) => command === 'nothing')

const put = (here: Deciding) => here.on('10:01', CHAIR, 'B1', 'votes.put', { text: 'the lamps be lit' })
const voting = async (here: Deciding) => {
  await put(here)
  await here.on('10:02', CHAIR, 'B1', 'votes.open', { ends: 'hand' })
}
const recorded = async (here: Deciding) => {
  await voting(here)
  await here.press('10:03', CLERK, 'votes.record', { person: await here.id(PROBATION), choice: 'for' })
}
const equal = async (here: Deciding) => {
  await voting(here)
  await here.press('10:03', CHAIR, 'votes.cast', { choice: 'for' })
  await here.press('10:03', FIRE, 'votes.cast', { choice: 'against' })
  await here.press('10:04', CHAIR, 'votes.close')
}
const decided = (here: Deciding) => here.on('10:01', CHAIR, 'B1', 'votes.agree', { text: 'the lamps be lit' })

/** What stands before a meeting of Gravesham CSP; B1 has a paper that recommends something. */
const SITUATIONS = { business: async () => undefined, motion: put, voting, recorded, equal, decided }

const folder = mkdtempSync(join(tmpdir(), 'quorate-'))
const fileOf = (situation: string) => join(folder, `${situation}.db`)

/** Each situation is made once, and every sentence is said in a copy of it. */
beforeAll(async () => {
  for (const [name, make] of Object.entries(SITUATIONS)) {
    const here = await graveshamInSession([CHAIR, FIRE, POLICE, PROBATION], {
      file: fileOf(name),
      before: recommends('B1', 'agree the priorities for 2027'),
    })
    await make(here)
    await here.house.close()
  }
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let copies = 0
async function inA(situation: string): Promise<TestHouse> {
  copies += 1
  const file = join(folder, `copy-${copies}.db`)
  for (const part of ['', '-wal'])
    if (existsSync(`${fileOf(situation)}${part}`)) copyFileSync(`${fileOf(situation)}${part}`, `${file}${part}`)
  return openTestHouse({ file, at: at('10:07') })
}

const asks = (text: string): boolean => text.includes('I am not sure, and have done nothing yet.')

test('at least 120 sentences, half of them meant for something else', () => {
  expect(meant.length).toBeGreaterThanOrEqual(60)
  expect(notMeant.length).toBeGreaterThanOrEqual(60)
  expect(new Set(corpus.map(({ situation, speaker, sentence }) => `${situation} ${speaker} ${sentence}`)).size).toBe(
    corpus.length,
  )
})

/** What came of each: understood, asked about, missed, or something else was done. */
async function outcomes(sentences: readonly Said[]) {
  const came = { understood: [] as string[], asked: [] as string[], missed: [] as string[], wrong: [] as string[] }
  for (const said of sentences) {
    const house = await inA(said.situation)
    const answer = await house.say(said.speaker, said.sentence)
    const last = house.acts.at(-1)
    const line = `${said.situation}, ${said.speaker}: ${said.sentence} => ${last?.act} ${last?.outcome}: ${textOf(answer)}`
    const ran = last?.act === said.command && (last.outcome === 'done' || last.outcome === 'answered')
    came[ran ? 'understood' : asks(textOf(answer)) ? 'asked' : answer.kind === 'refusal' ? 'missed' : 'wrong'].push(line)
    expect(house.faults).toEqual([])
    await house.close()
  }
  if (process.env.QUORATE_FIGURES) console.log({ meant: sentences.length, ...came, understood: came.understood.length })
  return came
}

test('what is meant runs the command that is meant, and no other', { timeout: 240_000 }, async () => {
  const { understood, missed, wrong } = await outcomes(meant)
  expect(wrong).toEqual([])
  expect(missed).toEqual([])
  expect(understood.length / meant.length).toBeGreaterThanOrEqual(0.95)
})

test('of what was written later nothing is done wrongly, and three of four are understood', { timeout: 240_000 }, async () => {
  const later = further.filter(({ command }) => command !== 'nothing')
  const { understood, wrong } = await outcomes(later)
  expect(wrong).toEqual([])
  expect(understood.length / later.length).toBeGreaterThanOrEqual(0.75)
})

test.each(['voting', 'motion', 'equal', 'decided'])(
  'what is not meant does nothing: %s',
  { timeout: 240_000 },
  async (situation) => {
    const house = await inA(situation)
    const before = await written({ house })
    const acted: string[] = []
    const asked: string[] = []
    for (const { sentence } of notMeant)
      for (const name of [CHAIR, CLERK, POLICE]) {
        const answer = await house.say(name, sentence)
        if ('of' in answer && answer.of === 'act') acted.push(`${name}: ${sentence} => ${house.acts.at(-1)?.act}`)
        else if (asks(textOf(answer))) asked.push(`${name}: ${sentence}`)
      }
    if (process.env.QUORATE_FIGURES) console.log({ situation, said: notMeant.length * 3, acted, asked })
    expect(acted).toEqual([])
    expect(await written({ house })).toEqual(before)
    expect(house.faults).toEqual([])
    await house.close()
  },
)
