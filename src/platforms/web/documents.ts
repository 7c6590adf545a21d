import { randomUUID } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import { Temporal } from 'temporal-polyfill'
import type { Clock } from '../../kernel/time.js'
import type { Document, DocumentFile } from '../../kernel/view.js'
import { DOCUMENT_MINUTES, MOST_DOCUMENTS } from './limits.js'
import type { KeptFile } from './protocol.js'

/** Where `show` is mounted. */
export const DOCUMENT_ROUTE = '/documents/:token'
/** Where `download` is mounted; `place` is 1, 2, 3 … among the document's files. */
export const FILE_ROUTE = '/documents/:token/files/:place'

/**
 * Documents that people asked for, in memory, for a time. The page has no login, so the address is the secret: nobody can
 * guess it, and no cache or referrer carries it on.
 */
export interface Documents {
  /** @returns the address that answers with it, and those of its files */
  keep(document: Document): KeptAt
  readonly show: RequestHandler<{ token: string }>
  readonly download: RequestHandler<{ token: string; place: string }>
}

export interface KeptAt {
  readonly address: string
  readonly files: readonly KeptFile[]
}

interface Kept {
  readonly html: string
  readonly files: readonly DocumentFile[]
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

  const found = (token: string): Kept | undefined => {
    const one = kept.get(token)
    return one && !isPast(one.until, systemClock.now()) ? one : undefined
  }

  return {
    keep({ html, files = [] }) {
      makeRoom()
      const token = randomUUID()
      kept.set(token, { html, files, until: systemClock.now().add({ minutes: DOCUMENT_MINUTES }) })
      const at = (route: string) => route.replace(':token', token)
      return {
        address: at(DOCUMENT_ROUTE),
        files: files.map(({ name }, n) => ({ name, address: at(FILE_ROUTE).replace(':place', String(n + 1)) })),
      }
    },
    show({ params: { token } }, response) {
      const document = found(token)
      guarded(response, document ? 200 : 404)
        .type('html')
        .send(document?.html ?? GONE)
    },
    download({ params: { token, place } }, response) {
      const file = found(token)?.files[Number(place) - 1]
      if (!file) return void guarded(response, 404).type('html').send(GONE)
      // Never shown, only kept: an SVG that a browser opened in a window would be a page of this address.
      guarded(response, 200).attachment(file.name).type(file.type).send(Buffer.from(file.base64, 'base64'))
    },
  }
}

const guarded = (response: Response, status: number): Response =>
  response.status(status).set({
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })

const isPast = (until: Temporal.Instant, now: Temporal.Instant): boolean => Temporal.Instant.compare(until, now) <= 0
