import type { Generated, Kysely, Transaction } from 'kysely'

/** Days on which something holds; the until-day is the first on which it does not. */
interface Span {
  from_day: string
  until_day: string | null
}

/** Of what the platform has said that it is not reached any more; null: it is. */
interface Lost {
  lost_at: Generated<string | null>
  lost_why: Generated<string | null>
}

/**
 * The tables, as Kysely sees them. Instants are UTC text with three decimals, days are `YYYY-MM-DD`,
 * ids random UUIDs, booleans 0 and 1. The migrations say the same to the database.
 */
export interface Schema {
  tenant: { id: string; name: string }
  /** `ours` is 1 where people are known by their address and each board has a place: the house's own page */
  workspace: Lost & {
    platform: string
    id: string
    tenant_id: string
    ours: Generated<number>
    /** 1: there a file can be handed to somebody alone */
    takes_files: Generated<number>
  }
  person: {
    id: string
    tenant_id: string
    name: string
    email: string | null
    telephone: string | null
    /** 0: somebody has named them as substitute, and the clerk has not said yet who they are */
    confirmed: Generated<number>
  }
  identity: Lost & { platform: string; workspace: string; user_id: string; person_id: string; preferred: number }
  place: Lost & {
    platform: string
    workspace: string
    id: string
    board_id: string
    kind: 'private' | 'public' | 'shared'
    /** as people call it; '': the platform has not said */
    name: Generated<string>
    /** to whom besides the board; '': to nobody */
    open_to: Generated<'' | 'public' | 'shared' | 'guests'>
    /** JSON: the users in it who are guests of the workspace or of other organisations, whoever they are */
    guests: Generated<string>
  }
  one_time_code: { person_id: string; hash: string; board_id: string; good_until: string }
  /** accounts that a clerk has said are not somebody's: no address makes them theirs again */
  not_theirs: { platform: string; workspace: string; user_id: string; person_id: string; at: string }
  loss: {
    id: string
    board_id: string
    platform: string
    workspace: string
    person_id: string | null
    /** neither a person nor a place: the workspace itself */
    place_id: string | null
    /** the platform's word for it */
    why: string
    at: string
    ended_at: string | null
  }

  delivery: {
    platform: string
    workspace: string
    user_id: string
    id: string
    command: string
    /** with the command, enough to draw the answer to a repeat as things stand then */
    subject: string
    outcome: 'done' | 'refused'
    /** JSON of the refusal */
    refusal: string | null
    at: string
  }
  journal: {
    board_id: string
    seq: number
    at: string
    actor: string
    command: string
    subject: string
    commitment: string | null
    previous: string
    hash: string
  }
  journal_payload: { board_id: string; seq: number; salt: string; payload: string }
  upload: {
    id: string
    tenant_id: string
    /** null: the operator */
    person_id: string | null
    sha256: string
    name: string
    type: string
    bytes: number
    /** system clock */
    at: string
  }

  organisation: { id: string; tenant_id: string; name: string; short_name: string }
  post: { board_id: string; person_id: string; organisation_id: string; title: string; until_day: string | null }
  board: {
    id: string
    tenant_id: string
    name: string
    short_name: string
    zone: string
    division: string
    parent_id: string | null
  }
  terms: {
    id: string
    board_id: string
    /** 1, 2, 3 … of its board */
    number: Generated<number>
    /** an approved text is superseded from the instant at which the next approved one is in force */
    state: 'draft' | 'approved'
    in_force_from: string | null
    document: string
    /** how it was approved */
    resolution: string | null
    approved_at: string | null
    /** null: the operator */
    by_person_id: string | null
  }
  seat: {
    id: string
    board_id: string
    organisation_id: string
    title: string
    standing: Generated<'member' | 'invited' | 'required'>
    joint: Generated<number>
    /** JSON: earlier names of its body, and bodies that it succeeded; one board's roster says nothing of another's count */
    formerly: Generated<string>
    /** JSON: the names of the bodies for which it sits collectively */
    stands_for: Generated<string>
    from_day: Generated<string>
    until_day: string | null
  }
  holding: { seat_id: string; person_id: string; capacity: 'representative' | 'deputy' } & Span
  office: {
    board_id: string
    office: 'chair' | 'vice-chair' | 'co-chair' | 'clerk'
    person_id: string
    acting: Generated<number>
  } & Span
  assistant: { board_id: string; assistant_id: string; principal_id: string } & Span
  in_attendance: { board_id: string; person_id: string; title: string } & Span
  group_member: { board_id: string; name: string; person_id: string } & Span
  roster_file: {
    id: string
    board_id: string
    name: string
    /** its bytes in base64, until it is imported or replaced */
    content: string
    state: 'read' | 'imported' | 'replaced'
    at: string
    by_person_id: string | null
  }

