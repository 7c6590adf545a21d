import { type Block, elementsOf } from './blocks.js'
import type { Option } from './composition.js'
import { type Element, optionsOf } from './elements.js'
import type { StateValue } from './team.js'

/** What a person puts into a field: words, an option or several by value or label, a date, a time, a person’s id. */
export type Given = string | readonly string[]

/** A field’s value that Slack’s client would not take. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken'
}

/** What a field holds before anybody touched it; null of what holds nothing. */
export function initialState(element: Element): StateValue | null {
  const { type } = element
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: element.initial_value ?? null }
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null }
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] }
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null }
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null, ...(element.timezone ? { timezone: element.timezone } : {}) }
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null }
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null }
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null }
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null }
    case 'file_input':
      return { type, files: [] }
    default:
      return null
  }
}

/** What it holds with this put in. @throws NotTaken where the client would not let one */
export function filled(element: Element, given: Given): StateValue {
  const { type } = element
  const words = typeof given === 'string' ? given : given.join(', ')
  const value = words === '' ? null : words
  switch (type) {
    case 'plain_text_input': {
      if (!element.multiline && /[\r\n]/.test(words)) throw new NotTaken('a field of one line takes no line breaks')
      const { min_length = 0, max_length = 3_000 } = element
      if (value !== null && words.length < min_length) throw new NotTaken(`at least ${min_length} characters`)
      if (words.length > max_length) throw new NotTaken(`at most ${max_length} characters`)
      return { type, value }
    }
    case 'email_text_input':
      if (value !== null && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) throw new NotTaken('not an email address')
      return { type, value }
    case 'url_text_input':
      if (value !== null && !URL.canParse(value)) throw new NotTaken('not an address')
      return { type, value }
    case 'number_input':
      holdNumber(element, value)
      return { type, value }
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: value === null ? null : chosenOf(optionsOf(element), words) }
    case 'multi_static_select':
    case 'checkboxes': {
      const several = typeof given === 'string' ? (value === null ? [] : [given]) : given
      return { type, selected_options: several.map((one) => chosenOf(optionsOf(element), one)) }
    }
    case 'datepicker':
      if (value !== null && !/^\d{4}-\d\d-\d\d$/.test(value)) throw new NotTaken('a date is YYYY-MM-DD')
      return { type, selected_date: value }
    case 'timepicker':
      if (value !== null && !/^\d\d:\d\d$/.test(value)) throw new NotTaken('a time is HH:mm')
      return { type, selected_time: value, ...(element.timezone ? { timezone: element.timezone } : {}) }
    case 'datetimepicker':
      return { type, selected_date_time: value === null ? null : Number(value) }
    case 'users_select':
      return { type, selected_user: value }
    case 'conversations_select':
      return { type, selected_conversation: value }
    case 'channels_select':
      return { type, selected_channel: value }
    case 'overflow':
      return { type, selected_option: chosenOf(element.options, words) }
    default:
      throw new NotTaken(`${type} takes no words`)
  }
}

function holdNumber(element: Extract<Element, { type: 'number_input' }>, value: string | null): void {
  if (value === null) return
  if (!/^-?\d+(\.\d+)?$/.test(value)) throw new NotTaken('not a number')
  if (!element.is_decimal_allowed && value.includes('.')) throw new NotTaken('not a whole number')
  if (element.min_value !== undefined && Number(value) < Number(element.min_value))
    throw new NotTaken(`at least ${element.min_value}`)
  if (element.max_value !== undefined && Number(value) > Number(element.max_value))
    throw new NotTaken(`at most ${element.max_value}`)
}

function chosenOf(options: readonly Option[], said: string): Option {
  const found = options.filter((option) => option.value === said)
  const [one, ...others] = found.length > 0 ? found : options.filter((option) => option.text.text === said)
  if (!one || others.length > 0)
    throw new NotTaken(`there is no one option “${said}”, but ${options.map((option) => `“${option.text.text}”`).join(', ')}`)
  return one
}

export const isEmpty = (state: StateValue): boolean =>
  Object.entries(state).every(([key, value]) =>
    ['type', 'timezone'].includes(key) ? true : value === null || (Array.isArray(value) && value.length === 0),
  )

/** What stands in the fields of blocks, by block and action: what was put in, or what stood there at first. */
export function stateValues(
  blocks: readonly Block[],
  put: ReadonlyMap<string, StateValue>,
): Record<string, Record<string, StateValue>> {
  const values: Record<string, Record<string, StateValue>> = {}
  for (const block of blocks)
    for (const element of elementsOf(block)) {
      const state = 'action_id' in element ? (put.get(keyOf(block, element)) ?? initialState(element)) : null
      if (state === null || !('action_id' in element)) continue
      values[block.block_id ?? ''] = { ...values[block.block_id ?? ''], [element.action_id ?? '']: state }
    }
  return values
}

export const keyOf = (block: Block, element: Element): string =>
  `${block.block_id}/${'action_id' in element ? element.action_id : ''}/${element.type}`
