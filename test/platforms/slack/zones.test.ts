import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { plainCard } from '../../../src/kernel/plain.js'
import { at, type Card, facts, list, note, table, text } from '../../../src/kernel/view.js'
import { sheets } from '../../../src/platforms/slack/render.js'
import { forReader } from '../../../src/platforms/slack/zones.js'
import { plain } from './stand-in/plain.js'

const when = at(Temporal.Instant.from('2026-12-16T10:00:00.000Z'), 'Wednesday 16 December 2026, 10:00')
const card: Card = {
  title: 'A meeting',
  audience: { kind: 'public' },
  body: [text('It is on ', when, '.'), note(when), facts(['When', [when]]), list([[when]]), table(['When'], [[[when]]])],
}
const shown = (zone: string | null): string =>
  sheets(forReader(card, zone), 'message', () => undefined)
    .map(({ blocks }) => plain(blocks as never))
    .join('\n')

describe('the hour on the reader’s own clock', () => {
  test.each(['Europe/London', 'UTC', 'Africa/Abidjan'])('is left out in %s, where it is the board’s', (zone) => {
    expect(shown(zone)).not.toContain('your time')
  })

  test.each(['America/New_York', 'Europe/Paris', null, 'Nowhere/At_All'])('stands beside the board’s in %s', (zone) => {
    expect(shown(zone)).toContain('(your time: ')
  })

  test('changes no word of the board’s', () => {
    for (const zone of ['Europe/London', 'America/New_York']) expect(plainCard(forReader(card, zone))).toBe(plainCard(card))
  })
})
