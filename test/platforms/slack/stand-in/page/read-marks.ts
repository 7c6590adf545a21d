import type { Seen } from '../visitor.js'

/** Up to where each person has read each conversation. */
export interface ReadMarks {
  /** @returns how many messages of others came since */
  unread(user: string, place: string, messages: readonly Seen[]): number
  mark(user: string, place: string, messages: readonly Seen[]): void
}

export function newReadMarks(): ReadMarks {
  const marks = new Map<string, string>()
  const keyOf = (user: string, place: string) => `${user} ${place}`
  return {
    unread: (user, place, messages) =>
      messages.filter((seen) => seen.user !== user && seen.ts > (marks.get(keyOf(user, place)) ?? '')).length,
    mark: (user, place, messages) => void marks.set(keyOf(user, place), messages.at(-1)?.ts ?? ''),
  }
}
