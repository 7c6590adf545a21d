import * as apologies from './apologies/command.js'
import * as apologyNotices from './apologies/notices.js'
import { words as apologyWords } from './apologies/words.js'
import { words as deskWords, help } from './desk/command.js'
import type { Command, Words } from './kernel/command.js'
import type { Notice } from './kernel/notice.js'

/** Everything that the bot can do. */
export interface Features {
  readonly commands: ReadonlyMap<string, Command>
  readonly words: readonly Words[]
  readonly notices: readonly Notice[]
}

const commands: readonly Command[] = [
  apologies.attend,
  apologies.send,
  apologies.nameSubstitute,
  apologies.chooseSubstitute,
  apologies.coming,
  help([apologies.offers]),
]

export const features: Features = {
  commands: new Map(commands.map((command) => [command.name, command])),
  words: [apologyWords, deskWords],
  notices: [
    apologyNotices.forecast,
    apologyNotices.invitation,
    apologyNotices.apologiesReceived,
    apologyNotices.substituteNamed,
    apologyNotices.substituteRelieved,
    apologyNotices.pleaseAnswerReminder,
  ],
}
