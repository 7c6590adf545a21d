import * as agenda from './agenda/command.js'
import * as agendaElections from './agenda/elections/command.js'
import * as agendaElectionNotices from './agenda/elections/notices.js'
import * as invitations from './agenda/invitations/command.js'
import * as invitationNotices from './agenda/invitations/notices.js'
import * as items from './agenda/items/command.js'
import * as agendaNotices from './agenda/notices.js'
import * as proposing from './agenda/proposing/command.js'
import * as agendaReminders from './agenda/reminders/notices.js'
import * as standing from './agenda/standing/command.js'
import { words as agendaWords } from './agenda/words.js'
import * as apologyChoosing from './apologies/choosing/command.js'
import * as apologyClerk from './apologies/clerk/command.js'
import * as apologies from './apologies/command.js'
import * as apologyNotices from './apologies/notices.js'
import * as apologyReminders from './apologies/reminders/notices.js'
import { words as apologyWords } from './apologies/words.js'
import * as attendance from './attendance/command.js'
import * as expected from './attendance/expected/command.js'
import * as attendanceFollowing from './attendance/following/command.js'
import * as interests from './attendance/interests/command.js'
import * as attendanceLate from './attendance/late/command.js'
import { words as lateWords } from './attendance/late/words.js'
import * as marks from './attendance/marks/command.js'
import * as attendanceNotices from './attendance/notices.js'
import { offers as attendanceOffers } from './attendance/offers/command.js'
import * as attendanceRecord from './attendance/record/command.js'
import * as attendanceReminders from './attendance/reminders/notices.js'
import * as sitting from './attendance/sitting/command.js'
import { words as attendanceWords } from './attendance/words.js'
import * as attendanceYear from './attendance/year/command.js'
import { words as attendanceYearWords } from './attendance/year/words.js'
import * as adoption from './boards/adoption/command.js'
import { words as adoptionWords } from './boards/adoption/words.js'
import * as offices from './boards/offices/notices.js'
import * as identities from './boards/reach/identities/command.js'
import * as losses from './boards/reach/losses/command.js'
import * as lossNotices from './boards/reach/losses/notices.js'
import * as reach from './boards/reach/places/command.js'
import * as placeNotices from './boards/reach/places/notices.js'
import { words as reachWords } from './boards/reach/words.js'
import * as roster from './boards/roster/command.js'
import { words as rosterWords } from './boards/roster/words.js'
import type { Db } from './db/schema.js'
import { words as deskWords, help } from './desk/command.js'
import * as home from './desk/home/command.js'
import * as reminders from './desk/reminders/command.js'
import { planBoard, planMeetings, saidReminder } from './desk/reminders/notices.js'
import { reminderWords } from './desk/reminders/words.js'
import * as balloting from './elections/balloting/command.js'
import * as electionCasting from './elections/casting/command.js'
import * as electionClosing from './elections/closing/command.js'
import * as elections from './elections/command.js'
import * as electing from './elections/electing/command.js'
import * as electionFollowing from './elections/following/command.js'
import { buryKeys } from './elections/keys/command.js'
import * as lots from './elections/lot/command.js'
import * as nominating from './elections/nominating/command.js'
import * as electionNotices from './elections/notices.js'
import { offers as electionOffers } from './elections/offers/command.js'
import { words as electionWords } from './elections/words.js'
import type { Address } from './kernel/address.js'
import type { After, Command, Timed, Words } from './kernel/command.js'
import type { Notice } from './kernel/notice.js'
import type { Vault } from './kernel/vault.js'
import * as calendars from './meetings/calendar/command.js'
import { words as calendarWords } from './meetings/calendar/words.js'
import * as meetings from './meetings/command.js'
import * as meetingNotices from './meetings/notices.js'
import { words as meetingWords } from './meetings/words.js'
import * as circulation from './papers/circulation/command.js'
import * as circulationNotices from './papers/circulation/notices.js'
import * as papers from './papers/command.js'
import * as paperNotices from './papers/notices.js'
import * as opening from './papers/opening/command.js'
import * as paperReminders from './papers/reminders/notices.js'
import { words as paperWords } from './papers/words.js'
import * as agreeing from './votes/agreeing/command.js'
import * as business from './votes/business/command.js'
import * as castingVote from './votes/casting-vote/command.js'
import * as closing from './votes/closing/command.js'
import * as votes from './votes/command.js'
import * as delegated from './votes/delegated/command.js'
import * as delegatedNotices from './votes/delegated/notices.js'
import { reportAfterCall } from './votes/delegated/reporting/command.js'
import * as dissents from './votes/dissent/command.js'
import { followMarking, followRoom } from './votes/following/command.js'
import * as voteNotices from './votes/notices.js'
import { offers as voteOffers } from './votes/offers/command.js'
import * as polls from './votes/poll/command.js'
import * as recording from './votes/recording/command.js'
import * as register from './votes/register/command.js'
import * as removal from './votes/removal/command.js'
import { words as voteWords } from './votes/words.js'

