import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { textOf } from '../../house.js'
import { CHAIR, CLERK, FIRE, inSession, NHS, POLICE, type Room } from '../sitting.js'

let room: Room
beforeEach(async () => {
  room = await inSession([CHAIR, POLICE, FIRE, NHS])
})
afterEach(async () => {
  expect(room.house.faults).toEqual([])
  await room.house.close()
})

const itemOf = async (title: string) => {
  const { id } = await room.house.handles.reading
    .selectFrom('item')
    .where('title', '=', title)
    .select('id')
    .executeTakeFirstOrThrow()
  return id
}
const ELECTION = 'Election of Vice-Chair'
const declare = async (hour: string, name: string, values: Record<string, string>) =>
  textOf(
    await room.press(hour, name, 'attendance.declare', {
      item: await itemOf(ELECTION),
      nature: 'a relation',
      does: 'stays',
      ...values,
    }),
  )
const quorumAt = async (hour: string) => textOf(await room.say(hour, CHAIR, 'are we quorate?'))

describe('who withdraws', () => {
  test('is out of that item’s count until they return, and counts in the room', async () => {
    await declare('10:05', POLICE, { does: 'withdraws' })
    expect(await quorumAt('10:06')).not.toContain('withdrawn')
    await room.say('10:10', POLICE, 'I withdraw for A4')
    const without = await quorumAt('10:11')
    expect(without).toContain('Quorate: 4 responsible authorities are represented')
    expect(without).toContain('Without those who have withdrawn for an item: Not quorate: 3 responsible authorities')
    await room.say('10:20', POLICE, 'I return to A4')
    expect(await quorumAt('10:21')).not.toContain('withdrawn')
    expect(textOf(await room.say('10:22', CLERK, 'interests'))).toContain('a relation (withdrew at 10:10, returned at 10:20)')
  })

  test('twice has withdrawn twice: the ledger keeps both', async () => {
    await declare('10:05', POLICE, { does: 'withdraws now' })
    await room.say('10:10', POLICE, 'I return to A4')
    await room.say('10:20', POLICE, 'I withdraw for A4')
    await room.say('10:30', POLICE, 'I return to A4')
    const lines = textOf(await room.say('10:40', CLERK, 'quorum ledger')).split('\n')
    const withdrawn = lines.filter((line) => line.includes('without who withdrew')).map((line) => line.slice(2, 7))
    expect(withdrawn).toEqual(['10:05', '10:20'])
  })

  test('clerk and chair are told that the item has no quorum', async () => {
    await declare('10:05', POLICE, { does: 'withdraws now' })
    await room.deliver()
    expect(room.house.sentTo(CLERK).some((plain) => plain.startsWith('No quorum for an item'))).toBe(true)
  })

  test('the chair who withdraws does not preside', async () => {
    await declare('10:05', CHAIR, { does: 'withdraws now' })
    expect(textOf(await room.say('10:06', CLERK, 'who is here'))).toContain('Presiding: nobody')
    await room.say('10:10', CHAIR, 'I return to A4')
    expect(textOf(await room.say('10:11', CLERK, 'who is here'))).toContain('Presiding: Cllr Margaret Ashdown (Chair)')
  })

  test('takes the chair only when they have returned, and who says so is told what to do', async () => {
    await declare('10:05', CHAIR, { does: 'withdraws now' })
    await declare('10:05', POLICE, { does: 'withdraws now' })
    for (const said of ['Daniel Okafor takes the chair', 'Margaret Ashdown takes the chair'])
      expect(textOf(await room.say('10:06', CLERK, said))).toContain(
        'has withdrawn for an item, and cannot preside until they return. Say “interests” and mark that they return',
      )
    await room.say('10:10', POLICE, "I'm back for A4")
    expect(textOf(await room.say('10:11', CLERK, 'Daniel Okafor takes the chair'))).toContain('Presiding: Daniel Okafor')
  })
})

