import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Answer, Pressed } from '../../../../src/bot.js'
import { formReply } from '../../../../src/kernel/command.js'
import { Refusal } from '../../../../src/kernel/refusal.js'
import { buttons, type Field, type Form, links, text } from '../../../../src/kernel/view.js'
import { pdf } from '../../../papers.js'
import { CLERK, endsWell, type Player, playerOf } from '../play.js'
import { ANYONE, answered, openStaged, type Staged, saying } from './staged.js'

/**
 * The page’s forms, in Slack. Slack’s client itself holds people to what must be filled in and to the endings of files, and
 * has no half dates. Left out: focus, scrolling and looks, which are the page’s own; a file that was chosen cannot be kept in
 * a window that is asked again, and is asked for anew.
 */

const SUBJECT = '7d5f6f0e-8f9b-4a0e-9a3a-0c6d6e1f2a3b'
const ASKED: Pressed = { command: 'meetings.call_form', subject: SUBJECT }

const VENUES = [
  { value: 'online', label: 'Online' },
  { value: 'hall', label: 'County Hall' },
] as const

const form = (fields: readonly Field[]): Form => ({
  title: 'Call a meeting',
  audience: ANYONE,
  command: 'meetings.call',
  subject: SUBJECT,
  values: { board: 'kcsp' },
  intro: ['Everyone on the board is told.'],
  fields,
  submit: 'Call the meeting',
  inWords: 'call a meeting on 20 January at 10',
})

const FILLED: readonly Field[] = [
  { field: 'choice', name: 'venue', label: 'Where', options: VENUES, value: 'hall' },
  { field: 'text', name: 'title', label: 'Title', max: 80, value: 'Annual meeting' },
  { field: 'text', name: 'purpose', label: 'Purpose', max: 2_000, value: 'To elect\na chair' },
  { field: 'date', name: 'day', label: 'Day', value: '2027-01-20' },
  { field: 'time', name: 'hour', label: 'Hour', value: '10:30' },
]

const BLANK: readonly Field[] = [
  { field: 'choice', name: 'venue', label: 'Where', options: VENUES },
  { field: 'choice', name: 'room', label: 'Room', options: [{ value: 'one', label: 'Room 1' }], optional: true },
  { field: 'text', name: 'title', label: 'Title', max: 80 },
  { field: 'text', name: 'purpose', label: 'Purpose', max: 2_000, optional: true, hint: 'In a sentence.' },
  { field: 'date', name: 'day', label: 'Day', optional: true },
  { field: 'time', name: 'hour', label: 'Hour', optional: true },
  { field: 'file', name: 'roster', label: 'Roster', accept: ['.csv', '.txt'], max: 256 * 1024, optional: true },
  { field: 'date', name: 'until', label: 'Papers until', hint: 'Five working days before.' },
  { field: 'text', name: 'note', label: 'Note to the board', max: 500, optional: true },
  { field: 'choice', name: 'chair', label: 'Who is in the chair', options: VENUES, optional: true },
]

const NEEDED = { Where: 'Online', Title: 'Annual meeting', 'Papers until': '2027-01-12' }

const PAPER: readonly Field[] = [
  { field: 'text', name: 'title', label: 'Title', max: 80, value: 'Burglaries' },
  { field: 'upload', name: 'paper', label: 'Paper', accept: ['.pdf', '.docx'], max: 25 * 1024 * 1024 },
]

const file = (name: string, content: Buffer) => ({ file: { name, content, type: 'application/octet-stream' } })
const csv = (bytes: number, name = 'roster.csv') => file(name, Buffer.alloc(bytes, 'a,b\n'))

const refusing = (sentence: string, fields?: Readonly<Record<string, string>>): Answer => ({
  kind: 'refusal',
  refusal: new Refusal('invalid', sentence, undefined, fields),
  card: { title: 'Not done', audience: ANYONE, body: [text(sentence)] },
})