/** Everything that the bot can do. */
export interface Features {
  readonly commands: ReadonlyMap<string, Command>
  readonly words: readonly Words[]
  readonly notices: readonly Notice[]
  /** what follows an act of another feature, in this order */
  readonly after: readonly After[]
  /** what is done because its time has come */
  readonly timed: readonly Timed[]
  /** what is put right that a crash has left between a commit and what follows it */
  readonly tidied: readonly ((db: Db, vault: Vault) => Promise<void>)[]
  /** what is found at the addresses that people open */
  readonly addresses: readonly Address[]
  /** what is opened by no words: a person's home page, and the forms of a platform's shortcuts */
  readonly entrances: { readonly home: Entrance; readonly apologise: Entrance; readonly propose: Entrance }
}

interface Entrance {
  readonly command: string
  readonly subject: string
}

const notices: readonly Notice[] = [
  apologyNotices.forecast,
  apologyNotices.invitation,
  apologyNotices.apologiesReceived,
  apologyNotices.answeredFor,
  apologyNotices.substituteNamed,
  apologyNotices.substituteRelieved,
  apologyReminders.unansweredReminder,
  apologyReminders.atRiskReminder,
  apologyReminders.comingSoonReminder,
  apologyReminders.startingReminder,
  agendaReminders.agreeReminder,
  paperReminders.authorsReminder,
  paperReminders.circulateReminder,
  attendanceReminders.openReminder,
  attendanceReminders.notesReminder,
  paperNotices.asked,
  paperNotices.sentIn,
  circulationNotices.circulated,
  attendanceNotices.roomNotice,
  attendanceNotices.deskNotice,
  attendanceNotices.ownNotice,
  attendanceNotices.quorumNotice,
  attendanceNotices.lapsedNotice,
  attendanceNotices.expectedNotice,
  voteNotices.motionNotice,
  voteNotices.deskNotice,
  voteNotices.ownNotice,
  delegatedNotices.betweenNotice,
  electionNotices.electionNotice,
  electionNotices.deskNotice,
  electionNotices.ownNotice,
  electionNotices.stuckNotice,
  agendaNotices.agreed,
  agendaNotices.pleaseAgree,
  agendaNotices.proposed,
  agendaNotices.placed,
  agendaNotices.declined,
  agendaNotices.late,
  agendaNotices.withdrawn,
  invitationNotices.invited,
  invitationNotices.disinvited,
  agendaElectionNotices.termEnds,
  agendaElectionNotices.officeVacant,
  agendaElectionNotices.electionMissing,
  meetingNotices.told,
  offices.handover,
  lossNotices.lostNotice,
  placeNotices.openedNotice,
  saidReminder,
]

