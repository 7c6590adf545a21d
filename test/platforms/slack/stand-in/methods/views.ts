import { z } from 'zod'
import { invalidArguments } from '../refused.js'
import { exchange } from '../triggers.js'
import { openView, publishHome, pushView, updateView, viewBy, viewFrom, viewObject } from '../views.js'
import { id, type Method, method, structure } from './method.js'

export const VIEWS: Readonly<Record<string, Method>> = {
  'views.open': method({
    args: z.strictObject({ trigger_id: id, view: structure }),
    run: (team, { trigger_id, view }) => {
      const sent = viewFrom(team, view, 'modal')
      return { view: viewObject(team, openView(team, exchange(team, trigger_id).user, sent)) }
    },
  }),
  'views.push': method({
    args: z.strictObject({ trigger_id: id, view: structure }),
    run: (team, { trigger_id, view }) => {
      const sent = viewFrom(team, view, 'modal')
      return { view: viewObject(team, pushView(team, exchange(team, trigger_id).user, sent)) }
    },
  }),
  'views.update': method({
    args: z.strictObject({
      view_id: z.string().optional(),
      external_id: z.string().optional(),
      hash: z.string().optional(),
      view: structure,
    }),
    run: (team, { view_id, external_id, hash, view }) => {
      if ((view_id === undefined) === (external_id === undefined))
        throw invalidArguments('one of view_id and external_id is required')
      const sent = viewFrom(team, view, 'modal')
      return { view: viewObject(team, updateView(team, viewBy(team, view_id, external_id), sent, hash)) }
    },
  }),
  'views.publish': method({
    args: z.strictObject({ user_id: id, hash: z.string().optional(), view: structure }),
    run: (team, { user_id, hash, view }) => {
      const sent = viewFrom(team, view, 'home')
      const user = team.users.get(user_id)
      if (!user || user.deleted || user.bot) throw invalidArguments('invalid `user_id`')
      return { view: viewObject(team, publishHome(team, user_id, sent, hash)) }
    },
  }),
}
