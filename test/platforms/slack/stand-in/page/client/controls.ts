import type { Block } from '../../blocks.js'
import type { Element, Pressable } from '../../elements.js'
import { choices } from './choices.js'
import { confirmed } from './confirm.js'
import { el, id } from './element.js'
import { lines } from './lines.js'
import { fieldKey, isFiles, nameOf, others, type Put, type Surface, standing } from './surface.js'

/** How a control is named to those who do not see it, and what is said of it. */
export interface Naming {
  readonly label: string | null
  readonly labelledby: string | null
  readonly describedby: string | null
  readonly invalid: boolean
}

/** What a control stands on. */
export interface Control {
  readonly id: string
  readonly naming: Naming
  readonly surface: Surface
  readonly held: string | readonly string[]
  /** keeps what was put in, or tells the app where it wants to know at once */
  put(put: Put): void
  /** what was put in is told now */
  tell(): void
}

export const controlId = (surface: Surface, block: Block, element: Element): string =>
  id('c', surface.key, fieldKey(block, element))

/** Draws what can be pressed, chosen or filled in. */
export function control(surface: Surface, block: Block, element: Element, naming: Naming): HTMLElement {
  if (element.type === 'image') return picture(element.image_url, element.alt_text)
  if (element.type === 'button') return button(surface, block, element)
  const isInput = block.type === 'input'
  const told = isInput ? block.dispatch_action === true : true
  const field = nameOf(block, element)
  const send = async (given: Put): Promise<void> => {
    if (isFiles(given)) return
    const confirm = 'confirm' in element ? element.confirm : undefined
    if (!(await confirmed(confirm, surface.sight))) return
    await surface.act({
      act: 'choose',
      on: surface.on,
      field,
      given: typeof given === 'string' ? given : [...given],
      others: others(surface, field),
    })
  }
  const keep = (put: Put) => surface.drafts.set(fieldKey(block, element), { field, put, input: isInput && !told })
  const byWord = told && ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input'].includes(element.type)
  const on: Control = {
    id: controlId(surface, block, element),
    naming,
    surface,
    held: standing(surface, block, element),
    put(put) {
      if (element.type !== 'overflow') keep(put)
      if (told && (!byWord || atEachCharacter(element))) void send(put)
    },
    tell() {
      const draft = surface.drafts.get(fieldKey(block, element))
      if (byWord && draft) void send(draft.put)
    },
  }
  return choices(element, on) ?? lines(element, on)
}

const atEachCharacter = (element: Element): boolean =>
  'dispatch_action_config' in element &&
  element.dispatch_action_config?.trigger_actions_on.includes('on_character_entered') === true

function button(surface: Surface, block: Block, element: Pressable): HTMLElement {
  const press = async (): Promise<void> => {
    if (!(await confirmed(element.confirm, surface.sight))) return
    drawn.setAttribute('aria-busy', 'true')
    await surface.act({
      act: 'press',
      on: surface.on,
      block_id: block.block_id ?? '',
      action_id: element.action_id ?? '',
      others: others(surface),
    })
    drawn.removeAttribute('aria-busy')
  }
  const shared = {
    id: controlId(surface, block, element),
    class: `button ${element.style ?? ''}`,
    aria: { label: element.accessibility_label ?? null },
    on: { click: () => void press() },
  }
  const drawn =
    element.url === undefined
      ? el('button', { ...shared, type: 'button' }, element.text.text)
      : el('a', { ...shared, href: element.url, set: { target: '_blank', rel: 'noreferrer' } }, element.text.text)
  return drawn
}

/** A picture, or its words where it cannot be had. */
export function picture(url: string, alt: string): HTMLElement {
  const image = el('img', { set: { src: url, alt, referrerpolicy: 'no-referrer' } })
  image.addEventListener('error', () =>
    image.replaceWith(el('span', { class: 'no-picture', role: 'img', aria: { label: alt } }, alt)),
  )
  return image
}
