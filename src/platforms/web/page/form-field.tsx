import type { Field } from '../../../kernel/view.js'
import { isFile, ruleInWords } from './chosen-file.js'
import { FieldControl } from './field-control.js'

interface FormFieldProps {
  readonly field: Field
  readonly error: string | undefined
  /** told of the form whenever a file of it was chosen or taken back */
  onFile(form: HTMLFormElement): void
}

/** One field with its label, hint and refusal, each tied to the control for those who hear the page. */
export function FormField({ field, error, onFile }: FormFieldProps) {
  const id = `field-${field.name}`
  const hint = [field.hint, isFile(field) ? ruleInWords(field) : undefined].filter(Boolean).join(' ')
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const named = {
    id,
    name: field.name,
    'aria-invalid': error !== undefined,
    ...(described && { 'aria-describedby': described }),
  }
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {field.label}
        {field.optional && <span class="optional"> (optional)</span>}
      </label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldControl field={field} named={named} onFile={onFile} />
      {error && (
        // A file is refused as it is chosen, when the focus does not move.
        <p class="field-error" id={`${id}-error`} {...(isFile(field) && { role: 'alert' })}>
          {error}
        </p>
      )}
    </div>
  )
}
