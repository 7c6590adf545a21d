/** Why Quorate cannot start, or a command of the terminal cannot run. The sentence says what to do. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
