/** `data/pack.json` as its published schema has it, and the files of a pack that have fixed places. */

import type { Minute } from '../evidence/minutes'

export interface MediaLine {
  sha256: string
  file: string | null
  absent: 'deleted' | 'not-received' | null
  /** Hash of a deleted original's certificate. */
  deletion: string | null
}

export interface ReviewLine {
  decision: string
  day: string
  reason: string | null
  minute: Minute
  details: Record<string, unknown> | null
  salt: string | null
}

export interface PictureLine {
  original_sha256: string
  file: string
  proof: string | null
  cleared: boolean
  review: ReviewLine
}

export interface RecordLine {
  record: string
  record_sha256: string
  file: string
  receipt: string
  certificate: string | null
  review: ReviewLine | null
  media: MediaLine[]
  pictures: PictureLine[]
}

interface Named {
  id: string
  name: string
}

/** A case file, as far as it is checked. */
export interface CaseDocument {
  id: string
  number: string
  records: string[]
  steps: { text: string }[]
}

export interface PackDocument {
  profile: 'full' | 'protected'
  private: boolean
  office: string
  origin: string
  keys: { thumbprint: string; introduction: string | null }[]
  log: { stamps: string[] }
  campaigns: Named[]
  units: Named[]
  sites: Named[]
  records: RecordLine[]
  cases: { id: string; number: string; file: string }[]
  notices: { number: string; title: string; day: string; state: string; file: string; sha256: string }[]
}

export const BAG_DECLARATION = 'bagit.txt'
export const BAG_INFO = 'bag-info.txt'
export const MANIFEST = 'manifest-sha256.txt'
export const TAG_MANIFEST = 'tagmanifest-sha256.txt'
export const SIGNATURE = 'tagmanifest-sha256.sig'
export const DOCUMENT = 'data/pack.json'
export const CHECKPOINT = 'data/log/checkpoint'
export const PROOFS = 'data/log/proofs.json'
export const LOG_KEY = 'keys/log.pub'
export const AUTHORITY = 'keys/tsa.pem'