  meeting: {
    id: string
    board_id: string
    kind: Generated<'ordinary' | 'extraordinary'>
    starts_at: string
    minutes: Generated<number>
    venue: string
    link: string | null
    need: string | null
    state: 'called' | 'cancelled'
    revision: Generated<number>
  }
  meeting_version: {
    id: string
    meeting_id: string
    revision: number
    starts_at: string
    venue: string
    state: 'called' | 'cancelled'
    why: string | null
    at: string
    by_person_id: string | null
    for_person_id: string | null
    terms_id: string
  }
  cycle: {
    id: string
    board_id: string
    year: number
    resolution: string
    at: string
    by_person_id: string | null
    terms_id: string
  }
  cycle_meeting: { cycle_id: string; meeting_id: string }
  calendar_link: {
    /** SHA-256, hex */
    secret_hash: string
    kind: 'board' | 'person'
    board_id: string | null
    person_id: string | null
    tenant_id: string
    made_at: string
    by_person_id: string | null
    revoked_at: string | null
  }
  invitation: {
    id: string
    meeting_id: string
    person_id: string
    organisation_id: string | null
    item_id: string | null
    state: 'invited' | 'withdrawn'
    at: string
    by_person_id: string | null
    terms_id: string
  }
  answer: {
    id: string
    meeting_id: string
    seat_id: string
    /** 1, 2, 3 … : the highest stands */
    version: number
    attending: number
    substitute_id: string | null
    /** who held the seat then: the answer stands for nobody else */
    for_person_id: string
    /** the day on which the meeting then was; null in answers older than the column */
    for_day: string | null
    by_person_id: string
    at: string
  }

  section: { id: string; board_id: string; letter: string; title: string; restricted: number; decision: string } & Span
  standing_item: {
    id: string
    board_id: string
    letter: string
    position: number
    title: string
    about: string
    form: 'paper' | 'verbal' | 'presentation' | 'to follow'
    purpose: 'decision' | 'information' | null
    decision: string
    ended_by: string | null
  } & Span
  agenda: {
    meeting_id: string
    state: 'draft' | 'agreed'
    agreed_at: string | null
    agreed_by_id: string | null
    recorded_by_id: string | null
    terms_id: string | null
  }
  agenda_section: { meeting_id: string; letter: string; title: string; restricted: number }
  item: {
    id: string
    meeting_id: string
    letter: string | null
    number: number | null
    title: string
    about: string
    form: 'paper' | 'verbal' | 'presentation' | 'to follow'
    purpose: 'decision' | 'information' | null
    openness: 'open' | 'restricted' | 'hidden'
    state: 'proposed' | 'placed' | 'declined' | 'withdrawn'
    presenter: string | null
    first_page: number | null
    last_page: number | null
    late_reason: string | null
    why: string | null
    proposed_by_id: string | null
    proposed_at: string
  }

  paper: {
    item_id: string
    author_id: string | null
    author_name: string | null
    author_post: string | null
    author_organisation: string | null
    marking: 'none' | 'OFFICIAL' | 'OFFICIAL-SENSITIVE'
  }
  paper_version: {
    id: string
    item_id: string
    number: number
    /** JSON: a list of texts */
    recommendations: string
    link: string | null
    at: string
    by_person_id: string | null
  }
  paper_file: { version_id: string; sha256: string; name: string; type: string; bytes: number }
  paper_retraction: { version_id: string; why: string; at: string; by_person_id: string | null }
  circulation: {
    id: string
    meeting_id: string
    /** 1; from 2 on supplements */
    number: number
    meeting_revision: number
    agenda: 'draft' | 'agreed'
    deadline_at: string
    days_short: number
    at: string
    by_person_id: string | null
    terms_id: string
  }
  circulation_paper: { circulation_id: string; version_id: string; item_number: string; position: number }
  dispatch: {
    circulation_id: string
    person_id: string
    way: 'chat' | 'chat without files' | 'by hand'
    /** how restricted papers go; null: there are none for them */
    secure: 'link' | 'by hand' | null
    at: string
  }
  dispatch_paper: { circulation_id: string; person_id: string; version_id: string }
  dispatch_mark: {
    circulation_id: string
    person_id: string
    mark: 'received' | 'email' | 'post' | 'secure method' | 'in person'
    at: string
    by_person_id: string | null
  }
  paper_link: {
    secret_hash: string
    version_id: string
    person_id: string
    made_at: string
    until_at: string
    browser_hash: string | null
  }
  paper_opening: { id: string; version_id: string; person_id: string; at: string; outcome: 'opened' | 'refused' }

