/** Signature: the office key over the tag manifest, and who introduced that key. */

import { importPublic, publicFromPem, thumbprint, verifyDer } from '../../shared/crypto'
import { introducerOf } from '../evidence/introductions'
import { fromCp437 } from '../zip/cp437'
import { AUTHORITY, BAG_INFO, DOCUMENT, SIGNATURE, TAG_MANIFEST } from './document'
import { finding, orRefused, readBytes, reasonOf, type Findings, type Reading } from './reading'

const KEY_FILE = /^keys\/([^/]*)\.pem$/

/** Read the office keys; each file is named by its key's thumbprint. */
export async function* checkKeys(reading: Reading): Findings {
  for (const path of reading.archive.files.keys()) {
    const named = KEY_FILE.exec(path)?.[1]
    if (named === undefined || path === AUTHORITY) continue
    const read = await orRefused(readBytes(reading, path))
    if ('finding' in read) {
      yield read.finding
      continue
    }
    try {
      const jwk = await publicFromPem(fromCp437(read.value))
      if ((await thumbprint(jwk)) === named) reading.keys.set(named, await importPublic(jwk))
      else yield finding(path, 'pack-key-mismatch')
    } catch (error) {
      yield finding(path, 'pack-key-mismatch', reasonOf(error))
    }
  }
}

/** Verify the tag manifest's signature by the key that bag-info names. */
export async function* checkSignature(reading: Reading): Findings {
  const signer = reading.info.get('Office-Key') ?? ''
  const key = reading.keys.get(signer)
  if (!key) return void (yield finding(BAG_INFO, 'pack-signer-missing'))
  const manifest = await orRefused(readBytes(reading, TAG_MANIFEST))
  if ('finding' in manifest) return void (yield manifest.finding)
  const signature = await orRefused(readBytes(reading, SIGNATURE))
  if ('finding' in signature) return void (yield signature.finding)
  if (await verifyDer(key, manifest.value, signature.value)) reading.signer = signer
  else yield finding(SIGNATURE, 'pack-signature-invalid')
}

/**
 * Refuse keys that nothing in the pack needs. Needed are the signer, the keys of the receipts, and who introduced
 * a needed key. Where a receipt could not be read, its key cannot be told from a needless one.
 */
export async function* checkKeyUse(reading: Reading): Findings {
  const { document, archive, receiptKeys, introducers } = reading
  if (archive.files.has(AUTHORITY) && !document?.log.stamps.length) yield finding(AUTHORITY, 'pack-key-unused')
  if (!document || receiptKeys.size < document.records.length) return
  const needed = new Set([reading.info.get('Office-Key') ?? '', ...receiptKeys.values()])
  // A set gives what is added while it is walked, so the walk ends with the first who was introduced by nobody.
  for (const key of needed) {
    const introducer = introducers.get(key)
    if (introducer !== undefined) needed.add(introducer)
  }
  for (const key of reading.keys.keys()) if (!needed.has(key)) yield finding(`keys/${key}.pem`, 'pack-key-unused')
}

/** Verify how later office keys were introduced by earlier ones. */
export async function* checkIntroductions(reading: Reading): Findings {
  for (const { thumbprint: introduced, introduction } of reading.document?.keys ?? []) {
    if (!reading.keys.has(introduced)) {
      yield finding(DOCUMENT, 'pack-file-missing', `keys/${introduced}.pem`)
    } else if (introduction !== null) {
      try {
        reading.introducers.set(introduced, await introducerOf(introduction, introduced, reading.keys))
      } catch (error) {
        yield finding(DOCUMENT, 'pack-introduction-invalid', reasonOf(error))
      }
    }
  }
}
