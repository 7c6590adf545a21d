import { z } from 'zod'
import { mustBeOpen } from '../../attendance/command.js'
import { officeInWords } from '../../boards/offices/rules.js'
import { audienceOf, personOf } from '../../kernel/actor.js'
import { type Acted, type Acting, act, cardReply, formReply, query } from '../../kernel/command.js'
import { ElectionId, PersonId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { dayInWords, dayOf, toText } from '../../kernel/time.js'
import { OFFICES } from '../../votes/facts.js'
import { mustSit } from '../../votes/poll/casting.js'
import { standingBallots } from '../../votes/roll.js'
import { openPapers } from '../balloting/store.js'
import { follow } from '../closing/command.js'
import { type OnElection, ofElections, shownNow, shownTo } from '../command.js'
import { type Choice, count, type Drawn } from '../counting.js'
import { casterOf, type ElectionFacts, followingBallots, heldIn } from '../facts.js'
import { drawLot, type Seed } from '../lot.js'
import { turnElection } from '../notices.js'
import { type Account, electionRuleOf, isSecret, LONGEST_SEED, type Round, roundName, type Settled } from '../rules.js'
import { choicesOf } from '../urn/store.js'
import { addSettled, saveSeed, seedsOf } from './store.js'
import { seedForm } from './view.js'

interface Tie {
  readonly shown: ElectionFacts
  readonly round: Round
  readonly among: readonly string[]
}

/** Equal votes that wait to be settled, at a meeting that goes on. @throws Refusal `conflict` where there are none */
async function tieIn(acting: Acting, seen: OnElection): Promise<Tie> {
  const shown = await shownNow(acting, seen.shown.election.id)
  const following = followingBallots(shown)
  const round = heldIn(shown.election).at(-1)?.round
  if (shown.election.state !== 'tied' || following?.kind !== 'lot' || !round)
    throw new Refusal('conflict', 'There are no equal votes to settle. Say “elections” for how it stands.')
  mustBeOpen(seen)
  if (shown.sat) mustSit({ facts: shown.sat, now: shown.now })
  return { shown, round, among: following.among }
}

/** @throws Refusal `conflict` where who presides has a casting vote, with the clause */
function mustBeByLot({ shown, among }: Tie): void {
  if (casterOf(shown, among) === null) return
  const { basis } = electionRuleOf(shown.terms, shown.election.office)
  throw new Refusal(
    'conflict',
    'By the terms the person presiding has a casting vote, and no lot is drawn. Ask them.',
    basis.clause,
  )
}

/** @throws Refusal `not_permitted` */
function mayGive({ roll, entry }: ElectionFacts, giver: string): void {
  if (roll.some(({ person }) => person.id === giver) || entry?.presiding?.person.id === giver) return
  throw new Refusal(
    'not_permitted',
    'Words for the lot are given by those present who may vote, or who preside. Ask one of them.',
  )
}

/** Gives words from which, with those of others, the lot is drawn. They are kept from everybody until then. */
export const seed = act({
  ...ofElections,
  name: 'elections.seed',
  allow: () => true,
  input: z.object({
    subject: ElectionId,
    words: z
      .string('Say any words.')
      .trim()
      .min(1, 'Say any words.')
      .max(LONGEST_SEED, `Say at most ${LONGEST_SEED} characters.`)
      // They are published in a text that people copy into a shell to draw the lot again.
      .regex(/^[\p{L}\p{N} -]+$/u, 'Use letters, digits, spaces and hyphens alone, as in “blue heron at noon”.'),
  }),
  journaled: ({ subject }) => ({ subject }),
  async run(acting, { words }, seen) {
    const tie = await tieIn(acting, seen)
    mustBeByLot(tie)
    const { shown, round, among } = tie
    const { person } = acting.actor
    if (among.includes(person))
      throw new Refusal('not_permitted', 'The lot is about you: others of those present give the words. Wait until it is drawn.')
    mayGive(shown, person)
    await saveSeed(acting.db, round.id, { number: round.settled.length + 1, person, words })
    await turnElection(acting.db, shown.election.id, [])
    const card = {
      title: 'Your words for the lot',
      audience: audienceOf(acting.actor),
      body: [
        { node: 'text' as const, text: ['They are kept. Until the lot is drawn nobody sees them, and you can give others.'] },
      ],
    }
    return { reply: cardReply(card), outcome: { ballot: round.id, given: true } }
  },
})

export const seedAsk = query({
  ...ofElections,
  name: 'elections.seed_form',
  allow: () => true,
  input: z.object({ subject: ElectionId }),
  async run({ actor }, _, { shown }) {
    mayGive(shown, actor.person)
    return formReply(seedForm(shown, audienceOf(actor)))
  },
})

/** By two people's words at the least, so that no one of them draws it. */
const LEAST_GIVERS = 2

/** Draws the lot from the words that were given, and publishes all that it takes to draw it again. */
export const draw = act({
  ...ofElections,
  name: 'elections.draw',
  input: z.object({ subject: ElectionId }),
  async run(acting, _, seen) {
    const tie = await tieIn(acting, seen)
    mustBeByLot(tie)
    const { shown, round, among } = tie
    const number = round.settled.length + 1
    const seeds = await seedsOf(acting.db, round.id, number)
    if (seeds.length < LEAST_GIVERS)
      throw new Refusal(
        'too_early',
        `${seeds.length === 0 ? 'Nobody has given words yet' : 'One has given words'}, and two at the least are needed, so that nobody draws it alone. They press “Give words for the lot”.`,
      )
    const { election, meeting } = shown
    const day = dayInWords(dayOf(shown.now, meeting.board.zone))
    const about = `${meeting.board.shortName}, ${officeInWords(election.office)}, ${day}, ${roundName(round)}, lot ${number}`
    const tied = round.candidates.filter(({ id }) => among.includes(id))
    const { seed: text, lines, drawn } = drawLot(about, tied, toldApart(seeds))
    const account = { seed: text, lines: lines.map(({ name, text: line, digest }) => ({ name, text: line, digest })) }
    const outcome = await settle(acting, tie, { how: 'lot', drawn, account })
    return { reply: await shownTo(acting, election.id), outcome: { drawn, ...outcome } }
  },
})

/** Two givers of one name are two: each has a number behind it, by what they gave. */
const toldApart = (seeds: readonly Seed[]): readonly Seed[] =>
  seeds.map(({ name, words }) => {
    const same = seeds.filter((one) => one.name === name).map((one) => one.words)
    return { name: same.length > 1 ? `${name} ${same.sort().indexOf(words) + 1}` : name, words }
  })

/** Records how equal votes fell, counts the ballot again with it, and goes on. */
async function settle(
  acting: Acting,
  { shown, round, among }: Tie,
  { how, drawn, account }: { readonly how: Settled['how']; readonly drawn: string; readonly account: Account },
): Promise<Acted['outcome']> {
  const { db, actor } = acting
  const settled: readonly Drawn[] = [...round.settled, { among, drawn }]
  const ids = round.candidates.map(({ id }) => id)
  const counted = count(round.method, ids, await choicesIn(acting, shown, round), settled)
  const about = { number: round.settled.length + 1, at: shown.now, by: personOf(actor) }
  await addSettled(db, round.id, { ...about, how, among, drawn, account, counted })
  return { ballot: round.id, at: toText(shown.now), ...(await follow(acting, shown.election.id)) }
}

/** The choices that were counted in a ballot: those of who had voted then, and was not out. */
async function choicesIn({ db }: Acting, { sat, election }: ElectionFacts, round: Round): Promise<readonly Choice[]> {
  if (isSecret(round)) return (await choicesOf(db, round.id)).map(({ choice }) => choice)
  if (!sat || !round.closedAt) throw new Error('a ballot that was counted nowhere')
  const papers = await openPapers(db, round.id)
  return standingBallots(round.voted, sat, election.item.id, round.closedAt).map(({ voter }) => papers.get(voter) ?? [])
}

/** Settles equal votes by a casting vote, where the terms give one to who presides. */
export const casting = act({
  ...ofElections,
  name: 'elections.casting',
  allow: () => true,
  input: z.object({ subject: ElectionId, candidate: PersonId }),
  async run(acting, { candidate }, seen) {
    const tie = await tieIn(acting, seen)
    const { shown, among, round } = tie
    const { basis } = electionRuleOf(shown.terms, shown.election.office)
    const caster = casterOf(shown, among)
    if (!caster)
      throw new Refusal(
        'conflict',
        'Nobody has a casting vote in it: the lot settles it. Nobody casts for themselves; another may preside.',
        basis.clause,
      )
    if (caster.person.id !== acting.actor.person)
      throw new Refusal('not_permitted', 'The casting vote is that of the person presiding alone. Ask them.', basis.clause)
    if (!among.includes(candidate))
      throw new Refusal('invalid', 'They are not one of those with equal votes. Press one of those.')
    const account = { caster: caster.person.name, office: OFFICES[caster.as] }
    const outcome = await settle(acting, tie, { how: 'casting vote', drawn: candidate, account })
    return { reply: await shownTo(acting, shown.election.id), outcome: { ballot: round.id, casting: candidate, ...outcome } }
  },
})
