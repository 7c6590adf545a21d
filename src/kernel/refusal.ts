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
  | 'unwise'

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

/** What to press to have something done in spite of a doubt: the same again, with the doubt answered. */
export interface AllTheSame {
  readonly command: string
  readonly subject: string
  readonly values: Readonly<Record<string, string>>
  /** what the button says */
  readonly label: string
}

/**
 * Something that no rule forbids and that is unwise all the same: asked about once, and done if it is asked for again.
 * Nothing has changed when it is thrown out of a command.
 */
export class Doubt extends Refusal {
  /** @param instead what would be wiser, where there is something */
  constructor(
    sentence: string,
    readonly allTheSame: AllTheSame,
    readonly instead?: AllTheSame | undefined,
  ) {
    super('unwise', sentence)
  }
}
