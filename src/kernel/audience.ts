/**
 * For whom something is drawn. A place is as wide as everyone who can read there, so it is shown
 * only what all of them may see; a person is shown what that person may see.
 */
export type Audience =
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'place'; readonly board: string }
  | { readonly kind: 'public' }

export const toPerson = (person: string): Audience => ({ kind: 'person', person })
export const toPlace = (board: string): Audience => ({ kind: 'place', board })
