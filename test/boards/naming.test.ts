import { describe, expect, test } from 'vitest'
import { boardsNamed } from '../../src/boards/naming.js'

const KCSP = { name: 'Kent Community Safety Partnership', shortName: 'KCSP' }
const GROUP = { name: 'Kent Community Safety Partnership Working Group', shortName: 'KCSP WG' }
const GRAVESHAM = { name: 'Gravesham Community Safety Partnership', shortName: 'Gravesham CSP' }
const ALL = [KCSP, GROUP, GRAVESHAM]

describe('a board is named', () => {
  test.each([
    { sentence: 'agenda for Gravesham', names: GRAVESHAM, rest: 'agenda' },
    { sentence: 'agenda of the Gravesham CSP', names: GRAVESHAM, rest: 'agenda' },
    { sentence: 'Gravesham: agenda', names: GRAVESHAM, rest: 'agenda' },
    { sentence: "Gravesham's agenda", names: GRAVESHAM, rest: 'agenda' },
    { sentence: 'the agenda of the Kent Community Safety Partnership', names: KCSP, rest: 'the agenda' },
    { sentence: 'call a Gravesham meeting', names: GRAVESHAM, rest: 'call a meeting' },
    { sentence: 'who is coming to KCSP', names: KCSP, rest: 'who is coming' },
    { sentence: 'call a meeting of the KCSP WG on 4 May', names: GROUP, rest: 'call a meeting on 4 May' },
    { sentence: 'call a meeting of the KCSP Working Group on 4 May', names: GROUP, rest: 'call a meeting on 4 May' },
    {
      sentence: 'call a meeting of the KCSP on 4 May at Gravesham Civic Centre',
      names: KCSP,
      rest: 'call a meeting on 4 May at Gravesham Civic Centre',
    },
  ])('“$sentence”', ({ sentence, names, rest }) => {
    expect(boardsNamed(sentence, ALL)).toEqual({ boards: [names], rest, named: true })
  })
})

describe('no board is named, and the sentence stays whole', () => {
  test.each([
    'agenda',
    'call a meeting on 4 May at Gravesham Civic Centre',
    'call a meeting on 4 May in Gravesham',
    'agendas for Graveshamites',
    'invite Ann Gravesham of Victim Support',
  ])('“%s”', (sentence) => {
    expect(boardsNamed(sentence, ALL)).toEqual({ boards: ALL, rest: sentence, named: false })
  })
})

test('in words of one’s own a name is no more than a word, and they are kept as they were said', () => {
  const resolved = 'agree the cycle of 2027 for KCSP: RESOLVED that the dates of the Gravesham CSP be heeded'
  expect(boardsNamed(resolved, ALL, /:.*$/g)).toEqual({
    boards: [KCSP],
    rest: 'agree the cycle of 2027 : RESOLVED that the dates of the Gravesham CSP be heeded',
    named: true,
  })
})
