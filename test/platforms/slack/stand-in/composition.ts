import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'

/** The objects that blocks are composed of. Unknown keys are refused. @see @slack/types block-kit/composition-objects */

export const plainText = (longest: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(longest), emoji: z.boolean().optional() })

export const mrkdwn = (longest: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(longest), verbatim: z.boolean().optional() })

export const textObject = (longest: number) => z.discriminatedUnion('type', [plainText(longest), mrkdwn(longest)])

export const Confirm = z.strictObject({
  title: plainText(100).optional(),
  text: textObject(300),
  confirm: plainText(30).optional(),
  deny: plainText(30).optional(),
  style: z.enum(['primary', 'danger']).optional(),
})

/** A value of 150: the reference says so, the types still say 75. */
const value = z.string().min(1).max(150)
const description = plainText(75).optional()

/** An option of a menu: plain words alone. */
export const MenuOption = z.strictObject({ text: plainText(75), value, description })
/** An option of radio buttons or checkboxes: may be marked up. */
export const ChoiceOption = z.strictObject({ text: textObject(75), value, description: textObject(75).optional() })
/** An option of an overflow menu: may be a link. */
export const OverflowOption = z.strictObject({ text: plainText(75), value, description, url: z.url().max(3_000).optional() })
export const OptionGroup = z.strictObject({ label: plainText(75), options: z.array(MenuOption).min(1).max(100) })

export type Option = z.infer<typeof ChoiceOption>

/** Says what is wrong with options: values twice, or something chosen at first that is none of them. */
export function wrongOptions(options: readonly Option[], initial: readonly Option[]): string | null {
  if (new Set(options.map((option) => option.value)).size < options.length) return 'option values must be unique'
  const among = (chosen: Option) => options.some((option) => isDeepStrictEqual(option, chosen))
  return initial.every(among) ? null : 'initial options must exactly match options'
}
