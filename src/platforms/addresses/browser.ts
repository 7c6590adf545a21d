import type { Request, Response } from 'express'

const COOKIE = 'quorate'

/** How long a browser shows what was left with it, in milliseconds: fifteen minutes. */
const KEPT_MS = 15 * 60 * 1000

/** What an earlier visit left with this browser, of the cookies that it shows; null: nothing. */
export function browserOf(cookies: string | undefined): string | null {
  const shown = (cookies ?? '').split(';').map((one) => one.trim())
  const value = shown.find((one) => one.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1)
  try {
    return value ? decodeURIComponent(value) : null
  } catch {
    return null
  }
}

/** Leaves something with this browser, to be shown at this one address and to no script. */
export function leaveWith(browser: string, { path }: Request, response: Response, publicUrl: string | null): void {
  const base = publicUrl === null ? null : new URL(publicUrl)
  response.cookie(COOKIE, browser, {
    httpOnly: true,
    sameSite: 'strict',
    secure: base?.protocol === 'https:',
    // What stands before us may take off the beginning of the path.
    path: `${base?.pathname.replace(/\/+$/, '') ?? ''}${path}`,
    maxAge: KEPT_MS,
  })
}
