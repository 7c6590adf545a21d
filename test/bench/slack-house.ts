import Sqlite from 'better-sqlite3'
import { recipientText } from '../../src/outbox/recipient.js'
import { CLERK, openAssembly, PLACE, putToVote, voterOf } from '../votes/assembly.js'

/** Voters, each with a seat; as many press at once. */
export const VOTERS = 64
export const TEAM = 'T0BENCH'
export const BOT_USER = 'U0QUORATE'
export const CHANNEL = 'C0BENCH'
/** By the board's clock, when a server starts: a minute after the vote was opened. */
export const AT = '2026-12-17T10:06:00Z'

/** Slack's id of a voter, by their number from 1. */
export const userOf = (voter: number): string => `U0VOTER${voter}`

/**
 * Makes the database of a board in Slack, in session, with a vote open that nothing but a hand closes; its cards wait to be sent.
 * @param file not there yet
 * @returns the motion
 */
export async function makeSlackVote(file: string): Promise<string> {
  const assembly = await openAssembly({ seats: VOTERS, file })
  const motion = await putToVote(assembly, { ends: 'hand' })
  await assembly.house.close()
  moveToSlack(file, assembly.board)
  return motion
}

/** What was set up on the page is the same board in Slack, where nobody has been written to yet. */
function moveToSlack(file: string, board: string): void {
  const database = new Sqlite(file)
  database.pragma('foreign_keys = OFF')
  const run = (statement: string, ...given: readonly string[]) => database.prepare(statement).run(...given)
  const page = database.prepare('select platform, workspace from place where id = ?').get(PLACE) as Record<
    'platform' | 'workspace',
    string
  >
  const placed = (platform: string, workspace: string, id: string) => recipientText({ place: { platform, workspace, id } }, board)
  run("insert into workspace (platform, id, tenant_id) select 'slack', ?, tenant_id from board where id = ?", TEAM, board)
  const known = (user: string, name: string) => {
    const where = 'person_id = (select id from person where name = ?)'
    run(`update identity set platform = 'slack', workspace = ?, user_id = ? where ${where}`, TEAM, user, name)
  }
  known('U0CLERK', CLERK)
  for (let voter = 1; voter <= VOTERS; voter += 1) known(userOf(voter), voterOf(voter))
  run('delete from identity where platform = ?', page.platform)
  run("update place set platform = 'slack', workspace = ?, id = ? where id = ?", TEAM, CHANNEL, PLACE)
  run(
    'update notice set recipient = ? where recipient = ?',
    placed('slack', TEAM, CHANNEL),
    placed(page.platform, page.workspace, PLACE),
  )
  run("delete from notice where state = 'sent' and kind = 'live' and notice not like 'votes.%'")
  run(
    "update notice set state = 'waiting', platform = null, workspace = null, conversation = null, message = null, sent_at = null, sent_hash = null where notice like 'votes.%'",
  )
  database.close()
}
