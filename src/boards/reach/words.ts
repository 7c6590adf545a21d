import { isOperator } from '../../kernel/actor.js'
import type { Asking, Reading, Words } from '../../kernel/command.js'
import { codeIn } from '../../kernel/one-time-code.js'
import { Refusal } from '../../kernel/refusal.js'
import { folded, plainOrder, saysAllTheSame } from '../../kernel/sentence.js'
import { boardsNamed } from '../naming.js'
import { isClerk } from '../part/rules.js'
import { boardsMeant, boardsOf, standingIn } from '../part/store.js'
import { type Board, namedAs } from '../rules.js'
import { boardOfPlace, type Ruled } from '../store.js'
import { peopleWith } from './store.js'

const HERE = '(?:this |the )?(?:place|channel|conversation|chat|room)'
const LINK = new RegExp(`^link (?:${HERE} )?(?:(?:to|with) )?(?:the )?(?<board>.*)$`, 'i')
const LINK_HERE = new RegExp(`^link ${HERE}$`, 'i')
const UNLINK = new RegExp(`^unlink(?: ${HERE})?(?: from .+)?$`, 'i')
const FORGET =
  /^unlink (?<who>.+) from (?:the )?chat$|^(?<whose>.+?)(?:'s|') (?:(?<chat>[a-z]+) )?account is(?: not|n't) (?:theirs|his|hers)$/i
const CODE = /^(?:(?:make|create|give me|get me|need) )?(?:(?:a|the|another) )?(?:new )?(?:one-time )?code for (?<who>.+)$/i
const PLACES =
  /^(?:(?:show|list)(?: me)? )?(?:(?:our|the|which|what) )?places$|^who (?:can(?: be)?|is|can't be|cannot be) (?:reached|known in chat)$|^who is not known in chat$/
const WHO_AM_I = /^who (?:am i|do you think i am|do you take me for)\??$/

/** Reads who is known in chat and how, and which place serves which board. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const order = plainOrder(sentence).replace(/[.!?\s]+$/, '')
  if (codeIn(sentence)?.certain || WHO_AM_I.test(folded(order))) return knownAs(asking)
  if (/^link\b/i.test(order)) return linking(asking, order)
  const forget = FORGET.exec(order)?.groups
  if (forget && ['chat', asking.place.platform].includes((forget.chat ?? 'chat').toLowerCase()))
    return about(asking, forget.who ?? forget.whose ?? '', 'boards.forget_identity', 'Unlink', againOf(sentence))
  if (UNLINK.test(order)) return unlinking(asking, sentence)
  const code = CODE.exec(order)?.groups
  if (code) return about(asking, code.who ?? '', 'boards.code', 'One-time code for', {})
  if (!/\b(?:places|reached|known)\b/i.test(order)) return []
  const { boards, rest } = await boardsMeant(asking, order)
  if (!PLACES.test(folded(rest))) return []
  return boards.map(({ board }) => ({
    command: 'boards.places',
    input: { subject: board.id },
    label: `Who can be reached: ${board.shortName}`,
    certain: true,
  }))
}

const againOf = (sentence: string) => (saysAllTheSame(sentence) ? { allTheSame: 'yes' } : {})

const knownAs = ({ actor }: Asking): readonly Reading[] =>
  isOperator(actor) ? [] : [{ command: 'boards.known', input: { subject: actor.person }, label: 'Who you are', certain: true }]

/** "link KCSP" is understood in a place that serves no board, as nothing else is. */
async function linking({ db, actor, now }: Asking, order: string): Promise<readonly Reading[]> {
  const said = LINK.exec(order)?.groups?.board ?? ''
  const theirs = await boardsOf(db, actor, now)
  const { boards, rest, named } = boardsNamed(
    said,
    theirs.map(({ board }) => board),
  )
  const whole = LINK_HERE.test(order) || said === ''
  if (!whole && named && rest !== '') return []
  if (!whole && !named) {
    throw new Refusal('not_found', `I know of no board of yours called “${said}”. Say “link” and the short name of your board.`)
  }
  return (named ? boards : theirs.map(({ board }) => board)).map((board) => ({
    command: 'boards.link',
    input: { subject: board.id },
    label: `Link this place to ${board.shortName}`,
    certain: true,
  }))
}

const SAY_IT_THERE = 'Say that in the channel that is to be unlinked: a direct message serves no board.'
const NOT_LINKED = 'This place is linked to no board of yours, so there is nothing to unlink.'

async function unlinking({ db, actor, now, place }: Asking, sentence: string): Promise<readonly Reading[]> {
  if (place.kind === 'direct') throw new Refusal('invalid', SAY_IT_THERE)
  const here = await boardOfPlace(db, place)
  const board = (await boardsOf(db, actor, now)).find((one) => one.board.id === here)?.board
  if (!board) throw new Refusal('not_found', NOT_LINKED)
  const input = { subject: board.id, ...againOf(sentence) }
  return [{ command: 'boards.unlink', input, label: `Unlink this place from ${board.shortName}`, certain: true }]
}

/** Those of some boards of which the speaker is clerk; where there is none, all: the act says whose it is. */
async function clerking({ db, actor, now }: Asking, boards: readonly Ruled[]): Promise<readonly Board[]> {
  const standings = await Promise.all(boards.map(({ board }) => standingIn(db, board.id, actor, now)))
  const theirs = standings.flatMap((standing) => (standing && isClerk(standing.part) ? [standing.board] : []))
  return theirs.length > 0 ? theirs : boards.map(({ board }) => board)
}

async function about(
  asking: Asking,
  said: string,
  command: string,
  what: string,
  values: Readonly<Record<string, string>>,
): Promise<readonly Reading[]> {
  const { boards, rest } = await boardsMeant(asking, said)
  const found = new Map<string, Reading>()
  for (const board of await clerking(asking, boards)) {
    const people = await peopleWith(asking.db, board.id, asking.now)
    // A board's name may be part of somebody's: what was said is read whole as well.
    const named = namedAs(people, rest)
    for (const { id, name } of named.length > 0 ? named : namedAs(people, said)) {
      const input = { subject: board.id, person: id, ...values }
      if (!found.has(id)) found.set(id, { command, input, label: `${what} ${name}`, certain: true })
    }
  }
  if (found.size > 0) return [...found.values()]
  throw new Refusal('not_found', `I know of nobody called “${said}” on your board. Say “roster” for who is.`)
}
