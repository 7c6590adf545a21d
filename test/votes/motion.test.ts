import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../../src/kernel/refusal.js'
import { isPending, itemNumber, LONGEST_PART, MOST_PARTS, type MotionState, partsFrom } from '../../src/votes/motion.js'
import { thatInWords } from '../../src/votes/resolution.js'

const KCSP = 'Kent Community Safety Partnership'

test.each<{ typed: string; said: string; parts: string[] }>([
  { typed: 'as it is', said: 'agree the priorities', parts: ['agree the priorities'] },
  { typed: 'with a full stop', said: 'Agree the priorities.', parts: ['Agree the priorities'] },
  { typed: 'with “resolved” before it', said: 'RESOLVED that the priorities be agreed.', parts: ['the priorities be agreed'] },
  { typed: 'with “resolved,” before it', said: 'Resolved, that the priorities be agreed', parts: ['the priorities be agreed'] },
  { typed: 'with “that” before it', said: 'that the priorities be agreed', parts: ['the priorities be agreed'] },
  { typed: 'with “resolved:” before it', said: 'resolved: note the update', parts: ['note the update'] },
  { typed: 'lettered', said: '(a) Note the report;\n(b) Agree the plan.', parts: ['Note the report', 'Agree the plan'] },
  { typed: 'lettered otherwise', said: 'a) Note the report\nb. Agree the plan', parts: ['Note the report', 'Agree the plan'] },
  { typed: 'as a list', said: '- Note the report\n• Agree the plan', parts: ['Note the report', 'Agree the plan'] },
  { typed: 'a line a part', said: '\n note the report \n\n agree the plan\n', parts: ['note the report', 'agree the plan'] },
  {
    typed: 'with “that” in each',
    said: '(a) that the plan be agreed;\n(b) that it be sent',
    parts: ['the plan be agreed', 'it be sent'],
  },
  {
    typed: 'with “resolved that” on a line of its own',
    said: 'RESOLVED that\n(a) note it\n(b) send it',
    parts: ['note it', 'send it'],
  },
  {
    typed: 'of something that is resolved',
    said: 'Resolve the dispute over the grant',
    parts: ['Resolve the dispute over the grant'],
  },
])('a motion that is typed $typed', ({ said, parts }) => {
  expect(partsFrom(said)).toEqual(parts)
})

test('the resolutions of March 2025 as they are printed', () => {
  expect(partsFrom('RESOLVED that the notes of the meeting held on 21 November 2024 were a correct record.')).toEqual([
    'the notes of the meeting held on 21 November 2024 were a correct record',
  ])
  expect(partsFrom('RESOLVED that the KCSP note the dates of future meetings.')).toEqual([
    'the KCSP note the dates of future meetings',
  ])
})

test.each([
  'RESOLVED that the Kent Community Safety Partnership:\n(a) Note the updates within this report;\n(b) Note the risks to the current funding model.',
  'RESOLVED that the Kent Community Safety Partnership (KCSP):\n\na) Note the updates within this report\nb) Note the risks to the current funding model',
])('a resolution of several parts, pasted from the notes', (said) => {
  expect(partsFrom(said)).toEqual(['Note the updates within this report', 'Note the risks to the current funding model'])
})

test('somebody is called by an initial', () => {
  expect(partsFrom('J. Whitfield be elected Vice-Chair')).toEqual(['J. Whitfield be elected Vice-Chair'])
})

test.each([
  { what: 'nothing', said: '', code: 'invalid' },
  { what: 'blank lines', said: ' \n\n', code: 'invalid' },
  { what: '“resolved that” alone', said: 'RESOLVED that', code: 'invalid' },
  { what: 'full stops', said: '.\n;', code: 'invalid' },
  { what: 'more parts than are taken', said: 'note it\n'.repeat(MOST_PARTS + 1), code: 'limit' },
  { what: 'a part that is too long', said: 'a'.repeat(LONGEST_PART + 1), code: 'limit' },
])('$what is no motion, and is refused at its field', ({ said, code }) => {
  const refused = () => partsFrom(said)
  expect(refused).toThrow(Refusal)
  expect(refused).toThrow(expect.objectContaining({ code, fields: { text: expect.any(String) } }))
})

test('as many parts as are taken, and as long', () => {
  expect(partsFrom('note it\n'.repeat(MOST_PARTS))).toHaveLength(MOST_PARTS)
  expect(partsFrom('a'.repeat(LONGEST_PART))).toEqual(['a'.repeat(LONGEST_PART)])
})

const words = fc
  .array(fc.constantFrom('note', 'agree', 'the', 'report', 'grant', '(KCSP)', '2025/26', '£39,661', 'CSA'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((all) => all.join(' '))

test('parts come back from however they are lettered', () => {
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: MOST_PARTS }), fc.boolean(), (parts, resolved) => {
      const lines = parts.map((part, at) => `(${String.fromCharCode(97 + at)}) ${part}${at + 1 === parts.length ? '.' : ';'}`)
      expect(
        partsFrom(`${resolved ? 'RESOLVED that ' : ''}${resolved ? parts[0] : lines[0]}\n${lines.slice(1).join('\n')}`),
      ).toEqual(parts)
    }),
  )
})

test('what was read once is read again as the same', () => {
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), (parts) => {
      const read = partsFrom(parts.join('\n'))
      expect(partsFrom(read.join('\n'))).toEqual(read)
      expect(thatInWords(KCSP, read).split('\n').length).toBe(read.length === 1 ? 1 : read.length + 1)
    }),
  )
})

test.each<[MotionState, boolean]>([
  ['before the meeting', true],
  ['in a vote', true],
  ['decided', false],
  ['withdrawn', false],
  ['deferred', false],
])('a motion that is %s: pending is %s', (state, pending) => expect(isPending({ state })).toBe(pending))

test('an item is called by its letter and number, where it has them', () => {
  const item = { id: '', title: { open: 'Street lighting' } }
  expect(itemNumber({ item: { ...item, letter: 'B', number: 3 } })).toBe('B3')
  expect(itemNumber({ item: { ...item, letter: null, number: null } })).toBe('an item')
})
