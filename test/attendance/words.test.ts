import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { words } from '../../src/attendance/words.js'
import type { Reading } from '../../src/kernel/command.js'
import { newId } from '../../src/kernel/ids.js'
import { fromText } from '../../src/kernel/time.js'
import { NO_VAULT, placeOf, textOf } from '../house.js'
import { at, atTheMeeting, CHAIR, CLERK, FIRE, inSession, OPCC, POLICE, type Room } from './sitting.js'

let room: Room
beforeAll(async () => {
  room = await inSession([CHAIR, POLICE])
})
afterAll(() => room.house.close())

/** What somebody's sentence is read as, at twenty past ten unless it says when: "attendance.mark how: left, hour: 10:15". */
async function read(name: string, sentence: string, { house } = room, hour = '10:20'): Promise<readonly string[]> {
  const { id, tenant_id } = await house.handles.reading
    .selectFrom('person')
    .where('name', '=', name)
    .select(['id', 'tenant_id'])
    .executeTakeFirstOrThrow()
  const actor = { person: id, tenant: tenant_id, name }
  const asking = {
    db: house.handles.reading,
    actor,
    now: fromText(at(hour)),
    place: placeOf(name),
    file: null,
    publicUrl: null,
    vault: NO_VAULT,
  }
  return (await words(asking, sentence)).map(said)
}

const said = ({ command, input, certain }: Reading): string => {
  const { subject: _, ...values } = input as unknown as Record<string, string>
  const shown = Object.entries(values)
    .filter(([name]) => !['person', 'item', 'for'].includes(name))
    .map(([name, value]) => ` ${name}: ${value}`)
  return `${command}${shown.join(',')}${certain ? '' : ' (asked)'}`
}

