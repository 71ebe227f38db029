/**
 * An undelivered record as plain files, for a person who must hand it over by another way. Nothing
 * protects them once they are outside: the screen says so before.
 */

import type { OutboxEntry } from '../../domain/outbox'
import { readMedia } from '../store'

const EXTENSIONS: Record<string, string> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/heic': 'heic', 'image/webp': 'webp' }

/** The signed documents as one JSON file and every original that is still here under its hash. */
export async function exportEntry(storeKey: CryptoKey, entry: OutboxEntry): Promise<File[]> {
  const photos: File[] = []
  for (const photo of entry.media) {
    const data = await readMedia(storeKey, 'originals', photo.id)
    if (data) photos.push(new File([data], `${photo.sha256}.${EXTENSIONS[photo.mime] ?? 'bin'}`, { type: photo.mime }))
  }
  const documents = {
    record: entry.sdjwt, certificate: entry.certificate, link: entry.link, receipt: entry.receipt,
    media: entry.media.map((photo) => photo.sha256), included: photos.map((file) => file.name),
  }
  const json = new File([JSON.stringify(documents, null, 1)], `${entry.record}.json`, { type: 'application/json' })
  return [json, ...photos]
}
