import { z } from 'zod'

/** A place as its platform calls it. */
export interface PlaceId {
  readonly platform: string
  readonly workspace: string
  readonly id: string
}

/** Whom a notice is for; an office is passed to whoever holds it when the notice is sent. */
export type Recipient = { readonly person: string } | { readonly office: 'clerk' } | { readonly place: PlaceId }

const Stored = z.union([
  z.tuple([z.literal('person'), z.string()]),
  z.tuple([z.literal('office'), z.literal('clerk'), z.string()]),
  z.tuple([z.literal('place'), z.string(), z.string(), z.string()]),
])

/** One text a recipient, the same always; an office is another on each board. */
export function recipientText(to: Recipient, board: string): string {
  if ('person' in to) return JSON.stringify(['person', to.person])
  if ('office' in to) return JSON.stringify(['office', to.office, board])
  return JSON.stringify(['place', to.place.platform, to.place.workspace, to.place.id])
}

/** The recipient that a stored text names. */
export function recipientFrom(text: string): Recipient {
  const stored = Stored.parse(JSON.parse(text))
  switch (stored[0]) {
    case 'person':
      return { person: stored[1] }
    case 'office':
      return { office: stored[1] }
    case 'place':
      return { place: { platform: stored[1], workspace: stored[2], id: stored[3] } }
    default:
      return stored satisfies never
  }
}
