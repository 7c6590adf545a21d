import type { Audience } from '../kernel/audience.js'
import type { Offer } from '../kernel/command.js'
import { type Card, note, table, text } from '../kernel/view.js'

export const helpCard = (name: string, offered: readonly Offer[], audience: Audience): Card => ({
  title: 'What you can do here now',
  audience,
  body:
    offered.length === 0
      ? [text(`${name}, you have no seat or office on a board with a coming meeting. Ask its clerk.`)]
      : [
          table(
            ['Say', 'To'],
            offered.map(({ words, does }) => [[{ strong: words }], [does]]),
          ),
          note('Press a button instead wherever a card has one. I answer only what I am sure to have understood.'),
        ],
})
