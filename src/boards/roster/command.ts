import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { audienceOf, isOperator, personOf } from '../../kernel/actor.js'
import { type About, type Acting, type Asking, act, cardReply, formReply, query, type Reply } from '../../kernel/command.js'
import { BoardId, FileId } from '../../kernel/ids.js'
import { markOf } from '../../kernel/mark.js'
import { Refusal } from '../../kernel/refusal.js'
import { folded } from '../../kernel/sentence.js'
import { dayOf } from '../../kernel/time.js'
import { boardOr } from '../adoption/command.js'
import { dayFrom } from '../adoption/rules.js'
import { type Passing, passings } from '../offices/passing.js'
import { tenuresOf } from '../offices/store.js'
import { hasPart, isClerk } from '../part/rules.js'
import type { Standing } from '../part/store.js'
import { namedAs } from '../rules.js'
import type { InForce } from '../store.js'
import type { Terms } from '../terms.js'
import { type Appointment, appointed, appointmentInWords, ended, partsOf } from './appointing.js'
import { type Change, changesOf } from './changes.js'
import { miscounted } from './counted.js'
import { inDays } from './days.js'
import { officesOf } from './offices.js'
import { personKey } from './people.js'
import { type Roster, type RosterPerson, rosterFrom } from './rules.js'
import { applyChanges, deferring, findFile, keepFile, knownPeople, lastMeetingDay, markImported, rosterOf } from './store.js'
import { readRoster } from './text.js'
import { appointForm, changesCard, endForm, faultsInWords, LARGEST_ROSTER, openings, rosterCard, rosterForm } from './view.js'

/** A board whose terms say how its roster is judged. */
type Judging = Standing & { readonly inForce: InForce }

const NO_TERMS =
  'This board has no approved terms of reference yet, by which its roster would be judged. Record their approval first.'

async function judgingOr(asking: Asking, board: string | null): Promise<Judging> {
  const standing = await boardOr(asking, board)
  if (!standing.inForce) throw new Refusal('conflict', NO_TERMS)
  return { ...standing, inForce: standing.inForce }
}

const ofBoard = {
  load: (asking: Asking, { subject }: About): Promise<Judging> => judgingOr(asking, subject),
  allow: (_: unknown, { part }: Judging): boolean => isClerk(part),
  board: ({ board }: Judging): string => board.id,
}

const present = ({ db }: Asking, { board, day }: Judging): Promise<Roster> => rosterOf(db, board.tenant, board.id, day)

/** Who is on a board, and what its terms make of that. */
const shown = async (asking: Asking, judging: Judging): Promise<Reply> => {
  const { board, inForce, part, day } = judging
  const roster = await present(asking, judging)
  const warnings = isClerk(part) ? miscounted(inForce.terms, roster.seats, roster.organisations) : []
  return cardReply(rosterCard(board, roster, { warnings, may: { change: isClerk(part) }, day }, audienceOf(asking.actor)))
}

export const roster = query({
  name: 'boards.roster',
  input: z.object({ subject: BoardId }),
  load: ofBoard.load,
  allow: (_, { part }) => hasPart(part),
  run: (asking, _, judging) => shown(asking, judging),
})

export const rosterAsk = query({
  name: 'boards.roster_form',
  input: z.object({ subject: BoardId }),
  load: ofBoard.load,
  allow: ofBoard.allow,
  run: async ({ actor }, _, { board }) => formReply(rosterForm(board, audienceOf(actor))),
})

const ROSTER_FILE = z
  .string('Choose the file of the roster.')
  .min(1, 'Choose the file of the roster.')
  .max(
    Math.ceil(LARGEST_ROSTER / 3) * 4,
    `That file is larger than ${LARGEST_ROSTER / 1024} KB, and a roster is not. Choose the right one.`,
  )

interface Judged {
  readonly changes: readonly Change[]
  readonly warnings: readonly string[]
  /** where the board had no roster */
  readonly first: { readonly roster: Roster; readonly day: string } | null
}

/** What a file would change. @throws Refusal `invalid` with every fault at its row and column */
async function judged(asking: Asking, judging: Judging, base64: string): Promise<Judged> {
  const { board, inForce, day } = judging
  const read = readRoster(new Uint8Array(Buffer.from(base64, 'base64')))
  const known = { people: await knownPeople(asking.db, board.tenant) }
  const wanted = 'lines' in read ? rosterFrom(read.lines, inForce.terms, known) : read
  if (!('roster' in wanted)) {
    const sentence = faultsInWords(wanted.faults)
    throw new Refusal('invalid', sentence, undefined, { file: sentence })
  }
  const before = await present(asking, judging)
  const { roster, warnings } = isOperator(asking.actor)
    ? { roster: wanted.roster, warnings: [] }
    : await deferring(asking.db, wanted.roster, { tenant: board.tenant, board: board.id, clerk: asking.actor.person, day })
  const first = before.seats.length === 0 ? { roster, day } : null
  return { changes: changesOf(before, roster, day), warnings: [...wanted.warnings, ...warnings], first }
}

