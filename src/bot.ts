import { type Delivered, earlierDelivery, keepDelivery } from './db/delivery.js'
import { knownAs } from './db/identity.js'
import { append } from './db/journal.js'
import type { Db, Tx } from './db/schema.js'
import { keepUpload, waitingUploads } from './db/upload.js'
import type { Writer } from './db/write.js'
import type { Features } from './features.js'
import { type Actor, audienceOf, type From, HOUSE, OPERATOR, type Place, TIMER } from './kernel/actor.js'
import type { Audience } from './kernel/audience.js'
import {
  type Acting,
  type Asking,
  type Attached,
  type Command,
  cardReply,
  type Done,
  type PreparedAct,
  type PreparedQuery,
  type Reply,
} from './kernel/command.js'
import type { Files } from './kernel/files.js'
import { newId } from './kernel/ids.js'
import { fileRefusal } from './kernel/paper-types.js'
import { plainCard, plainForm } from './kernel/plain.js'
import { Doubt, Refusal, type RefusalCode } from './kernel/refusal.js'
import { readable, tidied, tidiedLines } from './kernel/sentence.js'
import { type Clock, toText } from './kernel/time.js'
import type { Vault } from './kernel/vault.js'
import { buttons, type Card, clauseNote, notDone, text } from './kernel/view.js'
import { reach } from './reach.js'

/** What was pressed or filled in: a command, its subject, and further ids and values. */
export interface Pressed {
  readonly command: string
  readonly subject: string
  readonly values?: Readonly<Record<string, string>>
}

/** What a platform has verified of somebody. */
export interface Introduction {
  /** the confirmed address of a member or guest of that workspace; null for whoever comes from another organisation */
  readonly email: string | null
}

/** Somebody, a place or, with neither, a whole workspace is reached no more, or again. */
export interface Reached {
  readonly platform: string
  readonly workspace: string
  readonly user?: string
  readonly place?: string
  readonly state: 'lost' | 'found'
  /** in the house's words (`deactivated`, `archived`, `removed`, `deleted`, `not_allowed`, `disconnected` …), or the platform's own */
  readonly why: string
  /** of what is found: only where it was lost for this */
  readonly lostFor?: string
}

/** One message, press or form, as a platform hands it over. */
export interface Inbound {
  /** the platform's id of this delivery; the same again is answered again and done once */
  readonly delivery: string
  readonly from: From
  readonly place: Place
  readonly what: { readonly words: string; readonly file?: Attached } | { readonly press: Pressed }
  /** the platform can hand a file to the speaker alone: what is answered may be one */
  readonly takesFiles?: boolean
  /** asked only of a speaker whom the house does not know */
  readonly introduction?: () => Promise<Introduction>
  /** looks at the place anew, and who in it is a guest; asked only where it comes to serve a board */
  readonly inspect?: () => Promise<Place>
}

/** What was not done. Nothing has changed after a refusal or a fault. */
export type NotDone =
  | { readonly kind: 'refusal'; readonly refusal: Refusal; readonly card: Card }
  | { readonly kind: 'fault'; readonly fault: string; readonly card: Card }

/**
 * What the speaker is shown. `asked`: by which the same question is asked again, as for another page of the answer; its
 * answer may be another by then.
 */
export type Answer = (Reply & { readonly of: 'act' | 'query'; readonly asked?: Pressed }) | NotDone

/** A file that was sent before the act that it is for; `upload` is its id, good for a day and for its sender alone. */
export type Received =
  | { readonly kind: 'received'; readonly upload: string; readonly name: string; readonly bytes: number }
  | NotDone

export interface Bot {
  /** Never throws: what goes wrong is an answer too. */
  answer(inbound: Inbound): Promise<Answer>
  /** The same for whoever runs the server, from its command line: in the journal as the operator. */
  operate(tenant: string, press: Pressed): Promise<Answer>
  /** Keeps what a platform has found out. What is known already changes nothing. @throws where it could not be kept */
  report(reached: Reached): Promise<void>
  /** Keeps who reads in a place that serves a board, where that is not as it was. @throws where it could not be kept */
  placeChanged(place: Place): Promise<void>
  /**
   * Has somebody known who has not spoken yet, by the address that their platform has verified.
   * @returns whether they are known now
   */
  introduce(from: From, email: string): Promise<boolean>
  /** Does what has come due by now because its time has come; in the journal as the timer. Repeated, it changes nothing. */
  doDue(): Promise<void>
  /** Takes in a file as it comes. Never throws; what is wrong with the file stands at the refusal's field `file`. */
  receive(from: From, name: string, content: AsyncIterable<Uint8Array>): Promise<Received>
  /** The same for whoever runs the server. */
  receiveAsOperator(tenant: string, name: string, content: AsyncIterable<Uint8Array>): Promise<Received>
}

