import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../db/schema.js'
import { dispatch } from '../../kernel/notice.js'
import type { Called } from '../../meetings/rules.js'
import { meetingAsItWas } from '../../meetings/store.js'
import type { Item } from '../rules.js'
import { findAgenda } from '../store.js'
import { findInvitation } from './store.js'
import { invitedCard } from './view.js'

interface Told {
  readonly meeting: Called
  readonly item: Item | null
}

async function told(db: Db, id: string, now: Temporal.Instant): Promise<Told> {
  const invitation = await findInvitation(db, id)
  if (!invitation) throw new Error('an invitation has gone')
  const agenda = await findAgenda(db, invitation.meeting_id)
  const item = agenda?.items.find((one) => one.id === invitation.item_id) ?? null
  return { meeting: await meetingAsItWas(db, invitation.meeting_id, now), item }
}

/** To whoever is invited. Its subject is the invitation. */
export const invited = dispatch<Told>({
  name: 'agenda.invited',
  load: (db, id, _, now) => told(db, id, now),
  draw: ({ meeting, item }, audience) => invitedCard(meeting, { item, withdrawn: false }, audience),
})

/** To whoever was invited, and need not come. */
export const disinvited = dispatch<Told>({
  name: 'agenda.disinvited',
  load: (db, id, _, now) => told(db, id, now),
  draw: ({ meeting, item }, audience) => invitedCard(meeting, { item, withdrawn: true }, audience),
})
