import type { Basis, Standing, Terms } from './terms.js'

/** A rule of a board in words: what it is about, what it says, and on what it rests. */
export interface Saying {
  readonly about: string
  readonly says: string
  readonly rests: string
  /** where it says a list, its members */
  readonly list?: readonly string[]
}

const rests = ({ clause, silent }: Basis): string =>
  clause ? `clause ${clause.number}: “${clause.words}”` : silent ? `silent; by convention (${silent.source})` : ''

const and = (words: readonly string[], last = 'and'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`

const part = ({ over, under }: { over: number; under: number }): string =>
  over === 1 && under === 2 ? 'half' : `${over}/${under}`

type Who = Terms['nonMembers']['atInvitationOf']

export const whoInWords = ({ offices, standings, groups }: Who, one: 'any' | 'a' = 'any'): string =>
  and(
    [
      ...offices.map((office) => `the ${office}`),
      ...standings.map((standing) => `${one} ${standing}`),
      ...groups.map((group) => `the ${group.replace(/^the /, '')}`),
    ],
    'or',
  )

/** A saying for each reading of a standing: its bodies are listed, so that they can be compared one by one. */
const standingSayings = (standing: Standing): readonly Saying[] =>
  standing.readings.map(({ name, source, bodies }) => ({
    about: `${standing.plural} ${name}`,
    says: bodies ? bodies.join('; ') : source,
    rests: rests(standing),
    ...(bodies ? { list: bodies } : {}),
  }))

const pluralOf = (standings: readonly Standing[], name: string): string =>
  standings.find((standing) => standing.name === name)?.plural ?? name

function quorumSays({ quorum, standings }: Terms): string {
  const plurals = quorum.of.map((name) => pluralOf(standings, name))
  const { share, countedBy } = quorum
  const number = share
    ? `${share.measure} ${part(share.part)} of the ${share.ofSeats === 'filled' ? 'filled seats' : 'whole number'} of`
    : `at least ${quorum.atLeast}`
  const besides = quorum.present.map((one) =>
    'office' in one
      ? `the ${one.office.join(' or ')} present`
      : 'body' in one
        ? `${one.body} represented`
        : `at least one ${one.standing} represented`,
  )
  return `${number} ${and(plurals, 'or')}, counted by ${countedBy}${besides.length > 0 ? `, with ${and(besides)}` : ''}`
}

type OfficeRule = Terms['offices'][number]

function officeSays(
  { office, filled, post, by, from, years, atYearsEnd, shared }: OfficeRule,
  standings: readonly Standing[],
): string {
  const among =
    from.length > 0
      ? `from the ${and(
          from.map((name) => pluralOf(standings, name)),
          'or',
        )}`
      : filled === 'elected'
        ? 'from amongst the other members'
        : ''
  const term = years === undefined ? 'no term stated' : `${years} years, then ${atYearsEnd === 'ends' ? 'it ends' : 'a review'}`
  const how = [`the ${office} is ${filled}`, by && `by ${by}`, among, post && `(${post})`].filter(Boolean).join(' ')
  return `${how}; ${term}${shared ? '; may be shared' : ''}`
}

function electionSays({ method, ballot, unopposed, ties, checkWords }: NonNullable<OfficeRule['election']>): string {
  const secrecy = ballot ? `by ${ballot} ballot` : 'by open ballot, unless the meeting chooses secrecy'
  const alone = unopposed === 'elected' ? 'who stands alone is elected' : 'who stands alone is confirmed by vote'
  return `${secrecy}, ${method}; equal votes: ${ties}; ${alone}${checkWords ? '; each ballot with two words to check it by' : ''}`
}

function votesSay(votes: NonNullable<Terms['votes']>, standings: readonly Standing[]): string {
  const { measure, part: share, of } = votes.carriedBy
  return `one for each ${votes.oneFor} of the ${and(votes.standings.map((name) => pluralOf(standings, name)))}; carried by ${measure} ${part(share)} of ${of}; equal votes: ${votes.equalVotes}`
}

const days = ({ days: plain, workingDays }: { days?: number | undefined; workingDays?: number | undefined }): string =>
  plain === undefined ? `${workingDays ?? 0} working days` : `${plain} days`

/** Every rule of a board's terms, in the order of the terms. */
export function termsInWords(terms: Terms): readonly Saying[] {
  const saying = (about: string, rule: Basis, says: string): Saying => ({ about, says, rests: rests(rule) })
  const { presiding, removal, votes, meetings, calling, papers, agenda, substitutes } = terms
  return [
    ...terms.standings.flatMap(standingSayings),
    saying('quorum', terms.quorum, quorumSays(terms)),
    ...terms.offices.flatMap((office) => [
      saying(office.office, office, officeSays(office, terms.standings)),
      ...(office.election ? [saying(`election of the ${office.office}`, office.election, electionSays(office.election))] : []),
    ]),
    saying(
      'presiding',
      presiding,
      `in the chair's absence ${presiding.inOrder.join(', then ')}${presiding.withChairsPowers ? ', with the chair’s powers' : ''}`,
    ),
    ...(removal
      ? [
          saying(
            'removal',
            removal,
            `by ${removal.measure} ${part(removal.part)} of all the ${pluralOf(terms.standings, removal.ofAll)}`,
          ),
        ]
      : []),
    saying('decisions', terms.decisions, `by ${terms.decisions.by}`),
    ...(votes ? [saying('votes', votes, votesSay(votes, terms.standings))] : []),
    ...terms.delegated.map((one) =>
      saying(`delegated to ${one.to}`, one, `when ${one.when}, in consultation with ${one.consulting}`),
    ),
    saying(
      'meetings',
      meetings,
      `${meetings.aYear} a year${meetings.orAsDecided ? ', or as it decides' : ''}${meetings.cycleAgreed ? `; the cycle is agreed ${meetings.cycleAgreed}` : ''}${meetings.before ? `; before those of ${meetings.before}` : ''}${meetings.remote ? '; with remote attendance' : ''}`,
    ),
    saying('calling a meeting', calling.ordinary, `by ${whoInWords(calling.ordinary.by)}`),
    saying(
      'calling an extraordinary meeting',
      calling.extraordinary,
      `by ${whoInWords(calling.extraordinary.by)}${calling.extraordinary.need ? `, for ${calling.extraordinary.need}` : ''}`,
    ),
    saying('notice', terms.notice, days(terms.notice)),
    saying(
      'papers',
      papers,
      `at least ${papers.workingDays} working days before, by ${papers.cutOff}${papers.include.length > 0 ? `: ${and(papers.include)}` : ''}`,
    ),
    saying('agreeing the agenda', agenda.agreed, `by ${whoInWords(agenda.agreed.by)}`),
    saying('proposing items', agenda.proposed, `by ${whoInWords(agenda.proposed.by)}`),
    saying('standing items', agenda.standingItems, `set by ${agenda.standingItems.setBy}`),
    ...agenda.standingItems.sections.map((section) => {
      const items = section.items.map(({ title }) => title)
      const says = `${section.title}${items.length > 0 ? `: ${items.join('; ')}` : ''}`
      return { ...saying(`section ${section.letter} of the agenda`, agenda.standingItems, says), list: [section.title, ...items] }
    }),
    saying(
      'substitutes',
      substitutes,
      `${substitutes.allowed ? 'allowed' : 'not allowed'}${substitutes.otherwise ? `; failing one, ${substitutes.otherwise}` : ''}`,
    ),
    saying('attendance', terms.attendance, attendanceSays(terms.attendance)),
    saying('reminders', terms.reminders, remindersSay(terms.reminders)),
    saying('non-members', terms.nonMembers, `at the invitation of ${whoInWords(terms.nonMembers.atInvitationOf)}`),
    saying(
      'review',
      terms.review,
      `every ${terms.review.everyYears === 1 ? 'year' : `${terms.review.everyYears} years`}, by ${terms.review.by}`,
    ),
  ]
}

