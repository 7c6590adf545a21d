import type { ActionsBlock, Button as Drawn } from '@slack/types'
import { type Button, type Link, opens } from '../../kernel/view.js'
import { cut, plain } from './escape.js'
import { HEAVIEST, LONGEST, MOST } from './limits.js'
import { bulleted } from './list.js'
import { type Piece, weightOf } from './piece.js'
import { fits, valueFor } from './press.js'
import { bold, light } from './runs.js'

/** Gives each button of a card an id of its own: `press:1`, `open:2`. */
export type NameOf = (kind: 'press' | 'open') => string

const labelled = (label: string, spoken: string | undefined): Pick<Drawn, 'type' | 'text' | 'accessibility_label'> => ({
  type: 'button',
  text: plain(label, LONGEST.button),
  ...(spoken ? { accessibility_label: cut(spoken, LONGEST.spoken) } : {}),
})

/** What cannot be undone is asked about first, in Slack's own dialogue. */
const confirm = (label: string, title: string): NonNullable<Drawn['confirm']> => ({
  title: plain(label, LONGEST.confirmTitle),
  text: plain(`Do you mean “${cut(label, 80)}”? It is about: ${title}`, LONGEST.confirmText),
  confirm: plain(label.length <= LONGEST.confirmButton ? label : 'Yes, go on', LONGEST.confirmButton),
  deny: plain('No, go back', LONGEST.confirmButton),
  style: 'danger',
})

const row = (these: readonly Labelled[]): ActionsBlock => ({ type: 'actions', elements: these.map(({ button }) => button) })

interface Labelled {
  readonly label: string
  readonly button: Drawn
}

/** Rows of a few buttons, fewer where they carry much. */
function inRows(buttons: readonly Labelled[]): readonly Piece[] {
  const rows: Labelled[][] = []
  for (const one of buttons) {
    const last = rows.at(-1)
    const fuller = row([...(last ?? []), one])
    if (last && fuller.elements.length <= MOST.buttonsInARow && weightOf(fuller) <= HEAVIEST.row) last.push(one)
    else rows.push([one])
  }
  return rows.map((these) => ({ block: row(these), words: these.map(({ label }) => `[${label}]`).join(' ') }))
}

/** What a button says in full, where it cannot. */
const inFull = (labels: readonly string[]): readonly Piece[] =>
  bulleted(labels.filter((label) => label.length > LONGEST.button).map((label) => [light(label)]))

/** Buttons in rows. One that carries more than Slack lets it is said instead of drawn. */
export function pressed(buttons: readonly Button[], title: string, nameOf: NameOf): readonly Piece[] {
  const drawable = buttons.filter(fits)
  const others = buttons.filter((button) => !fits(button))
  return [
    ...inFull(drawable.map(({ label }) => label)),
    ...inRows(
      drawable.map((press) => ({
        label: press.label,
        button: {
          ...labelled(press.label, press.spoken),
          action_id: nameOf('press'),
          value: valueFor(press),
          ...(press.style ? { style: press.style } : {}),
          ...(press.style === 'danger' ? { confirm: confirm(press.label, title) } : {}),
        },
      })),
    ),
    ...bulleted(
      others.map(({ label }) => [
        bold(label),
        light(': no button of Slack’s takes as much as was written. Fill the form in anew with fewer words.'),
      ]),
    ),
  ]
}

const opensHere = (link: Link): boolean => opens(link) && link.url.length <= LONGEST.url

/** Links in rows; what no browser opens is said and no link. */
export const opened = (links: readonly Link[], nameOf: NameOf): readonly Piece[] => [
  ...inFull(links.filter(opensHere).map(({ label }) => label)),
  ...inRows(
    links.filter(opensHere).map(({ label, spoken, url }) => ({
      label,
      button: { ...labelled(label, spoken), action_id: nameOf('open'), url },
    })),
  ),
  ...bulleted(links.filter((link) => !opensHere(link)).map(({ label, url }) => [bold(`${label}: `), light(url)])),
]
