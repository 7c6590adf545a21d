import type { Temporal } from 'temporal-polyfill'
import type { Audience } from '../../kernel/audience.js'
import { hourInWords } from '../../kernel/time.js'
import { buttons, type Card, links, note, text } from '../../kernel/view.js'
import { type Paper, paperNumber, type Version } from '../rules.js'
import { openButton } from '../view.js'

/** To whoever asked to open a paper: the link, for them alone. */
export const linkCard = (
  paper: Paper,
  { url, until, zone }: { readonly url: string; readonly until: Temporal.Instant; readonly zone: string },
  audience: Audience,
): Card => ({
  title: `The paper of item ${paperNumber(paper)}`,
  audience,
  body: [
    links({ label: `Open ${paperNumber(paper)}`, url, spoken: `Open the paper of item ${paperNumber(paper)} in a browser` }),
    note(
      `For you alone, in one browser, until ${hourInWords(until, zone)}. That you open it is recorded.${paper.restricted ? ' Do not pass it on.' : ''}`,
    ),
  ],
})

/** The same of a paper that was handed over as a file. */
export const handedCard = (paper: Paper, audience: Audience): Card => ({
  title: `The paper of item ${paperNumber(paper)}`,
  audience,
  body: [text('I have put it into our direct conversation. That you have opened it is recorded.')],
})

/** The same of a paper that lies elsewhere. */
export const elsewhereCard = (paper: Paper, url: string, audience: Audience): Card => ({
  title: `The paper of item ${paperNumber(paper)}`,
  audience,
  body: [
    links({ label: `Open ${paperNumber(paper)}`, url, spoken: `Open the paper of item ${paperNumber(paper)} where it lies` }),
    note('It does not lie with me: whether you may see it there is for whoever keeps it to say.'),
  ],
})

/** To a repeat of what was asked: the link itself is kept nowhere. */
export const askAgainCard = (paper: Paper, version: Version, audience: Audience): Card => ({
  title: `The paper of item ${paperNumber(paper)}`,
  audience,
  body: [text('You have been given a link. If you have it no more, ask for another.'), buttons(openButton(paper, version))],
})
