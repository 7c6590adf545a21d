import { z } from 'zod'
import { audienceOf } from '../kernel/actor.js'
import { type Command, cardReply, type Offers, query, type Words } from '../kernel/command.js'
import { folded } from '../kernel/sentence.js'
import { helpCard } from './view.js'

/** `help`: what this person may do here now, as the features offer it. */
export const help = (offers: readonly Offers[]): Command =>
  query({
    name: 'desk.help',
    input: z.object({ subject: z.literal('help') }),
    load: async (asking) => (await Promise.all(offers.map((offer) => offer(asking)))).flat(),
    allow: () => true,
    run: async ({ actor }, _, offered) => cardReply(helpCard(actor.name, offered, audienceOf(actor))),
  })

const HELP = /^(?:help|help me|\?|what can i (?:do|say)(?: here)?|hello|hi)[\s?!.]*$/

export const words: Words = async (_, sentence) =>
  HELP.test(folded(sentence)) ? [{ command: 'desk.help', input: { subject: 'help' }, label: 'Help', certain: true }] : []
