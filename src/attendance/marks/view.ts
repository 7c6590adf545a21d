import type { Temporal } from 'temporal-polyfill'
import type { Named } from '../../boards/rules.js'
import type { Audience } from '../../kernel/audience.js'
import type { Card, Field, Form } from '../../kernel/view.js'
import { heading, note } from '../../kernel/view.js'
import { meetingDay, meetingTime } from '../../meetings/rules.js'
import { type Entry, ruleAt } from '../ledger.js'
import { endOf, expectedPeople, type Room, sitsOf } from '../room.js'
import type { Spell } from '../rules.js'
import { countInWords, hourAt, MODES } from '../view.js'
import { whereIs } from './rules.js'

/** "Daniel Okafor, Kent Police" */
function called(room: Room, person: Named): string {
  const [first] = sitsOf(room, person.id)
  const body = room.seats.find(({ id }) => id === first?.seat)?.organisation.shortName
  if (!first) return person.name
  if (first.capacity === 'substitute') return `${person.name}, ${body ?? ''}, for ${first.for?.name ?? 'the representative'}`
  if (first.capacity === 'deputy') return `${person.name}, ${body ?? ''}, deputy`
  return `${person.name}, ${body ?? (first.capacity === 'invited' ? 'invited' : 'in attendance')}`
}

/** The form for the whole table: a line a person, as they are marked now. */
export function tableForm(room: Room, audience: Audience): Form {
  const { meeting, facts } = room
  return {
    title: 'Mark the table',
    audience,
    command: 'attendance.table',
    subject: meeting.id,
    values: { seq: String(room.seq) },
    intro: [
      `For the meeting of ${meetingTime(meeting)}. Only what you change is marked, as of now; what somebody marks meanwhile stands.`,
    ],
    fields: expectedPeople(room).map(
      (person): Field => ({
        field: 'choice',
        name: person.id,
        label: called(room, person),
        value: whereIs(facts.spells, person.id),
        options: [
          { value: 'away', label: 'Not here' },
          { value: 'room', label: 'In the room' },
          { value: 'online', label: 'Online' },
        ],
      }),
    ),
    submit: 'Mark',
    inWords: `${expectedPeople(room)[0]?.name ?? 'NAME'} is here`,
  }
}

/** The form that marks somebody, known or new. */
export const markForm = (room: Room, closed: boolean, audience: Audience): Form => ({
  title: 'Mark somebody',
  audience,
  command: 'attendance.mark',
  subject: room.meeting.id,
  intro: [`For the meeting of ${meetingTime(room.meeting)}.`],
  fields: [
    {
      field: 'choice',
      name: 'person',
      label: 'Who?',
      optional: true,
      options: expectedPeople(room).map((person) => ({ value: person.id, label: called(room, person) })),
    },
    {
      field: 'text',
      name: 'name',
      label: 'Or somebody else, by name',
      max: 200,
      oneLine: true,
      optional: true,
      hint: 'An observer, or a presenter who was not on the list. To have somebody sit for a member, say “NAME is here for MEMBER”.',
    },
    {
      field: 'choice',
      name: 'how',
      label: 'What do you mark?',
      options: [
        { value: 'room', label: 'In the room' },
        { value: 'online', label: 'Online' },
        { value: 'left', label: 'Left' },
        { value: 'dropped', label: 'Connection dropped' },
      ],
    },
    {
      field: 'time',
      name: 'hour',
      label: 'At what hour?',
      ...(closed ? {} : { optional: true as const, hint: 'Left blank: now.' }),
    },
    ...(closed
      ? [{ field: 'text' as const, name: 'reason', label: 'Why is it marked now?', max: 500, hint: 'It stands in the record.' }]
      : []),
  ],
  submit: 'Mark',
  inWords: `${expectedPeople(room)[0]?.name ?? 'NAME'} is here`,
})

