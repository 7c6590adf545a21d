import { titleFor } from '../agenda/rules.js'
import { findAgenda } from '../agenda/store.js'
import { boardsMeant, partOf } from '../boards/part/store.js'
import { namedAs } from '../boards/rules.js'
import { peopleOn, type Ruled } from '../boards/store.js'
import type { Asking, Reading, Words } from '../kernel/command.js'
import { folded, isOrder, plainOrder, saysAllTheSame } from '../kernel/sentence.js'
import { boardDay, type Called, meetingDay } from '../meetings/rules.js'
import { meetingsGoingOn, meetingsMeant } from '../meetings/store.js'
import { type Handed, toHand } from './circulation/rules.js'
import { circulationsOf, dispatchesOf, dispatchTo } from './circulation/store.js'
import { type Paper, paperNumber, standing } from './rules.js'
import { papersOf, passForPaper } from './store.js'

const NUMBER = '(?:the )?(?:papers? )?(?:of |for )?(?:item )?(?<number>[a-x]\\d{1,2})'
const OF = '(?: (?:of|for) (?:the )?(?<which>.+?))?'
const SEE = "(?:(?:show|see|list)(?: me)? |what(?:'s| is) in )?"

const SHOW = new RegExp(`^${SEE}(?:the |our |all )*papers${OF}$`, 'i')
const WHICH =
  /^(?:(?:what|which) papers (?:are|have|do we have)\b.*|(?:are|have) (?:all |any )?(?:of )?(?:the |our )?papers (?:in|out|here|there|late|missing|complete|gone|come|been)\b.*|(?:what|who)(?:'s| is) (?:still )?(?:missing|late) (?:of|from|with) (?:the |their )?papers?|where are the papers)$/i
const CIRCULATE = new RegExp(
  `^(?:circulate|send out|send round|dispatch) (?:the |our )*(?:(?:agenda and (?:the )?)?papers|agenda|supplements?|supplementary papers)${OF}(?: (?:to everyone|to all|now))?$`,
  'i',
)
const SEND_ROUND = /^send (?:the |our )*(?:agenda and (?:the )?)?papers (?:out|round|to everyone)(?: now)?$/i
const DISPATCHES =
  /^(?:who (?:has|have) (?:been sent|had|received|got|opened|read) (?:what|the papers|which papers|their papers)(?: already| yet| so far)?|who has not (?:received|opened|read) (?:the|their) papers(?: yet)?)$/i
const RECORD = new RegExp(`^(?:(?:print|show|see|download|export) )?(?:the |our )?dispatch (?:record|notices)${OF}$`, 'i')
const RECEIVED =
  /^(?:(?:i )?(?:have |'ve )?(?:now |just )?(?:received|got|had)|i acknowledge(?: receipt of)?)(?: (?:the|my|all the))? papers(?: (?:safely|all right|fine))?$|^papers (?:safely )?received$/i
const SEE_ONE = new RegExp(
  `^(?:(?:show|see)(?: me)? |what(?:'s| is) (?:with|in|the state of) )${NUMBER}$|^paper (?<alone>[a-x]\\d{1,2})$`,
  'i',
)
const OPEN = new RegExp(`^(?:open|read|download|get|send me|give me) ${NUMBER}$`, 'i')
const SEND = new RegExp(
  `^(?:(?:send|upload|submit|attach) |here(?:'s| is) )(?:in )?(?:my |a |our )?${NUMBER}(?:\\s*[:,]?\\s*(?<link>https?://\\S+))?$|^(?:my |the )?paper for (?:item )?(?<plain>[a-x]\\d{1,2})(?:\\s*[:,]?\\s*(?<at>https?://\\S+))?$`,
  'i',
)
const WRITES = new RegExp(
  `^(?<name>.+?) (?:writes|is writing|will write|is the author of|authors) ${NUMBER}$|^(?:ask|chase) (?<asked>.+?) for ${NUMBER.replace('number', 'forItem')}$`,
  'i',
)
const WRITTEN = new RegExp(
  `^${NUMBER} (?:is |will be )?(?:written|authored|drafted) by (?<name>.+)$|^the author of ${NUMBER.replace('number', 'itsItem')} is (?<author>.+)$`,
  'i',
)
const MARK = new RegExp(
  `^(?:mark )?${NUMBER} (?:is |as |to be )*(?:marked )?(?<marking>official[- ]sensitive|official|not marked|unmarked)$`,
  'i',
)
const TAKE_BACK = new RegExp(
  `^(?:take back|retract|recall) ${NUMBER}(?:\\s*(?:,|:|\\bbecause\\b|\\bas\\b)\\s*(?:because )?(?<why>.+))?$`,
  'i',
)
const HOW = '(?:by |in |through |with )?(?:a )?(?<how>post|mail|letter|e-?mail|secure (?:method|e-?mail|courier)|person|hand)'
const HANDED = new RegExp(
  `^(?<name>.+?) (?:has|got|received|was sent|was given|has (?:had|got|received)) (?:the|their|her|his)(?: restricted)? papers (?:${HOW})$|^(?:i )?(?:have )?(?:posted|emailed|handed|sent|given) the(?: restricted)? papers to (?<to>.+?) (?:${HOW.replace('how', 'way')})$`,
  'i',
)

/** Every sentence of this feature holds one of these; others cost no reading. */
const CONCERNS =
  /\bpapers?\b|\bdispatch\b|\bcirculate\b|\bsent what\b|\b(?:send|out|dispatch) .*(?:agenda|supplement)|\b[a-x]\d{1,2}\b/i
/** In these a board's name is no more than a word. */
const OWN_WORDS = /\bbecause\b.*$|(?<=^(?:take back|retract|recall) .*?[a-x]\d{1,2})\s*(?:,|:|\bas\b).*$|https?:\/\/\S+/gi

type Groups = Readonly<Record<string, string | undefined>>
type Said = Promise<readonly Reading[]>

const reading = (command: string, subject: string, label: string, values: object = {}, certain = true): Reading => ({
  command,
  input: { subject, ...values },
  label,
  certain,
})

/** Every sentence of this feature: its form, and what it asks of each board that may be meant. */
const SENTENCES: readonly (readonly [RegExp, (asking: Asking, ruled: Ruled, groups: Groups) => Said])[] = [
  [SHOW, (asking, ruled, { which }) => ofMeetings(asking, ruled, which, 'papers.show', 'Papers')],
  [WHICH, (asking, ruled) => ofMeetings(asking, ruled, undefined, 'papers.show', 'Papers')],
  [CIRCULATE, (asking, ruled, { which }) => ofMeetings(asking, ruled, which, 'papers.circulate', 'Circulate the papers')],
  [SEND_ROUND, (asking, ruled) => ofMeetings(asking, ruled, undefined, 'papers.circulate', 'Circulate the papers')],
  [DISPATCHES, (asking, ruled) => ofMeetings(asking, ruled, undefined, 'papers.dispatches', 'Who has been sent what')],
  [RECORD, (asking, ruled, { which }) => ofMeetings(asking, ruled, which, 'papers.record', 'Dispatch record')],
  [RECEIVED, receiving],
  [HANDED, handing],
  [
    SEND,
    (asking, ruled, { number, plain, link, at }) => {
      const address = link ?? at
      const [command, values] = address === undefined ? ['papers.send_form', {}] : ['papers.send', { link: address }]
      return ofPaper(asking, ruled, number ?? plain, ({ item }) => [item.id, command, 'Send the paper of', values])
    },
  ],
  [
    SEE_ONE,
    (asking, ruled, { number, alone }) =>
      ofPaper(asking, ruled, number ?? alone, ({ item }) => [item.id, 'papers.paper', 'Paper']),
  ],
  [OPEN, opening],
  [TAKE_BACK, takingBack],
  [
    MARK,
    (asking, ruled, { number, marking = '' }) =>
      ofPaper(asking, ruled, number, ({ item }) => [
        item.id,
        'papers.describe',
        `Mark as ${markingOf(marking)}`,
        { marking: markingOf(marking) },
      ]),
  ],
  [WRITTEN, (asking, ruled, { number, itsItem, name, author }) => writing(asking, ruled, number ?? itsItem, name ?? author)],
  [WRITES, (asking, ruled, { number, forItem, name, asked }) => writing(asking, ruled, number ?? forItem, name ?? asked)],
]

/** Reads what is said of papers: who writes them, what is in, what goes out to whom, and what has come. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const said = plainOrder(sentence)
  if (!CONCERNS.test(said)) return []
  const { boards, rest } = await boardsMeant(asking, said, OWN_WORDS)
  const found = SENTENCES.filter(([form]) => form.test(rest))
  const ruled = boards.filter(({ inForce }) => inForce !== null)
  for (const [form, read] of found) {
    const groups = form.exec(rest)?.groups ?? {}
    const readings = (await Promise.all(ruled.map((one) => read(asking, one, groups)))).flat()
    if (readings.length === 0) continue
    return readings.map(({ command, input, certain, ...one }) => ({
      ...one,
      command,
      input: saysAllTheSame(sentence) && command === 'papers.circulate' ? { ...input, allTheSame: 'yes' } : input,
      certain: certain && (isOrder(sentence) || LOOKS.has(command)),
    }))
  }
  return []
}

/** What changes nothing is answered, however it was asked for. */
const LOOKS: ReadonlySet<string> = new Set([
  'papers.show',
  'papers.paper',
  'papers.dispatches',
  'papers.record',
  'papers.send_form',
  'papers.retract_form',
])

const markingOf = (said: string): string => (/not|un/i.test(said) ? 'none' : said.toUpperCase().replace(' ', '-'))

/** The meeting that is going on or the next one; or the one that is named: "December", or its day alone. */
async function meetingsFor(asking: Asking, { board }: Ruled, which?: string): Promise<readonly Called[]> {
  const going = which === undefined ? await meetingsGoingOn(asking.db, board, asking.now) : []
  if (going.length > 0) return going
  const named = which === undefined ? 'next meeting' : /\bmeeting\b/i.test(which) ? which.trim() : `meeting of ${which.trim()}`
  return meetingsMeant(asking.db, board, named, asking.now)
}

const ofMeetings = async (asking: Asking, ruled: Ruled, which: string | undefined, command: string, label: string) =>
  (await meetingsFor(asking, ruled, which)).map((meeting) =>
    reading(command, meeting.id, `${label}: ${ruled.board.shortName}, ${meetingDay(meeting)}`),
  )

/** The papers of the next meeting that are called by a number, "B2"; none of which they may not know. */
async function papersCalled(asking: Asking, ruled: Ruled, number = ''): Promise<readonly Paper[]> {
  const { db, actor, now } = asking
  const [meeting] = await meetingsFor(asking, ruled)
  const agenda = meeting ? await findAgenda(db, meeting.id) : null
  const paper = agenda && (await papersOf(db, agenda)).find((one) => paperNumber(one) === number.toUpperCase())
  if (!meeting || !paper) return []
  const part = await partOf(db, ruled, actor.person, boardDay(ruled.board, now), now)
  return titleFor(paper.item.title, await passForPaper(db, meeting, part, actor.person, paper)) === null ? [] : [paper]
}

type Asked = readonly [subject: string, command: string, label: string, values?: object, certain?: boolean]

async function ofPaper(asking: Asking, ruled: Ruled, number: string | undefined, ask: (paper: Paper) => Asked): Said {
  return (await papersCalled(asking, ruled, number)).map((paper) => {
    const [subject, command, label, values, certain] = ask(paper)
    return reading(command, subject, `${label} ${paperNumber(paper)}: ${ruled.board.shortName}`, values, certain)
  })
}

/** Of a paper that is not in there is nothing to open: it is shown how it stands. */
function opening(asking: Asking, ruled: Ruled, { number }: Groups): Said {
  return ofPaper(asking, ruled, number, (paper) => {
    const version = standing(paper)
    return version ? [version.id, 'papers.open', 'Open'] : [paper.item.id, 'papers.paper', 'Paper']
  })
}

function takingBack(asking: Asking, ruled: Ruled, { number, why }: Groups): Said {
  return ofPaper(asking, ruled, number, (paper) => {
    const version = standing(paper)
    if (!version) return [paper.item.id, 'papers.paper', 'Paper']
    return why === undefined
      ? [version.id, 'papers.retract_form', 'Take back']
      : [version.id, 'papers.retract', 'Take back', { why }]
  })
}

/** "Ms S Brinson writes B2": somebody of the board, or else a name, which is asked about. */
async function writing(asking: Asking, ruled: Ruled, number: string | undefined, said = ''): Said {
  const people = namedAs(await peopleOn(asking.db, ruled.board.id, boardDay(ruled.board, asking.now)), said)
  const own = /^(?:i|me|myself)$/i.test(said.trim())
  if (people.length === 0 && (own || !/^\p{Lu}[\p{L}.'-]*(?: [\p{L}.'-]+){1,4}$/u.test(said))) return []
  const authors =
    people.length > 0
      ? people.map(({ id, name }) => ({ name, values: { author: id } }))
      : [{ name: said.trim(), values: { name: said.trim() } }]
  const readings = await Promise.all(
    authors.map(({ name, values }) =>
      ofPaper(asking, ruled, number, ({ item }) => [item.id, 'papers.describe', `${name} writes`, values, people.length > 0]),
    ),
  )
  return readings.flat()
}

/** "Papers received": of what was sent to the speaker last and not acknowledged yet. */
async function receiving(asking: Asking, ruled: Ruled): Said {
  const { db, actor } = asking
  const [meeting] = await meetingsFor(asking, ruled)
  const sent = meeting ? await circulationsOf(db, meeting.id) : []
  const all = await Promise.all(sent.map(async ({ id }) => ({ id, to: await dispatchTo(db, id, actor.person) })))
  const own = all.filter(({ to }) => to !== null)
  const last = own.findLast(({ to }) => to?.received === null) ?? own.at(-1)
  return last && meeting
    ? [reading('papers.received', last.id, `Received: ${ruled.board.shortName}, ${meetingDay(meeting)}`)]
    : []
}

const WAYS: readonly (readonly [RegExp, Handed])[] = [
  [/^secure/i, 'secure method'],
  [/mail$/i, 'email'],
  [/^(?:post|letter)$/i, 'post'],
  [/^(?:person|hand)$/i, 'in person'],
]

/** "Alan Pughsley has the papers by post": one of those to whom something is still to be handed. */
async function handing(asking: Asking, ruled: Ruled, { name, to, how, way }: Groups): Said {
  const said = how ?? way ?? ''
  const handed = /^mail$/i.test(said) ? 'post' : WAYS.find(([form]) => form.test(said))?.[1]
  const [meeting] = await meetingsFor(asking, ruled)
  if (!meeting || !handed) return []
  const wanted = folded(name ?? to ?? '').trim()
  return (await dispatchesOf(asking.db, meeting.id)).flatMap(({ id, people }) => {
    const waits = people.filter((one) => toHand(one) !== null).map(({ person }) => person)
    return namedAs(waits, wanted).map((person) =>
      reading('papers.hand', id, `${person.name} has the papers, ${handed}`, { person: person.id, how: handed }),
    )
  })
}
