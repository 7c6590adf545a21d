import type { Temporal } from 'temporal-polyfill'
import type { Board } from '../../boards/rules.js'
import type { Audience } from '../../kernel/audience.js'
import { html, type Markup, page } from '../../kernel/markup.js'
import { dayInWords, dayOf, hourInWords, inWords } from '../../kernel/time.js'
import { type Button, buttons, type Card, type Document, note, text } from '../../kernel/view.js'
import { type Announced, endOf, fileNameOn, titleIn, type Whose } from './rules.js'

/** The media type. */
export const ICALENDAR = 'text/calendar; charset=utf-8'

/** Gives a file for one's calendar. */
export const calendarButton = ({ id, board, startsAt }: Pick<Announced, 'id' | 'board' | 'startsAt'>): Button => ({
  command: 'meetings.calendar',
  subject: id,
  label: 'Calendar',
  spoken: `Calendar: ${dayInWords(dayOf(startsAt, board.zone))}`,
})

const style = `
:root { color-scheme: only light; }
html { background: #fff; color: #1b2125; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; font: 1rem/1.4 Arial, "Liberation Sans", Helvetica, sans-serif; overflow-wrap: anywhere; }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1.25rem; }
h1 { font-size: 1.25rem; margin: 0 0 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1rem; margin: 0 0 1rem; }
dt { font-weight: bold; }
dd { margin: 0; }
`

/** "Wednesday 16 December 2026, 10:00 to 12:00 (Europe/London)". */
const timeIn = (meeting: Announced): string => {
  const { startsAt, board } = meeting
  const ends = endOf(meeting)
  const sameDay = dayOf(ends, board.zone).equals(dayOf(startsAt, board.zone))
  const until = sameDay ? hourInWords(ends, board.zone) : inWords(ends, board.zone)
  return `${inWords(startsAt, board.zone)} to ${until} (${board.zone})`
}

const rowsOf = (meeting: Announced): readonly (readonly [string, string])[] => [
  ['Board', meeting.board.name],
  ['When', timeIn(meeting)],
  ['Where', meeting.venue],
  ...(meeting.link && !meeting.cancelled ? [['Join', meeting.link] as const] : []),
]

const HOW = {
  called: 'Open the file with your calendar program, and it takes the meeting over.',
  cancelled: 'Open the file with your calendar program, and it shows the meeting as cancelled, or strikes it out.',
  again: 'If the meeting is moved or cancelled, fetch the file again: it changes the same entry.',
  subscribe: 'Say “my calendar” for an address that your calendar program follows by itself.',
}

/**
 * One meeting for a calendar program.
 * @param file as iCalendar has it
 * @param subscribes whether there are addresses to which a program can subscribe
 */
export function calendarDocument(meeting: Announced, file: string, subscribes: boolean, audience: Audience): Document {
  const fileName = fileNameOn(meeting)
  const how = [
    meeting.cancelled ? HOW.cancelled : HOW.called,
    ...(meeting.cancelled ? [] : [HOW.again]),
    ...(subscribes ? [HOW.subscribe] : []),
  ]
  const title = titleIn(meeting)
  const row = ([name, value]: readonly [string, string]): Markup => html`<dt>${name}</dt><dd>${value}</dd>`
  return {
    title,
    fileName,
    audience,
    html: page(
      title,
      style,
      html`<h1>${title}</h1>
<dl>${rowsOf(meeting).map(row)}</dl>
${how.map((sentence) => html`<p>${sentence}</p>`)}`,
    ),
    plain: [title, '', ...rowsOf(meeting).map(([name, value]) => `${name}: ${value}`), '', ...how].join('\n'),
    files: [{ name: `${fileName}.ics`, type: ICALENDAR, base64: Buffer.from(file).toString('base64') }],
  }
}

const nameOf = (kind: Whose['kind'], { shortName }: Board): string =>
  kind === 'board' ? `the calendar of ${shortName}` : 'your calendar'

const stopButton = (kind: Whose['kind'], board: Board): Button => ({
  command: 'meetings.unsubscribe',
  subject: board.id,
  label: 'Stop it',
  spoken: `Stop the address of ${nameOf(kind, board)}`,
  values: { whose: kind },
})

const SHOWS: Readonly<Record<Whose['kind'], string>> = {
  board: 'It shows the meetings of this board to whomever you give it.',
  person: 'It shows the meetings of every board with which you have to do, and of none that you have left.',
}

/** The address, which is shown once. */
export const addressCard = (kind: Whose['kind'], board: Board, address: string, audience: Audience): Card => ({
  title: `The address of ${nameOf(kind, board)}`,
  audience,
  body: [
    text({ strong: address }),
    text(
      `${SHOWS[kind]} Subscribe to it: in Outlook “Add calendar”, “Subscribe from web”; in Google Calendar “Other calendars”, “From URL”; in Apple’s “File”, “New Calendar Subscription”. Meetings that are called, moved or cancelled follow within hours.`,
    ),
    note(
      'Whoever has the address sees the meetings and their joining links, without signing in. I show it once, and keep none of it.',
    ),
    buttons(stopButton(kind, board)),
  ],
})

const AGAIN: Readonly<Record<Whose['kind'], (board: Board) => string>> = {
  board: ({ shortName }) => `calendar of ${shortName}`,
  person: () => 'my calendar',
}

/** That an address was made, to who asks a second time. */
export const madeCard = ({ shortName }: Board, audience: Audience): Card => ({
  title: 'The address is made',
  audience,
  body: [
    text(
      `I showed it when you first asked, and keep none of it. If it is lost, say “my calendar”, or “calendar of ${shortName}”, again: a new address takes its place.`,
    ),
  ],
})

/** That an address leads nowhere any more. */
export const stoppedCard = (kind: Whose['kind'], board: Board, audience: Audience): Card => ({
  title: `The address of ${nameOf(kind, board)} is stopped`,
  audience,
  body: [
    text(
      `Whatever has subscribed to it is shown no meeting any more. Remove it from the calendar programs, and say “${AGAIN[kind](board)}” for a new one.`,
    ),
  ],
})

/** That there is an address already: asked about before another takes its place. */
export const standsAlready = (kind: Whose['kind'], board: Board, since: Temporal.Instant): string =>
  `There is an address of ${nameOf(kind, board)}, made on ${inWords(since, board.zone)}. A new one takes its place: whatever has subscribed to the old one is shown no meeting any more.`
