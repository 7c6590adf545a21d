import type { Message } from '../protocol.js'
import { CardBody } from './card.js'
import type { Press } from './card-drawing.js'
import { Eye, Initials, Seal } from './marks.js'

interface MessageProps {
  readonly message: Message
  /** shown without its author, under another message of theirs */
  readonly continues: boolean
  onPress(message: Message, press: Press): Promise<void>
}

export function MessageItem({ message, continues, onPress }: MessageProps) {
  const { author, time, onlyYou, edited, body } = message
  return (
    <article
      class={`message${continues ? ' continues' : ''}${onlyYou ? ' only-you' : ''}`}
      aria-label={`${author.name} at ${time}`}
    >
      <div class="margin">
        {continues ? <time class="aside">{time}</time> : author.kind === 'bot' ? <Seal /> : <Initials name={author.name} />}
      </div>
      <div class="content">
        {onlyYou && (
          <p class="visibility">
            <Eye /> Only visible to you
          </p>
        )}
        {!continues && (
          <p class="byline">
            <strong>{author.name}</strong>
            {author.kind === 'bot' && <span class="tag">App</span>}
            <time>{time}</time>
          </p>
        )}
        {'words' in body ? (
          <p class="words">{withMentions(body.words)}</p>
        ) : (
          <CardBody card={body.card} plain={body.plain} onPress={(press) => onPress(message, press)} />
        )}
        {edited && <p class="edited">Edited</p>}
      </div>
    </article>
  )
}

const withMentions = (words: string) =>
  words.split(/(@Quorate\b)/).map((piece) => (piece === '@Quorate' ? <span class="mention">{piece}</span> : piece))

/** People write in bursts; only the first of one author's messages within a minute says who wrote. */
export const continues = (message: Message, previous: Message | undefined): boolean =>
  previous !== undefined &&
  previous.author.name === message.author.name &&
  previous.author.kind === message.author.kind &&
  previous.day === message.day &&
  previous.time === message.time &&
  previous.onlyYou === message.onlyYou
