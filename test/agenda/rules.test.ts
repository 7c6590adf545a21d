import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Agenda,
  addLate,
  agree,
  type Change,
  change,
  decline,
  type Item,
  itemsOf,
  LONGEST_TITLE,
  MOST_ITEMS,
  type NewItem,
  numberOf,
  place,
  proposalsOf,
  propose,
  type Section,
  titleFor,
  titleFrom,
  UNLISTED,
  withdraw,
} from '../../src/agenda/rules.js'
import { Refusal, type RefusalCode } from '../../src/kernel/refusal.js'
import { Pass, Restricted } from '../../src/kernel/restricted.js'

const SECTIONS: readonly Section[] = [
  { letter: 'A', title: 'Committee Business', restricted: false },
  { letter: 'B', title: 'Matters for Information/Discussion', restricted: false },
  { letter: 'D', title: 'Restricted item(s)', restricted: true },
]
const EMPTY: Agenda = { state: 'draft', sections: SECTIONS, items: [] }

const newItem = (title: string, more: Partial<NewItem> = {}): NewItem => ({
  id: title,
  title,
  form: 'paper',
  purpose: null,
  presenter: null,
  why: null,
  proposedBy: null,
  ...more,
})

/** A draft that was made of its items, in this order: "A Introduction"; "P Grant" only waits. */
const draftOf = (...items: readonly string[]): Agenda =>
  items.reduce((agenda, said) => {
    const [letter = '', ...words] = said.split(' ')
    const proposed = propose(agenda, newItem(words.join(' ')))
    return letter === 'P' ? proposed : place(proposed, words.join(' '), letter, null)
  }, EMPTY)

const agreedOf = (...items: readonly string[]): Agenda => agree(draftOf(...items))

/** "A1 Introduction", in the order of the sections; then what stands on no agenda, with what became of it. */
const shown = (agenda: Agenda): readonly string[] => [
  ...['A', 'B', 'D', UNLISTED].flatMap((letter) =>
    itemsOf(agenda, letter).map((item) =>
      [numberOf(item), item.id, item.state === 'withdrawn' && '(withdrawn)', item.late && `(late: ${item.late})`]
        .filter(Boolean)
        .join(' '),
    ),
  ),
  ...agenda.items.filter(({ number }) => number === null).map(({ id, state }) => `${state}: ${id}`),
]

const itemIn = (agenda: Agenda, id: string): Item => {
  const found = agenda.items.find((item) => item.id === id)
  if (!found) throw new Error(`no item ${id}`)
  return found
}

