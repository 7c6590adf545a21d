/** A seat of the demonstration and the people of its body. */
export interface DemoSeat {
  readonly organisation: string
  readonly short: string
  readonly title: string
  readonly representative: string
  readonly colleagues: readonly (readonly [name: string, post: string])[]
  readonly invited?: true
}

/** Invented people in the seats that the terms of 2025 name. */
export const SEATS: readonly DemoSeat[] = [
  {
    organisation: 'Kent County Council',
    short: 'KCC',
    title: 'Cabinet Member for Community Safety',
    representative: 'Cllr Margaret Ashdown',
    colleagues: [['Cllr Peter Lyle', 'Deputy Cabinet Member']],
  },
  {
    organisation: 'Kent Police',
    short: 'Kent Police',
    title: 'Assistant Chief Constable',
    representative: 'Daniel Okafor',
    colleagues: [
      ['Ruth Hale', 'Chief Superintendent'],
      ['Tariq Aziz', 'Superintendent, Partnerships'],
    ],
  },
  {
    organisation: 'Office of the Police and Crime Commissioner',
    short: 'OPCC',
    title: 'Chief Executive',
    representative: 'Helen Marsh',
    colleagues: [['Joseph Brand', 'Head of Policy']],
  },
  {
    organisation: 'Local Authorities (District / Borough Councils)',
    short: 'Districts',
    title: 'Chief Executive, nominated by the districts and boroughs',
    representative: 'Tom Beresford',
    colleagues: [['Ann Castle', 'Director of Communities']],
  },
  {
    organisation: 'Kent Fire and Rescue Service',
    short: 'KFRS',
    title: 'Assistant Director',
    representative: 'Aisha Rahman',
    colleagues: [['Mark Dunn', 'Group Manager']],
  },
  {
    organisation: 'NHS Kent and Medway Integrated Care Board',
    short: 'NHS',
    title: 'Director of Health Improvement',
    representative: 'Dr Simon Kerr',
    colleagues: [['April Stone', 'Head of Safeguarding']],
  },
  {
    organisation: 'The Probation Service',
    short: 'Probation',
    title: 'Head of Probation Delivery Unit',
    representative: 'June Whitfield',
    colleagues: [['Leon Carter', 'Deputy Head']],
  },
  {
    organisation: 'Chairs of Local Community Safety Partnerships',
    short: 'CSP Chairs',
    title: 'Chair of a local partnership',
    representative: 'Cllr Owen Pryce',
    colleagues: [['Cllr Sian Moor', 'Vice-Chair of a local partnership']],
  },
  {
    organisation: 'Kent Housing Group',
    short: 'KHG',
    title: 'Chair',
    representative: 'Nadia Flynn',
    colleagues: [['Rob Tilley', 'Vice-Chair']],
    invited: true,
  },
]

export const CLERK = 'Grace Holloway'
export const CHAIR = 'Cllr Margaret Ashdown'

/** What some have answered already when the demonstration opens: three of the four needed. */
export const ANSWERED: Readonly<Record<string, { readonly attending: boolean; readonly substitute?: string }>> = {
  'Cllr Margaret Ashdown': { attending: true },
  'Aisha Rahman': { attending: true },
  'June Whitfield': { attending: false, substitute: 'Leon Carter' },
}

/** "Cllr Margaret Ashdown" is reached at margaret.ashdown@example.org. */
export const emailOf = (name: string): string =>
  `${name
    .replace(/^(?:Cllr|Dr) /, '')
    .toLowerCase()
    .replace(/\s+/g, '.')}@example.org`

/** Whom the page shows first: a member who has not answered. */
export const FIRST = 'Daniel Okafor'
