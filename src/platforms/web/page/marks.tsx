/** The bot's mark: seats around a table, one drawn up to it, which makes the ring a Q. */
export function Seal() {
  const seats = [0, 45, 90, 180, 225, 270, 315].map((degrees) => {
    const angle = (degrees * Math.PI) / 180
    return <circle key={degrees} cx={18 + 10.5 * Math.sin(angle)} cy={18 - 10.5 * Math.cos(angle)} r={2.3} />
  })
  return (
    <svg class="avatar seal" viewBox="0 0 36 36" aria-hidden="true">
      <g fill="currentColor">{seats}</g>
      <path d="m21.5 21.5 6 6" stroke="currentColor" stroke-width={4.2} stroke-linecap="round" />
    </svg>
  )
}

/** A person's initials on a colour of their own. */
export function Initials({ name }: { readonly name: string }) {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word))
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) => word?.charAt(0) ?? '').join('')
  return (
    <span class={`avatar initials hue-${hueOf(name)}`} aria-hidden="true">
      {letters.toUpperCase()}
    </span>
  )
}

const hues = 7

const hueOf = (name: string): number =>
  [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % hues

export const Eye = () => (
  <svg class="eye" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width={1.4}>
    <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z" />
    <circle cx={8} cy={8} r={2} />
  </svg>
)

export const Arrow = () => (
  <svg class="arrow" viewBox="0 0 20 20" aria-hidden="true" fill="currentColor">
    <path d="M2.6 3.2c-.3-.8.5-1.5 1.2-1.2l13.6 7.1c.7.4.7 1.4 0 1.8L3.8 18c-.7.3-1.5-.4-1.2-1.2L4.7 11l6.3-1-6.3-1Z" />
  </svg>
)

export const Clip = () => (
  <svg
    class="clip"
    viewBox="0 0 20 20"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width={1.6}
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    <path d="m16.5 9.6-6.2 6.2a4 4 0 0 1-5.7-5.7l6.6-6.6a2.7 2.7 0 0 1 3.8 3.8l-6.4 6.4a1.3 1.3 0 0 1-1.9-1.9l5.6-5.6" />
  </svg>
)

export const Bars = () => (
  <svg class="bars" viewBox="0 0 20 20" aria-hidden="true" stroke="currentColor" stroke-width={1.8} stroke-linecap="round">
    <path d="M3 5.5h14M3 10h14M3 14.5h14" />
  </svg>
)

export const Chevron = () => (
  <svg
    class="chevron"
    viewBox="0 0 16 16"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width={1.8}
    stroke-linecap="round"
  >
    <path d="m4 6.5 4 4 4-4" />
  </svg>
)