  sitting: {
    meeting_id: string
    seq: number
    act:
      | 'opened'
      | 'waits'
      | 'informal'
      | 'adjourned'
      | 'resumed'
      | 'closed'
      | 'presides'
      | 'counts by'
      | 'no interests'
      | 'roster'
    at: string
    /** who presides; null: who does by the terms */
    person_id: string | null
    /** until when it is adjourned, or by which reading the quorum is counted */
    words: string | null
    /** JSON of seats and offices: what changes later rewrites no meeting that has begun */
    roster: Generated<string | null>
    by_person_id: string | null
  }
  spell: {
    meeting_id: string
    /** of the rows of one spell the highest stands */
    seq: number
    id: string
    person_id: string
    seat_id: string | null
    capacity: 'representative' | 'substitute' | 'deputy' | 'invited' | 'in attendance'
    for_person_id: string | null
    mode: 'room' | 'online'
    from_at: string
    until_at: string | null
    dropped: number
    struck: number
    listed: 'present' | 'also present' | 'in attendance' | null
    reason: string | null
    recorded_at: string
    by_person_id: string | null
  }
  expectation: {
    meeting_id: string
    seq: number
    person_id: string
    kind: 'late' | 'leaves'
    at: string | null
    recorded_at: string
    by_person_id: string | null
  }
  interest: {
    meeting_id: string
    seq: number
    id: string
    item_id: string
    person_id: string
    nature: string
    conduct: 'stayed' | 'spoke' | 'withdrew'
    withdrew_at: string | null
    returned_at: string | null
    recorded_at: string
    by_person_id: string | null
  }
  late_paper: {
    meeting_id: string
    seq: number
    item_id: string
    taken: number
    why: string | null
    presiding_id: string | null
    recorded_at: string
    by_person_id: string | null
  }
  motion: {
    id: string
    meeting_id: string
    item_id: string
    number: number
    state: 'before the meeting' | 'in a vote' | 'decided' | 'withdrawn' | 'deferred'
    /** the recommendation that it asks the meeting to ratify */
    ratifies_id: string | null
    /** in force when it was put */
    terms_id: string
    put_at: string
    by_person_id: string | null
    /** of a motion that removes somebody from an office; null for every other */
    removes_office: 'chair' | 'vice-chair' | 'co-chair' | null
    removes_person_id: string | null
  }
  motion_wording: { motion_id: string; version: number; parts: string; at: string; by_person_id: string | null }
  dissent: {
    motion_id: string
    seq: number
    person_id: string
    seat_id: string
    /** 0: they are content after all */
    stands: number
    why: string | null
    at: string
    by_person_id: string | null
  }
  vote: {
    motion_id: string
    state: 'open' | 'equal' | 'disputed' | 'closed'
    opened_at: string
    closes_at: string | null
    by_hand: number
    hidden: number
    by_agreement: number
    opened_by_id: string | null
    /** JSON of the count, as at the close */
    quorum_open: string
    closed_at: string | null
    quorum_close: string | null
    /** JSON: a tally a reading */
    tallies: string | null
  }
  ballot: {
    motion_id: string
    /** the seat, or where persons vote the person */
    voter_id: string
    seat_id: string
    person_id: string
    choice: 'for' | 'against' | 'abstain'
    subject_to_approval: number
    at: string
    recorded: number
    by_person_id: string | null
    countersigned_id: string | null
  }
  casting_vote: { motion_id: string; person_id: string; office: string; choice: 'for' | 'against'; at: string }
  decision: {
    id: string
    board_id: string
    /** X for what is decided of items that are not on the public agenda, else empty */
    series: '' | 'X'
    number: number
    meeting_id: string | null
    item_id: string | null
    motion_id: string | null
    outcome: 'resolved' | 'recommended' | 'not carried'
    how: 'consensus' | 'agreed' | 'vote' | 'casting vote' | 'election' | 'delegated' | 'correction'
    /** as the notes have it */
    words: string
    openness: 'open' | 'restricted' | 'hidden'
    /** JSON: figures, names, quorum, who presided, and on what it rests */
    account: string
    corrects_id: string | null
    ratifies_id: string | null
    terms_id: string
    at: string
    by_person_id: string | null
  }
  election: {
    id: string
    meeting_id: string
    item_id: string
    office: 'chair' | 'vice-chair' | 'co-chair'
    state: 'nominations' | 'balloting' | 'tied' | 'elected' | 'called off'
    /** of who is eligible, as the person presiding has ruled */
    reading: string | null
    terms_id: string
    elected_id: string | null
    decision_id: string | null
    began_at: string
    by_person_id: string | null
  }
  nomination: {
    election_id: string
    nominee_id: string
    proposer_id: string
    seconder_id: string | null
    state: 'nominated' | 'accepted' | 'declined' | 'withdrawn'
    at: string
    by_person_id: string | null
  }
  election_ballot: {
    id: string
    election_id: string
    /** 1, 2, 3 … of its election */
    number: number
    state: 'open' | 'stuck' | 'closed' | 'void'
    method: 'absolute majority' | 'plurality' | 'ranked choices' | 'confirmation'
    /** JSON: people's ids, as they stand on it */
    candidates: string
    /** of a secret one */
    public_key: string | null
    check_words: 0 | 1
    opened_at: string
    closes_at: string | null
    by_hand: 0 | 1
    opened_by_id: string | null
    /** JSON: the count */
    quorum_open: string
    closed_at: string | null
    quorum_close: string | null
    /** JSON: as elections/counting.ts counts */
    counted: string | null
    /** JSON: seats that could vote at the close and had not */
    silent: string | null
    why: string | null
  }
  voted: { ballot_id: string; voter_id: string; seat_id: string; person_id: string }
  open_paper: { ballot_id: string; voter_id: string /** JSON */; choice: string }
  sealed_paper: { ballot_id: string; voter_id: string; sealed: string }
  counted_choice: { ballot_id: string; position: number /** JSON */; choice: string; words: string | null }
  lot_seed: { ballot_id: string; number: number; person_id: string; words: string }
  tie_settled: {
    ballot_id: string
    number: number
    how: 'lot' | 'casting vote'
    /** JSON: people's ids */
    among: string
    drawn_id: string
    /** JSON: the seed and each digest, or who cast */
    account: string
    /** JSON: the ballot counted with it */
    counted: string
    at: string
    by_person_id: string | null
  }
  decision_mark: {
    decision_id: string
    mark: 'published' | 'reported'
    meeting_id: string | null
    at: string
    by_person_id: string | null
  }
  quorum_entry: {
    id: string
    meeting_id: string
    seq: number
    at: string
    state: string
    verdict: 'quorate' | 'inquorate' | 'disputed'
    presiding_id: string | null
    figures: string
    terms_id: string
  }

