/** Slack’s no: its error code, and what else stands in the answer. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(
    readonly code: string,
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(code)
  }
}

/** Arguments that a method does not take, said as Slack says it. */
export const invalidArguments = (...messages: readonly string[]): Refused =>
  new Refused('invalid_arguments', { response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) } })
