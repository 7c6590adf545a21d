import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, plainAnswer } from '../../src/bot.js'
import { emailOf } from '../../src/demonstration/people.js'
import { features } from '../../src/features.js'
import { type Audience, toPerson, toPlace } from '../../src/kernel/audience.js'
import { newId } from '../../src/kernel/ids.js'
import { plainCard } from '../../src/kernel/plain.js'
import { userOf } from '../../src/platforms/web/places.js'
import { CHAIR, CLERK, delivered, done, POLICE } from '../agenda/setting.js'
import { boardCalled, personCalled } from '../boards.js'
import type { TestHouse } from '../house.js'
import { pdf } from '../papers.js'
import { addElsewhere } from './elsewhere.js'
import { browserOf, bytesOf, type OnPapers, openSettled, papersOf, secretIn, uploaded } from './setting.js'
import {
  ADDRESSES,
  COMMANDS,
  type Kind,
  NOTICES,
  PAPERS,
  type Reader,
  ROLES,
  type Role,
  type Subject,
  type Surface,
  WRITTEN,
} from './surfaces.js'

const NAMES: Readonly<Record<Exclude<Role, 'operator'>, string>> = {
  unknown: 'Una Known',
  elsewhere: 'Otto Elsewhere',
  colleague: 'Joseph Brand',
  guest: 'Vera Lund',
  invited: 'Nadia Flynn',
  deputy: 'Tariq Aziz',
  author: 'Ann Castle',
  substitute: 'Ruth Hale',
  absent: POLICE,
  member: 'Helen Marsh',
  chair: CHAIR,
  clerk: CLERK,
}
const ALL = Object.keys(ROLES) as readonly Role[]

type Which = keyof typeof PAPERS

/** A word that stands nowhere but in one field of one paper. */
interface Canary {
  readonly word: string
  readonly kind: Kind
  readonly paper: Which
}

const mayRead = ({ kind, paper }: Canary, reader: Reader): boolean => {
  const { title, inside } = PAPERS[paper] as { title: readonly Reader[]; inside: readonly Reader[] }
  return (
    kind === 'title' || kind === 'hidden title' || kind === 'hidden number' || kind === 'proposal' ? title : inside
  ).includes(reader)
}

const words = {
  open: { title: 'Ailurophile', recommendation: 'Borborygmus', author: 'Callipygian', file: 'Defenestrate', name: 'Ephemeris' },
  restricted: {
    title: 'Flibbertigibbet',
    recommendation: 'Gobbledygook',
    author: 'Haruspex',
    file: 'Ineluctable',
    name: 'Jentacular',
  },
  sensitive: {
    title: 'Kakistocracy',
    recommendation: 'Lugubrious',
    author: 'Mumpsimus',
    file: 'Nudiustertian',
    name: 'Obnubilate',
  },
  hidden: { title: 'Pulchritude', recommendation: 'Quixotry', author: 'Rigmarole', file: 'Sesquipedal', name: 'Taradiddle' },
} as const
const FIRST = { file: 'Ultracrepidarian', name: 'Velleity', reason: 'Widdershins' } as const
const LINK = 'xertz.example.org'
const PRESENTER = 'Yarborough'
const PROPOSAL = 'Zymurgy'
/** Where it stands alone, and not in a secret that happens to have it. */
const NUMBER = /(?<![\w-])X1(?![\w-])/
/** why a restricted paper, and a hidden one, were not taken at the meeting */
const NOT_TAKEN = { restricted: 'Bloviate', hidden: 'Cattywampus' } as const
const INTEREST = 'Abecedarian'

interface World {
  readonly house: TestHouse
  readonly papers: OnPapers
  readonly board: string
  readonly tenant: string
  readonly canaries: readonly Canary[]
  /** of each kind, what a press may be about */
  readonly subjects: Readonly<Record<Subject, readonly string[]>>
  readonly items: Readonly<Record<Which, string>>
}

async function personOf(house: TestHouse, role: Role): Promise<string | null> {
  const known = role === 'operator' ? undefined : NAMES[role]
  const row = await house.handles.reading
    .selectFrom('person')
    .select('id')
    .where('name', '=', known ?? '')
    .executeTakeFirst()
  return row?.id ?? null
}

