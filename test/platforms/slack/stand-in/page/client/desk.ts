import type { ActSent, Done } from '../acts.js'
import type { Sight } from '../sight.js'
import type { Draft, Surface } from './surface.js'

export type Tab = 'home' | 'messages'

/** Who sits at the page, where they look, and what they can do from there. */
export interface Desk {
  readonly sight: Sight
  readonly place: string
  readonly tab: Tab
  go(to: { readonly as?: string; readonly place?: string; readonly tab?: Tab }): void
  /** Does it, and says what went wrong. @returns null where the page does not reach its server */
  act(act: ActSent): Promise<Done | null>
  surface(key: string, of: Pick<Surface, 'on' | 'state'> & { readonly errors?: Surface['errors'] }): Surface
}

/** What was put into fields and not sent: by person and surface, for as long as the page is open. */
export function draftsOf(key: string): Map<string, Draft> {
  const kept = DRAFTS.get(key) ?? new Map<string, Draft>()
  DRAFTS.set(key, kept)
  return kept
}
const DRAFTS = new Map<string, Map<string, Draft>>()

export class NotReached extends Error {
  override readonly name = 'NotReached'
}

/** @returns `gone` where the person is not in that place; null where the page does not reach its server */
export async function fetchSight(as: string, place: string): Promise<Sight | 'gone' | null> {
  const response = await fetch(`/page/sight?${new URLSearchParams({ as, in: place })}`).catch(() => null)
  if (!response?.ok) return response?.status === 404 ? 'gone' : null
  return (await response.json()) as Sight
}

/** @throws NotReached */
export async function send(as: string, act: ActSent): Promise<Done> {
  const response = await fetch(`/page/acts?${new URLSearchParams({ as })}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(act),
  }).catch(() => null)
  if (!response?.ok) throw new NotReached('The stand-in cannot be reached. Start it again with npm run slack.')
  return (await response.json()) as Done
}
