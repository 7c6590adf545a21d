/**
 * Who may see what of papers, on which surface. `surfaces.test.ts` plays it all and searches everything that leaves the
 * process; what is not said here is not shown. Whoever adds a command, a notice or an address adds its row, and says in it
 * what it shows; whoever changes a row has changed who sees what, and says why in the commit.
 */

/** What there is to see of a paper and of the item to which it belongs. */
export type Kind =
  /** of an item on the public agenda: it is printed on the front sheet, even where its paper is restricted */
  | 'title'
  /** of an item that is not on the public agenda, and who presents it */
  | 'hidden title'
  /** of such an item: that there is one */
  | 'hidden number'
  /** of what somebody has proposed, and nobody placed yet */
  | 'proposal'
  /** what somebody has declared of an interest in an item */
  | 'interest'
  | 'recommendation'
  | 'author'
  | 'file name'
  | 'file'
  /** the address of a paper that lies elsewhere */
  | 'link'
  /** why a version was taken back, or was not taken at the meeting */
  | 'reason'
  /** by which a version, or a hidden item, is pressed: on buttons and in forms */
  | 'key'

/** Who looks, by what they are to the board of the meeting. */
export const ROLES = {
  unknown: 'whom the house does not know',
  elsewhere: 'the clerk of a board of another tenant',
  colleague: 'of a member’s body, without a part in the board',
  guest: 'invited to the meeting',
  invited: 'of an invited body: entitled neither to what is closed nor to what is hidden',
  deputy: 'a deputy who does not substitute',
  author: 'wrote the restricted paper, and has no other part in the board',
  substitute: 'sits in for a member at the meeting',
  absent: 'the member who has sent them',
  member: 'represents a member',
  chair: 'in the chair',
  operator: 'runs the server, at its command line',
  clerk: 'the clerk',
} as const
export type Role = keyof typeof ROLES

/** Who reads a card in the board's place: everyone there, whoever they are. */
export type Reader = Role | 'place'

const BOARD: readonly Reader[] = [
  'guest',
  'invited',
  'deputy',
  'substitute',
  'absent',
  'member',
  'chair',
  'operator',
  'clerk',
  'place',
]
const OFFICERS: readonly Reader[] = ['chair', 'operator', 'clerk']
const ENTITLED: readonly Reader[] = ['substitute', 'absent', 'member', 'chair', 'operator', 'clerk']

/**
 * The papers, and who may see what stands in them: wherever a surface shows a kind at all, it shows it to these alone.
 * `title`: of their item. `inside`: everything else of them.
 */
export const PAPERS = {
  open: { is: 'a paper of an open item', title: BOARD, inside: BOARD },
  restricted: { is: 'a paper of an item closed to the public', title: [...BOARD, 'author'], inside: [...ENTITLED, 'author'] },
  sensitive: { is: 'a paper of an open item, marked OFFICIAL-SENSITIVE', title: BOARD, inside: ENTITLED },
  hidden: { is: 'a paper of an item that is not on the public agenda', title: ENTITLED, inside: ENTITLED },
  proposed: {
    is: 'what a member has proposed, to which no paper has come',
    title: ['member', ...OFFICERS],
    inside: ['member', ...OFFICERS],
  },
} as const satisfies Readonly<Record<string, { is: string; title: readonly Reader[]; inside: readonly Reader[] }>>

/** What a press is about. */
export type Subject =
  | 'meeting'
  | 'item'
  | 'version'
  | 'circulation'
  | 'board'
  | 'invitation'
  | 'help'
  | 'home'
  | 'apologies'
  | 'words'
  | 'reminder'
  | 'nothing'
  | 'motion'
  | 'decision'
  | 'publishable'

export interface Surface {
  readonly about: Subject
  /** what is filled in, beside the subject */
  readonly with?: Readonly<Record<string, string>>
  /** what it shows, to those who may see it: all of this, and nothing else */
  readonly shows: readonly Kind[]
  /** with what the test fills in nobody gets further than a refusal: it shows nothing of papers or of the agenda */
  readonly refused?: true
}

