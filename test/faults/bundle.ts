import { readFile } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const { resolve } = createRequire(import.meta.url)

/** Packages stay where they are, and each source reads its neighbours' files from where it stands itself. */
const inPlace: Plugin = {
  name: 'in place',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || isBuiltin(path) ? undefined : { path: pathToFileURL(resolve(path)).href, external: true },
    )
    onLoad({ filter: /\/(?:src|test|migrations)\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      return { loader: 'ts', contents: source.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)) }
    })
  },
}

/** Makes one file of a program beside this one, which then starts in a third of the time. @returns its path */
export async function bundled(program: string, folder: string): Promise<string> {
  const outfile = join(folder, program.replace(/\.ts$/, '.mjs'))
  const source = fileURLToPath(new URL(program, import.meta.url))
  const how = { bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning' } as const
  await build({ ...how, entryPoints: [source], outfile, plugins: [inPlace] })
  return outfile
}
