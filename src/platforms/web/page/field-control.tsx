import { useState } from 'preact/hooks'
import type { Field } from '../../../kernel/view.js'

interface Named {
  readonly id: string
  readonly name: string
  readonly 'aria-invalid': boolean
  readonly 'aria-describedby'?: string
}

interface FieldControlProps {
  readonly field: Field
  readonly named: Named
  /** told of the form whenever a file of it was chosen or taken back */
  onFile(form: HTMLFormElement): void
}

type Kind<Of extends Field['field']> = Extract<Field, { field: Of }>

const long = 140 // characters from which a field is a box of several lines

/** What is filled in. The browser keeps its content, so that nothing is lost when the form is drawn again with a refusal. */
export function FieldControl({ field, named, onFile }: FieldControlProps) {
  switch (field.field) {
    case 'choice':
      return <Choice field={field} named={named} />
    case 'text':
      return <Text field={field} named={named} />
    case 'date':
      // Without an end, a browser lets a year have six digits.
      return <input {...named} type="date" max="9999-12-31" defaultValue={field.value ?? ''} />
    case 'time':
      return <input {...named} type="time" defaultValue={field.value ?? ''} />
    case 'file':
    case 'upload':
      return (
        <input
          {...named}
          type="file"
          accept={field.accept.join(',')}
          onChange={({ currentTarget: { form } }) => form && onFile(form)}
        />
      )
    default:
      return field satisfies never
  }
}

function Choice({ field, named }: { readonly field: Kind<'choice'>; readonly named: Named }) {
  const { options, optional, value } = field
  const only = options.length === 1 && !optional ? options[0] : undefined
  const first = options.find((option) => option.value === value) ?? only
  return (
    <select {...named}>
      {(optional || !first) && (
        <option value="" data-unchosen="" selected={!first}>
          {optional ? 'None' : 'Choose…'}
        </option>
      )}
      {options.map((option) => (
        <option key={option.value} value={option.value} selected={option === first}>
          {option.label}
        </option>
      ))}
    </select>
  )
}

function Text({ field: { max, oneLine, value = '' }, named }: { readonly field: Kind<'text'>; readonly named: Named }) {
  const [length, setLength] = useState(value.length)
  const common = {
    ...named,
    maxLength: max,
    defaultValue: value,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => setLength(event.currentTarget.value.length),
  }
  return (
    <>
      {max > long && !oneLine ? <textarea {...common} rows={3} /> : <input {...common} type="text" autocomplete="off" />}
      {length > max * 0.8 && <p class="count-left">{`${max - length} characters left`}</p>}
    </>
  )
}
