import { handleOf } from './people.js'
import type { Team } from './team.js'

const LINK = /https?:\/\/[^\s<>]+[^\s<>.,;:!?)]/g
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
const TOKEN = /(<(?:@[UW]\w+|#C\w+|!\w+(?:\^\w+)?|https?:[^>]+|mailto:[^>]+)(?:\|[^>]*)?>)/

/** What a person typed as it reaches an app: escaped, with addresses made links. Mentions are typed as `<@U…>` and `<#C…>`. */
export function typedInMessage(team: Team, text: string): string {
  return escaped(
    text,
    (token) => token.replace(/^<#(C\w+)>$/, (_, id: string) => `<#${id}|${team.channels.get(id)?.name ?? ''}>`),
    true,
  )
}

/** The same after a slash command with `should_escape`: mentions carry names there, and addresses stay as they are. */
export function typedAfterCommand(team: Team, text: string): string {
  const named = (token: string) =>
    token
      .replace(/^<@(\w+)>$/, (_, id: string) => {
        const user = team.users.get(id)
        return `<@${id}|${user ? handleOf(user) : ''}>`
      })
      .replace(/^<#(\w+)>$/, (_, id: string) => `<#${id}|${team.channels.get(id)?.name ?? ''}>`)
  return escaped(text, named, false)
}

function escaped(text: string, named: (token: string) => string, linked: boolean): string {
  return text
    .split(TOKEN)
    .map((part, at) => {
      if (at % 2 === 1) return named(part)
      const plain = part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      if (!linked) return plain
      return plain.replaceAll(LINK, '<$&>').replaceAll(EMAIL, '<mailto:$&|$&>')
    })
    .join('')
}
