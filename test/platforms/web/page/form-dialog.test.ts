import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../../../src/bot.js'
import { formReply } from '../../../../src/kernel/command.js'
import { Refusal } from '../../../../src/kernel/refusal.js'
import { buttons, type Field, type Form, links, text } from '../../../../src/kernel/view.js'
import { pdf } from '../../../papers.js'
import { ANYONE, answered, openStaged, type Staged, saying } from './staged.js'
import { faultsOf, fits, LOOKS, log, openVisits, PHONE, say, shows, type Visits, WIDE } from './visits.js'

const CLERK = 'grace.holloway@example.org'
const SUBJECT = '7d5f6f0e-8f9b-4a0e-9a3a-0c6d6e1f2a3b'

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

let visits: Visits
let staged: Staged

beforeAll(async () => {
  visits = await openVisits()
})
afterAll(() => visits.close())
beforeEach(async () => {
  staged = await openStaged()
})
afterEach(async () => {
  const troubles = await visits.closePages()
  expect(await staged.close()).toEqual([])
  expect(troubles).toEqual([])
})

const isPress = (what: Staged['told'][number]) => 'press' in what

/** The page with a form open on it; a press is answered as told. */
async function asked(fields: readonly Field[], pressed: Answer = saying('Called', 'act'), look = {}): Promise<Page> {
  staged.answer = (what) => (isPress(what) ? pressed : answered(formReply(form(fields))))
  const page = await visits.open(staged.address, CLERK, 'direct', look)
  await say(page, 'call a meeting')
  await page.getByRole('dialog').waitFor()
  return page
}

const submit = (page: Page) => page.getByRole('button', { name: 'Call the meeting' }).click()

/** What came with the newest press. */
const values = () => {
  const what = staged.told.at(-1)
  return what && 'press' in what ? what.press.values : undefined
}

