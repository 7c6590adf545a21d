import { cancelledCard } from '../../apologies/view.js'
import type { Audience } from '../../kernel/audience.js'
import { type Button, buttons, type Card, facts, type Text, text } from '../../kernel/view.js'
import { isOnline, type Meeting } from '../../meetings/rules.js'
import { closedAt, entryAt, ruleAt, thereAt } from '../ledger.js'
import { isOpen, type Room, sitsOf } from '../room.js'
import type { Mode, Spell } from '../rules.js'
import { countNodes, hourAt, MODES, presidingInWords, pressOf, stateNodes, titleOf, whoIsHere } from '../view.js'

const arriving = (meeting: Meeting): readonly Button[] => {
  const online = pressOf(meeting, 'attendance.arrive', "I'm online", { mode: 'online' })
  // There is no room of a meeting that is held online.
  if (isOnline(meeting)) return [{ ...online, style: 'primary' }]
  return [{ ...pressOf(meeting, 'attendance.arrive', "I'm in the room", { mode: 'room' }), style: 'primary' }, online]
}

const leaving = (meeting: Meeting, mode: Mode): readonly Button[] => [
  pressOf(meeting, 'attendance.leave', "I'm leaving"),
  ...(isOnline(meeting) ? [] : [goingOver(meeting, mode)]),
]

const goingOver = (meeting: Meeting, mode: Mode): Button =>
  mode === 'room'
    ? pressOf(meeting, 'attendance.arrive', 'I have gone online', { mode: 'online' })
    : pressOf(meeting, 'attendance.arrive', 'I have come into the room', { mode: 'room' })

/** Somebody's own card: where they are marked, and how to say otherwise. */
export function ownCard(room: Room, person: string, audience: Audience): Card {
  const { meeting, facts: all, now } = room
  if (meeting.cancelled) return cancelledCard(meeting, audience)
  const entry = entryAt(all, now, now)
  const spell = spellOf(thereAt(all, now, now), person)
  const sits = sitsOf(room, person).flatMap(({ seat }) => room.seats.find(({ id }) => id === seat)?.organisation.name ?? [])
  return {
    title: titleOf(room, entry.state),
    audience,
    body: [
      facts(
        ['Where', [meeting.venue]],
        ...(meeting.link ? [['Join', [meeting.link]] as const] : []),
        ...(sits.length > 0 && isOpen(room) ? [['You sit for', [[...new Set(sits)].join(', ')]] as const] : []),
      ),
      text(...ownState(room, person, spell)),
      ...(isOpen(room) ? [buttons(...(spell ? leaving(meeting, spell.mode) : arriving(meeting)), whoIsHere(meeting))] : []),
    ],
  }
}

function ownState(room: Room, person: string, spell: Spell | null): Text {
  const closed = closedAt(room.facts.sittings)
  if (closed) return [`The meeting was closed at ${hourAt(room, closed)}. Thank you.`]
  if (spell?.until) return [`Your connection dropped at ${hourAt(room, spell.until)}. Say when you are back.`]
  if (spell) return [{ strong: `You are ${MODES[spell.mode]}` }, `, since ${hourAt(room, spell.from)}.`]
  const last = room.facts.spells.findLast((one) => one.person.id === person)
  if (last?.until) return [`You left at ${hourAt(room, last.until)}.`]
  const late = room.expected.find((one) => one.person.id === person && one.kind === 'late')
  if (late?.at) return [`You have said that you will come at ${hourAt(room, late.at)}. Press when you are there.`]
  return ['The meeting is open. Press when you are there.']
}

/** The card in the board's own place: figures and bodies, no names. */
export function roomCard(room: Room, audience: Audience): Card {
  const { meeting, facts: all, now } = room
  if (meeting.cancelled) return cancelledCard(meeting, audience)
  const entry = entryAt(all, now, now)
  const there = thereAt(all, now, now)
  const bodies = room.seats
    .filter(({ id }) => there.some(({ seat }) => seat === id))
    .map(({ organisation }) => organisation.shortName)
  const open = isOpen(room)
  return {
    title: titleOf(room, entry.state),
    audience,
    body: [
      ...(open ? countNodes(ruleAt(all, now).terms, entry) : []),
      facts(
        ...(open ? [['Presiding', presidingInWords(entry.presiding)] as const] : []),
        ...(open
          ? [
              ['Represented', [bodies.length > 0 ? [...new Set(bodies)].join(', ') : 'nobody yet']] as const,
              ['People', [String(new Set(there.map(({ person }) => person.id)).size)]] as const,
            ]
          : [['Where', [meeting.venue]] as const]),
      ),
      ...stateNodes(room, entry),
      ...(open ? [buttons(...arriving(meeting), pressOf(meeting, 'attendance.leave', "I'm leaving"), whoIsHere(meeting))] : []),
    ],
  }
}

/** Of whom their spells say that they are there. */
const spellOf = (there: readonly Spell[], person: string): Spell | null =>
  there.find((spell) => spell.person.id === person) ?? null