describe('of oneself', () => {
  test.each([
    ["I'm here", 'attendance.arrive mode: online'],
    ['here', 'attendance.arrive mode: online'],
    ['Present.', 'attendance.arrive mode: online'],
    ['Good morning, I am here', 'attendance.arrive mode: online'],
    ["I've arrived", 'attendance.arrive mode: online'],
    ['I have just joined', 'attendance.arrive mode: online'],
    ["I'm in the room", 'attendance.arrive mode: room'],
    ["Morning all, I'm in", 'attendance.arrive mode: online'],
    ['finally here!', 'attendance.arrive mode: online'],
    ["I'm here at last, online", 'attendance.arrive mode: online'],
    ["I'm here, sorry, had to restart Teams", 'attendance.arrive mode: online'],
    ["ok I'm back on", 'attendance.arrive mode: back'],
    ["Made it, I'm online", 'attendance.arrive mode: online'],
    ['here, standing in for June', 'attendance.arrive mode: online'],
    ["I'm off now, bye everyone", 'attendance.leave'],
    [
      'declare an interest in A4: my sister works there; I withdraw',
      'attendance.declare nature: my sister works there, does: withdraws',
    ],
    ['in the council chamber now', 'attendance.arrive mode: room'],
    ["I'm on Teams", 'attendance.arrive mode: online'],
    ['joined the call', 'attendance.arrive mode: online'],
    ["I'm attending remotely", 'attendance.arrive mode: online'],
    ["I'm back", 'attendance.arrive mode: back'],
    ['back online', 'attendance.arrive mode: back'],
    ["I'm leaving", 'attendance.leave'],
    ["Sorry, I've got to go", 'attendance.leave'],
    ['I have to leave now, thanks all', 'attendance.leave'],
    ["I'm off now, thanks", 'attendance.leave'],
    ['I have left the meeting', 'attendance.leave'],
    ['my connection dropped', 'attendance.leave dropped: yes'],
    ['I lost connection', 'attendance.leave dropped: yes'],
    ['declare an interest', 'attendance.declare_form'],
    ['I have an interest to declare', 'attendance.declare_form'],
    ['I declare an interest in A4: my sister works there', 'attendance.declare_form nature: my sister works there'],
    ['I withdraw for A4', 'attendance.withdraw'],
    ['I return to A4', 'attendance.return'],
    ['leaving for A4', 'attendance.withdraw (asked)'],
    ['leaving the room for A4', 'attendance.withdraw'],
    ['present (online)', 'attendance.arrive mode: online'],
    ['returning to A4', 'attendance.return (asked)'],
    ["will have to leave in about 20 minutes I'm afraid", 'attendance.expect kind: leaves, hour: 10:40'],
    [
      "declaring an interest in A4: I sit on their board; I'll stay",
      'attendance.declare nature: I sit on their board, does: stays',
    ],
    ["morning chair, I'm on", 'attendance.arrive mode: online'],
    ['Hi all, joining from the train, online', 'attendance.arrive mode: online'],
    ['lost you there, back now', 'attendance.arrive mode: back'],
    ['dropped off for a second but back now', 'attendance.arrive mode: back'],
    ['need to drop now, thanks everyone', 'attendance.leave'],
    ["made it, sorry I'm late everyone, trains", 'attendance.arrive mode: online'],
    ['phew, made it', 'attendance.arrive mode: online'],
    ['here now, apologies for the delay', 'attendance.arrive mode: online'],
    ["that's me away folks, thanks", 'attendance.leave (asked)'],
    [
      "I should declare an interest in A4, my brother works there, I'll step out",
      'attendance.declare_form nature: my brother works there, does: withdraws',
    ],
    [
      "declare an interest in A4: my brother works there; I'll leave the room",
      'attendance.declare nature: my brother works there, does: withdraws',
    ],
    ['sorry folks I need to go', 'attendance.leave'],
    ['I have to go now', 'attendance.leave'],
    ['need to drop off', 'attendance.leave'],
    ['dropping off the call', 'attendance.leave'],
    ["that's me off", 'attendance.leave'],
    ["right, that's me off, bye", 'attendance.leave'],
    ['got to run, bye all', 'attendance.leave'],
    ['Chair, I need to go', 'attendance.leave'],
    ['Apologies, I have to go', 'attendance.leave'],
    ['apologies all but I need to drop off now', 'attendance.leave'],
    ["I'm going to have to leave you all", 'attendance.leave'],
    ["I'm afraid I must dash", 'attendance.leave'],
    ["I'll leave now", 'attendance.leave (asked)'],
    ['time for me to head off', 'attendance.leave (asked)'],
    ['leaving in 5 minutes', 'attendance.expect kind: leaves, hour: 10:25'],
    ['I need to leave in ten minutes', 'attendance.expect kind: leaves, hour: 10:30'],
    ['dropping off in half an hour', 'attendance.expect kind: leaves, hour: 10:50'],
    ['leaving in 5', 'attendance.expect kind: leaves, hour: 10:25 (asked)'],
    ['going in 10 minutes', 'attendance.expect kind: leaves, hour: 10:30 (asked)'],
    ['back now', 'attendance.arrive mode: back'],
    ["I'm back in", 'attendance.arrive mode: back'],
    ["I'm back now, sorry about that", 'attendance.arrive mode: back'],
    ["that's me back", 'attendance.arrive mode: back'],
    ['back with you now', 'attendance.arrive mode: back'],
    ["I'm withdrawing for A4 now", 'attendance.withdraw'],
    ['stepping out for A4', 'attendance.withdraw'],
    ['I have to leave the room for item A4', 'attendance.withdraw'],
    ["I'll step out for A4", 'attendance.withdraw (asked)'],
    ['I will withdraw for A4', 'attendance.withdraw (asked)'],
    ["I'm back for A4", 'attendance.return'],
    ["I'm back in after A4", 'attendance.return'],
    ['back in after A4', 'attendance.return (asked)'],
    [
      'I declare an interest in B99: my sister works there; I withdraw',
      'attendance.declare_form nature: my sister works there, does: withdraws',
    ],
  ])('“%s”', async (sentence, meaning) => {
    expect(await read(POLICE, sentence)).toEqual([meaning])
  })
})

