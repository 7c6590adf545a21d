import type { Temporal } from 'temporal-polyfill'
import type { Agenda, Item } from '../agenda/rules.js'
import { passFor } from '../agenda/store.js'
import type { Part } from '../boards/part/rules.js'
import { stillHeld } from '../db/held.js'
import type { Db, Schema, Tx } from '../db/schema.js'
import type { ReceivedFile } from '../kernel/files.js'
import { newId } from '../kernel/ids.js'
import { Pass, Restricted } from '../kernel/restricted.js'
import { fromText, toText } from '../kernel/time.js'
import type { Called } from '../meetings/rules.js'
import { lastMeeting } from '../meetings/store.js'
import {
  type Author,
  type Content,
  type Guarded,
  type Inside,
  isRestricted,
  type Marking,
  type Paper,
  type Version,
} from './rules.js'

interface VersionRow {
  readonly id: string
  readonly item_id: string
  readonly number: number
  readonly recommendations: string
  readonly link: string | null
  readonly at: string
  readonly by_id: string | null
  readonly by_name: string | null
  readonly sha256: string | null
  readonly name: string | null
  readonly type: string | null
  readonly bytes: number | null
  readonly retracted_at: string | null
  readonly why: string | null
}

const versionRows = (db: Db) =>
  db
    .selectFrom('paper_version as version')
    .leftJoin('paper_file as file', 'file.version_id', 'version.id')
    .leftJoin('paper_retraction as retraction', 'retraction.version_id', 'version.id')
    .leftJoin('person', 'person.id', 'version.by_person_id')
    .select(['version.id', 'version.item_id', 'version.number', 'version.recommendations', 'version.link', 'version.at'])
    .select(['person.id as by_id', 'person.name as by_name'])
    .select(['file.sha256', 'file.name', 'file.type', 'file.bytes', 'retraction.at as retracted_at', 'retraction.why'])

function contentFrom({ sha256, name, type, bytes, link }: VersionRow): Content {
  if (sha256 !== null && name !== null && type !== null && bytes !== null) return { file: { sha256, name, type, bytes } }
  if (link === null) throw new Error('a version that lies nowhere')
  return { link }
}

function versionFrom(row: VersionRow, restricted: boolean, circulated: readonly number[]): Version {
  const inside: Inside = { recommendations: JSON.parse(row.recommendations) as string[], content: contentFrom(row) }
  return {
    id: row.id,
    number: row.number,
    at: fromText(row.at),
    by: row.by_id !== null && row.by_name !== null ? { id: row.by_id, name: row.by_name } : null,
    inside: guarded(inside, restricted),
    isFile: row.sha256 !== null,
    retracted: row.retracted_at === null ? null : { at: fromText(row.retracted_at), why: row.why ?? '' },
    circulated,
  }
}

const guarded = <T>(content: T, restricted: boolean): Guarded<T> =>
  restricted ? { hidden: new Restricted(content) } : { open: content }

const authorFrom = (row: Schema['paper'] | undefined): Author | null =>
  row?.author_name
    ? { id: row.author_id, name: row.author_name, post: row.author_post, organisation: row.author_organisation }
    : null

/** The papers of an agenda's items, in the agenda's order; an item to which nothing belongs yet is there all the same. */
export async function papersOf(db: Db, agenda: Agenda): Promise<readonly Paper[]> {
  const items = [...agenda.items].sort(
    (one, other) => (one.letter ?? 'Z').localeCompare(other.letter ?? 'Z') || (one.number ?? 0) - (other.number ?? 0),
  )
  if (items.length === 0) return []
  const ids = items.map(({ id }) => id)
  const kept = await db.selectFrom('paper').selectAll().where('item_id', 'in', ids).execute()
  const versions = await versionRows(db).where('version.item_id', 'in', ids).orderBy('version.number').execute()
  const sent = await db
    .selectFrom('circulation_paper')
    .innerJoin('circulation', 'circulation.id', 'circulation_paper.circulation_id')
    .innerJoin('paper_version', 'paper_version.id', 'circulation_paper.version_id')
    .where('paper_version.item_id', 'in', ids)
    .orderBy('circulation.number')
    .select(['circulation_paper.version_id', 'circulation.number'])
    .execute()
  return items.map((item) => {
    const row = kept.find(({ item_id }) => item_id === item.id)
    const marking = row?.marking ?? 'none'
    const restricted = isRestricted(agenda, item, marking)
    const own = versions.filter(({ item_id }) => item_id === item.id)
    return {
      item,
      restricted,
      author: authorFrom(row),
      marking,
      versions: own.map((version) => {
        const by = sent.filter(({ version_id }) => version_id === version.id).map(({ number }) => number)
        return versionFrom(version, restricted, by)
      }),
    }
  })
}

