import type { Pressable } from '../../elements.js'
import type { Sight } from '../sight.js'
import { el } from './element.js'
import { marked } from './markup.js'

type Confirm = NonNullable<Pressable['confirm']>

/** Asks what a button or menu would have asked before it does anything. @returns whether they said yes */
export function confirmed(confirm: Confirm | undefined, sight: Sight): Promise<boolean> {
  if (!confirm) return Promise.resolve(true)
  return new Promise((resolve) => {
    const words = confirm.text.type === 'mrkdwn' ? marked(confirm.text.text, sight) : [confirm.text.text]
    const dialog = el('dialog', { class: 'modal asking', aria: { labelledby: 'asking-title', describedby: 'asking-words' } })
    const answer = (said: boolean, label: string, style: string) =>
      el('button', { type: 'button', class: style, on: { click: () => end(said) } }, label)
    const end = (said: boolean): void => {
      dialog.close()
      dialog.remove()
      resolve(said)
    }
    dialog.addEventListener('cancel', () => end(false))
    dialog.append(
      el('h2', { id: 'asking-title' }, confirm.title?.text ?? 'Are you sure?'),
      el('div', { id: 'asking-words', class: 'modal-blocks' }, el('p', {}, ...words)),
      el(
        'div',
        { class: 'modal-buttons' },
        answer(false, confirm.deny?.text ?? 'Cancel', 'button'),
        answer(true, confirm.confirm?.text ?? 'Yes', `button ${confirm.style ?? 'primary'}`),
      ),
    )
    document.body.append(dialog)
    dialog.showModal()
  })
}