describe('of the meeting', () => {
  test.each([
    ['open the meeting', 'attendance.open'],
    ['please open the KCSP meeting', 'attendance.open'],
    ['close the meeting', 'attendance.close'],
    ['who is here?', 'attendance.here'],
    ["who's in the room", 'attendance.here'],
    ['who has joined?', 'attendance.here'],
    ['attendance', 'attendance.here'],
    ['are we quorate?', 'attendance.quorum'],
    ['is the meeting still quorate?', 'attendance.quorum'],
    ['do we have a quorum', 'attendance.quorum'],
    ['quorum', 'attendance.quorum'],
    ['attendance record', 'attendance.print'],
    ['print the attendance', 'attendance.print'],
    ['quorum ledger', 'attendance.print'],
    ['we wait', 'attendance.proceed how: waits'],
    ['wait for a quorum', 'attendance.proceed how: waits'],
    ['continue informally', 'attendance.proceed how: informal'],
    ['adjourn', 'attendance.proceed how: adjourned'],
    ['adjourn the meeting until 11:15', 'attendance.proceed how: adjourned, until: until 11:15'],
    ['adjourn for ten minutes please', 'attendance.proceed how: adjourned, until: until 10:30'],
    ['adjourn for a quarter of an hour', 'attendance.proceed how: adjourned, until: until 10:35'],
    ['adjourn for another ten minutes', 'attendance.proceed how: adjourned, until: until 10:30'],
    ['adjourn for 1 hour 15', 'attendance.proceed how: adjourned, until: until 11:35'],
    ['adjourn for five more minutes', 'attendance.proceed how: adjourned, until: until 10:25'],
    ['adjourn for seventeen-odd minutes', 'attendance.proceed how: adjourned (asked)'],
    ['adjourn until 20 January at 10', 'attendance.proceed how: adjourned, until: until 20 January at 10'],
    ['adjourn until tomorrow morning', 'attendance.proceed how: adjourned, until: until tomorrow morning'],
    ['adjourn until further notice', 'attendance.proceed how: adjourned, until: until further notice'],
    ['adjourn until 11? what do people think', 'attendance.proceed how: adjourned (asked)'],
    ["adjourn for the police item? I'd rather not", 'attendance.proceed how: adjourned (asked)'],
    ['adjourn till 11.20 please Grace', 'attendance.proceed how: adjourned (asked)'],
    ['adjourn until the new year, perhaps', 'attendance.proceed how: adjourned (asked)'],
    ['extend the adjournment by ten minutes', 'attendance.proceed how: adjourned, until: until 10:30'],
    ["we'll adjourn for 10 minutes", 'attendance.proceed how: adjourned, until: until 10:30'],
    ["let's wait until we are quorate", 'attendance.proceed how: waits'],
    ['adjourn for lunch', 'attendance.proceed how: adjourned, until: for lunch'],
    ['adjourn till half past one', 'attendance.proceed how: adjourned, until: until 13:30'],
    ['reconvene', 'attendance.proceed how: resumed'],
    ["we're back", 'attendance.proceed how: resumed'],
    ['I declare the meeting closed', 'attendance.close'],
    ['could you close the meeting?', 'attendance.close'],
    ['everyone is here', 'attendance.table_form'],
    ['who is missing?', 'attendance.here'],
    ['no declarations', 'attendance.no_interests'],
    ['the chair rules that we count by statute', 'attendance.count_by reading: by statute'],
    ['resume the meeting', 'attendance.proceed how: resumed'],
    ['do we have enough people?', 'attendance.quorum'],
    ['have we got enough members here to start?', 'attendance.quorum'],
    ["who's left?", 'attendance.here'],
    ["ok we'll continue informally until Helen gets back", 'attendance.proceed how: informal'],
    ['carry on informally for now', 'attendance.proceed how: informal'],
    ["ok let's pause there and wait for a quorum", 'attendance.proceed how: waits'],
    ["right, let's get going again", 'attendance.proceed how: resumed'],
    ['how many have we got now?', 'attendance.here'],
    ["we'll wait for a quorum", 'attendance.proceed how: waits'],
    ["let's wait", 'attendance.proceed how: waits'],
    ['we will wait until we have a quorum', 'attendance.proceed how: waits'],
    ['waiting for a quorum', 'attendance.proceed how: waits'],
    ["We'll carry on informally", 'attendance.proceed how: informal'],
    ["let's proceed informally", 'attendance.proceed how: informal'],
    ['we will press on with the meeting informally', 'attendance.proceed how: informal'],
    ["let's carry on without a quorum", 'attendance.proceed how: informal (asked)'],
    ['how many are we', 'attendance.here'],
    ['how many of us are there?', 'attendance.here'],
    ['who is missing', 'attendance.here'],
    ["who's not here yet?", 'attendance.here'],
    ['who are we waiting for?', 'attendance.here'],
    ["who hasn't arrived?", 'attendance.here'],
    ['who have we got online', 'attendance.here'],
    ['is everyone here?', 'attendance.here'],
    ['do we have quorum now?', 'attendance.quorum'],
    ['mark the table', 'attendance.table_form'],
    ['correct the attendance', 'attendance.correct_form'],
    ['declarations of interest', 'attendance.interests'],
    ['no declarations of interest', 'attendance.no_interests'],
    ['There were no declarations of interest.', 'attendance.no_interests'],
    ['I take the chair', 'attendance.preside'],
    ['Helen Marsh takes the chair', 'attendance.preside'],
    ['the chair resumes', 'attendance.preside'],
    ['count by statute', 'attendance.count_by reading: by statute'],
    ['count as the terms list them', 'attendance.count_by reading: as the terms list them'],
  ])('“%s”', async (sentence, meaning) => {
    expect(await read(CLERK, sentence)).toEqual([meaning])
  })
})

