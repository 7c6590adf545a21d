import { useEffect, useState } from 'preact/hooks'
import type { ClockView, Message } from '../protocol.js'

interface Heard {
  message(message: Message): void
  clock(clock: ClockView): void
  /** there are others to be, or other places to go */
  session(): void
  /** the line is open, for the first time or again: what was missed meanwhile must be asked for */
  opened(): void
}

const pause = 3_000 // milliseconds before a line that the server closed is tried again

/** Listens to the server for one person. @returns whether the line is down */
export function useLive(as: string | null, heard: Heard): boolean {
  const [down, setDown] = useState(false)
  useEffect(() => {
    if (as === null) return
    let line: EventSource
    let again: number | undefined
    const connect = () => {
      line = new EventSource(`/api/events?${new URLSearchParams({ as })}`)
      line.onopen = () => {
        setDown(false)
        heard.opened()
      }
      line.onerror = () => {
        setDown(true)
        // A browser retries a line that broke, not one that was answered with an error.
        if (line.readyState === EventSource.CLOSED) again = setTimeout(connect, pause)
      }
      line.addEventListener('message', (event) => heard.message(JSON.parse(event.data) as Message))
      line.addEventListener('clock', (event) => heard.clock(JSON.parse(event.data) as ClockView))
      line.addEventListener('session', () => heard.session())
    }
    connect()
    return () => {
      line.close()
      clearTimeout(again)
    }
  }, [as, heard])
  return down
}
