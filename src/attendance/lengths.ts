const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  five: 5,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  'forty-five': 45,
}
const COUNTED = `(?<many>\\d{1,3}|${Object.keys(NUMBERS).join('|')})`
const MINUTES = new RegExp(`^${COUNTED}(?: more)? ?(?:minutes?|mins?)$`, 'i')
const HOURS = new RegExp(`^${COUNTED} hours?(?: (?:and )?(?<odd>\\d{1,2})(?: ?(?:minutes?|mins?))?)?$`, 'i')

/** Whole minutes that a phrase means: "half an hour", "ten minutes", "1 hour 15"; null where it is no length. */
export function minutesIn(length: string): number | null {
  if (/^(?:a )?quarter of an hour$/i.test(length)) return 15
  if (/^half an hour$/i.test(length)) return 30
  const count = (many = '') => NUMBERS[many.toLowerCase()] ?? Number(many)
  const minutes = MINUTES.exec(length)?.groups
  if (minutes) return count(minutes.many)
  const hours = HOURS.exec(length)?.groups
  return hours ? 60 * count(hours.many) + Number(hours.odd ?? 0) : null
}
