import type { Element } from '../../elements.js'
import type { Sight } from '../sight.js'

interface Group {
  readonly label: string | null
  readonly options: readonly { readonly value: string; readonly text: string; readonly description?: string | undefined }[]
}

type Menu = Extract<Element, { type: `${string}select` }>

/** What a menu offers: its own options, or the people and places that one sees. */
export function optionsIn(element: Menu, { people, places }: Sight): readonly Group[] {
  switch (element.type) {
    case 'users_select':
      return [{ label: null, options: people.map(({ id, name }) => ({ value: id, text: name })) }]
    case 'channels_select':
    case 'conversations_select': {
      const channels = places.filter(({ kind }) => kind !== 'direct')
      return [{ label: null, options: channels.map(({ id, name }) => ({ value: id, text: `#${name}` })) }]
    }
    default: {
      const groups = element.option_groups ?? [{ label: null, options: element.options ?? [] }]
      return groups.map(({ label, options }) => ({
        label: label?.text ?? null,
        options: options.map(({ value, text, description }) => ({ value, text: text.text, description: description?.text })),
      }))
    }
  }
}
