import type { Desk, Tab } from './desk.js'
import { el, refill } from './element.js'

/** The name of the conversation; of the app, its two tabs. */
export function drawHead(holder: Element, { sight, place, tab, go }: Desk): void {
  refill(holder, [place, tab, sight.places.map(({ name }) => name)], () => {
    const at = sight.places.find(({ id }) => id === place)
    if (place !== 'direct') return [el('h1', {}, `# ${at?.name ?? ''}`)]
    const to = (one: Tab, said: string) =>
      el(
        'button',
        {
          type: 'button',
          id: `tab-${one}`,
          class: 'tab',
          aria: { pressed: String(tab === one) },
          on: { click: () => go({ tab: one }) },
        },
        said,
      )
    return [el('h1', {}, sight.app.name), el('div', { class: 'tabs' }, to('home', 'Home'), to('messages', 'Messages'))]
  })
}

export interface Trouble {
  /** what went wrong with what was just done */
  problem: string | null
  /** how many complaints were seen and put away */
  forgiven: number
}

/** What went wrong for the person, and what Slack would say is wrong about the app. */
export function drawTrouble(holder: Element, complaints: readonly string[], trouble: Trouble, anew: () => void): void {
  const fresh = complaints.slice(trouble.forgiven)
  const away = (label: string, put: () => void) =>
    el('button', { type: 'button', class: 'drop', aria: { label }, on: { click: () => then(put, anew) } }, '×')
  refill(holder, [trouble.problem, fresh], () => [
    ...(trouble.problem === null
      ? []
      : [
          el(
            'div',
            { class: 'problem', role: 'alert' },
            el('p', {}, trouble.problem),
            away('Put this away', () => Object.assign(trouble, { problem: null })),
          ),
        ]),
    ...(fresh.length === 0
      ? []
      : [
          el(
            'div',
            { class: 'complaints', role: 'region', aria: { label: 'Complaints about the app' } },
            el(
              'details',
              {},
              el(
                'summary',
                {},
                `${fresh.length === 1 ? '1 complaint' : `${fresh.length} complaints`} about the app: ${fresh.at(-1)}`,
              ),
              el('ul', {}, ...fresh.map((one) => el('li', {}, one))),
            ),
            away('Put the complaints away', () => Object.assign(trouble, { forgiven: complaints.length })),
          ),
        ]),
  ])
}

const then = (put: () => void, anew: () => void): void => {
  put()
  anew()
}
