import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * Makes `dist` of `src` and `migrations`:
 * - TypeScript by tsc, which also copies the JSON that is imported;
 * - the boards' YAML and the demonstration's roster, copied beside the code that reads them;
 * - the page: its TypeScript bundled by esbuild into page.js and its styles into page.css, its HTML and icon copied.
 * With `--if-needed`, only when a file is not as it was at the last build.
 */
const SOURCES = ['src', 'migrations', 'build.ts', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']
const STAMP = 'dist/.built'
const PAGE = 'src/platforms/web/page'

const filesUnder = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [path]

function stateOfSources(): string {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(filesUnder)) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

const copy = (folder: string, ending: RegExp) =>
  cpSync(folder, join('dist', folder), {
    recursive: true,
    filter: (file) => statSync(file).isDirectory() || ending.test(file),
  })

const state = stateOfSources()
const current = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === state
if (!process.argv.includes('--if-needed') || !current) {
  rmSync('dist', { recursive: true, force: true })
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
  copy('src/boards', /\.ya?ml$/)
  copy('src/demonstration', /\.csv$/)
  copy(PAGE, /\.(?:html|svg|png)$/)
  await build({
    entryPoints: [
      { in: join(PAGE, 'main.tsx'), out: 'page' },
      { in: join(PAGE, 'page.css'), out: 'page' },
    ],
    outdir: join('dist', PAGE),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  })
  chmodSync('dist/src/cli.js', 0o755)
  writeFileSync(STAMP, state)
}
