import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { DrawnCard } from '../../adaptive-card.js'
import { drawCard, type Press } from './card-drawing.js'

interface CardProps {
  readonly card: DrawnCard
  /** what is shown where the card cannot be drawn */
  readonly plain: string
  onPress(press: Press): Promise<void>
}

/** A card that may change where it stands. While one of its buttons is at work, the others wait. */
export function CardBody({ card, plain, onPress }: CardProps) {
  const frame = useRef<HTMLDivElement>(null)
  const pressing = useRef(false)
  const press = useRef(onPress)
  press.current = onPress
  const [busy, setBusy] = useState(false)
  const shown = useRef<DrawnCard | null>(null)
  const [held, setHeld] = useState(false)

  const pressOnce = async (pressed: Press) => {
    if (pressing.current) return
    pressing.current = true
    setBusy(true)
    await press.current(pressed)
    pressing.current = false
    setBusy(false)
  }

  /** A button that is drawn anew between the two halves of a press is not pressed. */
  const hold = () => {
    setHeld(true)
    const letting = new AbortController()
    const letGo = () => {
      letting.abort()
      // The click comes after.
      setTimeout(() => setHeld(false))
    }
    addEventListener('pointerup', letGo, letting)
    addEventListener('pointercancel', letGo, letting)
  }

  useLayoutEffect(() => {
    const host = frame.current
    if (!host || held || shown.current === card) return
    shown.current = card
    const focused = focusIn(host)
    host.replaceChildren(drawn(card, plain, (pressed) => void pressOnce(pressed)))
    if (focused !== null) refocus(host, focused)
  }, [card, plain, held])

  useLayoutEffect(() => {
    for (const button of frame.current?.querySelectorAll('button') ?? []) {
      if (busy) button.setAttribute('aria-disabled', 'true')
      else button.removeAttribute('aria-disabled')
    }
  }, [busy, card, held])

  return <div class="card" ref={frame} aria-busy={busy} tabIndex={-1} onPointerDown={hold} />
}

function drawn(card: DrawnCard, plain: string, onPress: (press: Press) => void): Node {
  try {
    return drawCard(card, onPress)
  } catch {
    // The library cannot read this card. Its words say the same.
    return document.createTextNode(plain)
  }
}

/** The name of the button that has the focus, or '' for the card itself; null where the focus is elsewhere. */
const focusIn = (host: HTMLElement): string | null =>
  host.contains(document.activeElement) ? (document.activeElement?.closest('button')?.textContent ?? '') : null

/** A card redrawn under the keyboard gives the focus back: to the same button, else to the card. */
function refocus(host: HTMLElement, name: string): void {
  const again = [...host.querySelectorAll('button')].find((button) => button.textContent === name)
  ;(again ?? host).focus({ preventScroll: true })
}
