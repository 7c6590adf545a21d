import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { Found } from '../../kernel/address.js'
import { type Files, MissingFile } from '../../kernel/files.js'
import type { Refusal } from '../../kernel/refusal.js'
import { leaveWith } from './browser.js'
import { drawPage, STYLE_MARK } from './render.js'

interface SendNeeds {
  readonly files: Files
  publicUrl(): string | null
}

const NO_MORE = "frame-ancestors 'none'; base-uri 'none'"
const policy = (formAction: "'self'" | "'none'"): string =>
  `default-src 'none'; style-src ${STYLE_MARK}; form-action ${formAction}; ${NO_MORE}`

/**
 * Kinds of files that a browser may show by itself, each with its policy. A browser's own reader of PDFs does not run in a
 * sandbox; it has no hand on the address that the PDF came from.
 */
const SHOWN: Readonly<Record<string, string>> = {
  'application/pdf': `form-action 'none'; ${NO_MORE}`,
  'image/png': `default-src 'none'; sandbox; ${NO_MORE}`,
  'image/jpeg': `default-src 'none'; sandbox; ${NO_MORE}`,
}
const SAVED = `default-src 'none'; sandbox; ${NO_MORE}`

/** Sends what was found: no cache keeps it, no search engine lists it, and no link carries its address on. */
export async function sendFound(
  { files, publicUrl }: SendNeeds,
  request: Request,
  response: Response,
  found: Found,
): Promise<void> {
  switch (found.kind) {
    case 'page':
      if (found.browser) leaveWith(found.browser, request, response, publicUrl())
      return void guarded(response, found.status, policy(found.press === undefined ? "'none'" : "'self'"))
        .type('html')
        .send(drawPage(found))
    case 'text':
      return void named(guarded(response, 200, SAVED), 'attachment', found).send(found.text)
    case 'file': {
      const { bytes, content } = await files.open(found.sha256)
      const shown = SHOWN[found.type]
      if (found.browser !== null) leaveWith(found.browser, request, response, publicUrl())
      named(guarded(response, 200, shown ?? SAVED), shown === undefined ? 'attachment' : 'inline', found)
      response.set('content-length', String(bytes))
      if (request.method !== 'HEAD') return pipeline(content, response)
      content.destroy()
      return void response.end()
    }
    default:
      return found satisfies never
  }
}

const STATUS: Readonly<Partial<Record<Refusal['code'], 404 | 410>>> = { not_found: 404, too_late: 410 }

export const pageOfRefusal = ({ code, sentence }: Refusal): Found => ({
  kind: 'page',
  status: STATUS[code] ?? 403,
  title: 'Not done',
  sentences: [sentence],
})

/** Says that something went wrong, and by which number it is known; of what, only where a file has gone. */
export function sendFault(response: Response, fault: string, error: unknown): void {
  const said =
    error instanceof MissingFile ? error.message : 'That did not work. Try again in a while; if it stays so, tell your clerk.'
  guarded(response, 500, policy("'none'"))
    .type('html')
    .send(drawPage({ title: 'Something went wrong', sentences: [said, `The number of this fault is ${fault}.`] }))
}

const guarded = (response: Response, status: number, contentPolicy: string): Response =>
  response.status(status).set({
    'content-security-policy': contentPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex, nofollow',
    'cross-origin-resource-policy': 'same-origin',
  })

/** With the name by which it is saved, in any script. */
function named(response: Response, as: 'inline' | 'attachment', { name, type }: { name: string; type: string }): Response {
  response.attachment(name)
  const disposition = String(response.get('content-disposition'))
  return response.set({ 'content-disposition': disposition.replace(/^attachment/, as), 'content-type': type })
}