/** One line an act: nothing personal, no words, no names. */
export interface ActLine {
  readonly act: string
  readonly outcome: 'done' | 'answered' | 'repeated' | 'refused' | 'fault'
  readonly code?: RefusalCode
  readonly fault?: string
  /** whole milliseconds */
  readonly took: number
}

interface Needs {
  readonly reading: Db
  readonly writer: Writer
  readonly features: Features
  readonly files: Files
  readonly vault: Vault
  /** known once the server listens */
  readonly publicUrl: () => string | null
  readonly boardClock: Clock
  readonly systemClock: Clock
  readonly log: (line: ActLine, error?: unknown) => void
  /** something was committed that others may have to be told */
  readonly committed: () => void
}

const STRANGER =
  'I do not know you yet. If you are on the roster of a board, ask its clerk for a one-time code, and say it to me directly.'
const UNKNOWN = 'I do not know that button any more. Say "help" for what you can do.'
const UNCLEAR = 'I did not understand that, and so did nothing. Say "help" for what you can do here.'
/** As the journal and the deliveries know the command line. */
const COMMAND_LINE = 'command line'
/** Files of one person that wait for what they were sent for: a morning's papers, and no disk full of them. */
const MOST_WAITING = 50
const TOO_MANY = `You have sent ${MOST_WAITING} files today that are part of nothing yet. Use those, or send this one tomorrow.`
const ANYONE: Audience = { kind: 'public' }

interface Understood {
  readonly wanted: PreparedAct | PreparedQuery
  readonly asked: Pressed
}

