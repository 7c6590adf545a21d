import { z } from 'zod'
import { type Column, isList } from './columns.js'
import type { Read } from './days.js'
import type { Role, RosterLine, SeatStanding } from './rules.js'
import { nearest, shown } from './spelling.js'

/** Characters of a cell; a list may be longer. */
const LONGEST = 300
const LONGEST_LIST = 2_000

/** What is lost on the way between encodings: the mark of loss itself, or UTF-8 read as Windows-1252. */
const LOST = /\uFFFD|Ã[\u00A0-\u00BF]|â€/u

/** Control characters, and those that hide or reverse text on a screen. */
const UNSEEN = /[\p{Cf}\p{Cc}]/u

/**
 * A cell as it reads: single spaces, composed characters; a list keeps its line breaks.
 * A spreadsheet's formula is refused, since whoever opens our own export would run it.
 */
export function tidied(raw: string, column: Column): Read<string> {
  const list = isList(column)
  const spaced = raw
    .replace(/[\r\n]+/g, list ? '|' : ' ')
    .replaceAll('\t', ' ')
    .normalize('NFC')
  const unseen = UNSEEN.exec(spaced)
  if (unseen) {
    const code = (unseen[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return { wrong: `holds a character that cannot be seen (U+${code}): empty the cell and type it again` }
  }
  const text = spaced.replace(/\s+/g, ' ').trim()
  if (text === '') return { value: '' }
  const most = list ? LONGEST_LIST : LONGEST
  if (text.length > most) return { wrong: `has ${text.length} characters, and I read at most ${most}: say it more briefly` }
  const lost = LOST.exec(text)
  if (lost) return { wrong: `holds ${shown(lost[0])} where a letter was lost: type it again, and save the file as CSV UTF-8` }
  if (!/[\p{L}\p{N}]/u.test(text))
    return { wrong: `says only ${shown(text)}: leave the cell empty where there is nothing to say` }
  const formula = (list ? itemsOf(text) : [text]).find((item) => isFormula(item, column))
  if (formula) return { wrong: `begins as a formula does, with ${shown(formula.charAt(0))}: write what it comes to` }
  return { value: text }
}

const isFormula = (text: string, column: Column): boolean =>
  text.startsWith('=') || (/^[+\-@] ?[\p{L}(]/u.test(text) && !(column === 'Telephone' && text.startsWith('+')))

/** What a list holds: between semicolons, upright strokes or line breaks. */
export const itemsOf = (text: string): readonly string[] =>
  text
    .split(/[;|]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')

const spaced = (written: string): string => written.toLowerCase().replace(/[\s-]+/g, ' ')

function oneOf<Name extends string>(
  names: readonly Name[],
  others: Readonly<Record<string, Name>>,
): (written: string) => Read<Name> {
  return (written) => {
    const known = Object.hasOwn(others, spaced(written)) ? others[spaced(written)] : undefined
    const found = names.find((name) => spaced(name) === spaced(written)) ?? known
    if (found !== undefined) return { value: found }
    const near = nearest(written, names) ?? others[nearest(written, Object.keys(others)) ?? '']
    return { wrong: `expected one of ${names.join(', ')}; got ${shown(written)}${near ? `: did you mean ${near}?` : ''}` }
  }
}

export const ROLES: readonly Role[] = [
  'representative',
  'joint representative',
  'deputy',
  'colleague',
  'assistant',
  'in attendance',
  'vacant',
]

export const roleFrom = oneOf<Role>(ROLES, { joint: 'joint representative' })

export const standingFrom = oneOf<SeatStanding>(['member', 'invited', 'required'], {
  'standing invitation': 'invited',
  'by standing invitation': 'invited',
  'required to attend': 'required',
  'required without a vote': 'required',
})

type OfficeOf = RosterLine['offices'][number]

const officeNamed = oneOf<OfficeOf['office']>(['chair', 'vice-chair', 'co-chair', 'clerk'], { secretary: 'clerk' })

/** "acting vice chair" or "Chair; clerk". */
export function officesFrom(written: string): Read<readonly OfficeOf[]> {
  const offices = new Map<string, OfficeOf>()
  for (const item of itemsOf(written)) {
    const acting = /^acting[\s-]+/i.test(item)
    const read = officeNamed(item.replace(/^acting[\s-]+/i, ''))
    if ('wrong' in read) return { wrong: `${read.wrong}${item.includes(',') ? ' (several are separated by ;)' : ''}` }
    offices.set(`${read.value} ${acting}`, { office: read.value, acting })
  }
  return { value: [...offices.values()] }
}

export const listFrom = (written: string): Read<readonly string[]> => ({ value: [...new Set(itemsOf(written))] })

/** What clerks write where there is nobody. */
const NOBODY =
  /^(?:vacant|vacancy|vacant post|tbc|tba|n\/?a|none|nobody|unknown|to be (?:confirmed|advised|announced|appointed))$/i

/** A person's name, one of them. */
export function nameFrom(written: string): Read<string> {
  if (NOBODY.test(written)) {
    return { wrong: `says ${shown(written)}, which is nobody: write vacant under Role and leave Name empty` }
  }
  if (written.includes('@')) return { wrong: `holds an address, ${shown(written)}: that goes under Email` }
  if (/[;/&|]| and /i.test(written)) {
    return { wrong: `holds more than one name, ${shown(written)}: give each person a row of their own` }
  }
  if (!/\p{L}/u.test(written)) return { wrong: `expected a name, got ${shown(written)}` }
  return { value: written }
}

const Email = z.email()

export const emailFrom = (written: string): Read<string> =>
  Email.safeParse(written).success
    ? { value: written }
    : { wrong: `expected one email address, such as name@example.org; got ${shown(written)}` }

/** As written; what Excel has made of a long number is no number to call. */
export function telephoneFrom(written: string): Read<string> {
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(written)) {
    return { wrong: `got ${shown(written)}, which Excel has made of it: format the column as Text and type it again` }
  }
  return /\d/.test(written) ? { value: written } : { wrong: `expected a telephone number, got ${shown(written)}` }
}
