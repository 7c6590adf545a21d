import type { Temporal } from 'temporal-polyfill'
import { mention } from '../../apologies/view.js'
import type { Terms } from '../../boards/terms.js'
import type { Audience } from '../../kernel/audience.js'
import { dayOf } from '../../kernel/time.js'
import { buttons, type Card, facts, heading, type Node, note, type Text, table, text } from '../../kernel/view.js'
import { type Entry, entryAt, ruleAt, thereAt } from '../ledger.js'
import { listsOf, placeOf, type Room, sitsOf } from '../room.js'
import type { Spell } from '../rules.js'
import {
  countInWords,
  countNodes,
  hourAt,
  listsInWords,
  type May,
  MODES,
  presidingInWords,
  pressOf,
  stateNodes,
  titleOf,
} from '../view.js'
import { toTheYear } from '../year/view.js'

/** What a row of the table says of somebody. */
function whereabouts(room: Room, spell: Spell): string {
  const since = `${MODES[spell.mode]} since ${hourAt(room, spell.from)}`
  if (!spell.until) return since
  if (!spell.dropped) return `left at ${hourAt(room, spell.until)}`
  const { graceMinutes: minutes } = ruleAt(room.facts, room.now).terms.attendance
  return `connection dropped at ${hourAt(room, spell.until)}; counted until ${hourAt(room, spell.until.add({ minutes }))}`
}

/** What they have said of when they leave, while that is still to come. */
function leaves(room: Room, { person, from, until }: Spell): string {
  const said = room.expected.find((one) => one.kind === 'leaves' && one.person.id === person.id)
  if (!said?.at || until) return ''
  // Who has come since said it of the time before; and who stayed when the hour passed has stayed.
  const ahead = [from, room.now].every(({ epochMilliseconds }) => said.at && said.at.epochMilliseconds > epochMilliseconds)
  return ahead ? `; leaves at ${hourAt(room, said.at)}` : ''
}

const sitsAs = (room: Room, { seat, capacity, for: whom }: Spell): Text => {
  const body = room.seats.find(({ id }) => id === seat)?.organisation.name
  if (capacity === 'substitute' || capacity === 'deputy')
    return [`${body ?? ''}, ${capacity === 'substitute' ? 'substitute' : 'deputy'}`, ...(whom ? [' for ', mention(whom)] : [])]
  return [body ?? (capacity === 'invited' ? 'invited' : 'in attendance')]
}

/** An answer stays as it was given while the meeting goes on: it says of which moment it is. */
export const asItStood = (card: Card, room: Room): Card => ({
  ...card,
  body: [...card.body, note(`As it stood at ${hourAt(room, room.now)}.`)],
})

/** What is left of the count for an item from which somebody has withdrawn: to who knows of every item. */
export const itemNotes = (terms: Terms, { items }: Pick<Entry, 'items'>, { sees }: May): readonly Node[] =>
  sees ? items.map((item) => note(`Without those who have withdrawn for an item: ${countInWords(terms, item)}`)) : []

/** Who is here, by name, with the quorum; for the clerk and who presides with what they may do. */
export function hereCard(room: Room, may: May, audience: Audience): Card {
  const { facts: all, now } = room
  const entry = entryAt(all, now, now)
  const there = thereAt(all, now, now)
  const closed = entry.state === 'closed'
  const { terms } = ruleAt(all, now)
  return {
    title: titleOf(room, entry.state),
    audience,
    body: [
      ...(closed || entry.state === 'not open' ? [] : countNodes(terms, entry)),
      ...itemNotes(terms, entry, may),
      ...(closed ? [] : [facts(['Presiding', presidingInWords(entry.presiding)])]),
      ...stateNodes(room, entry),
      ...(closed
        ? listsInWords(listsOf(room)).map((line) => text(line))
        : there.length > 0
          ? [
              table(
                ['Who', 'For', 'Where'],
                there.map((spell) => [
                  [mention(spell.person)],
                  sitsAs(room, spell),
                  [`${whereabouts(room, spell)}${leaves(room, spell)}`],
                ]),
              ),
            ]
          : [text('Nobody is marked yet.')]),
      ...twoHats(room, there),
      ...(may.clerk && !closed ? namedNoMore(room, there) : []),
      ...(closed ? [] : missingNodes(room, there)),
      ...(may.clerk || may.presides ? controls(room, entry, may) : []),
      ...(closed ? toTheYear(room, may.clerk, audience) : []),
    ],
  }
}

