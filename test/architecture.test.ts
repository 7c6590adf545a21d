import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

/** The features in their one line: each may import what stands left of it. */
const FEATURES = [
  'boards',
  'meetings',
  'agenda',
  'papers',
  'apologies',
  'attendance',
  'votes',
  'elections',
  'actions',
  'notes',
  'desk',
]

/** What the files of a feature may be called. Any other name is a noun of the feature's rules. */
const KINDS = ['rules', 'store', 'view', 'words', 'command', 'notices'] as const
type Kind = (typeof KINDS)[number]

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const root = new URL('../src/', import.meta.url).pathname
const files = (readdirSync(root, { recursive: true }) as string[]).filter((file) => /\.tsx?$/.test(file)).map(normalize)

const imports: readonly Import[] = files.flatMap((from) => {
  const source = readFileSync(join(root, from), 'utf8')
  return [...source.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm)].map((match) => ({
    from,
    to: normalize(join(dirname(from), match[2] ?? '')).replace(/\.js$/, '.ts'),
    typeOnly: match[1] !== undefined,
  }))
})

const room = (file: string): string => file.split('/')[0] ?? ''
const kindOf = (file: string): Kind => {
  // A folder that outgrew a file is split by noun, and each noun has files of the same kinds.
  const name = basename(file, '.ts')
  return KINDS.find((kind) => kind === name) ?? 'rules'
}
const isFeature = (file: string): boolean => FEATURES.includes(room(file))

const KERNEL_OF_RULES = ['csv', 'markup', 'refusal', 'restricted', 'said-time', 'sentence', 'time', 'working-days'].map(
  (name) => `kernel/${name}.ts`,
)

/** What queues messages and plans reminders, in the transaction of an act. */
const OF_THE_OUTBOX = ['outbox/store.ts', 'outbox/reach.ts', 'outbox/plan.ts', 'outbox/recipient.ts']

/** The rooms and kinds of other files that each kind of a feature's file may import. */
const MAY: Readonly<Record<Kind, (file: string) => boolean>> = {
  rules: (file) => KERNEL_OF_RULES.includes(file) || (isFeature(file) && kindOf(file) === 'rules'),
  store: (file) => ['kernel', 'db'].includes(room(file)) || (isFeature(file) && ['rules', 'store'].includes(kindOf(file))),
  view: (file) => room(file) === 'kernel' || (isFeature(file) && ['rules', 'view'].includes(kindOf(file))),
  words: (file) => room(file) === 'kernel' || (isFeature(file) && ['rules', 'store'].includes(kindOf(file))),
  command: (file) => ['kernel', 'db'].includes(room(file)) || OF_THE_OUTBOX.includes(file) || isFeature(file),
  notices: (file) => ['kernel', 'db'].includes(room(file)) || OF_THE_OUTBOX.includes(file) || isFeature(file),
}

const KERNEL_OF_DB = ['actor', 'file-name', 'files', 'paper-types', 'refusal', 'start-error', 'time', 'vault'].map(
  (name) => `kernel/${name}.ts`,
)

const wrong = (of: (one: Import) => boolean, may: (one: Import) => boolean): readonly string[] =>
  imports.filter((one) => of(one) && !may(one)).map(({ from, to }) => `${from} imports ${to}`)

test('the imports were found at all', () => {
  expect(imports.length).toBeGreaterThan(100)
  expect(imports).toContainEqual({ from: 'apologies/store.ts', to: 'boards/store.ts', typeOnly: false })
})

