import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { PlaceView } from '../protocol.js'
import { linkTo, useAddress } from './address.js'
import { sentenceOf } from './api.js'
import { Composer, composerId, type Draft } from './composer.js'
import { Conversation } from './conversation.js'
import { messagesOf, unreadOf } from './conversations.js'
import { useDesk } from './desk.js'
import { DocumentDialog } from './document-dialog.js'
import { useDrawer } from './drawer.js'
import { useExchange } from './exchange.js'
import { FormDialog } from './form-dialog.js'
import { Header, menuId, titleId } from './header.js'
import { Sidebar, sidebarId } from './sidebar.js'
import { Trouble } from './trouble.js'

const focus = (id: string) => document.getElementById(id)?.focus()

export function App() {
  const [address, go] = useAddress()
  const [trouble, setTrouble] = useState<string | null>(null)
  const onTrouble = useCallback((thrown: unknown | null) => setTrouble(thrown === null ? null : sentenceOf(thrown)), [])
  const desk = useDesk(address, go, onTrouble)
  const exchange = useExchange(desk, onTrouble)
  const drawer = useDrawer(sidebarId, menuId)
  const drafts = useRef(new Map<string, Draft>())
  const place = desk?.session.places.find(({ id }) => id === desk.conversations.open)
  const unread = desk?.session.places.reduce((sum, { id }) => sum + unreadOf(desk.conversations, id), 0) ?? 0

  useEffect(() => {
    document.title = place ? `${unread > 0 ? `(${unread}) ` : ''}${titleOf(place)} · Quorate` : 'Quorate'
  }, [place, unread])

  if (!desk || !place) return <Threshold trouble={trouble} />
  const as = desk.session.me.email
  const here = `${as} ${place.id}`

  return (
    <div class="app">
      <a
        class="skip"
        href={`#${composerId}`}
        onClick={(event) => {
          event.preventDefault()
          focus(composerId)
        }}
      >
        Skip to the message box
      </a>
      <Sidebar
        session={desk.session}
        clock={desk.clock}
        conversations={desk.conversations}
        open={drawer.isOpen}
        onOpen={(id) => {
          go({ as, place: id })
          if (drawer.isOpen) drawer.close(titleId)
        }}
        onSwitch={(email) => go({ as: email, place: place.id })}
        onMove={(move) => desk.moveClock(move).catch(onTrouble)}
        onClose={() => drawer.close(menuId)}
      />
      {drawer.isOpen && <div class="veil" />}
      <main inert={drawer.isOpen}>
        <Header
          place={place}
          title={titleOf(place)}
          me={desk.session.me}
          clock={desk.clock}
          down={desk.down}
          unread={unread}
          drawer={drawer.isOpen}
          onMenu={drawer.open}
        />
        <Conversation key={here} place={place} messages={messagesOf(desk.conversations, place.id)} onPress={exchange.press} />
        <Composer
          key={`composer ${here}`}
          place={place}
          left={drafts.current.get(here)}
          onDraft={(draft) => drafts.current.set(here, draft)}
          onSend={exchange.say}
        />
      </main>
      <Trouble sentence={trouble} onDismiss={() => setTrouble(null)} />
      {exchange.open && (
        <FormDialog
          key={exchange.open.turn}
          form={exchange.open.form}
          errors={exchange.open.errors}
          trouble={exchange.open.trouble}
          upload={exchange.upload}
          onSubmit={exchange.submit}
          onClose={exchange.close}
        />
      )}
      {exchange.document && (
        <DocumentDialog
          key={exchange.document.address}
          title={exchange.document.title}
          address={exchange.document.address}
          files={exchange.document.files}
          onClose={exchange.closeDocument}
        />
      )}
    </div>
  )
}

const titleOf = ({ kind, title }: PlaceView): string => (kind === 'channel' ? `# ${title}` : title)

/** Before the server has told who one is. */
const Threshold = ({ trouble }: { readonly trouble: string | null }) => (
  <main class="threshold">
    <h1>Quorate</h1>
    {trouble === null ? (
      <p role="status">Opening the boardroom…</p>
    ) : (
      <>
        <p role="alert">{trouble}</p>
        <p>
          <a href={location.href}>Try again</a> or <a href={linkTo({ as: null, place: null })}>start as somebody else</a>.
        </p>
      </>
    )}
  </main>
)
