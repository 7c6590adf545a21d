import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { passings } from '../../../src/boards/offices/passing.js'
import type { Office } from '../../../src/boards/part/rules.js'

const TODAY = Temporal.PlainDate.from('2026-11-22')

/** "ann vice-chair 2025-01-01..2026-12-01", "bob acting chair 2026-12-01.." */
function held(words: string) {
  const [, person = '', acting, office = '', since = '', until = ''] =
    /^(\w+) (acting )?([a-z-]+) ([\d-]+)\.\.([\d-]*)$/.exec(words) ?? []
  return {
    person: { id: person },
    office: office as Office,
    acting: acting !== undefined,
    since: Temporal.PlainDate.from(since),
    until: until === '' ? null : Temporal.PlainDate.from(until),
  }
}

test.each<{ rule: string; before: string[]; after: string[]; passes: string[] }>([
  {
    rule: 'to a successor',
    before: ['ann vice-chair 2025-01-01..'],
    after: ['ann vice-chair 2025-01-01..2026-12-01', 'bob vice-chair 2026-12-01..'],
    passes: ['2026-12-01 vice-chair: ann to bob'],
  },
  {
    rule: 'to a successor, from a day that is past',
    before: ['ann vice-chair 2025-01-01..'],
    after: ['ann vice-chair 2025-01-01..2026-11-01', 'bob vice-chair 2026-11-01..'],
    passes: ['2026-11-01 vice-chair: ann to bob'],
  },
  {
    rule: 'to the first who holds it',
    before: ['cat clerk 2025-01-01..'],
    after: ['cat clerk 2025-01-01..', 'bob vice-chair 2026-11-22..'],
    passes: ['2026-11-22 vice-chair:  to bob'],
  },
  {
    rule: 'to nobody',
    before: ['ann vice-chair 2025-01-01..'],
    after: ['ann vice-chair 2025-01-01..2026-11-22'],
    passes: ['2026-11-22 vice-chair: ann to nobody'],
  },
  {
    rule: 'from who acted to the same, elected',
    before: ['ann acting vice-chair 2025-01-01..'],
    after: ['ann acting vice-chair 2025-01-01..2026-11-22', 'ann vice-chair 2026-11-22..'],
    passes: ['2026-11-22 vice-chair:  to ann'],
  },
  {
    rule: 'to who acts',
    before: ['ann chair 2025-01-01..'],
    after: ['ann chair 2025-01-01..2026-11-22', 'bob acting chair 2026-11-22..'],
    passes: ['2026-11-22 acting chair: ann to bob'],
  },
  {
    rule: 'of a shared one, one',
    before: ['ann co-chair 2025-01-01..', 'bob co-chair 2025-01-01..'],
    after: ['ann co-chair 2025-01-01..2026-12-01', 'bob co-chair 2025-01-01..', 'cat co-chair 2026-12-01..'],
    passes: ['2026-12-01 co-chair: ann to cat'],
  },
  {
    rule: 'not where its first day was corrected',
    before: ['ann vice-chair 2025-01-01..'],
    after: ['ann vice-chair 2025-02-01..'],
    passes: [],
  },
  {
    rule: 'not where what was to begin is put off',
    before: ['ann vice-chair 2026-12-01..'],
    after: ['ann vice-chair 2026-12-15..'],
    passes: [],
  },
  {
    rule: 'not where what was to begin is taken back',
    before: ['ann vice-chair 2026-12-01..'],
    after: [],
    passes: [],
  },
  {
    rule: 'not where a last day is put off',
    before: ['ann vice-chair 2025-01-01..2026-12-01'],
    after: ['ann vice-chair 2025-01-01..'],
    passes: [],
  },
  {
    rule: 'not where what is over is written down after all',
    before: ['ann vice-chair 2025-01-01..'],
    after: ['old vice-chair 2020-01-01..2025-01-01', 'ann vice-chair 2025-01-01..'],
    passes: [],
  },
])('an office passes $rule', ({ before, after, passes }) => {
  const found = passings(before.map(held), after.map(held), TODAY)
  expect(
    found.map(
      ({ from, acting, office, left, to }) => `${from} ${acting ? 'acting ' : ''}${office}: ${left} to ${to ?? 'nobody'}`,
    ),
  ).toEqual(passes)
})