describe('a declaration', () => {
  test.each([
    { rule: 'to withdraw after the close', name: POLICE, values: { does: 'withdraws now' }, field: 'does' },
    { rule: 'of somebody who is not expected', name: CLERK, values: { person: newId() }, field: 'person' },
    { rule: 'in an item that is not there', name: POLICE, values: { item: newId() }, field: 'item' },
  ])('refused $rule is refused at its field, so that the form keeps what was typed', async ({ name, values, field }) => {
    if (field === 'does') await room.say('10:40', CLERK, 'close the meeting, all the same')
    const answer = await room.press('10:45', name, 'attendance.declare', {
      item: await itemOf(ELECTION),
      nature: 'a relation',
      does: 'stays',
      ...values,
    })
    expect(answer.kind === 'refusal' && Object.keys(answer.refusal.fields ?? {})).toEqual([field])
  })

  test('in an item that is not there opens the form with what was said of it', async () => {
    const form = await room.say('10:05', POLICE, 'I declare an interest in B99: my sister works there; I withdraw')
    expect(form.kind === 'form' && form.form.fields.flatMap((one) => ('value' in one ? [one.value] : []))).toEqual([
      'my sister works there',
      'withdraws',
    ])
  })

  test('is for the person who has it, or for the clerk to record', async () => {
    expect(await declare('10:05', POLICE, { person: await room.id(FIRE) })).toContain('declared by the person who has it')
    expect(await declare('10:05', CLERK, { person: await room.id(FIRE) })).toContain('A4 Aisha Rahman: a relation (stays)')
  })

  test('made again stands as it was said last', async () => {
    await declare('10:05', POLICE, { does: 'stays' })
    expect(await declare('10:06', POLICE, { does: 'speaks', nature: 'a cousin' })).toContain('a cousin (stays and speaks)')
    expect((await room.house.handles.reading.selectFrom('interest').select('id').distinct().execute()).length).toBe(1)
  })

  test('its nature is in the record and not in the journal', async () => {
    await declare('10:05', POLICE, { nature: 'canary-nature' })
    const rows = await room.house.handles.reading.selectFrom('journal_payload').select('payload').execute()
    expect(rows.filter(({ payload }) => payload.includes('canary-nature'))).toEqual([])
  })

  test.each([
    { rule: 'without a nature', values: { nature: ' ' }, says: 'Say what the interest is.' },
    {
      rule: 'in no item of the agenda',
      values: { item: '00000000-0000-4000-8000-000000000000' },
      says: 'There is no such item.',
    },
  ])('is refused $rule', async ({ values, says }) => {
    expect(await declare('10:05', POLICE, values as Record<string, string>)).toContain(says)
  })

  test('that was never made is not withdrawn for', async () => {
    expect(textOf(await room.say('10:05', POLICE, 'I withdraw for A4'))).toContain('You have declared no interest in that item.')
  })
})

describe('a nil return', () => {
  test('is recorded, once', async () => {
    expect(textOf(await room.say('10:05', CLERK, 'no declarations of interest'))).toContain(
      'There were no Declarations of Interest.',
    )
    await room.say('10:06', CLERK, 'no declarations of interest')
    const rows = await room.house.handles.reading.selectFrom('sitting').where('act', '=', 'no interests').select('seq').execute()
    expect(rows).toHaveLength(1)
    expect(textOf(await room.say('10:07', CLERK, 'attendance record'))).toContain('There were no Declarations of Interest.')
  })

  test('is none where somebody has declared one', async () => {
    await declare('10:05', POLICE, {})
    expect(textOf(await room.say('10:06', CLERK, 'no declarations of interest'))).toContain('Daniel Okafor declared an interest')
  })

  test('is for the clerk or who presides', async () => {
    expect(textOf(await room.say('10:05', POLICE, 'no declarations of interest'))).toContain(
      'for the clerk or the person presiding',
    )
  })
})
