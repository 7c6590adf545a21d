import { chmodSync, linkSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { vaultOnDisk } from '../../src/db/vault.js'
import { openingKey } from '../../src/elections/sealing.js'
import { newId } from '../../src/kernel/ids.js'
import { ownFolder } from '../faults/folder.js'

function vaultIn(folder: string, scrub: () => Promise<void> = async () => undefined) {
  const keys = join(folder, 'keys')
  return { keys, vault: vaultOnDisk(keys, scrub), file: (name: string) => join(keys, `${name}.key`) }
}

test('a key is made, read and kept for nobody but the user of the server', async () => {
  const { vault, keys, file } = vaultIn(ownFolder())
  expect(await vault.keys()).toEqual([])
  const name = newId()
  const publicKey = await vault.make(name)
  expect(openingKey((await vault.read(name)) ?? '', publicKey).type).toBe('private')
  expect([statSync(keys).mode & 0o777, statSync(file(name)).mode & 0o777]).toEqual([0o700, 0o600])
  expect(await vault.keys()).toEqual([name])
})

test('a key is never made in the place of another', async () => {
  const { vault } = vaultIn(ownFolder())
  const name = newId()
  await vault.make(name)
  const before = await vault.read(name)
  await expect(vault.make(name)).rejects.toMatchObject({ code: 'EEXIST' })
  expect(await vault.read(name)).toBe(before)
})

test('a key that is removed is overwritten first: the same file under another name holds nothing of it', async () => {
  const folder = ownFolder()
  const { vault, file } = vaultIn(folder)
  const [one, other] = [newId(), newId()]
  for (const name of [one, other]) {
    await vault.make(name)
    linkSync(file(name), join(folder, name))
  }
  await vault.discard(one)
  await vault.bury(other)
  for (const name of [one, other]) expect(readFileSync(join(folder, name)).every((byte) => byte === 0)).toBe(true)
  expect(await vault.keys()).toEqual([])
})

test('a key that cannot be overwritten is removed all the same', async () => {
  const { vault, file } = vaultIn(ownFolder())
  const name = newId()
  await vault.make(name)
  chmodSync(file(name), 0o400)
  await vault.discard(name)
  expect(await vault.read(name)).toBeNull()
})

test('the log is emptied before the key goes; where it is not, the key goes and it is told', async () => {
  const folder = ownFolder()
  const seen: (string | null)[] = []
  const name = newId()
  const { vault } = vaultIn(folder, async () => {
    seen.push(await vault.read(name))
    throw new Error('the log is in use')
  })
  await vault.make(name)
  await expect(vault.bury(name)).rejects.toThrow('the log is in use')
  expect(seen).toEqual([expect.stringContaining('PRIVATE KEY')])
  expect(await vault.read(name)).toBeNull()
})

test('what is gone is removed again without a word, and no other file is named', async () => {
  const folder = ownFolder()
  const { vault, keys } = vaultIn(folder)
  mkdirSync(keys)
  writeFileSync(join(folder, 'other.key'), 'other')
  await vault.discard(newId())
  await vault.bury(newId())
  await expect(vault.read('../other')).rejects.toThrow('that is no name of a key')
  await expect(vault.discard('../other')).rejects.toThrow('that is no name of a key')
  expect(readFileSync(join(folder, 'other.key'), 'utf8')).toBe('other')
})
