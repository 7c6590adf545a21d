/** Bytes in UTF-8 that every file system takes of a name, with some to spare for the number that a browser adds. */
const LONGEST_NAME = 200

/** What no file system, or not every one, takes in a name; and marks that reverse or hide text on a screen. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}<>:"|?*%]+/gu

/** Windows' own names, which are devices whatever their ending. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i

const WITHOUT_NAME = 'paper'

/** A file's name as it was sent, safe to show and to save a file by: its last part alone, with the ending that it had. */
export function cleanName(sent: string): string {
  const last = sent.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const name = last.replace(UNSAFE, ' ').replace(/\s+/g, ' ')
  const ending = /\.[a-z0-9]{1,10}(?=[. ]*$)/i.exec(name)?.[0] ?? ''
  const stem = (ending === '' ? name : name.slice(0, name.lastIndexOf(ending))).replace(/^[. ]+|[. ]+$/g, '')
  const first = stem.split('.')[0]?.trim() ?? ''
  const named = stem === '' ? WITHOUT_NAME : RESERVED.test(first) ? `_${stem}` : stem
  return shortened(named, LONGEST_NAME - ending.length) + ending
}

/** As many whole characters as go into so many bytes. */
function shortened(text: string, bytes: number): string {
  let kept = ''
  for (const { segment } of new Intl.Segmenter('en-GB').segment(text)) {
    if (Buffer.byteLength(kept + segment) > bytes) return kept.trimEnd() || WITHOUT_NAME
    kept += segment
  }
  return kept
}
