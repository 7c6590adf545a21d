import type { Audience } from '../../kernel/audience.js'
import { buttons, type Form, facts, list, type Node, note, type Text, text } from '../../kernel/view.js'
import type { Tied } from '../counting.js'
import { casterOf, type ElectionFacts, followingBallots, heldIn } from '../facts.js'
import { LONGEST_SEED } from '../rules.js'
import { electionPress, named, nameOf, together } from '../view.js'

/** The form in which somebody gives words for a lot; what is said in a chat is read by others. */
export const seedForm = (shown: ElectionFacts, audience: Audience): Form => ({
  title: 'Words for the lot',
  audience,
  command: 'elections.seed',
  subject: shown.election.id,
  intro: [`${nameOf(shown)}. Any words that come to you: nobody sees them until the lot is drawn, and then everybody does.`],
  fields: [{ field: 'text', name: 'words', label: 'Your words', max: LONGEST_SEED, oneLine: true }],
  submit: 'Give them',
  inWords: 'my words for the lot: blue heron at noon',
})

export function tiedNodes(shown: ElectionFacts): readonly Node[] {
  const { election } = shown
  const following = followingBallots(shown)
  const round = heldIn(election).at(-1)?.round
  if (following?.kind !== 'lot' || !round) return []
  const names = together(following.among.map((id) => named(shown, id)))
  if (!fallsByLot(shown)) return [text(`${names} have equal votes. The person presiding has a casting vote.`)]
  const givers = round.seededBy.map(({ name }) => name)
  return [
    text(`${names} have equal votes: the lot decides who ${OF[following.of]}.`),
    text(
      'Several of those present give some words each, which nobody sees until the lot is drawn from all of them together. Anyone can draw it again by hand.',
    ),
    facts(['Words given by', [givers.length > 0 ? together(givers) : 'nobody yet']]),
  ]
}

const OF: Readonly<Record<Tied, string>> = { election: 'is elected', exclusion: 'drops out' }

/** How lots were drawn: all that it takes to draw them again. */
export function lotNodes({ election }: Pick<ElectionFacts, 'election'>): readonly Node[] {
  return election.rounds.flatMap(({ settled }) =>
    settled.flatMap(({ account }): readonly Node[] =>
      'seed' in account
        ? [
            text({ strong: 'The lot: ' }, `${account.lines[0]?.name ?? ''} is drawn, whose text has the lowest SHA-256.`),
            list(account.lines.map(({ text: line, digest }): Text => [`“${line}”: ${digest}`])),
            note("To draw it again, take the SHA-256 of each text without a line end, as by: printf %s 'TEXT' | sha256sum"),
          ]
        : [text({ strong: 'Casting vote: ' }, `${account.caster} (${account.office}).`)],
    ),
  )
}

/** Whether equal votes wait for the lot, and for nobody's casting vote. */
export function fallsByLot(shown: ElectionFacts): boolean {
  const following = followingBallots(shown)
  return following?.kind !== 'lot' || casterOf(shown, following.among) === null
}

export function tiedControls(shown: ElectionFacts, inTheChair: boolean): Node {
  const following = followingBallots(shown)
  const { among, of } = following?.kind === 'lot' ? following : { among: [], of: 'election' as const }
  const off = electionPress(shown, 'elections.call_off', 'Call it off')
  if (!fallsByLot(shown))
    return buttons(
      ...(inTheChair
        ? among.map((candidate) =>
            electionPress(shown, 'elections.casting', `Casting vote: ${named(shown, candidate)} ${OF[of]}`, { candidate }),
          )
        : []),
      off,
    )
  return buttons(
    electionPress(shown, 'elections.seed_form', 'Give words for the lot'),
    { ...electionPress(shown, 'elections.draw', 'Draw the lot'), style: 'primary' },
    off,
  )
}
