import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { textOf } from '../../house.js'
import { CHAIR, CLERK, cardOf, POLICE, termsText } from '../county.js'
import {
  answer,
  appoint,
  COLLEAGUE,
  close,
  coming,
  county,
  gravesham,
  house,
  kcsp,
  listed,
  officers,
  open,
  refused,
  representatives,
  seatOf,
} from './clerking.js'

beforeEach(open)
afterEach(close)

describe('an appointment', () => {
  test('to a seat is followed by them from that day; what was before stays', async () => {
    const said = cardOf(
      await appoint(seatOf('Kent Police'), 'Ann Lee', { email: 'ann.lee@example.org', from: '2027-01-01', post: 'Commander' }),
    )
    expect(listed(said)).toEqual([
      'Ann Lee is new here: ann.lee@example.org.',
      'Ann Lee is of Kent Police: Commander.',
      'Daniel Okafor represents Kent Police from 22 November 2026 until 31 December 2026; the roster had from 22 November 2026, until further notice.',
      'Ann Lee represents Kent Police from 1 January 2027.',
    ])
    expect(await representatives(kcsp, '2026-12-31')).toContain('Kent Police: Daniel Okafor')
    expect(await representatives(kcsp, '2027-01-01')).toContain('Kent Police: Ann Lee')
    const roster = cardOf(await house.press(CLERK, { command: 'boards.roster', subject: kcsp }))
    expect(roster).toContain('Kent Police | Daniel Okafor, until 31 December 2026; Ann Lee, from 1 January 2027 | –')
  })

  test('is known to the bot at once: whoever has an address speaks', async () => {
    expect(await house.say('Ann Lee', 'help')).toMatchObject({ kind: 'refusal' })
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { email: 'ann.lee@example.org' }))
    expect(cardOf(await answer('Ann Lee', 'attend'))).toContain('You will be there.')
    expect(await answer(POLICE, 'attend')).toMatchObject({ kind: 'refusal' })
  })

  test('that is so already is refused, and begins nothing anew', async () => {
    for (const more of [{}, { from: '2027-01-01' }, { email: 'DANIEL.OKAFOR@example.org' }] as Record<string, string>[])
      await refused('conflict', () => appoint(seatOf('Kent Police'), POLICE, more))
    await refused('conflict', () => appoint({ as: 'office', office: 'chair', acting: false }, CHAIR))
    cardOf(await appoint({ as: 'group', group: 'KCSP Working Group' }, COLLEAGUE))
    await refused('conflict', () => appoint({ as: 'group', group: 'KCSP Working Group' }, COLLEAGUE))
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { from: '2027-01-01' }))
    await refused('conflict', () => appoint(seatOf('Kent Police'), 'Ann Lee', { from: '2027-01-01' }))
  })

  test('of who held it until then again takes back who was to follow', async () => {
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { from: '2027-01-01' }))
    const said = listed(cardOf(await appoint(seatOf('Kent Police'), POLICE, { from: '2026-12-01' })))
    expect(said).toContain('Ann Lee will not represent Kent Police from 1 January 2027 after all.')
    for (const day of ['2026-11-30', '2026-12-31', '2027-01-01'])
      expect(await representatives(kcsp, day)).toContain('Kent Police: Daniel Okafor')
    const roster = cardOf(await house.press(CLERK, { command: 'boards.roster', subject: kcsp }))
    expect(roster).not.toContain('Ann Lee, from')
  })

  test('that never began is shown and offered nowhere', async () => {
    cardOf(await appoint(seatOf('Kent Police', 'deputy'), 'Ann Lee', { from: '2027-01-01' }))
    const part = JSON.stringify({ person: 'ann lee', of: seatOf('Kent Police', 'deputy') })
    const said = cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    expect(listed(said)).toEqual(['Ann Lee will not be deputy for Kent Police from 1 January 2027 after all.'])
    expect(cardOf(await house.press(CLERK, { command: 'boards.roster', subject: kcsp }))).toContain(
      'Kent Police | Daniel Okafor | –',
    )
    expect(textOf(await house.press(CLERK, { command: 'boards.end_form', subject: kcsp }))).not.toContain('Ann Lee, deputy')
    // And it can begin after all.
    cardOf(await appoint(seatOf('Kent Police', 'deputy'), 'Ann Lee', { from: '2027-01-01' }))
    expect(cardOf(await house.press(CLERK, { command: 'boards.roster', subject: kcsp }))).toContain(
      'Ann Lee, from 1 January 2027',
    )
  })

  test('as deputy leaves the other deputies; as deputy again is so already', async () => {
    cardOf(await appoint(seatOf('Kent Police', 'deputy'), COLLEAGUE))
    cardOf(await appoint(seatOf('Kent Police', 'deputy'), 'Tariq Aziz'))
    expect(cardOf(await house.press(CLERK, { command: 'boards.roster', subject: kcsp }))).toContain(
      'Kent Police | Daniel Okafor | Ruth Hale; Tariq Aziz',
    )
    await refused('conflict', () => appoint(seatOf('Kent Police', 'deputy'), COLLEAGUE))
  })

  test('in attendance, as a colleague, to a group', async () => {
    cardOf(await appoint({ as: 'in attendance' }, 'Ada Byrne', { email: 'ada.byrne@example.org', post: 'Analyst' }))
    cardOf(await appoint({ as: 'colleague', organisation: 'Kent Police' }, 'Bo Reed', { email: 'bo.reed@example.org' }))
    cardOf(await appoint({ as: 'group', group: 'KCSP Working Group' }, 'Bo Reed'))
    const roster = cardOf(await house.press('Ada Byrne', { command: 'boards.roster', subject: kcsp }))
    expect(roster).toContain('Ada Byrne, Analyst')
    expect(roster).toContain('KCSP Working Group: Bo Reed')
    const form = await house.press(POLICE, { command: 'apologies.choose_substitute', subject: await house.meeting() })
    expect(textOf(form)).toContain('Bo Reed')
  })

  test.each([
    {
      what: 'a body without a seat',
      to: seatOf('Medway Council'),
      code: 'not_found',
      says: 'Medway Council has no such seat here.',
    },
    {
      what: 'a seat of another name',
      to: seatOf('Kent Police', 'deputy', 'Second'),
      code: 'not_found',
      says: 'has no such seat here',
    },
    { what: 'nothing that there is', to: { as: 'king' }, code: 'invalid', says: 'Choose to what, from the list.' },
    {
      what: 'an office that there is not',
      to: { as: 'office', office: 'treasurer', acting: false },
      code: 'invalid',
      says: 'Choose to what',
    },
  ])('to $what is refused at the field', async ({ to, code, says }) => {
    const answered = await appoint(to, 'Ann Lee')
    expect(answered).toMatchObject({ refusal: { code, fields: { to: expect.stringContaining(says) } } })
    expect((await county.counts()).person).toBe(20)
  })

  test.each([
    { field: 'name', values: { name: ' ' } },
    { field: 'name', values: { name: 'x'.repeat(121) } },
    { field: 'email', values: { email: 'ann at example' } },
    { field: 'from', values: { from: '2027-02-30' } },
    { field: 'to', values: { to: 'no JSON' } },
    { field: 'to', values: { to: '' } },
    { field: 'post', values: { post: 'x'.repeat(201) } },
  ])('with a wrong $field is refused there: $values', async ({ field, values }) => {
    const all = { to: JSON.stringify(seatOf('Kent Police')), name: 'Ann Lee', ...values }
    const answered = await house.press(CLERK, { command: 'boards.appoint', subject: kcsp, values: all })
    expect(answered).toMatchObject({ refusal: { code: 'invalid', fields: { [field]: expect.anything() } } })
    expect((await county.counts()).person).toBe(20)
  })

  test('of a colleague has no day to come', async () => {
    const colleague = { as: 'colleague', organisation: 'Kent Police' }
    expect(await refused('too_early', () => appoint(colleague, 'Bo Reed', { from: '2027-01-01' }))).toContain(
      'Say it on the day.',
    )
    const part = JSON.stringify({ person: 'ruth.hale@example.org', of: colleague })
    await refused('too_early', () =>
      house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part, from: '2027-01-01' } }),
    )
    cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    const form = await house.press(POLICE, { command: 'apologies.choose_substitute', subject: await house.meeting() })
    expect(textOf(form)).not.toContain('Ruth Hale')
  })

  test('by the form: everything that there is to be appointed to, and every part that can end', async () => {
    const form = await house.press(CLERK, { command: 'boards.appoint_form', subject: kcsp })
    if (form.kind !== 'form') throw new Error(textOf(form))
    const [to] = form.form.fields
    if (to?.field !== 'choice') throw new Error('no choice')
    const labels = to.options.map(({ label }) => label)
    for (const label of [
      'Representative of Kent Police',
      'Deputy of Kent Housing Group',
      'Vice-chair',
      'Acting chair',
      'Clerk',
      'In attendance',
      'Of the KCSP Working Group',
    ])
      expect(labels).toContain(label)
    const option = to.options.find(({ label }) => label === 'Deputy of Kent Police')
    cardOf(
      await house.press(CLERK, {
        command: form.form.command,
        subject: form.form.subject,
        values: { to: option?.value ?? '', name: COLLEAGUE },
      }),
    )
    const ends = await house.press(CLERK, { command: 'boards.end_form', subject: kcsp })
    if (ends.kind !== 'form') throw new Error(textOf(ends))
    const [part] = ends.form.fields
    if (part?.field !== 'choice') throw new Error('no choice')
    const ended = part.options.find(({ label }) => label === 'Ruth Hale, deputy of Kent Police')
    const done = cardOf(
      await house.press(CLERK, {
        command: ends.form.command,
        subject: kcsp,
        values: { part: ended?.value ?? '', from: '2027-01-01' },
      }),
    )
    expect(listed(done)).toEqual([
      'Ruth Hale is deputy for Kent Police from 22 November 2026 until 31 December 2026; the roster had from 22 November 2026, until further notice.',
    ])
  })

  test('every choice of the form is one that is taken', async () => {
    const form = await house.press(CLERK, { command: 'boards.appoint_form', subject: kcsp })
    const [to] = form.kind === 'form' ? form.form.fields : []
    if (to?.field !== 'choice') throw new Error('no choice')
    for (const { value, label } of to.options) {
      // Cllr Owen Pryce is a member, and may be elected.
      const answered = await house.press(CLERK, {
        command: 'boards.appoint',
        subject: kcsp,
        values: { to: value, name: 'Cllr Owen Pryce', from: '2027-06-01' },
      })
      const dayless = label.startsWith('A colleague')
      expect(
        answered.kind === 'card' || (answered.kind === 'refusal' && ['conflict', 'too_early'].includes(answered.refusal.code)),
        `${label}: ${textOf(answered)}`,
      ).toBe(true)
      if (dayless) expect(answered.kind).toBe('refusal')
    }
  })

  test('of somebody who does not hold it cannot end', async () => {
    for (const part of [
      { person: 'ruth.hale@example.org', of: seatOf('Kent Police') },
      { person: 'nobody', of: { as: 'in attendance' } },
    ])
      await refused('not_found', () =>
        house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part: JSON.stringify(part) } }),
      )
    expect(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part: '{}' } })).toMatchObject({
      refusal: { code: 'invalid', fields: { part: 'Choose who, and what, from the list.' } },
    })
  })

  test('that ends a seat’s holding leaves the seat vacant', async () => {
    const part = JSON.stringify({ person: 'daniel.okafor@example.org', of: seatOf('Kent Police') })
    cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    expect(await representatives(kcsp, '2026-11-22')).toContain('Kent Police: vacant')
    expect(await coming()).toContain('Kent Police | The seat is vacant')
  })

  test('says nothing otherwise of who sat at a meeting that was', async () => {
    house.clock.set('2026-12-20T09:00:00Z')
    const part = JSON.stringify({ person: 'daniel.okafor@example.org', of: seatOf('Kent Police') })
    const end = (from: string) => house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part, from } })
    for (const from of ['2026-12-01', '2026-12-16']) {
      expect(await end(from)).toMatchObject({ refusal: { code: 'too_late', fields: { from: expect.anything() } } })
      expect(await appoint(seatOf('Kent Police'), 'Ann Lee', { from })).toMatchObject({
        refusal: { code: 'too_late', fields: { from: expect.stringContaining('The board met on 16 December 2026') } },
      })
    }
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { from: '2026-12-17' }))
    expect(await representatives(kcsp, '2026-12-16')).toContain('Kent Police: Daniel Okafor')
    expect(await representatives(kcsp, '2026-12-17')).toContain('Kent Police: Ann Lee')
  })

  test('is in the journal with who, what and from when', async () => {
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { email: 'ann.lee@example.org', from: '2027-01-01' }))
    const { payload } = await house.handles.reading
      .selectFrom('journal_payload')
      .select('payload')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(payload)).toMatchObject({
      outcome: {
        person: 'ann.lee@example.org',
        to: seatOf('Kent Police'),
        from: '2027-01-01',
        terms: await county.lastText(kcsp),
      },
    })
  })
})

