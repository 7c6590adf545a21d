import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { FieldErrors, FormView } from '../protocol.js'
import { FormField } from './form-field.js'

interface FormDialogProps {
  readonly form: FormView
  /** what the server found wrong, by field */
  readonly errors: FieldErrors
  /** what went wrong besides the fields */
  readonly trouble: string | null
  onSubmit(values: Readonly<Record<string, string>>): Promise<void>
  onClose(): void
}

/** A form over the conversation. Escape and Cancel close it; the focus returns to where it was. */
export function FormDialog({ form, errors, trouble, onSubmit, onClose }: FormDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [busy, setBusy] = useState(false)

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

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy || !(event.currentTarget instanceof HTMLFormElement)) return
    setBusy(true)
    await onSubmit(valuesOf(event.currentTarget))
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
            <FormField key={field.name} field={field} error={errors[field.name]} />
          ))}
          {alerts.length > 0 && (
            <div class="trouble" role="alert">
              {alerts.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </div>
          )}
        </div>
        <div class="dialog-buttons">
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

/** A choice not made is left out; text is always told, even if empty. */
function valuesOf(form: HTMLFormElement): Record<string, string> {
  const told = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !isUnchosen(form, name))
  return Object.fromEntries(told.map(([name, value]) => [name, String(value)]))
}

const isUnchosen = (form: HTMLFormElement, name: string): boolean => {
  const control = form.elements.namedItem(name)
  return control instanceof HTMLSelectElement && control.selectedOptions[0]?.dataset.unchosen !== undefined
}