/** What a file would change, without keeping it. */
export const checkRoster = query({
  name: 'boards.check_roster',
  input: z.object({ subject: BoardId, file: ROSTER_FILE }),
  load: ofBoard.load,
  allow: ofBoard.allow,
  async run(asking, { file }, judging) {
    const found = await judged(asking, judging, file)
    return cardReply(changesCard(judging.board, { ...found, file: null }, false, audienceOf(asking.actor)))
  },
})

/** Keeps a file, and shows what it would change; nothing changes yet. */
export const readRosterFile = act({
  ...ofBoard,
  name: 'boards.read_roster',
  input: z.object({ subject: BoardId, file: ROSTER_FILE, name: z.string().max(200).default('roster.csv') }),
  journaled: ({ file, ...rest }) => ({ ...rest, file: markOf(file) }),
  async run(acting, input, judging) {
    const found = await judged(acting, judging, input.file)
    const { db, actor, now } = acting
    const file = await keepFile(db, {
      board: judging.board.id,
      name: input.name,
      content: input.file,
      at: now,
      by: personOf(actor),
    })
    return {
      reply: cardReply(changesCard(judging.board, { ...found, file }, false, audienceOf(actor))),
      outcome: { file, changes: found.changes.length },
    }
  },
  redraw: ({ actor }, { board }) =>
    cardReply({ title: `The file of ${board.shortName} was read`, audience: audienceOf(actor), body: [] }),
})

interface OfFile extends Judging {
  readonly file: NonNullable<Awaited<ReturnType<typeof findFile>>>
}

async function fileOr(asking: Asking, { subject }: About): Promise<OfFile> {
  const file = await findFile(asking.db, subject)
  const judging = await judgingOr(asking, file?.board_id ?? null)
  if (!file) throw new Refusal('not_found', 'I know of no such file. Send the roster again.')
  return { ...judging, file }
}

/** Makes the roster what a kept file says, all of it or none. */
export const importRoster = act({
  name: 'boards.import_roster',
  input: z.object({ subject: FileId }),
  load: fileOr,
  allow: (_, { part }) => isClerk(part),
  board: ({ board }) => board.id,
  async run(acting, _, judging) {
    const { board, file } = judging
    if (file.state === 'imported')
      throw new Refusal('conflict', 'That file is imported already. Send a new one to change the roster.')
    if (file.state === 'replaced')
      throw new Refusal('conflict', 'Another file was sent after this one. Import that one, or send this one again.')
    const found = await judged(acting, judging, file.content)
    const passing = await applied(acting, judging, found.changes)
    // With a first roster nothing passes: that is how the board begins.
    const passed = found.first ? [] : passing
    await markImported(acting.db, file.id)
    return {
      reply: cardReply(changesCard(board, { ...found, file: null }, true, audienceOf(acting.actor))),
      outcome: { file: file.id, changes: found.changes.length, passed, terms: judging.inForce.termsId },
    }
  },
  redraw: ({ actor }, { board }) =>
    cardReply({ title: `The roster is imported: ${board.shortName}`, audience: audienceOf(actor), body: [] }),
})

const groupsOf = (terms: Terms, found: Roster): readonly string[] => [
  ...new Set([
    ...[terms.agenda.agreed, terms.agenda.proposed, terms.calling.ordinary, terms.calling.extraordinary].flatMap(
      ({ by }) => by.groups,
    ),
    ...terms.delegated.map(({ to }) => to),
    ...found.groups.map(({ group }) => group),
  ]),
]

export const appointAsk = query({
  name: 'boards.appoint_form',
  input: z.object({ subject: BoardId }),
  load: ofBoard.load,
  allow: ofBoard.allow,
  async run(asking, _, judging) {
    const found = await present(asking, judging)
    const { terms } = judging.inForce
    const openTo = openings(
      found,
      terms.offices.map(({ office }) => office),
      groupsOf(terms, found),
    )
    return formReply(appointForm(judging.board, openTo, audienceOf(asking.actor)))
  },
})

const text = z.string().min(1).max(300)
const Appointing = z.union([
  z.object({ as: z.enum(['representative', 'deputy']), organisation: text, seat: text }),
  z.object({ as: z.literal('colleague'), organisation: text }),
  z.object({ as: z.literal('in attendance') }),
  z.object({ as: z.literal('office'), office: z.enum(['chair', 'vice-chair', 'co-chair', 'clerk']), acting: z.boolean() }),
  z.object({ as: z.literal('group'), group: text }),
])

