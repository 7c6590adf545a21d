import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Secrets } from '../installed.js'
import { openStandIn, type StandIn } from '../open.js'
import type { Workspace } from '../workspace.js'
import { install, readManifest } from './entries.js'
import { servePage } from './listen.js'

/** A workspace to try things in: the people of a roster, the board’s channel, a public one, and the app as its manifest has it. */
export interface Trial {
  readonly slack: StandIn
  readonly workspace: Workspace
  /** what a newcomer does next, in lines to copy */
  readonly told: string
  close(): Promise<void>
}

interface Opening {
  readonly port: number
  /** a CSV file with columns Name and Email */
  readonly roster: string
  /** where requests go; null: by a socket */
  readonly deliverTo: string | null
}

/** Always the same, so that settings that were copied once hold. They open nothing but this. */
const SECRETS: Secrets = {
  botToken: 'xoxb-stand-in-bot',
  appToken: 'xapp-stand-in-app',
  signingSecret: '0123456789abcdef0123456789abcdef',
}
const NAME = 'KCSP (trial)'
const CONNECTS_AGAIN_MS = 1_000

const Roster = z.array(z.object({ Name: z.string().trim().min(1), Email: z.string().trim() }))

export async function openTrial({ port, roster, deliverTo }: Opening): Promise<Trial> {
  const slack = await openStandIn({ port })
  const manifest = readManifest('manifest/slack.json')
  const workspace = slack.addWorkspace({ id: 'T0TRIAL', name: NAME, secrets: SECRETS })
  install(workspace, manifest)
  const members = peopleOf(roster).map(({ Name, Email }) =>
    workspace.addUser({ id: idOf(Email || Name), name: Name, ...(Email ? { email: Email } : {}) }),
  )
  // Somebody of the roster with another address here, and a guest of no board, to try codes and refusals with.
  const others = [
    workspace.addUser({ id: 'U0OTHERADDRESS', name: 'Tariq Aziz (at home)', email: 'tariq@home.example' }),
    workspace.addUser({ id: 'U0GUEST', name: 'Una Stranger (guest)', email: 'una@elsewhere.example', restricted: true }),
  ]
  workspace.addChannel({ id: 'C0KCSP', name: 'kcsp', kind: 'private', members })
  workspace.addChannel({ id: 'C0GENERAL', name: 'general', kind: 'public', members: [...members, ...others], withBot: false })
  // Whoever looks makes their conversation with the app: in one order, so that its id is the same each time.
  for (const member of [...members, ...others]) workspace.as(member).conversation('direct')
  const stopPage = await servePage(slack, { workspace, name: NAME, entries: manifest.entries })
  const stopConnecting = deliverTo === null ? () => {} : connecting(workspace, deliverTo)
  return {
    slack,
    workspace,
    told: toldOf(slack, deliverTo !== null, roster),
    async close() {
      stopConnecting()
      stopPage()
      await slack.close()
    },
  }
}

/** One row a person, however often the roster names them. */
const peopleOf = (file: string): z.infer<typeof Roster> => {
  const rows = Roster.parse(parse(readFileSync(file), { columns: true, bom: true, skip_empty_lines: true }))
  return rows.filter((row, at) => rows.findIndex((one) => idOf(one.Email || one.Name) === idOf(row.Email || row.Name)) === at)
}

/** Of the address, so that whoever was recognised once is so after the stand-in was started anew. */
const idOf = (named: string): string =>
  `U0${named
    .toUpperCase()
    .replace(/@.*$/, '')
    .replaceAll(/[^A-Z0-9]/g, '')}`

/** Asks the address until it answers as Slack wants. @returns what stops it */
function connecting(workspace: Workspace, eventsUrl: string): () => void {
  const asks = setInterval(async () => {
    if (workspace.connected) return clearInterval(asks)
    await workspace.deliverTo(eventsUrl).catch(() => null)
  }, CONNECTS_AGAIN_MS)
  return () => clearInterval(asks)
}

const toldOf = (
  { url }: StandIn,
  byRequests: boolean,
  roster: string,
): string => `A stand-in for Slack is open. It forgets everything when it ends (Ctrl+C).

1. Put these lines into the file .env:

SLACK_API_URL=${url}
SLACK_BOT_TOKEN=${SECRETS.botToken}
${byRequests ? `SLACK_SIGNING_SECRET=${SECRETS.signingSecret}` : `SLACK_APP_TOKEN=${SECRETS.appToken}`}
DATABASE_URL=file:data/trial.db
PUBLIC_URL=http://127.0.0.1:3978

2. Once, in another terminal:

npx quorate terms adopt src/boards/terms/kcsp-2025.yaml --resolution "A trial"
npx quorate roster import ${roster} --board KCSP

3. Then, there:

npm start

4. Open ${new URL('/', url).href}?as=grace.holloway@example.org&in=kcsp and say there, as the clerk: /quorate link KCSP

5. Then: /quorate call a meeting on DAY at 10:00. Each member is asked in their direct messages (Quorate, under Apps); Daniel Okafor, say: ${new URL('/', url).href}?as=daniel.okafor@example.org&in=direct
`
