import { mention } from '../../apologies/view.js'
import type { Audience } from '../../kernel/audience.js'
import { type Button, buttons, type Card, type Field, type Form, type Node, note, type Text, text } from '../../kernel/view.js'
import { meetingDay, meetingTime } from '../../meetings/rules.js'
import { type Conduct, expectedPeople, type Interest, isOpen, type Room } from '../room.js'
import { hourAt, pressOf } from '../view.js'
import { isOut } from './rules.js'

/** An item as somebody may see it. */
export interface ItemSeen {
  readonly id: string
  readonly number: string
  readonly title: string
}

interface May {
  readonly clerk: boolean
  readonly presides: boolean
  /** who looks */
  readonly person: string
}

const CONDUCTS: Readonly<Record<Conduct, string>> = { stayed: 'stays', spoke: 'stays and speaks', withdrew: 'withdraws' }

function conductInWords(room: Room, { conduct, withdrewAt, returnedAt }: Interest): string {
  if (!withdrewAt) return CONDUCTS[conduct]
  return `withdrew at ${hourAt(room, withdrewAt)}${returnedAt ? `, returned at ${hourAt(room, returnedAt)}` : ''}`
}

const inWords = (room: Room, item: ItemSeen, interest: Interest): Text => [
  { strong: item.number },
  ' ',
  mention(interest.person),
  `: ${interest.nature} (${conductInWords(room, interest)})`,
]

/** What was declared, of the items that the person may see. */
export function interestsCard(room: Room, items: readonly ItemSeen[], may: May, audience: Audience): Card {
  const { meeting } = room
  const seen = room.interests.flatMap((interest) => {
    const item = items.find(({ id }) => id === interest.item)
    return item ? [{ item, interest }] : []
  })
  const nil = room.facts.sittings.some(({ act }) => act === 'no interests')
  const open = isOpen(room)
  return {
    title: `Declarations of interest: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      ...seen.flatMap(({ item, interest }): readonly Node[] => [
        text(...inWords(room, item, interest)),
        ...(open && (may.clerk || interest.person.id === may.person) ? [buttons(moving(room, item, interest))] : []),
      ]),
      ...(seen.length === 0 ? [text(nil ? 'There were no Declarations of Interest.' : 'Nothing has been declared.')] : []),
      note('Who withdraws for an item is out of its count until they return.'),
      buttons(
        pressOf(meeting, 'attendance.declare_form', 'Declare an interest'),
        ...(open && may.presides && seen.length === 0 && !nil
          ? [pressOf(meeting, 'attendance.no_interests', 'No declarations')]
          : []),
      ),
    ],
  }
}

function moving({ meeting }: Room, item: ItemSeen, interest: Interest): Button {
  const [command, label] = isOut(interest) ? ['attendance.return', 'Returns'] : ['attendance.withdraw', 'Withdraws now']
  return {
    ...pressOf(meeting, command, label, { interest: interest.id }),
    spoken: `${label}: ${interest.person.name}, item ${item.number}`,
  }
}

interface Declaring extends May {
  readonly item: string | undefined
  readonly nature: string | undefined
  readonly does: string | undefined
  /** whose interest the clerk means, where that was said */
  readonly whose: string | undefined
  readonly open: boolean
}

/** The form that declares an interest; the clerk says whose. */
export const declareForm = (
  room: Room,
  items: readonly ItemSeen[],
  { clerk, item, nature, does, whose, open, person }: Declaring,
  audience: Audience,
): Form => ({
  title: 'Declare an interest',
  audience,
  command: 'attendance.declare',
  subject: room.meeting.id,
  intro: [`For the meeting of ${meetingTime(room.meeting)}.`],
  fields: [
    ...(clerk
      ? [
          {
            field: 'choice' as const,
            name: 'person',
            label: 'Whose interest?',
            ...(whose ? { value: whose } : {}),
            options: expectedPeople(room)
              .filter((one) => one.id !== person)
              .map(({ id, name }) => ({ value: id, label: name })),
          },
        ]
      : []),
    {
      field: 'choice',
      name: 'item',
      label: 'In which item?',
      ...(item ? { value: item } : {}),
      options: items.map(({ id, number, title }) => ({ value: id, label: `${number} ${title}`.slice(0, 150) })),
    },
    {
      field: 'text',
      name: 'nature',
      label: 'What is the interest?',
      max: 500,
      ...(nature ? { value: nature } : {}),
      hint: 'It is minuted. Say no more than that needs.',
    },
    {
      field: 'choice',
      name: 'does',
      label: 'What do you do?',
      ...(does ? { value: does } : {}),
      options: [
        { value: 'stays', label: 'Stay' } as const,
        { value: 'speaks', label: 'Stay and speak' } as const,
        { value: 'withdraws', label: 'Withdraw when the item is reached' } as const,
        ...(open ? [{ value: 'withdraws now', label: 'Withdraw now' } as const] : []),
      ],
    } satisfies Field,
  ],
  submit: 'Declare',
  inWords: `declare an interest in ${items[0]?.number ?? 'B1'}: my wife works there; I withdraw`,
})
