import { z } from 'zod'

/** To whom a place is open besides its board. */
export type OpenTo = '' | 'public' | 'shared' | 'guests'

export type Kind = 'private' | 'public' | 'shared'

/** What decides who reads in a place. */
export interface Reading {
  readonly kind: Kind
  /** how many guests of the workspace or of other organisations are not of the board */
  readonly outsiders: number
}

/** To whom a place is open: guests count where they are not people of the board. */
export function opennessOf({ kind, outsiders }: Reading): OpenTo {
  if (kind !== 'private') return kind
  return outsiders > 0 ? 'guests' : ''
}

/** "is public: everybody in the workspace can read it" */
export function opennessInWords(openTo: OpenTo, outsiders: number): string {
  switch (openTo) {
    case 'public':
      return 'is public: everybody in the workspace can read it'
    case 'shared':
      return 'is shared with another organisation'
    case 'guests':
      return outsiders === 1
        ? 'has a guest in it who is not of the board'
        : `has ${outsiders} guests in it who are not of the board`
    case '':
      return 'is private: whoever is in it reads what I post there'
    default:
      return openTo satisfies never
  }
}

/** As people call a place, or as its platform does. */
export const placeName = ({ name, id }: { readonly name: string; readonly id: string }): string => name || id

/** The acts by which a place comes to serve a board, or is reached again: what stands in such a place is posted anew by each feature. */
export const COMES_TO_SERVE = ['boards.link', 'boards.found'] as const

const OfPlace = z.object({ place: z.object({ platform: z.string(), workspace: z.string(), id: z.string() }) })

/** The place of such an act; null where somebody was found, and not a place. */
export const placeComing = (outcome: unknown): z.output<typeof OfPlace>['place'] | null =>
  OfPlace.safeParse(outcome).data?.place ?? null
