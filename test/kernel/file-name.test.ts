import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanName } from '../../src/kernel/file-name.js'

test.each([
  { sent: 'Report 2026.pdf', kept: 'Report 2026.pdf' },
  { sent: '../../etc/passwd.pdf', kept: 'passwd.pdf' },
  { sent: 'C:\\Users\\grace\\Budget.xlsx', kept: 'Budget.xlsx' },
  { sent: '..\\..\\a.PDF', kept: 'a.PDF' },
  { sent: '...pdf', kept: 'paper.pdf' },
  { sent: '.pdf', kept: 'paper.pdf' },
  { sent: '', kept: 'paper' },
  { sent: 'a/', kept: 'paper' },
  { sent: 'line\r\nbreak\0.pdf', kept: 'line break.pdf' },
  { sent: 'gpj\u202Efdp.exe', kept: 'gpj fdp.exe' },
  { sent: 'hid\u200Bden\uFEFF.pdf', kept: 'hid den.pdf' },
  { sent: 'Who? "Us" <b>|*:%.pdf', kept: 'Who Us b.pdf' },
  { sent: 'con.pdf', kept: '_con.pdf' },
  { sent: 'NUL', kept: '_NUL' },
  { sent: 'Lpt1.final.docx', kept: '_Lpt1.final.docx' },
  { sent: 'Control.pdf', kept: 'Control.pdf' },
  { sent: 'Minutes. . .pdf', kept: 'Minutes.pdf' },
  { sent: 'Minutes.pdf. ', kept: 'Minutes.pdf' },
  { sent: 'Cafe\u0301 à Douvres.pdf', kept: 'Café à Douvres.pdf' },
  { sent: '紀要.pdf', kept: '紀要.pdf' },
  { sent: `${'long '.repeat(100)}.pdf`, kept: `${'long '.repeat(100).slice(0, 196).trimEnd()}.pdf` },
])('$sent', ({ sent, kept }) => {
  expect(cleanName(sent)).toBe(kept)
})

test('whatever is sent is a name that any file system takes, and is clean already', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom('.pdf', '.docx', ''), (stem, ending) => {
      const name = cleanName(stem + ending)
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(211)
      expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}<>:"|?*]|^[. ]|[. ]$/u)
      expect(name).not.toBe('')
      expect(name.endsWith(ending)).toBe(true)
      expect(cleanName(name)).toBe(name)
    }),
  )
})
