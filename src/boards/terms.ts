import { z } from 'zod'
import { Division } from '../kernel/working-days.js'

const text = z.string().min(1).max(4_000, 'is longer than 4,000 characters: shorten it')
/** Of a board, a body, a standing or a group: said in sentences and printed. */
const name = z
  .string()
  .min(1)
  .max(150, 'is longer than 150 characters: shorten it')
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'holds characters that cannot be seen: write it anew')

const notWhole = ({ input }: { readonly input?: unknown }): string =>
  input === undefined ? 'is missing' : `expected a whole number of 1 or more, got ${JSON.stringify(input)}`
const whole = z.int({ error: notWhole }).min(1, { error: notWhole }).max(1_000, 'is more than 1,000: write the right number')
/** Of years, of days before a meeting, of meetings a year: what is more is a slip of the hand. */
const atMost = (most: number) => whole.max(most, `is more than ${most}: write the right number`)

const Clause = z.strictObject({ number: text, words: text })

const Silent = z.strictObject({
  /** what boards do where the terms say nothing */
  convention: text,
  /** where that is written down */
  source: text,
})

const ONE_BASIS = 'needs either `clause` (the number and words of the terms) or `silent` (the convention used, and its source)'

/** A rule and what it rests on: the words of the terms, or a convention where they are silent. Never both. */
const rule = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject({ ...shape, clause: Clause.optional(), silent: Silent.optional() })
    .refine(
      (read: { clause?: unknown; silent?: unknown }) => (read.clause === undefined) !== (read.silent === undefined),
      ONE_BASIS,
    )

/** Part of a whole, in whole numbers: `{over: 1, under: 2}` is a half. */
const Fraction = z
  .strictObject({ over: whole, under: whole })
  .refine(({ over, under }) => over <= under, 'is more than the whole: `over` must not exceed `under`')

export const Office = z.enum(['chair', 'vice-chair', 'co-chair', 'clerk'])

const Reading = z
  .strictObject({
    name: text,
    source: text,
    /** the bodies that have the standing, by name */
    bodies: z.array(name).min(1).max(200).optional(),
    /** or: whoever has a seat, and is not there by invitation */
    everyMember: z.literal(true).optional(),
  })
  .refine(
    ({ bodies, everyMember }) => (bodies === undefined) !== (everyMember === undefined),
    'needs either `bodies` or `everyMember: true`',
  )

const Standing = z
  .strictObject({
    name: text,
    plural: text,
    /** the first is shown first; where there are several, who presides rules which counts */
    readings: z.array(Reading).min(1),
    clause: Clause.optional(),
    silent: Silent.optional(),
  })
  .refine(({ clause, silent }) => (clause === undefined) !== (silent === undefined), ONE_BASIS)

const Condition = z.union([
  z.strictObject({ office: z.array(Office).min(1) }),
  z.strictObject({ standing: text }),
  z.strictObject({ body: text }),
])

const Quorum = rule({
  /** a whole number */
  atLeast: whole.optional(),
  /** or a part of the seats */
  share: z
    .strictObject({ measure: z.enum(['at least', 'more than']), part: Fraction, ofSeats: z.enum(['filled', 'all']) })
    .optional(),
  /** of which standings; one of any of them counts */
  of: z.array(text).min(1),
  countedBy: z.enum(['organisation', 'seat', 'person']),
  /** each must hold besides the number */
  present: z.array(Condition).default([]),
}).refine(({ atLeast, share }) => (atLeast === undefined) !== (share === undefined), 'needs either `atLeast` or `share`')

/** How an election is held, where the terms say more of it than who is eligible. */
const Election = rule({
  method: z.enum(['absolute majority', 'plurality', 'ranked choices']).default('absolute majority'),
  /** none: open, unless the meeting chooses secrecy */
  ballot: z.enum(['open', 'secret']).optional(),
  /** what comes of a sole candidate */
  unopposed: z.enum(['elected', 'confirmed by vote']).default('elected'),
  ties: z.enum(['fresh ballot, then lot', 'lot', 'casting vote of the person presiding']).default('fresh ballot, then lot'),
  /** two words with each secret ballot, published beside its choice, by which its voter can check it */
  checkWords: z.boolean().default(false),
})