describe('who may import whom', () => {
  test('a feature imports what stands left of it, and itself', () => {
    const place = (file: string) => FEATURES.indexOf(room(file))
    expect(
      wrong(
        ({ from, to }) => isFeature(from) && isFeature(to),
        ({ from, to }) => place(to) <= place(from),
      ),
    ).toEqual([])
  })

  test.each(KINDS)('a feature’s %s', (kind) => {
    const of = ({ from }: Import) => isFeature(from) && kindOf(from) === kind
    expect(wrong(of, ({ to }) => MAY[kind](to))).toEqual([])
  })

  test('the kernel imports itself, and of the database its types alone', () => {
    const may = ({ to, typeOnly }: Import) => room(to) === 'kernel' || (to === 'db/schema.ts' && typeOnly)
    expect(wrong(({ from }) => room(from) === 'kernel', may)).toEqual([])
  })

  test('the database imports itself, the migrations, and of the kernel only what says when, who, which file, which key and why not', () => {
    expect(
      wrong(
        ({ from }) => room(from) === 'db',
        ({ to }) => room(to) === 'db' || to.startsWith('../migrations/') || KERNEL_OF_DB.includes(to),
      ),
    ).toEqual([])
  })

  test('the outbox imports the kernel and the database: features only through the registry it is given', () => {
    expect(
      wrong(
        ({ from }) => room(from) === 'outbox',
        ({ to }) => ['kernel', 'db', 'outbox'].includes(room(to)),
      ),
    ).toEqual([])
  })

  test('the bot, and what it knows of who is reached, import the kernel and the database: of the registry its type', () => {
    const may = ({ to, typeOnly }: Import) =>
      ['kernel', 'db', 'reach.ts'].includes(room(to)) || (['bot.ts', 'features.ts'].includes(to) && typeOnly)
    expect(wrong(({ from }) => ['bot.ts', 'reach.ts'].includes(from), may)).toEqual([])
  })

  test('a platform imports no feature and no other platform', () => {
    const platform = (file: string) => file.split('/').slice(0, 2).join('/')
    const may = ({ from, to }: Import) =>
      ['kernel', 'outbox', 'db', 'bot.ts'].includes(room(to)) ||
      platform(to) === platform(from) ||
      to === 'platforms/adaptive-card.ts'
    expect(wrong(({ from }) => room(from) === 'platforms', may)).toEqual([])
  })

  test('of the database, only the page, which keeps its transcript there, imports more than types', () => {
    const of = ({ from, to }: Import) => room(from) === 'platforms' && room(to) === 'db'
    expect(wrong(of, ({ from, typeOnly }) => typeOnly || from.startsWith('platforms/web/'))).toEqual([])
  })
})

describe('names and hands', () => {
  test('no room or file is a drawer for anything', () => {
    expect(
      files.filter((file) => /(?:^|\/)(?:utils?|helpers?|common|misc|manager|types|index|data|info)(?:\.tsx?$|\/)/.test(file)),
    ).toEqual([])
  })

  test('every file that stands in src itself is one of the plan', () => {
    const alone = files.filter((file) => !file.includes('/'))
    expect(alone.sort()).toEqual(['bot.ts', 'cli.ts', 'config.ts', 'features.ts', 'log.ts', 'main.ts', 'reach.ts', 'wiring.ts'])
  })

  test('every folder of src is a room of the plan', () => {
    const rooms = new Set(files.filter((file) => file.includes('/')).map(room))
    expect(
      [...rooms].filter((name) => !['kernel', 'db', 'outbox', 'platforms', 'demonstration', 'cli', ...FEATURES].includes(name)),
    ).toEqual([])
  })

  test('only the configuration reads the environment', () => {
    const readers = files.filter((file) => /process\.env/.test(readFileSync(join(root, file), 'utf8')))
    expect(readers).toEqual(['config.ts'])
  })

  test('only what knows the people of a board, the substitutes of a meeting, the author of a paper, or who votes makes a pass to what is restricted', () => {
    const makers = files.filter((file) => /Pass\.if\(/.test(readFileSync(join(root, file), 'utf8')))
    expect(makers.sort()).toEqual(['agenda/store.ts', 'boards/part/rules.ts', 'papers/store.ts', 'votes/card/store.ts'])
  })

  test('nothing but the two clocks tells the time', () => {
    const tellers = files.filter((file) =>
      /Temporal\.Now|Date\.now|new Date\(|performance\.now/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(tellers).toEqual(['kernel/time.ts'])
    const makers = files.filter((file) => /machineClock\(\)/.test(readFileSync(join(root, file), 'utf8')))
    expect(makers.sort()).toEqual(['cli.ts', 'main.ts'])
  })
})
