import { type Kysely, sql } from 'kysely'
import { isSqlite, neverChanged } from '../src/db/never-changed.js'

/**
 * Elections: who was nominated, the ballots that were held, and what settled equal votes. What somebody chose in a secret
 * ballot is sealed while it is open, and after it stands in no row with who chose it; nor is there any time beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('election')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('item_id', 'text', (c) => c.notNull().references('item.id').onDelete('restrict'))
    .addColumn('office', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull()) // nominations, balloting, tied, elected, called off
    .addColumn('reading', 'text') // of who is eligible, as the person presiding has ruled; null: nobody has
    .addColumn('terms_id', 'text', (c) => c.notNull().references('terms.id').onDelete('restrict')) // in force when it began
    .addColumn('elected_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addColumn('decision_id', 'text', (c) => c.references('decision.id').onDelete('restrict'))
    .addColumn('began_at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // null: the operator
    .addUniqueConstraint('election_item', ['item_id', 'office'])
    .execute()
  await db.schema.createIndex('election_meeting').on('election').column('meeting_id').execute()
  await db.schema
    .createTable('nomination')
    .addColumn('election_id', 'text', (c) => c.notNull().references('election.id').onDelete('restrict'))
    .addColumn('nominee_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('proposer_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('seconder_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addColumn('state', 'text', (c) => c.notNull()) // nominated, accepted, declined, withdrawn
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addPrimaryKeyConstraint('nomination_pk', ['election_id', 'nominee_id'])
    .execute()
  await db.schema
    .createTable('election_ballot')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('election_id', 'text', (c) => c.notNull().references('election.id').onDelete('restrict'))
    .addColumn('number', 'integer', (c) => c.notNull()) // 1, 2, 3 … of its election
    .addColumn('state', 'text', (c) => c.notNull()) // open; stuck: it cannot be opened; closed; void
    .addColumn('method', 'text', (c) => c.notNull())
    .addColumn('candidates', 'text', (c) => c.notNull()) // JSON: people, as they stand on it
    .addColumn('public_key', 'text') // of a secret one, to which its papers are sealed
    .addColumn('check_words', 'integer', (c) => c.notNull())
    .addColumn('opened_at', 'text', (c) => c.notNull())
    .addColumn('closes_at', 'text')
    .addColumn('by_hand', 'integer', (c) => c.notNull()) // 1: not when all have voted
    .addColumn('opened_by_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addColumn('quorum_open', 'text', (c) => c.notNull()) // JSON: the count
    .addColumn('closed_at', 'text')
    .addColumn('quorum_close', 'text')
    .addColumn('counted', 'text') // JSON: as `elections/counting.ts` counts
    .addColumn('silent', 'text') // JSON: seats that could vote at the close and had not
    .addColumn('why', 'text') // it is void, or stuck
    .addUniqueConstraint('election_ballot_number', ['election_id', 'number'])
    .execute()
  await db.schema.createIndex('election_ballot_due').on('election_ballot').columns(['state', 'closes_at']).execute()
  await keyedOnly(
    db,
    db.schema
      .createTable('voted') // who has; never what
      .addColumn('ballot_id', 'text', (c) => c.notNull().references('election_ballot.id').onDelete('restrict'))
      .addColumn('voter_id', 'text', (c) => c.notNull()) // the seat, or where persons vote the person
      .addColumn('seat_id', 'text', (c) => c.notNull().references('seat.id').onDelete('restrict'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict')) // who spoke for it
      .addPrimaryKeyConstraint('voted_pk', ['ballot_id', 'voter_id']),
  )
  await db.schema
    .createTable('open_paper')
    .addColumn('ballot_id', 'text', (c) => c.notNull().references('election_ballot.id').onDelete('restrict'))
    .addColumn('voter_id', 'text', (c) => c.notNull())
    .addColumn('choice', 'text', (c) => c.notNull()) // JSON
    .addPrimaryKeyConstraint('open_paper_pk', ['ballot_id', 'voter_id'])
    .execute()
  await keyedOnly(
    db,
    db.schema
      .createTable('sealed_paper')
      .addColumn('ballot_id', 'text', (c) => c.notNull().references('election_ballot.id').onDelete('restrict'))
      .addColumn('voter_id', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull()) // of one length whatever was chosen
      .addPrimaryKeyConstraint('sealed_paper_pk', ['ballot_id', 'voter_id']),
  )
  await keyedOnly(
    db,
    db.schema
      .createTable('counted_choice') // of a secret ballot, shuffled: for a recount until the notes are approved
      .addColumn('ballot_id', 'text', (c) => c.notNull().references('election_ballot.id').onDelete('restrict'))
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('choice', 'text', (c) => c.notNull()) // JSON
      .addColumn('words', 'text') // by which its voter knows it
      .addPrimaryKeyConstraint('counted_choice_pk', ['ballot_id', 'position']),
  )
  await db.schema
    .createTable('lot_seed')
    .addColumn('ballot_id', 'text', (c) => c.notNull().references('election_ballot.id').onDelete('restrict')) // in which votes were equal
    .addColumn('number', 'integer', (c) => c.notNull()) // of its drawings
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('words', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('lot_seed_pk', ['ballot_id', 'number', 'person_id'])
    .execute()
  await db.schema
    .createTable('tie_settled')
    .addColumn('ballot_id', 'text', (c) => c.notNull().references('election_ballot.id').onDelete('restrict'))
    .addColumn('number', 'integer', (c) => c.notNull()) // 1, 2, 3 … as they were needed
    .addColumn('how', 'text', (c) => c.notNull()) // lot, casting vote
    .addColumn('among', 'text', (c) => c.notNull()) // JSON
    .addColumn('drawn_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('account', 'text', (c) => c.notNull()) // JSON: the seed and each digest, or who cast
    .addColumn('counted', 'text', (c) => c.notNull()) // JSON: the ballot counted with it
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addPrimaryKeyConstraint('tie_settled_pk', ['ballot_id', 'number'])
    .execute()
  await neverChanged(db, 'tie_settled')
  for (const table of ['voted', 'open_paper', 'sealed_paper']) await onlyWhileOpen(db, table)
  await closedForGood(db)
}

type Table = ReturnType<Kysely<unknown>['schema']['createTable']>

/** A table whose rows have no number of their own that would tell in which order they came. */
async function keyedOnly(db: Kysely<unknown>, table: Table): Promise<void> {
  await (isSqlite(db) ? table.modifyEnd(sql`without rowid`) : table).execute()
}