const commands: readonly Command[] = [
  apologies.attend,
  apologies.send,
  apologies.nameSubstitute,
  apologies.chooseSubstitute,
  apologyChoosing.apologiseAsk,
  apologyChoosing.apologise,
  apologyClerk.answerFor,
  apologyClerk.answerAsk,
  apologyClerk.confirm,
  apologies.coming,
  sitting.open,
  attendance.arrive,
  attendance.leave,
  attendance.here,
  attendance.quorum,
  marks.tableAsk,
  marks.table,
  marks.markAsk,
  marks.markOne,
  marks.correctAsk,
  marks.correct,
  expected.expect,
  expected.expectAsk,
  interests.interests,
  interests.declareAsk,
  interests.declare,
  interests.withdraw,
  interests.comeBackIn,
  interests.none,
  sitting.preside,
  sitting.countBy,
  sitting.proceed,
  sitting.close,
  attendanceLate.late,
  attendanceLate.lateAsk,
  attendanceLate.ruleLate,
  attendanceRecord.print,
  attendanceYear.year,
  business.business,
  votes.motion,
  votes.put,
  votes.putAsk,
  agreeing.agree,
  votes.amend,
  votes.amendAsk,
  votes.withdraw,
  votes.defer,
  dissents.dissent,
  dissents.dissentAsk,
  dissents.content,
  polls.open,
  polls.openAsk,
  removal.remove,
  removal.removeAsk,
  polls.cast,
  recording.record,
  recording.recordAsk,
  recording.countersign,
  polls.close,
  polls.closeDue,
  castingVote.casting,
  register.decisions,
  register.decision,
  register.correct,
  register.correctAsk,
  register.publish,
  register.report,
  register.ratify,
  register.ratifyAsk,
  register.exportRegister,
  delegated.delegate,
  delegated.delegateAsk,
  elections.show,
  nominating.nominate,
  nominating.nominateAsk,
  nominating.second,
  nominating.answer,
  elections.rule,
  electing.electUnopposed,
  balloting.open,
  balloting.openAsk,
  electionCasting.cast,
  electionCasting.castAsk,
  electionClosing.close,
  electionClosing.closeDue,
  electionClosing.discard,
  lots.seed,
  lots.seedAsk,
  lots.draw,
  lots.casting,
  elections.callOff,
  papers.show,
  papers.paper,
  papers.sendAsk,
  papers.send,
  papers.describeAsk,
  papers.describe,
  papers.retractAsk,
  papers.retract,
  opening.open,
  circulation.circulate,
  circulation.received,
  circulation.dispatches,
  circulation.handAsk,
  circulation.hand,
  circulation.record,
  agenda.show,
  agenda.propose,
  proposing.proposeAsk,
  proposing.proposeFrom,
  proposing.proposeAt,
  agenda.agree,
  agenda.ask,
  agenda.addLate,
  agenda.lateAsk,
  agenda.edit,
  agenda.print,
  agenda.draft,
  agendaElections.passOn,
  items.place,
  items.placeAsk,
  items.change,
  items.changeAsk,
  items.withdraw,
  items.withdrawAsk,
  items.decline,
  items.declineAsk,
  invitations.invite,
  invitations.inviteAsk,
  invitations.disinvite,
  standing.standing,
  standing.addStanding,
  standing.standingAsk,
  standing.endStanding,
  standing.endStandingAsk,
  standing.section,
  standing.sectionAsk,
  meetings.coming,
  meetings.show,
  meetings.call,
  meetings.callAsk,
  meetings.move,
  meetings.moveAsk,
  meetings.cancel,
  meetings.cancelAsk,
  meetings.propose,
  meetings.cycleAsk,
  meetings.agreeCycle,
  calendars.calendar,
  calendars.subscribe,
  calendars.unsubscribe,
  roster.roster,
  roster.rosterAsk,
  roster.checkRoster,
  roster.readRosterFile,
  roster.importRoster,
  roster.appoint,
  roster.appointAsk,
  roster.end,
  roster.endAsk,
  adoption.terms,
  adoption.readText,
  adoption.setUp,
  adoption.setUpAsk,
  adoption.approve,
  adoption.approval,
  identities.known,
  identities.recognise,
  identities.code,
  identities.spoilCode,
  identities.forgetIdentity,
  reach.places,
  reach.link,
  reach.unlink,
  reach.placeChanged,
  reach.followReaders,
  losses.lost,
  losses.found,
  reminders.due(notices),
  reminders.addAsk,
  reminders.addReminder,
  reminders.stopAsk(notices),
  reminders.stopReminder,
  reminders.remindTomorrow(notices),
  reminders.remindNoMore,
  reminders.remindAgain,
  home.home(notices),
  help([
    home.offers,
    apologies.offers,
    attendanceOffers,
    voteOffers,
    electionOffers,
    papers.offers,
    agenda.offers,
    meetings.offers,
    calendars.offers,
    reminders.offers,
    adoption.offers,
    reach.offers,
  ]),
]

export const features: Features = {
  commands: new Map(commands.map((command) => [command.name, command])),
  words: [
    apologyWords,
    attendanceWords,
    attendanceYearWords,
    agendaWords,
    paperWords,
    lateWords,
    voteWords,
    electionWords,
    meetingWords,
    calendarWords,
    rosterWords,
    adoptionWords,
    reachWords,
    reminderWords(notices),
    home.words,
    deskWords,
  ],
  notices,
  after: [
    standing.beginAfterApproval,
    agenda.draftAfterCall,
    agenda.notesAfterChange,
    agendaElections.electionsFollow,
    offices.announceRoster,
    offices.announceHandover,
    placeNotices.followPeople,
    apologyNotices.inviteAfterCall,
    apologyNotices.refreshAfterChange,
    apologyNotices.followBoard,
    circulationNotices.followPeople,
    circulationNotices.followRoster,
    attendanceNotices.followAnswers,
    attendanceFollowing.followRoster,
    attendanceFollowing.followTerms,
    followRoom,
    followMarking,
    closing.followRuling,
    closing.closeWithMeeting,
    electionFollowing.followRoom,
    electionFollowing.forgetAfterApproval,
    electionClosing.closeWithMeeting,
    reportAfterCall,
    agendaNotices.followPlace,
    circulationNotices.followPlace,
    apologyNotices.followPlace,
    attendanceNotices.followPlace,
    voteNotices.followPlace,
    electionNotices.followPlace,
    planMeetings(notices),
    planBoard(notices),
  ],
  timed: [reach.readersDue, polls.closings, electionClosing.closings, agendaElections.passingsOn],
  tidied: [buryKeys],
  addresses: [opening.papersAddress, calendars.calendarAddress],
  entrances: {
    home: { command: 'desk.home', subject: 'home' },
    apologise: { command: 'apologies.apologise_form', subject: 'apologies' },
    propose: { command: 'agenda.propose_from', subject: 'words' },
  },
}
