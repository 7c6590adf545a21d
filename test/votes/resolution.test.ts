import { expect, test } from 'vitest'
import { partsFrom } from '../../src/votes/motion.js'
import { asksTheBoard, byVotes, figuresInWords, type Manner, resolutionInWords, thatInWords } from '../../src/votes/resolution.js'

const KCSP = 'Kent Community Safety Partnership'

const AGREED: Manner = {
  board: KCSP,
  outcome: 'resolved',
  amended: false,
  tally: null,
  castingBy: null,
  why: null,
  ratifies: null,
  delegatedTo: null,
}
const votes = (ayes: number, noes: number, abstained = 0) => ({ for: ayes, against: noes, abstained })

/** The notes of 25 March 2025 and of 23 July 2025's agenda: the recommendations as papers have them, and what was resolved. */
test.each([
  {
    item: 'notes of the last meeting',
    said: 'the notes of the meeting held on 21 November 2024 were a correct record',
    words: 'RESOLVED that the notes of the meeting held on 21 November 2024 were a correct record.',
  },
  {
    item: 'B5, a report to note',
    said: 'Note the contents of the report.',
    words: 'RESOLVED that the Kent Community Safety Partnership note the contents of the report.',
  },
  {
    item: 'an update to note',
    said: 'note the update',
    words: 'RESOLVED that the Kent Community Safety Partnership note the update.',
  },
  {
    item: 'B2, several parts',
    said: '(a) Consider and comment on the draft Kent Community Safety Agreement;\n(b) Agree the priorities and cross-cutting themes for 2025/26;\n(c) Note the duty for partners to attend the Scrutiny Committee.',
    words: `RESOLVED that the Kent Community Safety Partnership:
(a) consider and comment on the draft Kent Community Safety Agreement;
(b) agree the priorities and cross-cutting themes for 2025/26;
(c) note the duty for partners to attend the Scrutiny Committee.`,
  },
  {
    item: 'D1, several parts',
    said: 'a) Note the updates within this report and progress on all cases.\nb) Note the plans for continued online learning events.\nc) Note the risks to the current funding model.\nd) Note the 2024 Thematic Update Report and share findings within agencies.',
    words: `RESOLVED that the Kent Community Safety Partnership:
(a) note the updates within this report and progress on all cases;
(b) note the plans for continued online learning events;
(c) note the risks to the current funding model;
(d) note the 2024 Thematic Update Report and share findings within agencies.`,
  },
  {
    item: 'C1, in the board’s short name',
    said: 'RESOLVED that the KCSP note the dates of future meetings.',
    words: 'RESOLVED that the KCSP note the dates of future meetings.',
  },
  {
    item: 'parts that do not all ask the board',
    said: 'Note the report\nThe grant be spent on street lighting',
    words: 'RESOLVED that:\n(a) note the report;\n(b) the grant be spent on street lighting.',
  },
  {
    item: 'a name at its beginning',
    said: 'Kent Police lead on it',
    words: 'RESOLVED that Kent Police lead on it.',
  },
])('as the notes have it: $item', ({ said, words }) => {
  expect(resolutionInWords(partsFrom(said), AGREED)).toBe(words)
})

