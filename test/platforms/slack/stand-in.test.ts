import { App, LogLevel } from '@slack/bolt'
import { afterEach, describe, expect, test } from 'vitest'
import { openStandIn, type StandIn } from './stand-in/open.js'
import { plain } from './stand-in/plain.js'
import type { Workspace } from './stand-in/workspace.js'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function openWorkspace(): Promise<{ slack: StandIn; board: Workspace; alice: string; bob: string; channel: string }> {
  const slack = await openStandIn()
  closing.push(() => slack.close())
  const board = slack.addWorkspace({ id: 'T0BOARD', name: 'The board' })
  const alice = board.addUser({ name: 'Alice Example', email: 'alice@example.org' })
  const bob = board.addUser({ name: 'Bob Example', email: 'bob@example.org' })
  const channel = board.addChannel({ name: 'board', kind: 'private', members: [alice, bob] })
  return { slack, board, alice, bob, channel }
}

/** A bare Bolt app over one of the transports. */
async function startApp(
  slack: StandIn,
  board: Workspace,
  transport: 'http' | 'socket',
  listen: (app: App) => void,
): Promise<App> {
  const shared = {
    token: board.botToken,
    clientOptions: { slackApiUrl: slack.url },
    logLevel: LogLevel.ERROR,
  }
  const app = new App(
    transport === 'http'
      ? { ...shared, signingSecret: board.signingSecret, endpoints: '/slack/events' }
      : { ...shared, socketMode: true, appToken: board.appToken },
  )
  listen(app)
  const started: unknown = await app.start({ port: 0, host: '127.0.0.1' })
  closing.push(() => app.stop())
  if (transport === 'http') {
    const address = (started as import('node:http').Server).address()
    await board.deliverTo(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/slack/events`)
  }
  return app
}

describe.each(['http', 'socket'] as const)('a bare Bolt app over %s', (transport) => {
  test('answers words, a press, and a form', async () => {
    const { slack, board, alice } = await openWorkspace()
    await startApp(slack, board, transport, (app) => {
      app.message(/hello/, async ({ say }) => {
        await say({
          text: 'Hello',
          blocks: [
            { type: 'section', text: { type: 'plain_text', text: 'Hello' } },
            { type: 'actions', elements: [{ type: 'button', action_id: 'open', text: { type: 'plain_text', text: 'Open' } }] },
          ],
        })
      })
      app.action('open', async ({ ack, body, client }) => {
        await ack()
        await client.views.open({
          trigger_id: 'trigger_id' in body ? String(body.trigger_id) : '',
          view: {
            type: 'modal',
            callback_id: 'form',
            title: { type: 'plain_text', text: 'Form' },
            submit: { type: 'plain_text', text: 'Send' },
            blocks: [
              {
                type: 'input',
                block_id: 'name',
                label: { type: 'plain_text', text: 'Name' },
                element: { type: 'plain_text_input', action_id: 'value' },
              },
            ],
          },
        })
      })
      app.view('form', async ({ ack, view }) => {
        const name = view.state.values.name?.value?.value
        await (name === 'bad' ? ack({ response_action: 'errors', errors: { name: 'Say another name.' } }) : ack())
      })
      app.command('/quorate', async ({ ack }) => ack('Yes?'))
    })
    const visitor = board.as(alice)
    await visitor.say('direct', 'hello')
    await slack.quiet()
    const [, answer] = visitor.conversation()
    expect(plain(answer?.blocks ?? [])).toBe('Hello\n[Open]')
    expect(visitor.notifications).toEqual(['Hello'])
    if (!answer) throw new Error('no answer')
    await visitor.press(answer, 'Open')
    await slack.quiet()
    expect(visitor.modal()?.title?.text).toBe('Form')
    expect(await visitor.submit({})).toEqual({ errors: { name: 'Please complete this required field.' } })
    expect(await visitor.submit({ Name: 'bad' })).toEqual({ errors: { name: 'Say another name.' } })
    expect(await visitor.submit({ Name: 'good' })).toEqual({})
    expect(visitor.modal()).toBeNull()
    await visitor.command('direct', 'what is due')
    expect(visitor.conversation().at(-1)).toMatchObject({ text: 'Yes?', ephemeral: true })
    expect(slack.complaints).toEqual([])
  })
})
