import type { Inbound, Reached } from './bot.js'
import { knownAs, lossOf, markLost, personWithAddress, personWithCode, servingPlace, tenantOf } from './db/identity.js'
import type { Db } from './db/schema.js'
import type { Writer } from './db/write.js'
import type { Actor, From, Place } from './kernel/actor.js'
import { codeIn } from './kernel/one-time-code.js'
import { Refusal } from './kernel/refusal.js'
import { hashOf } from './kernel/secret.js'
import { readable } from './kernel/sentence.js'
import { type Clock, toText } from './kernel/time.js'

const SAY_IT_DIRECTLY = 'That looks like a one-time code, which nobody else should read. Say it to me in a direct message.'
const SPOILT =
  'Others may have read that one-time code here, so it is good no more. Ask the clerk for another, and say it to me in a direct message.'
const NOT_GOOD =
  'That code is not good: it may be mistyped, used or older than seven days. Ask the clerk of your board for another.'

interface Needs {
  readonly reading: Db
  readonly writer: Writer
  readonly boardClock: Clock
  /** Has the house do what a platform has found out. @throws Refusal; or where it could not be kept */
  byHouse(tenant: string, command: string, subject: string, values?: Readonly<Record<string, string>>): Promise<void>
}

/** Who is who on the platforms, and who and what is reached there: what they find out is done by the house, and by nobody's word. */
export function reach({ reading, writer, boardClock, byHouse }: Needs) {
  /** Who speaks; whoever is not known is recognised by what the platform has verified of them, or by a code that they say. */
  async function speakerOf({ from, place, what, introduction }: Inbound): Promise<Actor | null> {
    const said = 'words' in what ? codeIn(readable(what.words)) : null
    const elsewhere = said?.certain && place.kind !== 'direct' ? said : null
    if (elsewhere) await spoil(from, elsewhere.code)
    const known = await knownAs(reading, from)
    if (known) {
      const { platform, workspace, user } = from
      const back = { platform, workspace, state: 'found', why: 'they speak again' } as const
      if (known.workspaceLost) await report(back)
      if (known.lost) await report({ ...back, user })
      return (said && place.kind === 'direct' ? await byTheirCode(from, known.actor, said.code) : null) ?? known.actor
    }
    const tenant = await tenantOf(reading, from)
    if (tenant === null) return null
    const holder = said && place.kind === 'direct' ? await byCode(from, tenant, said.code) : null
    if (holder) return holder
    if (said?.certain && place.kind === 'direct') throw new Refusal('not_found', NOT_GOOD)
    const email = (await introduction?.())?.email ?? null
    const speaker = email === null ? null : await introduced(from, tenant, email)
    if (speaker === null && elsewhere) throw new Refusal('not_permitted', SAY_IT_DIRECTLY)
    return speaker
  }

  /** A code that others have read is good no more, whoever says it. @throws Refusal where it was good until then */
  async function spoil(from: From, code: string): Promise<void> {
    const tenant = await tenantOf(reading, from)
    const hash = hashOf(code)
    const person = tenant === null ? null : await personWithCode(reading, tenant, hash, boardClock.now())
    if (person === null) return
    await byHouse(person.tenant, 'boards.spoil_code', person.person, { proof: hash })
    throw new Refusal('not_permitted', SPOILT)
  }

  async function byCode(from: From, tenant: string, code: string): Promise<Actor | null> {
    const hash = hashOf(code)
    const person = await personWithCode(reading, tenant, hash, boardClock.now())
    if (person !== null) await recognise(person, from, 'code', hash)
    return person
  }

  /** A code that a clerk has handed to somebody who was known here as a person whom no board has any more. */
  async function byTheirCode(from: From, known: Actor, code: string): Promise<Actor | null> {
    try {
      return await byCode(from, known.tenant, code)
    } catch (error) {
      // They stay whom they are known as, and the code stays good.
      if (error instanceof Refusal) return null
      throw error
    }
  }

  async function introduced(from: From, tenant: string, email: string): Promise<Actor | null> {
    const person = await personWithAddress(reading, tenant, email)
    if (person === null) return null
    try {
      await recognise(person, from, 'email', email)
      return person
    } catch (error) {
      // Who cannot be recognised by what the platform knows of them still can by a code.
      if (error instanceof Refusal) return null
      throw error
    }
  }

  async function introduce(from: From, email: string): Promise<boolean> {
    if (await knownAs(reading, from)) return true
    const tenant = await tenantOf(reading, from)
    return tenant !== null && (await introduced(from, tenant, email)) !== null
  }

  const recognise = ({ person, tenant }: Actor, from: From, by: 'email' | 'code', proof: string): Promise<void> =>
    byHouse(tenant, 'boards.recognise', person, { ...from, by, proof })

  async function report({ platform, workspace, user, place, state, why, lostFor }: Reached): Promise<void> {
    const tenant = await tenantOf(reading, { platform, workspace })
    const known = tenant === null ? null : await lossOf(reading, { platform, workspace, user, place })
    if (tenant === null || known === null || known.lost === (state === 'lost')) return
    if (lostFor !== undefined && known.why !== lostFor) return
    const where = { platform, workspace, ...(user === undefined ? {} : { user }), ...(place === undefined ? {} : { place }) }
    try {
      await byHouse(tenant, `boards.${state}`, known.subject, { ...where, why })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      // Of who has to do with no board for now nobody needs to hear, and no journal says it. It is kept all the same.
      await writer.write(async (tx) => {
        if ((await lossOf(tx, where))?.subject !== known.subject) return
        await markLost(tx, where, state === 'lost' ? { at: toText(boardClock.now()), why } : null)
      })
    }
  }

  async function placeChanged({ platform, workspace, id, kind, name = '', guests }: Place): Promise<void> {
    const tenant = await tenantOf(reading, { platform, workspace })
    const before = await servingPlace(reading, { platform, workspace, id })
    if (tenant === null || before === null || kind === 'direct') return
    const now = guests === undefined ? before.guests : JSON.stringify([...new Set(guests)].sort())
    if (before.kind === kind && before.guests === now && (name === '' || before.name === name)) return
    await byHouse(tenant, 'boards.place_changed', before.board, { platform, workspace, place: id, kind, name, guests: now })
  }

  return { speakerOf, report, placeChanged, introduce }
}
