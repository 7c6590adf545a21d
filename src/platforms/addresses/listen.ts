import express, { type Request, type RequestHandler, type Response, type Router } from 'express'
import type { Db } from '../../db/schema.js'
import type { Writer } from '../../db/write.js'
import { type Address, type Found, isLoopback, NOTHING_HERE, type Visit } from '../../kernel/address.js'
import type { Files } from '../../kernel/files.js'
import { newId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import type { Clock } from '../../kernel/time.js'
import { browserOf } from './browser.js'
import { pageOfRefusal, sendFault, sendFound } from './send.js'

/** What the addresses stand on; they know no feature of the bot. */
export interface AddressNeeds {
  readonly addresses: readonly Address[]
  readonly reading: Db
  readonly writer: Writer
  readonly files: Files
  readonly boardClock: Clock
  /** under which they are reached */
  publicUrl(): string | null
  /** on a demonstration: they answer to this machine's own names alone */
  readonly onlyHere: boolean
  /** @param fault what the visitor is told of it */
  log(fault: string, error: unknown): void
}

const ROUTES: Readonly<Record<Address['room'], string>> = {
  papers: '/papers/:secret',
  calendar: '/calendar/:secret.ics',
}

/** What a secret may be made of; anything else is none, and nothing is read for it. */
const SECRET = /^[A-Za-z0-9_-]{20,100}$/

/** What people and their programs open with a secret: what is there is asked, and what a button does is done, by the registry. */
export function addressRoutes(needs: AddressNeeds): Router {
  const { addresses, reading, writer, onlyHere } = needs
  const router = express.Router()
  for (const address of addresses) {
    const { press } = address
    router.get(
      ROUTES[address.room],
      answering(needs, (visit) => address.look(reading, visit)),
    )
    router.post(
      ROUTES[address.room],
      answering(needs, async (visit) => (press ? writer.write((tx) => press(tx, visit)) : NOTHING_HERE)),
    )
  }
  return onlyHere ? express.Router().use(Object.values(ROUTES), hereOnly).use(router) : router
}

const hereOnly: RequestHandler = ({ headers }, response, next) => {
  if (isLoopback(headers.host)) next()
  else response.status(403).type('text').send('This address answers on this machine only.')
}

/** Whether the visitor went before all was sent: no fault of anybody's. */
const hasLeft = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'

const answering =
  (needs: AddressNeeds, find: (visit: Visit) => Promise<Found>) =>
  async (request: Request, response: Response): Promise<void> => {
    try {
      await sendFound(needs, request, response, await found(needs, request, find))
    } catch (error) {
      if (hasLeft(error)) return
      if (error instanceof Refusal) return sendFound(needs, request, response, pageOfRefusal(error))
      const fault = newId()
      needs.log(fault, error)
      if (response.headersSent) response.destroy()
      else sendFault(response, fault, error)
    }
  }

async function found({ boardClock }: AddressNeeds, request: Request, find: (visit: Visit) => Promise<Found>): Promise<Found> {
  const { secret } = request.params
  if (typeof secret !== 'string' || !SECRET.test(secret)) return NOTHING_HERE
  return find({ secret, browser: browserOf(request.headers.cookie), now: boardClock.now() })
}
