import { expect, test } from 'vitest'
import { noticeIn, removesIn } from '../../../src/votes/removal/notice.js'

test.each([
  'remove the Vice-Chair',
  'remove the Chair from office',
  'the Vice Chair be removed',
  'the Chair, Cllr Margaret Ashdown, be removed from office',
  'Cllr Margaret Ashdown be removed from the office of Chair',
  'remove Daniel Okafor as Vice-Chair',
  'remove Daniel Okafor from being vice chair with immediate effect',
  'Daniel Okafor is removed from his office',
  'dismiss the chairman',
  'Daniel Okafor cease to be Vice-Chair',
  'the office of Vice-Chair be declared vacant',
  'declare the office of Chair vacant',
  'agree the removal of the vice-chair',
  'agree to remove our co-chair',
  'approve the removal of Cllr Ashdown from the chair',
  'depose the chairwoman',
  'the Vice‑Chair be dismissed'.replace('‑', '-'),
  'remove the Chair of the Partnership',
])('takes an office away: %s', (part) => {
  expect(removesIn(part)).toBe(true)
})

test.each([
  'remove the item',
  'remove the barriers to reporting',
  'remove the Chair’s foreword from the plan',
  "remove the chair's name from the list",
  'remove the chairs of local partnerships from the circulation list',
  'remove the Vice-Chair from the mailing list',
  'remove the graffiti, as the Chair suggested',
  'thank the Vice-Chair for removing the doubt',
  'agree the priorities',
  'elect a Vice-Chair',
  'the Chair remove the item from the agenda',
  'note the removal of the bollards',
  'ask the Chair to write to the Home Office',
  'remove duplicate rows from the office list'.replace('the office list', 'the list of offices'),
  'remove the chairs from the room',
  'the lamps be removed from the high street',
  'appoint a chair of the working group',
  'the Chair be thanked',
  'remove the chair of the housing group from the list of invitations',
])('takes none away: %s', (part) => {
  expect(removesIn(part)).toBe(false)
})

test.each([
  ['Removal of the Vice-Chair', 'vice-chair', null],
  ['Removal of the Chair', 'chair', null],
  ['Removal of Cllr Ashdown as Chair', 'chair', 'Cllr Ashdown'],
  ['Removal of Daniel Okafor from the office of Vice Chair', 'vice-chair', 'Daniel Okafor'],
  ['Proposed removal of the vice chair from office', 'vice-chair', null],
  ['Vote to remove the Chairman', 'chair', null],
  ['Motion: that the Vice-Chair be removed', 'vice-chair', null],
  ['Removal from office', null, null],
  ['Removal from office: Vice-Chair', 'vice-chair', null],
  ['Removal of the Chair and of the Vice-Chair', null, null],
  ['Removal of Cllr Reed from the chair', 'chair', 'Cllr Reed'],
  ['Dismissal of the Co-Chair', 'co-chair', null],
])('%s gives notice of a removal', (title, office, name) => {
  expect(noticeIn(title)).toEqual({ office, name })
})

test.each([
  'Street lighting',
  'Election of Vice-Chair',
  'Removal of graffiti',
  'Removal of fly-tipping: update',
  'Removal of the Vice-Chair from the mailing list',
  'Any other business',
  'The Chair’s report on the removal of barriers',
])('%s gives none', (title) => {
  expect(noticeIn(title)).toBeNull()
})
