import { expect, test } from 'vitest'
import { reasonInWords } from '../../../src/boards/reach/losses/rules.js'
import { lossInWords } from '../../../src/platforms/slack/losses.js'

test.each([
  ['person', ['user_not_found', 'user_disabled', 'user_not_visible', 'cannot_dm_bot', 'channel_not_found', 'is_archived']],
  [
    'place',
    [
      'channel_not_found',
      'is_archived',
      'is_inactive',
      'not_in_channel',
      'restricted_action_read_only_channel',
      'posting_to_general_channel_denied',
    ],
  ],
  ['workspace', ['account_inactive', 'invalid_auth', 'not_authed', 'token_revoked', 'token_expired']],
] as const)('why a %s is lost is said in plain words', (what, codes) => {
  for (const code of codes) expect(reasonInWords(what, lossInWords(code)), code).not.toContain('the platform says')
})

test('what Slack says for the first time is said as it is', () => {
  expect(reasonInWords('place', lossInWords('moved_to_the_moon'))).toBe('the platform says “moved_to_the_moon”')
})
