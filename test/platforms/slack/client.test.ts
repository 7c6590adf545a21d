import { expect, test } from 'vitest'
import { NoAnswer } from '../../../src/platforms/slack/client.js'

test.each([
  { method: 'chat.postMessage', why: 'ratelimited', code: 'chat.postMessage:ratelimited' },
  { method: 'chat.update', why: 'status_503', code: 'chat.update:status_503' },
  { method: 'users.info', why: 'user U0GRACE was not found', code: 'users.info' },
  { method: 'users.info', why: 'U0GRACE', code: 'users.info' },
  { method: 'chat.update', why: '', code: 'chat.update' },
])('what is logged of $method: $why is $code', ({ method, why, code }) => {
  expect(new NoAnswer(method, why, null, false).code).toBe(code)
})
