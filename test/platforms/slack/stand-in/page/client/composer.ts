import type { MessageSeen } from '../sight.js'
import type { Desk } from './desk.js'
import { el } from './element.js'
import { type FileSent, sent } from './file.js'
import { nameOfUser } from './markup.js'
import { menu } from './menu.js'

interface Draft {
  text: string
  files: readonly FileSent[]
  thread: MessageSeen | null
}

/** Where one writes: words, a command, a mention of Quorate, files; in the conversation or in a thread. */
export function newComposer(holder: HTMLElement) {
  const drafts = new Map<string, Draft>()
  let desk: Desk | null = null
  let draft: Draft = { text: '', files: [], thread: null }
  const box = el('textarea', { id: 'words', set: { rows: '1' }, on: { input: () => Object.assign(draft, { text: box.value }) } })
  const about = el('div', { class: 'about' })
  const chooser = el('input', { type: 'file', aria: { label: 'Files' }, set: { multiple: '', hidden: '' } })
  const attach = el('button', { type: 'button', class: 'button', on: { click: () => chooser.click() } }, 'Attach a file')
  const shortcuts = el('span')
  const form = el(
    'form',
    { class: 'composer' },
    about,
    box,
    el(
      'div',
      { class: 'composer-buttons' },
      shortcuts,
      attach,
      chooser,
      el('button', { type: 'submit', class: 'button primary' }, 'Send'),
    ),
  )
  holder.append(form)

  const isApp = () => desk?.place === 'direct'
  const nameOfPlace = () => (isApp() ? 'Quorate' : `#${desk?.sight.places.find(({ id }) => id === desk?.place)?.name ?? ''}`)

  function drawAbout(): void {
    const { thread, files } = draft
    const drop = (change: Partial<Draft>) => () => {
      Object.assign(draft, change)
      drawAbout()
      box.focus()
    }
    const inThread = thread && desk ? `In the thread of ${nameOfUser(desk.sight, thread.user)}` : null
    about.replaceChildren(
      ...(inThread === null ? [] : [chip(inThread, 'Leave the thread', drop({ thread: null }))]),
      ...files.map((file) => chip(file.name, `Remove ${file.name}`, drop({ files: files.filter((one) => one !== file) }))),
    )
  }

  async function submit(): Promise<void> {
    const now = desk
    const { text, files, thread } = draft
    if (!now || (text.trim() === '' && files.length === 0)) return
    const said = draft
    Object.assign(said, { text: '', files: [] })
    box.value = ''
    drawAbout()
    const done = await now.act({
      act: 'say',
      in: now.place,
      text,
      files: [...files],
      ...(thread ? { thread: thread.thread_ts ?? thread.ts } : {}),
    })
    if (done && !done.undone) return
    // What was typed meanwhile stays.
    if (said.text !== '') return
    Object.assign(said, { text, files })
    if (said !== draft) return
    box.value = text
    drawAbout()
  }

  chooser.addEventListener('change', async () => {
    draft.files = [...draft.files, ...(await Promise.all([...(chooser.files ?? [])].map(sent)))]
    chooser.value = ''
    drawAbout()
    box.focus()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void submit()
  })
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void submit()
  })

  return {
    replyTo(seen: MessageSeen): void {
      draft.thread = seen
      drawAbout()
      box.focus()
    },
    draw(at: Desk): void {
      const key = `${at.sight.you.id} ${at.place}`
      const moved = !desk || key !== `${desk.sight.you.id} ${desk.place}`
      desk = at
      holder.hidden = at.place === 'direct' && at.tab === 'home'
      if (!moved) return
      draft = drafts.get(key) ?? { text: '', files: [], thread: null }
      drafts.set(key, draft)
      box.value = draft.text
      const hint = isApp() ? 'Say something, or /quorate help' : '@Quorate help, or /quorate help'
      box.setAttribute('aria-label', `Message ${nameOfPlace()}`)
      box.setAttribute('placeholder', `Message ${nameOfPlace()}: ${hint}`)
      const items = at.sight.entries.flatMap((entry) =>
        entry.kind === 'shortcut' && entry.on === 'global'
          ? [{ label: entry.name, chosen: () => void at.act({ act: 'shortcut', callbackId: entry.callbackId }) }]
          : [],
      )
      shortcuts.replaceChildren(...(items.length > 0 ? [menu('shortcuts', 'Shortcuts', '⚡', items)] : []))
      drawAbout()
    },
  }
}

const chip = (said: string, label: string, dropped: () => void): Node =>
  el(
    'span',
    { class: 'chip' },
    said,
    el('button', { type: 'button', class: 'drop', aria: { label }, on: { click: dropped } }, '×'),
  )
