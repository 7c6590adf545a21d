import type { View } from '../../views.js'
import { blocks } from './blocks.js'
import type { Desk } from './desk.js'
import { el, refill } from './element.js'
import { isFiles, type Put, type Surface } from './surface.js'

type Errors = Readonly<Record<string, string>>

/** The modals that stand open, the top one to be seen. */
export function newModal(holder: HTMLElement) {
  let errors: { readonly view: string; readonly by: Errors } = { view: '', by: {} }
  let sending = false
  let shown: string | null = null
  const dialog = el('dialog', { class: 'modal', aria: { labelledby: 'modal-title' } })
  holder.append(dialog)
  let close: (all: boolean) => void = () => {}
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    close(true)
  })

  return function draw(desk: Desk): void {
    const { modals } = desk.sight
    const view = modals.at(-1)
    close = (all) => void desk.act({ act: 'close', all })
    if (!view) {
      shown = null
      if (dialog.open) dialog.close()
      return
    }
    const own = errors.view === view.id + view.hash ? errors.by : {}
    const surface = desk.surface(view.id, { on: 'modal', state: view.state.values, errors: own })

    const submit = async (): Promise<void> => {
      if (sending) return
      sending = true
      draw(desk)
      const done = await desk.act({ act: 'submit', filled: filled(surface) })
      sending = false
      errors = { view: view.id + view.hash, by: done?.errors ?? {} }
      if (desk.sight.modals.at(-1)?.id !== view.id) return
      draw(desk)
      dialog.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    }
    const anew = refill(dialog, [view.id, view.hash, own, modals.length, sending], () => [
      head(view, modals.length > 1, close),
      form(view, surface, { submit: () => void submit(), close: () => close(false), sending }),
    ])
    if (!dialog.open) dialog.showModal()
    if (shown !== view.id || (anew && !dialog.contains(document.activeElement))) focusFirst(dialog, view)
    shown = view.id
  }
}

const filled = ({
  drafts,
}: Surface): Record<string, string | string[] | { files: { name: string; type: string; base64: string }[] }> =>
  Object.fromEntries([...drafts.values()].filter(({ input }) => input).map(({ field, put }) => [field, plain(put)]))

const plain = (put: Put) => (isFiles(put) ? { files: [...put.files] } : typeof put === 'string' ? put : [...put])

function head({ title }: View, isStacked: boolean, close: (all: boolean) => void): Node {
  const sign = (label: string, said: string, all: boolean) =>
    el('button', { type: 'button', class: 'opener', aria: { label }, on: { click: () => close(all) } }, said)
  return el(
    'header',
    { class: 'modal-head' },
    isStacked ? sign('Back', '←', false) : null,
    el('h2', { id: 'modal-title', set: { tabindex: '-1' } }, title?.text ?? ''),
    sign('Close', '×', true),
  )
}

interface Ends {
  readonly sending: boolean
  submit(): void
  close(): void
}

function form(view: View, surface: Surface, { submit, close, sending }: Ends): Node {
  const { '': trouble } = surface.errors
  const send = el(
    'button',
    { type: 'submit', id: 'modal-send', class: 'button primary' },
    sending ? 'Sending…' : (view.submit?.text ?? ''),
  )
  send.disabled = sending
  return el(
    'form',
    {
      set: { novalidate: '' },
      on: {
        submit: (event) => {
          event.preventDefault()
          if (view.submit) submit()
        },
      },
    },
    el('div', { class: 'modal-blocks' }, ...blocks(view.blocks, surface)),
    trouble === undefined ? null : el('p', { class: 'error', role: 'alert' }, trouble),
    el(
      'div',
      { class: 'modal-buttons' },
      el(
        'button',
        { type: 'button', class: 'button', on: { click: close } },
        view.close?.text ?? (view.submit ? 'Cancel' : 'Close'),
      ),
      view.submit ? send : null,
    ),
  )
}

/** Where the view says, else in its first field, else at its title. */
function focusFirst(dialog: HTMLElement, view: View): void {
  const at = view.blocks.findIndex(
    (block) => block.type === 'input' && 'focus_on_load' in block.element && block.element.focus_on_load,
  )
  const holder = at < 0 ? null : dialog.querySelector('.modal-blocks')?.children[at]
  const field = (holder ?? dialog.querySelector('.modal-blocks'))?.querySelector<HTMLElement>('input, select, textarea')
  ;(field ?? dialog.querySelector<HTMLElement>('#modal-title'))?.focus()
}
