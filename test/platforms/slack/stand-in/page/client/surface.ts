import type { Block } from '../../blocks.js'
import type { Element } from '../../elements.js'
import type { Given } from '../../fields.js'
import type { ActSent, On } from '../acts.js'
import type { Sight, Standing } from '../sight.js'

export type FilesGiven = { readonly files: readonly { readonly name: string; readonly type: string; readonly base64: string }[] }
export type Put = Given | FilesGiven

/** Where blocks are drawn: a message, a modal, the home page. */
export interface Surface {
  /** of its own among all that are drawn */
  readonly key: string
  readonly on: On
  readonly sight: Sight
  readonly state: Standing
  /** what was put into its fields and not sent */
  readonly drafts: Map<string, Draft>
  readonly errors: Readonly<Record<string, string>>
  /** @returns whether it came to something */
  act(act: ActSent): Promise<boolean>
}

export interface Draft {
  /** by which a Visitor names it */
  readonly field: string
  readonly put: Put
  /** stands in an input block, which is sent and not told at once */
  readonly input: boolean
}

export const fieldKey = (block: Block, element: Element): string =>
  `${block.block_id}/${'action_id' in element ? element.action_id : ''}`

/** How a Visitor names a field: by its block where that has but one. */
export const nameOf = (block: Block, element: Element): string =>
  (block.type === 'actions' && block.elements.length > 1 && 'action_id' in element ? element.action_id : block.block_id) ?? ''

/** What stands in a field: what was put into it here, else what the app knows of it. */
export function standing({ drafts, state }: Surface, block: Block, element: Element): Given {
  const draft = drafts.get(fieldKey(block, element))
  if (draft) return isFiles(draft.put) ? '' : draft.put
  const held = state[block.block_id ?? '']?.['action_id' in element ? (element.action_id ?? '') : '']
  const { type: _type, timezone: _timezone, ...values } = held ?? { type: '' }
  return givenOf(Object.values(values)[0])
}

export const isFiles = (put: Put): put is FilesGiven => typeof put === 'object' && 'files' in put

const givenOf = (value: unknown): Given => {
  if (Array.isArray(value)) return value.map((one) => String(givenOf(one)))
  if (typeof value === 'object' && value !== null) return 'value' in value ? String(value.value) : ''
  return value === null || value === undefined ? '' : String(value)
}

/** What is told of other fields when one of them is used. */
export const others = ({ drafts }: Surface, but = ''): Record<string, string | string[]> =>
  Object.fromEntries(
    [...drafts.values()].flatMap(({ field, put, input }) =>
      !input || field === but || isFiles(put) ? [] : [[field, typeof put === 'string' ? put : [...put]]],
    ),
  )