function refusalOf(act: () => unknown): Refusal {
  try {
    act()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('it was done')
}

const DRAFT = draftOf('A Introduction', 'A Apologies', 'B Grant', 'B Safer Summer', 'B Knife crime', 'P Burglary')

describe('a proposal', () => {
  test('waits beside the agenda, without a number', () => {
    expect(shown(propose(EMPTY, newItem('Grant')))).toEqual(['proposed: Grant'])
    expect(proposalsOf(DRAFT).map(({ id }) => id)).toEqual(['Burglary'])
  })

  test('keeps who proposed it, why and how it comes', () => {
    const item = newItem('Grant', {
      form: 'presentation',
      purpose: 'decision',
      presenter: 'Ms S Brinson',
      why: 'a year is over',
      proposedBy: { id: 'p', name: 'Daniel Okafor' },
    })
    expect(itemIn(propose(EMPTY, item), 'Grant')).toEqual({
      ...item,
      title: { open: 'Grant' },
      letter: null,
      number: null,
      about: 'nothing',
      state: 'proposed',
      pages: null,
      late: null,
    })
  })

  test('can be made when the agenda is agreed, and waits too', () => {
    expect(shown(propose(agreedOf('A Introduction'), newItem('Grant')))).toEqual(['A1 Introduction', 'proposed: Grant'])
  })

  test.each([
    { said: 'Grant', same: 'B1' },
    { said: '  gRANT\n', same: 'B1' },
    { said: 'Safer   summer', same: 'B2' },
    { said: 'burglary', same: 'proposed, and waits to be placed' },
  ])('of the title of another, $said, is refused at the field, saying where that stands', ({ said, same }) => {
    const refusal = refusalOf(() => propose(DRAFT, newItem(said, { id: 'another' })))
    expect(refusal).toMatchObject({ code: 'conflict', fields: { title: refusal.sentence } })
    expect(refusal.sentence).toContain(`There is an item of that title already: ${same}.`)
  })

  test('of a title that was declined or withdrawn, on a draft or after, is taken', () => {
    for (const gone of [
      decline(DRAFT, 'Burglary', 'not ours'),
      withdraw(DRAFT, 'Burglary', null),
      withdraw(agree(place(DRAFT, 'Burglary', 'B', null)), 'Burglary', null),
    ]) {
      expect(proposalsOf(propose(gone, newItem('Burglary', { id: 'again' }))).map(({ id }) => id)).toEqual(['again'])
    }
  })

  test('of the title of a hidden item is taken: a refusal would tell that it is there', () => {
    const hidden = hiding(place(DRAFT, 'Grant', UNLISTED, null))
    expect(proposalsOf(propose(hidden, newItem('Grant', { id: 'another' }))).map(({ id }) => id)).toEqual(['Burglary', 'another'])
  })
})

/** As the record gives an agenda back: the titles of what is not on the public one are closed. */
const hiding = (agenda: Agenda): Agenda => ({
  ...agenda,
  items: agenda.items.map((item) => (item.letter === UNLISTED ? { ...item, title: { hidden: new Restricted(item.id) } } : item)),
})

describe('a title', () => {
  test.each([
    { rule: 'one of 300 characters has room', title: 'x'.repeat(300) },
    { rule: 'an emoji counts as it is stored, in two', title: '🚓'.repeat(150) },
    { rule: 'spaces around it do not count', title: ` ${'x'.repeat(300)}\t\n` },
    { rule: 'nor do those between its words, but one', title: `a${' '.repeat(600)}b` },
  ])('$rule', ({ title }) => {
    expect(titleFrom(title).length).toBeLessThanOrEqual(LONGEST_TITLE)
    expect(titleFrom(title)).toBe(title.trim().replace(/\s+/g, ' '))
  })

  test.each([
    { rule: '301 characters', title: 'x'.repeat(301), code: 'limit', says: 'That title has 301 characters' },
    { rule: '2,000 characters', title: 'word '.repeat(400), code: 'limit', says: 'That title has 1999 characters' },
    { rule: 'nothing', title: '', code: 'invalid', says: 'Give the item a title.' },
    { rule: 'blanks', title: ' \n\t\u00A0 ', code: 'invalid', says: 'Give the item a title.' },
  ])('of $rule is refused at the field, wherever it comes from', ({ title, code, says }) => {
    const item = newItem(title, { id: 'x' })
    for (const act of [
      () => titleFrom(title),
      () => propose(DRAFT, item),
      () => addLate(agree(DRAFT), item, 'B', 'urgent'),
      () => change(DRAFT, 'Grant', { title }),
    ]) {
      const refusal = refusalOf(act)
      expect(refusal).toMatchObject({ code, fields: { title: refusal.sentence } })
      expect(refusal.sentence).toContain(says)
    }
  })

  test('that is open is for everyone; a hidden one for who has a pass', () => {
    const pass = Pass.if(true)
    expect(titleFor({ open: 'Grant' }, null)).toBe('Grant')
    expect(titleFor({ hidden: new Restricted('Grant') }, null)).toBeNull()
    expect(titleFor({ hidden: new Restricted('Grant') }, pass)).toBe('Grant')
    expect(JSON.stringify(new Restricted('Grant'))).not.toContain('Grant')
  })
})

describe('an agenda holds a hundred items', () => {
  const ninetyNine = draftOf(
    ...Array.from({ length: 60 }, (_, n) => `A Item ${n + 1}`),
    ...Array.from({ length: 39 }, (_, n) => `P Item ${n + 61}`),
  )
  const full = propose(ninetyNine, newItem('Item 100'))

  test('placed and proposed together, and one more is refused', () => {
    expect(full.items).toHaveLength(MOST_ITEMS)
    for (const act of [
      () => propose(full, newItem('Item 101')),
      () => addLate(agree(full), newItem('Item 101'), 'B', 'urgent'),
    ]) {
      const refusal = refusalOf(act)
      expect(refusal.code).toBe('limit')
      expect(refusal.sentence).toContain('An agenda holds at most 100 items, and this one is full.')
    }
  })

  test('of two hundred that are put to it, the first hundred', () => {
    let agenda = EMPTY
    let refused = 0
    for (let n = 1; n <= 200; n += 1) {
      try {
        agenda = propose(agenda, newItem(`Item ${n}`))
      } catch {
        refused += 1
      }
    }
    expect([agenda.items.length, refused]).toEqual([100, 100])
    expect(agenda.items.at(-1)?.id).toBe('Item 100')
  })

  test('what was declined or withdrawn takes no room', () => {
    for (const left of [
      decline(full, 'Item 100', 'not ours'),
      withdraw(full, 'Item 1', null),
      withdraw(agree(full), 'Item 1', null),
    ])
      expect(itemIn(propose(left, newItem('Item 101')), 'Item 101').state).toBe('proposed')
  })

  test('all of them can be placed, moved and agreed', () => {
    const placed = proposalsOf(full).reduce((agenda, { id }) => place(agenda, id, 'B', 1), full)
    expect(shown(agree(placed)).at(-1)).toBe('B40 Item 61')
  })
})

describe('placing', () => {
  test.each([
    {
      rule: 'without a number it goes after the others',
      at: null,
      shows: ['B1 Grant', 'B2 Safer Summer', 'B3 Knife crime', 'B4 Burglary'],
    },
    {
      rule: 'as 1 it goes before them, and they make room',
      at: 1,
      shows: ['B1 Burglary', 'B2 Grant', 'B3 Safer Summer', 'B4 Knife crime'],
    },
    { rule: 'as 2 between them', at: 2, shows: ['B1 Grant', 'B2 Burglary', 'B3 Safer Summer', 'B4 Knife crime'] },
    { rule: 'as 4 it is the last', at: 4, shows: ['B1 Grant', 'B2 Safer Summer', 'B3 Knife crime', 'B4 Burglary'] },
    {
      rule: 'as 99 it is the last too: there are no gaps',
      at: 99,
      shows: ['B1 Grant', 'B2 Safer Summer', 'B3 Knife crime', 'B4 Burglary'],
    },
    { rule: 'as 0 the first', at: 0, shows: ['B1 Burglary', 'B2 Grant', 'B3 Safer Summer', 'B4 Knife crime'] },
  ])('$rule', ({ at, shows }) => {
    expect(shown(place(DRAFT, 'Burglary', 'B', at))).toEqual(['A1 Introduction', 'A2 Apologies', ...shows])
  })

  test('in a section that has nothing yet begins it', () => {
    expect(shown(place(DRAFT, 'Burglary', 'D', 7))).toContain('D1 Burglary')
  })

  test.each(['C', 'W', 'a', '', 'AA', 'P'])('in section “%s”, which is not there, is refused at the field', (letter) => {
    const refusal = refusalOf(() => place(DRAFT, 'Burglary', letter, null))
    expect(refusal).toMatchObject({ code: 'invalid', fields: { letter: refusal.sentence } })
    expect(refusal.sentence).toContain('There are A, B, D, and X for what is not on the public agenda.')
  })

  test('of what is not there is refused', () => {
    for (const act of [
      () => place(DRAFT, 'nothing', 'B', null),
      () => withdraw(DRAFT, 'nothing', null),
      () => decline(DRAFT, 'nothing', 'why'),
      () => change(DRAFT, 'nothing', {}),
    ])
      expect(refusalOf(act)).toMatchObject({ code: 'not_found' })
  })

  test('of what was declined or withdrawn is refused, and so is its change', () => {
    for (const gone of [decline(DRAFT, 'Burglary', 'not ours'), withdraw(DRAFT, 'Burglary', null)]) {
      for (const act of [() => place(gone, 'Burglary', 'B', null), () => change(gone, 'Burglary', { form: 'verbal' })]) {
        const refusal = refusalOf(act)
        expect(refusal.code).toBe('conflict')
        expect(refusal.sentence).toMatch(/^That item was (?:declined|withdrawn)\. Propose it anew\.$/)
      }
    }
  })
})

describe('moving', () => {
  test.each([
    { move: 'B3 to B1', id: 'Knife crime', letter: 'B', at: 1, shows: ['B1 Knife crime', 'B2 Grant', 'B3 Safer Summer'] },
    { move: 'B1 to B3', id: 'Grant', letter: 'B', at: 3, shows: ['B1 Safer Summer', 'B2 Knife crime', 'B3 Grant'] },
    {
      move: 'B2 to where it is',
      id: 'Safer Summer',
      letter: 'B',
      at: 2,
      shows: ['B1 Grant', 'B2 Safer Summer', 'B3 Knife crime'],
    },
    { move: 'B1 after the others', id: 'Grant', letter: 'B', at: null, shows: ['B1 Safer Summer', 'B2 Knife crime', 'B3 Grant'] },
  ])('$move', ({ id, letter, at, shows }) => {
    expect(shown(place(DRAFT, id, letter, at))).toEqual(['A1 Introduction', 'A2 Apologies', ...shows, 'proposed: Burglary'])
  })

  test('to another section closes the gap that it leaves', () => {
    expect(shown(place(DRAFT, 'Grant', 'A', 2))).toEqual([
      'A1 Introduction',
      'A2 Grant',
      'A3 Apologies',
      'B1 Safer Summer',
      'B2 Knife crime',
      'proposed: Burglary',
    ])
  })

  test('to what is not on the public agenda leaves no gap in it, and back', () => {
    const hidden = place(DRAFT, 'Grant', UNLISTED, null)
    expect(shown(hidden)).toEqual([
      'A1 Introduction',
      'A2 Apologies',
      'B1 Safer Summer',
      'B2 Knife crime',
      'X1 Grant',
      'proposed: Burglary',
    ])
    expect(shown(place(hiding(hidden), 'Grant', 'B', 1))).toEqual(shown(DRAFT))
  })

  test('changes nothing else of an item', () => {
    const before = itemIn(change(DRAFT, 'Grant', { pages: { first: 1, last: 8 }, presenter: 'Ms S Brinson' }), 'Grant')
    const agenda = change(DRAFT, 'Grant', { pages: { first: 1, last: 8 }, presenter: 'Ms S Brinson' })
    expect(itemIn(place(agenda, 'Grant', 'D', 1), 'Grant')).toEqual({ ...before, letter: 'D', number: 1 })
  })
})

describe('withdrawing', () => {
  test('off a draft: it goes, and the others close up', () => {
    expect(shown(withdraw(DRAFT, 'Grant', 'not ready'))).toEqual([
      'A1 Introduction',
      'A2 Apologies',
      'B1 Safer Summer',
      'B2 Knife crime',
      'withdrawn: Grant',
      'proposed: Burglary',
    ])
    expect(itemIn(withdraw(DRAFT, 'Grant', 'not ready'), 'Grant').why).toBe('not ready')
  })

  test('off an agreed agenda: it keeps its number, as withdrawn', () => {
    expect(shown(withdraw(agree(DRAFT), 'Grant', null))).toEqual([
      'A1 Introduction',
      'A2 Apologies',
      'B1 Grant (withdrawn)',
      'B2 Safer Summer',
      'B3 Knife crime',
      'proposed: Burglary',
    ])
  })

  test('a proposal, before and after the agenda is agreed', () => {
    for (const agenda of [DRAFT, agree(DRAFT)]) expect(shown(withdraw(agenda, 'Burglary', null))).toContain('withdrawn: Burglary')
  })

  test('without a reason keeps the one for which it was proposed', () => {
    const agenda = propose(EMPTY, newItem('Grant', { why: 'a year is over' }))
    expect(itemIn(withdraw(agenda, 'Grant', null), 'Grant').why).toBe('a year is over')
  })

  test('twice, or what was declined, is refused', () => {
    for (const gone of [decline(DRAFT, 'Burglary', 'not ours'), withdraw(DRAFT, 'Burglary', null)])
      expect(refusalOf(() => withdraw(gone, 'Burglary', null))).toMatchObject({ code: 'conflict' })
  })
})

describe('declining', () => {
  test('a proposal, with the reason', () => {
    const declined = decline(DRAFT, 'Burglary', 'the working group has it')
    expect(shown(declined)).toEqual([...shown(DRAFT).slice(0, -1), 'declined: Burglary'])
    expect(itemIn(declined, 'Burglary').why).toBe('the working group has it')
  })

  test('after the agenda is agreed: what waits can still be declined', () => {
    expect(shown(decline(agree(DRAFT), 'Burglary', 'late'))).toContain('declined: Burglary')
  })

  test.each(['Grant', 'Introduction'])('what is placed, %s, is refused: withdraw it', (id) => {
    const refusal = refusalOf(() => decline(DRAFT, id, 'why'))
    expect(refusal.code).toBe('conflict')
    expect(refusal.sentence).toContain('Withdraw it instead.')
  })

  test('twice is refused', () => {
    expect(refusalOf(() => decline(decline(DRAFT, 'Burglary', 'a'), 'Burglary', 'b'))).toMatchObject({ code: 'conflict' })
  })
})

describe('changing', () => {
  test.each<{ what: string; wanted: Change; becomes: Partial<Item> }>([
    { what: 'the title', wanted: { title: ' Crime  Reduction Grant ' }, becomes: { title: { open: 'Crime Reduction Grant' } } },
    { what: 'the form', wanted: { form: 'to follow' }, becomes: { form: 'to follow' } },
    { what: 'the purpose', wanted: { purpose: 'decision' }, becomes: { purpose: 'decision' } },
    { what: 'the presenter', wanted: { presenter: 'Ms S Brinson' }, becomes: { presenter: 'Ms S Brinson' } },
    { what: 'the pages', wanted: { pages: { first: 9, last: 20 } }, becomes: { pages: { first: 9, last: 20 } } },
    { what: 'one page', wanted: { pages: { first: 9, last: 9 } }, becomes: { pages: { first: 9, last: 9 } } },
    { what: 'nothing', wanted: {}, becomes: {} },
  ])('$what, and nothing besides', ({ wanted, becomes }) => {
    expect(itemIn(change(DRAFT, 'Grant', wanted), 'Grant')).toEqual({ ...itemIn(DRAFT, 'Grant'), ...becomes })
  })

  test('what was set can be taken back', () => {
    const set = change(DRAFT, 'Grant', { purpose: 'decision', presenter: 'Ms S Brinson', pages: { first: 9, last: 20 } })
    expect(change(set, 'Grant', { purpose: null, presenter: null, pages: null })).toEqual(DRAFT)
  })

  test('pages that end before they begin are refused at the field', () => {
    const refusal = refusalOf(() => change(DRAFT, 'Grant', { pages: { first: 20, last: 9 } }))
    expect(refusal).toMatchObject({ code: 'invalid', fields: { pages: refusal.sentence } })
  })

  describe('once the agenda is agreed', () => {
    const agenda = agree(change(DRAFT, 'Grant', { purpose: 'decision' }))

    test.each<{ what: string; wanted: Change }>([
      { what: 'another title', wanted: { title: 'Grants' } },
      { what: 'another purpose', wanted: { purpose: 'information' } },
      { what: 'no purpose', wanted: { purpose: null } },
      { what: 'another title with new pages', wanted: { title: 'Grants', pages: { first: 9, last: 20 } } },
    ])('$what is refused', ({ wanted }) => {
      const refusal = refusalOf(() => change(agenda, 'Grant', wanted))
      expect(refusal.code).toBe('too_late')
      expect(refusal.sentence).toContain('its title and purpose cannot')
    })

    test.each<{ what: string; wanted: Change }>([
      { what: 'who presents it', wanted: { presenter: 'Ms S Brinson' } },
      { what: 'that its paper follows', wanted: { form: 'to follow' } },
      { what: 'its pages', wanted: { pages: { first: 9, last: 20 } } },
      {
        what: 'its pages, in a form that gives its title and purpose as they are',
        wanted: { title: ' Grant', purpose: 'decision', pages: { first: 9, last: 20 } },
      },
    ])('$what can be changed', ({ wanted }) => {
      expect(itemIn(change(agenda, 'Grant', wanted), 'Grant')).toEqual({
        ...itemIn(agenda, 'Grant'),
        ...wanted,
        title: { open: 'Grant' },
      })
    })

    test('a hidden title cannot be changed, whatever is given for it', () => {
      const hidden = hiding(agree(place(DRAFT, 'Grant', UNLISTED, null)))
      expect(refusalOf(() => change(hidden, 'Grant', { title: 'Grant' }))).toMatchObject({ code: 'too_late' })
      expect(itemIn(change(hidden, 'Grant', { form: 'verbal' }), 'Grant')).toMatchObject({ form: 'verbal', letter: UNLISTED })
    })
  })
})

describe('agreeing', () => {
  test('a draft as it stands: its numbers stay, and its proposals wait on', () => {
    const agreed = agree(DRAFT)
    expect(agreed).toEqual({ ...DRAFT, state: 'agreed' })
    expect(proposalsOf(agreed).map(({ id }) => id)).toEqual(['Burglary'])
  })

  test.each<{ rule: string; agenda: Agenda; says: string }>([
    { rule: 'twice', agenda: agree(DRAFT), says: 'agreed already' },
    { rule: 'nothing', agenda: EMPTY, says: 'nothing on the agenda yet' },
    { rule: 'proposals alone', agenda: draftOf('P Grant'), says: 'nothing on the agenda yet' },
    { rule: 'what was withdrawn alone', agenda: withdraw(draftOf('A Grant'), 'Grant', null), says: 'nothing on the agenda yet' },
  ])('$rule is refused', ({ agenda, says }) => {
    const refusal = refusalOf(() => agree(agenda))
    expect(refusal.code).toBe('conflict')
    expect(refusal.sentence).toContain(says)
  })

  test('from then on nothing moves', () => {
    const agenda = agree(DRAFT)
    for (const [letter, at] of [
      ['B', 3],
      ['A', null],
      [UNLISTED, null],
      ['B', 1],
    ] as const) {
      const refusal = refusalOf(() => place(agenda, 'Grant', letter, at, 'a reason'))
      expect(refusal.code).toBe('too_late')
      expect(refusal.sentence).toContain('Withdraw the item, or let it stand where it is.')
    }
  })
})

describe('a late item', () => {
  const agenda = withdraw(agree(DRAFT), 'Knife crime', null)

  test('goes after all the numbers that were given in its section, those of withdrawn items too', () => {
    const late = addLate(agenda, newItem('Surge'), 'B', ' a spike this week ')
    expect(shown(late)).toContain('B4 Surge (late: a spike this week)')
    expect(shown(addLate(late, newItem('Another'), 'B', 'so'))).toContain('B5 Another (late: so)')
    expect(shown(addLate(agenda, newItem('Surge'), UNLISTED, 'secret'))).toContain('X1 Surge (late: secret)')
  })

  test.each<{ rule: string; act: () => unknown; code: RefusalCode; field?: string }>([
    { rule: 'not while the agenda is a draft', act: () => addLate(DRAFT, newItem('Surge'), 'B', 'a spike'), code: 'too_early' },
    { rule: 'not without the reason', act: () => addLate(agenda, newItem('Surge'), 'B', '  '), code: 'invalid', field: 'reason' },
    {
      rule: 'not in a section that is not there',
      act: () => addLate(agenda, newItem('Surge'), 'C', 'a'),
      code: 'invalid',
      field: 'letter',
    },
    {
      rule: 'not of the title of another',
      act: () => addLate(agenda, newItem('GRANT'), 'B', 'a'),
      code: 'conflict',
      field: 'title',
    },
    {
      rule: 'not of the title of a proposal',
      act: () => addLate(agenda, newItem('burglary'), 'B', 'a'),
      code: 'conflict',
      field: 'title',
    },
  ])('$rule', ({ act, code, field }) => {
    const refusal = refusalOf(act)
    expect(refusal.code).toBe(code)
    expect(Object.keys(refusal.fields ?? {})).toEqual(field ? [field] : [])
  })

  test('that was a proposal needs the reason too, and goes after the others whatever number is said', () => {
    for (const reason of [null, '', ' ']) {
      const refusal = refusalOf(() => place(agenda, 'Burglary', 'B', null, reason))
      expect(refusal).toMatchObject({ code: 'too_late', fields: { reason: refusal.sentence } })
      expect(refusal.sentence).toContain("carries the chair's reason")
    }
    expect(shown(place(agenda, 'Burglary', 'B', 1, ' a spike '))).toContain('B4 Burglary (late: a spike)')
    expect(refusalOf(() => place(agenda, 'Burglary', 'C', null, 'a spike'))).toMatchObject({ code: 'invalid' })
  })

  test('once placed stands where it is', () => {
    const late = place(agenda, 'Burglary', 'B', null, 'a spike')
    expect(refusalOf(() => place(late, 'Burglary', 'A', null, 'another'))).toMatchObject({ code: 'too_late' })
    expect(shown(withdraw(late, 'Burglary', null))).toContain('B4 Burglary (withdrawn) (late: a spike)')
  })

  test('a reason says nothing while the agenda is a draft', () => {
    expect(itemIn(place(DRAFT, 'Burglary', 'B', null, 'a spike'), 'Burglary').late).toBeNull()
  })
})

describe('any order of edits', () => {
  const LETTERS = ['A', 'B', 'D', UNLISTED, 'C'] as const
  type Edit =
    | { readonly act: 'propose'; readonly title: string }
    | {
        readonly act: 'place'
        readonly which: number
        readonly letter: string
        readonly at: number | null
        readonly reason: string | null
      }
    | { readonly act: 'withdraw' | 'decline'; readonly which: number }
    | { readonly act: 'change'; readonly which: number; readonly wanted: Change }
    | { readonly act: 'agree' }
    | { readonly act: 'addLate'; readonly title: string; readonly letter: string; readonly reason: string }

  const title = fc.constantFrom(
    'Grant',
    'Burglary',
    'Knife crime',
    'Safer Summer',
    'Cyber',
    'Hate crime',
    'Prevent',
    ' ',
    'x'.repeat(301),
  )
  const which = fc.nat(14)
  const letter = fc.constantFrom(...LETTERS)
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ act: fc.constant('propose' as const), title }) },
    {
      weight: 8,
      arbitrary: fc.record({
        act: fc.constant('place' as const),
        which,
        letter,
        at: fc.option(fc.integer({ min: 0, max: 9 })),
        reason: fc.constantFrom(null, '', 'a spike'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('withdraw' as const, 'decline' as const), which }) },
    {
      weight: 2,
      arbitrary: fc.record({
        act: fc.constant('change' as const),
        which,
        wanted: fc.record(
          {
            title,
            purpose: fc.constantFrom('decision' as const, null),
            pages: fc.constantFrom({ first: 1, last: 8 }, { first: 8, last: 1 }),
          },
          { requiredKeys: [] },
        ),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ act: 'agree' as const }) },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constant('addLate' as const), title, letter, reason: fc.constantFrom('', 'a spike') }),
    },
  )

  /** What the rules say, told another way: for each section the list of what stands in it. */
  interface Model {
    agreed: boolean
    readonly lists: Map<string, string[]>
    readonly states: Map<string, Item['state']>
    readonly titles: Map<string, string>
    readonly late: Set<string>
  }

  const standing = (model: Model): readonly string[] =>
    [...model.states].filter(([, state]) => state === 'proposed' || state === 'placed').map(([id]) => id)

  /** Whether a hidden title is of this item: nobody is told that it is taken. */
  const isHidden = (model: Model, id: string): boolean => (model.lists.get(UNLISTED) ?? []).includes(id)

  const isTitle = (said: string): boolean => said.trim() !== '' && said.length <= LONGEST_TITLE
  const isSection = (said: string): boolean => said !== 'C'
  const isFree = (model: Model, said: string): boolean =>
    !standing(model).some((id) => !isHidden(model, id) && model.titles.get(id) === said)

  /** Does it to the model. @returns whether it is to be done at all */
  function foretold(model: Model, doing: Edit, id: string): boolean {
    const state = model.states.get(id)
    const list = (of: string): string[] => {
      const found = model.lists.get(of) ?? []
      model.lists.set(of, found)
      return found
    }
    const takeOut = () => {
      for (const [of, ids] of model.lists)
        model.lists.set(
          of,
          ids.filter((one) => one !== id),
        )
    }
    switch (doing.act) {
      case 'propose':
        if (!isTitle(doing.title) || !isFree(model, doing.title)) return false
        model.states.set(id, 'proposed')
        model.titles.set(id, doing.title)
        return true
      case 'addLate':
        if (!model.agreed || doing.reason === '' || !isSection(doing.letter)) return false
        if (!isTitle(doing.title) || !isFree(model, doing.title)) return false
        model.states.set(id, 'placed')
        model.titles.set(id, doing.title)
        model.late.add(id)
        list(doing.letter).push(id)
        return true
      case 'place':
        if ((state !== 'proposed' && state !== 'placed') || !isSection(doing.letter)) return false
        if (model.agreed && (state === 'placed' || !doing.reason)) return false
        if (model.agreed) {
          list(doing.letter).push(id)
          model.late.add(id)
        } else {
          takeOut()
          list(doing.letter).splice(doing.at === null ? Number.POSITIVE_INFINITY : Math.max(0, doing.at - 1), 0, id)
        }
        model.states.set(id, 'placed')
        return true
      case 'withdraw':
        if (state !== 'proposed' && state !== 'placed') return false
        if (!model.agreed) takeOut()
        model.states.set(id, 'withdrawn')
        return true
      case 'decline':
        if (state !== 'proposed') return false
        model.states.set(id, 'declined')
        return true
      case 'change': {
        if (state !== 'proposed' && state !== 'placed') return false
        const { title: said, purpose, pages } = doing.wanted
        if (pages && pages.last < pages.first) return false
        if (said !== undefined && !isTitle(said)) return false
        const same = said === undefined || (said === model.titles.get(id) && !isHidden(model, id))
        if (model.agreed && (!same || purpose !== undefined)) return false
        if (said !== undefined) model.titles.set(id, said)
        return true
      }
      case 'agree':
        if (model.agreed || ![...model.states.values()].includes('placed')) return false
        model.agreed = true
        return true
      default:
        return doing satisfies never
    }
  }

  function done(agenda: Agenda, doing: Edit, id: string): Agenda {
    switch (doing.act) {
      case 'propose':
        return propose(agenda, newItem(doing.title, { id }))
      case 'addLate':
        return addLate(agenda, newItem(doing.title, { id }), doing.letter, doing.reason)
      case 'place':
        return place(agenda, id, doing.letter, doing.at, doing.reason)
      case 'withdraw':
        return withdraw(agenda, id, null)
      case 'decline':
        return decline(agenda, id, 'why')
      case 'change':
        return change(agenda, id, doing.wanted)
      case 'agree':
        return agree(agenda)
      default:
        return doing satisfies never
    }
  }

  /** As the record gives it back. */
  const kept = (agenda: Agenda, { titles }: Model): Agenda => ({
    ...agenda,
    items: agenda.items.map((item) => {
      const said = titles.get(item.id) ?? ''
      return { ...item, title: item.letter === UNLISTED ? { hidden: new Restricted(said) } : { open: said } }
    }),
  })

  test('does to the agenda what the rules say, refused ones nothing; loses no item, no number and no proposal', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 60 }), (edits) => {
        const model: Model = { agreed: false, lists: new Map(), states: new Map(), titles: new Map(), late: new Set() }
        let agenda: Agenda = EMPTY
        let ids: readonly string[] = []
        for (const [n, doing] of edits.entries()) {
          const id = 'which' in doing ? (ids[doing.which] ?? 'nothing') : `item ${n}`
          const before = structuredClone(agendaWithout(agenda))
          const expected = foretold(model, doing, id)
          let after: Agenda | null = null
          try {
            after = done(agenda, doing, id)
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
          }
          expect(after !== null, JSON.stringify(doing)).toBe(expected)
          // What a rule is given it leaves as it was.
          expect(agendaWithout(agenda)).toEqual(before)
          if (after === null) continue
          if (doing.act === 'agree') expect(proposalsOf(after)).toEqual(proposalsOf(agenda))
          for (const was of agenda.items) {
            const is = after.items.find((item) => item.id === was.id)
            expect(is, 'an item is lost').toBeDefined()
            if (agenda.state === 'agreed' && was.number !== null) {
              expect([is?.letter, is?.number], 'an agreed number has changed').toEqual([was.letter, was.number])
            }
          }
          agenda = kept(after, model)
          ids = agenda.items.map((item) => item.id)
          holds(agenda, model)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  /** Restricted titles cannot be copied. */
  const agendaWithout = ({ state, items }: Agenda) => ({ state, items: items.map(({ title: _, ...item }) => item) })

  function holds(agenda: Agenda, model: Model): void {
    expect(agenda.state).toBe(model.agreed ? 'agreed' : 'draft')
    expect(agenda.items.map(({ id }) => id)).toEqual([...model.states.keys()])
    for (const item of agenda.items) {
      expect(item.state).toBe(model.states.get(item.id))
      expect(item.late !== null).toBe(model.late.has(item.id))
      if (item.state === 'proposed' || item.state === 'declined') expect(numberOf(item)).toBeNull()
      if (item.state === 'placed') expect(item.number).not.toBeNull()
    }
    for (const one of ['A', 'B', 'D', UNLISTED]) {
      const there = itemsOf(agenda, one)
      expect(there.map(({ id }) => id)).toEqual(model.lists.get(one) ?? [])
      // 1, 2, 3 … in each section by itself: whatever is hidden, the others show no gap.
      expect(there.map(({ number }) => number)).toEqual(there.map((_, at) => at + 1))
    }
  }
})
