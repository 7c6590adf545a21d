import Sqlite from 'better-sqlite3'

/** Whose votes they are, and on what. */
export interface Voted {
  readonly board: string
  readonly meeting: string
  readonly item: string
}

/**
 * Writes votes that were held before, each on a motion of its own, with a ballot of each seat of the board, closed, and with
 * its entry in the register.
 * @param file of a database that is open, or was
 */
export function holdVotes(file: string, { board, meeting, item }: Voted, votes: number): void {
  const database = new Sqlite(file)
  // Only to be filled quickly: nothing here is to survive a power cut.
  for (const pragma of ['synchronous = OFF', 'cache_size = -1000000', 'temp_store = MEMORY']) database.pragma(pragma)
  const at = '2026-12-17T10:01:00.000Z'
  database.transaction(() => {
    database.exec('create temp table held (n integer primary key, id text not null)')
    database
      .prepare(
        `insert into held with recursive counted(n) as (select 1 union all select n + 1 from counted where n < ?)
         select n, lower(hex(randomblob(16))) from counted`,
      )
      .run(votes)
    const terms = database.prepare("select id from terms where board_id = ? and state = 'approved'").pluck().get(board)
    const first = database.prepare('select coalesce(max(number), 0) from motion where meeting_id = ?').pluck().get(meeting)
    database
      .prepare(
        `insert into motion (id, meeting_id, item_id, number, state, ratifies_id, terms_id, put_at, by_person_id)
         select id, ?, ?, ? + n, 'decided', null, ?, ?, null from held`,
      )
      .run(meeting, item, first, terms, at)
    database.prepare(`insert into motion_wording select id, 1, '["the grant be spent"]', ?, null from held`).run(at)
    database
      .prepare(
        `insert into vote select id, 'open', ?, null, 1, 0, 0, null,
           '{"figures":[],"verdict":"quorate","ruled":null}', ?, '{"figures":[],"verdict":"quorate","ruled":null}', '[]' from held`,
      )
      .run(at, at)
    database
      .prepare(
        `insert into ballot select held.id, seat.id, seat.id, holding.person_id, 'for', 0, ?, 0, holding.person_id, null
         from held join seat join holding on holding.seat_id = seat.id where seat.board_id = ?`,
      )
      .run(at, board)
    database.exec("update vote set state = 'closed' where motion_id in (select id from held)")
    database
      .prepare(
        `insert into decision (id, board_id, series, number, meeting_id, item_id, motion_id, outcome, how, words, openness, account,
           corrects_id, ratifies_id, terms_id, at, by_person_id)
         select lower(hex(randomblob(16))), ?, '', ? + n, ?, ?, id, 'resolved', 'vote', 'RESOLVED that the grant be spent.', 'open',
           '{"presiding":null,"quorum":null,"dissents":[],"vote":null,"delegated":null,"reason":null,"rests":[]}',
           null, null, ?, ?, null from held`,
      )
      .run(board, first, meeting, item, terms, at)
    database.exec('drop table held')
  })()
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}
