import { type Item, numberOf, titleFor } from '../agenda/rules.js'
import { pressOf } from '../attendance/view.js'
import type { Audience } from '../kernel/audience.js'
import type { Pass } from '../kernel/restricted.js'
import { type Button, buttons, type Card, type Form, heading, type Node, note, text } from '../kernel/view.js'
import { type Called, meetingDay, meetingTime } from '../meetings/rules.js'
import { isPending, itemNumber, LONGEST_MOTION, type Motion, wordingFor } from './motion.js'
import { contentFor, type Decision, decisionName } from './register/rules.js'
import { noticeIn } from './removal/notice.js'

interface ItemSeen {
  readonly item: Item
  readonly meeting: Called
}

const LINES = 'A line for each part; they are lettered (a), (b) …'

const wording = (parts: readonly string[]) => ({
  field: 'text' as const,
  name: 'text',
  label: 'That …',
  hint: LINES,
  max: LONGEST_MOTION,
  ...(parts.length > 0 ? { value: parts.join('\n') } : {}),
})

const PUT = {
  put: { title: 'Put a motion', command: 'votes.put', submit: 'Put it', words: 'move under' },
  amended: { title: 'Agreed as amended', command: 'votes.agree', submit: 'Agreed as amended', words: 'agreed as amended' },
  resolved: { title: 'Agreed', command: 'votes.agree', submit: 'Agreed', words: 'resolved' },
} as const

/** The form in which a motion is typed, or what is agreed in its stead. */
export const putForm = (
  { item, meeting }: ItemSeen,
  parts: readonly string[],
  what: keyof typeof PUT,
  audience: Audience,
): Form => ({
  title: `${PUT[what].title}: ${numberOf(item) ?? ''}`,
  audience,
  command: PUT[what].command,
  subject: item.id,
  ...(what === 'put' ? {} : { values: { how: what === 'amended' ? 'amended' : 'agreed' } }),
  intro: [`For the meeting of ${meetingTime(meeting)}. It is printed as it is typed.`],
  fields: [wording(parts)],
  submit: PUT[what].submit,
  inWords: `${PUT[what].words} ${numberOf(item) ?? 'B3'}: agree the priorities for 2027`,
})

export const amendForm = (motion: Motion, meeting: Called, parts: readonly string[], audience: Audience): Form => ({
  title: `Amend the motion on ${itemNumber(motion)}`,
  audience,
  command: 'votes.amend',
  subject: motion.id,
  intro: [`For the meeting of ${meetingTime(meeting)}. How it read before is kept.`],
  fields: [wording(parts)],
  submit: 'Amend',
  inWords: `amend the motion on ${itemNumber(motion)} to: agree the priorities for 2027`,
})

/** An item with what became of it, for the card of the meeting's business. */
export interface Business {
  readonly item: Item
  readonly motions: readonly Motion[]
  readonly decisions: readonly Decision[]
  /** something is moved of itself: the paper recommends it, or it is customary */
  readonly moved: boolean
  /** the version of the paper that recommends it; null: nothing is recommended by a paper */
  readonly version: number | null
}

const pressItem = (item: Item, command: string, label: string, values: Readonly<Record<string, string>> = {}): Button => ({
  command,
  subject: item.id,
  label,
  spoken: `${label}: ${numberOf(item) ?? 'the item'}`,
  ...(Object.keys(values).length > 0 ? { values } : {}),
})

