/** Words for closed lists: roles, kinds, states. */
import type zh from '../zh-CN/words'

const messages: Record<keyof typeof zh, string> = {
  'role.reviewer': 'Reviewer',
  'role.lead': 'Office lead',
  'role.approver': 'Approver',
  'role.liaison': 'Unit liaison',
  'role.custodian': 'Custodian',
  'role.auditor': 'Auditor',
  'role.administrator': 'Administrator',

  'unitCategory.vertical': 'Vertical',
  'unitCategory.party_mass': 'Party and mass',
  'unitCategory.government_functional': 'Government',

  'siteKind.window': 'Service window',
  'siteKind.office': 'Office',
  'siteKind.taxi': 'Taxi',
  'siteKind.bus': 'Bus',
  'siteKind.street': 'Street',
  'siteKind.market': 'Market',
  'siteKind.station': 'Station',
  'siteKind.other': 'Other',
  'siteKind.residence': 'Residence',
  'siteKind.guest_room': 'Hotel room',
  'siteKind.private_room': 'Private room',
  'siteKind.dormitory': 'Dormitory',
  'siteKind.toilet': 'Toilet',
  'siteKind.bathroom': 'Bathroom',
  'siteKind.changing_room': 'Changing room',
  'siteKind.nursing_room': 'Nursing room',
  'siteKind.fitting_room': 'Fitting room',

  'capture.allowed': 'Capture allowed',
  'capture.forbidden': 'Capture forbidden',

  'campaignState.draft': 'Draft',
  'campaignState.running': 'Running',
  'campaignState.closed': 'Closed',

  'assignmentState.open': 'Open',
  'assignmentState.done': 'Done',
  'assignmentState.cancelled': 'Cancelled',

  'recordState.received': 'Photos missing',
  'recordState.complete': 'To review',
  'recordState.accepted': 'Accepted',
  'recordState.returned': 'Returned',
  'recordState.rejected': 'Rejected',
  'recordState.withdrawn': 'Withdrawn',

  'outcome.done': 'Visited',
  'outcome.not_possible': 'Visit not possible',
  'outcome.withdrawn': 'Withdrawn by the inspector',

  'itemKind.yes_no': 'Yes/no',
  'itemKind.grade': 'Grade',
  'itemKind.number': 'Number',
  'itemKind.text': 'Text',
  'itemKind.choice': 'One choice',
  'itemKind.choices': 'Several choices',

  'photoRule.never': 'No photo',
  'photoRule.on_fail': 'Photo on failure',
  'photoRule.always': 'Photo always',

  'answer.yes': 'Yes',
  'answer.no': 'No',
  'answer.na': 'N/A',
  'answer.missing': 'No answer',

  'decision.accepted': 'Accepted',
  'decision.returned': 'Returned',
  'decision.rejected': 'Rejected',
  'decision.reopened': 'Taken back',

  'pictureDecision.redaction': 'Redacted',
  'pictureDecision.clearance': 'Cleared',

  'caseState.open': 'Awaiting the unit',
  'caseState.answered': 'Defence stated',
  'caseState.rectified': 'Rectified',
  'caseState.closed': 'Closed',

  'caseClass.at_once': 'At once',
  'caseClass.by_date': 'By a date',
  'caseClass.step_by_step': 'Step by step',

  'statement.defence': 'Defence',
  'statement.rectification': 'Rectification',
  'statement.reply': 'Reply of the office',

  'noticeKind.exposure': 'Exposure notice',
  'noticeKind.rectification': 'Rectification order',
  'noticeKind.supervision': 'Supervision letter',
  'noticeKind.correction': 'Correction',
  'noticeKind.withdrawal': 'Withdrawal',

  'noticeState.draft': 'Draft',
  'noticeState.in_approval': 'In approval',
  'noticeState.approved': 'Approved',
  'noticeState.published': 'Published',
  'noticeState.corrected': 'Published, corrected',
  'noticeState.withdrawn': 'Withdrawn',

  'packState.waiting': 'Waiting',
  'packState.building': 'Being built',
  'packState.ready': 'Ready',
  'packState.failed': 'Failed',

  'profile.full': 'Full',
  'profile.protected': 'Protected',

  'deadline.deadline-far': '{n} working days left',
  'deadline.deadline-near': 'Near: {n} working days left',
  'deadline.deadline-last-day': 'Due today',
  'deadline.deadline-overdue': '{n} working days overdue',
  'deadline.overdueToday': 'Overdue since today',
  'deadline.provisional': 'The holiday calendar is not published yet; the date may move',
  'deadline.stopped': 'Reported, clock stopped',
  'deadline.closed': 'Closed',

  'mediaSource.camera': 'Taken on the spot',
  'mediaSource.file': 'Chosen from files',
  'placeSource.gps': 'Measured',
  'placeSource.manual': 'Entered by hand',
  'placeReason.denied': 'refused by the device',
  'placeReason.unavailable': 'could not be measured',
  'placeReason.timeout': 'took too long',
  'placeReason.unsupported': 'not supported by the device',
  'placeReason.not-asked': 'not asked for',
  'subject.window': 'Window',
  'subject.bus': 'Bus',
  'subject.taxi': 'Taxi',
  'subject.office': 'Office',
  'subject.other': 'Other',
}
export default messages