const OfficeRule = rule({
  office: Office,
  filled: z.enum(['ex officio', 'elected', 'nominated']),
  /** the post to which it is attached */
  post: text.optional(),
  /** who nominates */
  by: text.optional(),
  /** from among which standings; none: from among the other members */
  from: z.array(text).default([]),
  /** whole years */
  years: atMost(50).optional(),
  /** whether the years end it, or only remind */
  atYearsEnd: z.enum(['ends', 'review']).optional(),
  shared: z.boolean().default(false),
  election: Election.optional(),
})

/** Who may do something: holders of an office, seats of a standing, or a group by its name. */
const Who = z.strictObject({
  offices: z.array(Office).default([]),
  standings: z.array(text).default([]),
  groups: z.array(text).default([]),
})

const Votes = rule({
  oneFor: z.enum(['seat', 'person']),
  standings: z.array(text).min(1),
  carriedBy: z.strictObject({
    measure: z.enum(['at least', 'more than']),
    part: Fraction,
    of: z.enum(['votes cast', 'those present', 'all']),
  }),
  equalVotes: z.enum(['second or casting vote of the chair', 'not carried']),
})

/** What the bot knows of a standing item, and words or leaves out accordingly. */
export const About = z.enum([
  'introduction',
  'apologies',
  'interests',
  'notes',
  'elections',
  'review',
  'dates',
  'other business',
  'nothing',
])

const StandingItem = z.strictObject({
  title: text.max(300),
  about: About.default('nothing'),
  form: z.enum(['paper', 'verbal', 'presentation']).default('verbal'),
  purpose: z.enum(['decision', 'information']).optional(),
})

const Section = z.strictObject({
  letter: z.string().regex(/^[A-W]$/, 'expected one capital letter from A to W'),
  title: text.max(300),
  restricted: z.boolean().default(false),
  items: z.array(StandingItem).max(20, 'has more than 20 standing items: leave some to the meetings').default([]),
})

const daysBefore = (most: number) =>
  z.array(z.int().min(0).max(most, `is more than ${most}: write the right number`)).max(10, 'has more than ten: leave some out')

/** When the bot reminds whom. No terms that we know say so: the numbers are ours until the board's own stand here. */
const Reminders = rule({
  /** the hour of a working day at which people are reminded, on the board's clock */
  hour: z.string().regex(/^(?:0[6-9]|1\d|20):[0-5]\d$/, 'expected an hour from 06:00 to 20:59, such as "09:00"'),
  /** authors whose paper is not in: days before the papers go; every working day once it is late */
  authorsDays: daysBefore(90),
  /** who agrees the agenda, while it is a draft: working days before the papers go */
  agendaWorkingDays: daysBefore(60),
  /** the clerk, until the papers have gone: working days before they go */
  clerkWorkingDays: daysBefore(60),
  /** who has not answered, and clerk and chair of a quorum at risk: working days before the meeting */
  membersWorkingDays: daysBefore(60),
  /** everyone who comes: working days before the meeting */
  everyoneWorkingDays: daysBefore(60),
  /** everyone who comes, at any hour: minutes before the meeting */
  everyoneMinutes: daysBefore(24 * 60),
  /** the clerk, until the meeting is opened: minutes before its hour */
  openingMinutes: daysBefore(24 * 60).default([15, 0]),
  /** the clerk, of the notes: days after the meeting */
  notesDays: daysBefore(90),
})

