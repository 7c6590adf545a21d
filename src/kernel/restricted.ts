/** Shows that somebody may see what is restricted; only the gate that knows the board's people makes one. */
export class Pass {
  readonly #made = true

  private constructor() {}

  /** @param may what the gate has found */
  static if(may: boolean): Pass | null {
    return may ? new Pass() : null
  }

  get valid(): boolean {
    return this.#made
  }
}

/** Something that only who has a pass can open. Written anywhere else, it is no more than that it is restricted. */
export class Restricted<T> {
  readonly #content: T

  constructor(content: T) {
    this.#content = content
  }

  /** The content; null without a pass. */
  open(pass: Pass | null): T | null {
    return pass?.valid ? this.#content : null
  }

  toString(): string {
    return '[restricted]'
  }

  toJSON(): string {
    return '[restricted]'
  }
}
