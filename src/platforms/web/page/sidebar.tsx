import type { ClockMove, ClockView, PlaceView } from '../protocol.js'
import { linkTo } from './address.js'
import { ClockPanel } from './clock-panel.js'
import { type Conversations, unreadOf } from './conversations.js'
import type { Company } from './desk.js'
import { Seal } from './marks.js'
import { PeopleSwitch } from './people-switch.js'

interface SidebarProps {
  readonly session: Company
  readonly clock: ClockView
  readonly conversations: Conversations
  readonly open: boolean
  onOpen(place: string): void
  onSwitch(email: string): void
  onMove(move: ClockMove): Promise<void>
  onClose(): void
}

export const sidebarId = 'sidebar'

/** Where one can go, who one is, and what time it is. On a narrow screen it is a drawer. */
export function Sidebar({ session, clock, conversations, open, onOpen, onSwitch, onMove, onClose }: SidebarProps) {
  const kinds = [
    { title: 'Channels', places: session.places.filter(({ kind }) => kind === 'channel') },
    { title: 'Direct messages', places: session.places.filter(({ kind }) => kind === 'direct') },
  ]
  return (
    <aside class={`sidebar${open ? ' open' : ''}`} id={sidebarId} aria-label="Conversations and demonstration">
      <div class="brand">
        <button type="button" class="close" onClick={onClose}>
          Close
        </button>
        <p>
          <strong>Quorate</strong> <span class="tag">Demonstration</span>
        </p>
        <p class="invented">The people, and what they say and decide here, are invented.</p>
      </div>
      <nav aria-label="Conversations">
        {kinds.map(({ title, places }) => (
          <section key={title}>
            <h2>{title}</h2>
            <ul>
              {places.map((place) => (
                <li key={place.id}>
                  <PlaceLink place={place} as={session.me.email} conversations={conversations} onOpen={onOpen} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <PeopleSwitch me={session.me} people={session.people} onSwitch={onSwitch} />
      <ClockPanel clock={clock} onMove={onMove} />
    </aside>
  )
}

interface PlaceLinkProps {
  readonly place: PlaceView
  readonly as: string
  readonly conversations: Conversations
  onOpen(place: string): void
}

function PlaceLink({ place, as, conversations, onOpen }: PlaceLinkProps) {
  const unread = unreadOf(conversations, place.id)
  return (
    <a
      href={linkTo({ as, place: place.id })}
      class={unread > 0 ? 'unread' : ''}
      {...(place.id === conversations.open && { 'aria-current': 'page' })}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        onOpen(place.id)
      }}
    >
      {place.kind === 'channel' ? (
        <span class="hash" aria-hidden="true">
          #
        </span>
      ) : (
        <Seal />
      )}
      <span class="title">{place.title}</span>
      {unread > 0 && (
        <span class="count">
          {unread}
          <span class="unseen"> unread</span>
        </span>
      )}
    </a>
  )
}