/** A paper is written while its ballot is open; a sealed one is taken away once it is not. */
async function onlyWhileOpen(db: Kysely<unknown>, table: string): Promise<void> {
  const refused = `no ballot is altered once it is closed`
  const isOpen = (row: 'new' | 'old') =>
    `exists (select 1 from election_ballot where election_ballot.id = ${row}.ballot_id and election_ballot.state = 'open')`
  const mayGo = table === 'sealed_paper' ? `not ${isOpen('old')}` : 'false'
  if (isSqlite(db)) {
    for (const change of ['insert', 'update'])
      await sql`${sql.raw(`create trigger ${table}_${change}_while_open before ${change} on ${table} when not ${isOpen('new')} begin
        select raise(abort, '${refused}'); end`)}`.execute(db)
    await sql`${sql.raw(`create trigger ${table}_delete_after before delete on ${table} when not (${mayGo}) begin
      select raise(abort, '${refused}'); end`)}`.execute(db)
    return
  }
  await sql`${sql.raw(`create function ${table}_while_open() returns trigger language plpgsql as
    $$ begin
      if TG_OP = 'DELETE' then
        if not (${mayGo}) then raise exception '${refused}'; end if;
        return old;
      end if;
      if not ${isOpen('new')} then raise exception '${refused}'; end if;
      return new;
    end $$`)}`.execute(db)
  await sql`${sql.raw(`create trigger ${table}_while_open before insert or update or delete on ${table}
    for each row execute function ${table}_while_open()`)}`.execute(db)
}

/** A ballot that is counted or void is not opened again, nor altered. */
async function closedForGood(db: Kysely<unknown>): Promise<void> {
  const refused = 'no ballot is opened again, or altered once it is closed'
  const over = `old.state in ('closed', 'void') or (old.state <> 'open' and new.state = 'open')`
  if (isSqlite(db)) {
    await sql`${sql.raw(`create trigger election_ballot_closed_for_good before update on election_ballot when ${over} begin
      select raise(abort, '${refused}'); end`)}`.execute(db)
    await sql`${sql.raw(`create trigger election_ballot_no_delete before delete on election_ballot begin
      select raise(abort, '${refused}'); end`)}`.execute(db)
    return
  }
  await sql`${sql.raw(`create function election_ballot_closed_for_good() returns trigger language plpgsql as
    $$ begin
      if TG_OP = 'DELETE' then raise exception '${refused}'; end if;
      if ${over} then raise exception '${refused}'; end if;
      return new;
    end $$`)}`.execute(db)
  await sql`${sql.raw(`create trigger election_ballot_closed_for_good before update or delete on election_ballot
    for each row execute function election_ballot_closed_for_good()`)}`.execute(db)
}
