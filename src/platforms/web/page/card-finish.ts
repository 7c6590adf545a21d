import { type Action, type AdaptiveCard, type CardElement, ColumnSet, OpenUrlAction, SizeAndUnit } from 'adaptivecards'

/** What the library leaves undone on a card that it has drawn: names, lists, bars, the mark of the focus. */
export function finish(card: AdaptiveCard, drawn: HTMLElement): void {
  for (const action of card.getAllActions()) nameButton(action)
  for (const action of card.getAllActions()) if (action instanceof OpenUrlAction) makeLink(action)
  for (const columns of columnSetsIn(card)) drawBar(columns)
  for (const text of drawn.querySelectorAll('.ac-richTextBlock')) markItem(text)
  // It cuts off what stands out of a row of buttons, and with it the mark of the focus.
  for (const row of drawn.querySelectorAll('.ac-actionSet')) row.parentElement?.style.removeProperty('overflow')
}

/** The library repeats the label as a tooltip; and a real tooltip is what a screen reader should say in full. */
function nameButton({ renderedElement: button, title, tooltip }: Action): void {
  if (button === undefined) return
  button.removeAttribute('title')
  if (tooltip) button.setAttribute('aria-label', title && !tooltip.includes(title) ? `${title}: ${tooltip}` : tooltip)
}

/** What opens an address is a link, for the ear and for the middle button of the mouse; what it opens knows nothing of the page. */
function makeLink({ renderedElement: button, url }: OpenUrlAction): void {
  if (button === undefined || url === undefined) return
  const link = document.createElement('a')
  link.className = button.className
  link.href = url
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  const name = button.getAttribute('aria-label')
  if (name !== null) link.setAttribute('aria-label', name)
  link.append(...button.childNodes)
  button.replaceWith(link)
}

function columnSetsIn(element: CardElement): ColumnSet[] {
  if (element instanceof ColumnSet) return [element]
  if (!('getItemAt' in element && 'getItemCount' in element)) return []
  const { getItemAt, getItemCount } = element as unknown as { getItemAt(at: number): CardElement; getItemCount(): number }
  return Array.from({ length: getItemCount.call(element) }, (_, at) => getItemAt.call(element, at)).flatMap(columnSetsIn)
}

/** Filled columns without words are a progress bar. The line of text beside it says the same in words. */
function drawBar(columns: ColumnSet): void {
  const pieces = Array.from({ length: columns.getItemCount() }, (_, at) => columns.getColumnAt(at))
  const isBar = pieces.length > 0 && pieces.every(({ style }) => style) && !columns.renderedElement?.textContent?.trim()
  if (!isBar) return
  const bar = document.createElement('div')
  bar.className = 'bar'
  bar.setAttribute('aria-hidden', 'true')
  for (const { style, width } of pieces) {
    const piece = document.createElement('span')
    piece.className = style === 'emphasis' ? 'bar-rest' : 'bar-done'
    piece.style.flexGrow = String(width instanceof SizeAndUnit ? width.physicalSize : 1)
    bar.append(piece)
  }
  columns.renderedElement?.replaceWith(bar)
}

/** Lines that begin with a bullet are a list, for the ear as for the eye. */
function markItem(text: Element): void {
  const siblings = [...(text.parentElement?.children ?? [])].filter((sibling) => !sibling.ariaHidden)
  if (!siblings.every((sibling) => sibling.textContent?.startsWith('• '))) return
  text.classList.add('item')
  text.setAttribute('role', 'listitem')
  text.parentElement?.setAttribute('role', 'list')
}