describe.each(['socket', 'http'] as const)('by %s', (transport) => {
  let staged: Staged
  let clerk: Player

  beforeAll(async () => {
    staged = await openStaged(transport)
    await staged.slack.look()
    clerk = playerOf(staged, staged.as(CLERK))
  })
  afterAll(async () => {
    await endsWell(staged)
    await staged.close()
  })
  beforeEach(async () => {
    await clerk.visitor.closeAll()
    staged.told.length = 0
  })

  /** What is sent from the form is answered so; the form itself stays as it is. */
  const answering = (fields: readonly Field[], pressed: Answer = saying('Called', 'act')): void => {
    staged.answer = (what) =>
      'press' in what && what.press.command === 'meetings.call' ? pressed : { ...answered(formReply(form(fields))), asked: ASKED }
  }

  /** A form that is open; what is sent from it is answered as told. */
  async function asked(fields: readonly Field[], pressed?: Answer): Promise<void> {
    answering(fields, pressed)
    await clerk.command('call a meeting')
    expect(clerk.window()).toContain('Call a meeting')
    staged.told.length = 0
  }

  const submit = (values: Parameters<Player['send']>[1] = {}) => clerk.send('Call a meeting', values)

  const sent = () =>
    staged.told.flatMap((what) => ('press' in what && what.press.command === 'meetings.call' ? [what.press] : []))

  /** What came with the newest that was sent. */
  const values = () => sent().at(-1)?.values

  test('what stands in a field is sent as it stands, and with it the form’s own values', async () => {
    await asked(FILLED)
    expect(clerk.window()).toContain('Everyone on the board is told.')
    expect(await submit()).toBeUndefined()
    expect(clerk.window()).toContain('Called')
    expect(clerk.newest()).toContain('Called')
    expect(values()).toEqual({
      board: 'kcsp',
      venue: 'hall',
      title: 'Annual meeting',
      purpose: 'To elect\na chair',
      day: '2027-01-20',
      hour: '10:30',
    })
  })

  test('what was filled in is sent as the fields have it; what was left blank is left out', async () => {
    await asked(BLANK)
    await submit({
      ...NEEDED,
      Room: 'Room 1',
      Hour: '09:05',
      Roster: file('R.CSV', Buffer.from('é,ÿ\0\n')),
    })
    expect(clerk.window()).toContain('Called')
    expect(values()).toEqual({
      board: 'kcsp',
      venue: 'online',
      room: 'one',
      title: 'Annual meeting',
      hour: '09:05',
      until: '2027-01-12',
      roster: Buffer.from('é,ÿ\0\n').toString('base64'),
    })
    await clerk.visitor.closeAll()
    await asked(BLANK)
    await submit({ ...NEEDED, Purpose: '' })
    expect(values()).toEqual({ board: 'kcsp', venue: 'online', title: 'Annual meeting', until: '2027-01-12' })
  })

  test('what must be filled in, and what a file may be, is held to before anything is sent', async () => {
    await asked(BLANK)
    expect(Object.keys((await submit()) ?? {})).toEqual(['venue', 'title', 'until'])
    expect(Object.keys((await submit({ ...NEEDED, Roster: csv(10, 'roster.pdf') })) ?? {})).toEqual(['roster'])
    expect(staged.told).toEqual([])
    expect(clerk.window()).toContain('A file ending in .csv or .txt, at most 256 KB.')
  })

  test('a file that is too large comes to the command as too large, and no more of it', async () => {
    const sentence = 'That file is too large.'
    await asked(BLANK, refusing(sentence, { roster: sentence }))
    await submit({ ...NEEDED, Roster: csv(1_200_000) })
    const bytes = Buffer.from(values()?.roster ?? '', 'base64').length
    expect(bytes).toBeGreaterThan(256 * 1024)
    expect(bytes).toBeLessThan(600_000)
    expect(clerk.window()).toContain(sentence)
    expect(clerk.window()).toContain('Title: [Annual meeting]')
    answering(BLANK)
    await submit({ Roster: csv(256 * 1024) })
    expect(clerk.window()).toContain('Called')
    expect(values()).toMatchObject({ venue: 'online', title: 'Annual meeting', until: '2027-01-12' })
    expect(Buffer.from(values()?.roster ?? '', 'base64')).toHaveLength(256 * 1024)
  })

  test('a refusal at a field keeps everything that was filled in', async () => {
    const sentence = 'A meeting needs another title. Give it one.'
    await asked(BLANK, refusing(sentence, { title: sentence }))
    expect(await submit({ ...NEEDED, Purpose: 'To elect', Day: '2027-01-20', Hour: '10:00' })).toEqual({ title: sentence })
    const first = values()
    staged.answer = () => saying('Called', 'act')
    expect(await submit({ Title: 'Ordinary meeting' })).toBeUndefined()
    expect(clerk.window()).toContain('Called')
    expect(values()).toEqual({ ...first, title: 'Ordinary meeting' })
  })

  test('a refusal of nothing in particular stands upon the form, which is beneath it as it was', async () => {
    const sentence = 'That is not for you to do.'
    await asked(FILLED, refusing(sentence))
    await submit({ Title: 'Another' })
    expect(clerk.window()).toContain(sentence)
    await clerk.visitor.closeModal()
    staged.answer = () => saying('Called', 'act')
    await submit()
    expect(values()?.title).toBe('Another')
    expect(clerk.sees()).not.toContain(sentence)
  })

  test('a file that is sent ahead goes into the form as its id; one that is not what its name says is refused', async () => {
    await asked(PAPER)
    expect(clerk.window()).toContain('A file ending in .pdf or .docx, at most 10 MB.')
    await submit({ Paper: file('Report.pdf', pdf('Long', 5_000_000)) })
    expect(clerk.window()).toContain('Called')
    const row = await staged.house.handles.reading.selectFrom('upload').select(['id', 'name', 'bytes']).executeTakeFirstOrThrow()
    expect(row).toEqual({ id: expect.any(String), name: 'Report.pdf', bytes: 5_000_000 })
    expect(values()).toEqual({ board: 'kcsp', title: 'Burglaries', paper: row.id })
    await clerk.visitor.closeAll()

    await asked(PAPER)
    await submit({ Paper: file('Report.pdf', Buffer.from('<script>alert(1)</script>')) })
    expect(clerk.window()).toContain('it ends in .pdf and is not a PDF')
    expect(sent()).toEqual([])
    await submit({ Paper: file('Report.pdf', pdf()) })
    expect(clerk.window()).toContain('Called')
    expect(values()?.paper).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('a doubt stands upon the form; its button has the act done', async () => {
    const all = {
      command: 'meetings.call',
      subject: SUBJECT,
      values: { title: 'x', anyway: 'yes' },
      label: 'Call it all the same',
    }
    const sentence = 'That is the day before Christmas.'
    await asked(FILLED, {
      kind: 'refusal',
      refusal: new Refusal('unwise', sentence),
      card: { title: 'Are you sure?', audience: ANYONE, tone: 'refusal', body: [text(sentence), buttons(all)] },
    })
    await submit()
    expect(clerk.window()).toContain(sentence)
    staged.answer = () => saying('Called all the same', 'act')
    await clerk.pressInWindow('Call it all the same')
    expect(clerk.window()).toContain('Called all the same')
    expect(values()).toEqual({ title: 'x', anyway: 'yes' })
  })

  test('one form after another: the second begins anew', async () => {
    await asked(FILLED)
    staged.answer = () => ({ ...answered(formReply({ ...form(FILLED), intro: ['Once more.'] })), asked: ASKED })
    await submit({ Title: 'First' })
    expect(clerk.window()).toContain('Once more.')
    expect(clerk.window()).toContain('Title: [Annual meeting]')
    expect(clerk.visitor.modals()).toHaveLength(1)
  })

  test('an answer that comes after the form was closed does not open it again', async () => {
    await asked(FILLED)
    let answer = (_: Answer) => {}
    staged.answer = () =>
      new Promise((resolve) => {
        answer = resolve
      })
    const submitting = clerk.visitor.submit()
    await expect.poll(() => sent()).toHaveLength(1)
    await clerk.visitor.closeAll()
    answer(refusing('No.', { title: 'No.' }))
    await submitting
    await staged.quiet()
    expect(clerk.window()).toBe('')
  })

  test('a link on a card opens its address, and tells nobody', async () => {
    const minutes = { label: 'Minutes', url: 'https://example.org/m', spoken: 'Minutes of 23 July' }
    staged.answer = () => answered({ kind: 'card', card: { title: 'Papers', audience: ANYONE, body: [links(minutes)] } })
    await clerk.say('papers')
    expect(clerk.newest()).toContain('[Minutes of 23 July]')
    const seen = clerk.visitor.conversation().at(-1)
    staged.told.length = 0
    if (seen) await clerk.visitor.press(seen, 'Minutes')
    expect(JSON.stringify(seen?.blocks)).toContain('"url":"https://example.org/m"')
    expect(staged.told).toEqual([])
  })
})