/** Every command, in the order in which it is played: what changes most comes last. In braces stands what the test fills in. */
export const COMMANDS: Readonly<Record<string, Surface>> = {
  'apologies.attend': { about: 'meeting', shows: [] },
  'apologies.send': { about: 'meeting', shows: [] },
  'apologies.name_substitute': { about: 'meeting', with: { substitute: '{substitute}' }, shows: [] },
  'apologies.choose_substitute': { about: 'meeting', shows: [] },
  'apologies.apologise_form': { about: 'apologies', shows: [] },
  'apologies.apologise': { about: 'apologies', with: { meeting: '{meeting}' }, shows: [], refused: true },
  'apologies.answer_for': { about: 'meeting', with: { for: '{absent}', substitute: '{substitute}' }, shows: [], refused: true },
  'apologies.answer_form': { about: 'meeting', shows: [] },
  'apologies.confirm_person': { about: 'meeting', shows: [], refused: true },
  'apologies.coming': { about: 'meeting', shows: [] },
  'attendance.open': { about: 'meeting', shows: [] },
  'attendance.arrive': { about: 'meeting', with: { mode: 'online' }, shows: [] },
  'attendance.leave': { about: 'meeting', shows: [] },
  'attendance.here': { about: 'meeting', shows: [] },
  'attendance.quorum': { about: 'meeting', shows: [] },
  'attendance.table_form': { about: 'meeting', shows: [] },
  'attendance.table': { about: 'meeting', shows: [], refused: true },
  'attendance.mark_form': { about: 'meeting', shows: [] },
  'attendance.mark': { about: 'meeting', shows: [], refused: true },
  'attendance.correct_form': { about: 'meeting', shows: [], refused: true },
  'attendance.correct': { about: 'meeting', with: { seq: '1' }, shows: [], refused: true },
  'attendance.expect': { about: 'meeting', with: { kind: 'leaves', hour: '10:30' }, shows: [] },
  'attendance.expect_form': { about: 'meeting', with: { kind: 'leaves' }, shows: [] },
  'attendance.interests': { about: 'meeting', shows: ['interest', 'hidden number'] },
  'attendance.declare_form': { about: 'meeting', shows: ['title', 'hidden title', 'key', 'hidden number'] },
  'attendance.declare': {
    about: 'meeting',
    with: { item: '{item}', nature: 'A director of it.', does: 'stays' },
    shows: ['interest', 'hidden number'],
  },
  'attendance.withdraw': { about: 'meeting', shows: [], refused: true },
  'attendance.return': { about: 'meeting', shows: [], refused: true },
  'attendance.no_interests': { about: 'meeting', shows: [], refused: true },
  'attendance.preside': { about: 'meeting', shows: [] },
  'attendance.count_by': { about: 'meeting', shows: [], refused: true },
  'attendance.proceed': { about: 'meeting', shows: [], refused: true },
  'attendance.close': { about: 'meeting', with: { allTheSame: 'yes' }, shows: [] },
  'attendance.print': { about: 'meeting', shows: ['title'] },
  'attendance.late': { about: 'meeting', shows: ['title', 'hidden title', 'hidden number', 'reason'] },
  'attendance.late_form': { about: 'meeting', shows: ['title', 'hidden title', 'hidden number', 'key'] },
  'attendance.rule_late': {
    about: 'meeting',
    with: { item: '{restricted}', taken: 'yes' },
    shows: ['title', 'hidden title', 'hidden number', 'reason'],
  },
  'votes.business': { about: 'meeting', shows: ['hidden number', 'hidden title', 'key', 'recommendation', 'title'] },
  'votes.motion': { about: 'motion', shows: ['hidden number', 'hidden title', 'key', 'reason', 'recommendation', 'title'] },
  'votes.put_form': { about: 'item', shows: ['hidden number', 'key', 'recommendation'] },
  'votes.amend_form': { about: 'motion', shows: ['hidden number', 'key', 'recommendation'] },
  'votes.dissent_form': { about: 'motion', shows: ['hidden number', 'key'] },
  'votes.open_form': { about: 'item', shows: ['hidden number', 'key'] },
  'votes.record_form': { about: 'motion', shows: [] },
  // The surfaces’ board has somebody in an office, and none of its items gives notice of a removal.
  'votes.remove_form': { about: 'item', shows: ['hidden number', 'key'] },
  'votes.remove': { about: 'item', shows: [], refused: true },
  'votes.decisions': { about: 'board', shows: ['hidden number', 'hidden title', 'key', 'recommendation', 'title'] },
  'votes.decision': { about: 'decision', shows: ['hidden number', 'hidden title', 'key', 'recommendation', 'title'] },
  'votes.correct_form': { about: 'decision', shows: ['hidden number', 'key', 'recommendation'] },
  'votes.ratify_form': { about: 'decision', with: { meeting: '{meeting}' }, shows: [], refused: true },
  'votes.export': {
    about: 'board',
    with: { restricted: 'yes' },
    shows: ['hidden number', 'hidden title', 'key', 'recommendation', 'title'],
  },
  'votes.delegate_form': { about: 'board', shows: [], refused: true },
  'votes.delegate': {
    about: 'board',
    with: { text: 'Buy it.', trigger: 'It is urgent.', consulted: 'The police.' },
    shows: [],
    refused: true,
  },
  'votes.record': { about: 'motion', with: { person: '{member}', choice: 'against' }, shows: ['recommendation', 'title'] },
  'votes.countersign': { about: 'motion', shows: ['recommendation', 'title'] },
  'votes.cast': { about: 'motion', with: { choice: 'for' }, shows: [] },
  'votes.dissent': {
    about: 'motion',
    with: { why: 'It is too dear.' },
    shows: ['hidden number', 'hidden title', 'key', 'reason', 'recommendation', 'title'],
  },
  'votes.content': { about: 'motion', shows: ['hidden number', 'hidden title', 'key', 'recommendation', 'title'] },
  'votes.amend': {
    about: 'motion',
    with: { text: 'Agree it from April on' },
    shows: ['hidden number', 'hidden title', 'key', 'title'],
  },
  'votes.defer': { about: 'motion', shows: ['hidden number', 'hidden title', 'title'] },
  'votes.close_due': { about: 'motion', shows: [], refused: true },
  'votes.casting': { about: 'motion', with: { choice: 'for' }, shows: [], refused: true },
  'votes.close': { about: 'motion', with: { allTheSame: 'yes' }, shows: ['recommendation', 'title'] },
  // What was deferred or decided is not withdrawn: it is refused here, and shown by `votes.defer` as it would be.
  'votes.withdraw': { about: 'motion', shows: [], refused: true },
  'votes.agree': {
    about: 'item',
    with: { text: 'Agree something else', allTheSame: 'yes' },
    shows: ['hidden number', 'hidden title', 'title'],
  },
  'votes.put': {
    about: 'item',
    with: { text: 'Agree something else' },
    shows: ['hidden number', 'hidden title', 'key', 'title'],
  },
  'votes.open': {
    about: 'item',
    with: { motion: '{pending}', byAgreement: 'yes' },
    shows: ['hidden number', 'hidden title', 'title'],
  },
  'votes.correct': {
    about: 'decision',
    with: { text: 'RESOLVED that it be bought.', why: 'It was misheard.' },
    shows: ['hidden number', 'hidden title', 'title'],
  },
  'votes.publish': { about: 'publishable', shows: [] },
  'votes.report': { about: 'decision', with: { meeting: '{meeting}' }, shows: [], refused: true },
  'votes.ratify': { about: 'decision', with: { item: '{item}' }, shows: [], refused: true },
  // An election shows people and figures, and nothing of papers; these items elect nobody.
  'elections.show': { about: 'item', shows: [], refused: true },
  'elections.nominate': { about: 'item', with: { nominee: '{member}' }, shows: [], refused: true },
  'elections.nominate_form': { about: 'item', shows: [], refused: true },
  'elections.second': { about: 'item', with: { nominee: '{member}' }, shows: [], refused: true },
  'elections.answer': { about: 'item', with: { answer: 'accepted' }, shows: [], refused: true },
  'elections.rule': { about: 'item', with: { reading: 'by statute' }, shows: [], refused: true },
  'elections.elect': { about: 'item', shows: [], refused: true },
  'elections.open': { about: 'item', shows: [], refused: true },
  'elections.open_form': { about: 'item', shows: [], refused: true },
  'elections.cast': { about: 'item', with: { choice: 'abstain' }, shows: [], refused: true },
  'elections.cast_form': { about: 'item', shows: [], refused: true },
  'elections.close': { about: 'item', shows: [], refused: true },
  'elections.close_due': { about: 'item', shows: [], refused: true },
  'elections.discard': { about: 'item', shows: [], refused: true },
  'elections.seed': { about: 'item', with: { words: 'blue heron' }, shows: [], refused: true },
  'elections.seed_form': { about: 'item', shows: [], refused: true },
  'elections.draw': { about: 'item', shows: [], refused: true },
  'elections.casting': { about: 'item', with: { candidate: '{member}' }, shows: [], refused: true },
  'elections.call_off': { about: 'item', shows: [], refused: true },
  'attendance.year': { about: 'board', with: { year: '2026' }, shows: [], refused: true },
  'papers.show': { about: 'meeting', shows: ['author', 'hidden title', 'key', 'title', 'hidden number'] },
  'papers.paper': {
    about: 'item',
    shows: [
      'title',
      'hidden title',
      'proposal',
      'author',
      'recommendation',
      'file name',
      'link',
      'reason',
      'key',
      'hidden number',
    ],
  },
  'papers.send_form': { about: 'item', shows: ['title', 'hidden title', 'proposal', 'recommendation', 'key', 'hidden number'] },
  'papers.describe_form': { about: 'item', shows: ['title', 'hidden title', 'proposal', 'author', 'key', 'hidden number'] },
  'papers.retract_form': { about: 'version', shows: ['key', 'hidden number'] },
  'papers.open': { about: 'version', shows: ['link', 'hidden number'] },
  'papers.circulate': {
    about: 'meeting',
    with: { allTheSame: 'yes' },
    shows: ['author', 'hidden title', 'key', 'title', 'hidden number'],
  },
  'papers.received': { about: 'circulation', shows: ['title', 'hidden title', 'hidden number', 'key'] },
  'papers.dispatches': { about: 'meeting', shows: ['hidden number'] },
  'papers.hand_form': { about: 'circulation', shows: [] },
  'papers.hand': { about: 'circulation', with: { person: '{absent}', how: 'in person' }, shows: ['hidden number'] },
  'papers.record': { about: 'meeting', shows: ['hidden number'] },
  'agenda.show': { about: 'meeting', shows: ['title', 'hidden title', 'proposal', 'key', 'hidden number'] },
  'agenda.propose': { about: 'meeting', with: { title: 'Something else' }, shows: ['title', 'hidden title', 'hidden number'] },
  'agenda.propose_form': { about: 'meeting', shows: [] },
  'agenda.propose_from': { about: 'words', with: { title: 'Something new' }, shows: [] },
  'agenda.propose_at': {
    about: 'words',
    with: { meeting: '{meeting}', title: 'Something more' },
    shows: ['title', 'hidden title', 'hidden number'],
  },
  'agenda.place': {
    about: 'item',
    with: { letter: '{letter}', number: '1', reason: 'It is urgent.' },
    shows: ['title', 'hidden title', 'proposal', 'key', 'hidden number'],
  },
  'agenda.ask': { about: 'meeting', shows: ['title', 'hidden title', 'proposal', 'key', 'hidden number'] },
  'agenda.agree': {
    about: 'meeting',
    with: { allTheSame: 'yes' },
    shows: ['title', 'hidden title', 'proposal', 'hidden number'],
  },
  'agenda.add_late': {
    about: 'meeting',
    with: { title: 'Surge', letter: 'B', reason: 'It rose today.' },
    shows: ['title', 'hidden title', 'proposal', 'hidden number'],
  },
  'agenda.late_form': { about: 'meeting', shows: [] },
  'agenda.edit': { about: 'meeting', shows: ['title', 'hidden title', 'key', 'hidden number'] },
  'agenda.print': { about: 'meeting', shows: ['title'] },
  'agenda.pass_on_elections': { about: 'meeting', shows: [], refused: true },
  'agenda.draft': { about: 'meeting', shows: [], refused: true },
  'agenda.place_form': { about: 'item', shows: ['title', 'hidden title', 'proposal', 'key'] },
  'agenda.change_form': { about: 'item', shows: ['title', 'hidden title', 'proposal', 'key', 'hidden number'] },
  'agenda.withdraw_form': { about: 'item', shows: ['title', 'hidden title', 'proposal', 'key', 'hidden number'] },
  'agenda.decline_form': { about: 'item', shows: ['title', 'hidden title', 'proposal', 'key', 'hidden number'] },
  'agenda.invite': {
    about: 'meeting',
    with: { name: 'Another Guest' },
    shows: ['title', 'hidden title', 'proposal', 'hidden number'],
  },
  'agenda.invite_form': { about: 'meeting', shows: ['title'] },
  'agenda.disinvite': { about: 'invitation', shows: ['title', 'hidden title', 'proposal', 'hidden number'] },
  'agenda.standing': { about: 'board', shows: [] },
  'agenda.add_standing': {
    about: 'board',
    with: { title: 'Scrutiny', letter: 'C', decision: 'RESOLVED that it stand' },
    shows: [],
  },
  'agenda.standing_form': { about: 'board', shows: [] },
  'agenda.end_standing': { about: 'board', shows: [], refused: true },
  'agenda.end_standing_form': { about: 'board', shows: [] },
  'agenda.set_section': {
    about: 'board',
    with: { letter: 'E', title: 'Exempt', decision: 'RESOLVED that there be one' },
    shows: [],
  },
  'agenda.section_form': { about: 'board', shows: [] },
  'meetings.coming': { about: 'board', shows: [] },
  'meetings.show': { about: 'meeting', shows: [] },
  'meetings.call': { about: 'board', with: { day: '2027-07-28', time: '10:00', allTheSame: 'yes' }, shows: [] },
  'meetings.call_form': { about: 'board', shows: [] },
  'meetings.move_form': { about: 'meeting', shows: [] },
  'meetings.cancel_form': { about: 'meeting', shows: [] },
  'meetings.propose': { about: 'board', with: { year: '2027' }, shows: [] },
  'meetings.cycle_form': { about: 'board', with: { year: '2027', days: '2027-07-28' }, shows: [] },
  'meetings.agree_cycle': { about: 'board', shows: [], refused: true },
  'meetings.calendar': { about: 'meeting', shows: [] },
  'meetings.subscribe': { about: 'board', with: { whose: 'person', allTheSame: 'yes' }, shows: [] },
  'meetings.unsubscribe': { about: 'board', with: { whose: 'person' }, shows: [] },
  'boards.roster': { about: 'board', shows: [] },
  'boards.roster_form': { about: 'board', shows: [] },
  'boards.check_roster': { about: 'board', shows: [], refused: true },
  'boards.read_roster': { about: 'board', shows: [], refused: true },
  'boards.import_roster': { about: 'nothing', shows: [], refused: true },
  'boards.appoint': { about: 'board', shows: [], refused: true },
  'boards.appoint_form': { about: 'board', shows: [] },
  'boards.end': { about: 'board', shows: [], refused: true },
  'boards.end_form': { about: 'board', shows: [] },
  'boards.terms': { about: 'board', shows: [] },
  'boards.read_terms': { about: 'board', shows: [], refused: true },
  'boards.set_up': { about: 'board', shows: [], refused: true },
  'boards.set_up_form': { about: 'board', shows: [] },
  'boards.approve': { about: 'nothing', shows: [], refused: true },
  'boards.approval': { about: 'nothing', shows: [], refused: true },
  'boards.known': { about: 'nothing', shows: [], refused: true },
  'boards.recognise': { about: 'nothing', shows: [], refused: true },
  'boards.spoil_code': { about: 'nothing', shows: [], refused: true },
  'boards.code': { about: 'board', with: { person: '{member}' }, shows: [] },
  'boards.forget_identity': { about: 'board', with: { person: '{member}' }, shows: [], refused: true },
  'boards.places': { about: 'board', shows: [] },
  'boards.link': { about: 'board', shows: [], refused: true },
  'boards.unlink': { about: 'board', shows: [], refused: true },
  'boards.place_changed': { about: 'board', shows: [], refused: true },
  'boards.follow_readers': { about: 'board', shows: [], refused: true },
  'boards.lost': { about: 'board', shows: [], refused: true },
  'boards.found': { about: 'board', shows: [], refused: true },
  'desk.due': { about: 'board', shows: [] },
  'desk.add_reminder_form': { about: 'board', shows: [] },
  'desk.add_reminder': {
    about: 'board',
    with: { whom: 'everyone', day: '2026-12-01', time: '09:00', words: 'Read the papers.' },
    shows: [],
  },
  'desk.stop_reminder_form': { about: 'board', shows: [] },
  'desk.stop_reminder': { about: 'board', shows: [], refused: true },
  'desk.remind_tomorrow': { about: 'reminder', shows: [], refused: true },
  'desk.remind_no_more': { about: 'reminder', shows: [], refused: true },
  'desk.remind_again': { about: 'reminder', shows: [], refused: true },
  'desk.home': { about: 'home', shows: ['title', 'hidden title', 'hidden number', 'key'] },
  'desk.help': { about: 'help', shows: [] },
  'papers.send': {
    about: 'item',
    with: { file: '{upload}', recommendations: 'Agree it.' },
    shows: ['title', 'hidden title', 'proposal', 'author', 'file name', 'link', 'reason', 'key', 'hidden number'],
  },
  'papers.describe': {
    about: 'item',
    with: { marking: 'OFFICIAL-SENSITIVE' },
    shows: ['title', 'hidden title', 'proposal', 'author', 'file name', 'link', 'reason', 'key', 'hidden number'],
  },
  'agenda.change': {
    about: 'item',
    with: { pages: '1 to 8' },
    shows: ['title', 'hidden title', 'proposal', 'key', 'hidden number'],
  },
  'agenda.withdraw': {
    about: 'item',
    with: { why: 'There is no time.' },
    shows: ['title', 'hidden title', 'proposal', 'key', 'hidden number'],
  },
  'agenda.decline': { about: 'item', with: { why: 'There is no time.' }, shows: [], refused: true },
  'papers.retract': {
    about: 'version',
    with: { why: 'It is superseded.' },
    shows: ['title', 'hidden title', 'author', 'file name', 'link', 'reason', 'key', 'hidden number'],
  },
  'meetings.move': { about: 'meeting', with: { day: '2026-12-17', time: '10:00', allTheSame: 'yes' }, shows: [] },
  'meetings.cancel': { about: 'meeting', with: { why: 'No business.' }, shows: [] },
}

