import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Message, PlaceView } from '../protocol.js'
import type { Press } from './card-drawing.js'
import { continues, MessageItem } from './message.js'

interface ConversationProps {
  readonly place: PlaceView
  readonly messages: readonly Message[]
  onPress(message: Message, press: Press): Promise<void>
}

const near = 80 // CSS pixels from the end that still count as being at the end

/** The messages of one place. Whoever reads the latest stays with the latest; whoever has scrolled back stays there. */
export function Conversation({ place, messages, onPress }: ConversationProps) {
  const log = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  const [behind, setBehind] = useState(false)

  const toEnd = useCallback(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight
  }, [])

  const noteWhere = () => {
    const box = log.current
    if (!box) return
    following.current = box.scrollHeight - box.scrollTop - box.clientHeight < near
    setBehind(!following.current)
  }

  useLayoutEffect(() => {
    const watch = new ResizeObserver(() => following.current && toEnd())
    for (const box of [log.current, content.current]) if (box) watch.observe(box)
    return () => watch.disconnect()
  }, [toEnd])

  useLayoutEffect(() => {
    if (following.current) toEnd()
  }, [messages, toEnd])

  return (
    <div class="scroll">
      <div
        class="log"
        role="log"
        aria-live="polite"
        aria-label={`Messages in ${place.title}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        ref={log}
        onScroll={noteWhere}
      >
        <div class="log-content" ref={content}>
          <Beginning place={place} />
          {messages.map((message, at) => (
            <Entry key={message.id} message={message} previous={messages[at - 1]} onPress={onPress} />
          ))}
        </div>
      </div>
      {behind && (
        <button type="button" class="latest" onClick={toEnd}>
          Jump to the latest
        </button>
      )}
    </div>
  )
}

interface EntryProps {
  readonly message: Message
  readonly previous: Message | undefined
  onPress(message: Message, press: Press): Promise<void>
}

function Entry({ message, previous, onPress }: EntryProps) {
  return (
    <>
      {message.day !== previous?.day && (
        <h2 class="day">
          <span>{message.day}</span>
        </h2>
      )}
      <MessageItem message={message} continues={continues(message, previous)} onPress={onPress} />
    </>
  )
}

const Beginning = ({ place }: { readonly place: PlaceView }) => (
  <p class="beginning">
    {place.kind === 'channel'
      ? `This is the beginning of #${place.title}, the channel of ${place.board}.`
      : 'This is the beginning of your conversation with Quorate. Nobody else reads it.'}
  </p>
)