/** The item to which a version belongs, or null. */
export async function itemOfVersion(db: Db, version: string): Promise<string | null> {
  const row = await db.selectFrom('paper_version').select('item_id').where('id', '=', version).executeTakeFirst()
  return row?.item_id ?? null
}

/** Whether somebody is author of a paper of a meeting. */
export async function isAuthorAt(db: Db, person: string, meeting: string): Promise<boolean> {
  const row = await db
    .selectFrom('paper')
    .innerJoin('item', 'item.id', 'paper.item_id')
    .where('paper.author_id', '=', person)
    .where('item.meeting_id', '=', meeting)
    .select('item.id')
    .executeTakeFirst()
  return row !== undefined
}

/** The boards for whose coming meetings somebody writes, whatever else they are to them. */
export async function boardsWrittenFor(db: Db, person: string, now: Temporal.Instant): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('paper')
    .innerJoin('item', 'item.id', 'paper.item_id')
    .innerJoin('meeting', 'meeting.id', 'item.meeting_id')
    .where('paper.author_id', '=', person)
    .where('meeting.state', '=', 'called')
    .where('meeting.starts_at', '>', toText(now))
    .select('meeting.board_id')
    .distinct()
    .execute()
  return rows.map(({ board_id }) => board_id)
}

/** Opens all papers of a meeting to whom the agenda is open in full; its own paper to its author, deputy or not. */
export async function passForPaper(
  db: Db,
  meeting: Called,
  part: Part,
  person: string,
  paper: Pick<Paper, 'author'>,
): Promise<Pass | null> {
  return passAsAuthor(await passFor(db, meeting, part, person), person, paper)
}

/** The pass that somebody has, or that to a paper of their own. */
export const passAsAuthor = (pass: Pass | null, person: string, { author }: Pick<Paper, 'author'>): Pass | null =>
  pass ?? Pass.if(author?.id === person)

/** Writes who the author is, and the marking. */
export async function describePaper(
  tx: Tx,
  item: string,
  { author, marking }: { readonly author: Author | null; readonly marking: Marking },
): Promise<void> {
  const row = {
    author_id: author?.id ?? null,
    author_name: author?.name ?? null,
    author_post: author?.post ?? null,
    author_organisation: author?.organisation ?? null,
    marking,
  }
  await tx
    .insertInto('paper')
    .values({ item_id: item, ...row })
    .onConflict((known) => known.column('item_id').doUpdateSet(row))
    .execute()
}

export interface NewVersion {
  readonly item: Item
  readonly number: number
  readonly recommendations: readonly string[]
  readonly content: { readonly file: ReceivedFile } | { readonly link: string }
  readonly at: Temporal.Instant
  readonly by: string | null
}

/** Keeps a version. @returns its id */
export async function addVersion(tx: Tx, { item, number, recommendations, content, at, by }: NewVersion): Promise<string> {
  const id = newId()
  await tx
    .insertInto('paper_version')
    .values({
      id,
      item_id: item.id,
      number,
      recommendations: JSON.stringify(recommendations),
      link: 'link' in content ? content.link : null,
      at: toText(at),
      by_person_id: by,
    })
    .execute()
  if ('file' in content) {
    const { sha256, name, type, bytes } = content.file
    await tx.insertInto('paper_file').values({ version_id: id, sha256, name, type, bytes }).execute()
  }
  return id
}

/** Takes a version back: it stays on the record, and nobody opens it any more. */
export async function retractVersion(
  tx: Tx,
  version: string,
  { why, at, by }: { readonly why: string; readonly at: Temporal.Instant; readonly by: string | null },
): Promise<void> {
  await tx
    .insertInto('paper_retraction')
    .values({ version_id: version, why, at: toText(at), by_person_id: by })
    .execute()
}

/** Whether a meeting before this one was held, whose notes are to be approved. */
export const hasNotes = async (db: Db, { board, startsAt }: Called): Promise<boolean> =>
  (await lastMeeting(db, board.id, startsAt)) !== null

/** What somebody of a board is on a day, as its roster has it: their post, and its body. */
export async function postOn(
  db: Db,
  board: string,
  person: string,
  day: string,
): Promise<{ readonly post: string | null; readonly organisation: string | null }> {
  const row = await db
    .selectFrom('post')
    .innerJoin('organisation', 'organisation.id', 'post.organisation_id')
    .where('post.board_id', '=', board)
    .where('post.person_id', '=', person)
    .where(stillHeld('post', day))
    .select(['post.title', 'organisation.name'])
    .executeTakeFirst()
  return { post: row?.title || null, organisation: row?.name ?? null }
}

/** The meeting for which a version was sent, or null. */
export async function meetingOfVersion(db: Db, version: string): Promise<string | null> {
  const row = await db
    .selectFrom('paper_version')
    .innerJoin('item', 'item.id', 'paper_version.item_id')
    .where('paper_version.id', '=', version)
    .select('item.meeting_id')
    .executeTakeFirst()
  return row?.meeting_id ?? null
}
