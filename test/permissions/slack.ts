import type { Bot, Inbound, Pressed } from '../../src/bot.js'
import { emailOf } from '../../src/demonstration/people.js'
import type { From, Place } from '../../src/kernel/actor.js'
import { valueFor } from '../../src/platforms/slack/press.js'
import { PUBLIC_URL } from '../house.js'
import { openSlackHouse, type SlackHouse } from '../platforms/slack/setting.js'
import type { Seen } from '../platforms/slack/stand-in/visitor.js'
import { type Ground, type Outcome, outcomeOf, undoingBot, type Where } from './ground.js'
import { ABSENT, JOINT, NAMES, PRINCIPAL } from './roles.js'

/** What came to the door by Slack, and what became of it. */
export interface Heard {
  readonly inbound: Inbound
  readonly outcome: Outcome
}

export interface SlackGround extends Ground {
  readonly opened: SlackHouse
  readonly heard: Heard[]
  /** Presses a button of Quorate’s that carries this, as somebody who sees it there. */
  press(name: string, where: Where, pressed: Pressed): Promise<void>
}

const KINDS = { private: 'private', public: 'public', shared: 'shared', other: 'private', unlinked: 'private' } as const

/** A house that is connected to the stand-in for Slack, behind which nothing that is pressed there lasts. */
export async function openSlackGround(): Promise<SlackGround> {
  const heard: Heard[] = []
  let door: Bot | null = null
  const opened = await openSlackHouse({
    transport: 'http',
    publicUrl: PUBLIC_URL,
    answering: (_, house) => ({
      ...house.bot,
      async answer(inbound) {
        const answer = await (door ?? house.bot).answer(inbound)
        heard.push({ inbound, outcome: outcomeOf(answer) })
        return answer
      },
    }),
  })
  const { workspace, house, clock, faults } = opened
  const userOf = (name: string): string => {
    const email = emailOf(name)
    return workspace.users().find((user) => user.email === email)?.id ?? workspace.addUser({ name, email })
  }
  const members = [...Object.values(NAMES), ABSENT, JOINT, PRINCIPAL].map(userOf)
  const channels = Object.fromEntries(
    Object.entries(KINDS).map(([name, kind]) => [name, workspace.addChannel({ name: `in-${name}`, kind, members })]),
  )
  const at = { platform: 'slack', workspace: workspace.team }
  const ground: Ground = {
    house,
    clock,
    faults,
    from: (name): From => ({ ...at, user: userOf(name) }),
    direct: (name): Place => ({ ...at, id: `direct:${userOf(name)}`, kind: 'direct' }),
    place: (where): Place => ({ ...at, id: channels[where] ?? '', kind: KINDS[where], name: `#in-${where}` }),
    close: () => opened.close(),
  }
  return {
    ...ground,
    opened,
    heard,
    async press(name, where, pressed) {
      door ??= undoingBot(ground)
      const visitor = workspace.as(userOf(name))
      const channel = where === 'direct' ? 'direct' : (channels[where] ?? '')
      await visitor.command(channel, 'help')
      await opened.quiet()
      const [shown] = visitor.conversation(channel).slice(-1)
      if (!shown) throw new Error(`${name} sees nothing of Quorate in ${where}`)
      const value = valueFor(pressed)
      const button = { type: 'button', action_id: 'press:0', text: { type: 'plain_text', text: 'Press' }, value }
      const seen = { ...shown, blocks: [{ type: 'actions', block_id: shown.blocks[0]?.block_id, elements: [button] }] }
      await visitor.press(seen as unknown as Seen, { value }, { stale: true })
      await opened.quiet()
    },
  }
}
