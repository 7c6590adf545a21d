import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Db, Tx } from '../../db/schema.js'
import type { Writer } from '../../db/write.js'
import { newId } from '../../kernel/ids.js'
import { StartError } from '../../kernel/start-error.js'
import { type Call, NoAnswer } from './client.js'

export const PLATFORM = 'slack'

/** The workspace in which a token is, and what Quorate is called there. */
export interface Workspace {
  /** T… */
  readonly id: string
  /** Quorate's own user, U… */
  readonly botUser: string
}

export const Introduced = z.object({ team_id: z.string(), user_id: z.string(), url: z.string().optional() })

/** What Slack says of a token that it does not take. */
export const REFUSED_TOKENS: Readonly<Record<string, string>> = {
  invalid_auth: 'it knows no such token',
  not_authed: 'it knows no such token',
  token_revoked: 'the token was revoked',
  token_expired: 'the token has expired',
  account_inactive: 'the app was removed from the workspace, or the workspace is gone',
}

/** Asks Slack where the token is; where it is not reached, for half a minute. @throws StartError with what to do */
export async function workspaceOf(call: Call): Promise<Workspace> {
  for (let tries = 0; ; tries += 1) {
    try {
      const { team_id: id, user_id: botUser } = await call('auth.test', {}, Introduced)
      return { id, botUser }
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      const refused = REFUSED_TOKENS[error.why]
      if (refused !== undefined)
        throw new StartError(
          `Slack does not take SLACK_BOT_TOKEN: ${refused}. Copy the Bot User OAuth Token of the app anew, and start again.`,
        )
      if (tries === MOST_TRIES)
        throw new StartError(
          `Slack cannot be reached (${error.why}). Look at the network, and at SLACK_API_URL where it is set, and start again.`,
        )
      // A machine that starts may have its network a little later.
      await wait(1_000 * 2 ** tries)
    }
  }
}

/** After the first: half a minute in all. */
const MOST_TRIES = 5

/** Whose a workspace is; null where nobody has claimed it. */
export const tenantOf = async (db: Db, workspace: string): Promise<string | null> =>
  (
    await db
      .selectFrom('workspace')
      .select('tenant_id')
      .where('platform', '=', PLATFORM)
      .where('id', '=', workspace)
      .executeTakeFirst()
  )?.tenant_id ?? null

/** Gives a workspace to the only tenant there is, which is made if there is none. @throws StartError where there are several */
export async function claimed(writer: Writer, { id }: Workspace): Promise<void> {
  await writer.write(async (tx) => {
    const known = await tenantOf(tx, id)
    await tx
      .insertInto('workspace')
      .values({ platform: PLATFORM, id, tenant_id: known ?? (await onlyTenant(tx)), takes_files: 1 })
      .onConflict((once) => once.columns(['platform', 'id']).doUpdateSet({ takes_files: 1 }))
      .execute()
  })
}

async function onlyTenant(tx: Tx): Promise<string> {
  const [one, another] = await tx.selectFrom('tenant').select('id').limit(2).execute()
  if (another)
    throw new StartError(
      'This database holds the boards of several tenants, and none of them has this Slack workspace. Name a database of one tenant in DATABASE_URL.',
    )
  if (one) return one.id
  const id = newId()
  await tx.insertInto('tenant').values({ id, name: 'Quorate' }).execute()
  return id
}
