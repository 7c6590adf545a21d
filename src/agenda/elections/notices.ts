import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { type Ending, endingOf, heardOn } from '../../boards/offices/ending.js'
import { filledHere, holding, isFollowed, type OfficeRule, ruleOf, toHear } from '../../boards/offices/rules.js'
import type { Held } from '../../boards/offices/store.js'
import type { Office } from '../../boards/part/rules.js'
import { Office as AnOffice, type Terms } from '../../boards/terms.js'
import type { Db } from '../../db/schema.js'
import { dispatch, type Loaded, type Moment, reminder, type ToRemind } from '../../kernel/notice.js'
import { atTheHour } from '../../meetings/reminding.js'
import { outlookOf } from './rules.js'
import { comingOf, type Governed, governed } from './store.js'
import { type Missing, missingCard, type TermEnding, termEndsCard, type Vacancy, vacancyCard } from './view.js'

async function governedOr(db: Db, id: string, now: Temporal.Instant): Promise<Governed> {
  const found = await governed(db, id, now)
  if (!found) throw new Error('a board without terms was told of its offices')
  return found
}

/** By id, each once. */
const hearers = ({ terms, tenures, today }: Governed): readonly string[] => {
  const { clerks, chairs } = toHear(terms, tenures, today)
  return [...new Set([...clerks, ...chairs].map(({ person }) => person.id))]
}

const DAY = z.string().regex(/^\d{4}-\d\d-\d\d$/)
/** Board, office, person, since when, until when: a term that is another is another subject. */
const TermSubject = z.tuple([z.string(), AnOffice, z.string(), DAY, DAY])

/** How the end of somebody's time in an office is known, once for them and for that day. */
export const termSubject = (board: string, { tenure, day }: Ending<Held>): string =>
  [board, tenure.office, tenure.person.id, tenure.since, day].join(':')

/** When clerk and chair hear of an end. */
export const momentOf = (terms: Terms, ending: Ending): Moment => atTheHour({ terms }, heardOn(ending, terms.division))

interface Found extends Governed {
  readonly ending: Ending<Held>
}

/** The end as it stands; or why there is nothing to say of it. */
async function endingAt(db: Db, subject: string, now: Temporal.Instant): Promise<Found | { readonly gone: string }> {
  const [id, office, person, since, day] = TermSubject.parse(subject.split(':'))
  const found = await governed(db, id, now)
  if (!found) return { gone: 'the board has no terms' }
  const tenure = found.tenures.find(
    (one) => one.office === office && one.person.id === person && !one.acting && one.since.toString() === since,
  )
  if (!tenure || !holding(found.tenures, office, found.today).includes(tenure)) return { gone: 'they hold the office no more' }
  if (isFollowed(tenure, found.tenures)) return { gone: 'their successor is known' }
  const ending = endingOf(found.terms, tenure, found.tenures)
  return ending?.day.toString() === day ? { ...found, ending } : { gone: 'their term ends on another day, or has no end' }
}

/** Where an office of the board comes to be filled. */
async function outlook(db: Db, { board, terms, tenures }: Governed, office: Office, now: Temporal.Instant) {
  return outlookOf(terms, tenures, await comingOf(db, board, terms, now), office)
}

/** To clerk and chair, sixty days before somebody's time in an office ends, or falls to be reviewed. */
export const termEnds = reminder<TermEnding>({
  name: 'agenda.term_ends',
  about: 'A term of office that ends; to clerk and chair',
  moments: async () => [],
  async to(db, subject, now): Promise<ToRemind> {
    const found = await endingAt(db, subject, now)
    return 'gone' in found ? found : { people: hearers(found) }
  },
  async load(db, subject, audience, now): Promise<Loaded<TermEnding>> {
    const found = await endingAt(db, subject, now)
    if ('gone' in found) return found
    if (audience.kind !== 'person' || !hearers(found).includes(audience.person)) return { gone: 'it is for others to hear now' }
    const { board, terms, today, ending } = found
    const { rule, tenure } = ending
    const on = filledHere(terms, rule) ? await outlook(db, found, rule.office, now) : null
    return { facts: { board, ending, holder: tenure.person, today, outlook: on } }
  },
  draw: termEndsCard,
})

/** How an office is filled; what was said of one that the terms know no more is said all the same. */
const ruleOr = (terms: Terms, office: Office): OfficeRule =>
  ruleOf(terms, office) ?? { office, filled: 'elected', from: [], shared: false }

const VacancySubject = z.tuple([z.string(), AnOffice, DAY])

export const vacancySubject = (board: string, office: Office, since: Temporal.PlainDate): string =>
  [board, office, since].join(':')

/** To clerk and chair, at once: an office that the board fills is vacant. Its subject is the office, and the day since when. */
export const officeVacant = dispatch<Vacancy>({
  name: 'agenda.office_vacant',
  async load(db, subject, _, now) {
    const [id, office, day] = VacancySubject.parse(subject.split(':'))
    const found = await governedOr(db, id, now)
    const { board, terms, tenures, today } = found
    const rule = ruleOr(terms, office)
    const there = (one: Office) => holding(tenures, one, today).map(({ person }) => person)
    const acting = holding(tenures, office, today).filter((one) => one.acting)
    const presides = office === 'chair' && acting.length === 0 && terms.presiding.inOrder[0] === 'vice-chair'
    return {
      board,
      terms,
      rule,
      since: Temporal.PlainDate.from(day),
      acting: acting.map(({ person }) => person),
      presides: presides ? there('vice-chair') : [],
      outlook: await outlook(db, found, office, now),
    }
  },
  draw: vacancyCard,
})

const MissingSubject = z.tuple([z.string(), z.string(), AnOffice, DAY, z.string()])

/** Board, meeting, office, the meeting's day, and since when or from when it is due: said once. */
export const missingSubject = (
  board: string,
  {
    meeting,
    office,
    on,
    day,
  }: { readonly meeting: string; readonly office: Office; readonly on: string; readonly day: Temporal.PlainDate | null },
): string => [board, meeting, office, on, day ?? ''].join(':')

/** To the clerk: an election is due at a meeting whose agenda stands without it, and it is theirs to add. */
export const electionMissing = dispatch<Missing>({
  name: 'agenda.election_missing',
  async load(db, subject, _, now) {
    const [id, , office, day] = MissingSubject.parse(subject.split(':'))
    const found = await governedOr(db, id, now)
    const rule = ruleOr(found.terms, office)
    return { board: found.board, rule, day: Temporal.PlainDate.from(day), outlook: await outlook(db, found, office, now) }
  },
  draw: missingCard,
})
