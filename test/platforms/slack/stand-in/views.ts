import { randomBytes } from 'node:crypto'
import { pointers, withIds } from './blocks.js'
import { stateValues } from './fields.js'
import { invalidArguments, Refused } from './refused.js'
import type { StateValue, Team } from './team.js'
import { ViewSent } from './view.js'

/** A view that stands open at somebody’s. */
export interface StoredView {
  readonly id: string
  readonly user: string
  readonly rootId: string
  readonly previousId: string | null
  hash: string
  sent: ViewSent
  /** what was put into its fields */
  readonly put: Map<string, StateValue>
  /** what Slack shows beneath the fields, by block */
  errors: Readonly<Record<string, string>>
}

const LARGEST_VIEW = 250_000
const MOST_VIEWS = 3

/** @throws Refused invalid_arguments with what is wrong where, view_too_large */
export function viewFrom(team: Team, raw: unknown, type: 'modal' | 'home'): ViewSent {
  const read = ViewSent.safeParse(raw)
  if (!read.success) throw invalidArguments(...pointers(read.error, '/view'))
  if (read.data.type !== type) throw invalidArguments(`unsupported type: ${read.data.type} [json-pointer:/view/type]`)
  if (JSON.stringify(raw).length > LARGEST_VIEW) throw new Refused('view_too_large')
  const files = read.data.blocks.some((block) => block.type === 'input' && block.element.type === 'file_input')
  if (files && !team.scopes.includes('files:read')) throw invalidArguments('file_input needs the scope files:read')
  return { ...read.data, blocks: [...withIds(read.data.blocks, () => team.ground.nextId('b'))] }
}

const newHash = (team: Team): string => `${Math.floor(team.ground.now() / 1_000)}.${randomBytes(4).toString('hex')}`

function holdExternalId(team: Team, sent: ViewSent, own: string | null): void {
  if (!sent.external_id) return
  const open = [...[...team.modals.values()].flat(), ...team.homes.values()]
  if (open.some((view) => view.id !== own && view.sent.external_id === sent.external_id))
    throw new Refused('duplicate_external_id')
}

function newView(team: Team, user: string, sent: ViewSent, below: StoredView | null): StoredView {
  holdExternalId(team, sent, null)
  const id = team.ground.nextId('V')
  const rootId = below?.rootId ?? id
  return { id, user, rootId, previousId: below?.id ?? null, hash: newHash(team), sent, put: new Map(), errors: {} }
}

/** Opens a modal over all that the person sees. */
export function openView(team: Team, user: string, sent: ViewSent): StoredView {
  const view = newView(team, user, sent, null)
  team.modals.set(user, [view])
  team.ground.changed()
  return view
}

/** Lays a modal on the open ones. @throws Refused not_found, push_limit_reached */
export function pushView(team: Team, user: string, sent: ViewSent): StoredView {
  const open = team.modals.get(user) ?? []
  const top = open.at(-1)
  if (!top) throw new Refused('not_found')
  if (open.length >= MOST_VIEWS) throw new Refused('push_limit_reached')
  const view = newView(team, user, sent, top)
  team.modals.set(user, [...open, view])
  team.ground.changed()
  return view
}

/** An open modal, by its own id or by the app’s. @throws Refused not_found */
export function viewBy(team: Team, id: string | undefined, externalId: string | undefined): StoredView {
  const open = [...team.modals.values()].flat()
  const found = open.find((view) => (id !== undefined ? view.id === id : view.sent.external_id === externalId))
  if (!found) throw new Refused('not_found')
  return found
}

/** What was put into fields stays where the field stays. @throws Refused hash_conflict */
export function updateView(team: Team, view: StoredView, sent: ViewSent, hash?: string): StoredView {
  if (hash !== undefined && hash !== view.hash) throw new Refused('hash_conflict')
  holdExternalId(team, sent, view.id)
  view.sent = sent
  view.hash = newHash(team)
  view.errors = {}
  team.ground.changed()
  return view
}

/** @throws Refused hash_conflict */
export function publishHome(team: Team, user: string, sent: ViewSent, hash?: string): StoredView {
  const before = team.homes.get(user)
  if (before) return updateView(team, before, sent, hash)
  if (hash !== undefined) throw new Refused('hash_conflict')
  const view = newView(team, user, sent, null)
  team.homes.set(user, view)
  team.ground.changed()
  return view
}

export interface View {
  readonly id: string
  readonly team_id: string
  readonly type: 'modal' | 'home'
  readonly blocks: ViewSent['blocks']
  readonly private_metadata: string
  readonly callback_id: string
  readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, StateValue>>>> }
  readonly hash: string
  readonly title: { readonly type: 'plain_text'; readonly text: string } | null
  readonly close: { readonly type: 'plain_text'; readonly text: string } | null
  readonly submit: { readonly type: 'plain_text'; readonly text: string } | null
  readonly clear_on_close: boolean
  readonly notify_on_close: boolean
  readonly previous_view_id: string | null
  readonly root_view_id: string
  readonly app_id: string
  readonly external_id: string
  readonly app_installed_team_id: string
  readonly bot_id: string
}

/** A view as answers and payloads carry it. */
export function viewObject(team: Team, view: StoredView): View {
  const { sent } = view
  const modal = sent.type === 'modal' ? sent : null
  return {
    id: view.id,
    team_id: team.id,
    type: sent.type,
    blocks: sent.blocks,
    private_metadata: sent.private_metadata ?? '',
    callback_id: sent.callback_id ?? '',
    state: { values: stateValues(sent.blocks, view.put) },
    hash: view.hash,
    title: modal?.title ?? null,
    close: modal?.close ?? null,
    submit: modal?.submit ?? null,
    clear_on_close: modal?.clear_on_close ?? false,
    notify_on_close: modal?.notify_on_close ?? false,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: team.app.id,
    external_id: sent.external_id ?? '',
    app_installed_team_id: team.id,
    bot_id: team.botId,
  }
}
