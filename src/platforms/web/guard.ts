import type { NextFunction, Request, Response } from 'express'
import { isLoopback } from '../../kernel/address.js'

/** A request that cannot be answered; its sentence is for the person at the page. */
export class Declined extends Error {
  override readonly name = 'Declined'

  constructor(
    readonly status: number,
    sentence: string,
  ) {
    super(sentence)
  }
}

/** Said of a request whose body is not as the page makes it. */
export const UNREADABLE = 'The page sent something that I cannot read. Load it again.'

/** Where a file is sent as it is. */
export const UPLOAD_ROUTE = '/api/upload'
const FILE_TYPE = 'application/octet-stream'

/** Only this machine's own pages: no other site's page, and no name that somebody else may point here. */
export function ownPagesOnly({ headers, method, path }: Request, response: Response, next: NextFunction): void {
  const host = headers.host ?? ''
  if (!isLoopback(host) || (headers.origin !== undefined && headers.origin !== `http://${host}`)) {
    throw new Declined(403, 'This page answers on this machine only.')
  }
  // Neither type can be sent by another site's form, nor by its script without asking first.
  if (method === 'POST' && !headers['content-type']?.startsWith(path === UPLOAD_ROUTE ? FILE_TYPE : 'application/json')) {
    throw new Declined(415, UNREADABLE)
  }
  response.set({
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  })
  next()
}

/** What a failed request is answered: its own sentence, or that something went wrong and no more. */
export const failed =
  (log: (error: unknown) => void) =>
  (error: unknown, _: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) {
      next(error)
      return
    }
    const status = statusOf(error)
    if (!(error instanceof Declined) && status >= 500) log(error)
    response.status(status).json({ error: error instanceof Declined ? error.message : (SENTENCES[status] ?? SENTENCES[500]) })
  }

const SENTENCES: Readonly<Record<number, string>> = {
  400: UNREADABLE,
  413: 'That is too much to read at once. Say it more briefly, or send a smaller file.',
  500: 'Something went wrong. Try again: what was done is not done twice.',
}

/** Express's own parsers say in `status` what was wrong with a request. */
function statusOf(error: unknown): number {
  if (error instanceof Declined) return error.status
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}
