import { generateKeyPairSync } from 'node:crypto'
import { open, readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Vault } from '../kernel/vault.js'
import { makeFolder, syncFolder } from './files.js'

const ENDING = '.key'

/**
 * Keeps private keys in a folder that nobody but the server's own user may read, a file each.
 * @param scrub makes what was deleted from the database unreadable in its log too
 */
export function vaultOnDisk(folder: string, scrub: () => Promise<void>): Vault {
  const addressOf = (name: string): string => {
    if (!/^[0-9a-f-]{36}$/.test(name)) throw new Error('that is no name of a key')
    return join(folder, `${name}${ENDING}`)
  }

  const remove = async (name: string): Promise<void> => {
    const address = addressOf(name)
    try {
      // What cannot be overwritten is removed all the same.
      await overwrite(address).catch(() => undefined)
      await unlink(address)
    } catch (error) {
      if (!isGone(error)) throw error
      return
    }
    await syncFolder(folder)
  }

  return {
    async make(name) {
      const { publicKey, privateKey } = generateKeyPairSync('x25519')
      await makeFolder(folder)
      const file = await open(addressOf(name), 'wx', 0o600)
      try {
        await file.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }))
        await file.sync()
      } finally {
        await file.close()
      }
      await syncFolder(folder)
      return publicKey.export({ type: 'spki', format: 'der' }).toString('base64url')
    },
    async read(name) {
      try {
        return await readFile(addressOf(name), 'utf8')
      } catch (error) {
        if (isGone(error)) return null
        throw error
      }
    },
    discard: remove,
    async bury(name) {
      try {
        await scrub()
      } finally {
        // Whatever holds the log: without its key, what was sealed stays sealed.
        await remove(name)
      }
    },
    async keys() {
      const names = await readdir(folder).catch((error: unknown) => {
        if (isGone(error)) return []
        throw error
      })
      return names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length))
    },
  }
}

/** So that nothing of it is found again on a disk that writes in place, nor under another name of the same file. */
async function overwrite(address: string): Promise<void> {
  const file = await open(address, 'r+')
  try {
    const { size } = await file.stat()
    await file.write(Buffer.alloc(size), 0, size, 0)
    await file.sync()
  } finally {
    await file.close()
  }
}

const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