const csv = (bytes: number, name = 'roster.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.alloc(bytes, 'a,b\n') })

test('what stands in a field is sent as it stands, and with it the form’s own values', async () => {
  const page = await asked(FILLED)
  await submit(page)
  await shows(page, 'Called')
  expect(values()).toEqual({
    board: 'kcsp',
    venue: 'hall',
    title: 'Annual meeting',
    purpose: 'To elect\na chair',
    day: '2027-01-20',
    hour: '10:30',
  })
})

test('what was filled in is sent as the fields have it', async () => {
  const page = await asked(BLANK)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Where').selectOption({ label: 'Online' })
  await dialog.getByLabel('Room').selectOption({ label: 'Room 1' })
  await dialog.getByLabel('Day').fill('2027-01-20')
  await dialog.getByLabel('Hour').fill('09:05')
  await dialog.getByLabel('Papers until').fill('2027-01-12')
  await dialog.getByLabel('Roster').setInputFiles({ name: 'R.CSV', mimeType: 'text/csv', buffer: Buffer.from('é,ÿ\0\n') })
  await submit(page)
  await shows(page, 'Called')
  expect(values()).toEqual({
    board: 'kcsp',
    venue: 'online',
    room: 'one',
    title: '',
    day: '2027-01-20',
    hour: '09:05',
    until: '2027-01-12',
    roster: Buffer.from('é,ÿ\0\n').toString('base64'),
  })
})

test('what was left blank is left out, save text that is asked for', async () => {
  const page = await asked(BLANK)
  await page.getByRole('dialog').getByLabel('Purpose').fill('  \n')
  await submit(page)
  await shows(page, 'Called')
  expect(values()).toEqual({ board: 'kcsp', title: '' })
})

test('an optional field says so in its name', async () => {
  const page = await asked(BLANK)
  const named = (name: string) => page.getByRole('dialog').getByLabel(name, { exact: true })
  for (const name of ['Room (optional)', 'Purpose (optional)', 'Day (optional)', 'Roster (optional)', 'Where', 'Title'])
    expect(await named(name).count()).toBe(1)
  await page.keyboard.press('Escape')
})

describe('refused on the page, and nothing is sent', () => {
  test.each([
    { what: 'a file that is too large', file: csv(1_200_000), says: 'That file has 1.2 MB; at most 256 KB are taken.' },
    { what: 'a file larger by a byte', file: csv(256 * 1024 + 1), says: 'That file has 257 KB; at most 256 KB are taken.' },
    {
      what: 'another ending',
      file: csv(10, 'roster.pdf'),
      says: 'That file does not end in .csv or .txt. Choose one that does.',
    },
  ])('$what, as it is chosen and when it is sent', async ({ file, says }) => {
    const page = await asked(BLANK)
    const roster = page.getByRole('dialog').getByLabel('Roster')
    await roster.setInputFiles(file)
    await page.getByText(says).waitFor()
    expect(await roster.getAttribute('aria-invalid')).toBe('true')
    await submit(page)
    expect(await roster.evaluate((input) => input === document.activeElement)).toBe(true)
    expect(staged.told.filter(isPress)).toEqual([])
    await roster.setInputFiles(csv(256 * 1024))
    await page.getByText(says).waitFor({ state: 'detached' })
    await submit(page)
    await shows(page, 'Called')
    expect(Buffer.from(values()?.roster ?? '', 'base64')).toHaveLength(256 * 1024)
  })

  test('a date and a time that are not whole', async () => {
    const page = await asked(BLANK)
    const [day, hour] = [page.getByRole('dialog').getByLabel('Day'), page.getByRole('dialog').getByLabel('Hour')]
    await hour.focus()
    await page.keyboard.type('09')
    await day.focus()
    await page.keyboard.type('20')
    await submit(page)
    await page.getByText('That is not a whole date. Fill in its day, month and year.').waitFor()
    await page.getByText('That is not a whole time. Fill in its hour and minute.').waitFor()
    expect(await day.evaluate((input) => input === document.activeElement)).toBe(true)
    expect(staged.told.filter(isPress)).toEqual([])
  })
})

test('a refusal at a field keeps everything that was filled in', async () => {
  const sentence = 'A meeting needs a title. Give it one.'
  const refused: Answer = {
    kind: 'refusal',
    refusal: new Refusal('invalid', sentence, undefined, { title: sentence }),
    card: { title: 'Not done', audience: ANYONE, body: [text(sentence)] },
  }
  const page = await asked([...BLANK.slice(0, 6), ...FILLED.slice(2, 3).map((field) => ({ ...field, name: 'more' }))], refused)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Where').selectOption('hall')
  await dialog.getByLabel('Purpose').first().fill('To elect')
  await dialog.getByLabel('Day').fill('2027-01-20')
  await dialog.getByLabel('Hour').fill('10:00')
  await submit(page)
  await dialog.getByText(sentence).waitFor()
  expect(await dialog.getByLabel('Title').evaluate((input) => input === document.activeElement)).toBe(true)
  const first = values()
  staged.answer = () => saying('Called', 'act')
  await dialog.getByLabel('Title').fill('Annual meeting')
  await submit(page)
  await shows(page, 'Called')
  expect(values()).toEqual({ ...first, title: 'Annual meeting' })
})

test('a refusal at a field keeps the file that was chosen', async () => {
  const sentence = 'Line 2 has no name.'
  const page = await asked(BLANK, {
    kind: 'refusal',
    refusal: new Refusal('invalid', sentence, undefined, { roster: sentence }),
    card: { title: 'Not done', audience: ANYONE, body: [text(sentence)] },
  })
  await page.getByLabel('Roster').setInputFiles(csv(40))
  await submit(page)
  await page.getByText(sentence).waitFor()
  const first = values()
  expect(first?.roster).toBe(csv(40).buffer.toString('base64'))
  staged.answer = () => saying('Called', 'act')
  await submit(page)
  await shows(page, 'Called')
  expect(values()).toEqual(first)
})

describe('a file that is sent ahead', () => {
  const PAPER: readonly Field[] = [
    { field: 'text', name: 'title', label: 'Title', max: 80, value: 'Burglaries' },
    { field: 'upload', name: 'paper', label: 'Paper', accept: ['.pdf', '.docx'], max: 25 * 1024 * 1024 },
  ]
  const chosen = (bytes: Buffer, name = 'Report.pdf') => ({ name, mimeType: 'application/pdf', buffer: bytes })

  test('goes into the form as its id', async () => {
    const page = await asked(PAPER)
    await page.getByText('A file ending in .pdf or .docx, at most 25 MB.').waitFor()
    await page.getByLabel('Paper').setInputFiles(chosen(pdf('Long', 5_000_000)))
    await submit(page)
    await shows(page, 'Called')
    const row = await staged.house.handles.reading.selectFrom('upload').select(['id', 'name', 'bytes']).executeTakeFirstOrThrow()
    expect(row).toEqual({ id: expect.any(String), name: 'Report.pdf', bytes: 5_000_000 })
    expect(values()).toEqual({ board: 'kcsp', title: 'Burglaries', paper: row.id })
  })

  test('that is not what its name says is refused at its field, and the form is not sent', async () => {
    const page = await asked(PAPER)
    const before = staged.told.length
    await page.getByLabel('Paper').setInputFiles(chosen(Buffer.from('<script>alert(1)</script>')))
    await submit(page)
    await page.getByText('it ends in .pdf and is not a PDF').waitFor()
    expect(await page.getByLabel('Paper').getAttribute('aria-invalid')).toBe('true')
    expect(staged.told).toHaveLength(before)
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel('Paper').setInputFiles(chosen(pdf()))
    await submit(page)
    await shows(page, 'Called')
    expect(values()?.paper).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('is said to be on its way while it is', async () => {
    const page = await asked(PAPER)
    let go = () => {}
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    await page.route('**/api/upload*', async (route) => {
      await held
      await route.continue()
    })
    await page.getByLabel('Paper').setInputFiles(chosen(pdf()))
    await submit(page)
    await page.getByRole('dialog').getByRole('status').getByText('Sending…').waitFor()
    go()
    await shows(page, 'Called')
  })

  test('and was not chosen is left out', async () => {
    const page = await asked(PAPER)
    await submit(page)
    await shows(page, 'Called')
    expect(values()).toEqual({ board: 'kcsp', title: 'Burglaries' })
  })
})

test('a link on a card opens its address in a window of its own, which knows nothing of the page', async () => {
  const minutes = { label: 'Minutes', url: 'https://example.org/m', spoken: 'Minutes of 23 July' }
  staged.answer = () => answered({ kind: 'card', card: { title: 'Papers', audience: ANYONE, body: [links(minutes)] } })
  const page = await visits.open(staged.address, CLERK, 'direct')
  await say(page, 'papers')
  const link = log(page).getByRole('link', { name: 'Minutes of 23 July' })
  await link.waitFor()
  expect(await link.evaluate((one: HTMLAnchorElement) => [one.href, one.target, one.rel, one.textContent])).toEqual([
    'https://example.org/m',
    '_blank',
    'noopener noreferrer',
    'Minutes',
  ])
  expect(await faultsOf(page)).toEqual([])
})

test('a doubt closes the form and stands in the conversation; its button has the act done', async () => {
  const all = { command: 'meetings.call', subject: SUBJECT, values: { title: 'x', anyway: 'yes' }, label: 'Call it all the same' }
  const sentence = 'That is the day before Christmas.'
  const page = await asked(FILLED, {
    kind: 'refusal',
    refusal: new Refusal('unwise', sentence),
    card: { title: 'Are you sure?', audience: ANYONE, tone: 'refusal', body: [text(sentence), buttons(all)] },
  })
  await submit(page)
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await shows(page, sentence)
  staged.answer = () => saying('Called all the same', 'act')
  await log(page).getByRole('button', { name: 'Call it all the same' }).click()
  await shows(page, 'Called all the same')
  expect(values()).toEqual({ title: 'x', anyway: 'yes' })
  expect(await log(page).getByText(sentence).count()).toBe(0)
})

test('one form after another: the second begins anew, and stays', async () => {
  const page = await asked(FILLED)
  await page.getByLabel('Title').fill('First')
  staged.answer = () => answered(formReply({ ...form(FILLED), intro: ['Once more.'] }))
  await submit(page)
  await page.getByText('Once more.').waitFor()
  expect(await page.getByLabel('Title').inputValue()).toBe('Annual meeting')
  await page.waitForTimeout(200)
  expect(await page.getByRole('dialog').count()).toBe(1)
})

test('an answer that comes after the form was closed does not open it again', async () => {
  const page = await asked(BLANK)
  let answer = (_: Answer) => {}
  staged.answer = () =>
    new Promise((resolve) => {
      answer = resolve
    })
  await submit(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  answer({
    kind: 'refusal',
    refusal: new Refusal('invalid', 'No.', undefined, { title: 'No.' }),
    card: { title: 'Not done', audience: ANYONE, body: [] },
  })
  await page.waitForTimeout(300)
  expect(await page.getByRole('dialog').count()).toBe(0)
})

describe('ten fields', () => {
  test.each([WIDE, PHONE, { width: 390, height: 500 }])(
    'scroll between the title and the buttons at $width × $height',
    async (viewport) => {
      const page = await asked(BLANK, undefined, { viewport })
      const seen = async () => {
        for (const one of [page.getByRole('heading', { name: 'Call a meeting' }), page.getByRole('button', { name: 'Cancel' })]) {
          const box = await one.boundingBox()
          expect(box && box.y >= 0 && box.y + box.height <= viewport.height).toBe(true)
        }
      }
      await seen()
      await page.getByLabel('Who is in the chair').focus()
      const last = await page.getByLabel('Who is in the chair').boundingBox()
      const cancel = await page.getByRole('button', { name: 'Cancel' }).boundingBox()
      expect(last && cancel && last.y + last.height <= cancel.y).toBe(true)
      await seen()
      expect(await fits(page)).toBe(true)
      const within = await page.getByRole('dialog').evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth)
      expect(within).toBe(true)
    },
  )

  test.each(LOOKS)('have no fault that axe can find, $colorScheme at $viewport.width', async (look) => {
    const page = await asked(BLANK, undefined, look)
    await page.getByLabel('Roster').setInputFiles(csv(300_000))
    await page.getByText('That file has 293 KB; at most 256 KB are taken.').waitFor()
    expect(await faultsOf(page)).toEqual([])
  })
})
