/** What a reader wants to know of a pack beside the verdict: what it is, and what of each record was checked. */

import type { Reading, ReadRecord } from './checks/reading'

export interface RecordFacts {
  id: string
  /** Empty where the record does not show it. */
  day: string
  site: string
  subject: string
  unit: string
  /** Day or moment of the receipt; empty if none held. */
  received: string
  shown: string[]
  withheld: number
  originals: number
  absent: number
  proven: number
  unproven: number
  certificate: boolean
  /** Files that belong to this record alone. */
  files: string[]
}

export interface Facts {
  packId: string
  profile: string
  office: string
  origin: string
  /** Thumbprint of the key whose signature holds; empty if none does. */
  signer: string
  files: number
  bytes: number
  log: { origin: string; size: number } | null
  /** Stamps that are in the pack and were not checked. */
  stamps: string[]
  records: RecordFacts[]
}

/** Gather the facts from a reading; what did not hold is empty or left out. */
export function describe(reading: Reading): Facts {
  const { document, checkpoint, archive } = reading
  return {
    packId: archive.root,
    profile: reading.profile,
    office: document?.office ?? '',
    origin: document?.origin ?? '',
    signer: reading.signer,
    files: archive.files.size,
    bytes: archive.size,
    log: checkpoint && { origin: checkpoint.origin, size: checkpoint.size },
    stamps: reading.unchecked,
    records: [...reading.records.values()].map((record) => describeRecord(reading, record)),
  }
}

function describeRecord(reading: Reading, record: ReadRecord): RecordFacts {
  const { line, disclosed, clear, receipt } = record
  const nameOf = (names: { id: string; name: string }[] | undefined, id: unknown): string => names?.find((one) => one.id === id)?.name ?? ''
  const subject = disclosed.subject as { label?: unknown } | null | undefined
  return {
    id: line.record,
    day: text(disclosed.day),
    site: nameOf(reading.document?.sites, disclosed.site),
    subject: text(subject?.label),
    unit: nameOf(reading.document?.units, clear.unit),
    received: text(receipt?.received_at ?? receipt?.day),
    shown: Object.keys(disclosed),
    withheld: record.members - Object.keys(disclosed).length,
    originals: line.media.filter(({ file }) => file !== null).length,
    absent: line.media.filter(({ absent }) => absent !== null).length,
    proven: line.pictures.filter(({ proof }) => proof !== null).length,
    unproven: line.pictures.filter(({ proof }) => proof === null).length,
    certificate: line.certificate !== null,
    files: [
      line.file, line.receipt, line.certificate, ...line.media.map(({ file }) => file),
      ...line.pictures.flatMap(({ file, proof }) => [file, proof]),
    ].filter((file) => file !== null),
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
