import { afterEach, expect, test } from 'vitest'
import { textOf } from '../house.js'
import { CHAIR, COUNTY, type Deciding, FIRE, graveshamInSession, NHS, POLICE, PROBATION } from './setting.js'

let here: Deciding
afterEach(() => here.house.close())

/** Puts it to the vote, and has these vote for and those against. */
async function vote(ayes: readonly string[], noes: readonly string[], by: string = CHAIR): Promise<string> {
  await here.on('10:05', by, 'B1', 'votes.put', { text: 'The grant be spent on street lighting' })
  await here.on('10:06', by, 'B1', 'votes.open', { ends: 'hand' })
  for (const name of ayes) await here.press('10:07', name, 'votes.cast', { choice: 'for' })
  for (const name of noes) await here.press('10:07', name, 'votes.cast', { choice: 'against' })
  return textOf(await here.press('10:08', by, 'votes.close'))
}

test('equal votes fall to the chair, who has voted already and votes again', async () => {
  here = await graveshamInSession([CHAIR, FIRE, POLICE, PROBATION])
  const closed = await vote([CHAIR, FIRE], [POLICE, PROBATION])
  expect(closed).toContain('The votes are equal. Cllr Imogen Fairley (Chair) has a second or casting vote.')
  expect(await here.register()).toEqual([])
  expect(textOf(await here.press('10:09', POLICE, 'votes.casting', { choice: 'for' }))).toContain(
    'that of the person presiding alone',
  )
  await here.press('10:09', CHAIR, 'votes.casting', { choice: 'for' })
  expect(await here.register()).toEqual([
    'RESOLVED, on the Chair’s casting vote (2 votes for and 2 against), that the grant be spent on street lighting.',
  ])
})

test('the chair may give it without a first vote, and against', async () => {
  here = await graveshamInSession([CHAIR, FIRE, POLICE, PROBATION, NHS])
  await vote([FIRE, NHS], [POLICE, PROBATION])
  await here.press('10:09', CHAIR, 'votes.casting', { choice: 'against' })
  expect(await here.register()).toEqual([
    'NOT CARRIED, on the Chair’s casting vote (2 votes for and 2 against), that the grant be spent on street lighting.',
  ])
})

test('a vice-chair who presides has it', async () => {
  here = await graveshamInSession([FIRE, POLICE, PROBATION, COUNTY])
  await vote([FIRE, COUNTY], [POLICE, PROBATION], FIRE)
  await here.press('10:09', FIRE, 'votes.casting', { choice: 'for' })
  expect((await here.register())[0]).toContain('on the Vice-Chair’s casting vote')
})

test('a meeting that closes before it is given has not carried the motion', async () => {
  here = await graveshamInSession([CHAIR, FIRE, POLICE, PROBATION])
  await vote([CHAIR, FIRE], [POLICE, PROBATION])
  await here.room('10:09', CHAIR, 'attendance.close', { allTheSame: 'yes' })
  expect(await here.register()).toEqual([
    'NOT CARRIED, the votes being equal (2 votes for and 2 against), that the grant be spent on street lighting.',
  ])
  expect(textOf(await here.press('10:10', CHAIR, 'votes.casting', { choice: 'for' }))).toContain(
    'does not wait for a casting vote',
  )
})
