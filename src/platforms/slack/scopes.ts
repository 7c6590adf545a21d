/** What the app may do in a workspace, and what for: the least that serves. The manifest asks for these and no others. */
export const SCOPES: Readonly<Record<string, string>> = {
  'app_mentions:read': 'to hear what is said to @Quorate in a channel',
  'channels:read': 'to know whether a public channel is shared or archived, and who is in it',
  'chat:write': 'to answer, and to post cards and reminders',
  commands: 'for /quorate and the two shortcuts',
  'files:read': 'to take in the rosters, terms and papers that are sent to it',
  'files:write': 'to hand over documents and papers in direct messages',
  'groups:read': 'the same of a private channel',
  'im:history': 'to hear direct messages, and to look whether one was posted before it is posted again',
  'im:write': 'to begin a direct conversation with a member',
  'users:read': 'to know guests, and who was deactivated',
  'users:read.email': 'to match a member by the address in the roster',
}

/** What it may be given besides: after a time-out it then looks in channels too, and posts nothing twice there. */
export const OPTIONAL_SCOPES: readonly string[] = ['channels:history', 'groups:history']
