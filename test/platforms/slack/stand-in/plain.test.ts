import { expect, test } from 'vitest'
import type { Block } from './blocks.js'
import { plain } from './plain.js'

test('blocks are said as a screen reader would say them', () => {
  const text = (said: string) => ({ type: 'plain_text' as const, text: said })
  const blocks: readonly Block[] = [
    { type: 'header', text: text('The vote') },
    { type: 'section', text: { type: 'mrkdwn', text: '*Tom &amp; Jerry*: <https://example.org|the _paper_> &lt;3' } },
    { type: 'section', text: text('*as it is* &amp;') },
    { type: 'divider' },
    {
      type: 'table',
      rows: [
        [
          { type: 'raw_text', text: 'For' },
          { type: 'raw_number', value: 4, text: '4' },
        ],
      ],
    },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_list',
          style: 'ordered',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'One' },
                { type: 'user', user_id: 'U1' },
              ],
            },
          ],
        },
      ],
    },
    { type: 'actions', elements: [{ type: 'button', text: text('For'), accessibility_label: 'Vote for the motion' }] },
    { type: 'context', elements: [{ type: 'image', image_url: 'https://example.org/a.png', alt_text: 'A seal' }] },
  ]
  expect(plain(blocks)).toBe(
    ['The vote', 'Tom & Jerry: the paper <3', '*as it is* &amp;', 'For | 4', '1. One@U1', '[Vote for the motion]', 'A seal'].join(
      '\n',
    ),
  )
})
