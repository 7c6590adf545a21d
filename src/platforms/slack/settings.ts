/** How one workspace is connected: by a socket that Quorate opens, or by requests that Slack sends to a public address. */
export interface SlackSettings {
  readonly botToken: string
  readonly by: { readonly socket: string } | { readonly signingSecret: string }
  /** of another server than Slack's, with a slash at its end; null: Slack's own */
  readonly apiUrl: string | null
}