describe('of others', () => {
  test.each([
    ['Daniel Okafor is here', 'attendance.mark name: Daniel Okafor, how: online'],
    ['daniel okafor is here', 'attendance.mark name: daniel okafor, how: online'],
    ['Okafor has arrived', 'attendance.mark name: Okafor, how: online'],
    ['Helen Marsh and Tom Beresford are here', 'attendance.mark name: Helen Marsh; Tom Beresford, how: online'],
    [
      'Helen Marsh, Tom Beresford and Dr Simon Kerr have joined',
      'attendance.mark name: Helen Marsh; Tom Beresford; Dr Simon Kerr, how: online',
    ],
    ['Helen Marsh is in the room', 'attendance.mark name: Helen Marsh, how: room'],
    ['Daniel Okafor is here since 10:05', 'attendance.mark name: Daniel Okafor, how: online, hour: 10:05'],
    [
      'Ruth Hale is here for Daniel Okafor since 10.05',
      'attendance.mark name: Ruth Hale, how: online, hour: 10:05, forNamed: Daniel Okafor',
    ],
    ['Helen Marsh has left since five past ten', 'attendance.mark name: Helen Marsh, how: left, hour: 10:05'],
    ['mark Helen Marsh as in the room', 'attendance.mark name: Helen Marsh, how: room'],
    ['mark Tom as present', 'attendance.mark name: Tom, how: online'],
    ["Aisha's here", 'attendance.mark name: Aisha, how: online'],
    ["Helen's back", 'attendance.mark name: Helen, how: back'],
    ['Aisha present', 'attendance.mark name: Aisha, how: online'],
    ['Cllr Ashdown is here, online', 'attendance.mark name: Cllr Ashdown, how: online'],
    ['Margaret is here in the room', 'attendance.mark name: Margaret, how: room'],
    ['Daniel came at 10.01', 'attendance.mark name: Daniel, how: online, hour: 10:01'],
    ['Tom has just come in', 'attendance.mark name: Tom, how: online'],
    ['daniel has lost his connection', 'attendance.mark name: daniel, how: dropped'],
    ['June is online too', 'attendance.mark name: June, how: online'],
    ['Rob Tilley from KHG is here', 'attendance.mark name: Rob Tilley, how: online'],
    ['Helen left at 11:05 because she told me so', 'attendance.mark name: Helen, how: left, hour: 11:05, reason: she told me so'],
    ['Helen left at 11:05 (the sign-in sheet)', 'attendance.mark name: Helen, how: left, hour: 11:05, reason: the sign-in sheet'],
    ['Dr Kerr declares an interest in A4: a cousin; he withdraws', 'attendance.declare nature: a cousin, does: withdraws'],
    ['Helen Marsh has left', 'attendance.mark name: Helen Marsh, how: left'],
    ['Helen Marsh left at 10:15', 'attendance.mark name: Helen Marsh, how: left, hour: 10:15'],
    ['Helen Marsh left the meeting at quarter past ten', 'attendance.mark name: Helen Marsh, how: left, hour: 10:15'],
    ['Helen Marsh is back', 'attendance.mark name: Helen Marsh, how: back'],
    ["Helen Marsh's connection dropped", 'attendance.mark name: Helen Marsh, how: dropped'],
    ['Ruth Hale is here for Daniel Okafor', 'attendance.mark name: Ruth Hale, how: online, forNamed: Daniel Okafor'],
    ['April Stone is here for the NHS', 'attendance.mark name: April Stone, how: online, forNamed: the NHS'],
    ['Jane Roe is here', 'attendance.mark name: Jane Roe, how: online'],
    ["that's Aisha and Simon online now", 'attendance.mark name: Aisha; Simon, how: online'],
    ['we have Helen Marsh in the room', 'attendance.mark name: Helen Marsh, how: room'],
    ['Nadia Flynn has joined us', 'attendance.mark name: Nadia Flynn, how: online'],
    ['please mark Cllr Pryce as here online', 'attendance.mark name: Cllr Pryce, how: online'],
    ['Mark Dunn is here too for KFRS', 'attendance.mark name: Mark Dunn, how: online, forNamed: KFRS'],
    ['Dr Kerr has dropped off the call', 'attendance.mark name: Dr Kerr, how: dropped'],
    ['oops, Tom left at 10:07', 'attendance.mark name: Tom, how: left, hour: 10:07'],
    ["Tom's had to go", 'attendance.mark name: Tom, how: left'],
    ['my mistake, Aisha arrived at 10:03', 'attendance.mark name: Aisha, how: back, hour: 10:03'],
    ['Correction: Simon Kerr left at 10:08', 'attendance.mark name: Simon Kerr, how: left, hour: 10:08'],
    ['correction – Simon Kerr arrived at 10:05', 'attendance.mark name: Simon Kerr, how: back, hour: 10:05'],
    [
      'small correction, Helen Marsh and Tom Beresford left at 10:12',
      'attendance.mark name: Helen Marsh; Tom Beresford, how: left, hour: 10:12',
    ],
    ['Correction: Simon Kerr left', 'attendance.mark name: Simon Kerr, how: left (asked)'],
    ['please note that Simon Kerr left at 10:08', 'attendance.mark name: Simon Kerr, how: left, hour: 10:08'],
    ['actually I left at 10:10', 'attendance.mark how: left, hour: 10:10'],
    ['I arrived at 10:05', 'attendance.mark how: back, hour: 10:05'],
    ['Simon Kerr has joined online', 'attendance.mark name: Simon Kerr, how: online'],
    ['Simon Kerr is now online', 'attendance.mark name: Simon Kerr, how: online'],
    ['mark Simon Kerr as here', 'attendance.mark name: Simon Kerr, how: online'],
    ['mark Helen as back', 'attendance.mark name: Helen, how: back'],
    ['mark Helen as having left', 'attendance.mark name: Helen, how: left'],
    ['Helen Marsh has had to leave', 'attendance.mark name: Helen Marsh, how: left'],
    ['June is here for Daniel', 'attendance.mark name: June, how: online, forNamed: Daniel'],
    ['Leon is sitting in for June', 'attendance.mark name: Leon, how: online, forNamed: June'],
    ["Leon Carter's standing in for June Whitfield", 'attendance.mark name: Leon Carter, how: online, forNamed: June Whitfield'],
  ])('“%s”', async (sentence, meaning) => {
    expect(await read(CLERK, sentence)).toEqual([meaning])
  })
})

