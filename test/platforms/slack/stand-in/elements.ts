import { z } from 'zod'
import {
  ChoiceOption,
  Confirm,
  MenuOption,
  mrkdwn,
  type Option,
  OptionGroup,
  OverflowOption,
  plainText,
  wrongOptions,
} from './composition.js'

/** What can be pressed, chosen and filled in. Unknown keys are refused. @see @slack/types block-kit/block-elements */

const action_id = z.string().min(1).max(255).optional()
const confirm = Confirm.optional()
const focus_on_load = z.boolean().optional()
const placeholder = plainText(150).optional()
const dispatch_action_config = z
  .strictObject({ trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1) })
  .optional()

interface Refining {
  addIssue(message: string): void
}
const holdOptions = (context: Refining, options: readonly Option[], initial: readonly Option[]): void => {
  const wrong = wrongOptions(options, initial)
  if (wrong) context.addIssue(wrong)
}
const one = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value])

const Button = z.strictObject({
  type: z.literal('button'),
  action_id,
  text: plainText(75),
  value: z.string().max(2_000).optional(),
  url: z.url().max(3_000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm,
  accessibility_label: z.string().min(1).max(75).optional(),
})

/** An image’s address: Slack fetches it, so nothing but the open web will do. */
export const image_url = z
  .url()
  .max(3_000)
  .regex(/^https:\/\//, 'must be an https address')

const Image = z.strictObject({ type: z.literal('image'), image_url, alt_text: z.string().min(1).max(2_000) })

const menu = {
  options: z.array(MenuOption).min(1).max(100).optional(),
  option_groups: z.array(OptionGroup).min(1).max(100).optional(),
}
type Menu = { options?: Option[] | undefined; option_groups?: { options: Option[] }[] | undefined }
const holdMenu = (context: Refining, element: Menu, initial: readonly Option[]): void => {
  if ((element.options === undefined) === (element.option_groups === undefined))
    context.addIssue('must provide one of options and option_groups')
  holdOptions(context, optionsOf(element), initial)
}

/** The options of a menu, in groups or not. */
export const optionsOf = (element: Menu): readonly Option[] =>
  element.options ?? element.option_groups?.flatMap((group) => group.options) ?? []

const StaticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    action_id,
    placeholder,
    ...menu,
    initial_option: MenuOption.optional(),
    confirm,
    focus_on_load,
  })
  .superRefine((element, context) => holdMenu(context, element, one(element.initial_option)))

const MultiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    action_id,
    placeholder,
    ...menu,
    initial_options: z.array(MenuOption).min(1).optional(),
    max_selected_items: z.int().min(1).optional(),
    confirm,
    focus_on_load,
  })
  .superRefine((element, context) => holdMenu(context, element, element.initial_options ?? []))

const RadioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    action_id,
    options: z.array(ChoiceOption).min(1).max(10),
    initial_option: ChoiceOption.optional(),
    confirm,
    focus_on_load,
  })
  .superRefine((element, context) => holdOptions(context, element.options, one(element.initial_option)))

const Checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    action_id,
    options: z.array(ChoiceOption).min(1).max(10),
    initial_options: z.array(ChoiceOption).min(1).optional(),
    confirm,
    focus_on_load,
  })
  .superRefine((element, context) => holdOptions(context, element.options, element.initial_options ?? []))

const Overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id,
  options: z.array(OverflowOption).min(1).max(5),
  confirm,
})

const Datepicker = z.strictObject({
  type: z.literal('datepicker'),
  action_id,
  placeholder,
  initial_date: z.iso.date().optional(),
  confirm,
  focus_on_load,
})
const Timepicker = z.strictObject({
  type: z.literal('timepicker'),
  action_id,
  placeholder,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:mm')
    .optional(),
  timezone: z.string().min(1).optional(),
  confirm,
  focus_on_load,
})
const DateTimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  action_id,
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
  confirm,
  focus_on_load,
})

const UsersSelect = z.strictObject({
  type: z.literal('users_select'),
  action_id,
  placeholder,
  initial_user: z.string().min(1).optional(),
  confirm,
  focus_on_load,
})
const conversations = {
  placeholder,
  confirm,
  focus_on_load,
  response_url_enabled: z.boolean().optional(),
}
const ConversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  action_id,
  ...conversations,
  initial_conversation: z.string().min(1).optional(),
  default_to_current_conversation: z.boolean().optional(),
  filter: z
    .strictObject({
      include: z
        .array(z.enum(['im', 'mpim', 'private', 'public']))
        .min(1)
        .optional(),
      exclude_external_shared_channels: z.boolean().optional(),
      exclude_bot_users: z.boolean().optional(),
    })
    .optional(),
})
const ChannelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  action_id,
  ...conversations,
  initial_channel: z.string().min(1).optional(),
})

const line = { action_id, placeholder, dispatch_action_config, focus_on_load }
const PlainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...line,
    initial_value: z.string().max(3_000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3_000).optional(),
    max_length: z.int().min(1).max(3_000).optional(),
  })
  .superRefine(({ initial_value = '', min_length = 0, max_length = 3_000, multiline = false }, context) => {
    if (min_length > max_length) context.addIssue('min_length must not be greater than max_length')
    if (initial_value.length > max_length) context.addIssue('initial_value must not be longer than max_length')
    if (!multiline && /[\r\n]/.test(initial_value)) context.addIssue('initial_value of one line must not hold line breaks')
  })
const EmailInput = z.strictObject({ type: z.literal('email_text_input'), ...line, initial_value: z.email().optional() })
const UrlInput = z.strictObject({ type: z.literal('url_text_input'), ...line, initial_value: z.url().optional() })
const number = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, 'must be a number')
  .optional()
const NumberInput = z
  .strictObject({
    type: z.literal('number_input'),
    ...line,
    is_decimal_allowed: z.boolean(),
    initial_value: number,
    min_value: number,
    max_value: number,
  })
  .superRefine(({ min_value, max_value, initial_value, is_decimal_allowed }, context) => {
    if (min_value !== undefined && max_value !== undefined && Number(min_value) > Number(max_value))
      context.addIssue('min_value must not be greater than max_value')
    if (!is_decimal_allowed && [min_value, max_value, initial_value].some((value) => value?.includes('.')))
      context.addIssue('decimals are not allowed')
  })
const FileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id,
  filetypes: z.array(z.string().min(1)).min(1).optional(),
  max_files: z.int().min(1).max(10).optional(),
})

const ANYWHERE = [
  Checkboxes,
  Datepicker,
  DateTimepicker,
  MultiStaticSelect,
  RadioButtons,
  StaticSelect,
  UsersSelect,
  ConversationsSelect,
  ChannelsSelect,
  Timepicker,
] as const

export const ActionsElement = z.discriminatedUnion('type', [Button, Overflow, ...ANYWHERE])
export const Accessory = z.discriminatedUnion('type', [Button, Image, Overflow, ...ANYWHERE])
export const InputElement = z.discriminatedUnion('type', [
  PlainTextInput,
  EmailInput,
  UrlInput,
  NumberInput,
  FileInput,
  ...ANYWHERE,
])
export const ContextElement = z.discriminatedUnion('type', [Image, plainText(3_000), mrkdwn(3_000)])

/** These fields stand in modals alone. */
export const OF_MODALS: readonly string[] = ['email_text_input', 'url_text_input', 'number_input', 'file_input']

export type Pressable = z.infer<typeof Button>
export type Fillable = z.infer<typeof InputElement>
export type Element = z.infer<typeof ActionsElement> | z.infer<typeof Accessory> | Fillable