/** The demonstration's meeting with one paper of each kind, sent in, described, circulated and delivered. */
async function openWorld(): Promise<World> {
  const house = await openSettled()
  const papers = papersOf(house, await house.meeting())
  const board = (await boardCalled(house, 'KCSP')) ?? ''
  const { tenant_id: tenant } = await house.handles.reading
    .selectFrom('board')
    .select('tenant_id')
    .where('id', '=', board)
    .executeTakeFirstOrThrow()
  const email = emailOf(NAMES.elsewhere)
  await addElsewhere(house, { name: NAMES.elsewhere, email, from: userOf(email) })
  const to = JSON.stringify({ as: 'deputy', organisation: 'Kent Police', seat: 'Member' })
  await done(house.press(CLERK, { command: 'boards.appoint', subject: board, values: { to, name: NAMES.deputy } }))
  await papers.has(words.open.title, 'B')
  await papers.has(words.sensitive.title, 'B')
  await papers.has(words.restricted.title, 'D')
  await papers.has('Placeholder', 'X')
  await done(papers.on(CLERK, 'X1', 'agenda.change', { title: words.hidden.title, presenter: PRESENTER }))
  await papers.has('Elsewhere', 'D')
  await done(papers.press(NAMES.member, 'agenda.propose', { title: PROPOSAL }))
  await done(papers.press(NAMES.member, 'agenda.propose', { title: 'Theft' }))
  await done(papers.on(CLERK, 'Theft', 'agenda.place', { letter: 'C' }))
  await house.writer.write(async (tx) => {
    const person = await tx.selectFrom('person').select('id').where('name', '=', 'Tom Beresford').executeTakeFirstOrThrow()
    await tx.deleteFrom('identity').where('person_id', '=', person.id).execute()
  })
  const items = {
    open: await papers.id('B1'),
    sensitive: await papers.id('B2'),
    restricted: await papers.id('D1'),
    hidden: await papers.id('X1'),
    proposed: await papers.id(PROPOSAL),
  }
  const described = (item: string, values: Record<string, string>) => done(papers.on(CLERK, item, 'papers.describe', values))
  await described('B1', { name: words.open.author })
  await described('B2', { name: words.sensitive.author, marking: 'OFFICIAL-SENSITIVE' })
  await described('D1', { author: await personCalled(house, NAMES.author), post: words.restricted.author })
  await described('X1', { name: words.hidden.author })
  // One that is asked for, and is not in.
  await papers.has('Another matter', 'X')
  await described('X2', { author: await personCalled(house, NAMES.author) })
  const send = async (item: string, which: keyof typeof words) =>
    done(
      papers.send(
        CLERK,
        item,
        `${words[which].name}.pdf`,
        { recommendations: words[which].recommendation },
        pdf(words[which].file),
      ),
    )
  await send('B1', 'open')
  await send('B2', 'sensitive')
  await done(papers.send(NAMES.author, 'D1', `${FIRST.name}.pdf`, {}, pdf(FIRST.file)))
  const first = await papers.version('D1')
  await done(house.press(CLERK, { command: 'papers.retract', subject: first, values: { why: FIRST.reason } }))
  await send('D1', 'restricted')
  await send('X1', 'hidden')
  await done(papers.on(CLERK, 'D2', 'papers.send', { link: `https://${LINK}/paper` }))
  await done(papers.press(POLICE, 'apologies.name_substitute', { substitute: await personCalled(house, NAMES.substitute) }))
  await done(papers.press(CHAIR, 'agenda.invite', { name: NAMES.guest, email: emailOf(NAMES.guest) }))
  await papers.circulate()
  await delivered(house)
  // What has come since would go as a supplement.
  await done(papers.on(CLERK, 'B1', 'papers.send', { link: 'https://example.org/supplement' }))
  const versions = await house.handles.reading.selectFrom('paper_version').select(['id', 'item_id']).execute()
  const closed = versions.filter(({ item_id }) => item_id !== items.open)
  const paperOf = (item: string): Which => (Object.keys(items) as Which[]).find((one) => items[one] === item) ?? 'sensitive'
  const canaries: readonly Canary[] = [
    ...(Object.keys(words) as (keyof typeof words)[]).flatMap((paper): Canary[] => [
      { word: words[paper].title, kind: paper === 'hidden' ? 'hidden title' : 'title', paper },
      { word: words[paper].recommendation, kind: 'recommendation', paper },
      { word: words[paper].author, kind: 'author', paper },
      { word: words[paper].file, kind: 'file', paper },
      { word: words[paper].name, kind: 'file name', paper },
    ]),
    { word: PRESENTER, kind: 'hidden title', paper: 'hidden' },
    { word: NOT_TAKEN.restricted, kind: 'reason', paper: 'restricted' },
    { word: NOT_TAKEN.hidden, kind: 'reason', paper: 'hidden' },
    { word: 'X1', kind: 'hidden number', paper: 'hidden' },
    { word: PROPOSAL, kind: 'proposal', paper: 'proposed' },
    { word: INTEREST, kind: 'interest', paper: 'hidden' },
    { word: items.proposed, kind: 'key', paper: 'proposed' },
    { word: FIRST.file, kind: 'file', paper: 'restricted' },
    { word: FIRST.name, kind: 'file name', paper: 'restricted' },
    { word: FIRST.reason, kind: 'reason', paper: 'restricted' },
    // Of an item of which nobody but the entitled has written anything.
    { word: LINK, kind: 'link', paper: 'sensitive' },
    ...closed.map(({ id, item_id }): Canary => ({ word: id, kind: 'key', paper: paperOf(item_id) })),
    { word: items.hidden, kind: 'key', paper: 'hidden' },
  ]
  const invitation = await house.handles.reading.selectFrom('invitation').select('id').execute()
  return {
    house,
    papers,
    board,
    tenant,
    canaries,
    items,
    subjects: {
      meeting: [papers.meeting],
      item: [...Object.values(items), await papers.id('D2')],
      version: versions.map(({ id }) => id),
      circulation: [await papers.circulation(1)],
      board: [board],
      invitation: invitation.map(({ id }) => id),
      help: ['help'],
      home: ['home'],
      apologies: ['apologies'],
      words: ['words'],
      reminder: [`apologies.unanswered ${papers.meeting}`],
      nothing: [newId()],
      motion: [],
      decision: [],
      publishable: [],
    },
  }
}

