import { boardsMeant, partOf } from '../boards/part/store.js'
import { namedAs } from '../boards/rules.js'
import type { Ruled } from '../boards/store.js'
import type { Asking, Reading, Words } from '../kernel/command.js'
import type { Pass } from '../kernel/restricted.js'
import { folded, isOrder, plainOrder, saysAllTheSame } from '../kernel/sentence.js'
import { dayOf } from '../kernel/time.js'
import { boardDay, type Called, meetingDay } from '../meetings/rules.js'
import { meetingsGoingOn, meetingsMeant, peopleNamed } from '../meetings/store.js'
import { invitedTo } from './invitations/store.js'
import { type Item, numberOf, proposalsOf, titleFor } from './rules.js'
import { standingItemsOn } from './standing/store.js'
import { findAgenda, passFor } from './store.js'

const NUMBER = '(?<number>[a-x]\\d{1,2}|p\\d{1,2})'
const SHOW =
  /^(?:(?:show|see|read|open)(?: me)? |what(?:'s| is) on )?(?:the |our |draft )*agenda(?: (?:of|for) (?:the )?(?<which>.+))?$/i
const PRINT = /^(?:print|export|download) (?:the |our )*(?:agenda|front sheet)(?: (?:of|for) (?:the )?(?<which>.+))?$/i
const DRAFT = /^draft (?:the |an )agenda(?: (?:of|for) (?:the )?(?<which>.+))?$/i
const PROPOSE =
  /^(?:propose|suggest|request|add)(?: (?:an?|the|new|agenda))* item(?: (?:for|to) (?:the )?(?:next |coming )?(?:agenda|meeting))?(?: (?:for (?<purpose>decision|information)))?(?:\s*(?:[:,-]\s*|(?="))(?<title>.+))?$/i
const PLACE = new RegExp(
  `^(?:place|put) ${NUMBER} (?:in|into|under) (?:section )?(?<letter>[a-x])(?:\\s*(?:as|at)?(?: number| item)?\\s*[a-x]?(?<at>\\d{1,2}))?(?:\\s*,?\\s*because (?<reason>.+))?$`,
  'i',
)
const MOVE = new RegExp(
  `^(?:move|put) ${NUMBER} (?<way>to|into|under|before) (?:section )?(?<letter>[a-x])(?<at>\\d{1,2})?$`,
  'i',
)
const HIDE = new RegExp(`^hide ${NUMBER}$`, 'i')
const OFF = new RegExp(
  `^(?<act>withdraw|take off|remove|decline|reject) (?:item |proposal )?${NUMBER}(?:\\s*(?:,|:|\\bbecause\\b|\\bas\\b)\\s*(?:because )?(?<why>.+))?$`,
  'i',
)
const IS = new RegExp(`^(?:item )?${NUMBER}(?: is|:| comes as|,)\\s*(?<what>.+)$`, 'i')
const AGREE =
  /^(?:agree|approve) (?:the |our )*agenda(?: (?:of|for) (?!the chair\b)(?:the (?<which>.*?meeting.*?|meeting of .+)|(?<person>.+)))?$/i
const ASK =
  /^(?:ask for (?:the )?agreement(?: (?:of|to|on) the agenda)?|put the agenda to (?:the )?(?:chair|co-chairs?|vice-chair|board|(?:csp )?(?:executive )?group)(?: (?:to agree|for agreement))?)$/i
const LATE =
  /^add (?:a |the )?late item\s*:?\s*(?<title>.+?) (?:to|in|under) (?:section )?(?<letter>[a-x])\s*(?:,|:)?\s*\b(?:because|as|since)\b\s+(?<reason>.+)$/i
const LATE_FORM = /^add (?:a |the )?late item$/i
/** Up to six words, none of which says for whom or for what: "invite everyone to lunch" names nobody. */
const GUEST =
  "(?!(?:everyone|everybody|all|us|me|them|him|her|you|people|the|a|an|some|any|no)\\b)\\p{L}[\\p{L}.'-]*(?: (?!(?:to|for|of|and|or|with|in|at|on|meeting)\\b)[\\p{L}.'-]+){0,5}"
const INVITE = new RegExp(
  `^invite (?<name>${GUEST})(?: \\(?<?(?<email>[^\\s()<>]+@[^\\s()<>]+?)>?\\)?)?(?:,? of (?<body>(?:(?! to ).)+?))?(?: (?:to|for) (?:item )?(?<number>[a-x]\\d{1,2}))?(?: to (?:the )?(?<which>(?:next |coming )?meeting.*|.+ meeting)| meeting)?$`,
  'iu',
)
const INVITE_FORM = /^invite (?:somebody|someone|a (?:guest|non-member|speaker))$/i
const DISINVITE = /^(?:take back|withdraw|cancel) the invitation (?:of|to|for) (?<name>.+)$/i
const STANDING = /^(?:(?:show|list)(?: me)? )?(?:the |our )?(?:sections and )?standing items$/i
const ADD_STANDING =
  /^add (?:a |the )?standing item\s*:?\s*(?<title>.+?) (?:to|in|under) (?:section )?(?<letter>[a-w])\s*[:,]\s*(?<decision>.+)$/i
const END_STANDING = /^end (?:the )?standing item\s*:?\s*(?<title>.+?)\s*:\s*(?<decision>.+)$/i
const SECTION = /^set section (?<letter>[a-w]) (?:to|as)\s*(?<title>.+?)\s*:\s*(?<decision>.+)$/i

/** What is said in words of one's own, in which the name of a board is no more than a word of them. */
const OWN_WORDS = new RegExp(
  [
    ':.*$',
    '"[^"]*"',
    '\\bbecause\\b.*$',
    '(?<=\\bby ).*$',
    '(?<=^(?:add|end) (?:a |the )?(?:late|standing) item )(?!for\\b).+?(?= (?:to|in|under) (?:section )?[a-x]\\b|\\s*:|$)',
    '(?<=^set section [a-w] (?:to|as) ).+?(?=\\s*:|$)',
    '(?<=^(?:withdraw|take off|remove|decline|reject) (?:item |proposal )?[a-x]\\d{1,2})\\s*(?:,|\\bas\\b).*$',
    '(?<=^invite .* of )(?<!\\bmeeting of ).+?(?= (?:to|for) |$)',
  ].join('|'),
  'gi',
)

/** Every sentence of this feature says one of these; others cost no reading. */
const CONCERNS =
  /\b(?:agenda|items?|section|front sheet|agreement|invitation|[a-x]\d{1,2})\b|^(?:invite|propose|suggest|request)\b/i

type Groups = Readonly<Record<string, string | undefined>>
type Said = readonly Reading[] | Promise<readonly Reading[]>

const reading = (command: string, subject: string, label: string, values: object = {}, certain = true): Reading => ({
  command,
  input: { subject, ...values },
  label,
  certain,
})

/** Every sentence of this feature: its form, and what it asks of each board that may be meant. */
const SENTENCES: readonly (readonly [RegExp, (asking: Asking, ruled: Ruled, groups: Groups) => Said])[] = [
  // "Draft the agenda" is an order, "draft agenda" a question.
  [DRAFT, (asking, ruled, { which }) => ofMeetings(asking, ruled, which, 'agenda.draft', 'Draft the agenda')],
  [SHOW, (asking, ruled, { which }) => ofMeetings(asking, ruled, which, 'agenda.show', 'Agenda')],
  [PRINT, (asking, ruled, { which }) => ofMeetings(asking, ruled, which, 'agenda.print', 'Print the agenda')],
  [LATE_FORM, (asking, ruled) => ofMeetings(asking, ruled, undefined, 'agenda.late_form', 'Add a late item')],
  [
    LATE,
    (asking, ruled, { title, letter, reason }) =>
      ofMeetings(asking, ruled, undefined, 'agenda.add_late', 'Add a late item', { title: unquoted(title), letter, reason }),
  ],
  [
    ADD_STANDING,
    (_, { board }, { title, letter, decision }) => [
      reading('agenda.add_standing', board.id, `Add a standing item: ${board.shortName}`, {
        title: unquoted(title),
        letter,
        decision,
      }),
    ],
  ],
  [END_STANDING, ending],
  [
    SECTION,
    (_, { board }, { letter, title, decision }) => [
      reading('agenda.set_section', board.id, `Set a section: ${board.shortName}`, { letter, title: unquoted(title), decision }),
    ],
  ],
  [INVITE_FORM, (asking, ruled) => ofMeetings(asking, ruled, undefined, 'agenda.invite_form', 'Invite somebody')],
  [INVITE, inviting],
  [DISINVITE, takingBack],
  [STANDING, (_, { board }) => [reading('agenda.standing', board.id, `Standing items: ${board.shortName}`)]],
  [
    PROPOSE,
    (asking, ruled, { title, purpose }) =>
      title === undefined
        ? ofMeetings(asking, ruled, undefined, 'agenda.propose_form', 'Propose an item')
        : ofMeetings(asking, ruled, undefined, 'agenda.propose', `Propose “${title.slice(0, 60)}”`, {
            title: unquoted(title),
            ...(purpose ? { purpose: purpose.toLowerCase() } : {}),
          }),
  ],
  [
    PLACE,
    (asking, ruled, { number, letter, at, reason }) =>
      ofItem(asking, ruled, number, 'agenda.place', 'Place', {
        letter,
        ...(at ? { number: at } : {}),
        ...(reason ? { reason } : {}),
      }),
  ],
  [MOVE, moving],
  [HIDE, (asking, ruled, { number }) => ofItem(asking, ruled, number, 'agenda.place', 'Hide', { letter: 'X' })],
  [OFF, takingOff],
  [ASK, (asking, ruled) => ofMeetings(asking, ruled, undefined, 'agenda.ask', 'Ask for agreement')],
  [AGREE, agreeing],
  [IS, describing],
]

/** Reads what is said of agendas, their items and the standing ones. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const said = plainOrder(sentence)
  if (!CONCERNS.test(said)) return []
  const { boards, rest } = await boardsMeant(asking, said, OWN_WORDS)
  const found = SENTENCES.find(([form]) => form.test(rest))
  if (!found) return []
  const [form, read] = found
  const groups = form.exec(rest)?.groups ?? {}
  const ruled = boards.filter(({ inForce }) => inForce !== null)
  const readings = (await Promise.all(ruled.map((one) => read(asking, one, groups)))).flat()
  return readings.map(({ command, input, certain, ...one }) => ({
    ...one,
    command,
    input: saysAllTheSame(sentence) && command === 'agenda.agree' ? { ...input, allTheSame: 'yes' } : input,
    certain: certain && (isOrder(sentence) || LOOKS.has(command)),
  }))
}

/** What changes nothing is answered, however it was asked for. */
const LOOKS: ReadonlySet<string> = new Set(['agenda.show', 'agenda.print', 'agenda.standing'])

/** “Scrutiny date” is said with or without its quotes. */
const unquoted = (title = ''): string => title.trim().replace(/^(["'])(.+)\1$/, '$2')

/** The next meeting, or the one that is named: "December meeting", or its day alone. */
function meetingsFor(asking: Asking, ruled: Ruled, which = 'next meeting'): Promise<readonly Called[]> {
  const named = /\bmeeting\b/i.test(which) ? which.trim() : `meeting of ${which.trim()}`
  return meetingsMeant(asking.db, ruled.board, named, asking.now)
}

const OF_THE_ROOM = ['agenda.show', 'agenda.print']

async function ofMeetings(
  asking: Asking,
  ruled: Ruled,
  which: string | undefined,
  command: string,
  label: string,
  values: object = {},
): Promise<readonly Reading[]> {
  // At the meeting "the agenda" is its own.
  const now =
    which === undefined && OF_THE_ROOM.includes(command) ? await meetingsGoingOn(asking.db, ruled.board, asking.now) : []
  const meetings = now.length > 0 ? now : await meetingsFor(asking, ruled, which)
  return meetings.map((meeting) =>
    reading(command, meeting.id, `${label}: ${ruled.board.shortName}, ${meetingDay(meeting)}`, values),
  )
}

/** The item of the next meeting that is called by a number, "B2", or among the proposals "P1"; none that they may not see. */
async function itemsCalled(asking: Asking, ruled: Ruled, number: string | undefined): Promise<readonly Item[]> {
  const { db } = asking
  const wanted = number?.toUpperCase() ?? ''
  const [meeting] = await meetingsFor(asking, ruled, undefined)
  const agenda = meeting ? await findAgenda(db, meeting.id) : null
  if (!meeting || !agenda) return []
  const proposal = /^P(\d+)$/.exec(wanted)?.[1]
  const item = proposal ? proposalsOf(agenda)[Number(proposal) - 1] : agenda.items.find((one) => numberOf(one) === wanted)
  if (!item) return []
  return titleFor(item.title, await passOn(asking, ruled, meeting)) === null ? [] : [item]
}

const passOn = async ({ db, actor, now }: Asking, ruled: Ruled, meeting: Called): Promise<Pass | null> =>
  passFor(db, meeting, await partOf(db, ruled, actor.person, boardDay(ruled.board, now), now), actor.person)

async function ofItem(
  asking: Asking,
  ruled: Ruled,
  number: string | undefined,
  command: string,
  label: string,
  values: object,
  certain = true,
): Promise<readonly Reading[]> {
  const items = await itemsCalled(asking, ruled, number)
  const named = `${label} ${number?.toUpperCase()}: ${ruled.board.shortName}`
  return items.map(({ id }) => reading(command, id, named, values, certain))
}

/** "B1 before B3" goes where B3 stands, less the place that B1 leaves: "B1 to B3" goes there. */
async function moving(asking: Asking, ruled: Ruled, { number, way, letter = '', at }: Groups): Promise<readonly Reading[]> {
  const [item] = await itemsCalled(asking, ruled, number)
  const leaves = item?.letter === letter.toUpperCase() && (item.number ?? 0) < Number(at)
  const to = way?.toLowerCase() === 'before' && leaves ? Number(at) - 1 : at
  return ofItem(asking, ruled, number, 'agenda.place', 'Move', { letter, ...(to ? { number: String(to) } : {}) })
}

function takingOff(asking: Asking, ruled: Ruled, { act = '', number, why }: Groups): Said {
  const command = /decline|reject/i.test(act) ? 'agenda.decline' : 'agenda.withdraw'
  const needsWhy = command === 'agenda.decline' && why === undefined
  const label = command === 'agenda.decline' ? 'Decline' : 'Withdraw'
  return ofItem(asking, ruled, number, needsWhy ? 'agenda.decline_form' : command, label, why ? { why } : {})
}

async function agreeing(asking: Asking, ruled: Ruled, { which, person }: Groups): Promise<readonly Reading[]> {
  if (person === undefined) return ofMeetings(asking, ruled, which, 'agenda.agree', 'Agree the agenda')
  const people = await peopleNamed(asking.db, ruled.board, person, dayOf(asking.now, ruled.board.zone).toString())
  const readings = await Promise.all(
    people.map((one) =>
      ofMeetings(asking, ruled, undefined, 'agenda.agree', `Agree the agenda for ${one.name}`, { for: one.id }),
    ),
  )
  return readings.flat()
}

async function ending(asking: Asking, { board }: Ruled, { title, decision }: Groups): Promise<readonly Reading[]> {
  const wanted = folded(unquoted(title))
  const items = await standingItemsOn(asking.db, board.id, dayOf(asking.now, board.zone).toString())
  return items
    .filter((item) => folded(item.title) === wanted)
    .map(({ id, title: name }) =>
      reading('agenda.end_standing', board.id, `End “${name}”: ${board.shortName}`, { item: id, decision }),
    )
}

const PAGES = /,?\s*\b(?:on )?pages? (?<pages>\d{1,4}(?:\s*(?:-|–|to)\s*\d{1,4})?)/i
const PURPOSE = /,?\s*\bfor (?<purpose>decision|information)\b/i
const FORM = /^,?\s*(?:an? )?(?<form>paper to follow|to follow|paper|verbal(?: item| update)?|presentation)\b/i
const PRESENTER = /,?\s*\b(?:by|presented by) (?<presenter>[^,]+)$/i

/** "B1 is a paper for decision, pages 9 to 20, by Ms S Brinson": every part of it, or nothing. */
function describing(asking: Asking, ruled: Ruled, { number, what = '' }: Groups): Said {
  const part = (form: RegExp, name: string) => form.exec(what)?.groups?.[name]?.trim().toLowerCase()
  const presenter = PRESENTER.exec(what)?.groups?.presenter?.trim()
  const form = part(FORM, 'form')
  const rest = [PRESENTER, PAGES, PURPOSE, FORM].reduce((left, one) => left.replace(one, ''), what).replace(/[\s,]+/g, '')
  if (rest !== '') return []
  const pages = part(PAGES, 'pages')
  const purpose = part(PURPOSE, 'purpose')
  const values = {
    ...(form ? { form: form.endsWith('to follow') ? 'to follow' : (form.split(' ')[0] ?? form) } : {}),
    ...(purpose ? { purpose } : {}),
    ...(pages ? { pages } : {}),
    ...(presenter ? { presenter } : {}),
  }
  if (Object.keys(values).length === 0) return []
  // "B1, by far the best" names nobody.
  const isName = presenter === undefined || /^(?:the )?\p{Lu}/u.test(presenter)
  return ofItem(asking, ruled, number, 'agenda.change', 'Change', values, isName)
}

/** "invite Ann Castle (ann.castle@example.org) of Victim Support for B2" */
async function inviting(
  asking: Asking,
  ruled: Ruled,
  { name = '', email, body, number, which }: Groups,
): Promise<readonly Reading[]> {
  const items = number === undefined ? [] : await itemsCalled(asking, ruled, number)
  if (number !== undefined && items.length === 0) return []
  const values = {
    name: name.trim(),
    ...(email ? { email } : {}),
    ...(body ? { organisation: body.trim() } : {}),
    ...(items[0] ? { item: items[0].id } : {}),
  }
  const readings = await ofMeetings(asking, ruled, which, 'agenda.invite', `Invite ${name.trim()}`, values)
  // Who is told by one name, or by no more than small letters, may be nobody.
  const isName = email !== undefined || /^\p{Lu}.* \p{Lu}/u.test(name)
  return readings.map((one) => ({ ...one, certain: one.certain && isName }))
}

/** "take back the invitation of Ann Castle", by who may see whom there is one of */
async function takingBack(asking: Asking, ruled: Ruled, { name = '' }: Groups): Promise<readonly Reading[]> {
  const meetings = await meetingsFor(asking, ruled, undefined)
  const found = await Promise.all(
    meetings.map(async (meeting) => {
      const invited = (await passOn(asking, ruled, meeting)) ? await invitedTo(asking.db, meeting.id) : []
      return namedAs(
        invited.map(({ id, person }) => ({ id, name: person.name })),
        name,
      )
    }),
  )
  return found.flat().map((one) => reading('agenda.disinvite', one.id, `Take back the invitation of ${one.name}`))
}
