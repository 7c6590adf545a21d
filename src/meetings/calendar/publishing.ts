import { type Announced, type Entry, endOf, titleIn } from './rules.js'
import { tells, type Zone, zoneFrom } from './zone.js'

/** How often a calendar program is asked to look again, in seconds. */
const AN_HOUR = 3_600

/** What no text of a calendar may hold: control characters but for the end of a line, which is escaped. */
const UNSEEN = /[^\P{Cc}\n]/gu
const readable = (text: string): string => text.replace(/\r\n?/g, '\n').replace(UNSEEN, ' ')

/** The link in the letters that an address may have; null for what is none. */
const linkOf = ({ link }: Announced): string | null => (link !== null && URL.canParse(link) ? new URL(link).href : null)

/**
 * Meetings as an iCalendar file. A meeting is one event for ever, by its UID; its hour is that of its board's clocks where
 * a calendar program can tell the instant from it, and else in UTC.
 * @param subscribed how a calendar is called to which a program subscribes; null: a file to be taken over once
 * @see RFC 5545
 */
export async function calendarText(entries: readonly Entry[], subscribed: string | null): Promise<string> {
  // Loaded when a calendar is first asked for, so that the start does not wait for it.
  const library = await import('ical-generator')
  const zoneOf = await zonesKnown()
  const calendar = library.default({
    prodId: { company: 'Quorate', product: 'Quorate', language: 'EN' },
    method: library.ICalCalendarMethod.PUBLISH,
    scale: 'GREGORIAN',
    // The library writes a calendar's name as it is given.
    ...(subscribed === null ? {} : { name: library.escape(readable(subscribed), false), ttl: AN_HOUR }),
  })
  const used = new Map<string, Zone>()
  for (const { meeting, changedAt } of entries) {
    const { id, board, startsAt, venue, revision, cancelled } = meeting
    const zone = zoneOf(board.zone)
    const local = zone !== null && tells(zone, startsAt) && tells(zone, endOf(meeting))
    if (local) used.set(zone.name, zone)
    const link = linkOf(meeting)
    calendar.createEvent({
      id: `${id}@quorate`,
      sequence: revision - 1,
      stamp: changedAt,
      lastModified: changedAt,
      start: startsAt,
      end: endOf(meeting),
      timezone: local ? zone.name : null,
      summary: readable(titleIn(meeting)),
      location: readable(venue),
      description: readable(aboutIn(meeting)),
      url: link,
      status: cancelled ? library.ICalEventStatus.CANCELLED : library.ICalEventStatus.CONFIRMED,
      transparency: cancelled ? library.ICalEventTransparency.TRANSPARENT : library.ICalEventTransparency.OPAQUE,
    })
  }
  return `${library.foldLines(mended(calendar.toString(), [...used.values()]))}\r\n`
}

const aboutIn = ({ board, kind, link, cancelled }: Announced): string =>
  [
    `${kind === 'extraordinary' ? 'Extraordinary meeting' : 'Meeting'} of the ${board.name}.${cancelled ? ' It is cancelled.' : ''}`,
    ...(link && !cancelled ? [`Join: ${link}`] : []),
  ].join('\n')

/** What the library escapes in a URL, which is no text: RFC 5545, 3.3.13. */
const ESCAPED = /\\([\\;,])/g

/**
 * The lines of a calendar as the standard has them: zones stand after all that is said of the calendar itself, which the
 * library's own would not, and a URL is not escaped. An end of line in a text is escaped, so that no text begins a line.
 */
function mended(folded: string, zones: readonly Zone[]): string {
  const lines = folded
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .map((line) => (line.startsWith('URL;') ? line.replace(ESCAPED, '$1') : line))
  const first = lines.findIndex((line) => line === 'BEGIN:VEVENT' || line === 'END:VCALENDAR')
  return [...lines.slice(0, first), ...zones.map(({ block }) => block), ...lines.slice(first)].join('\r\n')
}

/** Hours that no place keeps: nothing is gained by a zone of theirs. */
const NOWHERE = /^(?:Etc\/|UTC|GMT|UCT|Zulu|Universal|Greenwich)/

/** The zones that can be described, by name. */
async function zonesKnown(): Promise<(name: string) => Zone | null> {
  const { tzlib_get_ical_block: blockOf, tzlib_get_timezones: names } = await import('timezones-ical-library')
  const known = new Set(names())
  const read = new Map<string, Zone | null>()
  return (name) => {
    if (NOWHERE.test(name) || !known.has(name)) return null
    if (!read.has(name)) read.set(name, zoneFrom(name, blockOf(name)[0] ?? ''))
    return read.get(name) ?? null
  }
}
