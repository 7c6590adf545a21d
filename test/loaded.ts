import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A script to be imported before all else, and the list into which it writes what is loaded. */
export function watchingModules(folder: string): { readonly watcher: string; readonly list: string } {
  const list = join(folder, 'modules')
  const watcher = join(folder, 'watch.mjs')
  const hook = `import { appendFileSync } from 'node:fs'
export async function load(url, context, next) { appendFileSync(${JSON.stringify(list)}, url + '\\n'); return next(url, context) }`
  writeFileSync(
    watcher,
    `import { register, createRequire } from 'node:module'
import { appendFileSync } from 'node:fs'
register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}))
const { _load } = createRequire(import.meta.url)('node:module')
const Module = createRequire(import.meta.url)('node:module')
Module._load = function (request, parent, main) { appendFileSync(${JSON.stringify(list)}, request + '\\n'); return _load.call(this, request, parent, main) }`,
  )
  return { watcher, list }
}
