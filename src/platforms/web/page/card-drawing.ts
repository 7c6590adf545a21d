import { AdaptiveCard, ExecuteAction, GlobalRegistry, GlobalSettings, Table, Versions } from 'adaptivecards'
import type { DrawnCard } from '../../adaptive-card.js'
import { finish } from './card-finish.js'
import { hostConfig } from './card-host.js'

/** What a button of a card asks for. */
export interface Press {
  readonly command: string
  readonly subject: string
  readonly values: Readonly<Record<string, string>>
}

// The library registers its tables as a side effect which bundlers, told that it has none, leave out.
GlobalRegistry.defaultElements.register('Table', Table, Versions.v1_5)
GlobalSettings.setTabIndexAtCardRoot = false
GlobalSettings.useAdvancedTextBlockTruncation = false
// A name like *Bob* is only ever a name.
AdaptiveCard.onProcessMarkdown = (_text, result) => {
  result.didProcess = false
}

/**
 * A card as elements of the page.
 * @throws whatever the library throws at a card it cannot read
 */
export function drawCard(json: DrawnCard, onPress: (press: Press) => void): HTMLElement {
  const card = new AdaptiveCard()
  card.hostConfig = hostConfig
  card.onExecuteAction = (action) => {
    if (action instanceof ExecuteAction) onPress(pressOf(action))
  }
  card.parse(json)
  const drawn = card.render()
  if (drawn === undefined) throw new Error('The card draws as nothing.')
  finish(card, drawn)
  return drawn
}

function pressOf(action: ExecuteAction): Press {
  const { subject, values } = (action.data ?? {}) as { readonly subject?: string; readonly values?: Press['values'] }
  return { command: action.verb, subject: subject ?? '', values: values ?? {} }
}
