import type { Model } from './model.js'
import type { Act } from './wishes.js'

/**
 * Whether what somebody does is to be accepted, of what is a matter of votes: by the model of the meeting alone.
 * @param by whose hand
 * @returns null where that is for others to say
 */
export function mayDo(model: Model, act: Act, by: string, clerk: string): boolean | null {
  const presides = model.presiding()?.[0] === by
  const open = model.state !== 'closed'
  const sits = model.state === 'session' || model.state === 'informal'
  const runs = presides || by === clerk
  const decides =
    model.presiding() !== null && (model.state === 'informal' || (model.state === 'session' && model.represented(null) >= 3))
  if (act.act === 'put') return open && runs
  const motion = 'motion' in act ? model.motions[act.motion] : undefined
  if (!motion) return null
  const { vote, item, decided } = motion
  const person = 'person' in act ? act.person : ''
  const seats = [...model.roll(item)].filter((one) => one[1] === person).map(([body]) => model.standing(motion).get(body))
  const voting = vote?.state === 'open' && sits && seats.length > 0
  switch (act.act) {
    case 'amend':
      return open && runs && !vote && !decided
    case 'agree':
      return runs && !vote && !decided && decides
    case 'open':
      return !decided && runs && (vote ? open : decides && model.roll(item).size > 0)
    case 'cast':
      return voting && seats.some((before) => !before || before.person === person || !before.counts)
    case 'record':
      return voting && by === clerk && seats.every((before) => !before || (before.recorded && before.person === person))
    case 'countersign':
      return sits && vote?.state === 'open' && presides
    case 'close':
      return vote !== null && runs && (sits || vote.state !== 'open')
    case 'casting':
      if (vote?.cast?.person === by && vote.cast.choice === act.choice) return true
      return sits && vote?.state === 'equal' && presides
    case 'dissent':
      return open && speaks(model, person) && !model.isOut(person, item)
    case 'content':
      return motion.dissents.has(person) ? open && !decided : null
    default:
      return null
  }
}

/** Who sits for a core member; a deputy where neither holder nor substitute is there, and no deputy was before them. */
const speaks = ({ stays, core }: Model, person: string): boolean =>
  stays.some((one) => {
    const others = stays.filter(({ body }) => body === one.body)
    const first = others.find(({ as }) => as !== 'deputy') ?? others[0]
    return one.person === person && core(one.body) && (one.as !== 'deputy' || first === one)
  })
