import type { Kysely } from 'kysely'

/**
 * The room: how a meeting sat, who was there from when until when, who declared an interest, and what the quorum was.
 * Nothing is ever overwritten: of the rows of one spell, or of one interest, the highest `seq` stands.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sitting')
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('seq', 'integer', (c) => c.notNull()) // 1, 2, 3 … of its meeting
    .addColumn('act', 'text', (c) => c.notNull()) // as `attendance/ledger.ts` names them
    .addColumn('at', 'text', (c) => c.notNull()) // instant
    .addColumn('person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // who presides; null: as the terms say
    .addColumn('words', 'text') // until when it is adjourned, or by which reading it is counted
    .addColumn('roster', 'text') // JSON: seats and offices as they then were, from the opening on and whenever they change
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // null: the operator
    .addPrimaryKeyConstraint('sitting_pk', ['meeting_id', 'seq'])
    .execute()

  await db.schema
    .createTable('spell')
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull()) // of the spell: the same in each of its rows
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('seat_id', 'text', (c) => c.references('seat.id').onDelete('restrict'))
    .addColumn('capacity', 'text', (c) => c.notNull())
    .addColumn('for_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // whom a substitute substitutes
    .addColumn('mode', 'text', (c) => c.notNull()) // room, online
    .addColumn('from_at', 'text', (c) => c.notNull())
    .addColumn('until_at', 'text')
    .addColumn('dropped', 'integer', (c) => c.notNull().defaultTo(0)) // 1: it ended as a connection dropped
    .addColumn('struck', 'integer', (c) => c.notNull().defaultTo(0)) // 1: it never was, as a correction says
    .addColumn('listed', 'text') // where the clerk places them in the notes; null: where they belong
    .addColumn('reason', 'text') // of a correction
    .addColumn('recorded_at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addPrimaryKeyConstraint('spell_pk', ['meeting_id', 'seq'])
    .execute()
  await db.schema.createIndex('spell_person').on('spell').columns(['person_id', 'meeting_id']).execute()
  await db.schema.createIndex('spell_dropped').on('spell').columns(['dropped', 'until_at']).execute()

  await db.schema
    .createTable('expectation')
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('kind', 'text', (c) => c.notNull()) // comes late, leaves early
    .addColumn('at', 'text') // when they come or leave, where they have said
    .addColumn('recorded_at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addPrimaryKeyConstraint('expectation_pk', ['meeting_id', 'seq'])
    .execute()

  await db.schema
    .createTable('interest')
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull()) // of the interest: the same in each of its rows
    .addColumn('item_id', 'text', (c) => c.notNull().references('item.id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('nature', 'text', (c) => c.notNull())
    .addColumn('conduct', 'text', (c) => c.notNull()) // stayed, spoke, withdrew
    .addColumn('withdrew_at', 'text')
    .addColumn('returned_at', 'text')
    .addColumn('recorded_at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addPrimaryKeyConstraint('interest_pk', ['meeting_id', 'seq'])
    .execute()

  // What was known at each act, as it was known then: corrections come after it and do not change it.
  await db.schema
    .createTable('quorum_entry')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('verdict', 'text', (c) => c.notNull()) // quorate, inquorate, disputed
    .addColumn('presiding_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addColumn('figures', 'text', (c) => c.notNull()) // JSON: of the room and of each item from which somebody has withdrawn
    .addColumn('terms_id', 'text', (c) => c.notNull().references('terms.id').onDelete('restrict'))
    .addUniqueConstraint('quorum_entry_order', ['meeting_id', 'seq'])
    .execute()
}
