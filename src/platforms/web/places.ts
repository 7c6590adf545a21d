import type { From, Place } from '../../kernel/actor.js'

/** The page as a platform: one workspace, whose users are known by their address. */
export const PLATFORM = 'web'
export const WORKSPACE = 'demonstration'

export const userOf = (email: string): From => ({ platform: PLATFORM, workspace: WORKSPACE, user: email })

/** The direct conversation of a person with the bot, as the transcript keeps it. */
export const directId = (email: string): string => `direct:${email}`

export const directPlaceOf = (email: string): Place => ({
  platform: PLATFORM,
  workspace: WORKSPACE,
  id: directId(email),
  kind: 'direct',
})

/** A board's channel; the page's are private to the board. */
export const channelOf = (id: string): Place => ({ platform: PLATFORM, workspace: WORKSPACE, id, kind: 'private' })
