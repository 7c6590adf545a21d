import { describe, expect, test } from 'vitest'
import { readRoster } from '../../../src/boards/roster/text.js'
import { fileOf, POLICE, type Row, saidOf } from './spreadsheet.js'

describe('a mistake is named at its row and column, with what to do', () => {
  const ROLES = 'representative, joint representative, deputy, colleague, assistant, in attendance, vacant'
  test.each<{ cells: Row; says: string }>([
    {
      cells: { Role: 'representitive' },
      says: `Role: expected one of ${ROLES}; got "representitive": did you mean representative?`,
    },
    { cells: { Role: 'rep' }, says: `Role: expected one of ${ROLES}; got "rep": did you mean representative?` },
    { cells: { Role: 'observer' }, says: `Role: expected one of ${ROLES}; got "observer"` },
    { cells: { Role: '' }, says: `Role: is empty: expected one of ${ROLES}` },
    {
      cells: { Standing: 'membr' },
      says: 'Standing: expected one of member, invited, required; got "membr": did you mean member?',
    },
    {
      cells: { Standing: 'standing invite' },
      says: 'Standing: expected one of member, invited, required; got "standing invite": did you mean invited?',
    },
    {
      cells: { Office: 'chairman' },
      says: 'Office: expected one of chair, vice-chair, co-chair, clerk; got "chairman": did you mean chair?',
    },
    {
      cells: { Office: 'chair, clerk' },
      says: 'Office: expected one of chair, vice-chair, co-chair, clerk; got "chair, clerk" (several are separated by ;)',
    },
    { cells: { Name: 'Vacant' }, says: 'Name: says "Vacant", which is nobody: write vacant under Role and leave Name empty' },
    { cells: { Name: 'TBC' }, says: 'Name: says "TBC", which is nobody: write vacant under Role and leave Name empty' },
    {
      cells: { Name: 'Ann Lee and Bo Day' },
      says: 'Name: holds more than one name, "Ann Lee and Bo Day": give each person a row of their own',
    },
    {
      cells: { Name: 'Ann Lee / Bo Day' },
      says: 'Name: holds more than one name, "Ann Lee / Bo Day": give each person a row of their own',
    },
    { cells: { Name: 'ann@example.org' }, says: 'Name: holds an address, "ann@example.org": that goes under Email' },
    { cells: { Name: '7' }, says: 'Name: expected a name, got "7"' },
    {
      cells: { Name: 'Ann\u202eLee' },
      says: 'Name: holds a character that cannot be seen (U+202E): empty the cell and type it again',
    },
    {
      cells: { Name: 'Ann\u0007Lee' },
      says: 'Name: holds a character that cannot be seen (U+0007): empty the cell and type it again',
    },
    {
      cells: { Email: '\u200bann@example.org' },
      says: 'Email: holds a character that cannot be seen (U+200B): empty the cell and type it again',
    },
    {
      cells: { Name: 'Andr\ufffd' },
      says: 'Name: holds "�" where a letter was lost: type it again, and save the file as CSV UTF-8',
    },
    {
      cells: { Name: 'AndrÃ©' },
      says: 'Name: holds "Ã©" where a letter was lost: type it again, and save the file as CSV UTF-8',
    },
    { cells: { Post: '-' }, says: 'Post: says only "-": leave the cell empty where there is nothing to say' },
    {
      cells: { Email: 'ann.example.org' },
      says: 'Email: expected one email address, such as name@example.org; got "ann.example.org"',
    },
    {
      cells: { Email: 'a@example.org; b@example.org' },
      says: 'Email: expected one email address, such as name@example.org; got "a@example.org; b@example.org"',
    },
    { cells: { Telephone: 'extension' }, says: 'Telephone: expected a telephone number, got "extension"' },
    {
      cells: { Telephone: '4.47712E+11' },
      says: 'Telephone: got "4.47712E+11", which Excel has made of it: format the column as Text and type it again',
    },
    { cells: { Post: '=HYPERLINK("x")' }, says: 'Post: begins as a formula does, with "=": write what it comes to' },
    { cells: { Name: '@SUM(A1)' }, says: 'Name: begins as a formula does, with "@": write what it comes to' },
    { cells: { Post: '+cmd' }, says: 'Post: begins as a formula does, with "+": write what it comes to' },
    { cells: { Post: '-(1)' }, says: 'Post: begins as a formula does, with "-": write what it comes to' },
    { cells: { Telephone: '=(0)' }, says: 'Telephone: begins as a formula does, with "=": write what it comes to' },
    { cells: { Group: 'A group; =1' }, says: 'Group: begins as a formula does, with "=": write what it comes to' },
    { cells: { Post: 'x'.repeat(301) }, says: 'Post: has 301 characters, and I read at most 300: say it more briefly' },
    { cells: { Group: 'x'.repeat(2001) }, says: 'Group: has 2001 characters, and I read at most 2000: say it more briefly' },
    {
      cells: { From: '31/02/2026' },
      says: 'From: there is no 31 February 2026: write it as 22/11/2026, 2026-11-22 or 22 November 2026',
    },
    {
      cells: { From: '2/1/2027', 'Last day': '1/1/2027' },
      says: 'Last day: 1 January 2027 is before 2 January 2027 under From: turn them round',
    },
    { cells: { Name: '' }, says: 'Name: is empty, and a representative needs it: write who it is' },
    {
      cells: { Organisation: '' },
      says: 'Organisation: is empty, and a representative needs it: write the name of the body',
    },
    {
      cells: { 'Answers for': 'Ann Lee' },
      says: 'Answers for: is for an assistant: write assistant under Role, or empty it',
    },
  ])('$says', ({ cells, says }) => {
    expect(saidOf(fileOf([{ ...POLICE, ...cells }]))).toEqual([`row 2, ${says}`])
  })

  test.each<{ cells: Row; read: object }>([
    { cells: { Role: 'Joint' }, read: { role: 'joint representative' } },
    { cells: { Role: 'Joint-Representative' }, read: { role: 'joint representative' } },
    { cells: { Role: 'IN ATTENDANCE' }, read: { role: 'in attendance' } },
    { cells: { Standing: 'Standing invitation' }, read: { standing: 'invited' } },
    { cells: { Standing: 'required without a vote' }, read: { standing: 'required' } },
    { cells: { Standing: 'Required to attend' }, read: { standing: 'required' } },
    {
      cells: { Office: 'Acting Vice Chair | secretary' },
      read: {
        offices: [
          { office: 'vice-chair', acting: true },
          { office: 'clerk', acting: false },
        ],
      },
    },
    { cells: { Group: 'One group\nAnother; One group' }, read: { groups: ['One group', 'Another'] } },
    { cells: { Telephone: '+44 1622 690690' }, read: { telephone: '+44 1622 690690' } },
    { cells: { Email: 'Daniel.Okafor@Example.org' }, read: { email: 'Daniel.Okafor@Example.org' } },
    { cells: { Post: 'Head of R&D (North)' }, read: { post: 'Head of R&D (North)' } },
  ])('and $cells is understood', ({ cells, read }) => {
    const lines = readRoster(fileOf([{ ...POLICE, ...cells }]))
    expect(lines).toMatchObject({ lines: [read] })
  })

  test('every one of them at once, in the order of the rows and columns', () => {
    const rows = [
      { ...POLICE, From: 'soon', Role: 'boss' },
      POLICE,
      { ...POLICE, Name: '', Email: 'nobody' },
      { ...POLICE, Name: '' },
    ]
    expect(saidOf(fileOf(rows)).map((said) => said.slice(0, said.indexOf(':')))).toEqual([
      'row 2, Role',
      'row 2, From',
      'row 4, Email',
      'row 5, Name',
    ])
  })
})
