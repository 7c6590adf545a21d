import type { Temporal } from 'temporal-polyfill'
import type { Audience } from '../../kernel/audience.js'
import { dayInWords, dayOf, inWords } from '../../kernel/time.js'
import {
  type Button,
  buttons,
  type Card,
  divider,
  type Form,
  facts,
  heading,
  list,
  note,
  table,
  text,
} from '../../kernel/view.js'
import type { Board } from '../rules.js'
import type { Terms } from '../terms.js'
import { termsChanged, termsInWords } from '../terms-words.js'
import { inForceAt, standOf, type Text } from './rules.js'

/** Bytes of a file of terms. */
export const LARGEST_TERMS = 128 * 1024

const STANDS: Readonly<Record<ReturnType<typeof standOf>, string>> = {
  draft: 'draft: nothing rests on it yet',
  'to come': 'approved, and not in force yet',
  'in force': 'in force',
  superseded: 'superseded',
}

/** Asks for the file of a board's terms. */
export const setUpForm = (subject: string, board: Board | null, audience: Audience): Form => ({
  title: board ? `New terms of ${board.shortName}` : 'Set up a board',
  audience,
  command: 'boards.set_up',
  subject,
  intro: [
    board
      ? 'Send the new text of the terms of reference. It is a draft until you record its approval; nothing changes before.'
      : 'Send the terms of reference of the board, as a file in YAML. It is a draft until you record its approval. You are the clerk of the board until its roster says otherwise.',
  ],
  fields: [
    {
      field: 'file',
      name: 'file',
      label: 'Terms of reference',
      accept: ['.yaml', '.yml'],
      max: LARGEST_TERMS,
      hint: 'The guide in the README says how to write one.',
    },
  ],
  submit: 'Send the draft',
  inWords: 'attach the file, and say "set up a board"',
})

/** A draft as it was read: what it says otherwise than the terms in force, or all of it for a new board. */
export function draftCard(board: Board, draft: Text, texts: readonly Text[], now: Temporal.Instant, audience: Audience): Card {
  const present = inForceAt(texts, now)
  const changed = present ? termsChanged(present.terms, draft.terms) : []
  return {
    title: `Draft: ${draft.terms.title}`,
    audience,
    body: [
      text(`It is kept as a draft of ${board.name}. Nothing rests on it until its approval is recorded.`),
      ...(present
        ? [
            heading(`Against ${present.terms.title}, in force now`),
            changed.length > 0 ? list(changed.map((line) => [line])) : text('It says the same.'),
          ]
        : essentials(draft.terms)),
      buttons(approvalButton(draft), readButton(draft)),
    ],
  }
}

/** The rules by which a clerk sees at once whether the file says what the document says. */
function essentials(terms: Terms) {
  const wanted = [
    'quorum',
    'chair',
    'vice-chair',
    'decisions',
    'meetings',
    'calling an extraordinary meeting',
    'papers',
    'agreeing the agenda',
    'proposing items',
  ]
  const sayings = termsInWords(terms).filter(({ about }) => wanted.includes(about))
  return [facts(...sayings.map(({ about, says }) => [capital(about), [says]] as const))]
}

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

const approvalButton = (draft: Text): Button => ({
  command: 'boards.approval',
  subject: draft.id,
  label: 'Record its approval',
  spoken: `Record the approval of ${draft.terms.title}`,
  style: 'primary',
})

const readButton = ({ id, terms }: Text): Button => ({
  command: 'boards.read_terms',
  subject: id,
  label: 'Read all of it',
  spoken: `Read all of ${terms.title}`,
})

/** Asks how and from when a draft was approved. */
export const approvalForm = (board: Board, draft: Text, audience: Audience): Form => ({
  title: 'Record an approval',
  audience,
  command: 'boards.approve',
  subject: draft.id,
  intro: [`${draft.terms.title}, of ${board.name}. From its first instant on every rule of the bot is as this text says.`],
  fields: [
    {
      field: 'text',
      name: 'resolution',
      label: 'How was it approved?',
      max: 500,
      hint: 'As the notes have it: “RESOLVED that the terms be approved, 23 July 2025, item B3”.',
    },
    { field: 'date', name: 'from', label: 'In force from', optional: true, hint: 'Blank: from this instant.' },
  ],
  submit: 'Record the approval',
  inWords: `approve the terms of ${board.shortName}: RESOLVED that the terms be approved`,
})

/** A text was approved. */
export function approvedCard(
  board: Board,
  approved: Text,
  during: string | null,
  now: Temporal.Instant,
  audience: Audience,
): Card {
  const from = approved.inForceFrom
  const when = from === null ? '' : inWords(from, board.zone)
  const yet = from !== null && from.epochMilliseconds > now.epochMilliseconds
  return {
    title: `Approved: ${approved.terms.title}`,
    audience,
    body: [
      text(yet ? `It takes effect on ${when}. Until then the terms before it rule.` : `It is in force from ${when}.`),
      ...(during ? [note(during)] : []),
      buttons(readButton(approved), {
        command: 'boards.roster',
        subject: board.id,
        label: 'The roster',
        spoken: `The roster of ${board.shortName}`,
      }),
    ],
  }
}

/** A text in all its rules, and the other texts of the board. */
export function termsCard(
  board: Board,
  shown: Text | null,
  texts: readonly Text[],
  now: Temporal.Instant,
  audience: Audience,
): Card {
  const others = texts.filter(({ id }) => id !== shown?.id)
  const line = (one: Text) =>
    `${one.terms.title}: ${STANDS[standOf(one, texts, now)]}${one.inForceFrom ? `, from ${dayInWords(dayOf(one.inForceFrom, board.zone))}` : ''}`
  return {
    title: shown ? shown.terms.title : `${board.name} has no approved terms yet`,
    audience,
    body: [
      ...(shown
        ? [
            text({ strong: capital(line(shown).slice(shown.terms.title.length + 2)) }, '.'),
            table(
              ['Rule', 'What it says', 'What it rests on'],
              termsInWords(shown.terms).map(({ about, says, rests }) => [[capital(about)], [says], [rests]]),
            ),
          ]
        : [text('Send them as a file in YAML: say “new terms”, or attach the file.')]),
      ...(others.length > 0
        ? [divider, heading('Other texts'), list(others.map((one) => [line(one)])), buttons(...others.slice(-4).map(readOther))]
        : []),
    ],
  }
}

const readOther = (one: Text): Button => ({
  ...readButton(one),
  label: `Read ${one.inForceFrom ? 'text' : 'draft'} ${one.number}`,
})
