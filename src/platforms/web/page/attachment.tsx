import { useRef } from 'preact/hooks'
import { LARGEST_FILE } from '../limits.js'
import { type FileRule, inWords } from './chosen-file.js'
import { Clip } from './marks.js'

/** What may be attached to words. */
export const attachable: FileRule = { accept: ['.csv', '.yaml', '.yml', '.txt'], max: LARGEST_FILE }

interface AttachProps {
  readonly disabled: boolean
  onChoose(file: File): void
}

/** Opens the browser's choice of files. */
export function Attach({ disabled, onChoose }: AttachProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        class="attach"
        aria-label="Attach a file"
        title="Attach a file"
        aria-disabled={disabled}
        onClick={() => !disabled && input.current?.click()}
      >
        <Clip />
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={attachable.accept.join(',')}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          // Else the same file chosen again would be no change.
          currentTarget.value = ''
          if (file) onChoose(file)
        }}
      />
    </>
  )
}

interface AttachedProps {
  readonly id: string
  readonly file: File
  readonly disabled: boolean
  onRemove(): void
}

/** The file that goes with the next words. */
export const Attached = ({ id, file, disabled, onRemove }: AttachedProps) => (
  <p class="attached">
    <span class="attached-name" id={id}>
      <span class="unseen">Attached: </span>
      {file.name}
    </span>
    <span class="attached-size">{inWords(file.size)}</span>
    <button type="button" aria-label={`Remove ${file.name}`} aria-disabled={disabled} onClick={() => !disabled && onRemove()}>
      Remove
    </button>
  </p>
)
