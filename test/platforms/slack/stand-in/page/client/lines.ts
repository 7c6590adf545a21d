import type { Element } from '../../elements.js'
import { aria } from './choices.js'
import type { Control } from './controls.js'
import { el } from './element.js'
import { sent } from './file.js'

/** Draws what is typed, picked from a calendar or a clock, or attached. */
export function lines(element: Element, on: Control): HTMLElement {
  const held = [on.held].flat().join(', ')
  switch (element.type) {
    case 'plain_text_input':
      if (element.multiline) return area(element, on, held)
      return line('text', element, on, held)
    case 'email_text_input':
      return line('email', element, on, held)
    case 'url_text_input':
      return line('url', element, on, held)
    case 'number_input':
      return line('text', element, on, held, { inputmode: element.is_decimal_allowed ? 'decimal' : 'numeric' })
    case 'datepicker':
      return picker('date', element, on, held)
    case 'timepicker':
      return picker('time', element, on, held)
    case 'datetimepicker':
      return moment(on, held)
    case 'file_input':
      return files(element, on)
    default:
      return el('span', {}, element.type)
  }
}

type Placed = { readonly placeholder?: { readonly text: string } | undefined }

const named = (on: Control, { placeholder }: Placed, usual: string) => ({
  id: on.id,
  aria: { ...aria(on), label: on.naming.labelledby === null ? (placeholder?.text ?? on.naming.label ?? usual) : null },
})

function line(type: string, element: Placed, on: Control, held: string, more: Record<string, string> = {}): HTMLElement {
  const input = el('input', {
    ...named(on, element, 'Text'),
    type,
    set: { value: held, placeholder: element.placeholder?.text ?? null, autocomplete: 'off', ...more },
    on: {
      input: () => on.put(input.value),
      keydown: (event) => {
        if (event instanceof KeyboardEvent && event.key === 'Enter') on.tell()
      },
    },
  })
  return input
}

function area(element: Placed, on: Control, held: string): HTMLElement {
  const area = el('textarea', {
    ...named(on, element, 'Text'),
    set: { rows: '4', placeholder: element.placeholder?.text ?? null },
    on: { input: () => on.put(area.value) },
  })
  area.value = held
  return area
}

function picker(type: 'date' | 'time', element: Placed, on: Control, held: string): HTMLElement {
  const input = el('input', {
    ...named(on, element, type === 'date' ? 'Day' : 'Time'),
    type,
    set: { value: held },
    on: { change: () => on.put(input.value) },
  })
  return input
}

/** A day and time of the browser’s own zone, as seconds. */
function moment(on: Control, held: string): HTMLElement {
  const shown = (seconds: number): string => {
    const local = new Date(seconds * 1_000)
    return new Date(local.getTime() - local.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
  }
  const input = el('input', {
    ...named(on, {}, 'Day and time'),
    type: 'datetime-local',
    set: { value: held === '' ? '' : shown(Number(held)) },
    on: { change: () => on.put(input.value === '' ? '' : String(Date.parse(input.value) / 1_000)) },
  })
  return input
}

function files(element: Extract<Element, { type: 'file_input' }>, on: Control): HTMLElement {
  const input = el('input', {
    ...named(on, {}, 'File'),
    type: 'file',
    set: {
      accept: element.filetypes?.map((ending) => `.${ending}`).join(',') ?? null,
      multiple: (element.max_files ?? 10) > 1 ? '' : null,
    },
    on: { change: () => void Promise.all([...(input.files ?? [])].map(sent)).then((files) => on.put({ files })) },
  })
  return input
}
