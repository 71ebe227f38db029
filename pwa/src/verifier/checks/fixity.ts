/** Fixity: every listed file has the bytes of its hash. */

import { ArchiveError } from '../zip/archive'
import { finding, type Findings, type Reading } from './reading'

/** Hash every listed file; `progress` is told the bytes of each piece. */
export async function* checkFixity(reading: Reading, progress: (bytes: number) => void): Findings {
  for (const [path, expected] of new Map([...reading.payload, ...reading.tags])) {
    const entry = reading.archive.files.get(path)
    if (!entry) continue
    try {
      if ((await reading.archive.sha256(entry, progress)) !== expected) yield finding(path, 'pack-hash-mismatch')
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
      yield finding(path, error.code, error.detail)
    }
  }
}