describe('what only looks so does nothing', () => {
  test.each([
    'is the room booked?',
    "I'm in for a long day",
    "I'm here for the biscuits",
    "I'm in for a treat",
    "I'm online for my emails",
    "I'm here for you",
    "I'm in for whatever the chair decides",
    'the papers are here',
    'the lift is out of order, we are in the other room on the second floor',
    'Helen Marsh is here to present the report',
    'I will be back on Monday',
    'I left my papers in the room',
    'the quorum of the scrutiny committee is three',
    'can we open the window',
    'open the meeting papers',
    'close the window please',
    'who is here to take the notes for item B3?',
    'I am leaving the council in March',
    'Daniel Okafor left the police in 2019',
    'Daniel Okafor is here on Tuesdays',
    'please mark the papers as restricted',
    'I declare that the report is late',
    'attendance at the gym was good',
    'the chair of the scrutiny committee is here',
    'should we adjourn?',
    'shall I close the meeting?',
    'are you here?',
    'no declarations from me',
    'everyone is back from leave',
    'the wifi is back',
    'wait for me',
    'resume the recording',
    'I am present in spirit only, apologies',
    'return the forms to me',
    'present the report',
    "I'm on mute",
    "I'm on board",
    'made it clear',
    "that's me in the photo",
    "that's me done",
    'I should leave it there',
    'I have to leave you with that thought',
    'sorry, back to the item',
    'leaving aside A4',
    'gone in 60 seconds',
    'leaving in a hurry',
    'I joined the police at 10',
    'sorry chair',
    'we have everyone here but Tom',
    "that's it in",
    'note the papers are here',
    'scrap that',
    "Leon is covering for June's talk",
    'hold on and wait',
    'Simon, are you there?',
    "I'm in the middle of something",
    'gone are the days',
    "Helen's back garden",
    "we're back where we started",
    "I'm going to have to leave that point",
    'we will wait for the report',
    'note that Tom left a comment at 10:20',
    'I need to go back to A4',
    "let's leave it there",
    'I left the room booking with Grace',
    "Simon's leaving do is on Friday",
    'we have lunch in the room',
    'we have the papers here',
    "that's all online now",
    'I have Helen on my mind',
    'do we have enough people for the sub-group?',
    'do we have enough chairs in the room?',
    'wait, is that right?',
    'in, as in inside the tent',
    'Aisha is leaving that with me',
    "I'm off the fence now",
    'I left it at that',
    'back to square one',
    'we start again from scratch',
    'my mistake, page 4',
    'Tom has left himself open there',
    "I'm on it",
    "I'm on leave",
    "I'm on page 4",
    'joining from Monday',
    'joining from the back of the queue',
    'we carry on informally in the pub',
    'Dr Kerr has dropped the ball',
    'I need to drop the subject',
    "let's go back to item A4",
    "who's taking the notes?",
    'Simon is usually late',
    'I left the attachment in the email',
    "I'm in two minds about this",
    'can we wait for Simon before we vote',
    'Helen left us with no choice',
    'back to you, Chair',
    'the meeting is going well',
    "let's wait until Helen has finished her point",
    "I'm back on my hobby horse",
    'Correction: that should say Darent Room',
    'I have to go back to what Simon said',
    'we carry on regardless',
    'I need to step out of line here',
    'thank you, off you go',
    "Tom's gone quiet",
    'leaving that to one side',
    'going in circles here',
    "let's get going",
    'well in',
    'then left',
    'we made it to page 4',
    'made it a condition',
    'oops',
    'dropping off for another call, back in 10',
    'apologies for the delay in the papers',
    'I should declare that I like cake',
    'I need to go to the loo',
    'I need to go through the figures',
    'I need to drop off my kids',
    'dropping off the papers at reception',
    'I have to run something past you',
    'I have to go on leave',
    "I'm leaving in March",
    'leaving in 5 years',
    "that's me off the hook",
    'time to head off the problem',
    "I'll go first",
    'I must dash these off',
    'back in 5 minutes',
    "I'll be back in 5",
    "I'm back at work on Monday",
    "we'll be back to A4 later",
    "I'll be back for A4",
    'withdraw A4',
    "I'm withdrawing my objection to A4",
    'should I step out for A4?',
    'I stepped out of line on A4',
    'can they step out for A4?',
    "we'll wait for Simon",
    "let's wait and see",
    'shall we wait?',
    'just wait',
    "we can't carry on without a quorum",
    "let's carry on with item A4",
    'should we carry on without a quorum?',
    'Correction: the papers left at 10:08',
    'Correction to the minutes: item 3',
    'correction, page 4 should read 12',
    'I left work at 10',
    'I left at 10:10 yesterday',
    'I left my bag at 10:10',
    'I arrived at the wrong conclusion at 10:05',
    'Leon is sitting in for the photo',
    'Leon is standing in for the photographer',
    'mark my words',
    'mark her as difficult',
    'is Simon here in spirit',
    'who left the door open',
    'who is there to help',
    'how many of us are going to the dinner',
    'is everyone here happy with that?',
    'who has left the county',
    'apologies, here is the paper',
    'correction',
  ])('“%s”', async (sentence) => {
    for (const name of [CLERK, POLICE]) expect(await read(name, sentence), name).toEqual([])
  })
})

