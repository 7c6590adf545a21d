import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { features } from '../src/features.js'
import { Refusal } from '../src/kernel/refusal.js'

const root = new URL('../src/', import.meta.url).pathname
const views = (readdirSync(root, { recursive: true }) as string[]).filter((file) => /(?:view|words|command)\.ts$/.test(file))

/** What is journaled and followed, and is no command that somebody could send: it comes of another act, or of an address. */
const journaled = ['papers.opened', 'votes.concluded', 'boards.handed_over']

test('every button, form and sentence names a command that there is', () => {
  const named = views.flatMap((file) =>
    [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /'((?:boards|meetings|agenda|apologies|attendance|papers|votes|elections|desk)\.[a-z_]+)'/g,
      ),
    ].map((match) => match[1] ?? ''),
  )
  expect(named.length).toBeGreaterThan(80)
  expect(named.filter((name) => !journaled.includes(name) && !features.commands.has(name))).toEqual([])
})

test('what follows an act follows one that there is', () => {
  const followed = features.after.flatMap(({ acts }) => acts)
  expect(
    followed.filter((act) => act !== 'demonstration.fill' && !journaled.includes(act) && !features.commands.has(act)),
  ).toEqual([])
})

test('no two notices or commands have one name', () => {
  const names = [...features.commands.keys(), ...features.notices.map(({ name }) => name)]
  expect(new Set(names).size).toBe(names.length)
})

test('whatever a command cannot read is refused in a sentence of ours', () => {
  for (const command of features.commands.values()) {
    for (const raw of [
      null,
      undefined,
      7,
      'x',
      [],
      {},
      { subject: 7 },
      { subject: 'x', seat: 7, substitute: {}, substituteNamed: 7 },
    ]) {
      const sentences: string[] = []
      try {
        command.prepare(raw)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        sentences.push(error.sentence, ...Object.values(error.fields ?? {}))
      }
      for (const sentence of sentences)
        expect(sentence, command.name).toMatch(/^(?:I cannot read that\.|(?:That is not|Choose|Say|Give|Write) .{3,200}[.”]$)/)
    }
  }
})
