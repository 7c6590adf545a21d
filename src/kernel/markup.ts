import escapeHtml from 'escape-html'

/** Markup that was made here. All else is typed text, and is escaped. */
export class Markup {
  constructor(readonly source: string) {}
}

const sourceOf = (part: string | Markup | readonly Markup[]): string =>
  typeof part === 'string' ? escapeHtml(part) : part instanceof Markup ? part.source : part.map(sourceOf).join('')

/** A piece of HTML in which every value is escaped that is not markup itself. */
export const html = (fixed: TemplateStringsArray, ...parts: readonly (string | Markup | readonly Markup[])[]): Markup =>
  new Markup(String.raw({ raw: fixed }, ...parts.map(sourceOf)))

export const NOTHING = html``

/** A complete page without scripts, that fetches nothing, for the screen and for paper. */
export const page = (title: string, style: string, body: Markup): string =>
  html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="only light">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.source
