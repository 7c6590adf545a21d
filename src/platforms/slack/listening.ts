import type { Answer, Bot, Inbound } from '../../bot.js'
import type { Db } from '../../db/schema.js'
import type { From, Place } from '../../kernel/actor.js'
import type { Answers } from './answers.js'
import { type Call, NoAnswer } from './client.js'
import type { SlackFiles } from './files.js'
import type { Homes } from './home.js'
import type { Looking } from './looking.js'
import type { Modals } from './modals.js'
import { userIn } from './people.js'
import type { Places } from './places.js'
import type { Respond } from './respond.js'
import type { Telling } from './telling.js'
import { PLATFORM, type Workspace } from './workspace.js'

/** What is opened by no words: the house says by which command and about what. */
export interface Entrances {
  readonly home: Entrance
  /** a form that sends apologies for a meeting that it asks for */
  readonly apologise: Entrance
  /** a form that proposes an item whose title is given */
  readonly propose: Entrance
}

export interface Entrance {
  readonly command: string
  readonly subject: string
}

/** What those who listen to one workspace stand on. */
export interface Listening {
  readonly bot: Bot
  readonly reading: Db
  readonly call: Call
  readonly workspace: Workspace
  readonly places: Places
  readonly looking: Looking
  readonly answers: Answers
  readonly modals: Modals
  readonly files: SlackFiles
  readonly homes: Homes
  readonly respond: Respond
  readonly telling: Telling
  readonly entrances: Entrances
  /** the direct conversation with a user. @throws NoAnswer */
  directWith(user: string): Promise<string>
  fault(where: string, error: unknown): void
}

export const userFrom = ({ workspace }: Listening, user: string): From => ({ platform: PLATFORM, workspace: workspace.id, user })

/** Where something is said or pressed that stands in no conversation, as on the home page. */
export const nowhere = ({ workspace }: Listening, user: string): Place => ({
  platform: PLATFORM,
  workspace: workspace.id,
  id: `direct:${user}`,
  kind: 'direct',
})

/** The address for which Slack vouches; null also where it could not be asked. */
async function addressOf({ call, workspace }: Listening, user: string): Promise<string | null> {
  try {
    return (await userIn(call, workspace.id, user))?.email ?? null
  } catch (error) {
    if (error instanceof NoAnswer) return null
    throw error
  }
}

/** Asks the house, as a user whom it may not know yet: what Slack vouches for, and who reads there, is told when it asks. */
export const asked = (
  listening: Listening,
  user: string,
  { delivery, place, what }: Pick<Inbound, 'delivery' | 'place' | 'what'>,
): Promise<Answer> =>
  listening.bot.answer({
    delivery,
    place,
    what,
    takesFiles: true,
    from: userFrom(listening, user),
    introduction: async () => ({ email: await addressOf(listening, user) }),
    inspect: () => listening.places.toLink(place),
  })