const attendanceSays = ({ graceMinutes: minutes }: Terms['attendance']): string =>
  minutes === 0
    ? 'a connection that drops is a departure'
    : `a connection that drops for less than ${minutes === 1 ? 'a minute' : `${minutes} minutes`} is no departure`

function remindersSay(reminders: Terms['reminders']): string {
  const before = (whom: string, numbers: readonly number[], what: string): readonly string[] =>
    numbers.length === 0 ? [] : [`${whom} ${and(numbers.map(String))} ${what}`]
  return [
    `at ${reminders.hour} of a working day`,
    ...before('authors', reminders.authorsDays, 'days before the papers go, and daily once late'),
    ...before('who agrees the agenda', reminders.agendaWorkingDays, 'working days before the papers go'),
    ...before('the clerk', reminders.clerkWorkingDays, 'working days before the papers go'),
    ...before('who has not answered', reminders.membersWorkingDays, 'working days before the meeting'),
    ...before('everyone', reminders.everyoneWorkingDays, 'working days before the meeting'),
    ...before('everyone', reminders.everyoneMinutes, 'minutes before the meeting'),
    ...before('the clerk, to open it,', reminders.openingMinutes, 'minutes before the meeting'),
    ...before('the clerk, of the notes,', reminders.notesDays, 'days after the meeting'),
  ].join('; ')
}

/** What one text of terms says otherwise than another, in words; none where they say the same. */
export function termsChanged(before: Terms, after: Terms): readonly string[] {
  const [was, is] = [termsInWords(before), termsInWords(after)]
  const find = (sayings: readonly Saying[], about: string) => sayings.find((saying) => saying.about === about)
  const abouts = [...new Set([...was, ...is].map(({ about }) => about))]
  return abouts.flatMap((about) => {
    const [old, now] = [find(was, about), find(is, about)]
    if (!old) return [`${about}: new: ${now?.says} (${now?.rests})`]
    if (!now) return [`${about}: gone: ${old.says}`]
    if (old.list && now.list && old.says !== now.says) return [`${about}: ${listChanged(old.list, now.list)}`]
    if (old.says !== now.says) return [`${about}: was ${old.says}; now ${now.says} (${now.rests})`]
    return old.rests === now.rests
      ? []
      : [`${about}: says the same, and rests on other words: was ${old.rests}; now ${now.rests}`]
  })
}

function listChanged(was: readonly string[], is: readonly string[]): string {
  const added = is.filter((one) => !was.includes(one))
  const dropped = was.filter((one) => !is.includes(one))
  const parts = [...(added.length > 0 ? [`adds ${and(added)}`] : []), ...(dropped.length > 0 ? [`drops ${and(dropped)}`] : [])]
  return parts.length > 0 ? parts.join('; ') : 'the same in another order'
}
