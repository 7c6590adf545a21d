import type { MessageSeen } from '../sight.js'
import { dayOf } from './day.js'
import type { Desk } from './desk.js'
import { el } from './element.js'
import { message } from './message.js'

interface Drawn {
  readonly state: string
  readonly node: HTMLElement
}

/** The messages of one conversation, each drawn anew only when it changed; answers in a thread stand under what they answer. */
export function newConversation(log: HTMLElement, replyTo: (seen: MessageSeen) => void) {
  let drawn = new Map<string, Drawn>()
  let shown = ''
  return (desk: Desk): void => {
    const { sight } = desk
    const here = `${sight.you.id} ${sight.place}`
    if (here !== shown) drawn = new Map()
    const atEnd = here !== shown || log.scrollHeight - log.scrollTop - log.clientHeight < 80
    shown = here
    const next = new Map<string, Drawn>()
    const nodes: Node[] = []
    let day = ''
    for (const seen of inThreads(sight.messages)) {
      const its = dayOf(seen.ts, sight.you.tz)
      if (its !== day && !isReply(seen)) nodes.push(el('h2', { class: 'day' }, its))
      if (!isReply(seen)) day = its
      const state = JSON.stringify([seen, sight.people.map(({ name }) => name), sight.entries])
      const before = drawn.get(seen.ts)
      const one = before?.state === state ? before : { state, node: message(seen, { desk, replyTo }) }
      next.set(seen.ts, one)
      nodes.push(one.node)
    }
    if (nodes.length === 0) nodes.push(el('p', { class: 'nothing' }, 'Nothing has been said here yet.'))
    drawn = next
    place(log, nodes)
    if (atEnd) log.scrollTop = log.scrollHeight
  }
}

const isReply = ({ thread_ts, ts }: MessageSeen): boolean => thread_ts !== null && thread_ts !== ts

/** Each answer after what it answers and the answers before it. */
function inThreads(messages: readonly MessageSeen[]): readonly MessageSeen[] {
  const heads = messages.filter((seen) => !isReply(seen) || !messages.some(({ ts }) => ts === seen.thread_ts))
  return heads.flatMap((head) => [
    head,
    ...messages.filter((seen) => isReply(seen) && seen !== head && seen.thread_ts === head.ts),
  ])
}

/** Puts nodes in order without touching those that stand right: what has the focus keeps it. */
function place(holder: HTMLElement, nodes: readonly Node[]): void {
  for (const old of [...holder.childNodes]) if (!nodes.includes(old)) old.remove()
  nodes.forEach((node, at) => {
    if (holder.childNodes[at] !== node) holder.insertBefore(node, holder.childNodes[at] ?? null)
  })
}