/** Those who sit for more than one body: each of these is counted. */
function twoHats(room: Room, there: readonly Spell[]): readonly Node[] {
  const people = [...new Map(there.map(({ person }) => [person.id, person])).values()]
  return people.flatMap((who) => {
    const theirs = there.filter(({ person, capacity }) => person.id === who.id && capacity !== 'in attendance')
    const bodies = [...new Set(theirs.flatMap(({ seat }) => placeOf(room, seat)?.organisation ?? []))]
    return bodies.length > 1 ? [note(mention(who), ` sits for ${bodies.join(' and ')}.`)] : []
  })
}

/** What was said of the day before is not said of this one. */
const isToday = ({ now, facts: { zone } }: Room, at: Temporal.Instant): boolean => dayOf(at, zone).equals(dayOf(now, zone))

/** Who sits in for somebody who has named another since, or comes after all: the clerk asks whether they have left. */
const namedNoMore = (room: Room, there: readonly Spell[]): readonly Node[] =>
  there
    .filter(
      ({ seat, person, capacity }) => capacity === 'substitute' && !sitsOf(room, person.id).some((one) => one.seat === seat),
    )
    .map(({ person, for: whom }) =>
      note(
        mention(person),
        ` is no longer named to sit for ${whom?.name ?? 'a member'}, and is counted until they are marked as gone.`,
      ),
    )

/** Who has not come: those who said that they will be late, those who were expected, and whose apologies there are. */
function missingNodes(room: Room, there: readonly Spell[]): readonly Node[] {
  const away = room.seats.filter(({ id, representative }) => representative && !there.some(({ seat }) => seat === id))
  if (away.length === 0) return []
  const lines = away.map(({ id, organisation, representative, answer }): Text => {
    const who = representative ? mention(representative) : ''
    const gone = room.facts.spells.findLast(({ seat, until }) => seat === id && until !== null)
    if (gone?.until)
      return [
        mention(gone.person),
        `, ${organisation.shortName}: ${gone.dropped ? 'connection lost' : 'left'} at ${hourAt(room, gone.until)}`,
      ]
    const late = room.expected.find(({ person, kind }) => kind === 'late' && person.id === representative?.id)
    if (late && !late.at) return [who, `, ${organisation.shortName}: late`]
    if (late?.at && isToday(room, late.at))
      return [who, `, ${organisation.shortName}: late, expected at ${hourAt(room, late.at)}`]
    if (answer && !answer.attending)
      return [
        who,
        `, ${organisation.shortName}: apologies${answer.late ? ' (late)' : ''}`,
        ...(answer.substitute ? ['; ', mention(answer.substitute), ' substitutes and is not here yet'] : []),
      ]
    return [who, `, ${organisation.shortName}${answer ? ': said that they will come' : ''}`]
  })
  return [heading('Not here'), { node: 'list', items: lines }]
}

/** What the clerk and the person presiding may do now. */
export function controls(room: Room, { state, verdict, figures }: Entry, { clerk }: May): readonly Node[] {
  const { meeting } = room
  const press = (command: string, label: string, values?: Readonly<Record<string, string>>) =>
    pressOf(meeting, command, label, values)
  const proceed = (how: string, label: string) => press('attendance.proceed', label, { how })
  const open = !['not open', 'closed'].includes(state)
  const keeps = clerk
    ? [
        ...(open ? [press('attendance.table_form', 'Mark the table')] : []),
        ...(state === 'not open' ? [] : [press('attendance.mark_form', 'Mark somebody')]),
        ...(state === 'not open' ? [press('attendance.open', 'Open the meeting')] : []),
        ...(room.facts.spells.length > 0 ? [press('attendance.correct_form', 'Correct the attendance')] : []),
      ]
    : []
  const says = [
    ...(verdict === 'disputed' && open
      ? figures.map(({ reading }) => press('attendance.count_by', `Count ${reading}`, { reading }))
      : []),
    ...(verdict !== 'quorate' && ['in session', 'informal'].includes(state) ? [proceed('waits', 'Wait for a quorum')] : []),
    ...(verdict !== 'quorate' && ['in session', 'waiting'].includes(state) ? [proceed('informal', 'Go on informally')] : []),
    ...(['waiting', 'informal', 'adjourned'].includes(state) ? [proceed('resumed', 'Go on with the meeting')] : []),
    ...(open && state !== 'adjourned' ? [proceed('adjourned', 'Adjourn')] : []),
    ...(open ? [{ ...press('attendance.close', 'Close the meeting'), style: 'danger' as const }] : []),
  ]
  const seen =
    state === 'not open'
      ? []
      : [press('attendance.interests', 'Interests'), press('attendance.print', 'Attendance and quorum, to print')]
  return [
    ...(keeps.length > 0 ? [buttons(...keeps)] : []),
    ...(says.length > 0 ? [buttons(...says)] : []),
    ...(seen.length > 0 ? [buttons(...seen)] : []),
  ]
}
