import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { PlaceView } from '../protocol.js'
import { Arrow } from './marks.js'

interface ComposerProps {
  readonly place: PlaceView
  /** what was typed here earlier and not sent */
  readonly draft: string
  onDraft(words: string): void
  /** @returns whether the words were received; if not, they stay */
  onSend(words: string): Promise<boolean>
}

export const composerId = 'words'

const suggestions = ['help', 'who is coming', 'apologies for the next meeting']

/** Where one writes. Enter sends, Shift+Enter begins a line. */
export function Composer({ place, draft, onDraft, onSend }: ComposerProps) {
  const [words, setWords] = useState(draft)
  const [sending, setSending] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  const label = place.kind === 'channel' ? `Message #${place.title}` : 'Message Quorate'

  useLayoutEffect(() => {
    if (!box.current) return
    box.current.style.height = 'auto'
    box.current.style.height = `${box.current.scrollHeight}px`
  }, [words])

  const type = (typed: string) => {
    setWords(typed)
    onDraft(typed)
  }
  const send = async (said: string): Promise<boolean> => {
    if (sending || said.trim() === '') return false
    setSending(true)
    const received = await onSend(said.trim())
    setSending(false)
    return received
  }
  const addressed = (said: string) => (place.kind === 'channel' ? `@Quorate ${said}` : said)
  const sendTyped = async () => {
    if (await send(words)) type('')
    box.current?.focus()
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void sendTyped()
      }}
    >
      <ul class="suggestions" aria-label="Suggestions">
        {suggestions.map((suggested) => (
          <li key={suggested}>
            <button type="button" aria-disabled={sending} onClick={() => void send(addressed(suggested))}>
              {suggested}
            </button>
          </li>
        ))}
      </ul>
      <div class="box">
        <textarea
          id={composerId}
          ref={box}
          rows={1}
          aria-label={label}
          aria-describedby="composer-hint"
          placeholder={label}
          value={words}
          readOnly={sending}
          onInput={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            void sendTyped()
          }}
        />
        <button type="submit" class="send" aria-label="Send" aria-disabled={sending || words.trim() === ''}>
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
