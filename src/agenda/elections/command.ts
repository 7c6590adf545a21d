import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { endingOf } from '../../boards/offices/ending.js'
import { fallsDue, ruleOf, toHear } from '../../boards/offices/rules.js'
import type { Office } from '../../boards/part/rules.js'
import type { Db, Tx } from '../../db/schema.js'
import { audienceOf, isTimer } from '../../kernel/actor.js'
import { type After, act, cardReply, type Timed } from '../../kernel/command.js'
import { MeetingId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { type Called, meetingTime } from '../../meetings/rules.js'
import { findMeeting } from '../../meetings/store.js'
import { planBoardOf } from '../../outbox/plan.js'
import { notify } from '../../outbox/store.js'
import { freshAgenda } from '../occasion/store.js'
import type { Agenda } from '../rules.js'
import { findAgenda, saveAgenda } from '../store.js'
import { electionMissing, missingSubject, momentOf, officeVacant, termEnds, termSubject, vacancySubject } from './notices.js'
import { withElection, withoutElection } from './placing.js'
import { type Coming, type ElectionPlan, electionPlan } from './rules.js'
import { comingOf, type Governed, governed, isReminded, passedOver, wasSaid } from './store.js'

/** Of these the offices of a board are others, or the rules by which they are filled. */
const OF_OFFICES = ['boards.import_roster', 'boards.appoint', 'boards.end', 'boards.handed_over', 'boards.approve']
const OF_MEETINGS = ['meetings.call', 'meetings.agree_cycle', 'meetings.move', 'meetings.cancel', 'demonstration.fill']
const OF_AGENDAS = ['agenda.draft', 'agenda.ask', 'agenda.agree', 'agenda.add_late', 'agenda.withdraw', 'agenda.decline']
const PASS_ON = 'agenda.pass_on_elections'

/**
 * The elections that fall due follow the offices: drafts gain and lose them, clerk and chair hear of what is vacant and of
 * what an agenda that stands has not, and the ends of terms are planned to be said. A meeting that closes without an election
 * leaves it to the next.
 */
export const electionsFollow: After = {
  acts: [...OF_OFFICES, ...OF_MEETINGS, ...OF_AGENDAS, 'attendance.close', PASS_ON],
  async run({ db, now }, { board, command }) {
    const found = await governed(db, board, now)
    if (!found) return
    const coming = await comingOf(db, found.board, found.terms, now)
    const plan = electionPlan(found.terms, found.tenures, coming)
    await rearrange(db, found, plan, now)
    const lacking = firstsLacking(plan, coming)
    if (OF_OFFICES.includes(command)) await tellOfVacancies(db, found, lacking)
    await tellOfMissing(db, found, lacking)
    if (OF_OFFICES.includes(command) || OF_MEETINGS.includes(command)) await planEnds(db, found, now)
  },
}

/** Puts what is due on the drafts that gain it, and takes off what is not due any more. */
async function rearrange(tx: Tx, { tenures }: Governed, { gains, loses }: ElectionPlan, now: Temporal.Instant): Promise<void> {
  for (const id of new Set([...gains, ...loses].map(({ meeting }) => meeting))) {
    const meeting = await findMeeting(tx, id, now)
    const agenda = await findAgenda(tx, id)
    // What has no agenda yet has its elections from its drafting.
    if (!meeting || !agenda) continue
    const offices = gains.flatMap((one) => (one.meeting === id ? [one.office] : []))
    const idle = loses.filter((one) => one.meeting === id)
    const off = idle.reduce<Agenda>((draft, { item }) => withoutElection(draft, item), agenda)
    const fresh = offices.length === 0 ? null : await freshAgenda(tx, meeting, { tenures, offices })
    const added = fresh?.items.filter(({ about }) => about === 'elections') ?? []
    const after = fresh ? added.reduce<Agenda>((draft, item) => withElection(draft, item, fresh), off) : off
    await saveAgenda(tx, id, agenda, after, now)
  }
}

interface Lacks {
  readonly office: Office
  readonly meeting: string
  /** of the meeting */
  readonly on: string
  /** since when the office is vacant, or when the term ends */
  readonly day: Temporal.PlainDate | null
}

/** Of each office the first agenda that stands without its election, though it is due. */
const firstsLacking = ({ lacking }: ElectionPlan, coming: readonly Coming[]): readonly Lacks[] =>
  lacking
    .filter((one, at) => lacking.findIndex(({ office }) => office === one.office) === at)
    .flatMap(({ office, meeting, day }) => {
      const on = coming.find((one) => one.meeting === meeting)?.day.toString()
      return on === undefined ? [] : [{ office, meeting, on, day }]
    })

/** Tells clerk and chair, once, of each office that is vacant and was held, unless its end was announced to them. */
async function tellOfVacancies(tx: Tx, { board, terms, tenures, today }: Governed, lacking: readonly Lacks[]): Promise<void> {
  for (const { office, cause, day } of fallsDue(terms, tenures, today)) {
    if (cause !== 'vacant' || day === null) continue
    const rule = ruleOf(terms, office)
    const ends = tenures.filter((one) => one.office === office && !one.acting && one.until?.equals(day))
    const announced = rule ? ends.map((tenure) => termSubject(board.id, { tenure, rule, day, what: 'last day' })) : []
    const subject = vacancySubject(board.id, office, day)
    if ((await wasSaid(tx, officeVacant.name, subject)) || (await isReminded(tx, termEnds.name, announced))) continue
    const { clerks, chairs } = toHear(terms, tenures, today)
    const people = chairs.filter(({ person }) => !clerks.some((clerk) => clerk.person.id === person.id))
    const on = lacking.find((one) => one.office === office)?.on
    const about = { notice: officeVacant, subject, board: board.id, ...(on === undefined ? {} : { date: on }) }
    await notify(tx, [
      { ...about, to: { office: 'clerk' } },
      ...people.map(({ person }) => ({ ...about, to: { person: person.id } })),
    ])
  }
}

/** Tells the clerk, once, of an agenda that stands without an election that is due, unless the vacancy was said with it. */
async function tellOfMissing(tx: Tx, { board }: Governed, lacking: readonly Lacks[]): Promise<void> {
  for (const lacks of lacking) {
    const vacancy = lacks.day && vacancySubject(board.id, lacks.office, lacks.day)
    if (vacancy && (await wasSaid(tx, officeVacant.name, vacancy, lacks.on))) continue
    const subject = missingSubject(board.id, lacks)
    await notify(tx, [{ notice: electionMissing, subject, board: board.id, to: { office: 'clerk' } }])
  }
}

/** Plans that clerk and chair hear of every end of somebody's time in an office. */
async function planEnds(tx: Tx, { board, terms, tenures, today }: Governed, now: Temporal.Instant): Promise<void> {
  const wanted = tenures.flatMap((tenure) => {
    if (tenure.until !== null && Temporal.PlainDate.compare(tenure.until, today) <= 0) return []
    const ending = endingOf(terms, tenure, tenures)
    return ending ? [{ subject: termSubject(board.id, ending), moment: momentOf(terms, ending) }] : []
  })
  await planBoardOf(tx, { board: board.id, notice: termEnds.name }, wanted, now)
}

/** The elections of a meeting that nobody opened pass on to the next, once its time is over. */
export const passOn = act({
  name: PASS_ON,
  input: z.object({ subject: MeetingId }),
  async load({ db, actor, now }, { subject }) {
    const meeting = isTimer(actor) ? await findMeeting(db, subject, now) : null
    if (!meeting) throw new Refusal('not_found', 'I know of no such meeting. Say “meetings” to see those there are.')
    return meeting
  },
  allow: (actor) => isTimer(actor),
  board: ({ board }) => board.id,
  async run({ actor }, _, meeting) {
    return {
      reply: cardReply({ title: passed(meeting), audience: audienceOf(actor), body: [] }),
      outcome: { meeting: meeting.id },
    }
  },
  redraw: ({ actor }, meeting) => cardReply({ title: passed(meeting), audience: audienceOf(actor), body: [] }),
})

const passed = (meeting: Called): string =>
  `What was to be elected at the meeting of ${meetingTime(meeting)} passes on to the next`

/** A meeting that nobody opened is over when its time is: where that changes what a draft has to have, it does so then. */
export const passingsOn: Timed = {
  async due(db, now) {
    const over = await passedOver(db, now)
    const boards = [...new Map(over.map((meeting) => [meeting.board.id, meeting])).values()]
    const wanting = await Promise.all(boards.map(async (meeting) => ({ meeting, wants: await wants(db, meeting.board.id, now) })))
    return wanting.flatMap(({ meeting, wants }) =>
      wants ? [{ tenant: meeting.board.tenant, command: PASS_ON, subject: meeting.id }] : [],
    )
  },
}

/** Whether some draft of a board has not what it is to have. */
async function wants(db: Db, board: string, now: Temporal.Instant): Promise<boolean> {
  const found = await governed(db, board, now)
  if (!found) return false
  const coming = await comingOf(db, found.board, found.terms, now)
  const { gains, loses } = electionPlan(found.terms, found.tenures, coming)
  const drafted = (id: string): boolean => coming.some(({ meeting, agenda }) => meeting === id && agenda === 'draft')
  return [...gains, ...loses].some(({ meeting }) => drafted(meeting))
}
