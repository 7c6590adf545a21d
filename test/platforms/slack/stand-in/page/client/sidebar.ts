import type { PlaceSeen } from '../sight.js'
import type { Desk } from './desk.js'
import { el, refill } from './element.js'

/** Who one is, and where one can go. */
export function drawSidebar(holder: Element, desk: Desk): void {
  const { sight, place } = desk
  const { workspace, you, people, places, app } = sight
  refill(holder, [workspace, you.id, people, places, place, app.connected], () => [
    el('p', { class: 'workspace' }, workspace),
    whoYouAre(desk),
    el(
      'nav',
      { aria: { label: 'Conversations' } },
      ...list(
        'Channels',
        places.filter(({ kind }) => kind !== 'direct'),
        desk,
      ),
      ...list(
        'Apps',
        places.filter(({ kind }) => kind === 'direct'),
        desk,
      ),
    ),
    el('p', { class: 'connection', role: 'status' }, app.connected ? 'Quorate is connected' : 'No app is connected: npm start'),
  ])
}

function whoYouAre({ sight: { you, people }, go }: Desk): Node {
  const chosen = el('select', { id: 'you', on: { change: () => go({ as: chosen.value }) } })
  chosen.append(
    ...people.map(({ id, name, unread }) => {
      const option = el('option', { set: { value: id } }, unread > 0 && id !== you.id ? `${name} (${unread} unread)` : name)
      option.selected = id === you.id
      return option
    }),
  )
  return el('div', { class: 'you' }, el('label', { set: { for: 'you' } }, 'You are'), chosen)
}

const SIGNS = { direct: '', private: '', public: '#', shared: '#' } as const

function list(title: string, places: readonly PlaceSeen[], { place, go }: Desk): readonly Node[] {
  const items = places.map(({ id, name, kind, unread }) =>
    el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          id: `to-${id}`,
          class: unread > 0 ? 'to unread' : 'to',
          aria: { current: id === place ? 'page' : null },
          on: { click: () => go({ place: id }) },
        },
        el('span', { class: `sign ${kind}`, aria: { hidden: 'true' } }, SIGNS[kind]),
        el('span', { class: 'name' }, name),
        unread > 0 && el('span', { class: 'badge' }, String(unread), el('span', { class: 'aside' }, ' unread')),
      ),
    ),
  )
  return [el('h2', {}, title), el('ul', {}, ...items)]
}
