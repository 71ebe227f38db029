/** Cases and notices: each file is the one that `pack.json` names. */

import type { CaseDocument } from './document'
import { finding, orRefused, readDocument, type Findings, type Reading } from './reading'

/** Read the cases; the log's check requires the entries of what was said in them. */
export async function* checkCases(reading: Reading): Findings {
  const known = new Set(reading.document?.records.map(({ record }) => record))
  for (const { id, number, file } of reading.document?.cases ?? []) {
    const read = await orRefused(readDocument<CaseDocument>(reading, file, 'case'))
    if ('finding' in read) {
      yield read.finding
      continue
    }
    const one = read.value
    if (one.id !== id) yield finding(file, 'pack-case-mismatch', 'id')
    if (one.number !== number) yield finding(file, 'pack-case-mismatch', 'number')
    if (file !== `data/cases/${id}.json`) yield finding(file, 'pack-case-mismatch', 'file')
    if (!one.records.every((record) => known.has(record))) yield finding(file, 'pack-case-mismatch', 'records')
    reading.cases.set(file, one)
  }
}

/** Compare each notice's PDF with its line; the log's check requires its entry. */
export async function* checkNotices(reading: Reading): Findings {
  for (const { file, sha256 } of reading.document?.notices ?? []) {
    if ((reading.payload.get(file) ?? sha256) !== sha256) yield finding(file, 'pack-hash-mismatch')
  }
}
