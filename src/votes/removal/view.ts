import { type Item, numberOf } from '../../agenda/rules.js'
import type { Audience } from '../../kernel/audience.js'
import type { Form } from '../../kernel/view.js'
import { type Called, meetingTime } from '../../meetings/rules.js'
import { howFields } from '../poll/view.js'
import type { VoteRule } from '../rules.js'
import { holderKey, officeCalled, type Removal } from './rules.js'

interface Asking {
  readonly item: Item
  readonly meeting: Called
  /** whose removal the item may be about */
  readonly holders: readonly Removal[]
  /** whom its title names, where it names one */
  readonly noticed: Removal | null
  /** by which the first of them would be removed */
  readonly rule: VoteRule
  readonly minutes: string | undefined
  readonly hidden: boolean
}

/** The form in which the removal of somebody from office is put to the vote. */
export const removeForm = ({ item, meeting, holders, noticed, rule, minutes, hidden }: Asking, audience: Audience): Form => ({
  title: `Put a removal to the vote: ${numberOf(item) ?? ''}`,
  audience,
  command: 'votes.remove',
  subject: item.id,
  intro: [
    `For the meeting of ${meetingTime(meeting)}. Whoever is concerned does not preside over it, and the office is left as soon as it is carried.`,
    ...(rule.provided ? [] : [' The terms of this board provide for no vote, so the meeting has to agree to one.']),
  ],
  fields: [
    {
      field: 'choice',
      name: 'holder',
      label: 'Who is to be removed?',
      ...(noticed ? { value: holderKey(noticed) } : {}),
      options: holders.map((one) => ({ value: holderKey(one), label: `${officeCalled(one.office)}: ${one.person.name}` })),
    },
    ...howFields({ rule, minutes, hidden }),
  ],
  submit: 'Open the vote',
  inWords: 'put the removal of the Vice-Chair to the vote',
})