/** A choice of a form, which is JSON. @throws Refusal at the field */
function chosen<Schema extends z.ZodType>(schema: Schema, json: string, field: string, sentence: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(json))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new Refusal('invalid', sentence, undefined, { [field]: sentence })
    throw error
  }
}

/**
 * The person of that address or name, known here or to the house, as they are called there; else a new one.
 * @throws Refusal at the field `email`: where several have the name, or the address is another's
 */
function personFor(
  found: Roster,
  known: readonly { name: string; email: string | null }[],
  name: string,
  email: string | null,
): RosterPerson {
  const key = personKey(name, email)
  const called = (one: { readonly name: string }): boolean => folded(one.name) === folded(name)
  const reached = (one: { readonly email: string | null }): boolean => one.email?.toLowerCase() === key
  const meant = (one: { readonly name: string; readonly email: string | null }) => (email === null ? called(one) : reached(one))
  const here = found.people.filter(meant)
  const [one, another] = here.length > 0 ? here : known.filter(meant)
  if (email === null && another) {
    const sentence = `Several people are called ${name}. Give the email of the one whom you mean.`
    throw new Refusal('unclear', sentence, undefined, { email: sentence })
  }
  if (one && email !== null && !sameName(one.name, name)) {
    const sentence = `${email} is the address of ${one.name}. Give that of ${name}, or say ${one.name}.`
    throw new Refusal('conflict', sentence, undefined, { email: sentence })
  }
  const person = found.people.find((two) => two === one)
  if (person) return person
  const { name: as, email: address } = one ?? { name, email }
  return { key: personKey(as, address), name: as, email: address, telephone: null }
}

/** Whether two names can be one person's: all the words of one are in the other, as in "Cllr Ann Castle" and "Ann Castle". */
const sameName = (one: string, other: string): boolean =>
  namedAs([{ id: '', name: one }], other).length > 0 || namedAs([{ id: '', name: other }], one).length > 0

/** What is over stays as it was: who sat at a meeting is for its notes to correct. @throws Refusal `too_late` at the field */
async function afterLastMeeting({ db, now }: Asking, { board }: Judging, from: string): Promise<void> {
  const last = await lastMeetingDay(db, board.id, board.zone, now)
  if (last === null || from > last || from === dayOf(now, board.zone).toString()) return
  const sentence = `The board met on ${inDays(last)}, and who sat there stays so. Choose a later day.`
  throw new Refusal('too_late', sentence, undefined, { from: sentence })
}

const NAME = 'Say who, by name.'

/** Appoints somebody from a day on; whoever held it is followed by them, and what was before stays. */
export const appoint = act({
  ...ofBoard,
  name: 'boards.appoint',
  input: z.object({
    subject: BoardId,
    to: z.string('Choose to what.').min(1, 'Choose to what.').max(1_000),
    name: z.string(NAME).trim().min(2, NAME).max(120, 'That is too long to be a name.'),
    email: z
      .union([z.literal(''), z.email('That is no email address. Write it as in ann.castle@example.org, or leave it blank.')])
      .optional(),
    post: z.string().trim().max(200, 'That is too long to be a post.').optional(),
    from: z.string().max(20).optional(),
  }),
  async run(acting, input, judging) {
    const { db } = acting
    const { board, day, inForce } = judging
    const found = await present(acting, judging)
    const to = chosen(Appointing, input.to, 'to', 'Choose to what, from the list.')
    open(to, found)
    const person = personFor(found, await knownPeople(db, board.tenant), input.name, input.email || null)
    const from = dayFrom(input.from, 'from')?.toString() ?? day
    await afterLastMeeting(acting, judging, from)
    datedOnly(to, from, day)
    const shared = to.as === 'office' && (to.office === 'co-chair' || sharedBy(inForce.terms, to.office))
    const wanted = appointed(found, { person, to, post: input.post ?? '', shared }, from)
    const warnings = to.as === 'office' ? mayHold(inForce.terms, wanted, person, to, from) : []
    return changed(acting, judging, found, wanted, { person: person.key, to, from }, warnings)
  },
  redraw: ({ actor }, { board }) =>
    cardReply({ title: `The roster of ${board.shortName} is changed`, audience: audienceOf(actor), body: [] }),
})

const sharedBy = ({ offices }: Terms, office: string): boolean => offices.some((rule) => rule.office === office && rule.shared)

/** @throws Refusal where a day is given to what has none: who is of a body is so from when it is said until it is unsaid */
function datedOnly({ as }: Appointment, from: string, day: string): void {
  if (as !== 'colleague' || from <= day) return
  const sentence =
    'Who is of a body is so at once, and no longer at once: a colleague has no first or last day. Say it on the day.'
  throw new Refusal('too_early', sentence, undefined, { from: sentence })
}