const spellCalled = (room: Room, spell: Spell): string => {
  const end = endOf(room, spell)
  const seat = room.seats.find(({ id }) => id === spell.seat)?.organisation.shortName
  const hours = `from ${hourAt(room, spell.from)}${end ? ` to ${hourAt(room, end)}` : ''}`
  return `${spell.person.name}${seat ? `, ${seat}` : ''}: ${MODES[spell.mode]} ${hours}`
}

/** The form that corrects one spell. */
export const correctForm = (room: Room, audience: Audience): Form => ({
  title: 'Correct the attendance',
  audience,
  command: 'attendance.correct',
  subject: room.meeting.id,
  intro: [
    `Of the meeting of ${meetingTime(room.meeting)}. What stood before is kept beside it, and what was decided stands. Somebody who was not marked at all is marked with “Mark somebody”.`,
  ],
  fields: [
    {
      field: 'choice',
      name: 'spell',
      label: 'Whose attendance?',
      options: room.facts.spells.map((spell) => ({ value: spell.id, label: spellCalled(room, spell) })),
    },
    {
      field: 'choice',
      name: 'what',
      label: 'What is wrong?',
      options: [
        { value: 'change', label: 'The hours, the place or the list, as below' },
        { value: 'stayed', label: 'They did not leave' },
        { value: 'never', label: 'They were not there at all' },
      ],
    },
    { field: 'time', name: 'from', label: 'They came at', optional: true, hint: 'Left blank: as it is.' },
    { field: 'time', name: 'until', label: 'They left at', optional: true, hint: 'Left blank: as it is.' },
    {
      field: 'choice',
      name: 'mode',
      label: 'Where they were',
      optional: true,
      options: [
        { value: 'room', label: 'In the room' },
        { value: 'online', label: 'Online' },
      ],
    },
    {
      field: 'choice',
      name: 'listed',
      label: 'Where the notes list them',
      optional: true,
      options: [
        { value: 'as they belong', label: 'Where they belong' },
        { value: 'present', label: 'Present' },
        { value: 'also present', label: 'Also present' },
        { value: 'in attendance', label: 'In attendance' },
      ],
    },
    { field: 'text', name: 'reason', label: 'Why?', max: 500, hint: 'It stands in the record.' },
  ],
  submit: 'Correct',
  inWords: 'correct the attendance',
})

/** A card that says whom another has marked while the form was open. */
export const withNote = (card: Card, people: readonly Named[]): Card => ({
  ...card,
  body: [
    note(
      `While your form was open somebody else marked ${people.map(({ name }) => name).join(' and ')}: that stands. Mark them again if it is wrong.`,
    ),
    ...card.body,
  ],
})

/** What a correction changes of the quorum, beside what was known then. */
export function correctedCard(room: Room, before: readonly Entry[], after: readonly Entry[], reason: string, card: Card): Card {
  const standing = (entries: readonly Entry[], at: Temporal.Instant) =>
    entries.findLast((one) => one.at.epochMilliseconds <= at.epochMilliseconds)
  const instants = [...before, ...after].map(({ at }) => at).sort((one, other) => one.epochMilliseconds - other.epochMilliseconds)
  const changed = instants.flatMap((at, nth) => {
    const [was, is] = [standing(before, at), standing(after, at)]
    const again = nth > 0 && instants[nth - 1]?.equals(at)
    return was && is && was.verdict !== is.verdict && !again ? [{ ...is, at }] : []
  })
  return {
    ...card,
    title: `Corrected: ${room.meeting.board.shortName}, ${meetingDay(room.meeting)}`,
    body: [
      note(`Corrected: ${reason}. What stood before is kept.`),
      ...(changed.length > 0
        ? [
            heading('The quorum reads otherwise'),
            ...changed.map((entry) =>
              note(
                `From ${hourAt(room, entry.at)}: ${countInWords(ruleAt(room.facts, entry.at).terms, entry)} What was decided stands.`,
              ),
            ),
          ]
        : []),
      ...card.body,
    ],
  }
}
