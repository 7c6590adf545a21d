import { readFileSync } from 'node:fs'

/** What made-up terms say of how the vice-chair is elected. */
export interface MadeUp {
  readonly method?: string
  readonly ballot?: string
  readonly unopposed?: string
  readonly ties?: string
  readonly checkWords?: boolean
}

/** The terms of the demonstration, with a clause of its own on the election of the vice-chair. */
export function termsWith(election: MadeUp): Buffer {
  const text = readFileSync(new URL('../../src/boards/terms/kcsp-2025.yaml', import.meta.url), 'utf8')
  const said = Object.entries(election).map(([name, value]) => `      ${name}: ${value}`)
  const clause = ["      clause: { number: '6a', words: 'The Vice Chair will be elected as the partnership has agreed.' }"]
  const found = text.replace(
    /( {2}- office: vice-chair\n {4}filled: elected\n)/,
    `$1    election:\n${[...said, ...clause].join('\n')}\n`,
  )
  if (found === text) throw new Error('the shipped terms read otherwise')
  return Buffer.from(found)
}
