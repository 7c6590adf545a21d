import { useRef, useState } from 'preact/hooks'
import type { Answered, FieldErrors, FormView, Message } from '../protocol.js'
import * as api from './api.js'
import type { Press } from './card-drawing.js'
import { base64Of } from './chosen-file.js'
import type { Desk } from './desk.js'
import { RefusedFiles, type Upload } from './filled-in.js'

/** A form in front of the person, where it came from, and what was wrong with it. */
export interface OpenForm {
  readonly form: FormView
  /** tells one opening from another */
  readonly turn: number
  readonly as: string
  readonly place: string
  readonly message: string
  readonly errors: FieldErrors
  readonly trouble: string | null
}

const longestName = 200 // characters of a file's name that the server takes; the ending is what matters

export type OpenDocument = Extract<Answered, { kind: 'document' }>

/** What one person says and presses in a place, and what becomes of the answers. */
export function useExchange(desk: Desk | null, onTrouble: (thrown: unknown | null) => void) {
  const [open, setOpen] = useState<OpenForm | null>(null)
  const [document, setDocument] = useState<OpenDocument | null>(null)
  const turn = useRef(0)
  const as = desk?.session.me.email ?? ''
  const place = desk?.conversations.open ?? ''

  const take = (answered: Answered, message: string) => {
    switch (answered.kind) {
      case 'message':
        return desk?.receive(answered.message)
      case 'form':
        turn.current += 1
        return setOpen({ form: answered.form, turn: turn.current, as, place, message, errors: {}, trouble: null })
      case 'fields':
        return onTrouble(new api.Declined(Object.values(answered.fields).join(' ')))
      case 'document':
        return setDocument(answered)
      case 'silent':
        return
      default:
        return answered satisfies never
    }
  }

  /** @returns whether the words were received */
  const say = async (words: string, file: File | null): Promise<boolean> => {
    onTrouble(null)
    try {
      const sent = file && { file: { name: file.name.slice(-longestName), base64: await base64Of(file) } }
      const answered = await api.say({ as, place, words, ...sent })
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

  /** Changes or closes a form, unless another stands there by now, or none. */
  const become = (next: OpenForm | null) => setOpen((now) => (now !== null && now.turn === open?.turn ? next : now))

  const submit = async (values: Promise<Readonly<Record<string, string>>>): Promise<void> => {
    if (open === null) return
    const { form, message } = open
    try {
      const { command, subject } = form
      const told = { ...form.values, ...(await values) }
      const answered = await api.act({ as: open.as, place: open.place, message, command, subject, values: told })
      if (answered.kind === 'fields') return become({ ...open, errors: answered.fields, trouble: null })
      become(null)
      take(answered, message)
    } catch (thrown) {
      if (thrown instanceof RefusedFiles) become({ ...open, errors: thrown.fields, trouble: null })
      else become({ ...open, trouble: api.sentenceOf(thrown) })
    }
  }

  const upload: Upload = (file) => api.upload(open?.as ?? as, file)

  return { open, document, say, press, submit, upload, close: () => become(null), closeDocument: () => setDocument(null) }
}
