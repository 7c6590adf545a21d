import fc from 'fast-check'
import { FORM_TYPE, JSON_TYPE } from './signed.js'

/** What may come through a door that Slack alone has the key to, and should not harm the house even so. */
export interface Hostile {
  readonly type: string
  readonly body: Buffer
}

/** What a real workspace calls things. */
export interface Known {
  readonly team: string
  readonly app: string
  readonly member: string
  readonly channel: string
  readonly direct: string
  readonly bot: string
  /** a meeting of the house */
  readonly meeting: string
  readonly commands: readonly string[]
  /** where the stand-in takes what is said in return */
  readonly responseUrl: string
}

type Thing = Readonly<Record<string, unknown>>

/** Not to be made of values: `JSON.stringify` could not, or `__proto__` would be lost. */
const RAW: Readonly<Record<string, string>> = {
  '@deep': `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  '@deeper': `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  '@proto':
    '{"__proto__":{"type":"hello","user":1},"constructor":{"prototype":{"polluted":1}},"toString":null,"hasOwnProperty":0}',
  '@huge': '1e999',
  '@twice': '{"id":"U1","id":null}',
}
const PLACEHOLDER = /"(@(?:deep|deeper|proto|huge|twice))"/g

/** JSON of a value, with what stands for more than a value put in. */
const written = (value: unknown): string => JSON.stringify(value).replace(PLACEHOLDER, (_, name: string) => RAW[name] ?? '')

const junk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(
      null,
      '',
      ' ',
      '\0',
      0,
      -1,
      1.5,
      2 ** 53,
      true,
      false,
      [],
      {},
      [[]],
      [null],
      [{}],
      { id: null },
      { id: {} },
      { length: 3 },
      '__proto__',
      'constructor',
      'toString',
      '../../etc/passwd',
      '<!channel>',
      '\ud800',
      'ㅤ'.repeat(50),
      "'; drop table journal; --",
      'x'.repeat(5_000),
      `{"command":"home","subject":""}`,
      '@deep',
      '@deeper',
      '@proto',
      '@huge',
      '@twice',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  { weight: 1, arbitrary: fc.constantFrom(100_000).map((many) => 'k'.repeat(many)) },
)

/** Every way to something within a value, the value itself left out. */
function waysIn(value: unknown): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...waysIn(inner).map((way) => [key, ...way])])
}

/** The value with another in one place; without one, with nothing there. */
function withAt(value: unknown, [key, ...way]: readonly string[], put: { readonly is: unknown } | null): unknown {
  if (key === undefined) return put?.is
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((inner, at) => (String(at) === key ? withAt(inner, way, put) : inner))
  const entries = Object.entries(value)
  const changed = entries.map(([name, inner]) => [name, name === key ? withAt(inner, way, put) : inner] as const)
  return Object.fromEntries(way.length === 0 && put === null ? entries.filter(([name]) => name !== key) : changed)
}

