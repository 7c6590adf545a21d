import { newId } from '../../src/kernel/ids.js'
import type { TestHouse } from '../house.js'

/** Another tenant in the same database, with a board under the same terms and a meeting at the same hour. */
export async function addOtherTenant({ handles, writer }: TestHouse): Promise<{ meeting: string }> {
  const { reading } = handles
  const board = await reading.selectFrom('board').selectAll().executeTakeFirstOrThrow()
  const terms = await reading.selectFrom('terms').selectAll().executeTakeFirstOrThrow()
  const meeting = await reading.selectFrom('meeting').selectAll().executeTakeFirstOrThrow()
  const other = { tenant: newId(), board: newId(), meeting: newId() }
  await writer.write(async (tx) => {
    await tx.insertInto('tenant').values({ id: other.tenant, name: 'Another county' }).execute()
    await tx
      .insertInto('board')
      .values({ ...board, id: other.board, tenant_id: other.tenant })
      .execute()
    await tx
      .insertInto('terms')
      .values({ ...terms, id: newId(), board_id: other.board })
      .execute()
    await tx
      .insertInto('meeting')
      .values({ ...meeting, id: other.meeting, board_id: other.board })
      .execute()
  })
  return { meeting: other.meeting }
}
