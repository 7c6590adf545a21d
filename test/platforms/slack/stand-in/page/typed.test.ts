import { describe, expect, test } from 'vitest'
import type { Entry } from './entries.js'
import { typed, withMentions } from './typed.js'

const ENTRIES: readonly Entry[] = [{ kind: 'command', command: '/quorate', hint: '' }]
const PEOPLE = [
  { id: 'U0ANN', name: 'Ann Castle' },
  { id: 'U0ANNE', name: 'Ann Castle-Moor' },
  { id: 'U0BOT', name: 'Quorate' },
]

test.each([
  ['@Quorate help', '<@U0BOT> help'],
  ['@quorate help', '<@U0BOT> help'],
  ['ask @Ann Castle, or @Ann Castle-Moor.', 'ask <@U0ANN>, or <@U0ANNE>.'],
  ['@Quorates', '@Quorates'],
  ['clerk@Quorate', 'clerk@Quorate'],
  ['<@U0BOT> help', '<@U0BOT> help'],
  ['see #kcsp', 'see <#C0KCSP>'],
])('“%s” mentions', (said, sent) => {
  expect(withMentions(said, PEOPLE, [{ id: 'C0KCSP', name: 'kcsp' }])).toBe(sent)
})

describe('what is typed is', () => {
  test.each([
    ['hello', { kind: 'words', text: 'hello' }],
    ['and/or', { kind: 'words', text: 'and/or' }],
    ['/quorate', { kind: 'command', command: '/quorate', text: '' }],
    ['/quorate what is\ndue', { kind: 'command', command: '/quorate', text: 'what is\ndue' }],
    ['/invite <@U0BOT>', { kind: 'invite', who: 'U0BOT' }],
    ['/invite somebody', { kind: 'invite', who: '' }],
    ['/away', { kind: 'unknown', command: '/away' }],
  ])('%s', (text, expected) => {
    expect(typed(text, ENTRIES)).toEqual(expected)
  })
})
