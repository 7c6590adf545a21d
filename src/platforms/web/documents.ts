import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { Temporal } from 'temporal-polyfill'
import type { Clock } from '../../kernel/time.js'
import type { Document } from '../../kernel/view.js'
import { DOCUMENT_MINUTES, MOST_DOCUMENTS } from './limits.js'

/** Where `show` is mounted. */
export const DOCUMENT_ROUTE = '/documents/:token'

/**
 * Documents that people asked for, in memory, for a time. The page has no login, so the address is the secret: nobody can
 * guess it, and no cache or referrer carries it on.
 */
export interface Documents {
  /** @returns the address that answers with it */
  keep(document: Document): string
  readonly show: RequestHandler<{ token: string }>
}

interface Kept {
  readonly html: string
  readonly until: Temporal.Instant
}

/** Shown in a frame of the page or in a window of its own: its own styles, and nothing that runs or is fetched. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"

const GONE = `<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No document here</title>
<body style="margin: 2rem; font: 1rem/1.5 system-ui, sans-serif">
<main><h1 style="font-size: 1.25rem">No document here</h1>
<p>A document is kept for ${DOCUMENT_MINUTES} minutes. Ask Quorate for it again.</p></main>
</body>
</html>
`

export function documents(systemClock: Clock): Documents {
  const kept = new Map<string, Kept>()

  function makeRoom(): void {
    const now = systemClock.now()
    for (const [token, { until }] of kept) if (isPast(until, now)) kept.delete(token)
    // A map keeps the order in which things were put into it.
    for (const token of kept.keys()) if (kept.size >= MOST_DOCUMENTS) kept.delete(token)
  }

  return {
    keep({ html }) {
      makeRoom()
      const token = randomUUID()
      kept.set(token, { html, until: systemClock.now().add({ minutes: DOCUMENT_MINUTES }) })
      return DOCUMENT_ROUTE.replace(':token', token)
    },
    show({ params: { token } }, response) {
      const found = kept.get(token)
      const html = found && !isPast(found.until, systemClock.now()) ? found.html : null
      response
        .status(html === null ? 404 : 200)
        .set({
          'content-security-policy': POLICY,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cache-control': 'no-store',
        })
        .type('html')
        .send(html ?? GONE)
    },
  }
}

const isPast = (until: Temporal.Instant, now: Temporal.Instant): boolean => Temporal.Instant.compare(until, now) <= 0