/** The one door: everything said, pressed or filled in goes through here, once a delivery. */
export function bot(needs: Needs): Bot {
  const { reading, writer, features, files, vault, publicUrl, boardClock, systemClock, log, committed } = needs

  async function understand(asking: Asking, what: Inbound['what']): Promise<Understood | Card> {
    if ('press' in what) {
      const { lines } = known(what.press.command)
      const values = Object.entries(what.press.values ?? {}).map(([name, value]) => [name, seen(value, lines.includes(name))])
      const { command, subject } = what.press
      return { wanted: prepare(command, { ...Object.fromEntries(values), subject }), asked: what.press }
    }
    const sentence = readable(what.words)
    const readings = (await Promise.all(features.words.map((ear) => ear(asking, sentence)))).flat()
    const [one, another] = readings
    if (!one) throw new Refusal('unclear', UNCLEAR)
    if (!another && one.certain) {
      const { subject, ...values } = one.input
      return { wanted: prepare(one.command, one.input), asked: { command: one.command, subject, values } }
    }
    const asked = readings.map(({ command, input: { subject, ...values }, label }) => ({ command, subject, values, label }))
    return {
      title: another ? 'Which do you mean?' : 'Do you mean this?',
      audience: audienceOf(asking.actor),
      body: [text('I am not sure, and have done nothing yet. Press what you mean.'), buttons(...asked)],
    }
  }

  function known(name: string): Command {
    const command = features.commands.get(name)
    if (command) return command
    throw new Refusal('not_found', UNKNOWN)
  }

  const prepare = (name: string, input: unknown): PreparedAct | PreparedQuery => known(name).prepare(input)

  const deliveredOf = ({ from, delivery: id }: Inbound, { command, input }: PreparedAct, refusal: Refusal | null): Delivered => ({
    from,
    id,
    command,
    subject: input.subject,
    refusal,
    at: systemClock.now(),
  })

  /** Does an act once a delivery: what was done before is shown as it stands, what was refused is refused again. */
  async function doOnce(
    tx: Tx,
    inbound: Inbound,
    asking: Asking,
    act: PreparedAct,
  ): Promise<{ reply: Reply; repeated: boolean }> {
    const first = await keepDelivery(tx, deliveredOf(inbound, act, null))
    if (!first) {
      const earlier = await earlierDelivery(tx, inbound.from, inbound.delivery)
      if (earlier.refusal) throw earlier.refusal
      const { redraw } = known(earlier.command)
      return { reply: await redrawn(redraw, { ...asking, db: tx }, earlier.subject), repeated: true }
    }
    const followed: Done[] = []
    const acting: Acting = { ...asking, db: tx, did: (done) => followed.push(done) }
    const { reply, board, outcome } = await act.perform(acting)
    const { command, input, journaled } = act
    await enter(acting, { command, board, subject: input.subject, outcome }, { input: journaled, outcome })
    for (let done = followed.shift(); done; done = followed.shift()) await enter(acting, done, { outcome: done.outcome })
    return { reply, repeated: false }
  }

  /** Journals what was done, and lets the other features follow it. */
  async function enter(acting: Acting, done: Done, payload: object): Promise<void> {
    const { db, actor, now } = acting
    const { board, command, subject } = done
    await append(db, { board, at: toText(now), actor: actor.person, command, subject, payload })
    for (const hook of features.after) {
      if (hook.acts.includes(command)) await hook.run(acting, done)
    }
  }

  type Taken<Of> = { answer: Of; outcome: ActLine['outcome'] }

  async function take(inbound: Inbound, actor: Actor | null, line: { act: string }): Promise<Taken<Answer>> {
    if (!actor) throw new Refusal('not_permitted', STRANGER)
    const { place, what, takesFiles = false, inspect } = inbound
    const file = 'words' in what ? (what.file ?? null) : null
    const now = boardClock.now()
    const known = { db: reading, actor, now, place, file, publicUrl: publicUrl(), vault, takesFiles }
    const asking: Asking = inspect ? { ...known, inspect } : known
    const understood = await understand(asking, what)
    if (!('wanted' in understood)) return { answer: { kind: 'card', card: understood, of: 'query' }, outcome: 'answered' }
    const { wanted, asked } = understood
    line.act = wanted.command
    if (wanted.kind === 'query') {
      return { answer: { ...(await wanted.perform(asking)), of: 'query', asked }, outcome: 'answered' }
    }
    const keepRefusal = async (tx: Tx, error: unknown) => {
      if (error instanceof Refusal) await keepDelivery(tx, deliveredOf(inbound, wanted, error))
    }
    await wanted.before(asking)
    let done = false
    try {
      const { reply, repeated } = await writer.write((tx) => doOnce(tx, inbound, asking, wanted), keepRefusal)
      done = !repeated
      if (done) committed()
      return { answer: { ...reply, of: 'act' }, outcome: repeated ? 'repeated' : 'done' }
    } finally {
      await wanted.after(asking, done).catch((error: unknown) => unfinished(wanted.command, error))
    }
  }

  /** What was done stands, and what could not be put right after it is put right later. */
  function unfinished(act: string, error: unknown): void {
    log({ act, outcome: 'fault', fault: newId(), took: 0 }, error)
  }

  /** files that are on their way, by whom */
  const underWay = new Map<string, number>()

  async function takeIn(actor: Actor | null, name: string, content: AsyncIterable<Uint8Array>): Promise<Taken<Received>> {
    if (!actor) throw new Refusal('not_permitted', STRANGER)
    const coming = underWay.get(actor.person) ?? 0
    // Counted before anything is awaited: of many at once none slips past the others.
    underWay.set(actor.person, coming + 1)
    try {
      const waiting = await waitingUploads(reading, actor, systemClock.now())
      if (waiting + coming >= MOST_WAITING) throw fileRefusal('limit', TOO_MANY)
      const file = await files.receive(name, content)
      const upload = newId()
      await writer.write((tx) => keepUpload(tx, upload, actor, file, systemClock.now()))
      return { answer: { kind: 'received', upload, name: file.name, bytes: file.bytes }, outcome: 'done' }
    } finally {
      const left = (underWay.get(actor.person) ?? 1) - 1
      if (left > 0) underWay.set(actor.person, left)
      else underWay.delete(actor.person)
    }
  }

  /** Does what was asked, logs one line of it, and makes an answer of what goes wrong. */
  async function answered<Of>(line: { act: string }, work: () => Promise<Taken<Of>>): Promise<Of | NotDone> {
    const began = systemClock.now().epochMilliseconds
    const took = () => systemClock.now().epochMilliseconds - began
    try {
      const { answer, outcome } = await work()
      log({ ...line, outcome, took: took() })
      return answer
    } catch (error) {
      if (error instanceof Refusal) {
        log({ ...line, outcome: 'refused', code: error.code, took: took() })
        return { kind: 'refusal', refusal: error, card: refusalCard(error) }
      }
      const fault = newId()
      log({ ...line, outcome: 'fault', fault, took: took() }, error)
      return { kind: 'fault', fault, card: faultCard(fault) }
    }
  }

  const answer = (inbound: Inbound, whoActs: () => Promise<Actor | null>): Promise<Answer> => {
    const line = { act: 'words' in inbound.what ? 'words' : 'press' }
    return answered(line, async () => take(inbound, await whoActs(), line))
  }

  const receive = (whoActs: () => Promise<Actor | null>, name: string, content: AsyncIterable<Uint8Array>): Promise<Received> =>
    answered({ act: 'upload' }, async () => takeIn(await whoActs(), name, content))

  /** What nobody on a platform has asked for: the operator, or the clock. */
  const byItself = (actor: Actor, press: Pressed): Promise<Answer> => {
    const from: From = { platform: COMMAND_LINE, workspace: actor.tenant, user: actor.person }
    const place: Place = { platform: COMMAND_LINE, workspace: actor.tenant, id: actor.person, kind: 'direct' }
    return answer({ delivery: newId(), from, place, what: { press } }, async () => actor)
  }

  /** Has the house do what a platform has found out. @throws Refusal; or where it could not be kept */
  async function byHouse(tenant: string, command: string, subject: string, values: Pressed['values'] = {}): Promise<void> {
    const done = await byItself({ person: HOUSE, tenant, name: 'the house' }, { command, subject, values })
    if (done.kind === 'refusal') throw done.refusal
    if (done.kind === 'fault') throw new Error(`what was found out could not be kept: ${done.fault}`)
  }

  const { speakerOf, report, placeChanged, introduce } = reach({ reading, writer, boardClock, byHouse })

  return {
    answer: (inbound) => answer(inbound, () => speakerOf(inbound)),
    operate: (tenant, press) => byItself(operatorOf(tenant), press),
    async doDue() {
      const now = boardClock.now()
      for (const timed of features.timed) {
        for (const { tenant, command, subject } of await timed.due(reading, now))
          await byItself({ person: TIMER, tenant, name: 'the clock' }, { command, subject })
      }
    },
    report,
    placeChanged,
    introduce,
    receive: (from, name, content) => receive(async () => (await knownAs(reading, from))?.actor ?? null, name, content),
    receiveAsOperator: (tenant, name, content) => receive(async () => operatorOf(tenant), name, content),
  }
}