  notice: {
    id: string
    queued: number
    notice: string
    kind: 'live' | 'reminder' | 'dispatch'
    subject: string
    board_id: string
    /** as outbox/recipient.ts writes it */
    recipient: string
    /** day of the board's zone on which it fell due; empty for what falls due at once */
    due_date: string
    /** rises with each change of what a live message shows */
    wanted: number
    state: 'waiting' | 'sent' | 'dropped' | 'failed'
    /** system clock: when it may be taken up; while it is being sent, when its lease ends */
    not_before: string
    attempts: number
    /** sendings of this state that were begun and may have been taken; 0 once one is known to have been */
    begun: number
    platform: string | null
    workspace: string | null
    /** the conversation and the message as the platform calls them */
    conversation: string | null
    message: string | null
    sent_at: string | null
    sent_hash: string | null
    why: string | null
  }
  tick: { notice: string; until: string }
  reminder: {
    id: string
    board_id: string
    meeting_id: string | null
    notice: string
    subject: string
    /** empty: whom the notice names when it falls due */
    person_id: string
    due_at: string
    /** day of the board's zone, with the hour where it may come twice a day */
    due_date: string
    /** missed: nothing ran at its time, and its reason had gone when something did */
    state: 'planned' | 'queued' | 'dropped' | 'missed' | 'stopped'
    why: string | null
    settled_at: string | null
  }
  reminder_mute: { notice: string; subject: string; person_id: string; at: string }
  said_reminder: {
    id: string
    board_id: string
    meeting_id: string | null
    whom: string
    words: string
    at: string
    by_person_id: string | null
  }

  demonstration: { stamp: string; clock_ahead_ms: number }
  page_message: {
    id: string
    position: number
    revision: number
    place: string
    /** the one person who sees it, or null for all who read the place */
    viewer: string | null
    author: string | null
    words: string | null
    card: string | null
    plain: string | null
    at: string
    edited: number
  }
}

/** Reads. */
export type Db = Kysely<Schema>

/** Reads and writes, inside the one transaction of an act. */
export type Tx = Transaction<Schema>
