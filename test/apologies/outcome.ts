import { Temporal } from 'temporal-polyfill'
import { fromText, hourInWords } from '../../src/kernel/time.js'
import type { TestHouse } from '../house.js'
import { textOf } from '../house.js'
import { forget } from './assisted.js'

/** A sentence of the corpus, and what it means. */
export interface Labelled {
  readonly speaker: string
  readonly sentence: string
  readonly means: 'apologise' | 'attend' | 'deputise' | 'for' | 'late' | 'leave' | 'ask' | 'nothing'
  /** day of the meeting */
  readonly meeting: string
  /** a name, `none`, or `unknown: NAME` */
  readonly substitute: string
  /** for whom, or by how much */
  readonly note: string
}

/** What came of a sentence, held against what it means. */
export interface Outcome {
  readonly row: Labelled
  readonly came: 'understood' | 'asked' | 'refused' | 'not understood' | 'wrong'
  readonly shown: string
}

const DAYS: Readonly<Record<string, string>> = {
  '2026-12-16': 'Wednesday 16 December 2026',
  '2027-03-24': 'Wednesday 24 March 2027',
  '2027-07-21': 'Wednesday 21 July 2027',
}
const NOT_UNDERSTOOD = 'I did not understand that'

/** Every answer that stands, as the corpus writes them. */
async function answers({ handles }: TestHouse): Promise<readonly string[]> {
  const rows = await handles.reading
    .selectFrom('answer')
    .innerJoin('meeting', 'meeting.id', 'answer.meeting_id')
    .innerJoin('person as holder', 'holder.id', 'answer.for_person_id')
    .innerJoin('person as speaker', 'speaker.id', 'answer.by_person_id')
    .leftJoin('person as substitute', 'substitute.id', 'answer.substitute_id')
    .select(['answer.attending', 'meeting.starts_at', 'holder.name as holder', 'speaker.name as speaker'])
    .select(['substitute.name as substitute', 'substitute.confirmed'])
    .execute()
  return rows.map(({ attending, starts_at, holder, speaker, substitute, confirmed }) => {
    const instead = substitute === null ? 'none' : confirmed === 0 ? `unknown: ${substitute}` : substitute
    return [attending === 1 ? 'attends' : 'apologises', starts_at.slice(0, 10), holder, instead, speaker].join(' | ')
  })
}

/** Every lateness that was noted, as the corpus writes them: "late | 2026-12-16 | Daniel Okafor | 10:10". */
async function delays({ handles }: TestHouse): Promise<readonly string[]> {
  const rows = await handles.reading
    .selectFrom('expectation')
    .innerJoin('meeting', 'meeting.id', 'expectation.meeting_id')
    .innerJoin('person', 'person.id', 'expectation.person_id')
    .select(['expectation.kind', 'expectation.at', 'meeting.starts_at', 'person.name'])
    .execute()
  return rows.map(({ kind, at, starts_at, name }) => {
    const hour = at === null ? '' : hourInWords(fromText(at), 'Europe/London')
    return [kind === 'late' ? 'late' : 'leave', starts_at.slice(0, 10), name, hour].join(' | ')
  })
}

/** Every meeting of the corpus begins at ten. */
const hourOf = (note: string): string =>
  note.includes(':')
    ? note
    : Temporal.PlainTime.from('10:00')
        .add({ minutes: Number(note) })
        .toString({ smallestUnit: 'minute' })

/** The one answer that a sentence should leave, or null where it should leave none. */
function wanted({ speaker, means, meeting, substitute, note }: Labelled): string | null {
  switch (means) {
    case 'apologise':
      return ['apologises', meeting, speaker, substitute, speaker].join(' | ')
    case 'deputise':
      return ['apologises', meeting, 'Daniel Okafor', substitute, speaker].join(' | ')
    case 'for':
      return ['apologises', meeting, note, substitute, speaker].join(' | ')
    case 'attend':
      return ['attends', meeting, note || speaker, 'none', speaker].join(' | ')
    case 'late':
    case 'leave':
      return [means, meeting, speaker, hourOf(note)].join(' | ')
    default:
      return null
  }
}

/** Says a sentence to the house as if it were the first, and judges what comes of it. */
export async function outcomeOf(house: TestHouse, row: Labelled): Promise<Outcome> {
  const answer = await house.say(row.speaker, row.sentence)
  const left = [...(await answers(house)), ...(await delays(house))]
  if (left.length > 0) await forget(house)
  const shown = [...left, textOf(answer)].join(' // ')
  const of = (came: Outcome['came']): Outcome => ({ row, came, shown })
  const want = wanted(row)
  if (left.length > 0) return of(left.length === 1 && left[0] === want ? 'understood' : 'wrong')
  if (answer.kind === 'card' && answer.of === 'act') return of('wrong')
  if (answer.kind === 'refusal') {
    return of(answer.refusal.sentence.startsWith(NOT_UNDERSTOOD) ? 'not understood' : 'refused')
  }
  // A question must offer what was meant, and nothing may be asked about what is none of this feature's.
  if (want === null) return of('asked')
  return of(textOf(answer).includes(DAYS[row.meeting] ?? '?') ? 'asked' : 'wrong')
}