const operatorOf = (tenant: string): Actor => ({ person: OPERATOR, tenant, name: 'the operator' })

/** A file is read as it is; whatever else is filled in is read without what cannot be seen. */
const seen = (value: unknown, lines: boolean): unknown =>
  typeof value === 'string' && value.length <= LONGEST_VALUE ? (lines ? tidiedLines(value) : tidied(value)) : value
const LONGEST_VALUE = 10_000

/** What was done, as it stands; to who may see it no more, that it was done. */
async function redrawn(redraw: Command['redraw'], asking: Asking, subject: string): Promise<Reply> {
  try {
    if (redraw) return await redraw(asking, { subject })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
  return cardReply({ title: 'Done', audience: audienceOf(asking.actor), body: [text('That was done when you first sent it.')] })
}

const refusalCard = (refusal: Refusal): Card => ({
  ...notDone(refusal.sentence),
  ...(refusal instanceof Doubt ? { title: 'Are you sure?' } : {}),
  body: [
    text(refusal.sentence),
    ...(refusal.clause ? [clauseNote(refusal.clause)] : []),
    ...(refusal instanceof Doubt ? [buttons(refusal.allTheSame, ...(refusal.instead ? [refusal.instead] : []))] : []),
  ],
})

const faultCard = (fault: string): Card => ({
  title: 'Something went wrong',
  audience: ANYONE,
  tone: 'fault',
  body: [
    text('That did not work. See how things stand before you try again; if it stays so, give your clerk this number: ', {
      strong: fault,
    }),
  ],
})

/** An answer in words, as the terminal shows it. */
export function plainAnswer(answer: Answer): string {
  if (answer.kind === 'form') return plainForm(answer.form)
  return answer.kind === 'document' ? answer.document.plain : plainCard(answer.card)
}
