import type { Temporal } from 'temporal-polyfill'
import type { Facts } from '../../src/attendance/ledger.js'
import type { Terms } from '../../src/boards/terms.js'

type Instant = Temporal.Instant
type Place = Facts['places'][number]
const VOICES = ['representative', 'substitute', 'deputy', 'invited']
const different = (things: readonly string[]) => new Set(things).size
const named = ({ organisation, formerly }: Place, body: string) => organisation === body || formerly.includes(body)

/** The quorum of a room a second time, from the terms' words and the domain, apart from the code that it is to check. */
export function referenceOf(terms: Terms, facts: Omit<Facts, 'rules'>, at: Instant, asOf: Instant, item?: string) {
  const { countedBy, share, atLeast = 1, of: counted, present } = terms.quorum
  const minutes = (from: Instant, to: Instant) => (to.epochMilliseconds - from.epochMilliseconds) / 60_000
  const begun = ({ from }: { from: Instant }) => minutes(from, at) >= 0
  const over = ({ until }: { until: Instant | null }) => until !== null && minutes(until, at) >= 0

  // Who has withdrawn for the item is not counted for it; a connection that has dropped may still come back.
  const out = facts.withdrawals.filter((one) => one.item === item && begun(one) && !over(one)).map(({ person }) => person)
  const here = facts.spells.filter((spell) => {
    const mayReturn = spell.dropped && spell.until !== null && minutes(spell.until, asOf) < terms.attendance.graceMinutes
    return begun(spell) && (!over(spell) || mayReturn) && !out.includes(spell.person.id)
  })
  // The clerk, presenters and observers are in attendance: they sit for nobody. One person at a time is a seat's voice.
  const sitting = here.flatMap(({ seat, capacity, person, from }) =>
    facts.places
      .filter((place) => place.seat === seat && capacity !== 'in attendance')
      .map((place) => ({ place, from, person: person.id, turn: VOICES.indexOf(capacity) })),
  )
  const inTurn = sitting.sort((one, other) => one.turn - other.turn || minutes(other.from, one.from))
  const voices = inTurn.filter((one, nth) => inTurn.findIndex(({ place }) => place === one.place) === nth)

  const readingsOf = (standing: string) => terms.standings.find(({ name }) => name === standing)?.readings ?? []
  return Array.from({ length: Math.max(...counted.map((one) => readingsOf(one).length)) }, (_, nth) => {
    const reading = (standing: string) => readingsOf(standing)[nth] ?? readingsOf(standing).at(-1)
    const listed = (standing: string) => reading(standing)?.bodies ?? []
    const has = (place: Place, standing: string) =>
      reading(standing)?.everyMember ? !place.invited : listed(standing).some((body) => named(place, body))
    const counts = (place: Place) => counted.some((standing) => has(place, standing))

    const heard = voices.filter(({ place }) => counts(place))
    const represented = different(heard.map(({ person, place }) => (countedBy === 'person' ? person : place[countedBy])))

    const filled = share?.ofSeats === 'filled'
    const seats = facts.places.filter((place) => counts(place) && (place.filled || !filled))
    const seatless = counted.flatMap(listed).filter((body) => !filled && !facts.places.some((place) => named(place, body)))
    const of = countedBy === 'organisation' ? different([...seats.map((one) => one.organisation), ...seatless]) : seats.length
    const beyond = (count: number) => count * (share?.part.under ?? 1) - of * (share?.part.over ?? 1)
    const enough = (count: number) => (share?.measure === 'more than' ? beyond(count) > 0 : beyond(count) >= 0)
    const required = share ? [...Array(of + 2).keys()].findIndex((count) => count >= 1 && enough(count)) : atLeast

    const conditions = present.map((condition) => {
      if ('body' in condition) return sitting.some(({ place }) => named(place, condition.body))
      if ('standing' in condition) return sitting.some(({ place }) => has(place, condition.standing))
      const holders = facts.offices.filter(({ office }) => condition.office.includes(office)).map(({ person }) => person.id)
      return here.some(({ person }) => holders.includes(person.id))
    })
    return { represented, required, of, conditions, quorate: represented >= required && !conditions.includes(false) }
  })
}
