import type { Temporal } from 'temporal-polyfill'
import type { Asking, Reading, Words } from '../../kernel/command.js'
import { Refusal } from '../../kernel/refusal.js'
import { saidDay } from '../../kernel/said-time.js'
import { folded } from '../../kernel/sentence.js'
import { dayOf } from '../../kernel/time.js'
import { boardsMeant } from '../part/store.js'
import { type Board, type Named, namedAs } from '../rules.js'
import type { Ruled } from '../store.js'
import { type Appointment, appointmentInWords, partsOf } from './appointing.js'
import type { Roster } from './rules.js'
import { rosterOf, waitingFile } from './store.js'

const BEFORE = /^(?:(?:hi|hello|please|ok|okay|quorate|can you|could you|i want to|i would like to|i'd like to)\b[\s,.!:-]*)*/i
const AFTER = /[\s,.!?-]*(?:\b(?:many thanks|thanks|thank you|please|cheers)\b[\s,.!-]*)*$/i
const SHOW =
  /^(?:(?:show|see)(?: me)? )?(?:the |our )?(?:roster|membership|members)$|^who(?:'s| is| are) (?:on|members of)(?: the)?(?: board)?$|^who(?:'s| is) on the roster$/
const READ =
  /^(?:(?:read|take|here is|check) )?(?:this|the|a|our) (?:new )?(?:roster|file)(?: file)?$|^(?:read|send|check) (?:a|the) roster$/
const IMPORT = /^import (?:it|the roster|this roster)$/
/** No sentence of this feature lacks one of these; others cost no reading. */
const CONCERNS = /roster|^who.* (?:on|of)\b|member|\bfile\b|^import\b|^appoint\b|replace|succeed|takes over|^end\b|^remove\b/i

const APPOINT = /^appoint (?<who>.+?)(?: \(?<?(?<email>[^\s()<>]+@[^\s()<>]+?)>?\)?)?,? (?:as|to be|to the|to|for) (?<what>.+)$/i
const REPLACE =
  /^(?<who>.+?)(?: \(?<?(?<email>[^\s()<>]+@[^\s()<>]+?)>?\)?)?,? (?:replaces|succeeds|takes over from|will replace|is to replace) (?<whom>.+)$/i
const END = /^(?:end|remove) (?<who>.+?) (?:as|from being) (?<what>.+)$/i

const WHICH = 'Say for which board, as in “read this roster for KCSP”, and attach the file again.'

/** Reads the roster's file, appointments, successions and endings, and the question who is on the board. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const said = sentence.replace(BEFORE, '').replace(AFTER, '')
  if (!CONCERNS.test(said)) return []
  const { boards, rest } = await boardsMeant(asking, said)
  const plain = folded(rest)
  const file = asking.file !== null && /\.(?:csv|txt)$/i.test(asking.file.name) ? asking.file : null
  const about = (command: string, label: string, values: object = {}): readonly Reading[] =>
    boards.map(({ board }) => ({
      command,
      input: { subject: board.id, ...values },
      label: `${label}: ${board.shortName}`,
      certain: true,
    }))
  // "The roster" with a file is one to read, and without one a question.
  if (file === null && SHOW.test(plain)) return about('boards.roster', 'The roster')
  if (READ.test(plain) && (file !== null || plain.includes('roster'))) {
    if (file !== null && boards.length > 1) throw new Refusal('unclear', WHICH)
    return file === null
      ? about('boards.roster_form', 'Send a roster')
      : about('boards.read_roster', 'Read the roster', { file: file.base64, name: file.name })
  }
  if (IMPORT.test(plain)) return importing(asking, boards)
  // A board's name is often that of a body, which the sentence needs: its own words are read again.
  return (await Promise.all(boards.map((ruled) => changing(asking, ruled, [rest, said])))).flat()
}

async function importing({ db }: Asking, boards: readonly Ruled[]): Promise<readonly Reading[]> {
  const found = await Promise.all(
    boards.map(async ({ board }) => {
      const file = await waitingFile(db, board.id)
      const label = `Import the roster: ${board.shortName}`
      return file === null ? [] : [{ command: 'boards.import_roster', input: { subject: file }, label, certain: true }]
    }),
  )
  return found.flat()
}

async function changing(asking: Asking, { board }: Ruled, sentences: readonly string[]): Promise<readonly Reading[]> {
  if (!sentences.some((one) => APPOINT.test(one) || REPLACE.test(one) || END.test(one))) return []
  const today = dayOf(asking.now, board.zone)
  const roster = await rosterOf(asking.db, board.tenant, board.id, today.toString())
  for (const sentence of sentences) {
    const readings = changesMeant(board, roster, dated(sentence, today))
    if (readings.length > 0) return readings
  }
  return []
}

interface Dated {
  readonly rest: string
  /** `YYYY-MM-DD` */
  readonly from: string | null
}

const FROM = /^(?<rest>.*\S)[\s,]+(?:from|on|as of) (?<day>[^,]+)$/i

/** The sentence without the one day with which it ends, as in "from 1 January 2027": "takes over from NAME on Monday" has it last. */
function dated(sentence: string, today: Temporal.PlainDate): Dated {
  const { rest = '', day = '' } = FROM.exec(sentence)?.groups ?? {}
  const said = saidDay(day, today)
  const [from, another] = said && 'days' in said ? said.days : []
  if (!from || another) return { rest: sentence, from: null }
  return { rest: rest.replace(/[\s,]+(?:with effect|as)$/i, ''), from: from.toString() }
}

function changesMeant(board: Board, roster: Roster, { rest, from }: Dated): readonly Reading[] {
  const starting = from === null ? {} : { from }
  const appoint = APPOINT.exec(rest)?.groups
  if (appoint) {
    const { who = '', email, what = '' } = appoint
    const values = { name: nameIn(roster, who), ...(email ? { email } : {}), ...starting }
    return appointmentsMeant(roster, what).map((to) => ({
      command: 'boards.appoint',
      input: { subject: board.id, to: JSON.stringify(to), ...values },
      label: `Appoint ${who} ${appointmentInWords(to)}`,
      certain: true,
    }))
  }
  const replace = REPLACE.exec(rest)?.groups
  if (replace) {
    const { who = '', email, whom = '' } = replace
    const [name = '', as] = whom.split(/ as /)
    const values = { name: nameIn(roster, who), ...(email ? { email } : {}), ...starting }
    return peopleIn(roster, name).flatMap(({ id }) =>
      partsOf(roster, id)
        .filter((one) => (as === undefined ? one.as === 'representative' || one.as === 'office' : fits(one, as)))
        .map((to) => ({
          command: 'boards.appoint',
          input: { subject: board.id, to: JSON.stringify(to), ...values },
          label: `${who} follows ${name} as ${appointmentInWords(to)}`,
          certain: true,
        })),
    )
  }
  const end = END.exec(rest)?.groups
  if (!end) return []
  const { who = '', what = '' } = end
  return peopleIn(roster, who).flatMap(({ id, name }) =>
    partsOf(roster, id)
      .filter((of) => fits(of, what))
      .map((of) => ({
        command: 'boards.end',
        input: { subject: board.id, part: JSON.stringify({ person: id, of }), ...starting },
        label: `End ${name} as ${appointmentInWords(of)}`,
        certain: true,
      })),
  )
}

const people = (roster: Roster): readonly Named[] => roster.people.map(({ key, name }) => ({ id: key, name }))
const peopleIn = (roster: Roster, said: string): readonly Named[] => namedAs(people(roster), said)

/** Somebody of the roster by their whole name, else the name as it was said. */
function nameIn(roster: Roster, said: string): string {
  const found = peopleIn(roster, said)
  return found.length === 1 ? (found[0]?.name ?? said) : said.trim()
}

const bare = (words: string): string =>
  folded(words)
    .replace(/^(?:the |an? )/, '')
    .trim()

/** Whether a part is what was said: "vice-chair", "deputy of Kent Police", "Kent Police". */
function fits(of: Appointment, said: string): boolean {
  const wanted = bare(said)
  if (bare(appointmentInWords(of)) === wanted) return true
  if (of.as === 'office') return wanted === of.office || wanted === `acting ${of.office}`
  if (of.as === 'group') return wanted.replace(/^(?:member of )?(?:the )?/, '') === bare(of.group)
  if (!('organisation' in of)) return false
  const body = bare(of.organisation)
  const role = of.as === 'representative' ? '(?:representative |member )?' : `${of.as} `
  return new RegExp(`^${role}(?:of |for |at )?(?:the )?${body.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`).test(wanted)
}

/** What somebody can be appointed to that is called so: offices and groups by name, seats by their body. */
function appointmentsMeant(roster: Roster, said: string): readonly Appointment[] {
  const wanted = bare(said)
  const office = /^(?<acting>acting )?(?<office>chair|vice[- ]chair|co[- ]chair|clerk|secretary)$/.exec(wanted)?.groups
  if (office) {
    const name = office.office === 'secretary' ? 'clerk' : (office.office ?? '').replace(' ', '-')
    return [
      { as: 'office', office: name as Extract<Appointment, { as: 'office' }>['office'], acting: office.acting !== undefined },
    ]
  }
  if (wanted === 'in attendance') return [{ as: 'in attendance' }]
  const all: readonly Appointment[] = [
    ...roster.seats.flatMap(({ organisation, title }): readonly Appointment[] => [
      { as: 'representative', organisation, seat: title },
      { as: 'deputy', organisation, seat: title },
    ]),
    ...[...new Set(roster.seats.map(({ organisation }) => organisation))].map((organisation) => ({
      as: 'colleague' as const,
      organisation,
    })),
    ...[...new Set(roster.groups.map(({ group }) => group))].map((group) => ({ as: 'group' as const, group })),
  ]
  return all.filter((one) => fits(one, said) || ('organisation' in one && fits(one, shortFor(roster, one.organisation, wanted))))
}

/** "deputy of KFRS" said with the short name, as its whole name. */
function shortFor(roster: Roster, organisation: string, said: string): string {
  const short = roster.organisations.find(({ name }) => name === organisation)?.shortName ?? organisation
  return said.replace(new RegExp(`\\b${folded(short).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`), organisation)
}
