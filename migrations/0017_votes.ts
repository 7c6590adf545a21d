import { type Kysely, sql } from 'kysely'
import { isSqlite, neverChanged } from '../src/db/never-changed.js'

/**
 * How the board decides: motions with every wording they had, dissents, votes with one ballot a seat or a person, casting
 * votes, and the register. A ballot is written while its vote is open and never after; the register is only added to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('motion')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('item_id', 'text', (c) => c.notNull().references('item.id').onDelete('restrict'))
    .addColumn('number', 'integer', (c) => c.notNull()) // 1, 2, 3 … of its meeting
    .addColumn('state', 'text', (c) => c.notNull()) // before the meeting, in a vote, decided, withdrawn, deferred
    .addColumn('ratifies_id', 'text') // the recommendation that it asks the meeting to ratify
    .addColumn('terms_id', 'text', (c) => c.notNull().references('terms.id').onDelete('restrict')) // in force when it was put
    .addColumn('put_at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // null: the operator
    .addUniqueConstraint('motion_number', ['meeting_id', 'number'])
    .execute()
  await db.schema.createIndex('motion_item').on('motion').column('item_id').execute()
  await db.schema
    .createTable('motion_wording')
    .addColumn('motion_id', 'text', (c) => c.notNull().references('motion.id').onDelete('restrict'))
    .addColumn('version', 'integer', (c) => c.notNull()) // 1; rises with each amendment
    .addColumn('parts', 'text', (c) => c.notNull()) // JSON: lettered where there are several
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addPrimaryKeyConstraint('motion_wording_pk', ['motion_id', 'version'])
    .execute()
  // Of the rows of one person the last stands.
  await db.schema
    .createTable('dissent')
    .addColumn('motion_id', 'text', (c) => c.notNull().references('motion.id').onDelete('restrict'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('seat_id', 'text', (c) => c.notNull().references('seat.id').onDelete('restrict'))
    .addColumn('stands', 'integer', (c) => c.notNull()) // 0: they are content after all
    .addColumn('why', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addPrimaryKeyConstraint('dissent_pk', ['motion_id', 'seq'])
    .execute()
  await db.schema
    .createTable('vote')
    .addColumn('motion_id', 'text', (c) => c.primaryKey().notNull().references('motion.id').onDelete('restrict'))
    .addColumn('state', 'text', (c) => c.notNull()) // open; equal; disputed: by one reading of the terms; closed
    .addColumn('opened_at', 'text', (c) => c.notNull())
    .addColumn('closes_at', 'text') // at its time; null: at none
    .addColumn('by_hand', 'integer', (c) => c.notNull()) // 1: not when all have voted
    .addColumn('hidden', 'integer', (c) => c.notNull()) // 1: how it stands is not shown before the close
    .addColumn('by_agreement', 'integer', (c) => c.notNull()) // 1: the terms provide for none, and the meeting agreed to one
    .addColumn('opened_by_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addColumn('quorum_open', 'text', (c) => c.notNull()) // JSON: the count
    .addColumn('closed_at', 'text')
    .addColumn('quorum_close', 'text')
    .addColumn('tallies', 'text') // JSON: a tally a reading
    .execute()
  await db.schema.createIndex('vote_due').on('vote').columns(['state', 'closes_at']).execute()
  await db.schema
    .createTable('ballot')
    .addColumn('motion_id', 'text', (c) => c.notNull().references('vote.motion_id').onDelete('restrict'))
    .addColumn('voter_id', 'text', (c) => c.notNull()) // the seat, or where persons vote the person
    .addColumn('seat_id', 'text', (c) => c.notNull().references('seat.id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict')) // who spoke for it
    .addColumn('choice', 'text', (c) => c.notNull()) // for, against, abstain
    .addColumn('subject_to_approval', 'integer', (c) => c.notNull()) // of the bodies for which the seat sits
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('recorded', 'integer', (c) => c.notNull()) // 1: by the clerk, as it was told
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // whose hand
    .addColumn('countersigned_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // by who presides
    .addPrimaryKeyConstraint('ballot_pk', ['motion_id', 'voter_id'])
    .execute()
  await db.schema
    .createTable('casting_vote')
    .addColumn('motion_id', 'text', (c) => c.primaryKey().notNull().references('vote.motion_id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('office', 'text', (c) => c.notNull()) // in which they presided
    .addColumn('choice', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('decision')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    // Of items that are not on the public agenda numbered apart, so that no gap shows that there is something.
    .addColumn('series', 'text', (c) => c.notNull()) // X for those, else empty
    .addColumn('number', 'integer', (c) => c.notNull()) // 1, 2, 3 … of its series
    .addColumn('meeting_id', 'text', (c) => c.references('meeting.id').onDelete('restrict')) // null: between meetings
    .addColumn('item_id', 'text', (c) => c.references('item.id').onDelete('restrict'))
    .addColumn('motion_id', 'text', (c) => c.references('motion.id').onDelete('restrict'))
    .addColumn('outcome', 'text', (c) => c.notNull()) // resolved, recommended, not carried
    .addColumn('how', 'text', (c) => c.notNull()) // consensus, agreed, vote, casting vote, delegated, correction
    .addColumn('words', 'text', (c) => c.notNull()) // as the notes have it: "RESOLVED that …"
    .addColumn('openness', 'text', (c) => c.notNull()) // open; restricted: the clerk may publish it; hidden
    .addColumn('account', 'text', (c) => c.notNull()) // JSON: figures, names, quorum, who presided, and on what it rests
    .addColumn('corrects_id', 'text', (c) => c.references('decision.id').onDelete('restrict'))
    .addColumn('ratifies_id', 'text', (c) => c.references('decision.id').onDelete('restrict'))
    .addColumn('terms_id', 'text', (c) => c.notNull().references('terms.id').onDelete('restrict'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addUniqueConstraint('decision_number', ['board_id', 'series', 'number'])
    .execute()
  await db.schema.createIndex('decision_meeting').on('decision').column('meeting_id').execute()
  await db.schema.createIndex('decision_motion').on('decision').column('motion_id').execute()
  await db.schema.createIndex('decision_corrects').on('decision').columns(['corrects_id', 'number']).execute()
  await db.schema.createIndex('decision_ratifies').on('decision').columns(['ratifies_id', 'outcome', 'number']).execute()
  // What was done with an entry since: its words were published, or it was reported to a meeting.
  await db.schema
    .createTable('decision_mark')
    .addColumn('decision_id', 'text', (c) => c.notNull().references('decision.id').onDelete('restrict'))
    .addColumn('mark', 'text', (c) => c.notNull()) // published, reported
    .addColumn('meeting_id', 'text', (c) => c.references('meeting.id').onDelete('restrict')) // to which it was reported
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addPrimaryKeyConstraint('decision_mark_pk', ['decision_id', 'mark'])
    .execute()
  for (const table of ['motion_wording', 'dissent', 'casting_vote', 'decision', 'decision_mark']) await neverChanged(db, table)
  await onlyWhileOpen(db)
  await closedForGood(db)
}

/** A ballot is cast and changed while its vote is open, and taken away never. */
async function onlyWhileOpen(db: Kysely<unknown>): Promise<void> {
  const refused = 'no ballot is altered once its vote is closed'
  if (isSqlite(db)) {
    for (const change of ['insert', 'update'])
      await sql`${sql.raw(`create trigger ballot_${change}_while_open before ${change} on ballot
        when not exists (select 1 from vote where vote.motion_id = new.motion_id and vote.state = 'open') begin
        select raise(abort, '${refused}'); end`)}`.execute(db)
    await sql`${sql.raw(`create trigger ballot_no_delete before delete on ballot begin select raise(abort, '${refused}'); end`)}`.execute(
      db,
    )
    return
  }
  await sql`${sql.raw(`create function ballot_while_open() returns trigger language plpgsql as
    $$ begin
      if TG_OP = 'DELETE' or not exists (select 1 from vote where vote.motion_id = new.motion_id and vote.state = 'open')
      then raise exception '${refused}'; end if;
      return new;
    end $$`)}`.execute(db)
  await sql`${sql.raw(`create trigger ballot_while_open before insert or update or delete on ballot
    for each row execute function ballot_while_open()`)}`.execute(db)
}

/** A vote that was counted is not opened again, and one that was closed is not altered: it would let ballots in. */
async function closedForGood(db: Kysely<unknown>): Promise<void> {
  const refused = 'no vote is opened again, or altered once it is closed'
  const anew = `old.state = 'closed' or (old.state <> 'open' and new.state = 'open')`
  if (isSqlite(db)) {
    await sql`${sql.raw(`create trigger vote_closed_for_good before update on vote when ${anew} begin
      select raise(abort, '${refused}'); end`)}`.execute(db)
    await sql`${sql.raw(`create trigger vote_no_delete before delete on vote begin select raise(abort, '${refused}'); end`)}`.execute(
      db,
    )
    return
  }
  await sql`${sql.raw(`create function vote_closed_for_good() returns trigger language plpgsql as
    $$ begin
      if TG_OP = 'DELETE' then raise exception '${refused}'; end if;
      if ${anew} then raise exception '${refused}'; end if;
      return new;
    end $$`)}`.execute(db)
  await sql`${sql.raw(`create trigger vote_closed_for_good before update or delete on vote
    for each row execute function vote_closed_for_good()`)}`.execute(db)
}
