import { createHash } from 'node:crypto'
import type { InputBlock, InputBlockElement, KnownBlock, PlainTextOption, RadioButtons, StaticSelect } from '@slack/types'
import type { Field } from '../../kernel/view.js'
import { cut, plain } from './escape.js'
import { LONGEST, MOST } from './limits.js'
import { bulleted } from './list.js'
import { light } from './runs.js'

type Choice = Extract<Field, { field: 'choice' }>
type Option = Choice['options'][number]

/** The action of what is filled in; of a field that may be left blank another, since what comes back does not say. */
export const ANSWER = { needed: 'answer', optional: 'answer:optional' } as const

/** Before a choice's hash, where Slack does not take the choice itself. */
export const HASHED = '#'

/** A choice as Slack takes it. One that begins as a hash does is hashed too, so that no other is taken for one. */
export const optionValue = ({ value }: Option): string =>
  value.trim() !== '' && value.length <= LONGEST.optionValue && !value.startsWith(HASHED)
    ? value
    : HASHED + createHash('sha256').update(value).digest('hex').slice(0, 40)

/** From which a text is asked for in a box of several lines, in characters. */
const LONG = 140

/** Letters, for the label of a group of options: "A to C". */
const initial = (option: Option | undefined): string => (option?.label.trim().slice(0, 1) || '–').toUpperCase()

function drawn(option: Option): PlainTextOption {
  const text = cut(option.label, LONGEST.option)
  const rest = option.label.slice(text.length - 1).trim()
  return {
    text: plain(text, LONGEST.option),
    value: optionValue(option),
    ...(text === option.label ? {} : { description: plain(`…${rest}`, LONGEST.optionDescription) }),
  }
}

/** Those that differ: Slack refuses the same twice. */
const distinct = (options: readonly Option[]): readonly Option[] =>
  options.filter(({ value }, at) => options.findIndex((other) => other.value === value) === at)

function choice({ options: all, value, optional }: Choice): StaticSelect | RadioButtons | null {
  const options = distinct(all)
  if (options.length === 0 || options.length > MOST.options * MOST.optionGroups) return null
  const first = options.find((option) => option.value === value) ?? (options.length === 1 && !optional ? options[0] : undefined)
  const common = {
    action_id: optional ? ANSWER.optional : ANSWER.needed,
    ...(first ? { initial_option: drawn(first) } : {}),
  }
  // What was chosen among radio buttons cannot be taken back.
  const few = options.length <= MOST.radioButtons && !optional
  if (few) return { type: 'radio_buttons', ...common, options: options.map(drawn) }
  const select = {
    type: 'static_select' as const,
    ...common,
    placeholder: plain(optional ? 'None' : 'Choose…', LONGEST.placeholder),
  }
  if (options.length <= MOST.options) return { ...select, options: options.map(drawn) }
  const groups = Array.from({ length: Math.ceil(options.length / MOST.options) }, (_, at) =>
    options.slice(at * MOST.options, (at + 1) * MOST.options),
  )
  return {
    ...select,
    option_groups: groups.map((group) => ({
      label: plain(`${initial(group[0])} to ${initial(group.at(-1))}`, LONGEST.optionGroup),
      options: group.map(drawn),
    })),
  }
}

/** @returns null where a modal cannot ask it */
function element(field: Field): InputBlockElement | null {
  const action_id = field.optional ? ANSWER.optional : ANSWER.needed
  const { value = '' } = field
  switch (field.field) {
    case 'choice':
      return choice(field)
    case 'text':
      // Cutting what stands there would change it without a word.
      if (value.length > LONGEST.typed) return null
      return {
        type: 'plain_text_input',
        action_id,
        multiline: field.max > LONG && !field.oneLine,
        max_length: Math.min(Math.max(field.max, value.length, 1), LONGEST.typed),
        ...(value === '' ? {} : { initial_value: value }),
      }
    case 'date':
      return { type: 'datepicker', action_id, ...(isDate(value) ? { initial_date: value } : {}) }
    case 'time':
      return { type: 'timepicker', action_id, ...(/^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? { initial_time: value } : {}) }
    case 'file':
    case 'upload':
      return {
        type: 'file_input',
        action_id,
        max_files: 1,
        ...(field.accept.length > 0 ? { filetypes: field.accept.map((ending) => ending.replace(/^\./, '')) } : {}),
      }
    default:
      return field satisfies never
  }
}

/** A day that the calendar has: Slack refuses a whole view for any other. */
function isDate(value: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return year > 0 && day >= 1 && day <= length
}

const either = (endings: readonly string[]): string =>
  [endings.slice(0, -1).join(', '), ...endings.slice(-1)].filter((part) => part !== '').join(' or ')

const size = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.floor(bytes / 1024)} KB` : `${Math.floor(bytes / 1024 / 1024)} MB`

/** What Slack's own fields do not say, or take less of than we do. */
function limitsOf(field: Field): string {
  if (field.field === 'text') return field.max > LONGEST.typed ? 'Slack takes at most 3,000 characters here.' : ''
  if (field.field !== 'file' && field.field !== 'upload') return ''
  const most = `at most ${size(Math.min(field.max, MOST.fileBytes))}`
  return field.accept.length > 0 ? `A file ending in ${either(field.accept)}, ${most}.` : `A file of ${most}.`
}

/** The options that are too long for Slack's own list, in full. */
const inFull = (field: Field): readonly KnownBlock[] =>
  field.field !== 'choice'
    ? []
    : bulleted(
        field.options
          .filter(({ label }) => label.length > LONGEST.option + LONGEST.optionDescription - 4)
          .map(({ label }) => [light(label)]),
      ).map(({ block }) => block)

/**
 * A field as an input named after it, with what must be said before it.
 * @returns null where a modal cannot ask it, none where there is nothing to ask
 */
export function inputsOf(field: Field): readonly KnownBlock[] | null {
  if (field.name === '' || field.name.length > LONGEST.id || field.label.length > LONGEST.label) return null
  if (field.field === 'choice' && field.options.length === 0 && field.optional) return []
  const asked = element(field)
  if (!asked) return null
  const hint = [field.hint ?? '', limitsOf(field)].filter((part) => part.trim() !== '').join(' ')
  const input: InputBlock = {
    type: 'input',
    block_id: field.name,
    label: plain(field.label, LONGEST.label),
    element: asked,
    ...(hint ? { hint: plain(hint, LONGEST.hint) } : {}),
    ...(field.optional ? { optional: true } : {}),
  }
  return [...inFull(field), input]
}
