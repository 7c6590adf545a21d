import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { PlaceView } from '../protocol.js'
import { Attach, Attached, attachable } from './attachment.js'
import { refusalOf } from './chosen-file.js'
import { Arrow } from './marks.js'

/** What was typed and attached, and not sent. */
export interface Draft {
  readonly words: string
  readonly file: File | null
}

interface ComposerProps {
  readonly place: PlaceView
  /** what was left here earlier */
  readonly left: Draft | undefined
  onDraft(draft: Draft): void
  /** @returns whether the words were received; if not, they stay */
  onSend(words: string, file: File | null): Promise<boolean>
}

export const composerId = 'words'

const nothing: Draft = { words: '', file: null }
const suggestions = ['help', 'who is coming', 'apologies for the next meeting']

/** Where one writes. Enter sends, Shift+Enter begins a line. */
export function Composer({ place, left, onDraft, onSend }: ComposerProps) {
  const [draft, setDraft] = useState(left ?? nothing)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  // What was typed or chosen since the last drawing counts too.
  const latest = useRef(draft)
  const { words, file } = draft
  const label = place.kind === 'channel' ? `Message #${place.title}` : 'Message Quorate'

  useLayoutEffect(() => {
    if (!box.current) return
    box.current.style.height = 'auto'
    box.current.style.height = `${box.current.scrollHeight}px`
  }, [words])

  const change = (to: Partial<Draft>) => {
    latest.current = { ...latest.current, ...to }
    setDraft(latest.current)
    onDraft(latest.current)
  }
  const attach = (chosen: File | null) => {
    const refused = chosen && refusalOf(chosen, attachable)
    setRefusal(refused)
    if (refused === null) change({ file: chosen })
    box.current?.focus()
  }
  const send = async (said: string, sent: File | null): Promise<boolean> => {
    if (sending || said.trim() === '') return false
    setSending(true)
    const received = await onSend(said.trim(), sent)
    setSending(false)
    return received
  }
  const addressed = (said: string) => (place.kind === 'channel' ? `@Quorate ${said}` : said)
  const saidIn = (one: Draft) => (one.words.trim() === '' && one.file ? addressed('read this file') : one.words)
  const sendDraft = async () => {
    // Before it is sent: by the time of the answer the person may be elsewhere.
    box.current?.focus()
    const { current } = latest
    if (await send(saidIn(current), current.file)) change(nothing)
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void sendDraft()
      }}
    >
      <ul class="suggestions" aria-label="Suggestions">
        {suggestions.map((suggested) => (
          <li key={suggested}>
            <button type="button" aria-disabled={sending} onClick={() => void send(addressed(suggested), null)}>
              {suggested}
            </button>
          </li>
        ))}
      </ul>
      {file && <Attached id="composer-file" file={file} disabled={sending} onRemove={() => attach(null)} />}
      {refusal && (
        <p class="field-error" role="alert">
          {refusal}
        </p>
      )}
      <div class="box">
        <Attach disabled={sending} onChoose={attach} />
        <textarea
          id={composerId}
          ref={box}
          rows={1}
          aria-label={label}
          aria-describedby={file ? 'composer-file composer-hint' : 'composer-hint'}
          placeholder={label}
          value={words}
          readOnly={sending}
          onInput={(event) => change({ words: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            void sendDraft()
          }}
        />
        <button type="submit" class="send" aria-label="Send" aria-disabled={sending || saidIn(draft).trim() === ''}>
          <Arrow />
        </button>
      </div>
      <p class="hint" id="composer-hint">
        {place.kind === 'channel' && (
          <span>
            Mention the bot: <b>@Quorate who is coming</b>.{' '}
          </span>
        )}
        <span class="keys">Enter sends; Shift+Enter begins a new line.</span>
      </p>
      <p class="sending" role="status">
        {sending ? 'Sending…' : ''}
      </p>
    </form>
  )
}
