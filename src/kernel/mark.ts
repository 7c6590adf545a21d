import { createHash } from 'node:crypto'

/** The SHA-256 of what was sent in base64, hex: by it a file that is kept elsewhere is known again. */
export const markOf = (base64: string): string => createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex')
