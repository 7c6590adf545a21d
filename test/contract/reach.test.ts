import { expect, test } from 'vitest'
import { verifyChain } from '../../src/db/journal.js'
import { newId } from '../../src/kernel/ids.js'
import { codeOn, emailOf } from '../boards/reach/slack.js'
import { boardCalled } from '../boards.js'
import { textOf } from '../house.js'
import { type Opened, onPostgres, onSqlite } from './both.js'

/** What is answered and kept on a database, step by step, without its ids and codes. */
async function transcript(opened: Opened): Promise<readonly string[]> {
  const { reading, writer, answer, report, placeChanged } = opened
  const board = (await boardCalled(opened, 'KCSP')) ?? ''
  const { tenant_id } = await reading.selectFrom('board').select('tenant_id').where('id', '=', board).executeTakeFirstOrThrow()
  await writer.write((tx) => tx.insertInto('workspace').values({ platform: 'slack', id: 'T1', tenant_id }).execute())
  const said: string[] = []
  const say = async (user: string, words: string, name?: string, channel = false) => {
    const place = { platform: 'slack', workspace: 'T1', id: channel ? 'C1' : user, kind: channel ? 'private' : 'direct' } as const
    const email = name === undefined ? null : emailOf(name)
    const from = { platform: 'slack', workspace: 'T1', user }
    const introduction = async () => ({ email })
    const shown = textOf(
      await answer({ delivery: newId(), from, place: { ...place, guests: [] }, what: { words }, introduction }),
    )
    const code = codeOn(shown)
    said.push(`${user}: ${code ? shown.replaceAll(code, 'CODE') : shown}`)
    return code
  }
  await say('UC', 'who am I', 'Grace Holloway')
  await say('U1', 'who am I', 'DANIEL Okafor')
  await say('U2', 'who am I', 'Daniel Okafor')
  const code = await say('UC', 'code for Daniel Okafor')
  await say('U2', `code ${code}`)
  await say('UC', 'link KCSP', undefined, true)
  await say('UC', 'link KCSP', undefined, true)
  await placeChanged({ platform: 'slack', workspace: 'T1', id: 'C1', kind: 'private', guests: ['U2', 'G1'] })
  await report({ platform: 'slack', workspace: 'T1', user: 'U2', state: 'lost', why: 'deactivated' })
  await report({ platform: 'slack', workspace: 'T1', place: 'C1', state: 'lost', why: 'archived' })
  await say('UC', 'who can be reached')
  await say('U2', 'who am I')
  await report({ platform: 'slack', workspace: 'T1', state: 'lost', why: 'disconnected' })
  await say('UC', 'unlink Daniel Okafor from chat all the same')
  await say('UC', 'unlink this channel all the same', undefined, true)
  const journal = await reading
    .selectFrom('journal')
    .select(['command', 'actor'])
    .where('board_id', '=', board)
    .orderBy('seq')
    .execute()
  said.push(...journal.map(({ command, actor }) => `${command} ${actor === 'house' ? 'by the house' : ''}`))
  const losses = await reading.selectFrom('loss').select(['why', 'ended_at']).orderBy('why').execute()
  said.push(...losses.map(({ why, ended_at }) => `${why}: ${ended_at === null ? 'stands' : 'ended'}`))
  said.push(...(await verifyChain(reading, board)).faults)
  return said
}

test('who is who, which place serves which board and what is lost, alike on both databases', async () => {
  const [sqlite, postgres] = [await onSqlite(), await onPostgres()]
  try {
    const said = await transcript(sqlite)
    expect(said.at(-1)).toBe('disconnected: ended')
    expect(await transcript(postgres)).toEqual(said)
  } finally {
    await sqlite.close()
    await postgres.close()
  }
})