/** All that somebody could read of an answer: as it is drawn, in words, and of its files. */
function everything(answer: Answer): string {
  const files = answer.kind === 'document' ? (answer.document.files ?? []) : []
  return [
    JSON.stringify(answer),
    plainAnswer(answer),
    ...files.map(({ base64 }) => Buffer.from(base64, 'base64').toString()),
  ].join('\n')
}

const found = ({ canaries }: Pick<World, 'canaries'>, text: string): readonly Canary[] =>
  canaries.filter(({ word, kind }) => (kind === 'hidden number' ? NUMBER.test(text) : text.includes(word)))
const kindsOf = (seen: readonly Canary[]): readonly Kind[] => [...new Set(seen.map(({ kind }) => kind))].sort()

/** The motion that was put on an item last. */
async function pendingOn(house: TestHouse, item: string): Promise<string> {
  const row = await house.handles.reading
    .selectFrom('motion')
    .where('item_id', '=', item)
    .orderBy('number', 'desc')
    .select('id')
    .executeTakeFirst()
  return row?.id ?? newId()
}

/** Fills in what stands in braces. */
async function filledIn({ house, items, papers }: World, role: Role, subject: string, given: Surface['with'] = {}) {
  const values: Record<string, string> = {}
  // Where it stands already; what is proposed is placed nowhere, and stays for those alone who know of it.
  const letters: Record<string, string> = {
    [items.open]: 'B',
    [items.sensitive]: 'B',
    [items.hidden]: 'X',
    [items.proposed]: 'none',
  }
  for (const [name, value] of Object.entries(given)) {
    const asked = /^\{(\w+)\}$/.exec(value)?.[1]
    if (asked === undefined) values[name] = value
    else if (asked === 'upload')
      values[name] = role === 'unknown' || role === 'operator' ? newId() : await uploaded(house, NAMES[role], 'More.pdf')
    else if (asked === 'item') values[name] = items.open
    else if (asked === 'restricted') values[name] = items.restricted
    else if (asked === 'meeting') values[name] = papers.meeting
    else if (asked === 'pending') values[name] = await pendingOn(house, subject)
    else if (asked === 'letter') values[name] = letters[subject] ?? 'D'
    else values[name] = (await personOf(house, asked as Role)) ?? newId()
  }
  return values
}

