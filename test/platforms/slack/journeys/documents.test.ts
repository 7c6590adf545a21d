import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cardReply, documentReply } from '../../../../src/kernel/command.js'
import { buttons, type DocumentFile } from '../../../../src/kernel/view.js'
import { CLERK, endsWell, type Player, POLICE, playerOf } from '../play.js'
import { ANYONE, answered, openStaged, type Staged, saying } from './staged.js'

/**
 * The page’s documents and its files that go with words, in Slack: a document is a file in the direct conversation. Left out
 * are the frame, the printing and the keyboard, which are the page’s own, and a file that was taken back before it was sent,
 * which is the client’s.
 */

const FILES: readonly DocumentFile[] = [
  {
    name: 'attendance-kcsp-2026.csv',
    type: 'text/csv; charset=utf-8',
    base64: Buffer.from('Organisation\r\n').toString('base64'),
  },
  { name: 'attendance-kcsp-2026.svg', type: 'image/svg+xml; charset=utf-8', base64: Buffer.from('<svg/>').toString('base64') },
  { name: 'attendance-kcsp-2026.png', type: 'image/png', base64: 'iVBORw0KGgo=' },
]

const TITLE = 'Agenda of Wednesday 16 December 2026'
const HTML = '<!doctype html><html lang="en-GB"><head><title>Agenda</title></head><body><h1>Agenda</h1></body></html>'

const agenda = (files: readonly DocumentFile[] = []) =>
  answered(documentReply({ title: TITLE, fileName: 'agenda', audience: ANYONE, html: HTML, plain: 'Agenda', files }))

const csv = (name: string, bytes = 30) => ({ name, content: Buffer.alloc(bytes, 'Ann,Chair\n'), type: 'text/csv' })

describe.each(['socket', 'http'] as const)('by %s', (transport) => {
  let staged: Staged
  let clerk: Player
  let other: Player
  const handed = () =>
    clerk.visitor.conversation().flatMap((seen) => seen.files.map(({ name, title }) => ({ name, title, seen })))

  beforeAll(async () => {
    staged = await openStaged(transport)
    clerk = playerOf(staged, staged.as(CLERK))
    other = playerOf(staged, staged.as(POLICE))
  })
  afterAll(async () => {
    expect(other.visitor.conversation()).toEqual([])
    const ours = other.visitor.conversation(staged.channel).filter(({ user }) => user === staged.workspace.botUser)
    expect(ours).toEqual([])
    await endsWell(staged)
    await staged.close()
  })
  beforeEach(() => {
    staged.told.length = 0
  })

  test('a document comes as a file into the direct conversation, as it is', async () => {
    staged.answer = () => agenda()
    await clerk.say('print the agenda')
    expect(handed().map(({ name, title }) => ({ name, title }))).toEqual([{ name: 'agenda.html', title: TITLE }])
    const [one] = handed()
    expect(one && (await clerk.visitor.file(one.seen)).toString()).toBe(HTML)
    expect(clerk.newest()).toContain('I have put it into our direct conversation, as a file to open and to print.')
  })

  test('by a button in the channel it comes there too, with the files that belong to it, and nothing of it into the channel', async () => {
    const show = { command: 'agenda.print', subject: 'x', label: 'Print the agenda' }
    staged.answer = (what) =>
      'press' in what ? agenda(FILES) : answered(cardReply({ title: 'Agenda', audience: ANYONE, body: [buttons(show)] }))
    await clerk.say('agenda', staged.channel)
    const before = handed().length
    await clerk.press('Print the agenda', staged.channel)
    const names = handed().map(({ name }) => name)
    expect(names.slice(before)).toEqual(['agenda.html', ...FILES.map(({ name }) => name)])
    const table = handed().find(({ name }) => name.endsWith('.csv'))
    expect(table && (await clerk.visitor.file(table.seen)).toString()).toBe('Organisation\r\n')
    expect(clerk.newest(staged.channel)).toContain('I have put it into our direct conversation')
    expect(other.sees(staged.channel)).not.toContain('direct conversation')
  })

  test('a file goes with the words', async () => {
    staged.answer = () => saying('Heard')
    await clerk.say('set up our board', 'direct', [csv('gravesham.csv')])
    expect(staged.told).toEqual([
      { words: 'set up our board', file: { name: 'gravesham.csv', base64: csv('').content.toString('base64') } },
    ])
    expect(clerk.newest()).toContain('Heard')
    await clerk.say('thanks')
    expect(staged.told.at(-1)).toEqual({ words: 'thanks' })
    await clerk.say('read this file', staged.channel, [csv('terms.yaml')])
    expect(staged.told.at(-1)).toMatchObject({ words: 'read this file', file: { name: 'terms.yaml' } })
  })

  test('a file without words is not read, and it is said what to say with it', async () => {
    await clerk.say('', 'direct', [csv('terms.yaml')])
    expect(staged.told).toEqual([])
    expect(clerk.newest()).toContain('A file came without a word of what it is, and was not read.')
  })

  test('one that is too large, and several at once, are not read, and it is said why', async () => {
    staged.answer = () => saying('Heard')
    await clerk.say('read it', 'direct', [csv('roster.csv', 400 * 1024 + 1)])
    expect(clerk.newest()).toContain('That file is larger than 400 KB')
    await clerk.say('read them', 'direct', [csv('one.csv'), csv('two.csv')])
    expect(clerk.newest()).toContain('Several files came at once, and none was read.')
    expect(staged.told).toEqual([])
    await clerk.say('read it', 'direct', [csv('roster.csv', 400 * 1024)])
    expect(staged.told).toHaveLength(1)
  })
})
