import { z } from 'zod'
import type { Pressed } from '../../bot.js'
import { LONGEST } from './limits.js'

/** What a button carries: ids and choices, never state or identity. Whoever sends it may have made it up. */
const Carried = z.strictObject({
  command: z.string().min(1),
  subject: z.string(),
  values: z.record(z.string(), z.string()).optional(),
})

/** JSON of command, subject and values. See `fits`: Slack takes at most 2,000 characters. */
export const valueFor = ({ command, subject, values }: Pressed): string =>
  JSON.stringify({ command, subject, ...(values && Object.keys(values).length > 0 ? { values } : {}) })

/** Whether a button can carry it. What was typed into a form and is asked about again may be too long. */
export const fits = (press: Pressed): boolean => valueFor(press).length <= LONGEST.buttonValue

/** @returns null where it is none of ours */
export function pressedFrom(value: string | undefined): Pressed | null {
  if (value === undefined || value.length > LONGEST.buttonValue) return null
  const read = Carried.safeParse(jsonOf(value))
  if (!read.success) return null
  const { command, subject, values } = read.data
  return { command, subject, ...(values ? { values } : {}) }
}

/** @returns undefined where it is no JSON */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
