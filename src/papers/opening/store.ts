import type { Temporal } from 'temporal-polyfill'
import type { Db, Tx } from '../../db/schema.js'
import { newId } from '../../kernel/ids.js'
import { hashOf } from '../../kernel/secret.js'
import { toText } from '../../kernel/time.js'

/** For how long a link opens: whole minutes. */
export const LINK_MINUTES = 15

/** Makes a link for one person to one version; what they had and is over is forgotten. @returns until when it opens */
export async function keepLink(
  tx: Tx,
  { secret, version, person }: { readonly secret: string; readonly version: string; readonly person: string },
  now: Temporal.Instant,
): Promise<Temporal.Instant> {
  const until = now.add({ minutes: LINK_MINUTES })
  await tx.deleteFrom('paper_link').where('person_id', '=', person).where('until_at', '<', toText(now)).execute()
  await tx
    .insertInto('paper_link')
    .values({
      secret_hash: hashOf(secret),
      version_id: version,
      person_id: person,
      made_at: toText(now),
      until_at: toText(until),
      browser_hash: null,
    })
    .execute()
  return until
}

/** A link that still opens. */
export interface PaperLink {
  readonly version: string
  readonly person: { readonly id: string; readonly name: string }
  /** it was opened in a browser already, and opens in no other */
  readonly bound: boolean
  /** whether it is this browser */
  readonly same: boolean
}

/** The link of a secret, or null for one that never was or is over, alike. */
export async function findLink(
  db: Db,
  { secret, browser, now }: { readonly secret: string; readonly browser: string | null; readonly now: Temporal.Instant },
): Promise<PaperLink | null> {
  const row = await db
    .selectFrom('paper_link')
    .innerJoin('person', 'person.id', 'paper_link.person_id')
    .where('secret_hash', '=', hashOf(secret))
    .where('until_at', '>', toText(now))
    .select(['version_id', 'browser_hash', 'person.id', 'person.name'])
    .executeTakeFirst()
  if (!row) return null
  return {
    version: row.version_id,
    person: { id: row.id, name: row.name },
    bound: row.browser_hash !== null,
    same: browser !== null && row.browser_hash === hashOf(browser),
  }
}

/** Ties a link to the browser in which it is opened first. */
export async function bindLink(tx: Tx, secret: string, browser: string): Promise<void> {
  await tx
    .updateTable('paper_link')
    .set({ browser_hash: hashOf(browser) })
    .where('secret_hash', '=', hashOf(secret))
    .where('browser_hash', 'is', null)
    .execute()
}

/** Puts on the record that somebody has opened a version, or that their link was tried in another browser. */
export async function recordOpening(
  tx: Tx,
  { version, person, outcome }: { readonly version: string; readonly person: string; readonly outcome: 'opened' | 'refused' },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('paper_opening')
    .values({ id: newId(), version_id: version, person_id: person, at: toText(now), outcome })
    .execute()
}
