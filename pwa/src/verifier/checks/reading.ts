/** What the checks of one pack share. */

import { Validator, type Schema } from '@cfworker/json-schema'
import { fromUtf8, parseStrict, type Bytes } from '../../shared/crypto'
import type { Checkpoint } from '../evidence/notes'
import { ArchiveError, type Archive } from '../zip/archive'
import packSchema from '../../../../server/anfang/packs/pack.schema.json'
import caseSchema from '../../../../server/anfang/packs/case.schema.json'
import proofsSchema from '../../../../server/anfang/packs/proofs.schema.json'
import type { CaseDocument, PackDocument, RecordLine } from './document'

/** A fault before it is put into words: path in the pack (or empty), code, detail. */
export interface Finding {
  file: string
  code: string
  detail: string
}

export function finding(file: string, code: string, detail = ''): Finding {
  return { file, code, detail }
}

/** What a check yields, in the order it finds it. */
export type Findings = AsyncGenerator<Finding, void, undefined>

/** A verified record with its line in `pack.json`. */
export interface ReadRecord {
  line: RecordLine
  clear: Record<string, unknown>
  disclosed: Record<string, unknown>
  /** How many members the record signs, shown or withheld. */
  members: number
  sha256: string
  /** Thumbprint of the key that signed it. */
  key: string
  /** Hashes of the originals that it declares; empty if malformed. */
  media: string[]
  receipt?: Record<string, unknown>
}

/** The pack as far as it has been read and found true. */
export class Reading {
  readonly payload = new Map<string, string>()
  readonly tags = new Map<string, string>()
  readonly info = new Map<string, string>()
  /** Office keys by their thumbprints. */
  readonly keys = new Map<string, CryptoKey>()
  signer = ''
  /** A key, and the key that introduced it. */
  readonly introducers = new Map<string, string>()
  document: PackDocument | null = null
  readonly records = new Map<string, ReadRecord>()
  readonly recordKeys = new Set<string>()
  /** A record, and the key that signed its receipt. */
  readonly receiptKeys = new Map<string, string>()
  /** A record, and the custodians' release of its certificate: the hash that the log holds. */
  readonly releases = new Map<string, string>()
  readonly cases = new Map<string, CaseDocument>()
  /** An original, and the pixel root that its proof names. */
  readonly roots = new Map<string, string>()
  checkpoint: Checkpoint | null = null
  /** Opened log entries whose proofs hold, by `logKey(kind, subject, sha256)`: kind and subject. */
  readonly log = new Map<string, [kind: string, subject: string]>()
  /** The same, by `logKey(kind, subject, sha256, salt)`. */
  readonly saltedLog = new Set<string>()
  /** Stamps that are here and that this page does not check. */
  readonly unchecked: string[] = []

  constructor(readonly archive: Archive) {}

  /** `full` or `protected` as `pack.json` says; empty if unreadable. */
  get profile(): string {
    return this.document?.profile ?? ''
  }
}

/** One text for the parts of a log entry, which no other parts have. */
export function logKey(...parts: string[]): string {
  return JSON.stringify(parts)
}

/** One file is refused. */
export class Refused extends Error {
  constructor(readonly finding: Finding, options?: ErrorOptions) {
    super(finding.code, options)
  }
}

/** Read a small file. Throws `Refused`. */
export async function readBytes(reading: Reading, path: string): Promise<Bytes> {
  try {
    return await reading.archive.read(path)
  } catch (error) {
    if (error instanceof ArchiveError) throw new Refused(finding(path, error.code, error.detail), { cause: error })
    throw error
  }
}

/** Read a small UTF-8 file; `code` is the fault if it is not. Throws `Refused`. */
export async function readText(reading: Reading, path: string, code: string): Promise<string> {
  const bytes = await readBytes(reading, path)
  return refusing(() => fromUtf8(bytes), path, code, 'UTF-8')
}

/** Read a JSON object strictly. Throws `Refused` (`pack-document-invalid`). */
export async function readObject(reading: Reading, path: string): Promise<Record<string, unknown>> {
  const bytes = await readBytes(reading, path)
  const value = refusing(() => parseStrict(bytes), path, 'pack-document-invalid', 'json')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refused(finding(path, 'pack-document-invalid', 'json'))
  }
  return value as Record<string, unknown>
}

const validators = {
  case: new Validator(caseSchema as unknown as Schema, '2020-12'),
  pack: new Validator(packSchema as unknown as Schema, '2020-12'),
  proofs: new Validator(proofsSchema as unknown as Schema, '2020-12'),
}

/** `readObject`, and it must be of its published form. Throws `Refused` (`pack-document-invalid`). */
export async function readDocument<T>(reading: Reading, path: string, schema: keyof typeof validators): Promise<T> {
  const document = await readObject(reading, path)
  const { valid, errors } = validators[schema].validate(document)
  if (!valid) throw new Refused(finding(path, 'pack-document-invalid', errors.at(-1)?.instanceLocation ?? ''))
  return document as T
}

function refusing<T>(work: () => T, path: string, code: string, detail: string): T {
  try {
    return work()
  } catch (error) {
    throw new Refused(finding(path, code, detail), { cause: error })
  }
}

/** What a token, signature or proof that does not hold throws, in a word for the reader. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 120) : String(error)
}

/** Run a step; a file that is refused becomes a finding. Returns null then. */
export async function orRefused<T>(step: Promise<T>): Promise<{ value: T } | { finding: Finding }> {
  try {
    return { value: await step }
  } catch (error) {
    if (error instanceof Refused) return { finding: error.finding }
    throw error
  }
}
