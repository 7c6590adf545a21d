import type { Audience } from '../../../kernel/audience.js'
import { type Button, buttons, type Card, facts, heading, list, type Node, note, table, text } from '../../../kernel/view.js'
import type { Board, Named } from '../../rules.js'
import { reasonInWords } from '../losses/rules.js'
import { type OpenTo, opennessInWords, placeName } from './rules.js'

/** What of a place a card shows. */
export interface ShownPlace {
  readonly id: string
  readonly name: string
  readonly openTo: OpenTo
  readonly outsiders: number
  readonly lost: string | null
}

/** What does not appear where others than the board read, and what does. */
const notShownThere = (): readonly Node[] => [
  text(
    'I post there only what the public may see: that a meeting is called, moved or cancelled, the figures of the forecast, and the public agenda as it is agreed and changed.',
  ),
  text('Not there, but in direct messages to the people of the board:'),
  list([
    ['Votes, elections and their results while the meeting is on'],
    ['Who is in the room, and the quorum as it stands'],
    ['Papers that are sent out, how to join a meeting, and why it was moved'],
    ['Handovers of offices'],
  ]),
  note('To have all of it there, make the place private, with nobody in it who is not of the board.'),
]

/** That a place serves a board, and what that means for what is posted there. */
export function linkedCard(board: Board, place: ShownPlace, audience: Audience): Card {
  return {
    title: `Linked to ${board.shortName}`,
    audience,
    body: [
      text('This place serves ', { strong: board.name }, '. What is said here is about that board.'),
      ...(place.openTo === ''
        ? [
            text(
              'I post the board’s cards here: the forecast of each meeting, the agenda, votes and elections. Whoever is in this place reads them: see that they are all of the board.',
            ),
          ]
        : [text({ strong: `This place ${opennessInWords(place.openTo, place.outsiders)}.` }), ...notShownThere()]),
      buttons(
        { command: 'boards.places', subject: board.id, label: 'Who can be reached' },
        { command: 'boards.unlink', subject: board.id, label: 'Unlink this place' },
      ),
    ],
  }
}

export const unlinkedCard = (board: Board, name: string, audience: Audience): Card => ({
  title: `Unlinked from ${board.shortName}`,
  audience,
  body: [
    text(
      { strong: name },
      ` serves ${board.shortName} no more. I post nothing there, and what stands there is not kept up to date.`,
    ),
    text(`To link it again, say “link ${board.shortName}” there.`),
  ],
})

export const wasUnlinked = (board: Board, audience: Audience): Card => ({
  title: `Unlinked from ${board.shortName}`,
  audience,
  body: [text('That was done when you first asked. Say “places” for those that serve the board.')],
})

/** To the clerk: others than the board have come to read in a place. */
export function openedCard(
  { board, place, openTo, outsiders }: { board: Board; place: string; openTo: OpenTo; outsiders: number },
  audience: Audience,
): Card {
  return {
    title: `Open to others: ${place}`,
    audience,
    body: [
      facts(['Board', [board.name]], ['Place', [place]]),
      text({ strong: `${place} ${opennessInWords(openTo, outsiders)}.` }),
      ...notShownThere(),
      note('What stood there already and is not for others has been covered, as far as I could.'),
    ],
  }
}

export interface Reach {
  readonly board: Board
  readonly places: readonly ShownPlace[]
  readonly known: readonly Named[]
  readonly unknown: readonly Named[]
  readonly lost: readonly (Named & { readonly why: string })[]
  /** may hand out codes */
  readonly clerk: boolean
}

/** Buttons on one card; more is said in words. */
const MOST_BUTTONS = 20

const codeButton = (board: Board, { id, name }: Named): Button => ({
  command: 'boards.code',
  subject: board.id,
  values: { person: id },
  label: `Code for ${name}`,
})

const placeRow = (place: ShownPlace): string => {
  const name = placeName(place)
  if (place.lost !== null) return `${name}: not reached any more, ${reasonInWords('place', place.lost)}`
  return `${name} ${opennessInWords(place.openTo, place.outsiders)}`
}

/** Which places serve a board, how open each is, and who of its people is reached in chat. */
export function reachCard({ board, places, known, unknown, lost, clerk }: Reach, audience: Audience): Card {
  const asked = clerk ? unknown.slice(0, MOST_BUTTONS) : []
  return {
    title: `Who can be reached: ${board.shortName}`,
    audience,
    body: [
      heading('Places'),
      places.length > 0
        ? list(places.map((place) => [placeRow(place)]))
        : text(`No place serves the board. In the one that is to, its clerk says “link ${board.shortName}”.`),
      heading('People'),
      facts(
        ['Known in chat', [`${known.length}`]],
        ['Not known', [`${unknown.length}`]],
        ['Not reached any more', [`${lost.length}`]],
      ),
      ...(lost.length > 0
        ? [
            table(
              ['Not reached any more', 'Why'],
              lost.map(({ name, why }) => [[name], [reasonInWords('person', why)]]),
            ),
          ]
        : []),
      ...(unknown.length > 0
        ? [
            text(
              'Not known in chat: ',
              unknown.map(({ name }) => name).join(', '),
              '. They are told nothing here until they are.',
            ),
          ]
        : []),
      ...(unknown.length > 0 && clerk
        ? [
            note(
              'Whoever has the address of the roster in chat is recognised when they first speak. For anybody else, hand out a code.',
            ),
          ]
        : []),
      ...(asked.length > 0 ? [buttons(...asked.map((one) => codeButton(board, one)))] : []),
      ...(asked.length > 0 && asked.length < unknown.length ? [note('For the others say “code for” and the name.')] : []),
    ],
  }
}
