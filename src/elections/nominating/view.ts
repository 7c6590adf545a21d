import { mention } from '../../apologies/view.js'
import { officeInWords, ruleOf } from '../../boards/offices/rules.js'
import { basisNotes } from '../../boards/view.js'
import type { Audience } from '../../kernel/audience.js'
import { type Form, list, type Node, note, type Span, type Text, text } from '../../kernel/view.js'
import type { Eligible } from '../eligibility.js'
import { candidatesIn, type ElectionFacts } from '../facts.js'
import type { Elective, Nomination } from '../rules.js'
import { bodyOf } from '../view.js'

interface Nominating {
  /** the item, or the election where there is one */
  readonly subject: string
  readonly office: Elective
  readonly when: Text
  readonly eligible: readonly (Eligible & { readonly body: string })[]
  /** by whom it may be; one: by nobody but the speaker */
  readonly proposers: readonly { readonly id: string; readonly name: string }[]
}

/** The form in which somebody is nominated. */
export const nominateForm = ({ subject, office, when, eligible, proposers }: Nominating, audience: Audience): Form => ({
  title: `Nominate a ${officeInWords(office)}`,
  audience,
  command: 'elections.nominate',
  subject,
  values: { office },
  intro: when,
  fields: [
    {
      field: 'choice',
      name: 'nominee',
      label: 'Whom?',
      options: eligible.map(({ person, body }) => ({ value: person.id, label: `${person.name} (${body})`.slice(0, 150) })),
    },
    ...(proposers.length > 1
      ? [
          {
            field: 'choice' as const,
            name: 'proposer',
            label: 'Proposed by',
            options: proposers.map(({ id, name }) => ({ value: id, label: name })),
          },
          {
            field: 'choice' as const,
            name: 'seconder',
            label: 'Seconded by',
            optional: true as const,
            options: proposers.map(({ id, name }) => ({ value: id, label: name })),
          },
        ]
      : []),
  ],
  submit: 'Nominate',
  inWords: `nominate Ann Castle as ${office}`,
})

const SAYS: Readonly<Record<Nomination['state'], string>> = {
  nominated: 'has not said yet whether they accept',
  accepted: 'has accepted',
  declined: 'has declined',
  withdrawn: 'has withdrawn',
}

function nominationLine(shown: ElectionFacts, { nominee, proposer, seconder, state }: Nomination): Text {
  const by: readonly Span[] =
    proposer.id === nominee.id
      ? [', by themselves']
      : [', proposed by ', mention(proposer), ...(seconder ? [', seconded by ', mention(seconder)] : [])]
  const body = bodyOf(shown, nominee.id)
  const gone = isGone(shown, nominee.id) ? ', and can be elected no more' : ''
  return [mention(nominee), body === '' ? '' : ` (${body})`, ...by, `: ${SAYS[state]}${gone}`]
}

/** Who represents no seat any more from which they could be elected. */
export const isGone = ({ eligible }: ElectionFacts, person: string): boolean => !eligible.some((one) => one.person.id === person)

/** Who was nominated, and from among whom they are. */
export function nominationNodes(shown: ElectionFacts): readonly Node[] {
  const { election, terms } = shown
  const { nominations } = election
  const { disputed } = candidatesIn(shown)
  const rule = ruleOf(terms, election.office)
  return [
    ...(nominations.length > 0
      ? [text({ strong: 'Nominated:' }), list(nominations.map((one) => nominationLine(shown, one)))]
      : [text('Nobody is nominated yet. Nominations are open.')]),
    ...(disputed.length > 0
      ? [
          note(
            `Whether ${disputed.map(({ name }) => name).join(' and ')} may be elected depends on how the terms are read: the person presiding rules.`,
          ),
        ]
      : []),
    ...(election.reading === null ? [] : [note(`Eligible: ${election.reading}, as the person presiding has ruled.`)]),
    ...(rule && election.rounds.length === 0 ? basisNotes(rule) : []),
  ]
}