/** Almost right: one to three of its parts replaced by junk, left out, or beside junk. */
const almost = (shape: Thing): fc.Arbitrary<Thing> =>
  fc
    .array(
      fc.record({
        way: fc.constantFrom(...waysIn(shape)),
        put: fc.oneof({ weight: 4, arbitrary: junk.map((is) => ({ is })) }, { weight: 1, arbitrary: fc.constant(null) }),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .chain((changes) =>
      fc
        .oneof(
          { weight: 4, arbitrary: fc.constant({}) },
          {
            weight: 1,
            arbitrary: fc.dictionary(fc.constantFrom('event', 'command', 'actions', 'name', 'type', 'channel', 'view'), junk),
          },
        )
        .map((more) => ({
          ...(changes.reduce<unknown>((value, { way, put }) => withAt(value, way, put), shape) as Thing),
          ...more,
        })),
    )

const uuid = fc.uuid()

/** What a button carries, right in form: of whichever command, about what is not there or not theirs to do. */
const carried = (known: Known): fc.Arbitrary<string> =>
  fc.oneof(
    fc
      .record({
        command: fc.constantFrom(...known.commands),
        subject: uuid,
        values: fc.dictionary(
          fc.constantFrom('meeting', 'seat', 'choice', 'title', 'file', 'at', 'person', 'motion'),
          fc.oneof(uuid, fc.string()),
        ),
      })
      .map((press) => JSON.stringify(press)),
    fc.constant(JSON.stringify({ command: 'meetings.cancel', subject: known.meeting, values: { why: 'x' } })),
    junk.map(written),
    fc.constantFrom('{', 'null', '[]', '{"command":1}', '{"command":"","subject":""}', '{"__proto__":{"command":"home"}}'),
  )

const person = (known: Known): Thing => ({ id: known.member, username: 'a', name: 'a', team_id: known.team })
const shared = (known: Known): Thing => ({
  user: person(known),
  api_app_id: known.app,
  token: 'verification',
  team: { id: known.team, domain: 'kent' },
  enterprise: null,
  is_enterprise_install: false,
})

const event = (known: Known, delivery: string, one: Thing, team = known.team): Thing => ({
  type: 'event_callback',
  team_id: team,
  api_app_id: known.app,
  event_id: `Ev${delivery}`,
  event_time: 1_795_428_000,
  authorizations: [{ enterprise_id: null, team_id: team, user_id: known.bot, is_bot: true, is_enterprise_install: false }],
  event: one,
})

/** Events as they come: what is asked changes nothing, and what changes something is of others than the board. */
const events = (known: Known): fc.Arbitrary<Thing> =>
  fc.tuple(uuid, carried(known)).chain(([delivery]) => {
    const said = { user: known.member, text: 'help', ts: '1795428000.000100', event_ts: '1795428000.000100' }
    const file = {
      id: 'F1',
      name: 'a.csv',
      size: 12,
      url_private_download: 'http://127.0.0.1:1/a.csv',
      url_private: 'file:///etc/passwd',
    }
    return fc.constantFrom<Thing>(
      event(known, delivery, { type: 'message', channel: known.direct, channel_type: 'im', ...said }),
      event(known, delivery, {
        type: 'message',
        subtype: 'file_share',
        channel: known.direct,
        channel_type: 'im',
        ...said,
        files: [file],
      }),
      event(known, delivery, {
        type: 'message',
        subtype: 'message_changed',
        channel: known.direct,
        channel_type: 'im',
        message: said,
      }),
      event(known, delivery, { type: 'app_mention', channel: known.channel, ...said, text: `<@${known.bot}> what is due` }),
      event(known, delivery, { type: 'app_home_opened', user: known.member, channel: known.direct, tab: 'home' }),
      event(known, delivery, { type: 'user_change', user: { id: 'U0NOBODY', team_id: known.team, deleted: true } }),
      event(known, delivery, { type: 'member_joined_channel', user: known.bot, channel: 'C0OTHER', inviter: known.member }),
      event(known, delivery, { type: 'channel_archive', channel: 'C0OTHER' }),
      event(known, delivery, { type: 'channel_shared', channel: 'C0OTHER' }),
      event(known, delivery, { type: 'channel_left', channel: 'C0OTHER' }),
      event(known, delivery, { type: 'app_uninstalled' }, 'T0OTHER'),
      event(known, delivery, { type: 'tokens_revoked', tokens: { bot: ['U0OTHER'] } }, 'T0OTHER'),
      event(known, delivery, {
        type: 'function_executed',
        function: { callback_id: 'a' },
        inputs: {},
        function_execution_id: 'Fx1',
      }),
      event(known, delivery, { type: 'reaction_added', item: { channel: known.channel } }),
    )
  })

const interactions = (known: Known): fc.Arbitrary<Thing> =>
  fc.tuple(uuid, carried(known)).chain(([delivery, value]) => {
    const base = { ...shared(known), trigger_id: `1.2.${delivery}`, response_url: known.responseUrl }
    const actions = [
      {
        type: 'button',
        action_id: 'press:1',
        block_id: 'answer',
        value,
        action_ts: '1',
        text: { type: 'plain_text', text: 'x' },
      },
    ]
    const message = {
      ts: '1795428000.000100',
      user: known.bot,
      text: 'x',
      blocks: [{ type: 'actions', block_id: 'answer', elements: [] }],
    }
    const container = { type: 'message', message_ts: message.ts, channel_id: known.channel, is_ephemeral: false }
    const kept = (() => {
      try {
        const press = JSON.parse(value) as Thing
        return JSON.stringify({ values: {}, ...press, asked: press, from: { channel: known.direct, message: '' } })
      } catch {
        return value
      }
    })()
    const view = {
      id: `V${delivery}`,
      type: 'modal',
      hash: '1.a',
      callback_id: 'form',
      private_metadata: kept,
      team_id: known.team,
      title: { type: 'plain_text', text: 'x' },
      blocks: [{ type: 'input', block_id: 'title' }],
      state: {
        values: {
          title: { needed: { type: 'plain_text_input', value: 'x' } },
          file: { needed: { type: 'file_input', files: [{ id: 'F1', name: 'x', size: 1, url_private: 'http://127.0.0.1:1/' }] } },
        },
      },
    }
    return fc.constantFrom<Thing>(
      {
        ...base,
        type: 'block_actions',
        actions,
        container,
        channel: { id: known.channel, name: 'kcsp' },
        message,
        state: { values: {} },
      },
      {
        ...base,
        type: 'block_actions',
        actions: [{ ...actions[0], action_id: 'turn:2' }],
        container: { ...container, is_ephemeral: true, channel_id: known.direct },
        channel: { id: known.direct },
      },
      { ...base, type: 'block_actions', actions, container: { type: 'view', view_id: view.id }, view },
      { ...base, type: 'block_actions', actions, container: { type: 'view', view_id: view.id }, view: { ...view, type: 'home' } },
      { ...base, type: 'view_submission', view, response_urls: [] },
      { ...base, type: 'view_closed', view, is_cleared: false },
      { ...base, type: 'shortcut', callback_id: 'send_apologies', action_ts: '1' },
      {
        ...base,
        type: 'message_action',
        callback_id: 'propose_item',
        channel: { id: known.channel },
        message: { ...message, text: 'An item' },
      },
      { ...base, type: 'block_suggestion', name: 'x', value: 'y', action_id: 'press:1', block_id: 'b', container },
      { ...base, type: 'dialog_submission', callback_id: 'x', submission: { a: 'b' } },
      { ...base, type: 'interactive_message', callback_id: 'x', actions: [{ name: 'a', type: 'button', value }] },
      { ...base, type: 'workflow_step_edit', callback_id: 'x', workflow_step: { a: 1 } },
    )
  })

const commands = (known: Known): fc.Arbitrary<Thing> =>
  uuid.map((delivery) => ({
    token: 'verification',
    team_id: known.team,
    team_domain: 'kent',
    channel_id: known.direct,
    channel_name: 'directmessage',
    user_id: known.member,
    user_name: 'a',
    command: '/quorate',
    text: 'what is due',
    api_app_id: known.app,
    is_enterprise_install: 'false',
    response_url: known.responseUrl,
    trigger_id: `1.2.${delivery}`,
  }))

/** Shapes that are almost those of Slack. */
export const payloads = (
  known: Known,
): Readonly<Record<'events_api' | 'interactive' | 'slash_commands', fc.Arbitrary<string>>> => ({
  events_api: events(known).chain(almost).map(written),
  interactive: interactions(known).chain(almost).map(written),
  slash_commands: commands(known).chain(almost).map(written),
})

const anything: fc.Arbitrary<string> = fc.oneof(
  fc.json({ maxDepth: 4 }),
  junk.map(written),
  fc.constantFrom(
    'null',
    '0',
    '""',
    '[]',
    '{}',
    'true',
    '',
    '{',
    '[1,',
    'NaN',
    'undefined',
    '{"a":1}}',
    '\ufeff{}',
    ...Object.values(RAW),
  ),
  fc.record({ event: junk }).map(written),
  fc.record({ type: junk, event: junk, command: junk, actions: junk, view: junk }, { requiredKeys: [] }).map(written),
)

const challenges: fc.Arbitrary<string> = fc
  .record({ type: fc.constant('url_verification'), token: junk, challenge: junk }, { requiredKeys: ['type'] })
  .map(written)

/** Half of a character cannot be written as bytes. */
const escaped = (text: string): string => encodeURIComponent(Buffer.from(text).toString())

/** A form out of names and values; other than `URLSearchParams`, what cannot be text stays as it is. */
const formOf = (fields: readonly (readonly [string, string])[]): string =>
  fields.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&')

const asFields = (thing: unknown): readonly (readonly [string, string])[] =>
  Object.entries(typeof thing === 'object' && thing !== null ? thing : {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : written(value),
  ])

const forms = (known: Known): fc.Arbitrary<string> => {
  const { interactive, events_api } = payloads(known)
  const command = commands(known).chain(almost).map(asFields)
  return fc.oneof(
    { weight: 8, arbitrary: interactive.map((payload) => formOf([['payload', payload]])) },
    { weight: 6, arbitrary: command.map(formOf) },
    fc.tuple(command, command).map(([one, another]) => formOf([...one, ...another])),
    fc.tuple(interactive, fc.oneof(interactive, anything)).map(([one, another]) =>
      formOf([
        ['payload', one],
        ['payload', another],
      ]),
    ),
    fc.tuple(command, anything).map(([fields, payload]) => formOf([...fields, ['payload', payload]])),
    fc.oneof(anything, challenges, events_api).map((payload) => formOf([['payload', payload]])),
    fc.constantFrom(
      'payload',
      'payload=',
      '=',
      '&&&',
      '%',
      '%E0%A4%A',
      'payload=%',
      'payload=null',
      'payload[]=1',
      '?payload=null',
      'ssl_check=1',
      'ssl_check=1&token=x',
      'ssl_check=1&payload=null',
      'ssl_check=1&ssl_check=1',
      'ssl_check=0',
      'type=url_verification',
      'type=url_verification&challenge=a&challenge=b',
      '__proto__=1&constructor=2',
      `${'a=1&'.repeat(1_200)}payload=null`,
    ),
    anything,
  )
}

const TYPES = [
  JSON_TYPE,
  FORM_TYPE,
  `${JSON_TYPE}; charset=utf-8`,
  `${FORM_TYPE}; charset=utf-8`,
  `${FORM_TYPE};`,
  FORM_TYPE.toUpperCase(),
  'application/jsonp',
  `${FORM_TYPE}x`,
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/json, text/plain',
  ';',
  'x',
]

/** Bodies of every kind, as they are posted. */
export function hostile(known: Known): fc.Arbitrary<Hostile> {
  const almostRight = payloads(known)
  const json = fc.oneof(
    { weight: 4, arbitrary: almostRight.events_api },
    { weight: 1, arbitrary: almostRight.interactive },
    { weight: 2, arbitrary: anything },
    { weight: 1, arbitrary: challenges },
  )
  const form = forms(known)
  const as = (type: string) => (body: string) => ({ type, body: Buffer.from(body) })
  return fc.oneof(
    { weight: 8, arbitrary: json.map(as(JSON_TYPE)) },
    { weight: 10, arbitrary: form.map(as(FORM_TYPE)) },
    { weight: 2, arbitrary: fc.tuple(fc.oneof(json, form), fc.constantFrom(...TYPES)).map(([body, type]) => as(type)(body)) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constantFrom(...TYPES),
        body: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(json, fc.nat(), fc.constantFrom(0xff, 0xc0, 0xed, 0x80)).map(([text, at, byte]) => {
        const body = Buffer.from(text)
        if (body.length > 0) body[at % body.length] = byte
        return { type: JSON_TYPE, body }
      }),
    },
  )
}

/** What may come over a socket: envelopes about anything, and what is none. */
export function envelopes(known: Known): fc.Arbitrary<string> {
  const almostRight = payloads(known)
  const types = fc.constantFrom(
    'events_api',
    'interactive',
    'slash_commands',
    'hello',
    'options',
    '',
    'error',
    'disconnected',
    'connected',
    'ws_message',
    'slack_event',
    'close',
    'message',
    '__proto__',
    'constructor',
    'unknown',
  )
  const enveloped = (type: string, payload: string, id: string): string =>
    `{"envelope_id":${JSON.stringify(id)},"type":${JSON.stringify(type)},"accepts_response_payload":true,"payload":${payload || 'null'}}`
  const right = fc.constantFrom('events_api' as const, 'interactive' as const, 'slash_commands' as const)
  return fc.oneof(
    {
      weight: 4,
      arbitrary: right.chain((type) => fc.tuple(almostRight[type], uuid).map(([payload, id]) => enveloped(type, payload, id))),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(types, fc.oneof(anything, almostRight.events_api), uuid)
        .map(([type, payload, id]) => enveloped(type, payload, id)),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ envelope_id: junk, type: fc.oneof(types, junk), payload: junk, retry_attempt: junk }, { requiredKeys: [] })
        .map(written),
    },
    { weight: 1, arbitrary: anything },
  )
}
