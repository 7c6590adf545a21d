import { Terms } from '../../src/boards/terms.js'

type Standing = Terms['standings'][number]
type Quorum = Pick<Terms['quorum'], 'of' | 'countedBy'> & Partial<Pick<Terms['quorum'], 'atLeast' | 'share' | 'present'>>

const silent = { convention: 'As boards do.', source: 'made up' }
const chair = { offices: ['chair'] }

/** What none of the ten says for itself: the quorum follows from none of it. */
const base = {
  zone: 'Europe/London',
  division: 'england-and-wales',
  presiding: { inOrder: ['vice-chair', 'a member whom those present choose'], withChairsPowers: true, silent },
  decisions: { by: 'consensus', silent },
  meetings: { aYear: 4, silent },
  calling: { ordinary: { by: chair, silent }, extraordinary: { by: chair, silent } },
  notice: { workingDays: 5, silent },
  papers: { workingDays: 5, cutOff: '17:00', silent },
  agenda: { agreed: { by: chair, silent }, proposed: { by: chair, silent }, standingItems: { setBy: 'the chair', silent } },
  substitutes: { allowed: true, silent },
  nonMembers: { atInvitationOf: chair, silent },
  review: { everyYears: 1, by: 'the board itself', silent },
}

const BOROUGH = 'Borough Council'
const COUNTY = 'County Council'
const POLICE = 'Constabulary'
const FIRE = 'Fire Authority'
const HEALTH = 'Health Board'
const PROBATION = 'Probation Trust'
const HOUSING = 'Housing Association'
const PARISHES = 'Association of Parish Councils'
const VOLUNTARY = 'Voluntary Forum'

const standing = (name: string, ...readings: Standing['readings']): Standing => ({ name, plural: `${name}s`, readings, silent })
const listed = (name: string, ...bodies: string[]): Standing => standing(name, { name: 'as listed', source: 'clause 1', bodies })
const member = standing('member', { name: 'whoever has a seat', source: 'clause 1', everyMember: true })
const statutory = listed('statutory partner', BOROUGH, COUNTY, POLICE, FIRE, HEALTH, PROBATION)

/** Terms with nothing of their own but whom they count, and how; and for how many minutes a connection may drop. */
function board(name: string, standings: readonly Standing[], quorum: Quorum, graceMinutes = 5): Terms {
  const rules = { quorum: { ...quorum, silent }, attendance: { graceMinutes, silent } }
  return Terms.parse({ ...base, title: `${name}, terms of reference`, board: name, shortName: name, standings, ...rules })
}

/** A part of all the seats, or of the filled ones. */
const share = (measure: 'at least' | 'more than', over: number, under: number, ofSeats: 'all' | 'filled') => ({
  share: { measure, part: { over, under }, ofSeats },
})

/** Ten boards that nobody has: between them they count in every way that terms can say. */
export const madeUpBoards: readonly Terms[] = [
  board('three seats', [member], { atLeast: 3, of: ['member'], countedBy: 'seat' }),
  board(
    'four people, and the chair or vice-chair',
    [member],
    { atLeast: 4, of: ['member'], countedBy: 'person', present: [{ office: ['chair', 'vice-chair'] }] },
    10,
  ),
  board('at least a third of all the bodies', [statutory], {
    ...share('at least', 1, 3, 'all'),
    of: ['statutory partner'],
    countedBy: 'organisation',
  }),
  board('more than a third of the filled seats', [member], {
    ...share('more than', 1, 3, 'filled'),
    of: ['member'],
    countedBy: 'seat',
  }),
  board(
    'at least half of the bodies with somebody, and the constabulary',
    [statutory],
    { ...share('at least', 1, 2, 'filled'), of: ['statutory partner'], countedBy: 'organisation', present: [{ body: POLICE }] },
    0,
  ),
  board('more than half of all the seats, by person, of two standings', [statutory, listed('friend', HOUSING, PARISHES)], {
    ...share('more than', 1, 2, 'all'),
    of: ['statutory partner', 'friend'],
    countedBy: 'person',
  }),
  board(
    'at least two thirds of all the seats, and one of health',
    [statutory, listed('of health', HEALTH, VOLUNTARY)],
    {
      ...share('at least', 2, 3, 'all'),
      of: ['statutory partner'],
      countedBy: 'seat',
      present: [{ standing: 'of health' }],
    },
    15,
  ),
  board(
    'more than two thirds of the filled seats, by person, on two readings',
    [
      standing(
        'member',
        { name: 'whoever has a seat', source: 'clause 1', everyMember: true },
        { name: 'by statute', source: 'the Act', bodies: [BOROUGH, POLICE, HEALTH, PROBATION] },
      ),
    ],
    { ...share('more than', 2, 3, 'filled'), of: ['member'], countedBy: 'person', present: [{ office: ['chair'] }] },
  ),
  board(
    'two bodies, on two readings, with those whom the terms invite by name',
    [
      standing(
        'partner',
        { name: 'as listed', source: 'clause 1', bodies: [BOROUGH, COUNTY, POLICE, HOUSING] },
        { name: 'by statute', source: 'the Act', bodies: [BOROUGH, POLICE] },
      ),
      listed('guest', HOUSING, VOLUNTARY),
    ],
    {
      atLeast: 2,
      of: ['guest', 'partner'],
      countedBy: 'organisation',
      present: [{ standing: 'partner' }, { body: HOUSING }, { office: ['chair', 'vice-chair', 'co-chair'] }],
    },
  ),
  board('more bodies than there are seats', [member, statutory], {
    atLeast: 40,
    of: ['member', 'statutory partner'],
    countedBy: 'organisation',
  }),
]
