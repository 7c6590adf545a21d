import { z } from 'zod'
import { blocksOn } from './blocks.js'
import { plainText } from './composition.js'

/** Modals and home pages, as Slack takes them. @see @slack/types views */

const shared = {
  private_metadata: z.string().max(3_000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
}

const Modal = z
  .strictObject({
    type: z.literal('modal'),
    title: plainText(24),
    close: plainText(24).optional(),
    submit: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    blocks: blocksOn('modal').min(1),
    ...shared,
  })
  .refine(
    ({ submit, blocks }) => submit !== undefined || !blocks.some(({ type }) => type === 'input'),
    'submit is required when an input block is within the blocks array',
  )

const Home = z.strictObject({ type: z.literal('home'), blocks: blocksOn('home'), ...shared })

export const ViewSent = z.discriminatedUnion('type', [Modal, Home])
export type ViewSent = z.infer<typeof ViewSent>
