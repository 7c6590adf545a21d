import type { Audience } from '../../../kernel/audience.js'
import { buttons, type Card, facts, note, text } from '../../../kernel/view.js'
import { reasonInWords, type Told } from './rules.js'

/** "slack" as people write it. */
const platformName = (platform: string): string => platform.charAt(0).toUpperCase() + platform.slice(1)

/** To the clerk: who or which place is reached no more, why, and what to do. */
export function lostCard(told: Told, audience: Audience): Card {
  const card = cardOf(told, audience)
  return told.ended ? { ...card, body: [...card.body, note('Since then it is reached again.')] } : card
}

function cardOf({ board, what, why, platform, name, person, place }: Told, audience: Audience): Card {
  const reason = facts(['Board', [board.name]], ['Where', [platformName(platform)]], ['Why', [reasonInWords(what, why)]])
  if (what === 'person') {
    const who = name ?? 'somebody'
    return {
      title: `Not reached any more: ${who}`,
      audience,
      body: [
        text(
          { strong: who },
          ' gets nothing from me there until they are reached again. Nothing else has changed: what they hold on the board is theirs as before.',
        ),
        reason,
        text('Tell them what is due in another way. If they have another account, give them a one-time code for it.'),
        ...(person === null
          ? []
          : [
              buttons({
                command: 'boards.code',
                subject: board.id,
                values: { person },
                label: 'One-time code',
                spoken: `One-time code for ${who}`,
              }),
            ]),
      ],
    }
  }
  if (what === 'place') {
    return {
      title: `Not reached any more: ${place ?? 'a place'}`,
      audience,
      body: [
        text(
          'I post nothing in ',
          { strong: place ?? 'that place' },
          ` for ${board.shortName} until it is reached again; people hear from me directly as before.`,
        ),
        reason,
        text(`Invite me to it again, or say “link ${board.shortName}” in another place.`),
      ],
    }
  }
  return {
    title: `Not reached any more: ${platformName(platform)}`,
    audience,
    body: [
      text('I can send nothing there for now. What is to be said waits, and goes out once I am reached again.'),
      reason,
      text('Ask whoever runs the workspace to install me again.'),
      note('Until then tell people in another way what cannot wait.'),
    ],
  }
}
