import type { Temporal } from 'temporal-polyfill'
import type { Audience } from '../../../kernel/audience.js'
import { dayInWords, dayOf } from '../../../kernel/time.js'
import { buttons, type Card, facts, note, text } from '../../../kernel/view.js'
import type { Board } from '../../rules.js'

/** The one time that a code is shown: to the clerk who asked for it. */
export function codeCard(board: Board, name: string, code: string, until: Temporal.Instant, audience: Audience): Card {
  return {
    title: `One-time code for ${name}`,
    audience,
    body: [
      facts(
        ['For', [{ strong: name }]],
        ['Code', [{ strong: code }]],
        ['Good until', [dayInWords(dayOf(until, board.zone)), ', once']],
      ),
      text(`Give it to ${name} yourself, by telephone or in person. They say it to me in a direct message: “code ${code}”.`),
      note('Whoever says it is taken for them. It is shown this once; ask again for a new one, and this one is good no more.'),
    ],
  }
}

export const codeWasShown = (board: Board, audience: Audience): Card => ({
  title: `One-time code: ${board.shortName}`,
  audience,
  body: [text('The code was shown when it was made, and is kept nowhere. Ask for a new one if you need it.')],
})

/** Who somebody is known as. */
export const knownCard = (name: string, boards: readonly Board[], audience: Audience): Card => ({
  title: `You are known here as ${name}`,
  audience,
  body: [
    ...(boards.length > 0 ? [facts(['Boards', [boards.map(({ shortName }) => shortName).join(', ')]])] : []),
    text('Say “what is due” for what waits for you, “next meeting”, or “help” for all that you can say.'),
    note('If that is not you, tell the clerk of your board.'),
    buttons({ command: 'desk.help', subject: 'help', label: 'Help' }),
  ],
})

export const forgottenCard = (board: Board, name: string, accounts: number, audience: Audience): Card => ({
  title: `Unlinked: ${name}`,
  audience,
  body: [
    text(
      `${accounts === 1 ? 'One account is' : `${accounts} accounts are`} ${name}’s no more in this chat, and ${name} stays on the roster of ${board.shortName}.`,
    ),
    text(`To be known here again ${name} needs a one-time code: say “code for ${name}”.`),
  ],
})

export const wasForgotten = (board: Board, audience: Audience): Card => ({
  title: `Unlinked: ${board.shortName}`,
  audience,
  body: [text('That was done when you first asked. Say “who can be reached” for how things stand.')],
})
