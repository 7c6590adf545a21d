import type { Asking, Reading, Words } from '../../kernel/command.js'
import { newId } from '../../kernel/ids.js'
import { daysIn } from '../../kernel/said-time.js'
import { folded } from '../../kernel/sentence.js'
import { dayOf } from '../../kernel/time.js'
import { boardsMeant, boardsOf, clerkOfAny } from '../part/store.js'
import { readTerms } from '../terms-text.js'
import { inForceAt } from './rules.js'
import { textsOf } from './store.js'

const SET_UP = /^(?:please )?(?:set up|add|create|make|start) (?:a |another |the )?(?:new )?board$/
const NEW_TERMS = /^(?:please )?(?:(?:here are|read|send|adopt|add) )?(?:the |some )?new terms(?: of reference)?$/
const ANY_FILE = /^(?:please )?(?:read|take|here is) (?:this|the) file$/
const SHOW = /^(?:(?:please )?(?:show|read|see)(?: me)? |what are )?(?:our|the|its)? ?terms(?: of reference)?(?: in force)?$/
const APPROVE =
  /^(?:please )?(?:(?:record the )?approval of|approve) the (?:new )?(?:draft )?terms(?: of reference)?\b\s*(?:(?<when>[^:]*?)\s*(?::|,? ?\bas\b|\bbecause\b)\s*(?<how>.+))?$/i
const YAML = /\.ya?ml$/i

/** A resolution, in which the name of a board is no more than a word. */
const OWN_WORDS = /(?::|\bas\b|\bbecause\b).*$/gi

/** Reads the setting up of a board, new terms, their approval, and the question what the terms say. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const said = sentence.replace(/[.!?\s]+$/, '')
  if (asking.file && YAML.test(asking.file.name)) return ofFile(asking, said)
  if (SET_UP.test(folded(said))) {
    return [{ command: 'boards.set_up_form', input: { subject: newId() }, label: 'Set up a board', certain: true }]
  }
  if (!/\bterms\b|\bapprov/.test(folded(said))) return []
  const { boards, rest } = await boardsMeant(asking, said, OWN_WORDS)
  const plain = folded(rest)
  const label = (act: string, shortName: string) => `${act}: ${shortName}`
  if (NEW_TERMS.test(plain)) {
    return boards.map(({ board }) => ({
      command: 'boards.set_up_form',
      input: { subject: board.id },
      label: label('New terms', board.shortName),
      certain: true,
    }))
  }
  if (SHOW.test(plain)) {
    return boards.map(({ board }) => ({
      command: 'boards.terms',
      input: { subject: board.id },
      label: label('The terms', board.shortName),
      certain: true,
    }))
  }
  return approvals(asking, rest, boards)
}

/** For the board of theirs that the file is for; for any other a new one, which is refused where there is one of that name. */
async function ofFile(asking: Asking, said: string): Promise<readonly Reading[]> {
  const plain = folded(said)
  if (![SET_UP, NEW_TERMS, ANY_FILE].some((one) => one.test(plain))) return []
  const { db, actor, now, file } = asking
  const base64 = file?.base64 ?? ''
  // Who is clerk of nothing sets up nothing, and has nothing read for them: the act refuses.
  const read = (await clerkOfAny(db, actor, now)) ? readTerms(Buffer.from(base64, 'base64').toString('utf8')) : { faults: [] }
  const theirs = 'terms' in read ? await boardsOf(db, actor, now) : []
  const known = theirs.find(({ board }) => 'terms' in read && board.shortName === read.terms.shortName)
  const input = { subject: known?.board.id ?? newId(), file: base64 }
  return [{ command: 'boards.set_up', input, label: 'Keep the file as a draft of terms', certain: true }]
}

/** "approve the terms from 1 January 2027: RESOLVED that …"; without the resolution the form asks for it. */
async function approvals(
  asking: Asking,
  rest: string,
  boards: Awaited<ReturnType<typeof boardsMeant>>['boards'],
): Promise<readonly Reading[]> {
  const found = APPROVE.exec(rest)
  if (!found) return []
  const readings: Reading[] = []
  for (const { board } of boards) {
    const texts = await textsOf(asking.db, board.id)
    // What was sent before the text in force, and not approved, was given up for it.
    const ruling = inForceAt(texts, asking.now)?.number ?? 0
    const draft = texts.filter(({ state, number }) => state === 'draft' && number > ruling).at(-1)
    if (!draft) continue
    const label = `Record the approval of ${draft.terms.title}`
    const { when = '', how } = found.groups ?? {}
    const day = firstDay(when, dayOf(asking.now, board.zone))
    const understood = how !== undefined && (when.trim() === '' || day !== null)
    const approving = { subject: draft.id, resolution: how, ...(day ? { from: day } : {}) }
    readings.push(
      understood
        ? { command: 'boards.approve', input: approving, label, certain: true }
        : { command: 'boards.approval', input: { subject: draft.id }, label, certain: how === undefined && when.trim() === '' },
    )
  }
  return readings
}

/** The one day that a phrase says and nothing else, `YYYY-MM-DD`. */
function firstDay(phrase: string, today: Parameters<typeof daysIn>[1]): string | null {
  const [one, another] = daysIn(phrase, today)
  if (!one || another || !('days' in one.said) || one.said.days.length !== 1) return null
  const rest = `${phrase.slice(0, one.from)}${phrase.slice(one.to)}`.trim()
  return /^(?:with effect|effective|in force)?$/i.test(rest) ? (one.said.days[0]?.toString() ?? null) : null
}