/** @throws Refusal where the seat or the body is not on the roster */
function open(to: Appointment, { seats }: Roster): void {
  if (!('organisation' in to)) return
  const there = seats.some((seat) => seat.organisation === to.organisation && (!('seat' in to) || seat.title === to.seat))
  if (there) return
  const sentence = `${to.organisation} has no such seat here. Give it one in the roster file first.`
  throw new Refusal('not_found', sentence, undefined, { to: sentence })
}

/** @throws Refusal where the terms say who may hold the office, and this is none of them; what is only unwise comes back */
function mayHold(
  terms: Terms,
  wanted: Roster,
  { key, name }: RosterPerson,
  { office, acting }: Extract<Appointment, { as: 'office' }>,
  from: string,
): readonly string[] {
  const row = { ...BLANK, name, key, offices: [{ office, acting }], from }
  const { faults, warnings } = officesOf([row], terms, wanted)
  const [fault] = faults
  if (fault)
    throw new Refusal('not_permitted', `${fault.sentence.charAt(0).toUpperCase()}${fault.sentence.slice(1)}.`, undefined, {
      to: fault.sentence,
    })
  // Of one row it cannot be said who holds the other offices.
  return warnings.filter((warning) => !warning.startsWith('There is no '))
}

const BLANK = {
  row: 0,
  organisation: null,
  shortName: null,
  formerly: [],
  standsFor: [],
  seat: null,
  standing: null,
  role: 'in attendance',
  post: null,
  email: null,
  telephone: null,
  answersFor: null,
  groups: [],
  lastDay: null,
} as const

/** Does what changes a roster. @returns the offices that pass by it, for others to follow */
async function applied({ db }: Acting, { board, day }: Judging, changes: readonly Change[]): Promise<readonly Passing[]> {
  const ofOffices = changes.some(({ change }) => change.startsWith('office '))
  const before = ofOffices ? await tenuresOf(db, board.id) : []
  await applyChanges(db, { tenant: board.tenant, board: board.id, day }, changes)
  return ofOffices ? passings(before, await tenuresOf(db, board.id), Temporal.PlainDate.from(day)) : []
}

async function changed(
  acting: Acting,
  judging: Judging,
  found: Roster,
  wanted: Roster,
  outcome: Readonly<Record<string, unknown>>,
  warnings: readonly string[] = [],
) {
  const { board, day, inForce } = judging
  const changes = changesOf(found, wanted, day)
  if (changes.length === 0) throw new Refusal('conflict', 'That is so already. Say “roster” to see who is on the board.')
  const passed = await applied(acting, judging, changes)
  return {
    reply: cardReply(changesCard(board, { changes, warnings, file: null, first: null }, true, audienceOf(acting.actor))),
    outcome: { ...outcome, passed, terms: inForce.termsId },
  }
}

export const endAsk = query({
  name: 'boards.end_form',
  input: z.object({ subject: BoardId }),
  load: ofBoard.load,
  allow: ofBoard.allow,
  async run(asking, _, judging) {
    const found = await present(asking, judging)
    const parts = found.people.flatMap(({ key }) => partsOf(found, key).map((of) => ({ person: key, of })))
    if (parts.length === 0) throw new Refusal('not_found', 'There is nobody on the roster yet.')
    return formReply(endForm(judging.board, found, parts, audienceOf(asking.actor)))
  },
})

const Part = z.object({ person: z.string().min(1).max(300), of: Appointing })

/** Ends somebody's part from a day on; what was before stays. */
export const end = act({
  ...ofBoard,
  name: 'boards.end',
  input: z.object({
    subject: BoardId,
    part: z.string('Choose who, and what.').min(1, 'Choose who, and what.').max(1_500),
    from: z.string().max(20).optional(),
  }),
  async run(acting, input, judging) {
    const found = await present(acting, judging)
    const { person, of } = chosen(Part, input.part, 'part', 'Choose who, and what, from the list.')
    const from = dayFrom(input.from, 'from')?.toString() ?? judging.day
    await afterLastMeeting(acting, judging, from)
    const held = partsOf(found, person).some((one) => appointmentInWords(one) === appointmentInWords(of))
    if (!held) throw new Refusal('not_found', 'They do not hold that. Say “roster” to see who holds what.')
    datedOnly(of, from, judging.day)
    return changed(acting, judging, found, ended(found, person, of, from), { person, of, from })
  },
  redraw: ({ actor }, { board }) =>
    cardReply({ title: `The roster of ${board.shortName} is changed`, audience: audienceOf(actor), body: [] }),
})
