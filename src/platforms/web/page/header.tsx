import type { ClockView, Person, PlaceView } from '../protocol.js'
import { Bars } from './marks.js'
import { sidebarId } from './sidebar.js'

interface HeaderProps {
  readonly place: PlaceView
  readonly title: string
  readonly me: Person
  readonly clock: ClockView
  /** the line to the server is down */
  readonly down: boolean
  /** messages not seen in other conversations */
  readonly unread: number
  readonly drawer: boolean
  onMenu(): void
}

export const menuId = 'menu'
export const titleId = 'title'

export function Header({ place, title, me, clock, down, unread, drawer, onMenu }: HeaderProps) {
  return (
    <header class="header">
      <button
        type="button"
        class="menu"
        id={menuId}
        aria-label={unread > 0 ? `Menu, ${unread} unread` : 'Menu'}
        aria-expanded={drawer}
        aria-controls={sidebarId}
        onClick={onMenu}
      >
        <Bars />
        {unread > 0 && <span class="dot" />}
      </button>
      <div class="heading">
        <h1 id={titleId} tabIndex={-1}>
          {title}
        </h1>
        <p>
          {place.board !== '' && <span class="board">{place.board}</span>}
          <span class="who-reads">
            {place.kind === 'channel' ? 'Everyone on the board reads this channel' : `Only you and Quorate read this`}
          </span>
        </p>
      </div>
      <p class="status" role="status">
        {down ? 'Reconnecting…' : ''}
      </p>
      <p class="now-here">
        <span>{`You are ${me.name}`}</span>
        <span>{clock.text}</span>
      </p>
    </header>
  )
}
