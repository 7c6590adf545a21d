import { createHash, randomBytes } from 'node:crypto'

/** A secret that nobody guesses: 32 random bytes, in 43 letters that an address may have. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is kept of a secret, which is kept nowhere: SHA-256, hex. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