async function asked(world: World, role: Role, command: string, subject: string, inChannel: boolean): Promise<Answer> {
  const { house, tenant } = world
  const values = await filledIn(world, role, subject, COMMANDS[command]?.with)
  const press = { command, subject, values }
  return role === 'operator' ? house.bot.operate(tenant, press) : house.press(NAMES[role], press, { inChannel })
}

interface Seen {
  readonly role: Role
  readonly refused: boolean
  readonly canaries: readonly Canary[]
}

/** Everybody asks, of everything that it can be about, whoever may the least first; in a direct message and, where nothing is changed, in the board's place. */
async function playedOne(world: World, command: string): Promise<readonly Seen[]> {
  const surface = COMMANDS[command]
  if (!surface) throw new Error(`${command} has no row`)
  const isQuery = features.commands.get(command)?.redraw === null
  const seen: Seen[] = []
  for (const role of ALL)
    for (const subject of world.subjects[surface.about])
      for (const inChannel of isQuery || command === 'papers.open' ? [false, true] : [false]) {
        const answer = await asked(world, role, command, subject, inChannel)
        if (answer.kind === 'fault') throw new Error(`${command} by ${role}: a fault`)
        const person = await personOf(world.house, role)
        const audience =
          answer.kind === 'form'
            ? answer.form.audience
            : answer.kind === 'document'
              ? answer.document.audience
              : answer.card.audience
        // An answer is for whoever asked, also where others read.
        if (answer.kind !== 'refusal' && audience.kind !== 'public')
          expect(audience, command).toEqual({ kind: 'person', person: role === 'operator' ? 'operator' : person })
        seen.push({ role, refused: answer.kind === 'refusal', canaries: found(world, everything(answer)) })
      }
  return seen
}

/** Those who are there decide each item as its paper recommends, and have another motion on each before them; on one a vote is open. */
async function decide(world: World): Promise<World> {
  const { house, papers } = world
  for (const name of [CHAIR, NAMES.member, NAMES.substitute, 'Aisha Rahman', 'Dr Simon Kerr'])
    await done(papers.press(name, 'attendance.arrive', { mode: 'online' }))
  for (const item of ['B1', 'B2', 'D1', 'X1']) {
    await done(papers.on(CLERK, item, 'votes.agree', { how: 'agreed', text: `Agree the ${RESOLVED[item]}` }))
    await done(papers.on(CLERK, item, 'votes.put'))
  }
  const motions = await house.handles.reading.selectFrom('motion').select(['id', 'item_id', 'state']).orderBy('number').execute()
  const pending = motions.filter(({ state }) => state === 'before the meeting')
  for (const { id, item_id } of pending) {
    const hidden = item_id === world.items.hidden
    await done(
      house.press(NAMES.member, { command: 'votes.dissent', subject: id, values: { why: DISSENT[hidden ? 'hidden' : 'other'] } }),
    )
  }
  // One that the clerk may publish: from then on its words are everybody's.
  await done(papers.on(CLERK, 'D2', 'votes.agree', { how: 'agreed', text: 'Agree to publish it' }))
  await done(papers.on(CLERK, 'D1', 'votes.open', { byAgreement: 'yes', ends: 'hand', allTheSame: 'yes' }))
  const decisions = await house.handles.reading.selectFrom('decision').select(['id', 'item_id', 'words']).execute()
  const toPublish = decisions.filter(({ words: said }) => said.includes('publish it'))
  const ofHidden = [...motions, ...decisions].filter(({ item_id }) => item_id === world.items.hidden)
  const canaries: readonly Canary[] = [
    ...world.canaries,
    { word: RESOLVED.B1 ?? '', kind: 'recommendation', paper: 'open' },
    { word: RESOLVED.B2 ?? '', kind: 'recommendation', paper: 'sensitive' },
    { word: RESOLVED.D1 ?? '', kind: 'recommendation', paper: 'restricted' },
    { word: RESOLVED.X1 ?? '', kind: 'recommendation', paper: 'hidden' },
    { word: DISSENT.hidden, kind: 'reason', paper: 'hidden' },
    ...ofHidden.map(({ id }): Canary => ({ word: id, kind: 'key', paper: 'hidden' })),
  ]
  const subjects = {
    ...world.subjects,
    motion: pending.map(({ id }) => id),
    decision: decisions.map(({ id }) => id),
    publishable: toPublish.map(({ id }) => id),
  }
  return { ...world, canaries, subjects }
}

