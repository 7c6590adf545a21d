import type { Config } from '../config.js'
import type { Clock } from '../kernel/time.js'
import type { Finding } from '../platforms/slack/doctor.js'
import type { House } from '../wiring.js'
import { EXIT, print } from './exit.js'

/** Looks whether everything that a real board needs is there, and says what to mend. */
export async function doctor(house: House, config: Config, systemClock: Clock): Promise<number> {
  const { reading } = house.handles
  const findings: readonly Finding[] = [
    ...(await houseFindings(house, config)),
    ...(config.slack ? await slack(config.slack) : [NO_CHAT]),
  ]
  for (const { about, says, mend } of findings)
    print(`${mend === null ? 'well' : 'MEND'}  ${about}: ${says}${mend === null ? '' : `\n      ${mend}`}`)
  const ill = findings.filter(({ mend }) => mend !== null).length
  print(ill === 0 ? 'Nothing is to be mended.' : `${ill} to be mended.`)
  return ill === 0 ? EXIT.answer : EXIT.refusal

  async function slack(settings: NonNullable<Config['slack']>): Promise<readonly Finding[]> {
    const { slackFindings } = await import('../platforms/slack/doctor.js')
    return slackFindings({ settings, reading, publicUrl: config.publicUrl, systemClock })
  }
}

const NO_CHAT: Finding = {
  about: 'chat',
  says: 'no platform is connected',
  mend: 'Set SLACK_BOT_TOKEN, and SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: the README says where they come from.',
}

async function houseFindings({ handles: { reading } }: House, { file, publicUrl }: Config): Promise<readonly Finding[]> {
  const boards = await reading.selectFrom('board').select(['id', 'short_name']).orderBy('short_name').execute()
  const opened: Finding = { about: 'database', says: `${file} is open and up to date`, mend: null }
  const papers: Finding = {
    about: 'papers',
    says:
      publicUrl === null
        ? 'PUBLIC_URL is not set: the clerk hands over restricted papers by a secure method of their own'
        : `restricted papers are opened under ${publicUrl}`,
    mend: null,
  }
  if (boards.length === 0)
    return [
      opened,
      {
        about: 'boards',
        says: 'there is none yet',
        mend: 'quorate terms adopt FILE --resolution "RESOLVED that …" sets one up.',
      },
    ]
  const found = boards.map(async ({ id, short_name }): Promise<Finding> => {
    const about = `board ${short_name}`
    const seat = await reading.selectFrom('seat').select('id').where('board_id', '=', id).limit(1).executeTakeFirst()
    const clerk = await reading
      .selectFrom('office')
      .select('person_id')
      .where('board_id', '=', id)
      .where('office', '=', 'clerk')
      .where('until_day', 'is', null)
      .limit(1)
      .executeTakeFirst()
    if (!seat)
      return { about, says: 'it has no roster', mend: `quorate roster import FILE --board "${short_name}" says who is on it.` }
    return clerk
      ? { about, says: 'it has a roster and a clerk', mend: null }
      : {
          about,
          says: 'it has no clerk',
          mend: 'Name one in the roster, with clerk under Office: nobody else can link a channel.',
        }
  })
  return [opened, ...(await Promise.all(found)), papers]
}
