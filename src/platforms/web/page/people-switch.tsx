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
          {groupsOf(people).map(([board, members]) =>
            board === '' ? (
              members.map(optionOf)
            ) : (
              <optgroup key={board} label={board}>
                {members.map(optionOf)}
              </optgroup>
            ),
          )}
        </select>
      </div>
    </div>
  )
}

const optionOf = ({ email, name, role }: Person) => <option key={email} value={email}>{`${name} · ${role}`}</option>

/** By board, in the order in which they are told; those of no board under ''. */
function groupsOf(people: readonly Person[]): readonly (readonly [board: string, members: readonly Person[]])[] {
  const groups = new Map<string, Person[]>()
  for (const person of people) {
    const members = groups.get(person.board ?? '')
    if (members) members.push(person)
    else groups.set(person.board ?? '', [person])
  }
  return [...groups]
}