export interface Told {
  /**
   * everybody: all who are told of a meeting, and may be anybody of the board; whoever is meant: to whom the acts that are
   * played have sent it; else those whose it is
   */
  readonly to: 'everybody' | 'whoever is meant' | readonly Reader[]
  readonly shows: readonly Kind[]
  /** nothing of the kind is said in what the test plays */
  readonly undrawn?: true
}

/** Every notice. A title on the public agenda is printed, and is no secret in what was sent; all else is for those who may see it. */
export const NOTICES: Readonly<Record<string, Told>> = {
  'apologies.forecast': { to: 'everybody', shows: [] },
  'apologies.invitation': { to: 'everybody', shows: [] },
  'apologies.received': { to: 'whoever is meant', shows: [] },
  'apologies.answered_for': { to: 'whoever is meant', shows: [], undrawn: true },
  'apologies.substitute': { to: 'whoever is meant', shows: [] },
  'apologies.relieved': { to: 'whoever is meant', shows: [] },
  'apologies.unanswered': { to: 'everybody', shows: [] },
  'apologies.quorum_at_risk': { to: 'whoever is meant', shows: [], undrawn: true },
  'apologies.coming_soon': { to: 'everybody', shows: [] },
  'apologies.starting': { to: 'everybody', shows: [] },
  'papers.asked': { to: 'whoever is meant', shows: ['title'] },
  'papers.sent_in': { to: 'whoever is meant', shows: ['key'] },
  'papers.circulated': { to: 'everybody', shows: ['title', 'hidden title', 'key', 'hidden number'] },
  'attendance.room': { to: 'everybody', shows: [] },
  'attendance.desk': { to: 'whoever is meant', shows: [] },
  'attendance.own': { to: 'everybody', shows: [] },
  'attendance.quorum_changed': { to: 'whoever is meant', shows: [], undrawn: true },
  'attendance.lapsed': { to: 'whoever is meant', shows: [], undrawn: true },
  'attendance.expected': { to: 'whoever is meant', shows: [] },
  'votes.card': { to: ['place'], shows: ['title', 'recommendation'] },
  'votes.desk': { to: 'whoever is meant', shows: ['hidden number', 'hidden title', 'key', 'reason', 'recommendation', 'title'] },
  'votes.own': { to: 'whoever is meant', shows: ['hidden number', 'hidden title', 'recommendation', 'title'] },
  'elections.card': { to: ['place'], shows: [], undrawn: true },
  'elections.desk': { to: 'whoever is meant', shows: [], undrawn: true },
  'elections.own': { to: 'whoever is meant', shows: [], undrawn: true },
  'elections.stuck': { to: 'whoever is meant', shows: [], undrawn: true },
  'votes.between_meetings': { to: 'whoever is meant', shows: [], undrawn: true },
  'agenda.agreed': { to: 'everybody', shows: ['title', 'hidden title', 'hidden number'] },
  'agenda.please_agree': { to: 'whoever is meant', shows: ['title', 'hidden title', 'hidden number'] },
  'agenda.proposed': { to: 'whoever is meant', shows: ['proposal', 'key'] },
  'agenda.placed': { to: 'whoever is meant', shows: [] },
  'agenda.declined': { to: 'whoever is meant', shows: ['proposal'] },
  'agenda.late': { to: 'everybody', shows: ['title', 'hidden title', 'hidden number'] },
  'agenda.withdrawn': { to: 'everybody', shows: ['title', 'hidden title', 'hidden number'] },
  'agenda.term_ends': { to: 'whoever is meant', shows: [], undrawn: true },
  'agenda.office_vacant': { to: 'whoever is meant', shows: [], undrawn: true },
  'agenda.election_missing': { to: 'whoever is meant', shows: [], undrawn: true },
  'boards.handover': { to: ['place'], shows: [], undrawn: true },
  'boards.not_reached': { to: 'whoever is meant', shows: [], undrawn: true },
  'boards.place_opened': { to: 'whoever is meant', shows: [], undrawn: true },
  'agenda.invited': { to: 'whoever is meant', shows: [] },
  'agenda.disinvited': { to: 'whoever is meant', shows: [] },
  'meetings.told': { to: 'everybody', shows: [] },
  'desk.said': { to: 'whoever is meant', shows: [], undrawn: true },
  'papers.wanted': { to: 'everybody', shows: [] },
  'papers.to_circulate': { to: ['clerk'], shows: [], undrawn: true },
  'agenda.to_agree': { to: 'everybody', shows: ['title', 'hidden title', 'hidden number', 'proposal'] },
  'attendance.to_open': { to: ['clerk'], shows: [], undrawn: true },
  'attendance.notes_due': { to: ['clerk'], shows: [] },
}

/** Every kind of address under `PUBLIC_URL`, opened in a browser by whoever was given it. */
export const ADDRESSES: Readonly<Record<string, { readonly shows: readonly Kind[] }>> = {
  papers: { shows: ['file name', 'file'] },
  calendar: { shows: [] },
}

/** What is written where nobody is spoken to. */
export const WRITTEN = {
  'a line of the log': [],
  'a message that waits to be sent': [],
  'a delivery, kept to know a repeat': [],
  'the payload of an entry in the journal': ['title', 'hidden title', 'hidden number', 'proposal'],
} as const satisfies Readonly<Record<string, readonly Kind[]>>
