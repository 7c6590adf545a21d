import { z } from 'zod'
import { respond } from './answers.js'
import type { InputBlock } from './blocks.js'
import { deliver } from './delivery.js'
import { filled, initialState, isEmpty, keyOf, NotTaken } from './fields.js'
import { fileObject, upload } from './files.js'
import { viewSubmission } from './payloads.js'
import { Refused } from './refused.js'
import type { Channel, StateValue, Team, User } from './team.js'
import { pushView, type StoredView, updateView, viewFrom } from './views.js'
import type { Act, Values } from './visitor.js'

type Errors = Readonly<Record<string, string>>

/** What Slack shows in a modal when the app’s answer makes no sense to it. */
const TROUBLE: Errors = { '': 'We had some trouble connecting. Try again?' }

const Response = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('clear') }),
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string().min(1)) }),
])

/** Fills the form and sends it, as far as Slack’s client lets one. @returns what is then shown beneath its fields */
export async function submitTop(
  team: Team,
  user: User,
  view: StoredView,
  values: Values,
  { repeats }: Act = {},
): Promise<{ errors?: Errors }> {
  if (view.sent.type !== 'modal' || !view.sent.submit) throw new NotTaken('this modal has no button to send it')
  const own = fill(team, user, view, values)
  view.errors = own
  team.ground.changed()
  if (Object.keys(own).length > 0) return { errors: own }
  const body = await deliver(team.ground, team.app, 'interactive', viewSubmission(team, user, view), repeats)
  view.errors = after(team, user, view, body)
  team.ground.changed()
  return Object.keys(view.errors).length > 0 ? { errors: view.errors } : {}
}

const inputsOf = (view: StoredView): readonly InputBlock[] =>
  view.sent.blocks.flatMap((block) => (block.type === 'input' ? [block] : []))

/** Puts values into fields, and holds all of them to what the client holds them to. */
function fill(team: Team, user: User, view: StoredView, values: Values): Errors {
  const errors: Record<string, string> = {}
  for (const [key, given] of Object.entries(values)) {
    const block = inputsOf(view).find((one) => one.block_id === key) ?? inputsOf(view).find((one) => one.label.text === key)
    if (!block)
      throw new NotTaken(
        `there is no field “${key}”, but ${inputsOf(view)
          .map((one) => `“${one.label.text}”`)
          .join(', ')}`,
      )
    try {
      const { element } = block
      const isFiles = typeof given === 'object' && !Array.isArray(given)
      view.put.set(
        keyOf(block, element),
        isFiles ? fileState(team, user, block, given as FilesGiven) : filled(element, given as string),
      )
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error
      errors[block.block_id ?? ''] = error.message
    }
  }
  for (const block of inputsOf(view)) {
    const state = view.put.get(keyOf(block, block.element)) ?? initialState(block.element)
    if (!block.optional && (state === null || isEmpty(state)))
      errors[block.block_id ?? ''] ??= 'Please complete this required field.'
  }
  return errors
}

type FilesGiven = Extract<Values[string], { file: unknown } | { files: unknown }>

function fileState(team: Team, user: User, block: InputBlock, given: FilesGiven): StateValue {
  const { element } = block
  if (element.type !== 'file_input') throw new NotTaken('this field takes no files')
  const files = 'file' in given ? [given.file] : given.files
  if (files.length > (element.max_files ?? 10)) throw new NotTaken(`at most ${element.max_files ?? 10} files`)
  const wrong = files.find(
    ({ name }) => element.filetypes && !element.filetypes.includes(name.split('.').at(-1)?.toLowerCase() ?? ''),
  )
  if (wrong) throw new NotTaken(`${wrong.name} is of no type that this field takes`)
  return { type: 'file_input', files: files.map((file) => fileObject(team, upload(team, user.id, file))) }
}

/** Does what the app answered the form with. @returns what is shown beneath its fields */
function after(team: Team, user: User, view: StoredView, body: unknown): Errors {
  if (body === '') {
    team.modals.set(
      user.id,
      (team.modals.get(user.id) ?? []).filter((open) => open !== view),
    )
    return {}
  }
  const complain = (what: string): Errors => {
    team.ground.complain(`view_submission was acknowledged with ${what}`)
    return TROUBLE
  }
  const read = Response.safeParse(body)
  if (!read.success) return complain(`what Slack cannot read: ${JSON.stringify(body)}`)
  try {
    switch (read.data.response_action) {
      case 'update':
        updateView(team, view, viewFrom(team, read.data.view, 'modal'))
        return {}
      case 'push':
        pushView(team, user.id, viewFrom(team, read.data.view, 'modal'))
        return {}
      case 'clear':
        team.modals.set(user.id, [])
        return {}
      case 'errors': {
        const { errors } = read.data
        const unknown = Object.keys(errors).filter((key) => !inputsOf(view).some((block) => block.block_id === key))
        if (unknown.length > 0 || Object.keys(errors).length === 0)
          return complain(`errors of blocks that are no inputs: ${unknown.join(', ')}`)
        return errors
      }
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return complain(`a view that was refused: ${error.code} ${JSON.stringify(error.more)}`)
  }
}

/** Shows what a slash command was acknowledged with: words or a message, to the one who gave it. */
export function answered(team: Team, user: User, channel: Channel, body: unknown): void {
  if (body === '') return
  try {
    respond(team, channel, { user: user.id, original: null }, typeof body === 'string' ? { text: body } : body)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    team.ground.complain(`a slash command was acknowledged with what was refused: ${error.code} ${JSON.stringify(error.more)}`)
  }
}
