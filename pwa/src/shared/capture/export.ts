/**
 * An undelivered record as plain files, for a person who must hand it over by another way. Nothing
 * protects them once they are outside: the screen says so before. What does not open any more leaves as it lies.
 */

import type { Draft } from '../../domain/draft'
import type { OutboxEntry } from '../../domain/outbox'
import { toBase64 } from '../crypto'
import { listDocs, listMedia, PLACES, readBox, readMedia } from '../store'

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

/**
 * A damaged document: its sealed bytes, for somebody who can repair them with the key of this phone, and every
 * original that no sound document names, for the photos of a damaged one are among them.
 */
export async function exportDamaged(storeKey: CryptoKey, place: string): Promise<File[]> {
  const box = await readBox(place)
  if (!box) return []
  const content = { place, iv: toBase64(box.iv), sealed: toBase64(new Uint8Array(box.sealed)) }
  const sealed = new File([JSON.stringify(content, null, 1)], `${place.replace('/', '-')}.json`, { type: 'application/json' })
  const photos: File[] = []
  for (const id of await unnamedOriginals(storeKey)) {
    const data = await readMedia(storeKey, 'originals', id)
    if (data) photos.push(new File([data], `${id}.bin`, { type: 'application/octet-stream' }))
  }
  return [sealed, ...photos]
}

async function unnamedOriginals(storeKey: CryptoKey): Promise<string[]> {
  const [drafts, entries] = [await listDocs<Draft>(storeKey, PLACES.drafts), await listDocs<OutboxEntry>(storeKey, PLACES.outboxes)]
  const named = new Set([...drafts, ...entries].flatMap((one) => one.media.map((photo) => photo.id)))
  return (await listMedia('originals')).filter((id) => !named.has(id))
}
