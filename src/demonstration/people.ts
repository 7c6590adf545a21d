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
