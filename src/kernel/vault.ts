/** The private keys with which sealed ballots are opened: each a file of its own, and none of them in the database. */
export interface Vault {
  /** Makes a key pair. Once this resolves, the private half is on the disk. @returns the public half, as `sealing` takes it */
  make(name: string): Promise<string>
  /** The private half; null: there is none. What it holds may be damaged, or another's. */
  read(name: string): Promise<string | null>
  /** Removes a key that was of no use, or is gone already. */
  discard(name: string): Promise<void>
  /**
   * Removes a key for good, with what the database's log may still hold of the ballots that it opened.
   * @throws Error where the key cannot be removed, or where it is and the log is held: that one is emptied later
   */
  bury(name: string): Promise<void>
  /** the names of those that lie in it */
  keys(): Promise<readonly string[]>
}
