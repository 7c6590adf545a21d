import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of the test's own, by its real path; it is gone when the test is. */
export function ownFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'quorate-faults-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