/** What is resolved of each item: its own words, that stand in no paper. */
const RESOLVED: Readonly<Record<string, string>> = {
  B1: 'Antediluvian',
  B2: 'Brobdingnagian',
  D1: 'Crepuscular',
  X1: 'Dactylonomy',
}
const DISSENT = { hidden: 'Eleemosynary', other: 'It is too dear.' } as const

const isRetracted = ({ word }: Canary): boolean => Object.values<string>(FIRST).includes(word)

interface Meant {
  readonly subject: string
  readonly reader: Reader
  readonly audience: Audience
}

interface Drawing {
  readonly reader: Reader
  readonly canary: Canary
}

/** What a notice is, was or might be about, drawn for whom it is for. */
async function drawnFor(world: World, name: string): Promise<{ readonly drawn: number; readonly seen: readonly Drawing[] }> {
  const { house, board, subjects, items } = world
  const { reading } = house.handles
  const notice = features.notices.find((one) => one.name === name)
  const queued = await reading.selectFrom('notice').select(['subject', 'recipient']).where('notice', '=', name).execute()
  const persons = new Map<string, Reader>()
  for (const role of ALL) {
    const person = await personOf(house, role)
    if (person !== null) persons.set(person, role)
  }
  const clerk = await personCalled(house, NAMES.clerk)
  const meant = queued.flatMap(({ subject, recipient }): Meant[] => {
    const [kind, person] = JSON.parse(recipient) as string[]
    if (kind === 'office') return [{ subject, reader: 'clerk', audience: toPerson(clerk) }]
    if (kind === 'person') return [{ subject, reader: persons.get(person ?? '') ?? 'member', audience: toPerson(person ?? '') }]
    return kind === 'place' ? [{ subject, reader: 'place', audience: toPlace(board) }] : []
  })
  const { meeting, item, circulation, motion, decision } = subjects
  const everything = [
    ...queued.map(({ subject }) => subject),
    ...meeting,
    ...circulation,
    ...motion,
    ...decision,
    ...item.filter((one) => one !== items.proposed),
  ]
  const anybody: Omit<Meant, 'subject'>[] = [
    { reader: 'place', audience: toPlace(board) },
    { reader: 'place', audience: { kind: 'public' } },
    ...[...persons].map(([person, reader]) => ({ reader, audience: toPerson(person) })),
  ]
  const all = everything.flatMap((subject) => anybody.map((one): Meant => ({ ...one, subject })))
  const seen: Drawing[] = []
  let drawn = 0
  const to = NOTICES[name]?.to ?? 'everybody'
  const others = to === 'everybody' ? all : to === 'whoever is meant' ? [] : all.filter(({ reader }) => to.includes(reader))
  for (const { subject, reader, audience } of [...meant, ...others]) {
    // What is no subject of it, or goes to no place, is not drawn.
    const card = await notice?.show(reading, subject, audience, house.clock.now()).catch(() => null)
    if (!card || 'gone' in card) continue
    drawn += 1
    for (const canary of found(world, `${JSON.stringify(card)}${plainCard(card)}`)) seen.push({ reader, canary })
  }
  return { drawn, seen }
}

