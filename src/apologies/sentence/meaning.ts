import type { Temporal } from 'temporal-polyfill'
import type { Amount, When } from './days.js'
import type { Mention } from './names.js'

export type Act = 'apologise' | 'attend' | 'late' | 'leave' | 'coming' | 'choose'

/** For whom it is said: the speaker, one of those people, or somebody whom the sentence calls he or she and does not name. */
export type Whom = 'speaker' | 'unsaid' | Mention

/** Who sits in instead: nobody, as was said; nothing was said of it; the speaker, one of those people, or a stranger by name. */
export type Instead = 'nobody' | 'unsaid' | 'speaker' | Mention | { readonly stranger: string }

/** What a sentence means. */
export interface Meaning {
  readonly act: Act
  readonly whom: Whom
  readonly instead: Instead
  /** none: the next meeting */
  readonly whens: readonly When[]
  /** hours that were said of the meeting itself */
  readonly hours: readonly Temporal.PlainTime[]
  /** of `late` and `leave`, where it was said */
  readonly amount: Amount | null
  /** it can mean nothing else */
  readonly certain: boolean
  /** it tells of something, and may ask for nothing: where no meeting fits it is none of this feature's */
  readonly merely: boolean
}
