import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { FieldErrors, FormView } from '../protocol.js'
import { filledIn, refusalsIn, type Upload } from './filled-in.js'
import { FormField } from './form-field.js'

interface FormDialogProps {
  readonly form: FormView
  /** what the server found wrong, by field */
  readonly errors: FieldErrors
  /** what went wrong besides the fields */
  readonly trouble: string | null
  /** @param values still being read, where files are among them */
  onSubmit(values: Promise<Readonly<Record<string, string>>>): Promise<void>
  readonly upload: Upload
  onClose(): void
}

/** A form over the conversation. Escape and Cancel close it; the focus returns to where it was. */
export function FormDialog({ form, errors, trouble, upload, onSubmit, onClose }: FormDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [busy, setBusy] = useState(false)
  /** what the page itself found wrong, before anything was sent */
  const [refused, setRefused] = useState<FieldErrors>({})

  useLayoutEffect(() => {
    const box = dialog.current
    if (!box?.isConnected) return
    box.showModal()
    firstField(box)?.focus()
    return () => box.close()
  }, [])

  useEffect(() => {
    dialog.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [errors])

  const look = (filled: HTMLFormElement): boolean => {
    const found = refusalsIn(filled, form.fields)
    setRefused(found)
    const first = form.fields.find(({ name }) => name in found)
    const control = first && filled.elements.namedItem(first.name)
    if (control instanceof HTMLElement) control.focus()
    return first === undefined
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const filled = event.currentTarget
    if (busy || !(filled instanceof HTMLFormElement) || !look(filled)) return
    setBusy(true)
    await onSubmit(filledIn(filled, form.fields, upload))
    setBusy(false)
  }
  const elsewhere = Object.entries(errors).filter(([name]) => !form.fields.some((field) => field.name === name))
  const alerts = [...(trouble === null ? [] : [trouble]), ...elsewhere.map(([, sentence]) => sentence)]

  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="form-title" aria-describedby="form-intro" onClose={onClose}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <h2 class="dialog-title" id="form-title">
          {form.title}
        </h2>
        <div class="dialog-body">
          <p id="form-intro">{form.intro}</p>
          {form.fields.map((field) => (
            <FormField key={field.name} field={field} error={refused[field.name] ?? errors[field.name]} onFile={look} />
          ))}
        </div>
        {alerts.length > 0 && (
          <div class="trouble" role="alert">
            {alerts.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        )}
        <div class="dialog-buttons">
          {form.fields.some(({ field }) => field === 'upload') && (
            <p class="sending" role="status">
              {busy ? 'Sending…' : ''}
            </p>
          )}
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button primary" aria-disabled={busy}>
            {form.submit}
          </button>
        </div>
      </form>
    </dialog>
  )
}

const firstField = (box: HTMLElement) => box.querySelector<HTMLElement>('select, input, textarea')
