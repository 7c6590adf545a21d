import type { Db } from '../../db/schema.js'
import type { Vault } from '../../kernel/vault.js'
import { overAmong } from './store.js'

/**
 * Removes the keys of ballots that are over: what a crash between the count and the removal has left.
 * @throws Error of the first that cannot be removed, once all were tried
 */
export async function buryKeys(db: Db, vault: Vault): Promise<void> {
  const names = await vault.keys()
  const errors: unknown[] = []
  for (const name of await overAmong(db, names)) await vault.bury(name).catch((error: unknown) => errors.push(error))
  if (errors.length > 0) throw errors[0]
}
