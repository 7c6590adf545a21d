import type { Method } from '../../src/elections/counting.js'

/**
 * An election held by hand, for comparison: papers are words ("BCA"; "!" is against), and names are single letters. What it has
 * to remember of what went before is whether the ballot that is open is held because votes were equal.
 */
export class ReturningOfficer {
  private papers: readonly string[] = []
  /** who is still in the count */
  private standing = ''
  private heldAgain = false
  private awaiting: 'election' | 'exclusion' | null = null

  /** @param candidates of the ballot that is open, in the order of letters */
  constructor(
    private readonly method: Method,
    public candidates: string,
    private readonly lotAtOnce: boolean,
  ) {}

  /** The ballot is closed. @returns what follows, in the words of nextSaid */
  close(papers: readonly string[]): string {
    this.papers = papers
    this.standing = this.candidates
    return this.count()
  }

  /** The lot was drawn. */
  draw(letter: string): string {
    return this.awaiting === 'election' ? `${letter} elected` : this.leaves(letter)
  }

  private pile(letter: string): number {
    return this.papers.filter((paper) => paper.replace(this.notStanding(), '')[0] === letter).length
  }

  private notStanding(): RegExp {
    return new RegExp(`[^${this.standing}!]`, 'g')
  }

  private piles(letters: Iterable<string>): number {
    let together = 0
    for (const letter of letters) together += this.pile(letter)
    return together
  }

  private count(): string {
    if (this.method === 'confirmation') return this.pile(this.standing) > this.pile('!') ? `${this.standing} elected` : 'none'
    const all = [...this.standing]
    if (this.piles(all) === 0) return 'none'
    const without = (letter: string) => all.filter((other) => other !== letter)
    if (this.method === 'plurality') {
      const unbeaten = all.filter((one) => without(one).every((other) => this.pile(other) <= this.pile(one)))
      return unbeaten.length === 1 ? `${unbeaten[0]} elected` : this.equal('election', unbeaten.join(''))
    }
    const winner = all.find((one) => this.pile(one) > this.piles(without(one)))
    if (winner) return `${winner} elected`
    if (all.length === 2) return this.equal('election', this.standing)
    const last = all.filter((one) => without(one).every((other) => this.pile(other) >= this.pile(one)))
    const [any = ''] = last
    if (last.length === 1 || this.pile(any) === 0) return this.leaves(last.join(''))
    const beaten = this.method === 'ranked choices' ? this.beatenTogether(last) : undefined
    return beaten ? this.leaves(beaten) : this.equal('exclusion', last.join(''))
  }

  /** Of every group that holds all the last, the smallest whose piles together are lower than that of anybody outside it. */
  private beatenTogether(last: readonly string[]): string | undefined {
    const groups = [...this.standing].reduce((found, letter) => found.flatMap((group) => [group, group + letter]), [''])
    return groups
      .filter((group) => group !== this.standing && last.every((one) => group.includes(one)))
      .filter((group) => [...this.standing].every((other) => group.includes(other) || this.pile(other) > this.piles(group)))
      .sort((one, other) => one.length - other.length)[0]
  }

  private leaves(letters: string): string {
    this.standing = [...this.standing].filter((letter) => !letters.includes(letter)).join('')
    this.awaiting = null
    if (this.method === 'ranked choices') return this.count()
    this.heldAgain = false
    this.candidates = this.standing
    return `ballot of ${this.standing}: a fresh ballot without who had fewest`
  }

  private equal(of: 'election' | 'exclusion', letters: string): string {
    if (this.lotAtOnce || this.heldAgain) {
      this.awaiting = of
      return `lot of ${of}: ${letters}`
    }
    this.heldAgain = true
    if (this.method === 'plurality') this.candidates = letters
    return `ballot of ${this.candidates}: a fresh ballot, as votes were equal`
  }
}
