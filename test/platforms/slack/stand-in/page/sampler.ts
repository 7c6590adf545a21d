import type { KnownBlock, ModalView } from '@slack/types'

/** One of everything that Slack draws, for the page to be tried with. */

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const option = (text: string, value: string) => ({ text: plain(text), value })
const COLOURS = [option('Red', 'red'), option('Blue', 'blue')]

export const EVERY_BLOCK: readonly KnownBlock[] = [
  { type: 'header', text: plain('A header') },
  {
    type: 'section',
    text: {
      type: 'mrkdwn',
      text: '*Bold*, _italic_, ~struck~, `code`, <https://example.org|a link> &amp; &lt;b&gt;no markup&lt;/b&gt;',
    },
    fields: [plain('Left field'), { type: 'mrkdwn', text: '*Right* field' }],
    accessory: {
      type: 'overflow',
      action_id: 'more',
      options: [option('Rename', 'rename'), option('Remove', 'remove')],
    },
  },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'bold', style: { bold: true } },
          { type: 'text', text: ' italic', style: { italic: true } },
          { type: 'text', text: ' struck', style: { strike: true } },
          { type: 'text', text: ' code', style: { code: true } },
          { type: 'text', text: ' <i>plain</i> ' },
          { type: 'link', url: 'https://example.org/rich', text: 'rich link' },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a point' }] }],
      },
      {
        type: 'rich_text_list',
        style: 'ordered',
        indent: 1,
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a step' }] }],
      },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: 'a quote' }] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a block of code' }] },
    ],
  },
  { type: 'divider' },
  {
    type: 'table',
    rows: [
      [
        { type: 'raw_text', text: 'Body' },
        { type: 'raw_text', text: 'Votes' },
      ],
      [
        { type: 'raw_text', text: 'Police' },
        { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '12' }] }] },
      ],
    ],
    column_settings: [{ is_wrapped: true }, { align: 'right' }],
  },
  { type: 'image', image_url: 'https://example.invalid/chart.png', alt_text: 'A chart of votes', title: plain('The chart') },
  { type: 'context', elements: [plain('In small letters')] },
  {
    type: 'actions',
    block_id: 'doings',
    elements: [
      {
        type: 'button',
        action_id: 'open',
        text: plain('Open'),
        style: 'primary',
        value: 'open',
        accessibility_label: 'Open: the form',
      },
      {
        type: 'button',
        action_id: 'end',
        text: plain('End'),
        style: 'danger',
        value: 'end',
        confirm: {
          title: plain('End it?'),
          text: plain('It cannot be begun again.'),
          confirm: plain('End it'),
          deny: plain('Leave it'),
        },
      },
      { type: 'static_select', action_id: 'colour', placeholder: plain('A colour'), options: COLOURS },
      { type: 'datepicker', action_id: 'day', placeholder: plain('A day') },
    ],
  },
]

export const EVERY_FIELD: ModalView = {
  type: 'modal',
  callback_id: 'everything',
  title: plain('Every field'),
  submit: plain('Send it'),
  close: plain('Not now'),
  blocks: [
    { type: 'section', text: plain('Fill it in.') },
    {
      type: 'input',
      block_id: 'name',
      label: plain('Name'),
      hint: plain('As it is printed.'),
      element: { type: 'plain_text_input', action_id: 'v', max_length: 20 },
    },
    {
      type: 'input',
      block_id: 'why',
      label: plain('Why'),
      optional: true,
      element: { type: 'plain_text_input', action_id: 'v', multiline: true },
    },
    {
      type: 'input',
      block_id: 'email',
      label: plain('Email'),
      optional: true,
      element: { type: 'email_text_input', action_id: 'v' },
    },
    {
      type: 'input',
      block_id: 'count',
      label: plain('How many'),
      element: { type: 'number_input', action_id: 'v', is_decimal_allowed: false, initial_value: '3' },
    },
    {
      type: 'input',
      block_id: 'menu',
      label: plain('Menu'),
      element: { type: 'static_select', action_id: 'v', options: COLOURS },
    },
    {
      type: 'input',
      block_id: 'several',
      label: plain('Several'),
      optional: true,
      element: { type: 'multi_static_select', action_id: 'v', options: COLOURS },
    },
    {
      type: 'input',
      block_id: 'one',
      label: plain('One of them'),
      element: { type: 'radio_buttons', action_id: 'v', options: COLOURS, initial_option: option('Red', 'red') },
    },
    {
      type: 'input',
      block_id: 'some',
      label: plain('Some of them'),
      optional: true,
      element: { type: 'checkboxes', action_id: 'v', options: COLOURS },
    },
    { type: 'input', block_id: 'day', label: plain('Day'), element: { type: 'datepicker', action_id: 'v' } },
    {
      type: 'input',
      block_id: 'hour',
      label: plain('Hour'),
      element: { type: 'timepicker', action_id: 'v', initial_time: '10:00' },
    },
    { type: 'input', block_id: 'who', label: plain('Who'), optional: true, element: { type: 'users_select', action_id: 'v' } },
    {
      type: 'input',
      block_id: 'file',
      label: plain('File'),
      optional: true,
      element: { type: 'file_input', action_id: 'v', filetypes: ['csv'], max_files: 1 },
    },
    {
      type: 'actions',
      block_id: 'further',
      elements: [{ type: 'button', action_id: 'further', text: plain('Further'), value: 'further' }],
    },
  ],
}

export const FURTHER: ModalView = {
  type: 'modal',
  title: plain('Further'),
  blocks: [{ type: 'section', text: plain('A second sheet.') }],
}
