import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'

/** Bytes of what is sealed, whatever was chosen: a count, places on the ballot, and the two words to check it by. */
const INSIDE = 64
const VERSION = 1
/** Candidates of one ballot. */
export const MOST_CANDIDATES = 30
/** In the place of a candidate: against the one who stands alone. */
const AGAINST_AT = 255
const NO_WORDS = 0xffff
const CIPHER = 'aes-256-gcm'
const TAG = 16
const PUBLIC_DER = 44

/** What a voter has chosen: places on the ballot, the first preferred; `against` alone; none: an abstention. */
export interface SealedChoice {
  readonly places: readonly number[]
  readonly against: boolean
  /** places in the list of words; null: the ballot is not checked by words */
  readonly words: readonly [number, number] | null
}

/** Of which ballot, and whose: what was sealed for another does not open. */
export interface SealedFor {
  readonly ballot: string
  readonly voter: string
}

/** A ballot that cannot be opened: it, or the key, is damaged or another's. */
export class NotOpened extends Error {
  override readonly name = 'NotOpened'
}

/** A key of its own for each ballot: the same is never used twice, and so its nonce may be nothing. */
function keyFor(shared: Buffer, salt: Buffer, { ballot, voter }: SealedFor): Buffer {
  return Buffer.from(hkdfSync('sha256', shared, salt, `quorate ballot ${VERSION} ${ballot} ${voter}`, 32))
}
const NONCE = Buffer.alloc(12)

const aboutOf = ({ ballot, voter }: SealedFor): Buffer => Buffer.from(`${ballot} ${voter}`)

/**
 * Seals a choice to a ballot's public key: X25519 with a pair made for this one, HKDF-SHA-256, AES-256-GCM.
 * @param publicKey as the vault gave it
 * @returns base64url, of the same length whatever was chosen
 */
export function seal(publicKey: string, choice: SealedChoice, sealedFor: SealedFor): string {
  const own = generateKeyPairSync('x25519')
  const to = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' })
  const salt = own.publicKey.export({ type: 'spki', format: 'der' })
  const key = keyFor(diffieHellman({ privateKey: own.privateKey, publicKey: to }), salt, sealedFor)
  const cipher = createCipheriv(CIPHER, key, NONCE).setAAD(aboutOf(sealedFor))
  const closed = Buffer.concat([cipher.update(written(choice)), cipher.final()])
  return Buffer.concat([salt, closed, cipher.getAuthTag()]).toString('base64url')
}

/** The private key that opens the ballots of a public one. @throws NotOpened where it is damaged, or another's */
export function openingKey(pem: string, publicKey: string): KeyObject {
  const key = readKey(pem)
  const its = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64url')
  if (its !== publicKey) throw new NotOpened('the key is that of another ballot')
  return key
}

function readKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'x25519') return key
  } catch {
    // Whatever a damaged file is taken for, it opens nothing.
    throw new NotOpened('the key is damaged')
  }
  throw new NotOpened('the key is of another kind')
}

/** What was sealed. @throws NotOpened */
export function open(key: KeyObject, sealed: string, sealedFor: SealedFor): SealedChoice {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length !== PUBLIC_DER + INSIDE + TAG) throw new NotOpened('a ballot has not the length of one')
  const salt = bytes.subarray(0, PUBLIC_DER)
  try {
    const from = createPublicKey({ key: salt, format: 'der', type: 'spki' })
    const decipher = createDecipheriv(CIPHER, keyFor(diffieHellman({ privateKey: key, publicKey: from }), salt, sealedFor), NONCE)
      .setAAD(aboutOf(sealedFor))
      .setAuthTag(bytes.subarray(-TAG))
    return read(Buffer.concat([decipher.update(bytes.subarray(PUBLIC_DER, -TAG)), decipher.final()]))
  } catch {
    // Nothing of what was inside, or of why it does not open, is to be told.
    throw new NotOpened('a ballot does not open')
  }
}

function written({ places, against, words }: SealedChoice): Buffer {
  const bytes = Buffer.alloc(INSIDE)
  const chosen = against ? [AGAINST_AT] : places
  if (chosen.length > MOST_CANDIDATES) throw new Error('more candidates than a ballot holds')
  bytes.writeUInt8(VERSION, 0)
  bytes.writeUInt8(chosen.length, 1)
  chosen.forEach((place, at) => {
    bytes.writeUInt8(place, 2 + at)
  })
  bytes.writeUInt16BE(words?.[0] ?? NO_WORDS, INSIDE - 4)
  bytes.writeUInt16BE(words?.[1] ?? NO_WORDS, INSIDE - 2)
  return bytes
}

function read(bytes: Buffer): SealedChoice {
  if (bytes.readUInt8(0) !== VERSION) throw new NotOpened('a ballot of another version')
  const chosen = [...bytes.subarray(2, 2 + bytes.readUInt8(1))]
  const [one, other] = [bytes.readUInt16BE(INSIDE - 4), bytes.readUInt16BE(INSIDE - 2)]
  const against = chosen[0] === AGAINST_AT
  return { places: against ? [] : chosen, against, words: one === NO_WORDS ? null : [one, other] }
}