describe('the table has a row', () => {
  test('for every command, and no other', () =>
    expect(Object.keys(COMMANDS).sort()).toEqual([...features.commands.keys()].sort()))
  test('for every notice, and no other', () =>
    expect(Object.keys(NOTICES).sort()).toEqual(features.notices.map(({ name }) => name).sort()))
  test('for every kind of address, and no other', () =>
    expect(Object.keys(ADDRESSES).sort()).toEqual(features.addresses.map(({ room }) => room).sort()))
})

/** When what is named so is played: before the meeting, while it sits, or while it decides. */
type Stage = 'before' | 'sits' | 'decides'
const stageOf = (name: string): Stage => {
  if (name.startsWith('votes.')) return 'decides'
  return name.startsWith('attendance.') && name !== 'attendance.year' ? 'sits' : 'before'
}
const queries = Object.keys(COMMANDS).filter((command) => features.commands.get(command)?.redraw === null)
const acts = Object.keys(COMMANDS).filter((command) => features.commands.get(command)?.redraw !== null)

describe.each([
  { when: 'before the meeting', stage: 'before' as const },
  { when: 'while it sits', stage: 'sits' as const },
  { when: 'while it decides', stage: 'decides' as const },
])('$when', ({ stage }) => {
  const commands = [...queries, ...acts].filter((command) => stageOf(command) === stage)
  const notices = features.notices.map(({ name }) => name).filter((name) => stageOf(name) === stage)
  let world: World
  /** the notices as they are drawn before anything else is done */
  const earlier = new Map<string, Awaited<ReturnType<typeof drawnFor>>>()
  beforeAll(async () => {
    world = await openWorld()
    if (stage !== 'before') await sit()
    if (stage === 'decides') world = await decide(world)
    for (const name of notices) earlier.set(name, await drawnFor(world, name))
  })
  async function sit(): Promise<void> {
    const { papers } = world
    world.house.clock.set('2026-12-14T10:00:00Z')
    for (const item of ['B1', 'D1', 'X1'])
      await done(papers.on(CLERK, item, 'papers.send', { link: `https://example.org/late-${item.charAt(0)}` }))
    await papers.circulate()
    world.house.clock.set('2026-12-16T10:00:00Z')
    await done(world.papers.press(CLERK, 'attendance.open', { allTheSame: 'yes' }))
    for (const which of ['restricted', 'hidden'] as const) {
      const ruling = { item: world.items[which], taken: 'no', why: NOT_TAKEN[which] }
      await done(papers.press(CLERK, 'attendance.rule_late', ruling))
    }
    const interest = { item: world.items.hidden, nature: INTEREST, does: 'stays' }
    await done(world.papers.press(NAMES.member, 'attendance.declare', interest))
  }
  afterAll(async () => {
    expect(world.house.faults).toEqual([])
    await world.house.close()
  })

  if (stage === 'before') {
    test.each(ALL.filter((role) => role !== 'operator'))(
      'at /papers %s opens what is theirs, in one browser, and nothing else',
      async (role) => {
        const { house, subjects } = world
        const opened: Canary[] = []
        for (const version of subjects.version) {
          const answer = await house.press(NAMES[role], { command: 'papers.open', subject: version })
          const secret = secretIn(answer)
          if (secret === null) continue
          const browser = browserOf(house)
          expect(found(world, JSON.stringify(await browser.look(secret)))).toEqual([])
          const file = await browser.press(secret)
          opened.push(
            ...found(world, `${file.kind === 'file' ? file.name : ''}${(await bytesOf(house, file)).toString('latin1')}`),
          )
          expect(found(world, JSON.stringify(await browserOf(house).press(secret)))).toEqual([])
        }
        const theirs = world.canaries.filter(
          (canary) => (ADDRESSES.papers?.shows ?? []).includes(canary.kind) && mayRead(canary, role) && !isRetracted(canary),
        )
        expect(opened.map(({ word }) => word).sort()).toEqual(theirs.map(({ word }) => word).sort())
      },
    )

    test.each(ALL.filter((role) => role !== 'operator'))('at /calendar %s finds nothing of papers', async (role) => {
      const { house, board } = world
      const address = features.addresses.find(({ room }) => room === 'calendar')
      for (const whose of ['person', 'board']) {
        const values = { whose, allTheSame: 'yes' }
        const answer = await house.press(NAMES[role], { command: 'meetings.subscribe', subject: board, values })
        const secret = /\/calendar\/([\w-]+)\.ics/.exec(plainAnswer(answer))?.[1]
        const looked = await address?.look(house.handles.reading, {
          secret: secret ?? newId(),
          browser: null,
          now: house.clock.now(),
        })
        expect(looked?.kind).toBe(secret === undefined ? 'page' : 'text')
        expect(kindsOf(found(world, JSON.stringify(looked)))).toEqual([...(ADDRESSES.calendar?.shows ?? [])])
      }
    })
  }

  test.each(commands)('%s shows what its row says, to whom it may', async (command) => {
    const seen = await playedOne(world, command)
    for (const { role, canaries } of seen)
      for (const canary of canaries)
        expect(mayRead(canary, role), `${command} shows ${canary.kind} of ${canary.paper} to ${role}`).toBe(true)
    expect(kindsOf(seen.flatMap(({ canaries }) => canaries))).toEqual([...(COMMANDS[command]?.shows ?? [])].sort())
    expect(seen.filter(({ refused, canaries }) => refused && canaries.length > 0)).toEqual([])
    // What nobody gets to see is no proof of what it does not show.
    expect(seen.every(({ refused }) => refused)).toBe(COMMANDS[command]?.refused ?? false)
  })

  test('whatever is asked once all that is done shows nothing to whom it may not', async () => {
    for (const command of queries)
      for (const { role, canaries } of await playedOne(world, command))
        for (const canary of canaries)
          expect(mayRead(canary, role), `${command} shows ${canary.kind} of ${canary.paper} to ${role}`).toBe(true)
  })

  test.each(notices)('the notice %s shows what its row says, to whoever it is for', async (name) => {
    const before = earlier.get(name) ?? { drawn: 0, seen: [] }
    const after = await drawnFor(world, name)
    const seen = [...before.seen, ...after.seen]
    for (const { reader, canary } of seen)
      expect(
        canary.kind === 'title' || mayRead(canary, reader),
        `${name} shows ${canary.kind} of ${canary.paper} to ${reader}`,
      ).toBe(true)
    expect(kindsOf(seen.map(({ canary }) => canary))).toEqual([...(NOTICES[name]?.shows ?? [])].sort())
    expect(before.drawn + after.drawn > 0).toBe(NOTICES[name]?.undrawn !== true)
  })

  test('whatever was sent to somebody is theirs to see', async () => {
    await delivered(world.house)
    const roleOf = (user: string): Reader =>
      (Object.keys(NAMES) as (keyof typeof NAMES)[]).find((role) => emailOf(NAMES[role]) === user) ?? 'member'
    expect(world.house.sent.length).toBeGreaterThan(10)
    for (const { to, card, plain } of world.house.sent) {
      const reader: Reader = 'user' in to ? roleOf(to.user) : 'place'
      for (const canary of found(world, `${JSON.stringify(card)}${plain}`))
        expect(mayRead(canary, reader), `${reader} was sent ${canary.kind} of ${canary.paper}: ${plain}`).toBe(true)
    }
  })

  test('what is written beside it has nothing but what its row says', async () => {
    const { reading } = world.house.handles
    const rows = async (table: string) => JSON.stringify((await sql`select * from ${sql.table(table)}`.execute(reading)).rows)
    const written: Readonly<Record<keyof typeof WRITTEN, string>> = {
      'a line of the log': JSON.stringify(world.house.lines),
      'a message that waits to be sent': await rows('notice'),
      'a delivery, kept to know a repeat': await rows('delivery'),
      'the payload of an entry in the journal': await rows('journal_payload'),
    }
    for (const [where, text] of Object.entries(written)) {
      expect(text.length, where).toBeGreaterThan(200)
      const told = found(world, text).filter(({ kind }) => kind !== 'key')
      expect(kindsOf(told), where).toEqual([...WRITTEN[where as keyof typeof WRITTEN]].sort())
    }
  })
})
