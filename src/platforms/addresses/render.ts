import { createHash } from 'node:crypto'
import type { Found } from '../../kernel/address.js'
import { html, type Markup, NOTHING, page } from '../../kernel/markup.js'

const STYLE = `
body { margin: 2rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
main { max-width: 34rem; }
h1 { font-size: 1.25rem; }
button { padding: 0.6rem 1.2rem; border: 0; border-radius: 6px; background: #14532d; color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
button:focus-visible { outline: 3px solid #14532d; outline-offset: 3px; }
`

/** What a page's own style is known by to a browser that takes no other. */
export const STYLE_MARK = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

type PageFound = Pick<Extract<Found, { kind: 'page' }>, 'title' | 'sentences' | 'press'>

/** A page of a few sentences and at most one button, which asks its own address for more. */
export const drawPage = ({ title, sentences, press }: PageFound): string =>
  page(
    title,
    STYLE,
    html`<h1>${title}</h1>
${sentences.map(
  (sentence) => html`<p>${sentence}</p>
`,
)}${press === undefined ? NOTHING : buttonSaying(press)}`,
  )

const buttonSaying = (words: string): Markup => html`<form method="post"><button type="submit">${words}</button></form>`
