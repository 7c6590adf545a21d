import { useState } from 'preact/hooks'
import type { Field } from '../../../kernel/view.js'

interface FormFieldProps {
  readonly field: Field
  readonly error: string | undefined
}

const long = 140 // characters from which a field is a box of several lines

/** One field with its label, hint and refusal, each tied to the control for those who hear the page. */
export function FormField({ field, error }: FormFieldProps) {
  const id = `field-${field.name}`
  const described = [field.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const control = {
    id,
    name: field.name,
    'aria-invalid': error !== undefined,
    ...(described && { 'aria-describedby': described }),
  }
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {field.label}
      </label>
      {field.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {field.field === 'choice' ? (
        <Choice control={control} options={field.options} />
      ) : (
        <Text control={control} max={field.max} />
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

interface Control {
  readonly id: string
  readonly name: string
  readonly 'aria-invalid': boolean
  readonly 'aria-describedby'?: string
}

type Options = Extract<Field, { field: 'choice' }>['options']

function Choice({ control, options }: { readonly control: Control; readonly options: Options }) {
  const only = options.length === 1 ? options[0] : undefined
  return (
    <select {...control}>
      {!only && (
        <option value="" data-unchosen="" selected>
          Choose…
        </option>
      )}
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}

function Text({ control, max }: { readonly control: Control; readonly max: number }) {
  const [length, setLength] = useState(0)
  const count = (event: { readonly currentTarget: { readonly value: string } }) => setLength(event.currentTarget.value.length)
  return (
    <>
      {max > long ? (
        <textarea {...control} rows={3} maxLength={max} onInput={count} />
      ) : (
        <input {...control} type="text" maxLength={max} autocomplete="off" onInput={count} />
      )}
      {length > max * 0.8 && <p class="count-left">{`${max - length} characters left`}</p>}
    </>
  )
}
