import type { Message } from '../protocol.js'

/** What one person has in front of them: the messages of each place, oldest first, and those not yet seen. */
export interface Conversations {
  readonly as: string
  readonly open: string
  readonly messages: ReadonlyMap<string, readonly Message[]>
  /** ids by place */
  readonly unread: ReadonlyMap<string, ReadonlySet<string>>
}

export type Happening =
  | { readonly kind: 'opened'; readonly as: string; readonly place: string }
  /** `mine` is the name under which one's own words come back */
  | { readonly kind: 'arrived'; readonly as: string; readonly message: Message; readonly mine: string }
  /** `before` is what was shown of the place when its history was asked for */
  | {
      readonly kind: 'history'
      readonly as: string
      readonly place: string
      readonly before: readonly Message[]
      readonly messages: readonly Message[]
      readonly mine: string
    }

const nothing: readonly Message[] = []
const none: ReadonlySet<string> = new Set()

export const empty = (as: string, open: string): Conversations => ({ as, open, messages: new Map(), unread: new Map() })

export const messagesOf = (all: Conversations, place: string): readonly Message[] => all.messages.get(place) ?? nothing

export const unreadOf = (all: Conversations, place: string): number => all.unread.get(place)?.size ?? 0

/** What is before the person after something happened. What happened to someone else (an answer that came late) is nothing. */
export function after(all: Conversations, happening: Happening): Conversations {
  if (happening.kind === 'opened') return opened(all, happening.as, happening.place)
  if (happening.as !== all.as) return all
  const { place } = happening.kind === 'arrived' ? happening.message : happening
  const shown = messagesOf(all, place)
  const now =
    happening.kind === 'arrived'
      ? withMessage(shown, happening.message)
      : withHistory(shown, happening.before, happening.messages)
  // What a place holds when it is first read is not news.
  const isKnown = happening.kind === 'arrived' || all.messages.has(place)
  const known = new Set(shown.map(({ id }) => id))
  const news =
    isKnown && place !== all.open ? now.filter(({ id, author }) => !known.has(id) && !isBy(author, happening.mine)) : []
  const unread = new Set([...(all.unread.get(place) ?? none), ...news.map(({ id }) => id)])
  return { ...all, messages: new Map(all.messages).set(place, now), unread: new Map(all.unread).set(place, unread) }
}

const isBy = (author: Message['author'], name: string): boolean => author.kind === 'person' && author.name === name

function opened(all: Conversations, as: string, place: string): Conversations {
  if (as !== all.as) return empty(as, place)
  return { ...all, open: place, unread: new Map(all.unread).set(place, none) }
}

/** A message takes the place of the one with its id, else comes last. */
export function withMessage(shown: readonly Message[], message: Message): readonly Message[] {
  const at = shown.findIndex(({ id }) => id === message.id)
  const old = shown[at]
  if (old === undefined) return [...shown, message]
  return isSame(old, message) ? shown : shown.with(at, message)
}

/** The server's history, save that what arrived while it was under way is newer and stays. */
function withHistory(shown: readonly Message[], before: readonly Message[], history: readonly Message[]): readonly Message[] {
  const earlier = new Map(before.map((message) => [message.id, message]))
  const now = new Map(shown.map((message) => [message.id, message]))
  const told = history.map((message) => {
    const here = now.get(message.id)
    return here !== undefined && (here !== earlier.get(message.id) || isSame(here, message)) ? here : message
  })
  const ids = new Set(history.map(({ id }) => id))
  return [...told, ...shown.filter(({ id }) => !ids.has(id) && !earlier.has(id))]
}

/** An unchanged message stays the same object, so that its card is not drawn anew under somebody's finger. */
const isSame = (one: Message, other: Message): boolean => JSON.stringify(one) === JSON.stringify(other)