test.each([
  ['I am', `${'i am '.repeat(400)}here x`],
  ['and', `${'and '.repeat(400)}is here x`],
  ['a name', `${'Daniel '.repeat(200)}is here x`],
  ['names', `${'Daniel Okafor and '.repeat(60)}is here x`],
  ['have', `${'have just '.repeat(150)}left x`],
  ['sorry', `I'm here ${'sorry about that '.repeat(110)}x`],
  ['bye', `I'm off ${'bye '.repeat(400)}x`],
  ['a vocative', `${'sorry all, '.repeat(150)}I'm here x`],
  ['what comes after', `carry on informally until ${'Helen is back '.repeat(100)}x`],
  ['correction', `${'correction, oops, '.repeat(100)}Helen left x`],
])('nothing said without end is read without end: %s', async (_, sentence) => {
  for (const name of [CLERK, POLICE]) expect(await read(name, sentence)).toEqual([])
})

test('what has passed is the clerk’s to record, and a member is told so', async () => {
  const refused = await room.say('10:20', POLICE, 'actually I left at 10:10')
  expect(textOf(refused)).toContain('Tell the clerk: “Daniel Okafor left at 10:10”.')
  expect(textOf(await room.say('10:20', CLERK, 'who is here'))).toMatch(/Daniel Okafor.*in the room since 10:00/)
})