/** What is before the meeting: each item with what was decided of it, and what who presides can do. */
export function businessCard(
  meeting: Called,
  business: readonly Business[],
  { waiting, toReport }: { readonly waiting: readonly Decision[]; readonly toReport: readonly Decision[] },
  { presides, pass, open }: { readonly presides: boolean; readonly pass: Pass | null; readonly open: boolean },
  audience: Audience,
  said?: string,
): Card {
  const rows = business.flatMap((one): readonly Node[] => {
    const title = titleFor(one.item.title, pass)
    if (title === null) return []
    return [text({ strong: `${numberOf(one.item) ?? ''} ` }, title), ...itemNodes(one, { presides: presides && open, pass })]
  })
  return {
    title: `Business: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      ...(said?.split('\n').map((line) => text({ strong: line })) ?? []),
      ...(rows.length > 0 ? rows : [text('There is nothing on the agenda to decide.')]),
      ...lateNodes('To be ratified', waiting, pass, (one) =>
        presides && open ? [{ ...pressDecision(one, 'votes.ratify_form', 'Ratify'), values: { meeting: meeting.id } }] : [],
      ),
      ...lateNodes('Decided between meetings, to be reported', toReport, pass, (one) =>
        presides && open ? [{ ...pressDecision(one, 'votes.report', 'Reported'), values: { meeting: meeting.id } }] : [],
      ),
      ...(open ? [] : [note('Nothing is decided before the meeting is opened, or after it is closed.')]),
      buttons(pressOf({ ...meeting } as Parameters<typeof pressOf>[0], 'attendance.here', 'Who is here'), {
        command: 'votes.decisions',
        subject: meeting.board.id,
        label: 'The register of decisions',
      }),
    ],
  }
}

export const pressDecision = (decision: Decision, command: string, label: string): Button => ({
  command,
  subject: decision.id,
  label,
  spoken: `${label}: ${decisionName(decision)}`,
})

const lateNodes = (
  title: string,
  decisions: readonly Decision[],
  pass: Pass | null,
  press: (decision: Decision) => readonly Button[],
): readonly Node[] =>
  decisions.length === 0
    ? []
    : [
        heading(title),
        ...decisions.flatMap((one): readonly Node[] => [
          text({ strong: `${decisionName(one)}: ` }, contentFor(one, pass)?.words ?? 'restricted'),
          ...(press(one).length > 0 ? [buttons(...press(one))] : []),
        ]),
      ]

const MOVED_SHOWN = 200
/** What tells a motion from others on the same item. */
const beginning = (moved: string): string =>
  [...moved].length > MOVED_SHOWN ? `${[...moved].slice(0, MOVED_SHOWN).join('')}…` : moved

function itemNodes(
  { item, motions, decisions, moved, version }: Business,
  { presides, pass }: { readonly presides: boolean; readonly pass: Pass | null },
): readonly Node[] {
  const pending = motions.filter(isPending)
  const decided = decisions.map((one) =>
    note(`${decisionName(one)}: ${contentFor(one, pass)?.words.replace(/\n/g, ' ') ?? 'restricted'}`),
  )
  const ended = motions
    .filter(({ state }) => state === 'withdrawn' || state === 'deferred')
    .map(({ state }) => note(`A motion was ${state}.`))
  // Where there are several, what each of them moves stands above its button.
  const put = pending.flatMap((motion): readonly Node[] => {
    const several = pending.length > 1
    const label = motion.vote
      ? `The vote${several ? ` on motion ${motion.number}` : ''}`
      : several
        ? `Motion ${motion.number}`
        : 'The motion'
    const moved = several ? beginning(wordingFor(motion, pass)?.parts.join(' ') ?? '') : ''
    return [
      ...(moved === '' ? [] : [text(`Motion ${motion.number}: ${moved}`)]),
      buttons({ command: 'votes.motion', subject: motion.id, label, spoken: `${label} on ${itemNumber(motion)}` }),
    ]
  })
  const fresh =
    presides && pending.length === 0 && decisions.length === 0
      ? [buttons(...(isRemoval(item, pass) ? removing(item) : deciding(item, moved, version)))]
      : []
  return [...decided, ...ended, ...put, ...fresh]
}

function isRemoval({ title }: Item, pass: Pass | null): boolean {
  const said = titleFor(title, pass)
  return said !== null && noticeIn(said) !== null
}

/** A removal takes a vote, and is never agreed without one. */
const removing = (item: Item): readonly Button[] => [
  { ...pressItem(item, 'votes.remove_form', 'Put the removal to the vote'), style: 'primary' },
  pressItem(item, 'votes.agree', 'Noted', { how: 'noted', from: 'business' }),
  pressItem(item, 'votes.put_form', 'Put a motion', { what: 'put' }),
]

/** The one press by which most is decided, and what is done where it is not enough. */
const deciding = (item: Item, moved: boolean, version: number | null): readonly Button[] =>
  item.about === 'elections' ? [pressItem(item, 'elections.nominate_form', 'Nominate somebody')] : agreeing(item, moved, version)

const agreeing = (item: Item, moved: boolean, version: number | null): readonly Button[] => [
  moved
    ? {
        ...pressItem(item, 'votes.agree', 'Agreed', {
          how: 'agreed',
          from: 'business',
          ...(version === null ? {} : { paper: String(version) }),
        }),
        style: 'primary' as const,
      }
    : pressItem(item, 'votes.put_form', 'Agreed …', { what: 'resolved' }),
  pressItem(item, 'votes.agree', 'Noted', { how: 'noted', from: 'business' }),
  ...(moved ? [pressItem(item, 'votes.put_form', 'Agreed as amended', { what: 'amended' })] : []),
  pressItem(item, 'votes.put_form', 'Put a motion', { what: 'put' }),
  ...(moved ? [pressItem(item, 'votes.open_form', 'Put to the vote')] : []),
]
