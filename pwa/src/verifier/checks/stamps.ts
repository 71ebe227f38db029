/**
 * Time stamps [RFC 3161] are not checked here: that takes the authority's certificates and their standing,
 * which `anfang verify` and `openssl ts` judge. That the files are there is looked at.
 */

import { AUTHORITY, CHECKPOINT } from './document'
import { orRefused, readBytes, type Findings, type Reading } from './reading'

/** Note every stamp as not checked; a missing file is a fault all the same. */
export async function* checkStamps(reading: Reading): Findings {
  for (const path of reading.document?.log.stamps ?? []) {
    for (const needed of [AUTHORITY, path, CHECKPOINT]) {
      const read = await orRefused(readBytes(reading, needed))
      if (!('finding' in read)) continue
      yield read.finding
      break
    }
    reading.unchecked.push(path)
  }
}
