import { useLayoutEffect, useRef } from 'preact/hooks'
import type { KeptFile } from '../protocol.js'

interface DocumentDialogProps {
  readonly title: string
  /** answers with the document for a few minutes only */
  readonly address: string
  /** what comes with it, to keep; their addresses answer as long */
  readonly files: readonly KeptFile[]
  onClose(): void
}

/** A document over the conversation, to read and to print. Escape and Close close it; the focus returns to where it was. */
export function DocumentDialog({ title, address, files, onClose }: DocumentDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const frame = useRef<HTMLIFrameElement>(null)

  useLayoutEffect(() => {
    const box = dialog.current
    if (!box?.isConnected) return
    box.showModal()
    // Not the frame, which a browser would choose: there, not every one hears of Escape.
    heading.current?.focus()
    return () => box.close()
  }, [])

  return (
    <dialog ref={dialog} class="dialog document" aria-labelledby="document-title" onClose={onClose}>
      <h2 ref={heading} class="dialog-title" id="document-title" tabIndex={-1}>
        {title}
      </h2>
      {/* Nothing in it runs; it is of our own origin only so that the page can have it printed. */}
      <iframe
        ref={frame}
        title={title}
        src={address}
        sandbox="allow-same-origin allow-modals"
        onLoad={({ currentTarget }) => {
          // Whoever reads in it has the focus there, and its keys are not heard out here.
          currentTarget.contentWindow?.addEventListener('keydown', ({ key }) => key === 'Escape' && onClose())
        }}
      />
      {files.length > 0 && <Files files={files} />}
      <div class="dialog-buttons">
        <a class="button" href={address} target="_blank" rel="noopener noreferrer">
          Open in a window of its own
        </a>
        <button type="button" class="button" onClick={onClose}>
          Close
        </button>
        <button type="button" class="button primary" onClick={() => frame.current?.contentWindow?.print()}>
          Print
        </button>
      </div>
    </dialog>
  )
}

const endingOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toUpperCase()

/** "CSV", "PNG": whoever hears it is told the whole name of each. */
const Files = ({ files }: { readonly files: readonly KeptFile[] }) => (
  <div class="dialog-files">
    <span id="document-files">Download</span>
    <ul aria-labelledby="document-files">
      {files.map(({ name, address }) => (
        <li key={address}>
          <a class="button" href={address} download={name} title={name} aria-label={`Download ${name}`}>
            {endingOf(name)}
          </a>
        </li>
      ))}
    </ul>
  </div>
)
