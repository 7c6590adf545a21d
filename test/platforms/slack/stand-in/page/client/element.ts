type Child = Node | string | null | false

interface Given {
  readonly class?: string
  readonly type?: string
  readonly href?: string
  readonly title?: string
  readonly id?: string
  readonly role?: string
  readonly aria?: Readonly<Record<string, string | null>>
  readonly set?: Readonly<Record<string, string | null>>
  readonly on?: Readonly<Record<string, (event: Event) => void>>
}

/** Makes an element. What is said in it is text, never markup. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { aria = {}, set = {}, on = {}, ...attributes }: Given = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  const named = Object.entries(aria).map(([name, value]) => [`aria-${name}`, value] as const)
  for (const [name, value] of [...Object.entries(attributes), ...named, ...Object.entries(set)])
    if (value !== null) made.setAttribute(name, value)
  for (const [event, heard] of Object.entries(on)) made.addEventListener(event, heard)
  made.append(...children.filter((child) => child !== null && child !== false))
  return made
}

/** Puts children in place of others where they would differ. What has the focus keeps it, found again by its id. @returns whether they differed */
export function refill(holder: Element, state: unknown, draw: () => readonly Node[]): boolean {
  const key = JSON.stringify(state)
  if (drawnFor.get(holder) === key) return false
  drawnFor.set(holder, key)
  const active = document.activeElement
  const focused = active && active.id !== '' && holder.contains(active) ? active.id : null
  const caret = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? caretOf(active) : null
  holder.replaceChildren(...draw())
  const again = focused === null ? null : document.getElementById(focused)
  again?.focus()
  if (caret !== null && (again instanceof HTMLInputElement || again instanceof HTMLTextAreaElement))
    again.setSelectionRange(caret, caret)
  return true
}
const drawnFor = new WeakMap<Element, string>()

const caretOf = (field: HTMLInputElement | HTMLTextAreaElement): number | null => field.selectionStart

/** An id of letters, digits, hyphens and underscores alone. */
export const id = (...parts: readonly string[]): string => parts.join('-').replaceAll(/[^\w-]/g, '_')
