import { useState } from 'preact/hooks'
import type { ClockMove, ClockView } from '../protocol.js'

interface ClockPanelProps {
  readonly clock: ClockView
  onMove(move: ClockMove): Promise<void>
}

const steps = [
  { by: 'hour', label: 'One hour on' },
  { by: 'day', label: 'One day on' },
  { by: 'morning', label: 'Next working morning' },
] as const

/** The demonstration's clock. It goes forward only, and takes the board's reminders and closing times with it. */
export function ClockPanel({ clock, onMove }: ClockPanelProps) {
  const [busy, setBusy] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const now = clock.local
  const move = async (to: ClockMove) => {
    if (busy) return
    setBusy(true)
    await onMove(to)
    setBusy(false)
    // What was typed meanwhile stays.
    setChosen((kept) => ('to' in to && kept === to.to ? null : kept))
  }
  const [day, time] = clock.text.split(/, (?=[^,]*$)/)
  return (
    <section class="panel clock" aria-labelledby="clock-title">
      <h2 id="clock-title">Clock</h2>
      <output class="now" aria-label="The time is">
        <span>{day}</span> <strong>{time}</strong>
      </output>
      <div class="steps">
        {steps.map(({ by, label }) => (
          <button type="button" key={by} aria-disabled={busy} onClick={() => void move({ by })}>
            {label}
          </button>
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen) void move({ to: chosen })
        }}
      >
        <label for="clock-to">Or a day and time of your choice</label>
        <div class="to">
          <input
            id="clock-to"
            type="datetime-local"
            min={now}
            value={chosen ?? now}
            onInput={(event) => setChosen(event.currentTarget.value)}
          />
          <button type="submit" aria-disabled={busy || !chosen}>
            Go
          </button>
        </div>
      </form>
    </section>
  )
}
