export type RefusalCode =
  | 'not_found'
  | 'not_permitted'
  | 'too_early'
  | 'too_late'
  | 'unclear'
  | 'invalid'
  | 'conflict'
  | 'not_quorate'
  | 'limit'

/** Where a board's terms of reference say something, and in what words. */
export interface Clause {
  readonly number: string
  readonly words: string
}

/**
 * A request declined by a rule of the board or of the bot. Anything else thrown is a fault.
 * Nothing has changed when it is thrown out of a command.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  /**
   * @param sentence shown to the member as it stands: what is wrong, then what to do
   * @param clause only where the board's terms have one
   * @param fields for a form: the sentence to show at each field, by the field's name
   */
  constructor(
    readonly code: RefusalCode,
    readonly sentence: string,
    readonly clause?: Clause,
    readonly fields?: Readonly<Record<string, string>>,
  ) {
    super(sentence)
  }
}