test('who is recorded as there came when that says, and is not passed over', async () => {
  expect(textOf(await room.say('10:20', CLERK, 'Correction: Daniel Okafor arrived at 10:05'))).toContain(
    'Daniel Okafor is recorded as here since 10:00. If that is wrong, say “correct the attendance”.',
  )
})

test('by whoever may not mark others it is refused, and nothing is marked', async () => {
  const count = async () => (await room.house.handles.reading.selectFrom('spell').select('seq').execute()).length
  const before = await count()
  expect(textOf(await room.say('10:20', POLICE, 'Helen Marsh is here'))).toContain('not yours to do here')
  expect(await count()).toBe(before)
})

test('where it is held in a room and online, “I’m here” is asked about', async () => {
  const { house, meeting } = room
  await house.writer.write((tx) =>
    tx.updateTable('meeting').set({ venue: 'Darent Room', link: 'https://teams.example/1' }).where('id', '=', meeting).execute(),
  )
  expect(await read(FIRE, "I'm here")).toEqual(['attendance.arrive mode: room (asked)', 'attendance.arrive mode: online (asked)'])
  await house.writer.write((tx) => tx.updateTable('meeting').set({ link: null }).where('id', '=', meeting).execute())
  expect(await read(OPCC, "I'm here")).toEqual(['attendance.arrive mode: room'])
})

test.each(['leaving in 5 minutes', 'I left at 9:30', 'Leon is sitting in for June'])(
  'before it is open, “%s” is said of something else',
  async (sentence) => {
    const before = await atTheMeeting()
    for (const name of [CLERK, POLICE]) expect(await read(name, sentence, before, '09:50'), name).toEqual([])
    await before.house.close()
  },
)

test('a board that the speaker does not know is none of theirs', async () => {
  const id = newId()
  expect(await room.house.press('Ruth Hale', { command: 'attendance.here', subject: id })).toMatchObject({ kind: 'refusal' })
  expect(await read('Ruth Hale', 'who is here?')).toEqual([])
})