describe('an office', () => {
  const vice = { as: 'office', office: 'vice-chair', acting: false }

  test('that is elected from the members is for none else: the clause is in the sentence', async () => {
    for (const who of ['Nadia Flynn', COLLEAGUE, CLERK]) {
      const said = await refused('not_permitted', () => appoint(vice, who))
      expect(said).toContain(`The vice-chair is elected from the members, and ${who} has no member’s seat then`)
      expect(said).toContain('(clause 6: "The Vice Chair will be elected from amongst the other KCSP members every 2 years.")')
    }
    cardOf(await appoint(vice, POLICE))
    expect(await officers(kcsp, '2026-11-22')).toContain('vice-chair: Daniel Okafor')
  })

  test('that is elected can be theirs only while they have a seat', async () => {
    cardOf(await appoint(seatOf('Kent Police'), COLLEAGUE, { from: '2027-02-01' }))
    await refused('not_permitted', () => appoint(vice, POLICE, { from: '2027-02-01' }))
    await refused('not_permitted', () => appoint(vice, 'Tariq Aziz', { from: '2027-02-01' }))
    cardOf(await appoint(vice, COLLEAGUE, { from: '2027-01-01' }))
    expect(await officers(kcsp, '2027-02-01')).toContain('vice-chair: Ruth Hale')
  })

  test('that was never begun counts for nothing', async () => {
    cardOf(await appoint(seatOf('Kent Police'), COLLEAGUE, { from: '2027-02-01' }))
    const part = JSON.stringify({ person: 'ruth.hale@example.org', of: seatOf('Kent Police') })
    cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    await refused('not_permitted', () => appoint(vice, COLLEAGUE, { from: '2027-01-01' }))
  })

  test('drawn from a standing is for those who have it, under whichever name of their body', async () => {
    const board = await gravesham()
    const said = await refused('not_permitted', () => appoint(vice, 'Joseph Brand', {}, CLERK, board))
    expect(said).toContain(
      'the vice-chair is to represent a core member, and Joseph Brand represents Office of the Kent Police and Crime Commissioner'.replace(
        'the vice',
        'The vice',
      ),
    )
    cardOf(await appoint(vice, 'Leon Carter', { from: '2026-12-01' }, CLERK, board))
    expect(await officers(board, '2026-11-30')).toContain('vice-chair: Mark Dunn')
    expect((await officers(board, '2026-12-01')).filter((line) => line.startsWith('vice'))).toEqual(['vice-chair: Leon Carter'])
  })

  test('passes from one to the next, acting or not', async () => {
    cardOf(await appoint({ as: 'office', office: 'chair', acting: true }, POLICE, { from: '2026-12-01' }))
    expect(await officers(kcsp, '2026-11-30')).toContain('chair: Cllr Margaret Ashdown')
    expect(await officers(kcsp, '2026-12-01')).toContain('acting chair: Daniel Okafor')
    house.clock.set('2026-12-05T09:00:00Z')
    cardOf(await appoint({ as: 'office', office: 'chair', acting: false }, POLICE))
    expect(await officers(kcsp, '2026-12-04')).toContain('acting chair: Daniel Okafor')
    expect((await officers(kcsp, '2026-12-05')).filter((line) => line.includes('chair'))).toEqual(['chair: Daniel Okafor'])
  })

  test('that the terms let be shared is held by both', async () => {
    const shared = termsText('kcsp-2025', ['    filled: elected\n', '    filled: elected\n    shared: true\n'])
    cardOf(await county.setUp(CLERK, shared, kcsp))
    cardOf(await county.approve(CLERK, await county.lastText(kcsp)))
    for (const who of [POLICE, 'Helen Marsh']) cardOf(await appoint(vice, who))
    const held = async () => (await officers(kcsp, '2026-11-22')).filter((line) => line.startsWith('vice'))
    expect(await held()).toEqual(['vice-chair: Daniel Okafor', 'vice-chair: Helen Marsh'])
    const part = JSON.stringify({ person: 'daniel.okafor@example.org', of: vice })
    cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    expect(await held()).toEqual(['vice-chair: Helen Marsh'])
  })

  test('of clerk passes on: who is it no more changes nothing more', async () => {
    cardOf(await appoint({ as: 'office', office: 'clerk', acting: false }, COLLEAGUE))
    await refused('not_permitted', () => appoint(seatOf('Kent Police', 'deputy'), 'Tariq Aziz'))
    cardOf(await appoint(seatOf('Kent Police', 'deputy'), 'Tariq Aziz', {}, COLLEAGUE))
  })
})
