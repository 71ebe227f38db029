/** An outcome in words: the form that `anfang verify --json` prints, and how each kind of check came out. */

import { DOCUMENT, PROOFS } from './checks/document'
import type { Finding } from './checks/reading'
import { faultText, type Locale } from './i18n'
import type { Outcome } from './verify'

export interface Fault {
  file: string
  code: string
  text: string
}

export interface VerdictJson {
  sound: boolean
  signer: 'known' | 'unknown'
  faults: Fault[]
  records: number
}

/** The verdict for a program; `archive` is the file's own name. */
export function verdictJson(outcome: Outcome, archive: string, locale: Locale): VerdictJson {
  const { sound, signer, findings, records } = outcome
  return { sound, signer, faults: findings.map((one) => inWords(one, archive, locale)), records }
}

function inWords({ file, code, detail }: Finding, archive: string, locale: Locale): Fault {
  return { file: printable(file || archive), code, text: faultText(locale, code, printable(detail)) }
}

/** Names come from a stranger's archive: what does not show, or turns the writing round, is made visible. */
function printable(text: string): string {
  return text.replace(/[^\P{C}]|(?! )\p{Z}/gu, '\ufffd')
}

export type Verdict = 'sound' | 'signer-unknown' | 'unsound' | 'not-a-pack'

export function verdictOf({ isPack, sound, signer }: Outcome): Verdict {
  if (!isPack) return 'not-a-pack'
  if (!sound) return 'unsound'
  return signer === 'known' ? 'sound' : 'signer-unknown'
}

export const GROUPS = ['archive', 'fixity', 'signature', 'records', 'receipts', 'decisions', 'log', 'pictures', 'stamps'] as const
export type Group = (typeof GROUPS)[number]
export type GroupState = 'holds' | 'fault' | 'not-reached' | 'not-checked' | 'none'

const GROUP_OF: Record<string, Group> = {
  'pack-hash-mismatch': 'fixity', 'pack-file-missing': 'fixity', 'pack-file-unlisted': 'fixity', 'pack-file-unexpected': 'fixity',
  'pack-bag-malformed': 'fixity', 'pack-id-mismatch': 'fixity',
  'pack-signature-invalid': 'signature', 'pack-signer-missing': 'signature', 'pack-signer-other': 'signature',
  'pack-key-mismatch': 'signature', 'pack-key-unused': 'signature', 'pack-introduction-invalid': 'signature',
  'pack-record-invalid': 'records', 'pack-record-mismatch': 'records',
  'pack-disclosure-not-allowed': 'records', 'pack-disclosure-missing': 'records',
  'pack-receipt-invalid': 'receipts', 'pack-receipt-mismatch': 'receipts', 'pack-certificate-invalid': 'receipts',
  'pack-review-missing': 'decisions', 'pack-review-mismatch': 'decisions', 'pack-case-mismatch': 'decisions',
  'pack-checkpoint-invalid': 'log', 'pack-log-proof-invalid': 'log', 'pack-log-entry-missing': 'log', 'pack-log-entry-unexpected': 'log',
  'pack-media-missing': 'pictures', 'pack-media-foreign': 'pictures', 'pack-picture-invalid': 'pictures', 'pack-redaction-invalid': 'pictures',
}
const GROUP_OF_DOCUMENT: Record<string, Group> = { [DOCUMENT]: 'records', [PROOFS]: 'log' }
const NEEDS_INDEX: readonly Group[] = ['records', 'receipts', 'decisions', 'log', 'pictures']

/** How each kind of check came out. What needs an index that cannot be read was not reached. */
export function groupStates({ findings, facts }: Outcome): Record<Group, GroupState> {
  const faulty = new Set(findings.map(groupOf))
  const state = (group: Group): GroupState => {
    if (faulty.has(group)) return 'fault'
    if (!facts || (facts.files === 0 && group !== 'archive')) return 'not-reached'
    if (group === 'stamps') return facts.stamps.length > 0 ? 'not-checked' : 'none'
    return facts.profile === '' && NEEDS_INDEX.includes(group) ? 'not-reached' : 'holds'
  }
  return Object.fromEntries(GROUPS.map((group) => [group, state(group)])) as Record<Group, GroupState>
}

function groupOf({ file, code }: Finding): Group {
  // Documents of three kinds can be malformed: the index, the log's proofs, and cases or proofs of pictures.
  if (code === 'pack-document-invalid') return GROUP_OF_DOCUMENT[file] ?? (file.startsWith('data/redacted/') ? 'pictures' : 'decisions')
  return GROUP_OF[code] ?? 'archive'
}
