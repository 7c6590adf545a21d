import { el, id } from './element.js'

export interface Item {
  readonly label: string
  chosen(): void
}

/** A button that opens a list of things to do; Escape or a click elsewhere closes it. */
export function menu(key: string, label: string, sign: string, items: readonly Item[]): HTMLElement {
  const listId = id(key, 'list')
  const list = el('div', { id: listId, class: 'menu', set: { popover: '' } })
  const opener = el('button', {
    type: 'button',
    class: 'opener',
    id: key,
    aria: { label },
    title: label,
    set: { popovertarget: listId },
  })
  opener.append(el('span', { aria: { hidden: 'true' } }, sign))
  list.append(
    ...items.map((item) =>
      el(
        'button',
        {
          type: 'button',
          on: {
            click: () => {
              list.hidePopover()
              item.chosen()
            },
          },
        },
        item.label,
      ),
    ),
  )
  list.addEventListener('toggle', () => {
    if (!list.matches(':popover-open')) return
    const { bottom, right, top } = opener.getBoundingClientRect()
    const below = bottom + list.offsetHeight < window.innerHeight
    list.style.top = `${below ? bottom + 2 : top - list.offsetHeight - 2}px`
    list.style.left = `${Math.max(8, right - list.offsetWidth)}px`
    list.querySelector('button')?.focus()
  })
  return el('span', { class: 'has-menu' }, opener, list)
}
