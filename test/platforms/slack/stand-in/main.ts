import { parseArgs } from 'node:util'
import { openTrial } from './page/trial.js'

/**
 * Opens a workspace to try Quorate in without Slack: `npm run slack`.
 * `--port` where it listens (4000), `--roster` whose people are in it, `--http` for requests instead of a socket,
 * `--to` the port of Quorate (3978).
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4000' },
    roster: { type: 'string', default: 'src/demonstration/kcsp.csv' },
    http: { type: 'boolean', default: false },
    to: { type: 'string', default: '3978' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(`npm run slack -- [options]

  --port 4000    where the stand-in listens
  --roster FILE  whose people are in its workspace, as CSV with the columns Name and Email
  --http         by requests to Quorate, and not by a socket
  --to 3978      the port of Quorate, with --http`)
  process.exit()
}

const trial = await openTrial({
  port: Number(values.port),
  roster: values.roster,
  deliverTo: values.http ? `http://127.0.0.1:${values.to}/slack/events` : null,
}).catch((error: unknown) => {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
  console.error(`Port ${values.port} is taken. Name another, as in npm run slack -- --port 4001.`)
  process.exit(1)
})
console.log(trial.told)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void trial.close().then(() => process.exit(0))
  })
