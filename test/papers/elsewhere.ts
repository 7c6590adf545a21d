import type { From } from '../../src/kernel/actor.js'
import { newId } from '../../src/kernel/ids.js'
import type { House } from '../../src/wiring.js'

/** The clerk of a board in another tenant, under the same terms as the first. */
export async function addElsewhere(
  { handles, writer }: Pick<House, 'handles' | 'writer'>,
  { name, email, from }: { readonly name: string; readonly email: string; readonly from: From },
): Promise<{ readonly board: string }> {
  const { reading } = handles
  const [board, terms] = [
    await reading.selectFrom('board').selectAll().executeTakeFirstOrThrow(),
    await reading.selectFrom('terms').selectAll().executeTakeFirstOrThrow(),
  ]
  const other = { tenant: newId(), board: newId(), person: newId() }
  await writer.write(async (tx) => {
    const office = await tx.selectFrom('office').selectAll().where('office', '=', 'clerk').executeTakeFirstOrThrow()
    const clerk = await tx.selectFrom('person').selectAll().where('id', '=', office.person_id).executeTakeFirstOrThrow()
    await tx.insertInto('tenant').values({ id: other.tenant, name: 'Another county' }).execute()
    await tx
      .insertInto('board')
      .values({ ...board, id: other.board, tenant_id: other.tenant, short_name: 'Elsewhere' })
      .execute()
    await tx
      .insertInto('terms')
      .values({ ...terms, id: newId(), board_id: other.board })
      .execute()
    await tx
      .insertInto('person')
      .values({ ...clerk, id: other.person, tenant_id: other.tenant, name, email })
      .execute()
    await tx
      .insertInto('identity')
      .values({ platform: from.platform, workspace: from.workspace, user_id: from.user, person_id: other.person, preferred: 1 })
      .execute()
    await tx
      .insertInto('office')
      .values({ ...office, board_id: other.board, person_id: other.person })
      .execute()
  })
  return { board: other.board }
}