test.each<{ how: string; manner: Partial<Manner>; lead: string }>([
  { how: 'agreed', manner: {}, lead: 'RESOLVED that' },
  { how: 'agreed as amended', manner: { amended: true }, lead: 'RESOLVED, as amended, that' },
  { how: 'by votes', manner: { tally: votes(3, 2) }, lead: 'RESOLVED, by 3 votes to 2, that' },
  { how: 'by one vote to none', manner: { tally: votes(1, 0) }, lead: 'RESOLVED, by 1 vote to none, that' },
  {
    how: 'by votes with abstentions',
    manner: { tally: votes(3, 1, 2) },
    lead: 'RESOLVED, by 3 votes to 1, with 2 abstentions, that',
  },
  {
    how: 'as amended, by votes with one abstention',
    manner: { amended: true, tally: votes(4, 0, 1) },
    lead: 'RESOLVED, as amended, by 4 votes to none, with 1 abstention, that',
  },
  { how: 'not by votes', manner: { outcome: 'not carried', tally: votes(2, 3) }, lead: 'NOT CARRIED, by 2 votes to 3, that' },
  { how: 'not by none', manner: { outcome: 'not carried', tally: votes(0, 3) }, lead: 'NOT CARRIED, by no votes to 3, that' },
  {
    how: 'not, as all abstained',
    manner: { outcome: 'not carried', tally: votes(0, 0, 4) },
    lead: 'NOT CARRIED, by no votes to none, with 4 abstentions, that',
  },
  {
    how: 'not, as votes were equal',
    manner: { outcome: 'not carried', tally: votes(2, 2) },
    lead: 'NOT CARRIED, the votes being equal (2 votes for and 2 against), that',
  },
  {
    how: 'not, as votes were equal, one to one',
    manner: { outcome: 'not carried', tally: votes(1, 1) },
    lead: 'NOT CARRIED, the votes being equal (1 vote for and 1 against), that',
  },
  {
    how: 'on the casting vote of the Chair',
    manner: { tally: votes(2, 2), castingBy: 'Chair' },
    lead: 'RESOLVED, on the Chair’s casting vote (2 votes for and 2 against), that',
  },
  {
    how: 'on the casting vote of the Vice-Chair',
    manner: { tally: votes(1, 1), castingBy: 'Vice-Chair' },
    lead: 'RESOLVED, on the Vice-Chair’s casting vote (1 vote for and 1 against), that',
  },
  {
    how: 'not, on the casting vote of the Chair',
    manner: { outcome: 'not carried', tally: votes(2, 2), castingBy: 'Chair' },
    lead: 'NOT CARRIED, on the Chair’s casting vote (2 votes for and 2 against), that',
  },
  {
    how: 'recommended',
    manner: { outcome: 'recommended' },
    lead: 'RECOMMENDED, for ratification by a later meeting, as there was no quorum, that',
  },
  {
    how: 'recommended by votes',
    manner: { outcome: 'recommended', tally: votes(2, 0) },
    lead: 'RECOMMENDED, by 2 votes to none, for ratification by a later meeting, as there was no quorum, that',
  },
  { how: 'ratified', manner: { ratifies: '7' }, lead: 'RESOLVED, in ratification of recommendation 7, that' },
  {
    how: 'ratified as amended, by votes',
    manner: { ratifies: '7', amended: true, tally: votes(3, 1) },
    lead: 'RESOLVED, in ratification of recommendation 7, as amended, by 3 votes to 1, that',
  },
  {
    how: 'delegated',
    manner: { delegatedTo: 'CSP Executive Group' },
    lead: 'RESOLVED, by the CSP Executive Group on behalf of the board, that',
  },
  {
    how: 'delegated to a group that is called with its article',
    manner: { delegatedTo: 'The Executive Group' },
    lead: 'RESOLVED, by the Executive Group on behalf of the board, that',
  },
])('$how', ({ manner, lead }) => {
  expect(resolutionInWords(['note the update'], { ...AGREED, ...manner })).toBe(
    `${lead} the Kent Community Safety Partnership note the update.`,
  )
  expect(resolutionInWords(['the grant be spent'], { ...AGREED, ...manner })).toBe(`${lead} the grant be spent.`)
})

test('a board that is called with its article has it once', () => {
  expect(thatInWords('The Safety Board', ['note it'])).toBe('that the Safety Board note it.')
})

test.each([
  ['Agree the priorities', true],
  ['note the update', true],
  ['The priorities be agreed', false],
  ['Kent Police lead on it', false],
  ['Notes of the meeting were a correct record', false],
  ['2 projects be funded', false],
])('“%s” asks the board to do something: %s', (part, asks) => expect(asksTheBoard(part)).toBe(asks))

test('names keep their capitals within a sentence, and other words do not', () => {
  expect(thatInWords(KCSP, ['Kent Police report', 'Its members sign'])).toBe(
    'that:\n(a) Kent Police report;\n(b) its members sign.',
  )
})

test('figures in words', () => {
  expect(byVotes(votes(3, 2, 1))).toBe('3 votes to 2, with 1 abstention')
  const tally = { reading: '', ...votes(3, 2, 1), present: 6, all: 8, of: 5, needed: 3, outcome: 'carried' as const }
  expect(figuresInWords(tally, 'votes cast')).toBe('3 for, 2 against, 1 abstained; 3 of the 5 votes cast were needed')
  expect(figuresInWords({ ...tally, ...votes(1, 0), of: 1, needed: 1 }, 'votes cast')).toBe(
    '1 for, 0 against, 0 abstained; 1 of the 1 votes cast was needed',
  )
})
