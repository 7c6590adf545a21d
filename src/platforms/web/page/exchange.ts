import { useState } from 'preact/hooks'
import type { Answered, FieldErrors, FormView, Message } from '../protocol.js'
import * as api from './api.js'
import type { Press } from './card-drawing.js'
import type { Desk } from './desk.js'

/** A form in front of the person, where it came from, and what was wrong with it. */
export interface OpenForm {
  readonly form: FormView
  readonly as: string
  readonly place: string
  readonly message: string
  readonly errors: FieldErrors
  readonly trouble: string | null
}

/** What one person says and presses in a place, and what becomes of the answers. */
export function useExchange(desk: Desk | null, onTrouble: (thrown: unknown | null) => void) {
  const [open, setOpen] = useState<OpenForm | null>(null)
  const as = desk?.session.me.email ?? ''
  const place = desk?.conversations.open ?? ''

  const take = (answered: Answered, message: string) => {
    if (answered.kind === 'message') desk?.receive(answered.message)
    if (answered.kind === 'form') setOpen({ form: answered.form, as, place, message, errors: {}, trouble: null })
    if (answered.kind === 'fields') onTrouble(new api.Declined(Object.values(answered.fields).join(' ')))
  }

  /** @returns whether the words were received */
  const say = async (words: string): Promise<boolean> => {
    onTrouble(null)
    try {
      const answered = await api.say({ as, place, words })
      // The question reaches us by the event line and the answer here: only the history knows their order.
      await desk?.refresh(place).catch(() => undefined)
      take(answered, '')
      return true
    } catch (thrown) {
      onTrouble(thrown)
      return false
    }
  }

  const press = async (message: Message, pressed: Press): Promise<void> => {
    onTrouble(null)
    try {
      take(await api.act({ as, place: message.place, message: message.id, ...pressed }), message.id)
    } catch (thrown) {
      onTrouble(thrown)
    }
  }

  const submit = async (values: Readonly<Record<string, string>>): Promise<void> => {
    if (open === null) return
    const { form, message } = open
    try {
      const { command, subject } = form
      const told = { ...form.values, ...values }
      const answered = await api.act({ as: open.as, place: open.place, message, command, subject, values: told })
      if (answered.kind === 'fields') return setOpen({ ...open, errors: answered.fields, trouble: null })
      setOpen(null)
      take(answered, message)
    } catch (thrown) {
      setOpen({ ...open, trouble: api.sentenceOf(thrown) })
    }
  }

  return { open, say, press, submit, close: () => setOpen(null) }
}
