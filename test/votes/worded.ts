const times = (count: number, noun: string) => `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`

/** How it was decided: for, against and abstained of a vote; and the office of who gave the casting vote. */
export interface Manner {
  readonly carried: boolean
  /** why it does not bind */
  readonly why: string | null
  readonly amended: boolean
  readonly votes: readonly [number, number, number] | null
  readonly casting?: string | undefined
}

function byVotes([ayes, noes, abstained]: readonly [number, number, number], casting: string | undefined): string {
  const equal = `(${times(ayes, 'vote')} for and ${noes} against)`
  if (casting) return `on the ${casting}’s casting vote ${equal}`
  if (ayes === noes && ayes > 0) return `the votes being equal ${equal}`
  const to = `by ${times(ayes, 'vote')} to ${noes === 0 ? 'none' : noes}`
  return abstained > 0 ? `${to}, with ${times(abstained, 'abstention')}` : to
}

/** The words of the register a second time. @param reads "that the grant be spent on street lighting." */
export function worded(reads: string, { carried, why, amended, votes, casting }: Manner): string {
  const lead = carried ? (why === null ? 'RESOLVED' : 'RECOMMENDED') : 'NOT CARRIED'
  const without = carried && why !== null ? [`for ratification by a later meeting, as ${why}`] : []
  const said = [...(amended ? ['as amended'] : []), ...(votes ? [byVotes(votes, casting)] : []), ...without]
  return said.length === 0 ? `${lead} ${reads}` : `${lead}, ${said.join(', ')}, ${reads}`
}
