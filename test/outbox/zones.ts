import { readFileSync } from 'node:fs'

const TERMS = readFileSync(new URL('../../src/boards/terms/kcsp-2025.yaml', import.meta.url), 'utf8')

/** The demonstration's terms for a board in another zone, which is called Elsewhere. */
export const termsIn = (zone: string): Buffer =>
  Buffer.from(
    TERMS.replace('board: Kent Community Safety Partnership', 'board: Board of Elsewhere')
      .replace('shortName: KCSP', 'shortName: Elsewhere')
      .replace('zone: Europe/London', `zone: ${zone}`),
  )
