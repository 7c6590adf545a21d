import { html, type Markup, NOTHING } from '../../kernel/markup.js'
import { type Face, inLines } from './lettering.js'
import {
  type Attended,
  dayAndMonth,
  dayInShort,
  MARKS,
  type Mark,
  QUORATE,
  type Quorate,
  quorumIsKnown,
  timesInWords,
  type Year,
} from './rules.js'

/** All lengths are in the picture's units: points of a screen where it is shown as large as it is. */
const EDGE = 12
const NAMES = 168
const COLUMN = 32
const SUMS = 60
const LINE = 15
const LEAST_ROW = 26
/** Lines of a name; the whole of it stands in the figures. */
const MOST_LINES = 4

const INK = '#1b2125'
const SOFT = '#4b555c'
const FILL = '#0b6a70'
const RULE = '#c9d0d4'

const TITLE: Face = { size: 14, bold: true }
const PLAIN: Face = { size: 12 }
const SMALL: Face = { size: 11 }
const LABEL: Face = { size: 11, bold: true }

/** Without what no XML may hold: one such character in a name, and there would be no picture at all. */
const written = (said: string): string => said.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu, ' ')

type Anchor = 'start' | 'middle' | 'end'

const words = (said: string, x: number, y: number, { size, bold }: Face, anchor: Anchor = 'start', colour = INK): Markup =>
  html`<text x="${String(x)}" y="${String(y)}" font-size="${String(size)}"${bold ? html` font-weight="700"` : NOTHING} text-anchor="${anchor}" fill="${colour}">${written(said)}</text>\n`

const rule = (y: number, width: number, colour = RULE): Markup =>
  html`<path d="M${String(EDGE)} ${String(y)}H${String(width - EDGE)}" stroke="${colour}"/>\n`

/** Each told from the others by its form alone: in black and white, on paper, and by whoever sees no colours. */
const FORMS: Readonly<Record<Mark, Markup>> = {
  representative: html`<circle r="7.5" fill="${FILL}"/>`,
  substitute: html`<circle r="6.75" fill="#fff" stroke="${FILL}" stroke-width="1.5"/><path d="M0-6.75a6.75 6.75 0 0 0 0 13.5z" fill="${FILL}"/>`,
  apologies: html`<circle r="6.75" fill="#fff" stroke="${FILL}" stroke-width="1.5"/>`,
  absent: html`<path d="M-5.5-5.5 5.5 5.5M5.5-5.5-5.5 5.5" stroke="#9c1f17" stroke-width="2.5" stroke-linecap="round"/>`,
  vacant: html`<path d="M-6 0H6" stroke="${INK}" stroke-width="2.5" stroke-linecap="round"/>`,
  'no seat': html`<circle r="1.5" fill="${SOFT}"/>`,
}

const LEGEND: readonly (readonly [Mark, string])[] = [
  ['representative', 'represented by its own representative'],
  ['substitute', 'represented by a substitute or deputy'],
  ['apologies', 'apologies'],
  ['absent', 'absent without apologies'],
  ['vacant', 'its seat was vacant'],
  ['no seat', 'it had no seat on the board then'],
]

const QUORATE_IN_SHORT: Readonly<Record<Quorate, string>> = { throughout: 'yes', 'for a part': 'part', not: 'no', disputed: '?' }
const QUORATE_SAYS = 'Quorate: yes, throughout; part, for a part of the meeting; no, not at all; ?, disputed'
const SUMS_SAY = '“2 of 3”: represented at 2 of the 3 meetings at which it had a seat'

const mark = (kind: Mark, x: number, y: number, said: string): Markup =>
  html`<g transform="translate(${String(x)} ${String(y)})"><title>${written(said)}</title>${FORMS[kind]}</g>\n`

/** Something drawn from a height on, and where the next may begin. */
interface Drawn {
  readonly drawn: readonly Markup[]
  readonly below: number
}

/** Puts what is to be drawn one beneath the other. */
function stacked(from: number, parts: readonly ((y: number) => Drawn)[]): Drawn {
  return parts.reduce<Drawn>(
    ({ drawn, below }, part) => {
      const next = part(below)
      return { drawn: [...drawn, ...next.drawn], below: next.below }
    },
    { drawn: [], below: from },
  )
}

const lines =
  (said: string, width: number, face: Face, { from = EDGE, colour = INK }: { from?: number; colour?: string } = {}) =>
  (y: number): Drawn => {
    const wrapped = inLines(said, width - EDGE - from, face)
    const height = face.size + 4
    return {
      drawn: wrapped.map((line, n) => words(line, from, y + face.size + n * height, face, 'start', colour)),
      below: y + wrapped.length * height,
    }
  }

const gap =
  (height: number) =>
  (y: number): Drawn => ({ drawn: [], below: y + height })