/** A board's rules as data, each beside the clause of its terms of reference or marked as silent. */
export const Terms = z
  .strictObject({
    title: name,
    board: name,
    shortName: name,
    parent: name.optional(),
    /** IANA zone */
    zone: text.refine(isZone, 'expected the name of a time zone, such as Europe/London'),
    division: Division,
    standings: z.array(Standing).min(1).max(20),
    quorum: Quorum,
    offices: z.array(OfficeRule).default([]),
    /** in the chair's absence, in this order */
    presiding: rule({
      inOrder: z.array(z.enum(['vice-chair', 'co-chair', 'a member whom those present choose'])).min(1),
      withChairsPowers: z.boolean(),
    }),
    removal: rule({ measure: z.enum(['at least', 'more than']), part: Fraction, ofAll: text }).optional(),
    decisions: rule({ by: z.enum(['consensus', 'vote']) }),
    votes: Votes.optional(),
    delegated: z.array(rule({ to: text, when: text, consulting: text })).default([]),
    meetings: rule({
      aYear: atMost(52),
      orAsDecided: z.boolean().default(false),
      cycleAgreed: z.enum(['annually']).optional(),
      before: text.optional(),
      remote: z.boolean().optional(),
    }),
    calling: z.strictObject({ ordinary: rule({ by: Who }), extraordinary: rule({ by: Who, need: text.optional() }) }),
    notice: rule({ days: atMost(120).optional(), workingDays: atMost(60).optional() }),
    papers: rule({
      workingDays: atMost(60),
      cutOff: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected an hour such as "17:00"'),
      include: z.array(text).default([]),
    }),
    agenda: z.strictObject({
      agreed: rule({ by: Who }),
      proposed: rule({ by: Who }),
      /** the sections and standing items with which the board begins; it changes them by decisions of its own */
      standingItems: rule({ setBy: text, sections: z.array(Section).max(8, 'has more than 8 sections').default([]) }),
    }),
    substitutes: rule({ allowed: z.boolean(), otherwise: text.optional() }),
    /** for how long a connection may drop and be no departure; whole minutes */
    attendance: rule({ graceMinutes: z.int().min(0).max(60) }).default({
      graceMinutes: 5,
      silent: {
        convention: 'A connection that drops for less than five minutes is no departure.',
        source: 'ours, as the terms are silent: a connection that drops for a few minutes is no departure',
      },
    }),
    reminders: Reminders.default({
      hour: '09:00',
      authorsDays: [14, 0],
      agendaWorkingDays: [5, 2],
      clerkWorkingDays: [2, 1, 0],
      membersWorkingDays: [10, 3],
      everyoneWorkingDays: [1],
      everyoneMinutes: [60],
      openingMinutes: [15, 0],
      notesDays: [10],
      silent: {
        convention: 'People are reminded at nine in the morning of a working day, some days before what they are to do.',
        source: 'ours, as the terms are silent',
      },
    }),
    nonMembers: rule({ atInvitationOf: Who }),
    review: rule({ everyYears: atMost(20), by: text }),
  })
  .superRefine((terms, context) => {
    const letters = terms.agenda.standingItems.sections.map(({ letter }) => letter)
    letters.forEach((letter, at) => {
      if (letters.indexOf(letter) === at) return
      const path = ['agenda', 'standingItems', 'sections', at, 'letter']
      context.addIssue({ code: 'custom', path, message: `there is a section ${letter} already: give this one another letter` })
    })
    const known = terms.standings.map(({ name }) => name)
    for (const { path, name } of standingsNamed(terms)) {
      if (known.includes(name)) continue
      context.addIssue({ code: 'custom', path, message: `names no standing of these terms: expected one of ${known.join(', ')}` })
    }
  })

export type Terms = z.infer<typeof Terms>
export type Standing = z.infer<typeof Standing>

/** What a rule rests on. */
export interface Basis {
  readonly clause?: z.infer<typeof Clause> | undefined
  readonly silent?: z.infer<typeof Silent> | undefined
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

interface Naming {
  readonly path: (string | number)[]
  readonly name: string
}

/** Every place in terms that names a standing. */
function standingsNamed(terms: {
  quorum: z.infer<typeof Quorum>
  offices: readonly z.infer<typeof OfficeRule>[]
  votes?: z.infer<typeof Votes> | undefined
  removal?: { ofAll: string } | undefined
}): readonly Naming[] {
  const { quorum, offices, votes, removal } = terms
  return [
    ...quorum.of.map((name, at) => ({ path: ['quorum', 'of', at], name })),
    ...quorum.present.flatMap((one, at) =>
      'standing' in one ? [{ path: ['quorum', 'present', at, 'standing'], name: one.standing }] : [],
    ),
    ...offices.flatMap(({ from }, office) => from.map((name, at) => ({ path: ['offices', office, 'from', at], name }))),
    ...(votes?.standings ?? []).map((name, at) => ({ path: ['votes', 'standings', at], name })),
    ...(removal ? [{ path: ['removal', 'ofAll'], name: removal.ofAll }] : []),
  ]
}
