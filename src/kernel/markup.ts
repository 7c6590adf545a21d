import escapeHtml from 'escape-html'

/** Markup that was made here. All else is typed text, and is escaped. */
export class Markup {
  constructor(readonly source: string) {}
}

const sourceOf = (part: string | Markup | readonly Markup[]): string =>
  typeof part === 'string' ? escapeHtml(part) : part instanceof Markup ? part.source : part.map(sourceOf).join('')

/** HTML or SVG: what stands in the template is markup, and what is put into it is text unless it is markup itself. */
export const html = (fixed: TemplateStringsArray, ...parts: readonly (string | Markup | readonly Markup[])[]): Markup =>
  new Markup(String.raw({ raw: fixed }, ...parts.map(sourceOf)))

export const NOTHING = html``