const middleOf = (column: number): number => EDGE + NAMES + COLUMN * (column + 0.5)

/** The days, and beneath them whether the meeting was quorate, where the record says so of any. */
const header =
  (year: Year, width: number) =>
  (y: number): Drawn => {
    const quorum = quorumIsKnown(year)
    const below = y + (quorum ? 48 : 34)
    const days = year.meetings.flatMap(({ day, quorate }, column) => {
      const [number = '', month = ''] = dayInShort(day).split(' ')
      const x = middleOf(column)
      return [
        words(number, x, y + 12, LABEL, 'middle'),
        words(month, x, y + 25, LABEL, 'middle'),
        ...(quorate ? [words(QUORATE_IN_SHORT[quorate], x, y + 41, SMALL, 'middle')] : []),
      ]
    })
    return { drawn: [...days, ...(quorum ? [words('Quorate', EDGE, y + 41, SMALL)] : []), rule(below, width, INK)], below }
  }

const row =
  ({ meetings }: Year, attended: Attended, width: number) =>
  (y: number): Drawn => {
    const { organisation, marks } = attended
    const name = inLines(organisation, NAMES - 8, PLAIN, MOST_LINES)
    const below = y + Math.max(LEAST_ROW, name.length * LINE + 8)
    const middle = (y + below) / 2
    const first = middle - ((name.length - 1) * LINE) / 2 + 4
    return {
      drawn: [
        ...name.map((line, n) => words(line, EDGE, first + n * LINE, PLAIN)),
        ...marks.map((kind, column) => {
          const day = meetings[column]?.day
          return mark(kind, middleOf(column), middle, `${organisation}, ${day ? dayAndMonth(day) : ''}: ${MARKS[kind]}`)
        }),
        words(timesInWords(attended), width - EDGE, middle + 4, { ...PLAIN, bold: true }, 'end'),
        rule(below, width),
      ],
      below,
    }
  }

const legend =
  (year: Year, width: number) =>
  (y: number): Drawn =>
    stacked(y, [
      ...LEGEND.map(([kind, said]) => (at: number): Drawn => {
        const { drawn, below } = lines(said, width, SMALL, { from: EDGE + 24 })(at)
        return {
          drawn: [html`<g transform="translate(${String(EDGE + 8)} ${String(at + 8)})">${FORMS[kind]}</g>\n`, ...drawn],
          below: below + 4,
        }
      }),
      gap(2),
      lines(SUMS_SAY, width, SMALL, { colour: SOFT }),
      ...(quorumIsKnown(year) ? [gap(3), lines(QUORATE_SAYS, width, SMALL, { colour: SOFT })] : []),
    ])

/** The figures, for whoever hears the picture. */
function described({ meetings, members, invited }: Year): string {
  const days = meetings.map(({ day, quorate }) => `${dayAndMonth(day)}${quorate ? ` (${QUORATE[quorate]})` : ''}`)
  const sums = [...members, ...invited].map((one) => `${one.organisation} ${timesInWords(one)}`)
  return `Meetings: ${days.join(', ')}. Represented at: ${sums.join('; ')}.`
}

/** How broad the picture of a year is, in points of a screen. */
export const breadthOf = ({ meetings }: Year): number => 2 * EDGE + NAMES + COLUMN * meetings.length + SUMS

/**
 * The attendance of a year as a small picture: a row an organisation, a mark a meeting. It refers to nothing outside of
 * itself, and its names are text; the marks are told apart without colours.
 * @returns an SVG document, which may also stand within HTML
 */
export function pictureOf(year: Year): string {
  const width = breadthOf(year)
  const { board, members, invited } = year
  const label = (said: string) => [
    gap(10),
    lines(said, width, LABEL),
    gap(2),
    (y: number) => ({ drawn: [rule(y, width)], below: y }),
  ]
  const { drawn, below } = stacked(EDGE, [
    lines(board.shortName, width, TITLE),
    lines(`Attendance by organisation, ${year.year}`, width, PLAIN),
    gap(8),
    header(year, width),
    ...members.map((one) => row(year, one, width)),
    ...(invited.length > 0 ? [...label('By invitation'), ...invited.map((one) => row(year, one, width))] : []),
    gap(12),
    legend(year, width),
  ])
  const [w, h] = [String(width), String(Math.ceil(below + EDGE))]
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" aria-labelledby="picture-title picture-words" font-family="Arial, 'Liberation Sans', 'DejaVu Sans', Helvetica, sans-serif" fill="none">
<title id="picture-title">Attendance by organisation, ${written(board.shortName)}, ${String(year.year)}</title>
<desc id="picture-words">${written(described(year))}</desc>
<rect width="${w}" height="${h}" fill="#fff"/>
${drawn}</svg>
`.source
}
