import { emailOf } from '../../src/demonstration/people.js'
import type { From, Place } from '../../src/kernel/actor.js'
import { newId } from '../../src/kernel/ids.js'
import { openTestHouse } from '../house.js'
import type { Ground } from './ground.js'

/** A platform that is not the house’s own: there people are known by nothing but what it has verified of them. */
const CHAT = { platform: 'chat', workspace: 'kent' } as const
const KINDS: Readonly<Record<string, Place['kind']>> = { public: 'public', shared: 'shared' }

/** The demonstration’s house, beside whose board that of the matrix is set up, with a chat in which it is pressed. */
export async function openChatGround(): Promise<Ground> {
  const send = async () => ({ conversation: newId(), message: newId() })
  const house = await openTestHouse({ at: '2026-11-23T10:00:00Z', also: [{ platform: CHAT.platform, send }] })
  const { id: tenant } = await house.handles.reading.selectFrom('tenant').select('id').executeTakeFirstOrThrow()
  const workspace = { platform: CHAT.platform, id: CHAT.workspace, tenant_id: tenant, ours: 0 }
  await house.writer.write((tx) => tx.insertInto('workspace').values(workspace).execute())
  const from = (name: string): From => ({ ...CHAT, user: emailOf(name) })
  return {
    house,
    clock: house.clock,
    faults: house.faults,
    from,
    direct: (name) => ({ ...CHAT, id: `direct:${emailOf(name)}`, kind: 'direct' }),
    place: (where) => ({ ...CHAT, id: where, kind: KINDS[where] ?? 'private', name: where }),
    close: () => house.close(),
  }
}
