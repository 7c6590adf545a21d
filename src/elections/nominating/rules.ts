import type { Named } from '../../boards/rules.js'
import { Refusal } from '../../kernel/refusal.js'
import { MOST_NOMINATIONS, type Nomination } from '../rules.js'

export type Answer = 'accepted' | 'declined' | 'withdrawn'

/**
 * Somebody is nominated. Said again by the same proposer it changes nothing; who nominates themselves has accepted.
 * @returns null where nothing changes
 * @throws Refusal `conflict` for who is nominated already, or has declined; `limit`
 */
export function nominated(
  all: readonly Nomination[],
  { nominee, proposer, seconder }: { readonly nominee: Named; readonly proposer: Named; readonly seconder: Named | null },
): Nomination | null {
  const own = nominee.id === proposer.id
  if (seconder && (seconder.id === proposer.id || seconder.id === nominee.id))
    throw new Refusal('invalid', 'Who seconds is another than who proposes or stands. Name somebody else, or nobody.')
  const before = all.find((one) => one.nominee.id === nominee.id)
  const next = { nominee, proposer, seconder, state: own ? ('accepted' as const) : ('nominated' as const) }
  if (!before) {
    if (all.length >= MOST_NOMINATIONS)
      throw new Refusal('limit', `${MOST_NOMINATIONS} people are nominated, and no more are taken. Hold the election among them.`)
    return next
  }
  const over = before.state === 'declined' || before.state === 'withdrawn'
  if (over && own) return next
  if (over)
    throw new Refusal('conflict', `${nominee.name} has ${before.state}. Only they can stand again, by nominating themselves.`)
  if (own && before.state === 'nominated') return { ...before, state: 'accepted' }
  if (before.proposer.id === proposer.id && (seconder === null || before.seconder?.id === seconder.id)) return null
  if (before.proposer.id === proposer.id && before.seconder === null) return { ...before, seconder }
  throw new Refusal(
    'conflict',
    `${nominee.name} is nominated already, by ${before.proposer.name}. Second it instead: “second ${nominee.name}”.`,
  )
}

/** Somebody seconds a nomination. @returns null where nothing changes. @throws Refusal `conflict`, `invalid` */
export function seconded(nomination: Nomination, seconder: Named): Nomination | null {
  const { nominee, proposer } = nomination
  if (nomination.seconder?.id === seconder.id) return null
  if (nomination.seconder)
    throw new Refusal('conflict', `${nomination.seconder.name} has seconded ${nominee.name} already, and one is enough.`)
  if (seconder.id === proposer.id || seconder.id === nominee.id)
    throw new Refusal('invalid', 'Who seconds is another than who proposes or stands. Another member may second it.')
  return { ...nomination, seconder }
}

/** What a nominee says: they accept, decline, or stand no more. @returns null where nothing changes. @throws Refusal `conflict` */
export function answered(nomination: Nomination, answer: Answer): Nomination | null {
  const { state, nominee } = nomination
  // Who withdraws before they have accepted has declined; who declines after it has withdrawn.
  const meant = answer === 'accepted' ? 'accepted' : state === 'nominated' || state === 'declined' ? 'declined' : 'withdrawn'
  if (state === meant) return null
  if (meant === 'accepted' && state !== 'nominated')
    throw new Refusal('conflict', `${nominee.name} has ${state}. To stand again, they nominate themselves.`)
  return { ...nomination, state: meant }
}
