/** Slack's codes for who and what is reached no more, in the house's words. */
const WORDS: Readonly<Record<string, string>> = {
  user_not_found: 'deactivated',
  user_disabled: 'deactivated',
  user_not_visible: 'not_allowed',
  cannot_dm_bot: 'no_direct_messages',
  channel_not_found: 'deleted',
  is_archived: 'archived',
  is_inactive: 'archived',
  not_in_channel: 'removed',
  account_inactive: 'uninstalled',
  invalid_auth: 'disconnected',
  not_authed: 'disconnected',
  token_revoked: 'disconnected',
  token_expired: 'disconnected',
}

/** Codes of which there are many, for who may post in a channel. */
const FORBIDDEN = /^(?:restricted_action|posting_to_)/

/** Why something is lost, in the house's words; a code that has none stays as it is. */
export const lossInWords = (code: string): string => WORDS[code] ?? (FORBIDDEN.test(code) ? 'not_allowed' : code)
