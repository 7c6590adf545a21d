import type { Person } from '../protocol.js'
import { Chevron, Initials } from './marks.js'

interface PeopleSwitchProps {
  readonly me: Person
  readonly people: readonly Person[]
  onSwitch(email: string): void
}

/** Whose eyes one looks through. */
export function PeopleSwitch({ me, people, onSwitch }: PeopleSwitchProps) {
  return (
    <div class="panel people">
      <label for="person">You are</label>
      <div class="me">
        <Initials name={me.name} />
        <p aria-hidden="true">
          <strong>{me.name}</strong>
          <span class="role">{me.role}</span>
        </p>
        <Chevron />
        <select id="person" value={me.email} onChange={(event) => onSwitch(event.currentTarget.value)}>
          {people.map(({ email, name, role }) => (
            <option key={email} value={email}>{`${name} · ${role}`}</option>
          ))}
        </select>
      </div>
    </div>
  )
}
