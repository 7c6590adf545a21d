import { describe, expect, test } from 'vitest'
import { saidIn } from '../../src/elections/sayings.js'
import { saidIn as saidOfVotes } from '../../src/votes/sayings.js'

/** What a sentence says, in short: "nominate Ann Castle vice-chair". */
function said(sentence: string): string {
  const found = saidIn(sentence)
  if (!found) return 'nothing'
  const { kind, office, ...more } = found
  return [kind, ...Object.values(more).filter((value) => value !== null && value !== false), office].filter(Boolean).join(' ')
}

describe('meant', () => {
  test.each([
    ['elections', 'show'],
    ['show me the candidates', 'show'],
    ['who is standing for vice-chair', 'show vice-chair'],
    ['the vice-chair election', 'show vice-chair'],
    ['nominations for chair', 'show chair'],
    ['nominate Ann Castle', 'nominate Ann Castle'],
    ['nominate Ann Castle as vice-chair', 'nominate Ann Castle vice-chair'],
    ['I nominate Ann Castle for Vice Chair', 'nominate Ann Castle vice-chair'],
    ["I'd like to nominate Dr Simon Kerr as vice chairman", 'nominate Dr Simon Kerr vice-chair'],
    ['I propose Ann Castle as chair', 'nominate Ann Castle chair'],
    ['put forward Ann Castle for co-chair', 'nominate Ann Castle co-chair'],
    ['I nominate Ann Castle as vice-chair, seconded by Tom Beresford', 'nominate Ann Castle Tom Beresford vice-chair'],
    ['Helen Marsh nominates Ann Castle', 'nominate Ann Castle Helen Marsh'],
    [
      'Helen Marsh proposed Ann Castle as vice-chair seconded by Tom Beresford',
      'nominate Ann Castle Helen Marsh Tom Beresford vice-chair',
    ],
    ['second Ann Castle', 'second Ann Castle'],
    ['I second the nomination of Ann Castle', 'second Ann Castle'],
    ['Tom Beresford seconds Ann Castle', 'second Ann Castle Tom Beresford'],
    ['I accept', 'answer accepted'],
    ['I accept the nomination', 'answer accepted'],
    ['I accept my nomination as vice-chair', 'answer accepted vice-chair'],
    ['I decline', 'answer declined'],
    ["I don't accept the nomination", 'answer declined'],
    ['I withdraw my nomination', 'answer withdrawn'],
    ['withdraw my name from the ballot', 'answer withdrawn'],
    ['Ann Castle accepts the nomination', 'answer accepted Ann Castle'],
    ['Ann Castle has declined the nomination', 'answer declined Ann Castle'],
    ['no other nominations', 'elect'],
    ['there are no other nominations for vice-chair', 'elect vice-chair'],
    ['Ann Castle is elected unopposed', 'elect Ann Castle'],
    ['elect Ann Castle as vice-chair', 'elect Ann Castle vice-chair'],
    ['open the ballot', 'open'],
    ['open the ballot for vice-chair', 'open vice-chair'],
    ['hold a secret ballot', 'open secret'],
    ['open the ballot in secret for five minutes', 'open secret 5'],
    ['hold an open ballot closing by hand', 'open open true'],
    ['open the next ballot', 'open'],
    ['take a fresh ballot openly', 'open open'],
    ['close the ballot', 'close'],
    ['the ballot is now closed', 'close'],
    ['stop the ballot uncounted', 'discard'],
    ['discard the ballot unopened', 'discard'],
    ['draw the lot', 'draw'],
    ['draw lots', 'draw'],
    ['call off the election', 'call off'],
    ['call off the election of the vice-chair', 'call off vice-chair'],
    ['my words for the lot: blue heron', 'seed blue heron'],
    ['words for the lot are seven o’clock', 'seed seven o’clock'],
    ['I vote for Ann Castle', 'cast Ann Castle'],
    ['vote for Castle as vice-chair', 'cast Castle vice-chair'],
    ['my vote goes to Ann Castle', 'cast Ann Castle'],
    ['I abstain', 'cast'],
    ["I'm voting for Castle, please", 'cast Castle'],
    ['I vote Ann Castle', 'cast Ann Castle'],
    ['yes, I accept the nomination, thank you', 'answer accepted'],
    ["I'd be happy to stand", 'answer accepted'],
    ["I don't want to stand", 'answer declined'],
    ['Ann Castle accepts', 'answer accepted Ann Castle'],
    ['Ann Castle withdraws', 'answer withdrawn Ann Castle'],
    ['Thank you Chair, I would like to nominate Ann Castle as vice-chair', 'nominate Ann Castle vice-chair'],
    ['I would like to put Ann Castle forward for vice-chair', 'nominate Ann Castle vice-chair'],
    ['can I nominate Ann Castle for vice chair please', 'nominate Ann Castle vice-chair'],
    ['nominate Ann Castle for the office of Vice Chair', 'nominate Ann Castle vice-chair'],
    ['seconded', 'second'],
    ['I second that', 'second'],
    ['nominations are closed', 'show'],
    ['who has not voted', 'show'],
    ['no further nominations', 'elect'],
    ['I declare Ann Castle elected', 'elect Ann Castle'],
    ['open a second ballot', 'open'],
    ['go to the next ballot', 'open'],
    ['postpone the election', 'call off'],
    ['my words are old teapot', 'seed old teapot'],
  ])('%s', (sentence, found) => {
    expect(said(sentence)).toBe(found)
  })
})

describe('not meant', () => {
  test.each([
    'I propose an item on street lighting',
    'I propose a motion on B3',
    'I propose that we meet in May',
    'nominations close on Friday, says the council',
    'the election is in May',
    'purdah begins before the election',
    'I accept the apologies',
    'I accept that the paper is late',
    'I decline the invitation for the 12th',
    'we accept the recommendation',
    'the second item is mine',
    'a second paper is coming',
    'stand by for the papers',
    'I stand corrected',
    'who is coming',
    'the chair is elected by the council',
    'elect to defer B3',
    'close the vote',
    'I vote for',
    'I vote against B3',
    'I am for',
    'vote for B3',
    'put B3 to the vote',
    'withdraw the motion',
    'withdraw my apologies',
    'withdraw my dissent',
    'call off the meeting',
    'cancel the meeting of 12 May',
    'a lot of papers are missing',
    'thanks a lot',
    'draw up the agenda',
    'draw the curtains',
    'the lot is drawn up by the clerk',
    'Ann Castle is coming',
    'Ann Castle will substitute',
    'the candidates for funding are listed in B2',
    'nominate a substitute',
    'open the meeting',
    'open the vote on B3',
    'hold a meeting',
    'apologies, I must vote at the county election on the 4th',
    'the ballot paper is out for the union',
  ])('%s', (sentence) => {
    expect(said(sentence)).toBe('nothing')
  })
})

test.each([
  'nominate Ann Castle',
  'I second Ann Castle',
  'open the ballot',
  'no other nominations',
  'draw the lot',
  'I vote for Ann Castle',
])('what is said of an election is nothing of a vote: %s', (sentence) => {
  expect(saidOfVotes(sentence)).toBeNull()
})

test('a very long sentence is read in no time', () => {
  for (const many of ['a '.repeat(1_000), 'vote for '.repeat(220), 'nominates '.repeat(200), 'seconded by '.repeat(160)]) {
    expect(saidIn(many)).toBeNull()
  }
}, 2_000)
