import { readFileSync } from 'node:fs'
import type { Temporal } from 'temporal-polyfill'
import { saveAnswer } from '../apologies/store.js'
import { addBoard, addDraft, approve } from '../boards/adoption/store.js'
import { changesOf } from '../boards/roster/changes.js'
import { rosterFrom } from '../boards/roster/rules.js'
import { applyChanges, rosterOf } from '../boards/roster/store.js'
import { readRoster } from '../boards/roster/text.js'
import { seatsOn } from '../boards/store.js'
import type { Terms } from '../boards/terms.js'
import { readTerms } from '../boards/terms-text.js'
import { append } from '../db/journal.js'
import type { Db, Tx } from '../db/schema.js'
import { features } from '../features.js'
import { OPERATOR } from '../kernel/actor.js'
import type { Acting } from '../kernel/command.js'
import { newId } from '../kernel/ids.js'
import { atHour, dayOf, toText } from '../kernel/time.js'
import { isWorkingDay } from '../kernel/working-days.js'
import { addMeeting } from '../meetings/store.js'
import { PLATFORM, WORKSPACE } from '../platforms/web/places.js'
import { DEMONSTRATION_ZONE, STAMP } from './clock.js'
import { ANSWERED } from './people.js'

/** The board's channel on the page. */
export const CHANNEL = 'kcsp'

const TERMS_FILE = new URL('../boards/terms/kcsp-2025.yaml', import.meta.url)
const ROSTER_FILE = new URL('./kcsp.csv', import.meta.url)
const FILLED = 'demonstration.fill'

/** Whether this database may be shown and its clock moved: it was stamped when it was made. */
export async function isDemonstration(db: Db): Promise<boolean> {
  const row = await db.selectFrom('demonstration').select('stamp').where('stamp', '=', STAMP).executeTakeFirst()
  return row !== undefined
}

/** Whether nothing has been put into this database yet. */
export async function isEmpty(db: Db): Promise<boolean> {
  return (await db.selectFrom('tenant').select('id').limit(1).executeTakeFirst()) === undefined
}

/** A Wednesday at ten, three to four weeks on, that is no bank holiday. */
function firstMeeting(now: Temporal.Instant): Temporal.Instant {
  let day = dayOf(now, DEMONSTRATION_ZONE).add({ days: 21 })
  while (day.dayOfWeek !== 3 || !isWorkingDay(day, 'england-and-wales')) day = day.add({ days: 1 })
  return atHour(day, 10, DEMONSTRATION_ZONE)
}

/** Fills an empty database with a board under the terms of 2025, its people and its next meeting; stamped as what it is. */
export async function fillDemonstration(tx: Tx, now: Temporal.Instant, aheadMs: number): Promise<void> {
  const [tenant, board, meeting] = [newId(), newId(), newId()]
  await tx.insertInto('demonstration').values({ stamp: STAMP, clock_ahead_ms: aheadMs }).execute()
  await tx.insertInto('tenant').values({ id: tenant, name: 'Demonstration' }).execute()
  await tx.insertInto('workspace').values({ platform: PLATFORM, id: WORKSPACE, tenant_id: tenant, ours: 1 }).execute()
  const { terms, termsId } = await fillTerms(tx, { tenant, board }, now)
  await fillRoster(tx, { tenant, board }, terms, now)
  const hand = { by: null, for: null, at: now, termsId, why: null }
  const planned = { minutes: 120, venue: 'Online', link: null, need: null }
  const startsAt = firstMeeting(now)
  await addMeeting(tx, { id: meeting, board, kind: 'ordinary', startsAt, ...planned }, hand)
  await fillAnswers(tx, { board, meeting, startsAt }, now)
  const outcome = { meetings: [meeting], terms: termsId }
  await append(tx, { board, at: toText(now), actor: OPERATOR, command: FILLED, subject: meeting, payload: { outcome } })
  const place = { platform: PLATFORM, workspace: WORKSPACE, id: CHANNEL, kind: 'private' } as const
  const acting: Acting = {
    db: tx,
    actor: { person: OPERATOR, tenant, name: 'the operator' },
    now,
    place,
    file: null,
    publicUrl: null,
    vault: { make: unused, read: unused, discard: unused, bury: unused, keys: unused },
    did: unused,
  }
  for (const hook of features.after) {
    if (hook.acts.includes(FILLED)) await hook.run(acting, { command: FILLED, board, subject: meeting, outcome })
  }
}

const unused = (): never => {
  throw new Error('filling the demonstration holds no election')
}

interface Filling {
  readonly tenant: string
  readonly board: string
}

async function fillTerms(tx: Tx, { tenant, board }: Filling, now: Temporal.Instant): Promise<{ terms: Terms; termsId: string }> {
  const read = readTerms(readFileSync(TERMS_FILE, 'utf8'))
  if (!('terms' in read)) throw new Error('the shipped terms cannot be read')
  const { terms } = read
  await addBoard(tx, { id: board, tenant, terms, mine: async () => false })
  const text = await addDraft(tx, board, terms, null)
  await approve(tx, board, terms, { text, from: now, resolution: 'for the demonstration', at: now, by: null })
  return { terms, termsId: text }
}

async function fillRoster(tx: Tx, { tenant, board }: Filling, terms: Terms, now: Temporal.Instant): Promise<void> {
  const day = dayOf(now, DEMONSTRATION_ZONE).toString()
  const read = readRoster(readFileSync(ROSTER_FILE))
  const wanted = 'lines' in read ? rosterFrom(read.lines, terms, { people: [] }) : read
  if (!('roster' in wanted)) throw new Error('the shipped roster cannot be read')
  await applyChanges(tx, { tenant, board, day }, changesOf(await rosterOf(tx, tenant, board, day), wanted.roster, day))
}

async function fillAnswers(
  tx: Tx,
  { board, meeting, startsAt }: { board: string; meeting: string; startsAt: Temporal.Instant },
  now: Temporal.Instant,
): Promise<void> {
  const forDay = dayOf(startsAt, DEMONSTRATION_ZONE).toString()
  for (const { id: seat, representative } of await seatsOn(tx, board, forDay)) {
    const answered = representative && ANSWERED[representative.name]
    if (!answered) continue
    const { attending, substitute } = answered
    const named =
      substitute === undefined
        ? null
        : await tx.selectFrom('person').select(['id', 'name']).where('name', '=', substitute).executeTakeFirstOrThrow()
    const given = { for: representative.id, forDay, by: representative.id, at: now }
    await saveAnswer(tx, { id: newId(), meeting, seat, version: 1, attending, substitute: named, ...given })
  }
}
