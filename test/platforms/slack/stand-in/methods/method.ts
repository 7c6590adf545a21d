import { z } from 'zod'
import { needScope } from '../channels.js'
import { invalidArguments } from '../refused.js'
import type { Team } from '../team.js'

export type Answer = Record<string, unknown>

/** A method of the Web API: what it needs, what it takes, what it does. */
export interface Method {
  /** one of these must be held; none where it depends on what is asked for */
  readonly scopes: readonly string[]
  /** called with the app’s token, not the bot’s */
  readonly ofApp: boolean
  /** @throws Refused */
  call(team: Team, raw: Readonly<Record<string, unknown>>): Answer
}

interface Definition<A> {
  readonly scopes?: readonly string[]
  readonly ofApp?: boolean
  readonly args: z.ZodType<A>
  run(team: Team, args: A): Answer
}

export const method = <A>({ scopes = [], ofApp = false, args, run }: Definition<A>): Method => ({
  scopes,
  ofApp,
  call(team, raw) {
    needScope(team, ...scopes)
    const read = args.safeParse(raw)
    if (!read.success)
      throw invalidArguments(
        ...read.error.issues.map(({ message, path, code }) =>
          code === 'invalid_type' && message.includes('undefined')
            ? `missing required field: ${path.join('.')}`
            : `${message} [json-pointer:/${path.map(String).join('/')}]`,
        ),
      )
    return run(team, read.data)
  },
})

/** A form can only say it in words. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
  .transform((value) => value === true || value === 'true' || value === '1')
  .optional()

export const count = (most: number) => z.coerce.number().int().min(1).max(most).optional()
export const id = z.string().min(1)
export const ts = z.string().regex(/^\d{10,}\.\d{6}$/, 'must be a ts')

/** Structures come as JSON in a form, and as they are in JSON. What cannot be read stays words, for the method to refuse. */
export const structure = z
  .unknown()
  .transform((value) => {
    if (typeof value !== 'string') return value
    try {
      const read: unknown = JSON.parse(value)
      return read
    } catch {
      return value
    }
  })
  .optional()

/** A page of a list, and the cursor to the next. */
export function pageOf<T>(
  all: readonly T[],
  limit: number,
  cursor: string | undefined,
): { page: readonly T[]; response_metadata: Answer } {
  const start = cursor ? Number(Buffer.from(cursor, 'base64').toString()) : 0
  if (!Number.isInteger(start)) throw invalidArguments('invalid_cursor')
  const next = start + limit < all.length ? Buffer.from(String(start + limit)).toString('base64') : ''
  return { page: all.slice(start, start + limit), response_metadata: { next_cursor: next } }
}
