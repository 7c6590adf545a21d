import { plainText } from '../../kernel/plain.js'
import { dayInWords, dayOf, fromText, hourInWords } from '../../kernel/time.js'
import type { Card, Form } from '../../kernel/view.js'
import { adaptiveCard } from '../adaptive-card.js'
import { directId } from './places.js'
import type { FormView, Message } from './protocol.js'
import type { Row } from './transcript.js'

const asWritten = (heading: string): string => heading

/** A stored message as the page shows it to `user`; times in the board's zone. */
export function messageView(row: Row, user: string, zone: string, nameOf: (user: string) => string): Message {
  const at = fromText(row.at)
  const direct = row.place === directId(user)
  return {
    id: row.id,
    place: direct ? 'direct' : row.place,
    author: row.author === null ? { kind: 'bot', name: 'Quorate' } : { kind: 'person', name: nameOf(row.author) },
    time: hourInWords(at, zone),
    day: dayInWords(dayOf(at, zone)),
    onlyYou: !direct && row.viewer !== null,
    edited: row.edited === 1,
    body:
      row.card === null
        ? { words: row.words ?? '' }
        : { card: adaptiveCard(JSON.parse(row.card) as Card, asWritten), plain: row.plain ?? '' },
  }
}

export const formView = ({ title, intro, command, subject, values, fields, submit }: Form): FormView => ({
  title,
  intro: plainText(intro),
  command,
  subject,
  values: values ?? {},
  fields,
  submit,
})
