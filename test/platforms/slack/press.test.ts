import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fits, pressedFrom, valueFor } from '../../../src/platforms/slack/press.js'

const presses = fc.record(
  {
    command: fc.string({ minLength: 1, maxLength: 40 }),
    subject: fc.string({ maxLength: 60 }),
    values: fc.dictionary(fc.string({ minLength: 1, maxLength: 10 }), fc.string({ unit: 'grapheme', maxLength: 200 }), {
      maxKeys: 6,
      noNullPrototype: true,
      minKeys: 1,
    }),
  },
  { requiredKeys: ['command', 'subject'] },
)

test('what a button carries comes back as it was', () => {
  fc.assert(
    fc.property(presses, (press) => {
      fc.pre(fits(press) && !Object.hasOwn(press.values ?? {}, '__proto__'))
      expect(valueFor(press).length).toBeLessThanOrEqual(2_000)
      expect(pressedFrom(valueFor(press))).toEqual(press)
    }),
  )
})

test.each([
  { what: 'nothing', value: undefined },
  { what: 'no words', value: '' },
  { what: 'no JSON', value: 'apologies.send' },
  { what: 'another app’s', value: '{"action":"approve"}' },
  { what: 'a list', value: '["a.b","s"]' },
  { what: 'null', value: 'null' },
  { what: 'no command', value: '{"command":"","subject":"s"}' },
  { what: 'a subject that is no text', value: '{"command":"a.b","subject":1}' },
  { what: 'values that are no texts', value: '{"command":"a.b","subject":"s","values":{"seat":["x"]}}' },
  { what: 'somebody else’s name with it', value: '{"command":"a.b","subject":"s","actor":"chair"}' },
  { what: 'more than a button carries', value: JSON.stringify({ command: 'a.b', subject: 'x'.repeat(2_000) }) },
])('$what is no press of ours', ({ value }) => {
  expect(pressedFrom(value)).toBeNull()
})

test('what is too long for a button is known before it is drawn', () => {
  expect(fits({ command: 'a.b', subject: 's', values: { why: 'x'.repeat(1_900) } })).toBe(true)
  expect(fits({ command: 'a.b', subject: 's', values: { why: '"'.repeat(1_000) } })).toBe(false)
})
