/** Evidence packs. */
import type zh from '../zh-CN/packs'

const messages: Record<keyof typeof zh, string> = {
  'packs.lead': 'Whoever receives one can check it without signing in and without a network, by anfang verify or common tools: nothing changed, added or dropped.',
  'packs.protected': 'For the unit, the press, a citizen. Day, site, subject, outcome and answers only; photos only as redacted or cleared. No position, time of day, remark or alias. Accepted records only.',
  'packs.full': 'For discipline inspection or a court. Originals, everything but what is office-only, receipts, log proofs. No device certificate, no inspector’s identity.',

  'pack.profile': 'Profile',
  'pack.content': 'Content',
  'pack.records': 'Records',
  'pack.case': 'Case',
  'pack.notice': 'Notice',
  'pack.chooseRecords': 'Choose records',
  'pack.chooseCase': 'Choose a case',
  'pack.chooseNotice': 'Choose a published notice',
  'pack.seal': 'Seal the log first',
  'pack.private': 'With what is office-only',
  'pack.sealHint': 'What came today is not in the evidence log yet: seal first, or try tomorrow.',
  'pack.build': 'Build',
  'pack.asked': 'Being built; download it below when it is ready',
  'pack.ofCase': 'One case',
  'pack.ofNotice': 'Notice {number}',
  'pack.ofRecords': 'Chosen records: {n}',
  'pack.recordCount': '{n} record | {n} records',
  'pack.requestedAt': 'Asked for',
  'pack.requestedBy': 'By',
  'pack.bytes': 'Size',
  'pack.download': 'Download',
  'pack.keptUntil': 'File kept until {day}',
}
export default messages
