import type { Option } from '../../composition.js'
import type { Element } from '../../elements.js'
import type { Control } from './controls.js'
import { el, id } from './element.js'
import { menu } from './menu.js'
import { optionsIn } from './options.js'

/** Draws what is chosen among options; null of anything else. */
export function choices(element: Element, on: Control): HTMLElement | null {
  switch (element.type) {
    case 'radio_buttons':
      return boxes('radio', element.options, on)
    case 'checkboxes':
      return boxes('checkbox', element.options, on)
    case 'overflow': {
      const items = element.options.map(({ text, value }) => ({ label: text.text, chosen: () => on.put(value) }))
      return menu(on.id, on.naming.label ?? 'More actions', '⋯', items)
    }
    case 'static_select':
    case 'multi_static_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
      return select(element, on)
    default:
      return null
  }
}

type Select = Extract<Element, { placeholder?: unknown; type: `${string}select` }>

function select(element: Select, on: Control): HTMLElement {
  const held = [on.held].flat()
  const several = element.type === 'multi_static_select'
  const drawn = el('select', {
    id: on.id,
    aria: {
      ...aria(on),
      label: on.naming.labelledby === null ? (element.placeholder?.text ?? on.naming.label ?? 'Choose') : null,
    },
    ...(several ? { set: { multiple: '' } } : {}),
    on: {
      change: () => {
        const chosen = [...drawn.selectedOptions].map(({ value }) => value)
        on.put(several ? chosen : (chosen[0] ?? ''))
      },
    },
  })
  const option = ({ value, text, description }: { value: string; text: string; description?: string | undefined }) => {
    const one = el('option', { set: { value } }, description === undefined ? text : `${text} ${description}`)
    one.selected = held.includes(value)
    return one
  }
  if (!several) drawn.append(option({ value: '', text: element.placeholder?.text ?? 'Choose an option' }))
  for (const group of optionsIn(element, on.surface.sight)) {
    const options = group.options.map(option)
    drawn.append(...(group.label === null ? options : [el('optgroup', { set: { label: group.label } }, ...options)]))
  }
  return drawn
}

function boxes(type: 'radio' | 'checkbox', options: readonly Option[], on: Control): HTMLElement {
  const held = [on.held].flat()
  const group = el('div', {
    class: 'boxes',
    id: on.id,
    role: type === 'radio' ? 'radiogroup' : 'group',
    aria: {
      ...(type === 'radio' ? aria(on) : { ...aria(on), invalid: null }),
      label: on.naming.labelledby === null ? (on.naming.label ?? 'Choices') : null,
    },
  })
  const inputs = options.map(({ value }, at) => {
    const input = el('input', { type, id: id(on.id, String(at)), set: { name: on.id, value } })
    input.checked = held.includes(value)
    input.addEventListener('change', () => {
      const chosen = inputs.filter(({ checked }) => checked).map((one) => one.value)
      on.put(type === 'radio' ? (chosen[0] ?? '') : chosen)
    })
    return input
  })
  const described = (option: Option) => (option.description ? el('small', {}, option.description.text) : null)
  group.append(
    ...options.map((option, at) => el('label', {}, inputs[at] ?? '', el('span', {}, option.text.text, described(option)))),
  )
  return group
}

export const aria = ({ naming: { labelledby, describedby, invalid } }: Control): Record<string, string | null> => ({
  labelledby,
  describedby,
  invalid: invalid ? 'true' : null,
})
